#!/usr/bin/env bash
# Runs the checks and prints one line for each; ends with `N passed, N failed`. What a check needs is run before it.
#   alles.sh               everything a change must pass
#   alles.sh SCHRITT…      only these (see `schritte` below)
# On a terminal the running step shows its last line; VERBOSE=1 shows everything. Full logs: .werkzeug/protokoll/.
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"
cd "$WURZEL"

schritte=(format clippy bau rust dokument tour lint formate schemathesis clients swagger)

schritt_format() { cargo fmt --all --check; }
schritt_clippy() { cargo clippy --workspace --all-targets --locked -- -D warnings; }
schritt_bau() { cargo build --workspace --locked; }
schritt_rust() {
  CLUSTER=$(kurzer_ordner pg)
  trap '"$VERTRAG/postgres.sh" stoppen "$CLUSTER"' EXIT
  AQB_TEST_PG_URL=$("$VERTRAG/postgres.sh" starten "$CLUSTER") || return 1
  export AQB_TEST_PG_URL
  cargo test --workspace --locked --no-fail-fast
}
schritt_dokument() { "$VERTRAG/dokument.sh" pruefen; }
schritt_tour() {
  SERVER_UHR=2029-02-01T08:00:00Z "$VERTRAG/mit-server.sh" python3 tests/tour/tour.py \
    --ab 2030-02-01T08:00:00Z python3 tests/tour/nachweis.py || return 1
  "$VERTRAG/mit-server.sh" python3 tests/tour/readme.py
}
schritt_lint() { "$VERTRAG/lint.sh"; }
schritt_formate() { "$VERTRAG/formate.sh"; }
schritt_schemathesis() { "$VERTRAG/schemathesis.sh"; }
schritt_schemathesis_postgres() { "$VERTRAG/schemathesis.sh" --postgres; }
schritt_clients() { "$WURZEL/tests/clients/pruefen.sh"; }
schritt_swagger() { "$VERTRAG/swagger.sh"; }
schritt_werkzeuge() {
  wait "$EINRICHTUNG" || {
    cat "$PROTOKOLL/einrichtung.log"
    return 1
  }
  tail -n 1 "$PROTOKOLL/einrichtung.log"
}

braucht_bau() { case $1 in dokument | tour | formate | schemathesis* | clients | swagger) true ;; *) false ;; esac }
braucht_werkzeuge() { case $1 in lint | formate | schemathesis* | clients | swagger) true ;; *) false ;; esac }

# One line that says what came out: the sum of all test binaries, or the last line of the step's own report.
ergebniszeile() { # SCHRITT
  case $1 in
  rust)
    awk '/^test result:/ { gut += $4; schlecht += $6; aus += $8 } END { printf "%d tests passed, %d failed, %d ignored", gut, schlecht, aus }' \
      "$PROTOKOLL/$1.log"
    ;;
  format | clippy | bau) ;;
  *) grep -vE '^[[:space:]]*$' "$PROTOKOLL/$1.log" | tail -n 1 | tr -d '=\r' | sed -E 's/^ +| +$//g' | cut -c 1-72 ;;
  esac
}

terminal() { [ -t 1 ] && [ -z "${VERBOSE:-}" ]; }

# Shows that something moves, until the process ends.
beobachten() { # PID SCHRITT BEGINN
  local breite zeile
  breite=$(tput cols 2>/dev/null || echo 80)
  while kill -0 "$1" 2>/dev/null; do
    zeile=$(tail -c 2000 "$PROTOKOLL/$2.log" 2>/dev/null | tr '\r' '\n' | sed 's/\x1b\[[0-9;]*[A-Za-z]//g' | grep -vE '^[[:space:]]*$' | tail -n 1 || true)
    printf '\r\033[K%.*s' "$((breite - 1))" "  ... $2 $((SECONDS - $3)) s  $zeile"
    sleep 1
  done
  printf '\r\033[K'
}

namen=() urteile=() dauern=() texte=()
gescheitert=0 LAUFEND='' EINRICHTUNG='' CLUSTER=''

ausfuehren() { # SCHRITT
  local name=$1 beginn=$SECONDS code=0 log=$PROTOKOLL/$1.log
  terminal || echo "--> $name"
  : >"$log"
  if [ "$name" = werkzeuge ]; then
    # In this shell: it waits for a child of ours.
    schritt_werkzeuge >"$log" 2>&1 </dev/null || code=$?
  else
    # A process group of its own, so that Ctrl-C ends a whole step with all its children.
    set -m
    if [ -n "${VERBOSE:-}" ]; then
      ("schritt_$name") > >(tee "$log") 2>&1 </dev/null &
    else
      ("schritt_$name") >"$log" 2>&1 </dev/null &
    fi
    LAUFEND=$!
    set +m
    if terminal; then beobachten "$LAUFEND" "$name" "$beginn"; fi
    wait "$LAUFEND" || code=$?
    LAUFEND=''
  fi
  namen+=("$name")
  dauern+=($((SECONDS - beginn)))
  texte+=("$(ergebniszeile "$name" || true)")
  if [ "$code" -eq 0 ]; then
    urteile+=(ok)
  else
    urteile+=(FAIL)
    gescheitert=$((gescheitert + 1))
    if [ -z "${VERBOSE:-}" ]; then
      echo "--- $name failed; the end of its log:"
      tail -n "${LOG_ZEILEN:-120}" "$log"
      echo "---"
    fi
  fi
  printf '%-5s %-20s %5d s  %s\n' "${urteile[-1]}" "$name" "${dauern[-1]}" "${texte[-1]}"
  return "$code"
}

zusammenfassung() {
  local i uebersprungen=$1
  printf '\n%-5s %-20s %7s  %s\n' "" step time result
  for i in "${!namen[@]}"; do
    printf '%-5s %-20s %5d s  %s\n' "${urteile[i]}" "${namen[i]}" "${dauern[i]}" "${texte[i]}"
  done
  printf '%-5s %-20s %5d s\n\n' "" total "$SECONDS"
  printf '%d passed, %d failed' "$((${#namen[@]} - gescheitert))" "$gescheitert"
  if [ "$uebersprungen" -gt 0 ]; then printf ', %d skipped' "$uebersprungen"; fi
  printf '\n'
}

aufraeumen() {
  local pid
  for pid in "$LAUFEND" "$EINRICHTUNG"; do
    if [ -n "$pid" ] && kill -TERM -- "-$pid" 2>/dev/null; then wait "$pid" 2>/dev/null || true; fi
  done
}

gewaehlt=("$@")
[ ${#gewaehlt[@]} -gt 0 ] || gewaehlt=("${schritte[@]}")
for name in "${gewaehlt[@]}"; do
  declare -F "schritt_$name" >/dev/null || abbruch "there is no step $name; there are: ${schritte[*]} schemathesis_postgres"
done

mkdir -p "$PROTOKOLL"
trap aufraeumen EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$VERTRAG/einrichten.sh" bau
for name in "${gewaehlt[@]}"; do
  if braucht_werkzeuge "$name"; then
    # Downloads and the compiler want different things of the machine: the tools install while cargo works.
    set -m
    "$VERTRAG/einrichten.sh" >"$PROTOKOLL/einrichtung.log" 2>&1 </dev/null &
    EINRICHTUNG=$!
    set +m
    break
  fi
done

gebaut='' bereit='' uebersprungen=0
for name in "${gewaehlt[@]}"; do
  if { [ "$name" = bau ] || braucht_bau "$name"; } && [ -z "$gebaut" ]; then
    if ausfuehren bau; then gebaut=ja; else gebaut=nein; fi
  fi
  if [ "$name" = bau ]; then continue; fi
  if braucht_werkzeuge "$name" && [ -z "$bereit" ]; then
    if ausfuehren werkzeuge; then bereit=ja; else bereit=nein; fi
  fi
  if { braucht_bau "$name" && [ "$gebaut" = nein ]; } || { braucht_werkzeuge "$name" && [ "$bereit" = nein ]; }; then
    uebersprungen=$((uebersprungen + 1))
    continue
  fi
  ausfuehren "$name" || true
done

zusammenfassung "$uebersprungen"
[ "$gescheitert" -eq 0 ]
