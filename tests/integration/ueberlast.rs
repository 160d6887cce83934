//! Too much at once: an answer in time, nothing half done, and service again as soon as it is possible.

use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::{Db, DbFehler, Optionen};
use aqb_tests::datenbank::befehl;
use aqb_tests::{Backend, Datenbank, Dienst, auf_beiden};
use serde_json::json;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

auf_beiden!(
    gesperrt_endet_in_503,
    volle_schlange_lehnt_sofort_ab,
    wartende_werden_nicht_mehr_ausgefuehrt,
    absturz_im_vorgang_schadet_niemandem
);

const PFAD: &str = "/traeger/019a0000-0000-7000-8000-0000000000a1";

fn gesperrt_endet_in_503(b: Backend) {
    let d = Dienst::starten(b);
    let (rp, pr) = (d.als("demo-bewilligung-1"), d.als("demo-pruefung"));
    let aendern = |name: &str| {
        let k = json!({ "inhalt": { "name": name, "rechtsform": "EV", "anschrift": { "strasse": "Weg 1", "plz": "61169", "ort": "Friedberg" } } });
        let beginn = Instant::now();
        (rp.patch(PFAD, &k).if_match(1).schluessel("gesperrt-1").senden(), beginn.elapsed())
    };
    let mut c = d.datenbank.verbinde();
    befehl(
        &mut c,
        match b {
            Backend::Sqlite => "BEGIN IMMEDIATE",
            Backend::Postgres => "BEGIN; SELECT 1 FROM traeger FOR UPDATE",
        },
    );
    let (r, dauer) = aendern("Gesperrt");
    let r = r.ist_problem(503, "AUSGELASTET");
    let warten: u32 = r.kopfzeile("retry-after").and_then(|w| w.parse().ok()).expect("seconds");
    assert!((1..=60).contains(&warten));
    assert!(dauer <= Duration::from_millis(3_000), "{dauer:?}");
    // who only reads does not notice
    let beginn = Instant::now();
    pr.get(PFAD).senden().ist(200);
    assert!(beginn.elapsed() < Duration::from_millis(1_000));
    befehl(&mut c, "ROLLBACK");
    // nothing was half done, the key is free, and the connection works
    let (r, _) = aendern("Frei");
    assert_eq!(r.ist(200).version(), 2);
    assert_eq!(pr.get(PFAD).senden().json()["inhalt"]["name"], "Frei");
}

fn wer() -> Auftraggeber {
    let akteur = Akteur { person: "test".to_owned(), rolle: Rolle::Admin, kreisschluessel: None, traeger_id: None };
    Auftraggeber { akteur, anfrage: "test".to_owned(), simulation: false }
}

fn warte<T>(f: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("runtime").block_on(f)
}

/// A database with one thread each, whose queues hold `schlange` units.
fn eng(d: &Datenbank, schlange: usize) -> Db {
    let o = Optionen { leser: 1, schreiber: 1, warten: Duration::from_millis(800), schlange, ..Optionen::neu(&d.url) };
    Db::oeffnen(&o).expect("database")
}

fn volle_schlange_lehnt_sofort_ab(b: Backend) {
    let daten = Datenbank::neu(b);
    let db = eng(&daten, 1);
    for lesen in [true, false] {
        let (laeuft, gestartet) = channel();
        let (weiter, warten) = channel::<()>();
        let ruf = {
            let db = db.clone();
            move |mut f: Box<dyn FnMut() -> Result<(), DbFehler> + Send>| {
                if lesen { warte(db.lesen(move |_| f())) } else { warte(db.schreiben(wer(), move |_| f())) }
            }
        };
        std::thread::scope(|s| {
            let r = ruf.clone();
            let erster = s.spawn(move || {
                r(Box::new(move || {
                    laeuft.send(()).expect("test waits");
                    warten.recv().expect("test goes on");
                    Ok(())
                }))
            });
            gestartet.recv().expect("the first unit runs");
            let r = ruf.clone();
            let zweiter = s.spawn(move || r(Box::new(|| Ok(()))));
            std::thread::sleep(Duration::from_millis(250));
            let beginn = Instant::now();
            let dritter = ruf(Box::new(|| Ok(())));
            assert!(matches!(dritter, Err(DbFehler::Ausgelastet(_))), "{dritter:?}");
            assert!(beginn.elapsed() < Duration::from_millis(100), "a full queue refuses at once");
            weiter.send(()).expect("first unit");
            assert!(erster.join().expect("thread").is_ok());
            assert!(zweiter.join().expect("thread").is_ok());
        });
    }
}

/// Who was told "busy" must not be booked afterwards.
fn wartende_werden_nicht_mehr_ausgefuehrt(b: Backend) {
    let daten = Datenbank::neu(b);
    let db = eng(&daten, 8);
    let (laeuft, gestartet) = channel();
    std::thread::scope(|s| {
        let zweite = db.clone();
        let erster = s.spawn(move || {
            warte(zweite.schreiben(wer(), move |_| {
                laeuft.send(()).expect("test waits");
                std::thread::sleep(Duration::from_millis(1_300));
                // longer than anybody waits: it runs already, so its caller still learns the outcome
                Ok::<_, DbFehler>(())
            }))
        });
        gestartet.recv().expect("the first unit runs");
        let setze = |c: &mut aqb_persistence::DbConn| aqb_persistence::kennzeichen::setzen(c, "zu-spaet", "1");
        let r = warte(db.schreiben(wer(), move |tx| setze(tx.c)));
        assert!(matches!(r, Err(DbFehler::Ausgelastet(_))), "{r:?}");
        assert!(erster.join().expect("thread").is_ok());
    });
    // one more unit has passed the queue, so the abandoned one was seen and skipped
    warte(db.schreiben(wer(), |_| Ok::<_, DbFehler>(()))).expect("service again");
    let mut c = daten.verbinde();
    assert_eq!(aqb_persistence::kennzeichen::lesen(&mut c, "zu-spaet").expect("read"), None);
}

/// A panic rolls back its own unit and no other.
fn absturz_im_vorgang_schadet_niemandem(b: Backend) {
    let daten = Datenbank::neu(b);
    let db = Db::oeffnen(&Optionen { schreiber: 2, ..Optionen::neu(&daten.url) }).expect("database");
    std::thread::scope(|s| {
        for i in 0..12 {
            let db = db.clone();
            s.spawn(move || {
                let name = format!("unit-{i}");
                let r = warte(db.schreiben(wer(), move |tx| {
                    aqb_persistence::kennzeichen::setzen(tx.c, &name, "1")?;
                    if i % 3 == 0 {
                        std::panic::resume_unwind(Box::new("on purpose"));
                    }
                    if i % 3 == 1 {
                        // a failed statement must not poison the neighbours' transaction either
                        aqb_persistence::kennzeichen::setzen(tx.c, &name, "1")?;
                    }
                    Ok::<_, DbFehler>(())
                }));
                match i % 3 {
                    0 => assert!(matches!(r, Err(DbFehler::Abbruch)), "{r:?}"),
                    1 => assert!(r.as_ref().is_err_and(|e| e.verletzt("kennzeichen_pkey")), "{r:?}"),
                    _ => assert!(r.is_ok(), "{r:?}"),
                }
            });
        }
    });
    let mut c = daten.verbinde();
    for i in 0..12 {
        let da = aqb_persistence::kennzeichen::lesen(&mut c, &format!("unit-{i}")).expect("read").is_some();
        assert_eq!(da, i % 3 == 2, "unit {i}");
    }
    for _ in 0..8 {
        warte(db.lesen(|c| aqb_persistence::kennzeichen::lesen(c, "demo"))).expect("every connection still works");
    }
}
