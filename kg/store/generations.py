"""Generations: the databases of a store, each filled once and never changed after it was made the current one.

Beside its database a generation has the outline of its graph, so that the next one can be made of what differs.
"""

import hashlib
import os
import shutil
from bisect import bisect_right
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
    Lines,
    Outlined,
    blocks,
    merged,
    outline_changes,
    outline_of,
    read_outline,
    subject_of,
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
    """What is known of a graph: its outlines, and by subject the lines that are otherwise in them."""

    outlines: list[Path]
    changes: dict[bytes, bytes]

    @classmethod
    def of(cls, content: Sequence[Outlined]) -> "Known":
        """Return what is known of files."""
        changes = {subject: line for some in content for subject, line in outline_changes(some).items()}
        return cls([Path(some.outline) for some in content], changes)

    @classmethod
    def kept(cls, generation: Path) -> "Known":
        """Return what is known of a generation."""
        changes = read_outline(generation / CHANGES) if (generation / CHANGES).exists() else ()
        return cls([generation / OUTLINE], {subject_of(line): line for line in changes})

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


Compared = tuple[bytes, bytes, bytes, Outlined | None]
"""A subject with its lines in the old outline and in the new one, empty if in none, and the new file."""


def difference(old: Known, content: Sequence[Outlined]) -> dict[bytes, bytes] | None:
    """Return the lines of each subject that is not as it was, none of one that is gone; None if it is much.

    Where both are the same but for their changes, as builds upon one build are, no more than these is looked at.
    """
    new, same = Known.of(content), 0
    if old.digest == new.digest:
        compared, same = _otherwise(old.changes, new.changes, content), sum(some.subjects for some in content)
    else:
        compared = _side_by_side(old.lines(), content)
    changed: dict[bytes, bytes] = {}
    files: dict[Outlined, Lines] = {}
    size = 0
    for subject, before, after, some in compared:
        if before == after:
            same += 1
            continue
        if some is not None and some not in files:
            files = {some: Lines(some)}
        changed[subject] = files[some].about(subject) if some is not None else b""
        size += len(changed[subject])
        if size > MOST or len(changed) > FEW + same:
            return None
    return changed if len(changed) * LITTLE < FEW + same else None


def _otherwise(
    old: Mapping[bytes, bytes], new: Mapping[bytes, bytes], content: Sequence[Outlined]
) -> Iterator[Compared]:
    """Yield the subjects that either has otherwise than in the files that they share."""
    files = [(lines.first, some, lines) for some, lines in zip(content, map(Lines, content), strict=True)]
    firsts = [first for first, _, _ in files]
    for subject in sorted(old.keys() | new.keys()):
        _, some, lines = files[max(bisect_right(firsts, subject) - 1, 0)]
        shared = b"" if subject in old and subject in new else outline_of(subject, lines.before(subject + b" "))
        yield subject, old.get(subject, shared), new.get(subject, shared), some


def between(old: Sequence[Outlined], new: Sequence[Outlined]) -> dict[bytes, bytes] | None:
    """Return the lines of each subject that is not as in the files ``old``; None if it is much."""
    gone, come = set(old) - set(new), set(new) - set(old)
    return difference(Known.of([some for some in old if some in gone]), [some for some in new if some in come])


def _side_by_side(old: Iterator[bytes], content: Iterable[Outlined]) -> Iterator[Compared]:
    """Yield each subject with its lines in the old outline and in the new one."""
    before = next(old, b"")
    for some in content:
        for line in merged(read_outline(Path(some.outline)), outline_changes(some)):
            subject = subject_of(line)
            while before and subject_of(before) < subject:
                yield subject_of(before), before, b"", None
                before = next(old, b"")
            known = before if before and subject_of(before) == subject else b""
            yield subject, known, line, some
            before = next(old, b"") if known else before
    while before:
        yield subject_of(before), before, b"", None
        before = next(old, b"")


def fill(folder: Path, content: Sequence[Outlined]) -> dict[str, Any]:
    """Load files into a fresh database in ``folder``; return its counts once it is closed."""
    return _closed(Filling(folder, content).database())


def copy(folder: Path, old: Path, changed: Mapping[bytes, bytes]) -> dict[str, Any]:
    """Make the database in ``folder`` that of the generation ``old``, its tables linked, with a difference applied."""
    link_database(old / QUADS, folder / QUADS)
    return change(ox.Store(str(folder / QUADS)), changed)


def change(database: ox.Store, changed: Mapping[bytes, bytes]) -> dict[str, Any]:
    """Give subjects of a database, which the caller has to let go of, other lines; return its counts."""
    graphs: set[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = set()
    for subject, lines in changed.items():
        held = ox.serialize(database.quads_for_pattern(_node(subject), None, None), format=ox.RdfFormat.N_QUADS) or b""
        before = set(held.splitlines(keepends=True))
        after = {line for _, block in blocks([lines]) for line in block.splitlines(keepends=True)}
        for quad in ox.parse(b"".join(before - after), format=ox.RdfFormat.N_QUADS):
            database.remove(quad)
            graphs.add(quad.graph_name)
        database.extend(ox.parse(b"".join(sorted(after - before)), format=ox.RdfFormat.N_QUADS))
    for graph in graphs - {ox.DefaultGraph()}:
        if not any(True for _ in database.quads_for_pattern(None, None, None, graph)):
            database.remove_graph(graph)
    return _closed(database)


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
