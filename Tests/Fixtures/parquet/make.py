"""Makes the Parquet files of this folder, with their list: pip install pyarrow duckdb polars fastparquet pyspark
(26.0.1, 2.0.1, 2.1.0, 2026.9.0, 4.3.0; Java 17). The text is of our own writing.

    python make.py          everything but Spark's files
    python make.py spark    Spark's files too

list.jsonl: {"file", "made", "rows": base | many | empty | nulls | records, "field"?, "error"?} a line.
rows.jsonl: {"name", "texts": […]} a line, null where there is no text.
"""
import json
import os
import shutil
import sys

import pyarrow as pa
import pyarrow.parquet as pq

here = os.path.dirname(os.path.abspath(__file__))
WORDS = "নদী হাট বাংলা র‍্যাব উদ্‌যাপন কিন্তু ক্ষমতা জ্ঞান ব্রাহ্মণ আমি যাই 😀 ৳২৫ রাষ্ট্র দৃষ্টি web".split(" ")


def sentence(number, length):
    return " ".join(WORDS[(number * 7 + step * step + step) % len(WORDS)] for step in range(length)) + "।"


def base():
    rows = [sentence(number, 1 + number % 9) for number in range(60)]
    rows[3] = None
    rows[4] = ""
    rows[5] = None
    rows[11] = "এক\nদুই\r\n\nতিন"
    rows[20] = "\n".join(sentence(number, 30) for number in range(14))[:1700]
    for number in range(30, 36):
        rows[number] = "একই লেখা"
    rows[59] = None
    return rows


def many():
    """More rows than pyarrow takes at a time, so that a dictionary fills up and is left off."""
    return [f"{WORDS[number % 13]} {number * number % 1409}" if number % 17 else None for number in range(1500)]


ROWS = {"base": base(), "many": many(), "empty": [], "nulls": [None] * 9}
files = []


def add(name, made, rows="base", **more):
    files.append({"file": name, "made": made, "rows": rows, **more})


def table(rows="base", kind=None, name="text", **others):
    kind = kind or pa.string()
    columns = {"id": pa.array(range(len(ROWS[rows]))), name: pa.array(ROWS[rows], kind), **others}
    return pa.table(columns)


def arrow(name, data, rows="base", listed=None, **options):
    file = f"arrow-{name}.parquet"
    pq.write_table(data, os.path.join(here, file), **options)
    made = "pyarrow " + pa.__version__ + " " + " ".join(f"{key}={value}" for key, value in options.items())
    add(file, made.strip(), rows, **(listed or {}))


def with_arrow():
    plain = table()
    for codec in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
        for version in ["1.0", "2.0"]:
            for dictionary in [True, False]:
                arrow(f"{codec}-v{version[0]}-{'dictionary' if dictionary else 'plain'}", plain, compression=codec,
                      data_page_version=version, use_dictionary=dictionary)
    for encoding in ["DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"]:
        for version in ["1.0", "2.0"]:
            name = encoding.split("_BYTE")[0].lower().replace("_", "-")
            arrow(f"{name}-v{version[0]}", plain, use_dictionary=False, column_encoding={"text": encoding},
                  data_page_version=version)
    arrow("version-1", plain, version="1.0")
    arrow("groups", plain, row_group_size=7)
    arrow("checksum", plain, write_page_checksum=True)
    arrow("page-index", plain, write_page_index=True, row_group_size=20)
    arrow("bare", plain, write_statistics=False, store_schema=False)
    arrow("chunked", plain, use_content_defined_chunking=True, row_group_size=30)
    arrow("fallback", table("many"), "many", dictionary_pagesize_limit=4000, write_batch_size=64, data_page_size=3000,
          compression="zstd")
    arrow("fallback-v2", table("many"), "many", dictionary_pagesize_limit=4000, write_batch_size=64, data_page_size=3000,
          data_page_version="2.0")
    arrow("delta-many", table("many"), "many", use_dictionary=False, column_encoding={"text": "DELTA_BYTE_ARRAY"},
          data_page_size=2000, write_batch_size=64, compression="zstd")
    arrow("delta-length-many", table("many"), "many", use_dictionary=False, compression="zstd",
          column_encoding={"text": "DELTA_LENGTH_BYTE_ARRAY"}, data_page_size=9000, write_batch_size=200)
    arrow("large-string", table(kind=pa.large_string()))
    arrow("string-view", table(kind=pa.string_view()))
    arrow("binary", pa.table({"text": pa.array([None if t is None else t.encode() for t in ROWS["base"]], pa.binary())}))
    arrow("dictionary-array", pa.table({"text": pa.array(ROWS["base"]).dictionary_encode()}))
    arrow("content", table(name="content"), "base")
    arrow("other-name", table(name="body"), "base", {"field": "body"})
    required = [text or "" for text in ROWS["base"]]
    arrow("required", pa.table([pa.array(required)], pa.schema([pa.field("text", pa.string(), nullable=False)])))
    arrow("nulls", table("nulls"), "nulls")
    arrow("nulls-v2", table("nulls"), "nulls", data_page_version="2.0")
    arrow("no-rows", table("empty"), "empty")
    empty = pq.ParquetWriter(os.path.join(here, "arrow-no-groups.parquet"), table("empty").schema)
    empty.close()
    add("arrow-no-groups.parquet", "pyarrow " + pa.__version__ + " without a row group", "empty")
    nested = pa.array([None if t is None else {"body": {"text": t or None}} for t in ROWS["base"]])
    arrow("nested", pa.table({"document": nested}), "base", {"field": "document.body.text"})
    # What is refused, with what the error says.
    arrow("list", pa.table({"text": pa.array([["ক", "খ"], []])}), "empty", {"error": "'text' holds a list"})
    arrow("number", pa.table({"text": pa.array([1, 2])}), "empty", {"error": "'text' holds whole numbers"})
    arrow("missing", pa.table({"id": pa.array(["১"]), "body": pa.array(["ক"])}), "empty", {"error": "text is in 'body'"})
    arrow("not-utf8", pa.table({"text": pa.array(["ক".encode(), b"\xe0\xa6"], pa.binary())}), "empty",
          {"error": "not UTF-8: byte 0xE0"})
    arrow("bomb-delta", pa.table({"text": ["ক" * length for length in range(3000)]}), "empty", {"bomb": True},
          compression="zstd", use_dictionary=False, column_encoding={"text": "DELTA_BYTE_ARRAY"},
          write_statistics=False, store_schema=False)
    arrow("bomb-dictionary", pa.table({"text": ["ক" * 100000] * 20000}), "empty", {"bomb": True}, compression="zstd",
          write_statistics=False, store_schema=False, dictionary_pagesize_limit=1 << 20, data_page_size=1 << 20)


def records():
    """OSCAR 23.01 as the hub gives it, and FineWeb-2, after their cards: filters look at other columns."""
    meta = [
        {"warc_headers": {"warc-type": "conversion"}, "identification": {"label": "bn", "prob": 0.99},
         "harmful_pp": 412.5, "tlsh": "x", "quality_warnings": None, "categories": ["blog", "press"],
         "sentence_identifications": [{"label": "bn", "prob": 0.9}, None]},
        {"warc_headers": {"warc-type": "conversion"}, "identification": {"label": "bn", "prob": 0.1},
         "harmful_pp": 3.5, "tlsh": None, "quality_warnings": ["tiny", "noisy"], "categories": [],
         "sentence_identifications": [{"label": "en", "prob": 0.4}]},
        None,
    ]
    kind = pa.struct([
        ("warc_headers", pa.struct([("warc-type", pa.string())])),
        ("identification", pa.struct([("label", pa.string()), ("prob", pa.float32())])),
        ("harmful_pp", pa.float32()), ("tlsh", pa.string()), ("quality_warnings", pa.list_(pa.string())),
        ("categories", pa.list_(pa.string())),
        ("sentence_identifications", pa.list_(pa.struct([("label", pa.string()), ("prob", pa.float32())]))),
    ])
    texts = ["ভাল লেখা\nদুই লাইন", "ছোট", "মেটা নেই"]
    ROWS["records"] = texts
    data = pa.table({"id": pa.array(range(3)), "text": texts, "meta": pa.array(meta, kind)})
    for version in ["1.0", "2.0"]:
        arrow(f"oscar-hub-v{version[0]}", data, "records", data_page_version=version)
    scores = pa.array([0.99, 0.1, None], pa.float64())
    arrow("fineweb", pa.table({"text": texts, "id": ["a", "b", "c"], "language": ["ben"] * 3, "language_score": scores,
                               "language_script": ["Beng"] * 3}), "records")


def with_duckdb():
    import duckdb

    base_table, many_table = table(), table("many")  # noqa: F841 (DuckDB finds them by their names)
    for name, source, options in [
        ("snappy", "base", "CODEC snappy"), ("zstd", "base", "CODEC zstd"), ("gzip", "base", "CODEC gzip"),
        ("lz4", "base", "CODEC lz4_raw"), ("brotli", "base", "CODEC brotli"), ("none", "base", "CODEC uncompressed"),
        ("v2", "base", "PARQUET_VERSION v2"), ("v2-many", "many", "PARQUET_VERSION v2, ROW_GROUP_SIZE 512, CODEC zstd"),
        ("many", "many", "DICTIONARY_SIZE_LIMIT 100, CODEC zstd"),
    ]:
        file = f"duckdb-{name}.parquet"
        duckdb.sql(f"COPY (SELECT * FROM {source}_table) TO '{os.path.join(here, file)}' (FORMAT parquet, {options})")
        add(file, f"duckdb {duckdb.__version__} {options}", source)


def with_polars():
    import polars

    for codec in ["zstd", "snappy", "lz4", "gzip", "brotli", "uncompressed"]:
        file = f"polars-{codec}.parquet"
        frame = polars.from_arrow(table("many" if codec == "zstd" else "base"))
        frame.write_parquet(os.path.join(here, file), compression=codec, row_group_size=400)
        add(file, f"polars {polars.__version__} {codec}", "many" if codec == "zstd" else "base")


def with_fastparquet():
    import fastparquet
    import pandas

    for codec in [None, "GZIP"]:
        file = f"fastparquet-{(codec or 'none').lower()}.parquet"
        frame = pandas.DataFrame({"text": ROWS["base"]}, dtype=object)
        fastparquet.write(os.path.join(here, file), frame, compression=codec, object_encoding="utf8")
        add(file, f"fastparquet {fastparquet.__version__} {codec}")


def with_spark():
    from pyspark.sql import SparkSession
    import pyspark

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    for name, rows, options in [
        ("snappy", "base", {}), ("lz4", "base", {"compression": "lz4"}), ("lz4-raw", "base", {"compression": "lz4_raw"}),
        ("zstd", "many", {"compression": "zstd"}), ("gzip", "base", {"compression": "gzip"}),
        ("v2", "base", {"parquet.writer.version": "v2"}),
        ("v2-zstd", "many", {"parquet.writer.version": "v2", "compression": "zstd"}),
        ("plain", "base", {"parquet.enable.dictionary": "false"}),
    ]:
        file = f"spark-{name}.parquet"
        frame = spark.createDataFrame([(i, t) for i, t in enumerate(ROWS[rows])], "id int, text string").coalesce(1)
        folder = os.path.join(here, "spark-output")
        writer = frame.write.mode("overwrite")
        for key, value in options.items():
            writer = writer.option(key, value)
        writer.parquet(folder)
        part = next(entry for entry in os.listdir(folder) if entry.endswith(".parquet"))
        shutil.move(os.path.join(folder, part), os.path.join(here, file))
        shutil.rmtree(folder)
        add(file, f"pyspark {pyspark.__version__} {options}", rows)
    spark.stop()


if __name__ == "__main__":
    with_arrow()
    records()
    with_duckdb()
    with_polars()
    with_fastparquet()
    if "spark" in sys.argv[1:]:
        with_spark()
    with open(os.path.join(here, "list.jsonl"), "w", encoding="utf-8") as out:
        for file in files:
            out.write(json.dumps(file, ensure_ascii=False) + "\n")
    with open(os.path.join(here, "rows.jsonl"), "w", encoding="utf-8") as out:
        for name, texts in ROWS.items():
            out.write(json.dumps({"name": name, "texts": texts}, ensure_ascii=False) + "\n")
