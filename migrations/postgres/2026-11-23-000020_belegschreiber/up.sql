-- Who wrote in a Belegliste since it was signed last; lists of first drafts get whoever their Belege name.
CREATE TABLE belegliste_schreiber (
    kette_id         UUID NOT NULL CONSTRAINT belegliste_schreiber_kette REFERENCES verwendungsnachweis (id),
    person           TEXT COLLATE "C" NOT NULL,
    CONSTRAINT belegliste_schreiber_pkey PRIMARY KEY (kette_id, person)
);
INSERT INTO belegliste_schreiber (kette_id, person)
SELECT DISTINCT b.kette_id, b.inhalt ->> 'erfasst_von' FROM beleg b
JOIN verwendungsnachweis n ON n.id = b.kette_id AND n.status = 'ENTWURF';
