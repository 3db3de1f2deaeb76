#!/usr/bin/env python3
"""Reads tables with Python's csv module and compares their cells with those that should be there.

    python3 tests/cells_check.py OUT WANTED.json

WANTED.json is a list of cells: the titles of articles.csv, and the texts and places of quotes.csv.
Ends with 0 if all are the same, 1 if not. Called by tests/cells.rs.
"""

import csv
import json
import sys
from pathlib import Path

# The module refuses cells of more than 131,072 characters unless it is told otherwise.
csv.field_size_limit(10_000_000)


def main() -> int:
    folder, wanted = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    status = 0
    for name, column in [("articles.csv", "title"), ("quotes.csv", "text"), ("quotes.csv", "place")]:
        with open(folder / name, encoding="utf-8", newline="") as table:
            found = [row[column] for row in csv.DictReader(table, strict=True)]
        if len(found) != len(wanted):
            print(f"{name}: {len(found)} rows, not {len(wanted)}")
            status = 1
        for number, (cell, right) in enumerate(zip(found, wanted), 1):
            if cell != right:
                print(f"{name}: {column} {number}: {cell[:80]!r}, not {right[:80]!r}")
                status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
