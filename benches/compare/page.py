"""The page that run.py writes: what was asked and seen, then every figure with its command."""

from measure import middle, ratios, spread

MB = 1_000_000

# A cost that grows with the square would be four times as high at four times the size; noise alone is less than this.
LINEAR = 1.5


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def cost(contestant, less=0.0):
    """CPU seconds a byte, round by round, `less` the start; never nothing, so that it can be divided by."""
    return [max(work - less, 1e-3) / contestant.bytes for work in contestant.of("work")]


def verdicts(bench):
    """What was asked for, what was seen, and whether that is enough."""
    rows = []

    def row(what, seen, least=None, most=None, digits=2, when=""):
        asked = f"≥ {least:g}{when}" if least else f"≤ {most:g}{when}" if most else ""
        met = (not least or middle(seen) >= least) and (not most or middle(seen) <= most)
        rows.append((what, asked, spread(seen, digits), ("yes" if met else "**no**") if asked else ""))

    peers = bench.found.get("peers", {})
    for title, mine in (("", "warta"), (", every table", "warta, every table")):
        files, records = peers.get(f"{mine}, files"), peers.get(f"{mine}, records")
        if not files or not records:
            continue
        aims = {"scan, records": 0.5, "Polars, find_many": None, "Python pipeline": 8, "spaCy, EntityRuler": 50}
        for name, least in aims.items():
            if peer := peers.get(name):
                row(f"CPU speed against: {name}{title}", ratios(cost(peer), cost(records)), least=least)
        scan, idle, one = (peers.get(name) for name in ("scan, records", "scan, one article", "warta, one article"))
        if scan and idle and one:
            apart = ratios(cost(scan, middle(idle.of("cpu"))), cost(records, middle(one.of("cpu"))))
            row(f"CPU speed against: scan, records{title}; starting taken off both", apart)
        if read := peers.get("read, files"):
            row(f"CPU against reading the files{title}", ratios(cost(files), cost(read)), most=10)
        if not title:
            row("CPU of many files against one file of records", ratios(cost(files), cost(records)), most=1.3)
    for shape in ("records", "files"):
        one, two = peers.get(f"warta, {shape}"), peers.get(f"warta, {shape}, two threads")
        if one and two:
            row(f"wall, one thread against two, {shape}", ratios(one.of("wall"), two.of("wall")), least=1.7)
            row(f"CPU, two threads against one, {shape}", ratios(two.of("cpu"), one.of("cpu")), most=1.1)
    for name, contestant in bench.found.get("start", {}).items():
        milliseconds = [wall * 1000 for wall in contestant.of("wall")]
        row(f"start to the first row of one article, wall ms, {name}", milliseconds, most=25, digits=1)
        row(f"the same, CPU ms, {name}", [cpu * 1000 for cpu in contestant.of("cpu")], digits=1)
    sizes = bench.found.get("size", {})
    for name, contestant in sizes.items():
        small = sizes.get("20 MB, " + name.split(", ")[1])
        if small and contestant is not small:
            row(f"cost of a byte, {name} against 20 MB", ratios(cost(contestant), cost(small)), most=1.1, when=" at 2 GB")
    for name, contestant in sizes.items():
        row(f"peak of memory, MiB, {name}, one thread", contestant.of("peak"), most=64, digits=1, when=", at 2 GB too")
    lengths = {name: one for name, one in bench.found.get("length", {}).items() if one.bytes}
    if len(lengths) > 1 and (start := bench.found["length"].get("start")):
        less = middle(start.of("cpu"))
        cheapest = min(lengths, key=lambda name: middle(cost(lengths[name], less)))
        longest = max(lengths, key=int)
        what = f"cost of a byte, articles of {int(longest):,} bytes against {int(cheapest):,}, the cheapest"
        row(what, ratios(cost(lengths[longest], less), cost(lengths[cheapest], less)), most=LINEAR, when=", taken for linear")
    for kind, seen in growths(bench.found.get("hostile", {})):
        if seen:
            row(f"cost of a byte, hostile, {kind}, a million against a quarter", seen, most=LINEAR, when=", taken for linear")
    return table(["what", "asked", "seen: median (least–most)", "met"], rows) if rows else ""


def figures(bench, part, columns):
    rows = []
    for name, contestant in bench.found[part].items():
        speed = f"{contestant.bytes / MB / middle(contestant.of('work')):.1f}" if contestant.bytes else ""
        cells = {
            "CPU s": spread(contestant.of("cpu"), 3),
            "CPU s, work alone": spread(contestant.of("work"), 3) if contestant.own else "",
            "wall s": spread(contestant.of("wall"), 3),
            "MB": f"{contestant.bytes / MB:.1f}" if contestant.bytes else "",
            "MB/CPU s": speed,
            "peak MiB": f"{max(contestant.of('peak')):.1f}",
        }
        rows.append([name, *(cells[column] for column in columns)])
    return table([part, *columns], rows)


def growth(found):
    """What a byte of each length costs."""
    start = middle(found["start"].of("cpu")) if "start" in found else 0.0
    rows = []
    for name, contestant in found.items():
        if contestant.bytes:
            # Less work than starting takes cannot be told from noise.
            costs = [each * 1e9 for each in cost(contestant, start)]
            rows.append([f"{int(name):,}", spread(costs, 1), f"{max(contestant.of('peak')):.1f}"])
    return table(["bytes of an article", "CPU ns a byte, starting taken off", "peak MiB"], rows)


def kinds_of(found):
    """Each kind of hostile text: its contestants, the small one first, and what a byte of each costs without starting."""
    start = middle(found["start"].of("cpu")) if "start" in found else 0.0
    kinds = {}
    for name, contestant in found.items():
        if contestant.bytes:
            kinds.setdefault(name.rsplit(", ", 1)[0], []).append((contestant, cost(contestant, start)))
    return kinds


def growths(found):
    """Each kind of hostile text with the ratios of its costs; none if one of the two sizes is left out."""
    return [(kind, ratios(of[1][1], of[0][1]) if len(of) == 2 else []) for kind, of in kinds_of(found).items()]


def hostility(found):
    """What a byte of each hostile text costs at the two sizes, and the peak of memory of the larger."""
    rows = []
    for kind, of in kinds_of(found).items():
        cells = [spread([each * 1e9 for each in costs], 1) for _, costs in of] + [""] * (2 - len(of))
        rows.append([kind, *cells, f"{max(of[-1][0].of('peak')):.1f}"])
    return table(["text", "CPU ns a byte, 250,000 pieces", "1,000,000 pieces", "peak MiB"], rows)


def write(today, args, facts, bench):
    parts = [f"# {today}, {args.machine}\n"]
    parts.append("Made by `benches/compare/run.py`. The clock and the caches of a machine with other work on it are noisy: what "
                 "holds is the ratios, each taken between neighbours of one round. Figures are medians, with the least and the "
                 f"most; {args.rounds} rounds (sizes, lengths and hostile texts {min(3, args.rounds)}, starting 20), "
                 "after one that is not counted. One thread is one that works on articles; beside it warta has one that finds "
                 "them and one that writes, so its wall time can be less than its CPU time. Starting is as quick as the "
                 "machine is idle: its CPU time is told too. CPU is that of a whole process, user and system; of the peers in "
                 "Python it is their work alone, without starting.\n")
    left = [part for part in ("peers", "start", "size", "length", "hostile") if not bench.found.get(part)]
    if left:
        parts.append(f"Not measured in this run: {', '.join(left)}.\n")
    parts.append(table(["machine", ""], facts.items()))
    if rows := verdicts(bench):
        parts.append("## Asked and seen\n\nOne thread where nothing is said.\n\n" + rows)
    wide = ["MB", "CPU s", "CPU s, work alone", "wall s", "MB/CPU s", "peak MiB"]
    titles = {"peers": "The same articles", "start": "Starting", "size": "More articles"}
    for part, title in titles.items():
        if bench.found.get(part):
            columns = wide if part == "peers" else [column for column in wide if column != "CPU s, work alone"]
            parts.append(f"## {title}\n\n" + figures(bench, part, columns))
    if bench.found.get("length"):
        parts.append("## The length of an article\n\n4 MB of records each time, cut to articles of one length.\n\n"
                     + growth(bench.found["length"]))
    if bench.found.get("hostile"):
        parts.append("## Hostile texts\n\nOne article each, starting taken off. A cost that grows as the text does is the same for both sizes.\n\n"
                     + hostility(bench.found["hostile"]))
    if bench.failed:
        parts.append("## Left out\n\n" + "\n".join(f"- {reason}" for reason in bench.failed) + "\n")
    told = [(name, f"`{command}`") for part in titles for name, command in bench.commands.get(part, {}).items()]
    if bench.found.get("length") or bench.found.get("hostile"):
        told += [("an article's length, hostile texts", "`warta extract INPUT --lang id --threads 1 --out OUT`")]
    parts.append("## Commands\n\n" + table(["what", "command"], told))
    return "\n".join(parts)
