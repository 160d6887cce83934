CREATE TABLE strategie (
    id              BLOB NOT NULL CONSTRAINT strategie_pkey PRIMARY KEY,
    kreisschluessel TEXT NOT NULL CONSTRAINT strategie_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status          TEXT NOT NULL CONSTRAINT strategie_status CHECK (status IN ('ENTWURF','EINGEREICHT','ANERKANNT')),
    gueltig_von     TEXT NOT NULL,
    gueltig_bis     TEXT NOT NULL,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT strategie_zeitraum CHECK (gueltig_bis >= gueltig_von)
) STRICT;
CREATE INDEX strategie_kreis ON strategie (kreisschluessel, id);
CREATE INDEX strategie_geaendert ON strategie (geaendert_am, id);

CREATE TABLE zielvereinbarung (
    id              BLOB NOT NULL CONSTRAINT zielvereinbarung_pkey PRIMARY KEY,
    jahrgang        INTEGER NOT NULL CONSTRAINT zielvereinbarung_jahrgang REFERENCES jahrgang (jahrgang),
    kreisschluessel TEXT NOT NULL CONSTRAINT zielvereinbarung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status          TEXT NOT NULL,
    vorgaenger_id   BLOB CONSTRAINT zielvereinbarung_vorgaenger UNIQUE CONSTRAINT zielvereinbarung_vorgaenger_verweis REFERENCES zielvereinbarung (id),
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX zielvereinbarung_kreis ON zielvereinbarung (kreisschluessel, jahrgang, id);
CREATE INDEX zielvereinbarung_geaendert ON zielvereinbarung (geaendert_am, id);
-- one agreement per Gebietskoerperschaft and Jahrgang; a supplement refers to its predecessor
CREATE UNIQUE INDEX zielvereinbarung_eine_je_jahrgang ON zielvereinbarung (kreisschluessel, jahrgang) WHERE vorgaenger_id IS NULL;
