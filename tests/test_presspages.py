"""Is a press review read that prints each article on pages of its own, under a box of its paper?"""

from pathlib import Path

import pytest
from test_reading import pdf

from index import reading
from index.reading.contents import Extract
from index.reading.presspages import articles, under_mastheads

BODY = (
    "La mairie de Verdon a voté lundi la fermeture de la\nhalle pour quatorze mois. Les 38 marchands iront sous\n"
    "un chapiteau de la place du Foirail."
)
TITLE = "La halle de Verdon ferme"
PAGE = (
    "Le Relais\nDate : lundi 13 janvier 2025\nPage de l'article : p. 4\nPays : FR\nPériodicité : Quotidien\n"
    "OJD : 23450\nJournaliste : Ada Colin"
)
FOOT = "Tous droits réservés à l'éditeur\nVERDON 4401234567890"


def only(*pages: str, titles: tuple[str, ...] = ()) -> Extract:
    """Return the only article of these pages."""
    contents = articles(pages, titles)
    assert contents is not None
    (said,) = contents.articles
    return said


@pytest.mark.parametrize(
    "page",
    [
        f"{PAGE}\nPage 1/1\nVERDON\n{TITLE}\n{BODY}\n{FOOT}\n3/7",
        "LE RELAIS\n13/19 JAN 25\nHebdomadaire\nOJD : 23450\nSurface approx. (cm²) : 412\nN° de page : 7\n"
        f"12 RUE DU FOUR\n59000 LILLE - 03 20 00 00 00\nJournaliste : Ada Colin\nPage 1/1\n{TITLE}\n{BODY}\n"
        "VERDON8\n4401234567890\nTous droits de reproduction réservés",
        "Le Relais\nPAYS :\nFrance\nPAGE(S) :\n4\nPERIODICITE :\nQuotidien\nDIFFUSION :\n23450\n"
        f"JOURNALISTE :\nAda Colin\n13 janvier 2025 - N°4521\n{TITLE}\n{BODY}",
        "Le Relais\nEdition : Du 13 au 14 janvier 2025 P.4\nFamille du média : PQR (Quotidiens\nrégionaux)\n"
        f"Audience : 123000\nJournaliste : Ada Colin\np. 1/1\n{TITLE}\n{BODY}",
        "Date : 13/01/2025\nHeure : 08:12:33\nJournaliste : Ada Colin\nPays : France\nDynamisme : 12\nLe Relais\n"
        f"Page 1/1\nVisualiser l'article\n{TITLE}\n{BODY}",
        "Publication: Le Relais Date: Monday, January 13, 2025\nPage: 4 Circulation: 23,450 Country: FR\n"
        f"Frequency: Daily\nAuthor: Ada Colin Words: 120\n{TITLE}\n{BODY}\n"
        "Reproduced by Press Service, licensed by the NLA.",
        f"{TITLE}\n{BODY}\n{FOOT}\n{PAGE}\nPage 1/1",
    ],
)  # fmt: skip
def test_a_box_gives_the_paper_the_day_and_the_author_and_is_no_text(page: str):
    said = only(page)
    assert (said.title, said.published, said.outlet.title(), said.author) == (
        TITLE, "2025-01-13", "Le Relais", "Ada Colin",
    )  # fmt: skip
    assert said.text == BODY


def test_pages_of_one_article_are_counted_or_have_one_box_and_what_parts_a_review_is_left_out():
    other = PAGE.replace("p. 4", "p. 9").replace("Ada Colin", "Luc Roy")
    pages = [
        "Revue de presse\nVille de Verdon",
        f"{PAGE}\nPage 1/2\n{TITLE}\n{BODY}",
        f"{PAGE}\nPage 2/2\nLe maire ne dit rien.",
        "SPORTS",
        f"{other}\nLe club monte\nLe club a gagné par trois buts à deux, et la\ncoupe est pour",
        "les joueuses de Verdon.",
        f"{other}\nIl rejoue samedi.",
        f"{other.replace('13 janvier', '14 janvier')}\nPage 1/1\nLe club perd\nIl a perdu.",
    ]
    contents = articles(pages, [])
    assert contents is not None
    assert [(said.title, said.published, said.text) for said in contents.articles] == [
        (TITLE, "2025-01-13", f"{BODY}\n\nLe maire ne dit rien."),
        ("Le club monte", "2025-01-13", "Le club a gagné par trois buts à deux, et la\ncoupe est pour\n"
         "les joueuses de Verdon.\n\nIl rejoue samedi."),
        ("Le club perd", "2025-01-14", "Il a perdu."),
    ]  # fmt: skip
    assert contents.lost == ()


def test_a_page_of_prose_that_stands_under_no_paper_is_told():
    said = "La semaine a été marquée par la fermeture de la halle, que tous les titres commentent longuement.\n" * 3
    contents = articles([said, f"{PAGE}\n{TITLE}\n{BODY}"], [])
    assert contents is not None
    assert [one.text for one in contents.articles] == [BODY]
    assert contents.lost == ("pages that stand under no paper were not read: 1",)


def test_a_title_ends_as_the_review_lists_it_or_where_a_line_does():
    page = f"{PAGE}\nVERDON\nUne piste cyclable jusqu'au\nlac en avril\n2026\n{BODY}"
    assert (only(page).title, only(page).text) == ("Une piste cyclable jusqu'au lac en avril 2026", BODY)
    page = f"{PAGE}\nHalle : Marchands\nContre Mairie\n{BODY}"
    assert only(page, titles=("Halle : marchands contre mairie",)).text == BODY
    assert only(page).title == "Halle : Marchands"


def test_captions_that_end_in_a_credit_leave_and_prose_that_names_a_picture_stays():
    captions = "La halle vide,\nen janvier. – Photo Luc Roy\nPhoto : Agence Nord / DR"
    told = "La photo de la halle, prise en 1998, est au musée.\nElle a été exposée. Photos et plans sont à vendre."
    assert only(f"{PAGE}\n{TITLE}\n{captions}\n{BODY}\n{told}").text == f"{BODY}\n{told}"


@pytest.mark.parametrize(
    "page",
    [
        f"Rapport annuel\nDate : 13/01/2025\nAuteur : Ada Colin\nPays : France\nIntroduction\n{BODY}",
        f"Le Relais\nPays : FR\nPériodicité : Quotidien\nOJD : 23450\n{TITLE}\n{BODY}",
        f"{BODY}\nDiffusion : 23450",
    ],
)
def test_a_page_without_a_box_of_the_press_or_without_a_day_is_none(page: str):
    assert articles([page], []) is None


def test_pages_with_a_paper_and_its_day_at_their_top_are_an_article_each():
    pages = [
        "Revue de presse\nVille de Verdon",
        f"Le Relais\nlundi 13 janvier 2025\nPage 4 - Édition Nord - 412 mots\n{TITLE}\n{BODY}\n{FOOT}",
        "Le maire ne dit rien, et les 38 marchands de la halle attendent.\n" * 4,
        f"Le Soir de Verdon, mardi 14 janvier 2025, p. 3\nLe club monte\nLe club a gagné.\n{FOOT}",
    ]
    contents = under_mastheads(pages, [])
    assert contents is not None
    assert [(said.title, said.published, said.outlet, said.text.split("\n\n")[0]) for said in contents.articles] == [
        (TITLE, "2025-01-13", "Le Relais", BODY),
        ("Le club monte", "2025-01-14", "Le Soir de Verdon", "Le club a gagné."),
    ]
    assert contents.articles[0].text.endswith("attendent.")
    head = "Le Relais\nlundi 13 janvier 2025\nPage {}\n"
    issue = [f"{head.format(1)}{TITLE}\n{BODY}", f"{head.format(2)}{BODY}"]
    assert under_mastheads(issue, []) is None  # the running head of one paper
    blog = [f"{TITLE}\n13 janvier 2025\n{BODY}", f"Le club monte\n14 janvier 2025\n{BODY}"]
    assert under_mastheads(blog, []) is None  # titles above their days


def test_a_review_in_pdf_is_several_articles(tmp_path: Path):
    other = PAGE.replace("Le Relais", "Le Soir de Verdon")
    pages = [f"{PAGE}\n{TITLE}\n{BODY}\n{FOOT}", f"{other}\nLe club monte\nLe club a gagné par trois buts.\n{FOOT}"]
    (tmp_path / "revue.pdf").write_bytes(pdf([page.split("\n") for page in pages]))
    read = reading.read_path(tmp_path / "revue.pdf")
    assert [(d.source, d.title, d.outlet, d.author) for d in read.documents] == [
        ("revue.pdf#1", TITLE, "Le Relais", "Ada Colin"),
        ("revue.pdf#2", "Le club monte", "Le Soir de Verdon", "Ada Colin"),
    ]
    assert read.skipped == ()
