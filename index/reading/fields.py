"""Which column of a table, or of records, is the text, the title, the day: as it is named, or by its usual name?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from index.language import LANGUAGE_NAMES, SNOWBALL, fold
from index.reading.cells import day_column, text_column, title_column
from index.records import UnreadableFile

_NAMES = {
    "text": """text texte fulltext textcomplet texteintegral body content contenu articletext articlebody corps
        contenttext contenthtml contentencoded maintext story article articlecontent plaintext textearticle paragraphs
        paragraphes bodytext storytext contents contenuarticle contenuretombee contenuintegral corpsarticle corpstexte
        bodyhtml htmlbody cleantext extractedtext transcription transcript verbatim newstext newsbody textebrut rawtext
        articlecomplet contenucomplet fullcontent fullarticle corpsdutexte bodycopy postcontent tx""",
    "summary": """leadparagraph summary description resume abstract abstractnote chapo chapeau snippet standfirst lead
        excerpt extrait intro accroche openingtext contentsnippet hitsentence summarytext shortdescription postexcerpt
        ab""",
    "title": """title titre headline heading articletitle titrearticle name intitule hed posttitle titreprincipal
        storytitle documenttitle webtitle newsheadline newstitle titrepropre titredocument manchette ti""",
    "published": """firstpublishdate firstpublisheddate firstpublicationdate firstpublishedat displaydate published
        publishedat publicationdate datepublication datepublished publishdate
        publisheddate pubdate datetimepub publishtime publishedtime datetimepublished publishtimestamp firstpublished
        dateparution parution datediffusion date datepublish datetime day jour createdat created timestamp
        isodate issued firstcreated createddate creationdate articledate storydate datearticle postdate datemiseenligne
        miseenligne seendate paru webpublicationdate newsdate publicationdatetime publisheddatetime publie parue
        dateedition datenumero issuedate editiondate coverdate printdate onlinedate airdate broadcastdate releasedate
        dateemission dateheure jourparution dateonline dp""",
    "updated": """updated updatedat modified datemodified lastmodified datemiseajour miseajour datemaj modifiedat
        lastupdated lastupdateddate lastupdatedat lastpublished lastpublishedat lastpublishdate versioncreated
        postmodified""",
    "outlet": """outlet media newspaper journal paper source sourcename publication publisher sitename site website
        titrepresse nomjournal medianame publicationtitle containertitle origin outletname mediaoutlet
        nommedia mediatitle titremedia titresupport nomsupport publicationname sourcetitle pubtitle journaltitle
        nomsource editeur presse domain sourcedomain support supportmedia organe sourcehostname hostname
        metasitename sitefull chaine channel medium provider distributor titrejournal titrerevue titrepublication
        nompublication nomrevue revue periodique newspapername journalname publicationsource sourcemedia mediasource
        so""",
    "author": """author authors auteur auteurs byline signature journaliste creator dccreator journalist writer
        authorname reporter signataire influencer journalists
        redacteur redactrice auteurarticle articleauthor by contributor contributors auteurprincipal nomauteur
        signe signepar redigepar au""",
    "url": """url link lien adresse permalink uri href sourceurl articleurl weburl canonicalurl externalurl canonical
        alternate urlpage urlarticle lienarticle pageurl posturl hyperlink articlelink urlsource lienurl
        linkarticle linktoarticle lienversarticle source""",
    "language": "language langue lang languagecode codelangue inlanguage locale",
}
"""The usual names of columns in both languages, without spaces and signs, the surest first."""
FIELDS = tuple(_NAMES)
"""What a column may hold, by the names of the nouns; `summary` is the text where there is no other."""
_ORDER = {field: {name: n for n, name in enumerate(names.split())} for field, names in _NAMES.items()}
STANDFIRSTS = frozenset("chapo chapeau standfirst lead leadparagraph intro".split())
"""Names of columns that hold how an article begins, which its text may leave to them."""
EXCERPTS = frozenset("openingtext hitsentence snippet contentsnippet extrait excerpt postexcerpt".split())
"""Names of columns that say themselves that they hold a part of an article."""
_RECORDED = frozenset("dateadded dateajout datedajout".split())
"""Columns beside which the day of a change is that of the record in a database, not of the article."""
_PERSONS = (("given", "family"), ("prenom", "nom"), ("first_name", "last_name"), ("firstName", "lastName"))
_MOST_NESTED = 5

Record = Mapping[str, Any]


def field_order(field: str) -> Mapping[str, int]:
    """Return the usual names of a field, each with its place among them, the surest first."""
    return _ORDER[field]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The column of each field that was found, those of them that nobody named, and what was named and is not there."""

    columns: Mapping[str, str]
    guessed: Mapping[str, str]
    missing: tuple[str, ...]


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise ValueError where the names of columns are not given with fields that there are."""
    for name, field in columns.items():
        if field not in FIELDS:
            raise ValueError(f"the column {name!r} cannot be {field!r}; it can be one of {', '.join(FIELDS)}")


def assign(rows: Sequence[Record], named: Mapping[str, str]) -> Assignment:
    """Return which column is which field: of those `named`, each with its field, the first that is there.

    Any other field has the column that is usually called so; the text, the title and the day else that whose cells
    look like it. Raises UnreadableFile where a text is named and is not there, or no column is one.
    """
    sample = rows[:200]
    names = list(dict.fromkeys(str(name) for row in sample for name in row))
    chosen, missing = _named(names, named)
    guessed = _usual(sample, [name for name in names if name not in chosen.values()], chosen)
    told = {**chosen, **guessed}
    found = _by_cells(sample, [name for name in names if name not in told.values()], told)
    columns = {**told, **found}
    if "text" not in columns and "summary" not in columns:
        raise UnreadableFile(f"no column of it is a text: {', '.join(names)}"[:200])
    guessed |= found
    return Assignment(columns, {own: guessed[own] for own in FIELDS if own in guessed}, tuple(missing))


def _usual(rows: Sequence[Record], names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the columns among these that are usually called as a field is that nobody named."""
    guessed = dict[str, str]()
    for own, order in _ORDER.items():
        known = [name for name in names if short_key(name) in order]
        known = [name for name in known if any(words_of(row.get(name)) for row in rows)]
        if own in ("outlet", "url"):  # a "source" is either
            known = [n for n in known if key_of(n) != "source" or _are_addresses(rows, n) == (own == "url")]
        if own == "updated" and _RECORDED & set(map(key_of, names)):
            continue
        if known and own not in chosen:
            guessed[own] = min(known, key=lambda name: order[short_key(name)])
    return guessed


def _by_cells(rows: Sequence[Record], names: Sequence[str], told: Mapping[str, str]) -> dict[str, str]:
    """Return the columns among these, of no usual name, whose cells are the texts, the titles or the days."""
    free = {name: _cells(rows, name) for name in names if not any(short_key(name) in o for o in _ORDER.values())}
    found = dict[str, str]()
    if "text" not in told and (text := text_column(free)):
        found["text"] = text
    body = next((name for name in (told.get("text"), found.get("text"), told.get("summary")) if name), None)
    free = {name: cells for name, cells in free.items() if name not in found.values()}
    if "title" not in told and body and (title := title_column(free, _cells(rows, body))):
        found["title"] = title
    if "published" not in told and (day := day_column(free)):
        found["published"] = day
    return found


def _cells(rows: Sequence[Record], name: str) -> list[str]:
    return [words_of(row.get(name)) for row in rows]


def _named(names: Sequence[str], named: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the named columns that are there, by field, and what to say of fields of which none is."""
    chosen, missing = dict[str, str](), list[str]()
    for field in dict.fromkeys(named.values()):
        wanted = [name for name, own in named.items() if own == field]
        found = [name for want in wanted for name in names if want == name]
        found += [name for want in wanted for name in names if key_of(want) and key_of(want) == key_of(name)]
        if found:
            chosen[field] = found[0]
            continue
        told = " or ".join(repr(want[:60]) for want in wanted)
        reason = f"no column {told} for the {field}; its columns are {', '.join(map(repr, names))}"[:400]
        if field == "text":
            raise UnreadableFile(reason)
        missing.append(reason)
    return chosen, missing


def _are_addresses(rows: Sequence[Record], name: str) -> bool:
    """Return whether a column holds addresses of pages."""
    held = [words_of(row.get(name)) for row in rows]
    return all(value.startswith(("http://", "https://")) for value in held if value)


def is_article(record: Record, named: Mapping[str, str], *fields: str) -> bool:
    """Return whether a record has a column of one of these fields; of a text or a summary where none is given."""
    keys = {short_key(name) for name in record}
    own = {short_key(name) for name, field in named.items() if field in (fields or ("text", "summary"))}
    return bool(keys & own) or any(keys & _ORDER[field].keys() for field in fields or ("text", "summary"))


_SHORT = {
    "dt": "date", "dte": "date", "tit": "titre", "ttl": "title", "txt": "texte", "aut": "auteur", "publ": "publication",
    "jnl": "journal", "art": "article", "pubn": "publication", "int": "integral", "src": "source",
}  # fmt: skip
"""What words of the names of columns are short for."""
_WORD = re.compile(r"[a-z]+")
_SMALL = re.compile(r"\b(?:d[eu']|des|l[ea']|les|of|the)\b['’ ]?|\([^()]{0,30}\)")


@lru_cache(4096)
def short_key(name: str) -> str:
    """Return a column's name as `key_of` does, its short words whole, without small ones and what is in parentheses.

    >>> short_key("Date de parution (jj/mm/aaaa)"), short_key("Dt. parution"), key_of("Texte de l'article")
    ('dateparution', 'dateparution', 'textedelarticle')
    """
    plain = _SMALL.sub("", fold(str(name)[:60]).replace("’", "'"))
    return key_of(_WORD.sub(lambda word: _SHORT.get(word.group(), word.group()), plain)) or key_of(name)


def is_usual(name: str, named: Mapping[str, str]) -> bool:
    """Return whether a cell is the usual name of a column, or one that was named."""
    key = short_key(name)
    return bool(key) and (any(key in order for order in _ORDER.values()) or key in map(short_key, named))


@lru_cache(4096)
def key_of(name: str) -> str:
    """Return a column's name without case, accents, spaces and signs."""
    return re.sub(r"[^a-z0-9]", "", fold(str(name)[:60]))


def language_code(value: str) -> str:
    """Return the ISO 639-1 code that a cell means, or "" where it means none.

    >>> language_code("fr-FR"), language_code("Français"), language_code("eng"), language_code("?")
    ('fr', 'fr', 'en', '')
    """
    name = fold(value).strip()
    code = re.split(r"[-_ (]", name, maxsplit=1)[0]
    return code if code in SNOWBALL else LANGUAGE_NAMES.get(code, "")


def words_of(value: Any, depth: int = 0) -> str:
    """Return the words of a value: of an object its name or text, of a list each part."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and depth < _MOST_NESTED:
        parts = [words_of(item, depth + 1) for item in value[:2000]]
        return ("\n\n" if sum(map(len, parts)) > 200 else ", ").join(part for part in parts if part)
    if isinstance(value, dict) and depth < _MOST_NESTED:
        if isinstance(day := value.get("date-parts"), list):  # so a reference manager gives a day, and a person
            return "-".join(words_of(part, depth + 1) for part in day[0]) if day and isinstance(day[0], list) else ""
        keys = (
            "rendered", "name", "value", "text", "#text", "title", "main", "original", "content", "href", "_", "id"
        )  # fmt: skip
        person = next((pair for pair in _PERSONS if value.get(pair[1])), ())
        return " ".join(words_of(value[key], depth + 1) for key in person if value.get(key)) or next(
            (words_of(value[key], depth + 1) for key in keys if value.get(key)), ""
        )
    return "" if value is None or isinstance(value, bool | list | dict) else str(value)
