"""Outlines: what a graph holds, subject by subject, as digests; enough to tell two graphs apart and what differs.

An outline is a gzip file of lines ``digest subject``, in the order of the subjects, each digest being that of all lines
of canonical N-Quads, sorted, that begin with the subject. The digest of the graph is the sum of them. So outlines of
files that share no subject, one after the other, are that of all of them.
"""

import gzip
import hashlib
import heapq
import os
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import span

OUTLINE, CHANGES = "outline.gz", "changes"
_BLOCK = re.compile(rb"(?m)^([^ \n]+) .*\n(?:\1 .*\n)*")
_TYPE = rb'"\^\^<http://www\.w3\.org/2001/XMLSchema#'
# Whole numbers of up to seven digits, such as offsets are, are spelled as they were.
_PLAIN = b"".join(rb'(?<!"[1-9][0-9]{%d}%sinteger>)' % (more, _TYPE) for more in range(7))
_RESPELLED = tuple(
    re.compile(pattern)
    for pattern in (
        _TYPE + rb"(?!date>|integer>)",
        _TYPE + rb"integer>" + _PLAIN,
        rb'"@[a-z-]*[A-Z]',
        rb"\\u",
        rb"\\U",
    )
)
"""What Oxigraph may spell in another way than it was given: numbers, moments, language tags, escapes."""

_MODULUS = 1 << 256
_NONE = b"0" * 64

Block = tuple[bytes, bytes]
"""A subject and all its lines."""


def blocks(chunks: Iterable[bytes]) -> Iterator[Block]:
    """Yield the subjects of sorted N-Quads, each with its lines in canonical form.

    Raises `ValueError` where the lines are not sorted by their subjects, or the last one has no end.

    >>> list(blocks([b'<a:b> <a:p> "1"@EN .\\n', b'<a:b> <a:q> <a:o> .\\n<a:c> <a:p> <a:o> .\\n']))[0]
    (b'<a:b>', b'<a:b> <a:p> "1"@en .\\n<a:b> <a:q> <a:o> .\\n')
    """
    last, rest = b"", b""
    for chunk in chunks:
        chunk = rest + chunk if rest else chunk
        respelled = [pattern for pattern in _RESPELLED if pattern.search(chunk)]
        end = 0
        found = _BLOCK.finditer(chunk)
        block = next(found, None)
        while block is not None:
            following = next(found, None)
            if following is None:
                break  # more of it may follow in the next chunk
            if block[1] <= last or block.start() != end:
                raise ValueError("its lines are not N-Quads sorted by subject")
            last, end = block[1], block.end()
            yield last, canonical(block[0], respelled)
            block = following
        rest = chunk[end:]
    if rest:
        block = _BLOCK.fullmatch(rest)
        if block is None or block[1] <= last:
            raise ValueError("its lines are not N-Quads sorted by subject")
        yield block[1], canonical(block[0], _RESPELLED)


def canonical(block: bytes, patterns: Iterable[re.Pattern[bytes]]) -> bytes:
    """Return lines as Oxigraph spells them, in order; only where one of ``patterns`` is found can that differ."""
    if not any(pattern.search(block) for pattern in patterns):
        return block
    return b"".join(sorted(map(line_of, ox.parse(block, format=ox.RdfFormat.N_QUADS))))


def line_of(quad: ox.Quad) -> bytes:
    """Return a quad as a line of N-Quads."""
    return f"{quad} .\n".encode()


class Outlined(NamedTuple):
    """A file of sorted N-Quads that has all lines of its subjects, and its outline."""

    lines: str
    outline: str
    total: str
    """The sum of the digests of the subjects, in hexadecimal."""
    subjects: int
    """How many subjects there are in the file."""
    changes: str = ""
    """A file of what is otherwise of some subjects, if it is there."""


class Change(NamedTuple):
    """What is otherwise of a subject than in a file."""

    digest: bytes
    """That of its lines in hexadecimal, zero where there are none."""
    lost: tuple[bytes, ...]
    gained: tuple[bytes, ...]


Changes = dict[bytes, Change]
"""What is otherwise, by subject."""


def outlined(lines: Path, data: bytes) -> Outlined:
    """Write the outline of a file, which holds ``data``, beside it. Raises `ValueError` where it is not sorted."""
    outline, total, told = lines.with_name(f"{lines.name}.outline"), 0, list[bytes]()
    for subject, block in blocks([data]):
        digest = hashlib.sha256(block).digest()
        total += int.from_bytes(digest, "big")
        told.append(b"%s %s\n" % (digest.hex().encode(), subject))
    outline.write_bytes(gzip.compress(b"".join(told), 1, mtime=0))
    return Outlined(str(lines), str(outline), f"{total:x}", len(told))


def revised(before: Outlined, after: Mapping[bytes, bytes], path: Path) -> Outlined:
    """Return a file but for some subjects, whose lines are those ``after``, or none.

    The file stays as it is: what is otherwise is written to ``path``, with what was otherwise before.
    """
    known = Lines(before)
    changes, total = dict(known.changes), int(before.total, 16)
    for subject, lines in after.items():
        was, now = set(known.of_file(subject + b" ").splitlines(True)), set(lines.splitlines(True))
        change = changes[subject] = Change(_digest_of(lines), tuple(sorted(was - now)), tuple(sorted(now - was)))
        total += int(change.digest, 16) - int(_digest_of(known.about(subject)), 16)
    path.write_bytes(packed(changes))
    return before._replace(total=f"{total % _MODULUS:x}", changes=str(path))


def _digest_of(lines: bytes) -> bytes:
    """Return the digest of the lines of a subject."""
    return hashlib.sha256(b"".join(block for _, block in blocks([lines]))).hexdigest().encode() if lines else _NONE


def packed(changes: Changes) -> bytes:
    """Return changes as a file has them."""
    return zlib.compress(msgspec.msgpack.encode(changes), 1)


def unpacked(path: Path) -> Changes:
    """Return the changes that a file has. Raises `StoreError` where it is damaged."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=Changes)
    except (OSError, zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(f"{path} is damaged ({error}); see kg check") from None


class Lines:
    """The lines of a file and of what is otherwise, to be looked up."""

    def __init__(self, content: Outlined) -> None:
        self.changes = changes_of(content)
        with Path(content.lines).open("rb") as file:
            empty = not file.seek(0, os.SEEK_END)
            self._data = b"" if empty else mmap(file.fileno(), 0, access=ACCESS_READ)

    @property
    def first(self) -> bytes:
        """The first subject of the file."""
        return self._data[: max(self._data.find(b" "), 0)]

    def about(self, subject: bytes, predicate: bytes = b"") -> bytes:
        """Return the lines of a subject, or of these those with a predicate."""
        words = subject + b" " + (predicate + b" " if predicate else b"")
        lines = self.of_file(words)
        if subject not in self.changes:
            return lines
        _, lost, gained = self.changes[subject]
        more = {line for line in gained if line.startswith(words)}
        return b"".join(sorted(set(lines.splitlines(True)).difference(lost) | more))

    def of_file(self, words: bytes) -> bytes:
        """Return the lines of the file that begin with ``words``."""
        start, end = span(self._data, words)
        return self._data[start:end]

    def all(self) -> bytes:
        """Return all lines."""
        told, at = list[bytes](), 0
        for subject in sorted(self.changes):
            start, end = span(self._data, subject + b" ")
            told += [self._data[at:start], self.about(subject)]
            at = end
        return b"".join([*told, self._data[at:]])


def changes_of(content: Outlined) -> Changes:
    """Return what is otherwise than in a file."""
    return unpacked(Path(content.changes)) if content.changes else {}


def write_outline(folder: Path, content: Iterable[Outlined]) -> str:
    """Write the outline of files, in their order, to a folder, and return the digest of the graph that they are.

    What is otherwise than in these files stands beside it.
    """
    total, changes = 0, Changes()
    with (folder / OUTLINE).open("wb") as file:
        for some in content:
            with Path(some.outline).open("rb") as outline:
                shutil.copyfileobj(outline, file)
            total += int(some.total, 16)
            changes |= changes_of(some)
    (folder / CHANGES).write_bytes(packed(changes))
    return _digest(total)


def merged(outline: Iterable[bytes], changes: Mapping[bytes, Change]) -> Iterator[bytes]:
    """Yield the lines of an outline, some subjects being otherwise.

    >>> changes = {b"<b>": Change(b"2" * 64, (), ()), b"<c>": Change(b"0" * 64, (), ())}
    >>> [line[-5:] for line in merged([b"1" * 64 + b" <a>\\n", b"1" * 64 + b" <c>\\n"], changes)]
    [b' <a>\\n', b' <b>\\n']
    """
    if not changes:
        yield from outline
        return
    known = (line for line in outline if subject_of(line) not in changes)
    told = (b"%s %s\n" % (changes[s].digest, s) for s in sorted(changes) if changes[s].digest != _NONE)
    yield from heapq.merge(known, told, key=subject_of)


def _digest(total: int) -> str:
    return f"sum:{total % _MODULUS:064x}"


def digest_of(chunks: Iterable[bytes]) -> str:
    """Return the digest of a graph given as sorted N-Quads."""
    total = sum(int.from_bytes(hashlib.sha256(lines).digest(), "big") for _, lines in blocks(chunks))
    return _digest(total)


def subject_of(line: bytes) -> bytes:
    """Return the subject that a line of an outline, with its end, is about."""
    return line[65:-1]


def read_outline(path: Path) -> Iterator[bytes]:
    """Yield the lines of an outline. Raises `StoreError` where it is damaged."""
    try:
        with gzip.open(path) as file:
            yield from file
    except (OSError, EOFError, zlib.error) as error:
        raise StoreError(f"{path} is damaged ({error}); see kg check") from None
