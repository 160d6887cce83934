#!/usr/bin/env bash
# A private PostgreSQL for tests: no TCP port, no fsync, gone after `stoppen`.
#   postgres.sh einrichten       makes sure that the server programs are there
#   postgres.sh starten ORDNER   starts a cluster in ORDNER (created if missing) and prints its URL
#   postgres.sh stoppen ORDNER   stops it and removes ORDNER
# Programs come from PG_BIN, else the newest /usr/lib/postgresql/*/bin, else PATH.
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"
MINDESTENS=15

bin_finden() {
  local ort
  if [ -n "${PG_BIN:-}" ]; then
    [ -x "$PG_BIN/initdb" ] || abbruch "PG_BIN=$PG_BIN holds no initdb"
    printf '%s\n' "$PG_BIN"
    return 0
  fi
  for ort in $(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -rV) \
    "$(dirname "$(command -v initdb 2>/dev/null || echo /nirgends/initdb)")"; do
    if [ -n "$ort" ] && [ -x "$ort/initdb" ] && [ -x "$ort/pg_ctl" ]; then
      printf '%s\n' "$ort"
      return 0
    fi
  done
  return 1
}

bin_sichern() {
  BIN=$(bin_finden) || {
    debian_installieren postgresql
    BIN=$(bin_finden) || abbruch "PostgreSQL is installed, but initdb and pg_ctl are nowhere to be found; set PG_BIN"
  }
  local version
  version=$("$BIN/initdb" --version | grep -oE '[0-9]+' | head -n 1)
  [ "$version" -ge "$MINDESTENS" ] ||
    abbruch "PostgreSQL $version in $BIN is too old; $MINDESTENS or newer is needed (PG_BIN names another folder)"
}

# PostgreSQL refuses to run as root: as root, everything goes through an unprivileged user.
als_nutzer() {
  if [ "$(id -u)" -ne 0 ]; then "$@"; else setpriv --reuid "$NUTZER" --regid "$(id -g "$NUTZER")" --clear-groups "$@"; fi
}

nutzer_waehlen() {
  if [ "$(id -u)" -ne 0 ]; then NUTZER=$(id -un); elif id postgres >/dev/null 2>&1; then NUTZER=postgres; else NUTZER=nobody; fi
}

starten() {
  local ordner=$1 sprache
  bin_sichern
  mkdir -p "$ordner"
  ordner=$(cd "$ordner" && pwd)
  # The folder holds the socket too, hence the limit of the system on its path.
  [ ${#ordner} -le 80 ] || abbruch "the path $ordner is too long for a socket; choose a shorter one"
  [ ! -e "$ordner/daten" ] || abbruch "$ordner already holds a cluster"
  chmod 700 "$ordner"
  [ "$(id -u)" -ne 0 ] || chown "$NUTZER" "$ordner"
  als_nutzer test -w "$ordner" ||
    abbruch "the user $NUTZER, as whom PostgreSQL must run, cannot reach $ordner; choose a folder under /tmp"

  # Byte order as in SQLite, so that both engines sort alike, yet umlauts have upper and lower case.
  sprache=C
  if locale -a 2>/dev/null | grep -qix 'c\.utf-\?8'; then sprache=C.UTF-8; fi
  (
    # The unprivileged user may not be able to read the caller's working directory.
    cd "$ordner"
    als_nutzer "$BIN/initdb" -D "$ordner/daten" -U aqb --auth=trust --encoding=UTF8 --locale="$sprache" \
      --lc-messages=C --no-sync --no-instructions >"$ordner/initdb.log" 2>&1 || {
      cat "$ordner/initdb.log" >&2
      abbruch "initdb failed"
    }
    als_nutzer tee -a "$ordner/daten/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$ordner'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
lc_messages = 'C'
timezone = 'UTC'
CONF
    als_nutzer "$BIN/pg_ctl" -D "$ordner/daten" -l "$ordner/server.log" -s -w -t 60 start >/dev/null 2>&1 </dev/null || {
      cat "$ordner/server.log" >&2
      abbruch "PostgreSQL did not start"
    }
  )
  printf 'postgres://aqb@%s/postgres\n' "${ordner//\//%2F}"
}

stoppen() {
  local ordner=$1
  [ -d "$ordner/daten" ] || return 0
  bin_sichern
  ordner=$(cd "$ordner" && pwd)
  # Nothing in it is worth a clean shutdown.
  (cd "$ordner" && als_nutzer "$BIN/pg_ctl" -D "$ordner/daten" -s -w -m immediate stop) || true
  rm -rf "$ordner"
}

nutzer_waehlen
case "${1:-} $#" in
"einrichten 1") bin_sichern ;;
"starten 2") starten "$2" ;;
"stoppen 2") stoppen "$2" ;;
*) abbruch "usage: postgres.sh einrichten | starten ORDNER | stoppen ORDNER" ;;
esac
