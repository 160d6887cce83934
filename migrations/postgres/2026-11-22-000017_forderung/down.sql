DROP TABLE rueckzahlung;
DROP TABLE forderung;
ALTER TABLE konto DROP CONSTRAINT konto_nie_negativ;
ALTER TABLE konto ADD CONSTRAINT konto_nie_negativ CHECK (art = 'LANDESHAUSHALT' OR saldo >= 0);
