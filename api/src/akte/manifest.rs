//! What a case file says about itself.

use aqb_persistence::protokoll::Eintrag;
use aqb_persistence::typen::{Kennung, Zeitpunkt};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Name and version of the format: `aqb-akte/1`.
    pub format: String,
    /// Application whose case this is.
    pub antrag_id: Uuid,
    /// Its file reference; absent before it is filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aktenzeichen: Option<String>,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Jahrgang.
    pub jahrgang: i32,
    /// Regelwerk the case pinned; absent before it is filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regelwerk: Option<String>,
    /// State of the application.
    pub status: String,
    /// Moment of the creation: UTC with three fraction digits. All files show this one state of the database.
    pub erstellt_am: String,
    /// Who took it; the files show what this caller may read.
    pub erstellt_von: Aktenersteller,
    /// Version of the program that made it.
    pub programmversion: String,
    /// The files in their order, without `manifest.json` and `SHA256SUMS`.
    pub dateien: Vec<Aktendatei>,
    /// What belongs to the case and is not contained.
    pub auslassungen: Vec<Auslassung>,
    /// Kinds of records whose chains in `protokoll.json` are not whole, because the caller does not read every entry.
    pub ketten_mit_luecken: Vec<Kettenluecke>,
    /// Newest seal over the whole audit trail; absent where the caller may not read it, or none was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub siegel: Option<Aktensiegel>,
}

/// Who took a case file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aktenersteller {
    /// Person.
    pub person: String,
    /// Role.
    pub rolle: String,
}

/// A file of the archive: a JSON array.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aktendatei {
    /// Name.
    pub name: String,
    /// Size in bytes, unpacked.
    pub bytes: u64,
    /// SHA-256 of the unpacked bytes, lower-case hex.
    pub sha256: String,
    /// Elements of the array.
    pub eintraege: u64,
}

/// Something that is not contained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Auslassung {
    /// Name of the file that is missing, or of what is missing in one.
    pub was: String,
    /// Why, for people.
    pub grund: String,
    /// The right the caller lacks, where that is why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recht: Option<String>,
}

/// A kind of record whose chains are not whole: entries and links that stand next to each other are checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kettenluecke {
    /// Kind of record.
    pub fall_art: String,
    /// Why, for people.
    pub grund: String,
}

/// Head of a seal, as `GET /protokoll/nachweis` gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aktensiegel {
    /// Running number.
    pub nr: i64,
    /// Its hash.
    pub hash: String,
    /// It was recomputed when the archive was made and fitted its entries and the seal before.
    pub stimmt: bool,
}

/// An entry of the audit trail with everything its hash covers, so that it can be recomputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Akteneintrag {
    /// Kind of record.
    pub fall_art: String,
    /// Its id.
    pub fall_id: String,
    /// Position in the chain of this record, from 1.
    pub nr: i64,
    /// Id of the entry.
    pub id: Uuid,
    /// Gebietskoerperschaft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kreisschluessel: Option<String>,
    /// Moment; the hash covers it in microseconds since 1970.
    pub zeit: DateTime<Utc>,
    /// Who.
    pub person: String,
    /// In which role.
    pub rolle: String,
    /// Which act.
    pub akt: String,
    /// Id of the request.
    pub anfrage: String,
    /// Changed fields as the text that is stored and hashed: a JSON array of `{feld, vorher, nachher}`.
    pub aenderungen: String,
    /// Hash of the entry before; zeros for the first.
    pub vorgaenger_hash: String,
    /// Hash of this entry.
    pub hash: String,
}

impl From<Eintrag> for Akteneintrag {
    fn from(e: Eintrag) -> Self {
        Akteneintrag {
            fall_art: e.fall_art,
            fall_id: e.fall_id,
            nr: e.nr,
            id: e.id.0,
            kreisschluessel: e.kreisschluessel,
            zeit: e.zeit.0,
            person: e.person,
            rolle: e.rolle,
            akt: e.akt,
            anfrage: e.anfrage,
            aenderungen: e.aenderungen,
            vorgaenger_hash: e.vorgaenger_hash,
            hash: e.hash,
        }
    }
}

impl From<Akteneintrag> for Eintrag {
    fn from(e: Akteneintrag) -> Self {
        Eintrag {
            fall_art: e.fall_art,
            fall_id: e.fall_id,
            nr: e.nr,
            id: Kennung(e.id),
            kreisschluessel: e.kreisschluessel,
            zeit: Zeitpunkt(e.zeit),
            person: e.person,
            rolle: e.rolle,
            akt: e.akt,
            anfrage: e.anfrage,
            aenderungen: e.aenderungen,
            vorgaenger_hash: e.vorgaenger_hash,
            hash: e.hash,
        }
    }
}
