"""Generations: the databases of a store, each filled once and never changed after it was made the current one.

Beside its database a generation has the outline of its graph, so that the next one can be made of what differs.
"""

import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import checksum, sync
from kg.store.outlines import OUTLINE, Block, Writer, blocks, read_outline, subject_of

GENERATIONS = "generations"
QUADS = "quads"
"""The folder of the database inside that of its generation."""
LITTLE, FEW = 10, 1000
"""What differs is applied to a copy of the old database where it is less than one subject in so many, or a few …"""
MOST = 64_000_000
"""… and not more bytes than these."""

Chunks = Callable[[], Iterable[bytes]]
"""What gives the lines of a graph, sorted, in chunks; again each time it is called."""


class _Stream(io.RawIOBase):
    """N-Quads as a binary file that is outlined while it is read."""

    def __init__(self, found: Iterator[Block], outline: Writer):
        self._blocks = found
        self._outline = outline
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            some = []
            for block in self._blocks:
                self._outline.add(block)
                some.append(block[1])
                if len(some) == 256:
                    break
            self._rest = memoryview(b"".join(some))
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def make(folder: Path, chunks: Chunks, old: Path | None) -> dict[str, Any]:
    """Make a generation in ``folder`` of the lines that ``chunks`` gives; return counts and digest once it is closed.

    Where little differs from the generation ``old``, it is a copy of that one, its tables linked, with the difference
    applied; else it is filled anew.
    """
    folder.mkdir(parents=True)
    outline = Writer(folder / OUTLINE)
    changed = difference(old / OUTLINE, blocks(chunks()), outline) if old is not None else None
    digest = outline.close()
    if old is not None and changed is not None:
        link_database(old / QUADS, folder / QUADS)
        return change(folder / QUADS, changed) | {"digest": digest}
    return fill(folder, blocks(chunks()))


def fill(folder: Path, found: Iterator[Block]) -> dict[str, Any]:
    """Load the lines of subjects into a fresh database."""
    (folder / QUADS).mkdir()
    outline = Writer(folder / OUTLINE)
    database = ox.Store(str(folder / QUADS))
    stream = io.BufferedReader(_Stream(found, outline), 1 << 20)
    # The lines are as a serializer wrote them, so IRIs and language tags need no second look.
    database.bulk_load(input=stream, format=ox.RdfFormat.N_QUADS, lenient=True)
    return _closed(database) | {"digest": outline.close()}


def difference(old: Path, new: Iterator[Block], outline: Writer) -> dict[bytes, bytes] | None:
    """Return the lines of each subject that is not as in the outline ``old`` (none: it is gone); None where it is much.

    The new outline is written on the way.
    """
    changed: dict[bytes, bytes] = {}
    size = same = 0
    for subject, before, after, lines in _side_by_side(read_outline(old), new, outline):
        if before == after:
            same += 1
            continue
        changed[subject] = lines
        size += len(lines)
        if size > MOST or len(changed) > FEW + same:
            return None
    return changed if len(changed) * LITTLE < FEW + same else None


def _side_by_side(
    old: Iterator[bytes], new: Iterator[Block], outline: Writer
) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    """Yield each subject with its lines in the old outline and in the new one, empty where it is not, and its lines."""
    before = next(old, b"")
    for subject, lines in new:
        while before and subject_of(before) < subject:
            yield subject_of(before), before, b"", b""
            before = next(old, b"")
        known = before if before and subject_of(before) == subject else b""
        yield subject, known, outline.add((subject, lines)), lines
        before = next(old, b"") if known else before
    while before:
        yield subject_of(before), before, b"", b""
        before = next(old, b"")


def change(folder: Path, changed: Mapping[bytes, bytes]) -> dict[str, Any]:
    """Give subjects of a database other lines."""
    database = ox.Store(str(folder))
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
    """Return the counts of a database that nobody holds after that."""
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
