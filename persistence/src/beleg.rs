//! Belege: lines of Beleglisten, what they must be compared with, and their sums.

use crate::ablage::{Roh, aggregat, alle_lesen, lesen, loeschbar};
use crate::ausdruck::summe;
use crate::db::Tx;
use crate::schema::beleg;
use crate::typen::{Dokument, Kennung, code, euro, jahr};
use crate::vollzug::{Versioniert, naechste_nummer};
use crate::{DbConn, DbFehler, DbResult, MultiBackend};
use aqb_domain::beleg::{
    Beleg, Belegart, Belegposten, Belegstelle, Belegsumme, Belegumfeld, Duplikat, Listenhash, Pruefgrund, Splitstand,
    summiere,
};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::bericht::{Belegentscheide, Belegzahlen, Kettenbelege};
use aqb_domain::geld::Euro;
use diesel::dsl::{count_star, max, min};
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Lines that are read at once where a whole list is.
const STAPEL: i64 = 2_000;
/// Chains that are summed at once; SQLite takes a limited number of values in a query.
const KETTEN: usize = 500;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = beleg, treat_none_as_null = true)]
struct Zeile {
    id: Kennung,
    kette_id: Kennung,
    antrag_id: Kennung,
    massnahme_id: Kennung,
    traeger_id: Option<Kennung>,
    kreisschluessel: String,
    haushaltsjahr: i64,
    position: String,
    teilbudget: String,
    art: String,
    lfd_nr: i64,
    nummernschluessel: String,
    zeilenschluessel: String,
    splitschluessel: Option<String>,
    abdruck_nummer: String,
    abdruck_rechnung: String,
    original_sha256: Option<String>,
    zahlbar: i64,
    gezahlt: i64,
    beantragt: i64,
    anerkannt: Option<i64>,
    pruefgrund: Option<String>,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(b: &Beleg) -> DbResult<Self> {
        let zahlbar = b.inhalt.zahlbar().map_err(|e| DbFehler::Inhalt(e.to_string()))?;
        Ok(Zeile {
            id: Kennung(b.id),
            kette_id: Kennung(b.kette_id),
            antrag_id: Kennung(b.antrag_id),
            massnahme_id: Kennung(b.massnahme_id),
            traeger_id: b.traeger_id.map(Kennung),
            kreisschluessel: b.kreisschluessel.clone(),
            haushaltsjahr: i64::from(b.haushaltsjahr),
            position: b.inhalt.position.clone(),
            teilbudget: b.inhalt.teilbudget.clone(),
            art: b.inhalt.art.code().to_owned(),
            lfd_nr: i64::from(b.lfd_nr),
            nummernschluessel: b.nummernschluessel(),
            zeilenschluessel: b.zeilenschluessel(),
            splitschluessel: b.splitschluessel(),
            abdruck_nummer: b.inhalt.fingerabdruck_nummer(),
            abdruck_rechnung: b.inhalt.fingerabdruck_rechnung(),
            original_sha256: b.inhalt.original_sha256.clone(),
            zahlbar: zahlbar.cent(),
            gezahlt: b.inhalt.gezahlter_betrag.cent(),
            beantragt: b.inhalt.beantragt.cent(),
            anerkannt: b.entscheidung.as_ref().map(|e| e.anerkannt.cent()),
            pruefgrund: b.entscheidung.as_ref().map(|e| e.pruefgrund.code().to_owned()),
            inhalt: Dokument::aus(b)?,
        })
    }
}

aggregat!(
    Beleg, "BELEG", beleg, version, id: Kennung = |b| Kennung(b.id),
    schluessel |b| b.id.to_string(), gk |b| Some(&b.kreisschluessel)
);
loeschbar!(Beleg, beleg);

/// A county sees its own; a Traeger what it paid itself, in whatever county.
macro_rules! sichtbare {
    ($q:expr, $sicht:expr) => {
        match $sicht {
            Sicht::Alles => $q,
            Sicht::Gebietskoerperschaft(k) => $q.filter(beleg::kreisschluessel.eq(k.clone())),
            Sicht::Traeger(t) => $q.filter(beleg::traeger_id.eq(Kennung(*t))),
        }
    };
}

/// Loads one of a list that the caller sees.
///
/// # Errors
/// [`DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, kette_id: Uuid, id: Uuid) -> DbResult<Option<Versioniert<Beleg>>> {
    use beleg as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    sichtbare!(q, sicht).first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// What narrows a list of Belege.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Measure.
    pub massnahme_id: Option<Uuid>,
    /// Cost position.
    pub position: Option<String>,
    /// Haushaltsjahr.
    pub haushaltsjahr: Option<i32>,
    /// Kind.
    pub art: Option<Belegart>,
    /// Decided, or not yet.
    pub entschieden: Option<bool>,
    /// Reason of the decision.
    pub pruefgrund: Option<Pruefgrund>,
}

/// Belege of a list that the caller sees in the order of their numbers, after `nach`.
///
/// # Errors
/// [`DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    kette_id: Uuid,
    f: &Filter,
    nach: Option<i64>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Beleg>>> {
    use beleg as t;
    let q = t::table
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    let mut q = sichtbare!(q, sicht);
    if let Some(m) = f.massnahme_id {
        q = q.filter(t::massnahme_id.eq(Kennung(m)));
    }
    if let Some(p) = &f.position {
        q = q.filter(t::position.eq(p.clone()));
    }
    if let Some(h) = f.haushaltsjahr {
        q = q.filter(t::haushaltsjahr.eq(i64::from(h)));
    }
    if let Some(a) = f.art {
        q = q.filter(t::art.eq(a.code()));
    }
    match f.entschieden {
        Some(true) => q = q.filter(t::anerkannt.is_not_null()),
        Some(false) => q = q.filter(t::anerkannt.is_null()),
        None => {}
    }
    if let Some(g) = f.pruefgrund {
        q = q.filter(t::pruefgrund.eq(g.code()));
    }
    if let Some(n) = nach {
        q = q.filter(t::lfd_nr.gt(n));
    }
    alle_lesen(q.order(t::lfd_nr.asc()).limit(anzahl).load::<Roh>(c)?)
}

/// Whoever writes in a list, files it or decides about it waits for whoever did so before, until that transaction ends.
/// Taken before the state of the proof is read.
///
/// # Errors
/// [`DbFehler`].
pub fn sperre_liste(tx: &mut Tx<'_>, kette_id: Uuid) -> DbResult<()> {
    // the row of a counter is the lock: it exists on both databases, and a rollback gives it back
    naechste_nummer(tx, &format!("belegliste/{kette_id}")).map(drop)
}

/// Whoever adds to a group waits likewise, whatever list the other writes in.
///
/// # Errors
/// [`DbFehler`].
pub fn sperre_gruppen(tx: &mut Tx<'_>, gruppen: &BTreeSet<String>) -> DbResult<()> {
    gruppen.iter().try_for_each(|g| naechste_nummer(tx, &format!("splitgruppe/{g}")).map(drop))
}

/// The number after the last one of a list.
///
/// # Errors
/// [`DbFehler`].
pub fn naechste_lfd_nr(c: &mut DbConn, kette_id: Uuid) -> DbResult<i32> {
    let letzte: Option<i64> =
        beleg::table.filter(beleg::kette_id.eq(Kennung(kette_id))).select(max(beleg::lfd_nr)).first(c)?;
    jahr(letzte.unwrap_or(0).saturating_add(1))
}

/// What a Beleg must be compared with. Its own row, if it has one, does not count.
///
/// # Errors
/// [`DbFehler`].
pub fn umfeld(c: &mut DbConn, b: &Beleg) -> DbResult<Belegumfeld> {
    use beleg as t;
    let gruppe = b.splitschluessel();
    let gleiche: Vec<(Kennung, i64, Option<String>, String)> = t::table
        .filter(t::nummernschluessel.eq(b.nummernschluessel()))
        .filter(t::id.ne(Kennung(b.id)))
        .order(t::id.asc())
        .select((t::id, t::lfd_nr, t::splitschluessel, t::zeilenschluessel))
        .limit(1_000)
        .load(c)?;
    // members of a group may share a number, but not all that an import knows a line by
    let zeile = b.zeilenschluessel();
    let fremd = gleiche.into_iter().find(|(_, _, g, z)| gruppe.is_none() || *g != gruppe || *z == zeile);
    let gleiche_nummer = fremd.map(|(id, nr, ..)| Ok::<_, DbFehler>((id.0, jahr(nr)?))).transpose()?;
    let stand = match &gruppe {
        None => Splitstand::default(),
        Some(g) => splitstand(c, g, b.id)?,
    };
    let storno_bekannt = match &b.inhalt.storno_von {
        None => true,
        Some(n) => storno(c, b, n)?,
    };
    Ok(Belegumfeld { gleiche_nummer, gruppe: stand, storno_bekannt })
}

fn splitstand(c: &mut DbConn, gruppe: &str, ohne: Uuid) -> DbResult<Splitstand> {
    use beleg as t;
    let (rechnung, belegt): (Option<i64>, Option<i64>) = t::table
        .filter(t::splitschluessel.eq(gruppe))
        .filter(t::id.ne(Kennung(ohne)))
        .select((min(t::zahlbar), summe(t::gezahlt)))
        .first(c)?;
    Ok(Splitstand { rechnung: rechnung.map(euro).transpose()?, belegt: euro(belegt.unwrap_or(0))? })
}

/// What a credit note reverses stands in a list of the same payer and measure, and is no credit note itself.
///
/// # Errors
/// [`DbFehler`].
pub fn storno(c: &mut DbConn, b: &Beleg, nummer: &str) -> DbResult<bool> {
    use beleg as t;
    let gesucht = aqb_domain::beleg::nummer(nummer);
    let mut schluessel = Vec::new();
    // the payment that is reversed may be of an earlier year
    for hj in (b.jahrgang..=b.haushaltsjahr.max(b.jahrgang)).take(20) {
        let inhalt = aqb_domain::beleg::Beleginhalt { belegnummer: gesucht.clone(), ..b.inhalt.clone() };
        schluessel.push(Beleg { haushaltsjahr: hj, inhalt, ..b.clone() }.nummernschluessel());
    }
    let anzahl: i64 = t::table
        .filter(t::nummernschluessel.eq_any(schluessel))
        .filter(t::massnahme_id.eq(Kennung(b.massnahme_id)))
        .filter(t::art.ne(Belegart::Gutschrift.code()))
        .filter(t::id.ne(Kennung(b.id)))
        .select(count_star())
        .first(c)?;
    Ok(anzahl > 0)
}

/// Possible duplicates of each of these Belege among those the caller sees, in whatever list.
///
/// # Errors
/// [`DbFehler`].
pub fn duplikate(c: &mut DbConn, sicht: &Sicht, belege: &[&Beleg]) -> DbResult<BTreeMap<Uuid, Vec<Duplikat>>> {
    use beleg as t;
    if belege.is_empty() {
        return Ok(BTreeMap::new());
    }
    let nummern: Vec<String> = belege.iter().map(|b| b.inhalt.fingerabdruck_nummer()).collect();
    let rechnungen: Vec<String> = belege.iter().map(|b| b.inhalt.fingerabdruck_rechnung()).collect();
    let scans: Vec<String> = belege.iter().filter_map(|b| b.inhalt.original_sha256.clone()).collect();
    let q = t::table
        .filter(
            t::abdruck_nummer
                .eq_any(nummern)
                .nullable()
                .or(t::abdruck_rechnung.eq_any(rechnungen).nullable())
                .or(t::original_sha256.eq_any(scans)),
        )
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    let roh = sichtbare!(q, sicht).order(t::id.asc()).limit(STAPEL).load::<Roh>(c)?;
    let kandidaten: Vec<Versioniert<Beleg>> = alle_lesen(roh)?;
    let mut aus = BTreeMap::<Uuid, Vec<Duplikat>>::new();
    for b in belege {
        let gleiche = kandidaten.iter().filter_map(|k| Some(k.wert.als_duplikat(b.gleicht(&k.wert)?)));
        aus.insert(b.id, gleiche.take(20).collect());
    }
    Ok(aus)
}

/// Belege that an import knows by these keys.
///
/// # Errors
/// [`DbFehler`].
pub fn mit_zeilenschluesseln(c: &mut DbConn, schluessel: &[String]) -> DbResult<BTreeMap<String, Versioniert<Beleg>>> {
    use beleg as t;
    let roh = t::table
        .filter(t::zeilenschluessel.eq_any(schluessel.to_vec()))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .load::<Roh>(c)?;
    let alle: Vec<Versioniert<Beleg>> = alle_lesen(roh)?;
    Ok(alle.into_iter().map(|b| (b.wert.zeilenschluessel(), b)).collect())
}

/// A Beleg as an import compares numbers: key of its number, key of its line, group, id and place in its list.
pub type Nummernzeile = (String, String, Option<String>, Uuid, i32);

/// Belege with these numbers.
///
/// # Errors
/// [`DbFehler`].
pub fn mit_nummern(c: &mut DbConn, schluessel: &[String]) -> DbResult<Vec<Nummernzeile>> {
    use beleg as t;
    let zeilen: Vec<(String, String, Option<String>, Kennung, i64)> = t::table
        .filter(t::nummernschluessel.eq_any(schluessel.to_vec()))
        .order(t::id.asc())
        .select((t::nummernschluessel, t::zeilenschluessel, t::splitschluessel, t::id, t::lfd_nr))
        .load(c)?;
    zeilen.into_iter().map(|(n, z, g, id, nr)| Ok((n, z, g, id.0, jahr(nr)?))).collect()
}

/// A member of a group: the group, key of its line, what its invoice allows, what it paid.
pub type Gruppenmitglied = (String, String, Euro, Euro);

/// Members of these groups, in whatever list.
///
/// # Errors
/// [`DbFehler`].
pub fn der_gruppen(c: &mut DbConn, gruppen: &[String]) -> DbResult<Vec<Gruppenmitglied>> {
    use beleg as t;
    let zeilen: Vec<(Option<String>, String, i64, i64)> = t::table
        .filter(t::splitschluessel.eq_any(gruppen.to_vec()))
        .order(t::id.asc())
        .select((t::splitschluessel, t::zeilenschluessel, t::zahlbar, t::gezahlt))
        .load(c)?;
    zeilen.into_iter().map(|(g, z, r, b)| Ok((g.unwrap_or_default(), z, euro(r)?, euro(b)?))).collect()
}

/// Number of Belege of a list with the smallest and largest of their numbers.
///
/// # Errors
/// [`DbFehler`].
pub fn nummern(c: &mut DbConn, kette_id: Uuid) -> DbResult<(i64, Option<i64>, Option<i64>)> {
    use beleg as t;
    Ok(t::table
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .select((count_star(), min(t::lfd_nr), max(t::lfd_nr)))
        .first(c)?)
}

/// Goes through a list in the order of its numbers, with so much of it in memory as one bite holds.
///
/// # Errors
/// [`DbFehler`].
pub fn je_beleg(
    c: &mut DbConn,
    sicht: &Sicht,
    kette_id: Uuid,
    mut f: impl FnMut(Versioniert<Beleg>) -> DbResult<()>,
) -> DbResult<()> {
    let mut nach = None;
    loop {
        let stapel = liste(c, sicht, kette_id, &Filter::default(), nach, STAPEL)?;
        let Some(letzter) = stapel.last() else { return Ok(()) };
        nach = Some(i64::from(letzter.wert.lfd_nr));
        for b in stapel {
            f(b)?;
        }
    }
}

/// Hash of a list: what filing freezes and what a sample is drawn from.
///
/// # Errors
/// [`DbFehler`].
pub fn liste_hash(c: &mut DbConn, kette_id: Uuid) -> DbResult<String> {
    let mut h = Listenhash::default();
    je_beleg(c, &Sicht::Alles, kette_id, |b| {
        h.nimm(&b.wert).map_err(|e| DbFehler::Inhalt(e.text(aqb_domain::regel::Sprache::De)))
    })?;
    Ok(h.fertig())
}

type Summenzeile = (Kennung, String, i64, String, String, i64, Option<i64>, Option<String>);

/// Sums of the lists of these chains by measure, position, Haushaltsjahr and sub-budget.
///
/// # Errors
/// [`DbFehler`].
pub fn summen(c: &mut DbConn, sicht: &Sicht, ketten: &[Uuid]) -> DbResult<BTreeMap<Belegstelle, Belegsumme>> {
    use beleg as t;
    let ketten: Vec<Kennung> = ketten.iter().map(|k| Kennung(*k)).collect();
    let q = t::table
        .filter(t::kette_id.eq_any(ketten))
        .select((
            t::massnahme_id,
            t::position,
            t::haushaltsjahr,
            t::teilbudget,
            t::art,
            t::beantragt,
            t::anerkannt,
            t::pruefgrund,
        ))
        .into_boxed::<MultiBackend>();
    let zeilen: Vec<Summenzeile> = sichtbare!(q, sicht).load(c)?;
    let posten = zeilen.into_iter().map(posten).collect::<DbResult<Vec<_>>>()?;
    summiere(posten).map_err(|e| DbFehler::Inhalt(e.to_string()))
}

fn posten(
    (massnahme, position, hj, teilbudget, art, beantragt, anerkannt, grund): Summenzeile,
) -> DbResult<Belegposten> {
    let entschieden = match (anerkannt, grund) {
        (Some(a), Some(g)) => Some((euro(a)?, code(&g)?)),
        _ => None,
    };
    Ok(Belegposten {
        stelle: Belegstelle { massnahme_id: massnahme.0, position, haushaltsjahr: jahr(hj)?, teilbudget },
        art: code(&art)?,
        anzahl: 1,
        beantragt: euro(beantragt)?,
        entschieden,
    })
}

type Kettensumme = (Kennung, Kennung, Option<String>, i64, Option<i64>, Option<i64>, Option<i64>);

/// Sums of the lists of these chains by chain and measure, of the lines the caller sees.
///
/// # Errors
/// [`DbFehler`].
pub fn je_kette(c: &mut DbConn, sicht: &Sicht, ketten: &[Uuid]) -> DbResult<Vec<Kettenbelege>> {
    use beleg as t;
    let mut je = BTreeMap::<(Uuid, Uuid), Belegzahlen>::new();
    for stapel in ketten.chunks(KETTEN) {
        let ids: Vec<Kennung> = stapel.iter().map(|k| Kennung(*k)).collect();
        let gruppe = (t::kette_id, t::massnahme_id, t::pruefgrund);
        let einnahmen = t::table
            .filter(t::kette_id.eq_any(ids.clone()))
            .filter(t::art.eq(Belegart::Einnahme.code()))
            .group_by((t::kette_id, t::massnahme_id))
            .select((t::kette_id, t::massnahme_id, count_star()))
            .into_boxed::<MultiBackend>();
        for (kette, m, anzahl) in sichtbare!(einnahmen, sicht).load::<(Kennung, Kennung, i64)>(c)? {
            let z = je.entry((kette.0, m.0)).or_default();
            z.anzahl = z.anzahl.saturating_add(anzahl);
        }
        let ausgaben = t::table
            .filter(t::kette_id.eq_any(ids.clone()))
            .filter(t::art.ne(Belegart::Einnahme.code()))
            .group_by(gruppe)
            .select((
                t::kette_id,
                t::massnahme_id,
                t::pruefgrund,
                count_star(),
                summe(t::gezahlt),
                summe(t::beantragt),
                summe(t::anerkannt.assume_not_null()),
            ))
            .into_boxed::<MultiBackend>();
        for (kette, m, grund, anzahl, gezahlt, beantragt, anerkannt) in
            sichtbare!(ausgaben, sicht).load::<Kettensumme>(c)?
        {
            let beantragt = euro(beantragt.unwrap_or(0))?;
            let anerkannt = euro(anerkannt.unwrap_or(0))?;
            let entschieden = match grund {
                None => Belegentscheide { offen: beantragt, unentschieden: anzahl, ..Belegentscheide::default() },
                Some(_) => {
                    let abgelehnt = beantragt.minus(anerkannt).map_err(|e| DbFehler::Inhalt(e.to_string()))?;
                    Belegentscheide { anerkannt, abgelehnt, ..Belegentscheide::default() }
                }
            };
            let dazu = Belegzahlen { anzahl, gezahlt: euro(gezahlt.unwrap_or(0))?, beantragt, entschieden };
            let z = je.entry((kette.0, m.0)).or_default();
            *z = z.plus(dazu).map_err(|e| DbFehler::Inhalt(e.to_string()))?;
        }
        let gekuerzte = t::table
            .filter(t::kette_id.eq_any(ids))
            .filter(t::art.ne(Belegart::Einnahme.code()))
            .filter(t::anerkannt.ne(t::beantragt.nullable()))
            .group_by((t::kette_id, t::massnahme_id))
            .select((t::kette_id, t::massnahme_id, count_star()))
            .into_boxed::<MultiBackend>();
        for (kette, m, anzahl) in sichtbare!(gekuerzte, sicht).load::<(Kennung, Kennung, i64)>(c)? {
            je.entry((kette.0, m.0)).or_default().entschieden.gekuerzt = anzahl;
        }
    }
    Ok(je
        .into_iter()
        .map(|((kette_id, massnahme_id), zahlen)| Kettenbelege { kette_id, massnahme_id, zahlen })
        .collect())
}
