//! Funding rules, states, money and deadlines of the AQB programme.
//!
//! This crate is pure: no I/O, no clock, no randomness, no async. The present moment and new ids are arguments.
//! An act is a function from state, facts and input to an [`akt::Entscheidung`] or to [`befund::Befund`]e; committing
//! a decision is the work of the persistence crate.

pub mod akt;
pub mod befund;
pub mod berechtigung;
pub mod geld;
pub mod katalog;
pub mod konto;
pub mod regel;
pub mod regelwerk;
pub mod zeit;
