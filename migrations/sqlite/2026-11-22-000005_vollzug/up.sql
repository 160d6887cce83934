CREATE TABLE protokoll (
    fall_art        TEXT NOT NULL,
    fall_id         TEXT NOT NULL,
    nr              INTEGER NOT NULL,
    id              BLOB NOT NULL CONSTRAINT protokoll_id_eindeutig UNIQUE,
    kreisschluessel TEXT,
    zeit            INTEGER NOT NULL,
    person          TEXT NOT NULL,
    rolle           TEXT NOT NULL,
    akt             TEXT NOT NULL,
    anfrage         TEXT NOT NULL,
    aenderungen     TEXT NOT NULL,
    vorgaenger_hash TEXT NOT NULL,
    hash            TEXT NOT NULL,
    CONSTRAINT protokoll_pkey PRIMARY KEY (fall_art, fall_id, nr)
) STRICT;
CREATE INDEX protokoll_person ON protokoll (person, id);
CREATE TRIGGER protokoll_unveraenderlich BEFORE UPDATE ON protokoll BEGIN SELECT RAISE(ABORT, 'protokoll_unveraenderlich'); END;
CREATE TRIGGER protokoll_unloeschbar BEFORE DELETE ON protokoll BEGIN SELECT RAISE(ABORT, 'protokoll_unloeschbar'); END;

-- Heads of all chains that grew since the last seal, folded into one hash.
CREATE TABLE siegel (
    nr              INTEGER NOT NULL CONSTRAINT siegel_pkey PRIMARY KEY,
    zeit            INTEGER NOT NULL,
    bis_id          BLOB NOT NULL,
    anzahl          INTEGER NOT NULL,
    vorgaenger_hash TEXT NOT NULL,
    hash            TEXT NOT NULL
) STRICT;
CREATE TRIGGER siegel_unveraenderlich BEFORE UPDATE ON siegel BEGIN SELECT RAISE(ABORT, 'siegel_unveraenderlich'); END;
CREATE TRIGGER siegel_unloeschbar BEFORE DELETE ON siegel BEGIN SELECT RAISE(ABORT, 'siegel_unloeschbar'); END;

CREATE TABLE ausgang (
    id              BLOB NOT NULL CONSTRAINT ausgang_pkey PRIMARY KEY,
    zeit            INTEGER NOT NULL,
    typ             TEXT NOT NULL,
    kreisschluessel TEXT,
    fall_art        TEXT NOT NULL,
    fall_id         TEXT NOT NULL,
    daten           TEXT NOT NULL CONSTRAINT daten_ist_json CHECK (json_valid(daten))
) STRICT;

CREATE TABLE frist (
    id              BLOB NOT NULL CONSTRAINT frist_pkey PRIMARY KEY,
    fall_art        TEXT NOT NULL,
    fall_id         TEXT NOT NULL,
    kreisschluessel TEXT,
    art             TEXT NOT NULL,
    faellig_am      TEXT NOT NULL,
    rechtsgrundlage TEXT NOT NULL,
    folge           TEXT NOT NULL,
    erstellt_am     INTEGER NOT NULL
) STRICT;
CREATE INDEX frist_fall ON frist (fall_art, fall_id, id);
CREATE INDEX frist_faellig ON frist (faellig_am, id);

CREATE TABLE idempotenz (
    person       TEXT NOT NULL,
    schluessel   TEXT NOT NULL,
    route        TEXT NOT NULL,
    koerper_hash TEXT NOT NULL,
    status       INTEGER NOT NULL,
    kopf         TEXT NOT NULL,
    koerper      BLOB NOT NULL,
    erstellt_am  INTEGER NOT NULL,
    CONSTRAINT idempotenz_pkey PRIMARY KEY (person, schluessel)
) STRICT;
CREATE INDEX idempotenz_alter ON idempotenz (erstellt_am);

CREATE TABLE zaehler (
    name TEXT NOT NULL CONSTRAINT zaehler_pkey PRIMARY KEY,
    wert INTEGER NOT NULL
) STRICT;

CREATE TABLE dienstkonto (
    client_id       TEXT NOT NULL CONSTRAINT dienstkonto_pkey PRIMARY KEY,
    geheimnis_hash  TEXT NOT NULL,
    rolle           TEXT NOT NULL,
    kreisschluessel TEXT,
    traeger_id      BLOB,
    demo            INTEGER NOT NULL,
    erstellt_am     INTEGER NOT NULL
) STRICT;

-- Key of the built-in issuer (PKCS#8, ECDSA P-256), made once per database.
CREATE TABLE ausstellerschluessel (
    kid         TEXT NOT NULL CONSTRAINT ausstellerschluessel_pkey PRIMARY KEY,
    pkcs8       BLOB NOT NULL,
    erstellt_am INTEGER NOT NULL
) STRICT;

CREATE TABLE kennzeichen (
    name TEXT NOT NULL CONSTRAINT kennzeichen_pkey PRIMARY KEY,
    wert TEXT NOT NULL
) STRICT;
