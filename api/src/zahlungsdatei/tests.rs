use super::*;
use aqb_domain::zahlung::{Bezug, Zahlungsergebnisart};

fn camt(innen: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>{innen}</Stmt></BkToCstmrStmt></Document>"#
    )
}

fn pain(innen: &str) -> String {
    format!(
        r#"<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-09-16T07:00:00+02:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>AQB2026-L0001</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{innen}</CstmrPmtStsRpt></Document>"#
    )
}

fn code(format: Rueckmeldeformat, roh: impl AsRef<[u8]>) -> &'static str {
    lies(format, roh.as_ref()).map_or_else(|b| b.regel.kurzname, |_| "")
}

/// ISO 20022 `camt.053.001.08`: single and collective entries, a return, an entry that is not booked, foreign money.
#[test]
fn kontoauszug() {
    let umsatz = |zeichen: &str, sts: &str, rest: &str| {
        format!(
            r#"<Ntry><Amt Ccy="EUR">30000.00</Amt><CdtDbtInd>{zeichen}</CdtDbtInd>{sts}<BookgDt><Dt>2026-09-17</Dt></BookgDt><ValDt><Dt>2026-09-17</Dt></ValDt>{rest}</Ntry>"#
        )
    };
    let einzeln =
        |name: &str, rest: &str| format!("<TxDtls><Refs><EndToEndId>{name}</EndToEndId></Refs>{rest}</TxDtls>");
    let gebucht = "<Sts><Cd>BOOK</Cd></Sts>";
    let sammel = format!(
        "<NtryDtls>{}{}</NtryDtls>",
        einzeln("AQB26-06440-A0001", r#"<Amt Ccy="EUR">10000</Amt>"#),
        einzeln("AQB26-06440-A0002", r#"<AmtDtls><TxAmt><Amt Ccy="USD">20000.5</Amt></TxAmt></AmtDtls>"#)
    );
    let rueck = format!(
        "<NtryDtls>{}</NtryDtls>",
        einzeln("AQB26-06440-A0003", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Konto &amp; Name</AddtlInf></RtrInf>")
    );
    let datei = camt(
        &[
            umsatz("DBIT", gebucht, &sammel),
            umsatz("CRDT", "<Sts>BOOK</Sts>", &rueck),
            umsatz("DBIT", "<Sts><Cd>PDNG</Cd></Sts>", &format!("<NtryDtls>{}</NtryDtls>", einzeln("NOTPROVIDED", ""))),
            umsatz("DBIT", gebucht, ""),
        ]
        .concat(),
    );
    let m = lies(Rueckmeldeformat::Camt053, datei.as_bytes()).expect("readable");
    let name = |n: &str| Bezug::Zahlung(n.to_owned());
    let kurz: Vec<_> = m.iter().map(|m| (m.bezug.clone(), m.ergebnis, m.betrag.map(|b| b.to_string()))).collect();
    let e = |s: &str| Some(s.to_owned());
    use Zahlungsergebnisart::{Ausgefuehrt, Zurueckgegeben};
    assert_eq!(
        kurz,
        [
            (name("AQB26-06440-A0001"), Some(Ausgefuehrt), e("10000.00")),
            (name("AQB26-06440-A0002"), Some(Ausgefuehrt), e("20000.50")),
            (name("AQB26-06440-A0003"), Some(Zurueckgegeben), e("30000.00")),
            (Bezug::Keiner, None, e("30000.00")),
            (Bezug::Keiner, Some(Ausgefuehrt), e("30000.00")),
        ]
    );
    assert_eq!(m.iter().map(|m| m.waehrung.as_str()).collect::<Vec<_>>(), ["EUR", "USD", "EUR", "EUR", "EUR"]);
    assert_eq!(m[2].grund.as_deref(), Some("AC04 Konto & Name"));
    assert!(m.iter().all(|m| m.konto.as_deref() == Some("DE02120300000000202051")));
    assert!(m.iter().all(|m| m.am.map(|t| t.to_string()).as_deref() == Some("2026-09-17")));
}

/// ISO 20022 `pain.002.001.10`: only a settlement with its day and a rejection decide something.
#[test]
fn statusbericht() {
    let tx = |sts: &str, rest: &str| {
        format!(
            "<TxInfAndSts><OrgnlEndToEndId>AQB26-06440-A0001</OrgnlEndToEndId><TxSts>{sts}</TxSts>{rest}</TxInfAndSts>"
        )
    };
    let einzeln = |innen: &str| {
        let datei = pain(&format!(
            "</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>AQB2026-L0001</OrgnlPmtInfId>{innen}</OrgnlPmtInfAndSts>"
        ));
        let mut m = lies(Rueckmeldeformat::Pain002, datei.as_bytes()).expect("readable");
        assert_eq!(m.len(), 1);
        m.remove(0)
    };
    let m = einzeln(&tx("RJCT", "<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf>"));
    assert_eq!((m.ergebnis, m.grund.as_deref()), (Some(Zahlungsergebnisart::Abgelehnt), Some("AC01")));
    assert_eq!(m.am.map(|t| t.to_string()).as_deref(), Some("2026-09-16"));
    let tag = "<FctvIntrBkSttlmDt><Dt>2026-09-17</Dt></FctvIntrBkSttlmDt><OrgnlTxRef><Amt><InstdAmt Ccy=\"EUR\">5.00</InstdAmt></Amt></OrgnlTxRef>";
    let m = einzeln(&tx("ACSC", tag));
    assert_eq!((m.ergebnis, m.betrag.map(|b| b.cent())), (Some(Zahlungsergebnisart::Ausgefuehrt), Some(500)));
    for sts in ["ACSC", "ACCP", "ACSP", "PDNG", "RCVD"] {
        let m = einzeln(&tx(sts, ""));
        assert_eq!((m.ergebnis, m.grund.as_deref()), (None, Some(sts)), "without a day nothing is settled");
    }
    let m = einzeln("<PmtInfSts>RJCT</PmtInfSts>");
    assert_eq!((m.bezug, m.ergebnis), (Bezug::Lauf("AQB2026-L0001".into()), Some(Zahlungsergebnisart::Abgelehnt)));
    let gruppe = pain("<GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts>");
    let m = lies(Rueckmeldeformat::Pain002, gruppe.as_bytes()).expect("readable").remove(0);
    assert_eq!((m.bezug, m.ergebnis), (Bezug::Lauf("AQB2026-L0001".into()), Some(Zahlungsergebnisart::Abgelehnt)));
}

/// Dossier 7.4: separator, decimal comma, days and encodings of German offices.
#[test]
fn tabelle_der_kasse() {
    let zeile =
        |betrag: &str, tag: &str| format!("EndToEndId;Ergebnis;Betrag;Datum\r\nX;AUSGEFUEHRT;{betrag};{tag}\r\n");
    for (betrag, tag, cent) in [
        ("1.234,56", "15.09.2026", 123_456),
        ("1234,56", "2026-09-15", 123_456),
        ("1234,5", "15.09.2026", 123_450),
        ("1.000.000", "15.09.2026", 100_000_000),
        ("0,01", "15.09.2026", 1),
    ] {
        let m = lies(Rueckmeldeformat::Csv, zeile(betrag, tag).as_bytes()).expect(betrag).remove(0);
        assert_eq!(m.betrag.map(Euro::cent), Some(cent), "{betrag}");
        assert_eq!(m.am.map(|t| t.to_string()).as_deref(), Some("2026-09-15"));
    }
    for falsch in ["1,234.56", "1234.56", "12.34", "1.2345", "1,", ",5", "", "-1", "1e3", "1,234", "99999999999999"] {
        assert_eq!(code(Rueckmeldeformat::Csv, zeile(falsch, "15.09.2026")), "DATEI_UNLESBAR", "{falsch}");
    }
    assert_eq!(code(Rueckmeldeformat::Csv, zeile("1,00", "31.02.2026")), "DATEI_UNLESBAR");
    let text = "\u{feff}Grund;Währung;Datum;Betrag;Ergebnis;End-to-End-Id\r\n\"Konto \"\"zu\"\"; gelöscht\";EUR;;1,00;zurueckgegeben;\r\n";
    let windows = encoding_rs::WINDOWS_1252.encode(text.trim_start_matches('\u{feff}')).0.into_owned();
    for roh in [text.as_bytes().to_vec(), text.trim_start_matches('\u{feff}').as_bytes().to_vec(), windows] {
        let m = lies(Rueckmeldeformat::Csv, &roh).expect("readable").remove(0);
        assert_eq!((m.grund.as_deref(), m.am, m.bezug), (Some("Konto \"zu\"; gelöscht"), None, Bezug::Keiner));
    }
}

/// Issue, "bad input": whatever comes, a finding and no result.
#[test]
fn schlechte_dateien() {
    use Rueckmeldeformat::{Camt053, Csv, Pain002};
    let gut = camt("<Ntry><Amt Ccy=\"EUR\">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Ntry>");
    assert_eq!(code(Camt053, &gut), "");
    let milliarden: String = (1..10).map(|i| format!("<!ENTITY a{i} \"&a{};&a{};\">", i - 1, i - 1)).collect();
    let bombe = format!("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"ha\">{milliarden}]><x>&a9;</x>");
    let extern_ = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>";
    let utf16: Vec<u8> = gut.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let tief = format!("{}{}", "<a>".repeat(100), "</a>".repeat(100));
    let viele = |n: usize| camt(&"<Ntry><Amt Ccy=\"EUR\">1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Ntry>".repeat(n));
    let faelle: Vec<(Rueckmeldeformat, Vec<u8>, &str)> = vec![
        (Camt053, Vec::new(), "DATEI_FEHLGEFORMT"),
        (Camt053, b"<a>".to_vec(), "DATEI_FEHLGEFORMT"),
        (Camt053, b"<a></b>".to_vec(), "DATEI_FEHLGEFORMT"),
        (Camt053, b"<a/><b/>".to_vec(), "DATEI_FEHLGEFORMT"),
        (Camt053, b"<a/>rest".to_vec(), "DATEI_FEHLGEFORMT"),
        (Camt053, b"no markup".to_vec(), "DATEI_FEHLGEFORMT"),
        (Camt053, b"<a>\x07</a>".to_vec(), "DATEI_UNLESBAR"),
        (Camt053, b"<a>&#7;</a>".to_vec(), "DATEI_FEHLGEFORMT"),
        (Camt053, tief.into_bytes(), "DATEI_FEHLGEFORMT"),
        (Camt053, gut.as_bytes()[..gut.len() - 3].to_vec(), "DATEI_FEHLGEFORMT"),
        (Camt053, gut.replace("1.00", "1,00").into_bytes(), "DATEI_UNLESBAR"),
        (Camt053, gut.replace("1.00", "1.005").into_bytes(), "DATEI_UNLESBAR"),
        (Camt053, gut.replace("DBIT", "XXXX").into_bytes(), "DATEI_UNLESBAR"),
        (Camt053, bombe.into_bytes(), "DATEI_MIT_ENTITAETEN"),
        (Camt053, extern_.as_bytes().to_vec(), "DATEI_MIT_ENTITAETEN"),
        (Camt053, gut.replace("DBIT", "&e;").into_bytes(), "DATEI_MIT_ENTITAETEN"),
        (Camt053, gut.replace("UTF-8", "ISO-8859-1").into_bytes(), "DATEI_ZEICHENSATZ"),
        (Camt053, utf16, "DATEI_ZEICHENSATZ"),
        (Camt053, b"<a>\xe4</a>".to_vec(), "DATEI_ZEICHENSATZ"),
        (Camt053, b"<html><body/></html>".to_vec(), "DATEI_ANDERER_ART"),
        (Camt053, gut.replace("camt.053", "camt.054").into_bytes(), "DATEI_ANDERER_ART"),
        (Camt053, gut.replace("BkToCstmrStmt", "Anderes").into_bytes(), "DATEI_ANDERER_ART"),
        (Pain002, gut.clone().into_bytes(), "DATEI_ANDERER_ART"),
        (Camt053, camt("").into_bytes(), "DATEI_UMFANG"),
        (Camt053, viele(2_000).into_bytes(), ""),
        (Camt053, viele(2_001).into_bytes(), "DATEI_UMFANG"),
        (Csv, Vec::new(), "DATEI_ANDERER_ART"),
        (Csv, gut.into_bytes(), "DATEI_ANDERER_ART"),
        (Csv, b"EndToEndId;Ergebnis;Betrag;Datum\r\n".to_vec(), "DATEI_UMFANG"),
        (Csv, b"EndToEndId,Ergebnis,Betrag,Datum\r\n".to_vec(), "DATEI_ANDERER_ART"),
        (Csv, b"EndToEndId;Ergebnis;Betrag;Datum;Datum\r\n".to_vec(), "DATEI_ANDERER_ART"),
        (Csv, b"EndToEndId;Ergebnis;Betrag;Datum;Neu\r\n".to_vec(), "DATEI_ANDERER_ART"),
        (Csv, b"EndToEndId;Ergebnis;Betrag;Datum\r\nX;AUSGEFUEHRT;1,00\r\n".to_vec(), "DATEI_UNLESBAR"),
        (Csv, b"EndToEndId;Ergebnis;Betrag;Datum\r\nX;VIELLEICHT;1,00;15.09.2026\r\n".to_vec(), "DATEI_WERT_UNBEKANNT"),
        (
            Csv,
            b"EndToEndId;Ergebnis;Betrag;Datum;Waehrung\r\nX;AUSGEFUEHRT;1,00;15.09.2026;Euro\r\n".to_vec(),
            "DATEI_UNLESBAR",
        ),
        (
            Csv,
            [
                b"EndToEndId;Ergebnis;Betrag;Datum\r\n".as_slice(),
                "x".repeat(36).as_bytes(),
                b";AUSGEFUEHRT;1,00;15.09.2026\r\n",
            ]
            .concat(),
            "DATEI_UNLESBAR",
        ),
        (Csv, b"\xff\xfeE\0".to_vec(), "DATEI_ZEICHENSATZ"),
        (Csv, b"EndToEndId;Ergebnis;Betrag;Datum\0\r\n".to_vec(), "DATEI_ZEICHENSATZ"),
    ];
    for (i, (format, roh, soll)) in faelle.into_iter().enumerate() {
        let anfang = String::from_utf8_lossy(&roh).chars().take(80).collect::<String>();
        assert_eq!(code(format, &roh), soll, "case {i}: {anfang}");
    }
}

/// ISO 20022 pain.002: one group, whatever a file claims; and nothing is read beyond the limit.
#[test]
fn eine_gruppe_und_nicht_mehr_als_erlaubt() {
    let bericht = |gruppen: usize, auftraege: usize| {
        let (g, z) = ("<OrgnlGrpInfAndSts/>".repeat(gruppen), "<OrgnlPmtInfAndSts/>".repeat(auftraege));
        format!(
            r#"<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>{g}{z}</CstmrPmtStsRpt></Document>"#
        )
    };
    for (gruppen, auftraege, soll) in [
        (0, 1, "DATEI_UNLESBAR"),
        (1, 0, ""),
        (1, 2_000, ""),
        (1, 2_001, "DATEI_UMFANG"),
        (2, 1, "DATEI_UNLESBAR"),
        (1_000, 1_000, "DATEI_UNLESBAR"),
    ] {
        assert_eq!(code(Rueckmeldeformat::Pain002, bericht(gruppen, auftraege)), soll, "{gruppen} × {auftraege}");
    }
    let mut zeilen = "EndToEndId;Ergebnis;Betrag;Datum\r\n".to_owned();
    zeilen.push_str(&"X;AUSGEFUEHRT;1,00;15.09.2026\r\n".repeat(2_001));
    zeilen.push_str("this line is not even read");
    assert_eq!(code(Rueckmeldeformat::Csv, zeilen), "DATEI_UMFANG");
}

/// ISO 20022 camt.053: a credit is a return where it says so; a statement names its account by its IBAN.
#[test]
fn gutschriften_und_fremde_konten() {
    use aqb_domain::zahlung::Abgleichgrund::{KontoFremd, RueckgabeUnbelegt};
    let umsatz = |zeichen: &str, oben: &str, rest: &str| {
        camt(&format!(
            r#"<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>{zeichen}</CdtDbtInd><Sts>BOOK</Sts>{oben}<NtryDtls><TxDtls><Refs><EndToEndId>A</EndToEndId></Refs>{rest}</TxDtls></NtryDtls></Ntry>"#
        ))
    };
    let code = |c: &str| {
        format!("<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>{c}</SubFmlyCd></Fmly></Domn></BkTxCd>")
    };
    let ohne_iban = |datei: String| datei.replace("<IBAN>DE02120300000000202051</IBAN>", "<Othr><Id>4711</Id></Othr>");
    for (datei, soll) in [
        (umsatz("DBIT", "", ""), None),
        (umsatz("CRDT", "", ""), Some(RueckgabeUnbelegt)),
        (umsatz("CRDT", "", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"), None),
        (umsatz("CRDT", &code("RRTN"), ""), None),
        (umsatz("CRDT", "", &code("RRTN")), None),
        (umsatz("CRDT", &code("ESCT"), ""), Some(RueckgabeUnbelegt)),
        (ohne_iban(umsatz("DBIT", "", "")), Some(KontoFremd)),
    ] {
        let m = lies(Rueckmeldeformat::Camt053, datei.as_bytes()).expect("readable").remove(0);
        assert_eq!(m.zweifel, soll, "{datei}");
    }
}

/// XML Namespaces: what counts is the namespace of the element, not one that is merely declared beside it.
#[test]
fn nur_der_eigene_namensraum_zaehlt() {
    let raum = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";
    let datei = |wurzel: &str, vorsatz: &str| {
        format!(
            r#"<{wurzel}><{v}BkToCstmrStmt><{v}Stmt><{v}Ntry><{v}Amt>1</{v}Amt><{v}CdtDbtInd>DBIT</{v}CdtDbtInd></{v}Ntry></{v}Stmt></{v}BkToCstmrStmt></{v}Document>"#,
            v = vorsatz
        )
    };
    for (wurzel, vorsatz, soll) in [
        (format!(r#"Document xmlns="{raum}""#), "", ""),
        (format!(r#"n:Document xmlns:n="{raum}""#), "n:", ""),
        (format!(r#"n:Document xmlns:n="{raum}" xmlns="urn:x""#), "n:", ""),
        (format!(r#"Document xmlns="urn:x" xmlns:n="{raum}""#), "", "DATEI_ANDERER_ART"),
        (format!(r#"Document xmlns:n="{raum}""#), "", "DATEI_ANDERER_ART"),
        (format!(r#"m:Document xmlns:n="{raum}" xmlns:m="urn:x""#), "m:", "DATEI_ANDERER_ART"),
    ] {
        assert_eq!(code(Rueckmeldeformat::Camt053, datei(&wurzel, vorsatz)), soll, "{wurzel}");
    }
}

/// ISO 8601 as ISO 20022 uses it: nothing behind a day but its zone, or a moment.
#[test]
fn tage_sind_genau() {
    for gut in [
        "2026-09-15",
        "2026-09-15Z",
        "2026-09-15+02:00",
        "2026-09-15T07:00:00",
        "2026-09-15T07:00:00Z",
        "2026-09-15T07:00:00.123+02:00",
    ] {
        assert_eq!(tag("ValDt", gut).map(|t| t.to_string()), Ok("2026-09-15".to_owned()), "{gut}");
    }
    for falsch in [
        "2026-09-15XYZ",
        "2026-9-15",
        "2026-09-15T",
        "2026-09-15T25:00:00",
        "2026-09-15T07:00",
        "2026-02-30",
        "15.09.2026",
        "2026-09-15+2:00",
        "2026-09-15ZZ",
        "+026-09-15",
        "2026-09-1ö",
        "",
        "2026-09-15T07:00:00+02:00x",
    ] {
        assert!(tag("ValDt", falsch).is_err(), "{falsch}");
    }
}

/// What is wrong with a file is said in our words, in both languages.
#[test]
fn fehler_in_eigenen_worten() {
    use aqb_domain::regel::Sprache::{De, En};
    let b = lies(Rueckmeldeformat::Camt053, b"<a>\n<b></c></a>").expect_err("not well-formed");
    assert!(b.text(De).starts_with("In Zeile 2 ist die Datei kein wohlgeformtes XML"), "{}", b.text(De));
    assert!(b.text(En).starts_with("In line 2 the file is no well-formed XML"), "{}", b.text(En));
    let b = lies(Rueckmeldeformat::Csv, b"EndToEndId;Ergebnis;Betrag;Datum\r\nX;WOHL;1,00;15.09.2026\r\n")
        .expect_err("unknown");
    assert!(b.text(De).contains("möglich sind AUSGEFUEHRT, TEILWEISE, ZURUECKGEGEBEN, ABGELEHNT"), "{}", b.text(De));
}

/// Written and read by the same house: what stands in the order is what a reader finds, and twice the same.
#[test]
fn auftrag_an_die_bank() {
    use aqb_domain::antrag::Bankverbindung;
    use aqb_domain::zahlung::{
        Auftraggeberkonto, Zahlung, ZahlungStatus, Zahlungsauftrag, Zahlungslauf, ZahlungslaufStatus,
    };
    let tag = |t| NaiveDate::from_ymd_opt(2026, 9, t).expect("day");
    let konto = Auftraggeberkonto { name: "Land Hessen <&>".into(), iban: "DE02120300000000202051".into(), bic: None };
    let lauf = Zahlungslauf {
        id: uuid::Uuid::nil(),
        kennung: "AQB2026-L0001".into(),
        haushaltsjahr: 2026,
        ausfuehrung_am: tag(17),
        anzahl: 1,
        summe: Euro::NULL,
        status: ZahlungslaufStatus::Freigegeben,
        erstellt_von: String::new(),
        freigegeben_von: None,
        freigegeben_am: chrono::DateTime::from_timestamp(1_789_462_800, 123_456_789),
        auftraggeber: Some(konto.clone()),
        uebergeben_von: None,
        uebergeben_am: None,
        datei_sha256: None,
        verworfen_von: None,
        verwerfungsgrund: None,
    };
    let zahlung = |cent: i64, bic: Option<&str>| Zahlung {
        id: uuid::Uuid::nil(),
        zahlungslauf_id: uuid::Uuid::nil(),
        end_to_end_id: format!("AQB26-06440-A{cent:04}"),
        auftrag: Zahlungsauftrag {
            mittelabruf_id: uuid::Uuid::nil(),
            abruf_nr: 1,
            aktenzeichen: "A".into(),
            jahrgang: 2026,
            kreisschluessel: "06440".into(),
            haushaltsjahr: 2026,
            betrag: Euro::aus_cent(cent).expect("amount"),
            bankverbindung: Bankverbindung {
                iban: "DE02500105170137075030".into(),
                bic: bic.map(str::to_owned),
                kontoinhaber: format!("Kreisausschuß {}", "Ä".repeat(70)),
                kassenzeichen: "1".into(),
            },
            bankverbindung_seit: None,
        },
        verwendungszweck: "Zweck".into(),
        ausfuehrung_am: tag(17),
        status: ZahlungStatus::Ausstehend,
        uebergeben_am: None,
        wertstellungen: Vec::new(),
        rueckgabe: None,
        zweifel: Vec::new(),
        weitere_zweifel: 0,
        klaerung: None,
    };
    let zahlungen = [zahlung(123_456, Some("INGDDEFF")), zahlung(1, None)];
    let bytes = pain001(&lauf, &konto, &zahlungen).expect("file");
    assert_eq!(bytes, pain001(&lauf, &konto, &zahlungen).expect("file"));
    let baum = baum::lies(&bytes).expect("well-formed");
    let n = baum.nachricht("pain.001", "CstmrCdtTrfInitn").expect("credit transfer");
    let kopf = |pfad: &[&'static str]| n.text(pfad).map(str::to_owned);
    assert_eq!(kopf(&["GrpHdr", "CreDtTm"]).as_deref(), Some("2026-09-15T09:00:00Z"));
    for teil in ["GrpHdr", "PmtInf"] {
        assert_eq!(kopf(&[teil, "NbOfTxs"]).as_deref(), Some("2"));
        assert_eq!(kopf(&[teil, "CtrlSum"]).as_deref(), Some("1234.57"));
    }
    assert_eq!(kopf(&["PmtInf", "Dbtr", "Nm"]).as_deref(), Some("Land Hessen .+."));
    assert_eq!(kopf(&["PmtInf", "DbtrAgt", "FinInstnId", "Othr", "Id"]).as_deref(), Some("NOTPROVIDED"));
    let tx: Vec<_> = n.bei(&["PmtInf"]).expect("PmtInf").alle("CdtTrfTxInf").collect();
    assert_eq!(tx[0].text(&["Amt", "InstdAmt"]), Some("1234.56"));
    assert_eq!(tx[0].bei(&["Amt", "InstdAmt"]).and_then(|b| b.attribut("Ccy")), Some("EUR"));
    assert_eq!(tx[0].text(&["CdtrAgt", "FinInstnId", "BICFI"]), Some("INGDDEFF"));
    assert!(tx[1].bei(&["CdtrAgt"]).is_none(), "an agent is named only where it is known");
    let name = tx[0].text(&["Cdtr", "Nm"]).expect("name");
    assert!(name.len() == 70 && name.starts_with("Kreisausschuss AeAe"), "{name}");
}
