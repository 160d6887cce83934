CREATE TABLE weiterleitung (
    id              UUID NOT NULL CONSTRAINT weiterleitung_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT weiterleitung_antrag REFERENCES antrag (id),
    massnahme_id    UUID NOT NULL,
    traeger_id      UUID NOT NULL CONSTRAINT weiterleitung_traeger REFERENCES traeger (id),
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT weiterleitung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        BIGINT NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT weiterleitung_status CHECK (status IN ('ENTWURF','ABGESCHLOSSEN','BEENDET','AUFGEHOBEN')),
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX weiterleitung_kreis ON weiterleitung (kreisschluessel, id);
CREATE INDEX weiterleitung_traeger_id ON weiterleitung (traeger_id, id);
CREATE INDEX weiterleitung_massnahme ON weiterleitung (massnahme_id, id);
CREATE INDEX weiterleitung_antrag_id ON weiterleitung (antrag_id, id);
