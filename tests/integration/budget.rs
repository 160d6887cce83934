//! Money under pressure: no interleaving overspends, and whatever happens the books balance.

use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_domain::geld::Euro;
use aqb_domain::konto::{Buchung, Kontoart, Kontoschluessel, LAND};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::konto::{self, Auswahl};
use aqb_persistence::{Db, DbFehler, Optionen};
use aqb_tests::datenbank::{befehl, texte};
use aqb_tests::{Backend, Datenbank, auf_beiden};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::sync::Barrier;
use std::sync::atomic::{AtomicI64, Ordering};

auf_beiden!(
    sechzehn_faeden_ueberziehen_nicht,
    viele_toepfe_zugleich,
    zufaellige_buchungen_gleichen_sich_aus,
    simulation_bucht_nicht,
    salden_am_stichtag
);

const JAHR: i32 = 2041;

fn euro(cent: i64) -> Euro {
    Euro::aus_cent(cent).expect("amount")
}

fn schluessel(kreis: &str, art: Kontoart) -> Kontoschluessel {
    Kontoschluessel {
        jahrgang: JAHR,
        kreisschluessel: kreis.to_owned(),
        teilbudget: "ALLGEMEIN".to_owned(),
        haushaltsjahr: JAHR,
        art,
    }
}

fn wer(simulation: bool) -> Auftraggeber {
    let akteur =
        Akteur { person: "test".to_owned(), rolle: Rolle::Ministerium, kreisschluessel: None, traeger_id: None };
    Auftraggeber { akteur, anfrage: "test".to_owned(), simulation }
}

fn warte<T>(f: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("runtime").block_on(f)
}

fn buche(db: &Db, b: Buchung, simulation: bool) -> Result<(), DbFehler> {
    warte(db.schreiben(wer(simulation), move |tx| konto::buche(tx, "TEST", "t", &b).map(drop)))
}

fn bewege(db: &Db, von: Kontoschluessel, nach: Kontoschluessel, cent: i64) -> Result<(), DbFehler> {
    buche(db, Buchung::umbuchung("TEST", "test").bewegung(von, nach, euro(cent)), false)
}

/// Gives a county free money.
fn stelle_bereit(db: &Db, kreis: &str, cent: i64) {
    bewege(db, schluessel(LAND, Kontoart::Landeshaushalt), schluessel(kreis, Kontoart::Verfuegbar), cent)
        .expect("allocation");
}

fn oeffne(d: &Datenbank) -> Db {
    Db::oeffnen(&Optionen { schreiber: 16, ..Optionen::neu(&d.url) }).expect("database")
}

fn saldo(d: &Datenbank, kreis: &str, art: Kontoart) -> i64 {
    let a = Auswahl { jahrgang: JAHR, kreisschluessel: kreis.to_owned() };
    let salden = konto::salden(&mut d.verbinde(), &a).expect("balances");
    salden.iter().filter(|(k, _)| k.art == art).map(|(_, e)| e.cent()).sum()
}

#[track_caller]
fn in_ordnung(d: &Datenbank) {
    let mut c = d.verbinde();
    assert_eq!(konto::vergleiche(&mut c).expect("compare"), Vec::new(), "balances are the sums of their postings");
    assert_eq!(konto::unausgeglichen(&mut c).expect("sums"), Vec::<uuid::Uuid>::new(), "every posting adds up to zero");
    let alles = texte(&mut c, "SELECT CAST(COALESCE(SUM(saldo), 0) AS TEXT) AS z FROM konto");
    assert_eq!(alles, ["0"], "no euro arises or vanishes");
}

/// Sixteen threads, a hundred tries each, at once; returns how many succeeded.
fn wettlauf(versuch: impl Fn(i64) -> bool + Sync) -> i64 {
    let (tor, gut) = (Barrier::new(16), AtomicI64::new(0));
    std::thread::scope(|s| {
        for faden in 0..16 {
            let (tor, gut, versuch) = (&tor, &gut, &versuch);
            s.spawn(move || {
                tor.wait();
                for _ in 0..100 {
                    gut.fetch_add(i64::from(versuch(faden)), Ordering::Relaxed);
                }
            });
        }
    });
    gut.load(Ordering::Relaxed)
}

fn sechzehn_faeden_ueberziehen_nicht(b: Backend) {
    let d = Datenbank::neu(b);
    let db = oeffne(&d);
    stelle_bereit(&db, "06440", 50_000);
    let gut = wettlauf(|_| {
        match bewege(&db, schluessel("06440", Kontoart::Verfuegbar), schluessel("06440", Kontoart::Gebunden), 100) {
            Ok(()) => true,
            Err(DbFehler::NichtGedeckt(b)) => {
                assert_eq!(b.regel.kurzname, "BUDGET_UEBERSCHRITTEN");
                false
            }
            Err(e) => panic!("{e}"),
        }
    });
    assert_eq!(gut, 500, "1600 tries, room for 500");
    assert_eq!((saldo(&d, "06440", Kontoart::Verfuegbar), saldo(&d, "06440", Kontoart::Gebunden)), (0, 50_000));
    in_ordnung(&d);
}

/// The control: the same race with "read, compare, write" overspends, so the test above can fail.
#[test]
fn gegenprobe_ohne_schutz_ueberzieht() {
    if !aqb_tests::datenbank::postgres_gewollt() {
        return;
    }
    let d = Datenbank::leer(Backend::Postgres);
    befehl(&mut d.verbinde(), "CREATE TABLE posten (betrag BIGINT NOT NULL)");
    let leitungen: Vec<_> = (0..16).map(|_| std::sync::Mutex::new(d.verbinde())).collect();
    let gut = wettlauf(|faden| {
        let mut c = leitungen[usize::try_from(faden).expect("index")].lock().expect("own connection");
        befehl(&mut c, "BEGIN ISOLATION LEVEL READ COMMITTED");
        let frei =
            texte(&mut c, "SELECT CAST(500 - COUNT(*) AS TEXT) AS z FROM posten")[0].parse::<i64>().expect("number")
                > 0;
        if frei {
            befehl(&mut c, "INSERT INTO posten VALUES (1)");
        }
        befehl(&mut c, "COMMIT");
        frei
    });
    assert!(gut > 500, "the unguarded variant did not overspend ({gut}); the race is too tame to prove anything");
}

/// Money moves between counties in both directions at once: no deadlock, nothing lost.
fn viele_toepfe_zugleich(b: Backend) {
    let d = Datenbank::neu(b);
    let db = oeffne(&d);
    let kreise = ["06411", "06412", "06413", "06414"];
    for k in kreise {
        stelle_bereit(&db, k, 10_000);
    }
    let zufall = AtomicI64::new(7);
    wettlauf(|_| {
        let z = zufall.fetch_add(1, Ordering::Relaxed).wrapping_mul(2_862_933_555_777_941_757).rotate_left(17);
        let wahl = |n: u32| kreise[usize::try_from(z.rotate_left(n).rem_euclid(4)).expect("index")];
        let betrag = z.rem_euclid(4_000) + 1;
        match bewege(&db, schluessel(wahl(5), Kontoart::Verfuegbar), schluessel(wahl(11), Kontoart::Verfuegbar), betrag)
        {
            Ok(()) => true,
            Err(DbFehler::NichtGedeckt(_)) => false,
            Err(e) => panic!("{e}"),
        }
    });
    let summe: i64 = kreise.iter().map(|k| saldo(&d, k, Kontoart::Verfuegbar)).sum();
    assert_eq!(summe, 40_000);
    assert!(kreise.iter().all(|k| saldo(&d, k, Kontoart::Verfuegbar) >= 0));
    in_ordnung(&d);
}

/// One random act: movements between accounts of two owners, in one posting.
#[derive(Debug, Clone)]
struct Akt {
    bewegungen: Vec<(usize, usize, i64)>,
    storno: bool,
    simulation: bool,
}

const ARTEN: [Kontoart; 6] = [
    Kontoart::Verfuegbar,
    Kontoart::Gebunden,
    Kontoart::Abgerufen,
    Kontoart::Ausgezahlt,
    Kontoart::Anerkannt,
    Kontoart::Erstattet,
];

/// Accounts of a case: the state's own, and six each of two owners.
fn topf(nr: usize, fall: usize) -> Kontoschluessel {
    let kreis = |n: usize| format!("x{fall}-{n}");
    match nr {
        0 => schluessel(LAND, Kontoart::Landeshaushalt),
        n => schluessel(&kreis((n - 1) / 6), ARTEN[(n - 1) % 6]),
    }
}

fn akte() -> impl Strategy<Value = Vec<Akt>> {
    let bewegung = (0usize..13, 1usize..13, 0i64..2_000);
    let akt = (proptest::collection::vec(bewegung, 1..4), any::<bool>(), proptest::bool::weighted(0.2));
    proptest::collection::vec(
        akt.prop_map(|(bewegungen, storno, simulation)| Akt { bewegungen, storno, simulation }),
        1..25,
    )
}

/// Books any sequence of acts beside a model: the same acts succeed, the same balances result, the books balance.
fn zufaellige_buchungen_gleichen_sich_aus(b: Backend) {
    let d = Datenbank::neu(b);
    let db = oeffne(&d);
    let zaehler = std::sync::atomic::AtomicUsize::new(0);
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let lauf = runner.run(&akte(), |akte| {
        let faelle = zaehler.fetch_add(1, Ordering::Relaxed);
        let mut modell = BTreeMap::<usize, i64>::new();
        for a in akte {
            let mut b = Buchung::umbuchung("TEST", "test");
            let mut neu = modell.clone();
            for (von, nach, cent) in &a.bewegungen {
                b = b.bewegung(topf(*von, faelle), topf(*nach, faelle), euro(*cent));
                *neu.entry(*von).or_default() -= cent;
                *neu.entry(*nach).or_default() += cent;
            }
            prop_assert_eq!(b.summe(), Ok(Euro::NULL));
            let gedeckt = neu.iter().all(|(k, s)| *k == 0 || *s >= 0);
            let r = buche(&db, b.clone(), a.simulation);
            prop_assert_eq!(r.is_ok(), gedeckt, "{:?}: {:?}", a, r);
            if !gedeckt {
                prop_assert!(matches!(r, Err(DbFehler::NichtGedeckt(_))));
            } else if !a.simulation {
                // a reversal takes back exactly what was booked
                if a.storno {
                    prop_assert!(buche(&db, b.storno("zurück"), false).is_ok());
                } else {
                    modell = neu;
                }
            }
        }
        for (nr, soll) in modell.iter().filter(|(nr, _)| **nr != 0) {
            let k = topf(*nr, faelle);
            prop_assert_eq!(saldo(&d, &k.kreisschluessel, k.art), *soll, "{:?}", k);
        }
        in_ordnung(&d);
        Ok(())
    });
    if let Err(e) = lauf {
        panic!("{e}");
    }
}

fn simulation_bucht_nicht(b: Backend) {
    let d = Datenbank::neu(b);
    let db = oeffne(&d);
    stelle_bereit(&db, "06440", 10_000);
    let vorher = d.abbild();
    let b = Buchung::umbuchung("TEST", "test").bewegung(
        schluessel("06440", Kontoart::Verfuegbar),
        schluessel("06440", Kontoart::Gebunden),
        euro(10_000),
    );
    for _ in 0..3 {
        buche(&db, b.clone(), true).expect("covered");
    }
    assert_eq!(d.abbild(), vorher);
    buche(&db, b, false).expect("still covered");
}

/// The balance of a past day is the sum of what was effective then.
fn salden_am_stichtag(b: Backend) {
    let d = Datenbank::neu(b);
    let db = oeffne(&d);
    let heute = aqb_domain::zeit::rechtstag(aqb_persistence::uhr::jetzt());
    let a = Auswahl { jahrgang: JAHR, kreisschluessel: "06440".to_owned() };
    for (tage, cent) in [(30, 5_000), (10, 2_500), (0, 1_000)] {
        let b = Buchung::umbuchung("TEST", "test").bewegung(
            schluessel(LAND, Kontoart::Landeshaushalt),
            schluessel("06440", Kontoart::Verfuegbar),
            euro(cent),
        );
        warte(db.schreiben(wer(false), move |tx| {
            tx.jetzt -= chrono::TimeDelta::days(tage);
            konto::buche(tx, "TEST", "t", &b)
        }))
        .expect("posting");
    }
    let am = |vor: u64| {
        let tag = heute.checked_sub_days(chrono::Days::new(vor)).expect("day");
        konto::salden_am(&mut d.verbinde(), &a, tag).expect("balances").iter().map(|(_, e)| e.cent()).sum::<i64>()
    };
    assert_eq!([am(31), am(30), am(11), am(10), am(1), am(0)], [0, 5_000, 5_000, 7_500, 7_500, 8_500]);
    assert_eq!(
        konto::salden_am(&mut d.verbinde(), &a, heute).expect("balances"),
        konto::salden(&mut d.verbinde(), &a).expect("balances")
    );
}
