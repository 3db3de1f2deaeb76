#!/usr/bin/env python3
"""Measures the whole program against what else could be done with the same articles, all in one run and in turn.

    python3 benches/compare/run.py BENCH --machine NAME [--peers SCRIPT --python PYTHON]

BENCH is a folder with `corpus/small/` (articles as `.txt` files), `corpus/small.jsonl` (the same articles, in the field
`text`) and `lexicon.tsv` (a form a line, behind the last tab); --files, --jsonl and --lexicon name others. It builds warta and
`benches/compare/peer/`, prints how far it is, and writes one page with machine, commands, medians and spread to
benches/record/. SCRIPT is run as `PYTHON SCRIPT PEER` for spacy_ruler, py_pipeline and polars_find, with BENCH and LIMIT_MB in
the environment, and says on standard error `start-up … s, work wall … s, work cpu(self) … s`. Who is not there is left out,
and the page says so.

What is measured: reading the files alone; a raw scan with a DFA of all forms; warta with its own tables and with every table
it has; one thread and two; files and records; more articles of the same kind; the time to the first row; articles from 1 KB to
4 MB; hostile texts at two sizes. Only the standard library of Python 3 is needed.
"""

import argparse
import datetime
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# Nothing is left beside the sources.
sys.dont_write_bytecode = True

import inputs  # noqa: E402
import page  # noqa: E402
from measure import Contestant, rounds  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
MB = 1_000_000
LENGTHS = [1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000, 4_000_000]
HOSTILE = [250_000, 1_000_000]
PARTS = ["peers", "start", "size", "length", "hostile"]


def arguments():
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("bench", type=Path, help="the folder with the articles")
    said.add_argument("--machine", default="machine", help="a short name of this machine, for the file's name")
    said.add_argument("--rounds", type=int, default=5, help="how often each is run (5); the slow parts at most 3 times")
    said.add_argument("--files", type=Path, help="a folder of articles, instead of BENCH/corpus/small")
    said.add_argument("--jsonl", type=Path, help="the same as records, instead of BENCH/corpus/small.jsonl")
    said.add_argument("--lexicon", type=Path, help="the forms to scan for, instead of BENCH/lexicon.tsv")
    said.add_argument("--peers", type=Path, help="a script of peers in Python")
    said.add_argument("--python", default=sys.executable, help="the Python that has spaCy, Polars and pyahocorasick")
    said.add_argument("--slow-mb", type=float, default=4, help="how much the slowest peer, spaCy, is given (4)")
    said.add_argument("--large-mb", type=float, default=60, help="the larger size (60); 2000 needs 4 GB of disk")
    said.add_argument("--parts", default=",".join(PARTS), help="which parts to measure (all): " + ",".join(PARTS))
    said.add_argument("--work", type=Path, help="where inputs and tables are made and removed (the system's place)")
    said.add_argument("--warta", type=Path, help="a program that is built already, instead of building it")
    said.add_argument("--out", type=Path, help="the page to write, instead of benches/record/DATE-MACHINE.md")
    args = said.parse_args()
    args.files = args.files or args.bench / "corpus/small"
    args.jsonl = args.jsonl or args.bench / "corpus/small.jsonl"
    args.lexicon = args.lexicon or args.bench / "lexicon.tsv"
    args.parts = args.parts.split(",")
    for path in (args.files, args.jsonl, args.lexicon):
        if not path.exists():
            said.error(f"{path} is not there")
    if unknown := set(args.parts) - set(PARTS):
        said.error(f"no such parts: {', '.join(sorted(unknown))}")
    return args


def tell(text):
    print(text, file=sys.stderr, flush=True)


def build(args):
    """The programs: warta and the peer."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    if not args.warta:
        subprocess.run(["cargo", "build", "--release", "--quiet", "--bin", "warta"], cwd=ROOT, check=True)
    peer = ["cargo", "build", "--release", "--quiet", "--target-dir", str(target / "peer")]
    subprocess.run(peer, cwd=ROOT / "benches/compare/peer", check=True)
    return args.warta or target / "release/warta", target / "peer/release/warta-peer"


class Bench:
    """The inputs, the programs, and the contestants of each part."""

    def __init__(self, args, work):
        self.args, self.work = args, work
        self.warta, self.peer = build(args)
        self.outs, self.failed, self.found, self.commands = 0, [], {}, {}

    def extract(self, name, what, size, *options, threads=1):
        """A run of warta; its tables are removed before each."""
        self.outs += 1
        out = self.work / f"out{self.outs}"
        command = [str(self.warta), "extract", str(what), *options, "--threads", str(threads), "--out", str(out)]
        return Contestant(name, command, size, prepare=lambda: shutil.rmtree(out, ignore_errors=True))

    def go(self, part, contestants, count):
        tell(f"== {part}")
        done = rounds(contestants, count, tell, self.failed)
        self.found[part] = {contestant.name: contestant for contestant in done}
        self.commands[part] = {contestant.name: self.shown(contestant) for contestant in contestants}

    def shown(self, contestant):
        """The command without the places of this machine."""
        line = " ".join(contestant.command)
        places = [(self.work, "WORK"), (self.args.files, "FILES"), (self.args.jsonl, "JSONL"), (self.args.lexicon, "LEXICON")]
        places += [(self.warta, "warta"), (self.peer, "warta-peer"), (self.args.python, "PYTHON"), (self.args.peers, "PEERS")]
        # The longest first: one place may begin as another does.
        for place, name in sorted(places, key=lambda place: -len(str(place[0]))):
            line = line.replace(str(place), name) if place else line
        set_ = {key: value for key, value in (contestant.environment or {}).items() if key != "BENCH"}
        return " ".join([*(f"{key}={value}" for key, value in set_.items()), re.sub(r"WORK/out\d+", "OUT", line)])

    def python_peers(self):
        """The peers that are there; their own word for the processor's time of their work counts, without starting."""
        peers = []
        wanted = [("spacy_ruler", "spaCy, EntityRuler", "spacy", self.args.slow_mb),
                  ("py_pipeline", "Python pipeline", "ahocorasick", 20), ("polars_find", "Polars, find_many", "polars", 20)]
        for peer, name, module, most in wanted:
            if not self.args.peers or not self.args.peers.exists():
                self.failed.append(f"{name}: left out, no --peers script")
                continue
            there = subprocess.run([self.args.python, "-c", f"import {module}"], capture_output=True)
            if there.returncode:
                self.failed.append(f"{name}: left out, {module} is not installed")
                continue
            environment = {"BENCH": str(self.args.bench), "LIMIT_MB": f"{most:g}", "POLARS_MAX_THREADS": "1"}
            size = inputs.bytes_of_records(self.args.jsonl, most * MB)
            own = lambda said: float(re.search(r"work cpu\(self\) ([\d.]+) s", said)[1])
            command = [self.args.python, str(self.args.peers), peer]
            peers.append(Contestant(name, command, size, own=own, environment=environment))
        return peers

    def peers(self):
        args, files, records = self.args, inputs.bytes_of_folder(self.args.files), inputs.bytes_of_records(self.args.jsonl)
        scan = [str(self.peer), "scan"]
        every = ["--mentions", "--near-duplicates"]
        self.go("peers", [
            Contestant("read, files", [str(self.peer), "read", str(args.files)], files),
            Contestant("scan, files", [*scan, str(args.files), str(args.lexicon)], files),
            Contestant("scan, records", [*scan, str(args.jsonl), str(args.lexicon)], records),
            Contestant("scan, one article", [*scan, str(self.one()), str(args.lexicon)]),
            self.extract("warta, files", args.files, files),
            self.extract("warta, records", args.jsonl, records),
            self.extract("warta, every table, files", args.files, files, *every),
            self.extract("warta, every table, records", args.jsonl, records, *every),
            self.extract("warta, records, two threads", args.jsonl, records, threads=2),
            self.extract("warta, files, two threads", args.files, files, threads=2),
            self.extract("warta, one article", self.one(), 0),
            *self.python_peers(),
        ], args.rounds)

    def one(self):
        """A folder with one article."""
        folder = self.work / "one"
        if not folder.exists():
            folder.mkdir()
            (folder / "article.txt").write_text(next(inputs.texts_of(self.args.jsonl)), encoding="utf-8")
        return folder

    def start(self):
        self.go("start", [
            self.extract("language found", self.one(), 0),
            self.extract("language given", self.one(), 0, "--lang", "id"),
        ], 20)

    def size(self):
        args, contestants = self.args, []
        for mb in (20, args.large_mb):
            folder, lines = self.work / f"files{mb:g}", self.work / f"records{mb:g}.jsonl"
            size = inputs.write_files(str(folder), inputs.articles(args.jsonl, mb * MB))
            inputs.write_records(lines, inputs.articles(args.jsonl, mb * MB))
            contestants += [self.extract(f"{mb:g} MB, files", folder, size), self.extract(f"{mb:g} MB, records", lines, size)]
        self.go("size", contestants, min(3, args.rounds))
        for contestant in contestants:
            contestant.prepare()

    def length(self):
        contestants = [self.extract("start", self.one(), 0, "--lang", "id")]
        for length in LENGTHS:
            path = self.work / f"length{length}.jsonl"
            size = inputs.write_records(path, inputs.of_length(self.args.jsonl, length, LENGTHS[-1]))
            contestants.append(self.extract(str(length), path, size, "--lang", "id"))
        self.go("length", contestants, min(3, self.args.rounds))

    def hostile(self):
        contestants = [self.extract("start", self.one(), 0, "--lang", "id")]
        for count in HOSTILE:
            for number, (name, text) in enumerate(inputs.hostile(count).items()):
                folder = self.work / f"hostile{count}-{number}"
                folder.mkdir()
                (folder / "text.txt").write_text(text, encoding="utf-8")
                contestants.append(self.extract(f"{name}, {count}", folder, len(text.encode()), "--lang", "id"))
        self.go("hostile", contestants, min(3, self.args.rounds))


def machine():
    """What the figures hold for."""
    def first(path, pattern):
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"), re.M) if Path(path).exists() else None
        return found[1] if found else "unknown"

    def said(*command):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        return done.stdout.strip() or "unknown"

    return {
        "processor": f"{first('/proc/cpuinfo', r'^model name[^:]*: (.*)$')}, {os.cpu_count()} cores",
        "memory": f"{int(first('/proc/meminfo', r'^MemTotal: *([0-9]+)') or 0) / 1024 ** 2:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "rustc": said("rustc", "--version"),
        "Python": platform.python_version(),
        "warta": said("git", "describe", "--always", "--dirty"),
    }


def main():
    args = arguments()
    today = datetime.date.today().isoformat()
    out = args.out or ROOT / f"benches/record/{today}-{args.machine}.md"
    # What is measured is what is built now, whatever is changed meanwhile.
    facts = machine()
    loads = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(dir=args.work, prefix="warta-compare-") as work:
        bench = Bench(args, Path(work))
        for part in PARTS:
            if part in args.parts:
                getattr(bench, part)()
        facts["articles"] = f"{sum(1 for path in args.files.rglob('*') if path.is_file()):,} files"
        facts["forms of the scan"] = f"{sum(1 for _ in args.lexicon.open(encoding='utf-8')):,}"
    loads.append(os.getloadavg()[0])
    facts["load"] = f"{loads[0]:.1f} when it began, {loads[1]:.1f} when it ended (one minute's average)"
    text = page.write(today, args, facts, bench)
    out.write_text(text, encoding="utf-8")
    print(text)
    tell(f"-> {out}")


if __name__ == "__main__":
    main()
