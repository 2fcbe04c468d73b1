"""Does a conversation go as a person means it? Each question after those before it, as it was understood, for reading.

``python -m qa.evaluation.conversations tests/gold/conversations-dev.jsonl`` prints every conversation of a file, each
follow-up with what was made of it, marked where that is none of the forms that the file calls right, and their share.
With ``--over FOLDER=NAME`` the questions are asked over articles too, and it is said whether each has an answer.

A line of the file is a conversation: ``id``, ``corpus``, ``language`` and ``turns``, each a ``question`` and how it may
be ``understood``: as one sentence, or as itself beside the question that it follows; nothing for the first.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from index.corpus import Corpus
from index.records import CorpusError
from qa.answers import Answer
from qa.assistant import Assistant
from qa.question.follow_up import complete
from qa.question.leaning import take_apart


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation, and the forms in which it is understood rightly; none for the first."""

    question: str
    understood: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions that follow each other."""

    id: str
    corpus: str
    """The name of the articles that it is about."""
    language: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of one question of a conversation."""

    turn: Turn
    text: str
    answer: Answer | None
    """None where it was asked of no articles."""

    @property
    def right(self) -> bool:
        """Whether that is a form which the file calls right, but for case and the space around its marks."""
        return not self.turn.understood or _plain(self.text) in map(_plain, self.turn.understood)

    @property
    def parts(self) -> list[str]:
        """Its question, and behind it those that it is shown beside."""
        found, rest = [], self.text
        while leaning := take_apart(rest):
            found.append(rest[slice(*leaning[0])])
            rest = rest[slice(*leaning[1])]
        return [*found, rest]


def read_conversations(file: Path) -> list[Conversation]:
    """Return the conversations of a file. Raises CorpusError for a line that is none."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            turns = tuple(Turn(turn["question"], tuple(turn["understood"])) for turn in row["turns"])
            found.append(Conversation(row["id"], row["corpus"], row["language"], turns))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"line {number} of {file} is no conversation: {error!r}") from error
    return found


def hold(conversation: Conversation, assistant: Assistant | None = None) -> Iterator[Understood]:
    """Yield what is made of each question after those before it, with its answer where there are articles to ask."""
    history: list[Answer] = []
    before = ""
    for turn in conversation.turns:
        answer = assistant.ask(turn.question, history=history) if assistant else None
        if answer:
            history.append(answer)
        before = answer.understood_as if answer else complete(turn.question, before) if before else turn.question
        yield Understood(turn, before, answer)


def _plain(text: str) -> str:
    return "".join(text.casefold().replace("’", "'").split())


def _told(one: Understood) -> str:
    """Return one question as it is read: how it was put, and what was made of it where that is another."""
    mark = " " if one.right else "?"
    found = "" if one.answer is None or one.answer.found else "  [no answer]"
    if one.text == one.turn.question:
        return f"  {mark} {one.turn.question}{found}"
    return f"  {mark} {one.turn.question}\n        = {'  <-  '.join(one.parts)}{found}"


@click.command(help=__doc__)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--over", "folders", multiple=True, metavar="FOLDER=NAME", help="Ask those of NAME over these articles.")
def main(file: Path, folders: Sequence[str]) -> None:
    conversations = read_conversations(file)
    with tempfile.TemporaryDirectory() as work:
        asked: Mapping[str, Assistant] = {
            name: Assistant(Corpus.build(folder, Path(work) / name))
            for folder, _, name in (one.rpartition("=") for one in folders)
        }
        held = [(one, list(hold(one, asked.get(one.corpus)))) for one in conversations]
    for conversation, turns in held:
        click.echo(f"{conversation.id} {conversation.language} {conversation.corpus}")
        for turn in turns:
            click.echo(_told(turn))
    judged = [turn for _, turns in held for turn in turns if turn.turn.understood]
    click.echo(f"understood as the file says: {sum(turn.right for turn in judged)}/{len(judged)}")


if __name__ == "__main__":
    main()
