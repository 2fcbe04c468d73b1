"""What the tests of the page share: the browser, the file of marks, and somebody who visits."""

import pytest
from driving import Visit, chromium


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def marks(tmp_path_factory):
    return tmp_path_factory.mktemp("marks") / "candidates.jsonl"


@pytest.fixture
def visit(browser, server):
    """A function that opens the page for somebody; at the end each of them has sent no request abroad.

    `server` is the module's own.
    """
    visits = []

    def begin(query="", **options):
        visits.append(Visit(browser, server, **options))
        return visits[-1].open(query)

    yield begin
    for one in visits:
        one.close()
