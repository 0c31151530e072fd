"""Graphs that break the model of docs/graph.md in one place each, and graphs that vary within it.

One graph that is broken is written by hand, so that it has all of the model; the other is what sample articles give.

The model stands here a second time, apart from the shapes: for each class and property what its values are, whether one
has to be there (``!``) and whether there may be one only (``1``).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.articles import read
from kg.engines import map_articles, nquads, texts
from kg.namespaces import PREFIXES, curie, iri
from kg.resources import folder
from kg.validation import read_quads
from kg.validation.statements import Statement, Statements, statement

BASE = Path(__file__).parent / "shapes" / "valid" / "default-and-article-graph.trig"
ARTICLES = ("colombo-hanoi-memoranda.txt", "vaccines-for-jakarta.json", "wang-yi-in-hanoi.txt")
ID = "https://w3id.org/diplomacy-kg/id/"

_PERSON, _OFFICE, _PASSAGE, _ARTICLE = "dip:Person", "dip:Office", "oa:TextPositionSelector", "schema:NewsArticle"
_BODY, _PLACE = "schema:Country org:Organization", "schema:Place schema:Country"
_DATES = {"dip:date": "1 edtf", "dip:earliest": "1 day", "dip:latest": "1 day"}
_RESTS = {"dip:evidence": f"thing {_PASSAGE}", "prov:wasDerivedFrom": f"thing {_ARTICLE}"}
_NAMES = {"rdfs:label": "1 words", "skos:altLabel": "words", "skos:exactMatch": "wikidata"}

MODEL: dict[str, dict[str, str]] = {
    _ARTICLE: {
        "rdfs:label": "!1 words", "schema:headline": "1 words", "schema:publisher": "1 text",
        "schema:datePublished": "1 published", "schema:url": "1 address", "dip:file": "1 text",
        "dip:contentDigest": "1 digest", "prov:wasGeneratedBy": "1 thing prov:Activity",
        "schema:about": "thing dip:Event", "schema:inLanguage": "1 text",
    },
    _PERSON: {**_NAMES, **_RESTS, "dip:namedAs": "text"},
    _OFFICE: {
        **_NAMES, "rdfs:label": "!1 words", "dip:title": "!1 words", "dip:kind": "!1 kind",
        "dip:of": f"!1 thing {_BODY}",
    },
    "dip:Tenure": {
        **_RESTS, "rdfs:label": "1 words", "dip:holder": f"!1 thing {_PERSON}", "dip:office": f"!1 thing {_OFFICE}",
        "dip:start": "1 edtf", "dip:end": "1 edtf", "dip:asOf": "1 day", "dip:tenureStatus": "1 code",
    },
    "schema:Country": {**_NAMES, "rdfs:label": "!1 words", "skos:notation": "!1 text"},
    "org:Organization": {**_NAMES, "rdfs:label": "!1 words", "skos:notation": "1 text"},
    "schema:Place": {**_NAMES, "rdfs:label": "!1 words", "schema:containedInPlace": f"1 thing {_PLACE}"},
    "dip:Event": {
        **_DATES, **_RESTS, "rdfs:label": "1 words", "dip:kind": "!1 kind", "dip:place": f"1 thing {_PLACE}",
        "dip:participant": f"thing {_PERSON}", "dip:caller": f"thing {_PERSON}",
        "dip:participatingOffice": f"thing {_OFFICE}",
        "dip:party": f"thing {_BODY}", "dip:status": "!1 code", "dip:agreement": "thing dip:Agreement",
        "dip:inference": "thing dip:Inference",
    },
    "dip:Agreement": {
        **_DATES, **_RESTS, "rdfs:label": "!1 words", "dip:kind": "!1 kind", "dip:party": f"thing {_BODY}",
        "dip:count": "1 count", "dip:stage": "1 code",
    },
    "dip:Discrepancy": {
        "rdfs:label": "!1 words", "dip:kind": "!1 kind", "dip:about": "! thing dip:Event dip:Tenure",
        "dip:evidence": f"thing {_PASSAGE}",
        "dip:stated": "!1 any", "dip:expected": "any", "dip:statedIn": f"!1 thing {_ARTICLE}",
    },
    "dip:Inference": {"dip:rule": "!1 text", "dip:premise": "! any"},
    _PASSAGE: {
        "oa:hasSource": f"!1 thing {_ARTICLE}", "oa:start": "!1 offset", "oa:end": "!1 offset", "oa:exact": "!1 words",
    },
    "skos:Concept": {"skos:prefLabel": "!1 words", "skos:notation": "!1 text", "skos:broader": "kind"},
}  # fmt: skip

_EDTF, _DAY, _INTEGER = (f"^^<{iri(name)}>" for name in ("edtf:EDTF", "xsd:date", "xsd:integer"))
_NOBODY, _STRANGER = f"<{ID}nobody/x>", f"<{ID}software/diplomacy-kg-0.1.0>"
_WRONG: dict[str, dict[str, str]] = {
    "words": {"wrong language: none": '"Words"', "mistyped: a thing": _STRANGER, "out of range: empty": '""@en'},
    "text": {"mistyped: a thing": _STRANGER, "out of range: empty": '""'},
    "edtf": {
        "malformed date: words": f'"8 February 2021"{_EDTF}', "malformed date: no zeros": f'"2021-2-8"{_EDTF}',
        "malformed date: month 13": f'"2021-13"{_EDTF}', "malformed date: February 30": f'"2021-02-30"{_EDTF}',
        "mistyped: a day": f'"2021-02-08"{_DAY}', "mistyped: text": '"2021-02-08"', "mistyped: a thing": _STRANGER,
    },
    "day": {
        "malformed date: February 30": f'"2021-02-30"{_DAY}', "malformed date: words": f'"soon"{_DAY}',
        "malformed date: a month": f'"2021-02"{_DAY}', "mistyped: text": '"2021-02-08"', "mistyped: a thing": _STRANGER,
    },
    "published": {
        "malformed date: February 30": f'"2021-02-30"{_DAY}', "malformed date: words": f'"soon"{_DAY}',
        "mistyped: text": '"2021-02-08"', "mistyped: a thing": _STRANGER,
    },
    "count": {
        "out of range: none": f'"0"{_INTEGER}', "out of range: below": f'"-3"{_INTEGER}', "mistyped: words": '"many"',
        "mistyped: malformed": f'"many"{_INTEGER}', "mistyped: a thing": _STRANGER,
    },
    "offset": {
        "out of range: below": f'"-1"{_INTEGER}', "out of range: beyond": f'"99999"{_INTEGER}', "mistyped: text": '"0"',
        "mistyped: malformed": f'"first"{_INTEGER}', "mistyped: a thing": _STRANGER,
    },
    "code": {
        "out of range: unheard of": '"unheard-of"', "wrong language: some": '"occurred"@en',
        "mistyped: a thing": _STRANGER,
    },
    "kind": {
        "dangling": f"<{PREFIXES['dip']}event-kind/none>", "wrong class: no kind": _STRANGER,
        "mistyped: text": '"call"',
    },
    "wikidata": {
        "out of range: elsewhere": "<http://example.org/Q1>", "mistyped: text": '"Q1"',
        "out of range: a property": "<http://www.wikidata.org/entity/P31>",
    },
    "address": {"out of range: a script": "<javascript:alert(1)>", "mistyped: text": '"https://example.org/a"'},
    "digest": {"out of range: too short": '"sha256:00"', "mistyped: a thing": _STRANGER},
    "any": {"mistyped: empty": '""'},
    "thing": {"dangling": _NOBODY, "mistyped: text": '"Somebody"'},
}  # fmt: skip


class Mutant(NamedTuple):
    """A graph, what was done to it, and to what."""

    name: str
    lines: list[str]
    focus: str
    graph: str

    @property
    def way(self) -> str:
        """What was done to what kind of thing."""
        return self.name.replace(" " + self.focus.rpartition("/")[2][:-1], "")


def base() -> list[str]:
    """Return the graph written by hand, as N-Quads lines."""
    return [line.decode() for line in Statements(read_quads(BASE)).lines]


def mapped() -> tuple[list[str], dict[str, str]]:
    """Return the graph of a few articles, as N-Quads lines, and their texts by IRI."""
    records = map_articles(read([str(folder("seeds") / "articles" / name) for name in ARTICLES])).records
    return nquads(records).decode().splitlines(), texts(records)


def mutants(lines: list[str]) -> Iterator[Mutant]:
    """Yield every graph that differs from ``lines`` in one place where the model does not allow it."""
    told = [statement(line.encode()) for line in lines]
    classes = {s.subject: _class(s.value) for s in told if s.predicate == f"<{iri('rdf:type')}>" and _class(s.value)}
    for subject, kind in sorted(classes.items()):
        own = [s for s in told if s.subject == subject]
        name = f"{kind} {subject.rpartition('/')[2][:-1]}"
        for graph in sorted({s.graph for s in own}):
            yield from _of_thing(lines, own, name, kind, graph, classes)
        for property_, spec in MODEL[kind].items():
            yield from _of_property(lines, own, name, property_, spec, classes)


def once(several: Iterable[Mutant]) -> Iterator[Mutant]:
    """Yield the first of the mutants that were broken in one way, of whatever thing."""
    seen = set()
    for mutant in several:
        if mutant.way not in seen:
            seen.add(mutant.way)
            yield mutant


def _class(value: str) -> str:
    name = curie(value[1:-1])
    return name if name in MODEL else ""


def _of_thing(
    lines: list[str], own: list[Statement], name: str, kind: str, graph: str, classes: dict[str, str]
) -> Iterator[Mutant]:
    where = "article" if graph else "default"
    subject, here = own[0].subject, [s for s in own if s.graph == graph]
    misspelt = Statement(subject, f"<{iri('dip:Event')}x>", '"x"', graph)
    yield Mutant(f"{where}: {name}: misspelt property", sorted([*lines, _line(misspelt)]), subject, graph)
    for one, other in (("dip:earliest", "dip:latest"), ("oa:start", "oa:end"), ("dip:holder", "dip:office"),
                       ("dip:stated", "dip:statedIn")):  # fmt: skip
        first, second = (next((s for s in here if s.predicate == f"<{iri(p)}>"), None) for p in (one, other))
        if first and second and first.value != second.value:
            swapped = [first._replace(value=second.value), second._replace(value=first.value)]
            changed = _replaced(lines, [first, second], swapped)
            yield Mutant(f"{where}: {name}: reversed {one} and {other}", changed, subject, graph)
    for s in here:
        if s.value in classes and s.predicate != f"<{iri('skos:broader')}>" and not s.value.startswith(subject):
            changed = _replaced(lines, [s], [Statement(s.value, s.predicate, s.subject, graph)])
            told = curie(s.predicate[1:-1])
            if told in ("dip:holder", "dip:office", "dip:kind", "dip:statedIn", "oa:hasSource", "dip:of"):
                yield Mutant(f"{where}: {name}: reversed {told}", changed, subject, graph)
    if not graph:
        untyped = [s for s in own if s.predicate == f"<{iri('rdf:type')}>" and _class(s.value)]
        yield Mutant(f"{name}: missing class", _replaced(lines, untyped, []), subject, graph)


def _of_property(
    lines: list[str], own: list[Statement], name: str, property_: str, spec: str, classes: dict[str, str]
) -> Iterator[Mutant]:
    flags, kind, *fitting = spec.split() if spec[0] in "!1" else ("", *spec.split())
    stated = [s for s in own if s.predicate == f"<{iri(property_)}>"]
    if not stated:
        return
    subject = own[0].subject
    if "!" in flags:
        yield Mutant(f"{name}: {property_} missing", _replaced(lines, stated, []), subject, "")
    for graph in sorted({s.graph for s in stated}):
        where = "article" if graph else "default"
        one = next(s for s in stated if s.graph == graph)
        wrong = dict(_WRONG[kind])
        if kind == "thing":
            stranger = next(thing for thing, cls in sorted(classes.items()) if cls not in (*fitting, "skos:Concept"))
            wrong["wrong class"] = stranger
        for what, value in wrong.items():
            changed = _replaced(lines, [one], [one._replace(value=value)])
            yield Mutant(f"{where}: {name}: {property_} {what}", changed, subject, graph)
        if "1" in flags:
            other = _another(one.value, kind, classes)
            yield Mutant(
                f"{where}: {name}: {property_} doubled",
                sorted([*lines, _line(one._replace(value=other))]),
                subject,
                graph,
            )


def _another(value: str, kind: str, classes: dict[str, str]) -> str:
    """Return another value of the same kind."""
    if value.startswith("<"):
        alike = [thing for thing, cls in classes.items() if cls == classes.get(value) and thing != value]
        return min(alike, default=value[:-1] + "x>")
    body, _, rest = value[1:].rpartition('"')
    if kind in ("edtf", "day", "published"):
        return f'"2020-01-01"{rest}'
    return f'"{int(body) + 1}"{rest}' if body.isdecimal() else f'"{body}x"{rest}'


def _replaced(lines: list[str], old: list[Statement], new: list[Statement]) -> list[str]:
    gone = set(map(_line, old))
    return sorted({*(line for line in lines if line not in gone), *map(_line, new)})


def _line(s: Statement) -> str:
    return " ".join((*s[:3], *([s.graph] if s.graph else []), "."))


_SPANS = (
    ("2021", "2021-01-01", "2021-12-31"),
    ("2021-02", "2021-02-01", "2021-02-28"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("2021-02-06/2021-02-08", "2021-02-06", "2021-02-08"),
    ("2021-01/2021-02", "2021-01-01", "2021-02-28"),
)
_CODES = {
    "dip:status": ("occurred", "planned"), "dip:tenureStatus": ("current", "former", "incoming"),
    "dip:stage": ("announced", "signed", "ratified", "in-force", "cited"),
}  # fmt: skip


# A kind hangs below another or is a top one; a role needs its person.
_NEEDED = (("skos:broader",), ("dip:participant",))


def variations() -> Iterator[tuple[str, list[str]]]:
    """Yield graphs that differ from the base as the model allows, each with what differs."""
    lines = base()
    told = [statement(line.encode()) for line in lines]
    classes = {s.subject: _class(s.value) for s in told if s.predicate == f"<{iri('rdf:type')}>" and _class(s.value)}
    for subject, kind in sorted(classes.items()):
        own = [s for s in told if s.subject == subject]
        name = f"{kind} {subject.rpartition('/')[2][:-1]}"
        yield from _without(lines, own, name, kind)
        yield from _dated(lines, own, name)
        yield from _coded(lines, own, name)
        if "rdfs:label" in MODEL[kind]:
            for text in ('"Nhãn"@vi', '"标签"@zh', '"Etiqueta"@es-419'):
                more = Statement(subject, f"<{iri('rdfs:label')}>", text, "")
                yield f"{name}: a label {text}", sorted([*lines, _line(more)])


def _without(lines: list[str], own: list[Statement], name: str, kind: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the graph without each property that a thing need not have."""
    groups = [tuple(_DATES)] if "dip:date" in MODEL[kind] else []
    # What a thing rests on may be told in one way or another, but has to be told.
    groups += [(p,) for p, spec in MODEL[kind].items() if "!" not in spec.split()[0] and p not in {**_DATES, **_RESTS}]
    for properties in groups:
        gone = [s for s in own if curie(s.predicate[1:-1]) in properties]
        if gone and not (kind == "dip:Person" and properties == ("rdfs:label",)) and properties not in _NEEDED:
            yield f"{name}: no {', '.join(properties)}", _replaced(lines, gone, [])


def _dated(lines: list[str], own: list[Statement], name: str) -> Iterator[tuple[str, list[str]]]:
    for graph in sorted({s.graph for s in own if s.predicate == f"<{iri('dip:date')}>"}):
        for span in _SPANS:
            old = [s for s in own if s.graph == graph and curie(s.predicate[1:-1]) in _DATES]
            new = [s._replace(value=f'"{span[list(_DATES).index(curie(s.predicate[1:-1]))]}"{_rest(s)}') for s in old]
            yield f"{name}: dated {span[0]}", _replaced(lines, old, new)


def _coded(lines: list[str], own: list[Statement], name: str) -> Iterator[tuple[str, list[str]]]:
    for s in own:
        for code in _CODES.get(curie(s.predicate[1:-1]), ()):
            yield f"{name}: {code}", _replaced(lines, [s], [s._replace(value=f'"{code}"')])


def _rest(s: Statement) -> str:
    return s.value.rpartition('"')[2]
