#!/usr/bin/env python3
"""Examples/datatrove gives what one machine gives, byte for byte, also after a task was killed.

    datatrove_example.py JUKTA TEXT
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    jukta, text = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        documents = folder / "in"
        documents.mkdir()
        records = []
        with open(text, encoding="utf-8") as source:
            lines = [line.rstrip("\n") for _, line in zip(range(4000), source)]
        for number in range(0, len(lines), 10):
            records.append(json.dumps({"id": f"d{number}", "text": "\n".join(lines[number:number + 10])}, ensure_ascii=False))
        for part in range(8):
            (documents / f"{part}.jsonl").write_text("\n".join(records[part::8]) + "\n", encoding="utf-8")
        files = sorted(str(path) for path in documents.iterdir())
        subprocess.run([jukta, "count", "-q", "--field", "text", *files, "-o", folder / "one.counts"], check=True)
        command = [sys.executable, ROOT / "Examples/datatrove/run.py", documents, folder / "out", "--tasks", "3",
                   "--workers", "1", "--jukta", jukta]
        # Killed in the middle once, with all its children; the same command goes on.
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        completions = folder / "out/logs/completions"
        while process.poll() is None and not (completions.exists() and any(completions.iterdir())):
            time.sleep(0.01)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        done = len(list(completions.iterdir()))
        subprocess.run(command, check=True, capture_output=True)
        assert (folder / "out/all.counts").read_bytes() == (folder / "one.counts").read_bytes(), "counts differ"
        found = {}
        for path in (folder / "out/sentences").iterdir():
            for line in path.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                found[record["id"]] = record["metadata"]["sentences"]
        expected = {}
        for path in files:
            output = subprocess.run([jukta, "segment", "--format", "jsonl", "-q", path], check=True, capture_output=True)
            for line in output.stdout.decode().splitlines():
                record = json.loads(line)
                expected[record["id"]] = record["sentences"]
        assert found == expected and len(found) == len(records), "sentences differ"
        wrong = subprocess.run([*command[:5], "5", *command[6:]], capture_output=True)
        assert wrong.returncode != 0 and b"--tasks 3" in wrong.stderr, wrong.stderr
    print(f"{len(records)} documents in 3 tasks, {done} done before the kill: counts and "
          f"{sum(map(len, expected.values()))} sentences as one machine's")


if __name__ == "__main__":
    main()
