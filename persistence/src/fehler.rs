//! Errors of the database, by meaning.

use diesel::result::{DatabaseErrorKind as K, Error as D};

/// Result of a query.
pub type DbResult<T> = Result<T, DbFehler>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum DbFehler {
    /// The row changed since it was read; `aktuell` is its present version.
    #[error("Version veraltet, aktuell ist {aktuell}")]
    VersionVeraltet {
        /// Present version.
        aktuell: i64,
    },
    /// A unique rule, by its constraint name.
    #[error("schon vorhanden: {regel}")]
    Eindeutigkeit {
        /// Name of the constraint.
        regel: String,
    },
    /// A reference to a row that is not there. SQLite does not name the constraint.
    #[error("Verweis ungültig: {regel:?}")]
    Verweis {
        /// Name of the constraint, where the backend tells it.
        regel: Option<String>,
    },
    /// A check or an immutability trigger, by its name.
    #[error("Regel verletzt: {regel}")]
    Pruefregel {
        /// Name of the constraint or trigger.
        regel: String,
    },
    /// A posting an account cannot cover.
    #[error("nicht gedeckt")]
    NichtGedeckt(Box<aqb_domain::befund::Befund>),
    /// A record others refer to cannot be deleted.
    #[error("noch verwendet")]
    Verwendet(Box<aqb_domain::befund::Befund>),
    /// Fixed content that no longer has its hash.
    #[error("Siegel verletzt")]
    Siegel(Box<aqb_domain::befund::Befund>),
    /// Sums beyond the range of amounts.
    #[error("außerhalb des Rechenbereichs")]
    Rechenbereich(Box<aqb_domain::befund::Befund>),
    /// Serialisation failure or deadlock: trying again is safe and may help.
    #[error("Konflikt: {0}")]
    Konflikt(String),
    /// Queue full, lock not granted or no connection in time.
    #[error("ausgelastet: {0}")]
    Ausgelastet(String),
    /// Connection lost: whether a write happened is not known.
    #[error("Verbindung: {0}")]
    Verbindung(String),
    /// The configuration cannot work.
    #[error("Konfiguration: {0}")]
    Konfiguration(String),
    /// A stored document does not fit its type.
    #[error("gespeicherter Inhalt: {0}")]
    Inhalt(String),
    /// The program panicked inside a unit of work.
    #[error("Abbruch im Vorgang")]
    Abbruch,
    /// Anything else.
    #[error("Datenbank: {0}")]
    Sonstig(#[source] D),
}

impl DbFehler {
    /// Nothing was written and the same work may be tried again at once.
    pub fn wiederholbar(&self) -> bool {
        matches!(self, DbFehler::Konflikt(_))
    }

    /// The connection must not be used again.
    pub fn verbindung_verloren(&self) -> bool {
        matches!(self, DbFehler::Verbindung(_))
    }

    /// Violates the unique rule of this name.
    pub fn verletzt(&self, name: &str) -> bool {
        matches!(self, DbFehler::Eindeutigkeit { regel } if regel == name)
    }
}

/// Unique rules under the name PostgreSQL uses; SQLite reports only `table.column[, table.column]`.
/// A test of the migrations proves that the list is complete.
pub const EINDEUTIG: &[(&str, &str)] = &[
    ("gebietskoerperschaft.kreisschluessel", "gebietskoerperschaft_pkey"),
    ("traeger.id", "traeger_pkey"),
    ("katalogeintrag.katalog, katalogeintrag.code", "katalogeintrag_pkey"),
    ("basiszinssatz.id", "basiszinssatz_pkey"),
    ("basiszinssatz.gueltig_ab, basiszinssatz.status", "basiszinssatz_einer_gilt"),
    ("regelwerk.version", "regelwerk_pkey"),
    ("jahrgang.jahrgang", "jahrgang_pkey"),
    ("konto.id", "konto_pkey"),
    ("konto.jahrgang, konto.kreisschluessel, konto.teilbudget, konto.haushaltsjahr, konto.art", "konto_schluessel"),
    ("buchung.id", "buchung_pkey"),
    ("buchungszeile.buchung_id, buchungszeile.nr", "buchungszeile_pkey"),
    ("zuteilung.id", "zuteilung_pkey"),
    ("umverteilung.id", "umverteilung_pkey"),
    ("budgetkorrektur.id", "budgetkorrektur_pkey"),
    ("strategie.id", "strategie_pkey"),
    ("zielvereinbarung.id", "zielvereinbarung_pkey"),
    ("zielvereinbarung.vorgaenger_id", "zielvereinbarung_vorgaenger"),
    ("zielvereinbarung.kreisschluessel, zielvereinbarung.jahrgang", "zielvereinbarung_eine_je_jahrgang"),
    ("antrag.id", "antrag_pkey"),
    ("antrag.aktenzeichen", "antrag_aktenzeichen_eindeutig"),
    ("massnahme.id", "massnahme_pkey"),
    ("massnahme.antrag_id, massnahme.massnahme_nr", "massnahme_nr_eindeutig"),
    ("detailplanung.massnahme_id, detailplanung.nr", "detailplanung_pkey"),
    ("antrag_schnappschuss.antrag_id, antrag_schnappschuss.nr", "antrag_schnappschuss_pkey"),
    ("bescheid.id", "bescheid_pkey"),
    ("bescheid_stand.bescheid_id", "bescheid_stand_pkey"),
    ("bescheid_stand.antrag_id", "bescheid_ein_entwurf"),
    ("bescheid_position.bescheid_id, bescheid_position.nr", "bescheid_position_pkey"),
    ("mittelabruf.id", "mittelabruf_pkey"),
    ("mittelabruf.antrag_id, mittelabruf.abruf_nr", "mittelabruf_nr_eindeutig"),
    ("aenderungsantrag.id", "aenderungsantrag_pkey"),
    ("kontoaenderung.id", "kontoaenderung_pkey"),
    ("kontoaenderung.antrag_id", "kontoaenderung_eine_offen"),
    ("zahlungslauf.id", "zahlungslauf_pkey"),
    ("zahlungslauf.kennung", "zahlungslauf_kennung_eindeutig"),
    ("zahlung.id", "zahlung_pkey"),
    ("zahlung.end_to_end_id", "zahlung_end_to_end_id_eindeutig"),
    ("zahlung.mittelabruf_id", "zahlung_erwartet_eindeutig"),
    ("zahlungsrueckmeldung.id", "zahlungsrueckmeldung_pkey"),
    ("zahlungsrueckmeldung.sha256", "zahlungsrueckmeldung_sha256_eindeutig"),
    ("protokoll.fall_art, protokoll.fall_id, protokoll.nr", "protokoll_pkey"),
    ("protokoll.id", "protokoll_id_eindeutig"),
    ("siegel.nr", "siegel_pkey"),
    ("ausgang.id", "ausgang_pkey"),
    ("frist.id", "frist_pkey"),
    ("frist.fall_art, frist.fall_id, frist.art, frist.bezug", "frist_eine_offen"),
    ("frist_bestand.id", "frist_bestand_pkey"),
    ("frist_erinnerung.frist_id, frist_erinnerung.stufe, frist_erinnerung.faellig_am", "frist_erinnerung_pkey"),
    ("kalenderzugang.id", "kalenderzugang_pkey"),
    ("kalenderzugang.geheimnis_hash", "kalenderzugang_geheimnis_eindeutig"),
    ("weiterleitung.id", "weiterleitung_pkey"),
    ("anhoerung.id", "anhoerung_pkey"),
    ("ausnahme.id", "ausnahme_pkey"),
    ("feststellung.id", "feststellung_pkey"),
    ("stichprobe.id", "stichprobe_pkey"),
    ("berechnung.id", "berechnung_pkey"),
    ("verwendungsnachweis.id", "verwendungsnachweis_pkey"),
    ("sachbericht.kette_id, sachbericht.massnahme_id, sachbericht.fassung", "sachbericht_pkey"),
    ("verwendungsnachweis.kette_id", "verwendungsnachweis_einer_je_kette"),
    ("verwendungsnachweis.vorgaenger_id", "verwendungsnachweis_vorgaenger"),
    ("verwendungsnachweis.antrag_id, verwendungsnachweis.gegenstand", "verwendungsnachweis_einer_je_gegenstand"),
    ("teilnahme.id", "teilnahme_pkey"),
    ("teilnahme_schluessel.teilnahme_id", "teilnahme_schluessel_pkey"),
    ("teilnahme_schluessel.zeilen_index", "teilnahme_zeile_eindeutig"),
    ("datenschluessel.kreisschluessel, datenschluessel.version", "datenschluessel_pkey"),
    ("loeschnachweis.id", "loeschnachweis_pkey"),
    ("datenzugriff.id", "datenzugriff_pkey"),
    ("forderung.id", "forderung_pkey"),
    ("forderung.aktenzeichen", "forderung_aktenzeichen_eindeutig"),
    ("forderung.bescheid_id", "forderung_eine_je_bescheid"),
    ("rueckzahlung.id", "rueckzahlung_pkey"),
    ("beleg.id", "beleg_pkey"),
    ("beleg.zeilenschluessel", "beleg_zeile_eindeutig"),
    ("beleg.kette_id, beleg.lfd_nr", "beleg_lfd_nr_eindeutig"),
    ("belegimport.id", "belegimport_pkey"),
    ("belegimport.schluessel", "belegimport_datei_eindeutig"),
    ("belegimport_zeile.belegimport_id, belegimport_zeile.nr", "belegimport_zeile_pkey"),
    ("belegliste_schreiber.kette_id, belegliste_schreiber.person", "belegliste_schreiber_pkey"),
    ("idempotenz.person, idempotenz.schluessel", "idempotenz_pkey"),
    ("zaehler.name", "zaehler_pkey"),
    ("dienstkonto.client_id", "dienstkonto_pkey"),
    ("ausstellerschluessel.kid", "ausstellerschluessel_pkey"),
    ("kennzeichen.name", "kennzeichen_pkey"),
];

fn nach<'a>(text: &'a str, vorsatz: &str) -> Option<&'a str> {
    text.strip_prefix(vorsatz).map(str::trim)
}

impl From<D> for DbFehler {
    fn from(e: D) -> Self {
        let (art, info) = match &e {
            D::DatabaseError(a, i) => (a, i),
            D::RollbackErrorOnCommit { commit_error, .. } => {
                // a COMMIT that failed on a dead connection: what counts is the commit's own error
                if let D::DatabaseError(K::ClosedConnection, i) = &**commit_error {
                    return DbFehler::Verbindung(i.message().to_owned());
                }
                return DbFehler::Sonstig(e);
            }
            D::BrokenTransactionManager => return DbFehler::Verbindung("Transaktionszustand unklar".into()),
            _ => return DbFehler::Sonstig(e),
        };
        let text = info.message();
        match art {
            K::UniqueViolation => DbFehler::Eindeutigkeit { regel: eindeutige_regel(info.constraint_name(), text) },
            K::ForeignKeyViolation | K::RestrictViolation => {
                DbFehler::Verweis { regel: info.constraint_name().map(str::to_owned) }
            }
            K::CheckViolation => {
                let name = info.constraint_name().or_else(|| nach(text, "CHECK constraint failed:")).unwrap_or(text);
                DbFehler::Pruefregel { regel: name.to_owned() }
            }
            K::SerializationFailure => DbFehler::Konflikt(text.to_owned()),
            K::ClosedConnection | K::UnableToSendCommand => DbFehler::Verbindung(text.to_owned()),
            // diesel keeps no SQLSTATE: 40P01, 55P03, 57014, 57P01 and SQLITE_BUSY all arrive as `Unknown`
            _ if text.starts_with("deadlock detected") => DbFehler::Konflikt(text.to_owned()),
            _ if text.starts_with("database is locked") || text.starts_with("canceling statement due to") => {
                DbFehler::Ausgelastet(text.to_owned())
            }
            _ if text.starts_with("terminating connection") => DbFehler::Verbindung(text.to_owned()),
            _ if text.ends_with("_unveraenderlich") || text.ends_with("_unloeschbar") => {
                DbFehler::Pruefregel { regel: text.to_owned() }
            }
            _ => DbFehler::Sonstig(e),
        }
    }
}

fn eindeutige_regel(name: Option<&str>, text: &str) -> String {
    if let Some(n) = name {
        return n.to_owned();
    }
    let spalten = nach(text, "UNIQUE constraint failed:").unwrap_or(text);
    // a partial or named unique index is reported by its index name
    if let Some(index) = spalten.strip_prefix("index '").and_then(|s| s.strip_suffix('\'')) {
        return index.to_owned();
    }
    EINDEUTIG.iter().find(|(s, _)| *s == spalten).map_or_else(|| spalten.to_owned(), |(_, n)| (*n).to_owned())
}
