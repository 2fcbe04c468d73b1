"""What several test files share: the folders they read, one index of the seeds, one answer made by hand."""

import os
from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from samples import HOSTILE, ROOT, passage_of
from tiny import TinyEncoder

from index.facts import Span
from qa.agreement import Group
from qa.answers import Answer, SourceAnswer

# No example is timed: machines are shared. Where a run decides what lands, it tries the same examples again.
settings.register_profile(
    "house", deadline=None, derandomize="RECOUPE_CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared():
    """The folder beside the checkout that holds what the projects of this house share."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("RECOUPE_CI"):
            pytest.fail("../shared is not there, and RECOUPE_CI says that it must be")
        pytest.skip("../shared is not there")
    return folder


@pytest.fixture(scope="session")
def seeds_corpus(tmp_path_factory):
    """The five articles in the box, indexed once with the default encoder."""
    from index.corpus import Corpus

    return Corpus.build(ROOT / "seeds", tmp_path_factory.mktemp("seeds") / "index")


@pytest.fixture(scope="session")
def seeds_index(seeds_corpus):
    """The folder of that index."""
    return seeds_corpus.path


@pytest.fixture
def tiny_encoder(monkeypatch):
    """Have every corpus of this test use the tiny encoder."""
    monkeypatch.setattr("index.corpus.SentenceEncoder", TinyEncoder)


@pytest.fixture
def answer():
    """An answer with a claim that has all its parts, a hostile source, and a silent one."""
    quote = "Le bilan s’alourdit. On compte au moins 600 décès, selon le maire. Rien d’autre."
    start = quote.index("au moins 600")
    speaker = Span("speaker", "le maire", quote.index("le maire"), quote.index("le maire") + 8)
    claim = Span("number", "au moins 600", start, start + 12, 600, None, "", "décès", "at least, conditional", speaker)
    first = passage_of(1, "a/un.pdf", quote, "On compte au moins 600 décès, selon le maire.", page=3)
    second = passage_of(2, "a/un.pdf", "Autre passage.", "Autre passage.")
    third = passage_of(3, "<b>.html", f"Début. {HOSTILE}", "Début.")
    return Answer(
        question="combien de morts ?",
        understood_as="combien de morts ?",
        language="fr",
        found=True,
        sources=(
            SourceAnswer("a/un.pdf", "Le bilan", date(2024, 5, 1), (first, second), claim, "L’Écho", sureness=0.95),
            SourceAnswer("<b>.html", f"Titre {HOSTILE}", None, (third,), None),
        ),
        silent=("muet.txt",),
        agreement="single",
        groups=(Group("au moins 600", ("a/un.pdf",), date(2024, 5, 1)),),
        summary="Une seule source répond : au moins 600 (1 source).",
    )
