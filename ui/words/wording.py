"""In which words does the interface speak of an answer, in French and in English?

What the terminal (`ui/terminal/text.py`) and the page (`ui/page`) say beside the quotes stands here, so that both say
the same. Nothing here states a fact about the news: facts stand in quotes alone.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from index.facts import Span
from index.records import Document
from qa.answers import Answer, Citation, Passage, SourceAnswer
from ui.escaping import disarm

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "understood": "Understood as: {question}",
        "not_found": "Nothing in these sources answers this question.",
        "nearest": "The nearest passages, which do not answer it:",
        "silent": "Silent: {sources}",
        "others": "and {count} others",
        "page": "p. {page}",
        "according": "according to {speaker}",
        "affirms": "says so",
        "denies": "denies it",
        "combined": "a combined toll, which answers in part only",
    },
    "fr": {
        "understood": "Question comprise : {question}",
        "not_found": "Rien dans ces sources ne répond à cette question.",
        "nearest": "Les passages les plus proches, qui n’y répondent pas :",
        "silent": "Muettes : {sources}",
        "others": "et {count} autres",
        "page": "p. {page}",
        "according": "selon {speaker}",
        "affirms": "l’affirme",
        "denies": "le nie",
        "combined": "bilan cumulé, qui ne répond qu’en partie",
    },
}

QUALIFIERS: dict[str, dict[str, str]] = {
    "en": {
        "conditional": "reported, not vouched for",
        "planned": "planned or expected",
        "vague": "no exact figure",
        "estimated": "an estimate",
    },
    "fr": {
        "at least": "au moins",
        "more than": "plus que cela",
        "at most": "au plus",
        "less than": "moins que cela",
        "up to": "jusqu’à",
        "about": "environ",
        "nearly": "presque",
        "estimated": "estimation",
        "vague": "sans chiffre exact",
        "conditional": "au conditionnel",
        "planned": "prévu ou attendu",
        "denied": "démenti",
    },
}
"""How the hedges of `index.facts.QUALIFIERS` are told to a reader; one that is not here is told by its own name."""

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}

SILENT_SHOWN = 12
"""How many silent sources are named before the rest is counted."""


def words(language: str) -> dict[str, str]:
    """Return the labels in the question's language; English for a language without labels of its own."""
    return WORDS.get(language, WORDS["en"])


def day(published: date, language: str) -> str:
    """Return a date as the language writes it: "25 novembre 2024", "1er mai 2024", "1 May 2024"."""
    number = "1er" if language == "fr" and published.day == 1 else str(published.day)
    months = MONTHS.get(language, MONTHS["en"])
    return f"{number} {months[published.month - 1]} {published.year}"


def name(source: SourceAnswer) -> str:
    """Return what a reader calls the source: the outlet and the title, or what is known of them."""
    known = [disarm(part) for part in (source.outlet, source.title) if part.strip()]
    return " · ".join(known) or disarm(source.source)


def outlet_or_title(source: SourceAnswer) -> str:
    """Return the shortest name by which a reader knows the source."""
    return next(disarm(part) for part in (source.outlet, source.title, source.source) if part.strip())


def place(citation: Citation, language: str) -> str:
    """Return where a quote stands: "dossier/article.pdf, p. 3"."""
    page = "" if citation.page is None else ", " + words(language)["page"].format(page=citation.page)
    return disarm(citation.source) + page


def silent_line(answer: Answer) -> str:
    """Return the line that names the sources which do not answer; "" where none is silent, or all are."""
    if not answer.silent or not answer.found:
        return ""
    label = words(answer.language)
    named = ", ".join(disarm(source) for source in answer.silent[:SILENT_SHOWN])
    rest = len(answer.silent) - SILENT_SHOWN
    if rest > 0:
        named += " " + label["others"].format(count=rest)
    return label["silent"].format(sources=named)


def pieces(passage: Passage, claim: Span | None) -> list[tuple[str, bool, bool]]:
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


def agreement_line(answer: Answer) -> str:
    """Return the line that says whether the sources agree; "" where there is nothing to compare."""
    return disarm(answer.summary) if answer.found else ""


def claim_notes(source: SourceAnswer, answer: Answer) -> list[str]:
    """Return what is to be known beside a source's claim: what is counted, how sure it is, who says so.

    Where the question asks for yes or no, there is no claim, and what is told is which of them the source says.
    """
    claim, label = source.claim, words(answer.language)
    if claim is None:
        return [label[source.polarity]] if source.polarity else []
    told = QUALIFIERS.get(answer.language, QUALIFIERS["en"])
    notes = [disarm(claim.role)] if claim.role else []
    if any(group.partial and source.source in group.sources for group in answer.groups):
        notes.append(label["combined"])
    for hedge in filter(None, claim.qualifier.split(", ")):
        note = told.get(hedge, disarm(hedge))
        if note not in claim.text.casefold():  # "au moins 600" has said it already
            notes.append(note)
    if claim.attribution:
        notes.append(label["according"].format(speaker=disarm(claim.attribution.text)))
    return notes


def listed(document: Document) -> dict[str, object]:
    """Return what a list of sources says of a document: everything but its text, as plain data."""
    return {
        "source": document.source,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published.isoformat() if document.published else None,
        "language": document.language,
        "characters": len(document.text),
        "url": document.url,
    }
