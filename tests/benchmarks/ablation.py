"""What does each part of weighing an answer add? It is taken out, and the rest is measured as it is.

    python tests/benchmarks/ablation.py
    python tests/benchmarks/ablation.py --gold tests/gold/asked-news.jsonl --articles tests/data/news --every 4

Nothing is fitted anew. What the reader makes of a question and a passage is remembered between the parts. `--every 4`
takes one information need of four, in all its wordings.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import click
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

MEASURES = ("passage first", "value", "silence", "heard", "refused", "kept")

Patches = dict[str, Any]


def parts() -> dict[str, Patches]:
    """Return for each part what takes its place: names of the code with what they are while it is out."""
    from qa.match.event import Verdict
    from qa.question import TYPED
    from qa.reader import NOTHING

    def by_kind(fact: Any, matcher: Any, _: Any) -> float:
        return float(fact.kind == matcher.question.kind)

    def one(*_: object, **__: object) -> float:
        return 1.0

    def nothing(*_: object) -> frozenset[str]:
        return frozenset()

    conditions = {
        "by whom": "said_as_asked",
        "done or planned": "done_as_asked",
        "of which people": "of_which_people",
        "so, or taken back": "held_to_be_so",
        "of when": "timely",
    }
    return {
        "nothing": {},
        "rules of roles": {"qa.findings.role_score": by_kind, "qa.findings.fates_asked": nothing},
        "tables of synonyms": {
            "qa.match.words.classes": nothing,
            "qa.match.words.asked_classes": nothing,
            "qa.question.parts.asked_classes": nothing,
        },
        **{f"condition: {condition}": {f"qa.findings.{name}": one} for condition, name in conditions.items()},
        "the event asked about": {"qa.settings.judge_passage": lambda *_: Verdict.MET},
        "the reader": {
            "qa.reader.Reader.read": lambda _self, _question, passages, _leads=(): [NOTHING] * len(passages),
            "qa.settings.Setting.share": one,
        },
        "the learned kind": {
            "qa.question.interpretation.likely_kinds": lambda _: dict.fromkeys(("passage", *TYPED), 0.2)
        },
        "the kind by the reader": {"qa.weighing.settle_kind": lambda question, _: question},
        "words for names": {"qa.settings.Setting.words_taken": lambda _: None},
        "reading once more": {"qa.settings.Rounds.again": lambda *_: iter(())},
        "beside a plain answer": {"qa.composition.RELATIVE": 0.0},
    }


@contextmanager
def taken_out(patches: Patches) -> Iterator[None]:
    with ExitStack() as stack:
        for name, other in patches.items():
            stack.enter_context(mock.patch(name, other))
        yield


def remembering(forward: Callable[..., Any]) -> Callable[..., Any]:
    """Return the reader's network with a memory of what it was given."""
    known: dict[bytes, Any] = {}

    def remembered(self: Any, row: Any) -> Any:
        key = np.array(row.ids, np.int32).tobytes()
        if key not in known:
            known[key] = forward(self, row)
        return known[key]

    return remembered


def forget() -> None:
    """Forget what words were found to mean."""
    from qa.match import words

    for cached in (words.word_of, words.words_of, words.role_words):
        cached.cache_clear()


@click.command(help=__doc__, context_settings={"max_content_width": 100})
@click.option("--gold", default="tests/gold/asked-seeds.jsonl", show_default=True, type=click.Path(path_type=Path))
@click.option("--articles", default="seeds", show_default=True, type=click.Path(path_type=Path))
@click.option("--every", default=1, show_default=True, help="One information need of so many is asked.")
def main(gold: Path, articles: Path, every: int) -> None:
    from index import Corpus
    from qa import Assistant
    from qa.evaluation import evaluate, read_gold
    from qa.reader import Reader

    questions = [question for place, question in enumerate(read_gold(gold)) if place // 8 % every == 0]
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(Reader, "_forward", remembering(Reader._forward)):
        corpus = Corpus.build(articles, Path(folder) / "index")
        click.echo(f"{gold}, {len(questions)} questions\n{'without':<38}" + "".join(f"{m:>14}" for m in MEASURES))
        for name, patches in parts().items():
            forget()
            with taken_out(patches):
                report = evaluate(Assistant(corpus), questions)
            rates = [report.rate(measure).value for measure in MEASURES]
            click.echo(f"{name:<38}" + "".join(f"{'none' if r is None else f'{r:.3f}':>14}" for r in rates))
    forget()


if __name__ == "__main__":
    main()
