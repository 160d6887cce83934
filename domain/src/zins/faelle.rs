//! Reads the tables of cases in `tests/faelle`: `#` begins a comment, the first other line names the columns, `;`
//! separates them.

use std::collections::BTreeMap;

/// One case: column to value.
pub(crate) type Fall<'t> = BTreeMap<&'t str, &'t str>;

/// All cases of a table.
pub(crate) fn lies(tabelle: &str) -> Vec<Fall<'_>> {
    let mut zeilen = tabelle.lines().filter(|z| !z.trim().is_empty() && !z.starts_with('#'));
    let spalten: Vec<&str> = zeilen.next().unwrap().split(';').map(str::trim).collect();
    zeilen
        .map(|zeile| {
            let werte: Vec<&str> = zeile.split(';').map(str::trim).collect();
            assert_eq!(werte.len(), spalten.len(), "Spaltenzahl: {zeile}");
            spalten.iter().copied().zip(werte).collect()
        })
        .collect()
}

/// Runs every case and reports all that fail, each by its source.
pub(crate) fn alle(tabelle: &str, pruefe: impl Fn(&Fall) -> Result<(), String>) {
    let faelle = lies(tabelle);
    assert!(!faelle.is_empty());
    let fehler: Vec<String> =
        faelle.iter().filter_map(|f| pruefe(f).err().map(|e| format!("{}: {e}\n  {f:?}", f["quelle"]))).collect();
    assert!(fehler.is_empty(), "{} von {}:\n{}", fehler.len(), faelle.len(), fehler.join("\n"));
}

/// Compares one value of a case.
pub(crate) fn gleich(was: &str, soll: &str, ist: impl ToString) -> Result<(), String> {
    let ist = ist.to_string();
    if soll == ist { Ok(()) } else { Err(format!("{was}: erwartet {soll}, berechnet {ist}")) }
}
