//! The rules of the house that a program can check: who may know whom, and what must not be written where.

use aqb_tests::datei::{lesen, ohne_beiwerk, quellen};
use std::collections::BTreeSet;
use std::process::Command;

/// Packages a crate links on this machine: directly (`tiefe` 1) or at all.
fn abhaengigkeiten(krate: &str, tiefe: Option<&str>) -> BTreeSet<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut befehl = Command::new(cargo);
    befehl.args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none", "--package", krate]);
    if let Some(t) = tiefe {
        befehl.args(["--depth", t]);
    }
    let aus = befehl.current_dir(aqb_tests::wurzel()).output().expect("cargo tree");
    assert!(aus.status.success(), "{}", String::from_utf8_lossy(&aus.stderr));
    let namen = String::from_utf8_lossy(&aus.stdout)
        .lines()
        .filter_map(|z| z.split(' ').next().map(str::to_owned))
        .collect::<BTreeSet<_>>();
    namen.into_iter().filter(|n| n != krate && !n.is_empty()).collect()
}

/// Licences that a program under the EUPL may link.
const FREIE_LIZENZEN: [&str; 16] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "EUPL-1.2",
    "ISC",
    "LLVM-exception",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "PostgreSQL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Every package has a free licence and comes from the registry, at the version the lock file pins.
#[test]
fn abhaengigkeiten_sind_frei_und_aus_der_registratur() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let aus = Command::new(cargo)
        .args(["tree", "--workspace", "--offline", "--locked", "--edges", "normal,build,dev"])
        .args(["--prefix", "none", "--format", "{l}|{p}"])
        .current_dir(aqb_tests::wurzel())
        .output()
        .expect("cargo tree");
    let mut gesehen = 0;
    for zeile in String::from_utf8_lossy(&aus.stdout).lines().filter(|z| !z.trim().is_empty()) {
        let (lizenz, paket) = zeile.split_once('|').expect("licence|package");
        gesehen += 1;
        let fremd = lizenz
            .split([' ', '/', '(', ')'])
            .filter(|w| !w.is_empty() && !["AND", "OR", "WITH"].contains(w))
            .find(|w| !FREIE_LIZENZEN.contains(w));
        assert!(fremd.is_none() && !lizenz.is_empty(), "{paket}: licence {lizenz:?}");
        let eigen = paket.starts_with("aqb-");
        assert!(eigen || !(paket.contains("(/") || paket.contains("://")), "{paket}: not from the registry");
    }
    assert!(gesehen > 200, "{gesehen}: {}", String::from_utf8_lossy(&aus.stderr));
    let sperre = lesen("Cargo.lock");
    let fremd = sperre.lines().filter(|z| z.starts_with("source = ")).find(|z| !z.contains("registry+"));
    assert_eq!(fremd, None, "a source other than the registry");
}

#[test]
fn abhaengigkeiten_zeigen_nur_nach_unten() {
    let eigene = |n: &str| abhaengigkeiten(n, None).into_iter().filter(|d| d.starts_with("aqb-")).collect::<Vec<_>>();
    assert_eq!(eigene("aqb-domain"), Vec::<String>::new());
    assert_eq!(eigene("aqb-persistence"), ["aqb-domain"]);
    assert_eq!(eigene("aqb-api"), ["aqb-domain", "aqb-persistence"]);
    let domain = abhaengigkeiten("aqb-domain", None);
    for verboten in
        ["tokio", "actix-web", "actix-rt", "diesel", "libsqlite3-sys", "pq-sys", "r2d2", "tracing", "ureq", "hyper"]
    {
        assert!(!domain.contains(verboten), "domain links {verboten}");
    }
    let persistence = abhaengigkeiten("aqb-persistence", None);
    assert_eq!(persistence.iter().find(|d| d.starts_with("actix")), None, "persistence knows no HTTP");
    assert!(!abhaengigkeiten("aqb-api", Some("1")).contains("diesel"), "api knows no SQL");
    let erlaubt = [
        "chrono",
        "chrono-tz",
        "iban_validate",
        "num-bigint",
        "num-rational",
        "num-traits",
        "rust_decimal",
        "serde",
        "serde_json",
        "sha2",
        "thiserror",
        "unicode-normalization",
        "utoipa",
        "uuid",
    ];
    for d in abhaengigkeiten("aqb-domain", Some("1")) {
        assert!(
            erlaubt.contains(&d.as_str()),
            "domain has the new dependency {d}: values and text only, nothing that does I/O"
        );
    }
}

/// Asserts that no source below `ordner` (test code aside) contains one of the words.
#[track_caller]
fn verboten(ordner: &str, worte: &[&str], ausnahmen: &[&str]) {
    let mut treffer = Vec::new();
    for (pfad, text) in quellen(ordner) {
        let test = pfad.ends_with("/tests.rs") || pfad.contains("/tests/");
        if test || ausnahmen.iter().any(|a| pfad.ends_with(a)) {
            continue;
        }
        for (nr, zeile) in ohne_beiwerk(&text).lines().enumerate() {
            treffer.extend(worte.iter().filter(|w| zeile.contains(*w)).map(|w| format!("{pfad}:{}: {w}", nr + 1)));
        }
    }
    assert!(treffer.is_empty(), "{}", treffer.join("\n"));
}

#[test]
fn domain_ist_rein() {
    verboten(
        "domain/src",
        &[
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
            "std::time",
            "std::io",
            "std::sync",
            "Utc::now",
            "Local::now",
            "now_v7",
            "new_v4",
            "rand::",
            "getrandom",
            "tokio",
            "async ",
            ".await",
            "println!",
            "eprintln!",
            "static mut",
            "thread_local!",
            "unsafe",
        ],
        &[],
    );
}

#[test]
fn domain_kennt_weder_sql_noch_http() {
    verboten("domain/src", &["diesel::", "actix_", "StatusCode", "SELECT ", "INSERT "], &[]);
}

#[test]
fn kein_stockwerk_greift_ueber_das_naechste() {
    verboten("api/src/http", &["diesel::", "sql_query"], &[]);
    verboten("api/src/app", &["actix_web", "diesel::", "sql_query"], &[]);
    verboten("persistence/src", &["actix", "StatusCode"], &[]);
}

#[test]
fn nur_eine_uhr_und_kein_gleitkomma_im_geld() {
    verboten("api/src", &["Utc::now", "Local::now", "SystemTime::now"], &[]);
    verboten("persistence/src", &["Utc::now", "Local::now", "SystemTime::now"], &["uhr.rs"]);
    for ordner in ["domain/src", "persistence/src"] {
        verboten(ordner, &["f64", "f32"], &[]);
    }
}

#[test]
fn transaktionen_und_faeden_nur_in_db() {
    for ordner in ["api/src", "persistence/src"] {
        verboten(
            ordner,
            &[".transaction(", ".immediate_transaction(", "begin_transaction_sql", "thread::Builder", "thread::spawn"],
            &["persistence/src/db.rs"],
        );
        // work of the processor leaves the thread that serves connections at one place
        verboten(
            ordner,
            &["web::block", "spawn_blocking"],
            &["persistence/src/db.rs", "api/src/http/extract/koerper.rs"],
        );
    }
}

/// A `.route(…)` or `web::resource(…)` does not reach the document; operations outside the contract stand in system.rs.
#[test]
fn jede_route_kommt_in_den_vertrag() {
    verboten("api/src/http", &[".route(", "web::resource", "web::scope"], &["system.rs"]);
    let server = lesen("api/src/server.rs");
    assert!(!server.contains(".route("), "a route outside the document");
}

/// Every handler demands its right before it reads anything else.
#[test]
fn jeder_handler_beginnt_mit_seinem_recht() {
    let mut handler = 0;
    for (pfad, text) in quellen("api/src/http") {
        let zeilen: Vec<&str> = text.lines().collect();
        for (nr, z) in zeilen.iter().enumerate() {
            let marke = ["#[get(", "#[post(", "#[put(", "#[patch(", "#[delete("].iter().any(|m| z.starts_with(m));
            if !marke {
                continue;
            }
            handler += 1;
            let kopf = zeilen[nr + 1..].iter().take(4).copied().collect::<String>();
            let erstes = kopf.split_once('(').map_or("", |(_, r)| r.trim());
            let typ = erstes.split_once(':').map_or("", |(_, t)| t.trim());
            assert!(typ.starts_with("Aufruf<"), "{pfad}:{}: the first argument must be Aufruf<Right>: {kopf}", nr + 2);
        }
    }
    assert_eq!(handler, aqb_tests::operationen().len(), "handlers and operations of the document");
}

/// Names of public types, those of `status!` included.
fn oeffentliche_typen() -> BTreeSet<String> {
    let mut aus = BTreeSet::new();
    for (pfad, text) in quellen("domain/src") {
        if pfad.ends_with("/tests.rs") || pfad.contains("/tests/") {
            continue;
        }
        let text = ohne_beiwerk(&text);
        let mut in_status = false;
        for zeile in text.lines().map(str::trim) {
            let wort =
                |rest: &str| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("").to_owned();
            if let Some(rest) = zeile.strip_prefix("pub struct ").or_else(|| zeile.strip_prefix("pub enum ")) {
                aus.insert(wort(rest));
            } else if zeile.starts_with("crate::status! {") || zeile.starts_with("status! {") {
                in_status = true;
            } else if in_status && zeile.ends_with('{') && !zeile.starts_with('#') {
                aus.insert(wort(zeile));
                in_status = false;
            }
        }
    }
    // `$name` of a macro definition
    aus.remove("");
    aus
}

#[test]
fn jeder_typ_der_domain_steht_im_glossar() {
    let glossar = lesen("GLOSSAR.md");
    let worte: BTreeSet<&str> = glossar.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let typen = oeffentliche_typen();
    assert!(typen.len() > 100, "the scan finds too little: {}", typen.len());
    let fehlend: Vec<_> = typen.iter().filter(|t| !worte.contains(t.as_str())).collect();
    assert!(fehlend.is_empty(), "not in GLOSSAR.md: {fehlend:?}");
}

#[test]
fn strenge_lints_gelten_ueberall() {
    let wurzel = lesen("Cargo.toml");
    for zeile in [
        "unsafe_code = \"forbid\"",
        "non_ascii_idents = \"forbid\"",
        "float_arithmetic = \"deny\"",
        "as_conversions = \"deny\"",
        "unwrap_used = \"deny\"",
        "expect_used = \"deny\"",
        "panic = \"deny\"",
        "indexing_slicing = \"deny\"",
        "todo = \"deny\"",
    ] {
        assert!(wurzel.contains(zeile), "Cargo.toml lacks {zeile}");
    }
    for krate in ["domain", "persistence", "api"] {
        let t = lesen(&format!("{krate}/Cargo.toml"));
        assert!(t.contains("[lints]\nworkspace = true"), "{krate} does not take the workspace's lints");
    }
    for ordner in ["domain/src", "persistence/src", "api/src"] {
        verboten(ordner, &["#![allow"], &[]);
        // a relaxation names its reason; clippy checks the rest
        for (pfad, text) in quellen(ordner) {
            for z in text.lines().filter(|z| z.trim_start().starts_with("#[allow(")) {
                assert!(z.contains("reason"), "{pfad}: {z}");
            }
        }
    }
    let clippy = lesen("clippy.toml");
    for methode in
        ["chrono::Utc::now", "rust_decimal::Decimal::round", "diesel::Connection::transaction", "actix_web::web::block"]
    {
        assert!(clippy.contains(methode), "clippy.toml allows {methode}");
    }
}
