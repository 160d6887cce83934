//! The two schemas: revertible, alike, as the program believes them, and immutable where the law wants it.

use aqb_domain::berechtigung::{Akteur, Rolle};
use aqb_persistence::db::Auftraggeber;
use aqb_persistence::fehler::EINDEUTIG;
use aqb_persistence::{Db, DbConn, DbFehler, Optionen, migration, protokoll};
use aqb_tests::datenbank::{befehl, texte};
use aqb_tests::{Backend, Datenbank, Dienst, auf_beiden, datei};
use diesel::{RunQueryDsl, sql_query};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

auf_beiden!(
    hin_zurueck_hin,
    mehrere_starten_zugleich,
    eindeutige_regeln_sind_bekannt,
    schema_rs_stimmt,
    unveraenderliches_bleibt,
    protokoll_und_siegel,
    demodaten_sind_in_ordnung,
);

/// Everything the catalogue knows of the program's own objects, as text.
fn abzug(b: Backend, c: &mut DbConn) -> Vec<String> {
    let fragen: &[&str] = match b {
        Backend::Sqlite => &[
            "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') AS z FROM sqlite_master WHERE tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1",
        ],
        Backend::Postgres => &[
            "SELECT 'column ' || c.relname || '.' || a.attname || ' ' || a.attnum || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' ' || coalesce(o.collname, '') AS z FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation o ON o.oid = a.attcollation WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname NOT LIKE '\\_\\_%' ORDER BY 1",
            "SELECT 'object ' || relkind::text || ' ' || relname AS z FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE '\\_\\_%' ORDER BY 1",
            "SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS z FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE '\\_\\_%' ORDER BY 1",
            "SELECT 'index ' || indexdef AS z FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\\_\\_%' ORDER BY 1",
            "SELECT 'trigger ' || pg_get_triggerdef(oid) AS z FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
            "SELECT 'function ' || pg_get_functiondef(oid) AS z FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
            "SELECT 'type ' || typname AS z FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd') ORDER BY 1",
        ],
    };
    fragen.iter().flat_map(|f| texte(c, f)).collect()
}

fn hin_zurueck_hin(b: Backend) {
    let d = Datenbank::leer(b);
    let mut c = d.allein();
    assert!(!migration::ist_aktuell(&mut c).expect("state"));
    let n = migration::anwenden(&mut c).expect("up");
    assert!(n > 0 && migration::ist_aktuell(&mut c).expect("state"));
    assert_eq!(migration::anwenden(&mut c).expect("up again"), 0);
    let erster = abzug(b, &mut c);
    assert!(erster.len() > 50, "{erster:?}");
    assert_eq!(migration::zuruecknehmen(&mut c).expect("down"), n);
    assert_eq!(abzug(b, &mut c), Vec::<String>::new(), "what `down` leaves behind");
    assert_eq!(migration::anwenden(&mut c).expect("up"), n);
    assert_eq!(abzug(b, &mut c), erster);
}

/// Instances that start together on an empty database all start, on one schema and with one key.
fn mehrere_starten_zugleich(b: Backend) {
    let d = Datenbank::leer(b);
    let serve = aqb_tests::dienst::konfiguration(&d.url, &["--schreiber", "1"]);
    let anfang = std::sync::Barrier::new(6);
    let starte = || {
        anfang.wait();
        aqb_api::server::oeffne(&serve).map(|bereit| bereit.aussteller.jwks()).map_err(|e| e.to_string())
    };
    let schluessel: Vec<_> = std::thread::scope(|s| {
        let faeden: Vec<_> = (0..6).map(|_| s.spawn(starte)).collect();
        faeden.into_iter().map(|f| f.join().expect("thread").expect("start")).collect()
    });
    assert!(schluessel.iter().all(|k| *k == schluessel[0]), "{schluessel:?}");
    let mut c = d.allein();
    assert!(migration::ist_aktuell(&mut c).expect("state"));
    let n = migration::zuruecknehmen(&mut c).expect("down");
    assert_eq!(migration::anwenden(&mut c).expect("up"), n, "each migration ran once");
}

/// One column: `table.column TYPE NULL|NOT NULL`, types in the words of SQLite.
fn spalten(b: Backend, c: &mut DbConn) -> Vec<String> {
    match b {
        Backend::Sqlite => texte(
            c,
            "SELECT m.name || '.' || p.name || ' ' || p.type || CASE p.\"notnull\" WHEN 1 THEN ' NOT NULL' ELSE ' NULL' END AS z FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, p.cid",
        ),
        Backend::Postgres => texte(
            c,
            "SELECT c.relname || '.' || a.attname || ' ' || CASE format_type(a.atttypid, NULL) WHEN 'uuid' THEN 'BLOB' WHEN 'bytea' THEN 'BLOB' WHEN 'bigint' THEN 'INTEGER' WHEN 'boolean' THEN 'INTEGER' WHEN 'timestamp with time zone' THEN 'INTEGER' WHEN 'date' THEN 'TEXT' WHEN 'jsonb' THEN 'TEXT' WHEN 'text' THEN 'TEXT' ELSE format_type(a.atttypid, NULL) END || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE ' NULL' END AS z FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND c.relname NOT LIKE '\\_\\_%' ORDER BY c.relname COLLATE \"C\", a.attnum",
        ),
    }
}

/// Named constraints of the SQLite tables as `table KIND name`.
fn regeln_sqlite(c: &mut DbConn) -> BTreeSet<String> {
    let mut aus = BTreeSet::new();
    for sql in texte(
        c,
        "SELECT sql AS z FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND sql IS NOT NULL",
    ) {
        let worte: Vec<&str> =
            sql.split(|z: char| z.is_whitespace() || z == '(' || z == ',').filter(|w| !w.is_empty()).collect();
        // a table that was renamed has its name in quotes
        let tabelle = worte[2].trim_matches('"');
        for w in worte.windows(3).filter(|w| w[0] == "CONSTRAINT") {
            // only SQLite has to be told that a document is JSON
            if !w[1].ends_with("_ist_json") {
                let art = if w[2] == "FOREIGN" { "REFERENCES" } else { w[2] };
                aus.insert(format!("{tabelle} {art} {}", w[1]));
            }
        }
    }
    aus
}

fn regeln_postgres(c: &mut DbConn) -> BTreeSet<String> {
    let sql = "SELECT conrelid::regclass || ' ' || CASE contype WHEN 'p' THEN 'PRIMARY' WHEN 'u' THEN 'UNIQUE' WHEN 'c' THEN 'CHECK' WHEN 'f' THEN 'REFERENCES' END || ' ' || conname AS z FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'c', 'f') AND conrelid::regclass::text NOT LIKE '\\_\\_%'";
    texte(c, sql).into_iter().collect()
}

fn indexe(b: Backend, c: &mut DbConn) -> BTreeSet<String> {
    let sql = match b {
        Backend::Sqlite => {
            "SELECT tbl_name || ' ' || name AS z FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        }
        Backend::Postgres => {
            "SELECT tablename || ' ' || indexname AS z FROM pg_indexes i WHERE schemaname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
        }
    };
    texte(c, sql).into_iter().filter(|z| !z.starts_with("__")).collect()
}

/// Triggers as `table name`, without what only PostgreSQL can check.
fn ausloeser(b: Backend, c: &mut DbConn) -> BTreeSet<String> {
    let sql = match b {
        Backend::Sqlite => "SELECT tbl_name || ' ' || name AS z FROM sqlite_master WHERE type = 'trigger'",
        Backend::Postgres => {
            "SELECT tgrelid::regclass || ' ' || tgname AS z FROM pg_trigger WHERE NOT tgisinternal AND tgconstraint = 0"
        }
    };
    texte(c, sql).into_iter().collect()
}

#[track_caller]
fn gleich(links: &str, rechts: &str, l: BTreeSet<String>, r: BTreeSet<String>) {
    let (nur_l, nur_r): (Vec<_>, Vec<_>) = (l.difference(&r).collect(), r.difference(&l).collect());
    assert!(nur_l.is_empty() && nur_r.is_empty(), "only {links}: {nur_l:#?}, only {rechts}: {nur_r:#?}");
}

mod beide_baeume {
    use super::*;

    #[test]
    fn tragen_dieselben_namen() {
        let namen = |b: &str| {
            let ordner = aqb_tests::wurzel().join("migrations").join(b);
            let namen = std::fs::read_dir(ordner)
                .expect("migrations")
                .map(|e| e.expect("entry").file_name().to_string_lossy().into_owned());
            namen.collect::<BTreeSet<_>>()
        };
        assert_eq!(namen("sqlite"), namen("postgres"));
        for n in namen("sqlite") {
            for b in ["sqlite", "postgres"] {
                assert!(
                    !datei::lesen(&format!("migrations/{b}/{n}/down.sql")).trim().is_empty(),
                    "{b}/{n} has no way back"
                );
            }
        }
    }

    #[test]
    fn ergeben_dasselbe_schema() {
        if !aqb_tests::datenbank::postgres_gewollt() {
            return;
        }
        let (s, p) = (Datenbank::neu(Backend::Sqlite), Datenbank::neu(Backend::Postgres));
        let (mut s, mut p) = (s.verbinde(), p.verbinde());
        assert_eq!(spalten(Backend::Sqlite, &mut s), spalten(Backend::Postgres, &mut p));
        gleich("SQLite", "PostgreSQL", regeln_sqlite(&mut s), regeln_postgres(&mut p));
        gleich("SQLite", "PostgreSQL", indexe(Backend::Sqlite, &mut s), indexe(Backend::Postgres, &mut p));
        gleich("SQLite", "PostgreSQL", ausloeser(Backend::Sqlite, &mut s), ausloeser(Backend::Postgres, &mut p));
    }

    /// Text of every check, by name, as the migrations write it.
    fn pruefungen(b: &str) -> BTreeMap<String, String> {
        let mut aus = BTreeMap::new();
        let ordner = aqb_tests::wurzel().join("migrations").join(b);
        for e in std::fs::read_dir(ordner).expect("migrations") {
            let sql = std::fs::read_to_string(e.expect("entry").path().join("up.sql")).expect("up.sql");
            for teil in sql.split("CONSTRAINT ").skip(1) {
                let Some((name, rest)) = teil.split_once(char::is_whitespace) else { continue };
                let Some(ausdruck) = rest.trim_start().strip_prefix("CHECK ") else { continue };
                let mut tiefe = 0;
                let ende = ausdruck.find(|z| {
                    tiefe += i32::from(z == '(') - i32::from(z == ')');
                    tiefe == 0
                });
                if !name.ends_with("_ist_json") {
                    aus.insert(name.to_owned(), ausdruck[..=ende.expect("closing bracket")].to_owned());
                }
            }
        }
        aus
    }

    #[test]
    fn pruefen_dasselbe() {
        let (s, p) = (pruefungen("sqlite"), pruefungen("postgres"));
        assert!(s.len() > 10, "{s:?}");
        assert_eq!(s, p);
        for tabelle in ["regelwerk", "umverteilung", "bescheid", "verwendungsnachweis"] {
            assert!(
                s.contains_key(&format!("{tabelle}_vier_augen")),
                "{tabelle}: the second person is not enforced by the database"
            );
        }
    }
}

/// `(table.column, table.column → name)` of every unique rule, as both engines know them.
fn eindeutige_regeln_sind_bekannt(b: Backend) {
    let d = Datenbank::neu(b);
    let mut c = d.verbinde();
    let bekannt: BTreeMap<&str, &str> = EINDEUTIG.iter().copied().collect();
    assert_eq!(bekannt.len(), EINDEUTIG.len(), "a rule stands twice");
    match b {
        Backend::Postgres => {
            let sql = "SELECT (SELECT string_agg(t.relname || '.' || a.attname, ', ' ORDER BY k.n) FROM unnest(x.indkey) WITH ORDINALITY k(nr, n) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.nr) || ' = ' || i.relname AS z FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace AND t.relname NOT LIKE '\\_\\_%'";
            let ist: BTreeSet<String> = texte(&mut c, sql).into_iter().collect();
            let soll: BTreeSet<String> = bekannt.iter().map(|(s, n)| format!("{s} = {n}")).collect();
            assert_eq!(ist, soll, "persistence::fehler::EINDEUTIG");
        }
        Backend::Sqlite => {
            let sql = "SELECT (SELECT group_concat(t.name || '.' || s.name, ', ') FROM (SELECT name, seqno FROM pragma_index_info(i.name) ORDER BY seqno) s) AS z FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i.\"unique\" = 1 AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'";
            for spalten in texte(&mut c, sql) {
                assert!(bekannt.contains_key(spalten.as_str()), "EINDEUTIG lacks {spalten}");
            }
        }
    }
}

/// The tables as diesel sees them are the tables as they are.
fn schema_rs_stimmt(b: Backend) {
    let d = Datenbank::neu(b);
    let ist = spalten(b, &mut d.verbinde());
    let text = datei::ohne_beiwerk(&datei::lesen("persistence/src/schema.rs"));
    let mut soll = Vec::new();
    for block in text.split("diesel::table! {").skip(1) {
        let (mut tabelle, mut sql_name) = ("", None);
        for zeile in block.lines().map(str::trim).take_while(|z| !z.starts_with("diesel::")) {
            if let Some((spalte, typ)) = zeile.split_once(" -> ") {
                let typ = typ.trim_end_matches(',');
                let (typ, null) =
                    typ.strip_prefix("Nullable<").map_or((typ, "NOT NULL"), |t| (t.trim_end_matches('>'), "NULL"));
                let typ = match typ {
                    "Text" | "Date" | "Dokument" => "TEXT",
                    "BigInt" | "Zeitpunkt" | "Bool" => "INTEGER",
                    "Kennung" | "Binary" => "BLOB",
                    anderer => panic!("{tabelle}.{spalte}: unknown type {anderer}"),
                };
                soll.push(format!("{tabelle}.{} {typ} {null}", sql_name.take().unwrap_or(spalte)));
            } else if let Some(name) = zeile.strip_prefix("#[sql_name = \"") {
                sql_name = name.split('"').next();
            } else if zeile.ends_with(") {") {
                tabelle = zeile.split(' ').next().unwrap_or("");
            }
        }
    }
    gleich("schema.rs", "the database", soll.into_iter().collect(), ist.into_iter().collect());
}

/// A value for a column that satisfies its type and, for texts, every immutability trigger's condition.
fn fuellwert(b: Backend, typ: &str) -> &'static str {
    match (b, typ) {
        (_, "TEXT" | "text") => "'VEROEFFENTLICHT'",
        (_, "INTEGER" | "bigint") => "77777",
        (Backend::Sqlite, _) => "x'019a0000000070008000000000007777'",
        (_, "uuid") => "'019a0000-0000-7000-8000-000000007777'",
        (_, "timestamp with time zone") => "now()",
        (_, "date") => "'2026-01-01'",
        (_, "jsonb") => "'{}'",
        (_, "boolean") => "true",
        (_, "bytea") => "'\\x00'",
        (_, anderer) => panic!("no value for {anderer}"),
    }
}

/// Every trigger that promises immutability keeps it, on a row of its own table.
fn unveraenderliches_bleibt(b: Backend) {
    let d = Datenbank::neu(b);
    let mut c = d.verbinde();
    match b {
        Backend::Sqlite => befehl(&mut c, "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON;"),
        Backend::Postgres => befehl(
            &mut c,
            "DO $$ DECLARE r record; BEGIN FOR r IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname); END LOOP; END $$; DROP TRIGGER buchung_ausgeglichen ON buchungszeile;",
        ),
    }
    let mut geprueft = BTreeSet::new();
    for zeile in ausloeser(b, &mut c) {
        let (tabelle, name) = zeile.split_once(' ').expect("table and name");
        let sql = match b {
            Backend::Sqlite => format!("SELECT name || ' ' || type AS z FROM pragma_table_info('{tabelle}')"),
            Backend::Postgres => format!(
                "SELECT attname || ' ' || format_type(atttypid, NULL) AS z FROM pg_attribute WHERE attrelid = '{tabelle}'::regclass AND attnum > 0"
            ),
        };
        let spalten: Vec<(String, String)> = texte(&mut c, &sql)
            .iter()
            .map(|z| z.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).expect("column"))
            .collect();
        if !geprueft.iter().any(|n: &String| n.starts_with(&format!("{tabelle}_"))) {
            let namen: Vec<&str> = spalten.iter().map(|(n, _)| n.as_str()).collect();
            let werte: Vec<&str> = spalten.iter().map(|(_, t)| fuellwert(b, t)).collect();
            befehl(&mut c, &format!("INSERT INTO {tabelle} ({}) VALUES ({})", namen.join(", "), werte.join(", ")));
        }
        let versuch = if name.ends_with("_unloeschbar") {
            format!("DELETE FROM {tabelle}")
        } else {
            assert!(name.ends_with("_unveraenderlich"), "{name}");
            let (erste, _) = &spalten[0];
            format!("UPDATE {tabelle} SET {erste} = {erste}")
        };
        let r = sql_query(&versuch).execute(&mut *c).map_err(DbFehler::from);
        assert!(matches!(&r, Err(DbFehler::Pruefregel { regel }) if regel == name), "{versuch}: {r:?}");
        geprueft.insert(name.to_owned());
    }
    for tabelle in [
        "protokoll",
        "siegel",
        "buchung",
        "buchungszeile",
        "zuteilung",
        "bescheid",
        "bescheid_position",
        "antrag_schnappschuss",
        "regelwerk",
    ] {
        for art in ["unveraenderlich", "unloeschbar"] {
            assert!(geprueft.contains(&format!("{tabelle}_{art}")), "{tabelle} is not {art}");
        }
    }
}

mod nur_postgres {
    use super::*;

    /// The books balance at every commit, whoever writes them.
    #[test]
    fn unausgeglichene_buchung_wird_nicht_festgeschrieben() {
        if !aqb_tests::datenbank::postgres_gewollt() {
            return;
        }
        let d = Datenbank::neu(Backend::Postgres);
        let mut c = d.verbinde();
        let versuch = |c: &mut DbConn, zweite: i64| {
            befehl(c, "BEGIN");
            befehl(
                c,
                "INSERT INTO konto VALUES (gen_random_uuid(), 2031, '06440', 'X', 2031, 'VERFUEGBAR', 0) ON CONFLICT DO NOTHING",
            );
            befehl(
                c,
                "INSERT INTO buchung VALUES ('019a0000-0000-7000-8000-000000007777', 'X', 'x', 'X', '', now(), now(), 'x')",
            );
            for (nr, betrag) in [(1, 100), (2, zweite)] {
                befehl(
                    c,
                    &format!(
                        "INSERT INTO buchungszeile SELECT '019a0000-0000-7000-8000-000000007777', {nr}, id, {betrag} FROM konto WHERE jahrgang = 2031"
                    ),
                );
            }
            sql_query("COMMIT").execute(c).map_err(DbFehler::from)
        };
        let r = versuch(&mut c, -99);
        assert!(matches!(&r, Err(DbFehler::Pruefregel { regel }) if regel == "buchung_ausgeglichen"), "{r:?}");
        assert!(versuch(&mut c, -100).is_ok());
    }
}

mod nur_sqlite {
    use super::*;

    #[test]
    fn mit_den_richtigen_schaltern_gebaut() {
        let d = Datenbank::leer(Backend::Sqlite);
        let mut c = d.verbinde();
        let schalter = texte(&mut c, "SELECT compile_options AS z FROM pragma_compile_options");
        for s in ["ENABLE_QPSG", "DQS=0"] {
            assert!(
                schalter.iter().any(|z| z == s),
                "SQLite was built without {s}; .cargo/config.toml sets it: {schalter:?}"
            );
        }
        let pragma = |c: &mut DbConn, n: &str| texte(c, &format!("SELECT {n}||'' AS z FROM pragma_{n}"));
        assert_eq!(pragma(&mut c, "journal_mode"), ["wal"]);
        assert_eq!(pragma(&mut c, "foreign_keys"), ["1"]);
        assert_eq!(pragma(&mut c, "synchronous"), ["2"], "an acknowledged write survives a crash");
    }

    #[test]
    fn jede_tabelle_ist_streng() {
        let d = Datenbank::neu(Backend::Sqlite);
        let mut c = d.verbinde();
        let lasch = "SELECT name AS z FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'";
        assert_eq!(texte(&mut c, lasch), Vec::<String>::new());
    }
}

fn warte<T>(f: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("runtime").block_on(f)
}

/// The operator's check, without a noted seal.
fn pruefe(url: &str) -> Result<String, String> {
    aqb_api::pruefe::pruefe(url, None, |_, _| ())
}

/// Seals everything that is there, as if time had passed.
pub fn versiegle(d: &Datenbank) {
    let db = Db::oeffnen(&Optionen { leser: 1, schreiber: 1, ..Optionen::neu(&d.url) }).expect("database");
    let akteur = Akteur { person: "system".to_owned(), rolle: Rolle::Admin, kreisschluessel: None, traeger_id: None };
    let wer = Auftraggeber { akteur, anfrage: "test".to_owned(), simulation: false };
    let r = warte(db.schreiben(wer, |tx| {
        tx.jetzt += chrono::TimeDelta::seconds(60);
        while protokoll::versiegle(tx)?.is_some() {}
        Ok::<_, DbFehler>(())
    }));
    // the server's own sealer may have been faster by a moment
    assert!(r.is_ok() || r.as_ref().is_err_and(|e| e.verletzt("siegel_pkey")), "{r:?}");
}

/// What was tampered with is found: a changed row by its chain, a cut tail or a vanished case by the seals.
fn protokoll_und_siegel(b: Backend) {
    let s = Dienst::starten(b);
    let rp = s.als("demo-bewilligung-1");
    let anschrift = json!({ "strasse": "Weg 1", "plz": "61169", "ort": "Friedberg" });
    let k = json!({ "inhalt": { "name": "A", "rechtsform": "EV", "anschrift": anschrift } });
    for v in 1..=3 {
        rp.patch("/traeger/019a0000-0000-7000-8000-0000000000a1", &k).if_match(v).senden().ist(200);
    }
    versiegle(&s.datenbank);
    let mut c = s.datenbank.verbinde();
    let vorher = protokoll::pruefe(&mut c, &mut |_| ()).expect("check");
    assert_eq!(vorher.fehler, Vec::<String>::new());
    assert!(vorher.eintraege > 27 && vorher.faelle > 27 && vorher.eintraege > vorher.faelle, "{vorher:?}");
    assert_eq!(protokoll::pruefe_siegel(&mut c, &mut |_| ()).expect("seals"), Vec::<i64>::new());
    assert!(protokoll::letztes_siegel(&mut c).expect("seals").is_some_and(|s| s.anzahl > 0));
    // somebody with the rights of the database's owner lifts the guard
    befehl(
        &mut c,
        match b {
            Backend::Sqlite => "DROP TRIGGER protokoll_unveraenderlich; DROP TRIGGER protokoll_unloeschbar;",
            Backend::Postgres => "ALTER TABLE protokoll DISABLE TRIGGER USER",
        },
    );
    // each manipulation in a transaction that is rolled back, checked from inside it
    let mut manipuliere = |sql: &str| {
        befehl(&mut c, "BEGIN");
        befehl(&mut c, sql);
        let kette = protokoll::pruefe(&mut c, &mut |_| ()).expect("check").fehler;
        let siegel = protokoll::pruefe_siegel(&mut c, &mut |_| ()).expect("seals");
        befehl(&mut c, "ROLLBACK");
        (kette, !siegel.is_empty())
    };
    let fall = "fall_art = 'TRAEGER' AND fall_id = '019a0000-0000-7000-8000-0000000000a1'";
    let name = |nr: i32| format!("TRAEGER/019a0000-0000-7000-8000-0000000000a1/{nr}");
    let ohne = Vec::<String>::new;
    for (feld, wert) in [
        ("person", "'jemand-anders'"),
        ("aenderungen", "'[]'"),
        ("rolle", "'ADMIN'"),
        ("akt", "'nichts'"),
        ("anfrage", "'x'"),
        ("kreisschluessel", "'06411'"),
        ("vorgaenger_hash", "'0'"),
    ] {
        let (kette, _) = manipuliere(&format!("UPDATE protokoll SET {feld} = {wert} WHERE {fall} AND nr = 2"));
        assert_eq!(kette, [name(2)], "{feld}");
    }
    // a removed entry in the middle breaks the chain and the seal
    assert_eq!(manipuliere(&format!("DELETE FROM protokoll WHERE {fall} AND nr = 2")), (vec![name(3)], true));
    // the tail of a chain leaves no gap behind, but the seal knows it; so it does a whole case that disappears
    assert_eq!(manipuliere(&format!("DELETE FROM protokoll WHERE {fall} AND nr = 4")), (ohne(), true));
    assert_eq!(manipuliere(&format!("DELETE FROM protokoll WHERE {fall}")), (ohne(), true));
    // a hash that was adapted by hand
    assert!(manipuliere(&format!("UPDATE protokoll SET hash = 'abc' WHERE {fall} AND nr = 4")).1);
    // the operator's own check says so in words
    assert!(pruefe(&s.datenbank.url).is_ok());
    befehl(&mut c, &format!("UPDATE protokoll SET person = 'jemand-anders' WHERE {fall} AND nr = 2"));
    assert!(pruefe(&s.datenbank.url).is_err_and(|e| e.contains(&name(2))));
}

/// What ships as demonstration stands up to the program's own checks.
fn demodaten_sind_in_ordnung(b: Backend) {
    let d = Datenbank::neu(b);
    let bericht = pruefe(&d.url).expect("in order");
    assert!(bericht.starts_with("In Ordnung"), "{bericht}");
    // loading twice changes nothing
    let vorher = d.abbild();
    assert_eq!(aqb_api::demo::lade(&d.url).expect("second time"), "Demodaten sind schon geladen.");
    assert_eq!(d.abbild(), vorher);
    // and production refuses them
    let serve = aqb_tests::dienst::konfiguration(&d.url, &["--umgebung", "produktion"]);
    let r = aqb_api::server::oeffne(&serve);
    assert!(r.is_err_and(|e| e.to_string().contains("Demo-Zugänge")));
}
