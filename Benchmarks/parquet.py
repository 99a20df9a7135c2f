#!/usr/bin/env python3
"""One text column of Parquet: Jukta beside pyarrow on one core, in one run.

    Benchmarks/parquet.py TEXT [--megabytes 200] [--jukta .build/release/jukta]

Makes files of documents of about 7 kB out of the lines of TEXT, with each codec, and reads each three times by turns.
Both are told of in processor time of the whole process on one core, less what the same process takes for a file of one
row (start, imports); megabytes are those of text. `jukta corpus text -o /dev/null` checks UTF-8 and writes the text;
pyarrow reads the column into batches and does nothing with it. Needs pyarrow.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
PEER = """
import sys, pyarrow.parquet as pq
total = 0
for batch in pq.ParquetFile(sys.argv[1], pre_buffer=False).iter_batches(1024, columns=["text"], use_threads=False):
    total += batch.column(0).get_total_buffer_size()
"""


def seconds(command):
    """Processor time on one core, and peak memory in MB."""
    core = max(os.sched_getaffinity(0))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def main():
    import pyarrow as pa
    import pyarrow.parquet as pq

    options = argparse.ArgumentParser()
    options.add_argument("text")
    options.add_argument("--megabytes", type=int, default=200)
    options.add_argument("--jukta", default=str(ROOT / ".build/release/jukta"))
    options = options.parse_args()
    documents, lines, size, total = [], [], 0, 0
    with open(options.text, encoding="utf-8") as source:
        for line in source:
            lines.append(line.rstrip("\n"))
            size += len(line.encode())
            if size >= 7000:
                documents.append("\n".join(lines))
                total += size
                lines, size = [], 0
                if total >= options.megabytes * 1e6:
                    break
    table = pa.table({"id": pa.array(range(len(documents))), "text": documents})
    text = sum(len(document.encode()) for document in documents)
    commands = {
        "jukta": lambda file: [options.jukta, "corpus", "text", "-q", file, "-o", "/dev/null"],
        "pyarrow": lambda file: [sys.executable, "-c", PEER, file],
    }
    print(f"{text / 1e6:.0f} MB of text in {len(documents)} rows; MB of text a second of processor time, peak MB")
    with tempfile.TemporaryDirectory() as folder:
        small = os.path.join(folder, "small.parquet")
        pq.write_table(table.slice(0, 1), small)
        start = {name: min(seconds(command(small))[0] for _ in range(3)) for name, command in commands.items()}
        for codec in ["zstd", "snappy", "lz4", "gzip", "brotli", "none"]:
            file = os.path.join(folder, codec + ".parquet")
            pq.write_table(table, file, compression=codec)
            rounds = {name: [] for name in commands}
            for _ in range(3):
                for name, command in commands.items():
                    rounds[name].append(seconds(command(file)))
            rates = {
                name: text / 1e6 / (statistics.median(took for took, _ in found) - start[name])
                for name, found in rounds.items()
            }
            peaks = {name: max(peak for _, peak in found) for name, found in rounds.items()}
            print(
                f"{codec:7}" + "".join(f"  {name} {rates[name]:6.0f} MB/s {peaks[name]:5.0f} MB" for name in commands)
                + f"  ratio {rates['jukta'] / rates['pyarrow']:.2f}"
            )


if __name__ == "__main__":
    main()
