//! Staged lines, and the faulty ones as a file.

use super::sicht::{BelegimportzeileSeite, Belegimportzeilensicht, Belegzellbefund};
use crate::app::belegimport as app;
use crate::ausgabe::CSV;
use crate::fehler::{Ergebnis, Fehler};
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::bericht::Datei;
use crate::http::extract::{Aufruf, Pfad, Query};
use crate::http::liste::{Blaettern, weiter};
use actix_web::get;
use aqb_domain::beleg::Belegspalte;
use aqb_domain::belegimport::{Belegdialekt, Belegimportzeile, Belegzeilenurteil};
use aqb_domain::berechtigung::recht::BelegLesen;
use aqb_domain::regel::Sprache;
use aqb_persistence::belegimport as db;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::{DbConn, DbFehler};
use csv::{Terminator, Writer, WriterBuilder};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Lines that are read at once.
const STAPEL: i64 = 500;
/// Columns of a file of errors beside those of the template.
const BEFUNDSPALTEN: [(&str, &str); 5] =
    [("Zeile", "Line"), ("Zellen", "Cells"), ("Befund-Codes", "Codes"), ("Befunde", "Findings"), ("Abhilfe", "Remedy")];

/// Narrows the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Zeilenfilter {
    /// Only lines with this verdict.
    #[param(inline)]
    urteil: Option<Belegzeilenurteil>,
    /// `true`: only good lines with warnings or hints.
    #[param(example = true)]
    #[serde(default)]
    mit_hinweisen: Option<bool>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// List the lines of an import
///
/// In the order of the file, each with its verdict and its findings by cell.
#[utoipa::path(operation_id = "belegimportzeilen_auflisten", tag = "Belege",
    params(("belegimport_id" = Uuid, Path, description = "Id of the import.", example = "019a0000-0000-7000-8000-000000000161"), Zeilenfilter),
    responses((status = 200, description = "A page.", body = BelegimportzeileSeite)),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/belegimporte/{belegimport_id}/zeilen")]
pub async fn auflisten(a: Aufruf<BelegLesen>, Pfad(id): Pfad<Uuid>, Query(f): Query<Zeilenfilter>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        app::lesen(c, &sicht, id)?;
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let mit_hinweisen = f.mit_hinweisen == Some(true);
        let liste = format!("belegimportzeilen:{id}:{:?}:{mit_hinweisen}", f.urteil);
        let wahl = match (f.urteil, mit_hinweisen) {
            (urteil, true) => db::Zeilenwahl::MitHinweisen(urteil),
            (Some(u), false) => db::Zeilenwahl::Mit(u),
            (None, false) => db::Zeilenwahl::Alle,
        };
        let s = Seite::aus(db::zeilen(c, id, wahl, b.position(&liste)?, zu_lesen(b.limit()))?, b.limit());
        Antwort::seite(&BelegimportzeileSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| z.nr),
            daten: s.daten.iter().map(|z| Belegimportzeilensicht::aus(z, sprache)).collect(),
        })
    })
    .await
}

/// Download the faulty lines of an import as CSV
///
/// UTF-8 with its mark, in the separator of the file and the columns of the template, with the findings behind them: it
/// can be corrected and uploaded again.
#[utoipa::path(operation_id = "belegimport_fehler_csv", tag = "Belege",
    params(("belegimport_id" = Uuid, Path, description = "Id of the import.", example = "019a0000-0000-7000-8000-000000000161")),
    responses((status = 200, description = "The file.", body = Datei, content_type = "text/csv")),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/belegimporte/{belegimport_id}/fehler/csv")]
pub async fn fehler_csv(a: Aufruf<BelegLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, sprache) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let i = app::lesen(c, &sicht, id)?.wert;
        let datei = datei(c, id, &i.dialekt.unwrap_or_default(), sprache)?;
        Ok(Antwort::datei(CSV, "belegliste-fehler.csv".to_owned(), datei))
    })
    .await
}

fn fehler(e: impl ToString) -> Fehler {
    Fehler::Db(DbFehler::Inhalt(e.to_string()))
}

fn datei(c: &mut DbConn, id: Uuid, d: &Belegdialekt, s: Sprache) -> Ergebnis<Vec<u8>> {
    let trenner = d.trennzeichen.as_deref().and_then(|t| t.bytes().next()).unwrap_or(b';');
    let mut w = WriterBuilder::new().delimiter(trenner).terminator(Terminator::CRLF).from_writer(Vec::new());
    let titel = BEFUNDSPALTEN.iter().map(|(de, en)| if s == Sprache::De { *de } else { *en });
    w.write_record(Belegspalte::vorlage().map(|(_, s)| s.kopf).chain(titel)).map_err(fehler)?;
    let mut nach = None;
    loop {
        let wahl = db::Zeilenwahl::Mit(Belegzeilenurteil::Fehlerhaft);
        let zeilen = db::zeilen(c, id, wahl, nach, STAPEL)?;
        let Some(letzte) = zeilen.last() else { break };
        nach = Some(letzte.nr);
        zeilen.iter().try_for_each(|z| schreibe(&mut w, z, s))?;
    }
    let text = String::from_utf8(w.into_inner().map_err(fehler)?).map_err(fehler)?;
    // what the answer announces, whatever the upload was
    Ok([b"\xef\xbb\xbf", text.as_bytes()].concat())
}

fn schreibe(w: &mut Writer<Vec<u8>>, z: &Belegimportzeile, s: Sprache) -> Ergebnis<()> {
    let wert = |feld: &str| z.zellen.iter().find(|(f, _)| f == feld).map_or("", |(_, w)| w.as_str());
    let befunde: Vec<Belegzellbefund> = z.befunde.iter().filter_map(|b| Belegzellbefund::aus(b, s)).collect();
    let alle = |f: fn(&Belegzellbefund) -> &str| befunde.iter().map(f).collect::<Vec<_>>().join(" | ");
    let rest = [z.nr.to_string(), alle(|b| &b.adresse), alle(|b| &b.code), alle(|b| &b.text), alle(|b| &b.abhilfe)];
    let felder = Belegspalte::vorlage().map(|(_, s)| crate::ausgabe::entschaerft(wert(s.feld))).chain(rest);
    w.write_record(felder).map_err(fehler)
}
