"""References: labels, kinds, tenures and links of all that is mentioned: the default graph is complete in itself.

They are written group by group, in the order of `GROUPS`: what one group says of another's things are facts again. All
facts of a thing, and of the tenures of a person, go to one place (`place_of`), and each place can be written by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from zlib import crc32

from kg import __version__
from kg.authority import Tenure
from kg.iris import fold
from kg.language.lexicon import Lexicon
from kg.namespaces import ONTOLOGY
from kg.resolution.events import one_spelling
from kg.resolution.identity import tenure_slug
from kg.resolution.links import Links
from kg.resolution.parts import (
    AGREEMENT,
    ARTICLE,
    BODY,
    DISCREPANCY,
    HELD,
    JUDGED,
    KIND,
    OFFICE,
    PERSON,
    PLACE,
    TENURE,
    TERMS,
    Fact,
    Facts,
    Part,
    Writer,
)
from kg.resolution.quads import day, edtf, integer, text

GROUPS = ("people", "agreements", "offices", "others")
_GROUP = {PERSON: "people", TENURE: "people", AGREEMENT: "agreements", OFFICE: "offices", HELD: "offices"}


def place_of(fact: Fact, pieces: int) -> str:
    """Return where a fact is looked at, of so many places that a group has: its name begins with the group's.

    >>> place_of(("person", "xi-jinping", ""), 4) == place_of(("tenure", "t", "xi-jinping", "president-cn"), 4)
    True
    """
    group = _GROUP.get(fact[0], "others")
    if group == "others":
        return group
    thing = fact[2] if fact[0] == TENURE else fact[1]
    return f"{group}-{crc32(thing.encode()) % pieces}"


class ReferenceWriter(Writer):
    """Writes what is known of the things that parts mention."""

    def __init__(self, lexicon: Lexicon, base: str, links: Links) -> None:
        super().__init__(lexicon, base)
        self._links = links

    def lines(self, facts: Facts) -> list[str]:
        """Return the lines about everything that ``facts`` mention, in no order."""
        known, lines = Facts(facts), list[str]()
        for group in GROUPS:
            part = self.part(
                group, Facts({fact: n for fact, n in known.items() if place_of(fact, 1).startswith(group)})
            )
            known.update(part.facts)
            lines += part.lines
        return lines

    def part(self, place: str, facts: Facts) -> Part:
        """Return what there is to write in a place (see `place_of`) of all the facts that go there."""
        self._told = _sorted_out(facts)
        writers: dict[str, Callable[[], None]] = {
            "people": self._people,
            "agreements": lambda: self._agreements(facts),
            "offices": self._all_offices,
            "others": self._others,
        }
        writers[place.partition("-")[0]]()
        return self._take()

    def _people(self) -> None:
        self._printed: dict[str, set[str]] = defaultdict(set)
        for _, person, name in self._told[PERSON]:
            self._printed[person] |= {name} - {""}
        for person in self._printed:
            self._person_lines(person)
        for _, tenure, person, office in sorted(self._told[TENURE]):
            self._claimed_tenure(tenure, person, office)

    def _all_offices(self) -> None:
        self._offices = self._best_offices()
        for office in self._offices:
            self._office_lines(office)
        for _, office, tenure, person in self._told[HELD]:
            label = f"{person}, {self._office_label(office)}"
            self._add(self.iri("tenure", tenure), TERMS["rdfs:label"], text(label, "en"))

    def _others(self) -> None:
        for place in self._one_place_each():
            self._place_lines(place)
        for body in one_spelling((body for _, body in self._more(BODY)), self):
            self._body_lines(body)
        self._kinds()
        for _, thing in sorted(self._more(JUDGED)):
            for subject, predicate, value in self._links.records(thing):
                self._add(subject, predicate, value)
        if self._told[ARTICLE]:
            agent = self.iri("software", f"diplomacy-kg-{__version__}")
            self._add(agent, TERMS["rdf:type"], TERMS["prov:SoftwareAgent"])
            self._add(agent, TERMS["rdfs:label"], text(f"diplomacy-kg {__version__}", "en"))

    def _more(self, kind: str) -> set[Fact]:
        """Return the facts of a kind, with those that writing has added meanwhile."""
        return self._told[kind] | {fact for fact in self._facts if fact[0] == kind}

    # -- agreements -----------------------------------------------------------------------------------------------

    def _agreements(self, facts: Facts) -> None:
        told: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for fact in self._told[AGREEMENT]:
            _, name, what, value = fact
            told[name][what][value] = facts[fact]
        for name, said in told.items():
            self._agreement(name, said)

    def _agreement(self, name: str, said: Mapping[str, Mapping[str, int]]) -> None:
        a, known, kinds = self.iri("agreement", name), self.authority.agreements.get(name), said["kind"]
        self._add(a, TERMS["rdf:type"], TERMS["Agreement"])
        self._add(a, TERMS["kind"], self._kind("agreement-kind", min(kinds, key=lambda k: (-kinds[k], k))))
        for party in said.get("party", ()):
            self._add(a, TERMS["party"], self._body(party))
        for count in said.get("count", ()):
            self._add(a, TERMS["count"], integer(int(count)))
        label = known.label if known else min(said["name"], key=lambda n: (-len(n), n))
        self._add(a, TERMS["rdfs:label"], text(label, "en"))
        for other in said["name"].keys() - {label}:
            self._add(a, TERMS["skos:altLabel"], text(other, "en"))
        if "date" in said:
            self._dates(a, max(said["date"], key=lambda d: (len(d.partition("/")[0]), d)))

    # -- people and offices ---------------------------------------------------------------------------------------

    def _person_label(self, name: str) -> str:
        known = self.authority.people.get(name)
        if known:
            return known.label
        return max(self._printed.get(name) or {name}, key=lambda n: (len(n), n))

    def _person_lines(self, name: str) -> None:
        p, label = self.iri("person", name), self._person_label(name)
        known = self.authority.people.get(name)
        self._add(p, TERMS["rdf:type"], TERMS["Person"])
        self._add(p, TERMS["rdfs:label"], text(label, "en"))
        if known is None:
            for other in self._printed[name] - {label}:
                self._add(p, TERMS["skos:altLabel"], text(other, "en"))
            self._link(p)
            return
        self._link(p, known.wikidata)
        for alias in known.aliases:
            self._add(p, TERMS["skos:altLabel"], text(alias, "und"))
        for tenure in self.authority.tenures_of(name):
            self._known_tenure(tenure)

    def _known_tenure(self, tenure: Tenure) -> None:
        t, office = self.iri("tenure", tenure_slug(tenure)), self.authority.offices[tenure.office]
        label = f"{self._person_label(tenure.person)}, {office.label}, from {tenure.start}"
        self._add(t, TERMS["rdf:type"], TERMS["Tenure"])
        self._add(t, TERMS["rdfs:label"], text(label, "en"))
        self._add(t, TERMS["holder"], self.iri("person", tenure.person))
        self._add(
            t, TERMS["office"], self._office(office.id, office.title, office.kind, self.lexicon.body_of(office.of))
        )
        self._add(t, TERMS["start"], edtf(tenure.start))
        if tenure.end:
            self._add(t, TERMS["end"], edtf(tenure.end))
        self._add(t, TERMS["asOf"], day(tenure.as_of))
        self._add(t, TERMS["dcterms:source"], text(tenure.source))

    def _claimed_tenure(self, tenure: str, person: str, office: str) -> None:
        t = self.iri("tenure", tenure)
        self._facts.add((HELD, office, tenure, self._person_label(person)))
        self._add(t, TERMS["rdf:type"], TERMS["Tenure"])
        self._add(t, TERMS["holder"], self.iri("person", person))
        self._add(t, TERMS["office"], self.iri("office", office))

    def _best_offices(self) -> dict[str, tuple[str, str, str]]:
        """Return title, kind and body of each office: of several that are given the first in code point order."""
        best: dict[str, tuple[str, str, str]] = {}
        for _, office, title, kind, of in self._told[OFFICE]:
            best[office] = min(best.get(office, (title, kind, of)), (title, kind, of))
        return best

    def _office_label(self, office: str) -> str:
        known = self.authority.offices.get(office)
        if known:
            return known.label
        title, _, of = self._offices[office]
        return self._title_label(title, of)

    def _office_lines(self, name: str) -> None:
        o, known = self.iri("office", name), self.authority.offices.get(name)
        title, kind, of = self._offices[name]
        if known:
            title, of = known.title, self.lexicon.body_of(known.of)
        self._add(o, TERMS["rdf:type"], TERMS["Office"])
        self._add(o, TERMS["rdfs:label"], text(self._office_label(name), "en"))
        self._add(o, TERMS["title"], text(title, "en"))
        leaf = kind or self.lexicon.kind_by_label.get(fold(title)) or (known.kind if known else "other")
        self._add(o, TERMS["kind"], self._kind("office-kind", leaf))
        if of:
            self._add(o, TERMS["of"], self._body(of))
        self._link(o, known.wikidata if known else "")

    # -- bodies, places and kinds ---------------------------------------------------------------------------------

    def _body_lines(self, body: str) -> None:
        b = self.iri(*self.namer.body(body))
        country, known = self.authority.countries.get(body), self.authority.organisations.get(body)
        self._add(b, TERMS["rdf:type"], TERMS["schema:Country"] if country else TERMS["org:Organization"])
        self._add(b, TERMS["rdfs:label"], text(self._body_label(body), "en"))
        self._add(b, TERMS["skos:notation"], text(self.lexicon.notation(body)))
        self._link(b, country.wikidata if country else known.wikidata if known else "")

    def _link(self, thing: str, wikidata: str = "") -> None:
        """Add what Wikidata item a thing is, and that there are judgements on that."""
        for subject, predicate, value in self._links.of(thing, wikidata):
            self._add(subject, predicate, value)
        if self._links.judged(thing):
            self._facts.add((JUDGED, thing))

    def _one_place_each(self) -> list[str]:
        first = {self.namer.place(place): place for _, place in sorted(self._more(PLACE), reverse=True)}
        return sorted(first.values())

    def _place_lines(self, place: str) -> None:
        p, known = self.iri(*self.namer.place(place)), self.authority.places.get(place)
        self._add(p, TERMS["rdf:type"], TERMS["schema:Place"])
        self._add(p, TERMS["rdfs:label"], text(known.label if known else place, "en"))
        if known and known.country:
            self._add(p, TERMS["schema:containedInPlace"], self._body(known.country))

    def _kinds(self) -> None:
        found = {}
        for _, scheme, code in self._more(KIND):
            kind = self._kind_of(scheme, code)
            while kind.iri not in found:
                found[kind.iri] = kind
                if kind.broader is None:
                    break
                kind = self._kind_of(scheme, kind.broader)
        for kind in found.values():
            scheme = kind.iri.rpartition("/")[0]
            self._concept(kind.iri, kind.label, kind.code, scheme, kind.broader)
        for _, code in self._told[DISCREPANCY]:
            self._concept(f"{ONTOLOGY}discrepancy-kind/{code}", code, code, f"{ONTOLOGY}discrepancy-kind", None)

    def _concept(self, iri: str, label: str, code: str, scheme: str, broader: str | None) -> None:
        concept = f"<{iri}>"
        self._add(concept, TERMS["rdf:type"], TERMS["skos:Concept"])
        self._add(concept, TERMS["rdfs:label"], text(label, "en"))
        self._add(concept, TERMS["skos:prefLabel"], text(label, "en"))
        self._add(concept, TERMS["skos:notation"], text(code))
        self._add(concept, TERMS["skos:inScheme"], f"<{scheme}>")
        if broader:
            self._add(concept, TERMS["skos:broader"], f"<{scheme}/{broader}>")
        else:
            self._add(concept, TERMS["skos:topConceptOf"], f"<{scheme}>")


def _sorted_out(facts: Iterable[Fact]) -> dict[str, set[Fact]]:
    """Return facts by their kind."""
    found: dict[str, set[Fact]] = defaultdict(set)
    for fact in facts:
        found[fact[0]].add(fact)
    return found
