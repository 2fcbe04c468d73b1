"""Why could a file not be read, in the words of its reader?

The index gives its reasons in English. An interface in English shows them as they are; any other says the nearest that
it has words for.
"""

from __future__ import annotations

import re

from ui.words.catalogue import OTHERWISE, read_words

_REASONS = (
    (re.compile("names a file that is not there"), "reason_stranger"),
    (re.compile("names no column"), "reason_header"),
    (re.compile("truncated|damaged"), "reason_damaged"),
    (re.compile("encrypted|password"), "reason_encrypted"),
    (re.compile("over-large"), "reason_large"),
    (re.compile("empty"), "reason_empty"),
    (re.compile("not a kind of file|kind that is not known"), "reason_kind"),
    (re.compile("whatever its name says|not JSON|not XML|not a table|not a box"), "reason_other"),
    (re.compile("encoding"), "reason_encoding"),
    (re.compile("cannot be (?:opened|listed|looked at)|no such file"), "reason_away"),
    (re.compile("holds no|without"), "reason_none"),
)
"""What the beginning of a reason holds, and the name of its words in the catalogue."""
_ROW = re.compile(r"row (?P<row>\d+): (?P<why>.*)", re.DOTALL)
_ROWS = (
    (re.compile("no source"), "reason_row_source"),
    (re.compile("a second row"), "reason_row_twice"),
    (re.compile("more cells"), "reason_row_cells"),
    (re.compile("no date"), "reason_row_date"),
)
"""The same of what is wrong with a row of `sources.csv`."""
_BEGINNING = 60
_NOTHING = re.compile(r"nothing could be read[^(]*\((?P<told>.*)\)", re.DOTALL)
_FILE = re.compile(r"(?:^|; )(?P<file>[^:;]+): (?P<reason>.*?)(?=; [^:;]+: |$)", re.DOTALL)


def tell_reason(reason: str, language: str) -> str:
    """Return why a file was not read.

    >>> tell_reason("encrypted: it needs a password", "fr")
    'protégé par un mot de passe'
    """
    words = read_words(language)
    if words.language == OTHERWISE:
        return reason
    row = _ROW.match(reason)
    told, known = (row["why"], _ROWS) if row else (reason, _REASONS)
    found = (name for pattern, name in known if pattern.search(told[:_BEGINNING]))
    why = words[next(found, "reason_unknown")]
    return words["reason_row"].format(row=row["row"], reason=why) if row else why


def tell_note(reason: str, language: str) -> str:
    """Return what is noted of a file that was read.

    >>> tell_note("1 of 3 rows hold no text", "fr")
    'une partie n’a pas pu l’être'
    """
    words = read_words(language)
    return reason if words.language == OTHERWISE else words["reason_part"]


def tell_failure(message: str, language: str) -> str:
    """Return what the index says of a change that read nothing; any other message as it is.

    >>> tell_failure("nothing could be read (a.pdf: empty: no bytes)", "fr")
    'Rien n’a pu être lu. a.pdf : vide'
    """
    words = read_words(language)
    nothing = _NOTHING.match(message)
    if words.language == OTHERWISE or not nothing:
        return message
    files = [
        words["skipped"].format(source=one["file"], reason=tell_reason(one["reason"], language))
        for one in _FILE.finditer(nothing["told"])
    ]
    return f"{words['nothing_read']} {'; '.join(files)}"
