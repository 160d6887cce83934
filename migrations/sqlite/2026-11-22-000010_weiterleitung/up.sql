CREATE TABLE weiterleitung (
    id              BLOB NOT NULL CONSTRAINT weiterleitung_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT weiterleitung_antrag REFERENCES antrag (id),
    massnahme_id    BLOB NOT NULL,
    traeger_id      BLOB NOT NULL CONSTRAINT weiterleitung_traeger REFERENCES traeger (id),
    kreisschluessel TEXT NOT NULL CONSTRAINT weiterleitung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang        INTEGER NOT NULL,
    status          TEXT NOT NULL CONSTRAINT weiterleitung_status CHECK (status IN ('ENTWURF','ABGESCHLOSSEN','BEENDET','AUFGEHOBEN')),
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX weiterleitung_kreis ON weiterleitung (kreisschluessel, id);
CREATE INDEX weiterleitung_traeger_id ON weiterleitung (traeger_id, id);
CREATE INDEX weiterleitung_massnahme ON weiterleitung (massnahme_id, id);
CREATE INDEX weiterleitung_antrag_id ON weiterleitung (antrag_id, id);
