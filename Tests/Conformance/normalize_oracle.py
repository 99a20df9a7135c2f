#!/usr/bin/env python3
"""Compares `jukta normalize` with tokenizers 0.23.3: text and alignment.

normalize_oracle.py JUKTA sahajbert|MODEL LINES [EVERY OFFSET]

sahajbert: `--preset sahajbert` against the recipe as written in Benchmarks/Peers/pipelines.py.
MODEL, a tokenizer.json: `-m MODEL` against the normalizer that tokenizers reads from that file.
With EVERY and OFFSET, one line in EVERY from OFFSET on: for several processes side by side.

The reference's alignment is read off by cutting the normalised text into single characters: each
piece then reports the range of the original that its character came from.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Benchmarks" / "Peers"))
import pipelines
from tokenizers import PreTokenizedString, Regex, Tokenizer, pre_tokenizers


def main():
    jukta, model, path = sys.argv[1:4]
    every, offset = (int(sys.argv[4]), int(sys.argv[5])) if len(sys.argv) > 5 else (1, 0)
    if model == "sahajbert":
        normalizer, arguments = pipelines.sahajbert_normalizer(), ["--preset", "sahajbert"]
    else:
        normalizer, arguments = Tokenizer.from_file(model).normalizer, ["-m", model]
    single = pre_tokenizers.Split(Regex("(?m:.)"), "isolated")
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file][offset::every]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n") as some:
        some.writelines(line + "\n" for line in lines)
        some.flush()
        ours = subprocess.Popen(
            [jukta, "normalize", *arguments, "--format", "jsonl", "--threads", "1", some.name],
            stdout=subprocess.PIPE)
        counts = [0, 0, 0]
        for line in lines:
            compare(line, json.loads(ours.stdout.readline() or "{}"), normalizer, single, counts)
        ours.wait()
    print(f"normalize {model}: {counts[0]} lines, {counts[1]} texts differ, "
          f"{counts[2]} alignments differ")
    sys.exit(counts[1] + counts[2] > 0 or counts[0] == 0)


def compare(line, answer, normalizer, single, counts):
    theirs = PreTokenizedString(line)
    theirs.normalize(normalizer.normalize)
    single.pre_tokenize(theirs)
    splits = theirs.get_splits(offset_referential="original", offset_type="char")
    text = "".join(piece for piece, _, _ in splits)
    offsets = [list(span) for _, span, _ in splits]
    counts[0] += 1
    if text != answer.get("text"):
        counts[1] += 1
        if counts[1] <= 5:
            print(f"text differs:\n  {line!r}\n  theirs {text!r}\n  ours   {answer.get('text')!r}")
    elif offsets != answer["offsets"]:
        counts[2] += 1
        if counts[2] <= 5:
            at = next(i for i, (a, b) in enumerate(zip(offsets, answer["offsets"])) if a != b)
            print(f"alignment differs at scalar {at}: theirs {offsets[at]}, "
                  f"ours {answer['offsets'][at]} in {line!r}")


main()
