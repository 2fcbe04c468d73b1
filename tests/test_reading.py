"""Reading: each format and encoding, titles and dates, `sources.csv`, and files that are broken, hostile or huge."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import sys
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import write_pdf
from pypdf import PdfReader, PdfWriter

from index import reading
from index.paragraphs import split
from index.reading.articles import documents_of, own_digest, sources_of, unchanged
from index.reading.child import Parser
from index.reading.contents import Extract
from index.reading.decoding import decode, normalise
from index.reading.headers import header_of, title_of
from index.reading.walking import source_name
from index.records import Document, Skipped, UnreadableFile
from index.report import ignored_text

BODY = "Le maire a inauguré mardi le nouveau pont, qui a coûté 42 millions d'euros et deux ans de travaux à la ville."
BRIDGE = "Lormeaux a son pont. The bridge opened on Monday, after ten years of works."


def one(tmp_path: Path, name: str, data: bytes | str) -> Document:
    """Return the document that a file with these bytes makes."""
    path = tmp_path / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    (document,) = reading.read_file(path, name)
    return document


def several(tmp_path: Path, name: str, data: bytes | str) -> list[Document]:
    """Return the documents that a file with these bytes makes."""
    path = tmp_path / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return reading.read_file(path, name)


def reason(tmp_path: Path, name: str, data: bytes | str) -> str:
    """Return why a file with these bytes is not read."""
    with pytest.raises(UnreadableFile) as caught:
        several(tmp_path, name, data)
    return str(caught.value)


# --- encodings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Décès : 12 à Nîmes", "été", "«\u00a0Où ça\u00a0?\u00a0» L’œuvre coûte 3 €…", BODY * 3]
)
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("cp1252", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
def test_encodings_are_decoded_right_even_of_short_texts(text: str, encoding: str, mark: bytes) -> None:
    assert decode(mark + text.encode(encoding)) == text


def test_utf16_without_a_mark_and_text_cut_in_mid_character():
    assert decode("La ville de Nîmes".encode("utf-16-le")) == "La ville de Nîmes"
    assert decode("La ville de Nîmes".encode("utf-16-be")) == "La ville de Nîmes"
    assert decode("Décès à Nîmes, été".encode()[:-1]) == "Décès à Nîmes, ét\ufffd"


def test_lines_in_two_encodings_are_each_read_in_their_own():
    text = "La ville de Nîmes a été évacuée.\nLe déficit s'élève à 3 €.\nFin\n"
    first, second, *rest = text.encode("utf-8").split(b"\n")
    for number in (0, 1):
        lines = [first, second, *rest]
        lines[number] = text.split("\n")[number].encode("cp1252")
        assert decode(b"\n".join(lines)) == text


def test_other_alphabets_are_guessed():
    text = "Вооружённые силы сообщили в понедельник о новых потерях на границе, передаёт агентство новостей. " * 5
    assert decode(text.encode("cp1251")) == text


WORDS = ["été", "à", "Nîmes", "« ça »", "L’œuvre", "3 €", "où ?", "déjà…", "12,5 %", "“Oui”", "and", "\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_law_western_text_survives_both_encodings(text: str) -> None:
    assert decode(text.encode("utf-8")) == text
    assert decode(text.encode("cp1252")) == text


def test_bytes_that_are_right_in_utf8_by_chance_do_not_make_a_text_utf8():
    text = "«\u00a0C'est l'été\u00a0», dit-on déjà à Nîmes."
    assert "été\u00a0»".encode("cp1252")[2:].decode("utf-8") == "\u983b"
    assert decode(text.encode("cp1252")) == text


@given(st.text(max_size=80))
def test_law_normalised_is_stable_composed_and_encodable(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once == unicodedata.normalize("NFC", once)
    once.encode("utf-8")
    assert not set(once) & {"\x00", "\r", "\u2028", "\ufeff", "\u202e"}


def test_text_is_composed_and_its_lines_end_one_way(tmp_path: Path) -> None:
    read = one(tmp_path, "a.txt", "De\u0301ce\u0300s\r\n\x00300 morts\rFin\u2028Oui\u202e")
    assert read.text == "Décès\n300 morts\nFin\nOui"
    surrogates = b"Un \xed\xa0\xbd\xed\xb8\x80 et \xed\xa0\x80 seul"
    assert one(tmp_path, "b.txt", surrogates).text == "Un \U0001f600 et \ufffd seul"


# --- formats --------------------------------------------------------------------------------------------------------


def test_text_file(tmp_path: Path) -> None:
    data = f"Un pont pour Lormeaux\n\nPublié le 3 mars 2023\n\n{BODY}\n"
    assert one(tmp_path, "a.txt", data) == Document(
        source="a.txt",
        title="Un pont pour Lormeaux",
        text=data,
        language="fr",
        published=date(2023, 3, 3),
        digest=hashlib.sha256(data.encode()).hexdigest(),
    )


def test_markdown_file(tmp_path: Path) -> None:
    read = one(
        tmp_path,
        "a.md",
        '---\ntitle: "Un *pont* pour Lormeaux"\ndate: 2023-03-04\nurl: https://exemple.fr/pont\n---\n'
        "# Un pont pour Lormeaux\n\nLe **maire** a [inauguré](http://x.y) le pont\nde la ville. ![photo](p.png)\n\n"
        "## Le prix\n\n- 42 millions\n- *deux* ans\n\n| Année | Prix |\n|---|---|\n| 2023 | 42 |\n",
    )
    assert (read.title, read.published, read.url) == (
        "Un pont pour Lormeaux", date(2023, 3, 4), "https://exemple.fr/pont",
    )  # fmt: skip
    assert read.text == (
        "# Un pont pour Lormeaux\n\nLe maire a inauguré le pont\nde la ville.\n\n"
        "## Le prix\n\n- 42 millions\n\n- deux ans\n\nAnnée: 2023 | Prix: 42"
    )


PAGE = f"""<!DOCTYPE html><html lang="fr"><head><meta charset="iso-8859-1"><title>Un pont pour Lormeaux - La
Gazette</title><meta property="article:published_time" content="2024-11-25T10:00:00+01:00">
<meta property="og:site_name" content="La Gazette">
<meta property="og:title" content="Un pont pour Lormeaux"></head><body>
<nav><a href="/">Accueil</a> <a href="/monde">Monde</a></nav><article><h1>Un pont pour Lormeaux</h1>
<p>{BODY}</p><h2>Un ouvrage attendu</h2><p>Les riverains, eux, <b>réclamaient</b> cet <a href="/o">ouvrage</a> depuis
le 3 avril 1998, ont-ils dit.</p><ul><li>Il est gratuit</li><li>Il est ouvert</li></ul>
<table><tr><th>Morts</th><td>0</td></tr><tr><th>Blessés</th><td>3</td></tr></table></article>
<footer><p>Tous droits réservés</p></footer><script>var x = "secret";</script></body></html>"""


def test_html_page_in_a_declared_encoding(tmp_path: Path) -> None:
    read = one(tmp_path, "a.html", PAGE.encode("latin-1"))
    assert (read.title, read.published, read.outlet, read.language) == (
        "Un pont pour Lormeaux", date(2024, 11, 25), "La Gazette", "fr",
    )  # fmt: skip
    assert read.text == (
        f"# Un pont pour Lormeaux\n\n{BODY}\n\n## Un ouvrage attendu\n\n"
        "Les riverains, eux, réclamaient cet ouvrage depuis le 3 avril 1998, ont-ils dit.\n\n"
        "- Il est gratuit\n\n- Il est ouvert\n\nMorts | 0\nBlessés | 3"
    )


def test_html_that_holds_no_article_gives_all_its_text(tmp_path: Path) -> None:
    assert one(tmp_path, "a.htm", "<p>Douze &eacute;lus.<script>x()</script><p>Un absent.").text == (
        "Douze élus.\n\nUn absent."
    )
    deep = "<div>" * 50_000 + "Douze élus." + "</div>" * 50_000
    assert one(tmp_path, "b.html", deep).text == "Douze élus."


def pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF with these lines on its pages."""
    shown = (" ".join(f"({line}) Tj T*" for line in lines) for lines in pages)
    return write_pdf([f"BT /F1 10 Tf 14 TL 50 800 Td {lines} ET" for lines in shown], 595, 842)


PAGES = [
    ["La Gazette", "Un pont pour Lormeaux", "", "Publié le 3 mars 2023", "",
     "Le maire de la ville a inauguré mardi le nouveau pont, dont les tra-",
     "vaux, commencés en 2021, ont coûté 42 millions d'euros à la région", "et à l'État.", "1"],
    ["La Gazette", "Les riverains, eux, réclamaient cet ouvrage depuis 1998, et ils ont fait la",
     "fête toute la nuit sous la pluie, avec des marins sud-", "coréens de passage, selon le", "2"],
    ["La Gazette", "journal de la région.", "3"],
]  # fmt: skip


def test_pdf_pages_are_joined_and_their_starts_kept(tmp_path: Path) -> None:
    read = one(tmp_path, "a.pdf", pdf(PAGES))
    assert (read.title, read.published, read.language) == ("Un pont pour Lormeaux", date(2023, 3, 3), "fr")
    first = (
        "Le maire de la ville a inauguré mardi le nouveau pont, dont les travaux,\n"
        "commencés en 2021, ont coûté 42 millions d'euros à la région\net à l'État."
    )
    second = (
        "Les riverains, eux, réclamaient cet ouvrage depuis 1998, et ils ont fait la\n"
        "fête toute la nuit sous la pluie, avec des marins sud-coréens\nde passage, selon le\njournal de la région."
    )
    blocks = split(read.text, language="fr", title=read.title)
    assert [read.text[b.start : b.end] for b in blocks] == [first, second]
    assert [read.text[start : start + 8] for start in read.pages] == ["Un pont ", "Les rive", "journal "]


def test_pdf_that_cannot_be_read(tmp_path: Path) -> None:
    whole = pdf(PAGES)
    assert reason(tmp_path, "cut.pdf", whole[:-600]).startswith("truncated")
    assert reason(tmp_path, "not.pdf", "Un texte.") == "not a PDF, whatever its name says"
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(whole)))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert reason(tmp_path, "locked.pdf", locked.getvalue()).startswith("encrypted")
    broken = whole.replace(b"/Count 3", b"/Count X").replace(b"/Kids", b"/Kidz")
    assert reason(tmp_path, "broken.pdf", broken)


def word(*, text: str = BODY) -> bytes:
    """Return a Word file with a title, a heading, a bullet and a table."""
    document = docx.Document()
    document.add_heading("Un pont pour Lormeaux", 0)
    document.add_paragraph(text)
    document.add_heading("Le prix", 1)
    document.add_paragraph("42 millions", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, value in zip((c for row in table.rows for c in row.cells), ["Morts", "0", "Blessés", "3"], strict=True):
        cell.text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def test_word_file(tmp_path: Path) -> None:
    read = one(tmp_path, "a.docx", word())
    assert (read.title, read.published) == ("Un pont pour Lormeaux", None)
    assert read.text == (f"# Un pont pour Lormeaux\n\n{BODY}\n\n## Le prix\n\n- 42 millions\n\nMorts | 0\nBlessés | 3")


def test_word_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert reason(tmp_path, "cut.docx", word()[:5000]).startswith("truncated, encrypted or damaged")
    assert reason(tmp_path, "old.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600).startswith("encrypted, or in the format")
    assert reason(tmp_path, "zip.docx", archive({"a.txt": b"x"})) == "not a Word file, whatever its name says"
    bomb = archive({"word/document.xml": b"<a>" + b"x" * 60_000_000})
    assert len(bomb) < 100_000
    assert reason(tmp_path, "bomb.docx", bomb).startswith("over-large: it unpacks to 60,000,003 bytes")
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'
    assert reason(tmp_path, "laugh.docx", archive({"word/document.xml": laughs})).startswith(
        "its XML declares entities"
    )
    assert reason(tmp_path, "empty.docx", archive({"word/document.xml": b"<a/>"})).startswith("damaged Word file")


# --- titles and dates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Table of Contents\nUn pont pour Lormeaux\n{BODY}", "Un pont pour Lormeaux"),
        (f"lundi, novembre 25, 2024\n\nUn pont pour Lormeaux\n\n{BODY}", "Un pont pour Lormeaux"),
        (f"- Publicité -\nInternational\nPar Anne Martin\nUn pont pour Lormeaux\n{BODY}", "Un pont pour Lormeaux"),
        (f"Principaux points\n- Le pont ouvre\n- Il coûte cher\n\n{BODY}\n\nUn ouvrage attendu\n\n{BODY}", ""),
        (f"{BODY}\n\nUn ouvrage attendu\n\n{BODY}", ""),
        (f"Title: A bridge at last\n\n{BODY}", "A bridge at last"),
        (f"# Lormeaux\n\n{BODY}", "Lormeaux"),
        ("Combien coûte un pont ?\n" + BODY, "Combien coûte un pont ?"),
        ("x" * 5000, ""),
        ("", ""),
        # A paper stands alone above the day and the title: the text repeats words of the title alone.
        (f"THE NORTHERN LEDGER\n21 May 2025\n\nA bridge for Lormeaux\n\n{BRIDGE}", "A bridge for Lormeaux"),
        (f"La Gazette des Monts\n12 mars 2023\nUn pont pour Lormeaux\n{BRIDGE}", "Un pont pour Lormeaux"),
        (f"LORMEAUX INAUGURE ENFIN\n12 mars 2023\nUn pont très attendu\n{BRIDGE}", "LORMEAUX INAUGURE ENFIN"),
        (f"La Gazette des Monts\nUn pont pour Lormeaux\n{BRIDGE}", "La Gazette des Monts"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert title_of(text) == title


def test_the_paper_above_the_day_and_the_title_is_the_outlet():
    header = header_of(f"The Northern Ledger\n21 May 2025\n\nA bridge for Lormeaux\n\n{BRIDGE}", "en")
    assert (header.outlet, header.published) == ("The Northern Ledger", date(2025, 5, 21))


@pytest.mark.parametrize(
    ("text", "day", "outlet"),
    [
        (
            "Procès de Jean Roy, mardi 14 mars 2023\n\nLe procès de Jean Roy s’ouvre lundi. Il encourt dix ans.",
            None,
            "",
        ),
        ("Le Monde, mardi 14 mars 2023\n\nLe procès de Jean Roy s’ouvre lundi.", date(2023, 3, 14), "Le Monde"),
    ],
)
def test_the_day_of_what_a_first_line_is_about_is_not_that_of_the_article(text, day, outlet):
    header = header_of(text, "fr")
    assert (header.published, header.outlet) == (day, outlet)


def test_without_a_title_the_stem_of_the_file_is_one(tmp_path: Path) -> None:
    assert one(tmp_path, "pont-2023.txt", BODY).title == "pont-2023"


@pytest.mark.parametrize(
    ("lines", "language", "day"),
    [
        (["lundi, novembre 25, 2024", BODY], "fr", date(2024, 11, 25)),
        ([BODY, "Mise à jour le 23/10/24, 10:07 ET : Cet article a été actualisé."], "fr", date(2024, 10, 23)),
        (["Publié le 3 mars 2023", BODY, "Mise à jour le 5 mars 2023"], "fr", date(2023, 3, 3)),
        # The dateline of a page is that of the day it was saved where the article was updated before.
        (["lundi, novembre 25, 2024", BODY, "Mise à jour le 23/10/24"], "fr", date(2024, 10, 23)),
        (["23 octobre 2024", BODY, "Mise à jour le 25/11/24"], "fr", date(2024, 10, 23)),
        (["Titre", "03/04/23", BODY], "fr", date(2023, 4, 3)),
        (["Title", "03/04/23", BODY], "en", date(2023, 3, 4)),
        (["Titre", f"{BODY} Publié le 3 mars 2023, le livre est un succès.", BODY], "fr", None),
        ([BODY] * 30 + ["25 novembre 2024"], "fr", None),
        ([f"Publié le 3 mars 2023 à 10 h 30 {BODY}"], "fr", date(2023, 3, 3)),
    ],
)
def test_dates_of_publication(lines: list[str], language: str, day: date | None) -> None:
    assert header_of("\n\n".join(lines), language).published == day


def test_languages_of_documents(tmp_path: Path) -> None:
    texts = {
        "fr": BODY,
        "en": "The mayor opened the new bridge on Tuesday; it cost 42 million euros and took two years of work.",
        "es": "El alcalde inauguró el martes el nuevo puente, que costó 42 millones y dos años de obras.",
        "de": "Der Bürgermeister eröffnete am Dienstag die neue Brücke, die 42 Millionen kostete.",
    }
    assert {code: one(tmp_path, f"{code}.txt", text).language for code, text in texts.items()} == {c: c for c in texts}


# --- folders --------------------------------------------------------------------------------------------------------


def write(folder: Path, files: dict[str, bytes | str]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)


def test_a_folder_is_read_recursively_in_the_order_of_its_sources(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "b.txt": "Deux mots ici.", "a/z.TXT": "Trois mots là.", "a/copy.txt": "Deux mots ici.", ".hidden.txt": "x",
            ".git/c.txt": "x", "photo.jpg": b"x", "data.xls": "x", "empty.txt": b"", "blank.txt": " \n\n",
            "b.bin.txt": bytes(range(256)) * 9,
            "pic.txt": b"\x89PNG\r\n\x1a\n" + b"a" * 100, "large.txt": "Long. " * 100,
        },
    )  # fmt: skip
    calls: list[tuple[int, int]] = []
    read = reading.read_folder(tmp_path, max_bytes=500, progress=lambda *done: calls.append(done))
    assert [d.source for d in read.documents] == ["a/copy.txt", "a/z.TXT"]
    assert read.duplicates == (("b.txt", "a/copy.txt"),)
    assert read.skipped == (
        Skipped("b.bin.txt", "over-large: 2,304 bytes; the limit is 500"),
        Skipped("blank.txt", "empty: it holds no text"),
        Skipped("empty.txt", "empty: no bytes"),
        Skipped("large.txt", "over-large: 600 bytes; the limit is 500"),
        Skipped("pic.txt", "binary: it is a PNG picture, whatever its name says"),
    )
    assert read.ignored == {".jpg": 1, ".xls": 1}
    assert calls == [(n, 8) for n in range(1, 9)]
    assert [source for source, _ in reading.files(tmp_path)] == sorted(
        ["a/copy.txt", "a/z.TXT", "b.bin.txt", "b.txt", "blank.txt", "empty.txt", "large.txt", "pic.txt"]
    )
    assert reason(tmp_path, "b.bin.txt", bytes(range(256)) * 9) == "binary: it holds no text"


def test_what_is_of_other_kinds_is_counted_and_what_belongs_to_a_page_is_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "une.html": PAGE.encode("latin-1"), "une_files/pub.html": "<p>Douze publicités.</p>", "une_files/a.js": "x",
            "deux_fichiers/note.txt": "Un mot qui compte.", "a/Lettre": "La lettre du préfet, datée de mardi.",
            "a/programme": b"\x7fELF" + bytes(200), "vieux.doc": b"\xd0\xcf\x11\xe0" + bytes(99), "b.xls": b"x",
            "c.XLS": b"x", ".cache/d.xls": b"x",
        },
    )  # fmt: skip
    read = reading.read_folder(tmp_path)
    assert [d.source for d in read.documents] == ["a/Lettre", "deux_fichiers/note.txt", "une.html"]
    assert read.ignored == {".doc": 1, ".xls": 2, "no suffix": 1}
    assert ignored_text(read.ignored) == "4 files of other kinds were not read: .doc 1, .xls 2, no suffix 1"
    assert ignored_text({".doc": 1}) == "1 file of another kind was not read: .doc 1"
    assert ignored_text({}) == ""


def test_the_articles_of_a_file_keep_their_numbers_when_it_grows() -> None:
    first, second, third = (Extract(f"Le pont numéro {n} a ouvert.", title=f"Pont {n}") for n in "123")
    alone = documents_of("a.html", "f0", [first], {})
    assert [(d.source, d.digest) for d in alone] == [("a.html", "f0")]
    before = documents_of("a.csv", "f1", [first, second], {})
    assert [(d.source, d.title) for d in before] == [("a.csv#1", "Pont 1"), ("a.csv#2", "Pont 2")]
    known = {d.source: d.digest for d in before}
    assert unchanged("a.csv", "f1", known) == ("a.csv#1", "a.csv#2")
    assert unchanged("a.csv", "f2", known) == unchanged("a.csv", "f1", {"a.csv#1": known["a.csv#1"]}) == ()
    for grown, numbers in (([first, second, third], [1, 2, 3]), ([third, first, second], [3, 1, 2])):
        after = documents_of("a.csv", "f2", grown, known)
        assert [int(d.source.partition("#")[2]) for d in after] == numbers
        assert {d.source for d in after if own_digest(d.digest) == own_digest(known.get(d.source, ""))} == set(known)
    alone = documents_of("a.csv", "f0", [first], {})
    known = {d.source: d.digest for d in alone}
    assert (list(known), unchanged("a.csv", "f0", known)) == (["a.csv"], ("a.csv",))
    after = documents_of("a.csv", "f1", [third, first, second], known)
    assert [(d.source, d.title) for d in after] == [("a.csv#1", "Pont 3"), ("a.csv", "Pont 1"), ("a.csv#3", "Pont 2")]
    assert sources_of("a.csv", {d.source for d in after}) == ["a.csv", "a.csv#1", "a.csv#3"]
    known = {d.source: d.digest for d in before}
    changed = documents_of("a.csv", "f3", [replace(first, text="Le pont a fermé."), second], known)
    assert [d.source for d in changed] == ["a.csv#1", "a.csv#2"]
    inside = documents_of("a.zip", "f", [replace(first, part="x/b.txt"), replace(first, part="c.csv"), second], {})
    assert [d.source for d in inside] == ["a.zip/x/b.txt", "a.zip/c.csv", "a.zip"]
    assert sources_of("a.csv", known) == ["a.csv#1", "a.csv#2"]
    assert sources_of("a.zip", ["a.zip/x/b.txt", "a.zip/c.csv#1", "b.zip/a.txt"]) == ["a.zip/c.csv#1", "a.zip/x/b.txt"]


def test_files_whose_digest_is_known_are_not_read_again(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Un mot ici.", "b.txt": "Deux mots ici."})
    known = {d.source: d.digest for d in reading.read_folder(tmp_path).documents}
    assert known == {name: reading.digest(tmp_path / name) for name in ("a.txt", "b.txt")}
    write(tmp_path, {"b.txt": "Trois mots ici.", "c.txt": "Un mot ici."})
    again = reading.read_folder(tmp_path, known=known)
    assert (again.unchanged, [d.source for d in again.documents]) == (("a.txt",), ["b.txt"])
    assert again.duplicates == (("c.txt", "a.txt"),)
    write(tmp_path, {"sources.csv": "source,outlet\na.txt,La Gazette\n"})
    assert [(d.source, d.outlet) for d in reading.read_folder(tmp_path, known=known).documents] == [
        ("a.txt", "La Gazette"), ("b.txt", ""),
    ]  # fmt: skip


def test_a_single_path_is_read_under_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.txt": "Deux mots ici.", "a/c.xls": "{}"})
    assert [d.source for d in reading.read_path(tmp_path / "a" / "b.txt").documents] == ["b.txt"]
    assert [d.source for d in reading.read_path(tmp_path).documents] == ["a/b.txt"]
    assert reading.read_path(tmp_path / "no.txt").skipped == (Skipped("no.txt", "no such file"),)
    assert reading.read_path(tmp_path / "a" / "c.xls").skipped == (
        Skipped("c.xls", "not a kind of file that is read: .xls"),
    )
    with pytest.raises(UnreadableFile, match="is not a folder"):
        reading.read_folder(tmp_path / "no")


CATALOGUE = "source;title;outlet;published;url\na.txt;Un titre « sûr »;La Gazette;25 novembre 2024;https://exemple.fr\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_sources_csv_wins_and_its_bad_rows_are_reported(tmp_path: Path, encoding: str) -> None:
    rows = CATALOGUE + ";sans source;;;\na.txt;encore;;;\nb.txt;;;31/02/2024;\nz.txt;;;;\n"
    write(tmp_path, {"a.txt": f"Un pont\n\nPublié le 3 mars 2023\n\n{BODY}", "b.txt": "Deux mots ici."})
    (tmp_path / "sources.csv").write_bytes(rows.encode(encoding))
    read = reading.read_folder(tmp_path)
    first, second = read.documents
    assert (first.title, first.outlet, first.published, first.url) == (
        "Un titre « sûr »", "La Gazette", date(2024, 11, 25), "https://exemple.fr",
    )  # fmt: skip
    assert (second.title, second.published, second.outlet) == ("b", None, "")
    assert [s.reason for s in read.skipped if s.source == "sources.csv"] == [
        "row 3: no source",
        "row 4: a second row for a.txt",
        "row 5: no date: '31/02/2024'",
        "names a file that is not there: z.txt",
    ]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b"nom,titre\na,b\n", b'source,title\n"a.txt,' + b"x" * 300_000])
def test_a_broken_sources_csv_is_reported_and_never_fatal(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, {"a.txt": "Deux mots ici.", "sources.csv": data})
    read = reading.read_folder(tmp_path)
    assert [d.source for d in read.documents] == ["a.txt"]
    assert {s.source for s in read.skipped} == {"sources.csv"}


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX systems")
def test_links_and_things_that_are_no_files_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    write(
        tmp_path,
        {"in/a.txt": "Deux mots ici.", "in/.store/d.txt": "Quatre mots sont ici.", "out/secret.txt": "Secret."},
    )
    (inside / "loop").symlink_to(inside)
    (inside / "away").symlink_to(outside)
    (inside / "kept.txt").symlink_to(inside / ".store" / "d.txt")
    (inside / "leak.txt").symlink_to(outside / "secret.txt")
    (inside / "gone.txt").symlink_to(inside / "nothing.txt")
    (inside / "self.txt").symlink_to(inside / "self.txt")
    os.mkfifo(inside / "pipe.txt")
    read = reading.read_folder(inside)
    assert [d.source for d in read.documents] == ["a.txt", "kept.txt"]
    assert [(s.source, s.reason.split(":")[0]) for s in read.skipped] == [
        ("gone.txt", "a link that leads nowhere"),
        ("leak.txt", "a link that leads out of the folder"),
        ("pipe.txt", "not a regular file"),
        ("self.txt", "a link that leads nowhere"),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_cannot_be_shown_are_written_as_escapes(tmp_path: Path) -> None:
    assert source_name("notes#2") == "notes\\x232"  # which is not the second article of "notes"
    for name in (b"two\nlines.txt", b"caf\xe9.txt", "rtl\u202etxt.txt".encode(), b"back\\slash.txt", "né.txt".encode()):
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:
            file.write(b"Deux mots ici, " + name.hex().encode())
    sources = [d.source for d in reading.read_folder(tmp_path).documents]
    assert sources == ["back\\\\slash.txt", "caf\\xe9.txt", "né.txt", "rtl\\u202etxt.txt", "two\\nlines.txt"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_law_two_names_never_become_one_source(one_name: str, other: str) -> None:
    source_name(one_name).encode("utf-8")
    assert source_name(one_name).isprintable() or {"\u200c", "\u200d"} & set(one_name)
    assert (source_name(one_name) == source_name(other)) == (one_name == other)


# --- the child process ----------------------------------------------------------------------------------------------


def test_a_file_that_takes_too_long_is_reported_and_the_next_one_is_read() -> None:
    parser = Parser(seconds=0.001)
    try:
        with pytest.raises(UnreadableFile, match=r"took more than 0\.001 seconds"):
            parser.extract(word(), "docx", max_bytes=10**6)
    finally:
        parser.close()
    parser = Parser()
    try:
        with pytest.raises(UnreadableFile, match="truncated"):
            parser.extract(word()[:300], "docx", max_bytes=10**7)
        assert parser.extract(word(), "docx", max_bytes=10**7).articles[0].text.startswith("# Un pont")
        child = parser._child
        assert child is not None
        child.kill()
        child.wait()
        assert parser.extract(b"# Titre", "markdown", max_bytes=100).articles[0].text == "# Titre"
    finally:
        parser.close()


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf", ".docx"])
def test_random_bytes_never_do_more_than_be_reported(tmp_path: Path, suffix: str) -> None:
    heads = {".pdf": b"%PDF-1.7\n", ".docx": b"PK\x03\x04", ".html": b"<html><p>", ".md": b"---\n", ".txt": b""}
    for seed in range(12):
        data = heads[suffix] * (seed % 2) + b"".join(
            hashlib.sha256(bytes([seed, i])).digest() for i in range(1 + seed * 9)
        )
        path = tmp_path / f"{seed}{suffix}"
        path.write_bytes(data)
        read = reading.read_path(path)
        assert [s.source for s in read.skipped] + [d.source for d in read.documents] == [path.name]
        for document in read.documents:
            document.text.encode("utf-8")
            assert split(document.text, language=document.language, title=document.title)


def test_a_large_file_of_one_line_is_read(tmp_path: Path) -> None:
    read = one(tmp_path, "a.txt", BODY * 20_000)
    assert (len(read.text), read.title, read.language) == (20_000 * len(BODY), "a", "fr")
