-- Hash of a line, computed when it is written; lines that are there get theirs right after this migration.
ALTER TABLE beleg ADD COLUMN zeile_sha256 TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX beleg_listenhash ON beleg (kette_id, lfd_nr, zeile_sha256);
CREATE INDEX beleg_summe ON beleg (kette_id, massnahme_id, position, haushaltsjahr, teilbudget, art, pruefgrund, beantragt, anerkannt, gezahlt);
