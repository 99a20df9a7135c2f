#!/usr/bin/env python3
"""Writes normalizers.json and encodings.json beside itself, by tokenizers 0.23.3.

    .venv/bin/python Tests/Fixtures/tokenizers-0.23.3/make.py

Strings are drawn from a seeded generator out of letters, marks and dirt; nothing is a quotation.
normalizers.json: [{"normalizer": object, "cases": [[input, text, [[start, end] …]] …]} …], a range of
the original, in characters, for each character of the text.
encodings.json: [{"tokenizer": object, "cases": [[input, ids, tokens, [[start, end] …], decoded,
decoded with special tokens] …]} …].
"""
import json
import pathlib
import random

import tokenizers
from tokenizers import (AddedToken, PreTokenizedString, Regex, Tokenizer, decoders, models,
                        normalizers, pre_tokenizers, processors)

HERE = pathlib.Path(__file__).parent
assert tokenizers.__version__ == "0.23.3"
random.seed(20261125)

ATOMS = (
    list("কখগতদনপবমযরলশসহঅআইউএও") + list("ািীুূৃেৈোৌ্ংঃঁ়ৗৎড়ঢ়য়") + ["ড়", "য়", "ো", "ে", "া"]
    + list("  \t\n\u00a0\u200b\u200c\u200d\ufeff\u00ad") + list("।॥৤৥৷|:;,.!?'\"()-") + list("০১২৯012")
    + list("aBcÉéÅﬁＡ①½İßΣσ") + ["e\u0301", "A\u030a", "\u0327", "\u0301\u0323", "🙂", "👩‍👩‍👧", "한", "가", "▁", "<s>"]
)


def strings(number):
    fixed = ["", " ", "   ", "আমি বাংলায় গান গাই।", "র‍্যাব উদ্‌যাপন", "  a  b  ", "মূল্য: ২৫০ টাকা|", "কঃ:", "নাম:মা",
             "ে\u09be কো", "অা", "é e\u0301", "ＡＢＣ １２", "\u1e9b\u0323", "ক়্য", "▁a ▁▁ b", "x" * 40]
    return fixed + ["".join(random.choices(ATOMS, k=random.randint(1, 16))) for _ in range(number)]


def aligned(normalizer, text):
    single = pre_tokenizers.Split(Regex("(?m:.)"), "isolated")
    pre = PreTokenizedString(text)
    pre.normalize(normalizer.normalize)
    single.pre_tokenize(pre)
    splits = pre.get_splits(offset_referential="original", offset_type="char")
    return ["".join(piece for piece, _, _ in splits), [list(span) for _, span, _ in splits]]


def as_json(component):
    return json.loads(component.__getstate__())


def make_normalizers():
    n = normalizers
    sahajbert = n.Sequence([
        n.Nmt(), n.NFKC(), n.Replace(Regex(" {2,}"), " "), n.Replace("\u09e4", "\u0964"),
        n.Replace("\u09e5", "\u0965"), n.Replace("|", "\u0964"), n.Replace("\u09f7", "\u0964"),
        n.Replace(Regex(r"(?<=[\u0980-\u09ff]):"), "\u0983"), n.Lowercase()])
    pipelines = [
        n.Nmt(), n.NFC(), n.NFD(), n.NFKC(), n.NFKD(), n.Lowercase(), n.StripAccents(),
        n.Strip(), n.Strip(left=False), n.Strip(right=False), n.Prepend("▁"),
        n.Replace("কা", "X"), n.Replace(Regex("[া-ৌ]+"), ""), n.Replace(Regex("(?=ক)"), "-"),
        n.Replace(" ", "▁"), n.Sequence([n.NFD(), n.StripAccents(), n.Lowercase()]),
        n.Sequence([n.Prepend("▁"), n.Replace(" ", "▁")]), n.Sequence([n.NFKC(), n.Lowercase()]),
        n.Sequence([n.Lowercase(), n.NFKD(), n.Strip()]), sahajbert,
    ]
    cases = []
    for pipeline in pipelines:
        texts = strings(90)
        cases.append({"normalizer": as_json(pipeline),
                      "cases": [[text, *aligned(pipeline, text)] for text in texts]})
    return cases


def vocabulary(byte_fallback):
    pieces = [("<pad>", 0.0), ("<unk>", 0.0), ("[CLS]", 0.0), ("[SEP]", 0.0), ("[MASK]", 0.0)]
    if byte_fallback:
        pieces += [(f"<0x{byte:02X}>", 0.0) for byte in range(256)]
    seen = {piece for piece, _ in pieces}
    words = ["▁", "▁আমি", "▁বাংলা", "▁গান", "গাই", "মি", "আম", "য়", "।", "a", "b", "▁a", "ক", "কা", "াক"]
    words += ["".join(random.choices("কখগতনািী্▁ab", k=random.randint(1, 4))) for _ in range(150)]
    words += list("কখগতদনপবমযরলশসহঅআইউএািীুূৃেৈোৌ্ংঃ")
    for word in words:
        if word not in seen:
            seen.add(word)
            pieces.append((word, -round(random.uniform(1, 12), random.choice([1, 3, 14]))))
    return pieces


def make_tokenizer(scheme, byte_fallback, template, added, sequence):
    p = pre_tokenizers
    tokenizer = Tokenizer(models.Unigram(vocabulary(byte_fallback), unk_id=1, byte_fallback=byte_fallback))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    metaspace = p.Metaspace(prepend_scheme=scheme)
    tokenizer.pre_tokenizer = p.Sequence([metaspace, *sequence]) if sequence else metaspace
    back = decoders.Metaspace(prepend_scheme=scheme)
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), back]) if byte_fallback else back
    tokenizer.add_special_tokens([AddedToken("[MASK]", lstrip=True), "<pad>", "<unk>", "[CLS]", "[SEP]"])
    tokenizer.add_tokens(added)
    if template:
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
            special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return tokenizer


def make_encodings():
    p = pre_tokenizers
    recipe = [p.Digits(individual_digits=True), p.Punctuation()]
    added = [AddedToken("<s>", single_word=True), AddedToken("গা", normalized=False),
             AddedToken("বা", lstrip=True, rstrip=True), AddedToken("É", normalized=True)]
    kinds = [("always", False, True, [], recipe), ("first", False, False, [], recipe),
             ("never", False, False, [], []), ("always", True, True, [], recipe),
             ("always", False, True, added, recipe), ("first", True, False, added, []),
             ("always", False, False, added[:1], [p.Digits(individual_digits=False), p.Punctuation("contiguous")]),
             ("never", False, False, added[1:], [p.Punctuation("merged_with_previous")])]
    cases = []
    for kind in kinds:
        tokenizer = make_tokenizer(*kind)
        rows = []
        for text in strings(80) + ["a [MASK] b", "<s> a<s> <s>", "গা বা গান  বা  É é"]:
            e = tokenizer.encode(text)
            rows.append([text, e.ids, e.tokens, [list(span) for span in e.offsets],
                         tokenizer.decode(e.ids), tokenizer.decode(e.ids, skip_special_tokens=False)])
        cases.append({"tokenizer": json.loads(tokenizer.to_str()), "cases": rows})
    return cases


def write(name, value):
    with open(HERE / name, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=True, separators=(",", ":"))
        file.write("\n")


write("normalizers.json", make_normalizers())
write("encodings.json", make_encodings())
