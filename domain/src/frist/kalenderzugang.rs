//! Access of a calendar program: it cannot log in, so it carries a secret that stands for what its maker could read.

use crate::akt::{Entscheidung, Urteil};
use crate::befund::Befund;
use crate::berechtigung::{Akteur, Recht, Sicht};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Input for a new access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bezeichnung": "Kalender auf dem Diensttelefon" }))))]
#[serde(deny_unknown_fields)]
pub struct Kalenderzugangsangaben {
    /// What it is for, so that its maker knows which one to revoke.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Kalender auf dem Diensttelefon")
        )
    )]
    pub bezeichnung: String,
}

/// Access of a calendar program to the deadlines its maker could read when he made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kalenderzugang {
    /// Id.
    pub id: Uuid,
    /// Its maker, with role and owner as they were.
    pub akteur: Akteur,
    /// What it is for.
    pub bezeichnung: String,
    /// SHA-256 of the secret; the secret itself is nowhere.
    pub geheimnis_sha256: String,
    /// Moment from which it opens nothing any more.
    pub gueltig_bis: DateTime<Utc>,
    /// Moment in which its maker revoked it.
    pub widerrufen_am: Option<DateTime<Utc>>,
}

impl Kalenderzugang {
    /// A new access for the caller.
    ///
    /// # Errors
    /// `RECHT_FEHLT`.
    pub fn neu(
        id: Uuid,
        angaben: Kalenderzugangsangaben,
        geheimnis_sha256: String,
        gueltig_bis: DateTime<Utc>,
        akteur: &Akteur,
    ) -> Urteil<Kalenderzugang> {
        if !akteur.darf(Recht::FristLesen) {
            return Err(vec![Befund::recht_fehlt(akteur.rolle, Recht::FristLesen)]);
        }
        Ok(Entscheidung::neu(Kalenderzugang {
            id,
            akteur: akteur.clone(),
            bezeichnung: angaben.bezeichnung,
            geheimnis_sha256,
            gueltig_bis,
            widerrufen_am: None,
        }))
    }

    /// It opens something at this moment.
    pub fn gilt(&self, jetzt: DateTime<Utc>) -> bool {
        self.widerrufen_am.is_none() && jetzt < self.gueltig_bis
    }

    /// What its maker could read, if a role with these belongings may still read deadlines.
    pub fn sicht(&self) -> Option<Sicht> {
        self.akteur.sicht(Recht::FristLesen)
    }

    /// The access after its maker revoked it; revoking twice changes nothing.
    pub fn widerrufen(&self, jetzt: DateTime<Utc>) -> Entscheidung<Kalenderzugang> {
        let widerrufen_am = Some(self.widerrufen_am.unwrap_or(jetzt));
        Entscheidung::neu(Kalenderzugang { widerrufen_am, ..self.clone() })
    }
}
