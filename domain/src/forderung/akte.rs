//! Acts of a claim as data, and how it arises.

use super::{
    Forderung, ForderungStatus, Forderungsart, Forderungsentscheidungsart, Rueckzahlung, Tilgung, Tilgungsart,
    faelligkeit,
};
use crate::akt::{Aktion, Entscheidung, Uebergang, Urteil, frei};
use crate::aufgabe::Aufgabenanlass;
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht, Sicht};
use crate::frist::Fristart;
use crate::geld::Euro;
use crate::regel::{
    ENTSCHEIDUNG_LAEUFT, ENTSCHEIDUNG_OFFEN, FORDERUNG_NICHT_BEKANNT, KEIN_EINGANG, KEINE_ENTSCHEIDUNG_OFFEN,
    RECHENBEREICH, ZINS_AUF_ZINS, ZINSEN_AUF_EINGANG,
};
use crate::regelwerk::Regelwerk;
use chrono::NaiveDate;
use uuid::Uuid;

/// Act: record a payment.
pub const ZAHLUNGSEINGAENGE: &str = "zahlungseingaenge";
/// Act: reverse a payment that was recorded wrongly.
pub const ZAHLUNGSSTORNO: &str = "zahlungsstorno";
/// Act: propose a deferral.
pub const STUNDUNG: &str = "stundung";
/// Act: propose not to pursue the claim for now.
pub const NIEDERSCHLAGUNG: &str = "niederschlagung";
/// Act: release what another person proposed.
pub const FREIGABE: &str = "freigabe";
/// Act: discard what was proposed.
pub const VERWERFUNG: &str = "verwerfung";
/// Act: end a deferral or a write-off.
pub const WIEDERAUFNAHME: &str = "wiederaufnahme";
/// Act: draft the Bescheid about interest.
pub const ZINSBESCHEID: &str = "zinsbescheid";
/// Name under which the trail keeps the draft of the Bescheid about Zwischenzinsen; it hangs on a payment, not on a claim.
pub const ZWISCHENZINSBESCHEID: &str = "zwischenzinsbescheid";
/// Name under which the trail keeps how it arose.
pub const ENTSTEHUNG: &str = "entstehung";

const fn zeile(akt: &'static str, recht: Recht, von: &'static [ForderungStatus]) -> Uebergang<ForderungStatus> {
    Uebergang { akt, recht, von, nach: None }
}

/// State table. The state follows from payments and decisions, so no act names the next one.
pub const UEBERGAENGE: &[Uebergang<ForderungStatus>] = {
    use ForderungStatus as S;
    const UNBEZAHLT: &[ForderungStatus] = &[S::Offen, S::Gestundet, S::Niedergeschlagen];
    const GEFORDERT: &[ForderungStatus] = &[S::Offen, S::Gestundet, S::Beglichen, S::Niedergeschlagen];
    &[
        zeile(ZAHLUNGSEINGAENGE, Recht::ForderungBuchen, UNBEZAHLT),
        zeile(ZAHLUNGSSTORNO, Recht::ForderungBuchen, GEFORDERT),
        zeile(STUNDUNG, Recht::ForderungEntscheiden, &[S::Offen, S::Gestundet]),
        zeile(NIEDERSCHLAGUNG, Recht::ForderungEntscheiden, &[S::Offen, S::Gestundet]),
        zeile(FREIGABE, Recht::ForderungFreigeben, UNBEZAHLT),
        zeile(VERWERFUNG, Recht::ForderungEntscheiden, GEFORDERT),
        zeile(WIEDERAUFNAHME, Recht::ForderungEntscheiden, &[S::Gestundet, S::Niedergeschlagen]),
        zeile(ZINSBESCHEID, Recht::ForderungEntscheiden, GEFORDERT),
    ]
};

/// What the acts of a claim need from outside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forderungslage {
    /// A Bescheid of the case that is drafted.
    pub entwurf: Option<Uuid>,
    /// The Bescheid that claims it was released and not notified.
    pub nicht_bekannt: bool,
    /// Hearings about interest in which the county can still answer.
    pub anhoerungen: Vec<Befund>,
    /// Who released the Bescheid that claims it: another person records payments on it.
    pub gefordert_von: Option<String>,
}

impl Forderung {
    /// All acts with what they would find before their input is known.
    pub fn aktionen(&self, akteur: &Akteur, lage: &Forderungslage) -> Vec<Aktion> {
        let erster = |akt: &str| match akt {
            FREIGABE => self.vorschlag().map(|v| v.vorgeschlagen_von.clone()),
            ZAHLUNGSEINGAENGE => lage.gefordert_von.clone(),
            _ => None,
        };
        let zusatz = |akt: &str| match akt {
            ZAHLUNGSEINGAENGE | STUNDUNG | NIEDERSCHLAGUNG | ZINSBESCHEID if lage.nicht_bekannt => {
                vec![Befund::neu(&FORDERUNG_NICHT_BEKANNT).gemessen("bescheid", self.bescheid_id, Einheit::Code)]
            }
            STUNDUNG | NIEDERSCHLAGUNG => self.vorschlag_offen().into_iter().collect(),
            FREIGABE => match self.vorschlag() {
                Some(v) => self.pruefe_entscheidung(v),
                None => vec![Befund::neu(&KEINE_ENTSCHEIDUNG_OFFEN)],
            },
            ZAHLUNGSSTORNO if !self.gezahlt().any(|t| t.art == Tilgungsart::Zahlung) => {
                vec![Befund::neu(&KEIN_EINGANG).gemessen("forderung", &self.aktenzeichen, Einheit::Text)]
            }
            ZAHLUNGSSTORNO => self.verzinste_eingaenge(|_| true).into_iter().collect(),
            VERWERFUNG if self.vorschlag().is_none() => vec![Befund::neu(&KEINE_ENTSCHEIDUNG_OFFEN)],
            ZINSBESCHEID => {
                let laeuft = |id| Befund::neu(&ENTSCHEIDUNG_LAEUFT).gemessen("bescheid", id, Einheit::Code);
                let entwurf = lage.entwurf.map(laeuft);
                self.zins_auf_zins().into_iter().chain(entwurf).chain(lage.anhoerungen.iter().cloned()).collect()
            }
            _ => Vec::new(),
        };
        crate::akt::aktionen(UEBERGAENGE, self.status(), akteur, erster, zusatz)
    }

    /// The hint that interest is fixed on the assumption of payments for which `f` holds.
    pub(super) fn verzinste_eingaenge(&self, f: impl Fn(&Tilgung) -> bool) -> Option<Befund> {
        let letzte = self.zinsfestsetzungen.last()?;
        let zahlungen = self.gezahlt().filter(|t| t.art == Tilgungsart::Zahlung && f(t));
        // the value date of the last payment ends the interest itself: without it there is more
        let erste = zahlungen.map(|t| t.wertstellung_am).min().filter(|w| *w <= letzte.bis)?;
        Some(Befund::neu(&ZINSEN_AUF_EINGANG).gemessen("wertstellung", erste, Einheit::Datum).gemessen(
            "bis",
            letzte.bis,
            Einheit::Datum,
        ))
    }

    fn vorschlag_offen(&self) -> Option<Befund> {
        self.vorschlag().map(|v| Befund::neu(&ENTSCHEIDUNG_OFFEN).gemessen("art", v.art, Einheit::Code))
    }

    /// The finding that there is no interest on this claim; none for a repayment.
    pub fn zins_auf_zins(&self) -> Option<Befund> {
        let befund = || Befund::neu(&ZINS_AUF_ZINS).gemessen("art", self.art, Einheit::Code);
        (self.art != Forderungsart::Erstattung).then(befund)
    }

    /// First day on which something is due that is not paid: the due day of the claim, or of the first instalment that
    /// payments since the deferral do not cover. None where nothing is open.
    pub fn faellig_seit(&self) -> Option<NaiveDate> {
        let offen = self.offen().ok().filter(|o| o.ist_positiv())?;
        let Some(stundung) = self.wirksame().filter(|e| e.art == Forderungsentscheidungsart::Stundung) else {
            return Some(self.faellig_am);
        };
        // the last instalments are what is left, so the first one that reaches into what is open is due next
        let mut danach = Euro::summe(stundung.raten.iter().map(|r| r.betrag)).ok()?;
        for r in &stundung.raten {
            danach = danach.minus(r.betrag).ok()?;
            if offen > danach {
                return Some(r.faellig_am);
            }
        }
        Some(self.faellig_am)
    }

    /// Something unpaid is due: of an instalment or of the whole.
    pub fn faellig(&self, heute: NaiveDate) -> bool {
        self.faellig_seit().is_some_and(|f| f <= heute)
    }

    /// Something unpaid was due before this day.
    pub fn in_verzug(&self, heute: NaiveDate) -> bool {
        self.faellig_seit().is_some_and(|f| f < heute)
    }

    /// Why it waits, where the state does not say it: what the debtor owes today, what the authority did not get in time
    /// or did not pursue until a day. The debtor of a claim that is written off owes it as before.
    pub fn anlass(&self, sicht: &Sicht, heute: NaiveDate) -> Option<Aufgabenanlass> {
        if *sicht != Sicht::Alles {
            return self.faellig(heute).then_some(Aufgabenanlass::ZahlungFaellig);
        }
        if self.wartet_auf(ZAHLUNGSEINGAENGE, heute) {
            return Some(Aufgabenanlass::Zahlungsverzug);
        }
        self.wartet_auf(WIEDERAUFNAHME, heute).then_some(Aufgabenanlass::NiederschlagungAbgelaufen)
    }

    /// The case waits for this act: a proposal for its second person, a payment in arrears for whoever records payments
    /// and decides about deferrals, a write-off whose day is over for a new decision. A write-off waits for nobody before.
    pub fn wartet_auf(&self, akt: &str, heute: NaiveDate) -> bool {
        let status = self.status();
        match akt {
            FREIGABE => self.vorschlag().is_some(),
            WIEDERAUFNAHME if status == ForderungStatus::Niedergeschlagen => {
                self.wirksame().and_then(|e| e.bis).is_some_and(|bis| bis < heute)
            }
            ZAHLUNGSEINGAENGE | WIEDERAUFNAHME => status != ForderungStatus::Niedergeschlagen && self.in_verzug(heute),
            _ => false,
        }
    }

    /// Passes where state, right and person permit the act.
    pub(super) fn frei_fuer(&self, akt: &str, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        self.zugelassen(akt, akteur, &Forderungslage::default())
    }

    /// Passes where nothing blocks the act before its input is known, as [`Forderung::aktionen`] foretells.
    ///
    /// # Errors
    /// What blocks it.
    pub fn zugelassen(&self, akt: &str, akteur: &Akteur, lage: &Forderungslage) -> Result<(), Vec<Befund>> {
        frei(self.aktionen(akteur, lage), akt).map(drop)
    }

    /// The Bescheid that claims it counts as notified on `bekannt_am`: from then on the period for payment runs.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `RECHENEINGABE`.
    pub fn bekannt(&self, bekannt_am: NaiveDate, regelwerk: &Regelwerk) -> Urteil<Forderung> {
        let faellig_am = faelligkeit(bekannt_am, regelwerk, self.jahrgang).map_err(|b| vec![b])?;
        let beglichen = !self.status().unerledigt();
        let (frist, daten) = (self.verjaehrungsfrist(), self.ereignisdaten());
        let e = Entscheidung::neu(Forderung { faellig_am, ..self.clone() }).ereignis("forderung.faellig", daten);
        Ok(if beglichen {
            e.erledigt_bei(("BESCHEID", self.bescheid_id), Fristart::Erstattung)
        } else {
            e.frist(frist)
        })
    }

    /// The claim comes into the books, and what was paid back before counts as paid. Its deadlines run from the
    /// notification of its Bescheid.
    ///
    /// `rueckzahlungen` are parts of what the county paid back at the places of this claim before it was claimed.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn entstehen(mut self, rueckzahlungen: &[(Uuid, &Rueckzahlung, Euro)]) -> Urteil<Forderung> {
        let vorweg: Vec<Tilgung> = rueckzahlungen
            .iter()
            .map(|(id, r, betrag)| Tilgung {
                id: *id,
                eingang_id: r.id,
                art: Tilgungsart::Rueckzahlung,
                betrag: *betrag,
                wertstellung_am: r.wertstellung_am,
                referenz: r.referenz.clone(),
                teile: vec![r.teil(*betrag)],
                erfasst_von: r.erfasst_von.clone(),
                storno: None,
            })
            .collect();
        self.tilgungen.extend(vorweg);
        self.offen().map_err(|_| vec![Befund::neu(&RECHENBEREICH)])?;
        let daten = self.ereignisdaten();
        Ok(Entscheidung::neu(self).ereignis("forderung.entstanden", daten))
    }
}
