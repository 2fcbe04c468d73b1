"""One contract for every backend: the embedded one, Milvus's own core, and an oracle that goes through everything.

What Milvus may do otherwise is stated in `test_what_the_engine_does_not_propose` and nowhere else.
"""

import math
from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lite import Lite
from tiny import TinyEncoder

from index.facts.child import Text, read_record
from index.facts.contents import pack, pack_topic, unpack, unpack_topic
from index.generation import Change, make_embedder
from index.interaction import dequantise
from index.place import find_place
from index.records import Document, EncoderMismatch, Paragraph, rank
from index.splits import Split, indexed_text

WORDS = "fleuve crue maire digue pont secours ville quartier bilan école".split()
TERMS = [
    f"fr:{word}" for word in ["fleuv", "crue", "mair", "digu", "pont", "secour", "vill", "quarti", "bilan", "écol"]
]
K1, B = 1.5, 0.75


def articles(count=40, *, seed=0, prefix="a"):
    """Return documents of a few paragraphs over ten words; every fifth paragraph is the same, so that scores tie."""
    rng = np.random.default_rng(seed)
    splits = []
    for number in range(count):
        texts = [
            " ".join(rng.choice(WORDS, size=int(rng.integers(1, 12)))) if rng.integers(5) else "la crue du fleuve"
            for _ in range(int(rng.integers(1, 6)))
        ]
        source, start, paragraphs = f"{prefix}{number:03d}.txt", 0, []
        for text in texts:
            heading = "Le bilan" if rng.integers(4) == 0 else ""
            paragraphs.append(Paragraph(-1, source, f"Titre {number}", heading, start, start + len(text), text, "fr"))
            start += len(text) + 2
        day = date(2024, 1, 1 + number % 28) if number % 3 else None
        document = Document(source, f"Titre {number}", "\n\n".join(texts), "fr", day, f"digest {number}", (), "L’Écho")
        splits.append(Split(document, tuple(paragraphs)))
    return splits


class Brute:
    """The oracle: every paragraph in a list, every formula written out, nothing indexed."""

    def __init__(self, splits, removed=()):
        from index.splits import indexed_terms

        self.documents = {split.document.source: split.document for split in splits}
        self.found = [p for split in splits for p in split.paragraphs]
        self.alive = [p.source not in removed for p in self.found]
        self.terms = [Counter(indexed_terms(p)) for p in self.found]
        vectors, tokens = make_embedder(TinyEncoder())([indexed_text(p.heading, p.text) for p in self.found])
        self.vectors, self.token_rows = vectors, [dequantise(rows) for rows in tokens]
        living = [own for own, alive in zip(self.terms, self.alive, strict=True) if alive]
        self.count = len(living)
        self.average = sum(own.total() for own in living) / len(living)
        self.frequency = Counter(term for own in living for term in own)

    def contents(self, ids):
        texts = [(self.found[i], self.documents[self.found[i].source].published) for i in ids]
        return [unpack(read_record(Text(p.text, p.language, day))) for p, day in texts]

    def topic(self, source):
        document = self.documents[source]
        text = f"{document.title}\n{document.text[:8000]}"
        return unpack_topic(read_record(Text(text, document.language, topic=True)))

    def idf(self, terms):
        return [
            math.log(1 + (self.count - n + 0.5) / (n + 0.5))
            for alternatives in terms
            for n in [min(sum(w * self.frequency[t] for t, w in alternatives), self.count)]
        ]

    def scores(self, terms):
        idf, found = self.idf(terms), []
        for own in self.terms:
            norm = K1 * (1 - B + B * own.total() / self.average)
            counts = [sum(weight * own[term] for term, weight in alternatives) for alternatives in terms]
            found.append(sum(g * (K1 + 1) * n / (n + norm) for g, n in zip(idf, counts, strict=True)))
        return found

    def allowed(self, sources):
        return [i for i, p in enumerate(self.found) if self.alive[i] and (sources is None or p.source in sources)]

    def lexical(self, terms, k, *, sources=None):
        scores = self.scores(terms)
        held = [i for i in self.allowed(sources) if scores[i] > 0]
        return rank(held, [scores[i] for i in held])[:k]

    def dense(self, vector, k, *, sources=None):
        held = self.allowed(sources)
        return rank(held, [float(np.dot(self.vectors[i], vector)) for i in held])[:k]

    def tokens(self, ids):
        return [self.token_rows[i] for i in ids]

    def paragraphs(self, ids):
        from dataclasses import replace

        return [replace(self.found[i], id=i) for i in ids]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = Lite(tmp_path_factory.mktemp("engine")).start()
    yield engine
    engine.kill()


REMOVED = ("a003.txt", "a017.txt", "b002.txt")


def filled(home):
    """Write forty documents, then five more, then take three away, and return what is open on the last version."""
    encoder, manifest, kept = TinyEncoder(), None, {}
    for new in (articles(40), articles(5, seed=1, prefix="b"), []):
        digests = {s.document.source: s.document.digest for s in new}
        gone = set() if new else set(REMOVED)
        with home.writing():
            change = Change(keep=set(kept) - gone, splits=new, wanted=digests, encoder=encoder)
            manifest = home.next_generation(manifest, change)
        kept = {**kept, **digests}
    return home.backend(manifest)


@pytest.fixture(scope="module")
def oracle():
    return Brute([*articles(40), *articles(5, seed=1, prefix="b")], REMOVED)


@pytest.fixture(scope="module", params=["embedded", "milvus", "brute"])
def backend(request, tmp_path_factory, oracle):
    if request.param == "brute":
        return oracle
    if request.param == "embedded":
        return filled(find_place(tmp_path_factory.mktemp("embedded") / "index"))
    return filled(find_place(request.getfixturevalue("engine").address("contract")))


def alike(ranking, whole, k, tolerance):
    """Compare a ranking with the oracle's whole one: the same scores in the same order, and each id has its own."""
    truth = dict(whole)
    assert ranking == sorted(ranking, key=lambda pair: (-pair[1], pair[0]))
    assert [score for _, score in ranking] == pytest.approx([score for _, score in whole[:k]], abs=tolerance)
    assert dict(ranking) == pytest.approx({id_: truth[id_] for id_, _ in ranking}, abs=tolerance)


plain_terms = st.lists(st.sampled_from(TERMS), min_size=1, max_size=5, unique=True).map(
    lambda found: [[(term, 1.0)] for term in found]
)
weighted_terms = st.lists(
    st.lists(st.tuples(st.sampled_from(TERMS), st.floats(0.05, 1.0)), min_size=1, max_size=4), min_size=1, max_size=4
)
some_sources = st.none() | st.sets(st.sampled_from([f"a{n:03d}.txt" for n in range(40)] + ["b001.txt", "absent.txt"]))


@given(terms=plain_terms, k=st.integers(1, 60), sources=some_sources)
@settings(max_examples=40, deadline=None)
def test_bm25_is_bm25(backend, oracle, terms, k, sources):
    alike(backend.lexical(terms, k, sources=sources), oracle.lexical(terms, 500, sources=sources), k, 1e-5)


@given(terms=weighted_terms, sources=some_sources)
@settings(max_examples=40, deadline=None)
def test_alternatives_are_summed_before_they_saturate(backend, oracle, terms, sources):
    alike(backend.lexical(terms, 60, sources=sources), oracle.lexical(terms, 500, sources=sources), 60, 1e-5)


@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), k=st.integers(1, 60), sources=some_sources)
@settings(max_examples=40, deadline=None)
def test_dense_is_the_cosine(backend, oracle, words, k, sources):
    vector = TinyEncoder().question(" ".join(words))[0]
    alike(backend.dense(vector, k, sources=sources), oracle.dense(vector, 500, sources=sources), k, 1e-5)


def test_ties_break_by_id(backend, oracle):
    same = [p.id for p in oracle.paragraphs(oracle.allowed(None)) if (p.text, p.heading) == ("la crue du fleuve", "")]
    assert len(same) > 8
    ranking = backend.lexical([[("fr:crue", 1.0)], [("fr:fleuv", 1.0)]], 100)
    found = [id_ for id_, _ in ranking if id_ in same]
    assert found == same
    vector = TinyEncoder().question("la crue du fleuve")[0]
    assert [id_ for id_, _ in backend.dense(vector, 5)] == same[:5]


def test_paragraphs_and_tokens_come_back_as_they_were(backend, oracle):
    ids = [7, 0, 41, 7, len(oracle.found) - 1]
    assert backend.paragraphs(ids) == oracle.paragraphs(ids)
    for ours, theirs in zip(backend.tokens(ids), oracle.tokens(ids), strict=True):
        assert ours.dtype == np.float32
        np.testing.assert_array_equal(ours, theirs)


def test_what_was_read_of_paragraphs_and_documents_is_held(backend, oracle):
    """What the oracle holds is read anew from the texts."""
    ids = [7, 0, 41, 7, len(oracle.found) - 1]
    for ours, theirs in zip(backend.contents(ids), oracle.contents(ids), strict=True):
        assert pack(ours) == pack(theirs)
    for source in ("a000.txt", "b001.txt"):
        assert pack_topic(backend.topic(source)) == pack_topic(oracle.topic(source))


@given(terms=weighted_terms)
@settings(max_examples=30, deadline=None)
def test_idf(backend, oracle, terms):
    assert backend.idf(terms) == pytest.approx(oracle.idf(terms), abs=1e-9)


def test_what_was_removed_is_found_by_nobody(backend, oracle):
    gone = {i for i, p in enumerate(oracle.found) if p.source in REMOVED}
    assert len(gone) > 3
    everything = [[(term, 1.0)] for term in TERMS]
    vector = TinyEncoder().question("la crue")[0]
    for sources in (None, set(REMOVED)):
        assert not gone & {i for i, _ in backend.lexical(everything, 500, sources=sources)}
        assert not gone & {i for i, _ in backend.dense(vector, 500, sources=sources)}


def test_a_filter_changes_no_score(backend):
    everything = [[(term, 1.0)] for term in TERMS]
    vector = TinyEncoder().question("la crue du fleuve")[0]
    for ask in (backend.lexical, backend.dense):
        what = everything if ask == backend.lexical else vector
        whole = dict(ask(what, 500))
        part = dict(ask(what, 500, sources=["a001.txt", "a002.txt", "b001.txt"]))
        assert part
        assert part.items() <= whole.items()


def test_nothing_asked_is_nothing_found(backend):
    vector = TinyEncoder().question("la crue")[0]
    assert backend.lexical([], 10) == []
    assert backend.lexical([[("fr:absent", 1.0)]], 10) == []
    assert backend.lexical([[("fr:crue", 1.0)]], 0) == backend.dense(vector, 0) == []
    assert backend.dense(vector, 10, sources=[]) == backend.dense(vector, 10, sources=["absent.txt"]) == []
    assert backend.tokens([]) == backend.paragraphs([]) == backend.idf([]) == []


@pytest.mark.parametrize("backend", ["embedded", "milvus"], indirect=True)
def test_an_id_that_is_not_there(backend, oracle):
    for id_ in (-1, len(oracle.found)):
        with pytest.raises(IndexError, match=f"there is no paragraph {id_}"):
            backend.paragraphs([id_])
        with pytest.raises(IndexError, match=f"there is no paragraph {id_}"):
            backend.tokens([id_])


@pytest.mark.parametrize("backend", ["embedded", "milvus"], indirect=True)
def test_what_a_corpus_asks_besides(backend, oracle):
    living = [p for p, alive in zip(oracle.found, oracle.alive, strict=True) if alive]
    assert backend.languages == {"fr": len(living)}
    assert list(backend.alive) == oracle.alive
    splits = {s.document.source: s for s in [*articles(40), *articles(5, seed=1, prefix="b")]}
    assert backend.digests == {s: splits[s].document.digest for s in splits if s not in REMOVED}
    assert backend.document("b001.txt") == splits["b001.txt"].document
    with pytest.raises(KeyError):
        backend.document("a003.txt")
    assert backend.problems() == []
    stems = {term.removeprefix("fr:") for term in oracle.frequency}
    assert set(backend.spellings) == {"fr"}
    assert stems <= set(backend.spellings["fr"]._stems)


@pytest.mark.parametrize("backend", ["milvus"], indirect=True)
def test_what_the_engine_does_not_propose(backend, oracle, monkeypatch):
    """The engine ranks by frequencies that saturate one by one, and we count again what it proposes.

    So with alternatives a paragraph may be missed that the engine ranks too low; whatever is found has its true score,
    and of four proposals for each result next to none is missed.
    """
    terms = [[("fr:crue", 0.5), ("fr:fleuv", 0.5), ("fr:pont", 0.5)], [("fr:mair", 1.0), ("fr:écol", 0.3)]]
    scores = oracle.scores(terms)
    best = [id_ for id_, _ in oracle.lexical(terms, 10)]
    found = backend.lexical(terms, 10)
    assert dict(found) == pytest.approx({i: scores[i] for i, _ in found}, abs=1e-9)
    assert [id_ for id_, _ in found] == best
    monkeypatch.setattr("index.cluster.backend.RESCORED", 1)
    monkeypatch.setattr("index.cluster.backend._SPARE", 0)
    hasty = backend.lexical(terms, 10)
    assert dict(hasty) == pytest.approx({i: scores[i] for i, _ in hasty}, abs=1e-9)
    assert 5 <= len({i for i, _ in hasty} & set(best)) < 10


@pytest.mark.parametrize("backend", ["milvus"], indirect=True)
def test_a_vector_of_another_dimension(backend):
    with pytest.raises(EncoderMismatch, match="vectors of 32 numbers"):
        backend.dense(np.ones(31, np.float32), 3)
