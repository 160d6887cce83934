//! Rules of a line and of a whole list.

use super::{Belegart, Belegfakten, Beleginhalt, Belegmassnahme, Belegstelle, Belegsumme, Belegumfeld};
use crate::befund::{Befund, Einheit};
use crate::geld::{Euro, GeldFehler};
use crate::regel::{
    AUFTRAG_VOR_BEGINN, BEANTRAGT_FALSCH, BELEG_BETRAG_NULL, BELEG_MASSNAHME_UNBEKANNT, BELEG_NATUERLICHE_PERSON,
    BELEG_POSITION_NICHT_IM_PLAN, BELEG_TEILBUDGET_FREMD, BELEG_VORZEICHEN, BELEGLISTE_SUMME, BELEGNUMMER_DOPPELT,
    DATUM_IN_ZUKUNFT, GEZAHLT_UEBER_RECHNUNG, GUTSCHRIFT_UEBER_BELEG, HAUSHALTSJAHR_VOR_ZEITRAUM,
    LEISTUNG_AUSSERHALB_ZEITRAUM, LEISTUNG_UNGEORDNET, LFD_NR_LUECKE, RECHENBEREICH, Regel, SPLIT_UEBER_RECHNUNG,
    STORNO_UNBEKANNT, ZAHLUNG_AUSSERHALB_ZEITRAUM,
};
use crate::zeit::Zeitraum;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// Forms of address and titles that stand before the name of a person.
const ANREDEN: [&str; 8] = ["herr", "herrn", "frau", "familie", "hr.", "fr.", "eheleute", "fam."];

/// Largest sum of the absolute amounts of a list: a hundredth of the largest amount, so that the sums over all lists of a
/// case can be represented. A technical bound, not one of the programme.
const LISTENSUMME_HOECHSTENS: Euro = match Euro::aus_cent(Euro::HOECHSTENS.cent() / 100) {
    Ok(e) => e,
    Err(_) => Euro::NULL,
};

impl Beleginhalt {
    /// What the line says, judged by itself and by the facts of its list. Places are JSON pointers into the line.
    pub fn pruefe(&self, f: &Belegfakten) -> Vec<Befund> {
        let mut befunde = self.bezuege(f);
        befunde.extend(self.tage(f));
        befunde.extend(self.betraege().unwrap_or_else(|_| vec![Befund::neu(&RECHENBEREICH)]));
        befunde.extend(self.person());
        befunde.into_iter().map(|b| b.regelwerk(&f.regelwerk)).collect()
    }

    /// What the line says, compared with others.
    pub fn pruefe_umfeld(&self, u: &Belegumfeld) -> Vec<Befund> {
        let doppelt = u.gleiche_nummer.map(|(id, lfd_nr)| {
            Befund::neu(&BELEGNUMMER_DOPPELT)
                .ort("/belegnummer")
                .gemessen("belegnummer", &self.belegnummer, Einheit::Code)
                .gemessen("lfd_nr", lfd_nr, Einheit::Anzahl)
                .gemessen("beleg", id, Einheit::Code)
        });
        let storno = self
            .storno_von
            .as_ref()
            .filter(|_| !u.storno_bekannt)
            .map(|n| Befund::neu(&STORNO_UNBEKANNT).ort("/storno_von").gemessen("belegnummer", n, Einheit::Code));
        let split = if self.split_gruppe.is_some() {
            self.split(u).unwrap_or_else(|_| Some(Befund::neu(&RECHENBEREICH)))
        } else {
            None
        };
        let gutschrift = self.gutschrift(u).unwrap_or_else(|_| Some(Befund::neu(&RECHENBEREICH)));
        doppelt.into_iter().chain(storno).chain(gutschrift).chain(split).chain(self.listensumme(u.liste)).collect()
    }

    /// The finding that credit notes take back more of a Beleg than was paid of it.
    fn gutschrift(&self, u: &Belegumfeld) -> Result<Option<Befund>, GeldFehler> {
        let Some(stand) = u.gutschrift.filter(|_| u.storno_bekannt && self.gezahlter_betrag.ist_negativ()) else {
            return Ok(None);
        };
        let zurueck = stand.andere.plus(self.gezahlter_betrag)?.negativ();
        let befund = || Befund::neu(&GUTSCHRIFT_UEBER_BELEG).ort("/gezahlter_betrag");
        Ok((zurueck > stand.gezahlt).then(|| {
            befund().gemessen("belegnummer", self.storno_von.as_deref().unwrap_or_default(), Einheit::Code).betrag(
                "zurueck",
                zurueck,
                "gezahlt",
                stand.gezahlt,
            )
        }))
    }

    fn listensumme(&self, andere: Euro) -> Option<Befund> {
        let summe = andere.plus(self.gezahlter_betrag.betrag()).unwrap_or(Euro::HOECHSTENS);
        let befund = || Befund::neu(&BELEGLISTE_SUMME).ort("/gezahlter_betrag");
        (summe > LISTENSUMME_HOECHSTENS).then(|| befund().betrag("summe", summe, "hoechstens", LISTENSUMME_HOECHSTENS))
    }

    /// What can be paid of the invoice.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`].
    pub fn zahlbar(&self) -> Result<Euro, GeldFehler> {
        self.rechnungsbetrag_brutto.minus(self.skonto_rabatt)
    }

    fn split(&self, u: &Belegumfeld) -> Result<Option<Befund>, GeldFehler> {
        let zahlbar = self.zahlbar()?;
        let rechnung = u.gruppe.rechnung.map_or(zahlbar, |r| r.min(zahlbar));
        let rest = rechnung.minus(u.gruppe.belegt)?.max(Euro::NULL);
        let befund = || {
            let b = Befund::neu(&SPLIT_UEBER_RECHNUNG).ort("/gezahlter_betrag");
            b.betrag("betrag", self.gezahlter_betrag, "rest", rest)
        };
        Ok((self.gezahlter_betrag > rest).then(befund))
    }

    fn bezuege(&self, f: &Belegfakten) -> Vec<Befund> {
        let Some(m) = f.massnahmen.get(&self.massnahme_nr) else {
            let nummern: Vec<&str> = f.massnahmen.keys().map(String::as_str).collect();
            return vec![
                Befund::neu(&BELEG_MASSNAHME_UNBEKANNT)
                    .ort("/massnahme_nr")
                    .gemessen("massnahme_nr", &self.massnahme_nr, Einheit::Code)
                    .erlaubt("massnahmen", nummern.join(", "), Einheit::Code),
            ];
        };
        self.in_massnahme(m)
    }

    fn in_massnahme(&self, m: &Belegmassnahme) -> Vec<Befund> {
        let mut befunde = Vec::new();
        if !m.positionen.contains(&self.position) {
            let plan: Vec<&str> = m.positionen.iter().map(String::as_str).collect();
            befunde.push(
                Befund::neu(&BELEG_POSITION_NICHT_IM_PLAN)
                    .ort("/position")
                    .gemessen("position", &self.position, Einheit::Code)
                    .erlaubt("positionen", plan.join(", "), Einheit::Code),
            );
        }
        if m.teilbudget != self.teilbudget {
            befunde.push(
                Befund::neu(&BELEG_TEILBUDGET_FREMD)
                    .ort("/teilbudget")
                    .gemessen("teilbudget", &self.teilbudget, Einheit::Code)
                    .erlaubt("erwartet", &m.teilbudget, Einheit::Code),
            );
        }
        befunde
    }

    fn tage(&self, f: &Belegfakten) -> Vec<Befund> {
        let mut befunde = Vec::new();
        for (ort, tag) in [("/rechnungsdatum", self.rechnungsdatum), ("/zahlungsdatum", self.zahlungsdatum)] {
            if tag > f.heute {
                let b = Befund::neu(&DATUM_IN_ZUKUNFT).ort(ort).gemessen("angegeben", tag, Einheit::Datum);
                befunde.push(b.erlaubt("heute", f.heute, Einheit::Datum));
            }
        }
        let z = &f.berichtszeitraum;
        if let Some(a) = self.auftragsdatum.filter(|a| *a < f.auftrag_ab) {
            let b = Befund::neu(&AUFTRAG_VOR_BEGINN).ort("/auftragsdatum").gemessen("angegeben", a, Einheit::Datum);
            befunde.push(b.erlaubt("fruehestens", f.auftrag_ab, Einheit::Datum));
        }
        let (von, bis) = (self.leistung_von.or(self.leistung_bis), self.leistung_bis.or(self.leistung_von));
        if let (Some(von), Some(bis)) = (von, bis) {
            let leistung = Zeitraum { von, bis };
            if !leistung.ist_geordnet() {
                befunde.push(zeitraum(&LEISTUNG_UNGEORDNET, "/leistung_bis", von, bis));
            } else if !z.umfasst(&leistung) {
                let b = zeitraum(&LEISTUNG_AUSSERHALB_ZEITRAUM, "/leistung_von", von, bis);
                befunde.push(grenzen(b, z.von, z.bis));
            }
        }
        if self.zahlungsdatum < z.von || self.zahlungsdatum > f.zahlbar_bis {
            let b = Befund::neu(&ZAHLUNG_AUSSERHALB_ZEITRAUM).ort("/zahlungsdatum");
            befunde.push(grenzen(b.gemessen("angegeben", self.zahlungsdatum, Einheit::Datum), z.von, f.zahlbar_bis));
        }
        befunde
    }

    /// Amounts: only a credit note that names what it reverses is negative, and then all of it is.
    fn betraege(&self) -> Result<Vec<Befund>, GeldFehler> {
        let mut befunde = Vec::new();
        let betraege = [
            ("/rechnungsbetrag_brutto", self.rechnungsbetrag_brutto),
            ("/gezahlter_betrag", self.gezahlter_betrag),
            ("/beantragt", self.beantragt),
        ];
        let teile = [
            ("/skonto_rabatt", self.skonto_rabatt),
            ("/nicht_foerderfaehig_ust", self.nicht_foerderfaehig_ust),
            ("/nicht_foerderfaehig_sonst", self.nicht_foerderfaehig_sonst),
        ];
        let darf_negativ = self.art == Belegart::Gutschrift && self.storno_von.is_some();
        let negative = betraege.iter().filter(|(_, b)| b.ist_negativ() && !darf_negativ);
        let falsche = negative.chain(teile.iter().filter(|(_, b)| b.ist_negativ()));
        befunde.extend(falsche.map(|(ort, b)| self.vorzeichen(ort, *b)));
        if self.rechnungsbetrag_brutto.ist_null() {
            befunde.push(Befund::neu(&BELEG_BETRAG_NULL).ort("/rechnungsbetrag_brutto"));
        }
        let minus = self.rechnungsbetrag_brutto.ist_negativ();
        let gedreht = |b: Euro| if minus { b.negativ() } else { b };
        // of a credit note nothing is positive
        if minus && darf_negativ {
            let positive = betraege.iter().filter(|(_, b)| b.ist_positiv());
            befunde.extend(positive.map(|(ort, b)| self.vorzeichen(ort, *b)));
        }
        if !befunde.is_empty() {
            return Ok(befunde);
        }
        let gezahlt = gedreht(self.gezahlter_betrag);
        let zahlbar = gedreht(self.rechnungsbetrag_brutto).minus(self.skonto_rabatt)?;
        if gezahlt > zahlbar {
            let b = Befund::neu(&GEZAHLT_UEBER_RECHNUNG).ort("/gezahlter_betrag");
            befunde.push(b.betrag("betrag", gezahlt, "zahlbar", zahlbar));
        }
        let ohne = gezahlt.minus(self.nicht_foerderfaehig_ust)?.minus(self.nicht_foerderfaehig_sonst)?;
        let soll = gedreht(ohne.max(Euro::NULL));
        if ohne.ist_negativ() || self.beantragt != soll {
            let b = Befund::neu(&BEANTRAGT_FALSCH).ort("/beantragt");
            befunde.push(b.betrag("betrag", self.beantragt, "erwartet", soll));
        }
        Ok(befunde)
    }

    fn vorzeichen(&self, ort: &str, betrag: Euro) -> Befund {
        Befund::neu(&BELEG_VORZEICHEN)
            .ort(ort)
            .gemessen("feld", ort.trim_start_matches('/'), Einheit::Text)
            .gemessen("betrag", betrag, Einheit::Eur)
            .gemessen("art", self.art, Einheit::Code)
    }

    /// A hint, no judgement: names of companies may begin like that, too.
    fn person(&self) -> Option<Befund> {
        let erstes = self.rechnungsaussteller.split_whitespace().next().unwrap_or("").to_lowercase();
        ANREDEN.contains(&erstes.as_str()).then(|| Befund::neu(&BELEG_NATUERLICHE_PERSON).ort("/rechnungsaussteller"))
    }
}

fn zeitraum(regel: &'static Regel, ort: &str, von: NaiveDate, bis: NaiveDate) -> Befund {
    Befund::neu(regel).ort(ort).gemessen("von", von, Einheit::Datum).gemessen("bis", bis, Einheit::Datum)
}

fn grenzen(b: Befund, von: NaiveDate, bis: NaiveDate) -> Befund {
    b.erlaubt("fruehestens", von, Einheit::Datum).erlaubt("spaetestens", bis, Einheit::Datum)
}

/// The numbers of a list run from 1 without a gap: `anzahl` Belege, of which the smallest and largest numbers are given.
/// No two have the same one; the database sees to that.
pub fn pruefe_nummern(anzahl: i64, kleinste: Option<i64>, groesste: Option<i64>) -> Option<Befund> {
    let (von, bis) = (kleinste.unwrap_or(1), groesste.unwrap_or(0));
    (von != 1 || bis != anzahl).then(|| {
        Befund::neu(&LFD_NR_LUECKE)
            .gemessen("anzahl", anzahl, Einheit::Anzahl)
            .gemessen("von", von, Einheit::Anzahl)
            .gemessen("bis", bis, Einheit::Anzahl)
    })
}

/// No Haushaltsjahr of a list lies before the first day of the proof's period; one finding for each that does.
pub fn pruefe_haushaltsjahre(summen: &BTreeMap<Belegstelle, Belegsumme>, beginn: NaiveDate) -> Vec<Befund> {
    let mut jahre = BTreeMap::<i32, i64>::new();
    for (stelle, summe) in summen.iter().filter(|(s, _)| s.haushaltsjahr < beginn.year()) {
        let anzahl = jahre.entry(stelle.haushaltsjahr).or_default();
        *anzahl = anzahl.saturating_add(summe.anzahl);
    }
    let befund = |(jahr, anzahl): (i32, i64)| {
        Befund::neu(&HAUSHALTSJAHR_VOR_ZEITRAUM)
            .gemessen("haushaltsjahr", jahr, Einheit::Code)
            .gemessen("anzahl", anzahl, Einheit::Anzahl)
            .erlaubt("fruehestens", beginn, Einheit::Datum)
    };
    jahre.into_iter().map(befund).collect()
}
