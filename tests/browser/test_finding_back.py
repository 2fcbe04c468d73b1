"""In a real browser: back and forward, the name of the tab, the way to the field, undo, the way back on a phone."""

import pytest
from driving import PHONE
from playwright.sync_api import expect
from served import served

DEATHS = "how many soldiers died?"
WOUNDED = "and how many were wounded?"
DESK = {"width": 1280, "height": 720}


@pytest.fixture(scope="module")
def server(seeds_index):
    with served(seeds_index) as address:
        yield address


def test_back_and_forward_go_through_answers_and_the_tab_has_their_names(visit):
    one = visit()
    page, turns = one.page, one.page.locator(".rc-turn")
    assert page.title() == "Recoupe"
    one.ask(DEATHS)
    expect(page).to_have_title("how many soldiers died? · Recoupe")
    one.ask(WOUNDED)
    expect(page).to_have_title("how many soldiers were wounded? · Recoupe")
    page.go_back()
    expect(page).to_have_title("how many soldiers died? · Recoupe")
    expect(turns.nth(0)).to_have_attribute("aria-current", "true")
    assert turns.count() == 2
    assert "died" in page.url
    page.go_forward()
    expect(turns.nth(1)).to_have_attribute("aria-current", "true")
    page.go_back()
    page.go_back()
    page.wait_for_selector(".rc-welcome")
    expect(page).to_have_title("Recoupe")
    page.go_forward()
    expect(page).to_have_title("how many soldiers died? · Recoupe")


def test_whoever_goes_back_twice_is_not_called_back_by_a_reply_that_was_late(visit):
    one = visit()
    page = one.page
    one.ask(DEATHS)
    one.ask(WOUNDED)
    expect(page).to_have_title("how many soldiers were wounded? · Recoupe")
    late = []

    def hold(route):
        if late or '"event_data":{"whole":' not in (route.request.post_data or ""):
            route.continue_()
        else:
            late.append(route)

    page.route("**/gradio_api/**", hold)
    page.evaluate("history.back()")
    page.wait_for_function("history.state.turn === 0")
    page.evaluate("history.back()")
    page.wait_for_function("history.state.turn === -1")
    page.wait_for_timeout(300)
    assert len(late) == 1
    with page.expect_response(lambda response: response.request == late[0].request):
        late[0].continue_()
    page.wait_for_timeout(300)
    page.wait_for_selector(".rc-welcome")
    expect(page).to_have_title("Recoupe")
    expect(page.locator(".rc-turn")).to_have_count(0)


def test_a_new_conversation_can_be_undone(visit):
    one = visit()
    one.ask(DEATHS)
    one.page.get_by_role("button", name="New conversation").click()
    one.page.get_by_role("button", name="Undo: take the conversation up again").click()
    expect(one.page.locator(".rc-turn h2")).to_have_text(DEATHS)
    one.page.reload()
    expect(one.page.locator(".rc-turn h2")).to_have_text(DEATHS)


def test_a_slash_goes_to_the_field(visit):
    one = visit()
    one.page.get_by_role("button", name="Français").focus()
    one.page.keyboard.press("/")
    expect(one.field).to_be_focused()
    one.page.keyboard.type("1/2")
    expect(one.field).to_have_value("1/2")
    one.tab("Corpus")
    one.page.keyboard.press("/")
    expect(one.page.locator("#rc-search").locator("input, textarea")).to_be_focused()


def test_a_phone_has_a_way_back_from_a_source_to_the_answer(visit):
    one = visit(size=PHONE, locale="fr-FR")
    one.ask("combien de soldats sont morts ?")
    one.page.locator(".rc-cite").last.click()
    back = one.page.get_by_role("button", name="Retour à la réponse")
    expect(back).to_be_in_viewport()
    back.click()
    expect(one.page.locator("#q0")).to_be_in_viewport()


def test_a_verdict_is_read_at_a_glance(visit):
    one = visit(size=DESK, locale="fr-FR")
    one.ask("combien de soldats sont morts ?")
    lines = one.page.locator(".rc-short li")
    assert lines.count() == 4
    for line in lines.all():
        expect(line).to_be_in_viewport(ratio=1)
        assert line.bounding_box()["height"] < 45
        assert line.locator("q").inner_text().strip()
    shown = one.page.locator("body").inner_text()
    assert shown.count("Les sources divergent") == 1
    assert "000_9b2a6032a6b23177" not in one.page.locator("#rc-chat").inner_text()
    assert "000_9b2a6032a6b23177\n" not in shown  # only as the name of its file
    assert one.page.get_by_text("sans date").count() == 1
    one.page.locator(".rc-cite").nth(1).focus()
    quote = lines.first.locator("q")
    expect(quote).to_be_in_viewport()
    lines.nth(2).hover()
    expect(lines.nth(2).locator("q")).to_be_in_viewport(ratio=1)
    one.page.locator(".rc-leads").nth(1).click()
    one.page.wait_for_function("/^c0-/.test(document.activeElement.id)")


def test_the_article_opens_at_the_sentence(visit):
    one = visit(size=DESK)
    one.ask(DEATHS)
    marked = one.page.locator(".rc-card blockquote mark").first
    sentence = one.page.locator(".rc-card blockquote").nth(2).locator("mark").all_inner_texts()
    assert marked.is_visible()
    one.page.get_by_role("button", name="Show in the article").nth(2).click()
    quoted = one.page.locator("dialog[open] #quoted")
    expect(quoted).to_be_in_viewport()
    assert quoted.inner_text() == "".join(sentence)


def test_filters_say_what_they_do(visit):
    one = visit()
    one.page.get_by_role("button", name="Filters").click()
    one.page.get_by_label("Published from").fill("2024-01-01")
    told = one.page.locator("#rc-filtered")
    expect(told).to_contain_text("1 filter is on")
    expect(told).to_contain_text("undated sources are not asked")
    one.page.get_by_role("button", name="Clear the filters").click()
    expect(told).to_have_text("")
