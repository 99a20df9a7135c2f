#!/usr/bin/env python3
"""Takes the small tokenizer.json files out of a Swift test as seeds: seeds.py TEST.swift FOLDER"""
import base64
import json
import pathlib
import re
import sys

TOKEN = ('{{"id":{},"content":"{}","single_word":false,"lstrip":false,"rstrip":false,'
         '"normalized":false,"special":true}}')


def main():
    text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    # A map of an empty trie and an empty text.
    charsmap = base64.b64encode(2 * b"\0\x04\0\0" + bytes(1020) + b"\0").decode()
    found = re.findall(r'^    "(\w+)": """\n(.*?)"""', text, re.S | re.M)
    for name, body in found:
        body = re.sub(r'\\\(added\((\d+), "(.*?)"\)\)', lambda m: TOKEN.format(*m.groups()), body)
        body = re.sub(r"\\\(charsmap\(.*?\)\)", charsmap, body)
        json.loads(body)
        pathlib.Path(sys.argv[2], name + ".json").write_text(body, encoding="utf-8")
    sys.exit(0 if len(found) > 4 else 1)


main()
