"""Text as printed, whole: no word and no number is made or cut; cells keep their row and column."""

from __future__ import annotations

import io
import re
from datetime import date
from html import escape
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reading import PAGE, one, pdf

from index.paragraphs import split
from index.paragraphs.mastheads import read_masthead
from index.reading.columns import Piece, in_columns, may_be_columns
from index.reading.decoding import normalise
from index.reading.headers import header_of, is_partial
from index.reading.markup import blocks, parsed
from index.reading.tables import Cell, told
from index.reading.webpage import of_page
from index.reading.wrapping import mended

# --- pages ----------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["12", "340", "habitants", "morts", "2 500", "l'État", "à", "3,2", "millions", "Marnac", "É"])
INLINE = st.recursive(
    WORDS.map(escape),
    lambda inner: st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["b", "i", "em", "a", "span"]), inner),
    max_leaves=3,
)
BROKEN = st.lists(INLINE, min_size=1, max_size=5).map(lambda parts: "<br>".join(parts))
BLOCK = st.one_of(
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "div", "h2", "li", "blockquote", "td", "dd"]), BROKEN),
    st.lists(BROKEN, min_size=1, max_size=4).map(
        lambda cells: f"<table><tr>{''.join(f'<td>{c}</td>' for c in cells)}</tr></table>"
    ),
    st.lists(BROKEN, min_size=1, max_size=4).map(lambda items: f"<ul>{''.join(f'<li>{i}</li>' for i in items)}</ul>"),
)
PROSE = "<p>Le maire de la ville a inauguré mardi le nouveau pont, qui a coûté deux ans de travaux à la ville.</p>"


def printed(page: str) -> set[str]:
    """Return the words of a page, by an own reading of its tags: any tag but those within a line ends a word."""
    text = re.sub(r"</?(?:b|i|em|a|span)>", "", page)
    return set(re.findall(r"[^\W_]+", normalise(re.sub(r"<[^>]*>", " ", text)).replace("&#x27;", " ")))


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=6), st.booleans())
def test_law_no_word_of_a_page_is_made_or_glued(found: list[str], prose: bool) -> None:
    body = f"<article>{PROSE * 3 if prose else ''}{''.join(found)}</article>"
    page = f"<html><head><title>Le pont</title></head><body>{body}</body></html>"
    for text in ("\n\n".join(blocks(parsed(page))), *(said.text for said in of_page(page).articles)):
        assert set(re.findall(r"[^\W_]+", text)) <= printed(page) | {"Le", "pont"}


def test_what_ends_a_line_ends_a_word(tmp_path: Path) -> None:
    body = "Morts à Lormeaux : 12<br>340 habitants ont quitté la ville.<br/>"
    body += "Une aide de 300<br>millions d'euros est promise."
    read = one(tmp_path, "a.html", PAGE.replace("Les riverains, eux,", f"{body} Les riverains, eux,").encode("latin-1"))
    assert (
        "Morts à Lormeaux : 12\n\n340 habitants ont quitté la ville.\n\nUne aide de 300 millions d'euros" in read.text
    )


BANKS = """<table><thead><tr><th>Banque</th><th>Ville</th><th colspan="2">Salariés</th></tr></thead><tbody>
<tr><td rowspan="2">Banque Alpha</td><td>Lille</td><td>4 444</td><td>dont 12 cadres</td></tr>
<tr><td>Lens</td><td>3 333</td><td></td></tr></tbody></table>"""


def test_a_cell_stands_with_its_row_and_its_column(tmp_path: Path) -> None:
    page = PAGE.encode("latin-1").replace(b"<table>", BANKS.encode("latin-1") + b"<table>")
    read = one(tmp_path, "a.html", page)
    rows = [
        "Banque Alpha | Ville: Lille | Salariés: 4 444 | Salariés: dont 12 cadres",
        "Banque Alpha | Ville: Lens | Salariés: 3 333",
        "Morts | 0\nBlessés | 3",
    ]
    assert read.text.endswith("\n\n".join(rows))
    shown = [read.text[b.start : b.end] for b in split(read.text, language="fr", title=read.title)]
    assert shown[-3:] == rows


def test_tables() -> None:
    def table(*rows: str, head: bool = False) -> str:
        return told([[Cell(text, head and not n) for text in row.split("|")] for n, row in enumerate(rows)])

    assert table("Ville|2021|2022", "Marnac|12|14", "Orsenne|9|11") == (
        "Marnac | 2021: 12 | 2022: 14\n\nOrsenne | 2021: 9 | 2022: 11"
    )
    assert table("Année|Prix", "2023|42", head=True) == "Année: 2023 | Prix: 42"
    # Two columns without a marked head may be names and values.
    assert table("Nom|Dupont", "Âge|42", "Enfants|3") == "Nom | Dupont\nÂge | 42\nEnfants | 3"
    assert table("Un|Deux|Trois", "a|b|c", "d|e|f") == "Un | Deux | Trois\na | b | c\nd | e | f"
    assert told([]) == told([[Cell("")]]) == ""


def test_a_merged_cell_is_told_once() -> None:
    days = [Cell("Jour", True), Cell("Matin", True), Cell("Soir", True)]
    assert told([days, [Cell("Lundi"), Cell("fermé", columns=2)]]) == "Lundi | Matin Soir: fermé"
    assert told([[Cell("Bilan", columns=3)], [Cell("a"), Cell("b"), Cell("c")]]) == "Bilan\na | b | c"


def test_a_cell_of_word_that_goes_on_downwards_names_each_of_its_rows(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Le bilan de la saison dans les villes de la région, par année.")
    table = document.add_table(3, 3)
    rows = [["Ville", "Année", "Salariés"], ["Marnac", "2022", "120"], ["", "2023", "95"]]
    for cells, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(cells.cells, values, strict=True):
            cell.text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    out = io.BytesIO()
    document.save(out)
    text = one(tmp_path, "a.docx", out.getvalue()).text
    assert text.endswith("Marnac | Année: 2022 | Salariés: 120\n\nMarnac | Année: 2023 | Salariés: 95")


def test_a_page_of_which_the_columns_cannot_be_told_says_so() -> None:
    def page(*words: str) -> list[Piece]:
        return [Piece(50 + 250 * (n % 2), 700 - 14 * (n // 2), 10, word) for n, word in enumerate(words)]

    narrow = page(*["la crue a pris", "deux ponts ont"] * 6)
    assert in_columns(narrow) == ""
    assert may_be_columns(narrow)
    assert not may_be_columns(page(*["Marnac", "1 912"] * 6))
    assert not may_be_columns(
        page(*["la crue a pris les ponts de la ville", "deux ponts ont été perdus dans la nuit"] * 6)
    )


def test_the_standfirst_outside_the_article_is_read_and_both_days_are_kept(tmp_path: Path) -> None:
    linked = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",'
        ' "datePublished": "2024-11-20T08:00:00Z", "dateModified": "2024-11-25T10:00:00Z", '
        '"author": [{"@type": "Person", "name": "Anne Le Goff"}]}]}</script>'
    )
    chapo = (
        "<p class='article__chapo'>La ville ouvre enfin son pont, avec deux ans de retard et 9 millions de plus.</p>"
    )
    page = PAGE.replace("</head>", f"{linked}</head>").replace("<article><h1>", f"{chapo}<article><h1>")
    page = page.replace('<meta property="article:published_time" content="2024-11-25T10:00:00+01:00">', "")
    read = one(tmp_path, "a.html", page.encode("latin-1"))
    assert read.text.startswith(
        "# Un pont pour Lormeaux\n\nLa ville ouvre enfin son pont, avec deux ans de retard et 9 millions de plus.\n\n"
    )
    assert (read.published, read.updated, read.author) == (date(2024, 11, 20), date(2024, 11, 25), "Anne Le Goff")


# --- what a line's end cuts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("une aide de 300\nmillions d'euros aux villes", "une aide de 300 millions d'euros\naux villes"),
        ("une aide de 300\nmillions\nd'euros.", "une aide de 300 millions d'euros."),
        ("a sum of $3.2\nbillion from the state", "a sum of $3.2 billion\nfrom the state"),
        ("en hausse de 10,2\n% sur un an", "en hausse de 10,2 %\nsur un an"),
        ("Il manque dans nos écoles quelque 2\n500 postes.", "Il manque dans nos écoles quelque 2 500\npostes."),
        ("Publié le 14\nmars 2023 à Lille", "Publié le 14 mars 2023\nà Lille"),
        # What is no number that goes on is left alone.
        ("Morts : 12\n340 habitants", "Morts : 12\n340 habitants"),
        ("12\n340\n500", "12\n340\n500"),
        ("Le nombre total de morts dans la vallée : 12\n340 habitants sont partis", None),
        ("Nombre de blessés recensés 45\n120 disparus ont été signalés par la préfecture", None),
        ("Il y en avait déjà beaucoup trop en mars 2023\n500 postes", None),
        ("Marnac | Morts de la crue et du reste 12\n340 | Orsenne", None),
        ("il y a eu, dit-on, 12\nmorts", None),
    ],
)  # fmt: skip
def test_a_number_and_its_unit_are_one_over_the_end_of_a_line(cut: str, whole: str | None) -> None:
    assert mended(cut) == (cut if whole is None else whole)
    assert mended(mended(cut)) == mended(cut)


@given(
    st.lists(
        st.sampled_from(["12", "500", "2 500", "millions", "d'euros", "%", "le 14", "mars 2023", "mot", "\n", " "]),
        max_size=40,
    ).map("".join)
)
def test_law_mending_moves_only_white_space(text: str) -> None:
    assert "".join(mended(text).split()) == "".join(text.split())


def test_numbers_are_whole_in_text_and_pdf(tmp_path: Path) -> None:
    lines = [
        "L'Etat a vers\xe9 aux h\xf4pitaux de la ville de Lormeaux une aide de 300",
        "millions d'euros, a dit la ministre au conseil.",
    ]
    text = f"{lines[0]} millions d'euros,\na dit la ministre au conseil."
    assert one(tmp_path, "a.pdf", pdf([lines])).text == text
    assert one(tmp_path, "a.txt", "\n".join(lines)).text == text


# --- columns --------------------------------------------------------------------------------------------------------

LEFT = [
    "La crue a fait 12 morts à Marnac dans",
    "la nuit de dimanche à lundi, selon la",
    "préfecture. Les secours ont évacué",
    "340 habitants du quartier bas.",
]
RIGHT = [
    "L'usine Brossard a supprimé 210 emplois",
    "à Carvel au mois de janvier, a indiqué la",
    "direction. Les syndicats ont appelé à",
    "une grève de vingt-quatre heures.",
]


def test_a_page_in_columns_is_read_column_by_column() -> None:
    pieces = [Piece(60, 780, 16, "Deux nouvelles de la région et un titre qui va d'un bord à l'autre de la page")]
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        pieces += [Piece(60, 740 - 14 * number, 10, left), Piece(320, 740 - 14 * number, 10, f" {right}")]
    title = pieces[0].text
    assert in_columns(pieces) == f"{title}\n\n" + "\n".join(LEFT) + "\n\n" + "\n".join(RIGHT)
    words = [
        Piece(x + 5.2 * line.index(word), 740 - 14 * number, 10, word)
        for number, lines in enumerate(zip(LEFT, RIGHT, strict=True))
        for x, line in zip((60, 320), lines, strict=True)
        for word in dict.fromkeys(line.split())
    ]
    assert "12 morts à Marnac dans\nla nuit" in in_columns(words)
    table = [
        Piece(x, 740 - 14 * n, 10, text) for n in range(5) for x, text in ((60, "Marnac"), (200, "12"), (320, "14"))
    ]
    told_so = [piece for x in (60, 320) for piece in pieces[1:] if piece.x == x]
    assert in_columns(told_so) == ""  # the page tells its columns one after the other itself
    assert in_columns(table) == in_columns(pieces[:1]) == in_columns([]) == ""


# --- Word -----------------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'


def test_a_draft_is_read_with_its_changes(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("La crue", 0)
    run, made = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>", 'w:id="1" w:author="A" w:date="2023-03-14T10:00:00Z"'
    box = "<w:txbxContent><w:p><w:r><w:t>Encadré : 9 ponts.</w:t></w:r></w:p></w:txbxContent>"
    parts = [
        f"<w:p {W}>{run.format('Elle a fait ')}<w:del {made}><w:r><w:delText>12</w:delText></w:r></w:del>"
        f"<w:ins {made}>{run.format('17')}</w:ins>{run.format(' morts.')}</w:p>",
        f"<w:sdt {W}><w:sdtContent><w:p>{run.format('Le maire a démissionné.')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p {W}><w:ins {made}>{run.format('340 habitants sont partis.')}</w:ins></w:p>",
        f"<w:p {W}><w:del {made}><w:r><w:delText>Rien de grave.</w:delText></w:r></w:del></w:p>",
        f"<w:p {W} {MC}><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>{run.format('Après.')}</w:p>",
    ]  # fmt: skip
    for part in parts:
        document.element.body.insert(-1, parse_xml(part))
    table = document.add_table(3, 3)
    for row, cells in zip(
        table.rows, [["Ville", "Morts", "Blessés"], ["Marnac", "17", "40"], ["Orsenne", "0", "3"]], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    assert one(tmp_path, "a.docx", out.getvalue()).text == (
        "# La crue\n\nElle a fait 17 morts.\n\nLe maire a démissionné.\n\n340 habitants sont partis.\n\nAprès.\n\n"
        "Encadré : 9 ponts.\n\nMarnac | Morts: 17 | Blessés: 40\n\nOrsenne | Morts: 0 | Blessés: 3"
    )


# --- the lines around an article ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "day", "outlet"),
    [
        ("Le Courrier, mardi 14 mars 2023, p. 4", date(2023, 3, 14), "Le Courrier"),
        ("Le Courrier (14 mars 2023)", date(2023, 3, 14), "Le Courrier"),
        ("Le Courrier, no. 24512, mardi 14 mars 2023, p. 6", date(2023, 3, 14), "Le Courrier"),
        ("La Gazette, no. 42570, Monde, mardi 14 mars 2023, p. 3", date(2023, 3, 14), "La Gazette"),
        ("Le Littoral (site web) - mardi 14 mars 2023 - 1234 mots", date(2023, 3, 14), "Le Littoral"),
        ("Les Nouvelles, n° 23912, 14/03/2023, p. 12", date(2023, 3, 14), "Les Nouvelles"),
        ("The Northern Herald, March 14, 2023 Tuesday, Section A; Pg. 4", date(2023, 3, 14), "The Northern Herald"),
        ("LORMEAUX, 14 mars 2023 (AFP)", date(2023, 3, 14), "AFP"),
        ("LORMEAUX, March 14, 2023 (Reuters) - The state said", date(2023, 3, 14), "Reuters"),
        ("LORMEAUX, 14 mars 2023 (AFP/Infos) - La crue", date(2023, 3, 14), "AFP"),
        ("Lormeaux (AFP) - 14/03/2023 12:03", date(2023, 3, 14), "AFP"),
        ("AFP - le 14 mars 2023 à 12h03", date(2023, 3, 14), "AFP"),
        ("Le Littoral de Brest, édition du mardi 14 mars 2023", date(2023, 3, 14), "Le Littoral de Brest"),
        ("By Ian Reid, Tuesday 14 March 2023 09.12 GMT", date(2023, 3, 14), ""),
        ("La séance du mardi 14 mars 2023", None, ""),
        ("Régions, mardi 14 mars 2023, p. 4", date(2023, 3, 14), ""),
        ("14 mars 2023 mardi", date(2023, 3, 14), ""),
        ("March 14, 2023 Tuesday", date(2023, 3, 14), ""),
        ("Le Havre, mardi 14 mars 2023", date(2023, 3, 14), ""),
        ("Le maire, élu le 14 mars 2023, a parlé.", None, ""),
        ("Attentat de Lormeaux (14 mars 2023)", None, ""),
        ("Manifestation contre la réforme, mardi 14 mars 2023", None, ""),
        ("Imprimé le 14 mars 2023", None, ""),
    ],
)
def test_headers_give_the_day_and_the_outlet(line: str, day: date | None, outlet: str) -> None:
    text = f"Inondations : douze morts\n\n{line}\n\nLa crue a fait 12 morts à Marnac dans la nuit, selon la préfecture."
    header = header_of(text, "fr")
    assert (header.published, header.outlet) == (day, outlet)
    masthead = read_masthead(line, "fr")
    if masthead is not None and masthead.alone:
        assert line not in [
            text[b.start : b.end] for b in split(text, language="fr", title="Inondations : douze morts")
        ]


def test_what_is_cut_short_is_partial(tmp_path: Path) -> None:
    teaser = "La mairie a dépensé une somme que nous avons reconstituée.\n\n"
    for notice in (
        "Il vous reste 87 % de cet article à lire.", "La suite est réservée aux abonnés.", "Réservé aux abonnés",
        "To continue reading this article, subscribe.", "This story is for subscribers.", "Lire la suite",
    ):  # fmt: skip
        assert is_partial(teaser + notice), notice
    for whole in ("", "Le préfet a dit la suite.", "Il reste 87 % de l'eau."):
        assert not is_partial(teaser + whole)
    closed = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    page = PAGE.replace("</head>", f"{closed}</head>").encode("latin-1")
    assert one(tmp_path, "a.html", page).partial
    assert not one(tmp_path, "b.html", PAGE.encode("latin-1")).partial


def test_what_was_deleted_with_its_changes_kept_is_no_text_of_an_rtf_file(tmp_path: Path) -> None:
    rtf = (
        r"{\rtf1\ansi\pard La crue a fait {\revised\revauth1 17} {\rtlch\fcs1 \af0 \deleted\revauthdel1 12 {\b "
        r"et 3\}} ou 9}morts\deleted  hier\deleted0 .\par\trowd\cellx1\cellx2\cellx3\pard\intbl Ville\cell Morts\cell "
        r"Rang\cell\row\trowd\cellx1\cellx2\cellx3\pard\intbl Marnac\cell 17\cell 1\cell\row"
        r"\trowd\cellx1\cellx2\cellx3\pard\intbl Lens\cell 2\cell 2\cell\row\pard Fin.\par}"
    )
    assert one(tmp_path, "a.rtf", rtf).text == (
        "La crue a fait 17 morts.\n\nMarnac | Morts: 17 | Rang: 1\n\nLens | Morts: 2 | Rang: 2\n\nFin."
    )


def test_the_notes_and_boxes_of_an_rtf_file_stand_at_its_end(tmp_path: Path) -> None:
    rtf = (
        r"{\rtf1\ansi\ansicpg1252{\footer Page 3}\pard La crue a fait 12 morts{\super\chftn}{\footnote\pard\plain "
        r"{\super\chftn} Selon la pr\'e9fecture.}, dit-il.\par{\shp{\*\shpinst{\shptxt \pard "
        r"Encadr\'e9 : 7 ponts.\par}}}Fin.\par}"
    )
    assert one(tmp_path, "a.rtf", rtf).text == (
        "La crue a fait 12 morts, dit-il.\n\nFin.\n\nSelon la préfecture.\n\nEncadré : 7 ponts."
    )


def test_a_word_that_a_line_of_text_cuts_is_whole_where_that_makes_a_word(tmp_path: Path) -> None:
    text = (
        "La crue a fait 12 morts, selon la préfec-\nture de région, et la porte-\nparole du minis-\ntère, peut-\nêtre."
    )
    read = one(tmp_path, "a.txt", text.encode())
    assert read.text == (
        "La crue a fait 12 morts, selon la préfecture\nde région, et la porte-\nparole du ministère,\npeut-être.\n"
    )


def test_the_sign_of_a_note_makes_no_number_and_no_word(tmp_path: Path) -> None:
    said = (
        "La ville de Marnac compte 12 340<sup>2</sup> habitants sur 5 km<sup>2</sup>, la crue a fait 12 morts<sup><a "
        "href='#n'>[3]</a></sup> le 1<sup>er</sup> mars, et elle a coûté 10<sup>6</sup> euros, dit-on.<sup>4</sup> Fin."
    )
    page = f"<html><head><title>Marnac</title></head><body><article><p>{said}</p></article></body></html>"
    assert one(tmp_path, "a.html", page).text == (
        "La ville de Marnac compte 12 340 habitants sur 5 km2, la crue a fait 12 morts le 1er mars, et elle a coûté "
        "10^6 euros, dit-on. Fin."
    )


def test_markdown_with_line_ends_of_html_and_words_that_are_struck_out(tmp_path: Path) -> None:
    front = '---\ntitre: "Crue"\nsource: "https://c.example/1"\nmédia: Le Jour\npublished: 2023-03-14\n---\n'
    read = one(tmp_path, "a.md", front + "La crue de la Marne a fait en tout ~~99~~ 12<br>340 habitants sont partis.\n")
    assert read.text == "La crue de la Marne a fait en tout  12\n\n340 habitants sont partis."
    assert (read.title, read.outlet, read.url) == ("Crue", "Le Jour", "https://c.example/1")
    assert read.published == date(2023, 3, 14)


def test_the_running_heads_of_a_pdf_give_its_paper_and_its_day(tmp_path: Path) -> None:
    pages = [["LE COURRIER - MARDI 14 MARS 2023", f"La crue a fait 12 morts, dit le maire {n}.", str(n)] for n in "abc"]
    read = one(tmp_path, "a.pdf", pdf(pages))
    assert (read.outlet, read.published) == ("LE COURRIER", date(2023, 3, 14))
    assert "COURRIER" not in read.text


def test_the_lines_of_what_is_set_as_it_stands_stay_lines() -> None:
    page = "<p>Le bilan\nprovisoire.</p><pre>Commune  Morts\nMarnac   9\n\nLens     3</pre><p>Fin.</p>"
    assert blocks(parsed(page)) == ["Le bilan provisoire.", "Commune Morts\nMarnac 9\nLens 3", "Fin."]
