//! One binary for the whole suite: the house and its contract here, one module per resource beside it.

mod aktionen;
mod budget;
mod budgets;
mod datenbank;
mod fehlerformen;
mod haus;
mod integritaet;
mod kataloge;
mod listen;
mod massnahmen;
mod rechte;
mod seiten;
mod simulation;
mod tokens;
mod traeger;
mod ueberlast;
mod versionen;
mod vertrag;
mod wiederholung;
