//! What a line of the reconciliation with the proofs shows.

use crate::app::bericht::Nachweismitwort;
use crate::fehler::Ergebnis;
use crate::http::liste::Blaetterbar;
use aqb_domain::bericht::{
    Belegzahlen, Forderungszahlen, Nachweisabgleichsumme, Nachweisangaben, Nachweisbuch, Nachweislage,
    Nachweisvergleich, Nachweiszahlen, Schlusszahlen,
};
use aqb_domain::geld::Euro;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What the ledger says, cumulative: `abgerufen` ≥ `ausgezahlt`; the others are parts of what was paid out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Nachweisabgleichbuch {
    /// Called.
    pub abgerufen: Euro,
    /// Paid out.
    pub ausgezahlt: Euro,
    /// With Traegern, neither recognised nor claimed back.
    pub weitergeleitet: Euro,
    /// Recognised by the final decision.
    pub anerkannt: Euro,
    /// Claimed back and not yet paid back.
    pub rueckgefordert: Euro,
    /// Paid back on a claim.
    pub erstattet: Euro,
    /// Paid back before anything was claimed.
    pub zurueckgezahlt: Euro,
}

impl From<Nachweisbuch> for Nachweisabgleichbuch {
    fn from(b: Nachweisbuch) -> Self {
        Nachweisabgleichbuch {
            abgerufen: b.abgerufen,
            ausgezahlt: b.ausgezahlt,
            weitergeleitet: b.weitergeleitet,
            anerkannt: b.anerkannt,
            rueckgefordert: b.rueckgefordert,
            erstattet: b.erstattet,
            zurueckgezahlt: b.zurueckgezahlt,
        }
    }
}

/// Belege of the current chains of proofs, those of drafts included, credit notes taken off. What the authority decided
/// (`anerkannt` to `unentschieden`) is absent for others while it examines.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Nachweisabgleichbelege {
    /// Number of Belege.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(4))]
    pub anzahl: i64,
    /// Paid by them; money received is no part of it.
    pub gezahlt: Euro,
    /// Claimed; with the decisions `anerkannt + abgelehnt + offen`.
    pub beantragt: Euro,
    /// Recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub anerkannt: Option<Euro>,
    /// Not recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub abgelehnt: Option<Euro>,
    /// Claimed and not yet decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub offen: Option<Euro>,
    /// Number of Belege that are not recognised in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(1))]
    pub gekuerzt: Option<i64>,
    /// Number of Belege that are not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 9_007_199_254_740_991_i64, examples(0))]
    pub unentschieden: Option<i64>,
}

impl Nachweisabgleichbelege {
    fn aus(b: &Belegzahlen, z: &Nachweiszahlen) -> Self {
        let e = z.entschieden();
        Nachweisabgleichbelege {
            anzahl: b.anzahl,
            gezahlt: b.gezahlt,
            beantragt: b.beantragt,
            anerkannt: e.map(|e| e.anerkannt),
            abgelehnt: e.map(|e| e.abgelehnt),
            offen: e.map(|e| e.offen),
            gekuerzt: e.map(|e| e.gekuerzt),
            unentschieden: e.map(|e| e.unentschieden),
        }
    }
}

/// What the proof in force states: the last filing of the final proof with what it took over; before there is one, those of
/// the Zwischennachweise.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Nachweisabgleichangaben {
    /// Spent.
    pub ausgaben: Euro,
    /// Eligible of it.
    pub zuwendungsfaehig: Euro,
    /// State funds received.
    pub landesmittel: Euro,
}

impl From<Nachweisangaben> for Nachweisabgleichangaben {
    fn from(a: Nachweisangaben) -> Self {
        Nachweisabgleichangaben {
            ausgaben: a.ausgaben,
            zuwendungsfaehig: a.zuwendungsfaehig,
            landesmittel: a.landesmittel,
        }
    }
}

/// What the last issued Schlussbescheid and its Schlussrechnung say.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Nachweisabgleichschluss {
    /// Eligible expenditure the Schlussrechnung began with.
    pub nachgewiesen: Euro,
    /// Taken off for Belege.
    pub belegabzug: Euro,
    /// Taken off for findings.
    pub feststellungsabzug: Euro,
    /// Expenditure recognised in the end.
    pub anerkannt: Euro,
    /// Grant that remains by the Schlussrechnung.
    pub endgueltig: Euro,
    /// Claimed back by the Schlussbescheid.
    pub erstattung: Euro,
}

impl From<Schlusszahlen> for Nachweisabgleichschluss {
    fn from(s: Schlusszahlen) -> Self {
        Nachweisabgleichschluss {
            nachgewiesen: s.nachgewiesen,
            belegabzug: s.belegabzug,
            feststellungsabzug: s.feststellungsabzug,
            anerkannt: s.anerkannt,
            endgueltig: s.endgueltig,
            erstattung: s.erstattung,
        }
    }
}

/// Claims for repayment, of Bescheide of every kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Nachweisabgleichforderungen {
    /// Claimed back.
    pub gefordert: Euro,
    /// Paid on it; what was paid back before the claim and set off is part of it.
    pub gezahlt: Euro,
}

impl From<Forderungszahlen> for Nachweisabgleichforderungen {
    fn from(f: Forderungszahlen) -> Self {
        Nachweisabgleichforderungen { gefordert: f.gefordert, gezahlt: f.gezahlt }
    }
}

/// Two sources that must say the same.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Nachweisabgleichvergleich {
    /// Which ones; the label in the catalogue `nachweisvergleiche` names the first and the second.
    pub vergleich: Nachweisvergleich,
    /// What the first source says.
    pub erste: Euro,
    /// What the second source says.
    pub zweite: Euro,
    /// The first less the second; 0.00 where they agree.
    #[schema(examples("0.00"))]
    pub differenz: Euro,
}

fn vergleiche(z: &Nachweiszahlen) -> Ergebnis<Vec<Nachweisabgleichvergleich>> {
    let sicht = |(v, p): (&Nachweisvergleich, &aqb_domain::bericht::Vergleichspaar)| {
        Ok(Nachweisabgleichvergleich { vergleich: *v, erste: p.erste, zweite: p.zweite, differenz: p.differenz()? })
    };
    z.vergleiche.iter().map(sicht).collect()
}

/// One measure; each figure comes from its own source.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Nachweisabgleichzeile)]
pub struct NachweisabgleichzeileView {
    /// Gebietskoerperschaft.
    #[schema(pattern = "^06[0-9]{3}$", examples("06440"))]
    pub kreisschluessel: String,
    /// Measure.
    pub massnahme_id: Uuid,
    /// Its number in the Bescheid in force; absent where no Bescheid knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("M01"))]
    pub massnahme_nr: Option<String>,
    /// Its title now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub titel: Option<String>,
    /// Its application; absent where only the ledger knows the measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub antrag_id: Option<Uuid>,
    /// File reference of the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aktenzeichen: Option<String>,
    /// Bescheid in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub bescheid_id: Option<Uuid>,
    /// How far the proof is, which says what can be compared; code of the catalogue `nachweislagen`.
    pub lage: Nachweislage,
    /// The current proofs of the case that were not withdrawn, drafts included, in order of time.
    pub verwendungsnachweis_ids: Vec<Uuid>,
    /// Granted by the Bescheid in force.
    pub bewilligt: Euro,
    /// What the ledger says.
    pub buch: Nachweisabgleichbuch,
    /// Passed on: paid to Traegern and not given back, proved or not.
    pub weitergeleitet: Euro,
    /// What the Belege say.
    pub belege: Nachweisabgleichbelege,
    /// What the proof states; absent while nothing is filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub nachweis: Option<Nachweisabgleichangaben>,
    /// What the final decision says; absent before there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub schlussrechnung: Option<Nachweisabgleichschluss>,
    /// What the claims say.
    pub forderungen: Nachweisabgleichforderungen,
    /// The pairs both sides of which are there and may be read; one that is not in the list has nothing to compare.
    pub vergleiche: Vec<Nachweisabgleichvergleich>,
    /// The pairs that differ; codes of the catalogue `nachweisvergleiche`.
    pub abweichungen: Vec<Nachweisvergleich>,
}

impl NachweisabgleichzeileView {
    pub(super) fn aus(a: Nachweismitwort) -> Ergebnis<Self> {
        let (z, n) = (a.zeile.zahlen, a.zeile.stelle);
        Ok(NachweisabgleichzeileView {
            kreisschluessel: n.kreisschluessel,
            massnahme_id: n.massnahme_id,
            massnahme_nr: a.zeile.massnahme_nr,
            titel: a.titel,
            antrag_id: a.zeile.antrag_id,
            aktenzeichen: a.aktenzeichen,
            bescheid_id: a.zeile.bescheid_id,
            lage: a.zeile.lage,
            verwendungsnachweis_ids: a.zeile.nachweise,
            bewilligt: z.bewilligt,
            buch: z.buch.into(),
            weitergeleitet: z.weitergeleitet,
            belege: Nachweisabgleichbelege::aus(&z.belege, &z),
            nachweis: z.angaben.map(Into::into),
            schlussrechnung: z.schluss.map(Into::into),
            forderungen: z.forderungen.into(),
            vergleiche: vergleiche(&z)?,
            abweichungen: z.abweichungen().collect(),
        })
    }
}

/// Sums of all lines, those of other pages included.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Nachweisabgleichsumme)]
pub struct NachweisabgleichsummeView {
    /// Granted.
    pub bewilligt: Euro,
    /// What the ledger says.
    pub buch: Nachweisabgleichbuch,
    /// Passed on.
    pub weitergeleitet: Euro,
    /// What the Belege say; what was decided is absent as soon as it is in one line.
    pub belege: Nachweisabgleichbelege,
    /// What the proofs state; absent where no line has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub nachweis: Option<Nachweisabgleichangaben>,
    /// What the final decisions say; absent where no line has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub schlussrechnung: Option<Nachweisabgleichschluss>,
    /// What the claims say.
    pub forderungen: Nachweisabgleichforderungen,
    /// Pairs, each summed over the lines that compare it.
    pub vergleiche: Vec<Nachweisabgleichvergleich>,
    /// Lines with a pair that differs; differences may cancel each other out in the sum.
    #[schema(minimum = 0, maximum = 4_294_967_295_i64, examples(0))]
    pub abweichungen: u32,
}

impl NachweisabgleichsummeView {
    pub(super) fn aus(s: Nachweisabgleichsumme) -> Ergebnis<Self> {
        let z = s.zahlen;
        Ok(NachweisabgleichsummeView {
            bewilligt: z.bewilligt,
            buch: z.buch.into(),
            weitergeleitet: z.weitergeleitet,
            belege: Nachweisabgleichbelege::aus(&z.belege, &z),
            nachweis: z.angaben.map(Into::into),
            schlussrechnung: z.schluss.map(Into::into),
            forderungen: z.forderungen.into(),
            vergleiche: vergleiche(&z)?,
            abweichungen: s.abweichungen,
        })
    }
}

/// A page of the reconciliation with the proofs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NachweisabgleichSeite {
    /// The lines of this page.
    pub daten: Vec<NachweisabgleichzeileView>,
    /// Cursor of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub weiter: Option<String>,
    /// All lines.
    pub gesamt: NachweisabgleichsummeView,
}

impl Blaetterbar for NachweisabgleichSeite {
    fn weiter(&self) -> Option<&str> {
        self.weiter.as_deref()
    }
}
