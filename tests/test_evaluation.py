"""Evaluations counted by hand, and gold sets that are wrong in one way each."""

import json
from dataclasses import replace

import pytest
from golds import ARTICLES, FLOOD, LINE, NOBODY, assistant_over, written
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

import qa
from index.records import CorpusError
from qa.evaluation import METRICS, Case, GoldAnswer, GoldQuestion, Outcome, Rate, Report, StaleGold, evaluate, read_gold
from qa.evaluation.gold import KINDS
from qa.evaluation.metrics import ANSWERS


def gold(tmp_path, *lines):
    return read_gold(written(tmp_path / "gold.jsonl", *lines))


# Gold sets


def test_a_gold_set_is_read(tmp_path):
    (question,) = gold(tmp_path, LINE)
    answer = GoldAnswer("crue.txt", (FLOOD,), "12", "number", 12, role="morts")
    assert question == GoldQuestion("q1", "fr", "Combien de morts ?", (), (answer,))
    assert question.sources == {"crue.txt"}
    assert (question.type, replace(question, tags=("toll",)).type) == ("number", "toll")


def test_the_package_exports_what_it_promises():
    assert qa.evaluate is evaluate
    assert qa.read_gold is read_gold


def test_an_interval_of_dates_has_two_ends(tmp_path):
    dated = {**LINE["answers"][0], "kind": "date", "value": "2018/2019"}
    (question,) = gold(tmp_path, {**LINE, "answers": [dated]})
    assert (question.answers[0].value, question.answers[0].value_max) == ("2018", "2019")


def test_blank_lines_a_mark_of_byte_order_and_bare_line_separators_are_no_harm(tmp_path):
    file = tmp_path / "gold.jsonl"
    line = json.dumps({**LINE, "question": "Combien\u2028?"}, ensure_ascii=False)
    file.write_bytes(b"\xef\xbb\xbf\n" + line.encode() + b"\r\n\n")
    assert [question.question for question in read_gold(file)] == ["Combien\u2028?"]


def without(key):
    return {name: value for name, value in LINE.items() if name != key}


def changed(**keys):
    return {**LINE, "answers": [{**LINE["answers"][0], **keys}]}


def lacking(key):
    return {**LINE, "answers": [{k: v for k, v in LINE["answers"][0].items() if k != key}]}


BAD = [
    (["{"], r"line 1 of .*gold\.jsonl is not JSON"),
    (["[1]"], "line 1 .* is not a JSON object"),
    (["[" * 100_000], "line 1 .* nested too deeply"),
    ([LINE, {**LINE, "id": "q2", "answers": None}], "line 2 .*'answers' must be a list, not None"),
    ([without("question")], "line 1 .*lacks the key 'question'"),
    ([without("id")], "lacks the key 'id'"),
    ([{**LINE, "id": 3}], "'id' must be text, not 3"),
    ([{**LINE, "question": " "}], "'question' is empty"),
    ([{**LINE, "question": "\ud800"}], "'question' holds half of a character"),
    ([{**LINE, "history": "avant"}], "'history' must be a list, not 'avant'"),
    ([{**LINE, "history": [1]}], r"'history\[0\]' must be text, not 1"),
    ([{**LINE, "answers": ["x"]}], r"answers\[0\] must be an object, not 'x'"),
    ([lacking("quote")], r"line 1 .*answers\[0\] lacks the key 'quote'"),
    ([changed(kind="colour")], "'kind' must be one of number, date, person, place, passage, not 'colour'"),
    ([changed(value=True)], "'value' must be a number, a date or null, not True"),
    ([changed(value=float("nan"))], "line 1 .*holds NaN"),
    ([json.dumps(LINE).replace('"value": 12', '"value": 1e999')], "'value' is too large"),
    ([changed(combined="no")], "'combined' must be true or false, not 'no'"),
    ([{**LINE, "unanswerable": True}], "'unanswerable' must be false: it has 1 answers"),
    ([LINE, LINE], "'q1' stands twice in .* on lines 1, 2"),
    ([], "holds no questions$"),
    ([{"candidate": True}], "holds no questions, only candidates; .*recoupe gold review"),
]


@pytest.mark.parametrize(("lines", "message"), BAD, ids=[message for _, message in BAD])
def test_a_malformed_gold_set_is_refused_in_one_sentence(tmp_path, lines, message):
    with pytest.raises(CorpusError, match=message) as caught:
        gold(tmp_path, *lines)
    assert len(str(caught.value).splitlines()) == 1


def test_what_is_not_text_is_refused(tmp_path):
    (tmp_path / "gold.jsonl").write_bytes(b'{"id": "\xff\xfe"}')
    with pytest.raises(CorpusError, match="not text in UTF-8: its byte 8 is 0xff"):
        read_gold(tmp_path / "gold.jsonl")
    with pytest.raises(CorpusError, match="cannot be read: No such file"):
        read_gold(tmp_path / "absent.jsonl")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_rubbish_is_refused_and_nothing_else_is_raised(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("rubbish") / "gold.jsonl"
    file.write_bytes(data)
    with pytest.raises(CorpusError):
        read_gold(file)


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
JUNK = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner))


@settings(deadline=None)
@given(st.sampled_from([*LINE, "tags"]), JUNK, st.sampled_from(["", *LINE["answers"][0], "also", "combined"]))
def test_a_value_of_any_other_type_is_read_or_refused(tmp_path_factory, key, junk, inner):
    line = changed(**{inner: junk}) if inner else {**LINE, key: junk}
    file = tmp_path_factory.mktemp("junk") / "gold.jsonl"
    written(file, json.dumps(line))
    try:
        (question,) = read_gold(file)
    except CorpusError:
        return
    assert all(answer.kind in KINDS and isinstance(answer.source, str) for answer in question.answers)


@pytest.fixture
def assistant(tmp_path, monkeypatch):
    return assistant_over(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"source": "absent.txt"}, CorpusError, "'q1' names 'absent.txt', which the corpus lacks"),
        ({"quote": "La crue a fait 13 morts."}, StaleGold, "stale gold: 'q1' quotes 'La crue a fait 13 morts.'"),
        ({"quote": "13", "also": ["14"]}, StaleGold, r"stale gold: 'q1' quotes '13', .* \(and 1 more\)"),
        ({"quote": "crue"}, CorpusError, "'q1' quotes 'crue', which stands twice"),
    ],
)
def test_gold_that_does_not_fit_the_corpus_is_named(assistant, tmp_path, change, error, message):
    with pytest.raises(error, match=message) as caught:
        evaluate(assistant, gold(tmp_path, changed(**change)))
    assert isinstance(caught.value, StaleGold) == (error is StaleGold)


def test_no_questions_are_refused(assistant):
    with pytest.raises(CorpusError, match="no questions"):
        evaluate(assistant, [])


# Evaluations


def test_an_evaluation_counts_every_case(assistant, tmp_path):
    asked = []
    report = evaluate(assistant, gold(tmp_path, LINE, NOBODY), progress=lambda *done: asked.append(done))
    assert asked == [(1, 2), (2, 2)]
    rates = {metric.name: report.rate(metric.name) for metric in METRICS}
    assert rates["passage first"] == rates["value"] == rates["role"] == rates["heard"] == rates["kept"] == Rate(1, 1)
    assert rates["exact match"] == rates["Success@1/source"] == Rate(1, 1)
    assert rates["token F1"] == rates["source recall"] == rates["R@10"] == Rate(1, 1, graded=True)
    assert rates["silence"].total == 2
    assert rates["refused"].total == 1
    assert rates["fidelity"].right == rates["fidelity"].total > 0
    shown = {source.source for source in report.outcomes[0].answer.sources}
    assert rates["silence"].right == 3 - len(shown)
    assert rates["source precision"].value == 1 / len(shown)


def test_scores_are_plain_data_and_the_same_again(assistant, tmp_path):
    questions = gold(tmp_path, LINE, NOBODY)
    first, second = evaluate(assistant, questions), evaluate(assistant, questions)
    assert json.loads(json.dumps(first.scores())) == first.scores() == second.scores()
    assert first.scores()["q1"]["value"] == [1.0]
    assert first.summary()["metrics"] == second.summary()["metrics"]
    assert first.curve() == second.curve() != []
    assert [outcome.ranking for outcome in first.outcomes] == [outcome.ranking for outcome in second.outcomes]


def test_another_splitting_zeroes_nothing(tmp_path, monkeypatch):
    """The same words in fewer, longer paragraphs: judgements are by offsets."""
    joined = {**ARTICLES, "crue.txt": f"La crue du fleuve\n\nAvant, il a plu. {FLOOD} Ensuite, il a neigé.\n"}
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    questions = gold(tmp_path, LINE)
    before = evaluate(assistant_over(tmp_path / "a", monkeypatch), questions)
    after = evaluate(assistant_over(tmp_path / "b", monkeypatch, joined), questions)
    assert before.qrels != after.qrels
    for metric in ("nDCG@10", "passage first", "value"):
        assert before.rate(metric) == after.rate(metric) == Rate(1, 1, graded=metric == "nDCG@10")


def test_a_follow_up_counts_in_its_own_measure_alone(assistant, tmp_path):
    first = {**LINE, "id": "f1", "history": ["Combien de morts ?"], "question": "et dans la crue ?"}
    report = evaluate(assistant, gold(tmp_path, first))
    assert {name for name, cases in report.outcomes[0].cases.items() if cases} == {"follow-up", "fidelity"}
    assert report.qrels == {}


# Reports


def outcome(id_, language, *, answers=(), confidence=None, seconds=None, **cases):
    question = GoldQuestion(id_, language, "?", (), answers)
    own = {name.replace("_", " "): tuple(Case(*case) for case in found) for name, found in cases.items()}
    return Outcome(question, own, confidence=confidence, seconds=seconds or {})


def test_rates_are_counted_by_hand():
    report = Report(
        (
            outcome("a", "fr", value=[(1, "fr"), (0, "en")], kept=[(1,)]),
            outcome("b", "en", value=[(1, "en")], token_F1=[(0.5, "en")]),
        )
    )
    assert report.rate("value") == Rate(2, 3)
    assert report.rate("value", language="fr") == Rate(1, 2)
    assert report.rate("value", language="fr", passage="en") == Rate(0, 1)
    assert report.pairs == [("en", "en"), ("fr", "en"), ("fr", "fr")]
    assert str(report.rate("value", language="en")) == "1.000 (1/1)"
    assert str(report.rate("token F1")) == "0.500 (n=1)"
    assert str(report.rate("refused")) == "none"
    lines = [line.split() for line in str(report).splitlines()]
    assert lines[0] == ["measure", "en", "fr", "all", "gap"]
    assert lines[1] == ["questions", "1", "1", "2"]
    assert lines[3] == ["value", "1.000", "(1/1)", "0.500", "(1/2)", "0.667", "(2/3)", "0.500"]
    pairs = next(n for n, line in enumerate(lines) if line[:1] == ["question→passage"])
    assert lines[pairs] == ["question→passage", "en→en", "fr→en", "fr→fr", "gap"]
    assert lines[pairs + 1] == ["value", "1.000", "(1/1)", "0.000", "(0/1)", "1.000", "(1/1)", "1.000"]


def test_the_first_block_has_the_lines_that_were_promised():
    names = [line[:17].strip() for line in str(Report((outcome("a", "fr", kept=[(1,)]),))).splitlines()]
    assert names == ["measure", "questions", *(metric.name for metric in ANSWERS)]


def test_a_metric_prints_as_it_is_written():
    assert [str(metric) for metric in METRICS][-5:] == ["nDCG@10", "R@1", "R@5", "R@10", "RR"]


def test_the_abstention_curve_is_counted_by_hand():
    some = (GoldAnswer("a", ("x",), "x", "passage"),)
    sure = [outcome(f"a{c}", "fr", answers=some, confidence=c) for c in (0.95, 0.52, 0.31, 0.99)]
    unsure = [outcome(f"u{c}", "fr", confidence=c) for c in (0.10, 0.60)]
    curve = {point["threshold"]: point for point in Report((*sure, *unsure)).curve()}
    assert curve[0.0] == {"threshold": 0.0, "wrongly refused": 0.0, "wrongly answered": 1.0}
    assert curve[0.5] == {"threshold": 0.5, "wrongly refused": 0.25, "wrongly answered": 0.5}
    assert curve[0.65] == {"threshold": 0.65, "wrongly refused": 0.5, "wrongly answered": 0.0}
    assert curve[1.0] == {"threshold": 1.0, "wrongly refused": 1.0, "wrongly answered": 0.0}
    assert Report(tuple(sure)).curve() == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=30))
def test_the_curve_is_the_one_that_scikit_learn_draws(weighed):
    some = (GoldAnswer("a", ("x",), "x", "passage"),)
    outcomes = [outcome(f"{n}", "fr", answers=some if a else (), confidence=c) for n, (a, c) in enumerate(weighed)]
    curve = Report(tuple(outcomes)).curve()
    assert bool(curve) == (len({answerable for answerable, _ in weighed}) == 2)
    for point in curve:
        given_up = [c >= point["threshold"] for _, c in weighed]
        (tn, fp), (fn, tp) = confusion_matrix([a for a, _ in weighed], given_up, labels=[False, True])
        assert point["wrongly answered"] == pytest.approx(fp / (fp + tn))
        assert point["wrongly refused"] == pytest.approx(fn / (fn + tp))


def test_times_are_percentiles():
    report = Report(tuple(outcome(f"{n}", "fr", seconds={"answer": n / 100}) for n in range(101)))
    assert report.latency() == {"answer": {"p50": pytest.approx(0.5), "p95": pytest.approx(0.95), "n": 101}}
    assert str(report).splitlines()[-1].split() == ["answer", "500", "ms", "p50,", "950", "ms", "p95", "(n=101)"]
