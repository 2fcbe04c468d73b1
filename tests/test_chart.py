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
    return SourceAnswer(source, title, published, (passage_of(1, source, text + ".", text),), claim, sureness=0.95)


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


def test_about_is_a_hollow_point_and_the_legend_says_so():
    answer = of(said("environ 500", 500, qualifier="about"), said("1 000", 1000))
    ([point], _), ([exact], _) = rows(answer)
    assert (point.tag, point.get("cx"), exact.get("cx")) == ("circle", "50.0%", "97.0%")
    assert point.get("fill") != exact.get("fill")
    assert ["".join(one.itertext()).strip() for one in parsed(answer).iter("figcaption")] == ["environ, ou estimé"]
    assert list(parsed(of(said("5", 5), said("9", 9))).iter("figcaption")) == []


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


DAYS = (
    said("43", 43, published=date(2025, 8, 4), title="avant"),
    said("au moins 61", 61, qualifier="at least", published=date(2025, 8, 12), title="après"),
    said("78", 78, published=date(2025, 8, 20), title="enfin"),
)


def discs(answer):
    """In the picture in time: where each figure stands, by its printed form in the table."""
    stacks = parsed(answer).find("svg").findall("svg")
    return [(float(one.get("x").rstrip("%")), float(one.get("y")), len(one.findall("g"))) for one in stacks]


def test_figures_of_several_days_stand_in_time_and_the_table_follows_it():
    answer = of(*reversed(DAYS))
    (first, low, _), (second, middle, _), (third, high, _) = discs(answer)
    assert (second - first) / (third - first) == pytest.approx(8 / 16, abs=0.001)  # by days
    assert (low - middle) / (low - high) == pytest.approx((61 - 43) / (78 - 43), abs=0.01)  # by values
    texts = [text.text for text in parsed(answer).iter("text")]
    assert [text for text in texts if text and "août" in text] == ["4 août", "12 août", "20 août"]
    assert [text for text in texts if text in ("43", "au moins 61", "78")] == ["43", "au moins 61", "78"]
    assert table(answer) == [
        ["Source", "Publication", "Chiffre, tel qu’imprimé", "À savoir"],
        ["avant", "4 août 2025", "43", ""],
        ["après", "12 août 2025", "au moins 61", ""],
        ["enfin", "20 août 2025", "78", ""],
    ]


def test_what_has_no_date_stands_apart_and_is_called_so():
    answer = of(*DAYS, said("50", 50, title="quand ?"))
    places = [at for at, _, _ in discs(answer)]
    assert max(places[:-1]) < 80 < places[-1]
    assert "sans date" in [text.text for text in parsed(answer).iter("text")]
    assert "sans date" not in [text.text for text in parsed(of(*DAYS)).iter("text")]


def test_figures_of_one_day_are_rows_in_which_the_dated_ones_come_first():
    answer = of(
        said("3", 3, title="sans date"),
        said("2", 2, published=date(2024, 5, 1), title="b"),
        said("1", 1, published=date(2024, 5, 1), title="a"),
    )
    assert [texts[0] for _, texts in rows(answer)] == ["b — 1er mai 2024", "a — 1er mai 2024", "sans date"]


def test_equal_figures_of_one_day_stand_beside_each_other_and_what_is_too_much_is_counted():
    same = [said("61", 61, published=date(2025, 8, 12), title=str(n)) for n in range(6)]
    answer = of(DAYS[0], *same)
    (_, _, one), (_, _, shown) = discs(answer)
    assert (one, shown) == (1, 3)
    assert "+3" in [text.text for text in parsed(answer).iter("text")]


def test_no_label_stands_on_another():
    answer = of(*(said(str(v), v, published=date(2025, 8, 4 + v % 5), title=str(v)) for v in range(40, 80, 2)))
    boxes = []
    for text in parsed(answer).find("svg").findall("g")[-1]:
        at, wide = float(text.get("x").rstrip("%")) * 4 + float(text.get("dx")), 7.5 * len(text.text)
        left = {"start": at, "middle": at - wide / 2, "end": at - wide}[text.get("text-anchor")]
        boxes.append((left, left + wide, float(text.get("y"))))
    assert len(boxes) > 3
    assert not [(a, b) for a in boxes for b in boxes if a < b and a[0] < b[1] and b[0] < a[1] and abs(a[2] - b[2]) < 12]


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
    allowed = "figure figcaption span svg title desc g line text rect circle polyline path".split()
    allowed += "div table caption thead tbody tr th td".split()
    assert {element.tag for element in figure.iter()} <= set(allowed)
    assert not [name for element in figure.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert table(answer)[1][0] == disarm(HOSTILE)
    assert "\n" not in draw_chart(answer)


NUMBERS = st.floats(min_value=-1e15, max_value=1e15, allow_nan=False) | st.integers(-(10**9), 10**12)
HEDGES = st.sampled_from(["", "at least", "up to", "about", "nearly", "vague", "less than, conditional"])


@given(
    st.lists(
        st.tuples(NUMBERS, HEDGES, st.integers(0, 10**9) | st.none(), st.dates() | st.none()), min_size=2, max_size=6
    )
)
def test_everything_is_drawn_within_the_picture(claims):
    sources = [
        said(str(v), v, value_max=None if more is None else v + more, qualifier=hedge, published=day)
        for v, hedge, more, day in claims
    ]
    drawn = draw_chart(of(*sources))
    svg = re.search(r'<svg role="img".*?</desc>(.*)</svg>(?:<figcaption|<div style)', drawn)[1]
    places = [float(number) for number in re.findall(r' (?:x|x1|x2|cx)="(-?[\d.e+-]+|nan|inf)%"', svg)]
    assert places
    assert all(math.isfinite(place) and 0 <= place <= 100 for place in places)
    height = float(re.search(r'height="(\d+)"', drawn)[1])
    assert all(0 <= float(y) <= height for y in re.findall(r'%" y="(-?[\d.e+-]+|nan|inf)"', svg))
