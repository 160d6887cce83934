#!/usr/bin/env bash
# A server to try things with: builds, loads the demo data once, serves until Ctrl-C.
#   start.sh                uses DATABASE_URL, or sqlite://data/aqb.db
#   start.sh --postgres     a private PostgreSQL that is gone when the server ends
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"
cd "$WURZEL"

"$VERTRAG/einrichten.sh" bau
cargo build --workspace --locked

# To try things with: a server is for production unless it is told otherwise, and then it refuses demo accounts.
export AQB_UMGEBUNG=${AQB_UMGEBUNG:-entwicklung}
# Payments need an account that pays; this one is no real treasury's.
export AQB_ZAHLUNG_IBAN=${AQB_ZAHLUNG_IBAN:-DE02120300000000202051} AQB_ZAHLUNG_NAME=${AQB_ZAHLUNG_NAME:-DEMO Landeskasse}

CLUSTER=''
mit_postgres() {
  CLUSTER=$(kurzer_ordner pg)
  trap '"$VERTRAG/postgres.sh" stoppen "$CLUSTER"' EXIT
  DATABASE_URL=$("$VERTRAG/postgres.sh" starten "$CLUSTER")
  export DATABASE_URL
  "$AQB" demo
  "$AQB" serve &
  local server=$!
  # The server ends first, then its database.
  # shellcheck disable=SC2064 # this very process
  trap "kill -TERM $server 2>/dev/null" INT TERM
  wait "$server" || wait "$server" || true
}

# Loaded once, into a new file: demo data in a database that exists would spoil someone's work, and half of it, left by
# an interrupted run, would be taken for the whole the next time.
DATEI=''
demo_einmal() {
  DATEI=${DATABASE_URL#sqlite://}
  if [ -e "$DATEI" ]; then return 0; fi
  mkdir -p "$(dirname "$DATEI")"
  trap 'rm -f "$DATEI" "$DATEI-wal" "$DATEI-shm" "$DATEI-lock"' EXIT
  "$AQB" demo
  trap - EXIT
}

case "${1:-}" in
--postgres) mit_postgres ;;
'')
  export DATABASE_URL=${DATABASE_URL:-sqlite://data/aqb.db}
  case $DATABASE_URL in
  sqlite://*) demo_einmal ;;
  # A server elsewhere may hold real data: it is brought to the current schema, never filled.
  *) "$AQB" migrate ;;
  esac
  exec "$AQB" serve
  ;;
*) abbruch "usage: start.sh [--postgres]" ;;
esac
