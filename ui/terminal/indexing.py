"""`recoupe build`, `add`, `remove`, `info` and `verify`: how do articles get into an index, and what does it hold?"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from ui.terminal.console import draw_progress, print_json, print_report
from ui.terminal.moving import add_engine_options, choose_destination
from ui.terminal.options import COLUMN, IN_INDEX, INDEX_ARGUMENT, JSON, MODEL, open_index, read_columns


@contextlib.contextmanager
def _naming_kinds(folder: Path) -> Iterator[None]:
    """Where a folder holds no file that is read, say in the error which kinds are."""
    from index.reading.kinds import SUFFIXES
    from index.reading.walking import found_in
    from index.records import CorpusError

    try:
        yield
    except CorpusError as error:
        walk = found_in(folder) if folder.is_dir() else None
        if walk is None or walk.files or walk.skipped:
            raise
        raise CorpusError(f"{error}; files of these kinds are read: {', '.join(sorted(SUFFIXES))}") from error


@click.command("build")
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
@COLUMN
@click.option("--guess-columns", is_flag=True, help="Forget the columns that were named before.")
@add_engine_options
def build_command(
    folder: Path,
    index: Path,
    model: str | None,
    max_bytes: int,
    columns: tuple[tuple[str, str], ...],
    guess_columns: bool,
    backend: str,
    uri: str | None,
    collection: str | None,
    workers: int,
) -> None:
    """Read the articles of FOLDER into INDEX.

    Every file of FOLDER that holds articles is read: text, Markdown, HTML, PDF, Word, OpenDocument, RTF, EPUB, mail,
    feeds, tables, JSON, archives, and the exports of Europresse, Factiva and Nexis, article by article; files of other
    kinds are counted. An index that is there already is brought up to date: unchanged articles are not encoded again,
    and those that are gone leave it. Interrupted, the same command goes on where it stopped.

    \b
    Examples:
      recoupe build articles my-index
      recoupe build articles my-index --column text "Corps de l'article" --column published Parution
      recoupe build articles --backend milvus --uri http://cluster:19530 --collection news
    """
    from index.corpus import Corpus

    if guess_columns and columns:
        raise click.UsageError("--guess-columns forgets what --column names; give one of them.")
    place = choose_destination(index, backend, uri, collection)
    named = {} if guess_columns else read_columns(columns)
    with draw_progress() as progress, _naming_kinds(folder):
        corpus = Corpus.build(
            folder, place, model=model, max_bytes=max_bytes, columns=named, workers=workers, progress=progress
        )
    print_report(corpus.report, f"in {corpus.path}")


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@IN_INDEX
@COLUMN
def add_command(paths: tuple[Path, ...], index: Path, columns: tuple[tuple[str, str], ...]) -> None:
    """Add files and folders to the index.

    A source that it holds already is replaced.

    \b
    Examples:
      recoupe add today/*.html --index my-index
      recoupe add archive.csv --column text Contenu --column outlet Journal
    """
    named = read_columns(columns)
    corpus = open_index(index)
    with draw_progress() as progress, contextlib.ExitStack() as naming:
        for path in paths if len(paths) == 1 else ():
            naming.enter_context(_naming_kinds(path))
        report = corpus.add(paths, columns=named, progress=progress)
    print_report(report, f"into {index}")


@click.command("remove")
@click.argument("sources", nargs=-1, required=True)
@IN_INDEX
def remove_command(sources: tuple[str, ...], index: Path) -> None:
    """Take SOURCES out of the index.

    They are named as `recoupe info` lists them; the name of a file of several articles stands for all of them.

    \b
    Example:
      recoupe remove retracted.html --index my-index
    """
    click.echo(f"{open_index(index).remove(sources)} removed from {index}")


@click.command("info")
@INDEX_ARGUMENT
@JSON
def info_command(index: Path, as_json: bool) -> None:
    """Say what INDEX holds and list its sources.

    \b
    Example:
      recoupe info my-index
    """
    from ui.terminal.text import write_info
    from ui.words.wording import describe_document

    corpus = open_index(index)
    if as_json:
        print_json({**corpus.info(), "documents": [describe_document(d) for d in corpus.documents]})
    else:
        click.echo(write_info(corpus.info(), corpus.documents), nl=False)


@click.command("verify")
@INDEX_ARGUMENT
def verify_command(index: Path) -> None:
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
