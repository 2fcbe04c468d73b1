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
    assert {"4 août", "13 août"} <= set(picture.locator("svg").first.locator("text").all_inner_texts())
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
