//! Authentication: tokens are checked here, and issued here by the built-in issuer.

mod aussteller;
mod pruefer;

pub use aussteller::{Aussteller, Geheimnis, LEBENSDAUER};
pub use pruefer::{Anspruchsnamen, Ansprueche, Pruefer, Vertrauen};
