//! Money that comes in: attributed to a repayment and its interest in the order of the Regelwerk, to the cent.

use super::{Forderung, ForderungStatus, Forderungsart, Rueckzahlung, ZAHLUNGSEINGAENGE, ZAHLUNGSSTORNO};
use crate::aenderungsantrag::Erstattungsposten;
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::Akteur;
use crate::bestaetigung::Warnungsbestaetigung;
use crate::budget::{Budgetstelle, pruefe_betrag};
use crate::frist::Fristart;
use crate::gebietskoerperschaft::stichtag;
use crate::geld::{Euro, GeldFehler};
use crate::konto::{Buchung, Kontoart};
use crate::regel::{
    DATUM_IN_ZUKUNFT, EINGANG_DOPPELT, EINGANG_UNBEKANNT, EINGANG_VOR_AUSZAHLUNG, EINGANG_VOR_FORDERUNG,
    PARAMETER_FEHLT, RECHENBEREICH, UEBERZAHLUNG,
};
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

crate::status! {
    /// In which order a payment settles a claim and its interest (assumption: parameter `tilgungsreihenfolge`).
    Tilgungsreihenfolge {
        /// The repayment first.
        HauptforderungZuerst = "HAUPTFORDERUNG_ZUERST",
        /// Interest first.
        ZinsenZuerst = "ZINSEN_ZUERST",
    }
}

crate::status! {
    /// How a claim was settled.
    Tilgungsart {
        /// A payment on the claim.
        Zahlung = "ZAHLUNG",
        /// A payment before anything was claimed.
        Rueckzahlung = "RUECKZAHLUNG",
    }
}

/// Input of the act `zahlungseingaenge`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "betrag": "10000.00", "wertstellung_am": "2026-09-15", "referenz": "Kontoauszug 184, Umsatz 12" }))))]
#[serde(deny_unknown_fields)]
pub struct Zahlungseingang {
    /// Amount, at most what is open of the claim and its interest.
    pub betrag: Euro,
    /// Value date: interest on the amount ends with it; not in the future.
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
    /// The warnings that were read, each with the reason to record it all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// Input of the act `zahlungsstorno`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "eingang_id": "019a0000-0000-7000-8000-000000000071", "grund": "Die Zahlung gehört zu einem anderen Kassenzeichen." }))))]
#[serde(deny_unknown_fields)]
pub struct Zahlungsstorno {
    /// The payment as it was recorded; it is reversed at every claim it settled.
    pub eingang_id: Uuid,
    /// Why.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Die Zahlung gehört zu einem anderen Kassenzeichen.")
        )
    )]
    pub grund: String,
}

/// What a payment settles at one place of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tilgungsteil {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Teilbudget.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Amount.
    pub betrag: Euro,
}

impl Tilgungsteil {
    /// It settles a part of this place.
    pub fn gehoert_zu(&self, p: &Erstattungsposten) -> bool {
        (self.massnahme_id, &self.teilbudget, self.haushaltsjahr) == (p.massnahme_id, &p.teilbudget, p.haushaltsjahr)
    }
}

/// Why a payment does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tilgungsstorno {
    /// Legal day.
    pub am: NaiveDate,
    /// Who.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub person: String,
    /// Why.
    #[cfg_attr(feature = "schema", schema(max_length = 1000, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub grund: String,
}

/// What a payment settles of one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tilgung {
    /// Id.
    pub id: Uuid,
    /// The payment; the same at every claim it settles.
    pub eingang_id: Uuid,
    /// How.
    pub art: Tilgungsart,
    /// Amount.
    pub betrag: Euro,
    /// Value date.
    pub wertstellung_am: NaiveDate,
    /// What names the payment in the books of the treasury.
    #[cfg_attr(feature = "schema", schema(max_length = 140, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub referenz: String,
    /// Per place, in the order of the claim.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub teile: Vec<Tilgungsteil>,
    /// Who recorded it.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$"))]
    pub erfasst_von: String,
    /// Why it does not count; absent while it does.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub storno: Option<Tilgungsstorno>,
}

fn bereich(_: GeldFehler) -> Vec<Befund> {
    vec![Befund::neu(&RECHENBEREICH)]
}

/// The order of settlement.
///
/// # Errors
/// `PARAMETER_FEHLT`.
pub fn tilgungsreihenfolge(regelwerk: &Regelwerk, jahrgang: i32) -> Result<Tilgungsreihenfolge, Befund> {
    let am = stichtag(jahrgang);
    regelwerk.code("tilgungsreihenfolge", am)?.parse().map_err(|_| {
        Befund::neu(&PARAMETER_FEHLT)
            .gemessen("parameter", "tilgungsreihenfolge", Einheit::Code)
            .gemessen("stichtag", am, Einheit::Datum)
            .regelwerk(&regelwerk.version)
    })
}

/// How much of a payment settles each of the claims `gruppe`: a repayment and its interest. Claims of one kind are
/// settled in the order of their numbers.
///
/// # Errors
/// `UEBERZAHLUNG` when more comes in than is open, with the rest: nothing of a payment is cut off unseen.
pub fn teile_eingang(
    betrag: Euro,
    gruppe: &[Forderung],
    reihenfolge: Tilgungsreihenfolge,
) -> Result<Vec<(Uuid, Euro)>, Vec<Befund>> {
    let haupt_zuerst = reihenfolge == Tilgungsreihenfolge::HauptforderungZuerst;
    let mut geordnet: Vec<&Forderung> = gruppe.iter().collect();
    geordnet.sort_by_key(|f| ((f.art == Forderungsart::Erstattung) != haupt_zuerst, f.aktenzeichen.clone()));
    let mut rest = betrag;
    let mut teile = Vec::new();
    for f in geordnet {
        let teil = rest.min(f.offen().map_err(bereich)?);
        if teil.ist_positiv() {
            teile.push((f.id, teil));
            rest = rest.minus(teil).map_err(bereich)?;
        }
    }
    if rest.ist_positiv() {
        let offen = betrag.minus(rest).map_err(bereich)?;
        return Err(vec![Befund::neu(&UEBERZAHLUNG).ort("/betrag").betrag("betrag", betrag, "offen", offen)]);
    }
    Ok(teile)
}

/// The warning that a payment with this value date, amount and reference is recorded in the case already, on its claims
/// `forderungen` or before them.
///
/// # Errors
/// `RECHENBEREICH`.
pub fn eingang_doppelt(
    (betrag, am, referenz): (Euro, NaiveDate, &str),
    forderungen: &[Forderung],
    rueckzahlungen: &[Rueckzahlung],
) -> Result<Option<Befund>, Vec<Befund>> {
    let gleich = |r: &str, w: NaiveDate| w == am && r.trim().eq_ignore_ascii_case(referenz.trim());
    let mut je = BTreeMap::<Uuid, Euro>::new();
    // one payment may settle several claims
    for t in forderungen.iter().flat_map(Forderung::gezahlt).filter(|t| t.art == Tilgungsart::Zahlung) {
        if gleich(&t.referenz, t.wertstellung_am) {
            let summe = je.entry(t.eingang_id).or_default();
            *summe = summe.plus(t.betrag).map_err(bereich)?;
        }
    }
    let frueher = rueckzahlungen.iter().filter(|r| r.stornogrund.is_none() && gleich(&r.referenz, r.wertstellung_am));
    je.extend(frueher.map(|r| (r.id, r.betrag)));
    Ok(je.into_iter().find(|(_, b)| *b == betrag).map(|(eingang, _)| {
        Befund::neu(&EINGANG_DOPPELT)
            .ort("/referenz")
            .gemessen("betrag", betrag, Einheit::Eur)
            .gemessen("wertstellung", am, Einheit::Datum)
            .gemessen("referenz", referenz, Einheit::Text)
            .gemessen("eingang", eingang, Einheit::Code)
    }))
}

impl Forderung {
    /// The warning that the money came before the claim arose: interest on it would end before anybody claimed it.
    pub fn eingang_vorher(&self, e: &Zahlungseingang) -> Option<Befund> {
        (e.wertstellung_am < self.entstanden_am).then(|| {
            Befund::neu(&EINGANG_VOR_FORDERUNG)
                .ort("/wertstellung_am")
                .gemessen("wertstellung", e.wertstellung_am, Einheit::Datum)
                .erlaubt("entstanden", self.entstanden_am, Einheit::Datum)
        })
    }

    /// What speaks against recording the payment here, before it is divided.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `BETRAG_ZU_KLEIN`, `DATUM_IN_ZUKUNFT`, `EINGANG_VOR_AUSZAHLUNG`.
    pub fn pruefe_eingang(&self, e: &Zahlungseingang, heute: NaiveDate, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        self.frei_fuer(ZAHLUNGSEINGAENGE, akteur)?;
        let mut befunde: Vec<Befund> = pruefe_betrag(e.betrag, "/betrag").into_iter().collect();
        if e.wertstellung_am > heute {
            befunde.push(
                Befund::neu(&DATUM_IN_ZUKUNFT)
                    .ort("/wertstellung_am")
                    .gemessen("angegeben", e.wertstellung_am, Einheit::Datum)
                    .erlaubt("heute", heute, Einheit::Datum),
            );
        }
        let ausgezahlt = self.posten.iter().flat_map(|p| &p.zahlungen).map(|z| z.ausgezahlt_am);
        let erste = ausgezahlt.min().unwrap_or(self.entstanden_am);
        if e.wertstellung_am < erste {
            befunde.push(
                Befund::neu(&EINGANG_VOR_AUSZAHLUNG)
                    .ort("/wertstellung_am")
                    .gemessen("angegeben", e.wertstellung_am, Einheit::Datum)
                    .erlaubt("fruehestens", erste, Einheit::Datum),
            );
        }
        if befunde.is_empty() { Ok(()) } else { Err(befunde) }
    }

    /// Settles `betrag` of this claim with a payment: RUECKGEFORDERT → ERSTATTET, or ZINS_GEFORDERT → ZINS_BEZAHLT, place
    /// by place in the order of the claim.
    ///
    /// The posting counts from the value date, but not before the claim itself was posted.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn tilgen(
        &self,
        (id, eingang_id): (Uuid, Uuid),
        betrag: Euro,
        e: &Zahlungseingang,
        akteur: &Akteur,
    ) -> Urteil<Forderung> {
        let mut rest = betrag;
        let mut teile = Vec::new();
        for (p, offen) in self.offen_je_posten().map_err(bereich)? {
            let teil = rest.min(offen);
            if teil.ist_positiv() {
                teile.push(Tilgungsteil {
                    massnahme_id: p.massnahme_id,
                    teilbudget: p.teilbudget.clone(),
                    haushaltsjahr: p.haushaltsjahr,
                    betrag: teil,
                });
                rest = rest.minus(teil).map_err(bereich)?;
            }
        }
        let tilgung = Tilgung {
            id,
            eingang_id,
            art: Tilgungsart::Zahlung,
            betrag,
            wertstellung_am: e.wertstellung_am,
            referenz: e.referenz.clone(),
            teile,
            erfasst_von: akteur.person.clone(),
            storno: None,
        };
        let buchung = self.buchung(&tilgung);
        let mut neu = self.clone();
        neu.tilgungen.push(tilgung);
        let beglichen = neu.status() == ForderungStatus::Beglichen;
        let daten = self.ereignisdaten();
        let e = Entscheidung::neu(neu).buchung(buchung).ereignis("forderung.getilgt", daten.clone());
        Ok(if beglichen {
            e.erledigt(Fristart::Verjaehrung)
                .erledigt_bei(("BESCHEID", self.bescheid_id), Fristart::Erstattung)
                .ereignis("forderung.beglichen", daten)
        } else {
            e
        })
    }

    /// The payment as this claim knows it.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `EINGANG_UNBEKANNT` for one that is none, was reversed or came before the claim.
    pub fn eingang(&self, e: &Zahlungsstorno, akteur: &Akteur) -> Result<&Tilgung, Vec<Befund>> {
        self.frei_fuer(ZAHLUNGSSTORNO, akteur)?;
        self.gezahlt().find(|t| t.eingang_id == e.eingang_id && t.art == Tilgungsart::Zahlung).ok_or_else(|| {
            vec![Befund::neu(&EINGANG_UNBEKANNT).ort("/eingang_id").gemessen("eingang_id", e.eingang_id, Einheit::Code)]
        })
    }

    /// Reverses a payment with the same legal day; its record stays, and what it settled is open again. Where the claim
    /// was settled its deadline runs again, to the same day.
    ///
    /// # Errors
    /// As [`Forderung::eingang`].
    pub fn stornieren(&self, e: &Zahlungsstorno, heute: NaiveDate, akteur: &Akteur) -> Urteil<Forderung> {
        let tilgung = self.eingang(e, akteur)?;
        let storno = self.buchung(tilgung).storno(format!("Storno des Zahlungseingangs {}: {}", e.eingang_id, e.grund));
        let mut neu = self.clone();
        for t in neu.tilgungen.iter_mut().filter(|t| t.id == tilgung.id) {
            t.storno = Some(Tilgungsstorno { am: heute, person: akteur.person.clone(), grund: e.grund.clone() });
        }
        let frist = neu.verjaehrungsfrist();
        let hinweis = self.verzinste_eingaenge(|t| t.id == tilgung.id);
        let wieder_offen = self.status() == ForderungStatus::Beglichen && neu.status() != ForderungStatus::Beglichen;
        let e = Entscheidung::neu(neu)
            .befunde(hinweis.into_iter().collect())
            .buchung(storno)
            .frist(frist)
            .ereignis("forderung.tilgung_storniert", self.ereignisdaten());
        Ok(if wieder_offen { e.lebt_auf_bei(("BESCHEID", self.bescheid_id), Fristart::Erstattung) } else { e })
    }

    fn buchung(&self, t: &Tilgung) -> Buchung {
        let text = format!("Forderung {}, Zahlungseingang {}", self.aktenzeichen, t.eingang_id);
        let (von, nach) = match self.art {
            Forderungsart::Erstattung => (Kontoart::Rueckgefordert, Kontoart::Erstattet),
            Forderungsart::Erstattungszins | Forderungsart::Zwischenzins => {
                (Kontoart::ZinsGefordert, Kontoart::ZinsBezahlt)
            }
        };
        t.teile.iter().fold(
            Buchung::umbuchung("TILGUNG", text).am(t.wertstellung_am.max(self.entstanden_am)),
            |b, teil| {
                let stelle = Budgetstelle {
                    kreisschluessel: self.kreisschluessel.clone(),
                    teilbudget: teil.teilbudget.clone(),
                    haushaltsjahr: teil.haushaltsjahr,
                };
                let konto = |art| stelle.konto(self.jahrgang, art);
                b.fuer_massnahme(teil.massnahme_id, konto(von), konto(nach), teil.betrag)
            },
        )
    }
}
