"""Packed streams, unpacked as they are read: no more than what may come of one file, and damage told with its place."""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    Stream = io.BufferedReader[Any]
else:
    Stream = io.BufferedReader

LARGEST = 20_000_000
"""Bytes of one article, or of one row of JSONL, unpacked; what is larger is refused."""
MOST_PACKED = 200
"""A file that unpacks to more than this many times its size is taken for a bomb."""
HEAD = 65_536

_FAULTS = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, MemoryError)


class Bomb(Exception):  # noqa: N818 - never leaves this package
    """A file unpacks to far more than its size."""


class Unreadable(Exception):  # noqa: N818 - never leaves this package
    """A file of several, or what is left of it, cannot be read; the text continues its name."""


class Damaged(Exception):  # noqa: N818 - never leaves this package
    """A packed stream cannot be read on."""

    def __init__(self, stream: "Unpacked", cause: Exception) -> None:
        super().__init__(str(cause) or type(cause).__name__)
        self.stream = stream


class Allowance:
    """How many bytes may still come out of one file, whatever is packed in it how often."""

    def __init__(self, size: int | None) -> None:
        self._left = max(LARGEST * 2, (size or LARGEST) * MOST_PACKED)

    def take(self, count: int) -> None:
        """Take ``count`` bytes off. Raises `Bomb` where there are not as many left."""
        self._left -= count
        if self._left < 0:
            raise Bomb


class ByChunks(Protocol):
    """What gives the bytes there are: open files of `gzip`, `bz2`, `lzma`, `zipfile` and `tarfile` do."""

    def read1(self, size: int = ..., /) -> bytes:
        """Return some bytes, at most ``size``; none at the end."""
        ...


class Unpacked(io.RawIOBase):
    """What a stream of packed bytes holds. Reading it raises `Damaged` or `Bomb`, never an error of the format."""

    def __init__(self, content: ByChunks, allowance: Allowance) -> None:
        self._content = content
        self._allowance = allowance

    def readable(self) -> bool:
        """Return ``True``."""
        return True

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        """Fill ``buffer`` and return how many bytes came."""
        try:
            data = self._content.read1(len(buffer))  # not more at once, or damage would take what comes before it
        except _FAULTS as error:
            raise Damaged(self, error) from None
        self._allowance.take(len(data))
        buffer[: len(data)] = data
        return len(data)


class Packing:
    """A way in which one file is packed: how its bytes begin, how it is opened, what its name ends in."""

    def __init__(self, name: str, magic: bytes, start: Callable[[Stream], ByChunks], suffix: str) -> None:
        self.name, self.magic, self.start = name, magic, start
        self._suffix = re.compile(suffix, re.IGNORECASE)

    def unpacked_name(self, file: str) -> str:
        """Return what a file is called without its packing."""
        return self._suffix.sub(lambda found: ".tar" if found[0].lower().startswith(".t") else "", file)


PACKINGS = (
    Packing("gzip", b"\x1f\x8b", lambda stream: gzip.GzipFile(fileobj=stream), r"\.gz$|\.tgz$"),
    Packing("bzip2", b"BZh", bz2.BZ2File, r"\.bz2$|\.tbz2?$"),
    Packing("xz", b"\xfd7zXZ\0", lzma.LZMAFile, r"\.xz$|\.txz$"),
)
"""Packings of a single file, told by how it begins."""


def packing_of(head: bytes) -> Packing | None:
    """Return the packing of a file that begins with ``head``.

    >>> found = packing_of(b"BZh91AY")
    >>> found and (found.name, found.unpacked_name("news.tbz2"), found.unpacked_name("a.txt.bz2"))
    ('bzip2', 'news.tar', 'a.txt')
    """
    return next((packing for packing in PACKINGS if head.startswith(packing.magic)), None)


class ByPieces:
    """A stream that gives what there is rather than wait for more, so that nothing read before damage is lost."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.last = b""
        """What the last reading gave that gave anything."""

    def read(self, size: int = HEAD) -> bytes:
        """Return some bytes, at most ``size``; none at the end."""
        data = self._stream.read1(size)
        self.last = data or self.last
        return data
