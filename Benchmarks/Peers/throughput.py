#!/usr/bin/env python3
"""One peer, one thread, lines in memory: throughput.py TASK LINES [MODEL] [ROUNDS]

  hf-normalize          tokenizers 0.23.3, the sahajBERT Sequence, normalize_str
  hf-encode MODEL       tokenizers 0.23.3, encode_batch_fast (no offsets)
  hf-offsets MODEL      tokenizers 0.23.3, encode_batch
  spm-encode MODEL      sentencepiece 0.2.3, encode, num_threads=1
  spm-offsets MODEL     sentencepiece 0.2.3, encode_as_offset_mapping, a call a line

Prints one JSON line a round, as JuktaBench does.
"""
import json
import os
import sys
import time

os.environ["RAYON_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pipelines


def main():
    task, path = sys.argv[1:3]
    model = sys.argv[3] if len(sys.argv) > 3 else ""
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 3
    with open(path, encoding="utf-8", newline="\n") as file:
        text = file.read()
    lines = text.split("\n")[:-1]
    if task == "hf-normalize":
        normalize = pipelines.sahajbert_normalizer().normalize_str

        def work():
            return sum(len(normalize(line)) for line in lines)
    elif task == "spm-encode":
        import sentencepiece
        processor = sentencepiece.SentencePieceProcessor(model_file=model)

        def work():
            return sum(map(len, processor.encode(lines, num_threads=1)))
    elif task == "spm-offsets":
        import sentencepiece
        processor = sentencepiece.SentencePieceProcessor(model_file=model)
        encode_with_offsets = processor.encode_as_offset_mapping

        def work():
            return sum(len(encode_with_offsets(line)["ids"]) for line in lines)
    elif task == "kitoken-encode":
        import kitoken
        encode_all = kitoken.Kitoken.from_tokenizers_file(model).encode_all

        def work():
            return sum(len(ids) for start in range(0, len(lines), 1000)
                       for ids in encode_all(lines[start:start + 1000]))
    else:
        from tokenizers import Tokenizer
        tokenizer = Tokenizer.from_file(model)
        encode = tokenizer.encode_batch_fast if task == "hf-encode" else tokenizer.encode_batch

        def work():
            return sum(len(encoding.ids) for start in range(0, len(lines), 1000)
                       for encoding in encode(lines[start:start + 1000]))
    for _ in range(rounds):
        started = time.perf_counter()
        check = work()
        print(json.dumps({"task": task, "seconds": time.perf_counter() - started,
                          "bytes": len(text.encode()), "check": check}), flush=True)


main()
