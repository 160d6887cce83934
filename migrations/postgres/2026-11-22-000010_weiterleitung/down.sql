DROP TABLE weiterleitung;
