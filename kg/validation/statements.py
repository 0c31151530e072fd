"""The data to validate as sorted N-Quads lines: read from files, settled between articles, cut into batches."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import ValidationError
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Quad

_TYPE = f" <{PREFIXES['rdf']}type> "


class Statement(NamedTuple):
    """A quad as N-Quads spell its terms."""

    subject: str
    predicate: str
    value: str
    graph: str
    """The graph's IRI in angle brackets; of the default graph empty."""


class Statements:
    """N-Quads lines, sorted: those of a subject, and of a subject and property, stand together."""

    def __init__(self, data: "bytes | Iterable[Quad]") -> None:
        self.lines = nquads(data).decode().split("\n")
        self.lines.sort()
        del self.lines[: bisect_right(self.lines, "")]

    def about(self, subject: str) -> list[Statement]:
        """Return what is said of a subject, an IRI in angle brackets or a blank node."""
        start = bisect_left(self.lines, subject + " ")
        end = bisect_left(self.lines, subject + "!", start)  # "!" follows the space
        return [statement(line) for line in self.lines[start:end]]

    def pointing(self, things: set[str]) -> dict[str, list[Statement]]:
        """Return the statements whose value is one of ``things``, by value; goes through all lines once."""
        found = defaultdict(list)
        for line in self.lines:
            value = line.split(" ", 3)[2]
            if value in things:
                found[value].append(statement(line))
        return found


def statement(line: str) -> Statement:
    """Return an N-Quads line taken apart.

    >>> statement('<x:s> <x:p> "a <b>" <x:g> .')
    Statement(subject='<x:s>', predicate='<x:p>', value='"a <b>"', graph='<x:g>')
    >>> statement('<x:s> <x:p> <x:o> .').graph
    ''
    """
    subject, predicate, rest = line[:-2].split(" ", 2)
    if not rest.startswith('"'):
        value, _, graph = rest.partition(" ")
        return Statement(subject, predicate, value, graph)
    value, _, graph = rest.rpartition(" ")
    # An IRI holds no quotation mark, and a literal that ends with the line has no term after it.
    if value and graph.startswith(("<", "_:")) and '"' not in graph:
        return Statement(subject, predicate, value, graph)
    return Statement(subject, predicate, rest, "")


def nquads(data: "bytes | Iterable[Quad]") -> bytes:
    """Return ``data`` as N-Quads; bytes are N-Quads already."""
    if isinstance(data, bytes):
        return data
    from pyoxigraph import RdfFormat, serialize

    return serialize(data, format=RdfFormat.N_QUADS) or b""


class Settled(NamedTuple):
    """Data in which no two articles differ, and what those say otherwise that had to yield."""

    lines: list[str]
    """The whole graph: where articles differ, the default graph's value stands, else that of the first graph."""
    others: list[list[str]]
    """The things of which an article says otherwise, as one such article says: each thing once in a list."""


def settled(lines: Sequence[str], single: frozenset[str]) -> Settled:
    """Return the lines with no article beside another that differs from it.

    ``single`` are the properties, in angle brackets, of which some shape permits one value, in all or a language. That
    sources disagree is data and no error, but each has to be right by itself: so what yields is looked at apart. A
    graph that gives several such values by itself keeps them all.
    """
    keys = [line[: line.find(" ", line.find(" ") + 1)] for line in lines]  # subject and property
    kept: list[str] = []
    yielded: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(dict))
    done = 0
    for index in [index for index, (key, after) in enumerate(pairwise(keys)) if key == after]:
        if index >= done and keys[index].rpartition(" ")[2] in single:
            end = bisect_right(keys, keys[index], index)
            kept += lines[done:index]
            stands, others = _standing(lines[index:end])
            kept += stands
            for graph, values in others.items():
                yielded[keys[index].partition(" ")[0]][graph][keys[index]] = values
            done = end
    kept += lines[done:]
    return Settled(kept, _otherwise(kept, yielded))


def _standing(group: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the lines of one subject and property that stand, and by graph those that differ and yield."""
    rivals: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in sorted(set(group)):
        found = statement(line)
        language = found.value.rpartition('"')[2] if found.value.startswith('"') else ""
        rivals[language if language.startswith("@") else ""][found.graph].append(line)
    kept: list[str] = []
    others: dict[str, list[str]] = defaultdict(list)
    for graphs in rivals.values():
        first, *later = sorted(graphs)  # the default graph has no name and so sorts first
        kept += graphs[first]
        values = {statement(line).value for line in graphs[first]}
        for graph in later:
            if len(graphs[graph]) > 1:
                kept += graphs[graph]
            elif statement(graphs[graph][0]).value not in values:
                others[graph] += graphs[graph]
    return kept, others


def _otherwise(kept: list[str], yielded: dict[str, dict[str, dict[str, list[str]]]]) -> list[list[str]]:
    """Return the things of which articles say otherwise, the first such article of each, then the second, …"""
    lists: list[list[str]] = []
    for subject, graphs in yielded.items():
        own = kept[bisect_left(kept, subject + " ") : bisect_left(kept, subject + "!")]
        for index, graph in enumerate(sorted(graphs)):
            said = graphs[graph]
            if index == len(lists):
                lists.append([])
            lists[index] += [line for line in own if line[: line.find(" ", line.find(" ") + 1)] not in said]
            lists[index] += [line for lines in said.values() for line in lines]
    return lists


def batches(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield about ``size`` lines at a time, all those of a subject together."""
    start = 0
    while start < len(lines):
        end = min(start + size, len(lines))
        if end < len(lines):
            subject = lines[end - 1].split(" ", 1)[0]
            end = bisect_left(lines, subject + "!", end)
        yield lines[start:end]
        start = end


def types(lines: Iterable[str]) -> dict[str, list[str]]:
    """Return the classes of each subject."""
    found = defaultdict(list)
    for line in lines:
        if _TYPE in line:
            subject, predicate, value, _ = line.split(" ", 3)
            if len(predicate) == len(_TYPE) - 2:  # no longer string that merely holds these words
                found[subject].append(value)
    return found


def read_quads(file: Traversable | Path) -> "list[Quad]":
    """Return the quads of a file, its form known by its ending: .ttl .nt .nq .trig .jsonld (or .json).

    Remote JSON-LD contexts are never fetched. Raises `ValidationError` with file, line and column.
    """
    from pyoxigraph import RdfFormat, parse

    forms = {
        ".ttl": RdfFormat.TURTLE,
        ".nt": RdfFormat.N_TRIPLES,
        ".nq": RdfFormat.N_QUADS,
        ".trig": RdfFormat.TRIG,
        ".jsonld": RdfFormat.JSON_LD,
        ".json": RdfFormat.JSON_LD,
    }
    form = forms.get(Path(file.name).suffix.lower())
    if form is None:
        raise ValidationError(f"{file.name} has no known form; name it {', '.join(forms)}")
    try:
        return list(parse(file.read_bytes(), format=form, base_iri="file:///", rename_blank_nodes=True))
    except OSError as error:
        raise ValidationError(f"{file.name} cannot be read: {error.strerror or error}") from error
    except SyntaxError as error:
        raise ValidationError(_syntax_message(file.name, error)) from error


def _syntax_message(name: str, error: SyntaxError) -> str:
    if "remote context" in str(error):
        return f"{name} names a remote JSON-LD context, which is never fetched; write the context into the file"
    where = f"{name}, line {error.lineno}, column {error.offset}" if error.lineno else name
    return f"{where} does not parse: {error.msg}"
