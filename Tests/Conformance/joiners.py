#!/usr/bin/env python3
"""Joiners of other scripts and of emoji through `jukta normalize`.

    joiners.py JUKTA [emoji-zwj-sequences.txt]

Every RGI ZWJ sequence of Unicode (Debian package unicode-data: /usr/share/unicode/emoji) and the
examples of joiners in chapters 12 and 13 of the core specification, alone and inside Bengali text, must
come out as they went in. What normal forms change in any script (nuktas, split vowels) is compared
after NFC.
"""
import subprocess
import sys
import unicodedata

# Chapter 12: Devanagari (half forms, explicit virama, eyelash RA in both spellings), Bengali (ya-phalaa,
# khanda ta is an own letter), Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada (RA before a consonant),
# Malayalam (chillus as sequences, explicit candrakkala). Chapter 13: Sinhala (conjuncts, touching
# letters, yansaya, rakaaransaya, repaya), and the Arabic-script languages of chapter 9.
EXAMPLES = """
0915 094D 200D 0937|0915 094D 200C 0937|0915 094D 200D|0930 094D 200D 092F|0931 094D 092F
0930 200D 094D 092F|0926 094D 200C 0926|0926 094D 200D 0926|0938 094D 200D 0924 094D 0930
0995 09CD 200D 09B7|0995 09CD 200C 09B7|09B0 200D 09CD 09AF 09BE|09A8 09CD 200C 09A4
0A15 0A4D 200C 0A30|0A95 0ACD 200D 0AB7|0A95 0ACD 200C 0AB7|0AA6 0ACD 200C 0AA7
0B15 0B4D 200C 0B37|0B15 0B4D 200D 0B24|0B95 0BCD 200C 0BB7|0C15 0C4D 200C 0C37|0C15 0C4D 200D 0C37
0CB0 200D 0CCD 0C95|0CB0 0CCD 200D 0C95|0C95 0CCD 200C 0CB7|0C95 0CCD 200D 0CB7
0D15 0D4D 200C 0D37|0D28 0D4D 200D|0D30 0D4D 200D|0D32 0D4D 200D|0D33 0D4D 200D|0D23 0D4D 200D
0D28 0D4D 200C 0D31|0D28 200D 0D4D 0D2E|0D05 0D28 0D4D 200D 0D2E
0D9A 0DCA 200D 0DC2|0D9A 0DCA 200D 0DBB|0D9A 0DCA 200D 0DBA|0DBB 0DCA 200D 0D9A|0DC1 0DCA 200D 0DBB 0DD3
0D9A 200D 0DCA 0D9A|0DAF 0DCA 200D 0DB0|0D9A 0DCA 200C 0DC2
0645 06CC 200C 062E 0648 0627 0647 0645|0646 0627 0645 0647 200C 0627 06CC|0647 200D|0640 200D 0647
0627 0644 200C 0644 0647|1000 1039 200D 1000|1780 17D2 200D 1780|1820 200D|0710 200D
"""


def main():
    jukta = sys.argv[1]
    path = sys.argv[2] if len(sys.argv) > 2 else "/usr/share/unicode/emoji/emoji-zwj-sequences.txt"
    sequences = []
    for line in open(path, encoding="utf-8"):
        line = line.split("#")[0].split(";")[0].strip()
        if line:
            sequences.append("".join(chr(int(c, 16)) for c in line.split()))
    examples = ["".join(chr(int(c, 16)) for c in one.split())
                for one in EXAMPLES.replace("\n", "|").split("|") if one.strip()]
    frames = ["{}", "আমি {} ভালো।", "ক{}", "{}ক", "hello {}!"]
    texts = [(one, frame.format(one)) for one in sequences + examples for frame in frames]
    # A joiner at the edge of an example hangs on nothing where Bengali stands right beside it.
    texts = [(one, text) for one, text in texts
             if not (text != one and (one[-1] in "\u200c\u200d") and text[-1] == "ক")]
    out = subprocess.run([jukta, "normalize", "--preset", "bengali"], check=True, stdout=subprocess.PIPE,
                         input="".join(text + "\n" for _, text in texts).encode()).stdout.decode()
    lost = [(text, found) for (_, text), found in zip(texts, out.split("\n"))
            if unicodedata.normalize("NFC", text) != found]
    print(f"joiners: {len(sequences)} emoji sequences and {len(examples)} examples of other scripts, "
          f"{len(texts)} texts: {len(texts) - len(lost)} survive")
    for text, found in lost[:10]:
        print("  lost", " ".join(f"{ord(c):04X}" for c in text), "→", " ".join(f"{ord(c):04X}" for c in found))
    if not sequences or lost:
        sys.exit(1)


if __name__ == "__main__":
    main()
