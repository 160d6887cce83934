//! Configuration: environment and flags, checked before anything starts.

use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Variables the program knows. Any other `AQB_*` stops the start: a typo must not be a silent default.
pub const BEKANNT: &[&str] = &[
    "AQB_BIND",
    "AQB_LOG",
    "AQB_LOG_FILTER",
    "AQB_UMGEBUNG",
    "AQB_ISSUER",
    "AQB_AUDIENCE",
    "AQB_JWKS_DATEI",
    "AQB_ANSPRUCH_ROLLE",
    "AQB_ANSPRUCH_KREIS",
    "AQB_ANSPRUCH_TRAEGER",
    "AQB_CORS",
    "AQB_LESER",
    "AQB_SCHREIBER",
    "AQB_ARBEITER",
    "AQB_ANFRAGEN_JE_MINUTE",
];

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

/// Options of `aqb serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Data source.
    #[command(flatten)]
    pub daten: Datenquelle,
    /// Address and port; port 0 takes any free one and prints it
    #[arg(long, env = "AQB_BIND", default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,
    /// What the server is for; `produktion` unless it listens on loopback only
    #[arg(long, env = "AQB_UMGEBUNG", value_enum)]
    pub umgebung: Option<Umgebung>,
    /// Issuer (`iss`) of this server's own tokens; after a comma the external issuers whose keys AQB_JWKS_DATEI holds
    #[arg(long, env = "AQB_ISSUER", default_value = "aqb", value_delimiter = ',')]
    pub issuer: Vec<String>,
    /// Audience (`aud`) tokens must carry
    #[arg(long, env = "AQB_AUDIENCE", default_value = "aqb")]
    pub audience: String,
    /// File with the public keys (JWKS) of the external issuers; they sign for these only, never for the first issuer
    #[arg(long, env = "AQB_JWKS_DATEI")]
    pub jwks_datei: Option<PathBuf>,
    /// Claim that holds the role in tokens of external issuers
    #[arg(long, env = "AQB_ANSPRUCH_ROLLE", default_value = "rolle")]
    pub anspruch_rolle: String,
    /// Claim that holds the Kreisschluessel in tokens of external issuers
    #[arg(long, env = "AQB_ANSPRUCH_KREIS", default_value = "kreisschluessel")]
    pub anspruch_kreis: String,
    /// Claim that holds the id of the Traeger in tokens of external issuers
    #[arg(long, env = "AQB_ANSPRUCH_TRAEGER", default_value = "traeger_id")]
    pub anspruch_traeger: String,
    /// Origins that browsers may call from, separated by commas; none by default
    #[arg(long, env = "AQB_CORS", value_delimiter = ',')]
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
    /// HTTP worker threads
    #[arg(long, env = "AQB_ARBEITER", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub arbeiter: u16,
}

impl Serve {
    /// What the server is for.
    pub fn umgebung(&self) -> Umgebung {
        let sonst = if self.bind.ip().is_loopback() { Umgebung::Entwicklung } else { Umgebung::Produktion };
        self.umgebung.unwrap_or(sonst)
    }
}

/// Names of unknown `AQB_*` variables.
pub fn unbekannte(namen: impl Iterator<Item = String>) -> Vec<String> {
    namen.filter(|n| n.starts_with("AQB_") && !n.starts_with("AQB_TEST_") && !BEKANNT.contains(&n.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::unbekannte;

    #[test]
    fn tippfehler_fallen_auf() {
        let namen = ["AQB_BIND", "AQB_BINDD", "PATH", "AQB_TEST_PG_URL"].map(str::to_owned);
        assert_eq!(unbekannte(namen.into_iter()), ["AQB_BINDD"]);
    }
}
