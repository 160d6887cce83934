//! Roles, rights and the matrix between them: data, default deny.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

crate::status! {
    /// Role of a caller.
    Rolle {
        /// Landkreis or kreisfreie Stadt: applicant, own data only.
        Gebietskoerperschaft = "GEBIETSKOERPERSCHAFT",
        /// Granting authority (Regierungspräsidium Kassel).
        Bewilligungsbehoerde = "BEWILLIGUNGSBEHOERDE",
        /// Ministry: budget, Regelwerk, target agreements; decides no single case.
        Ministerium = "MINISTERIUM",
        /// Education provider: own measures only.
        Traeger = "TRAEGER",
        /// Audit: reads everything.
        Pruefung = "PRUEFUNG",
        /// Operator: no case content.
        Admin = "ADMIN",
    }
}

/// How far a right reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Umfang {
    /// Every object.
    Alle,
    /// Objects of the caller's own Gebietskoerperschaft or Traeger; foreign ones do not exist for him.
    Eigene,
    /// Not at all.
    Nein,
}

/// The part of the data a caller can see. Every query takes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sicht {
    /// Everything.
    Alles,
    /// One Gebietskoerperschaft, by its `kreisschluessel`.
    Gebietskoerperschaft(String),
    /// One Traeger.
    Traeger(Uuid),
}

/// The caller: a person or a machine account in a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Akteur {
    /// Who acts, the "person" of the four-eyes rule: the subject of this server's own token, or `issuer|subject` where
    /// an external issuer vouches.
    pub person: String,
    /// Role.
    pub rolle: Rolle,
    /// The Gebietskoerperschaft of the role `GEBIETSKOERPERSCHAFT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kreisschluessel: Option<String>,
    /// The Traeger of the role `TRAEGER`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traeger_id: Option<Uuid>,
}

/// Both names mean the same person. Case does not make a second one: many directories ignore it.
pub fn gleiche_person(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

impl Akteur {
    /// The role has the right at all (for all or for own objects).
    pub fn darf(&self, recht: Recht) -> bool {
        self.sicht(recht).is_some()
    }

    /// What the caller can see under `recht`; none when the role lacks the right or the token lacks the owner.
    pub fn sicht(&self, recht: Recht) -> Option<Sicht> {
        match recht.umfang(self.rolle) {
            Umfang::Alle => Some(Sicht::Alles),
            Umfang::Nein => None,
            Umfang::Eigene => match self.rolle {
                Rolle::Gebietskoerperschaft => self.kreisschluessel.clone().map(Sicht::Gebietskoerperschaft),
                Rolle::Traeger => self.traeger_id.map(Sicht::Traeger),
                _ => None,
            },
        }
    }
}

/// Whose entries of the audit trail a caller reads, and how much of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protokollsicht {
    /// Only entries of this person; none where all entries are visible.
    pub person: Option<String>,
    /// With the changed fields.
    pub mit_inhalt: bool,
}

impl Akteur {
    /// What the caller reads of the audit trail. An entry belongs to a person, not to a Gebietskoerperschaft or a
    /// Traeger, so [`Sicht`] cannot say it.
    pub fn liest_protokoll(&self) -> Protokollsicht {
        let alle = matches!(self.rolle, Rolle::Pruefung | Rolle::Admin);
        Protokollsicht { person: (!alle).then(|| self.person.clone()), mit_inhalt: self.rolle != Rolle::Admin }
    }
}

impl Sicht {
    /// An object of this Gebietskoerperschaft is visible.
    pub fn sieht_gk(&self, kreisschluessel: &str) -> bool {
        match self {
            Sicht::Alles => true,
            Sicht::Gebietskoerperschaft(k) => k == kreisschluessel,
            Sicht::Traeger(_) => false,
        }
    }
}

macro_rules! rechte {
    ($($(#[$doc:meta])* $name:ident = $code:literal: $gk:ident $rp:ident $min:ident $tr:ident $pr:ident $adm:ident;)*) => {
        /// A right. Every operation of the contract names exactly one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Recht { $($(#[$doc])* $name),* }
        impl Recht {
            /// All rights in the order of their declaration.
            pub const ALLE: &'static [Recht] = &[$(Recht::$name),*];
            /// Stable code, also the scope in the document.
            pub const fn code(self) -> &'static str { match self { $(Recht::$name => $code),* } }
            /// How far the right reaches for a role.
            pub const fn umfang(self, rolle: Rolle) -> Umfang {
                match self { $(Recht::$name => match rolle {
                    Rolle::Gebietskoerperschaft => Umfang::$gk, Rolle::Bewilligungsbehoerde => Umfang::$rp,
                    Rolle::Ministerium => Umfang::$min, Rolle::Traeger => Umfang::$tr,
                    Rolle::Pruefung => Umfang::$pr, Rolle::Admin => Umfang::$adm,
                }),* }
            }
        }
        /// Types for the rights, so that a handler carries its right in its signature.
        pub mod recht {
            $( #[doc = $code] #[derive(Debug, Clone, Copy)] pub struct $name;
               impl super::RechtTyp for $name { const RECHT: super::Recht = super::Recht::$name; } )*
        }
    };
}

/// A right as a type.
pub trait RechtTyp: 'static {
    /// The right.
    const RECHT: Recht;
}

rechte! {
    //                                                             GK     RP    MIN    TR     PR    ADM
    /// Read Gebietskoerperschaften.
    GebietskoerperschaftLesen = "gebietskoerperschaft:lesen":      Alle   Alle  Alle   Alle   Alle  Alle;
    /// Maintain Gebietskoerperschaften.
    GebietskoerperschaftPflegen = "gebietskoerperschaft:pflegen":  Nein   Nein  Nein   Nein   Nein  Alle;
    /// Read Traeger.
    TraegerLesen = "traeger:lesen":                                Alle   Alle  Alle   Eigene Alle  Nein;
    /// Register Traeger.
    TraegerPflegen = "traeger:pflegen":                            Alle   Alle  Nein   Nein   Nein  Nein;
    /// Change and retire Traeger: others use them too, so not a single county.
    TraegerAendern = "traeger:aendern":                                Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read catalogues and base rates.
    KatalogLesen = "katalog:lesen":                                Alle   Alle  Alle   Alle   Alle  Alle;
    /// Enter base rates and discard drafts of them.
    BasiszinsPflegen = "basiszins:pflegen":                        Nein   Nein  Alle   Nein   Nein  Nein;
    /// Release a base rate (second person).
    BasiszinsFreigeben = "basiszins:freigeben":                    Nein   Nein  Alle   Nein   Nein  Nein;
    /// Read Regelwerke.
    RegelwerkLesen = "regelwerk:lesen":                            Alle   Alle  Alle   Alle   Alle  Alle;
    /// Draft Regelwerke.
    RegelwerkEntwerfen = "regelwerk:entwerfen":                    Nein   Nein  Alle   Nein   Nein  Nein;
    /// Publish a Regelwerk (second person).
    RegelwerkVeroeffentlichen = "regelwerk:veroeffentlichen":      Nein   Nein  Alle   Nein   Nein  Nein;
    /// Read Jahrgaenge.
    JahrgangLesen = "jahrgang:lesen":                              Alle   Alle  Alle   Alle   Alle  Alle;
    /// Create, open and close Jahrgaenge.
    JahrgangPflegen = "jahrgang:pflegen":                          Nein   Nein  Alle   Nein   Nein  Nein;
    /// Read Zuteilungen, Umverteilungen and budgets.
    BudgetLesen = "budget:lesen":                                  Eigene Alle  Alle   Nein   Alle  Nein;
    /// Read the programme's money: Ansatz, allocated, free.
    ProgrammLesen = "programm:lesen":                              Nein   Alle  Alle   Nein   Alle  Nein;
    /// Allocate, draft reallocations and corrections.
    BudgetZuteilen = "budget:zuteilen":                            Nein   Nein  Alle   Nein   Nein  Nein;
    /// Approve a reallocation (second person).
    UmverteilungFreigeben = "umverteilung:freigeben":              Nein   Nein  Alle   Nein   Nein  Nein;
    /// Approve a correction of the budget (second person).
    KorrekturFreigeben = "korrektur:freigeben":                    Nein   Nein  Alle   Nein   Nein  Nein;
    /// Read strategies.
    StrategieLesen = "strategie:lesen":                            Eigene Alle  Alle   Nein   Alle  Nein;
    /// Write and submit strategies.
    StrategieSchreiben = "strategie:schreiben":                    Eigene Nein  Nein   Nein   Nein  Nein;
    /// Recognise or return a strategy.
    StrategieAnerkennen = "strategie:anerkennen":                  Nein   Nein  Alle   Nein   Nein  Nein;
    /// Read target agreements.
    ZielvereinbarungLesen = "zielvereinbarung:lesen":              Eigene Alle  Alle   Nein   Alle  Nein;
    /// Draft, agree and sign target agreements.
    ZielvereinbarungSchreiben = "zielvereinbarung:schreiben":      Eigene Nein  Alle   Nein   Nein  Nein;
    /// Read applications.
    AntragLesen = "antrag:lesen":                                  Eigene Alle  Alle   Nein   Alle  Nein;
    /// Write, submit and withdraw applications.
    AntragSchreiben = "antrag:schreiben":                          Eigene Nein  Nein   Nein   Nein  Nein;
    /// Examine and decide applications (drafts a Bescheid).
    AntragEntscheiden = "antrag:entscheiden":                      Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read measures and their plans.
    MassnahmeLesen = "massnahme:lesen":                            Eigene Alle  Alle   Eigene Alle  Nein;
    /// Read Bescheide.
    BescheidLesen = "bescheid:lesen":                              Eigene Alle  Alle   Nein   Alle  Nein;
    /// Release a drafted Bescheid (second person).
    BescheidFreigeben = "bescheid:freigeben":                      Nein   Alle  Nein   Nein   Nein  Nein;
    /// Record notification, discard drafts.
    BescheidBearbeiten = "bescheid:bearbeiten":                    Nein   Alle  Nein   Nein   Nein  Nein;
    /// Draft the revocation or withdrawal of a Bescheid.
    BescheidAufheben = "bescheid:aufheben":                        Nein   Alle  Nein   Nein   Nein  Nein;
    /// Waive the right of appeal.
    RechtsbehelfVerzichten = "bescheid:rechtsbehelfsverzicht":     Eigene Nein  Nein   Nein   Nein  Nein;
    /// Use the stateless calculators.
    Rechnen = "berechnung:rechnen":                                Alle   Alle  Alle   Alle   Alle  Alle;
    /// Read the audit trail. Only the audit reads all of it: the granting authority reads what the caller did, the
    /// operator reads no content ([`Akteur::liest_protokoll`]).
    ProtokollLesen = "protokoll:lesen":                            Nein   Alle  Nein   Nein   Alle  Alle;
    /// Read bank accounts of cases and their changes.
    BankverbindungLesen = "bankverbindung:lesen":                  Eigene Alle  Nein   Nein   Alle  Nein;
    /// Request, confirm and withdraw a change of the bank account.
    BankverbindungAendern = "bankverbindung:aendern":              Eigene Nein  Nein   Nein   Nein  Nein;
    /// Stop a change of the bank account that is not what it seems.
    BankverbindungSperren = "bankverbindung:sperren":              Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read calls for money; the ministry reads budgets and reports, not single cases.
    MittelabrufLesen = "mittelabruf:lesen":                        Eigene Alle  Nein   Nein   Alle  Nein;
    /// Write, file and cancel calls for money.
    MittelabrufSchreiben = "mittelabruf:schreiben":                Eigene Nein  Nein   Nein   Nein  Nein;
    /// Examine, cut and refuse calls for money.
    MittelabrufPruefen = "mittelabruf:pruefen":                    Nein   Alle  Nein   Nein   Nein  Nein;
    /// Order the payment of a call (second person).
    MittelabrufAnordnen = "mittelabruf:anordnen":                  Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read payment runs, payments and their reconciliation.
    ZahlungLesen = "zahlung:lesen":                                Nein   Alle  Nein   Nein   Alle  Nein;
    /// Make payment runs, hand them over and record results.
    ZahlungAusfuehren = "zahlung:ausfuehren":                      Nein   Alle  Nein   Nein   Nein  Nein;
    /// Release a payment run (second person).
    ZahlungFreigeben = "zahlung:freigeben":                        Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read applications for a change of a grant.
    AenderungsantragLesen = "aenderungsantrag:lesen":              Eigene Alle  Nein   Nein   Alle  Nein;
    /// Write, file and withdraw applications for a change.
    AenderungsantragSchreiben = "aenderungsantrag:schreiben":      Eigene Nein  Nein   Nein   Nein  Nein;
    /// Examine and decide applications for a change (drafts a Bescheid).
    AenderungsantragEntscheiden = "aenderungsantrag:entscheiden":  Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read what is passed on to Traeger.
    WeiterleitungLesen = "weiterleitung:lesen":                    Eigene Alle  Nein   Eigene Alle  Nein;
    /// Pass money on to Traeger.
    WeiterleitungSchreiben = "weiterleitung:schreiben":            Eigene Nein  Nein   Nein   Nein  Nein;
    /// Report what was used of the money that was passed on.
    VerwendungMelden = "verwendung:melden":                        Eigene Nein  Nein   Eigene Nein  Nein;
    /// Read Beleglisten and their imports; a Traeger those of its measures.
    BelegLesen = "beleg:lesen":                                    Eigene Alle  Nein   Eigene Alle  Nein;
    /// Write Beleglisten and read them from files.
    BelegSchreiben = "beleg:schreiben":                            Eigene Nein  Nein   Eigene Nein  Nein;
    /// Decide about single Belege.
    BelegEntscheiden = "beleg:entscheiden":                        Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read proofs of use and Sachberichte; a Traeger the part that is its own.
    VerwendungsnachweisLesen = "verwendungsnachweis:lesen":        Eigene Alle  Nein   Eigene Alle  Nein;
    /// Read whole proofs of use: filings, checks, calculation, history; they show the parts of all.
    VerwendungsnachweisEinsehen = "verwendungsnachweis:einsehen":  Eigene Alle  Nein   Nein   Alle  Nein;
    /// Write, sign, withdraw and correct proofs of use.
    VerwendungsnachweisSchreiben = "verwendungsnachweis:schreiben": Eigene Nein Nein   Nein   Nein  Nein;
    /// Hand in the proof of what was passed on; the Gebietskoerperschaft may record one that came on paper.
    VerwendungsnachweisZuliefern = "verwendungsnachweis:zuliefern": Eigene Nein Nein   Eigene Nein  Nein;
    /// Write Sachberichte.
    SachberichtSchreiben = "sachbericht:schreiben":                Eigene Nein  Nein   Eigene Nein  Nein;
    /// Examine proofs of use.
    VerwendungsnachweisPruefen = "verwendungsnachweis:pruefen":    Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read participants: pseudonyms and everything told about people. Others read counts only ([`Recht::BerichtLesen`]).
    TeilnahmeLesen = "teilnahme:lesen":                            Eigene Nein  Nein   Eigene Nein  Nein;
    /// Enter, correct and cancel participants.
    TeilnahmeSchreiben = "teilnahme:schreiben":                    Eigene Nein  Nein   Eigene Nein  Nein;
    /// Erase what is told about participants when its period is over.
    TeilnahmeLoeschen = "teilnahme:loeschen":                      Eigene Nein  Nein   Nein   Nein  Nein;
    /// Read what is due for erasure and the proofs of it; no content about people.
    LoeschnachweisLesen = "loeschnachweis:lesen":                  Eigene Nein  Nein   Nein   Alle  Alle;
    /// Read who read what about participants; no content about people.
    DatenzugriffLesen = "datenzugriff:lesen":                      Nein   Nein  Nein   Nein   Alle  Alle;
    /// Read deadlines of cases.
    FristLesen = "frist:lesen":                                    Eigene Alle  Alle   Eigene Alle  Nein;
    /// Extend deadlines.
    FristVerlaengern = "frist:verlaengern":                        Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read what waits for the caller. Whoever only reads has nothing to do.
    AufgabeLesen = "aufgabe:lesen":                                Eigene Alle  Alle   Nein   Nein  Nein;
    /// Draw samples, compute and decide about a proof of use (drafts a Schlussbescheid).
    NachweisAbschliessen = "verwendungsnachweis:abschliessen":     Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read kept calculations; a county reads the one its Schlussbescheid rests on with the Bescheid.
    SchlussrechnungLesen = "schlussrechnung:lesen":                Nein   Alle  Nein   Nein   Alle  Nein;
    /// Read samples of an examination.
    StichprobeLesen = "stichprobe:lesen":                          Nein   Alle  Nein   Nein   Alle  Nein;
    /// Read findings of an examination.
    FeststellungLesen = "feststellung:lesen":                      Eigene Alle  Nein   Nein   Alle  Nein;
    /// Record findings and what becomes of their money.
    FeststellungSchreiben = "feststellung:schreiben":              Nein   Alle  Nein   Nein   Nein  Nein;
    /// Answer a finding.
    FeststellungBeantworten = "feststellung:beantworten":          Eigene Nein  Nein   Nein   Nein  Nein;
    /// Read hearings.
    AnhoerungLesen = "anhoerung:lesen":                            Eigene Alle  Nein   Nein   Alle  Nein;
    /// Open and end hearings.
    AnhoerungFuehren = "anhoerung:fuehren":                        Nein   Alle  Nein   Nein   Nein  Nein;
    /// State one's view in a hearing.
    AnhoerungStellungnahme = "anhoerung:stellungnahme":            Eigene Nein  Nein   Nein   Nein  Nein;
    /// Read exceptions from rules.
    AusnahmeLesen = "ausnahme:lesen":                              Eigene Alle  Nein   Nein   Alle  Nein;
    /// Ask for an exception from a rule.
    AusnahmeBeantragen = "ausnahme:beantragen":                    Eigene Alle  Nein   Nein   Nein  Nein;
    /// Grant, refuse and end exceptions (second person).
    AusnahmeEntscheiden = "ausnahme:entscheiden":                  Nein   Alle  Nein   Nein   Nein  Nein;
    /// Read claims for repayment.
    ForderungLesen = "forderung:lesen":                            Eigene Alle  Nein   Nein   Alle  Nein;
    /// Read the history of claims: whether one is pursued is internal to the authority (§ 59 LHO).
    ForderungVerfolgen = "forderung:verfolgen":                    Nein   Alle  Nein   Nein   Alle  Nein;
    /// Record payments on claims and repayments, and reverse them.
    ForderungBuchen = "forderung:buchen":                          Nein   Alle  Nein   Nein   Nein  Nein;
    /// Propose deferral and write-off, draft Bescheide about interest.
    ForderungEntscheiden = "forderung:entscheiden":                Nein   Alle  Nein   Nein   Nein  Nein;
    /// Release a deferral or a write-off (second person).
    ForderungFreigeben = "forderung:freigeben":                    Nein   Alle  Nein   Nein   Nein  Nein;
    /// Take the whole case file along; what it contains is what the other rights of the caller show.
    AkteLesen = "akte:lesen":                                      Eigene Alle  Nein   Nein   Alle  Nein;
    /// Read reports.
    BerichtLesen = "bericht:lesen":                                Eigene Alle  Alle   Nein   Alle  Nein;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_sind_eindeutig() {
        let codes: BTreeSet<_> = Recht::ALLE.iter().map(|r| r.code()).collect();
        assert_eq!(codes.len(), Recht::ALLE.len());
    }

    #[test]
    fn ohne_zugehoerigkeit_keine_sicht() {
        let a =
            Akteur { person: "x".into(), rolle: Rolle::Gebietskoerperschaft, kreisschluessel: None, traeger_id: None };
        assert_eq!(a.sicht(Recht::AntragLesen), None, "a county token without a county sees nothing");
    }

    #[test]
    fn schreibung_macht_keine_zweite_person() {
        for (a, b, gleich) in [
            ("demo-x", "demo-x", true),
            ("demo-x", "DEMO-X", true),
            ("demo-x", "demo-y", false),
            ("https://a.example|x", "https://b.example|x", false),
            ("x", "https://a.example|x", false),
        ] {
            assert_eq!(gleiche_person(a, b), gleich, "{a} {b}");
        }
    }

    #[test]
    fn protokoll_ganz_nur_fuer_die_pruefung() {
        let wer = |rolle| Akteur { person: "p".into(), rolle, kreisschluessel: None, traeger_id: None };
        for r in Rolle::ALLE {
            let s = wer(*r).liest_protokoll();
            let ganz = s == Protokollsicht { person: None, mit_inhalt: true };
            assert_eq!(ganz, *r == Rolle::Pruefung, "{r}");
            assert_eq!(s.person.is_none(), matches!(r, Rolle::Pruefung | Rolle::Admin), "{r}");
        }
    }

    #[test]
    fn admin_sieht_keine_fallinhalte() {
        for r in [Recht::AntragLesen, Recht::MassnahmeLesen, Recht::BescheidLesen, Recht::ZielvereinbarungLesen] {
            assert_eq!(r.umfang(Rolle::Admin), Umfang::Nein);
        }
    }
}
