"""Where articles come from: files, folders and standard input, plain or gzipped, opened safely and read in a stream."""

import gzip
import io
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from kg.articles.article import Reading
from kg.articles.characters import binary_kind, decode, wide_encoding
from kg.articles.cleaning import article, refused
from kg.articles.draft import Draft
from kg.articles.pages import read_page
from kg.articles.records import parse, read_json, read_row

if TYPE_CHECKING:
    Source = io.BufferedReader[Any]
else:
    Source = io.BufferedReader

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


def read(paths: Iterable[str | Path]) -> Iterator[Reading]:
    """Yield a reading, article or refusal, for each source in ``paths``: files, folders, ``-`` for standard input.

    Folders are read whole, in order of name, without hidden files; a file of several articles gives several readings.
    Memory stays flat whatever the size of a JSONL file. Duplicates are left to the caller to find.
    """
    for path in paths:
        if str(path) == "-":
            yield from _read_stream(sys.stdin.buffer, "-", None)
        else:
            yield from _read_path(Path(path), Path(path).name or str(path), ())


def _read_path(path: Path, file: str, above: tuple[tuple[int, int], ...]) -> Iterator[Reading]:
    """Yield the readings of a file or folder; ``above`` are the folders it lies in, to tell loops."""
    file = os.fsencode(file).decode("utf-8", "replace")
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        yield refused(file, _why(path, error))
        return
    if not stat.S_ISDIR(status.st_mode):
        yield from _read_file(path, file, status)
    elif (status.st_dev, status.st_ino) in above:
        yield refused(file, "is a link back to a folder it lies in; remove the link")
    else:
        yield from _read_folder(path, "" if not above else f"{file}/", (*above, (status.st_dev, status.st_ino)))


def _read_folder(path: Path, prefix: str, above: tuple[tuple[int, int], ...]) -> Iterator[Reading]:
    try:
        names = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
    except OSError as error:
        yield refused(prefix.rstrip("/") or path.name, _why(path, error))
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


def _read_file(path: Path, file: str, status: os.stat_result) -> Iterator[Reading]:
    if not stat.S_ISREG(status.st_mode):
        yield refused(file, "is a pipe, socket or device; give files, folders or - for standard input")
    elif not status.st_size:
        yield refused(file, "is empty; give it a text")
    else:
        try:
            # A file that turns into a pipe meanwhile must not block.
            with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
                yield from _read_stream(stream, file, status.st_size)
        except OSError as error:
            yield refused(file, _why(path, error))


def _read_stream(stream: IO[bytes], file: str, size: int | None) -> Iterator[Reading]:
    """Yield the readings of an open stream, unpacked where it is gzip, by the format its content shows."""
    plain: Source = io.BufferedReader(stream, HEAD)
    try:
        packed = plain.peek(2).startswith(b"\x1f\x8b")
        source: Source = io.BufferedReader(_Unpacked(plain, size), HEAD) if packed else plain
        yield from _read_source(source, file, re.sub(r"\.gz$", "", file, flags=re.IGNORECASE) if packed else file)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield refused(file, f"is a damaged or truncated gzip file ({error}); fetch it again")
    except Bomb:
        yield refused(file, f"unpacks to more than {MOST_PACKED} times its size; unpack it yourself if you trust it")
    finally:
        plain.detach()  # whoever opened the stream closes it


def _read_source(source: Source, file: str, name: str) -> Iterator[Reading]:
    """Yield the readings of a source, unpacked; ``name`` is the file's without ``.gz``."""
    head = source.peek(HEAD)
    if not head:
        yield refused(file, "is empty; give it a text")
    elif kind := binary_kind(head[:8192]):
        yield refused(file, f"is {kind}, not text; give text, JSON, JSONL or HTML")
    else:
        yield from READERS[sniff(head, PurePosixPath(name).suffix.lower())](source, file)


class Bomb(Exception):  # noqa: N818 - never leaves this module
    """A gzip file unpacks to far more than its size."""


class _Unpacked(io.RawIOBase):
    """The content of a gzip stream, given up as a bomb where it grows beyond all measure."""

    def __init__(self, packed: Source, size: int | None) -> None:
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
    """Return the format, a key of `READERS`, that content shows, or else the suffix says.

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


def _whole(read: Callable[[bytes, str], Iterator[Reading]]) -> Callable[[Source, str], Iterator[Reading]]:
    """Return the reader of a source that ``read`` wants in one piece; one that is too large is refused."""

    def read_source(source: Source, file: str) -> Iterator[Reading]:
        data = source.read(LARGEST + 1)
        if len(data) > LARGEST:
            yield refused(file, f"is larger than {LARGEST // 1_000_000} MB; split it, or give JSONL, which is streamed")
        else:
            yield from read(data, file)

    return read_source


@_whole
def _read_text(data: bytes, file: str) -> Iterator[Reading]:
    """Yield the reading of a plain text."""
    text, warnings = decode(data)
    yield article(Draft(file=file, text=text, warnings=warnings))


@_whole
def _read_html(data: bytes, file: str) -> Iterator[Reading]:
    """Yield the reading of a web page."""
    declared = _CHARSET.search(data[:4096])
    charset = next((name.decode("ascii", "replace") for name in declared.groups() if name), None) if declared else None
    text, warnings = decode(data, charset)
    yield from read_page(text, file, warnings)


@_whole
def _read_json(data: bytes, file: str) -> Iterator[Reading]:
    """Yield the readings of a JSON file."""
    text, warnings = decode(data)
    yield from read_json(text.removeprefix("\ufeff"), file, warnings)


def _read_jsonl(source: Source, file: str) -> Iterator[Reading]:
    """Yield a reading a line of JSONL, numbered from 1; blank lines are none."""
    wide = wide_encoding(source.peek(4096)[:4096])
    if not wide:
        yield from _read_rows(iter(lambda: source.readline(LARGEST + 1), b""), file)
        return
    lines = io.TextIOWrapper(source, wide, errors="replace", newline="\n")
    try:
        yield from _read_rows((line.encode("utf-8", "replace") for line in lines), file)
    finally:
        lines.detach()


def _read_rows(rows: Iterator[bytes], file: str) -> Iterator[Reading]:
    number, whole = 0, True
    for row in rows:
        number += whole
        if len(row) > LARGEST and whole:
            yield refused(f"{file}#{number}", f"is larger than {LARGEST // 1_000_000} MB; split it")
        elif whole and (row := row.removeprefix(b"\xef\xbb\xbf") if number == 1 else row).strip():
            yield _read_row(row, f"{file}#{number}")
        whole = row.endswith(b"\n")


def _read_row(row: bytes, file: str) -> Reading:
    try:
        return read_row(row.decode("utf-8"), file)
    except UnicodeDecodeError:
        text, warnings = decode(row)
        return read_row(text, file, warnings)


READERS: dict[str, Callable[[Source, str], Iterator[Reading]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".json": _read_json,
    ".jsonl": _read_jsonl,
}
"""Formats by their suffix, each with the function that yields the readings of an open source."""

SUFFIXES = {".txt": ".txt", ".text": ".txt", ".html": ".html", ".htm": ".html", ".xhtml": ".html", ".json": ".json",
            ".jsonl": ".jsonl", ".ndjson": ".jsonl", ".jsonlines": ".jsonl"}  # fmt: skip
"""Spellings of the suffixes in `READERS`."""
