"""Where do the sources of a corpus differ, agree or revise each other, without a question?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from index.corpus import Corpus
from index.snapshot import Snapshot
from qa.agreement import group_claims
from qa.answers import Citation, cite
from qa.matters.clustering import cluster
from qa.matters.figures import Figure, gather_figures
from qa.matters.judging import claims_of, judge_statements, rank_matters
from qa.matters.matter import Matter, Statement
from qa.matters.pairing import Pairs
from qa.matters.subject import Wanted
from qa.origins import number_origins

REPEATED = 20
"""Articles of a matter that print one sentence word for word and are cited for it."""

SHOWN = 300
"""Statements of a matter, at most: a wire story may be printed by thousands."""


def compare(corpus: Corpus, *, about: str = "", sources: Collection[str] | None = None) -> tuple[Matter, ...]:
    """Return the matters of which several sources give a figure, those first that most deserve a look.

    `sources` restricts the comparison to these; `about`, to matters whose figures or articles say all its words, in
    either language. Every figure stands in the sentence that is cited for it. There is none where nothing is surely
    about the same thing.
    """
    snapshot = corpus.snapshot()
    pairs = Pairs(gather_figures(snapshot, sources))
    wanted = Wanted(about, corpus)
    made = []
    for numbers in with_plans(pairs, cluster(pairs)):
        figures = [pairs.figures[number] for number in numbers]
        if wanted.told_by(figures):
            matter = _matter(figures, pairs, snapshot)
            made += [matter] if matter and (matter.kind, matter.verdict) != ("date", "one origin") else []
    return rank_matters(made)


def with_plans(pairs: Pairs, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return groups of figures, each with those that foresee what it tells of: "12 000 pourraient être envoyés"."""
    taken = {number for group in groups for number in group}
    joined = sorted([list(group) for group in groups], key=lambda group: pairs.place(group[0]))
    plans = [n for n, figure in enumerate(pairs.figures) if figure.planned and n not in taken]
    for plan in plans:
        fitting = {place: pairs.foresees(plan, group) for place, group in enumerate(joined)}
        best = max(fitting, key=lambda place: (fitting[place], -place), default=-1)
        if best >= 0 and fitting[best] > 0:
            joined[best].append(plan)
    return joined


def _matter(figures: Sequence[Figure], pairs: Pairs, snapshot: Snapshot) -> Matter | None:
    """Return the matter of these figures; None where fewer than two sources say something to compare."""
    told = _unrepeated(sorted(_distinct(figures), key=_when))[:SHOWN]
    origins = number_origins([figure.witness for figure in told])
    plans = _only_planned(told)
    statements = tuple(
        Statement(
            _cite(number, figure, snapshot),
            figure.span,
            origin,
            not figure.fact.denied and (plans or not figure.planned),
        )
        for number, (figure, origin) in enumerate(zip(told, origins, strict=True), 1)
    )
    compared = [s for s in statements if s.compared or "denied" in s.span.qualifier]
    if len({s.citation.source for s in compared}) < 2 or not any(s.compared for s in statements):
        return None
    return Matter(
        verdict=judge_statements(statements, adds_up=all(f.counted.adds_up and not plans for f in told)),
        about=_about(told),
        unit=told[0].fact.unit,
        statements=statements,
        groups=group_claims(claims_of(statements)),
        kind=told[0].fact.kind,
    )


def _only_planned(figures: Sequence[Figure]) -> bool:
    """Return whether what is planned is compared too: where no two sources tell what was done."""
    return len({figure.article.source for figure in figures if not figure.planned}) < 2


def _about(figures: Sequence[Figure]) -> tuple[str, ...]:
    """Return what is counted and what happened to it, in words of the figure that says most of it in few words."""
    fullest = max(figures, key=lambda f: (min(len(f.counted.words), 4), -len(f.fact.role.text), -f.article.number))
    return (*fullest.fact.role.head, *fullest.fact.role.predicate)


def _distinct(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, of each source each value once: where it says most of it."""
    kept: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        key = (figure.article.source, figure.value, figure.fact.denied, figure.planned)
        if key not in kept or _fullness(figure) > _fullness(kept[key]):
            kept[key] = figure
    return list(kept.values())


def _unrepeated(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, of those in one sentence word for word only the first `REPEATED`."""
    seen = Counter[str]()
    kept = []
    for figure in figures:
        seen[figure.text] += 1
        kept += [figure] if seen[figure.text] <= REPEATED else []
    return kept


def _fullness(figure: Figure) -> tuple[bool, int, int, int]:
    return bool(figure.speaker), len(figure.counted.words), -figure.start, -figure.fact.start


def _when(figure: Figure) -> tuple[date, str, int, int]:
    return figure.article.published or date.max, figure.article.source, figure.start, figure.fact.start


def _cite(number: int, figure: Figure, snapshot: Snapshot) -> Citation:
    document = snapshot.document(figure.article.source)
    start = figure.start + figure.sentence[0]
    return cite(document, start, start + len(figure.text), number=number)
