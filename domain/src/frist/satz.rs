//! A deadline as a record: to which case it belongs, when it is due, how it was extended and how it ended.

use super::{Fristart, naechster_werktag};
use crate::akt::{Aktion, Entscheidung, Fristsetzung, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::forderung::ZAHLUNGSEINGAENGE;
use crate::regel::{
    DATUM_IN_ZUKUNFT, FRIST_DER_FORDERUNG, FRIST_ENDET_IM_FALL, FRIST_GESETZLICH, FRIST_KEIN_WERKTAG,
    FRIST_NICHT_SPAETER, FRIST_VERGANGEN, Text,
};
use crate::{anhoerung, antrag, bescheid, verwendungsnachweis, weiterleitung};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: give more time.
pub const VERLAENGERUNG: &str = "verlaengerung";
/// Act: record that it was met otherwise.
pub const ERLEDIGUNG: &str = "erledigung";

crate::status! {
    /// State of a deadline as it is stored. Whether an open one is overdue is no state: it follows from the day.
    FristStatus {
        /// It runs.
        Offen = "OFFEN",
        /// It was met.
        Erledigt = "ERLEDIGT",
        /// Another one took its place, or its reason is gone.
        Abgeloest = "ABGELOEST",
    }
}

crate::status! {
    /// What a deadline is on a legal day.
    Fristzustand {
        /// It runs and its last day is not over.
        Offen = "OFFEN",
        /// Its last day is over and it was not met.
        Ueberfaellig = "UEBERFAELLIG",
        /// It was met, or it ran out as the law wants it.
        Erledigt = "ERLEDIGT",
        /// Another one took its place, or its reason is gone.
        Abgeloest = "ABGELOEST",
    }
}

crate::status! {
    /// How near a deadline is when people are reminded of it.
    Erinnerungsstufe {
        /// Some days before (parameter `erinnerung_frueh_tage`).
        Frueh = "FRUEH",
        /// Shortly before (parameter `erinnerung_spaet_tage`).
        Spaet = "SPAET",
        /// Missed.
        Ueberfaellig = "UEBERFAELLIG",
    }
}

impl Erinnerungsstufe {
    /// Type of the event that reminds.
    pub const fn ereignis(self) -> &'static str {
        match self {
            Erinnerungsstufe::Frueh | Erinnerungsstufe::Spaet => "frist.erinnerung",
            Erinnerungsstufe::Ueberfaellig => "frist.ueberfaellig",
        }
    }
}

/// Consequence: the claim is not pursued, its deadline gives way.
pub const RUHEN: &str = "ruhen";
/// Consequence: the claim is pursued again, its deadline runs as before.
pub const FORTLAUF: &str = "fortlauf";

/// A text in both languages, as it was when the deadline began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zweisprachig {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

impl From<Text> for Zweisprachig {
    fn from(t: Text) -> Self {
        Zweisprachig { de: t.de.to_owned(), en: t.en.to_owned() }
    }
}

/// The case a deadline belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fristfall {
    /// Kind of the case.
    pub art: String,
    /// Its id.
    pub id: String,
    /// Gebietskoerperschaft that owns it.
    pub kreisschluessel: String,
}

/// More time that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Verlaengerung {
    /// Last day before.
    pub bisher: NaiveDate,
    /// New last day.
    pub neu: NaiveDate,
    /// Why.
    #[cfg_attr(
        feature = "schema",
        schema(
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Der Jahresabschluss liegt noch nicht vor.")
        )
    )]
    pub grund: String,
    /// Legal day on which it was given.
    pub am: NaiveDate,
    /// Who gave it.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("demo-bewilligung-1"))
    )]
    pub person: String,
}

/// How a deadline ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Fristabschluss {
    /// Legal day.
    pub am: NaiveDate,
    /// The act that ended it.
    #[cfg_attr(feature = "schema", schema(max_length = 60, pattern = "^[a-z_]+$", examples("einreichung")))]
    pub akt: String,
    /// Who did it.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("demo-gk-06440-1"))
    )]
    pub person: String,
    /// Why, where it was recorded by hand.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$")
    )]
    pub grund: Option<String>,
}

/// A deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frist {
    /// Id.
    pub id: Uuid,
    /// Kind.
    pub art: Fristart,
    /// Kind of its case.
    pub fall_art: String,
    /// Id of its case.
    pub fall_id: String,
    /// Which one of several of its kind: code of an Auflage, Haushaltsjahr of a Zwischennachweis.
    pub bezug: Option<String>,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Application to which the case belongs.
    pub antrag_id: Uuid,
    /// Regelwerk of the case.
    pub regelwerk: String,
    /// Last day; it ends at 24:00 in Europe/Berlin.
    pub faellig_am: NaiveDate,
    /// Last day before any extension.
    pub urspruenglich_faellig_am: NaiveDate,
    /// Law and place.
    pub rechtsgrundlage: Zweisprachig,
    /// What happens when it is missed.
    pub folge: Zweisprachig,
    /// State.
    pub status: FristStatus,
    /// Extensions in their order.
    pub verlaengerungen: Vec<Verlaengerung>,
    /// How it ended.
    pub abschluss: Option<Fristabschluss>,
    /// The deadline that took its place.
    pub nachfolger_id: Option<Uuid>,
    /// It gave way because its claim is not pursued (§ 59 LHO), which only the authority knows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ruht: bool,
}

/// Input of the act `verlaengerung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bis": "2098-12-31", "grund": "Der Jahresabschluss liegt noch nicht vor." }))))]
#[serde(deny_unknown_fields)]
pub struct Fristverlaengerung {
    /// New last day: later than the present one, and not over.
    pub bis: NaiveDate,
    /// Why.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Der Jahresabschluss liegt noch nicht vor.")
        )
    )]
    pub grund: String,
}

/// Input of the act `erledigung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "am": "2026-09-15", "grund": "Der Nachweis ging in Papierform ein." }))))]
#[serde(deny_unknown_fields)]
pub struct Fristerledigung {
    /// Day on which it was met; not in the future.
    pub am: NaiveDate,
    /// How it was met.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Der Nachweis ging in Papierform ein.")
        )
    )]
    pub grund: String,
}

/// An act that ends a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fristakt {
    /// Kind of the case in which it is done.
    pub fall_art: &'static str,
    /// That case; none where it need not exist yet, or another one follows from the deadline's own.
    pub fall_id: Option<String>,
    /// The act, named as its sub-resource.
    pub akt: &'static str,
}

/// State table.
pub const UEBERGAENGE: &[Uebergang<FristStatus>] = &[
    Uebergang { akt: VERLAENGERUNG, recht: Recht::FristVerlaengern, von: &[FristStatus::Offen], nach: None },
    Uebergang {
        akt: ERLEDIGUNG,
        recht: Recht::FristVerlaengern,
        von: &[FristStatus::Offen],
        nach: Some(FristStatus::Erledigt),
    },
];

impl Frist {
    /// The deadline of a claim on the day `naechste` of its next instalment; without a deferral on its own day again.
    /// None where it stays.
    pub fn mit_stundung(&self, naechste: Option<NaiveDate>) -> Option<Frist> {
        let eigener = self.verlaengerungen.last().map_or(self.urspruenglich_faellig_am, |v| v.neu);
        let faellig_am = naechste.unwrap_or(eigener);
        (faellig_am != self.faellig_am).then(|| Frist { faellig_am, ..self.clone() })
    }

    /// The deadline an act sets. Time that was given for the same day under the Bescheid before stays given.
    pub fn neu(id: Uuid, fall: &Fristfall, s: &Fristsetzung, vorgaenger: Option<&Frist>) -> Frist {
        let verlaengert = vorgaenger.filter(|v| v.urspruenglich_faellig_am == s.faellig_am);
        Frist {
            id,
            art: s.art,
            fall_art: fall.art.clone(),
            fall_id: fall.id.clone(),
            bezug: s.bezug.clone(),
            kreisschluessel: fall.kreisschluessel.clone(),
            jahrgang: s.jahrgang,
            antrag_id: s.antrag_id,
            regelwerk: s.regelwerk.clone(),
            faellig_am: verlaengert.map_or(s.faellig_am, |v| v.faellig_am),
            urspruenglich_faellig_am: s.faellig_am,
            rechtsgrundlage: s.art.rechtsgrundlage().into(),
            folge: s.art.folge().into(),
            status: FristStatus::Offen,
            verlaengerungen: verlaengert.map(|v| v.verlaengerungen.clone()).unwrap_or_default(),
            abschluss: None,
            nachfolger_id: None,
            ruht: false,
        }
    }

    /// It is what `s` demands: the same one of its kind for the same day, extended or not.
    pub fn entspricht(&self, s: &Fristsetzung) -> bool {
        self.ist(s) && [self.faellig_am, self.urspruenglich_faellig_am].contains(&s.faellig_am)
    }

    /// It is the same one of its kind, for whatever day.
    pub fn ist(&self, s: &Fristsetzung) -> bool {
        self.art == s.art && self.bezug == s.bezug
    }

    /// The deadline after it ended.
    #[must_use]
    pub fn beendet(&self, status: FristStatus, abschluss: Fristabschluss, nachfolger_id: Option<Uuid>) -> Frist {
        Frist { status, abschluss: Some(abschluss), nachfolger_id, ..self.clone() }
    }

    /// The deadline of a claim that is not pursued: nobody is reminded of it, and the debtor sees it as before.
    #[must_use]
    pub fn ruhend(&self, abschluss: Fristabschluss) -> Frist {
        Frist { ruht: true, ..self.beendet(FristStatus::Abgeloest, abschluss, None) }
    }

    /// It was met by a filing, and runs again once that no longer counts.
    pub fn durch_einreichung_erledigt(&self) -> bool {
        let akt = self.abschluss.as_ref().map(|a| a.akt.as_str());
        self.status == FristStatus::Erledigt && matches!(akt, Some("einreichung" | "wiederherstellung"))
    }

    /// It was met by a payment that settled its claim, and runs again once that payment no longer counts. What was ended
    /// by hand was met otherwise and stays.
    pub fn durch_zahlung_erledigt(&self) -> bool {
        let akt = self.abschluss.as_ref().map(|a| a.akt.as_str());
        self.status == FristStatus::Erledigt && akt == Some(ZAHLUNGSEINGAENGE)
    }

    /// It was met by a Traeger's proof, and runs again once the draft that holds it is deleted.
    pub fn durch_traegernachweis_erledigt(&self) -> bool {
        let akt = self.abschluss.as_ref().map(|a| a.akt.as_str());
        self.status == FristStatus::Erledigt && akt == Some(verwendungsnachweis::TRAEGERNACHWEISE)
    }

    /// What met it no longer counts: a filing that was withdrawn, a payment that was reversed.
    pub fn lebt_auf(&self) -> bool {
        match self.art {
            Fristart::Erstattung => self.durch_zahlung_erledigt(),
            _ => self.durch_einreichung_erledigt(),
        }
    }

    /// The deadline as it was before it was met.
    #[must_use]
    pub fn wieder_offen(&self) -> Frist {
        Frist { status: FristStatus::Offen, abschluss: None, nachfolger_id: None, ruht: false, ..self.clone() }
    }

    /// The acts of which each ends it as kept: done in its own case, or in the case that proves or pays what it demands.
    pub fn erfuellt_durch(&self) -> Vec<Fristakt> {
        let hier = |fall_art, akt| Fristakt { fall_art, fall_id: Some(self.fall_id.clone()), akt };
        let woanders = |fall_art, akt| Fristakt { fall_art, fall_id: None, akt };
        match self.art {
            Fristart::Nachforderung if self.fall_art == "VERWENDUNGSNACHWEIS" => {
                vec![hier("VERWENDUNGSNACHWEIS", verwendungsnachweis::EINREICHUNG)]
            }
            Fristart::Nachforderung => vec![hier("ANTRAG", antrag::EINREICHUNG)],
            Fristart::Rechtsbehelf => vec![hier("BESCHEID", bescheid::RECHTSBEHELFSVERZICHT)],
            Fristart::Verwendungsnachweis | Fristart::Zwischennachweis => {
                vec![woanders("VERWENDUNGSNACHWEIS", verwendungsnachweis::EINREICHUNG)]
            }
            Fristart::Auflage => {
                vec![Fristakt { fall_art: "FRIST", fall_id: Some(self.id.to_string()), akt: ERLEDIGUNG }]
            }
            Fristart::VerwendungsnachweisTraeger => vec![
                woanders("VERWENDUNGSNACHWEIS", verwendungsnachweis::TRAEGERNACHWEISE),
                woanders("VERWENDUNGSNACHWEIS", verwendungsnachweis::EINREICHUNG),
                hier("WEITERLEITUNG", weiterleitung::BEENDIGUNG),
            ],
            Fristart::Erstattung => vec![woanders("FORDERUNG", ZAHLUNGSEINGAENGE)],
            Fristart::Anhoerung => vec![hier("ANHOERUNG", anhoerung::STELLUNGNAHME)],
            Fristart::Verjaehrung => vec![hier("FORDERUNG", ZAHLUNGSEINGAENGE)],
            Fristart::VnPrueffrist => vec![
                hier("VERWENDUNGSNACHWEIS", verwendungsnachweis::ABSCHLUSS),
                hier("VERWENDUNGSNACHWEIS", verwendungsnachweis::KENNTNISNAHME),
            ],
        }
    }

    /// What it is on the legal day `heute`. An appeal period that ran out was not missed.
    pub fn zustand(&self, heute: NaiveDate) -> Fristzustand {
        match self.status {
            FristStatus::Erledigt => Fristzustand::Erledigt,
            FristStatus::Abgeloest => Fristzustand::Abgeloest,
            FristStatus::Offen if heute <= self.faellig_am => Fristzustand::Offen,
            FristStatus::Offen if self.art.gesetzlich() => Fristzustand::Erledigt,
            FristStatus::Offen => Fristzustand::Ueberfaellig,
        }
    }

    /// The stage people are to be reminded of on `heute`, at most one: whoever hears "in three days" needs no "in two
    /// weeks". `frueh` and `spaet` are days before the last one; without them only a missed deadline is told.
    pub fn erinnerung(&self, heute: NaiveDate, frueh: Option<i64>, spaet: Option<i64>) -> Option<Erinnerungsstufe> {
        let noch = (self.faellig_am - heute).num_days();
        match self.zustand(heute) {
            Fristzustand::Ueberfaellig => Some(Erinnerungsstufe::Ueberfaellig),
            Fristzustand::Offen if spaet.is_some_and(|t| noch <= t) => Some(Erinnerungsstufe::Spaet),
            Fristzustand::Offen if frueh.is_some_and(|t| noch <= t) => Some(Erinnerungsstufe::Frueh),
            _ => None,
        }
    }

    /// Acts with what they would find on the legal day `heute`.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let benannt = |regel| Befund::neu(regel).gemessen("fristart", self.art, Einheit::Code);
        let zusatz = |akt: &str| match akt {
            VERLAENGERUNG if self.art.gesetzlich() => vec![benannt(&FRIST_GESETZLICH)],
            VERLAENGERUNG if self.art == Fristart::Erstattung => vec![benannt(&FRIST_DER_FORDERUNG)],
            ERLEDIGUNG if self.art.endet_nur_im_fall() => vec![benannt(&FRIST_ENDET_IM_FALL)],
            _ => Vec::new(),
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, |_| None, zusatz)
    }

    /// Gives more time, also after the last day is over. A last day that is no working day is a hint.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FRIST_GESETZLICH`, `FRIST_DER_FORDERUNG`, `FRIST_NICHT_SPAETER`, `FRIST_VERGANGEN`.
    pub fn verlaengern(&self, e: &Fristverlaengerung, heute: NaiveDate, akteur: &Akteur) -> Urteil<Frist> {
        frei(self.aktionen(akteur), VERLAENGERUNG)?;
        let mut befunde = Vec::new();
        if e.bis <= self.faellig_am {
            befunde.push(Befund::neu(&FRIST_NICHT_SPAETER).ort("/bis").gemessen("neu", e.bis, Einheit::Datum).erlaubt(
                "bisher",
                self.faellig_am,
                Einheit::Datum,
            ));
        } else if e.bis < heute {
            befunde.push(Befund::neu(&FRIST_VERGANGEN).ort("/bis").gemessen("frist", e.bis, Einheit::Datum).erlaubt(
                "fruehestens",
                heute,
                Einheit::Datum,
            ));
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let werktag = naechster_werktag(e.bis);
        if werktag != e.bis {
            befunde.push(Befund::neu(&FRIST_KEIN_WERKTAG).ort("/bis").gemessen("neu", e.bis, Einheit::Datum).erlaubt(
                "werktag",
                werktag,
                Einheit::Datum,
            ));
        }
        let mut neu = Frist { faellig_am: e.bis, ..self.clone() };
        neu.verlaengerungen.push(Verlaengerung {
            bisher: self.faellig_am,
            neu: e.bis,
            grund: e.grund.clone(),
            am: heute,
            person: akteur.person.clone(),
        });
        let daten = neu.ereignisdaten();
        Ok(Entscheidung::neu(neu).ereignis("frist.verlaengert", daten).befunde(befunde))
    }

    /// Records that it was met in a way the system did not see.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FRIST_ENDET_IM_FALL`, `DATUM_IN_ZUKUNFT`.
    pub fn erledigen(&self, e: &Fristerledigung, heute: NaiveDate, akteur: &Akteur) -> Urteil<Frist> {
        frei(self.aktionen(akteur), ERLEDIGUNG)?;
        if e.am > heute {
            return Err(vec![
                Befund::neu(&DATUM_IN_ZUKUNFT).ort("/am").gemessen("angegeben", e.am, Einheit::Datum).erlaubt(
                    "heute",
                    heute,
                    Einheit::Datum,
                ),
            ]);
        }
        let abschluss = Fristabschluss {
            am: e.am,
            akt: ERLEDIGUNG.to_owned(),
            person: akteur.person.clone(),
            grund: Some(e.grund.clone()),
        };
        let neu = self.beendet(FristStatus::Erledigt, abschluss, None);
        let daten = neu.ereignisdaten();
        Ok(Entscheidung::neu(neu).ereignis("frist.erledigt", daten))
    }

    /// What events say about it.
    pub fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({
            "frist_id": self.id, "art": self.art.code(), "faellig_am": self.faellig_am, "antrag_id": self.antrag_id
        })
    }
}
