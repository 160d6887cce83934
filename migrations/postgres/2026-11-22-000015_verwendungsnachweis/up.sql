CREATE TABLE verwendungsnachweis (
    id                UUID NOT NULL CONSTRAINT verwendungsnachweis_pkey PRIMARY KEY,
    kette_id          UUID NOT NULL CONSTRAINT verwendungsnachweis_kette_verweis REFERENCES verwendungsnachweis (id),
    vorgaenger_id     UUID CONSTRAINT verwendungsnachweis_vorgaenger UNIQUE CONSTRAINT verwendungsnachweis_vorgaenger_verweis REFERENCES verwendungsnachweis (id),
    antrag_id         UUID NOT NULL CONSTRAINT verwendungsnachweis_antrag REFERENCES antrag (id),
    kreisschluessel   TEXT COLLATE "C" NOT NULL CONSTRAINT verwendungsnachweis_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    jahrgang          BIGINT NOT NULL,
    art               TEXT COLLATE "C" NOT NULL CONSTRAINT verwendungsnachweis_art CHECK (art IN ('ZWISCHENNACHWEIS','SCHLUSSNACHWEIS','EINFACHER_NACHWEIS','VERWENDUNGSBESTAETIGUNG')),
    gegenstand        TEXT COLLATE "C" NOT NULL,
    status            TEXT COLLATE "C" NOT NULL CONSTRAINT verwendungsnachweis_status CHECK (status IN ('ENTWURF','EINGEREICHT','IN_PRUEFUNG','NACHFORDERUNG','GEPRUEFT','ABGESCHLOSSEN','ZURUECKGEZOGEN','ERSETZT')),
    aktuell           BOOLEAN NOT NULL,
    vier_augen        BOOLEAN NOT NULL,
    bearbeitet_von    TEXT NOT NULL,
    unterzeichnet_von TEXT,
    inhalt            JSONB NOT NULL,
    erstellt_am       TIMESTAMPTZ NOT NULL,
    geaendert_am      TIMESTAMPTZ NOT NULL,
    version           BIGINT NOT NULL,
    CONSTRAINT verwendungsnachweis_vier_augen CHECK (NOT vier_augen OR unterzeichnet_von IS NULL OR unterzeichnet_von <> bearbeitet_von)
);
CREATE UNIQUE INDEX verwendungsnachweis_einer_je_kette ON verwendungsnachweis (kette_id) WHERE aktuell;
CREATE UNIQUE INDEX verwendungsnachweis_einer_je_gegenstand ON verwendungsnachweis (antrag_id, gegenstand) WHERE aktuell;
CREATE INDEX verwendungsnachweis_kreis ON verwendungsnachweis (kreisschluessel, id);
CREATE INDEX verwendungsnachweis_kette ON verwendungsnachweis (kette_id, id);
CREATE INDEX verwendungsnachweis_antrag_id ON verwendungsnachweis (antrag_id, id);
CREATE TABLE sachbericht (
    kette_id     UUID NOT NULL,
    massnahme_id UUID NOT NULL,
    fassung      BIGINT NOT NULL,
    sha256       TEXT COLLATE "C" NOT NULL,
    dokument     TEXT NOT NULL,
    erfasst_von  TEXT NOT NULL,
    erfasst_am   TIMESTAMPTZ NOT NULL,
    CONSTRAINT sachbericht_pkey PRIMARY KEY (kette_id, massnahme_id, fassung)
);
CREATE TRIGGER sachbericht_unveraenderlich BEFORE UPDATE ON sachbericht FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER sachbericht_unloeschbar BEFORE DELETE ON sachbericht FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
