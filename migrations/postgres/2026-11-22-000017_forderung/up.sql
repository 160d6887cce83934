-- Interest has a source of its own, whose balance is negative.
ALTER TABLE konto DROP CONSTRAINT konto_nie_negativ;
ALTER TABLE konto ADD CONSTRAINT konto_nie_negativ CHECK (art IN ('LANDESHAUSHALT','ZINS_FESTGESETZT') OR saldo >= 0);

CREATE TABLE forderung (
    id                UUID NOT NULL CONSTRAINT forderung_pkey PRIMARY KEY,
    aktenzeichen      TEXT COLLATE "C" NOT NULL CONSTRAINT forderung_aktenzeichen_eindeutig UNIQUE,
    art               TEXT COLLATE "C" NOT NULL CONSTRAINT forderung_art CHECK (art IN ('ERSTATTUNG','ERSTATTUNGSZINS','ZWISCHENZINS')),
    antrag_id         UUID NOT NULL CONSTRAINT forderung_antrag REFERENCES antrag (id),
    bescheid_id       UUID NOT NULL CONSTRAINT forderung_bescheid REFERENCES bescheid (id),
    hauptforderung_id UUID CONSTRAINT forderung_hauptforderung REFERENCES forderung (id),
    jahrgang          BIGINT NOT NULL,
    kreisschluessel   TEXT COLLATE "C" NOT NULL CONSTRAINT forderung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status            TEXT COLLATE "C" NOT NULL CONSTRAINT forderung_status CHECK (status IN ('OFFEN','GESTUNDET','BEGLICHEN','NIEDERGESCHLAGEN')),
    vorgeschlagen_von TEXT COLLATE "C",
    freigegeben_von   TEXT COLLATE "C",
    inhalt            JSONB NOT NULL,
    erstellt_am       TIMESTAMPTZ NOT NULL,
    geaendert_am      TIMESTAMPTZ NOT NULL,
    version           BIGINT NOT NULL,
    CONSTRAINT forderung_eine_je_bescheid UNIQUE (bescheid_id),
    CONSTRAINT forderung_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> vorgeschlagen_von)
);
CREATE INDEX forderung_kreis ON forderung (kreisschluessel, id);
CREATE INDEX forderung_antrag_id ON forderung (antrag_id, id);

CREATE TABLE rueckzahlung (
    id              UUID NOT NULL CONSTRAINT rueckzahlung_pkey PRIMARY KEY,
    antrag_id       UUID NOT NULL CONSTRAINT rueckzahlung_antrag REFERENCES antrag (id),
    massnahme_id    UUID NOT NULL,
    jahrgang        BIGINT NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL CONSTRAINT rueckzahlung_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT rueckzahlung_status CHECK (status IN ('GEBUCHT','STORNIERT')),
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX rueckzahlung_kreis ON rueckzahlung (kreisschluessel, id);
CREATE INDEX rueckzahlung_antrag_id ON rueckzahlung (antrag_id, id);
