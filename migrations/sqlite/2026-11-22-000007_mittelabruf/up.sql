-- Calls for money. The amounts lie in the ledger; one row is one call.
CREATE TABLE mittelabruf (
    id              BLOB NOT NULL CONSTRAINT mittelabruf_pkey PRIMARY KEY,
    bescheid_id     BLOB NOT NULL CONSTRAINT mittelabruf_bescheid REFERENCES bescheid (id),
    antrag_id       BLOB NOT NULL CONSTRAINT mittelabruf_antrag REFERENCES antrag (id),
    jahrgang        INTEGER NOT NULL,
    kreisschluessel TEXT NOT NULL,
    haushaltsjahr   INTEGER NOT NULL,
    abruf_nr        INTEGER,
    status          TEXT NOT NULL CONSTRAINT mittelabruf_status CHECK (status IN ('ENTWURF','EINGEREICHT','GEPRUEFT','GEKUERZT','ANGEORDNET','AUSGEZAHLT','ZURUECKGEWIESEN','STORNIERT')),
    bedarf_von      TEXT,
    bedarf_bis      TEXT,
    erstellt_von    TEXT NOT NULL,
    geprueft_von    TEXT,
    angeordnet_von  TEXT,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT mittelabruf_nr_eindeutig UNIQUE (antrag_id, abruf_nr),
    CONSTRAINT mittelabruf_vier_augen CHECK (angeordnet_von IS NULL OR angeordnet_von <> geprueft_von),
    CONSTRAINT mittelabruf_geprueft CHECK (angeordnet_von IS NULL OR geprueft_von IS NOT NULL),
    CONSTRAINT mittelabruf_eingereicht CHECK ((status = 'ENTWURF') = (abruf_nr IS NULL))
) STRICT;
CREATE INDEX mittelabruf_geaendert ON mittelabruf (geaendert_am, id);
CREATE INDEX mittelabruf_kreis ON mittelabruf (kreisschluessel, id);
CREATE INDEX mittelabruf_antrag_id ON mittelabruf (antrag_id, id);
CREATE INDEX mittelabruf_status_id ON mittelabruf (status, id);

-- Changes of the account a case is paid to.
CREATE TABLE kontoaenderung (
    id              BLOB NOT NULL CONSTRAINT kontoaenderung_pkey PRIMARY KEY,
    antrag_id       BLOB NOT NULL CONSTRAINT kontoaenderung_antrag REFERENCES antrag (id),
    kreisschluessel TEXT NOT NULL,
    status          TEXT NOT NULL CONSTRAINT kontoaenderung_status CHECK (status IN ('BEANTRAGT','BESTAETIGT','GESPERRT','ZURUECKGEZOGEN')),
    erstellt_von    TEXT NOT NULL,
    bestaetigt_von  TEXT,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT kontoaenderung_vier_augen CHECK (bestaetigt_von IS NULL OR bestaetigt_von <> erstellt_von),
    CONSTRAINT kontoaenderung_bestaetigt CHECK (status <> 'BESTAETIGT' OR bestaetigt_von IS NOT NULL)
) STRICT;
CREATE INDEX kontoaenderung_antrag_id ON kontoaenderung (antrag_id, id);
CREATE INDEX kontoaenderung_kreis ON kontoaenderung (kreisschluessel, id);
-- one open change at a time
CREATE UNIQUE INDEX kontoaenderung_eine_offen ON kontoaenderung (antrag_id) WHERE status = 'BEANTRAGT';
