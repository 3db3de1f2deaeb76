"""The inputs that run.py makes: more of the same articles, articles of given lengths, and hostile texts. Nothing is kept."""

import itertools
import json
import os

# Words of news, capitals and cues that a text can be made of; no text of anybody.
NAMES = "Adi Budi Citra Dewi Eka Fajar Gita Hadi Indah Joko".split()
CUES = "kata ujar tutur ucap jelas tegas papar ungkap tambah sebut".split()
PLAIN = "pemerintah akan membangun jalan baru di daerah itu karena warga menunggu lama sekali dan".split()


def texts_of(jsonl):
    """The texts of a file of records, one by one."""
    with open(jsonl, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def bytes_of_records(jsonl, most=float("inf")):
    """How many bytes of text the records hold; with `most`, up to the record that passes it."""
    total = 0
    for text in texts_of(jsonl):
        total += len(text.encode())
        if total > most:
            break
    return total


def bytes_of_folder(folder):
    """How many bytes the files below `folder` hold."""
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names)


def articles(jsonl, size):
    """The articles of `jsonl` again and again, up to `size` bytes. Each round ends its articles with its number, so that no
    two are the same and whatever is remembered of each article has to be."""
    total = 0
    for number in itertools.count():
        for text in texts_of(jsonl):
            if total >= size:
                return
            text = f"{text.rstrip()}\nNo. {number}.\n"
            total += len(text.encode())
            yield text


def write_records(path, texts):
    """Writes texts as records; how many bytes of text they are."""
    total = 0
    with open(path, "w", encoding="utf-8") as out:
        for number, text in enumerate(texts):
            total += len(text.encode())
            out.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    return total


def write_files(folder, texts):
    """Writes texts as files, a thousand in a folder; how many bytes they are."""
    total = 0
    for number, text in enumerate(texts):
        below = os.path.join(folder, f"{number // 1000:06}")
        if number % 1000 == 0:
            os.makedirs(below)
        data = text.encode()
        total += len(data)
        with open(os.path.join(below, f"{number:09}.txt"), "wb") as out:
            out.write(data)
    return total


def of_length(jsonl, length, size):
    """Articles of about `length` bytes, `size` bytes in all, put together from the lines of the articles of `jsonl`."""
    held, total = [], 0
    room = length
    for text in articles(jsonl, size * 2):
        for line in text.splitlines(keepends=True):
            if total >= size:
                return
            data = line.encode()
            # A line that is too long for what is left is cut at a letter.
            data = data[:room].decode(errors="ignore").encode() if len(data) > room else data
            held.append(data)
            total += len(data)
            room -= len(data)
            if room <= 4:
                yield b"".join(held).decode()
                held, room = [], length
    if held:
        yield b"".join(held).decode()


def hostile(count):
    """Texts of `count` pieces that ask the same question again and again. Each opens with some lines of plain words: without
    them the language cannot be told, the text is rejected, and what is measured is the rejecting."""
    plain = itertools.cycle(PLAIN)
    head = (" ".join(PLAIN).capitalize() + ".\n") * 20 + "\n"
    texts = {
        "quotation marks": '" ' * count,
        "quotation marks, one of a kind": "“ " * count,
        "capital letters": "A " * count,
        "capitalised words": " ".join(NAMES[number * 7 % 10] for number in range(count)),
        "one endless sentence": " ".join(next(plain) for _ in range(count)),
        "cue words": " ".join(CUES[number * 7 % 10] for number in range(count)),
    }
    return {name: head + text for name, text in texts.items()}
