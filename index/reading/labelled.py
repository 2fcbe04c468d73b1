"""Which articles does an export of ProQuest hold, or of a database like it, whose records are lines of "Label: value"?

"Full text:" opens the text, which ends where line after line has a label again. Above and under it stand the title, the
paper, the day and much that is no text; "Document 1 of 3" or a line of signs parts the records.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from index.language import fold
from index.paragraphs.datelines import read_date
from index.reading.contents import Extract, FileContents
from index.reading.decoding import normalise
from index.reading.nexis import START
from index.reading.wirelines import unsigned

_NAMES = {
    "title": "title|titre|document title|titre du document|headline",
    "paper": "publication title|titre de (?:la )?publication|publication name|nom de (?:la )?publication|source title"
    "|titre de la source",
    "source": "publication|journal|newspaper|source",
    "info": "publication info(?:rmation)?s?|info(?:rmation)?s? (?:sur|de|relatives a) (?:la )?publication",
    "day": "(?:publication |pub )?date|date de (?:publication|parution)",
    "author": r"(?:author|auteur|byline)(?:\(?s\)?)?",
    "summary": r"(?:abstract|resume|summary)(?: \(.{2,20}\))?",
    "text": "full[ -]?text|texte (?:integral|complet)|text|texte",
    "url": "document url|url du document|url|lien (?:du|vers le) document",
}
_OTHERS = (
    r"(?:subject|sujet|keyword|page|link|lien|credit|illustration|caption|legende|person|personne|mots?[ -]cle|term)s?"
    r"|(?:subject|index) terms|termes? .{2,20}|location|lieux?|people"
    r"|(?:company|entreprise|societe)(?: ?/ ?organi.ation)?"
    r"|(?:identifier|identifiant)(?: ?/ ?.{3,12})?|classification|industry|product name|(?:publication )?year"
    r"|annee(?: de publication)?|(?:first|last|start|premiere|derniere) page|page count|number of pages|nombre de pages"
    r"|volume|issue|numero|section|rubrique|cahier|column|edition|publisher|editeur|(?:place|country) of publication"
    r"|(?:lieu|pays|sujet) de (?:la )?publication|publication subject|(?:e-?)?issn|isbn"
    r"|(?:source|document|publication) type"
    r"|type de (?:source|document|publication)|language(?: of publication)?|langue(?: de (?:la )?publication)?"
    r"|(?:gale )?document number|full text word count|inventory number"
    r"|document features?|proquest document (?:id|link)|(?:id|identifiant)(?: du| de)?(?: document)? proquest"
    r"|(?:id|identifiant) (?:du|de) document(?: proquest)?|accession number|numero d'acces"
    r"|copyright|droits d'auteur|last updated|derniere mise a jour|mise a jour|database|base de donnees|word count"
    r"|(?:alternate|other|alternative) title|autre titre|titre (?:alternatif|original)|notes?|country|pays|language"
)
_KNOWN = re.compile("|".join((*(f"(?P<{name}>{shape})" for name, shape in _NAMES.items()), f"(?P<other>{_OTHERS})")))
_LINE = re.compile(r"(?P<label>[^\W\d_][^:\n]{1,45}?)\s?:(?:\s+(?P<value>.*))?")
_ALONE = re.compile(
    r"(?P<text>full[ -]?text|texte int[ée]gral)|(?P<summary>(?:abstract|r[ée]sum[ée])(?: \([^()]+\))?)"
    r"|(?P<other>d[ée]tails|indexing details)",
    re.IGNORECASE,
)
"""The same labels as headings over what they tell."""
_TEXT = re.compile(r"^[ \t]*(?:full[ -]?text|texte? (?:int[ée]gral|complet)|texte?)(?:[ \t]*:|[ \t]*$)", re.I | re.M)
_PAPER = re.compile(
    r"^[ \t]*(?:publication (?:title|info|date)|titre de (?:la )?publication|info\w* (?:sur|de) (?:la )?publication"
    r"|(?:source|journal|newspaper|publication)[ \t]?:)",
    re.IGNORECASE | re.MULTILINE,
)
_MARK = re.compile(r"^(?:#{1,6}|-) (?=[^\s-])")
"""What a heading or an item begins with, in a text that was Word or RTF."""
_PARTS = re.compile(r"(?:[_=*~]\s?){5,}|(?:[-–—]\s?){8,}")
_NONE = re.compile(
    r"(?:(?:full[ -]?text|texte int[ée]gral|abstract|r[ée]sum[ée]) )?(?:none|not|non|aucun\w*|pas)\b.{0,30}\b"
    r"(?:available|disponible)s?\W*",
    re.IGNORECASE,
)
_RECORD = re.compile(r"(?:record|notice|enregistrement) ?:? ?\d{1,5}", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:copyright\b|©|\(c\)).{0,200}", re.IGNORECASE)
_UNDER = re.compile(
    r"(?:source citation|works cited)\b.{0,60}|gale document number ?:.*|copyright of .{3,200} is the property of .*"
    r"|publisher ?(?:&|and) copyright\b.*",
    re.IGNORECASE,
)
"""What a database says under a text, without labels or before them."""
_ADDRESS = re.compile(r"https?://\S+")
_BEHIND = re.compile(
    r"\s*;.*|\s+\[.*|\s+\((?:1[89]|20)\d\d.*|\.? +(?:vol\. [^()]{1,40})?\([^()]{0,20}\b(?:1[89]|20)\d\d\).*"
    r"|,?\s+(?:\d{1,2}(?:er)? [^\W\d]{3,9}\.? \d{4}|\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4})"
    r".*|, [^,;]{0,40}\b[ée]dition\b.*",
    re.IGNORECASE,
)
"""What stands behind the name of a paper: its place, its years, the day, the edition."""
_SHOWN = re.compile(r"(?:enlarge this image|agrandir (?:cette|l['’]) ?image)\W*", re.IGNORECASE)
_EDITION = re.compile(r" ?:? ?\[[^\[\]]{0,40}\b[ée]ditions?\b[^\[\]]{0,20}\]$", re.IGNORECASE)
"""What stands behind a title: ": [Final Edition]"."""
_LEAST, _AHEAD, _MOST_OTHER = 2, 5, 2
"""Labels beside that of the text, at least; lines that are looked at under a text, and of these without, at most."""
_LONGEST_ALONE, _DATED = 40, 100
"""Characters of a label that is a heading, and of those at the end of a line in which its day stands, at most."""
_WIDE = 20
"""Signs of a line that parts what an export says of itself from its last record, at least."""
_SHORT = 4
"""Words of a line that is no sentence, whatever ends it."""
CUT = "the export ends in the middle of an article"


@dataclass(frozen=True, slots=True)
class _Record:
    """What a record gives, and whether anything stands under its text."""

    fields: dict[str, str]
    text: str
    whole: bool


def may_hold(text: str) -> bool:
    """Return whether a text has, at the beginning of lines, the labels of a full text and of a paper."""
    return _TEXT.search(text) is not None and _PAPER.search(text) is not None


def articles(lines: Sequence[str]) -> FileContents | None:
    """Return the articles of such an export; None for any other text."""
    told = [_MARK.sub("", line.strip()) for line in lines]
    records = [record for part in _parts(told) if (record := _record(part)) is not None]
    if not records:
        return None
    made = [_article(record) for record in records]
    found = [said for said in made if said is not None]
    if not found:
        return None
    lost = [f"{len(made) - len(found)} of {len(made)} articles of the export hold no text"] if None in made else []
    if len(records) > 1 and not records[-1].whole and all(record.whole for record in records[:-1]) and made[-1]:
        found[-1], lost = replace(found[-1], partial=True), [*lost, CUT]
    return FileContents(tuple(found), tuple(lost))


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of each record: from "Document 1 of 3" on, else from a line of signs, else from its first label.

    Of lines of signs only those begin a record under which a text or an abstract stands.
    """
    named = [_field(line)[0] for line in lines]
    starts = [n for n, line in enumerate(lines) if START.fullmatch(line) or _RECORD.fullmatch(line)]
    if not starts:
        signs = [0, *(n for n, line in enumerate(lines) if n and _PARTS.fullmatch(line))]
        ends = [*signs[1:], len(lines)]
        starts = [n for n, end in zip(signs, ends, strict=True) if {"text", "summary"} & set(named[n:end])]
    if len(starts) < 2 and named.count("text") > 1:
        label = next(line for line, name in zip(lines, named, strict=True) if name).split(":")[0]
        starts = [n for n, line in enumerate(lines) if named[n] and line.split(":")[0] == label]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _without_foot(lines[start:end])


def _without_foot(lines: Sequence[str]) -> list[str]:
    """Return the lines of a record without what the export says of itself under a wide line of signs."""
    last = max((n for n, line in enumerate(lines) if _field(line)[0]), default=0)
    under = (n for n in range(last + 1, len(lines)) if len(lines[n]) >= _WIDE and _PARTS.fullmatch(lines[n]))
    end = next(under, len(lines))
    return [line for line in lines[:end] if not any(shape.fullmatch(line) for shape in (_PARTS, START, _RECORD))]


def _field(line: str) -> tuple[str, str]:
    """Return which field a line opens and its value; "" for a line without a label that is known.

    >>> _field("Texte intégral : Le pont ouvre."), _field("FULL TEXT"), _field("Le maire : un homme")[0]
    (('text', 'Le pont ouvre.'), ('text', ''), '')
    """
    if len(line) < _LONGEST_ALONE and (alone := _ALONE.fullmatch(line)):
        return str(alone.lastgroup), ""
    found = _LINE.fullmatch(line)
    known = _KNOWN.fullmatch(fold(found["label"]).replace("’", "'").strip()) if found else None
    return (str(known.lastgroup), found["value"] or "") if known and found else ("", line)


def _record(lines: Sequence[str]) -> _Record | None:
    """Return what a record gives; None for lines that are none, the cover of an export among them."""
    named = [_field(line)[0] for line in lines]
    at = next((n for n, name in enumerate(named) if name == "text"), len(lines))
    end = _end(lines, at + 1)
    fields = _fields(lines[:at]) | _fields(lines[end:])
    if "text" not in named and "summary" not in named:
        return None
    if not {"paper", "info", "source"} & set(named) or len(set(named[:at] + named[end:]) - {"", "text"}) < _LEAST:
        return None
    if not fields.get("title"):
        fields["title"] = _heading(lines[:at])
    own = [_field(lines[at])[1], *lines[at + 1 : end]] if at < len(lines) else []
    while own and (not own[-1] or _RIGHTS.fullmatch(own[-1])):
        own.pop()
    kept = (line for line in own if not _SHOWN.fullmatch(line))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return _Record(fields, text, end < len(lines) or at == len(lines))


def _end(lines: Sequence[str], start: int) -> int:
    """Return where a text ends: at the first label after which hardly a line has none."""
    for n in range(start, len(lines)):
        if _UNDER.fullmatch(lines[n]):
            return n
        if not _field(lines[n])[0]:
            continue
        told = enumerate(lines[n + 1 :], start=n + 1)
        ahead = list(islice((line for k, line in told if line and not _goes_on(lines[k - 1], line)), _AHEAD))
        labelled = [_LINE.fullmatch(line) is not None for line in ahead]
        known = sum(bool(_field(line)[0]) for line in ahead)
        if _is_prose(lines[n]) and not (labelled and labelled[0]):
            continue
        if known >= min(2, len(ahead)) and labelled.count(False) <= min(_MOST_OTHER, len(ahead) // 2):
            return n
    return len(lines)


def _goes_on(above: str, line: str) -> bool:
    """Return whether a line goes on with the value of a label above it, as a narrow page breaks it."""
    return bool(above) and _LINE.fullmatch(line) is None and not _is_prose(line)


def _is_prose(line: str) -> bool:
    """Return whether a line, or what stands behind its label, ends as a sentence of a text does."""
    return line.rstrip(" »”\"'")[-1:] in tuple(".!?…") and len(line.split()) > _SHORT


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """Return the values of the fields, each the first that says something; they may go on over lines."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    name, open_, held = "", False, set[str]()
    for line in lines:
        label, value = _field(line)
        if label or (_LINE.fullmatch(line) and name != "summary" and not _ADDRESS.match(line)):
            name = label if label not in held else ""
            held |= {label} if value else set()
            open_ = True
            found[name] += [value] if value else []
        elif not line:
            open_ = name == "summary" or not found[name]
            found[name] += [""] if name == "summary" else []
        elif open_ and name and not _ADDRESS.match(line):
            found[name].append(line)
            held.add(name)
        elif _ADDRESS.match(line):
            found["url"] += [line] if not found["url"] else []
            name = ""
    joined = {label: ("\n" if label == "summary" else " ").join(told).strip() for label, told in found.items() if label}
    return {label: value for label, value in joined.items() if value and not _NONE.fullmatch(value)}


def _heading(lines: Sequence[str]) -> str:
    """Return the title that stands above the first label of a record, over a line or several."""
    held: list[str] = []
    for line in lines:
        if _field(line)[0] or _ADDRESS.match(line) or (held and not line):
            break
        held += [line] if line else []
    return " ".join(held)


def _article(record: _Record) -> Extract | None:
    """Return the article of a record; of one without its text what the abstract says; None without either."""
    fields = record.fields
    text = "" if _NONE.fullmatch(record.text) else record.text
    told = text or fields.get("summary", "")
    if not told:
        return None
    info = fields.get("info", "")
    days = (fields.get("day", ""), _behind(info), info[-_DATED:], fields.get("source", ""))
    day = next((found for value in days if (found := read_date(value, "en"))), None)
    said = Extract(
        normalise(told).strip(),
        title=_EDITION.sub("", fields.get("title", "")),
        published=day.isoformat() if day else "",
        outlet=_BEHIND.sub("", fields.get("paper") or info or fields.get("source", "")).strip(" .,"),
        author=_authors(fields.get("author", "")),
        url=next(iter(_ADDRESS.findall(fields.get("url", ""))), ""),
        partial=not text,
    )
    return unsigned(said)


def _behind(info: str) -> str:
    """Return what follows the place in brackets: the day and the page, which `read_date` would not reach."""
    return info.rpartition("]")[2]


def _authors(value: str) -> str:
    """Return authors as they are called, who stand in an index by their surnames.

    >>> _authors("Delgado, Renee; Roy, Paul"), _authors("Renee Delgado")
    ('Renee Delgado, Paul Roy', 'Renee Delgado')
    """
    names = (name.strip().rstrip(".") for name in value.split(";"))
    turned = (" ".join(reversed(name.split(", "))) if name.count(", ") == 1 else name for name in names if name)
    return ", ".join(turned)
