//! Zuteilungen, Umverteilungen and Budgetkorrekturen; balances are in [`crate::konto`].

use crate::ablage::{Roh, alle_lesen, des_kreises, lesen};
use crate::typen::{Dokument, Kennung};
use crate::vollzug::Versioniert;
use crate::{DbConn, DbResult, MultiBackend};
use aqb_domain::berechtigung::Sicht;
use aqb_domain::budget::{Budgetkorrektur, KorrekturStatus, Umverteilung, UmverteilungStatus, Zuteilung};

/// Zuteilungen: insert-only.
pub mod zuteilung {
    use super::{
        DbConn, DbResult, Dokument, Kennung, MultiBackend, Roh, Sicht, Versioniert, Zuteilung, alle_lesen, des_kreises,
    };
    use crate::ablage::aggregat;
    use crate::schema::zuteilung;
    use diesel::prelude::*;

    #[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
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
        let q = t::table
            .filter(t::jahrgang.eq(i64::from(jahrgang)))
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .into_boxed::<MultiBackend>();
        let mut q = des_kreises!(q, sicht, t::kreisschluessel);
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
        alle_lesen, lesen,
    };
    use crate::ablage::aggregat;
    use crate::schema::umverteilung;
    use diesel::prelude::*;

    #[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
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

    /// A county sees what takes from it or gives to it, once it is approved: before that a reallocation is the
    /// ministry's own affair.
    macro_rules! sichtbare {
        ($q:expr, $sicht:expr) => {
            match $sicht {
                Sicht::Alles => $q,
                Sicht::Gebietskoerperschaft(k) => $q
                    .filter(umverteilung::status.eq(UmverteilungStatus::Freigegeben.code()))
                    .filter(umverteilung::von_kreis.eq(k.clone()).or(umverteilung::nach_kreis.eq(k.clone()))),
                Sicht::Traeger(_) => $q.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("1 = 0")),
            }
        };
    }

    /// Loads one of a Jahrgang, if the caller sees it.
    ///
    /// # Errors
    /// [`crate::DbFehler`].
    pub fn gesehen(
        c: &mut DbConn,
        sicht: &Sicht,
        jahrgang: i32,
        id: uuid::Uuid,
    ) -> DbResult<Option<Versioniert<Umverteilung>>> {
        use umverteilung as t;
        let q = t::table
            .filter(t::id.eq(Kennung(id)))
            .filter(t::jahrgang.eq(i64::from(jahrgang)))
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .into_boxed::<MultiBackend>();
        sichtbare!(q, sicht).first::<Roh>(c).optional()?.map(lesen).transpose()
    }

    /// What narrows a list of Umverteilungen.
    #[derive(Debug, Clone, Default)]
    pub struct Filter {
        /// State.
        pub status: Option<UmverteilungStatus>,
        /// Gebietskoerperschaft that gives or receives.
        pub kreisschluessel: Option<String>,
    }

    /// Umverteilungen of a Jahrgang in order of time, after `nach`.
    ///
    /// # Errors
    /// [`crate::DbFehler`].
    pub fn liste(
        c: &mut DbConn,
        sicht: &Sicht,
        jahrgang: i32,
        f: &Filter,
        nach: Option<uuid::Uuid>,
        anzahl: i64,
    ) -> DbResult<Vec<Versioniert<Umverteilung>>> {
        use umverteilung as t;
        let q = t::table
            .filter(t::jahrgang.eq(i64::from(jahrgang)))
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .into_boxed::<MultiBackend>();
        let mut q = sichtbare!(q, sicht);
        if let Some(k) = &f.kreisschluessel {
            q = q.filter(t::von_kreis.eq(k.clone()).or(t::nach_kreis.eq(k.clone())));
        }
        if let Some(s) = f.status {
            q = q.filter(t::status.eq(s.code()));
        }
        if let Some(n) = nach {
            q = q.filter(t::id.gt(Kennung(n)));
        }
        alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
    }
    /// Those of a Jahrgang that wait for their approval.
    ///
    /// # Errors
    /// [`crate::DbFehler`].
    pub fn wartende(c: &mut DbConn, jahrgang: i32) -> DbResult<u64> {
        let n: i64 = umverteilung::table
            .filter(umverteilung::jahrgang.eq(i64::from(jahrgang)))
            .filter(umverteilung::status.eq(UmverteilungStatus::Beantragt.code()))
            .count()
            .get_result(c)?;
        Ok(u64::try_from(n).unwrap_or(0))
    }
}

/// Budgetkorrekturen.
pub mod korrektur {
    use super::{
        Budgetkorrektur, DbConn, DbResult, Dokument, Kennung, KorrekturStatus, MultiBackend, Roh, Sicht, Versioniert,
        alle_lesen, lesen,
    };
    use crate::ablage::aggregat;
    use crate::schema::budgetkorrektur;
    use diesel::prelude::*;

    #[derive(Insertable, AsChangeset, Queryable, Selectable, PartialEq)]
    #[diesel(table_name = budgetkorrektur, treat_none_as_null = true)]
    struct Zeile {
        id: Kennung,
        jahrgang: i64,
        status: String,
        kreisschluessel: Option<String>,
        inhalt: Dokument,
        erstellt_von: String,
        freigegeben_von: Option<String>,
    }

    impl Zeile {
        fn aus(k: &Budgetkorrektur) -> DbResult<Self> {
            Ok(Zeile {
                id: Kennung(k.id),
                jahrgang: i64::from(k.jahrgang),
                status: k.status.code().to_owned(),
                kreisschluessel: k.inhalt.kreisschluessel.clone(),
                inhalt: Dokument::aus(k)?,
                erstellt_von: k.erstellt_von.clone(),
                freigegeben_von: k.freigegeben_von.clone(),
            })
        }
    }

    aggregat!(
        Budgetkorrektur, "BUDGETKORREKTUR", budgetkorrektur, version, id: Kennung = |k| Kennung(k.id),
        schluessel |k| k.id.to_string(), gk |k| k.inhalt.kreisschluessel.as_deref()
    );

    /// A county sees approved cuts of its own allocation.
    macro_rules! sichtbare {
        ($q:expr, $sicht:expr) => {
            match $sicht {
                Sicht::Alles => $q,
                Sicht::Gebietskoerperschaft(k) => $q
                    .filter(budgetkorrektur::status.eq(KorrekturStatus::Freigegeben.code()))
                    .filter(budgetkorrektur::kreisschluessel.eq(k.clone())),
                Sicht::Traeger(_) => $q.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("1 = 0")),
            }
        };
    }

    /// Loads one of a Jahrgang, if the caller sees it.
    ///
    /// # Errors
    /// [`crate::DbFehler`].
    pub fn gesehen(
        c: &mut DbConn,
        sicht: &Sicht,
        jahrgang: i32,
        id: uuid::Uuid,
    ) -> DbResult<Option<Versioniert<Budgetkorrektur>>> {
        use budgetkorrektur as t;
        let q = t::table
            .filter(t::id.eq(Kennung(id)))
            .filter(t::jahrgang.eq(i64::from(jahrgang)))
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .into_boxed::<MultiBackend>();
        sichtbare!(q, sicht).first::<Roh>(c).optional()?.map(lesen).transpose()
    }

    /// Budgetkorrekturen of a Jahrgang in order of time, after `nach`.
    ///
    /// # Errors
    /// [`crate::DbFehler`].
    pub fn liste(
        c: &mut DbConn,
        sicht: &Sicht,
        jahrgang: i32,
        status: Option<KorrekturStatus>,
        nach: Option<uuid::Uuid>,
        anzahl: i64,
    ) -> DbResult<Vec<Versioniert<Budgetkorrektur>>> {
        use budgetkorrektur as t;
        let q = t::table
            .filter(t::jahrgang.eq(i64::from(jahrgang)))
            .select((t::inhalt, t::erstellt_am, t::geaendert_am, t::version))
            .into_boxed::<MultiBackend>();
        let mut q = sichtbare!(q, sicht);
        if let Some(s) = status {
            q = q.filter(t::status.eq(s.code()));
        }
        if let Some(n) = nach {
            q = q.filter(t::id.gt(Kennung(n)));
        }
        alle_lesen(q.order(t::id.asc()).limit(anzahl).load::<Roh>(c)?)
    }

    /// Those of a Jahrgang that wait for their approval.
    ///
    /// # Errors
    /// [`crate::DbFehler`].
    pub fn wartende(c: &mut DbConn, jahrgang: i32) -> DbResult<u64> {
        let n: i64 = budgetkorrektur::table
            .filter(budgetkorrektur::jahrgang.eq(i64::from(jahrgang)))
            .filter(budgetkorrektur::status.eq(KorrekturStatus::Beantragt.code()))
            .count()
            .get_result(c)?;
        Ok(u64::try_from(n).unwrap_or(0))
    }
}
