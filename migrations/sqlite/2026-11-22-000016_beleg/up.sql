CREATE TABLE beleg (
    id               BLOB NOT NULL CONSTRAINT beleg_pkey PRIMARY KEY,
    kette_id         BLOB NOT NULL CONSTRAINT beleg_kette_verweis REFERENCES verwendungsnachweis (id),
    antrag_id        BLOB NOT NULL CONSTRAINT beleg_antrag REFERENCES antrag (id),
    massnahme_id     BLOB NOT NULL,
    traeger_id       BLOB CONSTRAINT beleg_traeger REFERENCES traeger (id),
    kreisschluessel  TEXT NOT NULL CONSTRAINT beleg_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    haushaltsjahr    INTEGER NOT NULL,
    position         TEXT NOT NULL,
    teilbudget       TEXT NOT NULL,
    art              TEXT NOT NULL CONSTRAINT beleg_art CHECK (art IN ('AUSGABE','EINNAHME','GUTSCHRIFT')),
    lfd_nr           INTEGER NOT NULL CONSTRAINT beleg_lfd_nr_positiv CHECK (lfd_nr > 0),
    nummernschluessel  TEXT NOT NULL,
    zeilenschluessel   TEXT NOT NULL CONSTRAINT beleg_zeile_eindeutig UNIQUE,
    splitschluessel    TEXT,
    abdruck_nummer     TEXT NOT NULL,
    abdruck_rechnung   TEXT NOT NULL,
    original_sha256    TEXT,
    zahlbar          INTEGER NOT NULL,
    gezahlt          INTEGER NOT NULL,
    beantragt        INTEGER NOT NULL,
    anerkannt        INTEGER,
    pruefgrund       TEXT,
    inhalt           TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am      INTEGER NOT NULL,
    geaendert_am     INTEGER NOT NULL,
    version          INTEGER NOT NULL,
    CONSTRAINT beleg_lfd_nr_eindeutig UNIQUE (kette_id, lfd_nr),
    CONSTRAINT beleg_anerkannt_im_rahmen CHECK (anerkannt IS NULL OR (beantragt >= 0 AND anerkannt BETWEEN 0 AND beantragt) OR (beantragt < 0 AND anerkannt BETWEEN beantragt AND 0)),
    CONSTRAINT beleg_entscheidung_ganz CHECK ((anerkannt IS NULL) = (pruefgrund IS NULL))
) STRICT;
CREATE INDEX beleg_nummer ON beleg (nummernschluessel);
CREATE INDEX beleg_split ON beleg (splitschluessel);
CREATE INDEX beleg_abdruck_nummer ON beleg (abdruck_nummer);
CREATE INDEX beleg_abdruck_rechnung ON beleg (abdruck_rechnung);
CREATE INDEX beleg_scan ON beleg (original_sha256);
CREATE TABLE belegimport (
    id               BLOB NOT NULL CONSTRAINT belegimport_pkey PRIMARY KEY,
    kette_id         BLOB NOT NULL CONSTRAINT belegimport_kette REFERENCES verwendungsnachweis (id),
    kreisschluessel  TEXT NOT NULL CONSTRAINT belegimport_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    traeger_id       BLOB CONSTRAINT belegimport_traeger REFERENCES traeger (id),
    status           TEXT NOT NULL CONSTRAINT belegimport_status CHECK (status IN ('LAEUFT','GEPRUEFT','ABGEWIESEN','UEBERNOMMEN')),
    schluessel       TEXT NOT NULL CONSTRAINT belegimport_datei_eindeutig UNIQUE,
    inhalt           TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am      INTEGER NOT NULL,
    geaendert_am     INTEGER NOT NULL,
    version          INTEGER NOT NULL
) STRICT;
CREATE INDEX belegimport_kette_id ON belegimport (kette_id, id);
CREATE TABLE belegimport_zeile (
    belegimport_id   BLOB NOT NULL CONSTRAINT belegimport_zeile_import REFERENCES belegimport (id),
    nr               INTEGER NOT NULL,
    urteil           TEXT NOT NULL CONSTRAINT belegimport_zeile_urteil CHECK (urteil IN ('NEU','GEAENDERT','UNVERAENDERT','FEHLERHAFT','LEER')),
    inhalt           TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    CONSTRAINT belegimport_zeile_pkey PRIMARY KEY (belegimport_id, nr)
) STRICT;
CREATE INDEX belegimport_zeile_nach_urteil ON belegimport_zeile (belegimport_id, urteil, nr);
