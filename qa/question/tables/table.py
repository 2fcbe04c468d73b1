"""What has a table of one language's words in questions to say?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Pattern = re.Pattern[str]


def pattern(*parts: str) -> Pattern:
    """Return a pattern, whatever the case, that is written in parts for the width of a line."""
    return re.compile("".join(parts), re.IGNORECASE)


def word_list(text: str) -> frozenset[str]:
    """Return the words of a list, which stand folded: without case or accents."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Words by which a question leans on the one before it; each is the text of a pattern.

    A follow-up of two words seldom tells its language, so those of all languages are looked for.
    """

    lead: str
    """What opens a follow-up: "and", "but"."""
    courtesy: str
    """What is said to be polite, before a question or behind it, and asks nothing: "thank you", "please"."""
    topic: str
    """What asks the same about something else: "what about"."""
    article: str
    according: str
    """What asks, or tells, who says so, at the beginning."""
    according_tail: str
    """The same at the end of a question."""
    preposition: str
    question_word: str
    asking_twice: str
    """What may follow a question word and asks no more than that: "est-ce que"; "" for nothing."""
    auxiliary: str
    pronoun: str
    stand_in: str
    """What stands for a thing that was told, or for another of its kind: "the last one"."""
    place_pronoun: str
    """What stands for a place that was told: "there"."""
    inversion: str
    """A verb with its pronoun behind it: "a-t-il"; "" where there is none."""
    determiner: str
    """What stands before a subject, at the end of what leads up to it."""
    quantity: str
    circumstance_word: str
    """Question words that may stand before a question for yes or no and make of it one for when, where, why or how."""
    name_particle: str
    """Words in lower case within a name: "de", "van"."""
    ordinals: Mapping[str, int]
    """The places of sources: "second" is 2."""
    source_lead: str
    """What leads to "the second source", and its article."""
    source_noun: str
    number_sign: str
    """What may stand between "source" and a digit."""
    same_again: str
    """What may follow "the second source" and asks nothing: "says"."""


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """The words with which one language asks. Patterns read a question as printed, lists its folded words."""

    written_out: Mapping[str, str]
    """Words that ask as they are typed in haste, folded, and abbreviations in capitals, with what they stand for."""
    kinds: tuple[tuple[str, Pattern], ...]
    """By which words the kind of a question is known; the first in the question counts, then the first here."""
    units: tuple[tuple[str, Pattern], ...]
    """By which words the unit is known that a figure is asked for in; the first here counts."""
    counts: Pattern
    """"How many" of what is no unit."""
    price: Pattern
    """"How much" of what is not said: money."""
    counting: Pattern
    """Words with which a question asks how many there are rather than how great something is."""
    counted: Pattern
    """What stands before that which is counted."""
    counted_late: Pattern | None
    """The same where what is counted ends the question."""
    asking: frozenset[str]
    """Words that only ask, in a question for a figure, a date, a name, a reason or words said."""
    asking_always: frozenset[str]
    """Those that only ask in any question."""
    asking_number: frozenset[str]
    """Those that only ask in a question for a figure, also for a reason's sake."""
    naming_reason: frozenset[str]
    """Those of `asking` that do not only ask where a reason is asked for."""
    light: frozenset[str]
    """Words of a question for a figure, a date or a name that say nothing of what is asked for."""
    inverted: Pattern | None
    """A question for yes or no without a word that asks."""
    asks_more: Pattern | None
    """Words by which such a question asks for more than that."""
    content: Pattern | None
    """A word that, folded, is a function word, and here is none: its group is the stem."""
    speaker: Pattern
    """Of whom it is asked what was said: the group `who`, or else `whom`."""
    according: Pattern
    """Who should say so: its first group."""
    nobody: frozenset[str]
    """Words, folded and cut to five letters, that ask for whom instead of naming somebody."""
    foreseen: Pattern
    """Words with which a question asks for what has not happened yet."""
    negated: Pattern
    """Words that deny, in a question for a figure."""
    denying: frozenset[str]
    """Words that deny, in a question for yes or no."""
    denies: frozenset[str]
    """Verbs of denying, cut to four letters."""
    possessive: Pattern
    """What makes the word behind it the owner of another: "the brother of"."""
    measures: frozenset[str]
    """Words that say how a thing is measured, not which thing."""
    articles: frozenset[str]
    """What may stand between a preposition and its noun."""
    comparing: frozenset[str]
    """Prepositions that lead to no circumstance: "than"."""
    inverting: frozenset[str]
    """Helping verbs that a question puts before its subject."""
    helping: frozenset[str]
    """All helping verbs behind which a noun phrase has ended."""
    subordinating: frozenset[str]
    """Words that begin a clause of its own."""
    pronoun_endings: tuple[str, ...]
    """How a verb ends that has its pronoun behind it."""
    compounds: bool
    """Whether nouns stand side by side and the last of them is the main one: "cholera vaccine doses"."""
    among: str
    """What tells of whom a number is, with the noun's article: "parmi les"."""
    many: Pattern
    """What can be asked of how many there are, with the article that it is typed with: a plural."""
    people: Pattern
    """Words that by their form are for people, as "civilians" and "journalists" are."""
    agreeing: Pattern | None
    """What happened, told by words that agree with whom it happened to, so that no other takes their place."""
    says_who: str
    """What asks, behind a question, who says so: "according to whom"."""
    again: str
    """How it is asked when that happened of which it was asked how often: a format of these parts of both questions:
    the question `word`, what was `counted`, the `auxiliary` behind that and the `rest`."""
    elided: tuple[str, str, str]
    """How "how many" is joined to a noun: before a consonant, before a vowel, and the letters that count as vowels."""
    after: str
    """What leads to the question that another follows: "after"."""
    mark: str
    """The question mark with the space that the language puts before it."""
    subject_pronouns: tuple[Pattern, ...]
    """Questions about somebody or something called by a pronoun: between the groups `before` and `after` goes its name.

    A pronoun that stays there, the group `pronoun`, has to be that of the earlier question too."""
    of_whom: Pattern
    """A question for who somebody is: its group `name`."""
    follow_up: FollowUp
