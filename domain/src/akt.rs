//! Acts: what a change of legal state consists of, and which acts a state permits.

use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht, gleiche_person};
use crate::frist::{FristStatus, Fristart};
use crate::konto::Buchung;
use crate::regel::{STATUS_UNZULAESSIG, VIER_AUGEN};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// What an act decided: the new state and everything that must be committed with it, all or nothing.
#[derive(Debug, Clone)]
pub struct Entscheidung<Z> {
    /// New state of the aggregate.
    pub zustand: Z,
    /// Ledger postings, each with sum zero.
    pub buchungen: Vec<Buchung>,
    /// Deadlines that begin to run.
    pub fristen: Vec<Fristsetzung>,
    /// Deadlines that end: met, or without a reason any more.
    pub fristenden: Vec<Fristende>,
    /// Events for the outbox.
    pub ereignisse: Vec<Ereignis>,
    /// Confirmed warnings and hints that accompany the act.
    pub befunde: Vec<Befund>,
}

impl<Z> Entscheidung<Z> {
    /// A decision that changes nothing but the state.
    pub fn neu(zustand: Z) -> Self {
        Entscheidung {
            zustand,
            buchungen: Vec::new(),
            fristen: Vec::new(),
            fristenden: Vec::new(),
            ereignisse: Vec::new(),
            befunde: Vec::new(),
        }
    }

    /// Splits a decision about two aggregates: the first keeps everything else, the second is given back.
    pub fn teile<A, B>(self, f: impl FnOnce(Z) -> (A, B)) -> (Entscheidung<A>, B) {
        let Entscheidung { zustand, buchungen, fristen, fristenden, ereignisse, befunde } = self;
        let (zustand, zweiter) = f(zustand);
        (Entscheidung { zustand, buchungen, fristen, fristenden, ereignisse, befunde }, zweiter)
    }

    /// Adds an event.
    #[must_use]
    pub fn ereignis(mut self, typ: &'static str, daten: Value) -> Self {
        self.ereignisse.push(Ereignis { typ, daten });
        self
    }

    /// Adds a posting.
    #[must_use]
    pub fn buchung(mut self, buchung: Buchung) -> Self {
        self.buchungen.push(buchung);
        self
    }

    /// Sets a deadline. An open one of the same kind in the same case gives way, unless it is for the same day.
    #[must_use]
    pub fn frist(mut self, frist: Fristsetzung) -> Self {
        self.fristen.push(frist);
        self
    }

    /// The case's deadlines of this kind are met.
    #[must_use]
    pub fn erledigt(mut self, art: Fristart) -> Self {
        self.fristenden.push(Fristende {
            art,
            status: FristStatus::Erledigt,
            antrag_id: None,
            bezug: None,
            fall: None,
        });
        self
    }

    /// Deadlines of this kind that another case set are met: what it demanded is done here.
    #[must_use]
    pub fn erledigt_bei(mut self, fall: (&'static str, Uuid), art: Fristart) -> Self {
        self.fristenden.push(Fristende {
            art,
            status: FristStatus::Erledigt,
            antrag_id: None,
            bezug: None,
            fall: Some(fall),
        });
        self
    }

    /// The case's deadlines of this kind have no reason any more.
    #[must_use]
    pub fn entfaellt(mut self, art: Fristart) -> Self {
        self.fristenden.push(Fristende {
            art,
            status: FristStatus::Abgeloest,
            antrag_id: None,
            bezug: None,
            fall: None,
        });
        self
    }

    /// The case takes the place of those before it: deadlines of this kind that any case of the application set end,
    /// and what was met already is not demanded again.
    #[must_use]
    pub fn loest_ab(mut self, antrag_id: Uuid, art: Fristart) -> Self {
        self.fristenden.push(Fristende {
            art,
            status: FristStatus::Abgeloest,
            antrag_id: Some(antrag_id),
            bezug: None,
            fall: None,
        });
        self
    }

    /// Another case did what this one demands: the application's open deadlines of this kind and reference are met.
    #[must_use]
    pub fn erfuellt(mut self, antrag_id: Uuid, art: Fristart, bezug: Option<String>) -> Self {
        self.fristenden.push(Fristende {
            art,
            status: FristStatus::Erledigt,
            antrag_id: Some(antrag_id),
            bezug,
            fall: None,
        });
        self
    }

    /// What met the application's deadlines of this kind and reference no longer counts: they run again as before.
    #[must_use]
    pub fn lebt_auf(mut self, antrag_id: Uuid, art: Fristart, bezug: Option<String>) -> Self {
        self.fristenden.push(Fristende {
            art,
            status: FristStatus::Offen,
            antrag_id: Some(antrag_id),
            bezug,
            fall: None,
        });
        self
    }

    /// What met the deadlines of this kind that another case set no longer counts: they run again as before.
    #[must_use]
    pub fn lebt_auf_bei(mut self, fall: (&'static str, Uuid), art: Fristart) -> Self {
        self.fristenden.push(Fristende {
            art,
            status: FristStatus::Offen,
            antrag_id: None,
            bezug: None,
            fall: Some(fall),
        });
        self
    }

    /// Adds findings that inform.
    #[must_use]
    pub fn befunde(mut self, befunde: Vec<Befund>) -> Self {
        self.befunde.extend(befunde);
        self
    }
}

/// A decision, or all reasons why not.
pub type Urteil<Z> = Result<Entscheidung<Z>, Vec<Befund>>;

/// A deadline that an act sets. Its words follow from its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fristsetzung {
    /// Kind.
    pub art: Fristart,
    /// Which one, where a case can have several of the kind.
    pub bezug: Option<String>,
    /// Last day.
    pub faellig_am: NaiveDate,
    /// Application to which the case belongs.
    pub antrag_id: Uuid,
    /// Its Jahrgang.
    pub jahrgang: i32,
    /// Its Regelwerk.
    pub regelwerk: String,
}

/// Deadlines that an act ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fristende {
    /// Kind.
    pub art: Fristart,
    /// How they end; `Offen` for those that run again.
    pub status: FristStatus,
    /// Whose: those of this application, whatever the case; without it those of one case.
    pub antrag_id: Option<Uuid>,
    /// The case, by kind and id; without it the act's own.
    pub fall: Option<(&'static str, Uuid)>,
    /// Which one of several of the kind; counts where the act meets the application's deadlines or revives them.
    pub bezug: Option<String>,
}

/// An event for the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ereignis {
    /// Stable type, `antrag.eingereicht`.
    pub typ: &'static str,
    /// Ids and codes only; receivers fetch content with their own rights.
    pub daten: Value,
}

/// A state of an aggregate.
pub trait Status: Copy + PartialEq + 'static {
    /// The code as stored and sent.
    fn code(self) -> &'static str;
}

/// One row of an aggregate's state table.
#[derive(Debug, Clone, Copy)]
pub struct Uebergang<S: 'static> {
    /// The act, named as its sub-resource: `einreichung`.
    pub akt: &'static str,
    /// Right the caller needs.
    pub recht: Recht,
    /// States in which the act is possible.
    pub von: &'static [S],
    /// State after the act; none where the act's input decides.
    pub nach: Option<S>,
}

/// Findings that block `uebergang` for this state and person, before any input is known.
///
/// The same function answers `GET …/aktionen` and guards the act itself, so that both always agree.
pub fn pruefe_uebergang<S: Status>(
    uebergang: &Uebergang<S>,
    status: S,
    akteur: &Akteur,
    vorbereitet_von: Option<&str>,
) -> Vec<Befund> {
    if !akteur.darf(uebergang.recht) {
        return vec![Befund::recht_fehlt(akteur.rolle, uebergang.recht)];
    }
    let mut befunde = Vec::new();
    if !uebergang.von.contains(&status) {
        let zulaessig: Vec<_> = uebergang.von.iter().map(|s| s.code()).collect();
        befunde.push(
            Befund::neu(&STATUS_UNZULAESSIG)
                .gemessen("status", status.code(), Einheit::Code)
                .gemessen("akt", uebergang.akt, Einheit::Code)
                .erlaubt("zulaessig", zulaessig.join(", "), Einheit::Code),
        );
    } else if vorbereitet_von.is_some_and(|p| gleiche_person(p, &akteur.person)) {
        befunde.push(Befund::neu(&VIER_AUGEN).gemessen("person", &akteur.person, Einheit::Text));
    }
    befunde
}

/// Body of an act for which nothing but a reason is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "grund": "Ein Betrag wurde falsch übernommen." }))))]
#[serde(deny_unknown_fields)]
pub struct Handlungsgrund {
    /// Why; it stays visible in the record and in its history.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Ein Betrag wurde falsch übernommen.")
        )
    )]
    pub grund: String,
}

/// Why a document that was handed over is a draft again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rueckgabe {
    /// The act: `ruecknahme` by its author, `zurueckweisung` by its recipient.
    #[cfg_attr(feature = "schema", schema(max_length = 40, pattern = "^[a-z]+$", examples("zurueckweisung")))]
    pub akt: String,
    /// Legal day.
    pub am: NaiveDate,
    /// Who.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub person: String,
    /// Why.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub grund: String,
}

impl Rueckgabe {
    /// The return by `akt`.
    pub fn neu(akt: &str, eingabe: &Handlungsgrund, heute: NaiveDate, akteur: &Akteur) -> Self {
        Rueckgabe { akt: akt.to_owned(), am: heute, person: akteur.person.clone(), grund: eingabe.grund.clone() }
    }
}

/// An act of a resource as `GET …/aktionen` lists it.
#[derive(Debug, Clone)]
pub struct Aktion {
    /// The act, named as its sub-resource.
    pub akt: &'static str,
    /// What the act would find before its input is known: what blocks it, what must be confirmed, what informs.
    pub befunde: Vec<Befund>,
}

impl Aktion {
    /// Nothing blocks it; its input may still be refused.
    pub fn erlaubt(&self) -> bool {
        !self.befunde.iter().any(Befund::blockiert)
    }
}

/// Lists all acts of a state table with what they would find.
///
/// `zusatz` adds the guards an aggregate has beyond state, right and person; they are asked only where those agree.
pub fn aktionen<S: Status>(
    tabelle: &[Uebergang<S>],
    status: S,
    akteur: &Akteur,
    vorbereitet_von: impl Fn(&str) -> Option<String>,
    zusatz: impl Fn(&str) -> Vec<Befund>,
) -> Vec<Aktion> {
    tabelle
        .iter()
        .map(|u| {
            let mut befunde = pruefe_uebergang(u, status, akteur, vorbereitet_von(u.akt).as_deref());
            if befunde.is_empty() {
                befunde = zusatz(u.akt);
            }
            Aktion { akt: u.akt, befunde }
        })
        .collect()
}

/// The findings of one act out of [`aktionen`].
///
/// # Errors
/// All of them, when one blocks.
pub fn frei(aktionen: Vec<Aktion>, akt: &str) -> Result<Vec<Befund>, Vec<Befund>> {
    match aktionen.into_iter().find(|a| a.akt == akt) {
        Some(a) if a.erlaubt() => Ok(a.befunde),
        a => Err(a.map(|a| a.befunde).unwrap_or_default()),
    }
}

/// Finds an act in a state table.
pub fn uebergang<'t, S>(tabelle: &'t [Uebergang<S>], akt: &str) -> Option<&'t Uebergang<S>> {
    tabelle.iter().find(|u| u.akt == akt)
}

/// Checks the properties every state table must have.
#[cfg(test)]
pub(crate) fn pruefe_tabelle<S: Status + std::fmt::Debug>(
    tabelle: &[Uebergang<S>],
    alle: &[S],
    endzustaende: &[S],
    anfang: S,
) {
    for u in tabelle {
        for s in u.von {
            assert!(!endzustaende.contains(s), "{} verlässt den Endzustand {}", u.akt, s.code());
        }
    }
    let mut erreicht = vec![anfang];
    loop {
        let neu: Vec<S> = tabelle
            .iter()
            .filter(|u| u.von.iter().any(|s| erreicht.contains(s)))
            .filter_map(|u| u.nach)
            .filter(|s| !erreicht.contains(s))
            .collect();
        let Some(s) = neu.first() else { break };
        erreicht.push(*s);
    }
    for s in alle {
        assert!(erreicht.contains(s), "{} ist unerreichbar", s.code());
    }
}

/// Declares a state enum with its codes, serde form, schema and [`Status`].
#[macro_export]
macro_rules! status {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $v:ident = $code:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $v),+ }
        impl $name {
            /// All values in the order of their declaration.
            pub const ALLE: &'static [$name] = &[$($name::$v),+];
            /// The code as stored and sent.
            pub const fn code(self) -> &'static str { match self { $(Self::$v => $code),+ } }
        }
        impl $crate::akt::Status for $name { fn code(self) -> &'static str { $name::code(self) } }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.code()) }
        }
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                match s { $($code => Ok(Self::$v),)+ _ => Err(format!("unbekannter Code {s:?}")) }
            }
        }
    };
}
