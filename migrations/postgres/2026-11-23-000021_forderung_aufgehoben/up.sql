-- A claim for interest ends when its Bescheid is taken back.
ALTER TABLE forderung DROP CONSTRAINT forderung_status;
ALTER TABLE forderung ADD CONSTRAINT forderung_status CHECK (status IN ('OFFEN','GESTUNDET','BEGLICHEN','NIEDERGESCHLAGEN','AUFGEHOBEN'));
