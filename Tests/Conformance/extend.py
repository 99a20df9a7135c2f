#!/usr/bin/env python3
"""Extends and prunes tokenizers that the references trained, and asks the references what came out.

    extend.py JUKTA TRAIN.txt HELDOUT.txt OUT [--quick]

Bases: byte-level BPE and Unigram by tokenizers, BPE with byte fallback by sentencepiece, on English and code: the
standard library of this Python. Checked, with the references' own readers:

  * every id of English and code is as before;
  * each new id replaced by its base ids gives the base's encoding (BPE), on Bengali lines;
  * jukta, tokenizers, transformers and sentencepiece give the same ids;
  * added tokens keep their ids, those behind the vocabulary too;
  * pruned to what the lines use, no line of them changes (BPE, Unigram), where dropping unused pieces
    alone changes most.
"""
import glob
import json
import os
import subprocess
import sys
import sysconfig

import sentencepiece
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import AutoTokenizer

JUKTA, TRAIN, HELDOUT, OUT = sys.argv[1:5]
QUICK = "--quick" in sys.argv
LINES, ADDED = (4_000, 800) if QUICK else (20_000, 2_000)


def source_lines(count):
    """Lines of code and English: modules of the standard library, in the order of their names."""
    lines = []
    for path in sorted(glob.glob(sysconfig.get_paths()["stdlib"] + "/*.py")):
        with open(path, encoding="utf-8", errors="ignore") as file:
            lines += [line.rstrip("\n") for line in file if line.strip()]
        if len(lines) >= count:
            break
    return lines[:count]


def text_lines(path, count):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n") for _, line in zip(range(count), file)]


def jukta(*arguments):
    done = subprocess.run([JUKTA, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"jukta {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def jukta_ids(model, path):
    out = jukta("encode", "-m", model, path)
    return [[int(id) for id in line.split()] for line in out.splitlines()]


class ByTokenizers:
    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))

    def ids(self, lines):
        return [e.ids for e in self.tokenizer.encode_batch(lines, add_special_tokens=False)]

    def added(self):
        return {t.content: i for i, t in self.tokenizer.get_added_tokens_decoder().items()}


class BySentencePiece:
    def __init__(self, folder):
        self.processor = sentencepiece.SentencePieceProcessor(
            model_file=os.path.join(folder, "spiece.model"))

    def ids(self, lines):
        return self.processor.encode(lines)

    def added(self):
        return {}


def save(tokenizer, folder):
    os.makedirs(folder, exist_ok=True)
    tokenizer.save(os.path.join(folder, "tokenizer.json"))


def byte_level(lines, folder):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        lines, trainers.BpeTrainer(
            vocab_size=4000, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    # Behind the vocabulary, as Llama 3 has them: the trap.
    tokenizer.add_special_tokens(["<|begin|>", "<|end|>", "<|pad|>"])
    save(tokenizer, folder)


def unigram(lines, folder):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.train_from_iterator(
        lines, trainers.UnigramTrainer(
            vocab_size=4000, special_tokens=["<unk>", "<s>"], unk_token="<unk>", show_progress=False))
    save(tokenizer, folder)


def sentencepiece_bpe(lines, folder):
    os.makedirs(folder, exist_ok=True)
    with open(folder + ".txt", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    sentencepiece.SentencePieceTrainer.train(
        input=folder + ".txt", model_prefix=folder + "/spiece", vocab_size=4000, model_type="bpe",
        byte_fallback=True, minloglevel=2, num_threads=1)


def compare(name, one, other, what):
    wrong = [i for i, (a, b) in enumerate(zip(one, other)) if a != b]
    if wrong or len(one) != len(other):
        print(f"{name}: {what}: {len(wrong)} of {len(one)} lines differ, the first at {wrong[:1]}")
        print(one[wrong[0]] if wrong else "", other[wrong[0]] if wrong else "", sep="\n")
        raise SystemExit(1)


def extend(name, reader, is_merging):
    base, folder = f"{OUT}/{name}", f"{OUT}/{name}-bn"
    target = base if reader is ByTokenizers else base + "/spiece.model"
    jukta("extend", target, TRAIN_PART, "-o", folder, "--add", ADDED, "-q")
    before, after = reader(base), reader(folder)
    old, new = before.ids(BENGALI), after.ids(BENGALI)
    compare(name, before.ids(SOURCE), after.ids(SOURCE), "ids of English and code")
    with open(f"{folder}/new_ids.jsonl", encoding="utf-8") as file:
        entries = [json.loads(line) for line in file]
    assert len(entries) == ADDED, len(entries)
    parts = {entry["id"]: entry["from"] for entry in entries}
    if is_merging:
        compare(name, old, [[b for i in line for b in parts.get(i, [i])] for line in new], "base ids")
    for token, id in before.added().items():
        assert after.added()[token] == id, (name, token, id, after.added())
    file = folder if reader is ByTokenizers else folder + "/spiece.model"
    compare(name, new, jukta_ids(file, BENGALI_FILE), "jukta's ids")
    if os.path.exists(f"{folder}/tokenizer.json"):
        loaded = AutoTokenizer.from_pretrained(folder)
        compare(
            name, new, loaded(BENGALI[:500], add_special_tokens=False)["input_ids"] + new[500:],
            "transformers' ids")
    # From counts for this model: the same bytes.
    jukta("count", "-m", target, TRAIN_PART, "-o", f"{OUT}/{name}.counts", "-q")
    jukta("extend", target, "--counts", f"{OUT}/{name}.counts", "-o", folder + "-2", "--add", ADDED, "-q")
    for item in os.listdir(folder):
        with open(f"{folder}/{item}", "rb") as one, open(f"{folder}-2/{item}", "rb") as other:
            assert one.read() == other.read(), (name, item)
    words = sum(len(line.split()) for line in BENGALI)
    sums = [sum(map(len, ids)) / words for ids in (old, new)]
    return f"{sums[0]:.3f} to {sums[1]:.3f}"


def prune(name, reader):
    base, folder = f"{OUT}/{name}-bn", f"{OUT}/{name}-pruned"
    target = base if reader is ByTokenizers else base + "/spiece.model"
    jukta("prune", target, BENGALI_FILE, "-o", folder, "--unused", "-q")
    with open(f"{folder}/id_map.jsonl", encoding="utf-8") as file:
        ids = {e["old"]: e["new"] for e in map(json.loads, file)}
    old = reader(base).ids(BENGALI)
    compare(name, [[ids[i] for i in line] for line in old], reader(folder).ids(BENGALI), "pruned ids")
    return len(ids), sum(1 for i in ids.values() if i is not None)


os.makedirs(OUT, exist_ok=True)
SOURCE = source_lines(5_000)
BENGALI = [line for line in text_lines(HELDOUT, 2_000 if QUICK else 10_000) if line.strip()]
TRAIN_PART, BENGALI_FILE = f"{OUT}/train.txt", f"{OUT}/bengali.txt"
for path, lines in ((TRAIN_PART, text_lines(TRAIN, LINES)), (BENGALI_FILE, BENGALI)):
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
trained = source_lines(60_000)
byte_level(trained, f"{OUT}/bytes")
unigram(trained, f"{OUT}/unigram")
sentencepiece_bpe(trained[:30_000], f"{OUT}/sp-bpe")
report = []
for name, reader, is_merging in (
    ("bytes", ByTokenizers, True), ("unigram", ByTokenizers, False), ("sp-bpe", BySentencePiece, True),
):
    gain = extend(name, reader, is_merging)
    all_ids, kept = prune(name, reader)
    report.append(f"{name} {gain} tokens a word, {kept} of {all_ids} ids used")
print(f"{len(BENGALI)} and {len(SOURCE)} lines: " + "; ".join(report))
