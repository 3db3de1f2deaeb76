#!/usr/bin/env python3
"""Opens tables in LibreOffice, as a double click would, and looks for cells that became formulas.

    python3 tests/libreoffice_check.py OUT OPEN.csv

No table of the folder OUT, which was written with the guard on, may have one; OPEN.csv, written without the guard and with
a cell `=1+1`, must have one, or this check would see nothing. Needs `soffice` (Debian: libreoffice-calc).
Ends with 0 if that holds, 1 if not. Called by tests/cells.rs.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path


def formulas(tables: list[Path], work: Path) -> dict[str, list[str]]:
    """The formulas of each table, by its name."""
    command = ["soffice", f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(work), *map(str, tables)], check=True, capture_output=True, timeout=300)
    found = {}
    for table in tables:
        with zipfile.ZipFile(work / f"{table.stem}.xlsx") as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            text = "".join(book.read(name).decode("utf-8") for name in sheets)
        if text.count("<row ") < 2:
            raise SystemExit(f"{table.name}: LibreOffice read no row")
        found[table.name] = re.findall(r"<f[ >/][^<]*", text)
    return found


def main() -> int:
    folder, unguarded = Path(sys.argv[1]), Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as work:
        names = ["partners", "articles", "quotes", "cooperation"]
        guarded = formulas([folder / f"{name}.csv" for name in names], Path(work))
    with tempfile.TemporaryDirectory() as work:
        seen = formulas([unguarded], Path(work))
    status = 0
    for name, found in guarded.items():
        print(f"{name}: {len(found)} formulas {found[:5] or ''}")
        status = status if not found else 1
    if not any(seen.values()):
        print(f"{unguarded.name}: no formula where the guard is off, so this check shows nothing")
        status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
