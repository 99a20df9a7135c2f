#!/usr/bin/env python3
"""Trains one BPE peer: train_bpe_peer.py PEER LINES VOCABULARY_SIZE OUT.json

hf        tokenizers 0.23.3, BpeTrainer, the sahajBERT pipeline
hf-bytes  tokenizers 0.23.3, BpeTrainer, GPT-2's byte-level pipeline
gigabpe   gigabpe 0.1.0, GPT-2's byte-level pipeline (it reads the file itself, two threads)
ffbpe     ffbpe 0.1.10, byte-level

Prints one JSON line: seconds of training, peak memory.
"""
import json
import os
import resource
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pipelines


def lines_of(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n")


def train_hf(kind, path, size, out, **options):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    special = {"special_tokens": pipelines.SPECIALS}
    if kind == "hf":
        tokenizer = pipelines.dress(Tokenizer(models.BPE(unk_token="<unk>")))
    else:
        tokenizer = Tokenizer(models.BPE())
        special = {"special_tokens": ["<|endoftext|>"]}
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        tokenizer.decoder = decoders.ByteLevel()
        special["initial_alphabet"] = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False, **special, **options)
    started = time.time()
    tokenizer.train_from_iterator(lines_of(path), trainer)
    seconds = time.time() - started
    tokenizer.save(out)
    return seconds


def train_gigabpe(path, size, out):
    import gigabpe
    started = time.time()
    gigabpe.train_tokenizer([path], size, out, special_tokens=["<|endoftext|>"],
                            pretokenizer="bytelevel", threads=2)
    return time.time() - started


def train_ffbpe(path, size):
    import ffbpe
    started = time.time()
    ffbpe.train_bpe(lines_of(path), vocab_size=size, special_tokens=["<|endoftext|>"])
    return time.time() - started


def main():
    kind, path, size, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    if kind == "gigabpe":
        seconds = train_gigabpe(path, size, out)
    elif kind == "ffbpe":
        seconds = train_ffbpe(path, size)
    else:
        seconds = train_hf(kind, path, size, out)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    peak, cpu = usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime
    print(json.dumps({"peer": kind, "size": size, "seconds": round(seconds, 2),
                      "cpu": round(cpu, 2), "peak_mb": round(peak)}), flush=True)


main()
