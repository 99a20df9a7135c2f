#!/usr/bin/env python3
"""Random tokenizers on random text, `jukta encode` and `jukta decode` beside tokenizers 0.23.3.

differential.py JUKTA OUT [CONFIGURATIONS [STRINGS [SEED]]]

Each configuration is drawn: normalizers, pre-tokenizers, a model that the reference trains on the sample
text, decoders, added tokens with all flags. Ids, tokens, offsets and decoded text of each string are
compared, and a table by component is printed. A configuration that differs is left in OUT as
differs-N.json, with its strings. What differs for a reason that Documentation/decisions/0006 names is
counted apart. Ends with 1 where anything else differs.
"""
import collections
import json
import os
import pathlib
import random
import subprocess
import sys

import tokenizers
from differential_parts import Drawer, texts

assert tokenizers.__version__ == "0.23.3"


def jukta(arguments, text):
    run = subprocess.run([JUKTA] + arguments, input=text.encode("utf-8"), capture_output=True, timeout=600)
    return run.returncode, run.stdout.decode("utf-8"), run.stderr.decode("utf-8")


def reference(tokenizer, text):
    """What the reference makes of a text; None where it refuses or traps."""
    try:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        return {"ids": encoding.ids, "tokens": encoding.tokens,
                "offsets": [list(span) for span in encoding.offsets]}
    except BaseException as error:  # pyo3's PanicException is no Exception.
        if isinstance(error, KeyboardInterrupt):
            raise
        return None


def decoded(tokenizer, ids, skip):
    try:
        return tokenizer.decode(ids, skip_special_tokens=skip)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return None


class Difference(Exception):
    def __init__(self, what, text, theirs, ours):
        super().__init__(f"{what} of {text!r:.300}\n    theirs {theirs!r:.400}\n    ours   {ours!r:.400}")
        self.what, self.text = what, text


def compare_encoded(tokenizer, path, strings, drawer, totals):
    """The ids of what agrees; raises Difference at the first string that does not."""
    answers = [(text, reference(tokenizer, text)) for text in strings]
    known = [(text, answer) for text, answer in answers if answer is not None]
    status, output, errors = jukta(
        ["encode", "-q", "--threads", "1", "--no-special-tokens", "--format", "jsonl", "-m", path],
        "".join(text + "\n" for text, _ in known))
    lines = output.split("\n")[:-1]
    for (text, theirs), line in zip(known, lines):
        ours = json.loads(line)
        for key in ("ids", "tokens", "offsets"):
            if ours[key] != theirs[key]:
                reason = drawer.explanation(key)
                if not reason:
                    raise Difference(key, text, theirs[key], ours[key])
                totals["strings explained: " + reason] += 1
    if status or len(lines) != len(known):
        text = known[len(lines)][0] if len(lines) < len(known) else ""
        raise Difference("status", text, "encoded", errors)
    refused = [text for text, answer in answers if answer is None]
    for text in refused[:3]:
        status, output, _ = jukta(["encode", "-q", "-m", path], text + "\n")
        if status != 1:
            raise Difference("refusal", text, "refused or trapped", output)
    return [answer["ids"] for _, answer in known], len(refused)


def compare_decoded(tokenizer, path, lists):
    count = 0
    for skip in (True, False):
        wanted = [(ids, decoded(tokenizer, ids, skip)) for ids in lists]
        wanted = [(ids, text) for ids, text in wanted if text is not None]
        # A text may hold line ends: a list of one known text after each marks where it ends.
        flag = [] if skip else ["--no-skip-special-tokens"]
        status, output, errors = jukta(["decode", "-q", "--threads", "1", "-m", path] + flag,
                                       "".join(" ".join(map(str, ids)) + "\n" for ids, _ in wanted))
        expected = "".join(text + "\n" for _, text in wanted)
        if output != expected or status:
            for (ids, text), line in zip(wanted, output.split("\n")):
                if "\n" in text or text != line:
                    raise Difference(f"decode, skip {skip}", ids, text, line if not status else errors)
            raise Difference(f"decode, skip {skip}", [], expected[-200:], output[-200:] + errors)
        count += len(wanted)
    return count


def main():
    global JUKTA
    JUKTA = os.path.abspath(sys.argv[1])
    out = pathlib.Path(sys.argv[2])
    configurations, strings, seed = (list(map(int, sys.argv[3:6])) + [200, 200, 1][len(sys.argv[3:6]):])
    out.mkdir(parents=True, exist_ok=True)
    # The reference's panics print; they are counted here instead.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    rows = collections.defaultdict(lambda: [0, 0, 0, 0])
    totals = collections.Counter()
    number = 0
    while totals["configurations"] < configurations:
        number += 1
        chance = random.Random(seed * 1_000_003 + number)
        drawer = Drawer(chance)
        tokenizer = drawer.tokenizer()
        if tokenizer is None:
            totals["not loaded by the reference"] += 1
            continue
        totals["configurations"] += 1
        path = str(out / "differential.json")
        tokenizer.save(path)
        differs, explained, strings_compared = 0, 0, 0
        lines = texts(chance, strings, drawer.words(), not drawer.uses_regex())
        try:
            before = sum(totals[what] for what in totals if what.startswith("strings explained"))
            lists, refused = compare_encoded(tokenizer, path, lines, drawer, totals)
            explained = sum(totals[what] for what in totals if what.startswith("strings explained")) - before
            size = tokenizer.get_vocab_size()
            lists += [[chance.randrange(size) for _ in range(chance.randint(0, 9))] for _ in range(50)]
            strings_compared = strings - refused
            totals["strings"] += strings_compared
            totals["strings refused by both"] += refused
            totals["lists of ids decoded"] += compare_decoded(tokenizer, path, lists)
        except Difference as difference:
            differs = 1
            totals["DIFFER"] += 1
            where = out / f"differs-{number}.json"
            tokenizer.save(str(where))
            where.with_suffix(".txt").write_text("\n".join(lines), encoding="utf-8")
            print(f"{where}: {', '.join(drawer.names)}\n  {difference}", flush=True)
        for name in set(drawer.names):
            row = rows[name]
            row[0] += 1
            row[1] += strings_compared
            row[2] += explained
            row[3] += differs
    print(f"{'component':<34} {'tokenizers':>10} {'strings':>8} {'explained':>9} {'differ':>6}")
    for name in sorted(rows):
        print(f"{name:<34} {rows[name][0]:>10} {rows[name][1]:>8} {rows[name][2]:>9} {rows[name][3]:>6}")
    for what in sorted(totals):
        print(f"{what}: {totals[what]}")
    print(f"differential: {totals['configurations']} tokenizers, {totals['strings']} strings, "
          f"{totals['lists of ids decoded']} decoded lists, {totals['DIFFER']} tokenizers differ")
    sys.exit(totals["DIFFER"] > 0)


main()
