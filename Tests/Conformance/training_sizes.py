#!/usr/bin/env python3
"""Every size is trained exactly, or refused with a largest one that then trains.

Tests/Conformance/training_sizes.py JUKTA [--corpus FILE] [--draws N] [--seconds S] [--seed S] [--largest-megabytes M]

Draws sizes (from the smallest possible to beyond the largest), texts (pieces of FILE of 0.1 to M MB,
English, Chinese, emoji, one word, one line of 1 MB, one letter), presets, algorithms and options, and
drives the release binary. Checks of each draw:
  trained     the vocabulary has exactly the size that was asked for, no entry twice
  too large   the error names a size; that one trains exactly; one more is refused
  too small   the error names a size; that one trains exactly
  soft        the largest size, the one that the error of the same draw names
  default     without a size a tokenizer comes out
Prints a table of what was drawn and found. Exits with 1 where a draw fails.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

ENGLISH = ("the quick brown fox jumps over the lazy dog while many small words of an english text "
           "are repeated and some longer ones appear only once or twice in it").split()
PRESETS = ["bengali", "sahajbert", "nfc", "nfd", "nfkc", "nfkd", "identity", "nmt_nfkc", "nmt_nfkc_cf",
           "nfkc_cf"]


def lines_of(path, size, draw):
    """About `size` bytes of whole lines, from anywhere in the file."""
    with open(path, "rb") as file:
        file.seek(0, 2)
        file.seek(draw.randrange(max(file.tell() - size, 1)))
        file.readline()
        return file.read(size).rpartition(b"\n")[0] + b"\n"


def generated(kind, draw):
    def words(letters, count, longest):
        return ["".join(draw.choice(letters) for _ in range(draw.randint(1, longest)))
                for _ in range(count)]
    if kind == "English":
        stock = words("etaoinshrdlucmfwypvbgk", 2000, 11) + ENGLISH * 20
        return "\n".join(" ".join(draw.choice(stock) for _ in range(12)) for _ in range(4000))
    if kind == "Chinese":
        stock = words([chr(c) for c in range(0x4E00, 0x4E00 + draw.choice([300, 3000]))], 3000, 4)
        return "\n".join("".join(draw.choice(stock) for _ in range(15)) + "。" for _ in range(2500))
    if kind == "emoji":
        stock = ["😀", "👩\u200d👩\u200d👧", "🇧🇩", "❤️", "👍🏽", "🎉", "🙏"]
        return "\n".join("".join(draw.choice(stock) for _ in range(draw.randint(1, 9))) for _ in range(300))
    if kind == "one word":
        return draw.choice(["বাংলাদেশ", "a", "x" * 70, "ক্ষ", "word"]) + "\n"
    if kind == "one letter":
        return "a" * 1000
    if kind == "one line of 1 MB":
        letters = draw.choice(["abcdefgh", "কখগঘঙচছজািুে্", [chr(c) for c in range(0x4E00, 0x4F00)]])
        return "".join(draw.choice(letters) for _ in range(1_000_000 // len(letters[0].encode())))
    raise ValueError(kind)


def options_of(algorithm, draw):
    found = []
    def maybe(share, *values):
        if draw.random() < share:
            found.extend(values)
    maybe(0.2, "--alphabet", "corpus")
    maybe(0.2, "--user-defined-symbols", draw.choice(["।", "<sep>,<cls2>", "ক,a"]))
    maybe(0.2, "--special-tokens", draw.choice(["<unk>", "<s>,</s>,<unk>", "<unk>,<pad>,।"]))
    maybe(0.15, "--required-chars", draw.choice(["ঔঊ", "漢字", "abcAB12"]))
    if algorithm == "unigram":
        maybe(0.25, "--byte-fallback")
        maybe(0.3, "--character-coverage", draw.choice(["1", "0.99", "0.9", "0.9999"]))
        maybe(0.2, "--shrinking-factor", draw.choice(["0.5", "0.75", "0.95"]))
        maybe(0.2, "--max-piece-length", draw.choice(["1", "2", "5", "40"]))
        maybe(0.1, "--token-cost", draw.choice(["0", "20"]))
        maybe(0.1, "--num-sub-iterations", draw.choice(["1", "4"]))
        maybe(0.1, "--seed-size", draw.choice(["100", "5000"]))
        maybe(0.15, draw.choice(["--split-digits", "--split-by-number", "--split-by-unicode-script"]))
    elif algorithm == "bpe":
        maybe(0.25, "--byte-fallback")
        maybe(0.3, "--character-coverage", draw.choice(["0.99", "0.9", "0.9999"]))
        maybe(0.2, "--min-frequency", draw.choice(["2", "20"]))
        maybe(0.2, "--max-token-length", draw.choice(["2", "3", "8"]))
        maybe(0.1, "--limit-alphabet", draw.choice(["10", "60"]))
        maybe(0.2, "--akshara-safe")
        maybe(0.15, "--continuing-subword-prefix", "##")
        maybe(0.15, "--end-of-word-suffix", "</w>")
    return found


class Draw:
    def __init__(self, jukta, folder, algorithm, text, options):
        self.jukta, self.folder, self.text = jukta, folder, text
        self.model = ["bpe"] if algorithm != "unigram" else ["unigram"]
        self.options = options + (["--byte-level"] if algorithm == "bytes" else [])

    def train(self, size, *more):
        """(entries, None) of the tokenizer, or (None, message)."""
        wanted = [] if size is None else ["--vocab-size", str(size)]
        command = [self.jukta, "train", *self.model, "-q", self.text, "-o", self.folder / "model",
                   *wanted, *self.options, *more]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        if done.returncode:
            return None, done.stderr.strip()
        path = self.folder / "model" / "tokenizer.json"
        model = json.loads(path.read_text(encoding="utf-8"))["model"]
        texts = list(model["vocab"]) if isinstance(model["vocab"], dict) else [p[0] for p in model["vocab"]]
        assert len(set(texts)) == len(texts), "an entry is there twice"
        return len(texts), None

    def exactly(self, size, *more):
        entries, message = self.train(size, *more)
        assert entries == size, f"{size} wanted, {entries} found: {message}"

    def check(self, size):
        """What came of it: a word for the table."""
        entries, message = self.train(size)
        if entries is not None:
            assert entries == size or size is None, f"{size} wanted, {entries} found"
            return "default" if size is None else "exact"
        number = lambda pattern: int(re.search(pattern, message).group(1).replace(",", ""))
        if "is larger than this corpus can fill" in message:
            largest = number(r"largest possible is ([\d,]+)")
            assert largest < size, message
            self.exactly(largest)
            assert self.train(size, "--soft-vocab-limit")[0] == largest, "the soft limit differs"
            more, refusal = self.train(largest + 1)
            assert more is None and f"possible is {largest}." in refusal, f"{largest + 1}: {more} {refusal}"
            return "refused, largest trains"
        if "is too small" in message:
            smallest = number(r"need ([\d,]+)")
            assert smallest > size, message
            self.exactly(smallest)
            return "refused, smallest trains"
        raise AssertionError(message)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("jukta")
    parser.add_argument("--corpus", help="real text, a line a text")
    parser.add_argument("--draws", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=1e9, help="stop drawing after so long")
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--largest-megabytes", type=float, default=1)
    options = parser.parse_args()
    real = [m for m in [0.1, 1, 5, 20] if m <= options.largest_megabytes] if options.corpus else []
    kinds = [f"{m} MB of real text" for m in real]
    kinds += ["English", "Chinese", "emoji", "one word", "one letter", "one line of 1 MB"]
    table, failures, started = collections.Counter(), [], time.monotonic()
    for index in range(options.draws):
        if time.monotonic() - started > options.seconds:
            break
        draw = random.Random(f"{options.seed}/{index}")
        # Small texts are cheap: more of them.
        kind = draw.choices(kinds, [1 if "5 MB" in k or "20 MB" in k else 3 for k in kinds])[0]
        algorithm = draw.choices(["unigram", "bpe", "bytes"], [5, 3, 1])[0]
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            text = folder / "text.txt"
            if "real" in kind:
                size = float(kind.split()[0]) * 1e6
                text.write_bytes(lines_of(options.corpus, int(size), draw))
            else:
                text.write_text(generated(kind, draw), encoding="utf-8")
            given = options_of(algorithm, draw)
            given += ["--preset", draw.choice(PRESETS)] if algorithm != "bytes" else []
            size = draw.choice([None, draw.randint(1, 300), draw.randint(100, 3000),
                                int(10 ** draw.uniform(2, 5)), int(10 ** draw.uniform(3, 6.5)), 32000, 8000])
            try:
                found = Draw(options.jukta, folder, algorithm, text, given).check(size)
            except AssertionError as failure:
                found = "FAILED"
                failures.append(f"draw {index}: {kind}, {algorithm}, size {size}, {' '.join(given)}: {failure}")
                print(failures[-1], file=sys.stderr, flush=True)
            table[(kind, algorithm, found)] += 1
    columns = ["exact", "default", "refused, largest trains", "refused, smallest trains", "FAILED"]
    print(f"{'text':22} {'model':8} " + " ".join(f"{c:>24}" for c in columns))
    for kind in kinds:
        for algorithm in ["unigram", "bpe", "bytes"]:
            row = [table[(kind, algorithm, column)] for column in columns]
            if any(row):
                print(f"{kind:22} {algorithm:8} " + " ".join(f"{n:24}" for n in row))
    print(f"{'all':22} {'':8} "
          + " ".join(f"{sum(n for k, n in table.items() if k[2] == c):24}" for c in columns))
    sys.exit(1 if failures else 0)


main()
