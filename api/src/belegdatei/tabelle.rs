//! A table under way: what stands above it, its header, its lines, what lies beside it.

use super::{Abbruch, Abnehmer, GeleseneZeile, Optionen, ZEILEN_HOECHSTENS, adresse, spaltenname, umfang};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::beleg::{
    Belegspalte, Feldzelle, Rohzelle, SPALTEN, Spaltenart, Spaltenrolle, Zeilenleser, Zeilenort, Zellbefund,
    dezimaltext, tag_aus_zahl, zellbefund, zitat,
};
use aqb_domain::belegimport::Belegdialekt;
use aqb_domain::regel::{
    IMPORT_FALSCHER_BESCHEID, IMPORT_FALSCHES_JAHR, IMPORT_KOPFZEILE_FEHLT, IMPORT_LFD_NR, IMPORT_SPALTE_FEHLT,
    IMPORT_ZELLE_AUSSERHALB, Regel,
};
use std::collections::BTreeMap;

/// Lines in which the header must stand.
const VORSPANN: i64 = 30;
/// Known columns that make a line the header.
const KOPF_MINDESTENS: usize = 4;
/// Stray cells that are named of one line.
const STREU_JE_ZEILE: usize = 5;
/// First words of lines that sum up and are no Beleg.
const SUMMENWORTE: [&str; 4] = ["summe", "gesamt", "übertrag", "zwischensumme"];

/// A table while it is read.
pub(super) struct Tabelle<'a, 'n> {
    o: &'a Optionen,
    pub(super) dialekt: &'a mut Belegdialekt,
    nimm: &'a mut Abnehmer<'n>,
    leser: Zeilenleser,
    /// Known columns of the header: column of the file → column of the list.
    plan: Option<BTreeMap<u32, usize>>,
    /// Columns of the header nobody knows.
    unbekannt: Vec<u32>,
    vorspann: i64,
    zeilen: i64,
    letzte_lfd_nr: Option<i64>,
}

/// How many known columns a line has.
pub(super) fn kopfwert<'t>(zellen: impl IntoIterator<Item = &'t str>) -> usize {
    let mut felder: Vec<usize> = zellen.into_iter().filter_map(Belegspalte::erkenne).collect();
    felder.sort_unstable();
    felder.dedup();
    felder.len()
}

impl<'a, 'n> Tabelle<'a, 'n> {
    pub(super) fn neu(o: &'a Optionen, dialekt: &'a mut Belegdialekt, nimm: &'a mut Abnehmer<'n>) -> Self {
        let leser = Zeilenleser { epoche_1904: dialekt.epoche_1904, ..Zeilenleser::default() };
        let (unbekannt, plan) = (Vec::new(), None);
        Tabelle { o, dialekt, nimm, leser, plan, unbekannt, vorspann: 0, zeilen: 0, letzte_lfd_nr: None }
    }

    /// The columns are known from elsewhere: cells arrive by column of the list, see [`Tabelle::felder`].
    pub(super) fn ohne_kopf(&mut self) {
        self.plan = Some(BTreeMap::new());
    }

    /// A line of the file.
    pub(super) fn zeile(&mut self, nr: i64, zellen: &[(u32, Rohzelle)], gelesen: u64) -> Result<(), Abbruch> {
        let Some(plan) = &self.plan else { return self.vor_dem_kopf(nr, zellen) };
        let mut felder: Vec<Feldzelle> = Vec::new();
        let mut nebenbei = Vec::new();
        for (spalte, zelle) in zellen.iter().filter(|(_, z)| !z.ist_leer()) {
            if let Some(index) = plan.get(spalte) {
                felder.push(Feldzelle { spalte: *index, adresse: adresse(*spalte, nr), zelle: zelle.clone() });
            } else if !self.unbekannt.contains(spalte) && nebenbei.len() < STREU_JE_ZEILE {
                nebenbei.push(streu(*spalte, nr, zelle));
            }
        }
        // one cell in a line of nothing is no Beleg
        if felder.len() == 1 {
            nebenbei.extend(
                felder
                    .drain(..)
                    .map(|z| zellbefund(&IMPORT_ZELLE_AUSSERHALB, &z.adresse, None, zitat(z.zelle.text()), "")),
            );
        }
        self.felder(nr, felder, nebenbei, gelesen)
    }

    /// A line by columns of the list.
    pub(super) fn felder(
        &mut self,
        nr: i64,
        mut felder: Vec<Feldzelle>,
        mut nebenbei: Vec<Zellbefund>,
        gelesen: u64,
    ) -> Result<(), Abbruch> {
        self.zeilen = self.zeilen.saturating_add(1);
        if self.zeilen > ZEILEN_HOECHSTENS {
            return Err(umfang("Zeilen", format!("mehr als {ZEILEN_HOECHSTENS}"), ZEILEN_HOECHSTENS).into());
        }
        if ist_summe(&felder) {
            nebenbei.extend(
                felder
                    .drain(..)
                    .take(STREU_JE_ZEILE)
                    .map(|z| zellbefund(&IMPORT_ZELLE_AUSSERHALB, &z.adresse, None, zitat(z.zelle.text()), "")),
            );
        }
        let eigene = |z: &Feldzelle| SPALTEN.get(z.spalte).is_some_and(|s| s.rolle != Spaltenrolle::Behoerde);
        let name = |z: &Feldzelle| SPALTEN.get(z.spalte).map(|s| s.feld);
        let mut adressen: BTreeMap<&'static str, String> =
            felder.iter().filter_map(|z| Some((name(z)?, z.adresse.clone()))).collect();
        let spalten: BTreeMap<usize, u32> = self.plan.iter().flatten().map(|(s, i)| (*i, *s)).collect();
        let ort = |i: usize| spalten.get(&i).map(|s| adresse(*s, nr));
        for (i, s) in SPALTEN.iter().enumerate() {
            if let Some(a) = ort(i) {
                adressen.entry(s.feld).or_insert(a);
            }
        }
        let epoche = self.leser.epoche_1904;
        let text = |z: &Feldzelle| lesbar(z, epoche);
        let zellen = felder.iter().filter_map(|z| Some((name(z)?.to_owned(), text(z)))).collect();
        let lesung = felder.iter().any(eigene).then(|| {
            let ort = Zeilenort { zeile: &format!("Zeile {nr}"), adresse: &ort };
            let mut l = self.leser.lies(&felder, &ort);
            let finde = |feld: &str| felder.iter().find(|z| name(z) == Some(feld)).map_or("", |z| z.adresse.as_str());
            if let Some(b) = l.haushaltsjahr.and_then(|j| jahr_fremd(self.o, j, finde("haushaltsjahr"))) {
                l.befunde.push(b);
                l.inhalt = None;
            }
            if let Some(b) = l.aktenzeichen.as_deref().and_then(|a| az_fremd(self.o, a, finde("aktenzeichen"))) {
                l.befunde.push(b);
                l.inhalt = None;
            }
            if let Some(ist) = l.lfd_nr {
                let soll = self.letzte_lfd_nr.map_or(1, |n| n.saturating_add(1));
                if ist != soll {
                    l.befunde.push(zellbefund(&IMPORT_LFD_NR, finde("lfd_nr"), Some("lfd_nr"), ist, &soll.to_string()));
                }
                self.letzte_lfd_nr = Some(ist);
            }
            l
        });
        self.dialekt.formen = self.leser.formen;
        (self.nimm)(GeleseneZeile { nr, lesung, zellen, adressen, nebenbei }, self.dialekt, gelesen)
    }

    /// Above the table may stand what the list is about.
    fn vor_dem_kopf(&mut self, nr: i64, zellen: &[(u32, Rohzelle)]) -> Result<(), Abbruch> {
        if kopfwert(zellen.iter().map(|(_, z)| z.text())) >= KOPF_MINDESTENS {
            return self.kopf(nr, zellen);
        }
        let gefuellt: Vec<&(u32, Rohzelle)> = zellen.iter().filter(|(_, z)| !z.ist_leer()).collect();
        for (i, (spalte, z)) in gefuellt.iter().enumerate() {
            let text = z.text();
            let (name, wert, ort) = match text.split_once(':') {
                Some((n, w)) if !w.trim().is_empty() => (n, w.trim(), *spalte),
                _ => match gefuellt.get(i.saturating_add(1)) {
                    Some((s, w)) => (text.trim_end_matches(':'), w.text(), *s),
                    None => continue,
                },
            };
            let stelle = adresse(ort, nr);
            let feld = Belegspalte::erkenne(name).and_then(|i| SPALTEN.get(i)).map(|s| s.feld);
            let fremd = match feld {
                Some("haushaltsjahr") => wert.parse().ok().and_then(|j| jahr_fremd(self.o, j, &stelle)),
                Some("aktenzeichen") => az_fremd(self.o, wert, &stelle),
                _ => None,
            };
            if let Some(b) = fremd.and_then(|f| f.befund.befund()) {
                return Err(b.into());
            }
        }
        self.vorspann = self.vorspann.saturating_add(1);
        if self.vorspann >= VORSPANN { Err(ohne_kopf()) } else { Ok(()) }
    }

    fn kopf(&mut self, nr: i64, zellen: &[(u32, Rohzelle)]) -> Result<(), Abbruch> {
        let mut plan = BTreeMap::new();
        for (spalte, z) in zellen.iter().filter(|(_, z)| !z.ist_leer()) {
            let kopf = zitat(z.text());
            match Belegspalte::erkenne(z.text()).filter(|i| !plan.values().any(|v| v == i)) {
                Some(i) => {
                    let feld = SPALTEN.get(i).map_or("", |s| s.feld).to_owned();
                    self.dialekt.erkannt.push((spaltenname(*spalte), kopf, feld));
                    plan.insert(*spalte, i);
                }
                None if self.dialekt.unbekannt.len() < 100 => {
                    self.dialekt.unbekannt.push((spaltenname(*spalte), kopf));
                    self.unbekannt.push(*spalte);
                }
                None => self.unbekannt.push(*spalte),
            }
        }
        self.dialekt.kopfzeile = nr;
        let fehlt = |i: &usize| !plan.values().any(|v| v == i);
        self.dialekt.fehlend =
            Belegspalte::vorlage().filter(|(i, _)| fehlt(i)).map(|(_, s)| s.kopf.to_owned()).collect();
        let pflicht: Vec<&str> = Belegspalte::pflicht().filter(|(i, _)| fehlt(i)).map(|(_, s)| s.kopf).collect();
        if !pflicht.is_empty() {
            return Err(Befund::neu(&IMPORT_SPALTE_FEHLT)
                .gemessen("spalten", pflicht.join(", "), Einheit::Text)
                .into());
        }
        self.plan = Some(plan);
        Ok(())
    }

    /// The file is at its end.
    pub(super) fn ende(&self) -> Result<(), Abbruch> {
        if self.plan.is_some() { Ok(()) } else { Err(ohne_kopf()) }
    }
}

fn ohne_kopf() -> Abbruch {
    Befund::neu(&IMPORT_KOPFZEILE_FEHLT).gemessen("zeilen", VORSPANN, Einheit::Anzahl).into()
}

fn streu(spalte: u32, nr: i64, zelle: &Rohzelle) -> Zellbefund {
    zellbefund(&IMPORT_ZELLE_AUSSERHALB, &adresse(spalte, nr), None, zitat(zelle.text()), "")
}

/// What a cell holds as people write it, so that a list of errors can be read in again.
fn lesbar(z: &Feldzelle, epoche_1904: bool) -> String {
    let roh = z.zelle.text();
    let kern = if let Rohzelle::Formel(w) = &z.zelle { w } else { &z.zelle };
    let zahl = matches!(kern, Rohzelle::Zahl(_) | Rohzelle::Tageszahl(_));
    let gelesen = match SPALTEN.get(z.spalte).map(|s| s.art).filter(|_| zahl) {
        Some(Spaltenart::Betrag) => dezimaltext(roh).map(|e| e.to_string().replace('.', ",")),
        Some(Spaltenart::Datum) => tag_aus_zahl(roh, epoche_1904).map(|d| d.format("%d.%m.%Y").to_string()),
        _ => None,
    };
    let sauber = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    gelesen.unwrap_or_else(|| roh.chars().take(1_000).map(sauber).collect())
}

/// A line that sums others up: it begins so, and has neither number nor issuer.
fn ist_summe(felder: &[Feldzelle]) -> bool {
    let hat = |feld: &str| felder.iter().any(|z| Some(z.spalte) == Belegspalte::feld(feld));
    let erste = felder.iter().min_by_key(|z| z.spalte).map(|z| z.zelle.text().to_lowercase()).unwrap_or_default();
    let beginnt = SUMMENWORTE.iter().any(|w| erste.starts_with(w));
    beginnt && !(hat("belegnummer") && hat("rechnungsaussteller")) && !hat("zahlungsdatum")
}

fn fremd(regel: &'static Regel, stelle: &str, feld: &str, gefunden: impl ToString, soll: &str) -> Zellbefund {
    zellbefund(regel, stelle, Some(feld), gefunden, soll)
}

fn jahr_fremd(o: &Optionen, jahr: i64, stelle: &str) -> Option<Zellbefund> {
    let (von, bis) = o.jahre;
    let soll = if von == bis { von.to_string() } else { format!("{von} bis {bis}") };
    let passt = (i64::from(von)..=i64::from(bis)).contains(&jahr);
    (!passt).then(|| fremd(&IMPORT_FALSCHES_JAHR, stelle, "haushaltsjahr", jahr, &soll))
}

fn az_fremd(o: &Optionen, az: &str, stelle: &str) -> Option<Zellbefund> {
    let form = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect::<String>();
    let soll = o.aktenzeichen.as_deref()?;
    (form(az) != form(soll)).then(|| fremd(&IMPORT_FALSCHER_BESCHEID, stelle, "aktenzeichen", zitat(az), soll))
}
