#!/usr/bin/env python3
"""Writes configured.json: folders of a tokenizer.json whose other files name more tokens, and what
transformers 5.24.0 makes of them.

make_configured.py, with tokenizers 0.23.3 and transformers 5.24.0; the text is our own.
"""
import json
import pathlib
import tempfile

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

HERE = pathlib.Path(__file__).resolve().parent
TEXT = [
    "নদীর ধারে হাট বসে, মেলা বসে।", "আমি বাংলায় গান গাই, তুমিও গাও।", "হাটে আলু ২৫ টাকা, বেগুন ৩০ টাকা।",
    "It's a fair by the river; they'll sell 12 cows and 340 hens.", "The river is wide.",
]
CASES = [
    "", "আমি <new> গান", "নদীর ধারে<tool>  মেলা", " <s>নদী</s> [MASK] হাট", "a<|im_start|> b<|end|>টাকা", "<pad><unk>[CLS]",
    "  <img> <New> new<new>", "x [EOS]y [BOS] z", "গান", "river <fair> wide",
]
CONFIG, MAP, ADDED = "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"


def token(content, **flags):
    return dict({"content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                 "special": True}, **flags)


def typed(content, **flags):
    return dict(token(content, **flags), __type="AddedToken")


FOLDERS = {
    "no other file": {},
    "a decoder of added tokens": {CONFIG: {"added_tokens_decoder": {"900": token("<new>", special=False)}}},
    "a decoder out of order, with flags": {CONFIG: {"added_tokens_decoder": {
        "901": token("<tool>", lstrip=True, rstrip=True), "7": token("<new>", special=False, normalized=True),
        "3": token("[MASK]", lstrip=False), "900": token("<img>", single_word=True)}}},
    "an empty decoder hides the old files": {CONFIG: {"added_tokens_decoder": {}}, ADDED: {"<new>": 900},
                                            MAP: {"eos_token": "[EOS]"}},
    "added_tokens.json": {CONFIG: {}, ADDED: {"<tool>": 902, "<new>": 901, "<pad>": 3}},
    "added_tokens.json with what is special elsewhere": {
        CONFIG: {"additional_special_tokens": ["<tool>"], "eos_token": "[EOS]"},
        ADDED: {"<tool>": 902, "[EOS]": 901, "<new>": 900}},
    "additional special tokens": {CONFIG: {"additional_special_tokens": ["<|im_start|>", "<|end|>", "<pad>"]}},
    "extra special tokens": {CONFIG: {"extra_special_tokens": ["<|im_start|>", typed("<|end|>", rstrip=True)]}},
    "both, of which one counts": {CONFIG: {"extra_special_tokens": ["<new>"], "additional_special_tokens": ["<tool>"]}},
    "extra special tokens by name": {CONFIG: {"extra_special_tokens": {"image_token": "<img>", "tool_token": "<tool>"}}},
    "tokens of the model's own": {CONFIG: {"image_token": "<img>", "add_image_token": True, "eos_token": "[EOS]"}},
    "roles": {CONFIG: {"eos_token": "[EOS]", "bos_token": "<s>", "mask_token": typed("<new>", lstrip=True), "pad_token": None}},
    "special_tokens_map.json": {CONFIG: {"eos_token": "[EOS]"}, MAP: {
        "eos_token": {"content": "</s>", "lstrip": True, "rstrip": False, "normalized": False, "single_word": False},
        "bos_token": "[BOS]", "additional_special_tokens": ["<tool>", "<new>"]}},
    "special_tokens_map.json with extras": {CONFIG: {"extra_special_tokens": ["<new>"]}, MAP: {
        "extra_special_tokens": ["<tool>", "<new>", {"content": "<img>", "lstrip": True}], "additional_special_tokens": ["<fair>"]}},
    "a map without a configuration": {MAP: {"unk_token": "<unk>", "cls_token": "<s>"}},
    "tokens around": {CONFIG: {"add_bos_token": True, "add_eos_token": True, "bos_token": "[BOS]", "eos_token": "[EOS]"}},
    "no tokens around, said so": {CONFIG: {"add_bos_token": False, "bos_token": "[BOS]"}},
    "an end without a token": {CONFIG: {"add_eos_token": True, "add_bos_token": True, "bos_token": "<s>"}},
    "normalized tokens": {CONFIG: {"added_tokens_decoder": {"50": token("<New>", normalized=True, special=False)}}},
}


def tokenizer(kind):
    specials = [AddedToken("<pad>", special=True), AddedToken("<unk>", special=True), AddedToken("[CLS]", special=True),
                AddedToken("[MASK]", special=True, lstrip=True)]
    if kind == "unigram":
        made = Tokenizer(models.Unigram())
        made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
        made.pre_tokenizer, made.decoder = pre_tokenizers.Metaspace(), decoders.Metaspace()
        made.train_from_iterator(TEXT * 3, trainers.UnigramTrainer(
            vocab_size=120, special_tokens=specials, unk_token="<unk>", show_progress=False))
        made.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [CLS]", pair="[CLS] $A $B", special_tokens=[("[CLS]", 2)])
        return made
    made = Tokenizer(models.BPE())
    made.pre_tokenizer, made.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    made.train_from_iterator(TEXT * 3, trainers.BpeTrainer(
        vocab_size=320, special_tokens=specials, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return made


def main():
    bases = {kind: tokenizer(kind).to_str() for kind in ("unigram", "bytes")}
    folders = []
    for index, (name, files) in enumerate(FOLDERS.items()):
        base = "bytes" if index % 3 == 2 else "unigram"
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "tokenizer.json").write_text(bases[base], encoding="utf-8")
            for file, content in files.items():
                (pathlib.Path(folder) / file).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            loaded = PreTrainedTokenizerFast.from_pretrained(folder).backend_tokenizer
            encodings = []
            for text in CASES:
                found = loaded.encode(text)
                encodings.append({"text": text, "ids": found.ids, "tokens": found.tokens, "offsets": found.offsets,
                                  "decoded": loaded.decode(found.ids)})
            texts = {file: json.dumps(content, ensure_ascii=False) for file, content in files.items()}
            folders.append({"name": name, "base": base, "files": texts, "encodings": encodings})
    bases = {kind: json.dumps(json.loads(text), ensure_ascii=False) for kind, text in bases.items()}
    (HERE / "configured.json").write_text(
        json.dumps({"bases": bases, "folders": folders}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


main()
