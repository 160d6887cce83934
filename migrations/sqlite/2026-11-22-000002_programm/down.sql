DROP TABLE budgetkorrektur;
DROP TABLE umverteilung;
DROP TABLE zuteilung;
DROP TABLE buchungszeile;
DROP TABLE buchung;
DROP TABLE konto;
DROP TABLE jahrgang;
DROP TABLE regelwerk;
