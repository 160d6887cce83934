"""Reads the files of all reports with programs that are not ours: CSV with Python's csv, XLSX with openpyxl, SVG as XML.

Environment: SERVER (http://127.0.0.1:PORT) and API (SERVER/v1) of a server with demo data. Every amount of every file is
compared with the JSON of the same report; the first difference ends the check.
"""

import csv
import datetime
import io
import json
import os
import re
import sys
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET
from decimal import Decimal

import openpyxl

SERVER = os.environ["SERVER"]
API = os.environ.get("API", SERVER + "/v1")
OEFFNER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
SVG = "{http://www.w3.org/2000/svg}"
BETRAG = re.compile(r"-?[0-9]+,[0-9]{2}")
geprueft = 0


def verlange(bedingung, text):
    global geprueft
    geprueft += 1
    if not bedingung:
        sys.exit(f"tabellen: {text}")


def token(konto):
    daten = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": konto, "client_secret": "demo"}).encode()
    with OEFFNER.open(f"{SERVER}/oauth/token", daten, timeout=10) as a:
        return json.load(a)["access_token"]


TOKEN = token("demo-bewilligung-1")


def hole(pfad, **frage):
    bitte = urllib.request.Request(
        f"{API}/berichte/{pfad}?{urllib.parse.urlencode({'jahrgang': 2026, **frage})}",
        headers={"Authorization": f"Bearer {TOKEN}", "Accept-Language": "de"},
    )
    with OEFFNER.open(bitte, timeout=20) as a:
        return a.read()


def bericht(name, **frage):
    return json.loads(hole(name, **frage))


def zeilen_der_csv(name, **frage):
    roh = hole(f"{name}/csv", **frage)
    verlange(roh.startswith(b"\xef\xbb\xbf"), f"{name}: no BOM")
    verlange(b"\n" not in roh.replace(b"\r\n", b""), f"{name}: a line that does not end with CRLF")
    zeilen = list(csv.reader(io.StringIO(roh.decode("utf-8-sig"), newline=""), delimiter=";", strict=True))
    verlange(len({len(z) for z in zeilen}) == 1, f"{name}: lines of different length")
    for z in zeilen:
        for zelle in z:
            formel = zelle[:1] in "=+-@\t\r" and zelle and not re.fullmatch(r"[+-]?[0-9]+([.,][0-9]+)*", zelle)
            verlange(not formel, f"{name}: {zelle!r} would be a formula")
    return zeilen[0], zeilen[1:]


def betrag(text):
    verlange(BETRAG.fullmatch(text), f"{text!r} is no German amount")
    return Decimal(text.replace(",", "."))


def summe(kopf, zeilen, titel):
    nr = kopf.index(titel)
    return sum((betrag(z[nr]) for z in zeilen), Decimal(0))


def gleich(was, links, rechts):
    verlange(Decimal(str(links)) == Decimal(str(rechts)), f"{was}: {links} and {rechts}")


def als_text(zelle):
    """A cell of the workbook in the notation of the CSV."""
    if zelle.value is None:
        return ""
    if isinstance(zelle.value, (datetime.datetime, datetime.date)):
        # a month is shown as one
        return zelle.value.strftime("%d.%m.%Y" if "d" in zelle.number_format else "%m.%Y")
    if isinstance(zelle.value, (int, float)) and zelle.number_format != "0":
        return f"{Decimal(repr(zelle.value)).quantize(Decimal('0.01'))}".replace(".", ",")
    return str(zelle.value)


def pruefe_xlsx(name, kopf, zeilen, **frage):
    """The workbook holds the lines of the CSV and one of sums, whose cells are returned by their titles."""
    mappe = openpyxl.load_workbook(io.BytesIO(hole(f"{name}/xlsx", **frage)))
    verlange(len(mappe.worksheets) == 1, f"{name}: one sheet")
    blatt = mappe.worksheets[0]
    verlange(blatt.freeze_panes == "A2", f"{name}: the header does not stay")
    verlange([z.value for z in blatt[1]] == kopf, f"{name}: header of the workbook")
    for z in blatt.iter_rows():
        for zelle in z:
            verlange(zelle.data_type != "f", f"{name}: {zelle.coordinate} is a formula")
    for spalte in range(1, len(kopf) + 1):
        breite = blatt.column_dimensions[openpyxl.utils.get_column_letter(spalte)].width
        verlange(breite and breite > 9, f"{name}: width of column {spalte}")
    inhalt = [[als_text(z) for z in blatt[nr]] for nr in range(2, len(zeilen) + 2)]
    verlange(inhalt == zeilen, f"{name}: workbook and CSV differ")
    for spalte, titel in enumerate(kopf, 1):
        if titel.endswith("in EUR"):
            for nr in range(2, len(zeilen) + 2):
                zelle = blatt.cell(nr, spalte)
                if zelle.value is None:
                    continue
                verlange(zelle.data_type == "n", f"{name}: {zelle.coordinate} is no number")
                verlange("#,##0.00" in zelle.number_format, f"{name}: format {zelle.number_format}")
    if not zeilen:
        verlange(blatt.max_row == 1, f"{name}: sums of nothing")
        return {}
    verlange(blatt.max_row == len(zeilen) + 2, f"{name}: one line of sums")
    return dict(zip(kopf, (z.value for z in blatt[len(zeilen) + 2]), strict=True))


def pruefe_svg(name, woerter, **frage):
    wurzel = ET.fromstring(hole(f"{name}/svg", **frage))
    verlange(wurzel.tag == f"{SVG}svg" and wurzel.get("role") == "img", f"{name}: root")
    breite, hoehe = int(wurzel.get("width")), int(wurzel.get("height"))
    for teil in ("title", "desc"):
        e = wurzel.find(f"{SVG}{teil}")
        verlange(e is not None and e.text and e.get("id") in wurzel.get("aria-labelledby"), f"{name}: {teil}")
    erlaubt = {"svg", "title", "desc", "defs", "pattern", "rect", "circle", "path", "line", "polyline", "text"}
    muster = {e.get("id") for e in wurzel.iter(f"{SVG}pattern")}
    texte = []
    for e in wurzel.iter():
        verlange(e.tag.removeprefix(SVG) in erlaubt, f"{name}: {e.tag}")
        for k, w in e.attrib.items():
            verlange(not k.startswith("on") and not k.endswith("href"), f"{name}: {k}")
            if k == "fill" and w.startswith("url("):
                verlange(w[5:-1] in muster, f"{name}: {w}")
        if e.tag == f"{SVG}text":
            x, y, groesse = int(e.get("x")), int(e.get("y")), int(e.get("font-size"))
            laenge = len(e.text or "") * groesse * 6 // 10
            links = {"start": x, "middle": x - laenge // 2, "end": x - laenge}[e.get("text-anchor")]
            verlange(links >= 0 and links + laenge <= breite and groesse <= y <= hoehe, f"{name}: {e.text!r} leaves the drawing")
            texte.append(e.text)
    for wort in woerter:
        verlange(any(wort in t for t in texte), f"{name}: {wort!r} is not in the drawing")


def budgetauslastung(**frage):
    json_ = bericht("budgetauslastung", **frage)
    kopf, zeilen = zeilen_der_csv("budgetauslastung", **frage)
    fuss = pruefe_xlsx("budgetauslastung", kopf, zeilen, **frage)
    for titel, feld in {
        "Zugeteilt in EUR": "zugeteilt",
        "Gebunden in EUR": "gebunden",
        "Abgerufen in EUR": "abgerufen",
        "Ausgezahlt in EUR": "ausgezahlt",
        "Weitergeleitet in EUR": "weitergeleitet",
        "Verfügbar in EUR": "verfuegbar",
    }.items():
        gleich(titel, summe(kopf, zeilen, titel), json_["gesamt"][feld])
        gleich(titel, fuss.get(titel, 0), json_["gesamt"][feld])
    positionen = [(k["kreisschluessel"], p) for k in json_["kreise"] for p in k["positionen"]]
    verlange(len(zeilen) == len(positionen), "budgetauslastung: a line per position")
    for z, (kreis, p) in zip(zeilen, positionen, strict=True):
        verlange(z[0] == kreis and z[2:4] == [p["teilbudget"], str(p["haushaltsjahr"])], f"budgetauslastung: {z}")
        quote = p["zahlen"].get("bindungsquote", "").replace(".", ",")
        verlange(z[kopf.index("Bindungsquote in %")] == quote, f"budgetauslastung: quota of {z}")
    pruefe_svg("budgetauslastung", ["Budgetauslastung Jahrgang 2026", "verfügbar", "EUR"], **frage)


def mittelabfluss(**frage):
    json_ = bericht("mittelabfluss", **frage)
    kopf, zeilen = zeilen_der_csv("mittelabfluss", **frage)
    fuss = pruefe_xlsx("mittelabfluss", kopf, zeilen, **frage)
    felder = {"Abgerufen": "abgerufen", "Ausgezahlt": "ausgezahlt", "Weitergeleitet": "weitergeleitet", "Geplanter Bedarf": "geplant"}
    for wort, feld in felder.items():
        gleich(wort, summe(kopf, zeilen, f"{wort} in EUR"), json_["gesamt"][feld])
        gleich(wort, fuss.get(f"{wort} in EUR", 0), json_["gesamt"][feld])
    for z, m in zip(zeilen, json_["monate"], strict=True):
        jahr, monat = m["monat"].split("-")
        verlange(z[0] == f"{monat}.{jahr}", f"mittelabfluss: {z[0]}")
        for wort, feld in felder.items():
            gleich(f"{m['monat']} {wort}", betrag(z[kopf.index(f"{wort} kumuliert in EUR")]), m["kumuliert"][feld])
    pruefe_svg("mittelabfluss", ["Mittelabfluss Jahrgang 2026", "geplanter Bedarf", "EUR"], **frage)


def abgleich(**frage):
    json_ = bericht("abgleich", limit=200, **frage)
    kopf, zeilen = zeilen_der_csv("abgleich", **frage)
    fuss = pruefe_xlsx("abgleich", kopf, zeilen, **frage)
    g = json_["gesamt"]
    for titel, wert in {
        "Bewilligt in EUR": g["bewilligt"],
        "Gebunden laut Buch in EUR": g["buch"]["gebunden"],
        "Differenz Bewilligung in EUR": g["differenz"]["bewilligt"],
        "Abgerufen laut Abrufen in EUR": g["abrufe"]["abgerufen"],
        "Abgerufen laut Buch in EUR": g["buch"]["abgerufen"],
        "Differenz Abruf in EUR": g["differenz"]["abgerufen"],
        "Ausgezahlt laut Abrufen in EUR": g["abrufe"]["ausgezahlt"],
        "Ausgezahlt laut Buch in EUR": g["buch"]["ausgezahlt"],
        "Ausgezahlt laut Zahlungen in EUR": g["zahlungen"]["ausgezahlt"],
        "Differenz Zahlungen in EUR": g["differenz"]["zahlungen"],
        "Weitergeleitet laut Buch in EUR": g["buch"]["weitergeleitet"],
    }.items():
        gleich(titel, summe(kopf, zeilen, titel), wert)
        gleich(titel, fuss.get(titel, 0), wert)
    verlange("weiter" not in json_ and len(zeilen) == len(json_["daten"]), "abgleich: a line per row")
    verlange(fuss.get("Abweichend", 0) == g["abweichungen"], "abgleich: number of differences")


def nachweisabgleich(**frage):
    json_ = bericht("abgleich/nachweise", limit=200, **frage)
    kopf, zeilen = zeilen_der_csv("abgleich/nachweise", **frage)
    fuss = pruefe_xlsx("abgleich/nachweise", kopf, zeilen, **frage)
    g = json_["gesamt"]
    for titel, wert in {
        "Bewilligt in EUR": g["bewilligt"],
        "Abgerufen laut Buch in EUR": g["buch"]["abgerufen"],
        "Ausgezahlt laut Buch in EUR": g["buch"]["ausgezahlt"],
        "Weitergeleitet in EUR": g["weitergeleitet"],
        "Gezahlt laut Belegen in EUR": g["belege"]["gezahlt"],
        "Beantragt laut Belegen in EUR": g["belege"]["beantragt"],
        "Gefordert laut Forderungen in EUR": g["forderungen"]["gefordert"],
    }.items():
        gleich(titel, summe(kopf, zeilen, titel), wert)
        gleich(titel, fuss.get(titel, 0), wert)
    verlange("weiter" not in json_ and len(zeilen) == len(json_["daten"]), "nachweisabgleich: a line per row")
    verlange(fuss.get("Abweichungen", 0) == g["abweichungen"], "nachweisabgleich: number of differences")


nachweisabgleich()
nachweisabgleich(kreisschluessel="06440")
for pruefe in (budgetauslastung, mittelabfluss, abgleich):
    pruefe()
    pruefe(kreisschluessel="06440", teilbudget="ALLGEMEIN")
    pruefe(stichtag="2000-01-01")
print(f"tabellen: {geprueft} checks passed: CSV, XLSX and SVG say what the JSON says")
