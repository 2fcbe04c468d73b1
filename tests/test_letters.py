"""Letters, alerts and feeds: what stands around an article is no text of it, and a letter of several gives each."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_reading import several

from index import reading
from index.paragraphs.furniture import is_of_site
from index.reading.around import is_control, of_entry, of_letter, of_record

SENDER = "Le Fil du matin <fil@fil.example>"


def letter(subject: str, plain: str = "", page: str = "", sender: str = SENDER) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = sender, subject, "Tue, 14 Mar 2023 07:00:00 +0100"
    made.set_content(plain or page, subtype="plain" if plain else "html")
    if plain and page:
        made.add_alternative(page, subtype="html")
    return bytes(made)


def told(tmp_path: Path, name: str, data: bytes | str) -> list[tuple[str, str, date | None, str, str]]:
    return [(d.title, d.outlet, d.published, d.author, d.text.strip()) for d in several(tmp_path, name, data)]


PAGE = """<html><head><style>p{}</style></head><body>
<div style="display:none;font-size:1px">Douze morts, et le maire qui parle&nbsp;&zwnj;</div>
<table><tr><td><a href="https://f.example">Si cet e-mail ne s'affiche pas correctement, cliquez ici</a></td></tr>
<tr><td>Mardi 14 mars 2023</td><td>N° 1 212</td></tr></table>
<table><tr><td><h1>La crue fait douze morts à Lormeaux</h1><p>Par <b>Anne Le Goff</b></p>
<p>La crue a fait 12 morts à Lormeaux, selon la préfecture.</p><p>Lire aussi : Le pont ferme</p>
<p>Le pont a coûté 42 millions d'euros.</p><p><a href="https://f.example/1">Lire la suite</a></p></td></tr></table>
<p>Vous recevez cet e-mail parce que vous êtes inscrit à la newsletter du Fil du matin.</p>
<p><a href="u">Se désinscrire</a> | <a href="g">Gérer mes préférences</a></p>
<p>© 2023 Le Fil du matin - 12 rue des Cordiers, 75011 Paris</p></body></html>"""
PLAIN = """View this email in your browser (https://f.example/1)

** Twelve die in Lormeaux flood
------------------------------------------------------------

By Ann Lee

Twelve people died in Lormeaux on Monday, the prefecture said. The bridge had cost $42m.

"We were quick," said the mayor. He asked residents to unsubscribe from rumours.

Read the full story (https://f.example/2)

============================================================
** Facebook (https://network.example/x)
Copyright © 2023 The Harbour Letter, All rights reserved.
You are receiving this email because you opted in via our website.

Our mailing address is:
The Harbour Letter
12 High Street
Plymouth, Devon PL1 2AB

You can ** update your preferences (https://f.example/p)
or ** unsubscribe from this list (https://f.example/u).
"""


def test_what_stands_around_the_article_of_a_letter_is_no_text(tmp_path: Path):
    assert told(tmp_path, "a.eml", letter("La crue fait douze morts à Lormeaux", page=PAGE)) == [
        (
            "La crue fait douze morts à Lormeaux", "Le Fil du matin", date(2023, 3, 14), "Anne Le Goff",
            "# La crue fait douze morts à Lormeaux\n\nLa crue a fait 12 morts à Lormeaux, selon la préfecture.\n\n"
            "Le pont a coûté 42 millions d'euros.",
        )
    ]  # fmt: skip
    assert told(tmp_path, "b.eml", letter("Twelve die in Lormeaux flood", PLAIN)) == [
        (
            "Twelve die in Lormeaux flood", "Le Fil du matin", date(2023, 3, 14), "Ann Lee",
            "** Twelve die in Lormeaux flood\n\nTwelve people died in Lormeaux on Monday, the prefecture said. The "
            'bridge had cost $42m.\n\n"We were quick," said the mayor. He asked residents to unsubscribe from rumours.',
        )
    ]  # fmt: skip


def test_a_letter_from_one_to_another_is_whole_but_for_its_signature(tmp_path: Path):
    said = (
        "Bonjour,\n\nLe conseil se réunira le 14 mars. Contactez-nous au 12.\n\nLe budget est de 12 millions d'euros."
        "\n\nBien à vous,\nJean Dupont"
    )
    signed = f"{said}\n\n-- \nJean Dupont\nMairie de Lormeaux\n06 12 34 56 78\n"
    assert [t[4] for t in told(tmp_path, "a.eml", letter("Conseil", signed))] == [said]
    assert of_letter(said, "Conseil") == (said, "")


RULED = """** Le pont de Lormeaux rouvre
--------------------

Par Anne Le Goff

Après deux ans de travaux, qui ont coûté 42 millions d'euros, les voitures passeront lundi.

====================
"""
FOOT = """Transférez cette lettre à un ami : https://f.example/forward?u=1

Copyright © 2023 Le Fil, Tous droits réservés.
Notre adresse : 12 rue des Cordiers, 75011 Paris

Se désinscrire (https://f.example/u)
"""


def test_the_foot_of_a_letter_under_a_line_of_signs_is_no_article_of_it(tmp_path: Path):
    said = "Après deux ans de travaux, qui ont coûté 42 millions d'euros, les voitures passeront lundi."
    ((title, _, _, author, text),) = told(tmp_path, "a.eml", letter("Le pont de Lormeaux rouvre", RULED + FOOT))
    assert (title, author) == ("Le pont de Lormeaux rouvre", "Anne Le Goff")
    assert text == f"** Le pont de Lormeaux rouvre\n\n{said}"
    other = RULED.replace("Le pont", "Le bac").replace("Anne Le Goff", "Luc Fabre")
    assert [(t[0], t[3], t[4]) for t in told(tmp_path, "b.eml", letter("Le Fil", RULED + other + FOOT))] == [
        ("Le pont de Lormeaux rouvre", "Anne Le Goff", said),
        ("Le bac de Lormeaux rouvre", "Luc Fabre", said),
    ]


@pytest.mark.parametrize(
    ("line", "leave"),
    [
        ("Thanks for reading The Harbour Letter! Subscribe for free to receive new posts.", True),
        ("Thank you for reading The Harbour Letter. This post is public so feel free to share it.", True),
        ("Merci de votre lecture !", True),
        ("Merci d'avoir lu Le Fil ! Abonnez-vous gratuitement pour recevoir de nouveaux articles.", True),
        ("Thank you for reading the report: it cost 12 million.", False),
        ("Thanks for reading lessons, 40 pupils passed, the mayor said.", False),
        ("Merci de lire le règlement avant le 12 mars.", False),
        ("« Merci de votre lecture », a dit le maire à 12 élèves.", False),
    ],
)
def test_a_sender_who_takes_leave_of_his_reader_is_no_text(line: str, leave: bool):
    said = "The bridge cost 42 million."
    for read in (of_letter(f"{said}\n\n{line}\n\nUnsubscribe", "A bridge")[0], of_entry(f"{said}\n\n{line}")):
        assert read == (said if leave else f"{said}\n\n{line}")
    assert of_entry(f"{line}\n\n{said}") == (said if leave else f"{line}\n\n{said}")


FORWARDED = """Pour info.

---------- Forwarded message ---------
De : Le Courrier <alerte@courrier.example>
Date : lun. 13 mars 2023 à 18:12
Objet : Le pont de Lormeaux ferme
À : <lea@x.example>


Le pont de Lormeaux ferme lundi pour travaux, qui coûteront 7 millions d'euros.

Les riverains sont inquiets.
"""


def test_a_letter_that_is_forwarded_in_the_lines_of_another_has_its_own_sender_day_and_title(tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(letter("Fwd: Le pont", FORWARDED, sender="Léa Morin <lea@x.example>"))
    read = reading.read_path(tmp_path / "a.eml")
    assert [(d.title, d.outlet, d.published, d.text) for d in read.documents] == [
        (
            "Le pont de Lormeaux ferme", "Le Courrier", date(2023, 3, 13),
            "Le pont de Lormeaux ferme lundi pour travaux, qui coûteront 7 millions d'euros.\n\n"
            "Les riverains sont inquiets.",
        )
    ]  # fmt: skip
    assert [s.reason for s in read.skipped] == ["what stands above the letter that it forwards was left out"]


STORIES = """<p><a href="x">Voir dans le navigateur</a></p><p>Jeudi 11 mai 2023 · n° 412</p>
<h2><a href="a">Les tramways quittent Lormeaux</a></h2><p><em>Par Luc Fabre</em></p>
<p>La ville ne renouvellera pas le contrat de la société, qui s'achève le 31 décembre. Neuf cents rames partent.</p>
<p><a href="a">Lire sur le site</a></p>
<h2><a href="b">À Orsenne, les toits sont des potagers</a></h2><p><em>Par Inès Roux</em></p>
<p>Onze immeubles accueillent depuis le printemps des potagers en terrasse, cultivés par 160 locataires.</p>
<p><a href="b">Lire sur le site</a></p>
<p>Vous recevez ce message car vous êtes inscrit. <a href="u">Me désinscrire</a></p>"""


def test_a_letter_of_several_articles_gives_each_and_headings_alone_part_none(tmp_path: Path):
    wanted = [
        (
            "Les tramways quittent Lormeaux", "Le Fil du matin", date(2023, 3, 14), "Luc Fabre",
            "La ville ne renouvellera pas le contrat de la société, qui s'achève le 31 décembre. Neuf cents rames "
            "partent.",
        ),
        (
            "À Orsenne, les toits sont des potagers", "Le Fil du matin", date(2023, 3, 14), "Inès Roux",
            "Onze immeubles accueillent depuis le printemps des potagers en terrasse, cultivés par 160 locataires.",
        ),
    ]  # fmt: skip
    assert told(tmp_path, "a.eml", letter("Tramways et potagers", page=STORIES)) == wanted
    one = "\n".join(line for line in STORIES.split("\n") if "Lire sur" not in line and "Vous recevez" not in line)
    one = one.replace("<p><em>Par Luc Fabre</em></p>", "").replace("<p><em>Par Inès Roux</em></p>", "")
    assert len(told(tmp_path, "b.eml", letter("Tramways et potagers", page=one))) == 1


PARTED = """Read Online | Sign Up | Advertise

LE BRIEF
Mardi 14 mars 2023

Bonjour à tous.

----------

La crue fait douze morts à Lormeaux

La crue a fait 12 morts à Lormeaux, selon la préfecture, qui a ouvert une cellule de crise lundi.

Lire la suite : https://f.example/1

----------

Le pont rouvre en mai

Le pont de Lormeaux rouvrira en mai, après 7 millions d'euros de travaux, a dit la mairie mardi.

Lire la suite : https://f.example/2

----------

Vous recevez cet e-mail car vous vous êtes inscrit sur notre site.
Pour vous désinscrire, cliquez ici : https://f.example/u
"""
EXPORTED = """Le Courrier
Région, mardi 14 mars 2023 812 mots, p. 8

La crue fait douze morts à Lormeaux
Anne Le Goff

La crue a fait douze morts à Lormeaux, selon la préfecture.

© 2023 SA Le Courrier. Tous droits réservés.

news·20230314·CO·1234567
"""


def test_a_letter_in_plain_text_may_part_its_articles_by_lines_of_signs_or_hold_an_export(tmp_path: Path):
    assert [(t[0], t[4]) for t in told(tmp_path, "a.eml", letter("Le brief", PARTED))] == [
        (
            "La crue fait douze morts à Lormeaux",
            "La crue a fait 12 morts à Lormeaux, selon la préfecture, qui a ouvert une cellule de crise lundi.",
        ),
        (
            "Le pont rouvre en mai",
            "Le pont de Lormeaux rouvrira en mai, après 7 millions d'euros de travaux, a dit la mairie mardi.",
        ),
    ]
    assert told(tmp_path, "b.eml", letter("Alerte", EXPORTED)) == [
        (
            "La crue fait douze morts à Lormeaux", "Le Courrier", date(2023, 3, 14), "Anne Le Goff",
            "La crue a fait douze morts à Lormeaux, selon la préfecture.",
        )
    ]  # fmt: skip


ITEM = """<tr itemscope itemtype="http://schema.org/Article"><td><a
href="https://www.google.com/url?rct=j&amp;url={url}&amp;ct=ga"
itemprop="url"><span itemprop="name">{title}</span></a>
<div itemprop="publisher"><a><span itemprop="name">{outlet}</span></a></div>
<div itemprop="description">{text}&nbsp;...</div><a>Facebook</a> <a>Signaler comme non pertinent</a></td></tr>"""
LISTED = [
    ("https://c.example/1", "Crue à Lormeaux : douze morts", "Le Courrier", "La crue a fait douze morts à Lormeaux"),
    ("https://j.example/2", "Après la crue, la solidarité", "Le Jour", "Deux cents bénévoles sont venus aider"),
]


@pytest.mark.parametrize("kind", ["page", "plain"])
def test_each_article_that_an_alert_lists_is_a_source_and_partial(tmp_path: Path, kind: str):
    names = ("url", "title", "outlet", "text")
    rows = "".join(ITEM.format(**dict(zip(names, one, strict=True))) for one in LISTED)
    link = "<https://www.google.com/url?rct=j&url={}&ct=ga>"
    lines = "\n\n".join(f"{title}\n{outlet}\n{text} ...\n{link.format(url)}" for url, title, outlet, text in LISTED)
    foot = "- - - - - - - - - -\nSe désabonner de cette alerte :\n<https://www.google.com/alerts/remove>\n"
    page = f"<table><tr><td>crue</td></tr>{rows}<tr><td>Se désabonner</td></tr></table>"
    plain = f"=== Actualités - 2 nouveaux résultats pour [crue] ===\n\n{lines}\n\n\n{foot}"
    made = letter("Alerte", page=page) if kind == "page" else letter("Alerte", plain)
    read = several(tmp_path, "a.eml", made)
    assert [(d.url, d.title, d.outlet, d.text.rstrip(" .\u00a0"), d.partial) for d in read] == [
        (*one, True) for one in LISTED
    ]


def test_lines_that_a_sender_broke_by_its_own_rule_are_whole(tmp_path: Path):
    made = b"From: a@b.example\nSubject: Crue\nContent-Type: text/plain; format=flowed\n\n"
    made += b"La crue a fait \n12 morts, selon la \nmairie.\n\nLe pont ferme.\n-- \nA. B.\n"
    assert [t[4] for t in told(tmp_path, "a.eml", made)] == [
        "La crue a fait 12 morts, selon la mairie.\n\nLe pont ferme."
    ]


FEED = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Le Fil</title>{}</channel></rss>"""


def feed(*texts: str) -> str:
    items = (
        f"<item><title>T{n}</title><link>https://f.example/{n}</link><description><![CDATA[{text}]]></description></item>"
        for n, text in enumerate(texts)
    )
    return FEED.format("".join(items))


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("<p>Le pont ouvre.</p><p>L’article <a>A</a> est apparu en premier sur <a>Le Fil</a>.</p>", "Le pont ouvre."),
        ("<p>Le pont ouvre.</p><p>The post <a>Un pont</a> first appeared on <a>Le Fil</a>.</p>", "Le pont ouvre."),
        ("Le pont ouvre […] The post Un pont appeared first on Le Fil.", "Le pont ouvre […]"),
        ('<p>Le pont ouvre… <a>Continue reading "Un pont" →</a></p>', "Le pont ouvre…"),
        ("<p>Le pont ouvre.</p><p><a>Lire la suite</a></p>", "Le pont ouvre."),
        (
            "<p>Le pont ouvre.</p><h3>Partager :</h3><ul><li>Cliquez pour partager sur Facebook</li></ul><p>Il"
            " ferme.</p>",
            "Le pont ouvre.\n\nIl ferme.",
        ),
        ("<figure><img><figcaption>Le pont, mardi.</figcaption></figure><p>Le pont ouvre.</p>", "Le pont ouvre."),
        ("<p>Lire la suite du procès a pris deux heures au greffier, dit-il.</p><p>Fin.</p>",
         "Lire la suite du procès a pris deux heures au greffier, dit-il.\n\nFin."),
        ("<p>Le pont ouvre.</p><p>Le texte est apparu lundi sur un mur.</p>",
         "Le pont ouvre.\n\nLe texte est apparu lundi sur un mur."),
    ],
)  # fmt: skip
def test_what_a_site_says_in_an_entry_of_its_feed_is_no_text(tmp_path: Path, entry: str, text: str):
    assert [d.text for d in several(tmp_path, "a.xml", feed(entry, "Autre."))] == [text, "Autre."]


SITE = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Le Fil</title>
<wp:author><wp:author_login>alg</wp:author_login>
<wp:author_display_name>Anne Le Goff</wp:author_display_name></wp:author>
<item><title>Le pont ferme</title><link>https://f.example/p</link><pubDate>Tue, 14 Mar 2023 07:00:00 +0000</pubDate>
<dc:creator>alg</dc:creator><content:encoded><![CDATA[Le pont a fermé, dit la <strong>mairie</strong>.

[caption id="a" width="300"]<img src="x.jpg" /> Le pont lundi.[/caption]

Les travaux coûteront 7 millions d'euros.

[gallery ids="1,2"]]]></content:encoded><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>pont</title><content:encoded>Une photo.</content:encoded><wp:status>inherit</wp:status>
<wp:post_type>attachment</wp:post_type></item>
<item><title>Brouillon</title><content:encoded>Jamais paru.</content:encoded><wp:status>draft</wp:status>
<wp:post_type>post</wp:post_type></item></channel></rss>"""


def test_the_export_of_a_site_holds_what_it_published(tmp_path: Path):
    (tmp_path / "a.xml").write_text(SITE, encoding="utf-8")
    read = reading.read_path(tmp_path / "a.xml")
    assert [(d.title, d.author, d.published, d.text) for d in read.documents] == [
        (
            "Le pont ferme", "Anne Le Goff", date(2023, 3, 14),
            "Le pont a fermé, dit la mairie.\n\nLes travaux coûteront 7 millions d'euros.",
        )
    ]  # fmt: skip
    assert [s.reason for s in read.skipped] == [
        "2 entries that are no published articles were not read: attachment 1, draft 1"
    ]


def test_the_outlet_of_an_entry_that_a_search_found_is_its_site(tmp_path: Path):
    item = "<item><title>Crue - Le Courrier</title><link>https://n.example/1</link><description>Douze</description>"
    page = '<rss><channel><title>"crue" - Google Actualités</title>{}</channel></rss>'
    named = page.format(item + '<source url="https://c.example">Le Courrier</source></item>')
    (read,) = several(tmp_path, "a.xml", named)
    assert (read.title, read.outlet) == ("Crue", "Le Courrier")
    (read,) = several(tmp_path, "b.xml", page.format(item + "</item>"))
    assert read.outlet == "n.example"


LINES = st.sampled_from(
    [
        "", "Le pont ouvre.", "La crue a fait 12 morts.", "Lire aussi : Le pont", "Se désabonner", "Un titre", "-- ",
        "Par Anne Le Goff", "n° 12", "https://f.example", "© 2023 Le Fil",
        "Vous recevez ce message car vous êtes inscrit.",
    ]
)  # fmt: skip
"""Lines of articles and lines of letters."""


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_law_what_is_read_of_a_letter_or_an_entry_are_lines_of_it_in_their_order(text: str) -> None:
    for read in (of_letter(text, "Le pont")[0], of_entry(text), of_record(text)):
        lines = iter(text.split("\n"))
        assert all(any(line.strip() == own.strip() for own in lines) for line in read.split("\n") if line.strip())
        prose = [line for line in text.split("\n") if line in ("Le pont ouvre.", "La crue a fait 12 morts.")]
        if prose and "-- " not in text:
            assert set(prose) <= set(read.split("\n"))


@pytest.mark.parametrize(
    "line", ["Lire est un plaisir.", "Voir Naples et mourir", "Partager le pain", "Le site du Fil", "Continue à lire !"]
)
def test_lines_that_begin_like_a_link_are_text(line: str) -> None:
    assert not is_control(line)
    assert not is_of_site(line)


HALL = "La halle de Verdon ferme jeudi pour quatorze mois, et ses 38 marchands iront sous un chapiteau de la ville."


def test_the_page_of_a_letter_counts_where_its_plain_text_only_sends_there(tmp_path: Path):
    plain = "Votre messagerie n'affiche pas cette lettre.\nLisez-la en ligne : https://f.example/1?u=123456789\n" * 2
    page = f"<h1>La halle de Verdon ferme</h1><p>{HALL}</p><p>{'Le zinc est usé. ' * 60}</p>"
    ((title, outlet, _, _, text),) = told(
        tmp_path, "a.eml", letter("La Lettre n° 212 – La halle de Verdon ferme", plain, page)
    )
    assert (title, outlet) == ("La halle de Verdon ferme", "Le Fil du matin")
    assert text.startswith(f"# La halle de Verdon ferme\n\n{HALL}")
    own = f"{HALL}\n\nLe maire n'a rien dit."
    assert [t[4] for t in told(tmp_path, "b.eml", letter("La halle", own, f"<p>{HALL}</p><p>Il a parlé.</p>"))] == [own]


def test_a_subject_that_is_folded_between_two_words_keeps_them_apart(tmp_path: Path):
    data = letter("x", HALL).replace(b"Subject: x", b"Subject: =?utf-8?q?Les_halles_=C3=A0?=\n Verdon et au Foirail")
    assert [t[0] for t in told(tmp_path, "a.eml", data)] == ["Les halles à Verdon et au Foirail"]


CUTTING = f"""Bonjour,

Pour le dossier des halles.

--
Léa Morin
Documentation

De : Luc Roy <luc@x.example>
Envoyé : lundi 13 mars 2023 18:20
À : Léa Morin <lea@x.example>
Objet : Article sur la halle

Le Courrier de Verdon
Lundi 13 mars 2023

La halle de Verdon ferme ses portes

Par Ada Colin

{HALL}

---
Envoyé de mon iPhone
"""


def test_an_article_that_is_passed_on_stands_under_its_paper_and_its_day(tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(letter("TR: Article sur la halle", CUTTING, sender="Léa Morin <lea@x.example>"))
    read = reading.read_path(tmp_path / "a.eml")
    assert [(d.title, d.outlet, d.published, d.author, d.text) for d in read.documents] == [
        ("La halle de Verdon ferme ses portes", "Le Courrier de Verdon", date(2023, 3, 13), "Ada Colin", HALL)
    ]
    assert [s.reason for s in read.skipped] == ["what stands above the letter that it forwards was left out"]
    ((title, outlet, *_, text),) = told(tmp_path, "b.eml", letter("RE: Article sur la halle", CUTTING))
    assert (title, outlet) == ("Article sur la halle", "Le Fil du matin")  # who answers says something himself
    assert text.startswith("Bonjour,\n\nPour le dossier des halles.")


def test_a_press_release_ends_above_whom_to_ask_and_its_kind_is_no_title(tmp_path: Path):
    said = f"COMMUNIQUÉ DE PRESSE\nDiffusion immédiate\n\nLa halle de Verdon ferme\n\n{HALL}\n\n###\n\n"
    asked = "Contacts presse\nAgence Nord - Luc Roy - 03 20 00 00 00\n\nBien cordialement,\nLuc Roy\n"
    data = letter("COMMUNIQUÉ DE PRESSE - La halle de Verdon ferme", said + asked)
    ((title, *_, text),) = told(tmp_path, "a.eml", data)
    assert (title, text) == ("La halle de Verdon ferme", f"La halle de Verdon ferme\n\n{HALL}")
    more = f"{HALL}\n\n###\n\nLe toit est en zinc. Les verrières sont d'origine.\n"
    ((*_, text),) = told(tmp_path, "b.eml", letter("La halle de Verdon ferme", more))
    assert text == more.strip()


def test_an_alert_of_one_article_gives_its_paper_where_it_gives_who_signs(tmp_path: Path):
    head = '<p>Your search "halle" has 1 new result.</p><h3><a href="x">Market hall to close in Verdon</a></h3>'
    line = "<p>Verdon Evening Post | 13 March 2023 | By Ada Colin</p>"
    foot = '<p><a href="#">Unsubscribe</a></p>'
    page = f"{head}{line}<p>{HALL}</p>{foot}"
    assert told(tmp_path, "a.eml", letter('Alert: "halle" - 1 new result', page=page)) == [
        ("Market hall to close in Verdon", "Verdon Evening Post", date(2023, 3, 13), "Ada Colin", HALL)
    ]
