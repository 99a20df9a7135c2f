#!/usr/bin/env python3
"""BPE beside its peers on the same text in one run.

Benchmarks/bpe.py --python PYTHON --jukta JUKTA --bench JUKTABENCH --train LINES --held LINES --out FOLDER
    [--skip hf,hf-bytes,…] [--throughput]

Training: wall clock and peak memory of whole processes for Jukta, of the call alone (and its whole
process) for the peers. Throughput: one thread over lines in memory; the median of the rounds behind
the first. Needs gigabpe, ffbpe and kitoken beside what `make conformance` installs.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import time

PEERS = pathlib.Path(__file__).resolve().parent / "Peers"
SIZE = 32000


def run(command):
    return subprocess.run([str(part) for part in command], check=True,
                          stdout=subprocess.PIPE).stdout.decode()


def measured(command):
    started = time.time()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {command}")
    return time.time() - started, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def rate(command):
    rounds = [json.loads(line) for line in run(command).splitlines()]
    return statistics.median(r["bytes"] / r["seconds"] / 1e6 for r in rounds[1:])


def train(options, out):
    byte_level = ["--byte-level", "--pattern", "gpt2", "--preset", "identity",
                  "--special-tokens", "<|endoftext|>"]
    rows = []
    for name, arguments, peers in [
            ("sahajbert", ["--preset", "sahajbert"], ["hf"]),
            ("byte-level", byte_level, ["gigabpe", "ffbpe", "hf-bytes"])]:
        runs = [measured([options.jukta, "train", "bpe", "-q", *arguments, "--vocab-size", SIZE,
                          options.train, "-o", out / f"ours-{name}"]) for _ in range(3)]
        seconds, peak, cpu = sorted(runs)[1]
        rows.append({"what": name, "peer": "jukta", "seconds": seconds, "peak_mb": peak,
                     "cpu": cpu})
        for peer in peers:
            if peer in options.skip.split(","):
                continue
            answer = json.loads(run([options.python, PEERS / "train_bpe_peer.py", peer,
                                     options.train, SIZE, out / f"{peer}.json"]).splitlines()[-1])
            rows.append({"what": name, **answer})
        for row in rows:
            if row["what"] == name:
                print(f"train {name:10} {row['peer']:10} {row['seconds']:8.2f} s "
                      f"({row['cpu']:6.2f} s of processor) "
                      f"{row['peak_mb']:7.0f} MB   jukta is {row['seconds'] / seconds:5.1f} × as fast",
                      flush=True)
    return rows


def throughput(options, out):
    rows = []
    for name in ["sahajbert", "byte-level"]:
        ours = out / f"ours-{name}"
        mine = rate([options.bench, "encode", options.held, ours, 5])
        for peer, task in [("tokenizers encode_batch_fast", "hf-encode"),
                           ("kitoken encode_all", "kitoken-encode")]:
            try:
                theirs = rate([options.python, PEERS / "throughput.py", task, options.held,
                               ours / "tokenizer.json", 3])
            except subprocess.CalledProcessError:
                print(f"encode {name:10} {peer} cannot load it", flush=True)
                continue
            rows.append({"what": name, "peer": peer, "ours": mine, "theirs": theirs})
            print(f"encode {name:10} {mine:7.1f} MB/s   {peer:30} {theirs:7.2f} MB/s   "
                  f"{mine / theirs:6.1f} ×", flush=True)
    return rows


def main():
    parser = argparse.ArgumentParser()
    for name in ["python", "jukta", "bench", "train", "held", "out"]:
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--skip", default="")
    parser.add_argument("--throughput", action="store_true", help="use what an earlier run trained")
    options = parser.parse_args()
    os.environ.setdefault("RAYON_NUM_THREADS", "1" if options.throughput else "2")
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    figures = {} if options.throughput else {"training": train(options, out)}
    os.environ["RAYON_NUM_THREADS"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    figures["throughput"] = throughput(options, out)
    (out / "figures.json").write_text(json.dumps(figures, indent=1))


main()
