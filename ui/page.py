"""What does an answer look like in the browser? Pure functions from nouns to HTML, every foreign byte escaped.

gradio's chat reads a message as Markdown that may hold HTML. An answer is therefore one HTML element on one line, which
Markdown leaves alone, and in foreign text every character that HTML, Markdown or LaTeX could read as a sign is written
as a character reference: what a document holds can only ever be shown.
"""

from __future__ import annotations

import re

from qa.answers import Answer, Passage, SourceAnswer
from qa.extraction import Span
from ui.wording import agreement_line, claim_notes, day, harmless, name, pieces, place, silent_line, words

_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")

STYLE = """
:root { --rc-mark: #fff0b3; --rc-quiet: #59626e; --rc-line: #d5dae0; }
.dark { --rc-mark: #5c4a00; --rc-quiet: #a9b1bc; --rc-line: #454b54; }
#conversation .prose { opacity: 1; }
.rc { font-size: 1rem; line-height: 1.55; overflow-wrap: anywhere; }
.rc p.rc-name, .rc p.rc-line { margin: 0 !important; }
.rc p.rc-name { font-weight: 600; }
.rc .rc-date, .rc .rc-quiet { color: var(--rc-quiet); font-weight: 400; }
.rc .rc-quiet { font-size: 0.92em; }
.rc .rc-strong { font-weight: 600; }
.rc .rc-source { margin: 0.9em 0; padding: 0 0 0.9em; border-bottom: 1px solid var(--rc-line); }
.rc p.rc-claim { font-size: 1.5em; font-weight: 700; line-height: 1.3; margin: 0.15em 0 0 !important; }
.rc blockquote { margin: 0.6em 0 0 !important; padding: 0 0 0 0.9em !important; border-left: 3px solid var(--rc-line);
  color: inherit; font-style: normal; }
.rc blockquote + p.rc-line { padding-left: calc(0.9em + 3px); }
.rc mark { background: var(--rc-mark); color: inherit; padding: 0.08em 0; }
.rc mark strong { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 0.18em; }
"""


def escaped(text: str) -> str:
    """Return foreign text as HTML that shows it and does nothing else.

    >>> escaped("<b> *a* $x$")
    '&#60;b&#62; &#42;a&#42; &#36;x&#36;'
    """
    return _SIGNS.sub(lambda sign: f"&#{ord(sign.group())};", harmless(text))


def answer_html(answer: Answer) -> str:
    """Return the answer as one HTML element on one line."""
    label = words(answer.language)
    parts: list[str] = []
    if answer.understood_as != answer.question:
        parts.append(_paragraph("rc-line rc-quiet", label["understood"].format(question=answer.understood_as)))
    if not answer.found:
        parts.append(_paragraph("rc-line rc-strong", label["not_found"]))
        if answer.sources:
            parts.append(_paragraph("rc-line rc-quiet", label["nearest"]))
    parts += [_source_html(source, answer) for source in answer.sources]
    parts += [
        _paragraph(kind, line)
        for kind, line in (("rc-line rc-strong", agreement_line(answer)), ("rc-line rc-quiet", silent_line(answer)))
        if line
    ]
    return f'<div class="rc" lang="{escaped(answer.language)}">{"".join(parts)}</div>'


def notice_html(message: str) -> str:
    """Return a message of our own as one HTML element."""
    return f'<div class="rc">{_paragraph("rc-line", message)}</div>'


def _source_html(source: SourceAnswer, answer: Answer) -> str:
    date = ""
    if source.published:
        date = f' <span class="rc-date">— {escaped(day(source.published, answer.language))}</span>'
    parts = [f'<p class="rc-name">{escaped(name(source))}{date}</p>']
    if source.claim and answer.found:
        parts.append(_paragraph("rc-claim", source.claim.text))
        notes = claim_notes(source, answer)
        parts += [_paragraph("rc-line rc-quiet", " · ".join(notes))] if notes else []
    for number, passage in enumerate(source.passages):
        parts.append(_passage_html(passage, source.claim if number == 0 else None, answer))
    return f'<div class="rc-source">{"".join(parts)}</div>'


def _passage_html(passage: Passage, claim: Span | None, answer: Answer) -> str:
    cut = pieces(passage, claim) if answer.found else [(passage.citation.quote, False, False)]
    quote = "".join(_piece_html(*piece) for piece in cut)
    cited = _paragraph("rc-line rc-quiet", f"[{passage.citation.number}] {place(passage.citation, answer.language)}")
    return f'<blockquote lang="{escaped(passage.hit.paragraph.language)}">{quote}</blockquote>{cited}'


def _piece_html(text: str, answers: bool, claimed: bool) -> str:
    html = escaped(text)
    if claimed:
        html = f"<strong>{html}</strong>"
    return f"<mark>{html}</mark>" if answers else html


def _paragraph(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escaped(text)}</p>'
