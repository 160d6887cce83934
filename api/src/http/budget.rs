//! Budget: `/jahrgaenge/{jahrgang}/zuteilungen`, `…/umverteilungen`, `…/korrekturen`, `/budgets`.

pub mod korrektur;
pub mod stand;
pub mod umverteilung;
pub mod zuteilung;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    zuteilung::operationen(cfg);
    umverteilung::operationen(cfg);
    korrektur::operationen(cfg);
    stand::operationen(cfg);
}
