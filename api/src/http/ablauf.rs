//! The way of a call through the server: reading, and writing with version, idempotency and simulation.

use crate::fehler::{Ergebnis, Fehler, IDEMPOTENZ_ANDERER_INHALT, IDEMPOTENZ_FEHLT, IDEMPOTENZ_LAEUFT, VERSION_FEHLT};
use crate::http::aenderungsantrag::FolgenView;
use crate::http::extract::Aufruf;
use crate::http::liste::Blaetterbar;
use crate::http::problem::{Ablehnung, BefundView, sprachcode};
use crate::http::sicht::{BuchungVorschau, FristVorschau, Simulation};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderValue, LINK, LOCATION, VARY,
};
use actix_web::{HttpResponse, HttpResponseBuilder};
use aqb_domain::berechtigung::{RechtTyp, Sicht};
use aqb_domain::regel::Sprache;
use aqb_domain::teilnahme::Zugriffszweck;
use aqb_persistence::datenzugriff::{self, Personenzugriff};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::idempotenz::{self, Antwort as Gemerkt};
use aqb_persistence::protokoll::hash;
use aqb_persistence::{DbConn, Tx};
use serde::Serialize;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};

/// Reference data, by the first segment of their path.
const STAMMDATEN: &[&str] = &["gebietskoerperschaften", "kataloge", "basiszinssaetze", "regelwerke"];

/// Result of a handler.
pub type HandlerErgebnis = Result<HttpResponse, Ablehnung>;

/// What a unit of work answers.
pub struct Antwort {
    status: StatusCode,
    koerper: Vec<u8>,
    version: Option<i64>,
    ort: Option<String>,
    weiter: Option<String>,
    datei: Option<Datei>,
    /// What a repetition under the same key answers, where that is less.
    gemerkt: Option<Vec<u8>>,
}

/// What a body that is a file is called, and of which type it is.
struct Datei {
    typ: &'static str,
    name: String,
}

impl Antwort {
    /// 200 with a body.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn gut(wert: &impl Serialize) -> Ergebnis<Self> {
        let koerper = json(wert)?;
        Ok(Antwort {
            status: StatusCode::OK,
            koerper,
            version: None,
            ort: None,
            weiter: None,
            datei: None,
            gemerkt: None,
        })
    }

    /// 200 with a page of a list and the link to the next one.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn seite(seite: &impl Blaetterbar) -> Ergebnis<Self> {
        let weiter = seite.weiter().map(str::to_owned);
        Ok(Antwort { weiter, ..Antwort::gut(seite)? })
    }

    /// Shown once: what is kept under the key, and answers its repetition, is `gemerkt`.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn einmalig(self, gemerkt: &impl Serialize) -> Ergebnis<Self> {
        Ok(Antwort { gemerkt: Some(json(gemerkt)?), ..self })
    }

    /// Kept under the key instead of the answer: of which records a repetition tells.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn verweis(self, verweis: &impl Serialize) -> Ergebnis<Self> {
        Ok(Antwort { gemerkt: Some(json(verweis)?), ..self })
    }

    /// With an ETag.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    /// 201 with a Location below `/v1`.
    #[must_use]
    pub fn angelegt(mut self, pfad: String) -> Self {
        self.status = StatusCode::CREATED;
        self.ort = Some(format!("/v1{pfad}"));
        self
    }

    /// 204 without a body.
    #[must_use]
    pub fn leer() -> Self {
        let koerper = Vec::new();
        let status = StatusCode::NO_CONTENT;
        Antwort { status, koerper, version: None, ort: None, weiter: None, datei: None, gemerkt: None }
    }

    /// 200 with a file, for operations that read. `typ` is its media type, `name` is ASCII without quotes.
    #[must_use]
    pub fn datei(typ: &'static str, name: String, koerper: Vec<u8>) -> Self {
        let datei = Some(Datei { typ, name });
        let status = StatusCode::OK;
        Antwort { status, koerper, version: None, ort: None, weiter: None, datei, gemerkt: None }
    }
}

/// What an operation demands of its call.
#[derive(Debug, Clone, Copy, Default)]
pub struct Verlangt {
    /// `If-Match`.
    pub version: bool,
    /// `Idempotency-Key`, because money moves.
    pub schluessel: bool,
}

impl Verlangt {
    /// Nothing: a POST that creates.
    pub const NICHTS: Verlangt = Verlangt { version: false, schluessel: false };
    /// A change of something that exists.
    pub const VERSION: Verlangt = Verlangt { version: true, schluessel: false };
    /// An act on something that exists and moves money.
    pub const GELD: Verlangt = Verlangt { version: true, schluessel: true };
    /// A POST that creates and moves money.
    pub const GELD_NEU: Verlangt = Verlangt { version: false, schluessel: true };
}

/// Keys whose first request is still running in this process.
#[derive(Clone, Default)]
pub struct Laufende(Arc<Mutex<HashSet<(String, String)>>>);

/// Removes its key when the request ends, however it ends.
struct Laeuft(Laufende, (String, String));
impl Drop for Laeuft {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&self.1);
    }
}

impl Laufende {
    fn beginne(&self, person: &str, schluessel: &str) -> Option<Laeuft> {
        let k = (person.to_owned(), schluessel.to_owned());
        let neu = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(k.clone());
        neu.then(|| Laeuft(self.clone(), k))
    }
}

impl<R: RechtTyp> Aufruf<R> {
    /// Runs a unit of work that reads and answers with its body, its ETag, and 304 where the caller knows it already.
    ///
    /// # Errors
    /// The refusal of the unit.
    pub async fn lese(&self, f: impl FnMut(&mut DbConn) -> Ergebnis<Antwort> + Send + 'static) -> HandlerErgebnis {
        let a = self.zustand.db.lesen(f).await.map_err(|e| self.ablehnung(e))?;
        Ok(self.gelesen(&a))
    }

    /// As [`Aufruf::lese`], for what tells something about people: who gets it is noted before it goes out, in a unit of
    /// work of its own, because reading writes nothing. What cannot be noted is not handed out.
    ///
    /// # Errors
    /// The refusal of the unit, or of the note.
    pub async fn lese_personen(
        &self,
        (vorgang, zweck): (&'static str, Option<Zugriffszweck>),
        f: impl FnMut(&mut DbConn) -> Ergebnis<(Antwort, Personenzugriff)> + Send + 'static,
    ) -> HandlerErgebnis {
        let (a, z) = self.zustand.db.lesen(f).await.map_err(|e| self.ablehnung(e))?;
        self.vermerke(vorgang, z, zweck).await?;
        Ok(self.gelesen(&a))
    }

    /// Notes an access in a unit of work of its own.
    async fn vermerke(
        &self,
        vorgang: &'static str,
        z: Personenzugriff,
        zweck: Option<Zugriffszweck>,
    ) -> Result<(), Ablehnung> {
        let wer =
            Auftraggeber { akteur: self.akteur.clone(), anfrage: self.kontext.anfrage.clone(), simulation: false };
        let merken = move |tx: &mut Tx<'_>| datenzugriff::merke(tx, vorgang, &z, zweck).map_err(Fehler::from);
        self.zustand.db.schreiben(wer, merken).await.map_err(|e| self.ablehnung(e))
    }

    /// The answer to a call that read.
    pub(super) fn gelesen(&self, a: &Antwort) -> HttpResponse {
        if a.version.is_some() && a.version == self.bekannte_version {
            let mut r = HttpResponse::NotModified();
            r.insert_header((ETAG, format!("\"{}\"", a.version.unwrap_or(0))))
                .insert_header((CACHE_CONTROL, self.aufbewahrung()));
            return r.finish();
        }
        let mut r = self.antworte(&Gemerkt::aus(a, self.sprache()), false);
        if let Some(d) = &a.datei {
            let kopf = r.headers_mut();
            kopf.insert(CONTENT_TYPE, HeaderValue::from_static(d.typ));
            if let Ok(v) = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", d.name)) {
                kopf.insert(CONTENT_DISPOSITION, v);
            }
        }
        if let Some(weiter) = &a.weiter
            && let Ok(v) = HeaderValue::from_str(&self.naechste_seite(weiter))
        {
            r.headers_mut().insert(LINK, v);
        }
        r
    }

    /// `Link` to the next page: the same request with the new cursor (RFC 8288).
    fn naechste_seite(&self, cursor: &str) -> String {
        let (_, ziel) = self.route.split_once(' ').unwrap_or_default();
        let (pfad, query) = ziel.split_once('?').unwrap_or((ziel, ""));
        let rest: String =
            query.split('&').filter(|t| !t.is_empty() && !t.starts_with("cursor=")).flat_map(|t| [t, "&"]).collect();
        format!("<{pfad}?{rest}cursor={cursor}>; rel=\"next\"")
    }

    /// Runs a unit of work that writes: version demanded, key honoured, simulation rolled back.
    ///
    /// # Errors
    /// The refusal of the unit, or of version and key.
    pub async fn schreibe(
        &self,
        verlangt: Verlangt,
        roh: &[u8],
        f: impl FnMut(&mut Tx<'_>) -> Ergebnis<Antwort> + Send + 'static,
    ) -> HandlerErgebnis {
        self.pruefe_kopf(verlangt)?;
        let auftrag = (self.schluessel.clone(), self.route.clone());
        let (antwort, wiederholt) = self.fuehre_aus(auftrag, roh, f).await?;
        Ok(self.antworte(&antwort, wiederholt))
    }

    /// As [`Aufruf::schreibe`], for what tells something about people. Nothing of the answer is kept under the key but
    /// what [`Antwort::verweis`] names; a repetition reads the records as they are then. What the answer tells of other
    /// records is noted before it goes out, that of a simulation or refusal too.
    ///
    /// # Errors
    /// The refusal of the unit, of version and key, or of the note.
    pub async fn schreibe_personen(
        &self,
        verlangt: Verlangt,
        roh: &[u8],
        personen: Personenvorgang,
        f: impl FnMut(&mut Tx<'_>) -> Ergebnis<Antwort> + Send + 'static,
    ) -> HandlerErgebnis {
        self.pruefe_kopf(verlangt)?;
        let auftrag = (self.schluessel.clone(), self.route.clone());
        let (antwort, wiederholt) = self.fuehre_personen_aus(auftrag, roh, personen, f).await?;
        Ok(self.antworte(&antwort, wiederholt))
    }

    fn pruefe_kopf(&self, verlangt: Verlangt) -> Result<(), Ablehnung> {
        let problem = |art| Err(self.ablehnung(Fehler::Problem(art, Vec::new())));
        if verlangt.schluessel && self.schluessel.is_none() {
            return problem(&IDEMPOTENZ_FEHLT);
        }
        if verlangt.version && self.erwartete_version.is_none() {
            return problem(&VERSION_FEHLT);
        }
        Ok(())
    }

    /// As [`Aufruf::fuehre_aus`], under the conditions of [`Aufruf::schreibe_personen`].
    ///
    /// # Errors
    /// The refusal of the unit, of the key, or of the note.
    pub async fn fuehre_personen_aus(
        &self,
        auftrag: (Option<String>, String),
        roh: &[u8],
        (vorgang, wiederholung): Personenvorgang,
        f: impl FnMut(&mut Tx<'_>) -> Ergebnis<Antwort> + Send + 'static,
    ) -> Result<(Gemerkt, bool), Ablehnung> {
        let fremde = Arc::new(Mutex::new(Personenzugriff::default()));
        let p = Vertraulich { vorgang, wiederholung, fremde: fremde.clone() };
        let ergebnis = self.einheit(auftrag, roh, Some(p), f).await;
        let z = std::mem::take(&mut *fremde.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        if !z.teilnahmen.is_empty() {
            self.vermerke(vorgang, z, ZWECK).await?;
        }
        ergebnis
    }

    /// One unit of work under its key and route: its answer, and whether that is a stored one.
    ///
    /// # Errors
    /// The refusal of the unit, or of the key.
    pub async fn fuehre_aus(
        &self,
        auftrag: (Option<String>, String),
        roh: &[u8],
        f: impl FnMut(&mut Tx<'_>) -> Ergebnis<Antwort> + Send + 'static,
    ) -> Result<(Gemerkt, bool), Ablehnung> {
        self.einheit(auftrag, roh, None, f).await
    }

    async fn einheit(
        &self,
        (schluessel, route): (Option<String>, String),
        roh: &[u8],
        mut personen: Option<Vertraulich>,
        mut f: impl FnMut(&mut Tx<'_>) -> Ergebnis<Antwort> + Send + 'static,
    ) -> Result<(Gemerkt, bool), Ablehnung> {
        let problem = |art| self.ablehnung(Fehler::Problem(art, Vec::new()));
        // a simulation writes nothing, so a key would only block the act that follows
        let schluessel = schluessel.filter(|_| !self.simulation);
        let _laeuft = match &schluessel {
            None => None,
            Some(s) => {
                let l = self.zustand.laufende.beginne(&self.akteur.person, s);
                Some(l.ok_or_else(|| problem(&IDEMPOTENZ_LAEUFT))?)
            }
        };
        let wer = Auftraggeber {
            akteur: self.akteur.clone(),
            anfrage: self.kontext.anfrage.clone(),
            simulation: self.simulation,
        };
        let a = &self.akteur;
        let zugehoerigkeit = format!("{} {:?} {:?}", a.rolle.code(), a.kreisschluessel, a.traeger_id);
        let tresor = personen.is_some().then(|| self.zustand.tresor.clone());
        let teile = [roh, zugehoerigkeit.as_bytes()];
        let koerper_hash = match &tresor {
            // few bodies are possible: a bare hash would tell which one it was
            Some(t) => t.fingerabdruck(&teile).map_err(|e| self.ablehnung(e.into()))?,
            None => hash(&teile),
        };
        let (simulation, sprache) = (self.simulation, self.sprache());
        self.zustand
            .db
            .schreiben(wer, move |tx| {
                if let Some(s) = &schluessel
                    && let Some(alt) = idempotenz::finde(tx, s)?
                {
                    if alt.koerper_hash != koerper_hash || alt.route != route {
                        return Err(Fehler::Problem(&IDEMPOTENZ_ANDERER_INHALT, Vec::new()));
                    }
                    let Some(p) = &mut personen else { return Ok((alt, true)) };
                    let a = (p.wiederholung)(tx, &alt.koerper)?;
                    p.vermerke(tx)?;
                    return Ok((Gemerkt::aus(&a, sprache), true));
                }
                let ergebnis = f(tx);
                match &personen {
                    // what is not kept cannot keep its note either
                    Some(p) if simulation || ergebnis.is_err() => p.merke_vor(tx),
                    Some(p) => p.vermerke(tx)?,
                    None => {}
                }
                let mut a = ergebnis?;
                if simulation {
                    a = simuliert(a, tx, sprache)?;
                }
                let mut antwort = Gemerkt::aus(&a, sprache);
                antwort.route.clone_from(&route);
                antwort.koerper_hash.clone_from(&koerper_hash);
                if let Some(s) = &schluessel {
                    let koerper = match (a.gemerkt.take(), &personen) {
                        (Some(g), _) => g,
                        (None, Some(_)) => Vec::new(),
                        (None, None) => antwort.koerper.clone(),
                    };
                    idempotenz::merke(tx, s, &Gemerkt { koerper, ..antwort.clone() })?;
                }
                Ok((antwort, false))
            })
            .await
            .map_err(|e| match e {
                // another instance stored the same key in the same moment
                Fehler::Db(d) if d.verletzt("idempotenz_pkey") => problem(&IDEMPOTENZ_LAEUFT),
                e => self.ablehnung(e),
            })
    }

    /// The answer of a call that is made of several units of work.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn gesamt(&self, wert: &impl Serialize) -> HandlerErgebnis {
        let a = Antwort::gut(wert).map_err(|e| self.ablehnung(e))?;
        Ok(self.antworte(&Gemerkt::aus(&a, self.sprache()), false))
    }

    /// As [`Aufruf::schreibe`], for a record that exists: with what the caller can see and the version it expects.
    ///
    /// # Errors
    /// The refusal of the unit, or of version and key.
    pub async fn aendere(
        &self,
        verlangt: Verlangt,
        roh: &[u8],
        mut f: impl FnMut(&mut Tx<'_>, &Sicht, Option<i64>) -> Ergebnis<Antwort> + Send + 'static,
    ) -> HandlerErgebnis {
        let (sicht, version) = (self.sicht.clone(), self.erwartete_version);
        self.schreibe(verlangt, roh, move |tx| f(tx, &sicht, version)).await
    }

    /// As [`Aufruf::schreibe_personen`], for a record that exists.
    ///
    /// # Errors
    /// The refusal of the unit, of version and key, or of the note.
    pub async fn aendere_personen(
        &self,
        verlangt: Verlangt,
        roh: &[u8],
        personen: Personenvorgang,
        mut f: impl FnMut(&mut Tx<'_>, &Sicht, Option<i64>) -> Ergebnis<Antwort> + Send + 'static,
    ) -> HandlerErgebnis {
        let (sicht, version) = (self.sicht.clone(), self.erwartete_version);
        self.schreibe_personen(verlangt, roh, personen, move |tx| f(tx, &sicht, version)).await
    }

    /// Reference data may be kept and asked after; anything else is nobody's to keep.
    fn aufbewahrung(&self) -> &'static str {
        let bereich = self.kontext.pfad.strip_prefix("/v1/").and_then(|p| p.split('/').next()).unwrap_or_default();
        if STAMMDATEN.contains(&bereich) { "private, no-cache" } else { "no-store" }
    }

    fn antworte(&self, a: &Gemerkt, wiederholt: bool) -> HttpResponse {
        let status = u16::try_from(a.status).ok().and_then(|s| StatusCode::from_u16(s).ok()).unwrap_or(StatusCode::OK);
        let mut r = HttpResponseBuilder::new(status);
        let kopf: Vec<(String, String)> = serde_json::from_str(&a.kopf).unwrap_or_default();
        // a stored answer keeps its language; one stored by an older program names none
        r.insert_header((CONTENT_LANGUAGE, sprachcode(self.sprache())));
        for (name, wert) in kopf {
            r.insert_header((name, wert));
        }
        r.insert_header((VARY, "Accept-Language")).insert_header((CACHE_CONTROL, self.aufbewahrung()));
        if wiederholt {
            r.insert_header(("Idempotent-Replayed", "true"));
        }
        if status == StatusCode::NO_CONTENT {
            return r.finish();
        }
        r.content_type("application/json").body(a.koerper.clone())
    }
}

/// How a repetition is answered: from what was kept under its key, and the records as they are now.
pub type Wiederholung = Box<dyn FnMut(&mut Tx<'_>, &[u8]) -> Ergebnis<Antwort> + Send>;

/// `operationId` under which an access is noted, and the answer to a repetition.
pub type Personenvorgang = (&'static str, Wiederholung);

/// What data of others in the answer to an act are for: nobody asked for them by themselves.
const ZWECK: Option<Zugriffszweck> = Some(Zugriffszweck::Sachbearbeitung);

/// A unit of work that tells something about people.
struct Vertraulich {
    vorgang: &'static str,
    wiederholung: Wiederholung,
    /// What is still to be noted when the unit was rolled back.
    fremde: Arc<Mutex<Personenzugriff>>,
}

impl Vertraulich {
    /// Notes in the unit itself whose data it hands out.
    fn vermerke(&self, tx: &mut Tx<'_>) -> Ergebnis<()> {
        let z = std::mem::take(&mut tx.personen);
        if z.teilnahmen.is_empty() { Ok(()) } else { Ok(datenzugriff::merke(tx, self.vorgang, &z, ZWECK)?) }
    }

    /// Keeps for later whose data it hands out.
    fn merke_vor(&self, tx: &mut Tx<'_>) {
        let z = std::mem::take(&mut tx.personen);
        *self.fremde.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = z;
    }
}

/// Answers of this crate in the form in which they are stored under a key.
trait Merken {
    fn aus(a: &Antwort, sprache: Sprache) -> Self;
}
impl Merken for Gemerkt {
    fn aus(a: &Antwort, sprache: Sprache) -> Self {
        let mut kopf = vec![(CONTENT_LANGUAGE.as_str().to_owned(), sprachcode(sprache).to_owned())];
        kopf.extend(a.version.map(|v| (ETAG.as_str().to_owned(), format!("\"{v}\""))));
        kopf.extend(a.ort.clone().map(|o| (LOCATION.as_str().to_owned(), o)));
        Gemerkt {
            route: String::new(),
            koerper_hash: String::new(),
            status: i64::from(a.status.as_u16()),
            kopf: serde_json::to_string(&kopf).unwrap_or_default(),
            koerper: a.koerper.clone(),
        }
    }
}

/// A value that JSON cannot carry, or a stored one that is none.
pub fn inhalt(e: serde_json::Error) -> Fehler {
    Fehler::Db(aqb_persistence::DbFehler::Inhalt(e.to_string()))
}

fn json(wert: &impl Serialize) -> Ergebnis<Vec<u8>> {
    serde_json::to_vec(wert).map_err(inhalt)
}

/// Adds what the act would bring about; the transaction is rolled back afterwards.
fn simuliert(mut a: Antwort, tx: &Tx<'_>, sprache: Sprache) -> Ergebnis<Antwort> {
    let bericht = Simulation {
        befunde: tx.befunde.iter().map(|b| BefundView::aus(b, sprache)).collect(),
        buchungen: tx.buchungen.iter().flat_map(BuchungVorschau::aus).collect(),
        fristen: tx.fristen.iter().map(|f| FristVorschau::aus(f, sprache)).collect(),
        ereignisse: tx.ereignisse.iter().map(|e| e.typ.to_owned()).collect(),
        folgen: tx.folgen.as_ref().map(|f| FolgenView::aus(f, sprache)),
    };
    let lesen = |roh: &[u8]| serde_json::from_slice::<serde_json::Value>(roh).map_err(inhalt);
    let (mut koerper, bericht) = (lesen(&a.koerper)?, lesen(&json(&bericht)?)?);
    if let Some(o) = koerper.as_object_mut() {
        o.insert("simulation".to_owned(), bericht);
    }
    a.koerper = json(&koerper)?;
    a.status = StatusCode::OK;
    a.ort = None;
    a.version = None;
    Ok(a)
}
