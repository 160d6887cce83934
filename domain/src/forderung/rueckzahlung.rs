//! Money a Gebietskoerperschaft gives back on its own account, before anything is claimed (dossier S7).

use super::Tilgungsteil;
use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht, gleiche_person};
use crate::budget::{Budgetstelle, pruefe_betrag, pruefe_recht};
use crate::geld::{Euro, GeldFehler};
use crate::konto::{Buchung, Kontoart};
use crate::regel::{
    DATUM_IN_ZUKUNFT, ENTSCHEIDUNG_VERALTET, RECHENBEREICH, RUECKZAHLUNG_ANGERECHNET, RUECKZAHLUNG_UEBER_BESTAND,
    VIER_AUGEN,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: reverse a repayment that was recorded wrongly.
pub const STORNO: &str = "storno";

crate::status! {
    /// State of a repayment before a claim.
    RueckzahlungStatus {
        /// It counts.
        Gebucht = "GEBUCHT",
        /// It was reversed.
        Storniert = "STORNIERT",
    }
}

/// What is recorded of a repayment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "massnahme_id": "019a0000-0000-7000-8000-0000000000e1", "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "betrag": "14880.00", "wertstellung_am": "2026-09-15", "referenz": "Kontoauszug 184, Umsatz 12" }))))]
#[serde(deny_unknown_fields)]
pub struct Rueckzahlungsangaben {
    /// Measure for which the money was paid.
    pub massnahme_id: Uuid,
    /// Teilbudget of the money.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Its Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Amount, at most what lies with the county at this place.
    pub betrag: Euro,
    /// Value date: a later claim bears no interest on the amount from then on; not in the future.
    pub wertstellung_am: NaiveDate,
    /// What names the payment in the books of the treasury.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 140,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Kontoauszug 184, Umsatz 12")
        )
    )]
    pub referenz: String,
}

/// A repayment before a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rueckzahlung {
    /// Id.
    pub id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Who paid.
    pub kreisschluessel: String,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Teilbudget.
    pub teilbudget: String,
    /// Haushaltsjahr.
    pub haushaltsjahr: i32,
    /// Amount.
    pub betrag: Euro,
    /// What of it settles claims that came later.
    pub angerechnet: Euro,
    /// Value date.
    pub wertstellung_am: NaiveDate,
    /// What names the payment in the books of the treasury.
    pub referenz: String,
    /// Who recorded it.
    pub erfasst_von: String,
    /// Why it was reversed; none while it counts.
    pub stornogrund: Option<String>,
    /// What of it was reversed after a claim had used the other part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teilstorno: Option<Teilstorno>,
}

/// The part of a repayment that no claim had used, reversed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Teilstorno {
    /// Amount.
    pub betrag: Euro,
    /// Why.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub grund: String,
}

/// State table.
pub const RUECKZAHLUNG_UEBERGAENGE: &[Uebergang<RueckzahlungStatus>] = &[Uebergang {
    akt: STORNO,
    recht: Recht::ForderungBuchen,
    von: &[RueckzahlungStatus::Gebucht],
    nach: Some(RueckzahlungStatus::Storniert),
}];

/// The case to which a repayment belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rueckzahlungsfall {
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Who paid.
    pub kreisschluessel: String,
}

impl Rueckzahlung {
    /// It may settle a claim whose Bescheid `akteur` releases and that was drafted at `entworfen`: another person recorded
    /// it, and before the draft.
    ///
    /// # Errors
    /// `VIER_AUGEN`, `ENTSCHEIDUNG_VERALTET`.
    pub fn pruefe_anrechnung(
        &self,
        (erfasst, entworfen): (DateTime<Utc>, DateTime<Utc>),
        akteur: &Akteur,
    ) -> Result<(), Vec<Befund>> {
        if gleiche_person(&self.erfasst_von, &akteur.person) {
            return Err(vec![Befund::neu(&VIER_AUGEN).gemessen("person", &akteur.person, Einheit::Text)]);
        }
        if erfasst > entworfen {
            return Err(vec![Befund::neu(&ENTSCHEIDUNG_VERALTET).ort("/rueckzahlungen").gemessen(
                "rueckzahlung",
                self.id,
                Einheit::Code,
            )]);
        }
        Ok(())
    }

    /// State.
    pub fn status(&self) -> RueckzahlungStatus {
        if self.stornogrund.is_some() { RueckzahlungStatus::Storniert } else { RueckzahlungStatus::Gebucht }
    }

    /// What of it no claim has used.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`].
    pub fn frei(&self) -> Result<Euro, GeldFehler> {
        if self.stornogrund.is_some() {
            return Ok(Euro::NULL);
        }
        let storniert = self.teilstorno.as_ref().map(|t| t.betrag).unwrap_or_default();
        self.betrag.minus(self.angerechnet)?.minus(storniert)
    }

    /// What of it came back and was not reversed, used by a claim or not.
    ///
    /// # Errors
    /// [`GeldFehler`].
    pub fn zurueckgekommen(&self) -> Result<Euro, GeldFehler> {
        self.frei()?.plus(self.angerechnet)
    }

    /// The part `betrag` of it as a claim keeps it.
    pub fn teil(&self, betrag: Euro) -> Tilgungsteil {
        Tilgungsteil {
            massnahme_id: self.massnahme_id,
            teilbudget: self.teilbudget.clone(),
            haushaltsjahr: self.haushaltsjahr,
            betrag,
        }
    }

    /// Records one: AUSGEZAHLT → ZURUECKGEZAHLT with the value date. `vorhanden` is what lies with the county at the place
    /// now and, where that is less, on the value date.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `BETRAG_ZU_KLEIN`, `DATUM_IN_ZUKUNFT`, `RUECKZAHLUNG_UEBER_BESTAND`.
    pub fn erfassen(
        id: Uuid,
        fall: Rueckzahlungsfall,
        e: &Rueckzahlungsangaben,
        vorhanden: Euro,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Rueckzahlung> {
        if let Some(b) = pruefe_recht(akteur, Recht::ForderungBuchen) {
            return Err(vec![b]);
        }
        let mut befunde: Vec<Befund> = pruefe_betrag(e.betrag, "/betrag").into_iter().collect();
        if e.wertstellung_am > heute {
            befunde.push(
                Befund::neu(&DATUM_IN_ZUKUNFT)
                    .ort("/wertstellung_am")
                    .gemessen("angegeben", e.wertstellung_am, Einheit::Datum)
                    .erlaubt("heute", heute, Einheit::Datum),
            );
        }
        if e.betrag > vorhanden {
            befunde.push(
                Befund::neu(&RUECKZAHLUNG_UEBER_BESTAND)
                    .ort("/betrag")
                    .gemessen("teilbudget", &e.teilbudget, Einheit::Code)
                    .gemessen("haushaltsjahr", e.haushaltsjahr, Einheit::Anzahl)
                    .betrag("betrag", e.betrag, "vorhanden", vorhanden),
            );
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let neu = Rueckzahlung {
            id,
            antrag_id: fall.antrag_id,
            jahrgang: fall.jahrgang,
            kreisschluessel: fall.kreisschluessel,
            massnahme_id: e.massnahme_id,
            teilbudget: e.teilbudget.clone(),
            haushaltsjahr: e.haushaltsjahr,
            betrag: e.betrag,
            angerechnet: Euro::NULL,
            wertstellung_am: e.wertstellung_am,
            referenz: e.referenz.clone(),
            erfasst_von: akteur.person.clone(),
            stornogrund: None,
            teilstorno: None,
        };
        let (buchung, daten) = (neu.buchung(neu.betrag), neu.ereignisdaten());
        Ok(Entscheidung::neu(neu).buchung(buchung).ereignis("rueckzahlung.gebucht", daten))
    }

    fn buchung(&self, betrag: Euro) -> Buchung {
        let stelle = Budgetstelle {
            kreisschluessel: self.kreisschluessel.clone(),
            teilbudget: self.teilbudget.clone(),
            haushaltsjahr: self.haushaltsjahr,
        };
        let konto = |art| stelle.konto(self.jahrgang, art);
        Buchung::umbuchung("RUECKZAHLUNG", format!("Rückzahlung {}", self.id)).am(self.wertstellung_am).fuer_massnahme(
            self.massnahme_id,
            konto(Kontoart::Ausgezahlt),
            konto(Kontoart::Zurueckgezahlt),
            betrag,
        )
    }

    fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({ "rueckzahlung_id": self.id, "antrag_id": self.antrag_id })
    }

    /// A part of it settles a claim.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn anrechnen(&self, betrag: Euro) -> Urteil<Rueckzahlung> {
        let angerechnet = self.angerechnet.plus(betrag).map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?;
        Ok(Entscheidung::neu(Rueckzahlung { angerechnet, ..self.clone() }))
    }

    /// All acts with what they would find.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let zusatz = |_: &str| {
            let benutzt = self.frei().is_ok_and(|f| !f.ist_positiv());
            let befund =
                || Befund::neu(&RUECKZAHLUNG_ANGERECHNET).gemessen("angerechnet", self.angerechnet, Einheit::Eur);
            benutzt.then(befund).into_iter().collect()
        };
        crate::akt::aktionen(RUECKZAHLUNG_UEBERGAENGE, self.status(), akteur, |_| None, zusatz)
    }

    /// Reverses it with the same legal day; the record stays. Where a claim used a part of it, the rest is reversed and that
    /// part goes on counting.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `RUECKZAHLUNG_ANGERECHNET` once claims used all of it, `RECHENBEREICH`.
    pub fn stornieren(&self, e: &Handlungsgrund, akteur: &Akteur) -> Urteil<Rueckzahlung> {
        frei(self.aktionen(akteur), STORNO)?;
        let frei = self.frei().map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?;
        let storno = self.buchung(frei).storno(format!("Storno der Rückzahlung {}: {}", self.id, e.grund));
        let grund = e.grund.clone();
        let neu = if self.angerechnet.ist_positiv() {
            Rueckzahlung { teilstorno: Some(Teilstorno { betrag: frei, grund }), ..self.clone() }
        } else {
            Rueckzahlung { stornogrund: Some(grund), ..self.clone() }
        };
        Ok(Entscheidung::neu(neu).buchung(storno).ereignis("rueckzahlung.storniert", self.ereignisdaten()))
    }
}

/// Which repayments settle the claim of `betrag` at a place, the oldest first: indices into `alle` with amounts.
///
/// # Errors
/// [`GeldFehler::Bereich`].
pub fn rechne_an(
    alle: &[Rueckzahlung],
    stelle: (Uuid, &str, i32),
    betrag: Euro,
) -> Result<Vec<(usize, Euro)>, GeldFehler> {
    let mut passend: Vec<(usize, &Rueckzahlung)> = alle
        .iter()
        .enumerate()
        .filter(|(_, r)| (r.massnahme_id, r.teilbudget.as_str(), r.haushaltsjahr) == stelle)
        .collect();
    passend.sort_by_key(|(_, r)| (r.wertstellung_am, r.id));
    let mut rest = betrag;
    let mut teile = Vec::new();
    for (i, r) in passend {
        let teil = rest.min(r.frei()?);
        if teil.ist_positiv() {
            teile.push((i, teil));
            rest = rest.minus(teil)?;
        }
    }
    // the ledger covers what the Bescheid says came back; anything else cannot be attributed
    if rest.ist_null() { Ok(teile) } else { Err(GeldFehler::Bereich) }
}
