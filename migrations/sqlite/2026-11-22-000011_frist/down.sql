DROP TABLE kalenderzugang;
DROP TABLE frist_erinnerung;
DROP TRIGGER frist_unloeschbar;
INSERT INTO frist_bestand (id, fall_art, fall_id, kreisschluessel, art, faellig_am, rechtsgrundlage, folge, erstellt_am)
SELECT id, fall_art, fall_id, kreisschluessel, art, faellig_am, json_extract(inhalt, '$.rechtsgrundlage.de'),
       json_extract(inhalt, '$.folge.de'), erstellt_am
FROM frist WHERE status <> 'ABGELOEST';
DROP TABLE frist;
CREATE TABLE frist (
    id              BLOB NOT NULL CONSTRAINT frist_pkey PRIMARY KEY,
    fall_art        TEXT NOT NULL,
    fall_id         TEXT NOT NULL,
    kreisschluessel TEXT,
    art             TEXT NOT NULL,
    faellig_am      TEXT NOT NULL,
    rechtsgrundlage TEXT NOT NULL,
    folge           TEXT NOT NULL,
    erstellt_am     INTEGER NOT NULL
) STRICT;
INSERT INTO frist SELECT id, fall_art, fall_id, kreisschluessel, art, faellig_am, rechtsgrundlage, folge, erstellt_am FROM frist_bestand;
DROP TABLE frist_bestand;
CREATE INDEX frist_fall ON frist (fall_art, fall_id, id);
CREATE INDEX frist_faellig ON frist (faellig_am, id);
