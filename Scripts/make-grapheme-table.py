#!/usr/bin/env python3
"""Writes the grapheme break classes of Unicode 17.0.0 and the official break test, from data files:

    make-grapheme-table.py TABLES TESTS

TABLES, TESTS: src/tables.rs and tests/testdata/mod.rs of github.com/unicode-rs/unicode-segmentation
at 3874b9a6, whose numbers are those of the UCD's GraphemeBreakProperty.txt, DerivedCoreProperties.txt
(InCB), emoji-data.txt and GraphemeBreakTest.txt, 17.0.0 (unicode.org itself is out of reach here).
Marks are General_Category M by PyPI's unicodedata2 17.0.0.
Output: Sources/Jukta/Unicode/GraphemeBreakRuns.swift, Tests/Fixtures/unicode-17.0.0/GraphemeBreakTest.txt.
"""
import re
import sys

import unicodedata2 as ucd

assert ucd.unidata_version == "17.0.0"
tables = open(sys.argv[1], encoding="utf-8").read()
assert "UNICODE_VERSION: (u64, u64, u64) = (17, 0, 0)" in tables
CODE = r"'((?:\\u\{[0-9a-f]+\}|\\.|[^'\\]))'"


def scalar(text):
    if text.startswith("\\u"):
        return int(text[3:-1], 16)
    return ord({"\\r": "\r", "\\n": "\n", "\\t": "\t", "\\'": "'", "\\\\": "\\"}.get(text, text))


def ranges(name):
    body = tables[tables.index(name + ":"):]
    body = body[body.index("= &[") + 3:body.index("];")]
    rows = re.findall(r"\(\s*%s\s*,\s*%s\s*(?:,\s*(\w+)\s*)?\)" % (CODE, CODE), body)
    return [(scalar(a), scalar(b), kind) for a, b, kind in rows]


# The classes, in the order of GraphemeBreakClass.
NAMES = ["Any", "CR", "LF", "Control", "Extend", "ZWJ", "Regional_Indicator", "Prepend", "SpacingMark", "L", "V", "T",
         "LV", "LVT", "Extended_Pictographic", "InCB_Consonant"]
LINKER, EXTEND_NONE, MARK = 16, 17, 32
cls = [0] * 0x110000
for low, high, kind in ranges("grapheme_cat_table"):
    for cp in range(low, high + 1):
        cls[cp] = NAMES.index(kind[3:])
incb_extend = {cp for low, high, _ in ranges("InCB_Extend_table") for cp in range(low, high + 1)}
linkers = tables[tables.index("fn is_incb_linker"):]
linkers = {int(h, 16) for h in re.findall(r"\\u\{([0-9A-F]+)\}", linkers[:linkers.index("}\n")])}
assert len(linkers) == 20 and all(cls[cp] == 4 for cp in linkers)
for cp in range(0x110000):
    if cls[cp] == 4 and cp in linkers:
        cls[cp] = LINKER
    elif cls[cp] == 4 and cp not in incb_extend:
        cls[cp] = EXTEND_NONE
    elif cp in incb_extend:
        assert cls[cp] in (4, 5), hex(cp)
    if not 0x980 <= cp < 0xA00 and ucd.category(chr(cp))[0] == "M":
        cls[cp] |= MARK
for low, high, kind in ranges("emoji_cat_table"):
    for cp in range(low, high + 1):
        assert cls[cp] == 14, hex(cp)

runs = [(cp, cls[cp]) for cp in range(0x110000) if cp == 0 or cls[cp] != cls[cp - 1]]
words = ["0x%X" % (start << 6 | value) for start, value in runs]
with open("Sources/Jukta/Unicode/GraphemeBreakRuns.swift", "w") as out:
    out.write("// Written by Scripts/make-grapheme-table.py from Unicode 17.0.0. Do not edit.\n\n"
              "/// Where each run of equal class starts, and that class: `first scalar << 6 | class`.\n"
              "/// Bits 0–4: `GraphemeBreakClass`; bit 5: General_Category M outside the Bengali block.\n"
              "let graphemeBreakRuns: [UInt32] = [\n")
    line = " "
    for word in words:
        if len(line) + len(word) + 2 > 100:
            out.write(line + "\n")
            line = " "
        line += " " + word + ","
    out.write(line + "\n]\n")

tests = open(sys.argv[2], encoding="utf-8").read()
tests = tests[:tests.index("TEST_WORD")]


def hexes(text):
    found = re.findall(r"\\u\{([0-9a-f]+)\}|\\(.)|([^\\])", text)
    return ["%04X" % (int(u, 16) if u else ord({"r": "\r", "n": "\n", "t": "\t"}.get(e, e) or c)) for u, e, c in found]


same, different = tests.split("TEST_DIFF")
lines = []
strings = r'"((?:\\.|[^"\\])*)"'
for _, parts in re.findall(r"\(%s,\s*&\[((?:\s*%s,?)*)\]\)" % (strings, r'"(?:\\.|[^"\\])*"'), same):
    lines.append(" ÷ ".join(" × ".join(hexes(part)) for part in re.findall(strings, parts)))
for row in re.findall(r"\(%s,\s*&\[((?:\s*%s,?)*)\],\s*&\[" % (strings, r'"(?:\\.|[^"\\])*"'), different):
    lines.append(" ÷ ".join(" × ".join(hexes(part)) for part in re.findall(strings, row[1])))
with open("Tests/Fixtures/unicode-17.0.0/GraphemeBreakTest.txt", "w") as out:
    out.write("# The cases of UCD 17.0.0 auxiliary/GraphemeBreakTest.txt (c) Unicode, Inc., Unicode License v3;\n"
              "# ÷ a boundary, × none. Written by Scripts/make-grapheme-table.py, which says from where.\n")
    for line in lines:
        out.write("÷ %s ÷\n" % line)
print(len(runs), "runs,", len(lines), "cases")
