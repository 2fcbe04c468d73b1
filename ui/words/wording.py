"""What is said of an answer beside its quotes?

What the terminal (`ui/terminal/text.py`) and the page (`ui/page`) say beside the quotes stands here, so that both say
the same. Nothing here states a fact about the news: facts stand in quotes alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.facts import Span
from index.records import Document
from qa.answers import Answer, Citation, Passage, Silence, SourceAnswer, is_sure, too_unsure
from qa.match.sayers import without_tail
from qa.matters.matter import Matter
from ui.escaping import disarm
from ui.words.catalogue import Words, read_words
from ui.words.verdicts import untold_origins

_HEDGES = {
    "at least": "hedge_at_least",
    "more than": "hedge_more_than",
    "at most": "hedge_at_most",
    "less than": "hedge_less_than",
    "up to": "hedge_up_to",
    "about": "hedge_about",
    "nearly": "hedge_nearly",
    "estimated": "hedge_estimated",
    "vague": "hedge_vague",
    "conditional": "hedge_conditional",
    "planned": "hedge_planned",
    "denied": "hedge_denied",
}
"""How the word for each hedge of a figure is called in the catalogue."""

_VERDICTS = {
    "differ": "verdict_differ",
    "denied": "verdict_denied",
    "revised": "verdict_revised",
    "agree": "verdict_agree",
    "compatible": "verdict_compatible",
    "one origin": "verdict_one_origin",
}
"""How what the figures of a matter make of each other is called in the catalogue."""

_REASONS = {
    "another place": "silence_another_place",
    "another person": "silence_another_person",
    "another name": "silence_another_name",
    "another time": "silence_another_time",
    "no figure": "silence_no_figure",
    "no date": "silence_no_date",
    "no name": "silence_no_name",
    "no answer": "silence_no_answer",
    "denied": "silence_denied",
    "unsure": "silence_unsure",
    "read without facts": "silence_read_without_facts",
    "cut short": "silence_cut_short",
    "nothing near": "silence_nothing_near",
    "not in the filter": "silence_not_in_the_filter",
}
"""How each reason for which a source does not answer is called in the catalogue."""

_UNSURE = {"number": "unsure", "date": "unsure_date"}
"""How the words for an unsure claim of a kind are called in the catalogue; for any other, "unsure_answer"."""

_CLAUSE = re.compile(r"[,;:–—«»“”()\[\]](?=\s|$)|(?<=\s)[–—«“(\[]")
"""Where a clause ends or begins: a mark with a space beside it, which no number has within it."""
_BEFORE, _AFTER = 60, 80
"""Characters of a clause that are shown before a claim and behind it, at most."""
_ORIGINS = {"text": "origin_text", "speaker": "origin_speaker", "mixed": "origin_mixed"}
"""How what sources of one origin have in common is called in the catalogue."""
SILENT_SHOWN = 12
"""How many silent sources are named before the rest is counted."""


def name_source(source: SourceAnswer) -> str:
    """Return what a reader calls the source: the outlet and the title, or what is known of them."""
    known = [disarm(part) for part in (source.outlet, source.title) if part.strip()]
    return " · ".join(known) or disarm(source.source)


def name_briefly(source: SourceAnswer) -> str:
    """Return the shortest name by which a reader knows the source."""
    return next(disarm(part) for part in (source.outlet, source.title, source.source) if part.strip())


def tell_place(citation: Citation, language: str) -> str:
    """Return where a quote stands: "dossier/article.pdf, p. 3"."""
    words = read_words(language)
    page = "" if citation.page is None else ", " + words["page_number"].format(page=citation.page)
    return disarm(citation.source) + page + (f" ({words['by_ocr']})" if citation.ocr else "")


def tell_silent(answer: Answer) -> str:
    """Return the line that names the sources which do not answer; "" where none is silent, or all are."""
    if not answer.silent or not answer.found:
        return ""
    reasons = {silence.source: f" ({tell_reason(silence, answer.language)})" for silence in answer.silences}
    named = [disarm(source) + reasons.get(source, "") for source in answer.silent]
    return _name_sources("silent_named", named, answer.language)


def tell_reason(silence: Silence, language: str) -> str:
    """Return why a source does not answer."""
    words = read_words(language)
    by = f", {words['denied_by'].format(speaker=disarm(silence.denier))}" if silence.denier else ""
    return words[_REASONS[silence.reason]] + by


def tell_unread(answer: Answer) -> str:
    """Return the line that names the sources which were read without facts; "" where there are none."""
    return (
        _name_sources("without_facts", list(map(disarm, answer.without_facts)), answer.language)
        if answer.without_facts
        else ""
    )


def tell_cut_short(answer: Answer) -> str:
    """Return the line that names the sources of which only a part was read, and which say nothing there; or ""."""
    named = list(map(disarm, answer.cut_short))
    return _name_sources("cut_short", named, answer.language) if named else ""


def tell_origins(answer: Answer) -> list[str]:
    """Return a line for each origin of several sources that the line on agreement does not tell already."""
    lines = []
    for origin in untold_origins(answer) if answer.found else ():
        sentence = "origin_dispatch" if origin.kind == "text" and origin.name else _ORIGINS[origin.kind]
        named = list(map(disarm, origin.sources))
        lines.append(_name_sources(sentence, named, answer.language, name=disarm(origin.name)))
    return lines


def _name_sources(sentence: str, named: Sequence[str], language: str, *, name: str = "") -> str:
    """Return a sentence with these names of sources, made harmless; of many, the first."""
    words, rest = read_words(language), len(named) - SILENT_SHOWN
    first = ", ".join(named[:SILENT_SHOWN])
    shown = f"{first} {words.count('others', rest)}" if rest > 0 else first
    return words[sentence].format(sources=shown, name=name)


def cut_quote(passage: Passage, claim: Span | None) -> list[tuple[str, bool, bool]]:
    """Return the quote cut into (text, in the sentence that answers, in the claim), made harmless.

    Law: without control characters, the texts joined are the quote.
    """
    quote = passage.citation.quote
    marked = [*passage.highlights, *([(claim.start, claim.end)] if claim else [])]
    cuts = sorted({0, len(quote), *(edge for pair in marked for edge in pair if 0 < edge < len(quote))})
    return [
        (
            disarm(quote[start:end]),
            any(left <= start and end <= right for left, right in passage.highlights),
            claim is not None and claim.start <= start and end <= claim.end,
        )
        for start, end in pairwise(cuts)
    ]


def cut_around(passage: Passage, claim: Span) -> tuple[str, str, str]:
    """Return a figure of a passage with the words of its sentence around it: those before, itself, those behind.

    They go as far as the clause does, or as there is room; what is cut off is "…".

    Law: but for that, the three joined stand in the quote.
    """
    quote = passage.citation.quote
    holding = [part for part in passage.highlights if part[0] <= claim.start and claim.end <= part[1]]
    start, end = holding[0] if holding else (0, len(quote))
    before, after = quote[start : claim.start].lstrip(), quote[claim.end : end].rstrip()
    left = _CLAUSE.split(before)[-1]
    left = left if len(left) <= _BEFORE else left[-_BEFORE:].partition(" ")[2]
    right = _CLAUSE.split(after)[0]
    right = right if len(right) <= _AFTER else right[:_AFTER].rpartition(" ")[0]
    left = left if left == before else f"…\u00a0{left.lstrip()}"
    right = right if right == after else f"{right.rstrip()}\u00a0…"
    return disarm(left), disarm(quote[claim.start : claim.end]), disarm(right)


def tell_claim(source: SourceAnswer, answer: Answer) -> list[str]:
    """Return what is to be known beside a source's claim: its words, how sure it is, who says so, what is cut.

    Where the question asks for yes or no, there is no claim, and what is told is which of them the source says.
    """
    words = read_words(answer.language)
    if source.claim is None:
        said = [words["affirms" if source.polarity == "affirms" else "denies"]] if source.polarity else []
        return [*said, *_doubts(source, words), *_cut(source, words)]
    around = "".join(cut_around(source.passages[0], source.claim))
    quoted = [words["quoted"].format(quote=around)] if around != source.claim.text else []
    return [*quoted, *tell_beside(source, answer)]


def tell_beside(source: SourceAnswer, answer: Answer) -> list[str]:
    """Return what is to be known beside a source's claim where that stands among its words: hedges, and what is cut."""
    return [*tell_hedges(source, answer), *_cut(source, read_words(answer.language))]


def _cut(source: SourceAnswer, words: Words) -> list[str]:
    return [words["cut_source"]] if source.partial else []


def tell_hedges(source: SourceAnswer, answer: Answer) -> list[str]:
    """Return what is to be known beside a source's claim but for what it counts: how sure it is, who says so."""
    claim, words = source.claim, read_words(answer.language)
    if claim is None:
        return []
    notes = _doubts(source, words)
    if any(group.partial and source.source in group.sources for group in answer.groups):
        notes.append(words["combined"])
    if claim.attribution is None and without_tail(answer.understood_as) != answer.understood_as:
        notes.append(words["nobody_said"])
    return notes + tell_figure(claim, answer.language)


def _doubts(source: SourceAnswer, words: Words) -> list[str]:
    """Return what speaks against a source: it names nothing that is asked about, what it says is too unsure to be
    compared, or there is a newer version of it."""
    doubts = [words["doubtful_source"]] if source.doubtful else []
    doubts += [words["too_unsure"]] if too_unsure(source) else []
    return doubts + ([words["said_before"].format(source=disarm(source.newer))] if source.newer else [])


def tell_if_unsure(source: SourceAnswer, language: str) -> list[str]:
    """Return that a source's claim is not sure enough to be shown by itself, where nothing else says so already."""
    return [tell_doubt(source.claim, language)] if source.claim and not (is_sure(source) or too_unsure(source)) else []


def tell_doubt(claim: Span, language: str) -> str:
    """Return that a claim is not sure, and what to do about it."""
    return read_words(language)[_UNSURE.get(claim.kind, "unsure_answer")]


def tell_figure(claim: Span, language: str) -> list[str]:
    """Return how sure a figure is, and who says so."""
    words, notes, hedges = read_words(language), [], claim.qualifier.split(", ")
    by = "denied_by" if "denied" in hedges else "according"
    for hedge in filter(None, hedges):
        note = words[_HEDGES[hedge]] if hedge in _HEDGES else disarm(hedge)
        if note not in claim.text.casefold() and not (hedge == "denied" and claim.attribution):
            notes.append(note)  # "au moins 600" has said it already, and so will "denied by"
    if claim.attribution:
        notes.append(words[by].format(speaker=disarm(claim.attribution.text)))
    return notes


def tell_more(source: SourceAnswer, language: str) -> list[str]:
    """Return a line for each further claim of a source, and for each figure that it denies: who says so, and when."""
    words = read_words(language)
    told = [("says_too", claim) for claim in source.claims[1:]] + [("denies_figure", claim) for claim in source.denied]
    lines = []
    for name, claim in told:
        when = [disarm(claim.when.text)] if claim.when else []
        around = (cut_around(p, claim.span) for p in source.passages if p.citation.number == claim.citation)
        sure = [note for note in tell_figure(claim.span, language) if note != words["hedge_denied"]]
        notes = [*(words["quoted"].format(quote="".join(one)) for one in around), *sure, *when]
        lines.append(" · ".join([words[name].format(figure=disarm(claim.text)), *notes]))
    return lines


def tell_refusal(source: SourceAnswer, answer: Answer) -> list[str]:
    """Return why the nearest source does not answer where none does; nothing where some do."""
    own = [silence for silence in answer.silences if silence.source == source.source]
    return [tell_reason(silence, answer.language) for silence in own] if not answer.found else []


def name_matter(matter: Matter) -> str:
    """Return what a matter is about, in words of one of its sources."""
    about = disarm(" ".join(matter.about).replace("’ ", "’"))
    return f"{about} ({disarm(matter.unit)})" if matter.unit else about


def tell_verdict(matter: Matter, language: str) -> str:
    """Return what the figures of a matter make of each other, and from how many origins they come."""
    words = read_words(language)
    told = words[_VERDICTS[matter.verdict]]
    return told if matter.verdict == "one origin" else f"{told} · {words.count('origins', matter.origins)}"


def describe_document(document: Document) -> dict[str, object]:
    """Return what a list of sources says of a document: everything but its text, as plain data."""
    return {
        "source": document.source,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published.isoformat() if document.published else None,
        "updated": document.updated.isoformat() if document.updated else None,
        "author": document.author,
        "partial": document.partial,
        "ocr": document.ocr,
        "language": document.language,
        "characters": len(document.text),
        "url": document.url,
    }
