"""The graphs of a store: what tells one state of a graph from another, and the pieces it is sent in."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from kg.store import DEFAULT_GRAPH, Store, Term

DEFAULT = ""
"""The name of the default graph."""
CHECKED_DIGITS = 4
"""Hexadecimal digits of each triple's MD5 that a checksum adds up."""


class Plan(NamedTuple):
    """What there is to do so that a target holds what the store holds."""

    send: dict[str, str]
    """Digest by name of the graphs to send, in order; the default graph comes last, for it draws on the others."""
    drop: list[str]
    unchanged: int

    def text(self) -> str:
        """Return it in lines: what is done with which graph, and how many triples are sent, apart by tabs."""
        sent = [f"send\t{name or 'DEFAULT'}\t{value.partition(':')[0]}" for name, value in self.send.items()]
        return "".join(f"{line}\n" for line in [*(f"drop\t{name or 'DEFAULT'}\t" for name in self.drop), *sent])


class Piece(NamedTuple):
    """A graph, or as much of it as goes into one request."""

    graph: str
    triples: list[str]
    """N-Triples lines; none where the graph is to be dropped."""
    first: bool = True
    """Whether it replaces what the graph held; else it adds to it."""
    last: bool = True

    @property
    def size(self) -> int:
        """Its length, about that in bytes."""
        return sum(map(len, self.triples))

    def halves(self) -> "tuple[Piece, Piece] | None":
        """Return two pieces that are the same together, None where it is too small for that."""
        middle = len(self.triples) // 2
        if not middle:
            return None
        return (
            self._replace(triples=self.triples[:middle], last=False),
            self._replace(triples=self.triples[middle:], first=False),
        )


class Checksum(NamedTuple):
    """What a store can tell of a graph by SPARQL alone: how many triples, and a sum that depends on each of them."""

    triples: int = 0
    total: int = 0


def plan(store: Store, known: Mapping[str, str | None], *, renamed: str = DEFAULT) -> Plan:
    """Return what to send and to drop where a target holds the digests ``known``, None being in doubt.

    ``renamed`` is the name that the default graph has there.
    """
    graphs = [(graph.value, graph) for graph in store.graphs()]
    found = {name: digest(store.quads(graph=graph)) for name, graph in graphs}
    if any(store.quads(graph=DEFAULT_GRAPH)):
        found[renamed] = digest(store.quads(graph=DEFAULT_GRAPH))
    send = {name: value for name, value in found.items() if known.get(name) != value}
    return Plan(send, sorted(known.keys() - found.keys()), len(found) - len(send))


def digest(quads: Iterable[ox.Quad]) -> str:
    """Return how many triples a graph has and, after a colon, the sum of their digests, whatever their order."""
    count = total = 0
    for quad in quads:
        total += int.from_bytes(hashlib.sha256(str(quad.triple).encode()).digest())
        count += 1
    return f"{count}:{total % (1 << 256):064x}"


def checksum(triples: Iterable[ox.Triple]) -> Checksum:
    """Return the checksum of triples as `kg.loading.load` asks stores for it."""
    count = total = 0
    for triple in triples:
        text = f"{_text(triple.subject)} {_text(triple.predicate)} {_text(triple.object)}"
        total += int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:CHECKED_DIGITS], 16)
        count += 1
    return Checksum(count, total)


def _text(term: Term) -> str:
    """Return what STR() gives for a term."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def quads_of(store: Store, name: str, renamed: str) -> Iterator[ox.Quad]:
    """Return the quads of the graph that a target knows as ``name``."""
    if name == renamed:
        return store.quads(graph=DEFAULT_GRAPH)
    return store.quads(graph=ox.NamedNode(name)) if name else iter(())


def pieces(store: Store, name: str, renamed: str, limit: int) -> Iterator[Piece]:
    """Yield a graph in pieces of at most about ``limit`` bytes; a small one is sorted and one piece."""
    lines: list[str] = []
    size, first = 0, True
    for quad in quads_of(store, name, renamed):
        line = f"{quad.triple} .\n"
        if size + len(line) > limit and lines:
            yield Piece(name, lines, first, False)
            lines, size, first = [], 0, False
        lines.append(line)
        size += len(line)
    yield Piece(name, sorted(lines), first, True)
