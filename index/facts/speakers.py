"""Who says so? The speaker of each sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from index.facts.fact import Extent, Fact
from index.facts.tokens import Token
from index.facts.vocabulary import AUXILIARIES, DETERMINERS, GRAMMAR, OF, PREPOSITIONS, SPEECH, THAT

_ACCORDING = {
    "fr": re.compile(
        r"\b(?:selon|d['’]après|de l['’]aveu d[eu]|aux yeux d[eu]|de source[s]?(?= (?:policière|officielle"
        r"|judiciaire|diplomatique|hospitalière|médicale)))\s",
        re.I,
    ),
    "en": re.compile(r"\b(?:according to|in the words of|as per|citing|quoting)\s", re.I),
}
_NOT_SPEAKERS = frozenset(
    """que les cas chaque moi toute vraisemblance lui eux leur elle certains le la un une des estimations estimates
    estimation information informations chiffres figures data donnees plan schedule calendrier reports report""".split()
)
_ASSERTS = {
    "fr": re.compile(r"\bc['’]est(?: du moins)? ce qu['’](?:a |ont )?(?:affirme|affirment|indique|indiquent"
                     r"|déclare|déclarent|rapporte|rapportent|annonce|annoncent|révèle|révèlent|estime|estiment"
                     r"|affirmé|indiqué|déclaré|rapporté|annoncé|révélé|estimé)\s", re.I),
    "en": re.compile(r"\b(?:that is|this is) (?:what|the figure given by)\s", re.I),
}  # fmt: skip
_NEWEST = frozenset("dernier dernieres nouveau recent premier latest last first new recent".split())
"""Before these, what looks like a verb of speech is a noun: "le dernier relevé"."""
_PASSIVE = frozenset("est sont ete etait etaient fut is are was were been be".split())
_STOP_MARKS = frozenset(',;:.()«»“”"!?—–|')
_LINKS = {
    "fr": frozenset("de d du des la le l les et à au aux pour en sur".split()),
    "en": frozenset("of the for and at in on".split()),
}
_PRONOUN_SPEAKERS = {
    "fr": frozenset({"il", "elle", "ils", "elles", "on"}),
    "en": frozenset({"he", "she", "they", "it"}),
}
_PRONOUNS = _PRONOUN_SPEAKERS["fr"] | _PRONOUN_SPEAKERS["en"]


Speakers = tuple[Extent, ...]
"""Who says what a sentence says: nobody, one, or each of "800 selon la police, 2 000 selon les syndicats"."""


def speakers(text: str, tokens: Sequence[Token], ranges: Sequence[tuple[int, int]], language: str) -> list[Speakers]:
    """Return the speakers of each sentence."""
    found = [_speaker(text, tokens, begin, end, language) for begin, end in ranges]
    for i in range(1, len(ranges)):
        # "... 120 maisons. C'est ce qu'affirme le ministère." speaks of the sentence before.
        begin, end = ranges[i]
        asserted = _ASSERTS[language].match(text, tokens[begin].start)
        if asserted:
            speaker = _phrase_from(text, tokens, _token_at(tokens, asserted.end(), begin, end), end, language)
            found[i] = (speaker,) if speaker else ()
            found[i - 1] = found[i - 1] or found[i]
    return found


def _token_at(tokens: Sequence[Token], offset: int, begin: int, end: int) -> int:
    return bisect_left(tokens, offset, begin, end, key=lambda token: token.start)


def speaker_of(fact: Fact, after: int, options: Speakers) -> Extent | None:
    """Return which speaker of its sentence says a figure: the one between it and the next figure, at offset `after`."""
    if len(options) < 2:
        return options[0] if options else None
    following = [option for option in options if fact.end <= option.start < after]
    return following[0] if following else options[0]


def _speaker(text: str, tokens: Sequence[Token], begin: int, end: int, language: str) -> Speakers:
    start, stop = tokens[begin].start, tokens[end - 1].end
    matches = _ACCORDING[language].finditer(text, start, stop)
    spans = (_phrase_from(text, tokens, _token_at(tokens, m.end(), begin, end), end, language) for m in matches)
    found = tuple(span for span in spans if span is not None)
    if found:
        return found
    for i in range(begin, end):
        if _speaks(tokens, i, begin, end, language) or _states(tokens, i, end):
            span = _subject_of(text, tokens, i, begin, end, language)
            if span is not None:
                return (span,)
    return ()


def _speaks(tokens: Sequence[Token], i: int, begin: int, end: int, language: str) -> bool:
    """Return whether token i is a verb of speech, and not a noun spelt like one ("d'avance", "a report")."""
    token = tokens[i]
    if token.fold not in SPEECH[language] or not token.is_word:
        return False
    if i > begin and tokens[i - 1].fold in (DETERMINERS[language] | OF[language]) - {"all", "both", "each"}:
        return False
    # "put the toll at 90", but not "saw him put the ball away"
    return token.fold not in ("put", "puts") or any(t.fold == "at" for t in tokens[i + 1 : min(i + 9, end)])


def _states(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Return whether "fait (également) état" begins at token i."""
    return tokens[i].fold in ("fait", "font", "faisait") and any(
        t.fold == "etat" for t in tokens[i + 1 : min(i + 3, end)]
    )


def _phrase_from(text: str, tokens: Sequence[Token], i: int, end: int, language: str) -> Extent | None:
    """Return the noun phrase that begins at token i as a speaker, None where it names nobody."""
    first = i
    while i < end and i - first < 14 and not _phrase_ends(tokens, i, first, language):
        i += 1
    while i > first and tokens[i - 1].fold in _LINKS[language] | {"a", "ont", "est"}:
        i -= 1
    if i <= first:
        return None
    words = [t.fold for t in tokens[first:i] if t.is_word]
    if all(word in _NOT_SPEAKERS or word in GRAMMAR[language] for word in words):
        return None
    return Extent(tokens[first].start, tokens[i - 1].end)


def _phrase_ends(tokens: Sequence[Token], i: int, first: int, language: str) -> bool:
    token = tokens[i]
    if token.figure >= 0 or token.text in _STOP_MARKS:
        return token.text != "." or len(tokens[i - 1].text) > 2
    if token.fold in THAT[language] or token.fold in AUXILIARIES[language]:
        return True
    if token.fold in GRAMMAR[language]:
        return i > first and token.fold not in _LINKS[language] and not token.text[0].isupper()
    return i > first and token.fold in SPEECH[language] and tokens[i - 1].fold not in _NEWEST


def _subject_of(text: str, tokens: Sequence[Token], verb: int, begin: int, end: int, language: str) -> Extent | None:
    """Return who says, for a verb of speech at token `verb`.

    The speaker stands before it, after it in "a déclaré X" and "said X", and behind "par" or "by" in the passive.
    """
    if verb > begin and tokens[verb - 1].fold in _PASSIVE:
        agent = next((i + 1 for i in range(verb + 1, end) if tokens[i].fold in ("par", "by")), end)
        return _phrase_from(text, tokens, agent, end, language) if agent < end else None
    helped = verb > begin and tokens[verb - 1].fold in (
        "a",
        "ont",
        "avait",
        "avaient",
        "has",
        "have",
        "had",
        "est",
        "also",
        "egalement",
    )
    start = verb - 1 if helped else verb
    while start > begin and tokens[start - 1].fold in (
        "a",
        "ont",
        "avait",
        "egalement",
        "also",
        "has",
        "n",
        "ne",
        "y",
        "lui",
        "leur",
        "deja",
        "later",
    ):
        start -= 1
    quoted = start > begin and tokens[start - 1].text in ',»”"'
    if quoted or start == begin:
        after = _phrase_from(text, tokens, verb + 1, end, language)
        if after is not None and (
            tokens[verb + 1].text[0].isupper()
            or tokens[verb + 1].fold in ("le", "la", "l", "les", "the", "un", "une", "a", "an", "son", "sa")
            or language == "en"
        ):
            return after
    before = _phrase_to(text, tokens, start, begin, language)
    reports = verb + 1 < end and (
        tokens[verb + 1].fold in THAT[language]
        or tokens[verb + 1].text in ',:«“"'
        or tokens[verb + 1].fold in ("mardi", "que", "qu")
    )
    if before is not None and (reports or helped or language == "en" or _passes_to_that(tokens, verb, end, language)):
        return before
    return None


def _passes_to_that(tokens: Sequence[Token], verb: int, end: int, language: str) -> bool:
    """Return whether "que" or a figure follows soon: "estime le nombre à 300", "rapportent mercredi que"."""
    return any(
        tokens[i].fold in ("que", "qu", "that") or tokens[i].figure >= 0 for i in range(verb + 1, min(verb + 9, end))
    )


def _phrase_to(text: str, tokens: Sequence[Token], stop: int, begin: int, language: str) -> Extent | None:
    """Return the noun phrase that ends right before token `stop`: the subject of a verb of speech."""
    i = stop
    if i > begin + 2 and tokens[i - 1].text == ")":  # "La Banque mondiale (BM) estime"
        j = i - 2
        while j > max(begin, i - 12) and tokens[j].text != "(":
            j -= 1
        i = j
    # an apposition between commas stands between a subject and its verb: "Anne Roy, porte-parole, a souligné"
    if i > begin + 1 and tokens[i - 1].text == ",":
        j = i - 2
        while j > max(begin, i - 16) and tokens[j].text != ",":
            j -= 1
        apposed = j > begin and tokens[j].text == "," and i - j < 16
        named = apposed and tokens[j + 1].text[0].isupper()  # "le maire, Paul Petit, a déclaré"
        i, last = (j, i - 1 if named else j) if apposed else (i, i)
    else:
        last = i
    stop = i
    while i > begin and stop - i < 14:
        token = tokens[i - 1]
        if (
            token.figure >= 0
            or token.text in _STOP_MARKS
            or token.fold in THAT[language]
            or token.fold in AUXILIARIES[language]
        ):
            break
        i -= 1
    while i < last and (
        tokens[i].fold in ("et", "and", "but", "mais", "or", "in", "en", "on") or not tokens[i].is_word
    ):
        i += 1
    if last - i > 1 and tokens[last - 1].fold in _PRONOUN_SPEAKERS[language]:  # "in the last case he admits"
        i = last - 1
    words = [t.fold for t in tokens[i:last] if t.is_word]
    if words and (words[-1] in ("et", "and") or words[0] in PREPOSITIONS[language]):  # a verb, not its subject
        return None
    if not words or (all(word in GRAMMAR[language] for word in words) and not set(words) & _PRONOUN_SPEAKERS[language]):
        return None
    return Extent(tokens[i].start, tokens[last - 1].end)


def is_pronoun(text: str, speaker: Extent) -> bool:
    """Return whether a speaker is told by a bare pronoun, and so is nobody that the sentence names."""
    return text[speaker.start : speaker.end].lower() in _PRONOUNS
