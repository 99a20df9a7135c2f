#!/usr/bin/env python3
"""Plain text to sentence boundaries, one thread: Jukta beside its peers, in one run.

    segment_speed.py TEXT BENCH [--rounds 5] [--slow-bytes 1000000]

TEXT is plain text, BENCH the program JuktaBench. ICU is measured in three ways: from UTF-8 bytes to a
list of boundaries (what Jukta does: decoding to UTF-16 counts), over lines so, and walking alone over
a UnicodeString made before the clock starts, with nothing kept. The peers in Python get the first --slow-bytes. Rounds alternate, so that a busy machine slows all alike;
medians are printed.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import segmenters


def ours(bench, path, threads):
    rows = subprocess.run([bench, "segment", path, str(threads), "3"], stdout=subprocess.PIPE,
                          check=True).stdout.splitlines()
    best = [json.loads(row) for row in rows][1:]
    return statistics.median(row["bytes"] / row["seconds"] / 1e6 for row in best)


def icu_boundaries(raw_texts, size):
    import icu
    breaker = icu.BreakIterator.createSentenceInstance(icu.Locale("bn"))
    started = time.perf_counter()
    for raw in raw_texts:
        breaker.setText(raw.decode())
        list(breaker)
    return size / (time.perf_counter() - started) / 1e6


def icu_walk(texts, size):
    import icu
    breaker = icu.BreakIterator.createSentenceInstance(icu.Locale("bn"))
    started = time.perf_counter()
    for text in texts:
        breaker.setText(text)
        while breaker.nextBoundary() != icu.BreakIterator.DONE:
            pass
    return size / (time.perf_counter() - started) / 1e6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("text")
    parser.add_argument("bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slow-bytes", type=int, default=1_000_000)
    options = parser.parse_args()
    import icu
    raw = open(options.text, "rb").read()
    whole, raw_lines = [icu.UnicodeString(raw.decode())], raw.split(b"\n")
    figures = {}
    for _ in range(options.rounds):
        figures.setdefault("jukta, 1 thread", []).append(ours(options.bench, options.text, 1))
        figures.setdefault("jukta, 2 threads", []).append(ours(options.bench, options.text, 2))
        figures.setdefault("ICU, UTF-8 in", []).append(icu_boundaries([raw], len(raw)))
        figures.setdefault("ICU, UTF-8 lines in", []).append(icu_boundaries(raw_lines, len(raw)))
        figures.setdefault("ICU, walk alone", []).append(icu_walk(whole, len(raw)))
    made, missing = segmenters.make_all(["BNLP", "BLTK", "Indic NLP", "pySBD (hi)", "sentencex"])
    slow = raw[:options.slow_bytes].decode(errors="ignore").split("\n")
    size = len("\n".join(slow).encode())
    for name, run in made.items():
        started = time.perf_counter()
        run(slow)
        figures[name] = [size / (time.perf_counter() - started) / 1e6]
    ours_rate = statistics.median(figures["jukta, 1 thread"])
    for name, rates in figures.items():
        rate = statistics.median(rates)
        print(f"{name:20} {rate:9.2f} MB/s   jukta on one thread is {ours_rate / rate:9.1f} x")
    for name, reason in missing.items():
        print(f"not measured: {name}: {reason}")


if __name__ == "__main__":
    main()
