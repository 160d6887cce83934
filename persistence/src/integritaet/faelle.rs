//! Every record against its own trail.

use super::{Bericht, Fortschritt, Kette, Pruefbar};
use crate::protokoll::{self, unterschied};
use crate::vollzug::{BUCHUNGEN, LOESCHUNG};
use crate::{DbConn, DbResult};
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
    pruefe_ab::<A>(c, b, belege, fortschritt, &HashMap::new())
}

/// As [`pruefe`], for records some of which the program brought: `ab_werk` is their first document, by id, and their
/// trail begins with the change after it.
pub(super) fn pruefe_ab<A: Pruefbar>(
    c: &mut DbConn,
    b: &mut Bericht,
    belege: &mut Belege,
    fortschritt: &mut Fortschritt<'_>,
    ab_werk: &HashMap<String, Value>,
) -> DbResult<()> {
    let mut gesehen = BTreeSet::new();
    A::alle(c, &mut |c, stapel| {
        let ids: Vec<String> = stapel.iter().map(|p| p.schluessel.clone()).collect();
        let mut ketten = Kette::laden(c, A::ART, &ids)?;
        for mut p in stapel {
            let anfang = ab_werk.get(&p.schluessel);
            match ketten.remove(&p.schluessel) {
                None if anfang.is_some() => {
                    let unberuehrt = p.version == 1 && p.dokument.as_ref() == anfang;
                    p.verlange(unberuehrt, "weicht vom mitgelieferten Inhalt ab");
                }
                None => p.verlange(false, "steht nicht im Protokoll"),
                Some(k) => {
                    let nr = k.eintraege.last().map_or(0, |e| e.nr);
                    let erwartet = p.version.saturating_sub(i64::from(anfang.is_some()));
                    p.verlange(nr == erwartet, &format!("hat Version {}, das Protokoll {nr} Einträge", p.version));
                    p.maengel.extend(vergleiche::<A>(p.dokument.as_ref(), anfang, &k, belege));
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
    let fehlend: Vec<String> = protokoll::faelle(c, A::ART)?.difference(&gesehen).cloned().collect();
    let ketten = Kette::laden(c, A::ART, &fehlend)?;
    let geloescht = |id: &String| ketten.get(id).and_then(|k| k.eintraege.last()).is_some_and(|e| e.akt == LOESCHUNG);
    for id in fehlend.iter().filter(|id| !geloescht(id)) {
        b.finde(format!("{}/{id}", A::ART), "steht im Protokoll, aber nicht in der Datenbank");
    }
    for id in ab_werk.keys().filter(|id| !gesehen.contains(*id)) {
        b.finde(format!("{}/{id}", A::ART), "wurde mitgeliefert und fehlt");
    }
    Ok(())
}

/// The document of the row against the one the trail tells.
fn vergleiche<A: Pruefbar>(
    zeile: Option<&Value>,
    anfang: Option<&Value>,
    k: &Kette,
    belege: &mut Belege,
) -> Vec<String> {
    let erzaehlt = k.erzaehle(anfang.cloned().unwrap_or_default(), |_, stand| {
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
