DROP TABLE verwendungsnachweis;
