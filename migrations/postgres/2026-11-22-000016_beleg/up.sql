CREATE TABLE beleg (
    id               UUID NOT NULL CONSTRAINT beleg_pkey PRIMARY KEY,
    kette_id         UUID NOT NULL CONSTRAINT beleg_kette_verweis REFERENCES verwendungsnachweis (id),
    antrag_id        UUID NOT NULL CONSTRAINT beleg_antrag REFERENCES antrag (id),
    massnahme_id     UUID NOT NULL,
    traeger_id       UUID CONSTRAINT beleg_traeger REFERENCES traeger (id),
    kreisschluessel  TEXT COLLATE "C" NOT NULL CONSTRAINT beleg_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    haushaltsjahr    BIGINT NOT NULL,
    position         TEXT COLLATE "C" NOT NULL,
    teilbudget       TEXT COLLATE "C" NOT NULL,
    art              TEXT COLLATE "C" NOT NULL CONSTRAINT beleg_art CHECK (art IN ('AUSGABE','EINNAHME','GUTSCHRIFT')),
    lfd_nr           BIGINT NOT NULL CONSTRAINT beleg_lfd_nr_positiv CHECK (lfd_nr > 0),
    nummernschluessel  TEXT COLLATE "C" NOT NULL,
    zeilenschluessel   TEXT COLLATE "C" NOT NULL CONSTRAINT beleg_zeile_eindeutig UNIQUE,
    splitschluessel    TEXT COLLATE "C",
    abdruck_nummer     TEXT COLLATE "C" NOT NULL,
    abdruck_rechnung   TEXT COLLATE "C" NOT NULL,
    original_sha256    TEXT COLLATE "C",
    zahlbar          BIGINT NOT NULL,
    gezahlt          BIGINT NOT NULL,
    beantragt        BIGINT NOT NULL,
    anerkannt        BIGINT,
    pruefgrund       TEXT COLLATE "C",
    inhalt           JSONB NOT NULL,
    erstellt_am      TIMESTAMPTZ NOT NULL,
    geaendert_am     TIMESTAMPTZ NOT NULL,
    version          BIGINT NOT NULL,
    CONSTRAINT beleg_lfd_nr_eindeutig UNIQUE (kette_id, lfd_nr),
    CONSTRAINT beleg_anerkannt_im_rahmen CHECK (anerkannt IS NULL OR (beantragt >= 0 AND anerkannt BETWEEN 0 AND beantragt) OR (beantragt < 0 AND anerkannt BETWEEN beantragt AND 0)),
    CONSTRAINT beleg_entscheidung_ganz CHECK ((anerkannt IS NULL) = (pruefgrund IS NULL))
);
CREATE INDEX beleg_nummer ON beleg (nummernschluessel);
CREATE INDEX beleg_split ON beleg (splitschluessel);
CREATE INDEX beleg_abdruck_nummer ON beleg (abdruck_nummer);
CREATE INDEX beleg_abdruck_rechnung ON beleg (abdruck_rechnung);
CREATE INDEX beleg_scan ON beleg (original_sha256);
CREATE TABLE belegimport (
    id               UUID NOT NULL CONSTRAINT belegimport_pkey PRIMARY KEY,
    kette_id         UUID NOT NULL CONSTRAINT belegimport_kette REFERENCES verwendungsnachweis (id),
    kreisschluessel  TEXT COLLATE "C" NOT NULL CONSTRAINT belegimport_gebietskoerperschaft REFERENCES gebietskoerperschaft (kreisschluessel),
    traeger_id       UUID CONSTRAINT belegimport_traeger REFERENCES traeger (id),
    status           TEXT COLLATE "C" NOT NULL CONSTRAINT belegimport_status CHECK (status IN ('LAEUFT','GEPRUEFT','ABGEWIESEN','UEBERNOMMEN')),
    schluessel       TEXT COLLATE "C" NOT NULL CONSTRAINT belegimport_datei_eindeutig UNIQUE,
    inhalt           JSONB NOT NULL,
    erstellt_am      TIMESTAMPTZ NOT NULL,
    geaendert_am     TIMESTAMPTZ NOT NULL,
    version          BIGINT NOT NULL
);
CREATE INDEX belegimport_kette_id ON belegimport (kette_id, id);
CREATE TABLE belegimport_zeile (
    belegimport_id   UUID NOT NULL CONSTRAINT belegimport_zeile_import REFERENCES belegimport (id),
    nr               BIGINT NOT NULL,
    urteil           TEXT COLLATE "C" NOT NULL CONSTRAINT belegimport_zeile_urteil CHECK (urteil IN ('NEU','GEAENDERT','UNVERAENDERT','FEHLERHAFT','LEER')),
    inhalt           JSONB NOT NULL,
    CONSTRAINT belegimport_zeile_pkey PRIMARY KEY (belegimport_id, nr)
);
CREATE INDEX belegimport_zeile_nach_urteil ON belegimport_zeile (belegimport_id, urteil, nr);
