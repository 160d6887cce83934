//! Acts of a Zahlungslauf: collect, release by a second person, hand over, record results, discard; and the settling
//! of doubts about one payment.

use super::{
    Auftraggeberkonto, Zahlung, ZahlungStatus, Zahlungsauftrag, Zahlungslauf, ZahlungslaufStatus, ist_banktag,
    verwendungszweck,
};
use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Uebergang, Urteil, frei, pruefe_uebergang};
use crate::befund::{Befund, Einheit, Schwere};
use crate::berechtigung::{Akteur, Recht};
use crate::geld::Euro;
use crate::mittelabruf::{Mittelabruf, Zahlkonto};
use crate::regel::{
    ABRUF_NICHT_ANGEORDNET, ABRUF_SCHON_IN_ZAHLUNG, ANORDNUNG_GEAENDERT, AUFTRAGGEBERKONTO_FEHLT,
    AUSFUEHRUNGSTAG_UNZULAESSIG, LAUF_LEER, RECHENBEREICH, ZAHLUNG_HAUSHALTSJAHR, ZAHLUNG_OHNE_ZWEIFEL,
    ZAHLUNGSKONTO_GEAENDERT,
};
use crate::zeit::rechtstag;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Act: release.
pub const FREIGABE: &str = "freigabe";
/// Act: hand over.
pub const UEBERGABE: &str = "uebergabe";
/// Act: record results.
pub const RUECKMELDUNG: &str = "rueckmeldung";
/// Act: discard.
pub const VERWERFUNG: &str = "verwerfung";
/// Act: settle the doubts about a payment.
pub const KLAERUNG: &str = "klaerung";

/// Most payments of one run.
pub const ZAHLUNGEN_HOECHSTENS: usize = 1_000;

/// State table of a Zahlungslauf. `ABGESCHLOSSEN` follows from the last result; a return may come after it.
pub const LAUF_UEBERGAENGE: &[Uebergang<ZahlungslaufStatus>] = &[
    Uebergang {
        akt: FREIGABE,
        recht: Recht::ZahlungFreigeben,
        von: &[ZahlungslaufStatus::Entwurf],
        nach: Some(ZahlungslaufStatus::Freigegeben),
    },
    Uebergang {
        akt: UEBERGABE,
        recht: Recht::ZahlungAusfuehren,
        von: &[ZahlungslaufStatus::Freigegeben],
        nach: Some(ZahlungslaufStatus::Uebergeben),
    },
    Uebergang {
        akt: RUECKMELDUNG,
        recht: Recht::ZahlungAusfuehren,
        von: &[ZahlungslaufStatus::Uebergeben, ZahlungslaufStatus::Abgeschlossen],
        nach: None,
    },
    Uebergang {
        akt: VERWERFUNG,
        recht: Recht::ZahlungAusfuehren,
        von: &[ZahlungslaufStatus::Entwurf],
        nach: Some(ZahlungslaufStatus::Verworfen),
    },
];

/// State table of a Zahlung: its states follow from results; only doubts are settled by an act of its own.
pub const ZAHLUNG_UEBERGAENGE: &[Uebergang<ZahlungStatus>] = &[Uebergang {
    akt: KLAERUNG,
    recht: Recht::ZahlungAusfuehren,
    von: &[
        ZahlungStatus::Ausstehend,
        ZahlungStatus::Ausgefuehrt,
        ZahlungStatus::Teilweise,
        ZahlungStatus::Zurueckgegeben,
        ZahlungStatus::Abgelehnt,
    ],
    nach: None,
}];

/// Which Mittelabrufe a run pays, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "ausfuehrung_am": "2026-09-17" }))))]
#[serde(deny_unknown_fields)]
pub struct Zahlungslaufeingabe {
    /// Day on which the bank shall carry the payments out: a business day of TARGET, not in the past. Its year is the
    /// Haushaltsjahr of the run.
    #[cfg_attr(feature = "schema", schema(examples("2026-09-17")))]
    pub ausfuehrung_am: NaiveDate,
    /// The Mittelabrufe to pay. Without this list: all that are ordered in this Haushaltsjahr, in no open run, and whose
    /// account is not in its waiting time.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, min_items = 1, max_items = 1000))]
    pub mittelabrufe: Option<Vec<Uuid>>,
}

/// A Mittelabruf as the payment sees it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abruflage {
    /// The Mittelabruf.
    pub abruf: Mittelabruf,
    /// EndToEndId of the payment that stands for it.
    pub zahlung: Option<String>,
    /// The account of the case.
    pub konto: Zahlkonto,
}

impl Abruflage {
    /// What is to be paid, or all that speaks against paying it on `am`.
    ///
    /// # Errors
    /// `ABRUF_NICHT_ANGEORDNET`, `ABRUF_SCHON_IN_ZAHLUNG`, `ZAHLUNG_HAUSHALTSJAHR`, and what [`Self::pruefe_konto`] finds.
    pub fn auftrag(&self, am: NaiveDate, heute: NaiveDate) -> Result<Zahlungsauftrag, Vec<Befund>> {
        let benannt = |b: Befund| b.gemessen("abruf", self.abruf.bezeichnung(), Einheit::Text);
        let mut befunde = Vec::new();
        if let Some(z) = &self.zahlung {
            befunde.push(benannt(Befund::neu(&ABRUF_SCHON_IN_ZAHLUNG)).gemessen("zahlung", z, Einheit::Code));
        }
        if am.year() != self.abruf.inhalt.haushaltsjahr {
            befunde.push(
                Befund::neu(&ZAHLUNG_HAUSHALTSJAHR)
                    .gemessen("was", self.abruf.bezeichnung(), Einheit::Text)
                    .gemessen("jahr", am.year(), Einheit::Anzahl)
                    .erlaubt("haushaltsjahr", self.abruf.inhalt.haushaltsjahr, Einheit::Anzahl),
            );
        }
        match Zahlungsauftrag::aus(&self.abruf) {
            Err(b) => befunde.push(b),
            Ok(None) => {
                let b = benannt(Befund::neu(&ABRUF_NICHT_ANGEORDNET));
                befunde.push(b.gemessen("status", self.abruf.status, Einheit::Code));
            }
            Ok(Some(auftrag)) => {
                befunde.extend(self.pruefe_konto(&auftrag, heute));
                if befunde.is_empty() {
                    return Ok(auftrag);
                }
            }
        }
        Err(befunde)
    }

    /// The ordered account is still the one of the case, and may be paid.
    fn pruefe_konto(&self, auftrag: &Zahlungsauftrag, heute: NaiveDate) -> Vec<Befund> {
        let benannt = |b: Befund| b.gemessen("abruf", self.abruf.bezeichnung(), Einheit::Text);
        let anderes = self.konto.bankverbindung != auftrag.bankverbindung;
        let geaendert = anderes.then(|| benannt(Befund::neu(&ANORDNUNG_GEAENDERT)));
        self.konto.gesperrt(heute).into_iter().chain(geaendert).collect()
    }
}

/// A run with its payments, as an act leaves them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laufergebnis {
    /// The run.
    pub lauf: Zahlungslauf,
    /// Its payments, in the order of their names.
    pub zahlungen: Vec<Zahlung>,
}

/// A payment about to be made: its id, its name, its Mittelabruf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zahlungsplatz {
    /// Id of the new payment.
    pub id: Uuid,
    /// Its name.
    pub end_to_end_id: String,
    /// What it pays.
    pub lage: Abruflage,
}

fn pruefe_ausfuehrungstag(am: NaiveDate, heute: NaiveDate) -> Option<Befund> {
    (am < heute || !ist_banktag(am)).then(|| {
        Befund::neu(&AUSFUEHRUNGSTAG_UNZULAESSIG).ort("/ausfuehrung_am").gemessen("am", am, Einheit::Datum).erlaubt(
            "fruehestens",
            heute,
            Einheit::Datum,
        )
    })
}

/// Which of these Mittelabrufe a run without a list takes; for each that is left out, why.
pub fn waehle(lagen: Vec<Abruflage>, am: NaiveDate, heute: NaiveDate) -> (Vec<Abruflage>, Vec<Befund>) {
    let mut hinweise = Vec::new();
    let mut gewaehlt = Vec::new();
    for l in lagen {
        match l.auftrag(am, heute) {
            Ok(_) if gewaehlt.len() < ZAHLUNGEN_HOECHSTENS => gewaehlt.push(l),
            Ok(_) => {}
            Err(b) => hinweise.extend(b.into_iter().map(|b| b.mit_schwere(Schwere::Hinweis))),
        }
    }
    (gewaehlt, hinweise)
}

/// Collects ordered Mittelabrufe in a new run. Nothing is paid yet.
///
/// # Errors
/// `RECHT_FEHLT`, `AUSFUEHRUNGSTAG_UNZULAESSIG`, `LAUF_LEER`, and for each Mittelabruf what [`Abruflage::auftrag`] finds.
pub fn zahlungslauf_anlegen(
    (id, kennung): (Uuid, String),
    ausfuehrung_am: NaiveDate,
    plaetze: &[Zahlungsplatz],
    akteur: &Akteur,
    heute: NaiveDate,
) -> Urteil<Laufergebnis> {
    if !akteur.darf(Recht::ZahlungAusfuehren) {
        return Err(vec![Befund::recht_fehlt(akteur.rolle, Recht::ZahlungAusfuehren)]);
    }
    let mut befunde: Vec<Befund> = pruefe_ausfuehrungstag(ausfuehrung_am, heute).into_iter().collect();
    if plaetze.is_empty() {
        befunde.push(Befund::neu(&LAUF_LEER).gemessen("haushaltsjahr", ausfuehrung_am.year(), Einheit::Anzahl));
    }
    let mut zahlungen = Vec::with_capacity(plaetze.len());
    for p in plaetze {
        match p.lage.auftrag(ausfuehrung_am, heute) {
            Err(b) => befunde.extend(b),
            Ok(auftrag) => zahlungen.push(Zahlung {
                id: p.id,
                zahlungslauf_id: id,
                end_to_end_id: p.end_to_end_id.clone(),
                verwendungszweck: verwendungszweck(&auftrag),
                auftrag,
                ausfuehrung_am,
                status: ZahlungStatus::Ausstehend,
                uebergeben_am: None,
                wertstellungen: Vec::new(),
                rueckgabe: None,
                zweifel: Vec::new(),
                klaerung: None,
            }),
        }
    }
    if !befunde.is_empty() {
        return Err(befunde);
    }
    let summe = Euro::summe(zahlungen.iter().map(|z| z.auftrag.betrag));
    let (Ok(summe), Ok(anzahl)) = (summe, i32::try_from(zahlungen.len())) else {
        return Err(vec![Befund::neu(&RECHENBEREICH)]);
    };
    let lauf = Zahlungslauf {
        id,
        kennung,
        haushaltsjahr: ausfuehrung_am.year(),
        ausfuehrung_am,
        anzahl,
        summe,
        status: ZahlungslaufStatus::Entwurf,
        erstellt_von: akteur.person.clone(),
        freigegeben_von: None,
        freigegeben_am: None,
        auftraggeber: None,
        uebergeben_von: None,
        uebergeben_am: None,
        datei_sha256: None,
        verworfen_von: None,
        verwerfungsgrund: None,
    };
    let daten = lauf.ereignisdaten();
    Ok(Entscheidung::neu(Laufergebnis { lauf, zahlungen }).ereignis("zahlungslauf.angelegt", daten))
}

/// What the release needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Freigabefakten<'f> {
    /// The payments of the run with their Mittelabrufe as they are now.
    pub zahlungen: &'f [(Zahlung, Abruflage)],
    /// Account from which is paid, where one is configured.
    pub auftraggeber: Option<&'f Auftraggeberkonto>,
}

impl Zahlungslauf {
    /// All acts with the reasons that block them on the legal day `heute`.
    pub fn aktionen(&self, fakten: Freigabefakten<'_>, akteur: &Akteur, heute: NaiveDate) -> Vec<Aktion> {
        let erster = |akt: &str| (akt == FREIGABE).then(|| self.erstellt_von.clone());
        let zusatz = |akt: &str| if akt == FREIGABE { self.freigabesperren(fakten, heute) } else { Vec::new() };
        crate::akt::aktionen(LAUF_UEBERGAENGE, self.status, akteur, erster, zusatz)
    }

    /// What blocks the release beyond state and person, and the hint about each account that took another's place.
    fn freigabesperren(&self, fakten: Freigabefakten<'_>, heute: NaiveDate) -> Vec<Befund> {
        let mut befunde: Vec<Befund> = pruefe_ausfuehrungstag(self.ausfuehrung_am, heute).into_iter().collect();
        if fakten.auftraggeber.is_none() {
            befunde.push(Befund::neu(&AUFTRAGGEBERKONTO_FEHLT));
        }
        if fakten.zahlungen.is_empty() {
            befunde.push(Befund::neu(&LAUF_LEER).gemessen("haushaltsjahr", self.haushaltsjahr, Einheit::Anzahl));
        }
        for (z, lage) in fakten.zahlungen {
            match Zahlungsauftrag::aus(&lage.abruf) {
                Err(b) => befunde.push(b),
                Ok(Some(a)) if a == z.auftrag => befunde.extend(lage.pruefe_konto(&a, heute)),
                Ok(_) => {
                    let b = Befund::neu(&ANORDNUNG_GEAENDERT);
                    befunde.push(b.gemessen("abruf", lage.abruf.bezeichnung(), Einheit::Text));
                }
            }
            if let Some(ab) = z.auftrag.bankverbindung_seit {
                let b = Befund::neu(&ZAHLUNGSKONTO_GEAENDERT).gemessen("zahlung", &z.end_to_end_id, Einheit::Code);
                befunde.push(b.gemessen("ab", ab, Einheit::Datum));
            }
        }
        befunde
    }

    /// Releases the run: the account that pays is fixed, the SEPA file can be fetched.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN`, `AUSFUEHRUNGSTAG_UNZULAESSIG`, `AUFTRAGGEBERKONTO_FEHLT`,
    /// `LAUF_LEER`, `ANORDNUNG_GEAENDERT`, `BANKVERBINDUNG_OFFEN`, `BANKVERBINDUNG_WARTEZEIT`.
    pub fn freigeben(&self, fakten: Freigabefakten<'_>, akteur: &Akteur, jetzt: DateTime<Utc>) -> Urteil<Zahlungslauf> {
        let hinweise = frei(self.aktionen(fakten, akteur, rechtstag(jetzt)), FREIGABE)?;
        let neu = Zahlungslauf {
            status: ZahlungslaufStatus::Freigegeben,
            freigegeben_von: Some(akteur.person.clone()),
            freigegeben_am: Some(jetzt),
            auftraggeber: fakten.auftraggeber.cloned(),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("zahlungslauf.freigegeben", self.ereignisdaten()).befunde(hinweise))
    }

    /// State, right and person permit the act; whatever else blocks it is asked elsewhere.
    fn erlaubt(&self, akt: &str, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        let zeile = crate::akt::uebergang(LAUF_UEBERGAENGE, akt);
        let befunde = zeile.map(|u| pruefe_uebergang(u, self.status, akteur, None)).unwrap_or_default();
        if befunde.is_empty() { Ok(()) } else { Err(befunde) }
    }

    /// Hands the file over: from now on results are awaited. `datei_sha256` is the hash of the file.
    ///
    /// # Errors
    /// `RECHT_FEHLT` or `STATUS_UNZULAESSIG`.
    pub fn uebergeben(
        &self,
        zahlungen: &[Zahlung],
        datei_sha256: String,
        akteur: &Akteur,
        heute: NaiveDate,
    ) -> Urteil<Laufergebnis> {
        self.erlaubt(UEBERGABE, akteur)?;
        let lauf = Zahlungslauf {
            status: ZahlungslaufStatus::Uebergeben,
            uebergeben_von: Some(akteur.person.clone()),
            uebergeben_am: Some(heute),
            datei_sha256: Some(datei_sha256),
            ..self.clone()
        };
        let zahlungen = zahlungen.iter().map(|z| Zahlung { uebergeben_am: Some(heute), ..z.clone() }).collect();
        Ok(Entscheidung::neu(Laufergebnis { lauf, zahlungen })
            .ereignis("zahlungslauf.uebergeben", self.ereignisdaten()))
    }

    /// Discards the run; its Mittelabrufe can be collected anew.
    ///
    /// # Errors
    /// `RECHT_FEHLT` or `STATUS_UNZULAESSIG`.
    pub fn verwerfen(&self, zahlungen: &[Zahlung], eingabe: &Handlungsgrund, akteur: &Akteur) -> Urteil<Laufergebnis> {
        self.erlaubt(VERWERFUNG, akteur)?;
        let lauf = Zahlungslauf {
            status: ZahlungslaufStatus::Verworfen,
            verworfen_von: Some(akteur.person.clone()),
            verwerfungsgrund: Some(eingabe.grund.clone()),
            ..self.clone()
        };
        let zahlungen = zahlungen.iter().map(|z| Zahlung { status: ZahlungStatus::Entfallen, ..z.clone() }).collect();
        Ok(Entscheidung::neu(Laufergebnis { lauf, zahlungen }).ereignis("zahlungslauf.verworfen", self.ereignisdaten()))
    }

    /// Results may be recorded by hand.
    ///
    /// # Errors
    /// `RECHT_FEHLT` or `STATUS_UNZULAESSIG`.
    pub fn pruefe_rueckmeldung(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        self.erlaubt(RUECKMELDUNG, akteur)
    }

    /// The run after results were booked: complete once nothing is awaited any more.
    pub fn nach_rueckmeldung(&self, alle_erledigt: bool) -> Entscheidung<Zahlungslauf> {
        if alle_erledigt && self.status == ZahlungslaufStatus::Uebergeben {
            let neu = Zahlungslauf { status: ZahlungslaufStatus::Abgeschlossen, ..self.clone() };
            return Entscheidung::neu(neu).ereignis("zahlungslauf.abgeschlossen", self.ereignisdaten());
        }
        Entscheidung::neu(self.clone())
    }

    /// The SEPA file may be fetched.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` before the release.
    pub fn pruefe_datei(&self) -> Result<&Auftraggeberkonto, Vec<Befund>> {
        self.auftraggeber.as_ref().ok_or_else(|| {
            vec![
                Befund::neu(&crate::regel::STATUS_UNZULAESSIG)
                    .gemessen("status", self.status, Einheit::Code)
                    .gemessen("akt", "pain001", Einheit::Code)
                    .erlaubt("zulaessig", "FREIGEGEBEN, UEBERGEBEN, ABGESCHLOSSEN", Einheit::Code),
            ]
        })
    }

    fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({ "zahlungslauf_id": self.id, "kennung": self.kennung })
    }
}

impl Zahlung {
    /// All acts with the reasons that block them.
    pub fn aktionen(&self, akteur: &Akteur) -> Vec<Aktion> {
        let zusatz = |_: &str| {
            let ohne = self.zweifel.is_empty();
            ohne.then(|| Befund::neu(&ZAHLUNG_OHNE_ZWEIFEL).gemessen("zahlung", &self.end_to_end_id, Einheit::Code))
                .into_iter()
                .collect()
        };
        crate::akt::aktionen(ZAHLUNG_UEBERGAENGE, self.status, akteur, |_| None, zusatz)
    }

    /// Settles the doubts: a person looked at the results that did not fit and says why nothing is to be booked.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, or `ZAHLUNG_OHNE_ZWEIFEL`.
    pub fn klaeren(&self, eingabe: &Handlungsgrund, akteur: &Akteur) -> Urteil<Zahlung> {
        frei(self.aktionen(akteur), KLAERUNG)?;
        let neu = Zahlung { zweifel: Vec::new(), klaerung: Some(eingabe.grund.clone()), ..self.clone() };
        Ok(Entscheidung::neu(neu).ereignis("zahlung.geklaert", self.ereignisdaten()))
    }

    /// The decision that leaves a payment as its results made it out of `vorher`.
    pub fn nach_meldung(self, vorher: &Zahlung) -> Entscheidung<Zahlung> {
        let typ = match self.status {
            s if s == vorher.status && self.wertstellungen == vorher.wertstellungen => "zahlung.zweifelhaft",
            ZahlungStatus::Ausgefuehrt => "zahlung.ausgefuehrt",
            ZahlungStatus::Teilweise => "zahlung.teilweise_ausgefuehrt",
            ZahlungStatus::Zurueckgegeben => "zahlung.zurueckgegeben",
            ZahlungStatus::Abgelehnt => "zahlung.abgelehnt",
            ZahlungStatus::Ausstehend | ZahlungStatus::Entfallen => "zahlung.zweifelhaft",
        };
        let daten = self.ereignisdaten();
        Entscheidung::neu(self).ereignis(typ, daten)
    }

    fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({ "zahlung_id": self.id, "mittelabruf_id": self.auftrag.mittelabruf_id, "status": self.status })
    }
}
