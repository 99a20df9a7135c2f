#!/usr/bin/env python3
"""Loads a folder with transformers' AutoTokenizer and compares ids: transformers_oracle.py JUKTA FOLDER LINES"""
import os
import subprocess
import sys

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
from transformers import AutoTokenizer


def main():
    jukta, folder, path = sys.argv[1:4]
    tokenizer = AutoTokenizer.from_pretrained(folder)
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file]
    ours = subprocess.run([jukta, "encode", "-m", folder, path], stdout=subprocess.PIPE, check=True)
    answers = ours.stdout.decode().split("\n")[:-1]
    theirs = []
    for start in range(0, len(lines), 2000):
        theirs += tokenizer(lines[start:start + 2000])["input_ids"]
    differing = sum(" ".join(map(str, ids)) != answer for ids, answer in zip(theirs, answers))
    same_length = len(theirs) == len(answers)
    roles = [tokenizer.unk_token, tokenizer.cls_token, tokenizer.sep_token, tokenizer.pad_token,
             tokenizer.mask_token]
    print(f"transformers {folder}: {len(lines)} lines, {differing} differ in ids; roles {roles}")
    sys.exit(differing > 0 or not same_length or None in roles)


main()
