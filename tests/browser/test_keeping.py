"""In a real browser: adding articles, asking about them, taking them out again; and articles that mean harm."""

import re
import shutil

import pytest
from driving import Visit
from playwright.sync_api import expect
from served import served

from index.corpus import Corpus

FLOOD = "Floods in the valley\n\nTwelve houses were destroyed by the flood in Brookdale on Monday, the mayor said.\n"
HOUSES = "how many houses were destroyed by the flood?"

HARM = (
    "<script>pwned=1</script><img src=x onerror=pwned=1><svg onload=pwned=1></svg>"
    "<a href='javascript:pwned=1'>x</a>{{constructor.constructor('pwned=1')()}}${pwned=1}"
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>\u202e![x](javascript:pwned=1)"
    "$$\\href{javascript:pwned=1}{x}$$"
)


@pytest.fixture(scope="module")
def server(seeds_index, tmp_path_factory):
    index = tmp_path_factory.mktemp("kept") / "index"
    shutil.copytree(seeds_index, index)
    with served(index, "--allow-uploads") as address:
        yield address


@pytest.fixture
def one(browser, server):
    """Somebody on the tab of the corpus."""
    one = Visit(browser, server).open()
    one.tab("Corpus")
    one.page.locator("#rc-shelf table").wait_for()
    yield one
    one.close()


def upload(one, name, content):
    """Add a file, and return what is told of it."""
    with one.page.expect_file_chooser() as chooser:
        one.page.get_by_role("button", name="Add files").click()
    chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": content})
    status = one.page.locator("#rc-status [role=status]", has_text=name)
    status.wait_for()
    return status.inner_text()


def remove(one, source):
    """Take a source out, saying yes when asked, and return what was asked."""
    asked = []
    one.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    one.page.locator(f'[data-remove="{source}"]').click()
    one.page.locator("#rc-status", has_text=f"Removed: {source}").wait_for()
    return asked


def sources(one):
    """Return the sources that the list names."""
    return one.page.locator("#rc-shelf [data-article]").evaluate_all("nodes => nodes.map(n => n.dataset.article)")


def test_an_uploaded_article_is_answered_from_until_it_is_removed(one):
    assert upload(one, "flood.txt", FLOOD.encode()) == "Added: flood.txt"
    one.page.locator("caption", has_text="6 of 6 sources shown").wait_for()
    one.tab("Questions")
    turn = one.ask(HOUSES)
    assert "Twelve" in turn.inner_text()
    assert one.page.locator(".rc-place").first.inner_text() == "1 flood.txt"
    one.tab("Corpus")
    assert remove(one, "flood.txt") == ["Take “Floods in the valley” out of the corpus?"]
    one.page.locator("caption", has_text="5 of 5 sources shown").wait_for()
    one.tab("Questions")
    turn.get_by_text("Nothing in these sources answers this question.").wait_for()


def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(one):
    before = sources(one)
    assert "nothing could be read" in upload(one, "broken.pdf", b"%PDF-1.7 broken")
    assert sources(one) == before


def test_a_pasted_article_gets_a_name_of_its_own(one):
    one.page.get_by_role("button", name="Paste an article").click()
    for number in ("", "-2"):
        paste = one.page.locator("#rc-paste")
        paste.get_by_label("Title").fill("Storm in Eastport")
        paste.get_by_label("Text", exact=True).fill(f"A storm killed 17{number} people in Eastport on Tuesday.")
        paste.get_by_role("button", name="Add this text").click()
        one.page.locator("#rc-status", has_text=f"Added: storm-in-eastport{number}.txt").wait_for()
    one.page.locator('[data-remove="storm-in-eastport-2.txt"]').wait_for()
    for number in ("", "-2"):
        remove(one, f"storm-in-eastport{number}.txt")


def test_the_list_is_searched_and_opens_articles(one):
    title = one.page.locator("#rc-shelf [data-article]").nth(2).inner_text()
    word = max(title.split(), key=len)
    one.page.locator("#rc-search").locator("input, textarea").fill(word.upper())
    one.page.locator("caption", has_text=re.compile("^[1-4] of 5 sources shown")).wait_for()
    found = one.page.locator("#rc-shelf [data-article]")
    assert title in found.all_inner_texts()
    found.first.click()
    one.page.locator("dialog[open] h2").wait_for()
    assert one.page.locator("dialog h2").inner_text() == found.first.inner_text()


def test_sources_are_described_in_the_list_one_or_several_at_once(one):
    page, form = one.page, one.page.locator("#rc-form")
    for number in (1, 2):
        upload(one, f"note{number}.txt", f"Flood notes {number}\n\nThe flood destroyed {number}2 houses.\n".encode())
    expect(form).to_be_hidden()
    page.locator('[data-pick="note1.txt"]').check()
    expect(form).to_be_visible()
    form.get_by_label("Title").fill("The night of the flood")
    form.get_by_label("Published").fill("2024-05-02")
    form.get_by_role("button", name="Save").click()
    page.locator("#rc-status", has_text="1 source described.").wait_for()
    row = page.locator("tr", has=page.locator('[data-pick="note1.txt"]'))
    expect(row).to_contain_text("The night of the flood")
    expect(row).to_contain_text("2 May 2024")
    ticked = page.locator("[data-pick]:checked")
    expect(ticked).to_have_count(0)  # and the form is gone with them
    expect(form).to_be_hidden()
    for number in (1, 2):
        page.locator(f'[data-pick="note{number}.txt"]').check()
    expect(form.get_by_label("Title")).to_be_disabled()
    expect(form.get_by_label("Title")).to_have_attribute("placeholder", "a title is one article’s own")
    form.get_by_label("Outlet").fill("The Ledger")
    form.get_by_role("button", name="Save").click()
    page.locator("#rc-status", has_text="2 sources described.").wait_for()
    expect(row).to_contain_text("The Ledger")
    for number in (1, 2):  # what they share is in the form, what differs is not
        page.locator(f'[data-pick="note{number}.txt"]').check()
    expect(form.get_by_label("Outlet")).to_have_value("The Ledger")
    expect(form.get_by_label("Language")).to_have_value("en")
    expect(form.get_by_label("Published")).to_have_value("")
    expect(form.get_by_label("Published")).to_have_attribute("title", "differs from one to another")
    for number in (1, 2):
        page.locator(f'[data-pick="note{number}.txt"]').uncheck()
    expect(form).to_be_hidden()
    expect(row).to_contain_text("2 May 2024")  # what was left empty is as it was
    page.get_by_role("button", name=re.compile("^\\d+ no date")).click()
    page.locator("caption", has_text=re.compile("^[1-6] of 7")).wait_for()
    assert "note2.txt" in sources(one)
    assert "note1.txt" not in sources(one)
    page.locator("#rc-search").locator("input, textarea").fill("note")
    page.locator("caption", has_text="2 of 7").wait_for()
    head = page.locator(".rc-col-date[aria-sort]")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert sources(one) == ["note1.txt", "note2.txt"]  # what has no date stands last
    assert one.violations() == []
    page.locator('[data-pick="note2.txt"]').check()
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    page.locator("#rc-search").locator("input, textarea").fill("")
    page.locator("caption", has_text="7 of 7").wait_for()
    assert ticked.evaluate_all("boxes => boxes.map(box => box.dataset.pick)") == ["note2.txt"]  # wherever it stands now
    page.locator("#rc-search").locator("input, textarea").fill("note1")
    page.locator("caption", has_text="1 of 7").wait_for()
    expect(form).to_be_hidden()  # what is not listed any more is not picked
    page.locator("#rc-search").locator("input, textarea").fill("")
    page.locator("caption", has_text="7 of 7").wait_for()
    page.get_by_label("Pick the 7 sources shown").check()
    expect(ticked).to_have_count(7)
    expect(form).to_contain_text("7 sources picked")
    page.get_by_label("Pick the 7 sources shown").uncheck()
    expect(form).to_be_hidden()
    for number in (1, 2):
        remove(one, f"note{number}.txt")


def test_everything_is_indexed_anew_and_answers_as_before(one):
    one.tab("Questions")
    before = one.ask("how many soldiers died?").inner_text()
    one.tab("Corpus")
    assert one.page.get_by_role("button", name="Cancel").is_hidden()
    one.page.get_by_role("button", name="Re-index").click()
    one.page.locator("#rc-status", has_text="5 articles indexed anew.").wait_for()
    one.tab("Questions")
    assert one.page.locator(".rc-turn").inner_text() == before


def test_a_change_that_is_cancelled_changes_nothing(one):
    before = sources(one)
    long = "\n\n".join(
        f"On day {day} the town of Brookdale counted {day + 3} boats in its harbour." * 4 for day in range(3000)
    )
    with one.page.expect_file_chooser() as chooser:
        one.page.get_by_role("button", name="Add files").click()
    chooser.value.set_files({"name": "boats.txt", "mimeType": "text/plain", "buffer": long.encode()})
    one.page.get_by_role("button", name="Cancel").click()
    one.page.locator("#rc-status", has_text="Cancelled. The corpus is as it was before.").wait_for()
    assert sources(one) == before


def test_axe_finds_nothing_serious_where_the_corpus_is_changed(one):
    one.page.get_by_role("button", name="Paste an article").click()
    assert one.violations() == []


def test_a_hostile_article_is_shown_and_does_nothing(browser, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    name = "<img src=x onerror=pwned=1>.txt"
    (folder / name).write_text(f"{HARM}\n\nThe flood destroyed 12 houses {HARM} in Brookdale.\n", encoding="utf-8")
    (folder / "sources.csv").write_text(
        f'file,title,outlet,url\n"{name}","{HARM}","{HARM}",javascript:pwned=1\n', encoding="utf-8"
    )
    Corpus.build(folder, tmp_path / "index")
    with served(tmp_path / "index", "--allow-uploads") as address:
        one = Visit(browser, address)
        dialogs = []
        one.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        one.open(f"?q={HARM}")
        turn = one.ask("how many houses did the flood destroy?")
        assert "12" in turn.inner_text()
        shown = one.page.locator("blockquote").first.inner_text()
        assert "<script>pwned=1</script>" in shown
        assert "\u202e" not in shown
        one.page.locator(".rc-why summary").first.click()
        one.page.locator("[data-copy]").first.click()
        one.page.locator("#rc-panel [data-article]").first.click()
        one.page.locator("dialog[open] #quoted").wait_for()
        assert one.page.locator("dialog a").count() == 0
        one.page.keyboard.press("Escape")
        one.tab("Corpus")
        one.page.locator("#rc-shelf").get_by_text("onerror").first.wait_for()
        one.page.locator("[data-remove]").click()  # what is asked before removing names the article, and is declined
        made = ".rc, .rc-dialog, #rc-header"
        assert one.page.evaluate(f"document.querySelectorAll('{made}').length") > 3
        for tag in ("script", "img", "iframe", "svg[onload]", "[onerror]", "a[href^=javascript]"):
            assert (
                one.page.evaluate(
                    f"[...document.querySelectorAll('{made}')].flatMap(n => [...n.querySelectorAll('{tag}')]).length"
                )
                == 0
            )
        assert one.page.evaluate("typeof pwned") == "undefined"
        assert len(dialogs) == 1
        one.close()
