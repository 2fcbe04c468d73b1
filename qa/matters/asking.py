"""How is a claim put as a question, so that the reader can look for what another article says of the same?"""

from __future__ import annotations

from typing import Literal

WORDS = {("number", "fr"): "combien", ("number", "en"): "how many", ("date", "fr"): "quand", ("date", "en"): "when"}


def ask_for(sentence: str, place: tuple[int, int], kind: Literal["number", "date"], language: str) -> str:
    """Return a sentence with the figure or date at a place, in its characters, asked for: no grammar, a form of its own
    that the reader has learned. Another language than English is asked in French.

    >>> ask_for("Le feu a fait sept morts.", (14, 18), "number", "fr")
    'Le feu a fait combien morts ?'
    """
    start, end = place
    word = WORDS[kind, "en" if language == "en" else "fr"]
    return f"{sentence[:start]}{word}{sentence[end:].rstrip(' .!?…')} ?"
