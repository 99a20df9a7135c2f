#!/usr/bin/env python3
"""Compares SentencePiece models with sentencepiece 0.2.3:
sentencepiece_oracle.py JUKTA TRAIN HELDOUT OUT [--quick]

Trains Unigram and BPE models of 8,000 and 32,000 pieces with sentencepiece on lines of TRAIN (20 MB at
most), with and without byte fallback, and WORD and CHAR models; models that OUT already holds are used
again. Then, for each:

* ids, pieces, offsets and decoded text of 20,000 held-out lines and of 2,000 long documents (1 to
  200 kB, joined from held-out lines);
* bos, eos and reverse;
* n-best lists: the same ways with the same scores.

And models made at random, with pieces of all types, on texts made at random.

--quick: one small corpus, 2,000 lines, 40 documents, models of 8,000 pieces or fewer.
"""
import json
import pathlib
import random
import struct
import subprocess
import sys

import sentencepiece

try:
    import google.protobuf
    HAS_PROTOBUF = google.protobuf is not None
except ImportError:
    HAS_PROTOBUF = False

failures = []


def check(name, differing, detail):
    print(f"{'DIFFERS' if differing else 'agrees '}  {name}: {detail}", flush=True)
    if differing:
        failures.append(name)


def train(text, out, quick):
    size = min(8000, 700 + text.stat().st_size // 2000)
    sizes = [size] if quick else [8000, 32000]
    models = []
    for kind in ["unigram", "bpe"]:
        for size in sizes:
            for suffix, more in [("", {}), ("-bytes", {"byte_fallback": True})]:
                name = f"{kind}-{size}{suffix}"
                models.append((name, kind, size, more))
    extra = {"user_defined_symbols": ["<sep>", "বাংলা", "ও"], "control_symbols": ["<c>"]}
    models += [
        ("unigram-user", "unigram", sizes[0], extra),
        ("bpe-user", "bpe", sizes[0], extra),
        ("unigram-lossless", "unigram", sizes[0], {
            "byte_fallback": True, "normalization_rule_name": "identity",
            "remove_extra_whitespaces": False, "add_dummy_prefix": False,
            "allow_whitespace_only_pieces": True}),
        ("unigram-suffix", "unigram", sizes[0], {"treat_whitespace_as_suffix": True}),
        ("bpe-suffix", "bpe", sizes[0], {"treat_whitespace_as_suffix": True}),
        ("unigram-across", "unigram", sizes[0], {"split_by_whitespace": False}),
        ("unigram-cf", "unigram", sizes[0], {"normalization_rule_name": "nmt_nfkc_cf"}),
        ("word", "word", sizes[0], {}),
        ("char", "char", sizes[0], {}),
    ]
    # The rarer kinds are trained on less.
    some = out / "some.txt"
    if not some.exists():
        lines = text.read_text(encoding="utf-8").split("\n")[:20000]
        some.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    paths = []
    for index, (name, kind, size, more) in enumerate(models):
        path = out / f"{name}.model"
        if not path.exists():
            if name.startswith("unigram-across"):
                more = {**more, "max_sentencepiece_length": 24}
            sentencepiece.SentencePieceTrainer.train(
                input=str(text if index < 4 * len(sizes) else some),
                model_prefix=str(out / f"making-{name}"), model_type=kind, vocab_size=size,
                hard_vocab_limit=False, num_threads=2, minloglevel=2, **more)
            (out / f"making-{name}.model").rename(path)
        paths.append(path)
    return paths


def documents(lines, count):
    """Long texts: 1 to 200 kB, their lengths spread evenly over the orders of magnitude."""
    chooser = random.Random(6)
    result = []
    for _ in range(count):
        wanted = int(1000 * 200 ** chooser.random())
        text = []
        length = 0
        while length < wanted:
            line = chooser.choice(lines)
            text.append(line)
            length += len(line.encode()) + 1
        joined = " ".join(text).encode()[:wanted].decode(errors="ignore")
        result.append(joined)
    return result


def awkward():
    """What real text seldom holds."""
    return ["", " ", "   ", "\t", "a", "আমি", " আমি ", "আমি  তুমি", "▁আমি▁▁তুমি", "…" * 50, "." * 300,
            "আ" * 500, "বাআআআআআআআ আআআআআআআআআআআ", "য়" * 40, "ড়ঢ়য়", "🙂" * 20, "漢字かな", "ক\u200dখ\u200cগ",
            "\ufeffআমি", "\u00a0\u3000আমি", "<s>আমি</s>", "<unk>", "<0x41>", "<sep>আমি<sep> <c>", "ﬁ①½",
            "a\u0000b", "বাংলাদেশ বাংলা ও", "x" * 2000, "ক্ষ্মী " * 300, "\u0001আমি\u0002", "A\u0300É"]


def run(command, text):
    return subprocess.run(command, input=text, stdout=subprocess.PIPE, check=True).stdout


def compare(jukta, path, texts, name):
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    data = "".join(text + "\n" for text in texts).encode()
    ours = run([jukta, "encode", "-m", str(path), "--format", "jsonl"], data).split(b"\n")[:-1]
    plain = run([jukta, "encode", "-m", str(path)], data)
    bad_ids = bad_pieces = bad_offsets = total = 0
    shown = 0
    for text, line, ids in zip(texts, ours, plain.split(b"\n")):
        got = json.loads(line)
        want = processor.encode_as_offset_mapping(text)
        total += len(want["ids"])
        same = got["ids"] == want["ids"] and [int(i) for i in ids.split()] == want["ids"]
        bad_ids += not same
        bad_pieces += got["tokens"] != want["pieces"]
        bad_offsets += got["offsets"] != [list(pair) for pair in want["offsets"]]
        if got["tokens"] != want["pieces"] or got["offsets"] != [list(p) for p in want["offsets"]]:
            shown += 1
            if shown <= 3:
                print("  text", repr(text[:120]))
                print("  ours", got["tokens"][:40], got["offsets"][:40])
                print("  want", want["pieces"][:40], want["offsets"][:40])
    decoded = run([jukta, "decode", "-m", str(path)], plain).decode().split("\n")[:-1]
    bad_text = 0
    # A decoded text may hold line ends of its own; those cannot be told apart here.
    want = [processor.decode([int(i) for i in ids.split()]) for ids in plain.split(b"\n")[:-1]]
    if any("\n" in text for text in want):
        bad_text = "".join(t + "\n" for t in want) != "".join(t + "\n" for t in decoded)
    else:
        bad_text = sum(a != b for a, b in zip(want, decoded)) + abs(len(want) - len(decoded))
    missing = len(texts) - len(ours)
    check(f"{path.stem}, {name}", bad_ids or bad_pieces or bad_offsets or bad_text or missing,
          f"{len(texts)} texts, {total} ids; differing: ids {bad_ids}, pieces {bad_pieces}, "
          f"offsets {bad_offsets}, decoded {bad_text}")
    return total


def compare_options(jukta, path, texts):
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    data = "".join(text + "\n" for text in texts).encode()
    bad = 0
    for bos, eos, reverse in [(1, 0, 0), (0, 1, 0), (1, 1, 0), (0, 0, 1), (1, 1, 1)]:
        flags = ["--add-bos"] * bos + ["--add-eos"] * eos + ["--reverse"] * reverse
        ours = run([jukta, "encode", "-m", str(path), *flags], data).split(b"\n")[:-1]
        for text, line in zip(texts, ours):
            want = processor.encode(text, add_bos=bool(bos), add_eos=bool(eos), reverse=bool(reverse))
            bad += [int(i) for i in line.split()] != want
    check(f"{path.stem}, bos, eos, reverse", bad, f"{5 * len(texts)} texts, {bad} differ")


def compare_nbest(jukta, path, texts):
    """The same ways as sets, with the same scores where protobuf is there to tell them."""
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    bad = order = scored = 0
    for limit in [2, 10, 64]:
        data = "".join(text + "\n" for text in texts).encode()
        ours = run([jukta, "encode", "-m", str(path), "--n-best", str(limit), "--format", "jsonl"],
                   data).split(b"\n")[:-1]
        position = 0
        for text in texts:
            if HAS_PROTOBUF:
                ways = processor.nbest_encode_as_proto(text, limit).nbests
                want = [([piece.id for piece in way.pieces], way.score) for way in ways]
            else:
                want = [(ids, None) for ids in processor.nbest_encode_as_ids(text, limit)]
            got = [json.loads(line) for line in ours[position:position + len(want)]]
            got = [(way["ids"], way["score"] if HAS_PROTOBUF else None) for way in got]
            position += len(want)
            scored += len(want) if HAS_PROTOBUF else 0
            bad += sorted(got) != sorted(want)
            order += got != want
        bad += position != len(ours)
    check(f"{path.stem}, n-best", bad, f"{3 * len(texts)} lists, {bad} differ as sets, {order} in "
          f"their order; {scored} scores compared")


def field(number, data):
    """One field of the wire format: a number, four bytes of a float, or bytes."""
    def varint(value):
        out = b""
        while value > 0x7F:
            out += bytes([value & 0x7F | 0x80])
            value >>= 7
        return out + bytes([value])
    if isinstance(data, int):
        return varint(number << 3) + varint(data)
    if isinstance(data, float):
        return varint(number << 3 | 5) + struct.pack("<f", data)
    return varint(number << 3 | 2) + varint(len(data)) + data


def random_model(chooser, path, kind):
    """A model that no one would train: few letters, scores that tie, pieces of all types."""
    letters = ["ক", "খ", "া", "a", "."]
    texts = set()
    has_spaces = chooser.random() < 0.3
    for _ in range(chooser.randrange(5, 60)):
        text = "▁" if chooser.random() < 0.3 else ""
        for _ in range(chooser.randrange(0 if text else 1, 6)):
            text += "▁" if has_spaces and chooser.random() < 0.15 else chooser.choice(letters)
        texts.add(text)
    bytes_too = chooser.random() < 0.4
    pieces = [("<unk>", 0.0, 2), ("<s>", 0.0, 3), ("</s>", 0.0, 3)]
    if bytes_too:
        pieces += [(f"<0x{byte:02X}>", 0.0, 6) for byte in range(256)]
    step = chooser.choice([1.0, 0.25, 0.0005])
    for text in sorted(texts):
        score = -float(chooser.randrange(1, 9)) if step == 1.0 \
            else -3.3 * len(text) + chooser.randrange(-3, 4) * step
        pieces.append((text, score, chooser.choice([1, 1, 1, 1, 4, 5]) if chooser.random() < 0.7 else 1))
    if not any(piece[2] == 1 for piece in pieces):
        pieces.append(("ঙ", -1.0, 1))
    data = b"".join(field(1, field(1, t.encode()) + field(2, s) + field(3, k)) for t, s, k in pieces)
    data += field(2, field(3, {"unigram": 1, "bpe": 2, "word": 3, "char": 4}[kind])
                  + field(35, int(bytes_too)))
    flags = [int(chooser.random() < 0.8) for _ in range(2)]
    data += field(3, field(1, b"identity") + field(3, flags[0]) + field(4, flags[1]))
    path.write_bytes(data)


def compare_random(jukta, out, count):
    chooser = random.Random(11)
    for kind in ["unigram", "bpe", "word", "char"]:
        bad = total = lists = 0
        for number in range(count):
            path = out / f"random-{kind}.model"
            random_model(chooser, path, kind)
            processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
            texts = []
            for _ in range(60):
                text = ""
                for _ in range(chooser.randrange(0, 40)):
                    text += chooser.choice(["ক", "খ", "া", "a", ".", " ", " ", "ж", "🙂", "ক" * 9, "." * 7])
                texts.append(text)
            texts.append("".join(chooser.choice("কখাa.  ") for _ in range(4000)))
            data = "".join(text + "\n" for text in texts).encode()
            plain = run([jukta, "encode", "-m", str(path)], data).split(b"\n")[:-1]
            for text, line in zip(texts, plain):
                want = processor.encode(text)
                total += len(want)
                same = [int(i) for i in line.split()] == want
                if not same and bad < 3:
                    print("  model", number, repr(text[:80]), line[:200], want[:60])
                    path.with_suffix(f".{number}.kept").write_bytes(path.read_bytes())
                bad += not same
        check(f"{count} random {kind} models", bad, f"{total} ids, {bad} texts differ")


def main():
    jukta, text, held, out = sys.argv[1:5]
    quick = "--quick" in sys.argv
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    cut = out / "train.txt"
    if not cut.exists():
        whole = pathlib.Path(text).read_bytes()[:3_000_000 if quick else 20_000_000]
        cut.write_bytes(whole[:whole.rfind(b"\n") + 1])
    with open(held, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")[:-1]
    lines = lines[:2000 if quick else 20000]
    long = documents(lines, 40 if quick else 2000)
    total = 0
    compare_random(jukta, out, 20 if quick else 150)
    for path in train(cut, out, quick):
        main_model = path.stem.split("-")[1:2] and path.stem.split("-")[1].isdigit()
        total += compare(jukta, path, lines if main_model else lines[:5000], "lines")
        total += compare(jukta, path, long if main_model else long[:60], "documents")
        compare(jukta, path, awkward(), "awkward texts")
        compare_options(jukta, path, lines[:200] + awkward())
        if path.stem.startswith("unigram"):
            compare_nbest(jukta, path, [t for t in lines[:150] + awkward() if len(t) < 400])
    print(f"sentencepiece: {len(failures)} comparisons differ" if failures
          else f"sentencepiece: all comparisons agree, {total} ids")
    sys.exit(bool(failures))


main()
