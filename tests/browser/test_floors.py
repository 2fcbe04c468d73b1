"""In a real browser: what holds in every state of the page: its weight, nothing that axe-core finds, no complaint."""

import pytest
from driving import PHONE, ROOT, Visit
from served import served

from index.corpus import Corpus

HEAVIEST = 450_000
"""Bytes that come over the wire for the first page of a browser that knows nothing of it."""

ASKED = {
    "en": ("how many people died?", "How many people has cholera killed in Sakoumbé?", "how many penguins in Lisbon?"),
    "fr": ("combien de morts ?", "Combien de morts le choléra a-t-il faits à Sakoumbé ?", "combien de pingouins ?"),
}
"""A question that several events answer, one that sources differ on, and one that nothing answers."""

WORDS = {
    "en": ("Show in the article", "Filters", "Comparisons", "Paste an article"),
    "fr": ("Voir dans l’article", "Filtres", "Recoupements", "Coller un article"),
}

LOOKS = {
    "English, light": ("en", {}),
    "French, dark": ("fr", {"color_scheme": "dark"}),
    "French, on a phone": ("fr", {"size": PHONE}),
    "English, on a small phone, dark": ("en", {"size": {"width": 320, "height": 640}, "color_scheme": "dark"}),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    index = tmp_path_factory.mktemp("floors") / "index"
    Corpus.build(ROOT / "tests" / "data" / "news", index)
    with served(index, "--allow-uploads", "--candidates", index.with_name("marks.jsonl")) as address:
        yield address


def states(one, language):
    """Go through the states of the page, and yield the name of each when it is there."""
    page, (article, filters, compare, paste), (several, toll, nothing) = one.page, WORDS[language], ASKED[language]
    offered = page.locator("#rc-ideas [data-ask]").first
    offered.wait_for()
    yield "empty"
    one.ask(several)
    page.locator(".rc-turn .rc-several").wait_for()
    offered.wait_for()
    yield "events"
    one.ask(toll)
    page.locator(".rc-why summary").first.click()
    page.locator("#rc-silent > summary").click()
    page.locator(".rc-nearest summary").first.click()
    page.locator(".rc-menu summary").click()
    yield "answer"
    page.keyboard.press("Escape")
    page.get_by_role("button", name=article).first.click()
    page.locator("dialog[open] #quoted").wait_for()
    yield "article"
    page.keyboard.press("Escape")
    page.locator("[data-begin]").click()
    page.wait_for_selector(".rc-welcome")
    one.ask(nothing)
    page.locator(".rc-turn .rc-none").wait_for()
    yield "refused"
    page.get_by_role("button", name=filters).click()
    page.locator(".rc-day input[type=date]").first.wait_for()
    yield "filters"
    one.tab("Corpus")
    page.locator("#rc-shelf table").wait_for()
    page.get_by_role("button", name=paste).click()
    page.locator("[data-pick]").first.check()
    page.locator("#rc-form").wait_for()
    yield "corpus"
    one.tab(compare)
    page.locator("#rc-matters .rc-card").first.wait_for()
    yield "comparisons"


@pytest.mark.parametrize("look", LOOKS)
def test_in_no_state_does_axe_find_anything_nor_the_browser_complain(visit, look):
    language, options = LOOKS[look]
    one = visit(locale=language, **options)
    found = {name: one.violations() for name in states(one, language)}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert len(found) == 8


def test_the_first_page_weighs_less_than_its_floor(browser, server):
    one = Visit(browser, server)
    wire = one.context.new_cdp_session(one.page)
    wire.send("Network.enable")
    weights = []
    wire.on("Network.loadingFinished", lambda loaded: weights.append(loaded["encodedDataLength"]))
    one.open()
    one.page.locator("#rc-ideas [data-ask]").first.wait_for()
    one.page.wait_for_timeout(500)
    one.close()
    assert len(weights) > 3
    assert sum(weights) < HEAVIEST
