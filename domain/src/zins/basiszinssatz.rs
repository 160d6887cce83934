//! A base rate as the ministry keeps it: entered by one person, released by another, corrected by a further entry.

use super::Basiszinsreihe;
use super::basiszins::{halbjahr, naechstes_halbjahr};
use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::budget::pruefe_recht;
use crate::geld::Prozent;
use crate::regel::{BASISZINS_NICHT_BEKANNT_GEGEBEN, RECHENEINGABE, SCHON_VORHANDEN};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Days before its first day from which a base rate can be known. The Bundesbank announces it around the turn of the
/// half-year, when the reference rate of § 247 Abs. 1 BGB is fixed; nobody knows it earlier. It is no funding rule, so
/// no parameter of a Regelwerk.
pub const BEKANNTGABE_TAGE: u64 = 30;

crate::status! {
    /// State of a base rate.
    BasiszinssatzStatus {
        /// Entered by one person, waits for another; no calculation uses it.
        Entwurf = "ENTWURF",
        /// Released; the rate of its half-year.
        Freigegeben = "FREIGEGEBEN",
        /// Discarded draft.
        Verworfen = "VERWORFEN",
        /// Was released and is superseded by a correction.
        Ersetzt = "ERSETZT",
    }
}

/// What is entered about a base rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "gueltig_ab": "2026-01-01", "prozent": "1.27", "fundstelle": "Bekanntmachung der Deutschen Bundesbank, Bundesanzeiger", "grund": "Amtliche Fundstelle ergänzt" }))))]
#[serde(deny_unknown_fields)]
pub struct Basiszinsangaben {
    /// First day: 1 January or 1 July.
    pub gueltig_ab: NaiveDate,
    /// Rate in percent per year; it was negative for years.
    pub prozent: Prozent,
    /// Where it was read.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 3,
            max_length = 400,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Bekanntmachung der Deutschen Bundesbank, Bundesanzeiger")
        )
    )]
    pub fundstelle: String,
    /// Why the rate in force is corrected; mandatory where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 3,
            max_length = 1000,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Amtliche Fundstelle ergänzt")
        )
    )]
    pub grund: Option<String>,
}

/// A base rate of § 247 BGB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basiszinssatz {
    /// Id.
    pub id: Uuid,
    /// What was entered.
    pub angaben: Basiszinsangaben,
    /// State.
    pub status: BasiszinssatzStatus,
    /// Who entered it; none for the rates the program was delivered with.
    pub erstellt_von: Option<String>,
    /// Who released it; a different person.
    pub freigegeben_von: Option<String>,
    /// Who discarded it.
    pub verworfen_von: Option<String>,
    /// Why it was discarded.
    pub verwerfungsgrund: Option<String>,
    /// The correction that superseded it.
    pub ersetzt_durch: Option<Uuid>,
}

/// What the acts of a base rate need to know beside it.
#[derive(Debug, Clone, Copy)]
pub struct Basiszinsfakten<'a> {
    /// All base rates, whatever their state.
    pub alle: &'a [Basiszinssatz],
    /// Legal day.
    pub heute: NaiveDate,
}

/// What a release changes: the released rate and, for a correction, the one it supersedes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basiszinsfreigabe {
    /// The released rate.
    pub satz: Basiszinssatz,
    /// The superseded rate in its new state.
    pub ersetzt: Option<Basiszinssatz>,
}

/// Act: release.
pub const FREIGABE: &str = "freigabe";
/// Act: discard the draft.
pub const VERWERFUNG: &str = "verwerfung";

/// State table.
pub const UEBERGAENGE: &[Uebergang<BasiszinssatzStatus>] = &[
    Uebergang {
        akt: FREIGABE,
        recht: Recht::BasiszinsFreigeben,
        von: &[BasiszinssatzStatus::Entwurf],
        nach: Some(BasiszinssatzStatus::Freigegeben),
    },
    Uebergang {
        akt: VERWERFUNG,
        recht: Recht::BasiszinsPflegen,
        von: &[BasiszinssatzStatus::Entwurf],
        nach: Some(BasiszinssatzStatus::Verworfen),
    },
];

/// What becomes of a released rate when its correction is released.
pub const FOLGEN_DER_KORREKTUR: &[Uebergang<BasiszinssatzStatus>] = &[Uebergang {
    akt: "ersetzung",
    recht: Recht::BasiszinsFreigeben,
    von: &[BasiszinssatzStatus::Freigegeben],
    nach: Some(BasiszinssatzStatus::Ersetzt),
}];

impl Basiszinsfakten<'_> {
    /// The rate in force that begins on a day.
    fn geltend(&self, ab: NaiveDate) -> Option<&Basiszinssatz> {
        self.alle.iter().find(|z| z.gilt() && z.angaben.gueltig_ab == ab)
    }

    /// What speaks against a rate, entered or released today.
    fn pruefe(&self, neu: &Basiszinsangaben) -> Vec<Befund> {
        let ab = neu.gueltig_ab;
        let eingabe = |verlangt: String| {
            Befund::neu(&RECHENEINGABE)
                .ort("/gueltig_ab")
                .gemessen("feld", "/gueltig_ab", Einheit::Text)
                .gemessen("gefunden", ab, Einheit::Datum)
                .erlaubt("verlangt", verlangt, Einheit::Text)
        };
        if halbjahr(ab) != ab {
            return vec![eingabe("JJJJ-01-01 | JJJJ-07-01".to_owned())];
        }
        let mut befunde = Vec::new();
        let fruehestens = ab.checked_sub_days(Days::new(BEKANNTGABE_TAGE)).unwrap_or(ab);
        if self.heute < fruehestens {
            befunde.push(
                Befund::neu(&BASISZINS_NICHT_BEKANNT_GEGEBEN)
                    .ort("/gueltig_ab")
                    .gemessen("gueltig_ab", ab, Einheit::Datum)
                    .gemessen("heute", self.heute, Einheit::Datum)
                    .erlaubt("fruehestens", fruehestens, Einheit::Datum),
            );
        }
        match self.geltend(ab) {
            Some(_) if neu.grund.is_some() => {}
            Some(_) => befunde.push(schon_vorhanden("Basiszinssatz", ab)),
            None => {
                // the series has no gaps: only the half-year after the last one in force can be added
                let letzter = self.alle.iter().filter(|z| z.gilt()).map(|z| z.angaben.gueltig_ab).max();
                let naechster = letzter.map(naechstes_halbjahr).filter(|n| *n != ab);
                befunde.extend(naechster.map(|n| eingabe(n.to_string())));
            }
        }
        befunde
    }
}

fn schon_vorhanden(was: &str, ab: NaiveDate) -> Befund {
    Befund::neu(&SCHON_VORHANDEN).ort("/gueltig_ab").gemessen("was", was, Einheit::Text).gemessen(
        "schluessel",
        ab,
        Einheit::Code,
    )
}

impl Basiszinssatz {
    /// A rate the program was delivered with.
    pub fn ausgeliefert(id: Uuid, gueltig_ab: NaiveDate, prozent: Prozent, fundstelle: &str) -> Basiszinssatz {
        Basiszinssatz {
            id,
            angaben: Basiszinsangaben { gueltig_ab, prozent, fundstelle: fundstelle.to_owned(), grund: None },
            status: BasiszinssatzStatus::Freigegeben,
            erstellt_von: None,
            freigegeben_von: None,
            verworfen_von: None,
            verwerfungsgrund: None,
            ersetzt_durch: None,
        }
    }

    /// Enters a rate: that of the half-year after the last known one, or with `grund` the correction of one in force.
    /// It counts once a second person has released it.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `RECHENEINGABE`, `BASISZINS_NICHT_BEKANNT_GEGEBEN`, `SCHON_VORHANDEN`.
    pub fn erfassen(
        id: Uuid,
        angaben: Basiszinsangaben,
        fakten: &Basiszinsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Basiszinssatz> {
        if let Some(b) = pruefe_recht(akteur, Recht::BasiszinsPflegen) {
            return Err(vec![b]);
        }
        let mut befunde = fakten.pruefe(&angaben);
        let ab = angaben.gueltig_ab;
        if fakten.alle.iter().any(|z| z.status == BasiszinssatzStatus::Entwurf && z.angaben.gueltig_ab == ab) {
            befunde.push(schon_vorhanden("Entwurf des Basiszinssatzes", ab));
        }
        if !befunde.is_empty() {
            return Err(befunde);
        }
        let neu = Basiszinssatz {
            status: BasiszinssatzStatus::Entwurf,
            erstellt_von: Some(akteur.person.clone()),
            ..Basiszinssatz::ausgeliefert(id, ab, angaben.prozent, &angaben.fundstelle)
        };
        let neu = Basiszinssatz { angaben, ..neu };
        let daten = neu.ereignisdaten();
        Ok(Entscheidung::neu(neu).ereignis("basiszinssatz.erfasst", daten))
    }

    /// Calculations use it.
    pub fn gilt(&self) -> bool {
        self.status == BasiszinssatzStatus::Freigegeben
    }

    /// All acts with what they would find.
    pub fn aktionen(&self, akteur: &Akteur, fakten: &Basiszinsfakten<'_>) -> Vec<Aktion> {
        let erster = |akt: &str| self.erstellt_von.clone().filter(|_| akt == FREIGABE);
        let zusatz = |akt: &str| if akt == FREIGABE { fakten.pruefe(&self.angaben) } else { Vec::new() };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, erster, zusatz)
    }

    /// Releases it; the rate in force on the same day, if there is one, is superseded.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `VIER_AUGEN` for the person who entered it, or what entering it would find
    /// today.
    pub fn freigeben(&self, fakten: &Basiszinsfakten<'_>, akteur: &Akteur) -> Urteil<Basiszinsfreigabe> {
        frei(self.aktionen(akteur, fakten), FREIGABE)?;
        let ersetzt = fakten.geltend(self.angaben.gueltig_ab).map(|alt| Basiszinssatz {
            status: BasiszinssatzStatus::Ersetzt,
            ersetzt_durch: Some(self.id),
            ..alt.clone()
        });
        let satz = Basiszinssatz {
            status: BasiszinssatzStatus::Freigegeben,
            freigegeben_von: Some(akteur.person.clone()),
            ..self.clone()
        };
        let daten = self.ereignisdaten();
        Ok(Entscheidung::neu(Basiszinsfreigabe { satz, ersetzt }).ereignis("basiszinssatz.freigegeben", daten))
    }

    /// Discards the draft; the person who entered it may do so too.
    ///
    /// # Errors
    /// `RECHT_FEHLT` or `STATUS_UNZULAESSIG`.
    pub fn verwerfen(
        &self,
        eingabe: &Handlungsgrund,
        fakten: &Basiszinsfakten<'_>,
        akteur: &Akteur,
    ) -> Urteil<Basiszinssatz> {
        frei(self.aktionen(akteur, fakten), VERWERFUNG)?;
        let neu = Basiszinssatz {
            status: BasiszinssatzStatus::Verworfen,
            verworfen_von: Some(akteur.person.clone()),
            verwerfungsgrund: Some(eingabe.grund.clone()),
            ..self.clone()
        };
        Ok(Entscheidung::neu(neu).ereignis("basiszinssatz.verworfen", self.ereignisdaten()))
    }

    fn ereignisdaten(&self) -> serde_json::Value {
        serde_json::json!({ "basiszinssatz_id": self.id, "gueltig_ab": self.angaben.gueltig_ab })
    }
}

impl Basiszinsreihe {
    /// The series of the rates in force.
    ///
    /// # Errors
    /// As [`Basiszinsreihe::neu`].
    pub fn geltend(alle: &[Basiszinssatz]) -> Result<Self, Vec<Befund>> {
        let gilt = alle.iter().filter(|z| z.gilt());
        Basiszinsreihe::neu(gilt.map(|z| (z.angaben.gueltig_ab, z.angaben.prozent)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::berechtigung::Rolle;
    use crate::zeit::tag;

    fn min(nr: u8) -> Akteur {
        Akteur { person: format!("min-{nr}"), rolle: Rolle::Ministerium, kreisschluessel: None, traeger_id: None }
    }

    fn bestand() -> Vec<Basiszinssatz> {
        let zeilen = Basiszinsreihe::anfang();
        let zeilen = zeilen.zeilen().zip(0u128..);
        zeilen.map(|((ab, satz), nr)| Basiszinssatz::ausgeliefert(Uuid::from_u128(nr), ab, satz, "Quelle")).collect()
    }

    fn angaben(ab: NaiveDate, grund: Option<&str>) -> Basiszinsangaben {
        let prozent = Prozent::aus_hundertsteln(139);
        Basiszinsangaben {
            gueltig_ab: ab,
            prozent,
            fundstelle: "Bundesanzeiger".into(),
            grund: grund.map(str::to_owned),
        }
    }

    fn kurz<T>(r: Result<T, Vec<Befund>>) -> Vec<&'static str> {
        r.err().unwrap_or_default().iter().map(|b| b.regel.kurzname).collect()
    }

    #[test]
    fn zustandstabelle() {
        let ganze: Vec<_> = UEBERGAENGE.iter().chain(FOLGEN_DER_KORREKTUR).copied().collect();
        let ende = [BasiszinssatzStatus::Verworfen, BasiszinssatzStatus::Ersetzt];
        crate::akt::pruefe_tabelle(&ganze, BasiszinssatzStatus::ALLE, &ende, BasiszinssatzStatus::Entwurf);
    }

    /// § 247 BGB and the calendar: thirty days before 1 January 2027 is 2 December 2026.
    #[test]
    fn erfasst_wird_nur_was_bekannt_sein_kann() {
        let alle = bestand();
        let faelle: &[(NaiveDate, NaiveDate, Option<&str>, &[&str])] = &[
            (tag(2027, 1, 1), tag(2026, 12, 1), None, &["BASISZINS_NICHT_BEKANNT_GEGEBEN"]),
            (tag(2027, 1, 1), tag(2026, 12, 2), None, &[]),
            (tag(2027, 1, 1), tag(2027, 3, 1), None, &[]),
            (tag(2027, 7, 1), tag(2027, 7, 1), None, &["RECHENEINGABE"]),
            (tag(2027, 1, 2), tag(2027, 3, 1), None, &["RECHENEINGABE"]),
            (tag(2026, 7, 1), tag(2026, 12, 2), None, &["SCHON_VORHANDEN"]),
            (tag(2026, 7, 1), tag(2026, 12, 2), Some("Tippfehler"), &[]),
            (tag(2001, 7, 1), tag(2026, 12, 2), Some("Tippfehler"), &["RECHENEINGABE"]),
        ];
        for (ab, heute, grund, erwartet) in faelle {
            let fakten = Basiszinsfakten { alle: &alle, heute: *heute };
            let r = Basiszinssatz::erfassen(Uuid::from_u128(999), angaben(*ab, *grund), &fakten, &min(1));
            assert_eq!(kurz(r), *erwartet, "{ab} on {heute} {grund:?}");
        }
    }

    #[test]
    fn erst_die_zweite_person_setzt_ihn_in_kraft() {
        let (mut alle, heute, ab) = (bestand(), tag(2026, 12, 2), tag(2026, 7, 1));
        let fakten = Basiszinsfakten { alle: &alle, heute };
        let neu = Basiszinssatz::erfassen(Uuid::from_u128(999), angaben(ab, Some("Tippfehler")), &fakten, &min(1));
        let neu = neu.unwrap().zustand;
        assert_eq!(kurz(neu.freigeben(&fakten, &min(1))), ["VIER_AUGEN"]);
        alle.push(neu.clone());
        let fakten = Basiszinsfakten { alle: &alle, heute };
        let am = |alle: &[Basiszinssatz]| Basiszinsreihe::geltend(alle).unwrap().am(ab).map(Prozent::hundertstel);
        assert_eq!(am(&alle), Some(152), "a draft is not used");
        let zweiter = Basiszinssatz::erfassen(Uuid::from_u128(998), angaben(ab, Some("Tippfehler")), &fakten, &min(2));
        assert_eq!(kurz(zweiter), ["SCHON_VORHANDEN"], "one draft per half-year");
        let e = neu.freigeben(&fakten, &min(2)).unwrap().zustand;
        let alt = e.ersetzt.unwrap();
        assert_eq!((alt.status, alt.ersetzt_durch), (BasiszinssatzStatus::Ersetzt, Some(neu.id)));
        let bleibt = |z: &&Basiszinssatz| z.id != neu.id && z.id != alt.id;
        let mut danach: Vec<_> = alle.iter().filter(bleibt).cloned().collect();
        danach.extend([e.satz, alt.clone()]);
        assert_eq!(am(&danach), Some(139));
        let fakten = Basiszinsfakten { alle: &danach, heute };
        let grund = Handlungsgrund { grund: "doch nicht".into() };
        assert_eq!(neu.verwerfen(&grund, &fakten, &min(1)).unwrap().zustand.status, BasiszinssatzStatus::Verworfen);
    }
}
