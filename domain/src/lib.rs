//! Funding rules, states, money and deadlines of the AQB programme.
//!
//! This crate is pure: no I/O, no clock, no randomness, no async. The present moment and new ids are arguments.
//! An act is a function from state, facts and input to an [`akt::Entscheidung`] or to [`befund::Befund`]e; committing
//! a decision is the work of the persistence crate.

pub mod aenderungsantrag;
pub mod akt;
pub mod anhoerung;
pub mod antrag;
pub mod aufgabe;
pub mod ausnahme;
pub mod bankverbindung;
pub mod befund;
pub mod beleg;
pub mod belegimport;
pub mod berechtigung;
pub mod bericht;
pub mod bescheid;
pub mod bestaetigung;
pub mod budget;
pub mod codelisten;
pub mod detailplanung;
pub mod feststellung;
pub mod finanzierungsplan;
pub mod forderung;
pub mod frist;
pub mod gebietskoerperschaft;
pub mod geld;
pub mod jahrgang;
pub mod katalog;
pub mod konto;
pub mod massnahme;
pub mod mittelabruf;
pub mod rechtsnachfolge;
pub mod regel;
pub mod regelwerk;
pub mod sachbericht;
pub mod schlussrechnung;
pub mod stichprobe;
pub mod strategie;
pub mod teilnahme;
pub mod traeger;
pub mod verwendungsnachweis;
pub mod weiterleitung;
pub mod zahlung;
pub mod zeit;
pub mod zielvereinbarung;
pub mod zins;
pub mod zuwendung;
