#!/usr/bin/env python3
"""Writes words.json and tokens.json: what pre-tokenizers and whole tokenizers of tokenizers 0.23.3
make of random text.

    python3 -m venv V && V/bin/pip install tokenizers==0.23.3 && V/bin/python make_words.py

words.json: [{"pre_tokenizer": …, "cases": [[text, [word …], [[start, end] …]] …]} …]
tokens.json: [{"tokenizer": …, "cases": [[text, ids, tokens, offsets, type ids, word numbers, special
mask, ids without special tokens, decoded, decoded with special tokens] …]} …], where pieces have few
distinct scores, so that paths tie, and added tokens have every flag. Offsets count Unicode scalars.
"""
import json
import pathlib
import random

import tokenizers
from tokenizers import AddedToken, Tokenizer, decoders, models, processors
from tokenizers import normalizers as n
from tokenizers import pre_tokenizers as p

assert tokenizers.__version__ == "0.23.3"
HERE = pathlib.Path(__file__).resolve().parent

BENGALI = [chr(c) for c in range(0x0980, 0x0A00)]
ODD = list(" \t\u00a0\u2003\u3000\u200b\u200c\u200d\u200e\u00ad\u2060\ufeff\ufffd\u2581\u0001\u0000"
           "\u007f\u0085\u2028|:।॥৷৤৥৳.,-!?\"'()[]{}<>$+=^`~_#") + [" ", "  ", "   "]
LATIN = list("abcxyzABCXYZ019")


def texts(seed, count, most, alphabets):
    chance = random.Random(seed)
    return [""] + ["".join(chance.choice(chance.choice(alphabets))
                           for _ in range(chance.randint(1, most))) for _ in range(count - 1)]


def write(name, value):
    with open(HERE / name, "w", encoding="utf-8", newline="\n") as file:
        json.dump(value, file, ensure_ascii=True, separators=(",", ":"))
        file.write("\n")


def metaspace(scheme="always", split=True, replacement="\u2581"):
    return p.Metaspace(replacement=replacement, prepend_scheme=scheme, split=split)


PRE_TOKENIZERS = [
    p.Sequence([metaspace(), p.Digits(individual_digits=True), p.Punctuation()]),
    metaspace("first"), metaspace("never"), metaspace(split=False), metaspace("first", False),
    metaspace(replacement="_"), p.Digits(individual_digits=True), p.Digits(individual_digits=False),
    p.Punctuation("removed"), p.Punctuation("isolated"), p.Punctuation("merged_with_previous"),
    p.Punctuation("merged_with_next"), p.Punctuation("contiguous"), p.WhitespaceSplit(),
    p.Sequence([p.WhitespaceSplit(), metaspace("first"), p.Digits(individual_digits=False)]),
    p.Sequence([metaspace("never"), p.Punctuation()]),
    p.Sequence([p.Punctuation(), metaspace("first")]),
    p.Sequence([p.Punctuation(), metaspace("always")]),
]


def pretokenize():
    for seed, splitter in enumerate(PRE_TOKENIZERS):
        cases = []
        for text in texts(100 + seed, 50, 12, (BENGALI, ODD, ODD, LATIN)):
            pieces = splitter.pre_tokenize_str(text)
            cases.append([text, [piece for piece, _ in pieces], [span for _, span in pieces]])
        yield {"pre_tokenizer": json.loads(splitter.__getstate__()), "cases": cases}


LETTERS = list("abcক") + ["কা", "কি", "য়", "\u2581", "।", " ", "\u2581a", "\u2581ক"]


def vocabulary(seed, fallback):
    """Pieces with few distinct scores, so that paths tie."""
    chance = random.Random(seed)
    pieces = {"<pad>": 0.0, "<unk>": 0.0, "[CLS]": 0.0, "[SEP]": 0.0}
    for letter in ["a", "b", "ক", "\u2581", "\u09be"]:
        pieces[letter] = float(chance.choice([-1, -2, -3]))
    while len(pieces) < 40:
        piece = "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, 4)))
        pieces.setdefault(piece, float(chance.choice([-1, -2, -3, -4, -5.5])))
    if fallback:
        for byte in range(256):
            if fallback == "all" or byte not in (0xE0, 0x41):
                pieces[f"<0x{byte:02X}>"] = -9.0
    return list(pieces.items())


def tokenizer(seed, normalizer=None, splitter=None, added=(), template=False, fallback=None):
    result = Tokenizer(models.Unigram(vocabulary(seed, fallback), unk_id=1,
                                      byte_fallback=fallback is not None))
    if normalizer:
        result.normalizer = normalizer
    result.pre_tokenizer = splitter or metaspace()
    steps = [decoders.ByteFallback(), decoders.Metaspace(), decoders.Fuse()]
    result.decoder = decoders.Sequence(steps) if fallback else decoders.Metaspace()
    for token in added:
        result.add_tokens([token])
    if template:
        result.post_processor = processors.TemplateProcessing(
            single="[CLS]:3 $A:1 [SEP]:2 [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
            special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return result


def tokens(**flags):
    return [AddedToken("<unk>", special=True, normalized=False),
            AddedToken("[CLS]", special=True, normalized=False),
            AddedToken("[SEP]", special=True, normalized=False),
            AddedToken("<m>", **flags), AddedToken("<m>x", special=True, normalized=False)]


TOKENIZERS = [
    tokenizer(1), tokenizer(2, splitter=p.Sequence([metaspace(), p.Digits(True), p.Punctuation()])),
    tokenizer(3, n.Sequence([n.Nmt(), n.NFKC()]), template=True, added=tokens(special=True, normalized=False)),
    tokenizer(4, fallback="all"), tokenizer(5, n.NFKC(), fallback="some"),
    tokenizer(6, added=tokens(single_word=True, normalized=False), splitter=metaspace("first")),
    tokenizer(7, added=tokens(lstrip=True, normalized=False), template=True),
    tokenizer(8, added=tokens(rstrip=True, normalized=False), splitter=metaspace("first")),
    tokenizer(9, added=tokens(lstrip=True, rstrip=True, single_word=True, normalized=False)),
    tokenizer(10, n.Lowercase(), added=[AddedToken("<B>", normalized=True)] + tokens(normalized=True)),
    tokenizer(11, n.Sequence([n.NFKC(), n.Lowercase()]), added=tokens(lstrip=True, normalized=True),
              splitter=p.Sequence([p.Punctuation(), metaspace("first")])),
    tokenizer(12, splitter=metaspace("never")),
    # White space that one token takes and the next begins with.
    tokenizer(13, added=[AddedToken("<m>", rstrip=True, normalized=False),
                         AddedToken(" a", lstrip=True, normalized=False),
                         AddedToken(" ", rstrip=True, normalized=False)]),
]
WORDS = LETTERS + ["<m>", "<m>x", "<unk>", "<B>", "<b>", "[CLS]", "<0x41>", "  ", "\t", "é", "😀", "A", "B",
                   "z", "zz", "ﬁ", "য়", "5", "৫", ".", "_", "\u200d", "\u2581\u2581", "্"]


def encode():
    for seed, model in enumerate(TOKENIZERS):
        cases = []
        for text in texts(200 + seed, 60, 10, (WORDS, LETTERS)):
            full = model.encode(text)
            bare = model.encode(text, add_special_tokens=False)
            cases.append([
                text, full.ids, full.tokens, full.offsets, full.type_ids, full.word_ids,
                full.special_tokens_mask, bare.ids, model.decode(full.ids),
                model.decode(full.ids, skip_special_tokens=False)])
        yield {"tokenizer": json.loads(model.to_str()), "cases": cases}


write("words.json", list(pretokenize()))
write("tokens.json", list(encode()))
