"""Generations: the databases of a store, each filled once and never changed after it was made the current one.

Beside its database a generation has the outline of its graph, so that the next one can be made of what differs.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import checksum, starting, sync
from kg.memory import give_back
from kg.store.outlines import Outlined, read_outline, subject_of

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
        self._loads = [self._thread.submit(self._load, self._database, some.lines) for some in content]
        if len(content) > 1:
            self._loads.append(self._thread.submit(self._optimize, self._database, tuple(self._loads)))

    @staticmethod
    def _optimize(database: ox.Store, loads: Iterable[Future[None]]) -> None:
        """Merge the tables that each load has left: queries that go through many things then take half the time."""
        for load in loads:
            load.result()
        database.optimize()

    @staticmethod
    def _load(database: ox.Store, lines: str) -> None:
        with Path(lines).open("rb") as file:
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


def difference(old: Iterable[Path], content: Sequence[Outlined]) -> dict[bytes, bytes] | None:
    """Return the lines of each subject not as in the outlines ``old``, none of one that is gone; None if it is much."""
    changed: dict[bytes, bytes] = {}
    size = same = 0
    for subject, before, after, lines in _side_by_side(chain.from_iterable(map(read_outline, old)), content):
        if before == after:
            same += 1
            continue
        changed[subject] = b"".join(starting(lines, subject + b" ")) if lines else b""
        size += len(changed[subject])
        if size > MOST or len(changed) > FEW + same:
            return None
    return changed if len(changed) * LITTLE < FEW + same else None


def between(old: Sequence[Outlined], new: Sequence[Outlined]) -> dict[bytes, bytes] | None:
    """Return the lines of each subject that is not as in the files ``old``; None if it is much."""
    gone, come = set(old) - set(new), set(new) - set(old)
    return difference([Path(some.outline) for some in old if some in gone], [some for some in new if some in come])


def _side_by_side(old: Iterator[bytes], content: Iterable[Outlined]) -> Iterator[tuple[bytes, bytes, bytes, str]]:
    """Yield each subject with its lines in the old outline and in the new one, empty if in none, and the new file."""
    before = next(old, b"")
    for some in content:
        for line in read_outline(Path(some.outline)):
            subject = subject_of(line)
            while before and subject_of(before) < subject:
                yield subject_of(before), before, b"", ""
                before = next(old, b"")
            known = before if before and subject_of(before) == subject else b""
            yield subject, known, line, some.lines
            before = next(old, b"") if known else before
    while before:
        yield subject_of(before), before, b"", ""
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
        before = set(database.quads_for_pattern(_node(subject), None, None))
        after = set(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
        for quad in before - after:
            database.remove(quad)
            graphs.add(quad.graph_name)
        database.extend(after - before)
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
