//! The rows of the calculation beside those of the calculator itself.

use super::{Berechnungszeile, Rechnungsabzugsgrund, Rechnungsansatz, als_zeile};
use crate::befund::Befund;
use crate::geld::{Euro, Prozent};
use crate::zuwendung::{Ansatzergebnis, Rechenschritt};

/// What a row is about when it is about all measures.
pub(super) const GESAMT: &str = "GESAMT";
const NACHWEIS: &str = "Nr. 6 ANBest-P / Nr. 5 ANBest-GK";
const PLANBINDUNG: &str = "Nr. 1.2 ANBest-P";
const MINDERUNG: &str = "Nr. 2 ANBest-P / ANBest-GK";

#[derive(Default)]
pub(super) struct Zeilen(Vec<Berechnungszeile>);

impl Zeilen {
    fn neu(&mut self, bezug: &str, schritt: &str, norm: &str, (de, en): (String, String), formel: String, e: Euro) {
        self.0.push(Berechnungszeile {
            nr: 0,
            bezug: bezug.to_owned(),
            schritt: schritt.to_owned(),
            norm: norm.to_owned(),
            text_de: de,
            text_en: en,
            formel,
            ergebnis: e,
        });
    }

    /// What an Ansatz claims and what is taken off.
    pub(super) fn ansatz(&mut self, nr: &str, a: &Rechnungsansatz, rest: Euro) -> Result<(), Vec<Befund>> {
        let p = &a.position;
        let worte =
            (format!("{p}: nachgewiesene zuwendungsfähige Ausgaben."), format!("{p}: eligible expenditure claimed."));
        self.neu(nr, "NACHGEWIESEN", NACHWEIS, worte, String::new(), a.nachgewiesen);
        for x in a.abzuege.iter().filter(|x| x.betrag.ist_positiv()) {
            let (de, en) = match x.grund {
                Rechnungsabzugsgrund::Beleg => ("nicht anerkannte Belege", "receipts not recognised"),
                Rechnungsabzugsgrund::Feststellung => ("Feststellungen mit Rückforderung", "findings with repayment"),
            };
            let worte = (format!("{p}: {de} ({}).", x.anzahl), format!("{p}: {en} ({}).", x.anzahl));
            self.neu(nr, "ABZUG", NACHWEIS, worte, String::new(), x.betrag);
        }
        if rest != a.nachgewiesen {
            let worte = (format!("{p}: nach Abzügen."), format!("{p}: after deductions."));
            let abzug = a.nachgewiesen.minus(rest).map_err(super::bereich)?;
            self.neu(nr, "NACH_ABZUG", NACHWEIS, worte, format!("{} − {abzug}", a.nachgewiesen), rest);
        }
        Ok(())
    }

    /// The 20 % rule and the cap of the plan.
    pub(super) fn plan(&mut self, nr: &str, e: &Ansatzergebnis, ueberschreitung: Prozent) {
        for z in &e.zeilen {
            let p = &z.position;
            let worte = (
                format!("{p}: höchstens der Ansatz und {ueberschreitung} % darüber."),
                format!("{p}: at most the Ansatz and {ueberschreitung} % above."),
            );
            self.neu(nr, "ANSATZ", PLANBINDUNG, worte, format!("min({}; {})", z.ist, z.zulaessig), z.anerkannt);
        }
        let worte =
            ("Der Plan ist im Gesamtergebnis verbindlich.".to_owned(), "The plan binds in its total.".to_owned());
        self.neu(nr, "PLANSUMME", PLANBINDUNG, worte, format!("min({}; {})", e.summe, e.plan), e.anerkannt);
    }

    /// Own funds that cover recognised expenditure.
    pub(super) fn eigenmittel(&mut self, nr: &str, ist: Euro, aussen: Euro, anrechenbar: Euro) {
        if ist.ist_null() || aussen.ist_null() {
            return;
        }
        let worte = (
            "Eigenmittel für nicht anerkannte Ausgaben decken nichts Zuwendungsfähiges.".to_owned(),
            "Own funds spent on what is not recognised cover nothing eligible.".to_owned(),
        );
        self.neu(nr, "EIGENMITTEL_ANRECHENBAR", MINDERUNG, worte, format!("max(0; {ist} − {aussen})"), anrechenbar);
    }

    pub(super) fn schritt(&mut self, bezug: &str, s: &Rechenschritt) {
        self.0.push(als_zeile(bezug, s));
    }

    /// A measure's share of what remains in all.
    pub(super) fn anteil(&mut self, nr: &str, gesamt: Euro, eigene: Euro, alle: Euro, anteil: Euro) {
        let worte = (
            "Anteil der Maßnahme nach ihrer Zuwendung, größte Reste zuerst.".to_owned(),
            "Share of the measure by its grant, largest remainders first.".to_owned(),
        );
        self.neu(nr, "ANTEIL_MASSNAHME", MINDERUNG, worte, format!("{gesamt} × {eigene} / {alle}"), anteil);
    }

    /// The last row.
    pub(super) fn summe(&mut self, zuwendung: Euro, endgueltig: Euro, je: impl Iterator<Item = Euro>) {
        let worte = (
            format!("Endgültige Zuwendung; bewilligt waren {zuwendung} EUR."),
            format!("Final grant; granted were {zuwendung} EUR."),
        );
        let formel = je.map(|e| e.to_string()).collect::<Vec<_>>().join(" + ");
        // a formula of a thousand measures says no more than their rows
        let formel = if formel.len() > 900 { String::new() } else { formel };
        self.neu(GESAMT, "SUMME", MINDERUNG, worte, formel, endgueltig);
    }

    /// The rows with their numbers.
    pub(super) fn fertig(self) -> Vec<Berechnungszeile> {
        self.0.into_iter().zip(1..).map(|(z, nr)| Berechnungszeile { nr, ..z }).collect()
    }
}
