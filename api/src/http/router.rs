//! Every operation of the contract, registered once: the document is collected from here.

use crate::http;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers all operations below `/v1`, in the order in which the document lists them.
pub fn konfiguriere(cfg: &mut ServiceConfig<'_>) {
    http::gebietskoerperschaft::operationen(cfg);
    http::traeger::operationen(cfg);
    http::katalog::operationen(cfg);
    http::basiszinssatz::operationen(cfg);
    http::regelwerk::operationen(cfg);
    http::jahrgang::operationen(cfg);
    http::budget::operationen(cfg);
    http::strategie::operationen(cfg);
    http::zielvereinbarung::operationen(cfg);
    http::antrag::operationen(cfg);
    http::massnahme::operationen(cfg);
    http::bescheid::operationen(cfg);
    http::aenderungsantrag::operationen(cfg);
    http::bankverbindung::operationen(cfg);
    http::mittelabruf::operationen(cfg);
    http::zahlung::operationen(cfg);
    http::bericht::operationen(cfg);
    http::weiterleitung::operationen(cfg);
    http::verwendungsnachweis::operationen(cfg);
    http::feststellung::operationen(cfg);
    http::stichprobe::operationen(cfg);
    http::schlussrechnung::operationen(cfg);
    http::anhoerung::operationen(cfg);
    http::ausnahme::operationen(cfg);
    http::teilnahme::operationen(cfg);
    http::forderung::operationen(cfg);
    http::rueckzahlung::operationen(cfg);
    http::abschluss::operationen(cfg);
    http::akte::operationen(cfg);
    http::beleg::operationen(cfg);
    http::belegimport::operationen(cfg);
    http::frist::operationen(cfg);
    http::stapel::operationen(cfg);
    http::aufgabe::operationen(cfg);
    http::berechnung::operationen(cfg);
    http::protokoll::operationen(cfg);
}
