//! HTTP: handlers translate, nothing else. One folder or file per aggregate.

pub mod ablauf;
pub mod extract;
pub mod liste;
pub mod middleware;
pub mod openapi;
pub mod problem;
pub mod router;
pub mod sicht;

use crate::auth::Pruefer;
use crate::vertrag::Vertrag;
use aqb_persistence::Db;
use std::sync::Arc;

/// What every handler can reach.
pub struct Zustand {
    /// The database.
    pub db: Db,
    /// The contract.
    pub vertrag: Arc<Vertrag>,
    /// Checks tokens.
    pub pruefer: Arc<Pruefer>,
    /// Keys whose first request is still running.
    pub laufende: ablauf::Laufende,
}
