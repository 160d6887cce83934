#!/usr/bin/env bash
# Runs a command against a throw-away demo server: mit-server.sh [--postgres] COMMAND… [--ab UHR COMMAND…]
# What follows --ab runs after it, on the same data, when the server's clock stands at UHR.
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
while [ $# -gt 0 ] && [ "$code" -eq 0 ]; do
  if [ "$1" = --ab ]; then
    server_weiter "$2"
    shift 2
  fi
  befehl=()
  while [ $# -gt 0 ] && [ "$1" != --ab ]; do
    befehl+=("$1")
    shift
  done
  "${befehl[@]}" || code=$?
done
[ "$code" -eq 0 ] || server_log 20
exit "$code"
