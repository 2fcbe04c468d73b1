"""What the reader is asked of two claims when sources are compared, how much of it, and what that decides."""

import math
from types import SimpleNamespace

import pytest
from test_matters import FLOOD, MARCH, corpus_of

import qa
from qa.evaluation.planting import CHANCE, Row
from qa.matters import hearing, pairing
from qa.matters.figures import gather_figures
from qa.matters.groups import SUREST, weigh_groups
from qa.matters.hearing import Heard, question_of, read_heard
from qa.matters.pairing import Pairs
from qa.reader import Reader


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return corpus_of(tmp_path_factory.mktemp("hearing"), FLOOD | MARCH)


@pytest.fixture
def figures(corpus):
    return gather_figures(corpus.snapshot())


@pytest.fixture
def read(monkeypatch):
    """Return what the reader is given to read, while nothing is remembered of what it read before."""
    given, kept = [], Reader.read
    hearing._answer.cache_clear()

    def reading(self, question, passages, leads=()):
        given.append((question, *passages, *leads))
        return kept(self, question, passages, leads)

    monkeypatch.setattr(Reader, "read", reading)
    yield given
    hearing._answer.cache_clear()


def of(figures, source, value):
    return next(n for n, f in enumerate(figures) if f.article.source == source and f.fact.value == value)


def test_a_claim_is_asked_for_in_its_own_words(figures):
    assert question_of(figures[of(figures, "crue.txt", 340)]) == (
        "Au total, combien maisons ont été détruites par les eaux ?"
    )
    assert question_of(figures[of(figures, "floods.txt", 15)]).startswith("At least how many people died in Valmerie")


def test_the_reader_finds_the_dead_of_another_article_and_not_its_houses(figures):
    twelve, fifteen, homes = (
        figures[of(figures, *told)] for told in (("crue.txt", 12), ("floods.txt", 15), ("floods.txt", 340))
    )
    assert read_heard(twelve, fifteen).likely_mean > 2 * read_heard(twelve, homes).likely_mean


def test_which_of_two_is_asked_first_does_not_matter(figures):
    a, b = figures[of(figures, "crue.txt", 12)], figures[of(figures, "floods.txt", 15)]
    assert read_heard(a, b) == read_heard(b, a)


def test_what_was_read_is_not_read_again(corpus, read):
    first = qa.compare(corpus)
    before = len(read)
    assert before
    assert qa.compare(corpus) == first
    assert len(read) == before


def test_only_what_is_new_is_read_after_an_article_is_added(tmp_path, corpus, read):
    qa.compare(corpus)
    before = len(read)
    day = "2023-05-02"
    added = {
        "z": (day, "La crue à Valmerie", "La crue de la Sorle a emporté 290 maisons à Valmerie, selon la préfecture.")
    }
    qa.compare(corpus_of(tmp_path, FLOOD | MARCH | added))
    assert len(read) > before
    assert not set(read[before:]) & set(read[:before])


@pytest.mark.parametrize("most", [0, 1, 4, 7])
def test_no_more_paragraphs_are_read_than_allowed(figures, read, monkeypatch, most):
    monkeypatch.setattr(pairing, "READ", most)
    Pairs(figures).candidates()
    assert len(set(read)) <= most


def test_without_the_reader_pairs_are_weighed_by_what_is_seen(figures, monkeypatch):
    pairs = Pairs(figures)
    seen = {pair: odds for articles in pairs.articles_alike() for pair, odds in pairs._between(*articles).items()}
    monkeypatch.setattr(pairing, "READ", 0)
    assert Pairs(figures).candidates() == seen
    monkeypatch.undo()
    heard = pairs.candidates()
    changed = {pair for pair in seen if heard[pair] != seen[pair]}
    assert changed
    assert all(pairs._is_doubted(pair, seen[pair]) for pair in changed)
    assert all(pairs.odds(*pair) == heard[pair] for pair in heard)


def group(*articles):
    return [SimpleNamespace(article=article, planned=False, value=n, bounds=(n, n), speaker="") for n, article in
            enumerate(articles)]  # fmt: skip


def test_groups_are_weighed_half_by_all_pairs_and_half_by_the_two_surest():
    a, b, c, d = ("one", "two", "three", "four")
    figures = group(a, b, c, d)
    odds = {(0, 2): 2.0, (0, 3): 1.0, (1, 2): -3.0, (1, 3): -40.0}
    told = weigh_groups(figures, odds, [[0, 1], [2, 3]])
    assert told == {(0, 1): pytest.approx(((2 + 1 - 3 - SUREST) / 4 + (2 + 1) / 2) / 2)}


def test_groups_of_which_one_article_holds_both_are_rivals():
    figures = group("one", "two", "one")
    assert weigh_groups(figures, {(1, 2): 5.0}, [[0, 1], [2]]) == {(0, 1): -math.inf}


def test_a_pair_about_different_things_stands_for_one_of_equal_figures_by_chance(figures):
    pairs = Pairs(figures)
    one, other = sorted((of(figures, "crue.txt", 12), of(figures, "floods.txt", 15)))
    numbers = sorted(figures[n].article.number for n in (one, other))
    signs = dict(pairs.signs(*numbers))[one, other]
    row = Row(signs, Heard(*(0.0,) * 9), equal=False, one=False, digits=2, least=12.0)
    chance = row.by_chance()
    assert (chance.equal, chance.one, chance.count) == (True, False, CHANCE)
    assert (chance.signs.apart, chance.signs.possible, chance.signs.digits, chance.signs.small) == (0.0, 1.0, 2.0, 0.0)
    assert chance.signs.possible_near == signs.near
    assert chance.signs.role == signs.role
