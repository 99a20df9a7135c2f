#!/usr/bin/env python3
"""Writes components.json: what the less common components of tokenizers 0.23.3 make of random text, line
ends and all. Beside Python's package it needs Tests/Conformance/differential_parts.py and the sample text.

    python3 -m venv V && V/bin/pip install tokenizers==0.23.3 sentencepiece==0.2.3 protobuf && V/bin/python make_components.py

components.json: {"normalizers": [{"normalizer": …, "cases": [[text, normalized, [[start, end] of each of
its scalars …]] …]} …], "pre_tokenizers": [{"pre_tokenizer": …, "cases": [[text, [word …], [[start, end]
…]] …]} …], "decoders": [{"decoder": …, "cases": [[[token …], decoded] …]} …], "tokenizers": [{"tokenizer":
…, "cases": [[text, ids, tokens, offsets, decoded, decoded with special tokens] …]} …]}. Offsets count
Unicode scalars.
"""
import json
import pathlib
import random
import sys

import tokenizers
from tokenizers import Regex, Tokenizer, decoders, models
from tokenizers import normalizers as n
from tokenizers import pre_tokenizers as p

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "Conformance"))
from differential_parts import DIRT, JOINED, NEWEST, Drawer, texts  # noqa: E402

assert tokenizers.__version__ == "0.23.3"
ODD = DIRT + JOINED + NEWEST + list("\n\r \n\tabAB,.!'১ক\u09be") + ["\r\n", "\u09bc\u09cd"]


def random_texts(seed, count, most=9, newest=True):
    chance = random.Random(seed)
    odd = ODD if newest else [text for text in ODD if text not in NEWEST]
    return [""] + ["".join(chance.choice(odd) for _ in range(chance.randint(1, most))) for _ in range(count - 1)]


NORMALIZERS = [
    n.BertNormalizer(), n.BertNormalizer(True, False, False, False), n.BertNormalizer(False, True, None, False),
    n.BertNormalizer(False, False, True, False), n.BertNormalizer(False, False, False, True), n.ByteLevel(),
    n.StripAccents(), n.Sequence([n.BertNormalizer(), n.ByteLevel()]), n.Sequence([n.Prepend("\u2581"), n.ByteLevel()]),
    n.Sequence([n.NFKD(), n.Lowercase(), n.Replace(Regex(r"\s"), "")]),
]
PRE_TOKENIZERS = [
    p.BertPreTokenizer(), p.Whitespace(), p.CharDelimiterSplit(" "), p.CharDelimiterSplit("ক"), p.UnicodeScripts(),
    p.FixedLength(3), p.FixedLength(1), p.ByteLevel(True, True, True), p.ByteLevel(False, False, False),
    p.Sequence([p.ByteLevel(True), p.Digits(True)]), p.Sequence([p.ByteLevel(False), p.ByteLevel(True)]),
    p.Sequence([p.UnicodeScripts(), p.Whitespace(), p.FixedLength(2)]),
    p.Sequence([p.BertPreTokenizer(), p.Metaspace()]), p.Split(Regex(r"\b"), "isolated", False),
    p.Split(Regex(r"(?i)[a-z]+|\p{M}"), "merged_with_next", True),
]
DECODERS = [
    decoders.WordPiece(), decoders.WordPiece("", False), decoders.WordPiece("a", True), decoders.CTC(),
    decoders.CTC("a", "", True), decoders.CTC("", "|", False), decoders.BPEDecoder(), decoders.BPEDecoder(""),
    decoders.Replace("\u2581", " "), decoders.Replace(Regex(r"\s|^"), "_"), decoders.Strip(" ", 1, 0),
    decoders.Strip("a", 0, 1), decoders.Strip("\u2581", 2, 0), decoders.ByteLevel(), decoders.Fuse(),
    decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]),
    decoders.Sequence([decoders.Fuse(), decoders.WordPiece(), decoders.ByteLevel()]), decoders.Sequence([]),
    decoders.Sequence([decoders.ByteFallback(), decoders.CTC(), decoders.Metaspace()]),
]
TOKENS = ["a", "b", "##b", "##", "<pad>", "|", "||", " .", "n't", " n't", " do not", "'s", " 's", "\u2581", "\u2581a", "a\u2581",
          "<0x41>", "<0xE0>", "<0xA6>", "<0x95>", "<0xff>", "<0x4g>", "</w>", "b</w>", "Ġ", "Ãł", "Â¦", "ķ", "ক", "কা",
          "é", "e\u0301", "  ", " a ", "aa", "\n", "য়", "য\u09bc", "😀", "ſ"]


def uses_regex(splitter):
    """Regular expressions know the Unicode of the linked ICU."""
    return any(name in str(splitter.__getstate__()) for name in ("ByteLevel", "Split"))


def aligned(normalizer, text):
    """Each scalar of the normalized text with its offsets: one token a scalar."""
    model = Tokenizer(models.WordLevel({"?": 0}, unk_token="?"))
    model.normalizer = normalizer
    model.pre_tokenizer = p.FixedLength(1)
    return [list(span) for span in model.encode(text).offsets]


def decoder_cases(decoder, seed):
    chance = random.Random(seed)
    lists = [[]] + [[chance.choice(TOKENS) for _ in range(chance.randint(1, 6))] for _ in range(40)]
    for tokens in lists:
        try:
            yield [tokens, decoder.decode(tokens)]
        except BaseException as error:  # The reference traps on some; pyo3's PanicException is no Exception.
            if isinstance(error, KeyboardInterrupt):
                raise


def whole_tokenizers(count):
    seed = 0
    while count:
        seed += 1
        drawer = Drawer(random.Random(7_000 + seed))
        tokenizer = drawer.tokenizer()
        if tokenizer is None or drawer.explanation("offsets") or tokenizer.get_vocab_size() > 400 \
                or any("without" in name or "Precompiled" in name for name in drawer.names):
            continue
        chance = random.Random(seed)
        cases = []
        for text in texts(chance, 25, drawer.words(), False)[:-1]:
            characters = list(text)
            for _ in range(chance.randint(0, 3)):
                characters.insert(chance.randint(0, len(characters)), chance.choice(["\n", "\r", "\r\n", "\n\n"]))
            text = "".join(characters)
            try:
                e = tokenizer.encode(text)
                cases.append([text, e.ids, e.tokens, e.offsets, tokenizer.decode(e.ids),
                              tokenizer.decode(e.ids, skip_special_tokens=False)])
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
        if len(cases) == 24:
            count -= 1
            yield {"tokenizer": json.loads(tokenizer.to_str()), "cases": cases}


def main():
    result = {
        "normalizers": [
            {"normalizer": json.loads(step.__getstate__()),
             "cases": [[text, step.normalize_str(text), aligned(step, text)] for text in random_texts(300 + seed, 40)]}
            for seed, step in enumerate(NORMALIZERS)],
        "pre_tokenizers": [
            {"pre_tokenizer": json.loads(step.__getstate__()),
             "cases": [[text, [word for word, _ in step.pre_tokenize_str(text)],
                        [span for _, span in step.pre_tokenize_str(text)]]
                       for text in random_texts(400 + seed, 40, 14, not uses_regex(step))]}
            for seed, step in enumerate(PRE_TOKENIZERS)],
        "decoders": [{"decoder": json.loads(step.__getstate__()), "cases": list(decoder_cases(step, 500 + seed))}
                     for seed, step in enumerate(DECODERS)],
        "tokenizers": list(whole_tokenizers(12)),
    }
    with open(HERE / "components.json", "w", encoding="utf-8", newline="\n") as file:
        json.dump(result, file, ensure_ascii=True, separators=(",", ":"))
        file.write("\n")


main()
