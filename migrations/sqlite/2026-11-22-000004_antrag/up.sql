CREATE TABLE antrag (
    id                    BLOB NOT NULL CONSTRAINT antrag_pkey PRIMARY KEY,
    aktenzeichen          TEXT CONSTRAINT antrag_aktenzeichen_eindeutig UNIQUE,
    jahrgang              INTEGER NOT NULL CONSTRAINT antrag_jahrgang REFERENCES jahrgang (jahrgang),
    kreisschluessel       TEXT NOT NULL CONSTRAINT antrag_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status                TEXT NOT NULL,
    beantragt             INTEGER NOT NULL,
    regelwerk             TEXT CONSTRAINT antrag_regelwerk REFERENCES regelwerk (version),
    eingereicht_am        INTEGER,
    frist_versaeumt       INTEGER NOT NULL,
    erstellt_von          TEXT NOT NULL,
    in_pruefung_durch     TEXT,
    inhalt                TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    verfahren             TEXT NOT NULL CONSTRAINT verfahren_ist_json CHECK (json_valid(verfahren)),
    erstellt_am           INTEGER NOT NULL,
    geaendert_am          INTEGER NOT NULL,
    version               INTEGER NOT NULL
) STRICT;
CREATE INDEX antrag_kreis ON antrag (kreisschluessel, id);
CREATE INDEX antrag_geaendert ON antrag (geaendert_am, id);
CREATE INDEX antrag_kreis_geaendert ON antrag (kreisschluessel, geaendert_am, id);
CREATE INDEX antrag_jahrgang_status ON antrag (jahrgang, status, id);
CREATE INDEX antrag_in_pruefung ON antrag (in_pruefung_durch, id);

CREATE TABLE massnahme (
    id            BLOB NOT NULL CONSTRAINT massnahme_pkey PRIMARY KEY,
    antrag_id     BLOB NOT NULL CONSTRAINT massnahme_antrag REFERENCES antrag (id),
    massnahme_nr  TEXT NOT NULL,
    massnahmeart  TEXT NOT NULL,
    traeger_id    BLOB CONSTRAINT massnahme_traeger REFERENCES traeger (id),
    beginn        TEXT NOT NULL,
    ende          TEXT NOT NULL,
    inhalt        TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    CONSTRAINT massnahme_nr_eindeutig UNIQUE (antrag_id, massnahme_nr)
) STRICT;
CREATE INDEX massnahme_traeger_id ON massnahme (traeger_id, antrag_id);
CREATE INDEX massnahme_traeger_liste ON massnahme (traeger_id, id);

CREATE TABLE detailplanung (
    massnahme_id BLOB NOT NULL CONSTRAINT detailplanung_massnahme REFERENCES massnahme (id) ON DELETE CASCADE,
    nr           INTEGER NOT NULL,
    inhalt       TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    traeger_id   BLOB,
    erstellt_von TEXT NOT NULL,
    erstellt_am  INTEGER NOT NULL,
    CONSTRAINT detailplanung_pkey PRIMARY KEY (massnahme_id, nr)
) STRICT;
CREATE TRIGGER detailplanung_unveraenderlich BEFORE UPDATE ON detailplanung BEGIN SELECT RAISE(ABORT, 'detailplanung_unveraenderlich'); END;

-- What was filed, frozen: the document and its SHA-256, one row per filing.
CREATE TABLE antrag_schnappschuss (
    antrag_id     BLOB NOT NULL CONSTRAINT antrag_schnappschuss_antrag REFERENCES antrag (id),
    nr            INTEGER NOT NULL,
    sha256        TEXT NOT NULL,
    dokument      TEXT NOT NULL,
    eingegangen_am INTEGER NOT NULL,
    eingereicht_von TEXT NOT NULL,
    CONSTRAINT antrag_schnappschuss_pkey PRIMARY KEY (antrag_id, nr)
) STRICT;
CREATE TRIGGER antrag_schnappschuss_unveraenderlich BEFORE UPDATE ON antrag_schnappschuss BEGIN SELECT RAISE(ABORT, 'antrag_schnappschuss_unveraenderlich'); END;
CREATE TRIGGER antrag_schnappschuss_unloeschbar BEFORE DELETE ON antrag_schnappschuss BEGIN SELECT RAISE(ABORT, 'antrag_schnappschuss_unloeschbar'); END;

-- Content of a Bescheid: insert-only. Its state is a row of its own.
CREATE TABLE bescheid (
    id              BLOB NOT NULL CONSTRAINT bescheid_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT bescheid_antrag REFERENCES antrag (id),
    jahrgang        INTEGER NOT NULL,
    kreisschluessel TEXT NOT NULL,
    art             TEXT NOT NULL,
    regelwerk       TEXT NOT NULL CONSTRAINT bescheid_regelwerk REFERENCES regelwerk (version),
    vorgaenger_id   BLOB CONSTRAINT bescheid_vorgaenger REFERENCES bescheid (id),
    inhalt          TEXT NOT NULL,
    inhalt_hash     TEXT NOT NULL,
    erstellt_von    TEXT NOT NULL,
    erstellt_am     INTEGER NOT NULL
) STRICT;
CREATE INDEX bescheid_kreis ON bescheid (kreisschluessel, id);
CREATE INDEX bescheid_antrag_id ON bescheid (antrag_id, id);
CREATE TRIGGER bescheid_unveraenderlich BEFORE UPDATE ON bescheid BEGIN SELECT RAISE(ABORT, 'bescheid_unveraenderlich'); END;
CREATE TRIGGER bescheid_unloeschbar BEFORE DELETE ON bescheid BEGIN SELECT RAISE(ABORT, 'bescheid_unloeschbar'); END;

CREATE TABLE bescheid_stand (
    bescheid_id     BLOB NOT NULL CONSTRAINT bescheid_stand_pkey PRIMARY KEY CONSTRAINT bescheid_stand_bescheid REFERENCES bescheid (id),
    antrag_id       BLOB NOT NULL,
    status          TEXT NOT NULL CONSTRAINT bescheid_stand_status CHECK (status IN ('ENTWURF','ERLASSEN','BEKANNTGEGEBEN','VERWORFEN')),
    erstellt_von    TEXT NOT NULL,
    freigegeben_von TEXT,
    stand           TEXT NOT NULL CONSTRAINT stand_ist_json CHECK (json_valid(stand)),
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT bescheid_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von),
    CONSTRAINT bescheid_freigabe CHECK ((status IN ('ERLASSEN','BEKANNTGEGEBEN')) = (freigegeben_von IS NOT NULL))
) STRICT;
CREATE INDEX bescheid_stand_geaendert ON bescheid_stand (geaendert_am, bescheid_id);
-- one draft at a time, so the predecessor in the chain cannot change under it
CREATE UNIQUE INDEX bescheid_ein_entwurf ON bescheid_stand (antrag_id) WHERE status = 'ENTWURF';

CREATE TABLE bescheid_position (
    bescheid_id   BLOB NOT NULL CONSTRAINT bescheid_position_bescheid REFERENCES bescheid (id),
    nr            INTEGER NOT NULL,
    massnahme_id  BLOB NOT NULL,
    massnahmeart  TEXT NOT NULL,
    teilbudget    TEXT NOT NULL,
    haushaltsjahr INTEGER NOT NULL,
    bewilligt     INTEGER NOT NULL CONSTRAINT bescheid_position_nicht_negativ CHECK (bewilligt >= 0),
    CONSTRAINT bescheid_position_pkey PRIMARY KEY (bescheid_id, nr)
) STRICT;
CREATE TRIGGER bescheid_position_unveraenderlich BEFORE UPDATE ON bescheid_position BEGIN SELECT RAISE(ABORT, 'bescheid_position_unveraenderlich'); END;
CREATE TRIGGER bescheid_position_unloeschbar BEFORE DELETE ON bescheid_position BEGIN SELECT RAISE(ABORT, 'bescheid_position_unloeschbar'); END;
