#!/usr/bin/env bash
# Drives the documentation page of a throw-away demo server in a headless browser; see swagger.mjs.
#   swagger.sh [--postgres]
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"
source "$(dirname "${BASH_SOURCE[0]}")/server.sh"
programm=$(chromium_finden) || abbruch "there is no Chromium; run tests/vertrag/einrichten.sh, or set CHROMIUM"
server_starten "$@"
mkdir -p "$PROTOKOLL"
code=0
node "$VERTRAG/swagger.mjs" "$SERVER" "$programm" "$PROTOKOLL/swagger.png" || code=$?
[ "$code" -eq 0 ] || server_log 20
exit "$code"
