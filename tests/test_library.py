"""The corpus that is served: answers, filters, and changes under the eyes of its readers."""

import dataclasses
import gc
import weakref
from datetime import date

import pytest

from index.corpus import Corpus
from index.records import CorpusError, EncoderMismatch
from ui.answering.conversation import Turn
from ui.answering.library import REMEMBERED, Cancelled, Library
from ui.answering.scope import Scope, Source

pytestmark = pytest.mark.usefixtures("tiny_encoder")

ARTICLES = {
    "crue.txt": "La crue de lundi\n\nLa crue a fait douze morts à Brumeval, selon le maire.\n",
    "flood.txt": "Floods in Brumeval\n\nThe flood killed fourteen people in Brumeval, the prefect said.\n",
}
NEW = "Un orage à Sorbey\n\nL’orage a tué trois vaches à Sorbey, selon un voisin.\n"


@pytest.fixture
def library(tmp_path):
    """A library over two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Library(Corpus.build(folder, tmp_path / "index"))


@pytest.fixture
def storm(tmp_path):
    """A third article, not in the library."""
    file = tmp_path / "orage.txt"
    file.write_text(NEW, encoding="utf-8")
    return file


# Answers


class Echo:
    """An assistant that answers with the questions that it was given."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def ask(self, question, history=(), *, sources=None):
        self.asked.append((question, sources))
        understood = " / ".join([*(turn.question for turn in history), question])
        return dataclasses.replace(self.answer, question=question, understood_as=understood)


@pytest.fixture
def echo(answer, monkeypatch):
    """The assistant of every library of this test."""
    echo = Echo(answer)
    monkeypatch.setattr("ui.answering.library.Assistant", lambda corpus: echo)
    return echo


def asked(*questions):
    return [Turn(question) for question in questions]


def test_each_question_is_understood_from_those_before_it(echo, library):
    assert library.answer(asked("a")).understood_as == "a"
    assert library.answer(asked("a", "b", "c")).understood_as == "a / b / c"
    assert library.answer(asked("x", "c")).understood_as == "x / c"


def test_an_earlier_answer_is_not_worked_out_again(echo, library):
    for count in range(1, 6):
        library.answer(asked(*"abcde"[:count]))
    assert [question for question, _ in echo.asked] == list("abcde")


def test_a_long_conversation_forgets_its_beginning_and_stays_quick(echo, library):
    questions = [str(n) for n in range(500)]
    assert library.answer(asked(*questions)).understood_as == " / ".join(questions[-REMEMBERED - 1 :])
    assert len(echo.asked) == REMEMBERED + 1


def test_a_scope_names_its_sources_to_the_assistant(echo, library):
    library.answer([Turn("a", Scope(language="en"))])
    library.answer([Turn("a", Scope(since=date(2020, 1, 1)))])
    library.answer([Turn("a", Scope(sources=("crue.txt", "nowhere.txt")))])
    library.answer(asked("a"))
    assert [sources for _, sources in echo.asked] == [{"flood.txt"}, frozenset(), {"crue.txt"}, None]


@pytest.mark.parametrize(
    ("scope", "held"),
    [
        (Scope(), True),
        (Scope(since=date(2024, 5, 1), until=date(2024, 5, 1)), True),
        (Scope(since=date(2024, 5, 2)), False),
        (Scope(until=date(2024, 4, 30)), False),
        (Scope(language="fr"), True),
        (Scope(language="en"), False),
        (Scope(sources=("b", "a")), True),
        (Scope(sources=("b",)), False),
        (Scope(sources=("a",), language="en"), False),
    ],
)
def test_what_a_scope_holds(scope, held):
    entry = Source("a", "A", "", date(2024, 5, 1), "fr", 1, "")
    assert scope.holds(entry) is held
    assert Scope(since=date(1900, 1, 1)).holds(dataclasses.replace(entry, published=None)) is False


def test_an_answer_within_a_scope_speaks_of_its_sources_alone(library):
    answer = library.answer([Turn("combien de morts à Brumeval ?", Scope(sources=("crue.txt",)))])
    assert {source.source for source in answer.sources} | set(answer.silent) == {"crue.txt"}


# Changes


def test_what_is_added_is_answered_from_at_once(library, storm):
    before, reader = library.generation, library.corpus
    assert library.add([storm]).read == ("orage.txt",)
    assert library.generation == before + 1
    assert [entry.source for entry in library.sources] == ["crue.txt", "flood.txt", "orage.txt"]
    assert library.now.paragraphs("orage.txt") == 1
    answer = library.answer(asked("combien de vaches à Sorbey ?"))
    assert [source.source for source in answer.sources if source.source == "orage.txt"] == ["orage.txt"]
    assert "orage.txt" not in reader.sources  # whoever began before has the corpus of before
    assert {hit.paragraph.source for hit in reader.search("orage Sorbey")} <= set(ARTICLES)


def test_what_is_removed_is_gone(library):
    assert library.remove(["crue.txt"]) == 1
    assert [entry.source for entry in library.sources] == ["flood.txt"]
    with pytest.raises(KeyError):
        library.now.paragraphs("crue.txt")
    with pytest.raises(CorpusError, match=r"no source 'crue\.txt'"):
        library.remove(["crue.txt"])
    assert library.generation == 2


def test_an_answer_from_before_a_change_is_not_given_after_it(library):
    question = asked("combien de morts à Brumeval ?")
    sources = {source.source for source in library.answer(question).sources}
    assert "crue.txt" in sources
    library.remove(["crue.txt"])
    assert "crue.txt" not in {source.source for source in library.answer(question).sources}


def test_what_is_added_again_unchanged_leaves_the_library_answering(library, storm):
    library.add([storm])
    assert library.add([storm]).reused == ("orage.txt",)
    assert library.answer(asked("combien de vaches à Sorbey ?")).found


def test_a_change_made_beside_the_server_is_noticed(library, storm, tmp_path):
    question = asked("combien de vaches à Sorbey ?")
    assert not library.answer(question).found
    Corpus.open(tmp_path / "index").add([storm])
    assert library.generation == 1  # it is not looked for at every question
    look(library)
    assert library.generation == 2
    assert [source.source for source in library.answer(question).sources] == ["orage.txt"]
    (tmp_path / "index" / "recoupe.json").write_text("{", encoding="utf-8")
    look(library)
    assert library.generation == 2
    assert [source.source for source in library.answer(question).sources] == ["orage.txt"]


def test_an_index_rebuilt_with_another_encoder_is_served_and_written_with_that(library, storm, tmp_path):
    Corpus.build(tmp_path / "articles", tmp_path / "index", model="other")
    library.add([storm])  # before anybody looked
    assert library.corpus.info()["encoder"] == "other"
    assert Corpus.open(tmp_path / "index").search("vaches à Sorbey")[0].paragraph.source == "orage.txt"
    Corpus.build(tmp_path / "articles", tmp_path / "index", model="third")
    look(library)
    assert (library.corpus.info()["encoder"], library.corpus.encoder.name) == ("third", "third")


def test_an_index_that_this_process_cannot_read_is_not_served(library, storm, tmp_path, monkeypatch):
    question = asked("combien de morts à Brumeval ?")
    before = library.answer(question)
    Corpus.build(tmp_path / "articles", tmp_path / "index", model="other")

    def missing(model=None):
        raise EncoderMismatch("there is no such model here")

    monkeypatch.setattr("index.corpus.SentenceEncoder", missing)
    look(library)
    assert (library.generation, library.answer(question)) == (1, before)


def look(library):
    """Have the library look now at what others wrote, and wait until it has."""
    library._look = 0.0
    assert library.now is not None
    with library._writing:
        pass


def test_a_generation_that_is_no_longer_served_leaves_the_memory_at_once(library, storm):
    gc.disable()
    try:
        library.answer(asked("combien de morts à Brumeval ?"))
        before = [weakref.ref(one) for one in (library.now, library.corpus, library.corpus._searching())]
        library.add([storm])
        assert [one() for one in before] == [None] * 3
    finally:
        gc.enable()


def test_reindexing_changes_nothing_that_is_read(library):
    question = asked("combien de morts à Brumeval ?")
    before, documents, told = library.answer(question), library.corpus.documents, []
    assert library.reindex(progress=lambda *at: told.append(at)) == 2
    assert told == [("encoding", 0, 2), ("encoding", 2, 2)]
    assert library.corpus.documents == documents
    assert (library.corpus.info()["generation"], library.corpus.report.read) == (2, ("crue.txt", "flood.txt"))
    assert library.answer(question) == before
    assert Corpus.verify(library.corpus.path) == []
    assert Corpus.open(library.corpus.path).documents == documents


@pytest.mark.parametrize("change", ["add", "reindex"])
def test_a_cancelled_change_leaves_everything_as_it_was(library, storm, change):
    def tell(stage, done, total):
        library.cancel()

    corpus, generation = library.corpus, library.generation
    manifest = (corpus.path / "recoupe.json").read_bytes()
    with pytest.raises(Cancelled):
        {"add": lambda: library.add([storm], progress=tell), "reindex": lambda: library.reindex(progress=tell)}[
            change
        ]()
    assert library.corpus is corpus
    assert library.generation == generation
    assert (corpus.path / "recoupe.json").read_bytes() == manifest
    assert Corpus.verify(corpus.path) == []
    assert library.add([storm]).read == ("orage.txt",)  # and the next change goes through


def test_a_cancel_when_nothing_is_going_on_is_forgotten(library, storm):
    library.cancel()
    assert library.add([storm]).read == ("orage.txt",)


def test_two_changes_at_once_are_refused_in_a_sentence(library, storm):
    def tell(stage, done, total):
        with pytest.raises(CorpusError, match="being changed just now"):
            library.remove(["crue.txt"])

    assert library.add([storm], progress=tell).read == ("orage.txt",)
    assert "crue.txt" in library.corpus.sources


def test_a_change_that_fails_leaves_everything_as_it_was(library, tmp_path):
    corpus = library.corpus
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match="nothing could be read"):
        library.add([tmp_path / "empty.txt"])
    assert library.corpus is corpus
    assert library.remove(["crue.txt"]) == 1
