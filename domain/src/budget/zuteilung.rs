//! Zuteilung: money of the programme becomes available to one Gebietskoerperschaft.

use super::{Budgetposition, pruefe_positionen};
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::gebietskoerperschaft::{Gebietskoerperschaft, pruefe_berechtigung};
use crate::geld::{Euro, GeldFehler};
use crate::jahrgang::{Haushaltsfenster, Jahrgang};
use crate::katalog::Katalogstand;
use crate::konto::{Buchung, Kontoart};
use crate::regel::ANGABE_FEHLT;
use crate::regelwerk::Regelwerk;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The act that allocates.
pub const ZUTEILUNG: &str = "zuteilung";

/// What a Zuteilung gives to whom; every Zuteilung adds to what was allocated before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(examples(json!({
        "kreisschluessel": "06440",
        "positionen": [{ "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2027, "betrag": "250000.00" }],
        "grundlage": "Mittelverteilung 2027 vom 11.01.2027"
    })))
)]
#[serde(deny_unknown_fields)]
pub struct Zuteilungsinhalt {
    /// Gebietskoerperschaft that exists on 1 January of the Jahrgang.
    #[cfg_attr(feature = "schema", schema(pattern = "^06[0-9]{3}$", examples("06440")))]
    pub kreisschluessel: String,
    /// Amounts per Teilbudget and Haushaltsjahr, each pair once.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 200))]
    pub positionen: Vec<Budgetposition>,
    /// Decision on which the Zuteilung rests.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Mittelverteilung 2026 vom 12.01.2026")
        )
    )]
    pub grundlage: String,
}

/// A posted Zuteilung; insert-only.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Zuteilung {
    /// Id.
    pub id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Content.
    pub inhalt: Zuteilungsinhalt,
    /// Who allocated.
    pub erstellt_von: String,
}

/// Everything allocated by several Zuteilungen, per Teilbudget and Haushaltsjahr.
///
/// # Errors
/// [`GeldFehler::Bereich`] when a sum cannot be represented.
pub fn summen<'z>(zuteilungen: impl IntoIterator<Item = &'z Zuteilung>) -> Result<Vec<Budgetposition>, GeldFehler> {
    let mut je = BTreeMap::<(&str, i32), Euro>::new();
    for p in zuteilungen.into_iter().flat_map(|z| &z.inhalt.positionen) {
        let s = je.entry((&p.teilbudget, p.haushaltsjahr)).or_default();
        *s = s.plus(p.betrag)?;
    }
    let position = |((t, haushaltsjahr), betrag): ((&str, i32), Euro)| Budgetposition {
        teilbudget: t.to_owned(),
        haushaltsjahr,
        betrag,
    };
    Ok(je.into_iter().map(position).collect())
}

/// What the rules of allocation and reallocation need to know about the Jahrgang.
#[derive(Debug, Clone, Copy)]
pub struct Budgetfakten<'a> {
    /// The Jahrgang.
    pub jahrgang: &'a Jahrgang,
    /// Its Regelwerk.
    pub regelwerk: &'a Regelwerk,
    /// Catalogue state.
    pub katalog: &'a Katalogstand,
}

impl Budgetfakten<'_> {
    /// The window of the Jahrgang, or what prevents posting at all: state or missing parameter.
    ///
    /// # Errors
    /// `JAHRGANG_NICHT_OFFEN`, `PARAMETER_FEHLT` or the Regelwerk is another one (`VERWEIS_UNBEKANNT`).
    pub(super) fn fenster(&self) -> Result<Haushaltsfenster, Vec<Befund>> {
        if let Some(b) = self.jahrgang.pruefe_offen() {
            return Err(vec![b]);
        }
        self.jahrgang.fenster(self.regelwerk).map_err(|b| vec![b])
    }

    /// What blocks the act `zuteilung` before its input is known.
    pub fn sperren(&self, akteur: &Akteur) -> Vec<Befund> {
        match pruefe_recht(akteur, Recht::BudgetZuteilen) {
            Some(b) => vec![b],
            None => self.fenster().err().unwrap_or_default(),
        }
    }
}

/// The finding `RECHT_FEHLT`, unless the caller has the right.
pub(crate) fn pruefe_recht(akteur: &Akteur, recht: Recht) -> Option<Befund> {
    (!akteur.darf(recht)).then(|| Befund::recht_fehlt(akteur.rolle, recht))
}

/// Allocates: posts PROGRAMM → VERFUEGBAR per position.
///
/// `gk` is the stored record of `inhalt.kreisschluessel`, if there is one.
///
/// # Errors
/// `RECHT_FEHLT`, `JAHRGANG_NICHT_OFFEN`, `PARAMETER_FEHLT`, `NICHT_ANTRAGSBERECHTIGT`, or the findings of
/// [`pruefe_positionen`]. Whether PROGRAMM covers the amounts is decided when the posting is committed.
pub fn zuteilen(
    id: Uuid,
    inhalt: Zuteilungsinhalt,
    gk: Option<&Gebietskoerperschaft>,
    fakten: &Budgetfakten<'_>,
    akteur: &Akteur,
) -> Urteil<Zuteilung> {
    let sperren = fakten.sperren(akteur);
    if !sperren.is_empty() {
        return Err(sperren);
    }
    let fenster = fakten.fenster()?;
    let jahrgang = fakten.jahrgang.jahrgang;
    let mut befunde: Vec<Befund> = pruefe_berechtigung(&inhalt.kreisschluessel, gk, jahrgang).into_iter().collect();
    if inhalt.positionen.is_empty() {
        befunde.push(Befund::neu(&ANGABE_FEHLT).ort("/positionen").gemessen("feld", "positionen", Einheit::Code));
    }
    befunde.extend(pruefe_positionen(&inhalt.positionen, fenster, fakten.katalog, "/positionen"));
    if !befunde.is_empty() {
        return Err(befunde);
    }
    let buchung = inhalt.positionen.iter().fold(
        Buchung::umbuchung("ZUTEILUNG", format!("Zuteilung {jahrgang} an {}", inhalt.kreisschluessel)),
        |b, p| {
            b.bewegung(
                p.landeskonto(jahrgang, Kontoart::Programm),
                p.konto(jahrgang, &inhalt.kreisschluessel, Kontoart::Verfuegbar),
                p.betrag,
            )
        },
    );
    let daten = serde_json::json!({
        "zuteilung_id": id, "jahrgang": jahrgang, "kreisschluessel": inhalt.kreisschluessel
    });
    let zuteilung = Zuteilung { id, jahrgang, inhalt, erstellt_von: akteur.person.clone() };
    Ok(Entscheidung::neu(zuteilung).buchung(buchung).ereignis("zuteilung.gebucht", daten))
}
