"""What does the conversation show? A short answer to each question: a line for each source, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answers import Answer, SourceAnswer
from ui.escaping import disarm, escape
from ui.page.markup import show_date, write_button, write_paragraph
from ui.words.catalogue import read_words
from ui.words.wording import name_briefly, tell_agreement, tell_claim

_QUOTED = 160
"""Characters of a quote that stand for it in the conversation, where there is no figure to stand for it."""


def show_conversation(answers: Sequence[Answer], selected: int, language: str) -> str:
    """Return the conversation, oldest question first; the answer numbered `selected`, from 0, is in the panel."""
    turns = [_turn(number, answer, number == selected, language) for number, answer in enumerate(answers)]
    words = read_words(language)
    head = f'<div class="rc-log-head">{write_button(words["new"], {"begin": "1"})}</div>'
    log = f'<div role="log" aria-label="{escape(words["conversation"])}">{"".join(turns)}</div>'
    return f'<div class="rc rc-log">{head}{log}</div>'


def show_welcome(examples: Sequence[tuple[str, str]], language: str) -> str:
    """Return what stands in an empty conversation: what this is, and questions, with their language, to try."""
    words = read_words(language)
    parts = [write_paragraph("rc-hello", words["welcome"]), write_paragraph("rc-quiet", words["welcome_more"])]
    parts += [_offered(words["try"], examples)] if examples else []
    return f'<div class="rc rc-welcome">{"".join(parts)}</div>'


def show_ideas(ideas: Sequence[tuple[str, str]], language: str) -> str:
    """Return follow-up questions (with their language) as buttons; "" where there is none."""
    return f'<div class="rc">{_offered(read_words(language)["follow_up"], ideas)}</div>' if ideas else ""


def show_notice(message: str) -> str:
    """Return a message of ours that is read out at once; "" for none."""
    return f'<div class="rc rc-notice" role="alert">{write_paragraph("rc-line", message)}</div>' if message else ""


def show_nothing_found(answer: Answer, examples: Sequence[tuple[str, str]], language: str, *, scoped: bool) -> str:
    """Return what helps somebody whose question has no answer: asking every source, and questions that have one."""
    words = read_words(language)
    parts = []
    if scoped:
        everywhere = write_button(words["everywhere"], {"ask": answer.question, "everywhere": "1"}, kind="rc-idea")
        parts.append(f'{write_paragraph("rc-quiet", words["scoped_hint"])}<div class="rc-ideas">{everywhere}</div>')
    parts += [_offered(words["nothing_hint"], examples)] if examples else []
    return f'<div class="rc">{"".join(parts)}</div>' if parts else ""


def _offered(title: str, questions: Sequence[tuple[str, str]]) -> str:
    buttons = "".join(
        f'<button type="button" class="rc-idea" lang="{escape(language)}" data-ask="{escape(question)}">'
        f"{escape(question)}</button>"
        for question, language in questions
    )
    return f'{write_paragraph("rc-quiet", title)}<div class="rc-ideas">{buttons}</div>'


def _turn(number: int, answer: Answer, selected: bool, language: str) -> str:
    words, own = read_words(language), read_words(answer.language)
    parts = [f'<h2 class="rc-question" id="q{number}">{escape(answer.question)}</h2>']
    if answer.understood_as != answer.question:
        parts.append(write_paragraph("rc-understood", own["understood"].format(question=answer.understood_as)))
    if answer.found:
        lines = "".join(_line(number, source, answer, language) for source in answer.sources)
        parts += [_verdict(answer), f'<ul class="rc-short">{lines}</ul>']
        heard = words.count("answering", len(answer.sources))
        silent = f" · {words.count('silent', len(answer.silent))}" if answer.silent else ""
    else:
        parts.append(write_paragraph("rc-verdict rc-none", own["not_found"]))
        heard, silent = "", ""
    shown = "" if selected else write_button(words["show_sources"], {"select": str(number)})
    parts.append(f'<p class="rc-turn-foot"><span class="rc-quiet">{escape(heard + silent)}</span> {shown}</p>')
    current = ' aria-current="true"' if selected else ""
    return (
        f'<article class="rc-turn" lang="{escape(answer.language)}" aria-labelledby="q{number}"{current} '
        f'data-turn="{number}">{"".join(parts)}</article>'
    )


def _verdict(answer: Answer) -> str:
    line = tell_agreement(answer)
    return write_paragraph(f"rc-verdict rc-{answer.agreement}", line) if line else ""


def _line(number: int, source: SourceAnswer, answer: Answer, language: str) -> str:
    """Return what one source says in a line: its figure, or the beginning of the sentence that answers."""
    first = source.passages[0]
    cited = "".join(_citation(number, passage.citation.number, source, language) for passage in source.passages)
    if source.claim:
        notes = " · ".join(tell_claim(source, answer))
        said = f"<strong>{escape(source.claim.text)}</strong> {escape(notes)}"
    else:
        start, end = first.highlights[0] if first.highlights else (0, len(first.citation.quote))
        sentence = " ".join(disarm(first.citation.quote[start:end]).split())
        cut = sentence if len(sentence) <= _QUOTED else sentence[:_QUOTED].rsplit(" ", 1)[0] + "…"
        notes = "".join(f"<strong>{escape(note)}</strong> " for note in tell_claim(source, answer))
        said = f'{notes}<q lang="{escape(first.hit.paragraph.language)}">{escape(cut)}</q>'
    who = f"{escape(name_briefly(source))}, {show_date(source.published, language)}"
    cites = f'<span class="rc-cites">{cited}</span>'
    return f'<li><span class="rc-said">{said}</span> {cites} <span class="rc-who">{who}</span></li>'


def _citation(turn: int, number: int, source: SourceAnswer, language: str) -> str:
    title = read_words(language)["citation"].format(number=number, name=name_briefly(source))
    return (
        f'<a class="rc-cite" href="#c{turn}-{number}" data-select="{turn}" data-card="{number}" '
        f'aria-label="{escape(title)}">{number}</a>'
    )
