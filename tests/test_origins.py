"""Sources of one origin count once: copies, versions of one article, and who quotes one speaker."""

import textwrap
from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TinyEncoder

from index import Corpus
from index.copies import leave_out_copies
from index.facts.child import Text, read_record
from index.facts.contents import unpack_topic
from index.facts.signature import FEWEST, RUN, pack_signature, shared, sign, unpack_signature
from index.facts.terms import read_terms
from index.records import Document, Paragraph, plain, rank
from qa.acronyms import bodies_of, spell_out
from qa.assistant import Assistant
from qa.independence import find_versions
from qa.origins import COPIED, agency_of
from ui.page.cards import show_panel
from ui.reports.export import export_answers
from ui.terminal.text import write_answer

KEYS = st.lists(st.integers(0, 2**64 - 1), min_size=RUN + FEWEST, max_size=400, unique=True)


def runs(keys):
    return {tuple(keys[at : at + RUN]) for at in range(len(keys) - RUN + 1)}


@given(KEYS, KEYS, st.floats(0, 1))
def test_what_is_shared_is_estimated_near_what_is_shared(one, other, part):
    """The oracle holds every run of both."""
    other = one[: int(part * len(one))] + [key for key in other if key not in one]
    own, theirs = runs(one), runs(other)
    least = min(len(own), len(theirs))
    if least < FEWEST:
        return
    found = shared(sign(np.array(one, np.uint64)), sign(np.array(other, np.uint64)))
    same = len(own & theirs) / len(own | theirs)
    # four standard deviations of the share of all runs, as a share of the shorter's
    most = min(1.0, same + 4 * (same * (1 - same) / 128) ** 0.5 + 0.04)
    low = max(0.0, same - 4 * (same * (1 - same) / 128) ** 0.5 - 0.04)
    scale = (len(own) + len(theirs)) / least
    assert low / (1 + low) * scale - 1e-9 <= found <= min(1.0, most / (1 + most) * scale) + 1e-9 or found == 1.0


@given(KEYS)
def test_a_text_shares_all_with_itself_and_its_signature_is_kept(keys):
    signature = sign(np.array(keys, np.uint64))
    told, values = pack_signature(signature)
    again = unpack_signature(told, values)
    assert shared(signature, again) == 1.0
    assert again.size == len(runs(keys))
    assert unpack_signature([told[0], told[1], told[2] + 1], values) is None


def test_a_text_whose_lines_end_elsewhere_is_the_same():
    """As a page of a PDF cuts them."""
    plain_text = WIRE.replace("\n\n", " ")
    cut = "\n".join(textwrap.wrap(plain_text, 38))
    own, other = (unpack_topic(read_record(Text(text, "fr", topic=True))).signature for text in (plain_text, cut))
    assert (own.size, own.values.tolist()) == (other.size, other.values.tolist())


def test_a_text_too_short_to_tell_shares_nothing():
    short = sign(np.arange(RUN + FEWEST - 2, dtype=np.uint64))
    assert shared(short, short) == 0.0


def test_the_signature_of_a_topic_is_that_of_its_terms():
    text = "Le feu a fait 12 morts à Arcy, selon le maire. Il avait pris mardi dans un entrepôt de la rue Basse."
    topic = unpack_topic(read_record(Text(text, "fr", topic=True)))
    assert topic.signature.values.tolist() == sign(read_terms(text, "fr")[0]).values.tolist()


WIRE = (
    "La crue de la Sorgue a fait 12 morts à Valmont dans la nuit de dimanche à lundi.\n\n"
    "Les secours, venus de tout le département, ont évacué 340 habitants du quartier bas vers le gymnase municipal.\n\n"
    "La préfecture a ouvert une cellule d'urgence et demande de ne pas prendre la route avant mardi.\n\n"
    "Deux ponts ont été emportés et la voie ferrée est coupée entre Valmont et Sainte-Luce, a précisé la préfète.\n"
)
OWN = (
    "Valmont pleure ses morts\n\nNotre envoyé spécial a compté 12 morts à Valmont, où la Sorgue a débordé. Dans les "
    "rues couvertes de boue, les habitants nettoient ce qui peut l'être.\n"
)


def asked(folder, articles, question="Combien de morts à Valmont ?"):
    (folder / "articles").mkdir()
    for name, text in articles.items():
        file = folder / "articles" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
        return Assistant(Corpus.build(folder / "articles", folder / "index")).ask(question)


def test_a_dispatch_under_three_headlines_is_one_origin(tmp_path):
    answer = asked(
        tmp_path,
        {
            "courrier.txt": f"Inondations meurtrières\n\n(AFP) {WIRE}",
            "gazette.txt": f"Valmont sous les eaux\n\nAvec AFP\n\n{WIRE}",
            "quotidien.txt": f"La crue fait des morts\n\n{WIRE.rpartition('Deux ponts')[0]}",
        },
    )
    assert {source.claim.text for source in answer.sources} == {"12"}
    assert answer.agreement == "single"
    [origin] = answer.origins
    assert (origin.kind, set(origin.sources)) == ("text", {"courrier.txt", "gazette.txt", "quotidien.txt"})
    assert answer.summary == "Une seule origine : 12 (une dépêche AFP, reprise par 3 sources)."
    assert [group.origins for group in answer.groups] == [1]


def test_hundreds_of_copies_of_one_dispatch_leave_the_others_heard(tmp_path):
    """They fill what a search proposes, and more than what is listed: found in the first, told as one origin."""
    copies = {f"copie{n:03}.txt": f"Titre no {n} du journal\n\n{WIRE}" for n in range(240)}
    answer = asked(tmp_path, {**copies, "z.txt": OWN.replace("12 morts", "15 morts")})
    assert {source.claim.text for source in answer.sources} == {"12", "15"}
    assert "z.txt" in {source.source for source in answer.sources}
    assert answer.agreement == "differ"
    [group] = [group for group in answer.groups if "z.txt" not in group.sources]
    assert (len(group.sources) + group.copied, group.origins) == (240, 1)
    assert "12 (un même texte, repris par 240 sources)" in answer.summary
    assert not {silence.source for silence in answer.silences}.intersection(copies)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 3)), max_size=60), st.integers(1, 5))
def test_of_one_text_a_few_are_kept_and_the_rest_is_counted(found, most):
    """A text always scores the same; another may by chance score as it does."""
    texts = [text for text, _ in found]
    scores = {text: score for text, score in reversed(found)}
    ranking = rank(range(len(texts)), [scores[text] for text in texts])
    kept, left = leave_out_copies(
        ranking, {"lexical": ranking}, lambda ids: [paragraph(i, texts[i]) for i in ids], most
    )
    assert [one for one in ranking if one in kept] == kept
    assert Counter(texts[i] for i, _ in kept) == {t: min(n, most) for t, n in Counter(texts).items()}
    first = {texts[i]: i for i, _ in reversed(ranking)}
    assert {i: own.count for i, own in left.items()} == {
        first[t]: n - most for t, n in Counter(texts).items() if n > most
    }
    assert {name for own in left.values() for name in own.sources} == {f"{i}.txt" for i, _ in ranking} - {
        f"{i}.txt" for i, _ in kept
    }


def paragraph(number, text):
    return Paragraph(number, f"{number}.txt", "", "", 0, len(text), text, "fr")


def test_a_reprint_and_an_article_of_ones_own_agree(tmp_path):
    answer = asked(tmp_path, {"a.txt": f"Inondations\n\n{WIRE}", "b.txt": f"Crue\n\n{WIRE}", "c.txt": OWN})
    assert answer.agreement == "agree"
    assert answer.summary == "Les sources concordent : 12 (3 sources, au plus 2 origines)."


def test_two_papers_that_quote_one_agency_are_one_witness(tmp_path):
    answer = asked(
        tmp_path,
        {
            "a.txt": "Des soldats morts au Taravel\n\nAu moins 600 soldats sont morts au Taravel, selon le ministère "
            "de la Défense, qui n'a pas donné de détails.",
            "b.txt": "Taravel : le bilan\n\nDepuis octobre, 600 soldats ont été tués au Taravel, d'après le ministère "
            "de la Défense. Les combats continuent autour du col.",
        },
        "Combien de soldats sont morts au Taravel ?",
    )
    assert answer.agreement == "single"
    [origin] = answer.origins
    assert (origin.kind, origin.name) == ("speaker", "le ministère de la Défense")
    assert "2 sources, qui citent toutes deux le ministère de la Défense" in answer.summary


@pytest.mark.parametrize(
    ("one", "other", "spelled", "agreement"),
    [
        (
            "selon l'OEB",
            "d'après l'Observatoire des eaux brunes",
            "L'Observatoire des eaux brunes (OEB) compte.",
            "single",
        ),
        ("selon l'OEB", "d'après l'Observatoire des eaux brunes", "L'observatoire compte les crues.", "agree"),
        ("selon l'OEB", "d'après le Syndicat des eaux", "L'Observatoire des eaux brunes (OEB) compte.", "agree"),
    ],
)
def test_who_is_quoted_by_an_acronym_and_by_the_name_that_a_text_spells_out_is_one(
    tmp_path, one, other, spelled, agreement
):
    answer = asked(
        tmp_path,
        {
            "a.txt": f"La crue du Taravel\n\nAu moins 600 moutons sont morts au Taravel, {one}, qui n’en dit pas plus.",
            "b.txt": f"Taravel : le bilan\n\nDepuis octobre, 600 moutons sont morts au Taravel, {other}. L'eau baisse.",
            "c.txt": f"Le Taravel et ses moutons\n\n{spelled} Les moutons paissent au bord du Taravel.",
        },
        "Combien de moutons sont morts au Taravel ?",
    )
    assert len(answer.sources) == 2
    assert answer.agreement == agreement


def test_an_acronym_stands_for_the_body_whose_name_a_text_spells_out():
    texts = [
        "The National Grain Board (NGB) says 12.",
        "Le Conseil national du grain (NGB) compte 12 silos.",
        "Selon Jean Roy (PS), 13.",
        "The Port Authority (PA) and the Parents Association (PA) met.",
        "FAT (Fédération des agents territoriaux) appelle à la grève.",
    ]
    spelled = spell_out(texts)
    assert {acronym: list(names) for acronym, names in spelled.items()} == {
        "NGB": ["national grain board", "conseil national du grain"],
        "FAT": ["federation des agents territoriaux"],
    }
    assert bodies_of("le NGB", spelled) == bodies_of("the National Grain Board of Arcy", spelled) == {"NGB"}
    assert bodies_of("les services du grain", spelled) == frozenset()


def test_what_the_line_on_agreement_does_not_tell_has_a_line_of_its_own(tmp_path):
    articles = {"a.txt": f"Inondations\n\n(AFP) {WIRE}", "b.txt": f"Crue\n\n{WIRE}", "c.txt": OWN}
    answer = asked(tmp_path, articles)
    [origin] = answer.origins
    assert set(origin.sources) == {"a.txt", "b.txt"}
    told = f"Pas indépendantes, une dépêche AFP : {', '.join(origin.sources)}"
    assert told in write_answer(answer, width=200).splitlines()
    assert told in export_answers([answer], "markdown").replace("\\", "")
    assert "Pas indépendantes" in show_panel(answer, 0, "fr")
    assert plain(answer)["origins"] == [{"kind": "text", "sources": list(origin.sources), "name": "AFP", "copied": 0}]


def test_copies_are_told_where_nothing_is_compared(tmp_path):
    reason = "La digue de Valmont a cédé parce qu'elle était mal entretenue, d'après les habitants du quartier bas."
    articles = {"a.txt": f"La digue\n\n{reason}\n", "b.txt": f"Valmont\n\n{reason}\n"}
    answer = asked(tmp_path, articles, "Pourquoi la digue de Valmont a-t-elle cédé ?")
    assert answer.agreement == "untyped"
    [origin] = answer.origins
    assert (origin.kind, set(origin.sources)) == ("text", {"a.txt", "b.txt"})
    assert f"Pas indépendantes, un même texte : {', '.join(origin.sources)}" in write_answer(answer, width=200)


def test_the_newest_version_speaks(tmp_path):
    head = "source,published,url\n"
    rows = "a.txt,2024-03-14,https://www.lejour.fr/crue?utm_source=x\nb.txt,2024-03-15,https://lejour.fr/crue/\n"
    answer = asked(
        tmp_path,
        {
            "a.txt": "La crue de Valmont\n\nLa crue a fait 12 morts à Valmont.",
            "b.txt": "La crue de Valmont\n\nLa crue a fait 17 morts à Valmont, annonce la mairie mercredi soir.",
            "sources.csv": head + rows,
        },
    )
    assert [(source.claim.text, source.newer) for source in answer.sources] == [("17", ""), ("12", "b.txt")]
    assert answer.agreement == "single"
    assert answer.summary == "Une seule source répond : 17 (1 source)."


def test_versions_of_one_day_and_other_articles_are_none():
    def one(source, url, day=None):
        return Document(source, "", "", "fr", day, "", url=url)

    day = date(2024, 3, 14)
    assert find_versions([one("a", "https://x.fr/1", day), one("b", "https://x.fr/1", day)]) == {}
    assert find_versions([one("a", "https://x.fr/1", day), one("b", "https://x.fr/2", date(2024, 3, 15))]) == {}
    assert find_versions([one("a", "https://x.fr/", day), one("b", "https://x.fr/", date(2024, 3, 15))]) == {}
    assert find_versions([one("a", "https://x.fr/1"), one("b", "https://x.fr/1", day)]) == {}


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("(AFP) La crue a fait 12 morts.", "AFP"),
        ("La crue.\n\nAvec l'AFP", "AFP"),
        ("The flood.\n\nReuters", "Reuters"),
        ("© Belga La crue.", "Belga"),
        ("Le maire a appelé la PA de ses vœux.", ""),
        ("Il a dit à l'AFP que la crue montait.", ""),
    ],
)
def test_an_agency_signs(text, agency):
    assert agency_of(Document("a.txt", "", text, "fr", None, "")) == agency


def test_two_who_write_of_one_event_by_themselves_share_nearly_nothing():
    own, wire = (unpack_topic(read_record(Text(text, "fr", topic=True))).signature for text in (OWN, WIRE))
    assert shared(own, wire) < COPIED / 5
