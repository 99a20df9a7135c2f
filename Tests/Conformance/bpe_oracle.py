#!/usr/bin/env python3
"""Compares BPE with tokenizers 0.23.3: bpe_oracle.py JUKTA TRAIN HELDOUT OUT PIECES

* the merges of `jukta train bpe` and of BpeTrainer over the same lines, merge for merge, for the
  sahajbert preset and for GPT-2's byte-level pipeline;
* ids, tokens and offsets of every held-out line, for the files of either side, and for files of ours
  with the Bengali and GPT-4's split pattern, byte fallback, a limited alphabet, prefix and suffix,
  and --akshara-safe;
* that threads and the order of files reach nothing.

With prefix or suffix the reference's trainer numbers its symbols by hash order and no two of its runs
agree, so there only encoding is compared.
"""
import filecmp
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE.parents[1] / "Benchmarks" / "Peers"
BYTE_LEVEL = ["--byte-level", "--preset", "identity", "--special-tokens", "<|endoftext|>"]
failures = []


def check(name, holds, detail=""):
    print(f"{'agrees ' if holds else 'DIFFERS'}  {name}{detail and ': ' + detail}", flush=True)
    if not holds:
        failures.append(name)


def merges(path):
    model = json.load(open(path, encoding="utf-8"))["model"]
    return [tuple(merge) for merge in model["merges"]], model["vocab"]


def compare_merges(name, ours, theirs):
    (a, left), (b, right) = merges(ours), merges(theirs)
    same = sum(x == y for x, y in zip(a, b))
    check(f"merges, {name}", a == b and left == right, f"{same} of {len(b)} merges equal in place")


def compare_encoding(jukta, name, path, held):
    run = subprocess.run([sys.executable, str(HERE / "encode_oracle.py"), jukta, str(path), held, name],
                         stdout=subprocess.PIPE, text=True)
    if run.returncode:
        print(run.stdout)
    check(f"encode, {name}", run.returncode == 0, run.stdout.strip().splitlines()[-1])


def main():
    jukta, train, held, out, pieces = sys.argv[1:6]
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)

    def ours(name, arguments, files=(train,), size=pieces):
        subprocess.run([jukta, "train", "bpe", "-q", "--vocab-size", str(size), *arguments, *files, "-o",
                        str(out / name)], check=True)
        return out / name / "tokenizer.json"

    def theirs(peer):
        path = out / f"{peer}.json"
        subprocess.run([sys.executable, str(PEERS / "train_bpe_peer.py"), peer, train, pieces, str(path)],
                       check=True, stdout=subprocess.DEVNULL)
        return path

    for name, peer, arguments in [("sahajbert", "hf", ["--preset", "sahajbert", "--alphabet", "corpus"]),
                                  ("byte-level", "hf-bytes", ["--pattern", "gpt2", *BYTE_LEVEL])]:
        mine, other = ours(name, arguments), theirs(peer)
        compare_merges(name, mine, other)
        compare_encoding(jukta, f"{name}, ours", mine, held)
        compare_encoding(jukta, f"{name}, theirs", other, held)
    for name, arguments in [
            ("bengali-bytes", ["--byte-level", "--pattern", "bengali"]),
            ("gpt4-bytes", ["--byte-level", "--pattern", "gpt4"]),
            ("akshara-safe", ["--akshara-safe"]),
            ("byte-fallback", ["--byte-fallback", "--limit-alphabet", "90"]),
            ("prefix-suffix", ["--continuing-subword-prefix", "##", "--end-of-word-suffix", "</w>",
                               "--max-token-length", "9", "--min-frequency", "5"])]:
        compare_encoding(jukta, name, ours(name, arguments), held)

    lines = open(train, encoding="utf-8", newline="\n").read().split("\n")[:-1]
    cut = len(lines) // 3
    parts = []
    for index, part in enumerate([lines[2 * cut:], lines[:cut], lines[cut:2 * cut]]):
        path = out / f"part-{index}.txt"
        path.write_text("".join(line + "\n" for line in part), encoding="utf-8", newline="\n")
        parts.append(str(path))
    for threads in ["2", "7"]:
        ours(f"threads-{threads}", ["--preset", "sahajbert", "--threads", threads],
             parts if threads == "7" else parts[::-1])
        names = ["tokenizer.json", "vocab.json", "merges.txt", "recipe.json"]
        one = ours("threads-1", ["--preset", "sahajbert", "--threads", "1"]).parent
        _, mismatch, errors = filecmp.cmpfiles(one, out / f"threads-{threads}", names, shallow=False)
        check(f"{threads} threads and files in another order", not mismatch and not errors,
              "the same bytes" if not mismatch else ", ".join(mismatch + errors))
    print(f"bpe: {len(failures)} comparisons differ" if failures else "bpe: all comparisons agree")
    sys.exit(bool(failures))


main()
