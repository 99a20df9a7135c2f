#!/usr/bin/env python3
"""Makes encodings.json with sentencepiece 0.2.3 (and protobuf, for scores) from the models here:

    pip install sentencepiece==0.2.3 protobuf && make_encodings.py

For each model and text (hexadecimal UTF-8, or bytes that are none): ids, pieces, byte ranges, the text of
the decoded ids, ids with bos, eos and reverse; for Unigram models n-best lists with scores. And texts of
ids that encoding never gives.
"""
import json
import pathlib
import random

import sentencepiece as spm

assert spm.__version__ == "0.2.3"
here = pathlib.Path(__file__).resolve().parent
source = (here / "make.py").read_text(encoding="utf-8")
space = {}
exec(source[source.index("TEXTS = ["):source.index("]\n", source.index("TEXTS = [")) + 2], space)
TEXTS = space["TEXTS"] + [
    "বাআআআআআআআ আআআআআআআআআ", "...........", "ঢাকায় আমি ab a b আছি।", "<s>আমি</s> <unk> <0x41> [CLS]",
    "▁▁আমি▁ তুমি", "漢字 🙂🙂 xyzzy", "আমি " * 30, "কখগঘঙ" * 12,
]


def main():
    random.seed(23)
    result = {}
    for path in sorted(here.glob("*.model")):
        processor = spm.SentencePieceProcessor(model_file=str(path))
        entries = []
        for text in TEXTS:
            data = text.encode("utf-8", "surrogateescape")
            mapping = processor.encode_as_offset_mapping(data)
            pieces = [p.decode() if isinstance(p, bytes) else p for p in mapping["pieces"]]
            entry = {
                "text": data.hex(), "ids": mapping["ids"], "pieces": pieces,
                "ranges": [list(pair) for pair in mapping["offsets"]],
                "decoded": processor.decode(mapping["ids"]),
                "surrounded": processor.encode(data, add_bos=True, add_eos=True, reverse=True),
            }
            if path.stem.startswith("unigram"):
                found = processor.nbest_encode_as_proto(data, 5)
                entry["nbest"] = [{"ids": [p.id for p in way.pieces], "score": way.score}
                                  for way in found.nbests]
            entries.append(entry)
        decoded = []
        for _ in range(40):
            ids = [random.randrange(processor.get_piece_size()) for _ in range(random.randrange(1, 9))]
            decoded.append({"ids": ids, "text": processor.decode(ids)})
        result[path.stem] = {"texts": entries, "decoded": decoded}
    (here / "encodings.json").write_text(
        json.dumps(result, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
