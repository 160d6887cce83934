DROP TABLE rueckzahlung;
DROP TABLE forderung;
CREATE TABLE konto_alt (
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
INSERT INTO konto_alt SELECT id, jahrgang, kreisschluessel, teilbudget, haushaltsjahr, art, saldo FROM konto;
DROP TABLE konto;
ALTER TABLE konto_alt RENAME TO konto;
