"""`recoupe ask`, `search` and `chat`: what does the corpus say to a question?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.terminal.console import measure_width, print_answer, print_json, read_question, shows_bold
from ui.terminal.filters import Wanted, add_filters
from ui.terminal.options import IN_INDEX, JSON, MODEL, open_index

if TYPE_CHECKING:
    from qa.answers import Answer


def _as_typed(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str:
    """Return the words of a question as they were typed, in quotation marks or without: several are one question.

    Under a locale that is not UTF-8 Python leaves their bytes as surrogates.
    """
    question = " ".join(value)
    if not question.strip():
        raise click.BadParameter("there is no question in it.")
    return question.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


_QUESTION = click.argument("question", nargs=-1, required=True, callback=_as_typed)


@click.command("ask")
@_QUESTION
@IN_INDEX
@MODEL
@add_filters
@JSON
def ask_command(question: str, index: Path, model: str | None, wanted: Wanted, as_json: bool) -> None:
    """Answer QUESTION by the passages of each source.

    \b
    Examples:
      recoupe ask "how many soldiers died?"
      recoupe ask combien de morts --outlet "Le Monde" --since 2024-11-01
      recoupe ask "qui l’a annoncé ?" --index my-index --json
    """
    from qa.assistant import Assistant

    corpus = open_index(index, model)
    answer = Assistant(corpus).ask(question, sources=wanted.choose(corpus))
    print_json(answer) if as_json else print_answer(answer)


@click.command("search")
@_QUESTION
@IN_INDEX
@MODEL
@click.option("--k", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many paragraphs.")
@click.option(
    "--retriever",
    type=click.Choice(["hybrid", "bm25", "dense"]),
    default="hybrid",
    show_default=True,
    help="Words and meaning together, words alone, or meaning alone.",
)
@add_filters
@JSON
def search_command(
    question: str, index: Path, model: str | None, k: int, retriever: str, wanted: Wanted, as_json: bool
) -> None:
    """List the paragraphs nearest to QUESTION.

    Best first, and without judging whether they answer.

    \b
    Example:
      recoupe search "sanctions" --k 3 --retriever bm25
    """
    from ui.terminal.text import write_hits

    corpus = open_index(index, model)
    hits = corpus.search(question, k=k, retriever=retriever, sources=wanted.choose(corpus))
    print_json(hits) if as_json else click.echo(write_hits(hits, width=measure_width(), styled=shows_bold()), nl=False)


@click.command("chat")
@IN_INDEX
@MODEL
def chat_command(index: Path, model: str | None) -> None:
    """Ask one question after another.

    A follow-up may leave out what was said before. An empty line ends.

    \b
    Example:
      recoupe chat --index my-index
    """
    from qa.assistant import Assistant

    assistant, history = Assistant(open_index(index, model)), list["Answer"]()
    while question := read_question():
        answer = assistant.ask(question, history=history)
        history.append(answer)
        print_answer(answer)
