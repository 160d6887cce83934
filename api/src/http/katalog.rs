//! `/kataloge`.

use crate::app::katalog as app;
use crate::fehler::{Fehler, PROBLEME};
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::seite;
use actix_web::get;
use aqb_domain::befund::{Befund, Schwere};
use aqb_domain::berechtigung::recht::KatalogLesen;
use aqb_domain::regel::{Einstufung, Regel, Sprache, Text};
use aqb_persistence::katalog::Eintrag;
use aqb_persistence::protokoll::hash;
use aqb_persistence::seite::Seite;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations; the two catalogues with entries of their own kind come before the general one.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten).service(fehlercodes).service(regeln).service(lesen);
}

/// A catalogue without its entries.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Katalogname {
    /// Name, as in the path.
    #[schema(examples("teilbudgets"))]
    pub name: String,
    /// Title in the wanted language.
    #[schema(examples("Teilbudgets"))]
    pub titel: String,
}

seite!(
    /// A page of catalogues.
    KatalogSeite, Katalogname
);

/// List catalogues
///
/// Names and titles of all code lists, in alphabetical order.
#[utoipa::path(operation_id = "kataloge_auflisten", tag = "Stammdaten", params(Blaettern),
    responses((status = 200, description = "A page.", body = KatalogSeite)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/kataloge")]
pub async fn auflisten(a: Aufruf<KatalogLesen>, Query(b): Query<Blaettern>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |c| {
        let nach: Option<String> = b.position("kataloge")?;
        let namen = app::namen(c)?.into_iter().filter(|n| nach.as_ref().is_none_or(|p| n > p)).collect();
        let s = Seite::aus(namen, b.limit());
        Antwort::seite(&KatalogSeite {
            weiter: weiter("kataloge", &s.daten, s.mehr, String::clone),
            daten: s.daten.into_iter().map(|name| Katalogname { titel: app::titel(&name, sprache), name }).collect(),
        })
    })
    .await
}

/// An entry of a catalogue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Katalogeintrag {
    /// Stable code.
    #[schema(examples("ALLGEMEIN"))]
    pub code: String,
    /// Label in the wanted language.
    pub bezeichnung: String,
    /// German label.
    pub de: String,
    /// English label.
    pub en: String,
    /// First day of validity.
    pub gueltig_ab: NaiveDate,
    /// Last day of validity; absent while it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub gueltig_bis: Option<NaiveDate>,
}

impl Katalogeintrag {
    fn aus(e: Eintrag, s: Sprache) -> Self {
        Katalogeintrag {
            bezeichnung: if s == Sprache::De { e.de.clone() } else { e.en.clone() },
            code: e.code,
            de: e.de,
            en: e.en,
            gueltig_ab: e.gueltig_ab,
            gueltig_bis: e.gueltig_bis,
        }
    }
}

/// A catalogue with all its entries.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Katalog {
    /// Name, as in the path.
    #[schema(examples("teilbudgets"))]
    pub name: String,
    /// Title in the wanted language.
    #[schema(examples("Teilbudgets"))]
    pub titel: String,
    /// Entries in the order of the catalogue.
    pub eintraege: Vec<Katalogeintrag>,
}

/// Narrows a catalogue.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Katalogfilter {
    /// Only entries valid on this day.
    #[param(example = "2026-01-01")]
    stichtag: Option<NaiveDate>,
}

/// Read a catalogue
///
/// All entries, with `stichtag` those valid on that day. Every closed list of this document has a catalogue with its
/// labels; `GET /kataloge` names them all. The catalogues `fehlercodes` and `regeln` have paths of their
/// own, because their entries say more.
#[utoipa::path(operation_id = "katalog_lesen", tag = "Stammdaten",
    params(("name" = String, Path, description = "Name of the catalogue.", pattern = "^[a-z][a-z0-9-]{1,59}$", example = "teilbudgets"), Katalogfilter),
    responses((status = 200, description = "The catalogue.", body = Katalog)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/kataloge/{name}")]
pub async fn lesen(
    a: Aufruf<KatalogLesen>,
    Pfad(name): Pfad<String>,
    Query(f): Query<Katalogfilter>,
) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |c| {
        let eintraege = app::eintraege(c, &name, f.stichtag)?;
        mit_etag(&Katalog {
            titel: app::titel(&name, sprache),
            name: name.clone(),
            eintraege: eintraege.into_iter().map(|e| Katalogeintrag::aus(e, sprache)).collect(),
        })
    })
    .await
}

/// An answer whose ETag is a number made from its content: the record has no version, it only grows.
pub(super) fn mit_etag(wert: &impl Serialize) -> crate::fehler::Ergebnis<Antwort> {
    let roh = serde_json::to_vec(wert).unwrap_or_default();
    let kopf: String = hash(&[&roh]).chars().take(14).collect();
    Ok(Antwort::gut(wert)?.version(i64::from_str_radix(&kopf, 16).unwrap_or(1)))
}

/// A code that answers can carry.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fehlercode {
    /// Stable code, `code` of the problem.
    #[schema(examples("BUDGET_UEBERSCHRITTEN"))]
    pub code: String,
    /// Rule behind it, `code` of the finding; absent for problems of the request itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("AQB-BU-001"))]
    pub regel: Option<String>,
    /// HTTP status of a refusal for this reason alone.
    #[schema(minimum = 400, maximum = 599, examples(409))]
    pub status: u16,
    /// Title in the wanted language.
    pub titel: String,
    /// German title.
    pub de: String,
    /// English title.
    pub en: String,
}

impl Fehlercode {
    fn aus(code: &str, regel: Option<&str>, status: u16, titel: Text, s: Sprache) -> Self {
        Fehlercode {
            code: code.to_owned(),
            regel: regel.map(str::to_owned),
            status,
            titel: titel.in_sprache(s).to_owned(),
            de: titel.de.to_owned(),
            en: titel.en.to_owned(),
        }
    }
}

/// The catalogue of problem codes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(examples(json!({ "name": "fehlercodes", "titel": "Fehlercodes", "eintraege": [{ "code": "BUDGET_UEBERSCHRITTEN", "regel": "AQB-BU-001", "status": 409, "titel": "Budget überschritten", "de": "Budget überschritten", "en": "Budget exceeded" }] })))]
pub struct Fehlercodekatalog {
    /// Name, as in the path.
    #[schema(examples("fehlercodes"))]
    pub name: String,
    /// Title in the wanted language.
    pub titel: String,
    /// Codes in alphabetical order.
    pub eintraege: Vec<Fehlercode>,
}

/// HTTP status of a refusal by this rule alone.
fn status(r: &'static Regel) -> u16 {
    Fehler::from(Befund::neu(r).mit_schwere(Schwere::Fehler)).status()
}

/// Read the catalogue of problem codes
///
/// Every code a problem can carry, with its status and its title. Codes never change.
#[utoipa::path(operation_id = "katalog_fehlercodes", tag = "Stammdaten",
    responses((status = 200, description = "All codes.", body = Fehlercodekatalog)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/kataloge/fehlercodes")]
pub async fn fehlercodes(a: Aufruf<KatalogLesen>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |_| {
        let probleme = PROBLEME.iter().map(|p| Fehlercode::aus(p.code, None, p.status, p.titel, sprache));
        let je_regel = aqb_domain::regel::alle_regeln()
            .map(|r| Fehlercode::aus(r.kurzname, Some(r.code), status(r), r.titel, sprache));
        let mut eintraege: Vec<Fehlercode> = probleme.chain(je_regel).collect();
        eintraege.sort_by(|x, y| (&x.code, &x.regel).cmp(&(&y.code, &y.regel)));
        let name = app::FEHLERCODES;
        Antwort::gut(&Fehlercodekatalog { name: name.to_owned(), titel: app::titel(name, sprache), eintraege })
    })
    .await
}

/// A rule of the programme.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Regel)]
pub struct RegelView {
    /// Stable code, `code` of its findings.
    #[schema(examples("AQB-FR-001"))]
    pub code: String,
    /// Stable short name, `code` of the problem a refusal answers with.
    #[schema(examples("FRIST_UEBERSCHRITTEN"))]
    pub kurzname: String,
    /// Weight, unless the Regelwerk says otherwise.
    pub schwere: Schwere,
    /// HTTP status of a refusal by this rule alone.
    #[schema(minimum = 400, maximum = 599, examples(422))]
    pub status: u16,
    /// Law, directive or form.
    #[schema(examples("AQB-Fördergrundsätze; HVwVfG"))]
    pub norm: String,
    /// Paragraph, number or place within it.
    #[schema(examples("Antragsfrist 31.03.; § 31 Abs. 3 HVwVfG"))]
    pub stelle: String,
    /// How well the norm is known.
    pub einstufung: Einstufung,
    /// Parameters of the Regelwerk the rule reads.
    #[schema(examples("antragsfrist"))]
    pub parameter: Vec<String>,
    /// Title in the wanted language.
    pub titel: String,
    /// Explanation in the wanted language; `{name}` stands for a value of the case.
    pub text: String,
    /// Remedy in the wanted language; `{name}` likewise.
    pub abhilfe: String,
    /// German words.
    pub de: Regelworte,
    /// English words.
    pub en: Regelworte,
    /// An exception for the single case is conceivable.
    pub ausnahme_moeglich: bool,
}

/// The words of a rule in one language.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Regelworte {
    /// Title.
    pub titel: String,
    /// Explanation; `{name}` stands for a value of the case.
    pub text: String,
    /// Remedy; `{name}` likewise.
    pub abhilfe: String,
}

impl Regelworte {
    fn aus(r: &'static Regel, s: Sprache) -> Self {
        Regelworte {
            titel: r.titel.in_sprache(s).to_owned(),
            text: r.text.in_sprache(s).to_owned(),
            abhilfe: r.abhilfe.in_sprache(s).to_owned(),
        }
    }
}

impl RegelView {
    fn aus(r: &'static Regel, s: Sprache) -> Self {
        RegelView {
            code: r.code.to_owned(),
            kurzname: r.kurzname.to_owned(),
            schwere: r.schwere,
            status: status(r),
            norm: r.norm.to_owned(),
            stelle: r.stelle.to_owned(),
            einstufung: r.einstufung,
            parameter: r.parameter.iter().map(|p| (*p).to_owned()).collect(),
            titel: r.titel.in_sprache(s).to_owned(),
            text: r.text.in_sprache(s).to_owned(),
            abhilfe: r.abhilfe.in_sprache(s).to_owned(),
            de: Regelworte::aus(r, Sprache::De),
            en: Regelworte::aus(r, Sprache::En),
            ausnahme_moeglich: r.ausnahme_moeglich,
        }
    }
}

/// The catalogue of rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(examples(json!({ "name": "regeln", "titel": "Regeln", "eintraege": [{ "code": "AQB-FR-001", "kurzname": "FRIST_UEBERSCHRITTEN", "schwere": "WARNUNG", "status": 422, "norm": "AQB-Fördergrundsätze; HVwVfG", "stelle": "Antragsfrist 31.03.; § 31 Abs. 3 HVwVfG", "einstufung": "BELEGT", "parameter": ["antragsfrist"], "titel": "Antragsfrist überschritten", "text": "Der Antrag geht am {eingang} ein; die Frist endete am {fristende}.", "abhilfe": "Warnung bestätigen.", "de": { "titel": "Antragsfrist überschritten", "text": "Der Antrag geht am {eingang} ein; die Frist endete am {fristende}.", "abhilfe": "Warnung bestätigen." }, "en": { "titel": "Deadline missed", "text": "The application is filed on {eingang}; the deadline was {fristende}.", "abhilfe": "Confirm the warning." }, "ausnahme_moeglich": true }] })))]
pub struct Regelkatalog {
    /// Name, as in the path.
    #[schema(examples("regeln"))]
    pub name: String,
    /// Title in the wanted language.
    pub titel: String,
    /// Rules in the order of their declaration.
    pub eintraege: Vec<RegelView>,
}

/// Read the catalogue of rules
///
/// Every rule with its norm, how well that norm is known, the parameters it reads, and its words.
#[utoipa::path(operation_id = "katalog_regeln", tag = "Stammdaten",
    responses((status = 200, description = "All rules.", body = Regelkatalog)),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/kataloge/regeln")]
pub async fn regeln(a: Aufruf<KatalogLesen>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |_| {
        let eintraege = aqb_domain::regel::alle_regeln().map(|r| RegelView::aus(r, sprache)).collect();
        let name = app::REGELN;
        Antwort::gut(&Regelkatalog { name: name.to_owned(), titel: app::titel(name, sprache), eintraege })
    })
    .await
}
