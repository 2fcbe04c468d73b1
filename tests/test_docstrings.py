"""Do the examples in the docstrings give what they say?"""

import doctest
from importlib import import_module

import pytest
from samples import ROOT

EXAMPLES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for room in ("index", "qa", "ui")
    for path in (ROOT / room).rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", EXAMPLES)
def test_examples_give_what_they_say(module):
    told = []
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(verbose=False)
    for example in finder.find(import_module(module), module):
        runner.run(example, out=told.append)
    assert "".join(told) == ""
