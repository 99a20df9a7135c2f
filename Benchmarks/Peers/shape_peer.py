"""One peer over one tokenizer.json: shape_peer.py TOOL LINES MODEL, on one thread.

Prints {"ids": MB/s of CPU time of its batch call, "count": ids, "check": hash of the ids of 1,000 lines}.
The check is without special tokens, which gigatoken does not add.
"""
import json
import sys
import time

tool, path, model = sys.argv[1:]
with open(path, encoding="utf-8", newline="\n") as file:
    lines = [line.rstrip("\n") for line in file]
size = sum(len(line.encode()) + 1 for line in lines)


def tokenizers():
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_file(model)
    batch = getattr(tokenizer, "encode_batch_fast", tokenizer.encode_batch)
    return batch, lambda some: [one.ids for one in tokenizer.encode_batch(some, add_special_tokens=False)], len


def gigatoken():
    import gigatoken as module
    tokenizer = module.Tokenizer(model)
    return (lambda some: tokenizer.encode_batch(some, parallel=False),
            lambda some: tokenizer.encode_batch_list(some, parallel=False), len)


def tokie():
    import tokie as module
    tokenizer = module.Tokenizer.from_json(model)
    return (tokenizer.encode_batch,
            lambda some: [one.ids for one in tokenizer.encode_batch(some, add_special_tokens=False)], len)


def check(lists):
    """FNV-1a over ids, a line's end being 2^32 - 1."""
    value = 0xCBF29CE484222325
    for ids in lists:
        for one in [*ids, 0xFFFFFFFF]:
            value = (value ^ one) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


batch, plain, length = {"gigatoken": gigatoken, "tokie": tokie}.get(tool, tokenizers)()
# What is imported and made at the first call; no cache learns from it.
batch(["a"])
start = time.process_time()
encoded = batch(lines)
seconds = time.process_time() - start
count = sum(map(length, encoded))
del encoded
print(json.dumps({"ids": size / 1e6 / seconds, "count": count, "check": check(plain(lines[:1000]))}))
