"""Which lines belong to the website around an article, not to the article? French and English, by general patterns.

Three kinds of pattern. A *label* is a whole line ("Back to top", "Share on Facebook"). A *notice* is a sentence in
which the site speaks to its reader ("abonnez-vous", "we use cookies"). A *credit* is a byline, a photo credit or a
dateline. What stands in quotation marks, or in a sentence that reports what somebody said, is never a notice.
"""

from __future__ import annotations

import re
from functools import cache

from index.language import fold
from index.paragraphs.datelines import plain_letters, read_dateline
from index.paragraphs.mastheads import read_masthead
from index.paragraphs.wording import (
    LABELS,
    NETWORKS,
    NOTICES,
    OPENINGS,
    RELATED,
    RELATED_LINE,
    REPORTS,
    SECTIONS,
    SHARED,
)

_LONGEST = 600
"""A longer line is a paragraph of the article, whatever it says."""

_SENTENCE = 60
"""Characters before the sentence of a notice from which it is stuck to the end of a paragraph of the article."""

_CREDIT = re.compile(
    r"(?:©|\(c\)|(?:credits?|copyright|photos?|images?|illustrations?|video)\b[^:\w]{0,3}(?:photos?|images?|by|par|de)?)"
    r"\s*[:/|©-]?\s*(?P<who>.{0,90})",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:publie |propos recueillis |recueilli |redige |ecrit |written |report(?:ed|ing) |edit(?:ed|ing) |posted )?"
    r"(?:par|by)\b|auteurs? ?:|authors? ?:|traduit (?:de l'anglais )?par|translated by)\s*(?P<who>.{2,90})",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "et and & avec with de du des la le les the of for pour in a l'afp d' von van der den bin al el envoye envoyee "
    "special speciale correspondant correspondante correspondent journaliste reporter "
    "staff editor reporting editing by additional afp via".split()
)
_WORDS = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SHARING = frozenset(
    "partager partagez partage share sharing tweet tweeter twitter envoyer imprimer print copier copy enregistrer save "
    "epingler pin suivre follow".split()
)
_JOINING = frozenset(
    "sur on via by par cet cette this article page lien link le la l' a to an un ami friend us nous copie "
    "copied".split()
)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_QUOTES = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return the compiled alternatives of one family of wording; compiled when first needed, not at import."""
    families = {
        "label": LABELS,
        "related": RELATED,
        "related line": RELATED_LINE,
        "opening": OPENINGS,
        "notice": NOTICES,
        "report": REPORTS,
        "share": SHARED,
    }
    return re.compile("|".join(families[name]))


class _Folds(dict[int, str]):
    """What `fold` makes of each character, kept once made: folding a whole corpus line by line takes a tenth."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = {"’": "'", "`": "'"}.get(chr(code)) or fold(chr(code))
        return folded


_folds = _Folds()


def core(line: str) -> str:
    """Return what the patterns look at: the line folded, straightened, without what decorates its two ends."""
    return _undecorated(line.translate(_folds))


def folds_of(line: str) -> tuple[str, str]:
    """Return a line folded, as the patterns look at it, and its `core`."""
    folded = line.translate(_folds)
    return folded, _undecorated(folded)


def _undecorated(folded: str) -> str:
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return " ".join(folded[start:end].split())


def is_related(line: str) -> bool:
    """Return whether the line is a label under which a site lists other articles: "À lire aussi :", "Most read"."""
    return len(line) <= 80 and _pattern("related").fullmatch(core(line)) is not None


def is_furniture(line: str, *, language: str = "", edge: bool = False) -> bool:
    """Return whether the line belongs to the website and not to the article.

    `edge` says that it stands before the article's first paragraph or after its last, where the name of a section or of
    a network is a link rather than a heading.

    >>> is_furniture("Laisser un commentaire"), is_furniture("Laisser un commentaire raciste est puni par la loi.")
    (True, False)
    """
    if len(line) > _LONGEST:
        return False
    folded = line.translate(_folds)
    bare = _undecorated(folded)
    if not bare or _URL.fullmatch(bare):
        return True
    if len(bare) <= 160 and (_is_label(folded, bare) or (edge and _is_link(bare))):
        return True
    if _is_credit(line):
        return True
    dateline = read_dateline(line, language)
    if dateline is not None:
        return dateline.alone
    masthead = read_masthead(line, language)
    if masthead is not None:
        return masthead.alone
    return _is_notice(folded, bare)


def is_of_site(line: str) -> bool:
    """Return whether a line is a link to another article or a sentence of the site: never a credit, a day, a heading.

    >>> is_of_site("Lire aussi : Le pont ferme"), is_of_site("Photo : A. B."), is_of_site("Le pont ferme")
    (True, False, False)
    """
    return len(line) <= _LONGEST and says_site(*folds_of(line))


def says_site(folded: str, bare: str) -> bool:
    """Return whether a line `is_of_site`, given as `folds_of` gives it."""
    if not bare:
        return False
    unclosed = " ".join(folded.split()).lstrip("-–—•*>→▶►👉 ")
    linked = _pattern("related line").match(unclosed) is not None and not unclosed.endswith(".")
    shared = len(bare) <= 160 and len(bare.split()) > 1 and _pattern("share").fullmatch(bare) is not None
    return linked or shared or _is_notice(folded, bare)


def reports(folded: str) -> bool:
    """Return whether a folded line reports what somebody said."""
    return _pattern("report").search(folded) is not None


def _is_notice(folded: str, bare: str) -> bool:
    """Return whether a folded line, and its `core`, is a sentence in which the site speaks to its reader."""
    unquoted = _undecorated(_QUOTES.sub(" ", folded)) if any(sign in folded for sign in '«“"') else bare
    if not _pattern("opening").match(unquoted):
        notice = _pattern("notice").search(unquoted)
        if notice is None or unquoted.rfind(". ", 0, notice.start()) >= _SENTENCE:
            return False
    return _pattern("report").search(unquoted) is None


def _is_label(folded: str, bare: str) -> bool:
    """Return whether the whole line is a control, a link or the head of a list of links."""
    if _pattern("label").fullmatch(bare) or _pattern("related").fullmatch(bare):
        return True
    unclosed = " ".join(folded.split())
    if _pattern("related line").match(unclosed.lstrip("-–—•*>→▶►👉 ")) and not unclosed.endswith("."):
        return True
    words = _WORDS.findall(bare)
    if 1 < len(words) <= 14 and all(w in _SHARING or w in _JOINING or w in NETWORKS for w in words):
        return any(w in _SHARING or w in NETWORKS for w in words)
    if words[:1] and len(words) == 1 and words[0] in _SHARING:
        return True
    links = [part.strip() for part in re.split(r"\s[|>/•·»›–-]\s|[|>•·›]", bare)]
    return len(links) >= 3 and 2 * sum(_is_link(part) for part in links) >= len(links)


def _is_link(bare: str) -> bool:
    """Return whether a folded line is a word of a menu or the name of a network."""
    words = _WORDS.findall(bare)
    return 0 < len(words) <= 2 and all(w in SECTIONS or w in NETWORKS for w in words)


def _is_credit(line: str) -> bool:
    """Return whether the line is a byline or a photo credit: a marker, then nothing but names."""
    if len(line) > 120:
        return False
    text = plain_letters(line).strip(" ()[]*_.-–—•|")
    found = _CREDIT.fullmatch(text) or _BYLINE.fullmatch(text)
    if found is None:
        return False
    words = _WORDS.findall(found["who"])
    return len(words) <= 12 and all(w[0].isupper() or w[0].isdigit() or w.lower() in _SMALL for w in words)
