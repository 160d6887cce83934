DROP INDEX beleg_summe;
DROP INDEX beleg_listenhash;
ALTER TABLE beleg DROP COLUMN zeile_sha256;
