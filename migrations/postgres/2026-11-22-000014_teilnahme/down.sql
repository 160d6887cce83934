DROP TABLE datenzugriff;
DROP TABLE loeschnachweis;
DROP TABLE datenschluessel;
DROP TABLE teilnahme_schluessel;
DROP TABLE teilnahme;
