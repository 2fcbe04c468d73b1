"""Does an answer know what it does not know, on text that nothing was fitted on?

    python tests/benchmarks/silence.py

PIAF's development articles, which neither the encoder nor the evidence model has seen, are indexed whole, one source
each. Every question of a sample is asked twice: over all articles, and over all but the one that answers it. The first
time the answer should be found, and in that article; the second time it should be refused. Printed by kind of question,
with the number of questions. An encyclopedia now and then answers a question twice, so 1 is not to be reached.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def articles(data: Path, folder: Path) -> list[tuple[str, str]]:
    """Write the development articles into a folder and return their questions, each with the source that answers."""
    from index.training.data import qa_pairs

    texts: dict[str, dict[str, None]] = {}
    pairs = qa_pairs("dev", data=data, names=("piaf",))
    for pair in pairs:
        texts.setdefault(pair.title, {})[pair.context] = None
    names = {title: f"{number:03}.txt" for number, title in enumerate(sorted(texts))}
    for title, contexts in texts.items():
        (folder / names[title]).write_text("\n\n".join([title, *contexts]), encoding="utf-8")
    return [(pair.question, names[pair.title]) for pair in pairs]


@click.command(help=__doc__, context_settings={"max_content_width": 100})
@click.option("--questions", default=400, show_default=True, help="How many questions are asked.")
@click.option("--data", default=ROOT.parent / "shared" / "data", type=click.Path(path_type=Path), show_default=False)
def main(questions: int, data: Path) -> None:
    from index import Corpus
    from qa import Assistant
    from qa.question.interpretation import interpret, query_of

    with tempfile.TemporaryDirectory() as folder:
        (texts := Path(folder) / "articles").mkdir()
        known = articles(data, texts)
        assistant = Assistant(Corpus.build(texts, Path(folder) / "index"))
        sources = set(assistant.corpus.sources)
        counts: Counter[tuple[str, str]] = Counter()
        for question, source in random.Random(1).sample(known, min(questions, len(known))):
            with_it, without = assistant.ask(question), assistant.ask(question, sources=sources - {source})
            shown = [answer.source for answer in with_it.sources] if with_it.found else []
            for kind in ("all", interpret(query_of(question)).kind):
                counts[kind, "n"] += 1
                counts[kind, "found"] += with_it.found
                counts[kind, "heard"] += source in shown
                counts[kind, "first"] += shown[:1] == [source]
                counts[kind, "refused"] += not without.found
    measures = ("found", "heard", "first", "refused")
    click.echo("kind         n " + "".join(f"{measure:>9}" for measure in measures))
    for kind in sorted({kind for kind, _ in counts}):
        total = counts[kind, "n"]
        click.echo(f"{kind:<10}{total:>4} " + "".join(f"{counts[kind, m] / total:>9.3f}" for m in measures))


if __name__ == "__main__":
    main()
