"""What differential.py draws: components of tokenizer.json, and texts."""
import io
import json
import pathlib

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, trainers
from tokenizers import normalizers as n
from tokenizers import pre_tokenizers as p



def charsmap():
    """The compiled map of nmt_nfkc, out of a model that SentencePiece trains on a line."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f"]), model_writer=model, vocab_size=12, minloglevel=2,
        normalization_rule_name="nmt_nfkc", hard_vocab_limit=False)
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(model.getvalue())
    return proto.normalizer_spec.precompiled_charsmap


SAMPLE = pathlib.Path(__file__).resolve().parent.parent.parent / "Resources/sample/source"
LINES = [line for file in sorted(SAMPLE.glob("*.txt"))
         for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
ENGLISH = ["the quick brown fox jumps over the lazy dog, isn't it?", "I'm sure we'll go; they've said: 42!",
           "Hello WORLD hello World (1999-2024) x=y+z", "do not stop . it 's fine ! don't you ?"]
REGEXES = [
    r"\s+", r"\d+", r"\w+", r"\W", r"\b", r"^", r"$", r"[।॥.!?]", r"(?i)the|HELLO|s", r"\p{L}+", r"\p{M}", r"[\p{N}\p{P}]",
    r"\p{Bengali}+", r"\h", r"[[:punct:]]", r"[[:alpha:]]+", r"[^[:space:]]+", r"a++b?", r"(?<=[ক-হ])[া-ৌ]", r"্(?=[ক-হ])",
    r"x*", r"\Z", r"\A.", r"(?m).{3}", r"[a-z&&[^aeiou]]+", r"\x{995}|\u0996", r"(?x) l o #c", r"{", r"o{,2}", r"l{1,2}+",
    r"(?<v>[aeiou])\k<v>", r"\R", r".", r"[\u200c\u200d]", r"\p{^L}", r"[^\w\s]", r"\S+\b", r"\B", r"(?:a|b(?i)C|d)",
    r" ?[^\s\p{L}\p{N}]+", r"[\t-\r]", r"\p{Han}|\p{Emoji}", r"[[:^ascii:]]", r"\D\d", r"(?>\w+)[.,]",
]
FAMOUS = [
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
]
BEHAVIORS = ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]
CHARSMAP = charsmap()
DIRT = list("\t\v\f\x00\x01\x1b\x7f\x85\xa0\xad\u1680\u2003\u2028\u200b\u200c\u200d\u200e\u2060\u3000\ufeff\ufffd\u2581"
            "|।॥৷৤৳৺৾ঽ#_-'\"$+~`^{}[]()<>") + ["  ", "   ", " ", " ", "\u09c7\u09be", "\u09bc", "\u0301", "\u0323\u0301",
            "é", "É", "ﬁ", "İ", "ß", "ſ", "ａ", "ｶﾞ", "①", "²", "½", "中", "日本", "ひら", "カー", "한", "\u1100\u1161", "م",
            "Ⓐ", "\u0c04", "\u1734", "\U0002b830", "😀", "👩\u200d👩\u200d👧", "🇧🇩", "❤️", "<0x41>", "</w>", "##", "Ġ",
            "<unk>", "[UNK]"]
# Younger than Unicode 15.0: regular expressions know of them what the linked ICU knows.
NEWEST = ["ꟋꟚ", "\U00016d40", "\U0002ebf0", "\U00010d50", "\u0897", "\u1c89"]
JOINED = ["র\u200d্যাব", "ক্\u200dষ", "উদ্\u200cঘাটন", "অ্যা", "ক্ষ", "র‍্য", "ড়", "য়", "ড\u09bc"]


def texts(chance, count, words, newest):
    """Bengali, English, emoji, joiners, dirt, white space, nothing, and one very long."""
    bengali = [word for line in LINES for word in line.split()]
    english = " ".join(ENGLISH).split()
    pools = [bengali, bengali, english, DIRT, DIRT + NEWEST * newest, JOINED, words or bengali, list("abcxyzABC012 ০১২৩কখগ")]
    found = ["", " ", "   ", "\t", "।", "a"]
    while len(found) < count - 1:
        own = chance.sample(pools, chance.randint(1, 4))
        space = chance.choice([" ", " ", "", "  "])
        found.append(space.join(chance.choice(chance.choice(own)) for _ in range(chance.randint(1, 12))))
    found.append(" ".join(chance.choice(chance.choice(pools)) for _ in range(2000)))
    # The command reads lines: line ends are for the fixtures.
    return [text.replace("\n", " ").replace("\r", " ") for text in found[:count]]


class Drawer:
    """Draws one tokenizer and remembers what it is made of."""

    def __init__(self, chance):
        self.chance, self.names, self.added = chance, [], []

    def named(self, kind, name, value):
        self.names.append(f"{kind} {name}")
        return value

    def flag(self, probability=0.5):
        return self.chance.random() < probability

    def pattern(self):
        if self.flag(0.3):
            return self.chance.choice(["a", "্", " ", "  ", "o", "।", "\u2581", "", "ar", "."])
        return Regex(self.chance.choice(REGEXES))

    def normalizer(self):
        kinds = [
            ("Nmt", n.Nmt), ("NFC", n.NFC), ("NFD", n.NFD), ("NFKC", n.NFKC), ("NFKD", n.NFKD),
            ("Lowercase", n.Lowercase), ("StripAccents", n.StripAccents), ("ByteLevel", n.ByteLevel),
            ("Strip", lambda: n.Strip(self.flag(), self.flag())),
            ("Prepend", lambda: n.Prepend(self.chance.choice(["\u2581", "ab ", "্"]))),
            ("Replace", lambda: n.Replace(self.pattern(), self.chance.choice(["", " ", "x", "yz", "ক্ষ"]))),
            ("Replace", lambda: n.Replace(self.pattern(), self.chance.choice(["", " ", "x", "yz", "ক্ষ"]))),
            ("BertNormalizer", lambda: n.BertNormalizer(
                self.flag(), self.flag(), self.chance.choice([None, True, False]), self.flag())),
            ("BertNormalizer", n.BertNormalizer), ("Precompiled", lambda: n.Precompiled(CHARSMAP)),
        ]
        return self.several("normalizer", kinds, n.Sequence, [0, 1, 1, 2, 3])

    def several(self, kind, kinds, sequence, sizes):
        size = self.chance.choice(sizes)
        drawn = []
        for _ in range(size):
            name, make = self.chance.choice(kinds)
            drawn.append(self.named(kind, name, make()))
        if not drawn:
            return None
        if len(drawn) == 1 and self.flag(0.8):
            return drawn[0]
        return self.named(kind, "Sequence", sequence(drawn))

    def pre_tokenizer(self):
        def metaspace():
            self.scheme = self.chance.choice(["always", "always", "first", "never"])
            return p.Metaspace(self.chance.choice(["\u2581", "\u2581", "_"]), self.scheme, self.flag(0.8))

        kinds = [
            ("Metaspace", metaspace), ("Digits", lambda: p.Digits(self.flag())),
            ("Punctuation", lambda: p.Punctuation(self.chance.choice(BEHAVIORS))),
            ("WhitespaceSplit", p.WhitespaceSplit), ("Whitespace", p.Whitespace),
            ("BertPreTokenizer", p.BertPreTokenizer), ("UnicodeScripts", p.UnicodeScripts),
            ("CharDelimiterSplit", lambda: p.CharDelimiterSplit(self.chance.choice(" a্।-"))),
            ("FixedLength", lambda: p.FixedLength(self.chance.randint(1, 7))),
            ("ByteLevel", lambda: p.ByteLevel(self.flag(), True, self.flag())),
            ("ByteLevel", lambda: p.ByteLevel(False, True, self.flag(0.3))),
            ("Split", lambda: p.Split(self.pattern(), self.chance.choice(BEHAVIORS), self.flag(0.3))),
            ("Split", lambda: p.Split(Regex(self.chance.choice(FAMOUS)), "isolated", False)),
        ]
        return self.several("pre_tokenizer", kinds, p.Sequence, [0, 1, 1, 1, 2, 2, 3])

    def decoder(self):
        kinds = [
            ("Metaspace", lambda: decoders.Metaspace("\u2581", self.chance.choice(["always", "first", "never"]))),
            ("ByteFallback", decoders.ByteFallback), ("Fuse", decoders.Fuse), ("ByteLevel", decoders.ByteLevel),
            ("BPEDecoder", lambda: decoders.BPEDecoder(self.chance.choice(["</w>", "ে", "s", ""]))),
            ("WordPiece", lambda: decoders.WordPiece(self.chance.choice(["##", "ক", ""]), self.flag())),
            ("CTC", lambda: decoders.CTC(self.chance.choice(["<pad>", "a", ""]),
                                         self.chance.choice(["|", "র", ""]), self.flag())),
            ("Replace", lambda: decoders.Replace(self.pattern(), self.chance.choice([" ", "", "xy"]))),
            ("Strip", lambda: decoders.Strip(self.chance.choice(" \u2581aক"), self.chance.randint(0, 2), 0)),
            ("Strip", lambda: decoders.Strip(self.chance.choice(" \u2581aক"), 0, 1)),
        ]
        return self.several("decoder", kinds, decoders.Sequence, [0, 1, 1, 2, 3, 4])

    def model(self):
        """An untrained model, its trainer, and what to change in its file afterwards."""
        special = ["[UNK]"]
        kind = self.chance.choice(["Unigram", "BPE", "BPE", "WordPiece", "WordLevel"])
        self.names.append("model " + kind)
        size = self.chance.choice([120, 300, 700])
        if kind == "Unigram":
            trainer = trainers.UnigramTrainer(vocab_size=max(size, 600), show_progress=False, special_tokens=special,
                                              unk_token="[UNK]")
            return models.Unigram(), trainer, {}
        if kind == "WordPiece":
            trainer = trainers.WordPieceTrainer(vocab_size=size, show_progress=False, special_tokens=special,
                                                continuing_subword_prefix=self.chance.choice(["##", "##", "ক", ""]))
            return models.WordPiece(unk_token="[UNK]"), trainer, {
                "max_input_chars_per_word": self.chance.choice([100, 100, 5, 1])}
        if kind == "WordLevel":
            trainer = trainers.WordLevelTrainer(vocab_size=size, show_progress=False, special_tokens=special)
            return models.WordLevel(unk_token="[UNK]"), trainer, {}
        options = {
            "unk_token": self.chance.choice(["[UNK]", "[UNK]", None]), "fuse_unk": self.flag(),
            "byte_fallback": self.flag(0.3), "ignore_merges": self.flag(0.3),
            # Any other probability is a matter of chance.
            "dropout": self.chance.choice([None, None, None, 0.0, 1.0])}
        forms = {}
        if self.flag(0.3):
            forms["end_of_word_suffix"] = "</w>"
        if self.flag(0.2):
            forms["continuing_subword_prefix"] = "##"
        alphabet = p.ByteLevel.alphabet() if self.flag() else []
        for name in list(forms) + [key for key in ("byte_fallback", "ignore_merges", "fuse_unk") if options[key]]:
            self.names.append("BPE " + name)
        trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False, special_tokens=special,
                                      initial_alphabet=alphabet, **forms)
        return models.BPE(), trainer, options

    def change(self, model, options):
        """Byte pieces, and pieces that go missing, so that there is something unknown."""
        model.update(options)
        if self.flag(0.08):
            self.names.append(f"{model['type']} without its unknown token")
            model.update({"unk_id": None} if model["type"] == "Unigram" else {"unk_token": "<missing>"})
        if model["type"] == "Unigram":
            if self.flag(0.4):
                self.names.append("Unigram byte_fallback")
                model["byte_fallback"] = True
                missing = self.flag(0.3)
                model["vocab"] += [[f"<0x{byte:02X}>", -9.5] for byte in range(256) if not missing or byte % 7]
            keep = self.chance.choice([1.0, 0.9, 0.6])
            model["vocab"] = model["vocab"][:1] + [row for row in model["vocab"][1:] if self.flag(keep)]
        elif model["type"] == "BPE":
            if model["byte_fallback"]:
                missing = self.flag(0.3)
                for byte in range(256):
                    if not missing or byte % 7:
                        model["vocab"].setdefault(f"<0x{byte:02X}>", len(model["vocab"]))
            if self.flag(0.4):
                used = {part for merge in model["merges"] for part in merge}
                used |= {a + b for a, b in model["merges"]} | {"[UNK]"}
                for token in [token for token in model["vocab"] if token not in used and self.flag(0.5)]:
                    del model["vocab"][token]
        else:
            for token in [token for token in model["vocab"] if token != "[UNK]" and self.flag(0.1)]:
                del model["vocab"][token]
        if isinstance(model["vocab"], dict) and self.flag(0.8):
            ordered = sorted(model["vocab"], key=model["vocab"].get)
            model["vocab"] = {token: index for index, token in enumerate(ordered)}

    def tokens(self):
        contents = ["<m>", "<m>x", "[MASK]", "<B>", "আমি", "ab", " sp", "।", "É", "<s>", "##", "the", "ড়", "[UNK]", "\u2581"]
        found = []
        for content in self.chance.sample(contents, self.chance.choice([0, 0, 1, 2, 4])):
            flags = {flag: self.flag(0.3) for flag in ("single_word", "lstrip", "rstrip", "normalized", "special")}
            for name in [flag for flag in flags if flags[flag]] or ["plain"]:
                self.names.append("added token " + name)
            found.append(AddedToken(content, **flags))
        return found

    def tokenizer(self):
        """The drawn tokenizer; None where the reference does not take it."""
        try:
            model, trainer, options = self.model()
            result = Tokenizer(model)
            normalizer, splitter = self.normalizer(), self.pre_tokenizer()
            if normalizer:
                result.normalizer = normalizer
            if splitter:
                result.pre_tokenizer = splitter
            lines = self.chance.sample(LINES, min(len(LINES), 120)) + ENGLISH * 5
            if not splitter:
                lines = [word for line in lines for word in line.split()][:600]
            result.train_from_iterator(lines, trainer)
            decoder = self.decoder()
            if decoder:
                result.decoder = decoder
            file = json.loads(result.to_str())
            self.change(file["model"], options)
            file["added_tokens"] = []
            result = Tokenizer.from_str(json.dumps(file))
            self.added = self.tokens()
            for token in self.added:
                result.add_tokens([token])
            return result
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return None

    def words(self):
        return [token.content for token in self.added] * 3

    def uses_regex(self):
        return any(name.split()[-1] in ("Split", "Replace", "ByteLevel") for name in self.names)

    def explanation(self, what):
        """Why the reference is not followed here, if Documentation/decisions/0006 says so."""
        if what == "offsets" and "BPE byte_fallback" in self.names and any(
                f"BPE {form}" in self.names for form in ("end_of_word_suffix", "continuing_subword_prefix")):
            return "offsets of the bytes of a prefix or suffix, which run beyond the word"
        return None
