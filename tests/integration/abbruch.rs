//! The server dies (`kill -9`) between the commit and the answer: the repeated request finds what was done.

use crate::aktionen::{RP2, abruf, handle};
use aqb_tests::datenbank::texte;
use aqb_tests::dienst::KONTO;
use aqb_tests::vertrag::dokument;
use aqb_tests::{Backend, Dienst};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The program itself, as `cargo build --workspace` leaves it beside the tests; looked at once.
fn programm() -> &'static PathBuf {
    static PROGRAMM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAMM.get_or_init(|| {
        let hier = std::env::current_exe().expect("test binary");
        let datei = hier.ancestors().nth(2).expect("target folder").join("aqb");
        let erst = "run `cargo build --workspace` first: this test starts the program itself";
        let r = Command::new(&datei).arg("openapi").output();
        let r = r.unwrap_or_else(|e| panic!("{}: {e}; {erst}", datei.display()));
        let vertrag: Value = serde_json::from_slice(&r.stdout).unwrap_or_default();
        assert!(vertrag == *dokument(), "{} is of another state than the tests; {erst}", datei.display());
        datei
    })
}

/// A server in a process of its own; it ends with the value.
pub(crate) struct Prozess {
    kind: Child,
    pub(crate) adresse: SocketAddr,
    /// Its output; a program that nobody reads any more ends.
    _ausgabe: BufReader<ChildStdout>,
}

impl Prozess {
    fn starten(url: &str) -> Self {
        // its clock goes on where ours is, also after a restart
        Self::starten_am(url, &aqb_persistence::uhr::jetzt().to_rfc3339())
    }

    /// With a clock of its own, which this process cannot have.
    pub(crate) fn starten_am(url: &str, uhr: &str) -> Self {
        let optionen = ["serve", "--bind", "127.0.0.1:0", "--umgebung", "entwicklung"];
        let konto = ["--zahlung-iban", KONTO, "--zahlung-name", "DEMO Landeskasse"];
        let mut kind = Command::new(programm())
            .args(optionen)
            .args(konto)
            .args(["--database-url", url, "--uhr", uhr])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("server");
        let mut ausgabe = BufReader::new(kind.stdout.take().expect("output"));
        let adresse = loop {
            let mut zeile = String::new();
            assert_ne!(ausgabe.read_line(&mut zeile).expect("output"), 0, "the server ended before it listened");
            if let Some(rest) = zeile.split("http://").nth(1) {
                break rest.split('/').next().and_then(|a| a.parse().ok()).expect("address");
            }
        };
        Prozess { kind, adresse, _ausgabe: ausgabe }
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    fn toeten(mut self) {
        self.kind.kill().expect("kill -9");
        self.kind.wait().expect("end");
    }

    fn sende(&self, kopf: &str, koerper: &str) -> TcpStream {
        let mut s = TcpStream::connect(self.adresse).expect("connect");
        s.set_read_timeout(Some(Duration::from_secs(20))).expect("timeout");
        let anfrage =
            format!("{kopf} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {}\r\n", koerper.len());
        write!(s, "{anfrage}").expect("write");
        s
    }

    /// Status, head in lower case, body.
    fn antwort(&self, kopf: &str, weitere: &str, koerper: &str) -> (u16, String, Value) {
        let mut s = self.sende(kopf, koerper);
        write!(s, "{weitere}\r\n{koerper}").expect("write");
        let mut roh = Vec::new();
        s.read_to_end(&mut roh).expect("answer");
        let (status, kopf, koerper) = aqb_tests::rohr::zerlege(&roh).expect("answer");
        (status, kopf, serde_json::from_slice(&koerper).unwrap_or_default())
    }

    fn token(&self) -> String {
        let form = "grant_type=client_credentials&client_id=demo-bewilligung-1&client_secret=demo";
        let typ = "Content-Type: application/x-www-form-urlencoded\r\n";
        let (_, _, k) = self.antwort("POST /oauth/token", typ, form);
        k["access_token"].as_str().expect("token").to_owned()
    }
}

impl Drop for Prozess {
    fn drop(&mut self) {
        // it may have ended before
        drop(self.kind.kill());
        drop(self.kind.wait());
    }
}

fn warte_auf(was: &str, mut bedingung: impl FnMut() -> bool) {
    let ende = Instant::now() + Duration::from_secs(20);
    while !bedingung() {
        assert!(Instant::now() < ende, "{was}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Features row 53. Killed once it is known that the act is committed, before a byte of the answer was read; and killed
/// at once, when nobody knows. Either way the same key gives one run and one payment.
#[test]
fn genau_eine_zahlung_nach_kill_9() {
    for erst_festgeschrieben in [true, false] {
        let d = Dienst::starten(Backend::Sqlite);
        handle(&d, RP2, &abruf("13"), "anordnung");
        // from here on the program has the database to itself
        let db = d.beenden();
        let mut c = db.verbinde();
        let zaehle = |c: &mut aqb_persistence::DbConn, sql: &str| texte(c, sql).len();
        let (laeufe, zahlungen) = ("SELECT kennung AS z FROM zahlungslauf", "SELECT end_to_end_id AS z FROM zahlung");
        assert_eq!((zaehle(&mut c, laeufe), zaehle(&mut c, zahlungen)), (1, 1), "those of the demonstration data");
        let p = Prozess::starten(&db.url);
        let kopf = "POST /v1/zahlungslaeufe";
        let weitere = |p: &Prozess| {
            format!(
                "Authorization: Bearer {}\r\nIdempotency-Key: lauf-nach-kill-9\r\nContent-Type: application/json\r\n",
                p.token()
            )
        };
        let koerper = json!({ "ausfuehrung_am": "2026-09-17" }).to_string();
        let w = weitere(&p);
        let mut leitung = p.sende(kopf, &koerper);
        write!(leitung, "{w}\r\n{koerper}").expect("write");
        if erst_festgeschrieben {
            let merkposten = "SELECT schluessel AS z FROM idempotenz WHERE schluessel = 'lauf-nach-kill-9'";
            warte_auf("the act was never committed", || zaehle(&mut c, merkposten) == 1);
        }
        p.toeten();
        drop(leitung);
        let p = Prozess::starten(&db.url);
        let (status, kopfzeilen, lauf) = p.antwort(kopf, &weitere(&p), &koerper);
        assert_eq!((status, &lauf["anzahl"]), (201, &json!(1)), "{lauf}");
        let wiederholt = kopfzeilen.contains("idempotent-replayed: true");
        assert!(wiederholt || !erst_festgeschrieben, "what was committed is not done again: {kopfzeilen}");
        assert_eq!((zaehle(&mut c, laeufe), zaehle(&mut c, zahlungen)), (2, 2), "exactly one more of each");
        // and once more, to be sure
        let (status, kopfzeilen, nochmal) = p.antwort(kopf, &weitere(&p), &koerper);
        assert_eq!((status, &nochmal), (201, &lauf));
        assert!(kopfzeilen.contains("idempotent-replayed: true"));
        p.toeten();
        assert_eq!((zaehle(&mut c, laeufe), zaehle(&mut c, zahlungen)), (2, 2));
        let b = aqb_api::pruefe::pruefe(&db.url, None, |_, _| ());
        assert!(b.is_ok(), "{b:?}");
    }
}
