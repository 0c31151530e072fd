"""Parts: what checks have to see together, so that no process has to hold all of it.

A check says how far it looks (`Check.together`). A part has everything about the things that it is for: what is said of
them, and of what points to them by those properties. So all parts together find what the whole graph would.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

from kg.namespaces import iri
from kg.validation.checks import GRAPH, Check
from kg.validation.statements import Statements, graph_of

HIERARCHIES = tuple(f"<{iri(name)}>".encode() for name in ("skos:broader", "rdfs:subClassOf"))
"""What orders kinds: of these there are few, and every part has all of them."""


class Group(NamedTuple):
    """Checks that look equally far."""

    together: tuple[str, ...] | None
    checks: tuple[Check, ...]

    @property
    def is_of_things(self) -> bool:
        """Whether they look at one thing at a time."""
        return self.together == ()


def groups(checks: Iterable[Check]) -> list[Group]:
    """Return checks in groups, in an order of their own."""
    found: dict[tuple[str, ...] | None, list[Check]] = {}
    for check in checks:
        found.setdefault(check.together, []).append(check)
    return [Group(together, tuple(some)) for together, some in found.items()]


def hierarchy(data: Statements) -> list[bytes]:
    """Return the lines that every part has."""
    return [line for name in HIERARCHIES for line in data.by_property.get(name, ())]


def parts(lines: Iterable[bytes], together: Sequence[str], number: int) -> dict[int, list[bytes]]:
    """Return lines, all that there are of each of their subjects, in so many parts; empty ones are left out.

    What an article's graph says is in the part of the article, and what the default graph says of the same things too,
    if `GRAPH` is among ``together``.

    >>> found = parts([b"<a> <at> <p> .", b"<a> <of> <o> .", b"<b> <of> <o> ."], ["of"], 1000)
    >>> sorted(found.values(), key=len)
    [[b'<a> <at> <p> .'], [b'<a> <of> <o> .', b'<a> <at> <p> .', b'<b> <of> <o> .']]
    """
    links = _links(together)
    found: dict[int, list[bytes]] = defaultdict(list)
    for subject, own in groupby(sorted(lines), lambda line: line[: line.find(b" ")]):
        said, at = list[bytes](), {crc32(subject) % number}
        for line in own:
            places = _numbers(line, links, number)
            for place in places:
                found[place].append(line)
            at |= places
            if not places:
                said.append(line)
        for place in at if said else ():
            found[place] += said
    return found


def touched(before: Iterable[bytes], after: Iterable[bytes], together: Sequence[str], number: int) -> set[int]:
    """Return the parts that are others where what is said of some things is not as ``before`` but as ``after``.

    >>> before, after = [b"<a> <at> <p> .", b"<a> <of> <o> ."], [b"<a> <at> <p> .", b"<a> <of> <n> ."]
    >>> touched(before, after, ["of"], 1000) == parts(before[1:] + after[1:], ["of"], 1000).keys()
    True
    >>> touched(before, before[1:], ["of"], 1000) == parts(before, ["of"], 1000).keys()
    True
    """
    links = _links(together)
    found, changed = set[int](), {*before} ^ {*after}
    wholly: set[bytes] = set()
    for line in changed:
        places = _numbers(line, links, number)
        found |= places
        if not places:  # it stands wherever anything is said of its thing
            wholly.add(line[: line.find(b" ")])
    some = [line for line in {*before, *after} if line[: line.find(b" ")] in wholly] if wholly else []
    return found | parts(some, together, number).keys()


def _links(together: Iterable[str]) -> set[bytes]:
    return {name.encode() if name == GRAPH else f"<{name}>".encode() for name in together}


def _numbers(line: bytes, links: Container[bytes], number: int) -> set[int]:
    """Return the parts, beside that of its subject, of what a line has to be with: what it points to, its article."""
    _, name, value = line.split(b" ", 3)[:3]
    things = [value] if name in links and value.startswith(b"<") else []
    if GRAPH.encode() in links and (graph := graph_of(line)):
        things.append(graph)
    return {crc32(thing) % number for thing in things}
