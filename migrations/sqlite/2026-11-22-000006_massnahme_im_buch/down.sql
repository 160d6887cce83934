DROP INDEX buchungszeile_massnahme;
ALTER TABLE buchungszeile DROP COLUMN massnahme_id;
