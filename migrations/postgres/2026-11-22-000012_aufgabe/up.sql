-- What waits for somebody is read by state; few of many cases wait.
CREATE INDEX antrag_status_id ON antrag (status, id);
CREATE INDEX bescheid_stand_status_id ON bescheid_stand (status, bescheid_id);
CREATE INDEX aenderungsantrag_status_id ON aenderungsantrag (status, id);
CREATE INDEX weiterleitung_status_id ON weiterleitung (status, id);
