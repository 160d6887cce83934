-- The measure a line is about. It divides an account and is no part of its key.
ALTER TABLE buchungszeile ADD COLUMN massnahme_id UUID;
CREATE INDEX buchungszeile_massnahme ON buchungszeile (massnahme_id, konto_id);
