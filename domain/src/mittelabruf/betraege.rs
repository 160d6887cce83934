//! Amounts on the way from the grant to the payment. Each stage is a type of its own: a limit cannot be compared with
//! the wrong amount, because that does not compile.

use crate::geld::{Euro, GeldFehler};
use crate::konto::Kontoart;
use serde::{Deserialize, Serialize};

macro_rules! stufen {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Euro);
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    )+};
}

stufen! {
    /// Granted by the Bescheid in force.
    Bewilligt;
    /// Called by Mittelabrufe that were neither refused nor cancelled, paid ones included.
    Abgerufen;
    /// Paid out, at the value date.
    Ausgezahlt;
    /// Granted and not yet called.
    Abrufbar;
    /// Asked for in one Mittelabruf.
    Angefordert;
    /// Found to be payable by the authority.
    Festgestellt;
}

/// What a measure has and had in one Haushaltsjahr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Massnahmenstand {
    /// Granted.
    pub bewilligt: Bewilligt,
    /// Called.
    pub abgerufen: Abgerufen,
    /// Paid out.
    pub ausgezahlt: Ausgezahlt,
    /// Less than granted while a change of the grant can still be appealed; none where the grant alone counts.
    pub grenze: Option<Bewilligt>,
}

impl Massnahmenstand {
    /// From the granted amount and what lies on the accounts for this measure and year.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when a sum cannot be represented.
    pub fn aus_salden(
        bewilligt: Bewilligt,
        salden: impl IntoIterator<Item = (Kontoart, Euro)>,
    ) -> Result<Self, GeldFehler> {
        let (mut abgerufen, mut ausgezahlt) = (Euro::NULL, Euro::NULL);
        for (art, saldo) in salden {
            if art.ist_ausgezahlt() {
                ausgezahlt = ausgezahlt.plus(saldo)?;
            }
            if art.ist_ausgezahlt() || art == Kontoart::Abgerufen {
                abgerufen = abgerufen.plus(saldo)?;
            }
        }
        let (abgerufen, ausgezahlt) = (Abgerufen(abgerufen), Ausgezahlt(ausgezahlt));
        Ok(Massnahmenstand { bewilligt, abgerufen, ausgezahlt, grenze: None })
    }

    /// With the most that can be called in all, where that is less than what is granted.
    #[must_use]
    pub fn hoechstens(self, grenze: Bewilligt) -> Self {
        Massnahmenstand { grenze: Some(grenze).filter(|g| *g < self.bewilligt), ..self }
    }

    /// What can still be called; 0.00 where a change of the grant went below what is called.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the difference cannot be represented.
    pub fn abrufbar(&self) -> Result<Abrufbar, GeldFehler> {
        let hoechstens = self.grenze.unwrap_or(self.bewilligt);
        Ok(Abrufbar(hoechstens.0.minus(self.abgerufen.0)?.max(Euro::NULL)))
    }
}

impl Abrufbar {
    /// The amount may be called.
    pub fn deckt(self, angefordert: Angefordert) -> bool {
        angefordert.0 <= self.0
    }
}
