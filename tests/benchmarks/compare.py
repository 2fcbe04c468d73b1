"""How long does comparing a corpus without a question take, how does that grow, and is what it finds true?

    python tests/benchmarks/compare.py
    python tests/benchmarks/compare.py --sizes 100,1000

Articles are made here: events of ten kinds, each with a town, people and figures of its own, told by one to five articles
in either language, each from several templates; some figures differ, some are revised on a later day, most agree. A
quarter of the towns see two events. Which figures are the same is known, so that what is found can be judged: "true" is
the share of matters whose figures all are of one thing, "found" the share of things that two articles or more tell.
Templates are more alike than news is: "found" says more about growth than about recall.

The encoder is the one in the box, for figures are paired by the vectors that are stored with their articles. Each size is compared in a process of its own, after the
index was opened; seconds are those of the processor (the machine may be shared) and of the clock, memory is the largest
resident size of that process.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

FLOORS = {"seconds": 120.0, "MB": 1000.0, "true": 0.9}
"""For 10,000 articles: at most, at most, at least."""

SEED = 17

Slot = tuple[int, int, tuple[str, ...], tuple[str, ...]]
"""The least and the greatest value of a figure, and the sentences that tell it in French and in English."""

KINDS: dict[str, tuple[tuple[str, str], tuple[Slot, ...]]] = {
    "flood": (
        ("Inondations à {town}", "Floods in {town}"),
        (
            (3, 90, ("La crue a fait {n} morts à {town}, selon la préfecture.", "À {town}, {n} personnes sont mortes dans les inondations."), ("The floods killed {n} people in {town}, officials said.", "{n} people died when the river flooded {town}.")),
            (40, 900, ("Quelque {n} maisons ont été détruites.", "Les eaux ont détruit {n} maisons."), ("Some {n} homes were destroyed.", "The water destroyed {n} houses.")),
            (200, 9000, ("{n} habitants ont été évacués.", "Les secours ont évacué {n} habitants."), ("{n} residents were evacuated.", "Rescuers evacuated {n} residents.")),
        ),
    ),
    "fire": (
        ("Incendie à {town}", "Fire in {town}"),
        (
            (3, 40, ("L’incendie a fait {n} morts à {town}, ont indiqué les pompiers.", "{n} personnes ont été tuées dans un incendie à {town}."), ("The fire killed {n} people in {town}, the brigade said.", "{n} people were killed in a fire in {town}.")),
            (5, 120, ("{n} personnes ont été blessées.", "On compte {n} blessés."), ("{n} people were injured.", "The fire injured {n} people.")),
        ),
    ),
    "quake": (
        ("Séisme à {town}", "Earthquake in {town}"),
        (
            (20, 900, ("Le séisme a tué {n} personnes à {town}.", "Le tremblement de terre a fait {n} morts à {town}."), ("The earthquake killed {n} people in {town}.", "{n} people died in the {town} earthquake.")),
            (30, 2000, ("{n} personnes ont été blessées par le séisme.", "Il y a {n} blessés, selon les secours."), ("{n} people were injured by the quake.", "{n} people were hurt, rescuers said.")),
        ),
    ),
    "march": (
        ("Manifestation à {town}", "Protest in {town}"),
        (
            (800, 60000, ("{n} personnes ont manifesté à {town}, selon la police.", "La police a compté {n} manifestants à {town}."), ("{n} people marched in {town}, police said.", "Police counted {n} protesters in {town}.")),
            (5, 90, ("{n} manifestants ont été interpellés.", "La police a arrêté {n} manifestants."), ("{n} protesters were arrested.", "Police arrested {n} protesters.")),
        ),
    ),
    "vote": (
        ("Élection à {town}", "Election in {town}"),
        (
            (35, 80, ("La participation a atteint {n} % à {town}.", "À {town}, la participation est de {n} %."), ("Turnout in {town} was {n}%.", "Turnout reached {n}% in {town}.")),
            (900, 40000, ("{person} a obtenu {n} voix.", "{person} a recueilli {n} voix."), ("{person} won {n} votes.", "{person} received {n} votes.")),
        ),
    ),
    "cuts": (
        ("{firm} supprime des emplois à {town}", "{firm} cuts jobs in {town}"),
        (
            (60, 4000, ("{firm} a supprimé {n} emplois à {town}.", "{n} emplois ont été supprimés à {town} par {firm}."), ("{firm} has cut {n} jobs in {town}.", "{n} jobs were cut in {town} by {firm}.")),
            (900, 60000, ("Le groupe emploie {n} salariés.", "{firm} emploie {n} salariés."), ("The group employs {n} workers.", "{firm} employs {n} workers.")),
        ),
    ),
    "disease": (
        ("Épidémie de choléra à {town}", "Cholera outbreak in {town}"),
        (
            (60, 9000, ("{n} cas de choléra ont été recensés à {town}.", "À {town}, on compte {n} cas de choléra."), ("{n} cases of cholera were recorded in {town}.", "{town} has {n} cases of cholera.")),
            (20, 500, ("{n} personnes ont été hospitalisées.", "{n} malades sont hospitalisés."), ("{n} people were hospitalised.", "{n} patients were hospitalised.")),
        ),
    ),
    "crash": (
        ("Accident de train près de {town}", "Train crash near {town}"),
        (
            (3, 60, ("La collision a fait {n} morts près de {town}.", "{n} passagers sont morts près de {town}."), ("The collision killed {n} people near {town}.", "{n} passengers died near {town}.")),
            (9, 300, ("{n} passagers ont été blessés.", "On dénombre {n} blessés."), ("{n} passengers were injured.", "{n} people were injured.")),
        ),
    ),
    "deal": (
        ("{firm} rachète une usine à {town}", "{firm} buys a plant in {town}"),
        (
            (20, 900, ("L’usine de {town} a coûté {n} millions d’euros à {firm}.", "{firm} a payé {n} millions d’euros pour l’usine de {town}."), ("The plant in {town} cost {firm} {n} million euros.", "{firm} paid {n} million euros for the plant in {town}.")),
        ),
    ),
    "storm": (
        ("Tempête à {town}", "Storm hits {town}"),
        (
            (900, 90000, ("{n} foyers ont été privés d’électricité à {town}.", "La tempête a privé {n} foyers d’électricité à {town}."), ("{n} households lost power in {town}.", "The storm left {n} homes without power in {town}.")),
            (3, 30, ("La tempête a tué {n} personnes.", "{n} personnes sont mortes dans la tempête."), ("The storm killed {n} people.", "{n} people died in the storm.")),
        ),
    ),
}  # fmt: skip
# ruff: noqa: E501

FILLERS = (
    ("{person} s’est rendue sur place dans la matinée.", "Le conseil de {town} se réunira lundi.", "Une enquête a été ouverte par le parquet de {region}.", "Des renforts sont venus de {region}."),
    ("{person} visited the town in the morning.", "The council of {town} will meet on Monday.", "Prosecutors in {region} have opened an inquiry.", "Help has come from {region}."),
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """What happened, and the figures that are true of it."""

    number: int
    kind: str
    names: dict[str, str]
    day: date
    values: tuple[int, ...]


def make_name(chance: random.Random) -> str:
    parts = [
        chance.choice("b c d f g l m n p r s t v br cl dr gr pl tr".split()) + chance.choice("a e i o u ou ai".split())
        for _ in range(chance.choice((2, 3)))
    ]
    return ("".join(parts) + chance.choice(("n", "l", "s", "ville", "mont", "x"))).capitalize()


def make_events(chance: random.Random) -> Iterator[Event]:
    """Yield events without end; a quarter of them where one was before."""
    town, region, number = make_name(chance), make_name(chance), 0
    while True:
        if number % 4:
            town, region = make_name(chance), make_name(chance)
        kind = chance.choice(list(KINDS))
        names = {
            "town": town,
            "region": region,
            "person": f"{make_name(chance)} {make_name(chance)}",
            "firm": make_name(chance),
        }
        values = tuple(chance.randint(low, high) for low, high, _, _ in KINDS[kind][1])
        yield Event(number, kind, names, date(2022, 1, 1) + timedelta(chance.randrange(900)), values)
        number += 1


def tell(event: Event, language: int, later: int, chance: random.Random) -> tuple[str, str, dict[int, int]]:
    """Return the title and the text of an article about an event, and the value that it gives each figure."""
    title, slots = KINDS[event.kind]
    told: dict[int, int] = {}
    lines = []
    for place, (_, _, *templates) in enumerate(slots):
        if place and chance.random() < 0.25:
            continue
        value = event.values[place]
        if chance.random() < 0.2:
            value += max(1, value // chance.choice((4, 7, 9)))
        told[place] = value
        lines.append(chance.choice(templates[language]).format(n=value, **event.names))
    fill = [line.format(**event.names) for line in FILLERS[language]]
    chance.shuffle(fill)
    return title[language].format(**event.names), " ".join([lines[0], fill[0], *lines[1:], *fill[1:3]]), told


def write_corpus(folder: Path, size: int) -> dict[str, list[int]]:
    """Write so many articles, and return which event each tells of and which values it gives: [event, value, ...]."""
    chance, truth = random.Random(SEED), dict[str, list[int]]()
    rows = [("source", "published")]
    for event in make_events(chance):
        for copy in range(chance.choice((1, 2, 2, 3, 5))):
            if len(truth) == size:
                with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as table:
                    csv.writer(table).writerows(rows)
                return truth
            later = chance.choice((0, 0, 1, 2))
            title, text, told = tell(event, chance.randrange(2), later, chance)
            name = f"{event.number:05}-{copy}.txt"
            (folder / name).write_text(f"{title}\n\n{text}\n", encoding="utf-8")
            rows.append((name, (event.day + timedelta(later)).isoformat()))
            truth[name] = [event.number, *(told.get(place, -1) for place in range(3))]
    raise AssertionError("events never end")


def measure(index: str, truth_file: str) -> None:
    """Compare an index in this process, and print what it took and what is true of it as JSON."""
    from index import Corpus
    from qa import compare

    corpus = Corpus.open(index)
    truth = json.loads(Path(truth_file).read_text(encoding="utf-8"))
    started, clock = time.process_time(), time.perf_counter()
    matters = [matter for matter in compare(corpus) if matter.kind == "number"]  # no date is planted
    took, waited = time.process_time() - started, time.perf_counter() - clock
    found, true = set(), 0
    for matter in matters:
        things = [_things(truth[s.citation.source], s.span.value) for s in matter.statements]
        shared = set.intersection(*things)
        true += bool(shared)
        found |= shared
    told: dict[tuple[int, int], int] = {}
    for event, *values in truth.values():
        for place, value in enumerate(values):
            told[event, place] = told.get((event, place), 0) + (value >= 0)
    several = {thing for thing, count in told.items() if count > 1}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            [took, waited, memory, len(matters), true / max(1, len(matters)), len(found & several) / len(several)]
        )
    )


def _things(told: list[int], value: object) -> set[tuple[int, int]]:
    """Return of which figures of its event an article gives this value; millions are given as such."""
    event, *values = told
    return {(event, place) for place, known in enumerate(values) if value in (known, known * 1_000_000)}


@click.command(help=__doc__)
@click.option("--sizes", default="100,300,1000,3000,10000", show_default=True, help="How many articles, in order.")
def main(sizes: str) -> None:
    import index.corpus

    click.echo("| articles | matters | true | found | s (processor) | s (clock) | MB |\n|--:|--:|--:|--:|--:|--:|--:|")
    for size in map(int, sizes.split(",")):
        with tempfile.TemporaryDirectory() as where:
            folder = Path(where) / "articles"
            folder.mkdir()
            truth = Path(where) / "truth.json"
            truth.write_text(json.dumps(write_corpus(folder, size)), encoding="utf-8")
            index.corpus.Corpus.build(folder, Path(where) / "index")
            code = f"import sys; sys.path[:0] = {[str(ROOT), str(Path(__file__).parent)]}; import compare; compare.measure({str(Path(where) / 'index')!r}, {str(truth)!r})"
            done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
            took, waited, memory, matters, true, found = json.loads(done.stdout)
        click.echo(f"| {size:,} | {matters:,} | {true:.3f} | {found:.3f} | {took:.1f} | {waited:.1f} | {memory:.0f} |")
        if size >= 10_000 and (took > FLOORS["seconds"] or memory > FLOORS["MB"] or true < FLOORS["true"]):
            raise click.ClickException(f"a floor is not held: {FLOORS}")


if __name__ == "__main__":
    main()
