"""What several sources say of one thing, found without a question: over small corpora worked out by hand."""

import csv
import random
from pathlib import Path

import pytest

import qa
from index import Corpus
from index.facts import Fact, Role
from qa.matters.figures import gather_figures
from qa.matters.role import read_counted, same_role

FLOOD = {
    "crue": (
        "2023-05-02",
        "Inondations à Valmerie : douze morts",
        "La crue de la Sorle a fait douze morts à Valmerie dans la nuit de lundi à mardi, selon la préfecture. Au "
        "total, 340 maisons ont été détruites par les eaux. Quelque 2 000 habitants ont été évacués vers des gymnases. "
        "La maire Irène Costil a parlé d’une catastrophe sans précédent pour la ville.",
    ),
    "floods": (
        "2023-05-02",
        "Floods in Valmerie kill at least 15",
        "At least 15 people died in Valmerie after the Sorle river burst its banks overnight, rescue services said. "
        "Some 340 homes were destroyed and about 2,100 residents were evacuated. Mayor Irène Costil called for help.",
    ),
}
COPY = {
    "copie": (
        "2023-05-02",
        "Douze morts dans la crue de Valmerie",
        "La crue de la Sorle a fait douze morts à Valmerie dans la nuit de lundi à mardi, selon la préfecture. Au "
        "total, 340 maisons ont été détruites par les eaux. Quelque 2 000 habitants ont été évacués vers des gymnases.",
    )
}
FIRE = {
    "feu": (
        "2023-05-03",
        "Un incendie fait trois morts à Valmerie",
        "Trois personnes sont mortes mercredi dans l’incendie d’une usine de peinture à Valmerie, a indiqué la "
        "préfecture. Le feu a détruit 12 maisons et 150 habitants ont été évacués, selon la maire Irène Costil.",
    )
}
MEASLES = {
    "rougeole1": (
        "2023-08-10",
        "45 cas de rougeole à Orvanne",
        "À Orvanne, 45 cas de rougeole ont été recensés depuis juillet, selon l’agence régionale de santé. Douze cas "
        "de coqueluche ont aussi été signalés à Orvanne.",
    ),
    "measles": (
        "2023-08-12",
        "Measles outbreak in Orvanne",
        "Health officials have confirmed 62 cases of measles in Orvanne since July. Nine people were hospitalised.",
    ),
    "rougeole2": (
        "2023-08-20",
        "La rougeole progresse",
        "Le nombre de cas de rougeole à Orvanne atteint 80, a indiqué dimanche l’agence régionale de santé.",
    ),
}
MARCH = {
    "marche": (
        "2023-06-10",
        "Manifestation à Kerolan",
        "Ils étaient 20 000 manifestants à Kerolan samedi selon les syndicats, 6 000 selon la police, contre la "
        "fermeture de l’hôpital. La direction supprime 450 emplois.",
    ),
    "march": (
        "2023-06-10",
        "Thousands march in Kerolan",
        "About 6,500 people marched through Kerolan on Saturday against the closure of the hospital, police said. The "
        "management denies that 450 jobs will be cut.",
    ),
}
VOTE = {
    "vote": (
        "2023-06-12",
        "Sarbonne : la maire réélue",
        "Louise Arnoy a été réélue maire de Sarbonne dimanche avec 54,2 % des voix. La participation a atteint 61 %. "
        "Elle a obtenu 12 340 voix.",
    ),
    "ballot": (
        "2023-06-12",
        "Sarbonne re-elects its mayor",
        "Louise Arnoy was re-elected mayor of Sarbonne on Sunday with 52.4% of the vote. Turnout was 61%. She won "
        "12,340 votes.",
    ),
}
ALL = FLOOD | COPY | FIRE | MEASLES | MARCH | VOTE


def corpus_of(folder: Path, articles, names=None) -> Corpus:
    """Index these articles, each in a file of its name, or of the name that `names` gives it."""
    seeds = folder / "articles"
    seeds.mkdir(parents=True)
    rows = [("source", "published")]
    for name, (published, title, text) in articles.items():
        file = f"{(names or {}).get(name, name)}.txt"
        (seeds / file).write_text(f"{title}\n\n{text}\n", encoding="utf-8")
        rows.append((file, published))
    with (seeds / "sources.csv").open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows(rows)
    return Corpus.build(seeds, folder / "index")


def told(matters):
    """Return what was found, as plain values: the verdict, and each figure with the name of its file."""
    return {
        (matter.verdict, frozenset((s.citation.source.removesuffix(".txt"), s.span.text) for s in matter.statements))
        for matter in matters
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return corpus_of(tmp_path_factory.mktemp("matters"), ALL)


def test_sources_differ_agree_revise_and_deny(corpus):
    """Both languages, one event each; the fire in the same town and the cases of another illness are beside it."""
    assert told(qa.compare(corpus)) == {
        ("differ", frozenset({("crue", "douze"), ("copie", "douze"), ("floods", "15")})),
        ("differ", frozenset({("marche", "20 000"), ("marche", "6 000"), ("march", "6,500")})),
        ("differ", frozenset({("vote", "54,2 %"), ("ballot", "52.4%")})),
        ("denied", frozenset({("marche", "450"), ("march", "450")})),
        ("revised", frozenset({("rougeole1", "45"), ("measles", "62"), ("rougeole2", "80")})),
        ("agree", frozenset({("crue", "340"), ("copie", "340"), ("floods", "340")})),
        ("agree", frozenset({("vote", "61 %"), ("ballot", "61%")})),
        ("agree", frozenset({("vote", "12 340"), ("ballot", "12,340")})),
        ("compatible", frozenset({("crue", "2 000"), ("copie", "2 000"), ("floods", "2,100")})),
        ("agree", frozenset({("marche", "samedi"), ("march", "Saturday")})),
        ("agree", frozenset({("vote", "dimanche"), ("ballot", "Sunday")})),
        ("agree", frozenset({("rougeole1", "depuis juillet"), ("measles", "since July")})),
    }


def test_what_deserves_a_look_comes_first(corpus):
    matters = qa.compare(corpus)
    assert [matter.verdict for matter in matters] == [
        *["differ"] * 3, "denied", "revised", *["agree"] * 6, "compatible",
    ]  # fmt: skip
    ratios = [{"20 000", "6 000", "6,500"}, {"douze", "15"}, {"54,2 %", "52.4%"}]
    assert [{statement.span.text for statement in matter.statements} for matter in matters[:3]] == ratios


def test_every_quote_stands_at_its_offsets(corpus):
    for matter in qa.compare(corpus):
        assert [s.citation.number for s in matter.statements] == list(range(1, len(matter.statements) + 1))
        for statement in matter.statements:
            cited, span = statement.citation, statement.span
            assert corpus.document(cited.source).text[cited.start : cited.end] == cited.quote
            for part in filter(None, (span, span.attribution)):
                assert cited.quote[part.start : part.end] == part.text


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_sources_does_not_matter(corpus, tmp_path, seed):
    names = list(ALL)
    random.Random(seed).shuffle(names)
    renamed = {name: f"{number:02}-{name}" for number, name in enumerate(names)}
    other = qa.compare(corpus_of(tmp_path, ALL, renamed))
    plain = {(verdict, frozenset((name[3:], text) for name, text in said)) for verdict, said in told(other)}
    assert plain == told(qa.compare(corpus))


def test_a_copy_is_no_second_origin(tmp_path):
    matters = qa.compare(corpus_of(tmp_path, {"crue": FLOOD["crue"], **COPY}))
    assert {matter.verdict for matter in matters} == {"one origin"}
    assert {matter.origins for matter in matters} == {1}


def test_one_speaker_is_one_origin(corpus):
    [march] = [matter for matter in qa.compare(corpus) if "20 000" in {s.span.text for s in matter.statements}]
    origins = {statement.span.text: statement.origin for statement in march.statements}
    assert origins["6 000"] == origins["6,500"] != origins["20 000"]


def test_what_is_planned_stands_beside_what_was_done(tmp_path):
    articles = {
        "envoi": (
            "2024-03-01",
            "Des soldats au Taravel",
            "Quelque 900 soldats ont été envoyés à Port-Lambert, a annoncé mardi le ministre Paul Erval. L’ONU "
            "pourrait envoyer 2 500 soldats à Port-Lambert d’ici à décembre.",
        ),
        "sent": (
            "2024-03-02",
            "Soldiers reach Port-Lambert",
            "Some 1,400 soldiers have been sent to Port-Lambert, minister Paul Erval said on Tuesday.",
        ),
    }
    [matter] = qa.compare(corpus_of(tmp_path, articles))
    assert matter.verdict == "revised"
    assert {s.span.text: s.compared for s in matter.statements} == {"900": True, "2 500": False, "1,400": True}


def test_a_part_of_the_corpus_can_be_compared(corpus):
    assert told(qa.compare(corpus, sources={"vote.txt", "ballot.txt", "crue.txt"})) == {
        ("differ", frozenset({("vote", "54,2 %"), ("ballot", "52.4%")})),
        ("agree", frozenset({("vote", "61 %"), ("ballot", "61%")})),
        ("agree", frozenset({("vote", "12 340"), ("ballot", "12,340")})),
        ("agree", frozenset({("vote", "dimanche"), ("ballot", "Sunday")})),
    }


@pytest.mark.parametrize("about", ["deaths in Valmerie", "morts à Valmerie"])
def test_words_choose_the_matters_in_either_language(corpus, about):
    assert [verdict for verdict, _ in told(qa.compare(corpus, about=about))] == ["differ"]


def test_words_that_nobody_says_choose_nothing(corpus):
    assert qa.compare(corpus, about="tramway") == ()


def test_one_article_has_nothing_to_be_compared_with(tmp_path):
    assert qa.compare(corpus_of(tmp_path, MARCH | {"march": MARCH["marche"]}, {"march": "marche"})) == ()


def test_without_figures_there_is_nothing_to_compare(tmp_path):
    plain = ("2023-01-01", "La fête", "La fête de Kerolan a réuni beaucoup de monde. Le maire Paul Erval s’en réjouit.")
    other = ("2023-01-02", "A feast", "Many came to the feast in Kerolan. Mayor Paul Erval was delighted by it all.")
    assert qa.compare(corpus_of(tmp_path, {"a": plain, "b": other})) == ()


def test_a_language_without_facts_is_not_read_by_the_rules_of_another(tmp_path):
    text = (
        "Bei der Überschwemmung in Valmerie starben nach Angaben der Behörden {} Menschen. Die Sorle ist über die Ufer "
    )
    articles = {
        str(n): (
            "2023-05-02",
            "Die Überschwemmung",
            text.format(n) + "Ufer getreten, und das Wasser steigt noch weiter.",
        )
        for n in (21, 34)
    }
    assert qa.compare(corpus_of(tmp_path, articles)) == ()


def test_a_number_in_a_name_counts_nothing(tmp_path):
    day = "2031-05-04"
    articles = {
        "un": (day, "Sous le pont Neuf", "La crue a atteint le pont Neuf à Brasole. Elle a fait neuf morts à Brasole."),
        "two": (day, "Brasole flood", "The flood at Brasole killed nine people, the prefect of the region said."),
    }
    corpus = corpus_of(tmp_path, articles)
    figures = gather_figures(corpus.snapshot())
    printed = [f.text[f.span.start : f.span.end] for f in figures if f.article.source == "un.txt"]
    assert printed == ["neuf"]


def test_absurd_figures_harm_nothing(tmp_path):
    huge = "9" * 308
    articles = {
        "a": ("2023-05-02", "Crue", f"La crue de la Sorle a fait {huge} morts à Valmerie, selon la préfecture locale."),
        "b": (
            "2023-05-02",
            "Crue",
            "La crue de la Sorle a fait de 40 à 12 morts à Valmerie, selon les secours.",
        ),
        "c": ("2023-05-02", "Crue", "La crue de la Sorle a fait 0 mort à Valmerie, selon un habitant de la ville."),
        "d": ("2023-05-02", "Crue", "La crue de la Sorle a fait 12 morts à Valmerie, selon la mairie de la commune."),
    }
    assert all(len(matter.sources) > 1 for matter in qa.compare(corpus_of(tmp_path, articles)))


@pytest.mark.parametrize(("value", "value_max"), [(1e309, None), (float("nan"), None), (40.0, 12.0), ("2024", None)])
def test_a_figure_without_bounds_or_turned_round_is_none(corpus, value, value_max):
    from qa.matters.figures import _is_sound

    assert not _is_sound(Fact("number", 0, 1, value, value_max))


def number(head, predicate="", **more):
    role = Role(tuple(head.split()), tuple(predicate.split()))
    return Fact("number", 0, 1, 12, role=role, **more)


@pytest.mark.parametrize(
    ("french", "english", "alike"),
    [
        (number("soldats", "tués"), number("soldiers", "killed"), "plain"),
        (number("soldats", "tués"), number("soldiers", "wounded"), ""),
        (number("personnes", "tuées"), number("firefighters", "killed"), ""),
        (number("morts"), number("soldiers", "killed"), "near"),
        (number("cas de rougeole"), number("cases of cholera"), ""),
        (number("morts et blessés"), number("people", "killed or wounded"), "plain"),
        (number("morts et blessés"), number("people", "killed"), ""),
        (number("maisons", "détruites"), number("homes", "destroyed"), "plain"),
        (number("maisons", "détruites"), number("homes", "built"), ""),
        (number("pompiers", "lutté"), number("firefighters", "needed"), "near"),
        (number("marins norvégiens", "tués"), number("Danish sailors", "killed"), ""),
        (number("soldats", "stationnés"), number("soldiers", "sent"), "near"),
        (number("ventes", "augmenté", unit="%"), number("sales", "fell", unit="%"), ""),
        (number("dégâts", unit="EUR"), number("damage", unit="USD"), ""),
    ],
)
def test_what_two_figures_count(french, english, alike):
    one, other = read_counted(french, "fr"), read_counted(english, "en")
    assert (same_role(one, other), same_role(other, one)) == (alike, alike)


def test_a_former_value_and_an_age_are_no_claims_of_their_own_and_a_part_is_known_to_be_one():
    part = read_counted(Fact("number", 0, 1, 3, role=Role(("enfants",), ("tués",), part="dont")), "fr")
    assert part is not None
    assert part.part
    assert read_counted(Fact("number", 0, 1, 3, role=Role(("ans",), (), part="âgé")), "fr") is None
    assert read_counted(Fact("number", 0, 1, 3, role=Role(("emplois",), ("supprimés",), former="de")), "fr") is None


def test_nothing_but_titles_is_parsed_again(corpus, monkeypatch):
    read = []
    monkeypatch.setattr("qa.matters.figures.read_facts", lambda text, *_, **__: read.append(text) or ())
    monkeypatch.setattr("index.facts.read._facts", None)
    assert gather_figures(corpus.snapshot())
    assert sorted(read) == sorted(title for _, title, _ in ALL.values())


def test_a_figure_that_only_a_title_tells_is_compared_and_cited_there(tmp_path):
    day = "2031-05-04"
    articles = {
        "un": (day, "Brasole : 27 morts", "La ville de Brasole a rendu hommage aux victimes de l’incendie du dancing."),
        "two": (day, "Brasole remembers", "The fire at the Brasole dance hall killed 27 people, the court heard."),
    }
    corpus = corpus_of(tmp_path, articles)
    figures = gather_figures(corpus.snapshot())
    assert {(f.article.source, f.text, f.fact.value) for f in figures if f.fact.kind == "number"} == {
        ("un.txt", "Brasole : 27 morts", 27),
        ("two.txt", "The fire at the Brasole dance hall killed 27 people, the court heard.", 27),
    }
    assert [f.start for f in figures if f.article.source == "un.txt"] == [0]


def test_the_articles_in_the_box_give_the_matters_that_a_reader_finds(tmp_path):
    corpus = Corpus.build(Path(__file__).resolve().parent.parent / "seeds", tmp_path / "index")
    found = {
        (verdict, frozenset((source[:3], figure) for source, figure in said))
        for verdict, said in told(qa.compare(corpus))
    }
    (rebuilding,) = (said for _, said in found if ("000", "5 000") in said)
    assert ("001", "5 000") in rebuilding
    assert {said for said in found if said[1] != rebuilding} == {
        ("compatible", frozenset({("003", "12.000"), ("004", "11 000")})),  # sent
        ("agree", frozenset({("000", "depuis septembre"), ("001", "depuis le mois de septembre")})),  # since when
        (  # deployed: "10 000 à 12 000 soldats ont été déployés"
            "compatible",
            frozenset({("000", "10 000"), ("001", "10 000"), ("002", "10 000 à 12 000"), ("003", "10 000")}),
        ),
        ("differ", frozenset({("000", "600"), ("001", "600"), ("002", "Des centaines"), ("004", "300")})),  # killed
        (  # wounded
            "compatible",
            frozenset(
                {("000", "des milliers"), ("001", "plusieurs milliers"), ("002", "des milliers"), ("004", "2 700")}
            ),
        ),
        ("compatible", frozenset({("000", "600 à 4 000"), ("000", "4 000"), ("004", "4 000")})),  # killed or wounded
    }


def test_a_story_that_hundreds_print_is_one_origin_and_is_cited_for_some_of_them(tmp_path):
    published, title, text = FLOOD["crue"]
    copies = {
        f"{n:03}": (published, title, f"{text} Édition {'abcdefghij'[n % 10] * (n // 10 + 1)}.") for n in range(60)
    }
    for matter in qa.compare(corpus_of(tmp_path, copies | {"floods": FLOOD["floods"]})):
        assert matter.origins == 2
        assert len(matter.statements) == 21
