"""Measures counted by hand, and gold sets that are wrong in one way each."""

import json
from datetime import date

import pytest
from tiny import TinyEncoder

from index import Corpus
from index.records import CorpusError
from qa import Assistant
from qa.answers import SourceAnswer
from qa.evaluation import MEASURES, GoldAnswer, GoldQuestion, Outcome, Rate, Report, evaluate, read_gold, right_value
from qa.extraction import Span

LINE = {
    "id": "q1", "language": "fr", "question": "Combien de morts ?", "history": [], "unanswerable": False,
    "answers": [
        {"source": "crue.txt", "quote": "La crue a fait 12 morts.", "answer": "12", "kind": "number", "value": 12},
    ],
}  # fmt: skip


def gold_file(tmp_path, *lines):
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8")
    return file


def test_a_gold_set_is_read(tmp_path):
    (question,) = read_gold(gold_file(tmp_path, LINE))
    answer = GoldAnswer("crue.txt", ("La crue a fait 12 morts.",), "12", "number", 12)
    assert question == GoldQuestion("q1", "fr", "Combien de morts ?", (), (answer,))
    assert question.sources == {"crue.txt"}


def test_an_interval_of_dates_has_two_ends(tmp_path):
    dated = {**LINE["answers"][0], "kind": "date", "value": "2018/2019", "answer": "12"}
    (question,) = read_gold(gold_file(tmp_path, {**LINE, "answers": [dated]}))
    assert (question.answers[0].value, question.answers[0].value_max) == ("2018", "2019")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["{"], "line 1 .* not JSON"),
        ([LINE, {**LINE, "id": "q2", "answers": None}], "line 2"),
        ([{k: v for k, v in LINE.items() if k != "question"}], "line 1 .*question"),
        ([LINE, LINE], "'q1' stands twice"),
        ([], "no questions"),
    ],
)
def test_a_malformed_gold_set_is_refused(tmp_path, lines, message):
    with pytest.raises(CorpusError, match=message):
        read_gold(gold_file(tmp_path, *lines))


def claimed(kind, text, value=None, value_max=None):
    return SourceAnswer("crue.txt", "", date(2025, 1, 1), (), Span(kind, text, 0, len(text), value, value_max))


def asking(kind, text, value=None, value_max=None):
    return GoldQuestion("q", "fr", "?", (), (GoldAnswer("crue.txt", ("",), text, kind, value, value_max),))


@pytest.mark.parametrize(
    ("shown", "gold", "right"),
    [
        (claimed("number", "12", 12), asking("number", "douze", 12), True),
        (claimed("number", "12", 12), asking("number", "13", 13), False),
        (claimed("number", "600 à 4 000", 600, 4000), asking("number", "600", 600), False),
        (claimed("date", "Mercredi", None), asking("date", "mercredi"), True),
        (claimed("person", "Durand"), asking("person", "Marie Durand"), True),
        (claimed("person", "Marie Dupont"), asking("person", "Marie Durand"), False),
        (claimed("place", "l’Ostrelle"), asking("place", "Ostrelle"), True),
        (SourceAnswer("crue.txt", "", None, (), None), asking("number", "12", 12), False),
    ],
)
def test_a_claim_is_right_by_value_or_by_words(shown, gold, right):
    assert right_value(shown, gold) is right


def test_rates_are_counted_by_hand():
    outcomes = [
        Outcome(GoldQuestion("a", "fr", "?", (), ()), None, {"value": (True, False), "kept": (True,)}),
        Outcome(GoldQuestion("b", "en", "?", (), ()), None, {"value": (True,)}),
    ]
    report = Report(tuple(outcomes))
    assert report.rate("value") == Rate(2, 3)
    assert report.rate("value", language="fr") == Rate(1, 2)
    assert str(report.rate("value", language="en")) == "1.000 (1/1)"
    assert str(report.rate("refused")) == "none"
    assert [line.split("  ")[0].strip() for line in str(report).splitlines()] == ["measure", *MEASURES]


@pytest.fixture
def assistant(tmp_path, monkeypatch):
    monkeypatch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "crue.txt").write_text("La crue du fleuve\n\nLa crue a fait 12 morts.\n", encoding="utf-8")
    (folder / "vote.txt").write_text("Le vote\n\nLe conseil a voté le budget mardi.\n", encoding="utf-8")
    return Assistant(Corpus.build(folder, tmp_path / "index"))


def test_an_evaluation_counts_every_case(assistant, tmp_path):
    unanswerable = {
        **LINE,
        "id": "q2",
        "question": "Quelle est la capitale du Brésil ?",
        "answers": [],
        "unanswerable": True,
    }
    report = evaluate(assistant, read_gold(gold_file(tmp_path, LINE, unanswerable)))
    totals = {measure: report.rate(measure).total for measure in MEASURES}
    assert totals["passage first"] == totals["value"] == totals["heard"] == totals["kept"] == 1
    assert totals["silence"] == totals["refused"] == 1
    assert report.rate("fidelity").right == report.rate("fidelity").total > 0
    assert report.rate("passage first") == Rate(1, 1)
    assert report.rate("value") == Rate(1, 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"source": "absent.txt"}, "corpus lacks"), ({"quote": "La crue a fait 13 morts."}, "stale gold")],
)
def test_gold_that_no_longer_fits_the_corpus_is_named(assistant, tmp_path, change, message):
    line = {**LINE, "answers": [{**LINE["answers"][0], **change}]}
    with pytest.raises(CorpusError, match=message):
        evaluate(assistant, read_gold(gold_file(tmp_path, line)))
