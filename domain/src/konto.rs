//! The ledger: double entry, insert-only, whole cents. A balance is the sum of postings and nothing else.

use crate::befund::{Befund, Einheit};
use crate::geld::{Euro, GeldFehler};
use crate::regel::{BUDGET_UEBERSCHRITTEN, PROGRAMM_ERSCHOEPFT};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// Kind of account. The accounts of a Gebietskoerperschaft are disjoint: every euro lies in exactly one of them.
    Kontoart {
        /// The state's budget as a whole: the source; its balance is negative.
        Landeshaushalt = "LANDESHAUSHALT",
        /// Budget of a Jahrgang that is not yet allocated.
        Programm = "PROGRAMM",
        /// Allocated to a Gebietskoerperschaft and free.
        Verfuegbar = "VERFUEGBAR",
        /// Bound by a Bescheid, not yet called.
        Gebunden = "GEBUNDEN",
        /// Called, not yet paid.
        Abgerufen = "ABGERUFEN",
        /// Paid out to the Gebietskoerperschaft, neither passed on nor proved.
        Ausgezahlt = "AUSGEZAHLT",
        /// Passed on to a Traeger, not yet proved.
        Weitergeleitet = "WEITERGELEITET",
        /// Paid out and recognised.
        Anerkannt = "ANERKANNT",
        /// Paid out, claimed back and not yet paid back.
        Rueckgefordert = "RUECKGEFORDERT",
        /// Paid back.
        Erstattet = "ERSTATTET",
        /// Paid back before anything was claimed: a grant covers it until a Bescheid grants less.
        Zurueckgezahlt = "ZURUECKGEZAHLT",
        /// Interest that was fixed: the source; its balance is negative.
        ZinsFestgesetzt = "ZINS_FESTGESETZT",
        /// Interest that is claimed and not yet paid.
        ZinsGefordert = "ZINS_GEFORDERT",
        /// Interest that was paid.
        ZinsBezahlt = "ZINS_BEZAHLT",
    }
}

/// `kreisschluessel` of the state itself in the ledger. It is no Gebietskoerperschaft and never leaves the ledger
/// ([`Kontoschluessel::kreis`]).
pub const LAND: &str = "06000";

/// An account: kind × owner × Jahrgang × Teilbudget × Haushaltsjahr.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Kontoschluessel {
    /// Jahrgang.
    pub jahrgang: i32,
    /// Gebietskoerperschaft, or [`LAND`].
    pub kreisschluessel: String,
    /// Teilbudget.
    pub teilbudget: String,
    /// Year in which the money flows.
    pub haushaltsjahr: i32,
    /// Kind.
    pub art: Kontoart,
}

/// One line of a posting. Positive amounts go into the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buchungszeile {
    /// Account.
    pub konto: Kontoschluessel,
    /// Measure the money is meant for; none before a Bescheid binds it. It divides an account without being part of
    /// its key: the account is what must never fall below zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub massnahme_id: Option<Uuid>,
    /// Amount.
    pub betrag: Euro,
}

/// A posting: lines with sum zero and the reason for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buchung {
    /// Kind of business transaction, UPPER_SNAKE: `ZUTEILUNG`, `BEWILLIGUNG`.
    pub grund: &'static str,
    /// Words for people.
    pub text: String,
    /// Legal day, where it is not the day of the act: the value date of a payment.
    pub wirksam_am: Option<NaiveDate>,
    zeilen: Vec<Buchungszeile>,
}

impl Buchung {
    /// Moves amounts from account to account; the sum is zero by construction.
    pub fn umbuchung(grund: &'static str, text: impl Into<String>) -> Self {
        Buchung { grund, text: text.into(), wirksam_am: None, zeilen: Vec::new() }
    }

    /// With a legal day of its own.
    #[must_use]
    pub fn am(self, tag: NaiveDate) -> Self {
        Buchung { wirksam_am: Some(tag), ..self }
    }

    /// Adds one movement. An amount of 0.00 adds nothing.
    #[must_use]
    pub fn bewegung(self, von: Kontoschluessel, nach: Kontoschluessel, betrag: Euro) -> Self {
        self.zeilenpaar((von, None), (nach, None), betrag)
    }

    /// Adds one movement of money that is meant for a measure.
    #[must_use]
    pub fn fuer_massnahme(self, massnahme: Uuid, von: Kontoschluessel, nach: Kontoschluessel, betrag: Euro) -> Self {
        // free money belongs to no measure
        let zweck = |k: &Kontoschluessel| k.art.je_massnahme().then_some(massnahme);
        let (aus, an) = (zweck(&von), zweck(&nach));
        self.zeilenpaar((von, aus), (nach, an), betrag)
    }

    fn zeilenpaar(
        mut self,
        (von, aus): (Kontoschluessel, Option<Uuid>),
        (nach, an): (Kontoschluessel, Option<Uuid>),
        betrag: Euro,
    ) -> Self {
        if !betrag.ist_null() {
            self.zeile(Buchungszeile { konto: von, massnahme_id: aus, betrag: betrag.negativ() });
            self.zeile(Buchungszeile { konto: nach, massnahme_id: an, betrag });
        }
        self
    }

    /// One line per account and measure; a sum beyond the range stays two.
    fn zeile(&mut self, neu: Buchungszeile) {
        let gleich = |z: &&mut Buchungszeile| z.konto == neu.konto && z.massnahme_id == neu.massnahme_id;
        match self.zeilen.iter_mut().find(gleich) {
            Some(z) if z.betrag.plus(neu.betrag).is_ok() => z.betrag = z.betrag.plus(neu.betrag).unwrap_or(z.betrag),
            _ => self.zeilen.push(neu),
        }
    }

    /// The lines.
    pub fn zeilen(&self) -> &[Buchungszeile] {
        &self.zeilen
    }

    /// The posting that undoes this one.
    #[must_use]
    pub fn storno(&self, text: impl Into<String>) -> Self {
        let zeilen = self.zeilen.iter().map(|z| Buchungszeile { betrag: z.betrag.negativ(), ..z.clone() }).collect();
        Buchung { grund: "STORNO", text: text.into(), wirksam_am: self.wirksam_am, zeilen }
    }

    /// Sum of all lines; zero for every posting that can be built.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn summe(&self) -> Result<Euro, GeldFehler> {
        Euro::summe(self.zeilen.iter().map(|z| z.betrag))
    }
}

impl Kontoart {
    /// The balance of such an account must never fall below zero.
    pub const fn nie_negativ(self) -> bool {
        !matches!(self, Kontoart::Landeshaushalt | Kontoart::ZinsFestgesetzt)
    }

    /// What lies there is not settled: it waits for a call, a payment, a proof or a claim. Only what is recognised or was
    /// paid back on a claim has come to its end.
    pub const fn ist_ungeklaert(self) -> bool {
        matches!(
            self,
            Kontoart::Gebunden
                | Kontoart::Abgerufen
                | Kontoart::Ausgezahlt
                | Kontoart::Weitergeleitet
                | Kontoart::Rueckgefordert
                | Kontoart::Zurueckgezahlt
        )
    }

    /// Interest is no money of the budget: it belongs to no figure of it.
    pub const fn ist_zins(self) -> bool {
        matches!(self, Kontoart::ZinsFestgesetzt | Kontoart::ZinsGefordert | Kontoart::ZinsBezahlt)
    }

    /// Money on such an account was paid out and is covered by a grant; what was claimed back no grant covers any more,
    /// paid back or not.
    pub const fn ist_ausgezahlt(self) -> bool {
        matches!(self, Kontoart::Ausgezahlt | Kontoart::Weitergeleitet | Kontoart::Anerkannt | Kontoart::Zurueckgezahlt)
    }

    /// Money on such an account is meant for a measure.
    pub const fn je_massnahme(self) -> bool {
        !matches!(self, Kontoart::Landeshaushalt | Kontoart::Programm | Kontoart::Verfuegbar) && !self.ist_zins()
    }

    /// What lies on such an account for one measure never covers another one. A grant may be older than the postings
    /// that name their measure, so `GEBUNDEN` is covered as a whole.
    pub const fn deckt_nur_die_massnahme(self) -> bool {
        self.je_massnahme() && !matches!(self, Kontoart::Gebunden)
    }
}

impl Kontoschluessel {
    /// The Gebietskoerperschaft that owns the account; none for an account of the state.
    pub fn kreis(&self) -> Option<&str> {
        (self.kreisschluessel != LAND).then_some(self.kreisschluessel.as_str())
    }

    /// The account of another kind with otherwise the same key.
    #[must_use]
    pub fn mit_art(&self, art: Kontoart) -> Self {
        Kontoschluessel { art, ..self.clone() }
    }

    /// The finding for a posting that this account cannot cover.
    pub fn nicht_gedeckt(&self, benoetigt: Euro, verfuegbar: Euro) -> Befund {
        let regel = if self.art == Kontoart::Programm { &PROGRAMM_ERSCHOEPFT } else { &BUDGET_UEBERSCHRITTEN };
        let befund = Befund::neu(regel);
        let befund = match self.kreis() {
            Some(k) => befund.gemessen("kreisschluessel", k, Einheit::Code),
            None => befund,
        };
        befund
            .gemessen("jahrgang", self.jahrgang, Einheit::Anzahl)
            .gemessen("teilbudget", &self.teilbudget, Einheit::Code)
            .gemessen("haushaltsjahr", self.haushaltsjahr, Einheit::Anzahl)
            .betrag("benoetigt", benoetigt, "verfuegbar", verfuegbar)
    }

    /// The finding for a posting that what lies on this account for the measure cannot cover.
    pub fn nicht_gedeckt_fuer(&self, massnahme_id: Uuid, benoetigt: Euro, verfuegbar: Euro) -> Befund {
        self.nicht_gedeckt(benoetigt, verfuegbar).gemessen("massnahme_id", massnahme_id, Einheit::Code)
    }
}

/// The programme's money in one Teilbudget × Haushaltsjahr: `ansatz = zugeteilt + frei`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Programmstand {
    /// Budget of the Jahrgang.
    pub ansatz: Euro,
    /// Allocated to Gebietskoerperschaften.
    pub zugeteilt: Euro,
    /// Not yet allocated.
    pub frei: Euro,
}

impl Programmstand {
    /// Builds the figures from the balances of the state's accounts; those of others do not count.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn aus_salden(salden: impl IntoIterator<Item = (Kontoart, Euro)>) -> Result<Programmstand, GeldFehler> {
        let mut p = Programmstand::default();
        for (art, saldo) in salden {
            match art {
                // the source: what it gave is its negative balance
                Kontoart::Landeshaushalt => p.ansatz = p.ansatz.minus(saldo)?,
                Kontoart::Programm => p.frei = p.frei.plus(saldo)?,
                _ => {}
            }
        }
        p.zugeteilt = p.ansatz.minus(p.frei)?;
        Ok(p)
    }
}

/// Figures of one Teilbudget × Haushaltsjahr as people read them. Those from `zugeteilt` to `ausgezahlt` are cumulative
/// (`zugeteilt ≥ gebunden ≥ abgerufen ≥ ausgezahlt`), so `verfuegbar = zugeteilt − gebunden`; what was paid out lies
/// with the Gebietskoerperschaft, was passed on, is recognised, is claimed back or was paid back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Stand {
    /// Everything allocated.
    pub zugeteilt: Euro,
    /// Bound by Bescheide.
    pub gebunden: Euro,
    /// Free.
    pub verfuegbar: Euro,
    /// Called.
    pub abgerufen: Euro,
    /// Paid out.
    pub ausgezahlt: Euro,
    /// Of what was paid out: passed on to Traeger and not yet proved.
    pub weitergeleitet: Euro,
    /// Recognised.
    pub anerkannt: Euro,
    /// Of what was paid out: claimed back and not yet paid back.
    pub rueckgefordert: Euro,
    /// Paid back.
    pub erstattet: Euro,
}

impl Stand {
    /// Builds the figures from the balances of the disjoint accounts.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn aus_salden(salden: impl IntoIterator<Item = (Kontoart, Euro)>) -> Result<Stand, GeldFehler> {
        let mut je = Stand::default();
        for (art, saldo) in salden {
            let ziel = match art {
                Kontoart::Landeshaushalt | Kontoart::Programm => continue,
                Kontoart::ZinsFestgesetzt | Kontoart::ZinsGefordert | Kontoart::ZinsBezahlt => continue,
                Kontoart::Verfuegbar => &mut je.verfuegbar,
                Kontoart::Gebunden => &mut je.gebunden,
                Kontoart::Abgerufen => &mut je.abgerufen,
                Kontoart::Ausgezahlt => &mut je.ausgezahlt,
                Kontoart::Weitergeleitet => &mut je.weitergeleitet,
                Kontoart::Anerkannt => &mut je.anerkannt,
                Kontoart::Rueckgefordert => &mut je.rueckgefordert,
                Kontoart::Erstattet | Kontoart::Zurueckgezahlt => &mut je.erstattet,
            };
            *ziel = ziel.plus(saldo)?;
        }
        je.ausgezahlt = Euro::summe([je.ausgezahlt, je.weitergeleitet, je.anerkannt, je.rueckgefordert, je.erstattet])?;
        je.abgerufen = je.abgerufen.plus(je.ausgezahlt)?;
        je.gebunden = je.gebunden.plus(je.abgerufen)?;
        je.zugeteilt = je.gebunden.plus(je.verfuegbar)?;
        Ok(je)
    }

    /// Both together.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn plus(self, a: Stand) -> Result<Stand, GeldFehler> {
        Ok(Stand {
            zugeteilt: self.zugeteilt.plus(a.zugeteilt)?,
            gebunden: self.gebunden.plus(a.gebunden)?,
            verfuegbar: self.verfuegbar.plus(a.verfuegbar)?,
            abgerufen: self.abgerufen.plus(a.abgerufen)?,
            ausgezahlt: self.ausgezahlt.plus(a.ausgezahlt)?,
            weitergeleitet: self.weitergeleitet.plus(a.weitergeleitet)?,
            anerkannt: self.anerkannt.plus(a.anerkannt)?,
            rueckgefordert: self.rueckgefordert.plus(a.rueckgefordert)?,
            erstattet: self.erstattet.plus(a.erstattet)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn konto(art: Kontoart) -> Kontoschluessel {
        Kontoschluessel {
            jahrgang: 2026,
            kreisschluessel: "06440".into(),
            teilbudget: "ALLGEMEIN".into(),
            haushaltsjahr: 2026,
            art,
        }
    }

    proptest! {
        #[test]
        fn jede_buchung_ergibt_null(betraege in proptest::collection::vec(-1_000_000_000i64..1_000_000_000, 0..20)) {
            let b = betraege.iter().fold(Buchung::umbuchung("ZUTEILUNG", "x"), |b, c| {
                b.bewegung(konto(Kontoart::Programm), konto(Kontoart::Verfuegbar), Euro::aus_cent(*c).unwrap())
            });
            prop_assert_eq!(b.summe(), Ok(Euro::NULL));
            prop_assert_eq!(b.storno("zurück").summe(), Ok(Euro::NULL));
        }

        #[test]
        fn programm_ist_ansatz_ohne_zugeteiltes(ansatz in 0i64..1_000_000_000, frei in 0i64..1_000_000_000) {
            let e = |c| Euro::aus_cent(c).unwrap();
            let salden = [(Kontoart::Landeshaushalt, e(-ansatz)), (Kontoart::Programm, e(frei)), (Kontoart::Verfuegbar, e(7))];
            let p = Programmstand::aus_salden(salden).unwrap();
            prop_assert_eq!((p.ansatz, p.frei), (e(ansatz), e(frei)));
            prop_assert_eq!(p.zugeteilt.plus(p.frei), Ok(p.ansatz));
        }

        #[test]
        fn zinsen_veraendern_keinen_stand(z in 1i64..1_000_000_000, frei in 0i64..1_000_000_000) {
            use Kontoart::*;
            let e = |c| Euro::aus_cent(c).unwrap();
            let ohne = Stand::aus_salden([(Verfuegbar, e(frei))]).unwrap();
            let mit = [(Verfuegbar, e(frei)), (ZinsFestgesetzt, e(-z)), (ZinsGefordert, e(z - 1)), (ZinsBezahlt, e(1))];
            prop_assert_eq!(Stand::aus_salden(mit).unwrap(), ohne);
        }

        #[test]
        fn staende_sind_geordnet(s in proptest::array::uniform8(0i64..1_000_000_000)) {
            use Kontoart::*;
            let e = |i: usize| Euro::aus_cent(s[i]).unwrap();
            let stand = Stand::aus_salden([(Verfuegbar, e(0)), (Gebunden, e(1)), (Abgerufen, e(2)), (Ausgezahlt, e(3)), (Weitergeleitet, e(6)), (Anerkannt, e(4)), (Erstattet, e(5)), (Rueckgefordert, e(7))]).unwrap();
            prop_assert!(stand.zugeteilt >= stand.gebunden && stand.gebunden >= stand.abgerufen && stand.abgerufen >= stand.ausgezahlt);
            prop_assert_eq!(stand.zugeteilt.minus(stand.gebunden), Ok(stand.verfuegbar));
        }
    }
}
