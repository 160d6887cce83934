//! The server under test, in this process, on a free port, with a database of its own.

use crate::client::{Anfrage, Client};
use crate::datenbank::{Backend, Datenbank};
use crate::vertrag::Operation;
use actix_web::dev::ServerHandle;
use aqb_api::auth::Aussteller;
use aqb_api::config::Serve;
use aqb_domain::berechtigung::Akteur;
use aqb_persistence::{kennzeichen, uhr};
use clap::{Args, FromArgMatches};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread::JoinHandle;

/// A running server; it stops when the value is dropped.
pub struct Dienst {
    /// Where it listens.
    pub adresse: SocketAddr,
    /// Connections are kept alive across clients.
    pub(crate) agent: ureq::Agent,
    token: Mutex<HashMap<String, String>>,
    griff: ServerHandle,
    faden: Option<JoinHandle<()>>,
    /// Its database; dropped after the server has stopped.
    pub datenbank: Datenbank,
}

/// Account from which test servers pay; the one of the demonstration data.
pub const KONTO: &str = "DE02120300000000202051";
/// Master key for data about people of test servers outside `entwicklung`; random, it protects nothing.
pub const DATENSCHLUESSEL: &str = "3f9c1e07ab52d8640d71fe93c8a2b65e17d04f8b9a6c3e52f0d871b4a95e26c3";
/// Stands among the options for a server without that key.
pub const OHNE_DATENSCHLUESSEL: &str = "(ohne Datenschlüssel)";
/// Stands among the options for a server that knows no account.
pub const OHNE_KONTO: &str = "(ohne Zahlungskonto)";

/// Configuration as the command line would give it, so that a new option needs no change here.
pub fn konfiguration(url: &str, weitere: &[&str]) -> Serve {
    let fest = ["aqb", "--database-url", url, "--bind", "127.0.0.1:0", "--arbeiter", "2", "--leser", "2"];
    // payments need an account; a test of a server without one says so
    let ohne = weitere.contains(&OHNE_KONTO);
    let konto: &[&str] = if ohne { &[] } else { &["--zahlung-iban", KONTO, "--zahlung-name", "DEMO Landeskasse"] };
    let verschwiegen =
        weitere.contains(&OHNE_DATENSCHLUESSEL) || weitere.iter().any(|w| w.starts_with("--datenschluessel"));
    let weitere: Vec<&str> =
        weitere.iter().copied().filter(|w| ![OHNE_KONTO, OHNE_DATENSCHLUESSEL].contains(w)).collect();
    // the demonstration data are nothing for production; a test of production says so
    let umgebung: &[&str] = if weitere.contains(&"--umgebung") { &[] } else { &["--umgebung", "entwicklung"] };
    let schluessel: &[&str] =
        if umgebung.is_empty() && !verschwiegen { &["--datenschluessel", DATENSCHLUESSEL] } else { &[] };
    let befehl = Serve::augment_args(clap::Command::new("aqb"));
    let werte = befehl
        .try_get_matches_from(fest.iter().chain(umgebung).chain(schluessel).chain(konto).chain(&weitere))
        .expect("options of the server");
    Serve::from_arg_matches(&werte).expect("options of the server")
}

impl Dienst {
    /// Serves a copy of the demonstration data.
    #[track_caller]
    pub fn starten(backend: Backend) -> Self {
        Self::mit(Datenbank::neu(backend), &[])
    }

    /// Serves a database, with further options of `aqb serve`.
    #[track_caller]
    pub fn mit(datenbank: Datenbank, weitere: &[&str]) -> Self {
        let serve = konfiguration(&datenbank.url, weitere);
        let (tx, rx) = channel();
        let faden = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                match aqb_api::server::starte(&serve) {
                    Ok(g) => {
                        drop(tx.send(Ok((g.server.handle(), g.adresse))));
                        g.server.await.expect("server");
                    }
                    Err(e) => drop(tx.send(Err(e.to_string()))),
                }
            });
        });
        let (griff, adresse) = rx.recv().expect("start").unwrap_or_else(|e| panic!("the server does not start: {e}"));
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .max_idle_connections_per_host(32)
            .timeout_global(Some(std::time::Duration::from_secs(60)))
            .build()
            .new_agent();
        Dienst { adresse, agent, token: Mutex::default(), griff, faden: Some(faden), datenbank }
    }

    /// The same database behind a new process: nothing that only memory knew is left.
    #[track_caller]
    pub fn neu_gestartet(mut self) -> Self {
        self.anhalten();
        Self::mit(self.datenbank.ausleihen(true), &[])
    }

    /// Stops the server; its database stays.
    pub fn beenden(mut self) -> Datenbank {
        self.anhalten();
        self.datenbank.ausleihen(true)
    }

    /// A second server on the same database; it must end first.
    #[track_caller]
    pub fn zweiter(&self) -> Self {
        Self::mit(self.datenbank.ausleihen(false), &[])
    }

    fn anhalten(&mut self) {
        // the command is on its way as soon as `stop` returns; nobody here can await its end
        drop(self.griff.stop(false));
        if let Some(f) = self.faden.take() {
            drop(f.join());
        }
    }

    /// Which backend it runs on.
    pub fn backend(&self) -> Backend {
        self.datenbank.backend
    }

    /// A client without a token.
    pub fn anonym(&self) -> Client<'_> {
        Client { dienst: self, token: None }
    }

    /// A client with this token.
    pub fn mit_token(&self, token: impl Into<String>) -> Client<'_> {
        Client { dienst: self, token: Some(token.into()) }
    }

    /// A client logged in as this demo account; the token is fetched once.
    #[track_caller]
    pub fn als(&self, client_id: &str) -> Client<'_> {
        if let Some(t) = self.token.lock().expect("tokens").get(client_id) {
            return self.mit_token(t.clone());
        }
        let r = self.anonym().token(client_id, "demo");
        assert_eq!(r.status, 200, "token for {client_id}: {}", r.text());
        let t = r.json()["access_token"].as_str().expect("access_token").to_owned();
        self.token.lock().expect("tokens").insert(client_id.to_owned(), t.clone());
        self.mit_token(t)
    }

    /// The operation `o` at `ziel`, on the record at `datensatz`: its present version, and a body along the example.
    #[track_caller]
    pub fn auf(&self, wer: &str, o: &Operation, ziel: &str, datensatz: &str) -> Anfrage<'_> {
        // who may act need not be allowed to read
        let leser = [wer, "demo-pruefung", "demo-ministerium-1"];
        let gelesen = leser.iter().map(|l| self.als(l).get(datensatz).senden()).find(|r| r.status == 200);
        let mut a = self.als(wer).anfrage(&o.methode, ziel);
        if o.schema().is_some() {
            let k = gelesen.as_ref().map_or_else(|| o.koerper().unwrap_or_default(), |g| o.eingabe(&g.json()));
            a = a.koerper_von(o, &k);
        }
        if o.hat("If-Match") {
            let version = gelesen.as_ref().and_then(|g| g.kopfzeile("etag")).unwrap_or("\"1\"");
            a = a.kopf("if-match", version);
        }
        a
    }

    /// The key with which the server signs: (kid, PKCS#8).
    pub fn signierschluessel(&self) -> (String, Vec<u8>) {
        let mut c = self.datenbank.verbinde();
        kennzeichen::ausstellerschluessel(&mut c).expect("keys").into_iter().next().expect("the server made a key")
    }

    /// A valid token for any caller, signed with the server's own key.
    pub fn token_fuer(&self, a: &Akteur) -> String {
        let mut c = self.datenbank.verbinde();
        let jetzt = uhr::jetzt();
        Aussteller::laden(&mut c, "aqb", "aqb", jetzt).and_then(|s| s.token(a, jetzt)).expect("token")
    }

    /// Claims of a valid token; tests change them.
    pub fn ansprueche(&self, rolle: &str) -> Value {
        let jetzt = uhr::jetzt().timestamp();
        json!({ "iss": "aqb", "aud": "aqb", "sub": "test", "exp": jetzt + 300, "iat": jetzt, "nbf": jetzt, "rolle": rolle, "scope": "aqb" })
    }

    /// Signs claims with the server's key.
    pub fn signiert(&self, ansprueche: &Value) -> String {
        let (kid, pkcs8) = self.signierschluessel();
        signiere(ansprueche, Some(&kid), &pkcs8)
    }
}

/// Signs claims with any ES256 key.
pub fn signiere(ansprueche: &Value, kid: Option<&str>, pkcs8: &[u8]) -> String {
    let mut kopf = Header::new(Algorithm::ES256);
    kopf.kid = kid.map(str::to_owned);
    jsonwebtoken::encode(&kopf, ansprueche, &EncodingKey::from_ec_der(pkcs8)).expect("sign")
}

impl Drop for Dienst {
    fn drop(&mut self) {
        self.anhalten();
    }
}
