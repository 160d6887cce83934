//! One binary for the whole suite: the house and its contract here, one module per resource beside it.

mod aktionen;
mod basiszinssatz;
mod bestaetigung;
mod budget;
mod datenbank;
mod fehlerformen;
mod haus;
mod jahrgang;
mod korrektur;
mod maengel;
mod rechte;
mod rueckwege;
mod seiten;
mod simulation;
mod tokens;
mod traeger;
mod ueberlast;
mod versionen;
mod vertrag;
mod wiederholung;
