//! Acts of a Zahlungslauf: collect, release by a second person, hand over, record results, discard; and the settling
//! of doubts about one payment.

use super::{
    Abruflage, Auftraggeberkonto, Zahlung, ZahlungStatus, Zahlungslauf, ZahlungslaufStatus, ist_banktag,
    verwendungszweck,
};
use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Uebergang, Urteil, frei, pruefe_uebergang};
use crate::befund::{Befund, Einheit, Schwere};
use crate::berechtigung::{Akteur, Recht};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::geld::Euro;
use crate::regel::{
    AUFTRAGGEBERKONTO_FEHLT, AUSFUEHRUNGSTAG_UNZULAESSIG, AUSFUEHRUNGSTAG_VERSTRICHEN, LAUF_LEER, RECHENBEREICH,
    STATUS_UNZULAESSIG, UEBERGABETAG_UNZULAESSIG, ZAHLUNG_OHNE_ZWEIFEL, ZAHLUNGSKONTO_GEAENDERT,
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
        von: &[ZahlungslaufStatus::Entwurf, ZahlungslaufStatus::Freigegeben],
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

/// Input of the act `freigabe`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bestaetigte_warnungen": [] }))))]
#[serde(deny_unknown_fields)]
pub struct Zahlungslauffreigabe {
    /// The warnings the caller has read, each with the reason to release all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// Input of the act `uebergabe`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({}))))]
#[serde(deny_unknown_fields)]
pub struct Zahlungslaufuebergabe {
    /// Day on which the file went to the treasury, where the act is recorded later: from the release on, not after
    /// today. Without it: today.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, examples("2026-09-15")))]
    pub uebergeben_am: Option<NaiveDate>,
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

/// Collects ordered Mittelabrufe in a new run. Nothing is paid yet. `hinweise` tell what was left out and why.
///
/// # Errors
/// `RECHT_FEHLT`, `AUSFUEHRUNGSTAG_UNZULAESSIG`, `LAUF_LEER` together with the hints, and for each Mittelabruf what
/// [`Abruflage::auftrag`] finds.
pub fn zahlungslauf_anlegen(
    (id, kennung): (Uuid, String),
    ausfuehrung_am: NaiveDate,
    (plaetze, mut hinweise): (&[Zahlungsplatz], Vec<Befund>),
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
            Ok(auftrag) => {
                hinweise.extend(p.lage.selbes_konto(&auftrag));
                zahlungen.push(Zahlung {
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
                    weitere_zweifel: 0,
                    klaerung: None,
                });
            }
        }
    }
    if !befunde.is_empty() {
        befunde.extend(hinweise);
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
    let e = Entscheidung::neu(Laufergebnis { lauf, zahlungen }).befunde(hinweise);
    Ok(e.ereignis("zahlungslauf.angelegt", daten))
}

/// What release and handing over need to know.
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
        let zusatz = |akt: &str| match akt {
            FREIGABE => self.freigabesperren(fakten, heute),
            UEBERGABE => self.uebergabesperren(fakten.zahlungen, heute, heute),
            _ => Vec::new(),
        };
        crate::akt::aktionen(LAUF_UEBERGAENGE, self.status, akteur, erster, zusatz)
    }

    /// What blocks the release beyond state and person; the warning about each earlier payment of the same call, and
    /// the hint about each account that took another's place.
    fn freigabesperren(&self, fakten: Freigabefakten<'_>, heute: NaiveDate) -> Vec<Befund> {
        let mut befunde: Vec<Befund> = pruefe_ausfuehrungstag(self.ausfuehrung_am, heute).into_iter().collect();
        if fakten.auftraggeber.is_none() {
            befunde.push(Befund::neu(&AUFTRAGGEBERKONTO_FEHLT));
        }
        if fakten.zahlungen.is_empty() {
            befunde.push(Befund::neu(&LAUF_LEER).gemessen("haushaltsjahr", self.haushaltsjahr, Einheit::Anzahl));
        }
        for (z, lage) in fakten.zahlungen {
            befunde.extend(lage.widersprueche(z, heute));
            befunde.extend(lage.fruehere());
            befunde.extend(lage.selbes_konto(&z.auftrag));
            if let Some(ab) = z.auftrag.bankverbindung_seit {
                let b = Befund::neu(&ZAHLUNGSKONTO_GEAENDERT).gemessen("zahlung", &z.end_to_end_id, Einheit::Code);
                befunde.push(b.gemessen("ab", ab, Einheit::Datum));
            }
        }
        befunde
    }

    /// What blocks that a released run leaves the house on the day `am`: its day of execution is over, or what was
    /// released is no longer to be paid today.
    fn uebergabesperren(&self, zahlungen: &[(Zahlung, Abruflage)], am: NaiveDate, heute: NaiveDate) -> Vec<Befund> {
        let verstrichen = (am > self.ausfuehrung_am).then(|| {
            Befund::neu(&AUSFUEHRUNGSTAG_VERSTRICHEN)
                .gemessen("lauf", &self.kennung, Einheit::Code)
                .gemessen("am", am, Einheit::Datum)
                .erlaubt("ausfuehrung_am", self.ausfuehrung_am, Einheit::Datum)
        });
        verstrichen.into_iter().chain(zahlungen.iter().flat_map(|(z, lage)| lage.widersprueche(z, heute))).collect()
    }

    /// The legal day of the release; none before it.
    pub fn freigabetag(&self) -> Option<NaiveDate> {
        self.freigegeben_am.map(rechtstag)
    }

    /// Releases the run: the account that pays is fixed, the SEPA file can be fetched.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN`, `AUSFUEHRUNGSTAG_UNZULAESSIG`, `AUFTRAGGEBERKONTO_FEHLT`,
    /// `LAUF_LEER`, `ANORDNUNG_GEAENDERT`, `BANKVERBINDUNG_OFFEN`, `BANKVERBINDUNG_WARTEZEIT`, what keeps a case from
    /// being paid, an unconfirmed `ZAHLUNG_ZUVOR_GESCHEITERT`.
    pub fn freigeben(
        &self,
        fakten: Freigabefakten<'_>,
        eingabe: &Zahlungslauffreigabe,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Zahlungslauf> {
        let gefunden = frei(self.aktionen(fakten, akteur, rechtstag(jetzt)), FREIGABE)?;
        let befunde = bestaetige(gefunden, &eingabe.bestaetigte_warnungen)?;
        let neu = Zahlungslauf {
            status: ZahlungslaufStatus::Freigegeben,
            freigegeben_von: Some(akteur.person.clone()),
            freigegeben_am: Some(jetzt),
            auftraggeber: fakten.auftraggeber.cloned(),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("zahlungslauf.freigegeben", self.ereignisdaten()).befunde(befunde))
    }

    /// State, right and person permit the act; whatever else blocks it is asked elsewhere.
    fn erlaubt(&self, akt: &str, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        let zeile = crate::akt::uebergang(LAUF_UEBERGAENGE, akt);
        let befunde = zeile.map(|u| pruefe_uebergang(u, self.status, akteur, None)).unwrap_or_default();
        if befunde.is_empty() { Ok(()) } else { Err(befunde) }
    }

    /// Hands the file over: from now on results are awaited. `datei_sha256` is the hash of the file. What the release
    /// asked is asked once more: an account, a proof or an order may have changed since.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `UEBERGABETAG_UNZULAESSIG`, `AUSFUEHRUNGSTAG_VERSTRICHEN`, and per payment
    /// what blocks its release.
    pub fn uebergeben(
        &self,
        zahlungen: &[(Zahlung, Abruflage)],
        datei_sha256: String,
        eingabe: &Zahlungslaufuebergabe,
        akteur: &Akteur,
        heute: NaiveDate,
    ) -> Urteil<Laufergebnis> {
        self.erlaubt(UEBERGABE, akteur)?;
        let am = eingabe.uebergeben_am.unwrap_or(heute);
        let mut befunde: Vec<Befund> = self.pruefe_uebergabetag(am, heute).into_iter().collect();
        befunde.extend(self.uebergabesperren(zahlungen, am, heute));
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let lauf = Zahlungslauf {
            status: ZahlungslaufStatus::Uebergeben,
            uebergeben_von: Some(akteur.person.clone()),
            uebergeben_am: Some(am),
            datei_sha256: Some(datei_sha256),
            ..self.clone()
        };
        let zahlungen = zahlungen.iter().map(|(z, _)| Zahlung { uebergeben_am: Some(am), ..z.clone() }).collect();
        Ok(Entscheidung::neu(Laufergebnis { lauf, zahlungen })
            .ereignis("zahlungslauf.uebergeben", self.ereignisdaten()))
    }

    /// Handed over between the release and today.
    fn pruefe_uebergabetag(&self, am: NaiveDate, heute: NaiveDate) -> Option<Befund> {
        let von = self.freigabetag().unwrap_or(heute);
        (am < von || am > heute).then(|| {
            Befund::neu(&UEBERGABETAG_UNZULAESSIG)
                .ort("/uebergeben_am")
                .gemessen("am", am, Einheit::Datum)
                .erlaubt("von", von, Einheit::Datum)
                .erlaubt("bis", heute, Einheit::Datum)
        })
    }

    /// Discards the run, also a released one that was not handed over: stopping money needs no second person. Its
    /// payments fall away; its Mittelabrufe are ordered as before and can be collected anew.
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

    /// The SEPA file may be fetched. Before the run is handed over, as long as it could be handed over today.
    ///
    /// # Errors
    /// `STATUS_UNZULAESSIG` before the release and after a withdrawal; what blocks the handing over.
    pub fn pruefe_datei(
        &self,
        zahlungen: &[(Zahlung, Abruflage)],
        heute: NaiveDate,
    ) -> Result<&Auftraggeberkonto, Vec<Befund>> {
        let befunde = match self.status {
            ZahlungslaufStatus::Freigegeben => self.uebergabesperren(zahlungen, heute, heute),
            _ => Vec::new(),
        };
        let konto = self.auftraggeber.as_ref().filter(|_| self.status != ZahlungslaufStatus::Verworfen);
        match konto {
            Some(k) if befunde.is_empty() => Ok(k),
            Some(_) => Err(befunde),
            None => Err(vec![
                Befund::neu(&STATUS_UNZULAESSIG)
                    .gemessen("status", self.status, Einheit::Code)
                    .gemessen("akt", "pain001", Einheit::Code)
                    .erlaubt("zulaessig", "FREIGEGEBEN, UEBERGEBEN, ABGESCHLOSSEN", Einheit::Code),
            ]),
        }
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
        let mut neu = Zahlung { klaerung: Some(eingabe.grund.clone()), ..self.clone() };
        neu.ohne_zweifel();
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
