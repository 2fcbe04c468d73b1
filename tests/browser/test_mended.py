"""In a real browser: what once was broken on the page, one test for each fault."""

import json
import re
import shutil

import pytest
from driving import PHONE, Visit
from playwright.sync_api import expect
from served import served

DEATHS = "how many soldiers died?"
MORTS = "combien de soldats sont morts ?"
NARROW = {"width": 320, "height": 640}
FLOOD = b"Floods in the valley\n\nTwelve houses were destroyed by the flood in Brookdale on Monday, the mayor said.\n"


@pytest.fixture(scope="module")
def server(seeds_index, marks, tmp_path_factory):
    index = tmp_path_factory.mktemp("mended") / "index"
    shutil.copytree(seeds_index, index)
    with served(index, "--candidates", marks, "--allow-uploads", "--max-upload", "100KB") as address:
        yield address


def upload(one, button, name, content):
    with one.page.expect_file_chooser() as chooser:
        one.page.get_by_role("button", name=button).click()
    chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": content})


def test_what_is_offered_under_a_filter_answers_under_it(visit):
    one = visit("?q=how+many+penguins+live+in+Lisbon%3F&sources=003_7ad734bb0bea6991.txt")
    one.page.get_by_text("Only some of the sources were asked").wait_for()
    offered = one.page.locator("#rc-ideas [data-ask]:not([data-everywhere])")
    if offered.count():  # all of them: test_what_is_offered_answers_under_the_filters_in_force
        offered.first.click()
        turn = one.page.locator(".rc-turn").nth(1)
        turn.wait_for()
        assert turn.locator(".rc-short li").count() > 0


def test_what_was_offered_after_the_last_answer_goes_with_it(visit):
    one = visit()
    one.ask(DEATHS)
    one.page.locator("#rc-ideas [data-ask]").first.wait_for()
    one.page.route(re.compile("/queue/join"), lambda route: (one.page.wait_for_timeout(700), route.continue_()))
    one.page.evaluate(
        "new MutationObserver(() => { if (document.querySelectorAll('.rc-turn').length === 2) "
        "window.left ??= document.querySelectorAll('#rc-ideas [data-ask]').length })"
        ".observe(document.body, {subtree: true, childList: true})"
    )
    one.ask("and how many were wounded?")
    assert one.page.evaluate("window.left") == 0


@pytest.mark.parametrize("size", [PHONE, NARROW])
def test_the_menu_of_exports_stays_on_the_screen(visit, size):
    one = visit(size=size)
    one.ask(DEATHS)
    one.page.locator(".rc-menu summary").click()
    box = one.page.locator(".rc-menu > div").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert one.page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_every_tab_stands_on_the_narrowest_screen(visit):
    one = visit(size=NARROW, locale="fr-FR")
    assert one.page.get_by_role("tab").all_inner_texts() == ["Questions", "Recoupements", "Corpus"]
    assert one.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    one.tab("Corpus")
    one.page.locator("#rc-shelf table").wait_for()


def test_where_the_server_is_away_that_is_said_and_nothing_is_undefined(visit):
    one = visit(locale="fr-FR")
    one.ask(MORTS)
    one.page.route(re.compile("/component_server"), lambda route: route.abort())
    one.page.locator(".rc-actions [data-article]").first.click()
    one.page.get_by_text("Cela n’a pas marché. Réessayez.", exact=True).wait_for()
    assert "undefined" not in one.page.locator("body").inner_text()
    assert one.page.locator("dialog[open]").count() == 0
    one.page.locator("[data-judge]").first.click()
    one.page.wait_for_timeout(300)
    assert one.page.locator("[data-judge][aria-pressed=true]").count() == 0
    one.complaints.clear()  # the browser complains of requests that fail


def test_a_silent_article_opens_at_its_top(visit):
    one = visit(size={"width": 1280, "height": 420})
    one.ask(DEATHS)
    one.page.locator(".rc-actions [data-article]").first.click()
    one.page.locator("dialog[open] #quoted").wait_for()
    one.page.evaluate("document.querySelector('dialog').scrollTop = 9999")
    assert one.page.evaluate("document.querySelector('dialog').scrollTop") > 0
    one.page.keyboard.press("Escape")
    one.page.locator("#rc-silent summary").first.click()
    one.page.locator("#rc-silent [data-span='0-0']").first.click()
    one.page.locator("dialog[open] h2").wait_for()
    assert one.page.evaluate("document.querySelector('dialog').scrollTop") == 0


def test_a_french_page_says_in_french_what_is_wrong(visit):
    one = visit(locale="fr-FR")
    one.field.fill("combien ? " * 150)
    one.field.press("Enter")
    one.page.locator("#rc-notice", has_text="1 000 caractères au plus").wait_for()
    one.tab("Corpus")
    status = one.page.locator("#rc-status")
    upload(one, "Ajouter des fichiers", "cassé.pdf", b"%PDF-1.7 broken")
    status.get_by_text("Rien n’a pu être lu. cassé.pdf : tronqué ou abîmé").wait_for()
    upload(one, "Ajouter des fichiers", "vide.txt", b"  ")
    status.get_by_text("vide.txt : vide").wait_for()
    upload(one, "Ajouter des fichiers", "grand.txt", b"x" * 200_000)
    one.page.get_by_text("Ce fichier est trop grand").wait_for()
    assert not re.search("exceed|maximum|Error", one.page.locator("body").inner_text())
    one.complaints.clear()


def test_no_line_ends_within_a_number(visit):
    one = visit(locale="fr-FR")
    one.ask(MORTS)
    split = """(...selectors) => {
      const cut = [];
      for (const root of document.querySelectorAll(selectors.join(","))) {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode()); )
          for (const found of node.data.matchAll(/\\d{1,3}(?: \\d{3})+/g)) {
            const range = document.createRange();
            range.setStart(node, found.index);
            range.setEnd(node, found.index + found[0].length);
            const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
            if (lines.size > 1) cut.push(found[0]);
          }
      }
      return cut;
    }"""
    one.page.locator("[data-article]").first.click()
    one.page.locator("dialog[open] h2").wait_for()
    for width in range(700, 1300, 40):
        one.page.set_viewport_size({"width": width, "height": 800})
        assert one.page.evaluate(f"({split})('.rc')") == []


def test_the_same_file_is_not_added_twice(visit):
    one = visit()
    one.tab("Corpus")
    one.page.locator("#rc-shelf table").wait_for()
    status = one.page.locator("#rc-status")
    upload(one, "Add files", "flood.txt", FLOOD)
    status.get_by_text("Added: flood.txt").wait_for()
    upload(one, "Add files", "flood.txt", FLOOD)
    status.get_by_text("flood.txt").and_(status.get_by_text("Added", exact=False)).wait_for(state="detached")
    status.get_by_text("Unchanged: flood.txt").wait_for()
    upload(one, "Add files", "again.txt", FLOOD)
    status.get_by_text("again.txt is the same as flood.txt").wait_for()
    upload(one, "Add files", "flood.txt", FLOOD + b"\nThe river fell on Tuesday.\n")
    status.get_by_text("Replaced: flood.txt").wait_for()
    assert one.page.locator("#rc-shelf [data-article='again.txt']").count() == 0
    one.page.once("dialog", lambda dialog: dialog.accept())
    one.page.locator('[data-remove="flood.txt"]').click()
    status.get_by_text("Removed: flood.txt").wait_for()


def test_filters_offer_what_was_added_since_the_server_was_started_described_by_its_table(visit):
    one = visit()
    one.tab("Corpus")
    one.page.locator("#rc-shelf table").wait_for()
    table = "source,outlet\ntide.txt,The Ledger\n003_7ad734bb0bea6991.txt,The Ledger\n"
    files = {"tide.txt": "Tides in the bay\n\nThe tide took nine boats on Tuesday.\n", "sources.csv": table}
    with one.page.expect_file_chooser() as chooser:
        one.page.get_by_role("button", name="Add files").click()
    chooser.value.set_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files.items()]
    )
    described = "Described by sources.csv: tide.txt (outlet), 003_7ad734bb0bea6991.txt (outlet)"
    one.page.locator("#rc-status", has_text=described).wait_for()
    one.page.locator("#rc-shelf tr", has_text="Tides in the bay").filter(has_text="The Ledger").wait_for()
    one.page.reload()
    one.page.wait_for_selector(".rc-welcome")
    one.page.get_by_role("button", name="Filters").click()
    field = one.page.get_by_label("Sources").first
    field.click()
    one.page.get_by_role("option", name="The Ledger · Tides in the bay · tide.txt").click()
    told = one.page.locator("#rc-filtered")
    expect(told).to_contain_text("1 of 6 sources are asked")
    field.fill("ledger")
    field.press("Enter")
    expect(told).to_contain_text("2 of 6 sources are asked")
    expect(told).to_contain_text("“ledger” stands in the title, outlet or file name of:")
    one.tab("Corpus")
    one.page.once("dialog", lambda dialog: dialog.accept())
    one.page.locator('[data-remove="tide.txt"]').click()
    one.page.locator("#rc-status", has_text="Removed: tide.txt").wait_for()


def test_who_asks_before_the_page_has_told_where_it_is_is_answered_in_its_language(browser, server):
    one = Visit(browser, server, locale="fr-FR")
    late = []
    one.page.route(
        "**/gradio_api/run/**",
        lambda route: late.append(route) if '\\"search\\"' in (route.request.post_data or "") else route.continue_(),
    )
    one.page.goto(server)
    one.field.fill(MORTS)
    one.field.press("Enter")
    expect(one.page.locator(".rc-turn")).to_contain_text("sources répondent")
    assert late
    expect(one.page.locator("#rc-panel")).to_contain_text("Copier le lien")
    expect(one.page.get_by_role("button", name="Nouvelle conversation")).to_be_visible()
    one.page.unroute_all()
    one.close()


def test_a_mark_is_still_there_after_a_reload_and_is_noted_once(visit, marks):
    one = visit()
    one.ask("how many soldiers were wounded?")
    pressed = one.page.locator("[data-judge][aria-pressed=true]")
    one.page.get_by_role("button", name="This passage answers").first.click()
    pressed.wait_for()
    one.page.reload()
    pressed.wait_for()
    assert pressed.get_attribute("aria-label") == "This passage answers"
    pressed.click()
    one.page.wait_for_timeout(500)
    noted = [json.loads(line) for line in marks.read_text(encoding="utf-8").splitlines()]
    assert [row["right"] for row in noted if row["question"] == "how many soldiers were wounded?"] == [True]


def test_who_asks_again_at_once_is_offered_what_follows_the_last_question(visit):
    one = visit()
    for question in (
        "how many soldiers died?",
        "how many soldiers were wounded?",
        "when did North Korea send soldiers?",
    ):
        one.ask(question)
    expect(one.page.locator('#rc-ideas [data-after="3"]')).to_be_visible()
