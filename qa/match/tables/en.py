"""Which words of an English passage announce what a question asks for?"""

from __future__ import annotations

import re

from qa.match.tables.table import PassageTable

TABLE = PassageTable(
    cause=re.compile(
        r"\b(?:because|due to|owing to|as a result|since\b|in order to|so that|thanks to|after\b|following|in exchange"
        r"|blamed|started (?:in|by|with|from)|stem|trigger|spark|prompt|led to|origin|responsible|fault|left \w+ing"
        r"|caus|attribut|provok)",
        re.IGNORECASE,
    ),
    said=re.compile(
        r"[«“\"]|\b(?:said|says|told|announc|declar|stat|claim|warn|add|explain|insist|argu|deni|affirm|estim|assur)",
        re.IGNORECASE,
    ),
    last_year=r"(?<!than )(?<!from )\b[Ll]ast (?:year|{months})\b|\ba year ago\b",
    denying=frozenset(
        """not never no neither isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't
        cannot can't couldn't""".split()
    ),
    unsure=frozenset("if whether perhaps maybe possibly probably hardly may might could would should".split()),
    bounding=frozenset("only fewer less more longer".split()),
    owning=frozenset({"of"}),
    articles=frozenset({"the"}),
    neutral=frozenset(
        """number toll figure count confirmed recorded reported official estimate estimates others other of and or not
        never from including aged old rose risen reached new additional total""".split()
    ),
    joining=frozenset("and or".split()),
    negating=frozenset("not never no".split()),
    periods={
        name: re.compile(rf"\b(?:{printed})\b", re.IGNORECASE)
        for name, printed in {
            "quarter 1": r"(?:first|1st)[- ]quarter|Q1",
            "quarter 2": r"(?:second|2nd)[- ]quarter|Q2",
            "quarter 3": r"(?:third|3rd)[- ]quarter|Q3",
            "quarter 4": r"(?:fourth|final|last|4th)[- ]quarter|Q4",
            "half 1": r"first[- ]half of (?:the year|(?:19|20)\d\d)|H1",
            "half 2": r"second[- ]half of (?:the year|(?:19|20)\d\d)|H2",
        }.items()
    },
    bounds_time=re.compile(r"\b(?:since|before|after|until|till|by) (?:\w+ )?(?=[A-Z])"),
    false=re.compile(
        r"\b(?:is|are|was|were) (?:completely |entirely |totally |simply )?(?:false|untrue|wrong|incorrect|a hoax|a lie"
        r"|unfounded|baseless|inaccurate)\b|\bpure invention\b|\bno (?:evidence|truth)\b"
        r"|^\W*(?:false|not true|wrong)\b",
        re.IGNORECASE,
    ),
    reported=re.compile(
        r"\b(?:claim\w*|says?|said|stat(?:es|ed)|alleg\w+|assert\w*|report(?:s|ed)?|told|spoke|predict\w+|insist\w*|according)\b",
        re.IGNORECASE,
    ),
    denies=re.compile(
        r"\b(?:(?P<passive>(?:(?:has|have|had) been|is|are|was|were) )|(?:has|have|had) )?(?:\w+ly )?"
        r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|refut(?:es?|ed)|dismiss(?:es|ed)?|disput(?:es?|ed)|contest(?:s|ed)?)\b",
        re.IGNORECASE,
    ),
    agent=re.compile(r"\s+by\s+", re.IGNORECASE),
    cues={
        "denial": frozenset(
            """deny denied denies denial refute refuted reject rejected rejects dismiss dismissed dismisses dispute
            disputed disputes rebut rebuff contradict contradicts quash contest contrary scotch rubbish ridicule
            scoff""".split()
        ),
        "untrue": frozenset(
            """false falsely untrue untruth wrong incorrect inaccurate inaccuracy hoax fake faked lie lies lied
            fabricated fabrication invented invention fictional fiction fictitious bogus baseless groundless
            unfounded misleading doctored manipulated forged forgery fraud myth legend fable debunk debunked
            unsupported supposed supposedly purported purporting nonsense absurd ridiculous""".split()
        ),
        "rumour": frozenset(
            """rumour rumor rumoured speculation gossip claim claims claimed viral post posts posted share shared
            sharing circulating circulated video photograph picture image screenshot message leaflet blog blogger
            tabloid online account anonymous social alleged alleges allegation report reports story hearsay boast
            boasts letter caption footage clip""".split()
        ),
        "error": frozenset(
            """error erroneous erroneously mistake mistaken mistakenly wrongly slip misread misreading misstated
            misprint typo transposed typing confusion confused mix-up inadvertently misnamed misidentified swapped
            duplicates blunder miscounted miscalculated""".split()
        ),
        "fixing": frozenset(
            """correction corrections clarification correct corrected correcting amend amended revise revised
            revision downward apologise apologize apology erratum version earlier editor note retract retracted
            withdraw withdrawn withdraws edition regret first initial initially original originally""".split()
        ),
        "truth": frozenset(
            """reality real really actual actually fact facts true truth verified verify certified official genuine
            authentic instead still remain remains only exact exactly correctly""".split()
        ),
        "negation": frozenset(
            """no not never none nobody nothing neither nor without isn't aren't wasn't weren't hasn't haven't hadn't
            don't doesn't didn't won't wouldn't cannot can't couldn't""".split()
        ),
        "hypothesis": frozenset(
            """if hypothetical hypothetically scenario simulation simulated simulates drill exercise rehearsal
            imagine imagined imagines imagining imaginary suppose supposing theoretical fictional fiction novel
            script model modelled counterfactual invented pretend pretended play role thriller film unless
            practise tabletop""".split()
        ),
        "plan": frozenset(
            """plan plans planned forecast predicted prediction promised projected supposed expected abandoned
            shelved cancelled scrapped proposed prospective due intended envisaged postponed""".split()
        ),
        "satire": frozenset("satirical satire parody spoof april joke joked joking prank humorous".split()),
        "contrast": frozenset("but however yet although though while whereas instead rather than contrast".split()),
        "saying": frozenset(
            """say says said claim claims claimed tell told assert asserted allege alleged state stated maintain
            maintains insist insisted boast boasts argue argued announce announced report reported according write
            wrote described suggest suggested put estimated proclaimed believe believed""".split()
        ),
        "ours": frozenset("our we us ours readers newspaper article".split()),
        "that": frozenset("that".split()),
        "as": frozenset("as".split()),
        "had": frozenset("had".split()),
        "being": frozenset("is are it's".split()),
        "conditional": frozenset("would could might".split()),
        "evidence": frozenset(
            """doubt evidence proof trace support supported survey record records logs inspectors auditors audit
            count counted check checked disbelieve found find finds show shows analysis investigation archive""".split()
        ),
    },
)
