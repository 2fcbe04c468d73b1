"""What does the page look like? Screenshots of its main states over the invented news, wide and narrow, light and dark.

    python tests/browser/screenshots.py [FOLDER]

Writes PNG files into FOLDER, `screenshots` by default. Needs Chromium and playwright, as the tests of this folder do.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import click

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

TOLL = {
    "en": "How many people has cholera killed in Sakoumbé?",
    "fr": "Combien de morts le choléra a-t-il faits à Sakoumbé ?",
}
THEN = {"en": "and how many cases are there?", "fr": "et combien de cas ?"}
NEVER = {"en": "How many penguins live in Lisbon?", "fr": "Combien de pingouins vivent à Lisbonne ?"}

STATES = (
    ("light", "en", {}),
    ("dark", "fr", {"color_scheme": "dark"}),
    ("phone", "fr", {"size": {"width": 390, "height": 844}, "device_scale_factor": 2}),
)


def pictures(one: Any, name: str, language: str, folder: Path) -> None:
    """Take the pictures of one visit, from the empty page on."""

    def take(state: str) -> None:
        one.page.wait_for_timeout(500)
        one.page.screenshot(path=folder / f"{name}-{state}.png")
        click.echo(folder / f"{name}-{state}.png")

    take("welcome")
    one.ask(TOLL[language])
    one.page.locator("#rc-ideas [data-ask]").first.wait_for()
    take("answer")
    one.page.locator(".rc-cite").nth(1).click()
    one.page.locator(".rc-why summary").nth(1).click()
    take("card")
    one.page.locator(".rc-actions [data-article]").nth(1).click()
    one.page.locator("dialog[open] #quoted").wait_for()
    take("article")
    one.page.keyboard.press("Escape")
    one.ask(THEN[language])
    take("follow-up")
    one.ask(NEVER[language])
    one.page.locator("#rc-ideas [data-ask]").first.wait_for()
    take("nothing")
    one.page.locator("#rc-filters button").first.click()
    take("filters")
    one.tab("Corpus")
    take("corpus")


def main() -> None:
    """Serve the invented news and visit it as each of the states says."""
    from driving import Visit, chromium
    from served import served

    from index.corpus import Corpus

    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        Corpus.build(HERE.parent / "data" / "news", Path(work) / "index")
        with (
            served(Path(work) / "index", "--allow-uploads", "--candidates", f"{work}/c.jsonl") as address,
            chromium() as browser,
        ):
            for name, language, options in STATES:
                one = Visit(browser, address, locale=language, **options).open()
                pictures(one, name, language, folder)
                one.close()


if __name__ == "__main__":
    main()
