#!/usr/bin/env python3
"""Draws the paragraphs of the development gold, and prints them with their candidates numbered.

    draw.py CORPUS.txt.gz draw OUT.tsv          which lines: sha1 and stratum, no text
    draw.py CORPUS.txt.gz show OUT.tsv A B      the text of paragraphs A to B with candidates numbered
    draw.py CORPUS.txt.gz gold OUT.tsv MARKS GOLD.jsonl

A candidate stands after each run of terminator-like signs and what closes after it. Marks are made
by a reader: one line a paragraph, `N *` (every candidate is a boundary), `N -2,5` (all but these),
`N =1,4` (only these), `N 0` (none). `3'` means: directly after the signs, before the quotes that
follow (they open the next sentence). `?` after a number: either decision can be defended.
`+WORD` at the end adds a boundary before that text.
The draw knows nothing of any segmenter: half of it is uniform, half is by the signs a line has.
"""
import gzip, hashlib, json, random, re, sys

SIGNS = r"[।॥৷|?!.…]"
# A dot between two digits or two Latin letters is no candidate; all other signs are.
DOT = r"(?<=[0-9০-৯A-Za-z])\.(?=[0-9০-৯A-Za-z])"
RUN = re.compile(rf"(?!{DOT}){SIGNS}(?:[ \u00a0]?{SIGNS})*")
CLOSERS = re.compile(r"[\"'”’»)\]}“‘]*")
STRATA = [
    ("quote", re.compile(r"[?!।][\"”'’]|[\"”'’]।")), ("straight", re.compile(r"\"")),
    ("ellipsis", re.compile(r"\.\.|…")), ("dot", re.compile(r"[\u0980-\u09ff]\.[ \u0980-\u09e5]")),
    ("pipe", re.compile(r"[|৷॥]|।।")), ("bracket", re.compile(r"\([^)]*[।?!]|[।?!] *\(")),
    ("latin", re.compile(r"[A-Za-z]\.|www|http")), ("number", re.compile(r"[০-৯]\.|[০-৯]।|[০-৯]\)")),
    ("exclaim", re.compile(r"!.*!|\?.*\?")), ("emoji", re.compile(r"[\U0001F300-\U0001FAFF☺♥]|[:;]-?[)D(P]")),
]

def lines(path):
    with gzip.open(path, "rb") as file:
        for raw in file:
            yield raw.rstrip(b"\r\n")

def candidates(text):
    """(end of the signs, end of the closers) of each candidate that is not at the end."""
    found = []
    for run in RUN.finditer(text):
        end = CLOSERS.match(text, run.end()).end()
        if text[end:].strip():
            found.append((run.end(), end))
    return found

def draw(path, out):
    rng = random.Random(7)
    uniform, by_stratum, seen = [], {name: [] for name, _ in STRATA}, set()
    pools = {}
    for raw in lines(path):
        if not 150 <= len(raw) <= 1500:
            continue
        text = raw.decode("utf-8", "replace")
        if len(candidates(text)) < 2:
            continue
        digest = hashlib.sha1(raw).hexdigest()
        if digest in seen:
            continue
        seen.add(digest)
        pools.setdefault("uniform", []).append(digest)
        for name, pattern in STRATA:
            if pattern.search(text):
                pools.setdefault(name, []).append(digest)
    chosen = {}
    for digest in rng.sample(pools["uniform"], 200):
        chosen[digest] = "uniform"
    for name, _ in STRATA:
        for digest in rng.sample(sorted(pools[name]), 24):
            chosen.setdefault(digest, name)
    with open(out, "w") as file:
        for digest, name in chosen.items():
            file.write(f"{digest}\t{name}\n")

def load(path, out):
    wanted = [row.split("\t")[0] for row in open(out).read().split("\n") if row]
    need, texts = set(wanted), {}
    for raw in lines(path):
        digest = hashlib.sha1(raw).hexdigest()
        if digest in need:
            texts[digest] = raw
    return [(digest, texts[digest]) for digest in wanted]

def show(path, out, first, last):
    for number, (_, raw) in list(enumerate(load(path, out), 1))[first - 1:last]:
        text, at, shown = raw.decode("utf-8", "replace"), 0, ""
        for index, (signs, end) in enumerate(candidates(text), 1):
            shown += text[at:end] + f"⟨{index}⟩"
            at = end
        print(f"{number}: {shown}{text[at:]}")

def gold(path, out, marks, result):
    strata = dict(row.split("\t") for row in open(out).read().split("\n") if row)
    decided = {}
    for row in open(marks):
        row = row.rstrip("\n")
        if row:
            number, rest = row.split(" ", 1)
            decided[int(number)] = rest
    with open(result, "w") as file:
        for number, (digest, raw) in enumerate(load(path, out), 1):
            if number not in decided:
                continue
            text = raw.decode("utf-8", "replace")
            found, starts, unsure = candidates(text), set(), set()
            fields = decided[number].split(" +")
            mark, added = fields[0].strip(), fields[1:]
            kind, listed = (mark[0], mark[1:]) if mark else ("*", "")
            items = [item for item in listed.split(",") if item]
            named = {int(re.match(r"\d+", item)[0]): item for item in items}
            assert all(1 <= key <= len(found) for key in named), (number, named, len(found))
            for index, (signs, end) in enumerate(found, 1):
                item = named.get(index, "")
                is_boundary = {"*": True, "-": index not in named, "=": index in named, "0": False}[kind]
                if kind in "-*" and "'" in item:
                    is_boundary = True
                at = signs if "'" in item else end
                at += len(text[at:]) - len(text[at:].lstrip(" \u00a0\t\u200b\ufeff"))
                offset = len(text[:at].encode())
                if is_boundary:
                    starts.add(offset)
                if "?" in item:
                    unsure.add(offset)
            for word in added:
                at = text.index(word)
                starts.add(len(text[:at].encode()))
            record = {"sha1": digest, "stratum": strata[digest], "starts": sorted(starts)}
            if unsure:
                record["unsure"] = sorted(unsure)
            record["held_back"] = int(digest[:8], 16) % 3 == 0
            file.write(json.dumps(record) + "\n")

if __name__ == "__main__":
    path, command, out = sys.argv[1:4]
    if command == "draw":
        draw(path, out)
    elif command == "show":
        show(path, out, int(sys.argv[4]), int(sys.argv[5]))
    else:
        gold(path, out, sys.argv[4], sys.argv[5])
