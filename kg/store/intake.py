"""The intake: what one build was given, what of it is known already, and which articles stay.

What stays is decided by all that the journal holds, so that articles added build by build are those of one build of
them all:

- a source read again replaces what it gave before; an article replaces an older one of the same address that says
  something else, or is no more where it was, unless that one was met in this build too;
- of articles with one address or one text, the one whose file name sorts first is in the graph; the others are kept
  in the journal, so that one of them can take its place.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from kg.articles import Refusal, Source
from kg.errors import StoreError
from kg.store.journal import Batch, Entry, Id
from kg.store.store import Store


class Intake:
    """What a build is given, compared with what the journal of ``store``, open for writing, holds.

    ``version`` names what reads and maps: what another one read is not known. With ``prune``, what came from ``paths``
    before and is there no more goes. Raises `StoreError` where one of these paths is missing.
    """

    def __init__(self, store: Store, paths: Iterable[str | os.PathLike[str]], *, version: str, prune: bool = False):
        self.store = store
        self.version = version
        self.unopened: list[Refusal] = []
        """What could not be opened, so that it has no entry."""
        self._roots = _roots(paths) if prune else ()
        self._met: set[Id] = set()
        self._new: set[Id] = set()

    def source_of(self, source: Source) -> str:
        """Return what the entries of a source have as `Entry.source`."""
        return hashlib.sha256(f"{source.digest} {self.version}".encode()).hexdigest()[:32]

    def unknown(self, sources: Iterable[Source | Refusal]) -> Iterator[Source]:
        """Yield the sources that are to be read; note which are known, and what could not be opened."""
        for source in sources:
            if isinstance(source, Refusal):
                self.unopened.append(source)
            elif not self._meet(source):
                yield source

    def _meet(self, source: Source) -> bool:
        """Note the readings of a source as met, if all of them are known."""
        entries, named = self.store.journal.entries, self.source_of(source)
        first = entries.get((source.origin, 1))
        found = [(source.origin, number) for number in range(1, first.of + 1)] if first else []
        known = bool(found) and all(i in entries and entries[i].source == named for i in found)
        self._met.update(found if known else ())
        return known

    def append(self, items: Sequence[tuple[Entry, bytes]]) -> None:
        """Keep what sources gave: on return it is on disk, and known from now on."""
        self.store.append(items)
        self._note(entry for entry, _ in items)

    def adopt(self, batch: Batch) -> None:
        """Keep what sources gave, in a batch that another process wrote."""
        self.store.adopt(batch)
        self._note(batch.index.entries)

    def _note(self, entries: Iterable[Entry]) -> None:
        identities = [entry.id for entry in entries]
        self._met.update(identities)
        self._new.update(identities)

    def finish(self) -> None:
        """Drop what was replaced, and what is to be pruned; on return that is on disk."""
        entries = self.store.journal.entries
        newer = {entries[i].key: entries[i] for i in self._new if entries[i].key}
        files = {_holder(origin) for origin, _ in self._met} - {""}
        others = [entry for i, entry in entries.items() if i not in self._met]
        gone = [e.id for e in others if self._is_replaced(e, newer.get(e.key), files) or self._is_pruned(e)]
        if gone:
            self.store.append((), gone)

    def _is_replaced(self, entry: Entry, newer: Entry | None, files: set[str]) -> bool:
        """Tell whether an article not met goes for what was read; ``files`` are those of which rows were met."""
        if (entry.origin, 1) in self._new:  # its source gives fewer articles than it did
            return True
        if newer is None or entry.refused:
            return False
        changed = newer.content != entry.content and entry.key != entry.text  # without address a text is what it is
        return changed or _holder(entry.origin) in files or _is_missing(entry.origin)

    def _is_pruned(self, entry: Entry) -> bool:
        """Tell whether an article not met came from the paths to prune, unless it is only that it cannot be read."""
        below = any(
            entry.origin == root or entry.origin.startswith((f"{root}/", f"{root}#", f"{root}!"))
            for root in self._roots
        )
        return below and self._unopened.isdisjoint(_names(entry.file))

    @property
    def _unopened(self) -> set[str]:
        return {refusal.file for refusal in self.unopened}

    @property
    def duplicates(self) -> list[tuple[str, str]]:
        """The files met whose article stands in the graph already, each with the file it repeats."""
        return sorted(
            (entry.file, stays.file) for entry, stays in self.store.journal.each_once()[1] if self.is_met(entry)
        )

    @property
    def refused(self) -> list[Refusal]:
        """What was met and is no article, by file."""
        entries = self.store.journal.entries
        found = [Refusal(entries[i].file, entries[i].refused) for i in self._met if entries[i].refused]
        return sorted((*self.unopened, *found), key=lambda refusal: (refusal.file, refusal.reason))

    @property
    def seen(self) -> int:
        """How many articles and refusals the paths gave."""
        return len(self._met) + len(self.unopened)

    def is_met(self, entry: Entry) -> bool:
        """Tell whether the paths gave this article."""
        return entry.id in self._met

    def is_new(self, entry: Entry) -> bool:
        """Tell whether the paths gave this article and it was not known as it is."""
        return entry.id in self._new


def state_of(kept: Iterable[Entry]) -> str:
    """Return the digest of the articles in the graph and of what mapped them: while it is the same, so is the graph."""
    state = hashlib.sha256()
    for entry in kept:
        state.update("\0".join((entry.key, entry.file, entry.content, entry.mapped, "\n")).encode())
    return state.hexdigest()


def _roots(paths: Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    """Return the absolute paths below which what is gone is to be pruned."""
    named = [os.fspath(path) for path in paths]
    for path in named:
        if path != "-" and not os.path.lexists(path):
            raise StoreError(f"{path} does not exist, and --prune would remove all that came from it; check the path")
    found = (os.path.abspath(path) for path in named if path != "-")  # noqa: PTH100 - resolve() would follow links
    return tuple(os.fsencode(path).decode("utf-8", "backslashreplace") for path in found)


def _is_missing(origin: str) -> bool:
    """Tell whether the file that an article came from is there no more."""
    return not origin.startswith("-") and not any(path and os.path.lexists(path) for path in _holders(origin))


def _holder(origin: str) -> str:
    """Return what holds a row, record or member, empty of a file of its own."""
    return origin.rpartition("#")[0] or origin.rpartition("!")[0]


def _holders(name: str) -> set[str]:
    """Return a name and all that may hold what it names: what stands before each ``#`` and ``!``."""
    return {name, *(name[: mark.start()] for mark in re.finditer("[#!]", name))}


def _names(file: str) -> set[str]:
    """Return the names under which a refusal may speak of a file: its own, its archive's, those of its folders."""
    return _holders(file) | {str(parent) for name in _holders(file) for parent in PurePosixPath(name).parents}
