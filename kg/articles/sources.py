"""Where articles come from: files, folders and standard input, plain or gzipped, opened safely and read in a stream.

What is cheap (`gather`: open, unpack, tell what it is) stands apart from what is dear (`interpret`: parse and clean),
so that a source already known need not be parsed, and parsing can go to another process.
"""

import gzip
import hashlib
import io
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

import msgspec

from kg.articles.article import Reading, Refusal
from kg.articles.characters import binary_kind, decode, wide_encoding
from kg.articles.cleaning import article
from kg.articles.draft import Draft
from kg.articles.pages import read_page
from kg.articles.records import parse, read_json, read_row

if TYPE_CHECKING:
    Stream = io.BufferedReader[Any]
else:
    Stream = io.BufferedReader

LARGEST = 20_000_000
"""Bytes of one article, or of one row of JSONL, unpacked; what is larger is refused."""
MOST_PACKED = 200
"""A gzip file that unpacks to more than this many times its size is taken for a bomb."""
HEAD = 65_536

_PAGE_START = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(rb"<(?:/?[a-zA-Z][a-zA-Z0-9]*|!doctype)[\s/>]", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,80}encoding=[\"']([\w.-]{2,40})",
    re.IGNORECASE,
)


class Source(msgspec.Struct, frozen=True):
    """What articles can be read from, opened and unpacked: the bytes of a file, or of one row of JSONL."""

    origin: str
    """Where it is: the absolute path, and ``#`` with the row; of standard input ``-`` and a digest."""
    file: str
    """The name relative to the path given, as articles carry it."""
    kind: str
    """Its format, a key of `PARSERS`."""
    data: bytes

    @property
    def digest(self) -> str:
        """What decides its readings: SHA-256 of kind, name and bytes, 32 hexadecimal digits."""
        named = hashlib.sha256(f"{self.kind}\0{self.file}\0".encode("utf-8", "surrogatepass"))
        named.update(self.data)
        return named.hexdigest()[:32]


def read(paths: Iterable[str | Path]) -> Iterator[Reading]:
    """Yield a reading, article or refusal, for each source in ``paths``: files, folders, ``-`` for standard input.

    A file of several articles gives several readings. Duplicates are left to the caller to find.
    """
    for source in gather(paths):
        yield from interpret(source)


def interpret(source: Source | Refusal) -> Iterator[Reading]:
    """Yield what a source gives when it is parsed and cleaned: a pure function of its kind, name and bytes."""
    if isinstance(source, Refusal):
        yield Reading(refusal=source)
    else:
        yield from PARSERS[source.kind](source.data, source.file)


def gather(paths: Iterable[str | Path]) -> Iterator[Source | Refusal]:
    """Yield what can be read in ``paths``, not parsed yet, and a refusal for each thing that cannot.

    Folders are read whole, in order of name, without hidden files. Memory stays flat whatever the size of a JSONL file.
    """
    for path in paths:
        if str(path) == "-":
            yield from _read_stream(sys.stdin.buffer, "-", "-", None)
        else:
            yield from _read_path(Path(path), Path(path).name or str(path), ())


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
        yield Refusal(file, "is empty; give it a text")
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
    """Yield the sources of an open stream, unpacked where it is gzip, by the format its content shows."""
    plain: Stream = io.BufferedReader(stream, HEAD)
    try:
        packed = plain.peek(2).startswith(b"\x1f\x8b")
        source: Stream = io.BufferedReader(_Unpacked(plain, size), HEAD) if packed else plain
        name = re.sub(r"\.gz$", "", file, flags=re.IGNORECASE) if packed else file
        yield from _read_source(source, origin, file, name)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Refusal(file, f"is a damaged or truncated gzip file ({error}); fetch it again")
    except Bomb:
        yield Refusal(file, f"unpacks to more than {MOST_PACKED} times its size; unpack it yourself if you trust it")
    finally:
        plain.detach()  # whoever opened the stream closes it


def _read_source(stream: Stream, origin: str, file: str, name: str) -> Iterator[Source | Refusal]:
    """Yield the sources of an unpacked stream; ``name`` is the file's without ``.gz``."""
    head = stream.peek(HEAD)
    if not head:
        yield Refusal(file, "is empty; give it a text")
    elif binary := binary_kind(head[:8192]):
        yield Refusal(file, f"is {binary}, not text; give text, JSON, JSONL or HTML")
    elif (kind := sniff(head, PurePosixPath(name).suffix.lower())) == ".jsonl":
        yield from _read_jsonl(stream, origin, file)
    elif len(data := stream.read(LARGEST + 1)) > LARGEST:
        yield Refusal(file, f"is larger than {LARGEST // 1_000_000} MB; split it, or give JSONL, which is streamed")
    else:
        yield _source(origin, file, kind, data)


def _source(origin: str, file: str, kind: str, data: bytes) -> Source:
    """Return a source; of standard input, which comes but once, what it says is where it is from."""
    if origin.startswith("-"):
        origin = "-" + hashlib.sha256(data).hexdigest()[:32]
    return Source(origin, file, kind, data)


class Bomb(Exception):  # noqa: N818 - never leaves this module
    """A gzip file unpacks to far more than its size."""


class _Unpacked(io.RawIOBase):
    """The content of a gzip stream, given up as a bomb where it grows beyond all measure."""

    def __init__(self, packed: Stream, size: int | None) -> None:
        self._content = gzip.GzipFile(fileobj=packed)
        self._most = max(LARGEST * 2, (size or LARGEST) * MOST_PACKED)
        self._seen = 0

    def readable(self) -> bool:
        """Return ``True``."""
        return True

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        """Fill ``buffer`` and return how many bytes came; `Bomb` beyond the measure."""
        data = self._content.read(len(buffer))
        self._seen += len(data)
        if self._seen > self._most:
            raise Bomb
        buffer[: len(data)] = data
        return len(data)


def sniff(head: bytes, suffix: str = "") -> str:
    """Return the format, its suffix, that content shows, or else the suffix says.

    >>> sniff(b"<!DOCTYPE html><html>"), sniff(b'{"text": "a"}\\n{"text": "b"}\\n'), sniff(b"Hanoi")
    ('.html', '.jsonl', '.txt')
    """
    named = SUFFIXES.get(suffix)
    wide = wide_encoding(head)
    shown = head.decode(wide, "ignore").encode("utf-8", "ignore") if wide else head.removeprefix(b"\xef\xbb\xbf")
    if _PAGE_START.match(shown[:8192]):
        return ".html"
    if shown.lstrip()[:1] in (b"{", b"["):
        return _json_kind(shown, named)
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


def _read_text(data: bytes, file: str) -> Iterator[Reading]:
    """Yield the reading of a plain text."""
    text, warnings = decode(data)
    yield article(Draft(file=file, text=text, warnings=warnings))


def _read_html(data: bytes, file: str) -> Iterator[Reading]:
    """Yield the reading of a web page."""
    declared = _CHARSET.search(data[:4096])
    charset = next((name.decode("ascii", "replace") for name in declared.groups() if name), None) if declared else None
    text, warnings = decode(data, charset)
    yield from read_page(text, file, warnings)


def _read_json(data: bytes, file: str) -> Iterator[Reading]:
    """Yield the readings of a JSON file."""
    text, warnings = decode(data)
    yield from read_json(text.removeprefix("\ufeff"), file, warnings)


def _read_jsonl(stream: Stream, origin: str, file: str) -> Iterator[Source | Refusal]:
    """Yield a source a line of JSONL, numbered from 1; blank lines are none."""
    wide = wide_encoding(stream.peek(4096)[:4096])
    if not wide:
        yield from _read_rows(iter(lambda: stream.readline(LARGEST + 1), b""), origin, file)
        return
    lines = io.TextIOWrapper(stream, wide, errors="replace", newline="\n")
    try:
        yield from _read_rows((line.encode("utf-8", "replace") for line in lines), origin, file)
    finally:
        lines.detach()


def _read_rows(rows: Iterator[bytes], origin: str, file: str) -> Iterator[Source | Refusal]:
    number, whole = 0, True
    for row in rows:
        number += whole
        if len(row) > LARGEST and whole:
            yield Refusal(f"{file}#{number}", f"is larger than {LARGEST // 1_000_000} MB; split it")
        elif whole and (row := row.removeprefix(b"\xef\xbb\xbf") if number == 1 else row).strip():
            yield _source(f"{origin}#{number}", f"{file}#{number}", "row", row)
        whole = row.endswith(b"\n")


def _read_row(row: bytes, file: str) -> Iterator[Reading]:
    """Yield the reading of one line of JSONL."""
    try:
        yield read_row(row.decode("utf-8"), file)
    except UnicodeDecodeError:
        text, warnings = decode(row)
        yield read_row(text, file, warnings)


PARSERS: dict[str, Callable[[bytes, str], Iterator[Reading]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".json": _read_json,
    "row": _read_row,
}
"""Formats of sources, each with the function that yields the readings of their bytes."""

SUFFIXES = {".txt": ".txt", ".text": ".txt", ".html": ".html", ".htm": ".html", ".xhtml": ".html", ".json": ".json",
            ".jsonl": ".jsonl", ".ndjson": ".jsonl", ".jsonlines": ".jsonl"}  # fmt: skip
"""Spellings of the suffixes that name a format."""
