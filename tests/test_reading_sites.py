"""A web archive of a news site: its articles alone, each with the paper, the day and the author that its page shows."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from test_exports import warc_file
from test_letters import told

from index import reading
from index.reading.markup import parsed
from index.reading.shown import head_of, site_of
from index.reading.sitepages import leads_on

SITE = "https://www.gazette-valmont.example"
TITLES = [
    "Le tram de Valmont ouvrira avec deux ans de retard", "La filature de Lorgies cherche un repreneur",
    "Trois communes privées d'eau pendant cinq jours",
]  # fmt: skip
TEXTS = [
    ["La ligne B du tram de Valmont ouvrira en juin 2026, avec deux ans de retard, a dit mardi la présidente.",
     "Le chantier coûtera 84 millions d'euros de plus, que se partagent la ville, la région et l'État.",
     "Les commerçants de la rue Haute, eux, demandent une aide, et iront au tribunal s'il le faut."],
    ["La filature de Lorgies, qui emploie 212 personnes depuis 1931, cherche un repreneur avant le 3 octobre.",
     "Deux groupes, l'un belge et l'autre portugais, ont visité les ateliers, selon la direction de l'usine.",
     "Les ouvriers craignent que les métiers à tisser partent les premiers, et montent la garde la nuit."],
    ["Trois communes du sud de Valmont n'ont plus d'eau depuis samedi, après la rupture d'une conduite de 1962.",
     "Les écoles restent fermées, et 14 000 bouteilles sont distribuées chaque jour devant les mairies.",
     "La réparation prendra cinq jours, si le gel ne revient pas, prévient la régie qui gère le réseau."],
]  # fmt: skip
DAYS = [date(2023, 9, 26), date(2023, 9, 27), date(2023, 9, 28)]
TOP = (
    "<header><a href='/'><img src='l.svg' alt='Logo de La Gazette de Valmont'></a><nav><a href='/eco'>Économie</a>"
    "<a href='/sport'>Sports</a></nav></header>"
)
FOOT = "<footer><p>© 2023 La Gazette de Valmont – Tous droits réservés</p><a href='/ml'>Mentions légales</a></footer>"
ASIDE = "<aside><h2>Les plus lus</h2><ol>" + "".join(f"<li><a href='/{n}'>{t}</a></li>" for n, t in enumerate(TITLES))
ASIDE += "</ol></aside>"


def article(number: int, *, under: str = "", head: str = "", title: str = "") -> str:
    own = TITLES[number]
    day = f"Publié le {DAYS[number].day} septembre 2023 à 7 h 12"
    under = under or f"<p>Par Inès Roux</p><p>{day}</p>"
    text = "".join(f"<p>{line}</p>" for line in TEXTS[number])
    shown = title or f"{own} - Économie - La Gazette de Valmont"
    page = f"<html lang='fr'><head><title>{shown}</title>{head}</head><body>{TOP}<main><h1>{own}</h1>{under}{text}"
    return f"{page}</main>{ASIDE}{FOOT}</body></html>"


def listing(item: str, heading: str = "À la une") -> str:
    items = "".join(item.format(n=n, title=TITLES[n], text=TEXTS[n][0], day=DAYS[n]) for n in range(3))
    page = f"<html><head><title>{heading} - La Gazette de Valmont</title></head><body>{TOP}<main><h1>{heading}</h1>"
    return f"{page}{items}</main>{FOOT}</body></html>"


CARDS = {
    "cards": "<article><h2><a href='/{n}'>{title}</a></h2><p>{text}</p></article>",
    "tiles": "<a class='tile' href='/{n}'><h3>{title}</h3><p>{text}</p><span>{day}</span></a>",
    "lines": "<ul><li><time>{day}</time> <a href='/{n}'>{title}</a></li></ul>",
    "teasers": "<div><p><a href='/{n}'>{title}</a></p><p>{text}</p><p><a href='/{n}'>Lire la suite</a></p></div>",
}


@pytest.mark.parametrize("cards", CARDS)
def test_a_page_that_leads_to_articles_is_no_source_and_is_told(tmp_path: Path, cards: str):
    pages = {f"{SITE}/": listing(CARDS[cards]), f"{SITE}/eco": listing(CARDS[cards], "Économie")}
    pages |= {f"{SITE}/{n}": article(n) for n in range(3)}
    (tmp_path / "a.warc.gz").write_bytes(warc_file({address: page.encode() for address, page in pages.items()}))
    read = reading.read_path(tmp_path / "a.warc.gz")
    assert [(d.title, d.outlet, d.published, d.author, d.url) for d in read.documents] == [
        (TITLES[n], "La Gazette de Valmont", DAYS[n], "Inès Roux", f"{SITE}/{n}") for n in range(3)
    ]
    assert [d.text.endswith(TEXTS[n][-1]) for n, d in enumerate(read.documents)] == [True, True, True]
    assert [s.reason for s in read.skipped] == [
        f"2 pages that lead to articles and are none were not read: {SITE}/, {SITE}/eco"
    ]


@pytest.mark.parametrize("address", ["http://[adresse à venir]/", "https://a]b/", "//[::1/", "http://℀.example/"])
def test_a_link_to_an_address_that_is_none_leaves_its_page_as_it_is(tmp_path: Path, address: str):
    page = f"<link rel='canonical' href='{address}'><a href='{address}'>Le Mauvais Nom</a>"
    linked = article(0).replace("<main>", f"{page}<main>")
    (tmp_path / "a.html").write_text(linked, encoding="utf-8")
    (tmp_path / "a.warc").write_bytes(warc_file({f"{SITE}/0": linked.encode(), f"{SITE}/1": article(1).encode()}))
    read = reading.read_path(tmp_path)
    said = {(d.title, d.outlet, d.published, d.author, d.text.split("\n")[-1]) for d in read.documents}
    assert said == {(TITLES[n], "La Gazette de Valmont", DAYS[n], "Inès Roux", TEXTS[n][-1]) for n in (0, 1)}
    assert (len(read.documents), read.skipped) == (3, ())


def test_an_archive_of_a_front_page_alone_holds_that_page(tmp_path: Path):
    data = warc_file({f"{SITE}/": listing(CARDS["tiles"]).encode()})
    assert [line[1] for line in told(tmp_path, "a.warc.gz", data)] == ["La Gazette de Valmont"]


def test_what_leads_on_and_what_is_missing_is_no_page(tmp_path: Path):
    moved = warc_file({f"{SITE}/0": article(0).encode(), f"{SITE}/1": article(1).encode()})
    first, second = (part for part in moved.split(b"\x1f\x8b\x08") if part)
    one, other = (gzip.decompress(b"\x1f\x8b\x08" + part) for part in (first, second))
    data = one + other.replace(b"HTTP/1.1 200 OK", b"HTTP/1.1 404 No")
    (tmp_path / "a.warc").write_bytes(data)
    read = reading.read_path(tmp_path / "a.warc")
    assert [d.title for d in read.documents] == [TITLES[0]]
    assert [s.reason for s in read.skipped] == ["1 records that are no pages were not read"]


RELATED = "<section><h2>Sur le même sujet</h2>" + "".join(
    f"<div><h3><a href='/{n}'>{title}</a></h3><p>{TEXTS[n][0]}</p></div>" for n, title in enumerate(TITLES)
)
BRIEF = "<p>Publié le 3 avril 2023</p><p>Un cycliste de 42 ans a été blessé mercredi rue du Port, à Lorgies.</p>"
LIVE = "".join(f"<div><h3><a href='#p{n}'>{t}</a></h3><p>{TEXTS[n][0]}</p></div>" for n, t in enumerate(TITLES))


@pytest.mark.parametrize(
    ("page", "leads"),
    [
        (article(0), False),
        (article(0).replace("</main>", f"{RELATED}</section></main>"), False),
        (f"<h1>Un blessé dans un accident</h1>{BRIEF}{RELATED}</section>", False),
        (f"<h1>DIRECT. Suivez la situation</h1>{LIVE}", False),
        (f"<h1>Un blessé</h1><p>Un accident.</p>{RELATED}</section>", True),
        ("<meta property='og:type' content='article'><h1>Un blessé</h1>" + RELATED, False),
        ("<h1>Mentions légales</h1><p>Ce site est édité par la société GV, au capital de 40 000 euros.</p>", True),
        ("<h1>Un blessé</h1><p>Un accident a eu lieu lundi.</p>", False),
    ],
)
def test_the_shape_of_a_page_that_leads_on(page: str, leads: bool):
    assert leads_on(parsed(f"<html><body>{page}</body></html>"), f"{SITE}/a") is leads


def test_a_list_of_articles_in_the_metadata_of_a_page_makes_it_none(tmp_path: Path):
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": t} for t in TITLES]}
    script = f"<script type='application/ld+json'>{json.dumps(listed)}</script>"
    assert leads_on(parsed(listing(CARDS["cards"]).replace("</head>", f"{script}</head>")), f"{SITE}/eco")


def test_metadata_that_name_paper_and_author_elsewhere_are_followed(tmp_path: Path):
    graph = [
        {"@type": "NewsArticle", "headline": TITLES[0], "author": {"@id": "#a"}, "publisher": {"@id": "#p"}},
        {"@type": "Person", "@id": "#a", "name": "Ada Colin"},
        {"@type": "NewsMediaOrganization", "@id": "#p", "name": "Le Relais du Nord"},
    ]
    head = f"<script type='application/ld+json'>{json.dumps({'@graph': graph})}</script>"
    ((title, outlet, day, author, _),) = told(tmp_path, "a.html", article(0, head=head))
    assert (title, outlet, day, author) == (TITLES[0], "Le Relais du Nord", DAYS[0], "Ada Colin")


def test_the_line_of_a_paper_in_an_article_counts_before_the_name_of_the_site(tmp_path: Path):
    under = "<p>Le Relais du Nord, mardi 26 septembre 2023, p. 4</p>"
    ((_, outlet, day, _, _),) = told(tmp_path, "a.html", article(0, under=under))
    assert (outlet, day) == ("Le Relais du Nord", DAYS[0])


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (article(0), "La Gazette de Valmont"),
        (article(0, title=TITLES[0]), "La Gazette de Valmont"),
        (f"<title>La Gazette de Valmont | {TITLES[0]}</title><h1>{TITLES[0]}</h1>", "La Gazette de Valmont"),
        (f"<title>{TITLES[0]}</title><h1>{TITLES[0]}</h1>", ""),
        (f"<title>{TITLES[0]}</title><a href='/'>Accueil</a><h1>{TITLES[0]}</h1><footer>© 2023</footer>", ""),
        (f"<title>{TITLES[0]}</title><a href='/' title='The Bay Post home'><svg/></a><h1>A</h1>", "The Bay Post"),
    ],
)
def test_the_name_that_a_site_shows(page: str, name: str):
    assert site_of(parsed(f"<html>{page}</html>"), "", f"{SITE}/a") == name


@pytest.mark.parametrize(
    ("under", "day", "author"),
    [
        ("<p>Par Inès Roux</p><p>Publié le 26 septembre 2023, mis à jour le 28 septembre 2023</p>", "2023-09-26",
         "Inès Roux"),
        ("<div><span>By Tom Hale</span> <time>26 September 2023</time></div>", "2023-09-26", "Tom Hale"),
        ("<p>Le chantier a repris le 26 septembre 2023.</p>", "", ""),
        ("<p>Mis à jour le 26 septembre 2023</p>", "", ""),
    ],
)  # fmt: skip
def test_the_day_and_the_author_that_stand_under_a_title(under: str, day: str, author: str):
    assert head_of(parsed(article(0, under=under)), TITLES[0]) == (day, author)
