#!/usr/bin/env python3
"""Right and total per kind, over small inputs with their right answers.

    score_cases.py [--show] [--kind KIND] [FILE…]

A FILE of JSON lines has `kind`, `command`, `input` and `expected` (sentences, or the normalised text);
by default the file beside the project (../shared/cases/bengali.jsonl), where it is there, and our own
(Tests/Fixtures/segmentation/kinds). A FILE of marked lines has a heading `# KIND` or
`# KIND: jukta OPTIONS`, and under it inputs with `‖` at each boundary, or for `jukta normalize`
`input ⇒ output`; a heading that ends with `(after)` holds inputs written after the rules.
`$JUKTA` is the program.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def rows(path):
    if path.suffix == ".jsonl":
        for line in open(path):
            row = json.loads(line)
            yield row["kind"], row["command"], row["input"], row["expected"], row.get("debatable", False)
        return
    kind, command = path.stem, "jukta segment"
    for line in open(path):
        line = line.rstrip("\n")
        if line.startswith("# "):
            kind, _, options = line[2:].partition(":")
            command = options.strip() or "jukta segment"
        elif line and "normalize" in command:
            source, _, goal = line.partition(" ⇒ ")
            yield kind, command, source, [goal or source], False
        elif line:
            parts = [part.strip() for part in line.split("‖")]
            yield kind, command, line.replace("‖", ""), parts, False


def run(command, texts):
    """All texts of one command in one process: records in, records out."""
    words = command.split()
    binary = os.environ.get("JUKTA", str(ROOT / ".build/release/jukta"))
    records = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(texts))
    if words[1] == "segment":
        done = subprocess.run([binary, *words[1:], "--format", "jsonl", "-q"], input=records.encode(),
                              stdout=subprocess.PIPE, check=True)
        return [json.loads(row)["sentences"] for row in done.stdout.splitlines()]
    done = subprocess.run([binary, *words[1:]], input="".join(t + "\n" for t in texts).encode(),
                          stdout=subprocess.PIPE, check=True)
    return [[row] for row in done.stdout.decode().split("\n")[:-1]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--show", action="store_true", help="show what is wrong")
    parser.add_argument("--kind")
    options = parser.parse_args()
    files = options.files or [
        path for path in [ROOT.parent / "shared/cases/bengali.jsonl",
                          *sorted((ROOT / "Tests/Fixtures/segmentation/kinds").glob("*.txt"))]
        if path.exists()]
    wrong = 0
    for path in files:
        groups = {}
        for row in rows(path):
            groups.setdefault(row[1], []).append(row)
        table = {}
        for command, group in groups.items():
            for row, found in zip(group, run(command, [row[2] for row in group])):
                kind, _, text, expected, debatable = row
                if options.kind and kind != options.kind:
                    continue
                right, total = table.get(kind, (0, 0))
                table[kind] = (right + (found == expected), total + 1)
                if options.show and found != expected:
                    print(f"[{kind}]{' debatable' if debatable else ''}\n  want {' ‖ '.join(expected)}"
                          f"\n  got  {' ‖ '.join(found)}")
        print(f"\n{path.name}")
        for kind, (right, total) in sorted(table.items()):
            print(f"{'  ' if right == total else '* '}{kind:34} {right:3}/{total}")
        right = sum(r for r, _ in table.values())
        total = sum(t for _, t in table.values())
        print(f"  {'all':34} {right:3}/{total}")
        wrong += total - right
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
