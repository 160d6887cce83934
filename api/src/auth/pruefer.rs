//! Checks bearer tokens: pinned algorithm, issuer, audience, times with at most five seconds of leeway.

use crate::fehler::{NICHT_ANGEMELDET, Problemart, TOKEN_ABGELAUFEN};
use aqb_domain::berechtigung::{Akteur, Rolle};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Mutex;

/// Leeway for `exp` and `nbf` in seconds.
const NACHSICHT: u64 = 5;
/// Checked tokens that are remembered.
const GEMERKT: usize = 10_000;
/// Longest name of a person, the issuer's part included.
const PERSON: usize = 200;
/// Between an external issuer and the subject it vouches for; no name of this server's own accounts has it.
const TRENNER: char = '|';

/// Claims of a token of the built-in issuer.
#[derive(Debug, Clone, Serialize)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kreisschluessel: Option<String>,
    /// Traeger of a provider's token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traeger_id: Option<uuid::Uuid>,
    /// Scope.
    pub scope: String,
}

/// Names of the claims that say who somebody is.
#[derive(Debug, Clone)]
pub struct Anspruchsnamen {
    /// Role code.
    pub rolle: String,
    /// Gebietskoerperschaft.
    pub kreis: String,
    /// Traeger.
    pub traeger: String,
}

impl Default for Anspruchsnamen {
    fn default() -> Self {
        Anspruchsnamen {
            rolle: "rolle".to_owned(),
            kreis: "kreisschluessel".to_owned(),
            traeger: "traeger_id".to_owned(),
        }
    }
}

/// An issuer and the keys that sign for it and for nobody else.
pub struct Vertrauen {
    /// JWKS.
    pub schluessel: Value,
    /// Issuer.
    pub iss: String,
    /// Not this server: its persons bear its name.
    pub fremd: bool,
    /// Names of the claims in its tokens.
    pub namen: Anspruchsnamen,
}

/// A key; the algorithm and the issuer belong to the key, never to the token.
struct Schluessel {
    kid: Option<String>,
    key: DecodingKey,
    alg: Algorithm,
    iss: String,
    fremd: bool,
    namen: Anspruchsnamen,
}

/// Checks tokens of the issuers it trusts.
pub struct Pruefer {
    schluessel: Vec<Schluessel>,
    aud: String,
    gemerkt: Mutex<HashMap<[u8; 32], (Akteur, i64, i64)>>,
    uhr: fn() -> chrono::DateTime<chrono::Utc>,
}

impl Pruefer {
    /// Trusts these keys for their issuers.
    ///
    /// # Errors
    /// A sentence about the key that cannot be used.
    pub fn neu(vertrauen: Vec<Vertrauen>, aud: &str) -> Result<Self, String> {
        let mut schluessel = Vec::new();
        for v in vertrauen {
            let set: JwkSet = serde_json::from_value(v.schluessel).map_err(|e| format!("JWKS von {}: {e}", v.iss))?;
            if set.keys.is_empty() {
                return Err(format!("JWKS von {}: kein Schlüssel", v.iss));
            }
            for k in &set.keys {
                let alg = k
                    .common
                    .key_algorithm
                    .and_then(|a| a.to_string().parse::<Algorithm>().ok())
                    .filter(|a| matches!(a, Algorithm::ES256 | Algorithm::RS256 | Algorithm::EdDSA))
                    .ok_or_else(|| {
                        format!("JWKS von {}: jeder Schlüssel braucht alg ES256, RS256 oder EdDSA", v.iss)
                    })?;
                let key = DecodingKey::from_jwk(k).map_err(|e| format!("JWKS von {}: {e}", v.iss))?;
                let (kid, iss, namen) = (k.common.key_id.clone(), v.iss.clone(), v.namen.clone());
                schluessel.push(Schluessel { kid, key, alg, iss, fremd: v.fremd, namen });
            }
        }
        Ok(Pruefer {
            schluessel,
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
        // RFC 7515, 4.1.11: a token with an extension it calls critical is not for who does not know it; we know none
        if kopf.crit.is_some() {
            return Err(&NICHT_ANGEMELDET);
        }
        let passt = |s: &&Schluessel| s.alg == kopf.alg && (kopf.kid.is_none() || s.kid == kopf.kid);
        let mut ergebnis = Err(&NICHT_ANGEMELDET);
        for s in self.schluessel.iter().filter(passt) {
            if let Ok(gut) = self.mit_schluessel(token, s) {
                ergebnis = Ok(gut);
                break;
            }
        }
        let (akteur, nbf, exp) = ergebnis?;
        if exp.saturating_add(nachsicht) < jetzt {
            return Err(&TOKEN_ABGELAUFEN);
        }
        if nbf.saturating_sub(nachsicht) > jetzt {
            return Err(&NICHT_ANGEMELDET);
        }
        let mut m = self.merkzettel();
        if m.len() >= GEMERKT {
            m.clear();
        }
        m.insert(abdruck, (akteur.clone(), nbf, exp));
        Ok(akteur)
    }

    /// The caller, and the times between which the token holds.
    fn mit_schluessel(&self, token: &str, s: &Schluessel) -> Result<(Akteur, i64, i64), &'static Problemart> {
        let mut v = Validation::new(s.alg);
        // the times are compared with this program's own clock
        v.validate_exp = false;
        v.set_issuer(&[&s.iss]);
        // `aud` may be a text or a list of texts
        v.set_audience(&[&self.aud]);
        v.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        let daten = jsonwebtoken::decode::<Map<String, Value>>(token, &s.key, &v).map_err(|_| &NICHT_ANGEMELDET)?;
        akteur(&daten.claims, s).ok_or(&NICHT_ANGEMELDET)
    }

    fn merkzettel(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], (Akteur, i64, i64)>> {
        self.gemerkt.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn akteur(a: &Map<String, Value>, s: &Schluessel) -> Option<(Akteur, i64, i64)> {
    // outer `None`: the claim is unusable; inner `None`: there is none
    let text = |name: &str| match a.get(name) {
        None | Some(Value::Null) => Some(None),
        // PostgreSQL takes no NUL, and no log a line feed
        Some(Value::String(t)) if t.chars().count() <= 200 && !t.chars().any(char::is_control) => Some(Some(t.clone())),
        Some(_) => None,
    };
    let zahl = |name: &str| a.get(name).and_then(Value::as_i64);
    // a list of issuers is no issuer
    text("iss")?.filter(|i| *i == s.iss)?;
    zahl("iat")?;
    let traeger_id = match text(&s.namen.traeger)? {
        Some(t) => Some(t.parse().ok()?),
        None => None,
    };
    let akteur = Akteur {
        person: person(&text("sub")??, s)?,
        rolle: text(&s.namen.rolle)??.parse::<Rolle>().ok()?,
        kreisschluessel: text(&s.namen.kreis)?,
        traeger_id,
    };
    Some((akteur, zahl("nbf")?, zahl("exp")?))
}

/// Who is meant. OpenID Connect: a subject is ASCII. Blanks at its ends, or nothing but blanks, would make two persons
/// of one in the eyes of a program and one of two in the eyes of a reader.
fn person(sub: &str, s: &Schluessel) -> Option<String> {
    let lesbar = !sub.is_empty() && sub.trim() == sub && sub.bytes().all(|b| matches!(b, b' '..=b'~'));
    let person = match s.fremd {
        true => format!("{}{TRENNER}{sub}", s.iss),
        false => Some(sub.to_owned()).filter(|p| !p.contains(TRENNER))?,
    };
    (lesbar && person.len() <= PERSON).then_some(person)
}
