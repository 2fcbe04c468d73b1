"""What do sources make of each other, in one line of printed words?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from qa.agreement import Group, Origin, counted, judge
from qa.revision import Stage

_SUMMARIES = {
    "en": {
        "agree": "The sources agree: {}.",
        "compatible": "The sources are compatible: {}.",
        "differ": "The sources differ: {}.",
        "single": "Only one source answers: {}.",
        "one origin": "Only one origin: {}.",
        "one sure": "Only one source answers surely enough: {}.",
        "according": "according to {name}",
        "source": "1 source",
        "sources": "{count} sources",
        "text": "one text, printed by {count} sources",
        "dispatch": "one {name} dispatch, printed by {count} sources",
        "speaker": "{count} sources, all quoting {name}",
        "both": "2 sources, both quoting {name}",
        "mixed": "{count} sources of one origin",
        "origins": "{count} sources, at most {origins} origins",
        "rises": "The toll rises: {}",
        "disputed": "; disputed: {}",
        "unsure": "Too unsure to be compared: {}.",
        "between": "; ",
    },
    "fr": {
        "agree": "Les sources concordent : {}.",
        "compatible": "Les sources sont compatibles : {}.",
        "differ": "Les sources divergent : {}.",
        "single": "Une seule source répond : {}.",
        "one origin": "Une seule origine : {}.",
        "one sure": "Une seule source répond assez sûrement : {}.",
        "according": "selon {name}",
        "source": "1 source",
        "sources": "{count} sources",
        "text": "un même texte, repris par {count} sources",
        "dispatch": "une dépêche {name}, reprise par {count} sources",
        "speaker": "{count} sources, qui citent toutes {name}",
        "both": "2 sources, qui citent toutes deux {name}",
        "mixed": "{count} sources d’une même origine",
        "origins": "{count} sources, au plus {origins} origines",
        "rises": "Le bilan évolue : {}",
        "disputed": " ; contesté : {}",
        "unsure": "Trop peu sûr pour être comparé : {}.",
        "between": " ; ",
    },
}

NAMED = 5
"""Claims that are too unsure, of which at most so many different ones are named."""


def summarise(groups: Sequence[Group], language: str, origins: Sequence[Origin] = (), *, unsure: bool = False) -> str:
    """Return one line on the agreement, built only from printed words; "" where there is nothing to compare.

    `unsure` says that other sources claim what is too unsure to be compared.
    """
    decided, compared = judge(groups), counted(groups)
    if decided == "untyped":
        return ""
    if decided == "single" and len(compared[0].sources) + compared[0].copied > 1:
        decided = "one origin"
    elif decided == "single" and unsure:
        decided = "one sure"
    words = _SUMMARIES.get(language, _SUMMARIES["en"])
    parts = []
    for group in compared:
        said = f"{words['according'].format(name=group.speaker)}, " if group.speaker else ""
        parts.append(f"{' / '.join(group.texts)} ({said}{_tell_sources(group, origins, words)})")
    return words[decided].format(words["between"].join(parts))


def summarise_revision(stages: Sequence[Stage], language: str, origins: Sequence[Origin] = ()) -> str:
    """Return one line on how a toll evolved, of printed spans and days in ISO 8601; "" for no stages."""
    if not stages:
        return ""
    words = _SUMMARIES.get(language, _SUMMARIES["en"])
    toll, disputed = (
        words["between"].join(_tell_stage(one, origins, words) for one in stages if one.disputes is beside)
        for beside in (False, True)
    )
    return words["rises"].format(toll) + (words["disputed"].format(disputed) if disputed else "") + "."


def tell_unsure(claimed: Sequence[str], language: str) -> str:
    """Return one line on what sources claim, each as printed, that is too unsure to be compared; "" for none."""
    words = _SUMMARIES.get(language, _SUMMARIES["en"])
    if not claimed:
        return ""
    said = list(dict.fromkeys(claimed))
    texts = " / ".join([*said[:NAMED], *(["…"] if len(said) > NAMED else [])])
    count = words["source"] if len(claimed) == 1 else words["sources"].format(count=len(claimed))
    return words["unsure"].format(f"{texts} ({count})")


def _tell_stage(stage: Stage, origins: Sequence[Origin], words: Mapping[str, str]) -> str:
    days = "/".join(dict.fromkeys((stage.first.isoformat(), stage.last.isoformat())))
    origin = _find_origin(stage.sources, origins) if len(stage.sources) > 1 else None
    shared = f", {_tell_origin(origin, len(stage.sources), words)}" if origin else ""
    return f"{' / '.join(stage.texts)} ({days}{shared})"


def _tell_sources(group: Group, origins: Sequence[Origin], words: Mapping[str, str]) -> str:
    """Return how many sources say what a group says, and from how many origins they have it."""
    count = len(group.sources) + group.copied
    if count == 1:
        return words["source"]
    if group.origins == count:
        return words["sources"].format(count=count)
    origin = _find_origin(group.sources, origins)
    if group.origins > 1 or origin is None:
        return words["origins"].format(count=count, origins=group.origins)
    return _tell_origin(origin, count, words)


def _find_origin(sources: Collection[str], origins: Sequence[Origin]) -> Origin | None:
    """Return the origin that all these sources have, if they have one."""
    return next((origin for origin in origins if set(sources) <= set(origin.sources)), None)


def _tell_origin(origin: Origin, count: int, words: Mapping[str, str]) -> str:
    kind = "dispatch" if origin.kind == "text" and origin.name else origin.kind
    kind = "both" if kind == "speaker" and count == 2 else kind
    return words[kind].format(count=count, name=origin.name)
