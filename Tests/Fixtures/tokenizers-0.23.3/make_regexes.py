#!/usr/bin/env python3
"""Writes regexes.json: what Oniguruma in tokenizers 0.23.3 makes of patterns, through Replace.

    python3 -m venv V && V/bin/pip install tokenizers==0.23.3 && V/bin/python make_regexes.py

regexes.json: {"texts": [text …], "patterns": [[pattern, [replaced text …] or null] …]}; each match is
replaced by a black square, and null stands where the pattern does not compile.
"""
import json
import pathlib

import tokenizers
from tokenizers import Regex
from tokenizers import normalizers as n

assert tokenizers.__version__ == "0.23.3"
HERE = pathlib.Path(__file__).resolve().parent

TEXTS = [
    "ab aab\n12x-Y'S ſß k} {2} Zz\n", "a", "\n", "a\n\n b\r\nc", "আমি বাংলায় গান গাই। ক্ষ র\u200d্যাব ৫০৳ ১২:৩০",
    "Hello, WORLD! don't 'LL I'm 3.14² ½ ①", "\t\v\f\x85\xa0\u2003\u2028_-\u00ad\u200c\u200d\ufeff",
    "aaa bbb ab abab (c) [d] {e} \\ / # \" $ ^ * + ? | .", "École ÉCOLE straße STRASSE ﬁ ﬆ İi Kk Σσς", "日本 ひらカー 한글 😀👩\u200d👧 م",
    "\x00\x01\x1b\x7f<>=~`", "a\u0301 \u0301x é",
]
PATTERNS = r"""
a{1,2}+ a{2}? a{,2} a{ a{x} a{2}{3} a** a+* a?? a+++ (?i)s a(?i)B|x (?m). (?m:.)\n (?x)\ba\ b(?#c) (?i:ss) \Q.\E \x41 \u0041 \101 \x{41} \07
(a)\1 (?<n>a)\k<n> (?<n>a)(b) (a)\k<1> (?#x)a []a] [a-] [a-c-e] [[a]b] [a&&b] [^a] [--a] [a\-z] [[a-c]&&[b-d]&&c] [^a&&b] [&&a] [a&&]
(?<=a|bc)x (?<!a|ab)b (?=a) (?!a) x{0} \p{l} (?i)\p{Lu} (?i)[A-Z] (?i)[\p{Lu}] (?i)[[:upper:]] (?i)[^k] (?i)k (?i)ß (?i)[ß] $ ^ \A \Z \z \b \B
[[:alpha:]&&[^a]] [[:^alpha:]] \-\_\# [\-\]] } ] a| |a () (?:) \n \R (?i)(?-i)s (?i-m)s (?:a?)* (a|b)*? \h+ \H+ (?>a+)b a++b \S+?\b
[a-z&&[^aeiou]b] \p \pL \t\v\f\e\a \t \v \f \e \a [\t] [\v] [\b] \N+ \O+ \w+ \W+ \d+ \D+ \s+ \S+ [\w] [\W] [\s\d] [^\w\s] [^\W\d] [\h] [\H] \p{Word} \p{^Word}
[[:alnum:]]+ [[:alpha:]] [[:ascii:]] [[:blank:]] [[:cntrl:]] [[:digit:]] [[:graph:]] [[:lower:]] [[:print:]] [[:punct:]] [[:space:]] [[:upper:]] [[:word:]] [[:xdigit:]]
\p{Alnum} \p{Punct} \p{PosixPunct} \p{^L} \P{^L} \P{L} \p{Letter} \p{uppercase_letter} \p{Lowercase-Letter} \p{LC} \p{Cn} \p{C} \p{Han} \p{Bengali}+ \p{beng}
\p{In_Bengali} \p{InBengali} \p{Emoji} \p{White_Space} \p{Alphabetic} \p{Extended_Pictographic} \p{Inherited} \p{Common} \p{Greek} \p{Any} \p{Assigned} \p{Hiragana}
(?i)école (?i)É (?i)\u017f (?i)st (?i)σ [[:alpha]] [:alpha:] [a[:digit:]] (?<=^)a (?<!^)a (?<=\b)b a|b| (|a)+ (?i)'ll (?i:'s|'t|'re|'ve|'m|'ll|'d)
[^]a] \/ a\.b? \é (?m).$ ^. (?:^|\s)\S (?i)[a-f&&C-Z] x* \s*[\r\n]+ \s+(?!\S) \p{N}{1,3} [\r\n] [\u0980-\u09ff]+ (?<=[\u0980-\u09ff]): (?i-:a) (?-i)a [ক-হ] \q\i
(?s). (?a)\w (?P<n>a) \u{41} [\d-x] [z-a] [] [a a) (a *a + a|* \p{Foo} [[:foo:]] a{100001} \1 (?|a) {2} ^* \b+ (?=a)*b \x80 \8 (a)\2 \p{^^L} (?<1a>a) (?<n>a)(b)\1 [^] [[:alpha:] \p{
""".split() + [r"(?x) a b #c", "(?x: a )b", r"[ -~]+", r" ?[^\s\p{L}\p{N}]+", r" {2,}", r"(?x)[a b]", "a b", r"\ a"]


def replaced(pattern):
    try:
        step = n.Replace(Regex(pattern), "\u2588")
        return [step.normalize_str(text) for text in TEXTS]
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return None


with open(HERE / "regexes.json", "w", encoding="utf-8", newline="\n") as file:
    json.dump({"texts": TEXTS, "patterns": [[p, replaced(p)] for p in PATTERNS]}, file, ensure_ascii=True,
              separators=(",", ":"))
    file.write("\n")
