"""Writing Turtle that is the same from run to run: terms, prefixes, and one description after another.

https://www.w3.org/TR/turtle/
"""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

import pyoxigraph as ox

from kg.namespaces import ONTOLOGY, PREFIXES, SCHEMES

KINDS = ("agreement", "article", "country", "discrepancy", "event", "inference", "mapping", "office", "organisation",
         "passage", "person", "place", "software", "tenure")  # fmt: skip
"""Kinds of thing that have a prefix of their own below the base."""

_STRING, _INTEGER = PREFIXES["xsd"] + "string", PREFIXES["xsd"] + "integer"
_TYPE = PREFIXES["rdf"] + "type"
_DIGITS = re.compile(r"[+-]?[0-9]+")
# The part of PN_LOCAL that needs no escapes. https://www.w3.org/TR/turtle/#grammar-production-PN_LOCAL
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*")

Statement = ox.Quad | ox.Triple


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of a dump: the project's, one a kind of thing below ``base``, one a scheme of kinds."""
    schemes = {f"{scheme}-kind": f"{ONTOLOGY}{scheme}-kind/" for scheme in SCHEMES}
    return dict(sorted({**PREFIXES, **schemes, **{kind: f"{base}{kind}/" for kind in KINDS}}.items()))


class Names:
    """Writes terms in Turtle, IRIs short where a prefix allows it."""

    def __init__(self, known: Mapping[str, str]):
        self._known = {namespace: prefix for prefix, namespace in known.items()}
        self.used: set[str] = set()
        """Prefixes written so far."""

    def iri(self, iri: str) -> str:
        """Return ``iri`` as a prefixed name, else whole between angle brackets.

        >>> Names({"ex": "http://example.org/"}).iri("http://example.org/a-1")
        'ex:a-1'
        >>> Names({"ex": "http://example.org/"}).iri("http://example.org/a/1")
        '<http://example.org/a/1>'
        """
        return self._short(iri) or f"<{iri}>"

    def _short(self, iri: str) -> str | None:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._known.get(iri[:cut])
        if prefix is None or not _PLAIN_LOCAL.fullmatch(iri, cut):
            return None
        self.used.add(prefix)
        return f"{prefix}:{iri[cut:]}"

    def term(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
        """Return any term in Turtle."""
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if not isinstance(term, ox.Literal) or term.language or term.datatype.value == _STRING:
            return str(term)
        if term.datatype.value == _INTEGER and _DIGITS.fullmatch(term.value):
            return term.value
        return f"{ox.Literal(term.value)}^^{self.iri(term.datatype.value)}"

    def key(self, iri: str) -> str:
        """Return ``iri`` as a prefixed name, else as it is: a JSON-LD key."""
        return self._short(iri) or iri


def header(known: Mapping[str, str]) -> str:
    """Return the lines that declare prefixes.

    >>> header({"ex": "http://example.org/"})
    '@prefix ex: <http://example.org/> .\\n'
    """
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in known.items())


def rank(statement: Statement) -> tuple[bool, str, str]:
    """Return the key by which the statements about one subject are sorted: the class first."""
    return statement.predicate.value != _TYPE, str(statement.predicate), str(statement.object)


def describe(statements: Iterable[Statement], names: Names, indent: str = "") -> str:
    """Return the statements about one subject, sorted by `rank`, as a paragraph of Turtle."""
    ordered = list(statements)
    lines = [f"\n{indent}{names.term(ordered[0].subject)}"]
    for predicate, group in groupby(ordered, key=lambda statement: statement.predicate.value):
        verb = "a" if predicate == _TYPE else names.iri(predicate)
        lines.append(f"{indent}  {verb} {', '.join(names.term(statement.object) for statement in group)} ;")
    return "\n".join(lines).removesuffix(";") + ".\n"
