#!/usr/bin/env python3
"""The calendar of deadlines in the hands of the library icalendar: does it read what RFC 5545 describes?

SERVER=http://127.0.0.1:8080 ics.py      a server with the demonstration data
"""

import datetime
import json
import os
import sys
import urllib.error
import urllib.request

import icalendar

SERVER = os.environ["SERVER"].rstrip("/")
# A proxy from the environment must not see calls to this machine.
OEFFNER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def hole(pfad: str, koerper: dict | None = None, **kopf: str) -> tuple[int, str, bytes]:
    daten = None if koerper is None else json.dumps(koerper).encode()
    if daten is not None:
        kopf["Content-Type"] = "application/json"
    anfrage = urllib.request.Request(SERVER + pfad, data=daten, headers=kopf)
    try:
        with OEFFNER.open(anfrage, timeout=10) as antwort:
            return antwort.status, antwort.headers["Content-Type"], antwort.read()
    except urllib.error.HTTPError as fehler:
        return fehler.code, fehler.headers["Content-Type"], fehler.read()


def token(konto: str) -> str:
    form = f"grant_type=client_credentials&client_id={konto}&client_secret=demo".encode()
    with OEFFNER.open(urllib.request.Request(f"{SERVER}/oauth/token", data=form), timeout=10) as antwort:
        return json.load(antwort)["access_token"]


def verlange(bedingung: bool, sonst: object) -> None:
    if not bedingung:
        sys.exit(f"ics: {sonst}")


def pruefe_ereignis(e: icalendar.Event) -> None:
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "LAST-MODIFIED", "SEQUENCE", "STATUS"):
        verlange(name in e, f"{name} is missing in {e}")
    beginn, ende = e.decoded("DTSTART"), e.decoded("DTEND")
    verlange(type(beginn) is datetime.date, f"no whole day: {beginn!r}")
    verlange(ende == beginn + datetime.timedelta(days=1), f"one day, not {beginn} to {ende}")
    verlange(e.decoded("DTSTAMP").tzinfo is not None, "DTSTAMP in UTC")
    verlange(e["STATUS"] in ("CONFIRMED", "CANCELLED"), e["STATUS"])
    verlange("Rechtsgrundlage: " in e["DESCRIPTION"] and "\nFolge: " in e["DESCRIPTION"], e["DESCRIPTION"])
    for alarm in e.walk("VALARM"):
        verlange(alarm["ACTION"] == "DISPLAY" and "DESCRIPTION" in alarm, alarm)
        verlange(alarm.decoded("TRIGGER") <= datetime.timedelta(0), f"an alarm after the day: {alarm}")


def main() -> None:
    bearer = {"Authorization": f"Bearer {token('demo-bewilligung-1')}"}
    status, _, koerper = hole("/v1/kalenderzugaenge", {"bezeichnung": "Formatprüfung"}, **bearer)
    verlange(status == 201, koerper)
    adresse = json.loads(koerper)["adresse"]
    status, typ, roh = hole(adresse)
    verlange(status == 200 and typ == "text/calendar; charset=utf-8", (status, typ))
    verlange(roh.endswith(b"\r\n") and b"\n" not in roh.replace(b"\r\n", b""), "line ends are not CRLF")
    verlange(all(len(zeile) <= 75 for zeile in roh.split(b"\r\n")), "a line is longer than 75 octets")
    kalender = icalendar.Calendar.from_ical(roh)
    verlange(kalender["VERSION"] == "2.0" and "PRODID" in kalender, "VERSION or PRODID is missing")
    ereignisse = kalender.walk("VEVENT")
    verlange(bool(ereignisse), "no event")
    verlange(not kalender.errors and not any(e.errors for e in ereignisse), "the library found errors")
    for e in ereignisse:
        pruefe_ereignis(e)
    verlange(len({str(e["UID"]) for e in ereignisse}) == len(ereignisse), "a UID stands twice")
    verlange(any(e.walk("VALARM") for e in ereignisse), "no alarm at all")
    verlange(hole(adresse)[2] == roh, "nothing changed, yet the calendar did")
    status, typ, _ = hole("/v1/fristen.ics?token=falsch")
    verlange((status, typ) == (401, "application/problem+json"), (status, typ))
    print(f"ics: {len(ereignisse)} events read")


if __name__ == "__main__":
    main()
