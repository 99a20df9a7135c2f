#!/usr/bin/env python3
"""Writes precompiled.json beside itself, by tokenizers 0.23.3 and a map that sentencepiece 0.2.3 compiles.

    .venv/bin/python Tests/Fixtures/tokenizers-0.23.3/make_precompiled.py

[{"normalizer": object, "cases": [[input, text, [[start, end] …]] …]}], as in normalizers.json.
"""
import base64
import io
import json
import pathlib
import random
import tempfile

import sentencepiece
import tokenizers
from sentencepiece import sentencepiece_model_pb2
from tokenizers import PreTokenizedString, Regex, normalizers, pre_tokenizers

HERE = pathlib.Path(__file__).parent
assert tokenizers.__version__ == "0.23.3" and sentencepiece.__version__ == "0.2.3"
random.seed(20261126)

RULES = [
    ("\u09c7\u09be", "\u09cb"), ("\u09c7", "x"), ("e", "E"), ("e\u0301", "é"), ("e\u0301\u0323", "ệ"), ("ﬁ", "fi"),
    ("\u00a0", " "), ("\u200c", " "), ("\u0001", ""), ("Å", "å"), ("A\u030a", "å"), ("a\u0301", ""), ("①", "1"),
    ("ab", "AB"), ("한", "han"), ("\u0301", "´"), ("👩", "woman"), ("👩‍👧", "family"), ("\r\n", "\n"), ("\r", ""),
]
ATOMS = ([source for source, _ in RULES] + list("abকখিা্ \u0301\u0323\u0001\r\n👩") + ["e\u0301", "a\u0301", "A\u030a", "‍"])


def charsmap():
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        for source, target in RULES:
            file.write("\t".join(" ".join(f"{ord(c):04X}" for c in text) for text in (source, target)) + "\n")
        file.flush()
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["ক খ গ ঘ ঙ"] * 9), model_writer=model, vocab_size=10, minloglevel=2,
            hard_vocab_limit=False, normalization_rule_tsv=file.name)
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(model.getvalue())
    return proto.normalizer_spec.precompiled_charsmap


def aligned(normalizer, text):
    pre = PreTokenizedString(text)
    pre.normalize(normalizer.normalize)
    pre_tokenizers.Split(Regex("(?m:.)"), "isolated").pre_tokenize(pre)
    splits = pre.get_splits(offset_referential="original", offset_type="char")
    return ["".join(piece for piece, _, _ in splits), [list(span) for _, span, _ in splits]]


def main():
    normalizer = normalizers.Precompiled(charsmap())
    texts = [""] + [atom for atom in ATOMS] + [
        "".join(random.choices(ATOMS, k=random.randint(2, 12))) for _ in range(400)]
    entry = {"normalizer": json.loads(normalizer.__getstate__()),
             "cases": [[text, *aligned(normalizer, text)] for text in texts]}
    assert base64.b64decode(entry["normalizer"]["precompiled_charsmap"])
    with open(HERE / "precompiled.json", "w", encoding="utf-8") as file:
        json.dump([entry], file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")


main()
