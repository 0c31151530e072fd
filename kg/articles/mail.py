"""Mail as it was sent: header, parts and transfer encodings told by the standard library, whatever program wrote it."""

import re
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

import msgspec

from kg.articles.characters import decode

_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,40}:[ \t][^\r\n]*(?:\r?\n[ \t][^\r\n]*){0,60}(?:\r?\n|\Z)")
_TELLING = (b"mime-version", b"message-id", b"received", b"content-type", b"return-path")
"""Fields that programs write and people do not: a text with "From:" and "Subject:" above it may be typed."""
_MOST_FIELDS = 200
_HEAD = 65_536
"""Bytes in which the header of a mail ends."""


class Mail(msgspec.Struct, frozen=True):
    """What a mail holds of an article: its subject, the day it was sent, its text, and whether that is a page."""

    subject: str | None
    day: str | None
    text: str
    is_page: bool
    warnings: tuple[str, ...] = ()


def is_mail(data: bytes) -> bool:
    """Return whether bytes begin with the header of a mail: who, what about, and what only a program writes.

    >>> is_mail(b"From: a@b.example\\nSubject: Talks\\nMIME-Version: 1.0\\n\\nThey met.")
    True
    >>> is_mail(b"From: Ministry of Peace\\nSubject: Talks\\n\\nThey met.")
    False
    """
    at, names = 0, set[bytes]()
    for _ in range(_MOST_FIELDS):
        field = _FIELD.match(data, at, _HEAD)
        if not field:
            break
        names.add(field[0].partition(b":")[0].lower())
        at = field.end()
    return {b"from", b"subject"} <= names and not names.isdisjoint(_TELLING)


def read_mail(data: bytes) -> Mail:
    """Return what a mail holds; of a text in several forms the plain one, unless it is empty."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = {part.get_content_type(): part for part in reversed(list(message.walk())) if _is_body(part)}
    except (MessageError, ValueError, LookupError, RecursionError):
        return Mail(None, None, "", is_page=False)
    for kind in ("text/plain", "text/html"):
        if (part := parts.get(kind)) is not None:
            payload = part.get_payload(decode=True)
            text, warnings = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
            if text.strip():
                return Mail(_subject(message), _day(message), text, kind == "text/html", tuple(warnings))
    return Mail(_subject(message), _day(message), "", is_page=False)


def _is_body(part: Message) -> bool:
    return not part.is_multipart() and part.get_content_disposition() != "attachment"


def _subject(message: Message) -> str | None:
    """Return the subject, its words encoded as RFC 2047 says or, as many programs send them, not at all."""
    stated = next((str(value) for name, value in message.raw_items() if name.lower() == "subject"), "")
    text, _ = decode(stated.encode("utf-8", "surrogateescape"))
    try:
        return str(make_header(decode_header(text))) or None
    except (MessageError, ValueError, LookupError):
        return text


def _day(message: Message) -> str | None:
    """Return the day in the sender's own time, which is the day that the text calls today."""
    try:
        sent: datetime = parsedate_to_datetime(str(message.get("Date")))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent.date().isoformat()
