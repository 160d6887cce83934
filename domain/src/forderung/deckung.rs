//! Interest runs once per amount and day: what Zwischenzinsen cover of the capital of a repayment (§ 49a Abs. 3, 4
//! HVwVfG).

use super::{Forderung, Forderungsart, Forderungszinsregeln, Zinsteil, Zwischenzinsregelung, zinsteile};
use crate::befund::Befund;
use crate::bescheid::Bewilligungsstelle;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A payment: its place and its value date.
pub type Zahlungsort = (Bewilligungsstelle, NaiveDate);

/// What else bears interest on the payments of a case.
#[derive(Debug, Clone, Copy, Default)]
pub struct Zinsumfeld<'a> {
    /// What released Bescheide fix as Zwischenzinsen.
    pub zwischenzinsen: &'a [Zwischenzinsregelung],
    /// The claims of the case.
    pub forderungen: &'a [Forderung],
}

/// Capital in cents over days; the last one is exclusive.
#[derive(Debug, Clone, Copy)]
struct Lauf {
    von: NaiveDate,
    bis: NaiveDate,
    cent: i64,
}

impl Lauf {
    fn am(&self, tag: NaiveDate) -> i64 {
        if self.von <= tag && tag < self.bis { self.cent } else { 0 }
    }
}

/// Zwischenzinsen of one payment, and claims that came before.
#[derive(Debug, Clone, Default)]
struct Zahlungsdeckung {
    ausgezahlt: i64,
    /// Parts that were not used; what came back is one of them.
    ungenutzt: Vec<Lauf>,
    /// Parts that were used late.
    genutzt: Vec<Lauf>,
    /// Capital of older claims.
    frueher: Vec<Lauf>,
}

impl Zahlungsdeckung {
    /// What of the reclaimed capital the Zwischenzinsen cover: what was not used is what is reclaimed first, and no more
    /// than the payment bears interest at all.
    fn gedeckt(&self, erstattet: i64, (ungenutzt, genutzt): (i64, i64)) -> i64 {
        let erste = erstattet.min(ungenutzt);
        let zuviel = (erstattet - erste).saturating_add(ungenutzt).saturating_add(genutzt) - self.ausgezahlt;
        erste + zuviel.clamp(0, erstattet - erste)
    }

    /// What is covered of `eigene` on a day, after the claims that came before.
    fn am(&self, tag: NaiveDate, eigene: i64) -> i64 {
        let summe = |l: &[Lauf]| l.iter().map(|l| l.am(tag)).sum::<i64>();
        let zwischen = (summe(&self.ungenutzt), summe(&self.genutzt));
        let frueher = summe(&self.frueher);
        self.gedeckt(frueher.saturating_add(eigene), zwischen) - self.gedeckt(frueher, zwischen)
    }
}

/// What Zwischenzinsen cover of a claim's capital, payment by payment.
#[derive(Debug, Clone, Default)]
pub struct Zinsdeckung(BTreeMap<Zahlungsort, Zahlungsdeckung>);

impl Zinsdeckung {
    /// That of the claim `f`; other claims that arose earlier are covered first.
    ///
    /// # Errors
    /// `RECHENEINGABE`, `RECHENBEREICH`.
    pub(super) fn fuer(
        f: &Forderung,
        umfeld: &Zinsumfeld<'_>,
        regeln: &Forderungszinsregeln,
    ) -> Result<Self, Vec<Befund>> {
        let mut je = BTreeMap::<Zahlungsort, Zahlungsdeckung>::new();
        for z in umfeld.zwischenzinsen {
            let ort = ((z.massnahme_id, z.teilbudget.clone(), z.haushaltsjahr), z.ausgezahlt_am);
            let d = je.entry(ort).or_default();
            d.ausgezahlt = d.ausgezahlt.max(z.ausgezahlt.cent());
            for t in &z.teile {
                let lauf = |cent| Lauf { von: t.von, bis: t.bis, cent };
                let zurueck = t.zurueckgezahlt.map_or(0, |b| b.cent());
                let ungenutzt = if t.verwendet_am.is_none() { t.betrag.cent() } else { zurueck };
                d.ungenutzt.push(lauf(ungenutzt));
                d.genutzt.push(lauf(t.betrag.cent() - ungenutzt));
            }
        }
        let aelter =
            |g: &&Forderung| g.art == Forderungsart::Erstattung && (g.entstanden_am, g.id) < (f.entstanden_am, f.id);
        for g in umfeld.forderungen.iter().filter(aelter) {
            for t in zinsteile(&g.posten, &g.zahlungen()) {
                let Some(d) = t.zahlung.as_ref().and_then(|z| je.get_mut(z)) else { continue };
                if let Some((von, bis)) = t.lauf(NaiveDate::MAX, regeln)? {
                    d.frueher.push(Lauf { von, bis, cent: t.betrag.cent() });
                }
            }
        }
        Ok(Zinsdeckung(je))
    }

    /// Days on which what is covered changes.
    pub(super) fn grenzen(&self) -> BTreeSet<NaiveDate> {
        let laeufe = self.0.values().flat_map(|d| d.ungenutzt.iter().chain(&d.genutzt).chain(&d.frueher));
        laeufe.flat_map(|l| [l.von, l.bis]).collect()
    }

    /// Cents that are covered on a day of the parts that bear interest then.
    pub(super) fn am<'t>(&self, tag: NaiveDate, teile: impl Iterator<Item = &'t Zinsteil>) -> i64 {
        let mut je = BTreeMap::<&Zahlungsort, i64>::new();
        for t in teile {
            if let Some(z) = &t.zahlung {
                *je.entry(z).or_default() += t.betrag.cent();
            }
        }
        je.into_iter().filter_map(|(z, eigene)| Some(self.0.get(z)?.am(tag, eigene))).sum()
    }
}
