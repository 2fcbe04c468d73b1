"""Exports of Europresse in PDF with a column of labels beside each article: wherever it stands, whatever is above."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pdfs import write_pdf
from test_reading import several

from index import Skipped, reading
from index.reading.columns import Piece
from index.reading.databases import articles
from index.reading.europresse_titles import ended_titles

PAPERS = ["Ouest Matin", "L'Union du Bocage et des vallées", "Ouest Matin"]
TITLES = [
    ["Le bac de Tréorvan reprend la", "mer"],
    ["Fromagerie : où loger les nouveaux ?"],
    ["La lande brûle, les pompiers", "manquent d'eau"],
]
BODY = [
    ["Après onze semaines d'arrêt, le bac a", "repris mardi ses rotations.", "La facture atteint 640 000 euros."],
    ["La fromagerie de Plouvin embauche 27", "personnes et cherche des logements.", "L'ancienne école servira."],
    ["Le feu a parcouru 120 hectares entre", "Brasparts et la mer en une nuit.", "Trois maisons ont été évacuées."],
]
REST = ["Le maire attend 12 000 passagers.", "La commune a promis.", "La pluie est annoncée pour jeudi."]
DAYS = [date(2023, 3, 13), date(2023, 3, 14), date(2023, 3, 17)]
WORDS = ["lundi 13 mars 2023", "mardi 14 mars 2023", "vendredi 17 mars 2023"]
FRENCH = ["Nom de la source", "Type de source", "Périodicité", "Couverture géographique", "Provenance"]
ENGLISH = ["Source name", "Source type", "Periodicity", "Geographical coverage", "Origin"]
WANTED = [
    (" ".join(title), paper, day, "\n".join([*body, rest]))
    for title, paper, day, body, rest in zip(TITLES, PAPERS, DAYS, BODY, REST, strict=True)
]


def side(n: int, labels: list[str]) -> list[str]:
    values = [PAPERS[n], "Presse • Presse régionale", "Quotidien", "Régionale", "Brest, Bretagne, France"]
    rights = [
        f"© 2023 {PAPERS[n]}. Tous", "droits réservés. Le présent document", "est protégé par les lois et",
        "conventions internationales.", "Certificat émis le 2 octobre 2023 à", "BIB-DE-LA-BAIE à des fins de",
        "visualisation personnelle.", f"news·{DAYS[n]:%Y%m%d}·OUM·0714-2023{n}",
    ]  # fmt: skip
    return [*itertools.chain(*zip(labels, values, strict=True)), *rights]


HEADS = {
    "section": lambda n: [PAPERS[n], f"Région, {WORDS[n]} 159 mots, p. 7"],
    "two sections": lambda n: [PAPERS[n], f"Édition de Brest, Mer, {WORDS[n]}, p. BREST12"],
    "broken": lambda n: [PAPERS[n], f"Région, {WORDS[n][:-5]}", "2023 159 mots, p. 7"],
    "bare day": lambda n: [PAPERS[n], WORDS[n]],
    "figures": lambda n: [PAPERS[n], f"Mer • {DAYS[n]:%d/%m/%Y} • 159 mots"],
}
LISTS = {
    "leaders": lambda n: [PAPERS[n], WORDS[n][6:].strip(), f"{' '.join(TITLES[n])} ............... {n + 3}"],
    "plain": lambda n: [PAPERS[n], WORDS[n], " ".join(TITLES[n]), str(n + 3)],
    "none": lambda n: [],
}


def export(head: str, listed: str, labels: list[str], place: str) -> list[list[str]]:
    """Return the pages of an export as they are told, each with a running head."""
    running = ["Documents sauvegardés", "europresse", "Lundi 2 octobre 2023 à 14 h 05"]
    pages = [["3 documents", "Par BIB-DE-LA-BAIE"]]
    told = list(itertools.chain(*map(LISTS[listed], range(3))))
    pages += [["Sommaire", *told]] if told else []
    for n in range(3):
        own = [*HEADS[head](n), *TITLES[n], *BODY[n]]
        pages.append([*side(n, labels), *own] if place == "before" else [*own, *side(n, labels)])
        pages.append([REST[n]])
    return [[*running, str(number), *page] for number, page in enumerate(pages, start=1)]


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize("labels", [FRENCH, ENGLISH], ids=["fr", "en"])
@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("head", HEADS)
def test_each_article_stands_apart_from_the_column_beside_it(head: str, listed: str, labels: list[str], place: str):
    made = articles("\n\n".join("\n".join(page) for page in export(head, listed, labels, place)))
    assert made is not None
    read = [(d.title, d.outlet, date.fromisoformat(d.published), d.text.replace("\n\n", "\n")) for d in made.articles]
    assert read == WANTED
    assert made.lost == ()


def drawn(pages: list[list[str]]) -> bytes:
    streams = []
    for page in pages:
        lines = (f"1 0 0 1 60 {780 - 12 * n} Tm ({line.replace('(', '').replace(')', '')}) Tj"
                 for n, line in enumerate(page))  # fmt: skip
        streams.append("BT /F1 9 Tf " + " ".join(lines) + " ET")
    return write_pdf(streams, 600, 800)


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("changed", range(3))
def test_an_article_whose_head_names_its_paper_otherwise_stands_under_its_column(changed: int, listed: str):
    pages = export("section", listed, FRENCH, "before")
    place = len(pages) - 6 + 2 * changed
    at = pages[place].index(HEADS["section"](changed)[1])
    pages[place][at - 1] = "Le Cahier du dimanche"
    made = articles("\n\n".join("\n".join(page) for page in pages))
    assert made is not None
    read = [(d.title, d.outlet, date.fromisoformat(d.published), d.text.replace("\n\n", "\n")) for d in made.articles]
    assert read == WANTED


def placed(left: int, lines: list[str]) -> list[tuple[int, int, str]]:
    return [(760 - 12 * n, left, line) for n, line in enumerate(lines)]


@pytest.mark.parametrize("told", ["column by column", "line by line"])
@pytest.mark.parametrize("x", [(40, 230), (400, 40)], ids=["left", "right"])
def test_the_column_may_stand_left_or_right_of_the_text(tmp_path: Path, x: tuple[int, int], told: str):
    pages = []
    for n in range(3):
        pieces = [*placed(x[0], side(n, FRENCH)), *placed(x[1], [*HEADS["section"](n), *TITLES[n], *BODY[n], REST[n]])]
        pieces = sorted(pieces, key=lambda piece: (-piece[0], piece[1])) if told == "line by line" else pieces
        pages.append(" ".join(f"BT /F1 8 Tf {left} {y} Td ({line}) Tj ET" for y, left, line in pieces))
    read = several(tmp_path, "a.pdf", write_pdf(pages, 600, 800))
    assert [(d.title, d.outlet, d.published) for d in read] == [one[:3] for one in WANTED]
    assert [" ".join(d.text.split()) for d in read] == [" ".join(one[3].split()) for one in WANTED]


def test_an_article_that_the_export_counts_and_does_not_hold_is_told(tmp_path: Path):
    pages = export("section", "leaders", FRENCH, "before")[:-2]
    (tmp_path / "a.pdf").write_bytes(drawn(pages))
    read = reading.read_path(tmp_path / "a.pdf")
    assert [d.title for d in read.documents] == [one[0] for one in WANTED[:2]]
    assert Skipped("a.pdf", "1 of 3 articles of the export hold no text") in read.skipped


LONG = [["Le bac de Tréorvan", "Marie reprend la mer"], ["Deux fromagers", "Plouvin les loge"], ["La lande brûle"]]
STARTS = [
    "Onze semaines d'arrêt, puis le bac a",
    "Vingt-sept personnes cherchent où se",
    "Deux cents hectares ont brûlé entre",
]


def set_in_sizes(sizes: tuple[int, int], x: tuple[int, int], listed: str) -> list[str]:
    """Return the streams of an export whose titles and texts are set in these sizes, with a list that has both."""
    streams = []
    lines = ["Sommaire"]
    for n in range(3):
        excerpt = f"{STARTS[n]} bien ..." if listed == "excerpts" else ""
        title = " ".join(LONG[n] + ([f"{STARTS[n]} bien ..."] if listed == "run on" else []))
        lines += [PAPERS[n], WORDS[n][6:].strip(), title, *filter(None, [excerpt]), str(n + 3)]
    streams.append(" ".join(f"BT /F1 9 Tf 40 {760 - 12 * n} Td ({line}) Tj ET" for n, line in enumerate(lines)))
    for n in range(3):
        told = [(12, PAPERS[n]), (8, HEADS["section"](n)[1]), *((sizes[0], line) for line in LONG[n])]
        told += [(sizes[1], line) for line in (STARTS[n], *BODY[n], REST[n])]
        pieces = [f"BT /F1 7 Tf {x[0]} {760 - 12 * k} Td ({line}) Tj ET" for k, line in enumerate(side(n, FRENCH))]
        pieces += [f"BT /F1 {size} Tf {x[1]} {760 - 20 * k} Td ({line}) Tj ET" for k, (size, line) in enumerate(told)]
        streams.append(" ".join(pieces))
    return streams


@pytest.mark.parametrize("listed", ["excerpts", "run on", "titles"])
@pytest.mark.parametrize("x", [(40, 230), (400, 40)], ids=["left", "right"])
@pytest.mark.parametrize("sizes", [(16, 9), (11, 9), (10, 8)], ids=str)
def test_a_title_that_is_set_larger_ends_where_the_text_begins_right_under_it(
    tmp_path: Path, sizes: tuple[int, int], x: tuple[int, int], listed: str
):
    read = several(tmp_path, "a.pdf", write_pdf(set_in_sizes(sizes, x, listed), 600, 800))
    assert [(d.title, d.outlet, d.published) for d in read] == [
        (" ".join(title), paper, day) for title, paper, day in zip(LONG, PAPERS, DAYS, strict=True)
    ]
    assert [" ".join(d.text.split()) for d in read] == [
        " ".join([start, *body, rest]) for start, body, rest in zip(STARTS, BODY, REST, strict=True)
    ]


def test_lines_alone_tell_a_title_from_the_words_that_a_list_has_under_it():
    pages = [["3 documents"], ["Sommaire"]]
    for n in range(3):
        pages[1] += [PAPERS[n], WORDS[n][6:].strip(), str(n + 3), " ".join(LONG[n]), f"{STARTS[n]} bien", "peu ..."]
    for n in range(3):
        pages.append([*side(n, FRENCH), *HEADS["section"](n), " ".join(LONG[n]), STARTS[n], *BODY[n], REST[n]])
    made = articles("\n\n".join("\n".join(page) for page in pages))
    assert made is not None
    assert [d.title for d in made.articles] == [" ".join(title) for title in LONG]
    assert [d.text.split("\n")[0] for d in made.articles] == STARTS


def test_a_title_in_bold_or_apart_ends_too_and_other_pages_stay_as_they_are():
    lines = [*side(0, FRENCH), *HEADS["section"](0), *LONG[0], STARTS[0], *BODY[0]]
    column = len(side(0, FRENCH))
    pieces = [Piece(40.0 if n < column else 230.0, 760.0 - 12 * n, 9.0, line) for n, line in enumerate(lines)]
    bold = [n < column or line in LONG[0] or line in PAPERS for n, line in enumerate(lines)]
    gap = lines.index(STARTS[0])
    assert ended_titles("\n".join(lines), pieces, bold) == "\n".join([*lines[:gap], "", *lines[gap:]])
    plain = [False] * len(lines)
    assert ended_titles("\n".join(lines), pieces, plain) == "\n".join(lines)
    lower = [replace(piece, y=piece.y - 6) if n >= gap else piece for n, piece in enumerate(pieces)]
    assert ended_titles("\n".join(lines), lower, plain) == "\n".join([*lines[:gap], "", *lines[gap:]])
    assert ended_titles("\n".join(lines[column:]), pieces[column:], bold[column:]) == "\n".join(lines[column:])
