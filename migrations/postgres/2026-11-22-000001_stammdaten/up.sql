-- Rows of this kind are only ever added. The trigger's name is the rule's name.
CREATE FUNCTION nur_anfuegen() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', TG_NAME USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME; END $$;

CREATE TABLE gebietskoerperschaft (
    kreisschluessel  TEXT COLLATE "C" NOT NULL CONSTRAINT gebietskoerperschaft_pkey PRIMARY KEY,
    art              TEXT COLLATE "C" NOT NULL CONSTRAINT gebietskoerperschaft_art CHECK (art IN ('KREISFREIE_STADT','LANDKREIS')),
    gueltig_ab       DATE NOT NULL,
    gueltig_bis      DATE,
    inhalt           JSONB NOT NULL,
    erstellt_am      TIMESTAMPTZ NOT NULL,
    geaendert_am     TIMESTAMPTZ NOT NULL,
    version          BIGINT NOT NULL,
    CONSTRAINT gebietskoerperschaft_zeitraum CHECK (gueltig_bis IS NULL OR gueltig_bis >= gueltig_ab)
);

CREATE TABLE traeger (
    id             UUID NOT NULL CONSTRAINT traeger_pkey PRIMARY KEY,
    name           TEXT NOT NULL,
    suchname       TEXT COLLATE "C" NOT NULL,
    status         TEXT COLLATE "C" NOT NULL CONSTRAINT traeger_status CHECK (status IN ('AKTIV','STILLGELEGT')),
    inhalt         JSONB NOT NULL,
    erstellt_am    TIMESTAMPTZ NOT NULL,
    geaendert_am   TIMESTAMPTZ NOT NULL,
    version        BIGINT NOT NULL
);
CREATE INDEX traeger_geaendert ON traeger (geaendert_am, id);

CREATE TABLE katalogeintrag (
    katalog     TEXT COLLATE "C" NOT NULL,
    code        TEXT COLLATE "C" NOT NULL,
    nr          BIGINT NOT NULL,
    de          TEXT NOT NULL,
    en          TEXT NOT NULL,
    gueltig_ab  DATE NOT NULL,
    gueltig_bis DATE,
    CONSTRAINT katalogeintrag_pkey PRIMARY KEY (katalog, code)
);

CREATE TABLE basiszinssatz (
    id              UUID NOT NULL CONSTRAINT basiszinssatz_pkey PRIMARY KEY,
    gueltig_ab      DATE NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT basiszinssatz_status CHECK (status IN ('ENTWURF','FREIGEGEBEN','VERWORFEN','ERSETZT')),
    inhalt          JSONB NOT NULL,
    erstellt_von    TEXT,
    freigegeben_von TEXT,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT basiszinssatz_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von)
);
-- one rate in force and one draft per half-year; what was superseded or discarded stays
CREATE UNIQUE INDEX basiszinssatz_einer_gilt ON basiszinssatz (gueltig_ab, status) WHERE status IN ('ENTWURF','FREIGEGEBEN');
CREATE TRIGGER basiszinssatz_unloeschbar BEFORE DELETE ON basiszinssatz FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
