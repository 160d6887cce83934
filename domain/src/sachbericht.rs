//! Sachbericht: what was done in a measure and what came of it, structured, in versions (dossier 3.12).

use crate::befund::{Befund, Einheit};
use crate::bescheid::sha256_kanonisch;
use crate::detailplanung::Vzae;
use crate::katalog::Massnahmeart;
use crate::regel::{
    KENNZAHL_TEIL_UEBER_GANZES, PERSONALZEIT_UNGEORDNET, SACHBERICHT_AUSTRITTE, SACHBERICHT_DOPPELT, ZIEL_UNBEKANNT,
};
use crate::teilnahme::Kennzahl;
use crate::zeit::Zeitraum;
use crate::zielvereinbarung::Ziel;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
#[cfg(test)]
mod tests;

/// An indicator with its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Sachberichtkennzahl {
    /// What is counted; each once.
    pub merkmal: Kennzahl,
    /// In all.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000, examples(24)))]
    pub gesamt: i32,
    /// Women.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000, examples(11)))]
    pub weiblich: i32,
    /// Men.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000, examples(12)))]
    pub maennlich: i32,
    /// Others.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000, examples(1)))]
    pub divers: i32,
    /// Younger than 25.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000, examples(20)))]
    pub unter_25: i32,
    /// With a history of migration.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000, examples(9)))]
    pub migrationshintergrund: i32,
}

impl Sachberichtkennzahl {
    /// The groups by name, the whole first.
    fn gruppen(&self) -> [(&'static str, i32); 6] {
        [
            ("gesamt", self.gesamt),
            ("weiblich", self.weiblich),
            ("maennlich", self.maennlich),
            ("divers", self.divers),
            ("unter_25", self.unter_25),
            ("migrationshintergrund", self.migrationshintergrund),
        ]
    }
}

/// What was reached of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Zielangabe {
    /// Place of the target in the Zielvereinbarung, from 1; each once.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 200, examples(1)))]
    pub ziel_nr: i32,
    /// Value that was reached, in the unit of the target.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000_000, examples(41)))]
    pub istwert: i64,
    /// Why it differs.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 4000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Vier Ausbildungsverträge kamen erst im Oktober zustande.")
        )
    )]
    pub bemerkung: Option<String>,
}

/// A post of staff that worked in the measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Personalist {
    /// What the post did.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001F\u007F]*$", examples("Sozialpädagogik"))
    )]
    pub funktion: String,
    /// Part of a full post, in full-time equivalents.
    pub stellenanteil_vzae: Vzae,
    /// When.
    pub zeitraum: Zeitraum,
}

/// What a Sachbericht says about one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({
    "verlauf": "Die Maßnahme begann im Februar mit zwölf Plätzen und war ab April voll belegt.",
    "abweichungen": "Zwei Plätze blieben bis April unbesetzt.",
    "kennzahlen": [
        { "merkmal": "EINTRITTE", "gesamt": 14, "weiblich": 6, "maennlich": 8, "divers": 0, "unter_25": 13, "migrationshintergrund": 5 },
        { "merkmal": "AUSTRITTE_VORZEITIG", "gesamt": 2, "weiblich": 1, "maennlich": 1, "divers": 0, "unter_25": 2, "migrationshintergrund": 1 }
    ],
    "zielerreichung": [], "personal_ist": [{ "funktion": "Sozialpädagogik", "stellenanteil_vzae": "0.50", "zeitraum": { "von": "2026-02-01", "bis": "2026-08-31" } }],
    "ausblick": "Die Maßnahme soll fortgeführt werden."
}))))]
#[serde(deny_unknown_fields)]
pub struct Sachberichtinhalt {
    /// Course: execution, duration, completion, success and effects.
    #[cfg_attr(
        feature = "schema",
        schema(min_length = 1, max_length = 10_000, pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$")
    )]
    pub verlauf: String,
    /// Differences from planning and Finanzierungsplan.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 10_000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$"
        )
    )]
    pub abweichungen: Option<String>,
    /// Indicators.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub kennzahlen: Vec<Sachberichtkennzahl>,
    /// What was reached of the targets.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub zielerreichung: Vec<Zielangabe>,
    /// Staff that worked in the measure.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 200))]
    pub personal_ist: Vec<Personalist>,
    /// Outlook.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 10_000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$"
        )
    )]
    pub ausblick: Option<String>,
}

/// A target beside what was reached of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Sachberichtziel {
    /// Place of the target in the Zielvereinbarung.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 200, examples(1)))]
    pub ziel_nr: i32,
    /// Code of the catalogue `zielgruppen`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z][A-Z0-9_]{1,59}$", examples("NICHT_AUSBILDUNGSREIF")))]
    pub zielgruppe: String,
    /// What is measured.
    #[cfg_attr(feature = "schema", schema(examples("Übergänge in Ausbildung")))]
    pub indikator: String,
    /// Unit.
    #[cfg_attr(feature = "schema", schema(examples("Personen")))]
    pub einheit: String,
    /// Value that was agreed.
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000_000, examples(45)))]
    pub zielwert: i64,
    /// Value that was reached; absent while it is not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false, minimum = 0, maximum = 1_000_000_000, examples(41)))]
    pub istwert: Option<i64>,
    /// Reached beyond the target; negative below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schema(nullable = false, minimum = -1_000_000_000, maximum = 1_000_000_000, examples(-4))
    )]
    pub differenz: Option<i64>,
}

/// What the filed Sachberichte of several measures say together about a target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Zielmeldung {
    /// Sum of what was reached.
    pub istwert: i64,
    /// Sachberichte that speak of it.
    pub sachberichte: i64,
}

impl Zielmeldung {
    /// Adds what one more Sachbericht says.
    pub fn dazu(&mut self, angabe: &Zielangabe) {
        self.istwert = self.istwert.saturating_add(angabe.istwert);
        self.sachberichte = self.sachberichte.saturating_add(1);
    }
}

/// An indicator as the report states it beside what the records of participants say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Kennzahlvergleich {
    /// As the report states it.
    pub angegeben: Sachberichtkennzahl,
    /// As the records of participants say; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub ermittelt: Option<Sachberichtkennzahl>,
    /// Both agree; absent where there is nothing to compare with.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub stimmt_ueberein: Option<bool>,
}

/// Puts the server's own figures beside those of a report: the one place where they meet.
pub fn vergleiche(angegeben: &[Sachberichtkennzahl], ermittelt: &[Sachberichtkennzahl]) -> Vec<Kennzahlvergleich> {
    let neben = |a: &Sachberichtkennzahl| {
        let e = ermittelt.iter().find(|e| e.merkmal == a.merkmal).cloned();
        Kennzahlvergleich { angegeben: a.clone(), stimmt_ueberein: e.as_ref().map(|e| e == a), ermittelt: e }
    };
    angegeben.iter().map(neben).collect()
}

/// The targets of this kind of measure with their place in the Zielvereinbarung.
fn der_art(ziele: &[Ziel], art: Massnahmeart) -> impl Iterator<Item = (i32, &Ziel)> {
    ziele.iter().zip(1..).filter(move |(z, _)| z.massnahmeart == art).map(|(z, nr)| (nr, z))
}

impl Sachberichtinhalt {
    /// SHA-256 of the canonical content.
    ///
    /// # Errors
    /// As [`sha256_kanonisch`].
    pub fn sha256(&self) -> Result<String, Befund> {
        sha256_kanonisch(self)
    }

    /// The targets of the measure's kind, each with what was reached.
    pub fn zielerreichung(&self, ziele: &[Ziel], art: Massnahmeart) -> Vec<Sachberichtziel> {
        let stand = |(ziel_nr, z): (i32, &Ziel)| {
            let istwert = self.zielerreichung.iter().find(|a| a.ziel_nr == ziel_nr).map(|a| a.istwert);
            Sachberichtziel {
                ziel_nr,
                zielgruppe: z.zielgruppe.clone(),
                indikator: z.indikator.clone(),
                einheit: z.einheit.clone(),
                zielwert: z.zielwert,
                istwert,
                differenz: istwert.map(|i| i.saturating_sub(z.zielwert)),
            }
        };
        der_art(ziele, art).map(stand).collect()
    }

    /// Everything that speaks against saving it.
    pub fn pruefe(&self, ziele: &[Ziel], art: Massnahmeart) -> Vec<Befund> {
        let mut befunde = self.pruefe_kennzahlen();
        let mut gesehen = BTreeSet::new();
        for (i, z) in self.zielerreichung.iter().enumerate() {
            let ort = format!("/zielerreichung/{i}/ziel_nr");
            if !gesehen.insert(z.ziel_nr) {
                befunde.push(doppelt(&ort, z.ziel_nr));
            }
            if !der_art(ziele, art).any(|(nr, _)| nr == z.ziel_nr) {
                befunde.push(
                    Befund::neu(&ZIEL_UNBEKANNT).ort(ort).gemessen("ziel_nr", z.ziel_nr, Einheit::Anzahl).gemessen(
                        "massnahmeart",
                        art,
                        Einheit::Code,
                    ),
                );
            }
        }
        for (i, p) in self.personal_ist.iter().enumerate().filter(|(_, p)| !p.zeitraum.ist_geordnet()) {
            befunde.push(
                Befund::neu(&PERSONALZEIT_UNGEORDNET)
                    .ort(format!("/personal_ist/{i}/zeitraum"))
                    .gemessen("funktion", &p.funktion, Einheit::Text)
                    .gemessen("von", p.zeitraum.von, Einheit::Datum)
                    .gemessen("bis", p.zeitraum.bis, Einheit::Datum),
            );
        }
        befunde
    }

    fn pruefe_kennzahlen(&self) -> Vec<Befund> {
        let mut befunde = Vec::new();
        let mut gesehen = BTreeSet::new();
        for (i, k) in self.kennzahlen.iter().enumerate() {
            let ort = format!("/kennzahlen/{i}");
            if !gesehen.insert(k.merkmal) {
                befunde.push(doppelt(&ort, k.merkmal));
            }
            let geschlecht = k.weiblich.saturating_add(k.maennlich).saturating_add(k.divers);
            let teile = [
                ("weiblich + maennlich + divers", geschlecht),
                ("unter_25", k.unter_25),
                ("migrationshintergrund", k.migrationshintergrund),
            ];
            for (gruppe, teil) in teile.into_iter().filter(|(_, teil)| *teil > k.gesamt) {
                befunde.push(
                    Befund::neu(&KENNZAHL_TEIL_UEBER_GANZES)
                        .ort(&ort)
                        .gemessen("merkmal", k.merkmal, Einheit::Code)
                        .gemessen("gruppe", gruppe, Einheit::Text)
                        .gemessen("teil", teil, Einheit::Anzahl)
                        .erlaubt("gesamt", k.gesamt, Einheit::Anzahl),
                );
            }
        }
        befunde.extend(self.pruefe_austritte());
        befunde
    }

    /// In no group did more people leave than come; a report without exits says nothing about it.
    fn pruefe_austritte(&self) -> Vec<Befund> {
        use Kennzahl as M;
        let leer = |merkmal| Sachberichtkennzahl {
            merkmal,
            gesamt: 0,
            weiblich: 0,
            maennlich: 0,
            divers: 0,
            unter_25: 0,
            migrationshintergrund: 0,
        };
        let von = |m| self.kennzahlen.iter().find(|k| k.merkmal == m).cloned().unwrap_or_else(|| leer(m));
        let (ein, frueh, regulaer) = (von(M::Eintritte), von(M::AustritteVorzeitig), von(M::AustritteRegulaer));
        let je_gruppe = ein.gruppen().into_iter().zip(frueh.gruppen()).zip(regulaer.gruppen());
        je_gruppe
            .map(|((e, f), r)| (e.0, e.1, f.1.saturating_add(r.1)))
            .filter(|(_, ein, aus)| aus > ein)
            .map(|(gruppe, ein, aus)| {
                Befund::neu(&SACHBERICHT_AUSTRITTE)
                    .ort("/kennzahlen")
                    .gemessen("gruppe", gruppe, Einheit::Text)
                    .gemessen("austritte", aus, Einheit::Anzahl)
                    .erlaubt("eintritte", ein, Einheit::Anzahl)
            })
            .collect()
    }
}

fn doppelt(ort: &str, posten: impl ToString) -> Befund {
    Befund::neu(&SACHBERICHT_DOPPELT).ort(ort).gemessen("posten", posten, Einheit::Text)
}
