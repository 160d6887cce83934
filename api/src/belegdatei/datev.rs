//! DATEV booking batches (EXTF, category 21): no year in the day, no day of payment, accounts instead of positions.

use super::csv::Zeilenstrom;
use super::tabelle::Tabelle;
use super::{Abbruch, Abnehmer, Optionen, adresse, fehlgeformt};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::beleg::{Belegspalte, Feldzelle, Rohzelle, Zellbefund, tag_iso, zellbefund, zitat};
use aqb_domain::belegimport::{Belegdialekt, Belegformat};
use aqb_domain::regel::{IMPORT_DATEI_ART, IMPORT_KONTO_OHNE_ZUORDNUNG, IMPORT_SPALTE_FEHLT, IMPORT_WAEHRUNG};
use chrono::{Datelike, NaiveDate};
use csv::StringRecord;

const UMSATZ: &str = "Umsatz (ohne Soll/Haben-Kz)";
const SEITE: &str = "Soll/Haben-Kennzeichen";
const WAEHRUNG: &str = "WKZ Umsatz";
const KONTO: &str = "Konto";
const GEGENKONTO: &str = "Gegenkonto (ohne BU-Schlüssel)";
const BELEGDATUM: &str = "Belegdatum";
const BELEGFELD1: &str = "Belegfeld 1";
const BELEGFELD2: &str = "Belegfeld 2";
const SKONTO: &str = "Skonto";
const TEXT: &str = "Buchungstext";
const KOST1: &str = "KOST1 - Kostenstelle";
const KOST2: &str = "KOST2 - Kostenstelle";
const NAMEN: [&str; 12] =
    [UMSATZ, SEITE, WAEHRUNG, KONTO, GEGENKONTO, BELEGDATUM, BELEGFELD1, BELEGFELD2, SKONTO, TEXT, KOST1, KOST2];
const PFLICHT: [&str; 6] = [UMSATZ, SEITE, KONTO, BELEGDATUM, BELEGFELD1, TEXT];

/// A batch while it is read.
struct Stapel<'o> {
    o: &'o Optionen,
    von: NaiveDate,
    bis: NaiveDate,
    spalten: Vec<(&'static str, u32)>,
}

/// Reads a batch.
pub(super) fn lies(
    mut leser: Zeilenstrom<'_>,
    o: &Optionen,
    dialekt: &mut Belegdialekt,
    nimm: &mut Abnehmer<'_>,
) -> Result<(), Abbruch> {
    dialekt.format = Belegformat::Datev;
    let mut satz = StringRecord::new();
    leser.naechster(&mut satz)?;
    let (von, bis) = zeitraum(&satz)?;
    if leser.naechster(&mut satz)?.is_none() {
        return Err(fehlgeformt("Zeile 2", "Spaltennamen fehlen").into());
    }
    let spalten = spalten(&satz, dialekt)?;
    dialekt.kopfzeile = 2;
    let stapel = Stapel { o, von, bis, spalten };
    let mut tabelle = Tabelle::neu(o, dialekt, nimm);
    tabelle.ohne_kopf();
    while let Some(nr) = leser.naechster(&mut satz)? {
        let (felder, nebenbei) = stapel.zeile(&satz, nr);
        tabelle.felder(nr, felder, nebenbei, leser.gelesen())?;
    }
    Ok(())
}

/// Line 1: category 21 in euro, and the period that gives the days their year.
fn zeitraum(kopf: &StringRecord) -> Result<(NaiveDate, NaiveDate), Abbruch> {
    let feld = |i: usize| kopf.get(i).unwrap_or("").trim();
    if feld(2) != "21" {
        let b = Befund::neu(&IMPORT_DATEI_ART);
        let b = b.gemessen("gefunden", format!("DATEV Kategorie {} {}", feld(2), feld(3)), Einheit::Text);
        return Err(b.erlaubt("erwartet", "DATEV Kategorie 21 Buchungsstapel", Einheit::Text).into());
    }
    if !matches!(feld(21), "" | "EUR") {
        return Err(fehlgeformt("V1 (Währung)", feld(21)).into());
    }
    let tag = |i: usize| {
        let t = feld(i);
        let iso = t.split_at_checked(4).and_then(|(j, r)| r.split_at_checked(2).map(|(m, t)| format!("{j}-{m}-{t}")));
        iso.and_then(|t| tag_iso(&t))
            .ok_or_else(|| Abbruch::from(fehlgeformt(&adresse(u32::try_from(i).unwrap_or(0), 1), t)))
    };
    let (von, bis) = (tag(14)?, tag(15)?);
    let bis_jahr = bis.year().saturating_sub(von.year());
    if von > bis || bis_jahr > 1 {
        return Err(fehlgeformt("O1:P1 (Zeitraum)", &format!("{von} – {bis}")).into());
    }
    Ok((von, bis))
}

fn spalten(namen: &StringRecord, dialekt: &mut Belegdialekt) -> Result<Vec<(&'static str, u32)>, Abbruch> {
    let mut aus = Vec::new();
    for (i, name) in (0u32..).zip(namen.iter()) {
        if let Some(n) = NAMEN.iter().find(|n| **n == name.trim()) {
            aus.push((*n, i));
            dialekt.erkannt.push((super::spaltenname(i), (*n).to_owned(), ziel(n).to_owned()));
        }
    }
    let fehlt: Vec<&str> = PFLICHT.into_iter().filter(|p| !aus.iter().any(|(n, _)| n == p)).collect();
    if fehlt.is_empty() {
        Ok(aus)
    } else {
        Err(Befund::neu(&IMPORT_SPALTE_FEHLT).gemessen("spalten", fehlt.join(", "), Einheit::Text).into())
    }
}

/// What a column of the batch is in the list.
fn ziel(name: &str) -> &'static str {
    match name {
        UMSATZ | WAEHRUNG => "rechnungsbetrag_brutto",
        SEITE => "art",
        KONTO => "position",
        GEGENKONTO => "rechnungsaussteller",
        BELEGDATUM => "rechnungsdatum",
        BELEGFELD1 => "belegnummer",
        BELEGFELD2 => "storno_von",
        SKONTO => "skonto_rabatt",
        TEXT => "gegenstand",
        _ => "massnahme_nr",
    }
}

impl Stapel<'_> {
    fn zelle<'s>(&self, satz: &'s StringRecord, name: &str) -> (&'s str, u32) {
        let spalte = self.spalten.iter().find(|(n, _)| *n == name).map(|(_, i)| *i);
        let text = spalte.and_then(|i| satz.get(usize::try_from(i).ok()?)).unwrap_or("").trim();
        (text, spalte.unwrap_or(0))
    }

    fn zeile(&self, satz: &StringRecord, nr: i64) -> (Vec<Feldzelle>, Vec<Zellbefund>) {
        let mut felder = Vec::new();
        let mut befunde = Vec::new();
        let mut setze = |feld: &str, text: String, spalte: u32| {
            if let Some(i) = Belegspalte::feld(feld).filter(|_| !text.is_empty()) {
                felder.push(Feldzelle { spalte: i, adresse: adresse(spalte, nr), zelle: Rohzelle::Text(text) });
            }
        };
        let (umsatz, u) = self.zelle(satz, UMSATZ);
        let (waehrung, w) = self.zelle(satz, WAEHRUNG);
        if !waehrung.is_empty() && !waehrung.eq_ignore_ascii_case("EUR") {
            befunde.push(zellbefund(&IMPORT_WAEHRUNG, &adresse(w, nr), None, zitat(waehrung), "EUR"));
        }
        let (seite, s) = self.zelle(satz, SEITE);
        // the debit side of a cost account is money spent, the credit side takes it back
        let haben = seite.eq_ignore_ascii_case("H");
        let vorzeichen = if haben && !umsatz.is_empty() { "-" } else { "" };
        for feld in ["rechnungsbetrag_brutto", "gezahlter_betrag", "beantragt"] {
            setze(feld, format!("{vorzeichen}{umsatz}"), u);
        }
        let gross = seite.to_uppercase();
        let art = match gross.as_str() {
            "S" => "AUSGABE",
            "H" => "GUTSCHRIFT",
            anderes => anderes,
        };
        setze("art", art.to_owned(), s);
        let (tag, t) = self.zelle(satz, BELEGDATUM);
        setze("rechnungsdatum", self.tag(tag), t);
        for name in [BELEGFELD1, TEXT] {
            let (text, i) = self.zelle(satz, name);
            setze(ziel(name), text.to_owned(), i);
        }
        let (feld2, f) = self.zelle(satz, BELEGFELD2);
        if haben {
            setze("storno_von", feld2.to_owned(), f);
        }
        let (gegen, g) = self.zelle(satz, GEGENKONTO);
        let aussteller = if gegen.is_empty() { String::new() } else { format!("Gegenkonto {gegen}") };
        setze("rechnungsaussteller", aussteller, g);
        let (konto, k) = self.zelle(satz, KONTO);
        match self.o.konten.get(konto) {
            Some(p) => setze("position", p.clone(), k),
            None => befunde.push(ohne_zuordnung(&adresse(k, nr), "position", konto, "Kostenposition")),
        }
        let kost = [KOST1, KOST2].map(|n| self.zelle(satz, n));
        let massnahme = kost.iter().find_map(|(t, i)| Some((self.massnahme(t)?, *i)));
        match massnahme {
            Some((m, i)) => {
                setze("teilbudget", self.o.teilbudgets.get(&m).cloned().unwrap_or_default(), i);
                setze("massnahme_nr", m, i);
            }
            None => {
                let (text, i) = kost.iter().find(|(t, _)| !t.is_empty()).copied().unwrap_or(("", 0));
                befunde.push(ohne_zuordnung(&adresse(i, nr), "massnahme_nr", text, "Maßnahme"));
            }
        }
        (felder, befunde)
    }

    /// A cost centre is assigned, or is called as the measure is.
    fn massnahme(&self, kost: &str) -> Option<String> {
        let zugeordnet = self.o.kostenstellen.get(kost).cloned();
        zugeordnet.or_else(|| Some(kost.to_uppercase()).filter(|k| self.o.teilbudgets.contains_key(k)))
    }

    /// `TTMM` or `TMM` with the year that puts it into the period; what is no day stays as it is and is found as such.
    fn tag(&self, text: &str) -> String {
        let lang = format!("{text:0>4}");
        let teile = lang.split_at_checked(2).filter(|_| lang.len() == 4);
        let zahlen = teile.and_then(|(t, m)| Some((t.parse::<u32>().ok()?, m.parse::<u32>().ok()?)));
        let im_jahr = |j: i32| zahlen.and_then(|(t, m)| NaiveDate::from_ymd_opt(j, m, t));
        let tag = (self.von.year()..=self.bis.year()).filter_map(im_jahr).find(|d| *d >= self.von && *d <= self.bis);
        tag.map_or_else(|| text.to_owned(), |d| d.format("%d.%m.%Y").to_string())
    }
}

fn ohne_zuordnung(stelle: &str, feld: &str, gefunden: &str, was: &str) -> Zellbefund {
    zellbefund(&IMPORT_KONTO_OHNE_ZUORDNUNG, stelle, Some(feld), zitat(gefunden), was)
}
