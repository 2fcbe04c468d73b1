"""In a real browser: what an editor decides with: time, what is silent and why, what is sure, one event at a time."""

import re

import pytest
from driving import ROOT
from playwright.sync_api import expect
from served import served

from index.corpus import Corpus

TOLL = "Combien de morts le choléra a-t-il faits à Sakoumbé ?"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    index = tmp_path_factory.mktemp("decided") / "index"
    Corpus.build(ROOT / "tests" / "data" / "news", index)
    with served(index) as address:
        yield address


def days(one, selector):
    """The days of publication of what is listed, in its order."""
    return one.page.locator(f"{selector}[data-rank]").evaluate_all("nodes => nodes.map(node => node.dataset.day)")


def test_a_toll_that_grows_is_told_and_drawn_in_time_and_ordered_by_date_at_one_click(visit):
    one = visit(locale="fr-FR")
    turn = one.ask(TOLL)
    assert re.search("Le bilan évolue : 43 .4 août., 61 .11–12 août", turn.locator(".rc-verdict").inner_text())
    picture = one.page.locator("#rc-panel .rc-chart")
    assert "dans le temps" in picture.locator("title").first.text_content()
    assert {"4 août", "43", "61"} <= set(picture.locator("svg").first.locator("text").all_text_contents())
    best_first = days(one, ".rc-short li")
    assert best_first != sorted(best_first)
    order = turn.get_by_role("button", name="Par date")
    order.click()
    expect(order).to_have_attribute("aria-pressed", "true")
    assert order.evaluate("node => document.activeElement === node")
    assert days(one, ".rc-short li") == days(one, ".rc-card") == sorted(best_first)
    one.page.reload()
    one.page.locator(".rc-short li").first.wait_for()
    assert days(one, ".rc-short li") == sorted(best_first)
    turn.get_by_role("button", name="Par date").click()
    assert days(one, ".rc-short li") == best_first
    one.page.locator("#rc-panel .rc-leads").first.click()
    one.page.wait_for_function("/^c0-/.test(document.activeElement.id)")
    assert one.violations() == []


def test_a_silent_source_says_why_and_shows_its_nearest_sentence_on_demand(visit):
    one = visit(locale="fr-FR")
    turn = one.ask(TOLL)
    fold = one.page.locator("#rc-silent")
    turn.get_by_role("button", name=re.compile("sources ne répondent pas")).click()
    expect(fold).to_have_attribute("open", "")
    expect(fold.locator("summary").first).to_be_focused()
    line = fold.locator("li", has=one.page.locator('[data-article="n24.txt"]').first)
    assert line.locator(".rc-reason").inner_text() == "ne nomme pas ce que nomme la question"
    sentence = line.locator("blockquote")
    expect(sentence).to_be_hidden()
    line.get_by_text("Phrase la plus proche").click()
    expect(sentence).to_be_visible()
    said = sentence.inner_text()
    line.get_by_role("button", name="Voir dans l’article").click()
    quoted = one.page.locator("dialog[open] #quoted")
    quoted.wait_for()
    assert quoted.inner_text() == said
    one.page.keyboard.press("Escape")
    far = fold.locator("li", has_text="rien de proche de la question").first
    assert far.locator("details").count() == 0
    far.locator("[data-article]").click()
    one.page.locator("dialog[open] h2").wait_for()
    assert one.page.evaluate("document.querySelector('dialog').scrollTop") == 0
    one.page.keyboard.press("Escape")
    assert one.violations() == []


def test_what_was_not_read_is_said_where_the_sources_stand(visit):
    one = visit(locale="fr-FR")
    one.ask(TOLL)
    told = one.page.locator("#rc-panel details", has_text=re.compile("^Ce qui a été lu")).first
    found = re.search(r"(\d+) passages sur (\d+) trouvés", told.locator("summary").inner_text())
    assert int(found[1]) < int(found[2])
    told.locator("summary").click()
    expect(told).to_contain_text("4 par source au plus")


def test_a_source_that_a_filter_leaves_out_is_named_with_that_reason(visit):
    one = visit("?q=how+many+people+has+cholera+killed+in+Sakoumb%C3%A9%3F&language=en")
    fold = one.page.locator("#rc-silent")
    fold.locator("summary").first.click()
    expect(fold.locator("li", has=one.page.locator('[data-article="n25.txt"]'))).to_contain_text(
        "left out by the filter"
    )


def test_a_question_that_several_events_answer_is_split_and_each_is_asked_about_by_a_click(visit):
    one = visit(locale="fr-FR")
    turn = one.ask("combien de morts ?")
    names = [name.partition(" (")[0] for name in turn.locator(".rc-event").all_inner_texts()]
    assert sorted(names) == ["Halbrun", "Ostrelle", "Sakoumbé"]
    assert turn.locator(".rc-several").inner_text().startswith("Plusieurs événements répondent")
    assert turn.locator("ul.rc-short").count() == one.page.locator("#rc-panel .rc-cards").count() == 3
    chip = one.page.locator("#rc-ideas").get_by_role("button", name="combien de morts (Ostrelle) ?")
    chip.click()
    second = one.page.locator(".rc-turn").nth(1)
    second.wait_for()
    assert second.locator(".rc-event").count() == 0
    assert "17" in second.locator(".rc-verdict").inner_text()
