#!/usr/bin/env bash
# The committed contract and the code say the same.
#   dokument.sh erzeugen   writes openapi.json, operations.txt and problem-types.txt below openapi/ from the server program
#   dokument.sh pruefen    fails if they differ from it, or if the contract breaks the released one
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"
braucht_server

neu=$(kurzer_ordner dokument)
trap 'rm -rf "$neu"' EXIT
# From an empty folder: the document must not depend on a database or a configuration that lies about.
(cd "$neu" && "$AQB" openapi >openapi.json)
"$AQB" openapi --operationen >"$neu/operations.txt"
"$AQB" openapi --probleme >"$neu/problem-types.txt"

case ${1:-} in
erzeugen)
  cp "$neu/openapi.json" "$neu/operations.txt" "$neu/problem-types.txt" "$WURZEL/openapi/"
  echo "openapi: $(wc -l <"$neu/operations.txt") operations written"
  ;;
pruefen)
  for datei in openapi.json operations.txt problem-types.txt; do
    diff -u "$WURZEL/openapi/$datei" "$neu/$datei" >"$neu/unterschied" 2>&1 || {
      head -n 60 "$neu/unterschied"
      abbruch "openapi/$datei is not what the code says; run 'make openapi' and read the difference"
    }
  done
  if [ -e "$WURZEL/openapi/released.json" ]; then
    python3 "$VERTRAG/bruch.py" "$WURZEL/openapi/released.json" "$neu/openapi.json"
  fi
  echo "document: $(wc -l <"$neu/operations.txt") operations, 0 differences"
  ;;
*) abbruch "usage: dokument.sh erzeugen | pruefen" ;;
esac
