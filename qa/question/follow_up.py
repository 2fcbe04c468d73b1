"""What does "and the wounded?" mean after the last question?

A follow-up lacks something: its subject, its question word, or both. What it lacks is taken from the question before
it, as that was understood, by rules over the words; nothing is generated but a question, and the answer shows it as
"understood as". A question that lacks nothing stands alone, however long the conversation.

>>> complete("and how many were wounded?", ["How many soldiers died?"]).question
'how many soldiers were wounded?'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.relations import OUTCOMES, asked_classes
from index.language import Term, detect, fold, is_stop_word, terms
from qa.question import asked

LONGEST = 300
"""Characters above which a question is taken to stand alone."""

_FLAGS = re.IGNORECASE
_LEAD = re.compile(r"^\s*(?:(?:and|but|so|then|ok|okay|also|et|mais|alors|puis|sinon|donc)\b[\s,:…]*)+", _FLAGS)
_TOPIC = re.compile(
    r"^(?:(?:what|how) about|what of|qu['’]en est-il (?:pour|de|du|des|d['’])|quid (?:de|du|des|d['’])|pour\b)\s*",
    _FLAGS,
)
_ARTICLE = re.compile(r"^(?:the|les|le|la|l['’]|des|du|de|d['’])\s*", _FLAGS)
_ACCORDING = re.compile(
    r"^(?:according to|per|says who|from whom|who (?:said|says|claims?) (?:so|that|this|it)|selon|d['’]apr[eè]s|dixit|"
    r"qui (?:l['’]a|le) dit|qui dit (?:ça|cela))\b",
    _FLAGS,
)
_ACCORDING_TAIL = re.compile(r",?\s*\b(?:according to|selon|d['’]après)\s+.*$", _FLAGS)
_PREPOSITION = re.compile(
    r"^(?:in|on|at|by|since|until|before|after|during|for|from|en|à|au|aux|dans|depuis|avant|après|pendant|d['’]ici|"
    r"jusqu['’]|fin|début|chez)(?:\b|(?<=['’]))",
    _FLAGS,
)
_QUESTION_WORD = re.compile(
    r"^(?P<word>(?:since |until |for )?(?:how many|how much|how long|how|what (?:share|number|percentage) of|when|"
    r"where|why|whom?|whose|what|which)"
    r"|(?:depuis |jusqu['’]à |à )?(?:combien(?: de| d['’])?|quand|où|pourquoi|comment|qui|quelles?|quels?|quoi|que|"
    r"qu['’]))"
    r"(?:\s*est-ce (?:que|qu['’]|qui))?(?:\b|(?<=['’]))\s*",
    _FLAGS,
)
_AUXILIARY = re.compile(
    r"^(?:(?:is|are|was|were|did|does|do|has|have|had|been|be|will|would|can|could|est|sont|a|ont|avait|avaient|sera|"
    r"seront|été|était|étaient|s['’]|se|n['’]|y|t-il|t-elle)(?:\b|(?<=['’]))\s*)+",
    _FLAGS,
)
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|them|him|his|her|hers|their|theirs|its|this one|that one|those|il|elle|ils|elles|lui|leur|"
    r"leurs|celui-ci|celle-ci|ceux-ci|ce dernier|cette dernière)\b|-t-(?:il|elle)s?\b|-(?:ils?|elles?)\b",
    _FLAGS,
)
_INVERSION = re.compile(r"\b(?:\w+-t-(?:il|elle)s?|(?:ont|sont|avaient|étaient|seront)-(?:ils|elles))\b", _FLAGS)
_DETERMINER = re.compile(r"(?:\b(?:le|la|les|un|une|ce|cette|the|a|an|this)\s+|\bl['’])$", _FLAGS)
_QUANTITY = re.compile(r"^(?:how many|how much|combien)", _FLAGS)
_NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]*(?:\s+(?:(?:de|du|des|la|le|van|von|of|the)\s+)*[A-ZÀ-Ý][\w’'-]*)*")
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "premier": 1, "première": 1, "deuxième": 2,
    "seconde": 2, "troisième": 3, "quatrième": 4, "cinquième": 5,
}  # fmt: skip
_SOURCE = re.compile(
    r"\b(?:(?:in|according to|from|what does|dans|selon|d['’]après|que dit)\s+)?(?:the |la |le |l['’])?(?:"
    rf"(?P<word>{'|'.join(_ORDINALS)})\s+(?:source|article|text|texte|paper)|"
    r"(?:source|article)\s+(?:n[o°]\s*)?(?P<number>\d))\b"
    r"(?:\s+says?\b)?",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class Completed:
    """A question that stands alone, and the sources to which the asker restricts it, if any."""

    question: str
    sources: tuple[str, ...] | None = None


def complete(question: str, history: Sequence[str], shown: Sequence[str] = ()) -> Completed:
    """Return the question as it is meant after the questions before it.

    `history` holds the earlier questions as they were understood, oldest first; `shown` the sources of the last
    answer, in the order in which it showed them, for "and in the second source?".
    """
    question = " ".join(question.split())
    if not history or len(question) > LONGEST:
        return Completed(question)
    previous = history[-1].strip()
    question, sources = _restricted(question, shown)
    lead = _LEAD.match(question)
    bare = question[lead.end() :] if lead else question
    words = terms(bare, detect(bare))
    if sources is not None and not words:
        return Completed(previous, sources)
    return Completed(_completed(bare, words, previous, led=lead is not None) or question, sources)


def _restricted(question: str, shown: Sequence[str]) -> tuple[str, tuple[str, ...] | None]:
    """Return the question without "in the second source", and that source."""
    match = _SOURCE.search(question)
    if match is None:
        return question, None
    number = int(match["number"]) if match["number"] else _ORDINALS[match["word"].lower()]
    if not 1 <= number <= len(shown):
        return question, None
    rest = (question[: match.start()] + question[match.end() :]).strip(" ,")
    return rest, (shown[number - 1],)


def _completed(bare: str, words: Sequence[Term], previous: str, *, led: bool) -> str:
    """Return the completed question, or "" where nothing is missing."""
    end = bare.rstrip(" ?!.…")
    topic = _TOPIC.match(bare)
    if topic and len(words) <= 5:
        return _substituted(bare[topic.end() :].rstrip(" ?!.…"), previous)
    if _ACCORDING.match(bare) and len(words) <= 4:
        return f"{_ACCORDING_TAIL.sub('', previous.rstrip(' ?'))}, {end}?"
    wh = _QUESTION_WORD.match(bare)
    anaphoric = bool(_PRONOUN.search(bare)) and not _NAME.search(bare, wh.end() if wh else 1)
    if wh:
        if end == wh.group().rstrip():
            return _asked_again(wh["word"].strip(), previous)
        alone = bool(_NAME.search(bare, wh.end())) and len(words) >= 3
        return _with_subject(end, previous) if anaphoric or (led and not alone) or len(words) <= 1 else ""
    if len(words) <= 4 and _PREPOSITION.match(bare):
        return f"{previous.rstrip(' ?')} {end}?"
    if len(words) <= 4 and (_ARTICLE.match(bare) or (led and len(words) <= 2)):
        return _substituted(end, previous)
    return _with_subject(end, previous) if anaphoric else ""


def _asked_again(word: str, previous: str) -> str:
    """Return the previous question under another question word: "when?" after "did the troops come back?"."""
    wh = _QUESTION_WORD.match(previous)
    if wh is None:
        return f"{word} {previous[:1].lower()}{previous[1:]}"
    rest = previous[wh.end() :].strip()
    return f"{word}: {rest[:1]}{rest[1:]}"


def _with_subject(own: str, previous: str) -> str:
    """Return a question that has its own predicate with the subject and the setting of the previous one."""
    own_stems = {term.stem for term in terms(own, detect(own))}
    lacking = _lacks_head(own)
    counted = _counted(previous) if lacking else ""
    quantity = _QUANTITY.match(own)
    if counted and quantity:
        of = " de " if quantity.group().lower() == "combien" else " "
        setting = _carried(previous, own_stems | {t.stem for t in terms(counted, detect(previous))}, head=False)
        own = f"{quantity.group()}{of}{counted} {own[quantity.end() :].strip()}"
        return f"{own}, {setting}?" if setting else f"{own}?"
    carried = _carried(previous, own_stems, head=lacking)
    return f"{own}, {carried}?" if carried else f"{own}?"


def _counted(previous: str) -> str:
    """Return what a "how many" question counts, as it says it: "North Korean soldiers"; "" for another question."""
    wh = _QUESTION_WORD.match(previous)
    head = asked(previous, detect(previous)).head
    return previous[wh.end() : head[-1].end] if wh and head and _QUANTITY.match(previous) else ""


def _lacks_head(own: str) -> bool:
    """Return whether "how many" is followed by a verb and not by what is counted."""
    wh = _QUESTION_WORD.match(own)
    if wh is None or not _QUANTITY.match(own):
        return True
    return bool(_AUXILIARY.match(own[wh.end() :])) or not asked(own, detect(own)).head


def _substituted(topic: str, previous: str) -> str:
    """Return the previous question asked about something else: "and the wounded?", "what about Russia?"."""
    topic = _ARTICLE.sub("", topic)
    wh = _QUESTION_WORD.match(previous)
    name = _NAME.search(previous, wh.end() if wh else len(previous.split(" ")[0]))
    if topic[:1].isupper() and name:
        return previous[: name.start()] + topic + previous[name.end() :]
    quantity, language = _QUANTITY.match(previous), detect(previous)
    if quantity is None:
        return f"{previous.rstrip(' ?')}, {topic}?"
    meaning = asked(previous, language)
    if meaning.head and meaning.predicate and not _is_outcome(topic, language):
        return previous[: meaning.head[0].start] + topic + previous[meaning.head[-1].end :]
    own = {term.stem for term in terms(topic, language)}
    carried = _carried(previous, own, head=bool(meaning.predicate))
    asking = "combien de" if quantity.group().lower() == "combien" else quantity.group().lower()
    return f"{asking} {topic}, {carried}?" if carried else f"{asking} {topic}?"


def _is_outcome(topic: str, language: str) -> bool:
    """Return whether a topic says what happened ("the wounded") and not to whom ("the civilians")."""
    words = [topic[term.start : term.end] for term in terms(topic, language)]
    return any(asked_classes(fold(word), language) & OUTCOMES for word in words)


def _carried(previous: str, own: set[str], *, head: bool) -> str:
    """Return what a follow-up keeps of the previous question: its subject and its setting.

    The question word goes, and the auxiliaries; after "how many", what happened to what was counted goes too. `own`
    are the stems that the follow-up has itself; `head` says whether what was counted is kept.
    """
    language = detect(previous)
    meaning = asked(previous, language)
    dropped: set[tuple[int, int]] = set()
    if _QUANTITY.match(previous):
        leaving = meaning.predicate if head else (*meaning.predicate, *meaning.head)
        # What has an article is a subject or a setting, whatever the grammar made of it.
        dropped = {(t.start, t.end) for t in leaving if not _DETERMINER.search(previous[: t.start])}
    wh = _QUESTION_WORD.match(previous)
    start = wh.end() if wh else 0
    start += len(match.group()) if (match := _AUXILIARY.match(previous[start:])) else 0
    chunks, chunk_start = [], start
    for term in terms(previous, language):
        if term.start >= start and ((term.start, term.end) in dropped or term.stem in own):
            chunks.append(previous[chunk_start : term.start])
            chunk_start = term.end
    chunks.append(previous[chunk_start:])
    return " ".join(filter(None, (_trimmed(chunk, language) for chunk in chunks)))


def _trimmed(chunk: str, language: str) -> str:
    """Return a chunk without the function words at its end and the auxiliaries at its beginning."""
    words = _AUXILIARY.sub("", _INVERSION.sub("", chunk).strip(" ,?!.:;-…")).split()
    while words and is_stop_word(words[-1].strip("'’-,"), language):
        words.pop()
    return " ".join(words).strip(" ,?!.:;-")
