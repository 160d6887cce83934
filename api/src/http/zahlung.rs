//! `/zahlungslaeufe`, `/zahlungen`, `/zahlungsrueckmeldungen`.

mod abgleich;
mod akte;
mod lauf;
mod rueckmeldung;
pub(super) mod sicht;
mod zahlungen;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(lauf::auflisten)
        .service(lauf::anlegen)
        .service(lauf::lesen)
        .service(lauf::pain001)
        .service(akte::freigabe)
        .service(akte::uebergabe)
        .service(akte::rueckmeldung)
        .service(akte::verwerfung)
        .service(lauf::aktionen)
        .service(lauf::historie)
        .service(rueckmeldung::auflisten)
        .service(rueckmeldung::einlesen)
        .service(rueckmeldung::lesen)
        .service(zahlungen::auflisten)
        // before `/zahlungen/{zahlung_id}`, which would take the word for an id
        .service(abgleich::abgleich)
        .service(zahlungen::lesen)
        .service(zahlungen::klaerung)
        .service(zahlungen::aktionen)
        .service(zahlungen::historie);
}
