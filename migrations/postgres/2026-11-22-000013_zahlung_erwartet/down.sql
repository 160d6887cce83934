DROP INDEX zahlung_erwartet_eindeutig;
CREATE UNIQUE INDEX zahlung_lebend_eindeutig ON zahlung (mittelabruf_id) WHERE status IN ('AUSSTEHEND','AUSGEFUEHRT','TEILWEISE');
