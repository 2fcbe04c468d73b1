"""What do the commands have in common? Their options, and the corpus that they work on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ui.terminal.console import draw_progress

if TYPE_CHECKING:
    from index.corpus import Corpus

Command = TypeVar("Command", bound=Callable[..., Any])

INDEX = ".recoupe"

MODEL = click.option(
    "--model", metavar="NAME_OR_FOLDER", help="Encoder: a hub name or a local folder; without it, the one in the box."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, with the names of the Python API.")
IN_INDEX = click.option(
    "--index", "index", type=click.Path(path_type=Path), default=INDEX, show_default=True, help="The index to use."
)
INDEX_ARGUMENT = click.argument("index", type=click.Path(path_type=Path), default=INDEX)


COLUMN = click.option(
    "--column",
    "columns",
    nargs=2,
    multiple=True,
    metavar="FIELD NAME",
    help="What the column NAME of tables (CSV, TSV, JSON) holds: text, summary, title, published, updated, outlet, "
    "author, url or language. Repeat it for each column, and for tables that name them otherwise. The index remembers "
    "it; columns that nobody named are taken by their usual names, and that is said.",
)


def read_columns(columns: tuple[tuple[str, str], ...]) -> dict[str, str] | None:
    """Return the field of each column that was named, None where none was. Raises UsageError for a field unknown."""
    from index.reading.fields import check_columns

    named = {name: field for field, name in columns}
    try:
        check_columns(named)
    except ValueError as error:
        raise click.UsageError(f"--column FIELD NAME: {error}.") from error
    return named or None


def find_seeds() -> Path:
    """Return the folder of the bundled articles: inside the package in an installed wheel, beside it in a checkout."""
    here = Path(__file__).resolve().parent.parent
    return next((f for f in (here / "seeds", here.parent / "seeds") if f.is_dir()), here / "seeds")


def open_index(index: Path, model: str | None = None) -> Corpus:
    """Return the corpus at `index`; the usual index is built from the bundled articles when it is not there."""
    from index.corpus import Corpus
    from index.store import Store

    if index == Path(INDEX) and not Store(index).exists():
        click.echo(f"No index at {index}: building one from the articles in the box.", err=True)
        return build_index(find_seeds(), index, model)
    return Corpus.open(index, model=model)


def build_index(folder: Path, index: Path, model: str | None = None) -> Corpus:
    """Return the corpus at `index`, brought up to date with a folder."""
    from index.corpus import Corpus

    with draw_progress() as progress:
        return Corpus.build(folder, index, model=model, progress=progress)
