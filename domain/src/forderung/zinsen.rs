//! Interest on a claim: day by day on what was open, by the dated base rates and the parameters of the Regelwerk.

use super::{Forderung, Tilgung, Zahlungsort, Zinsdeckung, Zinsumfeld};
use crate::aenderungsantrag::Erstattungsposten;
use crate::befund::{Befund, Einheit};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::regel::{
    BASISZINS_UNBEKANNT, PARAMETER_FEHLT, RECHENBEREICH, ZINSEN_DURCH_ZWISCHENZINSEN, ZINSEN_UEBERFESTGESETZT,
};
use crate::regelwerk::Regelwerk;
use crate::zeit::tag;
use crate::zins::{
    Basiszinsreihe, Zinsabschnitt, Zinsfrage, Zinsmethode, Zinsrundung, Zinssatz, Zinszaehlung, als_bruch, aus_bruch,
    berechne_exakt, runde_half_up,
};
use chrono::{Datelike, Days, NaiveDate};
use num_rational::BigRational;
use num_traits::Zero;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::str::FromStr;
use uuid::Uuid;

/// The rules that decide (dossier 6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forderungszinsregeln {
    /// Day count (`zinsmethode`).
    pub methode: Zinsmethode,
    /// Rounding (`zins_rundung`).
    pub rundung: Zinsrundung,
    /// Points above the base rate (`zinsaufschlag_prozentpunkte`).
    pub satz: Zinssatz,
    /// How the ends of a period and odd amounts count.
    pub zaehlung: Zinszaehlung,
    /// Interest below it is not claimed (`zins_bagatelle`).
    pub bagatelle: Euro,
}

impl Forderungszinsregeln {
    /// The rules of a Regelwerk for a Jahrgang.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`.
    pub fn aus(r: &Regelwerk, jahrgang: i32) -> Result<Self, Befund> {
        let am = stichtag(jahrgang);
        Ok(Forderungszinsregeln {
            methode: parameter(r, "zinsmethode", am)?,
            rundung: parameter(r, "zins_rundung", am)?,
            satz: Zinssatz::AufschlagProzentpunkte(r.prozent("zinsaufschlag_prozentpunkte", am)?),
            zaehlung: Zinszaehlung {
                starttag_inklusiv: r.wahrheit("zins_starttag_inklusiv", am)?,
                endtag_inklusiv: r.wahrheit("zins_endtag_inklusiv", am)?,
                kapital_abrunden_auf: r.betrag("kapital_abrunden_auf", am)?,
            },
            bagatelle: r.betrag("zins_bagatelle", am)?,
        })
    }

    fn frage(&self, kapital: Euro, von: NaiveDate, bis: NaiveDate) -> Zinsfrage {
        Zinsfrage { kapital, von, bis, methode: self.methode, rundung: self.rundung, satz: self.satz }
    }
}

/// A parameter that is a code, as its type.
///
/// # Errors
/// `PARAMETER_FEHLT`.
pub(crate) fn parameter<T: FromStr>(r: &Regelwerk, schluessel: &str, am: NaiveDate) -> Result<T, Befund> {
    r.code(schluessel, am)?.parse().map_err(|_| {
        Befund::neu(&PARAMETER_FEHLT)
            .gemessen("parameter", schluessel, Einheit::Code)
            .gemessen("stichtag", am, Einheit::Datum)
            .regelwerk(&r.version)
    })
}

/// A part of a claim with the time for which it was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zinsteil {
    /// The payment that is claimed back.
    pub zahlung: Option<Zahlungsort>,
    /// Amount.
    pub betrag: Euro,
    /// Day on which interest begins.
    pub von: NaiveDate,
    /// Value date of the payment that settled it; none while it is open.
    pub bis: Option<NaiveDate>,
}

impl Zinsteil {
    /// The days that bear interest until `bis` as the Regelwerk counts them, the last one exclusive; none where there is
    /// none.
    ///
    /// # Errors
    /// `RECHENEINGABE`.
    pub(super) fn lauf(
        &self,
        bis: NaiveDate,
        regeln: &Forderungszinsregeln,
    ) -> Result<Option<(NaiveDate, NaiveDate)>, Vec<Befund>> {
        let ende = self.bis.map_or(bis, |b| b.min(bis));
        if self.von >= ende {
            return Ok(None);
        }
        let f = regeln.zaehlung.anwenden(regeln.frage(self.betrag, self.von, ende)).map_err(|b| vec![b])?;
        Ok((f.von < f.bis).then_some((f.von, f.bis)))
    }
}

/// A piece of the period with one capital, one rate and one denominator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zinsstaffelabschnitt {
    /// What was open.
    pub kapital: Euro,
    /// Days, rate and interest.
    pub abschnitt: Zinsabschnitt,
}

/// Interest on a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zinsstaffel {
    /// The pieces in order.
    pub abschnitte: Vec<Zinsstaffelabschnitt>,
    /// Interest to the cent.
    pub zinsen: Euro,
    /// Sum before any rounding, in euro, as a reduced fraction.
    pub zinsen_exakt: String,
}

/// The parts of places with what settled them: payments settle what bore interest first.
pub fn zinsteile(posten: &[Erstattungsposten], gezahlt: &[(NaiveDate, Euro)]) -> Vec<Zinsteil> {
    let ort = |p: &Erstattungsposten| (p.massnahme_id, p.teilbudget.clone(), p.haushaltsjahr);
    let mut teile: Vec<(NaiveDate, i64, Zahlungsort)> = posten
        .iter()
        .flat_map(|p| p.zahlungen.iter().map(move |z| (p, z)))
        .map(|(p, z)| (z.zinsbeginn, z.betrag.cent(), (ort(p), z.ausgezahlt_am)))
        .collect();
    teile.sort_unstable();
    let mut gezahlt: Vec<(NaiveDate, i64)> = gezahlt.iter().map(|(am, b)| (*am, b.cent())).collect();
    gezahlt.sort_unstable();
    let mut zahlungen = gezahlt.into_iter();
    let mut naechste = zahlungen.next();
    let mut aus = Vec::new();
    for (von, mut rest, zahlung) in teile {
        while rest > 0 {
            let (teil, bis) = match naechste.as_mut() {
                Some((am, cent)) => {
                    let teil = rest.min(*cent);
                    *cent -= teil;
                    (teil, Some(*am))
                }
                None => (rest, None),
            };
            if naechste.is_some_and(|(_, cent)| cent == 0) {
                naechste = zahlungen.next();
            }
            rest -= teil;
            if let Ok(betrag) = Euro::aus_cent(teil)
                && teil > 0
            {
                aus.push(Zinsteil { zahlung: Some(zahlung.clone()), betrag, von, bis });
            }
        }
    }
    aus
}

/// Interest on `teile` from `ab` on up to `bis`, the first day without interest, without what `deckung` covers.
///
/// Pieces are cut where the capital, the base rate or the year changes; the exact pieces are added and rounded as the
/// Regelwerk says. There is no interest on interest.
///
/// # Errors
/// `BASISZINS_UNBEKANNT` beyond the known base rates, `RECHENBEREICH`, `RECHENEINGABE`.
pub fn zinsstaffel(
    (teile, deckung): (&[Zinsteil], &Zinsdeckung),
    ab: Option<NaiveDate>,
    bis: NaiveDate,
    regeln: &Forderungszinsregeln,
    reihe: &Basiszinsreihe,
) -> Result<Zinsstaffel, Vec<Befund>> {
    let bereich = || vec![Befund::neu(&RECHENBEREICH)];
    let mut laeufe = Vec::new();
    for t in teile {
        let Some((von, ende)) = t.lauf(bis, regeln)? else { continue };
        let von = ab.map_or(von, |ab| ab.max(von));
        if von < ende {
            laeufe.push((von, ende, t));
        }
    }
    let mut grenzen: BTreeSet<NaiveDate> = laeufe.iter().flat_map(|(von, bis, _)| [*von, *bis]).collect();
    if let (Some(erste), Some(letzte)) = (grenzen.first().copied(), grenzen.last().copied()) {
        grenzen.extend(deckung.grenzen().range(erste..letzte));
    }
    let halboffen = Zinszaehlung { starttag_inklusiv: true, endtag_inklusiv: false, ..regeln.zaehlung };
    let mut s = Zinsstaffel { abschnitte: Vec::new(), zinsen: Euro::NULL, zinsen_exakt: String::new() };
    let mut exakt = BigRational::zero();
    for (von, ende) in grenzen.iter().zip(grenzen.iter().skip(1)) {
        let offen = || laeufe.iter().filter(|(a, b, _)| a <= von && ende <= b).map(|(_, _, t)| *t);
        let kapital = Euro::summe(offen().map(|t| t.betrag)).map_err(|_| bereich())?;
        let gedeckt = Euro::aus_cent(deckung.am(*von, offen())).map_err(|_| bereich())?;
        let kapital = kapital.minus(gedeckt).map_err(|_| bereich())?;
        if kapital.ist_null() {
            continue;
        }
        let f = halboffen.anwenden(regeln.frage(kapital, *von, *ende)).map_err(|b| vec![b])?;
        let (ergebnis, cent) = berechne_exakt(&f, reihe)?;
        exakt += cent;
        let kapital = f.kapital;
        s.abschnitte
            .extend(ergebnis.abschnitte.into_iter().map(|abschnitt| Zinsstaffelabschnitt { kapital, abschnitt }));
    }
    s.zinsen = match regeln.rundung {
        Zinsrundung::AmEnde => runde_half_up(&exakt).map_err(|b| vec![b])?,
        Zinsrundung::JeAbschnitt => {
            Euro::summe(s.abschnitte.iter().map(|a| a.abschnitt.zinsen)).map_err(|_| bereich())?
        }
    };
    s.zinsen_exakt = als_bruch(&exakt);
    Ok(s)
}

/// What is asked of a claim's interest.
#[derive(Debug, Clone, Copy)]
pub struct Forderungszinsfrage<'a> {
    /// First day without interest for what is open.
    pub bis: NaiveDate,
    /// Beyond the known base rates: what is certain, in place of a refusal.
    pub vorlaeufig: bool,
    /// Legal day, for the limitation.
    pub heute: NaiveDate,
    /// What else bears interest on the payments of the case.
    pub umfeld: Zinsumfeld<'a>,
}

/// What a released Zinsbescheid fixed or waived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zinsfestsetzung {
    /// The Bescheid.
    pub bescheid_id: Uuid,
    /// First day without interest.
    pub bis: NaiveDate,
    /// Interest it fixed or waived, in addition to what was fixed before.
    pub zinsen: Euro,
    /// The whole interest as it was computed then, piece by piece.
    pub abschnitte: Vec<Zinsstaffelabschnitt>,
    /// What it fixed at each place of the claim, in the order of the claim.
    pub je_posten: Vec<Euro>,
}

/// Interest on a claim, and how far it is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forderungszinsen {
    /// Interest for the whole time by today's payments, without what is time-barred.
    pub staffel: Zinsstaffel,
    /// What of that Zinsbescheide fixed or waived.
    pub bereits_festgesetzt: Euro,
    /// Interest that Zwischenzinsen cover; it is no part of `staffel`.
    pub durch_zwischenzinsen: Euro,
    /// What can still be claimed: the difference, never below zero.
    pub zinsen: Euro,
    /// What was fixed beyond the interest that is owed by today's payments.
    pub zuviel_festgesetzt: Euro,
    /// First day that bears it, where the limitation cut the beginning off.
    pub ab: Option<NaiveDate>,
    /// First day without interest.
    pub bis: NaiveDate,
    /// The base rates end before the day that was asked for: the rest of the time is not counted.
    pub vorlaeufig: bool,
    /// Interest that is time-barred.
    pub verjaehrt: Euro,
    /// It is below the amount from which interest is claimed.
    pub unter_bagatelle: bool,
    /// Per place of the claim, in its order; together the interest.
    pub je_posten: Vec<Euro>,
}

impl Forderung {
    /// What was paid, with the value dates.
    pub(super) fn zahlungen(&self) -> Vec<(NaiveDate, Euro)> {
        self.gezahlt().map(|t: &Tilgung| (t.wertstellung_am, t.betrag)).collect()
    }

    /// The interest on this repayment.
    ///
    /// # Errors
    /// `BASISZINS_UNBEKANNT` unless a provisional answer is wanted, `PARAMETER_FEHLT`, `RECHENBEREICH`.
    pub fn zinsen(
        &self,
        frage: &Forderungszinsfrage<'_>,
        regelwerk: &Regelwerk,
        reihe: &Basiszinsreihe,
    ) -> Result<Forderungszinsen, Vec<Befund>> {
        let regeln = Forderungszinsregeln::aus(regelwerk, self.jahrgang).map_err(|b| vec![b])?;
        let teile = zinsteile(&self.posten, &self.zahlungen());
        // what was settled earlier ends the question earlier
        let offen = teile.iter().any(|t| t.bis.is_none());
        let letzte = teile.iter().filter_map(|t| t.bis).max();
        // what is fixed is compared with the interest for the same days
        let gefragt = self.zinsfestsetzungen.iter().map(|z| z.bis).fold(frage.bis, NaiveDate::max);
        let wunsch = if offen { gefragt } else { letzte.map_or(gefragt, |l| l.min(gefragt)) };
        let zusatz = u64::from(!regeln.zaehlung.endtag_inklusiv);
        let sicher = reihe.bekannt_bis().checked_add_days(Days::new(zusatz)).unwrap_or(NaiveDate::MAX);
        let beginn = teile.iter().map(|t| t.von).min().unwrap_or(wunsch);
        // before the first day nothing bears interest, whatever the rates
        let laeuft = beginn < wunsch;
        if laeuft && wunsch > sicher && !frage.vorlaeufig {
            return Err(vec![
                Befund::neu(&BASISZINS_UNBEKANNT)
                    .ort("/bis")
                    .gemessen("von", beginn, Einheit::Datum)
                    .gemessen("bis", wunsch, Einheit::Datum)
                    .erlaubt("bekannt_von", reihe.bekannt_von(), Einheit::Datum)
                    .erlaubt("bekannt_bis", reihe.bekannt_bis(), Einheit::Datum),
            ]);
        }
        let bis = if laeuft { wunsch.min(sicher) } else { wunsch };
        // what was fixed before amounts were kept cuts the beginning off
        let abgeschnitten = self.zinsen_festgesetzt_bis.filter(|_| self.zinsfestsetzungen.is_empty());
        let verjaehrung = self.unverjaehrt_ab(regelwerk, frage.heute).map_err(|b| vec![b])?;
        let ab = abgeschnitten.into_iter().chain(verjaehrung).max();
        let deckung = Zinsdeckung::fuer(self, &frage.umfeld, &regeln)?;
        let alles = zinsstaffel((&teile, &deckung), abgeschnitten, bis, &regeln, reihe)?;
        let staffel = zinsstaffel((&teile, &deckung), ab, bis, &regeln, reihe)?;
        let ohne_deckung = zinsstaffel((&teile, &Zinsdeckung::default()), ab, bis, &regeln, reihe)?;
        let bereits = self.bereits_festgesetzt(verjaehrung, regeln.rundung)?;
        let rest = |ganz: Euro, fest: Euro| ganz.minus(fest).map_err(|_| vec![Befund::neu(&RECHENBEREICH)]);
        let unterschied = rest(staffel.zinsen, bereits)?;
        let offen_alles = rest(alles.zinsen, self.bereits_festgesetzt(None, regeln.rundung)?)?;
        let zinsen = unterschied.max(Euro::NULL);
        let verjaehrt = rest(offen_alles.max(Euro::NULL), zinsen)?.max(Euro::NULL);
        let je_posten = self.je_posten((zinsen, &deckung), ab, bis, &regeln, reihe)?;
        Ok(Forderungszinsen {
            durch_zwischenzinsen: rest(ohne_deckung.zinsen, staffel.zinsen)?,
            unter_bagatelle: zinsen < regeln.bagatelle,
            zuviel_festgesetzt: rest(bereits, staffel.zinsen)?.max(Euro::NULL),
            bereits_festgesetzt: bereits,
            zinsen,
            ab,
            bis,
            vorlaeufig: bis < wunsch,
            verjaehrt,
            je_posten,
            staffel,
        })
    }

    /// Interest that Zinsbescheide fixed or waived for days from `ab` on. The last of them computed the whole interest,
    /// so its pieces tell what of the sum belongs to these days.
    fn bereits_festgesetzt(&self, ab: Option<NaiveDate>, rundung: Zinsrundung) -> Result<Euro, Vec<Befund>> {
        let bereich = || vec![Befund::neu(&RECHENBEREICH)];
        let summe = Euro::summe(self.zinsfestsetzungen.iter().map(|z| z.zinsen)).map_err(|_| bereich())?;
        let (Some(ab), Some(letzte)) = (ab, self.zinsfestsetzungen.last()) else { return Ok(summe) };
        if letzte.abschnitte.iter().all(|a| a.abschnitt.von >= ab) {
            return Ok(summe);
        }
        let spaeter = letzte.abschnitte.iter().filter(|a| a.abschnitt.von >= ab);
        if rundung == Zinsrundung::JeAbschnitt {
            return Euro::summe(spaeter.map(|a| a.abschnitt.zinsen)).map_err(|_| bereich());
        }
        let mut exakt = BigRational::zero();
        for a in spaeter {
            exakt += aus_bruch(&a.abschnitt.zinsen_exakt).ok_or_else(bereich)?;
        }
        runde_half_up(&exakt).map_err(|b| vec![b])
    }

    /// Interest of the last `tage` days before the end of `z`; none for no days.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `RECHENBEREICH`.
    pub(super) fn zinsen_der_letzten_tage(
        &self,
        (tage, umfeld): (i64, &Zinsumfeld<'_>),
        z: &Forderungszinsen,
        regelwerk: &Regelwerk,
        reihe: &Basiszinsreihe,
    ) -> Result<Option<Euro>, Vec<Befund>> {
        let Some(tage) = u64::try_from(tage).ok().filter(|t| *t > 0) else { return Ok(None) };
        let regeln = Forderungszinsregeln::aus(regelwerk, self.jahrgang).map_err(|b| vec![b])?;
        let von = z.bis.checked_sub_days(Days::new(tage)).unwrap_or(NaiveDate::MIN);
        let ab = z.ab.map_or(von, |ab| ab.max(von));
        let teile = zinsteile(&self.posten, &self.zahlungen());
        let deckung = Zinsdeckung::fuer(self, umfeld, &regeln)?;
        zinsstaffel((&teile, &deckung), Some(ab), z.bis, &regeln, reihe).map(|s| Some(s.zinsen))
    }

    /// The hint that Zinsbescheide fixed more than is owed by today's payments.
    pub fn zuviel_festgesetzt(z: &Forderungszinsen) -> Option<Befund> {
        z.zuviel_festgesetzt.ist_positiv().then(|| {
            Befund::neu(&ZINSEN_UEBERFESTGESETZT).betrag(
                "festgesetzt",
                z.bereits_festgesetzt,
                "geschuldet",
                z.staffel.zinsen,
            )
        })
    }

    /// The hint that Zwischenzinsen cover a part of the interest.
    pub fn gedeckt_hinweis(z: &Forderungszinsen) -> Option<Befund> {
        z.durch_zwischenzinsen.ist_positiv().then(|| {
            Befund::neu(&ZINSEN_DURCH_ZWISCHENZINSEN).gemessen("abgezogen", z.durch_zwischenzinsen, Einheit::Eur)
        })
    }

    /// First day whose interest is not time-barred on `heute`; none while nothing is. Interest of a year is barred so many
    /// years (`verjaehrung_jahre`) after its end, but not before the claim that bears it arose, since nobody could know
    /// of it (§§ 195, 199 BGB by analogy; BVerwG 8 C 2.12); days of a deferral do not count where it suspends the period.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`.
    pub fn unverjaehrt_ab(&self, regelwerk: &Regelwerk, heute: NaiveDate) -> Result<Option<NaiveDate>, Befund> {
        let jahre = regelwerk.ganzzahl("verjaehrung_jahre", stichtag(self.jahrgang))?;
        let jahre = i32::try_from(jahre).unwrap_or(i32::MAX);
        let gezaehlt = heute.checked_sub_days(Days::new(self.gehemmte_tage(regelwerk)?)).unwrap_or(heute);
        let erstes = gezaehlt.year().saturating_sub(jahre);
        Ok((erstes > self.entstanden_am.year()).then(|| tag(erstes, 1, 1)))
    }

    /// Divides the interest over the places by what each bears alone; no cent is lost.
    fn je_posten(
        &self,
        (zinsen, deckung): (Euro, &Zinsdeckung),
        ab: Option<NaiveDate>,
        bis: NaiveDate,
        regeln: &Forderungszinsregeln,
        reihe: &Basiszinsreihe,
    ) -> Result<Vec<Euro>, Vec<Befund>> {
        if zinsen.ist_null() {
            return Ok(vec![Euro::NULL; self.posten.len()]);
        }
        let mut gewichte = Vec::with_capacity(self.posten.len());
        for (nr, p) in self.posten.iter().enumerate() {
            let gezahlt: Vec<(NaiveDate, Euro)> = self
                .gezahlt()
                .flat_map(|t| t.teile.iter().filter(|x| x.gehoert_zu(p)).map(|x| (t.wertstellung_am, x.betrag)))
                .collect();
            let teile = zinsteile(std::slice::from_ref(p), &gezahlt);
            let s = zinsstaffel((&teile, deckung), ab, bis, regeln, reihe)?;
            let fest = self.zinsfestsetzungen.iter().filter_map(|z| z.je_posten.get(nr)).map(|b| b.cent());
            gewichte.push(u64::try_from(s.zinsen.cent().saturating_sub(fest.sum())).unwrap_or(0));
        }
        if gewichte.iter().all(|g| *g == 0) {
            // each place alone bears less than half a cent
            if let Some(erstes) = gewichte.first_mut() {
                *erstes = 1;
            }
        }
        zinsen.aufteilen(&gewichte).map_err(|_| vec![Befund::neu(&RECHENBEREICH)])
    }
}
