"""The terminal: what it prints, where, and with which exit code."""

import dataclasses
import os
import re
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ui.cli import cli
from ui.text import answer_text
from ui.wording import day, harmless, pieces

ROOT = Path(__file__).resolve().parent.parent


def run(*args, env=None, **options):
    """Run the command line in a process of its own, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *map(str, args)],
        cwd=options.pop("cwd", ROOT),
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        capture_output=True,
        timeout=120,
        **options,
    )


# Rendering


def test_an_answer_as_text(answer):
    assert answer_text(answer, width=60).split("\n\n")[0] == "\n".join(
        [
            "L’Écho · Le bilan — 1er mai 2024",
            "  → au moins 600",
            "    décès · au conditionnel · selon le maire",
            "    Le bilan s’alourdit. **On compte au moins 600 décès,",
            "    selon le maire.** Rien d’autre.",
            "    [1] a/un.pdf, p. 3",
            "    **Autre passage.**",
            "    [2] a/un.pdf",
        ]
    )


def test_the_last_lines_say_who_agrees_and_who_is_silent(answer):
    assert answer_text(answer).split("\n\n")[-2:] == ["Une seule source donne une réponse.", "Muettes : muet.txt\n"]


def test_bold_stands_for_the_stars_on_a_terminal(answer):
    plain, bold = answer_text(answer, width=60), answer_text(answer, width=60, styled=True)
    assert "\x1b" not in plain
    assert "\x1b[1mOn compte au moins 600 décès,\n    selon le maire.\x1b[0m Rien" in bold
    assert "**" not in bold
    assert re.sub("\x1b\\[[01]m", "", bold) == plain.replace("**", "")


def test_hostile_text_reaches_the_terminal_as_letters(answer):
    text = answer_text(answer, width=200)
    assert "Titre <script>alert(1)</script> *gras* $$x$$ [lien](javascript:alert(2)) ␛[2J�" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_what_was_not_found_is_said_before_the_nearest_passages(answer):
    blocks = answer_text(dataclasses.replace(answer, found=False, understood_as="combien de décès ?")).split("\n\n")
    assert blocks[:3] == [
        "Question comprise : combien de décès ?",
        "Rien dans ces sources ne répond à cette question.",
        "Les passages les plus proches, qui n’y répondent pas :",
    ]
    assert "→" not in "".join(blocks)
    assert "**" not in "".join(blocks)


def test_labels_are_in_the_language_of_the_question(answer):
    english = answer_text(dataclasses.replace(answer, language="en"))
    assert "décès · at least · reported, not vouched for · according to le maire" in english
    assert "— 1 May 2024" in english
    assert english.endswith("Only one source gives an answer.\n\nSilent: muet.txt\n")


def test_many_silent_sources_are_counted(answer):
    text = answer_text(dataclasses.replace(answer, silent=tuple(f"{n:02}.txt" for n in range(40))), width=1000)
    assert text.endswith("10.txt, 11.txt et 28 autres\n")


@pytest.mark.parametrize(
    ("published", "language", "written"),
    [
        (date(2024, 11, 25), "fr", "25 novembre 2024"),
        (date(2024, 8, 1), "fr", "1er août 2024"),
        (date(2024, 8, 1), "en", "1 August 2024"),
        (date(2024, 12, 31), "de", "31 December 2024"),
    ],
)
def test_dates_are_written_for_the_language(published, language, written):
    assert day(published, language) == written


@given(st.text())
def test_harmless_text_has_nothing_to_obey(text):
    shown = harmless(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") or unicodedata.bidirectional(c) in
                ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")]  # fmt: skip
    assert harmless(shown) == shown


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60), st.data())
def test_the_pieces_of_a_quote_are_the_quote(quote, data):
    edge = st.integers(0, len(quote))
    start, end = sorted((data.draw(edge), data.draw(edge)))
    from conftest import passage_of

    passage = passage_of(1, "a.txt", quote, quote[start:end])
    cut = pieces(dataclasses.replace(passage, highlights=((start, end),)), None)
    assert "".join(text for text, _, _ in cut) == harmless(quote)
    assert "".join(text for text, answers, _ in cut if answers) == harmless(quote[start:end])


# The command line as such


def test_help_is_quick_and_loads_nothing_heavy():
    code = (
        "import sys, ui.cli\n"
        "try: ui.cli.cli(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = ('torch', 'gradio', 'faiss', 'numpy', 'scipy', 'transformers')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.startswith("Usage: ")
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", list(cli.commands))
def test_every_command_has_an_example_and_is_in_the_readme(command):
    text = CliRunner().invoke(cli, [command, "--help"], prog_name="recoupe").output
    assert f"\n    recoupe {command} " in text
    assert f"recoupe {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_commands_that_were_promised():
    assert set(cli.commands) >= set("build ask search chat serve add remove info verify evaluate".split())


def test_usage_errors_exit_with_2():
    done = run("search", "x", "--retriever", "magic")
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"'magic' is not one of 'hybrid', 'bm25', 'dense'" in done.stderr


def test_an_index_that_is_not_there_is_one_sentence(tmp_path):
    done = run("ask", "combien ?", "--index", tmp_path / "none")
    assert done.returncode == 1
    assert done.stdout == b""
    assert len(done.stderr.decode().strip().splitlines()) == 1
    assert done.stderr.decode().startswith("Error: ")
    assert str(tmp_path / "none") in done.stderr.decode()
