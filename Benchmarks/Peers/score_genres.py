#!/usr/bin/env python3
"""Boundary F1 per genre on our own gold (Tests/Fixtures/segmentation/genres), beside the peers.

    score_genres.py [--only NAME,NAME] [--show] [--part development|held-back|all]

A line is a paragraph: `‖` marks a boundary, `¦` a boundary and `¬` none where either can be defended.
Lines of even number are held back: their figures are shown, the paragraphs never (--show shows the
others). Strict counts every place, lenient leaves out those where either can be defended.
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import segmenters
from score_segmenters import ROOT, Score, places, show, solid

GENRES = ROOT / "Tests/Fixtures/segmentation/genres"


def cases():
    for path in sorted(GENRES.glob("*.txt")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            gold, unsure, text = set(), set(), ""
            for character in line:
                if character in "‖¦¬":
                    place = solid(text)
                    if character != "¬":
                        gold.add(place)
                    if character != "‖":
                        unsure.add(place)
                else:
                    text += character
            yield {"text": text, "category": path.stem, "gold": gold, "unsure": unsure,
                   "part": "held-back" if number % 2 == 0 else "development"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--part", choices=["development", "held-back", "all"], default="held-back")
    options = parser.parse_args()
    made, missing = segmenters.make_all(options.only and options.only.split(","))
    wanted = [c for c in cases() if options.part in ("all", c["part"])]
    genres = list(dict.fromkeys(c["category"] for c in wanted))
    table = {}
    for name, run in made.items():
        scores = table[name] = {}
        for case, sentences in zip(wanted, run([c["text"] for c in wanted])):
            found = places(sentences, solid(case["text"]))
            for key in ("all", case["category"]):
                scores.setdefault(key, Score()).add(case["gold"], found)
                scores.setdefault(key + "-lenient", Score()).add(case["gold"], found, case["unsure"])
            if options.show and case["part"] == "development" and found - case["unsure"] != case["gold"] - case["unsure"]:
                show(case, found)
    print(f"{options.part}: {len(wanted)} paragraphs")
    print("| boundary F1 (texts exact) | " + " | ".join(made) + " |")
    print("| --- |" + " --- |" * len(made))
    for row in ["all", *genres, *(name + "-lenient" for name in ["all", *genres])]:
        print(f"| {row} | " + " | ".join(table[name][row].row() for name in made) + " |")
    for name, reason in missing.items():
        print(f"not measured: {name}: {reason}")


if __name__ == "__main__":
    main()
