//! Zuteilungen and Umverteilungen; balances are in [`crate::konto`].

use crate::ablage::{Roh, alle_lesen};
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::budget::{Umverteilung, UmverteilungStatus, Zuteilung};

/// Zuteilungen: insert-only.
pub mod zuteilung {
    use super::{DbConn, DbResult, Dokument, Kennung, MultiBackend, Roh, Sicht, Versioniert, Zuteilung, alle_lesen};
    use crate::ablage::aggregat;
    use crate::schema::zuteilung;
    use diesel::prelude::*;

    #[derive(Insertable, AsChangeset)]
    #[diesel(table_name = zuteilung)]
    struct Zeile {
        id: Kennung,
        jahrgang: i64,
        kreisschluessel: String,
        inhalt: Dokument,
    }

    impl Zeile {
        fn aus(z: &Zuteilung) -> DbResult<Self> {
            Ok(Zeile {
                id: Kennung(z.id),
                jahrgang: i64::from(z.jahrgang),
                kreisschluessel: z.inhalt.kreisschluessel.clone(),
                inhalt: Dokument::aus(z)?,
            })
        }
    }

    aggregat!(
        Zuteilung, "ZUTEILUNG", zuteilung, version, id: Kennung = |z| Kennung(z.id),
        schluessel |z| z.id.to_string(), gk |z| Some(&z.inhalt.kreisschluessel)
    );

    /// Zuteilungen of a Jahrgang in order of time, after `nach`.
    ///
    /// # Errors
    /// [`crate::DbFehler`].
    pub fn liste(
        c: &mut DbConn,
        sicht: &Sicht,
        jahrgang: i32,
        kreisschluessel: Option<&str>,
        nach: Option<uuid::Uuid>,
        anzahl: i64,
    ) -> DbResult<Vec<Versioniert<Zuteilung>>> {
        use zuteilung as t;
        let mut q = t::table
            .filter(t::jahrgang.eq(i64::from(jahrgang)))
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .into_boxed::<MultiBackend>();
        match sicht {
            Sicht::Alles => {}
            Sicht::Gebietskoerperschaft(k) => q = q.filter(t::kreisschluessel.eq(k.clone())),
            Sicht::Traeger(_) => return Ok(Vec::new()),
        }
        if let Some(k) = kreisschluessel {
            q = q.filter(t::kreisschluessel.eq(k.to_owned()));
        }
        if let Some(n) = nach {
            q = q.filter(t::id.gt(Kennung(n)));
        }
        alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
    }
}

/// Umverteilungen.
pub mod umverteilung {
    use super::{
        DbConn, DbResult, Dokument, Kennung, MultiBackend, Roh, Sicht, Umverteilung, UmverteilungStatus, Versioniert,
        alle_lesen,
    };
    use crate::ablage::aggregat;
    use crate::schema::umverteilung;
    use diesel::prelude::*;

    #[derive(Insertable, AsChangeset)]
    #[diesel(table_name = umverteilung, treat_none_as_null = true)]
    struct Zeile {
        id: Kennung,
        jahrgang: i64,
        status: String,
        von_kreis: String,
        nach_kreis: String,
        inhalt: Dokument,
        erstellt_von: String,
        freigegeben_von: Option<String>,
    }

    impl Zeile {
        fn aus(u: &Umverteilung) -> DbResult<Self> {
            Ok(Zeile {
                id: Kennung(u.id),
                jahrgang: i64::from(u.jahrgang),
                status: u.status.code().to_owned(),
                von_kreis: u.inhalt.von.kreisschluessel.clone(),
                nach_kreis: u.inhalt.nach.kreisschluessel.clone(),
                inhalt: Dokument::aus(u)?,
                erstellt_von: u.erstellt_von.clone(),
                freigegeben_von: u.freigegeben_von.clone(),
            })
        }
    }

    aggregat!(
        Umverteilung, "UMVERTEILUNG", umverteilung, version, id: Kennung = |u| Kennung(u.id),
        schluessel |u| u.id.to_string(), gk |_| None
    );

    /// A county sees what takes from it or gives to it.
    pub fn sichtbar(sicht: &Sicht, u: &Umverteilung) -> bool {
        let entschieden = *sicht == Sicht::Alles || u.status == UmverteilungStatus::Freigegeben;
        entschieden && (sicht.sieht_gk(&u.inhalt.von.kreisschluessel) || sicht.sieht_gk(&u.inhalt.nach.kreisschluessel))
    }

    /// Umverteilungen of a Jahrgang in order of time, after `nach`.
    ///
    /// # Errors
    /// [`crate::DbFehler`].
    pub fn liste(
        c: &mut DbConn,
        sicht: &Sicht,
        jahrgang: i32,
        status: Option<UmverteilungStatus>,
        nach: Option<uuid::Uuid>,
        anzahl: i64,
    ) -> DbResult<Vec<Versioniert<Umverteilung>>> {
        use umverteilung as t;
        let mut q = t::table
            .filter(t::jahrgang.eq(i64::from(jahrgang)))
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .into_boxed::<MultiBackend>();
        match sicht {
            Sicht::Alles => {}
            // a reallocation that nobody has approved is the ministry's own affair
            Sicht::Gebietskoerperschaft(k) => {
                q = q
                    .filter(t::status.eq(UmverteilungStatus::Freigegeben.code()))
                    .filter(t::von_kreis.eq(k.clone()).or(t::nach_kreis.eq(k.clone())));
            }
            Sicht::Traeger(_) => return Ok(Vec::new()),
        }
        if let Some(s) = status {
            q = q.filter(t::status.eq(s.code()));
        }
        if let Some(n) = nach {
            q = q.filter(t::id.gt(Kennung(n)));
        }
        alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
    }
}
