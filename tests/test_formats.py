"""Every format that was ever written is opened, or the message says how to rebuild; they stand in `data/formats`."""

import json
import shutil
from pathlib import Path

import pytest

from index import Corpus
from index.records import IndexOutdated
from index.store import FORMAT, MANIFEST

KEPT = Path(__file__).parent / "data" / "formats"
READABLE = {1, 2}
"""The formats that this version opens."""


@pytest.fixture(autouse=True)
def tiny(tiny_encoder):
    """The kept indexes were written with the tiny encoder."""


def test_an_index_of_every_format_is_kept():
    assert {path.name for path in KEPT.iterdir() if path.is_dir()} == {str(n) for n in range(1, FORMAT + 1)}
    assert FORMAT in READABLE


@pytest.mark.parametrize("folder", sorted(path for path in KEPT.iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_a_kept_index_opens_or_says_how_to_rebuild(folder, tmp_path):
    index = tmp_path / "index"
    shutil.copytree(folder, index)
    if int(folder.name) not in READABLE:
        with pytest.raises(IndexOutdated, match="rebuild with: recoupe build FOLDER"):
            Corpus.open(index)
        return
    corpus = Corpus.open(index)
    assert Corpus.verify(index) == []
    assert corpus.sources == ("crue.txt", "flood.md", "greve.txt")
    assert (corpus.info()["generation"], corpus.info()["languages"]) == (3, {"fr": 3, "en": 1})
    flood = corpus.document("flood.md")
    assert flood.text.endswith("The mayor said that the flood of the river killed 14 people in the lower town.")
    assert (flood.title, flood.language) == ("The river flood", "en")
    assert str(corpus.document("crue.txt").published) == "2023-03-03"
    for retriever in ("hybrid", "bm25", "dense"):
        hit = corpus.search("habitants évacués vers le gymnase", retriever=retriever)[0]
        assert hit.paragraph.text == "Les secours ont évacué 340 habitants du quartier bas vers le gymnase de la ville."
        assert corpus.document("crue.txt").text[hit.paragraph.start : hit.paragraph.end] == hit.paragraph.text


def test_a_kept_index_can_be_written_to(tmp_path):
    index = tmp_path / "index"
    shutil.copytree(KEPT / str(max(READABLE)), index)
    (tmp_path / "neuf.txt").write_text("Le pont\n\nLe pont de la ville ouvre jeudi.\n", encoding="utf-8")
    corpus = Corpus.open(index)
    assert corpus.add([tmp_path / "neuf.txt"]).read == ("neuf.txt",)
    assert corpus.remove(["flood.md"]) == 1
    again = Corpus.open(index)
    assert again.sources == ("crue.txt", "greve.txt", "neuf.txt")
    assert again.search("le pont de la ville")[0].paragraph.text == "Le pont de la ville ouvre jeudi."
    assert Corpus.verify(index) == []


@pytest.mark.parametrize(("name", "value"), [("format", FORMAT + 1), ("format", 0), ("analysis", "another")])
def test_a_format_from_elsewhere_says_how_to_rebuild(tmp_path, name, value):
    from index.store import _checksum

    index = tmp_path / "index"
    shutil.copytree(KEPT / "1", index)
    fields = json.loads((index / MANIFEST).read_bytes())["manifest"] | {name: value}
    body = json.dumps(fields, ensure_ascii=False, sort_keys=True, indent=1)
    whole = {"checksum": _checksum(body), "manifest": json.loads(body)}
    (index / MANIFEST).write_bytes(json.dumps(whole, ensure_ascii=False, indent=1).encode())
    with pytest.raises(IndexOutdated, match=f"{value}.*rebuild with: recoupe build FOLDER"):
        Corpus.open(index)
    assert Corpus.verify(index)[0].endswith(f"rebuild with: recoupe build FOLDER {index}")
