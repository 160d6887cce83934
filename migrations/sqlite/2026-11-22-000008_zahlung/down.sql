DROP TABLE zahlungsrueckmeldung;
DROP TABLE zahlung;
DROP TABLE zahlungslauf;
