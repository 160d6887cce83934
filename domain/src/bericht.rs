//! Reports: what the ledger, the Bescheide and the plans say, side by side. Nothing here is stored; every figure is
//! derived from its source when it is asked for.

mod abfluss;
mod abgleich;
mod auslastung;
mod nachweisabgleich;

pub use abfluss::*;
pub use abgleich::*;
pub use auslastung::*;
pub use nachweisabgleich::*;
