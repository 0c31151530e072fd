"""Seals: what is added to a file carries its length and checksum, so that the file can grow and be checked."""

import hashlib
import re

_SEAL = re.compile(rb"sealed ([0-9]{1,15}) ([0-9a-f]{64})\n")


def sealed(data: bytes) -> bytes:
    """Return ``data`` with a line before it that tells its length and SHA-256."""
    return f"sealed {len(data)} {hashlib.sha256(data).hexdigest()}\n".encode() + data


def unsealed(data: bytes) -> bytes:
    """Return what was sealed, one piece or several; a last one cut short, as by a crash, is left out.

    Raises `ValueError` where a piece is not what it was.

    >>> unsealed(sealed(b"one ") + sealed(b"two") + sealed(b"three")[:-1])
    b'one two'
    """
    pieces, start = [], 0
    while start < len(data):
        seal = _SEAL.match(data, start)
        if seal is None:
            if len(data) - start < 90 and b"\n" not in data[start:]:
                break
            raise ValueError("there is no seal where one should be")
        start = seal.end() + int(seal[1])
        piece = data[seal.end() : start]
        if start > len(data):
            break
        if hashlib.sha256(piece).hexdigest() != seal[2].decode():
            raise ValueError("what is sealed is not what it was")
        pieces.append(piece)
    return b"".join(pieces)
