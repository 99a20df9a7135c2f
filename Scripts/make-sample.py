#!/usr/bin/env python3
"""Packs Resources/sample/source/*.txt into the four layouts of OSCAR, in Resources/sample/.

    Scripts/make-sample.py            writes the packed files
    Scripts/make-sample.py --check    says whether the packed files hold what the sources say

The text is ours; metadata (addresses, dates, probabilities, digests) are invented, but derived from
the text alone, so that the same sources always give the same bytes. Documents are dealt in turn to
the four files: no text occurs twice. Needs the command `zstd` (Debian: apt-get install zstd).

Sources: UTF-8, a blank line between paragraphs. "# kind: title" opens a document, which goes on to
the next such line; paragraphs outside of one make documents of three. \\u{200B} stands for that
character where it could not be seen or would be lost in an editor.
"""
import base64
import datetime
import gzip
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Resources" / "sample"
DIRTY = ("ভাঙা অক্ষর", "অদৃশ্য আবর্জনা", "মোজিবেক", "বিজ্ঞাপন", "চ্যাট")
CATEGORIES = {
    "news": ["press"], "weather": ["press"], "sport": ["sports", "press"], "market": ["financial"],
    "recipe": ["cooking"], "shopping": ["shopping"], "diary": ["blog"], "web": None,
}


class Document:
    def __init__(self, kind, title):
        self.kind, self.title, self.lines, self.paragraphs = kind, title, [], 0

    @property
    def content(self):
        return "\n".join(self.lines)

    def fraction(self, salt):
        """A number in 0 ..< 1 that depends on the text and `salt` alone."""
        digest = hashlib.sha1((salt + self.content).encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48


def read_documents():
    documents = []
    for path in sorted((ROOT / "source").glob("*.txt")):
        current = None
        for paragraph in re.split(r"\n[ \t]*\n", path.read_text("utf-8").strip("\n")):
            lines = paragraph.split("\n")
            if lines[0].startswith("# "):
                kind, title = lines.pop(0)[2:].split(": ", 1)
                current = Document(kind, title)
                documents.append(current)
            elif current is None or current.kind == "text" and current.paragraphs == 3:
                current = Document("text", path.stem)
                documents.append(current)
            current.lines += [expand(line) for line in lines]
            current.paragraphs += 1
    return documents


def expand(line):
    return re.sub(r"\\u\{([0-9A-Fa-f]+)\}", lambda m: chr(int(m.group(1), 16)), line)


def bengali_share(text):
    letters = [c for c in text if c.isalpha() or "\u0980" <= c <= "\u09ff"]
    return sum("\u0980" <= c <= "\u09ff" for c in letters) / max(len(letters), 1)


def identification(document):
    base = 0.70 if document.title in DIRTY else 0.93
    share = bengali_share(document.content)
    return {"label": "bn", "prob": round(base * share + 0.069 * document.fraction("id"), 6)}


def sentence_identifications(document):
    """null for lines too short to tell, English for mostly Latin ones."""
    found = []
    for number, line in enumerate(document.lines):
        share = bengali_share(line)
        if len(line) < 25:
            found.append(None)
        elif share < 0.3:
            found.append({"label": "en", "prob": round(0.9 - share, 6)})
        else:
            prob = 0.9 * share + 0.0999 * document.fraction(f"line {number}")
            found.append({"label": "bn", "prob": round(prob, 6)})
    return found


def warnings(document):
    found = []
    lengths = [len(line) for line in document.lines]
    if len(lengths) < 2 or sum(lengths) < 300:
        found.append("tiny")
    if sum(length < 60 for length in lengths) * 2 > len(lengths):
        found.append("short_sentences")
    if document.title == "ব্লগের পাদটীকা":
        found.append("footer")
    if document.title in ("তালিকা", "বাজারের ফর্দ"):
        found.append("header")
    if document.title in DIRTY:
        found.append("noisy")
    return found or None


def headers(document, length):
    content = document.content.encode()
    digest = hashlib.sha1(content).digest()
    day = datetime.date(2021, 1, 1) + datetime.timedelta(days=int(document.fraction("day") * 700))
    name = digest.hex()[:10]
    return {
        "warc-record-id": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>",
        "warc-date": f"{day}T{int(document.fraction('hour') * 24):02}:17:05Z",
        "content-type": "text/plain",
        "content-length": length(len(content)),
        "warc-type": "conversion",
        "warc-identified-content-language":
            "ben,eng" if bengali_share(document.content) < 0.9 else "ben",
        "warc-target-uri": f"https://{document.kind}.example.invalid/{name}",
        "warc-block-digest": "sha1:" + base64.b32encode(digest).decode(),
    }


def layout_2019(documents):
    """A paragraph a line."""
    return "".join(line + "\n" for document in documents for line in document.lines)


def layout_2109(documents):
    """A blank line behind each document."""
    return "".join(document.content + "\n\n" for document in documents)


def json_lines(records):
    return "".join(
        json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)


def layout_2201(documents):
    return json_lines({
        "content": document.content,
        "warc_headers": headers(document, int),
        "metadata": {
            "identification": identification(document),
            "annotation": warnings(document),
            "sentence_identifications": sentence_identifications(document),
        },
    } for document in documents)


def layout_2301(documents):
    def harmful_perplexity(document):
        low = 20 if document.title == "বিজ্ঞাপন" else 350
        return round(low + 900 * document.fraction("harm") ** 2, 4)

    return json_lines({
        "content": document.content,
        "warc_headers": headers(document, str),
        "metadata": {
            "identification": identification(document),
            "harmful_pp": harmful_perplexity(document),
            "tlsh": "tlsh:T1" + hashlib.sha512(document.content.encode()).hexdigest()[:70].upper(),
            "quality_warnings": warnings(document),
            "categories": CATEGORIES.get(document.kind),
            "sentence_identifications": sentence_identifications(document),
        },
    } for document in documents)


def gzipped(data):
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, out, mtime=0) as stream:
        stream.write(data)
    return out.getvalue()


def gunzipped(data):
    return gzip.decompress(data)


def zstd(*arguments):
    return lambda data: subprocess.run(
        ["zstd", "-q", "-c", *arguments], input=data, stdout=subprocess.PIPE, check=True).stdout


FILES = (
    ("bn_dedup.txt.gz", layout_2019, gzipped, gunzipped),
    ("bn_part_1.txt.gz", layout_2109, gzipped, gunzipped),
    ("bn_part_1.jsonl.gz", layout_2201, gzipped, gunzipped),
    ("bn_meta_part_1.jsonl.zst", layout_2301, zstd("-19"), zstd("-d")),
)


def main():
    documents = read_documents()
    failed = False
    for index, (name, layout, pack, unpack) in enumerate(FILES):
        share = documents[index::len(FILES)]
        data = layout(share).encode()
        path = ROOT / name
        if "--check" in sys.argv:
            # The text, not the compressed bytes: another zlib may compress otherwise.
            same = path.exists() and unpack(path.read_bytes()) == data
            failed |= not same
            print(f"{name}: {'as the sources say' if same else 'DIFFERS; run Scripts/make-sample.py'}")
        else:
            path.write_bytes(pack(data))
            print(f"{name}: {len(share)} documents, {len(data):,} bytes, {path.stat().st_size:,} packed")
    return failed


sys.exit(main())
