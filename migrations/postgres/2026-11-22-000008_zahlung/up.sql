-- Runs of payments, their payments, and the files with results.
CREATE TABLE zahlungslauf (
    id              UUID NOT NULL CONSTRAINT zahlungslauf_pkey PRIMARY KEY,
    kennung         TEXT COLLATE "C" NOT NULL CONSTRAINT zahlungslauf_kennung_eindeutig UNIQUE,
    haushaltsjahr   BIGINT NOT NULL,
    ausfuehrung_am  DATE NOT NULL,
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT zahlungslauf_status CHECK (status IN ('ENTWURF','FREIGEGEBEN','UEBERGEBEN','ABGESCHLOSSEN','VERWORFEN')),
    erstellt_von    TEXT COLLATE "C" NOT NULL,
    freigegeben_von TEXT COLLATE "C",
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    CONSTRAINT zahlungslauf_vier_augen CHECK (freigegeben_von IS NULL OR freigegeben_von <> erstellt_von),
    CONSTRAINT zahlungslauf_freigegeben CHECK (status IN ('ENTWURF','VERWORFEN') OR freigegeben_von IS NOT NULL)
);
CREATE INDEX zahlungslauf_status_id ON zahlungslauf (status, id);

CREATE TABLE zahlung (
    id              UUID NOT NULL CONSTRAINT zahlung_pkey PRIMARY KEY,
    zahlungslauf_id UUID NOT NULL CONSTRAINT zahlung_zahlungslauf REFERENCES zahlungslauf (id),
    mittelabruf_id  UUID NOT NULL CONSTRAINT zahlung_mittelabruf REFERENCES mittelabruf (id),
    end_to_end_id   TEXT COLLATE "C" NOT NULL CONSTRAINT zahlung_end_to_end_id_eindeutig UNIQUE,
    kreisschluessel TEXT COLLATE "C" NOT NULL,
    ausfuehrung_am  DATE NOT NULL,
    betrag          BIGINT NOT NULL CONSTRAINT zahlung_positiv CHECK (betrag > 0),
    status          TEXT COLLATE "C" NOT NULL CONSTRAINT zahlung_status CHECK (status IN ('AUSSTEHEND','AUSGEFUEHRT','TEILWEISE','ZURUECKGEGEBEN','ABGELEHNT','ENTFALLEN')),
    abgleich        TEXT COLLATE "C" CONSTRAINT zahlung_abgleich CHECK (abgleich IN ('ABGEGLICHEN','ZWEIFELHAFT','FEHLEND')),
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
-- Exactly one payment stands for a Mittelabruf, whatever is retried and whoever is killed when.
CREATE UNIQUE INDEX zahlung_lebend_eindeutig ON zahlung (mittelabruf_id) WHERE status IN ('AUSSTEHEND','AUSGEFUEHRT','TEILWEISE');
CREATE INDEX zahlung_zahlungslauf_id ON zahlung (zahlungslauf_id, id);
CREATE INDEX zahlung_mittelabruf_id ON zahlung (mittelabruf_id, id);
CREATE INDEX zahlung_kreis ON zahlung (kreisschluessel, id);
CREATE INDEX zahlung_abgleich_id ON zahlung (abgleich, id);

CREATE TABLE zahlungsrueckmeldung (
    id              UUID NOT NULL CONSTRAINT zahlungsrueckmeldung_pkey PRIMARY KEY,
    format          TEXT COLLATE "C" NOT NULL,
    sha256          TEXT COLLATE "C" NOT NULL CONSTRAINT zahlungsrueckmeldung_sha256_eindeutig UNIQUE,
    unbekannt       BIGINT NOT NULL,
    unbekannt_summe BIGINT NOT NULL,
    inhalt          JSONB NOT NULL,
    erstellt_am     TIMESTAMPTZ NOT NULL,
    geaendert_am    TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL
);
CREATE TRIGGER zahlungsrueckmeldung_unveraenderlich BEFORE UPDATE ON zahlungsrueckmeldung FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
CREATE TRIGGER zahlungsrueckmeldung_unloeschbar BEFORE DELETE ON zahlungsrueckmeldung FOR EACH ROW EXECUTE FUNCTION nur_anfuegen();
