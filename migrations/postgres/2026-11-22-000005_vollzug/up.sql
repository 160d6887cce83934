CREATE TABLE protokoll (
    fall_art        TEXT COLLATE "C" NOT NULL,
    fall_id         TEXT COLLATE "C" NOT NULL,
    nr              BIGINT NOT NULL,
    id              UUID NOT NULL CONSTRAINT protokoll_id_eindeutig UNIQUE,
    kreisschluessel TEXT COLLATE "C",
    zeit            TIMESTAMPTZ NOT NULL,
    person          TEXT COLLATE "C" NOT NULL,
    rolle           TEXT COLLATE "C" NOT NULL,
    akt             TEXT COLLATE "C" NOT NULL,
    anfrage         TEXT COLLATE "C" NOT NULL,
    aenderungen     TEXT NOT NULL,
    vorgaenger_hash TEXT COLLATE "C" NOT NULL,
    hash            TEXT COLLATE "C" NOT NULL,
    CONSTRAINT protokoll_pkey PRIMARY KEY (fall_art, fall_id, nr)
);
CREATE INDEX protokoll_person ON protokoll (person, id);
CREATE TRIGGER protokoll_unveraenderlich BEFORE UPDATE ON protokoll FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER protokoll_unloeschbar BEFORE DELETE ON protokoll FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

-- Heads of all chains that grew since the last seal, folded into one hash.
CREATE TABLE siegel (
    nr              BIGINT NOT NULL CONSTRAINT siegel_pkey PRIMARY KEY,
    zeit            TIMESTAMPTZ NOT NULL,
    bis_id          UUID NOT NULL,
    anzahl          BIGINT NOT NULL,
    vorgaenger_hash TEXT COLLATE "C" NOT NULL,
    hash            TEXT COLLATE "C" NOT NULL
);
CREATE TRIGGER siegel_unveraenderlich BEFORE UPDATE ON siegel FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER siegel_unloeschbar BEFORE DELETE ON siegel FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

CREATE TABLE ausgang (
    id              UUID NOT NULL CONSTRAINT ausgang_pkey PRIMARY KEY,
    zeit            TIMESTAMPTZ NOT NULL,
    typ             TEXT COLLATE "C" NOT NULL,
    kreisschluessel TEXT COLLATE "C",
    fall_art        TEXT COLLATE "C" NOT NULL,
    fall_id         TEXT COLLATE "C" NOT NULL,
    daten           JSONB NOT NULL
);

CREATE TABLE frist (
    id              UUID NOT NULL CONSTRAINT frist_pkey PRIMARY KEY,
    fall_art        TEXT COLLATE "C" NOT NULL,
    fall_id         TEXT COLLATE "C" NOT NULL,
    kreisschluessel TEXT COLLATE "C",
    art             TEXT COLLATE "C" NOT NULL,
    faellig_am      DATE NOT NULL,
    rechtsgrundlage TEXT NOT NULL,
    folge           TEXT NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL
);
CREATE INDEX frist_fall ON frist (fall_art, fall_id, id);
CREATE INDEX frist_faellig ON frist (faellig_am, id);

CREATE TABLE idempotenz (
    person       TEXT COLLATE "C" NOT NULL,
    schluessel   TEXT COLLATE "C" NOT NULL,
    route        TEXT NOT NULL,
    koerper_hash TEXT COLLATE "C" NOT NULL,
    status       BIGINT NOT NULL,
    kopf         TEXT NOT NULL,
    koerper      BYTEA NOT NULL,
    erstellt_am  TIMESTAMPTZ NOT NULL,
    CONSTRAINT idempotenz_pkey PRIMARY KEY (person, schluessel)
);
CREATE INDEX idempotenz_alter ON idempotenz (erstellt_am);

CREATE TABLE zaehler (
    name TEXT COLLATE "C" NOT NULL CONSTRAINT zaehler_pkey PRIMARY KEY,
    wert BIGINT NOT NULL
);

CREATE TABLE dienstkonto (
    client_id       TEXT COLLATE "C" NOT NULL CONSTRAINT dienstkonto_pkey PRIMARY KEY,
    geheimnis_hash  TEXT COLLATE "C" NOT NULL,
    rolle           TEXT COLLATE "C" NOT NULL,
    kreisschluessel TEXT COLLATE "C",
    traeger_id      UUID,
    demo            BOOLEAN NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL
);

-- Key of the built-in issuer (PKCS#8, ECDSA P-256), made once per database.
CREATE TABLE ausstellerschluessel (
    kid         TEXT COLLATE "C" NOT NULL CONSTRAINT ausstellerschluessel_pkey PRIMARY KEY,
    pkcs8       BYTEA NOT NULL,
    erstellt_am TIMESTAMPTZ NOT NULL
);

CREATE TABLE kennzeichen (
    name TEXT COLLATE "C" NOT NULL CONSTRAINT kennzeichen_pkey PRIMARY KEY,
    wert TEXT NOT NULL
);
