//! Landkreise and kreisfreie Staedte: who may apply, evaluated at the day that counts. Keys are data, never an enum.

use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::regel::{DATUM_REIHENFOLGE, FREMDER_VORGANG, NICHT_ANTRAGSBERECHTIGT, VERWEIS_UNBEKANNT};
use crate::zeit::tag;
use chrono::NaiveDate;

crate::status! {
    /// Kind of an entitled authority.
    Gebietsart {
        /// City that is a county of its own.
        KreisfreieStadt = "KREISFREIE_STADT",
        /// County.
        Landkreis = "LANDKREIS",
    }
}

crate::status! {
    /// Regierungsbezirk; the third digit of the Kreisschluessel.
    Regierungsbezirk {
        /// Darmstadt, digit 4.
        Darmstadt = "DARMSTADT",
        /// Gießen, digit 5.
        Giessen = "GIESSEN",
        /// Kassel, digit 6.
        Kassel = "KASSEL",
    }
}

impl Regierungsbezirk {
    /// Third digit of a Kreisschluessel in this Regierungsbezirk.
    pub const fn ziffer(self) -> u8 {
        match self {
            Regierungsbezirk::Darmstadt => b'4',
            Regierungsbezirk::Giessen => b'5',
            Regierungsbezirk::Kassel => b'6',
        }
    }
}

/// A Landkreis or kreisfreie Stadt with its time of validity. Names are not unique; identify by key only.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Gebietskoerperschaft {
    /// Five digits, the start of the Amtlicher Gemeindeschluessel: `06440`.
    pub kreisschluessel: String,
    /// Official name.
    pub name: String,
    /// Kind.
    pub art: Gebietsart,
    /// Regierungsbezirk.
    pub regierungsbezirk: Regierungsbezirk,
    /// First day of validity; 2011-01-01 is only the start of the programme model.
    pub gueltig_ab: NaiveDate,
    /// Last day of validity; none while it exists.
    pub gueltig_bis: Option<NaiveDate>,
    /// Keys of the authorities from whose territory it was formed.
    pub vorgaenger: Vec<String>,
}

/// The day on which entitlement for a Jahrgang is evaluated: 1 January.
pub fn stichtag(jahrgang: i32) -> NaiveDate {
    tag(jahrgang, 1, 1)
}

impl Gebietskoerperschaft {
    /// It exists on that day.
    pub fn gilt_am(&self, tag: NaiveDate) -> bool {
        self.gueltig_ab <= tag && self.gueltig_bis.is_none_or(|bis| tag <= bis)
    }

    /// It may apply for the Jahrgang: it exists on 1 January of that year.
    pub fn antragsberechtigt(&self, jahrgang: i32) -> bool {
        self.gilt_am(stichtag(jahrgang))
    }

    /// What is wrong with a record the operator wants to keep: period, predecessors, key.
    pub fn pruefe(&self) -> Vec<Befund> {
        let mut befunde = Vec::new();
        if let Some(bis) = self.gueltig_bis.filter(|bis| *bis < self.gueltig_ab) {
            befunde.push(
                Befund::neu(&DATUM_REIHENFOLGE)
                    .ort("/gueltig_bis")
                    .gemessen("von", self.gueltig_ab, Einheit::Datum)
                    .gemessen("bis", bis, Einheit::Datum),
            );
        }
        if self.vorgaenger.contains(&self.kreisschluessel) {
            befunde.push(verweis(&self.kreisschluessel).ort("/vorgaenger"));
        }
        if self.kreisschluessel.as_bytes().get(2) != Some(&self.regierungsbezirk.ziffer()) {
            befunde.push(verweis(&self.kreisschluessel).ort("/regierungsbezirk"));
        }
        befunde
    }
}

fn verweis(kreisschluessel: &str) -> Befund {
    Befund::neu(&VERWEIS_UNBEKANNT).gemessen("was", "Gebietskörperschaft", Einheit::Text).gemessen(
        "schluessel",
        kreisschluessel,
        Einheit::Code,
    )
}

/// The finding `NICHT_ANTRAGSBERECHTIGT`, unless `gk` is the record of `kreisschluessel` and entitled in `jahrgang`.
pub fn pruefe_berechtigung(kreisschluessel: &str, gk: Option<&Gebietskoerperschaft>, jahrgang: i32) -> Option<Befund> {
    if gk.is_some_and(|g| g.kreisschluessel == kreisschluessel && g.antragsberechtigt(jahrgang)) {
        return None;
    }
    Some(
        Befund::neu(&NICHT_ANTRAGSBERECHTIGT)
            .ort("/kreisschluessel")
            .gemessen("kreisschluessel", kreisschluessel, Einheit::Code)
            .gemessen("jahrgang", jahrgang, Einheit::Anzahl)
            .erlaubt("stichtag", stichtag(jahrgang), Einheit::Datum),
    )
}

/// The finding `FREMDER_VORGANG`, unless `recht` reaches cases of `kreisschluessel` for the caller.
///
/// Queries hide foreign cases already; this guard makes an act safe without them.
pub fn pruefe_zugehoerigkeit(kreisschluessel: &str, akteur: &Akteur, recht: Recht) -> Option<Befund> {
    let sieht = akteur.sicht(recht).is_some_and(|s| s.sieht_gk(kreisschluessel));
    (!sieht).then(|| Befund::neu(&FREMDER_VORGANG).gemessen("kreisschluessel", kreisschluessel, Einheit::Code))
}

/// One row of [`ANFANGSBESTAND`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vorgabe {
    /// Key.
    pub kreisschluessel: &'static str,
    /// Official name.
    pub name: &'static str,
    /// Kind.
    pub art: Gebietsart,
    /// Regierungsbezirk.
    pub regierungsbezirk: Regierungsbezirk,
    /// Year whose 1 January is the first day of validity.
    pub ab_jahr: i32,
    /// Predecessors.
    pub vorgaenger: &'static [&'static str],
}

const fn zeile(
    kreisschluessel: &'static str,
    name: &'static str,
    art: Gebietsart,
    regierungsbezirk: Regierungsbezirk,
) -> Vorgabe {
    Vorgabe { kreisschluessel, name, art, regierungsbezirk, ab_jahr: crate::zeit::ERSTER_JAHRGANG, vorgaenger: &[] }
}

use Gebietsart::{KreisfreieStadt, Landkreis};
use Regierungsbezirk::{Darmstadt, Giessen, Kassel};

/// The authorities the programme starts with: 26 until 2025-12-31, 27 since Hanau left the Main-Kinzig-Kreis
/// (Hanau-Auskreisungsgesetz of 3 March 2025).
pub const ANFANGSBESTAND: &[Vorgabe] = &[
    zeile("06411", "Darmstadt, Wissenschaftsstadt", KreisfreieStadt, Darmstadt),
    zeile("06412", "Frankfurt am Main", KreisfreieStadt, Darmstadt),
    zeile("06413", "Offenbach am Main", KreisfreieStadt, Darmstadt),
    zeile("06414", "Wiesbaden, Landeshauptstadt", KreisfreieStadt, Darmstadt),
    Vorgabe {
        ab_jahr: 2026,
        vorgaenger: &["06435"],
        ..zeile("06415", "Hanau, Brüder-Grimm-Stadt", KreisfreieStadt, Darmstadt)
    },
    zeile("06431", "Bergstraße", Landkreis, Darmstadt),
    zeile("06432", "Darmstadt-Dieburg", Landkreis, Darmstadt),
    zeile("06433", "Groß-Gerau", Landkreis, Darmstadt),
    zeile("06434", "Hochtaunuskreis", Landkreis, Darmstadt),
    zeile("06435", "Main-Kinzig-Kreis", Landkreis, Darmstadt),
    zeile("06436", "Main-Taunus-Kreis", Landkreis, Darmstadt),
    zeile("06437", "Odenwaldkreis", Landkreis, Darmstadt),
    zeile("06438", "Offenbach (Landkreis)", Landkreis, Darmstadt),
    zeile("06439", "Rheingau-Taunus-Kreis", Landkreis, Darmstadt),
    zeile("06440", "Wetteraukreis", Landkreis, Darmstadt),
    zeile("06531", "Gießen", Landkreis, Giessen),
    zeile("06532", "Lahn-Dill-Kreis", Landkreis, Giessen),
    zeile("06533", "Limburg-Weilburg", Landkreis, Giessen),
    zeile("06534", "Marburg-Biedenkopf", Landkreis, Giessen),
    zeile("06535", "Vogelsbergkreis", Landkreis, Giessen),
    zeile("06611", "Kassel, documenta-Stadt", KreisfreieStadt, Kassel),
    zeile("06631", "Fulda", Landkreis, Kassel),
    zeile("06632", "Hersfeld-Rotenburg", Landkreis, Kassel),
    zeile("06633", "Kassel (Landkreis)", Landkreis, Kassel),
    zeile("06634", "Schwalm-Eder-Kreis", Landkreis, Kassel),
    zeile("06635", "Waldeck-Frankenberg", Landkreis, Kassel),
    zeile("06636", "Werra-Meißner-Kreis", Landkreis, Kassel),
];

/// [`ANFANGSBESTAND`] as records.
pub fn anfangsbestand() -> Vec<Gebietskoerperschaft> {
    ANFANGSBESTAND
        .iter()
        .map(|v| Gebietskoerperschaft {
            kreisschluessel: v.kreisschluessel.to_owned(),
            name: v.name.to_owned(),
            art: v.art,
            regierungsbezirk: v.regierungsbezirk,
            gueltig_ab: stichtag(v.ab_jahr),
            gueltig_bis: None,
            vorgaenger: v.vorgaenger.iter().map(|s| (*s).to_owned()).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn gk(schluessel: &str) -> Gebietskoerperschaft {
        anfangsbestand().into_iter().find(|g| g.kreisschluessel == schluessel).unwrap()
    }

    /// Dossier section 2 and S5: 26 until 2025-12-31, 27 since.
    #[test]
    fn s5_sechsundzwanzig_und_siebenundzwanzig() {
        let am = |j, m, t| anfangsbestand().iter().filter(|g| g.gilt_am(tag(j, m, t))).count();
        for (j, m, t, n) in
            [(2011, 1, 1, 26), (2025, 12, 31, 26), (2026, 1, 1, 27), (2099, 12, 31, 27), (2010, 12, 31, 0)]
        {
            assert_eq!(am(j, m, t), n, "{j}-{m}-{t}");
        }
    }

    /// Dossier section 2: 21 Landkreise, 6 kreisfreie Staedte; keys unique, third digit is the Regierungsbezirk.
    #[test]
    fn abschnitt2_bestand_ist_stimmig() {
        let alle = anfangsbestand();
        assert_eq!(alle.iter().filter(|g| g.art == Landkreis).count(), 21);
        assert_eq!(alle.iter().filter(|g| g.art == KreisfreieStadt).count(), 6);
        assert_eq!(alle.iter().map(|g| &g.kreisschluessel).collect::<BTreeSet<_>>().len(), 27);
        for g in &alle {
            assert!(g.pruefe().is_empty(), "{}", g.kreisschluessel);
            assert!(g.kreisschluessel.starts_with("06") && g.kreisschluessel.len() == 5);
        }
        let je = |r| alle.iter().filter(|g| g.regierungsbezirk == r).count();
        assert_eq!((je(Darmstadt), je(Giessen), je(Kassel)), (15, 5, 7));
    }

    /// Dossier S5: an application of Hanau for 2025 is refused, for 2026 it is not.
    #[test]
    fn s5_hanau_erst_ab_2026() {
        let hanau = gk("06415");
        assert_eq!(hanau.vorgaenger, ["06435"]);
        let b = pruefe_berechtigung("06415", Some(&hanau), 2025).unwrap();
        assert_eq!(b.regel.kurzname, "NICHT_ANTRAGSBERECHTIGT");
        assert!(pruefe_berechtigung("06415", Some(&hanau), 2026).is_none());
        assert!(pruefe_berechtigung("06435", Some(&gk("06435")), 2025).is_none());
        assert!(pruefe_berechtigung("06415", None, 2026).is_some(), "an unknown key is refused");
        assert!(
            pruefe_berechtigung("06415", Some(&gk("06435")), 2026).is_some(),
            "the record of another key proves nothing"
        );
    }

    #[test]
    fn ende_der_gueltigkeit_zaehlt_mit() {
        let g = Gebietskoerperschaft { gueltig_bis: Some(tag(2030, 12, 31)), ..gk("06440") };
        assert!(g.gilt_am(tag(2030, 12, 31)) && !g.gilt_am(tag(2031, 1, 1)));
        assert!(g.antragsberechtigt(2030) && !g.antragsberechtigt(2031));
        let falsch = Gebietskoerperschaft { gueltig_bis: Some(tag(2010, 1, 1)), vorgaenger: vec!["06440".into()], ..g };
        assert_eq!(falsch.pruefe().len(), 2);
    }
}
