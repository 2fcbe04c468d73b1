"""How does the reader in the box become a folder that is trained on, where its checkpoint is not at hand?

``python -m qa.training.reopen`` writes ``WORK/box``; then ``python -m qa.training.learn --start box --frozen 4``. The
weights are those of the box, in 7 or 8 bits: what the rounding took is learned again within minutes.
"""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import click
import numpy as np

from index.encoder.folder import WEIGHTS
from index.training.graph import TABLE, Floats
from qa.reader import GRAPH, TOKENIZER
from qa.training.export import BOX

HEADS = 12
"""Of each layer; a graph does not hold it apart."""

STEPS, SCALES, FACTORS, WEIGHT = ".steps", ".scales", ".factors", ".weight"

log = logging.getLogger("recoupe.training.reopen")


def read_weights(path: Path) -> dict[str, Floats]:
    """Return the weights of a graph that `qa.training.export` wrote, as they were up to rounding, by their names there.

    Matrices have the shape (out, in) of a BERT's; the head is `head.weight` (2, dim) and `head.bias`.
    """
    import onnx
    from onnx import numpy_helper

    tensors = {own.name: numpy_helper.to_array(own) for own in onnx.load(str(path)).graph.initializer}
    found: dict[str, Floats] = {}
    for name, value in tensors.items():
        if name == TABLE:
            found[name] = value.astype(np.float32) * tensors[TABLE + SCALES]
        elif name == "head":
            found["head.weight"] = np.ascontiguousarray(value.T)
        elif name.endswith(STEPS):
            product = name.removesuffix(STEPS)
            scales = tensors[product + SCALES]
            if value.dtype == np.uint8:
                matrix = ((value.astype(np.float32) - 128) * scales[..., None]).reshape(len(value), -1)
            else:
                matrix = (value.astype(np.float32) * scales).T * _evened(tensors, product)
            found[product + WEIGHT] = np.ascontiguousarray(matrix)
        elif name != "first" and not name.endswith((SCALES, FACTORS)):
            found[name] = value
    return found


def _evened(tensors: dict[str, Floats], product: str) -> Floats | float:
    """Return by what each column of a product's matrix is to be multiplied: what it took over from the state."""
    shared = product.replace("self.key", "self.query").replace("self.value", "self.query")
    return tensors.get(shared + FACTORS, 1.0)


def write_folder(box: Path, target: Path) -> Path:
    """Write the reader of `box` as a folder of a BERT with the head's weights among its own; return `target`."""
    from safetensors.numpy import save_file

    weights = read_weights(box / GRAPH)
    target.mkdir(parents=True, exist_ok=True)
    inner = weights["encoder.layer.0.intermediate.dense.bias"]
    table, places = weights[TABLE], weights["embeddings.position_embeddings.weight"]
    config = {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_size": table.shape[1],
        "vocab_size": len(table),
        "num_hidden_layers": sum(name.endswith("self.query.bias") for name in weights),
        "num_attention_heads": HEADS,
        "intermediate_size": len(inner),
        "max_position_embeddings": len(places),
        "type_vocab_size": len(weights["embeddings.token_type_embeddings.weight"]),
        "layer_norm_eps": 1e-12,
        "hidden_act": "gelu",
        "pad_token_id": 0,
    }
    (target / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    save_file(weights, target / WEIGHTS, metadata={"format": "pt"})
    shutil.copyfile(box / TOKENIZER, target / TOKENIZER)
    return target


@click.command(help=__doc__)
@click.option("--work", default=".training", show_default=True, help="Folder of caches, checkpoints and logs.")
@click.option("--box", default=str(BOX), show_default=True, help="Folder of the reader that is opened.")
def main(work: str, box: str) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    log.info("wrote %s", write_folder(Path(box), Path(work, "box")))


if __name__ == "__main__":
    main()
