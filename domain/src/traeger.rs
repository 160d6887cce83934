//! Traeger: the education and employment providers to whom money is passed on.

use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::regel::UNVERAENDERLICH;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// Legal form of a Traeger.
    Rechtsform {
        /// Non-profit limited company.
        Ggmbh = "GGMBH",
        /// Registered association.
        Ev = "EV",
        /// Limited company.
        Gmbh = "GMBH",
        /// Corporation under public law.
        KoerperschaftOeffentlichenRechts = "KOERPERSCHAFT_OEFFENTLICHEN_RECHTS",
        /// Municipal enterprise without legal personality.
        Eigenbetrieb = "EIGENBETRIEB",
        /// Any other.
        Sonstige = "SONSTIGE",
    }
}

impl Rechtsform {
    /// Bodies under public law may be bound like municipal recipients; all others are private.
    pub const fn ist_privat(self) -> bool {
        !matches!(self, Rechtsform::KoerperschaftOeffentlichenRechts | Rechtsform::Eigenbetrieb)
    }
}

crate::status! {
    /// State of a Traeger.
    TraegerStatus {
        /// Can be chosen for measures.
        Aktiv = "AKTIV",
        /// Kept for old cases, cannot be chosen any more.
        Stillgelegt = "STILLGELEGT",
    }
}

/// A postal address in Germany.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Anschrift {
    /// Street and number.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 120, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Europaplatz 1"))
    )]
    pub strasse: String,
    /// Postcode, five digits.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9]{5}$", examples("61169")))]
    pub plz: String,
    /// Town.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 80, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Friedberg"))
    )]
    pub ort: String,
}

/// What can be said and changed about a Traeger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Traegerangaben {
    /// Name as registered.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Beispiel Bildungswerk gGmbH")
        )
    )]
    pub name: String,
    /// Legal form.
    pub rechtsform: Rechtsform,
    /// Address.
    pub anschrift: Anschrift,
    /// Court and number of the register, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 120,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Amtsgericht Friedberg, HRB 1234")
        )
    )]
    pub register: Option<String>,
}

/// Input of the act `stilllegung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "grund": "Geschäftsbetrieb zum 31.12.2026 eingestellt" }))))]
#[serde(deny_unknown_fields)]
pub struct Stilllegung {
    /// Why the Traeger can no longer be chosen.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Geschäftsbetrieb zum 31.12.2026 eingestellt")
        )
    )]
    pub grund: String,
}

/// A Traeger.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Traeger {
    /// Id.
    pub id: Uuid,
    /// Content.
    pub angaben: Traegerangaben,
    /// State.
    pub status: TraegerStatus,
    /// Who recorded it.
    pub erstellt_von: String,
    /// Reason of the retirement.
    pub stilllegungsgrund: Option<String>,
    /// Legal day of the retirement.
    pub stillgelegt_am: Option<NaiveDate>,
}

/// Act: retire.
pub const STILLLEGUNG: &str = "stilllegung";

/// State table.
pub const UEBERGAENGE: &[Uebergang<TraegerStatus>] = &[Uebergang {
    akt: STILLLEGUNG,
    recht: Recht::TraegerAendern,
    von: &[TraegerStatus::Aktiv],
    nach: Some(TraegerStatus::Stillgelegt),
}];

impl Traeger {
    /// A new, active Traeger. The right `traeger:pflegen` is checked by the caller's route.
    pub fn neu(id: Uuid, angaben: Traegerangaben, akteur: &Akteur) -> Self {
        Traeger {
            id,
            angaben,
            status: TraegerStatus::Aktiv,
            erstellt_von: akteur.person.clone(),
            stilllegungsgrund: None,
            stillgelegt_am: None,
        }
    }

    /// Measures can name it.
    pub fn ist_aktiv(&self) -> bool {
        self.status == TraegerStatus::Aktiv
    }

    /// Replaces the content.
    ///
    /// # Errors
    /// `UNVERAENDERLICH` once the Traeger is retired.
    pub fn aendern(&self, angaben: Traegerangaben) -> Result<Traeger, Vec<Befund>> {
        if !self.ist_aktiv() {
            return Err(vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)]);
        }
        Ok(Traeger { angaben, ..self.clone() })
    }

    /// All acts with the reasons that block them.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, |_| None, |_| Vec::new())
    }

    /// Retires the Traeger: applications filed before keep it with a warning, a draft that names it cannot be filed.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, or `STATUS_UNZULAESSIG` when it is already retired.
    pub fn stilllegen(&self, eingabe: &Stilllegung, heute: NaiveDate, akteur: &Akteur) -> Urteil<Traeger> {
        frei(self.aktionen(akteur), STILLLEGUNG)?;
        let neu = Traeger {
            status: TraegerStatus::Stillgelegt,
            stilllegungsgrund: Some(eingabe.grund.clone()),
            stillgelegt_am: Some(heute),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("traeger.stillgelegt", serde_json::json!({ "traeger_id": self.id })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::berechtigung::Rolle;
    use crate::zeit::tag;

    fn akteur(rolle: Rolle) -> Akteur {
        Akteur { person: "p1".into(), rolle, kreisschluessel: Some("06440".into()), traeger_id: None }
    }

    fn angaben(name: &str) -> Traegerangaben {
        Traegerangaben {
            name: name.into(),
            rechtsform: Rechtsform::Ggmbh,
            anschrift: Anschrift { strasse: "Europaplatz 1".into(), plz: "61169".into(), ort: "Friedberg".into() },
            register: None,
        }
    }

    #[test]
    fn zustandstabelle() {
        crate::akt::pruefe_tabelle(
            UEBERGAENGE,
            TraegerStatus::ALLE,
            &[TraegerStatus::Stillgelegt],
            TraegerStatus::Aktiv,
        );
    }

    #[test]
    fn stilllegung_schreibt_fest() {
        let gk = akteur(Rolle::Gebietskoerperschaft);
        let t = Traeger::neu(Uuid::nil(), angaben("A"), &gk);
        assert!(t.aendern(angaben("B")).is_ok_and(|t| t.angaben.name == "B"));
        let e = Stilllegung { grund: "eingestellt".into() };
        let f = t.stilllegen(&e, tag(2026, 5, 4), &akteur(Rolle::Ministerium)).unwrap_err();
        assert_eq!(f[0].regel.kurzname, "RECHT_FEHLT");
        let f = t.stilllegen(&e, tag(2026, 5, 4), &gk).unwrap_err();
        assert_eq!(f[0].regel.kurzname, "RECHT_FEHLT", "other counties use the Traeger too");
        let rp = akteur(Rolle::Bewilligungsbehoerde);
        let t = t.stilllegen(&e, tag(2026, 5, 4), &rp).unwrap().zustand;
        assert_eq!((t.ist_aktiv(), t.stillgelegt_am), (false, Some(tag(2026, 5, 4))));
        assert_eq!(t.stilllegen(&e, tag(2026, 5, 5), &rp).unwrap_err()[0].regel.kurzname, "STATUS_UNZULAESSIG");
        assert_eq!(t.aendern(angaben("C")).unwrap_err()[0].regel.kurzname, "UNVERAENDERLICH");
    }

    #[test]
    fn register_darf_fehlen_aber_nicht_null_sein() {
        let j = serde_json::to_value(angaben("A")).unwrap();
        assert!(j.get("register").is_none());
        let mut mit_null = j.clone();
        mit_null["register"] = serde_json::Value::Null;
        assert!(serde_json::from_value::<Traegerangaben>(mit_null).is_err());
        assert_eq!(serde_json::from_value::<Traegerangaben>(j).unwrap(), angaben("A"));
    }
}
