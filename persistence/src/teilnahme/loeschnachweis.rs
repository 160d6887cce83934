//! Proofs of erasure.

use crate::ablage::{Roh, aggregat, alle_lesen, lesen};
use crate::schema::loeschnachweis;
use crate::tresor::Tresor;
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbFehler, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::teilnahme::{Jahreszaehlung, Loeschnachweis};
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = loeschnachweis)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    massnahme_id: Kennung,
    kreisschluessel: String,
    jahrgang: i64,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(n: &Loeschnachweis) -> DbResult<Self> {
        Ok(Zeile {
            id: Kennung(n.id),
            antrag_id: Kennung(n.antrag_id),
            massnahme_id: Kennung(n.massnahme_id),
            kreisschluessel: n.kreisschluessel.clone(),
            jahrgang: i64::from(n.jahrgang),
            inhalt: Dokument::aus(n)?,
        })
    }
}

aggregat!(
    Loeschnachweis, "LOESCHNACHWEIS", loeschnachweis, version, id: Kennung = |n| Kennung(n.id),
    schluessel |n| n.id.to_string(), gk |n| Some(&n.kreisschluessel)
);

/// One the caller sees.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gesehen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> DbResult<Option<Versioniert<Loeschnachweis>>> {
    use loeschnachweis as t;
    let q = t::table
        .filter(t::id.eq(Kennung(id)))
        .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
        .into_boxed::<MultiBackend>();
    let q = crate::ablage::des_kreises!(q, sicht, t::kreisschluessel);
    q.first::<Roh>(c).optional()?.map(lesen).transpose()
}

/// Proofs the caller sees, of one measure or all, in order of time, after `nach`.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn liste(
    c: &mut DbConn,
    sicht: &Sicht,
    massnahme_id: Option<Uuid>,
    nach: Option<Uuid>,
    anzahl: i64,
) -> DbResult<Vec<Versioniert<Loeschnachweis>>> {
    use loeschnachweis as t;
    let q = t::table.select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version)).into_boxed::<MultiBackend>();
    let mut q = crate::ablage::des_kreises!(q, sicht, t::kreisschluessel);
    if let Some(m) = massnahme_id {
        q = q.filter(t::massnahme_id.eq(Kennung(m)));
    }
    if let Some(n) = nach {
        q = q.filter(t::id.gt(Kennung(n)));
    }
    alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
}

fn bindung(id: Uuid) -> String {
    format!("LOESCHNACHWEIS/{id}")
}

/// Counts as a proof keeps them.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn verschliesse(tresor: &Tresor, kreis: &str, id: Uuid, z: &Jahreszaehlung) -> DbResult<String> {
    let json = serde_json::to_vec(z).map_err(|e| DbFehler::Inhalt(e.to_string()))?;
    tresor.zaehlungen(kreis)?.verschliesse(&bindung(id), &crate::tresor::aufgefuellt(json))
}

/// Counts that were kept of these measures.
///
/// # Errors
/// [`crate::DbFehler`].
pub fn gezaehlt(c: &mut DbConn, tresor: &Tresor, massnahmen: &[Uuid]) -> DbResult<Vec<(Uuid, Jahreszaehlung)>> {
    use loeschnachweis as t;
    let mut aus = Vec::new();
    for stapel in massnahmen.chunks(crate::integritaet::STAPEL) {
        let ids: Vec<Kennung> = stapel.iter().copied().map(Kennung).collect();
        let roh: Vec<Dokument> = t::table.filter(t::massnahme_id.eq_any(ids)).select(t::inhalt).load(c)?;
        for d in roh {
            let n: Loeschnachweis = d.lesen()?;
            let klar = tresor.zaehlungen(&n.kreisschluessel)?.oeffne(&bindung(n.id), &n.zaehlung);
            let z = klar.and_then(|k| serde_json::from_slice(&k).ok());
            aus.push((
                n.massnahme_id,
                z.ok_or_else(|| DbFehler::Inhalt(format!("Zählung von {} ist nicht lesbar", n.id)))?,
            ));
        }
    }
    Ok(aus)
}
