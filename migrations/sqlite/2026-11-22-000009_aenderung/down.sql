DROP TABLE aenderungsantrag;
ALTER TABLE antrag_schnappschuss DROP COLUMN anlass;
ALTER TABLE massnahme DROP COLUMN entfallen;
ALTER TABLE bescheid DROP COLUMN kettenglied;
