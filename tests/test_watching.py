"""A folder that is watched: what is added, changed or removed is served, whole, and told in a line."""

import time
from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from parsed import Parsed

from index.corpus import Corpus
from index.records import CorpusError, IndexLocked
from index.report import WriteReport
from ui.answering.library import Library
from ui.answering.watching import Watch, tell_report
from ui.cli import cli
from ui.web.corpus import CorpusEvents

pytestmark = pytest.mark.usefixtures("tiny_encoder")

STORM = "Un orage à Sorbey\n\nL’orage a tué {} vaches à Sorbey, selon un voisin.\n"
BOUND = 240
"""Seconds after which a condition that should come true within a few is taken to stay false."""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "orage.txt").write_text(STORM.format("trois"), encoding="utf-8")
    return folder


def wait_until(holds):
    until = time.monotonic() + BOUND
    while not holds():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.05)


@contextmanager
def watched(folder, index):
    library = Library(Corpus.build(folder, index))
    with Watch(library, folder):
        yield library


def text_of(library, source):
    return next((d.text for d in library.corpus.documents if d.source == source), "")


def test_what_is_added_changed_or_removed_is_served(folder, tmp_path, caplog):
    with watched(folder, tmp_path / "index") as library:
        (folder / "sous").mkdir()
        (folder / "sous/crue.txt").write_text("La crue\n\nDouze morts à Brumeval.\n", encoding="utf-8")
        wait_until(lambda: library.corpus.sources == ("orage.txt", "sous/crue.txt"))
        (folder / "orage.txt").write_text(STORM.format("huit"), encoding="utf-8")
        wait_until(lambda: "huit vaches" in text_of(library, "orage.txt"))
        (folder / "sous/crue.txt").unlink()
        wait_until(lambda: library.corpus.sources == ("orage.txt",))
        wait_until(lambda: library.followed.report.removed == ("sous/crue.txt",))
        page = Parsed(CorpusEvents(library, edit=False).list_sources("", "", None)).text
    assert "Folder followed, " in page
    assert ": Removed: sous/crue.txt" in page
    assert "articles: 1 read (sous/crue.txt), 1 unchanged" in caplog.messages
    assert "articles: 1 gone (sous/crue.txt), 1 unchanged" in caplog.messages


def test_what_changed_while_nobody_watched_is_served(folder, tmp_path):
    library = Library(Corpus.build(folder, tmp_path / "index"))
    (folder / "crue.txt").write_text("La crue\n\nDouze morts à Brumeval.\n", encoding="utf-8")
    with Watch(library, folder):
        wait_until(lambda: library.corpus.sources == ("crue.txt", "orage.txt"))


def test_a_folder_in_which_nothing_can_be_read_any_more_leaves_what_is_served(folder, tmp_path, caplog):
    with watched(folder, tmp_path / "index") as library:
        (folder / "orage.txt").unlink()
        wait_until(lambda: library.followed is not None)
        assert library.corpus.sources == ("orage.txt",)
    assert caplog.messages[-1].startswith("articles: nothing could be read in ")
    assert "nothing could be read in " in Parsed(CorpusEvents(library, edit=False).list_sources("", "", None)).text


def test_an_index_inside_the_folder_and_hidden_files_are_no_changes(folder):
    watch = Watch(Library(Corpus.build(folder, folder / "index")), folder)
    assert not watch._concerns(1, str(folder / "index/manifest.json"))
    assert not watch._concerns(1, str(folder / ".git/HEAD"))
    assert watch._concerns(1, str(folder / "sous/crue.txt"))


def test_a_change_that_meets_another_write_is_read_after_it(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("ui.answering.watching.AGAIN", 0.1)
    follow, met = Library.follow, []

    def busy_once(self, place):
        if not met:
            met.append(place)
            raise IndexLocked("another process is writing")
        return follow(self, place)

    monkeypatch.setattr(Library, "follow", busy_once)
    library = Library(Corpus.build(folder, tmp_path / "index"))
    (folder / "crue.txt").write_text("La crue\n\nDouze morts à Brumeval.\n", encoding="utf-8")
    with Watch(library, folder):
        wait_until(lambda: "crue.txt" in library.corpus.sources)
    assert met


def test_what_cannot_be_watched_is_refused(folder, tmp_path):
    with pytest.raises(CorpusError, match="is not a folder"):
        Watch(Library(Corpus.build(folder, tmp_path / "index")), tmp_path / "nowhere")
    both = CliRunner().invoke(cli, ["serve", str(tmp_path / "index"), "--watch", str(folder), "--allow-uploads"])
    assert both.exit_code == 2
    assert "instead of --allow-uploads" in both.output


def test_a_line_names_a_few_sources():
    report = WriteReport(read=tuple(f"{n}.txt" for n in range(5)))
    assert tell_report(report) == "5 read (0.txt, 1.txt, 2.txt, …)"
