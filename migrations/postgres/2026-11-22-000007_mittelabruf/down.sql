DROP TABLE kontoaenderung;
DROP TABLE mittelabruf;
