CREATE TABLE forderung_alt (
    id                BLOB NOT NULL CONSTRAINT forderung_pkey PRIMARY KEY,
    aktenzeichen      TEXT NOT NULL CONSTRAINT forderung_aktenzeichen_eindeutig UNIQUE,
    art               TEXT NOT NULL CONSTRAINT forderung_art CHECK (art IN ('ERSTATTUNG','ERSTATTUNGSZINS','ZWISCHENZINS')),
    antrag_id         BLOB NOT NULL CONSTRAINT forderung_antrag REFERENCES antrag (id),
    bescheid_id       BLOB NOT NULL CONSTRAINT forderung_bescheid REFERENCES bescheid (id),
    hauptforderung_id BLOB CONSTRAINT forderung_hauptforderung REFERENCES forderung (id),
    jahrgang          INTEGER NOT NULL,
    kreisschluessel   TEXT NOT NULL CONSTRAINT forderung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status            TEXT NOT NULL CONSTRAINT forderung_status CHECK (status IN ('OFFEN','GESTUNDET','BEGLICHEN','NIEDERGESCHLAGEN')),
    vorgeschlagen_von TEXT,
    freigegeben_von   TEXT,
    inhalt            TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am       INTEGER NOT NULL,
    geaendert_am      INTEGER NOT NULL,
    version           INTEGER NOT NULL,
    CONSTRAINT forderung_eine_je_bescheid UNIQUE (bescheid_id),
    CONSTRAINT forderung_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> vorgeschlagen_von)
) STRICT;
INSERT INTO forderung_alt SELECT id, aktenzeichen, art, antrag_id, bescheid_id, hauptforderung_id, jahrgang, kreisschluessel, status, vorgeschlagen_von, freigegeben_von, inhalt, erstellt_am, geaendert_am, version FROM forderung;
DROP TABLE forderung;
ALTER TABLE forderung_alt RENAME TO forderung;
CREATE INDEX forderung_kreis ON forderung (kreisschluessel, id);
CREATE INDEX forderung_antrag_id ON forderung (antrag_id, id);
