"""Why could a file not be read, in the words of its reader?

The index gives its reasons in English. An interface in English shows them as they are; any other says the nearest that
it has words for.
"""

from __future__ import annotations

import re

from ui.words.catalogue import OTHERWISE, print_number, read_words

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
_NOTES = (
    (re.compile(r"(?P<some>\d[\d,]{0,12}) of (?P<all>\d[\d,]{0,12}) .{1,80}? holds? no text"), "note_empty"),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) files of other kinds in it were not read: (?P<names>.+)"), "note_files"),
    (re.compile(r"attachments of other kinds were not read: (?P<names>.+)"), "note_attached"),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) pages that lead to .{1,30} not read: (?P<names>.+)"), "note_leading"),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) pages that list others were not read"), "note_lists"),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) records that are no pages were not read"), "note_responses"),
    (
        re.compile(r"(?P<count>\d[\d,]{0,12}) entries that are no .{1,20} articles were not read: (?P<names>.+)"),
        "note_entries",
    ),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) letters that only answer others were not read"), "note_answers"),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) notes and boxes beside its text were not read"), "note_boxes"),
    (re.compile(r"what stands above its first article was not read"), "note_above"),
    (re.compile(r"pages that stand under no paper were not read: (?P<names>.+)"), "note_pages"),
    (re.compile(r"columns cannot be told from a table, lines are read across: page (?P<names>.+)"), "note_columns"),
    (re.compile(r"(?P<some>\d[\d,]{0,12}) of its (?P<all>\d[\d,]{0,12}) pages are pictures\b.*"), "note_pictures"),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) lines above the names of its columns were not read"), "note_head"),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) further sheets were not read"), "note_sheets"),
    (re.compile(r"cells beyond column (?P<count>\d[\d,]{0,12}) were not read"), "note_wide"),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) items that their agency withdrew were not read"), "note_withdrawn"),
    (re.compile(r"(?P<count>\d[\d,]{0,12}) records beside those of the articles .{1,30} not read"), "note_beside"),
    (re.compile(r"looks like an export of several articles\b.*"), "note_several"),
    (re.compile(r"(?:the export ends in the middle|(?:after \d[\d,]{0,12} pages )?it is cut short\b).*"), "note_cut"),
)
"""A note on a file that was read, with the figures and names in it, and the name of its words in the catalogue."""
_INSIDE = re.compile(r"(?P<file>[^:]{0,100}\.\w{1,8}|message \d[\d,]{0,12}): (?P<why>.+)", re.DOTALL)
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
    """Return what is noted of a file that was read, and of which file inside it.

    >>> tell_note("1 of 3 rows hold no text", "fr"), tell_note("b.pdf: empty: no bytes", "fr")
    ('sans texte : 1 sur 3', 'b.pdf : vide')
    """
    words = read_words(language)
    if words.language == OTHERWISE:
        return reason
    inside = _INSIDE.fullmatch(reason)
    if inside is not None:
        part, why = tell_note(inside["why"], language), tell_reason(inside["why"], language)
        return words["skipped"].format(source=inside["file"], reason=why if part == words["reason_part"] else part)
    found = next(((one, name) for pattern, name in _NOTES if (one := pattern.fullmatch(reason))), None)
    if found is None:
        return words["reason_part"]
    told = found[0].groupdict()
    figures = {name: _printed(value, language) for name, value in told.items() if name != "names"}
    return words[found[1]].format(**{**told, **figures})


def _printed(figure: str, language: str) -> str:
    return print_number(int(figure.replace(",", "")), language)


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
