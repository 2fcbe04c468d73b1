"""Which hedges stand right beside this figure? "Au moins 600", "some 300", "40 or more", "estimé à environ 700"."""

from __future__ import annotations

import re

_BEFORE: tuple[tuple[str, str], ...] = (
    ("at least", r"au moins|au minimum|un minimum de|pas moins de|pas moins d['’]|au bas mot|à tout le moins|at least|"
                 r"no fewer than|no less than|not less than|not fewer than|a minimum of|at the very least"),
    ("at most", r"(?:ne |n['’])(?:\w+ )?(?:pas )?dépass\w+(?: pas)?|not exceed(?:ing|ed)?|"
                r"(?:tout )?au plus|au maximum|un maximum de|pas plus de|pas plus d['’]|at most|no more than|"
                r"not more than|a maximum of"),
    ("nearly", r"près de|près d['’]|pas loin de|presque|quasiment|nearly|almost|close to|proche de|proches de"),
    ("about", r"plus proche de|plus proches de|closer to|environ|quelque|autour de|autour d['’]|aux alentours de"
              r"|aux environs de|de l['’]ordre de|"
              r"à peu près|approximativement|grosso modo|avoisin\w+|plus ou moins|about|around|approximately|roughly|"
              r"some|circa|somewhere around|in the region of|an average of|en moyenne|an approximate"),
    ("more than", r"(?:un peu |bien |beaucoup |nettement )?plus de|(?:un peu |bien )?plus d['’]|au-delà de"
                  r"|au-dessus de|"
                  r"supérieure?s? à|dépass\w+|(?:just |well |slightly |far )?(?:more than|over)|in excess of"
                  r"|upwards of|"
                  r"north of|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|greater than|topp(?:ed|ing)|"
                  r"(?:franchi|passé) (?:la barre|le cap) des?"),
    ("less than", r"(?:un peu |bien |nettement )?moins de|(?:un peu )?moins d['’]|inférieure?s? à|en dessous de|"
                  r"sous la barre des?|fewer than|(?:just |well |slightly )?(?:less than|under)|below|lower than"
                  r"|just shy of"),
    ("up to", r"jusqu['’]à|jusqu['’]au|up to|as many as|as much as"),
    ("estimated", r"estimée?s? à|estim(?:e|ent|ait|aient) à|évaluée?s? à|chiffrée?s? à|an? estimated|estimated at"
                  r"|estimated to be|"
                  r"estimates? of|(?:une |des |selon des |d['’]après des )?estimations? (?:de|allant de|à)|put at"),
    ("planned", r"une prévision de|des prévisions de|prévus?|a projected|a planned|an expected|a predicted|a proposed|"
                r"a target of|un objectif de"),
    ("", r"seulement|à peine|only|just|barely|precisely|exactly|exactement|précisément|as few as|ainsi que|un total de|"
         r"a total of|au total|in total|un record de|a record|another|a further|les|the|ces|these|ses|their|its|ce"
         r"|the first|les premiers"),
)  # fmt: skip
_PARTICLE = r"de|d['’]|des|du|à|aux|au|of|to|at|from|by|en|par|entre|between|un total (?:\w+ )?de|un total d['’]environ"
_HEDGE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<h{i}>{pattern})" for i, (_, pattern) in enumerate(_BEFORE))
    + rf"|(?P<particle>{_PARTICLE}))(?:\s|(?<=['’]))\s?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?P<least>\s?\+(?!\s?\d)|\s(?:ou|et|or|and) (?:plus|more|above|over|davantage)\b|,? au (?:moins"
    r"|minimum)\b(?! \w+ (?:ont|sont))|,? at least\b)"
    r"|(?P<most>,? (?:tout )?au (?:plus|maximum)\b|,? at (?:the )?most\b|\s(?:ou|or) (?:moins|less|fewer)\b)"
    r"|(?P<about>,? environ\b|\sor so\b|,? approximativement\b|,? approximately\b|\sà peu près\b|-odd\b|-ish\b)",
    re.IGNORECASE,
)
_VERBAL = re.compile(
    r"dépass|avoisin|exceed|surpass|topp|estim(?!ations? )|évalu|chiffr|franchi|passé|put at", re.IGNORECASE
)


def beside(text: str, start: int, end: int, floor: int) -> tuple[set[str], int, str]:
    """Return the hedges that stand right beside a figure, where they and its particles begin, and the last particle.

    The particle is "=" where the hedge is itself a verb ("dépasse 300"), so that its subject is what is counted.
    `floor` is the offset below which nothing belongs to this figure (the end of the figure before it).

    >>> text = "estimé à environ 700"
    >>> found, start, particle = beside(text, 17, 20, 0)
    >>> sorted(found), start, particle
    (['about', 'estimated'], 0, '=')
    """
    found: set[str] = set()
    particle = ""
    for _ in range(5):
        match = _HEDGE.search(text, max(floor, start - 32), start)
        if match is None:
            break
        start = match.start()
        if match.group("particle"):
            particle = match.group("particle").lower()
            continue
        name = _BEFORE[int((match.lastgroup or "h0")[1:])][0]
        if name and not _contradicted(name, found):
            found.add(name)
        if _VERBAL.match(match.group()):
            particle = "="
    after = _AFTER.match(text, end)
    if after:
        found.add({"least": "at least", "most": "at most", "about": "about"}[after.lastgroup or "about"])
    return found, start, particle


_EXCLUSIVE = frozenset({"at least", "more than", "at most", "less than", "up to"})


def _contradicted(name: str, found: set[str]) -> bool:
    """Return whether a bound nearer to the figure already says another thing."""
    return name in _EXCLUSIVE and bool(found & _EXCLUSIVE)
