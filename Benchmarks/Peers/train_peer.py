#!/usr/bin/env python3
"""Trains one peer: train_peer.py hf|spm|spm-same LINES VOCABULARY_SIZE OUT.json

hf        tokenizers 0.23.3, UnigramTrainer, the sahajBERT pipeline
spm       sentencepiece 0.2.3 with its own pipeline (nmt_nfkc), two threads: for time and memory
spm-same  the same trainer over text that went through the sahajBERT pipeline first, so that the
          vocabularies can be compared at equal normalisation and pre-tokenisation

Prints one JSON line: seconds of training (spm-same: without preparing its input), peak memory.
"""
import json
import os
import resource
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pipelines

DELIMITER = "\x02"


def train_hf(lines, size, out):
    from tokenizers import Tokenizer, models, trainers
    tokenizer = pipelines.dress(Tokenizer(models.Unigram()))
    trainer = trainers.UnigramTrainer(
        vocab_size=size, special_tokens=pipelines.SPECIALS, unk_token="<unk>", show_progress=False)

    def stripped():
        with open(lines, encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line.rstrip("\n")

    started = time.time()
    tokenizer.train_from_iterator(stripped(), trainer)
    seconds = time.time() - started
    tokenizer.save(out)
    return seconds


def pieces_of(model_file):
    import sentencepiece
    model = sentencepiece.SentencePieceProcessor(model_file=model_file)
    specials = [(token, 0.0) for token in pipelines.SPECIALS]
    normal = [(model.id_to_piece(i), model.get_score(i)) for i in range(model.get_piece_size())
              if not (model.is_control(i) or model.is_unknown(i))]
    return specials + normal


def train_spm(lines, size, out, **options):
    import sentencepiece
    with tempfile.TemporaryDirectory() as folder:
        started = time.time()
        sentencepiece.SentencePieceTrainer.train(
            input=lines, model_prefix=folder + "/m", vocab_size=size, model_type="unigram",
            num_threads=2, max_sentence_length=1 << 20, minloglevel=1, **options)
        seconds = time.time() - started
        pipelines.unigram(pieces_of(folder + "/m.model")).save(out)
        with open(folder + "/m.model", "rb") as model, open(out + ".model", "wb") as copy:
            copy.write(model.read())
    return seconds


def train_spm_same(lines, size, out):
    normalizer, splitter = pipelines.sahajbert_normalizer(), pipelines.sahajbert_pre_tokenizer()
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as prepared:
        with open(lines, encoding="utf-8", newline="\n") as file:
            for line in file:
                words = splitter.pre_tokenize_str(normalizer.normalize_str(line.rstrip("\n")))
                prepared.write(DELIMITER.join(word for word, _ in words) + "\n")
        prepared.flush()
        # Two meta pieces (<unk>, and a <pad> that stands for the other four specials): the number of
        # trained pieces is then size - 5, as in the other trainers.
        return train_spm(
            prepared.name, size - 5 + 1, out, normalization_rule_name="identity",
            add_dummy_prefix=False, remove_extra_whitespaces=False, split_by_number=False,
            split_by_unicode_script=False, bos_id=-1, eos_id=-1,
            pretokenization_delimiter=DELIMITER)


def main():
    kind, lines, size, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    train = {"hf": train_hf, "spm": train_spm, "spm-same": train_spm_same}[kind]
    seconds = train(lines, size, out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"peer": kind, "size": size, "seconds": round(seconds, 2),
                      "peak_mb": round(peak)}), flush=True)


main()
