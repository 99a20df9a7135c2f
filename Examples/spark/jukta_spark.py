#!/usr/bin/env python3
"""Jukta on Spark: counts, and Parquet through `segment`, `normalize` and `encode`.

    spark-submit [--master …] jukta_spark.py --jukta PATH count   OUT FILES…                 -> OUT/all.counts
    spark-submit [--master …] jukta_spark.py --jukta PATH segment OUT INPUT.parquet           -> sentences
    spark-submit [--master …] jukta_spark.py --jukta PATH normalize OUT INPUT.parquet --option=--preset --option=bengali
    spark-submit [--master …] jukta_spark.py --jukta PATH encode  OUT INPUT.parquet --model bn-32k/tokenizer.json

FILES and OUT must be seen by every worker (a shared disk). `count` lets each task count files of its own: no text goes
through Python. The other three add columns to each row of the text column (--field): one child a partition, fed with JSON
lines and asked for as many answers. The program and the model travel with the job; ICU must be on the
workers (libicu72, or a container image).

Spark owns the cores, so children run with one thread. Executors' memory does not cover children: leave
spark.executor.memoryOverhead at children × --memory + 100 MB. Files of counts are named after the part of the input that
they count and appear by renaming, so retried and speculative tasks are harmless.
"""
import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading


def batches(names, jukta, arguments, field, add, output):
    """What a partition of `mapInArrow` does: batches in, the same rows with more columns out."""

    def run(parts):
        import pyarrow as pa
        from pyspark import SparkFiles

        # The path of a shipped file is another on each worker: it is asked for here, never on the driver.
        program = SparkFiles.get(os.path.basename(jukta))
        known = [SparkFiles.get(name) if name in names else name for name in arguments]
        errors = tempfile.TemporaryFile()
        child = subprocess.Popen([program, *known], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
        waiting, failure = [], []
        ready = threading.Condition()

        # Feeding and reading in one thread would wait for each other once both pipes are full.
        def feed():
            try:
                for batch in parts:
                    with ready:
                        waiting.append(batch)
                        ready.notify()
                    for text in batch.column(batch.schema.names.index(field)).to_pylist():
                        # `encode` and `normalize` take a line a text, so that a text must not have several.
                        child.stdin.write(add(text))
            except BrokenPipeError:
                pass
            except BaseException as error:  # noqa: B902: it is raised again below
                failure.append(error)
            finally:
                try:
                    child.stdin.close()
                except BrokenPipeError:
                    pass
                with ready:
                    waiting.append(None)
                    ready.notify()

        def fail(text):
            errors.seek(0)
            told = errors.read().decode(errors="replace").strip()
            raise RuntimeError(f"jukta {' '.join(known)}: {text} {told}")

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            while True:
                with ready:
                    while not waiting:
                        ready.wait()
                    batch = waiting.pop(0)
                if batch is None:
                    break
                answers = []
                for _ in range(batch.num_rows):
                    line = child.stdout.readline()
                    if not line:
                        child.wait()
                        fail(f"ended with status {child.returncode} before all rows were answered:")
                    answers.append(output(json.loads(line)))
                yield pa.RecordBatch.from_arrays(
                    [*batch.columns, *[pa.array([answer[name] for answer in answers], kind) for name, kind in columns()]],
                    [*batch.schema.names, *[name for name, _ in columns()]])
            feeder.join()
            if failure:
                raise failure[0]
            if child.stdout.readline():
                fail("gave more answers than there are rows")
            if child.wait() != 0:
                fail(f"ended with status {child.returncode}:")
        finally:
            child.kill()
            child.wait()

    def columns():
        import pyarrow as pa

        return {"segment": [("sentences", pa.list_(pa.string()))], "normalize": [("normalized", pa.string())],
                "encode": [("ids", pa.list_(pa.int32()))]}[arguments[0]]

    return run


def as_json(text):
    return json.dumps({"text": text or ""}, ensure_ascii=False).encode() + b"\n"


def as_line(text):
    return (text or "").replace("\r\n", "\n").replace("\n", " ").encode() + b"\n"


def count(spark, options):
    """Each task counts files of its own; the driver adds up, some hundred at a time."""
    out = os.path.abspath(options.out)
    os.makedirs(os.path.join(out, "parts"), exist_ok=True)
    name, extra = os.path.basename(options.jukta), options.option

    def one(path):
        from pyspark import SparkFiles

        # Named after what it counts and how, so that another order of files changes nothing.
        key = hashlib.sha256("\0".join([path, *extra]).encode()).hexdigest()[:24]
        target = os.path.join(out, "parts", key + ".counts")
        # The program writes aside and renames: a task that is run twice ends in the same whole file.
        done = subprocess.run([SparkFiles.get(name), "count", "-q", "--threads", "1", *extra, path, "-o", target],
                              capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode(errors="replace"))
        return target

    paths = [os.path.abspath(path) for path in options.inputs]
    parts = spark.sparkContext.parallelize(paths, len(paths)).map(one).collect()
    level = 0
    while True:
        groups = [parts[start:start + 500] for start in range(0, len(parts), 500)]
        last = len(groups) == 1
        made = [os.path.join(out, "all.counts" if last else f"parts/sum-{level}-{number}") for number in range(len(groups))]
        for group, path in zip(groups, made):
            subprocess.run([options.jukta, "merge", "-q", *group, "-o", path], check=True)
        if last:
            return
        parts, level = made, level + 1


def rows(spark, options):
    command = options.command
    arguments = [command, "-q", "--threads", "1", *options.option]
    names = set()
    if command == "segment":
        arguments += ["--format", "jsonl"]
    else:
        arguments += ["--format", "jsonl"]
    if command == "encode":
        if not options.model:
            sys.exit("encode needs --model FILE")
        spark.sparkContext.addFile(os.path.abspath(options.model))
        names.add(os.path.basename(options.model))
        arguments += ["-m", os.path.basename(options.model)]
    arguments.append("-")
    kinds = {"segment": "sentences array<string>", "normalize": "normalized string", "encode": "ids array<int>"}
    take = {"segment": lambda answer: {"sentences": answer["sentences"]},
            "normalize": lambda answer: {"normalized": answer["text"]},
            "encode": lambda answer: {"ids": answer["ids"]}}[command]
    frame = spark.read.parquet(*options.inputs)
    schema = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in frame.schema.fields)
    step = batches(names, options.jukta, arguments, options.field, as_json if command == "segment" else as_line, take)
    frame.mapInArrow(step, f"{schema}, {kinds[command]}").write.mode("error").parquet(options.out)


def main():
    from pyspark.sql import SparkSession

    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("command", choices=["count", "segment", "normalize", "encode"])
    options.add_argument("out")
    options.add_argument("inputs", nargs="+")
    options.add_argument("--jukta", required=True, help="the program; it is sent to the workers")
    options.add_argument("--field", default="text")
    options.add_argument("--model")
    options.add_argument("--option", action="append", default=[], help="an option of jukta's, as --option=--preset")
    options = options.parse_args()
    options.jukta = os.path.abspath(options.jukta)
    spark = SparkSession.builder.appName("jukta " + options.command).getOrCreate()
    spark.sparkContext.addFile(options.jukta)
    (count if options.command == "count" else rows)(spark, options)
    spark.stop()


if __name__ == "__main__":
    main()
