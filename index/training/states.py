"""Which country does each official name mean? ISO 3166-1 in both languages, as one table for `index.facts.states`.

    python -m index.training.states [--out index]

The names are those of pycountry, which carries the lists and the translations of Debian's iso-codes. A name is kept as
the set of its words, since their order varies ("populaire démocratique", "démocratique populaire").
"""

from __future__ import annotations

import gettext
import json
import re
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import click

from index.facts.gazetteer import nationality
from index.facts.states import FILE, LITTLE, OF, States, words_of
from index.facts.tables import LANGUAGES
from index.language import fold

SHARED = 2
"""Official English names that a word must stand in, at least, to belong to the form of a state and not to its name."""

CARD = """# States

`states.json` holds the official names of {count} countries in French and in English, as sets of words, and the words
for the form of a state in them. It is made by `python -m index.training.states` of pycountry {version} (LGPL 2.1 or
later), which carries ISO 3166-1 as Debian's iso-codes lists and translates it.
"""


KEPT = frozenset({"GB", "CD", "CG"})
"""Codes of those whose names are known and stay as they are: the press prints no shorter one that tells them apart."""


def official_names() -> dict[str, dict[str, tuple[str, str]]]:
    """Return for each language and code the official name of a country and its short one."""
    import pycountry
    from babel import Locale

    found: dict[str, dict[str, tuple[str, str]]] = {}
    for language in LANGUAGES:
        here = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True).gettext
        short = Locale.parse(language).territories
        known = ((c.alpha_2, getattr(c, "official_name", "") or c.name) for c in pycountry.countries)
        each = {code: (_turned(here(official)), short[code]) for code, official in known}
        found[language] = {code: own for code, own in each.items() if _is_official(*own)}
    return found


def _turned(name: str) -> str:
    """Return a name that begins with its noun: "Russie, Fédération de" is "Fédération de Russie"."""
    country, comma, rest = name.partition(", ")
    return f"{rest} {country}" if comma and rest.endswith((" de", " d'", " d’", " du", " of")) else name


def _is_official(name: str, short: str) -> bool:
    """Return whether a name is more than the short one, and not one turned round or explained."""
    return len(words_of(name)) > 1 and not set(words_of(name)) <= set(words_of(short)) and not set(name) & set(",()")


def read_states(names: dict[str, tuple[str, str]], language: str) -> States:
    """Return the table of one language, given each country's official and short name."""
    sets = {code: frozenset(words_of(official)) - LITTLE for code, (official, _) in names.items()}
    seen = Counter(word for words in sets.values() for word in words)
    forms = {word for code, (official, short) in names.items() for word in _forms(official, short, seen)}
    heads = {head for official, short in names.values() for head in _heads(official, short, language)}
    kept = {code: " ".join(sorted(words)) for code, words in sets.items() if words & heads}
    return States(
        frozenset(heads), frozenset(forms | heads), {words: code * (code not in KEPT) for code, words in kept.items()}
    )


def _forms(official: str, short: str, seen: Counter[str]) -> Iterable[str]:
    """Yield the words for the form of a state: small in French behind the first, in several names in English."""
    printed = [part for word in official.split() for part in re.split("['’,-]", word) if part]
    common = [w for place, w in enumerate(printed) if seen[fold(w)] >= SHARED or not place or w[0].islower()]
    own = {*words_of(short), *LITTLE}
    return (fold(word) for word in common if fold(word) not in own and not nationality(fold(word)))


def _heads(official: str, short: str, language: str) -> Iterable[str]:
    """Yield the noun of a name: the first word in French, in English that before "of" or the last."""
    words = words_of(official)
    noun = words[0 if language == "fr" else words.index(OF) - 1 if OF in words else -1]
    if noun not in {*words_of(short), *LITTLE} and not nationality(noun):
        yield noun


@click.command(help=__doc__)
@click.option("--out", default="index", show_default=True, help="Folder to write.")
def main(out: str) -> None:
    names = official_names()
    tables = {language: read_states(own, language) for language, own in names.items()}
    content = {language: own.content() for language, own in tables.items()}
    Path(out, FILE).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    card = CARD.format(count=max(len(own.names) for own in tables.values()), version=version("pycountry"))
    Path(out, "states.md").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
