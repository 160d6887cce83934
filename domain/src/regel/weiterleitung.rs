//! Rules about money passed on to a Traeger.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
}
