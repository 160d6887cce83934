"""What a municipality's script does with the generated client: suite.py DOKUMENT; API and TOKEN in the environment."""

import importlib
import json
import os
import sys
from http import HTTPStatus
from typing import Any

from aqb_client import AuthenticatedClient, Client

API = os.environ["API"]
TOKEN = os.environ["TOKEN"]


def modul(dokument: dict[str, Any], verb: str, pfad: str) -> Any:
    """The generated module of an operation: the package of its tag, the name of its operationId."""
    operation = dokument["paths"][pfad][verb]
    return importlib.import_module(f"aqb_client.api.{operation['tags'][0].lower()}.{operation['operationId']}")


def alle_module(dokument: dict[str, Any]) -> int:
    anzahl = 0
    for pfad, eintrag in dokument["paths"].items():
        for verb in ("get", "post", "put", "patch", "delete"):
            if verb in eintrag:
                assert modul(dokument, verb, pfad).sync_detailed, f"{verb} {pfad} has no function"
                anzahl += 1
    return anzahl


def koerper(dokument: dict[str, Any], pfad: str, werte: dict[str, Any]) -> Any:
    """A request object of the generated class that the document names for this body."""
    schema = dokument["paths"][pfad]["post"]["requestBody"]["content"]["application/json"]["schema"]
    name = schema["$ref"].rsplit("/", 1)[1]
    ziel = dokument["components"]["schemas"][name]
    if "oneOf" in ziel:
        marke = ziel["discriminator"]
        name = marke["mapping"][werte[marke["propertyName"]]].rsplit("/", 1)[1]
    return getattr(importlib.import_module("aqb_client.models"), name).from_dict(werte)


def main(datei: str) -> None:
    with open(datei, encoding="utf-8") as strom:
        dokument = json.load(strom)
    anzahl = alle_module(dokument)

    client = AuthenticatedClient(base_url=API, token=TOKEN, raise_on_unexpected_status=True)

    pfad = "/berechnungen/zinsen"
    frage = koerper(dokument, pfad, {
        "kapital": "10000.00", "von": "2023-12-01", "bis": "2024-08-01",
        "methode": "ACT_ACT", "rundung": "AM_ENDE", "aufschlag_prozentpunkte": "5.00",
    })  # fmt: skip
    antwort = modul(dokument, "post", pfad).sync_detailed(client=client, body=frage)
    assert antwort.status_code == HTTPStatus.OK, antwort.content
    assert (antwort.parsed.zinsen, antwort.parsed.tage) == ("568.50", 244), antwort.content

    pfad = "/berechnungen/frist"
    frage = koerper(dokument, pfad, {"art": "ANTRAGSFRIST", "jahrgang": 2024})
    antwort = modul(dokument, "post", pfad).sync_detailed(client=client, body=frage)
    assert antwort.status_code == HTTPStatus.OK, antwort.content
    assert antwort.parsed.ende.isoformat() == "2024-04-02", antwort.content

    liste = modul(dokument, "get", "/kataloge").sync_detailed(client=client)
    assert liste.status_code == HTTPStatus.OK, liste.content

    fremd = modul(dokument, "get", "/kataloge").sync_detailed(client=Client(base_url=API))
    assert fremd.status_code == HTTPStatus.UNAUTHORIZED, fremd.content
    assert fremd.parsed.status == HTTPStatus.UNAUTHORIZED, fremd.content

    print(f"Python: {anzahl} operations imported, 4 called")


if __name__ == "__main__":
    main(*sys.argv[1:])
