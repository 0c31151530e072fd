"""Generations: the databases of a store, each filled once and never changed after it was made the current one.

Beside its database a generation has the outline of its graph, so that the next one can be made of what differs.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import checksum, sync
from kg.memory import give_back
from kg.store.outlines import (
    CHANGES,
    OUTLINE,
    Change,
    Changes,
    Lines,
    Outlined,
    changes_of,
    merged,
    read_outline,
    subject_of,
    unpacked,
)

GENERATIONS = "generations"
QUADS = "quads"
"""The folder of the database inside that of its generation."""
LITTLE, FEW = 10, 1000
"""What differs is applied to a copy of the old database where it is less than one subject in so many, or a few …"""
MOST = 64_000_000
"""… and not more bytes than these."""
PIECE = 24_000_000
"""Bytes that are loaded at once, about: Oxigraph takes some eight times as many meanwhile."""


class Filling:
    """A database filled by a thread of its own, which the caller need not wait for.

    It is one: Oxigraph has others that write tables, and each load takes memory.
    """

    def __init__(self, folder: Path, content: Sequence[Outlined]):
        self.content = content
        (folder / QUADS).mkdir(parents=True)
        self._database: ox.Store | None = ox.Store(str(folder / QUADS))
        self._thread = ThreadPoolExecutor(1)
        self._loads = [self._thread.submit(self._load, self._database, some) for some in content]
        if len(content) > 1:
            self._loads.append(self._thread.submit(self._optimize, self._database, tuple(self._loads)))

    @staticmethod
    def _optimize(database: ox.Store, loads: Iterable[Future[None]]) -> None:
        """Merge the tables that each load has left: queries that go through many things then take half the time."""
        for load in loads:
            load.result()
        database.optimize()

    @staticmethod
    def _load(database: ox.Store, content: Outlined) -> None:
        with BytesIO(Lines(content).all()) if content.changes else Path(content.lines).open("rb") as file:
            while some := file.read(PIECE):
                # The lines are as a serializer wrote them, so IRIs and language tags need no second look.
                database.bulk_load(some + file.readline(), ox.RdfFormat.N_QUADS, lenient=True)
                give_back()

    def database(self) -> ox.Store:
        """Return the database once everything is in it, for the caller alone. Raises what went wrong."""
        loads, database = self._loads, self._database
        try:
            for load in loads:
                load.result()
        finally:
            self.stop()
        if database is None:
            raise StoreError("the database was let go of; begin again")
        return database

    def stop(self) -> None:
        """Let go of the database as soon as that can be."""
        self._thread.shutdown(cancel_futures=True)
        self._database, self._loads = None, []


class Known(NamedTuple):
    """What is known of a graph: its outlines, and what is otherwise than they say."""

    outlines: list[Path]
    changes: Changes

    @classmethod
    def of(cls, content: Sequence[Outlined]) -> "Known":
        """Return what is known of files."""
        changes = {subject: change for some in content for subject, change in changes_of(some).items()}
        return cls([Path(some.outline) for some in content], changes)

    @classmethod
    def kept(cls, generation: Path) -> "Known":
        """Return what is known of a generation."""
        return cls([generation / OUTLINE], unpacked(generation / CHANGES) if (generation / CHANGES).exists() else {})

    @property
    def digest(self) -> bytes:
        """The digest of the outlines without the changes."""
        digest = hashlib.sha256()
        for path in self.outlines:
            digest.update(path.read_bytes())
        return digest.digest()

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the outline."""
        return merged(chain.from_iterable(map(read_outline, self.outlines)), self.changes)


class Differing(NamedTuple):
    """What is otherwise of a subject."""

    lost: bytes | None
    """The lines it has no more; None if these are all but those gained."""
    gained: bytes


Difference = Mapping[bytes, Differing]
"""What is otherwise, by subject."""


def difference(old: Known, content: Sequence[Outlined]) -> Difference | None:
    """Return what is otherwise than it was; None if it is much.

    Where both are the same but for their changes, as builds upon one build are, no more than these is looked at.
    """
    new = Known.of(content)
    if old.digest == new.digest:
        return _few(_otherwise(old.changes, new.changes), sum(some.subjects for some in content))
    return _few(_side_by_side(old.lines(), content), 0)


def _few(compared: Iterable[tuple[bytes, Differing | None]], same: int) -> Difference | None:
    """Return subjects of which something is otherwise; None if it is much beside those that are the ``same``."""
    changed: dict[bytes, Differing] = {}
    size = 0
    for subject, differing in compared:
        if differing is None:
            same += 1
            continue
        changed[subject] = differing
        size += len(differing.lost or b"") + len(differing.gained)
        if size > MOST or len(changed) > FEW + same:
            return None
    return changed if len(changed) * LITTLE < FEW + same else None


def _otherwise(old: Changes, new: Changes) -> Iterator[tuple[bytes, Differing]]:
    """Yield the subjects that differ, given what is otherwise of either than in files that they share."""
    nothing = Change(b"", (), ())
    for subject in sorted(old.keys() | new.keys()):
        before, after = old.get(subject, nothing), new.get(subject, nothing)
        lost = {*before.gained} - {*after.gained} | {*after.lost} - {*before.lost}
        gained = {*after.gained} - {*before.gained} | {*before.lost} - {*after.lost}
        if lost or gained:
            yield subject, Differing(b"".join(sorted(lost)), b"".join(sorted(gained)))


def between(old: Sequence[Outlined], new: Sequence[Outlined]) -> Difference | None:
    """Return what is otherwise than in the files ``old``; None if it is much."""
    gone, come = set(old) - set(new), set(new) - set(old)
    return difference(Known.of([some for some in old if some in gone]), [some for some in new if some in come])


def _side_by_side(old: Iterator[bytes], content: Iterable[Outlined]) -> Iterator[tuple[bytes, Differing | None]]:
    """Yield each subject with what differs, given the outline of the one and the files of the other."""
    before = next(old, b"")
    for some in content:
        lines: Lines | None = None
        for line in merged(read_outline(Path(some.outline)), changes_of(some)):
            subject = subject_of(line)
            while before and subject_of(before) < subject:
                yield subject_of(before), Differing(None, b"")
                before = next(old, b"")
            if before == line:
                yield subject, None
            else:
                lines = lines or Lines(some)
                yield subject, Differing(None, lines.about(subject))
            before = next(old, b"") if before and subject_of(before) == subject else before
    while before:
        yield subject_of(before), Differing(None, b"")
        before = next(old, b"")


def fill(folder: Path, content: Sequence[Outlined]) -> dict[str, Any]:
    """Load files into a fresh database in ``folder``; return its counts once it is closed."""
    return _closed(Filling(folder, content).database())


def copy(folder: Path, old: Path, changed: Difference, counts: Mapping[str, Any]) -> dict[str, Any]:
    """Make the database in ``folder`` that of the generation ``old``, its tables linked, with a difference applied.

    Return its counts, ``counts`` being those of the old one.
    """
    link_database(old / QUADS, folder / QUADS)
    database = ox.Store(str(folder / QUADS))
    quads, graphs = _apply(database, changed)
    database.flush()
    return {"quads": counts["quads"] + quads, "graphs": counts["graphs"] + graphs}


def change(database: ox.Store, changed: Difference) -> dict[str, Any]:
    """Apply a difference to a database, which the caller has to let go of; return its counts."""
    _apply(database, changed)
    return _closed(database)


def _apply(database: ox.Store, changed: Difference) -> tuple[int, int]:
    """Apply a difference to a database; return how many quads and graphs there are more, or fewer."""
    quads, graphs = 0, dict[Any, bool]()
    for subject, (lost, gained) in changed.items():
        after = set(ox.parse(gained, format=ox.RdfFormat.N_QUADS))
        known = database.quads_for_pattern(_node(subject), None, None) if lost is None else ()
        before = set(ox.parse(lost, format=ox.RdfFormat.N_QUADS) if lost is not None else known)
        for graph in {quad.graph_name for quad in before ^ after} - graphs.keys() - {ox.DefaultGraph()}:
            graphs[graph] = database.contains_named_graph(graph)
        for quad in before - after:
            quads -= quad in database
            database.remove(quad)
        fresh = [quad for quad in after if quad not in database]
        quads += len(fresh)
        database.extend(fresh)
    for graph in graphs:
        if not any(True for _ in database.quads_for_pattern(None, None, None, graph)):
            database.remove_graph(graph)
    return quads, sum(map(database.contains_named_graph, graphs)) - sum(graphs.values())


def _node(subject: bytes) -> ox.NamedNode | ox.BlankNode:
    text = subject.decode()
    return ox.NamedNode(text[1:-1]) if text.startswith("<") else ox.BlankNode(text[2:])


def _closed(database: ox.Store) -> dict[str, Any]:
    """Return the counts of a database, flushed."""
    database.flush()
    return {"quads": len(database), "graphs": sum(1 for _ in database.named_graphs())}


def link_database(old: Path, folder: Path) -> None:
    """Copy a closed database: tables, which are never written again, as hard links, where the system has them."""
    folder.mkdir(parents=True)
    for file in old.iterdir():
        if file.suffix == ".sst":
            with suppress(OSError):
                os.link(file, folder / file.name)
                continue
        if is_data(file.name):
            shutil.copyfile(file, folder / file.name)


def describe(folder: Path, known: Path | None = None, files: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Force the files of a generation to disk and return size and checksum of each, by its path in ``folder``.

    ``known`` is a generation whose ``files`` are described already: what is linked from there is not read again.
    """
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and is_data(path.name)]

    def one(path: Path) -> tuple[str, dict[str, Any]]:
        name = path.relative_to(folder).as_posix()
        status = path.stat()
        if known and files and name in files:
            with suppress(OSError):
                if (known / name).stat().st_ino == status.st_ino:
                    return name, dict(files[name])
        sync(path)
        return name, {"size": status.st_size, "sha256": checksum(path)}

    with ThreadPoolExecutor(2) as pool:
        found = dict(pool.map(one, paths))
    for path in (folder / QUADS, folder, folder.parent):
        sync(path)
    return found


def is_data(name: str) -> bool:
    """Tell whether a file of a database holds data: RocksDB's lock and its logs for people do not."""
    return not name.startswith("LO")


def sizes(folder: Path) -> dict[str, int]:
    """Return the size of each file of a generation: a truncated one opens silently with fewer quads."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and is_data(path.name)
    }


def open_database(folder: Path, files: Mapping[str, Any]) -> ox.Store:
    """Return the database of a generation, read-only; ``files`` is what the ledger says of it. Raises `StoreError`."""
    broken = f"the database of the store {folder.parents[1]} is damaged; see kg check"
    if not folder.is_dir() or sizes(folder) != {name: file["size"] for name, file in files.items()}:
        raise StoreError(broken)
    try:
        return ox.Store.read_only(str(folder / QUADS))
    except OSError as error:
        raise StoreError(f"{broken} ({error})") from None
