//! Extractors: every failure is a problem of the contract, none is the framework's own.

mod ablage;
mod aufruf;
mod datei;
mod einmalig;
mod json;
pub mod koerper;
mod parameter;
mod zeilen;

pub use ablage::{Abgelegt, Angekuendigt};
pub use aufruf::{AnfrageId, Aufruf, Aufrufer, Kalenderakteur, kontext};
pub use datei::Datei;
pub use json::Json;
pub use parameter::{Pfad, Query, queryparameter};
pub use zeilen::Zeilen;
