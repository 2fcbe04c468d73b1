"""Print the rows of ARCHITECTURE.md's table: each module with the question that its first line asks.

`python tests/architecture.py --write` puts them into the file; `tests/test_architecture.py` compares.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- rooms: written by tests/architecture.py -->\n", "<!-- end of rooms -->\n"


def rooms():
    """Return the table of modules, a part for each package, with each module's first docstring line."""
    lines = []
    for package in ("index", "qa", "ui"):
        lines += [f"### {package}/", "", "| room | question |", "|---|---|"]
        for path in sorted((ROOT / package).rglob("*.py")):
            question = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
            name = path.relative_to(ROOT).as_posix().removesuffix("__init__.py")
            lines.append(f"| `{name}` | {question} |")
        lines.append("")
    return "\n".join(lines)


def main():
    file = ROOT / "ARCHITECTURE.md"
    text = file.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    whole = f"{before}{BEGIN}\n{rooms()}\n{END}{after}"
    if "--write" in sys.argv:
        file.write_text(whole, encoding="utf-8")
    else:
        print(rooms())


if __name__ == "__main__":
    main()
