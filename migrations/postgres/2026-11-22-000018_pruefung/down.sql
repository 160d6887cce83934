DROP TABLE berechnung;
DROP TABLE stichprobe;
DROP TABLE feststellung;
DROP TABLE ausnahme;
DROP TABLE anhoerung;
