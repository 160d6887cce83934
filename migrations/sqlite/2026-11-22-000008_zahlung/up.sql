-- Runs of payments, their payments, and the files with results.
CREATE TABLE zahlungslauf (
    id              BLOB NOT NULL CONSTRAINT zahlungslauf_pkey PRIMARY KEY,
    kennung         TEXT NOT NULL CONSTRAINT zahlungslauf_kennung_eindeutig UNIQUE,
    haushaltsjahr   INTEGER NOT NULL,
    ausfuehrung_am  TEXT NOT NULL,
    status          TEXT NOT NULL CONSTRAINT zahlungslauf_status CHECK (status IN ('ENTWURF','FREIGEGEBEN','UEBERGEBEN','ABGESCHLOSSEN','VERWORFEN')),
    erstellt_von    TEXT NOT NULL,
    freigegeben_von TEXT,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    CONSTRAINT zahlungslauf_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von),
    CONSTRAINT zahlungslauf_freigegeben CHECK (status IN ('ENTWURF','VERWORFEN') OR freigegeben_von IS NOT NULL)
) STRICT;
CREATE INDEX zahlungslauf_status_id ON zahlungslauf (status, id);

CREATE TABLE zahlung (
    id              BLOB NOT NULL CONSTRAINT zahlung_pkey PRIMARY KEY,
    zahlungslauf_id BLOB NOT NULL CONSTRAINT zahlung_zahlungslauf REFERENCES zahlungslauf (id),
    mittelabruf_id  BLOB NOT NULL CONSTRAINT zahlung_mittelabruf REFERENCES mittelabruf (id),
    end_to_end_id   TEXT NOT NULL CONSTRAINT zahlung_end_to_end_id_eindeutig UNIQUE,
    kreisschluessel TEXT NOT NULL,
    ausfuehrung_am  TEXT NOT NULL,
    betrag          INTEGER NOT NULL CONSTRAINT zahlung_positiv CHECK (betrag > 0),
    status          TEXT NOT NULL CONSTRAINT zahlung_status CHECK (status IN ('AUSSTEHEND','AUSGEFUEHRT','TEILWEISE','ZURUECKGEGEBEN','ABGELEHNT','ENTFALLEN')),
    abgleich        TEXT CONSTRAINT zahlung_abgleich CHECK (abgleich IN ('ABGEGLICHEN','ZWEIFELHAFT','FEHLEND')),
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
-- Exactly one payment stands for a Mittelabruf, whatever is retried and whoever is killed when.
CREATE UNIQUE INDEX zahlung_lebend_eindeutig ON zahlung (mittelabruf_id) WHERE status IN ('AUSSTEHEND','AUSGEFUEHRT','TEILWEISE');
CREATE INDEX zahlung_zahlungslauf_id ON zahlung (zahlungslauf_id, id);
CREATE INDEX zahlung_mittelabruf_id ON zahlung (mittelabruf_id, id);
CREATE INDEX zahlung_kreis ON zahlung (kreisschluessel, id);
CREATE INDEX zahlung_abgleich_id ON zahlung (abgleich, id);

CREATE TABLE zahlungsrueckmeldung (
    id              BLOB NOT NULL CONSTRAINT zahlungsrueckmeldung_pkey PRIMARY KEY,
    format          TEXT NOT NULL,
    sha256          TEXT NOT NULL CONSTRAINT zahlungsrueckmeldung_sha256_eindeutig UNIQUE,
    unbekannt       INTEGER NOT NULL,
    unbekannt_summe INTEGER NOT NULL,
    inhalt          TEXT NOT NULL CONSTRAINT inhalt_ist_json CHECK (json_valid(inhalt)),
    erstellt_am     INTEGER NOT NULL,
    geaendert_am    INTEGER NOT NULL,
    version         INTEGER NOT NULL
) STRICT;
CREATE TRIGGER zahlungsrueckmeldung_unveraenderlich BEFORE UPDATE ON zahlungsrueckmeldung BEGIN SELECT RAISE(ABORT, 'zahlungsrueckmeldung_unveraenderlich'); END;
CREATE TRIGGER zahlungsrueckmeldung_unloeschbar BEFORE DELETE ON zahlungsrueckmeldung BEGIN SELECT RAISE(ABORT, 'zahlungsrueckmeldung_unloeschbar'); END;
