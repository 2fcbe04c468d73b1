"""Every file of an index altered, byte by byte and cut by cut: a clear error or a right answer, nothing else.

Small files are compared when the index is opened, large ones block by block when they are read; both ways are tried on
the same small index. `RECOUPE_CASES` sets how many alterations are tried in all (2,400 unless set).
"""

import os
import random
import shutil

import numpy as np
import pytest

from index import Corpus
from index.blocks import SUFFIX, Checked, check, map_rows, write_table
from index.records import CorpusError, IndexCorrupt
from index.store import MANIFEST, Store

CASES = int(os.environ.get("RECOUPE_CASES", "2400"))
QUESTIONS = ("combien de personnes sont mortes dans la crue ?", "quartier bas évacué", "who killed the river flood")
TEXT = "Le titre numéro {0}\n\nLe maire a dit que {0} personnes sont mortes dans la crue du fleuve.\n\n{1}\n"
LOOSE = "Les secours ont évacué {0} habitants du quartier bas, selon le préfet de la région."


@pytest.fixture(autouse=True)
def tiny(tiny_encoder):
    """Every corpus of these tests uses the tiny encoder."""


def made(folder, *, blockwise, monkeypatch):
    """Return an index of two segments with a removed document; its files checked at opening, or as they are read."""
    monkeypatch.setattr("index.blocks.LARGE", 1 if blockwise else 1 << 30)
    monkeypatch.setattr("index.blocks.BLOCK", 256)
    monkeypatch.setattr("index.segment.EXACT_BELOW", 10)
    articles = folder / "articles"
    articles.mkdir()
    for number in range(12):
        text = TEXT.format(number, LOOSE.format(300 + number))
        (articles / f"a{number}.txt").write_text(text, encoding="utf-8")
    index = folder / "index"
    corpus = Corpus.build(articles, index)
    (articles / "flood.md").write_text("# The flood\n\nThe river flood killed 14 people here.\n", encoding="utf-8")
    corpus.add([articles / "flood.md"])
    corpus.remove(["a3.txt"])
    return index


def answers(index):
    """Return what an index says: its documents, the answers of each way of searching, and what a copy would take."""
    corpus = Corpus.open(index)
    found = {
        (question, retriever): [
            (h.paragraph.source, h.paragraph.start, h.paragraph.text, round(h.score, 5), len(h.matches))
            for h in corpus.search(question, k=4, retriever=retriever)
        ]
        for question in QUESTIONS
        for retriever in ("hybrid", "bm25", "dense")
    }
    splits = corpus._backend.splits({s.name for s in Store(index).manifest().segments})
    kept = [
        (
            s.document,
            s.paragraphs,
            np.asarray(s.vectors).tobytes(),
            b"".join(t.tobytes() for t in s.tokens),
            s.contents,
            s.topic,
        )
        for s in splits
    ]
    return corpus.info(), corpus.documents, found, kept


def answered(index):
    """Return what an index says, or None and the message that says that it is corrupt."""
    try:
        return answers(index), ""
    except IndexCorrupt as error:
        return None, str(error)


def alterations(index, count, chance):
    """Yield `count` ways to alter the files of an index: the file, what was done, and its bytes afterwards.

    Each file gets its share, however short it is, and one cut for each two flips.
    """
    files = [p for p in sorted(index.rglob("*")) if p.is_file() and p.name != "lock"]
    for number in range(count):
        file = files[number % len(files)]
        data = file.read_bytes()
        place = chance.randrange(max(1, len(data)))
        if number // len(files) % 3 == 2:
            yield file, f"cut at {place}", data[:place]
        elif data:
            bit = 1 << chance.randrange(8)
            yield file, f"byte {place} ^ {bit}", data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]


@pytest.mark.parametrize("blockwise", [False, True])
def test_an_altered_index_says_so_or_answers_right(tmp_path, monkeypatch, blockwise):
    index = made(tmp_path, blockwise=blockwise, monkeypatch=monkeypatch)
    tables = sorted(p.name for p in index.rglob(f"*{SUFFIX}"))
    assert bool(tables) is blockwise
    assert len(list(index.rglob("dense.faiss"))) == 1
    right = answers(index)
    chance = random.Random(11)
    corrupt, well = 0, []
    for file, what, data in alterations(index, CASES // 2, chance):
        whole = file.read_bytes()
        file.write_bytes(data)
        given, said = answered(index)
        if given is not None:
            assert given == right, f"{file.name} {what}: a wrong answer"
            well.append((file.name, what))
        else:
            corrupt += 1
            assert file.name in said, f"{file.name} {what}: {said}"
            assert "recoupe build" in said
        if data != whole:
            assert Corpus.verify(index) != [], f"{file.name} {what}: not noticed by verify"
        file.write_bytes(whole)
    assert answers(index) == right
    # Everything that is said was looked at, so that next to nothing altered goes unseen.
    assert corrupt >= 0.97 * (CASES // 2 - 20), well


def test_exchanged_files_and_segments_are_noticed(tmp_path, monkeypatch):
    index = made(tmp_path, blockwise=False, monkeypatch=monkeypatch)
    segments = sorted((index / "segments").iterdir())[:2]
    first, second = (segment / "vectors.npy" for segment in segments)
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    with pytest.raises(IndexCorrupt, match=r"vectors\.npy was altered"):
        Corpus.open(index)
    first.write_bytes(one)
    second.write_bytes(other)
    segments[0].rename(tmp_path / "away")
    segments[1].rename(segments[0])
    (tmp_path / "away").rename(segments[1])
    with pytest.raises(IndexCorrupt):
        Corpus.open(index)


def test_a_file_in_place_of_a_folder_and_the_reverse(tmp_path, monkeypatch):
    index = made(tmp_path, blockwise=False, monkeypatch=monkeypatch)
    segment = sorted((index / "segments").iterdir())[0]
    (segment / "labels.json").unlink()
    (segment / "labels.json").mkdir()
    with pytest.raises(IndexCorrupt, match=r"labels\.json is missing"):
        Corpus.open(index)
    shutil.rmtree(segment)
    segment.write_bytes(b"")
    with pytest.raises(IndexCorrupt, match="is missing"):
        Corpus.open(index)
    (index / MANIFEST).unlink()
    (index / MANIFEST).mkdir()
    with pytest.raises(CorpusError):
        Corpus.open(index)


@pytest.mark.parametrize("blockwise", [False, True])
def test_what_was_altered_is_never_copied_into_a_new_segment(tmp_path, monkeypatch, blockwise):
    """A merge reads the old segments: their altered bytes must not get a new, fitting checksum."""
    index = made(tmp_path, blockwise=blockwise, monkeypatch=monkeypatch)
    corpus = Corpus.open(index)
    file = min((index / "segments").iterdir()) / "tokens.bin"
    data = bytearray(file.read_bytes())
    data[5] ^= 1
    file.write_bytes(data)
    with pytest.raises(IndexCorrupt, match=r"tokens\.bin was altered"):
        corpus.remove([f"a{n}.txt" for n in range(4, 12)])
    assert len(Corpus.verify(index)) == 1
    again = Corpus.build(tmp_path / "articles", index)
    assert Corpus.verify(index) == []
    assert len(again.sources) == 13


# --- blocks ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A file of 1,000 rows of 12 bytes behind a header, with a table of blocks of 64 bytes."""
    monkeypatch.setattr("index.blocks.LARGE", 1)
    monkeypatch.setattr("index.blocks.BLOCK", 64)
    folder = tmp_path / "index" / "segments" / "000001"
    folder.mkdir(parents=True)
    np.save(folder / "rows.npy", np.arange(3000, dtype=np.int32).reshape(-1, 3), allow_pickle=False)
    write_table(folder / "rows.npy")
    return folder / "rows.npy"


def opened(file):
    return Checked(file, map_rows)


def test_rows_are_what_the_array_holds(file):
    whole = np.load(file)
    assert np.array_equal(opened(file)[10:20], whole[10:20])
    assert np.array_equal(opened(file)[-5:], whole[-5:])
    assert np.array_equal(opened(file)[np.array([999, 0, 3])], whole[[999, 0, 3]])
    assert np.array_equal(np.asarray(opened(file)), whole)
    assert np.ascontiguousarray(opened(file), np.float32).dtype == np.float32
    assert (len(opened(file)), opened(file).shape) == (1000, (1000, 3))


def test_a_read_meets_exactly_the_blocks_that_hold_its_rows(file):
    header = len(file.read_bytes()) - 12_000
    whole = file.read_bytes()
    for row in range(0, 1000, 37):
        altered = bytearray(whole)
        altered[header + 12 * row] ^= 0x40
        file.write_bytes(altered)
        block = (header + 12 * row) // 64
        for other in range(max(0, row - 20), min(1000, row + 20)):
            touched = range((header + 12 * other) // 64, (header + 12 * other + 11) // 64 + 1)
            for asked in (slice(other, other + 1), np.array([other])):
                if block in touched:
                    with pytest.raises(IndexCorrupt, match=r"rows\.npy was altered"):
                        opened(file)[asked]
                else:
                    assert opened(file)[asked].tolist() == [[3 * other, 3 * other + 1, 3 * other + 2]]
        with pytest.raises(IndexCorrupt):
            np.asarray(opened(file))
        with pytest.raises(IndexCorrupt):
            check(file)


def test_an_altered_header_or_table_is_noticed_at_opening(file):
    whole = file.read_bytes()
    file.write_bytes(whole[:60] + b"\x21" + whole[61:])
    with pytest.raises(IndexCorrupt):
        opened(file)
    file.write_bytes(whole)
    table = file.with_name("rows.npy.blocks")
    table.write_bytes(table.read_bytes()[:-4])
    with pytest.raises(IndexCorrupt):
        opened(file)


def test_small_files_have_no_table(file, monkeypatch):
    monkeypatch.setattr("index.blocks.LARGE", 1 << 26)
    file.with_name("rows.npy.blocks").unlink()
    write_table(file)
    assert [p.name for p in file.parent.iterdir()] == ["rows.npy"]
    check(file)
    check(file.with_name("absent"))
