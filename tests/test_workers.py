"""Answers from several processes: the same as from one, whatever becomes of a process or of the corpus."""

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from served import has_ended

from index.corpus import Corpus
from index.records import CorpusError, plain
from qa.assistant import Assistant
from ui.answering import workers as module
from ui.answering.conversation import Turn
from ui.answering.library import Library
from ui.answering.scope import Scope
from ui.answering.work import Ask, Done, Outdated, Refused, Request, Search, Worker, describe_state
from ui.answering.workers import Workers, choose_number

ROOT = Path(__file__).resolve().parent.parent
DEAD, WOUNDED = "combien de soldats sont morts ?", "et les blessés ?"
STORM = "Un orage à Sorbey\n\nL’orage de Sorbey a tué trois vaches, selon un voisin.\n"


def wait_until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def workers(seeds_index):
    with Workers(seeds_index, 2) as started:
        started.start()
        wait_until(lambda: len(started.list_up()) == 2)
        yield started


@pytest.fixture
def library(seeds_index, workers, monkeypatch):
    """A library that answers by its workers alone."""
    library = Library(Corpus.open(seeds_index), workers)
    monkeypatch.setattr(library.now, "assistant", None)
    return library


def request(corpus, question=DEAD, generation=1):
    return Request(Ask(question), generation, describe_state(corpus))


# The same answers


def test_a_worker_answers_as_the_server_itself_does(library, seeds_corpus):
    assistant = Assistant(seeds_corpus)
    first = assistant.ask(DEAD)
    assert library.answer([Turn(DEAD)]) == first
    assert library.answer([Turn(DEAD), Turn(WOUNDED)]) == assistant.ask(WOUNDED, [first])
    one = frozenset(["004_b8c0da63dde58ba3.txt"])
    assert library.answer([Turn(DEAD, Scope(sources=tuple(one)))]) == assistant.ask(DEAD, sources=one)


def test_a_worker_searches_as_the_server_itself_does(library, seeds_corpus):
    hits = library.now.search("sanctions", Scope(), k=3, retriever="bm25")
    assert plain(hits) == plain(seeds_corpus.search("sanctions", k=3, retriever="bm25"))


def test_an_error_of_a_worker_is_raised_here(library):
    with pytest.raises(ValueError, match="retriever is"):
        library.now.search("sanctions", Scope(), k=3, retriever="magic")


def test_until_a_worker_is_up_the_server_answers_itself(seeds_index, seeds_corpus):
    with Workers(seeds_index, 2) as nobody:
        assert nobody.do(request(seeds_corpus)) is None
        assert Library(seeds_corpus, nobody).answer([Turn(DEAD)]).found


def test_a_server_on_two_cores_answers_itself(monkeypatch):
    for cores, number in ((1, 1), (2, 1), (3, 1), (4, 2), (16, 8)):
        monkeypatch.setattr(module, "count_cores", lambda cores=cores: cores)
        assert choose_number() == number


# A process that ends


class Deadly:
    """Work over which a worker ends."""

    def __reduce__(self):
        return os._exit, (3,)


def test_a_question_whose_worker_was_killed_is_asked_again_and_the_worker_replaced(
    library, workers, seeds_corpus, monkeypatch, caplog
):
    before = workers.list_up()
    asked = module._Process.ask

    def ask(process, request):
        if process.pid in before and not killed:
            killed.append(process.pid)
            os.kill(process.pid, signal.SIGKILL)
        return asked(process, request)

    killed = []
    monkeypatch.setattr(module._Process, "ask", ask)
    with caplog.at_level(logging.WARNING, "recoupe"):
        assert library.answer([Turn("how many soldiers died?")]).found
        wait_until(lambda: len(workers.list_up()) == 2 and killed[0] not in workers.list_up())
    assert len(killed) == 1
    assert "A worker ended (signal 9); another one is started." in caplog.messages


def test_a_question_that_ends_its_workers_does_not_end_the_server(seeds_index, seeds_corpus, monkeypatch, caplog):
    monkeypatch.setattr(module, "AGAIN", 0.0)
    with Workers(seeds_index, 1) as mortal:
        mortal.start()
        wait_until(mortal.list_up)
        with pytest.raises(CorpusError, match="ended before it was answered"):
            mortal.do(Request(Deadly(), 1, ""))
        wait_until(mortal.list_up)
        assert mortal.do(request(seeds_corpus)).value == Assistant(seeds_corpus).ask(DEAD)
        [pid] = mortal.list_up()
    assert caplog.messages == ["A worker ended (status 3); another one is started."]
    assert has_ended(pid)


def test_an_error_that_is_none_of_ours_leaves_the_worker_up(seeds_corpus, capsys):
    worker = Worker(Assistant(seeds_corpus))
    reply = worker.reply(Request(Search("sanctions", None, "bm25"), 0, describe_state(seeds_corpus)))
    assert isinstance(reply, Refused)
    assert str(reply.error) == "This question could not be answered; the log of the server says why."
    assert "Traceback" in capsys.readouterr().err


def test_no_worker_outlives_a_server_that_is_killed(seeds_index):
    program = (
        "import sys, time; from ui.answering.workers import Workers\n"
        "workers = Workers(sys.argv[1], 1); workers.start()\n"
        "while not workers.list_up(): time.sleep(0.05)\n"
        "print(workers.list_up()[0], flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(seeds_index)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        worker = int(server.stdout.readline())
        server.kill()
        server.wait(10)
    wait_until(lambda: has_ended(worker), 10)


def test_a_worker_loads_nothing_of_the_page():
    program = (
        "import sys; import ui.answering.work, index.corpus, qa.assistant\n"
        "print([name for name in ('gradio', 'uvicorn', 'fastapi', 'click', 'ui.web') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# A corpus that changes


@pytest.fixture
def own(seeds_corpus, tmp_path):
    """A copy of the index, that may be changed."""
    return Corpus.open(seeds_corpus.copy(tmp_path / "own").path)


@pytest.fixture
def storm(tmp_path):
    file = tmp_path / "orage.txt"
    file.write_text(STORM, encoding="utf-8")
    return file


def test_a_change_is_answered_from_at_once(own, storm):
    asked = [Turn("combien de vaches ont été tuées à Sorbey ?")]
    with Workers(own.path, 1) as started:
        started.start()
        wait_until(started.list_up)
        library = Library(own, started)
        assert "orage.txt" not in {source.source for source in library.answer(asked).sources}
        library.add([storm])
        library.now.assistant = None  # no answer comes from here
        assert [source.source for source in library.answer(asked).sources] == ["orage.txt"]
        Corpus.open(own.path).remove(["orage.txt"])  # as another process does
        library._look = 0.0
        library.now.assistant = None
        assert "orage.txt" not in {source.source for source in library.answer(asked).sources}


def test_a_worker_never_answers_from_another_state_than_the_servers(own, storm):
    before = describe_state(own)
    worker = Worker(Assistant(own.current()))
    assert isinstance(worker.reply(Request(Ask(DEAD), 1, before)), Done)
    Corpus.open(own.path).add([storm])
    assert isinstance(worker.reply(Request(Ask(DEAD), 1, before)), Done)  # the server has not looked yet, nor has it
    after = describe_state(own.current())
    assert isinstance(worker.reply(Request(Ask(DEAD), 1, after)), Outdated)
    assert isinstance(worker.reply(Request(Ask(DEAD), 2, after)), Done)
    assert isinstance(worker.reply(Request(Ask(DEAD), 2, before)), Outdated)


def test_what_no_worker_has_before_it_the_server_answers_itself(own, storm):
    asked = [Turn("combien de vaches ont été tuées à Sorbey ?")]
    with Workers(own.path, 1) as started:
        Corpus.open(own.path).add([storm])
        started.start()
        wait_until(started.list_up)
        library = Library(own, started)  # which has the state before
        library._look = time.monotonic() + 60
        assert "orage.txt" not in {source.source for source in library.answer(asked).sources}
        library._look = 0.0
        assert [source.source for source in library.answer(asked).sources] == ["orage.txt"]
