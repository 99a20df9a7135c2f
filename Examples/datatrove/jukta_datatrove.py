"""Steps for datatrove that pipe documents through `jukta`: one child a task, and nothing else to install on a worker
than the program (and ICU, which Debian has as libicu72).

    JsonlReader(…) -> JuktaCount(folder) -> JuktaSegment() -> JsonlWriter(…)
    merge(folder, "all.counts")                            # then: jukta train unigram --counts all.counts -o bn-32k

The program is found by `jukta=`, the environment variable JUKTA, or on the PATH. Classes are in a module of their own
because datatrove's workers import them by name.
"""
import collections
import json
import os
import subprocess
import tempfile
import threading

from datatrove.io import get_datafolder
from datatrove.pipeline.base import PipelineStep
from datatrove.utils.typeshelper import StatHints


def program(jukta=None):
    return jukta or os.environ.get("JUKTA") or "jukta"


class Child:
    """`jukta` with its input and output piped. What it writes to standard error becomes the error's text."""

    def __init__(self, arguments, **options):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=self.errors, **options)

    def write(self, line):
        try:
            self.process.stdin.write(line)
        except BrokenPipeError:
            self.finish()
            raise

    def finish(self):
        """Waits for the end; an exit status other than 0 is an error."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        status = self.process.wait()
        if status != 0:
            self.errors.seek(0)
            text = self.errors.read().decode(errors="replace").strip()
            raise RuntimeError(f"{' '.join(self.process.args)} ended with status {status}: {text}")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def record(document):
    return json.dumps({"id": document.id, "text": document.text}, ensure_ascii=False).encode() + b"\n"


class JuktaCount(PipelineStep):
    """Counts the words of the documents that pass, into output_folder/{rank:05d}.counts; passes the documents on.

    A task's file appears whole or not at all, under the rank's name: a task that is run again writes the same file.
    """

    name = "Jukta word counts"
    type = "counts"

    def __init__(self, output_folder, arguments=(), jukta=None):
        super().__init__()
        self.output_folder = get_datafolder(output_folder)
        self.arguments = list(arguments)
        self.jukta = jukta

    def run(self, data, rank=0, world_size=1):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "part.counts")
            child = Child([program(self.jukta), "count", "--layout", "jsonl", "--field", "text", "--threads", "1", "-q",
                           *self.arguments, "-", "-o", path])
            try:
                for document in data:
                    child.write(record(document))
                    self.stat_update(StatHints.total)
                    yield document
                child.finish()
            finally:
                child.kill()
            name = f"{rank:05d}.counts"
            with open(path, "rb") as part, self.output_folder.open(name + ".partial", "wb") as copy:
                while block := part.read(1 << 20):
                    copy.write(block)
            self.output_folder.mv(name + ".partial", name)


class JuktaSegment(PipelineStep):
    """Cuts each document into sentences: metadata["sentences"], and ["ranges"] where `ranges` is set.

    A thread of its own feeds the child; `jukta segment` keeps the order, so answers are matched with documents by a
    queue, and each is checked to have its document's id. The queue needs no bound: the pipe has one.
    """

    name = "Jukta sentences"
    type = "segmentation"

    def __init__(self, arguments=(), ranges=False, jukta=None):
        super().__init__()
        self.arguments = list(arguments)
        self.ranges = ranges
        self.jukta = jukta

    def run(self, data, rank=0, world_size=1):
        child = Child([program(self.jukta), "segment", "--format", "jsonl", "--threads", "1", "-q", *self.arguments, "-"],
                      stdout=subprocess.PIPE)
        sent = collections.deque()
        failure = []

        def feed():
            try:
                for document in data:
                    sent.append(document)
                    child.write(record(document))
            except BaseException as error:  # noqa: B902: what the reader before us met, too
                failure.append(error)
            try:
                child.process.stdin.close()
            except BrokenPipeError:
                pass

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            for line in child.process.stdout:
                answer = json.loads(line)
                document = sent.popleft()
                if answer["id"] != document.id:
                    raise RuntimeError(f"{answer['id']!r} came back where {document.id!r} was sent")
                document.metadata["sentences"] = answer["sentences"]
                if self.ranges:
                    document.metadata["ranges"] = answer["ranges"]
                self.stat_update(StatHints.total)
                yield document
            feeder.join()
            if failure and not isinstance(failure[0], BrokenPipeError):
                raise failure[0]
            child.finish()
            if sent:
                raise RuntimeError(f"{len(sent)} documents got no answer")
        finally:
            child.kill()


def merge(folder, output, jukta=None, tasks=None):
    """Adds the counts of all tasks up: the same bytes as one machine's, however the documents were dealt."""
    names = sorted(name for name in os.listdir(folder) if name.endswith(".counts"))
    if tasks is not None and len(names) != tasks:
        raise RuntimeError(f"{folder} has the counts of {len(names)} tasks, not of {tasks}")
    # Merging holds a file handle each: hundreds at a time, then the sums.
    with tempfile.TemporaryDirectory() as scratch:
        level, paths = 0, [os.path.join(folder, name) for name in names]
        while True:
            groups = [paths[start:start + 500] for start in range(0, len(paths), 500)]
            outputs = [output] if len(groups) == 1 else [
                os.path.join(scratch, f"{level}-{number}.counts") for number in range(len(groups))]
            for group, path in zip(groups, outputs):
                subprocess.run([program(jukta), "merge", "-q", *group, "-o", path], check=True)
            if len(groups) == 1:
                return
            level, paths = level + 1, outputs
