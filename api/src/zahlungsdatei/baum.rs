//! XML of strangers: read into a tree with bounds; no document type, no entity, UTF-8 only.

use super::{andere_art, kurz, unlesbar};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::regel::{DATEI_FEHLGEFORMT, DATEI_MIT_ENTITAETEN, DATEI_ZEICHENSATZ};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Deepest nesting.
const TIEFE: usize = 64;
/// Most elements.
const ELEMENTE: usize = 500_000;
/// Longest attributes of one element that are read.
const ATTRIBUTE: usize = 4_000;

/// An element without its prefix; the namespace of the root says what the document is.
#[derive(Debug, Default)]
pub struct Element {
    name: Box<str>,
    /// Prefix of the name as written; empty without one. Kept at the root.
    vorsatz: Box<str>,
    /// Attributes as written, with their prefixes. Kept where the formats have some: amounts and the root.
    attribute: Vec<(Box<str>, Box<str>)>,
    kinder: Vec<Element>,
    text: String,
}

impl Element {
    /// Children of this name.
    pub fn alle<'e>(&'e self, name: &'static str) -> impl Iterator<Item = &'e Element> {
        self.kinder.iter().filter(move |k| &*k.name == name)
    }

    /// The element at the end of this path.
    pub fn bei(&self, pfad: &[&'static str]) -> Option<&Element> {
        pfad.iter().try_fold(self, |e, name| e.alle(name).next())
    }

    /// Text at the end of this path, without blanks around it; none where it is empty.
    pub fn text(&self, pfad: &[&'static str]) -> Option<&str> {
        self.bei(pfad).map(|e| e.text.trim()).filter(|t| !t.is_empty())
    }

    /// An attribute.
    pub fn attribut(&self, name: &str) -> Option<&str> {
        self.attribute.iter().find(|(n, _)| &**n == name).map(|(_, w)| &**w)
    }

    /// The element below the root, where the root is a `Document` of this message of ISO 20022 (`camt.053`).
    ///
    /// # Errors
    /// `DATEI_ANDERER_ART`.
    pub fn nachricht(&self, art: &'static str, name: &'static str) -> Result<&Element, Befund> {
        // other namespaces may be declared beside the one of the element itself
        let raum = match &*self.vorsatz {
            "" => self.attribut("xmlns"),
            v => self.attribut(&format!("xmlns:{v}")),
        };
        let soll = format!("urn:iso:std:iso:20022:tech:xsd:{art}.001.");
        if &*self.name != "Document" || !raum.is_some_and(|w| w.starts_with(&soll)) {
            return Err(andere_art(art, raum.unwrap_or(&self.name)));
        }
        self.alle(name).next().ok_or_else(|| andere_art(art, self.kinder.first().map_or("–", |k| &k.name)))
    }
}

fn zeichensatz(wert: &str) -> Befund {
    let befund = Befund::neu(&DATEI_ZEICHENSATZ).gemessen("wert", kurz(wert), Einheit::Text);
    befund.erlaubt("erwartet", "UTF-8", Einheit::Text)
}

fn mit_entitaeten(wert: &str) -> Befund {
    Befund::neu(&DATEI_MIT_ENTITAETEN).gemessen("wert", kurz(wert), Einheit::Text)
}

/// Reads a document.
///
/// # Errors
/// `DATEI_ZEICHENSATZ`, `DATEI_MIT_ENTITAETEN`, `DATEI_UNLESBAR`.
pub fn lies(roh: &[u8]) -> Result<Element, Befund> {
    let text = std::str::from_utf8(roh).map_err(|e| zeichensatz(&format!("Byte {}", e.valid_up_to() + 1)))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\0') {
        return Err(zeichensatz("UTF-16 oder UTF-32"));
    }
    if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        return Err(unlesbar("Zeichen", &format!("U+{:04X}", u32::from(c))));
    }
    let mut leser = Reader::from_str(text);
    let mut bau = Bau::default();
    loop {
        let vor = usize::try_from(leser.buffer_position()).unwrap_or(usize::MAX);
        let fehl = || fehlgeformt(text, vor);
        let ereignis = leser.read_event().map_err(|_| fehl())?;
        if let Event::Eof = ereignis {
            break;
        }
        bau.nimm(ereignis).map_err(|f| match f {
            Fehlstelle::Form => fehl(),
            Fehlstelle::Befund(b) => b,
        })?;
    }
    bau.fertig().ok_or_else(|| fehlgeformt(text, text.len()))
}

/// Not well-formed, or beyond the bounds, at this byte.
fn fehlgeformt(text: &str, byte: usize) -> Befund {
    let bis = text.as_bytes().get(..byte).unwrap_or_default();
    Befund::neu(&DATEI_FEHLGEFORMT)
        .gemessen("zeile", bis.iter().filter(|b| **b == b'\n').count() + 1, Einheit::Anzahl)
        .erlaubt("tiefe", TIEFE, Einheit::Anzahl)
        .erlaubt("elemente", ELEMENTE, Einheit::Anzahl)
}

enum Fehlstelle {
    /// Not well-formed, or beyond the bounds.
    Form,
    /// A finding of its own.
    Befund(Befund),
}

#[derive(Default)]
struct Bau {
    offen: Vec<Element>,
    wurzel: Option<Element>,
    elemente: usize,
}

impl Bau {
    fn nimm(&mut self, ereignis: Event<'_>) -> Result<(), Fehlstelle> {
        match ereignis {
            Event::Start(s) => self.beginne(&s),
            Event::Empty(s) => self.beginne(&s).map(|()| self.beende()),
            Event::End(_) => {
                self.beende();
                Ok(())
            }
            Event::Text(t) => self.schreibe(&t.into_inner()),
            Event::CData(t) => self.schreibe(&t.into_inner()),
            Event::GeneralRef(r) => self.zeichen(&r),
            Event::DocType(_) => Err(Fehlstelle::Befund(mit_entitaeten("<!DOCTYPE"))),
            Event::Decl(d) => match d.encoding() {
                None => Ok(()),
                Some(Ok(e)) if e.eq_ignore_ascii_case("utf-8") => Ok(()),
                Some(Ok(e)) => Err(Fehlstelle::Befund(zeichensatz(&e))),
                Some(Err(_)) => Err(Fehlstelle::Form),
            },
            Event::Comment(_) | Event::PI(_) | Event::Eof => Ok(()),
        }
    }

    fn beginne(&mut self, s: &BytesStart<'_>) -> Result<(), Fehlstelle> {
        if self.wurzel.is_some() {
            return Err(Fehlstelle::Form);
        }
        self.elemente += 1;
        if self.offen.len() >= TIEFE || self.elemente > ELEMENTE {
            return Err(Fehlstelle::Form);
        }
        let name: Box<str> = s.local_name().as_ref().into();
        let mut attribute = Vec::new();
        if self.offen.is_empty() || name.ends_with("Amt") {
            if s.attributes_raw().len() > ATTRIBUTE {
                return Err(Fehlstelle::Form);
            }
            for a in s.attributes() {
                let a = a.map_err(|_| Fehlstelle::Form)?;
                attribute.push((a.key.as_ref().into(), a.value.as_ref().into()));
            }
        }
        let vorsatz =
            s.name().prefix().filter(|_| self.offen.is_empty()).map_or_else(Box::default, |v| v.as_ref().into());
        self.offen.push(Element { name, vorsatz, attribute, ..Element::default() });
        Ok(())
    }

    fn beende(&mut self) {
        let Some(fertig) = self.offen.pop() else { return };
        match self.offen.last_mut() {
            Some(eltern) => eltern.kinder.push(fertig),
            None => self.wurzel = Some(fertig),
        }
    }

    fn schreibe(&mut self, text: &str) -> Result<(), Fehlstelle> {
        match self.offen.last_mut() {
            // blanks between elements say nothing
            Some(e) if e.text.is_empty() && text.trim().is_empty() => Ok(()),
            Some(e) => {
                e.text.push_str(text);
                Ok(())
            }
            None if text.trim().is_empty() => Ok(()),
            None => Err(Fehlstelle::Form),
        }
    }

    fn zeichen(&mut self, r: &BytesRef<'_>) -> Result<(), Fehlstelle> {
        let c = match r.resolve_char_ref().map_err(|_| Fehlstelle::Form)? {
            Some(c) if !c.is_control() || matches!(c, '\t' | '\r' | '\n') => c,
            Some(_) => return Err(Fehlstelle::Form),
            None => match &*r.xml10_content() {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                fremd => return Err(Fehlstelle::Befund(mit_entitaeten(&format!("&{fremd};")))),
            },
        };
        self.schreibe(c.encode_utf8(&mut [0; 4]))
    }

    fn fertig(self) -> Option<Element> {
        if self.offen.is_empty() { self.wurzel } else { None }
    }
}
