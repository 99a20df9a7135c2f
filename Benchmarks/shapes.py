#!/usr/bin/env python3
"""Every published shape of tokenizer beside its peers, in one run: shapes.py [NAME…]

Runs in the conformance run's venv (.venv, made by `make .venv/done`; it holds tokenizers 0.23.3), makes
the peers' venv (.venv-peers) where it is missing, the shapes by Tests/Conformance/lookalikes.py, and our
own recipes by `jukta train`. Each tool is a process of its own, on one thread, over lines held in memory,
with caches that have seen nothing; what is measured is the CPU time of its batch call alone.

    .venv/bin/python Benchmarks/shapes.py --megabytes 4 bert-base-uncased gpt2
    .venv/bin/python Benchmarks/shapes.py --language code --before .build/shapes/before.json

MB are 10^6 bytes of input. `=` behind a peer's figure: its ids of the first 1,000 lines are those of
tokenizers 0.23.3; `!`: they differ, and its speed is that of another tokenizer.
"""
import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys

from allocations import allocations

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "Benchmarks" / "Peers"
OURS = {
    "ours: sahajbert": ["unigram", "--preset", "sahajbert"],
    "ours: bengali, Unigram": ["unigram", "--preset", "bengali"],
    "ours: bengali, BPE": ["bpe", "--preset", "bengali"],
    "ours: byte-level, bengali pattern": ["bpe", "--byte-level"],
    "ours: nmt_nfkc": ["unigram", "--preset", "nmt_nfkc"],
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="shapes whose name holds one of these; all")
    parser.add_argument("--megabytes", type=float, default=24, help="size of the text (24)")
    parser.add_argument("--language", default="bn", choices=["bn", "en", "fr", "hi", "zh", "code"],
                        help="bn: held-out lines; en and code: Python's own sources; fr, hi, zh: sentences drawn from CLDR's words")
    parser.add_argument("--text", action="append", default=[], help="files of lines in place of all that")
    parser.add_argument("--train", default=ROOT / ".build/bench/train.txt", help="lines that models are trained on")
    parser.add_argument("--heldout", default=ROOT / ".build/bench/heldout.txt", help="lines that they have not seen")
    parser.add_argument("--out", default=ROOT / ".build/shapes", type=pathlib.Path, help="where models, texts and results go")
    parser.add_argument("--peers", default=ROOT / ".venv-peers", type=pathlib.Path, help="the peers' venv")
    parser.add_argument("--bench", help="a JuktaBench that is built already")
    parser.add_argument("--jukta", help="a jukta that is built already")
    parser.add_argument("--before", help="results of an earlier run, to be shown beside")
    parser.add_argument("--only-ours", action="store_true", help="no peers: a quick look")
    parser.add_argument("--allocations", action="store_true",
                        help="count what a warm encoder allocates for a text, and measure nothing else")
    parser.add_argument("--model", action="append", default=[], help="a tokenizer.json to measure too")
    return parser.parse_args()


def shapes(options):
    """Paths of tokenizer.json files by name; those that are there already are kept."""
    spec = importlib.util.spec_from_file_location("lookalikes", ROOT / "Tests/Conformance/lookalikes.py")
    # This folder has a sentencepiece.py of its own.
    sys.path.remove(str(ROOT / "Benchmarks"))
    lookalikes = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lookalikes)
    folder = options.out / "models"
    folder.mkdir(parents=True, exist_ok=True)
    shop = None
    made = {}
    for name in [*lookalikes.SHAPES, *OURS]:
        if options.names and not any(part in name for part in options.names):
            continue
        path = folder / (name.replace(", ", "-").replace(": ", "-").replace(" ", "-") + ".json")
        if not path.exists():
            print(f"making {name}", file=sys.stderr, flush=True)
            if name in OURS:
                train_ours(options, name, path)
            else:
                shop = shop or lookalikes.Workshop(options.train, folder, quick=False)
                path.write_text(json.dumps(lookalikes.SHAPES[name](shop), ensure_ascii=False), encoding="utf-8")
        made[name] = path
    return made | {pathlib.Path(path).stem: pathlib.Path(path) for path in options.model}


def train_ours(options, name, path):
    lines = options.out / "train.txt"
    if not lines.exists():
        with open(options.train, "rb") as file:
            lines.write_bytes(b"".join(line for _, line in zip(range(100000), file)))
    folder = path.with_suffix("")
    subprocess.run([options.jukta, "train", *OURS[name], "--quiet", "--vocab-size", "32000", lines, "-o", folder],
                   check=True, stdout=subprocess.DEVNULL)
    path.write_bytes((folder / "tokenizer.json").read_bytes())


def text(options):
    """The file of lines to encode: whole lines up to the size asked for."""
    size = int(options.megabytes * 1e6)
    path = options.out / f"{options.language}-{options.megabytes:g}.txt"
    if options.text:
        path = options.out / f"given-{options.megabytes:g}.txt"
        parts = options.text
    elif options.language == "bn":
        parts = [options.heldout, options.train]
    elif path.exists():
        return path
    else:
        subprocess.run([options.peers / "bin/python", PEERS / "other_languages.py", options.language, str(size), path], check=True)
        return path
    kept, length = [], 0
    for part in parts:
        lines = pathlib.Path(part).read_bytes().splitlines(keepends=True)
        # Models are trained on the first lines of the training text: its last ones come first here.
        for line in lines if part != options.train else reversed(lines):
            if length + len(line) > size:
                break
            kept.append(line)
            length += len(line)
    path.write_bytes(b"".join(kept))
    return path


def prepare(options):
    options.out.mkdir(parents=True, exist_ok=True)
    if not (options.peers / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", options.peers], check=True)
        subprocess.run([options.peers / "bin/pip", "install", "-q", "-r", ROOT / "Benchmarks/shapes.requirements.txt"], check=True)

    def built(package, product):
        command = ["swift", "build", "-c", "release", "--package-path", package, "--product", product]
        subprocess.run(command, check=True, stdout=sys.stderr)
        shown = subprocess.run([*command[:-2], "--show-bin-path"], check=True, capture_output=True, text=True)
        return pathlib.Path(shown.stdout.strip()) / product
    options.bench = options.bench or built(ROOT / "Benchmarks", "JuktaBench")
    if not options.jukta and any("ours" in part for part in options.names or ["ours"]):
        options.jukta = built(ROOT, "jukta")


def measured(command):
    """What a tool printed: {"ids": MB/s, …}; or why it did not."""
    environment = {"PATH": "/usr/bin:/bin", "RAYON_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", "HF_HUB_OFFLINE": "1"}
    run = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=environment)
    if run.returncode:
        return {"refused": (run.stderr.strip().splitlines() or ["no reason given"])[-1][:160]}
    return json.loads(run.stdout.strip().splitlines()[-1])


def compare(options, path, lines):
    """All tools over one model."""
    results = {"jukta": measured([options.bench, "shape", lines, path])}
    if options.only_ours:
        return results
    for tool, python in [("0.23.3", sys.executable), ("1.0.0rc3", options.peers / "bin/python"),
                         ("gigatoken", options.peers / "bin/python"), ("tokie", options.peers / "bin/python")]:
        kind = json.loads(path.read_text(encoding="utf-8"))["model"].get("type")
        if (tool == "gigatoken" and kind != "BPE") or (tool == "tokie" and kind != "WordPiece"):
            continue
        results[tool] = measured([python, PEERS / "shape_peer.py", tool, lines, path])
    return results


def cell(result, reference):
    if result is None:
        return "–"
    if "refused" in result:
        return "refused"
    same = reference and "check" in reference
    return f"{result['ids']:.1f}{('=' if result['check'] == reference['check'] else '!') if same else ''}"


def row(name, results, before):
    ours = results["jukta"]
    if "refused" in ours:
        return f"| {name} | {ours['refused']} |"
    reference = results.get("0.23.3")
    cells = [name, cell(ours, reference), f"{ours['ranges']:.1f}"]
    if before is not None:
        old = before.get(name, {}).get("jukta", {}).get("ids")
        cells.append(f"{old:.1f}" if old else "–")
    for tool in ["0.23.3", "1.0.0rc3", "gigatoken", "tokie"]:
        result = results.get(tool)
        cells += [cell(result, reference),
                  f"{ours['ids'] / result['ids']:.2f}" if result and "ids" in result else ""]
    return "| " + " | ".join(cells) + " |"


def count(options, models, lines):
    """What a warm encoder allocates for each text of 500, by shape: nothing, or the run fails."""
    few = options.out / "allocations.txt"
    few.write_bytes(b"".join(lines.read_bytes().splitlines(keepends=True)[:500]))
    counts = {name: allocations(options.bench, few, path, options.out, quiet=True) for name, path in models.items()}
    print("| shape | allocations a text: ids | ids and ranges |\n| --- | --- | --- |")
    for name, tasks in counts.items():
        print("| " + " | ".join([name, *(f"{value:.2f}" for value in tasks.values())]) + " |")
    # A cache that grows once more is no allocation a text.
    sys.exit(any(value >= 0.1 for tasks in counts.values() for value in tasks.values()))


def main():
    options = arguments()
    prepare(options)
    lines = text(options)
    models = shapes(options)
    if options.allocations:
        count(options, models, lines)
    before = json.loads(pathlib.Path(options.before).read_text()) if options.before else None
    columns = ["shape", "Jukta ids", "ranges"] + (["before"] if before is not None else [])
    columns += [part for tool in ["0.23.3", "1.0.0rc3", "gigatoken", "tokie"] for part in [tool, "×"]]
    print(f"{lines.stat().st_size / 1e6:.1f} MB of {options.language}, one thread, CPU time, MB/s; × says how many times the peer Jukta is\n")
    print("| " + " | ".join(columns) + " |\n" + "| --- " * len(columns) + "|", flush=True)
    everything = {}
    for name, path in models.items():
        everything[name] = compare(options, path, lines)
        print(row(name, everything[name], before), flush=True)
    results = options.out / f"results-{options.language}.json"
    results.write_text(json.dumps(everything, indent=1))
    print(f"\n{results}", file=sys.stderr)


main()
