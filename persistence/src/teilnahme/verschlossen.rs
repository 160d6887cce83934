//! A Teilnahme as it lies in the database and in the audit trail: what is told about the person is ciphertext.

use crate::ablage::aggregat;
use crate::schema::teilnahme;
use crate::typen::{Dokument, Kennung, Zeitpunkt};
use crate::vollzug::Stapelbar;
use crate::{DbResult, Tx, je_backend};
use aqb_domain::teilnahme::Teilnahmekopf;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// The closed record. Its key lies elsewhere; without the key the trail tells only that something changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verschlossen {
    /// What names nobody.
    pub kopf: Teilnahmekopf,
    /// Ciphertext; none once it is erased.
    pub chiffrat: Option<String>,
}

#[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
#[diesel(table_name = teilnahme, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Zeile {
    id: Kennung,
    antrag_id: Kennung,
    massnahme_id: Kennung,
    traeger_id: Option<Kennung>,
    kreisschluessel: String,
    jahrgang: i64,
    status: String,
    inhalt: Dokument,
}

impl Zeile {
    fn aus(v: &Verschlossen) -> DbResult<Self> {
        let k = &v.kopf;
        Ok(Zeile {
            id: Kennung(k.id),
            antrag_id: Kennung(k.antrag_id),
            massnahme_id: Kennung(k.massnahme_id),
            traeger_id: k.traeger_id.map(Kennung),
            kreisschluessel: k.kreisschluessel.clone(),
            jahrgang: i64::from(k.jahrgang),
            status: k.status.code().to_owned(),
            inhalt: Dokument::aus(v)?,
        })
    }
}

aggregat!(
    Verschlossen, "TEILNAHME", teilnahme, version, id: Kennung = |v| Kennung(v.kopf.id),
    schluessel |v| v.kopf.id.to_string(), gk |v| Some(&v.kopf.kreisschluessel)
);

impl Stapelbar for Verschlossen {
    fn alle_einfuegen(alle: &[Self], tx: &mut Tx<'_>) -> DbResult<()> {
        let jetzt = Zeitpunkt(tx.jetzt);
        for stapel in alle.chunks(500) {
            let zeile = |v| {
                let zeit = (teilnahme::erstellt_am.eq(jetzt), teilnahme::geaendert_am.eq(jetzt));
                Ok((Zeile::aus(v)?, zeit.0, zeit.1, teilnahme::version.eq(1i64)))
            };
            let zeilen = stapel.iter().map(zeile).collect::<DbResult<Vec<_>>>()?;
            je_backend!(&mut *tx.c, c => diesel::insert_into(teilnahme::table).values(&zeilen).execute(c))?;
        }
        Ok(())
    }
}
