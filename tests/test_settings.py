"""What does a question ask for, by what the reader finds where it stands?"""

import re
from dataclasses import dataclass, replace
from datetime import date

import asked
import numpy as np
import pytest

from index.facts import LANGUAGES, Fact, read_facts
from index.facts.contents import Contents, stored_facts
from index.records import Document, Hit, Paragraph
from qa.match.event import Verdict
from qa.question.interpretation import interpret, query_of
from qa.reader import Reader, Reading
from qa.settings import Setting, lead_of, settle_kind
from qa.surroundings import read_conditions


@dataclass(frozen=True)
class Found:
    """A passage in which the reader finds something of one kind, or other words, as surely as it says."""

    kind: str
    sureness: float

    def met(self):
        return Fact(self.kind, 0, 1) if self.kind else None


def lead(question, published, title="La crue de Lormont"):
    conditions = read_conditions(interpret(asked.query_of(question, "fr")), LANGUAGES)
    return lead_of(conditions, Document("crue.txt", title, "Le pont a été emporté.", "fr", published, "0"))


def test_the_reader_is_told_the_day_of_an_article_where_a_time_is_asked_about():
    day = date(2019, 12, 3)
    assert lead("Combien de morts dans la crue de 2019 ?", day) == "La crue de Lormont\n3 décembre 2019. "
    assert lead("Combien de morts dans la crue de décembre ?", day) == "La crue de Lormont\n3 décembre 2019. "
    assert lead("Combien de morts dans la crue ?", day) == "La crue de Lormont\n"
    assert lead("Combien de morts dans la crue de 2019 ?", None) == "La crue de Lormont\n"
    assert lead("Combien de morts dans la crue de 2019 ?", day, title="") == "3 décembre 2019. "


def test_what_an_article_of_that_year_tells_answers_though_it_prints_no_year():
    passage = "Le fleuve est monté dimanche jusqu'à 8 900 mètres cubes par seconde à Lormont, faisant deux morts."
    question = "Quel débit le fleuve a-t-il atteint à Lormont lors de la crue de 2019 ?"
    leads = [lead(question, day) for day in (date(2019, 12, 3), None)]
    told, untold = (Reader.load().read(question, [passage], [own])[0].odds for own in leads)
    assert told > 0 > untold


def settled(question, *found, **changes):
    return settle_kind(replace(interpret(query_of(question)), **changes), [Found(*own) for own in found]).kind


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ([("number", 0.9)], "number"),
        ([("date", 0.9)], "date"),
        ([("", 0.9)], "passage"),
        ([("number", 0.1), ("date", 0.8)], "date"),
        ([], "number"),
    ],
)
def test_what_no_word_asks_for_is_what_is_found_as_far_as_it_is_likely(found, kind):
    likely = {"number": 0.4, "date": 0.3, "passage": 0.3}
    assert settled("départ Larmor", *found, kind="number", likely=likely) == kind


def test_who_and_where_and_why_may_be_told_in_other_words():
    for kind in ("person", "place", "reason"):
        assert settled("départ Larmor", ("", 0.9), kind=kind, likely={kind: 0.6, "passage": 0.4}) == kind


def test_a_word_that_asks_holds_unless_hardly_anything_found_is_of_its_kind():
    asked = "Combien de marins ont péri ?"
    assert settled(asked, ("number", 0.2), ("date", 0.8)) == "number"
    assert settled(asked, ("number", 0.05), ("date", 0.9)) == "date"
    assert settled(asked, ("number", 0.01), ("date", 0.2)) == "number"


def test_a_question_for_yes_or_no_is_what_it_is():
    assert settled("Le maire a-t-il démissionné ?", ("number", 0.9)) == "yes-no"


def test_of_several_figures_that_are_taken_together_the_likeliest_is_met():
    text = "La crue a fait 17 morts à Lyon mardi, contre 12 lundi."
    places = [match.span() for match in re.finditer(r"\w+", text)]
    (start, _), (_, end) = (re.search(figure, text).span() for figure in ("17", "12"))
    first, last = places.index((start, start + 2)), places.index((end - 2, end))
    spans = np.zeros((len(places), len(places)), np.float32)
    spans[first, first], spans[last, last], spans[first, last] = 0.4, 0.2, 0.4
    none = np.zeros(0, np.uint64), np.zeros(0, np.int32)
    contents = Contents(*none, np.array([(0, len(text))], np.int32), stored_facts(read_facts(text, "fr")))
    hit = Hit(Paragraph(0, "a.txt", "", "", 0, len(text), text, "fr"), 1.0)
    taken = Reading(5.0, start, end, spans, np.array(places, np.int64))
    assert text[taken.start : taken.end] == "17 morts à Lyon mardi, contre 12"
    met = Setting(hit, contents, None, Verdict.MET, taken).met()
    assert (met.kind, text[met.start : met.end]) == ("number", "17")
