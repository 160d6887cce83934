use super::*;
use aqb_domain::beleg::{Belegspalte, Spaltenrolle};
use aqb_domain::belegimport::Zeichensatz;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn optionen() -> Optionen {
    Optionen {
        konten: BTreeMap::from([("6310".into(), "MIETE".into())]),
        kostenstellen: BTreeMap::from([("1001".into(), "M01".into())]),
        teilbudgets: BTreeMap::from([("M01".into(), "ALLGEMEIN".into())]),
        aktenzeichen: Some("AQB-2026-06440-1".into()),
        jahre: (2026, 2027),
    }
}

struct Gelesen {
    zeilen: Vec<GeleseneZeile>,
    dialekt: Belegdialekt,
    abbruch: Option<Befund>,
}

fn lies_bytes(roh: &[u8]) -> Gelesen {
    let mut datei = tempfile::tempfile().unwrap();
    datei.write_all(roh).unwrap();
    von_vorn(&mut datei).unwrap();
    let mut zeilen = Vec::new();
    let (dialekt, ergebnis) = lies(&mut datei, &optionen(), &mut |z, _, _| {
        zeilen.push(z);
        Ok(())
    });
    let abbruch = match ergebnis {
        Err(Abbruch::Datei(b)) => Some(*b),
        _ => None,
    };
    Gelesen { zeilen, dialekt, abbruch }
}

fn kurz(roh: &[u8]) -> &'static str {
    lies_bytes(roh).abbruch.map_or("", |b| b.regel.kurzname)
}

fn kopf(trenner: &str) -> String {
    Belegspalte::pflicht().map(|(_, s)| s.kopf).collect::<Vec<_>>().join(trenner)
}

fn gute(trenner: &str) -> String {
    Belegspalte::pflicht().map(|(_, s)| s.beispiel).collect::<Vec<_>>().join(trenner)
}

impl Gelesen {
    fn gut(&self) -> usize {
        self.zeilen.iter().filter(|z| z.lesung.as_ref().is_some_and(|l| l.inhalt.is_some())).count()
    }

    fn befunde(&self) -> Vec<(String, String)> {
        let je = |z: &GeleseneZeile| {
            z.nebenbei.iter().chain(z.lesung.iter().flat_map(|l| &l.befunde)).cloned().collect::<Vec<_>>()
        };
        let alle = self.zeilen.iter().flat_map(je);
        alle.map(|b| (b.adresse.clone(), b.befund.befund().unwrap().regel.kurzname.to_owned())).collect()
    }
}

/// Dossier 7.4: BOM, else strict UTF-8, else Windows-1252; separators; the example row of the template is good.
#[test]
fn abschnitt_7_4_dialekte_werden_erkannt_und_gemeldet() {
    let bom = |s: String| [b"\xef\xbb\xbf".as_slice(), s.as_bytes()].concat();
    let utf8 = |s: String| s.into_bytes();
    let cp1252 = |s: String| encoding_rs::WINDOWS_1252.encode(&s).0.into_owned();
    type Fall<'f> = (&'static str, &'f dyn Fn(String) -> Vec<u8>, Zeichensatz);
    let faelle: [Fall<'_>; 4] = [
        (";", &bom, Zeichensatz::Utf8Bom),
        (";", &utf8, Zeichensatz::Utf8),
        ("\t", &utf8, Zeichensatz::Utf8),
        (";", &cp1252, Zeichensatz::Windows1252),
    ];
    for (t, kodiert, soll) in faelle {
        let g = lies_bytes(&kodiert(format!("{}\r\n{}\r\n", kopf(t), gute(t))));
        assert_eq!(g.abbruch, None, "{t:?} {soll}");
        assert_eq!(g.gut(), 1, "{t:?} {soll}: {:?}", g.befunde());
        assert_eq!((g.dialekt.trennzeichen.as_deref(), g.dialekt.zeichensatz), (Some(t), Some(soll)));
        assert_eq!(g.dialekt.kopfzeile, 1);
        assert_eq!(g.dialekt.formen.tag_deutsch, 2);
    }
    // a comma separates only where amounts are quoted
    let zitiert = Belegspalte::pflicht().map(|(_, s)| format!("\"{}\"", s.beispiel)).collect::<Vec<_>>().join(",");
    let g = lies_bytes(format!("{}\n{zitiert}\n", kopf(",")).as_bytes());
    assert_eq!((g.gut(), g.dialekt.trennzeichen.as_deref()), (1, Some(",")));
}

/// What stands above, below and beside the table is tolerated and named; unknown columns are reported once.
#[test]
fn leere_zeilen_streuzellen_und_summen() {
    let text = format!(
        "Belegliste Nr. 1\n;;\nAktenzeichen:;AQB-2026-06440-1\nHaushaltsjahr: 2026\n{k};Wetter;\n{g};Sonne;\n;;;;;\n{g2};Regen;Notiz\nSumme;;;;;;;;;5.999,98\n",
        k = kopf(";"),
        g = gute(";"),
        g2 = gute(";").replace("2026-0417", "2026-0418"),
    );
    let g = lies_bytes(text.as_bytes());
    assert_eq!(g.abbruch, None);
    assert_eq!(g.gut(), 2);
    assert_eq!(g.zeilen.iter().filter(|z| z.lesung.is_none()).count(), 2, "an empty line and a sum");
    let unbekannt: Vec<_> = g.dialekt.unbekannt.iter().map(|(_, k)| k.as_str()).collect();
    assert_eq!(unbekannt, ["Wetter"]);
    let (streu, rest): (Vec<_>, Vec<_>) = g.befunde().into_iter().partition(|(_, k)| k == "IMPORT_ZELLE_AUSSERHALB");
    assert_eq!(rest, []);
    assert_eq!(streu.iter().map(|(a, _)| a.as_str()).collect::<Vec<_>>(), ["N8", "A9", "J9"]);
    assert_eq!(g.dialekt.kopfzeile, 5);
}

#[test]
fn befunde_nennen_die_zelle() {
    let schlecht = gute(";").replace("4999,99", "1,234.56").replace("10.03.2026", "2026-02-30");
    let g = lies_bytes(format!("{}\n{schlecht}\n", kopf(";")).as_bytes());
    let spalte = |feld: &str| {
        let stelle = Belegspalte::pflicht().position(|(_, s)| s.feld == feld).unwrap();
        adresse(u32::try_from(stelle).unwrap(), 2)
    };
    let mut ist = g.befunde();
    ist.sort();
    let mut soll = vec![
        (spalte("zahlungsdatum"), "IMPORT_DATUM_FORM".to_owned()),
        (spalte("rechnungsbetrag_brutto"), "IMPORT_BETRAG_MEHRDEUTIG".to_owned()),
    ];
    soll.sort();
    assert_eq!(ist, soll);
}

/// A list of another year or case says so at once; in a column it is an error of the line.
#[test]
fn fremde_listen() {
    let mit = |vor: &str| format!("{vor}\n{}\n{}\n", kopf(";"), gute(";"));
    assert_eq!(kurz(mit("Haushaltsjahr;2019").as_bytes()), "IMPORT_FALSCHES_JAHR");
    assert_eq!(kurz(mit("Aktenzeichen: AQB-2026-06411-9").as_bytes()), "IMPORT_FALSCHER_BESCHEID");
    assert_eq!(kurz(mit("Aktenzeichen: aqb 2026 06440 1").as_bytes()), "");
    let spalten = format!("{};Haushaltsjahr;Aktenzeichen\n{};2019;X-1\n", kopf(";"), gute(";"));
    let g = lies_bytes(spalten.as_bytes());
    let namen: Vec<_> = g.befunde().into_iter().map(|(_, k)| k).collect();
    assert_eq!((namen, g.gut()), (vec!["IMPORT_FALSCHES_JAHR".to_owned(), "IMPORT_FALSCHER_BESCHEID".to_owned()], 0));
}

#[test]
fn dateien_die_keine_liste_sind() {
    let ohne_pflicht = kopf(";").replace("Zahlungsdatum", "Wetter");
    let utf16: Vec<u8> = kopf(";").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let offen = format!("{}\n\"{}", kopf(";"), "x".repeat(2 * 1024 * 1024));
    for (roh, soll) in [
        (Vec::new(), "IMPORT_DATEI_ART"),
        (b"%PDF-1.7".to_vec(), "IMPORT_DATEI_ART"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "IMPORT_DATEI_ART"),
        ([b"\xff\xfe".as_slice(), &utf16].concat(), "IMPORT_ZEICHENSATZ"),
        (utf16, "IMPORT_ZEICHENSATZ"),
        (vec![0; 4096], "IMPORT_ZEICHENSATZ"),
        (b"Hallo;Welt\n".repeat(40), "IMPORT_KOPFZEILE_FEHLT"),
        (b"Hallo;Welt\n".to_vec(), "IMPORT_KOPFZEILE_FEHLT"),
        (ohne_pflicht.into_bytes(), "IMPORT_SPALTE_FEHLT"),
        (offen.into_bytes(), "IMPORT_ZITAT_OFFEN"),
        (format!("{}\n{}\n", kopf(";"), ";".repeat(600)).into_bytes(), "IMPORT_UMFANG"),
        (b"PK\x03\x04 und sonst nichts".to_vec(), "IMPORT_FEHLGEFORMT"),
    ] {
        assert_eq!(kurz(&roh), soll, "{:?}", String::from_utf8_lossy(roh.get(..20).unwrap_or(&roh)));
    }
}

/// A quotation mark that is never closed is named by its line, in a short file and in one beyond the longest piece; a cell
/// of several lines and a doubled mark are none.
#[test]
fn offenes_anfuehrungszeichen() {
    for (umbruch, lang) in [("\n", 3), ("\r\n", 3), ("\n", 40_000), ("\r\n", 40_000)] {
        let zeile = |nr: usize| if nr == 5 { gute(";").replace("Raummiete", "\"Raummiete") } else { gute(";") };
        let zeilen: Vec<String> = (2..5 + lang).map(zeile).collect();
        let text = format!("{}{umbruch}{}{umbruch}", kopf(";"), zeilen.join(umbruch));
        let g = lies_bytes(text.as_bytes());
        let b = g.abbruch.unwrap();
        assert_eq!(
            (b.regel.kurzname, b.gemessen.first().unwrap().wert.as_str()),
            ("IMPORT_ZITAT_OFFEN", "5"),
            "{umbruch:?} {lang}"
        );
        assert_eq!(g.zeilen.len(), 3, "the lines before it are read");
    }
    let zwei = gute(";").replace("Raummiete", "\"Raum\nmiete\"").replace("2026-0417", "\"Nr. \"\"7\"\"\"");
    let g = lies_bytes(format!("{}\n{zwei}\n{}\n", kopf(";"), gute(";")).as_bytes());
    assert_eq!((g.abbruch.as_ref(), g.zeilen.len(), g.gut()), (None, 2, 1), "{:?}", g.befunde());
    assert_eq!(g.befunde().first().map(|(_, k)| k.as_str()), Some("IMPORT_STEUERZEICHEN"));
}

/// One cell in a line of nothing is no Beleg; empty obligatory cells have addresses.
#[test]
fn einzelne_zelle_und_leere_pflichtzellen() {
    let n = Belegspalte::pflicht().count();
    let allein = format!("x{}", ";".repeat(n - 1));
    let halb = gute(";").replace("10.03.2026", "");
    let g = lies_bytes(format!("{}\n{allein}\n{halb}\n", kopf(";")).as_bytes());
    let spalte = Belegspalte::pflicht().position(|(_, s)| s.feld == "zahlungsdatum").unwrap();
    let leer = adresse(u32::try_from(spalte).unwrap(), 3);
    let soll = [("A2".to_owned(), "IMPORT_ZELLE_AUSSERHALB".to_owned()), (leer, "IMPORT_PFLICHT_LEER".to_owned())];
    assert_eq!(g.befunde(), soll);
    assert!(g.zeilen.first().unwrap().lesung.is_none(), "it counts as empty");
}

/// NULs and control characters in a readable table are found at their cells; the other lines are good.
#[test]
fn steuerzeichen_in_zellen() {
    let text = format!("{}\n{}\n{}\n", kopf(";"), gute(";").replace("Raummiete", "Raum\u{0}miete"), gute(";"));
    let g = lies_bytes(text.as_bytes());
    assert_eq!(g.gut(), 1);
    assert_eq!(g.befunde().first().map(|(_, k)| k.as_str()), Some("IMPORT_STEUERZEICHEN"));
    let mut roh = format!("{}\n{}\n", kopf(";"), gute(";")).into_bytes();
    let stelle = roh.windows(5).position(|w| w == b"miete").unwrap();
    *roh.get_mut(stelle).unwrap() = 0x81;
    let g = lies_bytes(&roh);
    assert_eq!(g.dialekt.zeichensatz, Some(Zeichensatz::Windows1252));
    assert_eq!(g.gut(), 0, "0x81 is no character of Windows-1252");
}

const EXTF: &str = "\"EXTF\";700;21;\"Buchungsstapel\";13;20260401120000000;;\"RE\";\"\";\"\";1001;1;20260101;4;20260101;20261231;\"Stapel\";\"\";1;0;0;\"EUR\";;;;;;;;;\r\n\
Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);Belegdatum;Belegfeld 1;Belegfeld 2;Skonto;Buchungstext;KOST1 - Kostenstelle;KOST2 - Kostenstelle\r\n";

/// Dossier 7.4: the day gets its year from the period, S is money spent, H takes it back, the payment date is missing.
#[test]
fn abschnitt_7_4_datev_buchungsstapel() {
    let text = format!(
        "{EXTF}119,00;\"S\";\"EUR\";6310;70001;503;\"RE-1\";\"\";;\"Raummiete März\";\"1001\";\"\"\r\n\
         19,00;\"H\";;6310;70001;0604;\"GS-1\";\"RE-1\";;\"Gutschrift\";\"\";\"m01\"\r\n\
         5,00;\"S\";;4711;70001;3112;\"RE-2\";\"\";;\"Unbekannt\";\"9\";\"\"\r\n"
    );
    let roh = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
    let g = lies_bytes(&roh);
    assert_eq!((g.abbruch.as_ref(), g.dialekt.format), (None, Belegformat::Datev));
    let wert = |i: usize, feld: &str| {
        let z = g.zeilen.get(i).unwrap();
        z.zellen.iter().find(|(f, _)| f == feld).map(|(_, w)| w.clone()).unwrap_or_default()
    };
    assert_eq!(wert(0, "rechnungsdatum"), "05.03.2026");
    assert_eq!([wert(0, "position"), wert(0, "massnahme_nr"), wert(0, "teilbudget")], ["MIETE", "M01", "ALLGEMEIN"]);
    assert_eq!([wert(0, "art"), wert(0, "gegenstand")], ["AUSGABE", "Raummiete März"]);
    assert_eq!([wert(1, "art"), wert(1, "beantragt"), wert(1, "storno_von")], ["GUTSCHRIFT", "-19,00", "RE-1"]);
    assert_eq!(wert(1, "massnahme_nr"), "M01", "a cost centre may be called as the measure is");
    let ohne: Vec<_> =
        g.befunde().into_iter().filter(|(_, k)| k == "IMPORT_KONTO_OHNE_ZUORDNUNG").map(|(a, _)| a).collect();
    assert_eq!(ohne, ["D5", "K5"]);
    let leer = |z: &GeleseneZeile| {
        z.lesung.as_ref().unwrap().befunde.iter().any(|b| b.feld.as_deref() == Some("zahlungsdatum"))
    };
    assert!(g.zeilen.iter().all(leer), "every line lacks the day of payment");
    let fremd = lies_bytes(text.replacen("\"S\";\"EUR\"", "\"S\";\"USD\"", 1).as_bytes());
    let waehrung: Vec<_> = fremd.befunde().into_iter().filter(|(_, k)| k == "IMPORT_WAEHRUNG").collect();
    assert_eq!(waehrung, [("C3".to_owned(), "IMPORT_WAEHRUNG".to_owned())], "an empty currency is that of the batch");
    assert!(g.befunde().iter().all(|(_, k)| k != "IMPORT_WAEHRUNG"));
    assert_eq!(kurz(text.replace(";21;", ";16;").as_bytes()), "IMPORT_DATEI_ART");
    assert_eq!(kurz(text.replace("20261231", "2026123").as_bytes()), "IMPORT_FEHLGEFORMT");
}

/// A workbook of parts, packed as `art` says.
fn paket(teile: &[(&str, &str)]) -> Vec<u8> {
    let mut w = ZipWriter::new(Cursor::new(Vec::new()));
    let o = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, inhalt) in teile {
        w.start_file(*name, o).unwrap();
        w.write_all(inhalt.as_bytes()).unwrap();
    }
    w.finish().unwrap().into_inner()
}

fn mappe(blatt: &str, epoche: &str) -> Vec<u8> {
    paket(&[
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns:r=\"r\"><workbookPr {epoche}/><sheets><sheet name=\"Versteckt\" state=\"hidden\" r:id=\"rId9\"/><sheet name=\"Liste\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/sharedStrings.xml", "<sst><si><t>Hausverwaltung </t><r><t>&amp; Söhne</t></r></si></sst>"),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ &quot;day&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>",
        ),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{blatt}</sheetData></worksheet>")),
    ])
}

fn text_zelle(i: usize, zeile: i64, t: &str) -> String {
    format!("<c r=\"{}\" t=\"inlineStr\"><is><t>{t}</t></is></c>", adresse(u32::try_from(i).unwrap(), zeile))
}

fn blatt(zellen: &dyn Fn(&str, &str, String) -> String) -> String {
    let spalten: Vec<_> = Belegspalte::pflicht().map(|(_, s)| s).collect();
    let kopf: String = spalten.iter().enumerate().map(|(i, s)| text_zelle(i, 1, s.kopf)).collect();
    let zeile: String = spalten
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let ort = adresse(u32::try_from(i).unwrap(), 17);
            zellen(s.feld, &ort, text_zelle(i, 17, s.beispiel))
        })
        .collect();
    format!("<row r=\"1\">{kopf}</row><row r=\"5\"/><row r=\"17\">{zeile}</row>")
}

/// Numbers are exact, days come as serial numbers of either epoch, texts from the table of texts.
#[test]
fn arbeitsmappen_mit_zahlen_und_tagen() {
    for (epoche, tag) in [("", "46091"), ("date1904=\"1\"", "44629")] {
        let b = blatt(&|feld, ort, text| match feld {
            "rechnungsbetrag_brutto" => format!("<c r=\"{ort}\" s=\"2\"><v>4999.9899999999998</v></c>"),
            "zahlungsdatum" => format!("<c r=\"{ort}\" s=\"1\"><v>{tag}</v></c>"),
            "rechnungsaussteller" => format!("<c r=\"{ort}\" t=\"s\"><v>0</v></c>"),
            _ => text,
        });
        let g = lies_bytes(&mappe(&b, epoche));
        assert_eq!(g.abbruch, None);
        assert_eq!(g.befunde(), []);
        let l = g.zeilen.iter().find_map(|z| z.lesung.clone()).unwrap().inhalt.unwrap();
        assert_eq!(l.rechnungsbetrag_brutto.to_string(), "4999.99");
        assert_eq!(l.zahlungsdatum.to_string(), "2026-03-10");
        assert_eq!(l.rechnungsaussteller, "Hausverwaltung & Söhne");
        assert_eq!((g.dialekt.blatt.as_deref(), g.dialekt.epoche_1904), (Some("Liste"), !epoche.is_empty()));
    }
}

#[test]
fn formeln_und_fehlerwerte() {
    let b = blatt(&|feld, ort, text| match feld {
        "gezahlter_betrag" => format!("<c r=\"{ort}\"><f>A1*2</f><v>2999.99</v></c>"),
        "gegenstand" => format!("<c r=\"{ort}\" t=\"e\"><f>X</f><v>#REF!</v></c>"),
        "belegnummer" => format!("<c r=\"{ort}\"><f>X</f></c>"),
        _ => text,
    });
    let g = lies_bytes(&mappe(&b, ""));
    let mut namen: Vec<_> = g.befunde().into_iter().map(|(a, k)| format!("{k} {a}")).collect();
    namen.sort();
    let ort = |feld: &str| {
        adresse(u32::try_from(Belegspalte::pflicht().position(|(_, s)| s.feld == feld).unwrap()).unwrap(), 17)
    };
    let mut soll = vec![
        format!("IMPORT_FORMEL {}", ort("gezahlter_betrag")),
        format!("IMPORT_FORMEL_OHNE_WERT {}", ort("gegenstand")),
        format!("IMPORT_FORMEL_OHNE_WERT {}", ort("belegnummer")),
    ];
    soll.sort();
    assert_eq!(namen, soll);
}

/// What unpacks beyond all measure is refused by what the directory says, or while it is read.
#[test]
fn zip_bomben_und_xml_mit_entitaeten() {
    let nullen = "0".repeat(8 * 1024 * 1024);
    let bombe = mappe(&format!("<row r=\"1\"><c r=\"A1\"><v>{nullen}</v></c></row>"), "");
    assert!(bombe.len() < 100_000);
    assert_eq!(kurz(&bombe), "IMPORT_ARCHIV_GESPERRT");
    let viele: Vec<(String, &str)> = (0..600).map(|i| (format!("x{i}"), "")).collect();
    let teile: Vec<(&str, &str)> = viele.iter().map(|(n, i)| (n.as_str(), *i)).collect();
    assert_eq!(kurz(&paket(&teile)), "IMPORT_ARCHIV_GESPERRT");
    let teile = [("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><workbook>&a;</workbook>")];
    assert_eq!(kurz(&paket(&teile)), "IMPORT_ENTITAETEN");
    assert_eq!(kurz(&paket(&[("xl/workbook.xml", "<workbook>&a;</workbook>")])), "IMPORT_ENTITAETEN");
    assert_eq!(kurz(&paket(&[("xl/workbook.xml", "<workbook>")])), "IMPORT_FEHLGEFORMT");
    assert_eq!(kurz(&paket(&[("word/document.xml", "<x/>")])), "IMPORT_FEHLGEFORMT");
}

/// A directory that lies about sizes does not help: what is really unpacked is counted.
#[test]
fn die_groesse_wird_gezaehlt() {
    let zeile = "<row><c t=\"inlineStr\"><is><t>Hallo</t></is></c></row>";
    let blatt = mappe(&zeile.repeat(200_000), "");
    let g = lies_bytes(&blatt);
    assert!(g.abbruch.is_some(), "{} bytes", blatt.len());
}

/// The template is what the reader reads: its header is recognised as a whole, with every column.
#[test]
fn vorlage_wird_gelesen() {
    let tag = chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    let datei = crate::ausgabe::belegvorlage(aqb_domain::regel::Sprache::De, tag).unwrap();
    let g = lies_bytes(&datei);
    assert_eq!(g.abbruch, None);
    assert_eq!((g.dialekt.fehlend.len(), g.dialekt.unbekannt.len()), (0, 0));
    assert_eq!(g.dialekt.erkannt.len(), Belegspalte::vorlage().count());
    assert_eq!(g.dialekt.blatt.as_deref(), Some("Belegliste"));
    assert!(aqb_domain::beleg::SPALTEN.iter().any(|s| s.rolle == Spaltenrolle::Behoerde));
}

#[test]
fn spalten_heissen_wie_in_tabellenprogrammen() {
    for (i, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
        assert_eq!(spaltenname(i), name);
    }
}
