//! Cells of files: forms, headers, findings.

use super::*;

/// Dossier 7.4: `1.234,56` and `1234,56` are amounts, `1,234.56` is ambiguous.
#[test]
fn abschnitt_7_4_betraege() {
    for (text, soll) in [
        ("1.234,56", Ok("1234.56")),
        ("1234,56", Ok("1234.56")),
        ("1.234.567,8", Ok("1234567.80")),
        ("-12,50", Ok("-12.50")),
        ("+12", Ok("12.00")),
        ("1.234", Ok("1234.00")),
        ("12,50 €", Ok("12.50")),
        ("12,50 EUR", Ok("12.50")),
        ("0", Ok("0.00")),
        ("1,234.56", Err("IMPORT_BETRAG_MEHRDEUTIG")),
        ("1,234,567", Err("IMPORT_BETRAG_MEHRDEUTIG")),
        ("1234.56", Err("IMPORT_BETRAG_MEHRDEUTIG")),
        ("12.34,56", Err("IMPORT_BETRAG_MEHRDEUTIG")),
        ("1,234", Err("IMPORT_BETRAG_FORM")),
        ("12,", Err("IMPORT_BETRAG_FORM")),
        (",50", Err("IMPORT_BETRAG_FORM")),
        ("--1", Err("IMPORT_BETRAG_FORM")),
        ("+-1", Err("IMPORT_BETRAG_FORM")),
        ("1 234,56", Err("IMPORT_BETRAG_FORM")),
        ("12,5x", Err("IMPORT_BETRAG_FORM")),
        ("1e3", Err("IMPORT_BETRAG_FORM")),
        ("99999999999999999999", Err("IMPORT_BETRAG_FORM")),
        ("", Err("IMPORT_BETRAG_FORM")),
    ] {
        let ist = betrag_deutsch(text).map(|e| e.to_string()).map_err(|r| r.kurzname);
        assert_eq!(ist, soll.map(str::to_owned), "{text:?}");
    }
}

/// Numbers of workbooks, as their XML holds them: what spreadsheet programs write for amounts of two decimals.
#[test]
fn zahlen_einer_arbeitsmappe_sind_genau() {
    for (text, soll) in [
        ("4999.99", Some("4999.99")),
        ("4999.9899999999998", Some("4999.99")),
        ("0.30000000000000004", Some("0.30")),
        ("1E3", Some("1000.00")),
        ("1.2345E2", Some("123.45")),
        ("1.23456E2", None),
        ("1.5E-1", Some("0.15")),
        ("-12.5", Some("-12.50")),
        ("0", Some("0.00")),
        ("100", Some("100.00")),
        ("0.001", None),
        ("0.995", None),
        ("999999999999.99", Some("999999999999.99")),
        ("9.9999999999999995E2", Some("1000.00")),
        ("1e999", None),
        ("NaN", None),
        ("", None),
        ("1.2.3", None),
    ] {
        assert_eq!(dezimaltext(text).map(|e| e.to_string()).as_deref(), soll, "{text:?}");
    }
}

/// Days: German, ISO, serial numbers of both epochs (46 023 is 2026-01-01; 1904 counts 1 462 days less).
#[test]
fn tage_in_allen_formen() {
    for (text, soll) in [
        ("31.03.2026", Some(tag(2026, 3, 31))),
        ("1.3.2026", Some(tag(2026, 3, 1))),
        ("30.02.2026", None),
        ("31.03.26", None),
        ("03/31/2026", None),
        ("31.03.1926", None),
        ("31.03.2026.", None),
    ] {
        assert_eq!(tag_deutsch(text), soll, "{text}");
    }
    for (text, soll) in [
        ("2026-03-31", Some(tag(2026, 3, 31))),
        ("2026-03-31T00:00:00", Some(tag(2026, 3, 31))),
        ("2026-3-31", None),
        ("2026-02-30", None),
        ("20-260331-", None),
    ] {
        assert_eq!(tag_iso(text), soll, "{text}");
    }
    for (text, neu, soll) in [
        ("46023", false, Some(tag(2026, 1, 1))),
        ("46023.0", false, Some(tag(2026, 1, 1))),
        ("44561", true, Some(tag(2026, 1, 1))),
        ("46023.5", false, None),
        ("-1", false, None),
        ("60", false, None),
        ("999999999", false, None),
    ] {
        assert_eq!(tag_aus_zahl(text, neu), soll, "{text} {neu}");
    }
}

/// Headers of the real forms in dossier 3.13 are known.
#[test]
fn abschnitt_3_13_koepfe_werden_erkannt() {
    for (kopf, feld) in [
        ("Lfd. Nr.", "lfd_nr"),
        ("BELEG-NUMMER", "belegnummer"),
        ("Datum der Zahlung (= Wertstellung lt. Kontoauszug)", "zahlungsdatum"),
        ("Rechnungsaussteller/Zahlungsempfänger", "rechnungsaussteller"),
        ("Rechnungsbetrag (inkl. MwSt.)", "rechnungsbetrag_brutto"),
        ("tatsächlich gezahlter Betrag", "gezahlter_betrag"),
        ("durch Behörde anerkannte Ausgaben", "anerkannt"),
        ("massnahme_nr", "massnahme_nr"),
    ] {
        assert_eq!(Belegspalte::erkenne(kopf), Belegspalte::feld(feld), "{kopf}");
    }
    assert_eq!(Belegspalte::erkenne("Wetter"), None);
    assert_eq!(Belegspalte::erkenne(" "), None);
    let mut koepfe = BTreeSet::new();
    for s in SPALTEN {
        for k in [s.kopf, s.feld].iter().chain(s.synonyme) {
            assert!(koepfe.insert((Belegspalte::erkenne(k), *k)), "{k}");
            assert_eq!(Belegspalte::erkenne(k), Belegspalte::feld(s.feld), "{k} means one column");
        }
    }
}

fn zellen(werte: &[(&str, Rohzelle)]) -> Vec<Feldzelle> {
    werte
        .iter()
        .map(|(f, z)| {
            let spalte = Belegspalte::feld(f).unwrap();
            Feldzelle { spalte, adresse: format!("{f}!"), zelle: z.clone() }
        })
        .collect()
}

/// A line of a file without a header.
const ORT: Zeilenort<'static> = Zeilenort { zeile: "Zeile 2", adresse: &|_| None };

fn gute_zeile() -> Vec<(&'static str, Rohzelle)> {
    SPALTEN
        .iter()
        .filter(|s| s.rolle == Spaltenrolle::Pflicht)
        .map(|s| (s.feld, Rohzelle::Text(s.beispiel.to_owned())))
        .collect()
}

/// The example of every obligatory column of the template is read, and every way to break a cell is found at the cell.
#[test]
fn zellfehler_haben_adresse_und_code() {
    let gut = Zeilenleser::default().lies(&zellen(&gute_zeile()), &ORT);
    assert_eq!(gut.befunde, []);
    assert_eq!(gut.inhalt.unwrap().belegnummer, "2026-0417");
    let text = |t: &str| Rohzelle::Text(t.to_owned());
    let formel = |t: &str| Rohzelle::Formel(Box::new(Rohzelle::Text(t.to_owned())));
    for (feld, zelle, code) in [
        ("rechnungsbetrag_brutto", text("1,234.56"), "AQB-IM-006"),
        ("rechnungsbetrag_brutto", text("viel"), "AQB-IM-007"),
        ("zahlungsdatum", text("03/31/2026"), "AQB-IM-008"),
        ("art", text("KREDIT"), "AQB-IM-009"),
        ("position", text("Miete & Strom"), "AQB-IM-009"),
        ("belegnummer", text(" "), "AQB-IM-010"),
        ("belegnummer", text(&"9".repeat(37)), "AQB-IM-011"),
        ("gegenstand", text("Raum\u{0}miete"), "AQB-IM-005"),
        ("gegenstand", Rohzelle::Unbrauchbar("#REF!".into()), "AQB-IM-017"),
        ("gegenstand", formel("Miete"), "AQB-IM-016"),
        ("rechnungsbetrag_brutto", Rohzelle::Zahl("0.001".into()), "AQB-IM-007"),
        ("zahlungsdatum", Rohzelle::Zahl("46023.5".into()), "AQB-IM-008"),
    ] {
        let mut zeile = gute_zeile();
        zeile.retain(|(f, _)| *f != feld);
        zeile.push((feld, zelle.clone()));
        let l = Zeilenleser::default().lies(&zellen(&zeile), &ORT);
        let codes: Vec<_> = l.befunde.iter().map(|b| b.befund.code.0.as_str()).collect();
        assert_eq!(codes, [code], "{feld} {zelle:?}");
        let ort = if code == "AQB-IM-010" { "Zeile 2".to_owned() } else { format!("{feld}!") };
        assert_eq!(l.befunde.first().unwrap().adresse, ort);
        assert_eq!(l.inhalt.is_some(), code == "AQB-IM-016", "only a formula with a result goes through");
    }
}

proptest! {
    #[test]
    fn betraege_gehen_hin_und_zurueck(cent in -99_999_999_999_999i64..=99_999_999_999_999) {
        let e = Euro::aus_cent(cent).unwrap();
        let roh = e.to_string();
        prop_assert_eq!(betrag_deutsch(&crate::befund::deutsche_zahl(&roh)).unwrap(), e);
        prop_assert_eq!(betrag_deutsch(&roh.replace('.', ",")).unwrap(), e);
        prop_assert!(cent % 100_000 == 0 || betrag_deutsch(&roh).is_err(), "a point is never a comma");
        // fifteen digits are what a workbook keeps
        if cent.abs() < 999_999_999_999_999 {
            prop_assert_eq!(dezimaltext(&roh).unwrap(), e);
        }
    }

    #[test]
    fn leser_faellt_nie_um(text in "\\PC{0,40}") {
        let _ = betrag_deutsch(&text);
        let _ = dezimaltext(&text);
        let _ = tag_deutsch(&text);
        let _ = tag_iso(&text);
        let _ = tag_aus_zahl(&text, false);
        let _ = Belegspalte::erkenne(&text);
    }
}

/// An empty obligatory cell is named by its address, a control character by the name people know.
#[test]
fn leere_zellen_und_steuerzeichen_beim_namen() {
    let ort = Zeilenort { zeile: "Zeile 3", adresse: &|i| (i == 1).then(|| "H3".to_owned()) };
    let mut zeile = gute_zeile();
    zeile.retain(|(f, _)| !matches!(*f, "belegnummer" | "art"));
    let l = Zeilenleser::default().lies(&zellen(&zeile), &ort);
    let orte: Vec<_> = l.befunde.iter().map(|b| b.adresse.as_str()).collect();
    assert_eq!(orte, ["H3", "Zeile 3"], "the second column is not in the file");
    for (zeichen, name) in [
        ("\n", "Zeilenumbruch (U+000A)"),
        ("\t", "Tabulator (U+0009)"),
        ("\0", "Nullzeichen (U+0000)"),
        ("\u{7}", "U+0007"),
    ] {
        let mut zeile = gute_zeile();
        zeile.retain(|(f, _)| *f != "gegenstand");
        zeile.push(("gegenstand", Rohzelle::Text(format!("Raum{zeichen}miete"))));
        let l = Zeilenleser::default().lies(&zellen(&zeile), &ORT);
        let gefunden = l.befunde.first().unwrap().befund.gemessen.iter().find(|m| m.name == "gefunden").unwrap();
        assert_eq!(gefunden.wert, name);
    }
}
