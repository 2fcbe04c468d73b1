"""Exports, mail, feeds, tables, archives: each kind of file that holds many articles gives them one by one."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from test_reading import archive, pdf, reason, several

from index import Corpus, reading
from index.cluster.parallel import _looked_at, _row
from index.paragraphs import split
from index.reading.catalogue import Catalogue
from index.records import Document, Guessed, Skipped

DATA = Path(__file__).parent / "data" / "exports"


def exported(name: str) -> list[Document]:
    return reading.read_file(DATA / name, name)


def known(document: Document) -> tuple[str, str, str, date | None, str]:
    return document.source, document.title, document.outlet, document.published, document.author


def test_europresse_of_today_and_its_day_is_that_of_the_paper_not_of_the_export():
    first, second = exported("europresse-article.html")
    assert known(first) == (
        "europresse-article.html#1", "Tempête à Kermorvan : 8 blessés", "L'Écho du Littoral", date(2023, 11, 6),
        "Anne Le Goff",
    )  # fmt: skip
    assert first.text == (
        "Le port est fermé jusqu'à nouvel ordre.\n\n"
        "La tempête a fait 8 blessés à Kermorvan dimanche, selon les pompiers.\n\n"
        "Bateaux perdus : 14\n\n620 foyers privés de courant.\n\nLe bilan a été corrigé : 8 blessés et non 18."
    )
    # A monthly gives no day; the number of the document does.
    assert known(second) == (
        "europresse-article.html#2", "Après la tempête", "Revue des Ports", date(2023, 11, 20), "Yann Caro",
    )  # fmt: skip
    assert second.text == "La coopérative de Kermorvan estime ses pertes à 2,5 millions d'euros."


ENGLISH = """<html><body><article><header><div><span class="DocPublicationName">The Gazette (web site)</span></div>
<div><span class="DocHeader">News, Tuesday, March 14, 2023 - 07:15 EDT 532 words, p. A4</span></div>
<div class="titreArticle"><p class="titreArticleVisu">Flood kills 12</p></div>
<p class="sm-margin-bottomNews">Ann Lee</p>
</header><section><div class="DocText clearfix"><div class="docOcurrContainer"><p>Twelve people died.</p>
<p>This article appeared in <a href="https://g.example/x">The Gazette</a></p></div></div></section><footer>
<small>© 2023 Gazette. All rights reserved.</small><div>news·20230315·MG·1</div></footer></article></body></html>"""


def test_europresse_in_english_and_with_one_article(tmp_path: Path):
    (only,) = several(tmp_path, "a.html", ENGLISH)
    assert (*known(only), only.url, only.text) == (
        "a.html", "Flood kills 12", "The Gazette (web site)", date(2023, 3, 14), "Ann Lee", "https://g.example/x",
        "Twelve people died.",
    )  # fmt: skip


def test_europresse_of_old():
    assert [(*known(d), d.text) for d in exported("europresse-lignes.html")] == [
        (
            "europresse-lignes.html#1", "Le pont de Saint-Arvel fermé", "Le Matin de l'Ouest", date(2012, 10, 9), "",
            "Le pont de Saint-Arvel est fermé depuis lundi : 31 000 véhicules y passent chaque jour.\n\n"
            "Les travaux coûteront 7 millions d'euros.",
        ),
        (
            "europresse-lignes.html#2", "Un pont trop loin", "Le Relais", date(2012, 10, 10), "Luc Fabre",
            "Il aura fallu 6 ans pour décider.",
        ),
    ]  # fmt: skip


FRENCH = "L'aciérie de Valdor va supprimer 210 postes, a annoncé la direction.\n\nLe site en compte 1 340."


@pytest.mark.parametrize("name", ["factiva-codes.html", "factiva.txt"])
def test_factiva_with_codes_and_without(name: str):
    first, second = exported(name)
    assert known(first) == (
        f"{name}#1", "L'aciérie de Valdor supprime 210 postes", "Le Fil de l'Est", date(2022, 6, 3), "Léa Morin",
    )  # fmt: skip
    assert first.text.strip() == FRENCH
    assert known(second) == (
        f"{name}#2", "Valdor mill sheds a sixth of its staff", "The Eastern Star", date(2022, 6, 4), "Tom Hale",
    )  # fmt: skip
    assert second.text.startswith("The Valdor steel mill is to shed 230 of its 1,340 jobs.")
    assert "Document" not in first.text + second.text
    assert "Media" not in second.text
    assert (first.language, second.language) == ("fr", "en")


CODED = [
    ("HD", "Une usine ferme à Brissac"), ("BY", "Par Luc Martin"), ("WC", "300 mots"), ("PD", "7 avril 2021"),
    ("SN", "Le Quotidien de l'Ouest"), ("LA", "Français"), ("CY", "(c) 2021 Le Quotidien de l'Ouest"),
    ("LP", "L'usine de Brissac ferme : 120 emplois supprimés."), ("TD", "La direction l'a annoncé mardi."),
    ("NS", "gcat : Informations"), ("AN", "Document QUOO000020210407eh4700001"),
    ("HD", "Deux emplois sur trois"), ("PD", "8 avril 2021"), ("SN", "Le Jour"), ("LP", "Il reste 90 emplois."),
    ("AN", "Document LEJO000020210408eh4800002"),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["rtf", "docx", "table"])
def test_factiva_with_codes_in_rtf_and_word(tmp_path: Path, kind: str):
    if kind == "table":
        document, out = docx.Document(), io.BytesIO()
        for code, value in CODED:
            cells = document.add_table(1, 2).rows[0].cells
            cells[0].text, cells[1].text = code, value
        document.save(out)
        made, name = out.getvalue(), "a.docx"
    else:
        lines = [f"{code} {value}" for code, value in CODED]
        made, name = (rtf_file(lines), "a.rtf") if kind == "rtf" else (word_file(lines), "a.docx")
    assert [(*known(d), d.text) for d in several(tmp_path, name, made)] == [
        (
            f"{name}#1", "Une usine ferme à Brissac", "Le Quotidien de l'Ouest", date(2021, 4, 7), "Luc Martin",
            "L'usine de Brissac ferme : 120 emplois supprimés.\n\nLa direction l'a annoncé mardi.",
        ),
        (f"{name}#2", "Deux emplois sur trois", "Le Jour", date(2021, 4, 8), "", "Il reste 90 emplois."),
    ]  # fmt: skip


def test_factiva_in_xml():
    assert [(d.title, d.outlet, d.published, d.author, d.text) for d in exported("factiva.xml")] == [
        (
            "Valdor : 210 postes supprimés", "Le Fil de l'Est", date(2022, 6, 3), "Léa Morin",
            "L'aciérie va supprimer 210 postes.\n\nLe site en compte 1 340.\n\nUne réunion est prévue.",
        ),
        ("Valdor mill sheds jobs", "The Eastern Star", date(2022, 6, 4), "", "The mill is to shed 230 jobs."),
    ]  # fmt: skip


def test_nexis_of_old_in_text():
    first, second = exported("nexis-ancien.txt")
    assert known(first) == (
        "nexis-ancien.txt#1", "Ferry runs aground off Skarness; Two hundred taken ashore", "The Northern Herald",
        date(2010, 1, 11), "Ian Reid",
    )  # fmt: skip
    assert first.text == (
        "All passengers are safe.\n\n"
        "A ferry ran aground off Skarness on Sunday night and 204 people were taken ashore\nby lifeboat, the "
        "coastguard said. The operation, led by Captain Moira Lyle, took\nmore than five hours in heavy seas and cost "
        "a sum of $3.2 million.\n\nNo one was hurt."
    )
    assert (second.title, second.published, second.text) == (
        "Ferry owner fined", date(2010, 1, 12), "The owner was fined 40,000 pounds.",
    )  # fmt: skip


def test_nexis_of_old_in_html_and_in_french():
    assert [(*known(d)[1:], d.text) for d in exported("nexis-fr.html")] == [
        (
            "Avalanche à Montferrat : 3 morts", "Le Courrier des Alpes", date(2018, 2, 8), "Jean Brun",
            "Le parquet a ouvert une enquête.\n\nUne avalanche a fait 3 morts à Montferrat, selon la gendarmerie.\n\n"
            "Deux skieurs sont indemnes.",
        ),
        ("Le bilan s'alourdit", "La Vallée", date(2018, 2, 9), "", "Le bilan est de 4 morts."),
    ]  # fmt: skip


COVER = [
    "Date and Time: Monday, 4. March 2024 09:31:00 CET", "Job Number: 00000001", "Documents (2)",
    "1. Une panne à Orsenne", "Client/Matter: -None-", "Search Terms: Orsenne", "Search Type: Natural Language",
    "Narrowed by:", "2. Orsenne rallumée", "Client/Matter: -None-", "Search Terms: Orsenne", "Narrowed by:",
]  # fmt: skip
ARTICLES = [
    "Une panne à Orsenne", "Le Journal du Centre", "1 mars 2024 vendredi", "",
    "Copyright 2024 Le Journal du Centre Tous droits réservés", "Section: VILLE; Pg. 4", "Length: 120 words",
    "Byline: Claire Dumas", "Highlight: Le courant est revenu à minuit.", "Body", "",
    "Une panne a privé 12 500 foyers de courant à Orsenne.", "Elle a duré six heures.", "",
    "Classification", "Language: FRENCH; FRANÇAIS", "Subject: ÉLECTRICITÉ (90%)", "Load-Date: 3 mars 2024", "",
    "End of Document",
    "Orsenne rallumée", "Orsenne Post", "March 2, 2024 Saturday 11:21 AM GMT", "Length: 90 words", "Body", "",
    "Power is back in 11,900 homes.", "Load-Date: March 3, 2024", "End of Document",
]  # fmt: skip


def word_file(lines: list[str]) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def rtf_file(lines: list[str]) -> bytes:
    body = "".join(f"{line}\\par\n" for line in lines)
    escaped = "".join(c if c < "\x7f" else f"\\'{c.encode('cp1252').hex()}" for c in body)
    return b"{\\rtf1\\ansi\\ansicpg1252 " + escaped.encode("ascii") + b"}"


@pytest.mark.parametrize("kind", ["docx", "rtf"])
def test_nexis_of_today_in_word_and_rtf(tmp_path: Path, kind: str):
    made = {"docx": word_file, "rtf": rtf_file}[kind](COVER + ARTICLES)
    first, second = several(tmp_path, f"nexis.{kind}", made)
    assert known(first) == (
        f"nexis.{kind}#1", "Une panne à Orsenne", "Le Journal du Centre", date(2024, 3, 1), "Claire Dumas",
    )  # fmt: skip
    assert first.text == (
        "Le courant est revenu à minuit.\n\nUne panne a privé 12 500 foyers de courant à Orsenne.\n\n"
        "Elle a duré six heures."
    )
    assert known(second)[1:] == ("Orsenne rallumée", "Orsenne Post", date(2024, 3, 2), "")
    assert second.text == "Power is back in 11,900 homes."


def test_an_export_that_was_cut_says_so(tmp_path: Path):
    header = ["Orsenne oubliée", "Le Soir d'Orsenne", "4 mars 2024 lundi", "Length: 900 words", "Body"]
    (tmp_path / "a.docx").write_bytes(word_file([*ARTICLES, *header, "Il manque. " * 30]))
    read = reading.read_path(tmp_path / "a.docx")
    assert [(d.title, d.partial) for d in read.documents] == [
        ("Une panne à Orsenne", False), ("Orsenne rallumée", False), ("Orsenne oubliée", True),
    ]  # fmt: skip
    assert read.skipped == (Skipped("a.docx", "the export ends in the middle of an article"),)


def test_an_export_of_an_unknown_kind_is_one_article_and_says_so(tmp_path: Path):
    text = "\n\n".join(f"Article {n} de 3\n\nTitre {n}\n\nLe texte numéro {n} dit tout." for n in (1, 2, 3))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    read = reading.read_path(tmp_path / "a.txt")
    assert [d.source for d in read.documents] == ["a.txt"]
    assert [s.reason for s in read.skipped] == [
        "looks like an export of several articles of a kind that is not known; it is read as one article"
    ]


def test_the_credit_of_a_picture_does_not_end_an_article_of_europresse(tmp_path: Path):
    said = [
        "La tempête a fait 8 blessés.",
        "© AFP / Anne Le Goff",
        "Tous droits réservés",
        "Il reste 620 foyers sans courant.",
    ]
    page = (DATA / "europresse-article.html").read_text(encoding="utf-8")
    start = page.index("<p>La tempête a fait 8")
    credited = f"{page[:start]}{''.join(f'<p>{p}</p>' for p in said)}{page[start:]}"
    assert "\n\n".join(said) in several(tmp_path, "a.html", credited)[0].text
    lines = (DATA / "europresse.txt").read_text(encoding="utf-8")
    told = "\n\n".join([*said, "Ce certificat est exigé.", ""])
    first, _ = several(tmp_path, "a.txt", lines.replace("Bateaux perdus", f"{told}Bateaux perdus"))
    assert first.text.endswith(f"{told}Bateaux perdus : 14")
    long = "Le présent document est protégé par les lois.\nIl l'est par les lois et conventions internationales."
    first, _ = several(tmp_path, "b.txt", lines.replace("Le présent document est protégé par les lois.", long))
    assert first.text.endswith("Bateaux perdus : 14")


def test_a_line_that_looks_like_a_label_does_not_end_an_article_of_nexis(tmp_path: Path):
    crossed = [
        "Langue",
        "Le breton recule.",
        "Société : trois associations ont saisi le tribunal.",
        "© AFP",
        "Il a jugé.",
    ]
    place = ARTICLES.index("Elle a duré six heures.")
    told = [*ARTICLES[:place], *crossed, *ARTICLES[place:]]
    first, _ = several(tmp_path, "a.docx", word_file(told))
    assert first.text.endswith("\n\n".join([*crossed, "Elle a duré six heures."]))
    old = (DATA / "nexis-ancien.txt").read_text(encoding="utf-8")
    crossed = old.replace("No one was hurt.", "Company: the ferry belongs to\nthree owners.\n\nNo one was hurt.")
    crossed = crossed.replace("LANGUAGE:", "SUBJECT: FERRIES (90%);\nCOAST GUARD (78%)\n\nLANGUAGE:")
    first, _ = several(tmp_path, "b.txt", crossed)
    assert first.text.endswith("Company: the ferry belongs to\nthree owners.\n\nNo one was hurt.")


def test_a_line_in_capitals_is_no_code_of_factiva(tmp_path: Path):
    crossed = ["LA COLÈRE DES ENSEIGNANTS", "ART CONTEMPORAIN", "Ils demandent 340 postes.", "IN EXTREMIS", "RE", "Fin"]
    place = CODED.index(("NS", "gcat : Informations"))
    lines = [f"{code} {value}" for code, value in CODED]
    told = [*lines[:place], *crossed, *lines[place:]]
    told[1:1] = ["LA FIN D'UNE ÉPOQUE"]
    first, second = several(tmp_path, "a.rtf", rtf_file([*told[:-1], "CO", "usbris : Usines de Brissac", told[-1]]))
    assert first.title == "Une usine ferme à Brissac LA FIN D'UNE ÉPOQUE"
    assert first.text.endswith("\n\n".join(["La direction l'a annoncé mardi.", *crossed]))
    assert second.text == "Il reste 90 emplois."


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Le Fil</title><link>https://fil.example/</link>
<lastBuildDate>Fri, 05 May 2023 09:00:00 GMT</lastBuildDate>
<item><title>La gare &amp; le quai rouvrent</title><link>https://fil.example/1</link><dc:creator>Zoé Lin</dc:creator>
<pubDate>Tue, 02 May 2023 07:00:00 +0200</pubDate><description>La gare rouvre. [...]</description>
<content:encoded><![CDATA[<p>La gare a coûté 12<br>340 voyageurs l'ont prise.</p><p>Fin.</p>]]></content:encoded></item>
<item><title>Un teaser</title><pubDate>il y a 2 heures</pubDate><description>Le maire a parlé [...]</description></item>
<item><title>Rien</title></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Le Fil</title><updated>2024-01-01T00:00:00Z</updated>
<entry><title>Un</title><link href="https://fil.example/2"/><published>2023-05-03T08:00:00Z</published>
<updated>2023-05-04T08:00:00Z</updated><author><name>A. B.</name></author><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Un train.</p><p>Deux trains.</p></div></content></entry></feed>"""


def test_feeds(tmp_path: Path):
    (tmp_path / "flux.rss").write_text(RSS, encoding="utf-8")
    read = reading.read_path(tmp_path / "flux.rss")
    first, second = read.documents
    assert known(first) == ("flux.rss#1", "La gare & le quai rouvrent", "Le Fil", date(2023, 5, 2), "Zoé Lin")
    assert (first.text, first.url) == (
        "La gare a coûté 12\n\n340 voyageurs l'ont prise.\n\nFin.", "https://fil.example/1",
    )  # fmt: skip
    assert (second.title, second.published, second.partial) == ("Un teaser", None, True)
    assert read.skipped == (Skipped("flux.rss", "1 of 3 entries hold no text"),)
    (only,) = several(tmp_path, "atom.xml", ATOM)
    assert (*known(only), only.updated, only.text) == (
        "atom.xml", "Un", "Le Fil", date(2023, 5, 3), "A. B.", date(2023, 5, 4), "Un train.\n\nDeux trains.",
    )  # fmt: skip
    (tmp_path / "cut.xml").write_text(RSS[: RSS.index("<item><title>Un teaser")], encoding="utf-8")
    cut = reading.read_path(tmp_path / "cut.xml")
    assert [d.title for d in cut.documents] == ["La gare & le quai rouvrent"]
    assert [s.reason for s in cut.skipped] == ["it is cut short or damaged; what could be read of it was read"]


def test_a_feed_that_grows_at_its_top_keeps_its_numbers_and_is_read_one_by_one(tmp_path: Path, tiny_encoder):
    folder, item = tmp_path / "a", "<item><title>Titre {0}</title><description>Le train {0} part.</description></item>"
    folder.mkdir()

    def write(*numbers: int) -> None:
        (folder / "f.xml").write_text(f"<rss><channel>{''.join(map(item.format, numbers))}</channel></rss>", "utf-8")

    write(2, 1)
    corpus = Corpus.build(folder, tmp_path / "index")
    assert [(d.source, d.title) for d in corpus.documents] == [("f.xml#1", "Titre 2"), ("f.xml#2", "Titre 1")]
    assert Corpus.build(folder, tmp_path / "index").report.reused == ("f.xml#1", "f.xml#2")
    write(3, 2, 1)
    corpus = Corpus.build(folder, tmp_path / "index")
    assert (corpus.report.read, corpus.report.reused) == (("f.xml#3",), ("f.xml#1", "f.xml#2"))
    assert Corpus.build(folder, tmp_path / "index").report.read == ()
    write(3, 2)
    corpus = Corpus.build(folder, tmp_path / "index")
    assert corpus.report.removed == ("f.xml#2",)
    assert sorted(corpus.sources) == ["f.xml#1", "f.xml#3"]
    write(4, 3)
    report = corpus.add([folder / "f.xml"])
    assert (report.removed, sorted(d.title for d in corpus.documents)) == ((), ["Titre 3", "Titre 4"])
    assert corpus.remove(["f.xml"]) == 2


LETTER = b"""From: =?utf-8?q?La_lettre_de_l=27=C3=A9t=C3=A9?= <lettre@exemple.example>
Subject: Le bilan du matin
Date: Tue, 14 Mar 2023 07:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=XX

--XX
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

La crue a fait 17 morts =C3=A0 Marnac, et l'=C3=89tat versera aux communes 300
millions d'euros.

--XX
Content-Type: application/pdf; name="bilan.pdf"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="bilan.pdf"

!!!! ce n'est pas de la base 64
--XX--
"""
SAVED = """From: <Saved by Blink>
Snapshot-Content-Location: https://x.example/a
Subject: Orage
Date: Wed, 1 Jan 2025 07:00:00 +0000
MIME-Version: 1.0
Content-Type: text/html; charset="utf-8"

<p>L'orage a fait 24 sinistrés.</p>"""
PAGE_LETTER = b"""From: c@d.example
Subject: =?iso-8859-1?q?L'=E9cole?=
Date: Wed, 15 Mar 2023 07:00:00 +0100
Content-Type: text/html; charset=iso-8859-1

<p>Une r\xe9gion</p><p>12<br>340 classes</p>
"""


def test_letters_and_boxes_of_them(tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(LETTER)
    read = reading.read_path(tmp_path / "a.eml")
    assert [known(d) for d in read.documents] == [
        ("a.eml", "Le bilan du matin", "La lettre de l'été", date(2023, 3, 14), "")
    ]
    assert read.documents[0].text.startswith(
        "La crue a fait 17 morts à Marnac, et l'État versera aux communes 300 millions d'euros."
    )
    assert read.skipped == (Skipped("a.eml", "bilan.pdf: not a PDF, whatever its name says"),)
    box = b"From a@b Tue Mar 14 07:00:00 2023\n" + LETTER + b"\nFrom c@d Wed Mar 15 07:00:00 2023\n" + PAGE_LETTER
    first, second = several(tmp_path, "b.mbox", box)
    assert (first.source, first.title, second.source, second.title) == (
        "b.mbox#1", "Le bilan du matin", "b.mbox#2", "L'école",
    )  # fmt: skip
    assert second.text == "Une région\n\n12\n\n340 classes"
    assert several(tmp_path, "sans", LETTER)[0].title == "Le bilan du matin"
    saved = SAVED.encode("utf-8")
    (page,) = several(tmp_path, "p.mhtml", saved)
    assert (page.title, page.url, page.published, page.text) == (
        "Orage", "https://x.example/a", None, "L'orage a fait 24 sinistrés.",
    )  # fmt: skip


def with_attachments(*files: tuple[str, bytes]) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Mairie de Marnac <mairie@marnac.example>", "Les comptes"
    letter["Date"] = "Tue, 14 Mar 2023 07:00:00 +0100"
    letter.set_content("Vous trouverez les comptes de la ville ci-joints.")
    for name, data in files:
        letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes()


def test_what_hangs_on_a_letter_is_a_source_of_its_own_or_is_named(tmp_path: Path):
    note = "Le budget de Marnac\n\nLe budget de la ville est de 12 millions d'euros."
    word = word_file(["Une école à Marnac", "L'école a coûté 3 millions d'euros à la ville."])
    letter = with_attachments(
        ("comptes été.txt", note.encode()), ("ecole.docx", word), ("vide.pdf", b"x"), ("logo.png", b"\x89PNG"),
        ("tout.zip", archive({"a.txt": note.encode()})),
    )  # fmt: skip
    (tmp_path / "a.eml").write_bytes(letter)
    read = reading.read_path(tmp_path / "a.eml")
    assert [(d.source, d.title, d.published) for d in read.documents] == [
        ("a.eml", "Les comptes", date(2023, 3, 14)),
        ("a.eml/comptes été.txt", "Le budget de Marnac", date(2023, 3, 14)),
        ("a.eml/ecole.docx", "Une école à Marnac", date(2023, 3, 14)),
    ]
    assert [s.reason for s in read.skipped] == [
        "vide.pdf: not a PDF, whatever its name says", "attachments of other kinds were not read: logo.png, tout.zip",
    ]  # fmt: skip
    known_before = {d.source: d.digest for d in read.documents}
    assert reading.read_path(tmp_path / "a.eml", known=known_before).unchanged == tuple(known_before)
    packed = several(tmp_path, "b.zip", archive({"c/a.eml": with_attachments(("n.txt", note.encode()))}))
    assert [d.source for d in packed] == ["b.zip/c/a.eml", "b.zip/c/a.eml/n.txt"]


def test_a_letter_that_is_forwarded_whole_is_a_source_of_its_own_with_its_own_day(tmp_path: Path):
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"], inner["Date"] = "m@b.example", "Bilan/9", "Mon, 13 Mar 2023 09:00:00 +0100"
    inner.set_content("Le bilan provisoire est de 9 morts.")
    outer["From"], outer["Subject"], outer["Date"] = "a@b.example", "Fwd", "Wed, 15 Mar 2023 09:00:00 +0100"
    outer.set_content("Voici ce que dit la mairie.")
    outer.add_attachment(inner)
    assert [
        (d.source, d.title, d.outlet, d.published, d.text.strip()) for d in several(tmp_path, "a.eml", bytes(outer))
    ] == [
        ("a.eml", "Fwd", "a@b.example", date(2023, 3, 15), "Voici ce que dit la mairie."),
        ("a.eml/Bilan_9", "Bilan/9", "m@b.example", date(2023, 3, 13), "Le bilan provisoire est de 9 morts."),
    ]
    nested = inner
    for number in range(5):
        around = EmailMessage()
        around["Subject"] = "Fwd"
        around.set_content(f"Voir {number}.")
        around.add_attachment(nested)
        nested = around
    (tmp_path / "b.eml").write_bytes(bytes(nested))
    whole = reading.read_path(tmp_path / "b.eml")
    assert [d.source for d in whole.documents] == ["b.eml", *(f"b.eml/{'/'.join(['Fwd'] * n)}" for n in (1, 2, 3))]
    assert [s.reason for s in whole.skipped] == ["Fwd: Fwd: Fwd: Fwd: a letter in a letter, more than 3 times"]


def test_a_box_of_thunderbird_and_letters_that_say_latin_1_and_are_of_windows(tmp_path: Path):
    letter = b"Subject: =?iso-8859-1?Q?L=92h=F4pital?=\nDate: Tue, 14 Mar 2023 07:00:00 +0100\n"
    letter += b"Content-Type: text/plain; charset=iso-8859-1\n\nL\x92h\xf4pital a re\xe7u 40 bless\xe9s.\n"
    letter += b"\n>From lundi, rien.\n"
    marks = b"From - Tue Mar 14 10:11:12 2023\nX-Mozilla-Status: 0001\n"
    (read,) = several(tmp_path, "a.mbox", marks + letter)
    assert (read.title, read.text.strip()) == ("L’hôpital", "L’hôpital a reçu 40 blessés.\n\nFrom lundi, rien.")
    (read,) = several(tmp_path, "b.eml", letter)
    assert read.text.strip().endswith(">From lundi, rien.")


def test_a_message_of_outlook_is_a_letter(tmp_path: Path):
    letter, budget = exported("lettre.msg")
    assert known(letter) == ("lettre.msg", "Les comptes de Marnac", "Mairie de Marnac", date(2023, 3, 14), "")
    assert letter.text == "Le pont de Marnac a coûté 42 millions d'euros.\n\nLa mairie a tenu 3 réunions.\n"
    assert (budget.source, budget.title, budget.published) == (
        "lettre.msg/budget.txt", "Le budget de Marnac", date(2023, 3, 14),
    )  # fmt: skip
    whole = (DATA / "lettre.msg").read_bytes()
    assert reason(tmp_path, "a.msg", b"x") == "not a message of Outlook, whatever its name says"
    assert reason(tmp_path, "b.msg", whole[:600]).startswith("damaged message: ")


TABLE = (
    "\ufeffTitre;Texte;Date de publication;Média;Auteur\r\n"
    'Un pont;"Le pont de Marnac a coûté\n42 millions d\'euros, ""dit-on"".";14/03/2023;La Gazette;A. B.\r\n'
    "Vide;;15/03/2023;La Gazette;\r\nDeux;Le second article est court.;2023-03-16;Le Jour;\r\n"
)


def test_tables_with_a_header(tmp_path: Path):
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    read = reading.read_path(tmp_path / "a.csv")
    assert [known(d) for d in read.documents] == [
        ("a.csv#1", "Un pont", "La Gazette", date(2023, 3, 14), "A. B."),
        ("a.csv#2", "Deux", "Le Jour", date(2023, 3, 16), ""),
    ]
    assert read.documents[0].text == 'Le pont de Marnac a coûté\n42 millions d\'euros, "dit-on".'
    assert read.skipped == (Skipped("a.csv", "1 of 3 rows hold no text"),)
    tabs = "published_at\tsource\theadline\tfull text\n1678780800\tLe Jour\tUn\tLe train part à midi.\n"
    assert [known(d) for d in several(tmp_path, "b.tsv", tabs)] == [("b.tsv", "Un", "Le Jour", date(2023, 3, 14), "")]
    first, second = "Le premier train part à midi de Marnac, dit la gare, et arrive le soir.", "Le mot. " * 12
    unnamed = f"a,b\n1,{first}\n2,{second}\n"
    assert [d.source for d in several(tmp_path, "c.csv", unnamed)] == ["c.csv#1", "c.csv#2"]
    assert (
        reason(tmp_path, "d.csv", "ville,nombre\nMarnac,12\nOrsenne,14\n") == "no column of it is a text: ville, nombre"
    )


ODD = "Réf;Prose de l'article;Paru le;Journal;Une;Langue\n7;Le pont de Marnac ouvre.;14/03/2023;La Gazette;Un pont;FR\n"


def test_the_columns_of_a_table_are_those_that_are_named(tmp_path: Path):
    (tmp_path / "a.csv").write_text(ODD, encoding="utf-8")
    refused = reading.read_path(tmp_path / "a.csv")
    names = "Réf, Prose de l'article, Paru le, Journal, Une, Langue"
    assert refused.skipped == (Skipped("a.csv", f"no column of it is a text: {names}"),)
    named = {"prose de l’article": "text", "Paru le": "published", "Une": "title"}
    read = reading.read_path(tmp_path / "a.csv", columns=named)
    assert [(*known(d), d.text, d.language) for d in read.documents] == [
        ("a.csv", "Un pont", "La Gazette", date(2023, 3, 14), "", "Le pont de Marnac ouvre.", "fr")
    ]
    assert read.skipped == ()
    assert read.guessed == (Guessed("a.csv", {"outlet": "Journal", "language": "Langue"}),)


def test_what_is_named_and_is_not_there_is_told_with_the_columns_that_are(tmp_path: Path):
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    columns = "its columns are 'Titre', 'Texte', 'Date de publication', 'Média', 'Auteur'"
    read = reading.read_path(tmp_path / "a.csv", columns={"Corps": "text", "Body": "text"})
    assert read.documents == ()
    assert read.skipped == (Skipped("a.csv", f"no column 'Corps' or 'Body' for the text; {columns}"),)
    read = reading.read_path(tmp_path / "a.csv", columns={"Plume": "author"})
    assert [d.author for d in read.documents] == ["A. B.", ""]
    assert Skipped("a.csv", f"no column 'Plume' for the author; {columns}") in read.skipped
    with pytest.raises(ValueError, match="the column 'Plume' cannot be 'writer'; it can be one of text, "):
        Corpus.build(tmp_path, tmp_path / "index", columns={"Plume": "writer"})


def test_columns_are_named_for_records_and_in_archives_too_and_a_language_is_told(tmp_path: Path):
    said = {"kropp": "Le pont ouvre.", "sprak": "English", "corps": "Un autre texte."}
    records = json.dumps({"page": 1, "hits": [said, {**said, "kropp": "Le pont ferme."}]})
    packed = archive({"d/a.json": records.encode(), "b.jsonl": json.dumps({**said, "kropp": "Le bac part."}).encode()})
    (tmp_path / "c.zip").write_bytes(packed)
    read = reading.read_path(tmp_path / "c.zip", columns={"kropp": "text", "sprak": "language"})
    assert [(d.source, d.text, d.language) for d in read.documents] == [
        ("c.zip/b.jsonl", "Le bac part.", "en"),
        ("c.zip/d/a.json#1", "Le pont ouvre.", "en"),
        ("c.zip/d/a.json#2", "Le pont ferme.", "en"),
    ]
    assert read.guessed == ()
    guessed = reading.read_path(tmp_path / "c.zip").guessed
    assert guessed == (Guessed("c.zip/b.jsonl", {"text": "corps"}), Guessed("c.zip/d/a.json", {"text": "corps"}))


def test_the_index_remembers_the_columns_that_were_named(tmp_path: Path, tiny_encoder):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.csv").write_text("id,kropp,corps\n1,Le pont ouvre.,x\n2,Le pont ferme.,y\n", encoding="utf-8")
    (folder / "b.txt").write_text("Le train part à midi.", encoding="utf-8")

    def texts(corpus: Corpus) -> list[str]:
        return [document.text for document in corpus.documents if document.source != "b.txt"]

    corpus = Corpus.build(folder, tmp_path / "index")
    assert texts(corpus) == ["x", "y"]
    assert corpus.report.guessed == (Guessed("a.csv", {"text": "corps"}),)
    named = Corpus.build(folder, tmp_path / "index", columns={"kropp": "text"})
    assert texts(named) == ["Le pont ouvre.", "Le pont ferme."]
    assert (named.report.read, named.report.reused) == (("a.csv#1", "a.csv#2"), ("b.txt",))
    assert Corpus.open(tmp_path / "index").info()["columns"] == {"kropp": "text"}
    again = Corpus.build(folder, tmp_path / "index")
    assert (again.report.read, len(again.report.reused), texts(again)) == ((), 3, texts(named))
    (folder / "a.csv").write_text("id,kropp,corps\n1,Le pont ouvre.,x\n3,Le pont est gratuit.,z\n", encoding="utf-8")
    assert texts(Corpus.build(folder, tmp_path / "index")) == ["Le pont ouvre.", "Le pont est gratuit."]
    (tmp_path / "c.csv").write_text("nr,brod\n1,Le bac est à quai.\n", encoding="utf-8")
    adding = Corpus.open(tmp_path / "index")
    adding.add([tmp_path / "c.csv"], columns={"brod": "text"})
    assert adding.document("c.csv").text == "Le bac est à quai."
    assert adding.info()["columns"] == {"kropp": "text", "brod": "text"}
    forgotten = Corpus.build(folder, tmp_path / "index", columns={})
    assert (texts(forgotten), forgotten.info()["columns"]) == (["x", "z"], {})


def test_records_of_json(tmp_path: Path):
    one = {"date": "2023-03-14", "title": "Un", "text": "Le pont ouvre.", "source": {"id": None, "name": "Le Jour"}}
    two = {
        "publishedAt": "2023-03-15T10:00:00Z",
        "title": {"rendered": "Deux"},
        "content": {"rendered": "<p>A</p><p>B</p>"},
    }
    lines = "\n".join([json.dumps(one), "{cassé", json.dumps({**one, "title": "Trois", "text": "Le pont ferme."})])
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    read = reading.read_path(tmp_path / "a.jsonl")
    assert [known(d) for d in read.documents] == [
        ("a.jsonl#1", "Un", "Le Jour", date(2023, 3, 14), ""), ("a.jsonl#2", "Trois", "Le Jour", date(2023, 3, 14), ""),
    ]  # fmt: skip
    assert read.skipped == (Skipped("a.jsonl", "1 lines are no JSON"),)
    (only,) = several(tmp_path, "b.json", json.dumps([two]))
    assert (only.title, only.text, only.published) == ("Deux", "A\n\nB", date(2023, 3, 15))
    nested = {
        "status": "ok",
        "hits": {"hits": [{"_id": 1, "_source": one}, {"_id": 2, "_source": {**one, "title": "Deux"}}]},
    }
    assert [d.title for d in several(tmp_path, "c.json", json.dumps(nested))] == ["Un", "Deux"]
    (tmp_path / "d.json").write_text(json.dumps([one, {**one, "title": "Deux"}, one])[:-40], encoding="utf-8")
    cut = reading.read_path(tmp_path / "d.json")
    assert [d.title for d in cut.documents] == ["Un", "Deux"]
    assert cut.skipped == (Skipped("d.json", "it is cut short or damaged after 2 records"),)
    teaser = {"articles": [{"title": "Un", "content": "La crue a fait 12 morts selon… [+1234 chars]"}]}
    (only,) = several(tmp_path, "e.json", json.dumps(teaser))
    assert (only.text, only.partial) == ("La crue a fait 12 morts selon…", True)
    assert reason(tmp_path, "f.json", '{"a": [1, 2]}') == "no column of it is a text: a"


def test_what_readers_of_feeds_and_managers_of_references_export(tmp_path: Path):
    entry = {
        "title": "Crue", "published": 1678780800000, "content": {"content": "<p>La crue a fait 12 morts.</p>"},
        "origin": {"title": "Le Courrier", "htmlUrl": "https://c.example"}, "alternate": [{"href": "https://c.example/1"}],
    }  # fmt: skip
    (read,) = several(tmp_path, "a.json", json.dumps({"items": [entry]}))
    assert (*known(read), read.url) == (
        "a.json", "Crue", "Le Courrier", date(2023, 3, 14), "", "https://c.example/1",
    )  # fmt: skip
    cited = {
        "title": "Crue", "abstract": "La crue a fait 12 morts.", "container-title": "Le Jour",
        "author": [{"family": "Caro", "given": "Yann"}, {"family": "Hale"}],
        "issued": {"date-parts": [["2023", 3, 14]]},
    }  # fmt: skip
    (read,) = several(tmp_path, "b.json", json.dumps([cited]))
    assert known(read) == ("b.json", "Crue", "Le Jour", date(2023, 3, 14), "Yann Caro, Hale")
    header = "Title,Abstract Note,Publication Title,Date,Date Added,Date Modified"
    rows = header + "\nCrue,Douze morts.,Le Jour,2023-03-14,{0},{0}\n"
    (read,) = several(tmp_path, "c.csv", rows.format("2024-01-03"))
    assert (*known(read), read.updated) == ("c.csv", "Crue", "Le Jour", date(2023, 3, 14), "", None)


def test_every_list_of_articles_in_json_is_read(tmp_path: Path):
    one, other = {"title": "Un", "text": "Le pont ouvre."}, {"titre": "Deux", "texte": "Le pont ferme."}
    papers = {"monde": [one], "figaro": [other], "sources": [{"name": "Le Jour", "description": "Un quotidien."}]}
    papers["plus"] = {"loin": [one, other]}
    (tmp_path / "a.json").write_text(json.dumps(papers), encoding="utf-8")
    read = reading.read_path(tmp_path / "a.json")
    assert [(d.title, d.text) for d in read.documents] == [("Un", "Le pont ouvre."), ("Deux", "Le pont ferme.")]
    assert [s.reason for s in read.skipped] == [
        "3 records beside those of the articles or deeper than they were not read"
    ]
    pages = [{"page": n, "articles": [{**one, "text": f"{n}-{m} ponts."} for m in range(3)]} for n in range(200)]
    assert len(several(tmp_path, "b.json", json.dumps(pages))) == 600
    (tmp_path / "c.json").write_text(json.dumps({"a": [one, {"title": "Vide", "text": ""}], "b": [other]}))
    read = reading.read_path(tmp_path / "c.json")
    assert (len(read.documents), [s.reason for s in read.skipped]) == (2, ["1 of 3 records hold no text"])


def test_a_row_with_more_cells_than_columns_is_read_whole_or_told(tmp_path: Path):
    (tmp_path / "a.csv").write_text("title,text\nUn,Le pont, dit-on, ouvre.\nDeux,Le pont ferme.,,\n", encoding="utf-8")
    read = reading.read_path(tmp_path / "a.csv")
    assert [d.text for d in read.documents] == ["Le pont, dit-on, ouvre.", "Le pont ferme."]
    assert read.skipped == ()
    (tmp_path / "b.csv").write_text("text;author\nLe pont; dit-on.;A. B.\nIl ferme.;C. D.\n", encoding="utf-8")
    assert [s.reason for s in reading.read_path(tmp_path / "b.csv").skipped] == [
        "1 rows have more cells than columns: is one with a ';' not in quotation marks?"
    ]


def test_the_same_article_of_two_exports_is_one(tmp_path: Path):
    rows = [
        "Un,Le pont de Marnac ouvre lundi.",
        "Deux,Le pont de Marnac ferme mardi.",
        "Trois,Le pont de Marnac tombe.",
    ]
    for name, own in (("a.csv", rows[:2]), ("b.csv", rows[1:])):
        (tmp_path / name).write_text("\n".join(["title,text", *own]), encoding="utf-8")
    read = reading.read_folder(tmp_path)
    assert [d.source for d in read.documents] == ["a.csv#1", "a.csv#2", "b.csv#2"]
    assert read.duplicates == (("b.csv#1", "a.csv#2"),)
    digests = {d.source: d.digest for d in read.documents}
    again = reading.read_folder(tmp_path, known=digests)
    assert (again.documents, sorted(again.unchanged)) == ((), sorted(digests))


def test_sources_csv_describes_the_articles_of_a_file(tmp_path: Path):
    (tmp_path / "a.csv").write_text("title,text\nUn,Le pont ouvre.\nDeux,Le pont ferme.\n", encoding="utf-8")
    before = {d.source: d.digest for d in reading.read_folder(tmp_path).documents}
    rows = "source,title,outlet,published\na.csv,,Le Jour,2023-03-01\na.csv#2,Le second,,2023-03-02\n"
    (tmp_path / "sources.csv").write_text(rows, encoding="utf-8")
    read = reading.read_folder(tmp_path, known=before)
    assert [known(d)[:4] for d in read.documents] == [
        ("a.csv#1", "Un", "Le Jour", date(2023, 3, 1)), ("a.csv#2", "Le second", "Le Jour", date(2023, 3, 2)),
    ]  # fmt: skip
    assert read.skipped == ()


@pytest.mark.parametrize("rows", ["a.csv,Le Jour,", "a.csv#2,Le Jour,2020-01-01"])
def test_the_articles_that_sources_csv_describes_keep_their_numbers_when_their_file_grows(tmp_path: Path, rows: str):
    def write(*numbers: int) -> None:
        own = "".join(f"Titre {n},Le pont numéro {n} ouvre.\n" for n in numbers)
        (tmp_path / "a.csv").write_text(f"title,text\n{own}", encoding="utf-8")

    write(1, 2, 3)
    (tmp_path / "sources.csv").write_text(f"source,outlet,published\n{rows}\n", encoding="utf-8")
    read = reading.read_folder(tmp_path)
    known = {d.source: d.digest for d in read.documents}
    described = {d.source: d.outlet for d in read.documents}
    assert reading.read_folder(tmp_path, known=known).documents == ()
    write(9, 1, 2, 3)
    read = reading.read_folder(tmp_path, known=known)
    assert [(d.source, d.title) for d in read.documents] == [("a.csv#4", "Titre 9")]
    assert (sorted(read.unchanged), read.gone) == (sorted(known), ())
    (tmp_path / "sources.csv").write_text("source,outlet\na.csv#3,Le Matin\n", encoding="utf-8")
    write(9, 8, 1, 2, 3)
    read = reading.read_folder(tmp_path, known=known)
    assert {d.source: d.title for d in read.documents}["a.csv#3"] == "Titre 3"
    assert {d.outlet for d in read.documents if d.source == "a.csv#3"} == {"Le Matin"} != {described["a.csv#3"]}
    assert read.gone == ()


def test_workers_give_each_article_the_name_that_one_process_gives(tmp_path: Path):
    def look(known: dict[str, str]) -> dict[str, str]:
        rows = [_row("a.csv", tmp_path / "a.csv", {"a.csv": known})]
        batch = {name: [row[name] for row in rows] for name in rows[0]}
        found = _looked_at(batch, catalogue=Catalogue(), max_bytes=10**6)
        assert found["reason"] == [""] * len(found["source"])
        assert {one for one in found["guessed"] if one} <= {json.dumps({"text": "text", "title": "title"})}
        return {source: digest for source, digest in zip(found["source"], found["digest"], strict=True) if digest}

    first = "title,text\nUn,Le pont ouvre.\nDeux,Le pont ferme.\n"
    (tmp_path / "a.csv").write_text(first, encoding="utf-8")
    before = look({})
    assert before == {d.source: d.digest for d in reading.read_path(tmp_path / "a.csv").documents}
    assert look(before) == before
    (tmp_path / "a.csv").write_text(first.replace("\n", "\nTrois,Le pont tombe.\n", 1), encoding="utf-8")
    after = look(before)
    read = reading.read_path(tmp_path / "a.csv", known=before)
    assert {source: after[source] for source in read.unchanged} == before
    assert {d.source: d.digest for d in read.documents} == {"a.csv#3": after.pop("a.csv#3")}
    assert after == before


# --- archives, books, other word processors -------------------------------------------------------------------------


def test_archives(tmp_path: Path):
    inner = archive({"x.txt": b"Un texte cach\xc3\xa9."})
    data = archive(
        {
            "revue/un.txt": "Une crue à Marnac.\n\nElle a fait 23 morts.".encode(),
            "b.csv": b"title,text\nA,Un mot.\nB,Deux mots.\n", "photo.jpg": b"\xff\xd8\xff", "nested.zip": inner,
            "__MACOSX/un.txt": b"x", "cut.docx": word_file(["a"])[:300],
        }
    )  # fmt: skip
    (tmp_path / "revue.zip").write_bytes(data)
    read = reading.read_path(tmp_path / "revue.zip")
    assert [d.source for d in read.documents] == ["revue.zip/b.csv#1", "revue.zip/b.csv#2", "revue.zip/revue/un.txt"]
    assert [s.reason.split(":")[0] for s in read.skipped] == ["cut.docx", "2 files of other kinds in it were not read"]
    assert read.skipped[1].reason == "2 files of other kinds in it were not read: .jpg 1, .zip 1"
    assert reason(tmp_path, "a.zip", data[:200]).startswith("truncated or damaged archive")
    assert reason(tmp_path, "b.zip", archive({"a.jpg": b"x"})).startswith(
        "it holds no articles; 1 files of other kinds"
    )
    bomb = archive({f"{n}.txt": b"mot " * 3_000_000 for n in range(50)})
    assert reason(tmp_path, "c.zip", bomb).startswith("over-large: it unpacks to 600,000,000 bytes")
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as file:
        for n in range(10_001):
            file.writestr(f"{n}.txt", "x")
    assert reason(tmp_path, "d.zip", many.getvalue()) == "over-large: 10,001 files; the limit is 10,000"


PACKAGE = b"""<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>La revue</dc:title><dc:date>2023-04-01</dc:date><dc:creator>A. B.</dc:creator></metadata><manifest>
<item id="n" href="nav.xhtml" properties="nav"/><item id="b" href="b.xhtml"/><item id="a" href="a.xhtml"/></manifest>
<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine></package>"""


def test_a_book_is_read_in_its_order(tmp_path: Path):
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        "<body><h1>{}</h1><p>{}</p></body></html>"
    )
    book = archive(
        {
            "mimetype": b"application/epub+zip", "OEBPS/content.opf": PACKAGE,
            "OEBPS/a.xhtml": page.format("Fin", "Le train 28 arrive.").encode(),
            "OEBPS/b.xhtml": page.format("Début", "Le train 12<br/>340 voyageurs.").encode(),
            "OEBPS/nav.xhtml": page.format("Sommaire", "Début, fin").encode(),
        }
    )  # fmt: skip
    assert [(*known(d), d.text) for d in several(tmp_path, "l.epub", book)] == [
        ("l.epub#1", "Début", "La revue", date(2023, 4, 1), "A. B.", "# Début\n\nLe train 12\n\n340 voyageurs."),
        ("l.epub#2", "Fin", "La revue", date(2023, 4, 1), "A. B.", "# Fin\n\nLe train 28 arrive."),
    ]


def test_a_book_names_its_chapters_as_addresses_and_says_which_are_not_there(tmp_path: Path):
    hrefs = ["Chapitre%201.xhtml#debut", "../text/2%20%C3%A9.xhtml", "absent.xhtml", "a%b.xhtml"]
    items = "".join(f'<item id="c{n}" href="{href}"/>' for n, href in enumerate(hrefs))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(5))
    days = (
        '<dc:date opf:event="creation">2026-10-31</dc:date><dc:date opf:event="modification">2026-11-01</dc:date>'
        '<dc:date opf:event="publication">1999-05-04</dc:date>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf"><metadata>{days}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    names = ["OEBPS/Chapitre 1.xhtml", "text/2 é.xhtml", "OEBPS/a%b.xhtml"]
    pages = {name: f"<html><body><p>Le train {n} part.</p></body></html>".encode() for n, name in enumerate(names)}
    (tmp_path / "a.epub").write_bytes(archive({"OEBPS/content.opf": package.encode(), **pages}))
    read = reading.read_path(tmp_path / "a.epub")
    assert [(d.text, d.published) for d in read.documents] == [
        (f"Le train {n} part.", date(1999, 5, 4)) for n in range(3)
    ]
    assert [s.reason for s in read.skipped] == [
        "a chapter that is not there: absent.xhtml", "a chapter that the book does not name: c4",
    ]  # fmt: skip
    changed = package.replace('"publication"', '"modification"')
    (tmp_path / "b.epub").write_bytes(archive({"OEBPS/content.opf": changed.encode(), **pages}))
    assert {d.published for d in reading.read_path(tmp_path / "b.epub").documents} == {None}


ODT = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>12 morts</text:p></text:deletion>
</text:changed-region></text:tracked-changes><text:h text:outline-level="1">La crue</text:h>
<text:p>La crue a fait<text:s/>17<text:line-break/>morts
<office:annotation><text:p>À vérifier</text:p></office:annotation>à Marnac<text:note>
<text:note-citation>1</text:note-citation><text:note-body><text:p>Selon la mairie.</text:p></text:note-body>
</text:note>.</text:p><text:list><text:list-item><text:p>un pont</text:p></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Ville</text:p></table:table-cell>
<table:table-cell><text:p>Morts</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell><text:p>Marnac</text:p></table:table-cell><table:table-cell><text:p>17</text:p>
</table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"""


def test_opendocument_and_rtf(tmp_path: Path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:  # the kind is told by what stands first and is not packed
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", ODT)
    data = made.getvalue()
    for name in ("a.odt", "sans-suffixe"):
        (only,) = several(tmp_path, name, data)
        assert only.text == (
            "# La crue\n\nLa crue a fait 17 morts à Marnac.\n\n- un pont\n\nMarnac | Morts: 17\n\nSelon la mairie."
        )
    (only,) = several(tmp_path, "a.rtf", rtf_file(["La crue", "Elle a fait 18 morts à Marnac, dit-on."]))
    assert (only.title, only.text) == ("La crue", "La crue\n\nElle a fait 18 morts à Marnac, dit-on.")
    assert [d.text for d in several(tmp_path, "vieux.doc", rtf_file(["Un mot."]))] == ["Un mot."]
    assert reason(tmp_path, "b.rtf", "Un mot.") == "not an RTF file, whatever its name says"
    assert reason(tmp_path, "b.odt", archive({"a": b"x"})) == "not an OpenDocument text, whatever its name says"


def warc_file(pages: dict[str, bytes]) -> bytes:
    """Return a web archive, each of its records packed by itself."""
    out = b""
    for number, (address, body) in enumerate(pages.items()):
        kind = "text/html; charset=utf-8" if body.startswith(b"<") else "image/png"
        block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        header = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:032d}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        out += gzip.compress(header.encode() + block + b"\r\n\r\n")
    return out


def test_web_archives(tmp_path: Path):
    page = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
    data = warc_file(
        {
            "https://a.example/1": page.format("Un", "Le pont de Marnac a ouvert lundi, dit la mairie.").encode(),
            "https://a.example/i.png": b"\x89PNG",
            "https://a.example/2": page.format("Deux", "Le pont ferme.").encode(),
        }
    )  # fmt: skip
    (tmp_path / "a.warc.gz").write_bytes(data)
    read = reading.read_path(tmp_path / "a.warc.gz")
    assert [(d.source, d.url, d.published) for d in read.documents] == [
        ("a.warc.gz#1", "https://a.example/1", None), ("a.warc.gz#2", "https://a.example/2", None),
    ]  # fmt: skip
    assert read.skipped == (Skipped("a.warc.gz", "1 records that are no pages were not read"),)
    assert len(several(tmp_path, "b.warc", gzip.decompress(data))) == 2


# --- pages of several articles --------------------------------------------------------------------------------------

POST = (
    "<article id='p{0}'><h2>Le point de {0} h</h2><time datetime='2023-03-{0}T10:00:00+01:00'>{0} mars</time>"
    "<p>{1}</p></article>"
)
LIVE = [
    "Les secours ont évacué 340 habitants du quartier bas de Marnac, a dit la préfecture dans la matinée de mardi.",
    "Le bilan provisoire de la crue est de 12 morts à Marnac, selon un communiqué diffusé par la préfecture à midi.",
    "Le maire de Marnac a annoncé l'ouverture d'un gymnase où 200 personnes peuvent passer la nuit, a-t-il ajouté.",
]


def test_a_live_blog_is_several_articles(tmp_path: Path):
    posts = "".join(POST.format(10 + n, text) for n, text in enumerate(LIVE))
    meta = "<meta property='og:site_name' content='Le Jour'><meta property='og:url' content='https://j.example/d'>"
    page = f"<html><head><title>En direct</title>{meta}</head><body>{posts}</body></html>"
    assert [(d.source, d.title, d.outlet, d.published, d.url) for d in several(tmp_path, "d.html", page)] == [
        (f"d.html#{n - 9}", f"Le point de {n} h", "Le Jour", date(2023, 3, n), f"https://j.example/d#p{n}")
        for n in range(10, 13)
    ]


def test_the_teasers_around_an_article_are_not_articles(tmp_path: Path):
    cards = "".join(
        f"<article><h3><a href='/{n}'>Un autre titre {n}</a></h3><p>Un chapeau court.</p></article>" for n in range(6)
    )
    body = "".join(f"<p>{text}</p>" for text in LIVE * 2)
    page = f"<html><body><main><article><h1>La crue</h1>{body}</article></main><aside>{cards}</aside></body></html>"
    assert [d.source for d in several(tmp_path, "a.html", page)] == ["a.html"]


def test_a_pdf_that_a_database_made_is_several_articles(tmp_path: Path):
    lines = [line.replace("é", "e").replace("à", "a").replace("É", "E").replace("Ç", "C") for line in ARTICLES]
    first, second = several(tmp_path, "a.pdf", pdf([lines[:12], lines[12:]]))
    assert (first.title, first.published, second.title) == ("Une panne a Orsenne", date(2024, 3, 1), "Orsenne rallumee")


def test_a_pdf_with_a_list_of_contents_is_several_articles_and_a_report_is_one(tmp_path: Path):
    body = ["Le pont a ete ferme par la ville,", "a dit le maire, et rouvrira en mai."]
    pages = [
        ["Revue de presse", "Sommaire", "Le pont est ferme ...... 2", "La gare rouvre lundi ...... 3"],
        ["Le Courrier, mardi 14 mars 2023, p. 4", "Le pont est ferme", *body],
        ["La Gazette, mercredi 15 mars 2023, p. 2", "La gare rouvre lundi", "La gare de Marnac a coute 12 millions."],
    ]
    assert [known(d)[:4] for d in several(tmp_path, "a.pdf", pdf(pages))] == [
        ("a.pdf#1", "Le pont est ferme", "Le Courrier", date(2023, 3, 14)),
        ("a.pdf#2", "La gare rouvre lundi", "La Gazette", date(2023, 3, 15)),
    ]
    chapters = [pages[0], pages[1][1:], pages[2][1:]]
    assert [d.source for d in several(tmp_path, "b.pdf", pdf(chapters))] == ["b.pdf"]


COPIED = """Documents sauvegardés par Bibliothèque Y
Vendredi 5 janvier 2024 à 14 h 21
2 documents

Le Courrier
France, mardi 14 mars 2023 812 mots, p. 8

Crue à Marnac : douze morts
Anne Le Goff
La crue a fait 12 morts à Marnac, selon la préfecture.
Le maire a demandé l'aide de l'armée.
Illustration(s) : Le pont de Marnac.
© 2023 Le Courrier. Tous droits réservés. Le présent document est protégé par les lois.
news·20230314·LC·0a1

Le Relais, no. 24421
Horizons, mercredi 15 mars 2023 - 07:15, p. MTR4
Saint-Arvel : le pont ferme
Leroux, Marc
Le pont de Saint-Arvel est fermé depuis lundi : 31 000 véhicules y passent.
© 2023 Le Relais. Tous droits réservés.
news·20230315·LR·0b2

Revue des Ports
Vendredi 5 janvier 2024
Le bac est à quai
Le bac est à quai depuis lundi, et pour six mois, dit la capitainerie.
news·20230401·RP·0c3
"""


def test_europresse_as_it_is_copied_from_its_page_and_no_day_is_that_of_the_export(tmp_path: Path):
    assert [(*known(d), d.text) for d in several(tmp_path, "a.txt", COPIED)] == [
        (
            "a.txt#1", "Crue à Marnac : douze morts", "Le Courrier", date(2023, 3, 14), "Anne Le Goff",
            "La crue a fait 12 morts à Marnac, selon la préfecture.\nLe maire a demandé l'aide de l'armée.",
        ),
        (
            "a.txt#2", "Saint-Arvel : le pont ferme", "Le Relais", date(2023, 3, 15), "Leroux, Marc",
            "Le pont de Saint-Arvel est fermé depuis lundi : 31 000 véhicules y passent.",
        ),
        (
            "a.txt#3", "Le bac est à quai", "Revue des Ports", date(2023, 4, 1), "",
            "Le bac est à quai depuis lundi, et pour six mois, dit la capitainerie.",
        ),
    ]  # fmt: skip


def test_europresse_in_lines_as_its_pdf_gives_them():
    first, second = exported("europresse.txt")
    assert known(first) == (
        "europresse.txt#1", "Tempête à Kermorvan : 8 blessés", "L'Écho du Littoral", date(2023, 11, 6), "Anne Le Goff",
    )  # fmt: skip
    assert first.text == (
        "La tempête a fait 8 blessés à Kermorvan dimanche, selon les pompiers.\n\nBateaux perdus : 14"
    )
    assert known(second)[1:] == ("Après la tempête", "Revue des Ports", date(2023, 11, 20), "Yann Caro")
    assert second.text == "La coopérative de Kermorvan estime ses pertes à 2,5 millions d'euros."


@pytest.mark.parametrize("name", [p.name for p in sorted(DATA.iterdir())])
def test_law_every_paragraph_of_an_export_stands_in_its_article(name: str):
    for document in exported(name):
        for block in split(document.text, language=document.language, title=document.title):
            assert document.text[block.start : block.end].strip()


CHAPTER = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><h1>La crue</h1>
<p>La crue a fait 17 morts<br/>à Marnac&#160;; 3 disparus.</p><table><tr><th>Ville</th><th>Morts</th></tr><tr>
<td>Marnac</td><td>17</td></tr></table></body></html>""".encode()


def samples() -> dict[str, bytes]:
    """Return a whole file of each kind that holds many articles, by its suffix."""
    from test_newsrooms import CELLS, RIS, SHEET, workbook

    files = {"a.txt": b"Un mot de plus, dit-on.", "b.csv": TABLE.encode()}
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": ODT.encode()}
    book = {"content.opf": PACKAGE, "a.xhtml": b"<html><body><h1>A</h1><p>Un mot.</p></body></html>"}
    page = (
        b"<html><head><title>Un</title></head><body><article><h1>Un</h1><p>Le pont ouvre.</p></article></body></html>"
    )
    box = b"From a@b Tue Mar 14 07:00:00 2023\n" + LETTER + b"\nFrom c@d Wed Mar 15 07:00:00 2023\n" + PAGE_LETTER
    return {
        ".rtf": rtf_file(COVER + ARTICLES), ".odt": archive(odt), ".epub": archive(book), ".eml": LETTER, ".mbox": box,
        ".mhtml": SAVED.encode(), ".xml": RSS.encode(), ".csv": TABLE.encode(), ".zip": archive(files),
        ".json": json.dumps([{"title": "Un", "text": "Le pont ouvre.", "date": "2023-03-14"}] * 3).encode(),
        ".jsonl": b'{"title": "Un", "text": "Le pont ouvre."}\n{"title": "Deux", "text": "Le pont ferme."}\n',
        ".warc": warc_file({"https://a.example/1": page, "https://a.example/2": page}),
        ".msg": (DATA / "lettre.msg").read_bytes(), ".odtxml": ODT.encode(), ".chapter": CHAPTER,
        ".xlsx": workbook({"A": SHEET}), ".sheetxml": CELLS, ".ris": RIS.encode(),
    }  # fmt: skip


def test_an_agency_sends_its_items_in_newsml_and_nitf(tmp_path: Path):
    item = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" xml:lang="fr"><itemMeta><provider literal="AFP"/>
<versionCreated>2023-03-15T08:00:00Z</versionCreated><firstCreated>2023-03-14T08:00:00Z</firstCreated></itemMeta>
<contentMeta><headline>Crue : 12 morts</headline><by>Anne Caro</by></contentMeta><contentSet><inlineXML><html
xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>La crue a fait 12 morts.</p><ul><li><p>340
habitants sont partis.</p></li></ul></body></html></inlineXML></contentSet></newsItem>"""
    message = f"<newsMessage><header><sent>2024-01-05T10:00:00Z</sent></header><itemSet>{item}</itemSet></newsMessage>"
    (read,) = several(tmp_path, "a.xml", message)
    assert (*known(read), read.text) == (
        "a.xml", "Crue : 12 morts", "AFP", date(2023, 3, 14), "Anne Caro",
        "La crue a fait 12 morts.\n\n340 habitants sont partis.",
    )  # fmt: skip
    nitf = """<nitf><head><title>x</title><docdata><date.issue norm="20230314T080100Z"/><doc.copyright holder="AFP"/>
</docdata></head><body><body.head><hedline><hl1>Crue</hl1></hedline></body.head><body.content><p>Douze morts.</p>
</body.content></body></nitf>"""
    (read,) = several(tmp_path, "b.xml", nitf)
    assert known(read) == ("b.xml", "Crue", "AFP", date(2023, 3, 14), "")


def test_the_pages_of_a_print_are_no_text_of_nexis(tmp_path: Path):
    lines = "Page 1 of 2\n\nLe pont ferme\n\nLe Jour\n\n15 mars 2023\n\nCopyright 2023 Le Jour\n\n"
    lines += "Length: 9 words\n\nBody\n\nLe pont ferme lundi.\n\nPage 2 of 2\n\nLe pont ferme\n\nIl rouvre en juin.\n\n"
    lines += "Load-Date: 16 mars 2023\n\n"
    (read,) = several(tmp_path, "a.txt", lines + "End of Document\n")
    assert known(read) == ("a.txt", "Le pont ferme", "Le Jour", date(2023, 3, 15), "")
    assert read.text.split() == "Le pont ferme lundi. Il rouvre en juin.".split()


def test_a_section_or_an_edition_under_the_day_is_no_title_of_nexis(tmp_path: Path):
    lines = "{}\nLe pont de Lormeaux ferme jusqu'à la\nSaint-Jean\nLe Jour\n15 mars 2023 mercredi\n{}\nCopyright 2023\n"
    lines += (
        "Length:\n9 words\nBody\nLe pont ferme lundi.\nPage 2 of 2\nLe pont de Lormeaux ferme jusqu'à la\nSaint-Jean\n"
    )
    lines += "Il rouvre en juin.\nLoad-Date:\n16 mars 2023\nEnd of Document\n"
    for above, under in (("Page 1 of 2", " Lormeaux Nord"), ("Lormeaux Nord", ""), ("", "Édition du soir")):
        (read,) = several(tmp_path, "a.txt", lines.format(above, under))
        title = "Le pont de Lormeaux ferme jusqu'à la Saint-Jean"
        assert known(read) == ("a.txt", title, "Le Jour", date(2023, 3, 15), "")
        assert read.text.split() == "Le pont ferme lundi. Il rouvre en juin.".split()


def test_a_short_page_keeps_its_paragraphs_apart_and_leaves_its_hours_and_captions(tmp_path: Path):
    page = (
        "<html><head><title>Flood</title></head><body><header>Menu</header><main><article><header><h1>Flood</h1>"
        "<time>3 hours ago</time></header><div><p>A flood has killed 12 people in Marnac, officials say.</p></div>"
        "<figure><img><figcaption>The bridge in 1998</figcaption></figure><div><p>About 31,000 vehicles use it every "
        "day.</p></div></article></main></body></html>"
    )
    (read,) = several(tmp_path, "a.html", page)
    assert read.text == (
        "# Flood\n\nA flood has killed 12 people in Marnac, officials say.\n\nAbout 31,000 vehicles use it every day."
    )


def test_the_posts_of_a_live_blog_may_be_of_a_line(tmp_path: Path):
    posts = "".join(
        f'<article class="{{0}}"><time datetime="2023-03-14T1{n}:00:00Z">1{n}h</time><h2>{n} morts</h2>'
        f"<p>Le bilan passe à {n} morts.</p></article>"
        for n in (3, 2, 1)
    )
    page = f"<html><head><title>Direct</title></head><body><main><h1>Direct</h1>{posts}</main></body></html>"
    read = several(tmp_path, "a.html", page.replace("{0}", "live-post"))
    assert [(d.source, d.title, d.published) for d in read] == [
        (f"a.html#{place}", f"{n} morts", date(2023, 3, 14)) for place, n in enumerate((3, 2, 1), start=1)
    ]
    assert [d.source for d in several(tmp_path, "b.html", page.replace("{0}", "teaser"))] == ["b.html"]


def test_an_export_that_is_cut_in_a_short_article_says_so_and_reads_what_there_is(tmp_path: Path):
    def cut(name: str, text: str) -> tuple[list[tuple[str, date | None, bool]], list[str]]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        read = reading.read_path(tmp_path / name)
        return [(d.outlet, d.published, d.partial) for d in read.documents], [s.reason for s in read.skipped]

    told = ["the export ends in the middle of an article"]
    lines = COPIED[: COPIED.index("31 000 véhicules")]
    papers = [("Le Courrier", date(2023, 3, 14), False), ("Le Relais", date(2023, 3, 15), True)]
    assert cut("a.txt", lines) == (papers, told)
    coded = "Un pont ferme\n\n230 mots\n{0} mars 2023\nLe Jour\nLJ\nFrançais\n(c) 2023 Le Jour\n\nLe pont ferme lundi"
    factiva = coded.format(15) + ".\n\nDocument LEJO000020230315ej3f0000a\n\n\n"
    days = [("Le Jour", date(2023, 3, 15), False), ("Le Jour", date(2023, 3, 16), True)]
    assert cut("b.txt", factiva + coded.format(16)) == (days, told)
    foot = "Search Summary\nText: pont\nDate: All Dates\nTimestamp: 5 January 2024"
    assert cut("c.txt", factiva + foot) == (days[:1], [])
    old = "1 of 2 DOCUMENTS\n\n\nThe Star\n\nMarch 14, 2023 Tuesday\n\nA bridge\n\nLENGTH: 9 words\n\n"
    old += "The bridge is closed.\n\n"
    old += "LOAD-DATE: March 15, 2023\n\n2 of 2 DOCUMENTS\n\n\nThe Sun\n\nMarch 15, 2023 Wednesday\n\nA ferry\n\n"
    suns = [("The Star", date(2023, 3, 14), False), ("The Sun", date(2023, 3, 15), True)]
    assert cut("d.txt", old + "LENGTH: 9 words\n\nThe ferry is") == (suns, told)
    assert cut("e.txt", old + "LENGTH: 9 words\n\nThe ferry runs.\n\nLANGUAGE: ENGLISH")[1] == []
    page = (DATA / "europresse-article.html").read_text(encoding="utf-8")
    whole, cut_page = cut("f.html", page), cut("g.html", page[: page.rindex("millions")])
    assert (whole[1], cut_page[1], [d[2] for d in cut_page[0]]) == ([], told, [False, True])


def test_a_source_that_is_an_address_is_no_outlet(tmp_path: Path):
    """So trafilatura writes them: the address is the source's, the paper has a column of its own."""
    row = {"title": "La crue", "text": "La rivière est montée.", "source": "https://lejour.fr/crue"}
    (tmp_path / "a.jsonl").write_text(json.dumps({**row, "source-hostname": "Le Jour"}), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({**row, "source": "Le Soir"}), encoding="utf-8")
    found = [(d.outlet, d.url) for d in reading.read_folder(tmp_path).documents]
    assert found == [("Le Jour", "https://lejour.fr/crue"), ("Le Soir", "")]
