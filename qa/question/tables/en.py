"""Which words ask in English?"""

from __future__ import annotations

from qa.question.tables.table import FollowUp, QuestionTable, pattern, word_list

_MEASURED = (
    r"number|toll|death toll|amount|price|cost|rate|figure|total|age|share|proportion|percentage|area|population"
    r"|duration|distance|height|length|width|depth|weight|temperature|speed|salary|budget|value|fine|debt|deficit"
    r"|inflation|unemployment|magnitude|profit|revenue|rent|fare|capacity|quantity|turnout|ransom|loss|losses|bill"
    r"|output|production|consumption|altitude|size|headcount|casualty count|attendance|unemployment rate|inflation rate"
)

_KINDS = (
    (
        "date",
        pattern(
            r"\bwhen\b|\b(?:what|which) (?:date|day|year|month|time|century|period)s?\b|\bsince when\b|\bdate of\b"
        ),
    ),
    (
        "quotation",
        pattern(
            r"\bwhat (?:did|does|do|has|have|had|was|is) .{1,60}\b(?:say|said|claim|announce|answer|reply|promise",
            r"|declare|state|tell|think|respond|ask|warn|claimed|announced|declared|stated|saying|reaction)\b",
            r"|\bhow did .{1,60} (?:react|respond)\b",
        ),
    ),
    (
        "number",
        pattern(
            r"\bhow (?:many|much|old|long|far|tall|high|deep|heavy|fast|large|big|wide|hot|cold|often)\b",
            r"|\b(?:what|which)(?:['’]s| is| was| were| are| will be| has been)?\b(?: the| its| their| his| her)?",
            rf"(?: \w+){{0,3}} (?:{_MEASURED})\b|\bwhat (?:{_MEASURED})\b",
            r"|^(?:the )?(?:number|toll|death toll|cost|price|length|duration) ",
            r"|\b(?:casualty|death|injury|loss) (?:figures|tolls?|counts?|numbers)\b",
        ),
    ),
    (
        "reason",
        pattern(
            r"\bwhy\b|\bwhat (?:caused|causes|led to|triggered|prompted|sparked)\b",
            r"|\b(?:what|which) (?:is|was|were|are) the (?:cause|reason|origin)s?\b|\bfor what reason\b|\bhow come\b",
        ),
    ),
    (
        "place",
        pattern(
            r"\bwhere\b|\b(?:what|which)(?: (?!is|was|are|were)\w+){0,2} (?:country|city|region|town|place|village",
            r"|province|island|state|continent|district|area|part of the)\b",
        ),
    ),
    ("passage", pattern(r"^(?:and )?who (?:is|was|are|were) (?-i:[A-Z])")),
    (
        "person",
        pattern(
            r"\bwho(?:m|se)?\b|\bwhat(?:['’]s| is| was) the name\b|\bwhich (?:minister|president|player|leader|man",
            r"|woman|person|candidate|expert|researcher|actor|singer|author|mayor|judge|lawyer|senator|ambassador",
            r"|spokes\w+|official|general|coach|scientist|director|engineer|doctor|analyst|prefect|deputy",
            r"|lawmaker)\b",
        ),
    ),
    (
        "yes-no",
        pattern(
            r"^(?:and |but |so )?(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b",
        ),
    ),
)

_UNITS = (
    (
        "change",
        pattern(
            r"\bby (?:how much|what (?:percentage|proportion|percent))\b"
            r"|\bhow much (?:did|has|have|will|does|do|is|are)\b"
            r".*\b(?:grow(?:n|ing)?|rise|risen|rising|fall|fallen|falling|increas(?:e|ed|ing)|decreas(?:e|ed|ing)"
            r"|drop(?:ped|ping)?|shrink|shrunk|declin(?:e|ed|ing)|climb(?:ed|ing)?|jump(?:ed|ing)?|surg(?:e|ed|ing))\b"
        ),
    ),
    ("age", pattern(r"\b(?:how old|the age|what age)\b")),
    (
        "duration",
        pattern(
            r"\b(?:how long|how many (?:years|months|weeks|days|hours|minutes|seconds)|duration|how much time)\b",
        ),
    ),
    (
        "distance",
        pattern(
            r"\b(?:how far|how (?:tall|high|deep|wide|long is|long was)|distance|height|length|width|depth|altitude",
            r"|how many (?:kilomet|met|mile)\w*)\b",
        ),
    ),
    ("area", pattern(r"\b(?:how many (?:hectares|acres)|what area)\b")),
    (
        "weight",
        pattern(
            r"\b(?:how heavy|how much does? \w+ weigh|weight|how many (?:tonnes|tons|kilos|kilograms|pounds))\b",
        ),
    ),
    ("temperature", pattern(r"\b(?:temperatures?|how many degrees|how (?:hot|cold))\b")),
    ("speed", pattern(r"\b(?:how fast|speed)\b")),
    ("volume", pattern(r"\bhow many (?:litres|liters|barrels|gallons)\b")),
    ("energy", pattern(r"\bhow many (?:megawatts|gigawatts)\b")),
    (
        "money",
        pattern(
            r"\b(?:budgets?|amounts?|prices?|costs?|salar(?:y|ies)|fines?|debts?|deficits?|profits?|revenues?|rents?",
            r"|fares?|ransoms?|bill|euros?|dollars?|money|paid|pay|spent|spend|invested|invest|worth|earn|earned|sums?)\b|[€$£]",
        ),
    ),
    (
        "percent",
        pattern(
            r"\b(?:proportion|percentage|per ?cent|what share|share of|inflation|turnout|unemployment|participation"
            r"|rates?)\b|%"
        ),
    ),
)

_FOLLOW_UP = FollowUp(
    lead=r"and|but|so|then|ok|okay|also",
    courtesy=r"thanks(?: a lot| very much| so much)?|thank you(?: very much| so much)?|please|hello|hi|good (?:morning"
    r"|evening|afternoon)|may i ask|excuse me|(?:great|perfect)(?=\s*[,.!])",
    topic=r"(?:what|how) about|what of|(?:the )?same (?:thing |question )?for",
    article=r"the",
    according=r"according to|per|says who|who (?:said|says|claims?) (?:so|that|this|it)",
    according_tail=r"according to",
    preposition=r"in|on|at|by|since|until|before|after|during|for|from",
    question_word=r"(?:since |until |for )?(?:how many|how much|how long|how|what (?:share|number|percentage) of|when"
    r"|where|why|whom?|whose|what|which)",
    asking_twice=r"",
    auxiliary=r"is|are|was|were|did|does|do|has|have|had|been|be|will|would|can|could",
    pronoun=r"\b(?:he|she|it|they|them|him|his|her|hers|their|theirs|its|this one|that one|those)\b",
    stand_in=r"\b(?:this|that|which|(?:the|an?)(?: \w+)?) ones?\b(?! of\b)|\b(?:this|that)(?=\W*$)",
    place_pronoun=r"(?<!is )(?<!are )(?<!was )(?<!were )\bthere\b(?! (?:is|are|was|were|has|have|been?)\b)"
    r"|\bhere\b",
    inversion=r"",
    determiner=r"\b(?:the|a|an|this)\s+",
    quantity=r"how many|how much",
    circumstance_word=r"(?:since |until )?when|where|why|how",
    name_particle=r"van|von|of|the",
    ordinals={"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5},
    source_lead=r"(?:(?:in|according to|from|what does)\s+)?(?:the )?",
    source_noun=r"source|article|text|paper",
    number_sign=r"no",
    same_again=r"\s+says?\b",
)

TABLE = QuestionTable(
    written_out={
        **dict.fromkeys(("hw", "hwo"), "how"),
        **dict.fromkeys(("wen", "whn"), "when"),
        **dict.fromkeys(("wat", "wut", "whta"), "what"),
        **dict.fromkeys(("whr", "wher"), "where"),
        "wy": "why",
        "KIA": "killed in action",
        "WIA": "wounded in action",
        "MIA": "missing in action",
        **dict.fromkeys(("POW", "POWs"), "prisoners of war"),
        **dict.fromkeys(("NK", "nk"), "North Korean"),
    },
    kinds=_KINDS,
    units=_UNITS,
    counts=pattern(
        r"\bhow many (?!years|months|weeks|days|hours|minutes|seconds|euros|dollars|kilomet|met|mile|hectare|acre|ton"
        r"|kilo|pound|lit|barrel|gallon|degree|megaw|gigaw|percent)"
    ),
    price=pattern(r"\bhow much (?:did|does|do|is|was|will|would|were|are|has|have)\b"),
    counting=pattern(r"\b(?:how many|number|toll)"),
    counted=pattern(
        r"\bhow (?:many|much)(?: of the| more| other)? |\b(?:number|amount|percentage|proportion|share"
        r"|total) of (?:the )?|\bwhat percentage "
    ),
    counted_late=None,
    asking=word_list(
        """total exact number figure many much how long far old tall high deep heavy fast big large count date moment
        year day month time temp cause reason amount percentage percent country city place name when say tell happen
        people-named age"""
    ),
    asking_always=word_list("how when"),
    asking_number=word_list("age day year month"),
    naming_reason=word_list("age"),
    light=word_list(
        """according share part went go goes going put puts get gets got since near still there first expected enough
        each actually exactly recorded reported counted registered confirmed total now back again up due reach reached
        stand stands amounts"""
    ),
    inverted=None,
    asks_more=None,
    content=None,
    speaker=pattern(
        r"(?:what (?:did|does|do|has|have|had)|how did) (?P<who>.{2,60}?) (?:say|said|claim|announce|answer|reply"
        r"|promise|declare|state|tell|think|respond|react|ask|warn|claimed|announced)"
    ),
    according=pattern(
        r"\baccording to\s+(.{2,60}?)\s*(?:[,?]|$)|\b(?:do|does|did)\s+([^,?]{2,40}?)\s+(?:say|claim|estimate)\b"
    ),
    nobody=word_list("whom"),
    foreseen=pattern(
        r"\b(?:will|would|might|could|(?-i:may)|going to|expected|planned|plans?|forecasts?|predicted"
        r"|by (?:the end|next|january|february|march|april|june|july|august|september|october|november"
        r"|december|20\d\d))\b"
    ),
    negated=pattern(r"\b(?:not|no)\b|n['’]t\b"),
    denying=word_list(
        """not never no neither isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't
        cannot can't couldn't"""
    ),
    denies=word_list("deny deni"),
    possessive=pattern(r"\bof(?: the)?\s?$"),
    measures=word_list(
        """rate rates price prices cost costs amount share part proportion percentage value height length width depth
        duration weight speed level number total temperature area age"""
    ),
    articles=word_list("the a an of and"),
    comparing=word_list("than as"),
    inverting=word_list("do does did will would can could has have had should might may"),
    helping=word_list(
        "do does did will would can could has have had should might may is are was were be been must",
    ),
    subordinating=word_list("since before after while because that which whom until unless"),
    pronoun_endings=(),
    compounds=True,
    among="among the",
    many=pattern(r"\b(?:\w+[^\Wsu]s|\w*(?:people|men|women|children|troops)|police|dead|wounded|injured|missing)\b"),
    people=pattern(r"(?:\w+(?:ians?|ists?|m[ae]n))"),
    agreeing=None,
    says_who="according to whom",
    again="{word} {auxiliary} the {counted} {rest}",
    elided=("", "", ""),
    after="after",
    mark="?",
    subject_pronouns=(
        pattern(r"^(?P<before>.*?\b(?:did|does|has|had|is|was|will|would|can|could)) (?:he|she)\b(?P<after>.*)$"),
    ),
    of_whom=pattern(r"^who (?:is|was) (?P<name>[^,?]+?)\s*\?*$"),
    follow_up=_FOLLOW_UP,
)
