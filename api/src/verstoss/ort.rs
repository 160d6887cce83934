//! Where a violation lies: JSON pointers.

use super::kuerze;

/// A pointer one level deeper.
pub fn zeiger(ort: &str, feld: &str) -> String {
    format!("{ort}/{}", kuerze(feld, 100).replace('~', "~0").replace('/', "~1"))
}

/// A place in a body while it is walked through. Its text is made where somebody needs it, not at every step.
#[derive(Clone, Copy)]
pub enum Pfad<'p> {
    /// The body itself.
    Wurzel,
    /// A field of an object.
    Feld(&'p Pfad<'p>, &'p str),
    /// An item of an array.
    Nr(&'p Pfad<'p>, usize),
}

impl Pfad<'_> {
    /// The JSON pointer.
    pub fn zeiger(&self) -> String {
        match self {
            Pfad::Wurzel => String::new(),
            Pfad::Feld(davor, feld) => zeiger(&davor.zeiger(), feld),
            Pfad::Nr(davor, nr) => format!("{}/{nr}", davor.zeiger()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pfad;

    #[test]
    fn zeiger_aus_schritten() {
        let liste = Pfad::Feld(&Pfad::Wurzel, "a/b");
        assert_eq!(Pfad::Feld(&Pfad::Nr(&liste, 7), "c~d").zeiger(), "/a~1b/7/c~0d");
        assert_eq!(Pfad::Wurzel.zeiger(), "");
    }
}
