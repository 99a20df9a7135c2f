#!/usr/bin/env python3
"""Writes Sources/Jukta/Unicode/YoungScalars.swift: what Unicode 17.0.0 says of characters that came
after the Unicode that an older ICU knows (Debian 12 has ICU 72, Unicode 15.0).

    pip install unicodedata2==17.0.0 && make-young-scalars.py

Source: PyPI's unicodedata2 17.0.0, which is UnicodeData.txt 17.0.0. Young is what Python's own
unicodedata (14.0 in Python 3.11) calls unassigned. unicodedata2 has no case mappings; a young capital
and its small letter differ in the word CAPITAL or SMALL of their names alone.
"""
import pathlib
import unicodedata as old

import unicodedata2 as new

assert new.unidata_version == "17.0.0" and old.unidata_version < "15"
young = [c for c in range(0x110000)
         if old.category(chr(c)) == "Cn" and new.category(chr(c)) not in ("Cn", "Co", "Cs")]


def decompositions():
    for c in young:
        parts = new.decomposition(chr(c)).split()
        if not parts:
            continue
        is_compatible = parts[0].startswith("<")
        scalars = [int(part, 16) for part in parts[is_compatible:]]
        canonical = new.normalize("NFD", chr(c))
        if not is_compatible:  # None is excluded from composition.
            assert len(scalars) == 2 and new.normalize("NFC", canonical) == chr(c)
        yield c, is_compatible, scalars


def foldings():
    for c in range(0x110000):
        name = new.name(chr(c), "")
        if "CAPITAL" not in name or new.category(chr(c)) != "Lu":
            continue
        try:
            small = ord(new.lookup(name.replace("CAPITAL", "SMALL")))
        except KeyError:
            assert c not in young, name
            continue
        if c in young:
            yield c, small
            # A script whose small letters are the older ones folds upwards: none of these.
            assert new.category(chr(small)) == "Ll", name


def swift(name, doc, kind, rows):
    text, line = "\n".join(f"  /// {row}" for row in doc) + f"\n  static let {name}: {kind} = [\n", "   "
    for row in rows:
        if len(line) + len(row) > 96:
            text, line = text + line.rstrip() + "\n", "   "
        line += " " + row + ","
    return text + line + "\n  ]\n"


rows = list(decompositions())
canonical = [f"0x{c:X}: [0x{s[0]:X}, 0x{s[1]:X}]" for c, compatible, s in rows if not compatible]
compatible = [f"0x{c:X}: [{', '.join(f'0x{x:X}' for x in s)}]" for c, compatible, s in rows if compatible]
target = pathlib.Path(__file__).resolve().parents[1] / "Sources/Jukta/Unicode/YoungScalars.swift"
target.write_text(
    "// Written by Scripts/make-young-scalars.py from Unicode 17.0.0. Do not edit.\n\n"
    "/// What Unicode 17.0 says of characters that are younger than Unicode 14.0, for an ICU that does\n"
    "/// not know them.\nenum YoungScalars {\n"
    + swift("canonical", ["Canonical decompositions, one step; each is also a composition."],
            "[UInt32: [UInt32]]", canonical) + "\n"
    + swift("compatible", ["Compatibility decompositions, one step."], "[UInt32: [UInt32]]", compatible) + "\n"
    + swift("foldings", ["Simple case foldings."], "[UInt32: UInt32]",
            [f"0x{c:X}: 0x{s:X}" for c, s in foldings()]) + "}\n")
