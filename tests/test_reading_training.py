"""What does the reader learn from: are the words said to answer there, and is what answers nothing without them?"""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.training.written import GOLD, read_claimed, read_missed, read_rewrites, read_written
from qa.reader import GRAPH
from qa.training.examples import Example, Examples, cut_window
from qa.training.export import BOX, write_reader
from qa.training.learn import LONGEST, Tokens, load_reader
from qa.training.measure import area
from qa.training.reopen import read_weights, write_folder
from qa.training.wordings import change, hurry

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_every_answer_written_by_hand_stands_in_its_passage() -> None:
    lines = [json.loads(line) for file in sorted(GOLD.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    wanted = {(row["passage"], q["wordings"][0]): q["answer"] for row in lines for q in row["questions"]}
    read = [*read_written(), *read_written(development=True)]
    found = {
        (own.passage, wordings[0]): own.passage[start:end] if start >= 0 else None
        for own in read
        for wordings, start, end in own.asked
    }
    assert found == wanted


def test_no_passage_of_development_is_trained_on() -> None:
    development = {own.passage for own in read_written(development=True)}
    assert len(development) == 177
    assert not development & {own.passage for own in read_written()}


def test_near_misses_are_asked_of_public_paragraphs_and_their_answers_stand_there(shared: Path) -> None:
    parts = [read_missed(shared / "data", development=development) for development in (False, True)]
    for passage, asked in ((own.passage, asked) for part in parts for own in part for asked in own.asked):
        wordings, start, end = asked
        assert len(wordings) == 4
        assert (start, end) == (-1, -1) or 0 <= start < end <= len(passage)
    files = sorted((GOLD / "public").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    wanted = sorted(str(q["answer"]) for row in rows for q in row["questions"])
    read = [(own.passage, start, end) for part in parts for own in part for _, start, end in own.asked]
    assert sorted(passage[start:end] if start >= 0 else "None" for passage, start, end in read) == wanted
    assert not {own.passage for own in parts[0]} & {own.passage for own in parts[1]}


def test_a_claim_is_put_beside_the_paragraphs_of_the_other_articles(tmp_path: Path) -> None:
    paragraphs = [
        "Un feu. Douze ouvriers sont morts lundi à Ovrel.",
        "Le feu a pris à six heures.",
        "Treize morts.",
    ]
    asked = [
        {"kind": "number", "wordings": ["?"] * 4, "answers": {"0": "Douze ouvriers", "2": "Treize"}},
        {"kind": "place", "wordings": ["?"] * 4, "answers": {"0": "Ovrel"}},
    ]
    row = {"language": "fr", "title": "Feu", "articles": [0, 2], "paragraphs": paragraphs, "questions": asked}
    (tmp_path / "writer.jsonl").write_text(json.dumps(row), encoding="utf-8")
    first, second = read_claimed(folder=tmp_path)
    assert (first.sentence, first.place) == ("Douze ouvriers sont morts lundi à Ovrel.", (0, 5))
    assert first.others == (("Treize morts.", 0, 6),)
    assert (second.sentence, second.place) == ("Treize morts.", (0, 6))
    assert second.others == ((paragraphs[0], 8, 22), (paragraphs[1], -1, -1))


def test_a_rewriting_has_two_wordings() -> None:
    for file in sorted(GOLD.glob("*.tsv")):
        assert {len(own) for own in read_rewrites(file).values()} == {2}


@given(st.lists(st.text("ab.", min_size=1, max_size=6), min_size=1, max_size=400), st.data())
def test_a_window_holds_what_it_is_drawn_about(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 60)))
    begins, ends = cut_window(text, start, end, random.Random(data.draw(st.integers(0, 99))))
    assert 0 <= begins <= start < ends <= len(text)
    assert ends >= end or text[ends:end].isspace() or ends == len(text)


def test_a_question_is_put_about_another_year_or_name() -> None:
    text = "En 1998, Paul Dupré a gagné à Nantes."
    asked = "Qui a gagné en 1998 ?"
    changed = {change(asked, text, ["Où vit Anna Morel ?"], random.Random(seed)) for seed in range(20)}
    assert changed - {None}
    assert all(new != asked and "1998" not in new for new in changed - {None})
    named = change("Qui était Paul Dupré ?", text, ["Où vit Anna Morel ?"], random.Random(1))
    assert named == "Qui était Anna Morel ?"
    assert change("qui a gagné ?", text, ["Où vit Anna Morel ?"], random.Random(1)) is None


def test_a_hurried_question_keeps_its_words() -> None:
    put = {hurry("Combien de morts à Nantes ?", random.Random(seed)) for seed in range(100)}
    assert put == {"Combien de morts à Nantes ?", "Combien de morts à Nantes", "combien de morts à nantes"}


def test_an_example_is_tokens_that_say_its_answer() -> None:
    tokens = Tokens(ROOT / "qa" / "model")
    passage = "Le feu a fait sept morts et douze blessés."
    row = tokens.row(Example("Combien de morts ?", passage, 14, 18))
    decoded = tokens._tokenizer.decode(row.ids[row.start : row.end + 1])
    assert decoded.strip("▁ ") == "sept"
    none = tokens.row(Example("Combien de morts ?", passage))
    assert (none.start, none.end) == (0, 0)
    assert none.ids == row.ids
    far = tokens.row(Example("Combien ?", "mot " * 400 + "sept", 1_600, 1_604))
    assert (far.start, far.end, len(far.ids)) == (0, 0, LONGEST)


def test_the_area_is_the_share_of_pairs_in_order() -> None:
    assert area([3.0, 2.0], [2.0, 1.0, 0.0]) == pytest.approx(5.5 / 6)


def test_what_is_drawn_is_answered_where_it_says_so(shared: Path) -> None:
    examples = Examples(shared / "data", 3, limit=60)
    drawn = [examples.draw() for _ in range(400)]
    answered = [e for e in drawn if e.start >= 0]
    assert all(0 <= e.start < e.end <= len(e.passage) and e.passage[e.start : e.end].strip() for e in answered)
    assert 0.45 < len(answered) / len(drawn) < 0.75


def test_the_reader_in_the_box_opens_as_a_folder_that_scores_as_it_does(tmp_path: Path) -> None:
    import onnxruntime
    import torch

    folder = write_folder(BOX, tmp_path / "box")
    network = load_reader(folder, 12).eval()
    box = onnxruntime.InferenceSession(str(BOX / GRAPH), providers=["CPUExecutionProvider"])
    tokens = Tokens(folder)
    for question, passage in (
        ("Combien de morts ?", "Le feu a fait sept morts et douze blessés."),
        ("Who won?", "It rained."),
    ):
        ids = np.array([tokens.row(Example(question, passage)).ids], np.int64)
        (wanted,) = box.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        with torch.no_grad():
            found = network(torch.from_numpy(ids), torch.ones_like(torch.from_numpy(ids))).numpy()
        # The box rounds its states besides.
        assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.99


def test_what_is_written_as_a_graph_reads_back_up_to_its_rounding(tmp_path: Path) -> None:
    weights = read_weights(BOX / GRAPH)
    again = read_weights(write_reader(weights, write_folder(BOX, tmp_path / "box"), tmp_path / "again") / GRAPH)
    assert again.keys() == weights.keys()
    for name, value in weights.items():
        assert np.allclose(again[name], value, atol=np.abs(value).max() / 100), name
