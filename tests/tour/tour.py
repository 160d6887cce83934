"""Drives one case from the state's budget to the money passed on and prints every step with its figures.

Environment: SERVER (http://127.0.0.1:PORT) and API (SERVER/v1) of a server with demo data whose clock stands in
February 2029. Every answer is checked; the first unexpected one ends the tour with its explanation.
"""

import uuid

from geld import abrufe, aenderung, fristen_und_abgleich, weiterleitung, zahlung
from hilfe import Person, ablehnung, schritt, zeile

JAHR, KREIS, TRAEGER = 2029, "06436", "019a0000-0000-7000-8000-0000000000a2"


def massnahme(titel, details, ausgaben, land, form="WEITERLEITUNG", **mehr):
    eigen = f"{(int(ausgaben.replace('.', '')) - int(land.replace('.', ''))) / 100:.2f}"
    plan = {
        "einzelansaetze": [{"position": mehr.pop("position", "HONORARE"), "haushaltsjahr": JAHR, "betrag": ausgaben}],
        "finanzierung": [{"quelle": "LAND_AQB", "haushaltsjahr": JAHR, "betrag": land}],
    }
    if eigen != "0.00":
        plan["finanzierung"].append({"quelle": "EIGENMITTEL_GK", "haushaltsjahr": JAHR, "betrag": eigen})
    return {
        "titel": titel, "kurzbeschreibung": f"{titel} im Main-Taunus-Kreis.", "teilbudget": "ALLGEMEIN",
        "traeger_id": TRAEGER, "durchfuehrungsform": form, "beginn": f"{JAHR}-02-01", "ende": f"{JAHR}-12-31",
        "durchfuehrungsorte": [{"plz": "65719", "ort": "Hofheim am Taunus", "kreisschluessel": KREIS}],
        "personal": [], "finanzierungsplan": plan, "details": details, **mehr,
    }  # fmt: skip


def detailplan(m):
    ausgaben = m["finanzierungsplan"]["einzelansaetze"][0]["betrag"]
    mittel = {f["quelle"]: f["betrag"] for f in m["finanzierungsplan"]["finanzierung"]}
    quartale = [("02-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")]
    teile = {}
    for name, betrag in (("ausgaben", ausgaben), ("land_aqb", mittel["LAND_AQB"]), ("kofinanzierung", mittel.get("EIGENMITTEL_GK", "0.00"))):
        cent = int(betrag.replace(".", ""))
        basis, rest = divmod(cent, 4)
        teile[name] = [basis + (1 if i < rest else 0) for i in range(4)]
    return {
        "perioden": [
            {
                "von": f"{JAHR}-{von}", "bis": f"{JAHR}-{bis}", "raster": "QUARTAL", "plaetze": m["details"].get("plaetze", 0),
                "eintritte": 0, "austritte": 0, **{n: f"{t[i] // 100}.{t[i] % 100:02}" for n, t in teile.items()},
            }
            for i, (von, bis) in enumerate(quartale)
        ]
    }  # fmt: skip


def main():
    min1, min2 = Person("demo-ministerium-1"), Person("demo-ministerium-2")
    rp1, rp2 = Person("demo-bewilligung-1"), Person("demo-bewilligung-2")
    gk = Person(f"demo-gk-{KREIS}-1")

    schritt(1, "Stammdaten: Gebietskörperschaften am Stichtag")
    for tag in ("2025-12-31", "2026-01-01"):
        anzahl = len(gk.ruf("GET", f"/gebietskoerperschaften?stichtag={tag}&limit=200")["daten"])
        zeile(f"{tag}: {anzahl}")
    hanau = Person("demo-gk-06415-1").ruf("POST", "/antraege", {"jahrgang": 2025, "kreisschluessel": "06415"}, erwartet=422)
    ablehnung(hanau)

    schritt(2, f"Programm: Regelwerk HE-{JAHR} mit einer Obergrenze, Jahrgang {JAHR}")
    grenze = {
        "schluessel": "obergrenze_je_platz.ausbildungsvorbereitung", "art": "BETRAG", "wert": "5000.00",
        "gueltig_ab": "2011-01-01", "fundstelle": "Beispiel der Vorführung", "einstufung": "ANNAHME",
    }  # fmt: skip
    regelwerk = min1.ruf("POST", "/regelwerke", {
        "version": f"HE-{JAHR}", "bezeichnung": f"Regelwerk {JAHR} der Vorführung", "gueltig_ab": "2026-01-01",
        "vorlage": "HE-ALT", "parameter": [grenze],
    })  # fmt: skip
    ablehnung(min1.ruf("POST", f"/regelwerke/HE-{JAHR}/veroeffentlichung", {}, regelwerk["fassung"], erwartet=403))
    min2.ruf("POST", f"/regelwerke/HE-{JAHR}/veroeffentlichung", {}, regelwerk["fassung"])
    unterschiede = gk.ruf("GET", f"/regelwerke/HE-{JAHR}/vergleich/HE-ALT").inhalt
    zeile(f"veröffentlicht von zwei Personen; Unterschiede zu HE-ALT: {len(unterschiede['unterschiede'])}")
    jahrgang = min1.ruf("POST", "/jahrgaenge", {
        "jahrgang": JAHR, "regelwerk": f"HE-{JAHR}",
        "ansaetze": [{"teilbudget": "ALLGEMEIN", "haushaltsjahr": JAHR, "betrag": "300000.00"}],
    })  # fmt: skip
    min1.ruf("POST", f"/jahrgaenge/{JAHR}/oeffnung", {}, jahrgang["version"])
    zeile("Jahrgang offen, Ansatz 300000.00 EUR gebucht")

    schritt(3, "Budget: Zuteilung, und eine, die der Ansatz nicht deckt")
    teil = lambda kreis, betrag: {
        "kreisschluessel": kreis, "grundlage": "Vorführung",
        "positionen": [{"teilbudget": "ALLGEMEIN", "haushaltsjahr": JAHR, "betrag": betrag}],
    }  # noqa: E731 # fmt: skip
    ablehnung(min1.ruf("POST", f"/jahrgaenge/{JAHR}/zuteilungen", teil(KREIS, "300000.03"), erwartet=409))
    min1.ruf("POST", f"/jahrgaenge/{JAHR}/zuteilungen", teil(KREIS, "200000.00"))
    min1.ruf("POST", f"/jahrgaenge/{JAHR}/zuteilungen", teil("06434", "50000.00"))
    umverteilung = min1.ruf("POST", f"/jahrgaenge/{JAHR}/umverteilungen", {
        "von": {"kreisschluessel": "06434", "teilbudget": "ALLGEMEIN", "haushaltsjahr": JAHR},
        "nach": {"kreisschluessel": KREIS, "teilbudget": "ALLGEMEIN", "haushaltsjahr": JAHR},
        "betrag": "10000.00", "grund": "Minderbedarf im Hochtaunuskreis",
    })  # fmt: skip
    pfad = f"/jahrgaenge/{JAHR}/umverteilungen/{umverteilung['id']}/freigabe"
    min2.ruf("POST", pfad, {}, umverteilung["version"])
    zeige_budget(gk)

    schritt(4, "Strategie und Zielvereinbarung")
    strategie = gk.ruf("POST", "/strategien", {"kreisschluessel": KREIS, "inhalt": {
        "titel": "Ausbildungs- und Arbeitsmarktstrategie", "beschlussdatum": "2026-10-01", "gueltig_von": "2029-01-01",
        "gueltig_bis": "2033-12-31", "zusammenfassung": "Übergang Schule–Beruf.",
    }})  # fmt: skip
    gk.ruf("POST", f"/strategien/{strategie['id']}/einreichung", {}, strategie["version"])
    vereinbarung = gk.ruf("POST", "/zielvereinbarungen", {"jahrgang": JAHR, "kreisschluessel": KREIS, "inhalt": {
        "strategie_id": strategie["id"],
        "budget_positionen": [{"teilbudget": "ALLGEMEIN", "haushaltsjahr": JAHR, "betrag": "210000.00"}],
        "ziele": [{"massnahmeart": "AUSBILDUNGSVORBEREITUNG", "zielgruppe": "NICHT_AUSBILDUNGSREIF", "plaetze_geplant": 20,
                   "teilnehmende_geplant": 30, "indikator": "Übergänge in Ausbildung", "zielwert": 12, "einheit": "Personen"}],
        "querschnittsziele": {"gleichstellung": "Die Hälfte der Plätze für Frauen.", "inklusion": "Barrierefrei."},
    }})  # fmt: skip
    ort = f"/zielvereinbarungen/{vereinbarung['id']}"
    stand = gk.ruf("POST", f"{ort}/abstimmung", {}, vereinbarung["version"])
    for person, name in ((gk, "Erste Kreisbeigeordnete"), (min1, "Referatsleitung")):
        stand = person.ruf("POST", f"{ort}/unterzeichnung", {"durch": name, "dokument_sha256": stand["dokument_sha256"]}, stand["version"])
    zeile(f"Zielvereinbarung {stand['status']}")

    schritt(5, "Antrag: Entwurf, Maßnahmen aller vier Arten, Detailplanung")
    antrag = gk.ruf("POST", "/antraege", {"jahrgang": JAHR, "kreisschluessel": KREIS, "inhalt": {
        "antragsteller": {"organisationseinheit": "Amt für Arbeit", "anschrift": {"strasse": "Am Kreishaus 1", "plz": "65719", "ort": "Hofheim am Taunus"},
                          "ansprechperson": {"name": "Alex Beispiel", "email": "alex@example.org", "telefon": "+49 6192 201-0"}},
        "bankverbindung": {"iban": "DE02500105170137075031", "kontoinhaber": "Main-Taunus-Kreis", "kassenzeichen": "AQB-29"},
        "zielvereinbarung_id": vereinbarung["id"],
        "bewilligungszeitraum": {"von": f"{JAHR}-01-01", "bis": f"{JAHR + 1}-12-31"},
        "vorzeitiger_massnahmebeginn": {"beantragt": False}, "vorsteuerabzug": "NEIN", "andere_oeffentliche_mittel": [],
        "erklaerungen": ["angaben_richtig", "datenschutz", "gesamtfinanzierung_gesichert", "massnahme_nicht_vor_1_1_begonnen", "traegerauswahl_dokumentiert"],
        "unterzeichner": {"name": "Kim Muster", "funktion": "Erste Kreisbeigeordnete", "vertretungsbefugt": True},
    }})  # fmt: skip
    ort = f"/antraege/{antrag['id']}"
    teilnahme = {"teilnehmende_geplant": 20, "davon_weiblich_geplant": 10, "stundenumfang_woche": 30, "dauer_monate": 10}
    massnahmen = {
        "M01": massnahme("Startklar", {"massnahmeart": "AUSBILDUNGSVORBEREITUNG", "zielgruppen": ["NICHT_AUSBILDUNGSREIF"], "plaetze": 12, "gesundheitsfoerderung": True, **teilnahme}, "70000.00", "60000.01"),
        "M02": massnahme("Ausbildung in Teilzeit", {"massnahmeart": "AUSBILDUNG_UND_COACHING", "zielgruppen": ["ALLEINERZIEHENDE_FAMILIENSORGE"], "plaetze": 8, "ausbildungsberuf": {"kldb2010": "71402", "bezeichnung": "Kauffrau für Büromanagement"}, "teilzeit": True, "coaching": True, **teilnahme}, "80000.00", "70000.00"),
        "M03": massnahme("Lager und Logistik", {"massnahmeart": "QUALIFIZIERUNGSPROJEKT", "zielgruppen": ["LANGZEITARBEITSLOS"], "plaetze": 15, **teilnahme}, "70000.00", "60000.00"),
        "M04": massnahme("Fortschreibung der Strategie", {"massnahmeart": "WEITERBILDUNG_UND_WISSENSCHAFT", "unterart": "WISSENSCHAFT", "thema": "Arbeitsmarktstrategie"}, "18000.00", "18000.00", "AUFTRAG",
                         position="WISSENSCHAFTLICHE_BEGLEITUNG", vergabe={"verfahrensart": "VERHANDLUNGSVERGABE", "auftragswert_netto": "18000.00", "dokumentiert": True}),
    }  # fmt: skip
    ids, version = {}, antrag["version"]
    for nr, inhalt in massnahmen.items():
        m = gk.ruf("POST", f"{ort}/massnahmen", {"massnahme_nr": nr, "inhalt": inhalt})
        ids[nr] = m["id"]
        version = gk.ruf("PUT", f"{ort}/massnahmen/{m['id']}/detailplanung", detailplan(inhalt), m["version"])["version"]
    bericht = gk.ruf("GET", f"{ort}/pruefbericht")
    zeile(f"Prüfbericht: einreichbar={bericht['einreichbar']}, {len(bericht['befunde'])} Befunde")
    for b in bericht["befunde"]:
        zeile(f"   {b['code']} {b['text']}")

    schritt(6, "Berichtigen: IBAN und Obergrenze, dann probeweise und wirklich einreichen")
    bank = {"iban": "DE02500105170137075030", "kontoinhaber": "Main-Taunus-Kreis", "kassenzeichen": "AQB-29"}
    version = gk.ruf("PATCH", ort, {"inhalt": {"bankverbindung": bank}}, version)["version"]
    m01 = massnahme("Startklar", massnahmen["M01"]["details"], "70000.00", "60000.00")
    version = gk.ruf("PATCH", f"{ort}/massnahmen/{ids['M01']}", {"inhalt": m01}, version)["version"]
    version = gk.ruf("PUT", f"{ort}/massnahmen/{ids['M01']}/detailplanung", detailplan(m01), version)["version"]
    probe = gk.ruf("POST", f"{ort}/einreichung?simulation=true", {}, version)
    zeile(f"simuliert: {probe['status']} {probe['aktenzeichen']}; Ereignisse {probe['simulation']['ereignisse']}")
    schluessel = str(uuid.uuid4())
    eingereicht = gk.ruf("POST", f"{ort}/einreichung", {}, version, schluessel=schluessel)
    noch_einmal = gk.ruf("POST", f"{ort}/einreichung", {}, version, schluessel=schluessel)
    zeile(f"{eingereicht['status']} {eingereicht['aktenzeichen']}, Zuwendung {eingereicht['beantragte_zuwendung']} EUR; Doppelklick: {noch_einmal.kopf['Idempotent-Replayed']}")
    quittung = gk.ruf("GET", f"{ort}/eingangsbestaetigung")
    zeile(f"Eingang {quittung['eingegangen_am']}, SHA-256 {quittung['sha256'][:16]}…")

    schritt(7, "Prüfung, Nachforderung, Antwort")
    stand = rp1.ruf("POST", f"{ort}/pruefung", {}, eingereicht["version"])
    posten = [{"feld": "/bankverbindung", "grund": "UNKLAR", "text": "Bitte das Kassenzeichen bestätigen."}]
    stand = rp1.ruf("POST", f"{ort}/nachforderung", {"posten": posten, "frist": "2029-02-20"}, stand["version"])
    ablehnung(gk.ruf("PATCH", ort, {"inhalt": {"vorsteuerabzug": "JA"}}, stand["version"], erwartet=409))
    stand = gk.ruf("PATCH", ort, {"inhalt": {"bankverbindung": {**bank, "kassenzeichen": "AQB-2029-001"}}}, stand["version"])
    stand = gk.ruf("POST", f"{ort}/einreichung", {}, stand["version"])
    stand = rp1.ruf("POST", f"{ort}/pruefung", {}, stand["version"])

    schritt(8, "Teilbewilligung: Entwurf, Freigabe durch die zweite Person")
    betraege = {"M01": "60000.00", "M02": "70000.00", "M03": "50000.00", "M04": "18000.00"}
    bescheid = rp1.ruf("POST", f"{ort}/teilbewilligung", {
        "positionen": [{"massnahme_id": ids[nr], "haushaltsjahr": JAHR, "bewilligt": b} for nr, b in betraege.items()],
        "auflagen": [{"code": "ZWISCHENBERICHT", "text": "Zwischenbericht zur Hälfte der Laufzeit.", "faellig_am": "2029-09-30"}],
        "begruendung": "Für M03 reichen nach der Kalkulation des Trägers 50.000 EUR aus.",
    }, stand["version"])  # fmt: skip
    ort_b = f"/bescheide/{bescheid['id']}"
    ablehnung(rp1.ruf("POST", f"{ort_b}/freigabe", {}, bescheid["version"], erwartet=403))
    probe = rp2.ruf("POST", f"{ort_b}/freigabe?simulation=true", {}, bescheid["version"])
    for b in probe["simulation"]["buchungen"]:
        zeile(f"   {b['konto']:<10} {b['kreisschluessel']} {b['teilbudget']} {b['haushaltsjahr']} {b['betrag']:>12}")
    bescheid = rp2.ruf("POST", f"{ort_b}/freigabe", {}, bescheid["version"])
    zeile(f"{bescheid['status']}: {bescheid['bewilligt']} von {bescheid['beantragt']} EUR, Kette {bescheid['inhalt_hash'][:16]}…")
    zeige_budget(gk)

    schritt(9, "Bekanntgabe und Rechtsbehelfsverzicht")
    heute = bescheid["erlassen_am"]
    bescheid = rp1.ruf("POST", f"{ort_b}/bekanntgabe", {"weg": "ELEKTRONISCH", "aufgabe_am": heute, "zugang_am": heute}, bescheid["version"])
    zeile(f"bekannt am {bescheid['bekannt_am']}, Rechtsbehelf bis {bescheid['rechtsbehelf_bis']}, bestandskräftig ab {bescheid['bestandskraft_am']}")
    bescheid = gk.ruf("POST", f"{ort_b}/rechtsbehelfsverzicht", {"am": heute}, bescheid["version"])
    zeile(f"nach dem Verzicht bestandskräftig ab {bescheid['bestandskraft_am']}: {bescheid['bestandskraeftig']}")

    abrufe(gk, rp1, rp2, bescheid["id"], ids, JAHR)
    zahlung(rp1, rp2, gk, KREIS, JAHR, heute)
    aenderung(gk, rp1, rp2, bescheid["id"], ids["M02"], massnahmen["M02"], detailplan, heute)
    gk2, traeger = Person(f"demo-gk-{KREIS}-2"), Person("demo-traeger-2")
    weiterleitung(gk, gk2, traeger, antrag["id"], ids["M01"], TRAEGER, JAHR, heute)
    fristen_und_abgleich(gk, KREIS, JAHR)

    schritt(16, "Rechner")
    zinsen = gk.ruf("POST", "/berechnungen/zinsen", {"kapital": "10000.00", "von": "2023-12-01", "bis": "2024-08-01", "methode": "ACT_ACT", "rundung": "AM_ENDE", "aufschlag_prozentpunkte": "5.00"})
    zeile(f"Zinsen {zinsen['zinsen']} EUR in {zinsen['tage']} Tagen, {len(zinsen['abschnitte'])} Abschnitte")
    rest = gk.ruf("POST", "/berechnungen/zuwendung", {
        "finanzierungsart": "ANTEIL", "plan": {"ausgaben": "250000.00", "zuwendung": "200000.00", "eigenmittel": "30000.00", "deckungsmittel": "20000.00"},
        "ist": {"ausgaben": "231400.00", "eigenmittel": "30000.00", "deckungsmittel": "20000.00"}, "bagatellgrenze": "500.00", "ausgezahlt": "200000.00",
    })  # fmt: skip
    zeile(f"Zuwendung {rest['zuwendung']}, Erstattung {rest['erstattung']} EUR")
    frist = gk.ruf("POST", "/berechnungen/frist", {"art": "ANTRAGSFRIST", "jahrgang": 2024})
    zeile(f"Antragsfrist 2024: {frist['ende']}")

    schritt(17, "Geschichte des Antrags")
    for e in gk.ruf("GET", f"{ort}/historie?limit=200")["daten"]:
        zeile(f"{e['nr']:>2} {e['zeit']} {e['person']:<20} {e['akt']}")


def zeige_budget(person):
    b = person.ruf("GET", f"/budgets/{JAHR}/{KREIS}").inhalt
    for p in b["positionen"]:
        zeile(f"{p['teilbudget']} {p['haushaltsjahr']}: zugeteilt {p['zugeteilt']}, gebunden {p['gebunden']}, verfügbar {p['verfuegbar']}")


if __name__ == "__main__":
    main()
