"""What is a line of an agency's dispatch: its number, a flag, the line that the agency signs, what closes it?"""

from __future__ import annotations

import re
from dataclasses import replace

from index.language import fold
from index.paragraphs.datelines import MONTHS, read_date, read_dateline
from index.paragraphs.mastheads import AGENCIES
from index.reading.contents import Extract

NAMES = {
    "agence france-presse": "AFP", "associated press": "AP", "the associated press": "AP", "reuters": "Reuters",
    "reuters news": "Reuters", "thomson reuters": "Reuters", "rtrs": "Reuters", "ansa": "ANSA", "dpa": "dpa",
    "belga": "Belga", "xinhua": "Xinhua", "lusa": "Lusa", "tass": "Tass", "la presse canadienne": "La Presse"
    " canadienne",
    "keystone-ats": "Keystone-ATS", "afp": "AFP", "ap": "AP",
}  # fmt: skip
"""Agencies by what they are called, in lower case, with the name that is shown."""
NAMED = rf"(?:{AGENCIES}|Associated Press|Reuters News|RTRS)"
_CAPITAL = "[A-ZÀ-ÝŒ]"
_SHORT_DAY = (
    rf"(?:\d{{1,2}}(?:er)? (?:{MONTHS})\.?(?: \d{{4}})?|(?:{MONTHS})\.? \d{{1,2}}(?:,? \d{{4}})?"
    r"|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?)"
)
START = re.compile(
    rf"(?:{_CAPITAL}[^\d;:()"
    rf"|]{{1,50}}?(?: \([^()\d]{{2,30}}\))?(?:,? (?:le )?(?:[^\W\d]{{3,9}},? )?(?P<day>(?i:{_SHORT_DAY})))?"
    rf"|(?P<only>(?i:{_SHORT_DAY})))[ ,]*\((?P<agency>(?i:{NAMED}))(?:[/ -][\w -]{{1,20}})?\)["
    rf" .,]*[-–—=:]{{1,2}}\s*(?P<text>\S.*)",
    re.DOTALL,
)
"""The first line of a text: "LILLE, 14 mars 2023 (AFP) - La crue…", "PARIS, March 14 (Reuters) - ", "ROME (AP) — "."""
_SOURCE = re.compile(rf"\(?source ?:? ?{NAMED}\)?", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+|,\s+|\s*[()]\s*")
_AGENCY = re.compile(
    rf"(?:source ?:? ?)?(?P<agency>{NAMED})"
    r"(?: (?:infos? [^\W\d]{3,15}|g[ée]n[ée]ral|doc|world|actualit[ée]s?|monde|france)(?: ?[-–] ?[^\W\d]{3,12})?)?",
    re.IGNORECASE,
)
"""An agency, also by one of its services: "AFP Infos Françaises"."""
_MEASURE = re.compile(
    r"(?:à |at )?\d{1,2} ?[:hH.] ?\d\d(?:[:.]\d\d)?.{0,12}|[\d\s]+ (?:mots|words|signes|caract[èe]res)|[^\W\d]{3,9}"
    r"|(?:UTC|GMT).{0,8}"
    r"|\d{1,2} ?h.{0,8}"
)
"""What follows an agency's name in its line beside the day: the hour, the length, the weekday."""
_AFTER = r".{0,14}"
_STAMPED = re.compile(
    rf"(?:[^\W\d]{{3,9}}\.?,? )?(?P<day>\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d)|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}[ -](?:{MONTHS})\.?[ -]\d{{4}}"
    rf"|(?:{MONTHS})\.? \d{{1,2}},? \d{{4}})[ ,T]*(?:-|–|à|at)? ?\d{{1,2}}(?:[:hH.]| h )\d\d(?:[:.]\d\d)?\b{_AFTER}",
    re.IGNORECASE,
)
"""A day with its hour, alone on a line."""
HEADED = re.compile(
    rf"{_STAMPED.pattern[: -len(_AFTER)]}(?: (?:GMT|UTC|CES?T))?[ |:–-]{{1,3}}(?:(?P<agency>{NAMED})\b[ |:–-]{{1,3}})?"
    r"(?P<title>(?-i:[A-ZÀ-ÝŒ«\"“\d]).{8,200})",
    re.IGNORECASE,
)
"""A day with its hour, and perhaps an agency, before a title, as a list of dispatches prints them."""
_CLOCKED = re.compile(r"\d\d[/.-]\d\d[/.-](?:\d\d){1,2} \d{4}(?: GMT)?")
"""The same in figures alone."""
_PREFIX = re.compile(
    rf"\A(?:[A-Z]{{2,5}}[-_ ]?\d{{2,8}}\s*[:|–-]\s*|date(?: et heure)? ?: ?|(?P<agency>{NAMED}),? (?:le )?)(?=\d)",
    re.IGNORECASE,
)
"""The number of a dispatch, a label, or the agency before its day."""
TRAILER = re.compile(
    rf"(?:(?:{NAMED}) )?(?P<d>\d\d)\d{{4}}(?: (?:GMT|UTC|CET))? (?P<m>{MONTHS})\.? (?P<y>(?:20)?\d\d)", re.I
)
""" "AFP 141012 GMT MAR 23": the day and the hour under a dispatch."""
NUMBER = re.compile(
    r"AFP[-_ ](?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)[-_]\S+|urn:newsml:\S+"
    r"|[A-Z]{2,4}\d{2,5} +\d +[A-Z]{1,4} +\d{1,5}\b.{0,40}"
    r"|(?:RTRS:)?n[A-Z]\w{2,4}\d\w{3,10}|[A-Z]{2,5}-?\d{3,6}(?: ?/ ?[A-Z0-9-]{2,20})?",
)
"""The line that numbers a dispatch."""
_CODED = re.compile(
    r"[A-Za-z]{2,6}[-_]?\d{2,6} (?:(?:[A-Z0-9][A-Z0-9/:.-]*|[a-z]{1,4}) ){1,6}"
    r"(?:[A-Z0-9][A-Z0-9/:.-]*|[A-Z][^\W\d]{2,15}|[a-z]{1,4})"
)
_LONGEST_CODES = 80
_FLAG = re.compile(
    r"/{2,}.{0,80}|(?:eds|attention)\b.{0,120}|\W{0,3}(?:\d(?:er|e|re|st|nd|rd|th)? ?)?(?:urgent|flash|alerte?"
    r"|bulletin|lead|papier"
    r"|actualisation|actualise|developpements?|precisions?|encadre|avant-papier|version|rectificatif|correction|corrige"
    r"|annulation|repetition|synthese|reportage|portrait|eclairage|chronologie|verbatim|interview|magazine|prev|focus"
    r"|update|refile|repeat|recasts?|adds|advisory|embargo|prioritaire|complet|infographie|analyse|temps fort"
    r"|new series"
    r"|toile de fond|le point|trois questions|document|direct|wrapup|snapshot|exclusi\w+|factbox|timeline"
    r"|newsalert)\b.{0,110}"
)
"""What an agency says of its dispatch, the first word in capitals."""
_NOTED = re.compile(r"Eds:.*|(?:Attention|ATTENTION)\s*[-–—:]\s*[A-ZÀ-ÝŒ]{4,}\b.*")
"""How a flag begins whose first word may be none in capitals: "Attention - ACTUALISE avec un bilan"."""
_SHOWN = re.compile(r"=\s*\([^a-zà-ÿ=()]{3,90}\)\s*=?|\([^a-zà-ÿ=()]{3,90}\)\s*=")
"""What an agency says that it shows with its dispatch: "=(PHOTO+VIDEO)="."""
INLINE = re.compile(
    r"(?:\*{0,3} ?(?:URGENT|FLASH|ALERTE|BULLETIN|LEAD)(?: ?\d)?\s*[-–—:/¤*]+\s*"
    r"|(?:UPDATE|WRAPUP|RPT|REPEAT|REFILE|CORRECTED|CORRECTION)(?: ?\d{1,2})?-(?! ))+(?=\S)"
)
"""What an agency says of its dispatch before the title, on the same line."""
_AFTER_TITLE = re.compile(r" \((?P<said>[^()a-zà-ÿ]{4,60})\)$")
"""What an agency says of its dispatch behind the title, in capitals: "(ACTUALISATION)", "(PAPIER GENERAL)"."""
_SERIAL = re.compile(r"[A-Z]{4,}(?: \d)?-\S+ \S")
"""How a title of Reuters begins: "UPDATE 2-Fire kills three"."""
SLUG = re.compile(
    r"[^\W_][\w&.'’+]*(?:[-/–]+[\w&.'’+]+)+(?: \([A-Z\d ]+\)| [A-Z]{2,12}(?: \d)?)*(?:,.{0,40})?"
    r"|[A-Z]{2,4}(?:-[A-Z]{2,4}){1,2}--[^\W_].{0,90}"
)
_INITIALS = re.compile(
    r"\((?:[A-Z]{2,4}/){1,5}[A-Z]{2,4}\)|/[A-Z]{2,8}(?:/[a-z]{2,5})?"
    r"|[a-zé]{2,5}(?:-[a-zé]{2,5})?(?:/[a-zA-Z-]{2,9}){1,7}(?: ?/?(?:AFP|afp))?|[a-z]{2,4}(?:-[a-z]{2,4}){0,3}"
)
_SIGNED = re.compile(r"[a-zé]{1,5}(?:-[a-zé]{1,5})?(?:/[a-zé]{1,5}(?:-[a-zé]{1,5})?){2,7}")
"""Initials that only those of an agency's writers can be: of three of them at least."""
_OF_AGENCY = re.compile(rf"\b(?:{NAMED}|Agence France[- ]Presse)\b")
_RIGHTS = re.compile(
    r"\W{0,3}(?:©|\(c\)|copyright\b).{0,220}|.{0,90}\b(?:tous droits .{0,60}r[ée]serv[ée]s"
    r"|all rights reserved)\b.{0,160}"
    r"|agence france-presse\.?",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"<(?P<tag>org|location|pers|event)\b.*</(?P=tag)>|\(\(.{0,300}\)\)|(?:keywords|mots[- ]cl[ée]s?|tags?"
    r"|subjects?) ?:.{0,200}"
    r"|(?:end|fin|-30-|_{3,}|-{3,}|\*{3,}|={3,}|#{2,}|\* \* \*)\W*|\(?(?:END|FIN)\)?.{0,40}",
    re.IGNORECASE,
)
_OF_LOG = re.compile(
    r"\b(?:extraction|extraite?s?|exporte?e?s?|selection|recherche|requete|edition du|imprimee?s? le|printed|retrieved"
    r"|search|query|results?|resultats?|fil (?:des )?agences?)\b"
)
_COUNTED = re.compile(r"\b\d{1,4} (?:depeches?|articles?|documents?|resultats?|results?|stories|items|takes)\b")
LABELLED = re.compile(
    r"(?P<label>titre|title|objet|headline|date|source|agence|lieu|place|cat[ée]gories?|rubrique|slug|mots?[- ]cl[ée]s?"
    r"|keywords|auteurs?|signature|langue|language|priorit[ée]|urgence|num[ée]ro|n°|id|r[ée]f(?:[ée]rence)?|heure) ?:"
    r"(?: (?P<value>.*))?",
    re.IGNORECASE,
)
"""A line above a dispatch that says what it gives."""
LONGEST = 200
"""A longer line, or paragraph, is of the text."""


def agency_line(line: str) -> tuple[str, str] | None:
    """Return the agency and the day of a line that gives both and no text, else None.

    >>> agency_line("Lille (France) | AFP | mardi 14/03/2023 - 10:47 UTC+1 | 147 mots")
    ('AFP', '14/03/2023')
    """
    if len(line) > 140 or not any(c.isdigit() for c in line):
        return None
    if (by := stamped_by(line)) and (day := stamp(line)):
        return by, day
    parts = [part for part in _PARTS.split(line.strip(" .*-–—|")) if part]
    place = next((n for n, part in enumerate(parts) if _AGENCY.fullmatch(part)), None)
    dated = [part for part in parts if len(part) < 50 and read_date(part, "fr")]
    if place is None or len(dated) != 1 or len(parts) > 7:
        return None
    fits = all(_MEASURE.fullmatch(part) for part in parts[place + 1 :] if part is not dated[0])
    told = all(len(part.split()) < 5 for part in parts[:place] if part is not dated[0])
    day = _day_of(dated[0])
    return (shown(parts[place].partition(":")[2].strip() or parts[place]), day) if fits and told and day else None


def _day_of(part: str) -> str:
    """Return the day in a part of a line, if it says nothing else but a weekday and an hour."""
    stamped = _STAMPED.fullmatch(part)
    if stamped:
        return stamped["day"]
    dateline = read_dateline(part, "fr")
    if dateline is None or not dateline.alone:
        return ""
    return re.sub(r"^[^\W\d]{3,9}\.?,? (?=\d)", "", part)


def shown(agency: str) -> str:
    """Return an agency by the name that is shown."""
    return NAMES.get(agency.lower(), agency if agency.isupper() else agency.upper())


def stamp(line: str) -> str:
    """Return the day of a line that is a day with its hour, or ""."""
    bare = _PREFIX.sub("", " ".join(line.split()).strip(" *-–—|."), count=1)
    found = _STAMPED.fullmatch(bare) if len(line) < 60 else None
    return found["day"] if found else ""


def stamped_by(line: str) -> str:
    """Return the agency that stands before a day with its hour, or "".

    >>> stamped_by("Afp le 14 mars 2023 à 10 h 47."), stamped_by("14 mars 2023 à 10 h 47.")
    ('AFP', '')
    """
    found = _PREFIX.match(line.strip(" *-–—|."))
    return shown(found["agency"]) if found and found["agency"] else ""


def is_coded(line: str) -> bool:
    """Return whether a line is codes in a row, the first of which is the number of a dispatch.

    >>> is_coded("ats0031 4 pol 187 Berne"), is_coded("A380 : 14 vols de plus")
    (True, False)
    """
    return len(line) < _LONGEST_CODES and _CODED.fullmatch(line) is not None


def is_agency(line: str) -> str:
    """Return the agency that a line names and says nothing else, or ""."""
    found = _AGENCY.fullmatch(line.strip(" .*-–—|()"))
    return shown(found["agency"]) if found else ""


def is_under(line: str) -> bool:
    """Return whether a line may stand under the text of a dispatch, and only there."""
    bare = line.strip()
    if len(bare) > 320 or not bare:
        return False
    return any(shape.fullmatch(bare) for shape in (_INITIALS, _RIGHTS, _UNDER, _SOURCE, TRAILER, _CLOCKED))


def is_close(line: str) -> bool:
    """Return whether a line closes a dispatch: initials, rights, the day and the hour."""
    bare = line.strip()
    return 0 < len(bare) <= 320 and any(shape.fullmatch(bare) for shape in (_INITIALS, _RIGHTS, TRAILER, _CLOCKED))


def is_of_log(line: str) -> bool:
    """Return whether a line is of the list that an agency's dispatches stand in: what it is, how many it holds.

    >>> is_of_log("EXTRAIT DU FIL - 12/03/2024 08:10 - 3 DEPECHES"), is_of_log("Trois articles de loi votés")
    (True, False)
    """
    folded = fold(line)
    told = _OF_LOG.search(folded) is not None, _COUNTED.search(folded) is not None, read_date(line, "fr") is not None
    return len(line) <= LONGEST and not is_sentence(line) and sum(told) > 1


def is_anchor(line: str) -> bool:
    """Return whether a line is that of an agency, or begins a text by it, or numbers a dispatch."""
    bare = line.strip().lstrip("#").strip()
    if not bare or (len(bare) > LONGEST and not START.match(bare)):
        return False
    return bool(START.match(bare) or agency_line(bare) or (NUMBER.fullmatch(bare) and bare.startswith("AFP")))


def is_sentence(line: str) -> bool:
    """Return whether a line is of a text: long, or ended as a sentence."""
    bare = line.strip()
    return len(bare) > LONGEST or (len(bare) > 3 and bare.rstrip("\"'»”’) \u00a0\u202f")[-1:] in tuple(".!…;"))


def unflagged(title: str) -> str:
    """Return a title without what an agency says of its dispatch before it or behind it.

    >>> unflagged("URGENT - La crue monte (ACTUALISATION)"), unflagged("La crue monte (SNCF)")
    ('La crue monte', 'La crue monte (SNCF)')
    """
    bare = INLINE.sub("", title, count=1).strip()
    behind = _AFTER_TITLE.search(bare)
    return bare[: behind.start()] if behind and is_flag(behind["said"]) else bare


def is_flag(line: str) -> bool:
    """Return whether a line is what an agency says of its dispatch.

    >>> is_flag("URGENT"), is_flag("ACTUALISATION avec un bilan"), is_flag("=(PHOTO)="), is_flag("URGENT - La crue")
    (True, True, True, False)
    """
    if len(line) <= 130 and (line.endswith("///") or _SHOWN.fullmatch(line)):
        return True
    words = re.findall(r"[^\W\d_]{2,}", line)
    shouts = bool(words) and (words[0].isupper() or words[-1].isupper() or len(words) == 1 or line[0] == "/")
    noted = shouts or _NOTED.fullmatch(line) is not None
    return (
        noted
        and len(line) <= 130
        and not INLINE.match(line)
        and not _SERIAL.match(line)
        and _FLAG.fullmatch(fold(line)) is not None
    )


def unsigned(said: Extract) -> Extract:
    """Return an article of a database without the initials of an agency's writers, where they are its last paragraph.

    >>> unsigned(Extract("Le pont ouvre.\\n\\nalg/def/xyz")).text, unsigned(Extract("Le pont ouvre.\\n\\nalg/def")).text
    ('Le pont ouvre.', 'Le pont ouvre.\\n\\nalg/def')
    """
    above, _, last = said.text.rstrip().rpartition("\n\n")
    of_agency = _OF_AGENCY.search(said.outlet) or START.match(said.text.lstrip())
    shape = _INITIALS if of_agency else _SIGNED
    return replace(said, text=above.rstrip()) if above.strip() and shape.fullmatch(last.strip()) else said
