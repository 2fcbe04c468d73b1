"""Are planted figures of several articles found to be about one thing, and is what is laid side by side about one?

``python -m qa.evaluation.planted tests/gold/planted-dev.jsonl`` makes a corpus of each line, compares it, and prints
which share of the planted pairs is found (recall), of how many of the first matters all figures are about one thing
(precision), and how often it is said rightly what they make of each other. tests/gold/README.md tells the format.
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import click

from index import changing
from index.corpus import MAX_BYTES, Corpus
from index.encoder import SentenceEncoder
from index.generation import Work
from index.place import find_place
from index.records import CorpusError
from qa.evaluation.report import Rate
from qa.matters import Matter, Statement, compare
from qa.matters.matter import VERDICTS

FIRST = 10
"""The matters of each corpus that precision looks at."""

ALONE = "alone"
"""What is said of a thing that nothing may be laid beside."""

_MARK = re.compile(r"\{\{(?P<thing>[^\s=|{}]+)=(?P<value>[^|{}]*)\|(?P<printed>[^|{}]+)(?P<beside>\|beside)?\}\}")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}$")


@dataclass(frozen=True, slots=True)
class Planted:
    """A figure in an article, with what it is about; offsets are into the article as it is written down."""

    thing: str
    value: str
    start: int
    end: int
    beside: bool

    @property
    def dated(self) -> bool:
        """Whether it is a date."""
        return bool(_DAY.match(self.value)) and self.value.count("-") > 0


@dataclass(frozen=True, slots=True)
class Article:
    """An article without its marks."""

    name: str
    published: str
    outlet: str
    text: str
    """Its title and its text, an empty line between them."""
    planted: tuple[Planted, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A small corpus, and what its things make of each other."""

    id: str
    articles: tuple[Article, ...]
    things: Mapping[str, str]


Claim = tuple[str, str, str]
"""An article, a thing and a value: what is told twice in one article is one claim."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims of different articles on one thing."""

    plot: Plot
    one: Claim
    other: Claim
    verdict: str
    dated: bool
    found: bool

    @property
    def contradicts(self) -> bool:
        """Whether the two cannot both be true."""
        return self.verdict == "denied" or (self.verdict == "differ" and self.one[2] != self.other[2])


@dataclass(frozen=True, slots=True)
class Judged:
    """How one corpus went."""

    plot: Plot
    pairs: tuple[Pair, ...]
    matters: tuple[tuple[Matter, frozenset[str]], ...]
    """The first matters, each with the things that all its figures are about: none where it is wrong."""
    told: Mapping[str, str]
    """Of each thing that is found, what is said its claims make of each other."""


def read_plots(path: Path) -> list[Plot]:
    """Return the corpora of a file of JSON lines. Raises CorpusError for one that is not as it should be."""
    plots = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                plots.append(_plot(json.loads(line)))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise CorpusError(f"{path}:{number}: not a corpus with planted figures: {error}") from error
    return plots


def _plot(raw: Mapping[str, object]) -> Plot:
    articles, things = raw["articles"], raw["things"]
    if not isinstance(articles, list) or not isinstance(things, dict):
        raise TypeError("articles is a list, things an object")
    made = tuple(map(_article, articles))
    for article in made:
        unknown = {planted.thing for planted in article.planted} - things.keys()
        if unknown:
            raise ValueError(f"things does not hold {', '.join(sorted(unknown))}, of article {article.name}")
    wrong = {str(word) for word in things.values()} - {*VERDICTS, ALONE}
    if wrong:
        raise ValueError(f"things is told to be {', '.join(sorted(wrong))}, which is none of the words for it")
    if len({article.name for article in made}) < len(made):
        raise ValueError("two articles have one name")
    return Plot(str(raw["id"]), made, {str(name): str(word) for name, word in things.items()})


def _article(raw: Mapping[str, object]) -> Article:
    marked = f"{raw['title']}\n\n{raw['text']}"
    text, planted, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        start, last = len(text), mark.end()
        text += mark["printed"]
        planted.append(Planted(mark["thing"], mark["value"].strip(), start, len(text), bool(mark["beside"])))
    text += marked[last:]
    if "{{" in text or "}}" in text:
        raise ValueError(f"article {raw['name']} holds a mark that is none")
    return Article(
        str(raw["name"]), str(raw.get("published") or ""), str(raw.get("outlet") or ""), text, tuple(planted)
    )


def judge_plots(plots: Sequence[Plot], folder: Path) -> Iterator[Judged]:
    """Yield how each corpus went; they are written below `folder`, or brought up to date there."""
    encoder = SentenceEncoder()
    for plot in plots:
        corpus = plant_corpus(plot, folder, encoder)
        yield judge_matters(plot, compare(corpus), find_shifts(plot, corpus))


def plant_corpus(plot: Plot, folder: Path, encoder: SentenceEncoder) -> Corpus:
    """Return the corpus of these articles, each a file with its date and its outlet, marks left out."""
    own = folder / plot.id
    own.mkdir(parents=True, exist_ok=True)
    for article in plot.articles:
        (own / f"{article.name}.txt").write_text(article.text + "\n", encoding="utf-8")
    with (own / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("source", "published", "outlet"))
        rows.writerows((f"{a.name}.txt", a.published, a.outlet) for a in plot.articles)
    home = find_place(folder / f"{plot.id}.index")
    manifest, report = changing.build(home, own, Work(encoder, "", MAX_BYTES))
    return Corpus(home, manifest, encoder, report)


def find_shifts(plot: Plot, corpus: Corpus) -> dict[str, int]:
    """Return for each article where its text, as it was read, begins in what was written down."""
    shifts = {}
    for article in plot.articles:
        shifts[article.name] = article.text.find(corpus.document(f"{article.name}.txt").text.strip())
        if shifts[article.name] < 0:
            raise CorpusError(f"{plot.id}: article {article.name} was read as another text than was written")
    return shifts


def judge_matters(plot: Plot, matters: Sequence[Matter], shifts: Mapping[str, int]) -> Judged:
    """Return how right the matters of a corpus are; `shifts` says where the text of each article begins."""
    articles = {article.name: article for article in plot.articles}
    told = [[_claims(statement, articles, shifts) for statement in matter.statements] for matter in matters]
    together = [frozenset[Claim]().union(*claims) for claims in told]
    pairs = tuple(
        Pair(plot, one, other, plot.things[one[1]], dated, any(one in held and other in held for held in together))
        for one, other, dated in planted_pairs(plot)
    )
    said: dict[str, str] = {}
    for pair in filter(lambda pair: pair.found, pairs):
        holding = [m for m, held in zip(matters, together, strict=True) if pair.one in held and pair.other in held]
        said.setdefault(pair.one[1], holding[0].verdict)
    about = [_things(claims) for claims in told]
    return Judged(plot, pairs, tuple(zip(matters[:FIRST], about[:FIRST], strict=True)), said)


def _claims(statement: Statement, articles: Mapping[str, Article], shifts: Mapping[str, int]) -> frozenset[Claim]:
    """Return the planted claims that a statement makes; none where it says something else."""
    name = statement.citation.source.removesuffix(".txt")
    start = statement.citation.start + statement.span.start + shifts[name]
    end = start + len(statement.span.text)
    return frozenset((name, p.thing, p.value) for p in articles[name].planted if p.start < end and start < p.end)


def _things(claims: Sequence[frozenset[Claim]]) -> frozenset[str]:
    """Return the things that all statements of a matter are about."""
    return frozenset.intersection(*(frozenset(thing for _, thing, _ in said) for said in claims))


def planted_pairs(plot: Plot) -> Iterator[tuple[Claim, Claim, bool]]:
    """Yield the pairs that are to be found, each with whether it is of dates."""
    claims: dict[Claim, bool] = {}
    for article in plot.articles:
        for planted in article.planted:
            if plot.things[planted.thing] != ALONE and not planted.beside:
                claims.setdefault((article.name, planted.thing, planted.value), planted.dated)
    for (one, dated), (other, _) in combinations(claims.items(), 2):
        if one[0] != other[0] and one[1] == other[1]:
            yield one, other, dated


def tabulate(judged: Sequence[Judged]) -> str:
    """Return the measures as lines: recall by what the claims make of each other, precision, verdicts."""
    pairs = [pair for one in judged for pair in one.pairs]
    lines = [
        f"recall, {verdict:<14}{_share([p.found for p in pairs if p.verdict == verdict])}"
        for verdict in VERDICTS
        if any(pair.verdict == verdict for pair in pairs)
    ]
    verdicts = [one.plot.things[thing] == word for one in judged for thing, word in one.told.items()]
    lines += [
        f"recall, contradicting {_share([p.found for p in pairs if p.contradicts])}",
        f"recall, dates         {_share([p.found for p in pairs if p.dated])}",
        f"recall, all           {_share([p.found for p in pairs])}",
        f"precision, first {FIRST:<4} {_share([bool(things) for one in judged for _, things in one.matters])}",
        f"verdict               {_share(verdicts)}",
    ]
    return "\n".join(lines)


def _share(cases: Sequence[bool]) -> Rate:
    return Rate(float(sum(cases)), len(cases))


def _wrong(one: Judged) -> Iterator[str]:
    """Yield a line for each pair that is not found, each matter that is about several things, each wrong verdict."""
    for pair in one.pairs:
        if not pair.found:
            yield f"{one.plot.id} missed   {pair.one[1]}: {pair.one[0]} {pair.one[2]}, {pair.other[0]} {pair.other[2]}"
    for matter, things in one.matters:
        if not things:
            said = "; ".join(f"{s.citation.source} {s.span.text} ({s.span.role})" for s in matter.statements)
            yield f"{one.plot.id} confused {matter.verdict}: {said}"
    for thing, word in one.told.items():
        if word != one.plot.things[thing]:
            yield f"{one.plot.id} verdict  {thing}: {word}, should be {one.plot.things[thing]}"


@click.command(help=__doc__)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kept", type=click.Path(file_okay=False, path_type=Path), help="Keep the corpora in this folder.")
@click.option("--wrong", is_flag=True, help="Print every pair that is missed, and every matter that is wrong.")
def main(file: Path, kept: Path | None, wrong: bool) -> None:
    with tempfile.TemporaryDirectory() as own:
        judged = list(judge_plots(read_plots(file), kept or Path(own)))
    for one in judged if wrong else ():
        for line in _wrong(one):
            click.echo(line)
    click.echo(tabulate(judged))


if __name__ == "__main__":
    main()
