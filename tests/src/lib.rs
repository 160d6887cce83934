//! Harness of the integration suite: a real server, a real client, the same tests on SQLite and on PostgreSQL.
//!
//! [`Dienst::starten`] serves a database of its own, filled with the demonstration data. Every answer a client gets is
//! checked against the contract ([`vertrag::pruefe_antwort`]); a test sees only answers that keep it.

pub mod client;
pub mod datei;
pub mod datenbank;
pub mod dienst;
pub mod konten;
pub mod rohr;
pub mod vertrag;

pub use client::{Anfrage, Antwort, Client};
pub use datenbank::{Backend, Datenbank};
pub use dienst::Dienst;
pub use vertrag::{Operation, operationen};

/// Runs each function once per backend: `fn name(backend: Backend)` becomes `sqlite::name` and `postgres::name`.
#[macro_export]
macro_rules! auf_beiden {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $( #[test] fn $test() { super::$test($crate::Backend::Sqlite); } )+
        }
        mod postgres {
            $( #[test] fn $test() {
                if $crate::datenbank::postgres_gewollt() { super::$test($crate::Backend::Postgres); }
            } )+
        }
    };
}

/// The root of the checkout.
pub fn wurzel() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies below the root").to_owned()
}
