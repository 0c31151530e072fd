"""Generations: the databases of a store, each filled once and never changed after it was made the current one."""

import hashlib
import io
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import checksum, sync

GENERATIONS = "generations"
QUADS = "quads"
"""The folder of the database inside that of its generation."""
_SUMS = 1 << 256
_RESPELLED = tuple(
    re.compile(pattern)
    for pattern in (rb'"\^\^<http://www\.w3\.org/2001/XMLSchema#(?!date>)', rb'"@[a-z-]*[A-Z]', rb"\\u", rb"\\U")
)
"""What Oxigraph may spell in another way than it was given: numbers, moments, language tags, escapes."""


class Sum:
    """The digest of a set of quads, whatever their order: what is added and removed can be reckoned in.

    It is the sum of the SHA-256 of each line of canonical N-Quads, modulo 2**256.
    """

    def __init__(self, digest: str = ""):
        self._total = int(digest.removeprefix("sum:") or "0", 16)

    def add(self, lines: Iterable[bytes]) -> None:
        """Reckon in lines of N-Quads, each spelled as Oxigraph does and with its line end."""
        self._total += sum(int.from_bytes(hashlib.sha256(line).digest(), "big") for line in lines)

    def remove(self, lines: Iterable[bytes]) -> None:
        """Reckon out lines that were reckoned in."""
        self._total -= sum(int.from_bytes(hashlib.sha256(line).digest(), "big") for line in lines)

    def __str__(self) -> str:
        return f"sum:{self._total % _SUMS:064x}"


def lines_of(chunk: bytes) -> list[bytes]:
    """Return the lines of N-Quads in ``chunk`` as Oxigraph spells them.

    >>> lines_of(b'<a:s> <a:p> "1"@EN .\\n')
    [b'<a:s> <a:p> "1"@en .\\n']
    """
    lines = chunk.splitlines(keepends=True) if b"\r" not in chunk else chunk.split(b"\n")
    if any(pattern.search(chunk) for pattern in _RESPELLED):
        return [_respelled(line) if any(p.search(line) for p in _RESPELLED) else line for line in lines]
    return lines


def _respelled(line: bytes) -> bytes:
    return b"".join(line_of(quad) for quad in ox.parse(line, format=ox.RdfFormat.N_QUADS))


def line_of(quad: ox.Quad) -> bytes:
    """Return a quad as a line of N-Quads."""
    return f"{quad} .\n".encode()


class _Stream(io.RawIOBase):
    """N-Quads as a binary file that sums them up while they are read."""

    def __init__(self, chunks: Iterable[bytes]):
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")
        self.sum = Sum()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self.sum.add(lines_of(chunk))
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def fill(folder: Path, chunks: Iterable[bytes]) -> dict[str, Any]:
    """Load N-Quads, in chunks of whole lines, into a fresh database; return counts and digest once it is closed."""
    folder.mkdir(parents=True)
    database = ox.Store(str(folder))
    stream = _Stream(chunks)
    # The lines are as a serializer wrote them, so IRIs and language tags need no second look.
    database.bulk_load(input=io.BufferedReader(stream, 1 << 20), format=ox.RdfFormat.N_QUADS, lenient=True)
    database.flush()
    return {"quads": len(database), "graphs": sum(1 for _ in database.named_graphs()), "digest": str(stream.sum)}


def change(old: Path, folder: Path, known: Mapping[str, Any], graphs: Mapping[str, Iterable[bytes]],
           subjects: Mapping[str, Iterable[bytes]]) -> dict[str, Any]:  # fmt: skip
    """Make a database that is ``old`` but for the graphs, and subjects of the default graph, whose lines are given.

    ``known`` are counts and digest of the old one; those of the new one are returned once it is closed.
    """
    link_database(old, folder)
    database = ox.Store(str(folder))
    total, quads = Sum(known["digest"]), known["quads"]
    for before, after in _parts(database, graphs, subjects):
        removed, added = before - after, after - before
        for quad in removed:
            database.remove(quad)
        database.extend(added)
        total.remove(map(line_of, removed))
        total.add(map(line_of, added))
        quads += len(added) - len(removed)
    for name in graphs:
        graph = ox.NamedNode(name)
        if not any(True for _ in database.quads_for_pattern(None, None, None, graph)):
            database.remove_graph(graph)
    database.flush()
    return {"quads": quads, "graphs": sum(1 for _ in database.named_graphs()), "digest": str(total)}


def _parts(
    database: ox.Store, graphs: Mapping[str, Iterable[bytes]], subjects: Mapping[str, Iterable[bytes]]
) -> Iterator[tuple[set[ox.Quad], set[ox.Quad]]]:
    """Yield what each part held and what it is to hold."""
    for name, lines in graphs.items():
        graph = ox.NamedNode(name)
        after = _parsed(lines)
        if any(quad.graph_name != graph for quad in after):
            raise ValueError(f"what is given as {name} has quads of other graphs")
        yield set(database.quads_for_pattern(None, None, None, graph)), after
    for name, lines in subjects.items():
        subject, default = ox.NamedNode(name), ox.DefaultGraph()
        after = _parsed(lines)
        if any(quad.subject != subject or quad.graph_name != default for quad in after):
            raise ValueError(f"what is given as {name} has quads of other subjects, or not of the default graph")
        yield set(database.quads_for_pattern(subject, None, None, default)), after


def _parsed(lines: Iterable[bytes]) -> set[ox.Quad]:
    return set(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))


def link_database(old: Path, folder: Path) -> None:
    """Copy a closed database: tables, which are never written again, as hard links, where the system has them."""
    folder.mkdir(parents=True)
    for file in old.iterdir():
        if file.suffix == ".sst":
            try:
                os.link(file, folder / file.name)
                continue
            except OSError:
                pass
        if not file.name.startswith("LO"):
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
