//! What the bank reports changes a call: the value date makes it paid, a return makes it payable again.

use super::{
    Abrufstelle, Ausgezahlt, Festgestellt, Geldbewegung, Mittelabruf, MittelabrufStatus, STORNIERUNG, bedarf::verteile,
};
use crate::akt::{Entscheidung, Urteil};
use crate::befund::{Befund, Einheit};
use crate::geld::Euro;
use crate::konto::Kontoart;
use crate::regel::{BETRAG_ZU_KLEIN, RECHENBEREICH, STATUS_UNZULAESSIG, UEBER_OFFEN};
use serde_json::json;

impl Mittelabruf {
    /// What was found payable and is not yet paid; nothing once the call ended.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn offen(&self) -> Result<Euro, Befund> {
        if self.ende.is_some() {
            return Ok(Euro::NULL);
        }
        let Festgestellt(soll) = self.festgestellt().map_err(|_| bereich())?.unwrap_or_default();
        soll.minus(self.ausgezahlt().map_err(|_| bereich())?.0).map_err(|_| bereich())
    }

    /// A payment of `betrag` reached the account on its value date: ABGERUFEN → AUSGEZAHLT on that day. The call is
    /// paid when nothing is left.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` unless it is ordered, `BETRAG_ZU_KLEIN`, `UEBER_OFFEN` for more than is left.
    pub fn gutgeschrieben(&self, g: &Geldbewegung) -> Urteil<Mittelabruf> {
        self.verlange(&[MittelabrufStatus::Angeordnet])?;
        if !g.betrag.ist_positiv() {
            let befund = Befund::neu(&BETRAG_ZU_KLEIN);
            return Err(vec![befund.betrag("betrag", g.betrag, "mindestens", crate::budget::ein_cent())]);
        }
        let offen = self.offen().map_err(|b| vec![b])?;
        if g.betrag > offen {
            return Err(vec![Befund::neu(&UEBER_OFFEN).betrag("gemeldet", g.betrag, "offen", offen)]);
        }
        let status = if g.betrag == offen { MittelabrufStatus::Ausgezahlt } else { MittelabrufStatus::Angeordnet };
        let rest = |s: &Abrufstelle| s.festgestellt.unwrap_or_default().0.minus(s.ausgezahlt.0);
        self.bewege(g, status, "AUSZAHLUNG", (Kontoart::Abgerufen, Kontoart::Ausgezahlt), g.betrag, rest)
    }

    /// A payment, or a part of it, came back: AUSGEZAHLT → ABGERUFEN on that day. An order stands, so that it can be
    /// paid again; where it was taken back, the call stays as it is. What comes back to a call that ended is free:
    /// AUSGEZAHLT → GEBUNDEN.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG`, `BETRAG_ZU_KLEIN`, `UEBER_OFFEN` for more than was paid.
    pub fn zurueckgekommen(&self, g: &Geldbewegung) -> Urteil<Mittelabruf> {
        use MittelabrufStatus::{Angeordnet, Gekuerzt, Geprueft, Storniert, Zurueckgewiesen};
        let voll = MittelabrufStatus::Ausgezahlt;
        self.verlange(&[Angeordnet, voll, Geprueft, Gekuerzt])?;
        let zurueck = g.betrag.negativ();
        if !zurueck.ist_positiv() {
            let befund = Befund::neu(&BETRAG_ZU_KLEIN);
            return Err(vec![befund.betrag("betrag", zurueck, "mindestens", crate::budget::ein_cent())]);
        }
        let gezahlt = self.ausgezahlt().map_err(|_| vec![bereich()])?.0;
        if zurueck > gezahlt {
            return Err(vec![Befund::neu(&UEBER_OFFEN).betrag("gemeldet", zurueck, "offen", gezahlt)]);
        }
        let status = match (&self.ende, self.status) {
            (None, Geprueft | Gekuerzt) => self.status,
            (None, _) => Angeordnet,
            (Some(_), _) if zurueck < gezahlt => voll,
            (Some(e), _) if e.akt == STORNIERUNG => Storniert,
            (Some(_), _) => Zurueckgewiesen,
        };
        let nach = if self.ende.is_some() { Kontoart::Gebunden } else { Kontoart::Abgerufen };
        self.bewege(g, status, "RUECKLAEUFER", (Kontoart::Ausgezahlt, nach), zurueck, |s| Ok(s.ausgezahlt.0))
    }

    fn bewege(
        &self,
        g: &Geldbewegung,
        status: MittelabrufStatus,
        grund: &'static str,
        (von, nach): (Kontoart, Kontoart),
        betrag: Euro,
        hoechstens: impl Fn(&Abrufstelle) -> Result<Euro, crate::geld::GeldFehler>,
    ) -> Urteil<Mittelabruf> {
        let fehler = |_| vec![bereich()];
        let grenzen = self.stellen.iter().map(hoechstens).collect::<Result<Vec<_>, _>>().map_err(fehler)?;
        let teile = verteile(betrag, &grenzen).map_err(fehler)?;
        let mut neu = Mittelabruf { status, ..self.clone() };
        for (s, teil) in neu.stellen.iter_mut().zip(&teile) {
            let teil = if grund == "AUSZAHLUNG" { *teil } else { teil.negativ() };
            s.ausgezahlt = Ausgezahlt(s.ausgezahlt.0.plus(teil).map_err(fehler)?);
        }
        neu.geldbewegungen.push(g.clone());
        let je_stelle: std::collections::BTreeMap<_, _> =
            self.stellen.iter().map(|s| s.massnahme_id).zip(teile).collect();
        let buchung =
            neu.buchung(grund, von, nach, |s| Ok(je_stelle.get(&s.massnahme_id).copied().unwrap_or_default()))?;
        let daten = json!({ "mittelabruf_id": self.id, "zahlung_id": g.zahlung_id });
        let typ = if grund == "AUSZAHLUNG" { "mittelabruf.ausgezahlt" } else { "mittelabruf.zurueckgekommen" };
        Ok(Entscheidung::neu(neu).buchung(buchung.am(g.wertstellung_am)).ereignis(typ, daten))
    }

    fn verlange(&self, zulaessig: &[MittelabrufStatus]) -> Result<(), Vec<Befund>> {
        if zulaessig.contains(&self.status) {
            return Ok(());
        }
        let codes: Vec<_> = zulaessig.iter().map(|s| s.code()).collect();
        Err(vec![
            Befund::neu(&STATUS_UNZULAESSIG)
                .gemessen("status", self.status, Einheit::Code)
                .gemessen("akt", "rueckmeldung", Einheit::Code)
                .erlaubt("zulaessig", codes.join(", "), Einheit::Code),
        ])
    }
}

fn bereich() -> Befund {
    Befund::neu(&RECHENBEREICH).ort("/positionen")
}
