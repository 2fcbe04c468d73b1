"""Who says that a figure is not so? The subject of the verb that denies it, where the text gives one."""

from __future__ import annotations

import re

from index.facts import Extent, Fact
from index.facts.speakers import is_pronoun
from qa.match.tables import PassageTable, passage_table
from qa.match.words import Nearby

_PHRASE = re.compile(r"[^\W\d][^,;:()«»“”\"\n]{1,60}$")
"""What stands before a verb, from the last mark on: its subject."""

_AGENT = re.compile(r"[^\W\d][^,;:.()«»“”\"\n]{1,60}")


def denier_of(fact: Fact, near: Nearby, language: str) -> Extent | None:
    """Return who denies a figure that its text takes back, as an extent of the passage; None where nobody is named.

    "Le maire dément que …", "démenti par le maire", "is false, the mayor said"; he whom a text contradicts ("a blogger
    claims that …, which is false") denies nothing.
    """
    table = passage_table(language)
    if table is None:
        return None
    begin, end = near.parts[near.place]
    before, rest = near.passage[begin : fact.start], near.passage[fact.end : end]
    for verb in reversed(list(table.denies.finditer(before))):
        if (agent := _agent(table, before, verb.end())) is not None:
            return Extent(begin + agent.start, begin + agent.end)
        if not verb["passive"] and (subject := _PHRASE.search(before[: verb.start()].rstrip())):
            found = Extent(begin + subject.start(), begin + subject.end())
            one = " " not in subject.group()
            if not is_pronoun(near.passage, found, language) and (not one or subject.group()[0].isupper()):
                return found
    for verb in table.denies.finditer(rest):
        if (agent := _agent(table, rest, verb.end())) is not None:
            return Extent(fact.end + agent.start, fact.end + agent.end)
    contradicted = table.reported.search(before) and not table.false.search(rest)
    return None if contradicted else fact.speaker


def _agent(table: PassageTable, text: str, at: int) -> Extent | None:
    """Return who stands behind "par" or "by" right behind a verb."""
    if (link := table.agent.match(text, at)) and (found := _AGENT.match(text, link.end())):
        return Extent(found.start(), found.start() + len(found.group().rstrip()))
    return None
