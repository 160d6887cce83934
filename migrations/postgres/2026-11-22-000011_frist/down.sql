DROP TABLE kalenderzugang;
DROP TABLE frist_erinnerung;
DROP TRIGGER frist_unloeschbar ON frist;
INSERT INTO frist_bestand (id, fall_art, fall_id, kreisschluessel, art, faellig_am, rechtsgrundlage, folge, erstellt_am)
SELECT id, fall_art, fall_id, kreisschluessel, art, faellig_am, inhalt #>> '{rechtsgrundlage,de}',
       inhalt #>> '{folge,de}', erstellt_am
FROM frist WHERE status <> 'ABGELOEST';
DROP TABLE frist;
ALTER TABLE frist_bestand RENAME TO frist;
ALTER TABLE frist RENAME CONSTRAINT frist_bestand_pkey TO frist_pkey;
CREATE INDEX frist_fall ON frist (fall_art, fall_id, id);
CREATE INDEX frist_faellig ON frist (faellig_am, id);
