"""What does an answer look like in a terminal? Pure functions from nouns to text; no escape but our own bold."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from index.facts import Span
from index.records import Document, Guessed, Hit, Skipped
from index.report import alike, ignored_text, told_apart
from qa.answers import Answer, Passage, SourceAnswer
from ui.escaping import disarm
from ui.words.catalogue import print_day, read_words
from ui.words.understanding import tell_understood
from ui.words.verdicts import tell_agreement, tell_bearing, tell_events, tell_timeline
from ui.words.wording import (
    cut_around,
    cut_quote,
    name_source,
    tell_beside,
    tell_claim,
    tell_cut_short,
    tell_more,
    tell_origins,
    tell_place,
    tell_refusal,
    tell_silent,
    tell_unread,
)

if TYPE_CHECKING:
    from index.corpus import WriteReport

_WITHIN_NUMBER = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")

# A space where no line ends, and where the sentence that answers begins and ends, until lines are cut; `disarm`
# leaves none of these in foreign text.
_KEPT = "\x1f"
_ON, _OFF = "\x02", "\x03"


def write_answer(answer: Answer, *, width: int = 100, styled: bool = False) -> str:
    """Return the answer as lines of at most `width` columns, ending in a newline.

    One block for each source: its name and date, the claim on a line of its own, then each quote with the sentence that
    answers marked, in bold where `styled` and between ** elsewhere, and the number of its citation.
    """
    words = read_words(answer.language)
    blocks: list[str] = []
    if understood := tell_understood(answer):
        blocks.append(wrap_text(understood, width))
    if not answer.found:
        blocks.append(_marked(wrap_text(f"{_ON}{words['not_found']}{_OFF}", width), styled=styled, plain=""))
        if answer.sources:
            blocks.append(words["nearest"])
    blocks += [_source_text(source, answer, width=width, styled=styled) for source in answer.sources]
    told = (
        tell_agreement(answer),
        *tell_events(answer),
        *tell_origins(answer),
        tell_timeline(answer),
        *tell_bearing(answer),
        tell_silent(answer),
        tell_cut_short(answer),
        tell_unread(answer),
    )
    blocks += [wrap_text(line, width) for line in told if line]
    return "\n\n".join(blocks) + "\n"


def write_hits(hits: Sequence[Hit], *, width: int = 100, styled: bool = False) -> str:
    """Return the paragraphs found, best first: place, source and title, then the paragraph."""
    blocks = []
    for number, hit in enumerate(hits, 1):
        paragraph = hit.paragraph
        ranks = ", ".join(f"{leg} {rank}" for leg, rank in hit.ranks.items())
        head = f"{number}. {_ON}{disarm(paragraph.title or paragraph.source)}{_OFF}"
        foot = f"{disarm(paragraph.source)} · score {hit.score:.3f}" + (f" · ranks: {ranks}" if ranks else "")
        lines = [wrap_text(head, width), wrap_text(disarm(paragraph.text), width, indent="   "), f"   {foot}"]
        blocks.append(_marked("\n".join(lines), styled=styled, plain=""))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def write_report(report: WriteReport) -> tuple[str, list[str]]:
    """Return what a write did, in short, and a line for each file that was left out, or read with something to note.

    >>> from index.records import Skipped
    >>> from index.report import WriteReport
    >>> write_report(WriteReport(read=("a.txt",), skipped=(Skipped("b.pdf", "encrypted"),)))[0]
    '1 read, 1 skipped (encrypted)'
    """
    parts = [f"{len(report.read)} read"]
    parts += [f"{len(report.reused)} unchanged"] if report.reused else []
    parts += [f"{len(report.removed)} gone"] if report.removed else []
    parts += [f"{len(report.duplicates)} duplicate{'s'[: len(report.duplicates) > 1]}"] if report.duplicates else []
    out, noted = told_apart(report)
    parts.append(f"{len(out)} skipped{_reasons(out)}")
    parts += [f"{len({one.source for one in noted})} read with notes{_reasons(noted)}"] if noted else []
    if report.unread:
        parts.append(f"{report.unread} paragraph{'s'[: report.unread > 1]} without facts, since the reader failed")
    lines = [f"skipped {disarm(skipped.source)}: {disarm(skipped.reason)}" for skipped in out]
    lines += [f"read, with notes, {disarm(one.source)}: {disarm(one.reason)}" for one in noted]
    lines += [f"skipped {disarm(copy)}: the same as {disarm(first)}" for copy, first in report.duplicates]
    lines += [disarm(told)] if (told := ignored_text(report.ignored)) else []
    lines += [_guess(one, others) for one, others in alike(report.guessed)]
    return ", ".join(parts), lines


def _reasons(skipped: Sequence[Skipped]) -> str:
    """Return the reasons of these, each once, in brackets."""
    reasons = dict.fromkeys(disarm(one.reason) for one in skipped)
    return f" ({'; '.join(reasons)})" if reasons else ""


def _guess(one: Guessed, others: int) -> str:
    """Return which columns of a table were taken for what, since nobody named them."""
    more = f" and {others} more" if others else ""
    columns = ", ".join(f"{field} {disarm(repr(name))}" for field, name in one.columns.items())
    how = "by their names, or by what they hold"
    return f"columns of {disarm(one.source)}{more} taken {how}: {columns}; --column FIELD NAME says otherwise"


def write_info(info: Mapping[str, object], documents: Sequence[Document]) -> str:
    """Return what an index holds: a line for each fact, then a line for each source."""
    lines = [f"{key}: {_fact(value)}" for key, value in info.items() if key != "ignored"]
    ignored = info.get("ignored")
    lines += [disarm(told)] if isinstance(ignored, Mapping) and (told := ignored_text(ignored)) else []
    for document in documents:
        date = document.published.isoformat() if document.published else "undated"
        known = (document.source, date, document.language, document.outlet, document.title)
        lines.append("  " + "  ".join(disarm(part) for part in known if part))
    return "\n".join(lines) + "\n"


def _fact(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {count}" for key, count in value.items())
    return disarm(str(value))


def _source_text(source: SourceAnswer, answer: Answer, *, width: int, styled: bool) -> str:
    date = f" — {print_day(source.published, answer.language)}" if source.published else ""
    head = wrap_text(f"{_ON}{name_source(source)}{_OFF}{date}", width)
    lines = [_marked(head, styled=styled, plain="")]
    if source.claim and answer.found:
        around = cut_around(source.passages[0], source.claim)
        lines.append(_claim_text(around, tell_beside(source, answer), width=width, styled=styled))
    elif answer.found:
        lines += [f"  → {note}" for note in tell_claim(source, answer)]
    more = tell_more(source, answer.language) if answer.found else tell_refusal(source, answer)
    lines += [wrap_text(line, width, indent="  → ", after="    ") for line in more]
    for number, passage in enumerate(source.passages):
        claim = source.claim if number == 0 else None
        lines.append(_passage_text(passage, claim, answer, width=width, styled=styled))
    return "\n".join(lines)


def _claim_text(around: tuple[str, str, str], notes: Sequence[str], *, width: int, styled: bool) -> str:
    """Return a claim among the words around it, as `cut_around` gives them, and below that what is to be known."""
    before, claim, after = around
    figure = wrap_text(f"{before}{_ON}{claim}{_OFF}{after}", width, indent="  → ", after="    ")
    lines = [_marked(figure, styled=styled, plain="")]
    if notes:
        lines.append(wrap_text(" · ".join(notes), width, indent="    "))
    return "\n".join(lines)


def _passage_text(passage: Passage, claim: Span | None, answer: Answer, *, width: int, styled: bool) -> str:
    quote = "".join(
        f"{_ON}{text}{_OFF}" if answers and answer.found else text for text, answers, _ in cut_quote(passage, claim)
    )
    body = wrap_text(quote.replace(_OFF + _ON, ""), width, indent="    ")
    cited = f"    [{passage.citation.number}] {tell_place(passage.citation, answer.language)}"
    return f"{_marked(body, styled=styled, plain='**')}\n{cited}"


def wrap_text(text: str, width: int, *, indent: str = "", after: str | None = None) -> str:
    """Return the text in lines; a line ends nowhere within a number such as "10 000"."""
    after = indent if after is None else after
    whole = _WITHIN_NUMBER.sub(_KEPT, text)
    lines = textwrap.fill(whole, max(width, 20), initial_indent=indent, subsequent_indent=after, break_on_hyphens=False)
    return lines.replace(_KEPT, " ")


def _marked(text: str, *, styled: bool, plain: str) -> str:
    """Return the text with its marks written out: bold on a terminal, `plain` elsewhere."""
    on, off = ("\x1b[1m", "\x1b[0m") if styled else (plain, plain)
    return text.replace(_ON, on).replace(_OFF, off)
