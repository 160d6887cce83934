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

# The names of what failed end the output; of the server's log only what went wrong there.
if [ "$code" -ne 0 ]; then
  sag "--- errors in the server's log"
  grep -E ' (ERROR|WARN) ' "$SERVER_ORDNER/server.log" | grep -v 'login refused' | tail -n 20 >&2 || true
  sag "--- what failed"
  python3 -c '
import sys, xml.etree.ElementTree as ET
for fall in ET.parse(sys.argv[1]).iter("testcase"):
    if fall.find("failure") is not None or fall.find("error") is not None:
        print("FAIL ", fall.get("name"), file=sys.stderr)
' "$bericht/junit.xml"
fi
exit "$code"
