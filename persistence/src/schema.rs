//! Tables as diesel sees them. The migrations decide; a test compares both.

diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Zeitpunkt};
    gebietskoerperschaft (kreisschluessel) {
        kreisschluessel -> Text,
        art -> Text,
        gueltig_ab -> Date,
        gueltig_bis -> Nullable<Date>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    traeger (id) {
        id -> Kennung,
        name -> Text,
        suchname -> Text,
        status -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    katalogeintrag (katalog, code) {
        katalog -> Text,
        code -> Text,
        nr -> BigInt,
        de -> Text,
        en -> Text,
        gueltig_ab -> Date,
        gueltig_bis -> Nullable<Date>,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    basiszinssatz (id) {
        id -> Kennung,
        gueltig_ab -> Date,
        status -> Text,
        inhalt -> Dokument,
        erstellt_von -> Nullable<Text>,
        freigegeben_von -> Nullable<Text>,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Zeitpunkt};
    regelwerk (version) {
        version -> Text,
        status -> Text,
        gueltig_ab -> Date,
        erstellt_von -> Text,
        veroeffentlicht_von -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        fassung -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Zeitpunkt};
    jahrgang (jahr) {
        #[sql_name = "jahrgang"]
        jahr -> BigInt,
        status -> Text,
        regelwerk -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::Kennung;
    konto (id) {
        id -> Kennung,
        jahrgang -> BigInt,
        kreisschluessel -> Text,
        teilbudget -> Text,
        haushaltsjahr -> BigInt,
        art -> Text,
        saldo -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Kennung, Zeitpunkt};
    buchung (id) {
        id -> Kennung,
        vorgang_art -> Text,
        vorgang_id -> Text,
        grund -> Text,
        text -> Text,
        gebucht_am -> Zeitpunkt,
        wirksam_am -> Date,
        gebucht_von -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::Kennung;
    buchungszeile (buchung_id, nr) {
        buchung_id -> Kennung,
        nr -> BigInt,
        konto_id -> Kennung,
        betrag -> BigInt,
        massnahme_id -> Nullable<Kennung>,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    zuteilung (id) {
        id -> Kennung,
        jahrgang -> BigInt,
        kreisschluessel -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    umverteilung (id) {
        id -> Kennung,
        jahrgang -> BigInt,
        status -> Text,
        von_kreis -> Text,
        nach_kreis -> Text,
        inhalt -> Dokument,
        erstellt_von -> Text,
        freigegeben_von -> Nullable<Text>,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    budgetkorrektur (id) {
        id -> Kennung,
        jahrgang -> BigInt,
        status -> Text,
        kreisschluessel -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_von -> Text,
        freigegeben_von -> Nullable<Text>,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    strategie (id) {
        id -> Kennung,
        kreisschluessel -> Text,
        status -> Text,
        gueltig_von -> Date,
        gueltig_bis -> Date,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    zielvereinbarung (id) {
        id -> Kennung,
        jahrgang -> BigInt,
        kreisschluessel -> Text,
        status -> Text,
        vorgaenger_id -> Nullable<Kennung>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    antrag (id) {
        id -> Kennung,
        aktenzeichen -> Nullable<Text>,
        jahrgang -> BigInt,
        kreisschluessel -> Text,
        status -> Text,
        beantragt -> BigInt,
        regelwerk -> Nullable<Text>,
        eingereicht_am -> Nullable<Zeitpunkt>,
        frist_versaeumt -> Bool,
        erstellt_von -> Text,
        in_pruefung_durch -> Nullable<Text>,
        inhalt -> Dokument,
        verfahren -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung};
    massnahme (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        massnahme_nr -> Text,
        massnahmeart -> Text,
        traeger_id -> Nullable<Kennung>,
        beginn -> Date,
        ende -> Date,
        inhalt -> Dokument,
        entfallen -> Bool,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    detailplanung (massnahme_id, nr) {
        massnahme_id -> Kennung,
        nr -> BigInt,
        inhalt -> Dokument,
        traeger_id -> Nullable<Kennung>,
        erstellt_von -> Text,
        erstellt_am -> Zeitpunkt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Kennung, Zeitpunkt};
    antrag_schnappschuss (antrag_id, nr) {
        antrag_id -> Kennung,
        nr -> BigInt,
        sha256 -> Text,
        dokument -> Text,
        eingegangen_am -> Zeitpunkt,
        eingereicht_von -> Text,
        anlass -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Kennung, Zeitpunkt};
    bescheid (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        jahrgang -> BigInt,
        kreisschluessel -> Text,
        art -> Text,
        regelwerk -> Text,
        vorgaenger_id -> Nullable<Kennung>,
        inhalt -> Text,
        inhalt_hash -> Text,
        erstellt_von -> Text,
        erstellt_am -> Zeitpunkt,
        kettenglied -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    bescheid_stand (bescheid_id) {
        bescheid_id -> Kennung,
        antrag_id -> Kennung,
        status -> Text,
        erstellt_von -> Text,
        freigegeben_von -> Nullable<Text>,
        stand -> Dokument,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::Kennung;
    bescheid_position (bescheid_id, nr) {
        bescheid_id -> Kennung,
        nr -> BigInt,
        massnahme_id -> Kennung,
        massnahmeart -> Text,
        teilbudget -> Text,
        haushaltsjahr -> BigInt,
        bewilligt -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Kennung, Zeitpunkt};
    protokoll (fall_art, fall_id, nr) {
        fall_art -> Text,
        fall_id -> Text,
        nr -> BigInt,
        id -> Kennung,
        kreisschluessel -> Nullable<Text>,
        zeit -> Zeitpunkt,
        person -> Text,
        rolle -> Text,
        akt -> Text,
        anfrage -> Text,
        aenderungen -> Text,
        vorgaenger_hash -> Text,
        hash -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Kennung, Zeitpunkt};
    siegel (nr) {
        nr -> BigInt,
        zeit -> Zeitpunkt,
        bis_id -> Kennung,
        anzahl -> BigInt,
        vorgaenger_hash -> Text,
        hash -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    ausgang (id) {
        id -> Kennung,
        zeit -> Zeitpunkt,
        typ -> Text,
        kreisschluessel -> Nullable<Text>,
        fall_art -> Text,
        fall_id -> Text,
        daten -> Dokument,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    frist (id) {
        id -> Kennung,
        art -> Text,
        fall_art -> Text,
        fall_id -> Text,
        bezug -> Text,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        antrag_id -> Kennung,
        faellig_am -> Date,
        status -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Kennung, Zeitpunkt};
    frist_bestand (id) {
        id -> Kennung,
        fall_art -> Text,
        fall_id -> Text,
        kreisschluessel -> Nullable<Text>,
        art -> Text,
        faellig_am -> Date,
        rechtsgrundlage -> Text,
        folge -> Text,
        erstellt_am -> Zeitpunkt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Kennung, Zeitpunkt};
    frist_erinnerung (frist_id, stufe, faellig_am) {
        frist_id -> Kennung,
        stufe -> Text,
        faellig_am -> Date,
        zeit -> Zeitpunkt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    kalenderzugang (id) {
        id -> Kennung,
        person -> Text,
        geheimnis_hash -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::Zeitpunkt;
    idempotenz (person, schluessel) {
        person -> Text,
        schluessel -> Text,
        route -> Text,
        koerper_hash -> Text,
        status -> BigInt,
        kopf -> Text,
        koerper -> Binary,
        erstellt_am -> Zeitpunkt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    zaehler (name) {
        name -> Text,
        wert -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Kennung, Zeitpunkt};
    dienstkonto (client_id) {
        client_id -> Text,
        geheimnis_hash -> Text,
        rolle -> Text,
        kreisschluessel -> Nullable<Text>,
        traeger_id -> Nullable<Kennung>,
        demo -> Bool,
        erstellt_am -> Zeitpunkt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::Zeitpunkt;
    ausstellerschluessel (kid) {
        kid -> Text,
        pkcs8 -> Binary,
        erstellt_am -> Zeitpunkt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    kennzeichen (name) {
        name -> Text,
        wert -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    mittelabruf (id) {
        id -> Kennung,
        bescheid_id -> Kennung,
        antrag_id -> Kennung,
        jahrgang -> BigInt,
        kreisschluessel -> Text,
        haushaltsjahr -> BigInt,
        abruf_nr -> Nullable<BigInt>,
        status -> Text,
        bedarf_von -> Nullable<Date>,
        bedarf_bis -> Nullable<Date>,
        erstellt_von -> Text,
        geprueft_von -> Nullable<Text>,
        angeordnet_von -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    kontoaenderung (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        kreisschluessel -> Text,
        status -> Text,
        erstellt_von -> Text,
        bestaetigt_von -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    zahlungslauf (id) {
        id -> Kennung,
        kennung -> Text,
        haushaltsjahr -> BigInt,
        ausfuehrung_am -> Date,
        status -> Text,
        erstellt_von -> Text,
        freigegeben_von -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    zahlung (id) {
        id -> Kennung,
        zahlungslauf_id -> Kennung,
        mittelabruf_id -> Kennung,
        end_to_end_id -> Text,
        kreisschluessel -> Text,
        ausfuehrung_am -> Date,
        betrag -> BigInt,
        status -> Text,
        abgleich -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    zahlungsrueckmeldung (id) {
        id -> Kennung,
        format -> Text,
        sha256 -> Text,
        unbekannt -> BigInt,
        unbekannt_summe -> BigInt,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    aenderungsantrag (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        jahrgang -> BigInt,
        kreisschluessel -> Text,
        status -> Text,
        erstellt_von -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    weiterleitung (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        massnahme_id -> Kennung,
        traeger_id -> Kennung,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        status -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    anhoerung (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        status -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    ausnahme (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        status -> Text,
        beantragt_von -> Text,
        genehmigt_von -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    feststellung (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        kette_id -> Kennung,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        status -> Text,
        verteilt_von -> Nullable<Text>,
        verzicht_von -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    stichprobe (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        kette_id -> Kennung,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    berechnung (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        kette_id -> Kennung,
        nachweis_id -> Kennung,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    verwendungsnachweis (id) {
        id -> Kennung,
        kette_id -> Kennung,
        vorgaenger_id -> Nullable<Kennung>,
        antrag_id -> Kennung,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        art -> Text,
        gegenstand -> Text,
        status -> Text,
        aktuell -> Bool,
        vier_augen -> Bool,
        bearbeitet_von -> Text,
        unterzeichnet_von -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    teilnahme (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        massnahme_id -> Kennung,
        traeger_id -> Nullable<Kennung>,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        status -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::Kennung;
    teilnahme_schluessel (teilnahme_id) {
        teilnahme_id -> Kennung,
        kreisschluessel -> Text,
        schluessel_version -> BigInt,
        verpackt -> Text,
        person_index -> Text,
        zeilen_index -> Nullable<Text>,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::Zeitpunkt;
    datenschluessel (kreisschluessel, version) {
        kreisschluessel -> Text,
        version -> BigInt,
        erstellt_am -> Zeitpunkt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    loeschnachweis (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        massnahme_id -> Kennung,
        kreisschluessel -> Text,
        jahrgang -> BigInt,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    datenzugriff (id) {
        id -> Kennung,
        zeit -> Zeitpunkt,
        person -> Text,
        rolle -> Text,
        kreisschluessel -> Nullable<Text>,
        vorgang -> Text,
        teilnahmen -> Dokument,
        zweck -> Nullable<Text>,
        anfrage -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    forderung (id) {
        id -> Kennung,
        aktenzeichen -> Text,
        art -> Text,
        antrag_id -> Kennung,
        bescheid_id -> Kennung,
        hauptforderung_id -> Nullable<Kennung>,
        jahrgang -> BigInt,
        kreisschluessel -> Text,
        status -> Text,
        vorgeschlagen_von -> Nullable<Text>,
        freigegeben_von -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    rueckzahlung (id) {
        id -> Kennung,
        antrag_id -> Kennung,
        massnahme_id -> Kennung,
        jahrgang -> BigInt,
        kreisschluessel -> Text,
        status -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Kennung, Zeitpunkt};
    sachbericht (kette_id, massnahme_id, fassung) {
        kette_id -> Kennung,
        massnahme_id -> Kennung,
        fassung -> BigInt,
        sha256 -> Text,
        dokument -> Text,
        erfasst_von -> Text,
        erfasst_am -> Zeitpunkt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    beleg (id) {
        id -> Kennung,
        kette_id -> Kennung,
        antrag_id -> Kennung,
        massnahme_id -> Kennung,
        traeger_id -> Nullable<Kennung>,
        kreisschluessel -> Text,
        haushaltsjahr -> BigInt,
        position -> Text,
        teilbudget -> Text,
        art -> Text,
        lfd_nr -> BigInt,
        nummernschluessel -> Text,
        zeilenschluessel -> Text,
        splitschluessel -> Nullable<Text>,
        abdruck_nummer -> Text,
        abdruck_rechnung -> Text,
        original_sha256 -> Nullable<Text>,
        zahlbar -> BigInt,
        gezahlt -> BigInt,
        beantragt -> BigInt,
        anerkannt -> Nullable<BigInt>,
        pruefgrund -> Nullable<Text>,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
        zeile_sha256 -> Text,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung, Zeitpunkt};
    belegimport (id) {
        id -> Kennung,
        kette_id -> Kennung,
        kreisschluessel -> Text,
        traeger_id -> Nullable<Kennung>,
        status -> Text,
        schluessel -> Text,
        inhalt -> Dokument,
        erstellt_am -> Zeitpunkt,
        geaendert_am -> Zeitpunkt,
        version -> BigInt,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::{Dokument, Kennung};
    belegimport_zeile (belegimport_id, nr) {
        belegimport_id -> Kennung,
        nr -> BigInt,
        urteil -> Text,
        inhalt -> Dokument,
    }
}
diesel::table! {
    use diesel::sql_types::*;
    use crate::typen::sql::Kennung;
    belegliste_schreiber (kette_id, person) {
        kette_id -> Kennung,
        person -> Text,
    }
}
diesel::joinable!(buchungszeile -> buchung (buchung_id));
diesel::joinable!(buchungszeile -> konto (konto_id));
diesel::joinable!(bescheid_stand -> bescheid (bescheid_id));
diesel::joinable!(bescheid_position -> bescheid (bescheid_id));
diesel::joinable!(massnahme -> antrag (antrag_id));
diesel::joinable!(teilnahme_schluessel -> teilnahme (teilnahme_id));
diesel::allow_tables_to_appear_in_same_query!(teilnahme, teilnahme_schluessel);
diesel::allow_tables_to_appear_in_same_query!(frist, frist_erinnerung);
diesel::allow_tables_to_appear_in_same_query!(
    gebietskoerperschaft,
    traeger,
    katalogeintrag,
    basiszinssatz,
    budgetkorrektur,
    regelwerk,
    jahrgang,
    konto,
    buchung,
    buchungszeile,
    zuteilung,
    umverteilung,
    strategie,
    zielvereinbarung,
    antrag,
    massnahme,
    detailplanung,
    antrag_schnappschuss,
    bescheid,
    bescheid_stand,
    bescheid_position,
    mittelabruf,
    weiterleitung,
    kontoaenderung,
    aenderungsantrag,
    protokoll,
    siegel,
    ausgang,
    frist,
    idempotenz,
    zaehler,
    dienstkonto,
    ausstellerschluessel,
    kennzeichen,
    zahlung,
    zahlungslauf,
    zahlungsrueckmeldung,
    anhoerung,
    ausnahme,
    feststellung,
    stichprobe,
    berechnung,
    verwendungsnachweis,
    forderung,
    rueckzahlung,
);
diesel::allow_columns_to_appear_in_same_group_by_clause!(
    buchungszeile::massnahme_id,
    konto::kreisschluessel,
    konto::teilbudget,
    konto::haushaltsjahr,
    konto::art,
    buchung::wirksam_am,
);
