# shellcheck shell=bash
# Sourced by every script here: where things are, and how a script speaks and fails. It runs nothing.
set -euo pipefail

WURZEL=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
VERTRAG=$WURZEL/tests/vertrag
WERKZEUG=${WERKZEUG:-$WURZEL/.werkzeug}
PROTOKOLL=$WERKZEUG/protokoll
DOKUMENT=${DOKUMENT:-$WURZEL/openapi/openapi.json}
AQB=${SERVER_PROGRAMM:-${CARGO_TARGET_DIR:-$WURZEL/target}/debug/aqb}
PATH=$WERKZEUG/venv/bin:$WERKZEUG/node_modules/.bin:$PATH
# Neither tool may call home from a build.
REDOCLY_TELEMETRY=off
REDOCLY_SUPPRESS_UPDATE_NOTICE=true
export WURZEL VERTRAG WERKZEUG PROTOKOLL DOKUMENT AQB PATH REDOCLY_TELEMETRY REDOCLY_SUPPRESS_UPDATE_NOTICE

sag() { printf '%s\n' "$*" >&2; }

abbruch() {
  sag "$(basename "$0"): $*"
  exit 1
}

# A short temporary folder: a socket path may have 107 bytes, and a browser profile must not lie in the work tree.
kurzer_ordner() { mktemp -d "${TMPDIR:-/tmp}/aqb-$1.XXXXXX"; }

braucht_server() {
  [ -x "$AQB" ] || abbruch "there is no $AQB; run 'make build' first"
}

braucht_dokument() {
  [ -s "$DOKUMENT" ] || abbruch "there is no $DOKUMENT; run 'make openapi' first"
}

chromium_finden() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name"; then return 0; fi
  done
  return 1
}

# Installs what is missing where that is possible, and otherwise says exactly what to install.
debian_installieren() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    abbruch "missing on this machine: $*. On Debian or Ubuntu: apt-get install $*"
  fi
  sag "installing Debian packages: $*"
  local bericht
  bericht=$(mktemp)
  if ! {
    DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update &&
      DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 install "$@"
  } >"$bericht" 2>&1 </dev/null; then
    cat "$bericht" >&2
    rm -f "$bericht"
    abbruch "could not install $*"
  fi
  rm -f "$bericht"
}
