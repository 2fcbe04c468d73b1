"""What a follow-up means after the question before it."""

import pytest
from asked import query_of
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT

from index.language import detect, terms
from qa.evaluation.conversations import hold, read_conversations
from qa.question import read_question
from qa.question.follow_up import complete, restricted
from qa.question.leaning import lean, take_apart
from qa.question.tables import question_table, question_tables
from qa.question.wording import opening_language


class Words:
    """A corpus as the reading of questions sees it."""

    def query(self, question):
        return query_of(question, detect(question), alternatives={})


GOLD = ROOT / "tests" / "gold"
DEVELOPMENT = [
    conversation
    for name in ("conversations-dev", "conversations-dev-2", "conversations-dev-3")
    for conversation in read_conversations(GOLD / f"{name}.jsonl")
]


def read(question, history=(), shown=()):
    return read_question(question, Words(), history, shown=shown)


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        # What happened is another, to the same people.
        ("How many sailors drowned?", "and how many were rescued?", "how many sailors were rescued?"),
        (
            "How many people died in the Arcy floods?",
            "and how many were evacuated?",
            "how many people were evacuated in the Arcy floods?",
        ),
        (
            "How many soldiers were killed in Arcy?",
            "and how many were wounded in Valmory?",
            "how many soldiers were wounded in Valmory?",
        ),
        ("Combien de marins ont péri à Arcy ?", "et combien ont disparu ?", "combien de marins ont disparu à Arcy ?"),
        ("How many people died in Valmory?", "and the wounded?", "How many wounded in Valmory?"),
        ("Combien de marins ont péri ?", "et les blessés ?", "Combien de blessés parmi les marins ?"),
        ("Combien de morts dans le séisme ?", "et les blessés ?", "Combien de blessés dans le séisme ?"),
        # The same happened to others.
        ("How many people died in Valmory?", "and civilians?", "How many civilians died in Valmory?"),
        ("Combien de marins ont péri ?", "et les hommes ?", "Combien d'hommes ont péri ?"),
        ("How many votes did Anna Brel get?", "what about Luc Morin?", "How many votes did Luc Morin get?"),
        ("Combien a coûté le stade ?", "et la piscine ?", "Combien a coûté la piscine ?"),
        ("Combien la France a-t-elle payé ?", "et la Norvège ?", "Combien la Norvège a-t-elle payé ?"),
        # The same is asked by another question word.
        ("Did the trains run in Arcy?", "when?", "when did the trains run in Arcy?"),
        ("Where did the bus crash?", "when?", "when did the bus crash?"),
        ("How many trains were cancelled in Arcy?", "why?", "why were the trains cancelled in Arcy?"),
        ("Combien de marins ont péri ?", "quand ?", "quand est-ce que les marins ont péri ?"),
        ("Les écoles ont-elles fermé à Arcy ?", "pourquoi ?", "pourquoi les écoles ont-elles fermé à Arcy ?"),
        ("Arcy a-t-elle voté ?", "quand ?", "quand Arcy a-t-elle voté ?"),
        # A pronoun stands for the one asked about.
        ("Who is Anna Brel?", "and what did she say?", "what did Anna Brel say?"),
        ("When did Anna Brel resign?", "what did she say?", "what did Anna Brel say?"),
        ("Qui est Luc Morin ?", "et que dit-il ?", "que dit Luc Morin ?"),
        ("Qui est Luc Morin ?", "quand a-t-il parlé ?", "quand Luc Morin a-t-il parlé ?"),
        ("Les écoles ont-elles fermé ?", "où ont-elles rouvert ?", "où les écoles ont-elles rouvert ?"),
        # The same, as somebody says it, at another time.
        ("How many trains were cancelled?", "according to whom?", "How many trains were cancelled, according to whom?"),
        (
            "What share was on strike, according to the firm?",
            "and according to the union?",
            "What share was on strike, according to the union?",
        ),
        ("Combien de marins ont péri ?", "selon Luc Morin ?", "Combien de marins ont péri, selon Luc Morin ?"),
        ("Combien de marins ont péri ?", "et en mars ?", "Combien de marins ont péri en mars ?"),
        (
            "How many sailors died, according to the navy?",
            "and in March?",
            "How many sailors died in March, according to the navy?",
        ),
        # What is of one kind gives way: a place to a place, a time to a time, a participle to a participle.
        ("Combien de morts à Arcy ?", "et à Valmory ?", "Combien de morts à Valmory ?"),
        ("How many sailors died in Arcy in 2023?", "and in 2024?", "How many sailors died in Arcy in 2024?"),
        ("Combien de trains circulent jeudi ?", "et vendredi ?", "Combien de trains circulent vendredi ?"),
        ("How many sailors were killed in Arcy?", "and injured?", "How many sailors were injured in Arcy?"),
        ("Combien de marins ont été tués ?", "et blessés ?", "Combien de marins ont été blessés ?"),
        ("How many people were hurt?", "who says so?", "How many people were hurt, according to whom?"),
        ("Combien de blessés ?", "qui le dit ?", "Combien de blessés, selon qui ?"),
        ("Combien coûte une chambre à Arcy ?", "et un studio ?", "Combien coûte un studio à Arcy ?"),
        ("How much does a room cost?", "and a flat?", "How much does a flat cost?"),
        ("Pourquoi le lycée est-il fermé ?", "depuis quand ?", "depuis quand le lycée est-il fermé ?"),
        ("Où a été retrouvé le bus ?", "quand ?", "quand a été retrouvé le bus ?"),
        # Death is asked of people alone, all else of what is of one kind with it.
        ("Combien de soldats ont péri ?", "et les journalistes ?", "Combien de journalistes ont péri ?"),
        ("How many soldiers died?", "and Ukrainians?", "How many Ukrainians died?"),
        ("How many tanks were destroyed?", "and planes?", "How many planes were destroyed?"),
        ("Combien coûte la chambre ?", "et le studio ?", "Combien coûte le studio ?"),
        # What is only polite is no part of it.
        ("Combien de morts à Arcy ?", "Merci. Et à Valmory ?", "Combien de morts à Valmory ?"),
        ("How many people died in Arcy?", "thanks, and in Valmory, please?", "How many people died in Valmory?"),
    ],
)
def test_two_questions_make_one_sentence(before, question, understood):
    assert complete(question, before) == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        # Who "she" is only the answer could tell.
        (
            "Who won the vote in Arcy?",
            "how many votes did she get?",
            "how many votes did she get? (after: Who won the vote in Arcy?)",
        ),
        ("Combien coûte le pont ?", "qui paie ?", "qui paie ? (après : Combien coûte le pont ?)"),
        ("How many sailors drowned?", "when?", "when? (after: How many sailors drowned?)"),
        ("Who won the vote?", "where?", "where? (after: Who won the vote?)"),
        ("Where did the bus crash?", "and the train?", "and the train? (after: Where did the bus crash?)"),
        ("Where is the bridge?", "and its cost?", "its cost? (after: Where is the bridge?)"),
        # "A-t-elle" agrees with "la France", and would not with "le Pérou".
        (
            "Combien la France a-t-elle payé ?",
            "et le Pérou ?",
            "et le Pérou ? (après : Combien la France a-t-elle payé ?)",
        ),
        (
            "How many jobs did the firm cut?",
            "and how many were created?",
            "how many were created? (after: How many jobs did the firm cut?)",
        ),
        # The fire at the mill is in no other town.
        (
            "Combien de morts dans l'incendie du moulin Halbert ?",
            "et à Arcy ?",
            "et à Arcy ? (après : Combien de morts dans l'incendie du moulin Halbert ?)",
        ),
        # Nobody asks how many damage there is, nor how many Brel.
        (
            "How many people died in Arcy?",
            "what about the damage?",
            "what about the damage? (after: How many people died in Arcy?)",
        ),
        ("combien de marins sont morts ?", "et Brel ?", "et Brel ? (après : combien de marins sont morts ?)"),
        ("Qui a gagné ?", "et son adversaire ?", "son adversaire ? (après : Qui a gagné ?)"),
        # Without "of cholera" the dead would be anybody's; ships do not perish as sailors do.
        (
            "Combien de cas de choléra ont été recensés à Arcy ?",
            "et les morts ?",
            "et les morts ? (après : Combien de cas de choléra ont été recensés à Arcy ?)",
        ),
        (
            "Combien de marins ont péri à Arcy ?",
            "et combien de navires ?",
            "combien de navires ? (après : Combien de marins ont péri à Arcy ?)",
        ),
        # Two names, two times, a word that agrees with what it is told of, or one told of each: nobody knows which.
        (
            "How did Arcy react to the flood in Valmory?",
            "and in Brel?",
            "and in Brel? (after: How did Arcy react to the flood in Valmory?)",
        ),
        (
            "Combien de marins ont péri en mars 2023 ?",
            "et en avril ?",
            "et en avril ? (après : Combien de marins ont péri en mars 2023 ?)",
        ),
        (
            "Combien de marins ont été tués ?",
            "et les femmes ?",
            "et les femmes ? (après : Combien de marins ont été tués ?)",
        ),
        (
            "Combien de tonnes de blé Arcy a-t-elle vendues ?",
            "et de maïs ?",
            "et de maïs ? (après : Combien de tonnes de blé Arcy a-t-elle vendues ?)",
        ),
        (
            "What did Anna Brel promise on housing?",
            "and for transport?",
            "and for transport? (after: What did Anna Brel promise on housing?)",
        ),
        # A question for yes or no has nobody who says so.
        ("Did the trains run?", "who claims that?", "who claims that? (after: Did the trains run?)"),
        # What asks anew leans on the question that holds the subject, and a part not on what it takes the place of.
        (
            "do others disagree? (after: Where did the flood in Arcy begin?)",
            "and how many boats actually got there?",
            "how many boats actually got there? (after: Where did the flood in Arcy begin?)",
        ),
        (
            "et les enfants ? (après : Combien de gens ont été tués ?)",
            "et les femmes ?",
            "et les femmes ? (après : Combien de gens ont été tués ?)",
        ),
        # No sentence is in two languages.
        (
            "How many people died in Arcy?",
            "et combien de blessés ?",
            "combien de blessés ? (après : How many people died in Arcy?)",
        ),
        (
            "combien de marins sont morts ?",
            "and the wounded?",
            "and the wounded? (after: combien de marins sont morts ?)",
        ),
        ("Combien de maisons ont brûlé ?", "en quel mois ?", "en quel mois ? (après : Combien de maisons ont brûlé ?)"),
        # No sentence is broken: what gives way takes its preposition and its article along, or stays.
        ("How many died in March?", "and yesterday?", "and yesterday? (after: How many died in March?)"),
        ("Combien de morts en mars ?", "et hier ?", "et hier ? (après : Combien de morts en mars ?)"),
        ("Combien de morts le 3 mai ?", "et en juin ?", "et en juin ? (après : Combien de morts le 3 mai ?)"),
        (
            "Who runs Arcy after the autumn 2025 vote?",
            "and in 2023?",
            "and in 2023? (after: Who runs Arcy after the autumn 2025 vote?)",
        ),
        (
            "Quand le feu des Ormes a-t-il pris ?",
            "et Brel ?",
            "et Brel ? (après : Quand le feu des Ormes a-t-il pris ?)",
        ),
        ("Who runs the Arcy mine?", "and Valmory?", "and Valmory? (after: Who runs the Arcy mine?)"),
        ("Qui est le maire d'Arcy ?", "et Luc Morin ?", "et Luc Morin ? (après : Qui est le maire d'Arcy ?)"),
        ("Combien d'élèves parlent breton ?", "et basque ?", "et basque ? (après : Combien d'élèves parlent breton ?)"),
        (
            "Combien de langues parle-t-on dans le monde ?",
            "et en Europe ?",
            "et en Europe ? (après : Combien de langues parle-t-on dans le monde ?)",
        ),
        # Nor in two places at once.
        (
            "how many of them go? (after: How many jobs will the firm cut in Arcy?)",
            "and in Valmory?",
            "and in Valmory? (after: how many of them go? (after: How many jobs will the firm cut in Arcy?))",
        ),
        # A clause within it may hold what gives way, or what is asked; a thing that is has no time.
        (
            "How many were hurt when the train left Arcy?",
            "and the women?",
            "and the women? (after: How many were hurt when the train left Arcy?)",
        ),
        (
            "Par quel moyen les voisins ont-ils été avertis ?",
            "pourquoi ?",
            "pourquoi ? (après : Par quel moyen les voisins ont-ils été avertis ?)",
        ),
        ("Where is the new bridge?", "when?", "when? (after: Where is the new bridge?)"),
        ("When did this start?", "until when?", "until when? (after: When did this start?)"),
        (
            "How much will the end of the line save?",
            "and the train?",
            "and the train? (after: How much will the end of the line save?)",
        ),
        # The wounded are not sent out as firefighters are.
        (
            "Combien de pompiers ont été mobilisés ?",
            "et les blessés ?",
            "et les blessés ? (après : Combien de pompiers ont été mobilisés ?)",
        ),
        ("How much has it raised?", "from whom?", "from whom? (after: How much has it raised?)"),
        # No pronoun of place stands beside the place.
        (
            "Combien de soldats sont partis en Valmorie ?",
            "et combien y sont morts ?",
            "combien y sont morts ? (après : Combien de soldats sont partis en Valmorie ?)",
        ),
        (
            "Combien de soldats sont partis à Arcy ?",
            "et combien sont morts là-bas ?",
            "combien sont morts là-bas ? (après : Combien de soldats sont partis à Arcy ?)",
        ),
        (
            "Combien de loups vivent à Arcy ?",
            "et combien en sont partis ?",
            "combien en sont partis ? (après : Combien de loups vivent à Arcy ?)",
        ),
        (
            "How many people live in Arcy?",
            "how many work here?",
            "how many work here? (after: How many people live in Arcy?)",
        ),
        ("How many people died there?", "and in Arcy?", "and in Arcy? (after: How many people died there?)"),
        # A comma parts what is asked about, and no question.
        (
            "How many people live in Arcy?",
            "and a month earlier, on the 9th?",
            "and a month earlier, on the 9th? (after: How many people live in Arcy?)",
        ),
        (
            "Combien de gens vivent à Arcy ?",
            "et un mois plus tôt, le 9 ?",
            "et un mois plus tôt, le 9 ? (après : Combien de gens vivent à Arcy ?)",
        ),
        (
            "Combien de gens vivent à Arcy ?",
            "et le maire, Luc Morin ?",
            "et le maire, Luc Morin ? (après : Combien de gens vivent à Arcy ?)",
        ),
        # Nobody asks how many tanks died, nor how many soldiers were repaired.
        ("How many soldiers died?", "and tanks?", "and tanks? (after: How many soldiers died?)"),
        ("Combien de soldats ont péri ?", "et les chars ?", "et les chars ? (après : Combien de soldats ont péri ?)"),
        ("How many tanks were destroyed?", "and soldiers?", "and soldiers? (after: How many tanks were destroyed?)"),
        (
            "How many houses were evacuated?",
            "and the wounded?",
            "and the wounded? (after: How many houses were evacuated?)",
        ),
        (
            "How many tanks were sent?",
            "and how many were killed?",
            "how many were killed? (after: How many tanks were sent?)",
        ),
        (
            "How many soldiers died?",
            "and how many were repaired?",
            "how many were repaired? (after: How many soldiers died?)",
        ),
        (
            "How many hurt in the Arcy crash?",
            "and how many were killed?",
            "how many were killed? (after: How many hurt in the Arcy crash?)",
        ),
        (
            "How many millimetres of rain fell?",
            "and how many were hurt?",
            "how many were hurt? (after: How many millimetres of rain fell?)",
        ),
        (
            "How much ransom for the women?",
            "and the wounded?",
            "and the wounded? (after: How much ransom for the women?)",
        ),
        # Nor is any sentence broken by an owner, a number, a preposition, or a time told otherwise.
        (
            "How does Arcy's mayor defend it?",
            "what about Luc Morin?",
            "what about Luc Morin? (after: How does Arcy's mayor defend it?)",
        ),
        ("How much does a room cost?", "and flats?", "and flats? (after: How much does a room cost?)"),
        ("Combien coûte la chambre ?", "et les studios ?", "et les studios ? (après : Combien coûte la chambre ?)"),
        ("How many people died near Arcy?", "and Valmory?", "and Valmory? (after: How many people died near Arcy?)"),
        (
            "How many people in arcy lose their job?",
            "and Paris?",
            "and Paris? (after: How many people in arcy lose their job?)",
        ),
        (
            "How many soldiers died since they came?",
            "and yesterday?",
            "and yesterday? (after: How many soldiers died since they came?)",
        ),
        (
            "Where does next year's race begin?",
            "and in 2022?",
            "and in 2022? (after: Where does next year's race begin?)",
        ),
        ("y a eu cb de morts a Arcy ?", "pourquoi ?", "pourquoi ? (après : y a eu cb de morts a Arcy ?)"),
    ],
)
def test_where_there_is_no_such_sentence_both_are_shown_as_they_were_put(before, question, understood):
    assert complete(question, before) == understood


def test_a_question_that_leans_takes_what_it_lacks_from_the_fields_of_the_other():
    found = read("how many were created?", ["How many jobs did the firm cut in Arcy in 2024?"])
    assert (found.kind, found.cues.counts) == ("number", True)
    assert [found.word(t) for t in found.head] == ["jobs"]
    assert [found.word(t) for t in found.predicate] == ["created"]
    assert [found.word(t) for t in found.circumstances] == ["firm"]
    assert [[span.text for span in spans] for spans in (found.places, found.times)] == [["Arcy"], ["2024"]]
    assert [found.text[span.start : span.end] for span in found.times] == ["2024"]
    assert [found.text[a:b] for a, b in found.query.words] == ["created", "jobs", "firm", "Arcy", "2024"]


def test_a_question_word_alone_asks_about_all_that_the_other_did():
    found = read("when?", ["How many sailors drowned?"])
    assert (found.kind, found.unit) == ("date", "")
    assert [[found.word(t) for t in part] for part in (found.head, found.predicate)] == [["sailors"], ["drowned"]]


def test_what_asks_nothing_itself_asks_what_the_other_did_of_something_else():
    found = read("and the train?", ["Where did the bus crash?"])
    assert found.kind == "place"
    assert [[found.word(t) for t in part] for part in (found.head, found.predicate)] == [["train"], ["crash"]]
    assert [found.text[a:b] for a, b in found.query.words] == ["train", "crash"]


def test_the_names_and_the_speaker_of_the_other_are_kept():
    found = read("et qu'a-t-il déclaré ?", ["Quand Luc Morin a-t-il démissionné à Arcy ?"])
    assert found.kind == "quotation"
    assert [span.text for span in found.names] == ["Luc Morin"]
    assert found.speaker is not None
    assert found.text[found.speaker.start : found.speaker.end] == "Luc Morin"


def test_what_leans_can_be_completed_in_turn():
    understood = "Who won the vote in Arcy?"
    for question, expected in [
        ("how many votes did she get?", "how many votes did she get? (after: Who won the vote in Arcy?)"),
        ("and in March?", "how many votes did she get in March? (after: Who won the vote in Arcy?)"),
        (
            "and the mayor?",
            "and the mayor? (after: how many votes did she get in March? (after: Who won the vote in Arcy?))",
        ),
    ]:
        understood = complete(question, understood)
        assert understood == expected


def test_what_a_pronoun_of_place_means_is_kept_where_a_name_gives_way():
    before = "how many votes did Anna Brel get there? (after: Where is Arcy?)"
    assert complete("and Luc Morin?", before) == "how many votes did Luc Morin get there? (after: Where is Arcy?)"


def test_what_a_pronoun_means_is_told_by_the_question_that_names_it():
    before = "who scored the winner? (after: Who won the Arcy Cup?)"
    assert (
        complete("how many people watched it?", before) == "how many people watched it? (after: Who won the Arcy Cup?)"
    )


def test_another_place_is_asked_about_instead():
    found = read("et à Arcy ?", ["Combien de morts dans l'incendie du moulin Halbert ?"])
    assert found.kind == "number"
    assert "Arcy" in [found.text[a:b] for a, b in found.query.words]
    assert "Halbert" not in [found.text[a:b] for a, b in found.query.words]


@pytest.mark.parametrize("conversation", DEVELOPMENT, ids=lambda one: one.id)
def test_a_conversation_goes_as_a_person_means_it(conversation):
    for one in hold(conversation):
        assert one.right, f"{one.turn.question} was understood as {one.text}"
        if not one.turn.understood:
            assert one.text == one.turn.question


def test_a_question_that_lacks_nothing_is_left_alone():
    alone = [
        turn.question
        for conversation in DEVELOPMENT
        for turn in conversation.turns
        if turn.understood == (turn.question,)
    ]
    assert len(alone) >= 20
    for question in alone:
        assert complete(question, "Combien de marins ont péri à Valmory ?") == question


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of Brazil?",
        "Combien de cas de choléra ont été recensés en 2024 ?",
        "how many trains were cancelled on Monday?",
        "coût du chantier du pont d'Arcy",
        "Who is Anna Brel?",
        "la crue, combien de morts ?",
        "What did Anna Brel say when she was asked about Arcy?",
        # An office needs no name, and what is only polite no answer.
        "who is the president?",
        "how old is the mayor?",
        "qui est le premier ministre ?",
        "what is the king's name?",
        "merci, qui a construit le pont d'Arcy ?",
        "merci beaucoup !",
        # A pronoun that only opens a question names nobody.
        "c'est qui le président",
        "c'est qui qui a gagné le Tour de France",
        "Thank you.",
    ],
)
def test_a_complete_question_stands_alone(question):
    assert read(question, ["Combien de marins ont péri à Valmory ?"] * 5).text == question


@pytest.mark.parametrize(
    "question",
    [
        "who is the driver?",
        "qui est le pilote ?",
        "what was the turnout?",
        "how did they take it?",
        "why?",
        "source ?",
        "c'est qui qui a mis le dernier but",
        "who was it that scored the winner",
        "same for the harbour district",
    ],
)
def test_what_only_the_conversation_knows_is_read_with_it(question):
    before = "How many people were on the Arcy coach?"
    assert before in complete(question, before)


def test_what_is_understood_is_in_the_language_of_the_conversation():
    held = [(one, turn) for one in DEVELOPMENT for turn in hold(one)]
    followed = [(one, turn) for one, turn in held if turn.text != turn.turn.question]
    assert len(followed) > 60
    for conversation, turn in followed:
        put = [each.question for each in conversation.turns]
        if {opening_language(question) for question in put} <= {"", conversation.language}:
            leads = {table.after for table in question_tables()} - {question_table(conversation.language).after}
            assert not any(f"({word}" in turn.text for word in leads), turn.text
            assert opening_language(turn.text) in ("", conversation.language), turn.text
            assert detect(turn.text) == conversation.language, turn.text


def test_a_question_without_history_is_itself():
    found = read("  when?  ")
    assert (found.text, found.asked, found.sources) == ("when?", "  when?  ", None)


@pytest.mark.parametrize(
    ("question", "understood", "source"),
    [
        ("and in the second source?", "How many sailors drowned?", "b.txt"),
        ("et selon la première source ?", "How many sailors drowned?", "a.txt"),
        ("and in source 3?", "How many sailors drowned?", "c.txt"),
        ("how many sailors did Brel rescue in the third article?", "how many sailors did Brel rescue?", "c.txt"),
    ],
)
def test_a_source_can_be_named_by_its_place(question, understood, source):
    found = read(question, ["How many sailors drowned?"], ["a.txt", "b.txt", "c.txt"])
    assert (found.text.rstrip(" ?"), found.sources) == (understood.rstrip("?"), (source,))


def test_a_place_beyond_the_last_source_restricts_nothing():
    assert restricted("and in the fourth source?", ["a.txt"]) == ("and in the fourth source?", None)
    assert read("and in the fourth source?", ["How many sailors drowned?"], ["a.txt"]).sources is None


def test_only_the_last_question_counts():
    found = read("and how many were rescued?", ["How many trains ran?", "How many sailors drowned?"])
    assert found.text == "how many sailors were rescued?"


words = st.lists(
    st.sampled_from(
        "and how many combien de et les blessés when quand selon the Anna Brel -il a-t-elle ? , ’ 5 000 été".split()
    ),
    max_size=12,
).map(" ".join)
texts = words | st.text(max_size=60)
GLUE_TEXT = " ".join(f"{one.after} {one.among} {one.says_who} {one.again} de d" for one in question_tables())
GLUE = {*GLUE_TEXT.split(), *(term.stem for code in ("fr", "en") for term in terms(GLUE_TEXT, code))}


@given(texts, st.lists(texts, max_size=3))
def test_any_question_after_any_other_is_a_question_in_the_words_of_both(question, history):
    found = read(question, history)
    assert found.sources is None
    assert found.text.strip() or not question.strip() or not found.text
    put = {term.stem for text in (question, *history) for code in ("fr", "en") for term in terms(text, code)}
    shown = {term.stem for term in terms(found.text, found.language)}
    assert shown <= put | GLUE


@given(texts, texts)
def test_what_is_understood_means_the_same_when_it_is_asked_alone(question, before):
    found = read(question, [before])
    alone = read(found.text)
    assert (alone.kind, alone.head, alone.predicate, alone.query) == (
        found.kind, found.head, found.predicate, found.query,
    )  # fmt: skip


@given(st.text(min_size=1).filter(lambda text: "(" not in text), st.text(min_size=1))
def test_a_question_that_leans_is_taken_apart_again(own, earlier):
    for language in ("fr", "en"):
        both = lean(own, earlier, language)
        assert [both[a:b] for a, b in take_apart(both)] == [own, earlier]
