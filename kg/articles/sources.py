"""Where articles come from: files, folders and standard input, plain, packed or archived, opened safely and streamed.

What is cheap (`gather`: open, unpack, tell what it is) stands apart from what is dear (`interpret`: parse and clean),
so that a source already known need not be parsed, and parsing can go to another process.
"""

import codecs
import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from kg.articles.archives import ARCHIVES, archive_kind
from kg.articles.article import Reading, Refusal
from kg.articles.characters import binary_kind, decode, wide_encoding
from kg.articles.cleaning import article
from kg.articles.crawls import Record, is_crawl, records
from kg.articles.draft import Draft
from kg.articles.feeds import read_feed
from kg.articles.mail import is_mail, read_mail
from kg.articles.packing import (
    HEAD,
    LARGEST,
    MOST_PACKED,
    Allowance,
    Bomb,
    Damaged,
    Stream,
    Unpacked,
    Unreadable,
    packing_of,
)
from kg.articles.pages import draft_of, read_page
from kg.articles.records import parse, read_json, read_row
from kg.articles.tree import Page

DEEPEST = 2
"""How deep files of several files may lie in one another: crawls in a ZIP archive do, as in WACZ."""

_PAGE_START = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED_START = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*|<[?!][^>]{0,2000}>\s*){0,20}<(?:rss|feed|rdf:RDF|atom:feed)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:/?[a-zA-Z][a-zA-Z0-9]*|!doctype)[\s/>]", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,80}encoding=[\"']([\w.-]{2,40})",
    re.IGNORECASE,
)


class Source(msgspec.Struct, frozen=True):
    """What articles can be read from, opened and unpacked: the bytes of a file, or of one row of JSONL."""

    origin: str
    """Where it is: the absolute path, ``!`` and the member of an archive, ``#`` and the row or record; of standard
    input ``-`` and a digest."""
    file: str
    """The name relative to the path given, as articles carry it."""
    kind: str
    """Its format, a key of `PARSERS`."""
    data: bytes
    url: str | None = None
    """Where a crawl found it."""
    charset: str | None = None
    """The encoding that the web server stated."""
    warnings: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What decides its readings: SHA-256 of kind, name, what is known beside the bytes, and bytes; 32 digits."""
        known = "\0".join((self.kind, self.file, self.url or "", self.charset or "", *self.warnings, ""))
        named = hashlib.sha256(known.encode("utf-8", "surrogatepass"))
        named.update(self.data)
        return named.hexdigest()[:32]


def read(paths: Iterable[str | Path]) -> Iterator[Reading]:
    """Yield a reading, article or refusal, for each source in ``paths``: files, folders, ``-`` for standard input.

    A file of several articles gives several readings. Duplicates are left to the caller to find.
    """
    for source in gather(paths):
        yield from interpret(source)


def interpret(source: Source | Refusal) -> Iterator[Reading]:
    """Yield what a source gives when it is parsed and cleaned: a pure function of what its digest is of."""
    if isinstance(source, Refusal):
        yield Reading(refusal=source)
    else:
        yield from PARSERS[source.kind](source)


def gather(paths: Iterable[str | Path]) -> Iterator[Source | Refusal]:
    """Yield what can be read in ``paths``, not parsed yet, and a refusal for each thing that cannot.

    Folders and archives are read whole, without hidden files, folders in order of name. Memory stays flat whatever the
    size of an archive, a crawl or a JSONL file.
    """
    for path in paths:
        if str(path) == "-":
            yield from _read_stream(sys.stdin.buffer, "-", "-", None)
        else:
            yield from _read_path(Path(path), Path(path).name or str(path), ())


def unpack(data: bytes, origin: str, file: str) -> Iterator[Source | Refusal]:
    """Yield what can be read in the bytes of a file, wherever they came from."""
    if data:
        yield from _read_stream(io.BytesIO(data), origin, file, len(data))
    else:
        yield Refusal(file, _EMPTY)


def _read_path(path: Path, file: str, above: tuple[tuple[int, int], ...]) -> Iterator[Source | Refusal]:
    """Yield the sources of a file or folder; ``above`` are the folders it lies in, to tell loops."""
    file = os.fsencode(file).decode("utf-8", "replace")
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        yield Refusal(file, _why(path, error))
        return
    if not stat.S_ISDIR(status.st_mode):
        yield from _read_file(path, file, status)
    elif (status.st_dev, status.st_ino) in above:
        yield Refusal(file, "is a link back to a folder it lies in; remove the link")
    else:
        yield from _read_folder(path, "" if not above else f"{file}/", (*above, (status.st_dev, status.st_ino)))


def _read_folder(path: Path, prefix: str, above: tuple[tuple[int, int], ...]) -> Iterator[Source | Refusal]:
    try:
        names = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
    except OSError as error:
        yield Refusal(prefix.rstrip("/") or path.name, _why(path, error))
        return
    for name in names:
        yield from _read_path(path / name, prefix + name, above)


def _why(path: Path, error: OSError | ValueError) -> str:
    """Return the rest of the sentence that says why a path cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return "points nowhere; remove the link" if path.is_symlink() else "does not exist; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; change its permissions"
    if isinstance(error, OSError) and "symbolic" in (error.strerror or ""):
        return "is a link to itself; remove it"
    return f"cannot be opened ({getattr(error, 'strerror', None) or error}); check the path"


def _read_file(path: Path, file: str, status: os.stat_result) -> Iterator[Source | Refusal]:
    if not stat.S_ISREG(status.st_mode):
        yield Refusal(file, "is a pipe, socket or device; give files, folders or - for standard input")
    elif not status.st_size:
        yield Refusal(file, _EMPTY)
    else:
        try:
            # A file that turns into a pipe meanwhile must not block.
            with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
                yield from _read_stream(stream, _place(path), file, status.st_size)
        except OSError as error:
            yield Refusal(file, _why(path, error))


def _place(path: Path) -> str:
    """Return the absolute path, links not followed, as text that can be written down."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")  # noqa: PTH100


def _read_stream(stream: IO[bytes], origin: str, file: str, size: int | None) -> Iterator[Source | Refusal]:
    """Yield the sources of an open stream."""
    plain: Stream = io.BufferedReader(stream, HEAD)
    try:
        yield from _read_packed(plain, origin, file, Allowance(size), 0)
    except Bomb:
        yield Refusal(file, f"unpacks to more than {MOST_PACKED} times its size; unpack it yourself if you trust it")
    finally:
        plain.detach()  # whoever opened the stream closes it


def _read_packed(
    stream: Stream, origin: str, file: str, allowance: Allowance, depth: int
) -> Iterator[Source | Refusal]:
    """Yield the sources of a stream that may be packed; ``depth`` is how many files of several it lies in."""
    packing = packing_of(stream.peek(6))
    if packing is None:
        yield from _read_open(stream, origin, file, PurePosixPath(file).suffix.lower(), allowance, depth)
        return
    unpacked = Unpacked(packing.start(stream), allowance)
    suffix = PurePosixPath(packing.unpacked_name(file)).suffix.lower()
    try:
        yield from _read_open(io.BufferedReader(unpacked, HEAD), origin, file, suffix, allowance, depth)
    except Damaged as damage:
        if damage.stream is not unpacked:
            raise
        yield Refusal(file, f"is a damaged or truncated {packing.name} file ({damage}); fetch it again")


def _read_open(
    stream: Stream, origin: str, file: str, suffix: str, allowance: Allowance, depth: int
) -> Iterator[Source | Refusal]:
    """Yield the sources of an unpacked stream by the format that its content shows, or else its suffix says."""
    head = stream.peek(HEAD)
    archive = archive_kind(head, suffix)
    if not (archive or is_crawl(head)):
        yield from _read_plain(stream, origin, file, suffix)
    elif depth == DEEPEST:
        yield Refusal(file, "lies in archives inside archives; unpack them yourself")
    else:
        found = False
        try:
            for source in (
                _read_members(stream, archive, origin, file, allowance, depth)
                if archive
                else _read_crawl(stream, origin, file)
            ):
                found = True
                yield source
            if not found:
                yield Refusal(file, "holds no articles; give an archive of texts or web pages")
        except Unreadable as reason:
            yield Refusal(file, str(reason))


def _read_members(
    stream: Stream, archive: str, origin: str, file: str, allowance: Allowance, depth: int
) -> Iterator[Source | Refusal]:
    """Yield the sources of an archive's members, named after both."""
    names: set[int] = set()  # of hashes, to keep those of a million members in memory
    for member in ARCHIVES[archive](stream):
        part = _distinct(_printed(member.name), names)
        name = f"{file}!{part}"
        if member.stream is None:
            yield Refusal(name, member.problem)
            continue
        content = Unpacked(member.stream, allowance)
        opened = io.BufferedReader(content, HEAD)
        try:
            yield from _read_packed(opened, f"{origin}!{part}", name, allowance, depth + 1)
        except Damaged as damage:
            if damage.stream is not content:
                raise
            yield Refusal(name, f"is damaged or cut off ({damage}); fetch the archive again")


def _distinct(name: str, names: set[int]) -> str:
    """Return a member's name, numbered where another of its archive has it, and note it."""
    number, numbered = 1, name
    while hash(numbered) in names:
        number += 1
        numbered = f"{name}~{number}"
    names.add(hash(numbered))
    return numbered


def _printed(name: str) -> str:
    """Return a member's name as text that can be written down."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _read_crawl(stream: Stream, origin: str, file: str) -> Iterator[Source | Refusal]:
    """Yield the pages of a crawl, named after it and their record's number."""
    for record in records(stream):
        name = f"{file}#{record.number}"
        if record.problem or (problem := _unfit(record)):
            yield Refusal(name, record.problem or problem)
            continue
        suffix = ".txt" if record.media_type == "text/plain" else ".html"
        yield Source(
            f"{origin}#{record.number}",
            name,
            ".html" if sniff(record.page[:HEAD], suffix) == ".html" else ".txt",
            record.page,
            record.url,
            record.charset,
            record.warnings,
        )


def _unfit(record: Record) -> str:
    """Return why the page of a crawl is no article, if it is none."""
    if not record.page:
        return _EMPTY
    if len(record.page) > LARGEST:
        return f"is larger than {LARGEST // 1_000_000} MB"
    kind = binary_kind(record.page[:8192])
    return f"is {kind}, not a page" if kind else ""


def _read_plain(stream: Stream, origin: str, file: str, suffix: str) -> Iterator[Source | Refusal]:
    """Yield the sources of an unpacked file of its own."""
    head = stream.peek(HEAD)
    if not head:
        yield Refusal(file, _EMPTY)
    elif binary := binary_kind(head[:8192]):
        yield Refusal(file, f"is {binary}, not text; give text, HTML, JSON, JSONL, a feed, or an archive of them")
    elif (kind := sniff(head, suffix)) == ".jsonl":
        yield from _read_jsonl(stream, origin, file)
    elif len(data := stream.read(LARGEST + 1)) > LARGEST:
        yield Refusal(file, f"is larger than {LARGEST // 1_000_000} MB; split it, or give JSONL, which is streamed")
    else:
        yield _source(origin, file, kind, data)


_EMPTY = "is empty; give it a text"


def _source(origin: str, file: str, kind: str, data: bytes) -> Source:
    """Return a source; of standard input, which comes but once, what it says is where it is from."""
    if origin.startswith("-"):
        origin = "-" + hashlib.sha256(data).hexdigest()[:32]
    return Source(origin, file, kind, data)


def sniff(head: bytes, suffix: str = "") -> str:
    """Return the format, its suffix, that content shows, or else the suffix says.

    >>> sniff(b"<!DOCTYPE html><html>"), sniff(b'{"text": "a"}\\n{"text": "b"}\\n'), sniff(b"Hanoi")
    ('.html', '.jsonl', '.txt')
    >>> sniff(b"<?xml version='1.0'?><rss version='2.0'>"), sniff(b"<feed xmlns='http://www.w3.org/2005/Atom'>")
    ('.xml', '.xml')
    """
    named = SUFFIXES.get(suffix)
    wide = wide_encoding(head)
    shown = head.decode(wide, "ignore").encode("utf-8", "ignore") if wide else head.removeprefix(b"\xef\xbb\xbf")
    if _PAGE_START.match(shown[:8192]):
        return ".html"
    if shown.lstrip()[:1] in (b"{", b"["):
        return _json_kind(shown, named)
    if shown.lstrip()[:1] == b"<" and (
        named == ".xml" or shown.lstrip()[:5] == b"<?xml" or _FEED_START.match(shown[:8192])
    ):
        return ".xml"
    if named == ".html":
        return ".html" if _TAG.search(shown) else ".txt"
    return named if named == ".jsonl" or (named == ".json" and not shown.lstrip()[:1].isalpha()) else ".txt"


def _json_kind(head: bytes, named: str | None) -> str:
    """Return ``.jsonl`` where the first line is a whole object and another follows, ``.json`` or ``.txt`` otherwise."""
    first, _, rest = head.lstrip().partition(b"\n")
    try:
        whole = isinstance(parse(first.decode("utf-8", "replace")), dict)
    except ValueError:
        whole = False
    if whole and (rest.strip() or named == ".jsonl"):
        return ".jsonl"
    if named in (".json", ".jsonl"):
        return ".json" if head.lstrip().startswith(b"[") else named
    # "[Photo] …" and "{…}" begin texts too: JSON goes on with a key, a value or a bracket.
    return ".json" if re.match(rb"\s*(?:\{\s*(?:\"|\})|\[\s*[\[{\]])", head) else ".txt"


def _read_text(source: Source) -> Iterator[Reading]:
    """Yield the reading of a plain text, or of a mail."""
    if is_mail(source.data):
        yield from _read_mail(source)
        return
    text, warnings = decode(source.data, source.charset)
    draft = Draft(file=source.file, text=text, warnings=[*source.warnings, *warnings])
    draft.state_url(source.url)
    yield article(draft)


def _read_mail(source: Source) -> Iterator[Reading]:
    """Yield the reading of a mail; a page that it holds says its headline and day worse than the mail does."""
    mail = read_mail(source.data)
    draft = draft_of(Page(mail.text), source.file) if mail.is_page else Draft(file=source.file, text=mail.text)
    draft.title = mail.subject or draft.title
    draft.published = mail.day or draft.published
    draft.warnings = [*source.warnings, *mail.warnings, *draft.warnings]
    yield article(draft)


def _read_html(source: Source) -> Iterator[Reading]:
    """Yield the reading of a web page."""
    text, warnings = decode(source.data, source.charset or _declared(source.data))
    yield from read_page(text, source.file, (*source.warnings, *warnings), source.url)


def _declared(data: bytes) -> str | None:
    """Return the charset that a page or an XML file declares."""
    declared = _CHARSET.search(data[:4096])
    return next((name.decode("ascii", "replace") for name in declared.groups() if name), None) if declared else None


def _read_json(source: Source) -> Iterator[Reading]:
    """Yield the readings of a JSON file."""
    text, warnings = decode(source.data)
    yield from read_json(text.removeprefix("\ufeff"), source.file, warnings)


def _read_xml(source: Source) -> Iterator[Reading]:
    """Yield the readings of a feed."""
    text, warnings = decode(source.data, _declared(source.data))
    yield from read_feed(text, source.file, warnings)


def _read_jsonl(stream: Stream, origin: str, file: str) -> Iterator[Source | Refusal]:
    """Yield a source a line of JSONL, numbered from 1; blank lines are none."""
    if wide := wide_encoding(stream.peek(4096)[:4096]):
        stream = io.BufferedReader(_Narrowed(stream, wide), HEAD)
    found = False
    for number, row in _rows(stream):
        found = True
        if len(row) > LARGEST:
            yield Refusal(f"{file}#{number}", f"is larger than {LARGEST // 1_000_000} MB; split it")
        else:
            yield _source(f"{origin}#{number}", f"{file}#{number}", "row", row)
    if not found:
        yield Refusal(file, _EMPTY)


def _rows(stream: Stream) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers; of one that is too long no more than tells so."""
    number, whole = 0, True
    while row := stream.readline(LARGEST + 1):
        number += whole
        if number == 1 and whole:
            row = row.removeprefix(b"\xef\xbb\xbf")
        if whole and not row.isspace():
            yield number, row
        elif whole:
            number += _skip_blank(stream)
        whole = row.endswith(b"\n")


def _skip_blank(stream: Stream) -> int:
    """Pass over blank lines, and return how many."""
    count = 0
    while head := stream.peek(HEAD):
        blank = head[: len(head) - len(head.lstrip())]
        end = blank.rfind(b"\n") + 1
        count += blank.count(b"\n")
        stream.read(end)
        if not end or end < len(head):
            break
    return count


class _Narrowed(io.RawIOBase):
    """A stream in UTF-16 or UTF-32 as one in UTF-8."""

    def __init__(self, stream: Stream, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def readable(self) -> bool:
        """Return ``True``."""
        return True

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        """Fill ``buffer`` and return how many bytes came."""
        text, data = "", b"-"
        while data and not text:
            data = self._stream.read1(len(buffer) // 3)  # a character of two bytes may become one of three
            text = self._decoder.decode(data, final=not data)
        narrow = text.encode("utf-8", "replace")
        buffer[: len(narrow)] = narrow
        return len(narrow)


def _read_row(source: Source) -> Iterator[Reading]:
    """Yield the reading of one line of JSONL."""
    try:
        yield read_row(source.data.decode("utf-8"), source.file)
    except UnicodeDecodeError:
        text, warnings = decode(source.data)
        yield read_row(text, source.file, warnings)


PARSERS: dict[str, Callable[[Source], Iterator[Reading]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".json": _read_json,
    ".xml": _read_xml,
    "row": _read_row,
}
"""Formats of sources, each with the function that yields their readings."""

SUFFIXES = {".txt": ".txt", ".text": ".txt", ".eml": ".txt", ".html": ".html", ".htm": ".html", ".xhtml": ".html",
            ".json": ".json", ".jsonl": ".jsonl", ".ndjson": ".jsonl", ".jsonlines": ".jsonl", ".xml": ".xml",
            ".rss": ".xml", ".atom": ".xml", ".rdf": ".xml"}  # fmt: skip
"""Spellings of the suffixes that name a format."""
