"""Shapes that exports have: other names of columns, days of one order, tables of a PDF, papers of one word."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from test_reading import archive, several

from index import reading
from index.facts.read import spans
from index.reading.europresse_lines import of_lines
from index.reading.grids import with_tables
from index.reading.headers import header_of
from index.reading.pdf import Piece


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Libération - mardi 14 mars 2023", "Libération"),
        ("Source : Le Courrier, 14/03/2023", "Le Courrier"),
        ("20 Minutes - mardi 14 mars 2023", "20 Minutes"),
        ("Vérités | mardi 14 mars 2023", "Vérités"),
        ("Lille - mardi 14 mars 2023", ""),
        ("Économie - mardi 14 mars 2023", ""),
        ("Enquête - mardi 14 mars 2023", ""),
        ("Libération, mardi 14 mars 2023", ""),
    ],
)
def test_a_paper_of_one_word_before_a_dash_is_told_from_a_place_and_a_section(line: str, outlet: str):
    text = f"Inondations : douze morts\n\n{line}\n\nLa crue a fait 12 morts à Lormeaux dans la nuit, dit la préfecture."
    header = header_of(text, "fr")
    assert (header.published, header.outlet) == (date(2023, 3, 14), outlet)


BOX = """UNIVERSITÉ-DU-NORD
Documents sauvegardés • 2 documents
Le Courrier 14 mars 2023
La crue fait douze morts à Lormeaux 3
La crue a fait douze morts ...
Le Courrier
Nom de la source
Le Courrier
Type de source
Presse • Journaux
Périodicité
Quotidien
Provenance
Lille, France
Mardi 14 mars 2023 p. 8
Le Courrier • Région • 137 mots
La crue fait douze morts au sud de
Lormeaux
Anne Le Goff alegoff@courrier.example
La crue a fait douze morts,
selon la préfecture.
Illustration(s) :
Le pont de Lormeaux, mardi. | A. L. G.
© 2023 SA Le Courrier. Tous droits
réservés. Le présent document est
protégé par les lois et conventions
internationales sur le droit d'auteur.
Certificat émis le 3 janvier
2024 à
UNIVERSITÉ-DU-NORD à des
fins de visualisation personnelle et
temporaire.
news·20230314·CO·1"""


def test_a_narrow_column_of_europresse_breaks_its_title_and_its_rights():
    said = of_lines(BOX.split("\n"))
    assert said is not None
    assert (said.title, said.outlet, said.published, said.author, said.text) == (
        "La crue fait douze morts au sud de Lormeaux", "Le Courrier", "2023-03-14", "Anne Le Goff",
        "La crue a fait douze morts,\nselon la préfecture.",
    )  # fmt: skip


def test_the_address_of_an_article_of_europresse_is_no_text():
    lines = "Le Courrier\nRégion, mardi 14 mars 2023 90 mots, p. 2\n\nLe pont rouvre\n\nLe pont rouvre lundi.\n\n"
    lines += "Cet article est paru dans Le Courrier ( https://courrier.example/1 )\n\nNote(s) :\nLe bilan est corrigé."
    said = of_lines([*lines.split("\n"), "© 2023 SA Le Courrier. Tous droits réservés.", "news·20230314·CO·2"])
    assert said is not None
    assert (said.text, said.url) == (
        "Le pont rouvre lundi.\n\n\nLe bilan est corrigé.", "https://courrier.example/1",
    )  # fmt: skip


ROWS = [
    ("Date de parution", "Support", "Intitulé", "Signataire", "Accroche", "Contenu de la retombée"),
    ("12/09/2025", "The Gazette", "Solar farm near Lormeaux", "", "A solar farm [...]",
     "A solar farm planned near Lormeaux has drawn 12 investors from Britain."),
    ("25/09/2025", "Le Courrier", "Le pont rouvre", "Anne Le Goff", "Le [...]", "Le pont de Lormeaux rouvre lundi."),
]  # fmt: skip


def test_days_of_a_table_are_of_one_order_and_columns_have_other_names(tmp_path: Path):
    table = "\n".join("\t".join(row) for row in ROWS).encode("utf-16")
    assert [(d.published, d.outlet, d.title, d.author, d.text) for d in several(tmp_path, "a.csv", table)] == [
        (date(2025, 9, 12), "The Gazette", ROWS[1][2], "", ROWS[1][5]),
        (date(2025, 9, 25), "Le Courrier", "Le pont rouvre", "Anne Le Goff", "Le pont de Lormeaux rouvre lundi."),
    ]
    american = (
        "Publish Date,Media Title,Headline,Body Text\n{},The Gazette,One,One bridge.\n3/14/2023,Le Jour,Deux,Deux."
    )
    read = several(tmp_path, "b.csv", american.format("3/4/2023"))
    assert [(d.published, d.outlet) for d in read] == [
        (date(2023, 3, 4), "The Gazette"), (date(2023, 3, 14), "Le Jour"),
    ]  # fmt: skip


def test_lines_above_the_header_of_a_table_are_told_of(tmp_path: Path):
    text = (
        "Rapport de veille;;;\nExporté le 03/01/2024;;;\nDate;Média;Titre;Texte\n14/03/2023;Le Jour;Un;Le pont ouvre.\n"
    )
    (tmp_path / "a.csv").write_text(text, encoding="cp1252")
    read = reading.read_path(tmp_path / "a.csv")
    assert [(d.published, d.outlet, d.title, d.text) for d in read.documents] == [
        (date(2023, 3, 14), "Le Jour", "Un", "Le pont ouvre.")
    ]
    assert [s.reason for s in read.skipped] == ["2 lines above the names of its columns were not read"]


def test_records_whose_text_stands_one_level_deeper_and_lines_of_the_site_in_them(tmp_path: Path):
    body = "Le pont ferme.\n\nLire aussi : Le port cherche son second souffle\n\nIl rouvrira lundi."
    record = {
        "webPublicationDate": "2023-03-14T10:00:00Z", "webTitle": "Un pont - Le Jour",
        "fields": {"bodyText": body, "byline": "A. B.", "publication": "Le Jour"},
    }  # fmt: skip
    (read,) = several(tmp_path, "a.json", json.dumps({"response": {"results": [record]}}))
    assert (read.title, read.outlet, read.author, read.published, read.text) == (
        "Un pont", "Le Jour", "A. B.", date(2023, 3, 14), "Le pont ferme.\n\nIl rouvrira lundi.",
    )  # fmt: skip
    found = {"date": "2023-03-15", "dateTimePub": "2023-03-14T20:00:00Z", "title": "Un", "body": "Le pont ferme."}
    (read,) = several(tmp_path, "b.json", json.dumps([found]))
    assert read.published == date(2023, 3, 14)
    teaser = {"Headline": "Un", "Opening Text": "La crue a fait douze morts à Lormeaux, selon la préfecture..."}
    (read,) = several(tmp_path, "c.json", json.dumps([teaser]))
    assert (read.text, read.partial) == (teaser["Opening Text"], True)


POSTS = """<html><head><meta property="og:site_name" content="Le Jour"></head><body><section class="live">
<article class="live-post"><time datetime="2023-03-14T18:42:00">18:42</time><h2>Le préfet parle</h2>
<figure><figcaption>Le préfet, mardi. PHOTO A. B.</figcaption></figure><p>Le préfet a parlé à midi.</p>
<div>PUBLICITÉ</div><p>Lire aussi : La crue de 1996</p><p>Il se taira ce soir.</p></article>
<article class="live-post"><time datetime="2023-03-14T17:42:00">17:42</time><h2>Le train part</h2>
<p>Le train est parti à l'heure.</p></article></section></body></html>"""


def test_posts_of_a_live_page_hold_no_captions_and_no_lines_of_the_site(tmp_path: Path):
    assert [(d.title, d.text) for d in several(tmp_path, "a.html", POSTS)] == [
        ("Le préfet parle", "## Le préfet parle\n\nLe préfet a parlé à midi.\n\nIl se taira ce soir."),
        ("Le train part", "## Le train part\n\nLe train est parti à l'heure."),
    ]


GRID = [
    ("Commune", "Décès", "Blessés"), ("Marnac", "12", "340"), ("Orsenne", "3", "45"), ("Total", "15", "385"),
]  # fmt: skip
PROSE = ["La crue a touché deux communes du canton, selon la préfecture,", "qui a publié ce bilan mercredi matin."]


def placed(rows: list[tuple[str, ...]], widths: tuple[float, ...] = (50, 200, 300)) -> list[Piece]:
    """Return the pieces of a page: two lines of prose, then rows of cells."""
    lines = [Piece(50, 800 - 14 * n, 10, line) for n, line in enumerate(PROSE)]
    below = 760.0
    cells = [
        Piece(x, below - 14 * n, 10, cell) for n, row in enumerate(rows) for x, cell in zip(widths, row, strict=False)
    ]
    return [*lines, *(cell for cell in cells if cell.text)]


def shown(rows: list[tuple[str, ...]]) -> str:
    return "\n".join([*PROSE, *(" ".join(filter(None, row)) for row in rows)])


def test_a_table_of_a_pdf_keeps_its_rows_and_columns_and_its_figures_are_claimed_by_their_names():
    text = with_tables(shown(GRID), placed(GRID))
    assert text.strip().split("\n\n") == [
        "\n".join(PROSE), "Marnac | Décès: 12 | Blessés: 340", "Orsenne | Décès: 3 | Blessés: 45",
        "Total | Décès: 15 | Blessés: 385",
    ]  # fmt: skip
    found = [span.value for span in spans("Marnac | Décès: 12 | Blessés: 340", "fr")]
    assert {12.0, 340.0} <= set(found)
    assert 12340.0 not in found


def test_the_name_of_a_column_may_stand_on_two_lines_of_a_pdf():
    rows = [("", "", "Habitations"), ("Commune", "Décès", "détruites"), *GRID[1:]]
    assert "Marnac | Décès: 12 | Habitations détruites: 340" in with_tables(shown(rows), placed(rows))


def test_a_table_without_names_keeps_its_cells_and_none_is_claimed():
    rows = GRID[1:]
    text = with_tables(shown(rows), placed(rows))
    assert text.strip().split("\n\n")[1] == "Marnac | 12 | 340\nOrsenne | 3 | 45\nTotal | 15 | 385"
    assert [span for span in spans("Marnac | 12 | 340", "fr") if span.value in (12.0, 340.0, 12340.0)] == []


def test_prose_of_a_pdf_is_no_table_and_neither_is_what_stands_elsewhere_in_its_text():
    words = [(*line.split()[:2], " ".join(line.split()[2:])) for line in PROSE * 3]
    assert with_tables(shown(words), placed(words)) == shown(words)
    assert with_tables("Un autre texte.", placed(GRID)) == "Un autre texte."


def test_a_feed_of_json_gives_its_title_as_the_outlet(tmp_path: Path):
    item = {
        "title": "Un pont",
        "content_html": "<p>Le pont ouvre.</p><p>Lire la suite</p>",
        "date_published": "2023-03-14",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Le Fil", "items": [item]}
    (read,) = several(tmp_path, "a.json", json.dumps(feed))
    assert (read.title, read.outlet, read.published, read.text) == (
        "Un pont", "Le Fil", date(2023, 3, 14), "Le pont ouvre.",
    )  # fmt: skip


NEWSML = """<NewsML Version="1.2"><NewsItem><NewsManagement>
<FirstCreated>20230314T101205Z</FirstCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Incendie: trois morts</HeadLine><ByLine>Par Anne LE GOFF</ByLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="AFP"/></Provider></AdministrativeMetadata><NewsComponent>
<ContentItem><DataContent><p>Trois personnes sont mortes.</p><p>Une enquête est ouverte.</p></DataContent></ContentItem>
</NewsComponent></NewsComponent></NewsItem></NewsML>"""


def test_the_first_newsml_is_read_item_by_item(tmp_path: Path):
    (read,) = several(tmp_path, "a.xml", NEWSML)
    assert (read.title, read.outlet, read.author, read.published, read.text) == (
        "Incendie: trois morts", "AFP", "Anne LE GOFF", date(2023, 3, 14),
        "Trois personnes sont mortes.\n\nUne enquête est ouverte.",
    )  # fmt: skip


def test_cells_hold_characters_as_entities_ends_of_lines_as_signs_and_days_as_a_spreadsheet_counts_them(tmp_path: Path):
    row = 'date;titre;texte;média\n44999;"L&#8217;eau &amp; le pont";"L&#8217;eau monte.\\n\\nLe pont ferme.";Le Jour\n'
    (read,) = several(tmp_path, "a.csv", row)
    assert (read.title, read.published, read.text) == (
        "L’eau & le pont", date(2023, 3, 14), "L’eau monte.\n\nLe pont ferme.",
    )  # fmt: skip


def test_a_paper_made_into_a_book_holds_no_links_between_its_articles(tmp_path: Path):
    nav = "<div>| <a>Suivant</a> | <a>Section</a> | <a>Menu principal</a> |</div>"
    chapter = f"<html><body>{nav}<h1>La crue</h1><p>La crue a fait douze morts.</p><p>This article was downloaded by "
    chapter += f"<b>x</b> from <a>https://c.example/1</a></p>{nav}</body></html>"
    package = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Le Courrier</dc:title><dc:date>2023-03-14</dc:date></metadata>
<manifest><item id="a" href="a.html"/></manifest>
<spine><itemref idref="a"/></spine></package>"""
    files = {"content.opf": package.encode(), "a.html": chapter.encode()}
    (read,) = several(tmp_path, "a.epub", archive(files))
    assert (read.title, read.outlet, read.published, read.text) == (
        "La crue", "Le Courrier", date(2023, 3, 14), "# La crue\n\nLa crue a fait douze morts.",
    )  # fmt: skip


def test_a_title_of_factiva_over_two_lines_is_whole(tmp_path: Path):
    text = "La crue fait douze morts à Lormeaux; les secours\nsont sur place\nAnne Le Goff\n120 mots\n14 mars 2023\n"
    text += "Le Courrier\nLECOUR\nFrançais\nCopyright 2023 Le Courrier\n\nLa crue a fait douze morts.\n\n"
    (read,) = several(tmp_path, "a.txt", f"{text}Document LECOUR0020230314ej3e0002x\n")
    assert (read.title, read.outlet, read.author, read.text) == (
        "La crue fait douze morts à Lormeaux; les secours sont sur place", "Le Courrier", "Anne Le Goff",
        "La crue a fait douze morts.",
    )  # fmt: skip


INITIALS = """<html><body><div class="article frArticle">
<div id="hd"><span class="frHeadline">Le pont rouvre</span></div>
<div>60 mots</div><div>14 mars 2023</div><div>Agence France Presse</div><div>AFPFR</div><div>Français</div>
<p class="articleParagraph frarticleParagraph">Lormeaux, 14 mars 2023 (AFP) - Le pont a rouvert mardi.</p>
<p class="articleParagraph frarticleParagraph">Il a coûté 42 millions d'euros.</p>
<p class="articleParagraph frarticleParagraph">alg/def</p><p>Document AFPFR00020230314ej3e0002x</p></div>
</body></html>"""
OLD = """                               Document 1 of 1


                       Agence France Presse -- French

                            14 mars 2023 mardi

Le pont rouvre

LENGTH: 60 words

DATELINE: LORMEAUX 14 mars 2023

Le pont a rouvert mardi.

Il a coûté 42 millions d'euros.

alg/def

LOAD-DATE: March 14, 2023

                     Copyright 2023 Agence France Presse
"""


@pytest.mark.parametrize(("name", "data"), [("a.html", INITIALS), ("a.txt", OLD)])
def test_the_initials_of_an_agency_are_no_text_of_factiva_and_nexis(tmp_path: Path, name: str, data: str):
    (read,) = several(tmp_path, name, data)
    assert (read.title, read.published) == ("Le pont rouvre", date(2023, 3, 14))
    assert read.text.endswith("Le pont a rouvert mardi.\n\nIl a coûté 42 millions d'euros.")


def test_a_link_to_another_article_is_no_text_of_europresse(tmp_path: Path):
    said = ["<b>Lire aussi</b> Réservé à nos abonnés Le pont ferme", "À lire : « Le Pont », d'Anne Le Goff, 240 pages"]
    said += ["Lire l'enquête | Article réservé à nos abonnés Qui paie le pont ?", "Lire aussi est un plaisir !"]
    page = (Path(__file__).parent / "data" / "exports" / "europresse-article.html").read_text(encoding="utf-8")
    start = page.index("<p>La tempête a fait 8")
    first, _ = several(tmp_path, "a.html", f"{page[:start]}{''.join(f'<p>{p}</p>' for p in said)}{page[start:]}")
    assert first.text == (
        "Le port est fermé jusqu'à nouvel ordre.\n\nÀ lire : « Le Pont », d'Anne Le Goff, 240 pages\n\n"
        "Lire aussi est un plaisir !\n\nLa tempête a fait 8 blessés à Kermorvan dimanche, selon les pompiers.\n\n"
        "Bateaux perdus : 14\n\n620 foyers privés de courant.\n\nLe bilan a été corrigé : 8 blessés et non 18."
    )
