//! The keys a Regelwerk states: kind of value and permitted codes of each.

use super::Parameterart;
use crate::geld::Prozent;
use crate::katalog::{Katalogstand, Massnahmeart, name};

/// Catalogue of parameters: key, kind and permitted codes.
pub(super) struct Vorschrift {
    pub(super) schluessel: &'static str,
    pub(super) art: Parameterart,
    pub(super) codes: &'static [&'static str],
    /// Catalogue whose codes the value may contain.
    pub(super) katalog: Option<&'static str>,
    pub(super) je_massnahmeart: bool,
}

const fn v(schluessel: &'static str, art: Parameterart) -> Vorschrift {
    Vorschrift { schluessel, art, codes: &[], katalog: None, je_massnahmeart: false }
}
const fn vc(schluessel: &'static str, codes: &'static [&'static str]) -> Vorschrift {
    Vorschrift { schluessel, art: Parameterart::Code, codes, katalog: None, je_massnahmeart: false }
}
const fn vk(schluessel: &'static str, katalog: &'static str) -> Vorschrift {
    Vorschrift { schluessel, art: Parameterart::Codes, codes: &[], katalog: Some(katalog), je_massnahmeart: false }
}
/// Several codes of a closed list.
const fn vcs(schluessel: &'static str, codes: &'static [&'static str]) -> Vorschrift {
    Vorschrift { schluessel, art: Parameterart::Codes, codes, katalog: None, je_massnahmeart: false }
}
/// A ceiling exists once per Massnahmeart: `obergrenze_absolut.AUSBILDUNGSVORBEREITUNG`.
const fn og(schluessel: &'static str, art: Parameterart) -> Vorschrift {
    Vorschrift { schluessel, art, codes: &[], katalog: None, je_massnahmeart: true }
}

const VN_BESTAETIGUNGEN: &[&str] = &[
    "ANBEST_BEACHTET",
    "KEINE_DOPPELFOERDERUNG",
    "NOTWENDIG_WIRTSCHAFTLICH_SPARSAM",
    "UEBEREINSTIMMUNG_MIT_BUECHERN",
    "ZWECK_ERREICHT",
];
const NACHWEISARTEN: &[&str] =
    &["EINFACHER_NACHWEIS", "SCHLUSSNACHWEIS", "VERWENDUNGSBESTAETIGUNG", "ZWISCHENNACHWEIS"];

pub(super) const VORSCHRIFTEN: &[Vorschrift] = &[
    v("antragsfrist", Parameterart::TagImJahr),
    vc("antragsfrist_modus", &["ORDNUNGSFRIST", "AUSSCHLUSSFRIST"]),
    v("frist_werktag_verschiebung", Parameterart::Wahrheit),
    v("vorzeitiger_beginn_ab", Parameterart::TagImJahr),
    vc("massnahmebeginn_modus", &["ABLEHNEN", "KAPPEN", "MANUELL"]),
    v("zielvereinbarung_bis", Parameterart::TagImJahr),
    vc("zielvereinbarung_summe_modus", &["GLEICH", "HOECHSTENS"]),
    v("bewilligung_nur_mit_zielvereinbarung", Parameterart::Wahrheit),
    v("ausgabefenster_jahre", Parameterart::Ganzzahl),
    vc("finanzierungsart", &["ANTEIL", "FEHLBEDARF", "FESTBETRAG", "VOLL"]),
    v("mittelabruf_frist", Parameterart::Dauer),
    v("mittelabruf_frist_verschiebung", Parameterart::Wahrheit),
    vc("mittelabruf_modus", &["KUERZEN", "ABLEHNEN"]),
    vc("eigenmittel_einsatz", &["NACH_FINANZIERUNGSART", "ANTEILIG", "VORRANGIG", "OHNE"]),
    v("bankverbindung_wartezeit", Parameterart::Dauer),
    v("ansatz_ueberschreitung_prozent", Parameterart::Prozent),
    v("bagatellgrenze", Parameterart::Betrag),
    v("vn_frist_gk", Parameterart::Dauer),
    v("vn_frist_traeger", Parameterart::Dauer),
    v("weiterleitung_vn_vorlauf", Parameterart::Dauer),
    v("zwischennachweis_pflicht", Parameterart::Wahrheit),
    v("zwischennachweis_bis", Parameterart::TagImJahr),
    v("erinnerung_frueh_tage", Parameterart::Ganzzahl),
    v("erinnerung_spaet_tage", Parameterart::Ganzzahl),
    vc("abschlussdokument_gk", &["SCHLUSSNACHWEIS_MIT_BELEGLISTE", "VERWENDUNGSBESTAETIGUNG"]),
    vc("belege_vorlage", &["MIT_LISTE", "NUR_STICHPROBE"]),
    v("nachlauf_tage", Parameterart::Ganzzahl),
    v("einfacher_nachweis_zulaessig", Parameterart::Wahrheit),
    v("vn_vier_augen", Parameterart::Wahrheit),
    vcs("vn_bestaetigungen", VN_BESTAETIGUNGEN),
    v("vn_prueffrist", Parameterart::Dauer),
    v("rpa_vermerk_pflicht", Parameterart::Wahrheit),
    vcs("sachbericht_pflicht", NACHWEISARTEN),
    v("aufbewahrung_belege_jahre", Parameterart::Ganzzahl),
    v("inventar_grenze", Parameterart::Betrag),
    v("direktauftrag_grenze", Parameterart::Betrag),
    v("zinsaufschlag_prozentpunkte", Parameterart::Prozent),
    vc("zinsmethode", &["ACT_ACT", "ACT_365", "E30_360"]),
    vc("zins_rundung", &["AM_ENDE", "JE_ABSCHNITT"]),
    vc("zinsbeginn_zwischenzins", &["AUSZAHLUNG", "FRISTABLAUF"]),
    v("zins_starttag_inklusiv", Parameterart::Wahrheit),
    v("zins_endtag_inklusiv", Parameterart::Wahrheit),
    v("kapital_abrunden_auf", Parameterart::Betrag),
    v("zins_bagatelle", Parameterart::Betrag),
    vc("tilgungsreihenfolge", &["HAUPTFORDERUNG_ZUERST", "ZINSEN_ZUERST"]),
    vc("ueberzahlung_zuordnung", &["LIFO", "FIFO"]),
    vc("zinsbeginn_erstattung", &["AUSZAHLUNG", "WIRKSAMKEIT"]),
    v("erstattungsfrist", Parameterart::Dauer),
    v("aufhebungsfrist", Parameterart::Dauer),
    v("anhoerung_mindestens_tage", Parameterart::Ganzzahl),
    vk("quellen_eigenmittel", name::FINANZIERUNGSQUELLEN),
    vc("minderung_bezug", &["MASSNAHME", "ANTRAG"]),
    v("summen_toleranz", Parameterart::Betrag),
    vc("rundung", &["HALF_UP"]),
    vc("rechtsnachfolge_modus", &["VORGAENGER_BLEIBT", "NACH_PLAETZEN"]),
    v("kassenschluss", Parameterart::TagImJahr),
    v("verjaehrung_jahre", Parameterart::Ganzzahl),
    v("verjaehrung_hemmung_stundung", Parameterart::Wahrheit),
    v("bekanntgabefiktion_tage", Parameterart::Ganzzahl),
    v("bekanntgabefiktion_verschiebung", Parameterart::Wahrheit),
    v("rechtsbehelfsfrist", Parameterart::Dauer),
    v("personal_vzae_hoechstens", Parameterart::Vzae),
    v("begruendung_mindestens_zeichen", Parameterart::Ganzzahl),
    vc("teilnahme_anspruch_modus", &["BEI_EINTRITT", "DAUERND"]),
    vc("teilnahme_ueberschneidung_modus", &["MELDEN", "ABLEHNEN"]),
    v("kleinzahl_schwelle", Parameterart::Ganzzahl),
    v("aufbewahrung_teilnahmen_jahre", Parameterart::Ganzzahl),
    vk("pflichterklaerungen", name::ERKLAERUNGEN),
    vk("zielgruppen_art1", name::ZIELGRUPPEN),
    vk("zielgruppen_art2", name::ZIELGRUPPEN),
    vk("zielgruppen_art3", name::ZIELGRUPPEN),
    vk("zielgruppen_art4", name::ZIELGRUPPEN),
    og("obergrenze_absolut", Parameterart::Betrag),
    og("obergrenze_anteil", Parameterart::Prozent),
    og("obergrenze_je_platz", Parameterart::Betrag),
    og("obergrenze_je_teilnahmemonat", Parameterart::Betrag),
    og("obergrenze_je_massnahme", Parameterart::Betrag),
];

pub(super) fn vorschrift(schluessel: &str) -> Option<&'static Vorschrift> {
    let (stamm, zusatz) = schluessel.split_once('.').map_or((schluessel, None), |(s, z)| (s, Some(z)));
    VORSCHRIFTEN.iter().find(|v| {
        v.schluessel == stamm
            && match zusatz {
                None => !v.je_massnahmeart,
                Some(m) => v.je_massnahmeart && Massnahmeart::ALLE.iter().any(|a| a.schluesselteil() == m),
            }
    })
}

impl Vorschrift {
    /// A share of something is at most all of it; other percentages (interest) have no upper end.
    pub(super) fn anteil_moeglich(&self, p: Prozent) -> bool {
        !self.je_massnahmeart || (0..=10_000).contains(&p.hundertstel())
    }

    /// At least one code, and only codes of the catalogue or closed list the key refers to.
    pub(super) fn kennt_alle(&self, wert: &str) -> bool {
        let stand = Katalogstand::anfang();
        let mut codes = wert.split_whitespace().peekable();
        let bekannt = |c: &str| {
            self.katalog.is_none_or(|k| stand.kennt(k, c)) && (self.codes.is_empty() || self.codes.contains(&c))
        };
        codes.peek().is_some() && codes.all(bekannt)
    }

    /// What the value must look like, for a finding.
    pub(super) fn erwartet(&self) -> String {
        match (self.codes, self.katalog) {
            ([], None) if self.je_massnahmeart && self.art == Parameterart::Prozent => "0.00–100.00".to_owned(),
            ([], None) => self.art.code().to_owned(),
            ([], Some(katalog)) => format!("/kataloge/{katalog}"),
            (codes, _) => codes.join(" | "),
        }
    }
}

/// A rule may name this key (a ceiling by its stem).
pub fn kennt(schluessel: &str) -> bool {
    VORSCHRIFTEN.iter().any(|v| v.schluessel == schluessel)
}

/// Every key a complete Regelwerk must state.
pub fn alle_schluessel() -> Vec<String> {
    VORSCHRIFTEN
        .iter()
        .flat_map(|v| {
            if v.je_massnahmeart {
                Massnahmeart::ALLE.iter().map(|m| format!("{}.{}", v.schluessel, m.schluesselteil())).collect()
            } else {
                vec![v.schluessel.to_owned()]
            }
        })
        .collect()
}
