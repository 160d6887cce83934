//! Results: matched by name, booked one by one, all in one transaction.
//!
//! A person's results are all right or none is booked. Of a file, what fits is booked, and every other line says why it
//! was not; the file is kept with the outcome of each line, so nothing is dropped and nothing read twice.

use super::{budgets, des_laufs, lauf_lesen, sha256, sperre};
use crate::app::budget::ungedeckt;
use crate::app::{pruefe_version, vorhanden};
use crate::fehler::{Ergebnis, Fehler};
use crate::zahlungsdatei::pruefe_umfang;
use aqb_domain::akt::Urteil;
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::bestaetigung::bestaetige;
use aqb_domain::mittelabruf::{Geldbewegung, Mittelabruf};
use aqb_domain::regel::DATEI_SCHON_EINGELESEN;
use aqb_domain::zahlung::{
    Abgleichgrund, Bankmeldung, Bezug, Einwand, Meldelage, Meldungsergebnis, RUECKMELDUNG, Rueckmeldeformat, Wirkung,
    Zahlung, Zahlungslauf, Zahlungslaufrueckmeldung, Zahlungsrueckmeldung, Zweifel,
};
use aqb_persistence::typen::Kennung;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::zahlung::{self as db, lauf, rueckmeldung};
use aqb_persistence::{DbConn, Tx, mittelabruf};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A file that was read in.
///
/// # Errors
/// 404.
pub fn rueckmeldung_lesen(c: &mut DbConn, id: Uuid) -> Ergebnis<Versioniert<Zahlungsrueckmeldung>> {
    vorhanden(rueckmeldung::laden(c, Kennung(id))?)
}

/// A payment before and after the results booked so far.
struct Stand {
    alt: Versioniert<Zahlung>,
    neu: Zahlung,
}

/// Payments by name and the runs they belong to, while results are booked.
struct Verbuchung {
    staende: BTreeMap<String, Stand>,
    laeufe: BTreeMap<Uuid, Versioniert<Zahlungslauf>>,
    heute: NaiveDate,
    person: String,
    rueckmeldung_id: Option<Uuid>,
}

impl Verbuchung {
    /// `rueckmeldung_id` names the file the results come in; none by hand.
    fn neu(tx: &mut Tx<'_>, zahlungen: Vec<Versioniert<Zahlung>>, rueckmeldung_id: Option<Uuid>) -> Ergebnis<Self> {
        let mut laeufe = BTreeMap::new();
        for id in zahlungen.iter().map(|z| z.wert.zahlungslauf_id).collect::<BTreeSet<_>>() {
            laeufe.insert(id, lauf_lesen(tx.c, id)?);
        }
        let stand = |alt: Versioniert<Zahlung>| (alt.wert.end_to_end_id.clone(), Stand { neu: alt.wert.clone(), alt });
        let staende = zahlungen.into_iter().map(stand).collect();
        Ok(Verbuchung { staende, laeufe, heute: tx.heute(), person: tx.akteur.person.clone(), rueckmeldung_id })
    }

    /// The warning that the same is booked already.
    fn wiederholt(&self, m: &Bankmeldung) -> Option<Einwand> {
        self.staende.get(&name(m)?)?.neu.wiederholt(m)
    }

    /// Books one result, where it fits its payment.
    fn melde(&mut self, tx: &mut Tx<'_>, m: &Bankmeldung) -> Ergebnis<Result<(), Einwand>> {
        let name = match &m.bezug {
            Bezug::Zahlung(n) | Bezug::Lauf(n) => n.as_str(),
            Bezug::Keiner => "–",
        };
        let Some(stand) = self.staende.get_mut(name) else {
            let mit = |b: Befund| b.gemessen("zahlung", name, Einheit::Code);
            let grund =
                if m.ergebnis.is_none() { Abgleichgrund::Zwischenstand } else { Abgleichgrund::ZahlungUnbekannt };
            return Ok(Err(Einwand::neu(grund, mit)));
        };
        let lauf = self.laeufe.get(&stand.neu.zahlungslauf_id);
        let lage = Meldelage {
            konto: lauf.and_then(|l| l.wert.auftraggeber.as_ref()).map(|k| k.iban.as_str()),
            freigegeben_am: lauf.and_then(|l| l.wert.freigabetag()),
            heute: self.heute,
            person: &self.person,
            rueckmeldung_id: self.rueckmeldung_id,
        };
        let (neu, wirkung) = match stand.neu.melde(m, lage) {
            Ok(w) => w,
            Err(e) => return Ok(Err(e)),
        };
        if let Err(e) = bewirke(tx, &neu, wirkung)? {
            return Ok(Err(e));
        }
        stand.neu = neu;
        Ok(Ok(()))
    }

    /// Commits what the results made of the payments, and closes runs that wait for nothing any more. `jedenfalls` is
    /// the run a person acts on, with the warnings that person confirmed: its version moves on in any case.
    fn abschliessen(self, tx: &mut Tx<'_>, jedenfalls: Option<(Uuid, Vec<Befund>)>) -> Ergebnis<()> {
        let (jedenfalls, mut bestaetigt) = jedenfalls.map_or((None, Vec::new()), |(id, b)| (Some(id), b));
        let mut beruehrt: BTreeSet<Uuid> = jedenfalls.into_iter().collect();
        for Stand { alt, neu } in self.staende.into_values() {
            if neu != alt.wert {
                beruehrt.insert(neu.zahlungslauf_id);
                let e = neu.nach_meldung(&alt.wert);
                vollziehe(tx, RUECKMELDUNG, Some(&alt), e)?;
            }
        }
        for id in beruehrt {
            let Some(alt) = self.laeufe.get(&id) else { continue };
            let e = alt.wert.nach_rueckmeldung(!db::offene_im_lauf(tx.c, id)?);
            if e.zustand != alt.wert || jedenfalls == Some(id) {
                let befunde = if jedenfalls == Some(id) { std::mem::take(&mut bestaetigt) } else { Vec::new() };
                vollziehe(tx, RUECKMELDUNG, Some(alt), e.befunde(befunde))?;
            }
        }
        Ok(())
    }
}

/// What a result means for the call: the value date makes it paid, a return makes it payable again.
fn bewirke(tx: &mut Tx<'_>, z: &Zahlung, wirkung: Wirkung) -> Ergebnis<Result<(), Einwand>> {
    let (w, betrag) = match wirkung {
        Wirkung::Keine => return Ok(Ok(())),
        Wirkung::Auszahlung(w) => (w, w.betrag),
        Wirkung::Rueckgabe(w) => (w, w.betrag.negativ()),
    };
    let alt = vorhanden(mittelabruf::laden(tx.c, Kennung(z.auftrag.mittelabruf_id))?)?;
    let g = Geldbewegung { zahlung_id: z.id, wertstellung_am: w.am, betrag };
    let urteil: Urteil<Mittelabruf> =
        if betrag.ist_negativ() { alt.wert.zurueckgekommen(&g) } else { alt.wert.gutgeschrieben(&g) };
    let e = match urteil {
        Ok(e) => e,
        Err(befunde) => {
            // the call was changed beside its payment; the finding of its own rule says how
            let grund = Abgleichgrund::BetragAbweichend;
            return Ok(Err(befunde
                .into_iter()
                .next()
                .map_or_else(|| Einwand::neu(grund, |b| b), |befund| Einwand { grund, befund })));
        }
    };
    if !ungedeckt(tx.c, &e.buchungen)?.is_empty() {
        let mit = |b: Befund| b.gemessen("zahlung", &z.end_to_end_id, Einheit::Code);
        return Ok(Err(Einwand::neu(Abgleichgrund::NichtGedeckt, mit)));
    }
    vollziehe(tx, RUECKMELDUNG, Some(&alt), e)?;
    Ok(Ok(()))
}

/// Records results of a run by hand: all of them, or none.
///
/// # Errors
/// 404, 412, state, a finding for each result that does not fit, an unconfirmed warning.
pub fn rueckmelden(
    tx: &mut Tx<'_>,
    (id, version): (Uuid, Option<i64>),
    eingabe: &Zahlungslaufrueckmeldung,
) -> Ergebnis<Versioniert<Zahlungslauf>> {
    let alt = lauf_lesen(tx.c, id)?;
    pruefe_version(&alt, version)?;
    alt.wert.pruefe_rueckmeldung(&tx.akteur)?;
    let vorab = des_laufs(tx.c, id)?;
    sperre(tx, budgets(vorab.iter().map(|z| &z.wert)))?;
    let zahlungen = des_laufs(tx.c, id)?;
    let mut v = Verbuchung::neu(tx, zahlungen, None)?;
    let mut befunde = Vec::new();
    for (i, e) in eingabe.ergebnisse.iter().enumerate() {
        let ort = format!("/ergebnisse/{i}");
        if let Some(b) = e.pruefe() {
            befunde.push(b.ort(format!("{ort}/grund")));
            continue;
        }
        let m = Bankmeldung::from(e);
        befunde.extend(v.wiederholt(&m).map(|w| w.befund.ort(&ort)));
        match v.melde(tx, &m)? {
            Err(einwand) => befunde.push(einwand.befund.ort(ort)),
            // who enters the result of a payment has looked at what was doubtful about it
            Ok(()) => {
                if let Some(s) = v.staende.get_mut(&e.end_to_end_id) {
                    s.neu.ohne_zweifel();
                }
            }
        }
    }
    let bestaetigt = bestaetige(befunde, &eingabe.bestaetigte_warnungen)?;
    v.abschliessen(tx, Some((id, bestaetigt)))?;
    lauf_lesen(tx.c, id)
}

/// A file with results: its format, its bytes' hash and size, what its lines say.
pub struct Einlesung {
    /// Format.
    pub format: Rueckmeldeformat,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Size in bytes.
    pub groesse: i64,
    /// The lines.
    pub meldungen: Vec<Bankmeldung>,
}

impl Einlesung {
    /// The file `roh` with its lines.
    pub fn neu(format: Rueckmeldeformat, roh: &[u8], meldungen: Vec<Bankmeldung>) -> Self {
        let groesse = i64::try_from(roh.len()).unwrap_or(i64::MAX);
        Einlesung { format, sha256: sha256(roh), groesse, meldungen }
    }
}

/// Reads a file in: books what fits and keeps what became of every line.
///
/// # Errors
/// `DATEI_SCHON_EINGELESEN`, `DATEI_UMFANG`.
pub fn einlesen(tx: &mut Tx<'_>, id: Uuid, e: &Einlesung) -> Ergebnis<Versioniert<Zahlungsrueckmeldung>> {
    if let Some(b) = schon_eingelesen(tx.c, &e.sha256)? {
        return Err(b.into());
    }
    let meldungen = einzeln(tx.c, &e.meldungen)?;
    let namen: Vec<String> = meldungen.iter().filter_map(name).collect::<BTreeSet<_>>().into_iter().collect();
    let vorab = db::mit_namen(tx.c, &namen)?;
    sperre(tx, budgets(vorab.iter().map(|z| &z.wert)))?;
    let zahlungen = db::mit_namen(tx.c, &namen)?;
    let mut v = Verbuchung::neu(tx, zahlungen, Some(id))?;
    let mut ergebnisse = Vec::with_capacity(meldungen.len());
    for (m, nr) in meldungen.iter().zip(1i32..) {
        let einwand = match v.wiederholt(m) {
            Some(e) => Some(e),
            None => v.melde(tx, m)?.err(),
        };
        let stand = name(m).and_then(|n| v.staende.get_mut(&n));
        let zahlung_id = stand.as_ref().map(|s| s.neu.id);
        let grund = einwand.as_ref().map(|e| e.grund).filter(|g| *g != Abgleichgrund::Zwischenstand);
        if let (Some(grund), Some(s)) = (grund, stand) {
            s.neu.bezweifle(Zweifel { rueckmeldung_id: id, nr, grund });
        }
        ergebnisse.push(Meldungsergebnis::aus(nr, m, zahlung_id, einwand.as_ref()));
    }
    v.abschliessen(tx, None)?;
    let neu = Zahlungsrueckmeldung {
        id,
        format: e.format,
        sha256: e.sha256.clone(),
        groesse: e.groesse,
        eingelesen_von: tx.akteur.person.clone(),
        eingelesen_am: tx.heute(),
        meldungen: ergebnisse,
    };
    vollziehe(tx, "anlage", None, neu.einlesen()).map_err(|f| {
        if f.verletzt("zahlungsrueckmeldung_sha256_eindeutig") {
            // somebody else read the same file in this very moment
            return doppelt(&e.sha256, tx.heute(), id).into();
        }
        Fehler::from(f)
    })
}

fn doppelt(sha256: &str, am: NaiveDate, id: Uuid) -> Befund {
    Befund::neu(&DATEI_SCHON_EINGELESEN)
        .gemessen("sha256", sha256, Einheit::Code)
        .gemessen("am", am, Einheit::Datum)
        .gemessen("rueckmeldung", id, Einheit::Code)
}

fn schon_eingelesen(c: &mut DbConn, sha256: &str) -> Ergebnis<Option<Befund>> {
    let alt = rueckmeldung::mit_sha256(c, sha256)?;
    Ok(alt.map(|r| doppelt(sha256, r.wert.eingelesen_am, r.wert.id)))
}

/// EndToEndId a line names.
fn name(m: &Bankmeldung) -> Option<String> {
    match &m.bezug {
        Bezug::Zahlung(n) => Some(n.clone()),
        Bezug::Lauf(_) | Bezug::Keiner => None,
    }
}

/// A result for a whole run becomes one for each of its payments. The number is asked before the payments are read.
fn einzeln(c: &mut DbConn, meldungen: &[Bankmeldung]) -> Ergebnis<Vec<Bankmeldung>> {
    let mut laeufe = BTreeMap::<&str, Option<Versioniert<Zahlungslauf>>>::new();
    let mut anzahl = 0usize;
    for m in meldungen {
        if let (Bezug::Lauf(kennung), Some(_)) = (&m.bezug, m.ergebnis)
            && !laeufe.contains_key(kennung.as_str())
        {
            laeufe.insert(kennung, lauf::mit_kennung(c, kennung)?);
        }
        let lauf = lauf_von(m, &laeufe);
        let je = lauf.map_or(1, |l| usize::try_from(l.wert.anzahl).unwrap_or(usize::MAX));
        anzahl = anzahl.saturating_add(je);
    }
    pruefe_umfang(anzahl)?;
    let mut aus = Vec::with_capacity(anzahl);
    for m in meldungen {
        match lauf_von(m, &laeufe) {
            None => aus.push(m.clone()),
            Some(l) => {
                for z in des_laufs(c, l.wert.id)? {
                    aus.push(Bankmeldung { bezug: Bezug::Zahlung(z.wert.end_to_end_id), ..m.clone() });
                }
            }
        }
    }
    Ok(aus)
}

/// The run all of whose payments a line is about.
fn lauf_von<'l>(
    m: &Bankmeldung,
    laeufe: &'l BTreeMap<&str, Option<Versioniert<Zahlungslauf>>>,
) -> Option<&'l Versioniert<Zahlungslauf>> {
    match (&m.bezug, m.ergebnis) {
        (Bezug::Lauf(kennung), Some(_)) => laeufe.get(kennung.as_str())?.as_ref(),
        _ => None,
    }
}
