//! What callers see of runs, payments and files with results.

use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::problem::BefundView;
use crate::http::sicht::Moment;
use crate::seite;
use aqb_domain::antrag::Bankverbindung;
use aqb_domain::befund::Befundablage;
use aqb_domain::geld::Euro;
use aqb_domain::regel::Sprache;
use aqb_domain::zahlung::{
    Abgleichgrund, Abgleichzustand, Auftraggeberkonto, Meldungsausgang, Meldungsergebnis, Rueckmeldeformat,
    Wertstellung, Zahlung, ZahlungStatus, Zahlungsergebnisart, Zahlungslauf, ZahlungslaufStatus, Zahlungsrueckgabe,
    Zahlungsrueckmeldung, Zweifel,
};
use aqb_persistence::vollzug::Versioniert;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A run of payments.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Zahlungslauf)]
pub struct ZahlungslaufView {
    /// Id.
    pub id: Uuid,
    /// Name under which the bank knows it.
    #[schema(max_length = 35, examples("AQB2026-L0001"))]
    pub kennung: String,
    /// State.
    pub status: ZahlungslaufStatus,
    /// Year in which the money flows.
    #[schema(minimum = 2011, maximum = 2120, examples(2026))]
    pub haushaltsjahr: i32,
    /// Day on which the bank shall carry it out.
    #[schema(examples("2026-09-17"))]
    pub ausfuehrung_am: NaiveDate,
    /// Number of payments; `GET /zahlungen?zahlungslauf_id=` lists them.
    #[schema(minimum = 1, maximum = 1000)]
    pub anzahl: i32,
    /// Sum of the payments.
    pub summe: Euro,
    /// Who collected it.
    pub erstellt_von: String,
    /// Who released it; another person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub freigegeben_von: Option<String>,
    /// Moment of the release.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub freigegeben_am: Option<Moment>,
    /// Account from which is paid, as configured when it was released.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub auftraggeber: Option<Auftraggeberkonto>,
    /// Who handed it over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub uebergeben_von: Option<String>,
    /// Legal day of the handing over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub uebergeben_am: Option<NaiveDate>,
    /// SHA-256 of the SEPA file that was handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9a-f]{64}$")]
    pub datei_sha256: Option<String>,
    /// Who discarded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verworfen_von: Option<String>,
    /// Why it was discarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub verwerfungsgrund: Option<String>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl ZahlungslaufView {
    /// Renders a run.
    pub fn aus(v: &Versioniert<Zahlungslauf>) -> Self {
        let l = v.wert.clone();
        ZahlungslaufView {
            id: l.id,
            kennung: l.kennung,
            status: l.status,
            haushaltsjahr: l.haushaltsjahr,
            ausfuehrung_am: l.ausfuehrung_am,
            anzahl: l.anzahl,
            summe: l.summe,
            erstellt_von: l.erstellt_von,
            freigegeben_von: l.freigegeben_von,
            freigegeben_am: l.freigegeben_am.map(Moment),
            auftraggeber: l.auftraggeber,
            uebergeben_von: l.uebergeben_von,
            uebergeben_am: l.uebergeben_am,
            datei_sha256: l.datei_sha256,
            verworfen_von: l.verworfen_von,
            verwerfungsgrund: l.verwerfungsgrund,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    /// The answer of an operation about one run.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn antwort(v: &Versioniert<Zahlungslauf>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&Self::aus(v))?.version(v.version))
    }
}

seite!(
    /// A page of runs.
    ZahlungslaufSeite, ZahlungslaufView
);

/// One payment of one Mittelabruf.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Zahlungsvorgang)]
pub struct ZahlungView {
    /// Id.
    pub id: Uuid,
    /// Name under which it comes back in every result, unique for ever.
    #[schema(max_length = 35, examples("AQB26-06440-A0001"))]
    pub end_to_end_id: String,
    /// State.
    pub status: ZahlungStatus,
    /// Run it belongs to.
    pub zahlungslauf_id: Uuid,
    /// Mittelabruf it pays.
    pub mittelabruf_id: Uuid,
    /// Number of the Mittelabruf in its case.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub abruf_nr: i64,
    /// File reference of the case.
    #[schema(examples("RPKS-57-AQB-2026-06440-001"))]
    pub aktenzeichen: String,
    /// Recipient.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Jahrgang.
    #[schema(minimum = 2011, maximum = 2099, examples(2026))]
    pub jahrgang: i32,
    /// Year in which the money flows.
    #[schema(minimum = 2011, maximum = 2120, examples(2026))]
    pub haushaltsjahr: i32,
    /// Ordered amount.
    pub betrag: Euro,
    /// What lies with the recipient: value dates less the return.
    pub ausgezahlt: Euro,
    /// What the bank still owes a result for.
    pub offen: Euro,
    /// Account that is paid.
    pub bankverbindung: Bankverbindung,
    /// First legal day of that account, where it took the place of another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bankverbindung_seit: Option<NaiveDate>,
    /// What the recipient reads.
    #[schema(max_length = 140)]
    pub verwendungszweck: String,
    /// Day on which the bank shall carry it out.
    pub ausfuehrung_am: NaiveDate,
    /// Legal day on which it was handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub uebergeben_am: Option<NaiveDate>,
    /// What was paid when.
    pub wertstellungen: Vec<Wertstellung>,
    /// Its return or refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rueckgabe: Option<Zahlungsrueckgabe>,
    /// Its place in the reconciliation; absent before it was handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub abgleich: Option<Abgleichzustand>,
    /// Why it is not reconciled.
    pub abgleichgruende: Vec<Abgleichgrund>,
    /// Results that could not be booked and that nobody has settled yet; the first twenty.
    #[schema(max_items = 20)]
    pub zweifel: Vec<Zweifel>,
    /// Number of further ones; `GET /zahlungsrueckmeldungen` shows each in its file.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    pub weitere_zweifel: u32,
    /// Why the last doubts were settled without booking anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub klaerung: Option<String>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl ZahlungView {
    /// Renders a payment.
    ///
    /// # Errors
    /// A sum that cannot be represented.
    pub fn aus(v: &Versioniert<Zahlung>) -> Ergebnis<Self> {
        let z = v.wert.clone();
        let a = z.auftrag.clone();
        Ok(ZahlungView {
            id: z.id,
            status: z.status,
            zahlungslauf_id: z.zahlungslauf_id,
            mittelabruf_id: a.mittelabruf_id,
            abruf_nr: a.abruf_nr,
            aktenzeichen: a.aktenzeichen,
            kreisschluessel: a.kreisschluessel,
            jahrgang: a.jahrgang,
            haushaltsjahr: a.haushaltsjahr,
            betrag: a.betrag,
            ausgezahlt: z.ausgezahlt()?,
            offen: z.offen()?,
            bankverbindung: a.bankverbindung,
            bankverbindung_seit: a.bankverbindung_seit,
            abgleich: z.abgleich(),
            abgleichgruende: z.abgleichgruende(),
            end_to_end_id: z.end_to_end_id,
            verwendungszweck: z.verwendungszweck,
            ausfuehrung_am: z.ausfuehrung_am,
            uebergeben_am: z.uebergeben_am,
            wertstellungen: z.wertstellungen,
            rueckgabe: z.rueckgabe,
            zweifel: z.zweifel,
            weitere_zweifel: z.weitere_zweifel,
            klaerung: z.klaerung,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        })
    }

    /// The answer of an operation about one payment.
    ///
    /// # Errors
    /// A value that cannot be represented.
    pub fn antwort(v: &Versioniert<Zahlung>) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&Self::aus(v)?)?.version(v.version))
    }
}

seite!(
    /// A page of payments.
    ZahlungSeite, ZahlungView
);

/// What became of one line of a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Meldungsergebnis)]
pub struct MeldungsergebnisView {
    /// Its place among the results of the file, from 1.
    #[schema(minimum = 1, maximum = 2_000)]
    pub nr: i32,
    /// EndToEndId (or `MsgId`) it names, as the bank wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 35, examples("AQB26-06440-A0001"))]
    pub bezug: Option<String>,
    /// Result it names; absent for an interim state.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ergebnis: Option<Zahlungsergebnisart>,
    /// Amount it names, in its own currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub betrag: Option<Euro>,
    /// Currency.
    #[schema(max_length = 3, examples("EUR"))]
    pub waehrung: String,
    /// Value date, or day of the return or refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub am: Option<NaiveDate>,
    /// What the bank says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200)]
    pub bankgrund: Option<String>,
    /// What became of it.
    pub ausgang: Meldungsausgang,
    /// Why it was not booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grund: Option<Abgleichgrund>,
    /// The finding that explains why it was not booked, with its numbers and what helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub befund: Option<BefundView>,
    /// Payment it was matched with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zahlung_id: Option<Uuid>,
}

impl MeldungsergebnisView {
    /// Renders a line, its finding in the wanted language.
    pub fn aus(m: &Meldungsergebnis, sprache: Sprache) -> Self {
        let befund = m.befund.as_ref().and_then(Befundablage::befund);
        MeldungsergebnisView {
            nr: m.nr,
            bezug: m.bezug.clone(),
            ergebnis: m.ergebnis,
            betrag: m.betrag,
            waehrung: m.waehrung.clone(),
            am: m.am,
            bankgrund: m.bankgrund.clone(),
            ausgang: m.ausgang,
            grund: m.grund,
            befund: befund.map(|b| BefundView::aus(&b, sprache)),
            zahlung_id: m.zahlung_id,
        }
    }
}

/// A file with results: what it was, and what became of its lines.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Zahlungsrueckmeldung)]
pub struct ZahlungsrueckmeldungView {
    /// Id.
    pub id: Uuid,
    /// Format.
    pub format: Rueckmeldeformat,
    /// SHA-256 of its bytes.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// Its size in bytes.
    #[schema(minimum = 1, maximum = 26_214_400)]
    pub groesse: i64,
    /// Who read it in.
    pub eingelesen_von: String,
    /// Legal day.
    pub eingelesen_am: NaiveDate,
    /// Results that were booked.
    #[schema(minimum = 0, maximum = 2_000)]
    pub gebucht: usize,
    /// Results that name a payment but do not fit it.
    #[schema(minimum = 0, maximum = 2_000)]
    pub zweifelhaft: usize,
    /// Results that name no payment.
    #[schema(minimum = 0, maximum = 2_000)]
    pub unbekannt: usize,
    /// Interim states.
    #[schema(minimum = 0, maximum = 2_000)]
    pub vermerkt: usize,
    /// What became of each line, in the order of the file.
    #[schema(max_items = 2_000)]
    pub meldungen: Vec<MeldungsergebnisView>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Read in.
    pub erstellt_am: Moment,
}

impl ZahlungsrueckmeldungView {
    /// Renders a file with all its lines.
    pub fn aus(v: &Versioniert<Zahlungsrueckmeldung>, sprache: Sprache) -> Self {
        let r = v.wert.clone();
        ZahlungsrueckmeldungView {
            id: r.id,
            format: r.format,
            gebucht: r.anzahl(Meldungsausgang::Gebucht),
            zweifelhaft: r.anzahl(Meldungsausgang::Zweifelhaft),
            unbekannt: r.anzahl(Meldungsausgang::Unbekannt),
            vermerkt: r.anzahl(Meldungsausgang::Vermerkt),
            sha256: r.sha256,
            groesse: r.groesse,
            eingelesen_von: r.eingelesen_von,
            eingelesen_am: r.eingelesen_am,
            meldungen: r.meldungen.iter().map(|m| MeldungsergebnisView::aus(m, sprache)).collect(),
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
        }
    }

    /// The answer of an operation about one file.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn antwort(v: &Versioniert<Zahlungsrueckmeldung>, sprache: Sprache) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&Self::aus(v, sprache))?.version(v.version))
    }
}

seite!(
    /// A page of files with results.
    ZahlungsrueckmeldungSeite, ZahlungsrueckmeldungView
);
