//! What is left of a case, and what a Jahrgang hands over.

use crate::app::abschluss::{self as app, Fallabschluss, Kontozeile, Uebertragskreis, Uebertragsstelle};
use crate::app::bericht::Berichtswunsch;
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Pfad, Query};
use actix_web::get;
use aqb_domain::berechtigung::recht::{AntragLesen, BerichtLesen};
use aqb_domain::forderung::{Forderung, Forderungsart};
use aqb_domain::frist::{Frist, Fristakt, Fristart};
use aqb_domain::geld::Euro;
use aqb_domain::konto::Kontoart;
use aqb_domain::verwendungsnachweis::{ABSCHLUSS, KENNTNISNAHME, TRAEGERNACHWEISE};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::bericht::Beleg;
use aqb_persistence::uhr;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(fall).service(uebertragsliste);
}

/// A movement on an account and the case that caused it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AbschlussBewegung {
    /// Id of the posting.
    pub buchung_id: Uuid,
    /// Legal day.
    pub wirksam_am: NaiveDate,
    /// Kind of business transaction.
    #[schema(examples("AUSZAHLUNG"))]
    pub grund: String,
    /// Kind of the case that caused it.
    #[schema(examples("ZAHLUNG"))]
    pub vorgang_art: String,
    /// Id of that case.
    pub vorgang_id: String,
    /// Amount; positive into the account.
    pub betrag: Euro,
}

/// An account of a measure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AbschlussZeile {
    /// Measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub massnahme_id: Option<Uuid>,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("M01"))]
    pub massnahme_nr: Option<String>,
    /// Teilbudget.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Haushaltsjahr.
    #[schema(minimum = 2011, maximum = 2110, examples(2026))]
    pub haushaltsjahr: i32,
    /// Account.
    pub konto: Kontoart,
    /// Balance.
    pub saldo: Euro,
    /// Nothing is left to do about it: it is empty, recognised or paid back.
    pub geklaert: bool,
    /// Movements in order of time; together the balance.
    pub bewegungen: Vec<AbschlussBewegung>,
}

/// An act that ends a deadline.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AbschlussAkt {
    /// Its `operationId`.
    #[schema(examples("verwendungsnachweis_einreichen"))]
    pub operation: String,
    /// Method.
    #[schema(examples("POST"))]
    pub methode: String,
    /// Path below the server's base; an id that does not follow from the deadline stands in braces.
    #[schema(examples("/verwendungsnachweise/{verwendungsnachweis_id}/einreichung"))]
    pub pfad: String,
}

/// An open deadline.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AbschlussFrist {
    /// Id.
    pub id: Uuid,
    /// Kind.
    pub art: Fristart,
    /// Which one of several of its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bezug: Option<String>,
    /// Application.
    pub antrag_id: Uuid,
    /// Last day.
    pub faellig_am: NaiveDate,
    /// The acts of which each ends it; what forbids one now, its case says under `/aktionen`.
    #[schema(min_items = 1, max_items = 4)]
    pub erfuellt_durch: Vec<AbschlussAkt>,
}

/// A claim of which something is open.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AbschlussForderung {
    /// Id.
    pub id: Uuid,
    /// Number.
    pub aktenzeichen: String,
    /// Kind.
    pub art: Forderungsart,
    /// Open.
    pub offen: Euro,
}

/// A case at its end: every ledger line explained, and what stands in the way.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AntragAbschluss {
    /// Application.
    pub antrag_id: Uuid,
    /// File reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aktenzeichen: Option<String>,
    /// Nothing is left to do: it has its end, and nothing is unsettled, demanded or owed.
    pub abgeschlossen: bool,
    /// It has its end: refused, withdrawn, decided finally, or taken back as a whole.
    pub entschieden: bool,
    /// Granted and never called; 0.00 at the end.
    pub abrufbar: Euro,
    /// Free on the county's accounts at the places of the case; 0.00 once the Jahrgang is closed.
    pub verfuegbar: Euro,
    /// Every account of its measures.
    pub zeilen: Vec<AbschlussZeile>,
    /// Open deadlines that demand something.
    pub fristen: Vec<AbschlussFrist>,
    /// Claims of which something is open.
    pub forderungen: Vec<AbschlussForderung>,
}

/// Money on an account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UebertragKonto {
    /// Account.
    pub konto: Kontoart,
    /// Balance.
    pub saldo: Euro,
}

/// Unsettled money at one place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UebertragStelle {
    /// Application.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub antrag_id: Option<Uuid>,
    /// Number of the measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("M01"))]
    pub massnahme_nr: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub titel: Option<String>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ende: Option<NaiveDate>,
    /// Teilbudget.
    #[schema(examples("ALLGEMEIN"))]
    pub teilbudget: String,
    /// Haushaltsjahr.
    #[schema(minimum = 2011, maximum = 2110, examples(2027))]
    pub haushaltsjahr: i32,
    /// Accounts whose money is not settled.
    pub konten: Vec<UebertragKonto>,
}

/// What one Gebietskoerperschaft hands over.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UebertragKreis {
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Free; goes back to the programme when the Jahrgang is closed.
    pub frei: Euro,
    /// Unsettled money by measure, Teilbudget and Haushaltsjahr.
    pub stellen: Vec<UebertragStelle>,
    /// Open deadlines: proofs, conditions, repayments.
    pub fristen: Vec<AbschlussFrist>,
    /// Open claims; left out for who does not read claims.
    pub forderungen: Vec<AbschlussForderung>,
}

/// What a Jahrgang hands over to the next one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Uebertragsliste {
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Legal day of the list.
    pub stand: NaiveDate,
    /// Per Gebietskoerperschaft the caller sees.
    pub gebietskoerperschaften: Vec<UebertragKreis>,
}

fn bewegung(b: Beleg) -> AbschlussBewegung {
    AbschlussBewegung {
        buchung_id: b.buchung_id,
        wirksam_am: b.wirksam_am,
        grund: b.grund,
        vorgang_art: b.vorgang_art,
        vorgang_id: b.vorgang_id,
        betrag: b.betrag,
    }
}

/// Operation of an act and the collection of its case.
fn operation(a: &Fristakt) -> (&'static str, &'static str, &'static str) {
    match (a.fall_art, a.akt) {
        ("ANTRAG", _) => ("antrag_einreichen", "antraege", "antrag_id"),
        ("BESCHEID", _) => ("bescheid_rechtsbehelfsverzicht", "bescheide", "bescheid_id"),
        ("FORDERUNG", _) => ("forderung_zahlung_erfassen", "forderungen", "forderung_id"),
        ("ANHOERUNG", _) => ("anhoerung_stellung_nehmen", "anhoerungen", "anhoerung_id"),
        ("WEITERLEITUNG", _) => ("weiterleitung_beenden", "weiterleitungen", "weiterleitung_id"),
        ("VERWENDUNGSNACHWEIS", akt) => {
            let operation = match akt {
                ABSCHLUSS => "verwendungsnachweis_abschliessen",
                KENNTNISNAHME => "verwendungsnachweis_zur_kenntnis_nehmen",
                TRAEGERNACHWEISE => "verwendungsnachweis_zuliefern",
                _ => "verwendungsnachweis_einreichen",
            };
            (operation, "verwendungsnachweise", "verwendungsnachweis_id")
        }
        _ => ("frist_erledigen", "fristen", "frist_id"),
    }
}

/// The deadline with what ends it; `forderungen` tells which claim of its Bescheid is to be paid.
fn frist(f: Frist, forderungen: &[Forderung]) -> AbschlussFrist {
    let akt = |a: Fristakt| {
        let (operation, sammlung, id) = operation(&a);
        let gefordert =
            || forderungen.iter().find(|x| x.bescheid_id.to_string() == f.fall_id).map(|x| x.id.to_string());
        let fall_id = a.fall_id.or_else(|| if a.fall_art == "FORDERUNG" { gefordert() } else { None });
        let fall_id = fall_id.unwrap_or_else(|| format!("{{{id}}}"));
        AbschlussAkt {
            operation: operation.to_owned(),
            methode: "POST".to_owned(),
            pfad: format!("/{sammlung}/{fall_id}/{}", a.akt),
        }
    };
    let erfuellt_durch = f.erfuellt_durch().into_iter().map(akt).collect();
    AbschlussFrist {
        id: f.id,
        art: f.art,
        bezug: f.bezug,
        antrag_id: f.antrag_id,
        faellig_am: f.faellig_am,
        erfuellt_durch,
    }
}

fn forderungen(alle: Vec<Forderung>) -> Ergebnis<Vec<AbschlussForderung>> {
    let eine = |f: Forderung| {
        let offen = f.offen()?;
        Ok(AbschlussForderung { id: f.id, aktenzeichen: f.aktenzeichen, art: f.art, offen })
    };
    alle.into_iter().map(eine).collect()
}

impl AntragAbschluss {
    fn aus(f: Fallabschluss) -> Ergebnis<Self> {
        let nummern: Vec<(Uuid, String)> =
            f.antrag.massnahmen.iter().map(|m| (m.massnahme.id, m.massnahme.massnahme_nr.clone())).collect();
        let nr = |id: Option<Uuid>| nummern.iter().find(|(m, _)| Some(*m) == id).map(|(_, nr)| nr.clone());
        let zeile = |z: Kontozeile| AbschlussZeile {
            massnahme_nr: nr(z.stelle.massnahme_id),
            massnahme_id: z.stelle.massnahme_id,
            teilbudget: z.stelle.teilbudget,
            haushaltsjahr: z.stelle.haushaltsjahr,
            konto: z.konto,
            saldo: z.saldo,
            geklaert: z.saldo.ist_null() || !z.konto.ist_ungeklaert(),
            bewegungen: z.bewegungen.into_iter().map(bewegung).collect(),
        };
        Ok(AntragAbschluss {
            abgeschlossen: f.abgeschlossen(),
            entschieden: f.entschieden,
            antrag_id: f.antrag.id,
            aktenzeichen: f.antrag.aktenzeichen,
            abrufbar: f.abrufbar,
            verfuegbar: f.verfuegbar,
            zeilen: f.zeilen.into_iter().map(zeile).collect(),
            fristen: f.fristen.into_iter().map(|x| frist(x, &f.forderungen)).collect(),
            forderungen: forderungen(f.forderungen)?,
        })
    }
}

fn stelle(s: Uebertragsstelle) -> UebertragStelle {
    let m = s.massnahme.as_ref();
    UebertragStelle {
        antrag_id: m.map(|m| m.antrag_id),
        massnahme_nr: m.map(|m| m.massnahme.massnahme_nr.clone()),
        titel: m.map(|m| m.massnahme.inhalt.titel.clone()),
        ende: m.map(|m| m.massnahme.inhalt.ende),
        teilbudget: s.stelle.teilbudget,
        haushaltsjahr: s.stelle.haushaltsjahr,
        konten: s.konten.into_iter().map(|(konto, saldo)| UebertragKonto { konto, saldo }).collect(),
    }
}

fn kreis(u: Uebertragskreis) -> Ergebnis<UebertragKreis> {
    Ok(UebertragKreis {
        kreisschluessel: u.kreisschluessel,
        frei: u.frei,
        stellen: u.stellen.into_iter().map(stelle).collect(),
        fristen: u.fristen.into_iter().map(|x| frist(x, &u.forderungen)).collect(),
        forderungen: forderungen(u.forderungen)?,
    })
}

/// Is every ledger line of an application explained
///
/// Each account of its measures with its balance and the acts that moved it; what is unsettled, demanded or owed stands in
/// the way of the end of the case.
#[utoipa::path(operation_id = "antrag_abschluss", tag = "Antraege",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 200, description = "The lines and what is open.", body = AntragAbschluss)),
    extensions(("x-recht" = json!("antrag:lesen"))))]
#[get("/antraege/{antrag_id}/abschluss")]
pub async fn fall(a: Aufruf<AntragLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur) = (a.sicht.clone(), a.akteur.clone());
    a.lese(move |c| {
        let f = app::fall(c, &sicht, &akteur, id, rechtstag(uhr::jetzt()))?;
        Antwort::gut(&AntragAbschluss::aus(f)?)
    })
    .await
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UebertragFilter {
    /// Only this Gebietskoerperschaft; one the caller does not see leaves nothing.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
}

/// What a Jahrgang hands over
///
/// Per Gebietskoerperschaft: money that is bound, called, paid or claimed back and not settled, by measure and Haushaltsjahr;
/// open proofs and conditions; open claims; and what is free.
#[utoipa::path(operation_id = "jahrgang_uebertragsliste", tag = "Programm",
    params(("jahrgang" = i32, Path, description = "Jahrgang.", minimum = 2011, maximum = 2099, example = 2026), UebertragFilter),
    responses((status = 200, description = "The list.", body = Uebertragsliste)),
    extensions(("x-recht" = json!("bericht:lesen"))))]
#[get("/jahrgaenge/{jahrgang}/uebertragsliste")]
pub async fn uebertragsliste(
    a: Aufruf<BerichtLesen>,
    Pfad(jahrgang): Pfad<i32>,
    Query(f): Query<UebertragFilter>,
) -> HandlerErgebnis {
    let (sicht, akteur) = (a.sicht.clone(), a.akteur.clone());
    a.lese(move |c| {
        let kreisschluessel = f.kreisschluessel.clone();
        let w = Berichtswunsch { jahrgang, kreisschluessel, teilbudget: None, haushaltsjahr: None, stichtag: None };
        let stand = rechtstag(uhr::jetzt());
        let kreise = app::uebertragsliste(c, &sicht, &akteur, &w, stand)?;
        let gebietskoerperschaften = kreise.into_iter().map(kreis).collect::<Ergebnis<_>>()?;
        Antwort::gut(&Uebertragsliste { jahrgang, stand, gebietskoerperschaften })
    })
    .await
}
