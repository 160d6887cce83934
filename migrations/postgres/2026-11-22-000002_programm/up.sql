CREATE TABLE regelwerk (
    version             TEXT COLLATE "C" NOT NULL CONSTRAINT regelwerk_pkey PRIMARY KEY,
    status              TEXT COLLATE "C" NOT NULL CONSTRAINT regelwerk_status CHECK (status IN ('ENTWURF','VEROEFFENTLICHT')),
    gueltig_ab          DATE NOT NULL,
    erstellt_von        TEXT NOT NULL,
    veroeffentlicht_von TEXT,
    inhalt              JSONB NOT NULL,
    erstellt_am         TIMESTAMPTZ NOT NULL,
    geaendert_am        TIMESTAMPTZ NOT NULL,
    fassung             BIGINT NOT NULL,
    CONSTRAINT regelwerk_vier_augen CHECK (veroeffentlicht_von IS NULL OR veroeffentlicht_von <> erstellt_von),
    CONSTRAINT regelwerk_veroeffentlicht CHECK ((status = 'VEROEFFENTLICHT') = (veroeffentlicht_von IS NOT NULL))
);
CREATE TRIGGER regelwerk_unveraenderlich BEFORE UPDATE ON regelwerk FOR EACH ROW WHEN (OLD.status = 'VEROEFFENTLICHT') EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER regelwerk_unloeschbar BEFORE DELETE ON regelwerk FOR EACH ROW WHEN (OLD.status = 'VEROEFFENTLICHT') EXECUTE FUNCTION nur_anfuegen();

CREATE TABLE jahrgang (
    jahrgang     BIGINT NOT NULL CONSTRAINT jahrgang_pkey PRIMARY KEY CONSTRAINT jahrgang_bereich CHECK (jahrgang BETWEEN 2011 AND 2099),
    status       TEXT COLLATE "C" NOT NULL CONSTRAINT jahrgang_status CHECK (status IN ('ANGELEGT','OFFEN','ABGESCHLOSSEN')),
    regelwerk    TEXT COLLATE "C" NOT NULL CONSTRAINT jahrgang_regelwerk REFERENCES regelwerk (version),
    inhalt       JSONB NOT NULL,
    erstellt_am  TIMESTAMPTZ NOT NULL,
    geaendert_am TIMESTAMPTZ NOT NULL,
    version      BIGINT NOT NULL
);

CREATE TABLE konto (
    id              UUID NOT NULL CONSTRAINT konto_pkey PRIMARY KEY,
    jahrgang        BIGINT NOT NULL,
    kreisschluessel TEXT COLLATE "C" NOT NULL,
    teilbudget      TEXT COLLATE "C" NOT NULL,
    haushaltsjahr   BIGINT NOT NULL,
    art             TEXT COLLATE "C" NOT NULL,
    saldo           BIGINT NOT NULL,
    CONSTRAINT konto_schluessel UNIQUE (jahrgang, kreisschluessel, teilbudget, haushaltsjahr, art),
    CONSTRAINT konto_nie_negativ CHECK (art = 'LANDESHAUSHALT' OR saldo >= 0)
);

CREATE TABLE buchung (
    id           UUID NOT NULL CONSTRAINT buchung_pkey PRIMARY KEY,
    vorgang_art  TEXT COLLATE "C" NOT NULL,
    vorgang_id   TEXT COLLATE "C" NOT NULL,
    grund        TEXT COLLATE "C" NOT NULL,
    text         TEXT NOT NULL,
    gebucht_am   TIMESTAMPTZ NOT NULL,
    wirksam_am   DATE NOT NULL,
    gebucht_von  TEXT NOT NULL
);
CREATE INDEX buchung_vorgang ON buchung (vorgang_art, vorgang_id);
CREATE TRIGGER buchung_unveraenderlich BEFORE UPDATE ON buchung FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER buchung_unloeschbar BEFORE DELETE ON buchung FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

CREATE TABLE buchungszeile (
    buchung_id UUID NOT NULL CONSTRAINT buchungszeile_buchung REFERENCES buchung (id),
    nr         BIGINT NOT NULL,
    konto_id   UUID NOT NULL CONSTRAINT buchungszeile_konto REFERENCES konto (id),
    betrag     BIGINT NOT NULL CONSTRAINT buchungszeile_nicht_null CHECK (betrag <> 0),
    CONSTRAINT buchungszeile_pkey PRIMARY KEY (buchung_id, nr)
);
CREATE INDEX buchungszeile_konto_id ON buchungszeile (konto_id, buchung_id);
CREATE TRIGGER buchungszeile_unveraenderlich BEFORE UPDATE ON buchungszeile FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER buchungszeile_unloeschbar BEFORE DELETE ON buchungszeile FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
-- The books balance at every commit, whoever writes them.
CREATE FUNCTION buchung_ist_ausgeglichen() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF (SELECT COALESCE(SUM(betrag), 0) FROM buchungszeile WHERE buchung_id = NEW.buchung_id) <> 0 THEN
        RAISE EXCEPTION 'buchung_ausgeglichen' USING ERRCODE = 'check_violation', CONSTRAINT = 'buchung_ausgeglichen';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER buchung_ausgeglichen AFTER INSERT ON buchungszeile
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION buchung_ist_ausgeglichen();

CREATE TABLE zuteilung (
    id              UUID NOT NULL CONSTRAINT zuteilung_pkey PRIMARY KEY,
    jahrgang        BIGINT NOT NULL CONSTRAINT zuteilung_jahrgang REFERENCES jahrgang (jahrgang),
    kreisschluessel TEXT COLLATE "C" NOT NULL,
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE INDEX zuteilung_jahrgang_kreis ON zuteilung (jahrgang, kreisschluessel, id);
CREATE TRIGGER zuteilung_unveraenderlich BEFORE UPDATE ON zuteilung FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER zuteilung_unloeschbar BEFORE DELETE ON zuteilung FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();

CREATE TABLE umverteilung (
    id              UUID NOT NULL CONSTRAINT umverteilung_pkey PRIMARY KEY,
    jahrgang        BIGINT NOT NULL CONSTRAINT umverteilung_jahrgang REFERENCES jahrgang (jahrgang),
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT umverteilung_status CHECK (status IN ('BEANTRAGT','FREIGEGEBEN','VERWORFEN')),
    von_kreis       TEXT COLLATE "C" NOT NULL,
    nach_kreis      TEXT COLLATE "C" NOT NULL,
    inhalt          JSONB NOT NULL,
    erstellt_von    TEXT NOT NULL,
    freigegeben_von TEXT,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT umverteilung_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von)
);
CREATE INDEX umverteilung_jahrgang_id ON umverteilung (jahrgang, id);

CREATE TABLE budgetkorrektur (
    id              UUID NOT NULL CONSTRAINT budgetkorrektur_pkey PRIMARY KEY,
    jahrgang        BIGINT NOT NULL CONSTRAINT budgetkorrektur_jahrgang REFERENCES jahrgang (jahrgang),
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT budgetkorrektur_status CHECK (status IN ('BEANTRAGT','FREIGEGEBEN','VERWORFEN')),
    kreisschluessel TEXT COLLATE "C",
    inhalt          JSONB NOT NULL,
    erstellt_von    TEXT NOT NULL,
    freigegeben_von TEXT,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT budgetkorrektur_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von)
);
CREATE INDEX budgetkorrektur_jahrgang_id ON budgetkorrektur (jahrgang, id);
