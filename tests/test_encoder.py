"""Laws of the encoder: unit rows, offsets into the text as given, prompts, one answer for any batching."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from tiny import TinyEncoder

from index.encoder import FORMER, NAME, SentenceEncoder, box, choose_prompts, unit
from index.records import Encoder, EncoderMismatch

TEXTS = [
    "How many soldiers died?",
    "L’armée a perdu 5 000 soldats nord-coréens, dit-on, à l’été où naquit Zoë à Düsseldorf.",
    "",
    "Kiev",
    "les soldats " * 80,
    "!!! ...",
]


def save_tiny(folder: Path, *, pooling: str = "mean", prompts: dict[str, str] | None = None) -> Path:
    """Write a small BERT with random weights as sentence-transformers writes it, and return the folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, BertTokenizerFast

    words = "how many soldiers died les soldats armee nord kiev zoe a l ask text query passage : ? , . ! -".split()
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    pieces += [p for c in letters for p in (c, f"##{c}") if p not in words]
    vocabulary = {piece: i for i, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    plain = folder.with_name(folder.name + "-plain")
    BertModel(config).eval().save_pretrained(plain)
    BertTokenizerFast(tokenizer_object=tokenizer).save_pretrained(plain)
    transformer = modules.Transformer(str(plain), max_seq_length=48)
    pool = modules.Pooling(transformer.get_embedding_dimension(), pooling_mode=pooling)
    SentenceTransformer(modules=[transformer, pool], prompts=prompts, device="cpu").save(str(folder))
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("models") / "asking", prompts={"query": "ask: ", "document": "text: "})


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model as this project exports it, with float32 weights, which ONNX Runtime reads."""
    from safetensors.numpy import save_file

    from index.training.graph import write_graph

    folder = save_tiny(tmp_path_factory.mktemp("models") / "exported", prompts={"query": "ask: ", "document": "text: "})
    projection = np.random.default_rng(3).normal(size=(32, 24)).astype(np.float32)
    save_file({"projection": projection}, folder / "tokens.safetensors")
    write_graph(folder, exact=True)
    return folder


@pytest.fixture(scope="module")
def first_token(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model whose vector is that of the first token."""
    return save_tiny(tmp_path_factory.mktemp("models") / "first-token", pooling="cls", prompts={"query": "ask: "})


def library_vectors(folder: Path, texts: list[str], *, query: bool) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    encode = model.encode_query if query else model.encode_document
    return unit(encode(texts, show_progress_bar=False))


@pytest.mark.parametrize("kind", ["tiny", "asking", "exported", "first_token"])
def test_vectors_are_those_of_sentence_transformers(kind: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(kind)
    encoder = SentenceEncoder(folder)
    assert isinstance(encoder, Encoder)
    assert (encoder.name, encoder.dim) == (folder.name, 32)
    np.testing.assert_allclose(encoder.queries(TEXTS), library_vectors(folder, TEXTS, query=True), atol=2e-6)
    np.testing.assert_allclose(encoder.passages(TEXTS), library_vectors(folder, TEXTS, query=False), atol=2e-6)


@pytest.mark.parametrize("kind", ["tiny", "asking", "exported", "first_token"])
def test_one_pass_gives_the_same_vectors_and_tokens_as_each_alone(kind: str, request: pytest.FixtureRequest) -> None:
    encoder = SentenceEncoder(request.getfixturevalue(kind))
    vectors, tokens = encoder.embed(TEXTS)
    np.testing.assert_allclose(vectors, encoder.passages(TEXTS), atol=1e-6)
    for text, vector, rows, (starts, ends) in zip(TEXTS, vectors, tokens, encoder.passage_offsets(TEXTS), strict=True):
        alone, (own,) = encoder.embed([text])
        np.testing.assert_allclose(alone[0], vector, atol=2e-6)
        np.testing.assert_allclose(own, rows, atol=2e-6)
        found = encoder.passage_tokens([text])[0]
        assert found.starts.tolist() == starts.tolist()
        assert found.ends.tolist() == ends.tolist()
        np.testing.assert_allclose(found.vectors, rows, atol=2e-6)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(np.concatenate(tokens), axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("kind", ["tiny", "asking", "exported", "first_token"])
def test_token_offsets_point_into_the_text_as_given(kind: str, request: pytest.FixtureRequest) -> None:
    encoder = SentenceEncoder(request.getfixturevalue(kind))
    text = "  L’armée de Zoë, à Kiev ?"
    for tokens in (encoder.query_tokens(text), encoder.passage_tokens([text])[0]):
        words = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
        assert words[:2] == ["L", "armée"]
        assert words[-1] == "Kiev"
        assert "Zoë" in words
        assert "".join(words) == "LarméedeZoëàKiev"
        assert tokens.vectors.shape == (len(words), encoder.token_dim)
        assert (tokens.vectors.dtype, tokens.starts.dtype) == (np.float32, np.int32)


def test_prompts_change_the_vectors_and_not_the_offsets(tiny: Path, asking: Path) -> None:
    plain, prompted = (SentenceEncoder(folder) for folder in (tiny, asking))
    np.testing.assert_allclose(prompted.queries(["kiev"]), plain.queries(["ask: kiev"]), atol=1e-6)
    np.testing.assert_allclose(prompted.passages(["kiev"]), plain.queries(["text: kiev"]), atol=1e-6)
    assert float((prompted.queries(["kiev"]) * prompted.passages(["kiev"])).sum()) < 0.999
    assert prompted.query_tokens("à kiev").starts.tolist() == plain.query_tokens("à kiev").starts.tolist() == [0, 2]


def test_the_e5_family_is_known_by_its_name(tmp_path: Path) -> None:
    assert choose_prompts({}, "intfloat/multilingual-e5-small") == {"query": "query: ", "passage": "passage: "}
    assert choose_prompts({}, "somebody/face5-model") == {"query": "", "passage": ""}
    assert choose_prompts({"query": "q: ", "passage": None}, "e5") == {"query": "q: ", "passage": ""}
    folder = save_tiny(tmp_path / "tiny-e5-small")
    plain = save_tiny(tmp_path / "tiny")
    asked = SentenceEncoder(folder).queries(["kiev"])
    np.testing.assert_allclose(asked, SentenceEncoder(plain).queries(["query: kiev"]), atol=1e-6)


def test_no_texts_and_empty_texts_have_defined_vectors(tiny: Path) -> None:
    encoder = SentenceEncoder(tiny)
    vectors, tokens = encoder.embed([])
    assert (vectors.shape, tokens, encoder.queries([]).shape) == ((0, 32), [], (0, 32))
    vector, found = encoder.question("")
    assert np.linalg.norm(vector) == pytest.approx(1)
    assert found.vectors.shape == (0, encoder.token_dim)
    assert unit(np.zeros((1, 3), np.float32)).tolist() == [[0.0, 0.0, 0.0]]


def test_a_long_text_is_cut_and_its_offsets_stay_within(tiny: Path) -> None:
    encoder = SentenceEncoder(tiny)
    tokens = encoder.query_tokens("soldats " * 1250)
    assert tokens.starts.tolist() == [8 * i for i in range(46)]


def test_progress_counts_every_text(tiny: Path) -> None:
    done: list[int] = []
    SentenceEncoder(tiny).embed(["kiev"] * 1025, progress=done.append)
    assert done == [1024, 1]


def test_questions_from_several_threads_get_their_own_vectors(tiny: Path) -> None:
    encoder = SentenceEncoder(tiny)
    questions = [f"kiev {number}" for number in range(8)]
    expected = encoder.queries(questions)
    found: dict[int, np.ndarray] = {}
    threads = [
        threading.Thread(target=lambda i=i: found.__setitem__(i, encoder.queries([questions[i]])[0])) for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_allclose(np.stack([found[i] for i in range(8)]), expected, atol=2e-6)


def test_eight_bits_stay_close_to_float32(exported: Path, tmp_path: Path) -> None:
    import shutil

    from index.training.graph import write_graph

    copy = Path(shutil.copytree(exported, tmp_path / "copy"))
    write_graph(copy)
    exact, small = SentenceEncoder(exported), SentenceEncoder(copy)
    assert (small.passages(TEXTS) * exact.passages(TEXTS)).sum(1).min() > 0.999
    # Every row is rounded by itself: what else is in the batch changes nothing.
    alone = np.concatenate([small.passages([text]) for text in TEXTS])
    np.testing.assert_allclose(small.passages(TEXTS), alone, atol=2e-6)


def test_a_word_is_a_run_of_pieces_and_its_vector_their_mean(exported: Path) -> None:
    from safetensors.numpy import load_file

    encoder, text = SentenceEncoder(exported), "Kiev, ab-cd zoe"
    (tokens,) = encoder.passage_tokens([text])
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == ["Kiev", "ab", "cd", "zoe"]
    _, (state,) = encoder._model.run([text], "passage", tokens=True)
    pieces = state.hidden[(state.starts >= 6) & (state.ends <= 8)]
    expected = unit(pieces.mean(0) @ load_file(exported / "tokens.safetensors")["projection"])
    np.testing.assert_allclose(tokens.vectors[1], expected, atol=1e-5)


def test_the_fingerprint_follows_the_weights_and_not_the_place(tiny: Path, exported: Path, tmp_path: Path) -> None:
    import shutil

    for folder, file in ((tiny, "model.safetensors"), (exported, "tokens.safetensors")):
        copy = Path(shutil.copytree(folder, tmp_path / folder.name))
        assert SentenceEncoder(copy).fingerprint == SentenceEncoder(folder).fingerprint
        weights = bytearray((copy / file).read_bytes())
        weights[-1] ^= 1
        (copy / file).write_bytes(bytes(weights))
        assert SentenceEncoder(copy).fingerprint != SentenceEncoder(folder).fingerprint


def test_what_cannot_be_loaded_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.encoder import transformer

    monkeypatch.setattr(transformer, "_hub_reached", lambda: False)
    with pytest.raises(EncoderMismatch, match=r"'nobody/no-such-model'.*give a local folder"):
        SentenceEncoder("nobody/no-such-model")
    with pytest.raises(EncoderMismatch, match="there is no folder"):
        SentenceEncoder(tmp_path / "absent")
    with pytest.raises(EncoderMismatch, match="there is no folder"):
        SentenceEncoder("./absent")
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderMismatch, match="cannot load the encoder"):
        SentenceEncoder(tmp_path / "empty")


@pytest.mark.parametrize("file", ["model.safetensors", "onnx/model.onnx"])
def test_a_cut_weights_file_is_an_encoder_mismatch(file: str, tiny: Path, exported: Path, tmp_path: Path) -> None:
    import shutil

    copy = Path(shutil.copytree(exported if file.startswith("onnx") else tiny, tmp_path / "cut"))
    path = copy / file
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(EncoderMismatch, match="cannot load the encoder"):
        SentenceEncoder(copy)


@pytest.fixture(scope="module")
def default() -> SentenceEncoder:
    return SentenceEncoder()


def test_the_files_in_the_box_are_those_of_their_card() -> None:
    from index.training import export

    card = (box() / "README.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"\| ([\w./]+) \| ([0-9a-f]{64}) \|", card))
    assert set(stated) == set(export.FILES)
    for name, expected in stated.items():
        assert hashlib.sha256((box() / name).read_bytes()).hexdigest() == expected, name
    sizes = [path.stat().st_size for path in box().rglob("*") if path.is_file()]
    assert max(sizes) < 60_000_000
    assert sum(sizes) < 95_000_000


def test_the_encoder_in_the_box_loads_in_sentence_transformers(default: SentenceEncoder) -> None:
    assert (default.name, default.dim, default.token_dim) == (NAME, 384, 96)
    for own, query in ((default.queries(TEXTS), True), (default.passages(TEXTS), False)):
        assert (own * library_vectors(box(), TEXTS, query=query)).sum(1).min() > 0.998


def test_the_encoder_in_the_box_is_that_of_its_float32_weights(default: SentenceEncoder, tmp_path: Path) -> None:
    import shutil

    from index.training.graph import write_graph

    copy = Path(shutil.copytree(box(), tmp_path / "exact"))
    write_graph(copy, exact=True)
    (exact, _), (shipped, words) = (SentenceEncoder(folder).embed(TEXTS) for folder in (copy, box()))
    assert (exact * shipped).sum(1).min() > 0.998
    np.testing.assert_allclose(exact, library_vectors(box(), TEXTS, query=False), atol=1e-4)
    assert [len(rows) for rows in words] == [len(starts) for starts, _ in default.passage_offsets(TEXTS)]


def test_eighty_words_take_less_than_ten_kilobytes(default: SentenceEncoder) -> None:
    text = "Le président de la région a dit lundi que l’usine de 1 200 salariés fermerait à l’été. " * 5
    (tokens,) = default.passage_tokens([" ".join(text.split()[:80])])
    assert tokens.vectors.size < 10_000


def test_the_encoder_in_the_box_reads_two_languages(default: SentenceEncoder) -> None:
    english = ["The soldiers crossed the river.", "The price of bread rose again.", "She won the election in May."]
    french = [
        "Le prix du pain a encore augmenté.",
        "Elle a gagné l’élection en mai.",
        "Les soldats ont franchi le fleuve.",
    ]
    assert (default.queries(english) @ default.passages(french).T).argmax(1).tolist() == [2, 0, 1]


def test_building_and_asking_loads_no_training_library(tmp_path: Path) -> None:
    """The box encoder runs without torch: a second of every command and most of its memory are spared."""
    script = """
import sys
from index import Corpus
from qa import Assistant
corpus = Corpus.build(sys.argv[1], sys.argv[2])
assert Assistant(corpus).ask("how many soldiers died?").understood_as
assert Corpus.open(sys.argv[2]).search("combien de soldats ?")
print(sorted({"torch", "transformers", "sentence_transformers", "onnx"} & set(sys.modules)))
"""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("La guerre\n\nDeux soldats sont morts hier.\n", encoding="utf-8")
    command = [sys.executable, "-c", script, str(tmp_path / "news"), str(tmp_path / "index")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


def test_an_index_of_the_former_encoder_says_so_and_a_build_encodes_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.corpus import Corpus

    news, index = tmp_path / "news", tmp_path / "index"
    news.mkdir()
    (news / "a.txt").write_text("La crue\n\nLe fleuve a débordé hier.\n", encoding="utf-8")
    (former,) = FORMER
    monkeypatch.setattr("index.corpus.SentenceEncoder", lambda model=None: TinyEncoder(former))
    Corpus.build(news, index)
    monkeypatch.setattr("index.corpus.SentenceEncoder", lambda model=None: TinyEncoder(NAME))
    said = f"made with the former encoder, {former}, and {NAME} is in its place; .* recoupe build FOLDER {index}"
    with pytest.raises(EncoderMismatch, match=said):
        Corpus.open(index).search("le fleuve")
    told: list[tuple[str, int, int]] = []

    def progress(stage: str, done: int, total: int) -> None:
        told.append((stage, done, total))
        # Until the switch, what is there is whole and is the former's.
        assert Corpus.open(index).info()["encoder"] == former

    assert Corpus.build(news, index, progress=progress).report.read == ("a.txt",)
    assert ("encoding", 1, 1) in told
    assert Corpus.open(index).search("le fleuve")[0].paragraph.source == "a.txt"


def test_an_index_of_the_former_encoder_is_encoded_anew_from_its_own_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.corpus import Corpus

    (tmp_path / "a.txt").write_text("La crue\n\nLe fleuve a débordé hier.\n", encoding="utf-8")
    monkeypatch.setattr("index.corpus.SentenceEncoder", lambda model=None: TinyEncoder(FORMER[0]))
    Corpus.build(tmp_path, tmp_path / "index")
    monkeypatch.setattr("index.corpus.SentenceEncoder", lambda model=None: TinyEncoder(NAME))
    corpus = Corpus.open(tmp_path / "index")
    assert corpus.reindex() == 1
    assert corpus.search("le fleuve")[0].paragraph.source == "a.txt"
    assert Corpus.open(tmp_path / "index").info()["encoder"] == NAME
