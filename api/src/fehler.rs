//! Refusals of the application: findings of the domain, problems of the request, errors of the database.

pub use crate::verstoss::{Forderung, Gefunden, Verstoss};
use crate::vertrag::Luecke;
use aqb_domain::befund::Befund;
use aqb_domain::regel::{Regelart, Sprache, Text};
use aqb_persistence::{DbFehler, Ursache};

/// A problem that is not about funding rules: code, status and words.
#[derive(Debug, PartialEq, Eq)]
pub struct Problemart {
    /// Stable code.
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Title.
    pub titel: Text,
    /// Explanation and remedy.
    pub detail: Text,
}

macro_rules! probleme {
    ($($(#[$doc:meta])* $name:ident = $status:literal $code:literal titel($td:literal, $te:literal) detail($dd:literal, $de:literal);)*) => {
        $( $(#[$doc])* pub static $name: Problemart = Problemart {
            code: $code, status: $status,
            titel: Text { de: $td, en: $te }, detail: Text { de: $dd, en: $de },
        }; )*
        /// All problems of this table.
        pub static PROBLEME: &[&Problemart] = &[$(&$name),*];
    };
}

probleme! {
    /// The request violates the contract; every violation is a finding with a JSON pointer.
    ANFRAGE_UNGUELTIG = 400 "ANFRAGE_UNGUELTIG"
        titel("Die Anfrage verletzt den Vertrag", "The request violates the contract")
        detail("Die Befunde nennen jede Verletzung mit ihrem Ort. Nichts wurde geändert.", "The findings name every violation with its place. Nothing was changed.");
    /// The body is not JSON.
    JSON_UNLESBAR = 400 "JSON_UNLESBAR"
        titel("Der Inhalt ist kein lesbares JSON", "The body is not readable JSON")
        detail("Prüfen Sie Zeichensatz (UTF-8) und Klammern; höchstens 32 Ebenen sind erlaubt.", "Check encoding (UTF-8) and brackets; at most 32 levels are permitted.");
    /// The body of a file broke off.
    INHALT_GESTOERT = 400 "INHALT_GESTOERT"
        titel("Der Inhalt kam nicht vollständig an", "The body did not arrive as a whole")
        detail("Die Übertragung brach ab oder war falsch kodiert. Nichts wurde geändert; senden Sie die Datei noch einmal.", "The transfer broke off or was encoded wrongly. Nothing was changed; send the file again.");
    /// An act that moves money came without a key.
    IDEMPOTENZ_FEHLT = 400 "IDEMPOTENZ_FEHLT"
        titel("Idempotency-Key fehlt", "Idempotency-Key is missing")
        detail("Diese Handlung bewegt Geld und verlangt den Kopf Idempotency-Key (8 bis 64 Zeichen A–Z, a–z, 0–9, _ und -).", "This act moves money and requires the header Idempotency-Key (8 to 64 characters A–Z, a–z, 0–9, _ and -).");
    /// The token request is not what OAuth 2.0 describes.
    TOKENANFRAGE_UNGUELTIG = 400 "TOKENANFRAGE_UNGUELTIG"
        titel("Die Tokenanfrage ist unvollständig", "The token request is incomplete")
        detail("Senden Sie ein Formular (application/x-www-form-urlencoded) mit grant_type, client_id und client_secret, jedes einmal.", "Send a form (application/x-www-form-urlencoded) with grant_type, client_id and client_secret, each once.");
    /// The token request wants another grant.
    GRANT_TYPE_UNBEKANNT = 400 "GRANT_TYPE_UNBEKANNT"
        titel("Diese Art der Tokenvergabe gibt es nicht", "This grant type is not supported")
        detail("Nur grant_type=client_credentials wird angenommen.", "Only grant_type=client_credentials is accepted.");
    /// No or unusable token.
    NICHT_ANGEMELDET = 401 "NICHT_ANGEMELDET"
        titel("Anmeldung erforderlich", "Authentication required")
        detail("Senden Sie ein gültiges Token: Authorization: Bearer …", "Send a valid token: Authorization: Bearer …");
    /// The token has expired.
    TOKEN_ABGELAUFEN = 401 "TOKEN_ABGELAUFEN"
        titel("Das Token ist abgelaufen", "The token has expired")
        detail("Holen Sie ein neues Token und wiederholen Sie die Anfrage.", "Get a new token and repeat the request.");
    /// Client id or secret is wrong.
    ZUGANG_UNBEKANNT = 401 "ZUGANG_UNBEKANNT"
        titel("Zugangsdaten stimmen nicht", "Credentials do not match")
        detail("client_id oder client_secret ist falsch.", "client_id or client_secret is wrong.");
    /// Unknown or invisible.
    NICHT_GEFUNDEN = 404 "NICHT_GEFUNDEN"
        titel("Nicht gefunden", "Not found")
        detail("Unter dieser Adresse gibt es nichts, oder es ist für Sie nicht sichtbar.", "There is nothing at this address, or it is not visible to you.");
    /// Wrong method.
    METHODE_UNZULAESSIG = 405 "METHODE_UNZULAESSIG"
        titel("Methode nicht erlaubt", "Method not allowed")
        detail("Der Kopf Allow nennt die möglichen Methoden.", "The Allow header lists the possible methods.");
    /// The body did not arrive in time.
    INHALT_ZU_LANGSAM = 408 "INHALT_ZU_LANGSAM"
        titel("Der Inhalt kam nicht rechtzeitig an", "The body did not arrive in time")
        detail("Nichts wurde geändert, die Verbindung ist beendet. Wiederholen Sie die Anfrage mit demselben Idempotency-Key.", "Nothing was changed, the connection is closed. Repeat the request with the same Idempotency-Key.");
    /// A request with the same key is running.
    IDEMPOTENZ_LAEUFT = 409 "IDEMPOTENZ_LAEUFT"
        titel("Dieselbe Anfrage läuft noch", "The same request is still running")
        detail("Warten Sie auf die erste Antwort und wiederholen Sie dann mit demselben Schlüssel.", "Wait for the first answer, then repeat with the same key.");
    /// The resource changed since it was read.
    VERSION_VERALTET = 412 "VERSION_VERALTET"
        titel("Der Datensatz wurde inzwischen geändert", "The record was changed meanwhile")
        detail("Lesen Sie ihn neu und wiederholen Sie die Änderung mit dem neuen ETag.", "Read it again and repeat the change with the new ETag.");
    /// Too large.
    ZU_GROSS = 413 "ZU_GROSS"
        titel("Der Inhalt ist zu groß", "The body is too large")
        detail("Höchstens 1 MiB JSON, ein Upload von Zeilen 8 MiB, eine Datei 25 MiB.", "At most 1 MiB of JSON, an upload of rows 8 MiB, a file 25 MiB.");
    /// More values than a body may have.
    ZU_VIELE_WERTE = 413 "ZU_VIELE_WERTE"
        titel("Der Inhalt hat zu viele Einzelwerte", "The body has too many values")
        detail("Höchstens 50.000 Einzelwerte (Objekte, Listen, Texte, Zahlen) je Inhalt, 300.000 in einem Upload von Zeilen. Teilen Sie die Anfrage auf.", "At most 50,000 values (objects, arrays, texts, numbers) per body, 300,000 in an upload of rows. Split the request.");
    /// Wrong media type.
    MEDIENTYP = 415 "MEDIENTYP"
        titel("Medientyp wird nicht unterstützt", "Media type is not supported")
        detail("Senden Sie application/json, bei PATCH auch application/merge-patch+json, eine Datei als application/octet-stream; eine Belegliste geht auch als text/csv oder als Arbeitsmappe (.xlsx).", "Send application/json, with PATCH also application/merge-patch+json, a file as application/octet-stream; a list of receipts may be text/csv or a workbook (.xlsx), too.");
    /// The key was used with another body.
    IDEMPOTENZ_ANDERER_INHALT = 422 "IDEMPOTENZ_ANDERER_INHALT"
        titel("Schlüssel schon mit anderem Inhalt verwendet", "Key already used with another body")
        detail("Verwenden Sie für eine andere Anfrage einen neuen Idempotency-Key.", "Use a new Idempotency-Key for another request.");
    /// If-Match is missing.
    VERSION_FEHLT = 428 "VERSION_FEHLT"
        titel("If-Match fehlt", "If-Match is missing")
        detail("Senden Sie den ETag des gelesenen Datensatzes als If-Match.", "Send the ETag of the record as If-Match.");
    /// Too many requests.
    ZU_VIELE_ANFRAGEN = 429 "ZU_VIELE_ANFRAGEN"
        titel("Zu viele Anfragen", "Too many requests")
        detail("Der Kopf Retry-After nennt die Wartezeit in Sekunden.", "The Retry-After header gives the wait in seconds.");
    /// Too many failed logins.
    ZU_VIELE_FEHLANMELDUNGEN = 429 "ZU_VIELE_FEHLANMELDUNGEN"
        titel("Zu viele fehlgeschlagene Anmeldungen", "Too many failed logins")
        detail("Bis dahin wird kein Zugang mehr geprüft. Der Kopf Retry-After nennt die Wartezeit in Sekunden.", "No credentials are checked until then. The Retry-After header gives the wait in seconds.");
    /// Anything unexpected.
    INTERN = 500 "INTERN"
        titel("Interner Fehler", "Internal error")
        detail("Der Fehler ist unter der request_id festgehalten. Es wurde nichts halb geändert.", "The error is recorded under the request_id. Nothing was changed half-way.");
    /// Whether the write happened is not known.
    AUSGANG_UNKLAR = 503 "AUSGANG_UNKLAR"
        titel("Ausgang der Handlung unklar", "Outcome of the act is unclear")
        detail("Die Verbindung zur Datenbank ging verloren. Wiederholen Sie mit demselben Idempotency-Key: eine schon vollzogene Handlung wird nicht wiederholt.", "The connection to the database was lost. Repeat with the same Idempotency-Key: an act already done is not repeated.");
    /// Overloaded.
    AUSGELASTET = 503 "AUSGELASTET"
        titel("Der Server ist ausgelastet", "The server is busy")
        detail("Es wurde nichts geändert. Der Kopf Retry-After nennt die Wartezeit.", "Nothing was changed. The Retry-After header gives the wait.");
}

/// A refusal.
#[derive(Debug)]
pub enum Fehler {
    /// Findings of the domain; at least one.
    Befunde(Vec<Befund>),
    /// A problem of the request, with violations of the contract if any.
    Problem(&'static Problemart, Vec<Verstoss>),
    /// The record has another version.
    VersionVeraltet(i64),
    /// Too many requests; seconds to wait.
    ZuVieleAnfragen(u64),
    /// The database.
    Db(DbFehler),
    /// The contract does not say what would have to be checked.
    Luecke(Luecke),
}

impl Fehler {
    /// Not there, or not visible to the caller.
    pub fn nicht_gefunden() -> Self {
        Fehler::Problem(&NICHT_GEFUNDEN, Vec::new())
    }

    /// HTTP status of the answer.
    pub fn status(&self) -> u16 {
        match self {
            Fehler::Befunde(b) => befund_status(b),
            Fehler::Problem(p, _) => p.status,
            Fehler::VersionVeraltet(_) => VERSION_VERALTET.status,
            Fehler::ZuVieleAnfragen(_) => ZU_VIELE_ANFRAGEN.status,
            Fehler::Db(DbFehler::VersionVeraltet { .. }) => VERSION_VERALTET.status,
            Fehler::Db(
                DbFehler::NichtGedeckt(b) | DbFehler::Siegel(b) | DbFehler::Verwendet(b) | DbFehler::Rechenbereich(b),
            ) => befund_status(std::slice::from_ref(b)),
            Fehler::Db(e) => db_problem(e).status,
            Fehler::Luecke(_) => INTERN.status,
        }
    }
}

/// Form before rights before content before state: 400, 403, 422, 409.
fn befund_status(befunde: &[Befund]) -> u16 {
    let hat = |art| befunde.iter().any(|b| b.blockiert() && b.regel.art == art);
    if hat(Regelart::Vertrag) {
        400
    } else if hat(Regelart::Recht) {
        403
    } else if hat(Regelart::Fachregel) {
        422
    } else if hat(Regelart::Zustand) {
        409
    } else {
        422
    }
}

/// The problem a database error becomes.
pub fn db_problem(e: &DbFehler) -> &'static Problemart {
    match e {
        DbFehler::Ausgelastet(_) | DbFehler::Konflikt(_) => &AUSGELASTET,
        DbFehler::Verbindung(_) => &AUSGANG_UNKLAR,
        _ => &INTERN,
    }
}

impl From<DbFehler> for Fehler {
    fn from(e: DbFehler) -> Self {
        match e {
            DbFehler::VersionVeraltet { aktuell } => Fehler::VersionVeraltet(aktuell),
            DbFehler::NichtGedeckt(b) | DbFehler::Siegel(b) | DbFehler::Verwendet(b) | DbFehler::Rechenbereich(b) => {
                Fehler::Befunde(vec![*b])
            }
            e => Fehler::Db(e),
        }
    }
}
impl From<Vec<Befund>> for Fehler {
    fn from(b: Vec<Befund>) -> Self {
        Fehler::Befunde(b)
    }
}
impl From<Befund> for Fehler {
    fn from(b: Befund) -> Self {
        Fehler::Befunde(vec![b])
    }
}
impl From<aqb_domain::geld::GeldFehler> for Fehler {
    fn from(_: aqb_domain::geld::GeldFehler) -> Self {
        Befund::neu(&aqb_domain::regel::RECHENBEREICH).into()
    }
}
impl Ursache for Fehler {
    fn db(&self) -> Option<&DbFehler> {
        match self {
            Fehler::Db(e) => Some(e),
            _ => None,
        }
    }
}

/// Result of an application function.
pub type Ergebnis<T> = Result<T, Fehler>;

/// Language of an answer from `Accept-Language`: German unless English is preferred.
pub fn sprache(accept_language: Option<&str>) -> Sprache {
    let mut beste: Option<(f32, usize, Sprache)> = None;
    for (i, teil) in accept_language.unwrap_or("").split(',').enumerate() {
        let mut stuecke = teil.trim().split(';');
        let sprache = match stuecke.next().unwrap_or("").split('-').next().unwrap_or("") {
            s if s.eq_ignore_ascii_case("de") => Sprache::De,
            s if s.eq_ignore_ascii_case("en") => Sprache::En,
            _ => continue,
        };
        let q = stuecke.find_map(|s| s.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        if q > 0.0 && beste.is_none_or(|(b, _, _)| q > b) {
            beste = Some((q, i, sprache));
        }
    }
    beste.map_or(Sprache::De, |(_, _, s)| s)
}

/// One line per code an answer can carry: status, code, title.
pub fn verzeichnis() -> String {
    let mut zeilen: Vec<String> = PROBLEME.iter().map(|p| format!("{} {} {}", p.status, p.code, p.titel.de)).collect();
    zeilen.extend(aqb_domain::regel::alle_regeln().map(|r| {
        let status = befund_status(&[Befund::neu(r).mit_schwere(aqb_domain::befund::Schwere::Fehler)]);
        format!("{status} {} {} {}", r.kurzname, r.code, r.titel.de)
    }));
    zeilen.sort();
    zeilen.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_sind_eindeutig() {
        let codes: BTreeSet<_> = PROBLEME.iter().map(|p| p.code).collect();
        assert_eq!(codes.len(), PROBLEME.len());
    }

    #[test]
    fn sprache_aus_dem_kopf() {
        for (kopf, s) in [
            (None, Sprache::De),
            (Some("en"), Sprache::En),
            (Some("en-GB,en;q=0.9,de;q=0.8"), Sprache::En),
            (Some("de;q=0.4, en;q=0.3"), Sprache::De),
            (Some("fr, en;q=0"), Sprache::De),
            (Some("fr;q=x"), Sprache::De),
        ] {
            assert_eq!(sprache(kopf), s, "{kopf:?}");
        }
    }
}
