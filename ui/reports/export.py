"""How is an answer written down outside the page: as Markdown, CSV, JSON or BibTeX?

What stands in these files is foreign text in a language that could obey it. In Markdown every sign is escaped, in CSV
no cell is a formula, in BibTeX no brace is left open; JSON alone holds the bytes as they are.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from index.facts import Span
from qa.answers import Answer, Citation, Passage, SourceAnswer, is_sure
from ui.escaping import disarm, escape_cell, escape_latex, escape_markdown, write_json
from ui.words.catalogue import print_day, read_words
from ui.words.understanding import tell_understood
from ui.words.verdicts import tell_agreement, tell_events
from ui.words.wording import (
    cut_quote,
    name_source,
    tell_claim,
    tell_cut_short,
    tell_if_unsure,
    tell_more,
    tell_origins,
    tell_place,
    tell_refusal,
    tell_silent,
    tell_unread,
)

COLUMNS = (
    "question", "understood_as", "found", "agreement", "source", "outlet", "title", "published", "claim", "value",
    "value_max", "unit", "role", "qualifier", "attribution", "number", "sentence", "quote", "page", "start", "end",
    "url", "sureness",
)  # fmt: skip
"""The columns of the CSV: one row for each cited passage, with its source's claim where it holds it; one more for each
further claim of it, and for each figure that it denies. How likely a claim is right, from 0 to 1, stands beside the
first claim of a source."""


def export_answers(answers: Sequence[Answer], form: str) -> str:
    """Return an answer, or the answers of a conversation in order, as "markdown", "csv", "json" or "bibtex".

    The text ends with a newline and is to be written in UTF-8. Raises ValueError for another form.
    """
    if form not in _FORMS:
        raise ValueError(f"form is {', '.join(_FORMS)}, not {form!r}")
    return _FORMS[form](answers)


def _write_json(answers: Sequence[Answer]) -> str:
    """Return what `recoupe ask --json` prints: one object for one answer, a list of them for several."""
    return write_json(answers[0] if len(answers) == 1 else list(answers))


def write_markdown(answers: Sequence[Answer]) -> str:
    """Return the answers as CommonMark: each question a heading, each source below it, its quotes with citations."""
    return "\n".join(line for answer in answers for line in _answer_lines(answer))


def write_csv(answers: Sequence[Answer]) -> str:
    """Return the answers as a table (RFC 4180), a row for each cited passage and each claim in it, under `COLUMNS`."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for answer in answers:
        for source in answer.sources:
            for passage in source.passages:
                for claim in _claimed(source, passage):
                    writer.writerow(map(escape_cell, _row(answer, source, passage, claim)))
    return table.getvalue()


def write_bibtex(answers: Sequence[Answer]) -> str:
    """Return an entry for each article cited by an answer that was found, each once, in order of first citation."""
    cited: dict[str, Citation] = {}
    for answer in answers:
        for source in answer.sources if answer.found else ():
            for passage in source.passages:
                cited.setdefault(passage.citation.source, passage.citation)
    return "\n".join(map(_entry, cited.values()))


_FORMS: dict[str, Callable[[Sequence[Answer]], str]] = {
    "markdown": write_markdown,
    "csv": write_csv,
    "json": _write_json,
    "bibtex": write_bibtex,
}


# Markdown


def _answer_lines(answer: Answer) -> Iterator[str]:
    words = read_words(answer.language)
    yield f"# {escape_markdown(answer.question)}\n"
    if understood := tell_understood(answer):
        yield escape_markdown(understood) + "\n"
    if not answer.found:
        yield f"**{escape_markdown(words['not_found'])}**\n"
        if answer.sources:
            yield escape_markdown(words["nearest"]) + "\n"
    elif tell_agreement(answer):
        yield f"**{escape_markdown(tell_agreement(answer))}**\n"
        yield from (f"{escape_markdown(line)}\n" for line in tell_events(answer))
    for source in answer.sources:
        yield from _source_lines(source, answer)
    for line in filter(None, (*tell_origins(answer), tell_silent(answer), tell_cut_short(answer), tell_unread(answer))):
        yield escape_markdown(line) + "\n"


def _source_lines(source: SourceAnswer, answer: Answer) -> Iterator[str]:
    date = f" — {escape_markdown(print_day(source.published, answer.language))}" if source.published else ""
    yield f"## {escape_markdown(name_source(source))}{date}\n"
    if source.claim and answer.found:
        claim = f"**{escape_markdown(source.claim.text)}**" + ("" if is_sure(source) else " ?")
        notes = [*tell_if_unsure(source, answer.language), *tell_claim(source, answer)]
        yield " · ".join([claim, *map(escape_markdown, notes)]) + "\n"
    elif answer.found:
        yield from (f"{escape_markdown(note)}\n" for note in tell_claim(source, answer))
    more = tell_more(source, answer.language) if answer.found else tell_refusal(source, answer)
    yield from (f"{escape_markdown(line)}\n" for line in more)
    for passage in source.passages:
        cut = cut_quote(passage, None) if answer.found else [(disarm(passage.citation.quote), False, False)]
        yield f"> {_quote([(text, answers) for text, answers, _ in cut])}\n>"
        url = f" · {escape_markdown(passage.citation.url)}" if passage.citation.url else ""
        where = escape_markdown(tell_place(passage.citation, answer.language))
        yield f"> \\[{passage.citation.number}\\] {where}{url}\n"


def _quote(cut: Sequence[tuple[str, bool]]) -> str:
    """Return a quote with the sentence that answers in bold, where the spaces around it let Markdown see that."""
    whole = "".join(text for text, _ in cut)
    out, at = [], 0
    for text, answers in cut:
        core = text.strip()
        start = at + text.index(core)
        end = start + len(core)
        apart = (not whole[:start].strip() or whole[start - 1].isspace()) and not whole[end : end + 1].strip()
        lead, trail = " " * text[:1].isspace(), " " * text[-1:].isspace()
        out.append(
            f"{lead}**{escape_markdown(core)}**{trail}"
            if answers and core and apart
            else f"{lead}{escape_markdown(core)}{trail}"
        )
        at += len(text)
    return "".join(out).strip()


# CSV


def _claimed(source: SourceAnswer, passage: Passage) -> list[Span | None]:
    """Return what a source claims, or denies, in one of its passages; None alone where that is nothing."""
    number = passage.citation.number
    own = [claim.span for claim in (*source.claims, *source.denied) if claim.citation == number]
    first = [source.claim] if source.claim and passage is source.passages[0] else []
    return [*first, *(span for span in own if span not in first)] or [None]


def _row(answer: Answer, source: SourceAnswer, passage: Passage, claim: Span | None) -> tuple[object, ...]:
    cited = passage.citation
    said = claim or Span("", "", 0, 0)
    sentence = " … ".join(cited.quote[start:end] for start, end in passage.highlights) if answer.found else ""
    return (
        answer.question, answer.understood_as, answer.found, answer.agreement, source.source, source.outlet,
        source.title, source.published, said.text, said.value, said.value_max, said.unit, said.role, said.qualifier,
        said.attribution.text if said.attribution else "", cited.number, sentence, cited.quote, cited.page,
        cited.start, cited.end, cited.url, _sureness(source, claim),
    )  # fmt: skip


def _sureness(source: SourceAnswer, claim: Span | None) -> float | None:
    """Return how likely a source's claim is right, in hundredths; None of what is not its first claim."""
    return None if claim is None or claim != source.claim or source.sureness is None else round(source.sureness, 2)


# BibTeX

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _entry(cited: Citation) -> str:
    fields = {"title": f"{{{escape_latex(cited.title)}}}" if cited.title.strip() else escape_latex(cited.source)}
    if cited.outlet.strip():
        fields["journal"] = escape_latex(cited.outlet)
    if cited.published:
        fields |= {"date": cited.published.isoformat(), "year": str(cited.published.year)}
        fields["month"] = _MONTHS[cited.published.month - 1]
    if re.match("https?://", cited.url, re.IGNORECASE):
        fields["url"] = quote(cited.url, safe=":/?#&=+,;@!*()[]~.%-_'")
    fields["note"] = escape_latex(cited.source)
    kind = "article" if "journal" in fields else "misc"
    lines = [f"  {key} = {value if key == 'month' else f'{{{value}}}'}," for key, value in fields.items()]
    return f"@{kind}{{{_key(cited)},\n" + "\n".join(lines) + "\n}\n"


def _key(cited: Citation) -> str:
    """Return the key of an article: its name in plain letters, and a digest of it, so that no two are the same."""
    stem = cited.source.rpartition("/")[2].rpartition(".")[0] or cited.source
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain))[:40].strip("-") or "article"
    return f"{slug}-{hashlib.sha256(cited.source.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
