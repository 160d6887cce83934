-- Deadlines become records with state, versions and a trail of their own. What was noted before waits in
-- frist_bestand until the program takes it over: a trail cannot be written in SQL.
CREATE TABLE frist_bestand (
    id              BLOB NOT NULL CONSTRAINT frist_bestand_pkey PRIMARY KEY,
    fall_art        TEXT NOT NULL,
    fall_id         TEXT NOT NULL,
    kreisschluessel TEXT,
    art             TEXT NOT NULL,
    faellig_am      TEXT NOT NULL,
    rechtsgrundlage TEXT NOT NULL,
    folge           TEXT NOT NULL,
    erstellt_am     INTEGER NOT NULL
) STRICT;
INSERT INTO frist_bestand SELECT id, fall_art, fall_id, kreisschluessel, art, faellig_am, rechtsgrundlage, folge, erstellt_am FROM frist;
DROP TABLE frist;

CREATE TABLE frist (
    id              BLOB NOT NULL CONSTRAINT frist_pkey PRIMARY KEY,
    art             TEXT NOT NULL,
    fall_art        TEXT NOT NULL,
    fall_id         TEXT NOT NULL,
    bezug           TEXT NOT NULL,
    kreisschluessel TEXT NOT NULL,
    jahrgang        INTEGER NOT NULL,
    antrag_id       BLOB NOT NULL CONSTRAINT frist_antrag REFERENCES antrag (id),
    faellig_am      TEXT NOT NULL,
    status          TEXT NOT NULL CONSTRAINT frist_status CHECK (status IN ('OFFEN','ERLEDIGT','ABGELOEST')),
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
-- one runs at a time
CREATE UNIQUE INDEX frist_eine_offen ON frist (fall_art, fall_id, art, bezug) WHERE status = 'OFFEN';
CREATE INDEX frist_antrag_art ON frist (antrag_id, art, status);
CREATE INDEX frist_faellig ON frist (faellig_am, id);
CREATE INDEX frist_kreis_faellig ON frist (kreisschluessel, faellig_am, id);
CREATE TRIGGER frist_unloeschbar BEFORE DELETE ON frist BEGIN SELECT RAISE(ABORT, 'frist_unloeschbar'); END;

-- Who was reminded of what: once per deadline, stage and due day.
CREATE TABLE frist_erinnerung (
    frist_id   BLOB NOT NULL CONSTRAINT frist_erinnerung_frist REFERENCES frist (id),
    stufe      TEXT NOT NULL CONSTRAINT frist_erinnerung_stufe CHECK (stufe IN ('FRUEH','SPAET','UEBERFAELLIG')),
    faellig_am TEXT NOT NULL,
    zeit       INTEGER NOT NULL,
    CONSTRAINT frist_erinnerung_pkey PRIMARY KEY (frist_id, stufe, faellig_am)
) STRICT;

-- Access of a calendar program: who made it, what that person could read then, and the SHA-256 of the secret.
CREATE TABLE kalenderzugang (
    id              BLOB NOT NULL CONSTRAINT kalenderzugang_pkey PRIMARY KEY,
    person          TEXT NOT NULL,
    geheimnis_hash  TEXT NOT NULL CONSTRAINT kalenderzugang_geheimnis_eindeutig UNIQUE,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX kalenderzugang_person ON kalenderzugang (person, id);
