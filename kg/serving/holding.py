"""What the server answers from: one content of the store, with its pages, its workers, its names.

A build replaces the content of a store as a whole. The server then opens the new content beside the old, answers from
it from one request to the next, and lets go of the old once those under way have their answers.
"""

import asyncio
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cached_property

from kg.errors import KgError
from kg.publishing import Site
from kg.publishing.things import PAGED, Link
from kg.reconciliation import Service
from kg.serving.pool import Pool
from kg.store import DEFAULT_GRAPH
from kg.store.ledger import LEDGER

KEPT = 64_000_000
"""Bytes of pages that are kept."""
NEAR = 5
"""Things that are offered in place of one that is not there."""
LOOK = 1.0
"""Seconds between two looks at whether the store was built anew."""


class Pages:
    """Pages made before, those asked for last, up to so many bytes; each with its entity tag."""

    def __init__(self, most: int = KEPT):
        self._most = most
        self._size = 0
        self._made: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, path: str) -> tuple[bytes, str] | None:
        """Return a page and its tag, None where it has to be made."""
        known = self._made.get(path)
        if known is not None:
            with self._lock, suppress(KeyError):
                self._made.move_to_end(path)
        return known

    def put(self, path: str, body: bytes) -> tuple[bytes, str]:
        """Keep a page; return it with its tag."""
        made = (body, f'"{hashlib.sha256(body).hexdigest()[:20]}"')
        with self._lock:
            self._size += len(body) - len(self._made.get(path, (b"", ""))[0])
            self._made[path] = made
            self._made.move_to_end(path)
            while self._size > self._most:
                self._size -= len(self._made.popitem(last=False)[1][0])
        return made


class Holding:
    """One content of the store."""

    def __init__(self, site: Site, pool: Pool):
        self.site, self.pool = site, pool
        self.pages = Pages()
        self._making: dict[str, threading.Lock] = {}
        self._reading, self._listing = threading.Lock(), threading.Lock()

    @property
    def generation(self) -> int:
        """The number of this content."""
        return int(self.site.store.ledger.get("generation", 0))

    def page(self, path: str) -> tuple[bytes, str]:
        """Return a page and its entity tag; who asks for it while it is made waits for that. Raises `AbsentError`."""
        making = self._making.setdefault(path, threading.Lock())
        with making:
            try:
                known = self.pages.get(path)
                return known if known is not None else self.pages.put(path, self.site.render(path))
            finally:
                self._making.pop(path, None)

    @cached_property
    def triples(self) -> int:
        """How many triples the default graph has."""
        return sum(1 for _ in self.site.store.quads(graph=DEFAULT_GRAPH))

    @cached_property
    def _service(self) -> Service:
        return Service(self.site.store)

    @property
    def service(self) -> Service:
        """The reconciliation service, which reads all names when it is first asked for."""
        with self._reading:
            return self._service

    @property
    def reconciles(self) -> bool:
        """Whether the names were read."""
        return "_service" in vars(self)

    @cached_property
    def _slugs(self) -> dict[str, dict[str, str]]:
        """The last part of the IRI of each thing by the IRI without the base, by kind; of any kind but articles too."""
        base = len(self.site.store.base)
        names = {kind: [node.value[base:] for node in self.site.things.all(kind)] for kind in PAGED}
        found = {kind: {name: name.partition("/")[2] for name in all_} for kind, all_ in names.items()}
        return {**found, "": {name: slug for kind in found if kind != "article" for name, slug in found[kind].items()}}

    def near(self, path: str) -> list[Link]:
        """Return the things whose names are like that of a page that is not there, of its kind if it has one.

        Those that have it as a part come first: the page of Putin is that of Vladimir Putin.
        """
        from rapidfuzz import fuzz, process

        kind, _, slug = path.partition(".")[0].partition("/")
        if kind not in PAGED:
            kind, slug = "", path.partition(".")[0].rpartition("/")[2]
        with self._listing:
            pool = self._slugs[kind]
        slug = slug[:120].lower()
        part = f"-{slug}-"
        having = sorted((name for name, whole in pool.items() if slug and part in f"-{whole}-"), key=len)
        like = process.extract(slug, pool, scorer=fuzz.ratio, limit=NEAR, score_cutoff=60)
        found = list(dict.fromkeys((*having[:NEAR], *(name for _, _, name in like))))[:NEAR]
        nodes = (self.site.things.node(*name.split("/", 1)) for name in found)
        return [self.site.things.link(node) for node in nodes if node is not None]


class Holder:
    """Has the current content, and follows the store when it is built anew."""

    def __init__(self, holding: Holding, again: Callable[[], Holding] | None, patience: float):
        self.now = holding
        self._again = again
        self._patience = patience
        self._ledger = holding.site.store.path / LEDGER
        self._stamp = self._stamped()
        self.reloads = 0
        self.trouble = ""
        """Why the store as it is now cannot be served, empty where it is."""

    def _stamped(self) -> tuple[int, int]:
        with suppress(OSError):
            status = self._ledger.stat()
            return status.st_mtime_ns, status.st_ino
        return 0, 0

    async def follow(self, leave: Callable[[Awaitable[None]], None]) -> None:
        """Look at the store every so often; ``leave`` is given what is to be done once requests have their answers."""
        while self._again is not None:
            await asyncio.sleep(LOOK)
            stamp = self._stamped()
            if stamp == self._stamp and not self.trouble:
                continue
            try:
                newer = await asyncio.to_thread(self._again)
                if newer.generation != self.now.generation:
                    await newer.pool.open()
                    if self.now.reconciles:  # or the next who reconciles would wait for it
                        await asyncio.to_thread(lambda made: made.service, newer)
                    old, self.now = self.now, newer
                    self.reloads += 1
                    leave(self._close(old))
                self._stamp, self.trouble = stamp, ""
            except KgError as error:  # the old content is served on, and the store looked at again
                self.trouble = str(error)

    def close(self) -> None:
        """End the workers."""
        self.now.pool.close()

    async def _close(self, old: Holding) -> None:
        await asyncio.sleep(self._patience)
        old.pool.close()
