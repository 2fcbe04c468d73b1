"""What is installed: exact versions that fit pyproject.toml, and the build of torch that suits the machine."""

import itertools
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
EXACT = dict(line.split("==") for line in CONSTRAINTS if not line.startswith("#"))

UV = """#!/bin/sh
# Stands in for uv: answers as $OFFERS says, and notes what it was told to install.
case "$*" in
    *--torch-backend=*) backend=${*#*--torch-backend=}; way=${backend%% *} ;;
    *--no-index*) way=local; [ -n "${UV_FIND_LINKS:-}" ] || way=there ;;
    *) way=plain ;;
esac
case "$*" in *" torch") ;; *) way=rest ;; esac
case "$*" in *--dry-run*) ;; *) echo "$way $UV_DEFAULT_INDEX $*" >> "$LOG" ;; esac
case " $OFFERS plain rest " in *" $way "*) exit 0 ;; esac
echo "error: it was tried" >&2
echo "  cause: nobody answers" >&2
exit 1
"""


def required():
    """Return every requirement of the project and its extras but those of `comparison`, which nothing here installs."""
    extras = {name: own for name, own in PROJECT["optional-dependencies"].items() if name != "comparison"}
    named = [*PROJECT["dependencies"], *(text for own in extras.values() for text in own)]
    return [Requirement(text) for text in named if not text.startswith("recoupe[")]


@pytest.mark.parametrize("requirement", required(), ids=str)
def test_a_constraint_is_a_version_in_the_range_of_its_requirement(requirement):
    version = EXACT[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version), f"constraints.txt has {version}: run `make constraints`"


def test_constraints_are_names_and_versions_alone():
    assert CONSTRAINTS[0].startswith("# ")
    assert "every extra but comparison" in CONSTRAINTS[0]
    names = [line for line in CONSTRAINTS if not line.startswith("#")]
    assert [line for line in names if not re.fullmatch(r"[a-z0-9-]+==[0-9]+(\.[a-z0-9]+)*", line)] == []
    assert names == sorted(names, key=lambda line: line.split("==")[0])
    assert len(EXACT) == len(names)


def test_constraints_bind_no_build_of_torch_but_its_version():
    assert [name for name in EXACT if name.startswith(("nvidia-", "cuda-", "triton"))] == []


def test_what_the_tests_need_takes_in_every_extra_but_comparison():
    (own,) = [text for text in PROJECT["optional-dependencies"]["test"] if text.startswith("recoupe[")]
    assert Requirement(own).extras == PROJECT["optional-dependencies"].keys() - {"comparison", "test"}


def test_every_dependency_and_every_extra_has_its_reason():
    lines = PYPROJECT.split("\ndependencies = [\n")[1].split("\n[project.scripts]")[0].splitlines()
    base, extras = lines[: lines.index("]")], lines[lines.index("]") :]
    bare = [line for before, line in zip(["", *base], base, strict=False) if line[4] == '"' and "# " not in before]
    bare += [line for before, line in itertools.pairwise(extras) if " = [" in line and before[:2] != "# "]
    assert bare == []


def installed(tmp_path, offers, environment, settings):
    """Return the ways that .ci/install.sh went where uv can do what `offers` names, with its words on stderr."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").write_text(UV, encoding="utf-8")
    (tmp_path / "bin" / "uv").chmod(0o755)
    (tmp_path / "bin" / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    (tmp_path / "bin" / "python").chmod(0o755)
    (tmp_path / "pip.conf").write_text(settings, encoding="utf-8")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    done = subprocess.run(
        ["sh", ROOT / ".ci" / "install.sh", tmp_path, "test"],
        env={
            **inherited,
            "OFFERS": offers,
            "LOG": str(tmp_path / "log"),
            "PIP_CONFIG_FILE": str(tmp_path / "pip.conf"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert all("--constraints constraints.txt" in line for line in lines)
    assert lines[-1].startswith("rest ")
    assert lines[-1].endswith(" --editable .[test]")
    return [line.split()[0] for line in lines[:-1]], done.stderr


@pytest.mark.parametrize(
    ("offers", "environment", "way", "said"),
    [
        ("there auto", {}, [], ""),
        ("auto cpu", {}, ["auto"], "suits this machine (--torch-backend=auto)"),
        ("cpu", {}, ["cpu"], "suits this machine (--torch-backend=cpu)"),
        ("cu130 auto", {"UV_TORCH_BACKEND": "cu130"}, ["cu130"], "(--torch-backend=cu130)"),
        ("local auto", {"PIP_FIND_LINKS": "a b"}, ["auto"], "(--torch-backend=auto)"),
        ("local", {"PIP_FIND_LINKS": "a b"}, ["local"], "local wheel (UV_FIND_LINKS=a,b)"),
        ("local", {"PIP_FIND_LINKS": "a", "UV_FIND_LINKS": "c"}, ["local"], "local wheel (UV_FIND_LINKS=c)"),
        ("", {"PIP_FIND_LINKS": "a"}, ["local", "plain"], "no torch from its own index: nobody answers"),
        ("", {}, ["plain"], "torch in its plain build"),
    ],
)
def test_torch_comes_in_the_first_build_that_is_to_be_had(tmp_path, offers, environment, way, said):
    ways, told = installed(tmp_path, offers, environment, "")
    assert ways == way
    assert said in told


def test_what_pip_was_told_in_its_own_file_holds_for_uv(tmp_path):
    settings = "[global]\nindex-url = https://mirror.example/simple\nfind-links =\n    a\n    b\n"
    ways, told = installed(tmp_path, "local", {}, settings)
    assert ways == ["local"]
    assert "local wheel (UV_FIND_LINKS=a,b)" in told
    assert " https://mirror.example/simple " in (tmp_path / "log").read_text(encoding="utf-8")


def test_every_folder_of_code_is_installed():
    """An editable install finds what the list of packages forgets; any other does not."""
    listed = set(tomllib.loads(PYPROJECT)["tool"]["setuptools"]["packages"])
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for package in ("index", "qa", "ui")
        for path in (ROOT / package).rglob("__init__.py")
    }
    assert listed - {"index.model", "qa.model", "ui.seeds"} == found


def test_every_file_that_is_not_code_is_installed():
    data = tomllib.loads(PYPROJECT)["tool"]["setuptools"]["package-data"]
    tracked = subprocess.run(
        ["git", "ls-files", "index", "qa", "ui"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    others = [Path(line) for line in tracked.stdout.splitlines() if not line.endswith((".py", ".md"))]
    missing = [
        path
        for path in others
        if not any(
            path.is_relative_to(Path(*package.split("."))) and path.match(pattern.replace("**", "*"))
            for package, patterns in data.items()
            for pattern in patterns
        )
    ]
    assert missing == []
