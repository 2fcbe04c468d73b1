"""What does a message say that Outlook saved (.msg)? As a letter, and what hangs on it.

python-oxmsg reads it, with olefile alone; extract-msg would bring seven libraries more.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

from index.reading.contents import Extract, FileContents
from index.reading.decoding import decode, normalise
from index.reading.mail import read_attachments, said_by
from index.reading.markup import parsed
from index.reading.relayed import shown_blocks
from index.records import UnreadableFile

if TYPE_CHECKING:
    from oxmsg import Message

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_ATTACHMENTS = 500
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, OSError, struct.error, ArithmeticError, RecursionError)


def outlook(data: bytes, max_bytes: int) -> FileContents:
    """Return the article that a message is, and those that hang on it, each under its name."""
    from oxmsg import Message

    if not data.startswith(_OLE):
        raise UnreadableFile("not a message of Outlook, whatever its name says")
    try:
        message = Message.load(data)
        own, left = _said(message)
        files = [(one.file_name or "", one.file_bytes) for one in message.attachments[:_MOST_ATTACHMENTS]]
    except _BROKEN as error:
        raise UnreadableFile(f"damaged message: {type(error).__name__}: {error}"[:200]) from None
    found, lost = read_attachments([(name or "without a name", own) for name, own in files], max_bytes)
    hung = (replace(one, created=one.created or own[0].published) for one in found)
    return FileContents((*own, *hung), (*left, *lost))


def _said(message: Message) -> tuple[list[Extract], list[str]]:
    """Return what the message itself says, by its plain text, else its page, and what was left out of it."""
    text = message.body or ""
    page = message.html_body
    if page and len(text.strip()) < 80:
        tree = parsed(normalise(page if isinstance(page, str) else decode(page, declared=True)))
        text = ("\n\n".join(shown_blocks(tree)) if tree is not None else "") or text
    day = message.sent_date.date().isoformat() if message.sent_date else ""
    return said_by(normalise(text), message.subject or "", message.sender or "", day)
