//! The one table of what a case file contains: name of the file, right, and how it is filled.

use super::sammler::{SEITE, Sammler};
use crate::app;
use crate::fehler::{Ergebnis, Fehler};
use crate::http::aenderungsantrag::sicht::AenderungsantragView;
use crate::http::anhoerung::AnhoerungView;
use crate::http::antrag::{self, sicht::AntragView};
use crate::http::ausnahme::AusnahmeView;
use crate::http::bankverbindung::KontoaenderungView;
use crate::http::beleg::{self as http_beleg, sicht::BelegView};
use crate::http::bescheid::BescheidView;
use crate::http::budget::stand::BuchungszeileView;
use crate::http::feststellung::{self as http_feststellung, FeststellungView};
use crate::http::forderung::ForderungView;
use crate::http::frist::{self as frist_http, FristView};
use crate::http::massnahme::{self, MassnahmeView};
use crate::http::mittelabruf::sicht::MittelabrufView;
use crate::http::rueckzahlung::RueckzahlungView;
use crate::http::schlussrechnung::SchlussrechnungView;
use crate::http::stichprobe::StichprobeView;
use crate::http::verlauf::Verdeckt;
use crate::http::verwendungsnachweis::bericht::gesiegelte;
use crate::http::verwendungsnachweis::sachbericht::SachberichtView;
use crate::http::verwendungsnachweis::{self as http_nachweis, sicht::VerwendungsnachweisView};
use crate::http::weiterleitung::WeiterleitungView;
use crate::http::zahlung::sicht::ZahlungView;
use crate::http::zielvereinbarung::ZielvereinbarungView;
use aqb_domain::antrag::Antrag;
use aqb_domain::beleg::Beleg;
use aqb_domain::berechtigung::Recht;
use aqb_domain::feststellung::Feststellung;
use aqb_domain::frist::Frist;
use aqb_domain::verwendungsnachweis::Verwendungsnachweis;
use aqb_persistence::konto::{self, Zeilenfilter};
use aqb_persistence::vollzug::Aggregat;
use aqb_persistence::{
    Fallfilter, aenderungsantrag, anhoerung, ausnahme, bankverbindung, beleg, berechnung, bescheid, feststellung,
    forderung, frist, mittelabruf, rueckzahlung, stichprobe, verwendungsnachweis, weiterleitung, zahlung,
    zielvereinbarung,
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A file of the case file.
pub struct Sammlung {
    /// Its name.
    pub datei: &'static str,
    /// Whoever has it gets the file.
    pub recht: Recht,
    /// Fills it.
    pub fuelle: fn(&mut Sammler<'_>) -> Ergebnis<()>,
}

const fn s(datei: &'static str, recht: Recht, fuelle: fn(&mut Sammler<'_>) -> Ergebnis<()>) -> Sammlung {
    Sammlung { datei, recht, fuelle }
}

/// All files in their order; `protokoll.json` follows.
pub const SAMMLUNGEN: &[Sammlung] = &[
    s("antrag.json", Recht::AntragLesen, antraege),
    s("eingangsbestaetigung.json", Recht::AntragLesen, eingangsbestaetigungen),
    s("massnahmen.json", Recht::MassnahmeLesen, massnahmen),
    s("detailplanungen.json", Recht::MassnahmeLesen, detailplanungen),
    s("zielvereinbarungen.json", Recht::ZielvereinbarungLesen, zielvereinbarungen),
    s("bescheide.json", Recht::BescheidLesen, bescheide),
    s("aenderungsantraege.json", Recht::AenderungsantragLesen, aenderungsantraege),
    s("bankverbindungen.json", Recht::BankverbindungLesen, bankverbindungen),
    s("mittelabrufe.json", Recht::MittelabrufLesen, mittelabrufe),
    s("zahlungen.json", Recht::ZahlungLesen, zahlungen),
    s("weiterleitungen.json", Recht::WeiterleitungLesen, weiterleitungen),
    s("verwendungsnachweise.json", Recht::VerwendungsnachweisLesen, verwendungsnachweise),
    s("einreichungen.json", Recht::VerwendungsnachweisEinsehen, einreichungen),
    s("sachberichte.json", Recht::VerwendungsnachweisLesen, sachberichte),
    s("belege.json", Recht::BelegLesen, belege),
    s("feststellungen.json", Recht::FeststellungLesen, feststellungen),
    s("anhoerungen.json", Recht::AnhoerungLesen, anhoerungen),
    s("ausnahmen.json", Recht::AusnahmeLesen, ausnahmen),
    s("stichproben.json", Recht::StichprobeLesen, stichproben),
    s("schlussrechnungen.json", Recht::SchlussrechnungLesen, schlussrechnungen),
    s("bescheidrechnungen.json", Recht::BescheidLesen, bescheidrechnungen),
    s("forderungen.json", Recht::ForderungLesen, forderungen),
    s("rueckzahlungen.json", Recht::ForderungLesen, rueckzahlungen),
    s("fristen.json", Recht::FristLesen, fristen),
    s("buchungen.json", Recht::BudgetLesen, buchungen),
];

/// The right of the operation that shows the history of a kind of record; none where there is no such operation.
pub fn verlaufsrecht(art: &str) -> Option<Recht> {
    Some(match art {
        "AENDERUNGSANTRAG" => Recht::AenderungsantragLesen,
        "ANHOERUNG" => Recht::AnhoerungLesen,
        "ANTRAG" => Recht::AntragLesen,
        "AUSNAHME" => Recht::AusnahmeLesen,
        "BELEG" => Recht::BelegLesen,
        "BESCHEID" => Recht::BescheidLesen,
        "FESTSTELLUNG" => Recht::FeststellungLesen,
        "FORDERUNG" => Recht::ForderungVerfolgen,
        "FRIST" => Recht::FristLesen,
        "KONTOAENDERUNG" => Recht::BankverbindungLesen,
        "MITTELABRUF" => Recht::MittelabrufLesen,
        "RUECKZAHLUNG" => Recht::ForderungLesen,
        "VERWENDUNGSNACHWEIS" => Recht::VerwendungsnachweisEinsehen,
        "WEITERLEITUNG" => Recht::WeiterleitungLesen,
        "ZAHLUNG" => Recht::ZahlungLesen,
        "ZIELVEREINBARUNG" => Recht::ZielvereinbarungLesen,
        _ => return None,
    })
}

fn antraege(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let antrag = s.antrag;
    s.nimm(&AntragView::aus(antrag)?)?;
    s.fall::<Antrag>(antrag.wert.schluessel(), Verdeckt::NICHTS);
    Ok(())
}

fn eingangsbestaetigungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    match antrag::bestaetigung(s.c, &s.antrag.wert)? {
        Some(e) => s.nimm(&e),
        None => Ok(()),
    }
}

fn massnahmen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let id = s.antrag.wert.id;
    let (alle, version) = app::massnahme::alle(s.c, s.sicht, id)?;
    for m in &alle {
        s.nimm(&MassnahmeView::aus(id, m, version)?)?;
    }
    Ok(())
}

fn detailplanungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let antrag = s.antrag;
    for m in antrag.wert.massnahmen.iter().map(|m| m.massnahme.id) {
        let fassungen = massnahme::fassungen(s.c, s.sicht, antrag.wert.id, m)?;
        s.nimm(&json!({ "massnahme_id": m, "fassungen": fassungen }))?;
    }
    Ok(())
}

fn zielvereinbarungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let a = &s.antrag.wert;
    let (kreisschluessel, jahrgang) = (Some(a.kreisschluessel.clone()), Some(a.jahrgang));
    let f = zielvereinbarung::Filter { kreisschluessel, jahrgang, ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(zielvereinbarung::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| (v.geaendert_am, v.wert.id),
        |_, v| Ok(ZielvereinbarungView::aus(v)),
    )
}

fn bescheide(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = bescheid::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(bescheid::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| (v.geaendert_am, v.wert.id),
        |s, v| BescheidView::aus(v, s.heute),
    )
}

fn aenderungsantraege(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = aenderungsantrag::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(aenderungsantrag::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| (v.geaendert_am, v.wert.id),
        |s, v| {
            let konflikte = app::aenderungsantrag::konflikte(s.c, &v.wert)?;
            AenderungsantragView::aus(v, konflikte)
        },
    )
}

fn bankverbindungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = bankverbindung::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(bankverbindung::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |_, v| Ok(KontoaenderungView::aus(v)),
    )
}

fn mittelabrufe(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = mittelabruf::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(mittelabruf::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| (v.geaendert_am, v.wert.id),
        |_, v| MittelabrufView::aus(v),
    )
}

fn zahlungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = mittelabruf::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.je(
        |s, nach| Ok(mittelabruf::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| (v.geaendert_am, v.wert.id),
        |s, m| {
            let f = zahlung::Filter { mittelabruf_id: Some(m.wert.id), ..Default::default() };
            s.datensaetze(
                |s, nach| Ok(zahlung::liste(s.c, &f, nach, SEITE)?),
                |v| v.wert.id,
                |_, v| ZahlungView::aus(v),
            )
        },
    )
}

fn weiterleitungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = weiterleitung::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(weiterleitung::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |s, v| WeiterleitungView::aus(v, s.sicht),
    )
}

fn verwendungsnachweise(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = verwendungsnachweis::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.je(
        |s, nach| Ok(verwendungsnachweis::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |s, v| {
            s.nimm(&VerwendungsnachweisView::aus(&v, s.sicht)?)?;
            s.fall::<Verwendungsnachweis>(v.wert.schluessel(), http_nachweis::verdecktes(s.sicht));
            Ok(())
        },
    )
}

/// The proofs of the case one by one, replaced versions too.
fn je_nachweis(
    s: &mut Sammler<'_>,
    mut je: impl FnMut(&mut Sammler<'_>, Verwendungsnachweis) -> Ergebnis<()>,
) -> Ergebnis<()> {
    let f = verwendungsnachweis::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.je(|s, nach| Ok(verwendungsnachweis::liste(s.c, s.sicht, &f, nach, SEITE)?), |v| v.wert.id, |s, n| je(s, n.wert))
}

fn einreichungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    je_nachweis(s, |s, n| {
        let id = n.id;
        s.nimm(&json!({ "verwendungsnachweis_id": id, "einreichungen": gesiegelte(n)? }))
    })
}

fn sachberichte(s: &mut Sammler<'_>) -> Ergebnis<()> {
    je_nachweis(s, |s, n| {
        let leser = (s.sicht, s.tresor);
        let genannt = app::sachbericht::liste(s.c, leser, n.id)?;
        let genannt: Vec<SachberichtView> = genannt.into_iter().map(SachberichtView::aus).collect();
        s.nimm(&json!({ "verwendungsnachweis_id": n.id, "sachberichte": genannt }))
    })
}

/// The Beleglisten of the case, each once: it belongs to the chain of a proof's versions.
fn belege(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let mut ketten = BTreeSet::new();
    je_nachweis(s, |s, n| if ketten.insert(n.kette_id) { belegliste(s, n.id) } else { Ok(()) })
}

fn belegliste(s: &mut Sammler<'_>, nachweis: Uuid) -> Ergebnis<()> {
    // without a grant that counts the list cannot be judged, and the API does not show it either
    match app::beleg::fakten(s.c, s.sicht, nachweis, s.heute) {
        Err(Fehler::Befunde(b)) => {
            let grund = b.first().map(|b| b.text(s.sprache)).unwrap_or_default();
            s.ertrag.ohne(&format!("{}: {nachweis}", s.datei), grund, None);
            return Ok(());
        }
        andere => andere.map(drop)?,
    }
    let f = beleg::Filter::default();
    s.je(
        |s, nach| app::beleg::liste(s.c, s.sicht, nachweis, &f, (nach, SEITE, s.heute)),
        |b| i64::from(b.beleg.wert.lfd_nr),
        |s, b| {
            s.nimm(&BelegView::aus(&b, s.sprache))?;
            s.fall::<Beleg>(b.beleg.wert.schluessel(), http_beleg::verdecktes(b.verdeckt));
            Ok(())
        },
    )
}

fn feststellungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = Fallfilter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.je(
        |s, nach| Ok(feststellung::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |s, v| {
            s.nimm(&FeststellungView::aus(&v, s.sicht)?)?;
            s.fall::<Feststellung>(v.wert.schluessel(), http_feststellung::verdecktes(&v.wert, s.sicht));
            Ok(())
        },
    )
}

fn anhoerungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = Fallfilter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(anhoerung::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |_, v| AnhoerungView::aus(v),
    )
}

fn ausnahmen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = Fallfilter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(ausnahme::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |_, v| AusnahmeView::aus(v),
    )
}

fn stichproben(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = Fallfilter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(stichprobe::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |_, v| StichprobeView::aus(v),
    )
}

fn schlussrechnungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = Fallfilter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(berechnung::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |_, v| SchlussrechnungView::aus(v),
    )
}

/// The calculation each final decision rests on, for whoever reads the Bescheid.
fn bescheidrechnungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = bescheid::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.je(
        |s, nach| Ok(bescheid::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| (v.geaendert_am, v.wert.id),
        |s, b| {
            if b.wert.inhalt.schluss.is_none() {
                return Ok(());
            }
            let rechnung = SchlussrechnungView::aus(&app::schluss::des_bescheids(s.c, s.sicht, b.wert.id)?)?;
            s.nimm(&json!({ "bescheid_id": b.wert.id, "schlussrechnung": rechnung }))
        },
    )
}

fn forderungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = forderung::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(forderung::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |s, v| ForderungView::aus(v, s.sicht),
    )
}

fn rueckzahlungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = rueckzahlung::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.datensaetze(
        |s, nach| Ok(rueckzahlung::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| v.wert.id,
        |_, v| Ok(RueckzahlungView::aus(v)),
    )
}

fn fristen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let f = frist::Filter { antrag_id: Some(s.antrag.wert.id), ..Default::default() };
    s.je(
        |s, nach| Ok(frist::liste(s.c, s.sicht, &f, nach, SEITE)?),
        |v| (v.wert.faellig_am, v.wert.id),
        |s, v| {
            let bild = FristView::aus(&v, s.sprache, s.heute);
            s.nimm(&bild)?;
            let ohne = frist_http::verdecktes(s.sicht);
            s.fall::<Frist>(v.wert.schluessel(), ohne);
            Ok(())
        },
    )
}

/// The postings that move money of a measure of the case, with all their lines on accounts of the county.
fn buchungen(s: &mut Sammler<'_>) -> Ergebnis<()> {
    let a = &s.antrag.wert;
    let ids: Vec<Uuid> = a.massnahmen.iter().map(|m| m.massnahme.id).collect();
    let mut nach = None;
    loop {
        let stapel = konto::buchungen_der_massnahmen(s.c, &ids, nach, SEITE)?;
        let Some(letzte) = stapel.last() else { return Ok(()) };
        nach = Some(*letzte);
        let f = Zeilenfilter { buchungen: Some(stapel), ..Zeilenfilter::default() };
        s.je(
            |s, nach| app::budget::buchungen(s.c, s.sicht, a.jahrgang, &a.kreisschluessel, &f, nach, SEITE),
            |z| (z.buchung_id, z.nr),
            |s, z| s.nimm(&BuchungszeileView::aus(&z)),
        )?;
    }
}
