DROP TABLE basiszinssatz;
DROP TABLE katalogeintrag;
DROP TABLE traeger;
DROP TABLE gebietskoerperschaft;
