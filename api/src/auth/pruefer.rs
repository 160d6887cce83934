//! Checks bearer tokens: pinned algorithm, issuer, audience, times with at most five seconds of leeway.

use crate::fehler::{NICHT_ANGEMELDET, Problemart, TOKEN_ABGELAUFEN};
use aqb_domain::berechtigung::{Akteur, Rolle};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Mutex;

/// Leeway for `exp` and `nbf` in seconds.
const NACHSICHT: u64 = 5;
/// Checked tokens that are remembered.
const GEMERKT: usize = 10_000;

/// Claims of a token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ansprueche {
    /// Issuer.
    pub iss: String,
    /// Audience.
    pub aud: String,
    /// Person or machine account.
    pub sub: String,
    /// Expiry, seconds since 1970.
    pub exp: i64,
    /// Issued, seconds since 1970.
    pub iat: i64,
    /// Not before, seconds since 1970.
    pub nbf: i64,
    /// Role code.
    pub rolle: String,
    /// Gebietskoerperschaft of a county's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kreisschluessel: Option<String>,
    /// Traeger of a provider's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traeger_id: Option<uuid::Uuid>,
    /// Scope.
    #[serde(default)]
    pub scope: String,
}

/// Checks tokens of the issuers it trusts.
pub struct Pruefer {
    /// (kid, key, algorithm); the algorithm belongs to the key, never to the token.
    schluessel: Vec<(Option<String>, DecodingKey, Algorithm)>,
    iss: Vec<String>,
    aud: String,
    gemerkt: Mutex<HashMap<[u8; 32], (Akteur, i64, i64)>>,
    uhr: fn() -> chrono::DateTime<chrono::Utc>,
}

impl Pruefer {
    /// Trusts the keys of these sets.
    ///
    /// # Errors
    /// A sentence about the key that cannot be used.
    pub fn neu(sets: &[serde_json::Value], iss: Vec<String>, aud: &str) -> Result<Self, String> {
        let mut schluessel = Vec::new();
        for set in sets {
            let set: JwkSet = serde_json::from_value(set.clone()).map_err(|e| format!("JWKS: {e}"))?;
            for k in &set.keys {
                let alg = k
                    .common
                    .key_algorithm
                    .and_then(|a| a.to_string().parse::<Algorithm>().ok())
                    .filter(|a| matches!(a, Algorithm::ES256 | Algorithm::RS256 | Algorithm::EdDSA))
                    .ok_or("JWKS: jeder Schlüssel braucht alg ES256, RS256 oder EdDSA")?;
                let key = DecodingKey::from_jwk(k).map_err(|e| format!("JWKS: {e}"))?;
                schluessel.push((k.common.key_id.clone(), key, alg));
            }
        }
        Ok(Pruefer {
            schluessel,
            iss,
            aud: aud.to_owned(),
            gemerkt: Mutex::new(HashMap::new()),
            uhr: aqb_persistence::uhr::jetzt,
        })
    }

    /// The caller a token speaks for.
    ///
    /// # Errors
    /// Why the token is refused.
    pub fn pruefe(&self, token: &str) -> Result<Akteur, &'static Problemart> {
        let jetzt = (self.uhr)().timestamp();
        let abdruck: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let nachsicht = i64::try_from(NACHSICHT).unwrap_or(0);
        if let Some((akteur, nbf, exp)) = self.merkzettel().get(&abdruck) {
            if exp.saturating_add(nachsicht) < jetzt {
                return Err(&TOKEN_ABGELAUFEN);
            }
            if nbf.saturating_sub(nachsicht) <= jetzt {
                return Ok(akteur.clone());
            }
        }
        let kopf = jsonwebtoken::decode_header(token).map_err(|_| &NICHT_ANGEMELDET)?;
        let (_, key, alg) = self
            .schluessel
            .iter()
            .find(|(kid, _, alg)| *alg == kopf.alg && (kopf.kid.is_none() || *kid == kopf.kid))
            .ok_or(&NICHT_ANGEMELDET)?;
        let mut v = Validation::new(*alg);
        v.leeway = NACHSICHT;
        v.validate_nbf = true;
        v.set_issuer(&self.iss);
        v.set_audience(&[&self.aud]);
        v.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        let daten = jsonwebtoken::decode::<Ansprueche>(token, key, &v).map_err(|e| match e.kind() {
            jsonwebtoken::errors::ErrorKind::ExpiredSignature => &TOKEN_ABGELAUFEN,
            _ => &NICHT_ANGEMELDET,
        })?;
        let a = daten.claims;
        let rolle: Rolle = a.rolle.parse().map_err(|_| &NICHT_ANGEMELDET)?;
        let akteur = Akteur { person: a.sub, rolle, kreisschluessel: a.kreisschluessel, traeger_id: a.traeger_id };
        let mut m = self.merkzettel();
        if m.len() >= GEMERKT {
            m.clear();
        }
        m.insert(abdruck, (akteur.clone(), a.nbf, a.exp));
        Ok(akteur)
    }

    fn merkzettel(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], (Akteur, i64, i64)>> {
        self.gemerkt.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
