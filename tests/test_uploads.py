"""A `sources.csv` that is uploaded: read as a build reads it, over what comes with it and what is there."""

import pytest
from parsed import Parsed

from index.corpus import Corpus
from ui.answering.library import Library
from ui.web.corpus import CorpusEvents

FILES = {
    "crue.txt": "La crue\n\nLa crue a fait douze morts lundi, dit la maire.\n",
    "feu.txt": "Le feu\n\nLe feu a blessé neuf pompiers mardi, dit le préfet.\n",
    "gare.txt": "La gare\n\nLa gare a coûté 40 millions d'euros, dit la région.\n",
}
TABLE = (
    "source,title,outlet,published,url\n"
    "crue.txt,La nuit de la crue,Le Courrier,2025-05-18,https://example.org/crue\n"
    "feu.txt,,La Gazette,,\n"
)


@pytest.fixture
def library(tiny_encoder, tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "feu.txt").write_text(FILES["feu.txt"], encoding="utf-8")
    return Library(Corpus.build(tmp_path / "articles", tmp_path / "index"))


@pytest.fixture
def upload(library, tmp_path):
    """A function that uploads files by name and text, and returns what the page tells at the end, line by line."""

    def send(files, language="fr"):
        paths = []
        for number, (name, text) in enumerate(files.items()):
            folder = tmp_path / f"upload-{number}"  # gradio gives each a folder of its own
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
            paths.append(str(folder / name))
        events = CorpusEvents(library, edit=True)
        *_, last = events.add(f'{{"language": "{language}"}}', paths)
        return Parsed(last).text

    return send


def test_a_table_that_comes_with_articles_makes_the_sources_that_a_build_makes(library, upload, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in {**FILES, "sources.csv": TABLE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    built = Corpus.build(folder, tmp_path / "built")
    told = upload({**FILES, "sources.csv": TABLE})
    assert library.corpus.documents == built.documents
    assert library.corpus.document("crue.txt").outlet == "Le Courrier"
    assert "Ajout : crue.txt, gare.txt" in told
    assert "Remplacement : feu.txt" in told
    assert "Décrit d’après sources.csv : crue.txt (titre, média, parution, adresse), feu.txt (média)" in told
    assert "illisible" not in told


def test_a_table_alone_describes_the_articles_that_are_there_and_says_whom_it_missed(library, upload):
    before = library.corpus.document("feu.txt")
    told = upload({"sources.csv": TABLE})
    after = library.corpus.document("feu.txt")
    assert (after.outlet, after.title, after.published) == ("La Gazette", before.title, before.published)
    assert library.corpus.sources == ("feu.txt",)
    assert told == (
        "Décrit d’après sources.csv : feu.txt (média)sources.csv parle de fichiers qui ne sont pas là : crue.txt"
    )
    assert upload({"sources.csv": TABLE}) == "sources.csv parle de fichiers qui ne sont pas là : crue.txt"


def test_articles_that_were_there_are_described_by_a_table_that_comes_with_others(library, upload):
    told = upload({"crue.txt": FILES["crue.txt"], "sources.csv": TABLE}, "en")
    assert [(d.source, d.outlet) for d in library.corpus.documents] == [
        ("crue.txt", "Le Courrier"),
        ("feu.txt", "La Gazette"),
    ]
    assert told == (
        "Added: crue.txtDescribed by sources.csv: crue.txt (title, outlet, published, address), feu.txt (outlet)"
    )


def test_the_row_of_a_file_of_several_articles_tells_of_each_what_it_does_not_say(library, upload, tmp_path):
    rows = "titre,texte,source\nUn,Le pont de la ville ouvre lundi matin.,\nDeux,Le port ferme mardi soir.,L'Aube\n"
    upload({"fil.csv": rows})
    assert len(library.corpus.sources) == 3
    upload({"sources.csv": "source,outlet\nfil.csv,Le Fil\n"})
    outlets = {d.title: d.outlet for d in library.corpus.documents}
    assert outlets == {"Le feu": "", "Un": "Le Fil", "Deux": "L'Aube"}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("source,published\nfeu.txt,hier\n", "sources.csv : ligne 2 : ce n’est pas une date"),
        ("source,outlet\n,La Gazette\n", "sources.csv : ligne 2 : elle ne nomme aucun fichier"),
        ("source,outlet\nfeu.txt,\nfeu.txt,\n", "ligne 3 : ce fichier a déjà une ligne ; la première compte"),
        ("source,outlet\nfeu.txt,,,\n", "plus de cellules que de colonnes"),
        ("file,outlet\nfeu.txt,La Gazette\n", "sa première ligne ne nomme pas de colonne « source »"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_in_the_language_of_the_page(library, upload, table, told):
    before = library.corpus.documents
    assert told in upload({"sources.csv": table})
    assert library.corpus.documents == before
