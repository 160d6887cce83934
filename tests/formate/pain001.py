"""Makes a payment run as the granting authority does and checks its SEPA file with programs that are not ours.

The file is validated against the schema of ISO 20022 that the package `sepaxml` ships, and compared with what the API
says about the run: characters, lengths, sums, names, accounts. Environment: SERVER (http://127.0.0.1:PORT) of a server
with demo data.
"""

import hashlib
import importlib.resources
import json
import os
import re
import sys
import urllib.error
import urllib.request
import uuid
import xml.etree.ElementTree as ET
from decimal import Decimal

import xmlschema

SERVER = os.environ["SERVER"]
API = f"{SERVER}/v1"
OEFFNER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
RAUM = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
# EPC 217-08: the characters every bank of the SEPA area takes
ZEICHEN = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]*")
GEPRUEFTER_ABRUF = "019a0000-0000-7000-8000-000000000013"
token = {}
geprueft = 0


def verlange(bedingung, text):
    global geprueft
    geprueft += 1
    if not bedingung:
        sys.exit(f"pain001: {text}")


def rufe(konto, methode, pfad, koerper=None, version=None):
    if konto not in token:
        form = f"grant_type=client_credentials&client_id={konto}&client_secret=demo".encode()
        with OEFFNER.open(f"{SERVER}/oauth/token", form, timeout=10) as a:
            token[konto] = json.load(a)["access_token"]
    kopf = {"Authorization": f"Bearer {token[konto]}", "Content-Type": "application/json"}
    if methode == "POST":
        kopf["Idempotency-Key"] = str(uuid.uuid4())
    if version:
        kopf["If-Match"] = version
    daten = None if koerper is None else json.dumps(koerper).encode()
    bitte = urllib.request.Request(f"{API}{pfad}", daten, kopf, method=methode)
    try:
        with OEFFNER.open(bitte, timeout=20) as a:
            return a.read(), a.headers
    except urllib.error.HTTPError as fehler:
        sys.exit(f"pain001: {methode} {pfad}: {fehler.code} {fehler.read().decode()[:800]}")


def lies(pfad):
    roh, kopf = rufe("demo-bewilligung-1", "GET", pfad)
    return json.loads(roh), kopf["ETag"]


def tue(konto, pfad, akt, koerper):
    _, version = lies(pfad)
    return json.loads(rufe(konto, "POST", f"{pfad}/{akt}", koerper, version)[0])


def lauf_bauen():
    """Orders a call that is certified and collects everything that waits, so that the run has a payment."""
    tue("demo-bewilligung-2", f"/mittelabrufe/{GEPRUEFTER_ABRUF}", "anordnung", {})
    roh, kopf = rufe("demo-bewilligung-1", "POST", "/zahlungslaeufe", {"ausfuehrung_am": "2026-09-17"})
    pfad = kopf["Location"].removeprefix("/v1")
    tue("demo-bewilligung-2", pfad, "freigabe", {})
    return pfad


def pruefe_datei(roh, lauf, zahlungen):
    verlange(roh.startswith(b'<?xml version="1.0" encoding="UTF-8"?>'), "no XML declaration")
    with importlib.resources.files("sepaxml").joinpath("schemas/pain.001.001.09.xsd").open("rb") as xsd:
        xmlschema.XMLSchema(xsd).validate(roh.decode())
    wurzel = ET.fromstring(roh)
    verlange(wurzel.tag == f"{RAUM}Document", wurzel.tag)
    for element in wurzel.iter():
        text = (element.text or "").strip()
        verlange(ZEICHEN.fullmatch(text), f"{element.tag}: {text!r} is not in the SEPA character set")
        verlange("//" not in text and not text.startswith("/"), f"{element.tag}: {text!r}")

    def text(element, pfad):
        gefunden = element.find("/".join(RAUM + t for t in pfad.split("/")))
        verlange(gefunden is not None, f"{pfad} is missing")
        return gefunden.text

    order = wurzel.find(f"{RAUM}CstmrCdtTrfInitn")
    summe = sum(Decimal(z["betrag"]) for z in zahlungen)
    for teil in ("GrpHdr", "PmtInf"):
        verlange(int(text(order, f"{teil}/NbOfTxs")) == len(zahlungen), f"{teil}: number of transactions")
        verlange(Decimal(text(order, f"{teil}/CtrlSum")) == summe == Decimal(lauf["summe"]), f"{teil}: control sum")
    verlange(text(order, "GrpHdr/MsgId") == lauf["kennung"], "MsgId")
    zahlart = order.find(f"{RAUM}PmtInf")
    for pfad, soll in (
        ("PmtMtd", "TRF"),
        ("PmtTpInf/SvcLvl/Cd", "SEPA"),
        ("ReqdExctnDt/Dt", lauf["ausfuehrung_am"]),
        ("DbtrAcct/Id/IBAN", lauf["auftraggeber"]["iban"]),
        ("DbtrAgt/FinInstnId/BICFI", lauf["auftraggeber"]["bic"]),
        ("ChrgBr", "SLEV"),
    ):
        verlange(text(zahlart, pfad) == soll, f"{pfad}: {text(zahlart, pfad)}, not {soll}")
    einzelne = zahlart.findall(f"{RAUM}CdtTrfTxInf")
    for e, z in zip(einzelne, zahlungen, strict=True):
        name = text(e, "PmtId/EndToEndId")
        verlange(name == z["end_to_end_id"] and len(name) <= 35, name)
        betrag = e.find(f"{RAUM}Amt/{RAUM}InstdAmt")
        verlange(betrag.get("Ccy") == "EUR" and betrag.text == z["betrag"], f"{name}: {betrag.text}")
        verlange(text(e, "CdtrAcct/Id/IBAN") == z["bankverbindung"]["iban"], f"{name}: account")
        verlange(len(text(e, "Cdtr/Nm")) <= 70, f"{name}: name")
        verlange(text(e, "RmtInf/Ustrd") == z["verwendungszweck"] and len(z["verwendungszweck"]) <= 140, f"{name}: remittance")


def main():
    pfad = lauf_bauen()
    for pfad in (pfad, "/zahlungslaeufe/019a0000-0000-7000-8000-000000000020"):
        lauf, _ = lies(pfad)
        zahlungen = lies(f"/zahlungen?zahlungslauf_id={lauf['id']}&limit=200")[0]["daten"]
        verlange(zahlungen, "the run has no payment")
        roh, kopf = rufe("demo-bewilligung-1", "GET", f"{pfad}/pain001")
        verlange(kopf["Content-Type"].split(";")[0] == "application/xml", kopf["Content-Type"])
        verlange(roh == rufe("demo-pruefung", "GET", f"{pfad}/pain001")[0], "the same run gives other bytes")
        pruefe_datei(roh, lauf, zahlungen)
        if lauf["status"] == "FREIGEGEBEN":
            lauf = tue("demo-bewilligung-1", pfad, "uebergabe", {})
        verlange(lauf["datei_sha256"] == hashlib.sha256(roh).hexdigest(), "hash of what was handed over")
    print(f"pain001: {geprueft} checks passed")


main()
