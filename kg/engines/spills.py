"""Spills: what one stage leaves in files for the next, in pieces by name, so that no process holds all of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec


class Piece(NamedTuple):
    """Some bytes of a file."""

    path: str
    offset: int
    size: int

    def read(self) -> bytes:
        """Return them."""
        with open(self.path, "rb") as file:  # noqa: PTH123 - a path that came as a string through a pipe
            file.seek(self.offset)
            return file.read(self.size)


class Pieces:
    """Where the pieces of each name are."""

    def __init__(self, found: Mapping[str, list[Piece]] | None = None) -> None:
        self.found: dict[str, list[Piece]] = defaultdict(list, found or {})

    def note(self, pieces: Mapping[str, Piece]) -> None:
        """Take note of what one job has left."""
        for name, piece in pieces.items():
            self.found[name].append(piece)

    def joined(self, more: Iterable[Mapping[str, Piece]]) -> dict[str, list[Piece]]:
        """Return the pieces of each name, with ``more`` that are not taken note of."""
        found = {name: list(pieces) for name, pieces in self.found.items()}
        for pieces in more:
            for name, piece in pieces.items():
                found.setdefault(name, []).append(piece)
        return found

    def jobs(self) -> list[tuple[str, list[Piece]]]:
        """Return the names and all pieces of each, the largest first: who is last has little left to do."""
        total = {name: sum(piece.size for piece in pieces) for name, pieces in self.found.items()}
        return [(name, self.found[name]) for name in sorted(total, key=lambda name: (-total[name], name))]


def spill(path: Path, items: Iterable[tuple[str, Any]]) -> dict[str, Piece]:
    """Write values by name to a file; return where those of each name are."""
    named: dict[str, list[Any]] = defaultdict(list)
    for name, value in items:
        named[name].append(value)
    return write_pieces(path, ((name, msgspec.msgpack.encode(values)) for name, values in named.items()))


def write_pieces(path: Path, pieces: Iterable[tuple[str, bytes]]) -> dict[str, Piece]:
    """Write bytes by name to a file; return where those of each name are."""
    found, offset = {}, 0
    with path.open("wb") as file:
        for name, data in pieces:
            found[name] = Piece(str(path), offset, len(data))
            offset += file.write(data)
    return found


def spilled(pieces: Iterable[Piece], kind: Any) -> Iterator[Any]:
    """Yield the values, each of type ``kind``, in pieces that `spill` wrote."""
    decoder = msgspec.msgpack.Decoder(list[kind])
    for piece in pieces:
        yield from decoder.decode(piece.read())
