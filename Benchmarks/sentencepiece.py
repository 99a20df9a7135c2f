#!/usr/bin/env python3
"""SentencePiece models in Jukta beside sentencepiece 0.2.3, one thread, in one run.

Benchmarks/sentencepiece.py --python PYTHON --bench JUKTABENCH --train LINES --held LINES --out FOLDER
    [--sizes 8000,32000] [--rounds 3]

Trains models with sentencepiece where FOLDER has none, then encodes the held-out lines in memory with
both in turn: ids alone, ids with ranges, and all that an encoding holds. The median of the rounds behind
the first; both must give as many ids. And what Jukta's encoder allocates a text once it is warm.
"""
import argparse
import json
import pathlib
import statistics
import subprocess

from allocations import allocations

PEERS = pathlib.Path(__file__).resolve().parent / "Peers"
TRAIN = ("import sentencepiece, sys; sentencepiece.SentencePieceTrainer.train(input=sys.argv[1], "
         "model_prefix=sys.argv[2], model_type=sys.argv[3], vocab_size=int(sys.argv[4]), "
         "num_threads=2, minloglevel=2)")


def rounds(command):
    output = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE).stdout
    return [json.loads(line) for line in output.splitlines()][1:]


def main():
    parser = argparse.ArgumentParser()
    for name in ["python", "bench", "train", "held", "out"]:
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--sizes", default="32000")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each")
    options = parser.parse_args()
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    figures = []
    for kind in ["unigram", "bpe"]:
        for size in options.sizes.split(","):
            model = out / f"{kind}-{size}.model"
            if not model.exists():
                some = out / "train.txt"
                whole = pathlib.Path(options.train).read_bytes()[:60_000_000]
                some.write_bytes(whole[:whole.rfind(b"\n") + 1])
                subprocess.run([options.python, "-c", TRAIN, some, model.with_suffix(""), kind, size],
                               check=True)
            for task, peer in [("encode", "spm-encode"), ("ranges", "spm-offsets"),
                               ("offsets", "spm-offsets")]:
                mine, theirs = [], []
                # Turn by turn, so that a busy machine is busy for both.
                for _ in range(options.rounds):
                    mine += rounds([options.bench, task, options.held, model, 4])
                    theirs += rounds([options.python, PEERS / "throughput.py", peer,
                                      options.held, model, 3])
                if {r["check"] for r in mine} != {r["check"] for r in theirs}:
                    raise SystemExit(f"{model}: the numbers of ids differ")
                ours, other = (statistics.median(r["bytes"] / r["seconds"] / 1e6 for r in part)
                               for part in (mine, theirs))
                figures.append({"model": model.stem, "task": task, "ours": ours, "theirs": other})
                print(f"{model.stem:14} {task:8} jukta {ours:7.1f} MB/s   sentencepiece {other:6.2f} "
                      f"MB/s   {ours / other:5.1f} ×", flush=True)
            figures.append({"model": model.stem, "allocations":
                            allocations(options.bench, options.held, model, out)})
    (out / "sentencepiece.json").write_text(json.dumps(figures, indent=1))


main()
