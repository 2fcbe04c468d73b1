"""The picture of the figures: what is drawn where, what a screen reader reads, and that foreign text is text."""

import dataclasses
import math
import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import HOSTILE, passage_of

from index.facts import Span
from qa.answers import Answer, SourceAnswer
from ui.escaping import disarm
from ui.reports.chart import draw_chart


def said(text, value, *, value_max=None, unit="", qualifier="", published=None, title="T", source="a.txt"):
    claim = Span("number", text, 0, len(text), value, value_max, unit, "", qualifier)
    return SourceAnswer(source, title, published, (passage_of(1, source, text + ".", text),), claim)


def of(*sources, language="fr", **changes):
    answer = Answer("combien ?", "combien ?", language, True, sources, (), "differ")
    return dataclasses.replace(answer, **changes)


def parsed(answer):
    return ET.fromstring(draw_chart(answer).replace("\N{NO-BREAK SPACE}", " "))


def rows(answer):
    """The drawing of each row: its elements but for the texts, and its texts."""
    groups = parsed(answer).find("svg").findall("g")[1:]
    return [([e for e in group if e.tag != "text"], [e.text for e in group if e.tag == "text"]) for group in groups]


def table(answer):
    return [["".join(cell.itertext()) for cell in row] for row in parsed(answer).iter("tr")]


def ticks(answer):
    """The labels of the axis, and where they stand."""
    axis = parsed(answer).find("svg").find("g")
    return [(text.text.replace("\u202f", " "), float(text.get("x").rstrip("%"))) for text in axis.findall("text")]


def test_a_number_is_a_point_where_the_axis_says_so():
    (_, _), (drawn, texts) = rows(of(said("300", 300), said("600", 600)))
    [circle] = drawn
    assert circle.tag == "circle"
    assert ticks(of(said("300", 300), said("600", 600))) == [("0", 3.0), ("200", 34.33), ("400", 65.67), ("600", 97.0)]
    assert circle.get("cx") == "97.0%"
    assert texts == ["T", "600"]


def test_rows_have_the_numbers_of_their_citations_and_lead_to_them():
    drawn = draw_chart(of(said("300", 300), said("600", 600)), 2)
    assert drawn.count('data-select="2" data-card="1"') == 2
    assert drawn.count(">1 · T</text>") == 2
    assert "data-select" not in draw_chart(of(said("300", 300), said("600", 600)))


def test_a_bound_has_an_open_end():
    answer = of(said("au moins 600", 600, qualifier="at least"), said("moins de 800", 800, qualifier="less than"))
    (least, _), (most, _) = rows(answer)
    assert [e.tag for e in least] == [e.tag for e in most] == ["line", "svg", "circle"]
    assert (least[0].get("x1"), least[0].get("x2")) == (least[2].get("cx"), "97.0%")
    assert (most[0].get("x1"), most[0].get("x2")) == ("3.0%", most[2].get("cx"))


def test_a_range_is_a_bar_and_a_vague_quantity_a_light_one():
    answer = of(said("de 200 à 400", 200, value_max=400), said("des centaines", 200, value_max=999, qualifier="vague"))
    ([exact], _), ([vague], texts) = rows(answer)
    assert (exact.tag, vague.tag) == ("rect", "rect")
    assert exact.get("x") == vague.get("x") == "21.8%"
    assert exact.get("width") == "18.8%"
    assert float(vague.get("fill-opacity")) < float(exact.get("fill-opacity"))
    assert (exact.get("stroke-dasharray"), vague.get("stroke-dasharray")) == (None, "4 3")
    assert texts[1] == "des centaines"


def test_about_is_a_point_in_the_bar_of_its_tolerance():
    (drawn, _), _ = rows(of(said("environ 500", 500, qualifier="about"), said("1 000", 1000)))
    bar, point = drawn
    assert [bar.get("x"), bar.get("width"), point.get("cx")] == ["45.3%", "9.4%", "50.0%"]


def test_figures_far_apart_are_drawn_by_ratios():
    answer = of(said("20", 20), said("30 000", 30000))
    assert [label for label, _ in ticks(answer)] == ["10", "100", "1 000", "10 000", "100 000"]
    steps = [at for _, at in ticks(answer)]
    assert [round(b - a, 1) for a, b in pairwise(steps)] == [23.5] * 4
    assert "chaque pas de l’axe multiplie" in parsed(answer).find("svg/title").text
    assert ticks(of(said("20", 20), said("400", 400)))[0] == ("0", 3.0)


@pytest.mark.parametrize(
    ("language", "unit", "label"), [("fr", "%", "40 %"), ("en", "%", "40%"), ("en", "EUR", "40 EUR"), ("de", "", "40")]
)
def test_ticks_are_printed_as_the_language_does(language, unit, label):
    answer = of(said("12", 12, unit=unit), said("40", 40, unit=unit), language=language)
    assert ticks(answer)[-1][0] == label


def test_thousands_and_millions():
    assert ticks(of(said("x", 5000), said("y", 10000), language="en"))[-1][0] == "10,000"
    assert ticks(of(said("x", 2e6), said("y", 5e6), language="en"))[-1][0] == "6M"


def test_rows_follow_the_dates_and_say_them():
    answer = of(
        said("3", 3, title="sans date"),
        said("2", 2, published=date(2024, 5, 2), title="après"),
        said("1", 1, published=date(2024, 5, 1), title="avant"),
    )
    assert [texts[0] for _, texts in rows(answer)] == ["avant — 1er mai 2024", "après — 2 mai 2024", "sans date"]
    assert table(answer) == [
        ["Source", "Publication", "Chiffre, tel qu’imprimé", "À savoir"],
        ["avant", "1er mai 2024", "1", ""],
        ["après", "2 mai 2024", "2", ""],
        ["sans date", "", "3", ""],
    ]


def test_a_screen_reader_has_a_name_a_description_and_a_table():
    answer = of(said("au moins 2", 2, title="Le bilan", qualifier="at least, conditional"), said("5", 5, title="Autre"))
    figure = parsed(answer)
    picture = figure.find("svg")
    assert picture.get("role") == "img"
    assert figure.find(f".//title[@id='{picture.get('aria-labelledby')}']").text == "Les chiffres de 2 sources"
    described = figure.find(f".//desc[@id='{picture.get('aria-describedby')}']").text
    assert described == "Le bilan: au moins 2 · au conditionnel; Autre: 5"
    assert figure.find(".//caption").text == "Les chiffres de 2 sources"
    assert [cell.get("scope") for cell in figure.iter("th")] == ["col"] * 4 + ["row"] * 2


def test_only_figures_of_one_unit_are_compared():
    answer = of(said("3 %", 3, unit="%"), said("7", 7), said("4 %", 4, unit="%"))
    assert [row[2] for row in table(answer)[1:]] == ["3 %", "4 %"]


@pytest.mark.parametrize(
    "answer",
    [
        of(said("3", 3)),
        of(said("3", 3), said("4 %", 4, unit="%")),
        of(said("beaucoup", None), said("3", 3)),
        of(said("3", 3), said("4", 4), found=False),
        of(),
    ],
)
def test_there_is_no_picture_of_fewer_than_two_figures(answer):
    assert draw_chart(answer) == ""


def test_a_hostile_document_is_inert():
    answer = of(said(f"3 {HOSTILE}", 3, title=HOSTILE), said("5", 5))
    figure = parsed(answer)
    allowed = "figure svg title desc g line text rect circle polyline div table caption thead tbody tr th td".split()
    assert {element.tag for element in figure.iter()} <= set(allowed)
    assert not [name for element in figure.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert table(answer)[1][0] == disarm(HOSTILE)
    assert "\n" not in draw_chart(answer)


NUMBERS = st.floats(min_value=-1e15, max_value=1e15, allow_nan=False) | st.integers(-(10**9), 10**12)
HEDGES = st.sampled_from(["", "at least", "up to", "about", "nearly", "vague", "less than, conditional"])


@given(st.lists(st.tuples(NUMBERS, HEDGES, st.integers(0, 10**9) | st.none()), min_size=2, max_size=6))
def test_everything_is_drawn_within_the_picture(claims):
    sources = [
        said(str(v), v, value_max=None if more is None else v + more, qualifier=hedge) for v, hedge, more in claims
    ]
    svg = re.search(r"<svg.*</svg>", draw_chart(of(*sources)))[0]
    places = [float(number) for number in re.findall(r'(?:x|x1|x2|cx)="(-?[\d.e+-]+|nan|inf)%"', svg)]
    assert places
    assert all(math.isfinite(place) and 3.0 <= place <= 97.0 for place in places)
