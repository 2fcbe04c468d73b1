"""The HTML of the page: what it shows, and that nothing foreign in it does anything."""

import dataclasses
import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsed import Parsed
from samples import HOSTILE

from index.corpus import WriteReport
from index.records import Document, Guessed, Match, Skipped
from ui.answering.scope import Source
from ui.escaping import disarm, escape
from ui.page import (
    Desk,
    PanelContext,
    show_article,
    show_conversation,
    show_empty_panel,
    show_ideas,
    show_listing,
    show_notice,
    show_panel,
    show_report,
)
from ui.web.look import read_script, read_style

# The HTML of an answer


def parts_of(answer, language="fr"):
    """The cards of the panel for an answer, parsed."""
    panel = show_panel(answer, 0, language, PanelContext(judged=True))
    return [Parsed(part) for part in panel.split('<article class="rc-card"')[1:]], panel


def test_a_claim_that_is_not_sure_is_left_in_its_sentence(answer):
    unsure = dataclasses.replace(
        answer, sources=tuple(dataclasses.replace(one, sureness=0.84) for one in answer.sources)
    )
    (first, _), panel = parts_of(unsure)
    assert 'class="rc-claim"' not in panel
    assert "chiffre peu sûr : lisez la phrase · au conditionnel · selon le maire" in first.text
    assert "<strong>au moins 600</strong>" in panel
    lines = show_conversation([unsure], 0, "fr")
    assert ">au moins 600 ?</span>" in lines
    assert "<strong>au moins 600</strong>" not in lines


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("number", "chiffre peu sûr : lisez la phrase"),
        ("date", "date peu sûre : lisez la phrase"),
        ("person", "réponse peu sûre : lisez la phrase"),
        ("words", "réponse peu sûre : lisez la phrase"),
    ],
)
def test_what_is_not_sure_is_called_what_it_is(answer, kind, told):
    one = answer.sources[0]
    claim = dataclasses.replace(one.claim, kind=kind)
    unsure = dataclasses.replace(answer, sources=(dataclasses.replace(one, claim=claim, sureness=0.84),))
    ((card,), _), chat = parts_of(unsure), show_conversation([unsure], 0, "fr")
    assert told in card.text
    assert f'title="{told}"' in html.unescape(chat)
    assert ("chiffre" in card.text) == (kind == "number")


def test_the_first_page_says_how_many_articles_it_does_not_list():
    listed = [("a.txt", "La crue"), ("b.txt", "Le feu")]
    assert Parsed(show_empty_panel(listed, 36, "fr")).text.endswith("Le feuet 34 autres, dans l’onglet Corpus")
    assert Parsed(show_empty_panel(listed, 3, "fr")).text.endswith("Le feuet 1 autre, dans l’onglet Corpus")
    assert Parsed(show_empty_panel(listed, 2, "fr")).text.endswith("Le feu")


def test_a_card_shows_the_claim_its_hedges_and_the_quote_marked(answer):
    (first, _), panel = parts_of(answer)
    assert (
        "L’Écho · 1er mai 2024Le bilanOn compte au moins 600 décès\u00a0…au conditionnel · selon le maire" in first.text
    )
    assert (
        "Le bilan s’alourdit. On compte au moins 600 décès, selon le maire. Rien d’autre.1 a/un.pdf, p. 3" in first.text
    )
    card = panel.split('<article class="rc-card"')[1]
    assert re.findall("<mark>(.*?)</mark>", card) == [
        "On compte ",
        "<strong>au moins 600</strong>",
        " décès&#44; selon le maire&#46;",
        "Autre passage&#46;",
    ]
    assert '<time datetime="2024-05-01">1er mai 2024</time>' in card


def test_dates_and_buttons_speak_the_language_of_the_interface(answer):
    (first, _), _ = parts_of(answer, "en")
    assert "L’Écho · 1 May 2024" in first.text
    assert "Show in the article" in first.text
    assert "au conditionnel" in first.text  # what is said of the claim speaks the language of the question


def test_the_conversation_has_a_line_for_each_source_and_the_agreement(answer):
    parsed = Parsed(show_conversation([answer], 0, "en"))
    assert "Une seule source répond : au moins 600 (1 source)." in parsed.text
    line = "12 au moins 600 L’Écho, 1 May 2024 au conditionnel · selon le maire "
    assert line + "On compte au moins 600 décès, selon le maire." in parsed.text
    assert "2 sources answer, 1 undated · 1 source does not answer" in parsed.text
    assert {"#c0-1", "#c0-2", "#c0-3"} == set(re.findall(r'href="([^"]*)"', show_conversation([answer], 0, "en")))


def test_the_panel_names_what_was_cut_short(answer):
    cut = dataclasses.replace(answer, cut_short=(HOSTILE, "amorce.html"))
    for told in (cut, dataclasses.replace(cut, found=False)):
        parsed = Parsed(show_panel(told, 0, "fr", PanelContext()))
        assert "Lues en partie seulement" in parsed.text
        assert ", amorce.html" in parsed.text
        assert "script" not in parsed.tags


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_hostile_document_is_inert(answer, language):
    hostile = dataclasses.replace(answer.sources[1], outlet=HOSTILE, source=HOSTILE)
    told = dataclasses.replace(
        answer, sources=(answer.sources[0], hostile), silent=(HOSTILE,), question=HOSTILE, understood_as="x" + HOSTILE
    )
    article = Document(HOSTILE, HOSTILE, f"Début.\n{HOSTILE}\nFin.", "fr", None, "", url="javascript:alert(3)")
    entry = Source(HOSTILE, HOSTILE, HOSTILE, None, "fr", 1, "")
    asked = [{"question": HOSTILE, "sources": [HOSTILE]}]
    for page in (
        show_panel(told, 0, language, PanelContext(asked=asked, link="?q=" + HOSTILE, scope=HOSTILE, judged=True)),
        show_panel(dataclasses.replace(told, found=False), 0, language, PanelContext(asked=asked)),
        show_conversation([told], 0, language),
        show_article(article, 3, 60, language),
        show_listing([entry], {HOSTILE: 1}, 1, language, Desk(edit=True)),
        show_report(
            WriteReport(
                (HOSTILE,), skipped=(Skipped(HOSTILE, HOSTILE),), guessed=(Guessed(HOSTILE, {"text": HOSTILE}),)
            ),
            language,
        ),
        show_ideas([(HOSTILE, "fr")], language),
        show_notice(HOSTILE),
    ):
        parsed = Parsed(page)
        assert "script" not in parsed.tags
        assert not [name for name in parsed.attributes if name.startswith("on")]
        assert disarm(HOSTILE) in parsed.text
        assert "alert(" not in page  # every bracket of theirs is a character reference
        assert "\u202e" not in page
        assert not re.findall(r'href="(?!&#63;|#)', page)


def test_the_columns_that_were_taken_by_their_names_are_told_once_for_tables_alike():
    tables = [Guessed(f"{name}.csv", {"text": "Corps", "published": "Paru"}) for name in "abc"]
    report = WriteReport(("a.csv",), guessed=(*tables, Guessed("d.csv", {"text": "Corps"})))
    told = Parsed(show_report(report, "fr")).text
    how = "prises d’après leur nom ou leur contenu"
    assert f"Colonnes de a.csv et 2 de plus, {how} : texte « Corps », date « Paru »" in told
    assert f"Colonnes de d.csv, {how} : texte « Corps »" in told
    columns = "Columns of d.csv, taken by their names, or by what they hold: text “Corps”"
    assert columns in Parsed(show_report(report, "en")).text


def test_an_address_is_a_link_only_where_it_leads_to_a_web_page():
    document = Document("a.txt", "A", "Un.", "fr", None, "", url="https://example.org/a?b=1&c=2")
    page = show_article(document, 0, 0, "fr")
    assert html.unescape(re.search(r'href="([^"]*)"', page)[1]) == document.url
    assert 'rel="noopener noreferrer"' in page
    for bad in ("javascript:alert(1)", "data:text/html,x", " https://example.org", 'https://x/" onclick="y'):
        assert "href" not in show_article(dataclasses.replace(document, url=bad), 0, 0, "fr")


def test_an_article_marks_exactly_what_is_cited():
    text = "Titre\n\nUn deux trois.\nQuatre cinq.\n"
    start, end = text.index("deux"), text.index(" cinq")
    marks = re.findall(
        r"<mark[^>]*>(.*?)</mark>", show_article(Document("a", "", text, "fr", None, ""), start, end, "fr")
    )
    assert [html.unescape(mark) for mark in marks] == ["deux trois.", "Quatre"]


@given(st.text())
def test_escaped_text_is_shown_and_does_nothing(text):
    assert html.unescape(escape(text)) == disarm(text)
    assert not re.findall(r"[^\w\s&#;]", re.sub(r"[^\x00-\x7f]", "", escape(text)))
    assert Parsed(f"<p>{escape(text)}</p>").tags == ["p"]


def test_the_verdict_the_question_and_the_want_of_a_date_are_told_once(answer):
    whole = Parsed(show_conversation([answer], 0, "fr")).text + Parsed(show_panel(answer, 0, "fr")).text
    assert whole.count("Une seule source répond") == 1
    assert whole.count("sans date") == 1 + whole.count("sans date, <b>.html")
    assert '<p class="rc-for"' not in show_panel(answer, 0, "fr")


def test_an_article_opens_at_the_sentence_that_answers(answer):
    spans = re.findall(r'data-span="(\d+)&#45;(\d+)"', show_panel(answer, 0, "fr"))
    quote = answer.sources[0].passages[0].citation
    start, end = map(int, spans[0])
    assert quote.quote[start - quote.start : end - quote.start] == "On compte au moins 600 décès, selon le maire."


@pytest.mark.parametrize("text", ["10 000", "1 250 000 morts", "de 5 000 à 12 000 %", "12 345", "un 3 ou 4 000"])
def test_no_line_ends_within_a_number_which_stays_as_it_was_written(text):
    page = show_article(Document("a", "A b", text, "fr", None, ""), 0, 0, "fr")
    assert Parsed(page).text.endswith(text)
    outside = re.sub('<span class="rc-whole">.*?</span>', "", page)
    assert not re.search(r"\d \d{3}(?!\d)", outside)


@pytest.mark.parametrize(
    ("source", "title", "text", "name"),
    [
        ("a.txt", "La crue", "La crue\n\nElle monte.", "La crue"),
        ("La crue.txt", "La crue", "La crue\n\nElle monte.", "La crue"),
        ("crue.txt", "crue", "Crue\n\nElle monte.", "crue"),
        (
            "0_9b2a60.txt",
            "0_9b2a60",
            "# Le bilan de la crue s’alourdit encore\n\nDouze.",
            "Le bilan de la crue s’alourdit encore",
        ),
        (
            "0_9b2a60.txt",
            "0_9b2a60",
            "Essentiel\n- Douze morts.\n- Le fleuve monte encore.",
            "Essentiel · Douze morts. · Le fleuve monte encore.",
        ),
        ("0_9b2a60.txt", "0_9b2a60", "mot " * 40, "mot " * 16 + "mot…"),
    ],
)
def test_a_source_is_called_by_its_title_or_its_first_words(source, title, text, name):
    entry = Source.of(Document(source, title, text, "fr", None, ""))
    assert entry.name == name
    assert entry.titled == (name == title)
    page = Parsed(show_listing([entry], {source: 1}, 1, "fr")).text
    assert ("sans titre" in page) == (not entry.titled)


def test_nearest_passages_are_not_marked_as_answers(answer):
    nothing = dataclasses.replace(answer, found=False)
    page = show_panel(nothing, 0, "fr")
    assert "Rien dans ces sources ne répond à cette question" in Parsed(show_conversation([nothing], 0, "fr")).text
    assert "Les passages les plus proches, qui ne répondent pas" in Parsed(page).text
    assert not {"mark", "strong"} & set(Parsed(page).tags)


def test_a_quote_is_copied_with_its_citation(answer):
    copied = [html.unescape(text) for text in re.findall(r'data-copy="([^"]*)"', show_panel(answer, 0, "fr"))]
    assert copied[1] == "« Autre passage. » (L’Écho, Le bilan, 2024-05-01, a/un.pdf)"


def test_why_a_passage_was_found_is_told_by_its_ranks_and_its_words(answer):
    passage = answer.sources[0].passages[0]
    text = passage.hit.paragraph.text
    spans = [("deaths", "décès", 0.9), ("deaths", "600", 0.5), ("mayor", "maire", 0.8)]
    matches = tuple(Match(word, text.index(met), text.index(met) + len(met), score) for word, met, score in spans)
    hit = dataclasses.replace(passage.hit, ranks={"lexical": 3, "interaction": 1}, matches=matches)
    source = dataclasses.replace(answer.sources[0], passages=(dataclasses.replace(passage, hit=hit),))
    parsed = Parsed(show_panel(dataclasses.replace(answer, sources=(source,)), 0, "en"))
    assert "Shared wordsno. 3Meaningnot rankedWord by wordno. 1" in parsed.text
    assert "deaths → décèsmayor → maire" in parsed.text


def test_every_request_of_the_style_sheet_and_script_stays_here():
    for text in (read_style(), read_script()):
        assert not re.findall(r"https?:|//[a-z]|@import|url\(", re.sub(r"// .*", "", text))
