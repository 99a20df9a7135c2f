"""The sahajBERT pipeline in tokenizers 0.23.3, shared by the peers and by the conformance run."""
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers

SPECIALS = ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"]


def sahajbert_normalizer():
    n = normalizers
    return n.Sequence([
        n.Nmt(), n.NFKC(), n.Replace(Regex(" {2,}"), " "),
        n.Replace("\u09e4", "\u0964"), n.Replace("\u09e5", "\u0965"),
        n.Replace("\u007c", "\u0964"), n.Replace("\u09f7", "\u0964"),
        n.Replace(Regex(r"(?<=[\u0980-\u09ff]):"), "\u0983"), n.Lowercase(),
    ])


def sahajbert_pre_tokenizer():
    p = pre_tokenizers
    return p.Sequence([
        p.Metaspace(replacement="\u2581", prepend_scheme="always"), p.Digits(individual_digits=True),
        p.Punctuation(),
    ])


def dress(tokenizer):
    tokenizer.normalizer = sahajbert_normalizer()
    tokenizer.pre_tokenizer = sahajbert_pre_tokenizer()
    tokenizer.decoder = decoders.Metaspace(replacement="\u2581", prepend_scheme="always")
    return tokenizer


def unigram(pieces, unk_id=1):
    """A tokenizer of this pipeline over `pieces`, a list of (piece, score)."""
    return dress(Tokenizer(models.Unigram(pieces, unk_id=unk_id)))
