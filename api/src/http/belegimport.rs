//! `/verwendungsnachweise/{id}/belegimporte` and `/belegimporte/{id}`: Beleglisten out of files.

mod lauf;
mod sicht;
mod zeilen;

use crate::app::belegimport::{self as app, Hochladung, Pruefer};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Abgelegt, Angekuendigt, Aufruf, Json, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use crate::http::plaetze::anteil;
use crate::http::sicht::{Aktionen, ProtokollSeite};
use crate::http::verlauf::{self, Verlaufsfrage};
use actix_web::{get, post};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::beleg::beschreibbar;
use aqb_domain::belegimport::{Belegimport, BelegimportStatus};
use aqb_domain::berechtigung::recht::{BelegLesen, BelegSchreiben};
use aqb_domain::regel::IMPORT_FEHLGEFORMT;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::belegimport as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::vollzug::{Aggregat, Versioniert};
use aqb_persistence::{protokoll, uhr};
use serde::{Deserialize, Serialize};
use sicht::{BelegimportSeite, BelegimportView};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Longest wait for a place among the files that are read at the same time, before a file is taken in and afterwards.
const WARTEN: Duration = Duration::from_secs(2);
const WARTEN_DANACH: Duration = Duration::from_secs(10);

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(auflisten)
        .service(hochladen)
        .service(lesen)
        .service(uebernahme)
        .service(aktionen)
        .service(historie)
        .service(zeilen::auflisten)
        .service(zeilen::fehler_csv);
}

/// A Belegliste as its bytes are: CSV, XLSX, or a DATEV booking batch (EXTF, category 21).
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary,
    examples("Belegnummer;Maßnahme;Kostenposition;Teilbudget;Art;Rechnungsdatum;Zahlungsdatum;Rechnungsaussteller/Zahlungsempfänger;Gegenstand;Rechnungsbetrag (brutto);gezahlter Betrag;beantragte zuwendungsfähige Ausgaben\r\n2026-0001;M01;PERSONAL;ALLGEMEIN;AUSGABE;03.03.2026;10.03.2026;DEMO Lohnbuchhaltung;Sozialpädagogik März 2026;4.999,99;4.999,99;4.999,99\r\n"))]
#[allow(dead_code, reason = "names the body in the document; the bytes come from the extractor")]
pub struct Belegdatei(Vec<u8>);

/// How to read the file.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Einlesefrage {
    /// Name of the file, for people.
    #[param(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F/\\]*$", example = "belegliste.csv")]
    dateiname: Option<String>,
    /// Cost positions by account, for booking batches: `6310:MIETE,6020:PERSONAL`.
    #[param(
        max_length = 4000,
        pattern = "^([0-9]{1,9}:[A-Z][A-Z0-9_]{1,79})(,[0-9]{1,9}:[A-Z][A-Z0-9_]{1,79})*$",
        example = "6020:PERSONAL"
    )]
    konten: Option<String>,
    /// Measures by cost centre, for booking batches: `1001:M01,1002:M02`.
    #[param(
        max_length = 4000,
        pattern = "^([A-Za-z0-9]{1,36}:M[0-9]{2,3})(,[A-Za-z0-9]{1,36}:M[0-9]{2,3})*$",
        example = "1001:M01"
    )]
    kostenstellen: Option<String>,
    /// Judge a file that was uploaded before anew, on what the register holds now.
    #[param(example = false)]
    #[serde(default)]
    neu_pruefen: Option<bool>,
}

fn zuordnung(text: Option<&str>) -> BTreeMap<String, String> {
    let paare = text.unwrap_or("").split(',').filter_map(|p| p.split_once(':'));
    paare.map(|(k, w)| (k.to_owned(), w.to_owned())).collect()
}

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Only those in this state.
    #[param(inline)]
    status: Option<BelegimportStatus>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

fn pfad(id: Uuid) -> String {
    format!("/belegimporte/{id}")
}

/// List the imports of a Belegliste
///
/// In order of time. A Traeger reads what it uploaded itself.
#[utoipa::path(operation_id = "belegimporte_auflisten", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"), Filter),
    responses((status = 200, description = "A page.", body = BelegimportSeite)),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/belegimporte")]
pub async fn auflisten(a: Aufruf<BelegLesen>, Pfad(n): Pfad<Uuid>, Query(f): Query<Filter>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let kette = crate::app::beleg::kette(c, &sicht, n)?;
        let liste = format!("belegimporte:{n}:{:?}", f.status);
        let zeilen = db::liste(c, &sicht, kette.kette_id, f.status, b.position(&liste)?, zu_lesen(b.limit()))?;
        let s = Seite::aus(zeilen, b.limit());
        Antwort::seite(&BelegimportSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |i| i.wert.id),
            daten: s.daten.iter().map(|i| BelegimportView::aus(i, sprache)).collect(),
        })
    })
    .await
}

/// Upload a Belegliste
///
/// The lines are judged and staged apart from the list while the answer is on its way already: read the import until its
/// state is `GEPRUEFT` or `ABGEWIESEN`. The same file again is the same import, with the same options. `?simulation=true`
/// is the dry run: it answers when all lines are judged, with the first faulty ones and the first with hints, and stores
/// nothing. One file of a Gebietskoerperschaft or Traeger is read at a time; a further one is 429 with `Retry-After`.
#[utoipa::path(operation_id = "belegimport_anlegen", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"), Einlesefrage),
    request_body(content((Belegdatei = "application/octet-stream"), (Belegdatei = "text/csv"),
        (Belegdatei = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
    responses((status = 201, description = "Taken in.", body = BelegimportView)),
    extensions(("x-recht" = json!("beleg:schreiben")), ("x-simulierbar" = json!(true)),
        ("x-kein-akt" = json!("It creates a record, so there is no version an If-Match could name; it can be simulated all the same."))))]
#[post("/verwendungsnachweise/{verwendungsnachweis_id}/belegimporte")]
pub async fn hochladen(
    a: Aufruf<BelegSchreiben>,
    Pfad(n): Pfad<Uuid>,
    Query(q): Query<Einlesefrage>,
    datei: Angekuendigt,
) -> HandlerErgebnis {
    // nothing of the file is read before it is known whose list it is for and that there is room
    vorbereitung(&a, n).await?;
    let plaetze = &a.zustand.importplaetze;
    let voll = |e| a.ablehnung(e);
    let eigener = plaetze.eigener(&anteil(&a.akteur), WARTEN).await.map_err(voll)?;
    // a file that comes slowly takes no place from those that are read
    drop(plaetze.gemeinsamer(WARTEN).await.map_err(voll)?);
    let d = datei.ablegen(&a).await.map_err(voll)?;
    let platz = (eigener, plaetze.gemeinsamer(WARTEN_DANACH).await.map_err(voll)?);
    let h = hochladung(&q, &d);
    let (f, mut o) = vorbereitung(&a, n).await?;
    o.konten = zuordnung(q.konten.as_deref());
    o.kostenstellen = zuordnung(q.kostenstellen.as_deref());
    let pruefer = Pruefer::neu(f.clone(), a.akteur.clone(), a.sicht.clone());
    if a.simulation {
        return lauf::probe(&a, n, (f, h), (d.datei, o, pruefer)).await;
    }
    let (sicht, sprache, roh) = (a.sicht.clone(), a.sprache(), d.sha256.clone());
    let merke = Arc::new(Mutex::new(None));
    let gemerkt = merke.clone();
    let antwort = a
        .schreibe(Verlangt::NICHTS, roh.as_bytes(), move |tx| {
            let (i, neu) = app::beginnen(tx, &sicht, tx.neue_id(), n, &h)?;
            *gemerkt.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = neu.then_some(i.wert.id);
            Ok(BelegimportView::antwort(&i, sprache)?.angelegt(pfad(i.wert.id)))
        })
        .await?;
    let neu = *merke.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(id) = neu {
        actix_web::rt::spawn(lauf::stagen(lauf::Auftrag::aus(&a), id, (d.datei, o, pruefer), platz));
    }
    Ok(antwort)
}

fn hochladung(q: &Einlesefrage, d: &Abgelegt) -> Hochladung {
    let teil = |t: &Option<String>| t.clone().unwrap_or_default();
    Hochladung {
        sha256: d.sha256.clone(),
        optionen: format!("{}|{}", teil(&q.konten), teil(&q.kostenstellen)),
        dateiname: q.dateiname.clone(),
        groesse: i64::try_from(d.groesse).unwrap_or(i64::MAX),
        neu_pruefen: q.neu_pruefen == Some(true),
    }
}

/// The facts of the list, and whether the caller may write in it.
async fn vorbereitung(
    a: &Aufruf<BelegSchreiben>,
    n: Uuid,
) -> Result<(aqb_domain::beleg::Belegfakten, crate::belegdatei::Optionen), crate::http::problem::Ablehnung> {
    let (sicht, akteur) = (a.sicht.clone(), a.akteur.clone());
    let arbeit = move |c: &mut aqb_persistence::DbConn| -> Ergebnis<_> {
        let (f, o) = app::optionen(c, &sicht, n, rechtstag(uhr::jetzt()))?;
        beschreibbar(&f.kette, &akteur)?;
        Ok((f, o))
    };
    a.zustand.db.lesen(arbeit).await.map_err(|e| a.ablehnung(e))
}

/// Read an import
///
/// How far it is, how the file was read, and how many lines got which verdict.
#[utoipa::path(operation_id = "belegimport_lesen", tag = "Belege",
    params(("belegimport_id" = Uuid, Path, description = "Id of the import.", example = "019a0000-0000-7000-8000-000000000161")),
    responses((status = 200, description = "The import.", body = BelegimportView)),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/belegimporte/{belegimport_id}")]
pub async fn lesen(a: Aufruf<BelegLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| BelegimportView::antwort(&app::lesen(c, &sicht, id)?, sprache)).await
}

/// Which lines are taken over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "nur_vollstaendig": false })))]
pub struct Belegimportuebernahme {
    /// Only if all lines are good; `false` takes over the good ones.
    nur_vollstaendig: bool,
}

/// Take an import over into the Belegliste
///
/// New lines become Belege, known ones (number, payer, Haushaltsjahr; in a group also measure, position, day and amount of
/// the payment) get the values of the file; each is judged
/// again on what the register holds now. The first lines are taken over at once, those of a long list go on behind the
/// answer: read the import until its state is `UEBERNOMMEN`; `fortschritt.uebernahme_laeuft` says that it is not there yet.
/// Sending it again makes nothing double.
#[utoipa::path(operation_id = "belegimport_uebernehmen", tag = "Belege", request_body = Belegimportuebernahme,
    params(("belegimport_id" = Uuid, Path, description = "Id of the import.", example = "019a0000-0000-7000-8000-000000000161")),
    responses((status = 200, description = "Taken over, or under way.", body = BelegimportView)),
    extensions(("x-recht" = json!("beleg:schreiben")), ("x-akt" = json!(true))))]
#[post("/belegimporte/{belegimport_id}/uebernahme")]
pub async fn uebernahme(
    a: Aufruf<BelegSchreiben>,
    Pfad(id): Pfad<Uuid>,
    Json { wert: e, roh }: Json<Belegimportuebernahme>,
) -> HandlerErgebnis {
    let sprache = a.sprache();
    let merke = Arc::new(Mutex::new(None));
    let gemerkt = merke.clone();
    let antwort = a
        .aendere(Verlangt::VERSION, &roh, move |tx, sicht, v| {
            let (i, nach) = app::uebernehmen(tx, sicht, (id, v), e.nur_vollstaendig, None)?;
            *gemerkt.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = nach;
            BelegimportView::antwort(&i, sprache)
        })
        .await?;
    let nach = *merke.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(nach) = nach.filter(|_| !a.simulation) {
        actix_web::rt::spawn(lauf::uebernehmen(lauf::Auftrag::aus(&a), id, nach));
    }
    Ok(antwort)
}

/// Acts of an import
///
/// Every act, permitted or not, with what it would find.
#[utoipa::path(operation_id = "belegimport_aktionen", tag = "Belege",
    params(("belegimport_id" = Uuid, Path, description = "Id of the import.", example = "019a0000-0000-7000-8000-000000000161")),
    responses((status = 200, description = "The acts.", body = Aktionen)),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/belegimporte/{belegimport_id}/aktionen")]
pub async fn aktionen(a: Aufruf<BelegLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    a.lese(move |c| Antwort::gut(&Aktionen::aus(&app::aktionen(c, &sicht, &akteur, id)?, &pfad(id), sprache))).await
}

/// History of an import
///
/// Who did what when.
#[utoipa::path(operation_id = "belegimport_historie", tag = "Belege",
    params(("belegimport_id" = Uuid, Path, description = "Id of the import.", example = "019a0000-0000-7000-8000-000000000161"), Verlaufsfrage),
    responses((status = 200, description = "A page of the history.", body = ProtokollSeite)),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/belegimporte/{belegimport_id}/historie")]
pub async fn historie(a: Aufruf<BelegLesen>, Pfad(id): Pfad<Uuid>, Query(v): Query<Verlaufsfrage>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        let f = protokoll::Filter {
            fall_art: Some(Belegimport::ART.to_owned()),
            fall_id: Some(id.to_string()),
            ..protokoll::Filter::default()
        };
        verlauf::auszug(c, f, &v)
    })
    .await
}

/// A file that ended in a way nobody foresaw.
fn unlesbar() -> Befund {
    Befund::neu(&IMPORT_FEHLGEFORMT).gemessen("stelle", "Datei", Einheit::Text).gemessen(
        "gefunden",
        "nicht lesbar",
        Einheit::Text,
    )
}

/// An import that was judged without being stored.
fn unversioniert(i: Belegimport) -> Versioniert<Belegimport> {
    let jetzt = uhr::jetzt();
    Versioniert { wert: i, version: 1, erstellt_am: jetzt, geaendert_am: jetzt }
}
