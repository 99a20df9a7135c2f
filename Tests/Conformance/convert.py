#!/usr/bin/env python3
"""Compares what `jukta convert` and `jukta train` write with the references, on held-out lines.

convert.py JUKTA TRAIN HELDOUT FOLDER [PIECES]

1. Models that sentencepiece 0.2.3 trains: MODEL -> tokenizer.json -> MODEL. tokenizers 0.23.3 and sentencepiece
   load them; ids are compared with those of the first model, line by line, and with what transformers' own
   converter makes of the same file.
2. Folders that jukta trains: spiece.model in sentencepiece 0.2.3 (and Debian's 0.1.97, where spm_encode is
   installed) beside tokenizer.json in tokenizers.
3. A dry run writes nothing; what would lose something is refused.

Lines may differ where the notes of a conversion say so: sums in 32 bits or 64, tokenizers' Precompiled, and unknown
characters on both sides of a cut, which are counted apart. More than 0.2 % of them is a failure; a model that comes back must give the same ids on all.
"""
import importlib
import json
import os
import shutil
import subprocess
import sys
import warnings

os.environ["TRANSFORMERS_VERBOSITY"] = "error"
import sentencepiece
from tokenizers import Tokenizer

MOST = 0.002
failures = []


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def check(holds, what):
    if not holds:
        failures.append(what)
    return "" if holds else "   <- FAILS"


def differing(one, other):
    return sum(a != b for a, b in zip(one, other)) + abs(len(one) - len(other))


def without_runs(ids, unknown):
    """Runs of the unknown id as one: SentencePiece joins them across a cut of the pre-tokenizer, as the notes say."""
    return [[id for place, id in enumerate(line) if id != unknown or place == 0 or line[place - 1] != unknown]
            for line in ids]


def tokenizers_ids(path_or_tokenizer, lines):
    tokenizer = path_or_tokenizer
    if isinstance(tokenizer, str):
        tokenizer = Tokenizer.from_file(tokenizer)
    return [encoding.ids for encoding in tokenizer.encode_batch(lines, add_special_tokens=False)]


def sentencepiece_ids(path, lines):
    return sentencepiece.SentencePieceProcessor(model_file=path).encode(lines)


def transformers_ids(path, lines):
    """What transformers' converter makes of the same file; nil where it fails."""
    converter = importlib.import_module("transformers.convert_slow_tokenizer")

    class Slow:
        vocab_file = path
        add_prefix_space = True
        legacy = False

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tokenizers_ids(converter.SpmConverter(Slow()).converted(), lines)
    except Exception:  # noqa: BLE001 whatever it is, it is theirs
        return None


def debian_ids(path, lines):
    if not shutil.which("spm_encode"):
        return None
    text = "\n".join(lines) + "\n"
    done = subprocess.run(["spm_encode", f"--model={path}", "--output_format=id"], input=text, check=True,
                          capture_output=True, text=True)
    return [[int(number) for number in line.split()] for line in done.stdout.split("\n")[:-1]]


def foreign(jukta, train, lines, folder, pieces):
    kinds = {
        "unigram": {"model_type": "unigram"},
        "unigram bytes": {"model_type": "unigram", "byte_fallback": True},
        "unigram identity": {"model_type": "unigram", "normalization_rule_name": "identity",
                             "remove_extra_whitespaces": False},
        "bpe": {"model_type": "bpe"},
        "bpe bytes": {"model_type": "bpe", "byte_fallback": True},
    }
    for name, options in kinds.items():
        base = os.path.join(folder, name.replace(" ", "-"))
        sentencepiece.SentencePieceTrainer.train(
            input=train, model_prefix=base, vocab_size=pieces, minloglevel=2, num_threads=2, **options)
        run(jukta, "convert", "-q", base + ".model", "-o", base + ".json")
        run(jukta, "convert", "-q", base + ".json", "-o", base + ".back.model")
        ids = sentencepiece_ids(base + ".model", lines)
        there = differing(ids, tokenizers_ids(base + ".json", lines))
        back = differing(ids, sentencepiece_ids(base + ".back.model", lines))
        theirs = transformers_ids(base + ".model", lines)
        theirs = "fails" if theirs is None else differing(ids, theirs)
        print(f"{name:18} as tokenizer.json {there} of {len(lines)} lines differ, and back {back}; "
              f"transformers' converter: {theirs}" + check(there <= MOST * len(lines) and back == 0, name))


def ours(jukta, train, lines, folder, pieces):
    trained = {
        "unigram nmt_nfkc": ["unigram", "--preset", "nmt_nfkc"],
        "unigram nfkc_cf bytes": ["unigram", "--preset", "nfkc_cf", "--byte-fallback"],
        "unigram identity": ["unigram", "--preset", "identity"],
        "unigram sahajbert": ["unigram", "--preset", "sahajbert"],
        "bpe nmt_nfkc": ["bpe", "--preset", "nmt_nfkc"],
        "bpe identity bytes": ["bpe", "--preset", "identity", "--byte-fallback"],
    }
    for name, options in trained.items():
        base = os.path.join(folder, "ours-" + name.replace(" ", "-"))
        shutil.rmtree(base, ignore_errors=True)
        run(jukta, "train", *options, "-q", "--vocab-size", str(pieces), train, "-o", base)
        model = os.path.join(base, "spiece.model")
        ids = sentencepiece_ids(model, lines)
        theirs = tokenizers_ids(os.path.join(base, "tokenizer.json"), lines)
        all_other = differing(ids, theirs)
        unknown = sentencepiece.SentencePieceProcessor(model_file=model).unk_id()
        other = differing(without_runs(ids, unknown), without_runs(theirs, unknown))
        own = run(jukta, "encode", "-m", model, heldout_file(folder, lines)).stdout.split("\n")[:-1]
        own = differing([" ".join(map(str, line)) for line in ids], own)
        old = debian_ids(model, lines)
        old_text = "not installed" if old is None else f"{differing(ids, old)} differ"
        vocabulary = open(os.path.join(base, "spiece.vocab"), encoding="utf-8", newline="\n").read().split("\n")[:-1]
        processor = sentencepiece.SentencePieceProcessor(model_file=model)
        named = [line.rsplit("\t", 1)[0] for line in vocabulary] == [
            processor.id_to_piece(id) for id in range(processor.get_piece_size())]
        print(f"{name:22} tokenizer.json beside spiece.model: {all_other} of {len(lines)} lines differ, {other} in "
              f"more than runs of unknown characters; "
              f"jukta on spiece.model: {own}; sentencepiece 0.1.97: {old_text}"
              + check(other <= MOST * len(lines) and own == 0 and named, name))


def heldout_file(folder, lines):
    path = os.path.join(folder, "lines.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))
    return path


def refusals(jukta, train, folder):
    base = os.path.join(folder, "refused")
    shutil.rmtree(base, ignore_errors=True)
    run(jukta, "train", "unigram", "-q", "--vocab-size", "1000", "--soft-vocab-limit", train, "-o", base)
    recipe = json.load(open(os.path.join(base, "recipe.json"), encoding="utf-8"))
    check(not recipe["spiece"]["written"] and not os.path.exists(os.path.join(base, "spiece.model")), "left out")
    target = os.path.join(folder, "refused.model")
    shutil.rmtree(target, ignore_errors=True)
    dry = run(jukta, "convert", base, "-o", target, "--dry-run").stdout
    check("lost\tnormalizer" in dry and not os.path.exists(target), "dry run")
    refused = subprocess.run([jukta, "convert", base, "-o", target], capture_output=True, text=True)
    check(refused.returncode == 1 and "--lossy" in refused.stderr and not os.path.exists(target), "refusal")
    run(jukta, "convert", "-q", "--lossy", base, "-o", target)
    check(sentencepiece.SentencePieceProcessor(model_file=target).get_piece_size() > 0, "lossy")
    os.remove(target)
    print("refusals           a preset that no map can say is left out, refused, and written with --lossy")


def main():
    jukta, train, heldout, folder = sys.argv[1:5]
    pieces = int(sys.argv[5]) if len(sys.argv) > 5 else 8000
    os.makedirs(folder, exist_ok=True)
    with open(heldout, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file if line.strip()]
    foreign(jukta, train, lines, folder, pieces)
    ours(jukta, train, lines, folder, pieces)
    refusals(jukta, train, folder)
    print(f"convert: {len(lines)} lines, {len(failures)} comparisons fail" + "".join(f"; {x}" for x in failures))
    sys.exit(bool(failures))


main()
