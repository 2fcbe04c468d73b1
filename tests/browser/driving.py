"""How do the tests drive a real browser? Debian's Chromium, headless, over a real server."""

import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCAL = ("127.0.0.1", "localhost", "")
PATIENCE = float(os.environ.get("RECOUPE_PATIENCE", "10"))
"""Seconds that a test waits for the browser; more of them on a machine that has other things to do."""
WIDE = {"width": 1360, "height": 860}
PHONE = {"width": 390, "height": 844}


def missing(what, remedy):
    """Skip a test that cannot run here; where everything must be there, fail it."""
    if os.environ.get("RECOUPE_CI"):
        pytest.fail(f"{what}, and RECOUPE_CI says that it must be")
    pytest.skip(f"{what}; {remedy}")


@contextmanager
def chromium():
    """Give a headless Chromium."""
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        missing("playwright is not installed", 'pip install "recoupe[test]"')
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("there is no chromium", "on Debian: apt-get install chromium")
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        # No sandbox, since containers run as root; nothing but our own server is ever opened.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def axe():
    """Return the source of axe-core, which checks a page against the rules of accessibility."""
    places = [
        Path(os.environ.get("AXE_CORE", "")),
        *(p / "node_modules/axe-core/axe.min.js" for p in (ROOT, ROOT.parent)),
    ]
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    return missing("axe-core is not installed", "npm install --no-save axe-core, or name axe.min.js in AXE_CORE")


OPAQUE = """() => {
    for (let own = document.querySelector("#rc-matters .rc-card"); own; own = own.parentElement)
        if (getComputedStyle(own).opacity !== "1") return false;
    return true;
}"""
"""Whether comparisons, where there are any, are no longer faint, as gradio shows what it is about to replace."""


class Visit:
    """Somebody at the page: a browser of their own, in which every request and every complaint is noted."""

    def __init__(self, browser, address, *, locale="en-US", size=WIDE, **options):
        self.address = address
        self.requests, self.complaints = [], []
        self.context = browser.new_context(locale=locale, viewport=size, timezone_id="UTC", **options)
        self.context.set_default_timeout(1000 * PATIENCE)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._noted)

    def _noted(self, line):
        # gradio's own stream of events complains when the page is left while it is open.
        if line.type == "error" and not re.search("signal is aborted|Connection errored out", line.text):
            self.complaints.append(line.text)

    def open(self, query=""):
        """Open the page and wait until it can be used."""
        self.page.goto(self.address + query)
        self.page.wait_for_selector(".rc-welcome, .rc-turn")
        return self

    @property
    def field(self):
        """The field of the question."""
        return self.page.locator("#rc-question").locator("textarea, input")

    def ask(self, question):
        """Type a question once the field is free, send it, and return its turn in the conversation."""
        from playwright.sync_api import expect

        turns = self.page.locator(".rc-turn")
        count = turns.count()
        expect(self.field).to_have_value("")
        self.field.fill(question)
        self.field.press("Enter")
        turn = turns.nth(count)
        turn.wait_for(timeout=2000 * PATIENCE)
        return turn

    def tab(self, name):
        """Open a tab by the name that it has."""
        self.page.get_by_role("tab", name=name).click()

    def violations(self):
        """Return what axe-core finds on the page as it is, one line each."""
        self.page.wait_for_function(OPAQUE)
        self.page.evaluate(axe())
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{one['impact']} {one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]

    def abroad(self):
        """Return every request that left this machine."""
        return [
            url
            for url in self.requests
            if not url.startswith(("data:", "blob:")) and urlsplit(url).hostname not in LOCAL
        ]

    def close(self):
        """Leave. What was asked of other machines, and what the browser complained of, fails the test."""
        self.context.close()
        assert self.requests
        assert not self.abroad(), "\n".join(self.abroad())
        assert not self.complaints, "\n".join(self.complaints)
