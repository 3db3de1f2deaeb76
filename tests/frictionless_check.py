#!/usr/bin/env python3
"""Validates the datapackage.json of a run, and every table it describes, with frictionless.

    pip install 'frictionless>=5,<6'
    warta extract corpus/id/text --out OUT --mentions
    python3 tests/frictionless_check.py OUT

Beyond what frictionless checks, every CSV table of the folder must be described, and the rows of the other tables must
be about articles that articles.csv has (or, in errors.csv, about inputs that were rejected).
Ends with 0 if all is valid, 1 if not, 2 if it cannot be tried.
"""

import csv
import json
import sys
from pathlib import Path

try:
    from frictionless import Package
except ImportError as error:
    print(f"frictionless is not here ({error}); pip install 'frictionless>=5,<6'", file=sys.stderr)
    sys.exit(2)


def complaints(folder: Path) -> list[str]:
    """What is wrong with the run in `folder`, a line each."""
    package = Package(str(folder / "datapackage.json"))
    report = package.validate()
    found = [f"datapackage.json: {error.message}" for error in report.errors]
    for task in report.tasks:
        rows = task.stats.get("rows", 0)
        fields = task.stats.get("fields", 0)
        print(f"{task.name:12} {rows:7} rows {fields:3} columns  {'valid' if task.valid else 'INVALID'}")
        found += [f"{task.place}: {error.message}" for error in task.errors]
        found += [f"{task.place}: {warning}" for warning in task.warnings]

    described = {resource.path for resource in package.resources}
    there = {path.name for path in folder.glob("*.csv")}
    found += [f"{name}: no resource describes it" for name in sorted(there - described)]
    found += [f"{name}: is described and not there" for name in sorted(described - there)]

    undescribed = [
        f"{resource['name']}.{field['name']}"
        for resource in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
        for field in resource["schema"]["fields"]
        if not field.get("description") or not field.get("type")
    ]
    found += [f"{column}: has no type or no description" for column in undescribed]

    def cells(name: str, column: str) -> set[str]:
        with open(folder / name, encoding="utf-8", newline="") as table:
            return {row[column] for row in csv.DictReader(table)}

    articles = cells("articles.csv", "doc_id")
    for name in sorted(there & described - {"articles.csv", "errors.csv"}):
        found += [f"{name}: `{doc}` is not in articles.csv" for doc in sorted(cells(name, "doc_id") - articles)]
    return found


def main() -> int:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "datapackage.json").is_file():
        print("usage: frictionless_check.py FOLDER, where FOLDER is the output of `warta extract`", file=sys.stderr)
        return 2
    found = complaints(Path(sys.argv[1]))
    for line in found[:50]:
        print(line, file=sys.stderr)
    print(f"{sys.argv[1]}: {'valid' if not found else f'{len(found)} findings'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
