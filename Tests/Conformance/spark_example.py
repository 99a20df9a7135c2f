#!/usr/bin/env python3
"""Examples/spark gives what one machine gives, on Spark's local[2] (real worker processes; Java 17).

    spark_example.py JUKTA MODEL TEXT
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import types

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Examples/spark"))


def main():
    jukta, model, text = (os.path.abspath(path) for path in sys.argv[1:4])
    model = os.path.join(model, "tokenizer.json") if os.path.isdir(model) else model
    os.environ["PYSPARK_PYTHON"] = sys.executable
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyspark import cloudpickle
    from pyspark.sql import SparkSession

    import jukta_spark

    # In the example itself the functions are those of the main program, which travel as they are.
    cloudpickle.register_pickle_by_value(jukta_spark)
    with tempfile.TemporaryDirectory() as folder:
        with open(text, encoding="utf-8") as source:
            lines = [line.rstrip("\n") for _, line in zip(range(6000), source)]
        documents = ["\n".join(lines[start:start + 3]) for start in range(0, len(lines), 3)]
        documents[5], documents[6] = None, ""
        table = pa.table({"id": pa.array(range(len(documents))), "text": documents})
        files = []
        os.mkdir(os.path.join(folder, "in"))
        for part in range(5):
            files.append(os.path.join(folder, f"in/{part}.parquet"))
            pq.write_table(table.slice(part * 400, 400), files[-1], compression="zstd", row_group_size=150)

        def run(*arguments):
            return subprocess.run([jukta, *arguments], check=True, capture_output=True).stdout

        spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
                 .config("spark.sql.shuffle.partitions", "2").getOrCreate())
        spark.sparkContext.setLogLevel("ERROR")
        spark.sparkContext.addFile(jukta)

        def options(command, out, inputs, option=()):
            return types.SimpleNamespace(command=command, out=os.path.join(folder, out), inputs=inputs, jukta=jukta,
                                         field="text", model=model, option=list(option))

        jukta_spark.count(spark, options("count", "counts", files))
        whole = os.path.join(folder, "one.counts")
        run("count", "-q", *files, "-o", whole)
        assert pathlib.Path(folder, "counts/all.counts").read_bytes() == pathlib.Path(whole).read_bytes(), "counts"

        def column(out, name):
            found = pq.read_table(os.path.join(folder, out), columns=["id", name]).sort_by("id")
            assert found["id"].to_pylist() == list(range(len(documents))), out
            return found[name].to_pylist()

        inputs = [os.path.join(folder, "in")]
        for command, name, key, extra in [
            ("segment", "sentences", "sentences", []), ("normalize", "normalized", "text", ["--preset", "bengali"]),
            ("encode", "ids", "ids", []),
        ]:
            jukta_spark.rows(spark, options(command, command, inputs, extra))
            if command == "segment":
                answers = run("segment", "--format", "jsonl", *files)
            else:
                path = os.path.join(folder, "lines.txt")
                pathlib.Path(path).write_bytes(b"".join(map(jukta_spark.as_line, documents)))
                answers = run(command, "--format", "jsonl", *extra, *(["-m", model] if command == "encode" else []), path)
            expected = [json.loads(line)[key] for line in answers.decode().splitlines()]
            assert column(command, name) == expected, command
        # A child that fails fails the job, and says why.
        try:
            jukta_spark.rows(spark, options("normalize", "bad", inputs, ["--preset", "nix"]))
            raise SystemExit("a child that failed went unnoticed")
        except Exception as error:
            assert "there is no preset 'nix'" in str(error), error
        spark.stop()
    print(f"{len(documents)} rows of 5 Parquet files: counts, sentences, normalised text and ids as one machine's")


if __name__ == "__main__":
    main()
