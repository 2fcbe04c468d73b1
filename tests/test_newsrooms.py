"""What newsrooms export: links in RTF, Europresse as it is printed, logs of agencies, alerts, spreadsheets."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from test_reading import archive, one, pdf, reason, several

from index import reading
from index.paragraphs.mastheads import read_masthead
from index.reading.subjects import paper_of, title_in


def told(tmp_path: Path, name: str, data: bytes | str) -> list[tuple[str, str, date | None, str, str]]:
    return [(d.title, d.outlet, d.published, d.author, d.text.strip()) for d in several(tmp_path, name, data)]


@pytest.mark.parametrize(
    "field",
    [
        r'{\field{\*\fldinst{HYPERLINK "https://n.example/a?x=1&y=2"}}{\fldrslt{\ul\cf1 douze}}}',
        r'{\field{\*\fldinst HYPERLINK "https://n.example/a" }{\fldrslt douze}}',
        r'{\field\flddirty {\*\fldinst {\rtlch HYPERLINK \\l "Repere_1"}}{\fldrslt {\b dou}ze}}',
        r'{\field{\fldinst{HYPERLINK "mailto:a@b.example"}}{\fldrslt{douze}}}',
    ],
)
def test_the_address_of_a_link_in_rtf_is_no_text(tmp_path: Path, field: str):
    read = one(
        tmp_path, "a.rtf", rf"{{\rtf1\ansi\pard Le feu a fait {field} morts.\par\pard Fin \{{sic\}}.\par}}".encode()
    )
    assert read.text == "Le feu a fait douze morts.\n\nFin {sic}."


RIGHTS = [
    "© 2024 {paper}. Tous", "droits réservés. Le présent", "document est protégé par les", "lois et conventions",
    "internationales sur le droit", "d'auteur.", "Certificat émis le 6 mai 2024 à", "MÉDIATHÈQUE-DE-VALMONT à des",
    "fins de visualisation", "personnelle et temporaire.",
]  # fmt: skip
BOXES = [
    (
        ["Le Relais du Nord", "Valmont, jeudi 2", "mai 2024", "84 mots, p. 7"], "news·20240502·RN·4401",
        ["Le tramway de Valmont coûtera", "84 millions de plus", "Anne Le Goff"],
        ["Le chantier du tramway de Valmont coûtera", "84 millions d'euros de plus que prévu."],
    ),
    (
        ["Ouest Matin, no.", "2217", "Économie et", "emploi, vendredi 3 mai 2024 - 07:12", "112 mots"],
        "news·20240503·OM·00x91", ["La conserverie ferme"],
        ["La conserverie de Port-Aven ferme :", "63 emplois partent."],
    ),
    (
        ["The Gazette", "Business, Saturday, May 4,", "2024", "p. B2, 97 words"], "news·20240504·GZ·17",
        ["Mill reopens", "after four years", "Tom Hale"], ["The mill reopened on Friday with 140 workers."],
    ),
]  # fmt: skip
HEAD = ["Tous droits réservés à l'éditeur", "MÉDIATHÈQUE-DE-VALMONT", "europresse", "Lundi 6 mai 2024 à 9 h 04"]
COVER = [
    "Sommaire", "Nombre de document(s) : 3", "Créé par MÉDIATHÈQUE-DE-VALMONT", "Le Relais du Nord", "2 mai 2024",
    "Le tramway de Valmont coûtera 84 millions de plus", "3", "Ouest Matin", "3 mai 2024", "La conserverie ferme", "4",
    "The Gazette", "May 4, 2024", "Mill reopens after", "four years", "5",
]  # fmt: skip
PRINTED = [
    (
        "Le tramway de Valmont coûtera 84 millions de plus", "Le Relais du Nord", date(2024, 5, 2), "Anne Le Goff",
        "Le chantier du tramway de Valmont coûtera\n84 millions d'euros de plus que prévu.",
    ),
    (
        "La conserverie ferme", "Ouest Matin", date(2024, 5, 3), "",
        "La conserverie de Port-Aven ferme :\n63 emplois partent.",
    ),
    (
        "Mill reopens after four years", "The Gazette", date(2024, 5, 4), "Tom Hale",
        "The mill reopened on Friday with 140 workers.",
    ),
]  # fmt: skip


def pages() -> list[list[str]]:
    """Return the pages of an export of Europresse as it is printed: a head on each, a box above each article."""
    articles = [
        [*box, *(line.format(paper=box[0]) for line in RIGHTS), number, *title, *body]
        for box, number, title, body in BOXES
    ]
    inner = [COVER, ["Avis", "Ces articles sont à un usage personnel."], *articles]
    return [[*HEAD[:2], f"Page {n} de 5", *HEAD[2:], *lines] for n, lines in enumerate(inner, start=1)]


def test_europresse_as_it_is_printed(tmp_path: Path):
    assert told(tmp_path, "a.pdf", pdf(pages()).replace("·".encode("cp1252"), b"\xb7")) == PRINTED
    text = "\n\n".join("\n".join(page) for page in pages())
    assert told(tmp_path, "a.txt", text) == PRINTED


def test_one_article_of_europresse_as_it_is_printed_with_the_head_of_its_page(tmp_path: Path):
    assert told(tmp_path, "a.txt", "\n".join([*HEAD, *pages()[3][5:], "", *HEAD])) == PRINTED[1:2]


@pytest.mark.parametrize(
    ("head", "outlet", "day"),
    [
        (["L'Éco du Nord, no. 322", "Mai 2024", "412 mots, p. 12,13"], "L'Éco du Nord", date(2024, 5, 3)),
        (["jeudi 2 mai", "2024", "Le Relais du Nord, p. 3", "312 mots"], "Le Relais du Nord", date(2024, 5, 2)),
        (["Le Relais, jeudi 2 mai 2024"], "Le Relais", date(2024, 5, 2)),
        (["Les Échos de", "Valmont (site web)", "VALM1, jeudi 2 mai 2024 - 16:45 UTC +0200"],
         "Les Échos de Valmont (site web)", date(2024, 5, 2)),
    ],
)  # fmt: skip
def test_the_box_of_europresse_in_any_order_and_break(tmp_path: Path, head: list[str], outlet: str, day: date):
    lines = [*head, *RIGHTS, "news·20240503·AB·1", "La conserverie ferme", "Soixante-trois emplois partent."]
    assert [line[:3] for line in told(tmp_path, "a.txt", "\n".join(lines))] == [("La conserverie ferme", outlet, day)]


def test_europresse_says_which_articles_of_a_printed_export_are_not_there(tmp_path: Path):
    (tmp_path / "a.txt").write_text("\n\n".join("\n".join(page) for page in pages()[:4]), encoding="utf-8")
    read = reading.read_folder(tmp_path)
    assert [d.title for d in read.documents] == [title for title, *_ in PRINTED[:2]]
    assert [s.reason for s in read.skipped] == ["1 of 3 articles of the export hold no text"]


def test_a_head_of_several_lines_leaves_every_page_and_gives_the_day(tmp_path: Path):
    lines = ["Le canal est fermé.", "Les bateaux attendent.", "L'écluse rouvre lundi."]
    read = one(
        tmp_path,
        "a.pdf",
        pdf([["Le Relais du Nord", "jeudi 2 mai 2024", f"Page {n}", own] for n, own in enumerate(lines)]),
    )
    assert (read.text, read.outlet, read.published) == (
        "Le canal est fermé.\n\nLes bateaux attendent.\n\nL'écluse rouvre lundi.", "Le Relais du Nord",
        date(2024, 5, 2),
    )  # fmt: skip


def test_figures_under_the_head_of_every_page_are_no_head(tmp_path: Path):
    told = list(zip((14, 24, 34), ("Le maire se tait.", "Le plan suit.", "Les syndicats attendent."), strict=True))
    read = one(tmp_path, "a.pdf", pdf([["Le Relais", f"{n} postes à Lens", line] for n, line in told]))
    assert read.text == "\n\n".join(f"{n} postes à Lens\n{line}" for n, line in told)


LOG = """EXTRAIT DU FIL - 06/05/2024 08:10:00 - POSTE 4 - 4 DEPECHES
==========================================

SOC0107 3 S 0066 FRA /AFP-KD40
France-transport-grève

Grève dans les bus de Valmont

   VALMONT (France), 2 mai 2024 (AFP) - Quelque 340 chauffeurs de bus étaient en grève jeudi à Valmont.
   ago/lf/mp

AFP 021012 GMT MAI 24


03-May-2024 07:41:12 RTRS - UPDATE 2-Mill reopens with 140 workers

    * Owner to invest $12 million

    LORMORE, May 3 (Reuters) - A mill reopened on Friday with 140 workers.

(c) Copyright Agency 2024.

nL2N9X11AB


AP-US--Bus Strike, 1st Ld-Writethru, US/60
Eds: Adds quotes. With photos.
May 3, 2024 19:05 (GMT)

Bus drivers end strike in Fairmont

By ANN LEE
Associated Press

FAIRMONT, Ohio (AP) — Drivers ended their strike on Friday after 9 days.

___

Copyright 2024 The Associated Press. All rights reserved.


ats0044 4 eco 95 Genève
La banque Vadier biffe 120 postes

Genève (ats) - La banque Vadier va supprimer 120 postes, dont 44 à Genève.
/ATS/def
03.05.2024 14:22

==========================================
FIN DE L'EXTRAIT - 4 DEPECHES - usage interne
"""


def test_the_log_of_a_wire_service_gives_dispatches_alone(tmp_path: Path):
    assert told(tmp_path, "a.txt", LOG) == [
        (
            "Grève dans les bus de Valmont", "AFP", date(2024, 5, 2), "",
            "VALMONT (France), 2 mai 2024 (AFP) - Quelque 340 chauffeurs de bus étaient en grève jeudi à Valmont.",
        ),
        (
            "Mill reopens with 140 workers", "Reuters", date(2024, 5, 3), "",
            "* Owner to invest $12 million\n\nLORMORE, May 3 (Reuters) - A mill reopened on Friday with 140 workers.",
        ),
        (
            "Bus drivers end strike in Fairmont", "AP", date(2024, 5, 3), "ANN LEE",
            "FAIRMONT, Ohio (AP) — Drivers ended their strike on Friday after 9 days.",
        ),
        (
            "La banque Vadier biffe 120 postes", "ATS", date(2024, 5, 3), "",
            "Genève (ats) - La banque Vadier va supprimer 120 postes, dont 44 à Genève.",
        ),
    ]  # fmt: skip


def test_dispatches_that_the_agency_and_the_hour_head(tmp_path: Path):
    made = "".join(
        f"Afp le {n} mai 2024 à 09 h 1{n}.\n\nLe port de Zeveren ferme {n} quais\n\n"
        f"     Zeveren, {n} mai 2024 (AFP) - Le port a fermé {n} quais.\n\n     abc/de/fgh\n\n"
        for n in (2, 3)
    )
    assert [one[:3] for one in told(tmp_path, "a.txt", made)] == [
        ("Le port de Zeveren ferme 2 quais", "AFP", date(2024, 5, 2)),
        ("Le port de Zeveren ferme 3 quais", "AFP", date(2024, 5, 3)),
    ]
    coded = "".join(
        f"BELGA-01{n}3 20240502 10:2{n} POL/INT\nLe port rouvre {n} quais\n\nZeveren, 2 mai 2024 (Belga) - Il rouvre "
        f"{n} quais.\n(JVD/NVT)\n\n"
        for n in (4, 5)
    )
    assert [(one[0], one[4]) for one in told(tmp_path, "b.txt", coded)] == [
        (f"Le port rouvre {n} quais", f"Zeveren, 2 mai 2024 (Belga) - Il rouvre {n} quais.") for n in (4, 5)
    ]


ALERT = """From: Pilote Presse <alertes@p.example>
Subject: Tr: Votre veille tramway - 1 article
Date: Fri, 03 May 2024 07:02:00 +0200
Content-Type: text/plain; charset=utf-8

Votre veille : tramway
1 nouvel article

Le tramway coûtera 84 millions de plus
https://relais.example/a/1
Le Relais du Nord, jeudi 2 mai 2024, p. 6
Anne Le Goff

Le chantier du tramway de Valmont coûtera 84 millions d'euros de plus que prévu, selon un rapport remis mercredi.

Copyright Le Relais du Nord 2024
Modifier mon alerte <https://p.example/4471> | Supprimer mon alerte <https://p.example/4471/del>
"""
SECOND = """
Trois communes demandent un arrêt
Ouest Matin | 3 mai 2024

Trois communes au sud de Valmont, 14 000 habitants en tout, demandent un arrêt sur la ligne B, qui les contourne...
"""


def test_an_alert_with_one_article_gives_its_title_its_paper_and_its_day(tmp_path: Path):
    tramway = (
        "Le tramway coûtera 84 millions de plus", "Le Relais du Nord", date(2024, 5, 2), "Anne Le Goff",
        "Le chantier du tramway de Valmont coûtera 84 millions d'euros de plus que prévu, selon un rapport remis "
        "mercredi.",
    )  # fmt: skip
    assert told(tmp_path, "a.eml", ALERT) == [tramway]
    assert one(tmp_path, "a.eml", ALERT).url == "https://relais.example/a/1"
    above = ALERT.split("\nCopyright")[0]
    first, second = several(tmp_path, "b.eml", f"{above.replace('84', '85')}\n{SECOND}")
    assert (first.outlet, first.published, first.partial) == ("Le Relais du Nord", date(2024, 5, 2), False)
    assert (second.title, second.outlet, second.published, second.partial) == (
        "Trois communes demandent un arrêt", "Ouest Matin", date(2024, 5, 3), True,
    )  # fmt: skip


def test_a_letter_that_says_more_than_the_article_that_it_names_stays_a_letter(tmp_path: Path):
    said = "Je vous parle du tramway, que tout le monde attend depuis dix ans sans savoir quand il roulera. " * 4
    (read,) = told(tmp_path, "a.eml", ALERT.replace("1 nouvel article", said))
    assert read[1] == "Pilote Presse"
    assert said.strip() in read[4]


@pytest.mark.parametrize(
    ("subject", "names", "text", "title"),
    [
        ("🚲 Le pont rouvre", (), "", "Le pont rouvre"),
        ("Fwd: TR : Le pont rouvre 🌊", (), "", "Le pont rouvre"),
        (
            "[Le Relais] Le pont rouvre | La lettre du soir",
            ("Agence Le Relais", "La lettre du soir"),
            "",
            "Le pont rouvre",
        ),
        ("Alerte Le Relais - Le pont rouvre", ("Le Relais",), "", "Le pont rouvre"),
        ("Le pont rouvre | Le mot du chef", ("Le Relais",), "Par Luc\n\nLE PONT ROUVRE\n", "Le pont rouvre"),
        # what may be words of the title stays
        ("[Nantes] Le pont rouvre", ("Ouest Info",), "", "[Nantes] Le pont rouvre"),
        ("Nantes : le pont rouvre", ("Nantes",), "", "Nantes : le pont rouvre"),
        ("Le pont rouvre - Anne Le Goff", ("Le Relais",), "Le pont ferme", "Le pont rouvre - Anne Le Goff"),
        ("Interview - Anne Le Goff", (), "Interview\n\nAnne Le Goff", "Interview - Anne Le Goff"),
        ("Crue | Le Relais", ("Le Relais",), "", "Crue | Le Relais"),
        ("🌊", (), "", "🌊"),
    ],
)
def test_what_of_a_subject_is_the_title(subject: str, names: tuple[str, ...], text: str, title: str):
    assert title_in(subject, names, text) == title


def test_who_writes_for_a_paper_is_not_the_paper():
    assert [paper_of(name) for name in ("Ann at The Gazette", "Luc Fabre", "Les Amis du Port")] == [
        "The Gazette", "Luc Fabre", "Les Amis du Port",
    ]  # fmt: skip


def test_the_north_is_no_number_of_a_paper():
    head = read_masthead("Le Relais du Nord, jeudi 2 mai 2024, p. 6", "fr")
    assert head is not None
    assert head.outlet == "Le Relais du Nord"


def workbook(sheets: dict[str, list[list[object]]], *, macs: bool = False, links: str = "", rels: str = "") -> bytes:
    """Return a spreadsheet with these sheets: words shared or in the cell, numbers, and days as numbers in a format."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    shared: list[str] = []
    parts: dict[str, bytes] = {}

    def cell(value: object, place: str) -> str:
        if isinstance(value, date):
            return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days - 1462 * macs}</v></c>'
        if isinstance(value, int):
            return f'<c r="{place}"><v>{value}</v></c>'
        if str(value).startswith("="):
            return f'<c r="{place}" t="str"><f>{escape(str(value)[1:])}</f><v>Lire</v></c>'
        if len(str(value)) < 12:
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>' if value else ""
        shared.append(escape(str(value)))
        return f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>'

    for number, rows in enumerate(sheets.values(), start=1):
        told = "".join(
            f'<row r="{r}">{"".join(cell(value, f"{chr(65 + c)}{r}") for c, value in enumerate(row))}</row>'
            for r, row in enumerate(rows, start=1)
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet {main} {office}><sheetData>{told}</sheetData>{links}</worksheet>".encode()
        )
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = f"<Relationships>{rels}</Relationships>".encode()
    names = "".join(f'<sheet name="{name}" r:id="rId{n}"/>' for n, name in enumerate(sheets, start=1))
    mac = '<workbookPr date1904="1"/>' if macs else ""
    targets = "".join(
        f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1)
    )
    words = "".join(f"<si><r><t>{w[:9]}</t></r><r><t>{w[9:]}</t></r><rPh><t>x</t></rPh></si>" for w in shared)
    styles = '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/>'
    return archive(
        {
            "xl/workbook.xml": f"<workbook {main} {office}>{mac}<sheets>{names}</sheets></workbook>".encode(),
            "xl/_rels/workbook.xml.rels": f"<Relationships>{targets}</Relationships>".encode(),
            "xl/sharedStrings.xml": f"<sst {main}>{words}</sst>".encode(),
            "xl/styles.xml": f'<styleSheet {main}>{styles}<xf numFmtId="170"/></cellXfs></styleSheet>'.encode(),
            **parts,
        }
    )


BUS = "Quelque 340 chauffeurs de bus étaient en grève jeudi à Valmont, selon la régie."
MILL = "La conserverie de Port-Aven ferme : 63 emplois partent, dit la direction."
SHEET: list[list[object]] = [
    ["Titre", "Média", "Date de parution", "Texte", "Audience"],
    ["Grève dans les bus", "Le Relais", date(2024, 5, 2), BUS, 84000],
    ["La conserverie ferme", "Ouest Matin", date(2024, 5, 3), MILL, 1200],
]


CELLS = b"""<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str">
<v>Date</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Un pont</t></is></c><c r="B2" t="s"><v>2</v></c>
<c r="C2" s="1"><v>45414.5</v></c></row></sheetData><hyperlinks><hyperlink ref="A2"/></hyperlinks></worksheet>"""
"""The cells of a sheet, without the spreadsheet around it."""


@pytest.mark.parametrize("macs", [False, True])
def test_a_spreadsheet_is_read_as_a_table(tmp_path: Path, macs: bool):
    assert told(tmp_path, "a.xlsx", workbook({"Retombées": SHEET}, macs=macs)) == [
        ("Grève dans les bus", "Le Relais", date(2024, 5, 2), "", BUS),
        ("La conserverie ferme", "Ouest Matin", date(2024, 5, 3), "", MILL),
    ]
    whole = io.BytesIO(workbook({"Retombées": SHEET}))
    with zipfile.ZipFile(whole) as made:  # as "strict" files name things
        strict = {
            i.filename: made.read(i).replace(b"http://schemas.openxmlformats.org/", b"x:") for i in made.infolist()
        }
    assert len(told(tmp_path, "b.xlsx", archive(strict))) == 2
    # without its suffix too
    assert len(told(tmp_path, "a", workbook({"Retombées": SHEET}))) == 2


def test_what_is_not_read_of_a_spreadsheet_is_told(tmp_path: Path):
    others: list[list[object]] = [["Support", "Nombre"], ["Le Relais", 14], ["Ouest Matin", 3]]
    above: list[list[object]] = [["Veille du 6 mai 2024"], [], *SHEET, ["Sans texte", "Le Relais", date(2024, 5, 4)]]
    (tmp_path / "a.xlsx").write_bytes(workbook({"Retombées": above, "Chiffres": others, "Vide": []}))
    read = reading.read_folder(tmp_path)
    assert [d.title for d in read.documents] == ["Grève dans les bus", "La conserverie ferme"]
    assert [s.reason for s in read.skipped] == [
        "sheet 'Retombées': 1 lines above the names of its columns were not read",
        "sheet 'Retombées': 1 of 3 rows hold no text",
        "sheet 'Chiffres': no column of it is a text: Support, Nombre",
    ]
    assert [(one.source, one.columns["text"]) for one in read.guessed] == [("a.xlsx/Retombées", "Texte")]


def test_a_cell_that_leads_to_a_page_gives_its_address(tmp_path: Path):
    link = '<hyperlinks><hyperlink ref="A2" r:id="rId7"/></hyperlinks>'
    to = '<Relationship Id="rId7" Target="https://relais.example/1" TargetMode="External"/>'
    rows = [[*SHEET[0], "Lien"], [*SHEET[1], "Voir"], [*SHEET[2], '=HYPERLINK("https://ouest.example/2","Lire")']]
    rows.append(["Un pont rouvre", "Le Relais", date(2024, 5, 4), BUS, "https://relais.example/3"])
    read = several(tmp_path, "a.xlsx", workbook({"A": rows}, links=link, rels=to))
    assert [d.url for d in read] == [
        f"https://{page}" for page in ("relais.example/1", "ouest.example/2", "relais.example/3")
    ]


def test_columns_of_a_spreadsheet_may_be_named(tmp_path: Path):
    rows = [["Alpha", "Beta"], [BUS, MILL], [MILL, BUS]]
    (tmp_path / "a.xlsx").write_bytes(workbook({"A": list(rows)}))
    read = reading.read_folder(tmp_path, columns={"Beta": "text"})
    assert [d.text for d in read.documents] == [MILL, BUS]


def test_spreadsheets_that_are_not_read_say_why(tmp_path: Path):
    assert (
        reason(tmp_path, "a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 99)
        == "encrypted, or in the format of Excel before 2007"
    )
    assert reason(tmp_path, "a.xlsx", archive({"a.txt": b"x"})) == "not a spreadsheet of Excel, whatever its name says"
    assert reason(tmp_path, "a.xlsx", workbook({"Vide": []})) == "empty: no sheet of it holds anything"
    assert reason(tmp_path, "a.xlsx", workbook({"Titres": [["Titre", "Texte"]]})) == (
        "sheet 'Titres': a table without rows under a header"
    )
    whole = workbook({"A": SHEET})
    assert reason(tmp_path, "a.xlsx", whole[: len(whole) // 2]).startswith("truncated or damaged archive")


RIS = """TY  - NEWS
TI  - Grève dans les bus
T2  - Le Relais
AU  - Le Goff, Anne
AU  - Fabre, Luc
DA  - 2024/05/02/
PY  - 2024
AB  - Quelque 340 chauffeurs de bus étaient en grève jeudi à Valmont,
selon la régie.
UR  - https://relais.example/1
ER  - 

TY  - NEWS
T1  - Sans résumé
JO  - Ouest Matin
ER  - 

TY  - NEWS
T1  - La conserverie ferme
JO  - Ouest Matin
Y1  - 2024/05/03
N2  - La conserverie de Port-Aven ferme...
ER  - 
"""


def test_a_list_of_references_is_read_by_its_abstracts(tmp_path: Path):
    (tmp_path / "a.ris").write_text(RIS, encoding="utf-8")
    read = reading.read_folder(tmp_path)
    assert [(d.title, d.outlet, d.published, d.author, d.url, d.partial, d.text) for d in read.documents] == [
        (
            "Grève dans les bus", "Le Relais", date(2024, 5, 2), "Le Goff, Anne, Fabre, Luc", "https://relais.example/1",
            False, "Quelque 340 chauffeurs de bus étaient en grève jeudi à Valmont,\nselon la régie.",
        ),
        (
            "La conserverie ferme", "Ouest Matin", date(2024, 5, 3), "", "", True,
            "La conserverie de Port-Aven ferme...",
        ),
    ]  # fmt: skip
    assert [s.reason for s in read.skipped] == ["1 of 3 references hold no text"]
    assert reason(tmp_path, "b.ris", "TY  - NEWS\nTI  - Un\nER  - \n") == (
        "none of its 1 references has a text or an abstract"
    )
    assert reason(tmp_path, "b.ris", "Douze morts.") == "not a list of references, whatever its name says"


LIST = """From: Base de presse <alerte@b.example>
Subject: Alerte - Valmont
Date: Sun, 05 May 2024 07:02:00 +0200
Content-Type: text/plain; charset=utf-8

Valmont - 2 articles

1. Grève dans les bus de la ville
Le Relais du Nord, 3 mai 2024, 212 mots, (Français)
{bus}

Document RELN000020240503ek530000a

2. La conserverie ferme ses portes
Ouest Matin, 4 mai 2024, 99 mots, (Français)
{mill}

Document OUMA000020240504ek540000b
"""


def test_an_alert_of_several_papers_gives_each_article_its_own(tmp_path: Path):
    mill = f"{MILL} Le maire demande un repreneur."
    assert told(tmp_path, "a.eml", LIST.format(bus=BUS + " Ils reprennent lundi.", mill=mill)) == [
        ("Grève dans les bus de la ville", "Le Relais du Nord", date(2024, 5, 3), "", BUS + " Ils reprennent lundi."),
        ("La conserverie ferme ses portes", "Ouest Matin", date(2024, 5, 4), "", mill),
    ]
    page = (
        "<h1>Rapport du jour</h1><table><tr><td><a href='https://r.example/1'>Grève dans les bus de la ville</a></td>"
        f"</tr><tr><td>Le Relais (FR) | 3 mai 2024 08:11</td></tr><tr><td>{BUS} La régie...</td></tr></table><table>"
        "<tr><td>La conserverie ferme ses portes</td></tr><tr><td>Ouest Matin (FR) | 4 mai 2024 09:00</td></tr><tr><td>"
        f"{mill}</td></tr></table><p>Se désabonner</p>"
    )
    letter = LIST.split("\n\n")[0].replace("plain", "html") + "\n\n" + page
    read = several(tmp_path, "b.eml", letter)
    assert [(d.title, d.outlet, d.published, d.partial, d.text) for d in read] == [
        ("Grève dans les bus de la ville", "Le Relais (FR)", date(2024, 5, 3), True, f"{BUS} La régie..."),
        ("La conserverie ferme ses portes", "Ouest Matin (FR)", date(2024, 5, 4), False, mill),
    ]


def test_a_byline_above_the_paper_and_a_kind_of_text_are_no_title(tmp_path: Path):
    head = LIST.split("\n\n")[0] + "\n\n"
    text = "Le chantier du tramway coûtera 84 millions d'euros de plus que prévu, selon un rapport remis au conseil."
    signed = f"Le tramway coûtera plus\nPar Anne Le Goff\nLe Relais du Nord, jeudi 2 mai 2024\n\n{text}\n"
    assert told(tmp_path, "a.eml", head + signed) == [
        ("Le tramway coûtera plus", "Le Relais du Nord", date(2024, 5, 2), "Anne Le Goff", text),
    ]
    release = f"Communiqué de presse\nLa Régie des bus, jeudi 2 mai 2024\n\nLe tramway coûtera plus\n\n{text}\n"
    assert [read[:2] for read in told(tmp_path, "b.eml", head + release)] == [("Alerte - Valmont", "Base de presse")]


def test_what_is_on_in_towns_is_no_alert(tmp_path: Path):
    events = "".join(
        f"Un concert pour les {n} ans du pont\nLille | {n} mai 2024\nUn orchestre de {n}0 musiciens y joue.\n\n"
        for n in (3, 4)
    )
    ((title, outlet, *_),) = told(tmp_path, "a.eml", LIST.split("\n\n")[0] + "\n\n" + events)
    assert (title, outlet) == ("Alerte - Valmont", "Base de presse")


def test_a_page_of_pressreader_gives_its_paper_its_day_and_its_author(tmp_path: Path):
    page = "PressReader - Le Relais (Nord): 2024-05-02 - Grève dans les bus\n\nGrève dans les bus\n\nLe Relais · 2 mai "
    page += f"2024 · Anne Le Goff\n\n{BUS}\n\nLes bus : 340.\n\nPRINTED AND DISTRIBUTED BY PRESSREADER\n"
    page += "PressReader.com +1 604"
    grève = ("Grève dans les bus", "Le Relais", date(2024, 5, 2), "Anne Le Goff", f"{BUS}\n\nLes bus : 340.")
    assert told(tmp_path, "a.txt", page) == [grève]
    assert told(tmp_path, "b.txt", page.replace("PressReader", "Lecteur"))[0][4].startswith("Lecteur - Le Relais")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer", ("Source", "Influencer", "Opening Text")),
        ("News Date,News Headline,Outlet Name,News Text,Medium,Redacteur", ("Outlet Name", "Redacteur", "News Text")),
        ("publish_date,title,meta_site_name,text,author", ("meta_site_name", "author", "text")),
        ("Date de diffusion,Titre propre,Chaîne,Résumé,Journaliste", ("Chaîne", "Journaliste", "Résumé")),
    ],
)
def test_columns_of_more_monitoring_tools(tmp_path: Path, header: str, found: tuple[str, str, str]):
    names = header.split(",")
    row = {
        name: "2024-05-02" if "ate" in name else f"{MILL} {name}" if "ext" in name or "Ré" in name else name
        for name in names
    }
    row |= {name: f"Phrase {MILL}" * 2 for name in names if name == "Hit Sentence"}
    (read,) = several(tmp_path, "a.csv", f"{header}\n" + ",".join(f'"{row[name]}"' for name in names) + "\n")
    assert (read.outlet, read.author, read.text.strip()) == (
        found[0],
        found[1],
        f"{MILL} {found[2]}",
    )
    assert read.published == date(2024, 5, 2)
    assert read.partial == ("Opening Text" in names)


def test_a_record_whose_text_stands_alone_one_level_deeper(tmp_path: Path):
    made = [{"webTitle": "Un", "fields": {"bodyText": BUS}}, {"webTitle": "Deux", "fields": {"bodyText": MILL}}]
    read = several(tmp_path, "a.json", json.dumps({"response": {"results": made}}))
    assert [(d.title, d.text) for d in read] == [("Un", BUS), ("Deux", MILL)]
    byline = json.dumps([{"title": "Un", "text": BUS, "author": "By Tom Hale"}])
    assert [d.author for d in several(tmp_path, "b.json", byline)] == ["Tom Hale"]


def test_posts_of_a_live_blog_that_are_no_articles_of_html(tmp_path: Path):
    posts = "".join(
        f'<div class="c-live-post" id="p{n}"><time datetime="2024-05-0{n}T10:12:00Z">10:12</time><h2>{title}</h2>'
        f'<div class="live-post-body"><p>{text}</p></div></div>'
        for n, title, text in ((3, "La conserverie ferme", MILL), (2, "Grève dans les bus", BUS))
    )
    page = f"<html><body><nav>Menu</nav><main><h1>Le direct</h1>{posts}</main></body></html>"
    read = several(tmp_path, "a.html", page)
    assert [(d.source, d.title, d.published, d.text.split("\n\n")[-1]) for d in read] == [
        ("a.html#1", "La conserverie ferme", date(2024, 5, 3), MILL),
        ("a.html#2", "Grève dans les bus", date(2024, 5, 2), BUS),
    ]
    # two boxes beside a long article are none of its posts
    long = f"<html><body><main><article><p>{BUS * 20}</p></article>{posts}</main></body></html>"
    assert [d.source for d in several(tmp_path, "b.html", long)] == ["b.html"]


@pytest.mark.parametrize(
    "line",
    [
        "En savoir plus : la carte des arrêts", "Pour en savoir plus sur le tram > la carte des arrêts",
        "Learn more: the map of the stops", "Read more – The map of the stops", 
        "Sur le même sujet : la carte des arrêts",
        "Recevoir notre lettre", "Inscrivez-vous à la newsletter", "Get our morning briefing",
    ],
)  # fmt: skip
def test_a_line_that_is_nothing_but_a_link_of_the_site_leaves_feeds_records_and_posts(tmp_path: Path, line: str):
    body = f"<p>{BUS}</p><p>{line}</p><p>Le tram suivra.</p>"
    feed = (
        f"<rss><channel><title>Le Relais</title><item><title>Bus</title><description><![CDATA[{body}]]></description>"
    )
    (read,) = several(tmp_path, "a.xml", f"{feed}</item></channel></rss>")
    assert read.text == f"{BUS}\n\nLe tram suivra."
    (read,) = several(tmp_path, "b.json", json.dumps([{"title": "Bus", "body": body}]))
    assert read.text == f"{BUS}\n\nLe tram suivra."


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ('<div class="wp-block-button"><a href="/x">Nos offres</a></div>', ""),
        ('<p class="post__readmore"><a href="/x">La carte des arrêts</a></p>', ""),
        ('<aside class="newsletter-box"><p>Chaque matin, la ville.</p><a href="/x">Ma newsletter</a></aside>', ""),
        ('<p class="share-price">Le titre gagne 3 %, dit <a href="/x">la Bourse</a>, après deux semaines.</p>',
         "Le titre gagne 3 %, dit la Bourse, après deux semaines.\n\n"),
        ('<p><a href="/x">La carte des arrêts</a></p>', "La carte des arrêts\n\n"),
    ],
)  # fmt: skip
def test_a_box_that_says_that_it_is_a_button_and_holds_links_alone_leaves(tmp_path: Path, box: str, kept: str):
    body = f"<p>{BUS}</p>{box}<p>Le tram suivra.</p>"
    (read,) = several(tmp_path, "b.json", json.dumps([{"title": "Bus", "body": body}]))
    assert read.text == f"{BUS}\n\n{kept}Le tram suivra."


def test_a_sentence_that_begins_like_a_link_stays(tmp_path: Path):
    told = "En savoir plus sur le tram, c'est ce que demandent les riverains.\n\nRecevoir la lettre du maire a surpris."
    body = "".join(f"<p>{line}</p>" for line in (BUS, *told.split("\n\n")))
    (read,) = several(tmp_path, "b.json", json.dumps([{"title": "Bus", "body": body}]))
    assert read.text == f"{BUS}\n\n{told}"
