"""The terminal: each command is one library call and one print."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.console import next_question, print_answer, print_json, print_report, progress_bars, styled, width
from ui.evaluating import evaluate, gold
from ui.hosting import hosting_options, password
from ui.moving import copy, destination, engine_options
from ui.options import IN_INDEX, INDEX_ARGUMENT, JSON, MODEL, opened

# Whatever loads numpy, torch or gradio is imported inside the command that needs it: `--help` answers at once.
if TYPE_CHECKING:
    from qa.answers import Answer

_INTERRUPTED = 130
_CLOSED_PIPE = 141


class _Commands(click.Group):
    """The group that ends every command the same way: one sentence on stderr for an error, quiet on Ctrl-C."""

    def invoke(self, ctx: click.Context) -> Any:
        from index.records import CorpusError

        try:
            return super().invoke(ctx)
        except CorpusError as error:
            raise click.ClickException(str(error)) from error
        except (KeyboardInterrupt, click.Abort):
            click.echo(err=True)
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            # Whoever read the output has left; what Python still holds for it goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_CLOSED_PIPE)
        except OSError as error:  # a full disk, a folder that may not be written
            raise click.ClickException(f"{error.filename or 'the system'}: {error.strerror or error}") from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which they are met, not in that of the alphabet."""
        return list(self.commands)


def main() -> None:
    """Run the command line, in UTF-8 whatever the locale."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    cli(prog_name="recoupe")


def _as_typed(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return an argument as it was typed: under a locale that is not UTF-8 Python leaves its bytes as surrogates."""
    if not value.strip():
        raise click.BadParameter("there is no question in it.")
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


_QUESTION = click.argument("question", callback=_as_typed)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="recoupe", prog_name="recoupe")
def cli() -> None:
    """Show what each source says about a question, word for word, with citations.

    \b
    First steps:
      recoupe build articles          read a folder of articles into .recoupe
      recoupe ask "combien de morts ?"
      recoupe serve                   the same in the browser

    Without an index of its own, a command builds one from the five articles in the box.
    """


@cli.command()
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


@cli.command()
@_QUESTION
@IN_INDEX
@MODEL
@JSON
def ask(question: str, index: Path, model: str | None, as_json: bool) -> None:
    """Answer QUESTION by the passages of each source.

    \b
    Examples:
      recoupe ask "how many soldiers died?"
      recoupe ask "qui l’a annoncé ?" --index my-index --json
    """
    from qa.assistant import Assistant

    answer = Assistant(opened(index, model)).ask(question)
    print_json(answer) if as_json else print_answer(answer)


@cli.command()
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
@JSON
def search(question: str, index: Path, model: str | None, k: int, retriever: str, as_json: bool) -> None:
    """List the paragraphs nearest to QUESTION.

    Best first, and without judging whether they answer.

    \b
    Example:
      recoupe search "sanctions" --k 3 --retriever bm25
    """
    from ui.text import hits_text

    hits = opened(index, model).search(question, k=k, retriever=retriever)
    print_json(hits) if as_json else click.echo(hits_text(hits, width=width(), styled=styled()), nl=False)


@cli.command()
@IN_INDEX
@MODEL
def chat(index: Path, model: str | None) -> None:
    """Ask one question after another.

    A follow-up may leave out what was said before. An empty line ends.

    \b
    Example:
      recoupe chat --index my-index
    """
    from qa.assistant import Assistant

    assistant, history = Assistant(opened(index, model)), list["Answer"]()
    while question := next_question():
        answer = assistant.ask(question, history=history)
        history.append(answer)
        print_answer(answer)


@cli.command()
@INDEX_ARGUMENT
@hosting_options
@MODEL
@click.pass_context
def serve(
    ctx: click.Context,
    index: Path,
    host: str,
    port: int,
    auth_file: Path | None,
    uploads: bool,
    max_upload: int,
    root_path: str,
    mcp: bool,
    candidates: Path | None,
    model: str | None,
) -> None:
    """Serve the chat page over INDEX, and its endpoints for programs.

    Prints the address, and serves until Ctrl-C. A port that you name must be free; where the usual one is in use, the
    next free one is taken.

    \b
    Examples:
      recoupe serve my-index --port 8000
      recoupe serve my-index --host 0.0.0.0 --auth-file accounts
    """
    chosen = ctx.get_parameter_source("port") is not click.core.ParameterSource.DEFAULT
    corpus = opened(index, model)
    from ui.serving import serve as serve_page

    serve_page(
        corpus,
        host=host,
        port=port,
        tries=1 if chosen else 100,
        auth_file=auth_file,
        uploads=uploads,
        max_upload=max_upload,
        root_path=root_path,
        mcp=mcp,
        candidates=candidates,
    )


cli.add_command(password)


@cli.command()
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


@cli.command()
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


@cli.command()
@INDEX_ARGUMENT
@JSON
def info(index: Path, as_json: bool) -> None:
    """Say what INDEX holds and list its sources.

    \b
    Example:
      recoupe info my-index
    """
    from ui.text import info_text
    from ui.wording import listed

    corpus = opened(index)
    if as_json:
        print_json({**corpus.info(), "documents": [listed(d) for d in corpus.documents]})
    else:
        click.echo(info_text(corpus.info(), corpus.documents), nl=False)


@cli.command()
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


cli.add_command(copy)
cli.add_command(evaluate)
cli.add_command(gold)


if __name__ == "__main__":
    main()
