//! Uploads are limited by caller, and refused before their bytes are there.

use super::{IMPORTE, TRAEGER, lade, liste, setze_status, zahlen, zeile};
use crate::aktionen::{GK, GK2, RP};
use aqb_tests::client::Antwort;
use aqb_tests::{Backend, Dienst, auf_beiden};
use std::time::{Duration, Instant};

auf_beiden!(ein_kreis_nimmt_nicht_alle_plaetze, erst_die_liste_dann_die_datei);

/// Head of an upload whose body comes later, over a connection of its own.
fn angekuendigt(d: &Dienst, wer: &str, ziel: &str, bytes: usize) -> std::net::TcpStream {
    use std::io::Write as _;
    let token = d.anonym().token(wer, "demo").json()["access_token"].as_str().expect("token").to_owned();
    let mut s = std::net::TcpStream::connect(d.adresse).expect("connect");
    s.set_read_timeout(Some(Duration::from_secs(20))).expect("timeout");
    let kopf = format!(
        "POST /v1{ziel}?simulation=true HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: text/csv\r\ncontent-length: {bytes}\r\n\r\n"
    );
    s.write_all(kopf.as_bytes()).expect("head");
    s
}

/// Status and head of what comes back.
fn antwort(mut s: &std::net::TcpStream) -> (u16, String) {
    use std::io::Read as _;
    let (mut aus, mut stueck) = (Vec::new(), [0u8; 8192]);
    while !aus.windows(4).any(|w| w == b"\r\n\r\n") {
        let n = s.read(&mut stueck).expect("an answer");
        assert!(n > 0, "closed without an answer");
        aus.extend_from_slice(&stueck[..n]);
    }
    let (status, kopf, _) = aqb_tests::rohr::zerlege(&aus).expect("head");
    (status, kopf)
}

/// Security review, finding C: a county that holds uploads open takes its own place only. Each further one of it is 429
/// with a time, whoever of its people sends it; others are served meanwhile, its Traeger too.
fn ein_kreis_nimmt_nicht_alle_plaetze(b: Backend) {
    use std::io::Write as _;
    let d = Dienst::starten(b);
    let roh = liste((1..=3).map(zeile));
    let offen = angekuendigt(&d, GK, IMPORTE, roh.len());
    // its place is taken as soon as the head is read
    std::thread::sleep(Duration::from_millis(700));
    let beginn = Instant::now();
    let weitere: Vec<Antwort> = std::thread::scope(|s| {
        let laeufe: Vec<_> = [GK, GK2, GK, GK2]
            .map(|wer| (wer, roh.clone()))
            .into_iter()
            .map(|(wer, roh)| s.spawn(|| lade(&d, wer, roh, "?simulation=true")))
            .collect();
        let traeger = lade(&d, TRAEGER, roh.clone(), "?simulation=true").ist(200).json();
        assert_eq!(zahlen(&traeger).iter().sum::<i64>(), 3, "another caller is served: {traeger}");
        laeufe.into_iter().map(|l| l.join().expect("thread")).collect()
    });
    for r in weitere {
        let r = r.ist_problem(429, "ZU_VIELE_ANFRAGEN");
        assert_eq!(r.kopfzeile("retry-after"), Some("5"));
    }
    assert!(beginn.elapsed() < Duration::from_secs(10), "{:?}", beginn.elapsed());
    // the open one goes on where it was, and then the place is free
    (&offen).write_all(&roh).expect("body");
    assert_eq!(antwort(&offen).0, 200);
    lade(&d, GK, roh, "?simulation=true").ist(200);
}

/// A list that is not the caller's, or closed, is refused before a byte of the file is there; so is a right that is missing.
fn erst_die_liste_dann_die_datei(b: Backend) {
    let d = Dienst::starten(b);
    let fehlt = IMPORTE.replace("000000000050", "0000000000ff");
    let soll = |wer: &str, ziel: &str, status: u16| {
        let (ist, kopf) = antwort(&angekuendigt(&d, wer, ziel, 1 << 20));
        assert_eq!(ist, status, "{wer} {ziel}: {kopf}");
    };
    soll("demo-gk-06411-1", IMPORTE, 404);
    soll("demo-traeger-2", IMPORTE, 404);
    soll(GK, &fehlt, 404);
    soll(RP, IMPORTE, 403);
    setze_status(&d, "EINGEREICHT");
    soll(GK, IMPORTE, 409);
}
