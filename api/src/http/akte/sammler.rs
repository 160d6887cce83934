//! What fills the files of a case file: records page by page, each through the view the API shows this caller.

use crate::akte::{Auslassung, Paket};
use crate::fehler::Ergebnis;
use crate::http::strom::platte;
use crate::http::verlauf::Verdeckt;
use aqb_domain::antrag::Antrag;
use aqb_domain::berechtigung::{Recht, Sicht};
use aqb_domain::regel::Sprache;
use aqb_persistence::DbConn;
use aqb_persistence::tresor::Tresor;
use aqb_persistence::vollzug::{Aggregat, Versioniert};
use chrono::NaiveDate;
use serde::Serialize;

/// Rows read at once.
pub const SEITE: i64 = 100;

/// A record whose audit trail belongs to the case. They are sorted by kind and id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fall {
    /// Kind.
    pub art: &'static str,
    /// What of it is not the caller's.
    pub ohne: Verdeckt,
    /// Id.
    pub id: String,
}

/// What was found beside the files.
#[derive(Debug, Default)]
pub struct Ertrag {
    /// Records of the case.
    pub faelle: Vec<Fall>,
    /// What is not contained.
    pub auslassungen: Vec<Auslassung>,
}

impl Ertrag {
    /// Names something that is not contained.
    pub fn ohne(&mut self, was: &str, grund: String, recht: Option<Recht>) {
        let recht = recht.map(|r| r.code().to_owned());
        self.auslassungen.push(Auslassung { was: was.to_owned(), grund, recht });
    }
}

/// Fills one file.
pub struct Sammler<'s> {
    /// The snapshot.
    pub c: &'s mut DbConn,
    /// The application of the case.
    pub antrag: &'s Versioniert<Antrag>,
    /// What the caller sees under the right of this file.
    pub sicht: &'s Sicht,
    /// Language of the caller.
    pub sprache: Sprache,
    /// The legal day.
    pub heute: NaiveDate,
    /// Keys for what is told about people, for counts in Sachberichte.
    pub tresor: &'s Tresor,
    /// Name of the file.
    pub datei: &'static str,
    /// Where it is written.
    pub paket: &'s mut Paket,
    /// What is found beside it.
    pub ertrag: &'s mut Ertrag,
}

impl Sammler<'_> {
    /// Adds a view.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn nimm(&mut self, sicht: &impl Serialize) -> Ergebnis<()> {
        self.paket.nimm(sicht).map_err(|e| platte(&e))
    }

    /// Reads a list to its end and gives each row to `je`.
    ///
    /// # Errors
    /// Those of reading and of `je`.
    pub fn je<T, P>(
        &mut self,
        mut lies: impl FnMut(&mut Self, Option<P>) -> Ergebnis<Vec<T>>,
        position: impl Fn(&T) -> P,
        mut je: impl FnMut(&mut Self, T) -> Ergebnis<()>,
    ) -> Ergebnis<()> {
        let mut nach = None;
        loop {
            let seite = lies(self, nach)?;
            let Some(letzte) = seite.last() else { return Ok(()) };
            nach = Some(position(letzte));
            for zeile in seite {
                je(self, zeile)?;
            }
        }
    }

    /// Reads a list of records to its end; each is shown by `zeige`, and its audit trail belongs to the case.
    ///
    /// # Errors
    /// Those of reading and showing.
    pub fn datensaetze<T: Aggregat, P, V: Serialize>(
        &mut self,
        lies: impl FnMut(&mut Self, Option<P>) -> Ergebnis<Vec<Versioniert<T>>>,
        position: impl Fn(&Versioniert<T>) -> P,
        mut zeige: impl FnMut(&mut Self, &Versioniert<T>) -> Ergebnis<V>,
    ) -> Ergebnis<()> {
        self.je(lies, position, |s, v| {
            let bild = zeige(s, &v)?;
            s.nimm(&bild)?;
            s.fall::<T>(v.wert.schluessel(), Verdeckt::NICHTS);
            Ok(())
        })
    }

    /// The audit trail of this record belongs to the case.
    pub fn fall<T: Aggregat>(&mut self, id: String, ohne: Verdeckt) {
        self.ertrag.faelle.push(Fall { art: T::ART, ohne, id });
    }
}
