CREATE TABLE strategie (
    id              UUID NOT NULL CONSTRAINT strategie_pkey PRIMARY KEY,
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT strategie_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT strategie_status CHECK (status IN ('ENTWURF','EINGEREICHT','ANERKANNT')),
    gueltig_von     DATE NOT NULL,
    gueltig_bis     DATE NOT NULL,
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT strategie_zeitraum CHECK (gueltig_bis >= gueltig_von)
);
CREATE INDEX strategie_kreis ON strategie (kreisschluessel, id);
CREATE INDEX strategie_geaendert ON strategie (geaendert_am, id);

CREATE TABLE zielvereinbarung (
    id              UUID NOT NULL CONSTRAINT zielvereinbarung_pkey PRIMARY KEY,
    jahrgang        BIGINT NOT NULL CONSTRAINT zielvereinbarung_jahrgang REFERENCES jahrgang (jahrgang),
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT zielvereinbarung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status          TEXT COLLATE "C" NOT NULL,
    vorgaenger_id   UUID CONSTRAINT zielvereinbarung_vorgaenger UNIQUE CONSTRAINT zielvereinbarung_vorgaenger_verweis REFERENCES zielvereinbarung (id),
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX zielvereinbarung_kreis ON zielvereinbarung (kreisschluessel, jahrgang, id);
CREATE INDEX zielvereinbarung_geaendert ON zielvereinbarung (geaendert_am, id);
-- one agreement per Gebietskoerperschaft and Jahrgang; a supplement refers to its predecessor
CREATE UNIQUE INDEX zielvereinbarung_eine_je_jahrgang ON zielvereinbarung (kreisschluessel, jahrgang) WHERE vorgaenger_id IS NULL;
