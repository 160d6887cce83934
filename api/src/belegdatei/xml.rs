//! XML of a workbook as a stream of bounded pieces: UTF-8, no document type, no entities of its own.

use super::wache::{Wache, Zaehlwerk};
use super::{Abbruch, STUECK, fehlgeformt};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::beleg::zitat;
use aqb_domain::regel::{IMPORT_ARCHIV_GESPERRT, IMPORT_ENTITAETEN};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Read};

/// Deepest nesting.
const TIEFE: usize = 64;

/// A piece.
pub(super) enum Stueck {
    /// An element begins: local name and attributes by local name.
    Anfang(String, Vec<(String, String)>),
    /// An element ends.
    Ende(String),
    /// Text.
    Text(String),
    /// Nothing more.
    Schluss,
}

/// A document under way.
pub(super) struct Strom<R: Read> {
    leser: Reader<BufReader<Wache<R>>>,
    puffer: Vec<u8>,
    pub(super) werk: Zaehlwerk,
    teil: &'static str,
    tiefe: usize,
    leer: Option<String>,
}

impl<R: Read> Strom<R> {
    pub(super) fn neu(innen: R, teil: &'static str, hoechstens: u64) -> Self {
        let werk = Zaehlwerk::default();
        let wache = Wache { innen, werk: werk.clone(), gesamt: hoechstens };
        let leser = Reader::from_reader(BufReader::with_capacity(16 * 1024, wache));
        Strom { leser, puffer: Vec::new(), werk, teil, tiefe: 0, leer: None }
    }

    fn form(&self, was: &str) -> Abbruch {
        fehlgeformt(&format!("{}, Byte {}", self.teil, self.leser.buffer_position()), was).into()
    }

    fn entitaet(&self, was: &str) -> Abbruch {
        let b = Befund::neu(&IMPORT_ENTITAETEN).gemessen("stelle", self.teil, Einheit::Text);
        b.gemessen("gefunden", zitat(was), Einheit::Text).into()
    }

    /// The next piece.
    pub(super) fn naechstes(&mut self) -> Result<Stueck, Abbruch> {
        if let Some(name) = self.leer.take() {
            self.tiefe = self.tiefe.saturating_sub(1);
            return Ok(Stueck::Ende(name));
        }
        loop {
            self.puffer.clear();
            self.werk.stueck(STUECK);
            let mut puffer = std::mem::take(&mut self.puffer);
            let ereignis = self.leser.read_event_into(&mut puffer);
            let fertig = match ereignis {
                Ok(e) => self.deute(e),
                Err(quick_xml::Error::Io(_)) => {
                    let b = Befund::neu(&IMPORT_ARCHIV_GESPERRT).gemessen("was", self.teil, Einheit::Text);
                    let b = b.gemessen("gefunden", "zu groß oder nicht entpackbar", Einheit::Text);
                    Err(b.erlaubt("erwartet", STUECK, Einheit::Text).into())
                }
                Err(_) => Err(self.form("kein XML")),
            };
            self.puffer = puffer;
            if let Some(s) = fertig? {
                return Ok(s);
            }
        }
    }

    fn deute(&mut self, e: Event<'_>) -> Result<Option<Stueck>, Abbruch> {
        Ok(Some(match e {
            Event::Start(s) => self.beginne(&s)?,
            Event::Empty(s) => {
                let anfang = self.beginne(&s)?;
                self.leer = Some(s.local_name().as_ref().to_owned());
                anfang
            }
            Event::End(s) => {
                self.tiefe = self.tiefe.saturating_sub(1);
                Stueck::Ende(s.local_name().as_ref().to_owned())
            }
            Event::Text(t) => Stueck::Text(t.into_inner().into_owned()),
            Event::CData(t) => Stueck::Text(t.into_inner().into_owned()),
            Event::GeneralRef(r) => {
                let zeichen = r.resolve_char_ref().map_err(|_| self.form("Zeichenverweis"))?;
                let c = match zeichen {
                    Some(c) => c,
                    None => vordefiniert(&r.xml10_content())
                        .ok_or_else(|| self.entitaet(&format!("&{};", r.xml10_content())))?,
                };
                Stueck::Text(c.to_string())
            }
            Event::DocType(_) => return Err(self.entitaet("<!DOCTYPE")),
            Event::Decl(d) => match d.encoding() {
                Some(Ok(e)) if !e.eq_ignore_ascii_case("utf-8") => return Err(self.form(&e)),
                Some(Err(_)) => return Err(self.form("Zeichensatz")),
                _ => return Ok(None),
            },
            Event::Comment(_) | Event::PI(_) => return Ok(None),
            Event::Eof => Stueck::Schluss,
        }))
    }

    fn beginne(&mut self, s: &BytesStart<'_>) -> Result<Stueck, Abbruch> {
        self.tiefe = self.tiefe.saturating_add(1);
        if self.tiefe > TIEFE {
            return Err(self.form("zu tief geschachtelt"));
        }
        let mut attribute = Vec::new();
        for a in s.attributes().with_checks(false) {
            let a = a.map_err(|_| self.form("Attribut"))?;
            let wert = entfaltet(&a.value).ok_or_else(|| self.entitaet(&a.value))?;
            attribute.push((a.key.local_name().as_ref().to_owned(), wert));
            if attribute.len() > 100 {
                return Err(self.form("zu viele Attribute"));
            }
        }
        Ok(Stueck::Anfang(s.local_name().as_ref().to_owned(), attribute))
    }
}

fn vordefiniert(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// An attribute with the five predefined entities and numbers of characters in it; none with any other.
fn entfaltet(roh: &str) -> Option<String> {
    let mut aus = String::with_capacity(roh.len());
    let mut rest = roh;
    while let Some((vor, nach)) = rest.split_once('&') {
        aus.push_str(vor);
        let (name, weiter) = nach.split_once(';')?;
        let zahl = |n: &str| match n.strip_prefix('x') {
            Some(h) => u32::from_str_radix(h, 16).ok(),
            None => n.parse().ok(),
        };
        aus.push(match name.strip_prefix('#') {
            Some(n) => char::from_u32(zahl(n)?)?,
            None => vordefiniert(name)?,
        });
        rest = weiter;
    }
    aus.push_str(rest);
    Some(aus)
}

/// An attribute by its local name.
pub(super) fn attribut<'a>(attribute: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attribute.iter().find(|(n, _)| n == name).map(|(_, w)| w.as_str())
}
