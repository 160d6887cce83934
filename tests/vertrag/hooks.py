"""What the fuzzer cannot guess: who calls, which objects exist, which version they have.

Without this, every generated id is unknown and every If-Match stale, and the acts behind them are never reached.
Environment: SERVER (http://127.0.0.1:PORT), API (SERVER/v1), set by schemathesis.sh.
"""

import json
import os
import random
import re
import urllib.error
import urllib.request
import uuid
from functools import lru_cache
from typing import Any

import anfrage
import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

SERVER = os.environ["SERVER"]
API = os.environ["API"]

# One account per role. `x-rollen` of an operation (the first role of its rights) chooses; else the applicant calls.
KONTEN = {
    "GK": "demo-gk-06440-1",
    "RP": "demo-bewilligung-1",
    "MIN": "demo-ministerium-1",
    "TR": "demo-traeger-1",
    "PR": "demo-pruefung",
    "ADM": "demo-admin",
}
VORGABE = os.environ.get("ROLLE", "GK")
ZUFALL = random.Random(20260101)


def konto(operation: Any) -> str:
    rollen = operation.definition.raw.get("x-rollen") or [VORGABE]
    return KONTEN.get(rollen[0], KONTEN[VORGABE])


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
    """OAuth 2 ends in a bearer token. Only said so does the check for ignored authentication know which header to drop."""
    for verfahren in raw_schema.get("components", {}).get("securitySchemes", {}).values():
        if verfahren.get("type") in ("oauth2", "openIdConnect"):
            verfahren.clear()
            verfahren.update(type="http", scheme="bearer")


# Tokens live for minutes; a long run outlives them.
@schemathesis.auth(refresh_interval=240, cache_by_key=lambda case, ctx: konto(ctx.operation))
class Anmeldung:
    def get(self, case: Any, ctx: Any) -> str:
        return anfrage.token(SERVER, konto(ctx.operation))

    def set(self, case: Any, data: str, ctx: Any) -> None:
        case.headers["Authorization"] = f"Bearer {data}"


@lru_cache
def lesetoken() -> str:
    return anfrage.token(SERVER, KONTEN["PR"])


def lies(pfad: str) -> tuple[Any, str | None]:
    """Body and ETag of a resource as the auditor sees it, who may read everything."""
    bitte = urllib.request.Request(f"{API}{pfad}", headers={"Authorization": f"Bearer {lesetoken()}"})
    try:
        with anfrage.OEFFNER.open(bitte, timeout=10) as antwort:
            return json.load(antwort), antwort.headers.get("ETag")
    except urllib.error.HTTPError as fehler:
        if fehler.code == 401:
            lesetoken.cache_clear()
        return None, None
    except (OSError, ValueError):
        return None, None


@lru_cache
def bestand(sammlung: str, name: str) -> tuple[str, ...]:
    """Ids in a collection of the demo data: its entries carry the path parameter's name, or `id`."""
    inhalt, _ = lies(sammlung)
    eintraege = inhalt.get("daten", []) if isinstance(inhalt, dict) else []
    werte = [e.get(name, e.get("id")) for e in eintraege if isinstance(e, dict)]
    return tuple(str(w) for w in werte if w is not None)


def bekannter_pfad(vorlage: str) -> dict[str, str]:
    """Values for the path parameters of `vorlage` that name existing objects, as far as they go."""
    werte: dict[str, str] = {}
    pfad = ""
    for teil in vorlage.strip("/").split("/"):
        if treffer := re.fullmatch(r"\{(\w+)\}", teil):
            name = treffer[1]
            auswahl = bestand(pfad, name)
            if not auswahl:
                break
            werte[name] = teil = ZUFALL.choice(auswahl)
        pfad = f"{pfad}/{teil}"
    return werte


def etag(vorlage: str, werte: dict[str, Any]) -> str | None:
    """The version of the resource an act or a change is about: the path up to its last parameter."""
    ende = vorlage.rfind("}")
    if ende < 0:
        return None
    try:
        pfad = vorlage[: ende + 1].format(**werte)
    except KeyError:
        return None
    if not re.fullmatch(r"[\w./-]+", pfad):
        return None
    return lies(pfad)[1]


def passt(operation: Any, name: str, wert: str) -> bool:
    """A known value may be none of this parameter: `/kataloge` also names catalogues with a path of their own."""
    return operation.path.replace(f"{{{name}}}", wert) not in operation.schema.raw_schema["paths"]


def beispiel(operation: Any, name: str) -> str:
    """The value the document gives as an example of a path parameter."""
    roh = operation.schema.raw_schema["paths"][operation.path][operation.method.lower()]["parameters"]
    return str(next(p["example"] for p in roh if p.get("in") == "path" and p.get("name") == name))


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    meta = case.meta
    if meta is None:
        return
    heil = {ort: not meta.is_negative_at(ort) for ort in (ParameterLocation.PATH, ParameterLocation.HEADER)}
    # The stateful phase brings ids of its own from earlier answers, and its checks rely on them.
    if case.path_parameters and heil[ParameterLocation.PATH] and meta.phase.name != TestPhase.STATEFUL:
        if ZUFALL.random() < 0.7:
            for name, wert in bekannter_pfad(case.path).items():
                if name in case.path_parameters and passt(case.operation, name, wert):
                    case.path_parameters[name] = wert
        # The fuzzer takes values from earlier answers, too; one that names another operation proves nothing here.
        for name, wert in list(case.path_parameters.items()):
            if isinstance(wert, str) and not passt(case.operation, name, wert):
                case.path_parameters[name] = beispiel(case.operation, name)
    # A cursor is opaque: only one the server gave can be valid, and the fuzzer cannot know one.
    if case.query and not meta.is_negative_at(ParameterLocation.QUERY):
        case.query.pop("cursor", None)
    if not heil[ParameterLocation.HEADER] or not case.headers:
        return
    # A fresh key for each valid case: the fuzzer loves to repeat one, and would meet only stored answers.
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if "If-Match" in case.headers and ZUFALL.random() < 0.7:
        if version := etag(case.path, case.path_parameters):
            case.headers["If-Match"] = version


# What the fuzzer makes of a workbook is bytes like any other; a good one is read by the tests.
@schemathesis.serializer("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def als_bytes(ctx: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


# Bodies declared as `string, format binary` are checked as one string.
@schemathesis.deserializer(
    "application/octet-stream",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/xml",
    "application/zip",
    "image/svg+xml",
    "text/calendar",
    "text/csv",
)
def als_zeichenkette(ctx: Any, response: Any) -> str:
    inhalt: bytes = response.content
    # Latin-1 gives every byte a character, so nothing is lost and nothing can fail.
    return inhalt.decode("latin-1")
