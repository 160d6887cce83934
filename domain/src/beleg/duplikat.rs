//! The same invoice twice: by what it says, or by its scan.

use super::{Beleg, Beleginhalt, nummer, sha256};
use crate::befund::{Befund, Einheit};
use crate::regel::MOEGLICHES_DUPLIKAT;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// What two Belege have in common.
    Duplikatmerkmal {
        /// Issuer, number and gross amount.
        Nummer = "NUMMER",
        /// Issuer, day of the invoice and gross amount.
        Rechnung = "RECHNUNG",
        /// The scan.
        Scan = "SCAN",
    }
}

/// Another Beleg that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Duplikat {
    /// The other Beleg.
    pub beleg_id: Uuid,
    /// Chain of the proof it stands in.
    pub kette_id: Uuid,
    /// Gebietskoerperschaft of the other list.
    pub kreisschluessel: String,
    /// Its number.
    pub belegnummer: String,
    /// What both have in common.
    pub merkmal: Duplikatmerkmal,
}

impl Beleginhalt {
    /// Issuer as it is compared: letters and digits, small, umlauts spelled out.
    fn aussteller(&self) -> String {
        let klein = self.rechnungsaussteller.to_lowercase();
        let klein = klein.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
        klein.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    /// Hash of issuer, number and gross amount.
    pub fn fingerabdruck_nummer(&self) -> String {
        let brutto = self.rechnungsbetrag_brutto.cent();
        sha256(&format!("N|{}|{}|{brutto}", self.aussteller(), nummer(&self.belegnummer)))
    }

    /// Hash of issuer, day of the invoice and gross amount.
    pub fn fingerabdruck_rechnung(&self) -> String {
        let brutto = self.rechnungsbetrag_brutto.cent();
        sha256(&format!("R|{}|{}|{brutto}", self.aussteller(), self.rechnungsdatum))
    }
}

/// By what Belege are compared when duplicates are sought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abdruck {
    /// The Beleg.
    pub id: Uuid,
    /// [`Beleginhalt::fingerabdruck_nummer`].
    pub nummer: String,
    /// [`Beleginhalt::fingerabdruck_rechnung`].
    pub rechnung: String,
    /// SHA-256 of the scan.
    pub scan: Option<String>,
    /// [`Beleg::splitschluessel`].
    pub gruppe: Option<String>,
}

impl Abdruck {
    /// What both have in common that one invoice would have; nothing between members of a group.
    pub fn gleicht(&self, b: &Abdruck) -> Option<Duplikatmerkmal> {
        if self.id == b.id || (self.gruppe.is_some() && self.gruppe == b.gruppe) {
            None
        } else if self.scan.is_some() && self.scan == b.scan {
            Some(Duplikatmerkmal::Scan)
        } else if self.nummer == b.nummer {
            Some(Duplikatmerkmal::Nummer)
        } else if self.rechnung == b.rechnung {
            Some(Duplikatmerkmal::Rechnung)
        } else {
            None
        }
    }
}

impl Beleg {
    /// By what it is compared.
    pub fn abdruck(&self) -> Abdruck {
        Abdruck {
            id: self.id,
            nummer: self.inhalt.fingerabdruck_nummer(),
            rechnung: self.inhalt.fingerabdruck_rechnung(),
            scan: self.inhalt.original_sha256.clone(),
            gruppe: self.splitschluessel(),
        }
    }

    /// This Beleg as the duplicate of another.
    pub fn als_duplikat(&self, merkmal: Duplikatmerkmal) -> Duplikat {
        Duplikat {
            beleg_id: self.id,
            kette_id: self.kette_id,
            kreisschluessel: self.kreisschluessel.clone(),
            belegnummer: self.inhalt.belegnummer.clone(),
            merkmal,
        }
    }
}

impl Duplikat {
    /// The warning.
    pub fn befund(&self) -> Befund {
        Befund::neu(&MOEGLICHES_DUPLIKAT)
            .gemessen("belegnummer", &self.belegnummer, Einheit::Code)
            .gemessen("merkmal", self.merkmal, Einheit::Code)
            .gemessen("kreisschluessel", &self.kreisschluessel, Einheit::Code)
            .gemessen("beleg", self.beleg_id, Einheit::Code)
    }
}
