"""Who says so? Whoever speaks in the sentence, and no country that it only names."""

import pytest
from asked import question_of
from tiny import TinyEncoder

from index import Corpus
from index.facts import Fact, read_facts
from qa import Assistant
from qa.match.sayers import asks_who_says, sayer_of, without_tail
from ui.words.wording import tell_hedges


@pytest.mark.parametrize(
    ("question", "language", "asks"),
    [
        ("Qui dit que 300 barques ont coulé ?", "fr", True),
        ("Selon qui les barques ont-elles coulé ?", "fr", True),
        ("Who was the first to confirm the sinking?", "en", True),
        ("Who warned of the storm?", "en", True),
        ("Qui dirige le port ?", "fr", False),
        ("Who leads the port?", "en", False),
        ("Combien de barques ont coulé, selon qui ?", "fr", False),  # it asks for the figure, which has a speaker
    ],
)
def test_a_question_asks_who_says_so_where_its_verb_is_one_of_speech(question, language, asks):
    assert asks_who_says(question_of(question, language)) is asks


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("combien de barques, selon qui ?", "combien de barques ?"),
        ("how many boats sank, according to whom?", "how many boats sank?"),
        ("combien de barques, selon le port ?", "combien de barques, selon le port ?"),
        ("selon qui ?", "selon qui ?"),
        ("combien de barques ?", "combien de barques ?"),
    ],
)
def test_what_asks_who_says_so_behind_a_question_asks_for_nothing_else(question, rest):
    assert without_tail(question) == rest


@pytest.mark.parametrize(
    ("sentence", "language", "taken", "sayer"),
    [
        ("En Norvège, la police compte 12 barques, a dit le préfet.", "fr", "Norvège", "le préfet"),
        ("The boats sank off Norway, the coastguard said.", "en", "Norway", "the coastguard"),
        ("La Norvège affirme que 12 barques ont coulé.", "fr", "La Norvège", "La Norvège"),
        ("Douze barques ont coulé en Norvège.", "fr", "Norvège", None),
        ("Twelve boats sank off South Korea.", "en", "South Korea", None),
        ("Selon la radio, la capitainerie a compté 12 barques.", "fr", "la radio", "la radio"),
        ("Les rapports de la capitainerie le montrent.", "fr", "la capitainerie", "la capitainerie"),
    ],
)
def test_who_speaks_says_so_and_not_the_place_where_it_happened(sentence, language, taken, sayer):
    start = sentence.index(taken)
    found = sayer_of(Fact("words", start, start + len(taken)), sentence, language, (0, len(sentence)))
    assert (found and sentence[found.start : found.end]) == sayer


@pytest.mark.parametrize(
    ("first", "then", "note"),
    [
        ("Combien de barques ont coulé à Valdrac ?", "selon qui ?", "sans attribution"),
        ("How many boats sank in Valdrac?", "who says so?", "not attributed"),
    ],
)
def test_who_asks_who_says_so_gets_the_figures_again_each_with_its_speaker(tmp_path, monkeypatch, first, then, note):
    monkeypatch.setattr("index.corpus.SentenceEncoder", TinyEncoder)
    (tmp_path / "articles").mkdir()
    texts = {
        "a.txt": "La tempête à Valdrac\n\nDouze barques ont coulé à Valdrac dans la nuit, a indiqué la capitainerie.",
        "b.txt": "Valdrac après la tempête\n\nQuinze barques ont coulé à Valdrac, en Norvège, dans la nuit de lundi.",
    }
    for name, text in texts.items():
        (tmp_path / "articles" / name).write_text(text, encoding="utf-8")
    assistant = Assistant(Corpus.build(tmp_path / "articles", tmp_path / "index"))
    before = assistant.ask(first)
    answer = assistant.ask(then, history=[before])
    told = {source.source: (source.claim.text, tell_hedges(source, answer)[-1]) for source in answer.sources}
    says = "selon la capitainerie" if answer.language == "fr" else "according to la capitainerie"
    assert told == {"a.txt": ("Douze", says), "b.txt": ("Quinze", note)}
    assert answer.agreement == before.agreement


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Police counted 3,500 people; the organisers put the crowd at 8,000.", "en", ["Police", None]),
        ("Selon la police, ils étaient 3 500 ; les organisateurs en annoncent 8 000.", "fr", ["la police", None]),
        ("Selon la police, ils étaient 3 500, et 8 000 la veille.", "fr", ["la police", "la police"]),
    ],
)
def test_nobody_is_known_to_say_what_a_semicolon_parts_from_who_speaks(text, language, said):
    facts = [fact for fact in read_facts(text, language) if fact.kind == "number"]
    assert [text[fact.speaker.start : fact.speaker.end] if fact.speaker else None for fact in facts] == said
