-- Deadlines become records with state, versions and a trail of their own. What was noted before waits in
-- frist_bestand until the program takes it over: a trail cannot be written in SQL.
DROP INDEX frist_fall;
DROP INDEX frist_faellig;
ALTER TABLE frist RENAME CONSTRAINT frist_pkey TO frist_bestand_pkey;
ALTER TABLE frist RENAME TO frist_bestand;

CREATE TABLE frist (
    id              UUID NOT NULL CONSTRAINT frist_pkey PRIMARY KEY,
    art             TEXT COLLATE "C" NOT NULL,
    fall_art        TEXT COLLATE "C" NOT NULL,
    fall_id         TEXT COLLATE "C" NOT NULL,
    bezug           TEXT COLLATE "C" NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL,
    jahrgang        BIGINT NOT NULL,
    antrag_id       UUID NOT NULL CONSTRAINT frist_antrag REFERENCES antrag (id),
    faellig_am      DATE NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT frist_status CHECK (status IN ('OFFEN','ERLEDIGT','ABGELOEST')),
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
-- one runs at a time
CREATE UNIQUE INDEX frist_eine_offen ON frist (fall_art, fall_id, art, bezug) WHERE status = 'OFFEN';
CREATE INDEX frist_antrag_art ON frist (antrag_id, art, status);
CREATE INDEX frist_faellig ON frist (faellig_am, id);
CREATE INDEX frist_kreis_faellig ON frist (kreisschluessel, faellig_am, id);
CREATE TRIGGER frist_unloeschbar BEFORE DELETE ON frist FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

-- Who was reminded of what: once per deadline, stage and due day.
CREATE TABLE frist_erinnerung (
    frist_id   UUID NOT NULL CONSTRAINT frist_erinnerung_frist REFERENCES frist (id),
    stufe      TEXT COLLATE "C" NOT NULL CONSTRAINT frist_erinnerung_stufe CHECK (stufe IN ('FRUEH','SPAET','UEBERFAELLIG')),
    faellig_am DATE NOT NULL,
    zeit       TIMESTAMPTZ NOT NULL,
    CONSTRAINT frist_erinnerung_pkey PRIMARY KEY (frist_id, stufe, faellig_am)
);

-- Access of a calendar program: who made it, what that person could read then, and the SHA-256 of the secret.
CREATE TABLE kalenderzugang (
    id              UUID NOT NULL CONSTRAINT kalenderzugang_pkey PRIMARY KEY,
    person          TEXT COLLATE "C" NOT NULL,
    geheimnis_hash  TEXT COLLATE "C" NOT NULL CONSTRAINT kalenderzugang_geheimnis_eindeutig UNIQUE,
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX kalenderzugang_person ON kalenderzugang (person, id);
