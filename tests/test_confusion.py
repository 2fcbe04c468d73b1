"""The measure of confusion: what is counted, by hand."""

import json

import pytest
from click.testing import CliRunner
from tiny import TinyEncoder

from index.facts import Span
from index.records import CorpusError
from qa.agreement import Claim, group_claims, judge
from qa.answers import Answer, SourceAnswer
from qa.evaluation.confusion import (
    Asked,
    Pair,
    ask_pairs,
    holds,
    holds_pairs,
    judge_answer,
    question_lines,
    rate,
    read_pairs,
    summary,
    table,
)
from ui.cli import cli

PAIR = Pair("p1", "place", {"a": "À Lormont, 12 morts.", "b": "À Doucet, 9 morts."}, {}, ())
LORMONT = Asked("Combien de morts à Lormont ?", "fr", {"a": "12"}, frozenset("b"))


def answer_of(**claims):
    """Return an answer in which each source claims a figure."""
    spans = {f"{name}.txt": Span("number", text, 0, len(text), float(text)) for name, text in claims.items()}
    groups = group_claims([Claim(source, None, span) for source, span in spans.items()])
    sources = tuple(SourceAnswer(source, "", None, (), claim=span) for source, span in spans.items())
    return Answer("", "", "fr", bool(sources), sources, (), judge(groups), groups)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"a": "12"}, {"confused": (False,), "heard": (True,), "value": (True,), "false agreement": (False,)}),
        ({"a": "9"}, {"confused": (False,), "heard": (True,), "value": (False,), "false agreement": (False,)}),
        ({"b": "12"}, {"confused": (True,), "heard": (False,), "value": (), "false agreement": (False,)}),
        ({"a": "12", "b": "12"}, {"confused": (True,), "heard": (True,), "value": (True,), "false agreement": (True,)}),
        ({}, {"confused": (False,), "heard": (False,), "value": (), "false agreement": (False,)}),
    ],
)
def test_the_measures_of_one_answer(claims, expected):
    assert judge_answer(PAIR, LORMONT, answer_of(**claims)).cases == expected


def test_the_claim_of_a_source_may_be_what_it_denies():
    asked = Asked("Combien de morts ?", "fr", {"a": "17"}, frozenset(), ("71",))
    assert judge_answer(PAIR, asked, answer_of(a="71")).cases["denied"] == (True,)
    assert judge_answer(PAIR, asked, answer_of(a="17")).cases["denied"] == (False,)
    assert judge_answer(PAIR, asked, answer_of()).cases["denied"] == (False,)


def test_a_share_is_of_all_cases_of_a_kind():
    found = [judge_answer(PAIR, LORMONT, answer_of(**claims)) for claims in ({"a": "12"}, {"b": "12"})]
    assert str(rate(found, "confused")) == "0.500 (1/2)"
    assert str(rate(found, "heard", "person")) == "none"
    assert table(found).splitlines()[-1].split()[:3] == ["all", "0.500", "(1/2)"]


@pytest.mark.parametrize(
    ("said", "wanted", "expected"),
    [("12", "12 morts", True), ("12 morts en tout", "12 morts", True), ("112", "12", False), ("2", "12", False)],
)
def test_words_are_held_whole(said, wanted, expected):
    assert holds(said, wanted, "fr") is expected


def test_a_file_of_pairs_and_of_denials(tmp_path):
    lines = [
        {"id": "c1", "differ": "place", "articles": {"a": "x", "b": "y"}, "dates": {"a": "2024-01-02"},
         "questions": [{"question": "q", "language": "fr", "answers": {"a": "x"}, "silent": ["b"]}]},
        {"id": "d1", "kind": "zero", "article": "z",
         "questions": [{"question": "q", "language": "en", "holds": None, "denied": ["3"]}]},
    ]  # fmt: skip
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    first, second = read_pairs(file)
    assert (first.differ, first.dates, first.questions[0].silent) == ("place", {"a": "2024-01-02"}, {"b"})
    assert (second.differ, second.articles, second.questions[0]) == (
        "zero",
        {"a": "z"},
        Asked("q", "en", {}, frozenset(), ("3",)),
    )
    file.write_text('{"id": 1}', encoding="utf-8")
    with pytest.raises(CorpusError, match="not a pair of articles"):
        read_pairs(file)


def test_the_pairs_are_asked_over_corpora_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setattr("qa.evaluation.confusion.SentenceEncoder", TinyEncoder)
    articles = {
        "a": "Incendie à Bordeaux\n\nL'incendie de Bordeaux a fait 12 morts, selon les pompiers.",
        "b": "Incendie à Nantes\n\nL'incendie de Nantes a fait 9 morts, selon les pompiers.",
    }
    asked = Asked("Combien de morts dans l'incendie de Nantes ?", "fr", {"b": "9"}, frozenset("a"))
    elsewhere = Asked("Combien de morts dans l'incendie de Lyon ?", "fr", {}, frozenset("ab"))
    pair = Pair("p", "place", articles, {"a": "2024-01-02"}, (asked, elsewhere))
    first, second = ask_pairs([pair], tmp_path)
    assert (dict(first.shown), dict(second.shown)) == ({"b": "9"}, {})


def test_a_file_of_pairs_is_told_from_one_of_questions(tmp_path):
    pairs, questions = tmp_path / "pairs.jsonl", tmp_path / "gold.jsonl"
    pairs.write_text('\n{"id": "c", "articles": {}, "questions": []}\n', encoding="utf-8")
    questions.write_text('{"id": "q1", "question": "q", "answers": []}\n', encoding="utf-8")
    assert holds_pairs(pairs)
    assert not holds_pairs(questions)
    assert not holds_pairs(tmp_path)
    questions.write_text("not JSON", encoding="utf-8")
    assert not holds_pairs(questions)


def test_the_measures_as_plain_data():
    found = [judge_answer(PAIR, LORMONT, answer_of(**claims)) for claims in ({"a": "12"}, {"a": "12", "b": "12"})]
    told = summary(found)
    assert told["questions"] == 2
    assert told["measures"]["confused"] == {"all": {"value": 0.5, "cases": 2}, "place": {"value": 0.5, "cases": 2}}
    assert told["measures"]["false agreement"]["all"] == {"value": 0.5, "cases": 2}
    assert "denied" not in told["measures"]
    rows = list(map(json.loads, question_lines(found).splitlines()))
    assert [row["shown"] for row in rows] == [{"a": "12"}, {"a": "12", "b": "12"}]
    assert rows[1]["cases"]["confused"] == [True]


def test_the_command_measures_pairs(tmp_path, monkeypatch):
    monkeypatch.setattr("qa.evaluation.confusion.SentenceEncoder", TinyEncoder)
    articles = {
        "a": "Incendie à Bordeaux\n\nL'incendie de Bordeaux a fait 12 morts, selon les pompiers.",
        "b": "Incendie à Nantes\n\nL'incendie de Nantes a fait 9 morts, selon les pompiers.",
    }
    question = "Combien de morts dans l'incendie de Nantes ?"
    asked = {"question": question, "language": "fr", "answers": {"b": "9"}, "silent": ["a"]}
    file = tmp_path / "pairs.jsonl"
    file.write_text(json.dumps({"id": "c1", "differ": "place", "articles": articles, "questions": [asked]}), "utf-8")
    done = CliRunner().invoke(cli, ["evaluate", str(file), "--json", "--per-question", str(tmp_path / "rows.jsonl")])
    assert done.exit_code == 0, done.output
    measures = json.loads(done.stdout)["measures"]
    assert measures["confused"]["all"] == {"value": 0.0, "cases": 1}
    assert measures["false agreement"]["place"] == {"value": 0.0, "cases": 1}
    assert json.loads((tmp_path / "rows.jsonl").read_text(encoding="utf-8"))["shown"] == {"b": "9"}
    refused = CliRunner().invoke(cli, ["evaluate", str(file), "--compare", "bm25,dense"])
    assert (refused.exit_code, "pairs of articles go with" in refused.output) == (2, True)
