"""The embedded store, opened, written and read in this one place."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import IO, Any, Literal, Self, TypeVar

import pyoxigraph as ox

from kg import __version__
from kg.errors import StoreError
from kg.files import sync, write_whole
from kg.iris import BASE
from kg.store import generations
from kg.store.generations import GENERATIONS, QUADS
from kg.store.journal import JOURNAL, Batch, Entry, Id, Journal, batches_of, write_batch
from kg.store.ledger import FORMAT, LEDGER, read_ledger, write_ledger
from kg.store.outlines import OUTLINE, Outlined, outlined, write_outline
from kg.store.seals import sealed, unsealed

try:
    import fcntl
except ImportError:  # not a POSIX system: two builds of one store at a time are then the user's to avoid
    fcntl = None  # type: ignore[assignment]

LOCK = "lock"
SCRATCH = "scratch"
OWN = frozenset((LOCK, LEDGER, JOURNAL, GENERATIONS, SCRATCH))
"""What lies in a store's folder beside the files that others keep there."""

Mode = Literal["read", "write"]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
DEFAULT_GRAPH = ox.DefaultGraph()
T = TypeVar("T")


class Store:
    """A store folder, open for reading or for writing; closes itself as a context manager.

    ``ledger`` is what is acknowledged: counts, checksums, and what the last build told; empty where nothing was yet.
    """

    def __init__(self, path: Path, ledger: dict[str, Any], database: ox.Store | None, lock: IO[bytes] | None = None):
        self.path = path
        self.ledger = ledger
        self._database = database
        self._lock = lock
        self._journal: Journal | None = None
        self._filling: generations.Filling | None = None

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
        ledger, database = settled(path, lambda ledger: _open_database(path, ledger))
        return cls(path, ledger, database)

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
        try:
            return cls._begin(path, lock)
        except BaseException:
            lock.close()
            raise

    @classmethod
    def _begin(cls, path: Path, lock: IO[bytes]) -> Self:
        """Return the store, locked, once it is rid of what a killed build left."""
        ledger = read_ledger(path) if (path / LEDGER).exists() or _has_content(path) else {}
        try:
            database = _open_database(path, ledger)
        except StoreError:  # the journal has all that is needed to fill it anew
            ledger = {
                name: value for name, value in ledger.items() if name not in _OF_GENERATIONS or name == "generation"
            }
            ledger["damaged"] = True
            database = None
        store = cls(path, ledger, database, lock)
        with store._writing():
            store._sweep()
            (path / JOURNAL).mkdir(exist_ok=True)
            (path / GENERATIONS).mkdir(exist_ok=True)
            if not ledger:  # before there is anything it could name
                store._write_ledger({})
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        writing = self._lock is not None
        self.close()
        if writing and isinstance(error, OSError) and is_full(error):  # of whatever a build keeps in `scratch`
            raise StoreError(why_not(self.path, error)) from error

    def close(self) -> None:
        """Close the database and let go of the lock; results still being read stay readable."""
        self._database = None
        if self._filling is not None:
            self._filling.stop()
            self._filling = None
        if self._lock is not None:
            self._sweep_scratch()
            self._lock.close()
            self._lock = None

    # ------------------------------------------------------------------------------------------ reading

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

    @property
    def mapped(self) -> dict[str, str]:
        """When the claims of each article, by the slug of its IRI, were mapped: moments of ISO 8601 in UTC."""
        return {entry.key: entry.moment for entry in self.journal.each_once()[0]}

    @property
    def journal(self) -> Journal:
        """What was read and mapped: all of it in a store open for writing, else what the database was made from."""
        if self._journal is None:
            batches = batches_of(self.path, self.ledger)
            if self._lock is None:
                batches = [batch for batch in batches if batch["name"] <= self.ledger.get("resolved", "")]
            self._journal = Journal(self.path, batches, self.ledger.get("volumes", ()))
        return self._journal

    # ------------------------------------------------------------------------------------------ the journal

    def append(self, items: Iterable[tuple[Entry, bytes]], dropped: Iterable[Id] = ()) -> None:
        """Add entries with their payloads to the journal, and drop others: a batch, all of it on disk on return."""
        with self._writing():
            self._acknowledge(write_batch(self.path / JOURNAL, items, dropped))

    def adopt(self, batch: Batch) -> None:
        """Add a batch that another process wrote to the journal; acknowledged on return."""
        with self._writing():
            self._acknowledge(batch)

    def _acknowledge(self, batch: Batch) -> None:
        self.journal.take(batch)
        self._write_ledger({**self.ledger, **self.journal.listed()})

    # ------------------------------------------------------------------------------------------ the database

    def prepare(self, content: Sequence[Outlined]) -> None:
        """Begin to write what most probably becomes the content of the store, without waiting for it.

        `replace` then writes only what is otherwise. Where little differs from the current content nothing is begun.
        """
        with self._writing(self._next):
            if self._difference(content) is None:
                _delete(self._next)
                self._filling = generations.Filling(self._next, content)

    def replace(self, content: bytes | Iterable[str] | Sequence[Outlined], ledger: Mapping[str, Any] | None = None,
                files: Mapping[str, bytes] | None = None) -> None:  # fmt: skip
        """Make ``content`` that of the store, and ``files`` those that go with it.

        Lines come sorted, each once, in files that share no subject; the lines of small graphs may be given themselves,
        sorted as strings. They are compared with the current content, and where little differs only that is written.
        ``ledger`` is what the ledger is to tell beside. Returns once everything is on disk. Raises `StoreError` where a
        line is no N-Quad or the disk refuses; the old content then stays.
        """
        folder = self._next
        with self._writing(folder):
            given = self._given(content)
            counts = self._fill(folder, given)
            counts["digest"] = write_outline(folder, given)
            for name, data in (files or {}).items():
                (folder / _plain(name)).write_bytes(data)
            described = generations.describe(folder, self._generation, self.ledger.get("files"))
            kept = {name: value for name, value in self.ledger.items() if name in ("journal", "volumes")}
            own = {"generation": int(folder.name), "files": described, "resolved": self._last_batch}
            self._write_ledger({**kept, **(ledger or {}), **counts, **own})
            self._database = _open_database(self.path, self.ledger)
        self._compact()
        self._sweep()

    def _fill(self, folder: Path, content: Sequence[Outlined]) -> dict[str, Any]:
        """Make the database of the next generation; return its counts."""
        filling, self._filling = self._filling, None
        if filling is not None:
            try:
                changed = generations.between(filling.content, content)
                if changed is not None:
                    return generations.change(filling.database(), changed)
            finally:
                filling.stop()
        _delete(folder)
        changed = self._difference(content)
        if changed is None:
            return generations.fill(folder, content)
        return generations.copy(folder, self._generation, changed, self.ledger)

    def _difference(self, content: Sequence[Outlined]) -> generations.Difference | None:
        """Return what is otherwise than in the current content, None where it is much."""
        if OUTLINE not in self.ledger.get("files", ()):
            return None
        return generations.difference(generations.Known.kept(self._generation), content)

    def _given(self, content: bytes | Iterable[str] | Sequence[Outlined]) -> list[Outlined]:
        """Return the content as files."""
        if isinstance(content, bytes):
            content = [b"".join(sorted(set(content.splitlines(keepends=True)))).decode()]
        given = list(content)
        lines = [some for some in given if isinstance(some, str)]
        if not lines:
            return [some for some in given if isinstance(some, Outlined)]
        path = self.path / ".lines.new"
        data = "".join(lines).encode()
        path.write_bytes(data)
        return [outlined(path, data)]

    def settle(self) -> None:
        """Note that the current database is what the journal, as it is now, makes."""
        if self.ledger.get("resolved") != self._last_batch:
            with self._writing():
                self._write_ledger({**self.ledger, "resolved": self._last_batch})
            self._compact()

    @property
    def _generation(self) -> Path:
        return self.path / GENERATIONS / str(self.ledger.get("generation", 0))

    @property
    def _next(self) -> Path:
        """The folder of the generation after the current one."""
        return self.path / GENERATIONS / str(int(self.ledger.get("generation", 0)) + 1)

    @property
    def _last_batch(self) -> str:
        return str(self.ledger["journal"][-1]["name"]) if self.ledger.get("journal") else ""

    def _compact(self) -> None:
        """Write the journal anew where much of it is dead: only now, when the database needs no older state of it."""
        if self.journal.wasteful:
            with self._writing():
                self.journal.compact()
                batches = self.journal.batches
                self._write_ledger(
                    {**self.ledger, **self.journal.listed(), "resolved": batches[-1]["name"] if batches else ""}
                )

    def _write_ledger(self, ledger: Mapping[str, Any]) -> None:
        told = {name: value for name, value in ledger.items() if name != "damaged"}
        complete = {**told, "format": FORMAT, "software": f"diplomacy-kg {__version__}"}
        write_ledger(self.path, complete)
        self.ledger = complete

    def _sweep(self) -> None:
        """Delete what no ledger names: what killed builds leave, and what was replaced."""
        batches = self.journal.batches if self._journal else batches_of(self.path, self.ledger)
        named = {file["name"] for file in (*batches, *self.ledger.get("volumes", ()))}
        named.add(str(self.ledger.get("generation")))
        for part in (JOURNAL, GENERATIONS):
            for path in (self.path / part).glob("*"):
                if path.name not in named:
                    _delete(path)
        for path in self.path.glob(".*.new"):
            _delete(path)
        self._sweep_scratch()

    def _sweep_scratch(self) -> None:
        """Delete what builds have left, but the folder of `workings`."""
        for path in (self.path / SCRATCH).glob("*"):
            if path.name != self.ledger.get("workings"):
                _delete(path)

    def scratch(self) -> Path:
        """Return an empty folder inside the store, for the build that holds it; gone when the store is closed.

        It has a new name each time: a worker that outlives a killed build for a moment still writes to that build's.
        What the ledger names as ``workings`` stays.
        """
        folder = self.path / SCRATCH
        with self._writing():
            self._sweep_scratch()
            folder.mkdir(exist_ok=True)
            return Path(mkdtemp(dir=folder)).resolve()

    @property
    def workings(self) -> Path | None:
        """The folder from `scratch` that stayed, None where there is none."""
        folder = self.path / SCRATCH / str(self.ledger.get("workings") or "-")
        return folder.resolve() if folder.is_dir() else None

    @contextmanager
    def _writing(self, made: Path | None = None) -> Iterator[None]:
        """Turn what goes wrong into a sentence; ``made`` is then deleted."""
        if self._lock is None:
            raise StoreError(f"the store {self.path} is open for reading; open it for writing to change it")
        try:
            yield
        except (OSError, SyntaxError, ValueError) as error:
            if made is not None:
                _delete(made)
            raise StoreError(why_not(self.path, error)) from error
        except BaseException:
            if made is not None:
                _delete(made)
            raise

    # ------------------------------------------------------------------------------------------ files beside

    def write_file(self, name: str, data: bytes) -> None:
        """Write ``data`` to the file ``name`` beside the database, sealed; after a crash it is the old one or the new.

        Needs no lock, and no build touches it. What belongs to one content of the store goes with `replace`.
        """
        try:
            write_whole(self.path / _plain(name), sealed(data))
            sync(self.path)
        except OSError as error:
            raise StoreError(why_not(self.path, error)) from error

    def append_file(self, name: str, data: bytes) -> None:
        """Add ``data``, sealed, to the end of a file beside the database; after a crash all of it is there or none."""
        try:
            with (self.path / _plain(name)).open("ab") as file:
                file.write(sealed(data))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StoreError(why_not(self.path, error)) from error

    def hold(self, name: str) -> IO[bytes]:
        """Return a file of the store's folder that one process at a time may hold, until it closes it or ends."""
        return _lock(self.path, _plain(name))

    def read_file(self, name: str) -> bytes | None:
        """Return the content of a file given to `replace` or to `write_file`, None where there is none."""
        if name in self.ledger.get("files", ()):
            return (self._generation / name).read_bytes()
        path = self.path / _plain(name)
        try:
            return unsealed(path.read_bytes()) if path.is_file() else None
        except ValueError:
            raise StoreError(f"{path} is damaged; delete it and run the command again") from None


_OF_GENERATIONS = ("files", "quads", "graphs", "digest", "resolved", "state")
"""What the ledger says of the current database."""


def settled(path: Path, read: Callable[[dict[str, Any]], T]) -> tuple[dict[str, Any], T]:
    """Return the ledger and what ``read`` makes of it; once more where a build replaced it meanwhile."""
    ledger = read_ledger(path)
    while True:
        try:
            return ledger, read(ledger)
        except StoreError:
            newer = read_ledger(path)
            if newer == ledger:
                raise
            ledger = newer


def is_full(error: OSError) -> bool:
    """Tell whether an error says that a disk, or a quota of it, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT) or "no space" in str(error).lower()


def why_not(path: Path, error: Exception) -> str:
    """Return the sentence that says why the store in ``path`` could not be written."""
    if isinstance(error, OSError) and is_full(error):
        return (
            f"the disk that holds the store {path} is full; free some space and run the same command again, "
            "which goes on where this one stopped"
        )
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"the store {path} could not be written ({why}); the old content is kept"


def _plain(name: str) -> str:
    if Path(name).name != name or name in {QUADS, *OWN, "..", "."}:
        raise StoreError(f"{name!r} cannot be a file of a store; give a plain file name")
    return name


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _has_content(path: Path) -> bool:
    """Tell whether batches or databases lie in a folder, so that a ledger must have been there."""
    return any(True for part in (JOURNAL, GENERATIONS) for _ in (path / part).glob("[0-9]*"))


def _holds_other_things(path: Path) -> bool:
    """Tell whether a folder without a ledger holds more than a killed first build leaves behind."""
    return any(file.name not in OWN and not file.name.startswith(".") for file in path.iterdir())


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


def _open_database(path: Path, ledger: Mapping[str, Any]) -> ox.Store | None:
    """Return the current database of the store in ``path``, None where there is none yet."""
    if "files" not in ledger:
        return None
    return generations.open_database(path / GENERATIONS / str(ledger.get("generation")), ledger["files"])
