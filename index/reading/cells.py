"""Which column of a table is the day, the title, the text, by what its cells hold, where no usual name says so?

A word of its name may still tell it from others that hold the like: of two columns of days that of "saisie" is of the
record, and one whose days never come after those of the other is of the article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from index.language import fold
from index.paragraphs.datelines import read_date, read_dateline
from index.paragraphs.furniture import is_furniture

Columns = Mapping[str, Sequence[str]]
"""The cells of each column, row by row."""

LEAST_TEXT = 60
"""Characters that the cells of a text hold on the average, at least."""
_COMPACT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_LONGEST_DAY = 40
_SHARE = 0.9
"""The share of the cells that are days, or titles, at least."""
_TITLE = (12, 160)
"""Characters that the cells of a title hold on the average."""
_WORDS = 3.0
"""Words of a title on the average, at least: a name has fewer."""
_LEAST_ROWS = 2
"""Rows of a table whose title no word of a name tells, at least."""
_TITLES = frozenset("titre titres title titles headline headlines intitule heading manchette libelle".split())
_OF_OTHERS = frozenset(
    "journal presse press support media publication revue source newspaper magazine periodique collection site rubrique"
    " section dossier page surtitre soustitre sous sur sub inter kicker auteur author lang langue language traduit"
    " translated type".split()
)
"""Words of the name of a column of titles, but of papers, sections and persons."""
_PUBLISHED = frozenset(
    "parution paru parue publication publi publie publiee published publish pub diffusion emission edition issue"
    " numero cover print online ligne release released broadcast air aired".split()
)
_OF_RECORD = frozenset(
    "saisi saisie saisies import imported export exported ajout added insertion inserted creation created indexation"
    " indexed index modif modification modified maj update updated mise jour crawl crawled collecte collected capture"
    " captured scraped fetched harvested recolte archivage archived traitement processed validation valide consulte"
    " accessed retrieved fin end debut expiration naissance birth event evenement begin start depot".split()
)
_NAME = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ADDRESS = re.compile(r"\w+://|www\.|\S+@\S+\.\w+$")
_LIST = re.compile(r"[;|]| / ")
_PARTICLES = frozenset("de du des la le les von van and et of the avec with par by".split())


def words_of_name(name: str) -> set[str]:
    """Return the words of the name of a column, without case and accents.

    >>> sorted(words_of_name("Dt_parutionPapier"))
    ['dt', 'papier', 'parution']
    """
    return set(_NAME.findall(fold(_CAMEL.sub(" ", str(name)[:60])).replace("_", " ")))


def day_column(columns: Columns) -> str:
    """Return the column of the day on which the articles appeared, "" where no one column is surely that."""
    found = {name: days for name, cells in columns.items() if (days := _days(cells))}
    told = [name for name in found if words_of_name(name) & _PUBLISHED and not words_of_name(name) & _OF_RECORD]
    if told:
        return told[0]
    free = [name for name in found if not words_of_name(name) & _OF_RECORD]
    first = [name for name in free if all(_is_before(found[name], found[other]) for other in free)]
    return first[0] if first else ""


def _days(cells: Sequence[str]) -> list[date | None]:
    """Return the days of a column row by row; none where its cells are not days."""
    held = [cell for cell in cells if cell]
    days = [_day(cell) for cell in cells]
    return days if held and sum(day is not None for day in days) >= _SHARE * len(held) > 0 else []


def _day(cell: str) -> date | None:
    if _COMPACT.fullmatch(cell):
        return read_date(f"{cell[:4]}-{cell[4:6]}-{cell[6:]}", "fr")
    line = read_dateline(cell, "fr") if 6 <= len(cell) <= _LONGEST_DAY else None
    return (line.bare if line.alone else None) if line else None


def _is_before(days: Sequence[date | None], others: Sequence[date | None]) -> bool:
    return all(day is None or other is None or day <= other for day, other in zip(days, others, strict=True))


def title_column(columns: Columns, text: Sequence[str]) -> str:
    """Return the column of the titles of these texts, "" where no column is surely that."""
    found = [name for name, cells in columns.items() if _are_titles(cells, text)]
    told = [n for n in found if words_of_name(n) & _TITLES and not words_of_name(n) & _OF_OTHERS]
    if told:
        return told[0]
    free = [name for name in found if not words_of_name(name) & _OF_OTHERS and not _are_names(columns[name])]
    return free[0] if free and sum(map(bool, text)) >= _LEAST_ROWS else ""


def _are_titles(cells: Sequence[str], text: Sequence[str]) -> bool:
    """Return whether cells are short, of several words, each another, and neither lists, days nor how a text begins."""
    held = [cell for cell in cells if cell]
    if not held or len(held) < 0.8 * sum(map(bool, text)) or len(set(held)) < _SHARE * len(held):
        return False
    mean, words = (sum(of) / len(held) for of in (map(len, held), (len(cell.split()) for cell in held)))
    shorter = mean < 0.5 * sum(map(len, text)) / max(1, sum(map(bool, text)))
    others = sum(map(_is_no_title, held)) + sum(map(_is_excerpt, cells, text))
    return shorter and _TITLE[0] <= mean <= _TITLE[1] and words >= _WORDS and others <= (1 - _SHARE) * len(held)


def _is_no_title(cell: str) -> bool:
    starts = cell[:1].isupper() or cell[:1].isdigit() or cell[:1] in "«“\"'‘¿¡("
    other = "\n" in cell or _ADDRESS.match(cell) or _LIST.search(cell) or is_furniture(cell) or _day(cell)
    return not starts or bool(other) or cell.startswith("(c)") or cell[-1] in ";,."


def _is_excerpt(cell: str, text: str) -> bool:
    """Return whether a cell is how its text begins, in mid-line."""
    begun = cell.rstrip(" .…")
    return bool(begun) and text.startswith(begun) and text[len(begun) : len(begun) + 1] not in ("", "\n")


def _are_names(cells: Sequence[str]) -> bool:
    """Return whether most cells hold capitalised words alone, as names do."""
    held = [cell for cell in cells if cell]
    return 2 * sum(all(w[:1].isupper() or fold(w) in _PARTICLES for w in _NAME.findall(c)) for c in held) > len(held)


def text_column(columns: Columns) -> str:
    """Return the column with the longest cells, "" where none are as long as a text."""
    long = {name: mean for name, cells in columns.items() if (mean := _mean(cells)) >= LEAST_TEXT}
    return max(long, key=lambda name: long[name], default="")


def _mean(cells: Sequence[str]) -> float:
    return sum(map(len, cells)) / max(1, len(cells))
