"""A corpus on Milvus's own core: the same answers, whole at every moment, and what happens when something fails."""

import gc
import json
import os
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from lite import Lite
from samples import ROOT
from tiny import TinyEncoder

from index import Corpus
from index.cluster import Cluster, address, engine, lease, log
from index.cluster.tables import Item
from index.facts.contents import VERSION, pack
from index.records import (
    CorpusError,
    EncoderMismatch,
    EngineUnavailable,
    IndexCorrupt,
    IndexLocked,
    IndexNotFound,
    IndexOutdated,
    MissingExtra,
    plain,
)
from qa import Assistant
from ui.cli import cli

ARTICLES = {
    "crue.txt": "La crue du fleuve\n\nLe maire a dit que 12 personnes sont mortes dans la crue du fleuve hier soir.\n\n"
    "Les secours ont évacué 340 habitants du quartier bas vers le gymnase de la ville.\n",
    "flood.txt": "The river flood\n\nThe mayor said that the flood of the river killed 14 people in the lower town.\n",
    "vote.txt": "Le vote du conseil\n\nLe conseil a voté le budget des écoles par 31 voix contre 12 mardi soir.\n",
}
STRIKE = "La grève des trains\n\nLa grève des trains continue jeudi, dit le conseil de la ville.\n"

QUESTIONS = [
    "how many soldiers died?",
    "combien de soldats sont morts ?",
    "qui l’a annoncé ?",
    "quand ?",
    "what did the president say?",
    "où sont les troupes ?",
    "how many were wounded?",
    "combien coûte l’aide ?",
    "sanctions",
    "quelles armes ?",
    "who is the president of South Korea?",
    "when did the war start?",
]


@pytest.fixture(scope="module", autouse=True)
def client():
    return pytest.importorskip("pymilvus", reason='pymilvus is not installed: pip install "recoupe[cluster]"')


@pytest.fixture(scope="module")
def lite(tmp_path_factory):
    engine = Lite(tmp_path_factory.mktemp("engine")).start()
    yield engine
    engine.kill()


@pytest.fixture
def own(tmp_path):
    """An engine of the test's own, to be ill-treated."""
    engine = Lite(tmp_path).start()
    yield engine
    engine.kill()


@pytest.fixture
def tiny(tiny_encoder):
    return TinyEncoder


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def where(lite, request):
    """The address of a collection that no other test uses."""
    return lite.address(re.sub(r"\W+", "_", request.node.name))


def found(corpus, question="combien de morts dans la crue ?"):
    return [(h.paragraph.source, h.paragraph.text, round(h.score, 4), dict(h.ranks)) for h in corpus.search(question)]


def impatient(corpus):
    """Have a corpus give up on its engine at once."""
    corpus._home.engine.patience = corpus._home.engine.timeout = 1.0
    return corpus


def rows(corpus):
    """Count the rows of a corpus's collections: paragraphs, texts, log."""
    client = corpus._home.engine
    return [len(client.select(name, "version >= 0", ["key"])) for name in corpus._backend.tables.collections]


def close(ours, theirs):
    """Compare what JSON holds: equal in everything, floats to seven digits."""
    if isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(close(ours[key], theirs[key]) for key in theirs)
    if isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(close, ours, theirs))
    if isinstance(theirs, float):
        return ours == pytest.approx(theirs, abs=1e-6)
    return ours == theirs


def test_the_answers_are_those_of_the_embedded_index(seeds_corpus, where):
    """The same JSON, ids included; scores may differ in the seventh digit, since the cosines are summed elsewhere."""
    built = Corpus.build(ROOT / "seeds", where)
    local, remote = Assistant(seeds_corpus), Assistant(Corpus.open(where))
    answered = [local.ask(question).found for question in QUESTIONS]
    assert answered.count(True) >= 5
    for question in QUESTIONS:
        ours = json.loads(json.dumps(plain(remote.ask(question))))
        theirs = json.loads(json.dumps(plain(local.ask(question))))
        assert close(ours, theirs), question
    assert built.documents == seeds_corpus.documents
    assert Corpus.verify(where) == []


def test_the_life_of_a_corpus(tiny, folder, tmp_path, where):
    """Built, added to, removed from, brought up to date: at each step what the embedded index finds."""
    corpora = [Corpus.build(folder, place) for place in (tmp_path / "index", where)]

    def same():
        ours, theirs = corpora[1], corpora[0]
        assert found(Corpus.open(where)) == found(ours) == found(theirs)
        assert ours.report == theirs.report
        assert ours.documents == theirs.documents
        changing = {"path"}
        assert {k: v for k, v in ours.info().items() if k not in changing} == {
            k: v for k, v in theirs.info().items() if k not in changing
        }
        assert Corpus.verify(where) == []

    same()
    (tmp_path / "neuf.txt").write_text(STRIKE, encoding="utf-8")
    for corpus in corpora:
        assert corpus.add([tmp_path / "neuf.txt"]).read == ("neuf.txt",)
    same()
    for corpus in corpora:
        assert corpus.remove(["flood.txt"]) == 1
    same()
    (folder / "crue.txt").write_text("La crue du fleuve\n\nLe bilan de la crue est de 15 morts.\n", encoding="utf-8")
    (folder / "vote.txt").unlink()
    corpora = [Corpus.build(folder, place) for place in (tmp_path / "index", where)]
    same()
    assert corpora[1].sources == ("crue.txt", "flood.txt")
    encoded = corpora[1].encoder.encoded
    assert encoded == corpora[0].encoder.encoded == 2
    assert Corpus.build(folder, where).info()["generation"] == corpora[1].info()["generation"]


def test_reindexing_changes_nothing_that_is_read(tiny, folder, where):
    corpus, reader = Corpus.build(folder, where), Corpus.open(where)
    before, documents = found(corpus), corpus.documents
    assert corpus.reindex() == 3
    assert corpus.encoder.encoded == 8
    assert found(corpus) == found(Corpus.open(where)) == found(reader) == before
    assert corpus.documents == documents
    assert corpus.remove(["vote.txt"]) == 1
    assert Corpus.verify(where) == []


def test_what_left_may_come_back(tiny, folder, where):
    corpus = Corpus.build(folder, where)
    before = found(corpus)
    corpus.remove(["crue.txt"])
    corpus.add([folder / "crue.txt"])
    assert sorted(found(corpus)) == sorted(before)
    assert Corpus.verify(where) == []
    assert rows(corpus)[0] == 4


def test_what_was_removed_is_deleted_by_the_write_after(tiny, folder, tmp_path, where):
    corpus = Corpus.build(folder, where)
    reader, before = Corpus.open(where), found(Corpus.open(where))
    corpus.remove(["crue.txt"])
    assert "crue.txt" not in {source for source, *_ in found(Corpus.open(where))}
    assert found(reader) == before
    assert rows(corpus)[0] == 4
    corpus.remove(["vote.txt"])
    assert rows(corpus)[0] == 2
    assert Corpus.verify(where) == []


def test_a_long_log_is_folded(tiny, folder, tmp_path, where, monkeypatch):
    monkeypatch.setattr("index.cluster.MAX_ENTRIES", 4)
    corpus = Corpus.build(folder, where)
    for number in range(6):
        (tmp_path / f"neuf{number}.txt").write_text(f"{STRIKE}\nLe train {number} part.\n", encoding="utf-8")
        corpus.add([tmp_path / f"neuf{number}.txt"])
        corpus.remove([f"neuf{number - 1}.txt"] if number else [])
    fresh = Corpus.open(where)
    assert fresh.sources == ("crue.txt", "flood.txt", "neuf5.txt", "vote.txt")
    assert found(fresh, "la grève des trains") == found(corpus, "la grève des trains")
    assert rows(corpus)[2] <= 8
    brought = Corpus.build(folder, where)._backend.state
    clean = Corpus.build(folder, where + "_clean")._backend.state
    assert (brought.count, brought.average) == (clean.count, clean.average)
    assert +brought.frequencies == clean.frequencies


def test_long_texts_are_kept_whole(tiny, tmp_path, where):
    (tmp_path / "long").mkdir()
    words = " ".join(f"mot{n} fleuve" for n in range(9_000))
    (tmp_path / "long/un.txt").write_text(f"Un long texte\n\n{words}.\n", encoding="utf-8")
    local, remote = (Corpus.build(tmp_path / "long", p) for p in (tmp_path / "index", where))
    assert len(remote.document("un.txt").text) > 65_535
    assert remote.documents == local.documents
    assert found(remote, "mot8999 fleuve") == found(local, "mot8999 fleuve")


def test_an_index_of_format_1_is_whole_and_is_read_by_the_next_build(tiny, folder, where, monkeypatch):
    corpus = Corpus.build(folder, where)
    home, held = Cluster(where), corpus._backend.tables
    before = found(corpus)
    held.texts.delete('key like "contents:%" or key like "topic:%"')
    old = home.manifest()
    home._committed(replace(old, format=1, segments=(replace(old.segments[0], reader=0),)))
    assert Corpus.verify(where) == []
    assert found(Corpus.open(where)) == before
    monkeypatch.setattr(TinyEncoder, "embed", lambda self, texts: pytest.fail("nothing needs encoding"))
    again = Corpus.build(folder, where)
    assert (home.manifest().format, home.manifest().segments[0].reader) == (2, VERSION)
    assert rows(again)[:2] == [4, 14]
    assert Corpus.verify(where) == []
    ids = range(4)
    assert [pack(c) for c in again.contents(ids)] == [pack(c) for c in corpus.contents(ids)]


class Stop(Exception):
    """Whatever ends a process between two steps."""


def stopping(monkeypatch, calls, method="upsert"):
    """Have the engine's client end the process after so many calls of a method."""
    left, real = [calls], getattr(engine.Engine, method)

    def stop(self, *arguments, **words):
        if left[0] == 0:
            raise Stop
        left[0] -= 1
        return real(self, *arguments, **words)

    monkeypatch.setattr(engine.Engine, method, stop)


@pytest.mark.parametrize("step", [2, 3, 4, 5, 6, 8, 9, 13, 16])
def test_an_interrupted_build_goes_on_where_it_stopped(tiny, folder, where, monkeypatch, step):
    monkeypatch.setattr("index.cluster.writing.BLOCK", 1)
    with monkeypatch.context() as patch:
        stopping(patch, step)
        with pytest.raises(Stop):
            Corpus.build(folder, where)
    with pytest.raises(IndexNotFound):
        Corpus.open(where)
    corpus = Corpus.build(folder, where)
    # After the lease and the plan, the first block (a document of two paragraphs, one at a time) takes seven requests.
    assert corpus.encoder.encoded == 4 if step < 9 else corpus.encoder.encoded <= 2
    assert rows(corpus)[:2] == [4, 14]  # of each paragraph its tokens and its contents, of each document text and topic
    assert Corpus.verify(where) == []
    assert [d.source for d in corpus.documents] == sorted(ARTICLES)
    assert corpus._backend.state.frequencies["fr:cru"] == 1
    assert Corpus.open(where).info()["paragraphs"] == 4


@pytest.mark.parametrize(("method", "step"), [("upsert", n) for n in range(1, 8)] + [("delete", 0), ("delete", 1)])
def test_an_interrupted_update_leaves_the_version_before(tiny, folder, where, monkeypatch, method, step):
    corpus = Corpus.build(folder, where)
    corpus.remove(["flood.txt"])
    before = found(corpus)
    (folder / "crue.txt").write_text("La crue du fleuve\n\nLe bilan de la crue est de 15 morts.\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        stopping(patch, step, method)
        with pytest.raises(Stop):
            corpus.add([folder / "crue.txt"])
    Cluster(where)._head.delete('key like "lease:%"')  # as if its process were dead now
    # What happens between the switch and the last deletion is the new version already.
    assert found(Corpus.open(where)) == before or (method, step) == ("delete", 1)
    assert Corpus.open(where).remove(["vote.txt"]) == 1
    assert Corpus.open(where).add([folder / "crue.txt", folder / "vote.txt"])
    assert Corpus.open(where).sources == ("crue.txt", "vote.txt")
    assert Corpus.verify(where) == []
    assert [h.paragraph.text for h in Corpus.open(where).search("bilan", retriever="bm25")] == [
        "Le bilan de la crue est de 15 morts."
    ]


def test_a_worker_that_outlives_its_build_changes_nothing(tiny, folder, where, monkeypatch):
    """Its block comes after the build that replaced it was committed, and no commit names it."""
    corpus = Corpus.build(folder, where)
    held = corpus._backend.tables
    late = next(e for e in log.read(held.log, "version >= 0") if e.kind == "block")
    log.write(held.log, [log.block(late.documents, late.frequencies, 1, "anotherwrite")])
    assert found(Corpus.open(where)) == found(corpus)
    assert Corpus.verify(where) == []


def test_another_encoder_makes_a_generation_of_its_own(tiny, folder, where):
    corpus = Corpus.build(folder, where)
    before = found(corpus)
    with pytest.raises(EncoderMismatch, match="built with the encoder tiny, not other"):
        Corpus.open(where, model="other")
    other = Corpus.build(folder, where, model="other")
    assert other.report.read == tuple(sorted(ARTICLES))
    assert Corpus.open(where).encoder.name == "other"
    assert found(corpus) == before
    home = Cluster(where)
    assert sorted(home._numbers()) == [1, 2]
    other.remove(["vote.txt"])
    assert sorted(home._numbers()) == [2]


def test_a_collection_that_was_dropped(tiny, folder, where):
    corpus = impatient(Corpus.build(folder, where))
    home = Cluster(where)
    home.engine.drop(corpus._backend.tables.paragraphs)
    with pytest.raises(IndexCorrupt, match="not there"):
        corpus.search("crue")
    with pytest.raises(IndexCorrupt, match=r"_000001_paragraphs .* not there; rebuild with: recoupe build"):
        Corpus.open(where)
    assert len(Corpus.verify(where)) == 1
    assert Corpus.build(folder, where).report.read == tuple(sorted(ARTICLES))
    assert Corpus.verify(where) == []


@pytest.mark.parametrize("lost", ["paragraphs", "tokens", "document", "log"])
def test_rows_that_were_lost(tiny, folder, where, lost):
    corpus = Corpus.build(folder, where)
    held, client = corpus._backend.tables, Cluster(where).engine
    if lost == "paragraphs":
        client.delete(held.paragraphs, 'key like "%:0"')
    elif lost == "log":
        client.delete(held.log.collection, 'key like "block%"')
    else:
        client.delete(held.texts.collection, f'key like "{lost}:%"')
    problems = Corpus.verify(where)
    assert problems
    assert any(
        {"paragraphs": "paragraphs of", "tokens": "paragraphs of", "document": "text of", "log": "log of"}[lost] in p
        for p in problems
    )
    if lost == "log":
        with pytest.raises(IndexCorrupt, match="lists 0 documents"):
            Corpus.open(where)
    else:
        backend = Corpus.open(where)._backend
        ask = {"paragraphs": backend.paragraphs, "tokens": backend.tokens, "document": backend.paragraphs}[lost]
        with pytest.raises(IndexCorrupt, match=r"is missing; see: recoupe verify"):
            ask([0])


def test_a_collection_of_others_is_left_alone(tiny, folder, where):
    import pymilvus

    client, name = Cluster(where).engine._connect(), where.rpartition("/")[2]
    schema = client.create_schema()
    schema.add_field("id", pymilvus.DataType.INT64, is_primary=True)
    schema.add_field("vector", pymilvus.DataType.FLOAT_VECTOR, dim=2)
    client.create_collection(name, schema=schema)
    with pytest.raises(CorpusError, match="refused"):
        Corpus.build(folder, where)
    assert [field["name"] for field in client.describe_collection(name)["fields"]] == ["id", "vector"]


def test_what_another_version_of_the_program_began(tiny, folder, where, monkeypatch):
    with monkeypatch.context() as patch:
        stopping(patch, 6)
        with pytest.raises(Stop):
            Corpus.build(folder, where)
    Cluster(where)._head.put([Item("unfinished", b'{"format": 0, "analysis": "of old"}', 1)])
    corpus = Corpus.build(folder, where)
    assert corpus.encoder.encoded == 4
    assert Corpus.verify(where) == []
    assert sorted(Cluster(where)._numbers()) == [2]


def test_two_writers(tiny, folder, where):
    corpus = Corpus.build(folder, where)
    with Cluster(where).writing(), pytest.raises(IndexLocked, match="another process is writing"):
        Corpus.build(folder, where)
    assert corpus.remove(["vote.txt"]) == 1


def test_the_lease_of_a_dead_process_does_not_count(tiny, folder, where, monkeypatch):
    home = Cluster(where)
    with monkeypatch.context() as patch:
        patch.setattr("index.cluster.lease.os.getpid", lambda: 2**22 + 1)
        home._head.create()
        lease._enter(home._head, "lease:dead")
    assert Corpus.build(folder, where).report.read == tuple(sorted(ARTICLES))
    with monkeypatch.context() as patch:
        patch.setattr("index.cluster.lease.socket.gethostname", lambda: "elsewhere")
        lease._enter(home._head, "lease:elsewhere")
    with pytest.raises(IndexLocked):
        Corpus.build(folder, where)
    monkeypatch.setattr("index.cluster.lease.time", SimpleNamespace(time=lambda: time.time() + 2 * lease.SECONDS))
    assert Corpus.build(folder, where).report.reused == tuple(sorted(ARTICLES))


def test_a_lease_is_renewed(tiny, where, monkeypatch):
    monkeypatch.setattr("index.cluster.lease.SECONDS", 1.0)
    home = Cluster(where)
    with home.writing():
        time.sleep(1.5)
        with pytest.raises(IndexLocked), home.writing():
            pass
    with home.writing():
        pass


def test_an_engine_that_is_not_there(tmp_path):
    home = Cluster(Lite(tmp_path).address("news"), patience=0.5)
    with pytest.raises(EngineUnavailable, match=r"does not answer, after 0\.5 seconds of trying: is it running"):
        home.manifest()


def test_threads_share_a_corpus(tiny, folder, where):
    corpus = Corpus.build(folder, where)
    questions = ["la crue du fleuve", "le budget des écoles", "the river flood", "habitants évacués"] * 6
    alone = [found(corpus, question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda question: found(corpus, question), questions)) == alone


def test_an_engine_that_is_slow(tiny, folder, own):
    corpus = impatient(Corpus.build(folder, own.address("news")))
    before = found(corpus)
    own.suspend()
    with pytest.raises(EngineUnavailable):
        corpus.search("crue")
    own.resume()
    assert found(corpus) == before


def test_an_engine_that_restarts_in_the_middle_of_a_question(tiny, folder, own):
    corpus = Corpus.build(folder, own.address("news"))
    before = found(corpus)
    own.kill()
    threading.Timer(1.0, own.start).start()
    assert found(corpus) == before


def test_an_engine_that_restarts_in_the_middle_of_a_build(tiny, folder, own, monkeypatch):
    monkeypatch.setattr("index.cluster.writing.BLOCK", 1)
    calls, real = [], engine.Engine.upsert

    def upsert(self, *arguments):
        calls.append(arguments)
        if len(calls) == 9:
            own.kill()
            threading.Timer(1.0, own.start).start()
        return real(self, *arguments)

    monkeypatch.setattr(engine.Engine, "upsert", upsert)
    corpus = Corpus.build(folder, own.address("news"))
    assert len(calls) > 9
    assert rows(corpus)[0] == 4
    assert Corpus.verify(own.address("news")) == []


def test_a_manifest_of_another_time(tiny, folder, where, monkeypatch):
    Corpus.build(folder, where)
    monkeypatch.setattr("index.cluster.ANALYSIS", "another")
    with pytest.raises(IndexOutdated, match="rebuild with: recoupe build FOLDER"):
        Corpus.open(where)
    monkeypatch.undo()
    home = Cluster(where)
    home._head.put([Item("manifest:000000000009", b"{}", 9)])
    with pytest.raises(IndexCorrupt, match="build it again"):
        Corpus.open(where)


def test_without_the_extra(monkeypatch, where):
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(MissingExtra, match=re.escape('pip install "recoupe[cluster]"')):
        Corpus.open(where)


def test_what_the_environment_says(monkeypatch):
    said = {}
    monkeypatch.setattr("pymilvus.MilvusClient", lambda **words: said.update(words))
    for name in ("TOKEN", "DATABASE", "CA", "CERT", "KEY"):
        monkeypatch.setenv(f"RECOUPE_MILVUS_{name}", name.lower())
    Cluster("milvus+https://host:19530/news").engine._connect()
    tls = {"ca_pem_path": "ca", "client_pem_path": "cert", "client_key_path": "key"}
    assert said == {"uri": "https://host:19530", "timeout": 30.0, "token": "token", "db_name": "database", **tls}
    monkeypatch.delenv("RECOUPE_MILVUS_CERT")
    monkeypatch.delenv("RECOUPE_MILVUS_KEY")
    said.clear()
    Cluster("milvus+https://host:19530/news").engine._connect()
    assert (said["server_pem_path"], "ca_pem_path" in said) == ("ca", False)


@pytest.mark.parametrize(
    ("written", "uri", "name"),
    [
        ("milvus+http://host:19530/news", "http://host:19530", "news"),
        ("milvus+http:/host:19530/news", "http://host:19530", "news"),  # as pathlib writes it
        ("milvus+https://host/proxy/news?dense=hnsw&ef=99&M=8", "https://host/proxy", "news"),
        ("milvus+file:/srv/news.db/news", "/srv/news.db", "news"),
    ],
)
def test_addresses(written, uri, name):
    parsed = address.parse(written)
    assert (parsed.uri, parsed.name) == (uri, name)
    assert address.parse(str(parsed)).uri == uri
    if "?" in written:
        assert (parsed.dense, parsed.built, parsed.searched) == ("HNSW", {"M": 8, "efConstruction": 200}, {"ef": 99})


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("milvus+http://host", "is not an address"),
        ("milvus+ftp://host/news", "is not an address"),
        ("milvus+http://host/né-ws", "cannot name a collection"),
        ("milvus+http://host/news?dense=TREE", "the options of"),
        ("milvus+http://host/news?ef=many", "the options of"),
        ("milvus+http://host/news?speed=9", "the options of"),
    ],
)
def test_addresses_that_say_nothing(written, message):
    with pytest.raises(CorpusError, match=message):
        Corpus.open(written)


def test_the_kind_of_dense_index(tiny, folder, where):
    """The core in the test knows IVF and not HNSW; with as many probes as lists, IVF goes through everything."""
    plainly = Corpus.build(folder, where)
    lists = Corpus.build(folder, where + "_ivf?dense=IVF_FLAT&nlist=2&nprobe=2")
    assert found(lists) == found(plainly)
    with pytest.raises(CorpusError, match=r"refused: .*HNSW"):
        Corpus.build(folder, where + "_hnsw?dense=HNSW")


@pytest.mark.filterwarnings("ignore:pkg_resources is deprecated")
def test_a_lite_file(tiny, folder, tmp_path):
    pytest.importorskip("pkg_resources", reason="milvus-lite opens a file with setuptools before 81")
    where = f"milvus+file:{tmp_path}/news.db/news"
    corpus = Corpus.build(folder, where)
    assert found(corpus) == found(Corpus.build(folder, tmp_path / "index"))
    corpus._home.engine._client.close()


def test_copied_there_and_back(tiny, folder, tmp_path, where):
    local = Corpus.build(folder, tmp_path / "index")
    done = CliRunner().invoke(cli, ["copy", str(local.path), where])
    assert (done.exit_code, done.output.strip().splitlines()[-1]) == (0, f"3 read, 0 skipped, copied to {where}")
    remote = Corpus.open(where)
    assert remote.encoder.encoded == 0
    assert found(remote) == found(local)
    back = CliRunner().invoke(cli, ["copy", where, str(tmp_path / "back")])
    assert back.exit_code == 0
    assert found(Corpus.open(tmp_path / "back")) == found(local)
    assert Corpus.verify(tmp_path / "back") == []
    local.remove(["vote.txt"])
    assert local.copy(where).sources == ("crue.txt", "flood.txt")
    assert local.copy(where).info()["generation"] == 2


def test_an_interrupted_copy_goes_on(tiny, folder, tmp_path, where, monkeypatch):
    monkeypatch.setattr("index.cluster.writing.BLOCK", 1)
    local = Corpus.build(folder, tmp_path / "index")
    with monkeypatch.context() as patch:
        stopping(patch, 12)
        with pytest.raises(Stop):
            local.copy(where)
    copied = local.copy(where)
    assert found(copied) == found(local)
    assert rows(copied)[:2] == [4, 14]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:ray")
# Where Ray does not start within its half minute and is started again, it leaves its first processes to be collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_workers_on_a_local_cluster(tiny, folder, tmp_path, where, monkeypatch):
    """Two processes of Ray read, encode and write: what a single process would have written, file by file."""
    pytest.importorskip("ray", reason='ray is not installed: pip install "recoupe[cluster]"')
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{ROOT / 'tests'}")
    for place in (tmp_path / "index", where):
        Corpus.build(folder, place)
    (folder / "vote.txt").unlink()
    for number in range(6):
        (folder / f"neuf{number}.txt").write_text(f"{STRIKE}\nLe train {number} part.\n", encoding="utf-8")
    (folder / "copie.txt").write_text(ARTICLES["flood.txt"], encoding="utf-8")
    (folder / "vide.txt").write_text(" \n", encoding="utf-8")
    (folder / "deux.csv").write_text(
        "title,text\nUn,Le quai ouvre lundi.\nDeux,Le quai ferme mardi.\n", encoding="utf-8"
    )
    (folder / "vieux.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "sources.csv").write_text("source,title,published\nneuf1.txt,La grève,2024-05-01\n", encoding="utf-8")
    told = []
    remote = Corpus.build(folder, where, workers=2, progress=lambda *step: told.append(step))
    local = Corpus.build(folder, tmp_path / "index")
    assert remote.report == local.report
    assert (remote.report.removed, remote.report.reused) == (("flood.txt", "vote.txt"), ("crue.txt",))
    assert found(Corpus.open(where)) == found(remote) == found(local)
    assert Corpus.open(where).documents == local.documents
    assert remote.document("neuf1.txt").title == "La grève"
    assert Corpus.verify(where) == []
    assert {step[::2] for step in told} == {("reading", 11), ("encoding", 10)}
    assert remote.report.ignored == remote.info()["ignored"] == {".doc": 1}
    assert remote.encoder.encoded == 0  # here; the workers have encoders of their own
    gc.collect()


def test_the_command_names_the_engine(tiny, folder, lite, where):
    name = where.rpartition("/")[2]
    build = ["build", str(folder), "--backend", "milvus", "--uri", lite.uri, "--collection", name]
    done = CliRunner().invoke(cli, build)
    assert (done.exit_code, done.output.strip()) == (0, f"3 read, 0 skipped, in {where}")
    asked = CliRunner().invoke(cli, ["search", "habitants évacués", "--index", where, "--k", "1", "--json"])
    assert json.loads(asked.output)[0]["paragraph"]["source"] == "crue.txt"
    assert CliRunner().invoke(cli, ["verify", where]).exit_code == 0
    assert CliRunner().invoke(cli, build[:4]).exit_code == 2
    assert CliRunner().invoke(cli, ["build", str(folder), "--uri", lite.uri]).exit_code == 2
    refused = CliRunner().invoke(cli, ["build", str(folder), str(folder.parent / "index"), "--workers", "2"])
    assert "workers write to an engine" in refused.output
