DROP TABLE zielvereinbarung;
DROP TABLE strategie;
