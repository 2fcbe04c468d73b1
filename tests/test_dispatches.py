"""Dispatches of agencies, one after the other in a text: each is an article, with its day, its agency and its title."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reading import pdf, several

from index import reading
from index.reading import reviews, wirelines, wires
from index.reading.contents import Extract

Told = tuple[str, str, date | None, str, str]


def told(tmp_path: Path, name: str, text: str | bytes) -> list[Told]:
    return [(d.title, d.outlet, d.published, d.author, d.text.strip()) for d in several(tmp_path, name, text)]


NUMBERED = """AFP-20230314-FR-1207
incendie-accident-Nord

ACTUALISATION avec un nouveau bilan

Incendie à Lormeaux: le bilan s'alourdit
à quatre morts

Par Anne LE GOFF

Lormeaux (France) | AFP | mardi 14/03/2023 - 11:40 UTC+1 | 147 mots

Le bilan est de quatre morts, selon les pompiers.

"Nous avons fait vite", a dit le maire. Trois cents personnes ont été relogées.

alg/def/xyz

<org idsrc="isin" value="FR0000000000">VALDOR</org>

© Agence France-Presse

--------------------------------------------------

AFP-20230315-FR-0045
sport-cyclisme

Cyclisme: Martin Leduc remporte l'étape

Orsenne (France) | AFP | mercredi 15/03/2023 - 07:05 UTC+1 | 80 mots

Martin Leduc a remporté mercredi la deuxième étape.

eb/ger

© Agence France-Presse
"""


def test_dispatches_as_an_agency_exports_them(tmp_path: Path):
    wanted = [
        (
            "Incendie à Lormeaux: le bilan s'alourdit à quatre morts", "AFP", date(2023, 3, 14), "Anne LE GOFF",
            'Le bilan est de quatre morts, selon les pompiers.\n\n"Nous avons fait vite", a dit le maire. Trois cents '
            "personnes ont été relogées.",
        ),
        (
            "Cyclisme: Martin Leduc remporte l'étape", "AFP", date(2023, 3, 15), "",
            "Martin Leduc a remporté mercredi la deuxième étape.",
        ),
    ]  # fmt: skip
    assert told(tmp_path, "a.txt", NUMBERED) == wanted
    assert told(tmp_path, "b.txt", NUMBERED.replace("\n", "\r\n").encode("cp1252")) == wanted
    assert told(tmp_path, "c.txt", NUMBERED.replace("-" * 50, "* * * * *")) == wanted
    assert told(tmp_path, "d.txt", NUMBERED.replace("-" * 50 + "\n", "")) == wanted


TERMINAL = """14/03/2023 10:12:05
AFP

URGENT

Incendie à Lormeaux: trois morts (préfecture)

LORMEAUX, 14 mars 2023 (AFP) - Trois personnes sont mortes mardi dans un incendie à Lormeaux.

abc/def/xyz
© 1994-2023 Agence France-Presse
****************************************
14/03/2023 12:02:44
AFP

FLASH

Lormeaux: le préfet démis (gouvernement)

eb
"""
OLD = """FRA0123 4 F 0234 FRA /AFP-AB12
Incendie-Lormeaux

URGENT - Incendie à Lormeaux: trois morts

LORMEAUX, 14 mars (AFP) - Trois personnes sont mortes mardi dans un incendie à
Lormeaux, a annoncé la préfecture.
   Les pompiers, au nombre de 300, sont
encore sur place.
abc/def
AFP 141012 GMT MAR 23

FRA0150 4 F 0100 FRA /AFP-AB19
Incendie-Lormeaux
Incendie à Lormeaux: quatre morts

LORMEAUX, 14 mars (AFP) - Le bilan est de quatre morts.
abc/def
AFP 151140 GMT MAR 23
"""


def test_dispatches_as_a_newsroom_copies_them(tmp_path: Path):
    day = date(2023, 3, 14)
    assert told(tmp_path, "a.txt", TERMINAL) == [
        (
            "Incendie à Lormeaux: trois morts (préfecture)", "AFP", day, "",
            "LORMEAUX, 14 mars 2023 (AFP) - Trois personnes sont mortes mardi dans un incendie à Lormeaux.",
        ),
        ("Lormeaux: le préfet démis (gouvernement)", "AFP", day, "", "Lormeaux: le préfet démis (gouvernement)"),
    ]  # fmt: skip
    first, second = told(tmp_path, "b.txt", OLD)
    assert first[:4] == ("Incendie à Lormeaux: trois morts", "AFP", day, "")
    assert first[4].endswith("Les pompiers, au nombre de 300, sont\nencore sur place.")
    assert second == (
        "Incendie à Lormeaux: quatre morts", "AFP", date(2023, 3, 15), "",
        "LORMEAUX, 14 mars (AFP) - Le bilan est de quatre morts.",
    )  # fmt: skip


ENGLISH = """14-Mar-2023 10:12:05
UPDATE 2-Fire kills three in Lormeaux

    * Blaze started in a warehouse

    By Jane Doe
    LORMEAUX, March 14 (Reuters) - Three people died on Tuesday in a fire, local authorities said.

 (Reporting by Jane Doe; Editing by John Smith)
 ((jane.doe@agency.example; +33 1 40 00 00 00))
Keywords: FRANCE FIRE/LORMEAUX (UPDATE 2)
(c) Copyright Agency 2023. Click For Restrictions

15-Mar-2023 08:01:00
BRIEF-Valdor cuts 210 jobs

    March 15 (Reuters) - Valdor :
    * SAYS IT WILL CUT 210 JOBS

(c) Copyright Agency 2023.
"""


def test_dispatches_in_english(tmp_path: Path):
    assert told(tmp_path, "a.txt", ENGLISH) == [
        (
            "Fire kills three in Lormeaux", "Reuters", date(2023, 3, 14), "Jane Doe",
            "* Blaze started in a warehouse\n\nLORMEAUX, March 14 (Reuters) - Three people died on Tuesday in a fire, "
            "local authorities said.\n\n (Reporting by Jane Doe; Editing by John Smith)",
        ),
        (
            "BRIEF-Valdor cuts 210 jobs", "Reuters", date(2023, 3, 15), "",
            "March 15 (Reuters) - Valdor :\n    * SAYS IT WILL CUT 210 JOBS",
        ),
    ]  # fmt: skip
    first, second = told(
        tmp_path,
        "b.txt",
        "BC-EU--Fire, 2nd Ld-Writethru, 345\nEds: Updates with quotes.\nFire kills three in France\nBy JANE DOE\n"
        "Associated Press\n\nLORMEAUX, France (AP) — Three people died on Tuesday.\n\n=======\n\n"
        "BC-EU--Strike, 120\nStrike halts trains in France\nLORMEAUX, France (AP) — Trains stopped.\n",
    )
    assert first == (
        "Fire kills three in France", "AP", None, "JANE DOE",
        "LORMEAUX, France (AP) — Three people died on Tuesday.",
    )  # fmt: skip
    assert second[:2] == ("Strike halts trains in France", "AP")


def test_what_an_agency_notes_under_a_title_is_no_part_of_it(tmp_path: Path):
    noted = """FRS0205 4 I 0072 FRA /AFP-QM08
crue-pont
Crue de l'Orse: le pont de Lormeaux coupé
Attention - ACTUALISE avec des précisions
du préfet, CHANGE titre ///
   =(PHOTO + VIDEO)=
   Par Anne LE GOFF
   LORMEAUX (France), 14 mars 2023 (AFP) - Le pont de Lormeaux était
coupé mardi.
   alg/def
AFP 141012 MAR 23
"""
    plain = noted.replace("Attention - ACTUALISE avec des précisions\ndu préfet, CHANGE titre ///\n", "")
    plain = plain.replace("   =(PHOTO + VIDEO)=\n", "").replace("le pont de Lormeaux coupé", "Attention - le pont cède")
    assert [read[:4] for read in told(tmp_path, "a.txt", f"{noted}\n\n{plain}")] == [
        ("Crue de l'Orse: le pont de Lormeaux coupé", "AFP", date(2023, 3, 14), "Anne LE GOFF"),
        ("Crue de l'Orse: Attention - le pont cède", "AFP", date(2023, 3, 14), "Anne LE GOFF"),
    ]


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        ("Attention - RECTIFIE le bilan", True),
        ("Attention - le pont cède", False),
        ("Le préfet s'exprime à 18h00 ///", True),
        ("=(INFOGRAPHIE + PHOTO ARCHIVES)=", True),
        ("(PHOTO)", False),
        ("=(photo d'archives)=", False),
    ],
)
def test_a_flag_is_told_by_its_capitals_and_signs(line: str, flag: bool):
    assert wirelines.is_flag(line) is flag


@pytest.mark.parametrize(
    ("last", "outlet", "kept"),
    [
        ("alg/def/xyz", "Le Courrier", False),
        ("alg-bc/def/xyz", "", False),
        ("alg/def", "Agence France Presse", False),
        ("alg", "AFP Infos Françaises", False),
        ("alg/def", "Le Courrier", True),
        ("fin", "Le Courrier", True),
        ("Le pont coûte 3 millions/an", "AFP", True),
    ],
)
def test_initials_are_no_text_where_an_agency_is_the_outlet_or_three_sign(last: str, outlet: str, kept: bool):
    said = wirelines.unsigned(Extract(f"Le pont ouvre.\n\n{last}", outlet=outlet))
    assert said.text == (f"Le pont ouvre.\n\n{last}" if kept else "Le pont ouvre.")
    signed = Extract(f"Lormeaux, 14 mars 2023 (AFP) - Le pont ouvre.\n\n{last}", outlet=outlet)
    assert wirelines.unsigned(signed).text.endswith(last) is (last.startswith("Le pont"))
    assert wirelines.unsigned(Extract(last, outlet=outlet)).text == last


def test_an_article_that_an_agency_signs_stays_one_and_its_text_is_whole(tmp_path: Path):
    text = (
        "Incendie à Lormeaux : trois morts\n\nLORMEAUX, 14 mars 2023 (AFP) - Trois personnes sont mortes mardi.\n\n"
        "Le maire, cité par Reuters - une agence -, se tait."
    )
    (only,) = told(tmp_path, "a.txt", text)
    assert (only[0], only[1], only[4]) == ("Incendie à Lormeaux : trois morts", "AFP", text)
    signed = f"Un pont pour Lormeaux\n\n14/03/2023 10:12\nAFP\n\n{text}\n\n© Le Courrier 2023"
    assert [t[4] for t in told(tmp_path, "b.txt", signed)] == [signed]


@pytest.mark.parametrize("name", ["a.pdf", "a.txt"])
def test_dispatches_are_read_one_by_one_whatever_holds_them(tmp_path: Path, name: str):
    lines = TERMINAL.replace("\u2019", "'").split("\n")
    made = pdf([[line.replace("(", "\\(").replace(")", "\\)") for line in lines]]) if name == "a.pdf" else TERMINAL
    assert [t[:3] for t in told(tmp_path, name, made)] == [
        ("Incendie à Lormeaux: trois morts (préfecture)", "AFP", date(2023, 3, 14)),
        ("Lormeaux: le préfet démis (gouvernement)", "AFP", date(2023, 3, 14)),
    ]


def test_a_file_of_dispatches_is_known_to_hold_several(tmp_path: Path):
    for name, text, several_ in (("a.txt", ENGLISH, True), ("b.txt", "Le pont ouvre.\n" * 9, False)):
        for encoding in ("utf-8", "cp1252"):
            (tmp_path / name).write_text(text, encoding=encoding)
            assert reading.may_hold_several(tmp_path / name) is several_


WORDS = st.lists(st.sampled_from("pont crue maire ville préfet train école port".split()), min_size=4, max_size=12)
SENTENCES = WORDS.map(lambda words: f"Le {' '.join(words)} coûtera 12 millions d'euros.")
TITLES = WORDS.map(lambda words: f"Lormeaux: {' '.join(words)}")
DISPATCHES = st.lists(st.tuples(TITLES, st.lists(SENTENCES, min_size=1, max_size=4)), min_size=2, max_size=6)


@settings(deadline=None)
@given(DISPATCHES, st.sampled_from(["-----\n", "*****\n\n", ""]), st.booleans())
def test_law_each_dispatch_is_an_article_and_no_sentence_is_lost(
    dispatches: list[tuple[str, list[str]]], rule: str, stamped: bool
) -> None:
    parts = []
    for number, (title, sentences) in enumerate(dispatches, start=1):
        hour = f"{number:02}/03/2023 10:12:05\nAFP\n\n" if stamped else ""
        text = "\n\n".join(sentences)
        parts.append(f"{hour}{title}\n\nORSENNE, {number} mars 2023 (AFP) - {text}\n\nabc/def\n\n")
    found = wires.articles(rule.join(parts))
    assert found is not None
    assert [(said.title, said.outlet) for said in found.articles] == [(title, "AFP") for title, _ in dispatches]
    for number, ((_, sentences), said) in enumerate(zip(dispatches, found.articles, strict=True), start=1):
        assert said.text == f"ORSENNE, {number} mars 2023 (AFP) - " + "\n\n".join(sentences)


REVIEW = """REVUE DE PRESSE DU 15 MARS

----------------------------------------
Le Courrier, mardi 14 mars 2023, p. 4

La crue fait douze morts à Lormeaux
Par Anne Le Goff

La crue a fait douze morts à Lormeaux, selon la préfecture.

----------------------------------------
Libération - mercredi 15 mars 2023

Le pont rouvre après la crue

Le pont de Lormeaux rouvre lundi.
"""


def test_a_press_review_is_read_article_by_article(tmp_path: Path):
    assert told(tmp_path, "a.txt", REVIEW) == [
        (
            "La crue fait douze morts à Lormeaux", "Le Courrier", date(2023, 3, 14), "Anne Le Goff",
            "La crue fait douze morts à Lormeaux\nPar Anne Le Goff\n\n"
            "La crue a fait douze morts à Lormeaux, selon la préfecture.",
        ),
        (
            "Le pont rouvre après la crue", "Libération", date(2023, 3, 15), "",
            "Le pont rouvre après la crue\n\nLe pont de Lormeaux rouvre lundi.",
        ),
    ]  # fmt: skip
    unheaded = REVIEW.replace("Libération - mercredi 15 mars 2023", "Repères")
    assert reviews.articles(unheaded) is None
    assert len(told(tmp_path, "b.txt", unheaded)) == 1
