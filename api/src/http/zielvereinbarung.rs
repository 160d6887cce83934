//! `/zielvereinbarungen`.

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub fn operationen(_cfg: &mut ServiceConfig<'_>) {}
