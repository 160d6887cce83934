//! The rules themselves. A rule's function lives with its aggregate; its words live here.

use super::{Einstufung, Regel, Regelart, Text};
use crate::befund::Schwere;

regeln! {
    // ---- form of a request ----------------------------------------------------------------------------------------
    /// A value of the request does not have the form the document describes; the finding names both.
    VERTRAG_VERLETZT = "AQB-VT-001" "VERTRAG_VERLETZT" Vertrag Fehler
        norm("OpenAPI", "/openapi.json", Belegt) parameter[] ausnahme(false)
        titel("Vertrag verletzt", "Contract violated")
        text("Verlangt ist {verlangt}; gefunden wurde {gefunden}.", "Required is {verlangt}; found was {gefunden}.")
        abhilfe("Berichtigen Sie die Angabe; /openapi.json beschreibt die erlaubte Form.", "Correct the value; /openapi.json describes the permitted form.");

    // ---- rights and persons -------------------------------------------------------------------------------------
    /// The caller's role has no right to this act.
    RECHT_FEHLT = "AQB-RE-001" "RECHT_FEHLT" Recht Fehler
        norm("Rechtematrix", "domain::berechtigung", Annahme) parameter[] ausnahme(false)
        titel("Ihnen fehlt das Recht zu dieser Handlung", "Your role does not permit this act")
        text("Die Rolle {rolle} darf „{recht}“ nicht; das dürfen: {rollen}.", "The role {rolle} does not have the right “{recht}”; it belongs to: {rollen}.")
        abhilfe("Bitten Sie eine Person mit der passenden Rolle.", "Ask a person with the required role.");
    /// Two different persons are required.
    VIER_AUGEN = "AQB-RE-002" "VIER_AUGEN" Recht Fehler
        norm("LHO Hessen", "§ 70 (Vier-Augen-Prinzip)", Fachwissen) parameter[] ausnahme(false)
        titel("Zweite Person erforderlich", "A second person is required")
        text("Der vorige Schritt kam von {person}; diesen muss eine andere Person tun.", "The step before was taken by {person}; this one takes another person.")
        abhilfe("Lassen Sie eine andere berechtigte Person handeln.", "Have another authorised person act.");
    /// The act is not possible in this state.
    STATUS_UNZULAESSIG = "AQB-ZU-001" "STATUS_UNZULAESSIG" Zustand Fehler
        norm("Ablauf des Verfahrens", "Zustandstabelle", Annahme) parameter[] ausnahme(false)
        titel("Im jetzigen Stand nicht möglich", "Not possible in the present state")
        text("Der Vorgang steht auf {status}; „{akt}“ ist nur in {zulaessig} möglich.", "The case is in state {status}; “{akt}” is possible only in {zulaessig}.")
        abhilfe("Lesen Sie unter /aktionen, was jetzt möglich ist.", "Read /aktionen for what is possible now.");
    /// A document that was filed or published cannot be edited.
    UNVERAENDERLICH = "AQB-ZU-002" "UNVERAENDERLICH" Zustand Fehler
        norm("Ablauf des Verfahrens", "Festschreibung", Annahme) parameter[] ausnahme(false)
        titel("Nicht mehr änderbar", "No longer editable")
        text("Im Stand {status} kann nichts mehr geändert werden.", "Nothing can be changed in state {status}.")
        abhilfe("Legen Sie eine neue Fassung an oder warten Sie auf eine Nachforderung.", "Create a new version or wait for a request for completion.");
    /// Only fields named by the Nachforderung can be edited.
    NUR_NACHGEFORDERTES = "AQB-ZU-003" "NUR_NACHGEFORDERTES" Zustand Fehler
        norm("Ablauf des Verfahrens", "Nachforderung", Annahme) parameter[] ausnahme(false)
        titel("Feld nicht nachgefordert", "Field was not requested")
        text("Während der Nachforderung sind nur die benannten Felder änderbar; {feld} gehört nicht dazu.", "During the request for completion only the named fields are editable; {feld} is not one of them.")
        abhilfe("Ändern Sie nur: {felder}.", "Change only: {felder}.");
    /// The record already exists.
    SCHON_VORHANDEN = "AQB-ZU-004" "SCHON_VORHANDEN" Zustand Fehler
        norm("Datenhaltung", "Eindeutigkeit", Annahme) parameter[] ausnahme(false)
        titel("Schon vorhanden", "Already exists")
        text("{was} {schluessel} ist schon vorhanden.", "{was} {schluessel} already exists.")
        abhilfe("Verwenden Sie den vorhandenen Datensatz.", "Use the existing record.");

    /// Other records refer to it.
    NOCH_VERWENDET = "AQB-ZU-008" "NOCH_VERWENDET" Zustand Fehler
        norm("Datenhaltung", "Verweise", Annahme) parameter[] ausnahme(false)
        titel("Noch verwendet", "Still in use")
        text("Andere Vorgänge verweisen auf {was} {schluessel}; gelöscht bliebe von ihnen ein Verweis ins Leere.", "Other cases refer to {was} {schluessel}; deleted, their reference would lead nowhere.")
        abhilfe("Lassen Sie den Datensatz stehen. Ein Antrag kann eingereicht und zurückgezogen werden; dann bleibt er mit seinen Vorgängen nachvollziehbar.", "Leave the record. An application can be filed and withdrawn; it then stays comprehensible together with its cases.");

    // ---- Regelwerk and reference data -----------------------------------------------------------------------------
    /// A parameter is missing or unknown: the rule cannot be applied, so the answer is no.
    PARAMETER_FEHLT = "AQB-RW-001" "PARAMETER_FEHLT" Zustand Fehler
        norm("Regelwerk", "Parameter", Annahme) parameter[] ausnahme(false)
        titel("Parameter des Regelwerks fehlt", "Parameter of the Regelwerk is missing")
        text("Der Parameter {parameter} hat zum {stichtag} keinen Wert; die Regel kann nicht angewendet werden.", "The parameter {parameter} has no value on {stichtag}; the rule cannot be applied.")
        abhilfe("Das Ministerium muss den Wert in einer neuen Fassung des Regelwerks festlegen.", "The ministry must set the value in a new version of the Regelwerk.");
    /// The parameter's value does not have the form its kind demands.
    PARAMETER_FORM = "AQB-RW-002" "PARAMETER_FORM" Fachregel Fehler
        norm("Regelwerk", "Parameter", Annahme) parameter[] ausnahme(false)
        titel("Parameter hat nicht die verlangte Form", "Parameter does not have the required form")
        text("Der Parameter {parameter} verlangt {erwartet}, angegeben ist „{wert}“.", "The parameter {parameter} requires {erwartet}, given is “{wert}”.")
        abhilfe("Geben Sie den Wert in der verlangten Form an.", "Give the value in the required form.");
    /// A key that no rule knows.
    PARAMETER_UNBEKANNT = "AQB-RW-003" "PARAMETER_UNBEKANNT" Fachregel Fehler
        norm("Regelwerk", "Parameter", Annahme) parameter[] ausnahme(false)
        titel("Unbekannter Parameter", "Unknown parameter")
        text("Den Parameter {parameter} liest keine Regel.", "No rule reads the parameter {parameter}.")
        abhilfe("Prüfen Sie die Schreibweise; die Schlüssel stehen in GET /regelwerke/{version}.", "Check the spelling; the keys are listed in GET /regelwerke/{version}.");
    /// A draft without all parameters cannot be published.
    PARAMETER_UNVOLLSTAENDIG = "AQB-RW-004" "PARAMETER_UNVOLLSTAENDIG" Fachregel Fehler
        norm("Regelwerk", "Vollständigkeit", Annahme) parameter[] ausnahme(false)
        titel("Regelwerk ist unvollständig", "Regelwerk is incomplete")
        text("Der Parameter {parameter} fehlt ganz; ein unbekannter Wert muss ausdrücklich als UNBEKANNT geführt werden.", "The parameter {parameter} is absent; an unknown value must be stated as UNBEKANNT.")
        abhilfe("Ergänzen Sie den Parameter.", "Add the parameter.");
    /// The Regelwerk is a draft.
    REGELWERK_NICHT_VEROEFFENTLICHT = "AQB-RW-005" "REGELWERK_NICHT_VEROEFFENTLICHT" Zustand Fehler
        norm("Regelwerk", "Veröffentlichung", Annahme) parameter[] ausnahme(false)
        titel("Regelwerk ist nicht veröffentlicht", "Regelwerk is not published")
        text("Das Regelwerk {version} ist noch ein Entwurf.", "The Regelwerk {version} is still a draft.")
        abhilfe("Veröffentlichen Sie es oder wählen Sie ein veröffentlichtes.", "Publish it or choose a published one.");
    /// Two rows of a Regelwerk with the same key and day.
    PARAMETER_DOPPELT = "AQB-RW-006" "PARAMETER_DOPPELT" Fachregel Fehler
        norm("Regelwerk", "Eindeutigkeit", Annahme) parameter[] ausnahme(false)
        titel("Parameter doppelt", "Parameter appears twice")
        text("Der Parameter {parameter} hat zum {gueltig_ab} mehrere Zeilen; welcher Wert gilt, ist offen.", "The parameter {parameter} has several rows on {gueltig_ab}; which value applies is open.")
        abhilfe("Lassen Sie je Schlüssel und Tag eine Zeile stehen.", "Keep one row per key and day.");
    /// The Regelwerk begins after the day that decides about the Jahrgang.
    REGELWERK_NOCH_NICHT_GUELTIG = "AQB-RW-007" "REGELWERK_NOCH_NICHT_GUELTIG" Fachregel Fehler
        norm("Regelwerk", "Geltung", Annahme) parameter[] ausnahme(false)
        titel("Regelwerk gilt noch nicht", "Regelwerk is not yet in force")
        text("Das Regelwerk {version} gilt ab dem {gueltig_ab}; der Jahrgang braucht eines, das am {stichtag} gilt.", "The Regelwerk {version} is in force from {gueltig_ab}; the Jahrgang needs one in force on {stichtag}.")
        abhilfe("Wählen Sie ein Regelwerk, das am Stichtag des Jahrgangs gilt.", "Choose a Regelwerk in force on the reference day of the Jahrgang.");
    /// A code that the catalogue does not list (on that day).
    KATALOGWERT_UNBEKANNT = "AQB-KA-001" "KATALOGWERT_UNBEKANNT" Fachregel Fehler
        norm("Katalog", "Codeliste", Annahme) parameter[] ausnahme(false)
        titel("Unbekannter Code", "Unknown code")
        text("Der Katalog {katalog} kennt {wert} nicht.", "The catalogue {katalog} does not contain {wert}.")
        abhilfe("Gültige Codes nennt GET /kataloge/{katalog}.", "GET /kataloge/{katalog} lists the valid codes.");
    /// Reference to something that does not exist or is not visible.
    VERWEIS_UNBEKANNT = "AQB-KA-002" "VERWEIS_UNBEKANNT" Fachregel Fehler
        norm("Datenhaltung", "Verweis", Annahme) parameter[] ausnahme(false)
        titel("Verweis führt ins Leere", "Reference leads nowhere")
        text("{was} {schluessel} ist für diesen Vorgang nicht bekannt.", "{was} {schluessel} is not known for this case.")
        abhilfe("Prüfen Sie den Schlüssel und ob er zu Gebietskörperschaft und Jahrgang des Vorgangs gehört.", "Check the key and whether it belongs to the authority and Jahrgang of the case.");

    // ---- entitlement, deadlines, periods ----------------------------------------------------------------------------
    /// Only Landkreise and kreisfreie Staedte that exist on 1 January of the Jahrgang may apply.
    NICHT_ANTRAGSBERECHTIGT = "AQB-AB-001" "NICHT_ANTRAGSBERECHTIGT" Fachregel Fehler
        norm("AQB-Fördergrundsätze", "Antragsberechtigung (Förderdatenbank, AQB-Seite)", Belegt) parameter[] ausnahme(false)
        titel("Nicht antragsberechtigt", "Not entitled to apply")
        text("{kreisschluessel} ist am {stichtag}, dem Stichtag des Jahrgangs {jahrgang}, keine antragsberechtigte Gebietskörperschaft.", "{kreisschluessel} is not an entitled authority on {stichtag}, the reference day of the Jahrgang {jahrgang}.")
        abhilfe("Für diesen Jahrgang stellt die damals zuständige Gebietskörperschaft den Antrag.", "For this Jahrgang the authority responsible at that time files the application.");
    /// The application came after the deadline.
    ANTRAGSFRIST = "AQB-FR-001" "FRIST_UEBERSCHRITTEN" Fachregel Warnung
        norm("AQB-Fördergrundsätze; HVwVfG", "Antragsfrist 31.03.; § 31 Abs. 3 HVwVfG", Belegt) parameter["antragsfrist", "antragsfrist_modus", "frist_werktag_verschiebung"] ausnahme(true)
        titel("Antragsfrist überschritten", "Application deadline missed")
        text("Der Antrag geht am {eingang} ein; die Frist endete am {fristende}.", "The application arrives on {eingang}; the deadline was {fristende}.")
        abhilfe("Als Ordnungsfrist: Warnung bestätigen, die Bewilligungsbehörde entscheidet. Als Ausschlussfrist: Antrag für den nächsten Jahrgang stellen.", "As an order deadline: confirm the warning, the authority decides. As a cut-off date: apply for the next Jahrgang.");
    /// The early start lies before the permitted day.
    VORZEITIGER_BEGINN = "AQB-FR-002" "VORZEITIGER_BEGINN" Fachregel Fehler
        norm("VV zu § 44 LHO; AQB-Fördergrundsätze", "Nr. 1.3; vorzeitiger Beginn ab 01.01.", Belegt) parameter["vorzeitiger_beginn_ab", "massnahmebeginn_modus"] ausnahme(true)
        titel("Maßnahme beginnt zu früh", "Measure begins too early")
        text("Die Maßnahme {massnahme} beginnt am {beginn} (maßgeblich: {massgeblich}); zulässig ist der Beginn ab {fruehestens}.", "The measure {massnahme} begins on {beginn} (decisive: {massgeblich}); a start is permitted from {fruehestens}.")
        abhilfe("Verschieben Sie den Beginn oder lassen Sie die Bewilligungsbehörde entscheiden.", "Move the start or have the authority decide.");
    /// Costs before the first permitted day are not recognised.
    BEGINN_GEKAPPT = "AQB-FR-003" "BEGINN_GEKAPPT" Fachregel Warnung
        norm("VV zu § 44 LHO; AQB-Fördergrundsätze", "Nr. 1.3; vorzeitiger Beginn ab 01.01.", Annahme) parameter["vorzeitiger_beginn_ab", "massnahmebeginn_modus"] ausnahme(true)
        titel("Kosten vor dem zulässigen Beginn zählen nicht", "Costs before the permitted start do not count")
        text("Die Maßnahme {massnahme} beginnt am {beginn}; {tage} Tage vor dem {fruehestens} werden nicht anerkannt.", "The measure {massnahme} begins on {beginn}; {tage} days before {fruehestens} are not recognised.")
        abhilfe("Nehmen Sie die Kosten dieser Tage aus dem Finanzierungsplan und bestätigen Sie die Warnung.", "Take the costs of these days out of the plan and confirm the warning.");
    /// The requested period lies outside the window of the Jahrgang.
    ZEITRAUM_AUSSERHALB = "AQB-FR-004" "ZEITRAUM_AUSSERHALB" Fachregel Fehler
        norm("AQB-Praxis", "Ausgabefenster des Jahrgangs (Kassel 2020–2024, Wetterau 2016–2020)", Annahme) parameter["ausgabefenster_jahre", "vorzeitiger_beginn_ab"] ausnahme(false)
        titel("Zeitraum außerhalb des Jahrgangs", "Period outside the Jahrgang")
        text("Der Zeitraum {von} bis {bis} liegt nicht im Fenster {fenster_von} bis {fenster_bis} des Jahrgangs.", "The period {von} to {bis} does not lie in the window {fenster_von} to {fenster_bis} of the Jahrgang.")
        abhilfe("Passen Sie den Zeitraum an.", "Adjust the period.");
    /// The measure runs outside the requested Bewilligungszeitraum.
    MASSNAHME_AUSSERHALB = "AQB-FR-005" "MASSNAHME_AUSSERHALB" Fachregel Fehler
        norm("VV zu § 44 LHO", "Bewilligungszeitraum", Fachwissen) parameter[] ausnahme(false)
        titel("Maßnahme außerhalb des Bewilligungszeitraums", "Measure outside the grant period")
        text("Die Maßnahme {massnahme} läuft {beginn} bis {ende}, beantragt ist {von} bis {bis}.", "The measure {massnahme} runs {beginn} to {ende}, the requested period is {von} to {bis}.")
        abhilfe("Passen Sie Maßnahme oder Bewilligungszeitraum an.", "Adjust the measure or the grant period.");
    /// Two dates are in the wrong order.
    DATUM_REIHENFOLGE = "AQB-FR-006" "DATUM_REIHENFOLGE" Fachregel Fehler
        norm("Formular", "Angaben zum Zeitraum", Annahme) parameter[] ausnahme(false)
        titel("Datumsangaben vertauscht", "Dates in the wrong order")
        text("Das Ende {bis} liegt vor dem Beginn {von}.", "The end {bis} lies before the start {von}.")
        abhilfe("Prüfen Sie beide Angaben.", "Check both dates.");
    /// A Haushaltsjahr outside the window of the Jahrgang.
    HAUSHALTSJAHR_AUSSERHALB = "AQB-FR-007" "HAUSHALTSJAHR_AUSSERHALB" Fachregel Fehler
        norm("AQB-Praxis", "Ausgabefenster des Jahrgangs", Annahme) parameter["ausgabefenster_jahre"] ausnahme(false)
        titel("Haushaltsjahr außerhalb des Jahrgangs", "Fiscal year outside the Jahrgang")
        text("Das Haushaltsjahr {haushaltsjahr} liegt nicht in {erstes} bis {letztes}.", "The fiscal year {haushaltsjahr} does not lie in {erstes} to {letztes}.")
        abhilfe("Ordnen Sie den Betrag einem Haushaltsjahr des Fensters zu.", "Assign the amount to a fiscal year of the window.");
    /// The interest calculator was asked beyond the last published base rate.
    BASISZINS_UNBEKANNT = "AQB-ZI-001" "BASISZINS_UNBEKANNT" Fachregel Fehler
        norm("BGB", "§ 247", Belegt) parameter[] ausnahme(false)
        titel("Basiszinssatz noch nicht bekannt", "Base rate not yet known")
        text("Für {von} bis {bis} ist der Basiszinssatz nur von {bekannt_von} bis {bekannt_bis} bekannt.", "For {von} to {bis} the base rate is known only from {bekannt_von} to {bekannt_bis}.")
        abhilfe("Rechnen Sie bis zum letzten bekannten Tag oder warten Sie auf die Bekanntmachung der Bundesbank.", "Calculate up to the last known day or wait for the announcement.");
    /// A base rate that nobody can know yet.
    BASISZINS_NICHT_BEKANNT_GEGEBEN = "AQB-ZI-004" "BASISZINS_NICHT_BEKANNT_GEGEBEN" Fachregel Fehler
        norm("BGB", "§ 247 Abs. 2 (Bekanntgabe unverzüglich nach dem 1. Januar und 1. Juli)", Fachwissen) parameter[] ausnahme(false)
        titel("Basiszinssatz noch nicht bekannt gegeben", "Base rate not announced yet")
        text("Der Satz ab dem {gueltig_ab} kann heute, am {heute}, noch nicht bekannt sein; erfasst werden kann er ab dem {fruehestens}.", "The rate from {gueltig_ab} cannot be known today, {heute}; it can be entered from {fruehestens}.")
        abhilfe("Warten Sie die Bekanntgabe der Bundesbank ab.", "Wait for the announcement of the Bundesbank.");
    /// A calculation leaves the representable range.
    RECHENBEREICH = "AQB-ZI-002" "RECHENBEREICH" Fachregel Fehler
        norm("Rechenregel", "Wertebereich", Annahme) parameter[] ausnahme(false)
        titel("Betrag außerhalb des Rechenbereichs", "Amount outside the range of calculation")
        text("Das Ergebnis überschreitet 999.999.999.999,99 EUR.", "The result exceeds EUR 999999999999.99.")
        abhilfe("Prüfen Sie die eingegebenen Beträge.", "Check the amounts entered.");
    /// A combination of input that the calculator cannot use.
    RECHENEINGABE = "AQB-ZI-003" "RECHENEINGABE" Fachregel Fehler
        norm("Rechenregel", "Eingaben", Annahme) parameter[] ausnahme(false)
        titel("Angaben passen nicht zusammen", "Input does not fit together")
        text("{feld}: gefunden {gefunden}, verlangt {verlangt}.", "{feld}: found {gefunden}, required {verlangt}.")
        abhilfe("Berichtigen Sie die Angabe.", "Correct the input.");

    // ---- plan ----------------------------------------------------------------------------------------------------
    /// Costs and financing differ.
    PLAN_UNAUSGEGLICHEN = "AQB-FP-001" "PLAN_UNAUSGEGLICHEN" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 3 (Finanzierungsplan)", Fachwissen) parameter["summen_toleranz"] ausnahme(false)
        titel("Finanzierungsplan geht nicht auf", "Financing plan does not balance")
        text("Im Haushaltsjahr {haushaltsjahr} stehen Ausgaben von {ausgaben} einer Finanzierung von {finanzierung} gegenüber; der Unterschied ist {differenz}.", "In the fiscal year {haushaltsjahr} costs of {ausgaben} face financing of {finanzierung}; the difference is {differenz}.")
        abhilfe("Gleichen Sie Ausgaben und Finanzierung auf den Cent aus.", "Balance costs and financing to the cent.");
    /// A plan without any state money.
    PLAN_OHNE_LANDESMITTEL = "AQB-FP-002" "PLAN_OHNE_LANDESMITTEL" Fachregel Fehler
        norm("VV zu § 44 LHO", "Nr. 3 (Antrag)", Annahme) parameter[] ausnahme(false)
        titel("Keine Landesmittel beantragt", "No state funds requested")
        text("Aus LAND_AQB sind {beantragt} beantragt.", "{beantragt} is requested from LAND_AQB.")
        abhilfe("Tragen Sie den beantragten Betrag als Finanzierungsquelle LAND_AQB ein.", "Enter the requested amount as source LAND_AQB.");
    /// The same position or source twice in one year.
    PLAN_DOPPELT = "AQB-FP-003" "PLAN_DOPPELT" Fachregel Fehler
        norm("Formular", "Finanzierungsplan", Annahme) parameter[] ausnahme(false)
        titel("Ansatz doppelt", "Line appears twice")
        text("{posten} im Haushaltsjahr {haushaltsjahr} steht mehrfach im Plan.", "{posten} in the fiscal year {haushaltsjahr} appears more than once.")
        abhilfe("Fassen Sie die Zeilen zusammen.", "Merge the lines.");
    /// The Detailplanung's sum differs from the plan.
    DETAILPLANUNG_SUMME = "AQB-DP-001" "DETAILPLANUNG_SUMME" Fachregel Fehler
        norm("Formular", "Detailplanung", Annahme) parameter["summen_toleranz"] ausnahme(false)
        titel("Detailplanung weicht vom Finanzierungsplan ab", "Detailed plan differs from the financing plan")
        text("{groesse} {haushaltsjahr}: Detailplanung {detailplanung}, Finanzierungsplan {plan}, Unterschied {differenz}.", "{groesse} {haushaltsjahr}: detailed plan {detailplanung}, financing plan {plan}, difference {differenz}.")
        abhilfe("Gleichen Sie die Perioden an den Finanzierungsplan an.", "Align the periods with the financing plan.");
    /// Periods leave a gap, overlap or leave the measure.
    DETAILPLANUNG_LUECKE = "AQB-DP-002" "DETAILPLANUNG_LUECKE" Fachregel Fehler
        norm("Formular", "Detailplanung", Annahme) parameter[] ausnahme(false)
        titel("Perioden sind nicht lückenlos", "Periods are not gapless")
        text("Die Periode beginnt am {von}; erwartet wird {erwartet}.", "The period begins on {von}; expected is {erwartet}.")
        abhilfe("Die Perioden müssen die Maßnahme lückenlos und ohne Überschneidung abdecken.", "The periods must cover the measure without gap or overlap.");
    /// A person above full time at one Traeger.
    PERSONAL_UEBER_1_0 = "AQB-DP-003" "PERSONAL_UEBER_1_0" Fachregel Fehler
        norm("Formular", "Detailplanung, Personaleinsatz", Annahme) parameter["personal_vzae_hoechstens"] ausnahme(true)
        titel("Person über 1,00 Stelle eingesetzt", "Person above one full-time post")
        text("{person} ist ab {ab} mit {vzae} VZÄ eingeplant; zulässig sind {hoechstens}.", "{person} is planned with {vzae} FTE from {ab}; permitted are {hoechstens}.")
        abhilfe("Verringern Sie den Einsatz in einer der Maßnahmen: {massnahmen}.", "Reduce the assignment in one of the measures: {massnahmen}.");
    /// Staff costs without staff in the Detailplanung.
    PERSONALEINSATZ_FEHLT = "AQB-DP-004" "PERSONALEINSATZ_FEHLT" Fachregel Fehler
        norm("Formular", "Detailplanung, Personaleinsatz", Annahme) parameter[] ausnahme(false)
        titel("Personaleinsatz fehlt", "Staff assignment is missing")
        text("Der Plan enthält {personal} Personalausgaben, die Detailplanung nennt kein Personal.", "The plan contains {personal} of staff costs, the detailed plan names no staff.")
        abhilfe("Ergänzen Sie den Personaleinsatz.", "Add the staff assignment.");
    /// A measure without Detailplanung.
    DETAILPLANUNG_FEHLT = "AQB-DP-005" "DETAILPLANUNG_FEHLT" Fachregel Fehler
        norm("Formular", "Detailplanung", Annahme) parameter[] ausnahme(false)
        titel("Detailplanung fehlt", "Detailed plan is missing")
        text("Zur Maßnahme {massnahme} liegt keine Detailplanung vor.", "There is no detailed plan for the measure {massnahme}.")
        abhilfe("Reichen Sie die Detailplanung ein.", "Supply the detailed plan.");

    // ---- budget and ceilings -----------------------------------------------------------------------------------------
    /// The budget does not cover the amount.
    BUDGET_UEBERSCHRITTEN = "AQB-BU-001" "BUDGET_UEBERSCHRITTEN" Zustand Fehler
        norm("LHO Hessen", "§§ 23, 44; Zuteilung", Fachwissen) parameter[] ausnahme(false)
        titel("Budget reicht nicht", "Budget does not suffice")
        text("{teilbudget} {haushaltsjahr}: benötigt {benoetigt}, verfügbar {verfuegbar}; es fehlen {differenz}.", "{teilbudget} {haushaltsjahr}: needed {benoetigt}, available {verfuegbar}; short by {differenz}.")
        abhilfe("Verringern Sie den Betrag oder beantragen Sie eine Umverteilung.", "Reduce the amount or request a reallocation.");
    /// There is no Zuteilung at all.
    ZUTEILUNG_FEHLT = "AQB-BU-002" "ZUTEILUNG_FEHLT" Zustand Fehler
        norm("LHO Hessen", "§§ 23, 44; Zuteilung", Fachwissen) parameter[] ausnahme(false)
        titel("Keine Zuteilung", "No allocation")
        text("Für {kreisschluessel}, Jahrgang {jahrgang}, {teilbudget} {haushaltsjahr} ist nichts zugeteilt.", "Nothing is allocated to {kreisschluessel}, Jahrgang {jahrgang}, {teilbudget} {haushaltsjahr}.")
        abhilfe("Das Ministerium muss zuteilen.", "The ministry must allocate.");
    /// A ceiling per Massnahmeart is exceeded.
    OBERGRENZE = "AQB-OG-001" "OBERGRENZE_UEBERSCHRITTEN" Fachregel Fehler
        norm("Regelwerk", "Obergrenzen je Maßnahmeart", Annahme) parameter["obergrenze_absolut", "obergrenze_anteil", "obergrenze_je_platz", "obergrenze_je_teilnahmemonat", "obergrenze_je_massnahme"] ausnahme(true)
        titel("Obergrenze der Maßnahmeart überschritten", "Ceiling of the Massnahmeart exceeded")
        text("{massnahmeart}, {grenze}: beantragt und bewilligt {beantragt} (davon in anderen Bescheiden {gebunden}), höchstens {hoechstens} ({satz} × {basis}); zu viel {differenz}.", "{massnahmeart}, {grenze}: requested and granted {beantragt} (of which in other Bescheide {gebunden}), at most {hoechstens} ({satz} × {basis}); excess {differenz}.")
        abhilfe("Verringern Sie die beantragten Landesmittel.", "Reduce the requested state funds.");
    /// The same account cannot give and take.
    UMVERTEILUNG_GLEICH = "AQB-BU-003" "UMVERTEILUNG_GLEICH" Fachregel Fehler
        norm("Budget", "Umverteilung", Annahme) parameter[] ausnahme(false)
        titel("Quelle und Ziel sind gleich", "Source and target are the same")
        text("Die Umverteilung würde {schluessel} an sich selbst umbuchen.", "The reallocation would move {schluessel} to itself.")
        abhilfe("Wählen Sie ein anderes Ziel.", "Choose another target.");
    /// The state's budget for the Jahrgang does not cover the allocation.
    PROGRAMM_ERSCHOEPFT = "AQB-BU-004" "PROGRAMM_ERSCHOEPFT" Zustand Fehler
        norm("LHO Hessen", "§ 38, Haushaltsansatz", Fachwissen) parameter[] ausnahme(false)
        titel("Haushaltsansatz des Jahrgangs reicht nicht", "State budget of the Jahrgang does not suffice")
        text("{teilbudget} {haushaltsjahr}: benötigt {benoetigt}, im Ansatz frei {verfuegbar}; es fehlen {differenz}.", "{teilbudget} {haushaltsjahr}: needed {benoetigt}, free in the budget {verfuegbar}; short by {differenz}.")
        abhilfe("Verringern Sie den Betrag oder erhöhen Sie den Ansatz durch eine Budgetkorrektur (POST /jahrgaenge/{jahrgang}/korrekturen).", "Reduce the amount or raise the budget by a correction (POST /jahrgaenge/{jahrgang}/korrekturen).");
    /// The Jahrgang is not open.
    JAHRGANG_NICHT_OFFEN = "AQB-BU-005" "JAHRGANG_NICHT_OFFEN" Zustand Fehler
        norm("Programm", "Jahrgang", Annahme) parameter[] ausnahme(false)
        titel("Jahrgang ist nicht geöffnet", "Jahrgang is not open")
        text("Der Jahrgang {jahrgang} steht auf {status}.", "The Jahrgang {jahrgang} is in state {status}.")
        abhilfe("Das Ministerium muss den Jahrgang öffnen.", "The ministry must open the Jahrgang.");

    // ---- preconditions of the grant ------------------------------------------------------------------------------------
    /// No regional strategy covers the Jahrgang.
    STRATEGIE_FEHLT = "AQB-VO-001" "STRATEGIE_FEHLT" Fachregel Fehler
        norm("AQB-Fördergrundsätze", "Strategie als Voraussetzung (Serviceportal Hessen)", Belegt) parameter[] ausnahme(false)
        titel("Regionale Strategie fehlt", "Regional strategy is missing")
        text("Für {kreisschluessel} liegt keine eingereichte Strategie vor, die den {stichtag} umfasst.", "For {kreisschluessel} there is no submitted strategy that covers {stichtag}.")
        abhilfe("Reichen Sie die Ausbildungs- und Arbeitsmarktstrategie ein.", "Submit the training and labour-market strategy.");
    /// No concluded Zielvereinbarung; a hint when filing, a refusal when deciding.
    ZIELVEREINBARUNG_FEHLT = "AQB-VO-002" "ZIELVEREINBARUNG_FEHLT" Fachregel Fehler
        norm("AQB-Fördergrundsätze", "Zielvereinbarung", Belegt) parameter["bewilligung_nur_mit_zielvereinbarung"] ausnahme(true)
        titel("Zielvereinbarung nicht geschlossen", "Target agreement not concluded")
        text("Die Zielvereinbarung von {kreisschluessel} für den Jahrgang {jahrgang} steht auf {status}; verlangt ist {verlangt}.", "The target agreement of {kreisschluessel} for the Jahrgang {jahrgang} is in state {status}; required is {verlangt}.")
        abhilfe("Lassen Sie die Zielvereinbarung von beiden Seiten unterzeichnen.", "Have both parties sign the target agreement.");
    /// Budget positions of the agreement differ from the Zuteilung.
    ZIELVEREINBARUNG_BUDGET = "AQB-VO-003" "ZIELVEREINBARUNG_BUDGET" Fachregel Fehler
        norm("Zielvereinbarung", "Budgetpositionen", Annahme) parameter["zielvereinbarung_summe_modus"] ausnahme(false)
        titel("Budgetpositionen passen nicht zur Zuteilung", "Budget positions do not match the allocation")
        text("{teilbudget} {haushaltsjahr}: vereinbart {vereinbart}, zugeteilt {zugeteilt}; Unterschied {differenz}.", "{teilbudget} {haushaltsjahr}: agreed {vereinbart}, allocated {zugeteilt}; difference {differenz}.")
        abhilfe("Passen Sie die Positionen an die Zuteilung an.", "Align the positions with the allocation.");
    /// This party has already signed.
    SCHON_UNTERZEICHNET = "AQB-VO-004" "SCHON_UNTERZEICHNET" Zustand Fehler
        norm("Zielvereinbarung", "Unterzeichnung", Annahme) parameter[] ausnahme(false)
        titel("Schon unterzeichnet", "Already signed")
        text("{partei} hat am {am} unterzeichnet.", "{partei} signed on {am}.")
        abhilfe("Es fehlt nur noch die Unterschrift der anderen Seite.", "Only the other party's signature is missing.");
    /// Two strategies of one authority overlap.
    STRATEGIE_UEBERSCHNEIDUNG = "AQB-VO-005" "STRATEGIE_UEBERSCHNEIDUNG" Zustand Fehler
        norm("Strategie", "Geltungszeitraum", Annahme) parameter[] ausnahme(false)
        titel("Strategien überschneiden sich", "Strategies overlap")
        text("Der Zeitraum {von} bis {bis} überschneidet sich mit der Strategie „{andere}“.", "The period {von} to {bis} overlaps with the strategy “{andere}”.")
        abhilfe("Kürzen Sie den Geltungszeitraum.", "Shorten the period of validity.");

    /// An agreement rests on the strategy.
    STRATEGIE_WIRD_GEBRAUCHT = "AQB-VO-007" "STRATEGIE_WIRD_GEBRAUCHT" Zustand Fehler
        norm("AQB-Fördergrundsätze", "Strategie als Voraussetzung (Serviceportal Hessen)", Annahme) parameter[] ausnahme(false)
        titel("Auf der Strategie beruhen Zielvereinbarungen", "Target agreements rest on the strategy")
        text("{anzahl} abgestimmte oder geschlossene Zielvereinbarungen nennen diese Strategie.", "{anzahl} agreed or concluded target agreements name this strategy.")
        abhilfe("Nehmen Sie die Zielvereinbarung zurück, oder vereinbaren Sie in einem Nachtrag eine andere Strategie.", "Take the agreement back, or agree on another strategy in a Nachtrag.");
    /// The hash of the signature is not that of the fixed text.
    DOKUMENT_NICHT_GELESEN = "AQB-VO-008" "DOKUMENT_NICHT_GELESEN" Zustand Fehler
        norm("Zielvereinbarung", "Unterzeichnung", Annahme) parameter[] ausnahme(false)
        titel("Unterzeichnet würde ein anderer Text", "Another text would be signed")
        text("Angegeben ist die Prüfsumme {gefunden}; der abgestimmte Text hat {festgeschrieben}.", "Given is the hash {gefunden}; the agreed text has {festgeschrieben}.")
        abhilfe("Lesen Sie die Zielvereinbarung neu und unterzeichnen Sie den Text, den Sie gelesen haben.", "Read the agreement again and sign the text you have read.");

    // ---- measures ----------------------------------------------------------------------------------------------------
    /// The Antrag contains no Massnahme.
    MASSNAHME_FEHLT = "AQB-MA-001" "MASSNAHME_FEHLT" Fachregel Fehler
        norm("Formular Antrag AQB", "Maßnahmen", Belegt) parameter[] ausnahme(false)
        titel("Antrag ohne Maßnahme", "Application without a measure")
        text("Der Antrag enthält {anzahl} Maßnahmen; mindestens eine ist nötig.", "The application contains {anzahl} measures; at least one is needed.")
        abhilfe("Fügen Sie eine Maßnahme hinzu.", "Add a measure.");
    /// A Zielgruppe that the Massnahmeart does not admit.
    ZIELGRUPPE_UNZULAESSIG = "AQB-MA-002" "ZIELGRUPPE_UNZULAESSIG" Fachregel Fehler
        norm("AQB-Fördergrundsätze", "Zielgruppen je Maßnahmeart", Annahme) parameter["zielgruppen_art1", "zielgruppen_art2", "zielgruppen_art3", "zielgruppen_art4"] ausnahme(true)
        titel("Zielgruppe passt nicht zur Maßnahmeart", "Zielgruppe does not fit the Massnahmeart")
        text("{zielgruppe} ist in {massnahmeart} nicht vorgesehen.", "{zielgruppe} is not provided for in {massnahmeart}.")
        abhilfe("Zulässig sind: {zulaessig}.", "Permitted are: {zulaessig}.");
    /// A measure for participants without a Zielgruppe.
    ZIELGRUPPE_FEHLT = "AQB-MA-003" "ZIELGRUPPE_FEHLT" Fachregel Fehler
        norm("AQB-Fördergrundsätze", "Zielgruppen", Belegt) parameter[] ausnahme(false)
        titel("Zielgruppe fehlt", "Zielgruppe is missing")
        text("Die Maßnahme {massnahme} nennt keine Zielgruppe.", "The measure {massnahme} names no Zielgruppe.")
        abhilfe("Wählen Sie mindestens eine: {zulaessig}.", "Choose at least one: {zulaessig}.");
    /// Participants planned below one.
    TEILNEHMENDE_FEHLEN = "AQB-MA-004" "TEILNEHMENDE_FEHLEN" Fachregel Fehler
        norm("Formular Maßnahmendetails", "Plätze und Teilnehmende", Annahme) parameter[] ausnahme(false)
        titel("Keine Teilnehmenden geplant", "No participants planned")
        text("Die Maßnahme {massnahme} plant {plaetze} Plätze und {teilnehmende} Teilnehmende; außer in Art 4 ist je mindestens 1 nötig.", "The measure {massnahme} plans {plaetze} places and {teilnehmende} participants; except in kind 4 at least 1 of each is needed.")
        abhilfe("Ergänzen Sie Plätze und Teilnehmende.", "Add places and participants.");
    /// More women than participants.
    DAVON_UEBER_GESAMT = "AQB-MA-005" "DAVON_UEBER_GESAMT" Fachregel Fehler
        norm("Formular Maßnahmendetails", "Teilnehmende, davon weiblich", Annahme) parameter[] ausnahme(false)
        titel("Teilmenge größer als Gesamtzahl", "Subset exceeds the total")
        text("{massnahme}: davon weiblich {davon}, gesamt {gesamt}.", "{massnahme}: of which female {davon}, total {gesamt}.")
        abhilfe("Berichtigen Sie eine der Zahlen.", "Correct one of the numbers.");
    /// The Traeger is unknown or no longer active.
    TRAEGER_UNBEKANNT = "AQB-MA-006" "TRAEGER_UNBEKANNT" Fachregel Fehler
        norm("Formular Maßnahmendetails", "Träger", Annahme) parameter[] ausnahme(false)
        titel("Träger nicht bekannt oder stillgelegt", "Traeger unknown or retired")
        text("Der Träger {traeger} der Maßnahme {massnahme} ist {stand}.", "The Traeger {traeger} of the measure {massnahme} is {stand}.")
        abhilfe("Legen Sie den Träger an oder wählen Sie einen aktiven.", "Create the Traeger or choose an active one.");
    /// The same Traeger, kind, place and time twice: places would be counted twice.
    PLAETZE_DOPPELT = "AQB-MA-007" "PLAETZE_DOPPELT" Fachregel Warnung
        norm("VV zu § 44 LHO", "Doppelförderung", Fachwissen) parameter[] ausnahme(true)
        titel("Plätze möglicherweise doppelt", "Places possibly counted twice")
        text("{massnahme} und {andere} haben denselben Träger, dieselbe Art, denselben Titel und überschneiden sich.", "{massnahme} and {andere} share Traeger, kind and title and overlap in time.")
        abhilfe("Legen Sie die Maßnahmen zusammen oder bestätigen Sie die Warnung.", "Merge the measures or confirm the warning.");
    /// A place outside the applicant's territory.
    ORT_AUSSERHALB = "AQB-MA-008" "ORT_AUSSERHALB" Fachregel Warnung
        norm("Formular Maßnahmendetails", "Durchführungsorte", Annahme) parameter[] ausnahme(true)
        titel("Durchführungsort außerhalb", "Place outside the territory")
        text("Der Ort {ort} der Maßnahme {massnahme} liegt in {kreis}, nicht in {antragsteller}.", "The place {ort} of the measure {massnahme} lies in {kreis}, not in {antragsteller}.")
        abhilfe("Bestätigen Sie die Warnung, wenn das gewollt ist.", "Confirm the warning if this is intended.");
    /// An order without procurement data.
    VERGABE_FEHLT = "AQB-MA-009" "VERGABE_FEHLT" Fachregel Fehler
        norm("HVTG; Formular Maßnahmendetails", "Vergabe bei Durchführung im Auftrag", Fachwissen) parameter[] ausnahme(false)
        titel("Angaben zur Vergabe fehlen", "Procurement data are missing")
        text("Die Maßnahme {massnahme} wird im Auftrag durchgeführt, Angaben zur Vergabe fehlen.", "The measure {massnahme} is carried out as an order, procurement data are missing.")
        abhilfe("Ergänzen Sie das Vergabeverfahren.", "Add the procurement procedure.");
    /// A direct order above the threshold of its day.
    DIREKTAUFTRAG_UEBER_GRENZE = "AQB-MA-010" "DIREKTAUFTRAG_UEBER_GRENZE" Fachregel Warnung
        norm("HVTG", "Wertgrenze Direktauftrag Liefer- und Dienstleistungen", Belegt) parameter["direktauftrag_grenze"] ausnahme(true)
        titel("Direktauftrag über der Wertgrenze", "Direct order above the threshold")
        text("{massnahme}: Auftragswert {auftragswert} netto, Grenze am {stichtag} {grenze}; darüber {differenz}.", "{massnahme}: order value {auftragswert} net, threshold on {stichtag} {grenze}; excess {differenz}.")
        abhilfe("Wählen Sie ein anderes Verfahren oder bestätigen Sie die Warnung mit Begründung.", "Choose another procedure or confirm the warning with a reason.");
    /// Measure number twice.
    MASSNAHME_NR_DOPPELT = "AQB-MA-011" "MASSNAHME_NR_DOPPELT" Zustand Fehler
        norm("Formular Maßnahmendetails", "Maßnahmenummer", Annahme) parameter[] ausnahme(false)
        titel("Maßnahmenummer doppelt", "Measure number appears twice")
        text("Die Nummer {massnahme} ist in diesem Antrag schon vergeben.", "The number {massnahme} is already used in this application.")
        abhilfe("Vergeben Sie eine andere Nummer.", "Use another number.");
    /// Staff costs in the plan without staff.
    PERSONAL_FEHLT = "AQB-MA-012" "PERSONAL_FEHLT" Fachregel Fehler
        norm("Formular Maßnahmendetails", "Personal", Fachwissen) parameter[] ausnahme(false)
        titel("Angaben zum Personal fehlen", "Staff data are missing")
        text("Die Maßnahme {massnahme} plant {personal} Personalausgaben, nennt aber keine Stelle.", "The measure {massnahme} plans {personal} of staff costs but names no post.")
        abhilfe("Ergänzen Sie die Stellen.", "Add the posts.");
    /// More measures than one application may have.
    MASSNAHMEN_ZU_VIELE = "AQB-MA-020" "MASSNAHMEN_ZU_VIELE" Fachregel Fehler
        norm("Datenhaltung", "Größe eines Antrags", Annahme) parameter[] ausnahme(false)
        titel("Zu viele Maßnahmen", "Too many measures")
        text("Der Antrag hätte {anzahl} Maßnahmen; möglich sind höchstens {hoechstens}.", "The application would have {anzahl} measures; at most {hoechstens} are possible.")
        abhilfe("Fassen Sie Maßnahmen zusammen oder entfernen Sie eine.", "Combine measures or remove one.");

    // ---- application -------------------------------------------------------------------------------------------------
    /// IBAN check digits are wrong.
    IBAN_UNGUELTIG = "AQB-AN-001" "IBAN_UNGUELTIG" Fachregel Fehler
        norm("ISO 13616", "Aufbau je Land, Prüfziffer modulo 97", Belegt) parameter[] ausnahme(false)
        titel("IBAN ist falsch", "IBAN is wrong")
        text("Die IBAN {iban} ist nicht gültig: Land, Länge, Aufbau oder Prüfziffer stimmen nicht.", "The IBAN {iban} is not valid: country, length, structure or check digits are wrong.")
        abhilfe("Prüfen Sie die IBAN auf Zahlendreher.", "Check the IBAN for transposed digits.");
    /// The account lies outside the SEPA area.
    IBAN_NICHT_SEPA = "AQB-AN-010" "IBAN_NICHT_SEPA" Fachregel Fehler
        norm("EPC409-09", "Länder des SEPA-Raums", Belegt) parameter[] ausnahme(false)
        titel("Konto außerhalb des SEPA-Raums", "Account outside the SEPA area")
        text("Die IBAN {iban} gehört zu einem Land, in das keine SEPA-Überweisung geht.", "The IBAN {iban} belongs to a country no SEPA credit transfer reaches.")
        abhilfe("Geben Sie ein Konto im SEPA-Raum an.", "Give an account within the SEPA area.");
    /// Nothing of the holder's name is left that a bank could read.
    KONTOINHABER_UNLESBAR = "AQB-AN-011" "KONTOINHABER_UNLESBAR" Fachregel Fehler
        norm("EPC217-08", "Zeichensatz und Schrägstriche", Belegt) parameter[] ausnahme(false)
        titel("Name des Kontoinhabers ist nicht verwendbar", "The account holder's name cannot be used")
        text("Im Zeichensatz der Banken lautet der Name „{sepa}“.", "In the characters of the banks the name reads “{sepa}”.")
        abhilfe("Geben Sie den Namen mit Buchstaben an, ohne Schrägstrich am Anfang und ohne doppelten Schrägstrich.", "Give the name in letters, without a leading slash and without a double one.");
    /// A mandatory declaration is missing.
    ERKLAERUNG_FEHLT = "AQB-AN-002" "ERKLAERUNG_FEHLT" Fachregel Fehler
        norm("Formular Antrag AQB", "Erklärungen", Annahme) parameter["pflichterklaerungen"] ausnahme(false)
        titel("Erklärung fehlt", "Declaration is missing")
        text("Die Erklärung {erklaerung} ist nicht abgegeben.", "The declaration {erklaerung} has not been made.")
        abhilfe("Geben Sie die Erklärung ab.", "Make the declaration.");
    /// A part of the form is empty.
    ANGABE_FEHLT = "AQB-AN-003" "ANGABE_FEHLT" Fachregel Fehler
        norm("Formular Antrag AQB", "Pflichtangaben", Annahme) parameter[] ausnahme(false)
        titel("Pflichtangabe fehlt", "Mandatory information is missing")
        text("Nicht ausgefüllt: {feld}.", "Not filled in: {feld}.")
        abhilfe("Ergänzen Sie die Angabe.", "Fill in the information.");
    /// The signatory may not represent the body.
    UNTERZEICHNER_OHNE_VERTRETUNG = "AQB-AN-004" "UNTERZEICHNER_OHNE_VERTRETUNG" Fachregel Fehler
        norm("Formular Antrag AQB", "Unterschrift", Fachwissen) parameter[] ausnahme(false)
        titel("Unterzeichnende Person ist nicht vertretungsbefugt", "Signatory may not represent the body")
        text("{name} ist nicht als vertretungsbefugt angegeben.", "{name} is not marked as entitled to represent.")
        abhilfe("Lassen Sie eine vertretungsbefugte Person unterzeichnen.", "Have an entitled person sign.");
    /// Other public money for the same purpose is declared.
    DOPPELFOERDERUNG_MOEGLICH = "AQB-AN-005" "DOPPELFOERDERUNG_MOEGLICH" Fachregel Hinweis
        norm("VV zu § 44 LHO", "Doppelförderung", Fachwissen) parameter[] ausnahme(true)
        titel("Weitere öffentliche Mittel", "Further public funds")
        text("{geber} ({programm}) beteiligt sich mit {betrag}.", "{geber} ({programm}) contributes {betrag}.")
        abhilfe("Die Bewilligungsbehörde prüft auf Doppelförderung.", "The authority checks for double funding.");
    /// The grant asks for more than was applied for.
    UEBER_BEANTRAGT = "AQB-BE-001" "UEBER_BEANTRAGT" Fachregel Fehler
        norm("HVwVfG", "§ 22 (Antrag)", Fachwissen) parameter[] ausnahme(false)
        titel("Mehr bewilligt als beantragt", "Grant exceeds the application")
        text("{massnahme} {haushaltsjahr}: bewilligt {bewilligt}, beantragt {beantragt}; zu viel {differenz}.", "{massnahme} {haushaltsjahr}: granted {bewilligt}, requested {beantragt}; excess {differenz}.")
        abhilfe("Verringern Sie den bewilligten Betrag.", "Reduce the granted amount.");
    /// A partial grant that grants everything or nothing.
    TEILBEWILLIGUNG_OHNE_TEIL = "AQB-BE-002" "TEILBEWILLIGUNG_OHNE_TEIL" Fachregel Fehler
        norm("HVwVfG", "§ 35 (Verwaltungsakt)", Annahme) parameter[] ausnahme(false)
        titel("Keine Teilbewilligung", "Not a partial grant")
        text("Bewilligt würden {bewilligt} von {beantragt}.", "{bewilligt} of {beantragt} would be granted.")
        abhilfe("Verwenden Sie die volle Bewilligung oder die Ablehnung.", "Use the full grant or the refusal.");
    /// A reason is required.
    BEGRUENDUNG_FEHLT = "AQB-BE-003" "BEGRUENDUNG_FEHLT" Fachregel Fehler
        norm("HVwVfG", "§ 39 (Begründung)", Fachwissen) parameter["begruendung_mindestens_zeichen"] ausnahme(false)
        titel("Begründung fehlt", "Grounds are missing")
        text("Die Begründung hat {zeichen} Zeichen, verlangt sind {mindestens}.", "The grounds have {zeichen} characters, required are {mindestens}.")
        abhilfe("Begründen Sie die Entscheidung.", "Give grounds for the decision.");
    /// Notification before the Bescheid was issued.
    BEKANNTGABE_VOR_ERLASS = "AQB-BE-004" "BEKANNTGABE_VOR_ERLASS" Fachregel Fehler
        norm("HVwVfG", "§ 41", Fachwissen) parameter[] ausnahme(false)
        titel("Bekanntgabe vor dem Erlass", "Notification before issue")
        text("Angegeben ist {angegeben}; möglich ist frühestens der {erlassen} (Erlass, beim Zugang auch die Aufgabe zur Post).", "Given is {angegeben}; the earliest possible day is {erlassen} (issue, for the receipt also the posting).")
        abhilfe("Berichtigen Sie das Datum.", "Correct the date.");
    /// A date that lies in the future.
    DATUM_IN_ZUKUNFT = "AQB-BE-005" "DATUM_IN_ZUKUNFT" Fachregel Fehler
        norm("Formular", "Datumsangabe", Annahme) parameter[] ausnahme(false)
        titel("Datum liegt in der Zukunft", "Date lies in the future")
        text("{angegeben} liegt nach dem heutigen {heute}.", "{angegeben} lies after today, {heute}.")
        abhilfe("Berichtigen Sie das Datum.", "Correct the date.");
    /// A due date that is already over.
    FRIST_VERGANGEN = "AQB-BE-006" "FRIST_VERGANGEN" Fachregel Fehler
        norm("HVwVfG", "§ 31", Fachwissen) parameter[] ausnahme(false)
        titel("Frist liegt in der Vergangenheit", "Due date is already over")
        text("Die Frist {frist} liegt vor dem {fruehestens}.", "The due date {frist} lies before {fruehestens}.")
        abhilfe("Setzen Sie eine künftige Frist.", "Set a future date.");
    /// The field reference of a Nachforderung item is not known.
    NACHFORDERUNG_FELD = "AQB-BE-007" "NACHFORDERUNG_FELD" Fachregel Fehler
        norm("Ablauf des Verfahrens", "Nachforderung", Annahme) parameter[] ausnahme(false)
        titel("Nachgefordertes Feld gibt es nicht", "Requested field does not exist")
        text("{feld} ist kein Feld dieses Antrags.", "{feld} is not a field of this application.")
        abhilfe("Nennen Sie Felder als JSON-Zeiger, etwa /bankverbindung oder /massnahmen/M01.", "Name fields as JSON pointers, such as /bankverbindung or /massnahmen/M01.");
    /// Named warnings were not confirmed.
    WARNUNG_NICHT_BESTAETIGT = "AQB-ZU-005" "WARNUNG_NICHT_BESTAETIGT" Fachregel Fehler
        norm("Ablauf des Verfahrens", "Warnungen", Annahme) parameter[] ausnahme(false)
        titel("Warnung nicht bestätigt", "Warning not confirmed")
        text("Zu bestätigen: {codes}.", "To confirm: {codes}.")
        abhilfe("Wiederholen Sie die Handlung und nennen Sie unter bestaetigte_warnungen zu jedem Code, warum es trotzdem geschehen soll: {codes}.", "Repeat the act and say under bestaetigte_warnungen for each code why it shall be done all the same: {codes}.");
    /// A code is confirmed that no warning of this act has, or one is named twice.
    WARNUNG_UNBEKANNT = "AQB-ZU-007" "WARNUNG_UNBEKANNT" Fachregel Fehler
        norm("Ablauf des Verfahrens", "Warnungen", Annahme) parameter[] ausnahme(false)
        titel("Bestätigung ohne Warnung", "Confirmation without a warning")
        text("Bestätigt ist {code}; dazu gibt es hier keine Warnung, oder sie ist schon bestätigt.", "{code} is confirmed; there is no such warning here, or it is confirmed already.")
        abhilfe("Lassen Sie den Code weg. Was zu bestätigen ist, nennt /aktionen.", "Leave the code out. /aktionen names what must be confirmed.");

    // ---- budget, agreements and Bescheide, continued --------------------------------------------------------------
    /// The case belongs to another Gebietskoerperschaft.
    FREMDER_VORGANG = "AQB-RE-003" "FREMDER_VORGANG" Recht Fehler
        norm("Rechtematrix", "Umfang „eigene“", Annahme) parameter[] ausnahme(false)
        titel("Vorgang einer anderen Gebietskörperschaft", "Case of another Gebietskoerperschaft")
        text("Der Vorgang gehört {kreisschluessel}; handeln darf nur, wer für diese Gebietskörperschaft angemeldet ist.", "The case belongs to {kreisschluessel}; only a person of that Gebietskoerperschaft may act.")
        abhilfe("Melden Sie sich mit einem Konto der zuständigen Gebietskörperschaft an.", "Sign in with an account of the competent Gebietskoerperschaft.");
    /// Stored content no longer matches its hash.
    INTEGRITAET_VERLETZT = "AQB-ZU-006" "INTEGRITAET_VERLETZT" Zustand Fehler
        norm("Datenhaltung", "Prüfsumme des festgeschriebenen Inhalts", Annahme) parameter[] ausnahme(false)
        titel("Festgeschriebener Inhalt wurde verändert", "Fixed content was changed")
        text("Der Inhalt hat die Prüfsumme {gefunden}, festgeschrieben ist {festgeschrieben}.", "The content has the hash {gefunden}, fixed is {festgeschrieben}.")
        abhilfe("Verständigen Sie den Betrieb; der Vorgang darf so nicht fortgesetzt werden.", "Inform the operator; the case must not be continued like this.");
    /// An amount below what the place demands.
    BETRAG_ZU_KLEIN = "AQB-BU-006" "BETRAG_ZU_KLEIN" Fachregel Fehler
        norm("Budget", "Beträge", Annahme) parameter[] ausnahme(false)
        titel("Betrag ist zu klein", "Amount is too small")
        text("Angegeben ist {betrag}; verlangt sind mindestens {mindestens}.", "Given is {betrag}; required is at least {mindestens}.")
        abhilfe("Berichtigen Sie den Betrag oder lassen Sie die Zeile weg.", "Correct the amount or leave the line out.");
    /// The same position appears twice.
    POSITION_DOPPELT = "AQB-BU-007" "POSITION_DOPPELT" Fachregel Fehler
        norm("Budget", "Positionen", Annahme) parameter[] ausnahme(false)
        titel("Position doppelt", "Position appears twice")
        text("{posten} im Haushaltsjahr {haushaltsjahr} ist mehrfach aufgeführt.", "{posten} in the fiscal year {haushaltsjahr} is listed more than once.")
        abhilfe("Fassen Sie die Zeilen zusammen.", "Merge the lines.");
    /// A Jahrgang with open cases cannot be closed.
    JAHRGANG_OFFENE_FAELLE = "AQB-BU-008" "JAHRGANG_OFFENE_FAELLE" Zustand Fehler
        norm("Programm", "Jahrgang", Annahme) parameter[] ausnahme(false)
        titel("Jahrgang hat offene Vorgänge", "Jahrgang has open cases")
        text("Im Jahrgang {jahrgang} sind noch {offen} Vorgänge offen: Anträge {antraege} (davon Entwürfe {entwuerfe}), Änderungsanträge {aenderungen}, Umverteilungen {umverteilungen}, Budgetkorrekturen {korrekturen}.", "In the Jahrgang {jahrgang} {offen} cases are still open: applications {antraege} (drafts among them {entwuerfe}), changes {aenderungen}, reallocations {umverteilungen}, corrections {korrekturen}.")
        abhilfe("Entscheiden Sie zuerst alle Vorgänge; Entwürfe reicht die Gebietskörperschaft ein oder löscht sie.", "Decide all cases first; drafts are filed or deleted by their authority.");
    /// The target talk took place after the usual day.
    ZIELGESPRAECH_SPAET = "AQB-VO-006" "ZIELGESPRAECH_SPAET" Fachregel Hinweis
        norm("AQB-Verfahren", "Zielvereinbarungsgespräche bis Ende März (Pressemitteilung des Landes Hessen 2023)", Belegt) parameter["zielvereinbarung_bis"] ausnahme(true)
        titel("Zielgespräch nach dem üblichen Tag", "Target talk after the usual day")
        text("Das Gespräch war am {gespraech}; üblich ist es bis {bis}.", "The talk was on {gespraech}; usual is until {bis}.")
        abhilfe("Kein Handeln nötig; der Hinweis steht in der Akte.", "No action needed; the hint stays in the file.");
    /// The Bescheid can no longer be appealed.
    BESTANDSKRAFT_EINGETRETEN = "AQB-BE-008" "BESTANDSKRAFT_EINGETRETEN" Zustand Fehler
        norm("VwGO", "§§ 70, 74", Fachwissen) parameter[] ausnahme(false)
        titel("Bescheid ist bestandskräftig", "Bescheid is final")
        text("Der Bescheid ist seit dem {bestandskraft} bestandskräftig.", "The Bescheid has been final since {bestandskraft}.")
        abhilfe("Ein Verzicht ist nicht mehr nötig.", "A waiver is no longer needed.");
    /// A waiver before the Bescheid was notified has no effect.
    VERZICHT_VOR_BEKANNTGABE = "AQB-BE-009" "VERZICHT_VOR_BEKANNTGABE" Fachregel Fehler
        norm("VwGO", "§ 74; § 354 Abs. 1 AO entsprechend (Verzicht erst nach Bekanntgabe)", Fachwissen) parameter[] ausnahme(false)
        titel("Verzicht vor der Bekanntgabe", "Waiver before notification")
        text("Der Verzicht vom {verzicht} liegt vor der Bekanntgabe am {bekannt}.", "The waiver of {verzicht} lies before the notification on {bekannt}.")
        abhilfe("Der Verzicht ist ab dem {bekannt} möglich; ist der Bescheid nachweislich früher zugegangen, trägt die Bewilligungsbehörde diesen Tag nach (bekanntgabeberichtigung).", "The waiver is possible from {bekannt}; if the Bescheid was provably received earlier, the granting authority records that day (bekanntgabeberichtigung).");

    /// A condition stands twice; later documents name it by its code.
    AUFLAGE_DOPPELT = "AQB-BE-010" "AUFLAGE_DOPPELT" Fachregel Fehler
        norm("HVwVfG", "§ 36 Abs. 2 Nr. 4 (Auflage)", Annahme) parameter[] ausnahme(false)
        titel("Auflage doppelt", "Condition appears twice")
        text("Der Code {code} bezeichnet mehrere Auflagen dieses Bescheids.", "The code {code} names several conditions of this Bescheid.")
        abhilfe("Geben Sie jeder Auflage einen eigenen Code.", "Give each condition a code of its own.");

    // ---- plan and application, continued -------------------------------------------------------------------------------
    /// A period longer than its raster; it could cross a Haushaltsjahr.
    DETAILPLANUNG_RASTER = "AQB-DP-006" "DETAILPLANUNG_RASTER" Fachregel Fehler
        norm("Formular", "Detailplanung", Annahme) parameter[] ausnahme(false)
        titel("Periode passt nicht in ihr Raster", "Period does not fit its raster")
        text("Die Periode {von} bis {bis} liegt nicht in einem einzigen {raster}.", "The period {von} to {bis} does not lie in a single {raster}.")
        abhilfe("Teilen Sie die Periode an der Grenze des Kalendermonats oder Quartals.", "Split the period at the end of the calendar month or quarter.");
    /// The last period does not end with the measure.
    DETAILPLANUNG_ENDE = "AQB-DP-007" "DETAILPLANUNG_ENDE" Fachregel Fehler
        norm("Formular", "Detailplanung", Annahme) parameter[] ausnahme(false)
        titel("Detailplanung endet nicht mit der Maßnahme", "Detailed plan does not end with the measure")
        text("Die letzte Periode endet am {bis}; die Maßnahme endet am {ende}.", "The last period ends on {bis}; the measure ends on {ende}.")
        abhilfe("Die Perioden müssen die Maßnahme bis zum letzten Tag abdecken.", "The periods must cover the measure to its last day.");
    /// Consent to an early start is requested for a day on which none can be given.
    VORZEITIG_AB_ZU_FRUEH = "AQB-AN-006" "VORZEITIG_AB_ZU_FRUEH" Fachregel Fehler
        norm("VV zu § 44 LHO; AQB-Fördergrundsätze", "Nr. 1.3; vorzeitiger Beginn ab 01.01.", Belegt) parameter["vorzeitiger_beginn_ab"] ausnahme(true)
        titel("Vorzeitiger Beginn zu früh beantragt", "Early start requested for too early a day")
        text("Der vorzeitige Maßnahmebeginn ist ab dem {ab} beantragt; möglich ist er ab dem {fruehestens}.", "The early start is requested from {ab}; it is possible from {fruehestens}.")
        abhilfe("Beantragen Sie den vorzeitigen Beginn ab dem {fruehestens}.", "Request the early start from {fruehestens}.");
    /// The applicant still has time to answer.
    NACHFORDERUNG_LAEUFT = "AQB-AN-007" "NACHFORDERUNG_LAEUFT" Zustand Fehler
        norm("Ablauf des Verfahrens", "Nachforderung", Annahme) parameter[] ausnahme(false)
        titel("Frist der Nachforderung läuft noch", "The request for completion is still running")
        text("Die Gebietskörperschaft kann bis zum {frist} antworten; heute ist der {heute}.", "The authority can answer until {frist}; today is {heute}.")
        abhilfe("Warten Sie die Antwort oder das Ende der Frist ab.", "Wait for the answer or the end of the period.");

    // ---- plausibility of what was filled in ----------------------------------------------------------------------------
    /// The holder of the account does not bear the applicant's name.
    KONTOINHABER_FREMD = "AQB-AN-008" "KONTOINHABER_FREMD" Fachregel Warnung
        norm("Formular Antrag AQB", "Bankverbindung: Konto der Gebietskörperschaft", Fachwissen) parameter[] ausnahme(true)
        titel("Kontoinhaber ist nicht der Antragsteller", "Account holder is not the applicant")
        text("Als Kontoinhaber ist „{kontoinhaber}“ angegeben, Antragsteller ist {antragsteller}.", "The account holder is given as “{kontoinhaber}”, the applicant is {antragsteller}.")
        abhilfe("Geben Sie ein Konto der Gebietskörperschaft an oder bestätigen Sie die Warnung.", "Give an account of the applicant or confirm the warning.");
    /// After a partial change the record would contain what does not belong there.
    FELD_UNPASSEND = "AQB-AN-009" "FELD_UNPASSEND" Fachregel Fehler
        norm("Datenhaltung", "Teilweise Änderung (RFC 7396)", Belegt) parameter[] ausnahme(false)
        titel("Angabe passt nicht zum Datensatz", "Value does not fit the record")
        text("Nach der Änderung passt {feld} nicht zum übrigen Datensatz.", "After the change {feld} does not fit the rest of the record.")
        abhilfe("Senden Sie den ganzen Abschnitt oder entfernen Sie das Feld mit null.", "Send the whole section or remove the field with null.");
    /// A post or an assignment that is no part of a full-time post.
    STELLENANTEIL = "AQB-MA-013" "STELLENANTEIL" Fachregel Fehler
        norm("Formular Maßnahmendetails", "Personal, Stellenanteil", Annahme) parameter["personal_vzae_hoechstens"] ausnahme(false)
        titel("Stellenanteil ist nicht möglich", "Part of a post is not possible")
        text("{wer}: {vzae} VZÄ; möglich sind 0,01 bis {hoechstens}.", "{wer}: {vzae} FTE; possible are 0.01 to {hoechstens}.")
        abhilfe("Berichtigen Sie den Anteil; mehrere Stellen sind mehrere Zeilen.", "Correct the part; several posts are several lines.");
    /// An order whose award is not documented.
    VERGABE_UNDOKUMENTIERT = "AQB-MA-014" "VERGABE_UNDOKUMENTIERT" Fachregel Hinweis
        norm("HVTG; UVgO", "Dokumentation des Vergabeverfahrens", Fachwissen) parameter[] ausnahme(false)
        titel("Vergabe ist noch nicht dokumentiert", "Award is not documented yet")
        text("Zur Maßnahme {massnahme} ist angegeben, dass die Vergabe nicht dokumentiert ist.", "For the measure {massnahme} the award is stated as not documented.")
        abhilfe("Holen Sie den Vergabevermerk bis zum Verwendungsnachweis nach.", "Supply the record of the award before the proof of use.");
    /// Staff works for a measure that does not run.
    EINSATZ_AUSSERHALB = "AQB-DP-008" "EINSATZ_AUSSERHALB" Fachregel Fehler
        norm("Formular", "Detailplanung, Personaleinsatz", Annahme) parameter[] ausnahme(false)
        titel("Personaleinsatz außerhalb der Maßnahme", "Staff assignment outside the measure")
        text("{person} ist vom {von} bis {bis} eingeplant; die Maßnahme läuft vom {beginn} bis {ende}.", "{person} is planned from {von} to {bis}; the measure runs from {beginn} to {ende}.")
        abhilfe("Legen Sie den Einsatz in die Laufzeit der Maßnahme.", "Put the assignment into the term of the measure.");
    /// More people leave than entered.
    AUSTRITTE_UEBER_EINTRITTE = "AQB-DP-009" "AUSTRITTE_UEBER_EINTRITTE" Fachregel Fehler
        norm("Formular", "Detailplanung, Ein- und Austritte", Annahme) parameter[] ausnahme(false)
        titel("Mehr Austritte als Eintritte", "More exits than entries")
        text("Bis {bis} sind {austritte} Austritte geplant, aber nur {eintritte} Eintritte.", "Until {bis} {austritte} exits are planned but only {eintritte} entries.")
        abhilfe("Berichtigen Sie die Zahlen; wer aus einem früheren Zeitraum weiter teilnimmt, zählt als Eintritt der ersten Periode.", "Correct the numbers; who continues from an earlier time counts as an entry of the first period.");
    /// A planned payment when no money of the Jahrgang can flow.
    ZAHLUNG_AUSSERHALB = "AQB-DP-010" "ZAHLUNG_AUSSERHALB" Fachregel Fehler
        norm("Formular", "Detailplanung, Zahlungsplan", Annahme) parameter["ausgabefenster_jahre"] ausnahme(false)
        titel("Zahlung außerhalb des Zeitraums", "Payment outside the period")
        text("Die Zahlung wird am {faellig_am} fällig; möglich ist das vom {von} bis {bis}.", "The payment falls due on {faellig_am}; possible is {von} to {bis}.")
        abhilfe("Berichtigen Sie die Fälligkeit.", "Correct the due date.");
    /// Planned payments exceed the costs of the measure.
    ZAHLUNGSPLAN_SUMME = "AQB-DP-011" "ZAHLUNGSPLAN_SUMME" Fachregel Fehler
        norm("Formular", "Detailplanung, Zahlungsplan", Annahme) parameter[] ausnahme(false)
        titel("Zahlungsplan übersteigt die Ausgaben", "Payment plan exceeds the costs")
        text("Der Zahlungsplan nennt {zahlungen}, der Finanzierungsplan {ausgaben} Ausgaben; zu viel {differenz}.", "The payment plan lists {zahlungen}, the financing plan {ausgaben} of costs; excess {differenz}.")
        abhilfe("Verringern Sie die Zahlungen.", "Reduce the payments.");
}
