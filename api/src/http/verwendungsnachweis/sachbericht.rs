//! `…/sachberichte`: what was done in each measure, in versions.

use crate::app::sachbericht as app;
use crate::http::ablauf::{Antwort, HandlerErgebnis, Verlangt};
use crate::http::extract::{Aufruf, Json, Pfad};
use crate::http::sicht::Moment;
use actix_web::{get, put};
use aqb_domain::berechtigung::recht::{SachberichtSchreiben, VerwendungsnachweisLesen};
use aqb_domain::sachbericht::{Kennzahlvergleich, Sachberichtinhalt, Sachberichtziel, vergleiche};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A version of the Sachbericht of a measure.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Sachbericht)]
pub struct SachberichtView {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number.
    #[schema(examples("M01"))]
    pub massnahme_nr: String,
    /// Number of this version.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub fassung: i64,
    /// What is said.
    pub inhalt: Sachberichtinhalt,
    /// SHA-256 of `inhalt`; part of what is signed.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// Targets of the Zielvereinbarung for this kind of measure, each with what was reached.
    pub ziele: Vec<Sachberichtziel>,
    /// Indicators beside what the records of participants say.
    pub kennzahlen: Vec<Kennzahlvergleich>,
    /// Who saved it.
    pub erfasst_von: String,
    /// When.
    pub erfasst_am: Moment,
    /// Version of the proof it belongs to.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
}

impl SachberichtView {
    pub(crate) fn aus(s: app::Sachbericht) -> Self {
        let inhalt = s.fassung.inhalt;
        SachberichtView {
            massnahme_id: s.fassung.massnahme_id,
            massnahme_nr: s.massnahme_nr,
            fassung: s.fassung.fassung,
            ziele: inhalt.zielerreichung(&s.ziele, s.art),
            kennzahlen: vergleiche(&inhalt.kennzahlen, &s.ermittelt),
            inhalt,
            sha256: s.fassung.sha256,
            erfasst_von: s.fassung.erfasst_von,
            erfasst_am: s.fassung.erfasst_am.into(),
            version: s.version,
        }
    }
}

/// Sachberichte of a proof.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SachberichtListe {
    /// One per measure that has one, in the order of their numbers.
    pub sachberichte: Vec<SachberichtView>,
}

/// Versions of a Sachbericht.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SachberichtFassungen {
    /// Newest first.
    pub fassungen: Vec<SachberichtView>,
}

/// Sachberichte of a proof of use
///
/// Each in the version the proof names. A Traeger sees those of its own measures.
#[utoipa::path(operation_id = "sachberichte_auflisten", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The Sachberichte.", body = SachberichtListe)),
    extensions(("x-recht" = json!("verwendungsnachweis:lesen")), ("x-siegel" = json!(true))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/sachberichte")]
pub async fn auflisten(a: Aufruf<VerwendungsnachweisLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, tresor) = (a.sicht.clone(), a.zustand.tresor.clone());
    a.lese(move |c| {
        let sachberichte = app::liste(c, (&sicht, &tresor), id)?.into_iter().map(SachberichtView::aus).collect();
        Antwort::gut(&SachberichtListe { sachberichte })
    })
    .await
}

/// Read the Sachbericht of a measure
///
/// In the version the proof names, with targets and what was reached.
#[utoipa::path(operation_id = "sachbericht_lesen", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 200, description = "The Sachbericht.", body = SachberichtView)),
    extensions(("x-recht" = json!("verwendungsnachweis:lesen")), ("x-siegel" = json!(true))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/sachberichte/{massnahme_id}")]
pub async fn lesen(a: Aufruf<VerwendungsnachweisLesen>, Pfad((id, massnahme)): Pfad<(Uuid, Uuid)>) -> HandlerErgebnis {
    let (sicht, tresor) = (a.sicht.clone(), a.zustand.tresor.clone());
    a.lese(move |c| {
        let s = SachberichtView::aus(app::lesen(c, (&sicht, &tresor), id, massnahme)?);
        Ok(Antwort::gut(&s)?.version(s.version))
    })
    .await
}

/// Save the Sachbericht of a measure
///
/// Adds a version; earlier ones stay readable. If-Match is the version of the proof, which names the new one by its
/// checksum. A Traeger writes those of its own measures.
#[utoipa::path(operation_id = "sachbericht_speichern", tag = "Verwendungsnachweise", request_body = Sachberichtinhalt,
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 200, description = "Saved.", body = SachberichtView)),
    extensions(("x-recht" = json!("sachbericht:schreiben"))))]
#[put("/verwendungsnachweise/{verwendungsnachweis_id}/sachberichte/{massnahme_id}")]
pub async fn speichern(
    a: Aufruf<SachberichtSchreiben>,
    Pfad((id, massnahme)): Pfad<(Uuid, Uuid)>,
    Json { wert: e, roh }: Json<Sachberichtinhalt>,
) -> HandlerErgebnis {
    let tresor = a.zustand.tresor.clone();
    a.aendere(Verlangt::VERSION, &roh, move |tx, sicht, version| {
        let s = SachberichtView::aus(app::speichern(tx, (sicht, &tresor), (id, massnahme, version), &e)?);
        Ok(Antwort::gut(&s)?.version(s.version))
    })
    .await
}

/// Versions of a Sachbericht
///
/// Newest first, over the whole chain of corrections.
#[utoipa::path(operation_id = "sachbericht_fassungen", tag = "Verwendungsnachweise",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050"),
        ("massnahme_id" = Uuid, Path, description = "Id of the measure.", example = "019a0000-0000-7000-8000-0000000000e1")),
    responses((status = 200, description = "The versions.", body = SachberichtFassungen)),
    extensions(("x-recht" = json!("verwendungsnachweis:lesen")), ("x-siegel" = json!(true))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/sachberichte/{massnahme_id}/fassungen")]
pub async fn fassungen(
    a: Aufruf<VerwendungsnachweisLesen>,
    Pfad((id, massnahme)): Pfad<(Uuid, Uuid)>,
) -> HandlerErgebnis {
    let (sicht, tresor) = (a.sicht.clone(), a.zustand.tresor.clone());
    a.lese(move |c| {
        let fassungen =
            app::fassungen(c, (&sicht, &tresor), id, massnahme)?.into_iter().map(SachberichtView::aus).collect();
        Antwort::gut(&SachberichtFassungen { fassungen })
    })
    .await
}
