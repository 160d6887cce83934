-- Place in the chain of a case's Bescheide; until now every case had one issued Bescheid at most.
ALTER TABLE bescheid ADD COLUMN kettenglied INTEGER NOT NULL DEFAULT 1;

-- A measure that a change dropped stays, because money and other records refer to it.
ALTER TABLE massnahme ADD COLUMN entfallen INTEGER NOT NULL DEFAULT 0;

-- What made the snapshot: a filing of the application, or a change of its grant.
ALTER TABLE antrag_schnappschuss ADD COLUMN anlass TEXT NOT NULL DEFAULT 'EINREICHUNG' CONSTRAINT antrag_schnappschuss_anlass CHECK (anlass IN ('EINREICHUNG','AENDERUNG'));

-- Applications for a change of a grant.
CREATE TABLE aenderungsantrag (
    id              BLOB NOT NULL CONSTRAINT aenderungsantrag_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT aenderungsantrag_antrag REFERENCES antrag (id),
    jahrgang        INTEGER NOT NULL,
    kreisschluessel TEXT NOT NULL,
    status          TEXT NOT NULL CONSTRAINT aenderungsantrag_status CHECK (status IN ('ENTWURF','EINGEREICHT','ANGEZEIGT','IN_PRUEFUNG','ENTSCHEIDUNG_VORBEREITET','BEWILLIGT','ABGELEHNT','ZUR_KENNTNIS_GENOMMEN','ZURUECKGEZOGEN','UEBERHOLT')),
    erstellt_von    TEXT NOT NULL,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX aenderungsantrag_kreis ON aenderungsantrag (kreisschluessel, id);
CREATE INDEX aenderungsantrag_antrag_id ON aenderungsantrag (antrag_id, id);
CREATE INDEX aenderungsantrag_geaendert ON aenderungsantrag (geaendert_am, id);
