//! Beleglisten as files: the list itself, and the template it is written in.

use crate::app::beleg as app;
use crate::ausgabe::{CSV, CsvZeilen, Spalte, Tabelle, XLSX, XlsxZeilen, Zelle, belegvorlage};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::bericht::Datei;
use crate::http::extract::{Aufruf, Pfad};
use crate::http::strom::{Ausgang, platte};
use actix_web::get;
use aqb_domain::beleg::{Beleg, Belegspalte, SPALTEN, Spaltenrolle, verdeckt};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::berechtigung::recht::{BelegLesen, KatalogLesen};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::{DbConn, DbFehler, beleg, uhr};
use std::fs::File;
use std::io::{BufWriter, Seek};
use uuid::Uuid;

/// Columns of a list as a file: those of the template and those of the authority.
fn spalten() -> (Vec<&'static Belegspalte>, Vec<Spalte>) {
    let wahl: Vec<&Belegspalte> = SPALTEN.iter().filter(|s| s.rolle != Spaltenrolle::Bezug).collect();
    let spalten = wahl.iter().map(|s| Spalte { titel: s.kopf.to_owned(), breite: s.breite }).collect();
    (wahl, spalten)
}

/// The lines of a list one by one, as far as the caller may see them.
fn je_zeile(
    c: &mut DbConn,
    sicht: &Sicht,
    nachweis: Uuid,
    wahl: &[&Belegspalte],
    mut f: impl FnMut(&[Zelle]) -> Ergebnis<()>,
) -> Ergebnis<()> {
    let kette = app::kette(c, sicht, nachweis)?;
    let offen = !verdeckt(kette.entschieden, sicht);
    let mut gescheitert = None;
    let gelesen = beleg::je_beleg(c, sicht, kette.kette_id, |b| {
        let zellen: Vec<Zelle> = wahl.iter().map(|s| zelle(s, &b.wert, offen)).collect();
        f(&zellen).map_err(|e| {
            gescheitert = Some(e);
            DbFehler::Inhalt("Belegliste".to_owned())
        })
    });
    match gescheitert {
        Some(e) => Err(e),
        None => Ok(gelesen?),
    }
}

fn ausgang(typ: &'static str, name: &str, mut datei: File) -> Ergebnis<Ausgang> {
    let laenge = datei.metadata().and_then(|m| datei.rewind().map(|()| m.len())).map_err(|e| platte(&e))?;
    Ok(Ausgang { typ, name: name.to_owned(), datei, laenge })
}

fn zelle(s: &Belegspalte, b: &Beleg, offen: bool) -> Zelle {
    let i = &b.inhalt;
    let text = |t: &Option<String>| t.as_ref().map_or(Zelle::Leer, Zelle::text);
    let tag = |t: Option<chrono::NaiveDate>| t.map_or(Zelle::Leer, Zelle::Tag);
    let e = b.entscheidung.as_ref().filter(|_| offen);
    match s.feld {
        "lfd_nr" => Zelle::Zahl(b.lfd_nr),
        "belegnummer" => Zelle::text(&i.belegnummer),
        "split_gruppe" => text(&i.split_gruppe),
        "massnahme_nr" => Zelle::text(&i.massnahme_nr),
        "position" => Zelle::text(&i.position),
        "teilbudget" => Zelle::text(&i.teilbudget),
        "art" => Zelle::text(i.art.code()),
        "auftragsdatum" => tag(i.auftragsdatum),
        "rechnungsdatum" => Zelle::Tag(i.rechnungsdatum),
        "leistung_von" => tag(i.leistung_von),
        "leistung_bis" => tag(i.leistung_bis),
        "zahlungsdatum" => Zelle::Tag(i.zahlungsdatum),
        "rechnungsaussteller" => Zelle::text(&i.rechnungsaussteller),
        "gegenstand" => Zelle::text(&i.gegenstand),
        "rechnungsbetrag_brutto" => Zelle::Betrag(i.rechnungsbetrag_brutto),
        "skonto_rabatt" => Zelle::Betrag(i.skonto_rabatt),
        "gezahlter_betrag" => Zelle::Betrag(i.gezahlter_betrag),
        "nicht_foerderfaehig_ust" => Zelle::Betrag(i.nicht_foerderfaehig_ust),
        "nicht_foerderfaehig_sonst" => Zelle::Betrag(i.nicht_foerderfaehig_sonst),
        "beantragt" => Zelle::Betrag(i.beantragt),
        "storno_von" => text(&i.storno_von),
        "original_sha256" => text(&i.original_sha256),
        "anerkannt" => e.map_or(Zelle::Leer, |e| Zelle::Betrag(e.anerkannt)),
        "pruefgrund" => e.map_or(Zelle::Leer, |e| Zelle::text(e.pruefgrund.code())),
        "pruefbemerkung" => e.map_or(Zelle::Leer, |e| text(&e.bemerkung)),
        _ => Zelle::Leer,
    }
}

/// Download a Belegliste as CSV
///
/// In the columns of the template, so that it can be read in again; with what the authority recognised.
#[utoipa::path(operation_id = "belege_csv", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The file.", body = Datei, content_type = "text/csv")),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/belege/csv")]
pub async fn csv(a: Aufruf<BelegLesen>, Pfad(n): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese_datei(move |c| {
        let (wahl, spalten) = spalten();
        let mut w = CsvZeilen::neu(&spalten, BufWriter::new(tempfile::tempfile().map_err(|e| platte(&e))?))?;
        je_zeile(c, &sicht, n, &wahl, |z| w.zeile(z))?;
        let datei = w.fertig()?.into_inner().map_err(|e| platte(e.error()))?;
        ausgang(CSV, "belegliste.csv", datei)
    })
    .await
}

/// Download a Belegliste as XLSX
///
/// In the columns of the template, so that it can be read in again; with what the authority recognised.
#[utoipa::path(operation_id = "belege_xlsx", tag = "Belege",
    params(("verwendungsnachweis_id" = Uuid, Path, description = "Id of the proof.", example = "019a0000-0000-7000-8000-000000000050")),
    responses((status = 200, description = "The file.", body = Datei, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    extensions(("x-recht" = json!("beleg:lesen"))))]
#[get("/verwendungsnachweise/{verwendungsnachweis_id}/belege/xlsx")]
pub async fn xlsx(a: Aufruf<BelegLesen>, Pfad(n): Pfad<Uuid>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese_datei(move |c| {
        let (wahl, spalten) = spalten();
        let mut x = XlsxZeilen::neu("Belegliste", &spalten, rechtstag(uhr::jetzt()))?;
        je_zeile(c, &sicht, n, &wahl, |z| x.zeile(z))?;
        let mut datei = tempfile::tempfile().map_err(|e| platte(&e))?;
        x.in_datei(&mut datei)?;
        ausgang(XLSX, "belegliste.xlsx", datei)
    })
    .await
}

/// Download the template of a Belegliste as CSV
///
/// Its header line: UTF-8 with BOM, `;`.
#[utoipa::path(operation_id = "belegvorlage_csv", tag = "Belege",
    responses((status = 200, description = "The file.", body = Datei, content_type = "text/csv",
        example = json!("Lfd. Nr.;Belegnummer;Splitgruppe;Maßnahme;Kostenposition"))),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/belegliste/vorlage/csv")]
pub async fn vorlage_csv(a: Aufruf<KatalogLesen>) -> HandlerErgebnis {
    a.lese(move |_| {
        let spalten =
            Belegspalte::vorlage().map(|(_, s)| Spalte { titel: s.kopf.to_owned(), breite: s.breite }).collect();
        let t = Tabelle { titel: "Belegliste".to_owned(), spalten, zeilen: Vec::new(), summe: Vec::new() };
        Ok(Antwort::datei(CSV, "belegliste-vorlage.csv".to_owned(), t.csv()?))
    })
    .await
}

/// Download the template of a Belegliste as XLSX
///
/// A sheet with header and checks of its cells, and one that explains every column.
#[utoipa::path(operation_id = "belegvorlage_xlsx", tag = "Belege",
    responses((status = 200, description = "The file.", body = Datei,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", example = json!("PK"))),
    extensions(("x-recht" = json!("katalog:lesen"))))]
#[get("/belegliste/vorlage/xlsx")]
pub async fn vorlage_xlsx(a: Aufruf<KatalogLesen>) -> HandlerErgebnis {
    let sprache = a.sprache();
    a.lese(move |_| {
        let datei = belegvorlage(sprache, rechtstag(uhr::jetzt()))?;
        Ok(Antwort::datei(XLSX, "belegliste-vorlage.xlsx".to_owned(), datei))
    })
    .await
}
