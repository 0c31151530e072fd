"""Workings: what a build leaves beside the store, so that the next one need not resolve and judge all articles again.

They are those of a build that did: the files of its stages that a revision needs (`kg.engines.revising`), where in them
things are, and what was found in its graph. Builds that follow begin with them and revise what differs since, so that
nothing is ever added to them. What is missing or damaged there costs a build of everything, and no more.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from kg.engines.judging import Known
from kg.engines.resolving import Kept, Resolved
from kg.engines.spills import Piece
from kg.errors import StoreError
from kg.store import Entry, Place
from kg.store.seals import sealed, unsealed

_INDEX = "workings"
_CHUNK = 1 << 20


class Workings(msgspec.Struct):
    """The workings of a build."""

    stamp: str
    """What decides the graph beside the articles."""
    articles: dict[str, tuple[str, Place]]
    """What each article and its claims are known by, and where its record was."""
    kept: Kept
    graph: Resolved
    known: Known
    folder: str = ""
    files: dict[str, int] = {}
    """The checksum of each file."""

    def differences(
        self, entries: Mapping[str, Entry], places: Mapping[str, Place], journal: Path
    ) -> tuple[dict[str, Place], dict[str, Place]]:
        """Return the articles, with places of their records, that are gone since, and those that have come.

        ``journal`` is the folder that the records of both are in.
        """
        now = {key: what(entry) for key, entry in entries.items()}
        old = {key: place for key, (known, place) in self.articles.items() if now.get(key) != known}
        gone = {key: place._replace(path=str(journal / Path(place.path).name)) for key, place in old.items()}
        come = {key: places[key] for key, known in now.items() if key not in self.articles or key in gone}
        return gone, come


def what(entry: Entry) -> str:
    """Return what an article and its claims are known by."""
    return "\0".join((entry.file, entry.content, entry.mapped))


def keep(workings: Workings, folder: Path) -> None:
    """Leave workings in the folder that their files are in, and nothing else there."""
    named = {Path(name) for name in _named(workings)}
    for path in folder.iterdir():
        if path not in named:
            path.unlink()
    workings.folder, workings.files = str(folder), _checksums(folder, sorted(path.name for path in named))
    (folder / _INDEX).write_bytes(sealed(msgspec.msgpack.encode(workings)))


def kept(folder: Path | None, stamp: str) -> Workings | None:
    """Return the workings left in a folder, None where there are none, or not of such a graph, or not as they were."""
    try:
        data = unsealed((folder / _INDEX).read_bytes()) if folder else b""
        workings = msgspec.msgpack.decode(data, type=Workings) if data else None
        if workings is None or workings.stamp != stamp or workings.folder != str(folder):
            return None
        return workings if _checksums(Path(workings.folder), workings.files) == workings.files else None
    except (OSError, ValueError, StoreError, msgspec.MsgspecError):
        return None


def _named(workings: Workings) -> Iterator[str]:
    """Yield the files that workings name."""
    held = workings.kept
    for found in (held.facts, held.tellings, held.blocks, workings.known.parts):
        for pieces in found.values():
            yield from _paths(pieces)
    for referred in held.referred.values():
        yield from _paths([*referred.lines.values(), *referred.facts.values()])
    yield from _paths([*held.pairs.values(), *workings.known.everywhere])
    for bucket in workings.graph.buckets:
        yield from (bucket.content.lines, bucket.content.outline)


def _paths(pieces: list[Piece]) -> Iterator[str]:
    return (piece.path for piece in pieces)


def _checksums(folder: Path, names: Iterable[str]) -> dict[str, int]:
    """Return the checksum of each file; they are large, and several are read at once."""

    def checksum(name: str) -> tuple[str, int]:
        found = 0
        with (folder / name).open("rb") as file:
            while chunk := file.read(_CHUNK):
                found = zlib.crc32(chunk, found)
        return name, found

    with ThreadPoolExecutor(2) as pool:
        return dict(pool.map(checksum, names))
