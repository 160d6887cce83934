//! How far the budgets are used.

use crate::geld::{Euro, GeldFehler, Prozent};
use crate::konto::{Kontoschluessel, Stand};
use std::collections::BTreeMap;

/// Shares of what was allocated, cut down to hundredths of a percent; none where nothing was allocated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Auslastungsquoten {
    /// Bound by Bescheide.
    pub gebunden: Option<Prozent>,
    /// Called.
    pub abgerufen: Option<Prozent>,
    /// Paid out.
    pub ausgezahlt: Option<Prozent>,
    /// Passed on to Traeger.
    pub weitergeleitet: Option<Prozent>,
}

impl Stand {
    /// The quotas of these figures.
    pub fn quoten(&self) -> Auslastungsquoten {
        let anteil = |e: Euro| e.anteil_von(self.zugeteilt);
        Auslastungsquoten {
            gebunden: anteil(self.gebunden),
            abgerufen: anteil(self.abgerufen),
            ausgezahlt: anteil(self.ausgezahlt),
            weitergeleitet: anteil(self.weitergeleitet),
        }
    }
}

/// A Gebietskoerperschaft as a report names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Berichtskreis {
    /// Key.
    pub kreisschluessel: String,
    /// Name.
    pub name: String,
}

/// Budget of one Gebietskoerperschaft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kreisauslastung {
    /// Whose.
    pub kreis: Berichtskreis,
    /// Per Teilbudget and Haushaltsjahr.
    pub positionen: Vec<(String, i32, Stand)>,
    /// All of them.
    pub summe: Stand,
}

/// Budgets of several Gebietskoerperschaften.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budgetauslastung {
    /// Each, also without any money.
    pub kreise: Vec<Kreisauslastung>,
    /// All of them.
    pub gesamt: Stand,
}

/// Arranges balances by owner, Teilbudget and Haushaltsjahr.
///
/// # Errors
/// [`GeldFehler::Bereich`] when a sum cannot be represented.
pub fn budgetauslastung(
    kreise: Vec<Berichtskreis>,
    salden: &[(Kontoschluessel, Euro)],
) -> Result<Budgetauslastung, GeldFehler> {
    let stand = |zeilen: &[&(Kontoschluessel, Euro)]| Stand::aus_salden(zeilen.iter().map(|(k, s)| (k.art, *s)));
    let mut je_kreis = BTreeMap::<&str, Vec<&(Kontoschluessel, Euro)>>::new();
    for z in salden {
        je_kreis.entry(&z.0.kreisschluessel).or_default().push(z);
    }
    let mut gezaehlt = Vec::new();
    let mut aus = Vec::with_capacity(kreise.len());
    for kreis in kreise {
        let zeilen = je_kreis.remove(kreis.kreisschluessel.as_str()).unwrap_or_default();
        let mut je_stelle = BTreeMap::<(&str, i32), Vec<_>>::new();
        for z in &zeilen {
            je_stelle.entry((&z.0.teilbudget, z.0.haushaltsjahr)).or_default().push(*z);
        }
        let positionen = je_stelle
            .into_iter()
            .map(|((teilbudget, hj), z)| Ok((teilbudget.to_owned(), hj, stand(&z)?)))
            .collect::<Result<_, GeldFehler>>()?;
        aus.push(Kreisauslastung { kreis, positionen, summe: stand(&zeilen)? });
        gezaehlt.extend(zeilen);
    }
    Ok(Budgetauslastung { kreise: aus, gesamt: stand(&gezaehlt)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::konto::Kontoart::{self, Abgerufen, Ausgezahlt, Gebunden, Verfuegbar, Weitergeleitet};

    fn saldo(kreis: &str, teilbudget: &str, hj: i32, art: Kontoart, euro: &str) -> (Kontoschluessel, Euro) {
        let k = Kontoschluessel {
            jahrgang: 2026,
            kreisschluessel: kreis.to_owned(),
            teilbudget: teilbudget.to_owned(),
            haushaltsjahr: hj,
            art,
        };
        (k, euro.parse().unwrap())
    }

    /// computed: 90.00 of Wetterau, of which 30.00 are free; Kassel has nothing.
    #[test]
    fn summen_und_quoten() {
        let kreis = |k: &str| Berichtskreis { kreisschluessel: k.to_owned(), name: k.to_owned() };
        let salden = [
            saldo("06440", "ALLGEMEIN", 2026, Verfuegbar, "20.00"),
            saldo("06440", "ALLGEMEIN", 2026, Gebunden, "25.00"),
            saldo("06440", "ALLGEMEIN", 2026, Abgerufen, "15.00"),
            saldo("06440", "ALLGEMEIN", 2026, Ausgezahlt, "5.00"),
            saldo("06440", "ALLGEMEIN", 2026, Weitergeleitet, "15.00"),
            saldo("06440", "ALLGEMEIN", 2027, Verfuegbar, "10.00"),
            saldo("06999", "ALLGEMEIN", 2027, Verfuegbar, "99.00"),
        ];
        let b = budgetauslastung(vec![kreis("06440"), kreis("06611")], &salden).unwrap();
        let zahlen = |s: &Stand| {
            [s.zugeteilt, s.gebunden, s.abgerufen, s.ausgezahlt, s.weitergeleitet, s.verfuegbar].map(|e| e.to_string())
        };
        assert_eq!(b.kreise[0].positionen.len(), 2);
        assert_eq!(zahlen(&b.kreise[0].positionen[0].2), ["80.00", "60.00", "35.00", "20.00", "15.00", "20.00"]);
        assert_eq!(zahlen(&b.gesamt), ["90.00", "60.00", "35.00", "20.00", "15.00", "30.00"]);
        assert_eq!(b.kreise[0].summe, b.gesamt, "who is not asked for is not counted");
        let q = b.gesamt.quoten();
        let q = [q.gebunden, q.abgerufen, q.ausgezahlt, q.weitergeleitet].map(|q| q.map(|q| q.to_string()));
        assert_eq!(q.map(Option::unwrap), ["66.66", "38.88", "22.22", "16.66"]);
        assert_eq!((b.kreise[1].summe, b.kreise[1].summe.quoten()), (Stand::default(), Auslastungsquoten::default()));
    }
}
