"""Callers and lines of the tour: every answer is checked, the first unexpected one ends it with its explanation."""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

SERVER = os.environ["SERVER"]
API = os.environ.get("API", SERVER + "/v1")
OEFFNER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Antwort:
    def __init__(self, status, kopf, inhalt):
        self.status, self.kopf, self.inhalt = status, kopf, inhalt

    def __getitem__(self, name):
        return self.inhalt[name]


def sende(bitte):
    try:
        with OEFFNER.open(bitte, timeout=20) as a:
            typ = a.headers.get("Content-Type", "")
            rumpf = a.read()
            return Antwort(a.status, a.headers, json.loads(rumpf or b"{}") if "json" in typ or not rumpf else rumpf)
    except urllib.error.HTTPError as e:
        return Antwort(e.code, e.headers, json.loads(e.read() or b"{}"))


class Person:
    """A caller with a token."""

    def __init__(self, konto):
        daten = urllib.parse.urlencode(
            {"grant_type": "client_credentials", "client_id": konto, "client_secret": "demo"}
        ).encode()
        with OEFFNER.open(f"{SERVER}/oauth/token", daten, timeout=10) as a:
            self.token = json.load(a)["access_token"]
        self.konto = konto

    def ruf(self, methode, pfad, inhalt=None, version=None, erwartet=(200, 201), sprache="de", schluessel=None, csv=None):
        kopf = {"Authorization": f"Bearer {self.token}", "Accept-Language": sprache}
        if inhalt is not None:
            kopf["Content-Type"] = "application/json"
        if version is not None:
            kopf["If-Match"] = f'"{version}"'
        if methode == "POST":
            kopf["Idempotency-Key"] = schluessel or str(uuid.uuid4())
        daten = None if inhalt is None else json.dumps(inhalt).encode()
        if csv is not None:
            daten, kopf["Content-Type"] = csv.encode("utf-8-sig"), "text/csv"
        bitte = urllib.request.Request(API + pfad, data=daten, headers=kopf, method=methode)
        antwort = sende(bitte)
        erlaubt = erwartet if isinstance(erwartet, tuple) else (erwartet,)
        if antwort.status not in erlaubt:
            sys.exit(f"{self.konto}: {methode} {pfad} → {antwort.status}\n{json.dumps(antwort.inhalt, indent=2, ensure_ascii=False)}")
        return antwort


def schritt(nr, text):
    print(f"\n{nr:>2}  {text}", flush=True)


def zeile(text):
    print(f"    {text}", flush=True)


def stimmt(bedingung, was):
    """Ends the tour when what it says is not so."""
    if not bedingung:
        sys.exit(f"nicht wie gesagt: {was}")


def ablehnung(a):
    zeile(f"{a.status} {a['code']}: {a['detail']}")
    for b in a["befunde"]:
        zeile(f"   {b['code']} [{b['schwere']}] {b['fundstelle']['norm']}, {b['fundstelle']['stelle']} → {b['abhilfe']}")
