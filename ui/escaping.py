"""How is foreign text written so that it can only be shown: in a terminal, HTML, Markdown, CSV, LaTeX, JSON?

What stands in an article was written by strangers, in signs that whatever shows it could obey.
"""

from __future__ import annotations

import json
import re

from index.records import plain

_MARKS = "\u061c\u200b\u200e\u200f\u2060\ufeff"
_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HARMLESS: dict[int, str] = (
    {code: chr(0x2400 + code) for code in range(0x20)}
    | {0x7F: "\u2421"}
    | dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    | dict.fromkeys(map(ord, _OVERRIDES), "\ufffd")
    | dict.fromkeys(map(ord, _MARKS), "")
    | dict.fromkeys(map(ord, "\t\n\v\f\r\u2028\u2029"), " ")
)


def disarm(text: str) -> str:
    """Return foreign text that cannot steer what shows it: no control, bidi or surrogate character, on one line.

    A terminal's escape becomes its picture, an override of the reading direction the replacement character, an
    invisible mark nothing; the letters stay.

    >>> disarm("red \\x1b[31m alert\\n \\u202egnp.exe")
    'red ␛[31m alert  �gnp.exe'
    """
    return text.translate(_HARMLESS)


_HTML = re.compile(r"[!-/:-@\[-`{-~]")


def escape(text: str) -> str:
    """Return foreign text as HTML that shows it and does nothing else, in an element or in a quoted attribute.

    Every character that HTML, Markdown, LaTeX or a template could read as a sign becomes a character reference.

    >>> escape("<b> *a* $x$")
    '&#60;b&#62; &#42;a&#42; &#36;x&#36;'
    """
    return _HTML.sub(lambda sign: f"&#{ord(sign.group())};", disarm(text))


_MARKDOWN = re.compile(
    r"""[\\`*_{}\[\]#|~$@=]         # signs wherever they stand
    | ^\s*[-+]                      # an item of a list
    | ^\s*\d+[.)]                   # a numbered item
    | :(?=\S) | (?<=www)\.          # what would become a link
    """,
    re.VERBOSE | re.IGNORECASE,
)
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape_markdown(text: str) -> str:
    """Return foreign text as Markdown that shows it, on one line: signs behind a backslash, HTML's as references.

    >>> escape_markdown("1. <b> *a* [x](javascript:y)")
    '1\\\\. &lt;b&gt; \\\\*a\\\\* \\\\[x\\\\](javascript\\\\:y)'
    """
    shown = _MARKDOWN.sub(lambda sign: f"{sign.group()[:-1]}\\{sign.group()[-1]}", disarm(text).strip())
    return re.sub("[&<>]", lambda sign: _REFERENCES[sign.group()], shown)


_FIGURE = re.compile(r"[-+]?\d[\d\s.,’']*%?")


def escape_cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula; a printed figure stays as it was printed.

    >>> escape_cell("=1+1"), escape_cell("-5,2 %"), escape_cell(True), escape_cell(None)
    ("'=1+1", '-5,2 %', 'true', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = disarm(str(value)) if isinstance(value, str) else str(value)
    starts_formula = text.lstrip()[:1] in tuple("=+-@＝＋－＠") or str(value)[:1] in ("\t", "\r", "\n")
    return f"'{text}" if starts_formula and not _FIGURE.fullmatch(text) else text


_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "$&#%_"},
}  # fmt: skip


def escape_latex(text: str) -> str:
    """Return foreign text as LaTeX that shows it, without any brace that BibTeX would count.

    >>> escape_latex("50 % {x} a_b")
    '50 \\\\% \\\\textbraceleft{}x\\\\textbraceright{} a\\\\_b'
    """
    return "".join(_LATEX.get(sign, sign) for sign in disarm(text)).strip()


_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write_json(value: object) -> str:
    """Return a noun as JSON, ending in a newline, with escapes for the characters that a terminal could obey.

    >>> write_json(["\\u202eà"])
    '[\\n  "\\\\u202eà"\\n]\\n'
    """
    text = json.dumps(plain(value), ensure_ascii=False, indent=2)
    return _OBEYED.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text) + "\n"
