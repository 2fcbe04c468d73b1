"""ARCHITECTURE.md shows every room, with the question that its first line asks."""

import re

from architecture import BEGIN, END, ROOT, rooms

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_the_table_is_that_of_the_modules():
    assert TEXT.split(BEGIN)[1].split(END)[0].strip() == rooms().strip(), "run: python tests/architecture.py --write"


def test_every_module_asks_a_question():
    asked = dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", rooms(), re.MULTILINE))
    assert [room for room, question in asked.items() if "?" not in question] == []


def test_every_room_that_is_named_stands():
    named = re.findall(r"`((?:index|qa|ui|tests)/[\w./]*)`", TEXT)
    assert [name for name in named if not (ROOT / name).exists()] == []
