//! Two charts for print: stacked bars and lines over months. Every series has a pattern or a dash of its own, so that a
//! copy in black and white says the same.

use super::bild::{Bild, Buendig, Schrift};
use aqb_domain::befund::deutsche_zahl;
use aqb_domain::geld::Euro;
use aqb_domain::regel::Sprache;

const BREITE: i64 = 1000;
const RAND: i64 = 24;
const KLEIN: Schrift = Schrift::neu(13);
const TITEL: Schrift = Schrift { groesse: 20, fett: true, buendig: Buendig::Links };
const GITTER: &str = "stroke=\"#999\" stroke-width=\"1\" stroke-dasharray=\"1 3\"";
const ACHSE: &str = "stroke=\"#000\" stroke-width=\"1\"";
/// Fills of stacked bars: colours that also the colour-blind tell apart, each with a hatch of its own.
const MUSTER: &[(&str, &str, &str)] = &[
    ("m0", "#0b3c5d", ""),
    ("m1", "#4a8fc2", "<path d=\"M0 8 L8 0 M-2 2 L2 -2 M6 10 L10 6\" stroke=\"#000\" stroke-width=\"1.2\"/>"),
    ("m2", "#f0b849", "<circle cx=\"4\" cy=\"4\" r=\"1.6\" fill=\"#000\"/>"),
    ("m3", "#e3e3e3", "<path d=\"M0 4 H8\" stroke=\"#000\" stroke-width=\"1\"/>"),
    ("m4", "#fff", ""),
];
/// Colour, dash and mark of lines.
const LINIEN: &[(&str, &str, Marke)] = &[
    ("#000", "", Marke::Keine),
    ("#0b3c5d", "10 4", Marke::Kreis),
    ("#b3541e", "4 4", Marke::Quadrat),
    ("#4d4d4d", "1 4", Marke::Dreieck),
];

#[derive(Debug, Clone, Copy)]
enum Marke {
    Keine,
    Kreis,
    Quadrat,
    Dreieck,
}

/// A series and its name in the legend.
#[derive(Debug, Clone)]
pub struct Reihe {
    /// Name.
    pub name: String,
}

/// A bar: its parts in order of the series.
#[derive(Debug, Clone)]
pub struct Balken {
    /// What it stands for.
    pub name: String,
    /// Length of each part, not negative.
    pub teile: Vec<Euro>,
    /// What stands at its end.
    pub rand: String,
}

/// Stacked bars.
#[derive(Debug, Clone)]
pub struct Balkendiagramm {
    /// Title.
    pub titel: String,
    /// Line below the title.
    pub untertitel: String,
    /// What it shows, for people who do not see it.
    pub beschreibung: String,
    /// Series, at most five.
    pub reihen: Vec<Reihe>,
    /// Bars from top to bottom.
    pub balken: Vec<Balken>,
    /// What stands at the end of the bars.
    pub rand: String,
}

/// A line over months.
#[derive(Debug, Clone)]
pub struct Linie {
    /// Name in the legend.
    pub name: String,
    /// A value per month, from the first on; a line that ends earlier knows no more.
    pub werte: Vec<Euro>,
}

/// Lines over months.
#[derive(Debug, Clone)]
pub struct Liniendiagramm {
    /// Title.
    pub titel: String,
    /// Line below the title.
    pub untertitel: String,
    /// What it shows, for people who do not see it.
    pub beschreibung: String,
    /// Months in order: `03.2026`.
    pub monate: Vec<String>,
    /// Lines, at most four; the later lie above.
    pub linien: Vec<Linie>,
}

/// Values of an axis from 0 to its end.
struct Skala {
    schritt: i64,
    anzahl: i64,
    teiler: i64,
    einheit: &'static str,
}

impl Skala {
    /// Round steps, at most six, up to the largest value; at least one euro.
    fn bis(hoechster: i64) -> Self {
        let mut schritt = 100i64;
        for faktor in [2, 5, 10].into_iter().cycle() {
            if schritt.saturating_mul(6) >= hoechster {
                break;
            }
            // 1, 2, 5, 10, 20, 50, …: the factor counts from the last power of ten
            let zehner = zehnerpotenz(schritt);
            schritt = zehner.saturating_mul(faktor);
        }
        let anzahl = hoechster.max(1).saturating_add(schritt - 1).div_euclid(schritt).max(1);
        let (teiler, einheit) = match schritt {
            s if s >= 100_000_000 => (100_000_000, "Mio. EUR"),
            s if s >= 100_000 => (100_000, "Tsd. EUR"),
            _ => (100, "EUR"),
        };
        Skala { schritt, anzahl, teiler, einheit }
    }

    fn ende(&self) -> i64 {
        self.schritt.saturating_mul(self.anzahl)
    }

    /// Length of a value on an axis of `laenge`.
    fn laenge(&self, cent: i64, laenge: i64) -> i64 {
        let voll = i128::from(cent.max(0)) * i128::from(laenge);
        voll.checked_div_euclid(i128::from(self.ende())).and_then(|l| i64::try_from(l).ok()).unwrap_or(0)
    }

    /// Places and words of the steps.
    fn stufen(&self, laenge: i64, s: Sprache) -> Vec<(i64, String)> {
        (0..=self.anzahl)
            .map(|n| {
                let cent = self.schritt.saturating_mul(n);
                (self.laenge(cent, laenge), ganze(cent.div_euclid(self.teiler), s))
            })
            .collect()
    }
}

/// The largest power of ten that is not above `n`.
fn zehnerpotenz(n: i64) -> i64 {
    let mut p = 1i64;
    while p.saturating_mul(10) <= n {
        p = p.saturating_mul(10);
    }
    p
}

fn ganze(n: i64, s: Sprache) -> String {
    let t = deutsche_zahl(&n.to_string());
    match s {
        Sprache::De => t,
        Sprache::En => t.replace('.', ","),
    }
}

fn code(s: Sprache) -> &'static str {
    match s {
        Sprache::De => "de",
        Sprache::En => "en",
    }
}

fn hoechster(werte: impl Iterator<Item = i64>) -> i64 {
    werte.max().unwrap_or(0)
}

impl Balkendiagramm {
    /// The drawing.
    pub fn svg(&self, s: Sprache) -> Vec<u8> {
        const LINKS: i64 = 300;
        const RECHTS: i64 = 124;
        const ZEILE: i64 = 26;
        /// Longest name that fits to the left of the bars.
        const NAME: usize = 36;
        let breite = BREITE - LINKS - RECHTS;
        let laenge = |b: &Balken| b.teile.iter().fold(0i64, |s, t| s.saturating_add(t.cent().max(0)));
        let skala = Skala::bis(hoechster(self.balken.iter().map(laenge)));
        let mut bild = Bild::neu();
        muster(&mut bild);
        bild.text(RAND, 36, TITEL, &self.titel);
        bild.text(RAND, 58, KLEIN, &self.untertitel);
        let plaetze = legendenplaetze(self.reihen.iter().map(|r| r.name.as_str()), 28);
        for ((r, (x, y)), (id, ..)) in self.reihen.iter().zip(&plaetze).zip(MUSTER) {
            bild.kasten((*x, y - 12, 22, 14), &format!("url(#{id})"));
            bild.text(x + 28, *y, KLEIN, &r.name);
        }
        let oben = plaetze.last().map_or(58, |(_, y)| *y) + 44;
        let unten = ZEILE.saturating_mul(i64::try_from(self.balken.len()).unwrap_or(0)).saturating_add(oben);
        bild.text(LINKS - 14, oben - 10, KLEIN.buendig(Buendig::Rechts), skala.einheit);
        bild.text(BREITE - RAND, oben - 10, KLEIN.buendig(Buendig::Rechts), &self.rand);
        for (x, wort) in skala.stufen(breite, s) {
            bild.strich((LINKS + x, oben - 6), (LINKS + x, unten), GITTER);
            bild.text(LINKS + x, oben - 10, KLEIN.buendig(Buendig::Mitte), &wort);
        }
        let mut y = oben;
        for b in &self.balken {
            bild.text(LINKS - 10, y + 17, KLEIN.buendig(Buendig::Rechts), &gekuerzt(&b.name, NAME));
            let (mut x, mut cent) = (0i64, 0i64);
            for (teil, (id, ..)) in b.teile.iter().zip(MUSTER) {
                // ends are rounded, not lengths: the whole bar is as long as its sum
                cent = cent.saturating_add(teil.cent().max(0));
                let ende = skala.laenge(cent, breite);
                if ende > x {
                    bild.kasten((LINKS + x, y + 4, ende - x, ZEILE - 8), &format!("url(#{id})"));
                }
                x = ende.max(x);
            }
            bild.text(BREITE - RAND, y + 17, KLEIN.buendig(Buendig::Rechts), &b.rand);
            y += ZEILE;
        }
        bild.strich((LINKS, oben - 6), (LINKS, unten), ACHSE);
        bild.fertig((BREITE, unten + RAND), code(s), &self.titel, &self.beschreibung)
    }
}

/// Where the names of a legend stand, in as many lines as they need; `zeichen` is the room for the sign before each.
fn legendenplaetze<'n>(namen: impl Iterator<Item = &'n str>, zeichen: i64) -> Vec<(i64, i64)> {
    let (mut x, mut y) = (RAND, 86i64);
    let mut plaetze = Vec::new();
    for name in namen {
        let breite = zeichen.saturating_add(breite_von(name));
        if x > RAND && x.saturating_add(breite) > BREITE - RAND {
            (x, y) = (RAND, y + 22);
        }
        plaetze.push((x, y));
        x = x.saturating_add(breite).saturating_add(18);
    }
    plaetze
}

fn gekuerzt(s: &str, zeichen: usize) -> String {
    if s.chars().count() <= zeichen {
        return s.to_owned();
    }
    s.chars().take(zeichen.saturating_sub(1)).chain(['…']).collect()
}

/// Width of a text at the small size, generously.
fn breite_von(s: &str) -> i64 {
    i64::try_from(s.chars().count()).unwrap_or(0).saturating_mul(7)
}

fn muster(bild: &mut Bild) {
    let mut defs = String::from("<defs>");
    for (id, farbe, zeichnung) in MUSTER {
        defs.push_str(&format!(
            "<pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" fill=\"{farbe}\"/>{zeichnung}</pattern>"
        ));
    }
    defs.push_str("</defs>");
    bild.roh(&defs);
}

impl Liniendiagramm {
    /// The drawing.
    pub fn svg(&self, s: Sprache) -> Vec<u8> {
        const LINKS: i64 = 84;
        const OBEN: i64 = 132;
        const HOEHE: i64 = 380;
        let breite = BREITE - LINKS - RAND;
        let unten = OBEN + HOEHE;
        let skala = Skala::bis(hoechster(self.linien.iter().flat_map(|l| &l.werte).map(|w| w.cent())));
        let mut bild = Bild::neu();
        bild.text(RAND, 36, TITEL, &self.titel);
        bild.text(RAND, 58, KLEIN, &self.untertitel);
        for (h, wort) in skala.stufen(HOEHE, s) {
            bild.strich((LINKS, unten - h), (LINKS + breite, unten - h), GITTER);
            bild.text(LINKS - 8, unten - h + 5, KLEIN.buendig(Buendig::Rechts), &wort);
        }
        bild.text(RAND, OBEN - 14, KLEIN, skala.einheit);
        let anzahl = i64::try_from(self.monate.len()).unwrap_or(0).max(1);
        // the value of a month is that of its end
        let x = |nr: i64| LINKS + breite.saturating_mul(nr).div_euclid(anzahl);
        let jeder = anzahl.saturating_add(11).div_euclid(12);
        for (nr, monat) in (0i64..).zip(&self.monate) {
            bild.strich((x(nr), unten), (x(nr), unten + 5), ACHSE);
            if nr.rem_euclid(jeder) == 0 {
                let mitte = (x(nr) + x(nr + 1)).div_euclid(2);
                bild.text(mitte, unten + 20, KLEIN.buendig(Buendig::Mitte), monat);
            }
        }
        bild.strich((x(anzahl), unten), (x(anzahl), unten + 5), ACHSE);
        let plaetze = legendenplaetze(self.linien.iter().map(|l| l.name.as_str()), 44);
        for ((l, (lx, ly)), (farbe, strich, marke)) in self.linien.iter().zip(plaetze).zip(LINIEN) {
            let art = format!("stroke=\"{farbe}\" stroke-width=\"2.5\" stroke-dasharray=\"{strich}\"");
            let mut punkte = vec![(x(0), unten)];
            punkte.extend((1i64..).zip(&l.werte).map(|(nr, w)| (x(nr), unten - skala.laenge(w.cent(), HOEHE))));
            bild.zug(&punkte, &art);
            punkte.iter().skip(1).for_each(|p| zeichne(&mut bild, *marke, *p, farbe));
            bild.strich((lx, ly - 5), (lx + 36, ly - 5), &art);
            zeichne(&mut bild, *marke, (lx + 18, ly - 5), farbe);
            bild.text(lx + 44, ly, KLEIN, &l.name);
        }
        bild.strich((LINKS, OBEN), (LINKS, unten), ACHSE);
        bild.strich((LINKS, unten), (LINKS + breite, unten), ACHSE);
        bild.fertig((BREITE, unten + 44), code(s), &self.titel, &self.beschreibung)
    }
}

fn zeichne(bild: &mut Bild, marke: Marke, (x, y): (i64, i64), farbe: &str) {
    let form = match marke {
        Marke::Keine => return,
        Marke::Kreis => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"4\""),
        Marke::Quadrat => format!("<rect x=\"{}\" y=\"{}\" width=\"7\" height=\"7\"", x - 3, y - 3),
        Marke::Dreieck => {
            format!("<path d=\"M{} {} L{} {} L{x} {} Z\"", x - 5, y + 4, x + 5, y + 4, y - 5)
        }
    };
    bild.roh(&format!("{form} fill=\"#fff\" stroke=\"{farbe}\" stroke-width=\"1.8\"/>"));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// computed: at most six steps of 1, 2 or 5 times a power of ten, in words of their size.
    #[test]
    fn skalen_sind_rund() {
        let faelle = [
            (0, "0 1", "EUR"),
            (1, "0 1", "EUR"),
            (59_900, "0 100 200 300 400 500 600", "EUR"),
            (1_400_000, "0 5 10 15", "Tsd. EUR"),
            (114_030_000, "0 200 400 600 800 1.000 1.200", "Tsd. EUR"),
            (2_770_000_000, "0 5 10 15 20 25 30", "Mio. EUR"),
        ];
        for (cent, stufen, einheit) in faelle {
            let s = Skala::bis(cent);
            let ist: Vec<String> = s.stufen(600, Sprache::De).into_iter().map(|(_, w)| w).collect();
            assert_eq!((ist.join(" ").as_str(), s.einheit), (stufen, einheit), "{cent}");
            assert!(s.ende() >= cent && s.laenge(cent, 600) <= 600);
        }
    }

    /// Words of people become text, never markup.
    #[test]
    fn namen_sind_text() {
        let d = Balkendiagramm {
            titel: "<script>alert(1)</script>".into(),
            untertitel: "&".into(),
            beschreibung: "\"'>\u{1}".into(),
            reihen: vec![Reihe { name: "a<b".into() }],
            rand: String::new(),
            balken: vec![Balken { name: "</text>".into(), teile: vec!["1.00".parse().unwrap()], rand: "1 %".into() }],
        };
        let svg = String::from_utf8(d.svg(Sprache::De)).unwrap();
        assert!(!svg.contains("<script") && !svg.contains("a<b") && !svg.contains('\u{1}'));
        assert!(svg.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && svg.contains("&lt;/text&gt;"));
    }
}
