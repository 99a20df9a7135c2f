#!/usr/bin/env python3
"""Makes the fixtures of this folder with sentencepiece 0.2.3, from our own sample texts:

    pip install sentencepiece==0.2.3 && make.py

models   *.model, *.vocab: small models of each algorithm with a map of a few rules (see RULES)
normal   normal.json: texts, what the rule sets and these models make of them, and norm_to_orig
rules    rules.json: for each named rule set the number of its rules and a digest of them
"""
import json
import os
import pathlib

import sentencepiece as spm

assert spm.__version__ == "0.2.3"
here = pathlib.Path(__file__).resolve().parent
sample = here.parents[2] / "Resources" / "sample" / "source"
lines = [line.strip() for name in ("02-news", "05-dialogue", "12-web")
         for line in (sample / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]

# Source TAB target: one to one, one to several, several to one, nested beginnings, deletion, a space
# in a target, a source with a space, a source beyond the basic plane.
RULES = """\
9DF\t9AF 9BC
9C7 9BE\t9CB
61 62\t58
61 62 63\t59 5A
61 62 63 64 65\t5A
200C\t
A0\t20
3D\t20 3D 20
20 2E\t2E
1F600\t3A 29
"""

MODELS = {
    "unigram": dict(model_type="unigram", vocab_size=400, user_defined_symbols=["ঢাকা", "a b", "ab"]),
    "unigram-bytes": dict(model_type="unigram", vocab_size=600, byte_fallback=True, character_coverage=0.98),
    "bpe": dict(model_type="bpe", vocab_size=350, control_symbols=["[CLS]"]),
    "bpe-suffix": dict(model_type="bpe", vocab_size=300, treat_whitespace_as_suffix=True),
    "character": dict(model_type="char", vocab_size=300, hard_vocab_limit=False),
    "word": dict(model_type="word", vocab_size=250, hard_vocab_limit=False, vocabulary_output_piece_score=False),
    "kept-spaces": dict(model_type="bpe", vocab_size=300, remove_extra_whitespaces=False),
    "no-prefix": dict(model_type="bpe", vocab_size=300, add_dummy_prefix=False),
}

# Constructed dirt. Bytes that are no UTF-8 are written as lone surrogates (surrogateescape).
TEXTS = [
    "", " ", "   ", "\u3000", "a", " a", "a ", "  a  b  ", "আমি  বাংলায় গান গাই।", "\u00a0আ\u00a0",
    "ড়ঢ়য়", "কো কৌ", "ক\u09c7\u09be ক\u09c7\u09d7", "\u09b0\u200d\u09cd\u09af \u0995\u200c\u09cd\u09af",
    "abc", "abcd", "abcde", "abcdx abx", "a b", "  a b  ab", "ঢাকা ঢাকায়", "x=y", "= =", " . .", "a .b",
    "\u2581", "a\u2581b", "\u2581\u2581a\u2581", " \u2581 ", "\u200c", " \u200c ", "\u200c\u200ca", "a\u200c ",
    "a \u200c b", "\ufffd", "a\ufffdb", "\t", "a\tb\r", "\u0001a\u0001", "\ufb01\u0301", "e\u0301 \u00e9", "\u1e9b\u0323",
    "\u1100\u1161\u11a8", "\u3131\u314f\u3131", "\uac01", "\uff21\uff5e", "\u212b\u2126", "😀 a😀", "\U0001f1e7\U0001f1e9",
    "a\u0300\u0301", "\u0f71\u0f72", "\u0958", "\u09a1\u09cd\u09bc", "\u2003x\u2003", "\ufeffx", "½ ① ㎏", "İẞß ΑΣς Ǆ",
    "\u1c89 \ua7cb \U00010d50 \U0001ccd6 \ua7f1 \U000105c9 \U000105d2\u0307", "\x00", "a\x00b", "\x00\u0301",
    "a\udce0\udca6b\udcff", "\udc80", "\udcc0\udc80", "\udced\udca0\udc80", "\udcf4\udc90\udc80\udc80", "\udce0\udca6",
    "\udce0\udca6 ", " \udcff ", "a\udcc3", "\udce0\udc80\udc80", "\udcf0\udc9f\udc98",
]


def normalized(normalizer, text):
    data = text.encode("utf-8", "surrogateescape")
    output, offsets = normalizer.normalize(data, with_offsets=True) if hasattr(normalizer, "normalize") \
        else normalizer.Normalize(data, with_offsets=True)
    return [list(output), offsets]


def digest(rules):
    """FNV-1a over the rules by ascending source: source NUL target NUL."""
    value = 0xCBF29CE484222325
    for source, target in sorted((s.encode(), t.encode()) for s, t in rules):
        for byte in source + b"\0" + target + b"\0":
            value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def main():
    result = {"texts": [list(t.encode("utf-8", "surrogateescape")) for t in TEXTS], "models": {}, "sets": {}}
    os.chdir(here)  # The paths given to the trainer end up in the models.
    pathlib.Path("rules.tsv").write_text(RULES)
    for name, options in MODELS.items():
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(lines), model_prefix=name, minloglevel=2, num_threads=1,
            normalization_rule_tsv="rules.tsv", **options)
        processor = spm.SentencePieceProcessor(model_file=f"{name}.model")
        result["models"][name] = [normalized(processor, text) for text in TEXTS]
    counts = {}
    for name in ("nmt_nfkc", "nfkc", "nmt_nfkc_cf", "nfkc_cf", "identity"):
        plain = spm.SentencePieceNormalizer(
            rule_name=name, add_dummy_prefix=False, escape_whitespaces=False, remove_extra_whitespaces=False)
        full = spm.SentencePieceNormalizer(rule_name=name)
        result["sets"][name] = {
            "plain": [normalized(plain, text) for text in TEXTS], "full": [normalized(full, text) for text in TEXTS]}
        rules = full.Decompile() if name != "identity" else []
        counts[name] = {"count": len(rules), "digest": digest(rules)}
    for name, value in (("normal", result), ("rules", counts)):
        text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
        (here / f"{name}.json").write_text(text.replace("]]],", "]]],\n") + "\n")


main()
