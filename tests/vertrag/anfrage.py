#!/usr/bin/env python3
"""The two HTTP calls the shell scripts need, with nothing but Python's standard library.

anfrage.py bereit SERVER         waits until /health/ready answers 200
anfrage.py token SERVER KONTO    prints an access token of a demo account
"""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

# A proxy from the environment must not see calls to this machine.
OEFFNER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def bereit(server: str, sekunden: float = 30.0) -> None:
    ende = time.monotonic() + sekunden
    grund = "no answer"
    while time.monotonic() < ende:
        try:
            with OEFFNER.open(f"{server}/health/ready", timeout=5) as antwort:
                if antwort.status == 200:
                    return
                grund = f"status {antwort.status}"
        except OSError as fehler:
            grund = str(fehler)
        time.sleep(0.1)
    raise SystemExit(f"{server}/health/ready: {grund}")


def token(server: str, konto: str) -> str:
    felder = {"grant_type": "client_credentials", "client_id": konto, "client_secret": "demo"}
    daten = urllib.parse.urlencode(felder).encode()
    try:
        with OEFFNER.open(f"{server}/oauth/token", data=daten, timeout=10) as antwort:
            return str(json.load(antwort)["access_token"])
    except urllib.error.HTTPError as fehler:
        raise SystemExit(f"no token for {konto}: {fehler.code} {fehler.read().decode(errors='replace')[:400]}") from None


def main(argumente: list[str]) -> None:
    match argumente:
        case ["bereit", server]:
            bereit(server)
        case ["token", server, konto]:
            print(token(server, konto))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
