"""The tokens of words, counted from what is remembered: always those that the tokeniser finds in the whole passage."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TinyEncoder

from index.encoder import SentenceEncoder
from index.pieces import TokenisedText, TokenPlaces

SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def box():
    return SentenceEncoder()


def passage_of(encoder, text, language="fr", heading=""):
    whole = f"{heading}\n{text}" if heading else text
    return TokenisedText(heading, text, language, len(encoder.passage_offsets([whole])[0][0]))


def as_lists(words):
    return words.spans.tolist(), words.tokens.tolist(), words.above


def test_the_words_of_news_have_the_tokens_that_the_tokeniser_gives_them(box):
    counting = TokenPlaces(box.passage_offsets)
    for path in SEEDS:
        lines = path.read_text(encoding="utf-8").splitlines()
        for text in filter(None, map(str.strip, lines)):
            passage = passage_of(box, text, heading="Pertes nord-coréennes")
            assert as_lists(counting.words([passage])[0]) == as_lists(counting._read(passage))


PIECES = st.lists(
    st.sampled_from(
        ["5\u202f000", "1 200 300", "l’armée", "l'", "co-pilote", "U.S.", "n°3", "…", "«", "été", "x" * 30, "\n"]
    ),
    min_size=1,
    max_size=15,
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(PIECES.map(" ".join), st.text(max_size=60)).filter(lambda text: text.strip()))
def test_any_text_has_the_words_that_the_tokeniser_gives_it(box, text):
    counting = TokenPlaces(box.passage_offsets)
    for language in ("fr", "en"):
        passage = passage_of(box, text, language)
        assert as_lists(counting.words([passage])[0]) == as_lists(counting._read(passage))


def test_a_passage_cut_at_the_limit_of_the_model_is_read_whole(box):
    text = "trois soldats sont morts " * 200
    passage = passage_of(box, text)
    (found,) = TokenPlaces(box.passage_offsets).words([passage])
    assert passage.tokens < 800 == len(text.split())
    assert found.tokens.max() <= passage.tokens
    assert as_lists(found) == as_lists(TokenPlaces(box.passage_offsets)._read(passage))


def test_passages_of_several_languages_are_told_apart(box):
    passages = [
        passage_of(box, "Trois soldats sont morts.", "fr", heading="Bilan"),
        passage_of(box, "Three soldiers have died.", "en"),
        passage_of(box, "", "fr"),
        passage_of(box, "Les a en or.", "fr"),
        passage_of(box, "Les a en or.", "en", heading="The toll"),
    ]
    counting = TokenPlaces(box.passage_offsets)
    assert list(map(as_lists, counting.words(passages))) == list(map(as_lists, map(counting._read, passages)))
    assert counting.words([]) == []


def test_what_stands_between_spaces_is_given_to_the_tokeniser_once():
    given, encoder = [], TinyEncoder()

    def offsets(texts):
        given.extend(texts)
        return encoder.passage_offsets(texts)

    counting = TokenPlaces(offsets)
    for text in ("Trois soldats.", "Trois soldats et Trois soldats."):
        (words,) = counting.words([passage_of(encoder, text)])
    assert given == ["Trois soldats.", "et soldats"]
    assert [("Trois soldats et Trois soldats.")[a:b] for a, b in words.spans.tolist()] == [
        "Trois",
        "soldats",
        "Trois",
        "soldats",
    ]
    assert words.tokens.tolist() == [[0, 1], [1, 2], [3, 4], [4, 5]]


def test_all_is_forgotten_before_it_grows_too_large(monkeypatch):
    monkeypatch.setattr("index.pieces.REMEMBERED", 3)
    encoder = TinyEncoder()
    counting = TokenPlaces(encoder.passage_offsets)
    for number in range(20):
        (words,) = counting.words([passage_of(encoder, f"mot{number} autre{number}")])
        assert words.tokens.tolist() == [[0, 1], [1, 2]]
        assert len(counting._known["fr"].numbers) <= 5
