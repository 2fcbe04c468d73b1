"""What do these bytes say? Encodings told apart, and every text brought to one form."""

from __future__ import annotations

import codecs
import re
import unicodedata

from index.records import UnreadableFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "a PDF", b"PK\x03\x04": "a zip archive", b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture", b"\x7fELF": "a program", b"\x1f\x8b": "a gzip archive", b"BZh": "a bzip2 archive",
    b"\xd0\xcf\x11\xe0": "an old Office file", b"SQLite format 3": "a database",
}  # fmt: skip
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜŸ«»‘’“”„‚–—…•€£§©®°²³¹½¼¾ªº¿¡·×´¨¸ \u00a0\u00ad±µ†‹›™"
)
"""The characters beyond ASCII that Western European text in Windows-1252 is made of."""

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, zero-width marks, soft hyphens, and the marks that reverse the direction of what follows.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]+"
)
_LIGATURES = re.compile("[\ufb00-\ufb06]")
"""Letters that type sets as one sign; they are the letters that they stand for."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MENDED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufb00-\ufb06\ud800-\udfff]"
)
"""The signs that the patterns above look for: a text without one of them is in the one form but for its accents."""


def normalise(text: str) -> str:
    """Return the text in NFC, its lines ended by "\\n", without control characters, its lone surrogates replaced.

    >>> normalise("de\\u0301ce\\u0300s\\r\\n300\\x00 morts")
    'décès\\n300 morts'
    """
    if not _MENDED.search(text):
        return unicodedata.normalize("NFC", text)
    if _SURROGATE.search(text):  # a pair of them is one character; one alone is none
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    if _LIGATURES.search(text):
        text = _LIGATURES.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    return unicodedata.normalize("NFC", text)


def decode(data: bytes, *, declared: bool = False) -> str:
    """Return the text that the bytes encode; with `declared`, the encoding that a web page names for itself counts.

    In order: a byte order mark, UTF-8, UTF-16 without a mark, the declared encoding, Windows-1252 where that gives
    Western European text, and what charset-normalizer makes of the rest. Raises UnreadableFile for binary data.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")
    if kind:
        raise UnreadableFile(f"binary: it is {kind}, whatever its name says")
    encoding = _utf16(data)
    if encoding:
        return data.decode(encoding, "replace")
    if _is_binary(data):
        raise UnreadableFile("binary: it holds no text")
    text = _strict(data) or _mixed(data) or _utf8(data)
    if text is None and declared:
        text = _as_declared(data)
    return text if text is not None else _western(data) or _guessed(data)


def _strict(data: bytes) -> str | None:
    """Return the text if it is UTF-8, surrogates let be."""
    for errors in ("strict", "surrogatepass"):
        try:
            return data.decode("utf-8", errors)
        except UnicodeDecodeError:
            continue
    return None


def _mixed(data: bytes) -> str | None:
    """Return the text of a file whose lines are in UTF-8 here and in Windows-1252 there, as exports joined in one are.

    None for a file that is all in one encoding, or in others.
    """
    lines: list[str] = []
    seen = {"utf-8": 0, "cp1252": 0}
    for line in data.split(b"\n"):
        encoding = _encoding_of(line)
        if not encoding:
            return None
        lines.append(line.decode(encoding))
        seen[encoding] += not line.isascii()
    return "\n".join(lines) if all(seen.values()) else None


def _encoding_of(line: bytes) -> str:
    """Return which of the two encodings a line is surely in, or ""."""
    for encoding in ("utf-8", "cp1252"):
        try:
            high = [c for c in line.decode(encoding) if c > "\x7f"]
        except UnicodeDecodeError:
            continue
        if all(c in _WESTERN for c in high):
            damaged = encoding == "cp1252" and not line.decode("utf-8", "ignore").isascii()
            return "" if damaged else encoding
    return ""


def _utf8(data: bytes) -> str | None:
    """Return the text if it is UTF-8 but for a few damaged characters and half a one at the end.

    Text in another encoding holds next to no sequence of bytes that is right in UTF-8 by chance.
    """
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - damaged
    at_end = text.endswith("\ufffd") and data[-1] > 0x7F
    return text if whole > 2 * (damaged - at_end) else None


def _utf16(data: bytes) -> str:
    """Return the UTF-16 that unmarked data is in, told by where its zero bytes stand, or ""."""
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else ""


def _is_binary(data: bytes) -> bool:
    """Return whether control characters make up more of the data than stray ones in a text would."""
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, bytes([*range(9), *range(14, 27), *range(28, 32), 127])))
    return controls > max(2, 0.05 * len(sample)) or (len(sample) <= 40 and controls > len(sample) // 4)


def _as_declared(data: bytes) -> str | None:
    """Return the text in the encoding that a page declares in its first bytes, or None."""
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        # As browsers do: pages that say Latin-1 are in Windows-1252; UTF-8 has been tried.
        return None if name == "utf-8" else data.decode("cp1252" if name in ("iso8859-1", "ascii") else name)
    except (LookupError, UnicodeError):
        return None


def _western(data: bytes) -> str:
    """Return the text as Windows-1252 where all but a few characters are those of Western European text, else ""."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    high = [c for c in text if c > "\x7f"]
    accented = sum(c.isalpha() for c in high)
    # Cyrillic or Greek read so is all accents; a few accented letters in a row are no proof of it.
    dense = accented > 24 and accented > 0.6 * sum(c.isalpha() for c in text)
    return text if sum(c in _WESTERN for c in high) >= 0.95 * len(high) and not dense else ""


def _guessed(data: bytes) -> str:
    """Return the text in the encoding that charset-normalizer finds; raise UnreadableFile where it finds none."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise UnreadableFile("its encoding cannot be told; save it as UTF-8")
    return data.decode(best.encoding, "replace")
