//! The end of an examination: calculations that are kept, and the final decision drafted on one of them.

use crate::app::antrag::grundlage as regelwerk_des_falls;
use crate::app::{aenderungsantrag, anhoerung, pruefe_version, verwendungsnachweis, vorhanden};
use crate::fehler::Ergebnis;
use aqb_domain::akt::Urteil;
use aqb_domain::anhoerung::Anhoerungsgegenstand;
use aqb_domain::antrag::Antrag;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::beleg::{Belegstelle, Belegsumme};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::bescheid::{Bescheid, Bescheidart, Schlusseingabe, Schlussfakten, schluss_entwerfen, schlussregelung};
use aqb_domain::feststellung::Feststellung;
use aqb_domain::frist::{Frist, Fristart, Fristzustand};
use aqb_domain::geld::Euro;
use aqb_domain::regel::{BELEG_UNENTSCHIEDEN, FESTSTELLUNG_OFFEN, RECHENBEREICH, STATUS_UNZULAESSIG};
use aqb_domain::regelwerk::Regelwerk;
use aqb_domain::schlussrechnung::{
    Belegabzug, Berechnung, Berechnungsanlass, Berechnungsfall, Pruefergebnis, Rechnungsgrundlage,
};
use aqb_domain::verwendungsnachweis::{ABSCHLUSS, KENNTNISNAHME, NachweisStatus, Nachweisart, Verwendungsnachweis};
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{
    DbConn, Fallfilter, Tx, antrag, beleg, berechnung, bescheid, feststellung, frist, konto, stichprobe,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The calculation on which a Schlussbescheid the caller sees rests.
///
/// # Errors
/// 404; `STATUS_UNZULAESSIG` for a Bescheid that is no final decision.
pub fn des_bescheids(c: &mut DbConn, sicht: &Sicht, bescheid_id: Uuid) -> Ergebnis<Versioniert<Berechnung>> {
    let b = crate::app::bescheid::lesen(c, sicht, bescheid_id)?.wert;
    let Some(schluss) = b.inhalt.schluss else {
        return Err(Befund::neu(&STATUS_UNZULAESSIG)
            .gemessen("status", b.inhalt.art, Einheit::Code)
            .gemessen("akt", "schlussrechnung", Einheit::Code)
            .erlaubt("zulaessig", Bescheidart::Schluss, Einheit::Code)
            .into());
    };
    lesen(c, &Sicht::Alles, schluss.berechnung_id)
}

/// A kept calculation the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Berechnung>> {
    vorhanden(berechnung::gesehen(c, sicht, id)?)
}

/// What an examination found, read in this transaction.
struct Pruefstand {
    nachweis: Verwendungsnachweis,
    antrag: Antrag,
    geltend: Bescheid,
    feststellungen: Vec<Feststellung>,
    belege: Vec<Belegabzug>,
    regelwerk: Regelwerk,
    /// What is not settled yet.
    offen: Vec<Befund>,
    /// Deadlines of conditions that are overdue.
    auflagen: Vec<Frist>,
    angehoert: bool,
}

impl Pruefstand {
    fn laden(c: &mut DbConn, nachweis: Verwendungsnachweis, heute: NaiveDate) -> Ergebnis<Self> {
        let antrag = vorhanden(antrag::laden(c, &Sicht::Alles, nachweis.antrag_id)?)?.wert;
        let geltend = vorhanden(bescheid::geltend(c, nachweis.antrag_id)?)?.wert;
        let (_, regelwerk) = regelwerk_des_falls(c, geltend.inhalt.jahrgang, Some(&geltend.inhalt.regelwerk))?;
        let feststellungen: Vec<Feststellung> =
            feststellung::der_kette(c, nachweis.kette_id)?.into_iter().map(|f| f.wert).collect();
        let seit = nachweis.einreichungen.last().map(|e| e.eingangsdatum);
        let gegenstand = Anhoerungsgegenstand::Schlussbescheid;
        let (angehoert, mut offen) = anhoerung::stand(c, nachweis.antrag_id, gegenstand, (seit, heute))?;
        offen.extend(offene_feststellungen(&feststellungen)?);
        let ketten = ketten(c, &nachweis)?;
        let summen = beleg::summen(c, &Sicht::Alles, &ketten)?;
        offen.extend(unentschiedene_belege(&summen)?);
        if !nachweis.mit_belegliste {
            offen.extend(fehlende_stichprobe(c, nachweis.kette_id, &summen)?);
        }
        let liste = verwendungsnachweis::belegliste(c, nachweis.kette_id)?;
        offen.extend(nachweis.pruefe_belegliste(Some(&liste), &regelwerk));
        offen.extend(nachweis.pruefe_deckung(&beleg::liste_hash(c, nachweis.kette_id)?));
        let belege = belegabzuege(&summen)?;
        let f = frist::Filter {
            antrag_id: Some(nachweis.antrag_id),
            art: Some(Fristart::Auflage),
            zustand: Some((Fristzustand::Ueberfaellig, heute)),
            ..frist::Filter::default()
        };
        let auflagen = frist::liste(c, &Sicht::Alles, &f, None, i64::MAX)?.into_iter().map(|f| f.wert).collect();
        Ok(Pruefstand { nachweis, antrag, geltend, feststellungen, belege, regelwerk, offen, auflagen, angehoert })
    }

    fn grundlage(&self, heute: NaiveDate) -> Result<Rechnungsgrundlage, Vec<Befund>> {
        Pruefergebnis {
            nachweis: &self.nachweis,
            geltend: &self.geltend,
            belege: &self.belege,
            feststellungen: &self.feststellungen,
            regelwerk: &self.regelwerk,
            heute,
        }
        .grundlage()
    }

    /// What the final decision would rest on, not kept.
    fn rechnung(&self, person: &str, heute: NaiveDate) -> Result<Berechnung, Vec<Befund>> {
        let grundlage = self.grundlage(heute)?;
        let anlass = Berechnungsanlass::Schlussbescheid;
        Ok(Berechnung::neu(Uuid::nil(), self.fall(), anlass, grundlage, (person, heute))?.zustand)
    }

    fn fall(&self) -> Berechnungsfall {
        let n = &self.nachweis;
        Berechnungsfall {
            nachweis_id: n.id,
            kette_id: n.kette_id,
            antrag_id: n.antrag_id,
            jahrgang: n.jahrgang,
            kreisschluessel: n.kreisschluessel.clone(),
        }
    }
}

/// The chains whose receipts count: its own, and those of the years it takes over.
fn ketten(c: &mut DbConn, n: &Verwendungsnachweis) -> Ergebnis<Vec<Uuid>> {
    let mut ketten = vec![n.kette_id];
    for z in &n.grundlage.zwischennachweise {
        ketten.push(verwendungsnachweis::lesen(c, &Sicht::Alles, z.verwendungsnachweis_id)?.wert.kette_id);
    }
    Ok(ketten)
}

type Belegsummen = BTreeMap<Belegstelle, Belegsumme>;

fn unentschiedene_belege(summen: &Belegsummen) -> Ergebnis<Option<Befund>> {
    let anzahl = summen.values().fold(0i64, |n, s| n.saturating_add(s.unentschieden));
    let betrag = Euro::summe(summen.values().map(|s| s.offen)).map_err(|_| Befund::neu(&RECHENBEREICH))?;
    Ok((anzahl > 0).then(|| {
        Befund::neu(&BELEG_UNENTSCHIEDEN).gemessen("anzahl", anzahl, Einheit::Anzahl).gemessen(
            "betrag",
            betrag,
            Einheit::Eur,
        )
    }))
}

/// Of the last draw from running numbers, what nobody submitted; a proof with a whole Belegliste needs no such look.
fn fehlende_stichprobe(c: &mut DbConn, kette_id: Uuid, summen: &Belegsummen) -> Ergebnis<Option<Befund>> {
    let f = Fallfilter { kette_id: Some(kette_id), ..Fallfilter::default() };
    let letzte = stichprobe::liste(c, &Sicht::Alles, &f, None, i64::MAX)?.pop();
    let entschieden = summen.values().fold(0i64, |n, s| n.saturating_add(s.anzahl.saturating_sub(s.unentschieden)));
    Ok(letzte.and_then(|s| s.wert.pruefe_vorlage(entschieden)))
}

/// What is not recognised, per measure and cost position.
fn belegabzuege(summen: &Belegsummen) -> Ergebnis<Vec<Belegabzug>> {
    let mut je: BTreeMap<(Uuid, &str), Belegabzug> = BTreeMap::new();
    for (stelle, s) in summen {
        let schluessel = (stelle.massnahme_id, stelle.position.as_str());
        let a = je.entry(schluessel).or_insert_with(|| Belegabzug {
            massnahme_id: stelle.massnahme_id,
            position: stelle.position.clone(),
            anzahl: 0,
            betrag: Euro::NULL,
        });
        a.anzahl = a.anzahl.saturating_add(s.gekuerzt);
        for betrag in s.abgelehnt.values() {
            a.betrag = a.betrag.plus(*betrag).map_err(|_| Befund::neu(&RECHENBEREICH))?;
        }
    }
    // credit notes cut more than invoices leave nothing to take off
    Ok(je.into_values().filter(|a| a.betrag.ist_positiv()).collect())
}

/// What is not recognised of the receipts of a proof, per measure and cost position.
///
/// # Errors
/// The database's.
pub fn gekuerzte_belege(c: &mut DbConn, n: &Verwendungsnachweis) -> Ergebnis<Vec<Belegabzug>> {
    let ketten = ketten(c, n)?;
    belegabzuege(&beleg::summen(c, &Sicht::Alles, &ketten)?)
}

fn offene_feststellungen(alle: &[Feststellung]) -> Ergebnis<Option<Befund>> {
    let offen: Vec<&Feststellung> = alle.iter().filter(|f| !f.ist_geklaert()).collect();
    let betraege: Result<Vec<Euro>, _> = offen.iter().map(|f| f.offen()).collect();
    let summe = betraege.and_then(Euro::summe).map_err(|_| Befund::neu(&RECHENBEREICH))?;
    Ok((!offen.is_empty()).then(|| {
        Befund::neu(&FESTSTELLUNG_OFFEN).gemessen("anzahl", offen.len(), Einheit::Anzahl).gemessen(
            "offen",
            summe,
            Einheit::Eur,
        )
    }))
}

/// Computes what would remain of the grant as things stand, and keeps it.
///
/// # Errors
/// 404; a proof that is not being examined; a parameter without a value.
pub fn berechnen(tx: &mut Tx<'_>, sicht: &Sicht, id: Uuid, nachweis_id: Uuid) -> Ergebnis<Versioniert<Berechnung>> {
    let n = verwendungsnachweis::lesen(tx.c, sicht, nachweis_id)?.wert;
    if n.status != NachweisStatus::InPruefung {
        return Err(Befund::neu(&STATUS_UNZULAESSIG)
            .gemessen("status", n.status, Einheit::Code)
            .gemessen("akt", "berechnung", Einheit::Code)
            .erlaubt("zulaessig", NachweisStatus::InPruefung, Einheit::Code)
            .into());
    }
    let heute = tx.heute();
    let p = Pruefstand::laden(tx.c, n, heute)?;
    rechne(tx, &p, id, Berechnungsanlass::Pruefung)
}

fn rechne(tx: &mut Tx<'_>, p: &Pruefstand, id: Uuid, anlass: Berechnungsanlass) -> Ergebnis<Versioniert<Berechnung>> {
    let heute = tx.heute();
    let e = Berechnung::neu(id, p.fall(), anlass, p.grundlage(heute)?, (&tx.akteur.person, heute))?;
    Ok(vollziehe(tx, "berechnung", None, e)?)
}

/// Drafts the final decision about a proof.
///
/// # Errors
/// State, right, what is not settled, unconfirmed warnings.
pub fn vorbereiten(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (nachweis_id, version): (Uuid, Option<i64>),
    id: Uuid,
    eingabe: &Schlusseingabe,
) -> Ergebnis<Versioniert<Bescheid>> {
    let kette = verwendungsnachweis::lesen(tx.c, sicht, nachweis_id)?.wert.kette_id;
    // nobody decides about a receipt between the calculation and the state that closes the examination
    beleg::sperre_liste(tx, kette)?;
    let alt = verwendungsnachweis::lesen(tx.c, sicht, nachweis_id)?;
    pruefe_version(&alt, version)?;
    let vorbereitet = alt.wert.entscheidung_vorbereitet(id, &tx.akteur, tx.heute())?;
    let heute = tx.heute();
    let p = Pruefstand::laden(tx.c, alt.wert.clone(), heute)?;
    let berechnung_id = tx.neue_id();
    let b = rechne(tx, &p, berechnung_id, Berechnungsanlass::Schlussbescheid)?.wert;
    let geld = aenderungsantrag::geld_des_falls(tx.c, &p.antrag)?;
    let f = fakten(tx.c, &p, &geld, &b, heute)?;
    let e = schluss_entwerfen(id, eingabe, &f, &tx.akteur)?;
    // the county reads this trail: what is decided shows only once it is released
    vollziehe(tx, "entscheidung_vorbereitung", Some(&alt), vorbereitet)?;
    Ok(vollziehe(tx, ABSCHLUSS, None, e)?)
}

fn fakten<'a>(
    c: &mut DbConn,
    p: &'a Pruefstand,
    geld: &'a aqb_domain::aenderungsantrag::Geldstand,
    b: &'a Berechnung,
    heute: NaiveDate,
) -> Ergebnis<Schlussfakten<'a>> {
    let eingereicht = p.nachweis.einreichungen.last().map(|e| e.inhalt_sha256.clone()).unwrap_or_default();
    Ok(Schlussfakten {
        geltend: &p.geltend,
        nachweis_id: p.nachweis.id,
        nachweis_sha256: eingereicht,
        berechnung_id: b.id,
        berechnung_sha256: b.grundlage_sha256.clone(),
        ergebnis: &b.ergebnis,
        geld,
        regelwerk: &p.regelwerk,
        vorgaenger: bescheid::letztes_glied(c, p.antrag.id)?,
        angehoert: p.angehoert,
        befunde: p.offen.clone(),
        auflagen: &p.auflagen,
        heute,
    })
}

/// The proof a drafted final decision is about.
fn nachweis_zu(c: &mut DbConn, b: &Bescheid) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let id = b.inhalt.schluss.as_ref().map(|s| s.nachweis_id).unwrap_or_default();
    verwendungsnachweis::lesen(c, &Sicht::Alles, id)
}

/// The release as it would be decided now: draft, examination and ledger still say the same.
///
/// # Errors
/// The database's.
pub fn freigabe(c: &mut DbConn, b: &Bescheid, heute: NaiveDate, akteur: &Akteur) -> Ergebnis<Urteil<Bescheid>> {
    let e = match b.freigeben(heute, akteur) {
        Ok(e) => e,
        Err(befunde) => return Ok(Err(befunde)),
    };
    let n = nachweis_zu(c, b)?.wert;
    let p = Pruefstand::laden(c, n, heute)?;
    let jetzt = match p.rechnung(&b.erstellt_von, heute) {
        Ok(r) => r,
        Err(befunde) => return Ok(Err(befunde)),
    };
    let geld = aenderungsantrag::geld_des_falls(c, &p.antrag)?;
    let befunde = b.pruefe_schluss(&fakten(c, &p, &geld, &jetzt, heute)?);
    Ok(if befunde.is_empty() { Ok(e) } else { Err(befunde) })
}

/// After the release: the proof is closed.
///
/// # Errors
/// State.
pub fn freigegeben(tx: &mut Tx<'_>, b: &Bescheid) -> Ergebnis<()> {
    let n = nachweis_zu(tx.c, b)?;
    vollziehe(tx, ABSCHLUSS, Some(&n), n.wert.entschieden()?)?;
    Ok(())
}

/// After the draft was discarded: the proof is being examined again.
///
/// # Errors
/// State.
pub fn verworfen(tx: &mut Tx<'_>, b: &Bescheid) -> Ergebnis<()> {
    let n = nachweis_zu(tx.c, b)?;
    vollziehe(tx, "verwerfung", Some(&n), n.wert.entwurf_verworfen()?)?;
    Ok(())
}

/// What the act that ends the examination would find, before its input is known.
///
/// # Errors
/// The database's.
pub fn endbefunde(c: &mut DbConn, n: &Verwendungsnachweis, akteur: &Akteur, heute: NaiveDate) -> Ergebnis<Vec<Befund>> {
    let p = Pruefstand::laden(c, n.clone(), heute)?;
    if n.art == Nachweisart::Zwischennachweis {
        return Ok(p.offen);
    }
    let b = match p.rechnung(&akteur.person, heute) {
        Ok(b) => b,
        Err(befunde) => return Ok(befunde),
    };
    let geld = aenderungsantrag::geld_des_falls(c, &p.antrag)?;
    Ok(schlussregelung(&fakten(c, &p, &geld, &b, heute)?).map_or_else(|befunde| befunde, |(_, befunde)| befunde))
}

/// Takes note of a Zwischennachweis.
///
/// # Errors
/// State, version; findings that are not settled.
pub fn zur_kenntnis_nehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
) -> Ergebnis<Versioniert<Verwendungsnachweis>> {
    let alt = verwendungsnachweis::lesen(tx.c, sicht, id)?;
    pruefe_version(&alt, version)?;
    let e = alt.wert.zur_kenntnis_nehmen(&tx.akteur, tx.heute())?;
    let heute = tx.heute();
    let offen = Pruefstand::laden(tx.c, alt.wert.clone(), heute)?.offen;
    if !offen.is_empty() {
        return Err(offen.into());
    }
    Ok(vollziehe(tx, KENNTNISNAHME, Some(&alt), e)?)
}

/// Locks the budget of a case, so that acts about its money queue.
///
/// # Errors
/// The database's.
pub fn sperre(tx: &mut Tx<'_>, jahrgang: i32, kreisschluessel: &str) -> Ergebnis<()> {
    Ok(konto::sperre(tx, &konto::Auswahl { jahrgang, kreisschluessel: kreisschluessel.to_owned() })?)
}
