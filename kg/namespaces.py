"""Terms that cannot be misspelt, the prefixes of others, and the kinds of `ontology/`.

Nothing here imports rdflib: names are plain strings, so that the command line starts at once.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from kg.errors import ResourceError
from kg.resources import folder

ONTOLOGY = "https://w3id.org/diplomacy-kg/ontology/"
VERSION_IRI = ONTOLOGY + "0.1.0"

PREFIXES: dict[str, str] = {
    "dip": ONTOLOGY,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "lode": "http://linkedevents.org/ontology/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pav": "http://purl.org/pav/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Namespace of each prefix this project writes."""

SCHEMES = ("agreement", "discrepancy", "event", "office")
"""Names of the schemes of kinds, a file each in ``ontology/``."""


class _Vocabulary(type):
    """Give each annotated name of a class its IRI, and refuse names that are not annotated.

    rdflib's `DefinedNamespace` does the same at the price of importing rdflib (0.14 s).
    """

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], *, base: str) -> None:
        super().__init__(name, bases, body)
        cls._base = base
        for term in cls.__annotations__:
            setattr(cls, term, base + term)

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], *, base: str) -> "_Vocabulary":
        return super().__new__(mcs, name, bases, body)

    if not TYPE_CHECKING:  # a type checker must go on refusing unknown names

        def __getattr__(cls, name):
            raise AttributeError(f"{cls._base}{name} is not declared; terms are {', '.join(cls.__annotations__)}")


class DIP(metaclass=_Vocabulary, base=ONTOLOGY):
    """IRIs of the terms that ``ontology/diplomacy.ttl`` declares, one attribute a term.

    >>> DIP.holder
    'https://w3id.org/diplomacy-kg/ontology/holder'
    >>> getattr(DIP, "holdr", "no such term")
    'no such term'
    """

    Person: str
    Office: str
    Tenure: str
    Event: str
    Agreement: str
    Discrepancy: str
    Inference: str

    kind: str
    title: str
    date: str
    earliest: str
    latest: str
    start: str
    end: str
    asOf: str  # noqa: N815
    place: str
    participant: str
    host: str
    guest: str
    visitor: str
    caller: str
    sender: str
    recipient: str
    signatory: str
    speaker: str
    appointer: str
    appointee: str
    honoree: str
    donor: str
    mediator: str
    initiator: str
    target: str
    participatingOffice: str  # noqa: N815
    party: str
    status: str
    agreement: str
    holder: str
    office: str
    of: str
    tenureStatus: str  # noqa: N815
    count: str
    stage: str
    about: str
    stated: str
    expected: str
    statedIn: str  # noqa: N815
    evidence: str
    inference: str
    rule: str
    premise: str
    namedAs: str  # noqa: N815
    file: str
    contentDigest: str  # noqa: N815
    subjectRole: str  # noqa: N815
    objectRole: str  # noqa: N815

    CAMEO: str
    PLOVER: str


TERMS: frozenset[str] = frozenset(ONTOLOGY + name for name in DIP.__annotations__)
"""IRIs of all terms of `DIP`."""


def iri(curie: str) -> str:
    """Return the IRI of a CURIE of `PREFIXES`; raise `ResourceError` where the prefix is unknown.

    Own terms are checked too: they must be among `TERMS`. Syntax: https://www.w3.org/TR/curie/

    >>> iri("rdfs:label")
    'http://www.w3.org/2000/01/rdf-schema#label'
    """
    prefix, _, name = curie.partition(":")
    if prefix not in PREFIXES:
        raise ResourceError(f"the prefix of {curie!r} is unknown; use one of {', '.join(PREFIXES)}")
    expanded = PREFIXES[prefix] + name
    if prefix == "dip" and "/" not in name and expanded not in TERMS:
        raise ResourceError(f"{curie} is not declared in ontology/diplomacy.ttl; correct its spelling or declare it")
    return expanded


def curie(iri: str) -> str:
    """Return ``iri`` shortened by the longest namespace of `PREFIXES`, or as it is where none fits.

    >>> curie("http://www.w3.org/ns/prov#used"), curie("https://example.org/a")
    ('prov:used', 'https://example.org/a')
    """
    fitting = [(len(namespace), prefix) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One concept of a scheme of kinds: a kind of event, agreement, office or discrepancy."""

    iri: str
    code: str
    """The plain notation: ``call``, ``joint-statement``, ``foreign-minister``."""
    label: str
    """The preferred label in English; of an office, its plain title."""
    definition: str
    broader: str | None = None
    """Code of the next wider kind, or none for a top kind."""
    top: str
    """Code of the top kind above, which for a top kind is its own."""
    alt: tuple[str, ...] = ()
    """English noun phrases that name it, sorted."""
    hidden: tuple[str, ...] = ()
    """English verb phrases that betray it, sorted; in the past tense unless they occur in another form only."""
    labels: dict[str, str] = {}
    """Preferred labels by language tag."""
    notations: tuple[tuple[str, str], ...] = ()
    """Codes of other schemes as (datatype IRI, code), sorted."""
    subject_role: str | None = None
    """Property that links an event to the subject of an active phrase; a narrower kind inherits it."""
    object_role: str | None = None
    """Property that links an event to the object of an active phrase; a narrower kind inherits it."""

    @property
    def nouns(self) -> tuple[str, ...]:
        """All English noun phrases: the label and the alternative labels."""
        return (self.label, *self.alt)


@cache
def load_kinds(scheme: str) -> tuple[Kind, ...]:
    """Return the kinds of a scheme of `SCHEMES`, sorted by code; raise `ResourceError` for another or a bad file.

    >>> [kind.code for kind in load_kinds("discrepancy")]
    ['count', 'date', 'holder', 'name', 'office', 'place']
    """
    if scheme not in SCHEMES:
        raise ResourceError(f"there is no scheme of kinds {scheme!r}; use one of {', '.join(SCHEMES)}")
    concepts = _concepts(f"{scheme}-kinds.ttl")
    kinds = (_kind(concept, values, concepts) for concept, values in concepts.items())
    return tuple(sorted(kinds, key=lambda kind: kind.code))


_Values = dict[str, list[Any]]
_SKOS = PREFIXES["skos"]
_PLAIN = PREFIXES["xsd"] + "string"


def _concepts(file: str) -> dict[str, _Values]:
    """Return the values of each concept of a file of kinds, by property."""
    from pyoxigraph import NamedNode, RdfFormat, parse

    try:
        found: dict[str, _Values] = {}
        for quad in parse((folder("ontology") / file).read_bytes(), format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode):
                found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    except (OSError, SyntaxError) as error:
        raise ResourceError(f"ontology/{file} cannot be read ({error}); mend it or reinstall diplomacy-kg") from error
    return {subject: values for subject, values in found.items() if _SKOS + "inScheme" in values}


def _kind(concept: str, values: _Values, concepts: dict[str, _Values]) -> Kind:
    lineage = _lineage(concept, concepts)
    labels = {label.language: label.value for label in values[_SKOS + "prefLabel"]}
    return Kind(
        iri=concept,
        code=_code(values),
        label=labels["en"],
        definition=_english(values, "definition")[0],
        broader=_code(concepts[lineage[1]]) if len(lineage) > 1 else None,
        top=_code(concepts[lineage[-1]]),
        alt=_english(values, "altLabel"),
        hidden=_english(values, "hiddenLabel"),
        labels=labels,
        notations=_foreign_codes(values),
        subject_role=_inherited(DIP.subjectRole, lineage, concepts),
        object_role=_inherited(DIP.objectRole, lineage, concepts),
    )


def _lineage(concept: str, concepts: dict[str, _Values]) -> list[str]:
    """Return the concept and its wider ones, nearest first."""
    lineage = [concept]
    while broader := concepts[lineage[-1]].get(_SKOS + "broader"):
        if broader[0].value not in concepts or broader[0].value in lineage:
            raise ResourceError(f"{lineage[-1]} has a broader concept that leads nowhere; mend its skos:broader")
        lineage.append(broader[0].value)
    return lineage


def _inherited(role: str, lineage: list[str], concepts: dict[str, _Values]) -> str | None:
    return next((concepts[concept][role][0].value for concept in lineage if role in concepts[concept]), None)


def _english(values: _Values, name: str) -> tuple[str, ...]:
    return tuple(sorted(text.value for text in values.get(_SKOS + name, []) if text.language == "en"))


def _code(values: _Values) -> str:
    plain: list[str] = [code.value for code in values[_SKOS + "notation"] if code.datatype.value == _PLAIN]
    return plain[0]


def _foreign_codes(values: _Values) -> tuple[tuple[str, str], ...]:
    codes = ((code.datatype.value, code.value) for code in values[_SKOS + "notation"])
    return tuple(sorted(pair for pair in codes if pair[0] != _PLAIN))
