//! Uploads as large as they may be.

use super::{LISTE, zeile};
use crate::aktionen::GK;
use aqb_tests::{Backend, Dienst, auf_beiden};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

auf_beiden!(zehntausend_zeilen);

/// 10,000 rows are taken in one request; sent again, they are known.
fn zehntausend_zeilen(b: Backend) {
    let d = Dienst::starten(b);
    let k = json!({ "zeilen": (1_000..11_000).map(zeile).collect::<Vec<Value>>() });
    for feld in ["angelegt", "unveraendert"] {
        let beginn = Instant::now();
        let r = d.als(GK).post(&format!("{LISTE}/import"), &k).senden().ist(200).json();
        assert_eq!(r[feld], json!(10_000));
        eprintln!("{feld}: {:?}", beginn.elapsed());
        assert!(beginn.elapsed() < Duration::from_secs(60), "{:?}", beginn.elapsed());
    }
}
