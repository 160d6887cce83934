//! Reports about participants: counted from the records of the whole Jahrgang, and shown as far as nobody is recognised.

use super::Berichtsauswahl;
use crate::app::antrag::grundlage;
use crate::app::jahrgang;
use crate::fehler::Ergebnis;
use aqb_domain::antrag::AntragStatus;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::gebietskoerperschaft::stichtag;
use aqb_domain::katalog::Massnahmeart;
use aqb_domain::sachbericht::Zielmeldung;
use aqb_domain::teilnahme::{Kennzahl, Kleinzahlschutz, Teilnahme, Zaehlmassnahme, Zaehlung, meldung_offen};
use aqb_domain::verwendungsnachweis::{Verwendungsnachweis, geltende_sachberichte};
use aqb_domain::zielvereinbarung::{Ziel, Zielvereinbarung, ZielvereinbarungStatus};
use aqb_persistence::antrag::{Massnahmenfilter, Massnahmenzeile, massnahmenliste};
use aqb_persistence::teilnahme::{self as db, loeschnachweis};
use aqb_persistence::tresor::Tresor;
use aqb_persistence::{DbConn, gebietskoerperschaft, sachbericht, verwendungsnachweis, zielvereinbarung};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The counts of a Jahrgang, and what is needed to show them.
pub struct Teilnehmende {
    /// Counts, with everything withheld that must be.
    pub schutz: Kleinzahlschutz,
    /// Smallest count that is shown; none for a county that reads its own.
    pub schwelle: Option<i64>,
    /// Granted measures by id, as the caller may see them.
    pub massnahmen: HashMap<Uuid, Massnahmenzeile>,
    /// Names of Gebietskoerperschaften.
    pub namen: BTreeMap<String, String>,
}

/// Counts by measure: of those whose data are there, and of those whose data were erased.
fn gezaehlt(
    c: &mut DbConn,
    tresor: &Tresor,
    sicht: &Sicht,
    jahr: i32,
    massnahmen: &HashMap<Uuid, Massnahmenzeile>,
) -> Ergebnis<Vec<Zaehlmassnahme>> {
    let mut je: BTreeMap<Uuid, Vec<Teilnahme>> = BTreeMap::new();
    for t in db::des_jahrgangs(c, tresor, sicht, jahr)? {
        je.entry(t.kopf.massnahme_id).or_default().push(t);
    }
    let mut zaehlungen: BTreeMap<Uuid, Zaehlmassnahme> = BTreeMap::new();
    for m in massnahmen.values().filter(|m| m.massnahme.inhalt.details.teilnahmeplan().is_some()) {
        let z = Zaehlmassnahme {
            massnahme_id: m.massnahme.id,
            kreisschluessel: m.kreisschluessel.clone(),
            massnahmeart: m.massnahme.massnahmeart(),
            zaehlung: Zaehlung::default(),
        };
        zaehlungen.insert(z.massnahme_id, z);
    }
    for (id, alle) in &je {
        let Some(k) = alle.first().map(|t| &t.kopf) else { continue };
        // a change of the grant may have dropped the measure; its people were there all the same
        let z = zaehlungen.entry(*id).or_insert_with(|| Zaehlmassnahme {
            massnahme_id: *id,
            kreisschluessel: k.kreisschluessel.clone(),
            massnahmeart: k.massnahmeart,
            zaehlung: Zaehlung::default(),
        });
        z.zaehlung = Zaehlung::aus(alle, None);
    }
    let ids: Vec<Uuid> = zaehlungen.keys().copied().collect();
    for (id, jahre) in loeschnachweis::gezaehlt(c, tresor, &ids)? {
        if let Some(z) = zaehlungen.get_mut(&id) {
            jahre.values().for_each(|j| z.zaehlung.plus(j));
        }
    }
    Ok(zaehlungen.into_values().collect())
}

/// Everything that can be counted in a Jahrgang. A county reads its own counts as they are; for all others they are
/// protected, over all counties at once, whatever the request asks for.
///
/// # Errors
/// 404 without the Jahrgang, `PARAMETER_FEHLT`.
pub fn teilnehmende(c: &mut DbConn, tresor: &Tresor, sicht: &Sicht, jahr: i32) -> Ergebnis<Teilnehmende> {
    jahrgang::lesen(c, jahr)?;
    let f = Massnahmenfilter { jahrgang: Some(jahr), ..Massnahmenfilter::default() };
    let gewaehrt = |m: &Massnahmenzeile| matches!(m.status, AntragStatus::Bewilligt | AntragStatus::Teilbewilligt);
    let massnahmen: HashMap<Uuid, Massnahmenzeile> = massnahmenliste(c, sicht, &f, None, i64::MAX)?
        .into_iter()
        .filter(gewaehrt)
        .map(|m| (m.massnahme.id, m))
        .collect();
    let zaehlungen = gezaehlt(c, tresor, sicht, jahr, &massnahmen)?;
    let (schutz, schwelle) = if let Sicht::Alles = sicht {
        let (_, r) = grundlage(c, jahr, None)?;
        let n = r.ganzzahl("kleinzahl_schwelle", stichtag(jahr))?;
        (Kleinzahlschutz::neu(zaehlungen, n), Some(n))
    } else {
        (Kleinzahlschutz::ohne(zaehlungen), None)
    };
    let kreise = gebietskoerperschaft::liste(c, Some(stichtag(jahr)), None, i64::MAX)?;
    let namen = kreise.into_iter().map(|g| (g.wert.kreisschluessel, g.wert.name)).collect();
    Ok(Teilnehmende { schutz, schwelle, massnahmen, namen })
}

impl Teilnehmende {
    /// Measures of the selection, in the order of counties, kinds and measures.
    pub fn auswahl(&self, a: &Berichtsauswahl) -> Vec<&Zaehlmassnahme> {
        let mut alle: Vec<&Zaehlmassnahme> = self.schutz.massnahmen().iter().filter(|m| a.meint(m)).collect();
        alle.sort_by_key(|m| {
            let nr = self.massnahmen.get(&m.massnahme_id).map(|z| z.massnahme.massnahme_nr.clone());
            (m.kreisschluessel.clone(), nr, m.massnahme_id)
        });
        alle
    }
}

/// A target of an agreement beside what was reached.
pub struct Zielzeile {
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// The target.
    pub ziel: Ziel,
    /// Places of granted measures of this kind for this target group.
    pub plaetze_bewilligt: i64,
    /// Entries of this kind and target group; none where the count is withheld.
    pub teilnehmende: Option<i64>,
    /// All entries of this kind; none where the count is withheld.
    pub eintritte: Option<i64>,
    /// Transitions of this kind into training, employment and school; none where a count is withheld.
    pub uebergaenge: [Option<i64>; 3],
    /// What the filed Sachberichte say.
    pub gemeldet: Zielmeldung,
    /// The caller may know the value of `gemeldet`.
    pub offen: bool,
}

/// What the filed Sachberichte of a Jahrgang say, by county and place of the target.
type Meldungen = BTreeMap<(String, i32), Zielmeldung>;

fn meldungen(c: &mut DbConn, sicht: &Sicht, a: &Berichtsauswahl) -> Ergebnis<Meldungen> {
    let f = verwendungsnachweis::Filter {
        jahrgang: Some(a.jahrgang),
        kreisschluessel: a.kreisschluessel.clone(),
        ..verwendungsnachweis::Filter::default()
    };
    let nachweise: Vec<Verwendungsnachweis> =
        verwendungsnachweis::liste(c, sicht, &f, None, i64::MAX)?.into_iter().map(|n| n.wert).collect();
    let kreise: BTreeMap<Uuid, &str> = nachweise.iter().map(|n| (n.kette_id, n.kreisschluessel.as_str())).collect();
    let mut je = Meldungen::new();
    for (massnahme, (kette, nr)) in geltende_sachberichte(&nachweise) {
        let Some(s) = sachbericht::fassung(c, kette, massnahme, nr)? else { continue };
        let kreis = kreise.get(&kette).copied().unwrap_or_default();
        for angabe in &s.inhalt.zielerreichung {
            je.entry((kreis.to_owned(), angabe.ziel_nr)).or_default().dazu(angabe);
        }
    }
    Ok(je)
}

/// Targets of the agreements in force, or in force to the end of the Jahrgang, against what was reached. Who reads the Sachberichte themselves reads what they say
/// of every target.
///
/// # Errors
/// As [`teilnehmende`].
pub fn zielerreichung(
    c: &mut DbConn,
    tresor: &Tresor,
    (sicht, liest_sachberichte): (&Sicht, bool),
    a: &Berichtsauswahl,
) -> Ergebnis<(Teilnehmende, Vec<Zielzeile>)> {
    let t = teilnehmende(c, tresor, sicht, a.jahrgang)?;
    let f = zielvereinbarung::Filter {
        jahrgang: Some(a.jahrgang),
        kreisschluessel: a.kreisschluessel.clone(),
        ..zielvereinbarung::Filter::default()
    };
    // an agreement runs out with its Jahrgang, its targets do not
    let gilt = |z: &Zielvereinbarung| {
        matches!(z.status, ZielvereinbarungStatus::Geschlossen | ZielvereinbarungStatus::Ausgelaufen)
    };
    let mut vereinbarungen: Vec<_> =
        zielvereinbarung::liste(c, sicht, &f, None, i64::MAX)?.into_iter().map(|z| z.wert).filter(gilt).collect();
    vereinbarungen.sort_by(|x, y| x.kreisschluessel.cmp(&y.kreisschluessel));
    let gemeldet = meldungen(c, sicht, a)?;
    let mut zeilen = Vec::new();
    for v in vereinbarungen {
        for (ziel, nr) in v.inhalt.ziele.into_iter().zip(1..) {
            if a.massnahmeart.is_none_or(|m| m == ziel.massnahmeart) {
                let mut z = zeile(&t, &v.kreisschluessel, ziel);
                z.gemeldet = gemeldet.get(&(v.kreisschluessel.clone(), nr)).copied().unwrap_or_default();
                z.offen = liest_sachberichte || z.verraet_niemanden(t.schwelle);
                zeilen.push(z);
            }
        }
    }
    Ok((t, zeilen))
}

fn zeile(t: &Teilnehmende, kreis: &str, ziel: Ziel) -> Zielzeile {
    let dazu = |m: &Zaehlmassnahme| m.kreisschluessel == kreis && m.massnahmeart == ziel.massnahmeart;
    let plaetze = |m: &Massnahmenzeile| {
        let plan = m.massnahme.inhalt.details.teilnahmeplan().filter(|_| m.kreisschluessel == kreis)?;
        let gemeint = m.massnahme.massnahmeart() == ziel.massnahmeart;
        (gemeint && plan.zielgruppen.iter().any(|z| z.0 == ziel.zielgruppe)).then_some(i64::from(plan.plaetze))
    };
    let kennzahlen = t.schutz.zeilen(&dazu);
    let gesamt = |k: Kennzahl| kennzahlen.iter().find(|z| z.merkmal == k).and_then(|z| z.gesamt);
    Zielzeile {
        kreisschluessel: kreis.to_owned(),
        plaetze_bewilligt: t.massnahmen.values().filter_map(plaetze).sum(),
        teilnehmende: t.schutz.zielgruppe(&ziel.zielgruppe, &dazu),
        eintritte: gesamt(Kennzahl::Eintritte),
        uebergaenge: [Kennzahl::UebergangAusbildung, Kennzahl::UebergangSvBeschaeftigung, Kennzahl::UebergangSchule]
            .map(gesamt),
        gemeldet: Zielmeldung::default(),
        offen: false,
        ziel,
    }
}

impl Zielzeile {
    /// The reported value tells nothing of single persons.
    fn verraet_niemanden(&self, schwelle: Option<i64>) -> bool {
        let [a, b, c] = self.uebergaenge;
        schwelle.is_none_or(|n| meldung_offen(self.gemeldet.istwert, &[self.teilnehmende, self.eintritte, a, b, c], n))
    }
}

impl Berichtsauswahl {
    /// The measure belongs to the selection.
    pub fn meint(&self, m: &Zaehlmassnahme) -> bool {
        self.kreisschluessel.as_ref().is_none_or(|k| *k == m.kreisschluessel)
            && self.massnahmeart.is_none_or(|a: Massnahmeart| a == m.massnahmeart)
    }
}
