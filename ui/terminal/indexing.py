"""`recoupe build`, `add`, `remove`, `info` and `verify`: how do articles get into an index, and what does it hold?"""

from __future__ import annotations

from pathlib import Path

import click

from ui.terminal.console import print_json, print_report, progress_bars
from ui.terminal.moving import destination, engine_options
from ui.terminal.options import IN_INDEX, INDEX_ARGUMENT, JSON, MODEL, opened


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@INDEX_ARGUMENT
@MODEL
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=50_000_000,
    show_default=True,
    help="Skip files larger than this.",
)
@engine_options
def build(
    folder: Path,
    index: Path,
    model: str | None,
    max_bytes: int,
    backend: str,
    uri: str | None,
    collection: str | None,
    workers: int,
) -> None:
    """Read the articles of FOLDER into INDEX.

    Every .txt, .md, .html, .pdf and .docx file below FOLDER is an article. An index that is there already is brought
    up to date: unchanged files are not encoded again, and files that are gone leave it. Interrupted, the same command
    goes on where it stopped.

    \b
    Examples:
      recoupe build articles my-index
      recoupe build articles --backend milvus --uri http://cluster:19530 --collection news
    """
    from index.corpus import Corpus

    place = destination(index, backend, uri, collection)
    with progress_bars() as progress:
        corpus = Corpus.build(folder, place, model=model, max_bytes=max_bytes, workers=workers, progress=progress)
    print_report(corpus.report, f"in {corpus.path}")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@IN_INDEX
def add(paths: tuple[Path, ...], index: Path) -> None:
    """Add files and folders to the index.

    A source that it holds already is replaced.

    \b
    Example:
      recoupe add today/*.html --index my-index
    """
    corpus = opened(index)
    with progress_bars() as progress:
        report = corpus.add(paths, progress=progress)
    print_report(report, f"into {index}")


@click.command()
@click.argument("sources", nargs=-1, required=True)
@IN_INDEX
def remove(sources: tuple[str, ...], index: Path) -> None:
    """Take SOURCES out of the index.

    They are named as `recoupe info` lists them.

    \b
    Example:
      recoupe remove retracted.html --index my-index
    """
    click.echo(f"{opened(index).remove(sources)} removed from {index}")


@click.command()
@INDEX_ARGUMENT
@JSON
def info(index: Path, as_json: bool) -> None:
    """Say what INDEX holds and list its sources.

    \b
    Example:
      recoupe info my-index
    """
    from ui.terminal.text import info_text
    from ui.words.wording import listed

    corpus = opened(index)
    if as_json:
        print_json({**corpus.info(), "documents": [listed(d) for d in corpus.documents]})
    else:
        click.echo(info_text(corpus.info(), corpus.documents), nl=False)


@click.command()
@INDEX_ARGUMENT
def verify(index: Path) -> None:
    """Check every file of INDEX.

    Says what is wrong, and exits with 1 when anything is.

    \b
    Example:
      recoupe verify my-index
    """
    from index.corpus import Corpus

    problems = Corpus.verify(index)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(f"{index} is whole")
