//! One binary for the whole suite: the house and its contract here, one module per resource beside it.

mod aktionen;
mod anmeldung;
mod aussteller;
mod budget;
mod budgets;
mod datenbank;
mod doppelung;
mod fehlerformen;
mod haus;
mod inhalte;
mod integritaet;
mod kataloge;
mod listen;
mod massnahmen;
mod rechte;
mod seiten;
mod simulation;
mod teile;
mod tokens;
mod traeger;
mod ueberlast;
mod versionen;
mod vertrag;
mod wiederholung;
