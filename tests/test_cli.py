"""The terminal: what it prints, where, and with which exit code."""

import dataclasses
import json
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

from index import Corpus
from index.reading.fields import FIELDS
from ui.cli import cli
from ui.escaping import disarm
from ui.terminal.options import find_seeds
from ui.terminal.text import wrap_text, write_answer
from ui.words.catalogue import print_day
from ui.words.wording import cut_quote

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


def test_no_line_ends_within_a_number():
    said = "Environ 10 000 soldats, 2 700 blessés, 1 250 000 euros et 12 345 voix."
    for width in range(20, 60):
        lines = wrap_text(said, width).split("\n")
        assert " ".join(lines) == said
        assert all(len(line) <= width for line in lines)
        for number in ("10 000", "2 700", "1 250 000", "12 345"):
            assert sum(number in line for line in lines) == 1


def test_an_answer_as_text(answer):
    assert write_answer(answer, width=60).split("\n\n")[0] == "\n".join(
        [
            "L’Écho · Le bilan — 1er mai 2024",
            "  → On compte au moins 600 décès\u00a0…",
            "    au conditionnel · selon le maire",
            "    Le bilan s’alourdit. **On compte au moins 600 décès,",
            "    selon le maire.** Rien d’autre.",
            "    [1] a/un.pdf, p. 3",
            "    **Autre passage.**",
            "    [2] a/un.pdf",
        ]
    )


def test_the_last_lines_say_who_agrees_and_who_is_silent(answer):
    assert write_answer(answer).split("\n\n")[-2:] == [
        "Une seule source répond : au moins 600 (1 source).",
        "Muettes : muet.txt\n",
    ]


def test_a_source_that_is_cut_short_is_said_to_be(answer):
    cut = dataclasses.replace(answer, cut_short=("amorce.html",))
    line = (
        "Lues en partie seulement (texte réservé aux abonnés ou tronqué), sans réponse dans cette partie : amorce.html"
    )
    assert write_answer(cut, width=200).split("\n\n")[-2:] == ["Muettes : muet.txt", line + "\n"]
    assert line in write_answer(dataclasses.replace(cut, found=False), width=200)
    first = dataclasses.replace(answer.sources[0], partial=True)
    text = write_answer(dataclasses.replace(answer, sources=(first, *answer.sources[1:])), width=200)
    assert "selon le maire · article incomplet : la suite n’a pas été lue\n" in text


def test_bold_stands_for_the_stars_on_a_terminal(answer):
    plain, bold = write_answer(answer, width=60), write_answer(answer, width=60, styled=True)
    assert "\x1b" not in plain
    assert "\x1b[1mOn compte au moins 600 décès,\n    selon le maire.\x1b[0m Rien" in bold
    assert "**" not in bold
    assert re.sub("\x1b\\[[01]m", "", bold) == plain.replace("**", "")


def test_hostile_text_reaches_the_terminal_as_letters(answer):
    text = write_answer(answer, width=200)
    assert "Titre <script>alert(1)</script> *gras* $$x$$ [lien](javascript:alert(2)) ␛[2J�" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_what_was_not_found_is_said_before_the_nearest_passages(answer):
    blocks = write_answer(dataclasses.replace(answer, found=False, understood_as="combien de décès ?")).split("\n\n")
    assert blocks[:3] == [
        "Question comprise : combien de décès ?",
        "Rien dans ces sources ne répond à cette question.",
        "Les passages les plus proches, qui n’y répondent pas :",
    ]
    assert "→" not in "".join(blocks)
    assert "Muettes" not in blocks[-1]
    assert "**" not in "".join(blocks)


def test_labels_are_in_the_language_of_the_question(answer):
    english = write_answer(dataclasses.replace(answer, language="en"))
    assert "at least · reported, not vouched for · according to le maire" in english
    assert "— 1 May 2024" in english
    assert english.endswith("\n\nSilent: muet.txt\n")


def test_a_combined_toll_is_labelled(answer):
    partial = tuple(dataclasses.replace(group, partial=True) for group in answer.groups)
    text = write_answer(dataclasses.replace(answer, groups=partial))
    assert "bilan cumulé, qui ne répond qu’en partie · au conditionnel" in text


def test_many_silent_sources_are_counted(answer):
    text = write_answer(dataclasses.replace(answer, silent=tuple(f"{n:02}.txt" for n in range(40))), width=1000)
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
    assert print_day(published, language) == written


@given(st.text())
def test_harmless_text_has_nothing_to_obey(text):
    shown = disarm(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") or unicodedata.bidirectional(c) in
                ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")]  # fmt: skip
    assert disarm(shown) == shown


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60), st.data())
def test_the_pieces_of_a_quote_are_the_quote(quote, data):
    edge = st.integers(0, len(quote))
    start, end = sorted((data.draw(edge), data.draw(edge)))
    from samples import passage_of

    passage = passage_of(1, "a.txt", quote, quote[start:end])
    cut = cut_quote(dataclasses.replace(passage, highlights=((start, end),)), None)
    assert "".join(text for text, _, _ in cut) == disarm(quote)
    assert "".join(text for text, answers, _ in cut if answers) == disarm(quote[start:end])


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


def test_an_empty_question_is_a_usage_error():
    assert CliRunner().invoke(cli, ["ask", "  "]).exit_code == 2


def test_an_index_that_is_not_there_is_one_sentence(tmp_path):
    done = run("ask", "combien ?", "--index", tmp_path / "none")
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode().startswith("Error: ")
    assert len(done.stderr.decode().strip().splitlines()) == 1
    assert str(tmp_path / "none") in done.stderr.decode()


def test_the_bundled_articles_are_found():
    assert sorted(file.name for file in find_seeds().iterdir()) == sorted(
        file.name for file in (ROOT / "seeds").iterdir()
    )


def test_the_articles_in_the_box_are_those_that_were_given(shared):
    for file in (shared / "seeds").iterdir():
        assert (ROOT / "seeds" / file.name).read_bytes() == file.read_bytes()


# Commands that write


@pytest.fixture
def articles(tmp_path, tiny_encoder):
    """A folder of two articles and three files that cannot be read."""
    folder = tmp_path / "articles"
    (folder / "sous").mkdir(parents=True)
    (folder / "bilan.txt").write_text("Le bilan\n\nL’explosion a fait douze morts, selon le maire.", encoding="utf-8")
    (folder / "sous" / "fire.txt").write_text("The fire\n\nThe fire killed nine people.", encoding="utf-8")
    (folder / "copie.txt").write_bytes((folder / "bilan.txt").read_bytes())
    (folder / "vide.txt").write_text("", encoding="utf-8")
    (folder / "casse.pdf").write_bytes(b"%PDF-1.7 cut short")
    return folder


@pytest.fixture
def index(articles, tmp_path):
    invoke("build", articles, tmp_path / "index")
    return tmp_path / "index"


def invoke(*args, code=0, **options):
    """Run the command line in this process and return what came of it."""
    result = CliRunner().invoke(cli, [str(arg) for arg in args], **options)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def listed(index):
    return [document["source"] for document in json.loads(invoke("info", index, "--json").stdout)["documents"]]


def test_build_counts_what_it_read_and_what_it_left(articles, tmp_path):
    result = invoke("build", articles, tmp_path / "index")
    assert re.match(r"2 read, 1 duplicate, 2 skipped \(.+; .+\), in ", result.stdout)
    assert sorted(line.split(":")[0] for line in result.stderr.splitlines()) == [
        "skipped casse.pdf",
        "skipped copie.txt",
        "skipped vide.txt",
    ]
    assert listed(tmp_path / "index") == ["bilan.txt", "sous/fire.txt"]


def test_a_second_build_reads_what_changed(articles, index):
    (articles / "sous" / "fire.txt").unlink()
    (articles / "neuf.md").write_text("# Neuf\n\nUn texte neuf est arrivé ce matin.", encoding="utf-8")
    assert invoke("build", articles, index).stdout.startswith("1 read, 1 unchanged, 1 gone, 1 duplicate, 2 skipped (")
    assert listed(index) == ["bilan.txt", "neuf.md"]


def test_columns_are_named_by_options_taught_by_the_help_and_remembered(tmp_path, tiny_encoder):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_text("id;Corps;Brod;Tiré\n1;Douze morts.;Un.;2023-03-14\n", encoding="utf-8")
    told = invoke("build", tmp_path / "tables", tmp_path / "index").stderr
    columns = "text 'Corps', published 'Tiré'"
    assert told == (
        f"columns of a.csv taken by their names, or by what they hold: {columns}; --column FIELD NAME says otherwise\n"
    )
    named = ("--column", "text", "Brod", "--column", "published", "Tiré")
    assert invoke("build", tmp_path / "tables", tmp_path / "index", *named).stderr == ""
    (document,) = Corpus.open(tmp_path / "index").documents
    assert (document.text, document.published) == ("Un.", date(2023, 3, 14))
    assert "columns: Brod text, Tiré published" in invoke("info", tmp_path / "index").stdout
    assert invoke("build", tmp_path / "tables", tmp_path / "index").stdout.startswith("0 read, 1 unchanged, 0 skipped")
    invoke("build", tmp_path / "tables", tmp_path / "index", "--guess-columns")
    assert [d.text for d in Corpus.open(tmp_path / "index").documents] == ["Douze morts."]
    wrong = invoke("build", tmp_path / "tables", tmp_path / "index", "--column", "text", "Krop", code=1).stderr
    assert "a.csv: no column 'Krop' for the text; its columns are 'id', 'Corps', 'Brod', 'Tiré'" in wrong
    wrong = invoke("add", tmp_path, "--index", tmp_path / "index", "--column", "texte", "Brod", code=2).stderr
    assert "the column 'Brod' cannot be 'texte'; it can be one of text, summary" in " ".join(wrong.split())


def test_the_help_names_every_field_that_a_column_may_be():
    for command in ("build", "add"):
        text = CliRunner().invoke(cli, [command, "--help"], prog_name="recoupe").output
        told = " ".join(text.split("--column FIELD NAME", 1)[1].split("--", 1)[0].split())
        assert set(FIELDS) <= set(re.findall(r"[a-z]+", told))


def index_of(folder):
    (folder / "one").mkdir()
    (folder / "one" / "a.txt").write_text("La crue\n\nLa crue a fait douze morts.", encoding="utf-8")
    invoke("build", folder / "one", folder / "small")
    return folder / "small"


def test_a_folder_with_nothing_to_read_fails(tmp_path, tiny_encoder):
    (tmp_path / "empty").mkdir()
    result = invoke("build", tmp_path / "empty", tmp_path / "index", code=1)
    assert result.stdout == ""
    assert result.stderr.startswith("Error: nothing could be read in ")
    assert "files of these kinds are read: .atom, .csv, .docx, " in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "kinds are read: .atom" in invoke("add", tmp_path / "empty", "--index", index_of(tmp_path), code=1).stderr
    assert "Error: " in invoke("info", tmp_path / "index", code=1).stderr


def test_sources_are_added_and_removed(index, tmp_path):
    (tmp_path / "neuf.md").write_text("# Neuf\n\nUn texte neuf est arrivé ce matin.", encoding="utf-8")
    assert invoke("add", tmp_path / "neuf.md", "--index", index).stdout == f"1 read, 0 skipped, into {index}\n"
    assert listed(index) == ["bilan.txt", "neuf.md", "sous/fire.txt"]
    assert invoke("remove", "bilan.txt", "neuf.md", "--index", index).stdout == f"2 removed from {index}\n"
    assert listed(index) == ["sous/fire.txt"]


def test_removing_what_is_not_there_fails_and_changes_nothing(index):
    result = invoke("remove", "bilan.txt", "absent.txt", "--index", index, code=1)
    assert "absent.txt" in result.stderr
    assert listed(index) == ["bilan.txt", "sous/fire.txt"]


def test_an_index_is_verified(index):
    assert invoke("verify", index).stdout == f"{index} is whole\n"
    largest = max((file for file in index.rglob("*") if file.is_file()), key=lambda file: file.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)
    result = invoke("verify", index, code=1)
    assert result.stdout == ""
    assert largest.name in result.stderr


# Commands that read


def test_search_finds_the_paragraph_that_has_the_words(index):
    [first, *_] = json.loads(invoke("search", "explosion", "--index", index, "--retriever", "bm25", "--json").stdout)
    assert first["paragraph"]["source"] == "bilan.txt"
    assert first["paragraph"]["text"] == "L’explosion a fait douze morts, selon le maire."
    text = invoke("search", "explosion", "--index", index, "--retriever", "bm25", "--k", 1).stdout
    assert text.splitlines()[:2] == ["1. Le bilan", "   L’explosion a fait douze morts, selon le maire."]


def test_several_words_are_one_question(index):
    quoted = invoke("ask", "combien de morts ?", "--index", index, "--json").stdout
    assert invoke("ask", "combien", "de", "morts", "?", "--index", index, "--json").stdout == quoted
    assert json.loads(quoted)["question"] == "combien de morts ?"
    assert invoke("ask", "--index", index, "--", "combien", "de", "morts", "?", "--json", code=0).exit_code == 0
    assert "Missing argument" in invoke("ask", "--index", index, code=2).stderr


@pytest.fixture
def dated(tmp_path, tiny_encoder):
    """An index of three articles: two dated, by two outlets and in two languages, and one undated."""
    folder = tmp_path / "dated"
    folder.mkdir()
    (folder / "a.txt").write_text("La crue\n\nLa crue a fait douze morts.", encoding="utf-8")
    (folder / "b.txt").write_text("The flood\n\nThe flood killed twelve people in the valley.", encoding="utf-8")
    (folder / "c.txt").write_text("Une autre crue\n\nUne autre crue a fait deux morts.", encoding="utf-8")
    (folder / "sources.csv").write_text(
        "source,title,outlet,published\na.txt,La crue,L’Écho,2024-05-01\nb.txt,The flood,The Herald,2024-06-01\n"
        "c.txt,Une autre crue,L’Écho,\n",
        encoding="utf-8",
    )
    invoke("build", folder, tmp_path / "dated-index")
    return tmp_path / "dated-index"


@pytest.mark.parametrize(
    ("options", "asked", "told"),
    [
        ([], "abc", ""),
        (["--source", "b.txt"], "b", ""),
        (["--source", "autre"], "c", ""),
        (["--source", "a.txt", "--source", "FLOOD"], "ab", ""),
        (["--outlet", "echo"], "ac", ""),
        (["--outlet", "echo", "--source", "crue", "--since", "2024-01-01"], "a", "c.txt"),
        (["--since", "2024-05-02"], "b", "c.txt"),
        (["--until", "2024-05-31"], "a", "c.txt"),
        (["--language", "en"], "b", ""),
    ],
)
def test_search_and_ask_take_the_filters_of_the_page(dated, options, asked, told):
    found = invoke("search", "crue", "flood", "morts", "--index", dated, "--json", *options)
    assert {hit["paragraph"]["source"][0] for hit in json.loads(found.stdout)} == set(asked)
    answered = invoke("ask", "combien de morts ?", "--index", dated, "--json", *options)
    answer = json.loads(answered.stdout)
    assert {s["source"][0] for s in answer["sources"]} | {name[0] for name in answer["silent"]} == set(asked)
    assert found.stderr == answered.stderr == (f"not asked, for want of a date: {told}\n" if told else "")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--source", "nowhere"], "no source, title or outlet holds 'nowhere'"),
        (["--outlet", "nowhere"], "no source, title or outlet holds 'nowhere'"),
        (["--outlet", "echo", "--source", "b.txt"], "no source passes all these filters"),
        (["--language", "de"], "no source passes all these filters"),
    ],
)
def test_a_filter_that_lets_nothing_through_says_so(dated, options, told):
    result = invoke("search", "crue", "--index", dated, *options, code=1)
    assert told in result.stderr
    assert result.stdout == ""


def test_a_day_is_written_as_a_day(dated):
    assert (
        "'31/12/2024' does not match" in invoke("ask", "crue", "--since", "31/12/2024", "--index", dated, code=2).stderr
    )


def test_json_has_nothing_that_a_terminal_obeys(tmp_path, tiny_encoder):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("Un titre\n\nDes mots \x9b31m et \u202e retournés ici.", encoding="utf-8")
    invoke("build", tmp_path / "a", tmp_path / "index")
    out = invoke("search", "mots retournés", "--index", tmp_path / "index", "--json").stdout
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)
    assert "retournés ici." in json.loads(out)[0]["paragraph"]["text"]


def test_ask_prints_the_answer_of_the_library_as_json(seeds_corpus):
    from index.records import plain
    from qa.assistant import Assistant

    question = "combien de soldats sont morts ?"
    done = run("ask", question, "--index", seeds_corpus.path, "--json")
    assert done.stderr == b""
    assert json.loads(done.stdout) == json.loads(json.dumps(plain(Assistant(seeds_corpus).ask(question))))


@pytest.mark.parametrize("variables", [{}, {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}])
def test_output_is_utf_8_whatever_the_locale(seeds_index, variables):
    env = {"LC_ALL": "C", "PYTHONIOENCODING": "", **variables}
    done = run("search", "décès confirmés", "--k", 1, "--retriever", "bm25", "--index", seeds_index, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "au moins 600 décès confirmés" in " ".join(done.stdout.decode("utf-8").split())


def test_a_reader_that_leaves_is_no_error(seeds_index):
    command = [sys.executable, "-m", "ui.cli", "info", str(seeds_index), "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        complaints = process.stderr.read()
    assert complaints == b""
    assert process.returncode == 141


def test_chat_keeps_the_conversation_and_ends_with_the_input(seeds_corpus):
    from qa.assistant import Assistant

    questions = ["combien de soldats sont morts ?", "et combien de blessés ?"]
    first = Assistant(seeds_corpus).ask(questions[0])
    second = Assistant(seeds_corpus).ask(questions[1], history=[first])
    assert second.understood_as != questions[1]
    done = run("chat", "--index", seeds_corpus.path, input="\n".join([*questions, "", "jamais lue"]).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == write_answer(first, width=80) + write_answer(second, width=80)


def test_the_usual_index_is_built_from_the_box(tmp_path):
    first = run("search", "sanctions", "--retriever", "bm25", cwd=tmp_path)
    assert first.stderr.decode().startswith("No index at .recoupe: building one from the articles in the box.")
    assert first.returncode == 0
    second = run("search", "sanctions", "--retriever", "bm25", cwd=tmp_path)
    assert (second.stdout, second.stderr) == (first.stdout, b"")


def test_the_evaluation_is_printed(seeds_index, tmp_path):
    gold = {
        "id": "deaths",
        "language": "fr",
        "question": "combien de soldats nord-coréens sont morts ?",
        "answers": [
            {
                "source": "004_b8c0da63dde58ba3.txt",
                "quote": "300 soldats nord-coréens avaient été tués",
                "answer": "300",
                "kind": "number",
                "value": 300,
            }
        ],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    done = run("evaluate", tmp_path / "gold.jsonl", "--index", seeds_index)
    assert done.returncode == 0
    assert re.search(r"^value +1\.000 \(1/1\) +1\.000 \(1/1\)$", done.stdout.decode(), re.MULTILINE)
