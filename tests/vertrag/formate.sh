#!/usr/bin/env bash
# Checks the files the server makes with programs that are not ours: every script of tests/formate, each with a
# throw-away server of its own, so that none depends on what another did.
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"
cd "$WURZEL"

anzahl=0
for skript in tests/formate/*.py; do
  sag "$skript"
  "$VERTRAG/mit-server.sh" python3 "$skript" || abbruch "$skript failed"
  anzahl=$((anzahl + 1))
done
[ "$anzahl" -gt 0 ] || abbruch "there is no script in tests/formate"
echo "$anzahl scripts passed"
