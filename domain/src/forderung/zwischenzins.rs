//! The Bescheid about interest on money that was not used in time (§ 49a Abs. 4 HVwVfG): it hangs on a payment of the
//! case, not on a claim.

use super::{Forderungsart, Rueckzahlung, Zinsbescheidfakten, Zinsregelung, Zinsstaffelabschnitt, zinsentwurf};
use crate::aenderungsantrag::{Erstattungsposten, Zahlungsbewegung, auszahlungen};
use crate::akt::Urteil;
use crate::antrag::Antrag;
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bescheid::{Bescheid, Bewilligungsstelle};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::budget::pruefe_recht;
use crate::gebietskoerperschaft::stichtag;
use crate::geld::{Euro, GeldFehler, Prozent};
use crate::regel::{
    DATUM_IN_ZUKUNFT, ENTSCHEIDUNG_LAEUFT, KENNTNIS_VOR_AUSZAHLUNG, RECHENBEREICH, ZINS_UNTER_BAGATELLE,
    ZINSBESCHEID_VERALTET, ZINSEN_KEINE, ZWISCHENZINS_FRISTGERECHT, ZWISCHENZINS_TEILWEISE_FESTGESETZT,
    ZWISCHENZINS_UEBER_AUSZAHLUNG, ZWISCHENZINS_UEBERSCHNEIDUNG, ZWISCHENZINS_ZAHLUNG_UNBEKANNT,
};
use crate::weiterleitung::Verwendungsmeldung;
use crate::zeit::tag;
use crate::zins::{
    Mittelbewegung, Zinsbeginn, Zinsfrage, Zinssatz, Zwischenzinsfrage, Zwischenzinsposten, Zwischenzinsregeln,
    als_bruch, berechne_exakt, eingabe, zwischenzins,
};
use chrono::{Datelike, Days, NaiveDate};
use num_rational::BigRational;
use num_traits::Zero;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Input of the draft of a Bescheid about Zwischenzinsen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "massnahme_id": "019a0000-0000-7000-8000-0000000000e1", "teilbudget": "ALLGEMEIN", "haushaltsjahr": 2026, "ausgezahlt_am": "2026-05-04", "verwendungen": [{ "am": "2026-08-31", "betrag": "20000.00" }], "kenntnis_am": "2026-09-01", "ermessen_begruendung": "Die Mittel lagen vier Monate ungenutzt; Gründe, von Zinsen abzusehen, sind nicht vorgetragen.", "verzoegerung_behoerde_tage": 0 }))))]
#[serde(deny_unknown_fields)]
pub struct Zwischenzinsbescheideingabe {
    /// Measure for which the money was paid.
    pub massnahme_id: Uuid,
    /// Teilbudget of the money.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Its Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Value date of the payment; its amount is read from the ledger.
    pub ausgezahlt_am: NaiveDate,
    /// What of the payment was used when, the share of the Land alone; what was given back is known from the recorded
    /// repayments. Left empty where a Weiterleitung tells it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    pub verwendungen: Vec<Verwendungsmeldung>,
    /// The Weiterleitung of the measure whose reported uses count; they use up the payments of the measure in order of
    /// their value dates.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub weiterleitung_id: Option<Uuid>,
    /// First day without interest for what was not used; without it such a part bears nothing.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bis: Option<NaiveDate>,
    /// Day on which the authority knew of the late use; the limitation runs from the end of its year.
    pub kenntnis_am: NaiveDate,
    /// Grounds of the discretion (§ 39 Abs. 1 S. 3, § 40 HVwVfG): interest may be claimed, it need not.
    #[cfg_attr(
        feature = "schema",
        schema(
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Mittel lagen vier Monate ungenutzt; Gründe, von Zinsen abzusehen, sind nicht vorgetragen.")
        )
    )]
    pub ermessen_begruendung: String,
    /// Days by which the authority itself delayed the decision; the grounds must deal with them (BVerwG 3 C 7.09).
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 36600))]
    pub verzoegerung_behoerde_tage: i64,
    /// What the grounds say about these days; mandatory above 0.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples(
                "Die Prüfung ruhte wegen einer Rückfrage; die Zinsen dieser Tage bleiben, weil das Geld zur Verfügung stand."
            )
        )
    )]
    pub verzoegerung_begruendung: Option<String>,
    /// The warnings that were read, each with the reason to go on all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// A part of a payment that was used late, or not until a named day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zwischenzinsteil {
    /// Capital.
    pub betrag: Euro,
    /// Day of its use or return; absent where it was neither.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub verwendet_am: Option<NaiveDate>,
    /// What of it was given back on that day; absent where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub zurueckgezahlt: Option<Euro>,
    /// First day with interest.
    pub von: NaiveDate,
    /// First day without.
    pub bis: NaiveDate,
    /// Interest, rounded by itself.
    pub zinsen: Euro,
}

/// On what Zwischenzinsen rest: the payment, its period, its uses and the parts that bear interest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zwischenzinsregelung {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Teilbudget.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("ALLGEMEIN")))]
    pub teilbudget: String,
    /// Haushaltsjahr.
    #[cfg_attr(feature = "schema", schema(minimum = 2011, maximum = 2110, examples(2026)))]
    pub haushaltsjahr: i32,
    /// Value date of the payment.
    pub ausgezahlt_am: NaiveDate,
    /// What was paid for the place on that day and did not come back.
    pub ausgezahlt: Euro,
    /// Last day on which its use was in time.
    pub frist_ende: NaiveDate,
    /// From when late money bears interest.
    pub zinsbeginn: Zinsbeginn,
    /// Points above the base rate.
    pub aufschlag_prozentpunkte: Prozent,
    /// The Weiterleitung that tells the uses.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub weiterleitung_id: Option<Uuid>,
    /// What of the payment was used when.
    #[cfg_attr(feature = "schema", schema(max_items = 100_000))]
    pub verwendungen: Vec<Verwendungsmeldung>,
    /// What of the payment was given back when, before a claim: the last payments first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 100_000))]
    pub rueckzahlungen: Vec<Verwendungsmeldung>,
    /// First day without interest for what was not used.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub nicht_verwendet_bis: Option<NaiveDate>,
    /// Day on which the authority knew of the late use.
    pub kenntnis_am: NaiveDate,
    /// The parts that bear interest.
    #[cfg_attr(feature = "schema", schema(max_items = 100_000))]
    pub teile: Vec<Zwischenzinsteil>,
}

/// What a Bescheid about Zwischenzinsen needs from outside.
#[derive(Debug, Clone)]
pub struct Zwischenzinsfakten<'a> {
    /// The application.
    pub antrag: &'a Antrag,
    /// Chain, Regelwerk, base rates and legal day.
    pub kette: Zinsbescheidfakten<'a>,
    /// All Bescheide of the case.
    pub bescheide: &'a [Bescheid],
    /// Payments and returns of its measures.
    pub zahlungen: &'a [Zahlungsbewegung],
    /// What was repaid in the case before a claim.
    pub rueckzahlungen: &'a [Rueckzahlung],
    /// What the Weiterleitung that is named reported as used; none without one.
    pub gemeldet: Option<&'a [Verwendungsmeldung]>,
}

fn bereich(_: GeldFehler) -> Vec<Befund> {
    vec![Befund::neu(&RECHENBEREICH)]
}

/// Interest of a payment as far as it is not time-barred.
struct Berechnung {
    frist_ende: NaiveDate,
    regeln: Zwischenzinsregeln,
    teile: Vec<Zwischenzinsteil>,
    abschnitte: Vec<Zinsstaffelabschnitt>,
    zinsen: Euro,
    exakt: BigRational,
    verjaehrt: Euro,
    verzoegert: Option<Euro>,
    ab: Option<NaiveDate>,
}

impl Zwischenzinsbescheideingabe {
    /// The input from which `z` was drafted.
    fn aus(z: &Zinsregelung, r: &Zwischenzinsregelung) -> Self {
        Zwischenzinsbescheideingabe {
            massnahme_id: r.massnahme_id,
            teilbudget: r.teilbudget.clone(),
            haushaltsjahr: r.haushaltsjahr,
            ausgezahlt_am: r.ausgezahlt_am,
            verwendungen: if r.weiterleitung_id.is_some() { Vec::new() } else { r.verwendungen.clone() },
            weiterleitung_id: r.weiterleitung_id,
            bis: r.nicht_verwendet_bis,
            kenntnis_am: r.kenntnis_am,
            ermessen_begruendung: z.ermessen_begruendung.clone(),
            verzoegerung_behoerde_tage: z.verzoegerung_behoerde_tage,
            verzoegerung_begruendung: z.verzoegerung_begruendung.clone(),
            bestaetigte_warnungen: Vec::new(),
        }
    }

    fn stelle(&self) -> Bewilligungsstelle {
        (self.massnahme_id, self.teilbudget.clone(), self.haushaltsjahr)
    }

    /// What was paid for the place on the day and did not come back.
    ///
    /// # Errors
    /// `ZWISCHENZINS_ZAHLUNG_UNBEKANNT`, `RECHENBEREICH`.
    fn ausgezahlt(&self, f: &Zwischenzinsfakten<'_>) -> Result<Euro, Vec<Befund>> {
        let alle = auszahlungen(f.zahlungen, &self.stelle());
        let cent = alle.iter().filter(|(am, _)| *am == self.ausgezahlt_am).map(|(_, c)| *c);
        let betrag = Euro::aus_cent(cent.sum()).map_err(bereich)?;
        if betrag.ist_positiv() {
            return Ok(betrag);
        }
        let tage: Vec<String> = alle.iter().map(|(am, _)| am.to_string()).collect();
        let tage = if tage.is_empty() { "–".to_owned() } else { tage.join(", ") };
        Err(vec![
            Befund::neu(&ZWISCHENZINS_ZAHLUNG_UNBEKANNT)
                .ort("/ausgezahlt_am")
                .gemessen("teilbudget", &self.teilbudget, Einheit::Code)
                .gemessen("haushaltsjahr", self.haushaltsjahr, Einheit::Anzahl)
                .gemessen("angegeben", self.ausgezahlt_am, Einheit::Datum)
                .erlaubt("auszahlungen", tage, Einheit::Text),
        ])
    }

    /// What of the payment was used when: as stated, or what the Weiterleitung reported after it had used up the
    /// earlier payments of the measure.
    ///
    /// # Errors
    /// `RECHENBEREICH`, `RECHENEINGABE` for both at once.
    fn verwendet(&self, ausgezahlt: Euro, f: &Zwischenzinsfakten<'_>) -> Result<Vec<Verwendungsmeldung>, Vec<Befund>> {
        let Some(gemeldet) = f.gemeldet else { return Ok(self.verwendungen.clone()) };
        if !self.verwendungen.is_empty() {
            let wort = "leer, wenn eine Weiterleitung genannt ist";
            return Err(vec![eingabe("/verwendungen", self.verwendungen.len(), Einheit::Anzahl, wort)]);
        }
        let stellen: BTreeSet<&Bewilligungsstelle> =
            f.zahlungen.iter().map(|z| &z.stelle).filter(|s| s.0 == self.massnahme_id).collect();
        let hier = (self.ausgezahlt_am, self.stelle());
        let frueher = stellen.into_iter().flat_map(|s| {
            auszahlungen(f.zahlungen, s).into_iter().filter(|(am, _)| (*am, s.clone()) < hier).map(|(_, c)| c)
        });
        let (mut vorher, mut rest): (i64, i64) = (frueher.sum(), ausgezahlt.cent());
        let mut meldungen = gemeldet.to_vec();
        meldungen.sort_by_key(|v| v.am);
        let mut aus = Vec::new();
        for v in meldungen {
            let schon = vorher.min(v.betrag.cent());
            vorher -= schon;
            let teil = rest.min(v.betrag.cent() - schon);
            rest -= teil;
            if teil > 0 {
                aus.push(Verwendungsmeldung { am: v.am, betrag: Euro::aus_cent(teil).map_err(bereich)? });
            }
        }
        Ok(aus)
    }

    /// What of the payment was given back when: a repayment takes off the last payments of its place before it. What came
    /// back after `bis` lay unused until then.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    fn zurueckgezahlt(&self, f: &Zwischenzinsfakten<'_>) -> Result<Vec<Verwendungsmeldung>, Vec<Befund>> {
        let stelle = self.stelle();
        let hier =
            |r: &&Rueckzahlung| (r.massnahme_id, &r.teilbudget, r.haushaltsjahr) == (stelle.0, &stelle.1, stelle.2);
        let mut zurueck: Vec<&Rueckzahlung> = f.rueckzahlungen.iter().filter(hier).collect();
        zurueck.sort_by_key(|r| (r.wertstellung_am, r.id));
        let mut offen = auszahlungen(f.zahlungen, &stelle);
        let mut je = BTreeMap::<NaiveDate, i64>::new();
        for r in zurueck {
            let mut rest = r.zurueckgekommen().map_err(bereich)?.cent();
            for (am, cent) in offen.iter_mut().rev().filter(|(am, _)| *am <= r.wertstellung_am) {
                let teil = rest.min(*cent);
                *cent -= teil;
                rest -= teil;
                if teil > 0 && *am == self.ausgezahlt_am && self.bis.is_none_or(|bis| r.wertstellung_am <= bis) {
                    *je.entry(r.wertstellung_am).or_default() += teil;
                }
            }
        }
        let meldung = |(am, cent)| Ok(Verwendungsmeldung { am, betrag: Euro::aus_cent(cent).map_err(bereich)? });
        je.into_iter().map(meldung).collect()
    }

    fn pruefe_tage(&self, heute: NaiveDate) -> Vec<Befund> {
        let einzelne = self.verwendungen.iter().enumerate().map(|(i, v)| (format!("/verwendungen/{i}/am"), v.am));
        let uebrige = self.bis.map(|b| ("/bis".to_owned(), b)).into_iter();
        einzelne
            .chain(uebrige)
            .chain([("/kenntnis_am".to_owned(), self.kenntnis_am)])
            .filter(|(_, am)| *am > heute)
            .map(|(ort, am)| {
                Befund::neu(&DATUM_IN_ZUKUNFT).ort(ort).gemessen("angegeben", am, Einheit::Datum).erlaubt(
                    "heute",
                    heute,
                    Einheit::Datum,
                )
            })
            .collect()
    }

    /// First day whose interest is not time-barred: that of a year is barred so many years (`verjaehrung_jahre`) after
    /// its end, but not before the authority knew (§§ 195, 199 BGB by analogy).
    fn unverjaehrt_ab(&self, f: &Zwischenzinsfakten<'_>) -> Result<Option<NaiveDate>, Vec<Befund>> {
        let jahre =
            f.kette.regelwerk.ganzzahl("verjaehrung_jahre", stichtag(f.antrag.jahrgang)).map_err(|b| vec![b])?;
        let erstes = f.kette.heute.year().saturating_sub(i32::try_from(jahre).unwrap_or(i32::MAX));
        Ok((erstes > self.kenntnis_am.year()).then(|| tag(erstes, 1, 1)))
    }

    fn rechne(
        &self,
        ausgezahlt: Euro,
        (verwendet, zurueck): (&[Verwendungsmeldung], &[Verwendungsmeldung]),
        f: &Zwischenzinsfakten<'_>,
    ) -> Result<Berechnung, Vec<Befund>> {
        let r = f.kette.regelwerk;
        let regeln = Zwischenzinsregeln::aus(r, self.ausgezahlt_am.max(r.gueltig_ab)).map_err(|b| vec![b])?;
        let auszahlung = [Mittelbewegung { am: self.ausgezahlt_am, betrag: ausgezahlt }];
        let verwendungen: Vec<Mittelbewegung> =
            verwendet.iter().chain(zurueck).map(|v| Mittelbewegung { am: v.am, betrag: v.betrag }).collect();
        let frage = Zwischenzinsfrage { auszahlungen: &auszahlung, verwendungen: &verwendungen, bis: self.bis, regeln };
        let e = zwischenzins(&frage, f.kette.reihe)?;
        if e.vorleistung.ist_positiv() {
            let summe = ausgezahlt.plus(e.vorleistung).map_err(bereich)?;
            return Err(vec![Befund::neu(&ZWISCHENZINS_UEBER_AUSZAHLUNG).ort("/verwendungen").betrag(
                "verwendet",
                summe,
                "ausgezahlt",
                ausgezahlt,
            )]);
        }
        let ab = self.unverjaehrt_ab(f)?;
        let frist_ende = e.posten.first().map_or(self.ausgezahlt_am, |p| p.frist_ende);
        let mut aus = Berechnung {
            frist_ende,
            regeln,
            teile: Vec::new(),
            abschnitte: Vec::new(),
            zinsen: Euro::NULL,
            exakt: BigRational::zero(),
            verjaehrt: Euro::NULL,
            verzoegert: None,
            ab: None,
        };
        for p in &e.posten {
            let am_tag = zurueck.iter().find(|z| Some(z.am) == p.verwendet_am).map(|z| z.betrag);
            aus.nimm(p, am_tag, (ab, f))?;
        }
        if e.posten.iter().all(|p| p.zinslauf.is_none()) {
            return Err(vec![
                Befund::neu(&ZWISCHENZINS_FRISTGERECHT)
                    .ort("/verwendungen")
                    .gemessen("ausgezahlt_am", self.ausgezahlt_am, Einheit::Datum)
                    .erlaubt("frist_ende", frist_ende, Einheit::Datum),
            ]);
        }
        aus.verzoegert = aus.der_letzten_tage(self.verzoegerung_behoerde_tage, f)?;
        Ok(aus)
    }

    /// Findings where the parts bear interest for days for which other Bescheide do already: for more capital than was
    /// paid, or the same part again; and a warning where they are other parts.
    fn ueberschneidungen(
        &self,
        ausgezahlt: Euro,
        teile: &[Zwischenzinsteil],
        bescheide: &[Bescheid],
    ) -> Result<Vec<Befund>, Vec<Befund>> {
        let belegt = self.belegt(bescheide);
        let tage: BTreeSet<NaiveDate> = teile.iter().map(|t| t.von).chain(belegt.iter().map(|b| b.von)).collect();
        for von in tage {
            let neu = Euro::summe(teile.iter().filter(|t| t.von <= von && von < t.bis).map(|t| t.betrag));
            let am_tag = |b: &&Belegung| b.von <= von && b.bis.is_none_or(|bis| von < bis);
            let alt = Euro::summe(belegt.iter().filter(am_tag).map(|b| b.betrag));
            let (neu, alt) = (neu.map_err(bereich)?, alt.map_err(bereich)?);
            if neu.ist_null() || alt.ist_null() {
                continue;
            }
            let gleich = |t: &Zwischenzinsteil| {
                belegt.iter().filter(am_tag).any(|b| (b.betrag, b.von, b.bis) == (t.betrag, t.von, Some(t.bis)))
            };
            let zuviel = neu.plus(alt).map_err(bereich)? > ausgezahlt;
            let regel = if zuviel || teile.iter().any(gleich) {
                &ZWISCHENZINS_UEBERSCHNEIDUNG
            } else {
                &ZWISCHENZINS_TEILWEISE_FESTGESETZT
            };
            return Ok(vec![
                Befund::neu(regel)
                    .ort("/verwendungen")
                    .gemessen("von", von, Einheit::Datum)
                    .gemessen("verzinst", neu, Einheit::Eur)
                    .gemessen("festgesetzt", alt, Einheit::Eur)
                    .erlaubt("auszahlung", ausgezahlt, Einheit::Eur),
            ]);
        }
        Ok(Vec::new())
    }

    /// What released Bescheide make bear interest of this payment.
    fn belegt(&self, bescheide: &[Bescheid]) -> Vec<Belegung> {
        let erlassen = bescheide.iter().filter(|b| b.erlassen() && b.aufgehoben_durch.is_none());
        let mut aus = Vec::new();
        for i in erlassen.map(|b| &b.inhalt) {
            let zwischen = i.zins.as_ref().and_then(|z| z.zwischenzins.as_ref());
            let hier = zwischen.filter(|z| {
                (z.massnahme_id, &z.teilbudget, z.haushaltsjahr, z.ausgezahlt_am)
                    == (self.massnahme_id, &self.teilbudget, self.haushaltsjahr, self.ausgezahlt_am)
            });
            let teile = hier.iter().flat_map(|z| &z.teile);
            aus.extend(teile.map(|t| Belegung { von: t.von, bis: Some(t.bis), betrag: t.betrag }));
            let posten = i.erstattung().into_iter().flat_map(|e| &e.posten).filter(|p| {
                (p.massnahme_id, &p.teilbudget, p.haushaltsjahr)
                    == (self.massnahme_id, &self.teilbudget, self.haushaltsjahr)
            });
            let zahlungen = posten.flat_map(|p| &p.zahlungen).filter(|z| z.ausgezahlt_am == self.ausgezahlt_am);
            aus.extend(zahlungen.map(|z| Belegung { von: z.zinsbeginn, bis: None, betrag: z.betrag }));
        }
        aus
    }

    fn regelung(
        &self,
        b: Berechnung,
        (ausgezahlt, verwendungen, rueckzahlungen): (Euro, Vec<Verwendungsmeldung>, Vec<Verwendungsmeldung>),
        faellig_am: NaiveDate,
        antrag: &Antrag,
    ) -> Zinsregelung {
        let massnahme = antrag.massnahmen.iter().map(|m| &m.massnahme).find(|m| m.id == self.massnahme_id);
        let (Zinssatz::AufschlagProzentpunkte(punkte) | Zinssatz::FestzinsProzent(punkte)) = b.regeln.satz;
        Zinsregelung {
            art: Forderungsart::Zwischenzins,
            forderung_id: None,
            ab: b.ab,
            bis: b.teile.iter().map(|t| t.bis).max().unwrap_or(self.ausgezahlt_am),
            zinsen: b.zinsen,
            bereits_festgesetzt: None,
            durch_zwischenzinsen: None,
            zinsen_exakt: als_bruch(&b.exakt),
            abschnitte: b.abschnitte,
            verjaehrt: b.verjaehrt,
            festgesetzt: b.zinsen,
            posten: vec![Erstattungsposten {
                massnahme_id: self.massnahme_id,
                massnahme_nr: massnahme.map(|m| m.massnahme_nr.clone()).unwrap_or_default(),
                teilbudget: self.teilbudget.clone(),
                haushaltsjahr: self.haushaltsjahr,
                betrag: b.zinsen,
                bereits_zurueckgezahlt: None,
                zahlungen: Vec::new(),
            }],
            faellig_am,
            ermessen_begruendung: self.ermessen_begruendung.trim().to_owned(),
            verzoegerung_behoerde_tage: self.verzoegerung_behoerde_tage,
            verzoegerung_begruendung: self.verzoegerung_begruendung.as_deref().map(|t| t.trim().to_owned()),
            verzoegerung_zinsen: b.verzoegert,
            verzicht: None,
            zwischenzins: Some(Zwischenzinsregelung {
                massnahme_id: self.massnahme_id,
                teilbudget: self.teilbudget.clone(),
                haushaltsjahr: self.haushaltsjahr,
                ausgezahlt_am: self.ausgezahlt_am,
                ausgezahlt,
                frist_ende: b.frist_ende,
                zinsbeginn: b.regeln.beginn,
                aufschlag_prozentpunkte: punkte,
                weiterleitung_id: self.weiterleitung_id,
                verwendungen,
                rueckzahlungen,
                nicht_verwendet_bis: self.bis,
                kenntnis_am: self.kenntnis_am,
                teile: b.teile,
            }),
        }
    }

    /// Drafts the Bescheid that fixes Zwischenzinsen for the payment.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `ENTSCHEIDUNG_LAEUFT`, `DATUM_IN_ZUKUNFT`, `BEGRUENDUNG_FEHLT`, `ZWISCHENZINS_ZAHLUNG_UNBEKANNT`,
    /// `ZWISCHENZINS_FRISTGERECHT`, `ZWISCHENZINS_UEBER_AUSZAHLUNG`, `ZWISCHENZINS_UEBERSCHNEIDUNG`, the unconfirmed
    /// warnings `ZWISCHENZINS_TEILWEISE_FESTGESETZT` and `ANHOERUNG_FEHLT`, `ANHOERUNG_LAEUFT`, `KENNTNIS_VOR_AUSZAHLUNG`,
    /// `BASISZINS_UNBEKANNT`, `ZINSEN_KEINE`, `ZINS_UNTER_BAGATELLE`, `PARAMETER_FEHLT`.
    pub fn entwerfen(&self, id: Uuid, f: &Zwischenzinsfakten<'_>, akteur: &Akteur) -> Urteil<Bescheid> {
        if let Some(b) = pruefe_recht(akteur, Recht::ForderungEntscheiden) {
            return Err(vec![b]);
        }
        if let Some(id) = f.kette.entwurf {
            return Err(vec![Befund::neu(&ENTSCHEIDUNG_LAEUFT).gemessen("bescheid", id, Einheit::Code)]);
        }
        let am = stichtag(f.antrag.jahrgang);
        let mut befunde = f.kette.anhoerungen.clone();
        befunde.extend(self.pruefe_tage(f.kette.heute));
        if self.kenntnis_am < self.ausgezahlt_am {
            befunde.push(
                Befund::neu(&KENNTNIS_VOR_AUSZAHLUNG)
                    .ort("/kenntnis_am")
                    .gemessen("angegeben", self.kenntnis_am, Einheit::Datum)
                    .erlaubt("ausgezahlt", self.ausgezahlt_am, Einheit::Datum),
            );
        }
        let verzoegerung = (self.verzoegerung_behoerde_tage, self.verzoegerung_begruendung.as_deref());
        befunde.extend(f.kette.pruefe_begruendung(&self.ermessen_begruendung, verzoegerung, f.antrag.jahrgang)?);
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let ausgezahlt = self.ausgezahlt(f)?;
        let verwendet = self.verwendet(ausgezahlt, f)?;
        let zurueck = self.zurueckgezahlt(f)?;
        let b = self.rechne(ausgezahlt, (&verwendet, &zurueck), f)?;
        let mut gefunden = self.ueberschneidungen(ausgezahlt, &b.teile, f.bescheide)?;
        gefunden.extend(f.kette.anhoerung_fehlt(b.zinsen).filter(|_| b.zinsen.ist_positiv()));
        let mut befunde = bestaetige(gefunden, &self.bestaetigte_warnungen)?;
        let grenze = f.kette.regelwerk.betrag("zins_bagatelle", am).map_err(|b| vec![b])?;
        if b.zinsen.ist_null() {
            let bis = b.teile.iter().map(|t| t.bis).max().unwrap_or(f.kette.heute);
            return Err(vec![Befund::neu(&ZINSEN_KEINE).ort("/bis").gemessen("bis", bis, Einheit::Datum)]);
        }
        if b.zinsen < grenze {
            return Err(vec![Befund::neu(&ZINS_UNTER_BAGATELLE).betrag("zinsen", b.zinsen, "bagatelle", grenze)]);
        }
        let faellig_am = f.kette.faellig(f.antrag.jahrgang)?;
        let regelung = self.regelung(b, (ausgezahlt, verwendet, zurueck), faellig_am, f.antrag);
        befunde.extend(regelung.verjaehrt_hinweis());
        let fall = (f.antrag.id, f.antrag.jahrgang, f.antrag.kreisschluessel.as_str());
        Ok(zinsentwurf(id, fall, regelung, &f.kette, akteur)?.befunde(befunde))
    }
}

/// Capital of a payment that bears interest already.
struct Belegung {
    von: NaiveDate,
    bis: Option<NaiveDate>,
    betrag: Euro,
}

impl Berechnung {
    /// Interest of the last `tage` days before the end, part by part; none for no days.
    fn der_letzten_tage(&self, tage: i64, f: &Zwischenzinsfakten<'_>) -> Result<Option<Euro>, Vec<Befund>> {
        let Some(tage) = u64::try_from(tage).ok().filter(|t| *t > 0) else { return Ok(None) };
        let ende = self.teile.iter().map(|t| t.bis).max().unwrap_or(NaiveDate::MIN);
        let ab = ende.checked_sub_days(Days::new(tage)).unwrap_or(NaiveDate::MIN);
        let (r, mut summe) = (&self.regeln, Euro::NULL);
        for t in self.teile.iter().filter(|t| ab < t.bis) {
            let frage = Zinsfrage {
                kapital: t.betrag,
                von: t.von.max(ab),
                bis: t.bis,
                methode: r.methode,
                rundung: r.rundung,
                satz: r.satz,
            };
            summe = summe.plus(berechne_exakt(&frage, f.kette.reihe)?.0.zinsen).map_err(bereich)?;
        }
        Ok(Some(summe))
    }

    /// Adds a part, without what of its time is barred.
    fn nimm(
        &mut self,
        p: &Zwischenzinsposten,
        zurueckgezahlt: Option<Euro>,
        (ab, f): (Option<NaiveDate>, &Zwischenzinsfakten<'_>),
    ) -> Result<(), Vec<Befund>> {
        let Some(lauf) = &p.zinslauf else { return Ok(()) };
        let von = ab.map_or(lauf.von, |ab| ab.max(lauf.von).min(lauf.bis));
        let r = &self.regeln;
        let frage = Zinsfrage {
            kapital: lauf.ergebnis.kapital,
            von,
            bis: lauf.bis,
            methode: r.methode,
            rundung: r.rundung,
            satz: r.satz,
        };
        let (ergebnis, exakt) = berechne_exakt(&frage, f.kette.reihe)?;
        let weg = lauf.ergebnis.zinsen.minus(ergebnis.zinsen).map_err(bereich)?;
        if von > lauf.von {
            self.ab = Some(von);
        }
        self.verjaehrt = self.verjaehrt.plus(weg).map_err(bereich)?;
        self.zinsen = self.zinsen.plus(ergebnis.zinsen).map_err(bereich)?;
        self.exakt += exakt;
        if von < lauf.bis {
            self.teile.push(Zwischenzinsteil {
                betrag: p.betrag,
                verwendet_am: p.verwendet_am,
                zurueckgezahlt,
                von,
                bis: lauf.bis,
                zinsen: ergebnis.zinsen,
            });
            let kapital = ergebnis.kapital;
            self.abschnitte
                .extend(ergebnis.abschnitte.into_iter().map(|abschnitt| Zinsstaffelabschnitt { kapital, abschnitt }));
        }
        Ok(())
    }
}

/// What has changed since the draft `z` of a Bescheid about Zwischenzinsen: the payment came back in part, a repayment or
/// a use was recorded, interest was fixed elsewhere. Warnings that were confirmed with the draft are not asked for again.
///
/// # Errors
/// What the computation refuses.
pub fn pruefe_zwischenzins(
    z: &Zinsregelung,
    r: &Zwischenzinsregelung,
    f: &Zwischenzinsfakten<'_>,
) -> Result<Vec<Befund>, Vec<Befund>> {
    let e = Zwischenzinsbescheideingabe::aus(z, r);
    let ausgezahlt = e.ausgezahlt(f)?;
    let jetzt = e.rechne(ausgezahlt, (&e.verwendet(ausgezahlt, f)?, &e.zurueckgezahlt(f)?), f)?;
    if ausgezahlt != r.ausgezahlt || jetzt.teile != r.teile || jetzt.abschnitte != z.abschnitte {
        return Ok(vec![Befund::neu(&ZINSBESCHEID_VERALTET).ort("/inhalt/zins").betrag(
            "entwurf",
            z.zinsen,
            "jetzt",
            jetzt.zinsen,
        )]);
    }
    let befunde = e.ueberschneidungen(ausgezahlt, &r.teile, f.bescheide)?;
    Ok(befunde.into_iter().filter(|b| b.regel.code == ZWISCHENZINS_UEBERSCHNEIDUNG.code).collect())
}
