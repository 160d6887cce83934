//! The built-in issuer: ES256 tokens for machine accounts of this database.

use super::pruefer::Ansprueche;
use aqb_domain::berechtigung::Akteur;
use aqb_persistence::protokoll::hex;
use aqb_persistence::{DbConn, DbFehler, DbResult, kennzeichen};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Life of a token in seconds.
pub const LEBENSDAUER: i64 = 900;

/// Signs tokens.
pub struct Aussteller {
    kid: String,
    schluessel: EncodingKey,
    x: String,
    y: String,
    iss: String,
    aud: String,
}

fn krypto<E>(was: &'static str) -> impl Fn(E) -> DbFehler {
    move |_| DbFehler::Konfiguration(format!("Kryptographie: {was}"))
}

impl Aussteller {
    /// Takes the database's key, or makes one on the first start.
    ///
    /// # Errors
    /// [`DbFehler`].
    pub fn laden(c: &mut DbConn, iss: &str, aud: &str, jetzt: DateTime<Utc>) -> DbResult<Self> {
        let vorhanden = kennzeichen::ausstellerschluessel(c)?.into_iter().next();
        let (kid, pkcs8) = match vorhanden {
            Some(s) => s,
            None => {
                let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                    .map_err(krypto("Schlüssel erzeugen"))?;
                let kid = hex(&Sha256::digest(pkcs8.as_ref())).chars().take(16).collect::<String>();
                kennzeichen::ausstellerschluessel_anlegen(c, &kid, pkcs8.as_ref(), jetzt)?;
                (kid, pkcs8.as_ref().to_vec())
            }
        };
        let paar =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8).map_err(krypto("Schlüssel lesen"))?;
        // uncompressed point: 0x04, 32 bytes x, 32 bytes y
        let punkt = paar.public_key().as_ref();
        let koordinate = |von: usize, bis: usize| {
            punkt.get(von..bis).map(|b| URL_SAFE_NO_PAD.encode(b)).ok_or_else(|| krypto("Punkt")(()))
        };
        Ok(Aussteller {
            x: koordinate(1, 33)?,
            y: koordinate(33, 65)?,
            schluessel: EncodingKey::from_ec_der(&pkcs8),
            kid,
            iss: iss.to_owned(),
            aud: aud.to_owned(),
        })
    }

    /// The issuer's name.
    pub fn iss(&self) -> &str {
        &self.iss
    }

    /// The public keys.
    pub fn jwks(&self) -> Value {
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.kid, "x": self.x, "y": self.y }] })
    }

    /// Signs a token for a caller.
    ///
    /// # Errors
    /// [`DbFehler::Konfiguration`] when signing fails.
    pub fn token(&self, a: &Akteur, jetzt: DateTime<Utc>) -> DbResult<String> {
        let mut kopf = Header::new(Algorithm::ES256);
        kopf.kid = Some(self.kid.clone());
        let ansprueche = Ansprueche {
            iss: self.iss.clone(),
            aud: self.aud.clone(),
            sub: a.person.clone(),
            exp: jetzt.timestamp().saturating_add(LEBENSDAUER),
            iat: jetzt.timestamp(),
            nbf: jetzt.timestamp(),
            rolle: a.rolle.code().to_owned(),
            kreisschluessel: a.kreisschluessel.clone(),
            traeger_id: a.traeger_id,
            scope: "aqb".to_owned(),
        };
        jsonwebtoken::encode(&kopf, &ansprueche, &self.schluessel).map_err(krypto("Token signieren"))
    }
}

/// A secret of a machine account, stored as salted hash.
pub struct Geheimnis;

impl Geheimnis {
    /// What no secret has: compared where there is no account, so that the answer takes as long.
    pub const VON_NIEMANDEM: &'static str =
        "00000000000000000000000000000000:0000000000000000000000000000000000000000000000000000000000000000";

    /// `salt:hash` of a secret.
    ///
    /// # Errors
    /// [`DbFehler::Konfiguration`] when there is no randomness.
    pub fn hash(geheimnis: &str) -> DbResult<String> {
        let mut salz = [0u8; 16];
        SystemRandom::new().fill(&mut salz).map_err(krypto("Zufall"))?;
        let salz = hex(&salz);
        Ok(format!("{salz}:{}", Self::mit_salz(&salz, geheimnis)))
    }

    /// A new secret of 256 random bits, as it can stand in an address.
    ///
    /// # Errors
    /// [`DbFehler::Konfiguration`] when there is no randomness.
    pub fn neu() -> DbResult<String> {
        let mut bytes = [0u8; 32];
        SystemRandom::new().fill(&mut bytes).map_err(krypto("Zufall"))?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// SHA-256 of a secret nobody can guess; one that people choose needs salt.
    pub fn sha256(geheimnis: &str) -> String {
        hex(&Sha256::digest(geheimnis.as_bytes()))
    }

    fn mit_salz(salz: &str, geheimnis: &str) -> String {
        aqb_persistence::protokoll::hash(&[salz.as_bytes(), geheimnis.as_bytes()])
    }

    /// Compares in constant time.
    pub fn stimmt(gespeichert: &str, geheimnis: &str) -> bool {
        gespeichert.split_once(':').is_some_and(|(salz, h)| {
            aws_lc_rs::constant_time::verify_slices_are_equal(h.as_bytes(), Self::mit_salz(salz, geheimnis).as_bytes())
                .is_ok()
        })
    }
}
