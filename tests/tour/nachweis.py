"""The last part of the tour, a year later: participants, receipts, the proof of use, its examination, the final decision,
what is claimed back with interest, and that nothing of the case is left unexplained.

Environment as for tour.py, whose case it goes on with; its server's clock stands in February 2030. SERVER_DATENBANK and AQB
name database and program for the check of everything stored.
"""

import hashlib
import io
import json
import os
import subprocess
import tempfile
import time
import uuid
import zipfile
from fractions import Fraction

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
ABSCHLUSS = {
    "begruendung": "Ein Beleg und Honorare von 800,00 EUR waren nicht zuwendungsfähig; die Ausgaben blieben hinter dem Plan zurück."
}
# The counts stand beside what the participants' records say.
BERICHT = {
    "M01": {
        "kennzahlen": [
            {"merkmal": "EINTRITTE", "gesamt": 2, "weiblich": 1, "maennlich": 1, "divers": 0, "unter_25": 2, "migrationshintergrund": 0},
            {"merkmal": "AUSTRITTE_VORZEITIG", "gesamt": 1, "weiblich": 1, "maennlich": 0, "divers": 0, "unter_25": 1, "migrationshintergrund": 0},
        ],
        "zielerreichung": [{"ziel_nr": 1, "istwert": 1}],
    }
}  # fmt: skip
# Examples: nobody knows these rates.
BASISZINS = {"2029-01-01": "1.52", "2029-07-01": "1.27", "2030-01-01": "1.77"}
GRUENDE = {"AQB-VN-013": "Alle Maßnahmen endeten am 31.12.2029; weitere Ausgaben entstehen nicht."}


def bestaetigt(befunde):
    """Every warning with the reason to go on all the same."""
    warnungen = sorted({b["code"] for b in befunde if b["schwere"] == "WARNUNG"})
    stimmt(set(warnungen) <= set(GRUENDE), f"nur diese Warnungen: {', '.join(GRUENDE)}")
    for code in warnungen:
        zeile(f"   bestätigt: {code}, {GRUENDE[code]}")
    return [{"code": code, "begruendung": GRUENDE[code]} for code in warnungen]


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


def belege(gk, nachweis, ids):
    schritt(20, "Belegliste: Vorlage, Probelauf mit einer fehlerhaften Zeile, Übernahme der guten, dann der berichtigten")
    vorlage = gk.ruf("GET", "/belegliste/vorlage/csv").inhalt.decode("utf-8-sig")
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
    nummern = {id_: nr for nr, id_ in ids.items()}
    for s in summen["summen"]:
        zeile(f"{nummern[s['massnahme_id']]} {s['position']} {s['haushaltsjahr']}: {s['anzahl']} Belege, beantragt {s['beantragt']}")
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
    weitergeleitet = traeger.ruf("GET", f"/weiterleitungen/{w}")
    weitergeleitet = traeger.ruf("POST", f"/weiterleitungen/{w}/verwendungen", {"am": f"{JAHR}-12-31", "betrag": "15000.00"}, weitergeleitet["version"])
    s = traeger.ruf("GET", f"/weiterleitungen/{w}/stand")
    zeile(f"Weiterleitung: ausgezahlt {s['ausgezahlt']}, verwendet {s['verwendet']}, Bestand {s['bestand']}")
    teil = {"weiterleitung_id": w, "ausgaben": [{"position": "HONORARE", "ist": "24000.00", "zuwendungsfaehig": "24000.00"}], "finanzierung": [{"quelle": "LAND_AQB", "ist": "24000.00"}]}
    n = traeger.ruf("POST", f"{ort}/traegernachweise", teil, n["version"])
    zeile(f"Nachweis des Trägers eingegangen am {n['traegernachweise'][0]['eingegangen_am']}")
    version = n["version"]
    for nr, id_ in ids.items():
        inhalt = {"verlauf": "Die Maßnahme lief von Februar bis Dezember." if nr in IST else "Die Maßnahme wurde nicht begonnen."}
        s = gk.ruf("PUT", f"{ort}/sachberichte/{id_}", {**inhalt, **BERICHT.get(nr, {})}, version)
        version = gk.ruf("GET", ort)["version"]
        zeile(f"Sachbericht {nr}: Fassung {s['fassung']}, SHA-256 {s['sha256'][:16]}…")
        for z in s["ziele"]:
            zeile(f"   Ziel {z['ziel_nr']} {z['indikator']}: {z.get('istwert', '–')} von {z['zielwert']} {z['einheit']}")
        for k in s["kennzahlen"]:
            gesamt = [k[seite]["gesamt"] for seite in ("angegeben", "ermittelt")]
            zeile(f"   {k['angegeben']['merkmal']}: angegeben {gesamt[0]}, aus den Teilnahmen {gesamt[1]}")
            stimmt(k["stimmt_ueberein"], "die Kennzahlen")
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


def pruefung(rp1, n, ids):
    ort = f"/verwendungsnachweise/{n['id']}"
    schritt(22, "Prüfung: eine Auflage erledigt, Stichprobe gezogen und nachgezogen, Belege entschieden, eine Feststellung, Schlussrechnung")
    for f in rp1.ruf("GET", f"/fristen?antrag_id={n['antrag_id']}&art=AUFLAGE")["daten"]:
        zeile(f"Auflage {f['bezug']} bis {f['faellig_am']}: {f['zustand']}")
        f = rp1.ruf("POST", f"/fristen/{f['id']}/erledigung", {"grund": "Der Zwischenbericht lag rechtzeitig auf Papier vor.", "am": f"{JAHR}-09-28"}, f["version"])
        zeile(f"   am {f['abschluss']['am']} erfüllt: {f['zustand']}, {f['abschluss']['grund']}")
    n = rp1.ruf("POST", f"{ort}/pruefung", {}, n["version"])
    frage = {"grundgesamtheit": "BELEGE", "frage": {"startwert": "RPKS-2030-000417", "umfang": 3}, "begruendung": "Vertiefte Prüfung der Hälfte der Belege."}
    s = rp1.ruf("POST", f"{ort}/stichproben", frage)
    noch_einmal = rp1.ruf("GET", f"/stichproben/{s['id']}/nachziehung")
    stimmt(noch_einmal["gleiche_grundgesamtheit"] and noch_einmal["gleiche_treffer"] and noch_einmal["treffer"] == s["treffer"], "die Nachziehung")
    liste = rp1.ruf("GET", f"{ort}/belege?limit=200")["daten"]
    gezogen = {z["schluessel"] for z in s["treffer"]}
    nummern = sorted(b["inhalt"]["belegnummer"] for b in liste if b["id"] in gezogen)
    zeile(f"{s['algorithmus']}: {', '.join(nummern)} von {s['anzahl']} gezogen, nachgezogen: dieselben")
    for b in liste:
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
    e = r["ergebnis"]
    for z in (z for z in e["zeilen"] if z["bezug"] in {*IST, "GESAMT"}):
        zeile(f"   {z['bezug']:<6} {z['ergebnis']:>12}  {z['text_de']}")
    zeile(f"Zuwendung {e['zuwendung']}, endgültig {e['endgueltig']}, Minderung {e['minderung']}")
    stimmt(cent(e["zuwendung"]) - cent(e["endgueltig"]) == cent(e["minderung"]), "die Schlussrechnung")
    return e


def anhoerung(rp1, gk, n, ergebnis):
    schritt(23, "Ohne Anhörung verlangt die Rückforderung eine Begründung; also Anhörung, und der Kreis antwortet")
    ort = f"/verwendungsnachweise/{n['id']}"
    ablehnung(rp1.ruf("POST", f"{ort}/abschluss?simulation=true", ABSCHLUSS, rp1.ruf("GET", ort)["version"], erwartet=422))
    zurueck = (cent(n["grundlage"]["ausgezahlt"]) - cent(ergebnis["endgueltig"])) / 100
    a = rp1.ruf("POST", "/anhoerungen", {"antrag_id": n["antrag_id"], "inhalt": {
        "gegenstand": "SCHLUSSBESCHEID", "frist_bis": "2030-02-28",
        "text": f"Nach der Prüfung verbleiben {ergebnis['endgueltig']} EUR; {zurueck:.2f} EUR wären zu erstatten.",
    }})  # fmt: skip
    zeile(f"{a['status']}: {a['inhalt']['text']}")
    ort = f"/anhoerungen/{a['id']}"
    a = gk.ruf("POST", f"{ort}/stellungnahme", {"text": "Gegen die Kürzung wird nichts eingewandt."}, a["version"])
    zeile(f"{a['status']} von {a['stellungnahmen'][0]['person']}: {a['stellungnahmen'][0]['text']}")
    a = rp1.ruf("POST", f"{ort}/abschluss", {"grund": "Der Kreis hat sich geäußert."}, a["version"])
    zeile(a["status"])


def schlussbescheid(rp1, rp2, gk, n):
    schritt(24, "Schlussbescheid: probeweise, entworfen, von der zweiten Person erlassen, bekannt gegeben, bestandskräftig")
    ort = f"/verwendungsnachweise/{n['id']}"
    version = rp1.ruf("GET", ort)["version"]
    probe = rp1.ruf("POST", f"{ort}/abschluss?simulation=true", ABSCHLUSS, version)
    zeile(f"probeweise: bewilligt bliebe {probe['bewilligt']}; der Nachweis ist weiter {rp1.ruf('GET', ort)['status']}")
    b = rp1.ruf("POST", f"{ort}/abschluss", ABSCHLUSS, version)
    ort_b = f"/bescheide/{b['id']}"
    ablehnung(rp1.ruf("POST", f"{ort_b}/freigabe", {}, b["version"], erwartet=403))
    probe = rp2.ruf("POST", f"{ort_b}/freigabe?simulation=true", {}, b["version"])
    for z in probe["simulation"]["buchungen"]:
        zeile(f"   {z['grund']:<16} {z['konto']:<16} {z['teilbudget']} {z['haushaltsjahr']} {z['betrag']:>12}")
    b = rp2.ruf("POST", f"{ort_b}/freigabe", {}, b["version"])
    e = b["inhalt"]["schluss"]["erstattung"]
    zeile(f"Schlussbescheid {b['status']}, Glied {b['inhalt']['kettenglied']} der Kette: bewilligt {b['bewilligt']}, Erstattung {e['betrag']} fällig am {e['faellig_am']}")
    stimmt((b["bewilligt"], e["betrag"]) == ("27200.00", "16800.00"), "Schlussbescheid und Erstattung")
    b = rp1.ruf("POST", f"{ort_b}/bekanntgabe", {"weg": "PERSOENLICH", "zugang_am": HEUTE}, b["version"])
    b = gk.ruf("POST", f"{ort_b}/rechtsbehelfsverzicht", {"am": HEUTE}, b["version"])
    zeile(f"bekannt am {b['bekannt_am']}, nach dem Verzicht bestandskräftig ab {b['bestandskraft_am']}; Nachweis {rp1.ruf('GET', ort)['status']}")


def basiszinssaetze():
    """Rates of half-years that are announced by then: two persons of the ministry put them into force."""
    min1, min2 = Person("demo-ministerium-1"), Person("demo-ministerium-2")
    for jahr in range(2027, 2031):
        for monat in ("01", "07"):
            ab = f"{jahr}-{monat}-01"
            if ab > HEUTE:
                continue
            s = min1.ruf("POST", "/basiszinssaetze", {"gueltig_ab": ab, "prozent": BASISZINS.get(ab, "1.52"), "fundstelle": "Beispiel der Vorführung"})
            s = min2.ruf("POST", f"/basiszinssaetze/{s['id']}/freigabe", {}, s["version"])
    zeile(f"Basiszinssätze bis {s['gueltig_ab']} von zwei Personen des Ministeriums freigegeben")


def forderung(rp1, rp2, gk, antrag):
    schritt(25, "Forderung, Zinsen nach Tagen, Zahlung, Zinsbescheid")
    f = gk.ruf("GET", f"/forderungen?antrag_id={antrag}")["daten"][0]
    ort = f"/forderungen/{f['id']}"
    zeile(f"{f['aktenzeichen']} {f['art']} {f['status']}: {f['betrag']} EUR, fällig am {f['faellig_am']}")
    ablehnung(gk.ruf("GET", f"{ort}/zinsen?bis={HEUTE}", erwartet=422))
    basiszinssaetze()
    z = gk.ruf("GET", f"{ort}/zinsen?bis={HEUTE}")
    for a in z["abschnitte"]:
        zeile(f"   {a['formel']}")
    zeile(f"Zinsen bis {z['bis']}: {z['zinsen']} EUR")
    stimmt(z["zinsen"] == nachgerechnet(z["abschnitte"]), "die Zinsen")
    schluessel = str(uuid.uuid4())
    eingang = {"betrag": f["offen"], "wertstellung_am": HEUTE, "referenz": "Kontoauszug 22, Umsatz 7"}
    zu_viel = {**eingang, "betrag": f"{(cent(f['offen']) + 1) / 100:.2f}"}
    ablehnung(rp1.ruf("POST", f"{ort}/zahlungseingaenge", zu_viel, f["version"], erwartet=422))
    gezahlt = rp1.ruf("POST", f"{ort}/zahlungseingaenge", eingang, f["version"], schluessel=schluessel)
    noch_einmal = rp1.ruf("POST", f"{ort}/zahlungseingaenge", eingang, f["version"], schluessel=schluessel)
    zeile(f"Zahlung {eingang['betrag']}: {gezahlt['status']}, offen {gezahlt['offen']}; Doppelklick: {noch_einmal.kopf['Idempotent-Replayed']}")
    stimmt((gezahlt["offen"], noch_einmal["version"]) == ("0.00", gezahlt["version"]), "die Zahlung zählt einmal")
    b = rp1.ruf("POST", f"{ort}/zinsbescheid", {
        "bis": HEUTE, "verzoegerung_behoerde_tage": 0,
        "ermessen_begruendung": "Die Mittel lagen ein Jahr ohne Verwendung beim Kreis; Gründe für einen Verzicht sind nicht vorgetragen.",
        "bestaetigte_warnungen": [{"code": "AQB-PR-003", "begruendung": "Der Kreis hat sich in der Anhörung zum Schlussbescheid auch zu den Zinsen geäußert."}],
    }, gezahlt["version"])  # fmt: skip
    ort_b = f"/bescheide/{b['id']}"
    b = rp2.ruf("POST", f"{ort_b}/freigabe", {}, b["version"])
    b = rp1.ruf("POST", f"{ort_b}/bekanntgabe", {"weg": "PERSOENLICH", "zugang_am": HEUTE}, b["version"])
    b = gk.ruf("POST", f"{ort_b}/rechtsbehelfsverzicht", {"am": HEUTE}, b["version"])
    zeile(f"Zinsbescheid {b['status']}, Glied {b['inhalt']['kettenglied']} der Kette: {b['inhalt']['zins']['festgesetzt']} EUR")
    zf = gk.ruf("GET", f"/forderungen?antrag_id={antrag}&art=ERSTATTUNGSZINS")["daten"][0]
    stimmt(zf["betrag"] == z["zinsen"], "die Zinsforderung")
    zf = rp1.ruf("POST", f"/forderungen/{zf['id']}/zahlungseingaenge", {**eingang, "betrag": zf["offen"]}, zf["version"])
    zeile(f"{zf['aktenzeichen']} {zf['art']} {zf['status']}: {zf['betrag']} EUR")


def nachgerechnet(abschnitte):
    """The interest once more, from the printed pieces alone."""
    exakt = Fraction(0)
    for a in abschnitte:
        kapital, rest = a["formel"].split(" × ", 1)
        satz, bruch = rest.split(" % × ")
        tage, nenner = bruch.split(" / ")
        exakt += Fraction(kapital) * Fraction(satz) / 100 * Fraction(int(tage), int(nenner))
    in_cent = int(exakt * 100 + Fraction(1, 2))
    return f"{in_cent // 100}.{in_cent % 100:02}"


def abschluss(gk, antrag):
    schritt(26, "Weiterleitung beendet, Jahrgang geschlossen; nichts bleibt ungeklärt, Abgleich, Prüfung alles Gespeicherten")
    w = gk.ruf("GET", f"/weiterleitungen?antrag_id={antrag}")["daten"][0]
    w = gk.ruf("POST", f"/weiterleitungen/{w['id']}/beendigung", {"grund": "Der Nachweis liegt vor und ist geprüft."}, w["version"])
    a = gk.ruf("GET", f"/antraege/{antrag}/abschluss")
    zeile(f"Weiterleitung {w['status']}; im Fall noch frei: {a['verfuegbar']} EUR")
    min1 = Person("demo-ministerium-1")
    j = min1.ruf("GET", f"/jahrgaenge/{JAHR}")
    j = min1.ruf("POST", f"/jahrgaenge/{JAHR}/abschluss", {}, j["version"])
    zeile(f"Jahrgang {JAHR} {j['status']}: was frei war, fällt an das Programm zurück")
    a = gk.ruf("GET", f"/antraege/{antrag}/abschluss")
    for z in a["zeilen"]:
        zeile(f"   {z.get('massnahme_nr', '–'):<4} {z['haushaltsjahr']} {z['konto']:<18} {z['saldo']:>12} aus {len(z['bewegungen'])} Buchungen, {'geklärt' if z['geklaert'] else 'offen'}")
        stimmt(sum(cent(b["betrag"]) for b in z["bewegungen"]) == cent(z["saldo"]), "die Bewegungen ergeben den Saldo")
    for f in a["fristen"]:
        zeile(f"   Frist {f['art']} {f['faellig_am']}")
    zeile(f"verfügbar {a['verfuegbar']}, abrufbar {a['abrufbar']}, offene Forderungen {len(a['forderungen'])}, abgeschlossen: {'ja' if a['abgeschlossen'] else 'nein'}")
    stimmt((a["verfuegbar"], a["abrufbar"], a["forderungen"], a["fristen"]) == ("0.00", "0.00", [], []), "nichts ist offen")
    stimmt(a["abgeschlossen"] and all(z["geklaert"] for z in a["zeilen"]), "der Fall ist geklärt")
    for f in gk.ruf("GET", f"/fristen?antrag_id={antrag}&limit=200")["daten"]:
        zeile(f"{f['faellig_am']} {f['art']:<28} {f['zustand']}")
    for z in gk.ruf("GET", f"/berichte/abgleich?jahrgang={JAHR}&limit=200")["daten"]:
        zeile(f"{z['massnahme_nr']}: Bescheid {z['bewilligt']}, gebunden {z['buch']['gebunden']}, gezahlt {z['buch']['ausgezahlt']}, erstattet {z['buch']['erstattet']}; Abweichung: {'ja' if z['abweichend'] else 'keine'}")
        stimmt(not z["abweichend"], "der Abgleich")
    zeilen = gk.ruf("GET", f"/berichte/abgleich/nachweise?jahrgang={JAHR}&limit=200")["daten"]
    for z in zeilen:
        belege_, n, s = z["belege"], z["nachweis"], z["schlussrechnung"]
        zeile(f"{z['massnahme_nr']}: Nachweis {z['lage']}; {belege_['anzahl']} Belege, beantragt {belege_['beantragt']}, anerkannt {belege_['anerkannt']}; nachgewiesen {n['zuwendungsfaehig']}, anerkannte Ausgaben {s['anerkannt']}, Zuwendung {s['endgueltig']}, Erstattung {s['erstattung']}")
        zeile(f"   {len(z['vergleiche'])} Vergleiche, Abweichungen: {', '.join(z['abweichungen']) or 'keine'}")
        stimmt(z["lage"] == "ABGESCHLOSSEN" and len(z["vergleiche"]) >= 6 and not z["abweichungen"], f"der Abgleich der Nachweise: {z['vergleiche']}")
    stimmt({z["massnahme_nr"] for z in zeilen} >= set(IST), "jede Maßnahme mit Geld steht im Abgleich der Nachweise")
    b = gk.ruf("GET", f"/budgets/{JAHR}/{KREIS}")["gesamt"]
    zeile(f"Budget: gebunden {b['gebunden']}, ausgezahlt {b['ausgezahlt']}, erstattet {b['erstattet']}, verfügbar {b['verfuegbar']}")
    umgebung = {**{n: w for n, w in os.environ.items() if not n.startswith("AQB_")}, "DATABASE_URL": os.environ["SERVER_DATENBANK"]}
    lauf = subprocess.run([os.environ["AQB"], "pruefe"], env=umgebung, capture_output=True, text=True, timeout=120)
    for z in lauf.stdout.splitlines()[-3:]:
        zeile(z)
    stimmt(lauf.returncode == 0, f"aqb pruefe: {lauf.stdout}{lauf.stderr}")


def akte(antrag):
    """The whole case in one archive, checked by the program and, for the files, without it."""
    schritt(27, "Die ganze Akte in einem Archiv, nachgeprüft ohne den Server")
    roh = Person("demo-pruefung").ruf("GET", f"/akten/{antrag}").inhalt
    with zipfile.ZipFile(io.BytesIO(roh)) as z:
        summen = [s.split("  ", 1) for s in z.read("SHA256SUMS").decode().splitlines()]
        stimmt(all(hashlib.sha256(z.read(name)).hexdigest() == summe for summe, name in summen), "SHA256SUMS")
        m = json.loads(z.read("manifest.json"))
        stimmt(m["dateien"] and all(d["eintraege"] == len(json.loads(z.read(d["name"]))) for d in m["dateien"]), "die Einträge")
    umgebung = {n: w for n, w in os.environ.items() if not n.startswith("AQB_")}
    with tempfile.TemporaryDirectory() as ordner:
        pfad = os.path.join(ordner, "akte.zip")
        with open(pfad, "wb") as f:
            f.write(roh)
        lauf = subprocess.run([os.environ["AQB"], "akte", pfad], env=umgebung, capture_output=True, text=True, timeout=120)
    stimmt(lauf.returncode == 0, f"aqb akte: {lauf.stdout}{lauf.stderr}")
    zeile(f"{m['aktenzeichen']}: {len(m['dateien'])} Dateien mit {sum(d['eintraege'] for d in m['dateien'])} Einträgen in {len(roh)} Bytes; aqb akte: {lauf.stdout.split(':')[0]}")


def main():
    gk, gk2, traeger = Person(f"demo-gk-{KREIS}-1"), Person(f"demo-gk-{KREIS}-2"), Person("demo-traeger-2")
    rp1, rp2 = Person("demo-bewilligung-1"), Person("demo-bewilligung-2")
    antrag = gk.ruf("GET", f"/antraege?jahrgang={JAHR}&limit=200")["daten"][0]["id"]
    ids = {m["massnahme_nr"]: m["id"] for m in gk.ruf("GET", f"/antraege/{antrag}/massnahmen")["massnahmen"]}

    teilnahmen(gk, antrag, ids)
    n = nachweis_anlegen(gk, antrag)
    ort = f"/verwendungsnachweise/{n['id']}"
    liste = belege(gk, ort, ids)
    n = nachweis_einreichen(gk, gk2, traeger, n, liste, ids)
    ergebnis = pruefung(rp1, n, ids)
    anhoerung(rp1, gk, n, ergebnis)
    schlussbescheid(rp1, rp2, gk, n)
    forderung(rp1, rp2, gk, antrag)
    abschluss(gk, antrag)
    akte(antrag)
    print("\nDie Vorführung ist vollständig durchgelaufen.")


if __name__ == "__main__":
    main()
