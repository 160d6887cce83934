//! Money and percentages: exact, never floating point, rounding only where it is named.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Largest absolute amount in cents: 999,999,999,999.99 EUR. Ten thousand such amounts still fit an `i64`.
const HOECHSTBETRAG_CENT: i64 = 99_999_999_999_999;

/// Why an amount is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GeldFehler {
    /// Not of the form `-?(0|[1-9][0-9]{0,11})\.[0-9]{2}`.
    #[error("kein Betrag mit genau zwei Nachkommastellen")]
    Form,
    /// Beyond 999,999,999,999.99.
    #[error("Betrag außerhalb des darstellbaren Bereichs")]
    Bereich,
}

/// An amount in euro, kept as whole cents.
///
/// On the wire it is a JSON string with exactly two decimals (`"1140300.00"`); a JSON number, a comma, an exponent or
/// a third decimal is refused, never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(as = Betrag, value_type = String, pattern = r"^-?(0|[1-9][0-9]{0,11})\.[0-9]{2}$", examples("1140300.00"))
)]
pub struct Euro(i64);

impl Euro {
    /// 0.00 EUR.
    pub const NULL: Euro = Euro(0);

    /// 999,999,999,999.99 EUR: no amount is larger.
    pub const HOECHSTENS: Euro = Euro(HOECHSTBETRAG_CENT);

    /// An amount from whole cents.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] beyond 999,999,999,999.99 EUR.
    pub const fn aus_cent(cent: i64) -> Result<Self, GeldFehler> {
        if cent > HOECHSTBETRAG_CENT || cent < -HOECHSTBETRAG_CENT {
            return Err(GeldFehler::Bereich);
        }
        Ok(Euro(cent))
    }

    /// Whole cents.
    pub const fn cent(self) -> i64 {
        self.0
    }

    /// Sum of two amounts.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn plus(self, anderer: Euro) -> Result<Euro, GeldFehler> {
        self.0.checked_add(anderer.0).ok_or(GeldFehler::Bereich).and_then(Euro::aus_cent)
    }

    /// Difference of two amounts.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the difference cannot be represented.
    pub fn minus(self, anderer: Euro) -> Result<Euro, GeldFehler> {
        self.0.checked_sub(anderer.0).ok_or(GeldFehler::Bereich).and_then(Euro::aus_cent)
    }

    /// `self` times a whole number.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the product cannot be represented.
    pub fn mal(self, faktor: i64) -> Result<Euro, GeldFehler> {
        self.0.checked_mul(faktor).ok_or(GeldFehler::Bereich).and_then(Euro::aus_cent)
    }

    /// Sum of many amounts.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the sum cannot be represented.
    pub fn summe(betraege: impl IntoIterator<Item = Euro>) -> Result<Euro, GeldFehler> {
        betraege.into_iter().try_fold(Euro::NULL, Euro::plus)
    }

    /// The amount without its sign.
    #[must_use]
    pub const fn betrag(self) -> Euro {
        Euro(self.0.abs())
    }

    /// The same amount with the opposite sign.
    #[must_use]
    pub const fn negativ(self) -> Euro {
        Euro(-self.0)
    }

    /// Below 0.00.
    pub const fn ist_negativ(self) -> bool {
        self.0 < 0
    }

    /// Exactly 0.00.
    pub const fn ist_null(self) -> bool {
        self.0 == 0
    }

    /// Above 0.00.
    pub const fn ist_positiv(self) -> bool {
        self.0 > 0
    }

    /// The amount as a decimal number with two places.
    pub fn dezimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// The share `prozent` of the amount, cut down to whole cents (a ceiling never gains a cent by rounding).
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when the result cannot be represented.
    pub fn anteil_abgerundet(self, prozent: Prozent) -> Result<Euro, GeldFehler> {
        let voll = i128::from(self.0).checked_mul(i128::from(prozent.hundertstel())).ok_or(GeldFehler::Bereich)?;
        let cent = voll.div_euclid(10_000);
        i64::try_from(cent).map_err(|_| GeldFehler::Bereich).and_then(Euro::aus_cent)
    }

    /// The amount as a share of `ganzes`, cut down to hundredths of a percent: 100.00 % is all of it, never nearly all.
    /// None where there is no whole to be a share of.
    pub fn anteil_von(self, ganzes: Euro) -> Option<Prozent> {
        let hundertstel = i128::from(self.0).checked_mul(10_000)?.checked_div_euclid(i128::from(ganzes.0))?;
        i64::try_from(hundertstel).ok().filter(|_| ganzes.ist_positiv()).map(Prozent)
    }

    /// Splits the amount over `gewichte` without losing a cent: largest remainder, ties to the earlier share.
    ///
    /// `100000.00` over three equal weights gives `33333.34`, `33333.33`, `33333.33`.
    ///
    /// # Errors
    /// [`GeldFehler::Bereich`] when there is no positive weight or a product cannot be represented.
    pub fn aufteilen(self, gewichte: &[u64]) -> Result<Vec<Euro>, GeldFehler> {
        let summe: i128 = gewichte.iter().map(|g| i128::from(*g)).sum();
        if summe == 0 {
            return Err(GeldFehler::Bereich);
        }
        let (vorzeichen, betrag) = (self.0.signum(), i128::from(self.0).abs());
        let mut teile: Vec<(usize, i128, i128)> = gewichte
            .iter()
            .enumerate()
            .map(|(i, g)| {
                let voll = betrag * i128::from(*g);
                (i, voll.div_euclid(summe), voll.rem_euclid(summe))
            })
            .collect();
        let verteilt: i128 = teile.iter().map(|t| t.1).sum();
        let rest = usize::try_from(betrag - verteilt).map_err(|_| GeldFehler::Bereich)?;
        teile.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        for teil in teile.iter_mut().take(rest) {
            teil.1 += 1;
        }
        teile.sort_by_key(|t| t.0);
        teile
            .into_iter()
            .map(|(_, cent, _)| {
                i64::try_from(cent).map_err(|_| GeldFehler::Bereich).and_then(|c| Euro::aus_cent(c * vorzeichen))
            })
            .collect()
    }
}

impl fmt::Display for Euro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        schreibe_hundertstel(self.0, f)
    }
}

impl FromStr for Euro {
    type Err = GeldFehler;
    fn from_str(s: &str) -> Result<Self, GeldFehler> {
        lies_hundertstel(s, 12).ok_or(GeldFehler::Form).and_then(Euro::aus_cent)
    }
}

/// A percentage or a number of percentage points with two decimals (`"5.00"`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "schema",
    schema(value_type = String, pattern = r"^-?(0|[1-9][0-9]{0,3})\.[0-9]{2}$", examples("5.00"))
)]
pub struct Prozent(i64);

impl Prozent {
    /// From hundredths of a percent: `500` is 5.00 %.
    pub const fn aus_hundertsteln(hundertstel: i64) -> Self {
        Prozent(hundertstel)
    }

    /// Hundredths of a percent.
    pub const fn hundertstel(self) -> i64 {
        self.0
    }

    /// The percentage as a decimal number with two places.
    pub fn dezimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }
}

impl fmt::Display for Prozent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        schreibe_hundertstel(self.0, f)
    }
}

impl FromStr for Prozent {
    type Err = GeldFehler;
    fn from_str(s: &str) -> Result<Self, GeldFehler> {
        lies_hundertstel(s, 4).ok_or(GeldFehler::Form).map(Prozent)
    }
}

fn schreibe_hundertstel(wert: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let vorzeichen = if wert < 0 { "-" } else { "" };
    let betrag = wert.unsigned_abs();
    write!(f, "{vorzeichen}{}.{:02}", betrag / 100, betrag % 100)
}

/// `-?(0|[1-9][0-9]*)\.[0-9]{2}` with at most `stellen` digits before the point.
fn lies_hundertstel(s: &str, stellen: usize) -> Option<i64> {
    let (negativ, rest) = s.strip_prefix('-').map_or((false, s), |r| (true, r));
    let (ganz, bruch) = rest.split_once('.')?;
    let ziffern = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let fuehrende_null = ganz.len() > 1 && ganz.starts_with('0');
    if !ziffern(ganz) || !ziffern(bruch) || bruch.len() != 2 || ganz.len() > stellen || fuehrende_null {
        return None;
    }
    let wert = ganz.parse::<i64>().ok()?.checked_mul(100)?.checked_add(bruch.parse().ok()?)?;
    Some(if negativ { -wert } else { wert })
}

macro_rules! als_zeichenkette {
    ($typ:ty, $erwartet:literal) => {
        impl Serialize for $typ {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $typ {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Leser;
                impl serde::de::Visitor<'_> for Leser {
                    type Value = $typ;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($erwartet)
                    }
                    fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<$typ, E> {
                        s.parse().map_err(|_| E::invalid_value(serde::de::Unexpected::Str(s), &self))
                    }
                }
                d.deserialize_str(Leser)
            }
        }
    };
}
als_zeichenkette!(Euro, "an amount as a string with exactly two decimals, \"1234.50\"");
als_zeichenkette!(Prozent, "a percentage as a string with exactly two decimals, \"5.00\"");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn betrag_form() {
        for gut in ["0.00", "-0.01", "1140300.00", "999999999999.99"] {
            assert_eq!(gut.parse::<Euro>().map(|e| e.to_string()), Ok(gut.to_owned()));
        }
        for schlecht in [
            "",
            "1",
            "1.5",
            "1.500",
            "1,50",
            "1e3",
            "01.00",
            ".50",
            "+1.00",
            "1.0a",
            " 1.00",
            "1000000000000.00",
            "٣.00",
        ] {
            assert!(schlecht.parse::<Euro>().is_err(), "{schlecht}");
        }
        assert!(serde_json::from_str::<Euro>("1.50").is_err(), "a JSON number is refused");
    }

    /// Dossier S2: three counties' measures share 100 000.00 in thirds.
    #[test]
    fn s2_drittel_ohne_verlorenen_cent() {
        let teile = Euro(10_000_000).aufteilen(&[1, 1, 1]).unwrap_or_default();
        assert_eq!(teile, [Euro(3_333_334), Euro(3_333_333), Euro(3_333_333)]);
    }

    /// Dossier S5: 32 of 90 places of 90 000.01 EUR; the odd cent goes to the larger share.
    #[test]
    fn s5_hanau_nach_plaetzen() {
        let teile = Euro(9_000_001).aufteilen(&[32, 58]).unwrap_or_default();
        assert_eq!(teile, [Euro(3_200_000), Euro(5_800_001)]);
    }

    /// computed: a cent less than everything is not 100 %.
    #[test]
    fn anteil_rundet_nie_auf() {
        let faelle = [
            (100, 100, Some(10_000)),
            (9_999_999, 10_000_000, Some(9_999)),
            (1, 3, Some(3_333)),
            (0, 5, Some(0)),
            (-1, 3, Some(-3_334)),
            (5, 0, None),
            (5, -1, None),
        ];
        for (teil, ganzes, hundertstel) in faelle {
            let anteil = Euro(teil).anteil_von(Euro(ganzes)).map(Prozent::hundertstel);
            assert_eq!(anteil, hundertstel, "{teil} of {ganzes}");
        }
    }

    proptest! {
        #[test]
        fn aufteilen_erhaelt_die_summe(cent in -HOECHSTBETRAG_CENT..HOECHSTBETRAG_CENT, g in proptest::collection::vec(0u64..=u64::MAX, 1..40)) {
            prop_assume!(g.iter().any(|x| *x > 0));
            let teile = Euro(cent).aufteilen(&g).unwrap();
            prop_assert_eq!(Euro::summe(teile.iter().copied()), Ok(Euro(cent)));
            for (t, w) in teile.iter().zip(&g) {
                prop_assert!(*w > 0 || t.ist_null());
            }
        }

        #[test]
        fn text_hin_und_zurueck(cent in -HOECHSTBETRAG_CENT..=HOECHSTBETRAG_CENT) {
            let e = Euro(cent);
            prop_assert_eq!(e.to_string().parse::<Euro>(), Ok(e));
            prop_assert_eq!(serde_json::from_str::<Euro>(&serde_json::to_string(&e).unwrap()).unwrap(), e);
        }

        #[test]
        fn plus_minus_heben_sich_auf(a in -HOECHSTBETRAG_CENT/2..HOECHSTBETRAG_CENT/2, b in -HOECHSTBETRAG_CENT/2..HOECHSTBETRAG_CENT/2) {
            let (a, b) = (Euro(a), Euro(b));
            prop_assert_eq!(a.plus(b).and_then(|s| s.minus(b)), Ok(a));
        }

        #[test]
        fn anteil_ueberschreitet_nie(cent in 0..HOECHSTBETRAG_CENT, p in 0i64..=10_000) {
            let anteil = Euro(cent).anteil_abgerundet(Prozent::aus_hundertsteln(p)).unwrap();
            prop_assert!(anteil <= Euro(cent));
            prop_assert!(i128::from(anteil.cent()) * 10_000 <= i128::from(cent) * i128::from(p));
        }
    }
}
