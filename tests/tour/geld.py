"""The second half of the tour: money is called, paid, changed and passed on."""

import uuid

from hilfe import ablehnung, schritt, zeile

IBAN = "DE02500105170137075030"


def abrufe(gk, rp1, rp2, bescheid, massnahmen, jahr):
    schritt(10, "Mittelabruf: ein fremdes Konto, ein Cent zu viel, mehr als rechtzeitig gebraucht")
    faellig = [f"{jahr}-02-28", f"{jahr}-03-31", f"{jahr}-04-30", f"{jahr}-05-31"]
    inhalt = {
        "haushaltsjahr": jahr, "auszahlung_am": f"{jahr}-02-15",
        "positionen": [{"massnahme_id": massnahmen["M01"], "betrag": "60000.01"}],
        "bedarf": [{"faellig_am": t, "betrag": "12000.00", "zweck": "Honorare"} for t in faellig],
        "bisher_verausgabt": "0.00", "eigenmittel_eingesetzt": "10000.00", "iban": "DE89370400440532013000",
    }  # fmt: skip
    a = gk.ruf("POST", "/mittelabrufe", {"bescheid_id": bescheid, "inhalt": inhalt})
    ort = f"/mittelabrufe/{a['id']}"
    ablehnung(gk.ruf("POST", f"{ort}/einreichung", {}, a["version"], erwartet=422))
    richtig = {"iban": IBAN, "positionen": [{"massnahme_id": massnahmen["M01"], "betrag": "48000.00"}]}
    a = gk.ruf("PATCH", ort, {"inhalt": richtig}, a["version"])
    ablehnung(gk.ruf("POST", f"{ort}/einreichung", {}, a["version"], erwartet=422))
    bestaetigt = {"bestaetigte_warnungen": [{"code": "AQB-AR-010", "begruendung": "Die Verträge laufen weiter."}]}
    a = gk.ruf("POST", f"{ort}/einreichung", bestaetigt, a["version"])
    erster = feststellen(rp1, rp2, ort, a)

    schritt(11, "Zweiter Abruf: was im Zeitfenster fällig wird")
    inhalt |= {
        "positionen": [{"massnahme_id": massnahmen["M02"], "betrag": "20000.00"}],
        "bedarf": [{"faellig_am": f"{jahr}-03-15", "betrag": "30000.00", "zweck": "Coaching"}],
        "eigenmittel_eingesetzt": "0.00", "iban": IBAN,
    }  # fmt: skip
    a = gk.ruf("POST", "/mittelabrufe", {"bescheid_id": bescheid, "inhalt": inhalt})
    ort = f"/mittelabrufe/{a['id']}"
    bericht = gk.ruf("GET", f"{ort}/pruefbericht")
    for abzug in bericht["bedarfsrechnung"]["abzuege"]:
        zeile(f"   {abzug['grund']:<26} {abzug['betrag']:>12}")
    a = gk.ruf("POST", f"{ort}/einreichung", {}, a["version"])
    zweiter = feststellen(rp1, rp2, ort, a)
    for p in gk.ruf("GET", f"/bescheide/{bescheid}/abrufbar")["positionen"]:
        zeile(f"{p['massnahme_nr']}: bewilligt {p['bewilligt']}, abgerufen {p['abgerufen']}, abrufbar {p['abrufbar']}")
    return erster, zweiter


def feststellen(rp1, rp2, ort, a):
    zeile(f"Abruf {a['abruf_nr']} {a['status']}: {a['angefordert']} EUR vorgemerkt")
    a = rp1.ruf("POST", f"{ort}/pruefung", {"sachlich_richtig": True, "rechnerisch_richtig": True}, a["version"])
    zeile(f"{a['status']}: festgestellt {a['festgestellt']} EUR")
    a = rp2.ruf("POST", f"{ort}/anordnung", {}, a["version"])
    zeile(f"{a['status']} von {a['anordnung']['von']} auf {a['anordnung']['bankverbindung']['iban']}")
    return a


def zahlung(rp1, rp2, gk, kreis, jahr, heute):
    schritt(12, "Zahlungslauf: SEPA-Datei, Rückmeldung mit Wertstellung, Abgleich")
    lauf = rp1.ruf("POST", "/zahlungslaeufe", {"ausfuehrung_am": f"{jahr}-02-02"})
    ort = f"/zahlungslaeufe/{lauf['id']}"
    ablehnung(rp1.ruf("POST", f"{ort}/freigabe", {}, lauf["version"], erwartet=403))
    lauf = rp2.ruf("POST", f"{ort}/freigabe", {}, lauf["version"])
    datei = rp1.ruf("GET", f"{ort}/pain001").inhalt
    zeile(f"{lauf['kennung']} {lauf['status']}: pain.001 mit {len(datei)} Byte")
    lauf = rp1.ruf("POST", f"{ort}/uebergabe", {}, lauf["version"])
    zahlungen = rp1.ruf("GET", f"/zahlungen?zahlungslauf_id={lauf['id']}&limit=200")["daten"]
    ergebnisse = [
        {"end_to_end_id": z["end_to_end_id"], "ergebnis": "AUSGEFUEHRT", "betrag": z["betrag"], "am": heute}
        for z in zahlungen
    ]
    schluessel = str(uuid.uuid4())
    gemeldet = rp1.ruf("POST", f"{ort}/rueckmeldung", {"ergebnisse": ergebnisse}, lauf["version"], schluessel=schluessel)
    noch_einmal = rp1.ruf("POST", f"{ort}/rueckmeldung", {"ergebnisse": ergebnisse}, lauf["version"], schluessel=schluessel)
    zeile(f"{gemeldet['status']}; dieselbe Meldung noch einmal: {noch_einmal.kopf['Idempotent-Replayed']}")
    for z in rp1.ruf("GET", f"/zahlungen?zahlungslauf_id={lauf['id']}&limit=200")["daten"]:
        zeile(f"   {z['end_to_end_id']:<22} {z['betrag']:>12} {z['status']}")
    b = gk.ruf("GET", f"/budgets/{jahr}/{kreis}")["gesamt"]
    zeile(f"gebunden {b['gebunden']}, abgerufen {b['abgerufen']}, ausgezahlt {b['ausgezahlt']}")


def aenderung(gk, rp1, rp2, bescheid, massnahme_id, inhalt, detailplan, heute):
    """`inhalt` is the measure M02 as it was filed, `detailplan` makes the plan that fits a measure."""
    schritt(13, "Änderungsantrag: weniger Geld für M02, als schon ausgezahlt ist, und was geht")
    a = gk.ruf("POST", "/aenderungsantraege", {"bescheid_id": bescheid, "inhalt": {
        "aenderungsarten": ["MITTELREDUZIERUNG"],
        "begruendung": "Ein Ausbildungsplatz wird erst im nächsten Jahr besetzt.", "wirksam_ab": heute,
    }})  # fmt: skip
    ort = f"/aenderungsantraege/{a['id']}"
    for land, eigen, ausgaben in (("15000.00", "10000.00", "25000.00"), ("60000.00", "10000.00", "70000.00")):
        plan = {
            "einzelansaetze": [{**inhalt["finanzierungsplan"]["einzelansaetze"][0], "betrag": ausgaben}],
            "finanzierung": [
                {**zeile_, "betrag": land if zeile_["quelle"] == "LAND_AQB" else eigen}
                for zeile_ in inhalt["finanzierungsplan"]["finanzierung"]
            ],
        }
        m = gk.ruf("PATCH", f"{ort}/massnahmen/{massnahme_id}", {"inhalt": {"finanzierungsplan": plan}}, a["version"])
        neu = detailplan({**inhalt, "finanzierungsplan": plan})
        a = gk.ruf("PUT", f"{ort}/massnahmen/{massnahme_id}/detailplanung", neu, m["version"])
        vergleich = gk.ruf("GET", f"{ort}/vergleich")
        for z in (z for z in vergleich["zeilen"] if z["delta"] != "0.00"):
            zeile(f"{z['massnahme_nr']} {z['posten']:<16} {z['alt']:>12} → {z['neu']:>12} ({z['delta']}, {z['delta_prozent']} %)")
        zeile(f"Weg {vergleich['weg']}, Arten {', '.join(vergleich['aenderungsarten'])}")
        for b in gk.ruf("GET", f"{ort}/pruefbericht")["befunde"]:
            zeile(f"   {b['code']} [{b['schwere']}] {b['text']}")
    a = gk.ruf("POST", f"{ort}/einreichung", {}, a["version"])
    a = rp1.ruf("POST", f"{ort}/pruefung", {}, a["version"])
    neuer = rp1.ruf("POST", f"{ort}/bewilligung", {}, a["version"])
    neuer = rp2.ruf("POST", f"/bescheide/{neuer['id']}/freigabe", {}, neuer["version"])
    zeile(f"Änderungsbescheid {neuer['status']}, Glied {neuer['inhalt']['kettenglied']} der Kette: {neuer['bewilligt']} EUR")
    neuer = rp1.ruf("POST", f"/bescheide/{neuer['id']}/bekanntgabe", {"weg": "PERSOENLICH", "zugang_am": heute}, neuer["version"])
    gk.ruf("POST", f"/bescheide/{neuer['id']}/rechtsbehelfsverzicht", {"am": heute}, neuer["version"])
    for p in gk.ruf("GET", f"/bescheide/{neuer['id']}/abrufbar")["positionen"]:
        zeile(f"{p['massnahme_nr']}: bewilligt {p['bewilligt']}, abgerufen {p['abgerufen']}, abrufbar {p['abrufbar']}")


def weiterleitung(gk, gk2, traeger, antrag, massnahme_id, traeger_id, jahr, heute):
    schritt(14, "Weiterleitung an den Träger: Vertrag, Auszahlung, Verwendung")
    w = gk.ruf("POST", "/weiterleitungen", {"antrag_id": antrag, "inhalt": {
        "massnahme_id": massnahme_id, "traeger_id": traeger_id, "form": "VERTRAG", "betrag": "50000.00",
        "bewilligungszeitraum": {"von": f"{jahr}-02-01", "bis": f"{jahr}-12-31"},
        "nebenbestimmungen": "ANBEST_P", "vn_frist": f"{jahr + 1}-06-30",
    }})  # fmt: skip
    ort = f"/weiterleitungen/{w['id']}"
    ablehnung(gk.ruf("POST", f"{ort}/abschluss", {"am": heute}, w["version"], erwartet=403))
    w = gk2.ruf("POST", f"{ort}/abschluss", {"am": heute}, w["version"])
    zahlung_ = {"wertstellung_am": heute, "verwendungszweck": "Startklar, erste Rate", "haushaltsjahr": jahr}
    ablehnung(gk.ruf("POST", f"{ort}/auszahlungen", {**zahlung_, "betrag": "24000.01"}, w["version"], erwartet=(409, 422)))
    w = gk.ruf("POST", f"{ort}/auszahlungen", {**zahlung_, "betrag": "24000.00"}, w["version"])
    w = traeger.ruf("POST", f"{ort}/verwendungen", {"am": heute, "betrag": "9000.00"}, w["version"])
    s = traeger.ruf("GET", f"{ort}/stand")
    zeile(f"{w['status']}: vereinbart {s['vereinbart']}, ausgezahlt {s['ausgezahlt']}, verwendet {s['verwendet']}, Bestand {s['bestand']}")


def fristen_und_abgleich(gk, kreis, jahr):
    schritt(15, "Fristen, Abgleich und Auslastung")
    for f in gk.ruf("GET", "/fristen?limit=200")["daten"]:
        zeile(f"{f['faellig_am']} {f['art']:<28} {f['zustand']}")
    for z in gk.ruf("GET", f"/berichte/abgleich?jahrgang={jahr}&limit=200")["daten"]:
        zeile(f"{z['massnahme_nr']}: Bescheid {z['bewilligt']}, gebunden {z['buch']['gebunden']}, gezahlt {z['buch']['ausgezahlt']}; Abweichung: {'ja' if z['abweichend'] else 'keine'}")
    csv = gk.ruf("GET", f"/berichte/budgetauslastung/csv?jahrgang={jahr}").inhalt
    for z in csv.decode("utf-8-sig").splitlines()[:3]:
        zeile(z)
