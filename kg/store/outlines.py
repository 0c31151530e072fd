"""Outlines: what a graph holds, subject by subject, as digests; enough to tell two graphs apart and what differs.

An outline is a gzip file of lines ``digest subject``, in the order of the subjects, each digest being that of all lines
of canonical N-Quads, sorted, that begin with the subject. The digest of the graph is the sum of them. So outlines of
files that share no subject, one after the other, are that of all of them.
"""

import gzip
import hashlib
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError

OUTLINE = "outline.gz"
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


def outlined(lines: Path) -> Outlined:
    """Write the outline of a file beside it. Raises `ValueError` where its lines are not sorted."""
    outline, total, told = lines.with_name(f"{lines.name}.outline"), 0, list[bytes]()
    for subject, block in blocks([lines.read_bytes()]):
        digest = hashlib.sha256(block).digest()
        total += int.from_bytes(digest, "big")
        told.append(b"%s %s\n" % (digest.hex().encode(), subject))
    outline.write_bytes(gzip.compress(b"".join(told), 1, mtime=0))
    return Outlined(str(lines), str(outline), f"{total:x}")


def revised(before: Outlined | None, lines: Path, blocks_: Mapping[bytes, bytes]) -> Outlined:
    """Write the outline of a file that is as ``before`` but for some subjects, of each of which all lines are given."""
    known = {subject_of(line): line for line in read_outline(Path(before.outline))} if before else {}
    total = int(before.total, 16) if before else 0
    for subject, lines_ in blocks_.items():
        total -= int(known.pop(subject)[:64], 16) if subject in known else 0
        for _, block in blocks([lines_]):
            digest = hashlib.sha256(block)
            total += int(digest.hexdigest(), 16)
            known[subject] = b"%s %s\n" % (digest.hexdigest().encode(), subject)
    outline = lines.with_name(f"{lines.name}.outline")
    outline.write_bytes(gzip.compress(b"".join(known[subject] for subject in sorted(known)), 1, mtime=0))
    return Outlined(str(lines), str(outline), f"{total:x}")


def write_outline(path: Path, content: Iterable[Outlined]) -> str:
    """Write the outline of files, in their order, and return the digest of the graph that they are."""
    total = 0
    with path.open("wb") as file:
        for some in content:
            with Path(some.outline).open("rb") as outline:
                shutil.copyfileobj(outline, file)
            total += int(some.total, 16)
    return _digest(total)


def _digest(total: int) -> str:
    return f"sum:{total % (1 << 256):064x}"


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
