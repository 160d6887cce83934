//! Taking a Bescheid about interest back (§ 48 HVwVfG), as a whole: the grant stays as it is, the interest is not owed any
//! more and can be fixed anew.

use super::aufhebung::{frist_nach_kenntnis, pruefe_grund};
use super::schluss::gruende;
use super::{
    Aufhebungseingabe, Aufhebungsgrund, Aufhebungswirkung, Bescheid, Bescheidart, Bescheidinhalt, Entscheidungsart,
    Kettenglied, RUECKNAHME, entwurf,
};
use crate::aenderungsantrag::Erstattungsposten;
use crate::akt::{Entscheidung, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::Akteur;
use crate::bestaetigung::bestaetige;
use crate::budget::Budgetstelle;
use crate::forderung::{Forderung, Forderungsart};
use crate::frist::Fristart;
use crate::geld::Euro;
use crate::konto::{Buchung, Kontoart};
use crate::regel::{ANHOERUNG_FEHLT, BESCHEID_AUFGEHOBEN, ENTSCHEIDUNG_VERALTET, ZINSBESCHEID_NUR_GANZ};
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the withdrawal of a Bescheid about interest regulates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zinsruecknahme {
    /// The Bescheid about interest that is taken back.
    pub bescheid_id: Uuid,
    /// On what ground.
    pub grund: Aufhebungsgrund,
    /// Day on which the authority knew the facts.
    pub kenntnis_am: NaiveDate,
    /// The hearing before it; absent where none was held, as when nobody is burdened.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub anhoerung_id: Option<Uuid>,
    /// Kind of the interest.
    pub art: Forderungsart,
    /// The repayment on which it ran; absent for Zwischenzinsen.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub forderung_id: Option<Uuid>,
    /// Interest that is not owed any more; 0.00 where it had been waived.
    pub betrag: Euro,
    /// The same per place.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub posten: Vec<Erstattungsposten>,
}

/// What the withdrawal needs to know.
#[derive(Debug, Clone)]
pub struct Zinsruecknahmefakten<'a> {
    /// The claim that the Bescheid made; none where it waived the interest.
    pub forderung: Option<&'a Forderung>,
    /// Regelwerk of the case.
    pub regelwerk: &'a Regelwerk,
    /// Last issued link of the chain.
    pub vorgaenger: Option<Kettenglied>,
    /// The named hearing was held, or its time is over.
    pub angehoert: bool,
    /// A hearing about a withdrawal that is still open.
    pub anhoerungen: Vec<Befund>,
    /// Legal day.
    pub heute: NaiveDate,
}

impl Bescheid {
    /// The finding that a later Bescheid took this one back.
    pub fn aufgehoben(&self) -> Option<Befund> {
        self.aufgehoben_durch.map(|durch| {
            Befund::neu(&BESCHEID_AUFGEHOBEN).gemessen("bescheid", self.id, Einheit::Code).gemessen(
                "durch",
                durch,
                Einheit::Code,
            )
        })
    }

    /// Drafts the Bescheid that takes this one about interest back. Nothing moves yet.
    ///
    /// To be relieved of interest burdens nobody, so only the withdrawal of a waiver knows a hearing and the year of § 48
    /// Abs. 4.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `BESCHEID_AUFGEHOBEN`, `ZINSBESCHEID_NUR_GANZ`, `AUFHEBUNG_GRUND`,
    /// `DATUM_IN_ZUKUNFT`, `ZINSFORDERUNG_BEZAHLT`, `BEGRUENDUNG_FEHLT`; of a waiver `AUFHEBUNG_FRIST`,
    /// `ANHOERUNG_LAEUFT`, `ANHOERUNG_FEHLT`.
    pub fn zinsen_zuruecknehmen(
        &self,
        id: Uuid,
        e: &Aufhebungseingabe,
        f: &Zinsruecknahmefakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Bescheid> {
        frei(self.aktionen(akteur, f.heute), RUECKNAHME)?;
        let Some(z) = &self.inhalt.zins else {
            return Err(vec![Befund::neu(&ZINSBESCHEID_NUR_GANZ).ort("/rest")]);
        };
        let mut befunde = Vec::new();
        if e.wirkung != Aufhebungswirkung::Vergangenheit {
            befunde.push(Befund::neu(&ZINSBESCHEID_NUR_GANZ).ort("/wirkung"));
        }
        if !e.rest.is_empty() {
            befunde.push(Befund::neu(&ZINSBESCHEID_NUR_GANZ).ort("/rest"));
        }
        befunde.extend(pruefe_grund(RUECKNAHME, e, f.heute));
        if z.festgesetzt.ist_null() {
            befunde.extend(frist_nach_kenntnis(e, f.regelwerk, self.inhalt.jahrgang, f.heute).map_err(|b| vec![b])?);
            befunde.extend(f.anhoerungen.iter().cloned());
            if !f.angehoert {
                befunde.push(Befund::neu(&ANHOERUNG_FEHLT).gemessen("erstattung", z.zinsen, Einheit::Eur));
            }
        }
        befunde.extend(f.forderung.and_then(Forderung::bezahlte_zinsen));
        let begruendung = gruende(&e.begruendung, f.regelwerk, self.inhalt.jahrgang);
        befunde.extend(begruendung.as_ref().err().cloned());
        let befunde = bestaetige(befunde, &e.bestaetigte_warnungen)?;
        let inhalt = Bescheidinhalt {
            art: Bescheidart::Zinsruecknahme,
            entscheidung: Entscheidungsart::Festsetzung,
            begruendung: begruendung.ok(),
            kettenglied: f.vorgaenger.as_ref().map_or(1, |v| v.nr.saturating_add(1)),
            vorgaenger_id: f.vorgaenger.as_ref().map(|v| v.id),
            vorgaenger_hash: f.vorgaenger.as_ref().map(|v| v.inhalt_hash.clone()),
            zins: None,
            zinsruecknahme: Some(Zinsruecknahme {
                bescheid_id: self.id,
                grund: e.grund,
                kenntnis_am: e.kenntnis_am,
                anhoerung_id: e.anhoerung_id,
                art: z.art,
                forderung_id: z.forderung_id,
                betrag: z.festgesetzt,
                posten: z.posten.clone(),
            }),
            ..self.inhalt.clone()
        };
        entwurf(id, inhalt, befunde, akteur)
    }

    /// What keeps this drafted withdrawal from being released: a payment came, a hearing was opened, the chain went on.
    /// `zins` is the Bescheid it takes back.
    pub fn pruefe_zinsruecknahme(&self, zins: &Bescheid, f: &Zinsruecknahmefakten<'_>) -> Vec<Befund> {
        let mut befunde: Vec<Befund> = zins.aufgehoben().into_iter().collect();
        befunde.extend(f.forderung.and_then(Forderung::bezahlte_zinsen));
        if zins.inhalt.zins.as_ref().is_some_and(|z| z.festgesetzt.ist_null()) {
            befunde.extend(f.anhoerungen.iter().cloned());
        }
        if befunde.is_empty() && self.inhalt.vorgaenger_id != f.vorgaenger.as_ref().map(|v| v.id) {
            befunde.push(
                Befund::neu(&ENTSCHEIDUNG_VERALTET)
                    .ort("/inhalt/zinsruecknahme")
                    .gemessen("bescheid", self.id, Einheit::Code)
                    .erlaubt("geltend", zins.id, Einheit::Code),
            );
        }
        befunde
    }

    /// This Bescheid is taken back by the released Bescheid `durch`: its deadlines have no reason any more.
    pub fn wird_aufgehoben(&self, durch: Uuid) -> Entscheidung<Bescheid> {
        let daten = serde_json::json!({ "bescheid_id": self.id, "antrag_id": self.inhalt.antrag_id });
        Entscheidung::neu(Bescheid { aufgehoben_durch: Some(durch), ..self.clone() })
            .entfaellt(Fristart::Erstattung)
            .entfaellt(Fristart::Rechtsbehelf)
            .ereignis("bescheid.aufgehoben", daten)
    }

    /// Interest is not claimed any more: ZINS_GEFORDERT → ZINS_FESTGESETZT, per place.
    pub(super) fn zinsruecknahmebuchung(&self, z: &Zinsruecknahme) -> Buchung {
        let text = format!("Rücknahme des Zinsbescheids {} durch {}", z.bescheid_id, self.id);
        z.posten.iter().fold(Buchung::umbuchung("ZINSRUECKNAHME", text), |b, p| {
            let stelle = Budgetstelle {
                kreisschluessel: self.inhalt.kreisschluessel.clone(),
                teilbudget: p.teilbudget.clone(),
                haushaltsjahr: p.haushaltsjahr,
            };
            let konto = |art| stelle.konto(self.inhalt.jahrgang, art);
            b.bewegung(konto(Kontoart::ZinsGefordert), konto(Kontoart::ZinsFestgesetzt), p.betrag)
        })
    }
}
