"""`recoupe evaluate`: how well are the questions of a gold set answered, which setting is better, did it get worse?"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ui.terminal.console import draw_progress, print_json
from ui.terminal.options import IN_INDEX, JSON, MODEL, open_index

if TYPE_CHECKING:
    from index.corpus import Corpus
    from qa.evaluation import GoldSet, Report
    from qa.evaluation.comparison import Comparison
    from qa.evaluation.judgements import Qrels

STALE = 3
"""The exit code for gold whose quotes no longer stand in their sources."""

WORSE = 4
"""The exit code for a gate that found something worse."""

_Command = TypeVar("_Command", bound=Callable[..., Any])

_MEASURES = ("nDCG@10", "R@1", "R@5", "R@10", "RR")
_FILE = click.Path(dir_okay=False, path_type=Path)
_EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Stale(click.ClickException):
    exit_code = STALE


def _output(flag: str, told: str) -> Callable[[_Command], _Command]:
    """Return the option of a file to be written; the context keeps its value, so that the command takes one thing."""

    def keep(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
        if value is not None:
            if not value.parent.is_dir():  # said now, not when everything has been asked
                raise click.BadParameter(f"{value.parent} is not a folder.")
            ctx.meta[f"{__name__}.{flag}"] = value

    return click.option(flag, type=_FILE, expose_value=False, callback=keep, help=told)


def _outputs(ctx: click.Context) -> dict[str, Path]:
    """Return the files to be written, by their flags."""
    return {key.removeprefix(f"{__name__}."): value for key, value in ctx.meta.items() if key.startswith(__name__)}


def _split(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in (value or "").split(",") if name.strip())
    if value is not None and (len(names) < 2 or len(set(names)) < len(names)):
        raise click.BadParameter("name two or more different systems, with commas between them.")
    return names


@click.command("evaluate")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@IN_INDEX
@MODEL
@click.option("--compare", "systems", metavar="A,B,...", callback=_split, help="Compare how these rank passages.")
@click.option("--by", type=click.Choice(_MEASURES), default="nDCG@10", show_default=True, help="Compare by this.")
@click.option("--judgements", type=_EXISTING, help="Judge rankings by these TREC qrels, not by GOLD's quotes.")
@click.option("--gate", type=_FILE, help="Fail where a metric fell since this baseline (JSON).")
@click.option("--update-baseline", is_flag=True, help="Write the file of --gate anew: accept what is measured.")
@JSON
@_output("--csv", "Write the table as CSV.")
@_output("--html", "Write a page with tables, pictures and the worst questions.")
@_output("--per-question", "Write a line of JSON for each question.")
@_output("--run", "Write the rankings as a TREC run.")
@_output("--qrels", "Write the judgements as TREC qrels.")
@click.pass_context
def evaluate_command(
    ctx: click.Context,
    gold: Path,
    index: Path,
    model: str | None,
    systems: tuple[str, ...],
    by: str,
    judgements: Path | None,
    gate: Path | None,
    update_baseline: bool,
    as_json: bool,
) -> None:
    """Measure the answers against GOLD.

    GOLD is a file of questions with the passages that answer them (.jsonl), a BEIR folder, or SQuAD's JSON. The last
    two bring their own passages: their index is made for the occasion, or kept at --index where you name one.

    It may also be a file of pairs of articles on like events (.jsonl): then it is measured how often the other event
    answers, and how often that makes sources agree. Each pair is a corpus of its own, kept in the folder --index.

    With --compare, rankings are compared instead, by paired tests over the same questions: rank-bm25, bm25, dense,
    hybrid, or files with TREC runs. The first is the baseline.

    \b
    Examples:
      recoupe evaluate gold.jsonl --index my-index --html report.html
      recoupe evaluate gold.jsonl --compare rank-bm25,bm25,dense,hybrid
      recoupe evaluate gold.jsonl --gate baseline.json

    \b
    Exit codes:
      1  an error    2  a wrong option
      3  stale gold: a quote no longer stands in its source
      4  the gate: a metric fell significantly, or by more than 0.05
    """
    outputs = _outputs(ctx)
    own = ctx.get_parameter_source("index") is not click.core.ParameterSource.DEFAULT
    from qa.evaluation.confusion import holds_pairs

    if holds_pairs(gold):
        if systems or gate or judgements or model or outputs.keys() - {"--per-question"}:
            raise click.UsageError("pairs of articles go with --index, --json and --per-question alone.", ctx)
        _measure_pairs(gold, index if own else None, outputs.get("--per-question"), as_json=as_json)
        return
    _refuse_conflicts(ctx, systems, gate, update_baseline)
    if "--html" in outputs:  # what the page needs is missed now, not when everything has been asked
        from ui.reports.pictures import load_figure

        load_figure()
    from qa.evaluation import StaleGold, read_set

    try:
        wanted = read_set(gold)
        with _corpus(wanted, index, model, kept=own) as corpus:
            if systems:
                comparison = _compared(corpus, wanted, systems, by, judgements)
                _write_comparison(comparison, outputs.get("--csv"), as_json=as_json)
                return
            report = _measured(corpus, wanted, judgements)
    except StaleGold as error:
        raise _Stale(str(error)) from error
    _write_report(report, outputs, title=gold.name, as_json=as_json)
    if gate:
        ctx.exit(_gate(report, gate, update=update_baseline))


def _measure_pairs(gold: Path, kept: Path | None, per_question: Path | None, *, as_json: bool) -> None:
    """Print how often another event answers, and makes sources agree, over the pairs of a file."""
    from qa.evaluation.confusion import ask_pairs, question_lines, read_pairs, summary, table
    from qa.evaluation.files import write_text

    pairs = read_pairs(gold)
    total = sum(len(pair.questions) for pair in pairs)
    found = []
    with tempfile.TemporaryDirectory() as folder, draw_progress() as progress:
        for one in ask_pairs(pairs, kept or Path(folder)):
            found.append(one)
            progress("asking", len(found), total)
    if per_question:
        write_text(per_question, question_lines(found))
    print_json(summary(found)) if as_json else click.echo(table(found))


def _refuse_conflicts(ctx: click.Context, systems: tuple[str, ...], gate: Path | None, update_baseline: bool) -> None:
    if update_baseline and not gate:
        raise click.UsageError("--update-baseline needs --gate, which names the baseline.", ctx)
    if systems and (gate or _outputs(ctx).keys() - {"--csv"}):
        raise click.UsageError("--compare goes with --by, --judgements, --json and --csv alone.", ctx)
    if gate and not update_baseline and not gate.exists():
        raise click.UsageError(f"there is no baseline at {gate}; --update-baseline makes one.", ctx)


@contextlib.contextmanager
def _corpus(gold: GoldSet, index: Path, model: str | None, *, kept: bool) -> Iterator[Corpus]:
    """Give the corpus that the questions are over; for articles of their own it is `kept` at `index` or not at all."""
    from qa.evaluation import index_articles

    if not gold.articles:
        yield open_index(index, model)
        return
    with contextlib.ExitStack() as stack:
        place = index if kept else Path(stack.enter_context(tempfile.TemporaryDirectory())) / "index"
        with draw_progress() as progress:
            corpus = index_articles(gold.articles, place, model=model, progress=_stage(progress, "encoding"))
        yield corpus


def _stage(progress: Callable[[str, int, int], None], name: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(name, done, total)


def _judged(corpus: Corpus, gold: GoldSet, judgements: Path | None) -> Qrels | None:
    from qa.evaluation.judgements import Passages
    from qa.evaluation.trec import read_qrels

    if judgements is None:
        return None
    return read_qrels(judgements, {question.id for question in gold.questions}, Passages.of(corpus))


def _measured(corpus: Corpus, gold: GoldSet, judgements: Path | None) -> Report:
    from qa.assistant import Assistant
    from qa.evaluation import evaluate as measure

    qrels = _judged(corpus, gold, judgements)
    with draw_progress() as progress:
        return measure(Assistant(corpus), gold.questions, qrels=qrels, progress=_stage(progress, "asking"))


def _compared(corpus: Corpus, gold: GoldSet, systems: tuple[str, ...], by: str, judgements: Path | None) -> Comparison:
    from qa.evaluation.comparison import compare

    qrels = _judged(corpus, gold, judgements)
    with draw_progress() as progress:
        return compare(corpus, gold.questions, systems, measure=by, qrels=qrels, progress=_stage(progress, "searching"))


def _write_comparison(comparison: Comparison, csv: Path | None, *, as_json: bool) -> None:
    from qa.evaluation.files import write_text
    from qa.evaluation.writing import comparison_csv

    if csv:
        write_text(csv, comparison_csv(comparison))
    print_json(comparison.summary()) if as_json else click.echo(comparison)


def _write_report(report: Report, outputs: Mapping[str, Path], *, title: str, as_json: bool) -> None:
    """Write the files that were asked for, once all of them are made, and print the report."""
    from qa.evaluation.files import write_text
    from qa.evaluation.trec import qrels_text, run_text
    from qa.evaluation.writing import question_lines, report_csv
    from ui.reports.evaluation import write_report_page

    made = {
        "--csv": lambda: report_csv(report),
        "--html": lambda: write_report_page(report, title=title),
        "--per-question": lambda: question_lines(report),
        "--run": lambda: run_text({o.question.id: o.ranking for o in report.outcomes}),
        "--qrels": lambda: qrels_text(report.qrels),
    }
    texts = {file: made[flag]() for flag, file in outputs.items()}
    for file, text in texts.items():
        write_text(file, text)
    print_json({**report.summary(), "scores": report.scores()}) if as_json else click.echo(report)


def _gate(report: Report, baseline: Path, *, update: bool) -> int:
    """Return the exit code of a gate, having said on stderr what fell."""
    from qa.evaluation.gate import falls, save_baseline

    if update:
        save_baseline(baseline, report)
        click.echo(f"accepted as the baseline: {baseline}", err=True)
        return 0
    found = falls(report, baseline)
    for fall in found:
        click.echo(f"gate: {fall}", err=True)
    if not found:
        click.echo(f"gate: nothing fell since {baseline}", err=True)
    return WORSE if found else 0
