"""What changed from one release to the next: an RDF patch, and a log in words.

Both are read off two streams of sorted N-Quads, so that memory holds what differs and no graph.
RDF Patch: https://afs.github.io/rdf-patch/
"""

import gzip
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
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
                if line < before or not line.endswith(" ."):
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


def _quads(lines: list[str]) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse("".join(f"{line}\n" for line in lines).encode(), format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise PublishError(f"not N-Quads ({error}); write both releases with: kg dump --format nquads") from None


class _Side:
    """What one side of a change says in the default graph, values by property and subject, and which graphs it has."""

    def __init__(self, lines: list[str]):
        self._values: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        self.digested: set[str] = set()
        """Articles whose own graphs tell the digest of their content."""
        for quad in _quads(lines):
            if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode | ox.Triple):
                continue
            if quad.graph_name == ox.DefaultGraph():
                self._values[quad.predicate.value][quad.subject.value].append(quad.object)
            elif quad.predicate.value == DIP.contentDigest:
                self.digested.add(quad.subject.value)

    def having(self, name: str) -> set[str]:
        """Return the things that a property is said of."""
        return set(self._values[iri(name)])

    def value(self, name: str, thing: str) -> str:
        """Return the value of a property of a thing, empty where there is none."""
        return next((str(term.value) for term in self._values[iri(name)].get(thing, ())), "")

    def of(self, cls: str) -> set[str]:
        """Return the things that are said to be of a class."""
        return {thing for thing, classes in self._values[iri("rdf:type")].items() if ox.NamedNode(cls) in classes}

    def name(self, thing: str) -> str:
        """Return the English label of a thing, empty where this side has none."""
        labels = [term for term in self._values[iri("rdfs:label")].get(thing, []) if isinstance(term, ox.Literal)]
        labels.sort(key=lambda label: (label.language != "en", label.value))
        return labels[0].value if labels else ""


class _Item(NamedTuple):
    """A line of the log."""

    things: list[str]
    kind: str
    did: str
    side: _Side


def words(found: Changes, new: Callable[[], Iterable[str]] = list) -> list[str]:
    """Return the change log, a line an item: what came, went, changed, merged, ended or is told by more; with names.

    ``new`` gives the lines of the new release: names that did not change stand there alone.
    """
    items = [item for item in _items(_Side(found.removed), _Side(found.added)) if item.things]
    unnamed = {thing for item in items for thing in item.things[:_NAMED] if not item.side.name(thing)}
    elsewhere = _Side(list(_labels(unnamed, new() if unnamed else ())))
    return [_line(item, elsewhere) for item in items]


def _items(old: _Side, new: _Side) -> Iterator[_Item]:
    known = new.having("rdf:type")
    # An event takes another IRI when an article tells it more exactly; two that become one have merged.
    into = {one: new.value("dcterms:isReplacedBy", one) for one in old.of(DIP.Event)}
    shared = Counter(filter(None, into.values()))
    replaced = {one for one, other in into.items() if other}
    renamed = {one for one in replaced if shared[into[one]] == 1 and into[one] in new.of(DIP.Event)}
    for kind, cls in {**CLASSES, "tenure": DIP.Tenure}.items():
        came, went = new.of(cls) - old.of(cls) - shared.keys(), old.of(cls) - new.of(cls) - replaced
        yield _Item(sorted(came), kind, "added", new)
        yield _Item(sorted(went), kind, "removed", old)
    yield _Item(sorted(new.digested & old.digested), "article", "changed", new)
    yield _Item(sorted(replaced - renamed), "event", "merged", old)
    yield _Item(sorted(renamed), "event", "renamed", old)
    yield _Item(sorted(new.having("dip:end") - known), "tenure", "ended", new)
    yield _Item(sorted(new.having("skos:exactMatch") - known), "thing", "linked to Wikidata", new)
    told = {thing for thing in new.having("prov:wasDerivedFrom") - known if "/event/" in thing}
    yield _Item(sorted(told), "event", "told by further articles", new)


def _labels(things: set[str], lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that give things of the default graph their labels."""
    label = f"> <{iri('rdfs:label')}> "
    yield from (line for line in lines if label in line and line[1 : line.index(label)] in things)


def _line(item: _Item, elsewhere: _Side) -> str:
    count = len(item.things)
    noun = item.kind if count == 1 else _PLURALS.get(item.kind, f"{item.kind}s")
    ends = {thing: thing.rpartition("/")[2] for thing in item.things[:_NAMED]}
    names = "; ".join(item.side.name(thing) or elsewhere.name(thing) or end for thing, end in ends.items())
    more = f" and {count - _NAMED:,} more" if count > _NAMED else ""
    return f"{count:,} {noun} {item.did}: {names}{more}"
