//! What the calculation takes from a proof of use, its receipts and its findings.

use super::{
    Deckung, Massnahmenrechnung, Minderungsbezug, Rechnungsabzug, Rechnungsabzugsgrund, Rechnungsansatz,
    Rechnungsgrundlage, bereich, summe,
};
use crate::befund::{Befund, Einheit};
use crate::bescheid::Bescheid;
use crate::feststellung::Feststellung;
use crate::finanzierungsplan::LAND_AQB;
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::regel::{ABZUG_UEBER_NACHWEIS, NACHWEIS_OHNE_BESCHEID, PARAMETER_FEHLT};
use crate::regelwerk::Regelwerk;
use crate::verwendungsnachweis::{Massnahmenabrechnung, Verwendungsnachweis};
use chrono::NaiveDate;
use uuid::Uuid;

/// What the examiner did not recognise of the receipts of an Ansatz.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belegabzug {
    /// Measure.
    pub massnahme_id: Uuid,
    /// Cost position.
    pub position: String,
    /// Receipts that were not recognised in full.
    pub anzahl: i64,
    /// What is missing of them.
    pub betrag: Euro,
}

/// What was examined.
#[derive(Debug, Clone, Copy)]
pub struct Pruefergebnis<'a> {
    /// The proof as it stands.
    pub nachweis: &'a Verwendungsnachweis,
    /// The Bescheid that says what is granted now.
    pub geltend: &'a Bescheid,
    /// Deductions from its receipts.
    pub belege: &'a [Belegabzug],
    /// Its findings.
    pub feststellungen: &'a [Feststellung],
    /// Regelwerk of the Bescheid.
    pub regelwerk: &'a Regelwerk,
    /// Legal day.
    pub heute: NaiveDate,
}

impl Pruefergebnis<'_> {
    /// Everything the calculation depends on.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT` for a number the Regelwerk does not know: nothing is guessed. `RECHENBEREICH`.
    pub fn grundlage(&self) -> Result<Rechnungsgrundlage, Vec<Befund>> {
        let einzeln = |b: Befund| vec![b];
        let tag = stichtag(self.geltend.inhalt.jahrgang);
        let r = self.regelwerk;
        let finanzierungsart = self.geltend.inhalt.finanzierungsart.ok_or_else(|| {
            einzeln(Befund::neu(&NACHWEIS_OHNE_BESCHEID).gemessen("heute", self.heute, Einheit::Datum))
        })?;
        let bezug: Minderungsbezug = r.code("minderung_bezug", tag).map_err(einzeln)?.parse().map_err(|_| {
            einzeln(
                Befund::neu(&PARAMETER_FEHLT)
                    .gemessen("parameter", "minderung_bezug", Einheit::Code)
                    .gemessen("stichtag", tag, Einheit::Datum)
                    .regelwerk(&r.version),
            )
        })?;
        let eigene = r.codes("quellen_eigenmittel", tag).map_err(einzeln)?;
        let massnahmen = self.nachweis.abrechnung();
        Ok(Rechnungsgrundlage {
            regelwerk: r.version.clone(),
            finanzierungsart,
            bezug,
            bagatellgrenze: r.betrag("bagatellgrenze", tag).map_err(einzeln)?,
            ueberschreitung: self
                .nachweis
                .kennt_ansatzregel()
                .then(|| r.prozent("ansatz_ueberschreitung_prozent", tag))
                .transpose()
                .map_err(einzeln)?,
            massnahmen: massnahmen.iter().map(|m| self.massnahme(m, &eigene)).collect::<Result<_, _>>()?,
        })
    }

    fn massnahme(&self, m: &Massnahmenabrechnung, eigene: &[String]) -> Result<Massnahmenrechnung, Vec<Befund>> {
        let einzeln = |b: Befund| vec![b];
        let positionen = self.geltend.inhalt.positionen.iter().filter(|p| p.massnahme_id == m.massnahme_id);
        let mut ansaetze = Vec::with_capacity(m.ausgaben.len());
        let mut aussen = Euro::NULL;
        for a in &m.ausgaben {
            let nachgewiesen = a.gesamt_zuwendungsfaehig().map_err(einzeln)?;
            let daneben = a.gesamt().map_err(einzeln)?.minus(nachgewiesen).map_err(bereich)?;
            aussen = aussen.plus(daneben.max(Euro::NULL)).map_err(bereich)?;
            ansaetze.push(Rechnungsansatz {
                position: a.position.clone(),
                plan: a.plan,
                nachgewiesen,
                abzuege: self.abzuege((m.massnahme_id, &m.massnahme_nr), (&a.position, nachgewiesen))?,
            });
        }
        let mut rechnung = Massnahmenrechnung {
            massnahme_id: m.massnahme_id,
            massnahme_nr: m.massnahme_nr.clone(),
            zuwendung: summe(positionen.map(|p| p.bewilligt))?,
            plan: Deckung::default(),
            ist: Deckung::default(),
            nicht_zuwendungsfaehig: aussen,
            ansaetze,
        };
        for f in m.finanzierung.iter().filter(|f| f.quelle != LAND_AQB) {
            let ist = f.bisher.plus(f.ist).map_err(bereich)?;
            let (plan, kam) = if eigene.contains(&f.quelle) {
                (&mut rechnung.plan.eigenmittel, &mut rechnung.ist.eigenmittel)
            } else {
                (&mut rechnung.plan.deckungsmittel, &mut rechnung.ist.deckungsmittel)
            };
            *plan = plan.plus(f.plan).map_err(bereich)?;
            *kam = kam.plus(ist).map_err(bereich)?;
        }
        Ok(rechnung)
    }

    fn abzuege(
        &self,
        (massnahme_id, nr): (Uuid, &str),
        (position, nachgewiesen): (&str, Euro),
    ) -> Result<Vec<Rechnungsabzug>, Vec<Befund>> {
        let hier = |m: Uuid, p: &str| m == massnahme_id && p == position;
        let belege: Vec<_> = self.belege.iter().filter(|b| hier(b.massnahme_id, &b.position)).collect();
        let gefunden: Vec<_> = self
            .feststellungen
            .iter()
            .filter(|f| hier(f.inhalt.massnahme_id, &f.inhalt.position) && f.abzug().ist_positiv())
            .collect();
        let mut abzuege = Vec::new();
        for (grund, anzahl, betrag) in [
            (
                Rechnungsabzugsgrund::Beleg,
                belege.iter().map(|b| b.anzahl).sum(),
                summe(belege.iter().map(|b| b.betrag))?,
            ),
            (
                Rechnungsabzugsgrund::Feststellung,
                i64::try_from(gefunden.len()).unwrap_or(i64::MAX),
                summe(gefunden.iter().map(|f| f.abzug()))?,
            ),
        ] {
            if betrag.ist_positiv() {
                abzuege.push(Rechnungsabzug { grund, anzahl, betrag });
            }
        }
        let abgezogen = summe(abzuege.iter().map(|x| x.betrag))?;
        if abgezogen > nachgewiesen {
            return Err(vec![zu_viel(nr, position, abgezogen, nachgewiesen)]);
        }
        Ok(abzuege)
    }
}

/// `ABZUG_UEBER_NACHWEIS`.
pub(crate) fn zu_viel(massnahme_nr: &str, position: &str, abzuege: Euro, nachgewiesen: Euro) -> Befund {
    Befund::neu(&ABZUG_UEBER_NACHWEIS)
        .gemessen("massnahme", massnahme_nr, Einheit::Code)
        .gemessen("position", position, Einheit::Code)
        .betrag("abzuege", abzuege, "nachgewiesen", nachgewiesen)
}
