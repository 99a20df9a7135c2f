#!/usr/bin/env python3
"""One judge for all tokenizers: evaluate.py LINES NAME=tokenizer.json [NAME=tokenizer.json …]

Every vocabulary is run by tokenizers 0.23.3 over the same lines, and a row is printed for each:
  tokens/word   tokens over words between white space
  bits/char     minus log2 of the best segmentation over the scalars of the normalised text; scores
                are first scaled so that the probabilities of the pieces add up to one
  unknown       share of the tokens that are <unk>
  aksharas cut  share of the aksharas with a token boundary inside
"""
import json
import math
import sys

import regex
from tokenizers import Tokenizer

CONSONANT = "[\u0995-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9\u09dc\u09dd\u09df\u09f0\u09f1]\u09bc*"
TAIL = "[\u09be-\u09c4\u09c7-\u09c8\u09cb-\u09cd\u09d7\u09e2\u09e3\u09bc\u0981-\u0983\u09fe\u200c\u200d]*"
LINK = "[\u200c\u200d]*\u09cd+[\u09bc\u200d]*"
VOWEL = "[\u0985-\u098c\u098f\u0990\u0993\u0994\u09e0\u09e1]\u09bc*"
AKSHARA = regex.compile(f"(?:{CONSONANT}|{VOWEL})(?:{LINK}{CONSONANT})*(?:{LINK}\u09ce)?{TAIL}|\u09ce{TAIL}")


def log_normaliser(model):
    # Specials carry a score of 0 and take no part in the distribution.
    scores = [score for _, score in model["vocab"] if score < 0]
    top = max(scores)
    return top + math.log(sum(math.exp(score - top) for score in scores))


def judge(name, path, lines):
    model = json.load(open(path, encoding="utf-8"))["model"]
    tokenizer = Tokenizer.from_file(path)
    scale = log_normaliser(model)
    scores = [score - scale for _, score in model["vocab"]]
    unknown = model["unk_id"]
    floor = min(score for _, score in model["vocab"]) - 10 - scale
    tokens = words = chars = unknowns = aksharas = cut = 0
    nats = 0.0
    for start in range(0, len(lines), 2000):
        batch = lines[start:start + 2000]
        for line, encoding in zip(batch, tokenizer.encode_batch(batch, add_special_tokens=False)):
            words += len(line.split())
            tokens += len(encoding.ids)
            for token, text in zip(encoding.ids, encoding.tokens):
                if token == unknown:
                    unknowns += 1
                    nats -= floor * len(text)
                else:
                    nats -= scores[token]
            joined = "".join(encoding.tokens)
            chars += len(joined)
            edges, position = set(), 0
            for text in encoding.tokens:
                edges.add(position)
                position += len(text)
            for match in AKSHARA.finditer(joined):
                aksharas += 1
                cut += any(i in edges for i in range(match.start() + 1, match.end()))
    return {"name": name, "pieces": len(scores), "tokens_per_word": tokens / words,
            "bits_per_char": nats / math.log(2) / chars, "unknown": unknowns / tokens,
            "aksharas_cut": cut / aksharas}


def main():
    with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file]
    print(f"{'':24} {'pieces':>7} {'tokens/word':>12} {'bits/char':>10} {'unknown':>9} {'aksharas cut':>13}")
    for argument in sys.argv[2:]:
        name, path = argument.split("=", 1)
        row = judge(name, path, lines)
        print(f"{name:24} {row['pieces']:7} {row['tokens_per_word']:12.4f} {row['bits_per_char']:10.4f}"
              f" {row['unknown']:9.5f} {row['aksharas_cut']:13.4f}", flush=True)


main()
