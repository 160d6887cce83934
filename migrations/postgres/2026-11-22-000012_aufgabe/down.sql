DROP INDEX weiterleitung_status_id;
DROP INDEX aenderungsantrag_status_id;
DROP INDEX bescheid_stand_status_id;
DROP INDEX antrag_status_id;
