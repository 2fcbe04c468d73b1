"""The house rules that a machine can check."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import index
import qa
from index import records

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(path for package in ("index", "qa", "ui") for path in (ROOT / package).rglob("*.py"))

FLOORS = [
    ["index.records"],
    ["index.language", "index.lexicon", "index.spellings", "index.encoder", "index.blocks", "index.store",
     "index.report", "index.resume"],
    ["index.reading", "index.paragraphs", "index.facts", "index.lexical", "index.dense", "index.interaction",
     "index.pieces",
     "index.fusion", "index.copies"],
    ["index.splits"],
    ["index.opened"],
    ["index.local"],
    ["index.segment"],
    ["index.generation", "index.search"],
    ["index.snapshot"],
    ["index.cluster"],
    ["index.place"],
    ["index.changing"],
    ["index.corpus"],
    ["index.training"],
    ["qa.logistic", "qa.trees"],
    ["qa.question"],
    ["qa.agreement", "qa.evidence", "qa.reader"],
    ["qa.revision"],
    ["qa.summary"],
    ["qa.match", "qa.senses", "qa.origins", "qa.acronyms"],
    ["qa.fits", "qa.surroundings"],
    ["qa.settings"],
    ["qa.answers"],
    ["qa.findings"],
    ["qa.weighing"],
    ["qa.independence", "qa.claims"],
    ["qa.bearing"],
    ["qa.composition"],
    ["qa.silence"],
    ["qa.assistant", "qa.events", "qa.matters"],
    ["qa.evaluation", "qa.training", "qa.fitting", "qa.fact_fitting", "qa.kind_fitting", "qa.stance_fitting",
     "qa.dependence_fitting"],
    ["ui"],
]  # fmt: skip
"""From the ground up; a room imports from lower floors, and from its own floor; inside a room there are no cycles."""


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor_of(module):
    for number, names in enumerate(FLOORS):
        if any(module == name or module.startswith(name + ".") for name in names):
            return number
    raise AssertionError(f"{module} stands on no floor: give it one in FLOORS")


def imports(path):
    """Yield the modules of this house that a file imports when it runs; those for types alone do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                file = ROOT / Path(*whole.split("."))
                yield whole if file.is_dir() or file.with_suffix(".py").is_file() else node.module


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.parent.name not in ("index", "qa", "ui") or p.stem != "__init__"]
)
def test_the_import_law(path):
    module = name_of(path)
    for imported in imports(path):
        if imported.split(".")[0] in ("index", "qa", "ui") and imported not in ("index", "qa", "ui"):
            assert floor_of(imported) <= floor_of(module), f"{module} imports {imported} from a higher floor"


def test_there_are_no_cycles():
    """A file is a module of its own, inside a folder too; importing a folder is importing its `__init__`."""
    graph = {name_of(path): {i for i in imports(path)} for path in MODULES}
    done, path = set(), []

    def visit(module):
        assert module not in path, f"cycle: {' -> '.join([*path[path.index(module) :], module])}"
        if module not in done:
            path.append(module)
            for imported in sorted(graph[module] & (graph.keys() - {module})):
                visit(imported)
            done.add(path.pop())

    for module in sorted(graph):
        visit(module)


def test_facts_know_no_question():
    for path in MODULES:
        if name_of(path).startswith("index.facts"):
            assert not [i for i in imports(path) if i.startswith(("qa", "index.search", "index.local"))], path


def test_gradio_is_imported_by_the_page_and_its_server_alone():
    users = {name_of(p) for p in MODULES if any(i.split(".")[0] == "gradio" for i in imports(p))}
    assert {name for name in users if name.split(".")[:2] != ["ui", "web"]} == {"ui.server.application"}
    assert not {"ui.web.history", "ui.web.visit", "ui.web.views"} & users  # what the page makes of a visit needs none


def test_index_and_qa_neither_print_nor_read_argv():
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.relative_to(ROOT).parts[0] == "ui" or "training" in path.parts or path.stem == "fitting":
            continue
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            argv = isinstance(node, ast.Attribute) and node.attr == "argv"
            assert not called, f"{path}:{node.lineno} prints"
            assert not argv, f"{path}:{node.lineno} reads argv"


def test_no_pickle_and_every_open_names_its_encoding():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names = [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
                assert not any(name.split(".")[0] in ("pickle", "joblib", "shelve") for name in names), path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
                mode = [a.value for a in node.args[1:2] if isinstance(a, ast.Constant)]
                words = {keyword.arg for keyword in node.keywords}
                assert (mode and "b" in mode[0]) or "encoding" in words, f"{path}:{node.lineno}"
            if isinstance(node, ast.keyword) and node.arg in ("allow_pickle", "trust_remote_code"):
                assert isinstance(node.value, ast.Constant), path
                assert node.value.value is False, path


def test_no_broad_except_swallows():
    # The child processes that parse untrusted files and read texts answer with the reason, which their parents tell.
    for path in sorted(set(MODULES) - {ROOT / "index/reading/child.py", ROOT / "index/facts/child.py"}):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                broad = node.type is None or (
                    isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
                )
                raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
                assert not broad or raises, f"{path}:{node.lineno} swallows every error"


def test_what_the_packages_export():
    for package in (index, qa):
        assert all(getattr(package, name).__name__ == name for name in package.__all__)
    errors = {n for n, v in vars(records).items() if isinstance(v, type) and issubclass(v, records.CorpusError)}
    assert errors | {"Corpus", "Document", "Paragraph", "Hit", "Fact", "Span"} <= set(index.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        index.nothing  # noqa: B018
    nouns = {
        "Answer",
        "Citation",
        "Event",
        "Group",
        "Looked",
        "Matter",
        "Origin",
        "Passage",
        "Question",
        "Silence",
        "SourceAnswer",
        "StaleGold",
        "Statement",
    }
    assert nouns | {"Assistant", "compare", "evaluate", "read_gold", "read_question"} == set(qa.__all__)


def test_importing_the_packages_loads_nothing_heavy():
    heavy = ["torch", "faiss", "gradio", "ir_measures", "matplotlib"]
    code = f"import sys, index, qa, index.records; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_of_the_seeds_stands_in_the_code():
    """Names that only these five articles would bring: rules must not be tuned to them."""
    seeds = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt"))
    names = {path.name for path in (ROOT / "seeds").glob("*.txt")}
    names |= set(re.findall(r"\b(?:[A-ZÀ-Ý][\w’-]+ )+[A-ZÀ-Ý][\w’-]+\b", seeds))
    # What any table of countries and languages holds is not tuning.
    names -= {
        n for n in names if re.match(r"(La |Les |Le )?(Corée|États|Russie|Maison|Asie|Afrique|En |Au |De |Si |Cet)", n)
    }
    assert "Kim Jong" in " ".join(names)
    for path in MODULES:
        code = path.read_text(encoding="utf-8")
        assert not [name for name in names if len(name) > 6 and name in code], path


MANY = {
    "index.corpus.Corpus.build": "promised: outside programs call it with these names",
    "index.corpus.Corpus.search": "promised: outside programs call it with these names",
    "qa.evaluation.comparison.compare": "a corpus, its gold, the systems, and three everyday options",
    "ui.web.endpoints.Endpoints.ask": "the fields of a request that programs send",
    "ui.web.endpoints.Endpoints.compare": "the fields of a request that programs send",
    "ui.web.endpoints.Endpoints.search": "the fields of a request that programs send",
    "ui.web.asking._connect_queued": "four of them are what gradio connects; the first two are given once",
    "ui.web.look.make_theme": "a table of gradio's colours",
    "ui.web.services.offer_services": "three functions of a dozen lines each, in the scope that they share",
    "index.training.data._pair": "the fields of a line",
    "index.training.distil.train": "the loop of training, told from its first line to its last",
    "index.training.retrieve.train": "the loop of training, told from its first line to its last",
    "index.search.Searcher.search": "what `Corpus.search` promises, handed on",
}
"""Functions of more than five parameters or forty lines, and why."""


def functions(path):
    """Yield the functions of a file with their full names; what stands inside a function belongs to it."""

    def inside(node, name):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                yield from inside(child, f"{name}.{child.name}")
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{name}.{child.name}", child

    yield from inside(ast.parse(path.read_text(encoding="utf-8")), name_of(path))


def is_command(function):
    """Whether a function is a command of the terminal, whose parameters are its options."""
    return any("option" in ast.dump(d) or "argument" in ast.dump(d) for d in function.decorator_list)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short_and_take_few_parameters(path):
    for name, function in functions(path):
        arguments = function.args
        taken = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        count = len([a for a in taken if a not in ("self", "cls")])
        lines = function.end_lineno - function.lineno + 1
        excused = name in MANY or is_command(function)
        assert excused or (count <= 5 and lines <= 40), f"{name}: {count} parameters, {lines} lines"


def test_the_exceptions_are_needed():
    known = {name for path in MODULES for name, _ in functions(path)}
    assert set(MANY) <= known


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_short(path):
    """A module of more than 300 lines answers more than one question."""
    assert path.read_text(encoding="utf-8").count("\n") <= 300
