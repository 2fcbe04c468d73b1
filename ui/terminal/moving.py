"""How does a corpus get to another place? The command `copy`, and the options by which `build` names an engine."""

from __future__ import annotations

from pathlib import Path

import click

from ui.terminal.console import draw_progress, print_report
from ui.terminal.options import Command

_OPTIONS = (
    click.option(
        "--backend",
        type=click.Choice(["embedded", "milvus"]),
        default="embedded",
        show_default=True,
        help="Where the index lives: in a folder, or on a Milvus engine.",
    ),
    click.option("--uri", help="With milvus: the engine, http://HOST:19530, or the file of a lite one."),
    click.option("--collection", help="With milvus: the collection's name."),
    click.option(
        "--workers",
        type=click.IntRange(min=0),
        default=0,
        help="With milvus: read and encode in this many Ray processes, on the cluster of RAY_ADDRESS if it is set.",
    ),
)


def add_engine_options(command: Command) -> Command:
    """Give a command the options of an engine, in this order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def choose_destination(index: Path, backend: str, uri: str | None, collection: str | None) -> Path | str:
    """Return where an index is to live: its folder, or the address of its collection."""
    if backend == "embedded":
        if uri or collection:
            raise click.UsageError("--uri and --collection go with --backend milvus.")
        return index
    if not uri or not collection:
        raise click.UsageError("--backend milvus needs --uri and --collection.")
    from index.cluster.address import address

    return address(uri, collection)


@click.command("copy")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
def copy_command(source: Path, target: Path) -> None:
    """Make TARGET hold what the index SOURCE holds.

    Either is a folder or the address of a collection, milvus+http://HOST:19530/NAME. Nothing is encoded again. Articles
    that TARGET holds already are left alone, and those that SOURCE lacks leave it. A copy to a collection that was
    interrupted goes on where it stopped.

    \b
    Examples:
      recoupe copy my-index milvus+http://cluster:19530/news
      recoupe copy milvus+http://cluster:19530/news my-index
    """
    from index.corpus import Corpus

    with draw_progress() as progress:
        corpus = Corpus.open(source).copy(target, progress=progress)
    print_report(corpus.report, f"copied to {corpus.path}")
