//! `/berichte/abgleich/nachweise`: the second part of the reconciliation, by measure: Bescheid, ledger, Belege, proof of use,
//! final decision and claims side by side.

mod sicht;

use self::sicht::{NachweisabgleichSeite, NachweisabgleichsummeView, NachweisabgleichzeileView};
use super::{Datei, csv_datei, xlsx_datei};
use crate::app::bericht::{self as app, Berichtswunsch, Nachweismitwort};
use crate::ausgabe::{Tabelle, Zelle};
use crate::fehler::Ergebnis;
use crate::http::ablauf::{Antwort, HandlerErgebnis};
use crate::http::extract::{Aufruf, Query};
use crate::http::liste::{Blaettern, weiter};
use actix_web::get;
use aqb_domain::berechtigung::recht::BerichtLesen;
use aqb_domain::bericht::{Nachweisabgleichsumme, Nachweisstelle, Nachweisvergleich, Nachweiszahlen};
use aqb_domain::codelisten::Bezeichnet;
use aqb_domain::geld::Euro;
use aqb_domain::regel::Sprache;
use aqb_domain::zeit::rechtstag;
use aqb_persistence::seite::{Seite, zu_lesen};
use aqb_persistence::uhr;
use serde::Deserialize;
use utoipa::IntoParams;

const NAME: &str = "nachweisabgleich";

/// Narrows the reconciliation with the proofs.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Nachweisabgleichfilter {
    /// Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: i32,
    /// Gebietskoerperschaft; one the caller does not see leaves nothing.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
    /// Only lines with a pair that differs.
    #[param(default = false, example = false)]
    nur_abweichungen: Option<bool>,
    /// Rows per page.
    #[param(minimum = 1, maximum = 200, default = 50, example = 50)]
    limit: Option<i64>,
    /// Cursor of the page before (`weiter`).
    #[param(max_length = 400, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// Narrows a file of the reconciliation with the proofs.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Nachweisdateifilter {
    /// Jahrgang.
    #[param(minimum = 2011, maximum = 2099, example = 2026)]
    jahrgang: i32,
    /// Gebietskoerperschaft; one the caller does not see leaves nothing.
    #[param(pattern = "^06[0-9]{3}$", example = "06440")]
    kreisschluessel: Option<String>,
}

fn wunsch(jahrgang: i32, kreisschluessel: Option<String>) -> Berichtswunsch {
    Berichtswunsch { jahrgang, kreisschluessel, teilbudget: None, haushaltsjahr: None, stichtag: None }
}

/// Compare Bescheide, ledger, Belege and proofs of use
///
/// Per measure what is granted, paid out, claimed by the Belege, stated in the proof, decided in the end and claimed back,
/// each read from its own source, and the pairs that must agree. The county does not see decisions about Belege while the
/// authority examines. Belege and proofs know no Teilbudget, so this part has a list of its own beside `abgleich_auflisten`.
#[utoipa::path(operation_id = "nachweisabgleich_auflisten", tag = "Berichte", params(Nachweisabgleichfilter),
    responses((status = 200, description = "A page.", body = NachweisabgleichSeite)),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/abgleich/nachweise")]
pub async fn auflisten(a: Aufruf<BerichtLesen>, Query(f): Query<Nachweisabgleichfilter>) -> HandlerErgebnis {
    let sicht = a.sicht.clone();
    a.lese(move |c| {
        let b = Blaettern { limit: f.limit, cursor: f.cursor.clone() };
        let wunsch = wunsch(f.jahrgang, f.kreisschluessel.clone());
        let liste = format!("nachweisabgleich:{wunsch:?}:{:?}", f.nur_abweichungen);
        let nach = b.position::<Nachweisstelle>(&liste)?;
        let alle = app::nachweisabgleich(c, &sicht, &wunsch)?;
        let gesamt = NachweisabgleichsummeView::aus(summe(&alle)?)?;
        let gesucht = |z: &Nachweismitwort| {
            nach.as_ref().is_none_or(|n| *n < z.zeile.stelle)
                && (!f.nur_abweichungen.unwrap_or(false) || z.zeile.weicht_ab())
        };
        let anzahl = usize::try_from(zu_lesen(b.limit())).unwrap_or(0);
        let s = Seite::aus(alle.into_iter().filter(gesucht).take(anzahl).collect::<Vec<_>>(), b.limit());
        Antwort::seite(&NachweisabgleichSeite {
            weiter: weiter(&liste, &s.daten, s.mehr, |z| z.zeile.stelle.clone()),
            daten: s.daten.into_iter().map(NachweisabgleichzeileView::aus).collect::<Ergebnis<_>>()?,
            gesamt,
        })
    })
    .await
}

fn summe(zeilen: &[Nachweismitwort]) -> Ergebnis<Nachweisabgleichsumme> {
    Ok(Nachweisabgleichsumme::aus(zeilen.iter().map(|z| &z.zeile))?)
}

const SPALTEN: &[(&str, &str, u16)] = &[
    ("Kreisschlüssel", "County key", 14),
    ("Aktenzeichen", "File reference", 26),
    ("Maßnahme", "Measure", 11),
    ("Titel", "Title", 36),
    ("Lage des Nachweises", "State of the proof", 26),
    ("Bewilligt in EUR", "Granted in EUR", 18),
    ("Abgerufen laut Buch in EUR", "Called in the ledger in EUR", 18),
    ("Ausgezahlt laut Buch in EUR", "Paid out in the ledger in EUR", 18),
    ("Weitergeleitet in EUR", "Passed on in EUR", 18),
    ("Zurückgezahlt ohne Forderung laut Buch in EUR", "Paid back without a claim in the ledger in EUR", 18),
    ("Zurückgefordert laut Buch in EUR", "Claimed back in the ledger in EUR", 18),
    ("Erstattet laut Buch in EUR", "Paid back in the ledger in EUR", 18),
    ("Anerkannt laut Buch in EUR", "Recognised in the ledger in EUR", 18),
    ("Belege", "Receipts", 10),
    ("Gezahlt laut Belegen in EUR", "Paid by the receipts in EUR", 18),
    ("Beantragt laut Belegen in EUR", "Claimed by the receipts in EUR", 18),
    ("Anerkannte Belege in EUR", "Receipts recognised in EUR", 18),
    ("Abgelehnte Belege in EUR", "Receipts not recognised in EUR", 18),
    ("Offene Belege in EUR", "Receipts not decided in EUR", 18),
    ("Gekürzte Belege", "Receipts cut", 12),
    ("Unentschiedene Belege", "Receipts not decided", 12),
    ("Ausgaben laut Nachweis in EUR", "Spent by the proof in EUR", 18),
    ("Zuwendungsfähig laut Nachweis in EUR", "Eligible by the proof in EUR", 18),
    ("Landesmittel laut Nachweis in EUR", "State funds by the proof in EUR", 18),
    ("Belegabzug der Schlussrechnung in EUR", "Taken off for receipts in the end in EUR", 18),
    ("Feststellungsabzug der Schlussrechnung in EUR", "Taken off for findings in the end in EUR", 18),
    ("Anerkannte Ausgaben in EUR", "Expenditure recognised in EUR", 18),
    ("Endgültige Zuwendung in EUR", "Final grant in EUR", 18),
    ("Erstattung laut Schlussbescheid in EUR", "Claimed by the final decision in EUR", 18),
    ("Gefordert laut Forderungen in EUR", "Claimed by the claims in EUR", 18),
    ("Gezahlt auf Forderungen in EUR", "Paid on the claims in EUR", 18),
    ("Differenz Belege und Nachweis in EUR", "Difference of receipts and proof in EUR", 18),
    ("Differenz Übernahme in EUR", "Difference of what was taken over in EUR", 18),
    ("Differenz Landesmittel in EUR", "Difference of state funds in EUR", 18),
    ("Differenz Nachweis und Schlussrechnung in EUR", "Difference of proof and final calculation in EUR", 18),
    ("Differenz Belege und Schlussrechnung in EUR", "Difference of receipts and final calculation in EUR", 18),
    ("Differenz Schlussrechnung und Bescheid in EUR", "Difference of final calculation and decision in EUR", 18),
    ("Differenz Verbleib in EUR", "Difference of what is left in EUR", 18),
    ("Differenz Anerkennung in EUR", "Difference of what is recognised in EUR", 18),
    ("Differenz Weiterleitung in EUR", "Difference of what was passed on in EUR", 18),
    ("Differenz Forderung in EUR", "Difference of the claims in EUR", 18),
    ("Differenz Erstattung in EUR", "Difference of what was paid back in EUR", 18),
    ("Abweichungen", "Differences", 40),
    ("Id der Maßnahme", "Id of the measure", 38),
    ("Id des Antrags", "Id of the application", 38),
];

fn betrag(e: Option<Euro>) -> Zelle {
    e.map_or(Zelle::Leer, Zelle::Betrag)
}

fn anzahl(n: Option<i64>) -> Zelle {
    n.map_or(Zelle::Leer, |n| Zelle::Zahl(i32::try_from(n).unwrap_or(i32::MAX)))
}

/// The cells from `Bewilligt` to the last difference; what is absent stays empty.
fn zahlen(z: &Nachweiszahlen) -> Ergebnis<Vec<Zelle>> {
    let (b, e, a, s) = (&z.buch, z.entschieden(), z.angaben, z.schluss);
    let geld = [z.bewilligt, b.abgerufen, b.ausgezahlt, z.weitergeleitet, b.zurueckgezahlt];
    let mut zellen: Vec<Zelle> =
        geld.into_iter().chain([b.rueckgefordert, b.erstattet, b.anerkannt]).map(Zelle::Betrag).collect();
    zellen.push(anzahl(Some(z.belege.anzahl)));
    zellen.extend([z.belege.gezahlt, z.belege.beantragt].map(Zelle::Betrag));
    zellen.extend([e.map(|e| e.anerkannt), e.map(|e| e.abgelehnt), e.map(|e| e.offen)].map(betrag));
    zellen.extend([e.map(|e| e.gekuerzt), e.map(|e| e.unentschieden)].map(anzahl));
    zellen.extend([a.map(|a| a.ausgaben), a.map(|a| a.zuwendungsfaehig), a.map(|a| a.landesmittel)].map(betrag));
    zellen.extend([s.map(|s| s.belegabzug), s.map(|s| s.feststellungsabzug), s.map(|s| s.anerkannt)].map(betrag));
    zellen.extend([s.map(|s| s.endgueltig), s.map(|s| s.erstattung)].map(betrag));
    zellen.extend([z.forderungen.gefordert, z.forderungen.gezahlt].map(Zelle::Betrag));
    for v in Nachweisvergleich::ALLE {
        zellen.push(betrag(z.vergleiche.get(v).map(|p| p.differenz()).transpose()?));
    }
    Ok(zellen)
}

fn tabelle(jahrgang: i32, zeilen: &[Nachweismitwort], s: Sprache) -> Ergebnis<Tabelle> {
    let (titel, summenwort) = match s {
        Sprache::De => (format!("Nachweisabgleich Jahrgang {jahrgang}"), "Summe"),
        Sprache::En => (format!("Proofs compared Jahrgang {jahrgang}"), "Sum"),
    };
    let text = |t: Option<String>| t.map_or(Zelle::Leer, Zelle::Text);
    let mut t = Tabelle::neu(titel, SPALTEN, s);
    for a in zeilen {
        let z = &a.zeile;
        let worte: Vec<&str> = z.zahlen.abweichungen().map(|v| v.bezeichnung().in_sprache(s)).collect();
        let mut zeile = vec![
            Zelle::text(&z.stelle.kreisschluessel),
            text(a.aktenzeichen.clone()),
            text(z.massnahme_nr.clone()),
            text(a.titel.clone()),
            Zelle::text(z.lage.bezeichnung().in_sprache(s)),
        ];
        zeile.extend(zahlen(&z.zahlen)?);
        zeile.push(text((!worte.is_empty()).then(|| worte.join(", "))));
        zeile.push(Zelle::text(z.stelle.massnahme_id.to_string()));
        zeile.push(text(z.antrag_id.map(|a| a.to_string())));
        t.zeilen.push(zeile);
    }
    let g = summe(zeilen)?;
    t.summe = vec![Zelle::text(summenwort), Zelle::Leer, Zelle::Leer, Zelle::Leer, Zelle::Leer];
    t.summe.extend(zahlen(&g.zahlen)?);
    t.summe.extend([anzahl(Some(i64::from(g.abweichungen))), Zelle::Leer, Zelle::Leer]);
    Ok(t)
}

/// Download the reconciliation with the proofs as CSV
///
/// All lines, in the form of the other CSV files; a cell is empty where there is nothing to show or to compare.
#[utoipa::path(operation_id = "nachweisabgleich_csv", tag = "Berichte", params(Nachweisdateifilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "text/csv")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/abgleich/nachweise/csv")]
pub async fn csv(a: Aufruf<BerichtLesen>, Query(f): Query<Nachweisdateifilter>) -> HandlerErgebnis {
    let (sicht, s) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let zeilen = app::nachweisabgleich(c, &sicht, &wunsch(f.jahrgang, f.kreisschluessel.clone()))?;
        csv_datei(NAME, f.jahrgang, &tabelle(f.jahrgang, &zeilen, s)?)
    })
    .await
}

/// Download the reconciliation with the proofs as XLSX
///
/// The lines of the CSV and a line of sums, as numbers with German formats.
#[utoipa::path(operation_id = "nachweisabgleich_xlsx", tag = "Berichte", params(Nachweisdateifilter),
    responses((status = 200, description = "The file.", body = Datei, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    extensions(("x-recht" = json!("bericht:lesen")), ("x-siegel" = json!(true))))]
#[get("/berichte/abgleich/nachweise/xlsx")]
pub async fn xlsx(a: Aufruf<BerichtLesen>, Query(f): Query<Nachweisdateifilter>) -> HandlerErgebnis {
    let (sicht, s) = (a.sicht.clone(), a.sprache());
    a.lese(move |c| {
        let zeilen = app::nachweisabgleich(c, &sicht, &wunsch(f.jahrgang, f.kreisschluessel.clone()))?;
        xlsx_datei(NAME, f.jahrgang, &tabelle(f.jahrgang, &zeilen, s)?, rechtstag(uhr::jetzt()))
    })
    .await
}
