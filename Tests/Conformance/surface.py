#!/usr/bin/env python3
"""Writes what tokenizers 0.23.3 does with random tokenizers and texts, for the test that compares it.

    surface.py FILE [TOKENIZERS [CASES [SEED]]]       writes FILE
    JUKTA_SURFACE=FILE swift test --filter "Surface"  compares

Pairs, pre-cut words, truncation with strides, padding, post-processors in any order, look-ups, batches,
decoding, added tokens with every flag, tokens added later. A line a tokenizer:
{"tokenizer": object, "added": [[content, single_word, lstrip, rstrip, normalized, special] …], "ids": [id …],
 "as_text": special tokens as text?, "cases": [[kind, …] …]}
Kinds: ["encode", first, second, special tokens?, encoding or null for an error, look-ups],
["batch", [[first, second] …], special tokens?, [encoding …] or null, [ids …]],
["decode", ids, skip special tokens?, text].
An encoding: [ids, type_ids, tokens, offsets, word_ids, sequence_ids, special_tokens_mask, attention_mask,
sequences, [overflowing …]]. Texts are strings; words are lists of strings.
"""
import json
import random
import sys

import tokenizers
from tokenizers import (AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers,
                        processors)

assert tokenizers.__version__ == "0.23.3"

LETTERS = list("কখগতনপবমরলসহঅআইািীুেো্ংঁ়") + ["ক্ষ", "র্\u200c", "ড়", "য়"]
ATOMS = (LETTERS * 2 + list("     \t\n\u00a0\u200c\u200d") + list("।,.!?'-") + list("০১৯12")
         + list("aBcdeéÉİ") + ["e\u0301", "🙂", "👩\u200d👧", "한", "▁", "Ġ", "<s>", "[MASK]", "বা", "গান", "ab", "  "])
SPECIALS = ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"]


def text(rng, most=24):
    return "".join(rng.choices(ATOMS, k=rng.randint(0, most)))


def words(rng):
    return [text(rng, 6) for _ in range(rng.randint(0, 7))]


def unigram(rng):
    fallback = rng.random() < 0.4
    pieces = [(piece, 0.0) for piece in SPECIALS]
    if fallback:
        pieces += [(f"<0x{byte:02X}>", 0.0) for byte in range(256)]
    seen = {piece for piece, _ in pieces}
    more = ["▁", "▁বা", "গান", "গা", "ab", "▁ab", "।", "[", "]"] + LETTERS + list("abcdeB০১.,")
    more += ["".join(rng.choices(["▁"] + LETTERS + list("ab"), k=rng.randint(1, 4))) for _ in range(60)]
    for piece in more:
        if piece not in seen:
            seen.add(piece)
            pieces.append((piece, -rng.uniform(1, 12)))
    return models.Unigram(pieces, unk_id=1, byte_fallback=fallback), fallback


def bpe(rng, byte_level):
    """Merges at random: no training, whose order would not be ours to choose."""
    vocabulary = {piece: index for index, piece in enumerate(SPECIALS)}
    if byte_level:
        symbols = sorted(pre_tokenizers.ByteLevel.alphabet())
        common = [s for piece in LETTERS + [" ", "a", "b"] for s in
                  pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False).pre_tokenize_str(piece)[0][0]]
    else:
        symbols = sorted(set("".join(LETTERS) + "abcdeB▁।.,০১ "))
        common = symbols
    for symbol in symbols:
        vocabulary.setdefault(symbol, len(vocabulary))
    merges, parts = [], list(common)
    for _ in range(80):
        left, right = rng.choice(parts), rng.choice(parts)
        if len(left + right) <= 12 and left + right not in vocabulary:
            vocabulary[left + right] = len(vocabulary)
            merges.append((left, right))
            parts.append(left + right)
    return models.BPE(vocab=vocabulary, merges=merges, unk_token=None if byte_level else "<unk>",
                      fuse_unk=rng.random() < 0.5)


def words_known(rng, kind):
    """WordPiece and WordLevel: the vocabularies of BERT and of toys."""
    vocabulary = {piece: index for index, piece in enumerate(SPECIALS)}
    some = LETTERS + list("abcdeB।.,০১") + ["বা", "গান", "ab"]
    some += ["".join(rng.choices(LETTERS, k=rng.randint(1, 3))) for _ in range(60)]
    for piece in some:
        vocabulary.setdefault(piece, len(vocabulary))
        if kind == "wordpiece":
            vocabulary.setdefault("##" + piece, len(vocabulary))
    if kind == "wordpiece":
        return models.WordPiece(vocabulary, unk_token="<unk>", max_input_chars_per_word=20)
    return models.WordLevel(vocabulary, unk_token="<unk>")


def base(rng):
    kind = rng.choice(["unigram", "unigram", "bytes", "bytes", "bpe", "wordpiece", "wordlevel"])
    p = pre_tokenizers
    if kind in ("wordpiece", "wordlevel"):
        tokenizer = Tokenizer(words_known(rng, kind))
        tokenizer.pre_tokenizer = rng.choice([p.BertPreTokenizer(), p.Whitespace(), p.WhitespaceSplit()])
        tokenizer.decoder = rng.choice([decoders.WordPiece(), decoders.WordPiece(cleanup=False), decoders.CTC()])
        if rng.random() < 0.3:
            tokenizer.normalizer = normalizers.BertNormalizer(lowercase=rng.random() < 0.5, strip_accents=False)
    elif kind == "bytes":
        space, regex = rng.random() < 0.5, rng.random() < 0.5
        tokenizer = Tokenizer(bpe(rng, True))
        before = [] if regex else [p.Split(Regex(r" ?[^\s]+|\s+"), "isolated")]
        tokenizer.pre_tokenizer = p.Sequence(before + [p.ByteLevel(add_prefix_space=space, use_regex=regex)])
        tokenizer.decoder = decoders.ByteLevel()
    else:
        model, fallback = unigram(rng) if kind == "unigram" else (bpe(rng, False), False)
        tokenizer = Tokenizer(model)
        scheme = rng.choice(["always", "first", "never"])
        splits = [p.Metaspace(prepend_scheme=scheme), p.Digits(individual_digits=True), p.Punctuation()]
        tokenizer.pre_tokenizer = splits[0] if rng.random() < 0.5 else p.Sequence(splits)
        metaspace = decoders.Metaspace(prepend_scheme=scheme)
        tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), metaspace]) if fallback else metaspace
        if rng.random() < 0.2:
            tokenizer.decoder = decoders.Sequence([
                decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
        elif rng.random() < 0.1:
            tokenizer.decoder = decoders.BPEDecoder("▁")
    if rng.random() < 0.15:
        tokenizer.normalizer = normalizers.Lowercase()
    if rng.random() < 0.1:
        tokenizer.decoder = None
    return tokenizer


def piece(rng, sequence=None):
    name = "$" + sequence if sequence else rng.choice(["[CLS]", "[SEP]", "two"])
    return name + rng.choice(["", "", ":0", ":1", ":7"])


def template(rng):
    if rng.random() < 0.4:
        single, pair = "[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1"
    else:
        def some():
            return [piece(rng) for _ in range(rng.randint(0, 2))]
        one = some() + [piece(rng, "A")] + some() + ([piece(rng, "A")] if rng.random() < 0.1 else [])
        order = ["A", "B"] if rng.random() < 0.8 else ["B", "A"]
        two = some() + [piece(rng, order[0])] + some() + [piece(rng, order[1])] + some()
        single, pair = " ".join(one), " ".join(two)
    two = {"id": "two", "ids": [0, 3], "tokens": ["<pad>", "[SEP]"]}
    return processors.TemplateProcessing(
        single=single, pair=pair, special_tokens=[("[CLS]", 2), ("[SEP]", 3), two])


def processor(rng, deep=True):
    kind = rng.choice(["template", "template", "bert", "roberta", "bytes", "none"] + ["sequence"] * deep)
    flags = {"trim_offsets": rng.random() < 0.7, "add_prefix_space": rng.random() < 0.5}
    if kind == "template":
        return template(rng)
    if kind == "bert":
        return processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    if kind == "roberta":
        return processors.RobertaProcessing(("[SEP]", 3), ("[CLS]", 2), **flags)
    if kind == "bytes":
        return processors.ByteLevel(**flags)
    if kind == "sequence":
        parts = [processor(rng, False) for _ in range(rng.randint(0, 3))]
        return processors.Sequence([part for part in parts if part])
    return None


def added(rng):
    contents = ["<s>", "[MASK]", "বা", "গান", "গা", "ab", "É", "B", "  ", " a", "ক্ষ", "🙂", "<|x|>", "[CLS]", "1"]
    tokens = []
    for content in rng.sample(contents, rng.randint(0, 6)):
        special = rng.random() < 0.4
        normalized = (not special) if rng.random() < 0.7 else rng.random() < 0.5
        tokens.append(AddedToken(content, single_word=rng.random() < 0.3, lstrip=rng.random() < 0.3,
                                 rstrip=rng.random() < 0.3, normalized=normalized, special=special))
    # Two tokens with one normal form: the reference takes either, by chance.
    seen, kept = set(), []
    for token in tokens:
        key = (token.normalized, token.content.lower())
        if key not in seen:
            seen.add(key)
            kept.append(token)
    return kept


def described(token):
    return [token.content, token.single_word, token.lstrip, token.rstrip, token.normalized, token.special]


def lengths(rng, tokenizer):
    if rng.random() < 0.6:
        length = rng.randint(0, 14)
        try:
            tokenizer.enable_truncation(
                length, stride=rng.choice([0, 0, 1, 2, 4]),
                strategy=rng.choice(["longest_first", "longest_first", "only_first", "only_second"]),
                direction=rng.choice(["left", "right"]))
        except Exception:
            pass
    if rng.random() < 0.4:
        tokenizer.enable_padding(
            direction=rng.choice(["left", "right"]), pad_id=0, pad_type_id=rng.choice([0, 2]), pad_token="<pad>",
            length=rng.choice([None, 0, 5, 20]), pad_to_multiple_of=rng.choice([None, None, 0, 3, 8]))


def encoding(e):
    return [e.ids, e.type_ids, e.tokens, [list(span) for span in e.offsets], e.word_ids, e.sequence_ids,
            e.special_tokens_mask, e.attention_mask, e.n_sequences, [encoding(o) for o in e.overflowing]]


def lookups(e, first, second):
    """Of each token and of each place: what the reference says. Places only in texts: in words they are told
    apart by nothing."""
    # A token in two sequences at once: the reference names either, by chance.
    one = [[e.token_to_sequence(i) for i in range(len(e))], [e.token_to_word(i) for i in range(len(e))],
           [e.token_to_chars(i) for i in range(len(e))]]
    sequences = []
    for number, side in enumerate([first, second]):
        if side is None:
            continue
        count = 8
        by_word = [[e.word_to_tokens(w, number) for w in range(count)],
                   [e.word_to_chars(w, number) for w in range(count)]]
        places = range(len(side)) if isinstance(side, str) else []
        sequences.append(by_word + [[e.char_to_token(p, number) for p in places],
                                    [e.char_to_word(p, number) for p in places]])
    return [one, sequences]


class Trap(Exception):
    """A mistake of the reference that is not followed."""


def attempt(action):
    try:
        return action()
    except Exception:
        return None
    except BaseException as error:
        # A token of spaces inside of what another's rstrip took: its range there ends before it starts.
        if "AddedVocabulary bad split" in str(error):
            raise Trap from None
        if type(error).__name__ == "PanicException":
            return None
        raise


def reasonable(row):
    """Every part of one text joined with every part of the other: some of that is enough."""
    return len(json.dumps(row)) < 40000


def one_input(rng, pairs=True):
    cut = rng.random() < 0.25
    make = words if cut else text
    return make(rng), (make(rng) if pairs and rng.random() < 0.5 else None), cut


def cases(rng, tokenizer, number):
    for _ in range(number):
        try:
            yield from case(rng, tokenizer)
        except Trap:
            pass


def case(rng, tokenizer):
    kind = rng.choice(["encode"] * 5 + ["batch"] + ["decode"] * 2)
    special = rng.random() < 0.75
    if kind == "encode":
        first, second, cut = one_input(rng)
        e = attempt(lambda: tokenizer.encode(first, second, is_pretokenized=cut, add_special_tokens=special))
        yield ["encode", first, second, special,
               None if e is None else encoding(e),
               None if e is None else lookups(e, first, second)]
    elif kind == "batch":
        inputs = []
        for _ in range(rng.randint(0, 5)):
            first, second, cut = one_input(rng)
            if not cut:
                inputs.append([first, second])
        given = [first if second is None else (first, second) for first, second in inputs]
        result = attempt(lambda: tokenizer.encode_batch(given, add_special_tokens=special))
        firsts = [first for first, _ in inputs]
        ids = attempt(lambda: [e.ids for e in tokenizer.encode_batch_fast(firsts, add_special_tokens=special)])
        yield ["batch", inputs, special, None if result is None else [encoding(e) for e in result], ids]
    else:
        size = tokenizer.get_vocab_size() + 3
        ids = [rng.randrange(size) for _ in range(rng.randint(0, 12))]
        if rng.random() < 0.6:
            bare = Tokenizer.from_str(tokenizer.to_str())
            bare.no_truncation()
            bare.no_padding()
            bare.post_processor = processors.ByteLevel()
            ids = bare.encode(text(rng)).ids
        skips = rng.random() < 0.5
        yield ["decode", ids, skips, attempt(lambda: tokenizer.decode(ids, skip_special_tokens=skips))]


def main():
    path = sys.argv[1]
    number, size, seed = (int(sys.argv[i]) if len(sys.argv) > i else default
                          for i, default in ((2, 200), (3, 40), (4, 1)))
    total = 0
    with open(path, "w", encoding="utf-8") as file:
        for index in range(number):
            rng = random.Random(f"{seed}/{index}")
            tokenizer = base(rng)
            tokenizer.add_special_tokens(
                [AddedToken("[MASK]", lstrip=rng.random() < 0.5), "<pad>", "<unk>", "[CLS]", "[SEP]"])
            if rng.random() < 0.5:
                tokenizer.add_tokens(added(rng))
            around = processor(rng)
            if around is not None:
                tokenizer.post_processor = around
            lengths(rng, tokenizer)
            document = json.loads(tokenizer.to_str())
            tokenizer = Tokenizer.from_str(tokenizer.to_str())
            later = added(rng) if rng.random() < 0.5 else []
            known = {token.content.lower() for token in tokenizer.get_added_tokens_decoder().values()}
            later = [token for token in later if token.content.lower() not in known]
            tokenizer.add_tokens(later)
            ids = [tokenizer.token_to_id(token.content) for token in later]
            as_text = rng.random() < 0.1
            tokenizer.encode_special_tokens = as_text
            rows = [row for row in cases(rng, tokenizer, size) if reasonable(row)]
            total += len(rows)
            line = {"tokenizer": document, "added": [described(token) for token in later], "ids": ids,
                    "as_text": as_text, "cases": rows}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(f"surface: {number} tokenizers, {total} cases from tokenizers {tokenizers.__version__}, seed {seed}")


main()
