"""What does Europresse print under the text of an article: labels, captions, notes, and where the article appeared?"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIELD = re.compile(
    r"(?:cat[ée]gorie|sujet|lieu|taille|type|[ée]dition|personn(?:e|alit[ée])|organis(?:me|ation)|soci[ée]t[ée]|origine"
    r"|category|categories|(?:uniform )?subject|geographic(?:al)? (?:location|name)|length|story type|company|people)"
    r"(?:\(?[sx]\)?)?(?: (?:g[ée]ographique|uniforme|d['’]article)(?:\(?s\)?)?)?(?: [-–] [^:]{2,60})? ?: ?\S.*",
    re.IGNORECASE,
)
"""What the database says of an article under it: "Catégorie : Économie", "Taille : Long, 690 mots"."""
_RELATED = re.compile(r"articles?\(s\) en relation ?:?|related articles?\(?s?\)? ?:", re.IGNORECASE)
"""Over the titles of other articles, which follow it to the end."""
_UNDER = re.compile(
    r"(?:mise? [àa] jour|updated)(?: le)? ?: ?\d{4}-\d\d-\d\d.{0,30}|n/a|voir aussi|\[additional text\] ?:?"
    r"|cet article a (?:[ée]galement )?[ée]t[ée] publi[ée] dans les [ée]ditions suivantes.{0,300}"
    r"|ce document r[ée]f[ée]rence un lien\b.{0,200}|this document references a (?:url|link)\b.{0,200}"
    r"|\[email protected\]|tous droits de reproduction et de repr[ée]sentation r[ée]serv[ée]s.{0,60}",
    re.IGNORECASE,
)
"""What may stand under a text, a line each."""
_APPEARED = re.compile(r"(?:cet article est paru dans|this article appeared in)\b.{0,250}", re.IGNORECASE)
_NOTE = re.compile(r"notes?(?:\(s\))? ?:", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s()<>]+")
_EMAIL = re.compile(r"[\s(<,;]*[\w.+-]+@[\w.-]+\.\w+[)>]*")
_LINK = re.compile(
    r"\W*(?:(?:[àa] )?(?:lire|voir|[ée]couter|read|see) (?:aussi|[ée]galement|also)|also read)"
    r"(?:\s*$|\s*[:|>→»–-]|\s+(?-i:[A-ZÀ-ÝŒ\d«“\"])|\s+(?:en )?p(?:ages?|\.) )"
    r"|\W*(?:[àa] )?(?:lire|voir|[ée]couter)\b.{0,60}\br[ée]serv[ée]e? (?:à nos|aux) abonn[ée]s",
    re.IGNORECASE,
)
"""How a line begins that leads to another article: by its label, before that one's title or page."""
_LONGEST_LINK = 300
_PROSE = 40
"""Characters of a line that ends a sentence, if it is of the text."""
_MOST_OF_FIELD = 3
"""Lines over which what such a label says may go on, at most."""
_MOST_CAPTIONS = 8
"""Lines of the captions under a text, at most."""
_CAPTION = re.compile(r"(?:illustration|photo|l[ée]gende)s?(?:\(s\))? ?:.*", re.IGNORECASE)


def text_of(body: Sequence[str]) -> tuple[list[str], str]:
    """Return the lines of a text without what the database says under it, and the address that it gives there."""
    appeared: list[int] = []
    for n, line in enumerate(body):
        if _APPEARED.match(line) or (appeared and appeared[-1] == n - 1 and _goes_on_under(body[appeared[-1]], line)):
            appeared.append(n)
    link = _ADDRESS.search(" ".join(body[n] for n in appeared))
    told = (_without_label(line) for n, line in enumerate(body) if n not in appeared)
    kept = without_fields([line for line in told if line is not None])
    while kept and (not kept[-1] or _EMAIL.fullmatch(kept[-1])):
        kept.pop()
    return without_captions(kept), link.group() if link else ""


def _goes_on_under(above: str, line: str) -> bool:
    """Return whether a line goes on with where an article appeared: an address, or words that a narrow column broke."""
    whole = above.endswith((")", ".")) or _ADDRESS.search(above)
    words = 0 < len(line) < _PROSE and line[-1] not in ".!?" and not _NOTE.fullmatch(line)
    return _ADDRESS.match(line) is not None or (words and not whole)


def _without_label(line: str) -> str | None:
    """Return the note in a line that is labelled as one; None for a label alone, or above the title of another."""
    found = _NOTE.match(line)
    if found is None:
        return line
    note = line[found.end() :].strip()
    return None if not note or is_link(note) else note


def without_fields(body: Sequence[str]) -> list[str]:
    """Return the lines of a text without what the database says of the article in lines of labels under it.

    >>> without_fields(["Le pont rouvre.", "Catégorie : Économie", "Sujet(s) uniforme(s) : Ponts;", "Transports"])
    ['Le pont rouvre.']
    """
    end = len(body)
    for n in reversed(range(len(body))):
        line = body[n]
        if _FIELD.fullmatch(line) or _RELATED.fullmatch(line) or _UNDER.fullmatch(line):
            end = n
        elif line and (end - n > _MOST_OF_FIELD or (len(line) >= _PROSE and line[-1] in ".!?")):
            break
    return list(body[:end])


def without_captions(body: Sequence[str]) -> list[str]:
    """Return the lines of a text without the captions at its end: what follows their label."""
    told = list(body)
    label = next((n for n in range(len(told)) if n >= len(told) - _MOST_CAPTIONS and _CAPTION.fullmatch(told[n])), None)
    told = told[:label] if label else told
    while told and not told[-1]:
        told.pop()
    return told


def is_link(block: str) -> bool:
    """Return whether a block within an article is the title of another one, which the site of the paper links.

    >>> is_link("Lire aussi Le pont rouvre"), is_link("Lire aussi, c'est voyager."), is_link("À lire : Zola")
    (True, False, False)
    """
    return len(block) <= _LONGEST_LINK and _LINK.match(block) is not None and block.rstrip()[-1:] != "."
