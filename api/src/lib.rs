//! HTTP API of the AQB server.

pub mod akte;
pub mod app;
pub mod ausgabe;
pub mod auth;
pub mod belegdatei;
pub mod config;
pub mod demo;
pub mod fehler;
pub mod http;
pub mod pruefe;
pub mod schluessel;
pub mod server;
pub mod verstoss;
pub mod vertrag;
pub mod zahlungsdatei;
