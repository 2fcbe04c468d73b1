"""What is said of what sources make of each other: do they agree, does a toll grow, do they tell of several events?"""

from __future__ import annotations

from qa.agreement import Origin
from qa.answers import Answer, Event, part_of, unsure_claims
from qa.revision import Stage
from qa.summary import tell_unsure
from ui.escaping import disarm
from ui.words.catalogue import print_day, print_days, read_words

_WITNESSES = {
    "named": "witness_named",
    "speaker": "witness_speaker",
    "text": "witness_text",
    "mixed": "witness_mixed",
}
"""How what sources of one origin have in common is called in the catalogue; a speaker that is named, "named"."""

_BEARING = {"combined": "bearing_combined", "planned": "bearing_planned"}
"""How what stands beside an answer is called in the catalogue."""


def tell_agreement(answer: Answer) -> str:
    """Return the line that says whether the sources agree, or how a toll evolves; "" where nothing is compared."""
    if not answer.found or not answer.stages:
        return disarm(answer.summary) if answer.found else ""
    words = read_words(answer.language)
    toll, disputed = (
        ", ".join(_tell_stage(stage, answer.language) for stage in answer.stages if stage.disputes is beside)
        for beside in (False, True)
    )
    told = [words["evolves"].format(stages=toll)]
    told += [words["disputed"].format(stages=disputed)] if disputed else []
    return disarm(" ".join(filter(None, [*told, tell_unsure(unsure_claims(answer.sources), answer.language)])))


def tell_events(answer: Answer) -> list[str]:
    """Return a line for each event of an answer: "Ostrelle (18–20 mai) : Les sources concordent : 17."."""
    words, language = read_words(answer.language), answer.language
    parts = ((tell_event(event, answer, language), tell_agreement(part_of(answer, event))) for event in answer.events)
    return [words["event_says"].format(event=name, verdict=verdict) for name, verdict in parts]


def tell_event(event: Event, answer: Answer, language: str) -> str:
    """Return what an event is called, with the days on which its sources were published."""
    days = [source.published for source in answer.sources if source.source in event.sources and source.published]
    told = f" ({print_days(min(days), max(days), language)})" if days else ""
    return disarm(event.name) + told


def untold_origins(answer: Answer) -> list[Origin]:
    """Return the origins of several sources that the line on agreement does not tell: all where a toll rises."""
    told = [] if answer.stages else [set(group.sources) for group in answer.groups]
    return [origin for origin in answer.origins if set(origin.sources) not in told]


def tell_witnesses(answer: Answer) -> list[str]:
    """Return a line for each origin of several sources that the line on agreement does not tell already.

    "2 sources, un seul témoin : le préfet".
    """
    words, shown = read_words(answer.language), {source.source for source in answer.sources}
    lines = []
    for origin in untold_origins(answer):
        count = len(shown.intersection(origin.sources))
        if count > 1:
            kind = "named" if origin.kind == "speaker" and origin.name else origin.kind
            told = words[_WITNESSES[kind]].format(sources=words.count("sources_count", count), name=origin.name)
            lines.append(disarm(told))
    return lines


def _tell_stage(stage: Stage, language: str) -> str:
    return f"{' / '.join(stage.texts)} ({print_days(stage.first, stage.last, language)})"


def tell_timeline(answer: Answer) -> str:
    """Return the line that says what was told from day to day; "" where no days differ, or stages have said it."""
    if not answer.timeline or answer.stages:
        return ""
    words = read_words(answer.language)
    steps = [
        (
            f"{print_day(one.published, answer.language) if one.published else words['undated']} : {disarm(one.text)}"
            + (f" ({disarm(one.speaker)})" if one.speaker else "")
            + f" [{one.number}]"
        )
        for one in answer.timeline
    ]
    return words["timeline"].format(steps=" ; ".join(steps))


def tell_bearing(answer: Answer) -> list[str]:
    """Return a line for each kind of figure that stands beside those that answer."""
    words = read_words(answer.language)
    return [
        f"{words.count(_BEARING[one.kind], len(one.sources))} {' · '.join(map(disarm, one.texts))}"
        for one in answer.bearing
    ]
