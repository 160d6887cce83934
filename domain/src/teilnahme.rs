//! Teilnahmen: who takes part in a measure, by pseudonym only. What is told about a person is kept apart
//! ([`Teilnahmeinhalt`]) from what belongs to the case ([`Teilnahmekopf`]), because it lies encrypted and can be erased.

use crate::katalog::Massnahmeart;
use crate::zeit::Zeitraum;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod akte;
mod aufbewahrung;
mod einlesen;
mod kennzahlen;
mod pseudonym;
mod regeln;
mod schutz;
#[cfg(test)]
mod tests;
mod zugriff;

pub use akte::*;
pub use aufbewahrung::*;
pub use einlesen::*;
pub use kennzahlen::*;
pub use pseudonym::*;
pub use regeln::*;
pub use schutz::*;
pub use zugriff::*;

crate::status! {
    /// State of a Teilnahme.
    TeilnahmeStatus {
        /// The person takes part.
        Laufend = "LAUFEND",
        /// The person left.
        Beendet = "BEENDET",
        /// Entered by mistake; counts nowhere.
        Storniert = "STORNIERT",
        /// What was told about the person is erased; the counts stay.
        Geloescht = "GELOESCHT",
    }
}

crate::status! {
    /// Law under which a person is entitled to benefits. The benefit's name is no part of it: names change.
    Rechtskreis {
        /// SGB II.
        SgbIi = "SGB_II",
        /// SGB III.
        SgbIii = "SGB_III",
        /// SGB VIII.
        SgbViii = "SGB_VIII",
        /// SGB XII.
        SgbXii = "SGB_XII",
        /// AsylbLG.
        Asylblg = "ASYLBLG",
    }
}

crate::status! {
    /// How entitlement was shown.
    Rechtskreisnachweis {
        /// The decision of the authority that pays was seen.
        BescheidGesehen = "BESCHEID_GESEHEN",
        /// The Jobcenter confirmed it.
        JobcenterBestaetigung = "JOBCENTER_BESTAETIGUNG",
        /// The Agentur fuer Arbeit confirmed it.
        AgenturBestaetigung = "AGENTUR_BESTAETIGUNG",
        /// The youth welfare office confirmed it.
        JugendamtBestaetigung = "JUGENDAMT_BESTAETIGUNG",
        /// The social welfare office confirmed it.
        SozialamtBestaetigung = "SOZIALAMT_BESTAETIGUNG",
    }
}

crate::status! {
    /// How the main residence was shown.
    Wohnsitznachweis {
        /// Certificate of registration.
        Meldebescheinigung = "MELDEBESCHEINIGUNG",
        /// Identity document with address.
        Ausweisdokument = "AUSWEISDOKUMENT",
        /// Query of the register of residents.
        Melderegister = "MELDEREGISTER",
        /// The authority that pays benefits confirmed it.
        Leistungstraeger = "LEISTUNGSTRAEGER",
    }
}

crate::status! {
    /// Sex as in the register of residents.
    Geschlecht {
        /// Female.
        Weiblich = "WEIBLICH",
        /// Male.
        Maennlich = "MAENNLICH",
        /// Diverse.
        Divers = "DIVERS",
        /// No entry.
        OhneAngabe = "OHNE_ANGABE",
    }
}

crate::status! {
    /// Age group at entry.
    Altersgruppe {
        /// Below 18.
        Unter18 = "UNTER_18",
        /// 18 to 24.
        Von18Bis24 = "VON_18_BIS_24",
        /// 25 to 34.
        Von25Bis34 = "VON_25_BIS_34",
        /// 35 to 49.
        Von35Bis49 = "VON_35_BIS_49",
        /// 50 and above.
        Ab50 = "AB_50",
    }
}

impl Altersgruppe {
    /// Below 25.
    pub const fn unter_25(self) -> bool {
        matches!(self, Altersgruppe::Unter18 | Altersgruppe::Von18Bis24)
    }
}

crate::status! {
    /// Why a person left.
    Austrittsgrund {
        /// The measure ended for the person as planned.
        PlanmaessigesEnde = "PLANMAESSIGES_ENDE",
        /// Left early for training, work or school.
        VorzeitigErfolg = "VORZEITIG_ERFOLG",
        /// Broke off.
        Abbruch = "ABBRUCH",
        /// Excluded.
        Ausschluss = "AUSSCHLUSS",
        /// Moved away.
        Wegzug = "WEGZUG",
        /// Entitlement ended.
        AnspruchEntfallen = "ANSPRUCH_ENTFALLEN",
        /// Illness, care or parental leave; which of them is nobody's business here.
        PersoenlicheUmstaende = "PERSOENLICHE_UMSTAENDE",
    }
}

impl Austrittsgrund {
    /// The measure ended as planned.
    pub const fn regulaer(self) -> bool {
        matches!(self, Austrittsgrund::PlanmaessigesEnde)
    }
}

crate::status! {
    /// What a person does after the measure.
    Verbleib {
        /// Training.
        Ausbildung = "AUSBILDUNG",
        /// Employment subject to social insurance.
        SvBeschaeftigung = "SV_BESCHAEFTIGUNG",
        /// School.
        Schule = "SCHULE",
        /// Another measure.
        AndereMassnahme = "ANDERE_MASSNAHME",
        /// Without work.
        Arbeitslos = "ARBEITSLOS",
        /// Something else.
        Sonstiges = "SONSTIGES",
        /// Not known.
        Unbekannt = "UNBEKANNT",
    }
}

crate::status! {
    /// Why a record is corrected or cancelled. A closed list: no text about a person is ever kept.
    Korrekturgrund {
        /// Typing error.
        Eingabefehler = "EINGABEFEHLER",
        /// A document came later.
        NachweisNachgereicht = "NACHWEIS_NACHGEREICHT",
        /// What is known has changed.
        NeuerKenntnisstand = "NEUER_KENNTNISSTAND",
        /// Another person was meant.
        PersonVerwechselt = "PERSON_VERWECHSELT",
        /// Entered twice.
        DoppeltErfasst = "DOPPELT_ERFASST",
        /// The person never came.
        NichtAngetreten = "NICHT_ANGETRETEN",
        /// The person objects or is right to have it corrected (Art. 16, 21 DSGVO).
        Betroffenenrecht = "BETROFFENENRECHT",
    }
}

/// Entitlement under one law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rechtskreisangabe {
    /// The law.
    pub rechtskreis: Rechtskreis,
    /// How it was shown.
    pub nachweis_art: Rechtskreisnachweis,
    /// Day on which that was seen.
    #[cfg_attr(feature = "schema", schema(examples("2026-02-20")))]
    pub gesehen_am: NaiveDate,
}

/// How a person left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = Teilnahmeaustritt, examples(json!({ "austritt": "2026-08-31", "austrittsgrund": "VORZEITIG_ERFOLG", "verbleib": "AUSBILDUNG", "abschluss_erreicht": false }))))]
#[serde(deny_unknown_fields)]
pub struct Austritt {
    /// Last day.
    #[cfg_attr(feature = "schema", schema(examples("2026-08-31")))]
    pub austritt: NaiveDate,
    /// Why.
    pub austrittsgrund: Austrittsgrund,
    /// What the person does then.
    pub verbleib: Verbleib,
    /// The aim of the measure (certificate, partial qualification) was reached.
    pub abschluss_erreicht: bool,
}

/// What is told about a person. There is no field for words: codes, days and the pseudonym only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Teilnahmeinhalt {
    /// Pseudonym of the person: 64 hex digits, HMAC-SHA-256 under a key that never leaves the Gebietskoerperschaft.
    /// Names, numbers of files and anything else that is no such value are refused (`PSEUDONYM_UNGUELTIG`).
    #[cfg_attr(
        feature = "schema",
        schema(
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("5b6f0c1e9a3d47b28e54c07f1d92a6b83c4e7f5a0b1d2e9648f3a7c5d0e1b297")
        )
    )]
    pub pseudonym: String,
    /// Laws under which the person is entitled, each once; at least one.
    #[cfg_attr(feature = "schema", schema(max_items = 5))]
    pub rechtskreise: Vec<Rechtskreisangabe>,
    /// Entitled as a member of a Bedarfsgemeinschaft.
    pub ueber_bedarfsgemeinschaft: bool,
    /// Main residence in Hessen at entry.
    pub erstwohnsitz_hessen: bool,
    /// How that was shown.
    pub erstwohnsitz_nachweis: Wohnsitznachweis,
    /// Day on which it was checked.
    #[cfg_attr(feature = "schema", schema(examples("2026-02-20")))]
    pub erstwohnsitz_geprueft_am: NaiveDate,
    /// Landkreis or kreisfreie Stadt of the residence at entry; valid on that day (Hanau is 06415 from 2026 on).
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9]{5}$", examples("06440")))]
    pub wohnsitz_kreisschluessel: String,
    /// Target group, a code of the catalogue `zielgruppen`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("NICHT_AUSBILDUNGSREIF")))]
    pub zielgruppe: String,
    /// Age group at entry.
    pub altersgruppe: Altersgruppe,
    /// Sex.
    pub geschlecht: Geschlecht,
    /// Migration background; absent where the person does not say.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub migrationshintergrund: Option<bool>,
    /// The Ausbildungskostenzuschuss is paid for the same training place; kind 2 only, where it must be said.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub ausbildungskostenzuschuss: Option<bool>,
    /// First day.
    #[cfg_attr(feature = "schema", schema(examples("2026-03-01")))]
    pub eintritt: NaiveDate,
    /// Day on which entitlement ended, where it did during the measure.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub anspruch_entfallen_am: Option<NaiveDate>,
    /// How the person left; absent while the person takes part.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub austritt: Option<Austritt>,
}

impl Teilnahmeinhalt {
    /// Days on which the person has a place; up to `spaetestens` while no exit is known. None where the days are reversed.
    pub fn zeitraum(&self, spaetestens: NaiveDate) -> Option<Zeitraum> {
        let bis = self.austritt.as_ref().map_or(spaetestens, |a| a.austritt);
        Some(Zeitraum { von: self.eintritt, bis }).filter(Zeitraum::ist_geordnet)
    }
}

/// That a record was corrected: which fields, why, by whom; the values themselves lie encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Korrekturvermerk {
    /// Legal day.
    pub am: NaiveDate,
    /// Who.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub person: String,
    /// Why.
    pub grund: Korrekturgrund,
    /// Names of the fields.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub felder: Vec<String>,
}

/// That what was told about the person is erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Loeschvermerk {
    /// Legal day.
    pub am: NaiveDate,
    /// Record that proves it.
    pub loeschnachweis_id: Uuid,
}

/// What of a Teilnahme belongs to the case and names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Teilnahmekopf {
    /// Id.
    pub id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Kind of the measure.
    pub massnahmeart: Massnahmeart,
    /// Traeger the measure named when the record was made; a later one does not see it.
    pub traeger_id: Option<Uuid>,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Regelwerk of the case.
    pub regelwerk: String,
    /// State.
    pub status: TeilnahmeStatus,
    /// Who entered it.
    pub erfasst_von: String,
    /// Corrections in their order.
    pub korrekturen: Vec<Korrekturvermerk>,
    /// Why it was cancelled.
    pub stornogrund: Option<Korrekturgrund>,
    /// That it was erased.
    pub loeschung: Option<Loeschvermerk>,
}

/// A Teilnahme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teilnahme {
    /// What belongs to the case.
    pub kopf: Teilnahmekopf,
    /// What is told about the person; none once it is erased.
    pub inhalt: Option<Teilnahmeinhalt>,
}

impl Teilnahme {
    /// What events say about it: ids only.
    pub(super) fn ereignisdaten(&self) -> serde_json::Value {
        let k = &self.kopf;
        serde_json::json!({ "teilnahme_id": k.id, "antrag_id": k.antrag_id, "massnahme_id": k.massnahme_id })
    }
}
