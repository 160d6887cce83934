-- Interest has a source of its own, whose balance is negative. SQLite cannot change a CHECK in place.
CREATE TABLE konto_neu (
    id              BLOB NOT NULL CONSTRAINT konto_pkey PRIMARY KEY,
    jahrgang        INTEGER NOT NULL,
    kreisschluessel TEXT NOT NULL,
    teilbudget      TEXT NOT NULL,
    haushaltsjahr   INTEGER NOT NULL,
    art             TEXT NOT NULL,
    saldo           INTEGER NOT NULL,
    CONSTRAINT konto_schluessel UNIQUE (jahrgang, kreisschluessel, teilbudget, haushaltsjahr, art),
    CONSTRAINT konto_nie_negativ CHECK (art IN ('LANDESHAUSHALT','ZINS_FESTGESETZT') OR saldo >= 0)
) STRICT;
INSERT INTO konto_neu SELECT id, jahrgang, kreisschluessel, teilbudget, haushaltsjahr, art, saldo FROM konto;
DROP TABLE konto;
ALTER TABLE konto_neu RENAME TO konto;

CREATE TABLE forderung (
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
CREATE INDEX forderung_kreis ON forderung (kreisschluessel, id);
CREATE INDEX forderung_antrag_id ON forderung (antrag_id, id);

CREATE TABLE rueckzahlung (
    id              BLOB NOT NULL CONSTRAINT rueckzahlung_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT rueckzahlung_antrag REFERENCES antrag (id),
    massnahme_id    BLOB NOT NULL,
    jahrgang        INTEGER NOT NULL,
    kreisschluessel TEXT NOT NULL CONSTRAINT rueckzahlung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status          TEXT NOT NULL CONSTRAINT rueckzahlung_status CHECK (status IN ('GEBUCHT','STORNIERT')),
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX rueckzahlung_kreis ON rueckzahlung (kreisschluessel, id);
CREATE INDEX rueckzahlung_antrag_id ON rueckzahlung (antrag_id, id);
