"""A process that has loaded everything once, and forks for each operation on an index, so that it can be killed often.

``python tests/forking.py`` is that process: it reads a line of JSON for each operation and answers with another.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tiny import TinyEncoder

from index import Corpus, reading
from index.records import CorpusError, IndexLocked

HERE = Path(__file__).resolve()
QUESTION = "combien de personnes sont mortes dans la crue du fleuve ?"


class ReadingHere:
    """Reads facts in the process that asks: each writer that is killed here would start a child of its own."""

    def read(self, texts):
        from index.facts.child import read_record

        return (record for record in map(read_record, texts))


def article(number, dead=0):
    return (
        f"La crue du fleuve numéro {number}\n\nLe maire a dit que {dead or 10 + number} personnes sont mortes.\n\n"
        f"Les secours ont évacué {300 + number} habitants du quartier {number} vers le gymnase.\n"
    )


def write_articles(folder, numbers, *, dead=0):
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"a{number}.txt").write_text(article(number, dead), encoding="utf-8")


def complaint(action):
    """Return what an action says that fails with an error of ours, or ""."""
    try:
        action()
    except CorpusError as error:
        return f"{type(error).__name__}: {error}"
    return ""


def attempts(corpus, articles, more):
    """Return what a search finds, what `verify` says, and what each kind of writing complains of."""
    return [
        str([h.paragraph.source for h in Corpus.open(corpus).search(QUESTION, k=2, retriever="bm25")]),
        str(Corpus.verify(corpus)),
        complaint(lambda: Corpus.open(corpus).add([more])),
        complaint(lambda: Corpus.open(corpus).remove(["a1.txt"])),
        complaint(lambda: Corpus.build(articles, corpus)),
    ]


WRITES = frozenset("os.mkdir os.rename os.remove os.rmdir os.truncate shutil.rmtree".split())


def operate(task):
    """Do one operation on an index and return what it says."""
    if task["do"] == "attempts":
        # Once on another index, for who gives up root's rights may not be able to load any module after that.
        with tempfile.TemporaryDirectory() as place:
            attempts(Corpus.build(task["folder"], Path(place) / "index").path, task["folder"], task["more"])
        if os.geteuid() == 0:  # permissions bind only other users
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        return attempts(Path(task["index"]), task["folder"], task["more"])
    if task["do"] == "build":
        Corpus.build(task["folder"], task["index"])
    elif task["do"] == "add":
        Corpus.open(task["index"]).add([task["folder"]])
    else:
        Corpus.open(task["index"]).remove(sorted(os.listdir(task["folder"])))
    return []


def die_at(number):
    """Kill this process at its n-th operation on files that writes: each open for writing, each rename, each sync."""
    count = 0

    def audit(event, arguments):
        nonlocal count
        writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or event in WRITES or event == "fsync":
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)

    plain = os.fsync

    def fsync(descriptor):
        sys.audit("fsync", descriptor)
        plain(descriptor)

    os.fsync = fsync
    sys.addaudithook(audit)


def serve():
    """Fork for each task that is read; kill the child after `delay` seconds or at its n-th write; tell how it ended."""
    import index.corpus
    import index.facts.child
    from index.generation import split
    from index.splits import indexed_terms

    index.corpus.SentenceEncoder = TinyEncoder
    index.facts.child.shared = lambda pid: ReadingHere()
    with tempfile.TemporaryDirectory() as place:  # so that no child loads the models of languages anew
        write_articles(Path(place), [1])
        for document in reading.read_folder(place).documents:
            list(map(indexed_terms, split(document).paragraphs))
    for line in sys.stdin:
        task = json.loads(line)
        began = time.perf_counter()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                if task.get("nth"):
                    die_at(task["nth"])
                os.write(writer, json.dumps(operate(task)).encode())
                code = 0
            except IndexLocked:
                code = 3
            finally:
                os._exit(code)
        if task.get("delay") is not None:
            time.sleep(task["delay"])
            os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        seconds = time.perf_counter() - began
        os.close(writer)
        with open(reader, encoding="utf-8") as answer:
            print(json.dumps({"status": status, "seconds": seconds, "said": answer.read()}), flush=True)


class Forker:
    """Talks to that process."""

    def __init__(self):
        paths = os.pathsep.join([str(HERE.parent.parent), str(HERE.parent)])
        environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": paths}
        self._process = subprocess.Popen(
            [sys.executable, str(HERE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def start(self, do, index, folder, **words):
        task = {"do": do, "index": str(index), "folder": str(folder), **words}
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()

    def wait(self):
        return json.loads(self._process.stdout.readline())

    def run(self, do, index, folder, **words):
        self.start(do, index, folder, **words)
        return self.wait()

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@contextmanager
def forking():
    forker = Forker()
    try:
        yield forker
    finally:
        forker.close()


if __name__ == "__main__":
    serve()
