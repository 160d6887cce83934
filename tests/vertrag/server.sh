# shellcheck shell=bash
# Sourced after umgebung.sh. A throw-away server with demo data on a free port of this machine:
#   server_starten [--postgres]   sets SERVER (http://127.0.0.1:PORT), API (…/v1) and SERVER_DATENBANK
#   server_weiter UHR             starts it again on the same database, on a later day
#   server_stoppen                stops it by its process id and removes every trace; also runs at exit
#   server_token KONTO            prints an access token of a demo account
# SERVER_UHR may be set beforehand: the moment from which the server's clock runs.
# The clock begins on the day of the examples in the document: what depends on the day must not depend on the day on
# which a check runs.
SERVER_UHR=${SERVER_UHR:-2026-09-15T08:00:00Z}
SERVER='' API='' SERVER_PID='' SERVER_ORDNER='' SERVER_CLUSTER=''

# Only what this file says reaches the server: an AQB_ variable or a DATABASE_URL of the caller's shell must not make
# the contract checks write into a real database.
server_ausfuehren() {
  local name
  for name in $(compgen -e AQB_); do unset "$name"; done
  AQB_ZAHLUNG_IBAN=DE02120300000000202051 AQB_ZAHLUNG_BIC=BYLADEM1001 AQB_ZAHLUNG_NAME='DEMO Landeskasse' \
    DATABASE_URL=$SERVER_DATENBANK AQB_UMGEBUNG=entwicklung AQB_UHR=$SERVER_UHR AQB_BIND=127.0.0.1:0 AQB_LOG=text \
    exec "$AQB" "$@"
}

server_starten() {
  braucht_server
  trap server_stoppen EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  SERVER_ORDNER=$(kurzer_ordner server)
  SERVER_DATENBANK=sqlite://$SERVER_ORDNER/aqb.db
  if [ "${1:-}" = --postgres ]; then
    SERVER_CLUSTER=$(kurzer_ordner pg)
    SERVER_DATENBANK=$("$VERTRAG/postgres.sh" starten "$SERVER_CLUSTER")
  fi
  (server_ausfuehren demo) >"$SERVER_ORDNER/server.log" 2>&1 </dev/null || server_gescheitert "aqb demo failed"
  server_hochfahren
}

server_weiter() { # UHR
  server_anhalten
  SERVER_UHR=$1
  server_hochfahren
}

server_hochfahren() {
  local log=$SERVER_ORDNER/server.log
  # before the server runs: the address must be found in its log, not in that of the one before
  : >"$log"
  (server_ausfuehren serve) >>"$log" 2>&1 </dev/null &
  SERVER_PID=$!
  local versuch
  for versuch in $(seq 300); do
    API=$(grep -oE -m 1 'http://127\.0\.0\.1:[0-9]+/v1' "$log" || true)
    if [ -n "$API" ]; then break; fi
    kill -0 "$SERVER_PID" 2>/dev/null || server_gescheitert "the server ended before it listened"
    [ "$versuch" -lt 300 ] || server_gescheitert "the server printed no address within 30 s"
    sleep 0.1
  done
  SERVER=${API%/v1}
  export SERVER API SERVER_DATENBANK
  python3 "$VERTRAG/anfrage.py" bereit "$SERVER" || server_gescheitert "the server did not become ready"
}

server_gescheitert() {
  sag "--- server log"
  tail -n 40 "$SERVER_ORDNER/server.log" >&2
  abbruch "$*"
}

server_token() { python3 "$VERTRAG/anfrage.py" token "$SERVER" "$1"; }

# The end of the log, for a check that failed and wants to know why.
server_log() { tail -n "${1:-40}" "$SERVER_ORDNER/server.log" >&2; }

server_anhalten() {
  if [ -n "$SERVER_PID" ]; then
    kill -TERM "$SERVER_PID" 2>/dev/null || true
    local versuch
    for versuch in $(seq 100); do
      kill -0 "$SERVER_PID" 2>/dev/null || break
      [ "$versuch" -lt 100 ] || kill -KILL "$SERVER_PID" 2>/dev/null || true
      sleep 0.1
    done
    wait "$SERVER_PID" 2>/dev/null || true
    SERVER_PID=''
  fi
}

server_stoppen() {
  server_anhalten
  if [ -n "$SERVER_CLUSTER" ]; then "$VERTRAG/postgres.sh" stoppen "$SERVER_CLUSTER"; SERVER_CLUSTER=''; fi
  if [ -n "$SERVER_ORDNER" ]; then rm -rf "$SERVER_ORDNER"; SERVER_ORDNER=''; fi
}
