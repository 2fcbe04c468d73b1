"""Which of a question's words does a figure tell, by its role and by what stands around it?"""

from __future__ import annotations

from asked import question_of

from index.facts import Fact, read_facts
from qa.match import Matcher, Nearby
from qa.match.telling import NONE, Telling, read_telling

TEXT = "Le feu a fait douze morts parmi les ouvriers, et deux camions ont brûlé."


def _near(text: str) -> Nearby:
    return Nearby(text, ((0, len(text)),))


def _read(question: str, printed: str) -> Telling:
    fact = next(f for f in read_facts(TEXT, "fr") if TEXT[f.start : f.end] == printed)
    return read_telling(fact, Matcher(question_of(question, "fr")), _near(TEXT))


def test_what_the_figure_counts_is_told_and_nothing_is_missing():
    found = _read("Combien de camions ont brûlé ?", "deux")
    assert (found.noun, found.deed, found.head, found.predicate) == (1.0, 1.0, 1.0, 1.0)
    assert (found.counted, found.happened, found.around, found.least) == (1.0, 1.0, 1.0, 1.0)


def test_a_figure_of_something_else_is_not_told():
    found = _read("Combien de bus ont brûlé ?", "deux")
    assert (found.noun, found.deed, found.least) == (0.0, 1.0, 0.0)
    assert found.counted < 0.2
    assert 0 < found.around < 1


def test_what_happened_to_others_in_the_sentence_is_not_what_happened_to_these():
    assert _read("Combien de camions sont morts ?", "deux").happened == 0.0
    assert _read("Combien d'ouvriers sont morts ?", "douze").happened == 1.0


def test_a_date_counts_nothing():
    day: Fact = next(iter(read_facts("Le 3 mars 2024, un camion a brûlé.", "fr")))
    assert day.kind == "date"
    dated = read_telling(
        day, Matcher(question_of("Quand le camion a-t-il brûlé ?", "fr")), _near("Le 3 mars 2024, un camion a brûlé.")
    )
    assert (dated.counted, dated.happened, dated.head) == (NONE, NONE, NONE)
    assert dated.around == 1.0
