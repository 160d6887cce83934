//! Bulk upload of participants: a verdict per row, what is right is kept, sending it again changes nothing.

use crate::app::teilnahme as app;
use crate::fehler::{Ergebnis, Fehler, Verstoss};
use crate::http::ablauf::{Antwort, HandlerErgebnis, Personenvorgang, inhalt};
use crate::http::extract::{Aufruf, Pfad, Zeilen};
use crate::http::problem::{Ablehnung, BefundView};
use actix_web::post;
use aqb_domain::befund::Befund;
use aqb_domain::berechtigung::recht::TeilnahmeSchreiben;
use aqb_domain::regel::Sprache;
use aqb_domain::teilnahme::{Teilnahmeinhalt, Zeilenurteil, doppelte_zeilen};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::protokoll::hash;
use aqb_persistence::uhr;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;
use uuid::Uuid;

/// Rows of one unit of work: others can write in between.
const STUECK: usize = 100;

/// Participants of a measure, each row as `teilnahme_anlegen` takes it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "zeilen": [{ "pseudonym": "91c4e7a2d0586f3b1e9d72c8a45f06b3e8d1279c4a60f5b83e2d94c7018ab6f5",
    "rechtskreise": [{ "rechtskreis": "SGB_III", "nachweis_art": "AGENTUR_BESTAETIGUNG", "gesehen_am": "2026-03-20" }],
    "ueber_bedarfsgemeinschaft": false, "erstwohnsitz_hessen": true, "erstwohnsitz_nachweis": "AUSWEISDOKUMENT",
    "erstwohnsitz_geprueft_am": "2026-03-20", "wohnsitz_kreisschluessel": "06440", "zielgruppe": "NICHT_AUSBILDUNGSREIF",
    "altersgruppe": "UNTER_18", "geschlecht": "MAENNLICH", "eintritt": "2026-04-01" }] })))]
pub struct TeilnahmeUpload {
    /// The rows; 1 to 10,000.
    #[allow(dead_code, reason = "describes the body; rows are read one by one, so that a wrong one refuses no other")]
    #[schema(min_items = 1, max_items = 10000)]
    zeilen: Vec<Teilnahmeinhalt>,
}

/// What became of one row.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeilnahmeUploadZeile {
    /// Number of the row, from 1.
    #[schema(minimum = 1, maximum = 10000)]
    zeile: usize,
    /// Verdict.
    urteil: Zeilenurteil,
    /// The record, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    teilnahme_id: Option<Uuid>,
    /// Why it was refused, each with its pointer into the body; otherwise hints.
    befunde: Vec<BefundView>,
}

/// What became of an upload.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeilnahmeUploadErgebnis {
    /// Rows that were entered.
    #[schema(minimum = 0, maximum = 10000)]
    angelegt: usize,
    /// Rows whose exit was added.
    #[schema(minimum = 0, maximum = 10000)]
    aktualisiert: usize,
    /// Rows that were stored already.
    #[schema(minimum = 0, maximum = 10000)]
    unveraendert: usize,
    /// Rows that were refused; nothing of them was done.
    #[schema(minimum = 0, maximum = 10000)]
    fehler: usize,
    /// Hints about the measure after the upload: more people than places.
    befunde: Vec<BefundView>,
    /// Row by row.
    #[schema(value_type = Vec<TeilnahmeUploadZeile>)]
    zeilen: Vec<Value>,
}

fn zeile(nr: usize, a: &app::Zeilenantwort, s: Sprache) -> TeilnahmeUploadZeile {
    TeilnahmeUploadZeile {
        zeile: nr.saturating_add(1),
        urteil: a.urteil,
        teilnahme_id: a.teilnahme_id,
        befunde: a.befunde.iter().map(|b| BefundView::aus(b, s)).collect(),
    }
}

fn abgelehnt(nr: usize, befunde: Vec<BefundView>) -> Result<Value, serde_json::Error> {
    let urteil = Zeilenurteil::Fehler;
    serde_json::to_value(TeilnahmeUploadZeile { zeile: nr.saturating_add(1), urteil, teilnahme_id: None, befunde })
}

type Gelesen = (usize, Teilnahmeinhalt);
/// What is kept of a row under the key.
type Gemerkt = (Zeilenurteil, Option<Uuid>);
/// A row that is decided, by its position.
type Entschieden = (usize, Value);

/// Rows to be decided, and verdicts of those that need no decision.
fn vorsortiert(
    zeilen: Vec<Result<Teilnahmeinhalt, Vec<Verstoss>>>,
    s: Sprache,
) -> Result<(Vec<Gelesen>, Vec<Entschieden>), serde_json::Error> {
    let (mut gut, mut schlecht) = (Vec::new(), Vec::new());
    for (nr, z) in zeilen.into_iter().enumerate() {
        match z {
            Ok(i) => gut.push((nr, i)),
            Err(v) => schlecht.push((nr, abgelehnt(nr, v.iter().map(|v| BefundView::aus_verstoss(v, s)).collect())?)),
        }
    }
    let doppelte = doppelte_zeilen(gut.iter().map(|(nr, i)| (*nr, i)));
    gut.retain(|(nr, _)| !doppelte.contains_key(nr));
    for (nr, b) in &doppelte {
        schlecht.push((*nr, abgelehnt(*nr, vec![BefundView::aus(b, s)])?));
    }
    Ok((gut, schlecht))
}

fn als_zeile(nr: usize, inhalt: &Teilnahmeinhalt) -> app::Zeile<'_> {
    app::Zeile { ort: format!("/zeilen/{nr}"), inhalt }
}

/// The answer about some rows; verdicts and ids alone are kept under the key.
fn fertig(zeilen: &[Gelesen], antworten: &[app::Zeilenantwort], s: Sprache) -> Ergebnis<Antwort> {
    let fertig: Vec<TeilnahmeUploadZeile> = zeilen.iter().zip(antworten).map(|((nr, _), a)| zeile(*nr, a, s)).collect();
    let gemerkt: Vec<Gemerkt> = antworten.iter().map(|a| (a.urteil, a.teilnahme_id)).collect();
    Antwort::gut(&json!({ "zeilen": fertig }))?.verweis(&gemerkt)
}

impl Aufruf<TeilnahmeSchreiben> {
    /// One unit of work: some rows, with the verdict of each. Its key follows from the header's and the rows.
    async fn stueck(&self, ort: app::Ort, zeilen: &[Gelesen]) -> Result<Vec<Value>, Ablehnung> {
        let roh = serde_json::to_vec(zeilen).map_err(|e| self.ablehnung(inhalt(e)))?;
        let nr = zeilen.first().map_or(0, |(nr, _)| *nr);
        let kennung = |k: &String| hash(&[k.as_bytes(), &nr.to_be_bytes()]).chars().take(40).collect::<String>();
        let auftrag = (self.schluessel.as_ref().map(kennung), format!("{} {nr}", self.route));
        let (sicht, tresor, s) = (self.sicht.clone(), self.zustand.tresor.clone(), self.sprache());
        let zeilen: Arc<[Gelesen]> = zeilen.into();
        let (sicht2, tresor2, zeilen2) = (sicht.clone(), tresor.clone(), zeilen.clone());
        let erneut = move |tx: &mut aqb_persistence::Tx<'_>, gemerkt: &[u8]| {
            let urteile: Vec<Gemerkt> = serde_json::from_slice(gemerkt).map_err(inhalt)?;
            let liste: Vec<_> = zeilen2.iter().map(|(nr, i)| als_zeile(*nr, i)).zip(urteile).collect();
            let antworten = app::zeilen_wiederholt(tx, &tresor2, &sicht2, ort, &liste)?;
            fertig(&zeilen2, &antworten, s)
        };
        let arbeit = move |tx: &mut aqb_persistence::Tx<'_>| {
            let liste: Vec<app::Zeile<'_>> = zeilen.iter().map(|(nr, i)| als_zeile(*nr, i)).collect();
            let antworten = app::zeilen(tx, &tresor, &sicht, ort, &liste)?;
            fertig(&zeilen, &antworten, s)
        };
        let personen: Personenvorgang = ("teilnahmen_einlesen", Box::new(erneut));
        let (antwort, _) = self.fuehre_personen_aus(auftrag, &roh, personen, arbeit).await?;
        let fehler = |e| self.ablehnung(inhalt(e));
        let mut koerper: Value = serde_json::from_slice(&antwort.koerper).map_err(fehler)?;
        serde_json::from_value(koerper.get_mut("zeilen").map(Value::take).unwrap_or_default()).map_err(fehler)
    }
}

/// Upload participants
///
/// Each row is decided by itself: `ANGELEGT`, `AKTUALISIERT` (an exit was added), `UNVERAENDERT` or `FEHLER`. A row is known
/// by person, measure and entry, so sending the same rows again makes no doubles; nothing stored is overwritten. At most
/// 10,000 rows, 8 MiB. `simulation=true` tries every row and keeps nothing. Where a verdict tells about another
/// participation of the person, the access is noted. A repetition under the same key tells the verdicts of then with what is
/// found now.
#[utoipa::path(operation_id = "teilnahmen_einlesen", tag = "Teilnahmen", request_body = TeilnahmeUpload,
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 200, description = "Every row with its verdict.", body = TeilnahmeUploadErgebnis)),
    extensions(("x-recht" = json!("teilnahme:schreiben")), ("x-simulierbar" = json!(true)), ("x-stapel" = json!(true)),
        ("x-zeilen" = json!(true))))]
#[post("/antraege/{antrag_id}/massnahmen/{massnahme_id}/teilnahmen/import")]
pub async fn einlesen(
    a: Aufruf<TeilnahmeSchreiben>,
    Pfad(ort): Pfad<app::Ort>,
    Zeilen(zeilen): Zeilen<Teilnahmeinhalt>,
) -> HandlerErgebnis {
    let (gut, mut fertig) = vorsortiert(zeilen, a.sprache()).map_err(|e| a.ablehnung(inhalt(e)))?;
    // an upload of wrong rows only still needs a measure that is there
    let befunde = hinweise(&a, ort).await?;
    for stueck in gut.chunks(STUECK) {
        let werte = a.stueck(ort, stueck).await?;
        fertig.extend(stueck.iter().map(|(nr, _)| *nr).zip(werte));
    }
    let befunde = if a.simulation { befunde } else { hinweise(&a, ort).await? };
    fertig.sort_by_key(|(nr, _)| *nr);
    let zeilen: Vec<Value> = fertig.into_iter().map(|(_, z)| z).collect();
    let anzahl = |u: Zeilenurteil| zeilen.iter().filter(|z| z.get("urteil").is_some_and(|w| w == u.code())).count();
    a.gesamt(&TeilnahmeUploadErgebnis {
        angelegt: anzahl(Zeilenurteil::Angelegt),
        aktualisiert: anzahl(Zeilenurteil::Aktualisiert),
        unveraendert: anzahl(Zeilenurteil::Unveraendert),
        fehler: anzahl(Zeilenurteil::Fehler),
        befunde: befunde.iter().map(|b| BefundView::aus(b, a.sprache())).collect(),
        zeilen,
    })
}

async fn hinweise(a: &Aufruf<TeilnahmeSchreiben>, ort: app::Ort) -> Result<Option<Befund>, Ablehnung> {
    let (sicht, tresor) = (a.sicht.clone(), a.zustand.tresor.clone());
    let lesen = move |c: &mut aqb_persistence::DbConn| -> Ergebnis<Option<Befund>> {
        app::nach_dem_einlesen(c, &tresor, &sicht, ort, rechtstag(uhr::jetzt()))
    };
    a.zustand.db.lesen(lesen).await.map_err(|e: Fehler| a.ablehnung(e))
}
