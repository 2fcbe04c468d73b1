"""A corpus on disk: built, opened, added to, removed from, interrupted, altered."""

import os
from datetime import date
from pathlib import Path

import pytest
from tiny import TinyEncoder

from index import Corpus
from index.changing import Description
from index.encoder import NAME
from index.generation import _MAX_SEGMENTS
from index.records import CorpusError, EncoderMismatch, IndexCorrupt, IndexLocked, IndexNotFound
from index.store import Store

ARTICLES = {
    "crue.txt": "La crue du fleuve\n\nLe maire a dit que 12 personnes sont mortes dans la crue du fleuve hier soir.\n\n"
    "Les secours ont évacué 340 habitants du quartier bas vers le gymnase de la ville.\n",
    "vote.txt": "Le vote du conseil\n\nLe conseil a voté le budget des écoles par 31 voix contre 12 mardi soir.\n",
    "flood.txt": "The river flood\n\nThe mayor said that the flood of the river killed 14 people in the lower town.\n",
}


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    monkeypatch.setattr("index.corpus.SentenceEncoder", TinyEncoder)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def corpus(folder, tmp_path):
    return Corpus.build(folder, tmp_path / "index")


def found(corpus, question="combien de morts dans la crue ?"):
    return [(h.paragraph.source, h.paragraph.text, round(h.score, 5), dict(h.ranks)) for h in corpus.search(question)]


def test_the_first_hit_is_the_paragraph_that_shares_its_words(corpus):
    hit = corpus.search("habitants évacués vers le gymnase")[0]
    assert hit.paragraph.text == "Les secours ont évacué 340 habitants du quartier bas vers le gymnase de la ville."
    assert hit.ranks == {"lexical": 1, "dense": 1, "interaction": 1}
    matched = {(m.word, hit.paragraph.text[m.start : m.end]) for m in hit.matches}
    assert matched == {("habitants", "habitants"), ("évacués", "évacué"), ("gymnase", "gymnase")}


def test_paragraphs_stand_in_their_documents(corpus):
    for source in corpus.sources:
        text = corpus.document(source).text
        hits = corpus.search("maire conseil secours mayor", k=10, sources=[source])
        assert hits
        for hit in hits:
            assert hit.paragraph.source == source
            assert text[hit.paragraph.start : hit.paragraph.end] == hit.paragraph.text


def test_open_after_build_finds_the_same(corpus):
    assert found(Corpus.open(corpus.path)) == found(corpus)
    assert Corpus.open(corpus.path).documents == corpus.documents


def test_an_unchanged_folder_is_not_encoded_again(corpus, folder, monkeypatch):
    again = Corpus.build(folder, corpus.path)
    assert (again.report.read, again.report.reused) == ((), tuple(sorted(ARTICLES)))
    assert again.encoder.encoded == 0
    assert again.info()["generation"] == 1
    assert found(again) == found(corpus)


def test_a_changed_folder_is_brought_up_to_date(corpus, folder):
    (folder / "vote.txt").unlink()
    (folder / "crue.txt").write_text("La crue du fleuve\n\nLe bilan de la crue est de 15 morts.\n", encoding="utf-8")
    (folder / "neuf.txt").write_text("La grève des trains\n\nLa grève des trains continue jeudi.\n", encoding="utf-8")
    again = Corpus.build(folder, corpus.path)
    assert (again.report.read, again.report.reused, again.report.removed) == (
        ("crue.txt", "neuf.txt"),
        ("flood.txt",),
        ("vote.txt",),
    )
    assert again.encoder.encoded == 2
    assert again.sources == ("crue.txt", "flood.txt", "neuf.txt")
    fresh = Corpus.build(folder, corpus.path.parent / "fresh")
    assert sorted(found(again)) == sorted(found(fresh))
    assert sorted(found(Corpus.open(corpus.path))) == sorted(found(fresh))


def test_add_and_remove(corpus, tmp_path):
    new = tmp_path / "neuf.txt"
    new.write_text("La grève des trains\n\nLa grève des trains continue jeudi.\n", encoding="utf-8")
    assert corpus.add([new]).read == ("neuf.txt",)
    assert corpus.search("grève des trains")[0].paragraph.source == "neuf.txt"
    assert corpus.remove(["crue.txt", "vote.txt"]) == 2
    assert corpus.sources == ("flood.txt", "neuf.txt")
    assert Corpus.open(corpus.path).sources == ("flood.txt", "neuf.txt")
    with pytest.raises(KeyError):
        corpus.document("crue.txt")
    assert {source for source, *_ in found(corpus)} == {"flood.txt", "neuf.txt"}


def test_removing_a_stranger_removes_nothing(corpus):
    with pytest.raises(CorpusError, match=r"no source 'absent\.txt'"):
        corpus.remove(["crue.txt", "absent.txt"])
    assert corpus.sources == tuple(sorted(ARTICLES))


def test_many_small_additions_are_merged_and_nothing_is_lost(corpus, tmp_path):
    before = len(Store(corpus.path).manifest().segments)
    for number in range(_MAX_SEGMENTS + 2):
        file = tmp_path / f"ajout{number}.txt"
        file.write_text(f"Ajout\n\nLe village numéro {number} a fêté la moisson.\n", encoding="utf-8")
        corpus.add([file])
    segments = Store(corpus.path).manifest().segments
    assert before < len(segments) <= _MAX_SEGMENTS
    assert len(corpus.sources) == len(ARTICLES) + _MAX_SEGMENTS + 2
    for number in range(_MAX_SEGMENTS + 2):
        hit = corpus.search(f"village numéro {number}")[0]
        assert hit.paragraph.text == f"Le village numéro {number} a fêté la moisson."
    assert Corpus.verify(corpus.path) == []


def test_another_encoder_is_refused_and_a_build_with_it_starts_again(corpus, folder):
    with pytest.raises(EncoderMismatch, match="tiny, not other"):
        Corpus.open(corpus.path, model="other")
    again = Corpus.build(folder, corpus.path, model="other")
    assert again.report.read == tuple(sorted(ARTICLES))
    assert Corpus.open(corpus.path).encoder.name == "other"


def test_an_index_of_the_former_encoder_says_what_to_run_and_is_encoded_anew(folder, tmp_path, monkeypatch):
    def put_in_the_box(name):
        monkeypatch.setattr("index.corpus.SentenceEncoder", lambda model=None: TinyEncoder(name))

    put_in_the_box("recoupe-en-fr-0")
    Corpus.build(folder, tmp_path / "index")
    put_in_the_box(NAME)
    old = Corpus.open(tmp_path / "index")
    with pytest.raises(EncoderMismatch, match=r"the former encoder of Recoupe, recoupe-en-fr-0.*recoupe build FOLDER"):
        old.search("habitants évacués vers le gymnase")
    assert [hit.paragraph.source for hit in old.search("budget des écoles", retriever="bm25")] == ["vote.txt"]
    again = Corpus.build(folder, tmp_path / "index")
    assert again.report.read == tuple(sorted(ARTICLES))
    assert Corpus.open(tmp_path / "index").search("budget des écoles")[0].paragraph.source == "vote.txt"


def test_a_model_folder_is_found_again_from_anywhere(folder, tmp_path, monkeypatch):
    (tmp_path / "model").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("index.corpus.SentenceEncoder", lambda model=None: TinyEncoder(model and Path(model).resolve()))
    Corpus.build(folder, tmp_path / "index", model="model")
    monkeypatch.chdir("/")
    assert Corpus.open(tmp_path / "index").encoder.name == str(tmp_path / "model")


@pytest.mark.parametrize("retriever", ["hybrid", "bm25", "dense"])
def test_every_retriever_ranks_by_its_legs_alone(corpus, retriever):
    hits = corpus.search("la crue du fleuve", retriever=retriever)
    legs = {"hybrid": {"lexical", "dense", "interaction"}, "bm25": {"lexical"}, "dense": {"dense"}}[retriever]
    assert set(hits[0].ranks) == legs
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    if retriever != "hybrid":
        assert [h.ranks[next(iter(legs))] for h in hits] == list(range(1, len(hits) + 1))


@pytest.mark.parametrize(
    ("words", "message"),
    [({"k": 0}, "k is at least 1"), ({"retriever": "magic"}, "retriever is"), ({"fusion": "sum"}, "fusion is")],
)
def test_bad_arguments_are_value_errors(corpus, words, message):
    with pytest.raises(ValueError, match=message):
        corpus.search("crue", **words)


@pytest.mark.parametrize("question", ["", "  \n", "?!…", "x" * 10_000, "Δοκιμή", "12", "the of"])
def test_odd_questions_are_answered_without_a_crash(corpus, question):
    hits = corpus.search(question)
    assert (hits == []) is (not question.strip())


def test_nothing_to_read(tmp_path):
    with pytest.raises(CorpusError, match="is not a folder"):
        Corpus.build(tmp_path / "absent", tmp_path / "index")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="nothing could be read"):
        Corpus.build(tmp_path / "empty", tmp_path / "index")
    with pytest.raises(IndexNotFound):
        Corpus.open(tmp_path / "index")


def test_one_bad_file_is_reported_and_the_rest_is_built(folder, tmp_path):
    (folder / "vide.txt").write_bytes(b"")
    (folder / "copie.txt").write_text(ARTICLES["crue.txt"], encoding="utf-8")
    report = Corpus.build(folder, tmp_path / "index").report
    assert [s.source for s in report.skipped] == ["vide.txt"]
    assert report.duplicates == (("crue.txt", "copie.txt"),)
    assert report.read == ("copie.txt", "flood.txt", "vote.txt")


def test_an_index_is_not_written_over_other_files(folder):
    with pytest.raises(CorpusError, match="holds other files"):
        Corpus.build(folder, folder)
    assert sorted(p.name for p in folder.iterdir()) == sorted(ARTICLES)


def test_two_writers(corpus, folder):
    with Store(corpus.path).writing(), pytest.raises(IndexLocked):
        Corpus.build(folder, corpus.path)


@pytest.mark.parametrize("step", ["write_segment", "sealed", "replace"])
def test_an_interrupted_write_leaves_the_generation_before(corpus, tmp_path, monkeypatch, step):
    before = found(corpus)
    file = tmp_path / "neuf.txt"
    file.write_text("La grève des trains\n\nLa grève des trains continue jeudi.\n", encoding="utf-8")

    def stop(*arguments, **words):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        where = {"write_segment": "index.generation.write_segment", "sealed": "index.store.Store.sealed"}
        patch.setattr(where.get(step, "index.store.os.replace"), stop)
        with pytest.raises(KeyboardInterrupt):
            corpus.add([file])
    assert found(Corpus.open(corpus.path)) == before
    assert Corpus.open(corpus.path).add([file]).read == ("neuf.txt",)
    assert Corpus.verify(corpus.path) == []


def test_a_reader_of_the_generation_before_goes_on(corpus, folder):
    reader = Corpus.open(corpus.path)
    before = found(reader)
    (folder / "vote.txt").unlink()
    Corpus.build(folder, corpus.path)
    assert found(reader) == before


def test_every_altered_or_missing_file_is_noticed(corpus):
    files = [p for p in (corpus.path / "segments").rglob("*") if p.is_file()]
    assert {p.name for p in files} >= {"vectors.npy", "tokens.bin", "documents.jsonl", "paragraphs.npy", "labels.json"}
    for file in files:
        whole = file.read_bytes()
        for place in range(0, len(whole), max(1, len(whole) // 7)):
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
            with pytest.raises(IndexCorrupt, match=file.name):
                Corpus.open(corpus.path)
        file.write_bytes(whole[:-1])
        assert len(Corpus.verify(corpus.path)) == (1 if whole else 0)
        os.unlink(file)
        with pytest.raises(IndexCorrupt, match=f"{file.name} is missing"):
            Corpus.open(corpus.path)
        file.write_bytes(whole)
    assert Corpus.verify(corpus.path) == []


def test_a_mixed_corpus_hides_neither_language(corpus):
    for question in ("how many people did the flood kill?", "combien de morts dans la crue ?"):
        hits = corpus.search(question, k=3, retriever="bm25")
        assert {"crue.txt", "flood.txt"} <= {h.paragraph.source for h in hits}


def test_progress_is_told(folder, tmp_path):
    told = []
    Corpus.build(folder, tmp_path / "index", progress=lambda stage, done, total: told.append((stage, done, total)))
    assert ("reading", 3, 3) in told
    assert told[-1] == ("encoding", 4, 4)


def test_info(corpus):
    info = corpus.info()
    assert (info["sources"], info["paragraphs"], info["languages"]) == (3, 4, {"fr": 3, "en": 1})


def test_what_is_said_of_a_source_by_hand_stays_until_its_file_changes(corpus, folder):
    told = {"crue.txt": Description(title="La nuit de la crue", published="2024-05-02", outlet="L’Écho")}
    (described,) = corpus.describe(told)
    again = Corpus.open(corpus.path)
    assert again.document("crue.txt") == described
    assert (described.title, described.published, described.outlet) == (
        "La nuit de la crue", date(2024, 5, 2), "L’Écho",
    )  # fmt: skip
    assert "12 personnes sont mortes" in described.text
    assert again.sources == corpus.sources
    assert Corpus.build(folder, corpus.path).document("crue.txt") == described
    (folder / "crue.txt").write_text(ARTICLES["crue.txt"] + "\nLe pont a tenu bon toute la nuit, dit le maire.\n")
    assert Corpus.build(folder, corpus.path).document("crue.txt").title == "La crue du fleuve"


def test_a_description_that_cannot_be_changes_nothing(corpus):
    before = corpus.documents
    for told in ({"crue.txt": Description(published="hier")}, {"nulle.txt": Description(title="x")}):
        with pytest.raises(CorpusError):
            corpus.describe(told)
    assert Corpus.open(corpus.path).documents == before
    corpus.describe({"crue.txt": Description(published="2024-05-02")})
    (cleared,) = corpus.describe({"crue.txt": Description(published="")})
    assert cleared.published is None
