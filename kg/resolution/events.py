"""Events in the default graph: one node each, what all its reports add up to, and where an article says otherwise."""

from collections.abc import Iterable, Iterator

from kg.mappers.claims import OfficeRef
from kg.resolution.happenings import Happening
from kg.resolution.identity import tenure_slug
from kg.resolution.parts import TERMS, Discrepancy, Part, Writer
from kg.resolution.quads import edtf, integer, text
from kg.resolution.reports import Report, solo_name
from kg.resolution.versions import Difference

_TRUE = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'


class EventWriter(Writer):
    """Writes the parts of events."""

    def part(self, event: Happening) -> Part:
        """Return the part of an event."""
        self._event = event
        self._values(self.iri("event", event.name))
        for difference in event.differences:
            self._difference(difference)
        self._redirects()
        return self._take()

    def _values(self, e: str) -> None:
        event = self._event
        self._add(e, TERMS["rdf:type"], TERMS["Event"])
        self._add(e, TERMS["rdfs:label"], text(self._label(), "en"))
        self._add(e, TERMS["kind"], self._kind("event-kind", event.kind))
        self._dates(e, event.date)
        if event.place:
            self._add(e, TERMS["place"], self._place(event.place))
        for ref in {ref for report in event.reports for ref in report.claim.offices}:
            self._add(e, TERMS["participatingOffice"], self._office_ref(ref))
        for role, person in self._participants(e):
            p = self._person(person)
            self._add(e, TERMS["participant"], p)
            self._add(e, TERMS[role], p)
        for party in event.parties:
            self._add(e, TERMS["party"], self._body(party))
        for agreement in {name for report in event.reports for name in report.agreed}:
            self._add(e, TERMS["agreement"], self.iri("agreement", agreement))
        self._add(e, TERMS["status"], text(event.status))
        articles = [self.iri("article", article) for article in sorted({r.article for r in event.reports})]
        for article in articles:
            self._add(e, TERMS["prov:wasDerivedFrom"], article)
        if len(articles) > 1:
            for rule in event.rules or ("told-alike",):
                self._conclude(e, rule, articles)

    def _participants(self, e: str) -> Iterator[tuple[str, str]]:
        """Yield role and person, those too who held an office named alone, and write down why."""
        named = {person for _, person in self._event.people}
        yield from self._event.people
        for ref, holder in self._event.implied:
            self._conclude(e, "holder-of-office-that-day", self._premises(ref, holder), key=holder)
            if holder not in named:
                yield "participant", holder

    def _premises(self, ref: OfficeRef, holder: str) -> Iterator[str]:
        """Yield the office somebody was named by, and the tenures that tell who held it."""
        office = self.namer.office(ref.title, ref.of)
        yield self.iri("office", office)
        date = self._event.date
        for tenure in self.authority.holders(office, date.partition("/")[0]) if date else ():
            if tenure.person == holder:
                yield self.iri("tenure", tenure_slug(tenure))

    def _redirects(self) -> None:
        """Lead from every IRI the event would have, were fewer articles known, to the one it has."""
        now = self.iri("event", self._event.name)
        for name in self._event.others:
            old = self.iri("event", name)
            self._add(old, TERMS["dcterms:isReplacedBy"], now)
            self._add(old, TERMS["owl:deprecated"], _TRUE)
            self._add(old, TERMS["rdfs:label"], text(self._label(), "en"))

    # -- labels -------------------------------------------------------------------------------------------------

    def _label(self) -> str:
        event = self._event
        names = sorted({r.claim.name for r in event.reports if r.claim.name}, key=lambda n: (-len(n), n))
        what = names[0] if names else self.lexicon.event_kinds[event.kind].label.capitalize()
        who = ", ".join(map(self._body_label, one_spelling(event.parties, self)))
        if event.top == "signing" and names:
            what = f"{self.lexicon.event_kinds[event.kind].label.capitalize()} ({self._instrument_label(names[0])})"
            names = []
        return what + (f" of {who}" if who and not names else "") + (f", {event.date}" if event.date else "")

    def _instrument_label(self, kind: str) -> str:
        known = self.lexicon.agreement_kinds.get(kind)
        return known.label if known else kind

    def _person_label(self, name: str) -> str:
        """Return the label of a person known, else the longest name that these reports print."""
        known = self.authority.people.get(name)
        if known:
            return known.label
        printed = {told for report in self._event.reports for person, told in report.printed if person == name}
        return max(printed or {name}, key=lambda n: (len(n), n))

    def _office_label(self, name: str) -> str:
        known = self.authority.offices.get(name)
        if known:
            return known.label
        claims = (claim for report in self._event.reports for _, claim in report.offices)
        titles = {(c.title, c.of or "") for c in claims if self.namer.office(c.title, c.of) == name}
        return self._title_label(*min(titles)) if titles else name

    # -- what an article says otherwise ---------------------------------------------------------------------------

    def _difference(self, found: Difference) -> None:
        event = self._event
        report = next(r for r in event.reports if (r.article, r.position) == (found.article, found.position))
        by = f" by {report.publisher}" if report.publisher else ""
        label = (
            f"{found.kind.capitalize()} of {self._label()}: stated {self._words(found.kind, found.stated)}{by}, "
            f"expected {self._words(found.kind, found.expected)}"
        )
        discrepancy = Discrepancy(
            kind=found.kind,
            stated=self._value(found.kind, found.stated),
            expected=[self._value(found.kind, found.expected)],
            about=[self.iri("event", event.name)],
            evidence=list(self._evidence(report)),
            label=label,
            rule=found.rule,
            premises=[self.iri("article", a) for a in found.articles],
        )
        self._discrepancy(found.article, discrepancy, name=f"{solo_name(report, self.namer)}|{found.stated}")

    def _evidence(self, report: Report) -> Iterable[str]:
        return (self._passage_iri(report.article, *span) for span in report.claim.spans)

    def _value(self, kind: str, value: str) -> str:
        """Return a value that differs as a term of N-Quads."""
        if kind == "date":
            return edtf(value)
        if kind == "count":
            return integer(int(value))
        if kind == "place":
            return self._place(value)
        if kind == "name":
            return self._person(value)
        known = self.authority.offices.get(value)
        if known:
            return self._office(value, known.title, known.kind, self.lexicon.body_of(known.of))
        return self.iri("office", value)

    def _words(self, kind: str, value: str) -> str:
        """Return a value that differs as labels tell it."""
        if kind == "place":
            return self._place_label(value)
        if kind == "name":
            return self._person_label(value)
        return self._office_label(value) if kind == "office" else value


def one_spelling(bodies: Iterable[str], writer: Writer) -> list[str]:
    """Return the bodies, one for each IRI: of several spellings the first in code point order."""
    first = {writer.namer.body(body): body for body in sorted(bodies, reverse=True)}
    return sorted(first.values())
