"""Papers that recipes make into books: sections, lists and bars are no articles, and each article has its own day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reading import archive, several

from index import Skipped, reading
from index.reading.books import epub

PARTS = [
    ("Le bac de Tréorvan reprend la mer", date(2023, 3, 13), "Ada Colin", ["Le bac a repris mardi ses rotations.",
     "Le maire attend 12 000 passagers cet été."]),
    ("Fromagerie : où loger les nouveaux ?", date(2023, 3, 14), "Luc Fabre", ["La fromagerie embauche 27 personnes.",
     "Elle cherche des logements pour la moitié d'entre elles."]),
    ("Town switches off its lights", date(2023, 3, 11), "Bea Lamming", ["The council switched off 412 lamps on Friday.",
     "Nobody complained until the buses began to miss their stops."]),
]  # fmt: skip
MONTHS = {13: "13 mars 2023", 14: "14 mars 2023", 11: "11 mars 2023"}
WANTED = [(title, day, author, f"# {title}\n\n" + "\n\n".join(text)) for title, day, author, text in PARTS]
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:opf="http://www.idpf.org/2007/opf"><metadata><dc:title>{title}</dc:title>{about}<dc:date>2023-03-16</dc:date>
</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"""
ISSUE = (
    '<dc:creator opf:role="aut">calibre</dc:creator><dc:publisher>calibre</dc:publisher>'
    '<dc:contributor opf:role="bkp">calibre (7.6.0) [https://calibre-ebook.com]</dc:contributor>'
    '<meta name="calibre:publication_type" content="periodical:unknown:Ouest Matin"/>'
)
BARS = {
    "called": '<div class="calibre_navbar1">| <a href="../n.html">Next</a> | <a href="i.html">Section</a> |<hr/></div>',
    "called alone": '<div class="calibre_navbar"><a href="s0.html">Seite zurück</a></div>',
    "flat": '<div class="calibre5">| <a href="s0.html">Avanti</a> | <a href="top.html">Indice</a> |</div>',
    "table": '<table class="touchscreen_navbar"><tr><td><a href="s0.html">Suivant</a></td><td><a href="top.html">Haut'
    "</a></td></tr></table>",
    "nav": '<nav><a href="top.html">Zum Inhalt</a></nav>',
    "none": "",
}
LISTS = {
    "items": '<ul><li><a href="{page}">{title}</a> <span>[{day}]</span><div>{start}…</div></li></ul>',
    "boxes": '<div class="calibre3"><div><a href="{page}"><b>{title}</b></a></div><p>{start}…</p></div>',
    "lines": '<p class="calibre4"><a href="{page}">{title}</a></p><p class="calibre6">{start}…</p>',
    "rows": '<table><tr><td><a href="{page}">{title}</a></td></tr><tr><td>{start}…</td></tr></table>',
}
METAS = {
    "one line": ("<p class='c2'>Mer › Finistère</p>", "<p class='c8'>Par {author}. Publié le {day} à 18h40</p>"),
    "two lines": ("", "<p>Par {author}</p><p class='c3'>Publié le {day}, mis à jour le 15 mars 2023</p>"),
    "above": ("<div>{day}</div><div>Vie locale</div>", "<p>By {author}</p>"),
    "time": ("", "<p>Par {author}</p><p><time datetime='{iso}T18:40:00+01:00'>lundi</time></p>"),
}
PICTURES = {
    "class": '<div class="image-wrap"><img src="a.png"/><p class="legende">Vue du bac, en mars. Photo A. B.</p></div>',
    "figure": '<figure><img src="a.png"/><figcaption>Le port au matin</figcaption></figure>',
    "credit": '<div><img src="a.png"/></div><p class="c9">Photo : Ouest Matin / A. B.</p>',
}


def page(title: str, body: str) -> str:
    head = f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head>'
    return f'{head}<body class="calibre">{body}</body></html>'


def issue(
    bar: str = "called", listed: str = "items", meta: str = "one line", picture: str = "class", about: str = ISSUE
) -> bytes:
    """Return a book of three articles, the first two in one section, the last in another."""
    pages = {"cover.xhtml": page("Cover", "<img src='c.png'/>")}
    sections = {"s0.html": PARTS[:2], "s1.html": PARTS[2:]}
    links = "".join(f'<li><a href="{name}">Section {name[1]}</a></li>' for name in sections)
    pages["top.html"] = page("Ouest Matin", f"<h1>Ouest Matin</h1><p>jeudi 16 mars 2023</p><ul>{links}</ul>")
    for name, parts in sections.items():
        told = "".join(
            LISTS[listed].format(
                page=f"a/{own[1].day}.html", title=own[0], day=MONTHS[own[1].day], start=own[3][0][:-1]
            )
            for own in parts
        )
        pages[name] = page(f"Section {name[1]}", f"{BARS[bar].replace('../', '')}<h2>Section {name[1]}</h2>{told}")
        for title, day, author, text in parts:
            above, under = (
                half.format(author=author, day=MONTHS[day.day], iso=day.isoformat()) for half in METAS[meta]
            )
            links_up = BARS[bar].replace('href="', 'href="../')
            body = f"<p>{text[0]}</p>{PICTURES[picture]}<p>{text[1]}</p>"
            foot = '<div class="calibre_navbar"><p>This article was downloaded by <b>calibre</b> from '
            foot += (
                f'<a href="https://o.example/{day.day}" rel="calibre-downloaded-from">https://o.example</a></p></div>'
            )
            pages[f"a/{day.day}.html"] = page(title, f"{links_up}{above}<h1>{title}</h1>{under}{body}{foot}{links_up}")
    return book(pages, about, "Ouest Matin [jeu., 16 mars 2023]")


def book(pages: dict[str, str], about: str, title: str) -> bytes:
    items = "".join(f'<item id="p{n}" href="{name}"/>' for n, name in enumerate(pages))
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    package = PACKAGE.format(title=title, about=about, items=items, spine=spine)
    return archive({"content.opf": package.encode(), **{name: text.encode() for name, text in pages.items()}})


def check(folder: Path, made: bytes) -> None:
    read = several(folder, "a.epub", made)
    assert [(d.title, d.published, d.author, d.text) for d in read] == WANTED
    assert [d.outlet for d in read] == ["Ouest Matin"] * 3
    assert [d.url for d in read] == [f"https://o.example/{day.day}" for _, day, *_ in PARTS]


@pytest.mark.parametrize("bar", BARS)
def test_bars_that_lead_from_page_to_page_are_no_text(tmp_path: Path, bar: str):
    check(tmp_path, issue(bar=bar))


@pytest.mark.parametrize("listed", LISTS)
def test_pages_that_list_articles_are_none(tmp_path: Path, listed: str):
    check(tmp_path, issue(listed=listed))
    read = reading.read_path(tmp_path / "a.epub")
    assert read.skipped == (Skipped("a.epub", "3 pages that list others were not read"),)


@pytest.mark.parametrize("meta", METAS)
@pytest.mark.parametrize("picture", PICTURES)
def test_what_stands_around_an_article_is_no_text_and_its_day_is_its_own(tmp_path: Path, meta: str, picture: str):
    check(tmp_path, issue(meta=meta, picture=picture))


def test_the_day_in_a_list_counts_where_the_article_has_none_and_the_issue_s_where_neither_has(tmp_path: Path):
    METAS["none"] = ("", "<p>Par {author}</p>")
    check(tmp_path, issue(meta="none"))
    read = several(tmp_path, "b.epub", issue(meta="none", listed="lines"))
    assert [d.published for d in read] == [date(2023, 3, 16)] * 3
    del METAS["none"]


@pytest.mark.parametrize(
    ("about", "outlet"),
    [
        (ISSUE, "Ouest Matin"),
        ("<dc:publisher>Ouest-Matin SA</dc:publisher><dc:subject>News</dc:subject>", "Ouest-Matin SA"),
        ('<dc:subject>News</dc:subject><dc:contributor role="bkp">calibre (3.1)</dc:contributor>', "Ouest Matin"),
        ("<dc:type>periodical</dc:type><dc:creator>Ouest Matin</dc:creator>", "Ouest Matin"),
    ],
)
def test_the_paper_is_neither_the_tool_nor_an_issue_of_it(tmp_path: Path, about: str, outlet: str):
    read = several(tmp_path, "a.epub", issue(about=about))
    assert [(d.outlet, d.author) for d in read] == [(outlet, author) for _, _, author, _ in PARTS]


def test_a_chapter_of_a_book_is_whole_and_only_its_contents_leave(tmp_path: Path):
    top, first, second = (
        f'<a href="{name}.html">{words}</a>' for name, words in (("0", "One"), ("1", "One"), ("2", "Two"))
    )
    note, back = '<a href="3.html#n1">1</a>', '<a href="2.html#r1">1</a>'
    bodies = {
        "Contents": f"<h1>Contents</h1><p>{first}</p><p>{second}</p>",
        "One": f"<h1>{top}</h1><p>By Ann Lee</p><p>March 3, 1901</p><p>It rained.</p>",
        "Two": f"<h1>Two</h1><p>{first} had told of the rain, which went on for days.</p><p>It stopped.{note}</p>"
        "<figure><figcaption>A map</figcaption></figure>",
        "Remarks": f"<h1>Remarks on the rain</h1><p>{back} The rain of 1901, says the diary.</p>",
    }
    chapters = {f"{n}.html": page(title, body) for n, (title, body) in enumerate(bodies.items())}
    read = several(tmp_path, "a.epub", book(chapters, "<dc:creator>Ann Lee</dc:creator>", "Rain"))
    assert [(d.title, d.text) for d in read] == [
        ("One", "# One\n\nBy Ann Lee\n\nMarch 3, 1901\n\nIt rained."),
        ("Two", "# Two\n\nOne had told of the rain, which went on for days.\n\nIt stopped.1\n\nA map"),
        ("Remarks on the rain", "# Remarks on the rain\n\n1 The rain of 1901, says the diary."),
    ]


WORDS = st.lists(st.sampled_from("le bac mer pont lande eau port vent île phare".split()), min_size=3, max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6, unique_by=tuple), st.sampled_from(sorted(LISTS)), st.booleans())
def test_as_many_articles_are_read_as_a_paper_holds_whatever_its_sections(titles, listed: str, cut: bool):
    shown = [" ".join(words).capitalize() + f" {n}" for n, words in enumerate(titles)]
    told = "".join(
        LISTS[listed].format(
            page=f"{n}.html", title=title[:14] + "…" if cut else title, day="13 mars 2023", start="x y"
        )
        for n, title in enumerate(shown)
    )
    pages = {"s.html": page("Mer", f"<h2>Mer</h2>{told}")}
    pages |= {
        f"{n}.html": page(title, f"<h1>{title}</h1><p>Il a plu sur {title}.</p>") for n, title in enumerate(shown)
    }
    read = epub(book(pages, ISSUE, "Ouest Matin"), 1_000_000)
    assert [(said.title, said.text) for said in read.articles] == [
        (title, f"# {title}\n\nIl a plu sur {title}.") for title in shown
    ]
