"""What articles say otherwise of a thing: to disagree is no error, but each has to be right by itself.

Where shapes permit a thing one value of a property and articles give it several, the default graph's stands, else that
of the first article; what the others say is looked at as another version of the thing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from kg.namespaces import iri
from kg.validation.results import Result
from kg.validation.shapes import Shapes
from kg.validation.statements import Statement, Statements, once, statement

Find = Callable[[bytes, Shapes, str], list[Result]]
"""An engine: what N-Quads, taken as one graph, break of shapes, about things whose IRIs begin in a certain way."""

Version = Sequence[bytes]
"""The lines of one thing in which no article differs from another."""

_TYPE = f" <{iri('rdf:type')}> ".encode()
_SUBCLASS = f" <{iri('rdfs:subClassOf')}> ".encode()
_NAME = "urn:x-version:"
_MANY = 20_000
"""Lines of versions that are looked at together, unless one has more."""
_NAMED = re.compile(rf"{_NAME}\d+:")


def findings(data: Statements, shapes: Shapes, find: Find) -> list[Result]:
    """Return what ``data`` breaks, a thing on which articles differ being looked at in each of its versions."""
    if not shapes.local:
        subjects = groupby(data.lines, lambda line: line[: line.find(b" ")])
        differing = _differing(((subject, list(lines)) for subject, lines in subjects), shapes)
        return [result for whole in _wholes(data, differing) for result in find(whole, shapes, "")]
    # What breaks no shape in all versions at once breaks none in each.
    found = find(data.triples, shapes, "")
    focuses = {f"<{result.focus}>".encode() for result in found}
    differing = _differing(((focus, data.own(focus)) for focus in focuses), shapes)
    if not differing:
        return found
    kept = [result for result in found if f"<{result.focus}>".encode() not in differing]
    wholes = _apart(data, differing)
    return kept + [_named_back(result) for whole in wholes for result in find(whole, shapes, _NAME)]


def _differing(things: Iterable[tuple[bytes, Sequence[bytes]]], shapes: Shapes) -> dict[bytes, list[Version]]:
    """Return the versions of those of ``things``, subjects and lines, of which there are several."""
    found = {subject: versions(lines, shapes.single) for subject, lines in things}
    return {subject: several for subject, several in found.items() if len(several) > 1}


def versions(lines: Sequence[bytes], single: frozenset[bytes]) -> list[Version]:
    """Return the versions of one thing by its sorted lines, first the one that stands.

    ``single`` are the properties, in angle brackets, of which some shape permits one value, in all or in a language. A
    graph that gives several such values by itself keeps them all. What articles say alike is one version.
    """
    if _agree(lines, single):
        return [lines]
    stands: list[bytes] = []
    otherwise: dict[str, dict[bytes, frozenset[bytes]]] = defaultdict(dict)
    for name, group in groupby(lines, _property):
        said = list(group)
        if len(said) == 1 or name not in single:
            stands += once(said)
            continue
        kept, others = _standing([statement(line) for line in said])
        stands += kept
        for graph, differing in others.items():
            otherwise[graph][name] = differing
    alike = {frozenset(said.items()): said for said in otherwise.values()}
    return [stands, *(_replaced(stands, said) for said in alike.values())]


def _agree(lines: Sequence[bytes], single: frozenset[bytes]) -> bool:
    """Return whether no property of which one value is permitted has several."""
    before = b""
    for line in once(lines):
        name = _property(line)
        if name == before and name in single:
            return False
        before = name
    return True


def _property(line: bytes) -> bytes:
    return line.split(b" ", 2)[1]


def _replaced(lines: Sequence[bytes], said: Mapping[bytes, frozenset[bytes]]) -> Version:
    return [*(line for line in lines if _property(line) not in said), *(line for new in said.values() for line in new)]


def _standing(told: Sequence[Statement]) -> tuple[set[bytes], dict[str, frozenset[bytes]]]:
    """Return triples of one subject and property that stand, and by graph those that differ and yield."""
    rivals: dict[str, dict[str, set[bytes]]] = defaultdict(lambda: defaultdict(set))
    for subject, predicate, value, graph in told:
        language = value.rpartition('"')[2] if value.startswith('"') else ""
        triple = f"{subject} {predicate} {value} .".encode()
        rivals[language if language.startswith("@") else ""][graph].add(triple)
    kept: set[bytes] = set()
    others: dict[str, frozenset[bytes]] = {}
    for graphs in rivals.values():
        stands = graphs[min(graphs)]  # the default graph has no name and so comes first
        kept |= stands
        for graph, triples in graphs.items():
            if len(triples) > 1:
                kept |= triples
            elif triples - stands:
                others[graph] = others.get(graph, frozenset()) | triples
    return kept, others


def _apart(data: Statements, differing: Mapping[bytes, Sequence[Version]]) -> Iterator[bytes]:
    """Yield all versions as things of their own, some at a time: of one thing much may be said."""
    above = [line for line in data.lines if _SUBCLASS in line]
    lines: list[bytes] = []
    for number, version in (told for several in differing.values() for told in enumerate(several)):
        if len(lines) + len(version) > _MANY and lines:
            yield _with_classes(data, lines, above)
            lines = []
        lines += (f"<{_NAME}{number}:".encode() + line[1:] for line in version)
    yield _with_classes(data, lines, above)


def _with_classes(data: Statements, lines: Sequence[bytes], above: Sequence[bytes]) -> bytes:
    """Return lines with the classes of what they refer to, and those above these."""
    values = {line.split(b" ", 3)[2] for line in lines}
    classes = [line for value in values for line in data.starting(value + _TYPE)]
    return b"\n".join([*lines, *classes, *above, b""])


def _named_back(result: Result) -> Result:
    focus, value, message = (_NAMED.sub("", text) for text in (result.focus, result.value, result.message))
    return msgspec.structs.replace(result, focus=focus, value=value, message=message)


def _wholes(data: Statements, differing: Mapping[bytes, Sequence[Version]]) -> Iterator[bytes]:
    """Yield the whole graph with the first version of all that differs, then with the second of what has one, …"""
    rest = [line for line in data.lines if line[: line.find(b" ")] not in differing]
    for number in range(max(map(len, differing.values()), default=1)):
        chosen = [several[number if number < len(several) else 0] for several in differing.values()]
        yield b"\n".join([*rest, *(line for version in chosen for line in version)]) + b"\n"
