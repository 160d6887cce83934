-- Place in the chain of a case's Bescheide; until now every case had one issued Bescheid at most.
ALTER TABLE bescheid ADD COLUMN kettenglied BIGINT NOT NULL DEFAULT 1;

-- A measure that a change dropped stays, because money and other records refer to it.
ALTER TABLE massnahme ADD COLUMN entfallen BOOLEAN NOT NULL DEFAULT false;

-- What made the snapshot: a filing of the application, or a change of its grant.
ALTER TABLE antrag_schnappschuss ADD COLUMN anlass TEXT COLLATE "C" NOT NULL DEFAULT 'EINREICHUNG' CONSTRAINT antrag_schnappschuss_anlass CHECK (anlass IN ('EINREICHUNG','AENDERUNG'));

-- Applications for a change of a grant.
CREATE TABLE aenderungsantrag (
    id              UUID NOT NULL CONSTRAINT aenderungsantrag_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT aenderungsantrag_antrag REFERENCES antrag (id),
    jahrgang        BIGINT NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT aenderungsantrag_status CHECK (status IN ('ENTWURF','EINGEREICHT','ANGEZEIGT','IN_PRUEFUNG','ENTSCHEIDUNG_VORBEREITET','BEWILLIGT','ABGELEHNT','ZUR_KENNTNIS_GENOMMEN','ZURUECKGEZOGEN','UEBERHOLT')),
    erstellt_von    TEXT COLLATE "C" NOT NULL,
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX aenderungsantrag_kreis ON aenderungsantrag (kreisschluessel, id);
CREATE INDEX aenderungsantrag_antrag_id ON aenderungsantrag (antrag_id, id);
CREATE INDEX aenderungsantrag_geaendert ON aenderungsantrag (geaendert_am, id);
