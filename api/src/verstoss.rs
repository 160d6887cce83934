//! One violation of the contract, and the sentences in which it is told.

mod ort;

use aqb_domain::regel::{Sprache, Text};
pub use ort::{Pfad, zeiger};

/// Longest excerpt of a wrong value that a finding repeats.
const AUSZUG: usize = 60;
/// Longest list of permitted values.
const AUFZAEHLUNG: usize = 300;

/// One violation of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verstoss {
    /// JSON pointer into the body, or `query/<name>`, `pfad/<name>`, `kopf/<name>`.
    pub ort: String,
    /// What the contract demands.
    pub verlangt: Forderung,
    /// What was found.
    pub gefunden: Gefunden,
}

/// What the contract demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forderung {
    /// The field or parameter must be there.
    Pflicht,
    /// The field must not be there.
    UnbekanntesFeld,
    /// The parameter must not be there; these may.
    UnbekannterParameter(String),
    /// The key may stand once only.
    Einmal,
    /// One of these JSON types.
    Typ(Vec<&'static str>),
    /// A regular expression.
    Muster(String),
    /// A named format.
    Format(String),
    /// One of these values.
    Werte(Vec<String>),
    /// A number against a keyword (`minimum`, `maxLength`, `minItems` …).
    Grenze(&'static str, String),
    /// Brackets are nested deeper than this.
    Tiefe(u32),
    /// Text that is JSON.
    Json,
    /// No NUL in any text.
    OhneNul,
    /// Anything else, in our words.
    Satz(Text),
    /// At most so many JSON values in a body.
    Werteanzahl(usize),
    /// More violations than an answer tells.
    Weitere,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gefunden {
    /// Nothing that could be shown.
    Nichts,
    /// A scalar, shortened.
    Wert(String),
    /// An object; its content is nobody's business.
    Objekt,
    /// An array.
    Liste,
    /// So many of them.
    Anzahl(usize),
    /// Line and column.
    Stelle(usize, usize),
}

/// Patterns of the contract that have a sentence.
const MUSTER: &[(&str, Text)] = &[
    (
        r"^-?(0|[1-9][0-9]{0,11})\.[0-9]{2}$",
        Text {
            de: "ein Betrag als Zeichenkette mit höchstens zwölf Stellen, Punkt und genau zwei Nachkommastellen, z. B. \"1234.50\"",
            en: "an amount as a string with at most twelve digits, a point and exactly two decimals, e.g. \"1234.50\"",
        },
    ),
    (
        r"^-?(0|[1-9][0-9]{0,3})\.[0-9]{2}$",
        Text {
            de: "ein Prozentsatz mit genau zwei Nachkommastellen und Punkt, z. B. \"12.50\"",
            en: "a percentage with exactly two decimals and a point, e.g. \"12.50\"",
        },
    ),
    (
        r"^(0|[1-9][0-9]?)\.[0-9]{2}$",
        Text {
            de: "Vollzeitäquivalente mit genau zwei Nachkommastellen und Punkt, z. B. \"1.50\"",
            en: "full-time equivalents with exactly two decimals and a point, e.g. \"1.50\"",
        },
    ),
    (
        "^06[0-9]{3}$",
        Text {
            de: "ein hessischer Kreisschlüssel aus fünf Ziffern, z. B. \"06440\"",
            en: "a Hessian county key of five digits, e.g. \"06440\"",
        },
    ),
    ("^[0-9]{5}$", Text { de: "genau fünf Ziffern, z. B. \"35390\"", en: "exactly five digits, e.g. \"35390\"" }),
    (
        "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$",
        Text {
            de: "eine IBAN ohne Leerzeichen, z. B. \"DE89370400440532013000\"",
            en: "an IBAN without spaces, e.g. \"DE89370400440532013000\"",
        },
    ),
    (
        "^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$",
        Text {
            de: "ein BIC aus 8 oder 11 Zeichen, z. B. \"COBADEFFXXX\"",
            en: "a BIC of 8 or 11 characters, e.g. \"COBADEFFXXX\"",
        },
    ),
    (
        r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
        Text {
            de: "eine E-Mail-Adresse, z. B. \"name@beispiel.de\"",
            en: "an e-mail address, e.g. \"name@example.org\"",
        },
    ),
    (
        "^[+0-9][0-9 ()/-]{2,38}$",
        Text { de: "eine Telefonnummer, z. B. \"+49 611 1234\"", en: "a telephone number, e.g. \"+49 611 1234\"" },
    ),
    (
        "^[0-9a-f]{64}$",
        Text {
            de: "ein SHA-256 aus 64 Ziffern und Kleinbuchstaben a–f",
            en: "a SHA-256 of 64 digits and lower-case letters a–f",
        },
    ),
    (
        r"^[^\u0000-\u001F\u007F]*$",
        Text { de: "ein einzeiliger Text ohne Steuerzeichen", en: "a text of one line without control characters" },
    ),
    (
        r"^[^\u0000-\u001F]*$",
        Text { de: "ein einzeiliger Text ohne Steuerzeichen", en: "a text of one line without control characters" },
    ),
    (
        r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
        Text {
            de: "ein Text ohne Steuerzeichen außer dem Zeilenumbruch",
            en: "a text without control characters other than the line feed",
        },
    ),
    (
        "^(W/)?\"[0-9]{1,18}\"$",
        Text { de: "ein ETag in Anführungszeichen, z. B. \"7\"", en: "an ETag in quotation marks, e.g. \"7\"" },
    ),
    (
        "^[A-Za-z0-9_-]{8,64}$",
        Text {
            de: "8 bis 64 Zeichen A–Z, a–z, 0–9, _ und -", en: "8 to 64 characters A–Z, a–z, 0–9, _ and -"
        },
    ),
];

fn oder(werte: &[String], s: Sprache) -> String {
    let wort = if s == Sprache::De { " oder " } else { " or " };
    match werte {
        [] => "–".to_owned(),
        [eines] => eines.clone(),
        [vorne @ .., letztes] => format!("{}{wort}{letztes}", vorne.join(", ")),
    }
}

fn typ(name: &'static str, s: Sprache) -> String {
    let (de, en) = match name {
        "string" => ("eine Zeichenkette", "a string"),
        "integer" => ("eine ganze Zahl", "an integer"),
        "number" => ("eine Zahl", "a number"),
        "boolean" => ("true oder false", "true or false"),
        "array" => ("eine Liste", "an array"),
        "object" => ("ein Objekt", "an object"),
        _ => ("null", "null"),
    };
    Text { de, en }.in_sprache(s).to_owned()
}

fn format_satz(name: &str, s: Sprache) -> String {
    let (de, en) = match name {
        "uuid" => (
            "eine UUID, z. B. \"019a0000-0000-7000-8000-000000000001\"",
            "a UUID, e.g. \"019a0000-0000-7000-8000-000000000001\"",
        ),
        "date" => (
            "ein Datum der Form JJJJ-MM-TT, z. B. \"2026-03-31\"",
            "a date of the form YYYY-MM-DD, e.g. \"2026-03-31\"",
        ),
        "date-time" => (
            "ein Zeitpunkt nach RFC 3339, z. B. \"2026-03-31T09:30:00Z\"",
            "a moment as in RFC 3339, e.g. \"2026-03-31T09:30:00Z\"",
        ),
        _ => return if s == Sprache::De { format!("das Format {name}") } else { format!("the format {name}") },
    };
    Text { de, en }.in_sprache(s).to_owned()
}

fn grenze(wort: &str, wert: &str, s: Sprache) -> String {
    match (wort, s) {
        ("minimum", Sprache::De) => format!("mindestens {wert}"),
        ("minimum", Sprache::En) => format!("at least {wert}"),
        ("maximum", Sprache::De) => format!("höchstens {wert}"),
        ("maximum", Sprache::En) => format!("at most {wert}"),
        ("minLength", Sprache::De) => format!("mindestens {wert} Zeichen"),
        ("minLength", Sprache::En) => format!("at least {wert} characters"),
        ("maxLength", Sprache::De) => format!("höchstens {wert} Zeichen"),
        ("maxLength", Sprache::En) => format!("at most {wert} characters"),
        ("minItems", Sprache::De) => format!("mindestens {wert} Einträge"),
        ("minItems", Sprache::En) => format!("at least {wert} items"),
        ("maxItems", Sprache::De) => format!("höchstens {wert} Einträge"),
        ("maxItems", Sprache::En) => format!("at most {wert} items"),
        _ => format!("{wort} {wert}"),
    }
}

impl Forderung {
    /// JSON Schema's keyword, and the bound where there is one.
    pub fn schluesselwort(&self) -> Option<(&'static str, String)> {
        match self {
            Forderung::Typ(t) => Some(("type", t.join("|"))),
            Forderung::Muster(m) => Some(("pattern", m.clone())),
            Forderung::Format(f) => Some(("format", f.clone())),
            Forderung::Grenze(wort, wert) => Some((wort, wert.clone())),
            _ => None,
        }
    }

    /// What is demanded, in words.
    pub fn text(&self, s: Sprache) -> String {
        let satz = |de, en| Text { de, en }.in_sprache(s).to_owned();
        match self {
            Forderung::Pflicht => satz("eine Angabe", "a value"),
            Forderung::UnbekanntesFeld => satz("kein solches Feld", "no such field"),
            Forderung::UnbekannterParameter(erlaubt) if erlaubt.is_empty() => satz("kein Parameter", "no parameter"),
            Forderung::UnbekannterParameter(erlaubt) => {
                format!("{} {erlaubt}", satz("einer der Parameter", "one of the parameters"))
            }
            Forderung::Einmal => satz("genau eine Angabe", "exactly one value"),
            Forderung::Typ(t) => oder(&t.iter().map(|t| typ(t, s)).collect::<Vec<_>>(), s),
            Forderung::Muster(m) => MUSTER.iter().find(|(p, _)| p == m).map_or_else(
                || format!("{} /{m}/", satz("eine Angabe der Form", "a value of the form")),
                |(_, t)| t.in_sprache(s).to_owned(),
            ),
            Forderung::Format(f) => format_satz(f, s),
            Forderung::Werte(w) => {
                let alle = kuerze(&w.join(", "), AUFZAEHLUNG);
                if w.len() == 1 { alle } else { format!("{} {alle}", satz("einer der Werte", "one of the values")) }
            }
            Forderung::Grenze(wort, wert) => grenze(wort, wert, s),
            Forderung::Tiefe(n) => match s {
                Sprache::De => format!("höchstens {n} Ebenen"),
                Sprache::En => format!("at most {n} levels"),
            },
            Forderung::Json => satz("JSON in UTF-8", "JSON in UTF-8"),
            Forderung::OhneNul => {
                satz("ein Text in UTF-8 ohne das Zeichen NUL", "a text in UTF-8 without the character NUL")
            }
            Forderung::Satz(t) => t.in_sprache(s).to_owned(),
            Forderung::Werteanzahl(n) => match s {
                Sprache::De => format!("höchstens {n} Einzelwerte"),
                Sprache::En => format!("at most {n} values"),
            },
            Forderung::Weitere => satz("nicht mehr Verstöße, als hier stehen", "no more violations than told here"),
        }
    }
}

impl Gefunden {
    /// A JSON value, as far as it may be repeated.
    pub fn aus(wert: &serde_json::Value) -> Self {
        match wert {
            serde_json::Value::Object(_) => Gefunden::Objekt,
            serde_json::Value::Array(_) => Gefunden::Liste,
            w => Gefunden::wert(&w.to_string()),
        }
    }

    /// A text, shortened.
    pub fn wert(s: &str) -> Self {
        Gefunden::Wert(kuerze(s, AUSZUG))
    }

    /// In words.
    pub fn text(&self, s: Sprache) -> String {
        let satz = |de: &str, en: &str| if s == Sprache::De { de.to_owned() } else { en.to_owned() };
        match self {
            Gefunden::Nichts => "–".to_owned(),
            Gefunden::Wert(w) => w.clone(),
            Gefunden::Objekt => satz("ein Objekt", "an object"),
            Gefunden::Liste => satz("eine Liste", "an array"),
            Gefunden::Anzahl(n) => satz(&format!("{n} Angaben"), &format!("{n} values")),
            Gefunden::Stelle(z, sp) => satz(&format!("Zeile {z}, Spalte {sp}"), &format!("line {z}, column {sp}")),
        }
    }
}

impl Verstoss {
    /// A violation at a place.
    pub fn neu(ort: impl Into<String>, verlangt: Forderung, gefunden: Gefunden) -> Self {
        Verstoss { ort: ort.into(), verlangt, gefunden }
    }

    /// The whole sentence.
    pub fn text(&self, s: Sprache) -> String {
        let satz = |de: &str, en: &str| if s == Sprache::De { de.to_owned() } else { en.to_owned() };
        let ort = if self.ort.is_empty() { satz("Inhalt", "Body") } else { self.ort.clone() };
        let (verlangt, gefunden) = (self.verlangt.text(s), self.gefunden.text(s));
        match (&self.verlangt, &self.gefunden) {
            (Forderung::Pflicht, _) => format!("{ort}: {}.", satz("Pflichtangabe fehlt", "required value is missing")),
            (Forderung::UnbekanntesFeld, _) => format!("{ort}: {}.", satz("unbekanntes Feld", "unknown field")),
            (Forderung::UnbekannterParameter(_), _) => {
                format!(
                    "{ort}: {}.",
                    satz(
                        &format!("unbekannter Parameter; möglich ist {verlangt}"),
                        &format!("unknown parameter; possible is {verlangt}")
                    )
                )
            }
            (Forderung::Einmal, _) => {
                format!("{ort}: {}.", satz("die Angabe steht mehrfach da", "the value is given more than once"))
            }
            (Forderung::Json, Gefunden::Stelle(z, sp)) => satz(
                &format!("Der Inhalt ist ab Zeile {z}, Spalte {sp} kein gültiges JSON in UTF-8."),
                &format!("From line {z}, column {sp} the body is not valid JSON in UTF-8."),
            ),
            (Forderung::Tiefe(n), _) => satz(
                &format!("Der Inhalt ist tiefer geschachtelt als die erlaubten {n} Ebenen."),
                &format!("The body is nested deeper than the permitted {n} levels."),
            ),
            (Forderung::Werteanzahl(n), _) => satz(
                &format!("Der Inhalt hat mehr als {n} Einzelwerte (Objekte, Listen, Texte, Zahlen)."),
                &format!("The body has more than {n} values (objects, arrays, texts, numbers)."),
            ),
            (Forderung::Weitere, _) => satz(
                "Es gibt mehr Verstöße, als hier stehen. Berichtigen Sie diese zuerst.",
                "There are more violations than told here. Correct these first.",
            ),
            (_, Gefunden::Nichts) => {
                satz(&format!("{ort}: verlangt ist {verlangt}."), &format!("{ort}: required is {verlangt}."))
            }
            _ => satz(
                &format!("{ort}: verlangt ist {verlangt}, gefunden wurde {gefunden}."),
                &format!("{ort}: required is {verlangt}, found was {gefunden}."),
            ),
        }
    }
}

fn kuerze(s: &str, laenge: usize) -> String {
    if s.chars().count() <= laenge {
        return s.to_owned();
    }
    s.chars().take(laenge).chain("…".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn saetze() {
        let v = |verlangt, gefunden| Verstoss::neu("/a", verlangt, gefunden);
        let betrag =
            v(Forderung::Muster(r"^-?(0|[1-9][0-9]{0,11})\.[0-9]{2}$".to_owned()), Gefunden::aus(&json!("1,5")));
        assert_eq!(
            betrag.text(Sprache::De),
            "/a: verlangt ist ein Betrag als Zeichenkette mit höchstens zwölf Stellen, Punkt und genau zwei Nachkommastellen, z. B. \"1234.50\", gefunden wurde \"1,5\"."
        );
        let typ = v(Forderung::Typ(vec!["string", "null"]), Gefunden::aus(&json!({ "name": "Erika" })));
        assert_eq!(typ.text(Sprache::En), "/a: required is a string or null, found was an object.");
        assert_eq!(v(Forderung::Pflicht, Gefunden::Nichts).text(Sprache::De), "/a: Pflichtangabe fehlt.");
        assert_eq!(zeiger("/x", "a/b~c"), "/x/a~1b~0c");
    }
}
