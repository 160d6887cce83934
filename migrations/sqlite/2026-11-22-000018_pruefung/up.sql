CREATE TABLE anhoerung (
    id              BLOB NOT NULL CONSTRAINT anhoerung_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT anhoerung_antrag REFERENCES antrag (id),
    kreisschluessel TEXT NOT NULL CONSTRAINT anhoerung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        INTEGER NOT NULL,
    status          TEXT NOT NULL CONSTRAINT anhoerung_status CHECK (status IN ('OFFEN','BEANTWORTET','ABGESCHLOSSEN','ZURUECKGENOMMEN')),
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX anhoerung_kreis ON anhoerung (kreisschluessel, id);
CREATE INDEX anhoerung_fall ON anhoerung (antrag_id, id);

CREATE TABLE ausnahme (
    id              BLOB NOT NULL CONSTRAINT ausnahme_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT ausnahme_antrag REFERENCES antrag (id),
    kreisschluessel TEXT NOT NULL CONSTRAINT ausnahme_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        INTEGER NOT NULL,
    status          TEXT NOT NULL CONSTRAINT ausnahme_status CHECK (status IN ('BEANTRAGT','GENEHMIGT','ABGELEHNT','WIDERRUFEN')),
    beantragt_von   TEXT NOT NULL,
    genehmigt_von   TEXT,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT ausnahme_vier_augen CHECK (genehmigt_von IS NULL OR lower(genehmigt_von) <> lower(beantragt_von)),
    CONSTRAINT ausnahme_genehmigt CHECK ((status IN ('GENEHMIGT','WIDERRUFEN')) = (genehmigt_von IS NOT NULL))
) STRICT;
CREATE INDEX ausnahme_kreis ON ausnahme (kreisschluessel, id);
CREATE INDEX ausnahme_fall ON ausnahme (antrag_id, id);

CREATE TABLE feststellung (
    id              BLOB NOT NULL CONSTRAINT feststellung_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT feststellung_antrag REFERENCES antrag (id),
    kette_id        BLOB NOT NULL,
    kreisschluessel TEXT NOT NULL CONSTRAINT feststellung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        INTEGER NOT NULL,
    status          TEXT NOT NULL CONSTRAINT feststellung_status CHECK (status IN ('OFFEN','VERZICHT_VORGESCHLAGEN','ERLEDIGT','AUFGEHOBEN')),
    verteilt_von    TEXT,
    verzicht_von    TEXT,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT feststellung_vier_augen CHECK (verzicht_von IS NULL OR lower(verzicht_von) <> lower(verteilt_von))
) STRICT;
CREATE INDEX feststellung_kreis ON feststellung (kreisschluessel, id);
CREATE INDEX feststellung_kette ON feststellung (kette_id, id);

CREATE TABLE stichprobe (
    id              BLOB NOT NULL CONSTRAINT stichprobe_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT stichprobe_antrag REFERENCES antrag (id),
    kette_id        BLOB NOT NULL,
    kreisschluessel TEXT NOT NULL CONSTRAINT stichprobe_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        INTEGER NOT NULL,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX stichprobe_kreis ON stichprobe (kreisschluessel, id);
CREATE INDEX stichprobe_kette ON stichprobe (kette_id, id);
CREATE TRIGGER stichprobe_unveraenderlich BEFORE UPDATE ON stichprobe BEGIN SELECT RAISE(ABORT, 'stichprobe_unveraenderlich'); END;
CREATE TRIGGER stichprobe_unloeschbar BEFORE DELETE ON stichprobe BEGIN SELECT RAISE(ABORT, 'stichprobe_unloeschbar'); END;

CREATE TABLE berechnung (
    id              BLOB NOT NULL CONSTRAINT berechnung_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT berechnung_antrag REFERENCES antrag (id),
    kette_id        BLOB NOT NULL,
    nachweis_id     BLOB NOT NULL,
    kreisschluessel TEXT NOT NULL CONSTRAINT berechnung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        INTEGER NOT NULL,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX berechnung_kreis ON berechnung (kreisschluessel, id);
CREATE INDEX berechnung_kette ON berechnung (kette_id, id);
CREATE TRIGGER berechnung_unveraenderlich BEFORE UPDATE ON berechnung BEGIN SELECT RAISE(ABORT, 'berechnung_unveraenderlich'); END;
CREATE TRIGGER berechnung_unloeschbar BEFORE DELETE ON berechnung BEGIN SELECT RAISE(ABORT, 'berechnung_unloeschbar'); END;
