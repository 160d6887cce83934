"""bruch.py finds every break below in the sample contract, and lets every harmless change pass."""

import copy
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from bruch import vergleiche

Dokument = dict[str, Any]
GUT: Dokument = yaml.safe_load((Path(__file__).parent / "regelprobe.yaml").read_text(encoding="utf-8"))


def schema(d: Dokument, name: str) -> Dokument:
    return d["components"]["schemas"][name]


def op(d: Dokument, pfad: str, verb: str) -> Dokument:
    return d["paths"][pfad][verb]


def umbenennen(d: Dokument, von: str, zu: str) -> None:
    schemas = d["components"]["schemas"]
    schemas[zu] = schemas.pop(von)
    inhalt = op(d, "/berechnungen/frist", "post")["requestBody"]["content"]["application/json"]
    inhalt["schema"] = {"$ref": f"#/components/schemas/{zu}"}


BRUECHE: dict[str, Callable[[Dokument], Any]] = {
    "operation removed": lambda d: d["paths"].pop("/fristen.ics"),
    "verb removed": lambda d: d["paths"]["/antraege"].pop("post"),
    "operationId renamed": lambda d: op(d, "/antraege", "get").update(operationId="antrag_suchen"),
    "tag changed": lambda d: op(d, "/antraege", "get").update(tags=["Dokumente"]),
    "token needed": lambda d: op(d, "/fristen.ics", "get").update(security=[{"anmeldung": []}]),
    "scope added": lambda d: op(d, "/antraege", "get").update(security=[{"anmeldung": ["antraege:lesen"]}]),
    "parameter removed": lambda d: op(d, "/antraege", "get")["parameters"].pop(),
    "parameter required": lambda d: d["components"]["parameters"]["IdempotencyKey"].update(required=True),
    "new required parameter": lambda d: op(d, "/antraege", "get")["parameters"].append(
        {"name": "neu", "in": "query", "required": True, "schema": {"type": "string"}}
    ),
    "maximum lowered": lambda d: d["components"]["parameters"]["Limit"]["schema"].update(maximum=100),
    "media type removed": lambda d: op(d, "/antraege/{antrag_id}", "patch")["requestBody"]["content"].pop("application/json"),
    "success removed": lambda d: op(d, "/dokumente", "post")["responses"].pop("201"),
    "success added": lambda d: op(d, "/dokumente", "post")["responses"].update({"202": {"description": "later"}}),
    "header removed": lambda d: op(d, "/dokumente", "post")["responses"]["201"]["headers"].pop("Location"),
    "request field required": lambda d: schema(d, "AntragAendern").update(required=["titel"]),
    "request field removed": lambda d: schema(d, "AntragAendern")["properties"].pop("titel"),
    "answer field removed": lambda d: schema(d, "Antrag")["properties"].pop("titel"),
    "answer field optional": lambda d: schema(d, "Antrag")["required"].remove("betrag"),
    "enum grows in answers": lambda d: schema(d, "AntragStatus")["enum"].append("BEWILLIGT"),
    "enum shrinks in requests": lambda d: schema(d, "AntragStatus")["enum"].remove("ENTWURF"),
    "type changed": lambda d: schema(d, "Betrag").update(type="integer"),
    "type widened in an answer": lambda d: schema(d, "Antrag")["properties"]["version"].update(type=["integer", "string"]),
    "format changed": lambda d: schema(d, "FristAntwort")["properties"]["ende"].update(format="date-time"),
    "pattern changed": lambda d: schema(d, "Betrag").update(pattern="^[0-9]+$"),
    "pattern lost in an answer": lambda d: schema(d, "Betrag").pop("pattern"),
    "minLength raised": lambda d: schema(d, "Titel").update(minLength=3),
    "reference replaced": lambda d: schema(d, "Antrag")["properties"].update(titel={"type": "string"}),
    "schema renamed": lambda d: umbenennen(d, "FristFrage", "Frage"),
    "variant removed": lambda d: schema(d, "Traegerart")["oneOf"].pop(),
    "discriminator changed": lambda d: schema(d, "Traegerart")["discriminator"].update(propertyName="kind"),
    "webhook removed": lambda d: d["webhooks"].clear(),
}  # fmt: skip

HARMLOS: dict[str, Callable[[Dokument], Any]] = {
    "nothing": lambda d: None,
    "operation added": lambda d: d["paths"].update({"/kataloge": d["paths"]["/antraege"]}),
    "optional parameter added": lambda d: op(d, "/antraege", "get")["parameters"].append(
        {"name": "neu", "in": "query", "schema": {"type": "string"}}
    ),
    "optional request field added": lambda d: schema(d, "AntragAendern")["properties"].update(neu={"type": "string"}),
    "answer field added": lambda d: schema(d, "Antrag")["properties"].update(neu={"type": "string"}),
    "request limit raised": lambda d: d["components"]["parameters"]["Limit"]["schema"].update(maximum=500),
    "error documented": lambda d: op(d, "/antraege", "get")["responses"].update({"410": {"description": "gone"}}),
    "description changed": lambda d: schema(d, "Antrag").update(description="An Antrag"),
    "schema added": lambda d: d["components"]["schemas"].update(Neu={"type": "string"}),
}  # fmt: skip


class Bruch(unittest.TestCase):
    def lauf(self, aenderung: Callable[[Dokument], Any]) -> list[str]:
        # YAML anchors share objects; a deep copy per document keeps the sharing inside one document only.
        neu = copy.deepcopy(GUT)
        aenderung(neu)
        return vergleiche(GUT, neu)

    def test_brueche(self) -> None:
        for name, aenderung in BRUECHE.items():
            with self.subTest(name):
                self.assertTrue(self.lauf(aenderung), "not found")

    def test_harmloses(self) -> None:
        for name, aenderung in HARMLOS.items():
            with self.subTest(name):
                self.assertEqual(self.lauf(aenderung), [])


if __name__ == "__main__":
    unittest.main()
