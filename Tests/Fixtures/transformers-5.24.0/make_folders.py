#!/usr/bin/env python3
"""Writes folders.json: folders of vocab.json and merges.txt, and what transformers 5.24.0 makes of them.

make_folders.py, with tokenizers 0.23.3 and transformers 5.24.0; the text is our own.
"""
import json
import pathlib
import tempfile

from tokenizers import ByteLevelBPETokenizer
from transformers import AutoTokenizer, GPT2TokenizerFast

HERE = pathlib.Path(__file__).resolve().parent
TEXT = [
    "নদীর ধারে হাট বসে, মেলা বসে।", "আমি বাংলায় গান গাই, তুমিও গাও।", "হাটে আলু ২৫ টাকা, বেগুন ৩০ টাকা।",
    "It's a fair by the river; they'll sell 12 cows and 340 hens.", "The river is wide.",
]
CASES = [
    "", " ", "নদীর ধারে  মেলা", " It's they'll 2024 ৩৪০", "a<|endoftext|> b", "x <|endoftext|>y <mask> z<pad>",
    "😀 ক্ষ\u200d\u09cd \t\n র‍্যাব é e\u0301", "<s>নদী</s>", "done<tool> <|im_start|>", "  টাকা  ", "ab a ab<pad>ba ক",
]
EOT = {"content": "<|endoftext|>", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False, "special": True}
ROBERTA = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
FOLDERS = {
    "nothing but the two files": ([], {}),
    "the end of text in the vocabulary": (["<|endoftext|>"], {}),
    "GPT-2 with a space in front": (["<|endoftext|>"], {"tokenizer_config.json": {
        "tokenizer_class": "GPT2TokenizerFast", "add_prefix_space": True}}),
    "GPT-2 with tokens around": (["<|endoftext|>"], {"tokenizer_config.json": {
        "tokenizer_class": "GPT2Tokenizer", "add_bos_token": True, "add_eos_token": True, "pad_token": "<pad>"}}),
    "tokens by id": (["<|endoftext|>"], {"tokenizer_config.json": {
        "tokenizer_class": "GPT2Tokenizer", "additional_special_tokens": ["<|im_start|>"],
        "added_tokens_decoder": {"0": EOT, "420": dict(EOT, content="<tool>", special=False, normalized=True)}}}),
    "the old files of special tokens": (["<|endoftext|>"], {
        "tokenizer_config.json": {"tokenizer_class": "GPT2Tokenizer"},
        "special_tokens_map.json": {"pad_token": "<pad>", "eos_token": EOT},
        "added_tokens.json": {"<tool>": 402, "<pad>": 401}}),
    "RoBERTa": (ROBERTA, {"tokenizer_config.json": {"tokenizer_class": "RobertaTokenizer"}}),
    "few bytes and holes between ids": (None, {
        "vocab.json": {"a": 0, "b": 1, "Ġ": 2, "ab": 5, "Ġab": 9}, "merges.txt": "a b\nĠ ab\n",
        "tokenizer_config.json": {"tokenizer_class": "GPT2Tokenizer", "pad_token": "<pad>"}}),
    "Qwen2": (["<|endoftext|>"], {"tokenizer_config.json": {"tokenizer_class": "Qwen2Tokenizer"}}),
}


def main():
    folders = []
    for name, (specials, files) in FOLDERS.items():
        with tempfile.TemporaryDirectory() as folder:
            if specials is not None:
                tokenizer = ByteLevelBPETokenizer()
                tokenizer.train_from_iterator(TEXT * 3, vocab_size=320, special_tokens=specials, show_progress=False)
                tokenizer.save_model(folder)
            for file, content in files.items():
                text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
                (pathlib.Path(folder) / file).write_text(text, encoding="utf-8")
            loader = AutoTokenizer if files else GPT2TokenizerFast
            loaded = loader.from_pretrained(folder).backend_tokenizer
            encodings = []
            for text in CASES:
                line = text.replace("\n", " ")
                found = loaded.encode(line)
                encodings.append({"text": line, "ids": found.ids, "tokens": found.tokens,
                                  "offsets": found.offsets,
                                  "decoded": loaded.decode(found.ids, skip_special_tokens=False)})
            texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(pathlib.Path(folder).iterdir())}
            folders.append({"name": name, "files": texts, "encodings": encodings})
    (HERE / "folders.json").write_text(json.dumps(folders, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


main()
