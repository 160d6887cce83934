//! Text files: encoding, separator, lines. Booking batches go on in their own module.

use super::tabelle::{Tabelle, kopfwert};
use super::wache::{Wache, Zaehlwerk};
use super::{Abbruch, Abnehmer, Optionen, STUECK, datev, fehlgeformt, umfang, von_vorn, zeichensatz};
use aqb_domain::befund::{Befund, Einheit};
use aqb_domain::beleg::Rohzelle;
use aqb_domain::belegimport::{Belegdialekt, Zeichensatz};
use aqb_domain::regel::IMPORT_ZITAT_OFFEN;
use csv::{Reader, ReaderBuilder, StringRecord};
use encoding_rs::{CoderResult, Decoder, UTF_8, WINDOWS_1252};
use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, Read};
use std::rc::Rc;

/// Columns a line may have.
const SPALTEN_HOECHSTENS: usize = 500;
/// Lines that are tried to find the separator.
const PROBE: usize = 40;
/// Separators that are tried, the usual one first.
const TRENNER: [u8; 3] = *b";,\t";

/// Follows the quotation marks of a text as its reader does, and knows where the one that is open began.
#[derive(Debug)]
struct Zitatwerk {
    trenner: u8,
    ort: Zitatort,
    zeile: i64,
    beginn: i64,
    ende: bool,
}

/// Where in a cell a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zitatort {
    Zellbeginn,
    Zelle,
    Zitat,
    /// After a mark within a quoted cell: its end, or half of a doubled mark.
    Nachmarke,
}

impl Zitatwerk {
    fn neu(trenner: u8) -> Self {
        Zitatwerk { trenner, ort: Zitatort::Zellbeginn, zeile: 1, beginn: 1, ende: false }
    }

    fn nimm(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.ort = match (self.ort, *b) {
                (Zitatort::Zellbeginn, b'"') => {
                    self.beginn = self.zeile;
                    Zitatort::Zitat
                }
                (Zitatort::Zitat, b'"') => Zitatort::Nachmarke,
                (Zitatort::Zitat, _) | (Zitatort::Nachmarke, b'"') => Zitatort::Zitat,
                (_, b'\n' | b'\r') => Zitatort::Zellbeginn,
                (_, b) if b == self.trenner => Zitatort::Zellbeginn,
                _ => Zitatort::Zelle,
            };
            self.zeile = self.zeile.saturating_add(i64::from(*b == b'\n'));
        }
    }

    /// The line in which the quotation mark stands that is open now.
    fn offen(&self) -> Option<i64> {
        (self.ort == Zitatort::Zitat).then_some(self.beginn)
    }
}

/// Text of bytes in one of two encodings; what UTF-8 cannot be was found before.
pub(super) struct Dekodiert<R> {
    innen: R,
    decoder: Decoder,
    roh: Vec<u8>,
    text: String,
    gegeben: usize,
    ende: bool,
    zitat: Rc<RefCell<Zitatwerk>>,
}

impl<R: Read> Read for Dekodiert<R> {
    fn read(&mut self, puffer: &mut [u8]) -> std::io::Result<usize> {
        while self.gegeben >= self.text.len() && !self.ende {
            self.text.clear();
            self.gegeben = 0;
            let n = self.innen.read(&mut self.roh)?;
            self.ende = n == 0;
            let mut stueck = self.roh.get(..n).unwrap_or_default();
            loop {
                self.text.reserve(3 * 16 * 1024 + 16);
                let (ergebnis, gelesen, _) = self.decoder.decode_to_string(stueck, &mut self.text, self.ende);
                stueck = stueck.get(gelesen..).unwrap_or_default();
                if ergebnis == CoderResult::InputEmpty {
                    break;
                }
            }
        }
        let rest = self.text.as_bytes().get(self.gegeben..).unwrap_or_default();
        let n = rest.len().min(puffer.len());
        if let (Some(ziel), Some(quelle)) = (puffer.get_mut(..n), rest.get(..n)) {
            ziel.copy_from_slice(quelle);
            let mut zitat = self.zitat.borrow_mut();
            zitat.nimm(quelle);
            zitat.ende = zitat.ende || (n == 0 && !puffer.is_empty());
        }
        self.gegeben = self.gegeben.saturating_add(n);
        Ok(n)
    }
}

/// A reader of lines whose longest line is bounded.
pub(super) struct Zeilenstrom<'f> {
    leser: Reader<Wache<Dekodiert<BufReader<&'f mut File>>>>,
    werk: Zaehlwerk,
    zitat: Rc<RefCell<Zitatwerk>>,
    /// Lines end with CR LF.
    crlf: bool,
}

fn strom(datei: &mut File, z: Zeichensatz, trenner: u8, crlf: bool) -> Zeilenstrom<'_> {
    let werk = Zaehlwerk::default();
    let decoder = match z {
        Zeichensatz::Windows1252 => WINDOWS_1252.new_decoder_without_bom_handling(),
        _ => UTF_8.new_decoder_with_bom_removal(),
    };
    let roh = vec![0; 16 * 1024];
    let zitat = Rc::new(RefCell::new(Zitatwerk::neu(trenner)));
    let text = Dekodiert {
        innen: BufReader::new(datei),
        decoder,
        roh,
        text: String::new(),
        gegeben: 0,
        ende: false,
        zitat: zitat.clone(),
    };
    let wache = Wache { innen: text, werk: werk.clone(), gesamt: u64::MAX };
    let mut bau = ReaderBuilder::new();
    bau.delimiter(trenner).has_headers(false).flexible(true).buffer_capacity(16 * 1024);
    Zeilenstrom { leser: bau.from_reader(wache), werk, zitat, crlf }
}

/// Encoding of the whole file: strict UTF-8, otherwise Windows-1252; never UTF-16.
fn erkenne(datei: &mut File, anfang: &[u8]) -> Result<Zeichensatz, Abbruch> {
    if anfang.starts_with(b"\xff\xfe") || anfang.starts_with(b"\xfe\xff") {
        return Err(zeichensatz("Byte 1", "UTF-16").into());
    }
    let nullen = anfang.iter().filter(|b| **b == 0).count();
    if nullen.saturating_mul(5) > anfang.len() {
        let stelle = anfang.iter().position(|b| *b == 0).unwrap_or(0).saturating_add(1);
        return Err(zeichensatz(&format!("Byte {stelle}"), "NUL").into());
    }
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let mut puffer = vec![0u8; 64 * 1024];
    let mut text = String::with_capacity(256 * 1024);
    loop {
        let n = super::fuelle(datei, &mut puffer)?;
        let ende = n == 0;
        let stueck = puffer.get(..n).unwrap_or_default();
        text.clear();
        let (ergebnis, ..) = decoder.decode_to_string_without_replacement(stueck, &mut text, ende);
        match ergebnis {
            encoding_rs::DecoderResult::InputEmpty if ende => break,
            encoding_rs::DecoderResult::InputEmpty => {}
            _ => return Ok(Zeichensatz::Windows1252),
        }
    }
    Ok(if anfang.starts_with(b"\xef\xbb\xbf") { Zeichensatz::Utf8Bom } else { Zeichensatz::Utf8 })
}

/// Reads a text file.
pub(super) fn lies(
    datei: &mut File,
    anfang: &[u8],
    o: &Optionen,
    dialekt: &mut Belegdialekt,
    nimm: &mut Abnehmer<'_>,
) -> Result<(), Abbruch> {
    let z = erkenne(datei, anfang)?;
    dialekt.zeichensatz = Some(z);
    let crlf = anfang.windows(2).any(|w| w == b"\r\n");
    let kopf = anfang.strip_prefix(b"\xef\xbb\xbf").unwrap_or(anfang);
    if kopf.starts_with(b"\"EXTF\"") || kopf.starts_with(b"EXTF;") {
        dialekt.trennzeichen = Some(";".to_owned());
        von_vorn(datei)?;
        return datev::lies(strom(datei, z, b';', crlf), o, dialekt, nimm);
    }
    let trenner = trennzeichen(datei, z)?;
    dialekt.trennzeichen = Some(char::from(trenner).to_string());
    von_vorn(datei)?;
    let mut leser = strom(datei, z, trenner, crlf);
    let mut tabelle = Tabelle::neu(o, dialekt, nimm);
    let mut satz = StringRecord::new();
    while let Some(nr) = leser.naechster(&mut satz)? {
        let zellen: Vec<(u32, Rohzelle)> =
            (0u32..).zip(satz.iter()).map(|(s, t)| (s, Rohzelle::Text(t.to_owned()))).collect();
        tabelle.zeile(nr, &zellen, leser.gelesen())?;
    }
    tabelle.ende()
}

/// The separator by which the lines at the beginning have the most known columns.
fn trennzeichen(datei: &mut File, z: Zeichensatz) -> Result<u8, Abbruch> {
    let mut beste = (0usize, b';');
    for t in TRENNER {
        von_vorn(datei)?;
        let mut leser = strom(datei, z, t, false);
        let mut satz = StringRecord::new();
        for _ in 0..PROBE {
            match leser.naechster(&mut satz) {
                Ok(Some(_)) => {
                    let wert = kopfwert(satz.iter());
                    if wert > beste.0 {
                        beste = (wert, t);
                    }
                }
                // what cannot be read by this separator may be by another
                Ok(None) | Err(_) => break,
            }
        }
    }
    Ok(beste.1)
}

impl Zeilenstrom<'_> {
    /// Bytes of text that are read.
    pub(super) fn gelesen(&self) -> u64 {
        self.werk.gelesen()
    }

    /// The next record, if there is one: the line of the file in which it begins.
    pub(super) fn naechster(&mut self, satz: &mut StringRecord) -> Result<Option<i64>, Abbruch> {
        self.werk.stueck(STUECK);
        let zeile = self.leser.position().line();
        let gelesen = self.leser.read_record(satz);
        // a mark that is open where the text or the piece ends makes all of the rest one cell
        let zu_lang = gelesen.as_ref().is_err_and(csv::Error::is_io_error);
        let offen = Some(self.zitat.borrow()).filter(|z| z.ende || zu_lang).and_then(|z| z.offen());
        if let Some(zeile) = offen {
            return Err(Befund::neu(&IMPORT_ZITAT_OFFEN).gemessen("zeile", zeile, Einheit::Anzahl).into());
        }
        match gelesen {
            Ok(false) => Ok(None),
            Ok(true) if satz.len() <= SPALTEN_HOECHSTENS => Ok(Some(self.zeile(satz))),
            Ok(true) => Err(umfang(&format!("Spalten in Zeile {zeile}"), satz.len(), SPALTEN_HOECHSTENS).into()),
            Err(e) if e.is_io_error() => {
                Err(umfang(&format!("Länge der Zeile {zeile}"), format!("mehr als {STUECK} Bytes"), STUECK).into())
            }
            Err(_) => Err(fehlgeformt(&format!("Zeile {zeile}"), "keine CSV-Zeile").into()),
        }
    }

    /// The reader counts a line when it sees its LF: after a CR that is with the next record only.
    fn zeile(&self, satz: &StringRecord) -> i64 {
        let beginn = satz.position().map_or(0, csv::Position::line);
        let umbrueche = satz.iter().map(|f| f.matches('\n').count()).sum::<usize>();
        let nach = self.leser.position().line().saturating_sub(u64::try_from(umbrueche).unwrap_or(0));
        i64::try_from(if self.crlf { nach.max(beginn) } else { beginn }).unwrap_or(i64::MAX)
    }
}
