"""What does the panel show for an answer? A card for each source: its claim, its quotes, how they were found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.facts import Span
from index.records import Hit
from qa.answers import Answer, Citation, Passage, SourceAnswer, is_sure, part_of
from ui.escaping import disarm, escape
from ui.page.markup import mark_pieces, place_in_order, show_date, show_text, write_button, write_paragraph
from ui.page.silence import show_looked, show_silent
from ui.words.catalogue import read_words
from ui.words.understanding import is_as_put
from ui.words.verdicts import tell_event
from ui.words.wording import (
    cut_around,
    cut_quote,
    tell_beside,
    tell_claim,
    tell_cut_short,
    tell_if_unsure,
    tell_more,
    tell_origins,
    tell_place,
    tell_refusal,
    tell_unread,
)

_LEGS = {"lexical": "rank_lexical", "dense": "rank_dense", "interaction": "rank_interaction"}
"""How the word for each way of finding a passage is called in the catalogue."""
_NEAR = 0.8
"""How nearly as well as the best word of the passage another must match a word of the question, to be named."""
_MET = 4
"""Words of a passage that are named for one word of the question."""

_THUMB = "M7 10v10H3V10zM7 10l4-8c1.7 0 3 1.3 3 3v3h5.5c1.2 0 2.1 1.1 1.9 2.3l-1.3 8c-.2 1-1 1.7-2 1.7H7"
"""The outline of a hand with its thumb up, as an SVG path over 24 by 24."""

EXPORTS = (("markdown", "Markdown"), ("csv", "CSV"), ("json", "JSON"), ("bibtex", "BibTeX"))


@dataclass(frozen=True, slots=True)
class PanelContext:
    """What a panel shows beside its answer."""

    titles: Mapping[str, str] = field(default_factory=dict)
    """What the sources are called."""
    asked: Sequence[Mapping[str, object]] = ()
    """The conversation up to this answer as the browser keeps it, from which what is exported or judged is worked out
    anew."""
    whole: str = "[]"
    """The whole conversation, as JSON."""
    link: str = ""
    """Reopens the answer."""
    charts: Sequence[str] = ()
    """HTML of ours: a picture of the answer's figures, or one for each of its events."""
    scope: str = ""
    """Says which sources were asked."""
    undated: str = ""
    """Says which were not, for want of a date."""
    judged: bool = False
    """Whether there are thumbs."""


def show_panel(answer: Answer, turn: int, language: str, beside: PanelContext = PanelContext()) -> str:
    """Return the panel for one answer of the conversation, the one numbered `turn`."""
    words = read_words(language)
    unseen = f'<span class="rc-unseen"> : {escape(answer.understood_as)}</span>'
    title = f'<h2 id="panel-title">{escape(words["sources"])}{unseen}</h2>'
    head = f'<header class="rc-head"><div>{title}{_for(answer)}</div>{_tools(language)}</header>'
    parts = [head]
    parts += [write_paragraph("rc-scope", words["scope"].format(scope=beside.scope))] if beside.scope else []
    parts += [write_paragraph("rc-scope", beside.undated)] if beside.undated else []
    if answer.found:
        parts += _parts(answer, turn, language, beside)
    elif answer.sources:
        cards = "".join(_card(source, answer, turn, language, judged=beside.judged) for source in answer.sources)
        summary = escape(words["nearest_summary"])
        parts.append(f'<details class="rc-fold" open><summary>{summary}</summary>{cards}</details>')
    parts += [show_silent(answer, beside.titles, language), show_looked(answer, language)]
    told = (*tell_origins(answer), tell_cut_short(answer), tell_unread(answer))
    parts += [write_paragraph("rc-quiet", line) for line in told if line]
    kept = escape(json.dumps(list(beside.asked), ensure_ascii=False))
    back = write_button(words["back"], {"back": str(turn)}, kind="rc-button rc-back")
    return (
        f'<section class="rc rc-panel" aria-labelledby="panel-title" data-asked="{kept}" '
        f'data-whole="{escape(beside.whole)}" data-shown="{turn}" data-link="{escape(beside.link)}" '
        f'data-title="{escape(answer.understood_as)}">{"".join(parts)}{back}</section>'
    )


def _parts(answer: Answer, turn: int, language: str, beside: PanelContext) -> Iterator[str]:
    """Yield the picture and the cards of an answer, or of each of its events below what that is called."""
    told = [(tell_event(event, answer, answer.language), part_of(answer, event)) for event in answer.events]
    for place, (name, part) in enumerate(told or [("", answer)]):
        head = f'<h3 class="rc-event">{show_text(name)}</h3>' if name else ""
        chart = beside.charts[place] if place < len(beside.charts) else ""
        cards = "".join(_card(source, part, turn, language, judged=beside.judged) for source in part.sources)
        yield f'{head}{chart}<div class="rc-cards">{cards}</div>'


def show_empty_panel(titles: Sequence[tuple[str, str]], total: int, language: str) -> str:
    """Return the panel before anything was asked: some of the corpus, as pairs of a source and its title."""
    words = read_words(language)
    items = "".join(_title(source, title) for source, title in titles)
    rest = total - len(titles)
    more = write_paragraph("rc-quiet", words.count("held_more", rest)) if rest > 0 else ""
    return (
        '<section class="rc rc-panel" data-link="" data-whole="&#91;&#93;" data-shown="-1" '
        'aria-labelledby="panel-title">'
        f'<h2 id="panel-title">{escape(words.count("held", total))}</h2>'
        f'{write_paragraph("rc-quiet", words["sources_none"])}<ul class="rc-titles">{items}</ul>{more}</section>'
    )


def _title(source: str, title: str) -> str:
    """Return an article's title as an item of a list, which opens it."""
    return f"<li>{write_button(title, {'article': source, 'span': '0-0'}, kind='rc-link')}</li>"


def _for(answer: Answer) -> str:
    """Return the question as it was understood, where that is not as it was put."""
    if is_as_put(answer):
        return ""
    return f'<p class="rc-for" lang="{escape(answer.language)}">{show_text(answer.understood_as)}</p>'


def _tools(language: str) -> str:
    words = read_words(language)
    forms = "".join(
        f'<div role="group" aria-label="{escape(words[title])}"><span class="rc-quiet">{escape(words[title])}</span>'
        + "".join(write_button(name, {"export": form, "whole": whole}) for form, name in EXPORTS)
        + "</div>"
        for title, whole in (("export_answer", ""), ("export_all", "1"))
    )
    export = f'<details class="rc-menu"><summary>{escape(words["export"])}</summary><div>{forms}</div></details>'
    copy = write_button(words["copy_link"], {"copy-link": "1", "done": words["copied"]})
    return f'<div class="rc-tools">{copy}{export}</div>'


def _card(source: SourceAnswer, answer: Answer, turn: int, language: str, *, judged: bool) -> str:
    first = source.passages[0].citation.number
    heading = show_text(disarm(source.title).strip() or disarm(source.source))
    known = [f"<span>{escape(source.outlet)}</span>"] if source.outlet.strip() else []
    known += [show_date(source.published, language)] if source.published else []
    parts = [f'<p class="rc-meta">{" · ".join(known)}</p>'] if known else []
    parts.append(f'<h3 id="t{turn}-{first}">{heading}</h3>')
    if source.claim and answer.found:
        parts += [_claim(source.passages[0], source.claim)] if is_sure(source) else []
        notes = [*tell_if_unsure(source, answer.language), *tell_beside(source, answer)]
        parts += [write_paragraph("rc-notes", " · ".join(notes))] if notes else []
    elif answer.found:
        parts += [write_paragraph("rc-notes", note) for note in tell_claim(source, answer)]
    more = tell_more(source, answer.language) if answer.found else tell_refusal(source, answer)
    parts += [write_paragraph("rc-notes", line) for line in more]
    for number, passage in enumerate(source.passages):
        claim = source.claim if number == 0 else None
        cut = cut_quote(passage, claim) if answer.found else [(passage.citation.quote, False, False)]
        where = tell_place(passage.citation, answer.language)
        buttons = _buttons(passage, source, language)
        buttons += _thumbs(passage.citation, answer, language) if judged else ""
        below = f'<div class="rc-actions">{buttons}</div>{_why(passage.hit, language)}'
        parts.append(_passage(passage, turn, mark_pieces(cut), where, below))
    order = place_in_order(source, answer)
    return f'<article class="rc-card"{order} aria-labelledby="t{turn}-{first}">{"".join(parts)}</article>'


def _claim(passage: Passage, claim: Span) -> str:
    """Return a claim, large, with the words of its sentence around it."""
    before, figure, after = map(show_text, cut_around(passage, claim))
    return (
        f'<p class="rc-told" lang="{escape(passage.hit.paragraph.language)}">{before}'
        f'<strong class="rc-claim">{figure}</strong>{after}</p>'
    )


def _passage(passage: Passage, turn: int, quote: str, where: str, below: str) -> str:
    """Return a passage: its quote and what is below it, both HTML of ours, and where it stands."""
    number = passage.citation.number
    return (
        f'<div class="rc-passage" id="c{turn}-{number}" tabindex="-1">'
        f'<blockquote lang="{escape(passage.hit.paragraph.language)}">{quote}</blockquote>'
        f'<p class="rc-place"><span class="rc-number">{number}</span> {escape(where)}</p>'
        f"{below}</div>"
    )


def _buttons(passage: Passage, source: SourceAnswer, language: str) -> str:
    words, citation = read_words(language), passage.citation
    start, end = passage.highlights[0] if passage.highlights else (0, len(citation.quote))
    span = f"{citation.start + start}-{citation.start + end}"
    copied = {"copy": _to_copy(citation.quote, source, passage, language), "done": words["copied"]}
    opened = write_button(words["article"], {"article": citation.source, "span": span})
    return opened + write_button(words["copy"], copied)


def _thumbs(citation: Citation, answer: Answer, language: str) -> str:
    """Return the buttons that note whether a passage answers; the browser knows by `mark` which it has noted."""
    words = read_words(language)
    about = "\x1f".join((answer.understood_as, citation.source, citation.quote))
    mark = hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    thumbs = []
    for right in (True, False):
        title, turned = escape(words["right" if right else "wrong"]), "" if right else ' class="rc-turned"'
        thumbs.append(
            f'<button type="button" class="rc-thumb" aria-label="{title}" title="{title}" aria-pressed="false" '
            f'data-judge="{citation.number}" data-right="{"1" if right else ""}" data-mark="{mark}" '
            f'data-done="{escape(words["thanks"])}">'
            f'<svg viewBox="0 0 24 24" aria-hidden="true"{turned}><path d="{_THUMB}"/></svg></button>'
        )
    return "".join(thumbs)


def _to_copy(quote: str, source: SourceAnswer, passage: Passage, language: str) -> str:
    """Return a quote as a journalist pastes it: in the quotation marks of the language, then where it stands."""
    words = read_words(language)
    when = source.published.isoformat() if source.published else words["undated"]
    title = passage.citation.title or source.title
    known = [part for part in (source.outlet, title) if part.strip()]
    cited = ", ".join([*known, when, tell_place(passage.citation, language)])
    return f"{words['quoted'].format(quote=quote.strip())} ({cited})"


def _why(hit: Hit, language: str) -> str:
    """Return how a passage was found: its rank in each leg, and which of its words the question's words met."""
    words = read_words(language)
    rows = "".join(
        f"<tr><th scope='row'>{escape(words[name])}</th><td>"
        + escape(words["rank"].format(rank=hit.ranks[leg]) if leg in hit.ranks else words["unranked"])
        + "</td></tr>"
        for leg, name in _LEGS.items()
    )
    met = "".join(f"<li><b>{escape(word)}</b> → {escape(', '.join(found))}</li>" for word, found in _met(hit).items())
    matched = f'<p class="rc-quiet">{escape(words["matched"])}</p><ul>{met}</ul>' if met else ""
    return (
        f'<details class="rc-why"><summary>{escape(words["why"])}</summary>'
        f"<table><tbody>{rows}</tbody></table>{matched}</details>"
    )


def _met(hit: Hit) -> dict[str, list[str]]:
    """Return for each word of the question the words of the passage that it met, each once, as they stand there."""
    found: dict[str, dict[str, str]] = {}
    best: dict[str, float] = {}
    for match in sorted(hit.matches, key=lambda match: -match.score):
        word = hit.paragraph.text[match.start : match.end]
        if match.score >= _NEAR * best.setdefault(match.word, match.score):
            found.setdefault(match.word, {}).setdefault(word.casefold(), word)
    asked = dict.fromkeys(match.word for match in hit.matches)
    return {word: list(found[word].values())[:_MET] for word in asked}
