"""The terminal: each command is one library call and one print."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.console import next_question, print_answer, print_json, print_report, progress_bars, styled, width

# Whatever loads numpy, torch or gradio is imported inside the command that needs it: `--help` answers at once.
if TYPE_CHECKING:
    from index.corpus import Corpus
    from qa.answers import Answer

INDEX = ".recoupe"
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


def seeds_folder() -> Path:
    """Return the folder of the bundled articles: inside the package in an installed wheel, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    return next((f for f in (here / "seeds", here.parent / "seeds") if f.is_dir()), here / "seeds")


def _as_typed(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return an argument as it was typed: under a locale that is not UTF-8 Python leaves its bytes as surrogates."""
    if not value.strip():
        raise click.BadParameter("there is no question in it.")
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


_MODEL = click.option(
    "--model", metavar="NAME_OR_FOLDER", help="Encoder: a hub name or a local folder; without it, the one in the box."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, with the names of the Python API.")
_IN_INDEX = click.option(
    "--index", "index", type=click.Path(path_type=Path), default=INDEX, show_default=True, help="The index to use."
)
_INDEX_ARGUMENT = click.argument("index", type=click.Path(path_type=Path), default=INDEX)
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
@_INDEX_ARGUMENT
@_MODEL
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1),
    default=50_000_000,
    show_default=True,
    help="Skip files larger than this.",
)
def build(folder: Path, index: Path, model: str | None, max_bytes: int) -> None:
    """Read the articles of FOLDER into INDEX.

    Every .txt, .md, .html, .pdf and .docx file below FOLDER is an article. An index that is there already is brought
    up to date: unchanged files are not encoded again, and files that are gone leave it.

    \b
    Example:
      recoupe build articles my-index
    """
    from index.corpus import Corpus

    with progress_bars() as progress:
        corpus = Corpus.build(folder, index, model=model, max_bytes=max_bytes, progress=progress)
    print_report(corpus.report, f"in {index}")


@cli.command()
@_QUESTION
@_IN_INDEX
@_MODEL
@_JSON
def ask(question: str, index: Path, model: str | None, as_json: bool) -> None:
    """Answer QUESTION by the passages of each source.

    \b
    Examples:
      recoupe ask "how many soldiers died?"
      recoupe ask "qui l’a annoncé ?" --index my-index --json
    """
    from qa.assistant import Assistant

    answer = Assistant(_opened(index, model)).ask(question)
    print_json(answer) if as_json else print_answer(answer)


@cli.command()
@_QUESTION
@_IN_INDEX
@_MODEL
@click.option("--k", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many paragraphs.")
@click.option(
    "--retriever",
    type=click.Choice(["hybrid", "bm25", "dense"]),
    default="hybrid",
    show_default=True,
    help="Words and meaning together, words alone, or meaning alone.",
)
@_JSON
def search(question: str, index: Path, model: str | None, k: int, retriever: str, as_json: bool) -> None:
    """List the paragraphs nearest to QUESTION.

    Best first, and without judging whether they answer.

    \b
    Example:
      recoupe search "sanctions" --k 3 --retriever bm25
    """
    from ui.text import hits_text

    hits = _opened(index, model).search(question, k=k, retriever=retriever)
    print_json(hits) if as_json else click.echo(hits_text(hits, width=width(), styled=styled()), nl=False)


@cli.command()
@_IN_INDEX
@_MODEL
def chat(index: Path, model: str | None) -> None:
    """Ask one question after another.

    A follow-up may leave out what was said before. An empty line ends.

    \b
    Example:
      recoupe chat --index my-index
    """
    from qa.assistant import Assistant

    assistant, history = Assistant(_opened(index, model)), list["Answer"]()
    while question := next_question():
        answer = assistant.ask(question, history=history)
        history.append(answer)
        print_answer(answer)


@cli.command()
@_INDEX_ARGUMENT
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(0, 65535), default=7860, show_default=True, help="0 takes any free one.")
@_MODEL
@click.pass_context
def serve(ctx: click.Context, index: Path, host: str, port: int, model: str | None) -> None:
    """Serve the chat page over INDEX.

    Prints the address, and serves until Ctrl-C. A port that you name must be free; where the usual one is in use, the
    next free one is taken.

    \b
    Example:
      recoupe serve my-index --port 8000
    """
    chosen = ctx.get_parameter_source("port") is not click.core.ParameterSource.DEFAULT
    corpus = _opened(index, model)
    from ui.web import serve as serve_page

    serve_page(corpus, host=host, port=port, tries=1 if chosen else 100)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_IN_INDEX
def add(paths: tuple[Path, ...], index: Path) -> None:
    """Add files and folders to the index.

    A source that it holds already is replaced.

    \b
    Example:
      recoupe add today/*.html --index my-index
    """
    corpus = _opened(index)
    with progress_bars() as progress:
        report = corpus.add(paths, progress=progress)
    print_report(report, f"into {index}")


@cli.command()
@click.argument("sources", nargs=-1, required=True)
@_IN_INDEX
def remove(sources: tuple[str, ...], index: Path) -> None:
    """Take SOURCES out of the index.

    They are named as `recoupe info` lists them.

    \b
    Example:
      recoupe remove retracted.html --index my-index
    """
    click.echo(f"{_opened(index).remove(sources)} removed from {index}")


@cli.command()
@_INDEX_ARGUMENT
@_JSON
def info(index: Path, as_json: bool) -> None:
    """Say what INDEX holds and list its sources.

    \b
    Example:
      recoupe info my-index
    """
    from ui.text import info_text
    from ui.wording import listed

    corpus = _opened(index)
    if as_json:
        print_json({**corpus.info(), "documents": [listed(d) for d in corpus.documents]})
    else:
        click.echo(info_text(corpus.info(), corpus.documents), nl=False)


@cli.command()
@_INDEX_ARGUMENT
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


@cli.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_IN_INDEX
@_MODEL
def evaluate(gold: Path, index: Path, model: str | None) -> None:
    """Measure the answers against GOLD.

    GOLD is a file of questions with the passages that answer them.

    \b
    Example:
      recoupe evaluate gold.jsonl --index my-index
    """
    from qa.assistant import Assistant
    from qa.evaluation import evaluate as measure
    from qa.evaluation import read_gold

    with progress_bars() as progress:
        report = measure(
            Assistant(_opened(index, model)), read_gold(gold), progress=lambda *done: progress("asking", *done)
        )
    click.echo(report)


def _opened(index: Path, model: str | None = None) -> Corpus:
    """Return the corpus at `index`; the usual index is built from the bundled articles when it is not there."""
    from index.corpus import Corpus
    from index.store import Store

    if index == Path(INDEX) and not Store(index).exists():
        click.echo(f"No index at {index}: building one from the articles in the box.", err=True)
        with progress_bars() as progress:
            return Corpus.build(seeds_folder(), index, model=model, progress=progress)
    return Corpus.open(index, model=model)


if __name__ == "__main__":
    main()
