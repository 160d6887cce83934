//! `/akten`: the complete case file of an application.

mod sammler;
mod sammlung;

use crate::akte::{Aktenersteller, Aktensiegel, FORMAT, Kettenluecke, Manifest, PROTOKOLL, Paket};
use crate::app::antrag as app;
use crate::fehler::Ergebnis;
use crate::http::ablauf::HandlerErgebnis;
use crate::http::bericht::Datei;
use crate::http::extract::{Aufruf, Pfad};
use crate::http::strom::{Ausgang, platte};
use crate::http::verlauf::Verdeckt;
use actix_web::get;
use aqb_domain::antrag::Antrag;
use aqb_domain::berechtigung::recht::AkteLesen;
use aqb_domain::berechtigung::{Akteur, Recht, Sicht};
use aqb_domain::regel::{Sprache, Text};
use aqb_domain::zeit::rechtstag;
use aqb_persistence::tresor::Tresor;
use aqb_persistence::{DbConn, protokoll, uhr};
use chrono::{DateTime, SecondsFormat, Utc};
use sammler::{Ertrag, Fall, Sammler};
use sammlung::{SAMMLUNGEN, verlaufsrecht};
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Media type of the archive.
const ZIP: &str = "application/zip";
/// Entries of the audit trail that are read at once.
const JE_SEITE: i64 = 200;
/// Cases whose chains are read at once.
const FAELLE: usize = 200;

/// Registers the operations.
pub fn operationen(cfg: &mut ServiceConfig<'_>) {
    cfg.service(herunterladen);
}

/// Download the case file
///
/// Everything of the case that the caller may read, on one state of the database, as a ZIP of JSON arrays with a
/// manifest of hashes and the audit trail of each record. What is left out is named in the manifest. `aqb akte` and
/// `sha256sum -c` check it.
#[utoipa::path(operation_id = "akte_herunterladen", tag = "Berichte",
    params(("antrag_id" = Uuid, Path, description = "Id of the application.", example = "019a0000-0000-7000-8000-0000000000d1")),
    responses((status = 200, description = "The archive.", body = Datei, content_type = "application/zip")),
    extensions(("x-recht" = json!("akte:lesen")), ("x-siegel" = json!(true))))]
#[get("/akten/{antrag_id}")]
pub async fn herunterladen(a: Aufruf<AkteLesen>, Pfad(id): Pfad<Uuid>) -> HandlerErgebnis {
    let (sicht, akteur, sprache) = (a.sicht.clone(), a.akteur.clone(), a.sprache());
    let tresor = a.zustand.tresor.clone();
    a.lese_datei(move |c| {
        let auftrag = Auftrag { akteur: akteur.clone(), sprache, tresor: tresor.clone(), jetzt: uhr::jetzt() };
        auftrag.packe(c, &sicht, id)
    })
    .await
}

/// Who wants a case file, in which language, as of when.
struct Auftrag {
    akteur: Akteur,
    sprache: Sprache,
    tresor: Arc<Tresor>,
    jetzt: DateTime<Utc>,
}

impl Auftrag {
    fn text(&self, t: Text) -> String {
        t.in_sprache(self.sprache).to_owned()
    }

    fn packe(&self, c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Ausgang> {
        let antrag = app::lesen(c, sicht, id)?;
        let mut paket = Paket::neu(self.jetzt).map_err(|e| platte(&e))?;
        let mut ertrag = Ertrag::default();
        ertrag.ohne("teilnahmen.json", self.text(OHNE_TEILNAHMEN), None);
        let heute = rechtstag(self.jetzt);
        for s in SAMMLUNGEN {
            let Some(sicht) = self.akteur.sicht(s.recht) else {
                ertrag.ohne(s.datei, self.text(OHNE_RECHT), Some(s.recht));
                continue;
            };
            paket.beginne(s.datei).map_err(|e| platte(&e))?;
            let (sprache, tresor) = (self.sprache, &*self.tresor);
            let mut sammler = Sammler {
                c,
                antrag: &antrag,
                sicht: &sicht,
                sprache,
                heute,
                tresor,
                datei: s.datei,
                paket: &mut paket,
                ertrag: &mut ertrag,
            };
            (s.fuelle)(&mut sammler)?;
        }
        let luecken = self.verlauf(c, &mut paket, &mut ertrag)?;
        let siegel = self.siegel(c, &mut ertrag)?;
        let manifest = |dateien| self.manifest(&antrag.wert, (dateien, luecken, siegel), ertrag);
        let (datei, laenge) = paket.schliesse(manifest).map_err(|e| platte(&e))?;
        Ok(Ausgang { typ: ZIP, name: format!("akte-{id}.zip"), datei, laenge })
    }

    /// The audit trail of every record that was collected, as far as the caller reads it.
    fn verlauf(&self, c: &mut DbConn, paket: &mut Paket, ertrag: &mut Ertrag) -> Ergebnis<Vec<Kettenluecke>> {
        paket.beginne(PROTOKOLL).map_err(|e| platte(&e))?;
        let mut faelle = std::mem::take(&mut ertrag.faelle);
        faelle.sort();
        faelle.dedup();
        let mut luecken: BTreeSet<&'static str> = BTreeSet::new();
        for gruppe in faelle.chunk_by(|a, b| (a.art, a.ohne) == (b.art, b.ohne)) {
            let Some(Fall { art, ohne, .. }) = gruppe.first() else { continue };
            if !self.liest_verlauf(art) {
                let recht = verlaufsrecht(art);
                let grund = if recht.is_some() { OHNE_RECHT } else { NUR_PRUEFUNG };
                ertrag.ohne(
                    &format!("{PROTOKOLL}: {art}"),
                    self.text(grund),
                    Some(recht.unwrap_or(Recht::ProtokollLesen)),
                );
                continue;
            }
            for stapel in gruppe.chunks(FAELLE) {
                let ids: Vec<String> = stapel.iter().map(|f| f.id.clone()).collect();
                if ketten(c, paket, (art, &ids), *ohne)? {
                    luecken.insert(art);
                }
            }
        }
        let luecke = |art: &str| Kettenluecke { fall_art: art.to_owned(), grund: self.text(VERDECKT) };
        Ok(luecken.into_iter().map(luecke).collect())
    }

    /// The caller reads the history of this kind of record: by the right of its operation, or because all of the trail
    /// is open to the caller.
    fn liest_verlauf(&self, art: &str) -> bool {
        let p = self.akteur.liest_protokoll();
        let alles = self.akteur.darf(Recht::ProtokollLesen) && p.person.is_none() && p.mit_inhalt;
        alles || verlaufsrecht(art).is_some_and(|r| self.akteur.darf(r))
    }

    fn siegel(&self, c: &mut DbConn, ertrag: &mut Ertrag) -> Ergebnis<Option<Aktensiegel>> {
        if !self.akteur.darf(Recht::ProtokollLesen) {
            ertrag.ohne("manifest.json: siegel", self.text(OHNE_RECHT), Some(Recht::ProtokollLesen));
            return Ok(None);
        }
        let siegel = protokoll::nachweis(c)?.siegel;
        Ok(siegel.map(|(s, stimmt)| Aktensiegel { nr: s.nr, hash: s.hash, stimmt }))
    }

    fn manifest(
        &self,
        antrag: &Antrag,
        (dateien, ketten_mit_luecken, siegel): (Vec<crate::akte::Aktendatei>, Vec<Kettenluecke>, Option<Aktensiegel>),
        ertrag: Ertrag,
    ) -> Manifest {
        Manifest {
            format: FORMAT.to_owned(),
            antrag_id: antrag.id,
            aktenzeichen: antrag.aktenzeichen.clone(),
            kreisschluessel: antrag.kreisschluessel.clone(),
            jahrgang: antrag.jahrgang,
            regelwerk: antrag.regelwerk.clone(),
            status: antrag.status.code().to_owned(),
            erstellt_am: self.jetzt.to_rfc3339_opts(SecondsFormat::Millis, true),
            erstellt_von: Aktenersteller {
                person: self.akteur.person.clone(),
                rolle: self.akteur.rolle.code().to_owned(),
            },
            programmversion: env!("CARGO_PKG_VERSION").to_owned(),
            dateien,
            auslassungen: ertrag.auslassungen,
            ketten_mit_luecken,
            siegel,
        }
    }
}

/// The chains of these records of one kind, page by page. Says whether an entry is missing because it is not the
/// caller's.
fn ketten(c: &mut DbConn, paket: &mut Paket, faelle: (&str, &[String]), ohne: Verdeckt) -> Ergebnis<bool> {
    let (mut nach, mut verborgen) = (None, false);
    loop {
        let seite = protokoll::ketten_nach(c, faelle, nach.as_ref(), JE_SEITE)?;
        let Some(letzter) = seite.last() else { return Ok(verborgen) };
        nach = Some((letzter.fall_id.clone(), letzter.nr));
        for e in seite {
            if ohne.verbirgt(&e) {
                verborgen = true;
                continue;
            }
            paket.nimm(&crate::akte::Akteneintrag::from(e)).map_err(|e| platte(&e))?;
        }
    }
}

const OHNE_RECHT: Text =
    Text { de: "Die Rolle hat das genannte Recht nicht.", en: "The role does not have the right that is named." };
const OHNE_TEILNAHMEN: Text = Text {
    de: "Daten über Teilnehmende stehen nie in einer Akte: Sie sind verschlüsselt gespeichert und werden nach Fristablauf gelöscht; eine Kopie hier überdauerte das.",
    en: "Data about participants are never part of a case file: they are stored encrypted and erased when their period is over; a copy here would outlive that.",
};
const NUR_PRUEFUNG: Text = Text {
    de: "Diese Datensätze haben keine Historie; ihr Protokoll liest nur die Prüfung.",
    en: "These records have no history; only the audit reads their trail.",
};
const VERDECKT: Text = Text {
    de: "Was die Behörde erst vorbereitet, liest nur sie; die Einträge darüber fehlen.",
    en: "What the authority only prepares is open to it alone; the entries about it are missing.",
};
