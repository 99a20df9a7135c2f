#!/usr/bin/env python3
"""Runs the Python of the docs on ids that `jukta encode` wrote: ids_oracle.py JUKTA MODEL LINES OUT

Every line's ids, mapped into memory by the snippet of EncodingFiles.md, must be those of tokenizers
0.23.3, as u16 and as u32, from one thread and from several.
"""
import pathlib
import re
import subprocess
import sys

from tokenizers import Tokenizer

DOCS = pathlib.Path(__file__).resolve().parents[2] / "Sources/Jukta/Jukta.docc/EncodingFiles.md"


def main():
    jukta, model, path, out = sys.argv[1:5]
    snippet = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S).group(1)
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file]
    expected = [one.ids for one in Tokenizer.from_file(model).encode_batch(lines)]
    wrong = 0
    for width, kind, threads in [("u16", "<u2", "1"), ("u16", "<u2", "7"), ("u32", "<u4", "2")]:
        ids = out / f"ids-{width}-{threads}.bin"
        subprocess.run([jukta, "encode", "-q", "-m", model, "--format", width, "--threads", threads, path, "-o", ids], check=True)
        names = {}
        exec(snippet.replace("ids.bin", str(ids)).replace('"<u2"', f'"{kind}"'), names)
        wrong += len(names["ends"]) != len(lines) or int(names["ends"][-1]) != len(names["ids"])
        wrong += sum(names["text"](n).tolist() != one for n, one in enumerate(expected))
    print(f"ids in memory: {len(lines)} lines as u16 and u32, {wrong} differ")
    sys.exit(bool(wrong) or not lines)


main()
