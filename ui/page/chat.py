"""What does the conversation show? A short answer to each question: a line for each source, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answers import Answer, SourceAnswer, is_sure, part_of
from ui.escaping import disarm, escape
from ui.page.markup import place_in_order, show_date, show_text, write_button, write_paragraph
from ui.words.catalogue import read_words
from ui.words.understanding import tell_understood
from ui.words.verdicts import tell_agreement, tell_event, tell_witnesses
from ui.words.wording import cut_quote, name_briefly, tell_claim, tell_doubt, tell_hedges

_BEFORE = 16
"""Characters of the quote that stand before the figure on its line; the rest shows when the line is looked at."""


def show_conversation(answers: Sequence[Answer], selected: int, language: str) -> str:
    """Return the conversation, oldest question first; the answer numbered `selected`, from 0, is in the panel."""
    turns = [_turn(number, answer, number == selected, language) for number, answer in enumerate(answers)]
    words = read_words(language)
    head = f'<div class="rc-log-head">{write_button(words["new"], {"begin": "1"})}</div>'
    log = f'<div role="log" aria-label="{escape(words["conversation"])}">{"".join(turns)}</div>'
    return f'<div class="rc rc-log">{head}{log}</div>'


def show_welcome(language: str, before: str = "", turn: int = -1) -> str:
    """Return what stands in an empty conversation: what this is; and the way back to the one `before` it, as the
    browser keeps it, of which the answer numbered `turn` was shown."""
    words = read_words(language)
    parts = [write_paragraph("rc-hello", words["welcome"]), write_paragraph("rc-quiet", words["welcome_more"])]
    parts += [write_button(words["undo"], {"revisit": before, "turn": str(turn)})] if before else []
    return f'<div class="rc rc-welcome">{"".join(parts)}</div>'


def show_ideas(ideas: Sequence[tuple[str, str]], language: str, *, first: bool = False) -> str:
    """Return follow-up questions, or the `first` of a conversation, with their language, as buttons; "" for none."""
    title = read_words(language)["try" if first else "follow_up"]
    return f'<div class="rc">{_offered(title, ideas, fresh=first)}</div>' if ideas else ""


def show_events(questions: Sequence[tuple[str, str]], language: str) -> str:
    """Return questions about one event each, with their language, as buttons; "" for none."""
    return (
        f'<div class="rc">{_offered(read_words(language)["one_event"], questions, fresh=True)}</div>'
        if questions
        else ""
    )


def show_notice(message: str) -> str:
    """Return a message of ours that is read out at once; "" for none."""
    return f'<div class="rc rc-notice" role="alert">{write_paragraph("rc-line", message)}</div>' if message else ""


def show_filters(lines: Sequence[str]) -> str:
    """Return what the filters do, in lines that are read out when they change; "" where none is on."""
    told = "".join(write_paragraph("rc-quiet", line) for line in lines)
    return f'<div class="rc" role="status">{told}</div>' if lines else ""


def show_nothing_found(
    answer: Answer, examples: Sequence[tuple[str, str]], language: str, *, scoped: bool, everywhere: bool
) -> str:
    """Return what helps somebody whose question has no answer: questions that have one; where only some sources were
    asked, that they were, and the way to `everywhere`, if that answers."""
    words = read_words(language)
    parts = [write_paragraph("rc-quiet", words["scoped_hint"])] if scoped else []
    if everywhere:
        asking = write_button(words["everywhere"], {"ask": answer.question, "everywhere": "1"}, kind="rc-idea")
        parts.append(f'<div class="rc-ideas">{asking}</div>')
    parts += [_offered(words["nothing_hint"], examples, fresh=True)] if examples else []
    return f'<div class="rc">{"".join(parts)}</div>' if parts else ""


def _offered(title: str, questions: Sequence[tuple[str, str]], *, fresh: bool) -> str:
    """Return questions as buttons; `fresh` ones have nothing to do with those before them."""
    kind = ' data-fresh="1"' if fresh else ""
    buttons = "".join(
        f'<button type="button" class="rc-idea" lang="{escape(language)}" data-ask="{escape(question)}"{kind}>'
        f"{show_text(question)}</button>"
        for question, language in questions
    )
    return f'{write_paragraph("rc-quiet", title)}<div class="rc-ideas">{buttons}</div>'


def _turn(number: int, answer: Answer, selected: bool, language: str) -> str:
    words, own = read_words(language), read_words(answer.language)
    parts = [f'<h2 class="rc-question" id="q{number}" tabindex="-1">{show_text(answer.question)}</h2>']
    parts += [write_paragraph("rc-understood", told)] if (told := tell_understood(answer)) else []
    if answer.found:
        order = _order(answer, language)
        parts.append(_said(number, answer, language) if not answer.events else _by_event(number, answer, language))
        undated = sum(source.published is None for source in answer.sources)
        heard = words.count("answering", len(answer.sources))
        heard += f", {words.count('undated_count', undated)}" if undated else ""
        silent = _count_silent(answer, selected, language)
    else:
        parts.append(write_paragraph("rc-verdict rc-none", own["not_found"]))
        heard, silent, order = "", "", ""
    shown = "" if selected else write_button(words["show_sources"], {"select": str(number)})
    parts.append(f'<p class="rc-turn-foot"><span class="rc-quiet">{escape(heard)}{silent}</span> {order}{shown}</p>')
    current = ' aria-current="true"' if selected else ""
    return (
        f'<article class="rc-turn" lang="{escape(answer.language)}" aria-labelledby="q{number}"{current} '
        f'data-turn="{number}">{"".join(parts)}</article>'
    )


def _said(number: int, answer: Answer, language: str) -> str:
    """Return what the sources make of each other, and a line for each."""
    lines = "".join(_line(number, source, answer, language) for source in answer.sources)
    return f'{_verdict(answer)}<ul class="rc-short">{lines}</ul>{_witnesses(answer)}'


def _by_event(number: int, answer: Answer, language: str) -> str:
    """Return that sources tell of several events, and of each what they say."""
    return write_paragraph("rc-verdict rc-several", tell_agreement(answer)) + "".join(
        f'<h3 class="rc-event">{show_text(tell_event(event, answer, answer.language))}</h3>'
        f"{_said(number, part_of(answer, event), language)}"
        for event in answer.events
    )


def _count_silent(answer: Answer, selected: bool, language: str) -> str:
    """Return how many sources are silent, as HTML; of the answer in the panel, it leads to why they are."""
    if not answer.silent:
        return ""
    told = read_words(language).count("silent", len(answer.silent))
    return " · " + (write_button(told, {"silent": "1"}, kind="rc-link") if selected else escape(told))


def _order(answer: Answer, language: str) -> str:
    """Return the buttons that order sources by date, or by who says so, and back; those that would change something."""
    words, shown = read_words(language), {source.source for source in answer.sources}
    dated = len({source.published for source in answer.sources if source.published}) > 1
    witnessed = any(len(shown.intersection(origin.sources)) > 1 for origin in answer.origins)
    return "".join(
        write_button(words[name], {"order": order}, pressed=False)
        for name, order, offered in (("by_date", "date", dated), ("by_witness", "witness", witnessed))
        if offered
    )


def _witnesses(answer: Answer) -> str:
    """Return a line for what several sources have from one: a speaker, a text; "" where each has its own."""
    return "".join(write_paragraph("rc-quiet rc-witness", line) for line in tell_witnesses(answer))


def _verdict(answer: Answer) -> str:
    line = tell_agreement(answer)
    return write_paragraph(f"rc-verdict rc-{answer.agreement}", line) if line else ""


def _line(number: int, source: SourceAnswer, answer: Answer, language: str) -> str:
    """Return what one source says in a line: its figure, how sure it is, who says so, when, and the quote."""
    cited = "".join(_citation(number, passage.citation.number, source, language) for passage in source.passages)
    when = f'<span class="rc-when">, {show_date(source.published, language)}</span>' if source.published else ""
    value = _value(source, answer)
    notes = tell_hedges(source, answer) if source.claim else tell_claim(source, answer)
    told, name = " · ".join(notes), name_briefly(source)
    hedges = f'<span class="rc-hedges" title="{escape(told)}">{show_text(told)}</span> ' if notes else ""
    return (
        f'<li{place_in_order(source, answer)}><span class="rc-cites">{cited}</span> '
        f'<span class="rc-value">{value}</span> '
        f'<span class="rc-who"><span class="rc-name" title="{escape(name)}">{show_text(name)}</span>{when}</span> '
        f'<span class="rc-said">{hedges}{_quoted(source)}</span></li>'
    )


def _value(source: SourceAnswer, answer: Answer) -> str:
    """Return a source's figure: strong where it is sure, else small, for its sentence to be read."""
    if source.claim is None:
        return ""
    shown = show_text(source.claim.text)
    if is_sure(source):
        return f'<strong title="{escape(source.claim.text)}">{shown}</strong>'
    return f'<span class="rc-unsure" title="{escape(tell_doubt(source.claim, answer.language))}">{shown} ?</span>'


def _quoted(source: SourceAnswer) -> str:
    """Return the sentence that answers, its figure marked; what stands far before that shows where there is room."""
    first = source.passages[0]
    cut = [(text, claimed) for text, answers, claimed in cut_quote(first, source.claim) if answers or claimed]
    cut = cut or [(disarm(first.citation.quote), False)]
    lead = ""
    if len(cut) > 1 and not cut[0][1] and len(cut[0][0]) > _BEFORE:
        far = cut[0][0][:-_BEFORE].rpartition(" ")[0] + " "
        lead, cut[0] = (far, (cut[0][0][len(far) :], False)) if far.strip() else ("", cut[0])
    shown = "".join(f"<b>{show_text(text)}</b>" if claimed else show_text(text) for text, claimed in cut)
    before = f'<span class="rc-lead">{show_text(lead)}</span>' if lead else ""
    return f'<q lang="{escape(first.hit.paragraph.language)}">{before}{shown}</q>'


def _citation(turn: int, number: int, source: SourceAnswer, language: str) -> str:
    title = read_words(language)["citation"].format(number=number, name=name_briefly(source))
    return (
        f'<a class="rc-cite" href="#c{turn}-{number}" data-select="{turn}" data-card="{number}" '
        f'aria-label="{escape(title)}">{number}</a>'
    )
