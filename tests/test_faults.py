"""Nothing is lost: processes killed at any moment, full and read-only disks, files that change, two writers, a clock.

Whatever happens, the index opens at the generation before or at the one after, with all its documents and the same
answers. `RECOUPE_KILLS` sets how many processes are killed at random moments (200 unless set).
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from forking import QUESTION, article, attempts, complaint, forking, write_articles

from index import Corpus, reading
from index.records import CorpusError, IndexNotFound
from index.segment import write_segment
from index.store import MANIFEST, Store

KILLS = int(os.environ.get("RECOUPE_KILLS", "200"))
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="forks, kills and mounts as Linux does")


@pytest.fixture(autouse=True)
def tiny(tiny_encoder):
    """Every corpus of these tests uses the tiny encoder."""


def state(path):
    """Return all that an index says, however its segments are cut; None where there is none. Every file is checked."""
    try:
        corpus = Corpus.open(path)
    except IndexNotFound:
        return None
    assert Corpus.verify(path) == []
    hits = sorted((h.paragraph.source, h.paragraph.text, round(h.score, 4)) for h in corpus.search(QUESTION, k=5))
    return {d.source: d.text for d in corpus.documents}, hits


# --- killed ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def cycle(tmp_path):
    """Two folders, and the operations that lead an index from one state to another and back, with both states."""
    old, new, more = tmp_path / "old", tmp_path / "new", tmp_path / "more"
    write_articles(old, range(8))
    write_articles(new, range(2, 8))
    write_articles(new, [2, 10, 11], dead=77)
    write_articles(more, range(20, 24))
    states = {}
    for name in ("old", "new"):
        states[name] = state(Corpus.build(tmp_path / name, tmp_path / f"reference-{name}").path)
    both = Corpus.build(old, tmp_path / "reference-more")
    both.add([more])
    states["more"] = state(both.path)
    steps = [
        ("build", new, "old", "new"), ("build", old, "new", "old"), ("add", more, "old", "more"),
        ("remove", more, "more", "old"),
    ]  # fmt: skip
    return tmp_path / "index", old, steps, states


def after(index, before, there, states):
    """Return whether a killed operation led to the state after it; anything but that or the one before it is a loss."""
    found = state(index)
    assert found in (states[before], states[there]), "neither the state before nor the one after"
    return found == states[there]


@LINUX
def test_killed_at_random_moments(cycle):
    index, old, steps, states = cycle
    chance = random.Random(7)
    outcomes = {"before": 0, "after": 0}
    with forking() as forker:
        forker.run("build", index, old)
        usual = {}
        for do, folder, before, _ in steps:
            usual[do, before] = forker.run(do, index, folder)["seconds"]
        number = 0
        while sum(outcomes.values()) < KILLS:
            do, folder, before, there = steps[number % len(steps)]
            # Spread over the usual time of the step, in forty slices, so that no part of it is left out by chance.
            moment = (number // len(steps) * 7 % 40 + chance.random()) / 40
            number += 1
            done = forker.run(do, index, folder, delay=moment * 1.1 * usual[do, before])
            assert done["status"] in (0, -signal.SIGKILL)
            led_on = after(index, before, there, states)
            if done["status"]:
                outcomes["after" if led_on else "before"] += 1
            else:
                assert led_on
            if not led_on:
                assert forker.run(do, index, folder)["status"] == 0
                assert state(index) == states[there]
    assert outcomes["before"] > KILLS // 4
    print(f"killed {sum(outcomes.values())} in {number} runs: {outcomes}")


@LINUX
def test_killed_at_each_write_in_turn(cycle):
    index, old, steps, states = cycle
    killed = {}
    with forking() as forker:
        forker.run("build", index, old)
        for do, folder, before, there in steps:
            outcomes = []
            for nth in range(1, 1000):
                done = forker.run(do, index, folder, nth=nth)
                outcomes.append(after(index, before, there, states))
                if done["status"] == 0:
                    break
                assert done["status"] == -signal.SIGKILL
                if outcomes[-1]:  # the next one starts again from the state before
                    back = next(s for s in steps if s[2] == there and s[3] == before)
                    assert forker.run(back[0], index, back[1])["status"] == 0
            killed[do, before] = len(outcomes) - 1
            # One moment divides the kills that changed nothing from those after which all is done.
            assert outcomes == sorted(outcomes)
            assert outcomes[-1]
    assert all(count > 4 for count in killed.values()), killed
    print(f"killed at each of these writes: {killed}")


@LINUX
def test_a_first_build_that_is_killed_leaves_no_index_and_can_be_repeated(tmp_path):
    write_articles(tmp_path / "old", range(3))
    expected = state(Corpus.build(tmp_path / "old", tmp_path / "reference").path)
    seen = set()
    with forking() as forker:
        for nth in range(1, 1000):
            index = tmp_path / f"index{nth}"
            done = forker.run("build", index, tmp_path / "old", nth=nth)
            found = state(index)
            assert found in (None, expected)
            seen.add(found is None)
            if done["status"] == 0:
                break
            assert forker.run("build", index, tmp_path / "old")["status"] == 0
            assert state(index) == expected
    assert seen == {True, False}
    assert nth > 10


@LINUX
def test_two_writers_at_once_lose_nothing(tmp_path):
    index = tmp_path / "index"
    write_articles(tmp_path / "base", range(3))
    Corpus.build(tmp_path / "base", index)
    expected = {f"a{n}.txt" for n in range(3)}
    locked = 0
    with forking() as one, forking() as other:
        for round_ in range(12):
            folders = [tmp_path / f"{who}{round_}" for who in ("one", "other")]
            for place, folder in enumerate(folders):
                write_articles(folder, [100 + 2 * round_ + place])
            for forker, folder in zip((one, other), folders, strict=True):
                forker.start("add", index, folder)
            for forker, folder in zip((one, other), folders, strict=True):
                status = forker.wait()["status"]
                assert status in (0, 3)  # done, or told that another is writing
                locked += status == 3
                if status == 0:
                    expected |= set(os.listdir(folder))
            assert set(Corpus.open(index).sources) == expected
            assert Corpus.verify(index) == []
    assert len(expected) == 3 + 24 - locked


def test_readers_through_many_swaps(tmp_path):
    """Threads that open and ask while the index is written again and again, and one reader that was there before."""
    write_articles(tmp_path / "old", range(6))
    write_articles(tmp_path / "new", range(3, 9), dead=55)
    index = tmp_path / "index"
    writer = Corpus.build(tmp_path / "old", index)
    states = [state(index)]
    Corpus.build(tmp_path / "new", index)
    states.append(state(index))
    stop, errors, seen = threading.Event(), [], []

    def read():
        while not stop.is_set():
            try:
                corpus = Corpus.open(index)
                hits = corpus.search(QUESTION, k=5)
                found = sorted((h.paragraph.source, h.paragraph.text, round(h.score, 4)) for h in hits)
                seen.append([s[1] for s in states].index(found))
            except Exception as error:
                errors.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for round_ in range(20):
            Corpus.build(tmp_path / ("old" if round_ % 2 == 0 else "new"), index)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert errors == []
    assert set(seen) == {0, 1}
    assert {d.source: d.text for d in writer.documents} == states[0][0]  # its files are deleted, and still there for it


# --- disks ----------------------------------------------------------------------------------------------------------


@contextmanager
def mounted(place, *options):
    """Mount something for a while; skip where this user may not."""
    place.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *options, str(place)], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not permitted: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill_up(disk, free):
    """Leave this many bytes free on a disk."""
    with open(disk / "ballast", "wb") as ballast:
        status = os.statvfs(disk)
        ballast.write(bytes(max(0, status.f_bavail * status.f_frsize - free)))


@LINUX
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root mounts; see the next test")
def test_a_full_disk(tmp_path):
    write_articles(tmp_path / "old", range(4))
    write_articles(tmp_path / "more", range(20, 40))
    failures = 0
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=2m", "tmpfs") as disk:
        corpus = Corpus.build(tmp_path / "old", disk / "index")
        before = state(disk / "index")
        for free in range(0, 200_000, 4096):
            fill_up(disk, free)
            said = complaint(lambda: corpus.add([tmp_path / "more"]))
            (disk / "ballast").unlink()
            if not said:
                break
            failures += 1
            assert "the index is as it was before" in said
            assert state(disk / "index") == before
            # What could not be finished does not stay to fill the disk.
            kept = {s.name for s in Store(disk / "index").manifest().segments}
            assert {p.name for p in (disk / "index" / "segments").iterdir()} == kept
        assert len(state(disk / "index")[0]) == 24
    assert failures > 5


@LINUX
@pytest.mark.parametrize("limit", [0, 1, 100, 500, 1000, 1500, 3000])
def test_files_that_may_not_grow(tmp_path, limit):
    """The same without a mount: a limit on the size of a file, at which every write fails, as on a full disk."""
    import resource

    write_articles(tmp_path / "old", range(4))
    write_articles(tmp_path / "more", range(20, 40))
    corpus = Corpus.build(tmp_path / "old", tmp_path / "index")
    before = state(tmp_path / "index")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limits[1]))
        with pytest.raises(CorpusError, match="the index is as it was before"):
            corpus.add([tmp_path / "more"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert state(tmp_path / "index") == before
    assert len(list((tmp_path / "index" / "segments").iterdir())) == 1  # what could not be finished is deleted
    assert corpus.add([tmp_path / "more"]).read == tuple(sorted(f"a{n}.txt" for n in range(20, 40)))


def check_read_only(said, corpus):
    assert said[0].startswith("['a")
    assert said[1] == "[]"
    assert [line.startswith(f"CorpusError: {corpus} cannot be written to: ") for line in said[2:]] == [True] * 3, said


@LINUX
def test_a_folder_that_may_only_be_read(tmp_path):
    write_articles(tmp_path / "old", range(3))
    write_articles(tmp_path / "more", range(20, 22))
    corpus = Corpus.build(tmp_path / "old", tmp_path / "index").path
    for place in (tmp_path, *tmp_path.parents):
        if place.stat().st_mode & 0o005 != 0o005 and place.stat().st_uid == os.geteuid():
            place.chmod(place.stat().st_mode | 0o055)
    before = state(corpus)
    files = [corpus, *corpus.rglob("*")]
    for path in files:
        path.chmod(0o555 if path.is_dir() else 0o444)
    with forking() as forker:
        done = forker.run("attempts", corpus, tmp_path / "old", more=str(tmp_path / "more"))
    check_read_only(json.loads(done["said"]), corpus)
    for path in files:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert state(corpus) == before


@LINUX
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root mounts; see the test before")
def test_a_disk_mounted_to_be_read_only(tmp_path):
    write_articles(tmp_path / "old", range(3))
    write_articles(tmp_path / "more", range(20, 22))
    Corpus.build(tmp_path / "old", tmp_path / "index")
    with mounted(tmp_path / "there", "--bind", str(tmp_path / "index")) as there:
        done = subprocess.run(["mount", "-o", "remount,ro,bind", str(there)], capture_output=True, check=False)
        assert done.returncode == 0
        check_read_only(attempts(there, tmp_path / "old", tmp_path / "more"), there)


def test_a_write_that_fails_in_the_index_of_vectors_is_a_failed_write(tmp_path, monkeypatch):
    """FAISS tells of a full disk in its own way; here its file is a folder."""
    write_articles(tmp_path / "old", range(12))

    def written(folder, *arguments, **words):
        (folder / "dense.faiss").mkdir()
        return write_segment(folder, *arguments, **words)

    monkeypatch.setattr("index.segment.EXACT_BELOW", 10)
    monkeypatch.setattr("index.generation.write_segment", written)
    with pytest.raises(CorpusError, match=r"dense\.faiss.*the index is as it was before"):
        Corpus.build(tmp_path / "old", tmp_path / "index")
    assert list((tmp_path / "index" / "segments").iterdir()) == []


@LINUX
def test_a_folder_that_cannot_be_synced_once_the_manifest_is_there_fails_no_write(tmp_path, monkeypatch):
    write_articles(tmp_path / "old", range(3))
    plain = os.fsync

    def sync(descriptor):
        if os.readlink(f"/proc/self/fd/{descriptor}") == str(tmp_path / "index"):
            raise OSError(5, "Input/output error")
        plain(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    assert Corpus.build(tmp_path / "old", tmp_path / "index").sources == ("a0.txt", "a1.txt", "a2.txt")
    assert Corpus.verify(tmp_path / "index") == []


# --- files that change under a reader -------------------------------------------------------------------------------


def test_articles_that_vanish_and_change_while_they_are_read(tmp_path):
    folder = tmp_path / "articles"
    write_articles(folder, range(12))
    versions = {f"a{n}.txt": {article(n), article(n, 88)} for n in range(12)}
    stop = threading.Event()

    def disturb():
        chance = random.Random(3)
        while not stop.is_set():
            number = chance.randrange(12)
            file = folder / f"a{number}.txt"
            if chance.random() < 0.4:
                file.unlink(missing_ok=True)
            else:
                (folder / ".draft").write_text(article(number, chance.choice([0, 88])), encoding="utf-8")
                os.replace(folder / ".draft", file)

    thread = threading.Thread(target=disturb)
    thread.start()
    gone = 0
    try:
        for _ in range(150):
            read = reading.read_folder(folder)
            for document in read.documents:
                assert document.text in versions[document.source]
                assert document.digest == reading.hashlib.sha256(document.text.encode()).hexdigest()
            assert {s.reason.split(": ")[1] for s in read.skipped} <= {"No such file or directory"}
            assert len({d.source for d in read.documents} & {s.source for s in read.skipped}) == 0
            gone += len(read.skipped)
    finally:
        stop.set()
        thread.join()
    assert gone > 0


def test_an_article_that_vanishes_between_listing_and_reading_is_reported(tmp_path, monkeypatch):
    write_articles(tmp_path / "old", range(3))
    plain = reading.found_in

    def listed(folder):
        walk = plain(folder)
        (folder / "a1.txt").unlink()
        return walk

    monkeypatch.setattr("index.reading.found_in", listed)
    corpus = Corpus.build(tmp_path / "old", tmp_path / "index")
    assert corpus.sources == ("a0.txt", "a2.txt")
    assert [(s.source, s.reason) for s in corpus.report.skipped] == [
        ("a1.txt", "cannot be opened: No such file or directory")
    ]


def test_files_of_the_index_that_vanish_after_it_was_opened_are_still_read(tmp_path):
    """What is memory-mapped stays readable until the process ends, whatever is deleted."""
    write_articles(tmp_path / "old", range(3))
    corpus = Corpus.build(tmp_path / "old", tmp_path / "index")
    before = [h.paragraph.text for h in corpus.search(QUESTION)]
    for file in (tmp_path / "index" / "segments").rglob("*.*"):
        file.unlink()
    assert [h.paragraph.text for h in corpus.search(QUESTION)] == before
    assert len(corpus.documents) == 3
    with pytest.raises(CorpusError, match="is missing"):
        Corpus.open(corpus.path)


# --- the clock ------------------------------------------------------------------------------------------------------


def test_a_clock_set_back(tmp_path, monkeypatch):
    """No file of an index holds a time, and none is compared with the clock: content alone says what changed."""
    write_articles(tmp_path / "old", range(3))
    corpus = Corpus.build(tmp_path / "old", tmp_path / "index")
    first = (corpus.path / MANIFEST).read_bytes()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 10 * 365 * 86400)
    for number, when in enumerate((0, now - 10**8, now + 10**9)):
        os.utime(tmp_path / "old" / f"a{number}.txt", (when, when))
    again = Corpus.build(tmp_path / "old", corpus.path)
    assert (again.report.read, again.report.removed) == ((), ())
    assert (corpus.path / MANIFEST).read_bytes() == first
    write_articles(tmp_path / "old", [1], dead=99)
    os.utime(tmp_path / "old" / "a1.txt", (0, 0))
    assert Corpus.build(tmp_path / "old", corpus.path).report.read == ("a1.txt",)
    assert Corpus.open(corpus.path).document("a1.txt").text == article(1, 99)
    assert Corpus.open(corpus.path).info()["generation"] == 2
