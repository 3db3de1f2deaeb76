"""A soak by hand: many documents in mixed containers, one in fifty broken; counts must be exact and memory flat.

    cargo build --release && python3 tests/soak.py target/release/warta [DOCUMENTS]

Prints what was expected and counted, the peak of memory, and the time.
"""

import csv
import gzip
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
BROKEN_EACH = 50


def texts():
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus/id/text").glob("*.txt"))]


def documents(count):
    """Number, text and whether it is to be broken."""
    bodies = texts()
    for number in range(count):
        body = bodies[number % len(bodies)]
        # Short pieces: what is tried is the way in, and a long run.
        start = number % 3 * 200
        yield number, f"{body[start : start + 500]}\n\nNo. {number}.", number % BROKEN_EACH == BROKEN_EACH - 1


def write_jsonl(folder, name, docs):
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as out:
        for number, text, broken in docs:
            out.write('{"id": 1, "text": \n' if broken else json.dumps({"id": number, "isi": text}) + "\n")


def write_csv(folder, name, docs):
    with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "text"])
        for number, text, broken in docs:
            rows.writerow([number] if broken else [number, text])


def write_zip(folder, name, docs):
    with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for number, text, broken in docs:
            out.writestr(f"{number:07}.txt", b"\x89PNG\r\n\x1a\n broken" if broken else text)


def write_tar(folder, name, docs):
    with tarfile.open(folder / f"{name}.tar.gz", "w:gz", compresslevel=1) as out:
        for number, text, broken in docs:
            data = b"%PDF-1.4 broken" if broken else text.encode()
            info = tarfile.TarInfo(f"{number:07}.txt")
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))


def write_files(folder, name, docs):
    (folder / name).mkdir()
    for number, text, broken in docs:
        (folder / name / f"{number:07}.txt").write_bytes(b"GIF89a broken" if broken else text.encode("utf-16"))


def write_pages(folder, name, docs):
    (folder / name).mkdir()
    for number, text, broken in docs:
        body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        page = f"<!doctype html><html><head><title>Berita {number}</title></head><body><article>{body}</article></body></html>"
        (folder / name / f"{number:07}.html").write_bytes(b"\xff\xd8\xff broken" if broken else page.encode())


def watched(command):
    """Exit code and greatest resident memory in KiB. What the system says of ended children counts this program's own."""
    process, peak = subprocess.Popen(command), 0
    while process.poll() is None:
        try:
            lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
        except FileNotFoundError:
            continue
        peak = max([peak] + [int(line.split()[1]) for line in lines if line.startswith("VmHWM")])
        time.sleep(0.05)
    return process.returncode, peak


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    writers = [write_jsonl, write_csv, write_zip, write_tar, write_files, write_pages]
    # Pages are the dearest and fewest.
    shares = [0.4, 0.2, 0.15, 0.15, 0.08, 0.02]
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "in"
        folder.mkdir()
        stream, expected = documents(count), {"ok": 0, "rejected": 0}
        for part, (write, share) in enumerate(zip(writers, shares)):
            docs = [doc for _, doc in zip(range(round(count * share)), stream)]
            expected["rejected"] += sum(broken for *_, broken in docs)
            expected["ok"] += sum(not broken for *_, broken in docs)
            write(folder, f"p{part}", docs)
        run = [program, "extract", str(folder), "--out", f"{work}/out", "--lang", "id", "--threads", "2"]
        code, peak = watched(run)
        report = json.loads(Path(f"{work}/out/run.json").read_text())
        counts = report["counts"]
        with open(f"{work}/out/articles.csv", encoding="utf-8", newline="") as table:
            ids = [row["doc_id"] for row in csv.DictReader(table)]
    found = {"ok": counts["ok"] + counts["warned"], "rejected": counts["rejected"]}
    print(f"expected {expected}, found {found}, exit code {code}, peak {peak / 1024:.0f} MiB, {report['seconds']} s")
    assert found == expected, "counts differ"
    assert len(ids) == len(set(ids)) == found["ok"], "an article is missing or twice"
    assert code == 1


main()
