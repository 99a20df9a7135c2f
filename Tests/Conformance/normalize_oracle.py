#!/usr/bin/env python3
"""Compares `jukta normalize --preset sahajbert` with tokenizers 0.23.3: text and alignment.

normalize_oracle.py JUKTA LINES [MAXIMUM]

The reference's alignment is read off by cutting the normalised text into single characters: each
piece then reports the range of the original that its character came from.
"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Benchmarks" / "Peers"))
import pipelines
from tokenizers import NormalizedString, PreTokenizedString, Regex, pre_tokenizers


def main():
    jukta, path = sys.argv[1], sys.argv[2]
    maximum = int(sys.argv[3]) if len(sys.argv) > 3 else None
    normalizer = pipelines.sahajbert_normalizer()
    single = pre_tokenizers.Split(Regex("(?m:.)"), "isolated")
    ours = subprocess.Popen([jukta, "normalize", "--preset", "sahajbert", "--format", "jsonl", path],
                            stdout=subprocess.PIPE)
    lines = texts = alignments = 0
    with open(path, encoding="utf-8", newline="\n") as file:
        for line, answer in zip(file, ours.stdout):
            line, answer = line.rstrip("\n"), json.loads(answer)
            theirs = PreTokenizedString(line)
            theirs.normalize(normalizer.normalize)
            single.pre_tokenize(theirs)
            splits = theirs.get_splits(offset_referential="original", offset_type="char")
            text = "".join(piece for piece, _, _ in splits)
            offsets = [list(span) for _, span, _ in splits]
            lines += 1
            if text != answer["text"]:
                texts += 1
                if texts <= 5:
                    print(f"text differs, line {lines}:\n  {line!r}\n  {text!r}\n  {answer['text']!r}")
            elif offsets != answer["offsets"]:
                alignments += 1
                if alignments <= 5:
                    at = next(i for i, (a, b) in enumerate(zip(offsets, answer["offsets"])) if a != b)
                    print(f"alignment differs, line {lines}, scalar {at}: theirs {offsets[at]},"
                          f" ours {answer['offsets'][at]} in {line!r}")
            if lines == maximum:
                break
    ours.kill() if maximum else ours.wait()
    print(f"normalize sahajbert: {lines} lines, {texts} texts differ, {alignments} alignments differ")
    sys.exit(texts + alignments > 0 or lines == 0)


main()
