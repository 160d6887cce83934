"""The second half of the tour: money is called, paid, changed and passed on."""

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
