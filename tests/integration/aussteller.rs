//! External issuers: each signs with its own keys only, and its persons are its own.

use crate::aktionen::{VEREINBARUNG, nachtrag};
use aqb_api::auth::Aussteller;
use aqb_persistence::{kennzeichen, uhr};
use aqb_tests::client::kurznamen;
use aqb_tests::dienst::signiere;
use aqb_tests::vertrag::als_text;
use aqb_tests::{Backend, Client, Datenbank, Dienst, auf_beiden};
use serde_json::{Value, json};

auf_beiden!(
    schluessel_gehoeren_einem_aussteller,
    namen_der_ansprueche,
    personen_gehoeren_ihrem_aussteller,
    eine_person_unterzeichnet_nicht_fuer_beide,
);

const A: &str = "https://anmeldung-a.example";
const B: &str = "https://anmeldung-b.example";

/// An issuer with a key of its own.
struct Idp {
    iss: &'static str,
    kid: String,
    pkcs8: Vec<u8>,
    jwks: tempfile::NamedTempFile,
}

impl Idp {
    fn neu(iss: &'static str) -> Self {
        let db = Datenbank::neu(Backend::Sqlite);
        let mut c = db.verbinde();
        let aussteller = Aussteller::laden(&mut c, iss, "aqb", uhr::jetzt()).expect("key");
        let (kid, pkcs8) = kennzeichen::ausstellerschluessel(&mut c).expect("keys").remove(0);
        let jwks = tempfile::NamedTempFile::new().expect("file");
        std::fs::write(jwks.path(), aussteller.jwks().to_string()).expect("write");
        Idp { iss, kid, pkcs8, jwks }
    }

    /// As the configuration names it.
    fn vertraut(&self) -> String {
        format!("{}={}", self.iss, self.jwks.path().display())
    }

    fn signiert(&self, ansprueche: &Value) -> String {
        signiere(ansprueche, Some(&self.kid), &self.pkcs8)
    }

    /// Somebody this issuer vouches for.
    fn als<'d>(&self, d: &'d Dienst, sub: &str, rolle: &str) -> Client<'d> {
        let mut a = d.ansprueche(rolle);
        (a["iss"], a["sub"]) = (json!(self.iss), json!(sub));
        if rolle == "GEBIETSKOERPERSCHAFT" {
            a["kreisschluessel"] = json!("06440");
        }
        d.mit_token(self.signiert(&a))
    }
}

fn status(d: &Dienst, token: String) -> u16 {
    d.mit_token(token).get("/gebietskoerperschaften").senden().status
}

fn schluessel_gehoeren_einem_aussteller(b: Backend) {
    let (a, zweiter) = (Idp::neu(A), Idp::neu(B));
    let fremde = format!("{},{}", a.vertraut(), zweiter.vertraut());
    let d = Dienst::mit(Datenbank::neu(b), &["--issuer-fremd", &fremde, "--audience", "aqb-test"]);
    let mit = |signiert: &dyn Fn(&Value) -> String, iss: &str, aud: Value| {
        let mut an = d.ansprueche("PRUEFUNG");
        (an["iss"], an["aud"]) = (json!(iss), aud);
        status(&d, signiert(&an))
    };
    let aud = || json!("aqb-test");
    let (von_a, von_b, eigener) =
        (|v: &Value| a.signiert(v), |v: &Value| zweiter.signiert(v), |v: &Value| d.signiert(v));
    for (iss, erlaubt) in
        [(A, [200, 401, 401]), (B, [401, 200, 401]), ("aqb", [401, 401, 200]), ("https://x.example", [401; 3])]
    {
        let ist = [mit(&von_a, iss, aud()), mit(&von_b, iss, aud()), mit(&eigener, iss, aud())];
        assert_eq!(ist, erlaubt, "{iss}");
        // a list of issuers is no issuer
        let mut an = d.ansprueche("PRUEFUNG");
        (an["iss"], an["aud"]) = (json!([iss]), aud());
        assert_eq!([status(&d, a.signiert(&an)), status(&d, d.signiert(&an))], [401, 401], "[{iss}]");
    }
    // an audience may be a list
    assert_eq!(mit(&von_a, A, json!(["account", "aqb-test"])), 200);
    assert_eq!(mit(&von_a, A, json!(["account"])), 401);
    assert_eq!(mit(&von_a, A, json!("aqb")), 401);
    // a file without keys stops the start
    std::fs::write(a.jwks.path(), r#"{"keys":[]}"#).expect("write");
    let serve = aqb_tests::dienst::konfiguration(&d.datenbank.url, &["--issuer-fremd", &a.vertraut()]);
    assert!(aqb_api::server::starte(&serve).is_err_and(|e| e.to_string().contains(A)));
}

/// Other names of the claims, for external issuers only.
fn namen_der_ansprueche(b: Backend) {
    let a = Idp::neu(A);
    let optionen = ["--issuer-fremd", &a.vertraut(), "--anspruch-rolle", "https://aqb.example/rolle"];
    let d = Dienst::mit(Datenbank::neu(b), &optionen);
    let mut an = d.ansprueche("PRUEFUNG");
    an["iss"] = json!(A);
    assert_eq!(status(&d, a.signiert(&an)), 401);
    an["https://aqb.example/rolle"] = json!("PRUEFUNG");
    assert_eq!(status(&d, a.signiert(&an)), 200);
    assert_eq!(status(&d, d.signiert(&d.ansprueche("PRUEFUNG"))), 200);
}

/// The same `sub` is somebody else at every issuer: other audit rows, other keys for retries.
fn personen_gehoeren_ihrem_aussteller(b: Backend) {
    let (a, zweiter) = (Idp::neu(A), Idp::neu(B));
    let fremde = format!("{},{}", a.vertraut(), zweiter.vertraut());
    let d = Dienst::mit(Datenbank::neu(b), &["--issuer-fremd", &fremde]);
    let sub = "demo-bewilligung-1";
    let k = json!({ "inhalt": { "name": "A", "rechtsform": "EV", "anschrift": { "strasse": "Weg 1", "plz": "61169", "ort": "Friedberg" } } });
    let eintraege = |c: &Client<'_>| {
        let r = c.get("/protokoll").query("limit", "200").senden().ist(200).json();
        let mut namen: Vec<_> = r["daten"].as_array().expect("rows").iter().map(|e| als_text(&e["person"])).collect();
        namen.dedup();
        namen
    };
    let wir = [d.als(sub), a.als(&d, sub, "BEWILLIGUNGSBEHOERDE"), zweiter.als(&d, sub, "BEWILLIGUNGSBEHOERDE")];
    let namen = [sub.to_owned(), format!("{A}|{sub}"), format!("{B}|{sub}")];
    assert_eq!(wir[1..].iter().map(eintraege).collect::<Vec<_>>(), [vec![], Vec::<String>::new()]);
    for c in &wir {
        let r = c.post("/traeger", &k).schluessel("derselbe-schluessel").senden().ist(201);
        assert_eq!(r.kopfzeile("idempotent-replayed"), None);
    }
    for (c, name) in wir.iter().zip(&namen) {
        assert_eq!(eintraege(c), std::slice::from_ref(name));
        let r = c.post("/traeger", &k).schluessel("derselbe-schluessel").senden().ist(201);
        assert_eq!(r.kopfzeile("idempotent-replayed"), Some("true"));
    }
    let filter = d.als("demo-pruefung").get("/protokoll").query("person", &namen[1].replace('|', "%7C"));
    assert_eq!(filter.senden().ist(200).json()["daten"].as_array().map(Vec::len), Some(1));
    // what a directory calls its people may hold the separator, a blank inside, any case
    for gut in ["auth0|123", "Erika Beispiel", "ERIKA"] {
        a.als(&d, gut, "PRUEFUNG").get("/traeger").senden().ist(200);
    }
    for falsch in ["", " ", "x ", "\u{fc}", "a\u{0}b", &"x".repeat(200 - A.len())] {
        a.als(&d, falsch, "PRUEFUNG").get("/traeger").senden().ist_problem(401, "NICHT_ANGEMELDET");
    }
}

/// One person with two roles is still one person.
fn eine_person_unterzeichnet_nicht_fuer_beide(b: Backend) {
    let (a, zweiter) = (Idp::neu(A), Idp::neu(B));
    let fremde = format!("{},{}", a.vertraut(), zweiter.vertraut());
    let d = Dienst::mit(Datenbank::neu(b), &["--issuer-fremd", &fremde]);
    let pfad = nachtrag(&d, &[("demo-gk-06440-1", "abstimmung")]);
    assert_ne!(pfad, VEREINBARUNG);
    let unterzeichne = |c: &Client<'_>| {
        let z = c.get(&pfad).senden().ist(200);
        let k = json!({ "durch": "E. B.", "dokument_sha256": z.json()["dokument_sha256"] });
        c.post(&format!("{pfad}/unterzeichnung"), &k).if_match(z.version()).senden()
    };
    let gesperrt = |c: &Client<'_>| {
        let r = c.get(&format!("{pfad}/aktionen")).senden().ist(200).json();
        let akte = r["aktionen"].as_array().expect("acts").clone();
        let akt = akte.iter().find(|a| als_text(&a["akt"]) == "unterzeichnung").expect("act").clone();
        kurznamen(&akt["befunde"])
    };
    let kreis = a.als(&d, "max", "GEBIETSKOERPERSCHAFT");
    unterzeichne(&kreis).ist(200);
    assert_eq!(gesperrt(&kreis), ["SCHON_UNTERZEICHNET"]);
    for sub in ["max", "MAX"] {
        let dieselbe = a.als(&d, sub, "MINISTERIUM");
        assert_eq!(gesperrt(&dieselbe), ["VIER_AUGEN"]);
        unterzeichne(&dieselbe).ist_problem(403, "VIER_AUGEN");
    }
    let andere = zweiter.als(&d, "max", "MINISTERIUM");
    assert_eq!(gesperrt(&andere), Vec::<String>::new());
    assert_eq!(unterzeichne(&andere).ist(200).json()["status"], "GESCHLOSSEN");
}
