DROP TABLE belegimport_zeile;
DROP TABLE belegimport;
DROP TABLE beleg;
