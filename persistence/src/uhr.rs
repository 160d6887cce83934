//! The only place that reads the clock.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use std::sync::OnceLock;

/// How far the clock of this process is set off the real one.
static VERSATZ: OnceLock<TimeDelta> = OnceLock::new();

#[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn wirklich() -> DateTime<Utc> {
    Utc::now()
}

/// The present moment, cut to milliseconds: what is read back from either database equals what was written.
pub fn jetzt() -> DateTime<Utc> {
    let versatz = VERSATZ.get().copied().unwrap_or_default();
    wirklich().checked_add_signed(versatz).unwrap_or_else(wirklich).trunc_subsecs(3)
}

/// Lets the clock of this process run from `beginn` on, once: for trying out and for checks that must not depend on
/// the day on which they run. False when it was set before.
pub fn stellen(beginn: DateTime<Utc>) -> bool {
    VERSATZ.set(beginn.signed_duration_since(wirklich())).is_ok()
}
