"""In a real browser: the tab of comparisons, its filters and files, and what its cards lead to."""

import csv
import io

import pytest
from driving import Visit
from served import served


@pytest.fixture(scope="module")
def server(seeds_index):
    with served(seeds_index) as address:
        yield address


@pytest.fixture
def one(browser, server):
    """Somebody on the tab of comparisons."""
    one = Visit(browser, server).open()
    one.tab("Comparisons")
    one.page.locator("#rc-matters .rc-card").first.wait_for()
    yield one
    one.close()


def test_a_card_leads_to_the_article_at_its_quote_and_to_a_question(one):
    card = one.page.locator("#rc-matters .rc-card").first
    assert "the sources differ" in card.inner_text()
    figure = card.locator("blockquote strong, blockquote b").first.inner_text()
    card.get_by_role("button", name="Show in the article").first.click()
    quoted = one.page.locator("dialog[open] #quoted")
    quoted.wait_for()
    assert figure in quoted.inner_text()
    one.page.keyboard.press("Escape")
    asked = card.locator("[data-fill]").get_attribute("data-fill")
    card.get_by_role("button", name="Ask about this").click()
    assert one.field.input_value() == asked
    assert one.field.is_visible()


def test_the_figures_of_a_card_are_drawn_and_can_be_read_aloud(one):
    picture = one.page.locator("#rc-matters .rc-card").first.locator("figure.rc-chart")
    assert picture.locator("svg[role=img]").count() == 1
    assert picture.locator("table").count() == 1
    assert one.violations() == []


def test_the_file_holds_what_is_shown(one):
    one.page.locator("#rc-matters .rc-menu summary").click()
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "recoupements.csv"
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
    assert {int(row["matter"]) for row in rows} == set(range(1, one.page.locator("#rc-matters .rc-card").count() + 1))
