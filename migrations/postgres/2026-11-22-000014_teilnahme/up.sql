-- Participants. What is told about a person is encrypted in `inhalt` under a key of its own.
CREATE TABLE teilnahme (
    id              UUID NOT NULL CONSTRAINT teilnahme_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT teilnahme_antrag REFERENCES antrag (id),
    massnahme_id    UUID NOT NULL,
    traeger_id      UUID CONSTRAINT teilnahme_traeger REFERENCES traeger (id),
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT teilnahme_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        BIGINT NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT teilnahme_status CHECK (status IN ('LAUFEND','BEENDET','STORNIERT','GELOESCHT')),
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX teilnahme_massnahme ON teilnahme (massnahme_id, id);
CREATE INDEX teilnahme_jahrgang ON teilnahme (jahrgang, kreisschluessel, id);
CREATE INDEX teilnahme_antrag_id ON teilnahme (antrag_id, id);

-- The key of each record, wrapped by its county's key, and blind indexes. Erasure deletes the row: what lies elsewhere
-- (audit trail, backups of it) is then unreadable for good.
CREATE TABLE teilnahme_schluessel (
    teilnahme_id       UUID NOT NULL CONSTRAINT teilnahme_schluessel_pkey PRIMARY KEY CONSTRAINT teilnahme_schluessel_teilnahme REFERENCES teilnahme (id),
    kreisschluessel    TEXT COLLATE "C" NOT NULL,
    schluessel_version BIGINT NOT NULL,
    verpackt           TEXT COLLATE "C" NOT NULL,
    person_index       TEXT COLLATE "C" NOT NULL,
    zeilen_index       TEXT COLLATE "C"
);
CREATE INDEX teilnahme_schluessel_person ON teilnahme_schluessel (person_index);
CREATE UNIQUE INDEX teilnahme_zeile_eindeutig ON teilnahme_schluessel (zeilen_index);
CREATE INDEX teilnahme_schluessel_kreis ON teilnahme_schluessel (kreisschluessel, schluessel_version);

-- Versions of a county's key; without a row it is version 1.
CREATE TABLE datenschluessel (
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT datenschluessel_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    version         BIGINT NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    CONSTRAINT datenschluessel_pkey PRIMARY KEY (kreisschluessel, version)
);

-- Proof of erasure; never changes.
CREATE TABLE loeschnachweis (
    id              UUID NOT NULL CONSTRAINT loeschnachweis_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT loeschnachweis_antrag REFERENCES antrag (id),
    massnahme_id    UUID NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL,
    jahrgang        BIGINT NOT NULL,
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX loeschnachweis_massnahme ON loeschnachweis (massnahme_id, id);
CREATE INDEX loeschnachweis_kreis ON loeschnachweis (kreisschluessel, id);
CREATE TRIGGER loeschnachweis_unveraenderlich BEFORE UPDATE ON loeschnachweis FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER loeschnachweis_unloeschbar BEFORE DELETE ON loeschnachweis FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

-- Who read what about people.
CREATE TABLE datenzugriff (
    id              UUID NOT NULL CONSTRAINT datenzugriff_pkey PRIMARY KEY,
    zeit            TIMESTAMPTZ NOT NULL,
    person          TEXT NOT NULL,
    rolle           TEXT COLLATE "C" NOT NULL,
    kreisschluessel TEXT COLLATE "C",
    vorgang         TEXT COLLATE "C" NOT NULL,
    teilnahmen      JSONB NOT NULL,
    zweck           TEXT COLLATE "C",
    anfrage         TEXT NOT NULL
);
CREATE INDEX datenzugriff_person ON datenzugriff (person, id);
CREATE TRIGGER datenzugriff_unveraenderlich BEFORE UPDATE ON datenzugriff FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER datenzugriff_unloeschbar BEFORE DELETE ON datenzugriff FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
