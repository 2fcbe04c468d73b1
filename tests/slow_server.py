"""A server that works on questions until the file GO is there, and lets one wait: `python slow_server.py FOLDER GO`."""

import sys
import time
from pathlib import Path

import ui.server.application
import ui.server.serving
from index import Corpus
from ui.answering.library import Library

go = Path(sys.argv[2])
answered = Library.answer


def answer(library, asked):
    if asked[-1].question.startswith("attends"):
        print("working", flush=True)
        while not go.exists():
            time.sleep(0.02)
    return answered(library, asked)


Library.answer = answer
ui.server.application.MOST_QUEUED = 1
ui.server.serving.serve(Corpus.open(sys.argv[1]), host="0.0.0.0", port=0)
