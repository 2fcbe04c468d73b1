"""What newsrooms hold, from the file to the answer: one of each kind, with the value that is right."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from test_exports import ARTICLES, COVER, word_file
from test_reading import archive

from index import reading
from index.corpus import Corpus
from index.encoder import SentenceEncoder
from qa import Assistant

DATA = Path(__file__).parent / "data" / "exports"

PAGE = '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{0}</title></head><body><article><h1>{0}</h1>'
GLUED = (
    PAGE.format("La tempête à Plouzec")
    + "<p>La préfecture a publié lundi matin un premier bilan de la tempête qui a balayé la côte pendant la nuit, après"
    " une réunion avec les pompiers, les maires et le fournisseur d'électricité.</p>"
    "<p>Blessés à Plouzec : 14<br>620 foyers de Plouzec sont privés de courant.</p></article></body></html>"
)
TABLE = (
    PAGE.format("Les hôpitaux de la région")
    + "<p>L'agence de santé a publié le tableau des hôpitaux de la région, avec les lits et les médecins de chacun.</p>"
    "<table><tr><th>Hôpital</th><th>Ville</th><th>Lits</th><th>Médecins</th></tr>"
    "<tr><td>Hôpital Sainte-Odile</td><td>Carvel</td><td>512</td><td>1 205</td></tr>"
    "<tr><td>Hôpital des Tilleuls</td><td>Orsenne</td><td>240</td><td>2 240</td></tr></table></article></body></html>"
)
TEASER = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Les dessous du stade de Brumeval</title>'
    '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script></head><body>'
    "<article><h1>Les dessous du stade de Brumeval</h1><p>La ville de Brumeval a payé pour son stade une somme que nous"
    " avons retrouvée dans les comptes, avec l'aide de trois conseillers.</p>"
    "<p>La suite de cet article est réservée à nos abonnés.</p></article></body></html>"
)
STADIUM = (
    "Le stade de Brumeval\n\nLa ville a ouvert samedi son nouveau stade, après deux ans de travaux. Le stade de"
    " Brumeval a coûté 4,7 millions d'euros, selon le département.\n"
)
LINES = {
    "ecoles.txt": "Une aide pour les écoles de Nantes\n\nL'État a versé une aide de 45\nmillions d'euros aux"
    " écoles de la ville de Nantes.\n",
    "infirmiers.txt": "Les infirmiers manquent à Tréguen\n\nSelon le directeur, il manque à l'hôpital de Tréguen"
    " quelque 1\n200 infirmiers depuis le mois de mars.\n",
    "ports.txt": "Money for the ports of Wexcombe\n\nThe ports of Wexcombe received a sum of $2.4\nbillion from the"
    " state, the minister said.\n",
}
HEADERS = [
    "Le Courrier, vendredi 6 octobre 2023, p. 7", "Le Courrier (6 octobre 2023)", "6 octobre 2023 vendredi",
    "La Gazette, no. 1204, vendredi 6 octobre 2023, p. 2", "MARNAC, 6 octobre 2023 (AFP)",
]  # fmt: skip
FIRE = "Incendie : neuf morts à Marnac\n\n{}\n\nL'incendie a fait 9 morts à Marnac jeudi, selon le maire.\n"


@cache
def encoder(model: object = None) -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory):
    """Return a function that answers a question over a folder of these files."""
    made: dict[int, Assistant] = {}

    def answer(files: dict[str, str | bytes | Path], question: str):
        if id(files) not in made:
            folder = tmp_path_factory.mktemp("case")
            for name, data in files.items():
                if isinstance(data, Path):
                    shutil.copy(data, folder / name)
                else:
                    (folder / name).write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("index.corpus.SentenceEncoder", encoder)
                made[id(files)] = Assistant(Corpus.build(folder, tmp_path_factory.mktemp("index") / "index"))
        return made[id(files)].ask(question)

    return answer


def claims(answer) -> dict[str, str]:
    return {source.source: source.claim.text for source in answer.sources if source.claim}


def known(answer) -> set[tuple[str, str, date | None]]:
    return {(source.claim.text, source.outlet, source.published) for source in answer.sources if source.claim}


EXPORT = {"europresse.html": DATA / "europresse-article.html"}
FACTIVA = {"factiva.html": DATA / "factiva-codes.html"}
NEXIS = {"nexis.docx": word_file(COVER + ARTICLES)}
BREAKS = {"br.html": GLUED}
KINDS = {
    "un.txt": FIRE.format("Le 6 octobre 2023"), "vieux.doc": b"\xd0\xcf\x11\xe0", "photo.jpg": b"\xff\xd8\xff",
    "revue.zip": archive({"a.html": GLUED.encode("utf-8")}),
}  # fmt: skip
DATELINES = {f"{n}.txt": FIRE.format(line) for n, line in enumerate(HEADERS)}
TABLES = {"hopitaux.html": TABLE}
CLOSED = {"libre.txt": STADIUM, "amorce.html": TEASER}


def test_an_export_of_europresse_is_told_paper_by_paper(ask):
    answer = ask(EXPORT, "combien de blessés à Kermorvan ?")
    assert known(answer) == {("8", "L'Écho du Littoral", date(2023, 11, 6))}
    assert claims(answer) == {"europresse.html#1": "8"}


def test_an_export_of_factiva_is_told_paper_by_paper(ask):
    answer = ask(FACTIVA, "combien de postes sont supprimés à Valdor ?")
    assert ("210", "Le Fil de l'Est", date(2022, 6, 3)) in known(answer)


def test_an_export_of_nexis_in_word_is_told_paper_by_paper(ask):
    answer = ask(NEXIS, "combien de foyers ont été privés de courant à Orsenne ?")
    assert ("12 500", "Le Journal du Centre", date(2024, 3, 1)) in known(answer)


def test_what_ends_a_line_ends_a_word(ask):
    assert claims(ask(BREAKS, "combien de foyers sont privés de courant ?")) == {"br.html": "620"}
    assert claims(ask(BREAKS, "combien de blessés à Plouzec ?")) == {"br.html": "14"}


def test_an_article_in_an_archive_is_told_by_its_path_and_what_is_not_read_by_its_kind(ask, tmp_path: Path):
    assert claims(ask(KINDS, "combien de blessés à Plouzec ?")) == {"revue.zip/a.html": "14"}
    for name, data in KINDS.items():
        (tmp_path / name).write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    assert dict(reading.read_folder(tmp_path).ignored) == {".doc": 1, ".jpg": 1}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("combien l'État a-t-il versé aux écoles de Nantes ?", "45 millions d'euros"),
        ("combien d'infirmiers manquent à Tréguen ?", "1 200"),
        ("how much did the ports of Wexcombe receive?", "$2.4 billion"),
    ],
)
def test_a_number_that_the_end_of_a_line_cuts_is_whole(ask, question, value):
    assert next(iter(claims(ask(LINES, question)).values())) == value


def test_a_figure_of_a_table_is_that_of_its_row_and_column(ask):
    assert claims(ask(TABLES, "combien de médecins a l'hôpital des Tilleuls ?")) == {"hopitaux.html": "2 240"}
    assert claims(ask(TABLES, "combien de lits a l'hôpital Sainte-Odile ?")) == {"hopitaux.html": "512"}


def test_the_line_under_a_title_gives_the_day_and_the_paper(ask):
    answer = ask(DATELINES, "combien de morts à Marnac ?")
    day = date(2023, 10, 6)
    assert claims(answer) == {f"{n}.txt": "9" for n in range(5)}
    assert known(answer) == {("9", outlet, day) for outlet in ("Le Courrier", "La Gazette", "AFP", "")}


def test_a_teaser_is_named_as_cut_short_and_not_as_silent(ask):
    answer = ask(CLOSED, "combien le stade de Brumeval a-t-il coûté ?")
    assert claims(answer) == {"libre.txt": "4,7 millions d'euros"}
    assert (answer.cut_short, answer.silent) == (("amorce.html",), ())
