"""How is a BERT written as an ONNX graph whose matrices are bytes?

The graph is written node by node, with the fused operators that ONNX Runtime has for BERT. Its weights are inside, in a
quarter of the bytes of float32; the weights in 16 bits that stand beside it are for whoever trains on, or reads the
folder by another library. `README.md` of the model says what the rounding costs.

Run: ``python -m index.training.graph FOLDER``, where a folder has got other weights.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from index.encoder.folder import GRAPH, WEIGHTS, read_digest

BLOCK = 64
"""Weights of a matrix under one scale, where each row of the state is rounded by itself."""

LEVELS = 63
"""Steps of a weight on each side of 0 where the state is rounded as a whole."""

SPREAD, POWER = 4.0, 0.65
"""Deviations of a normalised column that are taken for its largest, and how much of its size the weights take over."""

TABLE = "embeddings.word_embeddings.weight"

_RUNTIME = "com.microsoft"
_OPSET, _IR = 18, 10

Floats = NDArray[np.float32]


class Graph:
    """The nodes and tensors of a BERT, gathered as they are written; `make` gives the whole.

    Each row of a state is rounded by itself. With `whole`, a state is rounded as a whole, but before the last product
    of a layer, where it holds a few large numbers: that takes two fifths less time, and what is made of a text then
    depends on what stands beside it, so that texts are to be run one by one.
    """

    def __init__(self, weights: Mapping[str, Floats], config: Mapping[str, Any], *, whole: bool = False) -> None:
        self._weights, self._config, self._whole = weights, config, whole
        self._nodes: list[Any] = []
        self._tensors: list[Any] = []

    def make(self) -> Any:
        """Return the model: `input_ids` and `attention_mask` (n, length) to `last_hidden_state` (n, length, dim)."""
        from onnx import TensorProto, helper

        state = self._embeddings()
        mask = self._node("Cast", ["attention_mask"], to=TensorProto.INT32)
        depth, norm = int(self._config["num_hidden_layers"]), "embeddings.LayerNorm"
        for layer in range(depth):
            end = "last_hidden_state" if layer == depth - 1 else f"layer.{layer}"
            state = self._layer(state, mask, f"encoder.layer.{layer}.", end, norm)
            norm = f"encoder.layer.{layer}.output.LayerNorm"
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
        words = self._pieces()
        # All tokens are of the first type.
        first = self._constant("first", np.zeros(1, np.int64))
        kind = self._node("Gather", [self._weight(prefix + "token_type_embeddings.weight"), first])
        length = self._node("Shape", ["input_ids"], start=1, end=2)
        places = self._node("Add", [self._weight(prefix + "position_embeddings.weight"), kind])
        summed = self._node("Add", [words, self._node("Slice", [places, first, length])])
        return self._node(
            "LayerNormalization", [summed, *self._norm(prefix + "LayerNorm")], axis=-1, epsilon=self._epsilon
        )

    def _pieces(self) -> str:
        """Write the rows of the table of pieces that a text needs, the only ones that are turned into float32."""
        from onnx import TensorProto

        table = self._weights[TABLE]
        steps, scales = eight_bits(table, block=table.shape[1])
        rows = self._constant(TABLE, (steps[:, 0].astype(np.int16) - 128).astype(np.int8))
        units = self._node("Gather", [self._constant(f"{TABLE}.scales", scales), "input_ids"])
        found = self._node("Cast", [self._node("Gather", [rows, "input_ids"])], to=TensorProto.FLOAT)
        return self._node("Mul", [found, units])

    def _layer(self, state: str, mask: str, prefix: str, end: str, norm: str) -> str:
        """Write a layer of which the state comes from the normalisation `norm`."""
        parts = self._products(state, norm, [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")])
        heads = int(self._config["num_attention_heads"])
        attended = self._node("MultiHeadAttention", [*parts, "", mask], domain=_RUNTIME, num_heads=heads)
        name = prefix + "attention.output.dense"
        new = self._quick(attended, name, 1) if self._whole else self._exact(attended, name)
        state = self._add(new, state, prefix + "attention.output.")
        (inner,) = self._products(state, f"{prefix}attention.output.LayerNorm", [prefix + "intermediate.dense"])
        inner = self._node("Gelu", [inner], domain=_RUNTIME)
        return self._add(self._exact(inner, prefix + "output.dense"), state, prefix + "output.", end)

    def _products(self, state: str, norm: str, names: Sequence[str]) -> list[str]:
        """Write products of one state, its columns made alike first where it is rounded as a whole.

        Some are a hundred times as large as others. A column is divided, and the weights that it meets multiplied, by a
        power of its largest over one of their largest (Xiao et al. 2023, SmoothQuant); how large it gets is told from
        the weights of its normalisation.
        """
        if not self._whole:
            return [self._exact(state, name) for name in names]
        gain, shift = (np.abs(self._weights[f"{norm}.{part}"]) for part in ("weight", "bias"))
        largest = np.max([np.abs(self._weights[f"{name}.weight"]).max(0) for name in names], axis=0)
        factors = ((SPREAD * gain + shift) ** POWER / np.maximum(largest, 1e-4) ** (1 - POWER)).astype(np.float32)
        even = self._node("Mul", [state, self._constant(f"{names[0]}.factors", 1 / factors)])
        return [self._quick(even, name, factors) for name in names]

    def _add(self, new: str, old: str, prefix: str, name: str = "") -> str:
        inputs = [new, old, *self._norm(prefix + "LayerNorm")]
        return self._node("SkipLayerNormalization", inputs, name, domain=_RUNTIME, epsilon=self._epsilon)

    def _quick(self, state: str, name: str, factors: Floats | int) -> str:
        """Write a product of bytes: the state, its columns divided by `factors`, is rounded as a whole.

        Weights have 7 bits, so that no sum of two products overflows on a processor that has only AVX2.
        """
        matrix = (self._weights[f"{name}.weight"] * factors).T
        scales = np.abs(matrix).max(0) / np.float32(LEVELS)
        scales = np.where(scales > 0, scales, 1).astype(np.float32)
        steps = np.clip(np.rint(matrix / scales), -LEVELS, LEVELS).astype(np.int8)
        names = self._constant(f"{name}.steps", steps), self._constant(f"{name}.scales", scales)
        return self._node("DynamicQuantizeMatMul", [state, *names, "", self._weight(f"{name}.bias")], domain=_RUNTIME)

    def _exact(self, state: str, name: str) -> str:
        """Write a product of which each row of the state is rounded by itself: a few numbers of it are large."""
        matrix = self._weights[f"{name}.weight"]
        rows, columns = matrix.shape
        steps, scales = eight_bits(matrix, block=min(BLOCK, columns))
        inputs = [state, self._constant(f"{name}.steps", steps), self._constant(f"{name}.scales", scales)]
        sizes = {"K": columns, "N": rows, "bits": 8, "block_size": min(BLOCK, columns), "accuracy_level": 4}
        return self._node("MatMulNBits", [*inputs, "", "", self._weight(f"{name}.bias")], domain=_RUNTIME, **sizes)

    def _norm(self, name: str) -> list[str]:
        return [self._weight(f"{name}.{part}") for part in ("weight", "bias")]

    @property
    def _epsilon(self) -> float:
        return float(self._config["layer_norm_eps"])

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        self._tensors.append(numpy_helper.from_array(value, name))
        return name

    def _node(self, kind: str, inputs: Sequence[str], name: str = "", *, domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        output = name or f"{kind}.{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output


def eight_bits(matrix: Floats, *, block: int = BLOCK) -> tuple[NDArray[np.uint8], Floats]:
    """Return a matrix (rows, columns) as bytes (rows, blocks, block), 128 standing for 0, and scales (rows, blocks).

    >>> steps, scales = eight_bits(np.array([[1.0, -0.5]], np.float32), block=2)
    >>> ((steps.astype(np.float32) - 128) * scales[..., None]).round(2).tolist()
    [[[1.0, -0.5]]]
    """
    blocks = matrix.reshape(len(matrix), -1, block)
    scales = np.abs(blocks).max(-1) / np.float32(127)
    scales = np.where(scales > 0, scales, 1).astype(np.float32)
    steps = np.clip(np.rint(blocks / scales[..., None]) + 128, 1, 255).astype(np.uint8)
    return steps, scales


def write_graph(folder: Path) -> Path:
    """Write the graph of a folder's weights into it and return its path."""
    from onnx import helper
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = {name: value.astype(np.float32) for name, value in load_file(folder / WEIGHTS).items()}
    model = Graph(weights, config).make()
    # Whoever opens it sees whether the weights beside it are still those that it was made of.
    helper.set_model_props(model, {WEIGHTS: read_digest(folder / WEIGHTS).hex()})
    path = folder / GRAPH
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(model.SerializeToString(deterministic=True))
    return path


@click.command(help=__doc__)
@click.argument("folder")
def main(folder: str) -> None:
    click.echo(f"wrote {write_graph(Path(folder))}")


if __name__ == "__main__":
    main()
