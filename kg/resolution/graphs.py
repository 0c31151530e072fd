"""The resolved graph: claims of all articles and what who is who knows of them → quads."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kg import __version__
from kg.authority import Office, Person, Tenure
from kg.edtf import bounds
from kg.errors import MappingError
from kg.iris import BASE, digest, fold
from kg.judgements import Judgements
from kg.language.lexicon import Lexicon
from kg.mappers.claims import AgreementClaim, OfficeRef, Span
from kg.namespaces import DIP, ONTOLOGY, VERSION_IRI, Kind
from kg.resolution.happenings import Happening, resolve_events, told_by
from kg.resolution.identity import SOLE, ClaimedTenure, Namer, claimed_tenures, tenure_slug
from kg.resolution.links import Links
from kg.resolution.quads import day, edtf, integer, term, text
from kg.resolution.records import Record
from kg.resolution.reports import solo_name
from kg.resolution.versions import Difference

_T = {
    curie: term(curie)
    for curie in (
        "rdf:type", "rdfs:label", "skos:altLabel", "skos:prefLabel", "skos:notation", "skos:exactMatch",
        "skos:broader", "skos:inScheme", "skos:topConceptOf", "skos:Concept", "skos:ConceptScheme",
        "schema:NewsArticle", "schema:headline", "schema:publisher", "schema:inLanguage", "schema:url",
        "schema:datePublished", "schema:about", "schema:mentions", "schema:Country", "schema:Place",
        "schema:containedInPlace", "org:Organization", "prov:Entity", "prov:Activity", "prov:wasGeneratedBy",
        "prov:used", "prov:wasAssociatedWith", "prov:wasDerivedFrom", "prov:SoftwareAgent",
        "oa:TextPositionSelector", "oa:TextQuoteSelector", "oa:hasSource", "oa:start", "oa:end", "oa:exact",
        "dcterms:source", "dcterms:isReplacedBy", "owl:deprecated",
    )
}  # fmt: skip
_STATUSES = ("current", "incoming", "former")  # what an article says of a tenure twice: the first of these counts


def resolve(
    records: Iterable[Record], lexicon: Lexicon, base: str = BASE, judgements: Judgements | None = None
) -> bytes:
    """Return everything the records state and what it adds up to, as sorted N-Quads; order in changes nothing.

    Raises `MappingError` where a claim points outside its article's text, `JudgementError` where judgements contradict
    each other or who is who.
    """
    links = Links(judgements or Judgements(), lexicon.authority, base)
    return Resolution(sorted(records, key=lambda r: r.key), lexicon, base, links).nquads()


def _one_spelling(names: Iterable[str], name: Callable[[str], tuple[str, str]]) -> list[str]:
    """Return the names, one for each thing: of several spellings with the same IRI, the first in code point order."""
    first = {name(n): n for n in sorted(names, reverse=True)}
    return sorted(first.values())


class _Discrepancy(NamedTuple):
    """What an article says, what was expected instead and why; all terms as N-Quads spell them."""

    kind: str
    stated: str
    expected: list[str]
    about: list[str]
    spans: tuple[Span, ...]
    label: str
    rule: str
    premises: list[str]


class Resolution:
    """Writes the article graphs and the default graph."""

    def __init__(self, records: Sequence[Record], lexicon: Lexicon, base: str, links: Links) -> None:
        self.records, self.lexicon, self.base, self.links = records, lexicon, base, links
        self.by_key = {record.key: record for record in records}
        self.authority = lexicon.authority
        self.namer = Namer(lexicon)
        self.lines: set[str] = set()
        self.named: dict[str, set[str]] = defaultdict(set)  # people nobody knows: the names printed
        self.people: set[str] = set()
        self._passages: set[str] = set()
        self.offices: dict[str, tuple[str, str | None, str | None]] = {}
        self.claimed: dict[str, tuple[str, str]] = {}  # tenures nobody knows: the person and the office
        self.bodies: set[str] = set()
        self.places: set[str] = set()
        self.kinds: dict[str, Kind] = {}
        self.agreement_names: dict[str, set[str]] = defaultdict(set)
        self.agreement_kinds: dict[str, list[str]] = defaultdict(list)
        self._told: set[tuple[str, str]] = set()
        self.agreement_dates: dict[str, set[str]] = defaultdict(set)
        self.discrepancy_kinds: set[str] = set()
        self._dip = {name: f"<{ONTOLOGY}{name}>" for name in DIP.__annotations__}

    def nquads(self) -> bytes:
        """Return all quads, sorted, a line each."""
        happenings = resolve_events(self.records, self.namer)
        by_report = {(r.article, r.position): h for h in happenings for r in h.reports}
        for record in self.records:
            self._article(record, by_report)
        for happening in happenings:
            self._happening(happening)
        self._references()
        return "".join(sorted(self.lines)).encode()

    # -- small words --------------------------------------------------------------------------------------------

    def iri(self, kind: str, name: str) -> str:
        """The IRI of a thing in angle brackets."""
        return f"<{self.base}{kind}/{name}>"

    def _add(self, s: str, p: str, o: str, graph: str = "") -> None:
        self.lines.add(f"{s} {p} {o} {graph} .\n" if graph else f"{s} {p} {o} .\n")

    def _body(self, body: str) -> str:
        self.bodies.add(body)
        return self.iri(*self.namer.body(body))

    def _place(self, place: str) -> str:
        if place in self.authority.countries:
            return self._body(place)
        self.places.add(place)
        return self.iri(*self.namer.place(place))

    def _kind(self, scheme: str, code: str) -> str:
        kinds = {
            "event-kind": self.lexicon.event_kinds,
            "agreement-kind": self.lexicon.agreement_kinds,
            "office-kind": self.lexicon.office_kinds,
        }[scheme]
        kind = kinds.get(code) or kinds["other"]
        while kind.iri not in self.kinds:
            self.kinds[kind.iri] = kind
            if kind.broader is None:
                break
            kind = kinds[kind.broader]
        return f"<{(kinds.get(code) or kinds['other']).iri}>"

    def _dates(self, s: str, date: str | None, graph: str = "") -> None:
        if date:
            first, last = bounds(date)
            self._add(s, self._dip["date"], edtf(date), graph)
            self._add(s, self._dip["earliest"], day(first), graph)
            self._add(s, self._dip["latest"], day(last), graph)

    # -- one article --------------------------------------------------------------------------------------------

    def _article(self, record: Record, by_report: dict[tuple[str, int], Happening]) -> None:
        article, claims = record.article, record.claims
        me = self.iri("article", record.key)
        for graph in (me, ""):
            self._headline(record, me, graph)
        self._add(me, _T["rdf:type"], _T["prov:Entity"], me)
        self._add(me, self._dip["file"], text(article.file), me)
        self._add(me, _T["schema:inLanguage"], text(article.language), me)
        self._add(me, self._dip["contentDigest"], text(article.content_digest), me)
        self._provenance(record, me)
        if claims.published_rule:
            self._inference(record, me, me, claims.published_rule, claims.published_premises)
        for ref, named in enumerate(claims.people):
            self._person(record, me, ref, named.span)
        agreements = [self._agreement(record, me, claim) for claim in claims.agreements]
        tenures = claimed_tenures(self.namer, record)
        status: dict[str, str] = {}
        for claim, _, _, tenure, _ in tenures:
            status[tenure] = min(claim.when, status.get(tenure, claim.when), key=_STATUSES.index)
        for claim, person, office, tenure, known in tenures:
            self._office(office, claim.title, claim.kind, claim.of)
            self._tenure(record, me, claim.span, status[tenure], person, office, tenure, known)
        told = {h.name: h for n in range(len(claims.events)) for h in (by_report[record.key, n],)}
        for happening in told.values():
            event = told_by(record.key, happening)
            e = self.iri("event", happening.name)
            self._add(e, _T["rdf:type"], self._dip["Event"], me)
            self._add(e, self._dip["kind"], self._kind("event-kind", event.kind), me)
            self._dates(e, event.date, me)
            if event.place:
                self._add(e, self._dip["place"], self._place(event.place), me)
            for role, k in event.people:
                p = self.iri("person", self.namer.person(record, k))
                self._add(e, self._dip["participant"], p, me)
                self._add(e, self._dip[role], p, me)
            for office_ref in event.offices:
                self._add(e, self._dip["participatingOffice"], self._office_ref(office_ref), me)
            for party in event.parties:
                self._add(e, self._dip["party"], self._body(party), me)
            self._add(e, self._dip["status"], text(event.status), me)
            for k in event.agreements:
                self._add(e, self._dip["agreement"], agreements[k], me)
                self._add(e, self._dip["agreement"], agreements[k])
            if event.rule:
                self._inference(record, me, e, event.rule, event.premises)
            for span in event.spans:
                self._add(e, self._dip["evidence"], self._passage(record, me, span), me)
            self._add(me, _T["schema:about"] if event.main else _T["schema:mentions"], e, me)
        self._contradictions(record, tenures, by_report)

    def _headline(self, record: Record, me: str, graph: str) -> None:
        article = record.article
        self._add(me, _T["rdf:type"], _T["schema:NewsArticle"], graph)
        self._add(me, _T["rdfs:label"], text(article.title or article.file, article.language), graph)
        if article.title:
            self._add(me, _T["schema:headline"], text(article.title, article.language), graph)
        if article.publisher:
            self._add(me, _T["schema:publisher"], text(article.publisher), graph)
        if article.url:
            self._add(me, _T["schema:url"], f"<{article.url}>", graph)
        if record.claims.published:
            value = record.claims.published
            self._add(me, _T["schema:datePublished"], day(value) if len(value) == 10 else edtf(value), graph)

    def _provenance(self, record: Record, me: str) -> None:
        mapping = self.iri("mapping", record.key)
        self._add(me, _T["prov:wasGeneratedBy"], mapping, me)
        self._add(mapping, _T["rdf:type"], _T["prov:Activity"], me)
        self._add(mapping, _T["prov:used"], f"<{VERSION_IRI}>", me)
        self._add(mapping, _T["prov:wasAssociatedWith"], self.iri("software", f"diplomacy-kg-{__version__}"), me)

    def _passage(self, record: Record, me: str, span: Span) -> str:
        start, end = span
        passage = self.iri("passage", f"{record.key}-{start}-{end}")
        if passage in self._passages:
            return passage
        self._passages.add(passage)
        quote = record.article.text[start:end]
        if not (0 <= start < end <= len(record.article.text)) or not quote.strip():
            raise MappingError(
                f"{record.article.file}: a claim points to {start}–{end}, outside the article's text; map it anew"
            )
        self._add(passage, _T["rdf:type"], _T["oa:TextPositionSelector"], me)
        self._add(passage, _T["rdf:type"], _T["oa:TextQuoteSelector"], me)
        self._add(passage, _T["oa:hasSource"], me, me)
        self._add(passage, _T["oa:start"], integer(start), me)
        self._add(passage, _T["oa:end"], integer(end), me)
        self._add(passage, _T["oa:exact"], text(quote, record.article.language), me)
        return passage

    def _inference(self, record: Record, me: str, about: str, rule: str, premises: Sequence[Span]) -> None:
        passages = [self._passage(record, me, span) for span in premises]
        self._conclude(about, rule, passages if about == me else [*passages, me], me, record.key)

    def _conclude(self, about: str, rule: str, premises: Iterable[str], graph: str = "", key: str = "") -> None:
        """Write down what was concluded about a thing: by which rule, and from what."""
        node = self.iri("inference", digest(f"{about}|{rule}|{key}"))
        self._add(about, self._dip["inference"], node, graph)
        self._add(node, _T["rdf:type"], self._dip["Inference"], graph)
        self._add(node, self._dip["rule"], text(rule), graph)
        for premise in premises:
            self._add(node, self._dip["premise"], premise, graph)

    def _person(self, record: Record, me: str, ref: int, span: Span) -> None:
        claim = record.claims.people[ref]
        name = self.namer.person(record, ref)
        self.people.add(name)
        p = self.iri("person", name)
        self._add(p, _T["rdf:type"], self._dip["Person"], me)
        for form in claim.forms:
            self._add(p, self._dip["namedAs"], text(form), me)
        self._add(p, self._dip["evidence"], self._passage(record, me, span), me)
        self._add(me, _T["schema:mentions"], p, me)
        self._add(p, _T["prov:wasDerivedFrom"], me)
        fit = self.namer.fits(record).get(ref)
        if fit:
            premises = (self._passage(record, me, fit.claim.span), self.iri("tenure", tenure_slug(fit.tenure)))
            self._conclude(p, "name-fits-holder", premises, me, record.key)
        elif claim.key is None:
            self.named[name].add(claim.name)

    def _office(self, office: str, title: str, kind: str | None, of: str | None) -> str:
        self.offices.setdefault(office, (title, kind, of))
        known = self.offices[office]
        if (title, kind or "", of or "") < (known[0], known[1] or "", known[2] or ""):
            self.offices[office] = (title, kind, of)
        if of:
            self.bodies.add(of)
        return office

    def _office_ref(self, ref: OfficeRef) -> str:
        return self.iri("office", self._office(self.namer.office(ref.title, ref.of), ref.title, ref.kind, ref.of))

    def _tenure(
        self,
        record: Record,
        me: str,
        span: Span,
        status: str,
        person: str,
        office: str,
        name: str,
        known: Tenure | None,
    ) -> None:
        t = self.iri("tenure", name)
        self._add(t, _T["rdf:type"], self._dip["Tenure"], me)
        self._add(t, self._dip["holder"], self.iri("person", person), me)
        self._add(t, self._dip["office"], self.iri("office", office), me)
        self._add(t, self._dip["tenureStatus"], text(status), me)
        self._add(t, self._dip["evidence"], self._passage(record, me, span), me)
        if known is None:
            self._add(t, _T["rdf:type"], self._dip["Tenure"])
            self._add(t, self._dip["holder"], self.iri("person", person))
            self._add(t, self._dip["office"], self.iri("office", office))
            self._add(t, _T["prov:wasDerivedFrom"], me)
            self.claimed[t] = person, office

    def _agreement(self, record: Record, me: str, claim: AgreementClaim) -> str:
        a = self.iri("agreement", self.namer.agreement(claim))
        self._add(a, self._dip["evidence"], self._passage(record, me, claim.span), me)
        if (me, a) in self._told:
            return a
        self._told.add((me, a))
        known = self.authority.agreements.get(claim.key or "")
        self._add(a, self._dip["kind"], self._kind("agreement-kind", claim.kind), me)
        self.agreement_kinds[a].append(claim.kind)
        for graph in (me, ""):
            self._add(a, _T["rdf:type"], self._dip["Agreement"], graph)
            for party in claim.parties:
                self._add(a, self._dip["party"], self._body(party), graph)
            if claim.count:
                self._add(a, self._dip["count"], integer(claim.count), graph)
        label = text(claim.name, "en")
        self._add(a, _T["rdfs:label"], label, me)
        if known:
            self._add(a, _T["rdfs:label"], text(known.label, "en"))
            if known.label != claim.name:
                self._add(a, _T["skos:altLabel"], label)
        else:
            self.agreement_names[a].add(claim.name)
        self._dates(a, claim.date, me)
        self._add(a, self._dip["stage"], text(claim.stage), me)
        self._add(me, _T["schema:mentions"], a, me)
        self._add(a, _T["prov:wasDerivedFrom"], me)
        if claim.date:
            self.agreement_dates[a].add(claim.date)
        return a

    # -- contradictions -----------------------------------------------------------------------------------------

    def _contradictions(
        self, record: Record, tenures: list[ClaimedTenure], by_report: dict[tuple[str, int], Happening]
    ) -> None:
        """An article that names a holder who was not: stated and expected stay apart."""
        published = record.claims.published
        for claim, person, office, tenure, known in tenures:
            if (
                known is not None
                or claim.when != "current"
                or not claim.stated
                or not claim.of
                or not published
                or office not in self.authority.offices
            ):
                continue
            if self.authority.offices[office].kind not in SOLE:
                continue
            person_claim = record.claims.people[claim.person]
            name = self.authority.people[person].label if person in self.authority.people else person_claim.name
            answer = self.authority.who(claim.title, self.lexicon.notation(claim.of), published, name)
            if answer.verdict != "contradicted":
                continue
            expected = sorted({p.id for p in answer.candidates or answer.holders})
            about = self._events_of(record, claim.person, by_report) or [self.iri("tenure", tenure)]
            label = (
                f"{claim.title} of {self._body_label(claim.of)} on {published}: stated {name}, "
                f"expected {', '.join(self._person_label(e) for e in expected)}"
            )
            people = [self._known_person(e) for e in expected]
            found = _Discrepancy(
                "holder", self.iri("person", person), people, about, (claim.span,), label,
                "holder-of-office-that-day", [self.iri("tenure", tenure_slug(answer.tenure))] if answer.tenure else [],
            )  # fmt: skip
            self._discrepancy(record, found)

    def _events_of(self, record: Record, ref: int, by_report: dict[tuple[str, int], Happening]) -> list[str]:
        return [
            self.iri("event", by_report[record.key, n].name)
            for n, event in enumerate(record.claims.events)
            if any(k == ref for _, k in event.people)
        ]

    def _discrepancy(self, record: Record, found: _Discrepancy, name: str = "") -> None:
        """Write a discrepancy, in the article's graph and in the default graph."""
        me = self.iri("article", record.key)
        told = "|".join((found.kind, name or found.stated, *([] if name else found.expected), record.key))
        d = self.iri("discrepancy", digest(told))
        for graph in (me, ""):
            self._add(d, _T["rdf:type"], self._dip["Discrepancy"], graph)
            self._add(d, _T["rdfs:label"], text(found.label, "en"), graph)
            self._add(d, self._dip["kind"], f"<{ONTOLOGY}discrepancy-kind/{found.kind}>", graph)
            self._add(d, self._dip["stated"], found.stated, graph)
            for expected in found.expected:
                self._add(d, self._dip["expected"], expected, graph)
            for thing in found.about:
                self._add(d, self._dip["about"], thing, graph)
            self._add(d, self._dip["statedIn"], me, graph)
        self.discrepancy_kinds.add(found.kind)
        for span in found.spans:
            self._add(d, self._dip["evidence"], self._passage(record, me, span), me)
        if found.rule:
            self._conclude(d, found.rule, found.premises)

    def _difference(self, event: Happening, found: Difference) -> None:
        """Write that an article says something of an event which others say otherwise."""
        record = self.by_key[found.article]
        value = {
            "date": edtf, "count": lambda n: integer(int(n)), "place": self._place, "name": self._known_person,
            "office": self._known_office,
        }[found.kind]  # fmt: skip
        words = {"place": self._place_label, "name": self._person_label, "office": self._office_label}.get(
            found.kind, str
        )
        label = (
            f"{found.kind.capitalize()} of {self._event_label(event)}: stated {words(found.stated)}"
            f"{self._by(record)}, expected {words(found.expected)}"
        )
        report = next(r for r in event.reports if (r.article, r.position) == (found.article, found.position))
        self._discrepancy(
            record,
            _Discrepancy(
                found.kind, value(found.stated), [value(found.expected)], [self.iri("event", event.name)],
                report.claim.spans, label, found.rule, [self.iri("article", a) for a in found.articles],
            ),
            name=f"{solo_name(report, self.namer)}|{found.stated}",
        )  # fmt: skip

    def _by(self, record: Record) -> str:
        return f" by {record.article.publisher}" if record.article.publisher else ""

    def _known_person(self, name: str) -> str:
        self.people.add(name)
        return self.iri("person", name)

    def _known_office(self, name: str) -> str:
        known = self.authority.offices.get(name)
        if known:
            self._office(name, known.title, known.kind, self.lexicon.body_of(known.of))
        return self.iri("office", name)

    def _place_label(self, place: str) -> str:
        known = self.authority.places.get(place)
        return known.label if known else self._body_label(place)

    # -- what the articles say together -------------------------------------------------------------------------

    def _happening(self, event: Happening) -> None:
        e = self.iri("event", event.name)
        self._add(e, _T["rdf:type"], self._dip["Event"])
        self._add(e, _T["rdfs:label"], text(self._event_label(event), "en"))
        self._add(e, self._dip["kind"], self._kind("event-kind", event.kind))
        self._dates(e, event.date)
        if event.place:
            self._add(e, self._dip["place"], self._place(event.place))
        people = dict.fromkeys(event.people)
        for ref in {ref for r in event.reports for ref in r.claim.offices}:
            self._add(e, self._dip["participatingOffice"], self._office_ref(ref))
        for ref, holder in event.implied:
            self._conclude(e, "holder-of-office-that-day", self._premises(ref, holder, event.date), key=holder)
            if holder not in {p for _, p in people}:
                people[("participant", holder)] = None
        for role, person in people:
            p = self.iri("person", person)
            self.people.add(person)
            self._add(e, self._dip["participant"], p)
            self._add(e, self._dip[role], p)
        for party in event.parties:
            self._add(e, self._dip["party"], self._body(party))
        self._add(e, self._dip["status"], text(event.status))
        articles = [self.iri("article", article) for article in sorted({r.article for r in event.reports})]
        for article in articles:
            self._add(e, _T["prov:wasDerivedFrom"], article)
        if len(articles) > 1:
            for rule in event.rules or ("told-alike",):
                self._conclude(e, rule, articles)
        for difference in event.differences:
            self._difference(event, difference)
        self._redirects(event)

    def _premises(self, ref: OfficeRef, holder: str, date: str | None) -> Iterator[str]:
        """Yield the office somebody was named by, and the tenures that tell who held it."""
        office = self.namer.office(ref.title, ref.of)
        yield self.iri("office", office)
        for tenure in self.authority.holders(office, (date or "").partition("/")[0]) if date else ():
            if tenure.person == holder:
                yield self.iri("tenure", tenure_slug(tenure))

    def _redirects(self, event: Happening) -> None:
        """Lead from every IRI the event would have, were fewer articles known, to the one it has."""
        now = self.iri("event", event.name)
        for name in event.others:
            old = self.iri("event", name)
            self._add(old, _T["dcterms:isReplacedBy"], now)
            self._add(old, _T["owl:deprecated"], '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>')
            self._add(old, _T["rdfs:label"], text(self._event_label(event), "en"))

    def _event_label(self, event: Happening) -> str:
        names = sorted({r.claim.name for r in event.reports if r.claim.name}, key=lambda n: (-len(n), n))
        what = names[0] if names else self.lexicon.event_kinds[event.kind].label.capitalize()
        who = ", ".join(map(self._body_label, _one_spelling(event.parties, self.namer.body)))
        if event.top == "signing" and names:
            what = f"{self.lexicon.event_kinds[event.kind].label.capitalize()} ({self._instrument_label(names[0])})"
            names = []
        return what + (f" of {who}" if who and not names else "") + (f", {event.date}" if event.date else "")

    def _instrument_label(self, kind: str) -> str:
        known = self.lexicon.agreement_kinds.get(kind)
        return known.label if known else kind

    # -- reference facts ----------------------------------------------------------------------------------------

    def _references(self) -> None:
        """Labels, kinds, tenures and links of everything mentioned: the default graph is complete in itself."""
        self._agreements()
        for name in sorted(self.people):
            self._person_facts(name)
        for office in sorted(self.offices):
            self._office_facts(office)
        for tenure, (person, office) in self.claimed.items():
            label = f"{self._person_label(person)}, {self._office_label(office)}"
            self._add(tenure, _T["rdfs:label"], text(label, "en"))
        for place in _one_spelling(self.places, self.namer.place):
            self._place_facts(place)
        for body in _one_spelling(self.bodies, self.namer.body):
            self._body_facts(body)
        for kind in self.kinds.values():
            self._kind_facts(kind)
        for code in sorted(self.discrepancy_kinds):
            iri = f"<{ONTOLOGY}discrepancy-kind/{code}>"
            self._concept(iri, code, code, f"<{ONTOLOGY}discrepancy-kind>", None)
        agent = self.iri("software", f"diplomacy-kg-{__version__}")
        if self.records:
            self._add(agent, _T["rdf:type"], _T["prov:SoftwareAgent"])
            self._add(agent, _T["rdfs:label"], text(f"diplomacy-kg {__version__}", "en"))

    def _agreements(self) -> None:
        for a, kinds in self.agreement_kinds.items():
            self._add(
                a, self._dip["kind"], self._kind("agreement-kind", min(kinds, key=lambda k: (-kinds.count(k), k)))
            )
        for a, names in self.agreement_names.items():
            label, *others = sorted(names, key=lambda n: (-len(n), n))
            self._add(a, _T["rdfs:label"], text(label, "en"))
            for other in others:
                self._add(a, _T["skos:altLabel"], text(other, "en"))
        for a, dates in self.agreement_dates.items():
            self._dates(a, max(dates, key=lambda d: (len(d.partition("/")[0]), d)))

    def _person_label(self, name: str) -> str:
        known = self.authority.people.get(name)
        if known:
            return known.label
        return max(self.named.get(name) or {name}, key=lambda n: (len(n), n))

    def _person_facts(self, name: str) -> None:
        p = self.iri("person", name)
        known: Person | None = self.authority.people.get(name)
        self._add(p, _T["rdf:type"], self._dip["Person"])
        self._add(p, _T["rdfs:label"], text(self._person_label(name), "en"))
        if known is None:
            for other in sorted(self.named[name] - {self._person_label(name)}):
                self._add(p, _T["skos:altLabel"], text(other, "en"))
            self._links(p)
            return
        self._links(p, known.wikidata)
        for alias in known.aliases:
            self._add(p, _T["skos:altLabel"], text(alias, "und"))
        for tenure in self.authority.tenures_of(name):
            self._tenure_facts(tenure)

    def _tenure_facts(self, tenure: Tenure) -> None:
        t = self.iri("tenure", tenure_slug(tenure))
        office = self.authority.offices[tenure.office]
        self._office(office.id, office.title, office.kind, self.lexicon.body_of(office.of))
        self._add(t, _T["rdf:type"], self._dip["Tenure"])
        self._add(
            t, _T["rdfs:label"], text(f"{self._person_label(tenure.person)}, {office.label}, from {tenure.start}", "en")
        )
        self._add(t, self._dip["holder"], self.iri("person", tenure.person))
        self._add(t, self._dip["office"], self.iri("office", office.id))
        self._add(t, self._dip["start"], edtf(tenure.start))
        if tenure.end:
            self._add(t, self._dip["end"], edtf(tenure.end))
        self._add(t, self._dip["asOf"], day(tenure.as_of))
        self._add(t, _T["dcterms:source"], text(tenure.source))

    def _office_label(self, office: str) -> str:
        known = self.authority.offices.get(office)
        if known:
            return known.label
        title, _, of = self.offices[office]
        return f"{title} ({self._body_label(of)})" if of else title

    def _office_facts(self, name: str) -> None:
        o = self.iri("office", name)
        title, kind, of = self.offices[name]
        known: Office | None = self.authority.offices.get(name)
        if known:
            title, of = known.title, self.lexicon.body_of(known.of)
        self._add(o, _T["rdf:type"], self._dip["Office"])
        self._add(o, _T["rdfs:label"], text(self._office_label(name), "en"))
        self._add(o, self._dip["title"], text(title, "en"))
        leaf = kind or self.lexicon.kind_by_label.get(fold(title)) or (known.kind if known else "other")
        self._add(o, self._dip["kind"], self._kind("office-kind", leaf))
        if of:
            self._add(o, self._dip["of"], self._body(of))
        self._links(o, known.wikidata if known else "")

    def _body_label(self, body: str | None) -> str:
        if body is None:
            return ""
        known = self.authority.countries.get(body) or self.authority.organisations.get(body)
        return known.label if known else body

    def _body_facts(self, body: str) -> None:
        b = self.iri(*self.namer.body(body))
        country = self.authority.countries.get(body)
        known = self.authority.organisations.get(body)
        self._add(b, _T["rdf:type"], _T["schema:Country"] if country else _T["org:Organization"])
        self._add(b, _T["rdfs:label"], text(self._body_label(body), "en"))
        self._add(b, _T["skos:notation"], text(self.lexicon.notation(body)))
        self._links(b, country.wikidata if country else known.wikidata if known else "")

    def _links(self, thing: str, wikidata: str = "") -> None:
        """Add what Wikidata item a thing is, and the records of the judgements on that."""
        for subject, predicate, value in self.links.of(thing, wikidata):
            self._add(subject, predicate, value)

    def _place_facts(self, place: str) -> None:
        p = self.iri(*self.namer.place(place))
        known = self.authority.places.get(place)
        self._add(p, _T["rdf:type"], _T["schema:Place"])
        self._add(p, _T["rdfs:label"], text(known.label if known else place, "en"))
        if known and known.country:
            self._add(p, _T["schema:containedInPlace"], self._body(known.country))

    def _kind_facts(self, kind: Kind) -> None:
        scheme = kind.iri.rpartition("/")[0]
        self._concept(
            f"<{kind.iri}>",
            kind.label,
            kind.code,
            f"<{scheme}>",
            f"<{scheme}/{kind.broader}>" if kind.broader else None,
        )

    def _concept(self, iri: str, label: str, code: str, scheme: str, broader: str | None) -> None:
        self._add(iri, _T["rdf:type"], _T["skos:Concept"])
        self._add(iri, _T["rdfs:label"], text(label, "en"))
        self._add(iri, _T["skos:prefLabel"], text(label, "en"))
        self._add(iri, _T["skos:notation"], text(code))
        self._add(iri, _T["skos:inScheme"], scheme)
        self._add(iri, _T["skos:broader"] if broader else _T["skos:topConceptOf"], broader or scheme)
