"""Generations: atomic, checked, locked."""

import json
from dataclasses import asdict, replace

import pytest

from index.records import CorpusError, IndexCorrupt, IndexLocked, IndexNotFound, IndexOutdated
from index.store import MANIFEST, Manifest, Segment, Store, manifest_of


def manifest(*segments):
    return Manifest(0, "encoder", "f" * 8, "", 4, 0, tuple(segments))


def segment(store, content):
    folder = store.new_folder()
    (folder / "data").write_bytes(content)
    return store.sealed(folder, Segment("", {}, 1, 1))


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "index")
    with store.writing():
        store.commit(manifest(segment(store, b"one")))
    return store


def test_what_was_committed_is_what_is_read(store):
    read = store.manifest()
    assert (read.generation, read.encoder, read.dim, len(read.segments)) == (1, "encoder", 4, 1)
    assert store.check(read) == []
    assert (store.folder(read.segments[0].name) / "data").read_bytes() == b"one"


def test_generations_count_up_and_the_one_before_keeps_its_files(store):
    first = store.manifest()
    with store.writing():
        second = store.commit(manifest(segment(store, b"two")), before=first)
    assert second.generation == 2
    assert store.check(first) == []
    with store.writing():
        store.commit(manifest(segment(store, b"three")), before=second)
    assert store.check(second) == []
    assert [problem.endswith("is missing") for problem in store.check(first)] == [True]


def test_a_write_that_is_not_committed_changes_nothing(store):
    before = store.manifest()
    with store.writing():
        segment(store, b"lost")
        (store.path / (MANIFEST + ".new")).write_bytes(b"half")
    assert store.manifest() == before
    assert store.check(before) == []
    with store.writing():
        after = store.commit(manifest(*before.segments), before=before)
    assert {p.name for p in (store.path / "segments").iterdir()} == {after.segments[0].name}


def test_no_index(tmp_path):
    with pytest.raises(IndexNotFound, match="recoupe build"):
        Store(tmp_path / "nowhere").manifest()


def test_every_flipped_byte_of_the_manifest_is_noticed(store):
    file = store.path / MANIFEST
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(IndexCorrupt):
            store.manifest()


def test_every_cut_of_the_manifest_is_noticed(store):
    file = store.path / MANIFEST
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(IndexCorrupt):
            store.manifest()


def test_an_altered_file_is_named(store):
    data = store.folder(store.manifest().segments[0].name) / "data"
    data.write_bytes(b"onE")
    assert store.check(store.manifest()) == [
        f"{data} was altered or cut short: its sha256 is not the one in the manifest"
    ]


def test_a_newer_format_is_outdated_not_corrupt(store, monkeypatch):
    monkeypatch.setattr("index.store.READABLE", (7,))
    with pytest.raises(IndexOutdated, match="written in format 2 "):
        store.manifest()


def test_one_writer_at_a_time(store):
    other = Store(store.path)
    with store.writing(), pytest.raises(IndexLocked, match="another process"), other.writing():
        pass
    with other.writing():
        assert json.loads((store.path / MANIFEST).read_text(encoding="utf-8"))["manifest"]["generation"] == 1


def test_a_failed_write_says_so(store):
    with pytest.raises(CorpusError, match="as it was before"), store.writing():
        raise OSError(28, "No space left on device")


def test_a_manifest_is_read_back_equal():
    written = replace(manifest(Segment("000001", {"data": "0" * 64}, 3, 9, (0, 2))), previous=("000002",))
    assert manifest_of(json.loads(json.dumps(asdict(written)))) == written
