-- Calls for money. The amounts lie in the ledger; one row is one call.
CREATE TABLE mittelabruf (
    id              UUID NOT NULL CONSTRAINT mittelabruf_pkey PRIMARY KEY,
    bescheid_id     UUID NOT NULL CONSTRAINT mittelabruf_bescheid REFERENCES bescheid (id),
    antrag_id       UUID NOT NULL CONSTRAINT mittelabruf_antrag REFERENCES antrag (id),
    jahrgang        BIGINT NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL,
    haushaltsjahr   BIGINT NOT NULL,
    abruf_nr        BIGINT,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT mittelabruf_status CHECK (status IN ('ENTWURF','EINGEREICHT','GEPRUEFT','GEKUERZT','ANGEORDNET','AUSGEZAHLT','ZURUECKGEWIESEN','STORNIERT')),
    bedarf_von      DATE,
    bedarf_bis      DATE,
    erstellt_von    TEXT COLLATE "C" NOT NULL,
    geprueft_von    TEXT COLLATE "C",
    angeordnet_von  TEXT COLLATE "C",
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT mittelabruf_nr_eindeutig UNIQUE (antrag_id, abruf_nr),
    CONSTRAINT mittelabruf_vier_augen CHECK (angeordnet_von IS NULL OR angeordnet_von <> geprueft_von),
    CONSTRAINT mittelabruf_geprueft CHECK (angeordnet_von IS NULL OR geprueft_von IS NOT NULL),
    CONSTRAINT mittelabruf_eingereicht CHECK ((status = 'ENTWURF') = (abruf_nr IS NULL))
);
CREATE INDEX mittelabruf_geaendert ON mittelabruf (geaendert_am, id);
CREATE INDEX mittelabruf_kreis ON mittelabruf (kreisschluessel, id);
CREATE INDEX mittelabruf_antrag_id ON mittelabruf (antrag_id, id);
CREATE INDEX mittelabruf_status_id ON mittelabruf (status, id);

-- Changes of the account a case is paid to.
CREATE TABLE kontoaenderung (
    id              UUID NOT NULL CONSTRAINT kontoaenderung_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT kontoaenderung_antrag REFERENCES antrag (id),
    kreisschluessel TEXT COLLATE "C" NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT kontoaenderung_status CHECK (status IN ('BEANTRAGT','BESTAETIGT','GESPERRT','ZURUECKGEZOGEN')),
    erstellt_von    TEXT COLLATE "C" NOT NULL,
    bestaetigt_von  TEXT COLLATE "C",
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT kontoaenderung_vier_augen CHECK (bestaetigt_von IS NULL OR bestaetigt_von <> erstellt_von),
    CONSTRAINT kontoaenderung_bestaetigt CHECK (status <> 'BESTAETIGT' OR bestaetigt_von IS NOT NULL)
);
CREATE INDEX kontoaenderung_antrag_id ON kontoaenderung (antrag_id, id);
CREATE INDEX kontoaenderung_kreis ON kontoaenderung (kreisschluessel, id);
-- one open change at a time
CREATE UNIQUE INDEX kontoaenderung_eine_offen ON kontoaenderung (antrag_id) WHERE status = 'BEANTRAGT';
