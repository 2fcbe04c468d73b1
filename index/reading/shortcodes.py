"""Which brackets and comments of a text that WordPress stores are its own signs, and no words of the article?

It replaces "[gallery ids="1,2"]" by pictures when it shows the text, and "[box]Le pont ouvre.[/box]" by what stands
between. "[sic]", "[…]" and "[le maire]" are the author's.
"""

from __future__ import annotations

import re

BLOCK = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|li|table|blockquote|figure|pre|section|hr)\b", re.IGNORECASE)
_HELD = re.compile(
    r"\[(?P<name>(?:wp_)?caption|embed|vc_raw_html|vc_raw_js)\b[^\]]{0,1000}\](?:[^\[]|\[(?!(?P=name)\b)){0,3000}?\[/(?P=name)\]",
    re.I,
)
"""What encloses a caption, an address, or the code of a page."""
_ADDRESS = re.compile(r"\[(?P<name>[a-z][\w-]{0,60})\b[^\[\]]{0,1000}\]\s*https?://[^\s\[\]]+\s*\[/(?P=name)\]", re.I)
_SIGN = re.compile(
    r"\[(?P<close>/?)(?P<name>[a-z][\w-]{0,60})(?P<rest>\s(?>=\"[^\"\n]{0,500}\"|[^\[\]]){0,2000}+)?+(?P<own>/?)\]",
    re.I,
)
"""Such a sign; what it sets, in quotes, may hold brackets."""
_ESCAPED = re.compile(r"\[(\[/?[a-z][\w-]{0,60}(?:\s[^\[\]]{0,2000})?\])\]", re.IGNORECASE)
"""How a text shows such a sign: in brackets once more."""
_SETS = re.compile(r"\s+(?:[\w:-]+\s?=\s?[\"'“”«»′″&\w/#]|[\"'“”]?https?://)")
_CODES = re.compile(r"<!--\s*wp:shortcode\b[^<>]*-->(?P<held>(?:[^<]|<(?!!--)){0,5000})<!--\s*/wp:shortcode\s*-->")
_COMMENT = re.compile(r"<!--\s*(?:/?wp:[a-z]|more\b|nextpage\b)[^<>]*-->")
_OWN = frozenset("gallery playlist audio video embed caption wp_caption".split())
"""Those of WordPress itself, which also stand without anything behind their names."""
_LAID = r"/?(?:p|div|section|figure|br|h[1-6]|ul|ol|li|blockquote|td|th|tr|table|hr|pre)\b"
_BEFORE = re.compile(rf"(?:\A|\n|<{_LAID}[^<>]*>|\])[ \t\r]*\Z", re.IGNORECASE)
_AFTER = re.compile(rf"[ \t\r]*(?:\Z|\n|<{_LAID}|\[)", re.IGNORECASE)
_NEAR = 200
_KEPT = "\ue000{}\ue001"


def without_signs(markup: str) -> str:
    """Return what WordPress stores of a text without its own signs; what they enclose stays, but for captions.

    >>> without_signs('Le pont [sic] ouvre. [note id="2"]Enfin.[/note] [mc4wp_form id="312"]').strip()
    'Le pont [sic] ouvre. Enfin.'
    """
    if "[" in markup:
        markup = _of_brackets(markup)
    return _COMMENT.sub("", markup) if "<!--" in markup else markup


def _of_brackets(markup: str) -> str:
    shown = _ESCAPED.findall(markup)
    numbers = iter(range(len(shown)))
    markup = _ESCAPED.sub(lambda _: _KEPT.format(next(numbers)), markup)
    if "[/" in markup:
        markup = _ADDRESS.sub("", _HELD.sub("", markup))
    if "wp:shortcode" in markup:
        markup = _CODES.sub(lambda block: f"\n\n{_SIGN.sub('', block['held'])}\n\n", markup)
    markup = _COMMENT.sub("", markup) if "<!--" in markup else markup
    closed = {sign["name"] for sign in _SIGN.finditer(markup) if sign["close"]}
    markup = _SIGN.sub(lambda sign: _in_place_of(sign, closed), markup)
    for number, words in enumerate(shown):
        markup = markup.replace(_KEPT.format(number), words)
    return markup


def _in_place_of(sign: re.Match[str], closed: set[str]) -> str:
    """Return what is left of a bracket: itself where it is a text's, and a gap between two that enclose something."""
    if not _is_sign(sign, closed):
        return sign.group()
    follows = sign["close"] and re.match(r"\s*\[[a-z]", sign.string[sign.end() : sign.end() + _NEAR], re.IGNORECASE)
    return "\n\n" if follows else ""


def _is_sign(sign: re.Match[str], closed: set[str]) -> bool:
    """Return whether a bracket is a sign of WordPress: it sets something, closes, or is no word and stands alone."""
    name, rest = sign["name"], sign["rest"] or ""
    if sign["close"] or sign["own"] or rest.endswith("/") or name in closed or _SETS.match(rest):
        return not (sign["close"] and rest.strip())
    if rest.strip():
        return name.lower() in _OWN
    if name.lower() in _OWN or "_" in name or re.search(r"[a-z]\d", name):
        return True
    text, start, end = sign.string, sign.start(), sign.end()
    alone = _BEFORE.search(text[max(0, start - _NEAR) : start]) and _AFTER.match(text[end : end + _NEAR])
    return alone is not None and name.islower() and not _is_word(name)


def _is_word(name: str) -> bool:
    from index.reading.scans import is_known

    return all(part.isalpha() and is_known(part) for part in name.split("-"))


def in_paragraphs(markup: str) -> str:
    """Return markup in which what stands between empty lines is a paragraph each."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", markup.replace("\r\n", "\n")))
    held = (part if BLOCK.match(part) or not part else f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts)
    return "\n\n".join(held)


def stored(text: str, column: str) -> str:
    """Return the markup of a text from a column of WordPress, by its name or by its comments; of any other as it is."""
    if column != "postcontent" and "<!-- wp:" not in text:
        return text
    return in_paragraphs(without_signs(text))
