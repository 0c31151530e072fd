"""Quads as lines of N-Quads, the working form of the graph: cheap to make, to compare and to sort."""

from kg.namespaces import PREFIXES, iri

_EDTF = PREFIXES["edtf"] + "EDTF"
_XSD = PREFIXES["xsd"]
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})


def term(curie: str) -> str:
    """Return the IRI that a CURIE abbreviates, in angle brackets.

    >>> term("rdfs:label")
    '<http://www.w3.org/2000/01/rdf-schema#label>'
    """
    return f"<{iri(curie)}>"


def text(value: str, language: str = "") -> str:
    """Return a literal, plain or with a language tag.

    >>> text("Hanoi", "en")
    '"Hanoi"@en'
    """
    if not value.isprintable() or '"' in value or "\\" in value:  # seldom, and `translate` is slow
        value = value.translate(_ESCAPES)
    return f'"{value}"@{language}' if language else f'"{value}"'


def edtf(value: str) -> str:
    """Return an EDTF literal."""
    return f'"{value}"^^<{_EDTF}>'


def calendar(value: str) -> str:
    """Return a literal of a day, month or year: ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``."""
    return f'"{value}"^^<{_XSD}{ {4: "gYear", 7: "gYearMonth"}.get(len(value), "date") }>'


def day(value: str) -> str:
    """Return an ``xsd:date`` literal."""
    return f'"{value}"^^<{_XSD}date>'


def integer(value: int) -> str:
    """Return an ``xsd:integer`` literal."""
    return f'"{value}"^^<{_XSD}integer>'


def decimal(value: str) -> str:
    """Return an ``xsd:decimal`` literal of at most three digits after the point.

    >>> decimal("1"), decimal(".98765")
    ('"1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"0.988"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    return f'"{round(float(value), 3)}"^^<{_XSD}decimal>'
