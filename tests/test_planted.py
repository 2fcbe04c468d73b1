"""The measure of planted figures: what is counted, by hand."""

import json

import pytest
from click.testing import CliRunner

from index.facts import Span
from index.records import CorpusError
from qa.answers import Citation
from qa.evaluation.planted import judge_matters, main, read_plots, tabulate
from qa.matters import Matter, Statement

LINE = {
    "id": "p",
    "articles": [
        {
            "name": "a",
            "language": "fr",
            "title": "Une crue",
            "text": "Il y a {{dead=12|douze}} morts et {{hurt=30|30}}.",
        },
        {
            "name": "b",
            "language": "en",
            "title": "A flood",
            "text": "There are {{dead=15|15}} dead, {{hurt=30|30}} hurt.",
        },
        {"name": "c", "language": "en", "title": "A fire", "text": "There are {{fire=3|3}} dead."},
    ],
    "things": {"dead": "differ", "hurt": "agree", "fire": "alone"},
}


def plots_of(folder, line=LINE):
    file = folder / "planted.jsonl"
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return read_plots(file)


def statement(plot, name, printed):
    """Return what says a figure, as if its article were one sentence."""
    text = next(article.text for article in plot.articles if article.name == name)
    start = text.index(printed)
    cited = Citation(1, f"{name}.txt", "", None, 0, len(text), text)
    return Statement(cited, Span("number", printed, start, start + len(printed)), 1)


def test_marks_are_taken_out_and_say_where_each_figure_stands(tmp_path):
    [plot] = plots_of(tmp_path)
    article = plot.articles[0]
    assert article.text == "Une crue\n\nIl y a douze morts et 30."
    assert [article.text[p.start : p.end] for p in article.planted] == ["douze", "30"]


def test_recall_precision_and_verdicts(tmp_path):
    [plot] = plots_of(tmp_path)
    right = Matter("agree", (), "", (statement(plot, "a", "douze"), statement(plot, "b", "15")))
    wrong = Matter("differ", (), "", (statement(plot, "b", "30"), statement(plot, "c", "3")))
    judged = judge_matters(plot, [right, wrong], {"a": 0, "b": 0, "c": 0})
    assert [(pair.one[1], pair.found, pair.contradicts) for pair in judged.pairs] == [
        ("dead", True, True),
        ("hurt", False, False),
    ]
    assert [things for _, things in judged.matters] == [{"dead"}, set()]
    assert tabulate([judged]).splitlines() == [
        "recall, differ        1.000 (1/1)",
        "recall, agree         0.000 (0/1)",
        "recall, contradicting 1.000 (1/1)",
        "recall, dates         none",
        "recall, all           0.500 (1/2)",
        "precision, first 10   0.500 (1/2)",
        "verdict               0.000 (0/1)",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"things": {"dead": "differ"}},
        {"things": {"dead": "other", "hurt": "agree", "fire": "alone"}},
        {"articles": [{"name": "a", "title": "x", "text": "{{dead|12}}"}]},
        {"articles": [LINE["articles"][0]] * 2},
    ],
)
def test_a_corpus_that_is_none_is_refused(tmp_path, change):
    with pytest.raises(CorpusError, match=r"planted.jsonl:1: not a corpus with planted figures"):
        plots_of(tmp_path, LINE | change)


def test_the_command_prints_the_measures(tmp_path):
    plots_of(tmp_path)
    done = CliRunner().invoke(main, [str(tmp_path / "planted.jsonl"), "--wrong"])
    assert done.exit_code == 0
    assert done.output.splitlines()[-1].startswith("verdict")
