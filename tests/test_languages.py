"""What a source says in a language without tables is found and quoted, gives no figure, and that is said."""

import html

import pytest

from index import Corpus
from qa import Assistant
from ui.page import show_panel
from ui.reports.export import write_markdown
from ui.terminal.text import write_answer

GERMAN = """Brand in Altdorf

Das Feuer in Altdorf hat nach Angaben der Polizei in der Nacht zum Dienstag 12 Menschen das Leben gekostet.

Die Feuerwehr war mit vierzig Leuten im Einsatz, und die Straße zum Bahnhof blieb bis zum Morgen gesperrt.
"""
FRENCH = """Incendie à Altdorf

L’incendie d’Altdorf a fait 14 morts dans la nuit de lundi à mardi, selon le maire de la commune.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    (folder / "articles").mkdir()
    (folder / "articles/brand.txt").write_text(GERMAN, encoding="utf-8")
    (folder / "articles/incendie.txt").write_text(FRENCH, encoding="utf-8")
    return Assistant(Corpus.build(folder / "articles", folder / "index"))


def test_the_index_says_which_languages_give_no_facts(assistant):
    assert assistant.corpus.info()["without_facts"] == {"de": 2}
    ids = [hit.paragraph.id for hit in assistant.corpus.search("Feuer Altdorf") if hit.paragraph.language == "de"]
    assert [contents.facts for contents in assistant.corpus.contents(ids)] == [()] * len(ids)


def test_the_answer_names_the_source_that_was_read_without_facts(assistant):
    answer = assistant.ask("combien de morts dans l’incendie d’Altdorf ?")
    assert [(s.source, s.claim and s.claim.text) for s in answer.sources] == [("incendie.txt", "14")]
    assert answer.without_facts == ("brand.txt",)
    line = "Lues sans chiffres, dates ni noms, ce qui ne se fait qu’en français et en anglais : brand.txt"
    assert line in " ".join(write_answer(answer).split())
    assert html.unescape(show_panel(answer, 0, "fr")).split("Lues sans chiffres")[1].split("<")[0].endswith("brand.txt")
    assert "Lues sans chiffres" in write_markdown([answer])


def test_a_question_that_asks_for_no_figure_is_not_told_of_figures(assistant):
    assert assistant.ask("pourquoi l’incendie d’Altdorf a-t-il éclaté ?").without_facts == ()
