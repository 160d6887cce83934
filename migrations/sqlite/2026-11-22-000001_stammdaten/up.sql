CREATE TABLE gebietskoerperschaft (
    kreisschluessel  TEXT NOT NULL CONSTRAINT gebietskoerperschaft_pkey PRIMARY KEY,
    art              TEXT NOT NULL CONSTRAINT gebietskoerperschaft_art CHECK (art IN ('KREISFREIE_STADT','LANDKREIS')),
    gueltig_ab       TEXT NOT NULL,
    gueltig_bis      TEXT,
    inhalt           TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am      INTEGER NOT NULL,
    geaendert_am     INTEGER NOT NULL,
    version          INTEGER NOT NULL,
    CONSTRAINT gebietskoerperschaft_zeitraum CHECK (gueltig_bis IS NULL OR gueltig_bis >= gueltig_ab)
) STRICT;

CREATE TABLE traeger (
    id             BLOB NOT NULL CONSTRAINT traeger_pkey PRIMARY KEY,
    name           TEXT NOT NULL,
    suchname       TEXT NOT NULL,
    status         TEXT NOT NULL CONSTRAINT traeger_status CHECK (status IN ('AKTIV','STILLGELEGT')),
    inhalt         TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am    INTEGER NOT NULL,
    geaendert_am   INTEGER NOT NULL,
    version        INTEGER NOT NULL
) STRICT;
CREATE INDEX traeger_geaendert ON traeger (geaendert_am, id);

CREATE TABLE katalogeintrag (
    katalog     TEXT NOT NULL,
    code        TEXT NOT NULL,
    nr          INTEGER NOT NULL,
    de          TEXT NOT NULL,
    en          TEXT NOT NULL,
    gueltig_ab  TEXT NOT NULL,
    gueltig_bis TEXT,
    CONSTRAINT katalogeintrag_pkey PRIMARY KEY (katalog, code)
) STRICT;

CREATE TABLE basiszinssatz (
    id              BLOB NOT NULL CONSTRAINT basiszinssatz_pkey PRIMARY KEY,
    gueltig_ab      TEXT NOT NULL,
    status          TEXT NOT NULL CONSTRAINT basiszinssatz_status CHECK (status IN ('ENTWURF','FREIGEGEBEN','VERWORFEN','ERSETZT')),
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_von    TEXT,
    freigegeben_von TEXT,
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT basiszinssatz_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von)
) STRICT;
-- one rate in force and one draft per half-year; what was superseded or discarded stays
CREATE UNIQUE INDEX basiszinssatz_einer_gilt ON basiszinssatz (gueltig_ab, status) WHERE status IN ('ENTWURF','FREIGEGEBEN');
CREATE TRIGGER basiszinssatz_unloeschbar BEFORE DELETE ON basiszinssatz BEGIN SELECT RAISE(ABORT, 'basiszinssatz_unloeschbar'); END;
