"""Collections and judgements that others made, and files that others read."""

import gzip
import json
import math

import pytest
from golds import FLOOD, LINE, NOBODY, assistant_over, written
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import read_trec_qrels, read_trec_run
from tiny import TinyEncoder

from index.records import CorpusError, Paragraph
from qa import Assistant, evaluate, read_gold
from qa.evaluation import Rate, index_articles, read_set
from qa.evaluation.comparison import compare
from qa.evaluation.files import write_text
from qa.evaluation.judgements import Passages, Quoted, one_word, relevance
from qa.evaluation.trec import qrels_text, read_qrels, read_run, run_text

# BEIR


@pytest.fixture
def beir(tmp_path):
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    written(
        folder / "corpus.jsonl",
        {"_id": "d 1", "title": "La crue", "text": FLOOD},
        {"_id": "d2", "title": "", "text": "Le conseil a voté le budget mardi."},
        {"_id": "d3", "text": ""},
    )
    written(
        folder / "queries.jsonl",
        {"_id": "q1", "text": "combien de morts dans la crue ?"},
        {"_id": "q2", "text": "who voted the budget?"},
        {"_id": "q3", "text": "jugée nulle part ?"},
    )
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td 1\t2\nq2\td2\t1\nq2\td3\t0\n", encoding="utf-8"
    )
    return folder


def test_a_beir_folder_is_read(beir):
    (first, second), articles = read_gold(beir), read_set(beir).articles
    assert (first.id, first.language, first.question) == ("q1", "fr", "combien de morts dans la crue ?")
    assert [(a.source, a.quotes, a.relevance) for a in first.answers] == [("d 1", (FLOOD,), 2)]
    assert [(a.source, a.relevance) for a in second.answers] == [("d2", 1)]
    assert {first.judged, second.judged} == {"passages"}
    assert [(s.document.source, s.document.title, s.document.text) for s in articles] == [
        ("d 1", "La crue", FLOOD),
        ("d2", "", "Le conseil a voté le budget mardi."),
        ("d3", "", "d3"),
    ]
    for split in articles:
        (paragraph,) = split.paragraphs
        assert split.document.text[paragraph.start : paragraph.end] == paragraph.text == split.document.text


def test_a_beir_folder_is_evaluated_by_its_rankings_alone(beir, tmp_path, monkeypatch):
    monkeypatch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
    monkeypatch.setattr("qa.evaluation.collection.SentenceEncoder", TinyEncoder)
    gold = read_set(beir)
    corpus = index_articles(gold.articles, tmp_path / "index")
    report = evaluate(Assistant(corpus), gold.questions)
    assert report.qrels == {"q1": {"d 1": 2}, "q2": {"d2": 1}}
    assert [metric.name for metric in report.metrics] == ["nDCG@10", "R@1", "R@5", "R@10", "RR"]
    assert report.rate("R@10") == Rate(2, 2, graded=True)
    assert report.outcomes[0].ranking[0][0] == "d 1"
    assert index_articles(gold.articles, tmp_path / "index").path == corpus.path
    with pytest.raises(CorpusError, match="not over this collection's articles"):
        index_articles(gold.articles[:2], tmp_path / "index")


def test_the_index_of_a_collection_finds_its_model_from_anywhere(beir, tmp_path, monkeypatch):
    monkeypatch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
    monkeypatch.setattr("qa.evaluation.collection.SentenceEncoder", TinyEncoder)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model").mkdir()
    index_articles(read_set(beir).articles, tmp_path / "index", model=tmp_path / "model")
    kept = json.loads((tmp_path / "index" / "recoupe.json").read_text(encoding="utf-8"))["manifest"]["model"]
    index_articles(read_set(beir).articles, tmp_path / "second", model="model")
    again = json.loads((tmp_path / "second" / "recoupe.json").read_text(encoding="utf-8"))["manifest"]["model"]
    assert kept == again == str(tmp_path / "model")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("corpus.jsonl", '{"_id": "d 1"}\n', "line 1 of .*corpus.jsonl lacks the key 'text'"),
        (
            "corpus.jsonl",
            '{"_id": "d2", "text": "x"}\n{"_id": "d2", "text": "y"}',
            "'d2' stands twice .* 1 and 2",
        ),
        ("queries.jsonl", '{"_id": "q1", "text": ""}\n', "line 1 of .*queries.jsonl: 'text' is empty"),
        ("qrels/test.tsv", "q1\tabsent\t1\n", "line 1 .*judges the document 'absent', which corpus.jsonl lacks"),
        ("qrels/test.tsv", "q9\td2\t1\n", "line 1 .*judges the query 'q9', which queries.jsonl lacks"),
        ("qrels/test.tsv", "q1\td2\tnan\n", "line 1 .*must have three columns"),
        ("qrels/test.tsv", "q1 d2 1\n", "line 1 .*must have three columns"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td2\t0\n", "judges no document right"),
    ],
)
def test_a_beir_folder_that_is_wrong_is_refused(beir, name, text, message):
    (beir / name).write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        read_gold(beir)


def test_a_beir_folder_says_which_judgements_it_needs(beir):
    (beir / "qrels" / "test.tsv").rename(beir / "qrels" / "dev.tsv")
    assert len(read_gold(beir)) == 2
    (beir / "qrels" / "train.tsv").write_text("q1\td2\t1\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"must hold test\.tsv, .* it holds dev\.tsv, train\.tsv"):
        read_gold(beir)


# SQuAD


def squad(**question):
    qa = {"id": "a1", "question": "Combien de morts ?", "answers": [{"text": "12", "answer_start": 18}], **question}
    paragraphs = [{"context": FLOOD, "qas": [qa]}, {"context": "Il a plu mardi.", "qas": []}]
    return {"data": [{"title": "La crue", "paragraphs": paragraphs}]}


def test_squad_s_json_is_read(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(squad(answers=[{"text": "12"}, {"text": "douze"}])), "utf-8")
    with gzip.open(tmp_path / "a.json.gz", "wt", encoding="utf-8") as stream:
        stream.write((tmp_path / "a.json").read_text(encoding="utf-8"))
    gold = read_set(tmp_path / "a.json")
    assert gold == read_set(tmp_path / "a.json.gz")
    (question,) = gold.questions
    assert [(a.source, a.quotes, a.answer) for a in question.answers] == [
        ("La crue#1", (FLOOD,), "12"),
        ("La crue#1", (FLOOD,), "douze"),
    ]
    assert question.judged == "answers"
    assert [(s.document.source, s.document.title, s.document.text) for s in gold.articles] == [
        ("La crue#1", "La crue", FLOOD),
        ("La crue#2", "La crue", "Il a plu mardi."),
    ]


def test_a_paragraph_of_two_articles_is_one_passage(tmp_path):
    again = squad(id="a2")["data"][0]
    (tmp_path / "a.json").write_text(json.dumps({"data": [*squad()["data"], {**again, "title": "Autre"}]}), "utf-8")
    gold = read_set(tmp_path / "a.json")
    assert [split.document.source for split in gold.articles] == ["La crue#1", "La crue#2"]
    assert [question.sources for question in gold.questions] == [{"La crue#1"}, {"La crue#1"}]


def test_squad_is_evaluated_with_its_answers_and_without_silence(tmp_path, monkeypatch):
    monkeypatch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
    monkeypatch.setattr("qa.evaluation.collection.SentenceEncoder", TinyEncoder)
    (tmp_path / "a.json").write_text(json.dumps(squad()), "utf-8")
    gold = read_set(tmp_path / "a.json")
    report = evaluate(Assistant(index_articles(gold.articles, tmp_path / "index")), gold.questions)
    assert report.rate("exact match") == Rate(1, 1)
    assert report.rate("R@10") == Rate(1, 1, graded=True)
    assert {"silence", "source precision", "value", "refused"}.isdisjoint(metric.name for metric in report.metrics)
    assert report.qrels == {"a1": {"La crue#1": 1}}


def test_squad_s_impossible_questions_are_left_out(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(squad(is_impossible=True, answers=[])), "utf-8")
    with pytest.raises(CorpusError, match="holds no answered questions"):
        read_gold(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([], "is not a JSON object with the key 'data'"),
        ({}, "lacks the key 'data'"),
        ({"data": [{}]}, r"data\[0\] lacks the key 'paragraphs'"),
        ({"data": ["x"]}, r"data\[0\] must be an object, not 'x'"),
        ({"data": [{"paragraphs": [{"qas": []}]}]}, r"paragraphs\[0\] lacks the key 'context'"),
        (squad(question=None), r"qas\[0\]: 'question' must be text, not None"),
        (squad(answers={}), r"qas\[0\]: 'answers' must be a list"),
        (squad(answers=[{}]), r"qas\[0\]\.answers\[0\] lacks the key 'text'"),
        (squad(id=None), r"qas\[0\]: 'id' must be text, not None"),
        ({"data": [*squad()["data"], *squad()["data"]]}, r"'a1' stands twice .*data\[1\]"),
    ],
)
def test_squad_s_json_that_is_wrong_is_refused(tmp_path, content, message):
    (tmp_path / "a.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(CorpusError, match=message):
        read_gold(tmp_path / "a.json")


def test_what_is_not_packed_is_not_unpacked(tmp_path):
    (tmp_path / "a.json.gz").write_bytes(b"{}")
    with pytest.raises(CorpusError, match="cannot be unpacked"):
        read_gold(tmp_path / "a.json.gz")


# Runs and qrels


def paragraph(source, start, end):
    return Paragraph(0, source, "", "", start, end, "", "fr")


PASSAGES = Passages([(paragraph("a b.txt", 0, 10), 30), (paragraph("a b.txt", 12, 30), 30), (paragraph("c", 0, 5), 5)])


def test_passages_have_names_that_survive_another_splitting():
    assert [PASSAGES.name(p) for p in PASSAGES.paragraphs] == ["a b.txt:0-10", "a b.txt:12-30", "c"]
    assert PASSAGES.resolved("a%20b.txt:0-10") == "a b.txt:0-10"
    assert PASSAGES.resolved("a b.txt:8-20") == "a b.txt:12-30"
    assert PASSAGES.resolved("a b.txt:8-14") == "a b.txt:0-10"
    assert PASSAGES.resolved("c:1-2") == "c"
    assert [PASSAGES.resolved(name) for name in ("a b.txt:10-12", "a b.txt", "d", "c:9-8", "")] == [None] * 5


def test_relevance_is_overlap():
    places = (Quoted("a", 10, 20, "fr"), Quoted("a", 15, 30, "fr", 2))
    assert [relevance(places, "a", *span) for span in ((0, 10), (0, 11), (19, 21), (30, 40))] == [0, 1, 2, 0]
    assert relevance(places, "b", 0, 99) == 0


names = st.sampled_from([PASSAGES.name(p) for p in PASSAGES.paragraphs])
found = st.lists(st.tuples(names, st.floats(-9, 9)), unique_by=lambda pair: pair[0], min_size=1)
questions = st.sampled_from(["q 1", "q%2", "é"])


@settings(deadline=None)
@given(st.dictionaries(questions, found, min_size=1))
def test_a_run_is_read_as_it_was_written(tmp_path_factory, run):
    ordered = {id_: sorted(own, key=lambda pair: -pair[1]) for id_, own in run.items()}
    file = tmp_path_factory.mktemp("run") / "a.run"
    file.write_text(run_text(ordered), "utf-8", newline="")
    assert read_run(file, {"q 1", "q%2", "é"}, PASSAGES) == ordered
    theirs = {(row.query_id, row.doc_id, row.score) for row in read_trec_run(str(file))}
    assert theirs == {(one_word(id_), one_word(name), score) for id_, own in run.items() for name, score in own}


@settings(deadline=None)
@given(st.dictionaries(questions, st.dictionaries(names, st.integers(1, 3), min_size=1), min_size=1))
def test_judgements_are_read_as_they_were_written(tmp_path_factory, qrels):
    file = tmp_path_factory.mktemp("qrels") / "a.qrels"
    file.write_text(qrels_text(qrels), "utf-8", newline="")
    assert read_qrels(file, {"q 1", "q%2", "é"}, PASSAGES) == qrels
    theirs = {(row.query_id, row.doc_id, row.relevance) for row in read_trec_qrels(str(file))}
    assert theirs == {(one_word(id_), one_word(name), g) for id_, own in qrels.items() for name, g in own.items()}


def test_ties_of_a_run_go_by_rank_and_strangers_are_passed_over(tmp_path):
    lines = ["q1 Q0 c 2 1.5 x", "q1 Q0 a%20b.txt:0-10 1 1.5 x", "q9 Q0 c 1 3 x", "", "q1 Q0 a%20b.txt:0-9 3 0.5 x"]
    file = written(tmp_path / "a.run", *lines)
    assert read_run(file, {"q1", "q2"}, PASSAGES) == {"q1": [("a b.txt:0-10", 1.5), ("c", 1.5)]}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("q1 Q0 c 1 nan x", "line 2 .*the score must be a number, not 'nan'"),
        ("q1 Q0 c 1 inf x", "line 2 .*the score must be a number, not 'inf'"),
        ("q1 Q0 c first 1 x", "line 2 .*the rank must be a number, not 'first'"),
        ("q1 Q0 c 1 1", "line 2 .*has 5 columns; there are 6"),
        ("q1 Q0 absent 1 1 x", "line 2 .*names 'absent', which the corpus lacks"),
    ],
)
def test_a_run_that_is_wrong_is_refused(tmp_path, line, message):
    with pytest.raises(CorpusError, match=message):
        read_run(written(tmp_path / "a.run", "q1 Q0 c 1 2 x", line), {"q1"}, PASSAGES)


def test_a_run_over_another_set_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="none of the gold's questions"):
        read_run(written(tmp_path / "a.run", "q1 Q0 c 1 2 x"), {"q2"}, PASSAGES)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("q1 0 c 1.5", "line 1 .*the relevance must be a whole number, not '1.5'"),
        ("q1 0 c yes", "line 1 .*the relevance must be a number, not 'yes'"),
        ("q1 0 absent 1", "line 1 .*names 'absent', which the corpus lacks"),
        ("q1 0 c", "line 1 .*has 3 columns"),
        ("q1 0 c 0", "judges no passage right"),
    ],
)
def test_qrels_that_are_wrong_are_refused(tmp_path, line, message):
    with pytest.raises(CorpusError, match=message):
        read_qrels(written(tmp_path / "a.qrels", line), {"q1"}, PASSAGES)


def test_judgements_of_others_take_the_place_of_quotes(tmp_path, monkeypatch):
    assistant = assistant_over(tmp_path, monkeypatch)
    gold = read_gold(written(tmp_path / "gold.jsonl", LINE, NOBODY))
    wrong = Passages.of(assistant.corpus).resolved("vote.txt:0-99")
    report = evaluate(assistant, gold, qrels={"q1": {wrong: 1}})
    ranked = [name for name, _ in report.outcomes[0].ranking]
    rank = ranked.index(wrong) + 1 if wrong in ranked else math.inf
    assert rank > 1
    assert report.rate("RR") == Rate(1 / rank, 1, graded=True)
    assert report.rate("value") == Rate(1, 1)
    later = {**LINE, "id": "f1", "history": ["Combien de morts ?"], "question": "et dans la crue ?"}
    gold = read_gold(written(tmp_path / "gold.jsonl", LINE, later))
    qrels = {"q1": {wrong: 1}, "f1": {wrong: 1}}
    assert evaluate(assistant, gold, qrels=qrels).rate("RR").total == 1  # a follow-up has no ranking of its own
    assert compare(assistant.corpus, gold, ["bm25", "dense"], qrels=qrels).groups.keys() == {"q1"}


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    file = tmp_path / "a.txt"
    write_text(file, "un\n")
    with pytest.raises(UnicodeEncodeError):
        write_text(file, "deux \ud800")
    assert file.read_bytes() == b"un\n"
    with pytest.raises(CorpusError, match=r"b/a\.txt cannot be written: No such file"):
        write_text(tmp_path / "b" / "a.txt", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


RUBBISH = st.binary(max_size=60) | st.text(st.sampled_from('q1 0c\t\n.-{}[]":,é\u202e\x00²'), max_size=60).map(
    str.encode
)


@settings(deadline=None)
@given(RUBBISH)
def test_rubbish_is_refused_and_nothing_else_is_raised(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("rubbish")
    (folder / "qrels").mkdir()
    written(folder / "corpus.jsonl", {"_id": "c", "text": "x"})
    written(folder / "queries.jsonl", {"_id": "q1", "text": "x"})
    readers = {
        "a.run": lambda: read_run(folder / "a.run", {"q1"}, PASSAGES),
        "a.qrels": lambda: read_qrels(folder / "a.qrels", {"q1"}, PASSAGES),
        "a.json": lambda: read_gold(folder / "a.json"),
        "a.json.gz": lambda: read_gold(folder / "a.json.gz"),
        "qrels/test.tsv": lambda: read_gold(folder),
        "corpus.jsonl": lambda: read_gold(folder),
    }
    messages = []
    for name, reader in readers.items():
        (folder / name).write_bytes(data)
        try:
            assert reader(), name
        except CorpusError as error:
            messages.append(str(error))
    assert [message for message in messages if len(message.splitlines()) > 1] == []
