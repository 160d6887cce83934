//! Money of a Weiterleitung: payments to the Traeger, their reversal, reported use.

use super::akte::in_zukunft;
use super::{
    AUSZAHLUNGEN, AUSZAHLUNGSSTORNO, VERWENDUNGEN, Verwendungsmeldung, Weiterleitung, Weiterleitungsfakten,
    Weiterleitungszahlung,
};
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::Akteur;
use crate::budget::{Budgetstelle, pruefe_betrag};
use crate::geld::Euro;
use crate::konto::{Buchung, Kontoart};
use crate::regel::{
    AUSZAHLUNG_UEBER_EMPFANGENES, AUSZAHLUNG_UEBER_VERTRAG, AUSZAHLUNG_UNBEKANNT, RECHENBEREICH, STORNO_UEBER_BESTAND,
    VERWENDUNG_UEBER_AUSZAHLUNG,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Input of the act `auszahlungen`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "betrag": "1000.00", "wertstellung_am": "2026-09-15", "verwendungszweck": "Startklar, erste Rate", "haushaltsjahr": 2026 }))))]
#[serde(deny_unknown_fields)]
pub struct Weiterleitungsauszahlung {
    /// Amount, at most what is open and what was received for the measure.
    pub betrag: Euro,
    /// Value date; not in the future.
    pub wertstellung_am: NaiveDate,
    /// Remittance text.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 140,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Startklar, erste Rate")
        )
    )]
    pub verwendungszweck: String,
    /// Haushaltsjahr of the state funds.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
}

/// Input of the act `auszahlungsstorno`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "auszahlung_id": "019a0000-0000-7000-8000-000000000042", "grund": "Betrag falsch übernommen" }))))]
#[serde(deny_unknown_fields)]
pub struct Auszahlungsstorno {
    /// Payment of this Weiterleitung that was not reversed before.
    pub auszahlung_id: Uuid,
    /// Why.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Betrag falsch übernommen")
        )
    )]
    pub grund: String,
}

fn gruende(b: Option<Befund>) -> Result<(), Vec<Befund>> {
    b.map_or(Ok(()), |b| Err(vec![b]))
}

impl Weiterleitung {
    /// Records a payment: AUSGEZAHLT → WEITERGELEITET for the measure, with the value date as legal day.
    ///
    /// `am_tag` is what lay with the Gebietskoerperschaft for the measure and Haushaltsjahr at the end of the value date.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `BETRAG_ZU_KLEIN`, `DATUM_IN_ZUKUNFT`, `AUSZAHLUNG_UEBER_VERTRAG`,
    /// `AUSZAHLUNG_UEBER_EMPFANGENES`.
    pub fn auszahlen(
        &self,
        id: Uuid,
        e: &Weiterleitungsauszahlung,
        am_tag: Euro,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        self.frei_fuer(AUSZAHLUNGEN, akteur, fakten)?;
        let offen = self.stand().map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?.offen;
        // neither now nor on that day may more have left than had come
        let empfangen = fakten.bestand.get(&e.haushaltsjahr).copied().unwrap_or_default().min(am_tag);
        let mut befunde: Vec<Befund> = pruefe_betrag(e.betrag, "/betrag").into_iter().collect();
        befunde.extend(in_zukunft("/wertstellung_am", e.wertstellung_am, fakten.heute));
        if e.betrag > offen {
            befunde
                .push(Befund::neu(&AUSZAHLUNG_UEBER_VERTRAG).ort("/betrag").betrag("betrag", e.betrag, "offen", offen));
        }
        let position = fakten.bescheid.and_then(|b| {
            let mut p = b.inhalt.positionen.iter();
            p.find(|p| p.massnahme_id == self.inhalt.massnahme_id && p.haushaltsjahr == e.haushaltsjahr)
        });
        let Some(position) = position.filter(|_| e.betrag <= empfangen) else {
            befunde.push(
                Befund::neu(&AUSZAHLUNG_UEBER_EMPFANGENES)
                    .ort("/betrag")
                    .gemessen("haushaltsjahr", e.haushaltsjahr, Einheit::Anzahl)
                    .betrag("betrag", e.betrag, "empfangen", empfangen),
            );
            return Err(befunde);
        };
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let zahlung = Weiterleitungszahlung {
            id,
            betrag: e.betrag,
            wertstellung_am: e.wertstellung_am,
            haushaltsjahr: e.haushaltsjahr,
            teilbudget: position.teilbudget.clone(),
            verwendungszweck: e.verwendungszweck.clone(),
            stornogrund: None,
        };
        let buchung = self.buchung(&zahlung);
        let mut neu = self.clone();
        neu.auszahlungen.push(zahlung);
        Ok(Entscheidung::neu(neu).buchung(buchung).ereignis("weiterleitung.ausgezahlt", self.ereignisdaten()))
    }

    fn buchung(&self, z: &Weiterleitungszahlung) -> Buchung {
        let stelle = Budgetstelle {
            kreisschluessel: self.kreisschluessel.clone(),
            teilbudget: z.teilbudget.clone(),
            haushaltsjahr: z.haushaltsjahr,
        };
        let text = format!("Weiterleitung {}, Auszahlung {}", self.id, z.id);
        Buchung::umbuchung("WEITERLEITUNG", text).am(z.wertstellung_am).fuer_massnahme(
            self.inhalt.massnahme_id,
            stelle.konto(self.jahrgang, Kontoart::Ausgezahlt),
            stelle.konto(self.jahrgang, Kontoart::Weitergeleitet),
            z.betrag,
        )
    }

    /// Reverses a payment, with the same legal day; the record of it stays.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `AUSZAHLUNG_UNBEKANNT`, `STORNO_UEBER_BESTAND`.
    pub fn stornieren(
        &self,
        e: &Auszahlungsstorno,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        self.frei_fuer(AUSZAHLUNGSSTORNO, akteur, fakten)?;
        let mut neu = self.clone();
        let offen = |z: &&mut Weiterleitungszahlung| z.id == e.auszahlung_id && z.stornogrund.is_none();
        let Some(zahlung) = neu.auszahlungen.iter_mut().find(offen) else {
            return Err(vec![Befund::neu(&AUSZAHLUNG_UNBEKANNT).ort("/auszahlung_id").gemessen(
                "auszahlung_id",
                e.auszahlung_id,
                Einheit::Code,
            )]);
        };
        zahlung.stornogrund = Some(e.grund.clone());
        let zahlung = zahlung.clone();
        let bestand = self.stand().map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?.bestand;
        gruende((zahlung.betrag > bestand).then(|| {
            Befund::neu(&STORNO_UEBER_BESTAND).ort("/auszahlung_id").betrag(
                "betrag",
                zahlung.betrag,
                "bestand",
                bestand,
            )
        }))?;
        let storno = self.buchung(&zahlung).storno(format!("Storno der Auszahlung {}: {}", zahlung.id, e.grund));
        Ok(Entscheidung::neu(neu).buchung(storno).ereignis("weiterleitung.storniert", self.ereignisdaten()))
    }

    /// Reports what was used when, by the Gebietskoerperschaft or the Traeger.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `BETRAG_ZU_KLEIN`, `DATUM_IN_ZUKUNFT`, `VERWENDUNG_UEBER_AUSZAHLUNG`.
    pub fn verwendung_melden(
        &self,
        e: &Verwendungsmeldung,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        self.frei_fuer(VERWENDUNGEN, akteur, fakten)?;
        let bestand = self.stand().map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?.bestand;
        let mut befunde: Vec<Befund> = pruefe_betrag(e.betrag, "/betrag").into_iter().collect();
        befunde.extend(in_zukunft("/am", e.am, fakten.heute));
        if e.betrag > bestand {
            befunde.push(
                Befund::neu(&VERWENDUNG_UEBER_AUSZAHLUNG).ort("/betrag").betrag("betrag", e.betrag, "bestand", bestand),
            );
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let mut neu = self.clone();
        neu.verwendungen.push(e.clone());
        Ok(Entscheidung::neu(neu).ereignis("weiterleitung.verwendet", self.ereignisdaten()))
    }
}
