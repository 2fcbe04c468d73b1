"""Which words and forms carry the grammar of a language: its closed classes, its verbs, its small words of a role?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.facts.tables.words import Words

Test = Callable[[str, str], bool]
"""Whether a word, as printed and folded, has a form."""


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The closed classes of words, folded, and what the language does with its nouns."""

    of: Words
    """Prepositions that continue a noun phrase: "cas de choléra", "cases of cholera"."""
    determiners: Words
    prepositions: Words
    conjunctions: Words
    joins: Words
    """The conjunctions between words of one kind: "tués ou blessés"."""
    that: Words
    """Words that open a clause of their own."""
    pronouns: Words
    auxiliaries: Words
    negations: Words
    weak_negations: Words
    """The negations that deny nothing alone: the "ne" of "ne ... que"; where there are any, a denial needs one."""
    adverbs: Words
    others: Words
    """Adjectives by which a figure takes over what the figure before it counts: "40 autres blessés"."""
    ellipsis: Words
    """Those of them that say that it was named before: "40 autres"."""
    speech: Words
    """Verbs that report what somebody says, as they are printed in news."""
    bare_speech: Words
    """Those after which the language leaves out "that", so that a clause begins there."""
    adverb_ending: str
    clitics: Words
    """Pronouns that stand between a subject and its verb: "s'élève", "y"."""
    plural_endings: str
    """The last letters of plurals where nouns and what is said of them agree, so that a singular ends their phrase."""
    plural_like: str
    """Those, and the last letters of nouns that do not change; "" where nothing agrees."""
    accented: Mapping[str, str]
    """Words as printed that are another word than their folded form says: the capital "A" of French is "à"."""
    closed: Words
    """Every closed-class word."""


@dataclass(frozen=True, slots=True, eq=False)
class Verbs:
    """The forms of verbs and nouns, guessed without a dictionary, and the verbs that speak of what is not certain."""

    is_finite: Test
    """A verb with a tense of its own (French), a past or an -ing (English)."""
    is_participle: Test
    """A participle, which may stand behind a noun without an auxiliary."""
    is_verb: Test
    """A verb of any form that can govern a figure."""
    governs: Test
    """A verb that governs a figure right behind it, without an auxiliary before it."""
    parts: Test
    """A verb at which a noun phrase stops, whichever way it is read."""
    parts_subject: Test
    """A verb at which a subject stops."""
    is_verbal: Test
    """A form behind a noun that is not of its phrase, where nouns do not agree: "killed", "living"."""
    is_plural: Test
    """A noun in the plural."""
    plans: Words
    """Words of a clause that speak of what is not done yet."""
    plans_to: Words
    """Words that do so when "to" and a verb follow."""
    to: Words
    """The "to" of an infinitive."""
    future: re.Pattern[str]
    not_future: Words
    conditional: re.Pattern[str]
    estimate: re.Pattern[str]
    denials: Words
    unsure: re.Pattern[str]
    """Modal verbs that are conditional; all but `unplanned` speak of the future too, save before `perfect`."""
    unplanned: Words
    perfect: Words


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """The small words around a figure, folded: which lead to what it counts, and which only lead past it."""

    relatives: Words
    states: Words
    """Prepositions that say what became of something, without a verb: "homes without power"."""
    verbal_states: Words
    """Those that do after an auxiliary: "are in hospital"."""
    infinitives: Words
    """Forms of auxiliaries that open no clause: "having", "étant"."""
    of_whom: Words
    """Prepositions before whom or what a sum is for: "1 450 euros par habitant"."""
    times: Words
    """Words for a time, which no complement of a verb is."""
    verb_particles: Words
    """The "out" of "handed out"."""
    verb_tails: Words
    """Prepositions that lead from a verb to its complement: "placés en quarantaine"."""
    them: Words
    """The "them" of "three of them": what is counted was named before."""
    more: Words
    """Words of a comparison behind "times": "trois fois plus de"."""
    times_endings: tuple[str, ...]
    lasting_joints: Words
    """Prepositions before a figure that only says when: "killed and, in 3 days, ..."."""
    anaphors: Words
    """Words that stand for what was counted before: "le bilan", "the toll"."""
    against: Mapping[str, str]
    """Words before what there was before a change, and the mark that says so: "contre 25 en 2020"."""
    with_words: Words
    """The "with" of "compared with"."""
    start: str
    """The word before the starting point of a change: "de", "from"; it is the mark too."""
    start_of: Words
    """Words before it: "up from 25"."""
    to: Words
    """Particles before the end of a change: "à", "to"."""
    at: Words
    """The particle of a value: "estimé à", "valued at"."""
    part_of: Words
    """Small words between a part and its whole: "450 of its 1,900 jobs"."""
    coordinates: Words
    """Words that join two figures in one enumeration."""
    openers: Words
    """Words that open a clause between two figures."""
    but: Words
    light: Words
    """Verbs and the like that say nothing of what is counted: "fait", "made"."""
    subjected: Words
    """Verbs whose subject is counted even where a noun follows the figure: "le bilan s'élève à 12 morts"."""
    after_time: Words
    lasting: Words
    """Prepositions between a verb and how long it lasted: "banned for 18 months"."""
    holding: Words
    """Auxiliaries before a figure whose subject has it: "the town has 300 houses"."""
    worth: Words
    compared: Words
    partitive: Words
    """The preposition after which a word before a figure is a noun: "a total of"."""
    before_verb: Words
    """Words between an auxiliary and its verb: "n'a pas été"."""
    verb_group: Words
    """Words that belong to a verb before it: "s'élève", "to reach"."""
    subject_pronouns: Words
    of_it: Words
    """The pronoun "en" of "en attendait 15 000", which stands for what is counted."""
    copulas: Words
    """Forms of to be behind which a measure is said of a subject: "is 12 miles long"."""
    aged: Words
    aged_mark: str
    part: Words
    """Marks of a figure that is a part of one before it: "dont"."""
    either: Words
    """The "soit" of "soit 12 %", to the left of which nothing governs."""
    dimensions: Words
    objects: Words
    skipped: Words
    """Adverbs between a word and its figure."""
    kept_determiners: Words
    """Determiners that are not passed over: "aucun"."""
    restrictions: Words
    """The "que" of "n'a obtenu que 300"."""
    counts: Words
    """Nouns that come behind what they count: "estime à 4,5 millions le nombre de déplacés"."""
    by_words: tuple[str, ...]
    """How a date begins by which a thing is planned: "d'ici décembre"."""
    clauses: Words
    """Words behind a verb of the mind or of denial: "dément que"."""
    bounds: Words
    """Words behind a negation that then denies nothing: "pas moins de", "not only"."""
