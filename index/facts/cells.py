"""Of what does a table, or a line "label: value", tell its figure? Of its row and its column, or of nothing certain.

A line of a table is cells between bars, "Banque Bêta | Ville: Lens | Salariés: 3 333" (see `index.reading.tables`): the
name of its column stands before a cell, and the first cell that is no figure names the row. A figure that is alone in
its cell counts what they name. Where no column is named, two cells are a label and its value; of more, nobody can tell
what a figure counts, and it is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from index.facts.fact import DENIED, Extent
from index.facts.gazetteer import places, seats
from index.facts.hedges import read_hedges
from index.facts.numbers import read_figures
from index.facts.ranges import Figure, whole
from index.facts.relations import classes
from index.facts.site import FigureReading
from index.facts.syntax import Syntax
from index.facts.tables import table
from index.facts.tokens import Token
from index.facts.units import unit_after
from index.lexicon import Lexicon

_LINE = re.compile(r"[^\n]+")
_BAR = re.compile(r"[ \t]+\|[ \t]+")
_LABELLED = re.compile(r"(?P<label>[^:!?;|]{1,80}?)[ ]?:[ ]+(?P<value>\S[^|]{0,80})$")
_MARKER = re.compile(r"[ \t]*(?:[-•*–][ \t]+)?")
_APART = re.compile(r"\([^()]*\)")
_THOUSANDS = re.compile(r"['’]?000s?$")
_WRAPPED = 60
"""A line that is no longer has an end of its own, rather than one that its width gave it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with what names it, as offsets into the text."""

    value: Extent
    label: Extent | None = None
    """The name of its column, or the label before it."""
    cells: int = 1
    """How many cells its line has."""


Named = tuple[list[Token], list[Token]]
"""What a figure counts, and what names its row."""


def tie_cells(
    text: str, syntax: Syntax, figures: Mapping[int, Figure], readings: Mapping[int, FigureReading]
) -> tuple[dict[int, Figure], dict[int, FigureReading]]:
    """Return the figures, and their readings, where each that is alone in a cell counts what its row and column name.

    Both are keyed by token number. Those are left out that are alone in a cell which nothing names, or which holds a
    rank or a code, and those in the name of such a column.
    """
    kept, tied = dict(figures), dict(readings)
    for cells in _lines(text) if figures else ():
        held = [(cell, _alone(text, cell, syntax, figures)) for cell in cells]
        row = next((cell.value for cell, place in held if place is None), None) if len(cells) > 1 else None
        for cell, place in held:
            named = None if place is None else _named(syntax, cell, row)
            if place is None or named is None:
                continue
            leaving = [place] if not any(named) else []
            leaving += _within(syntax, cell.label, figures) if cell.label else []
            for other in leaving:
                kept.pop(other, None)
                tied.pop(other, None)
            if any(named):
                kept[place] = figure = _measured(text, cell, figures[place], syntax.language)
                tied[place] = _told(readings[place], named, figure)
    return kept, tied


def _lines(text: str) -> Iterator[list[Cell]]:
    """Yield the cells of each line of a table, and that of each line "label: value"."""
    for line in _LINE.finditer(text):
        if " | " in line.group():
            yield list(_row(text, line))
        elif ":" in line.group() and not _goes_on(text, line):
            match = _LABELLED.match(text, _past_marker(text, line.start()), line.end())
            if match:
                yield [Cell(Extent(*match.span("value")), Extent(*match.span("label")))]


def _row(text: str, line: re.Match[str]) -> Iterator[Cell]:
    bars = list(_BAR.finditer(text, *line.span()))
    starts = [_past_marker(text, line.start()), *(bar.end() for bar in bars)]
    ends = [*(bar.start() for bar in bars), line.end()]
    for start, end in zip(starts, ends, strict=True):
        match = _LABELLED.match(text, start, end)
        if match:
            yield Cell(Extent(*match.span("value")), Extent(*match.span("label")), len(starts))
        else:
            yield Cell(Extent(start, end), None, len(starts))


def _past_marker(text: str, start: int) -> int:
    """Return where a line begins behind its marker of a list."""
    marker = _MARKER.match(text, start)
    return marker.end() if marker else start


def _goes_on(text: str, line: re.Match[str]) -> bool:
    """Return whether a line is one of several that a sentence fills."""
    before = text.rfind("\n", 0, max(0, line.start() - 1)) + 1
    wrapped = line.start() and line.start() - before > _WRAPPED and text[line.start()].islower()
    return bool(wrapped) or text[line.end() + 1 : line.end() + 2].islower()


def _within(syntax: Syntax, extent: Extent, figures: Mapping[int, Figure]) -> list[int]:
    """Return the token numbers of the figures in an extent."""
    first = bisect_left(syntax.tokens, extent.start, key=_start)
    last = bisect_left(syntax.tokens, extent.end, first, key=_start)
    return [place for place in range(first, last) if place in figures]


def _start(token: Token) -> int:
    return token.start


def _alone(text: str, cell: Cell, syntax: Syntax, figures: Mapping[int, Figure]) -> int | None:
    """Return the token number of the figure that is alone in a cell, what hedges it and parentheses aside."""
    places = _within(syntax, cell.value, figures)
    if not places:
        return None
    figure = figures[places[0]]
    beside = read_hedges(text, figure, cell.value.start, syntax.language)
    rest = f"{text[cell.value.start : beside.start]} {text[figure.end : cell.value.end]}"
    return None if any(c.isalnum() for c in _APART.sub(" ", rest)) else places[0]


def _named(syntax: Syntax, cell: Cell, row: Extent | None) -> Named | None:
    """Return what names a figure: nothing where it cannot be told; None where that is no label, but a sentence, or a
    name in a list, whose heading says what is counted."""
    of_row = _words(syntax, row)
    if cell.label is None:
        return (of_row, []) if cell.cells == 2 else ([], [])
    label = _words(syntax, cell.label)
    if cell.cells == 1 and (_is_clause(syntax, cell.label) or all(_is_name(word, syntax.language) for word in label)):
        return None
    if label and all(word.fold in syntax.table.exclusions.columns for word in label):
        return [], []
    return (label, of_row) if label else (of_row, [])


def _words(syntax: Syntax, extent: Extent | None) -> list[Token]:
    """Return the words of a name that have a meaning of their own."""
    if extent is None:
        return []
    first = bisect_left(syntax.tokens, extent.start, key=_start)
    last = bisect_left(syntax.tokens, extent.end, first, key=_start)
    return [syntax.tokens[i] for i in range(first, last) if syntax.content(i) and syntax.tokens[i].figure < 0]


def _is_name(word: Token, language: str) -> bool:
    """Return whether a word names one thing, as in a list "Arras : 12" under what is counted."""
    if not word.is_capital or classes(word.fold, language):
        return False
    return word.fold in places() or word.fold in seats() or not Lexicon.load().knows(word.text, language)


def _is_clause(syntax: Syntax, extent: Extent) -> bool:
    """Return whether words are part of a sentence, as "Les secours ont compté" is, rather than a name."""
    first = bisect_left(syntax.tokens, extent.start, key=_start)
    last = bisect_left(syntax.tokens, extent.end, first, key=_start)
    pronouns = syntax.grammar.pronouns
    return any(
        syntax.auxiliary(i) or (syntax.tokens[i].fold in pronouns and not syntax.determiner(i))
        for i in range(first, last)
    )


def _measured(text: str, cell: Cell, figure: Figure, language: str) -> Figure:
    """Return a figure in the unit that the name of its column states: "Dépôts (en millions d'euros)"."""
    stated = cell.label and table(language).units.stated.search(text, cell.label.start, cell.label.end)
    if not stated or figure.unit or figure.scale != 1.0:
        return figure
    factor, unit = _unit(stated.group("unit").strip(), language)
    most = None if figure.value_max is None else whole(figure.value_max * factor)
    return replace(figure, value=whole(figure.value * factor), value_max=most, unit=unit)


def _unit(words: str, language: str) -> tuple[float, str]:
    """Return what the words of a unit multiply by, and the unit: "milliers d'euros" is (1000, "EUR")."""
    if _THOUSANDS.match(words):
        return 1000.0, ""
    first = words.split()[0]
    base = table(language).vague.bases.get(first.lower().removesuffix("s"))
    if base:
        unit, end = unit_after(words, len(first), language, scaled=True) or ("", len(first))
        return (base, unit) if end == len(words) else (1.0, "")
    one = [f for f in read_figures(f"1 {words}", language) if (f.start, f.end) == (0, len(words) + 2)]
    return (one[0].value, one[0].unit) if one else (1.0, "")


def _told(reading: FigureReading, named: Named, figure: Figure) -> FigureReading:
    """Return the reading of a figure that its row and column name."""
    head, predicate = named
    told = replace(reading, head=head, things=head, predicate=predicate, unit=figure.unit, part="", before="")
    told.qualifiers = reading.qualifiers - {DENIED}
    return told
