"""What an encoder allocates for a text once it is warm: one round more, by counting malloc."""
import os
import pathlib
import subprocess

COUNTER = pathlib.Path(__file__).resolve().parent / "Peers" / "count_allocations.c"


def allocations(bench, held, model, out, quiet=False):
    """Allocations a text, by task: ids, and ids and ranges."""
    counter = pathlib.Path(out) / "count_allocations.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", counter, COUNTER, "-ldl"], check=True)
    with open(held, "rb") as file:
        texts = sum(1 for _ in file)
    counts = {}
    for task in ["encode-again", "ranges-again"]:
        seen = []
        for rounds in ["2", "3"]:
            process = subprocess.run([bench, task, held, model, rounds],
                                     env=dict(os.environ, LD_PRELOAD=str(counter)), check=True,
                                     capture_output=True, text=True)
            seen.append(int(process.stderr.split()[-1]))
        counts[task] = (seen[1] - seen[0]) / texts
        if not quiet:
            print(f"{pathlib.Path(model).stem:14} {task:19} {counts[task]:8.4f} allocations a text",
                  flush=True)
    return counts
