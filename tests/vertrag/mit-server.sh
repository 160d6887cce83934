#!/usr/bin/env bash
# Runs a command against a throw-away demo server: mit-server.sh [--postgres] COMMAND…
# The command finds SERVER (http://127.0.0.1:PORT) and API (SERVER/v1) in its environment.
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"
source "$(dirname "${BASH_SOURCE[0]}")/server.sh"
speicher=()
if [ "${1:-}" = --postgres ]; then
  speicher=(--postgres)
  shift
fi
[ $# -gt 0 ] || abbruch "usage: mit-server.sh [--postgres] COMMAND…"
server_starten "${speicher[@]}"
code=0
"$@" || code=$?
[ "$code" -eq 0 ] || server_log 20
exit "$code"
