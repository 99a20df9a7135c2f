#!/usr/bin/env python3
"""No letter is lost.

Tests/Conformance/letters.py JUKTA TRAIN HELD OUT [--sizes 1000,8000,64000] [--presets bengali,…] [--peer SIZE]

For each preset, Unigram and BPE, each size: every assigned character of the Bengali block, the joiners
and the dandas, alone and in words, through encode and decode of the command, against its normalised
form. With --peer: the lines of HELD in which a tokenizer meets an unknown character, ours beside Hugging
Face's trainer at the same size on the same text (sahajbert's front end), one judge for both.
"""
import argparse
import pathlib
import subprocess
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Benchmarks" / "Peers"))

BLOCK = [chr(c) for c in range(0x980, 0xA00) if unicodedata.category(chr(c)) != "Cn"]
LETTERS = BLOCK + ["\u200c", "\u200d", "।", "॥"]
TEXTS = [text.format(c) for c in LETTERS
         for text in ["{0}", "ক{0}ক", "র{0}্যাব", "ক্{0}ষ", "আমি {0}গান", "গ{0}, ({0})"]]


def lines_of(jukta, *arguments, lines):
    done = subprocess.run([str(jukta), *arguments], input="\n".join(lines) + "\n", text=True, check=True,
                          capture_output=True)
    return done.stdout.split("\n")[:len(lines)]


def lost(jukta, model, preset):
    wanted = lines_of(jukta, "normalize", "--preset", preset, lines=TEXTS)
    # An encoder of Unigram or BPE gives nothing for white space at the ends.
    back = lines_of(jukta, "decode", "-m", model,
                    lines=[line for line in lines_of(jukta, "encode", "-m", model, lines=TEXTS)])
    return [text for text, one, other in zip(TEXTS, wanted, back)
            if " ".join(one.split()) != " ".join(other.split())]


def unknown_lines(path, lines):
    import json
    from tokenizers import Tokenizer
    model = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["model"]
    tokenizer = Tokenizer.from_file(str(path))
    unknown = tokenizer.token_to_id(model.get("unk_token") or "<unk>")
    found = tokens = unknowns = 0
    for start in range(0, len(lines), 2000):
        for encoding in tokenizer.encode_batch(lines[start:start + 2000], add_special_tokens=False):
            count = encoding.ids.count(unknown)
            found, tokens, unknowns = found + (count > 0), tokens + len(encoding.ids), unknowns + count
    words = sum(len(line.split()) for line in lines)
    return found, unknowns / tokens, tokens / words


def main():
    parser = argparse.ArgumentParser()
    for name in ["jukta", "train", "held", "out"]:
        parser.add_argument(name)
    parser.add_argument("--sizes", default="1000,8000")
    parser.add_argument("--presets", default="bengali,sahajbert,nfc,nfd,nfkc,nfkd,identity,nmt_nfkc,nmt_nfkc_cf,"
                                             "nfkc_cf")
    parser.add_argument("--peer", type=int, help="compare held-out lines with Hugging Face's at this size")
    options = parser.parse_args()
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    failures = trained = 0
    for preset in filter(None, options.presets.split(",")):
        for kind in ["unigram", "bpe"]:
            for size in options.sizes.split(","):
                model = out / f"{preset}-{kind}-{size}"
                subprocess.run([options.jukta, "train", kind, "-q", "--preset", preset, "--vocab-size", size,
                                options.train, "-o", str(model)], check=True)
                missing = lost(options.jukta, str(model), preset)
                trained += 1
                failures += len(missing)
                print(f"{preset:12} {kind:8} {size:>6}: {len(TEXTS) - len(missing)} of {len(TEXTS)} texts come back"
                      + (f"; not {missing[:8]}" if missing else ""), flush=True)
    if options.peer:
        with open(options.held, encoding="utf-8", newline="\n") as file:
            lines = [line.rstrip("\n") for line in file]
        for kind, script, peer in [("unigram", "train_peer.py", "hf"), ("bpe", "train_bpe_peer.py", "hf")]:
            ours, theirs = out / f"peer-{kind}", out / f"hf-{kind}.json"
            subprocess.run([options.jukta, "train", kind, "-q", "--preset", "sahajbert", "--vocab-size",
                            str(options.peer), options.train, "-o", str(ours)], check=True)
            peers = pathlib.Path(__file__).resolve().parents[2] / "Benchmarks" / "Peers"
            subprocess.run([sys.executable, str(peers / script), peer, options.train, str(options.peer),
                            str(theirs)], check=True, stdout=subprocess.DEVNULL)
            rows = [unknown_lines(ours / "tokenizer.json", lines), unknown_lines(theirs, lines)]
            for name, (found, share, fertility) in zip(["jukta", "Hugging Face"], rows):
                print(f"{kind:8} {options.peer:6} {name:13} {found:6} of {len(lines)} lines with an unknown "
                      f"character, {share:.6f} of the tokens, {fertility:.4f} tokens a word", flush=True)
            failures += max(rows[0][0] - rows[1][0], 0)
    print(f"{trained} tokenizers: {'every letter comes back' if not failures else f'{failures} texts lose a letter'}")
    sys.exit(bool(failures))


main()
