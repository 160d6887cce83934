//! Configuration: environment and flags, checked before anything starts.

use aqb_domain::antrag::iban_gueltig;
use aqb_domain::zahlung::{Auftraggeberkonto, NAME, sepa};
use aqb_persistence::tresor::Schluessel;
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Logform {
    /// One readable line per event.
    Text,
    /// One JSON object per event.
    Json,
}

/// What the server is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Umgebung {
    /// Development and demonstration: demo accounts are allowed.
    Entwicklung,
    /// Production: a database with demo accounts is refused.
    Produktion,
}

/// Where the data live.
#[derive(Debug, Clone, Args)]
pub struct Datenquelle {
    /// `sqlite://path/to/file` or `postgres://…`
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite://data/aqb.db", hide_env_values = true)]
    pub database_url: String,
}

/// Which time it is.
#[derive(Debug, Clone, Args)]
pub struct Uhrstellung {
    /// Moment from which the clock of this process runs on (RFC 3339), for trying out what depends on the day; only in
    /// `entwicklung`
    #[arg(long, env = "AQB_UHR")]
    pub uhr: Option<DateTime<Utc>>,
}

impl Uhrstellung {
    /// Sets the clock, if a moment is given.
    pub fn anwenden(&self) {
        if let Some(beginn) = self.uhr {
            aqb_persistence::uhr::stellen(beginn);
        }
    }
}

/// How the log looks.
#[derive(Debug, Clone, Args)]
pub struct Protokollierung {
    /// Form of the log; JSON unless standard error is a terminal
    #[arg(long, env = "AQB_LOG", value_enum, global = true)]
    pub log: Option<Logform>,
    /// Which events are logged, e.g. `info` or `aqb_api=debug`
    #[arg(long, env = "AQB_LOG_FILTER", default_value = "info", global = true)]
    pub log_filter: String,
}

/// Whose tokens this server issues, and for whom.
#[derive(Debug, Clone, Args)]
pub struct Ausstellung {
    /// Issuer (`iss`) of this server's own tokens
    #[arg(long, env = "AQB_ISSUER", default_value = "aqb", value_parser = name)]
    pub issuer: String,
    /// Audience (`aud`) tokens must carry
    #[arg(long, env = "AQB_AUDIENCE", default_value = "aqb", value_parser = name)]
    pub audience: String,
}

/// An external issuer that is trusted, and the file with its public keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FremderAussteller {
    /// `iss` of its tokens.
    pub iss: String,
    /// JWKS.
    pub jwks: PathBuf,
}

/// The account of the state treasury from which is paid. Without it no payment run is released.
#[derive(Debug, Clone, Args)]
pub struct Zahlungskonto {
    /// IBAN of the account from which payments are made, without blanks
    #[arg(long, env = "AQB_ZAHLUNG_IBAN", value_parser = iban, requires = "zahlung_name")]
    pub zahlung_iban: Option<String>,
    /// BIC of its bank, where the bank wants one
    #[arg(long, env = "AQB_ZAHLUNG_BIC", value_parser = bic, requires = "zahlung_iban")]
    pub zahlung_bic: Option<String>,
    /// Its holder, as banks shall read it (SEPA characters, at most 70)
    #[arg(long, env = "AQB_ZAHLUNG_NAME", value_parser = kontoname, requires = "zahlung_iban")]
    pub zahlung_name: Option<String>,
}

impl Zahlungskonto {
    /// The account, if one is configured.
    pub fn konto(&self) -> Option<Auftraggeberkonto> {
        let (iban, name) = (self.zahlung_iban.clone()?, self.zahlung_name.clone()?);
        Some(Auftraggeberkonto { name, iban, bic: self.zahlung_bic.clone() })
    }
}

/// The master key for what is told about people; everything else is derived from it. Keep it apart from backups of the
/// database: whoever has both reads everything, whoever loses it reads nothing.
#[derive(Debug, Clone, Args)]
pub struct Datenschluessel {
    /// Master key for data about people, 64 hex digits (`openssl rand -hex 32`); obligatory outside `entwicklung`
    #[arg(long, env = "AQB_DATENSCHLUESSEL", hide_env_values = true, conflicts_with = "datenschluessel_datei")]
    pub datenschluessel: Option<String>,
    /// File that holds the master key
    #[arg(long, env = "AQB_DATENSCHLUESSEL_DATEI")]
    pub datenschluessel_datei: Option<PathBuf>,
}

impl Datenschluessel {
    /// The key, if one is configured.
    ///
    /// # Errors
    /// A sentence that does not repeat it.
    pub fn lesen(&self) -> Result<Option<Schluessel>, String> {
        let hex = match (&self.datenschluessel, &self.datenschluessel_datei) {
            (Some(hex), _) => hex.clone(),
            (None, Some(datei)) => std::fs::read_to_string(datei)
                .map_err(|e| format!("AQB_DATENSCHLUESSEL_DATEI {}: {e}", datei.display()))?,
            (None, None) => return Ok(None),
        };
        Schluessel::aus_hex(&hex).map(Some).map_err(|e| format!("AQB_DATENSCHLUESSEL: {e}"))
    }
}

/// Options of `aqb serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Data source.
    #[command(flatten)]
    pub daten: Datenquelle,
    /// Address and port; port 0 takes any free one and prints it
    #[arg(long, env = "AQB_BIND", default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,
    /// What the server is for; only in `entwicklung` a database with demo accounts is served
    #[arg(long, env = "AQB_UMGEBUNG", value_enum, default_value = "produktion")]
    pub umgebung: Umgebung,
    /// Clock.
    #[command(flatten)]
    pub uhrstellung: Uhrstellung,
    /// Own tokens.
    #[command(flatten)]
    pub ausstellung: Ausstellung,
    /// External issuers that are trusted, each with the file (JWKS) of the keys that sign for it and for nobody else:
    /// `<issuer>=<file>`, separated by commas. Its persons are called `<issuer>|<sub>`
    #[arg(long, env = "AQB_ISSUER_FREMD", value_delimiter = ',', value_parser = fremder)]
    pub issuer_fremd: Vec<FremderAussteller>,
    /// Claim that holds the role in tokens of external issuers
    #[arg(long, env = "AQB_ANSPRUCH_ROLLE", default_value = "rolle", value_parser = name)]
    pub anspruch_rolle: String,
    /// Claim that holds the Kreisschluessel in tokens of external issuers
    #[arg(long, env = "AQB_ANSPRUCH_KREIS", default_value = "kreisschluessel", value_parser = name)]
    pub anspruch_kreis: String,
    /// Claim that holds the id of the Traeger in tokens of external issuers
    #[arg(long, env = "AQB_ANSPRUCH_TRAEGER", default_value = "traeger_id", value_parser = name)]
    pub anspruch_traeger: String,
    /// Origins that browsers may call from, separated by commas; none by default
    #[arg(long, env = "AQB_CORS", value_delimiter = ',', value_parser = herkunft)]
    pub cors: Vec<String>,
    /// Connections that only read
    #[arg(long, env = "AQB_LESER", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub leser: u32,
    /// Connections that write (PostgreSQL)
    #[arg(long, env = "AQB_SCHREIBER", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub schreiber: u32,
    /// Requests per minute and caller; 0 switches the limit off
    #[arg(long, env = "AQB_ANFRAGEN_JE_MINUTE", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=60_000))]
    pub anfragen_je_minute: u32,
    /// Failed logins per minute and `client_id`; successful ones do not count
    #[arg(long, env = "AQB_FEHLANMELDUNGEN_JE_KONTO", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=60_000))]
    pub fehlanmeldungen_je_konto: u32,
    /// Failed logins per minute altogether
    #[arg(long, env = "AQB_FEHLANMELDUNGEN_GESAMT", default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=60_000))]
    pub fehlanmeldungen_gesamt: u32,
    /// Seconds within which a whole body must arrive
    #[arg(long, env = "AQB_INHALTSFRIST", default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=300))]
    pub inhaltsfrist: u16,
    /// Largest file of a Belegliste in MiB; larger ones than 25 MiB have accordingly more time to arrive
    #[arg(long, env = "AQB_IMPORT_HOECHSTENS", default_value_t = 25, value_parser = clap::value_parser!(u16).range(1..=2_000))]
    pub import_hoechstens: u16,
    /// Days for which an access of a calendar program (`/fristen.ics`) is good
    #[arg(long, env = "AQB_KALENDERZUGANG_TAGE", default_value_t = 365, value_parser = clap::value_parser!(i64).range(1..=3_650))]
    pub kalenderzugang_tage: i64,
    /// Account that pays.
    #[command(flatten)]
    pub zahlungskonto: Zahlungskonto,
    /// Master key.
    #[command(flatten)]
    pub datenschluessel: Datenschluessel,
    /// HTTP worker threads
    #[arg(long, env = "AQB_ARBEITER", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub arbeiter: u16,
}

/// A name in a token: visible ASCII, none of the characters that separate names here.
fn name(s: &str) -> Result<String, String> {
    let gut = (1..=150).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b',' | b'|'));
    gut.then(|| s.to_owned()).ok_or_else(|| {
        "verlangt ist ein Name aus 1 bis 150 sichtbaren ASCII-Zeichen ohne Leerzeichen, Komma und |".to_owned()
    })
}

fn fremder(s: &str) -> Result<FremderAussteller, String> {
    let (iss, datei) = s.split_once('=').filter(|(_, d)| !d.is_empty()).ok_or(
        "verlangt ist <Aussteller>=<Datei mit seinen öffentlichen Schlüsseln (JWKS)>, z. B. https://anmeldung.example=/etc/aqb/jwks.json",
    )?;
    Ok(FremderAussteller { iss: name(iss)?, jwks: PathBuf::from(datei) })
}

fn iban(s: &str) -> Result<String, String> {
    let gut = iban_gueltig(s) && s.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    gut.then(|| s.to_owned())
        .ok_or_else(|| "verlangt ist eine gültige IBAN in Großbuchstaben ohne Leerzeichen".to_owned())
}

fn bic(s: &str) -> Result<String, String> {
    let teile = (s.get(..6), s.get(6..));
    let gut = matches!(teile, (Some(bank), Some(rest)) if [2, 5].contains(&rest.len())
        && bank.bytes().all(|b| b.is_ascii_uppercase())
        && rest.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
    gut.then(|| s.to_owned()).ok_or_else(|| "verlangt ist ein BIC aus 8 oder 11 Zeichen".to_owned())
}

fn kontoname(s: &str) -> Result<String, String> {
    let gut = (1..=NAME).contains(&s.len()) && sepa(s, NAME) == s;
    gut.then(|| s.to_owned())
        .ok_or_else(|| "verlangt ist ein Name aus 1 bis 70 Zeichen des SEPA-Zeichensatzes (keine Umlaute)".to_owned())
}

/// An origin in the form browsers send it.
fn herkunft(s: &str) -> Result<String, String> {
    let rest = s.strip_prefix("https://").or_else(|| s.strip_prefix("http://")).unwrap_or_default();
    let gut = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
    (!rest.is_empty() && rest.bytes().all(gut))
        .then(|| s.to_owned())
        .ok_or_else(|| "verlangt ist eine Herkunft der Form https://name oder https://name:port".to_owned())
}

/// The first value that stands twice.
fn doppelt<'v>(werte: impl IntoIterator<Item = &'v str>) -> Option<&'v str> {
    let mut gesehen = std::collections::HashSet::new();
    werte.into_iter().find(|w| !gesehen.insert(*w))
}

impl Serve {
    /// What each value alone cannot show.
    ///
    /// # Errors
    /// A sentence.
    pub fn pruefe(&self) -> Result<(), String> {
        if self.uhrstellung.uhr.is_some() && self.umgebung == Umgebung::Produktion {
            return Err("AQB_UHR stellt die Uhr und geht nur mit AQB_UMGEBUNG=entwicklung.".to_owned());
        }
        let aussteller = self.issuer_fremd.iter().map(|f| f.iss.as_str()).chain([self.ausstellung.issuer.as_str()]);
        if let Some(iss) = doppelt(aussteller) {
            return Err(format!("AQB_ISSUER und AQB_ISSUER_FREMD nennen den Aussteller „{iss}“ mehrfach."));
        }
        if let Some(o) = doppelt(self.cors.iter().map(String::as_str)) {
            return Err(format!("AQB_CORS nennt „{o}“ mehrfach."));
        }
        let ansprueche = [&self.anspruch_rolle, &self.anspruch_kreis, &self.anspruch_traeger].map(String::as_str);
        if let Some(a) = doppelt(ansprueche) {
            return Err(format!("AQB_ANSPRUCH_ROLLE, _KREIS und _TRAEGER nennen den Anspruch „{a}“ mehrfach."));
        }
        Ok(())
    }
}

/// Names of unknown `AQB_*` variables: a typo must not be a silent default. Known is what `aqb serve --help` lists.
pub fn unbekannte(namen: impl Iterator<Item = String>) -> Vec<String> {
    let serve = Protokollierung::augment_args(Serve::augment_args(clap::Command::new("aqb")));
    let bekannt: Vec<&str> = serve.get_arguments().filter_map(|a| a.get_env()?.to_str()).collect();
    namen.filter(|n| n.starts_with("AQB_") && !n.starts_with("AQB_TEST_") && !bekannt.contains(&n.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::FromArgMatches;

    #[test]
    fn tippfehler_fallen_auf() {
        let namen =
            ["AQB_BIND", "AQB_BINDD", "AQB_LOG", "AQB_ISSUER_FREMD", "AQB_JWKS_DATEI", "PATH", "AQB_TEST_PG_URL"];
        assert_eq!(unbekannte(namen.map(str::to_owned).into_iter()), ["AQB_BINDD", "AQB_JWKS_DATEI"]);
    }

    fn lies(optionen: &[&str]) -> Result<Serve, String> {
        let befehl = Serve::augment_args(clap::Command::new("aqb"));
        let werte = befehl.try_get_matches_from([&["aqb"], optionen].concat()).map_err(|e| e.to_string())?;
        let s = Serve::from_arg_matches(&werte).map_err(|e| e.to_string())?;
        s.pruefe().map(|()| s)
    }

    /// A listening address says nothing about what a server is for: behind a proxy all listen on loopback.
    #[test]
    fn ohne_angabe_produktion() {
        for optionen in [&[][..], &["--bind", "127.0.0.1:0"], &["--bind", "[::1]:0"], &["--bind", "0.0.0.0:80"]] {
            assert_eq!(lies(optionen).map(|s| s.umgebung), Ok(Umgebung::Produktion), "{optionen:?}");
        }
        assert_eq!(lies(&["--umgebung", "entwicklung"]).map(|s| s.umgebung), Ok(Umgebung::Entwicklung));
    }

    #[test]
    fn unmoegliches_haelt_den_start_auf() {
        for falsch in [
            &["--issuer", ""][..],
            &["--issuer", " aqb"],
            &["--issuer", "aqb,aqb"],
            &["--issuer", "aqb,"],
            &["--issuer", "a|b"],
            &["--audience", ""],
            &["--audience", "a b"],
            &["--issuer-fremd", ""],
            &["--issuer-fremd", "https://a.example"],
            &["--issuer-fremd", "https://a.example="],
            &["--issuer-fremd", "=a.json"],
            &["--issuer-fremd", "https://a.example=a.json,"],
            &["--issuer-fremd", "https://a.example=a.json,https://a.example=b.json"],
            &["--issuer-fremd", "aqb=a.json"],
            &["--anspruch-rolle", ""],
            &["--anspruch-rolle", "kreisschluessel"],
            &["--cors", ""],
            &["--cors", "https://a.example/pfad"],
            &["--cors", "https://a.example,https://a.example"],
            &["--fehlanmeldungen-je-konto", "0"],
            &["--fehlanmeldungen-gesamt", "0"],
            &["--inhaltsfrist", "0"],
            &["--uhr", "2026-09-01T08:00:00Z"],
            &["--umgebung", "entwicklung", "--uhr", "2026-09-01"],
            &["--zahlung-iban", "DE02120300000000202051"],
            &["--zahlung-name", "Land Hessen"],
            &["--zahlung-iban", "DE02120300000000202052", "--zahlung-name", "Land Hessen"],
            &["--zahlung-iban", "DE02 1203 0000 0000 2020 51", "--zahlung-name", "Land Hessen"],
            &["--zahlung-iban", "DE02120300000000202051", "--zahlung-name", "Landeskasse Gießen"],
            &["--zahlung-iban", "DE02120300000000202051", "--zahlung-name", ""],
            &["--zahlung-iban", "DE02120300000000202051", "--zahlung-name", "Land Hessen", "--zahlung-bic", "BYLA"],
        ] {
            assert!(lies(falsch).is_err(), "{falsch:?}");
        }
        let konto = &[
            "--zahlung-iban",
            "DE02120300000000202051",
            "--zahlung-name",
            "Land Hessen",
            "--zahlung-bic",
            "BYLADEM1001",
        ];
        assert_eq!(
            lies(konto).map(|s| s.zahlungskonto.konto().and_then(|k| k.bic)),
            Ok(Some("BYLADEM1001".to_owned()))
        );
        assert_eq!(lies(&[]).map(|s| s.zahlungskonto.konto()), Ok(None));
        let s =
            lies(&["--issuer-fremd", "https://a.example=/x/a=1.json,https://b.example=b.json"]).expect("two issuers");
        let fremde: Vec<_> = s.issuer_fremd.iter().map(|f| (f.iss.as_str(), f.jwks.to_str().unwrap_or(""))).collect();
        assert_eq!(fremde, [("https://a.example", "/x/a=1.json"), ("https://b.example", "b.json")]);
    }
}
