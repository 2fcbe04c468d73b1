"""A server that works on questions until a file is there, and lets one wait: `slow_server.py FOLDER FILE WORKERS`."""

import sys
import time
from pathlib import Path

import ui.server.application
from index import Corpus
from ui.answering.library import Library
from ui.server.hosting import Hosting
from ui.server.serving import serve_corpus

go = Path(sys.argv[2])
answered = Library.answer


def answer(library, turns):
    if turns[-1].question.startswith("attends"):
        print("working", flush=True)
        while not go.exists():
            time.sleep(0.02)
    return answered(library, turns)


Library.answer = answer
ui.server.application.MOST_QUEUED = 1
serve_corpus(Corpus.open(sys.argv[1]), Hosting(host="0.0.0.0", port=0, workers=int(sys.argv[3])))
