#!/usr/bin/env python3
"""Compares `jukta normalize` with sentencepiece 0.2.3: text, and where each character came from.

sentencepiece_normalize_oracle.py JUKTA LINES [MODEL]

Without MODEL: each rule set by name, with spaces left alone and with all three flags, over the lines and
over constructed dirt; and each rule of the sets by itself. With MODEL, a .model: its own normaliser.
"""
import json
import random
import subprocess
import sys
import tempfile

import sentencepiece as spm

FLAGS = ["add_dummy_prefix", "remove_extra_whitespaces", "escape_whitespaces"]


def dirt(seed=1, count=20000):
    """Lines of characters that rules, spaces and bytes that are no UTF-8 are made of."""
    draw = random.Random(seed)
    atoms = [c.encode() for c in
             "কখে\u09be\u09d7\u09bc\u09cd\u09df\u09dc।|:aAeEİßẞΣσςé\u0301\u0300\u0323\ufb01２Ａ½①\u1100\u1161\u11a8\u3131"
             "\uffa1\u314f한   \t\u00a0\u3000\u200b\u200c\u200d\u200e\u2028\u2581\ufeff\ufffd\u061c\u0001\u007f\u0085\u00ad"
             "\uff5e\u1e9b\u212b\u0958\u0f71\u0f72😀\U0001f1e7\U0001ccd6\ua7f1\u1c89\U0001d7ce\ufdfa\u3300"]
    atoms += [b"\xe0", b"\xe0\xa6", b"\xff", b"\x80", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf0\x9f", b"\0", b"\r"]
    return [b"".join(draw.choices(atoms, k=draw.randrange(0, 12))) for _ in range(count)]


def compare(jukta, arguments, normalize, lines, with_offsets):
    """Counts lines whose text differs, and lines whose characters come from elsewhere."""
    with tempfile.NamedTemporaryFile("wb") as file:
        file.writelines(line + b"\n" for line in lines)
        file.flush()
        run = [jukta, "normalize", *arguments, "--threads", "2", "-q", file.name]
        texts = subprocess.run(run, stdout=subprocess.PIPE, check=True).stdout.split(b"\n")[:-1]
        records = subprocess.run([*run, "--format", "jsonl", "--offsets", "bytes"], stdout=subprocess.PIPE,
                                 check=True).stdout.split(b"\n")[:-1] if with_offsets else []
    assert len(texts) == len(lines), (len(texts), len(lines))
    differing = elsewhere = 0
    for place, (line, ours) in enumerate(zip(lines, texts)):
        theirs, offsets = normalize(line)
        if ours != theirs:
            differing += 1
            if differing < 4:
                print("text", line, ours, theirs)
        elif with_offsets:
            record = json.loads(records[place])
            starts = [i for i, byte in enumerate(theirs) if byte & 0xC0 != 0x80]
            if [offsets[i] for i in starts] != [start for start, _ in record["offsets"]]:
                elsewhere += 1
                if elsewhere < 4:
                    print("offsets", line, record["offsets"], offsets)
    return differing, elsewhere


def main():
    jukta, path = sys.argv[1:3]
    with open(path, "rb") as file:
        real = file.read().split(b"\n")[:-1]
    runs = []
    if len(sys.argv) > 3:
        processor = spm.SentencePieceProcessor(model_file=sys.argv[3])
        runs.append((["-m", sys.argv[3]], lambda line: processor.normalize(line, with_offsets=True), real + dirt()))
    else:
        for name in ("nmt_nfkc", "nfkc", "nmt_nfkc_cf", "nfkc_cf", "identity"):
            sources = [source.encode() for source, _ in spm.SentencePieceNormalizer(rule_name=name).Decompile()] \
                if name != "identity" else []
            for is_set in (False, True):
                normalizer = spm.SentencePieceNormalizer(rule_name=name, **{flag: is_set for flag in FLAGS})
                flags = ["--" + flag.replace("_", "-") for flag in FLAGS] if is_set else []
                lines = real + dirt() + ([] if is_set else [s for s in sources if b"\n" not in s])
                runs.append((["--preset", name, *flags],
                             lambda line, n=normalizer: n.Normalize(line, with_offsets=True), lines))
    total = [0, 0, 0]
    for arguments, normalize, lines in runs:
        differing, elsewhere = compare(jukta, arguments, normalize, lines, True)
        print(f"{' '.join(arguments)}: {len(lines)} lines, {differing} texts differ, {elsewhere} offsets differ")
        total = [total[0] + len(lines), total[1] + differing, total[2] + elsewhere]
    print(f"{len(runs)} settings, {total[0]} lines, {total[1]} texts differ, {total[2]} offsets differ")
    sys.exit(total[1] + total[2] > 0 or total[0] == 0)


main()
