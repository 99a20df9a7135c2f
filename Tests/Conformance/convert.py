#!/usr/bin/env python3
"""Compares what `jukta convert` and `jukta train` write with the references, on held-out lines.

convert.py JUKTA TRAIN HELDOUT FOLDER [PIECES]

1. Models that sentencepiece 0.2.3 trains: MODEL -> tokenizer.json -> MODEL. tokenizers 0.23.3 and sentencepiece
   load them; ids are compared with those of the first model, line by line, and with what transformers' own
   converter makes of the same file.
2. Folders that jukta trains: spiece.model in sentencepiece 0.2.3 (and Debian's 0.1.97, where spm_encode is
   installed) beside tokenizer.json in tokenizers.
3. A dry run writes nothing; what would lose something is refused.

A folder of jukta's says in recipe.json for which reasons its two files may differ ("differences"); a model of
sentencepiece's may as `jukta convert --dry-run` says. No share of lines is allowed: each line that differs is asked
whether one of the reasons named is there, and where none is named, none may differ. A model that comes back must give
the same ids on all.
"""
import importlib
import json
import os
import shutil
import struct
import subprocess
import sys
import unicodedata
import warnings
from fractions import Fraction

os.environ["TRANSFORMERS_VERBOSITY"] = "error"
import sentencepiece
from tokenizers import Tokenizer

failures = []


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def check(holds, what):
    if not holds:
        failures.append(what)
    return "" if holds else "   <- FAILS"


def differing(one, other):
    return sum(a != b for a, b in zip(one, other)) + abs(len(one) - len(other))


def tokenizers_ids(path_or_tokenizer, lines):
    tokenizer = path_or_tokenizer
    if isinstance(tokenizer, str):
        tokenizer = Tokenizer.from_file(tokenizer)
    return [encoding.ids for encoding in tokenizer.encode_batch(lines, add_special_tokens=False)]


def sentencepiece_ids(path, lines):
    return sentencepiece.SentencePieceProcessor(model_file=path).encode(lines)


def transformers_ids(path, lines):
    """What transformers' converter makes of the same file; nil where it fails."""
    converter = importlib.import_module("transformers.convert_slow_tokenizer")

    class Slow:
        vocab_file = path
        add_prefix_space = True
        legacy = False

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tokenizers_ids(converter.SpmConverter(Slow()).converted(), lines)
    except Exception:  # noqa: BLE001 whatever it is, it is theirs
        return None


def debian_ids(path, lines):
    if not shutil.which("spm_encode"):
        return None
    text = "\n".join(lines) + "\n"
    done = subprocess.run(["spm_encode", f"--model={path}", "--output_format=id"], input=text, check=True,
                          capture_output=True, text=True)
    return [[int(number) for number in line.split()] for line in done.stdout.split("\n")[:-1]]


def single_precision_step(value):
    """The distance of neighbouring 32-bit numbers at this size."""
    bits = struct.unpack("<I", struct.pack("<f", abs(value)))[0]
    return Fraction(struct.unpack("<f", struct.pack("<I", bits + 1))[0]) - Fraction(
        struct.unpack("<f", struct.pack("<I", bits))[0])


class Reasons:
    """Asks why a .model and a tokenizer.json differ on a line; `named` are the reasons that may be."""

    def __init__(self, model, tokenizer, named, with_all_joins=None):
        self.processor = sentencepiece.SentencePieceProcessor(model_file=model)
        self.tokenizer = Tokenizer.from_file(tokenizer)
        self.named = set(named)
        # Makes a tokenizer.json that joins in every way that the .model does, its scores taken for merges.
        self.with_all_joins = with_all_joins
        with open(tokenizer, encoding="utf-8") as file:
            self.special = [token["content"] for token in json.load(file)["added_tokens"]]

    def normal_forms(self, line):
        """The text that each of the two hands to its model, spaces as ▁."""
        other = self.tokenizer.normalizer.normalize_str(line) if self.tokenizer.normalizer else line
        if self.tokenizer.pre_tokenizer:
            other = "".join(word for word, _ in self.tokenizer.pre_tokenizer.pre_tokenize_str(other))
        return self.processor.normalize(line), other

    def why(self, line, ids, other):
        """The reason among those named, or None."""
        if "special-names" in self.named and any(name in line for name in self.special):
            return "special-names"
        ours, theirs = self.normal_forms(line)
        # Joined in one and side by side in the other, all else equal.
        if "unknown-runs" in self.named and self.without_runs(ids) == self.without_runs(other):
            return "unknown-runs"
        if ours == theirs:
            if "sums" in self.named and self.is_rounding(ids, other):
                return "sums"
            return "joins" if "joins" in self.named and self.is_joining(line, ids) else None
        # Sequences whose parts compose, and that no step in front knows: of no Indic script.
        if "several-characters" in self.named and any(
                not 0x900 <= ord(character) < 0xE00 and len(unicodedata.normalize("NFKD", character)) > 1
                for character in unicodedata.normalize("NFKC", line) if character not in line):
            return "several-characters"
        if "outer-spaces" in self.named:
            if ours.strip("▁") == theirs.strip("▁"):
                return "outer-spaces"
            ours, theirs = ours.strip("▁"), theirs.strip("▁")
        if "mark-order" in self.named and (
                unicodedata.normalize("NFD", ours) == unicodedata.normalize("NFD", theirs)):
            return "mark-order"
        return None

    def without_runs(self, ids):
        """The ids with neighbouring unknown ones as one."""
        unknown = self.processor.unk_id()
        return [id for place, id in enumerate(ids) if id != unknown or place == 0 or ids[place - 1] != unknown]

    def is_joining(self, line, ids):
        """Whether the ids come out by other merges alone."""
        return self.with_all_joins().encode(line, add_special_tokens=False).ids == ids

    def is_rounding(self, ids, other):
        """Whether both cut the text, known characters alike, into scores whose sums differ by no more than
        adding them in 32 bits can lose; the sum in exact numbers is then never better than theirs."""
        unknown = self.processor.unk_id()
        total = abs(sum(self.processor.get_score(id) for id in ids)) + 100.0
        start = 0
        while start < min(len(ids), len(other)) and ids[start] == other[start]:
            start += 1
        end = 0
        while end < min(len(ids), len(other)) - start and ids[-1 - end] == other[-1 - end]:
            end += 1
        ids, other = ids[start:len(ids) - end], other[start:len(other) - end]
        if ids.count(unknown) or other.count(unknown):
            return False
        best, found = (sum(Fraction(self.processor.get_score(id)) for id in way) for way in (other, ids))
        return 0 <= best - found <= (len(ids) + len(other)) * single_precision_step(total)

    def ask(self, lines, ids, other):
        """How many lines differ for which reason, as text, and how many for none."""
        counts = {}
        for line, one, two in zip(lines, ids, other):
            if one != two:
                reason = self.why(line, one, two)
                counts[reason] = counts.get(reason, 0) + 1
        none = counts.pop(None, 0)
        told = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
        return f"{sum(counts.values()) + none} differ" + (f" ({told})" if told else ""), none


# A line for each reason that held-out text may not have: letters with two accents apart, marks in the wrong order, a
# joiner at the end that becomes a space, names of special tokens, unknown characters around a cut.
MADE = ["ti\u0065\u0302\u0301ng Vi\u00ea\u0323t", "র\u09cd\u09bcযাংস", "শেষ\u200c", "ক [CLS] খ <unk> গ",
        "☃(☃)☃ ☃৭☃ ☃", "  ক   খ  ", " ", "ক\u00af\u09cd\u09b0", "\ufeb3\u064e\ufef4", "৷\u200c ৷"]


def foreign(jukta, train, lines, folder, pieces):
    kinds = {
        "unigram": {"model_type": "unigram"},
        "unigram bytes": {"model_type": "unigram", "byte_fallback": True},
        "unigram identity": {"model_type": "unigram", "normalization_rule_name": "identity",
                             "remove_extra_whitespaces": False},
        "bpe": {"model_type": "bpe"},
        "bpe bytes": {"model_type": "bpe", "byte_fallback": True},
        "character": {"model_type": "char"},
        "unigram suffix": {"model_type": "unigram", "treat_whitespace_as_suffix": True},
        "bpe suffix": {"model_type": "bpe", "treat_whitespace_as_suffix": True, "add_dummy_prefix": False},
    }
    for name, options in kinds.items():
        base = os.path.join(folder, name.replace(" ", "-"))
        sentencepiece.SentencePieceTrainer.train(
            input=train, model_prefix=base, vocab_size=pieces, minloglevel=2, num_threads=2, **options)
        run(jukta, "convert", "-q", base + ".model", "-o", base + ".json")
        run(jukta, "convert", "-q", base + ".json", "-o", base + ".back.model")
        ids = sentencepiece_ids(base + ".model", lines)
        reasons = ["special-names", "several-characters"] + (["sums"] if name.startswith("unigram") else [])
        there, unexplained = Reasons(base + ".model", base + ".json", reasons).ask(
            lines, ids, tokenizers_ids(base + ".json", lines))
        back = differing(ids, sentencepiece_ids(base + ".back.model", lines))
        theirs = transformers_ids(base + ".model", lines)
        theirs = "fails" if theirs is None else differing(ids, theirs)
        print(f"{name:22} as tokenizer.json, of {len(lines)} lines: {there}, and back {back}; "
              f"transformers' converter: {theirs}" + check(unexplained == 0 and back == 0, name))


def ours(jukta, train, lines, folder, pieces):
    rules = os.path.join(folder, "rules.tsv")
    with open(rules, "w", encoding="utf-8") as file:
        # ড় ঢ় য় together, ৎ of ত and a hasanta before a space, the joiners to nothing, A to a.
        file.write("9A1 9BC\t9DC\n9A2 9BC\t9DD\n9AF 9BC\t9DF\n9A4 9CD 20\t9CE 20\n200C\t\n200D\t\n41\t61\n")
    trained = {
        "unigram nmt_nfkc": ["unigram", "--preset", "nmt_nfkc"],
        "unigram nfkc_cf bytes": ["unigram", "--preset", "nfkc_cf", "--byte-fallback"],
        "unigram identity": ["unigram", "--preset", "identity"],
        "unigram sahajbert": ["unigram", "--preset", "sahajbert"],
        "bpe nmt_nfkc": ["bpe", "--preset", "nmt_nfkc"],
        "bpe identity bytes": ["bpe", "--preset", "identity", "--byte-fallback"],
        "unigram suffix": ["unigram", "--preset", "nmt_nfkc", "--treat-whitespace-as-suffix"],
        "bpe suffix spaces": ["bpe", "--preset", "identity", "--treat_whitespace_as_suffix",
                              "--no-remove-extra-whitespaces"],
        "unigram no prefix": ["unigram", "--preset", "identity", "--no-add-dummy-prefix"],
        "unigram spaces": ["unigram", "--preset", "nfkc", "--no-remove-extra-whitespaces"],
        "unigram rules": ["unigram", "--normalization-rule-tsv", rules],
    }
    for name, options in trained.items():
        base = os.path.join(folder, "ours-" + name.replace(" ", "-"))
        shutil.rmtree(base, ignore_errors=True)
        run(jukta, "train", *options, "-q", "--vocab-size", str(pieces), train, "-o", base)
        model = os.path.join(base, "spiece.model")
        ids = sentencepiece_ids(model, lines)
        theirs = tokenizers_ids(os.path.join(base, "tokenizer.json"), lines)
        spiece = json.load(open(os.path.join(base, "recipe.json"), encoding="utf-8"))["spiece"]

        def with_all_joins():
            run(jukta, "convert", "-q", model, "-o", base + ".joins.json")
            return Tokenizer.from_file(base + ".joins.json")

        reasons = Reasons(model, os.path.join(base, "tokenizer.json"), spiece["differences"], with_all_joins)
        other, unexplained = reasons.ask(lines, ids, theirs)
        made, unexplained_made = reasons.ask(
            MADE, sentencepiece_ids(model, MADE), tokenizers_ids(reasons.tokenizer, MADE))
        own = run(jukta, "encode", "-m", model, heldout_file(folder, lines)).stdout.split("\n")[:-1]
        own = differing([" ".join(map(str, line)) for line in ids], own)
        old = debian_ids(model, lines)
        old_text = "not installed" if old is None else f"{differing(ids, old)} differ"
        vocabulary = open(os.path.join(base, "spiece.vocab"), encoding="utf-8", newline="\n").read().split("\n")[:-1]
        processor = sentencepiece.SentencePieceProcessor(model_file=model)
        named = [line.rsplit("\t", 1)[0] for line in vocabulary] == [
            processor.id_to_piece(id) for id in range(processor.get_piece_size())]
        print(f"{name:22} tokenizer.json beside spiece.model: {other}; reasons named: "
              f"{', '.join(spiece['differences'])}; of {len(MADE)} made lines {made}; "
              f"jukta on spiece.model: {own}; sentencepiece 0.1.97: {old_text}"
              + check(unexplained + unexplained_made == 0 and own == 0 and named, name))


def heldout_file(folder, lines):
    path = os.path.join(folder, "lines.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))
    return path


def refusals(jukta, train, folder):
    base = os.path.join(folder, "refused")
    shutil.rmtree(base, ignore_errors=True)
    run(jukta, "train", "unigram", "-q", "--vocab-size", "1000", "--soft-vocab-limit", train, "-o", base)
    recipe = json.load(open(os.path.join(base, "recipe.json"), encoding="utf-8"))
    check(not recipe["spiece"]["written"] and not os.path.exists(os.path.join(base, "spiece.model")), "left out")
    target = os.path.join(folder, "refused.model")
    shutil.rmtree(target, ignore_errors=True)
    dry = run(jukta, "convert", base, "-o", target, "--dry-run").stdout
    check("lost\tnormalizer" in dry and not os.path.exists(target), "dry run")
    refused = subprocess.run([jukta, "convert", base, "-o", target], capture_output=True, text=True)
    check(refused.returncode == 1 and "--lossy" in refused.stderr and not os.path.exists(target), "refusal")
    run(jukta, "convert", "-q", "--lossy", base, "-o", target)
    check(sentencepiece.SentencePieceProcessor(model_file=target).get_piece_size() > 0, "lossy")
    os.remove(target)
    print("refusals           a preset that no map can say is left out, refused, and written with --lossy")


def main():
    jukta, train, heldout, folder = sys.argv[1:5]
    pieces = int(sys.argv[5]) if len(sys.argv) > 5 else 8000
    os.makedirs(folder, exist_ok=True)
    with open(heldout, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for line in file if line.strip()]
    foreign(jukta, train, lines, folder, pieces)
    ours(jukta, train, lines, folder, pieces)
    refusals(jukta, train, folder)
    print(f"convert: {len(lines)} lines, {len(failures)} comparisons fail" + "".join(f"; {x}" for x in failures))
    sys.exit(bool(failures))


main()
