//! Rules about changes of a grant.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
}
