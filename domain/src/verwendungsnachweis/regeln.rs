//! What speaks against filing: one function for the act, `GET …/aktionen` and `GET …/pruefbericht`.

use super::grundlage::plus;
use super::{
    Beleglistenstand, Massnahmenabrechnung, NachweisStatus, Nachweisart, Nachweisausgabe, Nachweismittel,
    Nachweisquellen, Verwendungsnachweis,
};
use crate::ausnahme::Ausnahme;
use crate::befund::{Befund, Einheit};
use crate::finanzierungsplan::{LAND_AQB, innerhalb};
use crate::gebietskoerperschaft::stichtag;
use crate::geld::Euro;
use crate::katalog::{Katalogstand, name};
use crate::regel::{
    ANGABE_FEHLT, ANSATZ_NICHT_IM_PLAN, ANSATZ_UEBERSCHRITTEN, AUSZAHLUNG_NICHT_BESTAETIGT, DATUM_IN_ZUKUNFT,
    ERLAEUTERUNG_FEHLT, GESAMTPLAN_UEBERSCHRITTEN, LANDESMITTEL_ABWEICHEND, MASSNAHME_NICHT_BEWILLIGT,
    MASSNAHME_OHNE_ZAHLEN, NACHWEIS_BEGINN_ZU_FRUEH, NACHWEIS_ENDE_VOR_BEGINN, NACHWEIS_UEBERZAHLUNG,
    NACHWEIS_UNTERDECKUNG, NACHWEISBETRAG_NEGATIV, NACHWEISGRUNDLAGE_VERALTET, NACHWEISZEILE_DOPPELT,
    NACHWEISZEITRAUM_LAEUFT, RECHENBEREICH, ZUWENDUNGSFAEHIG_UEBER_IST, ZWISCHENNACHWEIS_UNGEPRUEFT,
};
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What the rules need beside the proof.
#[derive(Debug, Clone, Copy)]
pub struct Nachweisfakten<'a> {
    /// Records from which the server fills in.
    pub quellen: &'a Nachweisquellen,
    /// Regelwerk of the Bescheid.
    pub regelwerk: &'a Regelwerk,
    /// Valid codes.
    pub katalog: &'a Katalogstand,
    /// Its Belegliste; none where the kind has none.
    pub belegliste: Option<&'a Beleglistenstand>,
    /// Exceptions of the case.
    pub ausnahmen: &'a [Ausnahme],
}

/// Signs, doubles, and more eligible than spent: what no figures of anybody may have.
pub(super) fn pruefe_zeilen(
    nr: &str,
    ort: &str,
    ausgaben: &[Nachweisausgabe],
    finanzierung: &[Nachweismittel],
) -> Vec<Befund> {
    let mut befunde = Vec::new();
    let mut gesehen = BTreeSet::new();
    let posten =
        |b: Befund, code: &str| b.gemessen("massnahme", nr, Einheit::Code).gemessen("posten", code, Einheit::Code);
    let kosten = ausgaben.iter().enumerate().flat_map(|(i, a)| {
        let ort = format!("{ort}/ausgaben/{i}");
        [(ort.clone(), "a", &a.position, a.ist), (ort, "z", &a.position, a.zuwendungsfaehig)]
    });
    let mittel =
        finanzierung.iter().enumerate().map(|(i, f)| (format!("{ort}/finanzierung/{i}"), "f", &f.quelle, f.ist));
    for (ort, seite, code, betrag) in kosten.chain(mittel) {
        if seite != "z" && !gesehen.insert((seite, code)) {
            befunde.push(posten(Befund::neu(&NACHWEISZEILE_DOPPELT).ort(&ort), code));
        }
        if betrag.ist_negativ() {
            let b = Befund::neu(&NACHWEISBETRAG_NEGATIV).ort(&ort).gemessen("betrag", betrag, Einheit::Eur);
            befunde.push(posten(b, code));
        }
    }
    for (i, a) in ausgaben.iter().enumerate().filter(|(_, a)| a.zuwendungsfaehig > a.ist) {
        befunde.push(
            Befund::neu(&ZUWENDUNGSFAEHIG_UEBER_IST)
                .ort(format!("{ort}/ausgaben/{i}/zuwendungsfaehig"))
                .gemessen("massnahme", nr, Einheit::Code)
                .gemessen("position", &a.position, Einheit::Code)
                .betrag("zuwendungsfaehig", a.zuwendungsfaehig, "ist", a.ist),
        );
    }
    befunde
}

fn angabe(feld: &str) -> Befund {
    Befund::neu(&ANGABE_FEHLT).ort(format!("/inhalt/{feld}")).gemessen("feld", feld, Einheit::Text)
}

pub(super) fn spaeter(ort: &str, angegeben: NaiveDate, heute: NaiveDate) -> Option<Befund> {
    (angegeben > heute).then(|| {
        Befund::neu(&DATUM_IN_ZUKUNFT).ort(ort).gemessen("angegeben", angegeben, Einheit::Datum).erlaubt(
            "heute",
            heute,
            Einheit::Datum,
        )
    })
}

impl Verwendungsnachweis {
    /// A closing proof needs the proofs of third parties, an end and an explanation of the total.
    pub(super) fn schliesst_ab(&self) -> bool {
        self.art != Nachweisart::Zwischennachweis
    }

    /// Every finding of the filing, in a fixed order.
    pub fn pruefbericht(&self, f: &Nachweisfakten<'_>) -> Vec<Befund> {
        let mut befunde = self.pruefe_grundlage(f);
        befunde.extend(self.pruefe_tage(f));
        befunde.extend(self.pruefe_massnahmen(f));
        befunde.extend(self.pruefe_vermerke(f));
        befunde.extend(self.pruefe_letztempfaenger(f.quellen.heute));
        befunde.extend(self.pruefe_belegliste(f.belegliste, f.regelwerk));
        crate::ausnahme::anwenden(befunde, f.ausnahmen, f.quellen.heute)
    }

    fn pruefe_grundlage(&self, f: &Nachweisfakten<'_>) -> Vec<Befund> {
        let mut befunde = Vec::new();
        match f.quellen.grundlage(self.gegenstand()) {
            Ok(neu) if neu != self.grundlage => befunde.push(
                Befund::neu(&NACHWEISGRUNDLAGE_VERALTET)
                    .ort("/grundlage")
                    .gemessen("alt", self.grundlage.ausgezahlt, Einheit::Eur)
                    .gemessen("bewilligt_alt", self.grundlage.bewilligt, Einheit::Eur)
                    .erlaubt("neu", neu.ausgezahlt, Einheit::Eur)
                    .erlaubt("bewilligt_neu", neu.bewilligt, Einheit::Eur),
            ),
            Ok(_) => {}
            Err(b) => befunde.push(b),
        }
        if self.inhalt.zuwendungszweck.is_none() {
            befunde.push(angabe("zuwendungszweck"));
        }
        match self.inhalt.gesamt_ausgezahlt {
            None => befunde.push(angabe("gesamt_ausgezahlt")),
            Some(b) if b != self.grundlage.ausgezahlt => {
                befunde.push(Befund::neu(&AUSZAHLUNG_NICHT_BESTAETIGT).ort("/inhalt/gesamt_ausgezahlt").betrag(
                    "bestaetigt",
                    b,
                    "ausgezahlt",
                    self.grundlage.ausgezahlt,
                ));
            }
            Some(_) => {}
        }
        let uebernommen = |id| f.quellen.nachweise.iter().find(move |n| n.id == id);
        for z in &self.grundlage.zwischennachweise {
            let offen = |n: &&Verwendungsnachweis| {
                !matches!(n.status, NachweisStatus::Geprueft | NachweisStatus::Abgeschlossen)
            };
            if let Some(n) = uebernommen(z.verwendungsnachweis_id).filter(offen) {
                befunde.push(
                    Befund::neu(&ZWISCHENNACHWEIS_UNGEPRUEFT)
                        .gemessen("haushaltsjahr", z.haushaltsjahr, Einheit::Anzahl)
                        .gemessen("status", n.status, Einheit::Code),
                );
            }
        }
        befunde
    }

    fn pruefe_tage(&self, f: &Nachweisfakten<'_>) -> Vec<Befund> {
        let (heute, i) = (f.quellen.heute, &self.inhalt);
        let mut befunde = Vec::new();
        match (i.begonnen_am, f.regelwerk.tag_im_jahr("vorzeitiger_beginn_ab", self.jahrgang, stichtag(self.jahrgang)))
        {
            (None, _) => befunde.push(angabe("begonnen_am")),
            (_, Err(b)) => befunde.push(b),
            (Some(begonnen), Ok(fruehestens)) => {
                befunde.extend(spaeter("/inhalt/begonnen_am", begonnen, heute));
                if begonnen < fruehestens && i.beginnzustimmung.is_none() {
                    befunde.push(
                        Befund::neu(&NACHWEIS_BEGINN_ZU_FRUEH)
                            .ort("/inhalt/begonnen_am")
                            .regelwerk(&f.regelwerk.version)
                            .gemessen("begonnen", begonnen, Einheit::Datum)
                            .erlaubt("fruehestens", fruehestens, Einheit::Datum),
                    );
                }
            }
        }
        match i.beendet_am {
            None if self.schliesst_ab() => befunde.push(angabe("beendet_am")),
            None => {}
            Some(beendet) => {
                befunde.extend(spaeter("/inhalt/beendet_am", beendet, heute));
                if let Some(begonnen) = i.begonnen_am.filter(|b| *b > beendet) {
                    befunde.push(
                        Befund::neu(&NACHWEIS_ENDE_VOR_BEGINN)
                            .ort("/inhalt/beendet_am")
                            .gemessen("beendet", beendet, Einheit::Datum)
                            .gemessen("begonnen", begonnen, Einheit::Datum),
                    );
                }
            }
        }
        if heute <= self.berichtszeitraum.bis {
            befunde.push(Befund::neu(&NACHWEISZEITRAUM_LAEUFT).gemessen("heute", heute, Einheit::Datum).erlaubt(
                "ende",
                self.berichtszeitraum.bis,
                Einheit::Datum,
            ));
        }
        befunde
    }

    fn pruefe_massnahmen(&self, f: &Nachweisfakten<'_>) -> Vec<Befund> {
        let mut befunde = Vec::new();
        let mut gesehen = BTreeSet::new();
        for (i, m) in self.inhalt.massnahmen.iter().enumerate() {
            let ort = format!("/inhalt/massnahmen/{i}");
            let bewilligt = self.grundlage.massnahmen.iter().find(|g| g.massnahme_id == m.massnahme_id);
            let Some(g) = bewilligt.filter(|_| gesehen.insert(m.massnahme_id)) else {
                befunde.push(Befund::neu(&MASSNAHME_NICHT_BEWILLIGT).ort(ort).gemessen(
                    "massnahme_id",
                    m.massnahme_id,
                    Einheit::Code,
                ));
                continue;
            };
            befunde.extend(pruefe_zeilen(&g.massnahme_nr, &ort, &m.ausgaben, &m.finanzierung));
            let codes = m.ausgaben.iter().enumerate().filter_map(|(j, a)| {
                f.katalog.pruefe(name::KOSTENPOSITIONEN, &a.position, &format!("{ort}/ausgaben/{j}/position"))
            });
            let quellen = m.finanzierung.iter().enumerate().filter_map(|(j, q)| {
                f.katalog.pruefe(name::FINANZIERUNGSQUELLEN, &q.quelle, &format!("{ort}/finanzierung/{j}/quelle"))
            });
            befunde.extend(codes.chain(quellen));
        }
        for m in self.abrechnung() {
            let eigene = self.inhalt.massnahmen.iter().find(|n| n.massnahme_id == m.massnahme_id);
            if eigene.is_none_or(|n| n.ausgaben.is_empty() && n.finanzierung.is_empty()) {
                befunde.push(Befund::neu(&MASSNAHME_OHNE_ZAHLEN).ort("/inhalt/massnahmen").gemessen(
                    "massnahme",
                    &m.massnahme_nr,
                    Einheit::Code,
                ));
                continue;
            }
            match self.pruefe_abrechnung(&m, f) {
                Ok(weitere) => befunde.extend(weitere),
                Err(fehler) => befunde.extend(fehler),
            }
        }
        befunde
    }

    /// The 20 % rule, the totals, and that income and expenditure agree.
    fn pruefe_abrechnung(&self, m: &Massnahmenabrechnung, f: &Nachweisfakten<'_>) -> Result<Vec<Befund>, Vec<Befund>> {
        let mut befunde = self.pruefe_ansaetze(m, f.regelwerk)?;
        let eines = |b| vec![b];
        let bereich = |_| vec![Befund::neu(&RECHENBEREICH)];
        let (ausgaben, finanzierung) = (m.ausgaben_gesamt().map_err(eines)?, m.finanzierung_gesamt().map_err(eines)?);
        let toleranz = f.regelwerk.betrag("summen_toleranz", stichtag(self.jahrgang)).map_err(eines)?;
        let ort = format!("/massnahmen/{}", m.massnahme_nr);
        if !innerhalb(ausgaben, finanzierung, toleranz).map_err(bereich)? {
            let fehlend = ausgaben.minus(finanzierung).map_err(bereich)?;
            let (regel, name, betrag) = if fehlend.ist_positiv() {
                (&NACHWEIS_UNTERDECKUNG, "unterdeckung", fehlend)
            } else {
                (&NACHWEIS_UEBERZAHLUNG, "ueberzahlung", fehlend.negativ())
            };
            befunde.push(
                Befund::neu(regel)
                    .ort(&ort)
                    .gemessen("massnahme", &m.massnahme_nr, Einheit::Code)
                    .gemessen("ausgaben", ausgaben, Einheit::Eur)
                    .gemessen("finanzierung", finanzierung, Einheit::Eur)
                    .gemessen(name, betrag, Einheit::Eur),
            );
        }
        let gezahlt = self.grundlage.massnahmen.iter().find(|g| g.massnahme_id == m.massnahme_id);
        let land = m.finanzierung.iter().find(|q| q.quelle == LAND_AQB);
        let land = land.map_or(Ok(Euro::NULL), |q| plus(q.bisher, q.ist)).map_err(eines)?;
        if let Some(g) = gezahlt.filter(|g| g.ausgezahlt != land) {
            befunde.push(
                Befund::neu(&LANDESMITTEL_ABWEICHEND)
                    .ort(ort)
                    .gemessen("massnahme", &m.massnahme_nr, Einheit::Code)
                    .gemessen("angegeben", land, Einheit::Eur)
                    .gemessen("ausgezahlt", g.ausgezahlt, Einheit::Eur),
            );
        }
        Ok(befunde)
    }

    fn pruefe_ansaetze(&self, m: &Massnahmenabrechnung, regelwerk: &Regelwerk) -> Result<Vec<Befund>, Vec<Befund>> {
        let mut befunde = Vec::new();
        let Some(ergebnis) = self.ansaetze(m, regelwerk)? else { return Ok(befunde) };
        let in_massnahme = |regel| Befund::neu(regel).gemessen("massnahme", &m.massnahme_nr, Einheit::Code);
        for z in ergebnis.zeilen.iter().filter(|z| z.nicht_anerkannt.ist_positiv()) {
            let ort = format!("/massnahmen/{}/ausgaben/{}", m.massnahme_nr, z.position);
            if z.plan.ist_null() {
                befunde.push(
                    in_massnahme(&ANSATZ_NICHT_IM_PLAN)
                        .ort(ort)
                        .gemessen("position", &z.position, Einheit::Code)
                        .gemessen("ist", z.ist, Einheit::Eur)
                        .erlaubt("plan", z.plan, Einheit::Eur),
                );
                continue;
            }
            befunde.push(
                in_massnahme(&ANSATZ_UEBERSCHRITTEN)
                    .ort(&ort)
                    .regelwerk(&regelwerk.version)
                    .gemessen("position", &z.position, Einheit::Code)
                    .gemessen("plan", z.plan, Einheit::Eur)
                    .gemessen("nicht_anerkannt", z.nicht_anerkannt, Einheit::Eur)
                    .betrag("ist", z.ist, "zulaessig", z.zulaessig),
            );
            let erlaeutert = m.ausgaben.iter().any(|a| a.position == z.position && a.erlaeuterung.is_some());
            if !erlaeutert {
                befunde.push(
                    in_massnahme(&ERLAEUTERUNG_FEHLT)
                        .ort(ort)
                        .gemessen("posten", &z.position, Einheit::Text)
                        .gemessen("ist", z.ist, Einheit::Eur)
                        .erlaubt("plan", z.plan, Einheit::Eur),
                );
            }
        }
        let ort = format!("/massnahmen/{}", m.massnahme_nr);
        if ergebnis.gekappt.ist_positiv() {
            befunde.push(
                in_massnahme(&GESAMTPLAN_UEBERSCHRITTEN)
                    .ort(&ort)
                    .gemessen("gekappt", ergebnis.gekappt, Einheit::Eur)
                    .betrag("summe", ergebnis.summe, "plan", ergebnis.plan),
            );
        }
        let ist = super::grundlage::summe(ergebnis.zeilen.iter().map(|z| z.ist)).map_err(|b| vec![b])?;
        let erlaeutert = m.erlaeuterung.is_some() || m.ausgaben.iter().any(|a| a.erlaeuterung.is_some());
        if self.schliesst_ab() && ist != ergebnis.plan && !erlaeutert {
            befunde.push(
                in_massnahme(&ERLAEUTERUNG_FEHLT)
                    .ort(ort)
                    .gemessen("posten", "Summe", Einheit::Text)
                    .gemessen("ist", ist, Einheit::Eur)
                    .erlaubt("plan", ergebnis.plan, Einheit::Eur),
            );
        }
        Ok(befunde)
    }
}
