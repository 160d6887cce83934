CREATE TABLE anhoerung (
    id              UUID NOT NULL CONSTRAINT anhoerung_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT anhoerung_antrag REFERENCES antrag (id),
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT anhoerung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        BIGINT NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT anhoerung_status CHECK (status IN ('OFFEN','BEANTWORTET','ABGESCHLOSSEN','ZURUECKGENOMMEN')),
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX anhoerung_kreis ON anhoerung (kreisschluessel, id);
CREATE INDEX anhoerung_fall ON anhoerung (antrag_id, id);

CREATE TABLE ausnahme (
    id              UUID NOT NULL CONSTRAINT ausnahme_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT ausnahme_antrag REFERENCES antrag (id),
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT ausnahme_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        BIGINT NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT ausnahme_status CHECK (status IN ('BEANTRAGT','GENEHMIGT','ABGELEHNT','WIDERRUFEN')),
    beantragt_von   TEXT COLLATE "C" NOT NULL,
    genehmigt_von   TEXT COLLATE "C",
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT ausnahme_vier_augen CHECK (genehmigt_von IS NULL OR lower(genehmigt_von) <> lower(beantragt_von)),
    CONSTRAINT ausnahme_genehmigt CHECK ((status IN ('GENEHMIGT','WIDERRUFEN')) = (genehmigt_von IS NOT NULL))
);
CREATE INDEX ausnahme_kreis ON ausnahme (kreisschluessel, id);
CREATE INDEX ausnahme_fall ON ausnahme (antrag_id, id);

CREATE TABLE feststellung (
    id              UUID NOT NULL CONSTRAINT feststellung_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT feststellung_antrag REFERENCES antrag (id),
    kette_id        UUID NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT feststellung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        BIGINT NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT feststellung_status CHECK (status IN ('OFFEN','VERZICHT_VORGESCHLAGEN','ERLEDIGT','AUFGEHOBEN')),
    verteilt_von    TEXT COLLATE "C",
    verzicht_von    TEXT COLLATE "C",
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT feststellung_vier_augen CHECK (verzicht_von IS NULL OR lower(verzicht_von) <> lower(verteilt_von))
);
CREATE INDEX feststellung_kreis ON feststellung (kreisschluessel, id);
CREATE INDEX feststellung_kette ON feststellung (kette_id, id);

CREATE TABLE stichprobe (
    id              UUID NOT NULL CONSTRAINT stichprobe_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT stichprobe_antrag REFERENCES antrag (id),
    kette_id        UUID NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT stichprobe_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        BIGINT NOT NULL,
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX stichprobe_kreis ON stichprobe (kreisschluessel, id);
CREATE INDEX stichprobe_kette ON stichprobe (kette_id, id);
CREATE TRIGGER stichprobe_unveraenderlich BEFORE UPDATE ON stichprobe FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER stichprobe_unloeschbar BEFORE DELETE ON stichprobe FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

CREATE TABLE berechnung (
    id              UUID NOT NULL CONSTRAINT berechnung_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT berechnung_antrag REFERENCES antrag (id),
    kette_id        UUID NOT NULL,
    nachweis_id     UUID NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT berechnung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        BIGINT NOT NULL,
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX berechnung_kreis ON berechnung (kreisschluessel, id);
CREATE INDEX berechnung_kette ON berechnung (kette_id, id);
CREATE TRIGGER berechnung_unveraenderlich BEFORE UPDATE ON berechnung FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER berechnung_unloeschbar BEFORE DELETE ON berechnung FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
