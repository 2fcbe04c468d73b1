"""How does the assistant do on a gold set, question by question?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter

from index.corpus import Corpus
from index.records import CorpusError, Hit
from qa.answers import Answer, SourceAnswer
from qa.assistant import CONSIDERED, Assistant
from qa.evaluation.gold import GoldAnswer, GoldQuestion
from qa.evaluation.judgements import Judgements, Passages, Qrels, Quoted, locate_quotes, relevance
from qa.evaluation.metrics import exact_match, ranking_scores, right_role, right_value, shown_answer, token_f1
from qa.evaluation.report import Case, Outcome, Report
from qa.question import read_question
from qa.weighing import may_answer, weigh_hits

Cases = dict[str, tuple[Case, ...]]


def evaluate(
    assistant: Assistant,
    gold: Sequence[GoldQuestion],
    *,
    qrels: Qrels | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Return how the assistant does on a gold set.

    `qrels` judge the rankings in place of the gold's own quotes. Raises CorpusError for a source that the corpus lacks,
    StaleGold for a quote that its source lacks.
    """
    if not gold:
        raise CorpusError("there are no questions to evaluate")
    corpus = assistant.corpus
    places, passages = locate_quotes(corpus, gold), Passages.of(corpus)
    # Before anything is timed, what is loaded once is loaded.
    Assistant(corpus).ask(gold[0].question)  # another one, since an assistant remembers what it was asked
    # There is a curve to draw where some questions should be refused.
    weighed = any(not question.answers for question in gold)
    outcomes = []
    for number, question in enumerate(gold, 1):
        outcomes.append(_outcome(assistant, question, places[question.id], passages, weighed=weighed))
        if progress:
            progress(number, len(gold))
    judged = passages.judged(gold, places, qrels)
    return Report(_with_rankings(outcomes, judged, places), judged)


def _outcome(
    assistant: Assistant, question: GoldQuestion, places: Sequence[Quoted], passages: Passages, *, weighed: bool
) -> Outcome:
    answer, seconds, understood = None, {}, question.question
    if question.judged != "passages":
        history: list[Answer] = []
        for earlier in question.history:
            history.append(assistant.ask(earlier, history=history))
        began = perf_counter()
        answer = assistant.ask(question.question, history=history)
        seconds["answer"] = perf_counter() - began
        understood = answer.understood_as
    began = perf_counter()
    hits = assistant.corpus.search(understood, k=CONSIDERED)
    seconds["search"] = perf_counter() - began
    cases = _answer_cases(assistant.corpus, question, places, answer) if answer else {}
    if question.judged == "sources" and question.answers and not question.history:
        cases["Success@1/source"] = tuple(_first_of_source(hits, places))
    return Outcome(
        question=question,
        cases=cases,
        answer=answer,
        ranking=tuple((passages.name(hit.paragraph), hit.score) for hit in hits),
        best=tuple(hits[:3]),
        confidence=_confidence(assistant.corpus, understood, hits) if weighed and not question.history else None,
        seconds=seconds,
    )


def _confidence(corpus: Corpus, question: str, hits: Sequence[Hit]) -> float:
    """Return how surely the best passage answers: an answer keeps this to itself."""
    read = read_question(question, corpus)
    weighing = weigh_hits(read, hits, corpus)
    return max((c.probability for c in weighing.passages if may_answer(c, weighing.question)), default=0.0)


def _answer_cases(corpus: Corpus, question: GoldQuestion, places: Sequence[Quoted], answer: Answer) -> Cases:
    shown = {source.source: source for source in answer.sources} if answer.found else {}
    cases: Cases = {"fidelity": tuple(_verbatim(corpus, answer))}
    if not question.answers:
        return {**cases, "refused": (Case(not answer.found),)}
    wanted = {source: [a for a in question.answers if a.source == source] for source in sorted(question.sources)}
    languages = {place.source: place.language for place in places}
    right = {source: source in shown and _right_passage(shown[source], places) for source in wanted}
    if question.history:
        return {**cases, "follow-up": (Case(2 * sum(right.values()) >= len(right)),)}
    cases |= {
        "passage first": tuple(Case(right[source], languages[source]) for source in wanted),
        "heard": tuple(Case(source in shown, languages[source]) for source in wanted),
        "kept": (Case(answer.found),),
        "source recall": (Case(len(shown.keys() & wanted.keys()) / len(wanted)),),
    }
    if question.judged == "sources":
        cases["silence"] = tuple(Case(s not in shown) for s in corpus.sources if s not in wanted)
        cases["source precision"] = (Case(len(shown.keys() & wanted.keys()) / len(shown) if shown else 0.0),)
    for source, own in wanted.items():
        for name, score in _word_scores(shown.get(source), own, languages[source]):
            cases[name] = (*cases.get(name, ()), Case(score, languages[source]))
    return cases


def _word_scores(
    shown: SourceAnswer | None, wanted: Sequence[GoldAnswer], language: str
) -> Iterator[tuple[str, float]]:
    """Yield how right the words are with which one source answers, for each metric that has something to compare."""
    typed = [answer for answer in wanted if answer.kind != "passage"]
    counted = [answer for answer in typed if answer.kind == "number" and answer.role]
    short = [answer.answer for answer in wanted if answer.answer]
    if typed:
        yield "value", shown is not None and right_value(shown, wanted)
    if counted:
        yield "role", shown is not None and right_role(shown, counted, language)
    if short:
        ours = shown_answer(shown) if shown else ""
        yield "exact match", shown is not None and any(exact_match(ours, answer, language) for answer in short)
        yield "token F1", max(token_f1(ours, answer, language) for answer in short) if shown else 0.0


def _verbatim(corpus: Corpus, answer: Answer) -> Iterator[Case]:
    for source in answer.sources:
        document = corpus.document(source.source)
        for passage in source.passages:
            quote = document.text[passage.citation.start : passage.citation.end]
            yield Case(quote == passage.citation.quote, document.language)


def _right_passage(shown: SourceAnswer, places: Sequence[Quoted]) -> bool:
    """Return whether the first passage shown for a source overlaps a quote of the gold."""
    citation = shown.passages[0].citation
    return relevance(places, shown.source, citation.start, citation.end) > 0


def _first_of_source(hits: Sequence[Hit], places: Sequence[Quoted]) -> Iterator[Case]:
    """Yield for each answering source whether the paragraph ranked first among its own is right."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.paragraph.source, hit)
    for source, language in dict.fromkeys((place.source, place.language) for place in places):
        own = first[source].paragraph if source in first else None
        yield Case(own is not None and relevance(places, source, own.start, own.end) > 0, language)


def _with_rankings(outcomes: Sequence[Outcome], qrels: Qrels, places: Judgements) -> tuple[Outcome, ...]:
    """Return the outcomes with the metrics of ranking that the library computes."""
    run = {outcome.question.id: [name for name, _ in outcome.ranking] for outcome in outcomes}
    scores = ranking_scores(qrels, run)
    return tuple(
        replace(outcome, cases={**outcome.cases, **_ranking_cases(outcome.question.id, scores, places)})
        for outcome in outcomes
    )


def _ranking_cases(id_: str, scores: Mapping[str, Mapping[str, float]], places: Judgements) -> Cases:
    languages = {place.language for place in places[id_]}
    language = languages.pop() if len(languages) == 1 else ""
    return {name: (Case(own[id_], language),) for name, own in scores.items() if id_ in own}
