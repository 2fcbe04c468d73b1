"""What is shown of the sources that do not answer? A line for each with its reason, its nearest sentence on demand."""

from __future__ import annotations

from collections.abc import Mapping

from qa.answers import Answer, Silence
from ui.escaping import disarm, escape
from ui.page.markup import show_date, show_text, write_button, write_paragraph
from ui.words.catalogue import print_number, read_words
from ui.words.wording import tell_reason

_LAST = ("nothing near", "not in the filter")
"""The reasons of sources that stand behind the others: of these nobody asks why."""


def show_silent(answer: Answer, titles: Mapping[str, str], language: str) -> str:
    """Return the sources that do not answer, folded; "" where there are none. `titles` are what they are called."""
    if not answer.silent and not answer.silences:
        return ""
    words = read_words(language)
    left_out = sum(silence.reason == "not in the filter" for silence in answer.silences)
    told = [words.count("silent", len(answer.silent))] if answer.silent else []
    told += [words.count("partial_count", len(answer.cut_short))] if answer.cut_short else []
    told += [words.count("left_out_count", left_out)] if left_out else []
    known = {silence.source: silence for silence in answer.silences}
    lines = sorted(
        answer.silences, key=lambda silence: _LAST.index(silence.reason) + 1 if silence.reason in _LAST else 0
    )
    items = "".join(_line(silence, titles, language) for silence in lines)
    items += "".join(f"<li>{_title(source, titles)}</li>" for source in answer.silent if source not in known)
    return (
        f'<details class="rc-fold rc-silent" id="rc-silent"><summary>{escape(" · ".join(told))}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _line(silence: Silence, titles: Mapping[str, str], language: str) -> str:
    """Return one silent source: what it is called, why it is silent, and what in it is nearest, folded."""
    when = f" {show_date(silence.published, language)}" if silence.published else ""
    reason = f'<span class="rc-reason">{show_text(tell_reason(silence, language))}</span>'
    line = f'{_title(silence.source, titles)}<span class="rc-quiet">{when}</span> — {reason}'
    cited = silence.citation
    if cited is None:
        return f"<li>{line}</li>"
    words = read_words(language)
    opened = write_button(words["article"], {"article": cited.source, "span": f"{cited.start}-{cited.end}"})
    return (
        f'<li>{line}<details class="rc-nearest"><summary>{escape(words["nearest_sentence"])}</summary>'
        f"<blockquote>{show_text(disarm(cited.quote))}</blockquote>"
        f'<div class="rc-actions">{opened}</div></details></li>'
    )


def _title(source: str, titles: Mapping[str, str]) -> str:
    """Return what a source is called, as a button that opens it at its top."""
    return write_button(titles.get(source, "").strip() or source, {"article": source, "span": "0-0"}, kind="rc-link")


def show_looked(answer: Answer, language: str) -> str:
    """Return, folded, how much of what was found was read, and why reading stopped; "" where that is not known."""
    told, looked = _tell_looked(answer, language), answer.looked
    if not told or looked is None:
        return ""
    summary = read_words(language)["looked"].format(
        read=print_number(looked.read, language), found=print_number(looked.found, language)
    )
    lines = "".join(write_paragraph("rc-quiet", line) for line in told)
    return f'<details class="rc-fold"><summary>{escape(summary)}</summary>{lines}</details>'


def _tell_looked(answer: Answer, language: str) -> list[str]:
    """Return how much of what was found was read, and why reading stopped, in lines; none where that is not known."""
    looked, words = answer.looked, read_words(language)
    if looked is None:
        return []
    counts = {"read": looked.read, "found": looked.found, "most": looked.of_one}
    told = words["looked_how"].format(**{name: print_number(count, language) for name, count in counts.items()})
    rest = words["looked_stopped" if looked.stopped else "looked_all"]
    return [told, rest] if looked.read < looked.found else [words["looked_each"]]
