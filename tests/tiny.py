"""A tiny encoder, made of hashed words, for tests in which the real one is not the point."""

import hashlib
import re

import numpy as np

from index.encoder import TokenVectors, unit

DIM = 32


def vector(word):
    seed = int.from_bytes(hashlib.sha256(word.lower()[:5].encode()).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=DIM).astype(np.float32)


class TinyEncoder:
    """Knows a word by its first five letters; a text is the sum of its words."""

    dim = DIM
    token_dim = DIM

    def __init__(self, model=None):
        self.name = str(model or "tiny")
        self.fingerprint = hashlib.sha256(self.name.encode()).hexdigest()[:16]
        self.encoded = 0

    def question(self, text):
        tokens = self.query_tokens(text)
        return unit(tokens.vectors.sum(0, keepdims=True))[0], tokens

    def query_tokens(self, text):
        spans = [match.span() for match in re.finditer(r"\w+", text)]
        rows = [vector(text[a:b]) for a, b in spans] or [np.zeros(DIM, np.float32)]
        spans = spans or [(0, 0)]
        starts, ends = np.array(spans, np.int32).T
        return TokenVectors(unit(np.stack(rows)), starts, ends)

    def queries(self, texts):
        return np.stack([self.question(text)[0] for text in texts])

    def passage_offsets(self, texts):
        return [(t.starts, t.ends) for t in map(self.query_tokens, texts)]

    def embed(self, texts):
        self.encoded += len(texts)
        return self.queries(texts), [self.query_tokens(text).vectors for text in texts]
