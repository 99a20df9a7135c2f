#!/usr/bin/env python3
"""Compares `jukta encode` with tokenizers 0.23.3: ids, tokens and offsets.

encode_oracle.py JUKTA TOKENIZER.json LINES [NAME]
"""
import json
import subprocess
import sys

from tokenizers import Tokenizer


def main():
    jukta, model, path = sys.argv[1:4]
    name = sys.argv[4] if len(sys.argv) > 4 else model
    tokenizer = Tokenizer.from_file(model)
    ours = subprocess.Popen([jukta, "encode", "-m", model, "--format", "jsonl", path],
                            stdout=subprocess.PIPE)
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file]
    compared = differing = 0
    for start in range(0, len(lines), 2000):
        for line, theirs in zip(lines[start:start + 2000],
                                tokenizer.encode_batch(lines[start:start + 2000])):
            answer = json.loads(ours.stdout.readline() or "{}")
            compared += 1
            expected = {"ids": theirs.ids, "tokens": theirs.tokens,
                        "offsets": [list(span) for span in theirs.offsets]}
            wrong = [key for key in expected if answer.get(key) != expected[key]]
            if wrong:
                differing += 1
                if differing <= 5:
                    key = wrong[0]
                    print(f"{key} differ, line {compared}: {line!r}\n  theirs {expected[key][:40]}"
                          f"\n  ours   {(answer.get(key) or [])[:40]}")
    ours.wait()
    print(f"encode {name}: {compared} lines, {differing} differ in ids, tokens or offsets")
    sys.exit(differing > 0 or compared == 0)


main()
