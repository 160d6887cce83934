//! An SVG under construction: whole coordinates, escaped words, no script, nothing from elsewhere.

use std::fmt::Write;

/// Fonts that print well and are everywhere.
const SCHRIFT: &str = "'DejaVu Sans', Verdana, Arial, sans-serif";

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Buendig {
    Links,
    Mitte,
    Rechts,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schrift {
    pub(super) groesse: i64,
    pub(super) fett: bool,
    pub(super) buendig: Buendig,
}

impl Schrift {
    /// Plain text of a size, flush left.
    pub(super) const fn neu(groesse: i64) -> Self {
        Schrift { groesse, fett: false, buendig: Buendig::Links }
    }

    /// The same, flush another way.
    pub(super) const fn buendig(self, buendig: Buendig) -> Self {
        Schrift { buendig, ..self }
    }
}

/// Words of a text in XML.
pub(super) fn xml(s: &str) -> String {
    let mut aus = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            '&' => aus.push_str("&amp;"),
            '<' => aus.push_str("&lt;"),
            '>' => aus.push_str("&gt;"),
            '"' => aus.push_str("&quot;"),
            '\'' => aus.push_str("&#39;"),
            // XML 1.0 knows no other control characters
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => aus.push('\u{fffd}'),
            c => aus.push(c),
        }
    }
    aus
}

/// A drawing.
pub(super) struct Bild {
    rumpf: String,
}

impl Bild {
    pub(super) fn neu() -> Self {
        Bild { rumpf: String::new() }
    }

    fn schreibe(&mut self, a: std::fmt::Arguments<'_>) {
        // writing to a String does not fail
        let _ = self.rumpf.write_fmt(a);
        self.rumpf.push('\n');
    }

    /// A line of text; `y` is its base line.
    pub(super) fn text(&mut self, x: i64, y: i64, s: Schrift, worte: &str) {
        let anker = match s.buendig {
            Buendig::Links => "start",
            Buendig::Mitte => "middle",
            Buendig::Rechts => "end",
        };
        let fett = if s.fett { " font-weight=\"bold\"" } else { "" };
        self.schreibe(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\" text-anchor=\"{anker}\"{fett}>{}</text>",
            s.groesse,
            xml(worte)
        ));
    }

    /// A filled rectangle with a thin frame.
    pub(super) fn kasten(&mut self, (x, y, breite, hoehe): (i64, i64, i64, i64), fuellung: &str) {
        self.schreibe(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{breite}\" height=\"{hoehe}\" fill=\"{fuellung}\" stroke=\"#000\" stroke-width=\"1\"/>"
        ));
    }

    /// A straight line.
    pub(super) fn strich(&mut self, (x1, y1): (i64, i64), (x2, y2): (i64, i64), art: &str) {
        self.schreibe(format_args!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" {art}/>"));
    }

    /// A line through points.
    pub(super) fn zug(&mut self, punkte: &[(i64, i64)], art: &str) {
        let orte: Vec<String> = punkte.iter().map(|(x, y)| format!("{x},{y}")).collect();
        self.schreibe(format_args!("<polyline points=\"{}\" fill=\"none\" {art}/>", orte.join(" ")));
    }

    /// Parts that are written elsewhere (definitions, marks).
    pub(super) fn roh(&mut self, teil: &str) {
        self.schreibe(format_args!("{teil}"));
    }

    /// The whole file; `titel` and `beschreibung` are what screen readers say.
    pub(super) fn fertig(self, (breite, hoehe): (i64, i64), sprache: &str, titel: &str, beschreibung: &str) -> Vec<u8> {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{breite}\" height=\"{hoehe}\" viewBox=\"0 0 {breite} {hoehe}\" role=\"img\" aria-labelledby=\"titel beschreibung\" xml:lang=\"{sprache}\" font-family=\"{SCHRIFT}\" fill=\"#000\">\n<title id=\"titel\">{}</title>\n<desc id=\"beschreibung\">{}</desc>\n<rect width=\"{breite}\" height=\"{hoehe}\" fill=\"#fff\"/>\n{}</svg>\n",
            xml(titel),
            xml(beschreibung),
            self.rumpf
        )
        .into_bytes()
    }
}
