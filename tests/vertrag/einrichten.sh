#!/usr/bin/env bash
# Installs the tools of the contract checks under .werkzeug/. A second run finds its stamp and does nothing.
#   einrichten.sh bau         only what `cargo build` needs from the system (libpq)
#   einrichten.sh [alles]     that, and the Python and Node tools, Chromium and PostgreSQL
source "$(dirname "${BASH_SOURCE[0]}")/umgebung.sh"

# Asks the linker itself: a package name says nothing on other systems, and PQ_LIB_DIR may point elsewhere.
bau_einrichten() {
  local probe
  probe=$(mktemp)
  if ! printf 'int main(void) { return 0; }' |
    cc -x c - -o "$probe" ${PQ_LIB_DIR:+"-L$PQ_LIB_DIR"} -lpq 2>/dev/null; then
    rm -f "$probe"
    debian_installieren libpq-dev
  fi
  rm -f "$probe"
}

system_einrichten() {
  local fehlt=()
  python3 -c 'import ensurepip, venv' 2>/dev/null || fehlt+=(python3-venv)
  chromium_finden >/dev/null || fehlt+=(chromium fonts-dejavu-core)
  [ ${#fehlt[@]} -eq 0 ] || debian_installieren "${fehlt[@]}"
  "$VERTRAG/postgres.sh" einrichten
}

# The folder's own path belongs to the stamp: a virtual environment does not survive being moved.
stempel_soll() {
  {
    printf '%s\n' "$WERKZEUG"
    node --version
    python3 --version
    cat "$VERTRAG"/{package.json,package-lock.json,requirements.txt,constraints.txt}
  } | sha256sum
}

python_einrichten() {
  rm -rf "$WERKZEUG/venv"
  # the shell may remember the interpreter of the folder that is gone
  hash -r
  python3 -m venv "$WERKZEUG/venv"
  "$WERKZEUG/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    -r "$VERTRAG/requirements.txt" -c "$VERTRAG/constraints.txt"
}

node_einrichten() {
  cp "$VERTRAG/package.json" "$VERTRAG/package-lock.json" "$WERKZEUG/"
  # No install scripts: none of these packages needs one, and a build should not run strangers' code.
  (cd "$WERKZEUG" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
}

werkzeuge_einrichten() {
  local soll
  soll=$(stempel_soll)
  if [ "$(cat "$WERKZEUG/stempel" 2>/dev/null)" = "$soll" ]; then return 0; fi
  sag "installing the Python and Node tools of the contract checks under ${WERKZEUG#"$WURZEL"/}"
  rm -f "$WERKZEUG/stempel"
  python_einrichten &
  local python=$!
  node_einrichten
  wait "$python"
  printf '%s\n' "$soll" >"$WERKZEUG/stempel"
}

mkdir -p "$WERKZEUG"
# Two makes at once must not build the same folder; the lock falls with the process.
exec 9>"$WERKZEUG/sperre"
flock 9
case ${1:-alles} in
bau) bau_einrichten ;;
alles)
  bau_einrichten
  system_einrichten
  werkzeuge_einrichten
  echo "tools ready"
  ;;
*) abbruch "usage: einrichten.sh [bau|alles]" ;;
esac
