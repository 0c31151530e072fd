"""The embedded store: an Oxigraph database on disk, opened, written and read in this one place.

A store is a folder::

    store.json       the ledger: format, software, counts, digests, and which database is the current one
    quads/N/         that database (generation N)
    mapped.json      the part of the ledger that says when each article was mapped
    lock             held by the one process that writes
    …                files that a build keeps for itself (`Store.write_file`)

A build fills a fresh generation beside the current one; replacing ``store.json`` is the one step that makes it
current, so a build killed anywhere leaves the old store whole, and readers never see a database being written.
"""

import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, Self

import pyoxigraph as ox

from kg import __version__
from kg.errors import StoreError
from kg.files import write_whole
from kg.iris import BASE

try:
    import fcntl
except ImportError:  # not a POSIX system: two builds of one store at a time are then the user's to avoid
    fcntl = None  # type: ignore[assignment]

FORMAT = 1
LEDGER = "store.json"
QUADS = "quads"
LOCK = "lock"
MAPPED = "mapped.json"

Mode = Literal["read", "write"]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
DEFAULT_GRAPH = ox.DefaultGraph()


class Store:
    """A store folder, open for reading or for writing; closes itself as a context manager.

    ``ledger`` is the parsed ``store.json``, empty where nothing was built yet.
    """

    def __init__(self, path: Path, ledger: dict[str, Any], database: ox.Store | None, lock: IO[bytes] | None = None):
        self.path = path
        self.ledger = ledger
        self._database = database
        self._lock = lock

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, mode: Mode = "read") -> Self:
        """Return the store in the folder ``path``; to write, it is created where missing. Raises `StoreError`."""
        return cls._open_to_write(Path(path)) if mode == "write" else cls._open_to_read(Path(path))

    @classmethod
    def in_memory(cls, nquads: bytes, *, base: str = BASE) -> Self:
        """Return a store that holds ``nquads`` and has no folder: what was mapped and is not to be kept."""
        database = ox.Store()
        database.bulk_load(input=nquads, format=ox.RdfFormat.N_QUADS)
        return cls(Path("-"), {"base": base}, database)

    @classmethod
    def _open_to_read(cls, path: Path) -> Self:
        ledger = _read_ledger(path)
        try:
            return cls(path, ledger, _open_database(path, ledger))
        except StoreError:
            newer = _read_ledger(path)  # a build may have replaced the database between the two steps
            if newer == ledger:
                raise
            return cls(path, newer, _open_database(path, newer))

    @classmethod
    def _open_to_write(cls, path: Path) -> Self:
        if path.exists() and not path.is_dir():
            raise StoreError(f"{path} is a file and a store is a folder; give --store another name")
        if path.is_dir() and not (path / LEDGER).exists() and _holds_other_things(path):
            raise StoreError(f"{path} holds other files and is not a store; give --store a new or empty folder")
        try:
            path.mkdir(parents=True, exist_ok=True)
            lock = _lock(path)
        except OSError as error:
            raise StoreError(f"{path} cannot be written ({error.strerror}); give --store another folder") from None
        ledger = _read_ledger(path) if (path / LEDGER).exists() else {}
        return cls(path, ledger, _open_database(path, ledger) if ledger else None, lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and let go of the lock; results still being read stay readable."""
        self._database = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def base(self) -> str:
        """The base of the IRIs minted in this store."""
        return str(self.ledger.get("base", BASE))

    @property
    def database(self) -> ox.Store:
        """The Oxigraph database itself, to be read only. Raises `StoreError` where nothing was built yet."""
        if self._database is None:
            raise StoreError(
                f"the store {self.path} is empty or closed; fill it with: kg build PATH --store {self.path}"
            )
        return self._database

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Results:
        """Return the results of SPARQL that is trusted; `SyntaxError` as Oxigraph raises it.

        The default graph is the one stored, never the union: Oxigraph's union repeats what several graphs say.
        """
        return self.database.query(text, prefixes=dict(prefixes or {}))

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Return the quads that match the terms given, in no particular order; ``graph`` None is any graph."""
        return self.database.quads_for_pattern(subject, predicate, value, graph)

    def graphs(self) -> list[ox.NamedNode]:
        """Return the names of the article graphs in IRI order."""
        named = (graph for graph in self.database.named_graphs() if isinstance(graph, ox.NamedNode))
        return sorted(named, key=lambda graph: graph.value)

    def replace(self, nquads: bytes | Iterable[bytes | str], ledger: Mapping[str, Any] | None = None) -> None:
        """Make ``nquads``, whole or line by line, the content of the store, together with what ``ledger`` adds.

        Returns once everything is on disk. Raises `StoreError` where a line is no N-Quad or the disk refuses; the
        old content then stays.
        """
        if self._lock is None:
            raise StoreError(f"the store {self.path} is open for reading; open it for writing to replace its content")
        generation = int(self.ledger.get("generation", 0)) + 1
        source = _Digested(nquads)
        target = self.path / QUADS / str(generation)
        shutil.rmtree(target, ignore_errors=True)  # left by a build that was killed
        try:
            counts = _fill(target, source)
            self._commit({**(ledger or {}), **counts, "digest": source.digest}, generation, target)
        except (OSError, SyntaxError, ValueError) as error:
            shutil.rmtree(target, ignore_errors=True)
            raise StoreError(
                f"the store {self.path} could not be written ({error}); the old content is kept"
            ) from error
        self._forget_others(target)

    def _commit(self, ledger: dict[str, Any], generation: int, target: Path) -> None:
        """Make the database in ``target`` the current one."""
        own = {"format": FORMAT, "software": f"diplomacy-kg {__version__}", "generation": generation}
        complete = {**ledger, **own, "files": _sizes(target)}
        self.write_file(LEDGER, json.dumps(complete, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n")
        self.ledger, self._database = complete, _open_database(self.path, complete)

    def _forget_others(self, current: Path) -> None:
        for generation in (self.path / QUADS).iterdir():
            if generation != current:
                shutil.rmtree(generation, ignore_errors=True)

    @property
    def mapped(self) -> dict[str, str]:
        """When the claims of each article, by the slug of its IRI, were mapped: moments of ISO 8601 in UTC."""
        data = self.read_file(MAPPED)
        try:
            known = json.loads(data) if data else {}
        except ValueError:
            return {}
        return known if isinstance(known, dict) else {}

    def note_mapped(self, moments: Mapping[str, str | None]) -> None:
        """Keep when each article was mapped; None is now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        known = {key: moment or now for key, moment in sorted(moments.items())}
        self.write_file(MAPPED, json.dumps(known, indent=0).encode())

    def write_file(self, name: str, data: bytes) -> None:
        """Write ``data`` to the file ``name`` inside the store's folder: after a crash it is the old one or the new."""
        write_whole(self._file(name), data)
        _sync(self.path)

    def hold(self, name: str) -> IO[bytes]:
        """Return a file of the store's folder that one process at a time may hold, until it closes it or ends."""
        return _lock(self.path, name)

    def append_file(self, name: str, data: bytes) -> None:
        """Add ``data`` to the end of a file inside the store's folder; on return it is on disk."""
        with self._file(name).open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def read_file(self, name: str) -> bytes | None:
        """Return the content of the file ``name`` inside the store's folder, None where there is none."""
        path = self._file(name)
        return path.read_bytes() if path.is_file() else None

    def _file(self, name: str) -> Path:
        if Path(name).name != name or name in (QUADS, LOCK, "..", "."):
            raise StoreError(f"{name!r} cannot be a file of a store; give a plain file name")
        return self.path / name


class _Digested(io.RawIOBase):
    """N-Quads as a binary file that reckons its own SHA-256 while it is read."""

    def __init__(self, nquads: bytes | Iterable[bytes | str]):
        self._lines = iter((nquads,) if isinstance(nquads, bytes) else nquads)
        self._rest = memoryview(b"")
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            line = next(self._lines, None)
            if line is None:
                return 0
            data = line.encode() if isinstance(line, str) else line
            self._hash.update(data)
            self._rest = memoryview(data)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    @property
    def digest(self) -> str:
        return "sha256:" + self._hash.hexdigest()


def _fill(target: Path, source: io.RawIOBase) -> dict[str, int]:
    """Load N-Quads into a fresh database in ``target``; on return all of it is on disk and closed."""
    target.mkdir(parents=True)
    database = ox.Store(str(target))
    database.bulk_load(input=io.BufferedReader(source, 1 << 20), format=ox.RdfFormat.N_QUADS)
    database.flush()
    counts = {"quads": len(database), "graphs": sum(1 for _ in database.named_graphs())}
    del database
    for file in target.iterdir():
        _sync(file)
    _sync(target)
    return counts


def _sync(path: Path) -> None:
    """Force a file or folder to disk; some systems cannot do so with folders."""
    with suppress(PermissionError, IsADirectoryError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sizes(database: Path) -> dict[str, int]:
    """Return the size in bytes of each file that holds data: a truncated one opens silently with fewer quads."""
    return {file.name: file.stat().st_size for file in sorted(database.iterdir()) if not file.name.startswith("LO")}


def _holds_other_things(path: Path) -> bool:
    """Tell whether a folder without a ledger holds more than a killed first build leaves behind."""
    return any(file.name not in (LOCK, QUADS) and not file.name.startswith(".") for file in path.iterdir())


def _lock(path: Path, name: str = LOCK) -> IO[bytes]:
    """Return an open lock file of the folder ``path``; the system lets go of it even when the process is killed."""
    file = (path / name).open("ab")
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        doing = "writing" if name == LOCK else "loading"
        raise StoreError(f"another process is {doing} the store {path}; wait until it ends and try again") from None
    return file


def _read_ledger(path: Path) -> dict[str, Any]:
    """Return the ledger of the store in ``path``."""
    if not path.exists():
        raise StoreError(f"there is no store at {path}; make one with: kg build PATH --store {path}")
    try:
        ledger = json.loads((path / LEDGER).read_bytes())
    except (OSError, ValueError):
        raise StoreError(f"{path} is not a store; name the folder that kg build was given as --store") from None
    if not isinstance(ledger, dict) or ledger.get("format") != FORMAT:
        found = ledger.get("format") if isinstance(ledger, dict) else None
        raise StoreError(
            f"the store {path} has format {found}, this kg reads {FORMAT}; delete the folder and build it again"
        )
    return ledger


def _open_database(path: Path, ledger: Mapping[str, Any]) -> ox.Store:
    """Return the current database of the store in ``path``, read-only."""
    current = path / QUADS / str(ledger.get("generation"))
    broken = f"the store {path} is damaged; delete the folder and build it again"
    if not current.is_dir() or _sizes(current) != ledger.get("files"):
        raise StoreError(broken)
    try:
        return ox.Store.read_only(str(current))
    except OSError as error:
        raise StoreError(f"{broken} ({error})") from None
