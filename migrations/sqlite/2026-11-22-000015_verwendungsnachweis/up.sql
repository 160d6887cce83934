CREATE TABLE verwendungsnachweis (
    id                BLOB NOT NULL CONSTRAINT verwendungsnachweis_pkey PRIMARY KEY,
    kette_id          BLOB NOT NULL CONSTRAINT verwendungsnachweis_kette_verweis REFERENCES verwendungsnachweis (id),
    vorgaenger_id     BLOB CONSTRAINT verwendungsnachweis_vorgaenger UNIQUE CONSTRAINT verwendungsnachweis_vorgaenger_verweis REFERENCES verwendungsnachweis (id),
    antrag_id         BLOB NOT NULL CONSTRAINT verwendungsnachweis_antrag REFERENCES antrag (id),
    kreisschluessel   TEXT NOT NULL CONSTRAINT verwendungsnachweis_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang          INTEGER NOT NULL,
    art               TEXT NOT NULL CONSTRAINT verwendungsnachweis_art CHECK (art IN ('ZWISCHENNACHWEIS','SCHLUSSNACHWEIS','EINFACHER_NACHWEIS','VERWENDUNGSBESTAETIGUNG')),
    gegenstand        TEXT NOT NULL,
    status            TEXT NOT NULL CONSTRAINT verwendungsnachweis_status CHECK (status IN ('ENTWURF','EINGEREICHT','IN_PRUEFUNG','NACHFORDERUNG','GEPRUEFT','ABGESCHLOSSEN','ZURUECKGEZOGEN','ERSETZT')),
    aktuell           INTEGER NOT NULL,
    vier_augen        INTEGER NOT NULL,
    bearbeitet_von    TEXT NOT NULL,
    unterzeichnet_von TEXT,
    inhalt            TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am       INTEGER NOT NULL,
    geaendert_am      INTEGER NOT NULL,
    version           INTEGER NOT NULL,
    CONSTRAINT verwendungsnachweis_vier_augen CHECK (NOT vier_augen OR unterzeichnet_von IS NULL OR unterzeichnet_von <> bearbeitet_von)
) STRICT;
CREATE UNIQUE INDEX verwendungsnachweis_einer_je_kette ON verwendungsnachweis (kette_id) WHERE aktuell = 1;
CREATE UNIQUE INDEX verwendungsnachweis_einer_je_gegenstand ON verwendungsnachweis (antrag_id, gegenstand) WHERE aktuell = 1;
CREATE INDEX verwendungsnachweis_kreis ON verwendungsnachweis (kreisschluessel, id);
CREATE INDEX verwendungsnachweis_kette ON verwendungsnachweis (kette_id, id);
CREATE INDEX verwendungsnachweis_antrag_id ON verwendungsnachweis (antrag_id, id);
CREATE TABLE sachbericht (
    kette_id     BLOB NOT NULL,
    massnahme_id BLOB NOT NULL,
    fassung      INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    dokument     TEXT NOT NULL,
    erfasst_von  TEXT NOT NULL,
    erfasst_am   INTEGER NOT NULL,
    CONSTRAINT sachbericht_pkey PRIMARY KEY (kette_id, massnahme_id, fassung)
) STRICT;
CREATE TRIGGER sachbericht_unveraenderlich BEFORE UPDATE ON sachbericht BEGIN SELECT RAISE(ABORT, 'sachbericht_unveraenderlich'); END;
CREATE TRIGGER sachbericht_unloeschbar BEFORE DELETE ON sachbericht BEGIN SELECT RAISE(ABORT, 'sachbericht_unloeschbar'); END;
