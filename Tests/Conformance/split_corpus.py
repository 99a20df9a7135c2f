#!/usr/bin/env python3
"""Splits a corpus folder into training and held-out lines: split_corpus.py CORPUS OUT [ONE_IN]

Reads every *.txt, *.jsonl (plain, .gz, .zst) in CORPUS and writes OUT/train.txt and
OUT/heldout.txt, one non-blank line of text a line. A line is held out when the SHA-1 of its bytes
says so (one in ONE_IN, 12 unless told), so the split does not depend on the order of the files and
a line that occurs twice is never on both sides.
"""
import gzip
import hashlib
import io
import json
import pathlib
import subprocess
import sys


def raw(path):
    head = open(path, "rb").read(4)
    if head[:2] == b"\x1f\x8b":
        return gzip.open(path, "rb")
    if head == b"\x28\xb5\x2f\xfd":
        done = subprocess.run(["zstd", "-dcq", str(path)], stdout=subprocess.PIPE, check=True)
        return io.BytesIO(done.stdout)
    return open(path, "rb")


def texts(folder):
    for path in sorted(pathlib.Path(folder).iterdir()):
        if ".jsonl" in path.name:
            for record in raw(path):
                yield from json.loads(record)["content"].split("\n")
        elif ".txt" in path.name:
            for line in raw(path):
                yield line.decode().rstrip("\n")


def main():
    corpus, out = sys.argv[1], pathlib.Path(sys.argv[2])
    one_in = int(sys.argv[3]) if len(sys.argv) > 3 else 12
    out.mkdir(parents=True, exist_ok=True)
    counts = [0, 0]
    with open(out / "train.txt", "wb") as train, open(out / "heldout.txt", "wb") as held:
        for text in texts(corpus):
            line = text.rstrip("\r").encode()
            if not line.strip() or b"\n" in line or b"\r" in line:
                continue
            is_held = int.from_bytes(hashlib.sha1(line).digest()[:4], "big") % one_in == 0
            (held if is_held else train).write(line + b"\n")
            counts[is_held] += 1
    print(f"{counts[0]} training lines, {counts[1]} held-out lines in {out}")


main()
