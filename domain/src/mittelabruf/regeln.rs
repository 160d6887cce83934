//! What must hold when a call is filed, checked and ordered. One function for the report, the foretelling and the act.

use super::{
    Abruffakten, Abzugsgrund, Angefordert, Bedarfsfakten, Bedarfsrechnung, Massnahmenstand, Mittelabruf,
    Mittelabrufinhalt, Ueberfaelliges, Zahlkonto,
};
use crate::antrag::iban_verkuerzt;
use crate::befund::{Befund, Einheit, Schwere};
use crate::bescheid::{Bescheid, BescheidStatus, Bescheidposition};
use crate::budget::pruefe_betrag;
use crate::finanzierungsplan::Finanzierungsplan;
use crate::geld::{Euro, GeldFehler};
use crate::regel::{
    ABRUF_VORLAEUFIG_BEGRENZT, ABRUFBAR_UEBERSCHRITTEN, ANGABE_FEHLT, BANKVERBINDUNG_ABWEICHEND, BANKVERBINDUNG_OFFEN,
    BANKVERBINDUNG_WARTEZEIT, BEDARF_DOPPELT, BEDARF_NICHT_GEDECKT, BESCHEID_NICHT_BESTANDSKRAEFTIG,
    BESCHEID_NICHT_GELTEND, BESCHEID_NICHT_WIRKSAM, BETRAG_ZU_KLEIN, HAUSHALTSJAHR_FALSCH, KASSENSCHLUSS,
    NACHWEIS_UEBERFAELLIG, POSITION_DOPPELT, POSITION_NICHT_BEWILLIGT, RECHENBEREICH, VERAUSGABT_UEBER_BEWILLIGT,
    VERGANGEN, VORLEISTUNG, ZAHLTAG_VORBEI,
};
use crate::regelwerk::Regelwerk;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Step at which the rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pruefschritt {
    /// Filing: everything, and what is called must still be free.
    Einreichung,
    /// Examination: the amounts are reserved already.
    Pruefung,
    /// Order: what may have changed since.
    Anordnung,
}

fn bereich(_: GeldFehler) -> Befund {
    Befund::neu(&RECHENBEREICH).ort("/positionen")
}

/// The Bescheid is not effective, or neither it nor one before it is final yet.
fn bescheidsperre(b: &Bescheid, endgueltig: bool, heute: NaiveDate) -> Option<Befund> {
    if b.status != BescheidStatus::Bekanntgegeben || !b.wirksam(heute) {
        let befund = Befund::neu(&BESCHEID_NICHT_WIRKSAM).gemessen("status", b.status, Einheit::Code);
        return Some(befund.ort("/bescheid_id"));
    }
    (!endgueltig).then(|| {
        let befund = Befund::neu(&BESCHEID_NICHT_BESTANDSKRAEFTIG).ort("/bescheid_id");
        let ab = b.bestandskraft_am.map_or_else(|| "–".to_owned(), |t| t.to_string());
        befund.gemessen("heute", heute, Einheit::Datum).erlaubt("ab", ab, Einheit::Datum)
    })
}

/// One finding per overdue proof.
fn nachweissperren(ueberfaellig: &[Ueberfaelliges], heute: NaiveDate) -> impl Iterator<Item = Befund> {
    ueberfaellig.iter().map(move |u| {
        Befund::neu(&NACHWEIS_UEBERFAELLIG)
            .gemessen("frist", u.art, Einheit::Code)
            .gemessen("faellig_am", u.faellig_am, Einheit::Datum)
            .gemessen("heute", heute, Einheit::Datum)
    })
}

/// What keeps a call from being filed, and an ordered one from being paid, on the legal day `heute`, its account aside.
/// `b` is the Bescheid it refers to; `endgueltig`: it, or one before it, is final.
pub fn zahlsperren(b: &Bescheid, endgueltig: bool, ueberfaellig: &[Ueberfaelliges], heute: NaiveDate) -> Vec<Befund> {
    bescheidsperre(b, endgueltig, heute).into_iter().chain(nachweissperren(ueberfaellig, heute)).collect()
}

impl Abruffakten {
    /// The Bescheid can be paid on: effective, final (it or one before it), no proof overdue; the account can be paid
    /// to. What is filed may outlive its Bescheid: a change of the grant never goes below what is called.
    pub fn sperren(&self) -> Vec<Befund> {
        let b = &self.bescheid;
        let mut befunde = Vec::new();
        befunde.extend(zahlsperren(b, self.endgueltig, &self.ueberfaellig, self.heute));
        befunde.extend(self.konto.gesperrt(self.heute));
        befunde
    }

    /// The position of the Bescheid that grants money to a measure in a Haushaltsjahr.
    pub fn position(&self, massnahme: Uuid, haushaltsjahr: i32) -> Option<&Bescheidposition> {
        let passt = |p: &&Bescheidposition| p.massnahme_id == massnahme && p.haushaltsjahr == haushaltsjahr;
        self.bescheid.inhalt.positionen.iter().filter(passt).find(|p| p.bewilligt.ist_positiv())
    }

    /// The number of a measure, for people.
    pub fn massnahme_nr(&self, massnahme: Uuid) -> String {
        let positionen = &self.bescheid.inhalt.positionen;
        positionen
            .iter()
            .find(|p| p.massnahme_id == massnahme)
            .map_or_else(|| "–".to_owned(), |p| p.massnahme_nr.clone())
    }

    /// What is granted, called and paid for a measure in a Haushaltsjahr.
    pub fn massnahmenstand(&self, massnahme: Uuid, haushaltsjahr: i32) -> Massnahmenstand {
        self.stand.get(&(massnahme, haushaltsjahr)).copied().unwrap_or_default()
    }

    /// The need check of a call.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `RECHENBEREICH`, `BESCHEID_NICHT_WIRKSAM` for one that grants nothing.
    pub fn bedarfsrechnung(&self, inhalt: &Mittelabrufinhalt) -> Result<Bedarfsrechnung, Befund> {
        let finanzierungsart = self.bescheid.inhalt.finanzierungsart.ok_or_else(|| {
            Befund::neu(&BESCHEID_NICHT_WIRKSAM).gemessen("status", self.bescheid.inhalt.art, Einheit::Code)
        })?;
        let gerufen: BTreeSet<Uuid> = inhalt.positionen.iter().map(|p| p.massnahme_id).collect();
        let plaene = self.antrag.massnahmen.iter().map(|m| &m.massnahme).filter(|m| gerufen.contains(&m.id));
        let plan = Finanzierungsplan::gesamt(plaene.map(|m| &m.inhalt.finanzierungsplan)).map_err(bereich)?;
        let im_jahr =
            |m: std::collections::BTreeMap<i32, Euro>| m.get(&inhalt.haushaltsjahr).copied().unwrap_or_default();
        let ausgezahlt = Euro::summe(self.stand.values().map(|s| s.ausgezahlt.0)).map_err(bereich)?;
        inhalt.bedarfsrechnung(&Bedarfsfakten {
            regelwerk: &self.regelwerk,
            finanzierungsart,
            plan_ausgaben: im_jahr(plan.ausgaben_je_jahr().map_err(bereich)?),
            plan_land: im_jahr(plan.land_je_jahr().map_err(bereich)?),
            plan_andere: im_jahr(plan.kofinanzierung_je_jahr().map_err(bereich)?),
            ausgezahlt,
            unterwegs: self.unterwegs,
            heute: self.heute,
        })
    }
}

impl Zahlkonto {
    /// Why nothing may be paid to the account on the legal day `heute`: a change is open, or a new account still waits.
    pub fn gesperrt(&self, heute: NaiveDate) -> Option<Befund> {
        if let Some(am) = self.aenderung_beantragt {
            return Some(Befund::neu(&BANKVERBINDUNG_OFFEN).ort("/iban").gemessen("am", am, Einheit::Datum));
        }
        self.seit.filter(|ab| heute < *ab).map(|ab| {
            Befund::neu(&BANKVERBINDUNG_WARTEZEIT).ort("/iban").gemessen("heute", heute, Einheit::Datum).erlaubt(
                "ab",
                ab,
                Einheit::Datum,
            )
        })
    }
}

impl Mittelabruf {
    /// Everything the rules find at this step; what blocks comes as `FEHLER`. What an exception of the case lets pass is
    /// a hint.
    pub fn pruefe(&self, f: &Abruffakten, schritt: Pruefschritt) -> Vec<Befund> {
        crate::ausnahme::anwenden(self.ohne_ausnahmen(f, schritt), &f.ausnahmen, f.heute)
    }

    fn ohne_ausnahmen(&self, f: &Abruffakten, schritt: Pruefschritt) -> Vec<Befund> {
        let mut befunde = f.sperren();
        befunde.extend(f.bescheid.fall_abgeschlossen());
        if schritt == Pruefschritt::Einreichung {
            befunde.extend(self.pruefe_bezug(f));
        }
        befunde.extend(self.pruefe_konto(f));
        befunde.extend(self.pruefe_jahr(f, schritt));
        befunde.extend(self.zahltag_vorbei(f, schritt));
        if schritt == Pruefschritt::Anordnung {
            return befunde;
        }
        befunde.extend(self.pruefe_positionen(f, schritt));
        befunde.extend(self.pruefe_bedarf());
        befunde.extend(self.pruefe_verausgabt(f));
        if schritt == Pruefschritt::Einreichung {
            befunde.extend(self.pruefe_doppelten_bedarf(f));
        }
        let rechenbar = !befunde.iter().any(|b| b.regel.code == RECHENBEREICH.code);
        match f.bedarfsrechnung(&self.inhalt) {
            Ok(r) if schritt == Pruefschritt::Einreichung && !r.bedarf_gesamt.ist_null() => {
                befunde.extend(self.pruefe_deckung(f, &r));
            }
            Ok(r) => befunde.extend(self.vorleistung(f, &r)),
            Err(b) if rechenbar => befunde.push(b),
            Err(_) => {}
        }
        befunde
    }

    /// The draft names another Bescheid than the one in force, or a change that can still be appealed limits what it
    /// calls: both are said, neither refuses.
    fn pruefe_bezug(&self, f: &Abruffakten) -> Vec<Befund> {
        let anderer = (self.bescheid_id != f.bescheid.id).then(|| {
            Befund::neu(&BESCHEID_NICHT_GELTEND)
                .ort("/bescheid_id")
                .gemessen("bescheid", self.bescheid_id, Einheit::Code)
                .erlaubt("geltend", f.bescheid.id, Einheit::Code)
        });
        let stand = |p: &super::Abrufposition| f.massnahmenstand(p.massnahme_id, self.inhalt.haushaltsjahr);
        let begrenzt =
            f.vorlaeufig.as_ref().filter(|_| self.inhalt.positionen.iter().any(|p| stand(p).grenze.is_some()));
        let begrenzt = begrenzt.map(|v| {
            let ab = v.bestandskraft_am.map_or_else(|| "–".to_owned(), |t| t.to_string());
            Befund::neu(&ABRUF_VORLAEUFIG_BEGRENZT)
                .ort("/positionen")
                .gemessen("bescheid", v.bescheid, Einheit::Code)
                .erlaubt("ab", ab, Einheit::Datum)
        });
        anderer.into_iter().chain(begrenzt).collect()
    }

    /// The expected account is the one of the case (S23).
    fn pruefe_konto(&self, f: &Abruffakten) -> Option<Befund> {
        let konto = &f.konto.bankverbindung.iban;
        (self.inhalt.iban != *konto).then(|| {
            Befund::neu(&BANKVERBINDUNG_ABWEICHEND)
                .ort("/iban")
                .gemessen("iban", iban_verkuerzt(&self.inhalt.iban), Einheit::Text)
                .erlaubt("konto", iban_verkuerzt(konto), Einheit::Text)
        })
    }

    /// The Haushaltsjahr is the year of the payment (S15), the payment is not in the past, and the state's books of
    /// that year still take calls.
    fn pruefe_jahr(&self, f: &Abruffakten, schritt: Pruefschritt) -> Vec<Befund> {
        let i = &self.inhalt;
        let mut befunde = Vec::new();
        // a payment that was wanted earlier is made late: what counts then is the year in which it will be made
        let zahltag = if schritt == Pruefschritt::Einreichung { i.auszahlung_am } else { i.auszahlung_am.max(f.heute) };
        if schritt == Pruefschritt::Einreichung && i.auszahlung_am < f.heute {
            befunde.push(
                Befund::neu(&VERGANGEN)
                    .ort("/auszahlung_am")
                    .gemessen("angegeben", i.auszahlung_am, Einheit::Datum)
                    .erlaubt("fruehestens", f.heute, Einheit::Datum),
            );
        }
        if zahltag.year() != i.haushaltsjahr {
            befunde.push(
                Befund::neu(&HAUSHALTSJAHR_FALSCH)
                    .ort("/haushaltsjahr")
                    .gemessen("haushaltsjahr", i.haushaltsjahr, Einheit::Anzahl)
                    .gemessen("auszahlung_am", zahltag, Einheit::Datum)
                    .erlaubt("richtig", zahltag.year(), Einheit::Anzahl),
            );
        }
        if schritt == Pruefschritt::Einreichung && i.haushaltsjahr == f.heute.year() {
            befunde.extend(kassenschluss(f, i.haushaltsjahr));
        }
        befunde
    }

    /// Each measure once, granted in that Haushaltsjahr, and not more than can be called.
    fn pruefe_positionen(&self, f: &Abruffakten, schritt: Pruefschritt) -> Vec<Befund> {
        let jahr = self.inhalt.haushaltsjahr;
        let mut befunde = Vec::new();
        let mut gesehen = BTreeSet::new();
        if self.inhalt.positionen.is_empty() {
            befunde.push(Befund::neu(&ANGABE_FEHLT).ort("/positionen").gemessen("feld", "positionen", Einheit::Text));
        }
        for (i, p) in self.inhalt.positionen.iter().enumerate() {
            let ort = format!("/positionen/{i}");
            befunde.extend(pruefe_betrag(p.betrag, &format!("{ort}/betrag")));
            if !gesehen.insert(p.massnahme_id) {
                let befund = Befund::neu(&POSITION_DOPPELT).ort(&ort);
                befunde.push(befund.gemessen("posten", f.massnahme_nr(p.massnahme_id), Einheit::Code).gemessen(
                    "haushaltsjahr",
                    jahr,
                    Einheit::Anzahl,
                ));
            }
            if f.position(p.massnahme_id, jahr).is_none() {
                befunde.push(
                    Befund::neu(&POSITION_NICHT_BEWILLIGT)
                        .ort(format!("{ort}/massnahme_id"))
                        .gemessen("posten", f.massnahme_nr(p.massnahme_id), Einheit::Code)
                        .gemessen("haushaltsjahr", jahr, Einheit::Anzahl),
                );
            } else if schritt == Pruefschritt::Einreichung {
                befunde.extend(ueber_abrufbar(f, p.massnahme_id, jahr, Angefordert(p.betrag), &ort));
            }
        }
        if self.inhalt.angefordert().is_err() {
            befunde.push(Befund::neu(&RECHENBEREICH).ort("/positionen"));
        }
        befunde
    }

    fn pruefe_bedarf(&self) -> Vec<Befund> {
        let i = &self.inhalt;
        let mut befunde = Vec::new();
        if i.bedarf.is_empty() {
            befunde.push(Befund::neu(&ANGABE_FEHLT).ort("/bedarf").gemessen("feld", "bedarf", Einheit::Text));
        }
        for (nr, b) in i.bedarf.iter().enumerate() {
            befunde.extend(pruefe_betrag(b.betrag, &format!("/bedarf/{nr}/betrag")));
        }
        for (feld, betrag) in
            [("bisher_verausgabt", i.bisher_verausgabt), ("eigenmittel_eingesetzt", i.eigenmittel_eingesetzt)]
        {
            if betrag.ist_negativ() {
                let befund = Befund::neu(&BETRAG_ZU_KLEIN).ort(format!("/{feld}"));
                befunde.push(befund.betrag("betrag", betrag, "mindestens", Euro::NULL));
            }
        }
        befunde
    }

    /// The state's share of what was spent is never more than what the state grants.
    fn pruefe_verausgabt(&self, f: &Abruffakten) -> Option<Befund> {
        let bewilligt = Euro::summe(f.stand.values().map(|s| s.bewilligt.0)).ok()?;
        let v = self.inhalt.bisher_verausgabt;
        let zu_viel = v > bewilligt;
        let befund = || Befund::neu(&VERAUSGABT_UEBER_BEWILLIGT).ort("/bisher_verausgabt");
        zu_viel.then(|| befund().betrag("verausgabt", v, "bewilligt", bewilligt))
    }

    /// Tells the examiner that a part of the need is money spent in advance: he asks for its proof.
    fn vorleistung(&self, f: &Abruffakten, r: &Bedarfsrechnung) -> Option<Befund> {
        let vorleistung = r.abzuege.iter().find(|a| a.grund == Abzugsgrund::Vorleistung)?;
        Some(
            Befund::neu(&VORLEISTUNG)
                .ort("/bisher_verausgabt")
                .gemessen("verausgabt", self.inhalt.bisher_verausgabt, Einheit::Eur)
                .gemessen("vorleistung", vorleistung.betrag.negativ(), Einheit::Eur)
                .gemessen("unterwegs", f.unterwegs, Einheit::Eur),
        )
    }

    /// Tells the authority that the wished day of the payment is over, and until when money paid now may be used.
    fn zahltag_vorbei(&self, f: &Abruffakten, schritt: Pruefschritt) -> Option<Befund> {
        let am = self.inhalt.auszahlung_am;
        if schritt == Pruefschritt::Einreichung || am >= f.heute {
            return None;
        }
        let bis = self.inhalt.fensterende(&f.regelwerk, f.heute).ok()?;
        Some(
            Befund::neu(&ZAHLTAG_VORBEI)
                .ort("/auszahlung_am")
                .gemessen("auszahlung_am", am, Einheit::Datum)
                .gemessen("heute", f.heute, Einheit::Datum)
                .gemessen("fenster_bis", bis, Einheit::Datum),
        )
    }

    /// The same payment was the reason of another call already.
    fn pruefe_doppelten_bedarf(&self, f: &Abruffakten) -> Vec<Befund> {
        let anderer = |b| f.andere_abrufe.iter().find(|a| a.bedarf.contains(b));
        let zeilen = self.inhalt.bedarf.iter().enumerate();
        let doppelt = zeilen.filter_map(|(i, b)| anderer(b).map(|a| (i, b, a)));
        doppelt
            .map(|(i, b, a)| {
                Befund::neu(&BEDARF_DOPPELT)
                    .ort(format!("/bedarf/{i}"))
                    .gemessen("zweck", &b.zweck, Einheit::Text)
                    .gemessen("faellig_am", b.faellig_am, Einheit::Datum)
                    .gemessen("betrag", b.betrag, Einheit::Eur)
                    .gemessen("abruf", &a.bezeichnung, Einheit::Text)
            })
            .collect()
    }

    /// More is asked than is needed in time (S4): refused in the strict mode, otherwise to be confirmed, and the
    /// authority will cut.
    fn pruefe_deckung(&self, f: &Abruffakten, r: &Bedarfsrechnung) -> Option<Befund> {
        if r.zahlbar == r.angefordert {
            return None;
        }
        let streng = match f.regelwerk.code("mittelabruf_modus", self.inhalt.auszahlung_am) {
            Ok(modus) => modus != "KUERZEN",
            Err(b) => return Some(b),
        };
        let befund = Befund::neu(&BEDARF_NICHT_GEDECKT)
            .ort("/bedarf")
            .gemessen("fenster_von", r.fenster_von, Einheit::Datum)
            .gemessen("fenster_bis", r.fenster_bis, Einheit::Datum)
            .betrag("angefordert", r.angefordert, "gedeckt", r.gedeckt)
            .regelwerk(&f.regelwerk.version);
        Some(if streng { befund.mit_schwere(Schwere::Fehler) } else { befund })
    }
}

/// Last day on which calls from a Haushaltsjahr are taken.
///
/// # Errors
/// `PARAMETER_FEHLT`.
pub fn kassenschluss_am(r: &Regelwerk, haushaltsjahr: i32, heute: NaiveDate) -> Result<NaiveDate, Befund> {
    r.tag_im_jahr("kassenschluss", haushaltsjahr, heute)
}

/// The last day for calls of the year has passed (S15).
fn kassenschluss(f: &Abruffakten, jahr: i32) -> Option<Befund> {
    let tag = match kassenschluss_am(&f.regelwerk, jahr, f.heute) {
        Ok(t) => t,
        Err(b) => return Some(b),
    };
    (f.heute > tag).then(|| {
        Befund::neu(&KASSENSCHLUSS)
            .ort("/haushaltsjahr")
            .gemessen("haushaltsjahr", jahr, Einheit::Anzahl)
            .gemessen("heute", f.heute, Einheit::Datum)
            .erlaubt("kassenschluss", tag, Einheit::Datum)
            .regelwerk(&f.regelwerk.version)
    })
}

/// The finding for a position beyond what can be called.
fn ueber_abrufbar(f: &Abruffakten, massnahme: Uuid, jahr: i32, angefordert: Angefordert, ort: &str) -> Option<Befund> {
    let stand = f.massnahmenstand(massnahme, jahr);
    let abrufbar = match stand.abrufbar() {
        Ok(a) => a,
        Err(e) => return Some(bereich(e)),
    };
    (!abrufbar.deckt(angefordert)).then(|| {
        Befund::neu(&ABRUFBAR_UEBERSCHRITTEN)
            .ort(format!("{ort}/betrag"))
            .gemessen("massnahme", f.massnahme_nr(massnahme), Einheit::Code)
            .gemessen("haushaltsjahr", jahr, Einheit::Anzahl)
            .gemessen("bewilligt", stand.bewilligt, Einheit::Eur)
            .gemessen("abgerufen", stand.abgerufen, Einheit::Eur)
            .betrag("angefordert", angefordert.0, "abrufbar", abrufbar.0)
    })
}
