//! Umverteilung: available money moves from one place of the budget to another; two persons of the ministry.

use super::{Budgetfakten, Budgetstelle, pruefe_betrag, pruefe_recht};
use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::gebietskoerperschaft::{Gebietskoerperschaft, pruefe_berechtigung};
use crate::geld::Euro;
use crate::jahrgang::Jahrgang;
use crate::katalog::name;
use crate::konto::{Buchung, Kontoart};
use crate::regel::{UMVERTEILUNG_GLEICH, VERWEIS_UNBEKANNT};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// State of a Umverteilung.
    UmverteilungStatus {
        /// Drafted by one person, waits for another.
        Beantragt = "BEANTRAGT",
        /// Approved and posted.
        Freigegeben = "FREIGEGEBEN",
        /// Discarded without posting.
        Verworfen = "VERWORFEN",
    }
}

/// What is to move where and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(examples(json!({
        "von": { "kreisschluessel": "06440", "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026 },
        "nach": { "kreisschluessel": "06531", "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026 },
        "betrag": "1000.00",
        "grund": "Minderbedarf laut Zielvereinbarungsgespräch"
    })))
)]
#[serde(deny_unknown_fields)]
pub struct Umverteilungsinhalt {
    /// Place that gives.
    pub von: Budgetstelle,
    /// Place that receives; differs from `von` in at least one part.
    pub nach: Budgetstelle,
    /// Amount in euro, above 0.00.
    pub betrag: Euro,
    /// Why.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Minderbedarf laut Zielvereinbarungsgespräch")
        )
    )]
    pub grund: String,
}

/// Input of the act `verwerfung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "grund": "Bedarf besteht doch" }))))]
#[serde(deny_unknown_fields)]
pub struct UmverteilungVerwerfung {
    /// Why the reallocation is discarded.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Bedarf besteht doch")
        )
    )]
    pub grund: String,
}

/// A reallocation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Umverteilung {
    /// Id.
    pub id: Uuid,
    /// Jahrgang; money never leaves it.
    pub jahrgang: i32,
    /// Content.
    pub inhalt: Umverteilungsinhalt,
    /// State.
    pub status: UmverteilungStatus,
    /// Who drafted it.
    pub erstellt_von: String,
    /// Who approved it; a different person.
    pub freigegeben_von: Option<String>,
    /// Who discarded it.
    pub verworfen_von: Option<String>,
    /// Why it was discarded.
    pub verwerfungsgrund: Option<String>,
}

/// Act: approve and post.
pub const FREIGABE: &str = "freigabe";
/// Act: discard.
pub const VERWERFUNG: &str = "verwerfung";

/// State table.
pub const UEBERGAENGE: &[Uebergang<UmverteilungStatus>] = &[
    Uebergang {
        akt: FREIGABE,
        recht: Recht::UmverteilungFreigeben,
        von: &[UmverteilungStatus::Beantragt],
        nach: Some(UmverteilungStatus::Freigegeben),
    },
    Uebergang {
        akt: VERWERFUNG,
        recht: Recht::BudgetZuteilen,
        von: &[UmverteilungStatus::Beantragt],
        nach: Some(UmverteilungStatus::Verworfen),
    },
];

/// Drafts a reallocation. Nothing is posted yet.
///
/// `gk` are the stored records of both sides' Gebietskoerperschaften, as far as they exist.
///
/// # Errors
/// `RECHT_FEHLT`, `JAHRGANG_NICHT_OFFEN`, `PARAMETER_FEHLT`, `NICHT_ANTRAGSBERECHTIGT`, `KATALOGWERT_UNBEKANNT`,
/// `HAUSHALTSJAHR_AUSSERHALB`, `BETRAG_ZU_KLEIN` or `UMVERTEILUNG_GLEICH`.
pub fn umverteilung_beantragen(
    id: Uuid,
    inhalt: Umverteilungsinhalt,
    gk: &[Gebietskoerperschaft],
    fakten: &Budgetfakten<'_>,
    akteur: &Akteur,
) -> Urteil<Umverteilung> {
    if let Some(b) = pruefe_recht(akteur, Recht::BudgetZuteilen) {
        return Err(vec![b]);
    }
    let fenster = fakten.fenster()?;
    let jahrgang = fakten.jahrgang.jahrgang;
    let mut befunde = Vec::new();
    for (ort, stelle) in [("/von", &inhalt.von), ("/nach", &inhalt.nach)] {
        let satz = gk.iter().find(|g| g.kreisschluessel == stelle.kreisschluessel);
        befunde.extend(
            pruefe_berechtigung(&stelle.kreisschluessel, satz, jahrgang)
                .map(|b| b.ort(format!("{ort}/kreisschluessel"))),
        );
        befunde.extend(fakten.katalog.pruefe(name::TEILBUDGETS, &stelle.teilbudget, &format!("{ort}/teilbudget")));
        befunde.extend(fenster.pruefe(stelle.haushaltsjahr, &format!("{ort}/haushaltsjahr")));
    }
    befunde.extend(pruefe_betrag(inhalt.betrag, "/betrag"));
    if inhalt.von == inhalt.nach {
        let s = &inhalt.von;
        let schluessel = format!("{} {} {}", s.kreisschluessel, s.teilbudget, s.haushaltsjahr);
        befunde.push(Befund::neu(&UMVERTEILUNG_GLEICH).ort("/nach").gemessen("schluessel", schluessel, Einheit::Code));
    }
    if !befunde.is_empty() {
        return Err(befunde);
    }
    let daten = serde_json::json!({ "umverteilung_id": id, "jahrgang": jahrgang });
    let neu = Umverteilung {
        id,
        jahrgang,
        inhalt,
        status: UmverteilungStatus::Beantragt,
        erstellt_von: akteur.person.clone(),
        freigegeben_von: None,
        verworfen_von: None,
        verwerfungsgrund: None,
    };
    Ok(Entscheidung::neu(neu).ereignis("umverteilung.beantragt", daten))
}

impl Umverteilung {
    /// All acts with the reasons that block them.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let erster = |akt: &str| (akt == FREIGABE).then(|| self.erstellt_von.clone());
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, erster, |_| Vec::new())
    }

    /// Approves the reallocation: posts VERFUEGBAR → VERFUEGBAR.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN` for the person who drafted it, `JAHRGANG_NICHT_OFFEN`.
    /// Whether the giving account covers the amount is decided when the posting is committed.
    pub fn freigeben(&self, jahrgang: &Jahrgang, akteur: &Akteur) -> Urteil<Umverteilung> {
        frei(self.aktionen(akteur), FREIGABE)?;
        let mut befunde: Vec<Befund> = jahrgang.pruefe_offen().into_iter().collect();
        if jahrgang.jahrgang != self.jahrgang {
            befunde.push(Befund::neu(&VERWEIS_UNBEKANNT).gemessen("was", "Jahrgang", Einheit::Text).gemessen(
                "schluessel",
                jahrgang.jahrgang,
                Einheit::Anzahl,
            ));
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let i = &self.inhalt;
        let buchung = Buchung::umbuchung("UMVERTEILUNG", i.grund.clone()).bewegung(
            i.von.konto(self.jahrgang, Kontoart::Verfuegbar),
            i.nach.konto(self.jahrgang, Kontoart::Verfuegbar),
            i.betrag,
        );
        let neu = Umverteilung {
            status: UmverteilungStatus::Freigegeben,
            freigegeben_von: Some(akteur.person.clone()),
            ..self.clone()
        };
        let daten = serde_json::json!({ "umverteilung_id": self.id, "jahrgang": self.jahrgang });
        Ok(Entscheidung::neu(neu).buchung(buchung).ereignis("umverteilung.freigegeben", daten))
    }

    /// Discards the draft; the drafting person may do so too.
    ///
    /// # Errors
    /// `RECHT_FEHLT` or `STATUS_UNZULAESSIG`.
    pub fn verwerfen(&self, eingabe: &UmverteilungVerwerfung, akteur: &Akteur) -> Urteil<Umverteilung> {
        frei(self.aktionen(akteur), VERWERFUNG)?;
        let neu = Umverteilung {
            status: UmverteilungStatus::Verworfen,
            verworfen_von: Some(akteur.person.clone()),
            verwerfungsgrund: Some(eingabe.grund.clone()),
            ..self.clone()
        };
        let daten = serde_json::json!({ "umverteilung_id": self.id, "jahrgang": self.jahrgang });
        Ok(Entscheidung::neu(neu).ereignis("umverteilung.verworfen", daten))
    }
}
