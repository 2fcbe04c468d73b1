"""Which of the sources that answer are one origin, and which hold an older version of another's article?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from index.records import Document
from qa.acronyms import Spelled, bodies_of, spell_out
from qa.agreement import Origin
from qa.origins import Witness, agency_of, number_origins, one_speaker, one_text, words_of_sentence
from qa.weighing import Weighed

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|xtor|at_\w+)=", re.IGNORECASE)
"""Parts of an address that say from where a reader came, not what is read."""


def find_origins(best: Sequence[Weighed], read: Sequence[Weighed] = ()) -> tuple[list[int], tuple[Origin, ...]]:
    """Return for the best passage of each source the number of its origin, and the origins of several sources.

    What acronyms stand for is learned from the articles of all passages that were `read`.
    """
    # Whole articles are looked through for it: only where two are said by somebody.
    spoken = sum(1 for passage in best if passage.claim and passage.claim.speaker)
    spelled = spell_out(dict.fromkeys(p.document.text for p in (*best, *read))) if spoken > 1 else {}
    witnesses = [_witness(passage, spelled) for passage in best]
    numbers = number_origins(witnesses)
    members: dict[int, list[int]] = {}
    for place, number in enumerate(numbers):
        members.setdefault(number, []).append(place)
    several = (places for places in members.values() if len(places) > 1 or best[places[0]].hit.copied > 0)
    return numbers, tuple(_origin([best[p] for p in own], [witnesses[p] for p in own]) for own in several)


def _witness(passage: Weighed, spelled: Spelled) -> Witness:
    """Return the sentence in which a passage answers as a statement, with who says so where it claims something."""
    paragraph, claim = passage.hit.paragraph, passage.claim
    sentence = paragraph.text[slice(*passage.part)].strip()
    said = claim.speaker if claim else None
    speaker = paragraph.text[said.start : said.end] if said else ""
    return Witness(
        source=passage.document.source,
        language=paragraph.language,
        sentence=sentence,
        words=frozenset(word.fold for word in words_of_sentence(sentence, paragraph.language)),
        speaker=speaker,
        signature=passage.signature,
        bodies=bodies_of(speaker, spelled) if speaker else frozenset(),
    )


def _origin(passages: Sequence[Weighed], witnesses: Sequence[Witness]) -> Origin:
    """Return what several statements of one origin have in common."""
    sources, copied = tuple(p.document.source for p in passages), sum(p.hit.copied for p in passages)
    first, *others = witnesses
    if all(one_text(first, other) or first.sentence == other.sentence for other in others):
        signed = (agency_of(passage.document) for passage in passages)
        return Origin("text", sources, next(filter(None, signed), ""), copied)
    if all(one_speaker(first, other) for other in others):
        return Origin("speaker", sources, first.speaker, copied)
    return Origin("mixed", sources, copied=copied)


def find_versions(documents: Sequence[Document]) -> dict[str, str]:
    """Return for each source that is an older version of another's article, by its address, the newest one's name."""
    versions: dict[str, list[Document]] = {}
    for document in documents:
        if address := _address(document.url):
            versions.setdefault(address, []).append(document)
    older: dict[str, str] = {}
    for own in versions.values():
        newest = max(own, key=_day)
        older |= {d.source: newest.source for d in own if date.min < _day(d) < _day(newest)}
    return older


def _day(document: Document) -> date:
    return document.updated or document.published or date.min


def _address(url: str) -> str:
    """Return an address without what does not tell one article from another; "" for none.

    >>> _address("http://www.lejour.fr/crue/?utm_source=x#haut") == _address("https://lejour.fr/crue")
    True
    """
    parts = urlsplit(url.strip())
    if not parts.netloc or len(parts.path.strip("/")) == 0:
        return ""
    asked = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
    return f"{parts.netloc.lower().removeprefix('www.')}/{parts.path.strip('/')}?{asked}"
