"""Do claims agree? By what they can mean."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.facts import Span
from qa.agreement import Claim, alike, compatible, group_claims, interval, judge
from qa.summary import summarise


def number(value, qualifier="", *, top=None, unit="", text=None):
    text = text or str(value)
    return Span("number", text, 0, len(text), value, top, unit, "", qualifier)


def day(iso, text="mercredi"):
    return Span("date", text, 0, len(text), iso)


def claims(*spans, partial=()):
    return [Claim(f"s{n}", date(2025, 1, 30 - n), span, partial=n in partial) for n, span in enumerate(spans)]


@pytest.mark.parametrize(
    ("span", "bounds"),
    [
        (number(300), (300, 300)),
        (number(600, "at least"), (600, math.inf)),
        (number(600, "about"), (540, 660)),
        (number(600, "nearly"), (540, 600)),
        (number(600, "up to, conditional"), (0, 600)),
        (number(200, "vague", top=999), (200, 999)),
        (number(600, top=4000), (600, 4000)),
    ],
)
def test_what_a_figure_can_mean(span, bounds):
    assert interval(span) == pytest.approx(bounds)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (number(600, "at least"), number(600, "about"), True),
        (number(300), number(600), False),
        (number(200, "vague", top=999), number(300), True),
        (number(200, "vague", top=999), number(600), True),
        (number(5000), number(5000, unit="EUR"), False),
        (day("2024-10"), day("2024-10-23"), True),
        (day("2024-10-22"), day("2024-10-23"), False),
        (day(None, "mercredi"), day(None, "Mercredi"), True),
        (day(None, "mercredi"), day("2024-10-23", "le 23"), False),
        (day("2023-12"), day("2024"), False),
        (Span("person", "Durand", 0, 6), Span("person", "Marie Durand", 0, 12), True),
        (Span("person", "Marie", 0, 5), Span("person", "Marie Durand", 0, 12), False),
    ],
)
def test_compatible(one, other, agree):
    assert compatible(one, other) is agree
    assert compatible(other, one) is agree


def test_groups_and_their_verdict():
    groups = group_claims(
        claims(number(600, "at least"), number(600, "about"), number(300), number(200, "vague", top=999))
    )
    assert [(g.texts, g.sources, g.published) for g in groups] == [
        (("300", "200"), ("s2", "s3"), date(2025, 1, 27)),
        (("600",), ("s1", "s0"), date(2025, 1, 29)),
    ]
    assert judge(groups) == "differ"
    assert judge(group_claims(claims(number(12), number(12)))) == "agree"
    assert judge(group_claims(claims(number(12)))) == "single"
    assert judge(()) == "untyped"


def test_a_combined_toll_is_compared_with_nothing():
    groups = group_claims(claims(number(12), number(4000), partial={1}))
    assert judge(groups) == "single"
    assert [(g.texts, g.partial) for g in groups] == [(("12",), False), (("4000",), True)]


def test_the_summary_is_built_from_printed_spans():
    groups = group_claims(claims(number(300, text="trois cents"), number(600, text="600"), number(600, text="600")))
    assert summarise(groups, "fr") in (
        "Les sources divergent : 600 (2 sources) ; trois cents (1 source).",
        "Les sources divergent : trois cents (1 source) ; 600 (2 sources).",
    )
    assert summarise(group_claims(claims(number(5))), "en") == "Only one source answers: 5 (1 source)."
    assert summarise((), "en") == ""


spans = st.builds(
    lambda value, qualifier, extra: number(value, qualifier, top=value + extra if extra else None),
    st.integers(0, 50),
    st.sampled_from(["", "about", "at least", "nearly", "up to"]),
    st.integers(0, 9),
)


@given(spans, spans)
def test_compatibility_is_symmetric_and_every_claim_agrees_with_itself(one, other):
    assert compatible(one, one)
    assert compatible(one, other) == compatible(other, one)


@given(st.lists(spans, max_size=8))
def test_every_claim_is_in_one_group_with_claims_it_agrees_with(found):
    own = claims(*found)
    groups = group_claims(own)
    assert sorted(source for group in groups for source in group.sources) == sorted(c.source for c in own)
    by_source = {c.source: c.span for c in own}
    for group in groups:
        for one in group.sources:
            assert all(compatible(by_source[one], by_source[other]) for other in group.sources)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (number(300), number(300), "agree"),
        (number(600, "at least"), number(600, "about"), "agree"),
        (number(200, "vague", top=999), number(300), "compatible"),
        (number(2, "at least"), number(33), "compatible"),
        (number(620), number(600, "about"), "compatible"),
        (number(300), number(600), "differ"),
        (day("2024-10"), day("2024-10-23"), "compatible"),
        (Span("person", "Durand", 0, 6), Span("person", "Marie Durand", 0, 12), "agree"),
    ],
)
def test_sources_agree_only_where_their_values_cannot_be_told_apart(one, other, expected):
    assert judge(group_claims(claims(one, other))) == expected


def test_the_summary_keeps_the_hedges_as_printed():
    found = [Claim("a", None, number(2, "at least"), said="au moins 2"), Claim("b", None, number(33))]
    assert summarise(group_claims(found), "fr") == "Les sources sont compatibles : 33 / au moins 2 (2 sources)."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Lyon", "France", (True, False)),
        ("Lyon", "Japon", (False, False)),
        ("la vallée", "Japon", (True, False)),
        ("Lyon", "Marseille", (False, False)),
        ("Japon", "France", (False, False)),
        ("France", "France", (True, True)),
    ],
)
def test_a_place_may_lie_in_a_country(one, other, expected):
    spans = [Span("place", text, 0, len(text)) for text in (one, other)]
    assert (compatible(*spans), compatible(*spans) and alike(*spans)) == expected
    assert compatible(*reversed(spans)) == expected[0]
