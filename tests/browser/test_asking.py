"""In a real browser: asking, reading, following up, keeping and sharing, by mouse and by keyboard, wide and narrow."""

import json
import re
from pathlib import Path

import pytest
from driving import PHONE
from served import served

DEATHS = "how many soldiers died?"
MORTS = "combien de soldats sont morts ?"


@pytest.fixture(scope="module")
def server(seeds_index, marks):
    with served(seeds_index, "--candidates", marks) as address:
        yield address


@pytest.mark.parametrize(
    ("locale", "question", "verdict", "article", "sure"),
    [
        ("en-US", DEATHS, "The sources differ", "Show in the article", {"des centaines"}),
        ("fr-FR", MORTS, "Les sources divergent", "Voir dans l’article", {"300", "des centaines"}),
    ],
)
def test_a_question_is_answered_source_by_source(visit, locale, question, verdict, article, sure):
    one = visit(locale=locale)
    turn = one.ask(question)
    assert verdict in turn.inner_text()
    cards = one.page.locator(".rc-card")
    assert turn.locator(".rc-short li").count() == cards.count() == 4
    claims = []
    for card in cards.all():  # large where it is sure
        for claim in card.locator(".rc-claim").all():
            claims.append(claim.inner_text())
            assert card.locator("mark strong").first.inner_text() == claims[-1]
    assert set(claims) == sure
    assert article in one.page.locator(".rc-card button").first.inner_text()
    assert one.page.locator("html").get_attribute("lang") == locale[:2]
    assert one.page.locator(".rc-fold li").all_inner_texts() != []


def test_the_claims_are_drawn_and_read_out(visit):
    one = visit()
    one.ask(DEATHS)
    chart = one.page.locator("#rc-panel svg:not([aria-hidden])").first
    assert chart.is_visible()
    table = one.page.locator("#rc-panel table").first
    assert "300" in table.inner_text()


def test_a_citation_selects_its_passage(visit):
    one = visit()
    turn = one.ask(DEATHS)
    turn.get_by_role("link", name=re.compile("^Citation 3:")).click()
    passage = one.page.locator("#c0-3")
    assert passage.evaluate("node => document.activeElement === node")
    assert passage.is_visible()
    one.ask("and how many were wounded?")
    one.page.wait_for_selector("#c1-1")
    turn.get_by_role("link", name=re.compile("^Citation 2:")).click()  # of the answer before: the panel goes back to it
    one.page.wait_for_selector("#c0-2:focus")
    assert turn.get_attribute("aria-current") == "true"


def test_the_article_opens_at_the_quote(visit):
    one = visit()
    one.ask(DEATHS)
    quote = "".join(one.page.locator("blockquote").nth(2).locator("mark").all_inner_texts())
    opener = one.page.get_by_role("button", name="Show in the article").nth(2)
    opener.click()
    quoted = one.page.locator("dialog[open] #quoted")
    quoted.wait_for()
    assert quoted.inner_text() == quote
    box, view = quoted.bounding_box(), one.page.locator("dialog").bounding_box()
    assert view["y"] <= box["y"] <= view["y"] + view["height"]
    assert quoted.evaluate("node => document.activeElement === node")
    one.page.keyboard.press("Escape")
    assert one.page.locator("dialog[open]").count() == 0
    assert opener.evaluate("node => document.activeElement === node")


def test_a_follow_up_says_how_it_was_understood(visit):
    one = visit()
    one.ask(DEATHS)
    turn = one.ask("and how many were wounded?")
    assert "Understood as: how many soldiers were wounded?" in turn.inner_text()
    assert one.page.locator(".rc-for").inner_text() == "how many soldiers were wounded?"


def test_what_is_offered_next_is_asked_by_a_click(visit):
    one = visit()
    one.ask(DEATHS)
    idea = one.page.locator("#rc-ideas [data-ask]").first
    idea.wait_for()
    offered = idea.inner_text()
    idea.click()
    second = one.page.locator(".rc-turn").nth(1)
    second.wait_for()
    assert second.locator("h2").inner_text() == offered
    assert second.locator(".rc-short li").count() > 0


def test_nothing_found_helps_on(visit):
    one = visit()
    turn = one.ask("how many penguins live in Lisbon?")
    assert "Nothing in these sources answers this question." in turn.inner_text()
    one.page.locator("#rc-ideas [data-ask]").first.wait_for()
    assert one.page.locator("#rc-panel mark").count() == 0
    assert one.page.get_by_text("The nearest passages, which do not answer").is_visible()


def test_filters_restrict_the_answer(visit):
    one = visit()
    one.page.get_by_role("button", name="Filters").click()
    one.page.get_by_label("Published from").fill("2024-01-01")
    one.ask("when will the troops take part in the conflict?")
    panel = one.page.locator("#rc-panel")
    assert "Filters: published from 1 January 2024" in panel.inner_text()
    assert "since=2024-01-01" in one.page.url
    assert {place.inner_text().split()[-1] for place in one.page.locator(".rc-place").all()} <= {
        "003_7ad734bb0bea6991.txt"
    }


def test_a_link_reopens_its_question(visit):
    first = visit()
    first.ask(DEATHS)
    first.ask("and how many were wounded?")
    link = first.page.url
    assert link.endswith("?q=how+many+soldiers+were+wounded%3F")
    other = visit(link.removeprefix(first.address))
    assert other.page.locator(".rc-turn h2").all_inner_texts() == ["how many soldiers were wounded?"]
    assert other.page.locator(".rc-claim").all_inner_texts() == first.page.locator(".rc-claim").all_inner_texts()


def test_a_link_reopens_two_questions_that_are_read_side_by_side(visit):
    first = visit()
    first.ask(DEATHS)
    turn = first.ask("how many of them were wounded?")
    assert f"Understood as: “how many of them were wounded?”, after “{DEATHS}”" in turn.inner_text()
    other = visit(first.page.url.removeprefix(first.address))
    assert other.page.locator(".rc-turn h2").all_inner_texts() == [f"how many of them were wounded? (after: {DEATHS})"]
    lines = [one.page.locator(".rc-turn").last.locator(".rc-short li").all_inner_texts() for one in (first, other)]
    assert lines[0] == lines[1] != []


def test_the_conversation_survives_a_reload_and_ends_when_told(visit):
    one = visit()
    one.ask(DEATHS)
    one.ask("and how many were wounded?")
    before = one.page.locator(".rc-turn").all_inner_texts()
    one.page.reload()
    one.page.locator(".rc-turn").nth(1).wait_for()
    assert one.page.locator(".rc-turn").all_inner_texts() == before
    one.page.get_by_role("button", name="New conversation").click()
    one.page.wait_for_selector(".rc-welcome")
    assert one.page.url == one.address
    one.page.reload()
    one.page.wait_for_selector(".rc-welcome")
    assert one.page.locator(".rc-turn").count() == 0


def test_conversations_are_apart(visit):
    one, other = visit(), visit()
    one.ask(DEATHS)
    assert other.page.locator(".rc-turn").count() == 0
    assert "and how many" in other.ask("and how many were wounded?").inner_text()
    assert other.page.locator(".rc-turn").count() == 1


@pytest.mark.parametrize(
    ("form", "suffix", "holds"),
    [("Markdown", "md", "600"), ("JSON", "json", "600"), ("CSV", "csv", "600"), ("BibTeX", "bib", "@")],
)
def test_an_answer_is_exported(visit, form, suffix, holds):
    one = visit(accept_downloads=True)
    one.ask(DEATHS)
    one.page.locator(".rc-menu summary").click()
    with one.page.expect_download() as download:
        one.page.get_by_role("group", name="This answer").get_by_role("button", name=form).click()
    assert download.value.suggested_filename == f"recoupe.{suffix}"
    assert holds in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_quote_is_copied_with_its_citation(visit):
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    one.ask(DEATHS)
    quote = one.page.locator("blockquote").first.inner_text()
    one.page.get_by_role("button", name="Copy with citation").first.click()
    one.page.get_by_role("button", name="Copied").wait_for()
    assert one.page.evaluate("navigator.clipboard.readText()").startswith(f"“{quote}” (")


def test_a_thumb_is_noted_in_the_file_of_candidates(visit, marks):
    one = visit()
    one.ask(DEATHS)
    thumb = one.page.get_by_role("button", name="This passage does not answer").first
    thumb.click()
    one.page.wait_for_selector("[data-judge][aria-pressed=true]")
    noted = json.loads(marks.read_text(encoding="utf-8").splitlines()[-1])
    assert (noted["question"], noted["right"]) == (DEATHS, False)
    assert noted["quote"] == one.page.locator("blockquote").first.inner_text()


def test_the_language_is_switched_and_remembered(visit):
    one = visit()
    one.ask(DEATHS)
    one.page.get_by_role("button", name="Français").click()
    one.page.get_by_role("button", name="Demander").wait_for()
    assert one.page.locator("html").get_attribute("lang") == "fr"
    assert one.field.get_attribute("placeholder") == "En français ou en anglais"
    assert one.page.get_by_role("button", name="Voir dans l’article").first.is_visible()
    one.page.reload()
    one.page.get_by_role("button", name="Demander").wait_for()
    assert one.page.get_by_role("button", name="Filtres").is_visible()
    one.tab("Corpus")
    one.page.get_by_text("sources affichées : 5 sur 5").wait_for()


def test_by_keyboard_alone(visit):
    one = visit()
    one.field.focus()
    one.page.keyboard.type(DEATHS)
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector(".rc-card")
    one.page.get_by_role("button", name="Français").focus()
    reached = ["Français"]
    for _ in range(60):
        one.page.keyboard.press("Tab")
        name, ring = one.page.evaluate(
            "[document.activeElement.textContent.trim(), getComputedStyle(document.activeElement).outlineStyle]"
        )
        reached.append(name)
        assert ring != "none" or name == "", f"{name!r} has the focus and does not show it"
        if name == "Show in the article":
            break
    wanted = ["Français", "English", "Questions", "New conversation", "1", "Ask", "Copy link", "Show in the article"]
    assert [name for name in dict.fromkeys(reached) if name in wanted] == wanted  # the order in which they stand
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector("dialog[open] #quoted")
    one.page.keyboard.press("Escape")
    one.page.wait_for_selector("dialog:not([open])", state="attached")


def test_on_a_phone_nothing_is_wider_than_the_screen(visit):
    one = visit(size=PHONE, locale="fr-FR")
    one.ask(MORTS)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    one.page.locator(".rc-cite").first.click()
    one.page.wait_for_function("document.activeElement.id === 'c0-1'")
    assert one.page.locator("#c0-1").is_visible()
    one.tab("Corpus")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_reader_who_wants_no_motion_sees_none(visit):
    one = visit(reduced_motion="reduce")
    one.ask(DEATHS)
    moving = (
        "[...document.querySelectorAll('.rc *')].filter(n => parseFloat(getComputedStyle(n).transitionDuration) > 0)"
    )
    assert one.page.evaluate(f"{moving}.length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit, scheme):
    one = visit(color_scheme=scheme)
    assert one.violations() == []
    one.ask(DEATHS)
    one.page.locator("#rc-ideas [data-ask]").first.wait_for()
    one.page.locator(".rc-why summary").first.click()
    one.page.locator(".rc-menu summary").click()
    assert one.violations() == []
    one.page.keyboard.press("Escape")
    one.page.get_by_role("button", name="Show in the article").first.click()
    one.page.wait_for_selector("dialog[open]")
    assert one.violations() == []
    one.page.keyboard.press("Escape")
    one.page.get_by_role("button", name="Filters").click()
    one.ask("how many penguins live in Lisbon?")
    assert one.violations() == []
    one.tab("Corpus")
    one.page.locator("#rc-shelf table").wait_for()
    assert one.violations() == []
