-- Participants. What is told about a person is encrypted in `inhalt` under a key of its own.
CREATE TABLE teilnahme (
    id              BLOB NOT NULL CONSTRAINT teilnahme_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT teilnahme_antrag REFERENCES antrag (id),
    massnahme_id    BLOB NOT NULL,
    traeger_id      BLOB CONSTRAINT teilnahme_traeger REFERENCES traeger (id),
    kreisschluessel TEXT NOT NULL CONSTRAINT teilnahme_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        INTEGER NOT NULL,
    status          TEXT NOT NULL CONSTRAINT teilnahme_status CHECK (status IN ('LAUFEND','BEENDET','STORNIERT','GELOESCHT')),
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX teilnahme_massnahme ON teilnahme (massnahme_id, id);
CREATE INDEX teilnahme_jahrgang ON teilnahme (jahrgang, kreisschluessel, id);
CREATE INDEX teilnahme_antrag_id ON teilnahme (antrag_id, id);

-- The key of each record, wrapped by its county's key, and blind indexes. Erasure deletes the row: what lies elsewhere
-- (audit trail, backups of it) is then unreadable for good.
CREATE TABLE teilnahme_schluessel (
    teilnahme_id       BLOB NOT NULL CONSTRAINT teilnahme_schluessel_pkey PRIMARY KEY CONSTRAINT teilnahme_schluessel_teilnahme REFERENCES teilnahme (id),
    kreisschluessel    TEXT NOT NULL,
    schluessel_version INTEGER NOT NULL,
    verpackt           TEXT NOT NULL,
    person_index       TEXT NOT NULL,
    zeilen_index       TEXT
) STRICT;
CREATE INDEX teilnahme_schluessel_person ON teilnahme_schluessel (person_index);
CREATE UNIQUE INDEX teilnahme_zeile_eindeutig ON teilnahme_schluessel (zeilen_index);
CREATE INDEX teilnahme_schluessel_kreis ON teilnahme_schluessel (kreisschluessel, schluessel_version);

-- Versions of a county's key; without a row it is version 1.
CREATE TABLE datenschluessel (
    kreisschluessel TEXT NOT NULL CONSTRAINT datenschluessel_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    version         INTEGER NOT NULL,
    erstellt_am     INTEGER NOT NULL,
    CONSTRAINT datenschluessel_pkey PRIMARY KEY (kreisschluessel, version)
) STRICT;

-- Proof of erasure; never changes.
CREATE TABLE loeschnachweis (
    id              BLOB NOT NULL CONSTRAINT loeschnachweis_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT loeschnachweis_antrag REFERENCES antrag (id),
    massnahme_id    BLOB NOT NULL,
    kreisschluessel TEXT NOT NULL,
    jahrgang        INTEGER NOT NULL,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX loeschnachweis_massnahme ON loeschnachweis (massnahme_id, id);
CREATE INDEX loeschnachweis_kreis ON loeschnachweis (kreisschluessel, id);
CREATE TRIGGER loeschnachweis_unveraenderlich BEFORE UPDATE ON loeschnachweis BEGIN SELECT RAISE(ABORT, 'loeschnachweis_unveraenderlich'); END;
CREATE TRIGGER loeschnachweis_unloeschbar BEFORE DELETE ON loeschnachweis BEGIN SELECT RAISE(ABORT, 'loeschnachweis_unloeschbar'); END;

-- Who read what about people.
CREATE TABLE datenzugriff (
    id              BLOB NOT NULL CONSTRAINT datenzugriff_pkey PRIMARY KEY,
    zeit            INTEGER NOT NULL,
    person          TEXT NOT NULL,
    rolle           TEXT NOT NULL,
    kreisschluessel TEXT,
    vorgang         TEXT NOT NULL,
    teilnahmen      TEXT NOT NULL CONSTRAINT teilnahmen_ist_json CHECK (json_valid(teilnahmen)),
    zweck           TEXT,
    anfrage         TEXT NOT NULL
) STRICT;
CREATE INDEX datenzugriff_person ON datenzugriff (person, id);
CREATE TRIGGER datenzugriff_unveraenderlich BEFORE UPDATE ON datenzugriff BEGIN SELECT RAISE(ABORT, 'datenzugriff_unveraenderlich'); END;
CREATE TRIGGER datenzugriff_unloeschbar BEFORE DELETE ON datenzugriff BEGIN SELECT RAISE(ABORT, 'datenzugriff_unloeschbar'); END;
