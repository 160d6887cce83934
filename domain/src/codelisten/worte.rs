//! Words of the contract that are no type: acts, kinds of cases, events, postings, parameter keys.

use super::{Codeliste, Eintrag};
use crate::katalog::Massnahmeart;
use crate::regel::Text;

type Wort = (&'static str, &'static str, &'static str);

fn tabelle(worte: &[Wort]) -> Vec<Eintrag> {
    worte.iter().map(|(code, de, en)| ((*code).to_owned(), Text { de, en })).collect()
}

const AKTE: &[Wort] = &[
    ("ablehnung", "Ablehnung entworfen", "Refusal drafted"),
    ("abschluss", "Abgeschlossen", "Closed"),
    ("abstimmung", "Abgestimmt", "Agreed"),
    ("aenderung", "Geändert", "Changed"),
    ("anerkennung", "Anerkannt", "Recognised"),
    ("anlage", "Angelegt", "Created"),
    ("aufhebung", "Aufgehoben", "Cancelled"),
    ("auszahlungen", "Auszahlung an den Träger festgehalten", "Payment to the provider recorded"),
    ("auszahlungsstorno", "Auszahlung an den Träger storniert", "Payment to the provider reversed"),
    ("beendigung", "Beendet", "Ended"),
    ("bekanntgabe", "Bekanntgegeben", "Notified"),
    ("bekanntgabeberichtigung", "Bekanntgabe berichtigt", "Notification corrected"),
    ("bewilligung", "Bewilligung entworfen", "Grant drafted"),
    ("budgetkorrektur", "Ansatz berichtigt", "State budget corrected"),
    ("detailplanung", "Detailplanung gesetzt", "Detailed plan set"),
    ("einreichung", "Eingereicht", "Filed"),
    ("entscheidung_vorbereitung", "Entscheidung vorbereitet", "Decision prepared"),
    ("erledigung", "Als erledigt festgehalten", "Recorded as met"),
    ("ersetzung", "Durch Nachtrag ersetzt", "Replaced by a supplement"),
    ("freigabe", "Freigegeben", "Released"),
    ("loeschung", "Entwurf gelöscht", "Draft deleted"),
    ("massnahme_aenderung", "Maßnahme geändert", "Measure changed"),
    ("massnahme_anlage", "Maßnahme hinzugefügt", "Measure added"),
    ("massnahme_entfernung", "Maßnahme entfernt", "Measure removed"),
    ("nachforderung", "Ergänzung nachgefordert", "Completion requested"),
    ("nachforderungsergaenzung", "Nachforderung ergänzt", "Request for completion amended"),
    ("nachforderungsruecknahme", "Nachforderung zurückgenommen", "Request for completion withdrawn"),
    ("nachtrag", "Nachtrag begonnen", "Supplement begun"),
    ("oeffnung", "Geöffnet", "Opened"),
    ("pruefung", "In Prüfung genommen", "Taken into examination"),
    ("rechtsbehelfsverzicht", "Auf Rechtsbehelf verzichtet", "Appeal waived"),
    ("ruecknahme", "Zurückgenommen", "Withdrawn"),
    ("stilllegung", "Stillgelegt", "Retired"),
    ("teilbewilligung", "Teilbewilligung entworfen", "Partial grant drafted"),
    ("uebernahme", "Aus älterem Bestand übernommen", "Taken over from older records"),
    ("unterzeichnung", "Unterzeichnet", "Signed"),
    ("verlaengerung", "Frist verlängert", "Deadline extended"),
    ("veroeffentlichung", "Veröffentlicht", "Published"),
    ("verwendungen", "Verwendung gemeldet", "Use reported"),
    ("verwerfung", "Verworfen", "Discarded"),
    ("widerruf", "Widerrufen", "Revoked"),
    ("zurueckweisung", "Zurückgewiesen", "Returned"),
    ("zuteilung", "Zugeteilt", "Allocated"),
];

const FALLARTEN: &[Wort] = &[
    ("ANTRAG", "Antrag", "Application"),
    ("BASISZINSSATZ", "Basiszinssatz", "Base rate"),
    ("BESCHEID", "Bescheid", "Bescheid"),
    ("BUDGETKORREKTUR", "Budgetkorrektur", "Budget correction"),
    ("FRIST", "Frist", "Deadline"),
    ("GEBIETSKOERPERSCHAFT", "Gebietskörperschaft", "Authority (county or city)"),
    ("JAHRGANG", "Jahrgang", "Jahrgang"),
    ("KALENDERZUGANG", "Kalenderzugang", "Calendar access"),
    ("REGELWERK", "Regelwerk", "Regelwerk"),
    ("STRATEGIE", "Strategie", "Strategy"),
    ("TRAEGER", "Träger", "Provider"),
    ("UMVERTEILUNG", "Umverteilung", "Reallocation"),
    ("WEITERLEITUNG", "Weiterleitung", "Weiterleitung"),
    ("ZIELVEREINBARUNG", "Zielvereinbarung", "Target agreement"),
    ("ZUTEILUNG", "Zuteilung", "Allocation"),
];

const EREIGNISSE: &[Wort] = &[
    ("antrag.eingereicht", "Antrag eingereicht", "Application filed"),
    ("antrag.entscheidung_vorbereitet", "Entscheidung vorbereitet", "Decision prepared"),
    ("antrag.entschieden", "Antrag entschieden", "Application decided"),
    ("antrag.entwurf_verworfen", "Entwurf der Entscheidung verworfen", "Draft of the decision discarded"),
    ("antrag.in_pruefung", "Antrag in Prüfung", "Application under examination"),
    ("antrag.nachforderung_ergaenzt", "Nachforderung ergänzt", "Request for completion amended"),
    ("antrag.nachforderung_zurueckgenommen", "Nachforderung zurückgenommen", "Request for completion withdrawn"),
    ("antrag.nachgefordert", "Ergänzung nachgefordert", "Completion requested"),
    ("antrag.nachgereicht", "Nachforderung beantwortet", "Completion answered"),
    ("antrag.zurueckgezogen", "Antrag zurückgezogen", "Application withdrawn"),
    ("basiszinssatz.erfasst", "Basiszinssatz erfasst", "Base rate entered"),
    ("basiszinssatz.freigegeben", "Basiszinssatz freigegeben", "Base rate released"),
    ("basiszinssatz.verworfen", "Basiszinssatz verworfen", "Base rate discarded"),
    ("bescheid.bekanntgabe_berichtigt", "Bekanntgabe berichtigt", "Notification corrected"),
    ("bescheid.bekanntgegeben", "Bescheid bekanntgegeben", "Bescheid notified"),
    ("bescheid.entworfen", "Bescheid entworfen", "Bescheid drafted"),
    ("bescheid.erlassen", "Bescheid erlassen", "Bescheid issued"),
    ("bescheid.rechtsbehelfsverzicht", "Auf Rechtsbehelf verzichtet", "Appeal waived"),
    ("bescheid.verworfen", "Entwurf des Bescheids verworfen", "Draft of the Bescheid discarded"),
    ("budgetkorrektur.beantragt", "Budgetkorrektur beantragt", "Budget correction requested"),
    ("budgetkorrektur.freigegeben", "Budgetkorrektur freigegeben", "Budget correction approved"),
    ("budgetkorrektur.verworfen", "Budgetkorrektur verworfen", "Budget correction discarded"),
    ("frist.erinnerung", "Frist läuft bald ab", "Deadline is near"),
    ("frist.erledigt", "Frist als erledigt festgehalten", "Deadline recorded as met"),
    ("frist.ueberfaellig", "Frist überfällig", "Deadline overdue"),
    ("frist.verlaengert", "Frist verlängert", "Deadline extended"),
    ("jahrgang.abgeschlossen", "Jahrgang abgeschlossen", "Jahrgang closed"),
    ("jahrgang.geoeffnet", "Jahrgang geöffnet", "Jahrgang opened"),
    ("regelwerk.veroeffentlicht", "Regelwerk veröffentlicht", "Regelwerk published"),
    ("strategie.anerkannt", "Strategie anerkannt", "Strategy recognised"),
    ("strategie.eingereicht", "Strategie eingereicht", "Strategy submitted"),
    ("strategie.zurueckgenommen", "Strategie zurückgenommen", "Strategy withdrawn"),
    ("strategie.zurueckgewiesen", "Strategie zurückgewiesen", "Strategy returned"),
    ("traeger.stillgelegt", "Träger stillgelegt", "Provider retired"),
    ("umverteilung.beantragt", "Umverteilung beantragt", "Reallocation requested"),
    ("umverteilung.freigegeben", "Umverteilung freigegeben", "Reallocation approved"),
    ("umverteilung.verworfen", "Umverteilung verworfen", "Reallocation discarded"),
    ("weiterleitung.abgeschlossen", "Weiterleitung abgeschlossen", "Weiterleitung concluded"),
    ("weiterleitung.aufgehoben", "Weiterleitung aufgehoben", "Weiterleitung cancelled"),
    ("weiterleitung.ausgezahlt", "An den Träger ausgezahlt", "Paid to the provider"),
    ("weiterleitung.beendet", "Weiterleitung beendet", "Weiterleitung ended"),
    ("weiterleitung.storniert", "Auszahlung an den Träger storniert", "Payment to the provider reversed"),
    ("weiterleitung.verwendet", "Verwendung gemeldet", "Use reported"),
    ("zielvereinbarung.abgestimmt", "Zielvereinbarung abgestimmt", "Target agreement agreed"),
    ("zielvereinbarung.ausgelaufen", "Zielvereinbarung ausgelaufen", "Target agreement expired"),
    ("zielvereinbarung.geschlossen", "Zielvereinbarung geschlossen", "Target agreement concluded"),
    ("zielvereinbarung.nachtrag", "Nachtrag begonnen", "Supplement begun"),
    ("zielvereinbarung.unterzeichnet", "Zielvereinbarung unterzeichnet", "Target agreement signed"),
    ("zielvereinbarung.zurueckgenommen", "Zielvereinbarung wieder geöffnet", "Target agreement reopened"),
    ("zuteilung.gebucht", "Zuteilung gebucht", "Allocation posted"),
];

const BUCHUNGSGRUENDE: &[Wort] = &[
    ("ANSATZ_ERHOEHUNG", "Erhöhung des Haushaltsansatzes", "State budget raised"),
    ("ANSATZ_SENKUNG", "Senkung des Haushaltsansatzes", "State budget lowered"),
    ("BEWILLIGUNG", "Bewilligung", "Grant"),
    ("HAUSHALTSANSATZ", "Haushaltsansatz", "State budget"),
    ("STORNO", "Storno", "Reversal"),
    ("UMVERTEILUNG", "Umverteilung", "Reallocation"),
    ("WEITERLEITUNG", "Weiterleitung an einen Träger", "Passed on to a provider"),
    ("ZUTEILUNG", "Zuteilung", "Allocation"),
    ("ZUTEILUNG_KUERZUNG", "Kürzung einer Zuteilung", "Cut of an allocation"),
];

/// Keys of the Regelwerk in its own order; the ceilings, which exist once per Massnahmeart, are below.
const PARAMETER: &[Wort] = &[
    ("antragsfrist", "Antragsfrist", "Deadline for applications"),
    ("antragsfrist_modus", "Charakter der Antragsfrist", "Character of the deadline"),
    (
        "frist_werktag_verschiebung",
        "Fristende verschiebt sich auf den nächsten Werktag",
        "Deadlines move to the next working day",
    ),
    ("vorzeitiger_beginn_ab", "Vorzeitiger Beginn frühestens ab", "Early start not before"),
    ("massnahmebeginn_modus", "Folge eines zu frühen Beginns", "Consequence of a start that is too early"),
    ("zielvereinbarung_bis", "Zielvereinbarung bis", "Target agreement by"),
    (
        "zielvereinbarung_summe_modus",
        "Summe der Zielvereinbarung zur Zuteilung",
        "Sum of the agreement against the allocation",
    ),
    (
        "bewilligung_nur_mit_zielvereinbarung",
        "Bewilligung nur mit geschlossener Zielvereinbarung",
        "Grant only with a concluded agreement",
    ),
    (
        "ausgabefenster_jahre",
        "Jahre, in denen Mittel eines Jahrgangs fließen",
        "Years in which a Jahrgang's money flows",
    ),
    ("finanzierungsart", "Finanzierungsart", "Way of financing"),
    ("mittelabruf_frist", "Verwendungsfrist abgerufener Mittel", "Period for the use of called money"),
    (
        "ansatz_ueberschreitung_prozent",
        "Zulässige Überschreitung eines Einzelansatzes",
        "Permitted excess of a plan line",
    ),
    ("bagatellgrenze", "Bagatellgrenze der Ermäßigung", "Threshold of the reduction"),
    (
        "vn_frist_gk",
        "Frist des Verwendungsnachweises der Gebietskörperschaft",
        "Period for the authority's proof of use",
    ),
    ("vn_frist_traeger", "Frist des Verwendungsnachweises des Trägers", "Period for the provider's proof of use"),
    (
        "weiterleitung_vn_vorlauf",
        "Vorlauf des Trägernachweises vor dem der Gebietskörperschaft",
        "Time by which the provider's proof precedes the authority's",
    ),
    ("zwischennachweis_pflicht", "Zwischennachweis ist Pflicht", "Interim proof is obligatory"),
    ("zwischennachweis_bis", "Zwischennachweis bis, im Folgejahr", "Interim proof by, in the following year"),
    (
        "erinnerung_frueh_tage",
        "Tage der ersten Erinnerung vor Fristende",
        "Days of the first reminder before a deadline",
    ),
    (
        "erinnerung_spaet_tage",
        "Tage der letzten Erinnerung vor Fristende",
        "Days of the last reminder before a deadline",
    ),
    ("abschlussdokument_gk", "Abschlussdokument der Gebietskörperschaft", "The authority's final document"),
    ("belege_vorlage", "Vorlage von Belegen", "Submission of receipts"),
    ("aufbewahrung_belege_jahre", "Aufbewahrung von Belegen in Jahren", "Years for which receipts are kept"),
    ("inventar_grenze", "Wertgrenze der Inventarisierung", "Threshold of the inventory"),
    ("direktauftrag_grenze", "Wertgrenze des Direktauftrags", "Threshold of a direct award"),
    ("zinsaufschlag_prozentpunkte", "Zinsaufschlag über dem Basiszinssatz", "Interest above the base rate"),
    ("zinsmethode", "Zinsmethode", "Day count of interest"),
    ("zins_rundung", "Rundung der Zinsen", "Rounding of interest"),
    ("zinsbeginn_zwischenzins", "Beginn der Zwischenzinsen", "Start of interim interest"),
    ("zins_starttag_inklusiv", "Erster Tag wird verzinst", "First day bears interest"),
    ("zins_endtag_inklusiv", "Letzter Tag wird verzinst", "Last day bears interest"),
    (
        "kapital_abrunden_auf",
        "Abrundung des zu verzinsenden Betrags",
        "Rounding down of the amount that bears interest",
    ),
    ("zins_bagatelle", "Bagatellgrenze der Zinsen", "Threshold of interest"),
    ("tilgungsreihenfolge", "Reihenfolge der Tilgung", "Order of repayment"),
    ("ueberzahlung_zuordnung", "Zuordnung von Überzahlungen", "Attribution of overpayments"),
    ("summen_toleranz", "Zulässige Abweichung von Summen", "Permitted difference of sums"),
    ("rundung", "Rundung", "Rounding"),
    ("rechtsnachfolge_modus", "Rechtsnachfolge von Gebietskörperschaften", "Succession of authorities"),
    ("kassenschluss", "Letzter Abruf vor dem Kassenschluss", "Last call before the closing of accounts"),
    ("verjaehrung_jahre", "Verjährung in Jahren", "Limitation in years"),
    ("bekanntgabefiktion_tage", "Tage bis zur Bekanntgabefiktion", "Days until notification is presumed"),
    (
        "bekanntgabefiktion_verschiebung",
        "Bekanntgabefiktion verschiebt sich auf den nächsten Werktag",
        "Presumed notification moves to the next working day",
    ),
    ("rechtsbehelfsfrist", "Rechtsbehelfsfrist", "Period for appeal"),
    (
        "personal_vzae_hoechstens",
        "Höchstens Vollzeitäquivalente je Person und Träger",
        "Full-time equivalents per person and provider at most",
    ),
    (
        "begruendung_mindestens_zeichen",
        "Mindestlänge einer Begründung in Zeichen",
        "Least length of grounds in characters",
    ),
    ("pflichterklaerungen", "Pflichterklärungen des Antrags", "Mandatory declarations of an application"),
    ("zielgruppen_art1", "Zielgruppen der Maßnahmeart 1", "Target groups of measure kind 1"),
    ("zielgruppen_art2", "Zielgruppen der Maßnahmeart 2", "Target groups of measure kind 2"),
    ("zielgruppen_art3", "Zielgruppen der Maßnahmeart 3", "Target groups of measure kind 3"),
    ("zielgruppen_art4", "Zielgruppen der Maßnahmeart 4", "Target groups of measure kind 4"),
];

/// Fields that findings name.
const FELDER: &[Wort] = &[
    ("ab", "Beginn", "First day"),
    ("andere_oeffentliche_mittel", "Andere öffentliche Mittel", "Other public money"),
    ("ansaetze", "Haushaltsansätze", "State budget"),
    ("antragsteller", "Antragsteller", "Applicant"),
    ("aufgabe_am", "Tag der Aufgabe zur Post", "Day of posting"),
    ("ausgaben", "Ausgaben", "Costs"),
    ("bankverbindung", "Bankverbindung", "Bank account"),
    ("begruendung", "Begründung", "Grounds"),
    ("bewilligungszeitraum", "Bewilligungszeitraum", "Grant period"),
    ("durchfuehrungsorte", "Durchführungsorte", "Places"),
    ("erlassen_am", "Tag des Erlasses", "Day of issue"),
    ("grund", "Grund", "Reason"),
    ("iban", "IBAN", "IBAN"),
    ("kassenzeichen", "Kassenzeichen", "Treasury reference"),
    ("kofinanzierung", "Kofinanzierung", "Co-financing"),
    ("kontoinhaber", "Kontoinhaber", "Account holder"),
    ("kreisschluessel", "Kreisschlüssel", "County key"),
    ("land_aqb", "Landesmittel AQB", "State funds AQB"),
    ("nachforderung", "Nachforderung", "Request for completion"),
    ("perioden", "Perioden der Detailplanung", "Periods of the detailed plan"),
    ("positionen", "Positionen", "Positions"),
    ("posten", "Posten", "Items"),
    ("traeger_id", "Träger", "Provider"),
    ("unterzeichner", "Unterzeichnende Person", "Signatory"),
    ("vorsteuerabzug", "Vorsteuerabzug", "Input tax"),
    ("vorzeitiger_massnahmebeginn", "Vorzeitiger Maßnahmebeginn", "Early start"),
    ("ziele", "Ziele", "Targets"),
    ("zugang_am", "Tag des Zugangs", "Day of receipt"),
];

/// What a finding calls a field, a quantity of the plan or a ceiling; none where it has no word.
pub fn feldname(code: &str) -> Option<Text> {
    FELDER.iter().chain(OBERGRENZEN).find(|(c, ..)| *c == code).map(|(_, de, en)| Text { de, en })
}

/// Ceilings; their keys end with the Massnahmeart.
const OBERGRENZEN: &[Wort] = &[
    ("obergrenze_absolut", "Obergrenze insgesamt", "Ceiling in all"),
    ("obergrenze_anteil", "Obergrenze als Anteil der Zuteilung", "Ceiling as a share of the allocation"),
    ("obergrenze_je_platz", "Obergrenze je Platz", "Ceiling per place"),
    ("obergrenze_je_teilnahmemonat", "Obergrenze je Teilnahmemonat", "Ceiling per participant-month"),
    ("obergrenze_je_massnahme", "Obergrenze je Maßnahme", "Ceiling per measure"),
];

fn parameter() -> Vec<Eintrag> {
    let je_art = OBERGRENZEN.iter().flat_map(|(stamm, de, en)| {
        Massnahmeart::ALLE.iter().map(move |m| (format!("{stamm}.{}", m.schluesselteil()), Text { de, en }))
    });
    tabelle(PARAMETER).into_iter().chain(je_art).collect()
}

/// The lists of this part.
pub(super) const LISTEN: &[Codeliste] = &[
    Codeliste {
        name: "akte",
        titel: Text { de: "Akte der Historie", en: "Acts of the history" },
        eintraege: || tabelle(AKTE),
    },
    Codeliste {
        name: "fallarten",
        titel: Text { de: "Arten von Vorgängen", en: "Kinds of cases" },
        eintraege: || tabelle(FALLARTEN),
    },
    Codeliste { name: "ereignisse", titel: Text { de: "Ereignisse", en: "Events" }, eintraege: || tabelle(EREIGNISSE) },
    Codeliste {
        name: "buchungsgruende",
        titel: Text { de: "Buchungsgründe", en: "Reasons of postings" },
        eintraege: || tabelle(BUCHUNGSGRUENDE),
    },
    Codeliste {
        name: "felder",
        titel: Text { de: "Felder in Befunden", en: "Fields in findings" },
        eintraege: || tabelle(FELDER),
    },
    Codeliste {
        name: "parameter",
        titel: Text { de: "Parameter des Regelwerks", en: "Parameters of the Regelwerk" },
        eintraege: parameter,
    },
];
