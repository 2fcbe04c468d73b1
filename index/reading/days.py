"""Which day does a cell of a table mean: as it is written, or as a computer counts it, and does the day stand first?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from index.reading.fields import Record, short_key, words_of

_COMPACT = re.compile(r"(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])(?:\d{6})?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_SERIAL = re.compile(r"[3-5]\d{4}(?:\.\d+)?")
"""A day as a spreadsheet counts it."""
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)(?!\d)")
_FRENCH = frozenset(
    "titre intitule texte textearticle contenu resume accroche extrait dateparution parution datediffusion"
    " titrepresse auteur "
    "auteurs signataire journaliste lien adresse langue nommedia nomsupport titresupport chapo chapeau".split()
)
"""Names of columns that are French alone."""


def order_of_days(rows: Sequence[Record], columns: Mapping[str, str]) -> str:
    """Return which stands first in the days of a table, "day" or "month"; "" where no day in it tells.

    A number over 12 is no month, in other columns too where these tell nothing; and a table whose columns have French
    names has French days.
    """
    names = [columns[field] for field in ("published", "updated") if field in columns]
    first, second = _over_twelve(rows, names)
    if not first and not second and names:
        first, second = _over_twelve(rows, list(dict.fromkeys(str(name) for row in rows[:200] for name in row)))
    if first == second:
        french = any(short_key(name) in _FRENCH for name in columns.values())
        return "day" if french and not first else ""
    return "day" if first else "month"


def _over_twelve(rows: Sequence[Record], names: Sequence[str]) -> tuple[bool, bool]:
    """Return whether the first number of a day in these columns is over 12 somewhere, and whether the second is."""
    days = [found for row in rows for name in names if (found := _SLASHED.match(words_of(row.get(name))))]
    return any(int(day[1]) > 12 for day in days), any(int(day[2]) > 12 for day in days)


def day_of(value: str, order: str = "") -> str:
    """Return a day as it is written, or in ISO 8601 where it is a number: seconds, milliseconds or 20230314.

    `order` says which stands first in "03/04/2023", where it is known.

    >>> day_of("1678780800"), day_of("20230314"), day_of("14 mars 2023")
    ('2023-03-14', '2023-03-14', '14 mars 2023')
    """
    value = value.strip()
    if _COMPACT.fullmatch(value):
        return f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    if _EPOCH.fullmatch(value):
        seconds = float(value) / (1000 if len(value) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    if _SERIAL.fullmatch(value):
        return (date(1899, 12, 30) + timedelta(days=int(float(value)))).isoformat()
    if order and (found := _SLASHED.match(value)):
        day, month = (found[1], found[2]) if order == "day" else (found[2], found[1])
        year = found[3] if len(found[3]) == 4 else f"{20 if int(found[3]) < 70 else 19}{found[3]}"
        return f"{year}-{int(month):02}-{int(day):02}"
    return value
