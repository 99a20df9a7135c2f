#!/usr/bin/env python3
"""Look-alikes of the tokenizers that people use: lookalikes.py JUKTA TRAIN HELDOUT OUT [--quick] [NAME…]

Small tokenizers with the component graph of a published tokenizer.json (normalizer, pre-tokenizer,
options of the model, post-processor, decoder, flags of added tokens), trained here on Bengali lines by
tokenizers and sentencepiece; nothing of the published files but their shape. Where the published file
was converted from SentencePiece, what transformers' own class makes of a .model is there too.

For each: ids, tokens and offsets of `jukta encode --format jsonl`, with the file's own post-processor,
and the text of `jukta decode`, on 5,000 held-out lines and some that ask for trouble. Prints a table and
fails if a line differs. What Jukta refuses by name is in the table with its reason, and fails too.
"""
import base64
import collections
import json
import pathlib
import subprocess
import sys

import sentencepiece
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

LINES, QUICK_LINES = 5000, 500
TRAIN, QUICK_TRAIN = 20000, 3000
SIZE, QUICK_SIZE = 4000, 1500
GPT4 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN = GPT4.replace(r"\p{N}{1,3}", r"\p{N}")
TEKKEN = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
          r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
          r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
BLOOM = r" ?[^(\s|[.,!?…。，、।۔،])]+"
CLIP = r"""<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"""
DEEPSEEK = [r"[\r\n]", r"\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-Ֆ]+",
            r"\s?[!-/:-~！-／：-～‘-‟　-。]+", r"\s+$", r"[一-龥ࠀ-一가-퟿]+"]

# Lines of our own that touch added tokens, white space, case, joiners, bytes and odd forms.
TROUBLE = [
    "", " ", "   ", "\t", "নদী  ধারে   মেলা ", "  আমি", "a\u00a0b\u3000c", "It's THEY'LL we've 2024 ৩৪০ 1234567",
    "[MASK] নদী[MASK]ধার <mask> x<mask>y </s> <s>", "a<|endoftext|> b <|im_start|>user <tool_call>", "<unk>[UNK]<pad>[PAD]",
    "<extra_id_0> হাট <extra_id_1>", "<|begin_of_text|>hello<|end_of_text|> <bos>x<eos>", "``উদ্ধৃতি'' `` ''", "ক্ষ\u200d\u09cdর র\u200d্যাব উদ্\u200cযাপন",
    "e\u0301\u0323 Å Å ﬁ Ａ ½ ① ㎏", "😀👩\u200d👧🇧🇩 𝐀𝑏", "\u09af\u09bc য় ড় ড\u09bc \u09c7\u09be ো", "中文字符 한국어 ภาษา عربي עברית",
    "\ufeffBOM \u200b zero \u00ad soft", "a\u0000b\u0001c\u007f", "x" * 300, "ক" * 300, "<0x41> <0x0A> ▁ ▁▁ a▁b", "ΑΣ ẞ İ ǅ", "\r \u2028 \u2029 \u0085 end",
    "১২৩৪৫৬৭৮৯০ 3.14 ৳২,৫০০/- 50%", "(ক) [খ] {গ} \"ঘ\" ‘ঙ’ “চ” — – - _ # @ $", "https://example.com/a?b=c&d=১#e", "\u1cf2\U00011131\U00011127 \u0f71\u0f72 ㅎㅏㄴ",
]


def added(content, **flags):
    token = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"id": None, "content": content, **token, **flags}


def typed(kind, **fields):
    return {"type": kind, **fields}


def metaspace(**fields):
    return typed("Metaspace", **{"replacement": "▁", "prepend_scheme": "always", "split": True, **fields})


def byte_level(prefix=False, trims=True, regex=True):
    return typed("ByteLevel", add_prefix_space=prefix, trim_offsets=trims, use_regex=regex)


def steps(*items):
    return typed("Sequence", normalizers=list(items))


def cuts(*items):
    return typed("Sequence", pretokenizers=list(items))


def split(pattern, behavior="Isolated", invert=False):
    return typed("Split", pattern={"Regex": pattern}, behavior=behavior, invert=invert)


def template(ids, single, pair):
    """`[CLS] A [SEP]` and the like; types behind a colon."""
    def parts(text):
        for part in text.split():
            name, _, kind = part.partition(":")
            key = "Sequence" if name in "AB" else "SpecialToken"
            yield {key: {"id": name, "type_id": int(kind or 0)}}
    single, pair = list(parts(single)), list(parts(pair))
    names = sorted({p["SpecialToken"]["id"] for p in single + pair if "SpecialToken" in p})
    return typed("TemplateProcessing", single=single, pair=pair,
                 special_tokens={n: {"id": n, "ids": [ids[n]], "tokens": [n]} for n in names})


class Workshop:
    """Trains models of each kind once."""

    def __init__(self, train, out, quick):
        self.out = out
        self.size = QUICK_SIZE if quick else SIZE
        with open(train, encoding="utf-8", newline="\n") as file:
            self.lines = [line.rstrip("\n") for _, line in zip(range(QUICK_TRAIN if quick else TRAIN), file)]
        self.made = {}

    def once(self, key, make):
        if key not in self.made:
            self.made[key] = make()
        return json.loads(json.dumps(self.made[key]))

    def trained(self, tokenizer, trainer):
        tokenizer.train_from_iterator(self.lines, trainer)
        return json.loads(tokenizer.to_str())["model"]

    def word_piece(self, lowercase):
        def make():
            tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
            tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
            tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
            return self.trained(tokenizer, trainers.WordPieceTrainer(
                vocab_size=self.size, show_progress=False, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]))
        return self.once(("wordpiece", lowercase), make)

    def bytes(self, specials, pattern=None):
        def make():
            tokenizer = Tokenizer(models.BPE())
            if pattern:
                parts = [pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(False, use_regex=False)]
                tokenizer.pre_tokenizer = pre_tokenizers.Sequence(parts)
            else:
                tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(False)
            return self.trained(tokenizer, trainers.BpeTrainer(
                vocab_size=self.size, show_progress=False, special_tokens=specials,
                initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
        return self.once(("bytes", pattern, tuple(specials)), make)

    def sentence_pieces(self, kind):
        """The path of a .model: unigram, or bpe as Llama's was trained."""
        def make():
            options = dict(model_type="unigram") if kind == "unigram" else dict(
                model_type="bpe", byte_fallback=True, normalization_rule_name="identity",
                remove_extra_whitespaces=False, split_digits=True)
            if kind == "t5":
                options = dict(model_type="unigram", pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
            if kind == "albert":
                options = dict(model_type="unigram", pad_id=0, unk_id=1, bos_id=-1, eos_id=-1,
                               control_symbols="[CLS],[SEP],[MASK]")
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=iter(self.lines), model_prefix=str(self.out / kind), vocab_size=self.size,
                minloglevel=2, **options)
            return str(self.out / f"{kind}.model")
        return self.once(("spm", kind), make)

    def pieces(self, kind):
        model = sentencepiece.SentencePieceProcessor(model_file=self.sentence_pieces(kind))
        return [(model.id_to_piece(i), model.get_score(i)) for i in range(model.get_piece_size())]

    def charsmap(self, kind):
        """The normalizer's map out of the .model: field 2 of field 3."""
        def fields(data):
            at = 0
            def varint():
                nonlocal at
                value = shift = 0
                while True:
                    byte = data[at]
                    at += 1
                    value |= (byte & 127) << shift
                    shift += 7
                    if byte < 128:
                        return value
            while at < len(data):
                tag = varint()
                if tag & 7 == 2:
                    size = varint()
                    yield tag >> 3, data[at:at + size]
                    at += size
                elif tag & 7 == 0:
                    varint()
                else:
                    at += 4 if tag & 7 == 5 else 8
        data = pathlib.Path(self.sentence_pieces(kind)).read_bytes()
        spec = next(value for number, value in fields(data) if number == 3)
        return base64.b64encode(next(value for number, value in fields(spec) if number == 2)).decode()

    def unigram(self, head, unk, tail=()):
        """A Unigram model with these tokens first, as converters put them."""
        pieces = [p for p in self.pieces("unigram")[3:] if p[0] not in head]
        return typed("Unigram", unk_id=unk, byte_fallback=False,
                     vocab=[[t, 0.0] for t in head] + [list(p) for p in pieces] + [[t, 0.0] for t in tail])

    def merges(self, **options):
        """SentencePiece's BPE as merges: every way to put a piece together, the best piece first."""
        def make():
            scored = self.pieces("bpe")
            ids = {piece: i for i, (piece, _) in enumerate(scored)}
            ways = []
            for piece, score in scored[259:]:
                local = [(piece[:i], piece[i:], score) for i in range(1, len(piece)) if piece[:i] in ids and piece[i:] in ids]
                ways += sorted(local, key=lambda way: (ids[way[0]], ids[way[1]]))
            ways.sort(key=lambda way: (way[2], len(way[0]), len(way[1])), reverse=True)
            return typed("BPE", dropout=None, unk_token="<unk>", continuing_subword_prefix=None, end_of_word_suffix=None,
                         fuse_unk=True, byte_fallback=True, ignore_merges=False, vocab=ids,
                         merges=[[left, right] for left, right, _ in ways])
        return {**self.once("merges", make), **options}


def ids_of(model, tokens):
    vocab = model["vocab"]
    known = vocab if isinstance(vocab, dict) else {piece: i for i, (piece, _) in enumerate(vocab)}
    ids = dict(known)
    following = len(known)
    for token in tokens:
        if token["content"] not in ids:
            ids[token["content"]] = following
            following += 1
        token["id"] = ids[token["content"]]
    return ids


def whole(model, tokens, normalizer=None, pre=None, post=None, decoder=None):
    ids = ids_of(model, tokens)
    return {"version": "1.0", "truncation": None, "padding": None,
            "added_tokens": sorted(tokens, key=lambda token: token["id"]), "normalizer": normalizer, "pre_tokenizer": pre,
            "post_processor": post(ids) if post else None, "decoder": decoder, "model": model}


def bert(shop, lowercase):
    tokens = [added(t) for t in ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]]
    return whole(shop.word_piece(lowercase), tokens,
                 typed("BertNormalizer", clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=lowercase),
                 typed("BertPreTokenizer"),
                 lambda ids: template(ids, "[CLS] A [SEP]", "[CLS] A [SEP] B:1 [SEP]:1"),
                 typed("WordPiece", prefix="##", cleanup=True))


def distilbert_old(shop):
    file = bert(shop, True)
    ids = {token["content"]: token["id"] for token in file["added_tokens"]}
    file["post_processor"] = typed("BertProcessing", sep=["[SEP]", ids["[SEP]"]], cls=["[CLS]", ids["[CLS]"]])
    del file["model"]["type"]  # as files of 2020 are
    return file


def xlm_roberta(shop):
    model = shop.unigram(["<s>", "<pad>", "</s>", "<unk>"], 3, ["<mask>"])
    tokens = [added(t) for t in ["<s>", "<pad>", "</s>", "<unk>"]] + [added("<mask>", lstrip=True)]
    old = {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True}
    return whole(model, tokens, typed("Precompiled", precompiled_charsmap=shop.charsmap("unigram")),
                 cuts(typed("WhitespaceSplit"), old),
                 lambda ids: template(ids, "<s> A </s>", "<s> A </s> </s> B </s>"), old)


def albert(shop):
    model = shop.unigram(["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"], 1)
    tokens = [added(t) for t in ["<pad>", "<unk>", "[CLS]", "[SEP]"]] + [added("[MASK]", lstrip=True)]
    quotes = [typed("Replace", pattern={"String": quote}, content='"') for quote in ["``", "''"]]
    return whole(model, tokens,
                 steps(*quotes, typed("NFKD"), typed("StripAccents"), typed("Lowercase"),
                       typed("Precompiled", precompiled_charsmap=shop.charsmap("unigram")),
                       typed("Replace", pattern={"Regex": " {2,}"}, content=" ")),
                 cuts(typed("WhitespaceSplit"), metaspace()),
                 lambda ids: template(ids, "[CLS] A [SEP]", "[CLS] A [SEP] B:1 [SEP]:1"), metaspace())


def t5(shop):
    model = shop.unigram(["<pad>", "</s>", "<unk>"], 2)
    tokens = [added(t) for t in ["<pad>", "</s>", "<unk>"]] + [added(f"<extra_id_{i}>") for i in range(99, -1, -1)]
    return whole(model, tokens, typed("Precompiled", precompiled_charsmap=shop.charsmap("unigram")),
                 cuts(typed("WhitespaceSplit"), metaspace()),
                 lambda ids: template(ids, "A </s>", "A </s> B </s>"), metaspace())


def deberta_v3(shop):
    model = shop.unigram(["[PAD]", "[CLS]", "[SEP]", "[UNK]"], 3)
    tokens = [added(t) for t in ["[PAD]", "[CLS]", "[SEP]"]] + [added("[UNK]", normalized=True), added("[MASK]")]
    return whole(model, tokens,
                 steps(typed("Strip", strip_left=True, strip_right=True),
                       typed("Precompiled", precompiled_charsmap=shop.charsmap("unigram")),
                       typed("Replace", pattern={"Regex": " {2,}"}, content=" ")),
                 cuts(metaspace()),
                 lambda ids: template(ids, "[CLS] A [SEP]", "[CLS] A [SEP] B:1 [SEP]:1"), metaspace())


def gpt2(shop):
    model = shop.bytes(["<|endoftext|>"])
    model["merges"] = [" ".join(merge) for merge in model["merges"]]
    return whole(model, [added("<|endoftext|>", normalized=True)], None, byte_level(), lambda _: byte_level(True, False), byte_level(True))


def gpt_neox(shop):
    spaces = [added(" " * n, special=False, normalized=True) for n in range(24, 1, -1)]
    tokens = [added("<|endoftext|>"), added("<|padding|>")] + spaces
    return whole(shop.bytes(["<|endoftext|>"]), tokens, typed("NFC"), byte_level(), lambda _: byte_level(False, True), byte_level())


def roberta(shop, deberta=False):
    names = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokens = [added(t, normalized=True) for t in names[:4]] + [added("<mask>", lstrip=True)]
    def post(ids):
        if deberta:
            return template(ids, "<s> A </s>", "<s> A </s> B:1 </s>:1")
        return typed("RobertaProcessing", sep=["</s>", ids["</s>"]], cls=["<s>", ids["<s>"]], trim_offsets=True, add_prefix_space=False)
    return whole(shop.bytes(names), tokens, None, byte_level(), post, byte_level(True))


def llama3(shop):
    names = ["<|begin_of_text|>", "<|end_of_text|>"] + [f"<|reserved_special_token_{i}|>" for i in range(5)]
    return whole(shop.bytes([], GPT4) | {"ignore_merges": True}, [added(t) for t in names], None,
                 cuts(split(GPT4), byte_level(regex=False)),
                 lambda ids: typed("Sequence", processors=[byte_level(True, False), template(
                     ids, "<|begin_of_text|> A", "<|begin_of_text|> A <|begin_of_text|>:1 B:1")]),
                 byte_level(True))


def qwen(shop, extra=False):
    tokens = [added(t) for t in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]]
    if extra:
        tokens += [added("<tool_call>", special=False), added("</tool_call>", special=False)]
    model = shop.bytes([], QWEN) | {"continuing_subword_prefix": "", "end_of_word_suffix": ""}
    return whole(model, tokens, typed("NFC"), cuts(split(QWEN), byte_level(trims=False, regex=False)),
                 lambda _: byte_level(trims=False, regex=False), byte_level(trims=False, regex=False))


def mistral_nemo(shop):
    return whole(shop.bytes([], TEKKEN) | {"ignore_merges": True}, [added(t) for t in ["<unk>", "<s>", "</s>", "[INST]"]], None,
                 cuts(split(TEKKEN), byte_level(regex=False)), lambda ids: template(ids, "<s> A", "<s> A <s>:1 B:1"), byte_level(True))


def bloom(shop):
    return whole(shop.bytes(["<unk>", "<s>", "</s>", "<pad>"], BLOOM), [added(t) for t in ["<unk>", "<s>", "</s>", "<pad>"]], None,
                 cuts(split(BLOOM), byte_level(regex=False)), lambda _: byte_level(True, False), byte_level(True))


def deepseek(shop):
    return whole(shop.bytes([], GPT4), [added("<｜begin▁of▁sentence｜>", normalized=True), added("<｜end▁of▁sentence｜>", normalized=True)],
                 steps(), cuts(*map(split, DEEPSEEK), typed("Digits", individual_digits=True), byte_level(regex=False)),
                 lambda ids: template(ids, "<｜begin▁of▁sentence｜> A", "<｜begin▁of▁sentence｜> A <｜begin▁of▁sentence｜>:1 B:1"), byte_level(True))


def clip(shop):
    def make():
        tokenizer = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
        tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
            pre_tokenizers.Split(Regex(CLIP), "removed", invert=True), pre_tokenizers.ByteLevel(False)])
        return shop.trained(tokenizer, trainers.BpeTrainer(
            vocab_size=shop.size, show_progress=False, end_of_word_suffix="</w>", special_tokens=["<|startoftext|>", "<|endoftext|>"],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    model = shop.once("clip", make) | {"unk_token": "<|endoftext|>", "continuing_subword_prefix": ""}
    return whole(model, [added("<|startoftext|>", normalized=True), added("<|endoftext|>")],
                 steps(typed("NFC"), typed("Replace", pattern={"Regex": r"\s+"}, content=" "), typed("Lowercase")),
                 cuts(split(CLIP, "Removed", True), byte_level()),
                 lambda ids: typed("RobertaProcessing", sep=["<|endoftext|>", ids["<|endoftext|>"]],
                                   cls=["<|startoftext|>", ids["<|startoftext|>"]], trim_offsets=False, add_prefix_space=False),
                 byte_level(True))


SPM_DECODER = [typed("Replace", pattern={"String": "▁"}, content=" "), typed("ByteFallback"), typed("Fuse")]
LLAMA_DECODER = typed("Sequence", decoders=SPM_DECODER + [typed("Strip", content=" ", start=1, stop=0)])


def llama2(shop, normalized=True):
    return whole(shop.merges(), [added(t, normalized=normalized) for t in ["<unk>", "<s>", "</s>"]],
                 steps(typed("Prepend", prepend="▁"), typed("Replace", pattern={"String": " "}, content="▁")), None,
                 lambda ids: template(ids, "<s> A", "<s> A <s>:1 B:1"), LLAMA_DECODER)


def mistral3(shop):
    return whole(shop.merges(), [added(t) for t in ["<unk>", "<s>", "</s>", "[INST]", "[/INST]"]], None,
                 metaspace(prepend_scheme="first", split=False), lambda ids: template(ids, "<s> A", "<s> A <s>:1 B:1"), LLAMA_DECODER)


def gemma(shop):
    tokens = [added(t) for t in ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]]
    tokens += [added(t, special=False) for t in ["<start_of_turn>", "<end_of_turn>", "▁▁", "▁▁▁", "\t", "<h1>"]]
    return whole(shop.merges(), tokens, typed("Replace", pattern={"String": " "}, content="▁"),
                 typed("Split", pattern={"String": " "}, behavior="MergedWithPrevious", invert=False),
                 lambda ids: template(ids, "<bos> A", "<bos> A <bos>:1 B:1"), typed("Sequence", decoders=SPM_DECODER))


def converted(class_name, kind, file_name):
    """What transformers makes of a .model today."""
    def make(shop):
        import transformers
        transformers.logging.set_verbosity_error()
        folder = shop.out / class_name
        folder.mkdir(exist_ok=True)
        (folder / file_name).write_bytes(pathlib.Path(shop.sentence_pieces(kind)).read_bytes())
        loaded = getattr(transformers, class_name).from_pretrained(folder)
        return json.loads(loaded.backend_tokenizer.to_str())
    return make


SHAPES = {
    "bert-base-multilingual-cased": lambda shop: bert(shop, False),
    "bert-base-uncased": lambda shop: bert(shop, True),
    "distilbert, file of 2020": distilbert_old,
    "xlm-roberta-base": xlm_roberta,
    "xlm-roberta, converted": converted("XLMRobertaTokenizer", "unigram", "sentencepiece.bpe.model"),
    "albert-base-v2": albert,
    "albert, converted": converted("AlbertTokenizer", "albert", "spiece.model"),
    "t5-small": t5,
    "t5, converted": converted("T5Tokenizer", "t5", "spiece.model"),
    "deberta-v3": deberta_v3,
    "deberta-v2, converted": converted("DebertaV2Tokenizer", "unigram", "spm.model"),
    "gpt2": gpt2,
    "gpt-neox": gpt_neox,
    "roberta-base": roberta,
    "deberta-base": lambda shop: roberta(shop, True),
    "llama-3": llama3,
    "qwen2": qwen,
    "qwen2.5": lambda shop: qwen(shop, True),
    "mistral-nemo": mistral_nemo,
    "bloom": bloom,
    "deepseek": deepseek,
    "clip": clip,
    "llama-2": llama2,
    "llama, converted": converted("LlamaTokenizer", "bpe", "tokenizer.model"),
    "mistral-7b": lambda shop: llama2(shop, False),
    "mistral-7b-v0.3": mistral3,
    "gemma": gemma,
    "gemma, converted": converted("GemmaTokenizer", "bpe", "tokenizer.model"),
}


def compare(jukta, path, lines, name):
    """Counts of lines that differ, by what; or the reason of a refusal."""
    tokenizer = Tokenizer.from_file(str(path))
    text = path.with_suffix(".txt")
    text.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")
    run = subprocess.run([jukta, "encode", "-m", str(path), "--format", "jsonl", str(text)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if run.returncode:
        return run.stderr.decode().strip().removeprefix("jukta: ").removeprefix(str(path) + ": ")
    answers = run.stdout.decode().split("\n")[:-1]
    expected = tokenizer.encode_batch(lines)
    ids = path.with_suffix(".ids")
    ids.write_text("".join(" ".join(map(str, one.ids)) + "\n" for one in expected))
    decoded = subprocess.run([jukta, "decode", "-m", str(path), str(ids)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    texts = decoded.stdout.decode().split("\n")[:-1]
    differ = collections.Counter(lines=abs(len(answers) - len(lines)), decoded=abs(len(texts) - len(lines)))
    for line, answer, one, back in zip(lines, answers, expected, texts):
        answer = json.loads(answer)
        theirs = {"ids": one.ids, "tokens": one.tokens, "offsets": [list(span) for span in one.offsets]}
        for key, value in theirs.items():
            if answer[key] != value:
                differ[key] += 1
                if differ[key] <= 2:
                    print(f"  {name}: {key} of {line[:80]!r}\n    theirs {str(value)[:300]}\n    ours   {str(answer[key])[:300]}")
        wanted = tokenizer.decode(one.ids, skip_special_tokens=True)
        if back != wanted:
            differ["decoded"] += 1
            if differ["decoded"] <= 2:
                print(f"  {name}: decoded\n    theirs {wanted[:150]!r}\n    ours   {back[:150]!r}")
    return differ


def folder(shop, jukta, lines):
    """vocab.json and merges.txt alone, against transformers' class and tokenizers' own."""
    from tokenizers import ByteLevelBPETokenizer
    from transformers import GPT2TokenizerFast
    model = shop.bytes(["<|endoftext|>"])
    path = shop.out / "gpt2-folder"
    path.mkdir(exist_ok=True)
    (path / "vocab.json").write_text(json.dumps(model["vocab"], ensure_ascii=False), encoding="utf-8")
    (path / "merges.txt").write_text("#version: 0.2\n" + "".join(" ".join(m) + "\n" for m in model["merges"]), encoding="utf-8")
    text = shop.out / "folder.txt"
    text.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")
    run = subprocess.run([jukta, "encode", "-m", str(path), "--format", "jsonl", str(text)], stdout=subprocess.PIPE, check=True)
    fast = GPT2TokenizerFast.from_pretrained(path).backend_tokenizer.encode_batch(lines)
    plain = ByteLevelBPETokenizer.from_file(str(path / "vocab.json"), str(path / "merges.txt"))
    differ = collections.Counter()
    for line, answer, one in zip(lines, run.stdout.decode().split("\n"), fast):
        answer = json.loads(answer)
        for key, value in {"ids": one.ids, "tokens": one.tokens, "offsets": [list(span) for span in one.offsets]}.items():
            differ[key] += answer[key] != value
        # It knows no added token: lines that hold one are not for it.
        differ["ByteLevelBPETokenizer"] += "<|endoftext|>" not in line and plain.encode(line).ids != answer["ids"]
    return differ


def main():
    arguments = [a for a in sys.argv[1:] if a != "--quick"]
    quick = "--quick" in sys.argv
    jukta, train, held, out, *names = arguments
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    shop = Workshop(train, out, quick)
    with open(held, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\n") for _, line in zip(range(QUICK_LINES if quick else LINES), file)] + TROUBLE
    table, failed = [], 0
    checks = {name: make for name, make in SHAPES.items() if not names or name in names}
    for name, make in checks.items():
        path = out / (name.replace(", ", "-").replace(" ", "-") + ".json")
        path.write_text(json.dumps(make(shop), ensure_ascii=False), encoding="utf-8")
        result = compare(jukta, path, lines, name)
        table.append((name, result))
    if not names or "folder" in names:
        table.append(("vocab.json and merges.txt", folder(shop, jukta, lines)))
    print(f"\n{len(lines)} lines each: lines that differ in ids, tokens, offsets, decoded text")
    for name, result in table:
        if isinstance(result, str):
            failed += 1
            print(f"refused  {name:30} {result}")
        else:
            wrong = {key: count for key, count in result.items() if count}
            failed += bool(wrong)
            print(f"{'DIFFERS' if wrong else 'agrees':8} {name:30} {wrong or '0 0 0 0'}")
    print(f"look-alikes: {len(table) - failed} of {len(table)} shapes agree on {len(lines)} lines each")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
