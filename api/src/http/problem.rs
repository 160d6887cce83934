//! RFC 9457 answers: the one form of every non-2xx.

use crate::fehler::{Fehler, INTERN, Problemart, VERSION_VERALTET, Verstoss, ZU_VIELE_ANFRAGEN, db_problem};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, HeaderName, HeaderValue, RETRY_AFTER, VARY, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder};
use aqb_domain::befund::{Befund, Einheit, Messwert, Schwere};
use aqb_domain::regel::{Einstufung, Sprache, VERTRAG_VERLETZT};
use serde::Serialize;
use utoipa::ToSchema;

/// Media type of every problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Where a rule comes from.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fundstelle {
    /// Law, directive or form.
    #[schema(examples("HVwVfG"))]
    pub norm: String,
    /// Paragraph, number or place within it.
    #[schema(examples("§ 31 Abs. 3"))]
    pub stelle: String,
    /// How well it is known.
    pub einstufung: Einstufung,
}

/// A difference between a measured and a permitted value.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Differenz {
    /// The value in the notation of its unit.
    #[schema(examples("6000.00"))]
    pub wert: String,
    /// Unit.
    pub einheit: Einheit,
}

/// A finding: which rule spoke, about what, with which numbers, and what helps.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Befund, examples(json!({ "code": "AQB-BU-001", "kurzname": "BUDGET_UEBERSCHRITTEN", "schwere": "FEHLER", "titel": "Budget reicht nicht", "text": "ALLGEMEIN 2026: benötigt 118.000,03 EUR, verfügbar 118.000,00 EUR; es fehlen 0,03 EUR.", "fundstelle": { "norm": "LHO Hessen", "stelle": "§§ 23, 44; Zuteilung", "einstufung": "FACHWISSEN" }, "ort": "/massnahmen", "gemessen": [{ "name": "benoetigt", "wert": "118000.03", "einheit": "EUR" }], "erlaubt": [{ "name": "verfuegbar", "wert": "118000.00", "einheit": "EUR" }], "differenz": { "wert": "0.03", "einheit": "EUR" }, "regelwerk": "HE-ALT", "abhilfe": "Verringern Sie den Betrag oder beantragen Sie eine Umverteilung.", "ausnahme_moeglich": false })))]
pub struct BefundView {
    /// Stable code of the rule.
    #[schema(examples("AQB-BU-001"))]
    pub code: String,
    /// Stable short name; the `code` of the problem a refusal answers with.
    #[schema(examples("BUDGET_UEBERSCHRITTEN"))]
    pub kurzname: String,
    /// Weight.
    pub schwere: Schwere,
    /// Title in the wanted language.
    pub titel: String,
    /// Explanation with the numbers of this case.
    pub text: String,
    /// Legal source.
    pub fundstelle: Fundstelle,
    /// JSON pointer to the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("/massnahmen/M01/finanzierungsplan"))]
    pub ort: Option<String>,
    /// What was found.
    pub gemessen: Vec<Messwert>,
    /// What would be permitted.
    pub erlaubt: Vec<Messwert>,
    /// Distance between both.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub differenz: Option<Differenz>,
    /// Regelwerk whose parameters were used.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("HE-ALT"))]
    pub regelwerk: Option<String>,
    /// Remedy.
    pub abhilfe: String,
    /// An exception for the single case is conceivable.
    pub ausnahme_moeglich: bool,
}

impl BefundView {
    /// Renders a finding.
    pub fn aus(b: &Befund, s: Sprache) -> Self {
        BefundView {
            code: b.regel.code.to_owned(),
            kurzname: b.regel.kurzname.to_owned(),
            schwere: b.schwere,
            titel: b.titel(s).to_owned(),
            text: b.text(s),
            fundstelle: Fundstelle {
                norm: b.regel.norm.to_owned(),
                stelle: b.regel.stelle.to_owned(),
                einstufung: b.regel.einstufung,
            },
            ort: b.ort.clone(),
            gemessen: b.gemessen.clone(),
            erlaubt: b.erlaubt.clone(),
            differenz: b.differenz.as_ref().map(|d| Differenz { wert: d.wert.clone(), einheit: d.einheit }),
            regelwerk: b.regelwerk.clone(),
            abhilfe: b.abhilfe(s),
            ausnahme_moeglich: b.regel.ausnahme_moeglich,
        }
    }

    /// Renders a violation of the contract.
    pub fn aus_verstoss(v: &Verstoss, s: Sprache) -> Self {
        let r = &VERTRAG_VERLETZT;
        let wert = |name: &str, wert: String| Messwert { name: name.to_owned(), wert, einheit: Einheit::Text };
        let grenze = v.verlangt.schluesselwort().map(|(wort, bis)| wert(wort, bis));
        BefundView {
            code: r.code.to_owned(),
            kurzname: r.kurzname.to_owned(),
            schwere: r.schwere,
            titel: r.titel.in_sprache(s).to_owned(),
            text: v.text(s),
            fundstelle: Fundstelle { norm: r.norm.to_owned(), stelle: r.stelle.to_owned(), einstufung: r.einstufung },
            ort: Some(v.ort.clone()),
            gemessen: vec![wert("gefunden", v.gefunden.text(s))],
            erlaubt: std::iter::once(wert("verlangt", v.verlangt.text(s))).chain(grenze).collect(),
            differenz: None,
            regelwerk: None,
            abhilfe: r.abhilfe.in_sprache(s).to_owned(),
            ausnahme_moeglich: r.ausnahme_moeglich,
        }
    }
}

/// A problem as RFC 9457 describes it, with the findings that explain it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(examples(json!({ "type": "urn:aqb:problem:budget-ueberschritten", "title": "Budget reicht nicht", "status": 409, "detail": "ALLGEMEIN 2026: benötigt 118.000,03 EUR, verfügbar 118.000,00 EUR; es fehlen 0,03 EUR.", "instance": "/v1/antraege/019a0000-0000-7000-8000-0000000000d2/einreichung", "code": "BUDGET_UEBERSCHRITTEN", "request_id": "019a0000-0000-7000-8000-00000000abcd", "befunde": [{ "code": "AQB-BU-001", "kurzname": "BUDGET_UEBERSCHRITTEN", "schwere": "FEHLER", "titel": "Budget reicht nicht", "text": "ALLGEMEIN 2026: benötigt 118.000,03 EUR, verfügbar 118.000,00 EUR; es fehlen 0,03 EUR.", "fundstelle": { "norm": "LHO Hessen", "stelle": "§§ 23, 44; Zuteilung", "einstufung": "FACHWISSEN" }, "ort": "/massnahmen", "gemessen": [{ "name": "benoetigt", "wert": "118000.03", "einheit": "EUR" }], "erlaubt": [{ "name": "verfuegbar", "wert": "118000.00", "einheit": "EUR" }], "differenz": { "wert": "0.03", "einheit": "EUR" }, "regelwerk": "HE-ALT", "abhilfe": "Verringern Sie den Betrag oder beantragen Sie eine Umverteilung.", "ausnahme_moeglich": false }] })))]
pub struct Problem {
    /// Stable URI of the kind of problem.
    #[serde(rename = "type")]
    #[schema(examples("urn:aqb:problem:budget-ueberschritten"))]
    pub typ: String,
    /// Title in the wanted language.
    pub title: String,
    /// HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub status: i32,
    /// Explanation in the wanted language.
    pub detail: String,
    /// Path of the request.
    pub instance: String,
    /// Stable code.
    #[schema(examples("BUDGET_UEBERSCHRITTEN"))]
    pub code: String,
    /// Id of the request, as in the log.
    pub request_id: String,
    /// Present version of the record (412 only).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub aktuelle_version: Option<i64>,
    /// Every reason.
    pub befunde: Vec<BefundView>,
}

/// What an answer needs to know of its request.
#[derive(Debug, Clone)]
pub struct Kontext {
    /// Language.
    pub sprache: Sprache,
    /// Id of the request.
    pub anfrage: String,
    /// Path of the request.
    pub pfad: String,
}

impl Problem {
    /// Builds the problem of a refusal.
    pub fn aus(f: &Fehler, k: &Kontext) -> Self {
        match f {
            Fehler::Befunde(b) => Self::aus_befunden(b, f.status(), k),
            Fehler::Problem(p, v) => Self::aus_art(p, v, k),
            Fehler::VersionVeraltet(n) => {
                Problem { aktuelle_version: Some(*n), ..Self::aus_art(&VERSION_VERALTET, &[], k) }
            }
            Fehler::ZuVieleAnfragen(_) => Self::aus_art(&ZU_VIELE_ANFRAGEN, &[], k),
            Fehler::Db(e) => Self::aus_art(db_problem(e), &[], k),
            Fehler::Luecke(_) => Self::aus_art(&INTERN, &[], k),
        }
    }

    /// Builds a problem of the table.
    pub fn aus_art(p: &Problemart, verstoesse: &[Verstoss], k: &Kontext) -> Self {
        Problem {
            typ: urn(p.code),
            title: p.titel.in_sprache(k.sprache).to_owned(),
            status: i32::from(p.status),
            detail: p.detail.in_sprache(k.sprache).to_owned(),
            instance: k.pfad.clone(),
            code: p.code.to_owned(),
            request_id: k.anfrage.clone(),
            aktuelle_version: None,
            befunde: verstoesse.iter().map(|v| BefundView::aus_verstoss(v, k.sprache)).collect(),
        }
    }

    /// The first finding that decides the status gives the problem its code and words.
    fn aus_befunden(befunde: &[Befund], status: u16, k: &Kontext) -> Self {
        let entscheidend =
            |b: &&Befund| b.blockiert() && crate::fehler::Fehler::Befunde(vec![(*b).clone()]).status() == status;
        let erster = befunde.iter().find(entscheidend).or_else(|| befunde.first());
        let (code, title, detail) = erster.map_or_else(
            || ("INTERN", String::new(), String::new()),
            |b| (b.regel.kurzname, b.titel(k.sprache).to_owned(), b.text(k.sprache)),
        );
        Problem {
            typ: urn(code),
            title,
            status: i32::from(status),
            detail,
            instance: k.pfad.clone(),
            code: code.to_owned(),
            request_id: k.anfrage.clone(),
            aktuelle_version: None,
            befunde: befunde.iter().map(|b| BefundView::aus(b, k.sprache)).collect(),
        }
    }

    /// The HTTP answer.
    pub fn antwort(&self, sprache: Sprache) -> HttpResponse {
        self.antwort_mit(sprache, serde_json::to_vec(self).unwrap_or_default())
    }

    /// The HTTP answer of the token endpoint: with the members RFC 6749 describes.
    pub fn tokenantwort(&self, fehler: &str, sprache: Sprache) -> HttpResponse {
        let mut koerper = serde_json::to_value(self).unwrap_or_default();
        if let Some(o) = koerper.as_object_mut() {
            o.insert("error".to_owned(), fehler.into());
            // RFC 6749, 5.2: ASCII without quotation mark and backslash
            let text = self.detail.replace('…', "...").replace('–', "-");
            let text: String = ["ä", "ö", "ü", "Ä", "Ö", "Ü", "ß"]
                .iter()
                .zip(["ae", "oe", "ue", "Ae", "Oe", "Ue", "ss"])
                .fold(text, |t, (von, nach)| t.replace(von, nach));
            o.insert("error_description".to_owned(), text.into());
        }
        self.antwort_mit(sprache, serde_json::to_vec(&koerper).unwrap_or_default())
    }

    fn antwort_mit(&self, sprache: Sprache, koerper: Vec<u8>) -> HttpResponse {
        let status = u16::try_from(self.status).ok().and_then(|s| StatusCode::from_u16(s).ok());
        let mut r = HttpResponseBuilder::new(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        r.insert_header((CONTENT_LANGUAGE, sprachcode(sprache)))
            .insert_header((VARY, "Accept-Language"))
            .insert_header((actix_web::http::header::CACHE_CONTROL, "no-store"));
        match self.status {
            401 => {
                r.insert_header((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"aqb\"")));
            }
            // what is still on its way belongs to no request any more
            408 => {
                r.force_close();
            }
            503 | 429 => {
                r.insert_header((RETRY_AFTER, HeaderValue::from_static("1")));
            }
            _ => {}
        }
        if let Some(v) = self.aktuelle_version {
            r.insert_header((HeaderName::from_static("etag"), format!("\"{v}\"")));
        }
        r.content_type(PROBLEM_JSON).body(koerper)
    }
}

/// `de` or `en`.
pub const fn sprachcode(s: Sprache) -> &'static str {
    match s {
        Sprache::De => "de",
        Sprache::En => "en",
    }
}

fn urn(code: &str) -> String {
    format!("urn:aqb:problem:{}", code.to_ascii_lowercase().replace('_', "-"))
}

/// A refusal together with its request: what extractors and handlers return as an error.
#[derive(Debug)]
pub struct Ablehnung {
    /// The refusal.
    pub fehler: Fehler,
    /// Its request.
    pub kontext: Kontext,
}

impl std::fmt::Display for Ablehnung {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.fehler)
    }
}

impl Ablehnung {
    /// Writes to the log what is the server's fault and not the caller's.
    pub fn melde(&self) {
        let anfrage = &self.kontext.anfrage;
        match &self.fehler {
            Fehler::Db(e) => tracing::error!(%anfrage, fehler = %e, ursache = ?e, "database"),
            Fehler::Luecke(l) => tracing::error!(%anfrage, fehler = %l, "contract"),
            _ => {}
        }
    }
}

impl actix_web::ResponseError for Ablehnung {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.fehler.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
    fn error_response(&self) -> HttpResponse {
        self.melde();
        let mut r = Problem::aus(&self.fehler, &self.kontext).antwort(self.kontext.sprache);
        if let Fehler::ZuVieleAnfragen(sekunden) = self.fehler {
            r.headers_mut().insert(RETRY_AFTER, HeaderValue::from(sekunden));
        }
        r
    }
}
