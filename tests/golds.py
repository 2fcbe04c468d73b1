"""Small corpora and gold sets for the tests of the evaluation, whose figures can be counted by hand."""

import json

from tiny import TinyEncoder

from index import Corpus
from qa import Assistant

FLOOD = "La crue a fait 12 morts."

LINE = {
    "id": "q1", "language": "fr", "question": "Combien de morts ?", "history": [], "unanswerable": False,
    "answers": [{"source": "crue.txt", "quote": FLOOD, "answer": "12", "kind": "number", "value": 12, "role": "morts"}],
}  # fmt: skip

NOBODY = {"id": "q2", "language": "fr", "question": "Quelle est la capitale du Brésil ?", "answers": []}

ARTICLES = {
    "crue.txt": f"La crue du fleuve\n\n{FLOOD}\n",
    "vote.txt": "Le vote\n\nLe conseil a voté le budget mardi.\n",
    "fire.txt": "The fire\n\nThe fire killed 9 people in the old town.\n",
}


def written(file, *lines):
    """Write lines of JSON, given as text or as data, and return the file."""
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    file.write_text(text, "utf-8", newline="")
    return file


def built(folder, articles=ARTICLES):
    """Build an index of these articles with the tiny encoder; the caller has put that encoder in place."""
    (folder / "articles").mkdir()
    for name, text in articles.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    return Corpus.build(folder / "articles", folder / "index")


def assistant_over(folder, monkeypatch, articles=ARTICLES):
    monkeypatch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
    return Assistant(built(folder, articles))
