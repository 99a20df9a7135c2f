#!/usr/bin/env python3
"""Prints the distinct words of a text, one a line: runs of the Bengali block and joiners."""
import re
import sys

WORD = re.compile("[\u0980-\u09ff\u200c\u200d]+")
with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
    types = {word for line in file for word in WORD.findall(line)}
sys.stdout.reconfigure(encoding="utf-8")
sys.stdout.write("".join(word + "\n" for word in sorted(types)))
