//! `aqb`: the server and its tools.

use aqb_api::config::{
    Ausstellung, Datenquelle, Datenschluessel, Logform, Protokollierung, Serve, Uhrstellung, unbekannte,
};
use aqb_api::{http::openapi, server};
use aqb_persistence::protokoll::Siegelkopf;
use clap::{Parser, Subcommand};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// Open back end of Hessen's Ausbildungs- und Qualifizierungsbudget (AQB).
///
/// Options can be set by flag or by the environment variable named beside them. An unknown AQB_* variable stops the
/// program.
#[derive(Parser)]
#[command(name = "aqb", version, arg_required_else_help = true)]
struct Aqb {
    #[command(flatten)]
    protokollierung: Protokollierung,
    #[command(subcommand)]
    befehl: Befehl,
}

#[derive(Subcommand)]
enum Befehl {
    /// Serve the API (migrates the database first)
    Serve(Box<Serve>),
    /// Bring the database to this program's version
    Migrate(Datenquelle),
    /// Load demonstration data and demo accounts into an empty database; does nothing if they are there
    Demo {
        #[command(flatten)]
        daten: Datenquelle,
        #[command(flatten)]
        uhrstellung: Uhrstellung,
        #[command(flatten)]
        datenschluessel: Datenschluessel,
    },
    /// Print the OpenAPI document
    Openapi {
        /// Print one line per operation instead
        #[arg(long)]
        operationen: bool,
        /// Print one line per problem code instead
        #[arg(long)]
        probleme: bool,
    },
    /// Issue a token for a machine account of the database
    Token {
        #[command(flatten)]
        daten: Datenquelle,
        /// client_id of the account
        client_id: String,
        /// Whose token, for whom.
        #[command(flatten)]
        ausstellung: Ausstellung,
    },
    /// Give the keys for data about people a new version, of one county or all, and wrap the keys of their records anew.
    /// The server may run meanwhile
    Schluessel {
        #[command(flatten)]
        daten: Datenquelle,
        #[command(flatten)]
        datenschluessel: Datenschluessel,
        /// Only this Gebietskoerperschaft
        #[arg(long)]
        kreisschluessel: Option<String>,
    },
    /// Check that everything stored is what the acts made of it: books, decisions, filings, every case against its
    /// audit trail, hash chains, seals. Ends with an error when something is wrong
    Pruefe {
        #[command(flatten)]
        daten: Datenquelle,
        /// A seal noted outside the system, as NUMBER:HASH from `GET /v1/protokoll/nachweis`; the stored one must be it
        #[arg(long, value_name = "NR:HASH")]
        siegel: Option<Siegelkopf>,
    },
    /// Check a case file that was downloaded: its files against its manifest, its audit trail entry by entry. Needs no
    /// database. Ends with an error when something is wrong
    Akte {
        /// The archive, as `GET /v1/akten/{antrag_id}` gave it
        datei: std::path::PathBuf,
    },
}

fn main() -> ExitCode {
    let fremde = unbekannte(std::env::vars_os().map(|(n, _)| n.to_string_lossy().into_owned()));
    if !fremde.is_empty() {
        return fehler(&format!("Unbekannte Umgebungsvariable: {}. `aqb serve --help` nennt alle.", fremde.join(", ")));
    }
    let aqb = Aqb::parse();
    if let Err(e) = protokolliere(&aqb.protokollierung) {
        return fehler(&e);
    }
    match fuehre_aus(aqb.befehl) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => fehler(&e),
    }
}

fn fehler(text: &str) -> ExitCode {
    // nobody is left to tell when standard error is gone
    let _ = writeln!(std::io::stderr(), "aqb: {text}");
    ExitCode::FAILURE
}

fn ausgabe(text: &str) -> Result<(), String> {
    writeln!(std::io::stdout(), "{text}").map_err(|e| e.to_string())
}

fn protokolliere(p: &Protokollierung) -> Result<(), String> {
    let filter = tracing_subscriber::EnvFilter::try_new(&p.log_filter).map_err(|e| format!("AQB_LOG_FILTER: {e}"))?;
    let terminal = std::io::stderr().is_terminal();
    let form = p.log.unwrap_or(if terminal { Logform::Text } else { Logform::Json });
    let bau = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match form {
        Logform::Text => bau.with_ansi(terminal).with_target(false).init(),
        Logform::Json => bau.json().flatten_event(true).init(),
    }
    Ok(())
}

fn fuehre_aus(befehl: Befehl) -> Result<(), String> {
    match befehl {
        Befehl::Serve(s) => serve(&s),
        Befehl::Migrate(d) => aqb_api::demo::migriere(&d.database_url).and_then(|t| ausgabe(&t)),
        Befehl::Demo { daten, uhrstellung, datenschluessel } => {
            uhrstellung.anwenden();
            let haupt = datenschluessel.lesen()?;
            aqb_api::demo::lade_mit(&daten.database_url, haupt).and_then(|t| ausgabe(&t))
        }
        Befehl::Schluessel { daten, datenschluessel, kreisschluessel } => {
            let haupt = datenschluessel.lesen()?;
            aqb_api::schluessel::wechsle(&daten.database_url, haupt, kreisschluessel.as_deref())
                .and_then(|t| ausgabe(&t))
        }
        Befehl::Openapi { operationen: true, .. } => ausgabe(openapi::operationen(&openapi::dokument()).trim_end()),
        Befehl::Openapi { probleme: true, .. } => ausgabe(aqb_api::fehler::verzeichnis().trim_end()),
        Befehl::Openapi { .. } => {
            ausgabe(&serde_json::to_string_pretty(&openapi::dokument()).map_err(|e| e.to_string())?)
        }
        Befehl::Token { daten, client_id, ausstellung: a } => {
            aqb_api::demo::token(&daten.database_url, &client_id, &a.issuer, &a.audience).and_then(|t| ausgabe(&t))
        }
        Befehl::Akte { datei } => aqb_api::akte::pruefe_datei(&datei).and_then(|t| ausgabe(&t)),
        Befehl::Pruefe { daten, siegel } => pruefe(&daten.database_url, siegel.as_ref()),
    }
}

/// On a terminal one line says what is being checked; it is gone when the result is there.
fn pruefe(url: &str, siegel: Option<&Siegelkopf>) -> Result<(), String> {
    let terminal = std::io::stderr().is_terminal();
    // nobody is left to tell when standard error is gone
    let ergebnis = aqb_api::pruefe::pruefe(url, siegel, |schritt, n| {
        if terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[2KPrüfe {schritt}: {n}");
        }
    });
    if terminal {
        let _ = write!(std::io::stderr(), "\r\x1b[2K");
    }
    ergebnis.and_then(|t| ausgabe(&t))
}

fn serve(s: &Serve) -> Result<(), String> {
    s.pruefe()?;
    s.uhrstellung.anwenden();
    actix_web::rt::System::new().block_on(async {
        let g = server::starte(s).map_err(|e| e.to_string())?;
        ausgabe(&server::begruessung(g.adresse, g.demo))?;
        g.server.await.map_err(|e| e.to_string())
    })
}
