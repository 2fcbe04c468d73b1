"""An answer written down: what it says, and that no foreign byte of it is obeyed."""

import csv
import dataclasses
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from samples import HOSTILE, passage_of

from index.records import plain
from qa.answers import SourceAnswer
from ui.escaping import disarm, escape_latex, escape_markdown
from ui.reports.export import COLUMNS, export_answers, write_csv

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(text):
    """The text that a reader of some Markdown sees, and the kinds of its elements."""
    words, kinds = [], set()
    for block in COMMONMARK.parse(text):
        kinds.add(block.type)
        for token in block.children or ():
            kinds.add(token.type)
            if token.type in ("text", "text_special"):
                words.append(token.content)
    return "".join(words), kinds


PLAIN = {"heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special"}
QUOTED = PLAIN | {"blockquote_open", "blockquote_close", "strong_open", "strong_close"}


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


# Markdown


@given(st.text())
def test_any_text_is_shown_in_markdown_and_does_nothing(text):
    words, kinds = shown(f"> {escape_markdown(text)}")
    assert kinds <= QUOTED - {"strong_open"}
    assert words == re.sub(r"\s+$", "", disarm(text).strip())


@pytest.mark.parametrize("text", ["1. a", "- a", "+ a", "# a", "| a |", "~~a~~", "<b>a</b>", "![a](b)", "&lt;", "a\\"])
def test_signs_of_markdown_are_text(text):
    words, kinds = shown(escape_markdown(text))
    assert words == text
    assert kinds <= PLAIN


def test_an_answer_as_markdown(answer):
    text = export_answers([answer], "markdown")
    assert text.splitlines()[:13] == [
        "# combien de morts ?",
        "",
        "**Une seule source répond : au moins 600 (1 source).**",
        "",
        "## L’Écho · Le bilan — 1er mai 2024",
        "",
        "**au moins 600** · « On compte au moins 600 décès\u00a0… » · au conditionnel · selon le maire",
        "",
        "> Le bilan s’alourdit. **On compte au moins 600 décès, selon le maire.** Rien d’autre.",
        ">",
        "> \\[1\\] a/un.pdf, p. 3",
        "",
        "> **Autre passage.**",
    ]
    words, kinds = shown(text)
    assert kinds <= QUOTED
    assert words.count(disarm(HOSTILE).strip()) == 2
    assert words.endswith("Muettes : muet.txt")


def test_nothing_is_in_bold_where_nothing_answers(answer):
    text = export_answers([dataclasses.replace(answer, found=False)], "markdown")
    assert "**Rien dans ces sources ne répond à cette question.**" in text
    assert text.count("**") == 2


# CSV


@given(st.text(), st.text())
def test_no_cell_is_a_formula_and_the_table_can_be_read_back(quote, title):
    passage = passage_of(1, "a.txt", quote + "x", "x")
    source = SourceAnswer("a.txt", title, None, (passage,))
    table = write_csv([_with(source)])
    [row] = read(table)
    assert table.count("\r\n") == 2 + row["quote"].count("\r\n")
    for cell in row.values():
        assert cell.lstrip()[:1] not in tuple("=+-@") or re.fullmatch(r"[-+]?\d[\d\s.,’']*%?", cell)
    assert row["quote"].removeprefix("'") in (disarm(quote + "x"), disarm(quote + "x").removeprefix("'"))


def _with(source):
    from qa.answers import Answer

    return Answer("q", "q", "fr", True, (source,), (), "untyped")


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|x", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1"])
def test_formulas_are_shown(cell):
    [row] = read(write_csv([_with(SourceAnswer("a.txt", cell, None, (passage_of(1, "a.txt", "x", "x"),)))]))
    assert row["title"] == "'" + disarm(cell)


@pytest.mark.parametrize("figure", ["-5,2 %", "+3", "10 000", "1,234.5", "-12"])
def test_figures_stay_as_they_were_printed(figure):
    [row] = read(write_csv([_with(SourceAnswer("a.txt", figure, None, (passage_of(1, "a.txt", "x", "x"),)))]))
    assert row["title"] == figure


def test_an_answer_as_csv(answer):
    rows = read(export_answers([answer, answer], "csv"))
    assert len(rows) == 6
    assert rows[:3] == rows[3:]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0] == {
        "question": "combien de morts ?",
        "understood_as": "combien de morts ?",
        "found": "true",
        "agreement": "single",
        "source": "a/un.pdf",
        "outlet": "L’Écho",
        "title": "Le bilan",
        "published": "2024-05-01",
        "claim": "au moins 600",
        "value": "600",
        "value_max": "",
        "unit": "",
        "role": "décès",
        "qualifier": "at least, conditional",
        "attribution": "le maire",
        "number": "1",
        "sentence": "On compte au moins 600 décès, selon le maire.",
        "quote": "Le bilan s’alourdit. On compte au moins 600 décès, selon le maire. Rien d’autre.",
        "page": "3",
        "start": "100",
        "end": "180",
        "url": "",
        "sureness": "0.95",
    }
    assert (rows[1]["claim"], rows[1]["sureness"]) == ("", "")


def test_what_is_not_sure_on_the_page_is_not_sure_in_a_file(answer):
    sources = tuple(replace(source, sureness=0.5) for source in answer.sources)
    unsure = replace(answer, sources=sources)
    assert "**au moins 600** ? · chiffre peu sûr : lisez la phrase · " in export_answers([unsure], "markdown")
    assert "**au moins 600** · " in export_answers([answer], "markdown")
    assert read(export_answers([unsure], "csv"))[0]["sureness"] == "0.5"


# JSON


def test_an_answer_as_json_is_that_of_the_command(answer, capsys):
    from ui.terminal.console import print_json

    print_json(answer)
    assert export_answers([answer], "json") == capsys.readouterr().out
    assert json.loads(export_answers([answer, answer], "json")) == [plain(answer)] * 2


# BibTeX


def cited(answer, **changes):
    source = answer.sources[0]
    citation = dataclasses.replace(source.passages[0].citation, **changes)
    passage = dataclasses.replace(source.passages[0], citation=citation)
    return dataclasses.replace(answer, sources=(dataclasses.replace(source, passages=(passage,)),))


def test_an_article_as_bibtex(answer):
    one = cited(
        answer, title="50 % & plus", published=date(2024, 5, 1), outlet="L’Écho", url="https://a.fr/x_{y}?z=1#a b"
    )
    assert export_answers([one, one], "bibtex") == (
        "@article{un-24825317,\n"
        "  title = {{50 \\% \\& plus}},\n"
        "  journal = {L’Écho},\n"
        "  date = {2024-05-01},\n"
        "  year = {2024},\n"
        "  month = may,\n"
        "  url = {https://a.fr/x_%7By%7D?z=1#a%20b},\n"
        "  note = {a/un.pdf},\n"
        "}\n"
    )


def test_articles_of_the_same_name_have_keys_of_their_own(answer):
    entries = export_answers([cited(answer, source="a/un.txt"), cited(answer, source="b/un.txt")], "bibtex")
    keys = re.findall(r"@\w+\{([^,]+),", entries)
    assert len(set(keys)) == 2
    assert all(re.fullmatch(r"un-[0-9a-f]{8}", key) for key in keys)


def test_what_does_not_answer_is_not_cited(answer):
    assert export_answers([dataclasses.replace(answer, found=False)], "bibtex") == ""


@given(st.text())
def test_latex_leaves_no_brace_open(text):
    depth = 0
    for sign in escape_latex(text):
        depth += (sign == "{") - (sign == "}")
        assert depth in (0, 1)
    assert depth == 0
    assert not re.search(r"(?<!\\)[$&#%_]", escape_latex(text))


@given(st.text(), st.text(), st.text())
def test_an_entry_cannot_be_left(title, source, url):
    passage = passage_of(1, "a.txt", "x", "x")
    citation = dataclasses.replace(passage.citation, title=title, source=source, url="https://" + url)
    whole = SourceAnswer("a.txt", "", None, (dataclasses.replace(passage, citation=citation),))
    entry = export_answers([_with(whole)], "bibtex")
    depths = [0]
    for sign in entry:
        depths.append(depths[-1] + (sign == "{") - (sign == "}"))
    assert depths[-1] == 0
    assert depths.count(0) == len("@misc") + 1 + len("\n") + 1
    assert min(depths) == 0


def test_another_form_is_refused(answer):
    with pytest.raises(ValueError, match="form is markdown, csv, json, bibtex, not 'pdf'"):
        export_answers([answer], "pdf")
