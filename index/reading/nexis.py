"""Which articles does an export of Nexis (LexisNexis) hold, by its lines, as Word, RTF, text, PDF or HTML give them?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language import is_stop_word
from index.paragraphs.datelines import MONTHS, read_date
from index.reading.contents import Extract
from index.reading.decoding import normalise

END = re.compile(r"(?:end of document|fin du document|ende des dokuments|fin del documento)\.?", re.IGNORECASE)
START = re.compile(r"(?:document )?\d{1,5} (?:of|de|von|sur) \d{1,5}(?: documents?| dokumente[n]?)?", re.IGNORECASE)
"""The first line of an article in the old layout: "3 of 74 DOCUMENTS"; the word stands before or after."""
_HEADS = frozenset(
    "section rubrique rubrik length longueur länge byline auteur autor dateline lieu highlight encart headline titre "
    "source edition édition series série graphic grafik illustration graphique url column colonne chronique "
    "distribution abstract résumé origine-depeche origine-dépêche intitulé titre-secondaire correction seccion sección "
    "longitud contributors correction-date".split()
)
"""Labels above the text."""
_TEXTS = frozenset("highlight encart abstract résumé".split())
_TAILS = frozenset(
    "load-date date-chargement classification language langue sprache publication-type type-publication subject sujet "
    "organization organisation company societe société ticker symbole-boursier industry secteur-activite geographic "
    "localisation-geo person personne acc-no document-type journal-code correction-date "
    "publication-subject graphic grafik illustration graphique localisation lieu zeitung-code fecha-carga idioma "
    "geographisch-stichworte zeitungstyp ladedatum firma url pub-type issn country state"
    " city "
    "category terms notes".split()
) | {"date de chargement", "type de publication", "journal code", "zone géographique", "secteur d'activité"}
"""Labels under the text."""
_PICTURES = frozenset("graphic grafik illustration graphique".split())
_SURE = frozenset(label for label in _TAILS if "-" in label) | {
    "ladedatum",
    "date de chargement",
    "type de publication",
}
"""Labels under the text that no text uses."""
_LABEL = re.compile(r"(?P<label>[^\W\d_][^\W\d]*(?:[ '’-][^\W\d_][^\W\d]*){0,2})\s?:(?:\s+|$)(?P<value>.*)", re.DOTALL)
_CAPITALS = re.compile(r"[A-ZÀ-Ý]{3,}(?:-[A-ZÀ-Ý]{3,})+")
"""A label that is none of these, as the oldest layout writes them all."""
_PAGE = re.compile(r"page \d{1,5} (?:of|sur|de|von) \d{1,5}", re.IGNORECASE)
_LONGEST_DAY = 120
"""Characters of the line that has the day, at most."""
_WORDS = 3
"""Words of a title that stands above its outlet, at least, where a line under the day may be one too."""
_TITLES = ("headline", "titre")
_MARK = re.compile(r"^(?:#{1,6}|-) ")
_BODY = re.compile(r"(?:body|corps|texte(?: intégral)?|full text|text) ?:?", re.IGNORECASE)
_RIGHTS = re.compile(
    r"(?:copyright\b|©|\(c\) ?(?:19|20)\d\d|all rights reserved|tous droits r[ée]serv[ée]s).*", re.I | re.S
)
_EDITION = re.compile(r".{0,60}\b[eé]dition\b.{0,40}|correction appended|rectificatif", re.IGNORECASE)
_LISTED = re.compile(r"documents? \(\d+\)", re.IGNORECASE)
_COVER = re.compile(
    r"(?:client/matter|search terms|search type|narrowed by|content type|job number|date and time|user name"
    rf"|{_LISTED.pattern}|termes de recherche|type de recherche|affiné par|numéro de tâche|date et heure"
    r"|nom d['’]utilisateur"
    rf"|\d+\.\s(?!(?:{MONTHS})\b)).*",
    re.IGNORECASE | re.DOTALL,
)


def of_lines(lines: Sequence[str]) -> Extract | None:
    """Return the article that these lines make, from its header to its last line; None where they make none."""
    lines = [_MARK.sub("", line.strip()) for line in lines]
    head = _first_field(lines)
    if head is None:
        return None
    title, outlet, day = _header(lines[:head])
    fields, start = _fields(lines, head)
    title = next((fields[label] for label in _TITLES if fields.get(label)), title)
    body = [line for line in _body(lines[start:]) if not line or line not in title.split("\n")]
    body = [line for line in body if not _PAGE.fullmatch(line)]
    shown = [value for name, value in fields.items() if name in _TEXTS and value]
    text = "\n\n".join([*shown, "\n".join(body).strip()])
    if not text.strip():
        return None
    author = fields.get("byline") or fields.get("auteur") or fields.get("autor") or ""
    return Extract(
        normalise(text).strip(),
        title=" ".join(title.split()),
        published=day,
        outlet=outlet.rstrip("."),
        author=re.sub(r"^(?:by|par)\s+", "", author, flags=re.IGNORECASE),
        url=fields.get("url", ""),
    )


def is_cover(text: str) -> bool:
    """Return whether a text is the list of what an export holds, which comes as a file of its own."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    listed = any(_LISTED.fullmatch(line) for line in lines)
    return listed and all(_COVER.fullmatch(_MARK.sub("", line)) for line in lines)


def is_ended(lines: Sequence[str]) -> bool:
    """Return whether an article of the old layout, which nothing ends, is whole: its labels or rights stand last."""
    kept = [line.strip() for line in lines if line.strip()][-4:]
    return any(_is_end(line) or _tail(line)[0] for line in kept)


def _labelled(line: str) -> tuple[str, str]:
    """Return the label of a line, in lower case, and what follows it; "" where it has none that is known."""
    found = _LABEL.fullmatch(line)
    label = found["label"].lower().strip() if found else ""
    known = label in _HEADS or label in _TAILS or _is_shouted(found)
    return (label, found["value"].strip()) if found and known else ("", line)


def _is_shouted(found: re.Match[str] | None) -> bool:
    """Return whether a label that is not known is one of the oldest layout, and what follows it no sentence."""
    return found is not None and _CAPITALS.fullmatch(found["label"]) is not None and not _is_sentence(found["value"])


def _first_field(lines: Sequence[str]) -> int | None:
    """Return where the header ends: at the rights under its day, the first label or "Body".

    In the oldest layout the rights stand above the outlet and the day.
    """
    rights, dated = None, False
    for place, line in enumerate(lines):
        label, _ = _labelled(line)
        if label in _HEADS or (label in _SURE and dated) or (_BODY.fullmatch(line) and place > 1):
            return place if dated or rights is None else rights
        if _RIGHTS.fullmatch(line):
            if dated:
                return place
            rights = place if rights is None else rights
        else:
            dated = dated or _is_day(line)
    return rights


def _is_day(line: str) -> bool:
    return len(line) < _LONGEST_DAY and read_date(line, "en") is not None


def _header(lines: Sequence[str]) -> tuple[str, str, str]:
    """Return the title, the outlet and the day of an article, by the lines above its fields.

    The day stands in the last line or two; the outlet is above it, and the title above the outlet or under the day,
    where an edition or a section may stand too.
    """
    beside = (_COVER, START, _PAGE, _RIGHTS)
    kept = [line for line in lines if not any(shape.fullmatch(line) for shape in beside)]
    below = max((n for n in range(len(kept)) if _is_day(kept[n])), default=len(kept))
    parts = [" ".join(part.split()) for part in "\n".join(kept[below + 1 :]).split("\n\n")]
    under = [part for part in parts if part and not _EDITION.fullmatch(part)]
    kept = [line for line in kept if line]
    place = next((n for n in reversed(range(len(kept))) if _is_day(kept[n])), None)
    if place is None:
        return (kept[-2] if len(kept) > 1 else "", kept[-1] if kept else "", "")
    above = kept[:place]
    outlet = above[-1] if above else ""
    over = _over(above[:-1])
    is_over = len(over.split()) >= _WORDS or not under or len(" ".join(under).split()) < _WORDS
    return over if over and is_over else "\n".join(under), outlet, kept[place]


def _over(lines: Sequence[str]) -> str:
    """Return the title above an outlet, which may stand in several lines, the last of these; "" where there is none."""
    first = len(lines) - 1
    while first > 0 and _is_open(lines[first - 1], lines[first]):
        first -= 1
    return "\n".join(lines[max(0, first) :])


def _is_open(line: str, following: str) -> bool:
    """Return whether a title goes on in the line that follows."""
    words = line.lower().split()
    return len(words) > _WORDS and (
        following[:1].islower() or is_stop_word(words[-1], "fr") or is_stop_word(words[-1], "en")
    )


def _fields(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    """Return the labelled lines above the text, and where the text starts; a value may go on over lines."""
    fields: dict[str, str] = {}
    place = start
    label = ""
    while place < len(lines):
        line = lines[place]
        found, value = _labelled(line)
        if found in _TAILS - _HEADS and not _has_body(lines[place:]):
            break
        if _BODY.fullmatch(line):
            return fields, place + 1
        if found:
            label, fields[found] = found, value
        elif _RIGHTS.fullmatch(line):
            label = "rights"
        elif line and label and lines[place - 1] and label != "length":
            fields[label] = f"{fields.get(label, '')} {line}".strip()
        elif line:
            if _has_body(lines[place:]):
                place += 1
                continue
            break
        place += 1
    return fields, place


def _has_body(lines: Sequence[str]) -> bool:
    """Return whether the line "Body" is still to come."""
    return any(_BODY.fullmatch(line) for line in lines[:12])


def _body(lines: Sequence[str]) -> list[str]:
    """Return the lines of the text: up to the labels and the rights under it, after which nothing else follows.

    >>> _body(["Langue", "", "Le breton recule.", "", "Language: FRENCH", "", "Load-Date: 3 mars 2024"])
    ['Langue', '', 'Le breton recule.', '']
    """
    end = next((n for n, line in enumerate(lines) if _is_end(line)), len(lines))
    tail: int | None = None
    goes_on, waits = "", False
    for place, line in enumerate(lines[:end]):
        label, value = _tail(line)
        if label:
            tail, goes_on, waits = place if tail is None else tail, label, not value
        elif not line:
            goes_on = goes_on if waits else ""
        elif goes_on and (goes_on in _PICTURES or not _is_sentence(line)):
            waits = False
        else:
            tail, goes_on = None, ""
    return list(lines[: end if tail is None else tail])


def _is_end(line: str) -> bool:
    """Return whether a line stands under the text, whatever follows it."""
    return _labelled(line)[0] in _SURE or END.fullmatch(line) is not None or START.fullmatch(line) is not None


def _tail(line: str) -> tuple[str, str]:
    """Return the label of a line that may stand under the text, and its value; "" for a line of the text."""
    if _RIGHTS.fullmatch(line) and len(line) < 200:
        return "rights", line
    if line.lower() in _TAILS:
        return line.lower(), ""
    label, value = _labelled(line)
    told = label in _TAILS and (label in _PICTURES or not _is_sentence(value))
    return (label, value) if told else ("", line)


def _is_sentence(words: str) -> bool:
    """Return whether these words are a sentence, and not what a label gives."""
    bare = words.rstrip(" »”\"'")
    return bare[-1:] in tuple(".!?…") and bare[-2:-1] not in tuple("%)") and len(bare.split(None, 2)) > 2
