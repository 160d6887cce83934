//! A draft made of an application of another Jahrgang.

use super::{anlegen, grundlage, lesen, speichern, traegerstaende};
use crate::fehler::Ergebnis;
use aqb_domain::antrag::{Antrag, Antragsinhalt, Kopierfakten, Kopierhinweis};
use aqb_domain::bankverbindung::KontoaenderungStatus;
use aqb_domain::berechtigung::Sicht;
use aqb_domain::gebietskoerperschaft::stichtag;
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::{Tx, bankverbindung, katalog};
use uuid::Uuid;

/// Starts a draft for another Jahrgang with what it can take over from an application the caller sees; returns it and the
/// list of what was not carried over as it was.
///
/// # Errors
/// 404, and those of [`anlegen`].
pub fn kopieren(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (vorlage, id): (Uuid, Uuid),
    jahr: i32,
) -> Ergebnis<(Versioniert<Antrag>, Vec<Kopierhinweis>)> {
    let mut alt = lesen(tx.c, sicht, vorlage)?.wert;
    let leer = anlegen(tx, id, jahr, &alt.kreisschluessel, Antragsinhalt::default())?;
    let traeger: Vec<Uuid> = alt.massnahmen.iter().filter_map(|m| m.massnahme.inhalt.traeger_id).collect();
    let letzte = bankverbindung::des_antrags(tx.c, vorlage)?.pop();
    let ungewiss = [KontoaenderungStatus::Beantragt, KontoaenderungStatus::Gesperrt];
    if let Some(k) = letzte.as_ref().filter(|k| k.status == KontoaenderungStatus::Bestaetigt) {
        alt.inhalt.bankverbindung = Some(k.bankverbindung.clone());
    }
    let fakten = Kopierfakten {
        regelwerke: (grundlage(tx.c, alt.jahrgang, alt.regelwerk.as_deref())?.1, grundlage(tx.c, jahr, None)?.1),
        jahrgang: jahr,
        katalog: katalog::stand(tx.c, stichtag(jahr))?,
        traeger: traegerstaende(tx.c, &traeger)?,
        bankverbindung_gewiss: letzte.as_ref().is_none_or(|k| !ungewiss.contains(&k.status)),
    };
    let ids: Vec<Uuid> = alt.massnahmen.iter().map(|_| tx.neue_id()).collect();
    let (neu, hinweise) = alt.kopiere(&leer.wert, &ids, &fakten);
    Ok((speichern(tx, &leer, "kopie", neu, &[])?, hinweise))
}
