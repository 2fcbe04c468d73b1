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
from ui.answering.scope import EVERYWHERE, Scope
from ui.cli import cli
from ui.page import show_matters
from ui.reports.matters import COLUMNS, export_matters
from ui.terminal.matters import write_matters
from ui.web.history import read_fields, tell_fields


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return corpus_of(tmp_path_factory.mktemp("matters"), ALL)


@pytest.fixture(scope="module")
def matters(corpus):
    return qa.compare(corpus)


def run(corpus, *options):
    return CliRunner().invoke(cli, ["compare", str(corpus.path), *options])


def test_the_command_prints_a_table_for_each_matter(corpus, matters):
    done = run(corpus)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "12 recoupements"
    assert "1. manifestants — les sources divergent · au plus 2 origines indépendantes" in lines
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
    assert run(corpus, "--about", "rougeole").output.startswith("2 recoupements\n")
    assert run(corpus, "--since", "2023-06-12", "--until", "2023-06-30").output.startswith("4 recoupements\n")
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
    assert "12 recoupements" in html
    for matter in matters:
        for statement in matter.statements:
            cited = statement.citation
            place = f'data-article="{cited.source.replace(".", "&#46;")}" data-span="{cited.start}&#45;{cited.end}"'
            assert place in html
    first = Parsed(html.split('<article class="rc-card"')[1])
    assert "les sources divergent · au plus 2 origines indépendantes" in first.text
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
    whole = tell_fields("", EVERYWHERE)
    assert events.list_matters("", None) == ("", show_matters(matters, "en", asked=whole))
    assert events.list_matters(None, '{"language": "fr"}') == ("", show_matters(matters, "fr", asked=whole))
    assert events.list_matters("rougeole", None)[1].count('<article class="rc-card"') == 2


def test_the_filters_of_the_tab_choose_the_sources(corpus):
    from ui.answering.library import Library
    from ui.web.matters import MattersEvents

    events = MattersEvents(Library(corpus))
    told, html = events.list_matters("", ["vote.txt", "ballot.txt"], "2023-06-12", "", "", None)
    assert html.count('<article class="rc-card"') == 4
    assert "2 of 11 sources are asked" in Parsed(told).text
    assert "hier" in Parsed(events.list_matters("", [], "hier", "", "", None)[1]).text
    assert "there is nothing to compare" in Parsed(events.list_matters("", [], "", "", "de", None)[1]).text


@pytest.mark.parametrize(("form", "name"), [("csv", "csv"), ("json", "json"), ("markdown", "md")])
def test_the_tab_gives_a_file_of_all_its_matters(corpus, form, name):
    from ui.answering.library import Library
    from ui.web.services import offer_services

    [compared] = [one for one in offer_services(Library(corpus), None) if one.__name__ == "compared"]
    scope = Scope(sources=("vote.txt", "ballot.txt"))
    file = compared({"form": form, "compared": tell_fields("", scope), "language": "fr"})
    assert file["name"] == f"recoupements.{name}"
    assert file["text"] == export_matters(qa.compare(corpus, sources=set(scope.sources)), form, "fr")


def test_what_was_compared_can_be_read_back_and_nonsense_restricts_nothing():
    scope = Scope(sources=("a.txt",), language="fr")
    assert read_fields(tell_fields("soldats", scope)) == ("soldats", scope)
    assert read_fields("[") == read_fields("[]") == ("", EVERYWHERE)


def test_each_card_has_its_picture_over_time(matters):
    cards = show_matters(matters, "fr").split('<article class="rc-card"')[1:]
    drawn = ['<figure class="rc-chart"' in card for card in cards]
    assert drawn == [matter.kind == "number" for matter in matters]
