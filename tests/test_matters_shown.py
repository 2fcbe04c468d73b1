"""What people and programs get of the matters: the command, its table, the exports, the endpoint."""

import csv
import io
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from parsed import Parsed
from samples import HOSTILE
from test_matters import ALL, corpus_of

import qa
from index.records import plain
from ui.cli import cli
from ui.page import show_matters
from ui.reports.matters import COLUMNS, export_matters
from ui.terminal.matters import write_matters


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    from tiny import TinyEncoder

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
        yield corpus_of(tmp_path_factory.mktemp("matters"), ALL)


@pytest.fixture(scope="module")
def matters(corpus):
    return qa.compare(corpus)


def run(corpus, *options):
    return CliRunner().invoke(cli, ["compare", str(corpus.path), *options])


def test_the_command_prints_a_table_for_each_matter(corpus, matters):
    done = run(corpus)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "9 recoupements"
    assert "1. manifestants — les sources divergent · 2 origines indépendantes" in lines
    row = next(line for line in lines if "selon les syndicats" in line)
    assert row.split()[:4] == ["[2]", "2023-06-10", "20", "000"]
    for matter in matters:
        for statement in matter.statements:
            assert f"**{statement.span.text}**" in done.output.replace("\n  ", " ")


@pytest.mark.parametrize("width", [30, 72, 100])
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(matters, width):
    text = write_matters(matters, "fr", width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "20\n" not in text


def test_the_forms_hold_every_statement_with_its_citation(corpus, matters):
    assert json.loads(run(corpus, "--json").output) == plain(list(matters))
    rows = list(csv.DictReader(io.StringIO(run(corpus, "--csv").output)))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(len(matter.statements) for matter in matters)
    for row in rows:
        text = corpus.document(row["source"]).text
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        assert row["figure"] in row["quote"]
    markdown = run(corpus, "--markdown").output
    assert markdown.count("\n## ") + 1 == len(matters)
    assert markdown.count("\n- **") == len(rows)


def test_two_forms_at_once_are_a_usage_error(corpus):
    done = run(corpus, "--json", "--csv")
    assert done.exit_code == 2
    assert "choose one" in done.output


def test_words_and_days_choose(corpus):
    assert run(corpus, "--about", "rougeole").output.startswith("1 recoupement\n")
    assert run(corpus, "--since", "2023-06-12", "--until", "2023-06-30").output.startswith("3 recoupements\n")
    assert "il n’y a rien à recouper" in run(corpus, "--since", "2030-01-01").output.replace("\n", " ")
    assert run(corpus, "--since", "hier").exit_code == 2


def test_the_help_says_what_each_verdict_means():
    text = " ".join(CliRunner().invoke(cli, ["compare", "--help"]).output.split())
    for words in (
        "differ",
        "denies",
        "a revision, no contradiction",
        "agree",
        "one origin",
        "recoupe compare my-index",
    ):
        assert words in text


@pytest.mark.parametrize("form", ["csv", "markdown", "json"])
def test_foreign_text_is_only_shown(matters, form):
    [first, *others] = matters[0].statements
    hostile = replace(first, citation=replace(first.citation, title=f"=1+1 {HOSTILE}", outlet=HOSTILE))
    matter = replace(matters[0], about=("=cmd", HOSTILE), statements=(hostile, *others))
    text = export_matters([matter], form, "en")
    assert "\x1b" not in text
    assert "\u202e" not in text
    if form == "markdown":
        assert "<script>" not in text
    if form == "csv":
        assert all(not cell.startswith("=") for row in csv.reader(io.StringIO(text)) for cell in row)
    assert "\x1b" not in write_matters([matter], "en")


def test_another_form_is_an_error(matters):
    with pytest.raises(ValueError, match="form is json, csv or markdown, not 'pdf'"):
        export_matters(matters, "pdf", "en")


def test_the_endpoint_gives_what_the_command_prints(corpus, matters):
    import gradio as gr

    from ui.answering.library import Library
    from ui.web.endpoints import Endpoints

    programs = Endpoints(Library(corpus))
    assert programs.compare() == plain(list(matters))
    assert programs.compare(k=2) == plain(list(matters[:2]))
    assert programs.compare(about="rougeole", language="fr", since="2023-08-01")[0]["verdict"] == "revised"
    for bad in ({"k": 0}, {"k": 2.5}, {"since": "hier"}, {"sources": ["nul.txt"]}, {"about": "x" * 1001}):
        with pytest.raises(gr.Error):
            programs.compare(**bad)


def test_the_page_shows_a_card_for_each_matter_and_opens_the_article_at_the_quote(corpus, matters):
    html = show_matters(matters, "fr")
    assert html.count('<article class="rc-card"') == len(matters)
    assert "9 recoupements" in html
    for matter in matters:
        for statement in matter.statements:
            cited = statement.citation
            place = f'data-article="{cited.source.replace(".", "&#46;")}" data-span="{cited.start}&#45;{cited.end}"'
            assert place in html
    first = Parsed(html.split('<article class="rc-card"')[1])
    assert "les sources divergent · 2 origines indépendantes" in first.text
    assert "10 juin 2023" in first.text
    assert 'data-fill="manifestants"' in html


def test_the_page_says_that_there_is_nothing_to_compare():
    assert "there is nothing to compare" in Parsed(show_matters((), "en")).text


def test_foreign_text_does_nothing_on_the_page(matters):
    [first, *others] = matters[0].statements
    hostile = replace(first, citation=replace(first.citation, title=HOSTILE, outlet=HOSTILE, source=HOSTILE))
    html = show_matters([replace(matters[0], about=(HOSTILE,), unit=HOSTILE, statements=(hostile, *others))], "en")
    assert "<script>" not in html
    assert "\u202e" not in html
    assert "javascript:" not in html


def test_the_event_of_the_tab_renders_the_matters(corpus, matters):
    from ui.answering.library import Library
    from ui.web.matters import MattersEvents

    events = MattersEvents(Library(corpus))
    assert events.list_matters("", None) == show_matters(matters, "en")
    assert events.list_matters(None, '{"language": "fr"}') == show_matters(matters, "fr")
    assert events.list_matters("rougeole", None).count('<article class="rc-card"') == 1
