-- At most one payment of a Mittelabruf is awaited. One that was carried out does not keep from paying what is open again.
DROP INDEX zahlung_lebend_eindeutig;
CREATE UNIQUE INDEX zahlung_erwartet_eindeutig ON zahlung (mittelabruf_id) WHERE status IN ('AUSSTEHEND','TEILWEISE');
