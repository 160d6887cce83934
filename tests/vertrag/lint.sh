#!/usr/bin/env bash
# Lints the contract: structure (openapi-spec-validator), our rules (Spectral), a second opinion (Redocly), and first
# the rules and the compatibility check themselves. Every tool runs, so that one run shows everything.
#   lint.sh [--warnungen]     with Spectral's warnings in full; else only their number
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"
braucht_dokument

fehlgeschlagen=()
ergebnis() { # NAME EXIT-CODE
  if [ "$2" -eq 0 ]; then echo "ok    $1"; else
    echo "FAIL  $1"
    fehlgeschlagen+=("$1")
  fi
}

ausgabe=$(kurzer_ordner lint)
trap 'rm -rf "$ausgabe"' EXIT

code=0
node "$VERTRAG/regelprobe.mjs" || code=$?
ergebnis "rule probe" "$code"

code=0
python3 -B "$VERTRAG/test_bruch.py" 2>&1 | tail -n 4 || code=$?
ergebnis "compatibility probe" "$code"

code=0
openapi-spec-validator --schema 3.1 "$DOKUMENT" || code=$?
ergebnis "openapi-spec-validator" "$code"

code=0
spectral lint --ruleset "$WURZEL/openapi/regeln.spectral.yaml" --fail-severity=error --quiet \
  --format=json --output.json="$ausgabe/spectral.json" "$DOKUMENT" || code=$?
node "$VERTRAG/lintbericht.mjs" "$ausgabe/spectral.json" "$@" || true
ergebnis "spectral" "$code"

code=0
redocly lint --config "$WURZEL/openapi/redocly.yaml" "$DOKUMENT" >"$ausgabe/redocly.txt" 2>&1 || code=$?
# On success it prints only advice about its own runtime.
[ "$code" -eq 0 ] || cat "$ausgabe/redocly.txt"
ergebnis "redocly" "$code"

if [ ${#fehlgeschlagen[@]} -eq 0 ]; then
  echo "lint: 5 passed, 0 failed"
else
  echo "lint: $((5 - ${#fehlgeschlagen[@]})) passed, ${#fehlgeschlagen[@]} failed (${fehlgeschlagen[*]})"
  exit 1
fi
