//! Belege: lines of Beleglisten, what they must be compared with, and their sums.

use crate::ablage::{Roh, aggregat, alle_lesen, lesen, loeschbar};
use crate::ausdruck::{Beide, summe};
use crate::db::Tx;
use crate::schema::{beleg, belegliste_schreiber};
use crate::typen::{Dokument, Kennung, Zeitpunkt, code, euro, jahr};
use crate::vollzug::{Stapelbar, Versioniert, naechste_nummer};
use crate::{DbConn, DbFehler, DbResult, MultiBackend, je_backend};
use aqb_domain::befund::Befund;
use aqb_domain::beleg::{
    Abdruck, Beleg, Belegart, Belegposten, Belegstelle, Belegsumme, Belegumfeld, Duplikat, Duplikatmerkmal,
    Gutschriftstand, Listenhash, Pruefgrund, Splitstand, summiere,
};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::bericht::{Belegentscheide, Belegzahlen, Kettenbelege};
use aqb_domain::geld::Euro;
use aqb_domain::regel::{RECHENBEREICH, Sprache};
use diesel::connection::SimpleConnection;
use diesel::dsl::{count_star, max, min, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Lines that are read at once where a whole list is.
const STAPEL: i64 = 2_000;
/// Chains that are summed at once; SQLite takes a limited number of values in a query.
const KETTEN: usize = 500;
/// Hashes of lines that are read at once.
const HASHSTAPEL: i64 = 20_000;
/// Possible duplicates of one Beleg that are named.
const DUPLIKATE: usize = 20;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = beleg, treat_none_as_null = true, treat_none_as_default_value = false)]
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
    zeile_sha256: String,
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
            zeile_sha256: b.zeile_sha256().map_err(|e| DbFehler::Inhalt(e.text(Sprache::De)))?,
        })
    }
}

aggregat!(
    Beleg, "BELEG", beleg, version, id: Kennung = |b| Kennung(b.id),
    schluessel |b| b.id.to_string(), gk |b| Some(&b.kreisschluessel)
);
loeschbar!(Beleg, beleg);

impl Stapelbar for Beleg {
    fn alle_einfuegen(alle: &[Self], tx: &mut Tx<'_>) -> DbResult<()> {
        let jetzt = Zeitpunkt(tx.jetzt);
        for stapel in alle.chunks(500) {
            let zeile = |b| {
                let zeit = (beleg::erstellt_am.eq(jetzt), beleg::geaendert_am.eq(jetzt));
                Ok((Zeile::aus(b)?, zeit.0, zeit.1, beleg::version.eq(1i64)))
            };
            let zeilen = stapel.iter().map(zeile).collect::<DbResult<Vec<_>>>()?;
            je_backend!(&mut *tx.c, c => diesel::insert_into(beleg::table).values(&zeilen).execute(c))?;
        }
        Ok(())
    }
}

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

/// Notes that the caller wrote in a list, and another person whose lines these are: until it is signed, neither signs it.
///
/// # Errors
/// [`DbFehler`].
pub fn merke_schreiber(tx: &mut Tx<'_>, kette_id: Uuid, auch: Option<&str>) -> DbResult<()> {
    use belegliste_schreiber as t;
    for person in auch.into_iter().chain([tx.akteur.person.as_str()]) {
        let zeile = (t::kette_id.eq(Kennung(kette_id)), t::person.eq(person));
        Beide(diesel::insert_into(t::table).values(zeile).on_conflict_do_nothing()).execute(tx.c)?;
    }
    Ok(())
}

/// Who wrote in a list since it was signed last.
///
/// # Errors
/// [`DbFehler`].
pub fn schreiber(c: &mut DbConn, kette_id: Uuid) -> DbResult<BTreeSet<String>> {
    use belegliste_schreiber as t;
    let personen: Vec<String> = t::table.filter(t::kette_id.eq(Kennung(kette_id))).select(t::person).load(c)?;
    Ok(personen.into_iter().collect())
}

/// Forgets who wrote in a list: it is signed, or goes.
///
/// # Errors
/// [`DbFehler`].
pub fn vergiss_schreiber(tx: &mut Tx<'_>, kette_id: Uuid) -> DbResult<()> {
    use belegliste_schreiber as t;
    diesel::delete(t::table.filter(t::kette_id.eq(Kennung(kette_id)))).execute(tx.c)?;
    Ok(())
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

/// What a Beleg must be compared with, without the sum of its list. Its own row, if it has one, does not count.
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
    let storno_bekannt = b.inhalt.storno_von.is_none() || storno(c, b)?;
    let gutschrift = match &b.inhalt.storno_von {
        Some(_) if b.inhalt.art == Belegart::Gutschrift => Some(gutschriftstand(c, b)?),
        _ => None,
    };
    Ok(Belegumfeld { gleiche_nummer, gruppe: stand, storno_bekannt, gutschrift, liste: Euro::NULL })
}

fn splitstand(c: &mut DbConn, gruppe: &str, ohne: Uuid) -> DbResult<Splitstand> {
    use beleg as t;
    let (rechnung, belegt): (Option<i64>, Option<i64>) = t::table
        .filter(t::splitschluessel.eq(gruppe))
        .filter(t::id.ne(Kennung(ohne)))
        .select((min(t::zahlbar), summe(t::gezahlt)))
        .first(c)?;
    Ok(Splitstand { rechnung: rechnung.map(im_bereich).transpose()?, belegt: im_bereich(belegt.unwrap_or(0))? })
}

/// Of each of these groups the smallest invoice a member names and the sum of what all members paid.
///
/// # Errors
/// [`DbFehler`].
pub fn splitstaende(c: &mut DbConn, gruppen: &BTreeSet<String>) -> DbResult<BTreeMap<String, Splitstand>> {
    use beleg as t;
    if gruppen.is_empty() {
        return Ok(BTreeMap::new());
    }
    let zeilen: Vec<(Option<String>, Option<i64>, Option<i64>)> = t::table
        .filter(t::splitschluessel.eq_any(gruppen.iter().cloned().collect::<Vec<_>>()))
        .group_by(t::splitschluessel)
        .select((t::splitschluessel, min(t::zahlbar), summe(t::gezahlt)))
        .load(c)?;
    zeilen
        .into_iter()
        .map(|(g, rechnung, belegt)| {
            let rechnung = rechnung.map(im_bereich).transpose()?;
            Ok((g.unwrap_or_default(), Splitstand { rechnung, belegt: im_bereich(belegt.unwrap_or(0))? }))
        })
        .collect()
}

/// Sum of the absolute amounts that the Belege of a list say were paid, without the Beleg `ohne`: every other sum of a
/// list is smaller. As large as amounts can be, where it is beyond that.
///
/// # Errors
/// [`DbFehler`].
pub fn listensumme(c: &mut DbConn, kette_id: Uuid, ohne: Option<Uuid>) -> DbResult<Euro> {
    use beleg as t;
    let mut q = t::table
        .filter(t::kette_id.eq(Kennung(kette_id)))
        .select(sql::<Nullable<BigInt>>("CAST(SUM(ABS(gezahlt)) AS BIGINT)"))
        .into_boxed::<MultiBackend>();
    if let Some(id) = ohne {
        q = q.filter(t::id.ne(Kennung(id)));
    }
    let summe: Option<i64> = q.first(c)?;
    Ok(Euro::aus_cent(summe.unwrap_or(0)).unwrap_or(Euro::HOECHSTENS))
}

/// Cents of a sum; a finding where they are beyond the range of amounts.
fn im_bereich(cent: i64) -> DbResult<Euro> {
    Euro::aus_cent(cent).map_err(|_| DbFehler::Rechenbereich(Box::new(Befund::neu(&RECHENBEREICH))))
}

/// What was paid of the Beleg that `b` reverses, and what other credit notes take back of it.
///
/// # Errors
/// [`DbFehler`].
pub fn gutschriftstand(c: &mut DbConn, b: &Beleg) -> DbResult<Gutschriftstand> {
    use beleg as t;
    let gezahlt: Option<i64> = t::table
        .filter(t::nummernschluessel.eq_any(b.storniert()))
        .filter(t::massnahme_id.eq(Kennung(b.massnahme_id)))
        .filter(t::art.ne(Belegart::Gutschrift.code()))
        .filter(t::id.ne(Kennung(b.id)))
        .select(summe(t::gezahlt))
        .first(c)?;
    // the Beleg a credit note names has no column: those of one measure are few
    let andere: Vec<(Dokument, i64)> = t::table
        .filter(t::massnahme_id.eq(Kennung(b.massnahme_id)))
        .filter(t::art.eq(Belegart::Gutschrift.code()))
        .filter(t::gezahlt.lt(0))
        .filter(t::id.ne(Kennung(b.id)))
        .select((t::inhalt, t::gezahlt))
        .load(c)?;
    let gesucht = b.inhalt.storno_von.as_deref().map(aqb_domain::beleg::nummer);
    let mut zurueck = 0i64;
    for (dokument, cent) in andere {
        let g: Beleg = dokument.lesen()?;
        if g.inhalt.storno_von.as_deref().map(aqb_domain::beleg::nummer) == gesucht {
            zurueck = zurueck.saturating_add(cent);
        }
    }
    Ok(Gutschriftstand { gezahlt: im_bereich(gezahlt.unwrap_or(0))?, andere: im_bereich(zurueck)? })
}

/// What a credit note reverses stands in a list of the same payer and measure, and is no credit note itself.
///
/// # Errors
/// [`DbFehler`].
pub fn storno(c: &mut DbConn, b: &Beleg) -> DbResult<bool> {
    use beleg as t;
    let anzahl: i64 = t::table
        .filter(t::nummernschluessel.eq_any(b.storniert()))
        .filter(t::massnahme_id.eq(Kennung(b.massnahme_id)))
        .filter(t::art.ne(Belegart::Gutschrift.code()))
        .filter(t::id.ne(Kennung(b.id)))
        .select(count_star())
        .first(c)?;
    Ok(anzahl > 0)
}

/// Columns by which Belege are compared: id, the two hashes, the scan, the group.
type Abdruckzeile = (Kennung, String, String, Option<String>, Option<String>);

/// What lies in the columns of those the caller sees and that may be a duplicate of one of these. One question for each
/// index: asked all at once, SQLite goes through the whole table.
fn abdruecke(c: &mut DbConn, sicht: &Sicht, gesucht: &[Abdruck]) -> DbResult<BTreeMap<Uuid, Abdruck>> {
    use beleg as t;
    macro_rules! mit {
        ($bedingung:expr) => {{
            let q = t::table
                .filter($bedingung)
                .order(t::id.asc())
                .limit(STAPEL)
                .select((t::id, t::abdruck_nummer, t::abdruck_rechnung, t::original_sha256, t::splitschluessel))
                .into_boxed::<MultiBackend>();
            sichtbare!(q, sicht).load::<Abdruckzeile>(c)?
        }};
    }
    let mut zeilen = mit!(t::abdruck_nummer.eq_any(gesucht.iter().map(|a| a.nummer.clone()).collect::<Vec<_>>()));
    zeilen.extend(mit!(t::abdruck_rechnung.eq_any(gesucht.iter().map(|a| a.rechnung.clone()).collect::<Vec<_>>())));
    let scans: Vec<String> = gesucht.iter().filter_map(|a| a.scan.clone()).collect();
    if !scans.is_empty() {
        zeilen.extend(mit!(t::original_sha256.eq_any(scans)));
    }
    let abdruck = |(id, nummer, rechnung, scan, gruppe): Abdruckzeile| {
        (id.0, Abdruck { id: id.0, nummer, rechnung, scan, gruppe })
    };
    Ok(zeilen.into_iter().map(abdruck).collect())
}

/// Possible duplicates of each of these Belege among those the caller sees, in whatever list.
///
/// # Errors
/// [`DbFehler`].
pub fn duplikate(c: &mut DbConn, sicht: &Sicht, belege: &[&Beleg]) -> DbResult<BTreeMap<Uuid, Vec<Duplikat>>> {
    let eigene: Vec<Abdruck> = belege.iter().map(|b| b.abdruck()).collect();
    let gleiche = gleiche(c, sicht, &eigene)?;
    Ok(eigene.iter().zip(gleiche).map(|(a, d)| (a.id, d)).collect())
}

/// As [`duplikate`], of Belege that need not be stored yet; in the order of the question.
///
/// # Errors
/// [`DbFehler`].
pub fn gleiche(c: &mut DbConn, sicht: &Sicht, eigene: &[Abdruck]) -> DbResult<Vec<Vec<Duplikat>>> {
    use beleg as t;
    if eigene.is_empty() {
        return Ok(Vec::new());
    }
    let andere = abdruecke(c, sicht, eigene)?;
    let treffer: Vec<Vec<(Uuid, Duplikatmerkmal)>> = eigene
        .iter()
        .map(|e| andere.values().filter_map(|a| Some((a.id, e.gleicht(a)?))).take(DUPLIKATE).collect())
        .collect();
    let ids: BTreeSet<Uuid> = treffer.iter().flatten().map(|(id, _)| *id).collect();
    let mut dokumente = BTreeMap::<Uuid, Beleg>::new();
    for stapel in ids.into_iter().collect::<Vec<_>>().chunks(500) {
        let roh = t::table
            .filter(t::id.eq_any(stapel.iter().copied().map(Kennung).collect::<Vec<_>>()))
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .load::<Roh>(c)?;
        let gelesen: Vec<Versioniert<Beleg>> = alle_lesen(roh)?;
        dokumente.extend(gelesen.into_iter().map(|b| (b.wert.id, b.wert)));
    }
    let duplikat = |(id, m): (Uuid, Duplikatmerkmal)| dokumente.get(&id).map(|b| b.als_duplikat(m));
    Ok(treffer.into_iter().map(|t| t.into_iter().filter_map(duplikat).collect()).collect())
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

/// A member of a group: the group, what its invoice allows, what it paid.
pub type Gruppenmitglied = (String, Euro, Euro);

/// Members of these groups, in whatever list.
///
/// # Errors
/// [`DbFehler`].
pub fn der_gruppen(c: &mut DbConn, gruppen: &[String]) -> DbResult<Vec<Gruppenmitglied>> {
    use beleg as t;
    let zeilen: Vec<(Option<String>, i64, i64)> = t::table
        .filter(t::splitschluessel.eq_any(gruppen.to_vec()))
        .select((t::splitschluessel, t::zahlbar, t::gezahlt))
        .load(c)?;
    zeilen.into_iter().map(|(g, r, b)| Ok((g.unwrap_or_default(), euro(r)?, euro(b)?))).collect()
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

/// Hash of a list: what filing freezes and what a sample is drawn from. Put together from the hashes of the lines, which
/// are kept beside them; `aqb pruefe` compares those with the lines.
///
/// # Errors
/// [`DbFehler`].
pub fn liste_hash(c: &mut DbConn, kette_id: Uuid) -> DbResult<String> {
    use beleg as t;
    let mut h = Listenhash::default();
    let mut nach = 0i64;
    loop {
        let zeilen: Vec<(i64, String)> = t::table
            .filter(t::kette_id.eq(Kennung(kette_id)))
            .filter(t::lfd_nr.gt(nach))
            .order(t::lfd_nr.asc())
            .limit(HASHSTAPEL)
            .select((t::lfd_nr, t::zeile_sha256))
            .load(c)?;
        let Some((letzte, _)) = zeilen.last() else { return Ok(h.fertig()) };
        nach = *letzte;
        for (nr, zeile) in &zeilen {
            if zeile.is_empty() {
                return Err(DbFehler::Inhalt(format!("Beleg {nr} der Kette {kette_id} ohne Prüfsumme")));
            }
            h.nimm(zeile);
        }
    }
}

/// Computes the columns of lines that were written before there was a hash beside them. Part of the migrations.
///
/// # Errors
/// [`DbFehler`].
pub(crate) fn nachtragen(c: &mut DbConn) -> DbResult<()> {
    use beleg as t;
    loop {
        let zeilen: Vec<Zeile> =
            t::table.filter(t::zeile_sha256.eq("")).select(Zeile::as_select()).limit(STAPEL).load(c)?;
        if zeilen.is_empty() {
            return Ok(());
        }
        // whoever fails here does not start: the end of the connection takes back what is open
        c.batch_execute("BEGIN")?;
        for z in zeilen {
            let wert: Beleg = z.inhalt.clone().lesen()?;
            let neu = Zeile { inhalt: z.inhalt, ..Zeile::aus(&wert)? };
            diesel::update(t::table.filter(t::id.eq(z.id))).set(neu).execute(c)?;
        }
        c.batch_execute("COMMIT")?;
    }
}

type Summenzeile = (Kennung, String, i64, String, String, Option<String>, i64, Option<i64>, Option<i64>, Option<i64>);

/// Sums of the lists of these chains by measure, position, Haushaltsjahr and sub-budget.
///
/// # Errors
/// [`DbFehler`]; [`DbFehler::Rechenbereich`] where sums are beyond the range of amounts.
pub fn summen(c: &mut DbConn, sicht: &Sicht, ketten: &[Uuid]) -> DbResult<BTreeMap<Belegstelle, Belegsumme>> {
    use beleg as t;
    let ketten: Vec<Kennung> = ketten.iter().map(|k| Kennung(*k)).collect();
    let spalten = (t::massnahme_id, t::position, t::haushaltsjahr, t::teilbudget, t::art, t::pruefgrund);
    let q = t::table
        .filter(t::kette_id.eq_any(ketten))
        .group_by(spalten)
        .select((
            t::massnahme_id,
            t::position,
            t::haushaltsjahr,
            t::teilbudget,
            t::art,
            t::pruefgrund,
            count_star(),
            sql::<Nullable<BigInt>>("CAST(SUM(CASE WHEN anerkannt <> beantragt THEN 1 ELSE 0 END) AS BIGINT)"),
            sql::<Nullable<BigInt>>("CAST(SUM(beantragt) AS BIGINT)"),
            sql::<Nullable<BigInt>>("CAST(SUM(anerkannt) AS BIGINT)"),
        ))
        .into_boxed::<MultiBackend>();
    let zeilen: Vec<Summenzeile> = sichtbare!(q, sicht).load(c)?;
    let posten = zeilen.into_iter().map(posten).collect::<DbResult<Vec<_>>>()?;
    summiere(posten).map_err(|_| DbFehler::Rechenbereich(Box::new(Befund::neu(&RECHENBEREICH))))
}

fn posten(
    (massnahme, position, hj, teilbudget, art, grund, anzahl, gekuerzt, beantragt, anerkannt): Summenzeile,
) -> DbResult<Belegposten> {
    let entschieden = match grund {
        Some(g) => Some((im_bereich(anerkannt.unwrap_or(0))?, code(&g)?)),
        None => None,
    };
    Ok(Belegposten {
        stelle: Belegstelle { massnahme_id: massnahme.0, position, haushaltsjahr: jahr(hj)?, teilbudget },
        art: code(&art)?,
        anzahl,
        gekuerzt: gekuerzt.unwrap_or(0),
        beantragt: im_bereich(beantragt.unwrap_or(0))?,
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
