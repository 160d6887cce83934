//! Rules about deadlines and their extension.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
}
