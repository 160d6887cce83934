//! Rules about payments, their files and results.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
}
