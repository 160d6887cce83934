//! Reading a Belegliste from a file: staged apart from the register, judged line by line, taken over by an act.

use crate::akt::{Aktion, Entscheidung, Urteil};
use crate::befund::{Befund, Befundablage, Einheit};
use crate::beleg::{Belegkette, Formen, Zellbefund, beschreibbar};
use crate::berechtigung::Akteur;
use crate::regel::{IMPORT_NICHT_ALLE_GUT, IMPORT_NICHT_UEBERNEHMBAR};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// Act: take the good lines over into the list.
pub const UEBERNAHME: &str = "uebernahme";

crate::status! {
    /// State of an import.
    BelegimportStatus {
        /// Lines are being read and judged.
        Laeuft = "LAEUFT",
        /// All lines are judged.
        Geprueft = "GEPRUEFT",
        /// The file as a whole was refused.
        Abgewiesen = "ABGEWIESEN",
        /// The good lines stand in the list.
        Uebernommen = "UEBERNOMMEN",
    }
}

crate::status! {
    /// Format of a Belegliste.
    Belegformat {
        /// Table of separated values.
        Csv = "CSV",
        /// Workbook.
        Xlsx = "XLSX",
        /// DATEV booking batch (EXTF, category 21).
        Datev = "DATEV",
    }
}

crate::status! {
    /// Encoding of a text file.
    Zeichensatz {
        /// UTF-8 with its mark.
        Utf8Bom = "UTF_8_BOM",
        /// UTF-8.
        Utf8 = "UTF_8",
        /// Windows-1252.
        Windows1252 = "WINDOWS_1252",
    }
}

crate::status! {
    /// Verdict about a line.
    Belegzeilenurteil {
        /// A Beleg that is not in the list.
        Neu = "NEU",
        /// A Beleg of the list with other values.
        Geaendert = "GEAENDERT",
        /// A Beleg of the list as it is.
        Unveraendert = "UNVERAENDERT",
        /// Cannot be taken over.
        Fehlerhaft = "FEHLERHAFT",
        /// Nothing stands in it.
        Leer = "LEER",
    }
}

/// How a file was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Belegdialekt {
    /// Format.
    pub format: Belegformat,
    /// Separator of a text file: `;`, `,` or a tab.
    pub trennzeichen: Option<String>,
    /// Encoding of a text file.
    pub zeichensatz: Option<Zeichensatz>,
    /// Sheet of a workbook.
    pub blatt: Option<String>,
    /// Days of the workbook count from 1904.
    pub epoche_1904: bool,
    /// Line of the header.
    pub kopfzeile: i64,
    /// Recognised columns: address, header in the file, field.
    pub erkannt: Vec<(String, String, String)>,
    /// Headers nobody knows: address and header.
    pub unbekannt: Vec<(String, String)>,
    /// Columns of the template that are not there.
    pub fehlend: Vec<String>,
    /// Forms of amounts and days that were met.
    pub formen: Formen,
}

impl Default for Belegdialekt {
    fn default() -> Self {
        Belegdialekt {
            format: Belegformat::Csv,
            trennzeichen: None,
            zeichensatz: None,
            blatt: None,
            epoche_1904: false,
            kopfzeile: 0,
            erkannt: Vec::new(),
            unbekannt: Vec::new(),
            fehlend: Vec::new(),
            formen: Formen::default(),
        }
    }
}

/// Counts of lines by verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Belegimportzahlen {
    /// Lines below the header.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub zeilen: i64,
    /// New.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub neu: i64,
    /// With other values.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub geaendert: i64,
    /// As they are.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub unveraendert: i64,
    /// With errors.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub fehlerhaft: i64,
    /// Empty.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub leer: i64,
    /// With warnings or hints; good all the same.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 9_007_199_254_740_991_i64))]
    pub mit_hinweisen: i64,
}

impl Belegimportzahlen {
    /// A line that was good does not fit any more.
    pub fn verwirf(&mut self, bisher: Belegzeilenurteil) {
        let feld = match bisher {
            Belegzeilenurteil::Neu => &mut self.neu,
            Belegzeilenurteil::Geaendert => &mut self.geaendert,
            Belegzeilenurteil::Unveraendert => &mut self.unveraendert,
            Belegzeilenurteil::Fehlerhaft | Belegzeilenurteil::Leer => return,
        };
        *feld = feld.saturating_sub(1);
        self.fehlerhaft = self.fehlerhaft.saturating_add(1);
    }

    /// Counts a line.
    pub fn zaehle(&mut self, urteil: Belegzeilenurteil, mit_hinweis: bool) {
        let feld = match urteil {
            Belegzeilenurteil::Neu => &mut self.neu,
            Belegzeilenurteil::Geaendert => &mut self.geaendert,
            Belegzeilenurteil::Unveraendert => &mut self.unveraendert,
            Belegzeilenurteil::Fehlerhaft => &mut self.fehlerhaft,
            Belegzeilenurteil::Leer => &mut self.leer,
        };
        *feld = feld.saturating_add(1);
        self.zeilen = self.zeilen.saturating_add(1);
        if mit_hinweis && urteil != Belegzeilenurteil::Fehlerhaft {
            self.mit_hinweisen = self.mit_hinweisen.saturating_add(1);
        }
    }
}

/// A line as it is staged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belegimportzeile {
    /// Line in the file.
    pub nr: i64,
    /// Verdict.
    pub urteil: Belegzeilenurteil,
    /// What its cells hold: field and text.
    pub zellen: Vec<(String, String)>,
    /// What it says, where it can be read.
    pub inhalt: Option<crate::beleg::Beleginhalt>,
    /// Findings by cell.
    pub befunde: Vec<Zellbefund>,
}

/// An import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belegimport {
    /// Id.
    pub id: Uuid,
    /// Correction chain of the proof.
    pub kette_id: Uuid,
    /// Version of the proof through which it was uploaded.
    pub nachweis_id: Uuid,
    /// Gebietskoerperschaft.
    pub kreisschluessel: String,
    /// Traeger that uploaded it; none where the Gebietskoerperschaft did.
    pub traeger_id: Option<Uuid>,
    /// State.
    pub status: BelegimportStatus,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// The same upload has the same key: chain, uploader, bytes, and options that change what they mean.
    pub schluessel: String,
    /// Name of the file, where the upload gives one.
    pub dateiname: Option<String>,
    /// Size in bytes.
    pub groesse: i64,
    /// How it was read.
    pub dialekt: Option<Belegdialekt>,
    /// Counts so far.
    pub zahlen: Belegimportzahlen,
    /// Bytes of the file that are read.
    pub gelesen: i64,
    /// Findings about the file as a whole: why it was refused, or what is to be said about a file that was judged.
    pub befunde: Vec<Befundablage>,
    /// Lines that stand in the list.
    pub uebernommen: i64,
    /// Line up to which they are taken over, while others follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uebernahme_bis: Option<i64>,
    /// Who uploaded it.
    pub hochgeladen_von: String,
}

impl Belegimport {
    /// What events say about it.
    fn daten(&self) -> serde_json::Value {
        json!({ "belegimport_id": self.id, "kette_id": self.kette_id, "zeilen": self.zahlen.zeilen,
            "fehlerhaft": self.zahlen.fehlerhaft, "uebernommen": self.uebernommen })
    }

    /// Begins.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, `BELEG_NICHT_BEARBEITBAR`.
    pub fn beginnen(self, kette: &Belegkette, akteur: &Akteur) -> Urteil<Belegimport> {
        beschreibbar(kette, akteur)?;
        let daten = self.daten();
        Ok(Entscheidung::neu(self).ereignis("belegimport.begonnen", daten))
    }

    /// So many lines are judged; with the last one what is to be said about the file as a whole.
    pub fn fortschreiten(
        &self,
        dialekt: &Belegdialekt,
        zahlen: Belegimportzahlen,
        gelesen: i64,
        fertig: Option<&[Befund]>,
    ) -> Entscheidung<Belegimport> {
        let status = if fertig.is_some() { BelegimportStatus::Geprueft } else { BelegimportStatus::Laeuft };
        let befunde = fertig.unwrap_or_default().iter().map(Befundablage::from).collect();
        let neu = Belegimport { dialekt: Some(dialekt.clone()), zahlen, gelesen, status, befunde, ..self.clone() };
        let daten = neu.daten();
        let typ = if fertig.is_some() { "belegimport.geprueft" } else { "belegimport.fortschritt" };
        Entscheidung::neu(neu).ereignis(typ, daten)
    }

    /// The file as a whole is refused.
    pub fn abweisen(&self, befunde: &[Befund], dialekt: Option<Belegdialekt>) -> Entscheidung<Belegimport> {
        let neu = Belegimport {
            status: BelegimportStatus::Abgewiesen,
            befunde: befunde.iter().map(Befundablage::from).collect(),
            dialekt,
            ..self.clone()
        };
        let daten = neu.daten();
        Entscheidung::neu(neu).ereignis("belegimport.abgewiesen", daten)
    }

    /// What forbids taking it over now.
    pub fn vor_uebernahme(&self, kette: &Belegkette, akteur: &Akteur) -> Vec<Befund> {
        if let Err(b) = beschreibbar(kette, akteur) {
            return b;
        }
        let bereit = matches!(self.status, BelegimportStatus::Geprueft | BelegimportStatus::Uebernommen);
        let befund = || Befund::neu(&IMPORT_NICHT_UEBERNEHMBAR).gemessen("status", self.status, Einheit::Code);
        (!bereit).then(befund).into_iter().collect()
    }

    /// As [`Belegimport::vor_uebernahme`], and with all or nothing asked for, that all lines are good.
    ///
    /// # Errors
    /// The findings.
    pub fn pruefe_uebernahme(
        &self,
        kette: &Belegkette,
        nur_vollstaendig: bool,
        akteur: &Akteur,
    ) -> Result<(), Vec<Befund>> {
        let mut befunde = self.vor_uebernahme(kette, akteur);
        if befunde.is_empty() && nur_vollstaendig && self.zahlen.fehlerhaft > 0 {
            let b = Befund::neu(&IMPORT_NICHT_ALLE_GUT);
            befunde.push(b.gemessen("fehlerhaft", self.zahlen.fehlerhaft, Einheit::Anzahl));
        }
        if befunde.is_empty() { Ok(()) } else { Err(befunde) }
    }

    /// So many more lines stand in the list; all good ones, or those up to the line `bis`. Some may not fit any more.
    pub fn uebernehmen(&self, mehr: i64, zahlen: Belegimportzahlen, bis: Option<i64>) -> Entscheidung<Belegimport> {
        let status = if bis.is_none() { BelegimportStatus::Uebernommen } else { self.status };
        let uebernommen = self.uebernommen.saturating_add(mehr);
        let neu = Belegimport { uebernommen, status, zahlen, uebernahme_bis: bis, ..self.clone() };
        let daten = neu.daten();
        let typ = if bis.is_none() { "belegimport.uebernommen" } else { "belegimport.fortschritt" };
        Entscheidung::neu(neu).ereignis(typ, daten)
    }

    /// Its acts.
    pub fn aktionen(&self, kette: &Belegkette, akteur: &Akteur) -> Vec<Aktion> {
        vec![Aktion { akt: UEBERNAHME, befunde: self.vor_uebernahme(kette, akteur) }]
    }
}
