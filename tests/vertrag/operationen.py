#!/usr/bin/env python3
"""operationen.py DOKUMENT: one operation per line, so that a review sees what came and what went."""

import json
import sys

VERBEN = ("get", "post", "put", "patch", "delete")


def main(datei: str) -> None:
    with open(datei, encoding="utf-8") as strom:
        dokument = json.load(strom)
    for pfad, eintrag in sorted(dokument["paths"].items()):
        for verb in VERBEN:
            if operation := eintrag.get(verb):
                print(f"{verb.upper():6} {pfad}  {operation['operationId']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
