//! Acts of a Mittelabruf: file, check, order, refuse, cancel.

use super::{
    Abrufende, Abruffakten, Abrufposition, Abrufstelle, Angefordert, Anordnung, Ausgezahlt, Bedarfsrechnung,
    Festgestellt, Feststellung, Mittelabruf, MittelabrufStatus, Mittelabrufinhalt, bedarf::verteile,
    regeln::Pruefschritt,
};
use crate::akt::{Aktion, Entscheidung, Handlungsgrund, Uebergang, Urteil, frei};
use crate::befund::{Befund, Einheit};
use crate::berechtigung::{Akteur, Recht};
use crate::bestaetigung::{Warnungsbestaetigung, bestaetige};
use crate::gebietskoerperschaft::pruefe_zugehoerigkeit;
use crate::geld::{Euro, GeldFehler};
use crate::konto::{Buchung, Kontoart};
use crate::regel::{
    BETRAG_ZU_KLEIN, FESTSTELLUNG_UEBER_BEDARF, NICHT_RICHTIG, NICHTS_ZAHLBAR, RECHENBEREICH, UEBER_ANGEFORDERT,
    UNVERAENDERLICH, VERWEIS_UNBEKANNT, ZAHLUNG_LAEUFT,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// Act: file.
pub const EINREICHUNG: &str = "einreichung";
/// Act: check.
pub const PRUEFUNG: &str = "pruefung";
/// Act: order the payment.
pub const ANORDNUNG: &str = "anordnung";
/// Act: take the order back.
pub const ANORDNUNGSRUECKNAHME: &str = "anordnungsruecknahme";
/// Act: refuse.
pub const ZURUECKWEISUNG: &str = "zurueckweisung";
/// Act: cancel.
pub const STORNIERUNG: &str = "stornierung";

use MittelabrufStatus::{Angeordnet, Eingereicht, Entwurf, Gekuerzt, Geprueft, Storniert, Zurueckgewiesen};

/// State table. How a payment changes the state stands in `zahlung`: no person does that.
pub const UEBERGAENGE: &[Uebergang<MittelabrufStatus>] = &[
    Uebergang { akt: EINREICHUNG, recht: Recht::MittelabrufSchreiben, von: &[Entwurf], nach: Some(Eingereicht) },
    Uebergang { akt: PRUEFUNG, recht: Recht::MittelabrufPruefen, von: &[Eingereicht], nach: None },
    Uebergang { akt: ANORDNUNG, recht: Recht::MittelabrufAnordnen, von: &[Geprueft, Gekuerzt], nach: Some(Angeordnet) },
    Uebergang { akt: ANORDNUNGSRUECKNAHME, recht: Recht::MittelabrufPruefen, von: &[Angeordnet], nach: None },
    Uebergang {
        akt: ZURUECKWEISUNG,
        recht: Recht::MittelabrufPruefen,
        von: &[Eingereicht, Geprueft, Gekuerzt],
        nach: Some(Zurueckgewiesen),
    },
    Uebergang {
        akt: STORNIERUNG,
        recht: Recht::MittelabrufSchreiben,
        von: &[Eingereicht, Geprueft, Gekuerzt],
        nach: Some(Storniert),
    },
];

/// Input of the act `einreichung`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "bestaetigte_warnungen": [] }))))]
#[serde(deny_unknown_fields)]
pub struct MittelabrufEinreichung {
    /// The warnings the caller has read, each with the reason to file all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

/// Input of the act `pruefung`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(examples(json!({ "sachlich_richtig": true, "rechnerisch_richtig": true, "bestaetigte_warnungen": [] }))))]
#[serde(deny_unknown_fields)]
pub struct Mittelabrufpruefung {
    /// Right in substance.
    pub sachlich_richtig: bool,
    /// Right in figures.
    pub rechnerisch_richtig: bool,
    /// What is found payable per measure; a measure that is absent gets 0.00. Without the list the need check decides.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(feature = "schema", schema(nullable = false, max_items = 200))]
    pub positionen: Option<Vec<Abrufposition>>,
    /// Why amounts differ from what was asked.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::regelwerk::gesetzt")]
    #[cfg_attr(
        feature = "schema",
        schema(
            nullable = false,
            min_length = 3,
            max_length = 2000,
            pattern = r"^[^\u0000-\u0009\u000B-\u001F\u007F]*$",
            examples("Die Honorare für Dezember sind erst nach dem Ende des Zeitfensters fällig.")
        )
    )]
    pub begruendung: Option<String>,
    /// The warnings the caller has read, each with the reason to go on all the same.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 100))]
    pub bestaetigte_warnungen: Vec<Warnungsbestaetigung>,
}

fn bereich(_: GeldFehler) -> Vec<Befund> {
    vec![Befund::neu(&RECHENBEREICH).ort("/positionen")]
}

impl Mittelabruf {
    /// A draft under the Bescheid `f.bescheid`. Amounts are judged when it is filed, by the Bescheid in force then; that
    /// it refers to a case of the caller's own county at once.
    ///
    /// # Errors
    /// `FREMDER_VORGANG`, or what makes calling from this Bescheid impossible for good.
    pub fn anlegen(id: Uuid, inhalt: Mittelabrufinhalt, f: &Abruffakten, akteur: &Akteur) -> Urteil<Mittelabruf> {
        let b = &f.bescheid.inhalt;
        if let Some(fremd) = pruefe_zugehoerigkeit(&b.kreisschluessel, akteur, Recht::MittelabrufSchreiben) {
            return Err(vec![fremd]);
        }
        let neu = Mittelabruf {
            id,
            bescheid_id: f.bescheid.id,
            antrag_id: b.antrag_id,
            aktenzeichen: f.antrag.aktenzeichen.clone().unwrap_or_default(),
            jahrgang: b.jahrgang,
            kreisschluessel: b.kreisschluessel.clone(),
            abruf_nr: None,
            status: Entwurf,
            inhalt,
            stellen: Vec::new(),
            erstellt_von: akteur.person.clone(),
            eingereicht_am: None,
            eingereicht_von: None,
            feststellung: None,
            anordnung: None,
            geldbewegungen: Vec::new(),
            ende: None,
        };
        Ok(Entscheidung::neu(neu))
    }

    /// The draft with another content.
    ///
    /// # Errors
    /// `UNVERAENDERLICH` once it is filed, `FREMDER_VORGANG`.
    pub fn aendern(&self, inhalt: Mittelabrufinhalt, akteur: &Akteur) -> Result<Mittelabruf, Vec<Befund>> {
        self.im_entwurf(akteur)?;
        Ok(Mittelabruf { inhalt, ..self.clone() })
    }

    /// Only a draft can be edited or deleted, and only by its own county.
    ///
    /// # Errors
    /// `UNVERAENDERLICH`, `FREMDER_VORGANG`.
    pub fn im_entwurf(&self, akteur: &Akteur) -> Result<(), Vec<Befund>> {
        if let Some(b) = pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::MittelabrufSchreiben) {
            return Err(vec![b]);
        }
        if self.status != Entwurf {
            return Err(vec![Befund::neu(&UNVERAENDERLICH).gemessen("status", self.status, Einheit::Code)]);
        }
        Ok(())
    }

    /// All acts with what they would find. `in_zahlung`: the result of a payment of this call is awaited.
    pub fn aktionen(&self, f: &Abruffakten, in_zahlung: bool, akteur: &Akteur) -> Vec<Aktion> {
        // one person may hold two roles: who filed does not certify, who certified does not order
        let erster = |akt: &str| match akt {
            PRUEFUNG => self.eingereicht_von.clone(),
            ANORDNUNG => self.feststellung.as_ref().map(|x| x.von.clone()),
            _ => None,
        };
        let eigener = |akt: &str| {
            let gk = [EINREICHUNG, STORNIERUNG].contains(&akt);
            gk.then(|| pruefe_zugehoerigkeit(&self.kreisschluessel, akteur, Recht::MittelabrufSchreiben)).flatten()
        };
        let zusatz = |akt: &str| {
            let mut befunde: Vec<Befund> = eigener(akt).into_iter().collect();
            befunde.extend(match akt {
                EINREICHUNG => self.pruefe(f, Pruefschritt::Einreichung),
                PRUEFUNG => self.pruefe(f, Pruefschritt::Pruefung),
                ANORDNUNG => self.pruefe(f, Pruefschritt::Anordnung),
                ANORDNUNGSRUECKNAHME if in_zahlung => {
                    vec![Befund::neu(&ZAHLUNG_LAEUFT).gemessen("abruf", self.bezeichnung(), Einheit::Text)]
                }
                _ => Vec::new(),
            });
            befunde
        };
        crate::akt::aktionen(UEBERGAENGE, self.status, akteur, erster, zusatz)
    }

    /// How people know it: `RPKS-57-AQB-2026-06440-001 / 3`.
    pub fn bezeichnung(&self) -> String {
        match self.abruf_nr {
            Some(nr) => format!("{} / {nr}", self.aktenzeichen),
            None => self.aktenzeichen.clone(),
        }
    }

    fn ereignis(&self) -> serde_json::Value {
        json!({ "mittelabruf_id": self.id, "bescheid_id": self.bescheid_id, "antrag_id": self.antrag_id })
    }

    /// Files the call as number `nr` of its case: the money is reserved GEBUNDEN → ABGERUFEN.
    ///
    /// # Errors
    /// All findings of the rules when one blocks or a warning is not confirmed.
    pub fn einreichen(
        &self,
        eingabe: &MittelabrufEinreichung,
        nr: i64,
        f: &Abruffakten,
        akteur: &Akteur,
    ) -> Urteil<Mittelabruf> {
        // warnings are named with the code that asks for confirmation
        let gefunden = self.aktionen(f, false, akteur).into_iter().find(|a| a.akt == EINREICHUNG);
        let befunde = bestaetige(gefunden.map(|a| a.befunde).unwrap_or_default(), &eingabe.bestaetigte_warnungen)?;
        let stellen = self.inhalt.positionen.iter().filter_map(|p| {
            f.position(p.massnahme_id, self.inhalt.haushaltsjahr).map(|b| Abrufstelle {
                massnahme_id: p.massnahme_id,
                massnahme_nr: b.massnahme_nr.clone(),
                teilbudget: b.teilbudget.clone(),
                angefordert: Angefordert(p.betrag),
                festgestellt: None,
                ausgezahlt: Ausgezahlt::default(),
            })
        });
        let neu = Mittelabruf {
            // a draft over a Bescheid that was replaced follows the chain
            bescheid_id: f.bescheid.id,
            status: Eingereicht,
            abruf_nr: Some(nr),
            stellen: stellen.collect(),
            eingereicht_am: Some(f.heute),
            eingereicht_von: Some(akteur.person.clone()),
            ..self.clone()
        };
        let buchung = neu.buchung("MITTELABRUF", Kontoart::Gebunden, Kontoart::Abgerufen, |s| Ok(s.angefordert.0))?;
        let daten = neu.ereignis();
        Ok(Entscheidung::neu(neu).buchung(buchung).befunde(befunde).ereignis("mittelabruf.eingereicht", daten))
    }

    /// A posting over all positions.
    pub(super) fn buchung(
        &self,
        grund: &'static str,
        von: Kontoart,
        nach: Kontoart,
        betrag: impl Fn(&Abrufstelle) -> Result<Euro, GeldFehler>,
    ) -> Result<Buchung, Vec<Befund>> {
        let text = format!("Mittelabruf {}", self.bezeichnung());
        self.stellen.iter().try_fold(Buchung::umbuchung(grund, text), |b, s| {
            let betrag = betrag(s).map_err(bereich)?;
            Ok(b.fuer_massnahme(s.massnahme_id, self.konto(s, von), self.konto(s, nach), betrag))
        })
    }

    /// Certifies the call as right in substance and figures; what is not payable is free again ABGERUFEN → GEBUNDEN.
    ///
    /// # Errors
    /// `NICHT_RICHTIG`, `UEBER_ANGEFORDERT`, `NICHTS_ZAHLBAR`, an unconfirmed `FESTSTELLUNG_UEBER_BEDARF`, everything
    /// that blocks payments of the case.
    pub fn feststellen(&self, eingabe: &Mittelabrufpruefung, f: &Abruffakten, akteur: &Akteur) -> Urteil<Mittelabruf> {
        let mut befunde = frei(self.aktionen(f, false, akteur), PRUEFUNG)?;
        let rechnung = f.bedarfsrechnung(&self.inhalt).map_err(|b| vec![b])?;
        if !(eingabe.sachlich_richtig && eingabe.rechnerisch_richtig) {
            befunde.push(Befund::neu(&NICHT_RICHTIG).ort("/sachlich_richtig"));
        }
        let (betraege, gefunden) = self.festzustellen(eingabe, &rechnung)?;
        befunde.extend(gefunden);
        let befunde = bestaetige(befunde, &eingabe.bestaetigte_warnungen)?;
        let voll = betraege.iter().zip(&self.stellen).all(|(b, s)| *b == s.angefordert.0);
        let stellen: Vec<Abrufstelle> = self
            .stellen
            .iter()
            .zip(&betraege)
            .map(|(s, b)| Abrufstelle { festgestellt: Some(Festgestellt(*b)), ..s.clone() })
            .collect();
        let neu = Mittelabruf {
            status: if voll { Geprueft } else { Gekuerzt },
            stellen,
            feststellung: Some(Feststellung {
                am: f.heute,
                von: akteur.person.clone(),
                bedarfsrechnung: rechnung,
                begruendung: eingabe.begruendung.clone(),
            }),
            ..self.clone()
        };
        let buchung = neu.buchung("KUERZUNG", Kontoart::Abgerufen, Kontoart::Gebunden, |s| {
            s.angefordert.0.minus(s.festgestellt.unwrap_or_default().0)
        })?;
        let daten = neu.ereignis();
        let typ = if voll { "mittelabruf.geprueft" } else { "mittelabruf.gekuerzt" };
        let entscheidung = Entscheidung::neu(neu).befunde(befunde).ereignis(typ, daten);
        Ok(if voll { entscheidung } else { entscheidung.buchung(buchung) })
    }

    /// The amounts to certify, in the order of the positions, and what is wrong with them.
    fn festzustellen(
        &self,
        eingabe: &Mittelabrufpruefung,
        r: &Bedarfsrechnung,
    ) -> Result<(Vec<Euro>, Vec<Befund>), Vec<Befund>> {
        let mut befunde = Vec::new();
        let betraege = match &eingabe.positionen {
            None => {
                let angefordert: Vec<Euro> = self.stellen.iter().map(|s| s.angefordert.0).collect();
                verteile(r.zahlbar, &angefordert).map_err(bereich)?
            }
            Some(positionen) => {
                for (i, p) in positionen.iter().enumerate() {
                    befunde.extend(self.pruefe_feststellung(i, p));
                }
                let betrag = |s: &Abrufstelle| positionen.iter().find(|p| p.massnahme_id == s.massnahme_id);
                self.stellen.iter().map(|s| betrag(s).map(|p| p.betrag).unwrap_or_default()).collect()
            }
        };
        let summe = Euro::summe(betraege.iter().copied()).map_err(bereich)?;
        if !summe.ist_positiv() {
            befunde.push(Befund::neu(&NICHTS_ZAHLBAR).ort("/positionen").gemessen(
                "angefordert",
                r.angefordert,
                Einheit::Eur,
            ));
        } else if summe > r.zahlbar {
            befunde.push(Befund::neu(&FESTSTELLUNG_UEBER_BEDARF).ort("/positionen").betrag(
                "festgestellt",
                summe,
                "zahlbar",
                r.zahlbar,
            ));
        }
        Ok((betraege, befunde))
    }

    fn pruefe_feststellung(&self, i: usize, p: &Abrufposition) -> Option<Befund> {
        let ort = format!("/positionen/{i}");
        let Some(s) = self.stellen.iter().find(|s| s.massnahme_id == p.massnahme_id) else {
            let befund = Befund::neu(&VERWEIS_UNBEKANNT).ort(format!("{ort}/massnahme_id"));
            return Some(befund.gemessen("was", "Maßnahme des Abrufs", Einheit::Text).gemessen(
                "schluessel",
                p.massnahme_id,
                Einheit::Code,
            ));
        };
        if p.betrag.ist_negativ() {
            let befund = Befund::neu(&BETRAG_ZU_KLEIN).ort(format!("{ort}/betrag"));
            return Some(befund.betrag("betrag", p.betrag, "mindestens", Euro::NULL));
        }
        (p.betrag > s.angefordert.0).then(|| {
            Befund::neu(&UEBER_ANGEFORDERT)
                .ort(format!("{ort}/betrag"))
                .gemessen("posten", &s.massnahme_nr, Einheit::Code)
                .betrag("festgestellt", p.betrag, "angefordert", s.angefordert.0)
        })
    }

    /// Orders the payment by another person than the one who checked.
    ///
    /// # Errors
    /// `VIER_AUGEN`, everything that blocks payments of the case.
    pub fn anordnen(&self, f: &Abruffakten, akteur: &Akteur) -> Urteil<Mittelabruf> {
        let befunde = frei(self.aktionen(f, false, akteur), ANORDNUNG)?;
        let neu = Mittelabruf {
            status: Angeordnet,
            anordnung: Some(Anordnung {
                am: f.heute,
                von: akteur.person.clone(),
                bankverbindung: f.konto.bankverbindung.clone(),
                bankverbindung_seit: f.konto.seit,
            }),
            ..self.clone()
        };
        let daten = neu.ereignis();
        Ok(Entscheidung::neu(neu).befunde(befunde).ereignis("mittelabruf.angeordnet", daten))
    }

    /// Takes the order back as long as no payment is under way, also for the rest of a call that is paid in part: the
    /// rest can be ordered anew, refused or cancelled.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `ZAHLUNG_LAEUFT`.
    pub fn anordnung_zuruecknehmen(&self, f: &Abruffakten, in_zahlung: bool, akteur: &Akteur) -> Urteil<Mittelabruf> {
        frei(self.aktionen(f, in_zahlung, akteur), ANORDNUNGSRUECKNAHME)?;
        let voll = self.stellen.iter().all(|s| s.festgestellt.map(|x| x.0) == Some(s.angefordert.0));
        let status = if voll { Geprueft } else { Gekuerzt };
        let neu = Mittelabruf { status, anordnung: None, ..self.clone() };
        let daten = neu.ereignis();
        Ok(Entscheidung::neu(neu).ereignis("mittelabruf.anordnung_zurueckgenommen", daten))
    }

    /// Ends the call without a payment: refused by the authority or cancelled by the county. What was reserved is free.
    /// A call that is paid in part ends as `AUSGEZAHLT`; what was left of it is free.
    ///
    /// # Errors
    /// `RECHT_FEHLT`, `STATUS_UNZULAESSIG`, `FREMDER_VORGANG`.
    pub fn beenden(
        &self,
        akt: &'static str,
        eingabe: &Handlungsgrund,
        f: &Abruffakten,
        akteur: &Akteur,
    ) -> Urteil<Mittelabruf> {
        frei(self.aktionen(f, false, akteur), akt)?;
        let gezahlt = self.ausgezahlt().map_err(bereich)?.0.ist_positiv();
        let (status, typ, grund) = if akt == STORNIERUNG {
            (Storniert, "mittelabruf.storniert", "STORNIERUNG_ABRUF")
        } else {
            (Zurueckgewiesen, "mittelabruf.zurueckgewiesen", "ZURUECKWEISUNG_ABRUF")
        };
        let (status, typ) =
            if gezahlt { (MittelabrufStatus::Ausgezahlt, "mittelabruf.rest_freigegeben") } else { (status, typ) };
        let reserviert = |s: &Abrufstelle| s.festgestellt.map_or(s.angefordert.0, |f| f.0).minus(s.ausgezahlt.0);
        let buchung = self.buchung(grund, Kontoart::Abgerufen, Kontoart::Gebunden, reserviert)?;
        let ende =
            Abrufende { akt: akt.to_owned(), am: f.heute, person: akteur.person.clone(), grund: eingabe.grund.clone() };
        let neu = Mittelabruf { status, ende: Some(ende), ..self.clone() };
        let daten = neu.ereignis();
        Ok(Entscheidung::neu(neu).buchung(buchung).ereignis(typ, daten))
    }
}
