"""Which questions and articles does a gold set hold, whoever made it? Ours, a BEIR folder, SQuAD's JSON.

The collections of others bring their passages along: each becomes an article of one paragraph, whose name is the BEIR
document's id, or the title of SQuAD's article and the paragraph's number in it ("Rivière#3").
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.corpus import Corpus
from index.encoder import SentenceEncoder
from index.generation import Change
from index.language import detect
from index.place import find_place, name_model
from index.reading import normalise
from index.reading.headers import language_of
from index.records import CorpusError, Document, IndexNotFound, Paragraph
from index.splits import Split
from qa.evaluation.gold import GoldAnswer, GoldQuestion, list_field, parse_gold, read_lines, rows, text_field, text_of


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Questions, and the articles that came with them; none where the questions are over a corpus of one's own."""

    questions: tuple[GoldQuestion, ...]
    articles: tuple[Split, ...] = ()


def read_gold(file: str | Path) -> list[GoldQuestion]:
    """Return the questions of a gold set: JSON Lines of ours, a BEIR folder, or SQuAD's JSON (.json, .json.gz).

    Raises CorpusError that names the file, the line and the key that are wrong.
    """
    return list(read_set(file).questions)


def read_set(file: str | Path) -> GoldSet:
    """Return the questions of a gold set and the articles that came with them. Raises CorpusError as `read_gold`."""
    path = Path(file)
    if path.is_dir():
        return _beir(path)
    if path.name.endswith((".json", ".json.gz")):
        return _squad(path)
    return GoldSet(tuple(read_lines(path)))


def index_articles(
    articles: Sequence[Split],
    path: str | Path,
    *,
    model: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Corpus:
    """Return the corpus of a collection's articles: the index that is at `path`, else one written there.

    Raises CorpusError where the index at `path` is over other articles.
    """
    home, digests = find_place(path), {split.document.source: split.document.digest for split in articles}
    home.refuse_foreign()
    with contextlib.suppress(IndexNotFound):
        corpus = Corpus.open(path, model=model)
        if {document.source: document.digest for document in corpus.documents} != digests:
            raise CorpusError(f"the index at {path} is not over this collection's articles; give --index another place")
        return corpus
    with home.writing():
        change = Change(
            splits=articles,
            wanted=digests,
            encoder=SentenceEncoder(model),
            model=name_model(model),
            progress=progress,
        )
        home.next_generation(None, change)
    return Corpus.open(path, model=model)


def _article(source: str, title: str, heading: str, text: str) -> Split:
    """Return an article that is one paragraph."""
    text, language = normalise(text), language_of(text)
    digest = hashlib.sha256("\0".join((source, heading, text)).encode()).hexdigest()
    document = Document(source, title, text, language, None, digest)
    return Split(document, (Paragraph(-1, source, title, heading, 0, len(text), text, language),))


# BEIR (Thakur et al. 2021): corpus.jsonl, queries.jsonl, qrels/*.tsv


def _beir(folder: Path) -> GoldSet:
    articles: dict[str, Split] = {}
    for id_, row, where in _identified(folder / "corpus.jsonl"):
        title = text_field(row, "title", where, default="", empty=True)
        # Some collections judge documents without a word: their id stands in for it.
        text = text_field(row, "text", where, empty=True).strip() or title or id_
        articles[id_] = _article(id_, title, title, text)
    asked = {id_: text_field(row, "text", where) for id_, row, where in _identified(folder / "queries.jsonl")}
    judged = _beir_qrels(_qrels_file(folder), asked, articles)
    questions = tuple(
        GoldQuestion(
            id=id_,
            language=detect(question),
            question=question,
            history=(),
            answers=tuple(_passage(articles[name].document, grade) for name, grade in judged[id_].items()),
            judged="passages",
        )
        for id_, question in asked.items()
        if id_ in judged
    )
    if not questions:
        raise CorpusError(f"{folder} judges no document right for any of its queries")
    return GoldSet(questions, tuple(articles.values()))


def _identified(file: Path) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Yield the rows of a BEIR file with their ids and where they stand."""
    first: dict[str, int] = {}
    for number, row in rows(file):
        where = f"line {number} of {file}"
        id_ = text_field(row, "_id", where)
        if id_ in first:
            raise CorpusError(f"the id {id_!r} stands twice in {file}: on lines {first[id_]} and {number}")
        first[id_] = number
        yield id_, row, where


def _qrels_file(folder: Path) -> Path:
    """Return the judgements of the test questions, else the only ones that there are."""
    files = sorted((folder / "qrels").glob("*.tsv"))
    test = folder / "qrels" / "test.tsv"
    if test in files:
        return test
    if len(files) != 1:
        found = ", ".join(file.name for file in files) or "none"
        raise CorpusError(f"{folder / 'qrels'} must hold test.tsv, or one .tsv file of another name; it holds {found}")
    return files[0]


def _beir_qrels(file: Path, asked: Mapping[str, str], articles: Mapping[str, Split]) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, line in enumerate(text_of(file).split("\n"), 1):
        cells = line.rstrip("\r").split("\t")
        where = f"line {number} of {file}"
        if cells == [""] or (number == 1 and cells[-1].strip() == "score"):
            continue
        if len(cells) != 3 or not re.fullmatch(r"-?[0-9]{1,9}", cells[2].strip()):
            raise CorpusError(f"{where} must have three columns set apart by tabs: query-id, corpus-id, whole score")
        query, name, grade = cells[0], cells[1], int(cells[2])
        if query not in asked:
            raise CorpusError(f"{where} judges the query {query!r:.80}, which queries.jsonl lacks")
        if name not in articles:
            raise CorpusError(f"{where} judges the document {name!r:.80}, which corpus.jsonl lacks")
        if grade > 0:
            judged.setdefault(query, {})[name] = grade
    return judged


def _passage(document: Document, grade: int) -> GoldAnswer:
    return GoldAnswer(document.source, (document.text,), "", "passage", relevance=grade)


# SQuAD (Rajpurkar et al. 2016) and those who took its format: PIAF, FQuAD, XQuAD


def _squad(file: Path) -> GoldSet:
    content = parse_gold(_unpacked(file), str(file))
    if not isinstance(content, dict):
        raise CorpusError(f"{file} is not a JSON object with the key 'data', as SQuAD's files are")
    articles: dict[str, Split] = {}
    questions: dict[str, GoldQuestion] = {}
    titles: dict[str, int] = {}
    for n, article in enumerate(list_field(content, "data", str(file))):
        where = f"{file}: data[{n}]"
        title = text_field(article, "title", where, default=f"article {n + 1}")
        for m, paragraph in enumerate(list_field(article, "paragraphs", where)):
            where = f"{file}: data[{n}].paragraphs[{m}]"
            titles[title] = titles.get(title, 0) + 1
            text = text_field(paragraph, "context", where)
            # A paragraph that stands in two articles is one passage: either would be a right one.
            article_of = articles.setdefault(text, _article(f"{title}#{titles[title]}", title, "", text))
            for k, row in enumerate(list_field(paragraph, "qas", where)):
                question = _squad_question(row, article_of.document, f"{where}.qas[{k}]")
                if question is None:
                    continue
                if question.id in questions:
                    raise CorpusError(f"the id {question.id!r} stands twice in {file}, again in {where}")
                questions[question.id] = question
    if not questions:
        raise CorpusError(f"{file} holds no answered questions")
    return GoldSet(tuple(questions.values()), tuple(articles.values()))


def _squad_question(row: Mapping[str, Any], document: Document, where: str) -> GoldQuestion | None:
    """Return a question; None for one that its own paragraph does not answer, since another paragraph may."""
    question = text_field(row, "question", where).strip()
    if row.get("is_impossible"):
        return None
    found = [
        text_field(answer, "text", f"{where}.answers[{n}]", empty=True)
        for n, answer in enumerate(list_field(row, "answers", where))
    ]
    return GoldQuestion(
        id=text_field({"id": str(row["id"])} if isinstance(row.get("id"), int) else row, "id", where),
        language=detect(question),
        question=question,
        history=(),
        answers=tuple(GoldAnswer(document.source, (document.text,), a, "passage") for a in dict.fromkeys(found)),
        judged="answers" if any(found) else "passages",
    )


def _unpacked(file: Path) -> str:
    """Return the text of a file, unpacked where it is a .gz. Raises CorpusError."""
    if not file.name.endswith(".gz"):
        return text_of(file)
    try:
        with gzip.open(file, "rt", encoding="utf-8-sig") as stream:
            return stream.read()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise CorpusError(f"{file} cannot be unpacked: {error}") from error
