"""The last part of the tour, a year later: participants, receipts, the proof of use, its examination, the final decision,
what is claimed back with interest, and that nothing of the case is left unexplained.

Environment as for tour.py, whose case it goes on with; its server's clock stands in February 2030. SERVER_DATENBANK and AQB
name database and program for the check of everything stored.
"""

import hashlib
import os
import subprocess
import time
import uuid

from hilfe import Person, ablehnung, schritt, stimmt, zeile

JAHR, KREIS, HEUTE = 2029, "06436", "2030-02-01"
KOPF = "Belegnummer;Maßnahme;Kostenposition;Teilbudget;Art;Rechnungsdatum;Zahlungsdatum;Rechnungsaussteller;Gegenstand;Rechnungsbetrag;gezahlter Betrag;beantragt"
BELEGE = [
    ("R-001", "M01", "01.03.2029", "10.03.2029", "Werkstatt Muster", "Honorar März", "12000,00"),
    ("R-002", "M01", "01.06.2029", "12.06.2029", "Werkstatt Muster", "Honorar Juni", "9.000,00"),
    ("R-003", "M01", "01.09.2029", "14.09.2029", "Coaching Beispiel", "Honorar September", "7.000,00"),
    ("R-004", "M01", "15.11.2029", "28.11.2029", "Feiern und mehr", "Abschlussfeier", "2000,00"),
    ("R-005", "M02", "01.04.2029", "15.04.2029", "Coaching Beispiel", "Coaching erstes Quartal", "11000,00"),
    ("R-006", "M02", "01.10.2029", "15.10.2029", "Coaching Beispiel", "Coaching zweites Halbjahr", "9000,00"),
]
# What was spent per measure, and from whose money.
IST = {
    "M01": ("30000.00", {"LAND_AQB": "24000.00", "EIGENMITTEL_GK": "6000.00"}),
    "M02": ("20000.00", {"LAND_AQB": "20000.00"}),
}
GRUENDE = {}


def bestaetigt(befunde):
    """Every warning with the reason to go on all the same."""
    warnungen = {b["code"] for b in befunde if b["schwere"] == "WARNUNG"}
    for code in sorted(warnungen):
        zeile(f"   bestätigt: {code} – {GRUENDE.get(code, 'Die Gründe stehen in der Akte.')}")
    return [{"code": c, "begruendung": GRUENDE.get(c, "Die Gründe stehen in der Akte.")} for c in sorted(warnungen)]


def zeige_befunde(befunde):
    for b in befunde:
        zeile(f"   {b['code']} [{b['schwere']}] {b['text']}")


def cent(betrag):
    return int(betrag.replace(".", ""))


def teilnahmen(gk, antrag, ids):
    schritt(18, "Ein Jahr später. Teilnehmende unter Pseudonym; ein Name wird nicht angenommen")
    alle = f"/antraege/{antrag}/massnahmen"
    person = lambda name, **mehr: {"inhalt": {
        "pseudonym": name, "rechtskreise": [{"rechtskreis": "SGB_II", "nachweis_art": "BESCHEID_GESEHEN", "gesehen_am": f"{JAHR}-02-01"}],
        "ueber_bedarfsgemeinschaft": False, "erstwohnsitz_hessen": True, "erstwohnsitz_nachweis": "MELDEBESCHEINIGUNG",
        "erstwohnsitz_geprueft_am": f"{JAHR}-02-01", "wohnsitz_kreisschluessel": KREIS, "zielgruppe": "NICHT_AUSBILDUNGSREIF",
        "altersgruppe": "VON_18_BIS_24", "geschlecht": "WEIBLICH", "eintritt": f"{JAHR}-03-01", **mehr,
    }}  # noqa: E731 # fmt: skip
    ablehnung(gk.ruf("POST", f"{alle}/{ids['M01']}/teilnahmen", person("Erika Mustermann"), erwartet=(400, 422)))
    erste, zweite = (hashlib.sha256(n.encode()).hexdigest() for n in ("Vorführung 1", "Vorführung 2"))
    angelegt = []
    for nr, wer, mehr in (
        ("M01", erste, {}),
        ("M01", zweite, {"geschlecht": "MAENNLICH"}),
        ("M02", erste, {"zielgruppe": "ALLEINERZIEHENDE_FAMILIENSORGE", "eintritt": f"{JAHR}-09-01", "ausbildungskostenzuschuss": False}),
    ):
        t = gk.ruf("POST", f"{alle}/{ids[nr]}/teilnahmen", person(wer, **mehr))
        zeile(f"{nr}: {t['inhalt']['pseudonym'][:12]}… ab {t['inhalt']['eintritt']}, {t['status']}")
        angelegt.append(t)
        zeige_befunde(t.inhalt.get("befunde", []))
    stimmt("AQB-TN-014" in [b["code"] for b in angelegt[2]["befunde"]], "die Überschneidung wird gemeldet")
    ort, t = f"{alle}/{ids['M01']}/teilnahmen", angelegt[0]
    ende = {"austritt": f"{JAHR}-08-31", "austrittsgrund": "VORZEITIG_ERFOLG", "verbleib": "AUSBILDUNG", "abschluss_erreicht": False}
    t = gk.ruf("POST", f"{ort}/{t['id']}/austritt", ende, t["version"])
    zeile(f"Austritt am {t['inhalt']['austritt']['austritt']}: {t['inhalt']['austritt']['verbleib']}")


def belege(gk, nachweis):
    schritt(20, "Belegliste: Vorlage, Probelauf mit einer fehlerhaften Zeile, Übernahme der guten, dann der berichtigten")
    vorlage = gk.ruf("GET", "/belegliste/vorlage.csv").inhalt.decode("utf-8-sig")
    zeile(f"Vorlage mit {len(vorlage.splitlines()[0].split(';'))} Spalten")
    ort = f"{nachweis}/belegimporte"
    datei = lambda falsch: "\r\n".join([KOPF, *(
        f"{nr};{m};HONORARE;ALLGEMEIN;AUSGABE;{'2029-02-30' if falsch and nr == 'R-004' else rechnung};{gezahlt};{wer};{was};{b};{b};{b}"
        for nr, m, rechnung, gezahlt, wer, was, b in BELEGE
    ), ""])  # noqa: E731 # fmt: skip
    probe = gk.ruf("POST", f"{ort}?simulation=true&dateiname=belege.csv", csv=datei(True))
    zeile(f"Probelauf: {probe['zahlen']['neu']} neu, {probe['zahlen']['fehlerhaft']} fehlerhaft, nichts gespeichert")
    for f in probe["fehlerzeilen"]:
        for b in f["befunde"]:
            zeile(f"   {b['adresse']} {b['code']} gefunden {b.get('gefunden')}: {b['text']}")
    stimmt(probe["fehlerzeilen"][0]["befunde"][0]["adresse"] == "F5", "die Adresse der Zelle")
    for falsch, sprueche in ((True, "die guten Zeilen"), (False, "die berichtigte Datei")):
        i = gk.ruf("POST", f"{ort}?dateiname=belege.csv", csv=datei(falsch))
        i = warte(gk, i, "GEPRUEFT")
        i = gk.ruf("POST", f"/belegimporte/{i['id']}/uebernahme", {"nur_vollstaendig": not falsch}, i["version"])
        i = warte(gk, i, "UEBERNOMMEN")
        zeile(f"{i['status']}, {sprueche}: {i['zahlen']['neu']} neu, {i['zahlen']['unveraendert']} unverändert")
    summen = gk.ruf("GET", f"{nachweis}/belegsummen")
    for s in summen["summen"]:
        zeile(f"{s['position']} {s['haushaltsjahr']}: {s['anzahl']} Belege, beantragt {s['beantragt']}")
    stimmt(sum(cent(s["beantragt"]) for s in summen["summen"]) == 5000000, "die Summe der Belege")
    return summen["liste_sha256"]


def warte(person, i, status):
    for _ in range(100):
        if i["status"] == status:
            return i
        time.sleep(0.05)
        i = person.ruf("GET", f"/belegimporte/{i['id']}")
    return stimmt(False, f"der Import wird {status}")


def ausfuellen(n):
    """Actual figures per measure: every line of the server's plan, most of them with nothing spent."""
    massnahmen = []
    for m in n["massnahmen"]:
        ist, mittel = IST.get(m["massnahme_nr"], ("0.00", {}))
        massnahmen.append({
            "massnahme_id": m["massnahme_id"],
            "ausgaben": [{"position": z["position"], "ist": ist, "zuwendungsfaehig": ist} for z in m["ausgaben"]],
            "finanzierung": [{"quelle": z["quelle"], "ist": mittel.get(z["quelle"], "0.00")} for z in m["finanzierung"]],
            "erlaeuterung": "Weniger Plätze als geplant wurden besetzt." if ist != "0.00" else "Die Maßnahme wurde nicht begonnen.",
        })  # fmt: skip
    return {
        "zuwendungszweck": "Vorbereitung auf die Ausbildung", "begonnen_am": f"{JAHR}-02-01", "beendet_am": f"{JAHR}-12-31",
        "gesamt_ausgezahlt": n["grundlage"]["ausgezahlt"], "massnahmen": massnahmen, "rpa_vermerk": {"geprueft": "KEIN_RPA"},
        "bestaetigungen": ["ANBEST_BEACHTET", "NOTWENDIG_WIRTSCHAFTLICH_SPARSAM", "UEBEREINSTIMMUNG_MIT_BUECHERN", "ZWECK_ERREICHT", "KEINE_DOPPELFOERDERUNG"],
        "letztempfaenger": [
            {"weiterleitung_id": w["weiterleitung_id"], "eingegangen_am": HEUTE, "geprueft_von": "Kim Muster", "geprueft_am": HEUTE, "ergebnis": "OHNE_BEANSTANDUNG"}
            for w in n["grundlage"]["weiterleitungen"]
        ],
    }  # fmt: skip


def nachweis_anlegen(gk, antrag):
    schritt(19, "Schlussnachweis begonnen: was der Server weiß, füllt er aus")
    n = gk.ruf("POST", "/verwendungsnachweise", {"antrag_id": antrag, "art": "SCHLUSSNACHWEIS"})
    g = n["grundlage"]
    zeile(f"{n['art']} {n['status']}: bewilligt {g['bewilligt']}, ausgezahlt {g['ausgezahlt']}, {g.get('finanzierungsart')}, {len(g['bescheide'])} Bescheide")
    stimmt(g["ausgezahlt"] == "44000.00", "ausgezahlt")
    for m in n["massnahmen"]:
        zeile(f"{m['massnahme_nr']}: Plan {', '.join(z['position'] + ' ' + z['plan'] for z in m['ausgaben'])}")
    return n


def nachweis_einreichen(gk, gk2, traeger, n, liste, ids):
    ort = f"/verwendungsnachweise/{n['id']}"
    schritt(21, "Nachweis des Trägers, Sachberichte, Zahlen; unterzeichnet von der zweiten Person über beide Prüfsummen")
    n = gk.ruf("GET", ort)
    w = n["grundlage"]["weiterleitungen"][0]["weiterleitung_id"]
    teil = {"weiterleitung_id": w, "ausgaben": [{"position": "HONORARE", "ist": "24000.00", "zuwendungsfaehig": "24000.00"}], "finanzierung": [{"quelle": "LAND_AQB", "ist": "24000.00"}]}
    n = traeger.ruf("POST", f"{ort}/traegernachweise", teil, n["version"])
    zeile(f"Nachweis des Trägers eingegangen am {n['traegernachweise'][0]['eingegangen_am']}")
    version = n["version"]
    for nr, id_ in ids.items():
        lief = nr in IST
        inhalt = {"verlauf": "Die Maßnahme lief von Februar bis Dezember." if lief else "Die Maßnahme wurde nicht begonnen."}
        s = gk.ruf("PUT", f"{ort}/sachberichte/{id_}", inhalt, version)
        version = gk.ruf("GET", ort)["version"]
        zeile(f"Sachbericht {nr}: Fassung {s['fassung']}")
    n = gk.ruf("PATCH", ort, {"inhalt": ausfuellen(gk.ruf("GET", ort))}, version)
    bericht = gk.ruf("GET", f"{ort}/pruefbericht")
    zeile(f"Prüfbericht: einreichbar={bericht['einreichbar']}, {len(bericht['befunde'])} Befunde")
    zeige_befunde(bericht["befunde"])
    unterschrift = {
        "unterzeichner": {"name": "Kim Muster", "funktion": "Erste Kreisbeigeordnete", "vertretungsbefugnis": True},
        "inhalt_sha256": n["inhalt_sha256"], "belegliste_sha256": liste, "bestaetigte_warnungen": bestaetigt(bericht["befunde"]),
    }  # fmt: skip
    ablehnung(gk.ruf("POST", f"{ort}/einreichung", unterschrift, n["version"], erwartet=403))
    ablehnung(gk2.ruf("POST", f"{ort}/einreichung", {**unterschrift, "belegliste_sha256": "0" * 64}, n["version"], erwartet=409))
    n = gk2.ruf("POST", f"{ort}/einreichung", unterschrift, n["version"])
    zeile(f"{n['status']}, unterzeichnet von {n['unterzeichnet_von']} über {n['inhalt_sha256'][:16]}… und {liste[:16]}…")
    return n


def pruefung(rp1, gk, n, ids):
    ort = f"/verwendungsnachweise/{n['id']}"
    schritt(22, "Prüfung: Stichprobe gezogen und nachgezogen, Belege entschieden, eine Feststellung, Schlussrechnung")
    n = rp1.ruf("POST", f"{ort}/pruefung", {}, n["version"])
    frage = {"grundgesamtheit": "BELEGE", "frage": {"startwert": "RPKS-2030-000417", "umfang": 3}, "begruendung": "Vertiefte Prüfung der Hälfte der Belege."}
    s = rp1.ruf("POST", f"{ort}/stichproben", frage)
    noch_einmal = rp1.ruf("GET", f"/stichproben/{s['id']}/nachziehung")
    stimmt(noch_einmal["gleiche_grundgesamtheit"] and noch_einmal["gleiche_treffer"] and noch_einmal["treffer"] == s["treffer"], "die Nachziehung")
    zeile(f"{s['algorithmus']}: {len(s['treffer'])} von {s['anzahl']} gezogen, nachgezogen: dieselben")
    for b in rp1.ruf("GET", f"{ort}/belege?limit=200")["daten"]:
        i = b["inhalt"]
        e = {"anerkannt": i["beantragt"], "pruefgrund": "ANERKANNT"}
        if i["belegnummer"] == "R-004":
            e = {"anerkannt": "0.00", "pruefgrund": "NICHT_ZUWENDUNGSFAEHIG", "bemerkung": "Bewirtung dient nicht dem Zweck."}
        b = rp1.ruf("POST", f"{ort}/belege/{b['id']}/entscheidung", e, b["version"])
        zeile(f"{i['belegnummer']} {i['beantragt']:>10}: anerkannt {b['entscheidung']['anerkannt']:>10} {b['entscheidung']['pruefgrund']}")
    f = rp1.ruf("POST", f"{ort}/feststellungen", {
        "massnahme_id": ids["M01"], "position": "HONORARE", "grund": "BESSERSTELLUNG",
        "text": "Honorare über dem Satz vergleichbarer Kräfte des Landes.", "beanstandet": "1000.00",
    })  # fmt: skip
    teile = {"anerkannt": "200.00", "berichtigt": "0.00", "zurueckgefordert": "800.00", "verzichtet": "0.00"}
    f = rp1.ruf("POST", f"/feststellungen/{f['id']}/verteilung", {**teile, "begruendung": "Für zwei Tage war der höhere Satz üblich."}, f["version"])
    zeile(f"Feststellung {f['status']}: von 1000.00 beanstandet anerkannt 200.00, zurückgefordert 800.00")
    r = rp1.ruf("POST", f"{ort}/schlussrechnungen", {})
    for z in r["ergebnis"]["zeilen"]:
        zeile(f"   {z['bezug']:<7} {z['text_de']:<62.62} {z['ergebnis']:>12}")
    e = r["ergebnis"]
    zeile(f"Zuwendung {e['zuwendung']}, endgültig {e['endgueltig']}, Minderung {e['minderung']}")
    stimmt(cent(e["zuwendung"]) - cent(e["endgueltig"]) == cent(e["minderung"]), "die Schlussrechnung")
    return n


def main():
    gk, gk2, traeger = Person(f"demo-gk-{KREIS}-1"), Person(f"demo-gk-{KREIS}-2"), Person("demo-traeger-2")
    rp1, rp2 = Person("demo-bewilligung-1"), Person("demo-bewilligung-2")
    antrag = gk.ruf("GET", f"/antraege?jahrgang={JAHR}&limit=200")["daten"][0]["id"]
    ids = {m["massnahme_nr"]: m["id"] for m in gk.ruf("GET", f"/antraege/{antrag}/massnahmen")["massnahmen"]}

    teilnahmen(gk, antrag, ids)
    n = nachweis_anlegen(gk, antrag)
    ort = f"/verwendungsnachweise/{n['id']}"
    liste = belege(gk, ort)
    n = nachweis_einreichen(gk, gk2, traeger, n, liste, ids)
    n = pruefung(rp1, gk, n, ids)
    print("\nDie Vorführung ist vollständig durchgelaufen.")


if __name__ == "__main__":
    main()
