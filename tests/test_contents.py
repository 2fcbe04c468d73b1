"""What was read once of paragraphs and documents is what is there to be read, whatever becomes of its reader."""

import json
import os
import runpy
import shutil
import struct
import threading
from datetime import date
from pathlib import Path
from subprocess import Popen

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TinyEncoder

from index import Corpus
from index.facts import Extent, Fact, Hedges, Role, read_facts
from index.facts.child import Readers, Text, read_record
from index.facts.contents import (
    VERSION,
    Contents,
    Topic,
    pack,
    pack_topic,
    stored_facts,
    unpack,
    unpack_topic,
)
from index.facts.terms import Sought, term_key, years_of
from index.language import distinct_terms
from index.paragraphs import sentences
from index.records import CorpusError, Document, IndexCorrupt
from index.splits import topic_of, topic_text
from index.store import MANIFEST, Store

KEPT = Path(__file__).parent / "data" / "formats"
NEWS = Path(__file__).parent / "data" / "news"

words = st.text(max_size=8)
roles = st.builds(Role, st.lists(words, max_size=3).map(tuple), st.lists(words, max_size=3).map(tuple), words, words)
values = st.none() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False) | words
facts = st.builds(
    Fact,
    kind=st.sampled_from(["number", "date", "person", "place"]),
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    value=values,
    value_max=values,
    unit=words,
    role=roles,
    hedges=st.builds(Hedges, *[st.booleans()] * 11),
    speaker=st.none() | st.builds(Extent, st.integers(0, 10**6), st.integers(0, 10**6)),
    denied=st.booleans(),
)


@given(st.lists(facts, max_size=5), st.lists(st.integers(0, 2**64 - 1), max_size=9), words)
def test_a_record_gives_back_what_was_packed(found, keys, reason):
    starts = np.arange(len(keys), dtype=np.int32)
    extents = np.array([[0, 5], [5, 9]], np.int32)
    packed = pack(Contents(np.array(keys, np.uint64), starts, extents, stored_facts(tuple(found)), reason))
    contents = unpack(packed)
    assert contents.facts == tuple(found)
    assert contents.keys.tolist() == keys
    assert (contents.starts.tolist(), contents.sentences) == (starts.tolist(), [(0, 5), (5, 9)])
    assert contents.unread == reason
    assert pack(contents) == packed


@given(st.integers(1, 200))
def test_a_record_that_was_cut_is_none(lost):
    packed = read_record(Text("Le feu a fait 12 morts à Arcy, selon le maire. Il avait pris mardi.", "fr"))
    with pytest.raises(ValueError, match=r"record of \d+ bytes"):
        unpack(packed[: max(0, len(packed) - lost)])


@given(st.frozensets(st.sampled_from(["FR", "IT", "JP"])), st.frozensets(st.sampled_from(["1999", "2024"])))
def test_a_topic_gives_back_what_was_packed(countries, years):
    topic = unpack_topic(pack_topic(Topic(np.array([3, 2**64 - 1], np.uint64), countries, years)))
    assert (topic.keys.tolist(), topic.countries, topic.years) == ([3, 2**64 - 1], countries, years)


def test_a_topic_without_a_signature_is_read_anew():
    """As an earlier reader wrote it: four fields, or two."""
    document = Document("a.txt", "Le feu", "Le feu a fait 12 morts à Arcy, selon le maire du village.", "fr", None, "")
    fresh = unpack_topic(read_record(topic_text(document)))
    for fields in ([["FR"], ["2024"], ["Arcy"], ["Arcy"]], [["FR"], ["2024"]]):
        head = json.dumps(fields).encode()
        record = struct.pack("<I", len(head)) + head + fresh.keys.astype("<u8").tobytes()
        topic = unpack_topic(record)
        assert (topic.signature, topic.years, topic.keys.tolist()) == (None, {"2024"}, fresh.keys.tolist())
        again = topic_of(record, lambda: document)
        assert again.signature.values.tolist() == fresh.signature.values.tolist()
    kept = topic_of(read_record(topic_text(document)), lambda: pytest.fail("it has its signature"))
    assert (kept.names, kept.signature.size) == (fresh.names, fresh.signature.size)


TEXTS = st.lists(
    st.sampled_from("le feu l'eau soldats tués 5 000 12,5 % d’été the soldiers' 2024 Arcy".split()), max_size=30
).map(" ".join)


@given(TEXTS, TEXTS, st.sampled_from(["fr", "en", "de"]))
def test_the_terms_held_are_those_of_the_text(text, other, language):
    """`distinct_terms` is the oracle: sets of words instead of arrays of numbers."""
    sought = distinct_terms(other, language)
    contents = unpack(read_record(Text(text, language)))
    assert Sought(sought).held(contents.keys) == sought & distinct_terms(text, language)
    for term, start in Sought(sought).occurring(contents):
        assert term in distinct_terms(text[start:], language)


def test_a_key_is_the_beginning_of_a_digest():
    # printf 'fr:soldat' | b2sum -l 64, read from its last byte to its first
    assert term_key("fr:soldat").to_bytes(8, "little").hex() == KEY_OF_SOLDAT


KEY_OF_SOLDAT = "0f4fd796485dca32"


def test_the_years_of_a_text():
    assert years_of("De 1999 à 2024, 2003% et 12 2010,5 puis 18990.") == {"1999", "2024"}


def test_children_read_what_this_process_reads():
    day = date(2024, 3, 15)
    texts = [Text(path.read_text(encoding="utf-8"), "fr", day) for path in sorted(NEWS.glob("*.txt"))]
    texts += [Text(text.text, "fr", topic=True) for text in texts[:3]]
    readers = Readers(count=2)
    try:
        assert list(readers.read(texts)) == [read_record(text) for text in texts]
    finally:
        readers.close()
    contents = unpack(read_record(texts[0]))
    assert contents.facts == read_facts(texts[0].text, "fr", published=day)
    assert contents.sentences == sentences(texts[0].text, "fr")


BAD = """
import sys; sys.path.insert(0, sys.argv[1])
import os, time
from index.facts import child
def read(text, language, *, published=None):
    if "meurt" in text: os._exit(3)
    if "dort" in text: time.sleep(60)
    if "faute" in text: raise RecursionError("too deep")
    return ()
child.read_facts = read
child.serve()
"""


@pytest.fixture
def bad_reader(monkeypatch):
    """Readers whose children die, hang or fail on some words."""
    monkeypatch.setattr("index.facts.child.SERVE", BAD)
    readers = Readers(count=1, seconds=2.0)
    monkeypatch.setattr("index.facts.child.shared", lambda pid: readers)
    yield readers
    readers.close()


def test_a_reader_that_dies_hangs_or_fails_costs_one_text_its_facts(bad_reader):
    texts = ["Tout va.", "Il meurt ici.", "Il dort là. Encore.", "Une faute.", "Tout va bien."]
    found = [unpack(record) for record in bad_reader.read(Text(text, "fr") for text in texts)]
    assert [c.unread for c in found] == [
        "",
        "ended its reader",
        "took more than 2 seconds",
        "RecursionError: too deep",
        "",
    ]
    assert [c.facts for c in found] == [()] * 5
    assert found[2].sentences == [(0, 19)]
    assert Sought(["fr:dort"]).held(found[2].keys) == {"fr:dort"}


def test_what_could_not_be_read_is_counted_and_fails_no_build(bad_reader, tiny_encoder, tmp_path):
    (tmp_path / "articles").mkdir()
    for name, word in (("a", "meurt"), ("b", "vit"), ("c", "faute")):
        text = f"Le titre\n\nLe maire a dit que la ville {word} de sa belle rivière depuis dix ans.\n"
        (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    corpus = Corpus.build(tmp_path / "articles", tmp_path / "index")
    assert corpus.report.unread == 2
    assert Corpus.open(tmp_path / "index").info()["unread"] == 2
    assert {h.paragraph.source for h in corpus.search("la ville de la rivière")} == {"a.txt", "b.txt", "c.txt"}


def test_what_failed_in_passing_is_read_by_the_next_build(tiny_encoder, tmp_path, monkeypatch):
    (tmp_path / "articles").mkdir()
    for name in "ab":
        text = f"Le titre {name}\n\nLe feu a fait 12 morts dans la ville {name}, a dit le maire mardi soir.\n"
        (tmp_path / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("index.facts.child.SERVE", "raise SystemExit(1)")
        readers = Readers(count=1)
        patch.setattr("index.facts.child.shared", lambda pid: readers)
        assert Corpus.build(tmp_path / "articles", tmp_path / "index").report.unread == 2
        readers.close()
    monkeypatch.setattr(TinyEncoder, "embed", lambda self, texts: pytest.fail("nothing needs encoding"))
    corpus = Corpus.build(tmp_path / "articles", tmp_path / "index")
    assert (corpus.report.unread, corpus.report.reused) == (0, ("a.txt", "b.txt"))
    assert [[f.value for f in c.facts if f.kind == "number"] for c in corpus.contents([0, 1])] == [[12], [12]]


def test_a_reader_that_does_not_start_is_not_started_for_every_text(monkeypatch):
    started = []
    monkeypatch.setattr("index.facts.child.SERVE", "raise SystemExit(1)")
    monkeypatch.setattr("index.facts.child.subprocess.Popen", lambda *a, **k: started.append(a) or Popen(*a, **k))
    readers = Readers(count=1)
    reasons = [unpack(record).unread for record in readers.read(Text(f"Texte {n}.", "fr") for n in range(9))]
    readers.close()
    assert reasons == ["its reader does not start"] * 9
    assert len(started) == 3


def test_a_reader_imports_nothing_from_the_folder_that_one_stands_in(tmp_path, monkeypatch):
    (tmp_path / "calendar.py").write_text("raise SystemExit(9)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    readers = Readers(count=1)
    (record,) = readers.read([Text("Le feu a fait 12 morts.", "fr")])
    readers.close()
    assert unpack(record).unread == ""


def test_a_disk_that_is_full_for_facts_stops_the_encoding(tiny_encoder, tmp_path, monkeypatch):
    (tmp_path / "articles").mkdir()
    for number in range(1_200):
        text = f"Le titre {number}\n\nLe maire a dit que {number} habitants ont quitté la ville mardi soir.\n"
        (tmp_path / "articles" / f"{number}.txt").write_text(text, encoding="utf-8")
    failed, encoded, real = threading.Event(), [], TinyEncoder.embed

    def refuse(folder, splits, going):
        failed.set()
        raise OSError(28, "No space left on device")

    def embed(self, texts):
        failed.wait(60)
        encoded.append(len(texts))
        return real(self, texts)

    monkeypatch.setattr("index.segment._write_contents", refuse)
    monkeypatch.setattr(TinyEncoder, "embed", embed)
    with pytest.raises(CorpusError, match=r"No space left.*the index is as it was before"):
        Corpus.build(tmp_path / "articles", tmp_path / "index")
    assert sum(encoded) < 1_200


def test_an_answer_reads_the_corpus_as_it_was_when_it_began(tiny_encoder, tmp_path):
    """What is written in the midst of an answer moves every id: the figures must still be those of its passages."""
    (tmp_path / "articles").mkdir()
    for number in (31, 52, 73):
        text = f"Le titre {number}\n\nOn dit que {number} personnes sont mortes dans la crue du fleuve.\n"
        (tmp_path / "articles" / f"{number}.txt").write_text(text, encoding="utf-8")
    corpus = Corpus.build(tmp_path / "articles", tmp_path / "index")
    snapshot = corpus.snapshot()
    hits = snapshot.search("combien de personnes sont mortes dans la crue ?", k=3)
    corpus.remove(["31.txt", "52.txt"])
    (tmp_path / "neuf.txt").write_text("Le pont\n\nLe pont coûte 900 euros à la ville.\n", encoding="utf-8")
    corpus.add([tmp_path / "neuf.txt"])
    for hit, contents in zip(hits, snapshot.contents([hit.paragraph.id for hit in hits]), strict=True):
        (figure,) = [fact for fact in contents.facts if fact.kind == "number"]
        assert hit.paragraph.text[figure.start : figure.end] == hit.paragraph.source.removesuffix(".txt")
        assert snapshot.document(hit.paragraph.source).source == hit.paragraph.source


@pytest.fixture
def old_index(tmp_path):
    """An index of format 1, which holds no facts, and the articles that it was made of."""
    index, articles = tmp_path / "index", tmp_path / "articles"
    shutil.copytree(KEPT / "1", index)
    return index, articles


def test_an_index_without_facts_reads_them_when_asked(old_index, tiny_encoder):
    index, _ = old_index
    corpus = Corpus.open(index)
    paragraph = corpus.search("personnes mortes dans la crue", retriever="bm25")[0].paragraph
    (contents,) = corpus.contents([paragraph.id])
    day = corpus.document(paragraph.source).published
    assert contents.facts == read_facts(paragraph.text, "fr", published=day)
    assert [fact.value for fact in contents.facts if fact.kind == "number"] == [12]


def test_a_build_reads_what_an_earlier_reader_left_and_encodes_nothing(old_index, tiny_encoder, monkeypatch):
    index, articles = old_index
    before = Corpus.open(index)
    articles.mkdir()
    made = runpy.run_path(str(KEPT / "make.py"))
    for name, text in {**made["ARTICLES"], **made["LATER"]}.items():
        if name in before.sources:
            (articles / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(TinyEncoder, "embed", lambda self, texts: pytest.fail("nothing needs encoding"))
    corpus = Corpus.build(articles, index)
    manifest = Store(index).manifest()
    assert (manifest.format, {s.reader for s in manifest.segments}) == (2, {VERSION})
    assert [d.source for d in corpus.documents] == [d.source for d in before.documents]
    for ours, theirs in zip(*(list(c.search("crue", retriever="bm25")) for c in (corpus, before)), strict=True):
        assert ours.paragraph.text == theirs.paragraph.text
        assert pack(*corpus.contents([ours.paragraph.id])) == pack(*before.contents([theirs.paragraph.id]))
    again = Corpus.build(articles, index)
    assert again.info()["generation"] == corpus.info()["generation"]
    monkeypatch.setattr("index.generation.VERSION", VERSION + 1)
    monkeypatch.setattr("index.segment.VERSION", VERSION + 1)
    monkeypatch.setattr("index.opened.VERSION", VERSION + 1)
    Corpus.build(articles, index)
    assert {s.reader for s in Store(index).manifest().segments} == {VERSION + 1}


@pytest.mark.parametrize("name", ["contents.bin", "content_offsets.npy", "topics.bin", "topic_offsets.npy"])
@pytest.mark.parametrize("damage", ["missing", "cut", "altered"])
def test_a_damaged_facts_file_is_named(tiny_encoder, tmp_path, name, damage):
    index = tmp_path / "index"
    shutil.copytree(KEPT / "2", index)
    (file,) = (index / "segments" / "000001").glob(name)
    raw = bytearray(file.read_bytes())
    if damage == "missing":
        file.unlink()
    else:
        raw[len(raw) // 2] ^= 1
        file.write_bytes(raw[:-1] if damage == "cut" else raw)
    with pytest.raises(IndexCorrupt, match=rf"{name}.*rebuild with: recoupe build FOLDER"):
        Corpus.open(index)
    assert name in Corpus.verify(index)[0]


def test_a_manifest_says_which_reader_read_a_segment():
    manifest = json.loads((KEPT / "2" / MANIFEST).read_bytes())["manifest"]
    assert {(s["reader"], s["unread"]) for s in manifest["segments"]} == {(1, 0)}  # an earlier one than today's


def test_the_readers_of_a_process_are_one():
    from index.facts.child import shared

    assert shared(os.getpid()) is shared(os.getpid())
