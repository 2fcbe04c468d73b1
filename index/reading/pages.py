"""How do the pages of a PDF become one text? Running heads leave, words cut at line ends are mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from index.language import is_stop_word
from index.paragraphs.layout import ended
from index.reading.europresse_lines import END

_NUMBER = re.compile(r"[\s\W]*(?:page\s*)?\d{1,4}(?:\s*(?:/|of|sur|de)\s*\d{1,4})?[\s\W]*", re.IGNORECASE)
_HYPHEN = re.compile(r"([^\W\d_]{2,})[-\u2010]\n([^\W\d_]{2,})([^\s\w]*) ?")
_PREFIXES = frozenset("sud nord vice non demi semi sous quasi".split())
_DEEPEST = 8
"""Lines of a running head, or of the foot of a page, at most."""
_FEWEST = 3
"""Pages of which a line comes again on most, at least."""
_SUFFIXES = frozenset("il ils elle elles on je tu nous vous moi toi lui leur ce ci la là même mêmes".split())


def running_heads(texts: list[str]) -> list[str]:
    """Return the lines that come again at the top or the bottom of most pages, as the first of them has them."""
    if len(texts) < _FEWEST:
        return []
    pages = [[line.strip() for line in text.split("\n") if line.strip()] for text in texts]
    repeated = _repeated(pages)
    found: list[str] = []
    for lines in pages[:1]:
        inner = _inner(lines, repeated)
        top = next((n for n, line in enumerate(lines) if not _is_running(line, repeated)), len(lines))
        found = [*lines[:top], *lines[top + len(inner) :]]
    return [line for line in dict.fromkeys(found) if line in repeated or _shape(line) in repeated]


def joined_pages(texts: list[str], known: Callable[[str], bool] | None = None) -> tuple[str, tuple[int, ...]]:
    """Return the text of the pages and where each page starts in it; a sentence that goes on over a page stays one.

    With `known`, for text that OCR read, a word that a line cuts is mended only where that makes a word known to it.
    """
    pages = _without_running_heads([[line.strip() for line in text.split("\n")] for text in texts])
    vocabulary = _vocabulary(texts) if any(map(_may_be_cut, pages)) else Counter()
    text, starts = "", []
    parts: list[str] = []
    length = 0
    for page in pages:
        body = _HYPHEN.sub(lambda match: _mended(match, vocabulary, known), page) if _may_be_cut(page) else page
        if parts and body:
            goes_on = not ended(text, len(text)) and body[:1].islower()
            parts.append("\n" if goes_on else "\n\n")
            length += len(parts[-1])
        starts.append(length)
        parts.append(body)
        length += len(body)
        text = body or text
    return "".join(parts), tuple(starts)


def unhyphenated(text: str, known: Callable[[str], bool]) -> str:
    """Return a text with the words whole that the ends of its lines cut, where that makes words that are known.

    >>> unhyphenated("selon la préfec-\\nture, peut-\\nêtre.", {"préfecture"}.__contains__)
    'selon la préfecture,\\npeut-être.\\n'
    """
    if not _may_be_cut(text) or not _HYPHEN.search(text):
        return text
    vocabulary = _vocabulary([text])
    return _HYPHEN.sub(lambda match: _mended(match, vocabulary, known), text)


def _may_be_cut(text: str) -> bool:
    """Return whether a line of a text ends in a hyphen, with which `_HYPHEN` is looked for; most have none."""
    return "-\n" in text or "\u2010\n" in text


def _vocabulary(texts: list[str]) -> Counter[str]:
    """Return how often each word stands in these texts, in lower case, one of several parts as a whole."""
    return Counter(word.lower() for text in texts for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))


def _without_running_heads(pages: list[list[str]]) -> list[str]:
    """Return the pages without their numbers and without first and last lines that come again on most pages."""
    repeated = _repeated(pages)
    return ["\n".join(_inner(lines, repeated)) for lines in pages]


def _inner(lines: list[str], repeated: set[str]) -> list[str]:
    """Return the lines of a page between its running head and its foot."""
    start, end = 0, len(lines)
    while start < end and _is_running(lines[start], repeated):
        start += 1
    while end > start and _is_running(lines[end - 1], repeated):
        end -= 1
    return lines[start:end]


def _is_running(line: str, repeated: set[str]) -> bool:
    return not line or _NUMBER.fullmatch(line) is not None or _shape(line) in repeated or line in repeated


def _repeated(pages: list[list[str]]) -> set[str]:
    """Return the first and the last lines that come again on most pages.

    Of the outermost the shape counts, for its figures are those of the page; of those within, what each page has alike.
    """
    found: set[str] = set()
    rest = [[line for line in lines if line] for lines in pages]
    for depth in range(_DEEPEST if len(pages) >= _FEWEST else 0):
        edges: Counter[str] = Counter()
        for lines in rest:
            edges.update({line if depth else _shape(line) for line in (*lines[:1], *lines[-1:])})
        fresh = {line for line, count in edges.items() if count >= max(3, 0.6 * len(pages))} - found
        if not fresh:
            break
        found |= fresh
        rest = [_inner(lines, found) for lines in rest]
    return found


def _shape(line: str) -> str:
    """Return the line without its figures, by which running heads differ from page to page, and articles by theirs."""
    return line if END.fullmatch(line) else re.sub(r"\d+", "", line).strip()


def _is_small(word: str) -> bool:
    """Return whether a word is a function word of French."""
    return is_stop_word(word, "fr")


def _mended(match: re.Match[str], vocabulary: Counter[str], known: Callable[[str], bool] | None) -> str:
    """Return a word that was cut at the end of a line: with its hyphen where that is how the text writes it.

    The line then ends after the word, so that the width at which the page was set can still be told.
    """
    left, right, after = match.groups()
    hyphened, plain = f"{left}-{right}", f"{left}{right}"
    if vocabulary[hyphened.lower()] > vocabulary[plain.lower()]:
        return f"{hyphened}{after}\n"
    if _is_small(left) and _is_small(right) and not _is_small(plain):
        return f"{hyphened}{after}\n"  # "peut-être"
    if known is not None and not vocabulary[plain.lower()] and not known(plain.lower()):
        return match.group()
    compound = left.lower() in _PREFIXES or right.lower() in _SUFFIXES or right[0].isupper()
    kept = compound and not vocabulary[plain.lower()]
    return f"{hyphened if kept else plain}{after}\n"
