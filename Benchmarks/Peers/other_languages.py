"""Text of other languages out of what a machine has: other_languages.py LANGUAGE BYTES OUT

code: Python's own sources, line by line; en: the sentences of their doc strings and comments; fr, hi, zh: sentences
drawn, always the same ones, from the names that CLDR has of languages, places, scripts, units and currencies, by
Zipf's law. No substitute for real text where models are judged; enough to see how fast its letters go.
"""
import bisect
import itertools
import pathlib
import random
import re
import sys
import sysconfig

language, size, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def sources():
    root = pathlib.Path(sysconfig.get_paths()["stdlib"])
    for path in sorted(root.rglob("*.py")):
        if "site-packages" not in path.parts:
            yield path.read_text(encoding="utf-8", errors="replace")


def english():
    for source in sources():
        for match in re.finditer(r'"""(.*?)"""|#\s(.*)', source, re.DOTALL):
            for line in (match.group(1) or match.group(2) or "").splitlines():
                if line.strip():
                    yield line.strip()


def names(language):
    import babel
    locale = babel.Locale.parse(language)
    found = [*locale.languages.values(), *locale.territories.values(), *locale.scripts.values(), *locale.currencies.values()]
    for zone in locale.time_zones.values():
        found += [value for value in zone.values() if isinstance(value, str)]
    for table in locale.unit_display_names.values():
        found += [value for value in table.values() if isinstance(value, str)]
    words = [word for name in found for word in re.findall(r"\w[\w\u093c-\u094d\u200c\u200d’'-]*", name)]
    return sorted(set(words))


def drawn(language):
    dice = random.Random(1)
    words = names(language)
    dice.shuffle(words)
    ends = list(itertools.accumulate(1 / rank for rank in range(2, len(words) + 2)))
    gap, stop = ("", "。") if language == "zh" else (" ", "।" if language == "hi" else ".")
    while True:
        sentences = []
        for _ in range(dice.randint(1, 6)):
            chosen = [words[bisect.bisect(ends, dice.random() * ends[-1]) % len(words)] for _ in range(dice.randint(4, 20))]
            if dice.random() < 0.2:
                chosen.append(str(dice.randint(1, 2030)))
            sentences.append(gap.join(chosen) + stop)
        yield gap.join(sentences)


lines = {"code": lambda: (line for source in sources() for line in source.splitlines()), "en": english}.get(
    language, lambda: drawn(language))()
with open(out, "wb") as file:
    for line in lines:
        line = line.encode() + b"\n"
        if file.tell() + len(line) > size:
            break
        file.write(line)
