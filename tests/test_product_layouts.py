"""Layouts in which databases, agencies and newsrooms print articles: each is read as what it is, without the rest."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from docx import Document
from pdfs import write_pdf
from test_reading import several

from index import reading
from index.records import Skipped
from index.report import WriteReport
from ui.page.listing import show_report
from ui.terminal.text import write_report

Told = tuple[str, str, date | None, str]


def told(tmp_path: Path, name: str, data: bytes | str) -> list[Told]:
    return [(d.title, d.outlet, d.published, d.text.strip()) for d in several(tmp_path, name, data)]


def lost(tmp_path: Path) -> list[str]:
    return [one.reason for one in reading.read_folder(tmp_path).skipped]


OLDEST_NEXIS = """
                               1 of 3 DOCUMENTS

                       Copyright 2003 The Valmont Times Company
                                The Valmont Times

                     October 5, 2003, Sunday, Late Edition - Final

SECTION: Section 1; Column 3; Pg. 22

LENGTH: 60 words

HEADLINE: A Town Sells Its Bridge,
and Wonders Why

BYLINE:   By  ANN MARTIN

BODY:
   The council sold the bridge for $3.8 million.

   "It is rust," said the mayor.

GRAPHIC: Photo: The bridge. (Photo by Paul
Roy for The Valmont Times)

LOAD-DATE: October 5, 2003

                               2 of 3 DOCUMENTS

                   Copyright 2005 Valmont Information
                          All Rights Reserved
                        Valmont News Wire
                    Copyright 2005 The Harbour Courier
                         The Harbour Courier

                            August 11, 2005

ACC-NO: A2005081133

HEADLINE: FIVE HELD AFTER CHASE

BODY:
   FIVE men were held on Wednesday.

JOURNAL-CODE: WPEC

                               3 of 3 DOCUMENTS

                               Agence Valmont

                       1 novembre 2009 dimanche 4:05 PM GMT

Port de Lormeaux: accord en vue

LONGUEUR: 30 mots

ORIGINE-DEPECHE: LORMEAUX 1 nov 2009

Les dockers reprennent lundi.

ILLUSTRATION: Le port, dimanche.

DATE-CHARGEMENT: 1 novembre 2009
"""


def test_the_oldest_layout_of_nexis_has_its_rights_above_the_paper_and_labels_in_french(tmp_path: Path):
    assert told(tmp_path, "export.TXT", OLDEST_NEXIS) == [
        (
            "A Town Sells Its Bridge, and Wonders Why",
            "The Valmont Times",
            date(2003, 10, 5),
            'The council sold the bridge for $3.8 million.\n\n"It is rust," said the mayor.',
        ),
        ("FIVE HELD AFTER CHASE", "The Harbour Courier", date(2005, 8, 11), "FIVE men were held on Wednesday."),
        ("Port de Lormeaux: accord en vue", "Agence Valmont", date(2009, 11, 1), "Les dockers reprennent lundi."),
    ]


def test_the_list_of_an_export_in_an_archive_is_no_article(tmp_path: Path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, lines in (
            ("Le pont.docx", ["Le pont", "Le Relais", "4. octobre 2022", "Copyright 2022 Le Relais", "Body",
                              "Il ouvre.", "Load-Date: October 4, 2022", "End of Document"]),
            ("liste.docx", ["User Name: A. B.", "Job Number: 12", "Documents (1)", "1. Le pont", "Search Type: NAR"]),
        ):  # fmt: skip
            document, held = Document(), io.BytesIO()
            for line in lines:
                document.add_paragraph(line)
            document.save(held)
            archive.writestr(name, held.getvalue())
    assert told(tmp_path, "Files.zip", made.getvalue()) == [("Le pont", "Le Relais", date(2022, 10, 4), "Il ouvre.")]
    assert lost(tmp_path) == ["liste.docx: the list of what an export holds, and no article"]


def test_a_page_of_europresse_without_marks_is_read_by_its_lines(tmp_path: Path):
    article = (
        "<table><tr><td><b>{paper}</b><br>Région, {day}, p. 4<br><br><span>{title}</span><br><br>{text}<br><br>"
        "<b>Note(s)</b>&nbsp;: {note}<br><b>Catégorie</b>&nbsp;: Faits<br><b>Taille</b>&nbsp;: Court, 53 mots<br><br>"
        "© 2013 {paper}. Tous droits réservés.<br><br>Doc.&nbsp;: news·{number}·XX·1<br>Ce certificat est émis à "
        "<b>Valmont</b> à des fins de visualisation personnelle et temporaire.<br>Date d'émission&nbsp;: 2013-03-20"
        "</td></tr></table><hr>"
    )
    mill = article.format(
        paper="Le Relais", day="vendredi 8 mars 2013", number="20130308", title="La forge perd 112 postes",
        text="La forge supprimera 112 postes.", note="Lire aussi p. 17",
    )  # fmt: skip
    silo = article.format(
        paper="Ouest Matin", day="samedi 9 mars 2013", number="20130309", title="Un feu au silo",
        text="Vingt pompiers sont venus.<br><br>Personne n'est blessé.", note="Le silo date de 1921.",
    )  # fmt: skip
    assert told(tmp_path, "a.html", f"<html><body><p>2 document(s)</p>{mill}{silo}</body></html>") == [
        ("La forge perd 112 postes", "Le Relais", date(2013, 3, 8), "La forge supprimera 112 postes."),
        (
            "Un feu au silo",
            "Ouest Matin",
            date(2013, 3, 9),
            "Vingt pompiers sont venus.\n\nPersonne n'est blessé.\n\nLe silo date de 1921.",
        ),
    ]


def europresse(title: str, text: str, *, cut: str = "") -> str:
    return (
        '<article><header><div><span class="DocPublicationName">Le Relais<br/>Édition Nord ; Lormeaux</span></div>'
        '<span class="DocHeader">mardi 12 mars 2024 312 mots, p. 14</span><div class="titreArticle">'
        f'<p class="titreArticleVisu rdp__articletitle">{title}</p></div></header><section>'
        f'<div class="docOcurrContainer">{text}{cut}</div></section><footer><small>© 2024 Le Relais. Tous droits '
        "réservés.</small><div>news·20240312·XX·1</div></footer></article>"
    )


def test_what_europresse_adds_to_a_text_is_none_of_it_and_a_part_is_partial(tmp_path: Path):
    listed = "<p><a href='#1'>1. Le pont ouvre</a></p><p><a href='#2'>2. La crue</a></p>"
    added = "<p>Le pont ouvre lundi.</p><p>Article(s) en relation :</p><p>Voir aussi</p><p>Le tunnel</p>"
    cut = (
        '<p>La crue a fait 12 morts... Voir l\'article</p><p class="link-not-hosted">Ce document référence un lien.</p>'
    )
    page = f"<html><body>{listed}{europresse('', added)}{europresse('', '', cut=cut)}</body></html>"
    read = several(tmp_path, "a.html", page)
    assert [(d.title, d.outlet, d.published, d.text, d.partial) for d in read] == [
        ("Le pont ouvre", "Le Relais", date(2024, 3, 12), "Le pont ouvre lundi.", False),
        ("La crue", "Le Relais", date(2024, 3, 12), "La crue a fait 12 morts...", True),
    ]


def test_a_column_of_europresse_may_have_its_labels_under_the_number(tmp_path: Path):
    def page(paper: str, day: str, number: str, lines: list[str]) -> str:
        side = [
            paper, f"© 2024 {paper}. Tous droits", "réservés.", "Certificat émis le 5 février", "2024 à VALMONT",
            "à des fins de visualisation", "personnelle et temporaire.", f"news·{number}·XX·1", "Nom de la source",
            paper, day.capitalize(), "Type de source", "Presse", "Périodicité", "Quotidien", "Provenance", "Lormeaux",
            "p. 9", f"{paper}, Nord - p. 9 - {day}", *lines,
        ]  # fmt: skip
        return "BT /F1 9 Tf 11 TL 40 700 Td " + " ".join(f"({line}) Tj T*" for line in side) + " ET"

    pages = [
        page("Le Relais", "jeudi 18 janvier 2024", "20240118", ["Les écoles de la vallée", "Douze classes ferment."]),
        page("Ouest Matin", "vendredi 19 janvier 2024", "20240119", ["Une cantine neuve", "Elle coûte 3 millions."]),
    ]
    assert told(tmp_path, "a.pdf", write_pdf(pages, 600, 800)) == [
        ("Les écoles de la vallée", "Le Relais", date(2024, 1, 18), "Douze classes ferment."),
        ("Une cantine neuve", "Ouest Matin", date(2024, 1, 19), "Elle coûte 3 millions."),
    ]


FACTIVA = """Économie
Grève

Jean-Baptiste Martin-Le Goff, envoyé spécial à Lormeaux
512 mots
3 mars 2020
Le Relais
LEREL
ECO_07
Français
Tous droits réservés. Le Relais 2020

La grève durera deux jours.

Document LEREL00020200302eg330000x
"""


def test_an_article_of_factiva_has_its_title_above_the_gap_and_rights_without_a_sign(tmp_path: Path):
    assert told(tmp_path, "a.txt", FACTIVA) == [
        ("Grève", "Le Relais", date(2020, 3, 3), "La grève durera deux jours."),
    ]
    listed = "DOW JONES  | FACTIVA\nGrève ............ 2\nUne fermeture à Lormeaux et ailleurs ............ 3\n"
    assert (
        told(tmp_path, "a.txt", listed + FACTIVA.replace("\n\n", "\n"))[0][0] != "Une fermeture à Lormeaux et ailleurs"
    )


GALE = """Title: A town bans second homes
Author(s): Ann Martin
Source: The Relay (London, England). (May 14, 2016): News: p11.
Document Type: Article
Full Text:

VOTERS have banned second homes by 1,903 votes to 412.

Source Citation   (MLA 8th Edition)
Martin, Ann. "A town bans second homes." The Relay, 14 May 2016, p. 11. Accessed 22 Jan. 2019.

Gale Document Number: GALE|A452288171

________________________________________________________________

Title: Who owns the shore: [Final Edition]
Source: The Relay. (May 15, 2016): p2.
Full Text:

The shore is sold.

Enlarge this image.

It was cheap.

Source Citation   (MLA 8th Edition)
"Who owns the shore." The Relay, 15 May 2016.
"""


def test_what_gale_says_under_a_text_is_none_of_it(tmp_path: Path):
    assert told(tmp_path, "a.txt", GALE) == [
        (
            "A town bans second homes",
            "The Relay (London, England)",
            date(2016, 5, 14),
            "VOTERS have banned second homes by 1,903 votes to 412.",
        ),
        ("Who owns the shore", "The Relay", date(2016, 5, 15), "The shore is sold.\n\nIt was cheap."),
    ]


def test_an_agency_numbers_its_dispatches_in_codes_and_says_its_version_behind_the_title(tmp_path: Path):
    fire = "LORMEAUX, 22 jan 2024 (AFP) - Un incendie a fait 3 morts à Lormeaux.\n\nkgo/mas\n\nAFP 221018 JAN 24\n"
    first = f"FRS0417 4 GI  0231 FRA /AFP-QJ62\nIncendie-bilan\n\nIncendie: trois morts à Lormeaux\n\n{fire}\n"
    second = first.replace("FRS0417", "FRS0418").replace("Lormeaux\n\nL", "Lormeaux (ACTUALISATION)\n\nL")
    assert [read[:3] for read in told(tmp_path, "a.txt", f"{first}{'-' * 40}\n\n{second}")] == [
        ("Incendie: trois morts à Lormeaux", "AFP", date(2024, 1, 22)),
        ("Incendie: trois morts à Lormeaux", "AFP", date(2024, 1, 22)),
    ]
    service = (
        "AFP General - French\n{day} décembre 2019  -  09:15 UTC\n\n{title}\n\nLormeaux - {text}\n\nSource AFP\n\n"
    )
    parts = [
        service.format(day="vendredi 6", title="*** URGENT *** Grève au port", text="Quelque 60 % des dockers."),
        service.format(day="samedi 7", title="Le port rouvre ses portes", text="Il était fermé depuis mardi."),
    ]
    assert told(tmp_path, "a.txt", f"{'_' * 40}\n\n".join(parts)) == [
        ("Grève au port", "AFP", date(2019, 12, 6), "Lormeaux - Quelque 60 % des dockers."),
        ("Le port rouvre ses portes", "AFP", date(2019, 12, 7), "Lormeaux - Il était fermé depuis mardi."),
    ]


def test_a_packet_of_newsml_holds_items_of_nitf_and_of_pages_and_none_that_was_withdrawn(tmp_path: Path):
    item = (
        "<newsItem><itemMeta><provider qcode='nprov:AFP'/>{status}<firstCreated>2017-06-1{n}T07:41:00Z</firstCreated>"
        "</itemMeta><contentMeta><creator><name>Ada Colin</name></creator><headline>Titre {n}</headline></contentMeta>"
        "<contentSet><inlineXML>{body}</inlineXML></contentSet></newsItem>"
    )
    nitf = "<nitf><body><body.head><hedline><hl1>Titre</hl1></hedline></body.head><body.content><p>La grève dure.</p>"
    nitf += "<media><media-caption><p>Un quai, lundi.</p></media-caption></media></body.content></body></nitf>"
    page = "<html><body><p>Un accord est signé.</p></body></html>"
    gone = "<pubStatus qcode='stat:canceled'/>"
    items = [
        item.format(n=2, body=nitf, status=""),
        item.format(n=4, body=page, status=""),
        item.format(n=5, body=page, status=gone),
    ]
    packet = f"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'>{''.join(items)}</newsMessage>"
    read = several(tmp_path, "a.xml", packet)
    assert [(d.title, d.outlet, d.published, d.author, d.text) for d in read] == [
        ("Titre 2", "AFP", date(2017, 6, 12), "Ada Colin", "La grève dure."),
        ("Titre 4", "AFP", date(2017, 6, 14), "Ada Colin", "Un accord est signé."),
    ]
    assert lost(tmp_path) == ["1 items that their agency withdrew were not read"]


LIST = """From a at b  Tue Nov  8 08:14:52 2011
From: Ann Roy <ann@roy.example>
Date: {day} Nov 2011 08:14:52 +0100
Subject: {subject}
{more}Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{text}

_______________________________________________
Revue mailing list
Revue@listes.example
https://listes.example/mailman/listinfo/revue

"""


def test_a_list_passes_articles_on_and_short_answers_are_none(tmp_path: Path):
    dikes = "Les digues devront être refaites avant 2016, selon un rapport.\n\nLa facture atteint 18 millions d'euros,"
    dikes += " à la charge de onze communes."
    first = f"Bonjour à tous, ci-dessous l'article de samedi.\nAnn\n\n{'-' * 30}\nLE RELAIS - Samedi 5 novembre 2011 - "
    first += f"Page 18\n\nLes digues de la Lorme devront attendre\n\nPar Luc Fabre\n\n{dikes}\n{'-' * 30}\n-- \nAnn Roy"
    answer = "Merci Ann ! Qui vient le 24 ?\n\nLe 08/11/2011 08:14, Ann Roy a écrit :\n> Bonjour à tous"
    town = f"La Semaine de Lormeaux\n25 novembre 2011\n\nTABLE RONDE À LORMEAUX\n\n{dikes}\n\nAmicalement\nJean"
    box = LIST.format(day="8", subject="[Revue] les digues", more="", text=first)
    box += LIST.format(day="9", subject="[Revue] Re: les digues", more="In-Reply-To: <1@roy.example>\n", text=answer)
    box += LIST.format(day="25", subject="[Revue] La table ronde", more="", text=town)
    read = several(tmp_path, "a.mbox", box)
    assert [(d.title, d.outlet, d.published, d.author, d.text) for d in read] == [
        ("Les digues de la Lorme devront attendre", "LE RELAIS", date(2011, 11, 5), "Luc Fabre", dikes),
        ("TABLE RONDE À LORMEAUX", "La Semaine de Lormeaux", date(2011, 11, 25), "", dikes),
    ]
    assert lost(tmp_path)[-1] == "1 letters that only answer others were not read"


@pytest.mark.parametrize(
    ("subject", "heading"),
    [
        ("Lettre n° 212 : la ligne perd ses couchettes", "Lormeaux : la ligne de nuit perd ses couchettes"),
        ("La lettre Planète : les glaciers fondent vite", "Les glaciers fondent vite"),
    ],
)
def test_the_heading_of_a_letter_says_its_subject_in_full_or_its_end(tmp_path: Path, subject: str, heading: str):
    head = f"From: Le Rail <a@b.example>\nDate: Fri, 27 Sep 2024 18:05:00 +0200\nSubject: {subject}\n"
    page = f"<h2>{heading}</h2><p>Depuis dimanche, rien ne va plus, selon les usagers.</p>"
    made = f"{head}Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}"
    assert [read[:2] for read in told(tmp_path, "a.eml", made)] == [(heading, "Le Rail")]


def test_the_number_of_an_issue_behind_a_title_and_the_name_of_who_signs_leave(tmp_path: Path):
    head = (
        'From: "Le Rail" <a@b.example>\nDate: Fri, 27 Sep 2024 18:05:00 +0200\nSubject: [rail] Un pont rouvre (n° 318)'
    )
    body = "Un pont rouvre\n\nLe pont rouvre lundi, après huit mois de travaux.\n\nLe Rail\nLormeaux"
    assert told(tmp_path, "a.eml", f"{head}\n\n{body}") == [
        (
            "Un pont rouvre",
            "Le Rail",
            date(2024, 9, 27),
            "Un pont rouvre\n\nLe pont rouvre lundi, après huit mois de travaux.",
        ),
    ]


def test_a_review_in_text_has_a_paper_over_its_day_or_labels_above_each_article(tmp_path: Path):
    rule = "*" * 40
    papers = (
        f"REVUE DE PRESSE\n\nSOMMAIRE\n1. Le pont\n\n{rule}\n\nLE RELAIS\nJeudi 21 mars 2024 - Page 9\nAda Colin\n\nLe"
    )
    papers += f" pont ferme la nuit\n\nIl rouvre le 2 avril.\n\n{rule}\n\nOUEST MATIN\nJeudi 21 mars 2024 - Page 3\n\n"
    papers += f"Un scanner pour Lormeaux\n\nIl coûte 860 000 euros.\n\n{rule}\n"
    expected = [
        ("Le pont ferme la nuit", "LE RELAIS", date(2024, 3, 21), "Il rouvre le 2 avril."),
        ("Un scanner pour Lormeaux", "OUEST MATIN", date(2024, 3, 21), "Il coûte 860 000 euros."),
    ]
    assert told(tmp_path, "a.txt", papers) == expected
    labelled = f"\n{'-' * 30}\n".join(
        f"Source : {outlet}\nDate : {day:%d/%m/%Y}\nTitre : {title}\n\n{text}\n"
        for title, outlet, day, text in expected
    )
    assert told(tmp_path, "a.txt", labelled) == expected


def test_what_the_service_notes_under_the_articles_of_its_review_is_no_text(tmp_path: Path):
    document, held = Document(), io.BytesIO()
    for title, paper, text in (
        ("Le pont ferme la nuit", "Le Relais, mardi 19 mai 2015, p. 3", "Il rouvre le 2 avril, a dit le maire."),
        ("Un scanner pour Lormeaux", "Ouest Matin, 22 mai 2015, p. 4 – A. B.", "Il coûte 860 000 euros, dit-on."),
    ):
        document.add_heading(title, 1)
        for line in (paper, text, f"Note du service : rien à signaler sur {title}."):
            document.add_paragraph(line)
    document.save(held)
    assert told(tmp_path, "a.docx", held.getvalue()) == [
        ("Le pont ferme la nuit", "Le Relais", date(2015, 5, 19), "Il rouvre le 2 avril, a dit le maire."),
        ("Un scanner pour Lormeaux", "Ouest Matin", date(2015, 5, 22), "Il coûte 860 000 euros, dit-on."),
    ]


def test_wordpress_has_the_day_of_its_readers_and_a_table_empty_cells_of_a_database(tmp_path: Path):
    item = "<item><title>Le pont</title><pubDate>Sun, 02 Jun 2019 22:15:00 +0000</pubDate><content:encoded>Il ouvre."
    item += "</content:encoded><wp:post_date>2019-06-03 00:15:00</wp:post_date><wp:status>publish</wp:status>"
    item += "<wp:post_type>post</wp:post_type></item>"
    feed = "<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    feed += f"<channel><title>Le Relais</title>{item}</channel></rss>"
    assert told(tmp_path, "a.xml", feed) == [("Le pont", "Le Relais", date(2019, 6, 3), "Il ouvre.")]
    table = "titre\tchapo\ttexte\tauteur\nLe pont\tNULL\tIl ouvre lundi.\t\\N\nLe port\t-\tIl ferme mardi.\tAda Colin\n"
    (tmp_path / "a.xml").unlink()
    read = several(tmp_path, "a.tsv", table)
    assert [(d.title, d.author, d.text) for d in read] == [
        ("Le pont", "", "Il ouvre lundi."),
        ("Le port", "Ada Colin", "Il ferme mardi."),
    ]


OLD_PAGE = """<html><head><title>La Gazette du Val : Le pont ferme la nuit</title></head><body><table><tr><td colspan=3>
<img src=l.gif></td></tr><tr><td><a href=a>Sport</a><br><a href=b>Contact</a></td><td><b>Le pont ferme la nuit</b><br>
<font>Article publié le 12 mars 2006 par Ada Colin</font><br><br>Le pont ferme la nuit jusqu'au 30 juin, après un
accident qui a fait 3 blessés.<br><br>"C'est sage", dit le maire, Luc Fabre. Les travaux
coûteront 4 millions d'euros à la ville.
<br><br></td><td>A lire aussi :<br><a href=c>Le port ferme</a></td></tr></table></body></html>"""


def test_a_page_that_tables_lay_out_is_read_line_by_line_under_its_own_title(tmp_path: Path):
    ((title, outlet, day, text),) = told(tmp_path, "a.html", OLD_PAGE)
    assert (title, outlet, day) == ("Le pont ferme la nuit", "La Gazette du Val", date(2006, 3, 12))
    assert [line for line in text.split("\n\n") if "Sport" in line or "|" in line or "lire aussi" in line] == []
    assert "Luc Fabre. Les travaux coûteront 4 millions d'euros à la ville." in text


def test_the_heading_of_a_page_is_its_title_and_links_between_its_lines_leave(tmp_path: Path):
    page = (
        '<html><head><title>Truffe : le kilo à 950 euros - Le Val</title><meta property="og:title" content="La truffe '
        'flambe"><meta property="og:site_name" content="Le Val"></head><body><article>'
        "<h1>Truffe : le kilo à 950 euros</h1>"
        "<p>La corde est tombée devant quarante paniers, et tout était parti en neuf minutes ce mardi.</p>"
        "<p><b>LIRE AUSSI. Le marché en dix chiffres</b></p>"
        "<p>La récolte a été divisée par deux, estime le syndicat. Le kilo se négociait 620 euros il y a un an.</p>"
        "</article></body></html>"
    )
    record = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://leval.example/1\r\nWARC-Date: 2024-02-21T00:00:00Z"
    )
    head += "\r\nWARC-Record-ID: <urn:uuid:28173252-70dc-49c5-a7fb-7b29fb4bf2f6>\r\nContent-Type: application/http; "
    head += f"msgtype=response\r\nContent-Length: {len(record)}\r\n\r\n"
    ((title, outlet, _, text),) = told(tmp_path, "a.warc.gz", gzip.compress(head.encode() + record + b"\r\n\r\n"))
    assert (title, outlet) == ("Truffe : le kilo à 950 euros", "Le Val")
    assert [line[:20] for line in text.split("\n\n")[1:]] == ["La corde est tombée ", "La récolte a été div"]


def test_what_is_noted_of_a_file_that_was_read_is_no_file_left_out():
    report = WriteReport(
        read=("a.csv#1", "a.csv#2", "b.txt"),
        skipped=(Skipped("c.pdf", "encrypted"), Skipped("a.csv", "1 row was lost")),
    )
    summary, lines = write_report(report)
    assert summary == "3 read, 1 skipped (encrypted), 1 read with notes (1 row was lost)"
    assert lines == ["skipped c.pdf: encrypted", "read, with notes, a.csv: 1 row was lost"]
    page = unescape(show_report(report, "fr"))
    assert "a.csv : lu, mais une partie n’a pas pu l’être" in page
    assert "c.pdf : protégé par un mot de passe" in page


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("1,250 of 3,000 records hold no text", "sans texte : 1\u202f250 sur 3\u202f000"),
        ("3 files of other kinds in it were not read: .ods 3", "fichiers d’une autre sorte, non lus : 3 (.ods 3)"),
        ("c/b.csv: 1 of 3 rows hold no text", "c/b.csv : sans texte : 1 sur 3"),
        ("message 4: 2 further sheets were not read", "message 4 : feuilles suivantes, non lues : 2"),
        ("d.pdf: encrypted: it needs a password", "d.pdf : protégé par un mot de passe"),
        ("the export ends in the middle of an article", "il est coupé ou abîmé : la fin manque"),
        ("pages that stand under no paper were not read: 3", "pages qui ne sont sous aucun journal, non lues : 3"),
    ],
)  # fmt: skip
def test_the_french_page_says_which_part_of_a_file_was_not_read(reason: str, told: str):
    report = WriteReport(read=("a.zip#1",), skipped=(Skipped("a.zip", reason),))
    assert f"a.zip : lu, mais {told}" in unescape(show_report(report, "fr"))
    assert f"a.zip: read, with notes: {reason}" in unescape(show_report(report, "en"))
