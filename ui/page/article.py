"""What does a whole article look like, opened at a quote?"""

from __future__ import annotations

import re

from index.records import Document
from ui.answering.scope import name_document
from ui.escaping import disarm, escape
from ui.page.markup import show_date, show_text, write_button
from ui.words.catalogue import read_words

_LINE = re.compile(r"[^\r\n]+")
_WEB = re.compile(r"https?://[^\s<>\"']+")


def show_article(document: Document, start: int, end: int, language: str) -> str:
    """Return the article with ``text[start:end]`` marked; the first mark has the id that the page scrolls to."""
    words = read_words(language)
    title = show_text(disarm(name_document(document)).strip() or words["no_title"])
    outlet = f"<span>{escape(document.outlet)}</span> · " if document.outlet.strip() else ""
    original = ""
    if _WEB.fullmatch(document.url):
        original = (
            f'<a class="rc-original" href="{escape(document.url)}" target="_blank" rel="noopener noreferrer">'
            f"{escape(words['original'])}</a>"
        )
    return (
        f'<div class="rc rc-article"><header>{write_button(words["close"], {"close": "1"})}'
        f'<p class="rc-meta">{outlet}{show_date(document.published, language)} · {escape(document.source)}</p>'
        f'<h2 id="article-title">{title}</h2>{original}</header>'
        f'<div class="rc-text" lang="{escape(document.language)}">{_text(document.text, start, end)}</div></div>'
    )


def show_gone(language: str) -> str:
    """Return what stands in the place of an article that the corpus no longer has."""
    words = read_words(language)
    close = write_button(words["close"], {"close": "1"})
    return (
        f'<div class="rc rc-article"><header>{close}<h2 id="article-title">{escape(words["gone"])}</h2></header></div>'
    )


def _text(text: str, start: int, end: int) -> str:
    """Return the lines of a text as paragraphs, what lies between two offsets marked."""
    parts, marks = [], 0
    for line in _LINE.finditer(text):
        left, right = max(start, line.start()), min(end, line.end())
        if left >= right:
            parts.append(f"<p>{show_text(line.group())}</p>")
            continue
        identity = ' id="quoted" tabindex="-1"' if marks == 0 else ""
        marks += 1
        before, quoted, after = text[line.start() : left], text[left:right], text[right : line.end()]
        parts.append(f"<p>{show_text(before)}<mark{identity}>{show_text(quoted)}</mark>{show_text(after)}</p>")
    return "".join(parts)
