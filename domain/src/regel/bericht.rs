//! Rules about reports.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
}
