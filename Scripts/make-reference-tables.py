#!/usr/bin/env python3
"""Writes what tokenizers 0.23.3 takes for word characters, punctuation, numbers, marks and scripts, by
asking it about every Unicode scalar: its crates carry five versions of Unicode, none of them ICU's.

    python3 -m venv V && V/bin/pip install tokenizers==0.23.3 PyICU && V/bin/python make-reference-tables.py

PyICU only names the scripts. Output: Sources/Jukta/Unicode/ReferenceRuns.swift and ScriptRuns.swift.
"""
import pathlib

import icu
import tokenizers
from tokenizers import normalizers as n
from tokenizers import pre_tokenizers as p

assert tokenizers.__version__ == "0.23.3"
ROOM = pathlib.Path(__file__).resolve().parent.parent / "Sources/Jukta/Unicode"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def pieces(splitter):
    return lambda c: len(splitter.pre_tokenize_str("a" + chr(c) + "a"))


def removed(normalizer):
    return lambda c: normalizer.normalize_str("a" + chr(c)) == "a"


def bert(clean=False, strip=False):
    return n.BertNormalizer(clean_text=clean, handle_chinese_chars=False, strip_accents=strip, lowercase=False)


word, punctuation, number = pieces(p.Whitespace()), pieces(p.Punctuation()), pieces(p.Digits(individual_digits=True))
space = removed(n.Strip(left=False, right=True))
control = bert(clean=True)
SETS = [
    ("wordCharacter", r"`\w` of the crate `regex`, by the pre-tokenizer Whitespace", lambda c: word(c) == 1),
    ("punctuation", "the pre-tokenizers Punctuation and BertPreTokenizer", lambda c: punctuation(c) == 3),
    ("number", "the pre-tokenizer Digits", lambda c: number(c) == 3),
    ("bertControl", "removed by BertNormalizer's `clean_text`",
     lambda c: control.normalize_str("a" + chr(c) + "a") == "aa"),
    ("bertAccent", "removed by BertNormalizer's `strip_accents`, once decomposed", removed(bert(strip=True))),
    ("accent", "removed by StripAccents", removed(n.StripAccents())),
]


def lines(numbers, form):
    out, line = [], " "
    for number in numbers:
        text = f" {form(number)},"
        if len(line) + len(text) > 100:
            out.append(line)
            line = " "
        line += text
    return "\n".join(out + [line])


def write(name, body):
    head = "// Written by Scripts/make-reference-tables.py from tokenizers 0.23.3. Do not edit.\n\n"
    (ROOM / name).write_text(head + body + "\n", encoding="utf-8")


def hexadecimal(number):
    return f"0x{number:X}"


def reference_runs():
    parts = ["/// Sets of scalars, each as the places where it begins and ends, by turns.\nenum ReferenceRuns {"]
    for name, what, is_in in SETS:
        turns, inside = [], False
        for c in range(0x110001):
            now = c < 0x110000 and not 0xD800 <= c < 0xE000 and is_in(c)
            if now != inside:
                turns.append(c)
                inside = now
        parts.append(f"  /// {what[0].upper()}{what[1:]}.\n  static let {name}: [UInt32] = [\n"
                     + lines(turns, hexadecimal).replace("\n ", "\n   ").replace("  ", "    ", 1) + "\n  ]")
    lower, pairs = n.Lowercase(), []
    for c in SCALARS:
        mapped = lower.normalize_str(chr(c))
        if len(mapped) == 1 and ord(mapped) != c and int(icu.Char.charAge(c).split(".")[0]) in (0, 16, 17):
            pairs += [c, ord(mapped)]
    parts.append("  /// Upper case letters younger than Unicode 15.0, each before its lower case.\n"
                 "  static let newLowercase: [UInt32] = [\n"
                 + lines(pairs, hexadecimal).replace("\n ", "\n   ").replace("  ", "    ", 1) + "\n  ]\n}")
    write("ReferenceRuns.swift", "\n".join(parts))


def script_runs():
    splitter = p.UnicodeScripts()

    def count(text):
        return len(splitter.pre_tokenize_str(text))

    first, names, runs = {}, [], []
    for c in range(0x110000):
        script = None
        if not 0xD800 <= c < 0xE000 and count(chr(c)):
            name = icu.Script.getScript(c).getName()
            for known in [name] * (name in first) + list(first):
                if count(first[known] + chr(c)) == 1:
                    script = known
                    break
            else:
                assert name not in first, name
                first[name] = chr(c)
                names.append(name)
                script = name
        value = names.index(script) + 1 if script else 0
        if not runs or runs[-1] & 255 != value:
            runs.append(c << 8 | value)
    assert len(names) < 255
    write("ScriptRuns.swift",
          "/// Where each run of one script starts, and its number: `first scalar << 8 | script`; 0 is none. As in\n"
          "/// the pre-tokenizer UnicodeScripts: Hiragana and Katakana count as Han, a space as none.\n"
          "/// The numbers: 1 " + ", ".join(names[:3]) + " …: only their equality matters.\n"
          "let scriptRuns: [UInt32] = [\n" + lines(runs, hexadecimal) + "\n]")


reference_runs()
script_runs()
