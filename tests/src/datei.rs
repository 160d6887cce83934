//! Committed texts that are compared byte by byte.

use std::path::PathBuf;

/// Compares a generated text with the committed file at `pfad` (below the root). With `AQB_TEST_AKTUALISIEREN=1` the
/// file is written instead; read its difference as you would read code.
#[track_caller]
pub fn vergleiche(pfad: &str, neu: &str) {
    let datei: PathBuf = crate::wurzel().join(pfad);
    if std::env::var("AQB_TEST_AKTUALISIEREN").is_ok_and(|v| v == "1") {
        std::fs::write(&datei, neu).unwrap_or_else(|e| panic!("{}: {e}", datei.display()));
        return;
    }
    let alt = std::fs::read_to_string(&datei).unwrap_or_default();
    if alt == neu {
        return;
    }
    let (a, n): (Vec<_>, Vec<_>) = (alt.lines().collect(), neu.lines().collect());
    let stelle = a.iter().zip(&n).take_while(|(a, n)| a == n).count();
    let zeile = |z: &[&str]| z.get(stelle).map_or("(end of file)".to_owned(), |z| (*z).to_owned());
    panic!(
        "{pfad} is not what the code says. First difference in line {}:\n  committed: {}\n  generated: {}\n\
         AQB_TEST_AKTUALISIEREN=1 writes the file; commit it together with what changed it.",
        stelle + 1,
        zeile(&a),
        zeile(&n)
    );
}

/// The text of a file below the root.
#[track_caller]
pub fn lesen(pfad: &str) -> String {
    let datei = crate::wurzel().join(pfad);
    std::fs::read_to_string(&datei).unwrap_or_else(|e| panic!("{}: {e}", datei.display()))
}

/// Rust sources below a folder, as (path below the root, text).
pub fn quellen(ordner: &str) -> Vec<(String, String)> {
    let mut offen = vec![crate::wurzel().join(ordner)];
    let mut aus = Vec::new();
    while let Some(o) = offen.pop() {
        for e in std::fs::read_dir(&o).unwrap_or_else(|e| panic!("{}: {e}", o.display())) {
            let p = e.expect("entry").path();
            if p.is_dir() {
                offen.push(p);
            } else if p.extension().is_some_and(|e| e == "rs") {
                let name = p.strip_prefix(crate::wurzel()).unwrap_or(&p).display().to_string();
                aus.push((name, std::fs::read_to_string(&p).expect("source")));
            }
        }
    }
    aus.sort();
    assert!(!aus.is_empty(), "no sources below {ordner}");
    aus
}

/// A source without comments and without its test module.
pub fn ohne_beiwerk(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
    let ohne = |z: &str| z.split("//").next().unwrap_or("").to_owned();
    code.lines().map(ohne).collect::<Vec<_>>().join("\n")
}
