#!/usr/bin/env python3
"""A text of any size with as many distinct words as asked for, from real words and Zipf's law.

    Benchmarks/zipf.py WORDS MEGABYTES [--distinct 30000000] [--seed 1] > text

WORDS: a file of counts (`jukta count TEXT -o WORDS`) or of words, one a line. The word of rank r is drawn with
probability in proportion to 1 / (r + 2.7) (Zipf–Mandelbrot, s = 1), by r = exp(u · log(N)) for u even in [0, 1): the
continuous form of the same law. Ranks beyond the real words are two real words joined, chosen by the rank alone, as
compounds and typing errors are; so each has a spelling of its own and looks like Bengali. One draw in eight goes to
the rarest ranks alone, in turn, so that all N words occur once the text has 8 N words. Lines have 5 to 24 words. Bytes
depend on the arguments alone.
"""
import argparse
import sys

import numpy as np


def main():
    options = argparse.ArgumentParser()
    options.add_argument("words")
    options.add_argument("megabytes", type=int)
    options.add_argument("--distinct", type=int, default=30_000_000)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    found = {}
    with open(options.words, encoding="utf-8", errors="replace") as source:
        for line in source:
            parts = line.split()
            if len(parts) == 2 and parts[1].isdigit():
                found[parts[0].strip("▁")] = int(parts[1])
            elif len(parts) == 1:
                found.setdefault(parts[0], 1)
    found.pop("", None)
    words = np.array(sorted(found, key=lambda word: (-found[word], word)), dtype=object)
    real, distinct = len(words), options.distinct
    draw = np.random.default_rng(options.seed)
    written, turn, block = 0, 0, 1 << 18
    out = sys.stdout.buffer
    while written < options.megabytes * 1_000_000:
        ranks = np.exp(draw.random(block) * np.log(distinct)).astype(np.int64) - 1
        rare = np.arange(0, block, 8)
        ranks[rare] = (turn + np.arange(len(rare))) % distinct
        turn += len(rare)
        # A rank beyond the real words is a pair of them: r -> (r mod real, a step that differs for each).
        first = words[ranks % real]
        beyond = ranks >= real
        second = words[(ranks // real * 7919 + ranks % real) % real]
        text = np.where(beyond, first + second, first)
        ends = np.cumsum(draw.integers(5, 25, block // 5))
        ends = ends[ends < block]
        start = 0
        for end in [*ends, block]:
            line = " ".join(text[start:end]).encode() + b"\n"
            out.write(line)
            written += len(line)
            start = end
            if written >= options.megabytes * 1_000_000:
                break


if __name__ == "__main__":
    main()
