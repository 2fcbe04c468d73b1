"""Europresse in PDF as it is printed in columns: what heads an article, stands in the box beside it, and under it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pdfs import write_pdf
from test_letters import told

from index.reading.columns import Piece, in_columns
from index.reading.europresse_lines import text_of

Placed = tuple[float, float, float, str]


def placed_pdf(pages: list[list[Placed]]) -> bytes:
    """Return a PDF with these lines on its pages, each at its place and in its size, in this order."""
    streams = []
    for lines in pages:
        shown = (text.replace("(", r"\(").replace(")", r"\)") for *_, text in lines)
        placed = zip(lines, shown, strict=True)
        streams.append("\n".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET" for (x, y, size, _), text in placed))
    return write_pdf(streams, 612, 792)


def down(x: float, y: float, size: float, lines: list[str]) -> list[Placed]:
    return [(x, y - 1.3 * size * n, size, line) for n, line in enumerate(lines)]


RIGHTS = [
    "© 2023 {}. Tous droits", "réservés. Le présent document est", "protégé par les lois et conventions",
    "internationales sur le droit d'auteur et", "son utilisation est régie par ces lois", "et conventions.",
    "Certificat émis le 2 octobre 2023 à", "MÉDIATHÈQUE-DE-VALMONT à des fins de",
    "visualisation personnelle et", "temporaire.",
]  # fmt: skip
BOXES = [
    (
        ["Le Relais du Nord", "(site web)", "Région, mercredi 27 septembre 2023 -", "07:30 UTC +02:00 312 mots"],
        ["Aussi paru dans", "27 septembre 2023 - Le Relais du Nord", "28 septembre 2023 - Ouest Matin"],
        "Le Relais du Nord (site web)",
    ),
    (["L'Éco de", "Valmont", "no. 212", "jeudi 28 septembre 2023", "p. LENS_6"], [], "L'Éco de Valmont"),
]
TITLES = [
    ["La filature de Valmont paralysée par une", "Panne de courant : « Tout est à refaire »"],
    ["Le tram coûtera plus"],
]
AUTHORS = ["Inès Roux", ""]
COLUMNS = [
    (
        ["Mardi, 4 h 20. Les lumières de l'atelier", "s'éteignent, et les 212 métiers s'arrêtent",
         "dans le noir. Depuis, on trie les fils à la", "lampe, et l'on rembobine à la main les", "trames rompues."],
        ["La direction chiffre la perte à 3,4 millions", "d'euros. Les ouvriers, eux, craignent le",
         "chômage partiel jusqu'au mois de mars,", "dit leur déléguée, Moïra Sand.", "Une expertise est prévue lundi."],
    ),
    (
        ["Le conseil a voté mardi 84 millions d'euros", "de plus pour la ligne B, qui ouvrira avec",
         "deux ans de retard, en juin 2026."],
        ["Trois communes demandent un arrêt. « On", "nous contourne », dit le maire de Lorgies,",
         "qui ira au tribunal administratif."],
    ),
]  # fmt: skip
UNDER = [["Note(s) :", "i.roux@relais.example"], ["Cet article est paru dans L'Éco de Valmont"]]


def export(*, contents: bool, foot_last: bool) -> bytes:
    """Return such an export: a box left of each article, whose title spans its two columns, and lines on each page."""
    pages: list[list[Placed]] = []

    def edges(number: int, article: int) -> list[Placed]:
        told = [(40.0, 758.0, 9.0, "Documents sauvegardés"), (457.0, 758.0, 8.0, "Lundi 2 octobre 2023 à 9 h 04"),
                (40.0, 32.0, 8.0, "Tous droits réservés à l'éditeur du document")]  # fmt: skip
        told += [(336.0, 32.0, 8.0, f"Document {article} de 2")] if article else []
        return [*told, (568.0, 32.0, 8.0, str(number))]

    if contents:
        listed = [
            line for n, (_, _, paper) in enumerate(BOXES, start=2) for line in (paper, " ".join(TITLES[n - 2]), str(n))
        ]
        pages.append([*edges(1, 0), *down(40, 700, 10, ["Europresse", "Sommaire", *listed])])
    for n, (head, also, paper) in enumerate(BOXES):
        box = [*head, *also, *(line.format(paper) for line in RIGHTS), f"news·2023092{7 + n}·AB·0{n}x1"]
        left, right = COLUMNS[n]
        own = down(40, 719, 7, box) + down(174, 714, 18, TITLES[n])
        own += [(174.0, 664.0, 10.0, AUTHORS[n])] if AUTHORS[n] else []
        own += down(174, 640, 10, left) + down(380, 640, 10, [*right, *UNDER[n]])
        number = len(pages) + 1
        pages.append([*own, *edges(number, n + 1)] if foot_last else [*edges(number, n + 1), *own])
    return placed_pdf(pages)


@pytest.mark.parametrize("foot_last", [False, True])
def test_the_box_the_title_and_the_text_of_each_article(tmp_path: Path, foot_last: bool):
    read = told(tmp_path, "a.pdf", export(contents=True, foot_last=foot_last))
    assert [(*line[:4], line[4].split()) for line in read] == [
        (
            " ".join(TITLES[n]), BOXES[n][2], date(2023, 9, 27 + n), AUTHORS[n],
            " ".join([*COLUMNS[n][0], *COLUMNS[n][1]]).split(),
        )
        for n in range(2)
    ]  # fmt: skip


def test_without_a_list_of_contents_a_title_goes_on_by_its_words(tmp_path: Path):
    read = told(tmp_path, "a.pdf", export(contents=False, foot_last=False))
    assert [(line[0], *line[1:3]) for line in read] == [
        (" ".join(TITLES[0]), BOXES[0][2], date(2023, 9, 27)), (TITLES[1][0], BOXES[1][2], date(2023, 9, 28)),
    ]  # fmt: skip


def test_a_running_head_and_a_foot_do_not_make_a_page_one_that_is_told_across():
    left, right = COLUMNS[0]
    edge = [(40.0, 758.0, "Documents"), (457.0, 758.0, "Lundi"), (40.0, 32.0, "Droits"), (336.0, 32.0, "Un de deux"),
            (500.0, 32.0, "3")]  # fmt: skip
    pieces = [Piece(x, y, 8, text) for x, y, text in edge]
    pieces += [Piece(x, y, size, text) for x, y, size, text in down(174, 640, 10, left) + down(380, 640, 10, right)]
    assert in_columns(pieces) == ""


@pytest.mark.parametrize(
    ("under", "kept", "address"),
    [
        (["Cet article est paru dans Le Relais (site", "web du Nord)"], [], ""),
        (["This article appeared in The Gazette (web site)", "https://g.example/1"], [], "https://g.example/1"),
        (["Note(s) :", "a@relais.example"], [], ""),
        (["Note(s) :", "Le bilan est corrigé."], ["Le bilan est corrigé."], ""),
        (["Cet article est paru dans Le Relais", "Un second bilan fait état de 14 blessés à Valmont."],
         ["Un second bilan fait état de 14 blessés à Valmont."], ""),
    ],
)  # fmt: skip
def test_what_the_database_says_under_a_text(under: list[str], kept: list[str], address: str):
    assert text_of(["La crue a fait 12 blessés.", *under]) == (["La crue a fait 12 blessés.", *kept], address)
