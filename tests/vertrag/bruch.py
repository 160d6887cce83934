#!/usr/bin/env python3
"""Would an existing client break? Compares two OpenAPI 3.1 documents, with the direction of each schema in mind.

bruch.py ALT NEU        exit 0 = compatible, 1 = at least one break

What a caller sends may only become wider, what it receives only narrower. Names count too, because generators make
classes and methods of them: operationId, tag, schema names. Standard library only.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

VERBEN = ("get", "post", "put", "patch", "delete")
# The sign says in which direction a larger value is stricter.
GRENZEN = {
    "minLength": 1, "minimum": 1, "exclusiveMinimum": 1, "minItems": 1, "minProperties": 1,
    "maxLength": -1, "maximum": -1, "exclusiveMaximum": -1, "maxItems": -1, "maxProperties": -1,
}  # fmt: skip


class Richtung(Enum):
    ANFRAGE = "request"
    ANTWORT = "answer"


def folge(dokument: dict[str, Any], knoten: Any) -> Any:
    while isinstance(knoten, dict) and "$ref" in knoten:
        ziel: Any = dokument
        for teil in knoten["$ref"].removeprefix("#/").split("/"):
            ziel = ziel[teil.replace("~1", "/").replace("~0", "~")]
        knoten = ziel
    return knoten


def typen(schema: dict[str, Any]) -> set[str]:
    typ = schema.get("type")
    return set(typ) if isinstance(typ, list) else {typ} if typ else set()


@dataclass
class Vergleich:
    alt: dict[str, Any]
    neu: dict[str, Any]
    brueche: list[str] = field(default_factory=list)
    besucht: set[tuple[str, Richtung]] = field(default_factory=set)

    def bruch(self, ort: str, text: str) -> None:
        meldung = f"{ort}: {text}"
        if meldung not in self.brueche:
            self.brueche.append(meldung)

    def dokumente(self) -> None:
        for ort, a, n in self.paare():
            self.operation(ort, a, n)
        self.namen("components.schemas", "schema", ("components", "schemas"))
        self.namen("webhooks", "webhook", ("webhooks",))

    def paare(self) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
        for pfad, eintrag in self.alt.get("paths", {}).items():
            for verb in VERBEN:
                if verb not in eintrag:
                    continue
                gegen = self.neu.get("paths", {}).get(pfad, {})
                ort = f"{verb.upper()} {pfad}"
                if verb not in gegen:
                    self.bruch(ort, "operation removed")
                else:
                    yield ort, eintrag[verb], gegen[verb]

    def namen(self, ort: str, was: str, weg: tuple[str, ...]) -> None:
        a: Any = self.alt
        n: Any = self.neu
        for teil in weg:
            a, n = a.get(teil, {}), n.get(teil, {})
        for name in a:
            if name not in n:
                self.bruch(f"{ort}.{name}", f"{was} removed or renamed")

    def operation(self, ort: str, a: dict[str, Any], n: dict[str, Any]) -> None:
        if a.get("operationId") != n.get("operationId"):
            self.bruch(ort, f"operationId {a.get('operationId')} -> {n.get('operationId')}")
        if (a.get("tags") or [None])[0] != (n.get("tags") or [None])[0]:
            self.bruch(ort, "tag changed")
        self.anmeldung(ort, a, n)
        self.parameter(ort, a.get("parameters", []), n.get("parameters", []))
        self.anfrage(ort, folge(self.alt, a.get("requestBody")), folge(self.neu, n.get("requestBody")))
        self.antworten(ort, a.get("responses", {}), n.get("responses", {}))

    def anmeldung(self, ort: str, a: dict[str, Any], n: dict[str, Any]) -> None:
        vorher = a.get("security", self.alt.get("security", []))
        nachher = n.get("security", self.neu.get("security", []))
        if not nachher or {} in nachher:
            return
        if not vorher or {} in vorher:
            self.bruch(ort, "now needs a token")
            return
        for weg in vorher:
            reicht = any(set(neu) <= set(weg) and all(set(neu[k]) <= set(weg[k]) for k in neu) for neu in nachher)
            if not reicht:
                self.bruch(ort, f"security {weg} no longer suffices")

    def parameter(self, ort: str, a: list[Any], n: list[Any]) -> None:
        def nach_name(dokument: dict[str, Any], liste: list[Any]) -> dict[tuple[str, str], dict[str, Any]]:
            echte = (folge(dokument, p) for p in liste)
            return {(p["in"], p["name"].lower() if p["in"] == "header" else p["name"]): p for p in echte}

        vorher, nachher = nach_name(self.alt, a), nach_name(self.neu, n)
        for (wo, name), p in vorher.items():
            stelle = f"{ort} {wo} {name}"
            gegen = nachher.get((wo, name))
            if gegen is None:
                self.bruch(stelle, "parameter removed")
                continue
            if gegen.get("required") and not p.get("required"):
                self.bruch(stelle, "parameter is now required")
            self.schema(stelle, p.get("schema", {}), gegen.get("schema", {}), Richtung.ANFRAGE)
        for (wo, name), p in nachher.items():
            if (wo, name) not in vorher and p.get("required"):
                self.bruch(f"{ort} {wo} {name}", "new required parameter")

    def anfrage(self, ort: str, a: Any, n: Any) -> None:
        if a and not n:
            self.bruch(ort, "request body removed")
        if n and n.get("required") and not (a and a.get("required")):
            self.bruch(ort, "request body is now required")
        if a and n:
            self.inhalt(f"{ort} body", a, n, Richtung.ANFRAGE)

    def antworten(self, ort: str, a: dict[str, Any], n: dict[str, Any]) -> None:
        for status, antwort in a.items():
            stelle = f"{ort} {status}"
            if status not in n:
                if status.startswith("2"):
                    self.bruch(stelle, "answer removed")
                continue
            x, y = folge(self.alt, antwort), folge(self.neu, n[status])
            geblieben = {name.lower() for name in y.get("headers", {})}
            for name in x.get("headers", {}):
                if name.lower() not in geblieben:
                    self.bruch(stelle, f"header {name} removed")
            self.inhalt(stelle, x, y, Richtung.ANTWORT)
        for status in n:
            if status.startswith("2") and status not in a:
                self.bruch(f"{ort} {status}", "new kind of success")

    def inhalt(self, ort: str, a: dict[str, Any], n: dict[str, Any], richtung: Richtung) -> None:
        for medientyp, x in a.get("content", {}).items():
            y = n.get("content", {}).get(medientyp)
            if y is None:
                self.bruch(ort, f"media type {medientyp} removed")
            else:
                self.schema(ort, x.get("schema", {}), y.get("schema", {}), richtung)

    def schema(self, ort: str, a: Any, n: Any, richtung: Richtung) -> None:
        ref_a, ref_n = (x.get("$ref") if isinstance(x, dict) else None for x in (a, n))
        if ref_a != ref_n:
            self.bruch(ort, f"reference {ref_a} -> {ref_n}, another class in clients")
        elif ref_a:
            if (ref_a, richtung) in self.besucht:
                return
            self.besucht.add((ref_a, richtung))
            ort = f"{ref_a.removeprefix('#/components/')} ({richtung.value})"
        a, n = folge(self.alt, a), folge(self.neu, n)
        if not isinstance(a, dict) or not isinstance(n, dict):
            return
        self.werte(ort, a, n, richtung)
        self.felder(ort, a, n, richtung)
        for schluessel in ("items", "additionalProperties"):
            if isinstance(a.get(schluessel), dict) and isinstance(n.get(schluessel), dict):
                self.schema(f"{ort}/{schluessel}", a[schluessel], n[schluessel], richtung)
        self.varianten(ort, a, n, richtung)

    def werte(self, ort: str, a: dict[str, Any], n: dict[str, Any], richtung: Richtung) -> None:
        ta, tn = typen(a), typen(n)
        weiter = not tn or bool(ta and tn >= ta)
        enger = not ta or bool(tn and tn <= ta)
        if not (weiter if richtung is Richtung.ANFRAGE else enger):
            self.bruch(ort, f"type {sorted(ta)} -> {sorted(tn)}")
        if a.get("format") != n.get("format"):
            self.bruch(ort, f"format {a.get('format')} -> {n.get('format')}, another type in clients")
        if a.get("pattern") != n.get("pattern"):
            entfallen, neu = "pattern" not in n, "pattern" not in a
            if not (entfallen if richtung is Richtung.ANFRAGE else neu):
                self.bruch(ort, f"pattern {a.get('pattern')} -> {n.get('pattern')}")
        for name, vorzeichen in GRENZEN.items():
            x, y = a.get(name), n.get(name)
            if x == y:
                continue
            strenger = y is not None and (x is None or (y - x) * vorzeichen > 0)
            if strenger == (richtung is Richtung.ANFRAGE):
                self.bruch(ort, f"{name} {x} -> {y}")
        ea, en = (set(map(str, s["enum"])) if "enum" in s else None for s in (a, n))
        if ea != en:
            if richtung is Richtung.ANFRAGE and en is not None and not (ea is not None and ea <= en):
                self.bruch(ort, f"values no longer accepted: {sorted((ea or set()) - en) or 'any other'}")
            if richtung is Richtung.ANTWORT and ea is not None and not (en is not None and en <= ea):
                self.bruch(ort, f"new values in answers: {sorted((en or set()) - ea) or 'any'}")

    def felder(self, ort: str, a: dict[str, Any], n: dict[str, Any], richtung: Richtung) -> None:
        fa, fn = a.get("properties", {}), n.get("properties", {})
        pflicht_a, pflicht_n = set(a.get("required", [])), set(n.get("required", []))
        for name, feld in fa.items():
            if name not in fn:
                self.bruch(f"{ort}.{name}", "field removed")
            else:
                self.schema(f"{ort}.{name}", feld, fn[name], richtung)
        if richtung is Richtung.ANFRAGE:
            for name in sorted(pflicht_n - pflicht_a):
                self.bruch(f"{ort}.{name}", "field is now required")
            if n.get("additionalProperties") is False and a.get("additionalProperties") is not False and fa:
                self.bruch(ort, "unknown fields are now refused")
        else:
            for name in sorted((pflicht_a - pflicht_n) & set(fn)):
                self.bruch(f"{ort}.{name}", "field is no longer guaranteed")

    def varianten(self, ort: str, a: dict[str, Any], n: dict[str, Any], richtung: Richtung) -> None:
        def kennung(variante: dict[str, Any]) -> str:
            return variante.get("$ref") or json.dumps(variante, sort_keys=True)

        for art in ("oneOf", "anyOf", "allOf"):
            va, vn = ({kennung(v): v for v in s.get(art, [])} for s in (a, n))
            for weg in va.keys() - vn.keys():
                self.bruch(ort, f"{art} variant removed: {weg[:80]}")
            if richtung is Richtung.ANTWORT or art == "allOf":
                for dazu in vn.keys() - va.keys():
                    self.bruch(ort, f"{art} variant added: {dazu[:80]}")
            for gleich in va.keys() & vn.keys():
                self.schema(ort, va[gleich], vn[gleich], richtung)
        if (a.get("discriminator") or {}).get("propertyName") != (n.get("discriminator") or {}).get("propertyName"):
            self.bruch(ort, "discriminator changed")


def vergleiche(alt: dict[str, Any], neu: dict[str, Any]) -> list[str]:
    vergleich = Vergleich(alt, neu)
    vergleich.dokumente()
    return vergleich.brueche


def main(argumente: list[str]) -> int:
    if len(argumente) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    dokumente = []
    for datei in argumente:
        with open(datei, encoding="utf-8") as strom:
            dokumente.append(json.load(strom))
    brueche = vergleiche(*dokumente)
    for bruch in brueche:
        print(f"break  {bruch}")
    print(f"compatibility: {len(brueche)} breaks")
    return 1 if brueche else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
