//! Feststellung: what an examination questions, and what becomes of its money. The parts always add up:
//! beanstandet = anerkannt + berichtigt + zurueckgefordert + verzichtet + offen.

use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bestaetigung::BEGRUENDUNG_MINDESTENS;
use crate::budget::{pruefe_betrag, pruefe_recht};
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::geld::{Euro, GeldFehler};
use crate::regel::{
    BEGRUENDUNG_FEHLT, BESSERSTELLUNG_BETRAG, BESSERSTELLUNG_NUR_PRIVATE, BETRAG_ZU_KLEIN, ENTGELTVERGLEICH_UNPASSEND,
    FESTSTELLUNG_UEBERVERTEILT, RECHENBEREICH,
};
use crate::schlussrechnung::zu_viel;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: say what becomes of its money.
pub const VERTEILUNG: &str = "verteilung";
/// Act: release a waiver; by another person than the one who proposed it.
pub const VERZICHTSFREIGABE: &str = "verzichtsfreigabe";
/// Act: answer it.
pub const STELLUNGNAHME: &str = "stellungnahme";
/// Act: take it back, because it was a mistake.
pub const AUFHEBUNG: &str = "aufhebung";

crate::status! {
    /// State of a finding.
    FeststellungStatus {
        /// Some of its money is open.
        Offen = "OFFEN",
        /// Somebody proposed a waiver; another person must release it.
        VerzichtVorgeschlagen = "VERZICHT_VORGESCHLAGEN",
        /// All of its money has its place.
        Erledigt = "ERLEDIGT",
        /// Taken back.
        Aufgehoben = "AUFGEHOBEN",
    }
}

crate::status! {
    /// Why expenditure is questioned; the authority's column of a Belegliste knows the same reasons.
    Feststellungsgrund {
        /// Outside the Bewilligungszeitraum.
        AusserhalbZeitraum = "AUSSERHALB_ZEITRAUM",
        /// Not eligible.
        NichtZuwendungsfaehig = "NICHT_ZUWENDUNGSFAEHIG",
        /// Discounts not taken.
        SkontoNichtGenutzt = "SKONTO_NICHT_GENUTZT",
        /// Staff better paid than comparable staff of the state.
        Besserstellung = "BESSERSTELLUNG",
        /// Paid by another grant as well.
        Doppelfoerderung = "DOPPELFOERDERUNG",
        /// Procurement rules broken.
        Vergabeverstoss = "VERGABEVERSTOSS",
        /// No proof of payment.
        ZahlungsnachweisFehlt = "ZAHLUNGSNACHWEIS_FEHLT",
        /// Not in the plan.
        NichtImPlan = "NICHT_IM_PLAN",
        /// Beyond the Ansatz.
        AnsatzUeberschritten = "ANSATZ_UEBERSCHRITTEN",
        /// Anything else; the text says what.
        Sonstiges = "SONSTIGES",
    }
}

/// State table.
pub const UEBERGAENGE: &[Uebergang<FeststellungStatus>] = {
    use FeststellungStatus as S;
    &[
        Uebergang { akt: VERTEILUNG, recht: Recht::FeststellungSchreiben, von: &[S::Offen, S::Erledigt], nach: None },
        Uebergang {
            akt: VERZICHTSFREIGABE,
            recht: Recht::FeststellungSchreiben,
            von: &[S::VerzichtVorgeschlagen],
            nach: None,
        },
        Uebergang {
            akt: STELLUNGNAHME,
            recht: Recht::FeststellungBeantworten,
            // that a waiver is proposed is internal: for the county the finding is open
            von: &[S::Offen, S::VerzichtVorgeschlagen],
            nach: None,
        },
        Uebergang {
            akt: AUFHEBUNG,
            recht: Recht::FeststellungSchreiben,
            von: &[S::Offen, S::VerzichtVorgeschlagen, S::Erledigt],
            nach: Some(S::Aufgehoben),
        },
    ]
};

/// Pay of one person and what the state pays for the same work (TV-H), per month (Nr. 1.3 ANBest-P).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "monate": 12, "entgelt": "5100.00", "vergleichsentgelt": "4812.34" }))))]
#[serde(deny_unknown_fields)]
pub struct Entgeltvergleich {
    /// Whole months.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 120))]
    pub monate: i32,
    /// Paid in each of them.
    pub entgelt: Euro,
    /// What comparable staff of the state are paid.
    pub vergleichsentgelt: Euro,
}

impl Entgeltvergleich {
    /// Paid above the comparison over all months; nothing where less was paid.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`].
    pub fn besserstellung(&self) -> Result<Euro, GeldFehler> {
        self.entgelt.minus(self.vergleichsentgelt)?.max(Euro::NULL).mal(i64::from(self.monate))
    }
}

/// What is questioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "massnahme_id": "019a0000-0000-7000-8000-0000000000e1", "position": "PERSONAL", "grund": "BESSERSTELLUNG", "text": "Vergütung der Coachin über TV-H: 12 × 287,66 EUR.", "beanstandet": "3451.92", "entgeltvergleich": { "monate": 12, "entgelt": "5100.00", "vergleichsentgelt": "4812.34" } }))))]
#[serde(deny_unknown_fields)]
pub struct Feststellungsinhalt {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Cost position, a code of the catalogue `kostenpositionen`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,79}$", examples("PERSONAL")))]
    pub position: String,
    /// Reason.
    pub grund: Feststellungsgrund,
    /// What was found.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Vergütung der Coachin über TV-H: 12 × 287,66 EUR.")
        )
    )]
    pub text: String,
    /// Amount that is questioned, above 0.00. What is not recognised at a Beleg is decided there and not here again.
    pub beanstandet: Euro,
    /// The figures behind `BESSERSTELLUNG`; with them `beanstandet` is months × what is paid above the comparison.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub entgeltvergleich: Option<Entgeltvergleich>,
}

impl Feststellungsinhalt {
    /// The prohibition binds private recipients of passed-on money only, and its amount is computed, not estimated.
    fn pruefe_besserstellung(&self, fall: &Feststellungsfall) -> Result<Vec<Befund>, GeldFehler> {
        let mut befunde = Vec::new();
        let wegen = self.grund == Feststellungsgrund::Besserstellung;
        if wegen && !fall.privater_traeger {
            befunde.push(Befund::neu(&BESSERSTELLUNG_NUR_PRIVATE).ort("/grund").gemessen(
                "massnahme",
                &fall.massnahme_nr,
                Einheit::Code,
            ));
        }
        let Some(v) = &self.entgeltvergleich else { return Ok(befunde) };
        befunde.extend(pruefe_betrag(v.vergleichsentgelt, "/entgeltvergleich/vergleichsentgelt"));
        let soll = v.besserstellung()?;
        if !wegen {
            befunde.push(Befund::neu(&ENTGELTVERGLEICH_UNPASSEND).ort("/entgeltvergleich").gemessen(
                "grund",
                self.grund,
                Einheit::Code,
            ));
        } else if self.beanstandet != soll {
            befunde.push(
                Befund::neu(&BESSERSTELLUNG_BETRAG)
                    .ort("/beanstandet")
                    .gemessen("monate", v.monate, Einheit::Anzahl)
                    .gemessen("entgelt", v.entgelt, Einheit::Eur)
                    .gemessen("vergleichsentgelt", v.vergleichsentgelt, Einheit::Eur)
                    .betrag("beanstandet", self.beanstandet, "berechnet", soll),
            );
        }
        Ok(befunde)
    }
}

/// What becomes of the money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "anerkannt": "0.00", "berichtigt": "0.00", "zurueckgefordert": "3451.92", "verzichtet": "0.00", "begruendung": "Nr. 1.3 ANBest-I: kein besseres Entgelt als vergleichbare Landesbedienstete." }))))]
#[serde(deny_unknown_fields)]
pub struct Feststellungsverteilung {
    /// Recognised after all.
    pub anerkannt: Euro,
    /// Corrected by the county in its proof: it does not claim it any more.
    pub berichtigt: Euro,
    /// Not recognised: it lowers the eligible expenditure.
    pub zurueckgefordert: Euro,
    /// Not eligible, but not pursued; another person must release it.
    pub verzichtet: Euro,
    /// Why.
    #[cfg_attr(
        feature = "schema",
        schema(
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Nr. 1.3 ANBest-I: kein besseres Entgelt als vergleichbare Landesbedienstete.")
        )
    )]
    pub begruendung: String,
}

/// The county's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "text": "Die Eingruppierung beruht auf dem Haustarif des Trägers." }))))]
#[serde(deny_unknown_fields)]
pub struct Feststellungsantwort {
    /// What the county states.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Eingruppierung beruht auf dem Haustarif des Trägers.")
        )
    )]
    pub text: String,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feststellung {
    /// Id.
    pub id: Uuid,
    /// Chain of the proof that was examined.
    pub kette_id: Uuid,
    /// Application of the case.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// State.
    pub status: FeststellungStatus,
    /// What is questioned.
    pub inhalt: Feststellungsinhalt,
    /// Who found it.
    pub festgestellt_von: String,
    /// Legal day.
    pub festgestellt_am: NaiveDate,
    /// What becomes of the money; absent while nothing was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verteilung: Option<Feststellungsverteilung>,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verteilt_von: Option<String>,
    /// Who released the waiver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verzicht_freigegeben_von: Option<String>,
    /// The county's answers in their order.
    #[serde(default)]
    pub antworten: Vec<String>,
    /// Why it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aufhebungsgrund: Option<String>,
    /// A waiver that nobody released went with it.
    #[serde(default)]
    pub vorschlag_verworfen: bool,
}

/// The proof a finding belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feststellungsfall {
    /// Chain of the proof.
    pub kette_id: Uuid,
    /// Application.
    pub antrag_id: Uuid,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Number of the measure.
    pub massnahme_nr: String,
    /// The money was passed on to a Traeger under private law.
    pub privater_traeger: bool,
    /// Claimed at the position.
    pub nachgewiesen: Euro,
    /// Not recognised there already: receipts cut, other findings.
    pub beanstandet: Euro,
}

fn bereich(_: GeldFehler) -> Vec<Befund> {
    vec![Befund::neu(&RECHENBEREICH)]
}

impl Feststellungsverteilung {
    fn summe(&self) -> Result<Euro, GeldFehler> {
        Euro::summe([self.anerkannt, self.berichtigt, self.zurueckgefordert, self.verzichtet])
    }

    fn pruefe(&self, beanstandet: Euro) -> Result<(), Vec<Befund>> {
        let teile = [
            ("/anerkannt", self.anerkannt),
            ("/berichtigt", self.berichtigt),
            ("/zurueckgefordert", self.zurueckgefordert),
            ("/verzichtet", self.verzichtet),
        ];
        let mut befunde: Vec<Befund> = teile
            .into_iter()
            .filter(|(_, b)| b.ist_negativ())
            .map(|(ort, b)| Befund::neu(&BETRAG_ZU_KLEIN).ort(ort).betrag("betrag", b, "mindestens", Euro::NULL))
            .collect();
        let summe = self.summe().map_err(bereich)?;
        if summe > beanstandet {
            befunde.push(Befund::neu(&FESTSTELLUNG_UEBERVERTEILT).betrag(
                "verteilt",
                summe,
                "beanstandet",
                beanstandet,
            ));
        }
        let zeichen = self.begruendung.trim().chars().count();
        if zeichen < BEGRUENDUNG_MINDESTENS {
            befunde.push(
                Befund::neu(&BEGRUENDUNG_FEHLT)
                    .ort("/begruendung")
                    .gemessen("zeichen", zeichen, Einheit::Anzahl)
                    .erlaubt("mindestens", BEGRUENDUNG_MINDESTENS, Einheit::Anzahl),
            );
        }
        if befunde.is_empty() { Ok(()) } else { Err(befunde) }
    }
}

impl Feststellung {
    /// Records one.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `BETRAG_ZU_KLEIN`, `BESSERSTELLUNG_NUR_PRIVATE`, `BESSERSTELLUNG_BETRAG`,
    /// `ENTGELTVERGLEICH_UNPASSEND`, `ABZUG_UEBER_NACHWEIS`.
    pub fn treffen(
        id: Uuid,
        fall: Feststellungsfall,
        inhalt: Feststellungsinhalt,
        heute: NaiveDate,
        akteur: &Akteur,
    ) -> Urteil<Feststellung> {
        let recht = pruefe_recht(akteur, Recht::FeststellungSchreiben);
        let mut befunde: Vec<Befund> =
            recht.into_iter().chain(pruefe_betrag(inhalt.beanstandet, "/beanstandet")).collect();
        befunde.extend(inhalt.pruefe_besserstellung(&fall).map_err(bereich)?);
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let abzuege = fall.beanstandet.plus(inhalt.beanstandet).map_err(bereich)?;
        if abzuege > fall.nachgewiesen {
            let b = zu_viel(&fall.massnahme_nr, &inhalt.position, abzuege, fall.nachgewiesen);
            return Err(vec![b.ort("/beanstandet")]);
        }
        let f = Feststellung {
            id,
            kette_id: fall.kette_id,
            antrag_id: fall.antrag_id,
            jahrgang: fall.jahrgang,
            kreisschluessel: fall.kreisschluessel,
            status: FeststellungStatus::Offen,
            inhalt,
            festgestellt_von: akteur.person.clone(),
            festgestellt_am: heute,
            verteilung: None,
            verteilt_von: None,
            verzicht_freigegeben_von: None,
            antworten: Vec::new(),
            aufhebungsgrund: None,
            vorschlag_verworfen: false,
        };
        let daten = f.ereignisdaten();
        Ok(Entscheidung::neu(f).ereignis("feststellung.getroffen", daten))
    }

    fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({ "feststellung_id": self.id, "kette_id": self.kette_id, "antrag_id": self.antrag_id })
    }

    /// As the county and its Traeger read it: a waiver that only one person proposed is not there yet.
    #[must_use]
    pub fn ohne_vorschlag(self) -> Feststellung {
        if self.status != FeststellungStatus::VerzichtVorgeschlagen {
            return self;
        }
        Feststellung { status: FeststellungStatus::Offen, verteilung: None, verteilt_von: None, ..self }
    }

    /// Money that has no place yet.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn offen(&self) -> Result<Euro, GeldFehler> {
        if self.status == FeststellungStatus::Aufgehoben {
            return Ok(Euro::NULL);
        }
        let verteilt = self.verteilung.as_ref().map_or(Ok(Euro::NULL), Feststellungsverteilung::summe)?;
        self.inhalt.beanstandet.minus(verteilt)
    }

    /// What it takes off the eligible expenditure.
    pub fn abzug(&self) -> Euro {
        let gilt = self.status != FeststellungStatus::Aufgehoben;
        self.verteilung.as_ref().filter(|_| gilt).map(|v| v.zurueckgefordert).unwrap_or_default()
    }

    /// Nothing stands in the way of a decision about the proof.
    pub fn ist_geklaert(&self) -> bool {
        matches!(self.status, FeststellungStatus::Erledigt | FeststellungStatus::Aufgehoben)
    }

    /// Its acts with what they would find.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let erster = |akt: &str| if akt == VERZICHTSFREIGABE { self.verteilt_von.clone() } else { None };
        let zusatz = |akt: &str| match akt {
            STELLUNGNAHME => pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::FeststellungBeantworten)
                .into_iter()
                .collect(),
            _ => Vec::new(),
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, erster, zusatz)
    }

    /// The case waits for this act. The county may answer again, but nothing waits for it once it has answered.
    pub fn wartet_auf(&self, akt: &str) -> bool {
        akt != STELLUNGNAHME || self.antworten.is_empty()
    }

    /// Says what becomes of the money. A waiver waits for a second person.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `BETRAG_ZU_KLEIN`, `FESTSTELLUNG_UEBERVERTEILT`, `BEGRUENDUNG_FEHLT`.
    pub fn verteilen(&self, e: &Feststellungsverteilung, akteur: &Akteur) -> Urteil<Feststellung> {
        frei(self.aktionen(akteur), VERTEILUNG)?;
        e.pruefe(self.inhalt.beanstandet)?;
        let neu = Feststellung {
            verteilung: Some(e.clone()),
            verteilt_von: Some(akteur.person.clone()),
            verzicht_freigegeben_von: None,
            status: FeststellungStatus::Offen,
            ..self.clone()
        };
        let status = if e.verzichtet.ist_positiv() {
            FeststellungStatus::VerzichtVorgeschlagen
        } else if neu.offen().map_err(bereich)?.ist_null() {
            FeststellungStatus::Erledigt
        } else {
            FeststellungStatus::Offen
        };
        let neu = Feststellung { status, ..neu };
        Ok(Entscheidung::neu(neu).ereignis("feststellung.verteilt", self.ereignisdaten()))
    }

    /// Releases the proposed waiver.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG` while none is proposed, `VIER_AUGEN`.
    pub fn verzicht_freigeben(&self, akteur: &Akteur) -> Urteil<Feststellung> {
        frei(self.aktionen(akteur), VERZICHTSFREIGABE)?;
        let offen = self.offen().map_err(bereich)?;
        let status = if offen.ist_null() { FeststellungStatus::Erledigt } else { FeststellungStatus::Offen };
        let neu = Feststellung { status, verzicht_freigegeben_von: Some(akteur.person.clone()), ..self.clone() };
        Ok(Entscheidung::neu(neu).ereignis("feststellung.verzicht_freigegeben", self.ereignisdaten()))
    }

    /// Adds the county's answer.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG`.
    pub fn beantworten(&self, e: &Feststellungsantwort, akteur: &Akteur) -> Urteil<Feststellung> {
        frei(self.aktionen(akteur), STELLUNGNAHME)?;
        let mut neu = self.clone();
        neu.antworten.push(e.text.clone());
        Ok(Entscheidung::neu(neu).ereignis("feststellung.beantwortet", self.ereignisdaten()))
    }

    /// Takes it back.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`.
    pub fn aufheben(&self, e: &Handlungsgrund, akteur: &Akteur) -> Urteil<Feststellung> {
        frei(self.aktionen(akteur), AUFHEBUNG)?;
        // a proposal that nobody released goes with it
        let neu = Feststellung {
            status: FeststellungStatus::Aufgehoben,
            aufhebungsgrund: Some(e.grund.clone()),
            vorschlag_verworfen: self.status == FeststellungStatus::VerzichtVorgeschlagen,
            ..self.clone().ohne_vorschlag()
        };
        Ok(Entscheidung::neu(neu).ereignis("feststellung.aufgehoben", self.ereignisdaten()))
    }
}

#[cfg(test)]
mod tests;
