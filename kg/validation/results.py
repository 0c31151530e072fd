"""What validation finds: results with their places, and the report that holds them."""

import re
from collections import Counter

import msgspec

from kg.namespaces import curie

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

SEVERITIES = ("Violation", "Warning", "Info")
"""Severities of SHACL, gravest first: https://www.w3.org/TR/shacl/#severity"""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an article states what is wrong."""

    article: str
    """IRI of the article."""
    file: str
    """The article's file, as its graph names it."""
    start: int | None = None
    """Offset of the quote in characters of the article's text; None where no passage is known."""
    end: int | None = None
    quote: str = ""
    line: int | None = None
    """Line on which the quote begins, from 1; None where the text is not at hand."""
    column: int | None = None
    """Character of that line, from 1."""

    @property
    def text(self) -> str:
        """The place as compilers write it.

        >>> Place(article="x:a", file="a.txt", start=5, end=9, line=2, column=1).text
        'a.txt:2:1'
        >>> Place(article="x:a", file="a.txt", start=5, end=9).text
        'a.txt [5-9]'
        """
        if self.line is not None:
            return f"{self.file}:{self.line}:{self.column}"
        return self.file if self.start is None else f"{self.file} [{self.start}-{self.end}]"


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One finding: which rule a thing breaks, where that is stated, and what to do about it."""

    severity: str
    """One of `SEVERITIES`."""
    focus: str
    """IRI of the thing; of a blank node its label."""
    path: str = ""
    """IRI of the property or path in SPARQL's notation; empty where the thing as a whole is meant."""
    value: str = ""
    """The value that breaks the rule, as N-Triples spell it, or empty where it is a missing one."""
    message: str
    """What is wrong; what to do."""
    shape: str
    """IRI of the shape or check; of a nameless shape empty."""
    component: str
    """IRI of the constraint component: https://www.w3.org/TR/shacl/#core-components"""
    label: str = ""
    """Label of the thing, or empty."""
    articles: tuple[str, ...] = ()
    """IRIs of the articles whose own graphs state what is wrong; none where it is in the default graph alone."""
    place: Place | None = None
    """The first place that the thing is stated in."""

    @property
    def rank(self) -> tuple[int, str, str, str, str, str]:
        """Key by which results are sorted: gravest first, then by thing, property, shape, value and component."""
        return (SEVERITIES.index(self.severity), self.focus, self.path, self.shape, self.value, self.component)

    @property
    def rule(self) -> str:
        """Short name of the shape or check; of a nameless shape that of the component.

        >>> ids = ("https://w3id.org/diplomacy-kg/shapes/event/undated", "")
        >>> [Result(severity="Info", focus="x:e", message="", shape=i, component="x#MinCount").rule for i in ids]
        ['event/undated', 'MinCount']
        """
        for folder in ("/shapes/", "/checks/"):
            if folder in self.shape:
                return self.shape.partition(folder)[2]
        return curie(self.shape) if self.shape else self.component.rpartition("#")[2]

    @property
    def quote(self) -> str:
        """The sentence that the thing is stated in, or empty."""
        return self.place.quote if self.place else ""

    @property
    def stated(self) -> str:
        """Property and value for a person, or empty where the thing as a whole is meant.

        >>> rule = {"severity": "Info", "focus": "x:e", "path": "x:day", "message": "", "shape": ""}
        >>> Result(**rule, component="x#MinCountConstraintComponent").stated
        'no x:day'
        >>> Result(**rule, component="x#MinLengthConstraintComponent", value='""').stated
        'x:day ""'
        """
        if not self.value and self.component.endswith("#MinCountConstraintComponent"):
            return f"no {curie(self.path)}"
        value = "" if self.value in (self.focus, f"<{self.focus}>") else spoken(self.value) or self.value
        return " ".join(part for part in (curie(self.path), value) if part)

    def text(self) -> str:
        """Return the finding as lines for a person: the thing, what to do, property and value, place, sentence."""
        name = f"{self.label} <{self.focus}>" if self.label else f"<{self.focus}>"
        lines = [f"{self.severity}: {name}", f"  {self.message} [{self.rule}]"]
        lines += [f"  {self.stated}"] if self.stated else []
        lines += [f"  {self.place.text}"] if self.place else []
        lines += [f"  “{self.quote}”"] if self.quote else []
        return "\n".join(map(plain, lines))


class Report(msgspec.Struct, frozen=True):
    """What validation found, gravest first."""

    results: tuple[Result, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader of the report should know of how it came about."""

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and hints do not count.

        >>> Report().conforms
        True
        """
        return not any(result.severity == "Violation" for result in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, in the order of `SEVERITIES`."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def summary(self) -> str:
        """One sentence: whether the data conforms, and how many findings there are.

        >>> Report().summary
        'Conforms: 0 violations, 0 warnings, 0 hints.'
        """
        violations, warnings, hints = self.counts.values()
        verdict = "Conforms" if self.conforms else "Does not conform"
        return (
            f"{verdict}: {_number(violations, 'violation')}, {_number(warnings, 'warning')}, {_number(hints, 'hint')}."
        )

    def least(self, severity: str) -> "Report":
        """Return the report with the findings of ``severity`` or graver only."""
        shown = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return Report(tuple(result for result in self.results if result.severity in shown), self.notes)

    def text(self, *, least: str = "Info") -> str:
        """Return the findings of severity ``least`` or graver, a paragraph each, and the summary last."""
        return "\n\n".join([*(result.text() for result in self.least(least).results), self.summary])


def plain(text: str) -> str:
    r"""Return text as one line that a terminal shows and does not obey.

    >>> plain("a\nb\x1b[31m")
    'a b [31m'
    """
    return _CONTROL.sub(" ", text)


def spoken(term: str) -> str:
    r"""Return a term that N-Triples spell as a person reads it: IRIs shortened, literals without quotes.

    >>> spoken('"2021-02-08"^^<http://www.w3.org/2001/XMLSchema#date>'), spoken('"a \\"b\\""@en')
    ('2021-02-08', 'a "b"')
    >>> spoken("<http://www.w3.org/ns/prov#used>")
    'prov:used'
    """
    if term.startswith("<"):
        return curie(term[1:-1])
    return lexical(term)[0] if term.startswith('"') else term


def lexical(literal: str) -> tuple[str, str, str]:
    """Return lexical form, language and datatype IRI of a literal that N-Triples spell.

    >>> lexical('"Hanoi"@en'), lexical('"7"^^<x:n>')
    (('Hanoi', 'en', ''), ('7', '', 'x:n'))
    """
    body, _, rest = literal[1:].rpartition('"')
    if "\\" in body:
        from pyoxigraph import RdfFormat, parse

        (quad,) = parse(f'<x:s> <x:p> "{body}" .', format=RdfFormat.N_TRIPLES)
        body = quad.object.value
    return body, rest[1:] if rest.startswith("@") else "", rest[3:-1] if rest.startswith("^^") else ""


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
