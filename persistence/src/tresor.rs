//! Encryption of what is told about people: AES-256-GCM, keys derived from one master key that never lies in the
//! database (HKDF-SHA-256), blind indexes (HMAC-SHA-256).
//!
//! Each record has a random key of its own, wrapped by the key of its county. Destroying that one wrapped key makes the
//! record unreadable wherever its ciphertext lies, the audit trail included; a new version of the county's key wraps
//! the records' keys anew and touches no ciphertext.

use crate::{DbFehler, DbResult};
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::{hkdf, hmac, rand};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// Bytes of a key.
const LAENGE: usize = 32;
/// Bytes of a nonce.
const NONCE: usize = 12;
/// Plaintexts are filled up to a multiple, so that their length says little.
const RASTER: usize = 256;

/// A key of 256 bits. It shows itself to nobody.
#[derive(Clone)]
pub struct Schluessel([u8; LAENGE]);

impl fmt::Debug for Schluessel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Schluessel(…)")
    }
}

fn kaputt(was: &str) -> DbFehler {
    DbFehler::Inhalt(format!("Verschlüsselung: {was}"))
}

impl Schluessel {
    /// A random one.
    ///
    /// # Errors
    /// [`DbFehler::Inhalt`] when the system gives no randomness.
    pub fn zufall() -> DbResult<Self> {
        let mut k = [0u8; LAENGE];
        rand::fill(&mut k).map_err(|_| kaputt("kein Zufall"))?;
        Ok(Schluessel(k))
    }

    /// Of 64 hex digits.
    ///
    /// # Errors
    /// A sentence that does not repeat the value.
    pub fn aus_hex(hex: &str) -> Result<Self, String> {
        let hex = hex.trim();
        let ungueltig = || "verlangt sind 64 Hexadezimalziffern (256 Bit), z. B. aus: openssl rand -hex 32".to_owned();
        if hex.len() != LAENGE * 2 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(ungueltig());
        }
        let verschiedene: std::collections::BTreeSet<u8> = hex.bytes().map(|b| b.to_ascii_lowercase()).collect();
        if verschiedene.len() < 8 {
            return Err("dieser Schlüssel ist nicht zufällig; z. B. openssl rand -hex 32".to_owned());
        }
        let mut k = [0u8; LAENGE];
        for (ziel, ziffern) in k.iter_mut().zip(hex.as_bytes().chunks(2)) {
            let z = std::str::from_utf8(ziffern).ok().and_then(|z| u8::from_str_radix(z, 16).ok());
            *ziel = z.ok_or_else(ungueltig)?;
        }
        Ok(Schluessel(k))
    }

    /// As hex digits.
    pub fn hex(&self) -> String {
        crate::protokoll::hex(&self.0)
    }

    fn maschine(&self) -> DbResult<RandomizedNonceKey> {
        RandomizedNonceKey::new(&AES_256_GCM, &self.0).map_err(|_| kaputt("Schlüssel"))
    }

    /// Encrypts; `bindung` must be the same when it is opened.
    ///
    /// # Errors
    /// [`DbFehler::Inhalt`].
    pub fn verschliesse(&self, bindung: &str, klartext: &[u8]) -> DbResult<String> {
        let mut stueck = klartext.to_vec();
        let nonce = self
            .maschine()?
            .seal_in_place_append_tag(Aad::from(bindung.as_bytes()), &mut stueck)
            .map_err(|_| kaputt("Verschließen"))?;
        Ok(STANDARD.encode([nonce.as_ref().as_slice(), &stueck].concat()))
    }

    /// Opens; none when it was not closed with this key and binding, or somebody changed it.
    pub fn oeffne(&self, bindung: &str, chiffrat: &str) -> Option<Vec<u8>> {
        let mut roh = STANDARD.decode(chiffrat).ok()?;
        let (nonce, stueck) = roh.split_at_mut_checked(NONCE)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let klar = self.maschine().ok()?.open_in_place(nonce, Aad::from(bindung.as_bytes()), stueck).ok()?;
        Some(klar.to_vec())
    }
}

/// JSON filled up with blanks, which JSON permits at its end.
pub(crate) fn aufgefuellt(mut json: Vec<u8>) -> Vec<u8> {
    let rest = json.len() % RASTER;
    if rest > 0 {
        json.resize(json.len().saturating_add(RASTER.saturating_sub(rest)), b' ');
    }
    json
}

/// Holds the master key and gives out what is derived from it.
#[derive(Debug, Clone)]
pub struct Tresor {
    haupt: Schluessel,
}

impl Tresor {
    /// With this master key.
    pub fn neu(haupt: Schluessel) -> Self {
        Tresor { haupt }
    }

    fn ableiten(&self, zweck: &str, wofuer: &str) -> DbResult<Schluessel> {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"aqb/personendaten/1").extract(&self.haupt.0);
        // the length before each part keeps two uses apart
        let info = format!("{}:{zweck}{}:{wofuer}", zweck.len(), wofuer.len());
        let mut k = [0u8; LAENGE];
        let teile = [info.as_bytes()];
        let okm = prk.expand(&teile, hkdf::HKDF_SHA256).map_err(|_| kaputt("Ableiten"))?;
        okm.fill(&mut k).map_err(|_| kaputt("Ableiten"))?;
        Ok(Schluessel(k))
    }

    /// The key of a county in one of its versions.
    ///
    /// # Errors
    /// [`DbFehler::Inhalt`].
    pub fn kreis(&self, kreisschluessel: &str, version: i64) -> DbResult<Schluessel> {
        self.ableiten("kreis", &format!("{kreisschluessel}/{version}"))
    }

    /// Key for counts that a county keeps of people whose data are erased.
    ///
    /// # Errors
    /// [`DbFehler::Inhalt`].
    pub fn zaehlungen(&self, kreisschluessel: &str) -> DbResult<Schluessel> {
        self.ableiten("zaehlungen", kreisschluessel)
    }

    /// Keyed hash of a text: the same in one county, without relation between counties. No version: rotating a
    /// county's key leaves it.
    ///
    /// # Errors
    /// [`DbFehler::Inhalt`].
    pub fn blindindex(&self, kreisschluessel: &str, art: &str, wert: &str) -> DbResult<String> {
        let k = self.ableiten("index", &format!("{kreisschluessel}/{art}"))?;
        let k = hmac::Key::new(hmac::HMAC_SHA256, &k.0);
        Ok(crate::protokoll::hex(hmac::sign(&k, wert.as_bytes()).as_ref()))
    }

    /// Keyed hash of any bytes, for comparisons of bodies that tell something about people.
    ///
    /// # Errors
    /// [`DbFehler::Inhalt`].
    pub fn fingerabdruck(&self, teile: &[&[u8]]) -> DbResult<String> {
        let text = crate::protokoll::hash(teile);
        self.blindindex("", "koerper", &text)
    }

    /// What a database notes to recognise its master key.
    ///
    /// # Errors
    /// [`DbFehler::Inhalt`].
    pub fn pruefwert(&self) -> DbResult<String> {
        self.blindindex("", "pruefwert", "aqb")
    }
}

/// Mark of the database: how its master key is recognised.
const PRUEFWERT: &str = "datenschluessel_pruefwert";
/// Mark of the database: a master key for trying out, which protects nothing because it lies beside what it closes.
pub const ENTWICKLUNG: &str = "datenschluessel_entwicklung";

/// The vault of a database. Without a master key one is made and kept in the database itself, where `entwicklung` allows
/// that; whoever prepares the database is alone with it.
///
/// # Errors
/// [`DbFehler::Konfiguration`] without a key where one is demanded, or with another than the data were closed with.
pub fn fuer(c: &mut crate::DbConn, haupt: Option<Schluessel>, entwicklung: bool) -> DbResult<Tresor> {
    use crate::kennzeichen::{lesen, setzen};
    let haupt = match (haupt, entwicklung) {
        (Some(k), _) => k,
        (None, false) => {
            return Err(DbFehler::Konfiguration(
                "Kein Hauptschlüssel für Angaben über Personen: AQB_DATENSCHLUESSEL oder AQB_DATENSCHLUESSEL_DATEI setzen."
                    .to_owned(),
            ));
        }
        (None, true) => match lesen(c, ENTWICKLUNG)? {
            Some(hex) => Schluessel::aus_hex(&hex).map_err(DbFehler::Konfiguration)?,
            None => {
                let k = Schluessel::zufall()?;
                setzen(c, ENTWICKLUNG, &k.hex())?;
                k
            }
        },
    };
    let tresor = Tresor::neu(haupt);
    let wert = tresor.pruefwert()?;
    match lesen(c, PRUEFWERT)? {
        None => setzen(c, PRUEFWERT, &wert)?,
        Some(w) if w == wert => {}
        Some(_) => {
            return Err(DbFehler::Konfiguration(
                "Der Hauptschlüssel ist nicht der, mit dem diese Datenbank verschlüsselt ist.".to_owned(),
            ));
        }
    }
    Ok(tresor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tresor(nr: u8) -> Tresor {
        Tresor::neu(Schluessel([nr; LAENGE]))
    }

    #[test]
    fn nur_mit_schluessel_und_bindung() {
        let k = tresor(1).kreis("06440", 1).unwrap();
        let c = k.verschliesse("TEILNAHME/1/06440", b"geheim").unwrap();
        assert_eq!(k.oeffne("TEILNAHME/1/06440", &c).as_deref(), Some(b"geheim".as_slice()));
        assert_eq!(k.oeffne("TEILNAHME/2/06440", &c), None, "another record");
        for anderer in [tresor(1).kreis("06440", 2), tresor(1).kreis("06531", 1), tresor(2).kreis("06440", 1)] {
            assert_eq!(anderer.unwrap().oeffne("TEILNAHME/1/06440", &c), None);
        }
        for kaputt in ["", "AAAA", "?", &c[..c.len() - 4]] {
            assert_eq!(k.oeffne("TEILNAHME/1/06440", kaputt), None, "{kaputt}");
        }
        let mut roh = STANDARD.decode(&c).unwrap();
        for i in 0..roh.len() {
            roh[i] ^= 1;
            assert_eq!(k.oeffne("TEILNAHME/1/06440", &STANDARD.encode(&roh)), None, "byte {i}");
            roh[i] ^= 1;
        }
        assert_ne!(
            k.verschliesse("x", b"geheim").unwrap(),
            k.verschliesse("x", b"geheim").unwrap(),
            "never twice the same"
        );
    }

    #[test]
    fn indexe_verraten_keine_person_ueber_kreise() {
        let t = tresor(1);
        assert_eq!(t.blindindex("06440", "person", "x").unwrap(), t.blindindex("06440", "person", "x").unwrap());
        assert_ne!(t.blindindex("06440", "person", "x").unwrap(), t.blindindex("06531", "person", "x").unwrap());
        assert_ne!(t.blindindex("06440", "person", "x").unwrap(), t.blindindex("06440", "zeile", "x").unwrap());
    }

    /// The rows of other people and other counties in the table whose overlaps the domain computes: nobody is recognised.
    #[test]
    fn jede_person_der_tabelle_wird_nur_im_eigenen_kreis_erkannt() {
        let tabelle = include_str!("../../tests/faelle/ueberschneidung.csv");
        let mut zeilen = tabelle.lines().filter(|z| !z.starts_with('#')).map(|z| z.split(';').collect::<Vec<_>>());
        assert_eq!(&zeilen.next().unwrap()[..3], ["quelle", "person", "kreis"]);
        let t = tresor(1);
        let mut erkannt = std::collections::BTreeSet::new();
        for z in zeilen {
            let person = if z[1] == "GLEICH" { "x" } else { "y" };
            let kreis = if z[2] == "GLEICH" { "06440" } else { "06531" };
            let gleich =
                t.blindindex("06440", "person", "x").unwrap() == t.blindindex(kreis, "person", person).unwrap();
            assert_eq!(gleich, (z[1], z[2]) == ("GLEICH", "GLEICH"), "{}", z[0]);
            erkannt.insert(gleich);
        }
        assert_eq!(erkannt.len(), 2, "the table has both");
    }

    #[test]
    fn schluessel_sind_zufaellig_und_verschwiegen() {
        let k = Schluessel::zufall().unwrap();
        assert_eq!(format!("{k:?} {:?}", tresor(7)), "Schluessel(…) Tresor { haupt: Schluessel(…) }");
        assert_eq!(Schluessel::aus_hex(&k.hex()).unwrap().0, k.0);
        for falsch in ["", "00", &"0".repeat(64), &"z".repeat(64), &"ab".repeat(32)] {
            assert!(Schluessel::aus_hex(falsch).is_err(), "{falsch}");
        }
    }

    #[test]
    fn laengen_sagen_wenig() {
        for (n, erwartet) in [(0, 0), (1, 256), (256, 256), (257, 512)] {
            assert_eq!(aufgefuellt(vec![b'1'; n]).len(), erwartet);
        }
        let v: serde_json::Value = serde_json::from_slice(&aufgefuellt(b"{\"a\":1}".to_vec())).unwrap();
        assert_eq!(v, serde_json::json!({ "a": 1 }));
    }
}
