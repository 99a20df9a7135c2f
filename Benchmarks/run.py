#!/usr/bin/env python3
"""Jukta beside its peers on the same text in one run: `make bench`.

Benchmarks/run.py [--corpus FOLDER] [--sizes 8000,32000] [--no-training] [--out FOLDER]

Prints a table of ratios, and writes everything measured to OUT/figures.json. Needs the virtual
environment that `make conformance` makes. Training times are wall clock of a whole process for
Jukta (start, reading, writing included), of the call alone for the peers.
"""
import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time

from allocations import allocations

ROOT = pathlib.Path(__file__).resolve().parents[1]
PEERS = ROOT / "Benchmarks" / "Peers"


def run(command, **options):
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE,
                          **options).stdout.decode()


def rates(command):
    """Megabytes a second of the rounds behind the first."""
    rounds = [json.loads(line) for line in run(command).splitlines()]
    return statistics.median(r["bytes"] / r["seconds"] / 1e6 for r in rounds[1:])


def peak_of_children(command):
    """Wall seconds and peak memory in MB of one command."""
    started = time.time()
    process = subprocess.Popen([str(part) for part in command])
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {command}")
    return time.time() - started, usage.ru_maxrss / 1024


def throughput(python, bench, held, out, size):
    ours, peers = out / f"ours-{size}", PEERS / "throughput.py"
    rows = []

    def row(name, our, *theirs):
        mine = rates([bench, *our, 5])
        for peer, command in theirs:
            other = rates([python, peers, *command])
            rows.append({"what": name, "peer": peer, "ours_mb_s": mine, "peer_mb_s": other,
                         "ratio": mine / other})
            print(f"{name:34} {mine:8.1f} MB/s   {peer:32} {other:8.2f} MB/s   "
                  f"{mine / other:7.1f} ×", flush=True)

    row("normalize sahajbert", ["normalize", held, "sahajbert"],
        ("tokenizers normalize_str", ["hf-normalize", held]))
    row("encode, ids", ["encode", held, ours],
        ("tokenizers encode_batch_fast", ["hf-encode", held, ours / "tokenizer.json"]),
        ("sentencepiece encode", ["spm-encode", held, out / f"spm-{size}.json.model"]))
    row("encode, ids and ranges", ["ranges", held, ours],
        ("tokenizers encode_batch", ["hf-offsets", held, ours / "tokenizer.json"]))
    row("encode, ids, tokens and offsets", ["offsets", held, ours],
        ("tokenizers encode_batch", ["hf-offsets", held, ours / "tokenizer.json"]))
    return rows


def loading(python, bench, out, size):
    """Milliseconds to load a tokenizer.json, median of ten."""
    model = out / f"ours-{size}" / "tokenizer.json"
    rounds = [json.loads(line)["seconds"]
              for line in run([bench, "load", os.devnull, model, 11]).splitlines()]
    code = ("import sys, time, tokenizers\n"
            "for _ in range(11):\n"
            "    t = time.perf_counter(); tokenizers.Tokenizer.from_file(sys.argv[1])\n"
            "    print(time.perf_counter() - t)")
    peer = [float(line) for line in run([python, "-c", code, model]).split()]
    ours, theirs = (statistics.median(r[1:]) * 1e3 for r in (rounds, peer))
    print(f"load tokenizer.json of {size:6} {ours:8.1f} ms     tokenizers from_file "
          f"{theirs:14.1f} ms     {theirs / ours:7.1f} ×", flush=True)
    return {"ours_ms": ours, "peer_ms": theirs}


def training(python, jukta, train, out, sizes):
    rows = []
    for size in sizes:
        seconds, peak = peak_of_children(
            [jukta, "train", "unigram", "-q", "--preset", "sahajbert", "--vocab-size", size, train,
             "-o", out / f"ours-{size}"])
        rows.append({"peer": "jukta", "size": size, "seconds": seconds, "peak_mb": peak})
        for peer in ["hf", "spm", "spm-same"]:
            answer = run([python, PEERS / "train_peer.py", peer, train, size,
                          out / f"{peer}-{size}.json"])
            rows.append(json.loads(answer.splitlines()[-1]))
        for row in rows[-4:]:
            print(f"train {size:6} {row['peer']:10} {row['seconds']:8.2f} s {row['peak_mb']:7.0f} MB"
                  f"   jukta is {row['seconds'] / seconds:5.1f} × as fast", flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser()
    shared = ROOT.parent / "shared" / "corpus"
    sample = ROOT / "Resources" / "sample"
    parser.add_argument("--corpus", type=pathlib.Path, help="default: ../shared/corpus, or the sample",
                        default=shared if shared.is_dir() else sample)
    parser.add_argument("--sizes", help="default: 8000,32000; 1000 for the sample")
    parser.add_argument("--no-training", action="store_true", help="use what an earlier run trained")
    parser.add_argument("--out", default=ROOT / ".build" / "bench")
    options = parser.parse_args()
    out, python = pathlib.Path(options.out), ROOT / ".venv" / "bin" / "python"
    out.mkdir(parents=True, exist_ok=True)
    is_sample = options.corpus.resolve() == sample.resolve()
    sizes = [int(size) for size in (options.sizes or ("1000" if is_sample else "8000,32000")).split(",")]
    run(["swift", "build", "-c", "release", "--product", "jukta"], cwd=ROOT)
    run(["swift", "build", "-c", "release"], cwd=ROOT / "Benchmarks")
    jukta, bench = ROOT / ".build/release/jukta", ROOT / "Benchmarks/.build/release/JuktaBench"
    print(run([python, ROOT / "Tests/Conformance/split_corpus.py", options.corpus, out]).strip())
    figures = {"cores": os.cpu_count(), "bytes": (out / "train.txt").stat().st_size}
    if not options.no_training:
        figures["training"] = training(python, jukta, out / "train.txt", out, sizes)
    figures["throughput"] = throughput(python, bench, out / "heldout.txt", out, sizes[-1])
    figures["loading"] = loading(python, bench, out, sizes[-1])
    figures["allocations"] = allocations(bench, out / "heldout.txt",
                                         out / f"ours-{sizes[-1]}", out)
    for size in sizes:
        names = [("jukta", out / f"ours-{size}" / "tokenizer.json"),
                 ("tokenizers", out / f"hf-{size}.json"),
                 ("sentencepiece, same pipeline", out / f"spm-same-{size}.json")]
        print(run([python, PEERS / "evaluate.py", out / "heldout.txt",
                   *[f"{name}={path}" for name, path in names]]), flush=True)
    (out / "figures.json").write_text(json.dumps(figures, indent=1))


main()
