DROP TABLE sachbericht;
DROP TABLE verwendungsnachweis;
