"""The training functions on samples of a few lines; the suite never trains a model that ships."""

from __future__ import annotations

import gzip
import json
from collections import Counter, deque
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi
from test_encoder import save_tiny

from index.language import stems
from index.training import batches, data, distil, retrieve, student, tokenizer
from index.training.batches import Asked
from index.training.data import Pair

PARAGRAPHS = [
    Asked("Les soldats du nord sont partis vers Kiev en mai.", ("Où vont les soldats ?", "Qui part à Kiev ?")),
    Asked("Le pain coûte deux euros à Lyon depuis la hausse.", ("Combien coûte le pain ?",)),
    Asked("La boulangerie de Lyon vend du pain et des gâteaux.", ("Que vend la boulangerie ?",)),
    Asked("Kiev a reçu des renforts de soldats étrangers.", ("Quels renforts a reçus Kiev ?",)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def small_data(tmp_path: Path) -> Path:
    """The same files as the real data, with a few lines each."""
    for name in ("parallel", "qa", "text"):
        (tmp_path / name).mkdir()
    with gzip.open(tmp_path / "parallel/europarl.en-fr.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("Hello.\tBonjour.\nno tab here\n\tvide\nThank you.\tMerci.\n")
    articles = [
        {"title": title, "paragraphs": [{"context": f"Texte {title}.", "qas": [qa]}]}
        for title, qa in (
            ("Sport", {"id": "p1", "question": " Quoi ? ", "answers": [{"text": "Texte", "answer_start": 0}]}),
            ("Lune", {"id": "p2", "question": "Qui ?", "answers": []}),
        )
    ]
    with gzip.open(tmp_path / "qa/piaf-v1.1.json.gz", "wt", encoding="utf-8") as file:
        json.dump({"data": articles}, file)
    rows = [
        {"id": "0", "title": "A", "context": "C", "question_translated": "Q?", "answer_pivot": "{'text': ['C']}"},
        {"id": "1", "title": "A", "context": "", "question_translated": "R?", "answer_pivot": "{'text': []}"},
    ]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "qa/afriqa-fr.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_pairs_are_read_and_broken_lines_left_out(small_data: Path) -> None:
    assert data.parallel_pairs("europarl", data=small_data) == [
        Pair("Hello.", "Bonjour."),
        Pair("Thank you.", "Merci."),
    ]
    assert data.parallel_pairs("europarl", data=small_data, limit=1) == [Pair("Hello.", "Bonjour.")]


def test_questions_are_read_with_their_paragraphs(small_data: Path) -> None:
    first, second = data.qa_pairs("all", data=small_data, names=("piaf",))
    assert (first.id, first.question, first.context, first.answer) == ("p1", "Quoi ?", "Texte Sport.", "Texte")
    assert (second.answer, second.language, second.digest) == ("", "fr", data.digest("Texte Lune."))
    (only,) = data.qa_pairs("all", data=small_data, names=("afriqa",))
    assert (only.id, only.answer, only.title) == ("afriqa-0", "C", "A")


@given(st.text(max_size=30))
def test_an_article_is_in_one_part(title: str) -> None:
    import hashlib

    assert data.is_development(title) == (int(hashlib.sha256(title.encode()).hexdigest(), 16) % 5 == 0)


def test_no_development_article_is_trained_on(shared: Path) -> None:
    for name in ("piaf", "afriqa", "squadshifts"):
        train, dev = (data.qa_pairs(part, data=shared / "data", names=(name,)) for part in ("train", "dev"))
        assert not {pair.title for pair in train} & {pair.title for pair in dev}
        assert len(train) + len(dev) == len(data.qa_pairs("all", data=shared / "data", names=(name,)))
    trained = {p.text for language in ("fr", "en") for p in batches.asked(shared / "data", language)}
    kept_out = {pair.context for pair in data.qa_pairs("dev", data=shared / "data")}
    # AfriQA and PIAF draw on one encyclopaedia: a paragraph could stand under two titles.
    assert not trained & kept_out


def test_split_takes_the_longest_piece() -> None:
    vocabulary = {"port": 0, "porte": 1, "##e": 2, "##s": 3, "##feuille": 4}
    assert tokenizer.split("portefeuilles", vocabulary) == ["porte", "##feuille", "##s"]
    assert tokenizer.split("##feuille", vocabulary) == ["##feuille"]
    assert tokenizer.split("portique", vocabulary) == ["[UNK]"]


def test_new_pieces_are_those_that_words_use_most() -> None:
    teacher = {"[PAD]": 0, "[unused1]": 1, "ж": 2, "sol": 3, "##dat": 4, "##s": 5}
    words = Counter({"soldats": 50, "soldat": 20, "rare": 9})
    found = tokenizer.choose_vocabulary(teacher, ["sol", "soldat", "rare", "jamais"], words, 6)
    assert found == ["[PAD]", "sol", "##dat", "##s", "soldat"]


def test_a_new_row_starts_beside_its_translation() -> None:
    from scipy import sparse

    teacher = {"sol": 0, "##dat": 1, "soldier": 2}
    table = np.eye(3, dtype=np.float32)
    dice = sparse.csr_matrix(np.array([[0.0, 0.0, 0.8]]))
    rows = tokenizer.initial_rows(["sol", "##dat", "soldier", "soldat"], teacher, table, dice, np.array([3]))
    assert rows[:3].tolist() == table.tolist()
    expected = 0.3 * np.array([0.5, 0.5, 0]) + 0.7 * np.array([0, 0, 1])
    np.testing.assert_allclose(rows[3], expected / np.linalg.norm(expected), atol=1e-6)


@given(st.lists(st.integers(1, 60), max_size=60), st.integers(0, 99))
def test_batches_hold_every_row_once_within_the_limit(lengths: list[int], seed: int) -> None:
    for shuffle in (None, np.random.default_rng(seed)):
        found = student.length_batches(lengths, tokens=100, shuffle=shuffle)
        assert sorted(int(i) for batch in found for i in batch) == list(range(len(lengths)))
        # A shuffle mixes lengths that differ by one.
        assert all(len(b) == 1 or len(b) * max(lengths[int(i)] - 1 for i in b) <= 100 for b in found)


def test_the_distillation_loss_is_least_for_the_teacher_itself() -> None:
    import torch

    torch.manual_seed(0)
    teacher, others = (torch.nn.functional.normalize(torch.randn(n, 16), dim=-1) for n in (6, 20))
    same = distil.distillation_loss(teacher, teacher, others).item()
    turned = distil.distillation_loss(teacher.roll(1, 0), teacher, others).item()
    assert same < 1 < turned
    # A sentence that stands twice in the batch is not its own negative.
    twice = torch.cat([teacher[:1], teacher[:1]])
    assert distil.distillation_loss(twice, twice, others).item() == pytest.approx(
        distil.distillation_loss(teacher[:1], teacher[:1], others).item(), abs=0.05
    )


def test_distilling_one_batch_lowers_its_loss(folder: Path) -> None:
    import torch

    torch.manual_seed(0)
    model = student.load_bert(folder).train()
    steps = student.optimiser(model, layers=1e-3, embeddings=1e-3)
    ids = student.token_ids(folder, ["les soldats", "died in kiev", "how many"], longest=32)
    teacher, others = (torch.nn.functional.normalize(torch.randn(n, 32), dim=-1) for n in (3, 8))
    losses = [distil.distil_step(model, steps, ids, teacher, others, 1.0) for _ in range(12)]
    assert losses[-1] < 0.8 * losses[0]


def test_a_checkpoint_gives_everything_back(folder: Path, tmp_path: Path) -> None:
    import torch

    model = student.load_bert(folder)
    steps = student.optimiser(model, layers=1e-3, embeddings=2e-3)
    student.save_checkpoint(tmp_path / "x.pt", model, steps, student.Progress(1.5, 2, 3, 4))
    other = student.load_bert(folder)
    with torch.no_grad():
        next(other.parameters()).add_(1)
    assert student.load_checkpoint(tmp_path / "x.pt", other, steps) == student.Progress(1.5, 2, 3, 4)
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), other.parameters(), strict=True))
    assert student.load_checkpoint(tmp_path / "absent.pt", other, steps) == student.Progress()


def test_hard_negatives_are_those_of_rank_bm25() -> None:
    found = batches.neighbours(PARAGRAPHS, "fr", count=1)
    oracle = BM25Okapi([stems(p.text, "fr") for p in PARAGRAPHS])
    # The idf differs (rank_bm25's may fall below zero), so the oracle is told ours.
    for stem in oracle.idf:
        n = sum(stem in document for document in oracle.doc_freqs)
        oracle.idf[stem] = np.log(1 + (len(PARAGRAPHS) - n + 0.5) / (n + 0.5))
    for row, paragraph in enumerate(PARAGRAPHS):
        scores = oracle.get_scores([stem for q in paragraph.questions for stem in stems(q, "fr")])
        scores[row] = -1
        assert found[row, 0] == scores.argmax()


def test_a_batch_holds_paragraphs_with_their_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "PARAGRAPHS", 3)
    near = np.array([[3, 1], [2, 0], [1, 0], [0, 1]])
    for batch in islice(batches.batches(PARAGRAPHS, near, 1), 4):
        assert len({p.text for p in batch}) == 3


def test_windows_hold_the_translation_of_their_questions() -> None:
    pairs = [Pair(f"english {i} one two three four five six", f"français {i}") for i in range(20)]
    for place, window in enumerate(batches.windows(pairs, seed=3)):
        own = pairs[5 * place : 5 * place + 5]
        assert window.text in (" ".join(p.french for p in own), " ".join(p.english for p in own))
        asked = [p.english if "français" in window.text else p.french for p in own]
        assert len(window.questions) == 3
        assert all(any(question in sentence for sentence in asked) for question in window.questions)


def test_token_scores_are_the_weighted_mean_of_the_best_cosines() -> None:
    import torch

    from index.interaction import maxsim

    random = np.random.default_rng(5)
    query, passages = random.normal(size=(2, 3, 4)), random.normal(size=(3, 5, 4))
    query, passages = (x / np.linalg.norm(x, axis=-1, keepdims=True) for x in (query, passages))
    weights, kept = random.random((2, 3)), np.array([[1, 1, 0, 0, 1], [1, 1, 1, 1, 1], [0, 1, 0, 0, 0]], bool)
    found = retrieve.token_scores(*(torch.tensor(x) for x in (query, weights, passages, kept)))
    for i in range(2):
        expected = maxsim(
            query[i].astype(np.float32),
            weights[i].astype(np.float32),
            [p[k].astype(np.float32) for p, k in zip(passages, kept, strict=True)],
        )
        np.testing.assert_allclose(found[i].numpy(), expected, atol=1e-6)


def test_a_few_steps_of_retrieval_lower_its_loss(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(retrieve, "TOKEN_DIM", 16)
    torch.manual_seed(0)
    bert = student.load_bert(folder).train()
    projection = retrieve.principal(bert, student.token_ids(folder, [p.text for p in PARAGRAPHS], longest=48))
    np.testing.assert_allclose((projection.T @ projection).numpy(), np.eye(16), atol=1e-5)
    table = retrieve.token_weight_table(folder, [p.text for p in PARAGRAPHS])
    assert table[:5].tolist() == [0.0] * 5
    model = retrieve.student_class()(bert, projection)
    steps = student.optimiser(model, layers=1e-3, embeddings=1e-3)
    queue: deque[tuple[str, torch.Tensor]] = deque(maxlen=4)
    losses = []
    for _ in range(15):
        loss = retrieve.retrieval_loss(model, table, folder, PARAGRAPHS, queue, 1)
        steps.zero_grad()
        loss.backward()
        steps.step()
        losses.append(loss.item())
    assert losses[-1] < 0.7 * losses[0]
    assert [text for text, _ in queue] == [p.text for p in PARAGRAPHS]
