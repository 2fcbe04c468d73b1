"""A build that was interrupted goes on where it stopped, and comes to the index that it would have come to at once."""

import os

import numpy as np
import pytest
from forking import write_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TinyEncoder

from index import Corpus
from index.resume import keep_part, part_file, read_part
from index.store import Store

PART = 4
rename = os.replace


class Stop(Exception):
    """The user's hand on the keyboard."""


@pytest.fixture
def encoded(tiny_encoder, monkeypatch):
    """The texts that are encoded, part by part; parts are of four paragraphs."""
    for module in ("segment", "generation"):
        monkeypatch.setattr(f"index.{module}.PART", PART)
    texts, embed = [], TinyEncoder.embed

    def noted(self, part):
        texts.append(list(part))
        return embed(self, part)

    monkeypatch.setattr(TinyEncoder, "embed", noted)
    return texts


def interrupted(folder, index, *, after):
    """Build, and be stopped once this many paragraphs are encoded."""

    def told(stage, done, total):
        if stage == "encoding" and done >= after:
            raise Stop

    with pytest.raises(Stop):
        Corpus.build(folder, index, progress=told)


def files(corpus):
    """Return the digests of a corpus's files."""
    return [dict(segment.files) for segment in Store(corpus.path).manifest().segments]


def test_a_build_goes_on_where_it_was_interrupted(tmp_path, encoded):
    write_articles(tmp_path / "articles", range(12))
    whole = Corpus.build(tmp_path / "articles", tmp_path / "whole")
    parts = [part for part in encoded if len(part) == PART]
    assert len(parts) >= 5
    encoded.clear()
    interrupted(tmp_path / "articles", tmp_path / "index", after=3 * PART)
    assert encoded == parts[:3]
    encoded.clear()
    again = Corpus.build(tmp_path / "articles", tmp_path / "index")
    assert encoded[: len(parts) - 3] == parts[3:]
    assert files(again) == files(whole)
    assert not (tmp_path / "index" / "partial").exists()


def test_a_part_of_other_texts_or_broken_is_encoded_anew(tmp_path, encoded):
    write_articles(tmp_path / "articles", range(12))
    interrupted(tmp_path / "articles", tmp_path / "index", after=3 * PART)
    partial = tmp_path / "index" / "partial"
    first, second, third = (part_file(partial, part, TinyEncoder().fingerprint) for part in encoded)
    second.write_bytes(second.read_bytes()[:-30])
    third.unlink()
    before, encoded[:] = list(encoded), []
    Corpus.build(tmp_path / "articles", tmp_path / "index")
    assert encoded[:2] == before[1:]
    assert not first.exists()


VECTORS = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        st.just(np.random.default_rng(n).standard_normal((n, 4)).astype(np.float32)),
        st.lists(st.integers(0, 6), min_size=n, max_size=n),
    )
)


@given(VECTORS, st.data())
@settings(max_examples=100)
def test_a_part_is_read_as_it_was_kept_or_not_at_all(tmp_path_factory, part, data):
    vectors, lengths = part
    tokens = [np.full((length, 3), number - 2, np.int8) for number, length in enumerate(lengths)]
    file = part_file(tmp_path_factory.mktemp("parts") / "partial", ["a"], "f")
    assert read_part(file) is None
    keep_part(file, vectors, tokens)
    kept, own = read_part(file)
    assert np.array_equal(kept, vectors)
    assert [one.tolist() for one in own] == [one.tolist() for one in tokens]
    raw = file.read_bytes()
    place = data.draw(st.integers(0, len(raw) - 1))
    file.write_bytes(raw[:place] + bytes([raw[place] ^ data.draw(st.integers(1, 255))]) + raw[place + 1 :])
    assert read_part(file) is None


def test_parts_are_forgotten_and_nothing_else_is(tmp_path, encoded):
    write_articles(tmp_path / "articles", range(12))
    strangers = tmp_path / "index" / "partial" / "thesis.txt", tmp_path / "index" / "segments" / "film" / "a.mp4"
    for file in strangers:
        file.parent.mkdir(parents=True)
        file.write_text("x", encoding="utf-8")
    Corpus.build(tmp_path / "articles", tmp_path / "index")
    assert sorted(p for p in (tmp_path / "index" / "partial").rglob("*")) == [strangers[0]]
    assert strangers[1].exists()


def test_a_disk_without_room_for_parts_has_room_for_the_index(tmp_path, encoded, monkeypatch):
    write_articles(tmp_path / "articles", range(12))

    def full(file, raw):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(
        "index.resume.os.replace", lambda old, new: full(old, new) if "partial" in str(old) else rename(old, new)
    )
    corpus = Corpus.build(tmp_path / "articles", tmp_path / "index")
    assert len(corpus.sources) == 12
    assert not (tmp_path / "index" / "partial").exists()


def test_what_is_kept_belongs_to_its_texts_and_its_encoder(tmp_path):
    named = {part_file(tmp_path, texts, own) for texts in (["ab", "c"], ["a", "bc"], ["a", "b", "c"]) for own in "xy"}
    assert len(named) == 6
