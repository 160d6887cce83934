//! Is everything that is stored what the acts made of it? Books, decisions, filed documents, and every case against
//! its own audit trail: the trail keeps each change of the whole document, so the document can be told again from it.

mod buchung;
mod faelle;
mod kette;

use crate::protokoll::{self, Siegelkopf};
use crate::teilnahme::Verschlossen;
use crate::vollzug::Aggregat;
use crate::{DbConn, DbResult, konto};
use aqb_domain::aenderungsantrag::Aenderungsantrag;
use aqb_domain::anhoerung::Anhoerung;
use aqb_domain::antrag::Antrag;
use aqb_domain::ausnahme::Ausnahme;
use aqb_domain::bankverbindung::Kontoaenderung;
use aqb_domain::beleg::Beleg;
use aqb_domain::belegimport::Belegimport;
use aqb_domain::bescheid::Bescheid;
use aqb_domain::budget::{Budgetkorrektur, Umverteilung, Zuteilung};
use aqb_domain::feststellung::Feststellung;
use aqb_domain::forderung::{Forderung, Rueckzahlung};
use aqb_domain::frist::{Frist, Kalenderzugang};
use aqb_domain::gebietskoerperschaft::Gebietskoerperschaft;
use aqb_domain::jahrgang::Jahrgang;
use aqb_domain::mittelabruf::Mittelabruf;
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::schlussrechnung::Berechnung;
use aqb_domain::stichprobe::Stichprobe;
use aqb_domain::strategie::Strategie;
use aqb_domain::teilnahme::Loeschnachweis;
use aqb_domain::traeger::Traeger;
use aqb_domain::verwendungsnachweis::Verwendungsnachweis;
use aqb_domain::weiterleitung::Weiterleitung;
use aqb_domain::zahlung::{Zahlung, Zahlungslauf, Zahlungsrueckmeldung};
use aqb_domain::zielvereinbarung::Zielvereinbarung;
use aqb_domain::zins::Basiszinssatz;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

pub use kette::Kette;
pub(crate) use kette::ohne_beigaben;

/// Records read at once.
pub(crate) const STAPEL: usize = 200;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abweichung {
    /// Where: `ANTRAG/019a…`, `Siegel/7`.
    pub ort: String,
    /// What is wrong, for people.
    pub was: String,
}

impl fmt::Display for Abweichung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.ort, self.was)
    }
}

/// Result of the check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bericht {
    /// Everything that is not as it should be.
    pub abweichungen: Vec<Abweichung>,
    /// Records compared with their trail, by kind.
    pub faelle: BTreeMap<&'static str, u64>,
    /// Entries of the audit trail.
    pub eintraege: u64,
    /// Chains of the audit trail.
    pub ketten: u64,
    /// Postings.
    pub buchungen: u64,
}

impl Bericht {
    fn finde(&mut self, ort: impl Into<String>, was: impl Into<String>) {
        self.abweichungen.push(Abweichung { ort: ort.into(), was: was.into() });
    }
}

/// Called with the name of a step and how much of it is done.
pub type Fortschritt<'f> = dyn FnMut(&str, u64) + 'f;

/// A stored record as the check sees it.
#[derive(Debug, Clone)]
pub struct Pruefling {
    /// Id or natural key.
    pub schluessel: String,
    /// Version of the row.
    pub version: i64,
    /// The document the row holds; none when it cannot be read.
    pub dokument: Option<Value>,
    /// What is wrong with the row in itself.
    pub maengel: Vec<String>,
}

impl Pruefling {
    pub(crate) fn neu(schluessel: String, version: i64) -> Self {
        Pruefling { schluessel, version, dokument: None, maengel: Vec::new() }
    }

    pub(crate) fn verlange(&mut self, bedingung: bool, sonst: &str) {
        if !bedingung {
            self.maengel.push(sonst.to_owned());
        }
    }
}

/// Takes the records of one batch.
pub(crate) type JeStapel<'f> = dyn FnMut(&mut DbConn, Vec<Pruefling>) -> DbResult<()> + 'f;

/// A kind of record that the check can compare with its trail.
pub(crate) trait Pruefbar: Aggregat {
    /// All records in batches.
    fn alle(c: &mut DbConn, je: &mut JeStapel<'_>) -> DbResult<()>;
    /// A document of the trail as this program would write it; none when it is none of this kind.
    fn normiert(dokument: Value) -> Option<Value>;
    /// What else the trail of one record must agree with.
    fn zusatz(_: &mut DbConn, _: &Kette) -> DbResult<Vec<String>> {
        Ok(Vec::new())
    }
}

/// A primary key as the trail writes it.
pub(crate) trait Schluessel {
    fn text(&self) -> String;
}
impl Schluessel for crate::typen::Kennung {
    fn text(&self) -> String {
        self.0.to_string()
    }
}
impl Schluessel for String {
    fn text(&self) -> String {
        self.clone()
    }
}
impl Schluessel for i64 {
    fn text(&self) -> String {
        self.to_string()
    }
}

/// Checks everything on one state of the database ([`crate::db::schnappschuss`]).
///
/// # Errors
/// [`crate::DbFehler`]; what is wrong with the data is in the report, not an error.
pub fn pruefe(c: &mut DbConn, aussen: Option<&Siegelkopf>, fortschritt: &mut Fortschritt<'_>) -> DbResult<Bericht> {
    let mut b = Bericht::default();
    buecher(c, &mut b, fortschritt)?;
    trail(c, aussen, &mut b, fortschritt)?;
    let mut belege = HashMap::new();
    faelle::pruefe::<Gebietskoerperschaft>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Traeger>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Regelwerk>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Jahrgang>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Zuteilung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Umverteilung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Strategie>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Zielvereinbarung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Antrag>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Bescheid>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Weiterleitung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Verwendungsnachweis>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Forderung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Rueckzahlung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Beleg>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Belegimport>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Frist>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Kalenderzugang>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Aenderungsantrag>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Budgetkorrektur>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Mittelabruf>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Kontoaenderung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Zahlungslauf>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Zahlung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Zahlungsrueckmeldung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Anhoerung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Ausnahme>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Feststellung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Stichprobe>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Berechnung>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Verschlossen>(c, &mut b, &mut belege, fortschritt)?;
    faelle::pruefe::<Loeschnachweis>(c, &mut b, &mut belege, fortschritt)?;
    for (ort, was) in crate::teilnahme::widersprueche(c)? {
        b.finde(ort, was);
    }
    let ab_werk = crate::basiszinssatz::ab_werk()?;
    faelle::pruefe_ab::<Basiszinssatz>(c, &mut b, &mut belege, fortschritt, &ab_werk)?;
    buchung::pruefe(c, &mut b, belege, fortschritt)?;
    for (ort, was) in crate::sachbericht::beschaedigte(c)? {
        b.finde(ort, was);
    }
    if b.eintraege == 0 && b.faelle.values().any(|n| *n > 0) {
        b.finde("Protokoll", "leer, obwohl es Fälle gibt");
    }
    Ok(b)
}

fn buecher(c: &mut DbConn, b: &mut Bericht, fortschritt: &mut Fortschritt<'_>) -> DbResult<()> {
    fortschritt("Konten", 0);
    for (konto, saldo, summe) in konto::vergleiche(c)? {
        b.finde(format!("Konto/{konto}"), format!("Saldo {saldo} Cent, Summe der Buchungen {summe} Cent"));
    }
    for (konto, massnahme, saldo) in konto::ueberzogene_massnahmen(c)? {
        b.finde(format!("Konto/{konto}"), format!("Saldo der Maßnahme {massnahme}: {saldo} Cent"));
    }
    for id in konto::unausgeglichen(c)? {
        b.finde(format!("Buchung/{id}"), "die Zeilen ergeben nicht null");
    }
    Ok(())
}

fn trail(
    c: &mut DbConn,
    aussen: Option<&Siegelkopf>,
    b: &mut Bericht,
    fortschritt: &mut Fortschritt<'_>,
) -> DbResult<()> {
    let p = protokoll::pruefe(c, &mut |n| fortschritt("Protokoll", n))?;
    (b.eintraege, b.ketten) = (p.eintraege, p.faelle);
    for ort in p.fehler {
        b.finde(ort, "Prüfsumme, Nummer oder Vorgänger stimmt nicht");
    }
    for nr in protokoll::pruefe_siegel(c, &mut |n| fortschritt("Siegel", n))? {
        b.finde(format!("Siegel/{nr}"), "passt nicht zu seinen Einträgen oder zum Siegel davor");
    }
    if let Some(a) = aussen {
        match protokoll::siegel_nr(c, a.nr)? {
            None => b.finde(format!("Siegel/{}", a.nr), "fehlt, ist aber außerhalb notiert"),
            Some(s) if s.hash != a.hash => {
                b.finde(format!("Siegel/{}", a.nr), format!("hat {}, außerhalb notiert ist {}", s.hash, a.hash));
            }
            Some(_) => {}
        }
    }
    Ok(())
}
