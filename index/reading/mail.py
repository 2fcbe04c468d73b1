"""What does a letter say? One message (.eml), a box of them (.mbox), or a page saved as one (.mhtml)."""

from __future__ import annotations

import email
import re
from collections.abc import Sequence
from dataclasses import replace
from email.errors import CloseBoundaryNotFoundDefect, HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parseaddr

from index.reading import databases, reviews, wires
from index.reading.around import of_letter, without_foot
from index.reading.clippings import clippings, headed
from index.reading.contents import Extract, FileContents
from index.reading.decoding import decode, normalise
from index.reading.kinds import suffix_of
from index.reading.markup import parsed
from index.reading.packed import BROKEN, PACKED, read_member
from index.reading.passedon import is_answer, passed_on
from index.reading.relayed import alerts, forwarded, listed_in_lines, shown_blocks, stories
from index.reading.subjects import paper_of, title_in
from index.records import UnreadableFile

_FROM = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
"""How a box writes a line of a letter that would begin another."""
_MOST_MESSAGES = 200_000
_MOST_PARTS = 500
_LEAST, _LEAST_OF_PLAIN, _MANY = 80, 800, 4
"""Characters of a letter in plain text, at least; under the second its page counts if that holds so many times more."""
_DEEPEST = 3
"""How many letters may stand one in another."""
BESIDE = "what the letter says beside its articles was left out"
_FOLDED = re.compile(r"\r?\n[ \t]+")
_SIGNS = re.compile("[/#]")
"""What has a meaning of its own in the name of a source."""
_UNOPENED = (*PACKED, "mail", "mbox", "mhtml", "outlook")
"""Kinds of attachments that would hold others."""


class _Headers(Compat32):
    """Reads the headers of letters and of their parts without nulls, which are no name of an encoding to Python."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value.replace("\0", "")


_HEADERS = _Headers()


def mail(data: bytes, max_bytes: int) -> FileContents:
    """Return the article that a message is, and those that hang on it, each under its name."""
    found, lost = _message(email.message_from_bytes(data, policy=_HEADERS), max_bytes)
    return FileContents(tuple(found), tuple(lost))


def mbox(data: bytes, max_bytes: int) -> FileContents:
    """Return the messages of a box, in their order."""
    starts = [found.end() for found in _FROM.finditer(data) if _begins(data, found.start())]
    if not starts:
        raise UnreadableFile("not a box of messages: no line begins one")
    if len(starts) > _MOST_MESSAGES:
        raise UnreadableFile(f"over-large: {len(starts):,} messages; the limit is {_MOST_MESSAGES:,}")
    ends = [*starts[1:], len(data)]
    found: list[Extract] = []
    lost: list[str] = []
    answers: list[Extract] = []
    empty = 0
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        body = data[start:end]
        last = body.rfind(b"\nFrom ") if number < len(starts) else -1
        letter = _QUOTED.sub(rb"\1", body[: last + 1] if last >= 0 else body)
        message = email.message_from_bytes(letter, policy=_HEADERS)
        own, missed = _message(message, max_bytes)
        lost += [f"message {number}: {reason}" for reason in missed]
        empty += not own[0].text.strip()
        answers += own[:1] if len(own) == 1 and not own[0].created and is_answer(message, own[0].text) else []
        found += own
    if answers and any(said.created for said in found):  # a list on which articles are passed on
        found = [said for said in found if not any(said is one for one in answers)]
        lost.append(f"{len(answers):,} letters that only answer others were not read")
    lost += [f"{empty:,} of {len(starts):,} messages hold no text"] if empty and empty < len(starts) else []
    return FileContents(tuple(found), tuple(lost))


def _begins(data: bytes, at: int) -> bool:
    """Return whether a message begins here: at the top, or after an empty line."""
    return at == 0 or data[max(0, at - 4) : at].replace(b"\r", b"").endswith(b"\n\n")


def mhtml(data: bytes, max_bytes: int) -> FileContents:
    """Return the articles of a page that a browser saved with all its pictures in one file."""
    from index.reading.webpage import of_page

    message = email.message_from_bytes(data, policy=_HEADERS)
    page = next((part for part in _parts(message) if part.get_content_type() == "text/html"), None)
    if page is None:
        raise UnreadableFile("a saved page without its page")
    contents = of_page(normalise(_words(page, declared=True)))
    address = _header(page, "Content-Location") or _header(message, "Snapshot-Content-Location")
    title = _header(message, "Subject")  # its date is that of the saving
    articles = (replace(said, url=said.url or address, title=said.title or title) for said in contents.articles)
    return FileContents(tuple(articles), contents.lost)


def _message(message: Message, max_bytes: int, depth: int = 0) -> tuple[list[Extract], list[str]]:
    """Return what a message says, then what each file and letter says that hangs on it, and what was not read."""
    whole = _parts(message)
    parts = [part for part in whole if not part.is_multipart()]
    hung = [part for part in parts if part.get_content_disposition() == "attachment" or part.get_filename()]
    plain = [p for p in parts if p.get_content_type() == "text/plain" and p not in hung]
    pages = [p for p in parts if p.get_content_type() == "text/html" and p not in hung]
    said, note = _letter(message, plain, pages)
    named = [(_decoded(str(part.get_filename() or part.get_content_type())), _payload(part)) for part in hung]
    found, lost = read_attachments(named, max_bytes)
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects):
        said[-1], lost = replace(said[-1], partial=True), ["it is cut short: its last part has no end", *lost]
    lost = [*note, *lost]
    sent = said[0].published or said[0].created
    found = [replace(own, created=own.created or sent) for own in found]
    for letter in (part for part in whole if part.is_multipart()):
        own, missed = _forwarded(letter, max_bytes, depth)
        found += own
        lost += missed
    return [*said, *found], lost


def _letter(message: Message, plain: Sequence[Message], pages: Sequence[Message]) -> tuple[list[Extract], list[str]]:
    """Return the article that a letter itself is, or those that it lists or forwards, and what was left out of it."""
    text = "\n\n".join(_words(part).strip() for part in plain)
    trees = [tree for part in pages if (tree := parsed(normalise(_words(part, declared=True)))) is not None]
    day = _header(message, "Date")
    if listed := alerts(trees, day) or listed_in_lines(text, day):
        return listed, []
    page = "\n\n".join(block for tree in trees for block in shown_blocks(tree))
    short = len(text.strip()) < _LEAST_OF_PLAIN and (len(text.strip()) < _LEAST or len(page) > _MANY * len(text))
    if page and (short or _holds_more(page, text, day)):
        text = page
    names = [parseaddr(_header(message, "List-Id"))[0]]
    return said_by(normalise(text), _header(message, "Subject"), _header(message, "From"), day, names)


def _holds_more(page: str, text: str, day: str) -> bool:
    """Return whether the page of a letter holds several articles, and more than its plain text does."""
    several = len(clippings(page, day=day)[0])
    return several > 1 and several > len(clippings(text, day=day)[0])


def said_by(text: str, title: str, sender: str, day: str, names: Sequence[str] = ()) -> tuple[list[Extract], list[str]]:
    """Return what a letter says, or the one that it forwards; `names` are those that it has beside its sender's."""
    name, address = parseaddr(sender)
    inner = forwarded(text, title)
    if inner is not None:
        text, title, name, day = inner.text, inner.subject or title, inner.sender, inner.date or day
    note = ["what stands above the letter that it forwards was left out"] if inner is not None and inner.note else []
    outlet = paper_of(name) or address
    title = title_in(title, [outlet, *names], text)
    if exported := databases.articles(text) or wires.articles(text):
        return [replace(said, created=day) for said in exported.articles], [*note, *exported.lost]
    if relayed := passed_on(text, title, name):
        return [replace(relayed[0], created=day)], [*note, *([BESIDE] if relayed[1] and not note else [])]
    clipped, beside = clippings(text, name, day)
    if len(clipped) < 2 and (exported := reviews.articles(without_foot(text))):
        return [replace(said, created=day) for said in exported.articles], [*note, *exported.lost]
    several, more = stories(text) if len(clipped) < 2 else ([], False)
    note += [BESIDE] if more or (clipped and beside and not several) else []
    if several:
        told = ((heading, of_letter(own, heading, name)) for heading, own in several)
        return [Extract(own, title=title, published=day, outlet=outlet, author=by) for title, (own, by) in told], note
    if clipped:
        return [replace(said, created=day) for said in clipped], note
    if inner is not None and (passed := headed(text)):
        return [passed], note
    body, author = of_letter(text, title, name)
    return [Extract(body, title=title, published=day, outlet=outlet, author=author)], note


def _forwarded(part: Message, max_bytes: int, depth: int) -> tuple[list[Extract], list[str]]:
    """Return what a letter that hangs on another says, under its name, and what was not read of it."""
    letter = next(one for one in part.walk() if one is not part)
    name = _decoded(str(part.get_filename() or "")) or _header(letter, "Subject") or "message"
    name = _SIGNS.sub("_", name)
    if depth == _DEEPEST:
        return [], [f"{name[:100]}: a letter in a letter, more than {_DEEPEST} times"]
    found, lost = _message(letter, max_bytes, depth + 1)
    found = [said for said in found if said.text.strip()]
    named = [replace(said, part=f"{name}/{said.part}" if said.part else name) for said in found]
    return named, [f"{name[:100]}: {reason}"[:300] for reason in lost]


def read_attachments(files: Sequence[tuple[str, bytes | None]], max_bytes: int) -> tuple[list[Extract], list[str]]:
    """Return the articles of the files that hang on a message, given by name, and which were not read, and why."""
    found: list[Extract] = []
    lost: list[str] = []
    others: list[str] = []
    for name, data in files:
        try:
            own = read_member(data or b"", suffix_of(name), max_bytes, _UNOPENED)
        except BROKEN as error:
            lost.append(f"{name[:100]}: {error}"[:300])
            continue
        if own is None:
            others.append(name)
            continue
        lost += [f"{name[:100]}: {reason}" for reason in own.lost]
        found += [replace(said, part=_SIGNS.sub("_", name) or "_") for said in own.articles]
    lost += [f"attachments of other kinds were not read: {', '.join(others)}"[:300]] if others else []
    return found, lost


def _payload(part: Message) -> bytes | None:
    """Return the bytes of a part; None where its transfer encoding is broken."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, AssertionError, LookupError, MessageError):
        return None
    return payload if isinstance(payload, bytes) else None


def _parts(message: Message) -> list[Message]:
    """Return the parts of a message that hold something themselves, and the letters that hang on it."""
    found: list[Message] = []
    pending = [message]
    for _ in range(_MOST_PARTS):
        if not pending:
            break
        part = pending.pop()
        inner = part.get_payload() if part.is_multipart() else []
        letters = [one for one in inner if isinstance(one, Message)]
        if letters and (part is message or part.get_content_type() != "message/rfc822"):
            pending += reversed(letters)
        elif letters or not part.is_multipart():
            found.append(part)
    return found


def _words(part: Message, *, declared: bool = False) -> str:
    """Return the text of a part, in the encoding that it names if that gives one."""
    payload = _payload(part)
    if payload is None:
        return ""
    charset = _read_as(str(part.get_content_charset() or ""))
    try:
        text = payload.decode(charset) if charset else decode(payload, declared=declared)
    except (LookupError, ValueError):  # a name of an encoding may hold a null
        text = decode(payload, declared=declared)
    return _unflowed(text, part) if part.get_content_type() == "text/plain" else text


def _unflowed(text: str, part: Message) -> str:
    """Return a text whose lines go on where they end in a space, if its sender says so (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    joint = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    return re.sub(r"(?<!^--)(?<!\n--) \r?\n(?![>\r\n])", joint, text)


def _read_as(charset: str) -> str:
    """Return the encoding by which to read what says that it is in this one: as browsers do, Latin 1 is Windows-1252.

    >>> _read_as("ISO-8859-1"), _read_as("utf-8")
    ('cp1252', 'utf-8')
    """
    return "cp1252" if charset.lower() in ("iso-8859-1", "latin-1", "us-ascii", "ascii") else charset


def _header(message: Message, name: str) -> str:
    """Return a header as it is shown, "" where there is none; bytes beyond ASCII are decoded like any text."""
    value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "")
    if not value.isascii():
        value = decode(value.encode("utf-8", "surrogateescape"))
    return _decoded(value)


def _decoded(value: str) -> str:
    """Return a header as it is shown: "=?utf-8?q?=C3=A9t=C3=A9?=" is "été"."""
    try:
        parts = decode_header(_FOLDED.sub(" ", value))
    except (HeaderParseError, ValueError):
        return " ".join(value.split())
    words = []
    for part, charset in parts:
        if isinstance(part, str):
            words.append(part)
            continue
        try:
            words.append(part.decode(_read_as(charset or "utf-8")))
        except (LookupError, ValueError):  # a name of an encoding may hold a null
            words.append(part.decode("cp1252", "replace"))
    return " ".join("".join(words).split())
