DROP TABLE belegliste_schreiber;
