"""What changed from one release to the next: an RDF patch, and a log in words.

Both are read off two streams of sorted N-Quads, so that memory holds what differs and no graph.
RDF Patch: https://afs.github.io/rdf-patch/
"""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

import pyoxigraph as ox

from kg.errors import PublishError
from kg.namespaces import DIP, iri
from kg.publishing.pack import FOLDER
from kg.publishing.things import CLASSES

_PLURALS = {"person": "people", "country": "countries", "discrepancy": "discrepancies"}
_NAMED = 10


class Changes(NamedTuple):
    """Lines of N-Quads, sorted, that one release has and the other has not."""

    removed: list[str]
    added: list[str]


def changes(old: Iterable[str], new: Iterable[str]) -> Changes:
    """Return how two streams of sorted N-Quads differ.

    >>> changes(["<a> <b> <c> .", "<a> <b> <d> ."], ["<a> <b> <d> .", "<a> <b> <e> ."])
    Changes(removed=['<a> <b> <c> .'], added=['<a> <b> <e> .'])
    """
    removed, added = [], []
    olds, news = iter(old), iter(new)
    a, b = next(olds, None), next(news, None)
    while a is not None or b is not None:
        if b is None or (a is not None and a < b):
            removed.append(str(a))
            a = next(olds, None)
        elif a is None or b < a:
            added.append(b)
            b = next(news, None)
        else:
            a, b = next(olds, None), next(news, None)
    return Changes(removed, added)


def release_lines(path: Path) -> Iterator[str]:
    """Yield the sorted N-Quads of a release: a file, gzipped or not, or a folder that was published.

    Raises `PublishError` where there is none, or its lines are not sorted.
    """
    file = next(
        (f for f in (path, path / FOLDER / "articles.nq", path / FOLDER / "articles.nq.gz") if f.is_file()), None
    )
    if file is None:
        raise PublishError(f"{path} is no release; name a folder of kg publish, a store, or sorted N-Quads")
    before = ""
    with _open(file) as opened:
        try:
            for data in opened:
                line = data.decode().rstrip("\n")
                if line < before:
                    raise PublishError(f"{file} is not sorted N-Quads; write it with: kg dump --format nquads")
                before = line
                yield line
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise PublishError(f"{file} cannot be read ({error}); write it with: kg dump --format nquads") from None


def _open(file: Path) -> IO[bytes]:
    return gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb")  # type: ignore[return-value]


def patch(found: Changes) -> Iterator[str]:
    """Yield the lines of an RDF patch: one transaction, what goes before what comes."""
    yield "TX ."
    yield from (f"D {line}" for line in found.removed)
    yield from (f"A {line}" for line in found.added)
    yield "TC ."


# ---------------------------------------------------------------------------------------------- in words


class _Side:
    """What the default graph says on one side of a change: values by property and subject."""

    def __init__(self, lines: list[str]):
        self._values: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        for quad in ox.parse("".join(f"{line}\n" for line in lines).encode(), format=ox.RdfFormat.N_QUADS):
            if quad.graph_name == ox.DefaultGraph() and isinstance(quad.subject, ox.NamedNode):
                self._values[quad.predicate.value][quad.subject.value].append(quad.object)

    def having(self, name: str) -> set[str]:
        """Return the things that a property is said of."""
        return set(self._values[iri(name)])

    def of(self, cls: str) -> set[str]:
        """Return the things that are said to be of a class."""
        return {thing for thing, classes in self._values[iri("rdf:type")].items() if ox.NamedNode(cls) in classes}

    def name(self, thing: str) -> str:
        """Return the English label of a thing, else the end of its IRI."""
        labels = [term for term in self._values[iri("rdfs:label")].get(thing, []) if isinstance(term, ox.Literal)]
        labels.sort(key=lambda label: (label.language != "en", label.value))
        return labels[0].value if labels else thing.rpartition("/")[2]


def words(found: Changes) -> list[str]:
    """Return the change log, a line an item: what came, went, was merged, ended or is told by more; with names."""
    old, new = _Side(found.removed), _Side(found.added)
    known = new.having("rdf:type")
    merged = new.having("dcterms:isReplacedBy") & old.of(DIP.Event)
    lines = []
    for kind, cls in {**CLASSES, "tenure": DIP.Tenure}.items():
        came, went = new.of(cls) - old.of(cls), old.of(cls) - new.of(cls) - merged
        lines += _line(came, kind, "added", new) + _line(went, kind, "removed", old)
    lines += _line(merged, "event", "merged", old)
    lines += _line(new.having("dip:end") - known, "tenure", "ended", new)
    lines += _line(new.having("skos:exactMatch") - known, "thing", "linked to Wikidata", new)
    told = {thing for thing in new.having("prov:wasDerivedFrom") - known if "/event/" in thing}
    return lines + _line(told, "event", "told by further articles", new)


def _line(things: set[str], kind: str, did: str, side: _Side) -> list[str]:
    if not things:
        return []
    noun = kind if len(things) == 1 else _PLURALS.get(kind, f"{kind}s")
    names = "; ".join(side.name(thing) for thing in sorted(things)[:_NAMED])
    more = f" and {len(things) - _NAMED:,} more" if len(things) > _NAMED else ""
    return [f"{len(things):,} {noun} {did}: {names}{more}"]
