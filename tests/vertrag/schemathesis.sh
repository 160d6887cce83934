#!/usr/bin/env bash
# Fuzzes a throw-away demo server along the committed document, all checks, no failure allowed.
#   schemathesis.sh [--postgres] [further options of `schemathesis run`, such as --include-path /antraege]
# ROLLE chooses who calls operations without x-rollen: GK (default), RP, MIN, TR, PR, ADM.
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"
source "$(dirname "${BASH_SOURCE[0]}")/server.sh"
braucht_dokument

speicher=()
if [ "${1:-}" = --postgres ]; then
  speicher=(--postgres)
  shift
fi
server_starten "${speicher[@]}"

bericht=$PROTOKOLL/schemathesis
mkdir -p "$bericht"
code=0
# The configuration is found, and its paths are read, from the working directory.
cd "$VERTRAG"
PYTHONPATH=$VERTRAG PYTHONDONTWRITEBYTECODE=1 HYPOTHESIS_STORAGE_DIRECTORY=$SERVER_ORDNER/hypothesis \
  schemathesis --config-file "$VERTRAG/schemathesis.toml" run "$DOKUMENT" --url "$API" \
  --report=junit --report-junit-path="$bericht/junit.xml" "$@" || code=$?

if [ "$code" -ne 0 ]; then
  sag "--- server log"
  server_log 40
fi
exit "$code"
