"""`recoupe evaluate` and `recoupe gold` as they are typed; candidates; the page of a report."""

import base64
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from golds import FLOOD, LINE, NOBODY, assistant_over, written

from index.records import CorpusError
from qa import evaluate, read_gold
from qa.evaluation import Candidate, read_candidates, record_candidate
from qa.evaluation.comparison import MEASURES
from qa.evaluation.making import free_id, gold_answer
from ui.cli import cli
from ui.reports.evaluation import write_report_page
from ui.terminal import evaluating

ROOT = Path(__file__).resolve().parent.parent

FIRE = {
    "id": "q3", "language": "en", "question": "How many people did the fire kill?", "tags": ["toll"],
    "answers": [{"source": "fire.txt", "quote": "The fire killed 9 people", "answer": "9", "kind": "number"}],
}  # fmt: skip


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    return assistant_over(tmp_path, monkeypatch).corpus


@pytest.fixture
def gold(tmp_path):
    return written(tmp_path / "gold.jsonl", LINE, NOBODY, FIRE)


def invoke(*args, code=0, **options):
    """Run the command line in this process and return what came of it."""
    result = CliRunner().invoke(cli, [str(arg) for arg in args], **options)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


# evaluate


def test_the_figures_are_those_of_the_library(corpus, gold):
    from qa import Assistant

    printed = invoke("evaluate", gold, "--index", corpus.path).stdout
    untimed = re.compile(r" +[\d.]+ ms p50.*")
    report = str(evaluate(Assistant(corpus), read_gold(gold)))
    assert untimed.sub("", printed) == untimed.sub("", report) + "\n"
    content = json.loads(invoke("evaluate", gold, "--index", corpus.path, "--json").stdout)
    assert content["questions"] == {"all": 3, "en": 1, "fr": 2}
    assert content["metrics"]["heard"]["all"] == {"value": 1.0, "cases": 2}
    assert content["metrics"]["heard"]["en→en"] == {"value": 1.0, "cases": 1}
    assert content["scores"]["q1"]["value"] == [1.0]


def test_every_file_is_written(corpus, gold, tmp_path):
    names = {"--csv": "a.csv", "--html": "a.html", "--per-question": "a.jsonl", "--run": "a.run", "--qrels": "a.qrels"}
    options = [part for flag, name in names.items() for part in (flag, tmp_path / name)]
    invoke("evaluate", gold, "--index", corpus.path, *options)
    first = {name: (tmp_path / name).read_text(encoding="utf-8") for name in names.values()}
    assert first["a.csv"].startswith("metric,group,value,cases\npassage first,all,1.000000,2\n")
    assert first["a.qrels"].splitlines()[0].split()[::3] == ["q1", "1"]
    assert [line.split()[3] for line in first["a.run"].splitlines() if line.startswith("q1 ")][:2] == ["1", "2"]
    # Its own run and judgements, read back, are as good as what they were written from.
    options = ["--judgements", tmp_path / "a.qrels", "--compare", f"hybrid,{tmp_path / 'a.run'}", "--json"]
    compared = json.loads(invoke("evaluate", gold, "--index", corpus.path, *options).stdout)
    assert [d["difference"] for d in compared["differences"]] == [0.0]
    again = [part for flag, name in names.items() for part in (flag, tmp_path / f"{name}.again")]
    invoke("evaluate", gold, "--index", corpus.path, *again)
    for name in ("a.csv", "a.jsonl", "a.run", "a.qrels"):
        assert (tmp_path / f"{name}.again").read_text(encoding="utf-8") == first[name]


def test_the_metrics_that_can_be_named_are_those_of_a_comparison():
    assert evaluating._MEASURES == MEASURES


def test_retrievers_are_compared(corpus, gold, tmp_path):
    options = ["--compare", "rank-bm25, bm25", "--by", "RR", "--csv", tmp_path / "a.csv"]
    lines = invoke("evaluate", gold, "--index", corpus.path, *options).stdout.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["system", "rank-bm25", "bm25"]
    assert lines[2].endswith("too few to tell")
    assert lines[-1] == "Differences and languages by RR, over 2 questions."
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("system,group,questions,nDCG@10,")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--compare", "bm25"], "name two or more different systems"),
        (["--compare", "bm25,bm25"], "name two or more different systems"),
        (["--compare", "bm25,dense", "--html", "a.html"], "--compare goes with --by, --judgements, --json and --csv"),
        (["--compare", "bm25,dense", "--gate", "a.json"], "--compare goes with"),
        (["--update-baseline"], "--update-baseline needs --gate"),
        (["--csv", "absent/a.csv"], "absent is not a folder"),
        (["--by", "accuracy"], "'accuracy' is not one of 'nDCG@10'"),
    ],
)
def test_options_that_contradict_are_usage_errors(gold, options, message):
    assert message in " ".join(invoke("evaluate", gold, *options, code=2).stderr.split())


def test_stale_gold_has_an_exit_code_of_its_own(corpus, tmp_path):
    stale = {**LINE, "answers": [{**LINE["answers"][0], "quote": "La crue a fait 13 morts."}]}
    html = tmp_path / "a.html"
    file = written(tmp_path / "gold.jsonl", stale)
    result = invoke("evaluate", file, "--index", corpus.path, "--html", html, code=3)
    assert result.stderr.startswith("Error: stale gold: 'q1' quotes 'La crue a fait 13 morts.'")
    assert result.stdout == ""
    assert not html.exists()
    assert "stale gold" in invoke("evaluate", file, "--index", corpus.path, "--compare", "bm25,dense", code=3).stderr
    strange = written(tmp_path / "strange.jsonl", {**LINE, "answers": [{**LINE["answers"][0], "source": "x"}]})
    assert "which the corpus lacks" in invoke("evaluate", strange, "--index", corpus.path, code=1).stderr


def test_a_malformed_line_is_one_error(tmp_path):
    result = invoke("evaluate", written(tmp_path / "gold.jsonl", LINE, "{"), code=1)
    assert re.fullmatch(r"Error: line 2 of .*gold\.jsonl is not JSON: .*\n", result.stderr)


def test_the_gate_lets_through_what_is_as_good_and_nothing_worse(corpus, gold, tmp_path):
    baseline = tmp_path / "baseline.json"
    options = ["evaluate", gold, "--index", corpus.path, "--gate", baseline]
    assert "there is no baseline" in invoke(*options, code=2).stderr
    assert "accepted as the baseline" in invoke(*options, "--update-baseline").stderr
    accepted = baseline.read_text(encoding="utf-8")
    assert "gate: nothing fell since" in invoke(*options).stderr
    content = json.loads(accepted)
    content["questions"]["q2"]["silence"] = [2.0, 2]
    content["questions"]["q1"]["heard"] = [9.0, 1]
    baseline.write_text(json.dumps(content), encoding="utf-8")
    result = invoke(*options, code=4)
    assert "gate: heard fell from 5.000 to 1.000 over 2 questions (too few to tell" in result.stderr
    assert "passage first" in result.stdout
    invoke(*options, "--update-baseline")
    assert baseline.read_text(encoding="utf-8") == accepted
    other = written(tmp_path / "other.jsonl", LINE)
    assert "made with another gold set" in invoke("evaluate", other, *options[2:], code=1).stderr


def test_a_collection_brings_its_own_corpus(tmp_path, monkeypatch, corpus):
    from tiny import TinyEncoder

    monkeypatch.setattr("qa.evaluation.collection.SentenceEncoder", TinyEncoder)
    question = {"id": "a1", "question": "Combien de morts ?", "answers": [{"text": "12"}]}
    data = {"data": [{"title": "La crue", "paragraphs": [{"context": FLOOD, "qas": [question]}]}]}
    (tmp_path / "squad.json").write_text(json.dumps(data), encoding="utf-8")
    assert "exact match" in invoke("evaluate", tmp_path / "squad.json").stdout
    kept = tmp_path / "kept"
    invoke("evaluate", tmp_path / "squad.json", "--index", kept)
    listed = json.loads(invoke("info", kept, "--json").stdout)["documents"]
    assert [document["source"] for document in listed] == ["La crue#1"]
    assert (
        "not over this collection's articles"
        in invoke("evaluate", tmp_path / "squad.json", "--index", corpus.path, code=1).stderr
    )


def test_help_of_the_commands_loads_nothing_heavy():
    code = (
        "import sys, ui.cli\n"
        "try: ui.cli.cli(['evaluate', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = ('torch', 'gradio', 'faiss', 'scipy', 'ir_measures', 'matplotlib')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "3  stale gold" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


# The page


class Page(HTMLParser):
    """Collects the elements of a page, with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.words, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


HOSTILE = "<script>alert(1)</script>\u202e"


@pytest.fixture
def page(tmp_path, monkeypatch):
    from qa import Assistant

    corpus = assistant_over(
        tmp_path, monkeypatch, {"crue.txt": f"La crue\n\n{FLOOD}\n", "h.txt": f"Titre\n\nIl y a {HOSTILE} ici, oui.\n"}
    ).corpus
    wrong = {**LINE["answers"][0], "source": "h.txt", "quote": HOSTILE, "answer": HOSTILE, "kind": "passage"}
    hostile = {**LINE, "id": HOSTILE, "question": f"Combien ? {HOSTILE}", "answers": [wrong], "tags": [HOSTILE]}
    report = evaluate(Assistant(corpus), read_gold(written(tmp_path / "gold.jsonl", LINE, NOBODY, hostile)))
    assert write_report_page(report, title="x") == write_report_page(report, title="x")
    return Page(write_report_page(report, title=f"gold {HOSTILE}"))


def test_the_page_asks_nobody_and_runs_nothing(page):
    assert not page.open
    assert not page.all("script")
    assert not page.all("link")
    assert all(image["src"].startswith("data:image/svg+xml;base64,") for image in page.all("img"))
    assert {key for _, attributes in page.elements for key in attributes} & {"onclick", "onerror", "srcset"} == set()
    (policy,) = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    text = "".join(page.words)
    assert "<script>alert(1)</script>�" in text
    assert "\u202e" not in text


def test_the_page_can_be_read_without_eyes_and_without_a_mouse(page):
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("h1")) == len(page.all("title")) == len(page.all("main")) == 1
    assert page.all("a") == [{"class": "skip", "href": "#main"}]
    assert all(len(image["alt"]) > 20 for image in page.all("img"))
    assert len(page.all("caption")) == len(page.all("table")) > 1
    assert all(cell.get("scope") in ("row", "col") for cell in page.all("th"))
    regions = [attributes for attributes in page.all("div") if attributes.get("class") == "wide"]
    assert len(regions) == len(page.all("table"))
    assert all(region["tabindex"] == "0" and region["aria-label"] for region in regions)
    assert len(page.all("summary")) == len(page.all("details")) > 1


def test_the_page_has_its_parts(page):
    words = [word.strip() for word in page.words if word.strip()]
    headings = ["Figures", "By language", "By type of question", "Abstention", "The worst questions"]
    assert [word for word in words if word in headings] == headings
    assert words.index("Expected") < words.index("Returned")
    assert len(page.all("img")) == 3
    for image in page.all("img"):
        drawn = base64.b64decode(image["src"].partition("base64,")[2])
        assert ElementTree.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_name_in_a_picture_is_no_formula():
    from ui.reports.pictures import draw_bars

    drawn = base64.b64decode(draw_bars({"$\\foo$": {"$\\bar$": 0.5}}).partition("base64,")[2])
    assert ElementTree.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"


def test_without_matplotlib_a_page_is_refused_before_anything_is_asked(gold, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    monkeypatch.setattr("qa.evaluation.read_set", lambda gold: pytest.fail("the gold set was read"))
    options = ["--html", tmp_path / "a.html", "--csv", tmp_path / "a.csv"]
    result = invoke("evaluate", gold, "--index", tmp_path / "no-index", *options, code=1)
    assert 'pip install "recoupe[evaluation]"' in result.stderr
    assert not (tmp_path / "a.html").exists()
    assert not (tmp_path / "a.csv").exists()


def test_without_matplotlib_everything_but_the_page_is_written(corpus, gold, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    result = invoke("evaluate", gold, "--index", corpus.path, "--csv", tmp_path / "a.csv")
    assert all(metric in result.stdout for metric in ("nDCG@10", "R@5", "RR"))
    assert (tmp_path / "a.csv").exists()


# Candidates


def candidate(**changes):
    return replace(Candidate("Combien ?", (), "fr", "crue.txt", FLOOD, right=True), **changes)


def test_candidates_wait_beside_the_gold(tmp_path):
    file = tmp_path / "new" / "gold.jsonl"
    hostile = candidate(question=f"« {HOSTILE} »\n\u2028", history=("avant ?",))
    record_candidate(file, hostile)
    assert read_candidates(file) == [hostile]
    written(file, LINE)
    record_candidate(file, hostile)
    record_candidate(file, candidate())
    assert [question.id for question in read_gold(file)] == ["q1"]
    assert read_candidates(file) == [hostile, candidate()]


def test_the_last_judgement_of_a_passage_counts(tmp_path):
    file = tmp_path / "gold.jsonl"
    for right in (True, False):
        record_candidate(file, candidate(right=right))
    record_candidate(file, candidate(source="vote.txt"))
    assert read_candidates(file) == [candidate(right=False), candidate(source="vote.txt")]


def test_a_line_that_was_cut_short_costs_no_other(tmp_path):
    file = written(tmp_path / "gold.jsonl", LINE)
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    record_candidate(file, candidate())
    assert (len(read_gold(file)), len(read_candidates(file))) == (1, 1)


def test_candidates_recorded_at_once_all_arrive(tmp_path):
    file = tmp_path / "gold.jsonl"
    wanted = [candidate(question=f"{number} ? " + "é" * 5000) for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda own: record_candidate(file, own), wanted))
    assert sorted(read_candidates(file), key=lambda own: int(own.question.split()[0])) == wanted


def test_a_disk_that_fails_leaves_the_gold_as_it_was(tmp_path, monkeypatch):
    file = written(tmp_path / "gold.jsonl", LINE)
    before = file.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("qa.evaluation.candidates.os.fsync", full)
    with pytest.raises(CorpusError, match=r"gold\.jsonl cannot be written: No space left"):
        record_candidate(file, candidate())
    assert file.read_bytes() == before


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError, match="cannot be written"):
        record_candidate(tmp_path / "file" / "gold.jsonl", candidate())


@pytest.mark.parametrize("change", [{"right": "yes"}, {"quote": ""}, {"history": None}])
def test_a_malformed_candidate_is_named(tmp_path, change):
    row = {"candidate": True, "question": "?", "history": [], "language": "fr", "source": "a", "quote": "b"}
    file = written(tmp_path / "gold.jsonl", {**row, "right": True, **change})
    with pytest.raises(CorpusError, match=f"line 1 of .*'{next(iter(change))}'"):
        read_candidates(file)


# gold new, gold review


def test_what_is_read_of_an_answer(corpus):
    document = corpus.document("crue.txt")
    assert gold_answer(document, FLOOD, "12") == {
        "source": "crue.txt", "quote": FLOOD, "answer": "12", "kind": "number", "value": 12, "value_max": None,
        "role": "morts", "qualifier": "",
    }  # fmt: skip
    assert gold_answer(document, FLOOD, "")["kind"] == gold_answer(document, FLOOD, "crue")["kind"] == "passage"
    with pytest.raises(ValueError, match="'13' does not stand in the passage"):
        gold_answer(document, FLOOD, "13")
    with pytest.raises(ValueError, match="stand 2 times in crue"):
        gold_answer(document, "crue", "")


def test_a_gold_set_is_made_by_asking(corpus, tmp_path):
    file = tmp_path / "made.jsonl"
    typed = [
        "combien de morts dans la crue ?",
        "99",
        "x",
        "1",
        "13",
        "12",
        "capitale du Brésil ?",
        "0",
        "laissée",
        "",
        "",
    ]
    result = invoke("gold", "new", file, "--index", corpus.path, input="\n".join(typed))
    assert "numbers from 1 to 3, or 0, please" in result.stderr
    assert "'13' does not stand in the passage" in result.stderr
    assert "read as: number, 12, morts" in result.stdout
    assert "recorded as q001" in result.stdout
    first, second = read_gold(file)
    assert (first.id, first.question, first.language, first.type) == ("q001", typed[0], "fr", "number")
    assert [(a.source, a.quotes, a.answer, a.value) for a in first.answers] == [("crue.txt", (FLOOD,), "12", 12)]
    assert (second.id, second.question, second.answers) == ("q002", typed[6], ())
    assert free_id(file) == "q003"
    assert "passage first" in invoke("evaluate", file, "--index", corpus.path).stdout
    invoke("gold", "new", file, "--index", corpus.path, input="")
    assert len(read_gold(file)) == 2


def test_candidates_become_gold_once_they_are_reviewed(corpus, tmp_path):
    file = written(tmp_path / "gold.jsonl", LINE)
    record_candidate(file, candidate(question="A : combien ?"))
    record_candidate(file, candidate(question="A : combien ?", source="vote.txt", quote="Le vote", right=False))
    record_candidate(file, candidate(question="B : la capitale ?", right=False))
    record_candidate(file, candidate(question="C : rien ?"))
    record_candidate(file, candidate(question="D : plus tard ?"))
    record_candidate(file, candidate(question="E : encore ?"))
    typed = ["?", "ku", "k", "12", "ud", "k", "u", "d", "s", "q"]
    result = invoke("gold", "review", file, "--index", corpus.path, input="\n".join(typed))
    assert re.findall(r"kept as q\d+|dropped", result.stdout) == ["kept as q001", "kept as q002", "dropped"]
    old, first, second = read_gold(file)
    assert (old.id, first.id, second.id) == ("q1", "q001", "q002")
    assert [(a.source, a.answer) for a in first.answers] == [("crue.txt", "12")]
    assert (second.question, second.answers) == ("B : la capitale ?", ())
    assert [c.question for c in read_candidates(file)] == ["D : plus tard ?", "E : encore ?"]
    invoke("gold", "review", file, "--index", corpus.path, input="d\nd\n")
    assert "no candidates wait" in invoke("gold", "review", file, "--index", corpus.path).stdout
