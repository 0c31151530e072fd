"""Files: written whole, so that they survive a crash, forced to disk, known by their checksums; sorted, searched."""

import hashlib
import os
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file and flush it to disk; after a crash it is the old one or the new. Raises `OSError`."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)  # on a full disk it would stand in the way
        raise


def sync(path: Path) -> None:
    """Force a file or folder to disk; some systems cannot do so with folders."""
    with suppress(PermissionError, IsADirectoryError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file's content, 64 hexadecimal digits. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def starting(file: str, words: bytes) -> list[bytes]:
    """Return the lines of a file, which are sorted, that begin with ``words``, each with its end."""
    with open(file, "rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as data:  # noqa: PTH123
        start, end = span(data, words)
        return data[start:end].splitlines(keepends=True)


def span(data: bytes | mmap, words: bytes) -> tuple[int, int]:
    """Return where, in sorted lines, those that begin with ``words`` begin and end.

    >>> span(b"a b\\nb c\\nb d\\nc d\\n", b"b ")
    (4, 12)
    """
    return _first(data, words), _first(data, words[:-1] + bytes([words[-1] + 1]))


def _first(data: bytes | mmap, words: bytes) -> int:
    """Return where the first of sorted lines begins that is not less than ``words``."""
    low, high = 0, len(data)
    while low < high:
        begin = data.rfind(b"\n", 0, (low + high) // 2) + 1
        end = data.find(b"\n", begin) + 1
        if data[begin:end] < words:
            low = end
        else:
            high = begin
    return low
