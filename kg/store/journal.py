"""The journal: every article that was ever read, with its claims, in batches that are acknowledged one by one.

A batch is a file that is never changed::

    payloads     what resolution reads, an article each, compressed each by itself
    index        entries: what is known of each article without reading it; and what this batch drops
    footer       where the index is

It counts once the ledger names it (`Journal.take`), after it was forced to disk: all of its articles or none. The
ledger names the latest itself, and of those before the volumes that list them, so that it stays short. An entry
replaces an earlier one from the same place; what is replaced or dropped is dead, and batches that are mostly dead are
written anew (`Journal.compact`).
"""

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from sys import intern
from typing import IO, Any, NamedTuple

import msgspec

from kg.errors import StoreError
from kg.files import sync, write_whole
from kg.store.ledger import described

JOURNAL = "journal"
BATCH = 200
"""Articles in a batch that is written anew."""
VOLUME = 256
"""Batches in a volume, a file that lists them as the ledger would; of these, too, none is ever changed."""
_MAGIC = b"diplomacy-kg journal 1\n"
_FOOTER = struct.Struct(">QQ")

Id = tuple[str, int]


class Entry(msgspec.Struct, kw_only=True, array_like=True, omit_defaults=True, gc=False):
    """What the store knows of one article, or of one refusal, without reading it."""

    origin: str
    """Where its source is (`kg.articles.Source.origin`)."""
    number: int = 1
    """Which of the readings of that source it is …"""
    of: int = 1
    """… and how many there are."""
    source: str = ""
    """Digest of the source and of what reads it: while it is the same, the source need not be read again."""
    file: str = ""
    refused: str = ""
    """Why it is no article; empty for articles."""
    key: str = ""
    """The slug of the article's IRI."""
    text: str = ""
    """Digest of its text."""
    content: str = ""
    """Digest of all that mapping reads of it."""
    mapped: str = ""
    """Digest of what its claims depend on beside the content; empty while it has none."""
    moment: str = ""
    """When its claims were mapped: ISO 8601, UTC."""
    note: bytes = b""
    """Whatever the engine wants to know without reading the payload."""
    offset: int = 0
    size: int = 0
    batch: str = ""
    """The file that holds the payload, and where in it."""

    @property
    def id(self) -> Id:
        """What one reading is known by: where it came from."""
        return self.origin, self.number


class Place(NamedTuple):
    """Where a payload is, for a process that has not opened the store."""

    path: str
    offset: int
    size: int

    def read(self) -> bytes:
        """Return the payload. Raises `StoreError` where it is damaged."""
        try:
            with open(self.path, "rb", buffering=0) as file:  # noqa: PTH123 - a hundred thousand times
                return zlib.decompress(os.pread(file.fileno(), self.size, self.offset))
        except FileNotFoundError:
            raise StoreError(f"{self.path} was written anew by a build meanwhile; run the command again") from None
        except (OSError, zlib.error) as error:
            raise StoreError(f"{self.path} is damaged ({error}); see kg check") from None


class Index(msgspec.Struct):
    """What a batch adds and what it drops."""

    entries: list[Entry] = []
    dropped: list[Id] = []


class Batch(msgspec.Struct, frozen=True):
    """A batch written and forced to disk, not yet acknowledged."""

    path: str
    size: int
    sha256: str
    index: Index


def write_batch(folder: Path, items: Iterable[tuple[Entry, bytes]], dropped: Iterable[Id] = ()) -> Batch:
    """Write entries with their payloads to a new file in ``folder``; on return it is on disk. Raises `OSError`.

    Needs no lock: any process may write batches, and hand them to the one that holds the store.
    """
    path = folder / f".{os.getpid()}-{next(_numbers)}.new"
    try:
        with path.open("xb") as file:
            return _write(file, path, items, dropped)
    except OSError:
        path.unlink(missing_ok=True)  # on a full disk it would stand in the way
        raise


_numbers = count(1)


def _write(file: IO[bytes], path: Path, items: Iterable[tuple[Entry, bytes]], dropped: Iterable[Id]) -> Batch:
    digest = hashlib.sha256()
    end = 0

    def put(data: bytes) -> int:
        nonlocal end
        file.write(data)
        digest.update(data)
        end += len(data)
        return len(data)

    put(_MAGIC)
    entries = []
    for entry, payload in items:
        packed = zlib.compress(payload, 1) if payload else b""
        entries.append(msgspec.structs.replace(entry, offset=end, size=put(packed), batch=""))
    index = Index(entries, list(dropped))
    start = end
    size = put(zlib.compress(msgspec.msgpack.encode(index), 1))
    put(_FOOTER.pack(start, size))
    file.flush()
    os.fsync(file.fileno())
    return Batch(str(path), end, digest.hexdigest(), index)


def read_index(path: Path) -> Index:
    """Return the index of a batch. Raises `ValueError` or `OSError` where it is damaged."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ValueError("does not begin as a batch does")
        file.seek(-_FOOTER.size, os.SEEK_END)
        start, size = _FOOTER.unpack(file.read(_FOOTER.size))
        file.seek(start)
        try:
            return msgspec.msgpack.decode(zlib.decompress(file.read(size)), type=Index)
        except (zlib.error, MemoryError, OverflowError) as error:
            raise ValueError(str(error)) from None


def batches_of(store: Path, ledger: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the batches that a ledger names, itself or by volumes, oldest first. Raises `StoreError`."""
    found: list[dict[str, Any]] = []
    for volume in ledger.get("volumes", ()):
        path = store / JOURNAL / volume["name"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StoreError(f"{path} cannot be read ({error.strerror}); see kg check") from None
        if hashlib.sha256(data).hexdigest() != volume["sha256"]:
            raise StoreError(f"{path} is damaged; see kg check")
        found += json.loads(data)
    return [*found, *ledger.get("journal", ())]


class Journal:
    """The journal of a store; ``batches`` are those acknowledged, oldest first, as the ledger describes them.

    ``volumes`` list the first of them.
    """

    def __init__(self, store: Path, batches: Sequence[Mapping[str, Any]], volumes: Sequence[Mapping[str, Any]] = ()):
        self.folder = store / JOURNAL
        self.batches = [dict(batch) for batch in batches]
        self._volumes = list(volumes)
        self.entries: dict[Id, Entry] = {}
        """The entries in force, by where they came from."""
        self._next = int(self.batches[-1]["name"]) if self.batches else 0
        for batch in self.batches:
            self._take(batch["name"], self._index(batch))

    def _index(self, batch: Mapping[str, Any]) -> Index:
        path = self.folder / batch["name"]
        try:
            if path.stat().st_size != batch["size"]:
                raise ValueError("has another size")
            return read_index(path)
        except (OSError, ValueError) as error:
            raise StoreError(
                f"the journal of the store {self.folder.parent} is damaged ({batch['name']}: {error}); see kg check"
            ) from None

    def _take(self, name: str, index: Index) -> None:
        for identity in index.dropped:
            self.entries.pop(identity, None)
        for entry in index.entries:
            entry.batch, entry.mapped, entry.moment = name, intern(entry.mapped), intern(entry.moment)
            self.entries[entry.id] = entry

    def take(self, batch: Batch) -> None:
        """Move a batch into the journal; it counts once the ledger names ``batches``. Raises `OSError`."""
        self._next += 1
        name = f"{self._next:08}"
        Path(batch.path).replace(self.folder / name)
        sync(self.folder)
        self.batches.append(
            {"name": name, "count": len(batch.index.entries), "size": batch.size, "sha256": batch.sha256}
        )
        self._take(name, batch.index)

    def listed(self) -> dict[str, Any]:
        """Return how the ledger names the batches, after writing the volumes that are full. Raises `OSError`."""
        while len(rest := self.batches[VOLUME * len(self._volumes) :]) >= 2 * VOLUME:
            name = f"volume-{rest[VOLUME - 1]['name']}"
            write_whole(self.folder / name, json.dumps(rest[:VOLUME]).encode())
            sync(self.folder)
            self._volumes.append({"name": name, **described(self.folder / name)})
        return {"volumes": [*self._volumes], "journal": rest}

    def place(self, entry: Entry) -> Place:
        """Return where the payload of an entry is."""
        return Place(intern(f"{self.folder}{os.sep}{entry.batch}"), entry.offset, entry.size)

    def each_once(self) -> tuple[list[Entry], list[tuple[Entry, Entry]]]:
        """Return the articles that are in the graph, by key, and the others, each with the one that it repeats.

        Of articles with one address or one text it is the one whose file name sorts first, whenever they came.
        """
        first: dict[str, Entry] = {}
        kept, duplicates = [], []
        articles = (entry for entry in self.entries.values() if not entry.refused)
        for entry in sorted(articles, key=lambda e: (e.file, e.content, e.id)):
            stays = first.get(entry.key) or first.get(entry.text)
            if stays is not None:
                duplicates.append((entry, stays))
                continue
            first[entry.key] = first[entry.text] = entry
            kept.append(entry)
        return sorted(kept, key=lambda e: e.key), duplicates

    def payload(self, entry: Entry) -> bytes:
        """Return the payload of an entry. Raises `StoreError` where it is damaged."""
        return self.place(entry).read() if entry.size else b""

    def payloads(self, entries: Iterable[Entry]) -> Iterator[bytes]:
        """Yield the payloads of entries, in their order, one at a time."""
        return map(self.payload, entries)

    @property
    def wasteful(self) -> bool:
        """Whether more than half of what the batches hold is dead, or they are many and small."""
        held = sum(batch["count"] for batch in self.batches)
        return held > 2 * len(self.entries) + BATCH or len(self.batches) > 2 * len(self.entries) / BATCH + 64

    def compact(self) -> None:
        """Write what is in force to new batches and forget the old ones; counts once the ledger names ``batches``."""
        entries = sorted(self.entries.values(), key=lambda entry: (entry.batch, entry.offset))
        fresh = Journal(self.folder.parent, ())
        fresh._next = self._next
        for start in range(0, len(entries), BATCH):
            some = entries[start : start + BATCH]
            fresh.take(write_batch(self.folder, ((entry, self.payload(entry)) for entry in some)))
        self.batches, self.entries, self._next, self._volumes = fresh.batches, fresh.entries, fresh._next, []
