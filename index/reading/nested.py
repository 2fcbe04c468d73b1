"""Which fields does a record tell in objects within it: its title, its day, a text that stands in parts?

So the answers of news sites and agencies to a search are built: `{"headlines": {"basic": …}, "body": [{"type": "text",
"content": …}, {"type": "image", …}]}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from index.reading.fields import FIELDS, Record, field_order, key_of, short_key, words_of
from index.reading.markup import unmarked

_DEEPEST = 5
_LEAST = 200
"""Characters of a text that stands under no usual name, at least."""
_MOST_PARTS, _MOST_ALIKE = 5000, 50
_NO_TEXT = re.compile(
    r"image|photo|picture|figure|video|audio|podcast|gallery|slideshow|carousel|link|related|interstitial|promo|teaser|"
    r"ad|ads|advert|advertisement|embed|oembed|iframe|script|widget|newsletter|social|tweet|caption|credits?|divider|"
    r"paywall|media|map|chart|infographic|sponsor|thumbnail|logo|icon|avatar|asset"
)
"""Words of the kind of a part, or of the name of an object, that is no prose of the article."""
_OF_SITE = re.compile(r"taxonomy|section|category|categorie|tag|topic|rubrique|theme|seo|legal|license|licence|rights")
"""Words of the name of an object that tells of the site, not of the article."""
_LOOSE = frozenset([("title", "name"), *(("url", name) for name in "source link href uri alternate".split())])
"""Usual names that deeper within a record are of anything."""
_INLINE = frozenset("p para paragraph heading header block h1 h2 h3 h4 h5 h6 subtitle title".split())
"""Kinds of parts that hold the pieces of one paragraph."""
_HOLDERS = tuple("text content value html children data items blocks body paragraphs elements model".split())
"""Names under which a part of a text holds what it says, its parts in turn among it."""
_RECORDED = frozenset("timestamp created createdat createddate creationdate".split())
"""Usual names of a day that may be that of the record in a database."""
_VERSIONS = frozenset("title summary text url language".split())
"""Fields of which an object may give several versions: for the page, for print, in each language."""
_OF_SERVICE = frozenset("self api related next prev previous id type".split())
_OF_PICTURE = frozenset("caption width height mimetype srcset".split())
_NAMED = ("basic", "default", "main", "rendered", "name", "canonical", "web", "html", "full", "long")
_TYPED = re.compile(r"_(?:ss?|t|txt|texts?|dts?|tdts?|fr|en)$")
"""How an index writes the type of a field behind its name: `date_dt`."""
_WORD = re.compile(r"[a-z]+")


def flattened(record: Record) -> Record:
    """Return a record with what it tells of itself deeper within, under the names of the nouns where it has none.

    >>> flattened({"headlines": {"basic": "Le pont ouvre"}, "body": "Enfin."})["headline"]
    'Le pont ouvre'
    """
    own = record.get("_source", record)
    own = own if isinstance(own, dict) else record
    merged = _with_article(own)
    if not any(isinstance(value, dict | list) or _TYPED.search(name) for name, value in merged.items()):
        return merged
    places = list(_objects(merged))
    missing = [field for field in FIELDS if not _has(merged, field, _RECORDED)]
    found = dict(filter(None, (_deep(field, places) for field in missing)))
    is_told = "text" not in missing or any(short_key(name) in field_order("text") for name in found)
    if text := "" if _is_told(merged) else _text(merged, is_told):
        known = (name for name in merged if short_key(name) in field_order("text"))
        found[min(known, key=lambda name: field_order("text")[short_key(name)], default="text")] = text
    return {**merged, **found} if found else merged


def is_dictionary(value: Any) -> bool:
    """Return whether an object holds records under their numbers or names, as a list would hold them."""
    inner = list(value.values()) if isinstance(value, dict) else []
    if len(inner) < 2 or not all(isinstance(one, dict) for one in inner):
        return False
    alike = set.intersection(*(set(one) for one in inner[:_MOST_ALIKE]))
    flat = [flattened(one) for one in inner[:_MOST_ALIKE]] if alike else []
    return bool(flat) and all(_has(one, "text") and _has(one, "title") for one in flat)


def _with_article(own: Record) -> Record:
    """Return a record with the fields of the object in it that holds its text beside other fields."""
    if _is_told(own):
        return own
    holders = [value for value in own.values() if isinstance(value, dict) and _is_told(value) and len(value) > 1]
    return {**own, **holders[0]} if holders else own


def _is_told(record: Record) -> bool:
    """Return whether a record holds its text as words under a usual name."""
    order = field_order("text")
    return any(short_key(name) in order and isinstance(value, str) and value.strip() for name, value in record.items())


def _has(record: Record, field: str, but: frozenset[str] = frozenset()) -> bool:
    """Return whether a record tells this field itself, under a usual name, not one of those in `but`."""
    order = field_order(field)
    return any(
        short_key(name) in order
        and short_key(name) not in but
        and not (field == "text" and _is_whole(value))
        and _says(field, value)
        for name, value in record.items()
    )


def _says(field: str, value: Any) -> bool:
    """Return whether a value says something of a field: a number is no name of an author or a paper."""
    words = words_of(value)
    return bool(words) and (field not in ("author", "outlet", "title") or any(c.isalpha() for c in words))


def _is_whole(value: Any) -> bool:
    """Return whether a value is an article with its fields, or parts, rather than the words of one field."""
    if isinstance(value, list):
        return any(isinstance(item, dict) for item in value)
    return isinstance(value, dict)


def _objects(record: Record) -> Iterator[tuple[int, str, Record]]:
    """Yield the objects in a record, outermost first, each with its depth and name; pictures and lists aside."""
    level: list[tuple[str, Record]] = [("", record)]
    for depth in range(_DEEPEST):
        following: list[tuple[str, Record]] = []
        for name, one in level:
            yield depth, name, one
            following += [(key, v) for key, v in one.items() if isinstance(v, dict) and not _is_beside(key, v)]
        level = following


def _is_beside(name: str, value: Mapping[str, Any]) -> bool:
    """Return whether an object is a picture, a link to another article, or the like, by its name, kind or keys."""
    kind = f"{name} {value.get('type') or value.get('_type') or ''}" if _is_word(value) else name
    return _is_of_site(name) or _is_no_text(kind, but="links") or bool(_OF_PICTURE & {key_of(key) for key in value})


@lru_cache(4096)
def _is_of_site(name: str) -> bool:
    return any(_OF_SITE.fullmatch(word.removesuffix("s")) for word in _WORD.findall(name.lower()))


def _is_word(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("type") or value.get("_type") or "", str)


@lru_cache(4096)
def _is_no_text(kind: str, but: str = "") -> bool:
    words = _WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower())
    return any(word not in (but, "credits") and _NO_TEXT.fullmatch(word.removesuffix("s")) for word in words)


def _deep(field: str, places: list[tuple[int, str, Record]]) -> tuple[str, Any] | None:
    """Return what the objects of a record say of a field, and its name: the outermost, by the surest of its names."""
    found = [one for depth, holder, inner in places for one in _told(field, depth, holder, inner)]
    return min(found, key=lambda one: one[0] in _RECORDED, default=None)


def _told(field: str, depth: int, holder: str, record: Record) -> Iterator[tuple[str, Any]]:
    """Yield what an object in a record says of a field, by the surest name first."""
    order = field_order(field)
    if depth and not _may_tell(field, holder):
        return
    known = [(order[key], key, name) for name in record if (key := _single(name, field)) in order]
    for _, key, name in sorted(known):
        value = record[name]
        if (depth and (field, key) in _LOOSE) or (field == "text" and _is_whole(value)):
            continue
        if _says(field, value):
            yield key, value
        elif field in _VERSIONS and (words := _first_words(value)):
            yield key, words


def _may_tell(field: str, holder: str) -> bool:
    """Return whether an object of this name may tell a field of the article: a person or a paper has its own."""
    key = short_key(holder)
    if key in field_order("author"):
        return field == "author"
    return key not in field_order("outlet") or field in ("outlet", "published")


@lru_cache(16_384)
def _single(name: str, field: str) -> str:
    """Return the usual name of a field, in the singular and without its type, where that is how it is known."""
    key, order = short_key(name), field_order(field)
    if key in order:
        return key
    typed = short_key(_TYPED.sub("", str(name)))
    return typed if typed in order else key.removesuffix("s")


def _first_words(value: Any) -> str:
    """Return the words of the first version that an object gives of a field: of a title for the page or for print."""
    if not isinstance(value, dict):
        return ""
    names = [*(name for name in _NAMED if name in value), *(name for name in value if name not in _OF_SERVICE)]
    return next((v.strip() for name in names if isinstance(v := value[name], str) and v.strip()), "")


def _text(record: Record, is_told: bool) -> str:
    """Return the longest text that stands in a record in parts, or, where nothing else is one, under any name."""
    parts = max((prose(v) for _, v in _values(record) if isinstance(v, list | dict)), key=len, default="")
    if parts and (not is_told or len(parts) >= _LEAST):
        return parts
    words = (v for _, v in _values(record) if isinstance(v, str) and not v.startswith(("http://", "https://")))
    longest = max(words, key=len, default="")
    return longest if not is_told and len(longest) >= _LEAST else ""


def _values(record: Record) -> Iterator[tuple[str, Any]]:
    for _, _, one in _objects(record):
        yield from ((key, value) for key, value in one.items() if not _is_no_text(str(key), but="links"))


def prose(value: Any) -> str:
    """Return the text of a list of parts, a paragraph each, without pictures, links and what else is no prose.

    >>> prose([{"type": "p", "text": "Un."}, {"type": "image", "caption": "Vue."}, {"type": "p", "text": "Deux."}])
    'Un.\\n\\nDeux.'
    """
    if isinstance(value, dict):
        value = next((value[name] for name in _HOLDERS if isinstance(value.get(name), list)), None)
    if not isinstance(value, list):
        return ""
    if value and all(isinstance(item, str) for item in value):
        joined = "\n\n".join(unmarked(item).strip() for item in value)
        return joined if len(joined) >= _LEAST else ""
    if not any(isinstance(item, dict) for item in value):
        return ""
    typed = [item for item in value if isinstance(item, dict) and _is_part(item)]
    return "\n\n".join(filter(None, (_part(item, 1) for item in typed[:_MOST_PARTS]))) if typed else ""


def _kind(part: Mapping[str, Any]) -> str:
    named = (part.get(name) for name in ("type", "_type", "nodeType", "kind", "name", "tag"))
    return next((kind for kind in named if isinstance(kind, str)), "")


def _is_part(item: Mapping[str, Any]) -> bool:
    """Return whether an object is a part of a text: it says of which kind it is, or holds words alone."""
    held = any(item.get(name) for name in _HOLDERS)
    return held and (bool(_kind(item)) or len(item) <= 2) and not _has(item, "title")


def _part(value: Any, depth: int, inline: bool = False) -> str:
    """Return what a part says: of one that holds parts each of them, in one line those of a paragraph."""
    if isinstance(value, str):
        return value if inline else unmarked(value).strip()
    if depth > 2 * _DEEPEST:
        return ""
    if isinstance(value, list):
        told = (_part(item, depth + 1, inline) for item in value[:_MOST_PARTS])
        return ("" if inline else "\n\n").join(words for words in told if words)
    if not isinstance(value, dict) or (not inline and _is_no_text(_kind(value))):
        return ""
    within = inline or _kind(value).lower().split("-")[0] in _INLINE
    held = (value[name] for name in _HOLDERS if value.get(name))
    words = next(filter(None, (_part(one, depth + 1, within) for one in held)), "")
    return words if inline else words.strip()
