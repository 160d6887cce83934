//! Money of a Weiterleitung: payments to the Traeger, their reversal, reported use.

use super::akte::{in_zukunft, ohne};
use super::{
    AUSZAHLUNGEN, AUSZAHLUNGSSTORNO, Empfangen, RUECKZAHLUNGEN, VERWENDUNGEN, Verwendungsmeldung, Weiterleitung,
    Weiterleitungsfakten, Weiterleitungsrueckzahlung, Weiterleitungszahlung,
};
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::Akteur;
use crate::budget::{Budgetstelle, pruefe_betrag};
use crate::geld::{Euro, GeldFehler};
use crate::konto::{Buchung, Kontoart};
use crate::regel::{
    AUSZAHLUNG_UEBER_EMPFANGENES, AUSZAHLUNG_UEBER_VERTRAG, AUSZAHLUNG_UNBEKANNT, AUSZAHLUNG_VOR_VERTRAG,
    RECHENBEREICH, RUECKGABE_UEBER_BESTAND, STORNO_UEBER_BESTAND, VERWENDUNG_NACH_ZEITRAUM,
    VERWENDUNG_UEBER_AUSZAHLUNG, VERWENDUNG_VOR_ZEITRAUM,
};
use crate::zeit::Zeitraum;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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

/// Input of the act `rueckzahlungen`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "betrag": "250.00", "wertstellung_am": "2026-09-15", "haushaltsjahr": 2026 }))))]
#[serde(deny_unknown_fields)]
pub struct Weiterleitungsrueckgabe {
    /// Amount, at most what lies with the Traeger and was paid to it in the Haushaltsjahr.
    pub betrag: Euro,
    /// Value date; not in the future.
    pub wertstellung_am: NaiveDate,
    /// Haushaltsjahr of the state funds that come back.
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

/// The Teilbudget in which most of the measure's money of a Haushaltsjahr lies, and how much: neither now nor on the day
/// may more have left than had come.
fn quelle(jetzt: &Empfangen, am_tag: &Empfangen, haushaltsjahr: i32) -> (Option<String>, Euro) {
    let stellen = jetzt.iter().filter(|((hj, _), _)| *hj == haushaltsjahr).map(|(stelle, saldo)| {
        let damals = am_tag.get(stelle).copied().unwrap_or_default();
        (stelle.1.clone(), damals.min(*saldo))
    });
    let meiste = stellen.max_by_key(|(_, saldo)| *saldo);
    meiste.map_or((None, Euro::NULL), |(teilbudget, saldo)| (Some(teilbudget), saldo))
}

impl Weiterleitung {
    /// Records a payment: AUSGEZAHLT → WEITERGELEITET for the measure, with the value date as legal day.
    ///
    /// `am_tag` is what lay with the Gebietskoerperschaft for the measure at the end of the value date, per place.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `BETRAG_ZU_KLEIN`, `DATUM_IN_ZUKUNFT`, `AUSZAHLUNG_VOR_VERTRAG`,
    /// `AUSZAHLUNG_UEBER_VERTRAG`, `AUSZAHLUNG_UEBER_EMPFANGENES`.
    pub fn auszahlen(
        &self,
        id: Uuid,
        e: &Weiterleitungsauszahlung,
        am_tag: &Empfangen,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        self.frei_fuer(AUSZAHLUNGEN, akteur, fakten)?;
        let offen = self.stand().map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?.offen;
        let mut befunde: Vec<Befund> = pruefe_betrag(e.betrag, "/betrag").into_iter().collect();
        befunde.extend(self.pruefe_geldtag(e.wertstellung_am, fakten.heute));
        if e.betrag > offen {
            befunde
                .push(Befund::neu(&AUSZAHLUNG_UEBER_VERTRAG).ort("/betrag").betrag("betrag", e.betrag, "offen", offen));
        }
        let (teilbudget, empfangen) = quelle(&fakten.bestand, am_tag, e.haushaltsjahr);
        let Some(teilbudget) = teilbudget.filter(|_| e.betrag <= empfangen) else {
            befunde.push(
                Befund::neu(&AUSZAHLUNG_UEBER_EMPFANGENES)
                    .ort("/betrag")
                    .gemessen("haushaltsjahr", e.haushaltsjahr, Einheit::Anzahl)
                    .betrag("betrag", e.betrag, "empfangen", empfangen),
            );
            return Err(befunde);
        };
        ohne(befunde)?;
        let zahlung = Weiterleitungszahlung {
            id,
            betrag: e.betrag,
            wertstellung_am: e.wertstellung_am,
            haushaltsjahr: e.haushaltsjahr,
            teilbudget,
            verwendungszweck: e.verwendungszweck.clone(),
            stornogrund: None,
        };
        let buchung = self.buchung(&zahlung);
        let mut neu = self.clone();
        neu.auszahlungen.push(zahlung);
        Ok(Entscheidung::neu(neu).buchung(buchung).ereignis("weiterleitung.ausgezahlt", self.ereignisdaten()))
    }

    /// No money moves before the contract, nor on a day to come.
    fn pruefe_geldtag(&self, am: NaiveDate, heute: NaiveDate) -> Vec<Befund> {
        let zu_frueh = self.abgeschlossen_am.filter(|vertrag| am < *vertrag).map(|vertrag| {
            Befund::neu(&AUSZAHLUNG_VOR_VERTRAG)
                .ort("/wertstellung_am")
                .gemessen("angegeben", am, Einheit::Datum)
                .erlaubt("vertrag", vertrag, Einheit::Datum)
        });
        zu_frueh.into_iter().chain(in_zukunft("/wertstellung_am", am, heute)).collect()
    }

    /// Records money the Traeger gave back: WEITERGELEITET → AUSGEZAHLT, so it lies with the Gebietskoerperschaft again.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `BETRAG_ZU_KLEIN`, `DATUM_IN_ZUKUNFT`, `AUSZAHLUNG_VOR_VERTRAG`,
    /// `RUECKGABE_UEBER_BESTAND`.
    pub fn zurueckzahlen(
        &self,
        id: Uuid,
        e: &Weiterleitungsrueckgabe,
        fakten: &Weiterleitungsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Weiterleitung> {
        self.frei_fuer(RUECKZAHLUNGEN, akteur, fakten)?;
        let bereich = |_| vec![Befund::neu(&RECHENBEREICH)];
        let mut befunde: Vec<Befund> = pruefe_betrag(e.betrag, "/betrag").into_iter().collect();
        befunde.extend(self.pruefe_geldtag(e.wertstellung_am, fakten.heute));
        let (teilbudget, dort) = self.beim_traeger(e.haushaltsjahr).map_err(bereich)?;
        let bestand = dort.min(self.stand().map_err(bereich)?.bestand);
        let Some(teilbudget) = teilbudget.filter(|_| e.betrag <= bestand) else {
            befunde.push(
                Befund::neu(&RUECKGABE_UEBER_BESTAND)
                    .ort("/betrag")
                    .gemessen("haushaltsjahr", e.haushaltsjahr, Einheit::Anzahl)
                    .betrag("betrag", e.betrag, "bestand", bestand),
            );
            return Err(befunde);
        };
        ohne(befunde)?;
        let rueckgabe = Weiterleitungsrueckzahlung {
            id,
            betrag: e.betrag,
            wertstellung_am: e.wertstellung_am,
            haushaltsjahr: e.haushaltsjahr,
            teilbudget,
        };
        let text = format!("Weiterleitung {}, Rückzahlung {id}", self.id);
        let stelle = self.stelle(&rueckgabe.teilbudget, rueckgabe.haushaltsjahr);
        let buchung = Buchung::umbuchung("WEITERLEITUNG", text).am(e.wertstellung_am).fuer_massnahme(
            self.inhalt.massnahme_id,
            stelle.konto(self.jahrgang, Kontoart::Weitergeleitet),
            stelle.konto(self.jahrgang, Kontoart::Ausgezahlt),
            e.betrag,
        );
        let mut neu = self.clone();
        neu.rueckzahlungen.push(rueckgabe);
        Ok(Entscheidung::neu(neu).buchung(buchung).ereignis("weiterleitung.zurueckgezahlt", self.ereignisdaten()))
    }

    /// The Teilbudget from which most was paid to the Traeger in a Haushaltsjahr and not given back, and how much.
    fn beim_traeger(&self, haushaltsjahr: i32) -> Result<(Option<String>, Euro), GeldFehler> {
        let mut je = BTreeMap::<&str, Euro>::new();
        for z in self.auszahlungen.iter().filter(|z| z.stornogrund.is_none() && z.haushaltsjahr == haushaltsjahr) {
            let s = je.entry(&z.teilbudget).or_default();
            *s = s.plus(z.betrag)?;
        }
        for r in self.rueckzahlungen.iter().filter(|r| r.haushaltsjahr == haushaltsjahr) {
            let s = je.entry(&r.teilbudget).or_default();
            *s = s.minus(r.betrag)?;
        }
        let meiste = je.into_iter().max_by_key(|(_, s)| *s);
        Ok(meiste.map_or((None, Euro::NULL), |(t, s)| (Some(t.to_owned()), s)))
    }

    fn stelle(&self, teilbudget: &str, haushaltsjahr: i32) -> Budgetstelle {
        Budgetstelle { kreisschluessel: self.kreisschluessel.clone(), teilbudget: teilbudget.to_owned(), haushaltsjahr }
    }

    fn buchung(&self, z: &Weiterleitungszahlung) -> Buchung {
        let stelle = self.stelle(&z.teilbudget, z.haushaltsjahr);
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
        if zahlung.betrag > bestand {
            return Err(vec![Befund::neu(&STORNO_UEBER_BESTAND).ort("/auszahlung_id").betrag(
                "betrag",
                zahlung.betrag,
                "bestand",
                bestand,
            )]);
        }
        let storno = self.buchung(&zahlung).storno(format!("Storno der Auszahlung {}: {}", zahlung.id, e.grund));
        Ok(Entscheidung::neu(neu).buchung(storno).ereignis("weiterleitung.storniert", self.ereignisdaten()))
    }

    /// Reports what was used when, by the Gebietskoerperschaft or the Traeger.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `BETRAG_ZU_KLEIN`, `DATUM_IN_ZUKUNFT`, `VERWENDUNG_VOR_ZEITRAUM`,
    /// `VERWENDUNG_UEBER_AUSZAHLUNG`. A use after the period is a hint: it counts if it was caused within.
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
        let Zeitraum { von, bis } = self.inhalt.bewilligungszeitraum;
        if e.am < von {
            befunde.push(
                Befund::neu(&VERWENDUNG_VOR_ZEITRAUM).ort("/am").gemessen("angegeben", e.am, Einheit::Datum).erlaubt(
                    "beginn",
                    von,
                    Einheit::Datum,
                ),
            );
        }
        if e.betrag > bestand {
            befunde.push(
                Befund::neu(&VERWENDUNG_UEBER_AUSZAHLUNG).ort("/betrag").betrag("betrag", e.betrag, "bestand", bestand),
            );
        }
        ohne(befunde)?;
        let hinweis = (e.am > bis).then(|| {
            Befund::neu(&VERWENDUNG_NACH_ZEITRAUM).ort("/am").gemessen("angegeben", e.am, Einheit::Datum).erlaubt(
                "ende",
                bis,
                Einheit::Datum,
            )
        });
        let mut neu = self.clone();
        neu.verwendungen.push(e.clone());
        Ok(Entscheidung::neu(neu)
            .befunde(hinweis.into_iter().collect())
            .ereignis("weiterleitung.verwendet", self.ereignisdaten()))
    }
}
