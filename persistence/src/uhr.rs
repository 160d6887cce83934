//! The only place that reads the clock.

use chrono::{DateTime, SubsecRound, Utc};

/// The present moment, cut to milliseconds: what is read back from either database equals what was written.
#[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn jetzt() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(3)
}
