"""What every program around the generated client needs: signing in, and telling results from problems."""

import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import httpx
from aqb_client import AuthenticatedClient
from aqb_client.models import Problem
from aqb_client.types import Response, Unset

API = os.environ["API"]
SERVER = os.environ["SERVER"]

S = TypeVar("S")
T = TypeVar("T")


def ohne_if_match(bitte: httpx.Request) -> None:
    """Loses the header as a proxy might. The generated functions allow nobody to forget it."""
    bitte.headers.pop("If-Match", None)


def anmelden(konto: str, *, if_match_verlieren: bool = False) -> AuthenticatedClient:
    felder = {"grant_type": "client_credentials", "client_id": konto, "client_secret": "demo"}
    # A proxy from the environment must not see calls to this machine.
    antwort = httpx.post(f"{SERVER}/oauth/token", data=felder, trust_env=False)
    antwort.raise_for_status()
    haken = [ohne_if_match] if if_match_verlieren else []
    return AuthenticatedClient(
        base_url=API,
        token=antwort.json()["access_token"],
        headers={"Accept-Language": "de"},
        raise_on_unexpected_status=True,
        httpx_args={"trust_env": False, "event_hooks": {"request": haken}},
    )


def einmal() -> str:
    """The key of a request that must take effect once, however often it arrives."""
    return str(uuid.uuid4())


@dataclass
class Ergebnis(Generic[T]):
    daten: T
    etag: str
    wiederholt: bool


def ergebnis(antwort: Response[Problem | T]) -> Ergebnis[T]:
    """The result of a call that must succeed, with the ETag for the next one."""
    daten = antwort.parsed
    assert daten is not None and not isinstance(daten, Problem), antwort.content.decode()
    return Ergebnis(daten, antwort.headers.get("ETag", ""), antwort.headers.get("Idempotent-Replayed") == "true")


def gelesen(art: type[T], antwort: Response[S]) -> Ergebnis[T]:
    """The same for a conditional read: the generator types its bodiless 304 as `Any`, which silences mypy."""
    assert isinstance(antwort.parsed, art), antwort.content.decode()
    return Ergebnis(antwort.parsed, antwort.headers.get("ETag", ""), wiederholt=False)


def ablehnung(antwort: Response[Problem | T], status: int) -> Problem:
    """The problem of a call that must be refused with this status."""
    problem = antwort.parsed
    assert isinstance(problem, Problem), antwort.content.decode()
    assert antwort.status_code == problem.status == status, antwort.content.decode()
    assert antwort.headers["Content-Type"].split(";")[0] == "application/problem+json", antwort.headers
    return problem


def einziger(liste: Sequence[T]) -> T:
    """The only finding of a problem or report; a second one would be news."""
    assert len(liste) == 1, liste
    return liste[0]


def vorhanden(wert: T | Unset) -> T:
    """A field that may be absent, but not here."""
    assert not isinstance(wert, Unset), "missing"
    return wert


def cent(betrag: str) -> int:
    """A Betrag in whole cents."""
    return int(betrag.replace(".", ""))
