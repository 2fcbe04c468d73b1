"""`recoupe compare`: where do the sources differ, agree or revise each other, without a question?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.terminal.console import measure_width, shows_bold
from ui.terminal.options import INDEX_ARGUMENT, JSON, MODEL, open_index

if TYPE_CHECKING:
    from qa.matters import Matter

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("compare")
@INDEX_ARGUMENT
@MODEL
@click.option("--about", default="", metavar="WORDS", help="Only matters that say all these words, in either language.")
@click.option("--since", type=_DAY, metavar="DAY", help="Only articles published on this day or later: 2024-10-23.")
@click.option("--until", type=_DAY, metavar="DAY", help="Only articles published on this day or earlier.")
@JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a row for each figure with its citation.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown, to be pasted into a note.")
def compare_command(
    index: Path,
    model: str | None,
    about: str,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
    as_csv: bool,
    as_markdown: bool,
) -> None:
    """Show where the sources of INDEX differ, without a question.

    Each matter is one thing of which several sources give a figure: what is counted, what happened to it, in which
    event. It says whether they differ, one denies another, a toll rises from day to day (a revision, no contradiction),
    they agree, they can all be true, or all of them come from one origin: copies, or one speaker. Differences between
    independent origins come first. Every figure stands in a quote with its place; a figure that is planned or denied
    stands beside those that are compared. Where it is in doubt that two figures are about the same thing, neither is
    shown: a figure that you miss here may still be found by `recoupe ask`.

    \b
    Examples:
      recoupe compare my-index
      recoupe compare my-index --about "soldats tués" --since 2024-10-01
      recoupe compare my-index --csv > figures.csv
    """
    forms = [form for form, wanted in (("json", as_json), ("csv", as_csv), ("markdown", as_markdown)) if wanted]
    if len(forms) > 1:
        raise click.UsageError("--json, --csv and --markdown are three forms of the same: choose one.")
    from qa.matters import compare
    from ui.answering.scope import Scope, Source

    corpus = open_index(index, model)
    scope = Scope(since=since.date() if since else None, until=until.date() if until else None)
    among = scope.select(Source.of(document) for document in corpus.documents) if since or until else None
    found = compare(corpus, about=about, sources=among)
    _print(found, forms[0] if forms else "", next(iter(corpus.languages), ""))


def _print(matters: Sequence[Matter], form: str, language: str) -> None:
    """Print matters as a file of this form, or as text for whoever reads this language."""
    from ui.reports.matters import export_matters
    from ui.terminal.matters import write_matters
    from ui.words.catalogue import choose_language

    spoken = choose_language(language)
    text = (
        export_matters(matters, form, spoken)
        if form
        else write_matters(matters, spoken, width=measure_width(), styled=shows_bold())
    )
    click.echo(text, nl=False)
