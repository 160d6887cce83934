//! Acts of a Verwendungsnachweis.

use super::{
    Beleglistenstand, NachweisStatus, Nachweiseinreichung, Nachweisersetzung, Nachweisfakten, Nachweisquellen,
    Verwendungsnachweis,
};
use crate::akt::{self, Aktion, Entscheidung, Fristsetzung, Handlungsgrund, Uebergang, Urteil, pruefe_uebergang};
use crate::antrag::Nachforderung;
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht, Rolle, gleiche_person};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::frist::{Fristart, dauerfrist};
use crate::gebietskoerperschaft::{pruefe_zugehoerigkeit, stichtag};
use crate::regel::{
    NACHFORDERUNG_LAEUFT, NACHWEIS_GEAENDERT, NACHWEIS_IN_ENTSCHEIDUNG, STATUS_UNZULAESSIG, UNVERAENDERLICH,
    VERTRETUNGSBEFUGNIS_FEHLT, VERWEIS_UNBEKANNT,
};
use crate::regelwerk::Regelwerk;
use crate::zeit::rechtstag;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Act: sign and file, or answer a request for completion.
pub const EINREICHUNG: &str = "einreichung";
/// Act: withdraw before the examination.
pub const RUECKNAHME: &str = "ruecknahme";
/// Act: correct what was filed by a new version.
pub const KORREKTUR: &str = "korrektur";
/// Act: hand in a Traeger's proof.
pub const TRAEGERNACHWEISE: &str = "traegernachweise";
/// Act: take into examination.
pub const PRUEFUNG: &str = "pruefung";
/// Act: request completion.
pub const NACHFORDERUNG: &str = "nachforderung";
/// Consequence: a Sachbericht was saved.
pub const SACHBERICHT: &str = "sachbericht";
/// Consequence: the draft of a correction was deleted, so the version before counts again.
pub const WIEDERHERSTELLUNG: &str = "wiederherstellung";

const fn zeile(
    akt: &'static str,
    recht: Recht,
    von: &'static [NachweisStatus],
    nach: Option<NachweisStatus>,
) -> Uebergang<NachweisStatus> {
    Uebergang { akt, recht, von, nach }
}

/// State table. The examination can be resumed from an unanswered request when its day is over; what was filed is
/// never changed, a correction takes its place until a decision is being drafted.
pub const UEBERGAENGE: &[Uebergang<NachweisStatus>] = {
    use NachweisStatus as S;
    const OFFEN: &[NachweisStatus] = &[S::Entwurf, S::Nachforderung];
    const BERICHTIGBAR: &[NachweisStatus] = &[S::Eingereicht, S::InPruefung, S::Zurueckgezogen];
    &[
        zeile(EINREICHUNG, Recht::VerwendungsnachweisSchreiben, OFFEN, Some(S::Eingereicht)),
        zeile(RUECKNAHME, Recht::VerwendungsnachweisSchreiben, &[S::Eingereicht], Some(S::Zurueckgezogen)),
        zeile(KORREKTUR, Recht::VerwendungsnachweisSchreiben, BERICHTIGBAR, Some(S::Ersetzt)),
        zeile(TRAEGERNACHWEISE, Recht::VerwendungsnachweisZuliefern, OFFEN, None),
        zeile(PRUEFUNG, Recht::VerwendungsnachweisPruefen, &[S::Eingereicht, S::Nachforderung], Some(S::InPruefung)),
        zeile(NACHFORDERUNG, Recht::VerwendungsnachweisPruefen, &[S::InPruefung], Some(S::Nachforderung)),
        zeile(super::ABSCHLUSS, Recht::NachweisAbschliessen, &[S::InPruefung], Some(S::Geprueft)),
        zeile(super::KENNTNISNAHME, Recht::NachweisAbschliessen, &[S::InPruefung], Some(S::Abgeschlossen)),
    ]
};

/// Who signs for the Gebietskoerperschaft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Nachweisunterzeichner {
    /// Name, where it is stated; the person of the token is kept in any case.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Kim Muster")
        )
    )]
    pub name: Option<String>,
    /// Office.
    #[cfg_attr(
        feature = "schema",
        schema(
            min_length = 1,
            max_length = 200,
            pattern = r"^[^\u0000-\u001F\u007F]*$",
            examples("Erste Kreisbeigeordnete")
        )
    )]
    pub funktion: String,
    /// Entitled to represent the Gebietskoerperschaft; nobody else can sign.
    pub vertretungsbefugnis: bool,
}

/// Body of the filing: a signature over what the signer was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({
    "unterzeichner": { "name": "Kim Muster", "funktion": "Erste Kreisbeigeordnete", "vertretungsbefugnis": true },
    "inhalt_sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    "bestaetigte_warnungen": []
}))))]
#[serde(deny_unknown_fields)]
pub struct Nachweisunterzeichnung {
    /// Who signs.
    pub unterzeichner: Nachweisunterzeichner,
    /// SHA-256 of the content the signer was shown (`inhalt_sha256` of the read); another one is refused.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub inhalt_sha256: String,
    /// SHA-256 of the Belegliste the signer was shown (`liste_sha256` of its sums); mandatory for kinds with one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, pattern = "^[0-9a-f]{64}$"))]
    pub belegliste_sha256: Option<String>,
    /// The warnings that the signer has read, each with the reason to file all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

pub(super) fn ohne(befunde: Vec<Befund>) -> Result<(), Vec<Befund>> {
    if befunde.is_empty() { Ok(()) } else { Err(befunde) }
}

impl Verwendungsnachweis {
    /// What blocks an act before its input is known: right, owner, state, the same person, a running request.
    pub fn sperren(&self, akt: &str, akteur: &Akteur, heute: NaiveDate) -> Vec<Befund> {
        let Some(u) = akt::uebergang(UEBERGAENGE, akt) else {
            return vec![Befund::neu(&VERWEIS_UNBEKANNT).gemessen("was", "Handlung", Einheit::Text).gemessen(
                "schluessel",
                akt,
                Einheit::Code,
            )];
        };
        let befunde = pruefe_uebergang(u, self.status, akteur, self.schreiber(akt, akteur));
        if !befunde.is_empty() {
            return self.mit_ausweg(akt, befunde);
        }
        let fremd = (akteur.rolle == Rolle::Gebietskoerperschaft)
            .then(|| pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, u.recht))
            .flatten();
        let laeuft = (akt == PRUEFUNG).then(|| self.laufende_nachforderung(heute)).flatten();
        let falsch = [super::ABSCHLUSS, super::KENNTNISNAHME].contains(&akt).then(|| self.falsches_ende(akt)).flatten();
        fremd.into_iter().chain(laeuft).chain(falsch).collect()
    }

    /// The caller as one who wrote in what is to be signed: another person signs it.
    fn schreiber(&self, akt: &str, akteur: &Akteur) -> Option<&str> {
        let alle = self.bearbeiter.iter().chain([&self.bearbeitet_von]);
        (akt == EINREICHUNG && self.vier_augen)
            .then(|| alle.map(String::as_str).find(|p| gleiche_person(p, &akteur.person)))
            .flatten()
    }

    /// Says what to do instead, where the state alone forbids the act: a correction while the decision is being drafted.
    fn mit_ausweg(&self, akt: &str, befunde: Vec<Befund>) -> Vec<Befund> {
        if akt != KORREKTUR || self.status != NachweisStatus::Geprueft {
            return befunde;
        }
        let ausweg = |b: Befund| {
            if b.regel.code == STATUS_UNZULAESSIG.code {
                Befund { gemessen: b.gemessen, erlaubt: b.erlaubt, ..Befund::neu(&NACHWEIS_IN_ENTSCHEIDUNG) }
            } else {
                b
            }
        };
        befunde.into_iter().map(ausweg).collect()
    }

    fn laufende_nachforderung(&self, heute: NaiveDate) -> Option<Befund> {
        let n = self.nachforderung.as_ref().filter(|_| self.status == NachweisStatus::Nachforderung)?;
        (heute <= n.frist).then(|| {
            Befund::neu(&NACHFORDERUNG_LAEUFT).gemessen("heute", heute, Einheit::Datum).erlaubt(
                "frist",
                n.frist,
                Einheit::Datum,
            )
        })
    }

    /// All acts with what they would find before their input is known; `ende` is what the examination found for the act
    /// that ends it.
    pub fn aktionen(&self, akteur: &Akteur, fakten: &Nachweisfakten<'_>, ende: &[Befund]) -> Vec<Aktion> {
        let zusatz = |akt: &str| {
            let befunde = self.sperren(akt, akteur, fakten.quellen.heute);
            match akt {
                _ if !befunde.is_empty() => befunde,
                EINREICHUNG => match self.pruefe_listenschreiber(fakten, akteur) {
                    Some(b) => vec![b],
                    None => self.pruefbericht(fakten),
                },
                super::ABSCHLUSS | super::KENNTNISNAHME => ende.to_vec(),
                _ => befunde,
            }
        };
        let erster = |akt: &str| self.schreiber(akt, akteur).map(str::to_owned);
        let mut alle = akt::aktionen(UEBERGAENGE, self.status, akteur, erster, zusatz);
        for a in &mut alle {
            a.befunde = self.mit_ausweg(a.akt, std::mem::take(&mut a.befunde));
        }
        alle
    }

    /// The authority's own deadline for the examination that begins on `heute`.
    pub(super) fn prueffrist(&self, regelwerk: &Regelwerk, heute: NaiveDate) -> Result<Fristsetzung, Befund> {
        let tag = stichtag(self.jahrgang);
        let verschiebung = regelwerk.wahrheit("frist_werktag_verschiebung", tag)?;
        let ende = dauerfrist(heute, regelwerk.dauer("vn_prueffrist", tag)?, verschiebung)?.ende;
        Ok(self.fristsetzung(Fristart::VnPrueffrist, ende))
    }

    pub(super) fn fristsetzung(&self, art: Fristart, faellig_am: NaiveDate) -> Fristsetzung {
        Fristsetzung {
            art,
            bezug: None,
            faellig_am,
            antrag_id: self.antrag_id,
            jahrgang: self.jahrgang,
            regelwerk: self.regelwerk.clone(),
        }
    }

    /// Signs and files it, or answers a request for completion: the content is frozen with its checksum, the deadline
    /// of the Bescheid is met, the authority's own begins.
    ///
    /// # Errors
    /// What blocks the act (`VIER_AUGEN` for who wrote in it or in its Belegliste), every finding of
    /// [`Verwendungsnachweis::pruefbericht`] when one refuses, `WARNUNG_NICHT_BESTAETIGT`,
    /// `VERTRETUNGSBEFUGNIS_FEHLT`, `NACHWEIS_GEAENDERT`, `BELEGLISTE_GEAENDERT`.
    pub fn einreichen(
        &self,
        eingabe: &Nachweisunterzeichnung,
        fakten: &Nachweisfakten<'_>,
        akteur: &Akteur,
        jetzt: DateTime<Utc>,
    ) -> Urteil<Verwendungsnachweis> {
        let heute = rechtstag(jetzt);
        ohne(self.sperren(EINREICHUNG, akteur, heute))?;
        ohne(self.pruefe_listenschreiber(fakten, akteur).into_iter().collect())?;
        let befunde = bestaetige(self.pruefbericht(fakten), &eingabe.bestaetigte_warnungen)?;
        let eines = |b| vec![b];
        let inhalt_sha256 = self.inhalt_sha256().map_err(eines)?;
        let mut falsch = pruefe_unterzeichnung(eingabe, &inhalt_sha256);
        falsch.extend(self.pruefe_listenunterschrift(eingabe, fakten));
        ohne(falsch)?;
        let nr = i32::try_from(self.einreichungen.len()).unwrap_or(i32::MAX).saturating_add(1);
        let antwort = self.status == NachweisStatus::Nachforderung;
        let nachforderung = self
            .nachforderung
            .clone()
            .map(|n| if antwort { Nachforderung { beantwortet_am: Some(jetzt), ..n } } else { n });
        let mut neu = Verwendungsnachweis {
            status: NachweisStatus::Eingereicht,
            unterzeichnet_von: Some(akteur.person.clone()),
            bearbeiter: BTreeSet::new(),
            nachforderung,
            ..self.clone()
        };
        neu.einreichungen.push(Nachweiseinreichung {
            nr,
            eingegangen_am: jetzt,
            eingangsdatum: heute,
            unterzeichnet_von: akteur.person.clone(),
            bearbeitet_von: self.bearbeitet_von.clone(),
            unterzeichner: eingabe.unterzeichner.clone(),
            inhalt_sha256,
            inhalt: self.urkunde(),
            belegliste: fakten.belegliste.filter(|_| self.mit_belegliste).map(Beleglistenstand::verweis),
        });
        let (art, bezug) = self.nachweisfrist();
        let prueffrist = self.prueffrist(fakten.regelwerk, heute).map_err(eines)?;
        let typ = if antwort { "verwendungsnachweis.nachgereicht" } else { "verwendungsnachweis.eingereicht" };
        Ok(self
            .traegerfristen_erfuellt(Entscheidung::neu(neu))
            .erfuellt(self.antrag_id, art, bezug)
            .erledigt(Fristart::Nachforderung)
            .frist(prueffrist)
            .befunde(befunde)
            .ereignis(typ, self.ereignisdaten()))
    }

    /// Withdraws it before the examination: the deadline of the Bescheid runs again. What was filed stays readable; a
    /// correction begins the next version.
    ///
    /// # Errors
    /// What blocks the act.
    pub fn zurueckziehen(
        &self,
        eingabe: &Handlungsgrund,
        akteur: &Akteur,
        heute: NaiveDate,
    ) -> Urteil<Verwendungsnachweis> {
        ohne(self.sperren(RUECKNAHME, akteur, heute))?;
        let (art, bezug) = self.nachweisfrist();
        let neu = Verwendungsnachweis {
            status: NachweisStatus::Zurueckgezogen,
            ruecknahmegrund: Some(eingabe.grund.clone()),
            ..self.clone()
        };
        Ok(self
            .traegerfristen_leben_auf(Entscheidung::neu(neu))
            .lebt_auf(self.antrag_id, art, bezug)
            .entfaellt(Fristart::VnPrueffrist)
            .ereignis("verwendungsnachweis.zurueckgezogen", self.ereignisdaten()))
    }

    /// Begins a correction: this version is replaced and stays readable, a draft with the same content follows it. Until
    /// that is filed nothing counts as proved, so the deadline of the Bescheid runs again.
    ///
    /// # Errors
    /// What blocks the act; those of [`Nachweisquellen::grundlage`].
    pub fn korrigieren(
        &self,
        id: Uuid,
        eingabe: &Handlungsgrund,
        quellen: &Nachweisquellen,
        akteur: &Akteur,
    ) -> Urteil<(Verwendungsnachweis, Verwendungsnachweis)> {
        ohne(self.sperren(KORREKTUR, akteur, quellen.heute))?;
        let eines = |b| vec![b];
        let alt = Verwendungsnachweis {
            status: NachweisStatus::Ersetzt,
            aktuell: false,
            ersetzt: Some(Nachweisersetzung {
                nachfolger_id: id,
                am: quellen.heute,
                person: akteur.person.clone(),
                grund: eingabe.grund.clone(),
                status_vorher: self.status,
            }),
            ..self.clone()
        };
        let neu = Verwendungsnachweis {
            id,
            fassung: self.fassung.saturating_add(1),
            vorgaenger_id: Some(self.id),
            status: NachweisStatus::Entwurf,
            berichtszeitraum: quellen.zeitraum(self.gegenstand()).map_err(eines)?,
            grundlage: quellen.grundlage(self.gegenstand()).map_err(eines)?,
            erstellt_von: akteur.person.clone(),
            bearbeitet_von: akteur.person.clone(),
            bearbeiter: BTreeSet::from([akteur.person.clone()]),
            unterzeichnet_von: None,
            einreichungen: Vec::new(),
            in_pruefung_durch: None,
            nachforderung: None,
            ruecknahmegrund: None,
            korrekturgrund: Some(eingabe.grund.clone()),
            ersetzt: None,
            ..self.clone()
        };
        let (art, bezug) = self.nachweisfrist();
        let daten = neu.ereignisdaten();
        Ok(self
            .traegerfristen_leben_auf(Entscheidung::neu((alt, neu)))
            .lebt_auf(self.antrag_id, art, bezug)
            .entfaellt(Fristart::VnPrueffrist)
            .ereignis("verwendungsnachweis.korrektur", daten))
    }

    /// The version that counts again because the draft of its correction was deleted; `liste` is the checksum of the
    /// Belegliste as it is now.
    ///
    /// # Errors
    /// `PARAMETER_FEHLT`, `UNVERAENDERLICH` for a version nothing replaced, `BELEGLISTE_NICHT_UNTERZEICHNET` when the
    /// list was changed since it was signed.
    pub fn wiederherstellen(
        &self,
        regelwerk: &Regelwerk,
        liste: &str,
        heute: NaiveDate,
    ) -> Urteil<Verwendungsnachweis> {
        let Some(ersetzt) = &self.ersetzt else {
            return Err(vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)]);
        };
        let status = ersetzt.status_vorher;
        if status != NachweisStatus::Zurueckgezogen {
            ohne(self.pruefe_wiederkehr(liste).into_iter().collect())?;
        }
        let neu = Verwendungsnachweis { status, aktuell: true, ersetzt: None, ..self.clone() };
        let mut e = Entscheidung::neu(neu);
        if status != NachweisStatus::Zurueckgezogen {
            let (art, bezug) = self.nachweisfrist();
            e = self.traegerfristen_erfuellt(e).erfuellt(self.antrag_id, art, bezug);
        }
        if matches!(status, NachweisStatus::Eingereicht | NachweisStatus::InPruefung) {
            e = e.frist(self.prueffrist(regelwerk, heute).map_err(|b| vec![b])?);
        }
        Ok(e)
    }
}

fn pruefe_unterzeichnung(e: &Nachweisunterzeichnung, inhalt_sha256: &str) -> Vec<Befund> {
    let mut befunde = Vec::new();
    if !e.unterzeichner.vertretungsbefugnis {
        befunde.push(Befund::neu(&VERTRETUNGSBEFUGNIS_FEHLT).ort("/unterzeichner/vertretungsbefugnis").gemessen(
            "funktion",
            &e.unterzeichner.funktion,
            Einheit::Text,
        ));
    }
    if e.inhalt_sha256 != inhalt_sha256 {
        befunde.push(
            Befund::neu(&NACHWEIS_GEAENDERT)
                .ort("/inhalt_sha256")
                .gemessen("gefunden", &e.inhalt_sha256, Einheit::Text)
                .erlaubt("festgeschrieben", inhalt_sha256, Einheit::Text),
        );
    }
    befunde
}
