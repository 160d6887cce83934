"""Runs the tour of the README against a running server: every ```sh block in one shell, and after each the lines of the
```text block that follows it must appear in the output, in this order. SERVER names the server."""

import os
import pathlib
import re
import subprocess
import sys

TEXT = (pathlib.Path(__file__).parents[2] / "README.md").read_text()
TOUR = TEXT.split("## Five minutes with curl", 1)[1].split("\n## ", 1)[0]
BLOECKE = re.findall(r"```(sh|text)\n(.*?)```", TOUR, re.S)
MARKE = "=== block %d ==="


def main():
    skript, erwartet = ["set -eu", f"SERVER={os.environ['SERVER']}"], {}
    nr = 0
    for art, inhalt in BLOECKE:
        if art == "sh":
            nr += 1
            skript += [f"echo '{MARKE % nr}'", inhalt.replace("SERVER=http://127.0.0.1:8080\n", "")]
        else:
            erwartet[nr] = [z for z in inhalt.splitlines() if z.strip()]
    lauf = subprocess.run(["bash", "-c", "\n".join(skript)], capture_output=True, text=True, timeout=120)
    teile = re.split(r"=== block (\d+) ===\n", lauf.stdout)[1:]
    ausgaben = {int(teile[i]): teile[i + 1] for i in range(0, len(teile), 2)}
    fehler = [] if lauf.returncode == 0 else [f"exit {lauf.returncode}: {lauf.stderr.strip()}"]
    for block, zeilen in erwartet.items():
        rest = ausgaben.get(block, "")
        for zeile in zeilen:
            stelle = rest.find(zeile)
            if stelle < 0:
                fehler.append(f"block {block}: not in the output: {zeile}\n--- output\n{ausgaben.get(block, '')}")
                break
            rest = rest[stelle + len(zeile) :]
    for f in fehler:
        print(f, file=sys.stderr)
    geprueft = sum(len(z) for z in erwartet.values())
    print(f"README: {nr} blocks run, {geprueft} lines of output as printed" if not fehler else f"README: {len(fehler)} differences")
    sys.exit(1 if fehler else 0)


if __name__ == "__main__":
    main()
