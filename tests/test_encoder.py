"""Laws of the encoder: unit rows, offsets into the text as given, prompts, one answer for any batching."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encoder import NAME, SentenceEncoder, box, choose_prompts, unit
from index.encoder.folder import GRAPH
from index.records import Encoder, EncoderMismatch

TEXTS = [
    "How many soldiers died?",
    "L’armée a perdu 5 000 soldats nord-coréens, dit-on, à l’été où naquit Zoë à Düsseldorf.",
    "",
    "Kiev",
    "les soldats " * 80,
    "!!! ...",
]


BYTES = 0.02
"""How far a component of a vector may be from float32's where the weights are bytes; those here are about .18 large."""


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
    """A model written like the one in the box, with a graph and a projection, which ONNX Runtime reads."""
    from safetensors.numpy import save_file

    from index.training.graph import write_graph

    folder = save_tiny(tmp_path_factory.mktemp("models") / "exported", prompts={"query": "ask: ", "document": "text: "})
    projection = np.random.default_rng(3).normal(size=(32, 24)).astype(np.float32)
    save_file({"projection": projection}, folder / "tokens.safetensors")
    write_graph(folder)
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
    # A graph has bytes for weights.
    near = BYTES if kind == "exported" else 2e-6
    np.testing.assert_allclose(encoder.queries(TEXTS), library_vectors(folder, TEXTS, query=True), atol=near)
    np.testing.assert_allclose(encoder.passages(TEXTS), library_vectors(folder, TEXTS, query=False), atol=near)


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


def test_a_text_has_the_same_vectors_whatever_stands_beside_it(exported: Path) -> None:
    encoder = SentenceEncoder(exported)
    together = encoder.passages(TEXTS)
    alone = np.concatenate([encoder.passages([text]) for text in TEXTS])
    np.testing.assert_array_equal(together, alone)


def test_products_of_bytes_are_near_those_of_floats() -> None:
    """The columns of a state of which some are a hundred times as large as others are made alike before rounding."""
    from index.training.graph import Graph

    random = np.random.default_rng(5)
    gain = np.where(np.arange(64) % 16 == 0, 30.0, 0.3).astype(np.float32)
    weights = {"n.weight": gain, "n.bias": np.zeros(64, np.float32), "p.bias": np.zeros(8, np.float32)}
    weights["p.weight"] = random.normal(size=(8, 64)).astype(np.float32) / gain
    state = (random.normal(size=(1, 40, 64)) * gain).astype(np.float32)

    def error(*, even: bool) -> float:
        graph = Graph(weights, {}, whole=True)
        (out,) = graph._products("state", "n", ["p"]) if even else [graph._quick("state", "p", 1)]
        found = run_nodes(graph, {"state": state}, out)
        return float(np.abs(found - state @ weights["p.weight"].T).mean())

    assert error(even=True) < 0.1 < 0.4 < error(even=False)


def run_nodes(graph: Any, inputs: dict[str, np.ndarray], output: str) -> np.ndarray:
    """Run what was gathered of a graph."""
    import onnxruntime
    from onnx import TensorProto, helper

    values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, value.shape) for name, value in inputs.items()]
    result = helper.make_tensor_value_info(output, TensorProto.FLOAT, None)
    made = helper.make_graph(graph._nodes, "part", values, [result], graph._tensors)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run([output], inputs)[0])


@pytest.mark.parametrize("kind", ["float16", "bfloat16"])
def test_a_graph_is_made_of_weights_of_16_bits(kind: str, exported: Path, tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    from index.training.graph import write_graph

    copy = Path(shutil.copytree(exported, tmp_path / "copy"))
    weights = {name: value.to(getattr(torch, kind)) for name, value in load_file(copy / "model.safetensors").items()}
    save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
    write_graph(copy)
    whole = Path(shutil.copytree(exported, tmp_path / "whole"))
    save_file({name: value.float() for name, value in weights.items()}, whole / "model.safetensors", {"format": "pt"})
    expected = library_vectors(whole, TEXTS, query=False)
    np.testing.assert_allclose(SentenceEncoder(copy).passages(TEXTS), expected, atol=BYTES)


def test_a_projection_of_words_gives_each_word_the_mean_of_its_pieces(exported: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    from index.encoder.folder import OF_WORDS

    copy = Path(shutil.copytree(exported, tmp_path / "copy"))
    projection = load_file(copy / "tokens.safetensors")
    save_file(projection, copy / "tokens.safetensors", metadata=OF_WORDS)
    encoder, text = SentenceEncoder(copy), "?! Kiev, ab-cd zoe"
    (tokens,) = encoder.passage_tokens([text])
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == ["Kiev", "ab", "cd", "zoe"]
    assert [list(column) for column in encoder.passage_offsets([text])[0]] == [list(tokens.starts), list(tokens.ends)]
    _, (state,) = encoder._model.run([text], "passage", tokens=True)
    pieces = state.hidden[(state.starts >= 9) & (state.ends <= 11)]
    assert len(pieces) == 2
    np.testing.assert_allclose(tokens.vectors[1], unit(pieces.mean(0) @ projection["projection"]), atol=1e-5)
    assert encoder.query_tokens("?!").vectors.shape == (0, 24)


@pytest.mark.parametrize("kind", ["tiny", "exported"])
def test_the_fingerprint_follows_the_weights_and_not_the_place(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder, file = request.getfixturevalue(kind), "tokens.safetensors" if kind == "exported" else "model.safetensors"
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    assert SentenceEncoder(copy).fingerprint == SentenceEncoder(folder).fingerprint
    weights = bytearray((copy / file).read_bytes())
    weights[-1] ^= 1
    (copy / file).write_bytes(bytes(weights))
    assert SentenceEncoder(copy).fingerprint != SentenceEncoder(folder).fingerprint


def test_the_fingerprint_does_not_ask_who_computes(exported: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(exported, tmp_path / "copy"))
    (copy / GRAPH).unlink()
    one, other = SentenceEncoder(exported), SentenceEncoder(copy)
    assert type(one._model) is not type(other._model)
    assert one.fingerprint == other.fingerprint
    np.testing.assert_allclose(one.passages(TEXTS), other.passages(TEXTS), atol=BYTES)


def test_a_graph_of_other_weights_is_an_encoder_mismatch(exported: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(exported, tmp_path / "copy"))
    weights = bytearray((copy / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (copy / "model.safetensors").write_bytes(bytes(weights))
    with pytest.raises(EncoderMismatch, match="was made of other weights"):
        SentenceEncoder(copy)


def test_a_graph_reads_nothing_outside_its_folder(exported: Path, tmp_path: Path) -> None:
    import onnx

    copy = Path(shutil.copytree(exported, tmp_path / "models" / "copy"))
    (tmp_path / "models" / "other").write_bytes(bytes(4_096))
    for elsewhere in ("../../other", str(tmp_path / "models" / "other")):
        graph = onnx.load(exported / GRAPH)
        tensor = next(tensor for tensor in graph.graph.initializer if len(tensor.raw_data) == 128)
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=elsewhere)
        (copy / GRAPH).write_bytes(graph.SerializeToString())
        with pytest.raises(EncoderMismatch, match="External data path"):
            SentenceEncoder(copy)


def test_a_folder_of_links_is_read(exported: Path, tmp_path: Path) -> None:
    """Some installers leave links into a store of theirs."""
    for path in (path for path in exported.rglob("*") if path.is_file()):
        link = tmp_path / "links" / path.relative_to(exported)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)
    found = SentenceEncoder(tmp_path / "links").passages(TEXTS)
    np.testing.assert_array_equal(found, SentenceEncoder(exported).passages(TEXTS))


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


@pytest.mark.parametrize(
    ("kind", "file"), [("tiny", "model.safetensors"), ("exported", "model.safetensors"), ("exported", GRAPH)]
)
def test_a_cut_file_is_an_encoder_mismatch(
    kind: str, file: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(request.getfixturevalue(kind), tmp_path / "cut"))
    path = copy / file
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(EncoderMismatch, match="cannot load the encoder"):
        SentenceEncoder(copy)


@pytest.fixture(scope="module")
def default() -> SentenceEncoder:
    return SentenceEncoder()


def test_the_files_in_the_box_are_those_of_their_card() -> None:
    card = (box() / "README.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"\| ([\w./]+) \| ([0-9a-f]{64}) \|", card))
    assert set(stated) == {"model.safetensors", GRAPH, "tokens.safetensors", "tokenizer.json", "config.json"}
    for name, expected in stated.items():
        assert hashlib.sha256((box() / name).read_bytes()).hexdigest() == expected, name
    assert sum(path.stat().st_size for path in box().rglob("*") if path.is_file()) < 90_000_000


def test_the_encoder_in_the_box_loads_in_sentence_transformers(default: SentenceEncoder) -> None:
    assert (default.name, default.dim, default.token_dim) == (NAME, 384, 96)
    texts = [text for text in TEXTS if text]
    asked, read = library_vectors(box(), texts, query=True), library_vectors(box(), texts, query=False)
    assert (default.queries(texts) * asked).sum(axis=1).min() > 0.995
    assert (default.passages(texts) * read).sum(axis=1).min() > 0.995
    assert json.loads((box() / "config.json").read_text(encoding="utf-8"))["vocab_size"] == 43_000


def test_the_graph_in_the_box_is_what_its_weights_give(tmp_path: Path) -> None:
    from index.training.graph import write_graph

    copy = Path(shutil.copytree(box(), tmp_path / "copy"))
    (copy / GRAPH).unlink()
    assert write_graph(copy).read_bytes() == (box() / GRAPH).read_bytes()


def test_the_encoder_in_the_box_reads_two_languages(default: SentenceEncoder) -> None:
    english = ["The soldiers crossed the river.", "The price of bread rose again.", "She won the election in May."]
    french = [
        "Le prix du pain a encore augmenté.",
        "Elle a gagné l’élection en mai.",
        "Les soldats ont franchi le fleuve.",
    ]
    assert (default.queries(english) @ default.passages(french).T).argmax(1).tolist() == [2, 0, 1]


def test_building_asking_and_searching_load_no_training_library(tmp_path: Path) -> None:
    """The encoder in the box runs without torch: seconds of every command and most of its memory are spared."""
    script = """
import sys
from ui.cli import cli
index = sys.argv[1]
question = "combien de soldats sont morts ?"
commands = ["build", "seeds", index], ["ask", question, "--index", index], ["search", question, "--index", index]
for command in commands:
    cli(list(command), standalone_mode=False)
print("loaded:", sorted({"torch", "transformers", "sentence_transformers", "onnx"} & set(sys.modules)))
"""
    command = [sys.executable, "-c", script, str(tmp_path / "index")]
    root = Path(__file__).parent.parent
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=root)
    assert (done.stdout.splitlines()[-1:], done.returncode) == (["loaded: []"], 0), done.stderr
