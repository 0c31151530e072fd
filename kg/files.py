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
    found = []
    with open(file, "rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as data:  # noqa: PTH123
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            begin = data.rfind(b"\n", 0, middle) + 1
            end = data.find(b"\n", begin) + 1
            if data[begin:end] < words:
                low = end
            else:
                high = begin
        while data[low : low + len(words)] == words:
            end = data.find(b"\n", low) + 1
            found.append(data[low:end])
            low = end
    return found
