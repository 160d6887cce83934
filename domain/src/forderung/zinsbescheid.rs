//! The Bescheid about interest: what is fixed for which days, and why; or why it is waived.

use super::{
    Forderung, ForderungStatus, Forderungsart, Forderungslage, Forderungszinsen, Forderungszinsfrage, ZINSBESCHEID,
    Zinsfestsetzung, Zinsstaffelabschnitt, Zinsumfeld, Zwischenzinsregelung,
};
use crate::aenderungsantrag::Erstattungsposten;
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::Akteur;
use crate::bescheid::{
    Bescheid, Bescheidart, Bescheidinhalt, Entscheidungsart, Kettenglied, begruendung_mindestens, entwurf,
};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::regel::{
    ANHOERUNG_FEHLT, BEGRUENDUNG_FEHLT, DATUM_IN_ZUKUNFT, VERZICHT_UNZULAESSIG, ZINS_UNTER_BAGATELLE,
    ZINSBESCHEID_VERALTET, ZINSEN_KEINE, ZINSEN_VERJAEHRT,
};
use crate::regelwerk::Regelwerk;
use crate::zins::Basiszinsreihe;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why interest is waived (§ 49a Abs. 3 S. 2 HVwVfG).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zinsverzicht {
    /// The recipient is not responsible for what led to the claim.
    pub nicht_zu_vertreten: bool,
    /// Why.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 2000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Der Träger hat die Stelle trotz Ausschreibung nicht besetzen können.")
        )
    )]
    pub grund: String,
}

/// Input of the act `zinsbescheid`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bis": "2026-09-15", "ermessen_begruendung": "Die Mittel waren nicht für den Zweck verwendet; Gründe für einen Verzicht sind nicht vorgetragen.", "verzoegerung_behoerde_tage": 0 }))))]
#[serde(deny_unknown_fields)]
pub struct Zinsbescheideingabe {
    /// First day without interest for what is open; not in the future.
    pub bis: NaiveDate,
    /// Grounds of the discretion (§ 39 Abs. 1 S. 3, § 40 HVwVfG).
    #[cfg_attr(
        feature = "schema",
        schema(
            max_length = 20000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples(
                "Die Mittel waren nicht für den Zweck verwendet; Gründe für einen Verzicht sind nicht vorgetragen."
            )
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
    /// Interest is computed and waived.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub verzicht: Option<Zinsverzicht>,
    /// The warnings that were read, each with the reason to decide all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// What a Bescheid about interest regulates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zinsregelung {
    /// Kind of the interest.
    pub art: Forderungsart,
    /// The repayment on which it runs.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub forderung_id: Option<Uuid>,
    /// First day that bears it, where an earlier Zinsbescheid or the limitation cut the beginning off.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub ab: Option<NaiveDate>,
    /// First day without.
    pub bis: NaiveDate,
    /// Interest that can be claimed: that of the pieces less what was fixed before.
    pub zinsen: Euro,
    /// What earlier Zinsbescheide fixed or waived; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub bereits_festgesetzt: Option<Euro>,
    /// Interest that Zwischenzinsen cover and that is not claimed again; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub durch_zwischenzinsen: Option<Euro>,
    /// Interest of the pieces in euro before rounding, as a reduced fraction `numerator/denominator`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9]+/[0-9]+$", max_length = 200))]
    pub zinsen_exakt: String,
    /// The pieces of the whole time by the payments of that day.
    #[cfg_attr(feature = "schema", schema(max_items = 100_000))]
    pub abschnitte: Vec<Zinsstaffelabschnitt>,
    /// Interest that is time-barred and not fixed.
    pub verjaehrt: Euro,
    /// Interest that is fixed: all of it, or 0.00 where it is waived.
    pub festgesetzt: Euro,
    /// What is fixed, per place.
    #[cfg_attr(feature = "schema", schema(max_items = 5000))]
    pub posten: Vec<Erstattungsposten>,
    /// Due day.
    pub faellig_am: NaiveDate,
    /// Grounds of the discretion.
    #[cfg_attr(feature = "schema", schema(max_length = 20000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$"))]
    pub ermessen_begruendung: String,
    /// Days by which the authority itself delayed the decision.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 36600))]
    pub verzoegerung_behoerde_tage: i64,
    /// What the grounds say about these days; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, max_length = 20000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$")
    )]
    pub verzoegerung_begruendung: Option<String>,
    /// Interest of so many last days before `bis`, as if the delay lay there; a figure for the discretion, part of
    /// `zinsen`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub verzoegerung_zinsen: Option<Euro>,
    /// Why interest is waived.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub verzicht: Option<Zinsverzicht>,
    /// On what Zwischenzinsen rest; absent for interest on a repayment.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub zwischenzins: Option<Zwischenzinsregelung>,
}

impl Zinsregelung {
    /// The hint that a part of the interest is time-barred.
    pub(super) fn verjaehrt_hinweis(&self) -> Option<Befund> {
        self.verjaehrt.ist_positiv().then(|| {
            Befund::neu(&ZINSEN_VERJAEHRT).gemessen("verjaehrt", self.verjaehrt, Einheit::Eur).gemessen(
                "ab",
                self.ab.unwrap_or(self.bis),
                Einheit::Datum,
            )
        })
    }
}

/// What drafting a Zinsbescheid needs from outside.
#[derive(Debug, Clone)]
pub struct Zinsbescheidfakten<'a> {
    /// The Bescheid that says what is granted.
    pub geltend: &'a Bescheid,
    /// Last link of the chain.
    pub vorgaenger: Option<Kettenglied>,
    /// Regelwerk of the case.
    pub regelwerk: &'a Regelwerk,
    /// A Bescheid of this case that is drafted and neither released nor discarded.
    pub entwurf: Option<Uuid>,
    /// Base rates.
    pub reihe: &'a Basiszinsreihe,
    /// A hearing about interest was held since the last interest was fixed, or its time is over.
    pub angehoert: bool,
    /// Hearings about interest in which the county can still answer.
    pub anhoerungen: Vec<Befund>,
    /// Legal day.
    pub heute: NaiveDate,
    /// What else bears interest on the payments of the case.
    pub umfeld: Zinsumfeld<'a>,
}

impl Zinsbescheidfakten<'_> {
    /// Findings for grounds that say too little: of the discretion, and of the authority's own delay where there is one.
    pub(super) fn pruefe_begruendung(
        &self,
        ermessen: &str,
        (tage, verzoegerung): (i64, Option<&str>),
        jahrgang: i32,
    ) -> Result<Vec<Befund>, Vec<Befund>> {
        let mindestens = begruendung_mindestens(self.regelwerk, jahrgang).map_err(|b| vec![b])?;
        let texte = [
            ("/ermessen_begruendung", Some(ermessen)),
            ("/verzoegerung_begruendung", (tage > 0).then(|| verzoegerung.unwrap_or_default())),
        ];
        let zu_kurz = texte.into_iter().filter_map(|(ort, text)| {
            let zeichen = text?.trim().chars().count();
            i64::try_from(zeichen).is_ok_and(|z| z < mindestens).then(|| {
                Befund::neu(&BEGRUENDUNG_FEHLT)
                    .ort(ort)
                    .gemessen("zeichen", zeichen, Einheit::Anzahl)
                    .erlaubt("mindestens", mindestens, Einheit::Anzahl)
                    .regelwerk(&self.regelwerk.version)
            })
        });
        Ok(zu_kurz.collect())
    }

    /// The warning that nobody was heard about `zinsen` (§ 28 HVwVfG).
    pub(super) fn anhoerung_fehlt(&self, zinsen: Euro) -> Option<Befund> {
        (!self.angehoert).then(|| Befund::neu(&ANHOERUNG_FEHLT).gemessen("erstattung", zinsen, Einheit::Eur))
    }

    /// The due day of what is fixed today.
    pub(super) fn faellig(&self, jahrgang: i32) -> Result<NaiveDate, Vec<Befund>> {
        faelligkeit(self.heute, self.regelwerk, jahrgang).map_err(|b| vec![b])
    }
}

/// The due day of a claim that is known since the day `seit`: the period `erstattungsfrist`.
///
/// # Errors
/// `PARAMETER_FEHLT`, `RECHENEINGABE`.
pub fn faelligkeit(seit: NaiveDate, regelwerk: &Regelwerk, jahrgang: i32) -> Result<NaiveDate, Befund> {
    let am = stichtag(jahrgang);
    let verschiebung = regelwerk.wahrheit("frist_werktag_verschiebung", am)?;
    Ok(crate::frist::dauerfrist(seit, regelwerk.dauer("erstattungsfrist", am)?, verschiebung)?.ende)
}

/// The draft of a Bescheid about interest in the case (application, Jahrgang, debtor).
pub(super) fn zinsentwurf(
    id: Uuid,
    (antrag_id, jahrgang, kreisschluessel): (Uuid, i32, &str),
    regelung: Zinsregelung,
    f: &Zinsbescheidfakten<'_>,
    akteur: &Akteur,
) -> Urteil<Bescheid> {
    let inhalt = Bescheidinhalt {
        art: Bescheidart::Zins,
        antrag_id,
        jahrgang,
        kreisschluessel: kreisschluessel.to_owned(),
        entscheidung: Entscheidungsart::Festsetzung,
        positionen: Vec::new(),
        bewilligungszeitraum: None,
        finanzierungsart: None,
        auflagen: Vec::new(),
        nebenbestimmungen: None,
        begruendung: Some(regelung.ermessen_begruendung.clone()),
        regelwerk: f.regelwerk.version.clone(),
        antrag_schnappschuss_sha256: f.geltend.inhalt.antrag_schnappschuss_sha256.clone(),
        kettenglied: f.vorgaenger.as_ref().map_or(1, |v| v.nr.saturating_add(1)),
        vorgaenger_id: f.vorgaenger.as_ref().map(|v| v.id),
        vorgaenger_hash: f.vorgaenger.as_ref().map(|v| v.inhalt_hash.clone()),
        aenderung: None,
        schluss: None,
        aufhebung: None,
        zins: Some(regelung),
        zinsruecknahme: None,
    };
    entwurf(id, inhalt, Vec::new(), akteur)
}

impl Forderung {
    /// Drafts the Bescheid that fixes the interest on this repayment, or waives it.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `ZINS_AUF_ZINS`, `BASISZINS_UNBEKANNT`, `DATUM_IN_ZUKUNFT`, `BEGRUENDUNG_FEHLT`, `ZINSEN_KEINE`,
    /// `ZINS_UNTER_BAGATELLE`, `VERZICHT_UNZULAESSIG`, `ANHOERUNG_LAEUFT`, the unconfirmed warning `ANHOERUNG_FEHLT`,
    /// `PARAMETER_FEHLT`.
    pub fn zinsbescheid(
        &self,
        id: Uuid,
        e: &Zinsbescheideingabe,
        f: &Zinsbescheidfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Bescheid> {
        self.zugelassen(ZINSBESCHEID, akteur, &Forderungslage { entwurf: f.entwurf, ..Forderungslage::default() })?;
        let mut befunde = f.anhoerungen.clone();
        befunde.extend(self.pruefe_zinsbescheid(e, f)?);
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let frage = Forderungszinsfrage { bis: e.bis, vorlaeufig: false, heute: f.heute, umfeld: f.umfeld };
        let z = self.zinsen(&frage, f.regelwerk, f.reihe)?;
        let zinsen = z.zinsen;
        if zinsen.ist_null() {
            return Err(vec![Befund::neu(&ZINSEN_KEINE).ort("/bis").gemessen("bis", z.bis, Einheit::Datum)]);
        }
        if z.unter_bagatelle && e.verzicht.is_none() {
            let grenze = f.regelwerk.betrag("zins_bagatelle", stichtag(self.jahrgang)).map_err(|b| vec![b])?;
            return Err(vec![Befund::neu(&ZINS_UNTER_BAGATELLE).betrag("zinsen", zinsen, "bagatelle", grenze)]);
        }
        // who is relieved of interest is not burdened
        let ungehoert = f.anhoerung_fehlt(zinsen).filter(|_| e.verzicht.is_none());
        let mut befunde = bestaetige(ungehoert.into_iter().collect(), &e.bestaetigte_warnungen)?;
        let tage = (e.verzoegerung_behoerde_tage, &f.umfeld);
        let verzoegert = self.zinsen_der_letzten_tage(tage, &z, f.regelwerk, f.reihe)?;
        befunde.extend(Self::gedeckt_hinweis(&z));
        let regelung = Zinsregelung {
            verzoegerung_zinsen: verzoegert.map(|v| v.min(zinsen)),
            ..self.regelung(z, e, f.faellig(self.jahrgang)?)
        };
        befunde.extend(regelung.verjaehrt_hinweis());
        let fall = (self.antrag_id, self.jahrgang, self.kreisschluessel.as_str());
        Ok(zinsentwurf(id, fall, regelung, f, akteur)?.befunde(befunde))
    }

    fn pruefe_zinsbescheid(
        &self,
        e: &Zinsbescheideingabe,
        f: &Zinsbescheidfakten<'_>,
    ) -> Result<Vec<Befund>, Vec<Befund>> {
        let mut befunde = Vec::new();
        if e.bis > f.heute {
            befunde.push(
                Befund::neu(&DATUM_IN_ZUKUNFT).ort("/bis").gemessen("angegeben", e.bis, Einheit::Datum).erlaubt(
                    "heute",
                    f.heute,
                    Einheit::Datum,
                ),
            );
        }
        let verzoegerung = (e.verzoegerung_behoerde_tage, e.verzoegerung_begruendung.as_deref());
        befunde.extend(f.pruefe_begruendung(&e.ermessen_begruendung, verzoegerung, self.jahrgang)?);
        if let Some(v) = &e.verzicht {
            let letzte = self.gezahlt().map(|t| t.wertstellung_am).max();
            let beglichen = self.status() == ForderungStatus::Beglichen;
            let rechtzeitig = beglichen && letzte.is_some_and(|l| l <= self.faellig_am);
            if !v.nicht_zu_vertreten || !rechtzeitig {
                befunde.push(
                    Befund::neu(&VERZICHT_UNZULAESSIG)
                        .ort("/verzicht")
                        .gemessen("nicht_zu_vertreten", if v.nicht_zu_vertreten { "JA" } else { "NEIN" }, Einheit::Code)
                        .gemessen("rechtzeitig", if rechtzeitig { "JA" } else { "NEIN" }, Einheit::Code)
                        .erlaubt("faellig_am", self.faellig_am, Einheit::Datum),
                );
            }
        }
        Ok(befunde)
    }

    fn regelung(&self, z: Forderungszinsen, e: &Zinsbescheideingabe, faellig_am: NaiveDate) -> Zinsregelung {
        let festgesetzt = if e.verzicht.is_some() { Euro::NULL } else { z.zinsen };
        let posten = self.posten.iter().zip(&z.je_posten).filter(|(_, b)| b.ist_positiv() && e.verzicht.is_none());
        Zinsregelung {
            art: Forderungsart::Erstattungszins,
            forderung_id: Some(self.id),
            ab: z.ab,
            bis: z.bis,
            zinsen: z.zinsen,
            bereits_festgesetzt: Some(z.bereits_festgesetzt).filter(|b| b.ist_positiv()),
            durch_zwischenzinsen: Some(z.durch_zwischenzinsen).filter(|b| b.ist_positiv()),
            zinsen_exakt: z.staffel.zinsen_exakt,
            abschnitte: z.staffel.abschnitte,
            verjaehrt: z.verjaehrt,
            festgesetzt,
            posten: posten
                .map(|(p, b)| Erstattungsposten {
                    betrag: *b,
                    bereits_zurueckgezahlt: None,
                    zahlungen: Vec::new(),
                    ..p.clone()
                })
                .collect(),
            faellig_am,
            ermessen_begruendung: e.ermessen_begruendung.trim().to_owned(),
            verzoegerung_behoerde_tage: e.verzoegerung_behoerde_tage,
            verzoegerung_begruendung: e.verzoegerung_begruendung.as_deref().map(|t| t.trim().to_owned()),
            verzoegerung_zinsen: None,
            verzicht: e.verzicht.clone(),
            zwischenzins: None,
        }
    }

    /// What the claim has changed since the draft `z`: a payment was recorded or reversed, interest was fixed elsewhere.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `BASISZINS_UNBEKANNT`.
    pub fn pruefe_zinsen(
        &self,
        z: &Zinsregelung,
        regelwerk: &Regelwerk,
        reihe: &Basiszinsreihe,
        (heute, umfeld): (NaiveDate, Zinsumfeld<'_>),
    ) -> Result<Vec<Befund>, Vec<Befund>> {
        let frage = Forderungszinsfrage { bis: z.bis, vorlaeufig: false, heute, umfeld };
        let jetzt = self.zinsen(&frage, regelwerk, reihe)?;
        let gleich = jetzt.staffel.abschnitte == z.abschnitte
            && jetzt.zinsen == z.zinsen
            && jetzt.bis == z.bis
            && jetzt.ab == z.ab;
        Ok(if gleich {
            Vec::new()
        } else {
            vec![Befund::neu(&ZINSBESCHEID_VERALTET).ort("/inhalt/zins").betrag(
                "entwurf",
                z.zinsen,
                "jetzt",
                jetzt.zinsen,
            )]
        })
    }

    /// The released Bescheid `bescheid_id` fixes or waives interest on this claim.
    pub fn zinsen_festgesetzt(&self, bescheid_id: Uuid, z: &Zinsregelung) -> Entscheidung<Forderung> {
        let hier = |p: &Erstattungsposten, q: &Erstattungsposten| {
            (p.massnahme_id, &p.teilbudget, p.haushaltsjahr) == (q.massnahme_id, &q.teilbudget, q.haushaltsjahr)
        };
        let fest = |p| z.posten.iter().find(|q| hier(p, q)).map(|q| q.betrag).unwrap_or_default();
        let mut neu = self.clone();
        neu.zinsfestsetzungen.push(Zinsfestsetzung {
            bescheid_id,
            bis: z.bis,
            zinsen: z.zinsen,
            abschnitte: z.abschnitte.clone(),
            je_posten: self.posten.iter().map(fest).collect(),
        });
        neu.zinsen_festgesetzt_bis = self.zinsen_festgesetzt_bis.max(Some(z.bis));
        Entscheidung::neu(neu)
    }
}
