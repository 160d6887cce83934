//! What the sources say, put side by side.

use super::fall::Nachweisfall;
use super::{
    Belegzahlen, Forderungszahlen, Nachweisabgleichzeile, Nachweisbuch, Nachweisstelle, Nachweisvergleich,
    Nachweiszahlen, Schlusszahlen, Vergleichspaar,
};
use crate::berechtigung::Sicht;
use crate::bericht::Buchsalden;
use crate::bescheid::{Bescheid, geltend};
use crate::forderung::{Forderung, Forderungsart};
use crate::geld::{Euro, GeldFehler};
use crate::konto::Kontoart;
use crate::schlussrechnung::{Berechnung, Rechnungsabzugsgrund};
use crate::verwendungsnachweis::Verwendungsnachweis;
use crate::weiterleitung::Weiterleitung;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Belege of one measure in one chain of proofs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kettenbelege {
    /// The chain.
    pub kette_id: Uuid,
    /// The measure.
    pub massnahme_id: Uuid,
    /// Their sums.
    pub zahlen: Belegzahlen,
}

/// What is compared. Drafts of Bescheide among it never count.
#[derive(Debug, Clone, Copy)]
pub struct Nachweisabgleichquellen<'a> {
    /// Bescheide of the cases.
    pub bescheide: &'a [Bescheid],
    /// Balances by measure.
    pub buch: &'a Buchsalden,
    /// Weiterleitungen of the cases.
    pub weiterleitungen: &'a [Weiterleitung],
    /// Current proofs of the cases.
    pub nachweise: &'a [Verwendungsnachweis],
    /// Belege of the chains of these proofs.
    pub belege: &'a [Kettenbelege],
    /// The calculations on which their Schlussbescheide rest.
    pub berechnungen: &'a [Berechnung],
    /// Claims of the cases.
    pub forderungen: &'a [Forderung],
    /// What the caller sees: the authority's decisions about Belege are its own while it examines.
    pub sicht: &'a Sicht,
}

/// One application.
#[derive(Default)]
struct Fall<'a> {
    bescheide: Vec<&'a Bescheid>,
    nachweise: Nachweisfall<'a>,
}

impl<'a> Fall<'a> {
    fn geltend(&self) -> Option<&'a Bescheid> {
        geltend(self.bescheide.iter().copied())
    }

    /// The last Schlussbescheid that was issued, in force or taken back since.
    fn schlussbescheid(&self) -> Option<&'a Bescheid> {
        let schluss = |b: &&&Bescheid| b.erlassen() && b.inhalt.schluss.is_some();
        self.bescheide.iter().filter(schluss).max_by_key(|b| b.inhalt.kettenglied).copied()
    }

    /// A decision moved money between the accounts of a measure.
    fn geregelt(&self) -> bool {
        self.bescheide.iter().any(|b| b.erlassen() && b.inhalt.regelungsposten().is_some())
    }
}

/// One measure as it is collected.
#[derive(Default)]
struct Sammlung<'a> {
    antrag_id: Option<Uuid>,
    buch: Vec<(i32, Kontoart, Euro)>,
    weitergeleitet: Euro,
    forderungen: Vec<&'a Forderung>,
}

/// Puts the sources side by side, measure by measure in order of county and measure; a measure that only one of them knows
/// is there too. Measures without any money are not, nor is money that names no measure (see [`super::super::abgleich()`]).
///
/// # Errors
/// [`GeldFehler::Bereich`] when a sum cannot be represented.
pub fn nachweisabgleich(q: &Nachweisabgleichquellen<'_>) -> Result<Vec<Nachweisabgleichzeile>, GeldFehler> {
    let mut faelle = BTreeMap::<Uuid, Fall<'_>>::new();
    let mut je = BTreeMap::<Nachweisstelle, Sammlung<'_>>::new();
    let stelle = |kreis: &str, massnahme_id| Nachweisstelle { kreisschluessel: kreis.to_owned(), massnahme_id };
    for b in q.bescheide {
        faelle.entry(b.inhalt.antrag_id).or_default().bescheide.push(b);
    }
    for b in faelle.values().filter_map(Fall::geltend) {
        for p in &b.inhalt.positionen {
            je.entry(stelle(&b.inhalt.kreisschluessel, p.massnahme_id)).or_default().antrag_id =
                Some(b.inhalt.antrag_id);
        }
    }
    for (s, art, saldo) in q.buch {
        if let Some(m) = s.massnahme_id {
            je.entry(stelle(&s.kreisschluessel, m)).or_default().buch.push((s.haushaltsjahr, *art, *saldo));
        }
    }
    for w in q.weiterleitungen {
        let s = je.entry(stelle(&w.kreisschluessel, w.inhalt.massnahme_id)).or_default();
        let stand = w.stand()?;
        s.antrag_id = Some(w.antrag_id);
        s.weitergeleitet = s.weitergeleitet.plus(stand.ausgezahlt)?.minus(stand.zurueckgezahlt)?;
    }
    for n in q.nachweise {
        faelle.entry(n.antrag_id).or_default().nachweise.nimm(n);
        for e in n.einreichungen.last().iter().flat_map(|e| &e.inhalt.grundlage.massnahmen) {
            je.entry(stelle(&n.kreisschluessel, e.massnahme_id)).or_default().antrag_id = Some(n.antrag_id);
        }
        for b in q.belege.iter().filter(|b| b.kette_id == n.kette_id) {
            je.entry(stelle(&n.kreisschluessel, b.massnahme_id)).or_default().antrag_id = Some(n.antrag_id);
        }
    }
    for f in q.forderungen.iter().filter(|f| f.art == Forderungsart::Erstattung) {
        for p in &f.posten {
            let s = je.entry(stelle(&f.kreisschluessel, p.massnahme_id)).or_default();
            s.antrag_id = Some(f.antrag_id);
            if s.forderungen.last().is_none_or(|l| l.id != f.id) {
                s.forderungen.push(f);
            }
        }
    }
    let mut zeilen = Vec::with_capacity(je.len());
    let keiner = Fall::default();
    for (stelle, s) in je {
        let fall = s.antrag_id.and_then(|a| faelle.get(&a)).unwrap_or(&keiner);
        let zahlen = q.zahlen(stelle.massnahme_id, fall, &s)?;
        let leer = zahlen.abweichungen().next().is_none() && zahlen.ohne_geld();
        if !leer {
            let b = fall.geltend();
            let position = b.iter().flat_map(|b| &b.inhalt.positionen).find(|p| p.massnahme_id == stelle.massnahme_id);
            zeilen.push(Nachweisabgleichzeile {
                antrag_id: s.antrag_id,
                massnahme_nr: position.map(|p| p.massnahme_nr.clone()),
                bescheid_id: b.map(|b| b.id),
                lage: fall.nachweise.lage(),
                nachweise: fall.nachweise.ids(),
                stelle,
                zahlen,
            });
        }
    }
    Ok(zeilen)
}

impl Nachweisabgleichquellen<'_> {
    fn zahlen(&self, m: Uuid, fall: &Fall<'_>, s: &Sammlung<'_>) -> Result<Nachweiszahlen, GeldFehler> {
        let positionen = fall.geltend().into_iter().flat_map(|b| &b.inhalt.positionen);
        let bewilligt = Euro::summe(positionen.filter(|p| p.massnahme_id == m).map(|p| p.bewilligt))?;
        let salden = |jahr: &dyn Fn(i32) -> bool| -> Vec<(Kontoart, Euro)> {
            s.buch.iter().filter(|(j, ..)| jahr(*j)).map(|(_, art, saldo)| (*art, *saldo)).collect()
        };
        let ketten = fall.nachweise.ketten();
        let mut z = Nachweiszahlen {
            bewilligt,
            buch: Nachweisbuch::aus(&salden(&|_| true))?,
            weitergeleitet: s.weitergeleitet,
            belege: self.belege(m, |k| ketten.contains(&k))?,
            verdeckt: fall.nachweise.verdeckt(self.sicht),
            angaben: fall.nachweise.angaben(m)?,
            schluss: self.schluss(m, fall)?,
            forderungen: forderungen(m, &s.forderungen)?,
            vergleiche: BTreeMap::new(),
        };
        if let Some(a) = z.angaben {
            let gezahlt = Nachweisbuch::aus(&salden(&|j| fall.nachweise.umfasst(j)))?.ausgezahlt;
            z.vergleiche.insert(Nachweisvergleich::Landesmittel, paar(a.landesmittel, gezahlt));
        }
        self.vergleiche(m, fall, &mut z)?;
        Ok(z)
    }

    fn belege(&self, m: Uuid, kette: impl Fn(Uuid) -> bool) -> Result<Belegzahlen, GeldFehler> {
        let hier = self.belege.iter().filter(|b| b.massnahme_id == m && kette(b.kette_id));
        hier.map(|b| b.zahlen).try_fold(Belegzahlen::default(), Belegzahlen::plus)
    }

    fn schluss(&self, m: Uuid, fall: &Fall<'_>) -> Result<Option<Schlusszahlen>, GeldFehler> {
        let Some(regelung) = fall.schlussbescheid().and_then(|b| b.inhalt.schluss.as_ref()) else { return Ok(None) };
        let Some(r) = self.berechnungen.iter().find(|r| r.id == regelung.berechnung_id) else { return Ok(None) };
        let ergebnis = r.ergebnis.massnahmen.iter().find(|e| e.massnahme_id == m);
        let ansaetze = r.grundlage.massnahmen.iter().filter(|g| g.massnahme_id == m).flat_map(|g| &g.ansaetze);
        let abzuege: Vec<_> = ansaetze.flat_map(|a| &a.abzuege).collect();
        let abzug =
            |grund| Euro::summe(abzuege.iter().filter(|a| a.grund == grund).map(|a| a.betrag).collect::<Vec<_>>());
        let posten = regelung.posten.iter().filter(|p| p.massnahme_id == m);
        Ok(Some(Schlusszahlen {
            nachgewiesen: ergebnis.map(|e| e.nachgewiesen).unwrap_or_default(),
            belegabzug: abzug(Rechnungsabzugsgrund::Beleg)?,
            feststellungsabzug: abzug(Rechnungsabzugsgrund::Feststellung)?,
            anerkannt: ergebnis.map(|e| e.anerkannt).unwrap_or_default(),
            endgueltig: ergebnis.map(|e| e.endgueltig).unwrap_or_default(),
            erstattung: Euro::summe(posten.map(|p| p.erstattung()).collect::<Result<Vec<_>, _>>()?)?,
        }))
    }

    /// The pairs both sides of which are there.
    fn vergleiche(&self, m: Uuid, fall: &Fall<'_>, z: &mut Nachweiszahlen) -> Result<(), GeldFehler> {
        use Nachweisvergleich as V;
        let mut setze = |v, erste, zweite| {
            z.vergleiche.insert(v, paar(erste, zweite));
        };
        let verglichen = fall.nachweise.verglichene_ketten();
        let belege = verglichen.map(|ketten| self.belege(m, |k| ketten.contains(&k))).transpose()?;
        if let Some((angaben, belege)) = z.angaben.zip(belege) {
            setze(V::BelegeNachweis, belege.beantragt, angaben.zuwendungsfaehig);
        }
        if let Some((uebernommen, gezeigt)) = fall.nachweise.uebernahme(m)? {
            setze(V::Uebernahme, uebernommen, gezeigt);
        }
        if let Some(s) = z.schluss {
            if let Some(angaben) = z.angaben {
                setze(V::NachweisSchlussrechnung, angaben.zuwendungsfaehig, s.nachgewiesen);
            }
            if let Some(belege) = belege.filter(|_| !z.verdeckt) {
                setze(V::BelegeSchlussrechnung, belege.entschieden.anerkannt, s.nachgewiesen.minus(s.belegabzug)?);
            }
            if fall.geltend().is_some_and(|b| b.inhalt.schluss.is_some()) {
                setze(V::SchlussrechnungBescheid, s.endgueltig, z.bewilligt);
            }
        }
        if fall.schlussbescheid().is_some() {
            setze(V::Verbleib, z.buch.verbleib()?, z.bewilligt);
            setze(V::Anerkennung, z.buch.anerkannt, z.bewilligt);
        }
        // a decision takes what lies with a Traeger to other accounts; the Weiterleitung goes on
        let unterwegs = z.weitergeleitet != Euro::NULL || z.buch.weitergeleitet != Euro::NULL;
        if unterwegs && !fall.geregelt() {
            setze(V::Weiterleitung, z.weitergeleitet, z.buch.weitergeleitet);
        }
        let (f, gefordert) = (z.forderungen, z.buch.rueckgefordert.plus(z.buch.erstattet)?);
        if f.gefordert != Euro::NULL || gefordert != Euro::NULL {
            setze(V::Forderung, f.gefordert, gefordert);
            setze(V::Erstattung, f.gezahlt, z.buch.erstattet);
        }
        Ok(())
    }
}

fn paar(erste: Euro, zweite: Euro) -> Vergleichspaar {
    Vergleichspaar { erste, zweite }
}

fn forderungen(m: Uuid, alle: &[&Forderung]) -> Result<Forderungszahlen, GeldFehler> {
    let posten = alle.iter().flat_map(|f| &f.posten).filter(|p| p.massnahme_id == m);
    let teile = alle.iter().flat_map(|f| f.gezahlt()).flat_map(|t| &t.teile).filter(|t| t.massnahme_id == m);
    Ok(Forderungszahlen {
        gefordert: Euro::summe(posten.map(|p| p.betrag))?,
        gezahlt: Euro::summe(teile.map(|t| t.betrag))?,
    })
}
