"""How is a BERT written as an ONNX graph that computes with the weights in the file beside it?

The graph is written node by node, with the fused operators that ONNX Runtime has for BERT. It holds no weight: each is
a tensor of ``model.safetensors``, named by its place in that file, and turned into float32 when the graph is opened. So
the weights are kept once, for ONNX Runtime and for sentence-transformers, and the vectors of the two agree to rounding.
Matrices of 8 bits (`MatMulNBits`, blocks of 64) were tried on 237 texts of both languages: they take 12 MB more on disk
and 30 MB less in memory, are as quick, and their least cosine with float32 was .9993 of a text, .9988 of a token.

Run: ``python -m index.training.graph FOLDER``, where a folder has got other weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from index.encoder.folder import GRAPH, WEIGHTS, read_digest

_RUNTIME = "com.microsoft"
_OPSET, _IR = 18, 10
_KINDS = {"F16": "FLOAT16", "BF16": "BFLOAT16", "F32": "FLOAT"}

Header = Mapping[str, Mapping[str, Any]]


class Graph:
    """The nodes and tensors of a BERT, gathered as they are written; `make` gives the whole."""

    def __init__(self, header: Header, begin: int, config: Mapping[str, Any]) -> None:
        self._header, self._begin, self._config = header, begin, config
        self._nodes: list[Any] = []
        self._tensors: list[Any] = []

    def make(self) -> Any:
        """Return the model: `input_ids` and `attention_mask` (n, length) to `last_hidden_state` (n, length, dim)."""
        from onnx import TensorProto, helper

        state = self._embeddings()
        mask = self._node("Cast", ["attention_mask"], to=TensorProto.INT32)
        depth = int(self._config["num_hidden_layers"])
        for layer in range(depth):
            end = "last_hidden_state" if layer == depth - 1 else f"layer.{layer}"
            state = self._layer(state, mask, f"encoder.layer.{layer}.", end)
        shape = ["batch", "length"]
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")
        ]
        output = helper.make_tensor_value_info(
            "last_hidden_state", TensorProto.FLOAT, [*shape, int(self._config["hidden_size"])]
        )
        graph = helper.make_graph(self._nodes, "bert", inputs, [output], self._tensors)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR, producer_name="recoupe")

    def _embeddings(self) -> str:
        prefix = "embeddings."
        # Only the rows that a text needs are turned into float32: the table stays as it is in the file.
        words = self._cast(
            self._node("Gather", [self._stored(prefix + "word_embeddings.weight"), "input_ids"]), prefix + "words"
        )
        # All tokens are of the first type.
        first = self._constant("first", np.zeros(1, np.int64))
        kind = self._node("Gather", [self._weight(prefix + "token_type_embeddings.weight"), first])
        length = self._node("Shape", ["input_ids"], start=1, end=2)
        places = self._node("Add", [self._weight(prefix + "position_embeddings.weight"), kind])
        summed = self._node("Add", [words, self._node("Slice", [places, first, length])])
        return self._node(
            "LayerNormalization", [summed, *self._norm(prefix + "LayerNorm")], axis=-1, epsilon=self._epsilon
        )

    def _layer(self, state: str, mask: str, prefix: str, end: str) -> str:
        parts = [self._linear(state, f"{prefix}attention.self.{part}") for part in ("query", "key", "value")]
        heads = int(self._config["num_attention_heads"])
        attended = self._node("MultiHeadAttention", [*parts, "", mask], domain=_RUNTIME, num_heads=heads)
        state = self._add(attended, state, prefix + "attention.output.", "")
        inner = self._node("Gelu", [self._linear(state, prefix + "intermediate.dense")], domain=_RUNTIME)
        return self._add(inner, state, prefix + "output.", end)

    def _linear(self, state: str, name: str) -> str:
        product = self._node("FusedMatMul", [state, self._weight(name + ".weight")], domain=_RUNTIME, transB=1)
        return self._node("Add", [product, self._weight(name + ".bias")])

    def _add(self, new: str, old: str, prefix: str, name: str) -> str:
        inputs = [self._linear(new, prefix + "dense"), old, *self._norm(prefix + "LayerNorm")]
        return self._node("SkipLayerNormalization", inputs, name, domain=_RUNTIME, epsilon=self._epsilon)

    def _norm(self, name: str) -> list[str]:
        return [self._weight(f"{name}.{part}") for part in ("weight", "bias")]

    @property
    def _epsilon(self) -> float:
        return float(self._config["layer_norm_eps"])

    def _weight(self, name: str) -> str:
        return self._cast(self._stored(name), name)

    def _cast(self, value: str, name: str) -> str:
        from onnx import TensorProto

        return self._node("Cast", [value], f"{name}.float32", to=TensorProto.FLOAT)

    def _stored(self, name: str) -> str:
        """Name a tensor of the weights' file, as it is stored there."""
        from onnx import TensorProto

        entry = self._header[name]
        begin, end = entry["data_offsets"]
        kind = TensorProto.DataType.Value(_KINDS[entry["dtype"]])
        tensor = TensorProto(name=name, data_type=kind, dims=entry["shape"], data_location=TensorProto.EXTERNAL)
        for key, value in (("location", WEIGHTS), ("offset", self._begin + begin), ("length", end - begin)):
            tensor.external_data.add(key=key, value=str(value))
        self._tensors.append(tensor)
        return name

    def _constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        self._tensors.append(numpy_helper.from_array(value, name))
        return name

    def _node(self, kind: str, inputs: Sequence[str], name: str = "", *, domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        output = name or f"{kind}.{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output


def read_header(path: Path) -> tuple[Header, int]:
    """Return the entries of a file of safetensors by name, and where in the file its tensors begin."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        return json.loads(file.read(length)), 8 + length


def write_graph(folder: Path) -> Path:
    """Write ``model.onnx`` beside the weights of a folder and return its path."""
    from onnx import helper

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    model = Graph(*read_header(folder / WEIGHTS), config).make()
    # Whoever opens it sees whether the weights are still those whose places it names.
    helper.set_model_props(model, {WEIGHTS: read_digest(folder / WEIGHTS).hex()})
    path = folder / GRAPH
    path.write_bytes(model.SerializeToString(deterministic=True))
    return path


@click.command(help=__doc__)
@click.argument("folder")
def main(folder: str) -> None:
    click.echo(f"wrote {write_graph(Path(folder))}")


if __name__ == "__main__":
    main()
