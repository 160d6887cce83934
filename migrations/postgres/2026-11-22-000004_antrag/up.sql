CREATE TABLE antrag (
    id                    UUID NOT NULL CONSTRAINT antrag_pkey PRIMARY KEY,
    aktenzeichen          TEXT COLLATE "C" CONSTRAINT antrag_aktenzeichen_eindeutig UNIQUE,
    jahrgang              BIGINT NOT NULL CONSTRAINT antrag_jahrgang REFERENCES jahrgang (jahrgang),
    kreisschluessel       TEXT COLLATE "C" NOT NULL CONSTRAINT antrag_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status                TEXT COLLATE "C" NOT NULL,
    beantragt             BIGINT NOT NULL,
    regelwerk             TEXT COLLATE "C" CONSTRAINT antrag_regelwerk REFERENCES regelwerk (version),
    eingereicht_am        TIMESTAMPTZ,
    frist_versaeumt       BOOLEAN NOT NULL,
    erstellt_von          TEXT NOT NULL,
    in_pruefung_durch     TEXT COLLATE "C",
    inhalt                JSONB NOT NULL,
    verfahren             JSONB NOT NULL,
    erstellt_am           TIMESTAMPTZ NOT NULL,
    geaendert_am          TIMESTAMPTZ NOT NULL,
    version               BIGINT NOT NULL
);
CREATE INDEX antrag_kreis ON antrag (kreisschluessel, id);
CREATE INDEX antrag_geaendert ON antrag (geaendert_am, id);
CREATE INDEX antrag_kreis_geaendert ON antrag (kreisschluessel, geaendert_am, id);
CREATE INDEX antrag_jahrgang_status ON antrag (jahrgang, status, id);
CREATE INDEX antrag_in_pruefung ON antrag (in_pruefung_durch, id);

CREATE TABLE massnahme (
    id            UUID NOT NULL CONSTRAINT massnahme_pkey PRIMARY KEY,
    antrag_id     UUID NOT NULL CONSTRAINT massnahme_antrag REFERENCES antrag (id),
    massnahme_nr  TEXT COLLATE "C" NOT NULL,
    massnahmeart  TEXT COLLATE "C" NOT NULL,
    traeger_id    UUID CONSTRAINT massnahme_traeger REFERENCES traeger (id),
    beginn        DATE NOT NULL,
    ende          DATE NOT NULL,
    inhalt        JSONB NOT NULL,
    CONSTRAINT massnahme_nr_eindeutig UNIQUE (antrag_id, massnahme_nr)
);
CREATE INDEX massnahme_traeger_id ON massnahme (traeger_id, antrag_id);
CREATE INDEX massnahme_traeger_liste ON massnahme (traeger_id, id);

CREATE TABLE detailplanung (
    massnahme_id UUID NOT NULL CONSTRAINT detailplanung_massnahme REFERENCES massnahme (id) ON DELETE CASCADE,
    nr           BIGINT NOT NULL,
    inhalt       JSONB NOT NULL,
    traeger_id   UUID,
    erstellt_von TEXT NOT NULL,
    erstellt_am  TIMESTAMPTZ NOT NULL,
    CONSTRAINT detailplanung_pkey PRIMARY KEY (massnahme_id, nr)
);
CREATE TRIGGER detailplanung_unveraenderlich BEFORE UPDATE ON detailplanung FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

-- What was filed, frozen: the document and its SHA-256, one row per filing.
CREATE TABLE antrag_schnappschuss (
    antrag_id     UUID NOT NULL CONSTRAINT antrag_schnappschuss_antrag REFERENCES antrag (id),
    nr            BIGINT NOT NULL,
    sha256        TEXT COLLATE "C" NOT NULL,
    dokument      TEXT NOT NULL,
    eingegangen_am TIMESTAMPTZ NOT NULL,
    eingereicht_von TEXT NOT NULL,
    CONSTRAINT antrag_schnappschuss_pkey PRIMARY KEY (antrag_id, nr)
);
CREATE TRIGGER antrag_schnappschuss_unveraenderlich BEFORE UPDATE ON antrag_schnappschuss FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER antrag_schnappschuss_unloeschbar BEFORE DELETE ON antrag_schnappschuss FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

-- Content of a Bescheid: insert-only. Its state is a row of its own.
CREATE TABLE bescheid (
    id              UUID NOT NULL CONSTRAINT bescheid_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT bescheid_antrag REFERENCES antrag (id),
    jahrgang        BIGINT NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL,
    art             TEXT COLLATE "C" NOT NULL,
    regelwerk       TEXT COLLATE "C" NOT NULL CONSTRAINT bescheid_regelwerk REFERENCES regelwerk (version),
    vorgaenger_id   UUID CONSTRAINT bescheid_vorgaenger REFERENCES bescheid (id),
    inhalt          TEXT NOT NULL,
    inhalt_hash     TEXT COLLATE "C" NOT NULL,
    erstellt_von    TEXT NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL
);
CREATE INDEX bescheid_kreis ON bescheid (kreisschluessel, id);
CREATE INDEX bescheid_antrag_id ON bescheid (antrag_id, id);
CREATE TRIGGER bescheid_unveraenderlich BEFORE UPDATE ON bescheid FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER bescheid_unloeschbar BEFORE DELETE ON bescheid FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

CREATE TABLE bescheid_stand (
    bescheid_id     UUID NOT NULL CONSTRAINT bescheid_stand_pkey PRIMARY KEY CONSTRAINT bescheid_stand_bescheid REFERENCES bescheid (id),
    antrag_id       UUID NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT bescheid_stand_status CHECK (status IN ('ENTWURF','ERLASSEN','BEKANNTGEGEBEN','VERWORFEN')),
    erstellt_von    TEXT NOT NULL,
    freigegeben_von TEXT,
    stand           JSONB NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT bescheid_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von),
    CONSTRAINT bescheid_freigabe CHECK ((status IN ('ERLASSEN','BEKANNTGEGEBEN')) = (freigegeben_von IS NOT NULL))
);
CREATE INDEX bescheid_stand_geaendert ON bescheid_stand (geaendert_am, bescheid_id);
-- one draft at a time, so the predecessor in the chain cannot change under it
CREATE UNIQUE INDEX bescheid_ein_entwurf ON bescheid_stand (antrag_id) WHERE status = 'ENTWURF';

CREATE TABLE bescheid_position (
    bescheid_id   UUID NOT NULL CONSTRAINT bescheid_position_bescheid REFERENCES bescheid (id),
    nr            BIGINT NOT NULL,
    massnahme_id  UUID NOT NULL,
    massnahmeart  TEXT COLLATE "C" NOT NULL,
    teilbudget    TEXT COLLATE "C" NOT NULL,
    haushaltsjahr BIGINT NOT NULL,
    bewilligt     BIGINT NOT NULL CONSTRAINT bescheid_position_nicht_negativ CHECK (bewilligt >= 0),
    CONSTRAINT bescheid_position_pkey PRIMARY KEY (bescheid_id, nr)
);
CREATE TRIGGER bescheid_position_unveraenderlich BEFORE UPDATE ON bescheid_position FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER bescheid_position_unloeschbar BEFORE DELETE ON bescheid_position FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
