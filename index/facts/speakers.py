"""Who says so? The speaker of each sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.calendar import read_calendar
from index.facts.fact import Extent, Fact
from index.facts.tables import table
from index.facts.tables.table import Table
from index.facts.tables.words import Words
from index.facts.tokens import Token
from index.language import fold

_STOP_MARKS = frozenset(',;:.()«»“”"!?—–|')
_LONGEST = 14
"""The most words that the name of a speaker has."""

Speakers = tuple[Extent, ...]
"""Who says what a sentence says: nobody, one, or each of "800 selon la police, 2 000 selon les syndicats"."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence of a text: token numbers, half-open, and what its language knows of speakers."""

    text: str
    tokens: Sequence[Token]
    begin: int
    end: int
    table: Table
    weekdays: Words
    verbs: Words
    """The words that a verb of speech may be."""

    def at(self, offset: int) -> int:
        """Return the first token of the sentence that does not start before an offset."""
        return bisect_left(self.tokens, offset, self.begin, self.end, key=lambda token: token.start)


def read_speakers(
    text: str, tokens: Sequence[Token], ranges: Sequence[tuple[int, int]], language: str
) -> list[Speakers]:
    """Return the speakers of each sentence."""
    words, weekdays = table(language), frozenset(read_calendar(language).weekday_numbers)
    verbs = words.grammar.speech | words.speech.states
    sentences = [_Sentence(text, tokens, begin, end, words, weekdays, verbs) for begin, end in ranges]
    found = [_speakers(sentence) for sentence in sentences]
    for i, sentence in enumerate(sentences[1:], 1):
        # "... 120 maisons. C'est ce qu'affirme le ministère." speaks of the sentence before.
        asserted = words.speech.asserts.match(text, tokens[sentence.begin].start)
        verb = asserted.groupdict().get("verb") if asserted else None
        if asserted and (verb is None or fold(verb) in words.grammar.speech):
            speaker = _phrase_from(sentence, sentence.at(asserted.end()))
            found[i] = (speaker,) if speaker else ()
            found[i - 1] = found[i - 1] or found[i]
    return found


def speaker_of(text: str, fact: Fact, after: int, options: Speakers) -> Extent | None:
    """Return which speaker of its sentence says a figure: the one between it and the next figure, at offset `after`.

    Nobody is known to say what a semicolon parts from who speaks: "Police counted 3,500; the organisers, 8,000".
    """
    if len(options) < 2:
        return options[0] if options and ";" not in text[options[0].end : fact.start] else None
    following = [option for option in options if fact.end <= option.start < after]
    return following[0] if following else options[0]


def _speakers(s: _Sentence) -> Speakers:
    start, stop = s.tokens[s.begin].start, s.tokens[s.end - 1].end
    matches = s.table.speech.according.finditer(s.text, start, stop)
    spans = (_named_by(s, s.at(match.end())) for match in matches)
    found = tuple(span for span in spans if span is not None)
    if found:
        return found
    verbs = (i for i in range(s.begin, s.end) if s.tokens[i].fold in s.verbs and (_speaks(s, i) or _states(s, i)))
    told = [(i, span) for i in verbs if (span := _subject_of(s, i)) is not None]
    # "Tests carried out overnight found nothing, officials said": who closes the sentence says all of it.
    closing = (span for i, span in told if _closes(s, i, span))
    first = next(closing, told[0][1] if told else None)
    return (first,) if first is not None else ()


def _named_by(s: _Sentence, first: int) -> Extent | None:
    """Return whom the words name that begin at token `first`; of what is written ("a toll given by X") its author."""
    found, words = _phrase_from(s, first), s.table.speech
    if found is None or not any(t.fold in words.written for t in s.tokens[first : first + 3]):
        return found
    for i in range(s.at(found.end), min(s.at(found.end) + 6, s.end)):
        if s.tokens[i].text in _STOP_MARKS or s.tokens[i].fold in s.table.grammar.that:
            break
        if s.tokens[i].fold in words.by:
            return _phrase_from(s, i + 1) or found
    return found


def _closes(s: _Sentence, verb: int, speaker: Extent) -> bool:
    """Return whether a verb of speech stands with its speaker behind all that is said: ", officials said on Monday"."""
    first = s.at(speaker.start)
    name = s.tokens[first:verb]
    if not name or not name[-1].is_content or any(t.fold in s.verbs for t in name):
        return False
    return first > s.begin and s.tokens[first - 1].text in ',»”"' and s.end - verb <= 5


def _speaks(s: _Sentence, i: int) -> bool:
    """Return whether token i is a verb of speech, and not a noun spelt like one ("d'avance", "a report")."""
    token, grammar, words = s.tokens[i], s.table.grammar, s.table.speech
    if token.fold not in grammar.speech or not token.is_word:
        return False
    before = s.tokens[i - 1].fold if i > s.begin else ""
    if before not in words.whole and (before in grammar.determiners or before in grammar.of):
        return False
    # "put the toll at 90", but not "saw him put the ball away"
    return token.fold not in words.placed or any(t.fold in words.placed_at for t in s.tokens[i + 1 : min(i + 9, s.end)])


def _states(s: _Sentence, i: int) -> bool:
    """Return whether "fait (également) état" begins at token i."""
    words = s.table.speech
    return s.tokens[i].fold in words.states and any(t.fold in words.state for t in s.tokens[i + 1 : min(i + 3, s.end)])


def _phrase_from(s: _Sentence, first: int) -> Extent | None:
    """Return the noun phrase that begins at token `first` as a speaker, None where it names nobody."""
    tokens, words = s.tokens, s.table.speech
    i = first
    while i < s.end and i - first < _LONGEST and not _phrase_ends(s, i, first):
        i += 1
    while i > first and (tokens[i - 1].fold in words.links or tokens[i - 1].fold in words.tails):
        i -= 1
    named = any(t.is_content and t.fold not in words.not_speakers for t in tokens[first:i])
    return Extent(tokens[first].start, tokens[i - 1].end) if named else None


def _phrase_ends(s: _Sentence, i: int, first: int) -> bool:
    token, grammar = s.tokens[i], s.table.grammar
    if token.figure >= 0 or token.text in _STOP_MARKS:
        return token.text != "." or len(s.tokens[i - 1].text) > 2
    if token.fold in grammar.that or token.fold in grammar.auxiliaries:
        return True
    if token.fold in grammar.closed:
        return i > first and token.fold not in s.table.speech.links and not token.text[0].isupper()
    return i > first and token.fold in grammar.speech and s.tokens[i - 1].fold not in s.table.speech.newest


def _subject_of(s: _Sentence, verb: int) -> Extent | None:
    """Return who says, for a verb of speech at token `verb`.

    The speaker stands before it, after it in "a déclaré X" and "said X", and behind "par" or "by" in the passive.
    """
    tokens, words = s.tokens, s.table.speech
    if verb > s.begin and tokens[verb - 1].fold in words.passive:
        agent = next((i + 1 for i in range(verb + 1, s.end) if tokens[i].fold in words.by), s.end)
        return _phrase_from(s, agent) if agent < s.end else None
    helped = verb > s.begin and tokens[verb - 1].fold in words.helpers
    start = verb - 1 if helped else verb
    while start > s.begin and tokens[start - 1].fold in words.between:
        start -= 1
    if (start == s.begin or tokens[start - 1].text in ',»”"') and not (helped and _follows_name(s, start)):
        after = _phrase_from(s, verb + 1)
        if after is not None and (words.inverts or _names(s, verb + 1)):
            return after
    before = _phrase_to(s, start)
    if before is not None and (helped or words.inverts or _states(s, verb) or _reports(s, verb + 1)):
        return before
    return None


def _follows_name(s: _Sentence, i: int) -> bool:
    """Return whether a name in commas ends before token i: "le porte-parole, Jean Roy,"."""
    comma, last = _past_apposition(s, i)
    return last == i - 1 and all(t.text[0].isupper() or not t.is_word for t in s.tokens[comma + 1 : last])


def _names(s: _Sentence, i: int) -> bool:
    """Return whether the token at i begins the name of a speaker."""
    return s.tokens[i].text[0].isupper() or s.tokens[i].fold in s.table.speech.articles


def _reports(s: _Sentence, i: int) -> bool:
    """Return whether what is said follows at token i, or "que" or a figure soon: "estime le nombre à 300"."""
    if i >= s.end:
        return False
    token = s.tokens[i]
    if token.fold in s.table.grammar.that or token.text in ',:«“"' or token.fold in s.weekdays:
        return True
    return any(t.fold in s.table.speech.clause or t.figure >= 0 for t in s.tokens[i : min(i + 8, s.end)])


def _phrase_to(s: _Sentence, stop: int) -> Extent | None:
    """Return the noun phrase that ends right before token `stop`: the subject of a verb of speech."""
    tokens, grammar, words = s.tokens, s.table.grammar, s.table.speech
    i, last = _past_apposition(s, _past_parenthesis(s, stop))
    stop = i
    while i > s.begin and stop - i < _LONGEST and not _clause_ends(s, tokens[i - 1]):
        i -= 1
    while i < last and (tokens[i].fold in words.edges or not tokens[i].is_word):
        i += 1
    if last - i > 1 and tokens[last - 1].fold in words.pronouns:  # "in the last case he admits"
        i = last - 1
    found = [t.fold for t in tokens[i:last] if t.is_word]
    if not found or found[-1] in words.joins or found[0] in grammar.prepositions:  # a verb, not its subject
        return None
    if all(word in grammar.closed for word in found) and not words.pronouns.intersection(found):
        return None
    return Extent(tokens[i].start, tokens[last - 1].end)


def _clause_ends(s: _Sentence, token: Token) -> bool:
    grammar = s.table.grammar
    marked = token.figure >= 0 or token.text in _STOP_MARKS
    return marked or token.fold in grammar.that or token.fold in grammar.auxiliaries


def _past_parenthesis(s: _Sentence, i: int) -> int:
    """Return the token at which a parenthesis opens that ends before token i: "La Banque mondiale (BM) estime"."""
    if i <= s.begin + 2 or s.tokens[i - 1].text != ")":
        return i
    j = i - 2
    while j > max(s.begin, i - 12) and s.tokens[j].text != "(":
        j -= 1
    return j


def _past_apposition(s: _Sentence, i: int) -> tuple[int, int]:
    """Return where the subject before token i ends, read without the apposition behind it and with it if it is a name.

    "Anne Roy, porte-parole, a souligné" ends before its commas, "le maire, Paul Petit, a déclaré" holds the name.
    """
    if i <= s.begin + 1 or s.tokens[i - 1].text != ",":
        return i, i
    j = i - 2
    while j > max(s.begin, i - 16) and s.tokens[j].text != ",":
        j -= 1
    if j <= s.begin or s.tokens[j].text != "," or i - j >= 16:
        return i, i
    return j, i - 1 if s.tokens[j + 1].text[0].isupper() else j


def is_pronoun(text: str, speaker: Extent, language: str) -> bool:
    """Return whether a speaker is told by a bare pronoun, and so is nobody that the sentence names."""
    return text[speaker.start : speaker.end].lower() in table(language).speech.pronouns
