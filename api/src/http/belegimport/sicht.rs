//! What callers read of imports.

use crate::fehler::Ergebnis;
use crate::http::ablauf::Antwort;
use crate::http::problem::BefundView;
use crate::http::sicht::Moment;
use crate::seite;
use aqb_domain::befund::{Befund, Schwere};
use aqb_domain::beleg::{Beleginhalt, Zellbefund};
use aqb_domain::belegimport::{
    Belegdialekt, Belegformat, Belegimport, BelegimportStatus, Belegimportzahlen, Belegimportzeile, Belegzeilenurteil,
    Zeichensatz,
};
use aqb_domain::regel::Sprache;
use aqb_persistence::vollzug::Versioniert;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A column that was recognised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegimportspalte {
    /// Its letters in the file.
    #[schema(examples("C"))]
    pub spalte: String,
    /// Its header in the file.
    #[schema(examples("Rechnungsbetrag (inkl. MwSt.)"))]
    pub kopf: String,
    /// Field it became; absent where nobody knows the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("rechnungsbetrag_brutto"))]
    pub feld: Option<String>,
}

/// Forms that were met in the file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegimportformen {
    /// Amounts such as `1.234,56`.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub betrag_gegliedert: i64,
    /// Amounts such as `1234,56`.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub betrag_ungegliedert: i64,
    /// Days such as `31.03.2026`.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub datum_deutsch: i64,
    /// Days such as `2026-03-31`.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub datum_iso: i64,
    /// Days that a workbook keeps as numbers.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub datum_zahl: i64,
    /// Cells with formulas.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub formeln: i64,
}

/// How the file was read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegimportdialekt {
    /// Format.
    pub format: Belegformat,
    /// Separator of a text file: `;`, `,` or a tab.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples(";"))]
    pub trennzeichen: Option<String>,
    /// Encoding of a text file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub zeichensatz: Option<Zeichensatz>,
    /// Sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("Belegliste"))]
    pub blatt: Option<String>,
    /// Days of the workbook count from 1904.
    pub epoche_1904: bool,
    /// Line of the header; 0 where none was found.
    #[schema(minimum = 0, maximum = 2_000_000)]
    pub kopfzeile: i64,
    /// Columns that were recognised.
    pub erkannt: Vec<Belegimportspalte>,
    /// Columns nobody knows.
    pub unbekannt: Vec<Belegimportspalte>,
    /// Columns of the template that are not there.
    pub fehlend: Vec<String>,
    /// Forms that were met.
    pub formen: Belegimportformen,
}

impl From<&Belegdialekt> for Belegimportdialekt {
    fn from(d: &Belegdialekt) -> Self {
        let spalte = |spalte: &String, kopf: &String, feld: Option<&String>| Belegimportspalte {
            spalte: spalte.clone(),
            kopf: kopf.clone(),
            feld: feld.cloned(),
        };
        Belegimportdialekt {
            format: d.format,
            trennzeichen: d.trennzeichen.clone(),
            zeichensatz: d.zeichensatz,
            blatt: d.blatt.clone(),
            epoche_1904: d.epoche_1904,
            kopfzeile: d.kopfzeile,
            erkannt: d.erkannt.iter().map(|(s, k, f)| spalte(s, k, Some(f))).collect(),
            unbekannt: d.unbekannt.iter().map(|(s, k)| spalte(s, k, None)).collect(),
            fehlend: d.fehlend.clone(),
            formen: Belegimportformen {
                betrag_gegliedert: d.formen.gegliedert,
                betrag_ungegliedert: d.formen.ungegliedert,
                datum_deutsch: d.formen.tag_deutsch,
                datum_iso: d.formen.tag_iso,
                datum_zahl: d.formen.tag_zahl,
                formeln: d.formen.formeln,
            },
        }
    }
}

/// How far an import is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegimportfortschritt {
    /// Lines that are judged.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub zeilen: i64,
    /// Bytes of the file, or of its unpacked sheet, that are read.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub gelesen: i64,
    /// Bytes of the file.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub groesse: i64,
    /// Lines that were taken over.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub uebernommen: i64,
    /// It is being taken over: lines follow behind the answer of the act.
    pub uebernahme_laeuft: bool,
    /// Line of the file up to which it is taken over, while others follow. Where `geaendert_am` stands still for a minute,
    /// the work ended early; sending the act again goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub uebernommen_bis_zeile: Option<i64>,
}

/// What a dry run shows of many lines.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegimportauszug {
    /// Faulty lines of the file.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub fehlerzeilen_gesamt: i64,
    /// `fehlerzeilen` holds the first of them only.
    pub fehlerzeilen_gekuerzt: bool,
    /// Good lines with warnings or hints.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub hinweiszeilen_gesamt: i64,
    /// `hinweiszeilen` holds the first of them only.
    pub hinweiszeilen_gekuerzt: bool,
}

impl Belegimportauszug {
    /// How much is shown of how much.
    pub fn neu(zahlen: &Belegimportzahlen, fehlerzeilen: usize, hinweiszeilen: usize) -> Self {
        let mehr = |gesamt: i64, gezeigt: usize| i64::try_from(gezeigt).is_ok_and(|g| g < gesamt);
        Belegimportauszug {
            fehlerzeilen_gesamt: zahlen.fehlerhaft,
            fehlerzeilen_gekuerzt: mehr(zahlen.fehlerhaft, fehlerzeilen),
            hinweiszeilen_gesamt: zahlen.mit_hinweisen,
            hinweiszeilen_gekuerzt: mehr(zahlen.mit_hinweisen, hinweiszeilen),
        }
    }
}

/// A Belegliste out of a file, staged apart from the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Belegimport)]
pub struct BelegimportView {
    /// Id.
    pub id: Uuid,
    /// Correction chain of the proof.
    pub kette_id: Uuid,
    /// Proof through which it was uploaded.
    pub verwendungsnachweis_id: Uuid,
    /// State.
    pub status: BelegimportStatus,
    /// SHA-256 of the file.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// Name of the file, where the upload gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("belegliste.csv"))]
    pub dateiname: Option<String>,
    /// How the file was read; absent before its first lines are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub dialekt: Option<Belegimportdialekt>,
    /// Lines by verdict.
    pub zahlen: Belegimportzahlen,
    /// How far it is.
    pub fortschritt: Belegimportfortschritt,
    /// Why the file as a whole was refused, or what is to be said about it as a whole.
    pub befunde: Vec<BefundView>,
    /// The first faulty lines; only in the answer of a dry run, otherwise they are a list of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub fehlerzeilen: Option<Vec<Belegimportzeilensicht>>,
    /// The first good lines with warnings or hints; only in the answer of a dry run.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub hinweiszeilen: Option<Vec<Belegimportzeilensicht>>,
    /// How many such lines there are, and whether some are not shown; only in the answer of a dry run. After a real upload
    /// the list of lines pages all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub auszug: Option<Belegimportauszug>,
    /// Version of the record.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Created.
    pub erstellt_am: Moment,
    /// Last changed.
    pub geaendert_am: Moment,
}

impl BelegimportView {
    /// Renders an import.
    pub fn aus(v: &Versioniert<Belegimport>, s: Sprache) -> Self {
        let i = &v.wert;
        BelegimportView {
            id: i.id,
            kette_id: i.kette_id,
            verwendungsnachweis_id: i.nachweis_id,
            status: i.status,
            sha256: i.sha256.clone(),
            dateiname: i.dateiname.clone(),
            dialekt: i.dialekt.as_ref().map(Belegimportdialekt::from),
            zahlen: i.zahlen,
            fortschritt: Belegimportfortschritt {
                zeilen: i.zahlen.zeilen,
                gelesen: i.gelesen,
                groesse: i.groesse,
                uebernommen: i.uebernommen,
                uebernahme_laeuft: i.uebernahme_bis.is_some(),
                uebernommen_bis_zeile: i.uebernahme_bis,
            },
            befunde: i.befunde.iter().filter_map(|b| b.befund()).map(|b| BefundView::aus(&b, s)).collect(),
            fehlerzeilen: None,
            hinweiszeilen: None,
            auszug: None,
            version: v.version,
            erstellt_am: v.erstellt_am.into(),
            geaendert_am: v.geaendert_am.into(),
        }
    }

    /// As an answer with its version.
    ///
    /// # Errors
    /// A value that cannot be represented in JSON.
    pub fn antwort(v: &Versioniert<Belegimport>, s: Sprache) -> Ergebnis<Antwort> {
        Ok(Antwort::gut(&BelegimportView::aus(v, s))?.version(v.version))
    }
}

seite!(
    /// A page of imports.
    BelegimportSeite, BelegimportView
);

/// A finding about a cell.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegzellbefund {
    /// Address of the cell, or the line where no single cell is meant.
    #[schema(examples("C17"))]
    pub adresse: String,
    /// Field of the Beleg.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("rechnungsbetrag_brutto"))]
    pub feld: Option<String>,
    /// Code of the rule.
    #[schema(examples("AQB-IM-006"))]
    pub code: String,
    /// Short name of the rule.
    #[schema(examples("IMPORT_BETRAG_MEHRDEUTIG"))]
    pub kurzname: String,
    /// Weight.
    pub schwere: Schwere,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("1,234.56"))]
    pub gefunden: Option<String>,
    /// What would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("Betrag wie 1.234,56"))]
    pub erwartet: Option<String>,
    /// Explanation.
    pub text: String,
    /// Remedy.
    pub abhilfe: String,
}

impl Belegzellbefund {
    /// Renders a finding; none where the catalogue does not know its rule.
    pub fn aus(z: &Zellbefund, s: Sprache) -> Option<Self> {
        let b: Befund = z.befund.befund()?;
        let wert = |w: &[aqb_domain::befund::Messwert], name: &str| {
            // where no value is called so, the first that is none of the places
            let wert = |m: &&aqb_domain::befund::Messwert| !matches!(m.name.as_str(), "stelle" | "feld" | "zeile");
            w.iter().find(|m| m.name == name).or_else(|| w.iter().find(wert)).map(|m| m.anzeige(s))
        };
        Some(Belegzellbefund {
            adresse: z.adresse.clone(),
            feld: z.feld.clone(),
            code: b.regel.code.to_owned(),
            kurzname: b.regel.kurzname.to_owned(),
            schwere: b.schwere,
            gefunden: wert(&b.gemessen, "gefunden"),
            erwartet: wert(&b.erlaubt, "erwartet"),
            text: b.text(s),
            abhilfe: b.abhilfe(s),
        })
    }
}

/// What a cell of a line holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Belegimportzelle {
    /// Field of the Beleg.
    #[schema(examples("belegnummer"))]
    pub feld: String,
    /// What stands in it.
    #[schema(examples("2026-0417"))]
    pub wert: String,
}

/// A staged line.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Belegimportzeile)]
pub struct Belegimportzeilensicht {
    /// Line in the file.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub nr: i64,
    /// Verdict.
    pub urteil: Belegzeilenurteil,
    /// What its cells hold.
    pub zellen: Vec<Belegimportzelle>,
    /// The Beleg it says, where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub inhalt: Option<Beleginhalt>,
    /// Findings by cell.
    pub befunde: Vec<Belegzellbefund>,
}

impl Belegimportzeilensicht {
    /// Renders a line.
    pub fn aus(z: &Belegimportzeile, s: Sprache) -> Self {
        let zelle = |(feld, wert): &(String, String)| Belegimportzelle { feld: feld.clone(), wert: wert.clone() };
        Belegimportzeilensicht {
            nr: z.nr,
            urteil: z.urteil,
            zellen: z.zellen.iter().map(zelle).collect(),
            inhalt: z.inhalt.clone(),
            befunde: z.befunde.iter().filter_map(|b| Belegzellbefund::aus(b, s)).collect(),
        }
    }
}

seite!(
    /// A page of staged lines.
    BelegimportzeileSeite, Belegimportzeilensicht
);
