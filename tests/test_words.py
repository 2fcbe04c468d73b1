"""The words of the interface: whole in every language, used by the code, and a new language is one more file."""

import ast
import re
import shutil
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from parsed import Parsed

from ui.page import show_conversation, show_empty_panel, show_welcome
from ui.web.look import read_script, read_style, show_header
from ui.words import catalogue
from ui.words.catalogue import (
    choose_language,
    list_languages,
    print_day,
    print_language,
    print_number,
    read_words,
)

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "ui"


def messages(language):
    with open(catalogue.FOLDER / f"{language}.po", encoding="utf-8") as file:
        read = read_po(file, locale=language, abort_invalid=True)
    assert not read.obsolete
    return {(one.id[0] if one.pluralizable else one.id): one for one in read if one.id}, read.num_plurals


def forms(message):
    return message.string if message.pluralizable else (message.string,)


def gaps(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_languages_are_the_files_that_lie_there():
    assert list_languages() == ("fr", "en")


def test_every_language_has_the_same_messages_and_each_is_written():
    kinds = {}
    for language in list_languages():
        known, plurals = messages(language)
        kinds[language] = {name: message.pluralizable for name, message in known.items()}
        for name, message in known.items():
            assert not message.fuzzy, name
            assert len(forms(message)) == (plurals if message.pluralizable else 1), name
            assert all(text.strip() for text in forms(message)), name
    assert kinds["fr"] == kinds["en"]
    assert len(kinds["fr"]) > 100


def test_the_gaps_of_a_message_are_the_same_in_every_language_and_form():
    first, _ = messages("fr")
    for language in list_languages():
        for name, message in messages(language)[0].items():
            for text in forms(message):
                assert gaps(text) == gaps(forms(first[name])[0]), (language, name)
                assert not message.pluralizable or gaps(text) == {"count"}, name


def asked_for(tree):
    """The messages that a file asks for by name: words["send"], words.count("held", 3), translate("send")."""
    holders = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for targets, values in [(node.targets[0], node.value)]
        for target, value in (
            zip(targets.elts, values.elts, strict=False)
            if isinstance(targets, ast.Tuple) and isinstance(values, ast.Tuple)
            else [(targets, values)]
        )
        if isinstance(target, ast.Name) and is_words(value)
    }
    for node in ast.walk(tree):
        holder = None
        if isinstance(node, ast.Subscript):
            holder, name = node.value, node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "count":
            holder, name = node.func.value, node.args[0]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translate":
            holder, name = node, node.args[0]
        known = isinstance(holder, ast.Name) and holder.id in holders
        if (known or is_words(holder) or holder is node) and isinstance(name, ast.Constant):
            yield name.value


def is_words(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "read_words"


def test_no_message_is_missing_and_none_is_there_for_nothing():
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in sorted(UI.rglob("*.py"))]
    known = set(messages("fr")[0])
    asked = {name for tree in trees for name in asked_for(tree)}
    assert len(asked) > 60
    assert asked - known == set()
    written = {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in known
    }
    assert known - written == set()


def test_no_other_file_of_the_interface_knows_a_language_by_its_code():
    for file in sorted(set(UI.rglob("*.py")) - {UI / "words" / "catalogue.py"}):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            known = isinstance(node, ast.Constant) and node.value in list_languages()
            assert not known, f"{file}:{node.lineno} knows the language {node.value!r}"
    assert not set(re.findall("[\"'](fr|en)\\b", (UI / "web" / "page.js").read_text(encoding="utf-8")))


def test_a_message_that_counts_agrees_with_its_number():
    french, english = read_words("fr"), read_words("en")
    assert [french.count("held", n) for n in (0, 1, 12345)] == [
        "0 article dans le corpus",
        "1 article dans le corpus",
        "12\u202f345 articles dans le corpus",
    ]
    assert [english.count("answering", n) for n in (0, 1, 2)] == [
        "0 sources answer",
        "1 source answers",
        "2 sources answer",
    ]


def test_a_message_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        read_words("fr")["nothing of the kind"]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr", "fr"), ("FR-ca", "fr"), ("fr-CH, en;q=0.8", "fr"), ("en-GB", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_who_speaks_none_of_ours_is_spoken_to_in_english(tag, language):
    assert choose_language(tag) == language
    assert read_words(tag).language == language


def test_numbers_and_languages_are_printed_as_the_language_does():
    assert [print_number(1234567, language) for language in ("en", "fr")] == ["1,234,567", "1\u202f234\u202f567"]
    assert [print_language(code, "fr") for code in ("fr", "en", "de")] == ["Français", "Anglais", "de"]
    assert [print_language(code, "en") for code in ("fr", "en")] == ["French", "English"]


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2024, 5, 1), "1er mai 2024", "1 May 2024"),
        (date(2024, 11, 25), "25 novembre 2024", "25 November 2024"),
        (date(1999, 8, 31), "31 août 1999", "31 August 1999"),
    ],
)
def test_days_are_printed_as_the_language_does(day, french, english):
    assert (print_day(day, "fr"), print_day(day, "en"), print_day(day, "de")) == (french, english, english)


@pytest.fixture
def polish(tmp_path, monkeypatch):
    """A third language: one more file, whose plural has three forms."""
    for file in catalogue.FOLDER.glob("*.po"):
        shutil.copy(file, tmp_path)
    text = (tmp_path / "en.po").read_text(encoding="utf-8")
    rule = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    text = text.replace("nplurals=2; plural=(n != 1);", rule).replace('"Language: en\\n"', '"Language: pl\\n"')
    text = re.sub(r'(msgstr\[1\] "(.*)"\n)', r'\1msgstr[2] "\2"\n', text)
    text = text.replace('[0] "{count} source answers"', '[0] "{count} źródło odpowiada"')
    text = text.replace('[1] "{count} sources answer"', '[1] "{count} źródła odpowiadają"')
    text = text.replace('[2] "{count} sources answer"', '[2] "{count} źródeł odpowiada"')
    text = text.replace('"Ask the corpus a question."', '"Zadaj pytanie korpusowi."')
    text = text.replace('"What each source says, word for word."', '"Co mówi każde źródło, słowo w słowo."')
    (tmp_path / "pl.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    for cached in (catalogue.list_languages, catalogue._read):
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in (catalogue.list_languages, catalogue._read):
        cached.cache_clear()


@pytest.mark.usefixtures("polish")
def test_a_third_language_is_one_more_file(answer):
    assert list_languages() == ("fr", "en", "pl")
    assert read_words("pl-PL")["welcome"] == "Zadaj pytanie korpusowi."
    assert [read_words("pl").count("answering", n) for n in (1, 3, 5)] == [
        "1 źródło odpowiada",
        "3 źródła odpowiadają",
        "5 źródeł odpowiada",
    ]
    assert (
        "2 źródła odpowiadają, 1 undated · 1 source does not answer"
        in Parsed(show_conversation([answer], 0, "pl")).text
    )
    assert "Zadaj pytanie korpusowi." in Parsed(show_welcome("pl")).text
    assert "7 articles in the corpus" in Parsed(show_empty_panel([], 7, "pl")).text
    assert (print_day(date(2024, 5, 2), "pl"), print_language("pl", "fr")) == ("2 maja 2024", "Polonais")
    header = Parsed(show_header())
    assert "Co mówi każde źródło, słowo w słowo." in header.text
    assert "FrançaisEnglishPolski" in header.text
    assert 'html:not([lang="pl"]) .rc-top .rc-pl { display: none; }' in read_style()
    assert '{"languages": ["fr", "en", "pl"], "otherwise": "en"}' in read_script()
