CREATE TABLE regelwerk (
    version             TEXT NOT NULL CONSTRAINT regelwerk_pkey PRIMARY KEY,
    status              TEXT NOT NULL CONSTRAINT regelwerk_status CHECK (status IN ('ENTWURF','VEROEFFENTLICHT')),
    gueltig_ab          TEXT NOT NULL,
    erstellt_von        TEXT NOT NULL,
    veroeffentlicht_von TEXT,
    inhalt              TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am         INTEGER NOT NULL,
    geaendert_am        INTEGER NOT NULL,
    fassung             INTEGER NOT NULL,
    CONSTRAINT regelwerk_vier_augen CHECK (veroeffentlicht_von IS NULL OR veroeffentlicht_von <> erstellt_von),
    CONSTRAINT regelwerk_veroeffentlicht CHECK ((status = 'VEROEFFENTLICHT') = (veroeffentlicht_von IS NOT NULL))
) STRICT;
CREATE TRIGGER regelwerk_unveraenderlich BEFORE UPDATE ON regelwerk WHEN OLD.status = 'VEROEFFENTLICHT' BEGIN SELECT RAISE(ABORT, 'regelwerk_unveraenderlich'); END;
CREATE TRIGGER regelwerk_unloeschbar BEFORE DELETE ON regelwerk WHEN OLD.status = 'VEROEFFENTLICHT' BEGIN SELECT RAISE(ABORT, 'regelwerk_unloeschbar'); END;

CREATE TABLE jahrgang (
    jahrgang     INTEGER NOT NULL CONSTRAINT jahrgang_pkey PRIMARY KEY CONSTRAINT jahrgang_bereich CHECK (jahrgang BETWEEN 2011 AND 2099),
    status       TEXT NOT NULL CONSTRAINT jahrgang_status CHECK (status IN ('ANGELEGT','OFFEN','ABGESCHLOSSEN')),
    regelwerk    TEXT NOT NULL CONSTRAINT jahrgang_regelwerk REFERENCES regelwerk (version),
    inhalt       TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am  INTEGER NOT NULL,
    geaendert_am INTEGER NOT NULL,
    version      INTEGER NOT NULL
) STRICT;

CREATE TABLE konto (
    id              BLOB NOT NULL CONSTRAINT konto_pkey PRIMARY KEY,
    jahrgang        INTEGER NOT NULL,
    kreisschluessel TEXT NOT NULL,
    teilbudget      TEXT NOT NULL,
    haushaltsjahr   INTEGER NOT NULL,
    art             TEXT NOT NULL,
    saldo           INTEGER NOT NULL,
    CONSTRAINT konto_schluessel UNIQUE (jahrgang, kreisschluessel, teilbudget, haushaltsjahr, art),
    CONSTRAINT konto_nie_negativ CHECK (art = 'LANDESHAUSHALT' OR saldo >= 0)
) STRICT;

CREATE TABLE buchung (
    id           BLOB NOT NULL CONSTRAINT buchung_pkey PRIMARY KEY,
    vorgang_art  TEXT NOT NULL,
    vorgang_id   TEXT NOT NULL,
    grund        TEXT NOT NULL,
    text         TEXT NOT NULL,
    gebucht_am   INTEGER NOT NULL,
    wirksam_am   TEXT NOT NULL,
    gebucht_von  TEXT NOT NULL
) STRICT;
CREATE INDEX buchung_vorgang ON buchung (vorgang_art, vorgang_id);
CREATE TRIGGER buchung_unveraenderlich BEFORE UPDATE ON buchung BEGIN SELECT RAISE(ABORT, 'buchung_unveraenderlich'); END;
CREATE TRIGGER buchung_unloeschbar BEFORE DELETE ON buchung BEGIN SELECT RAISE(ABORT, 'buchung_unloeschbar'); END;

CREATE TABLE buchungszeile (
    buchung_id BLOB NOT NULL CONSTRAINT buchungszeile_buchung REFERENCES buchung (id),
    nr         INTEGER NOT NULL,
    konto_id   BLOB NOT NULL CONSTRAINT buchungszeile_konto REFERENCES konto (id),
    betrag     INTEGER NOT NULL CONSTRAINT buchungszeile_nicht_null CHECK (betrag <> 0),
    CONSTRAINT buchungszeile_pkey PRIMARY KEY (buchung_id, nr)
) STRICT;
CREATE INDEX buchungszeile_konto_id ON buchungszeile (konto_id, buchung_id);
CREATE TRIGGER buchungszeile_unveraenderlich BEFORE UPDATE ON buchungszeile BEGIN SELECT RAISE(ABORT, 'buchungszeile_unveraenderlich'); END;
CREATE TRIGGER buchungszeile_unloeschbar BEFORE DELETE ON buchungszeile BEGIN SELECT RAISE(ABORT, 'buchungszeile_unloeschbar'); END;

CREATE TABLE zuteilung (
    id              BLOB NOT NULL CONSTRAINT zuteilung_pkey PRIMARY KEY,
    jahrgang        INTEGER NOT NULL CONSTRAINT zuteilung_jahrgang REFERENCES jahrgang (jahrgang),
    kreisschluessel TEXT NOT NULL,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE INDEX zuteilung_jahrgang_kreis ON zuteilung (jahrgang, kreisschluessel, id);
CREATE TRIGGER zuteilung_unveraenderlich BEFORE UPDATE ON zuteilung BEGIN SELECT RAISE(ABORT, 'zuteilung_unveraenderlich'); END;
CREATE TRIGGER zuteilung_unloeschbar BEFORE DELETE ON zuteilung BEGIN SELECT RAISE(ABORT, 'zuteilung_unloeschbar'); END;

CREATE TABLE umverteilung (
    id              BLOB NOT NULL CONSTRAINT umverteilung_pkey PRIMARY KEY,
    jahrgang        INTEGER NOT NULL CONSTRAINT umverteilung_jahrgang REFERENCES jahrgang (jahrgang),
    status          TEXT NOT NULL CONSTRAINT umverteilung_status CHECK (status IN ('BEANTRAGT','FREIGEGEBEN','VERWORFEN')),
    von_kreis       TEXT NOT NULL,
    nach_kreis      TEXT NOT NULL,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_von    TEXT NOT NULL,
    freigegeben_von TEXT,
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT umverteilung_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von)
) STRICT;
CREATE INDEX umverteilung_jahrgang_id ON umverteilung (jahrgang, id);

CREATE TABLE budgetkorrektur (
    id              BLOB NOT NULL CONSTRAINT budgetkorrektur_pkey PRIMARY KEY,
    jahrgang        INTEGER NOT NULL CONSTRAINT budgetkorrektur_jahrgang REFERENCES jahrgang (jahrgang),
    status          TEXT NOT NULL CONSTRAINT budgetkorrektur_status CHECK (status IN ('BEANTRAGT','FREIGEGEBEN','VERWORFEN')),
    kreisschluessel TEXT,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_von    TEXT NOT NULL,
    freigegeben_von TEXT,
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT budgetkorrektur_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von)
) STRICT;
CREATE INDEX budgetkorrektur_jahrgang_id ON budgetkorrektur (jahrgang, id);
