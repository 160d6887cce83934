"""What a municipality's script does with the generated client: suite.py DOKUMENT; SERVER and API in the environment."""

import importlib
import json
import pkgutil
import sys

import aqb_client.api
from aqb_client import AuthenticatedClient
from aqb_client.api.stammdaten import kataloge_auflisten
from hilfe import API, ablehnung, anmelden, ergebnis
from weg import vom_ansatz_zum_bescheid


def alle_operationen(datei: str) -> int:
    """The generator leaves out an operation it cannot express; whatever the document names must be importable."""
    with open(datei, encoding="utf-8") as strom:
        pfade = json.load(strom)["paths"]
    erwartet = {
        (operation["tags"][0].lower(), operation["operationId"])
        for eintrag in pfade.values()
        for verb, operation in eintrag.items()
        if verb in ("get", "post", "put", "patch", "delete")
    }
    erzeugt = set()
    for modul in pkgutil.walk_packages(aqb_client.api.__path__, "aqb_client.api."):
        if not modul.ispkg:
            assert callable(importlib.import_module(modul.name).sync_detailed), modul.name
            tag, name = modul.name.split(".")[-2:]
            erzeugt.add((tag, name))
    assert erzeugt == erwartet, erzeugt ^ erwartet
    return len(erzeugt)


def main(datei: str) -> None:
    anzahl = alle_operationen(datei)

    kataloge = ergebnis(kataloge_auflisten.sync_detailed(client=anmelden("demo-bewilligung-1"), limit=200)).daten
    assert any(k.name == "zielgruppen" for k in kataloge.daten), kataloge
    fremd = AuthenticatedClient(base_url=API, token="kein-Token", httpx_args={"trust_env": False})
    assert ablehnung(kataloge_auflisten.sync_detailed(client=fremd), 401).instance == "/v1/kataloge"

    vom_ansatz_zum_bescheid()
    print(f"Python: {anzahl} operations imported, the path to a final Bescheid driven")


if __name__ == "__main__":
    main(*sys.argv[1:])
