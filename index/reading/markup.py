"""What text does a web page hold, when no article can be made out in it?"""

from __future__ import annotations

from html.parser import HTMLParser

from index.reading.decoding import normalised

_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "head header hr html li main nav ol option p pre section table td th title tr ul".split()
)
_HIDDEN = frozenset("script style template noscript svg".split())


def all_text(page: str) -> str:
    """Return the text of a page, a line for each of its blocks, without scripts and styles; nesting does not matter.

    >>> all_text("<p>Douze <b>morts</b></p><script>x()</script><p>Un blessé")
    'Douze morts\\n\\nUn blessé'
    """
    reader = _Reader(convert_charrefs=True)
    reader.feed(page)
    reader.close()
    lines = ("".join(line).split() for line in reader.lines)
    return normalised("\n\n".join(" ".join(words) for words in lines if words))


class _Reader(HTMLParser):
    """Gathers the text between the tags of blocks."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.lines: list[list[str]] = [[]]
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.lines.append([])

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        if tag in _BLOCKS:
            self.lines.append([])

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.lines[-1].append(data)
