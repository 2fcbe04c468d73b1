"""Is a toll revised from day to day, or do sources differ? Laws over claims of any days and values."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from index.facts import Span
from qa.agreement import Claim, Origin, compatible
from qa.revision import trace_revision
from qa.summary import summarise_revision

FIRST = date(2025, 8, 4)


def claim(source, value, day, qualifier=""):
    printed = str(value)
    when = None if day is None else FIRST + timedelta(day)
    return Claim(source, when, Span("number", printed, 0, len(printed), value, qualifier=qualifier))


def test_a_toll_is_told_from_day_to_day():
    stages = trace_revision([claim("d", 78, 16), claim("b", 61, 7), claim("a", 43, 0), claim("c", 61, 8)])
    assert [(s.texts, s.sources, s.first.day, s.last.day, s.disputes) for s in stages] == [
        (("43",), ("a",), 4, 4, False),
        (("61",), ("b", "c"), 11, 12, False),
        (("78",), ("d",), 20, 20, False),
    ]
    assert summarise_revision(stages, "fr") == (
        "Le bilan évolue : 43 (2025-08-04) ; 61 (2025-08-11/2025-08-12) ; 78 (2025-08-20)."
    )
    assert summarise_revision((), "fr") == ""


def test_a_day_that_sources_have_from_one_origin_is_told_as_one_voice():
    stages = trace_revision([claim("a", 12, 0), claim("b", 12, 0), claim("c", 14, 1)])
    origin = Origin("text", ("a", "b"), "AFP", copied=0)
    assert summarise_revision(stages, "en", [origin]) == (
        "The toll rises: 12 (2025-08-04, one AFP dispatch, printed by 2 sources); 14 (2025-08-05)."
    )
    apart = Origin("text", ("b", "c"), "AFP", copied=0)
    assert summarise_revision(stages, "en", [apart]) == "The toll rises: 12 (2025-08-04); 14 (2025-08-05)."


def test_what_nobody_vouches_for_disputes_a_toll_and_is_no_stage_of_it():
    stages = trace_revision([claim("a", 43, 0), claim("b", 61, 7), claim("c", 100, 9, "about, conditional")])
    assert [(stage.texts, stage.disputes) for stage in stages] == [(("43",), False), (("61",), False), (("100",), True)]
    assert summarise_revision(stages, "en").endswith("; 61 (2025-08-11); disputed: 100 (2025-08-13).")
    assert trace_revision([claim("a", 43, 0), claim("c", 100, 9, "conditional")]) == ()


def test_figures_of_one_day_or_without_one_differ():
    assert trace_revision([claim("a", 43, 0), claim("b", 61, 0)]) == ()
    assert trace_revision([claim("a", 43, 0), claim("b", 61, 3), claim("c", 78, None)]) == ()
    assert trace_revision([claim("a", 43, 0), claim("b", 43, 3)]) == ()


CLAIMS = st.lists(
    st.builds(
        claim,
        st.uuids().map(str),
        st.integers(0, 6),
        st.none() | st.integers(0, 6),
        st.sampled_from(["", "", "at least", "about", "conditional"]),
    ),
    max_size=7,
)


@given(CLAIMS)
def test_of_two_figures_of_a_revised_toll_that_differ_the_later_one_is_higher(claims):
    stages = trace_revision(claims)
    placed = {source: stage for stage in stages for source in stage.sources}
    assert len(placed) == sum(len(stage.sources) for stage in stages)
    toll = [one for one in claims if stages and not placed.get(one.source, stages[0]).disputes and one.source in placed]
    for one in toll:
        for other in toll:
            if not compatible(one.span, other.span):
                assert (one.published < other.published) == (one.span.value < other.span.value)
    for stage in stages:
        told = [one.published for one in claims if one.source in stage.sources]
        assert (stage.first, stage.last) == (min(told), max(told))


@given(CLAIMS, st.randoms())
def test_the_order_of_the_claims_does_not_matter(claims, random):
    shuffled = random.sample(claims, len(claims))
    assert trace_revision(shuffled) == trace_revision(claims)
