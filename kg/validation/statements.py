"""The data to validate, as N-Quads: read from files, and asked for what is said of a thing."""

import codecs
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import ValidationError
from kg.namespaces import PREFIXES
from kg.validation.results import plain

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from rdflib import Graph


class Statement(NamedTuple):
    """A quad as N-Quads spell its terms."""

    subject: str
    predicate: str
    value: str
    graph: str
    """The graph's IRI in angle brackets; of the default graph empty."""


class Statements:
    """N-Quads and their lines, sorted: those of a subject, and of a subject and property, stand together."""

    def __init__(self, data: "bytes | Iterable[Quad]" = b"", lines: list[bytes] | None = None) -> None:
        self.lines = nquads(data).split(b"\n") if lines is None else lines
        """The lines."""
        self.lines.sort()
        del self.lines[: bisect_right(self.lines, b"")]

    @property
    def nameless(self) -> bool:
        """Whether anything is said of a blank node, which sorts after all IRIs."""
        return bool(self.lines) and self.lines[-1].startswith(b"_:")

    def parts(self, size: int) -> list["Statements"]:
        """Return the statements in parts of about ``size`` lines; a subject's stand in one."""
        parts, start = [], 0
        while start < len(self.lines):
            subject = self.lines[min(start + size, len(self.lines)) - 1].partition(b" ")[0]
            end = bisect_left(self.lines, subject + b"!", start)
            parts.append(Statements(lines=self.lines[start:end]))
            start = end
        return parts

    @cached_property
    def triples(self) -> bytes:
        """The lines as one graph: what stands in the default graph, and in others too, is there once."""
        return b"\n".join([*once(self.lines), b""])

    def starting(self, words: bytes) -> list[bytes]:
        """Return the lines that begin with ``words``, terms with a space after the last."""
        start = bisect_left(self.lines, words)
        return self.lines[start : bisect_left(self.lines, words[:-1] + b"!", start)]  # "!" follows the space

    def own(self, subject: bytes) -> list[bytes]:
        """Return the lines of a subject, an IRI in angle brackets or a blank node."""
        return self.starting(subject + b" ")

    def about(self, subject: str) -> list[Statement]:
        """Return what is said of a subject."""
        return [statement(line) for line in self.own(subject.encode())]

    def pointing(self, things: set[str]) -> dict[str, list[Statement]]:
        """Return the statements whose value is one of ``things``, by value; reads all data once."""
        found = defaultdict(list)
        sought = {thing.encode() for thing in things}
        for line in self.lines:
            if line.split(b" ", 3)[2] in sought:
                pointing = statement(line)
                found[pointing.value].append(pointing)
        return found

    @cached_property
    def by_property(self) -> dict[bytes, list[bytes]]:
        """The lines of each property, an IRI in angle brackets."""
        found = defaultdict(list)
        for line in self.lines:
            found[line.split(b" ", 2)[1]].append(line)
        return found


def once(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield sorted lines but for those that say of a named graph what the default graph says too.

    >>> list(once([b"<x:s> <x:p> <x:o> .", b"<x:s> <x:p> <x:o> <x:g> .", b"<x:s> <x:p> <x:q> <x:g> ."]))
    [b'<x:s> <x:p> <x:o> .', b'<x:s> <x:p> <x:q> <x:g> .']
    """
    begun = b"\n"
    for line in lines:
        if not line.startswith(begun):
            yield line
            begun = line[:-1]


def statement(line: bytes) -> Statement:
    """Return an N-Quads line taken apart.

    >>> statement(b'<x:s> <x:p> "a <b>" <x:g> .')
    Statement(subject='<x:s>', predicate='<x:p>', value='"a <b>"', graph='<x:g>')
    >>> statement(b'<x:s> <x:p> <x:o> .').graph
    ''
    """
    subject, predicate, rest = line.decode()[:-2].split(" ", 2)
    if not rest.startswith('"'):
        value, _, graph = rest.partition(" ")
        return Statement(subject, predicate, value, graph)
    value, _, graph = rest.rpartition(" ")
    # An IRI holds no quotation mark, and a literal that ends with the line has no term after it.
    if value and graph.startswith(("<", "_:")) and '"' not in graph:
        return Statement(subject, predicate, value, graph)
    return Statement(subject, predicate, rest, "")


def graph_of(line: bytes) -> bytes:
    """Return the graph that an N-Quads line names, of the default graph empty.

    >>> [graph_of(line) for line in (b'<x:s> <x:p> "a <b>" .', b"<x:s> <x:p> <x:o> <x:g> .", b"<x:s> <x:p> <x:o> .")]
    [b'', b'<x:g>', b'']
    """
    if line.count(b" ") == 3:
        return b""
    last = line[line.rfind(b" ", 0, -2) + 1 : -2]
    # An IRI holds no quotation mark, and a literal that ends with the line has no term after it.
    return last if last.startswith((b"<", b"_:")) and b'"' not in last else b""


def in_default_graph(line: bytes) -> bool:
    """Return whether an N-Quads line names no graph.

    >>> [in_default_graph(line) for line in (b'<x:s> <x:p> "a b" .', b"<x:s> <x:p> <x:o> <x:g> .")]
    [True, False]
    """
    return not graph_of(line)


def nquads(data: "bytes | Iterable[Quad]") -> bytes:
    """Return ``data`` as N-Quads; bytes are N-Quads already."""
    if isinstance(data, bytes):
        return data
    from pyoxigraph import RdfFormat, serialize

    return serialize(data, format=RdfFormat.N_QUADS) or b""


def files_in(directory: Traversable | Path, ending: str, kind: str) -> list[Traversable | Path]:
    """Return the files right in a folder of a ``kind`` whose names end so; raise `ValidationError` for what is none."""
    if not directory.is_dir():
        raise ValidationError(f"{directory} is not a folder; give a folder of {kind}")
    try:
        files = sorted(directory.iterdir(), key=lambda file: file.name)
    except OSError as error:
        raise ValidationError(f"{directory} cannot be read: {error.strerror or error}") from error
    found: list[Traversable | Path] = [file for file in files if file.name.endswith(ending)]
    if not found:
        raise ValidationError(f"{directory} has no file named *{ending}; give a folder of {kind}")
    return found


def read_quads(file: Traversable | Path) -> "list[Quad]":
    """Return the quads of a file, its form known by its ending: .ttl .nt .nq .trig .jsonld (or .json).

    A byte order mark before it is passed over; remote JSON-LD contexts are never fetched. Raises `ValidationError` with
    file, line and column.
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
        data = file.read_bytes().removeprefix(codecs.BOM_UTF8)
        return list(parse(data, format=form, base_iri="file:///", rename_blank_nodes=True))
    except OSError as error:
        raise ValidationError(f"{file.name} cannot be read: {error.strerror or error}") from error
    except SyntaxError as error:
        raise ValidationError(_syntax_message(file.name, error)) from error


def _syntax_message(name: str, error: SyntaxError) -> str:
    if "remote context" in str(error):
        return f"{name} names a remote JSON-LD context, which is never fetched; write the context into the file"
    where = f"{name}, line {error.lineno}, column {error.offset}" if error.lineno else name
    reason = re.sub(r"^Parser error (at|between) [^:]*: ", "", error.msg)
    return f"{where} does not parse: {plain(reason)}"


def rdflib_graph(quads: "Iterable[Quad]") -> "Graph":
    """Return the triples of ``quads`` as an rdflib graph, lexical forms kept."""
    import pyoxigraph
    from rdflib import BNode, Graph, Literal, URIRef

    iris: dict[str, URIRef] = {}

    def node(term: Any) -> Any:
        if isinstance(term, pyoxigraph.NamedNode):
            return iris.get(term.value) or iris.setdefault(term.value, URIRef(term.value))
        if isinstance(term, pyoxigraph.BlankNode):
            return BNode(term.value)
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype.value == PREFIXES["xsd"] + "string"
        return Literal(term.value, datatype=None if plain else node(term.datatype), normalize=False)

    graph = Graph()
    for quad in quads:
        graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return graph
