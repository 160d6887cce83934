//! Workbooks: one sheet, cell by cell from the packed file, with bounds against what unpacks beyond all measure.

use super::tabelle::Tabelle;
use super::xml::{Strom, Stueck, attribut};
use super::{Abbruch, Abnehmer, Optionen, fehlgeformt, umfang};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::beleg::Rohzelle;
use aqb_domain::belegimport::Belegdialekt;
use aqb_domain::regel::IMPORT_ARCHIV_GESPERRT;
use std::fs::File;
use std::io::BufReader;
use zip::ZipArchive;

/// Parts a packed file may have.
const TEILE: usize = 500;
/// Bytes that one part may unpack to.
const TEIL: u64 = 400 * 1024 * 1024;
/// How many times larger a part may become, from a mebibyte on.
const VERHAELTNIS: u64 = 200;
/// Characters of the table of texts.
const TEXTE: usize = 32 * 1024 * 1024;
/// Texts of the table of texts.
const TEXTE_ANZAHL: usize = 2_000_000;
/// Cells of one line.
const ZELLEN: usize = 1_000;
/// Characters of one cell, as many as spreadsheet programs permit.
const ZELLE: usize = 32_767;
/// Formats of cells that are kept.
const FORMATE: usize = 65_536;
/// Sheet of the template.
const BLATT: &str = "Belegliste";

type Archiv<'f> = ZipArchive<BufReader<&'f mut File>>;

fn gesperrt(was: &str, gefunden: impl ToString, hoechstens: impl ToString) -> Abbruch {
    Befund::neu(&IMPORT_ARCHIV_GESPERRT)
        .gemessen("was", was, Einheit::Text)
        .gemessen("gefunden", gefunden, Einheit::Text)
        .erlaubt("erwartet", hoechstens, Einheit::Text)
        .into()
}

/// Reads the sheet of the template, otherwise the first one that is visible.
pub(super) fn lies(
    datei: &mut File,
    o: &Optionen,
    dialekt: &mut Belegdialekt,
    nimm: &mut Abnehmer<'_>,
) -> Result<(), Abbruch> {
    let kein_archiv = |_| Abbruch::from(fehlgeformt("Datei", "kein lesbares ZIP-Archiv"));
    let mut archiv = ZipArchive::new(BufReader::new(datei)).map_err(kein_archiv)?;
    pruefe(&mut archiv)?;
    let (name, verweis, epoche_1904) = mappe(&mut archiv)?;
    dialekt.blatt = Some(name.clone());
    dialekt.epoche_1904 = epoche_1904;
    let pfad = ziel(&mut archiv, &verweis)?;
    let texte = texte(&mut archiv)?;
    let tage = formate(&mut archiv)?;
    let mut tabelle = Tabelle::neu(o, dialekt, nimm);
    blatt(&mut archiv, &pfad, &Bezug { texte, tage }, &mut tabelle)?;
    tabelle.ende()
}

/// Bounds, by what the directory of the archive says; what it really unpacks to is counted while it is read.
fn pruefe(archiv: &mut Archiv<'_>) -> Result<(), Abbruch> {
    if archiv.len() > TEILE {
        return Err(gesperrt("Teile", archiv.len(), TEILE));
    }
    for i in 0..archiv.len() {
        let teil = archiv.by_index_raw(i).map_err(|_| fehlgeformt("Datei", "beschädigtes ZIP-Archiv"))?;
        let (gross, klein) = (teil.size(), teil.compressed_size().max(1));
        if gross > TEIL {
            return Err(gesperrt("Größe eines Teils in Bytes", gross, TEIL));
        }
        if gross > 1024 * 1024 && gross / klein > VERHAELTNIS {
            return Err(gesperrt("Verhältnis von Größe zu gepackter Größe", gross / klein, VERHAELTNIS));
        }
    }
    Ok(())
}

fn da(archiv: &Archiv<'_>, pfad: &str) -> bool {
    archiv.index_for_name(pfad).is_some()
}

/// Goes through a part; the function gets each piece until it has enough.
fn durch(
    archiv: &mut Archiv<'_>,
    pfad: &str,
    teil: &'static str,
    mut f: impl FnMut(Stueck, u64) -> Result<bool, Abbruch>,
) -> Result<(), Abbruch> {
    let innen = archiv.by_name(pfad).map_err(|_| fehlgeformt(teil, "fehlt im Archiv"))?;
    // the ratio of what is really unpacked, whatever the directory says
    let hoechstens = innen.compressed_size().saturating_mul(VERHAELTNIS).clamp(1024 * 1024, TEIL);
    let mut strom = Strom::neu(innen, teil, hoechstens);
    loop {
        match strom.naechstes()? {
            Stueck::Schluss => return Ok(()),
            s => {
                if !f(s, strom.werk.gelesen())? {
                    return Ok(());
                }
            }
        }
    }
}

/// Name and reference of the sheet, and the epoch.
fn mappe(archiv: &mut Archiv<'_>) -> Result<(String, String, bool), Abbruch> {
    let mut epoche = false;
    let mut blaetter: Vec<(String, String)> = Vec::new();
    durch(archiv, "xl/workbook.xml", "xl/workbook.xml", |s, _| {
        if let Stueck::Anfang(name, a) = s {
            match name.as_str() {
                "workbookPr" => epoche = matches!(attribut(&a, "date1904"), Some("1" | "true")),
                "sheet"
                    if !matches!(attribut(&a, "state"), Some("hidden" | "veryHidden")) && blaetter.len() < TEILE =>
                {
                    let feld = |n| attribut(&a, n).unwrap_or("").to_owned();
                    blaetter.push((feld("name"), feld("id")));
                }
                _ => {}
            }
        }
        Ok(true)
    })?;
    let wahl = blaetter.iter().find(|(n, _)| n == BLATT).or_else(|| blaetter.first()).cloned();
    let (name, verweis) = wahl.ok_or_else(|| fehlgeformt("xl/workbook.xml", "kein sichtbares Blatt"))?;
    Ok((name, verweis, epoche))
}

fn ziel(archiv: &mut Archiv<'_>, verweis: &str) -> Result<String, Abbruch> {
    let mut pfad = None;
    durch(archiv, "xl/_rels/workbook.xml.rels", "xl/_rels/workbook.xml.rels", |s, _| {
        if let Stueck::Anfang(name, a) = s
            && name == "Relationship"
            && attribut(&a, "Id") == Some(verweis)
            && attribut(&a, "TargetMode") != Some("External")
        {
            let t = attribut(&a, "Target").unwrap_or("");
            pfad = Some(t.strip_prefix('/').map_or_else(|| format!("xl/{t}"), str::to_owned));
        }
        Ok(pfad.is_none())
    })?;
    let pfad = pfad.filter(|p| da(archiv, p));
    Ok(pfad.ok_or_else(|| fehlgeformt("xl/_rels/workbook.xml.rels", "Blatt fehlt"))?)
}

/// The table of texts: cells of text name their place in it.
fn texte(archiv: &mut Archiv<'_>) -> Result<Vec<Box<str>>, Abbruch> {
    let mut aus: Vec<Box<str>> = Vec::new();
    if !da(archiv, "xl/sharedStrings.xml") {
        return Ok(aus);
    }
    let (mut text, mut lautschrift, mut zeichen) = (String::new(), 0usize, 0usize);
    durch(archiv, "xl/sharedStrings.xml", "xl/sharedStrings.xml", |s, _| {
        match s {
            Stueck::Anfang(n, _) if n == "rPh" => lautschrift = lautschrift.saturating_add(1),
            Stueck::Ende(n) if n == "rPh" => lautschrift = lautschrift.saturating_sub(1),
            Stueck::Text(t) if lautschrift == 0 => text.push_str(&t),
            Stueck::Ende(n) if n == "si" => {
                let fertig = std::mem::take(&mut text);
                zeichen = zeichen.saturating_add(fertig.len());
                aus.push(fertig.trim().into());
                if zeichen > TEXTE || aus.len() > TEXTE_ANZAHL {
                    return Err(gesperrt("Texte in Bytes", format!("mehr als {zeichen}"), TEXTE));
                }
            }
            _ => {}
        }
        Ok(true)
    })?;
    Ok(aus)
}

/// Which formats of cells show a day.
fn formate(archiv: &mut Archiv<'_>) -> Result<Vec<bool>, Abbruch> {
    let (mut eigene, mut aus, mut in_xfs) = (Vec::<(u32, bool)>::new(), Vec::new(), false);
    if !da(archiv, "xl/styles.xml") {
        return Ok(aus);
    }
    durch(archiv, "xl/styles.xml", "xl/styles.xml", |s, _| {
        match s {
            Stueck::Anfang(n, a) if n == "numFmt" && eigene.len() < FORMATE => {
                let id = attribut(&a, "numFmtId").and_then(|i| i.parse().ok()).unwrap_or(0);
                eigene.push((id, zeigt_tag(attribut(&a, "formatCode").unwrap_or(""))));
            }
            Stueck::Anfang(n, _) if n == "cellXfs" => in_xfs = true,
            Stueck::Ende(n) if n == "cellXfs" => return Ok(false),
            Stueck::Anfang(n, a) if n == "xf" && in_xfs && aus.len() < FORMATE => {
                let id: u32 = attribut(&a, "numFmtId").and_then(|i| i.parse().ok()).unwrap_or(0);
                let eingebaut = matches!(id, 14..=17 | 22 | 27..=36 | 50..=58);
                aus.push(eigene.iter().find(|(i, _)| *i == id).map_or(eingebaut, |(_, t)| *t));
            }
            _ => {}
        }
        Ok(true)
    })?;
    Ok(aus)
}

/// A format with a day, month or year in it, outside quotes and brackets.
fn zeigt_tag(format: &str) -> bool {
    let (mut zitat, mut klammer, mut flucht) = (false, false, false);
    for c in format.chars() {
        match c {
            _ if flucht => flucht = false,
            '\\' => flucht = true,
            '"' => zitat = !zitat,
            '[' if !zitat => klammer = true,
            ']' if !zitat => klammer = false,
            'd' | 'y' | 'D' | 'Y' | 'j' | 'J' if !zitat && !klammer => return true,
            _ => {}
        }
    }
    false
}

/// What cells refer to.
struct Bezug {
    texte: Vec<Box<str>>,
    tage: Vec<bool>,
}

/// A cell while it is read.
#[derive(Default)]
struct Zelle {
    spalte: u32,
    typ: String,
    format: Option<usize>,
    wert: String,
    formel: bool,
}

impl Zelle {
    fn fertig(self, b: &Bezug) -> Rohzelle {
        let wert = self.wert.trim();
        let kern = match self.typ.as_str() {
            _ if wert.is_empty() && self.formel => return Rohzelle::Unbrauchbar("Formel ohne Ergebnis".to_owned()),
            _ if wert.is_empty() => return Rohzelle::Leer,
            "s" => match wert.parse().ok().and_then(|i: usize| b.texte.get(i)) {
                Some(t) if t.is_empty() => Rohzelle::Leer,
                Some(t) => Rohzelle::Text(t.to_string()),
                None => Rohzelle::Unbrauchbar(format!("Text {wert} fehlt")),
            },
            "e" => Rohzelle::Unbrauchbar(wert.to_owned()),
            "str" | "inlineStr" | "d" => Rohzelle::Text(wert.to_owned()),
            "b" => Rohzelle::Text(if wert == "1" { "WAHR" } else { "FALSCH" }.to_owned()),
            _ if self.format.and_then(|f| b.tage.get(f)) == Some(&true) => Rohzelle::Tageszahl(wert.to_owned()),
            _ => Rohzelle::Zahl(wert.to_owned()),
        };
        match kern {
            Rohzelle::Unbrauchbar(t) => Rohzelle::Unbrauchbar(t),
            k if self.formel => Rohzelle::Formel(Box::new(k)),
            k => k,
        }
    }
}

/// Column of an address: `C17` is 2.
fn spalte(adresse: &str) -> Option<u32> {
    let buchstaben: String = adresse.chars().take_while(char::is_ascii_alphabetic).collect();
    if buchstaben.is_empty() || buchstaben.len() > 3 {
        return None;
    }
    let zahl = buchstaben.bytes().fold(0u32, |z, b| z * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    zahl.checked_sub(1)
}

fn blatt(archiv: &mut Archiv<'_>, pfad: &str, b: &Bezug, tabelle: &mut Tabelle<'_, '_>) -> Result<(), Abbruch> {
    let mut nr = 0i64;
    let mut zeile: Vec<(u32, Rohzelle)> = Vec::new();
    let mut zelle: Option<Zelle> = None;
    let (mut in_wert, mut in_daten) = (false, false);
    durch(archiv, pfad, "Tabellenblatt", |s, gelesen| {
        match s {
            Stueck::Anfang(n, a) => match n.as_str() {
                "sheetData" => in_daten = true,
                "row" if in_daten => {
                    let genannt = attribut(&a, "r").and_then(|r| r.parse().ok()).filter(|r| *r > nr);
                    nr = genannt.unwrap_or_else(|| nr.saturating_add(1));
                    zeile.clear();
                }
                "c" if in_daten => {
                    let naechste = zeile.last().map_or(0, |(s, _)| s.saturating_add(1));
                    zelle = Some(Zelle {
                        spalte: attribut(&a, "r").and_then(spalte).unwrap_or(naechste),
                        typ: attribut(&a, "t").unwrap_or("n").to_owned(),
                        format: attribut(&a, "s").and_then(|f| f.parse().ok()),
                        ..Zelle::default()
                    });
                }
                "v" | "t" => in_wert = true,
                "f" => {
                    if let Some(z) = &mut zelle {
                        z.formel = true;
                    }
                }
                _ => {}
            },
            Stueck::Text(t) if in_wert => {
                if let Some(z) = &mut zelle {
                    z.wert.push_str(&t);
                    if z.wert.len() > ZELLE.saturating_mul(4) {
                        return Err(umfang("Zeichen einer Zelle", z.wert.len(), ZELLE).into());
                    }
                }
            }
            Stueck::Text(_) | Stueck::Schluss => {}
            Stueck::Ende(n) => match n.as_str() {
                "v" | "t" => in_wert = false,
                "c" => {
                    if let Some(z) = zelle.take() {
                        zeile.push((z.spalte, z.fertig(b)));
                    }
                    if zeile.len() > ZELLEN {
                        return Err(umfang(&format!("Zellen in Zeile {nr}"), zeile.len(), ZELLEN).into());
                    }
                }
                "row" if in_daten => tabelle.zeile(nr, &zeile, gelesen)?,
                "sheetData" => return Ok(false),
                _ => {}
            },
        }
        Ok(true)
    })
}
