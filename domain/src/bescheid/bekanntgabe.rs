//! Bekanntgabe: how a Bescheid reached the applicant and from which day that counts (§ 41 HVwVfG).

use super::Bescheid;
use crate::akt::{Entscheidung, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::Akteur;
use crate::frist::Fristart;
use crate::regel::{
    ANGABE_FEHLT, BEKANNTGABE_VOR_ERLASS, BESTANDSKRAFT_EINGETRETEN, DATUM_IN_ZUKUNFT, VERZICHT_VOR_BEKANNTGABE,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

crate::status! {
    /// Way of notification.
    Bekanntgabeweg {
        /// Letter; the law presumes receipt some days after posting.
        Post = "POST",
        /// Electronic transmission; the law presumes receipt some days after sending.
        Elektronisch = "ELEKTRONISCH",
        /// Formal service; the proven day counts.
        Zustellung = "ZUSTELLUNG",
        /// Handed over; that day counts.
        Persoenlich = "PERSOENLICH",
    }
}

impl Bekanntgabeweg {
    /// The law presumes the day of receipt.
    pub const fn mit_fiktion(self) -> bool {
        matches!(self, Bekanntgabeweg::Post | Bekanntgabeweg::Elektronisch)
    }
}

/// Input of the act `bekanntgabe`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "weg": "POST", "aufgabe_am": "2026-09-15" }))))]
#[serde(deny_unknown_fields)]
pub struct Bekanntgabe {
    /// Way.
    pub weg: Bekanntgabeweg,
    /// Day of posting or sending; mandatory for `POST` and `ELEKTRONISCH`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-05-18")))]
    pub aufgabe_am: Option<NaiveDate>,
    /// Proven day of receipt; mandatory for `ZUSTELLUNG` and `PERSOENLICH`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-05-19")))]
    pub zugang_am: Option<NaiveDate>,
}

/// Input of the act `bekanntgabeberichtigung`: the notification as it really was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "weg": "ZUSTELLUNG", "zugang_am": "2026-09-15", "grund": "Zugang laut Zustellungsurkunde" }))))]
#[serde(deny_unknown_fields)]
pub struct Bekanntgabeberichtigung {
    /// Way.
    pub weg: Bekanntgabeweg,
    /// Day of posting or sending; mandatory for `POST` and `ELEKTRONISCH`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-05-18")))]
    pub aufgabe_am: Option<NaiveDate>,
    /// Proven day of receipt; mandatory for `ZUSTELLUNG` and `PERSOENLICH`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-05-19")))]
    pub zugang_am: Option<NaiveDate>,
    /// Why the entry before was wrong.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Zugang laut Zustellungsurkunde")
        )
    )]
    pub grund: String,
}

/// Input of the act `rechtsbehelfsverzicht`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "am": "2026-09-15" }))))]
#[serde(deny_unknown_fields)]
pub struct Rechtsbehelfsverzicht {
    /// Day of the declaration; not in the future and not before the notification.
    #[cfg_attr(feature = "schema", schema(examples("2026-05-20")))]
    pub am: NaiveDate,
}

fn in_zukunft(ort: &str, angegeben: NaiveDate, heute: NaiveDate) -> Option<Befund> {
    (angegeben > heute).then(|| {
        Befund::neu(&DATUM_IN_ZUKUNFT).ort(ort).gemessen("angegeben", angegeben, Einheit::Datum).erlaubt(
            "heute",
            heute,
            Einheit::Datum,
        )
    })
}

fn fehlt(feld: &str) -> Befund {
    Befund::neu(&ANGABE_FEHLT).ort(format!("/{feld}")).gemessen("feld", feld, Einheit::Code)
}

impl Bekanntgabe {
    /// The day of posting from which a presumed receipt is counted; none where the proven day counts.
    pub fn fiktion_ab(&self) -> Option<NaiveDate> {
        self.aufgabe_am.filter(|_| self.weg.mit_fiktion())
    }

    /// What is wrong with the days given: missing, before the issue, in the future.
    pub fn pruefe(&self, erlassen_am: NaiveDate, heute: NaiveDate) -> Vec<Befund> {
        let mut befunde = Vec::new();
        match (self.weg.mit_fiktion(), self.aufgabe_am, self.zugang_am) {
            (true, None, _) => befunde.push(fehlt("aufgabe_am")),
            (false, _, None) => befunde.push(fehlt("zugang_am")),
            _ => {}
        }
        let fruehester_zugang = self.aufgabe_am.unwrap_or(erlassen_am);
        for (ort, tag, nicht_vor) in
            [("/aufgabe_am", self.aufgabe_am, erlassen_am), ("/zugang_am", self.zugang_am, fruehester_zugang)]
        {
            let Some(tag) = tag else { continue };
            if tag < nicht_vor.max(erlassen_am) {
                befunde.push(
                    Befund::neu(&BEKANNTGABE_VOR_ERLASS).ort(ort).gemessen("angegeben", tag, Einheit::Datum).erlaubt(
                        "erlassen",
                        nicht_vor.max(erlassen_am),
                        Einheit::Datum,
                    ),
                );
            }
            befunde.extend(in_zukunft(ort, tag, heute));
        }
        befunde
    }

    /// The day that counts as notification (§ 41 Abs. 2 HVwVfG): the proven day of receipt, or for letters and
    /// electronic transmission the presumed day, unless a later receipt is proven. An earlier receipt does not shorten
    /// the period for appeal; it only permits an earlier waiver.
    ///
    /// `fiktion` gives the presumed day for the day of posting.
    ///
    /// # Errors
    /// `ANGABE_FEHLT`, or what `fiktion` answers.
    pub fn bekannt_am(&self, fiktion: impl Fn(NaiveDate) -> Result<NaiveDate, Befund>) -> Result<NaiveDate, Befund> {
        if !self.weg.mit_fiktion() {
            return self.zugang_am.ok_or_else(|| fehlt("zugang_am"));
        }
        let vermutet = fiktion(self.aufgabe_am.ok_or_else(|| fehlt("aufgabe_am"))?)?;
        Ok(self.zugang_am.map_or(vermutet, |z| z.max(vermutet)))
    }
}

impl Bescheid {
    /// Records the notification and starts the period for appeal.
    ///
    /// `fiktion` gives the presumed day of receipt for the day of posting, `rechtsbehelf` the last day for an appeal
    /// for the day of notification; both read the Regelwerk of this Bescheid.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `ANGABE_FEHLT`, `BEKANNTGABE_VOR_ERLASS`, `DATUM_IN_ZUKUNFT`, or what the
    /// two calculations answer.
    pub fn bekanntgeben(
        &self,
        eingabe: &Bekanntgabe,
        heute: NaiveDate,
        akteur: &Akteur,
        fiktion: impl Fn(NaiveDate) -> Result<NaiveDate, Befund>,
        rechtsbehelf: impl Fn(NaiveDate) -> Result<NaiveDate, Befund>,
    ) -> Urteil<Bescheid> {
        frei(self.aktionen(akteur, heute), super::BEKANNTGABE)?;
        let neu = self.mit_bekanntgabe(eingabe, heute, akteur, fiktion, rechtsbehelf)?;
        Ok(neu.mit_rechtsbehelfsfrist("bescheid.bekanntgegeben"))
    }

    /// Replaces a wrong entry about the notification; whoever made that entry cannot correct it. Both stand in the
    /// history. The days of appeal and finality are computed anew; a declared waiver stays, so it must not lie before
    /// the corrected notification.
    ///
    /// # Errors
    /// As [`Bescheid::bekanntgeben`], `VIER_AUGEN`, `VERZICHT_VOR_BEKANNTGABE`.
    pub fn bekanntgabe_berichtigen(
        &self,
        eingabe: &Bekanntgabeberichtigung,
        heute: NaiveDate,
        akteur: &Akteur,
        fiktion: impl Fn(NaiveDate) -> Result<NaiveDate, Befund>,
        rechtsbehelf: impl Fn(NaiveDate) -> Result<NaiveDate, Befund>,
    ) -> Urteil<Bescheid> {
        frei(self.aktionen(akteur, heute), super::BEKANNTGABEBERICHTIGUNG)?;
        let Bekanntgabeberichtigung { weg, aufgabe_am, zugang_am, grund } = eingabe.clone();
        let bekanntgabe = Bekanntgabe { weg, aufgabe_am, zugang_am };
        let neu = Bescheid {
            berichtigungsgrund: Some(grund),
            ..self.mit_bekanntgabe(&bekanntgabe, heute, akteur, fiktion, rechtsbehelf)?
        };
        let zu_frueh = neu.rechtsbehelfsverzicht_am.and_then(|am| neu.verzicht_zu_frueh(am));
        match zu_frueh {
            Some(b) => Err(vec![b]),
            None => Ok(neu.mit_rechtsbehelfsfrist("bescheid.bekanntgabe_berichtigt")),
        }
    }

    fn mit_bekanntgabe(
        &self,
        eingabe: &Bekanntgabe,
        heute: NaiveDate,
        akteur: &Akteur,
        fiktion: impl Fn(NaiveDate) -> Result<NaiveDate, Befund>,
        rechtsbehelf: impl Fn(NaiveDate) -> Result<NaiveDate, Befund>,
    ) -> Result<Bescheid, Vec<Befund>> {
        let erlassen = self.erlassen_am.ok_or_else(|| vec![fehlt("erlassen_am")])?;
        let befunde = eingabe.pruefe(erlassen, heute);
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let bekannt_am = eingabe.bekannt_am(fiktion).map_err(|b| vec![b])?;
        let rechtsbehelf_bis = rechtsbehelf(bekannt_am).map_err(|b| vec![b])?;
        Ok(Bescheid {
            status: super::BescheidStatus::Bekanntgegeben,
            bekanntgabe: Some(eingabe.clone()),
            bekanntgabe_von: Some(akteur.person.clone()),
            bekannt_am: Some(bekannt_am),
            rechtsbehelf_bis: Some(rechtsbehelf_bis),
            bestandskraft_am: self.rechtsbehelfsverzicht_am.or(rechtsbehelf_bis.succ_opt()),
            ..self.clone()
        })
    }

    fn mit_rechtsbehelfsfrist(self, ereignis: &'static str) -> Entscheidung<Bescheid> {
        // who has waived the appeal waits for no period
        let bis = self.rechtsbehelf_bis.filter(|_| self.rechtsbehelfsverzicht_am.is_none());
        let frist = bis.map(|bis| self.fristsetzung(Fristart::Rechtsbehelf, None, bis));
        let daten = serde_json::json!({ "bescheid_id": self.id, "antrag_id": self.inhalt.antrag_id });
        let e = Entscheidung::neu(self).ereignis(ereignis, daten);
        frist.into_iter().fold(e, Entscheidung::frist)
    }

    /// The finding `VERZICHT_VOR_BEKANNTGABE` for a waiver before the notification; a proven receipt before the presumed
    /// day counts as notification here.
    fn verzicht_zu_frueh(&self, am: NaiveDate) -> Option<Befund> {
        let zugang = self.bekanntgabe.as_ref().and_then(|b| b.zugang_am);
        let bekannt = [self.bekannt_am, zugang].into_iter().flatten().min().filter(|b| am < *b)?;
        Some(Befund::neu(&VERZICHT_VOR_BEKANNTGABE).ort("/am").gemessen("verzicht", am, Einheit::Datum).erlaubt(
            "bekannt",
            bekannt,
            Einheit::Datum,
        ))
    }

    /// What blocks any waiver on that day: the Bescheid is final already, by time or by an earlier waiver, or it does not
    /// count as notified yet, so that nobody can give up an appeal against it.
    pub(super) fn verzicht_gesperrt(&self, heute: NaiveDate) -> Option<Befund> {
        match self.bestandskraft_am.filter(|b| *b <= heute || self.rechtsbehelfsverzicht_am.is_some()) {
            Some(seit) => Some(Befund::neu(&BESTANDSKRAFT_EINGETRETEN).gemessen("bestandskraft", seit, Einheit::Datum)),
            None => self.verzicht_zu_frueh(heute),
        }
    }

    /// Records the applicant's waiver of appeal: the Bescheid is final from that day.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG`, `BESTANDSKRAFT_EINGETRETEN`, `DATUM_IN_ZUKUNFT` or
    /// `VERZICHT_VOR_BEKANNTGABE`.
    pub fn verzichten(&self, eingabe: &Rechtsbehelfsverzicht, heute: NaiveDate, akteur: &Akteur) -> Urteil<Bescheid> {
        frei(self.aktionen(akteur, heute), super::RECHTSBEHELFSVERZICHT)?;
        let mut befunde: Vec<Befund> = in_zukunft("/am", eingabe.am, heute).into_iter().collect();
        befunde.extend(self.verzicht_zu_frueh(eingabe.am));
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let neu = Bescheid {
            rechtsbehelfsverzicht_am: Some(eingabe.am),
            verzichtet_von: Some(akteur.person.clone()),
            bestandskraft_am: Some(eingabe.am),
            ..self.clone()
        };
        let daten = serde_json::json!({ "bescheid_id": self.id, "antrag_id": self.inhalt.antrag_id });
        Ok(Entscheidung::neu(neu).erledigt(Fristart::Rechtsbehelf).ereignis("bescheid.rechtsbehelfsverzicht", daten))
    }
}
