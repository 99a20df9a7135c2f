#!/usr/bin/env python3
"""JSON lines -> counts and sentences, with datatrove's local executor.

    python run.py FOLDER OUT [--tasks 4] [--workers 2] [--field text] [--jukta PATH]

Reads FOLDER/*.jsonl*, writes OUT/counts/*.counts, OUT/all.counts and OUT/sentences/*.jsonl. After an interruption the same
command goes on: tasks that ended are not run again (OUT/logs/completions). Keep --tasks as it was: datatrove deals the
files anew for another number and does not notice; this script does, and refuses.
"""
import argparse
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from jukta_datatrove import JuktaCount, JuktaSegment, merge


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("folder")
    options.add_argument("out")
    options.add_argument("--tasks", type=int, default=4)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--field", default="text")
    options.add_argument("--jukta")
    options = options.parse_args()
    if options.jukta:
        # Workers are other processes: they inherit this.
        os.environ["JUKTA"] = os.path.abspath(options.jukta)
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    dealt = out / "tasks"
    if dealt.exists() and dealt.read_text() != str(options.tasks):
        sys.exit(f"{out} was begun with --tasks {dealt.read_text()}: keep that, or name another folder")
    dealt.write_text(str(options.tasks))
    LocalPipelineExecutor(
        pipeline=[
            JsonlReader(options.folder, text_key=options.field, glob_pattern="*.jsonl*"),
            JuktaCount(str(out / "counts")),
            JuktaSegment(),
            JsonlWriter(str(out / "sentences"), output_filename="${rank}.jsonl", compression=None),
        ],
        tasks=options.tasks, workers=options.workers, logging_dir=str(out / "logs"),
    ).run()
    merge(out / "counts", out / "all.counts", tasks=options.tasks)


if __name__ == "__main__":
    main()
