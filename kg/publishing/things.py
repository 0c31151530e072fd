"""Things as pages show them: labels, links, rows of events, tenures and agreements, read from the store when asked.

Everything is read by look-ups of one thing, so that one page of a large store costs as much as one of a small.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from functools import cached_property
from typing import NamedTuple

import pyoxigraph as ox

from kg import evidence
from kg.edtf import bounds
from kg.namespaces import DIP, PREFIXES, iri, load_kinds
from kg.store import DEFAULT_GRAPH, Store, Term

PAGED = ("person", "office", "event", "agreement", "article", "country", "organisation", "place", "discrepancy")
"""Kinds of thing, as in their IRIs, that have a page of their own."""

CLASSES = {
    "person": DIP.Person,
    "office": DIP.Office,
    "event": DIP.Event,
    "agreement": DIP.Agreement,
    "article": iri("schema:NewsArticle"),
    "country": iri("schema:Country"),
    "organisation": iri("org:Organization"),
    "place": iri("schema:Place"),
    "discrepancy": DIP.Discrepancy,
}
"""The class of each kind in `PAGED`."""


PART = 10_000
"""Characters of an article that one page tells of, a power of ten: `.htaccess` reads the page off a passage's IRI."""


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(iri(name) if ":" in name and not name.startswith("http") else name)


_TYPE, _ALT, _EXACT, _NOTATION = (_node(n) for n in ("rdf:type", "skos:altLabel", "skos:exactMatch", "skos:notation"))
_DERIVED, _REPLACED, _SOURCE = (_node(n) for n in ("prov:wasDerivedFrom", "dcterms:isReplacedBy", "dcterms:source"))
_CONTAINED, _URL = _node("schema:containedInPlace"), _node("schema:url")
_PUBLISHER, _PUBLISHED = _node("schema:publisher"), _node("schema:datePublished")
_PARTICIPANT, _PARTY, _PLACE, _HOLDER = (_node(n) for n in (DIP.participant, DIP.party, DIP.place, DIP.holder))
_OFFICE, _OF, _KIND, _DATE, _STATUS = (_node(n) for n in (DIP.office, DIP.of, DIP.kind, DIP.date, DIP.status))
_AGREEMENT, _SUBJECT, _BY_OFFICE = (_node(n) for n in (DIP.agreement, DIP.about, DIP.participatingOffice))
_TAKING_PART = (_PARTICIPANT, _PARTY, _PLACE, _BY_OFFICE, _AGREEMENT)
_PASSAGE_START, _EVIDENCE = _node("oa:start"), _node(DIP.evidence)
_START, _END, _AS_OF = (_node(n) for n in (DIP.start, DIP.end, DIP.asOf))
WIKIDATA = PREFIXES["wd"]


class Link(NamedTuple):
    """Words that lead somewhere: to a page of the site (``path``), to another site (``url``), or nowhere."""

    text: str
    path: str = ""
    url: str = ""
    lang: str = ""


class Row(NamedTuple):
    """An event in a list."""

    link: Link
    kind: str
    """Plain notation of the top kind: ``meeting``."""
    kind_label: str
    date: str
    earliest: str
    latest: str
    place: list[Link]
    people: list[Link]
    sides: list[Link]
    status: str
    articles: int
    disputed: bool
    titled: bool
    """Whether the words of the link tell kind and sides."""


class Held(NamedTuple):
    """A tenure in a list."""

    anchor: str
    person: Link
    office: Link
    start: str
    end: str
    as_of: str
    sources: list[str]
    """Tables of who is who that it comes from."""
    told: list[Link]
    """Articles that state it, each where it does."""


class Pact(NamedTuple):
    """An agreement in a list."""

    link: Link
    kind_label: str
    date: str
    earliest: str
    sides: list[Link]
    articles: int


class Report(NamedTuple):
    """An article in a list."""

    link: Link
    publisher: str
    published: str
    url: str


class Things:
    """What pages show of a store. Labels and rows are kept once read, as many things meet again and again."""

    def __init__(self, store: Store):
        self.store = store
        self._labels: dict[str, str] = {}
        self._rows: dict[str, Row] = {}
        self._pacts: dict[str, Pact] = {}
        self._reports: dict[str, Report] = {}
        self._all: dict[str, list[ox.NamedNode]] = {}
        self._events: dict[str, list[Row]] = {}
        self._kinds = {
            kind.iri: (scheme, kind) for scheme in ("event", "agreement", "office", "discrepancy")
            for kind in load_kinds(scheme)
        }  # fmt: skip

    # ------------------------------------------------------------------------------------------ looking up

    def node(self, kind: str, slug: str) -> ox.NamedNode | None:
        """Return the thing of a kind and slug where the store has it."""
        try:
            node = ox.NamedNode(f"{self.store.base}{kind}/{slug}")
        except ValueError:
            return None
        wanted = ox.NamedNode(CLASSES[kind])
        graph = node if kind == "article" else DEFAULT_GRAPH
        return node if any(self.store.quads(node, _TYPE, wanted, graph)) else None

    def all(self, kind: str) -> list[ox.NamedNode]:
        """Return the things of a kind in IRI order; articles kept out of the default graph too."""
        known = self._all.get(kind)
        if known is None:
            known = self._all[kind] = self.store.graphs() if kind == "article" else self._of_class(kind)
        return known

    def _of_class(self, kind: str) -> list[ox.NamedNode]:
        found = {q.subject for q in self.store.quads(None, _TYPE, ox.NamedNode(CLASSES[kind]), DEFAULT_GRAPH)}
        prefix = f"{self.store.base}{kind}/"
        named = (node for node in found if isinstance(node, ox.NamedNode) and node.value.startswith(prefix))
        return sorted(named, key=lambda node: node.value)

    def successor(self, node: ox.NamedNode) -> ox.NamedNode | None:
        """Return the thing that replaced ``node``."""
        return next(iter(self._things(node, _REPLACED)), None)

    def values(
        self, node: ox.NamedNode, predicate: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT_GRAPH
    ) -> list[Term]:
        """Return the values of a property in a graph, sorted."""
        return sorted((quad.object for quad in self.store.quads(node, predicate, None, graph)), key=str)

    def text(
        self, node: ox.NamedNode, predicate: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT_GRAPH
    ) -> str:
        """Return the first value of a property as text, empty where there is none."""
        return next((getattr(term, "value", "") for term in self.values(node, predicate, graph)), "")

    def _things(self, node: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
        return [term for term in self.values(node, predicate) if isinstance(term, ox.NamedNode)]

    def _referring(self, predicate: ox.NamedNode, node: ox.NamedNode) -> set[ox.NamedNode]:
        found = (quad.subject for quad in self.store.quads(None, predicate, node, DEFAULT_GRAPH))
        return {subject for subject in found if isinstance(subject, ox.NamedNode)}

    # ------------------------------------------------------------------------------------------ words and links

    def label(self, node: ox.NamedNode) -> str:
        """Return the English label of a thing or kind."""
        known = self._labels.get(node.value)
        if known is None:
            known = self._labels[node.value] = evidence.word(self.store, node)
        return known

    def path(self, node: ox.NamedNode) -> str:
        """Return the path of the page of ``node``, of a part of one with its anchor; empty where there is none.

        >>> Things.path_of("person/xi-jinping"), Things.path_of("passage/0d98f7921a9c241a-0-47")
        ('person/xi-jinping.html', 'article/0d98f7921a9c241a.html#passage-0-47')
        """
        if not node.value.startswith(self.store.base):
            return ""
        return self.path_of(node.value.removeprefix(self.store.base))

    @staticmethod
    def path_of(name: str) -> str:
        """Return the path of the page of what has the IRI ``name`` below the base."""
        kind, _, slug = name.partition("/")
        if kind in PAGED:
            return f"{name}.html"
        if kind == "passage":
            article, start, end = slug.rsplit("-", 2)
            return f"article/{part_of(article, int(start))}.html#passage-{start}-{end}"
        if kind == "tenure":
            person, _, rest = slug.partition("--")
            return f"person/{person}.html#{rest}"
        if kind == "mapping":
            return f"article/{slug}.html"
        return ""

    def link(self, term: Term) -> Link:
        """Return a term as words that lead to its page or site."""
        if isinstance(term, ox.Literal):
            return Link(term.value, lang=term.language or "")
        if not isinstance(term, ox.NamedNode):
            return Link(str(term))
        if term.value.startswith(WIKIDATA):
            return Link(term.value.removeprefix(WIKIDATA), url=term.value)
        if path := self.path(term):
            return Link(self.label(term), path)
        known = self._kinds.get(term.value)
        if known:
            return Link(known[1].label, f"ontology/{known[0]}-kind.html#{known[0]}-kind-{known[1].code}")
        web = term.value if term.value.startswith(("http://", "https://")) else ""
        return Link(self.label(term), url=web)

    def links(self, nodes: Iterable[Term]) -> list[Link]:
        """Return terms as links, in the order of their words."""
        return sorted((self.link(node) for node in nodes), key=lambda link: (link.text.casefold(), link.path))

    def kind(self, node: ox.NamedNode) -> tuple[str, str]:
        """Return the notation of the top kind of a thing, and the label of its kind."""
        found = self._kinds.get(self.text(node, _KIND))
        return (found[1].top, found[1].label) if found else ("", "")

    def names(self, node: ox.NamedNode) -> list[Link]:
        """Return the other names of a thing, each with its language."""
        return [self.link(term) for term in self.values(node, _ALT)]

    def codes(self, node: ox.NamedNode) -> list[str]:
        """Return the codes of a country or organisation."""
        return [self.link(term).text for term in self.values(node, _NOTATION)]

    def matches(self, node: ox.NamedNode) -> list[Link]:
        """Return the items of Wikidata that a thing is."""
        return [self.link(term) for term in self.values(node, _EXACT)]

    # ------------------------------------------------------------------------------------------ rows

    def event(self, node: ox.NamedNode) -> Row:
        """Return an event as a row of a list."""
        known = self._rows.get(node.value)
        if known is None:
            known = self._rows[node.value] = self._event(node)
        return known

    def _event(self, node: ox.NamedNode) -> Row:
        date = self.text(node, _DATE)
        top, label = self.kind(node)
        earliest, latest = bounds(date) if date else ("", "")
        sides = self.links(self.values(node, _PARTY))
        title = titled(self.label(node), date, {side.text for side in sides})
        return Row(
            link=Link(title or headed(self.label(node).removesuffix(f", {date}")), self.path(node)),
            kind=top,
            kind_label=label,
            date=date,
            earliest=earliest,
            latest=latest,
            place=self.links(self.values(node, _PLACE)),
            people=self.links(self.values(node, _PARTICIPANT)),
            sides=sides,
            status=self.text(node, _STATUS),
            articles=len(self.values(node, _DERIVED)),
            disputed=bool(self._referring(_SUBJECT, node)),
            titled=bool(title),
        )

    @cached_property
    def relations(self) -> Counter[str]:
        """How often a thing is related to another by what lists are made of, by its IRI: no list of it is longer."""
        found: Counter[str] = Counter()
        for predicate in (*_TAKING_PART, _OF, _CONTAINED, _OFFICE):
            for quad in self.store.quads(None, predicate, None, DEFAULT_GRAPH):
                found[getattr(quad.object, "value", "")] += 1
        for predicate in (_AGREEMENT, _DERIVED):
            for quad in self.store.quads(None, predicate, None, DEFAULT_GRAPH):
                found[getattr(quad.subject, "value", "")] += 1
        return found

    def rows(self, nodes: Iterable[ox.NamedNode]) -> list[Row]:
        """Return events as rows, latest first, undated ones last."""
        return sorted(map(self.event, nodes), key=_latest_first)

    def events_of(self, node: ox.NamedNode) -> list[Row]:
        """Return the events a person, office, country, organisation, place or agreement has part in."""
        known = self._events.get(node.value)
        if known is None:
            found = set().union(*(self._referring(predicate, node) for predicate in _TAKING_PART))
            known = self._events[node.value] = self.rows(found)
        return known

    def tenures_of(self, node: ox.NamedNode) -> list[Held]:
        """Return the tenures of a person or an office, latest first."""
        found = self._referring(_HOLDER, node) | self._referring(_OFFICE, node)
        dated = sorted(map(self.tenure, found), key=lambda t: (t.start, t.end, t.anchor), reverse=True)
        return sorted(dated, key=lambda t: not (t.start or t.end))

    def tenure(self, node: ox.NamedNode) -> Held:
        """Return a tenure as a row of a list."""

        def link(predicate: ox.NamedNode) -> Link:
            return next(map(self.link, self.values(node, predicate)), Link(""))

        told = [self._passage(node, article) for article in self._things(node, _DERIVED)]
        return Held(
            anchor=self.path(node).partition("#")[2],
            person=link(_HOLDER),
            office=link(_OFFICE),
            start=self.text(node, _START),
            end=self.text(node, _END),
            as_of=self.text(node, _AS_OF),
            sources=[self.link(term).text for term in self.values(node, _SOURCE)],
            told=sorted(told),
        )

    def _passage(self, node: ox.NamedNode, article: ox.NamedNode) -> Link:
        """Return an article as a link to the first sentence by which it states ``node``."""
        quoted = [term for term in self.values(node, _EVIDENCE, article) if isinstance(term, ox.NamedNode)]
        first = min(quoted, key=lambda term: int(term.value.rsplit("-", 2)[-2]), default=article)
        return Link(evidence.label(self.store, article), self.path(first))

    def offices_of(self, node: ox.NamedNode) -> list[Link]:
        """Return the offices of a country or organisation."""
        return self.links(n for n in self._referring(_OF, node) if self.path(n).startswith("office/"))

    def places_in(self, node: ox.NamedNode) -> list[Link]:
        """Return the places in a country."""
        return self.links(self._referring(_CONTAINED, node))

    def agreements_of(self, node: ox.NamedNode) -> list[Pact]:
        """Return the agreements a country or organisation is party to, or an event concerns, latest first."""
        found = {n for n in self._referring(_PARTY, node) if "/agreement/" in n.value}
        found |= set(self._things(node, _AGREEMENT))
        return self.pacts(found)

    def pacts(self, nodes: Iterable[ox.NamedNode]) -> list[Pact]:
        """Return agreements as rows, latest first, undated ones last."""
        return sorted(map(self._pact, nodes), key=lambda p: (*_backwards(p.earliest), p.link.text, p.link.path))

    def _pact(self, node: ox.NamedNode) -> Pact:
        known = self._pacts.get(node.value)
        if known is None:
            known = self._pacts[node.value] = self._read_pact(node)
        return known

    def _read_pact(self, node: ox.NamedNode) -> Pact:
        date = self.text(node, _DATE)
        return Pact(
            link=Link(headed(self.label(node)), self.path(node)),
            kind_label=self.kind(node)[1],
            date=date,
            earliest=bounds(date)[0] if date else "",
            sides=self.links(self.values(node, _PARTY)),
            articles=len(self.values(node, _DERIVED)),
        )

    def parts_of(self, article: ox.NamedNode) -> list[int]:
        """Return the numbers of the parts of an article that say something, 0 always among them."""
        starts = self.store.quads(None, _PASSAGE_START, None, article)
        return sorted({0, *(int(getattr(quad.object, "value", "0")) // PART for quad in starts)})

    def articles_of(self, node: ox.NamedNode) -> list[Report]:
        """Return the articles a thing rests on, latest first."""
        return self.reports(self._things(node, _DERIVED))

    def reports(self, nodes: Iterable[ox.NamedNode]) -> list[Report]:
        """Return articles as rows, latest first, undated ones last."""
        return sorted(map(self._report, nodes), key=lambda r: (*_backwards(r.published), r.link.path))

    def _report(self, node: ox.NamedNode) -> Report:
        known = self._reports.get(node.value)
        if known is None:
            known = self._reports[node.value] = self._read_report(node)
        return known

    def _read_report(self, node: ox.NamedNode) -> Report:
        return Report(
            link=Link(evidence.label(self.store, node), self.path(node)),
            publisher=self.text(node, _PUBLISHER, node),
            published=self.text(node, _PUBLISHED, node),
            url=self.text(node, _URL, node),
        )


def part_of(article: str, start: int) -> str:
    """Return the name of the page that has what an article states at a character.

    >>> part_of("0d98f7921a9c241a", 9_999), part_of("0d98f7921a9c241a", 25_000)
    ('0d98f7921a9c241a', '0d98f7921a9c241a/2')
    """
    number = start // PART
    return f"{article}/{number}" if number else article


def titled(label: str, date: str, sides: Set[str]) -> str:
    """Return the label of an event that is called by kind, sides and date as a title beside which its date stands.

    Nothing where it is called otherwise.

    >>> titled("Visit of China, Vietnam, 2023", "2023", {"China", "Vietnam"})
    'Visit: China and Vietnam'
    >>> titled("13th National Congress of the CPV", "", {"Vietnam"})
    ''
    """
    what, _, who = label.removesuffix(f", {date}").rpartition(" of ")
    while what:
        named = who.split(", ")
        if {*named} == sides:
            return f"{what}: {enumerated(named)}"
        what, _, more = what.rpartition(" of ")
        who = f"{more} of {who}"
    return ""


def headed(label: str) -> str:
    """Return a label as it stands at the head of a page or line: what begins like any word begins with a capital.

    >>> headed("third round of talks"), headed("eLAC"), headed("G20 Summit")
    ('Third round of talks', 'eLAC', 'G20 Summit')
    """
    return label[:1].upper() + label[1:] if label.partition(" ")[0].islower() else label


def enumerated(names: Sequence[str], *, most: int = 4) -> str:
    """Return names as one would say them, those beyond ``most`` counted.

    >>> enumerated(["China"]), enumerated(["China", "Laos", "Vietnam"]), enumerated(list("abcdef"))
    ('China', 'China, Laos and Vietnam', 'a, b, c and 3 others')
    """
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _backwards(day: str) -> tuple[bool, tuple[int, ...]]:
    """Return a key that sorts days latest first, none last."""
    return not day, tuple(-ord(c) for c in day)


def _latest_first(row: Row) -> tuple[bool, tuple[int, ...], str]:
    return (*_backwards(row.earliest), row.link.path)
