DROP TABLE bescheid_position;
DROP TABLE bescheid_stand;
DROP TABLE bescheid;
DROP TABLE antrag_schnappschuss;
DROP TABLE detailplanung;
DROP TABLE massnahme;
DROP TABLE antrag;
