"""Is a difference real? The statistics against scipy and by hand, comparisons, and the gate."""

import csv
import io
import itertools
import json

import numpy as np
import pytest
from golds import LINE, NOBODY, assistant_over, written
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from index.records import CorpusError
from qa import evaluate, read_gold
from qa.evaluation import Case, GoldQuestion, Outcome, Report
from qa.evaluation.comparison import MEASURES, RETRIEVERS, compare
from qa.evaluation.gate import falls, save_baseline
from qa.evaluation.metrics import FROM_LIBRARY
from qa.evaluation.significance import bootstrap_interval, holm, randomisation_p, verdict
from qa.evaluation.trec import run_text
from qa.evaluation.writing import comparison_csv, question_lines, report_csv

# Statistics


def exact_p(differences):
    """Return the p-value over all sign flips."""
    signs = np.array(list(itertools.product([-1, 1], repeat=len(differences))))
    return float((np.abs(signs @ differences) >= abs(sum(differences)) - 1e-9).mean())


def test_a_p_value_worked_by_hand():
    """Of the eight ways to sign 1, 2, 3 two have a sum of 6 or more in size."""
    assert randomisation_p([1, 2, 3]) == pytest.approx(0.25, abs=0.015)
    assert randomisation_p([0, 0, 0]) == 1.0
    assert randomisation_p([]) == 1.0
    assert randomisation_p([0.1] * 60) == 1 / 10_001


tenths = st.integers(-10, 10).map(lambda n: n / 10)


@settings(deadline=None, max_examples=30)
@given(st.lists(tenths, min_size=2, max_size=9))
def test_p_values_are_those_of_all_flips_and_of_scipy(differences):
    p = randomisation_p(differences)
    assert p == pytest.approx(exact_p(differences), abs=0.025)
    theirs = stats.permutation_test(
        (np.array(differences), np.zeros(len(differences))),
        lambda a, b: float(np.round((a - b).sum(), 9)),
        permutation_type="samples",
        n_resamples=np.inf,
    )
    # Scipy counts both tails twice the smaller; signs are symmetric, so that they are the same.
    assert p == pytest.approx(theirs.pvalue, abs=0.025)


@settings(deadline=None, max_examples=30)
@given(st.lists(tenths, min_size=1, max_size=20), st.randoms())
def test_p_values_do_not_depend_on_order_or_direction(differences, random):
    p = randomisation_p(differences)
    assert 0 < p <= 1
    assert p == randomisation_p(differences)
    assert p == pytest.approx(randomisation_p([-d for d in differences]), abs=0.025)
    shuffled = differences[:]
    random.shuffle(shuffled)
    assert p == pytest.approx(randomisation_p(shuffled), abs=0.025)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 1000), st.integers(20, 60))
def test_intervals_are_those_of_scipy(seed, count):
    differences = np.random.default_rng(seed).normal(0.1, 1.0, count)
    low, high = bootstrap_interval(differences)
    theirs = stats.bootstrap((differences,), np.mean, method="percentile", n_resamples=10_000, rng=1)
    # Five standard errors of a percentile that 10,000 resamples estimate.
    tolerance = 5 * 0.042 / np.sqrt(count)
    assert low == pytest.approx(theirs.confidence_interval.low, abs=tolerance)
    assert high == pytest.approx(theirs.confidence_interval.high, abs=tolerance)
    assert (low, high) == bootstrap_interval(differences)


def test_an_interval_worked_by_hand():
    assert bootstrap_interval([0.2] * 7) == pytest.approx((0.2, 0.2))
    # Two questions: of the four ways to draw, the means are 1, 0.5 twice, and 0.
    assert bootstrap_interval([1, 0]) == pytest.approx((0.0, 1.0))


@given(st.lists(st.floats(0, 1), max_size=8), st.floats(0.001, 0.999))
def test_holm_s_correction_rejects_what_the_step_down_procedure_does(values, level):
    rejected = set()
    for step, p in enumerate(sorted(values)):
        if p * (len(values) - step) > level:
            break
        rejected.add(p)
    for p, corrected in zip(values, holm(values), strict=True):
        assert p <= corrected <= 1
        assert (corrected <= level) == (p in rejected)


def test_under_fifty_questions_nothing_is_called_better():
    assert verdict(0.9, 0.0001, 49) == "too few to tell"
    assert [verdict(d, p, 50) for d, p in ((0.1, 0.04), (-0.1, 0.04), (0.1, 0.05))] == [
        "better",
        "worse",
        "no difference shown",
    ]


# Comparisons


@pytest.fixture
def assistant(tmp_path, monkeypatch):
    return assistant_over(tmp_path, monkeypatch)


@pytest.fixture
def gold(tmp_path):
    fire = {
        "source": "fire.txt", "quote": "The fire killed 9 people in the old town.", "answer": "9", "kind": "number",
    }  # fmt: skip
    english = {**LINE, "id": "q3", "language": "en", "question": "How many people did the fire kill?"}
    both = {**LINE, "id": "q4", "answers": [*LINE["answers"], fire]}
    return read_gold(written(tmp_path / "gold.jsonl", LINE, NOBODY, {**english, "answers": [fire]}, both))


def test_retrievers_and_a_saved_run_are_compared(assistant, gold, tmp_path):
    report = evaluate(assistant, gold)
    saved = tmp_path / "saved.run"
    saved.write_text(run_text({o.question.id: o.ranking for o in report.outcomes}), encoding="utf-8")
    nothing = tmp_path / "nothing.run"
    nothing.write_text(f"q1 Q0 {report.outcomes[0].ranking[-1][0]} 1 1 x\n", encoding="utf-8")
    told = []
    systems = (*RETRIEVERS, str(saved), str(nothing))
    comparison = compare(assistant.corpus, gold, systems, measure="RR", progress=lambda *done: told.append(done))
    assert told[-1] == (18, 18)
    assert comparison.groups == {"q1": "fr→fr", "q3": "en→en", "q4": "fr→several"}
    for metric in MEASURES:
        assert comparison.mean("hybrid", metric) == comparison.mean(str(saved), metric) == report.rate(metric).value
    assert comparison.mean("rank-bm25", "RR", group="en→en") == 1.0
    # Of the last run's three questions two found nothing at all.
    assert comparison.scores[str(nothing)]["RR"].keys() == {"q1", "q3", "q4"}
    assert comparison.mean(str(nothing), "RR", group="en→en") == 0.0
    assert {d.verdict for d in comparison.differences} == {"too few to tell"}
    assert [d.system for d in comparison.differences] == list(systems[1:])
    assert comparison.differences[2].difference == pytest.approx(
        comparison.mean("hybrid", "RR") - comparison.mean("rank-bm25", "RR")
    )
    lines = str(comparison).splitlines()
    assert lines[0].split()[:6] == ["system", *MEASURES]
    assert lines[1].split()[0] == "rank-bm25"
    assert lines[1].endswith("baseline")
    assert lines[4].endswith("too few to tell")
    assert str(comparison) == str(compare(assistant.corpus, gold, systems, measure="RR"))
    rows = list(csv.DictReader(io.StringIO(comparison_csv(comparison))))
    assert [(row["system"], row["group"]) for row in rows[:4]] == [
        ("rank-bm25", "all"), ("rank-bm25", "en→en"), ("rank-bm25", "fr→fr"), ("rank-bm25", "fr→several"),
    ]  # fmt: skip
    assert float(rows[0]["RR"]) == pytest.approx(comparison.mean("rank-bm25", "RR"), abs=1e-6)
    assert json.loads(json.dumps(comparison.summary()))["questions"]["all"] == 3


@pytest.mark.parametrize(
    ("systems", "measure", "error", "message"),
    [
        (["hybrid", "magic"], "RR", CorpusError, "'magic' is neither a file with a run nor one of rank-bm25, bm25"),
        (["hybrid"], "RR", ValueError, "two or more different systems"),
        (["hybrid", "hybrid"], "RR", ValueError, "two or more different systems"),
        (["hybrid", "bm25"], "accuracy", ValueError, "measure is one of nDCG@10"),
    ],
)
def test_what_cannot_be_compared_is_refused(assistant, gold, systems, measure, error, message):
    with pytest.raises(error, match=message):
        compare(assistant.corpus, gold, systems, measure=measure)


def test_questions_that_nothing_answers_cannot_be_compared(assistant, tmp_path):
    with pytest.raises(CorpusError, match="no question of the gold set has a right passage"):
        compare(assistant.corpus, read_gold(written(tmp_path / "none.jsonl", NOBODY)), ["bm25", "dense"])


def test_a_report_is_written_for_other_programs(assistant, gold):
    report = evaluate(assistant, gold)
    rows = {(row["metric"], row["group"]): row for row in csv.DictReader(io.StringIO(report_csv(report)))}
    assert rows["heard", "all"] == {"metric": "heard", "group": "all", "value": "1.000000", "cases": "4"}
    assert rows["heard", "fr→en"]["cases"] == "1"
    lines = [json.loads(line) for line in question_lines(report).splitlines()]
    assert [line["id"] for line in lines] == ["q1", "q2", "q3", "q4"]
    assert lines[0]["scores"] == report.scores()["q1"]
    assert {shown["source"]: shown["claim"] for shown in lines[0]["shown"]} == {"crue.txt": "12", "fire.txt": "9"}
    assert question_lines(report) == question_lines(evaluate(assistant, gold))


# The gate


def reported(values, *, metric="value", fidelity=1.0):
    """Return the report of questions that each have one case of this metric, with these scores."""
    return Report(
        tuple(
            Outcome(
                GoldQuestion(f"q{n}", "fr", "?", (), ()),
                {metric: (Case(value),), "fidelity": (Case(fidelity),) * (1 + n % 2)},
            )
            for n, value in enumerate(values)
        )
    )


@pytest.mark.parametrize(
    ("before", "now", "fallen"),
    [
        ([1] * 100, [1] * 100, []),
        ([0] * 100, [1] * 100, []),
        ([1] * 100, [0] * 4 + [1] * 96, []),
        ([1] * 100, [0] * 6 + [1] * 94, [("value", 1.0, 0.94)]),
        ([1] * 1000, [0.9] * 100 + [1] * 900, [("value", 1.0, 0.99)]),
        ([1] * 20, [0] * 2 + [1] * 18, [("value", 1.0, 0.9)]),
        ([1] * 20, [0] + [1] * 19, []),
        ([1] * 10, [0] + [1] * 9, []),
        ([1] * 10, [0] * 2 + [1] * 8, [("value", 1.0, 0.8)]),
        ([0, 1] * 500, [1, 0] * 480 + [0, 1] * 20, []),
    ],
)
def test_the_gate_sees_what_fell(tmp_path, before, now, fallen):
    save_baseline(tmp_path / "baseline.json", reported(before))
    found = falls(reported(now), tmp_path / "baseline.json")
    assert [(fall.metric, fall.before, pytest.approx(fall.now)) for fall in found] == fallen
    for fall in found:
        assert str(fall).startswith(f"value fell from 1.000 to {fall.now:.3f} over {len(now)} questions (")


def test_few_questions_are_not_called_significant(tmp_path):
    save_baseline(tmp_path / "baseline.json", reported([1] * 49))
    (fall,) = falls(reported([0] * 49), tmp_path / "baseline.json")
    assert (fall.p, fall.questions) == (1.0, 49)
    assert str(fall).endswith("(too few to tell whether by chance)")


def test_a_metric_whose_cases_vary_is_compared_as_printed(tmp_path):
    save_baseline(tmp_path / "baseline.json", reported([1] * 3))
    (fall,) = falls(reported([1] * 3, fidelity=0.5), tmp_path / "baseline.json")
    assert (fall.metric, fall.before, fall.now) == ("fidelity", 1.0, 0.5)


def test_the_baseline_is_readable_and_the_same_again(tmp_path):
    save_baseline(tmp_path / "baseline.json", reported([1, 0]))
    text = (tmp_path / "baseline.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert content["metrics"] == {"value": 0.5, "fidelity": 1.0}
    assert content["questions"]["q1"] == {"value": [0.0, 1], "fidelity": [2.0, 2]}
    assert sum(line.startswith('  "q') for line in text.splitlines()) == 2
    save_baseline(tmp_path / "again.json", reported([1, 0]))
    assert (tmp_path / "again.json").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a baseline"),
        ('{"gold": "x"}', "is not a baseline: KeyError"),
        ('{"gold": "x", "questions": {"q0": {"value": 1}}}', "is not a baseline"),
        ('{"gold": "x", "questions": {}}', "was made with another gold set; accept this one with --update-baseline"),
    ],
)
def test_a_baseline_that_does_not_fit_is_refused(tmp_path, text, message):
    (tmp_path / "baseline.json").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        falls(reported([1]), tmp_path / "baseline.json")


def test_a_baseline_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CorpusError, match=r"no baseline at .*--update-baseline"):
        falls(reported([1]), tmp_path / "baseline.json")


def test_a_metric_that_could_not_be_measured_is_no_pass(tmp_path):
    assert "nDCG@10" in {metric.name for metric in FROM_LIBRARY}
    save_baseline(tmp_path / "baseline.json", reported([1], metric="nDCG@10"))
    with pytest.raises(CorpusError, match="holds nDCG@10, which was not measured now"):
        falls(reported([1]), tmp_path / "baseline.json")
