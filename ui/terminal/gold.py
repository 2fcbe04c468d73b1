"""`recoupe gold`: how does a person make a gold set from a corpus, in the terminal?"""

from __future__ import annotations

import contextlib
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.terminal.console import measure_width, shows_bold
from ui.terminal.options import IN_INDEX, open_index

if TYPE_CHECKING:
    from index.corpus import Corpus
    from index.records import Hit
    from qa.evaluation import Candidate

_SHOWN = 10
"""Passages shown for a question."""

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("gold")
def gold_commands() -> None:
    """Make a gold set: questions with the passages that answer them.

    \b
    Examples:
      recoupe gold new gold.jsonl --index my-index
      recoupe gold review gold.jsonl --index my-index
    """


@gold_commands.command("new")
@click.argument("file", type=_FILE)
@IN_INDEX
def new_command(file: Path, index: Path) -> None:
    """Ask questions, say which passages are right, and add them to FILE.

    A question is typed as a reader would ask it. Of the passages shown for it you name the right ones, and in each the
    shortest words that answer. Sources of which you name no passage count as not answering.

    \b
    Example:
      recoupe gold new gold.jsonl --index my-index
    """
    from qa.evaluation.candidates import append_line
    from qa.evaluation.making import free_id, gold_line
    from ui.terminal.text import write_hits

    corpus = open_index(index)
    id_ = free_id(file)
    while question := _typed("Question (an empty line ends): "):
        hits = corpus.search(question, k=_SHOWN)
        click.echo(write_hits(hits, width=measure_width(), styled=shows_bold()), nl=False)
        chosen = _chosen(hits)
        if chosen is None:
            click.echo("left out")
            continue
        answers = [answer for hit in chosen if (answer := _answered(corpus, hit.paragraph.source, hit.paragraph.text))]
        if chosen and not answers:
            click.echo("left out")
            continue
        append_line(file, gold_line(id_, question, corpus.query(question).language, answers))
        click.echo(f"recorded as {id_} in {file}")
        id_ = free_id(file)


def _chosen(hits: list[Hit]) -> list[Hit] | None:
    """Return the hits whose numbers are typed, none for 0; None where the question is to be left out."""
    while typed := _typed("Right passages (numbers; 0: no source answers; an empty line leaves it out): "):
        numbers = [int(part) if part.isdecimal() else -1 for part in typed.replace(",", " ").split()]
        if numbers == [0]:
            return []
        if numbers and all(1 <= number <= len(hits) for number in numbers):
            return [hits[number - 1] for number in dict.fromkeys(numbers)]
        click.echo(f"numbers from 1 to {len(hits)}, or 0, please", err=True)
    return None


def _answered(corpus: Corpus, source: str, quote: str) -> dict[str, Any] | None:
    """Return the entry of a right passage, its shortest answer typed; None where it cannot be quoted."""
    from qa.evaluation.making import gold_answer
    from ui.escaping import disarm

    if corpus.document(source).text.count(quote) != 1:
        click.echo(f"left out: this passage does not stand once in {disarm(source)}", err=True)
        return None
    while True:
        typed = _typed(f"Shortest answer in {disarm(source)}, as printed (an empty line: the passage itself): ")
        try:
            answer = gold_answer(corpus.document(source), quote, typed)
        except ValueError as error:
            click.echo(disarm(str(error)), err=True)
            continue
        read = (answer["kind"], answer["value"], answer["role"], answer["qualifier"])
        click.echo("  read as: " + disarm(", ".join(str(part) for part in read if part not in (None, ""))))
        return answer


@gold_commands.command("review")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@IN_INDEX
def review_command(file: Path, index: Path) -> None:
    """Go through the candidates in FILE, which the chat page's thumbs put there.

    For each question you see the passages that readers called right and wrong, and say whether it becomes gold. An
    unanswerable question is one that no source of the corpus answers.

    \b
    Example:
      recoupe gold review gold.jsonl --index my-index
    """
    from qa.evaluation import read_candidates

    corpus = open_index(index)
    candidates = sorted(read_candidates(file), key=lambda c: (c.question, c.history))
    if not candidates:
        click.echo(f"no candidates wait in {file}")
    for _, group in groupby(candidates, key=lambda c: (c.question, c.history)):
        if not _reviewed(corpus, file, list(group)):
            break


def _reviewed(corpus: Corpus, file: Path, own: list[Candidate]) -> bool:
    """Settle the candidates of one question as the person says; return whether to go on."""
    from qa.evaluation.candidates import settle
    from qa.evaluation.making import free_id, gold_line
    from ui.escaping import disarm

    right = [c for c in own if c.right and c.source in corpus.sources]
    click.echo("\n" + " … ".join(disarm(text) for text in (*own[0].history, own[0].question)))
    for candidate in own:
        gone = "" if candidate.source in corpus.sources else " (no longer in the corpus)"
        called = "right" if candidate.right else "wrong"
        click.echo(f"  {called}: {disarm(candidate.quote)}\n         {disarm(candidate.source)}{gone}")
    said = _letter("k: keep, u: unanswerable, d: drop, s: see later, q: quit", "kudsq" if right else "udsq")
    if said in ("s", "q"):
        return said == "s"
    questions: list[dict[str, Any]] = []
    if said != "d":
        answers = [a for c in right if (a := _answered(corpus, c.source, c.quote))] if said == "k" else []
        if said == "k" and not answers:
            return True
        asked = own[0]
        questions = [gold_line(free_id(file), asked.question, asked.language, answers, history=asked.history)]
    settle(file, settled=own, questions=questions)
    click.echo(f"kept as {questions[0]['id']}" if questions else "dropped")
    return True


def _letter(told: str, letters: str) -> str:
    """Return the letter typed, of these; "q" at the end of the input."""
    while typed := _typed(f"[{'/'.join(letters)}] ({told}): ", otherwise="q"):
        if typed.lower() in set(letters):
            return typed.lower()
    return "s"


def _typed(prompt: str, *, otherwise: str = "") -> str:
    """Return the line that is typed, `otherwise` at the end of the input."""
    with contextlib.suppress(ImportError):  # arrow keys and history, where the platform has them
        import readline  # noqa: F401
    try:
        return input(prompt).strip()
    except EOFError:
        return otherwise
