#!/usr/bin/env python3
"""How time and memory grow with the text: `jukta count`, `train unigram` and `train bpe`, beside Hugging Face and
SentencePiece where those are asked for.

    Benchmarks/growth.py TEXT [--sizes 5,10,20,40,80,150] [--generated 1000,5000] [--memory 1G] [--peers]
        [--jukta .build/release/jukta] [--out growth]

Sizes are megabytes: the beginning of TEXT, and text generated from its words (Benchmarks/zipf.py, 30 million distinct
words), for which --memory is given. Writes OUT.json, OUT.md (the table) and OUT.svg (the plot), and says at the end by
which power of the text time grows, and by which power of the distinct words memory: the slope of a line through
the logarithms. Time is processor time of the whole process: wall clock says more of the neighbours on a shared machine.
"""
import argparse
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
HF = """
import sys
from tokenizers import Tokenizer, models, trainers, pre_tokenizers, normalizers
kind, text, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
tokenizer = Tokenizer(models.BPE() if kind == "bpe" else models.Unigram())
tokenizer.normalizer = normalizers.NFKC()
tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
trainer = (trainers.BpeTrainer(vocab_size=size, show_progress=False) if kind == "bpe" else
           trainers.UnigramTrainer(vocab_size=size, unk_token="<unk>", special_tokens=["<unk>"], show_progress=False))
tokenizer.train([text], trainer)
"""
SPM = """
import sys, sentencepiece
kind, text, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
sentencepiece.SentencePieceTrainer.train(input=text, model_prefix=sys.argv[4], vocab_size=size, model_type=kind,
    num_threads=2, minloglevel=2, max_sentence_length=1000000)
"""


def measure(command):
    """Processor seconds, peak memory in MB, and what was written to standard error; None where it failed."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        errors.seek(0)
        told = errors.read().decode(errors="replace")
    if status != 0:
        print(f"{command[0]} …: {told.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    return {"seconds": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1000}


def slope(points):
    points = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(points) < 2:
        return float("nan")
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def plot(rows, path):
    """Time and memory over the size of the text, both axes by powers of ten."""
    colours = ["#0b6e4f", "#c84630", "#3d5a80", "#e09f3e", "#7b2d8b", "#555555", "#9bc53d"]
    names = sorted({row["what"] for row in rows})
    width, height, left, top = 380, 260, 60, 40
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * (width + left) + 40}" '
             f'height="{height + top + 60 + 16 * len(names)}" font-family="sans-serif" font-size="12">'
             '<rect width="100%" height="100%" fill="white"/>']
    for panel, (key, title) in enumerate([("seconds", "processor time, s"), ("megabytes", "peak memory, MB")]):
        x0 = left + panel * (width + left)
        xs, ys = [row["size"] for row in rows], [max(row[key], 0.01) for row in rows]
        low_x, high_x = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)) + 1e-9)
        low_y, high_y = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)) + 1e-9)
        place_x = lambda x: x0 + width * (math.log10(x) - low_x) / max(high_x - low_x, 1)
        place_y = lambda y: top + height * (1 - (math.log10(max(y, 0.01)) - low_y) / max(high_y - low_y, 1))
        parts.append(f'<text x="{x0}" y="{top - 14}">{title}</text>')
        for power in range(low_x, high_x + 1):
            x = place_x(10 ** power)
            parts.append(f'<line x1="{x}" y1="{top}" x2="{x}" y2="{top + height}" stroke="#ddd"/>'
                         f'<text x="{x}" y="{top + height + 16}" text-anchor="middle">{10 ** power:g} MB</text>')
        for power in range(low_y, high_y + 1):
            y = place_y(10 ** power)
            parts.append(f'<line x1="{x0}" y1="{y}" x2="{x0 + width}" y2="{y}" stroke="#ddd"/>'
                         f'<text x="{x0 - 6}" y="{y + 4}" text-anchor="end">{10 ** power:g}</text>')
        for number, name in enumerate(names):
            colour = colours[number % len(colours)]
            line = sorted((row["size"], row[key]) for row in rows if row["what"] == name)
            points = " ".join(f"{place_x(x):.1f},{place_y(y):.1f}" for x, y in line)
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
            parts += [f'<circle cx="{place_x(x):.1f}" cy="{place_y(y):.1f}" r="3" fill="{colour}"/>' for x, y in line]
    for number, name in enumerate(names):
        y = top + height + 40 + 16 * number
        parts.append(f'<rect x="{left}" y="{y - 9}" width="12" height="10" fill="{colours[number % len(colours)]}"/>'
                     f'<text x="{left + 18}" y="{y}">{name}</text>')
    pathlib.Path(path).write_text("\n".join(parts + ["</svg>"]))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("text")
    options.add_argument("--sizes", default="5,10,20,40,80,150")
    options.add_argument("--generated", default="")
    options.add_argument("--memory", default="1G")
    options.add_argument("--pieces", default="8000")
    options.add_argument("--peers", action="store_true")
    options.add_argument("--jukta", default=str(ROOT / ".build/release/jukta"))
    options.add_argument("--out", default="growth")
    options = options.parse_args()
    sizes = [(int(size), False) for size in options.sizes.split(",") if size]
    sizes += [(int(size), True) for size in options.generated.split(",") if size]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        text, model = os.path.join(folder, "text.txt"), os.path.join(folder, "model")
        words = os.path.join(folder, "words")
        if any(generated for _, generated in sizes):
            subprocess.run([options.jukta, "count", "-q", options.text, "-o", words], check=True)
        for size, generated in sizes:
            with open(text, "wb") as out:
                if generated:
                    subprocess.run([sys.executable, ROOT / "Benchmarks/zipf.py", words, str(size)], stdout=out, check=True)
                else:
                    with open(options.text, "rb") as source:
                        out.write(source.read(size * 1_000_000))
            counts = os.path.join(folder, "counts")
            subprocess.run([options.jukta, "count", "-q", text, "-o", counts, "--memory", "512M"], check=True)
            with open(counts, "rb") as source:
                distinct = sum(1 for _ in source)
            os.remove(counts)
            bound = ["--memory", options.memory] if generated else []
            jukta = [options.jukta]
            commands = {
                "jukta count": [*jukta, "count", "-q", text, "-o", "/dev/null", *bound],
                "jukta unigram": [*jukta, "train", "unigram", "-q", text, "-o", model, "--vocab-size", options.pieces, *bound],
                "jukta bpe": [*jukta, "train", "bpe", "-q", text, "-o", model, "--vocab-size", options.pieces, *bound],
            }
            if options.peers and not generated:
                for kind in ["unigram", "bpe"]:
                    commands[f"Hugging Face {kind}"] = [sys.executable, "-c", HF, kind, text, options.pieces]
                    commands[f"SentencePiece {kind}"] = [sys.executable, "-c", SPM, kind, text, options.pieces, model]
            for what, command in commands.items():
                if found := measure(command):
                    rows.append({"what": what, "size": size, "distinct": distinct, **found})
                    print(f"{size:6} MB {distinct:10} words  {what:24} {found['seconds']:8.1f} s {found['megabytes']:8.0f} MB",
                          flush=True)
    names = sorted({row["what"] for row in rows})
    table = ["| text | distinct words | " + " | ".join(names) + " |", "| ---: | ---: |" + " ---: |" * len(names)]
    for size in sorted({row["size"] for row in rows}):
        cells = {row["what"]: row for row in rows if row["size"] == size}
        distinct = next(iter(cells.values()))["distinct"]
        table.append(f"| {size} MB | {distinct:,} | " + " | ".join(
            f"{cells[name]['seconds']:.1f} s, {cells[name]['megabytes']:.0f} MB" if name in cells else "–"
            for name in names) + " |")
    for name in names:
        mine = [row for row in rows if row["what"] == name]
        table.append(f"\n{name}: time grows as text^{slope([(r['size'], r['seconds']) for r in mine]):.2f}, memory as "
                     f"distinct words^{slope([(r['distinct'], r['megabytes']) for r in mine]):.2f}")
    pathlib.Path(options.out + ".json").write_text(json.dumps(rows, indent=1))
    pathlib.Path(options.out + ".md").write_text("\n".join(table) + "\n")
    plot(rows, options.out + ".svg")
    print("\n".join(table[-len(names):]))


if __name__ == "__main__":
    main()
