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

impl Beleg {
    /// What this and another Beleg have in common that one invoice would have; nothing between members of a group.
    pub fn gleicht(&self, anderer: &Beleg) -> Option<Duplikatmerkmal> {
        let gruppe = self.splitschluessel();
        if self.id == anderer.id || (gruppe.is_some() && gruppe == anderer.splitschluessel()) {
            return None;
        }
        let (a, b) = (&self.inhalt, &anderer.inhalt);
        if a.original_sha256.is_some() && a.original_sha256 == b.original_sha256 {
            Some(Duplikatmerkmal::Scan)
        } else if a.fingerabdruck_nummer() == b.fingerabdruck_nummer() {
            Some(Duplikatmerkmal::Nummer)
        } else if a.fingerabdruck_rechnung() == b.fingerabdruck_rechnung() {
            Some(Duplikatmerkmal::Rechnung)
        } else {
            None
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
