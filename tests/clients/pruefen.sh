#!/usr/bin/env bash
# Makes clients from the committed document as a front end or a municipality would, compiles them strictly and lets them
# call a throw-away demo server. A construct that a generator cannot read shows here, not at the user's.
source "$(dirname "${BASH_SOURCE[0]}")/../vertrag/umgebung.sh"
source "$VERTRAG/server.sh"
braucht_dokument
CLIENTS=$WURZEL/tests/clients
# Inside .werkzeug, where Node finds the packages by walking up.
BAU=$WERKZEUG/clients
rm -rf "$BAU"
mkdir -p "$BAU/typescript" "$BAU/python"

gut=() schlecht=()
pruefe() { # NAME COMMAND…
  local name=$1
  shift
  if "$@"; then
    echo "ok    $name"
    gut+=("$name")
  else
    echo "FAIL  $name"
    schlecht+=("$name")
  fi
}

typescript_erzeugen() {
  openapi-typescript "$DOKUMENT" --output "$BAU/typescript/api.ts" >/dev/null &&
    cp "$CLIENTS/typescript/"* "$BAU/typescript/" &&
    tsc --project "$BAU/typescript/tsconfig.json"
}

# It leaves out an operation it cannot express and says so only in a warning.
python_erzeugen() {
  openapi-python-client generate --path "$DOKUMENT" --config "$CLIENTS/python/config.yaml" --meta none --overwrite \
    --output-path "$BAU/python/aqb_client" >"$BAU/python/bericht.txt" 2>&1 || {
    cat "$BAU/python/bericht.txt"
    return 1
  }
  if grep -qi warning "$BAU/python/bericht.txt"; then
    cat "$BAU/python/bericht.txt"
    return 1
  fi
  cp "$CLIENTS/python/"*.py "$BAU/python/"
  (cd "$BAU/python" && mypy --config-file "$CLIENTS/python/mypy.ini" --no-error-summary --cache-dir="$BAU/mypy" aqb_client suite.py)
}

pruefe "TypeScript client: generate, tsc --strict" typescript_erzeugen
pruefe "Python client: generate, mypy" python_erzeugen

server_starten "$@"
pruefe "TypeScript client: reference data to final Bescheid" node "$BAU/typescript/out/suite.mjs"
pruefe "Python client: reference data to final Bescheid" env PYTHONPATH="$BAU/python" python3 "$BAU/python/suite.py" "$DOKUMENT"

if [ ${#schlecht[@]} -gt 0 ]; then server_log 20; fi
echo "clients: ${#gut[@]} passed, ${#schlecht[@]} failed"
[ ${#schlecht[@]} -eq 0 ]
