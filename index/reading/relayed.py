"""Which articles does a letter relay: one that it forwards in its own lines, or several that it lists one by one?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs

from index.language import fold
from index.paragraphs.wording import SECTIONS
from index.reading.addresses import parts_of
from index.reading.around import is_control, is_foot, without_foot
from index.reading.contents import Extract
from index.reading.decoding import normalise
from index.reading.headers import byline_of
from index.reading.markup import blocks, blocks_text
from index.reading.wirelines import is_sentence

_MARK = re.compile(
    r"\W*(?:(?:begin )?forwarded message|message (?:transf[ée]r[ée]|transmis|r[ée]exp[ée]di[ée]|d['’]origine|original)"
    r"|original message|d[ée]but du message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée]|transmis))\W*",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(r"\W*(?:fwd?|tr|wg|i|rv) ?:", re.IGNORECASE)
"""How a subject says that a letter is passed on."""
_FIELD = re.compile(
    r"[\s>*]*(?P<name>de|from|exp[ée]diteur|date|envoy[ée](?: le)?|sent|objet|sujet|subject|[àa]|to|destinataires?"
    r"|cc|reply-to"
    r"|r[ée]pondre [àa]|pour)\s?:\*?\s*(?P<value>.*)",
    re.IGNORECASE,
)
_NAMES = {
    "from": ("de", "from", "expediteur", "expéditeur"), "date": ("date", "envoyé", "envoye", "envoyé le", "sent"),
    "subject": ("objet", "sujet", "subject"),
}  # fmt: skip
_HEADED = re.compile(r"^\*\* (\S[^\n]{2,250})\n[-=]{5,}$", re.MULTILINE)
"""A heading as those who send letters write it in plain text."""
_RULED = re.compile(r"^[ \t]*[-=_*~—]{5,}[ \t]*\n\s*([^\n#]{2,200}[^\n.!?…:;,])\n", re.MULTILINE)
"""A title under a line of signs."""
_REDIRECT = re.compile(r"<?(https?://(?:www\.)?google\.[a-z.]{2,6}/url\?\S+?)>?")
_MOST_OF_SECTION, _LEAST_WORDS, _LONGEST_TITLE = 5, 3, 200
"""Words of the name of a section, at most, and of a title, at least; characters of a title."""
_LEAST_OF_STORY = 80
"""Characters of an article among those of a letter, at least."""
_ABOVE = 400
"""Characters above a letter that is forwarded, at most; more of them are what the letter itself says."""
_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px)?\s*(?:;|$))", re.I
)
_LISTED = re.compile(r"schema\.org/(?:News)?Article", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A letter that another holds in its own lines."""

    text: str
    subject: str
    sender: str
    date: str
    note: str
    """What stands above it."""


def forwarded(text: str, subject: str = "") -> Forwarded | None:
    """Return the letter that this text forwards, None where it forwards none or says much itself.

    Nothing need announce it where the subject says that it is passed on.

    >>> forwarded("-- Forwarded message --\\nFrom: Le Jour <a@b.c>\\nSubject: Crue\\n\\nDouze morts.").sender
    'Le Jour'
    """
    lines = text.split("\n")
    place = next((n for n, line in enumerate(lines[:40]) if _MARK.fullmatch(line)), None)
    start = place + 1 if place is not None else _begun(lines) if _PASSED_ON.match(subject) else 0
    fields, end = _fields(lines, start)
    if "from" not in fields or "subject" not in fields or sum(map(len, lines[:start])) > _ABOVE:
        return None
    name, address = parseaddr(re.sub(r"\[mailto:([^\]]*)\]", r"<\1>", fields["from"]))
    note = "\n".join(lines[: start if place is None else place]).strip()
    return Forwarded(
        "\n".join(lines[end:]).strip("\n"),
        fields["subject"],
        name or address or fields["from"],
        fields.get("date", ""),
        note,
    )


def _begun(lines: Sequence[str]) -> int:
    """Return where the fields of a letter that is forwarded begin though nothing announces them; 0 where none do."""
    for place, line in enumerate(lines[:40]):
        found = _FIELD.fullmatch(line)
        if found and found["name"].lower() in _NAMES["from"] and {"date", "subject"} <= _fields(lines, place)[0].keys():
            return place
    return 0


def _fields(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    """Return the fields above a letter that is forwarded, and where they end."""
    fields: dict[str, str] = {}
    place, end = start, start
    while place < min(len(lines), start + 20):
        found = _FIELD.fullmatch(lines[place])
        if found:
            name = next((own for own, names in _NAMES.items() if found["name"].lower() in names), "")
            if name:
                fields.setdefault(name, found["value"].strip())
            end = place + 1
        elif lines[place].strip() and (not end or lines[place - 1].strip() == "" or end < place):
            break
        place += 1
    return fields, end


def stories(text: str) -> tuple[list[tuple[str, str]], bool]:
    """Return the articles that a letter of several tells one by one, each with its title, and whether it says more.

    Each begins with a heading, and has a byline under it or a link to the rest of it at its end. The headings of one
    article have neither.
    """
    lines = _RULED.sub(r"\n## \1\n", _HEADED.sub(r"## \1", text)).split("\n")
    places = [n for n, line in enumerate(lines) if line.startswith("#") and len(line) < 300]
    found: list[tuple[str, str]] = []
    for place, end in pairwise([*places, len(lines)]):
        title = _title_of(lines, place, end)
        if own := _story(lines[title + 1 : end]):
            found.append((lines[title].strip("#* ").strip(), own))
    told = sum(len(title) + len(own) for title, own in found)
    return (found, len(without_foot(text)) - told > 2 * _LEAST_OF_STORY) if len(found) > 1 else ([], False)


def _title_of(lines: Sequence[str], place: int, end: int) -> int:
    """Return where the title stands: at this heading, or right under it where that names a section of the letter."""
    heading = lines[place].strip("#* ").strip()
    told = [n for n in range(place + 1, end) if any(c.isalnum() for c in lines[n])][:2]
    section = heading.isupper() or all(word in SECTIONS for word in re.findall(r"\w+", fold(heading)))
    if not section or len(told) < 2 or len(heading.split()) > _MOST_OF_SECTION:
        return place
    line, under = (lines[n].strip("* ").strip() for n in told)
    titled = len(line.split()) >= _LEAST_WORDS and len(line) <= _LONGEST_TITLE and not is_sentence(line)
    titled = titled and not (is_control(line) or is_foot(line) or byline_of(line) or line[0] in "-•")
    return told[0] if titled and (byline_of(under) or is_sentence(under)) else place


def _story(lines: Sequence[str]) -> str:
    """Return the article under a heading, up to the link to the rest of it; "" where it is none of its own."""
    kept: list[str] = []
    signed = linked = False
    prose = 0
    for line in lines:
        if is_control(line):
            linked = prose > 0
            if linked:
                break
        elif any(c.isalnum() for c in line):
            byline = not prose and bool(byline_of(line.strip()))
            signed = signed or byline
            prose += 0 if byline or is_foot(line) else len(line)
        kept.append(line)
    while kept and not any(c.isalnum() for c in kept[-1]):
        kept.pop()  # a line of signs above the next
    return "\n".join(kept) if (signed or linked) and prose >= _LEAST_OF_STORY else ""


def listed_in_lines(text: str, day: str) -> list[Extract]:
    """Return the articles that an alert lists in plain text: a title, an outlet, how it begins, the address."""
    found: list[Extract] = []
    for part in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        link = _REDIRECT.fullmatch(lines[-1]) if len(lines) > 3 else None
        if link:
            words = " ".join(lines[2:-1])
            said = Extract(normalise(words), title=lines[0], created=day, outlet=lines[1], url=unwrapped(link[1]))
            found.append(replace(said, partial=_is_cut(words)))
    return found


def shown_blocks(tree: Any) -> list[str]:
    """Return the blocks of a letter's page, without what its sender hides: the line that a list of letters shows."""
    hidden = [e for e in tree.iter() if isinstance(e.tag, str) and _HIDDEN.search(str(e.get("style") or ""))]
    return blocks(tree, without=hidden) if hidden else blocks(tree)


def alerts(trees: Sequence[Any], day: str) -> list[Extract]:
    """Return the articles that an alert lists, as its page marks them: title, outlet, address, and how it begins."""
    return [said for tree in trees for said in _listed(tree, day)]


def _listed(tree: Any, day: str) -> Iterator[Extract]:
    for item in tree.iter():
        if not isinstance(item.tag, str) or not _LISTED.search(str(item.get("itemtype") or "")):
            continue
        publisher = next((e for e in item.iter() if e.get("itemprop") == "publisher"), None)
        inside = set(publisher.iter()) if publisher is not None else set()
        named = (e for e in item.iter() if e.get("itemprop") in ("name", "headline") and e not in inside)
        title = next((words for e in named if (words := " ".join(blocks_text(e)))), "")
        told = (e for e in item.iter() if e.get("itemprop") in ("description", "articleBody"))
        text = next((words for e in told if (words := " ".join(blocks_text(e)))), "")
        link = next((str(a.get("href") or "") for a in item.iter("a") if a.get("href") and a not in inside), "")
        if title and text:
            outlet = " ".join(blocks_text(publisher)) if publisher is not None else ""
            yield Extract(
                normalise(text),
                title=normalise(title),
                created=day,
                outlet=outlet,
                url=unwrapped(link),
                partial=_is_cut(text),
            )


def _is_cut(text: str) -> bool:
    return text.rstrip("\u00a0 ").endswith(("...", "…"))


def unwrapped(address: str) -> str:
    """Return the address to which one of a search engine leads, else the address itself.

    >>> unwrapped("https://www.google.com/url?rct=j&url=https://jour.example/1&ct=ga")
    'https://jour.example/1'
    """
    parts = parts_of(address) if address.startswith("http") and "/url?" in address else None
    if parts is None or "google." not in parts.netloc:
        return address
    asked = parse_qs(parts.query)
    return next((asked[name][0] for name in ("url", "q") if asked.get(name)), address)
