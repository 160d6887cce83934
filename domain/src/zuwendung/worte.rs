//! The words of the steps.

/// Norm of all reductions.
const NR_2: &str = "Nr. 2 ANBest-P / ANBest-GK";

/// Words of a step: code, norm, German, English.
pub(super) type Worte = (&'static str, &'static str, &'static str, &'static str);

pub(super) const KOSTENSEITE: Worte = (
    "KOSTENSEITE",
    NR_2,
    "Anteilfinanzierung: Die Zuwendung folgt dem Verhältnis der anerkannten zu den geplanten zuwendungsfähigen Ausgaben, höchstens bis zum Plan.",
    "Anteilfinanzierung: the grant follows the ratio of recognised to planned eligible expenditure, up to the plan.",
);
pub(super) const DECKUNGSMITTEL_MEHR: Worte =
    ("DECKUNGSMITTEL_MEHR", NR_2, "Erhöhte oder neu hinzugetretene Deckungsmittel.", "Cover that rose or was added.");
pub(super) const DECKUNGSMITTEL_SALDIERT: Worte = (
    "DECKUNGSMITTEL_SALDIERT",
    NR_2,
    "Mehr an Deckungsmitteln nach Abzug der Mehrausgaben; soweit beide gleich steigen, ändert sich nichts.",
    "Additional cover less additional expenditure; where both rise alike nothing changes.",
);
pub(super) const DECKUNGSSEITE: Worte = (
    "DECKUNGSSEITE",
    NR_2,
    "Um zusätzliche Deckungsmittel ermäßigt sich die Zuwendung anteilig mit den anderen Finanzierungsmitteln.",
    "Additional cover reduces the grant in proportion to the other sources of finance.",
);
pub(super) const EIGENMITTEL: Worte = (
    "EIGENMITTEL",
    NR_2,
    "Fehlbedarfsfinanzierung: Eigenmittel sind mindestens in geplanter Höhe einzusetzen.",
    "Fehlbedarfsfinanzierung: own funds are to be used at least as planned.",
);
pub(super) const FEHLBEDARF: Worte = (
    "FEHLBEDARF",
    NR_2,
    "Was nach Abzug der Deckungsmittel und Eigenmittel von den anerkannten Ausgaben ungedeckt bleibt.",
    "Recognised expenditure that other cover and own funds leave open.",
);
pub(super) const RESTBEDARF: Worte = (
    "FEHLBEDARF",
    NR_2,
    "Vollfinanzierung: Was nach Abzug der Deckungsmittel von den anerkannten Ausgaben ungedeckt bleibt.",
    "Vollfinanzierung: recognised expenditure that other cover leaves open.",
);
pub(super) const HOECHSTBETRAG: Worte =
    ("HOECHSTBETRAG", NR_2, "Höchstens die bewilligte Zuwendung.", "At most the grant as awarded.");
pub(super) const FESTBETRAG: Worte = (
    "HOECHSTBETRAG",
    NR_2,
    "Festbetragsfinanzierung: der bewilligte Betrag, höchstens die anerkannten Ausgaben.",
    "Festbetragsfinanzierung: the sum awarded, at most the recognised expenditure.",
);
pub(super) const BAGATELLE_JA: Worte = (
    "BAGATELLE",
    NR_2,
    "Ausgaben und Deckungsmittel weichen höchstens um die Bagatellgrenze ab: keine Ermäßigung.",
    "Expenditure and cover deviate at most by the Bagatellgrenze: no reduction.",
);
pub(super) const BAGATELLE_NEIN: Worte = (
    "BAGATELLE",
    NR_2,
    "Die Abweichung übersteigt die Bagatellgrenze: es wird in voller Höhe ermäßigt.",
    "The deviation exceeds the Bagatellgrenze: the full reduction applies.",
);
pub(super) const BAGATELLE_VOLL: Worte = (
    "BAGATELLE",
    NR_2,
    "Bei Vollfinanzierung gilt keine Bagatellgrenze.",
    "No Bagatellgrenze applies to Vollfinanzierung.",
);
pub(super) const ZUWENDUNG: Worte = (
    "ZUWENDUNG",
    NR_2,
    "Zuwendung nach Ermäßigung, einmal kaufmännisch auf den Cent gerundet.",
    "Grant after reduction, rounded half up to the cent, once.",
);
pub(super) const MINDERUNG: Worte =
    ("MINDERUNG", NR_2, "Ermäßigung gegenüber der Bewilligung.", "Reduction compared with the grant as awarded.");
pub(super) const ERSTATTUNG: Worte = (
    "ERSTATTUNG",
    "§ 49a Abs. 1 HVwVfG",
    "Ausgezahlt über die verbleibende Zuwendung hinaus; durch Bescheid festzusetzen.",
    "Paid out beyond the remaining grant; to be fixed by Bescheid.",
);
