"""Clusters: which IRIs name one thing, as judgements join them, and where judgements contradict each other."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from kg.judgements.record import Judgement
from kg.namespaces import PREFIXES

WIKIDATA = PREFIXES["wd"]
_Edge = tuple[str, Judgement | None]
"""The IRI at the other end, and the judgement that joins it, None for what was known before."""


class Clusters:
    """Judgements as a graph of IRIs joined by exact matches."""

    def __init__(self, rows: Sequence[Judgement], known: Mapping[str, str]) -> None:
        self._rows = rows
        self._denied = {frozenset((row.subject, row.object)) for row in rows if row.parts}
        self._edges: dict[str, list[_Edge]] = defaultdict(list)
        for row in rows:
            if row.joins:
                self._join(row.subject, row.object, row)
        unmatched = {row.subject for row in rows if row.is_unmatched}
        for subject, item in known.items():
            if (subject in self._edges or subject in unmatched) and frozenset((subject, item)) not in self._denied:
                self._join(subject, item, None)
        self._about: dict[str, list[Judgement]] = defaultdict(list)
        for row in rows:
            for iri in {row.subject, row.object}:
                self._about[iri].append(row)

    def _join(self, a: str, b: str, row: Judgement | None) -> None:
        self._edges[a].append((b, row))
        self._edges[b].append((a, row))

    def members(self, iri: str) -> list[str]:
        """Return the IRIs that name what ``iri`` names, itself among them, sorted."""
        return sorted(self._paths(iri))

    def item(self, iri: str) -> str | None:
        """Return the IRI of the Wikidata item that a thing is, as far as judgements say."""
        return next((other for other in self.members(iri) if other.startswith(WIKIDATA)), None)

    def denies(self, a: str, b: str) -> bool:
        """Return whether a judgement says that two IRIs do not name one thing."""
        return frozenset((a, b)) in self._denied

    def is_unmatched(self, iri: str) -> bool:
        """Return whether a judgement says that there is no item for a thing."""
        return any(row.is_unmatched and row.subject == iri for row in self._about.get(iri, ()))

    def about(self, iri: str) -> list[Judgement]:
        """Return the judgements that decide what a thing is and is not, in the order of the file."""
        found = {id(row): row for member in self.members(iri) for row in self._about.get(member, ()) if row.joins}
        found |= {id(row): row for row in self._about.get(iri, ()) if row.parts or row.is_unmatched}
        return sorted(found.values(), key=lambda row: row.key)

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each contradiction, with the lines that make it."""
        for row in self._rows:
            if row.parts and (path := self._paths(row.subject).get(row.object)) is not None:
                yield f"line {row.line}: {row.text()}, yet it is by {_chain(path)}; strike one"
        yield from self._doubles()
        for row in self._rows:
            if row.is_unmatched and (item := self.item(row.subject)):
                path = self._paths(row.subject)[item]
                yield f"line {row.line}: {row.text()}, yet it has one by {_chain(path)}; strike one"

    def _doubles(self) -> Iterator[str]:
        """Yield a sentence for each thing that matches two identifiers of one register."""
        seen: set[str] = set()
        own = {_register(row.subject) for row in self._rows} - {WIKIDATA}
        for row in self._rows:
            if not row.joins or row.subject in seen:
                continue
            paths = self._paths(row.subject)
            seen |= set(paths)
            registers: dict[str, list[str]] = defaultdict(list)
            for iri in sorted(paths):
                if (register := _register(iri)) not in own:
                    registers[register].append(iri)
            for ids in registers.values():
                if len(ids) > 1:
                    first, second = ids[:2]
                    path = self._paths(first)[second]
                    subject = row.slots.get("subject_label") or row.slots["subject_id"]
                    ends = " and ".join(iri.rpartition("/")[2] for iri in (first, second))
                    yield f"{_chain(path)}: {subject} cannot be both {ends}; strike one"

    def _paths(self, start: str) -> dict[str, tuple[Judgement | None, ...]]:
        """Return the IRIs of a cluster, each with the judgements of the shortest way there."""
        paths: dict[str, tuple[Judgement | None, ...]] = {start: ()}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            for there, row in self._edges.get(here, ()):
                if there not in paths:
                    paths[there] = (*paths[here], row)
                    queue.append(there)
        return paths


def _register(iri: str) -> str:
    """Return the register an identifier belongs to: its IRI up to the name."""
    return iri[: max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1]


def _chain(path: Sequence[Judgement | None]) -> str:
    """Return the lines of a chain of judgements in words.

    >>> _chain([])
    'nothing'
    """
    lines = sorted({row.line for row in path if row is not None})
    words = [f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}"] if lines else []
    words += ["who is who"] if any(row is None for row in path) else []
    return " with ".join(words) or "nothing"
