//! The two versions the programme starts with. Every value names where it comes from; assumptions are marked.

use super::vorschrift::VORSCHRIFTEN;
use super::{Parameter, Parameterart, Regelwerk, RegelwerkStatus};
use crate::katalog::Massnahmeart;
use crate::regel::Einstufung::{self, Annahme, Belegt, Fachwissen};
use crate::zeit::tag;
use chrono::NaiveDate;

type Zeile = (&'static str, &'static str, &'static str, Einstufung);

const GEMEINSAM: &[Zeile] = &[
    ("antragsfrist", "31.03.", "AQB-Seite der Förderdatenbank", Belegt),
    ("antragsfrist_modus", "ORDNUNGSFRIST", "Charakter der Frist nicht veröffentlicht", Annahme),
    ("frist_werktag_verschiebung", "JA", "§ 31 Abs. 3 HVwVfG", Fachwissen),
    ("vorzeitiger_beginn_ab", "01.01.", "AQB-Seite der Förderdatenbank", Belegt),
    ("massnahmebeginn_modus", "MANUELL", "Folge eines zu frühen Beginns nicht veröffentlicht", Annahme),
    ("zielvereinbarung_bis", "31.03.", "Pressemitteilung des Landes Hessen 2023", Belegt),
    ("zielvereinbarung_summe_modus", "HOECHSTENS", "Verhältnis zur Zuteilung nicht veröffentlicht", Annahme),
    (
        "bewilligung_nur_mit_zielvereinbarung",
        "JA",
        "Zielvereinbarung ist Grundlage des AQB; Reihenfolge angenommen",
        Annahme,
    ),
    ("ausgabefenster_jahre", "5", "AQB 2020 Kassel (2020–2024), Wetteraukreis 2016–2020", Belegt),
    ("mittelabruf_modus", "KUERZEN", "Folge eines zu frühen Abrufs nicht veröffentlicht", Annahme),
    ("eigenmittel_einsatz", "NACH_FINANZIERUNGSART", "Nr. 1.4.1 und 1.4.2 ANBest-P", Fachwissen),
    ("bankverbindung_wartezeit", "14 TAGE", "Wartezeit nach einer Kontoänderung nicht veröffentlicht", Annahme),
    (
        "weiterleitung_vn_vorlauf",
        "1 MONATE",
        "Nachweise Dritter sind beizufügen (VV Nr. 12); Vorlauf angenommen",
        Annahme,
    ),
    ("zwischennachweis_bis", "30.04.", "vier Monate nach Ende des Haushaltsjahres, wie Nr. 6.1 ANBest-P", Annahme),
    ("erinnerung_frueh_tage", "14", "Erinnerung vor Ablauf einer Frist; keine Vorgabe bekannt", Annahme),
    ("erinnerung_spaet_tage", "3", "Erinnerung vor Ablauf einer Frist; keine Vorgabe bekannt", Annahme),
    (
        "nachlauf_tage",
        "60",
        "Zahlungen kurz nach Ende des Bewilligungszeitraums; Länge nicht veröffentlicht (0 bis 60 Tage)",
        Annahme,
    ),
    ("einfacher_nachweis_zulaessig", "NEIN", "Nachweis ohne Belegliste: Voraussetzungen nicht veröffentlicht", Annahme),
    ("vn_vier_augen", "JA", "Unterzeichnung durch eine zweite Person; keine Vorgabe bekannt", Annahme),
    (
        "vn_bestaetigungen",
        "ANBEST_BEACHTET KEINE_DOPPELFOERDERUNG NOTWENDIG_WIRTSCHAFTLICH_SPARSAM UEBEREINSTIMMUNG_MIT_BUECHERN ZWECK_ERREICHT",
        "Formulare anderer Länder (Niedersachsen, Baden-Württemberg), entsprechend",
        Annahme,
    ),
    ("vn_prueffrist", "6 MONATE", "eigene Prüffrist der Behörde; Länge nicht veröffentlicht", Annahme),
    (
        "rpa_vermerk_pflicht",
        "JA",
        "Vermerk der eigenen Prüfungseinrichtung (Formular Baden-Württemberg), entsprechend",
        Annahme,
    ),
    (
        "sachbericht_pflicht",
        "EINFACHER_NACHWEIS SCHLUSSNACHWEIS ZWISCHENNACHWEIS",
        "Verwendungsnachweis besteht aus Sachbericht und zahlenmäßigem Nachweis; Bestätigung ohne",
        Annahme,
    ),
    ("aufbewahrung_belege_jahre", "5", "Auskunft zu Bundesförderungen, entsprechend", Belegt),
    ("zinsaufschlag_prozentpunkte", "5.00", "§ 49a Abs. 3 HVwVfG; BVerwG 8 C 2.12", Belegt),
    ("zinsmethode", "ACT_ACT", "§ 49a HVwVfG nennt keine Zählweise", Annahme),
    ("zins_rundung", "AM_ENDE", "§ 49a HVwVfG nennt keine Rundung", Annahme),
    (
        "zinsbeginn_zwischenzins",
        "AUSZAHLUNG",
        "ANBest: von der Auszahlung bis zur zweckentsprechenden Verwendung",
        Fachwissen,
    ),
    ("zins_bagatelle", "0.00", "keine Grenze bekannt", Annahme),
    (
        "mittelabruf_frist_verschiebung",
        "NEIN",
        "§ 193 BGB gilt für Willenserklärungen und Leistungen; Verwendung ausgezahlter Mittel ungeklärt",
        Annahme,
    ),
    ("tilgungsreihenfolge", "HAUPTFORDERUNG_ZUERST", "Reihenfolge nicht veröffentlicht", Annahme),
    ("ueberzahlung_zuordnung", "LIFO", "Zuordnung nicht veröffentlicht", Annahme),
    (
        "zinsbeginn_erstattung",
        "AUSZAHLUNG",
        "§ 49a Abs. 3 HVwVfG: ab Unwirksamkeit; bei Wirkung für die Vergangenheit ab Auszahlung",
        Annahme,
    ),
    ("erstattungsfrist", "1 MONATE", "§ 49a Abs. 3 S. 2 HVwVfG kennt eine festgesetzte Frist, keine Länge", Annahme),
    ("summen_toleranz", "0.00", "Fall Poppenhausen: fünf Cent Rundungsdifferenz wurden beanstandet", Annahme),
    ("rundung", "HALF_UP", "kaufmännisch, einmal am Ende", Annahme),
    ("zins_starttag_inklusiv", "JA", "§ 49a HVwVfG nennt keine Zählweise; halboffener Zeitraum", Annahme),
    ("zins_endtag_inklusiv", "NEIN", "§ 49a HVwVfG nennt keine Zählweise; halboffener Zeitraum", Annahme),
    ("kapital_abrunden_auf", "0.01", "keine Abrundung des Kapitals vorgeschrieben", Annahme),
    ("rechtsnachfolge_modus", "VORGAENGER_BLEIBT", "Behandlung der Auskreisung Hanaus nicht veröffentlicht", Annahme),
    ("kassenschluss", "30.11.", "letzter Abruf vor dem Kassenschluss des Landes", Annahme),
    ("verjaehrung_jahre", "3", "§§ 195, 199 BGB; BVerwG 8 C 2.12", Belegt),
    (
        "verjaehrung_hemmung_stundung",
        "JA",
        "§ 205 BGB, entsprechend: Stundung hemmt; Übertragung auf Erstattungen angenommen",
        Annahme,
    ),
    ("bekanntgabefiktion_verschiebung", "NEIN", "Verschiebung der Fiktion auf einen Werktag ist umstritten", Annahme),
    ("rechtsbehelfsfrist", "1 MONATE", "§ 74 VwGO", Fachwissen),
    ("aufhebungsfrist", "12 MONATE", "§ 48 Abs. 4, § 49 Abs. 3 S. 2 HVwVfG", Fachwissen),
    ("anhoerung_mindestens_tage", "14", "§ 28 Abs. 1 HVwVfG nennt keine Länge", Annahme),
    ("quellen_eigenmittel", "EIGENMITTEL_GK EIGENMITTEL_TRAEGER", "Gliederung des Finanzierungsplans", Annahme),
    ("minderung_bezug", "MASSNAHME", "Nr. 2 ANBest nennt nicht, ob je Maßnahme oder im Ganzen gemindert wird", Annahme),
    ("personal_vzae_hoechstens", "1.00", "eine volle Stelle je Person und Träger", Annahme),
    ("begruendung_mindestens_zeichen", "20", "§ 39 HVwVfG verlangt Gründe, keine Länge", Annahme),
    ("teilnahme_anspruch_modus", "BEI_EINTRITT", "Prüfung bei Eintritt; späterer Wegfall nicht geregelt", Annahme),
    ("teilnahme_ueberschneidung_modus", "MELDEN", "Folge gleichzeitiger Teilnahmen nicht veröffentlicht", Annahme),
    ("kleinzahl_schwelle", "3", "Werte 1 und 2 werden nicht veröffentlicht; übliche Grenze der Statistik", Annahme),
    ("aufbewahrung_teilnahmen_jahre", "5", "wie Belege; für Angaben zu Teilnehmenden nicht veröffentlicht", Annahme),
    (
        "pflichterklaerungen",
        "angaben_richtig datenschutz gesamtfinanzierung_gesichert massnahme_nicht_vor_1_1_begonnen traegerauswahl_dokumentiert",
        "übliche Erklärungen eines Antrags nach Muster 1",
        Annahme,
    ),
    (
        "zielgruppen_art1",
        "ALLEINERZIEHENDE_FAMILIENSORGE AUSBILDUNGSPLATZ_BENACHTEILIGT GERINGQUALIFIZIERT LANGZEITARBEITSLOS MIGRATION_FLUCHT NICHT_AUSBILDUNGSREIF SCHULPFLICHTIGE_10_PFLICHTSCHULJAHR SONSTIGE_NACH_FOERDERGRUNDSAETZEN",
        "AQB-Seite der Förderdatenbank; Zuordnung angenommen",
        Annahme,
    ),
    (
        "zielgruppen_art2",
        "ALLEINERZIEHENDE_FAMILIENSORGE AUSBILDUNGSPLATZ_BENACHTEILIGT AUSZUBILDENDE_MIT_COACHINGBEDARF MIGRATION_FLUCHT SONSTIGE_NACH_FOERDERGRUNDSAETZEN",
        "AQB-Seite der Förderdatenbank; Zuordnung angenommen",
        Annahme,
    ),
    (
        "zielgruppen_art3",
        "ALLEINERZIEHENDE_FAMILIENSORGE AUFSTOCKEND GERINGQUALIFIZIERT LANGZEITARBEITSLOS MIGRATION_FLUCHT SONSTIGE_NACH_FOERDERGRUNDSAETZEN",
        "AQB-Seite der Förderdatenbank; Zuordnung angenommen",
        Annahme,
    ),
    ("zielgruppen_art4", "FACHPERSONAL_GK", "AQB-Seite der Förderdatenbank", Belegt),
];

const NUR_ALT: &[Zeile] = &[
    (
        "finanzierungsart",
        "FEHLBEDARF",
        "Höhe richtet sich nach dem Finanzierungsplan; Art nicht veröffentlicht",
        Annahme,
    ),
    ("mittelabruf_frist", "2 MONATE", "ANBest alter Fassung (Zweimonatsregel)", Fachwissen),
    ("ansatz_ueberschreitung_prozent", "20.00", "Nr. 1.2 ANBest-P eines Landes", Belegt),
    ("bagatellgrenze", "500.00", "Nr. 2 ANBest-P alter Fassung", Fachwissen),
    ("vn_frist_gk", "12 MONATE", "Nr. 5.4 ANBest-GK eines Landes, entsprechend", Belegt),
    ("vn_frist_traeger", "6 MONATE", "Nr. 6.1 ANBest-P eines Landes, entsprechend", Belegt),
    ("zwischennachweis_pflicht", "JA", "Formular eines Landes, entsprechend", Belegt),
    ("abschlussdokument_gk", "SCHLUSSNACHWEIS_MIT_BELEGLISTE", "Serviceportal Hessen", Belegt),
    ("belege_vorlage", "MIT_LISTE", "Serviceportal Hessen", Belegt),
    ("inventar_grenze", "800.00", "Bundesrecht, entsprechend", Fachwissen),
    ("direktauftrag_grenze", "10000.00", "HVTG bis 2025, Kanzleiübersicht", Belegt),
    ("bekanntgabefiktion_tage", "3", "§ 41 HVwVfG alter Fassung; Stand unsicher", Fachwissen),
];

const NUR_NEU: &[Zeile] = &[
    (
        "abschlussdokument_gk",
        "VERWENDUNGSBESTAETIGUNG",
        "Pressemitteilung HMdF zur Vereinfachung des Zuwendungsrechts",
        Belegt,
    ),
    ("belege_vorlage", "NUR_STICHPROBE", "Pressemitteilung HMdF zur Vereinfachung des Zuwendungsrechts", Belegt),
    ("direktauftrag_grenze", "10000.00", "HVTG bis 2025, Kanzleiübersicht", Belegt),
    ("bekanntgabefiktion_tage", "4", "Bundesrecht seit 2025, entsprechend; Stand unsicher", Fachwissen),
];

const NEU_UNBEKANNT: &[&str] = &[
    "finanzierungsart",
    "mittelabruf_frist",
    "ansatz_ueberschreitung_prozent",
    "bagatellgrenze",
    "vn_frist_gk",
    "vn_frist_traeger",
    "zwischennachweis_pflicht",
    "inventar_grenze",
];

fn zeile((schluessel, wert, fundstelle, einstufung): Zeile, ab: NaiveDate) -> Parameter {
    let art = VORSCHRIFTEN.iter().find(|v| v.schluessel == schluessel).map_or(Parameterart::Unbekannt, |v| v.art);
    Parameter {
        schluessel: schluessel.to_owned(),
        art,
        wert: Some(wert.to_owned()),
        gueltig_ab: ab,
        fundstelle: fundstelle.to_owned(),
        einstufung,
    }
}

/// States for every Massnahmeart that there is no ceiling.
fn obergrenzen(ab: NaiveDate) -> impl Iterator<Item = Parameter> {
    VORSCHRIFTEN.iter().filter(|v| v.je_massnahmeart).flat_map(move |v| {
        Massnahmeart::ALLE.iter().map(move |m| Parameter {
            schluessel: format!("{}.{}", v.schluessel, m.schluesselteil()),
            art: Parameterart::Keine,
            wert: None,
            gueltig_ab: ab,
            fundstelle: "keine Obergrenze veröffentlicht".to_owned(),
            einstufung: Annahme,
        })
    })
}

fn regelwerk(version: &str, bezeichnung: &str, ab: NaiveDate, mut parameter: Vec<Parameter>) -> Regelwerk {
    parameter.sort_by(|a, b| (&a.schluessel, a.gueltig_ab).cmp(&(&b.schluessel, b.gueltig_ab)));
    Regelwerk {
        version: version.to_owned(),
        bezeichnung: bezeichnung.to_owned(),
        gueltig_ab: ab,
        status: RegelwerkStatus::Entwurf,
        erstellt_von: "system".to_owned(),
        bearbeitet_von: Vec::new(),
        veroeffentlicht_von: None,
        parameter,
    }
}

/// HE-ALT: Hessen's rules before the overhaul of its grant law.
pub fn he_alt() -> Regelwerk {
    let ab = tag(2011, 1, 1);
    let parameter = GEMEINSAM.iter().chain(NUR_ALT).map(|z| zeile(*z, ab)).chain(obergrenzen(ab)).collect();
    regelwerk("HE-ALT", "Zuwendungsrecht Hessen vor der Vereinfachung", ab, parameter)
}

/// HE-NEU: the overhauled rules. What is not published is stated as unknown, and rules that need it refuse.
pub fn he_neu() -> Regelwerk {
    let ab = tag(2025, 1, 1);
    let unbekannt = NEU_UNBEKANNT.iter().map(|s| Parameter {
        schluessel: (*s).to_owned(),
        art: Parameterart::Unbekannt,
        wert: None,
        gueltig_ab: ab,
        fundstelle: "Vereinfachung angekündigt (HMdF), Wert nicht veröffentlicht".to_owned(),
        einstufung: Annahme,
    });
    let reform = zeile(
        (
            "direktauftrag_grenze",
            "100000.00",
            "HVTG-Reform, angekündigt Januar 2026; Inkrafttreten angenommen",
            Annahme,
        ),
        tag(2026, 7, 1),
    );
    let parameter = GEMEINSAM
        .iter()
        .chain(NUR_NEU)
        .map(|z| zeile(*z, ab))
        .chain(unbekannt)
        .chain([reform])
        .chain(obergrenzen(ab))
        .collect();
    regelwerk("HE-NEU", "Zuwendungsrecht Hessen nach der Vereinfachung", ab, parameter)
}
