"""Which articles does a press alert or review hold, each with a line of its paper and day?

"Le pont rouvre" above "Le Courrier, mardi 14 mars 2023, p. 4": the title, the paper and the day are those of the
article, whoever sends the alert. Where several lines of this kind stand alike, they may also stand above the titles or
under the texts, and the paper on a line of its own. What stands between two articles, the name of a section, is no
text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.language import fold
from index.paragraphs.datelines import read_date, read_dateline
from index.paragraphs.mastheads import read_masthead
from index.reading.around import is_control, is_foot, of_letter
from index.reading.contents import Extract
from index.reading.creditlines import Credit, bare, of_masthead, read_credit
from index.reading.decoding import normalise
from index.reading.europresse_lines import author_of
from index.reading.factiva import END as _END
from index.reading.headers import byline_of, is_town
from index.reading.layouts import LONGEST_NAME, Head, ended, is_title, is_to_come, several
from index.reading.relayed import unwrapped
from index.reading.reviews import RULE
from index.reading.wirelines import is_sentence

_ABOVE = 15
"""Lines that an alert says above its first article, at most, but for its list of contents."""
_MOST_OF_ITEM, _MOST_LISTED = 3, 300
"""Lines of such a list for each article, and titles that are looked for in it, at most."""
_LEAST = 80
"""Characters of an article that is alone in a letter, at least."""
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+")
_CUT = ("...", "…", "[...]", "[…]")


def clippings(text: str, sender: str = "", day: str = "") -> tuple[list[Extract], bool]:
    """Return the articles of a letter that was sent that day, in their order, and whether it says more above them.

    None where one of them lacks a text, or where the letter itself says more than they do.
    """
    lines = text.split("\n")
    told = [n for n, line in enumerate(lines) if any(c.isalnum() for c in line) and not is_between(line)]
    sent = read_date(day, "fr")
    heads = several(lines, told, sent) or [one for one in _alone(lines, told) if not is_to_come(one.credit, sent)]
    if not heads or _says_above(lines, [n for n in told if n < heads[0].first], heads) > _ABOVE:
        return [], False
    made = (article_of(lines, head, sender) for head in heads)
    found = [said for said in made if said is not None]
    beside = sum(len(line) for line in lines[: heads[0].first] if is_sentence(line) and not is_foot(line))
    if (
        len(found) < len(heads)
        or (len(found) == 1 and len(found[0].text) < _LEAST)
        or beside > sum(len(said.text) for said in found)
    ):
        return [], False
    return found, beside > 2 * _LEAST


def _says_above(lines: Sequence[str], above: Sequence[int], heads: Sequence[Head]) -> int:
    """Return how many lines a letter says above its first article, without those that list its titles."""
    if len(above) > _ABOVE + _MOST_OF_ITEM * len(heads):
        return len(above)
    titles = [fold(bare(lines[head.title])) for head in heads[:_MOST_LISTED]]
    return sum(not any(title in fold(lines[n]) for title in titles) for n in above)


def headed(text: str) -> Extract | None:
    """Return the article of a letter that somebody passed on, under its paper and day, a line each; None for any other.

    The paper, the day and the title stand first, in this order.
    """
    lines = text.split("\n")
    told = [n for n, line in enumerate(lines) if any(c.isalnum() for c in line)][:3]
    if len(told) < 3 or not is_title(lines[told[2]]):
        return None
    paper, day = lines[told[0]].strip(), read_dateline(lines[told[1]].strip(), "fr")
    head = read_masthead(f"{paper}, {lines[told[1]].strip()}, p. 1", "fr")
    if head is None or not head.outlet or day is None or not day.alone or not day.bare:
        return None
    credit = Credit(head.outlet, head.day)
    return article_of(lines, Head(told[0], told[2], (told[0], told[1]), credit, len(lines)), "")


def is_between(line: str) -> bool:
    """Return whether a line may stand between a title and the paper: an address, a byline."""
    return is_control(line) or bool(byline_of(line.strip()))


def _alone(lines: Sequence[str], told: Sequence[int]) -> list[Head]:
    """Return the heads whose line is surely that of a paper, each under its title: one is enough."""

    def surely(line: str) -> Credit | None:
        head = read_masthead(bare(line), "fr")
        sure = head is not None and head.alone and head.outlet and not head.may_be_place
        signed = read_credit(line)
        given = of_masthead(head) if sure else signed if signed and signed.author and signed.outlet else None
        return None if given is None or (not sure and is_town(given.outlet)) else given

    under = [(above, place) for above, place in pairwise(told) if is_title(lines[above])]
    found = [Head(above, above, (n,), credit) for above, n in under if (credit := surely(lines[n]))]
    return ended(found, len(lines))


def article_of(lines: Sequence[str], head: Head, sender: str) -> Extract | None:
    """Return the article under, or around, the line of its paper; None where there is no text."""
    title, credit = bare(lines[head.title]), head.credit
    whole = lines[head.first : head.end]
    between = [n for n in range(head.title + 1, head.credits[0]) if is_between(lines[n])]
    dropped = {*head.credits, *between}
    body = [lines[n] for n in range(head.title + 1, head.end) if n not in dropped]
    body = _without_section([line for line in body if not _END.fullmatch(line.strip()[:80])], head.end < len(lines))
    while body and not body[0].strip():
        body.pop(0)
    author = author_of(body[0].strip()) if len(body) > 1 else ""
    text, byline = of_letter("\n".join(body[1:] if author else body), title, sender)
    if not any(c.isalnum() for c in text):
        return None
    above = next((name for n in between if (name := byline_of(lines[n].strip()))), "") or credit.author
    links = (_ADDRESS.search(line) for line in whole if is_control(line))
    return Extract(
        normalise(text).strip("\n"),
        title=title,
        published=credit.day.isoformat() if credit.day else "",
        outlet=credit.outlet,
        author=above or byline_of(author) or author or byline,
        url=unwrapped(next((link.group() for link in links if link), "")),
        partial=text.rstrip().endswith(_CUT),
    )


def _without_section(lines: list[str], followed: bool) -> list[str]:
    """Return the lines of an article without the line of signs and the name of a section that part it from the next."""
    body = list(lines)
    parted = True
    while followed and body:
        line = body[-1].strip()
        told = bare(line)
        if not any(c.isalnum() for c in line) or RULE.fullmatch(line):
            parted = True
        elif not (parted and _may_be_section(line, told)):
            break
        else:
            parted = False
        body.pop()
    return body


def _may_be_section(line: str, told: str) -> bool:
    """Return whether a line that ends an article may name the section of the next: a few words, and no sentence."""
    plain = len(told) <= LONGEST_NAME and not is_sentence(told) and told[-1:] not in '?:)»”"' and line[:1] not in "-•*"
    return plain and (line.startswith("#") or told.isupper() or len(told.split()) <= 5)
