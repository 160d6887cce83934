//! Every record against its own trail.

use super::{Bericht, Fortschritt, Kette, Pruefbar};
use crate::protokoll::{self, unterschied};
use crate::vollzug::BUCHUNGEN;
use crate::{DbConn, DbResult, katalog};
use aqb_domain::zins::{BASISZINS_FUNDSTELLE, Basiszinsreihe};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Postings the trail knows: id → SHA-256.
pub(super) type Belege = HashMap<String, String>;

/// Differing fields that are named; the rest is counted.
const NENNE: usize = 5;

/// Compares all records of one kind; collects the postings their acts made.
pub(super) fn pruefe<A: Pruefbar>(
    c: &mut DbConn,
    b: &mut Bericht,
    belege: &mut Belege,
    fortschritt: &mut Fortschritt<'_>,
) -> DbResult<()> {
    let mut gesehen = BTreeSet::new();
    A::alle(c, &mut |c, stapel| {
        let ids: Vec<String> = stapel.iter().map(|p| p.schluessel.clone()).collect();
        let mut ketten = Kette::laden(c, A::ART, &ids)?;
        for mut p in stapel {
            match ketten.remove(&p.schluessel) {
                None => p.verlange(false, "steht nicht im Protokoll"),
                Some(k) => {
                    let nr = k.eintraege.last().map_or(0, |e| e.nr);
                    p.verlange(nr == p.version, &format!("hat Version {}, das Protokoll {nr} Einträge", p.version));
                    p.maengel.extend(vergleiche::<A>(p.dokument.as_ref(), &k, belege));
                    p.maengel.extend(A::zusatz(c, &k)?);
                }
            }
            for m in p.maengel {
                b.finde(format!("{}/{}", A::ART, p.schluessel), m);
            }
            gesehen.insert(p.schluessel);
        }
        let n = u64::try_from(gesehen.len()).unwrap_or(u64::MAX);
        b.faelle.insert(A::ART, n);
        fortschritt(A::ART, n);
        Ok(())
    })?;
    for id in protokoll::faelle(c, A::ART)?.difference(&gesehen) {
        b.finde(format!("{}/{id}", A::ART), "steht im Protokoll, aber nicht in der Datenbank");
    }
    Ok(())
}

/// The document of the row against the one the trail tells.
fn vergleiche<A: Pruefbar>(zeile: Option<&Value>, k: &Kette, belege: &mut Belege) -> Vec<String> {
    let erzaehlt = k.erzaehle(|_, stand| {
        for beleg in stand.get(BUCHUNGEN).and_then(Value::as_array).into_iter().flatten() {
            if let Some((id, hash)) = beleg.as_str().and_then(|t| t.split_once(' ')) {
                belege.insert(id.to_owned(), hash.to_owned());
            }
        }
    });
    let erzaehlt = match erzaehlt {
        Ok(e) => e,
        Err(e) => return vec![format!("das Protokoll widerspricht sich: {e}")],
    };
    let (Some(zeile), Some(soll)) = (zeile, A::normiert(erzaehlt)) else {
        return vec!["das Protokoll erzählt keinen lesbaren Inhalt".to_owned()];
    };
    let felder = unterschied(&soll, zeile);
    let rest = felder.len().saturating_sub(NENNE);
    let mut aus: Vec<String> = felder
        .into_iter()
        .take(NENNE)
        .map(|(feld, soll, ist)| {
            let wort = |w: Option<String>| w.map_or("nichts".to_owned(), kurz);
            format!("{feld} ist {}, nach dem Protokoll {}", wort(ist), wort(soll))
        })
        .collect();
    if rest > 0 {
        aus.push(format!("und {rest} weitere Felder"));
    }
    aus
}

fn kurz(text: String) -> String {
    if text.chars().count() <= 60 { text } else { text.chars().take(59).chain(['…']).collect() }
}

/// Base rates: those the program brought are as it brought them, every other one has its trail.
pub(super) fn basiszinssaetze(c: &mut DbConn, b: &mut Bericht) -> DbResult<()> {
    const ART: &str = "BASISZINSSATZ";
    let anfang: HashMap<_, _> = Basiszinsreihe::anfang().zeilen().collect();
    let alle = katalog::basiszinssaetze(c)?;
    let ids: Vec<String> = alle.iter().map(|z| z.gueltig_ab.to_string()).collect();
    let ketten = Kette::laden(c, ART, &ids)?;
    for z in &alle {
        let id = z.gueltig_ab.to_string();
        let ort = format!("{ART}/{id}");
        match (anfang.get(&z.gueltig_ab), ketten.get(&id)) {
            (Some(satz), _) if *satz == z.prozent && z.fundstelle == BASISZINS_FUNDSTELLE => {}
            (Some(_), _) => b.finde(ort, "weicht vom mitgelieferten Satz ab"),
            (None, None) => b.finde(ort, "steht nicht im Protokoll"),
            (None, Some(k)) => match k.erzaehle(|_, _| ()) {
                Ok(soll) if soll == katalog::dokument(z) => {}
                Ok(_) => b.finde(ort, "weicht vom Protokoll ab"),
                Err(e) => b.finde(ort, format!("das Protokoll widerspricht sich: {e}")),
            },
        }
    }
    for tag in anfang.keys().filter(|t| !alle.iter().any(|z| z.gueltig_ab == **t)) {
        b.finde(format!("{ART}/{tag}"), "der mitgelieferte Satz fehlt");
    }
    let da: BTreeSet<String> = ids.into_iter().collect();
    for id in protokoll::faelle(c, ART)?.difference(&da) {
        b.finde(format!("{ART}/{id}"), "steht im Protokoll, aber nicht in der Datenbank");
    }
    b.faelle.insert(ART, u64::try_from(alle.len()).unwrap_or(u64::MAX));
    Ok(())
}
