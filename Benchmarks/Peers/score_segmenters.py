#!/usr/bin/env python3
"""Boundary F1 of sentence segmenters on the development gold.

    score_segmenters.py CORPUS.txt.gz [--only NAME,NAME] [--show real|constructed] [--held-back]

Real: paragraphs of the corpus marked by hand (Tests/Fixtures/segmentation/gold.jsonl); constructed:
the cases of Tests/JuktaTests/Segmentation/Cases. A boundary is a place between two sentences, told
by how many characters other than spaces stand before it, so that what a peer does to spaces costs it
nothing. Ends of texts are not counted. Strict counts every place, lenient leaves out those where
either decision can be defended. A third of the real gold is held back: its figures are only shown
with --held-back, its paragraphs never.
"""
import argparse
import glob
import gzip
import hashlib
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import segmenters

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")


def solid(text):
    return len(SPACE.sub("", text))


def real(corpus):
    gold = [json.loads(row) for row in open(ROOT / "Tests/Fixtures/segmentation/gold.jsonl")]
    need, texts = {row["sha1"] for row in gold}, {}
    for raw in gzip.open(corpus):
        raw = raw.rstrip(b"\r\n")
        digest = hashlib.sha1(raw).hexdigest()
        if digest in need:
            texts[digest] = raw
    for row in gold:
        raw = texts[row["sha1"]]
        place = lambda offset: solid(raw[:offset].decode())
        yield {"text": raw.decode(), "category": row["stratum"], "held": row["held_back"],
               "gold": {place(o) for o in row["starts"]},
               "unsure": {place(o) for o in row.get("unsure", [])}}


def constructed():
    for file in sorted(glob.glob(str(ROOT / "Tests/JuktaTests/Segmentation/Cases/*.swift"))):
        source = open(file).read()
        for name, body in re.findall(r'static let (\w+) = """\n(.*?)\n    """', source, re.S):
            for line in body.split("\n"):
                parts = line[4:].replace("⏎", "\n").split("‖")
                places, count = set(), 0
                for part in parts[:-1]:
                    count += solid(part)
                    places.add(count)
                yield {"text": "".join(parts), "category": name, "held": False,
                       "gold": places, "unsure": set()}


def places(sentences, total):
    found, count = set(), 0
    for sentence in sentences:
        if count:
            found.add(count)
        count += solid(sentence)
    return {place for place in found if place < total}


class Score:
    def __init__(self):
        self.hits = self.extra = self.missed = self.exact = self.texts = 0

    def add(self, gold, found, leave=frozenset()):
        gold, found = gold - leave, found - leave
        self.hits += len(gold & found)
        self.extra += len(found - gold)
        self.missed += len(gold - found)
        self.exact += gold == found
        self.texts += 1

    def f1(self):
        wrong = self.extra + self.missed
        return 1.0 if not wrong else 2 * self.hits / (2 * self.hits + wrong)

    def row(self):
        return f"{self.f1():.4f} ({100 * self.exact / max(self.texts, 1):.1f} %)"


def show(case, found):
    text, marks, count = case["text"], [], 0
    for character in text:
        if not SPACE.match(character):
            in_gold, in_found = count in case["gold"], count in found
            if count and (in_gold or in_found):
                marks.append("‖" if in_gold and in_found else "⟪MISSED⟫" if in_gold else "⟪EXTRA⟫")
            count += 1
        marks.append(character)
    print(f"[{case['category']}] " + "".join(marks).replace("\n", "⏎"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("--only")
    parser.add_argument("--show", choices=["real", "constructed"])
    parser.add_argument("--held-back", action="store_true")
    options = parser.parse_args()
    made, missing = segmenters.make_all(options.only and options.only.split(","))
    sets = {"real": list(real(options.corpus)), "constructed": list(constructed())}
    categories = list(dict.fromkeys(case["category"] for case in sets["constructed"]))
    strata = list(dict.fromkeys(case["category"] for case in sets["real"]))
    table = {}
    for name, run in made.items():
        scores = {}
        for kind, cases in sets.items():
            for case, sentences in zip(cases, run([case["text"] for case in cases])):
                if case["held"] and not options.held_back:
                    continue
                found = places(sentences, solid(case["text"]))
                part = "held" if case["held"] else kind
                keys = [part, part + "-lenient"] + ([kind + ":" + case["category"]] if not case["held"] else [])
                for key in keys:
                    leave = case["unsure"] if key.endswith("-lenient") else frozenset()
                    scores.setdefault(key, Score()).add(case["gold"], found, leave)
                if options.show == kind and not case["held"] and found - case["unsure"] != case["gold"] - case["unsure"]:
                    show(case, found)
        table[name] = scores
    rows = ["real", "real-lenient"] + (["held", "held-lenient"] if options.held_back else [])
    rows += ["constructed"] + ["real:" + s for s in strata] + ["constructed:" + c for c in categories]
    print("| boundary F1 (texts exact) | " + " | ".join(made) + " |")
    print("| --- |" + " --- |" * len(made))
    for row in rows:
        cells = [table[name].get(row, Score()).row() for name in made]
        print(f"| {row} | " + " | ".join(cells) + " |")
    for name, reason in missing.items():
        print(f"not measured: {name}: {reason}")


if __name__ == "__main__":
    main()
