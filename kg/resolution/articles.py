"""Article graphs: what one article states, in its named graph, and what the default graph says by it alone."""

from collections.abc import Mapping, Sequence

from kg import __version__
from kg.errors import MappingError
from kg.mappers.claims import AgreementClaim, OfficeClaim, Span
from kg.namespaces import VERSION_IRI
from kg.resolution.happenings import told_by
from kg.resolution.identity import SOLE, ClaimedTenure, claimed_tenures, tenure_slug
from kg.resolution.parts import AGREEMENT, ARTICLE, PERSON, TENURE, TERMS, Discrepancy, Part, Writer
from kg.resolution.quads import calendar, integer, text
from kg.resolution.records import Record
from kg.resolution.reports import reports_of, solo_name

_STATUSES = ("current", "incoming", "former")  # what an article says of a tenure twice: the first of these counts


class ArticleWriter(Writer):
    """Writes the parts of articles."""

    def part(self, record: Record, names: Mapping[str, str], slugs: Sequence[str] | None = None) -> Part:
        """Return the part of an article; ``names`` has the slug of each event whose report alone gives another slug.

        ``slugs`` are those its reports give, where they are known already. Raises `MappingError` where a claim points
        outside the article's text.
        """
        self._record, self._key = record, record.key
        self._me = self.iri("article", self._key)
        self._people = [self.namer.person(record, k) for k in range(len(record.claims.people))]
        self._passages: dict[Span, str] = {}
        self._facts.add((ARTICLE,))
        self._article()
        for ref, _ in enumerate(self._people):
            self._mention(ref)
        agreements = self._agreements()
        tenures = claimed_tenures(self.namer, record)
        self._tenures(tenures)
        told: dict[str, list[int]] = {}
        if slugs is None:
            slugs = [solo_name(report, self.namer) for report in reports_of((record,), self.namer)]
        for position, slug in enumerate(slugs):
            told.setdefault(names.get(slug, slug), []).append(position)
        for name, positions in told.items():
            self._event(self.iri("event", name), positions, agreements)
        self._contradictions(tenures, told)
        return self._take()

    def _article(self) -> None:
        article, claims, me = self._record.article, self._record.claims, self._me
        for graph in (me, ""):
            self._headline(graph)
        self._add(me, TERMS["rdf:type"], TERMS["prov:Entity"], me)
        self._add(me, TERMS["file"], text(article.file), me)
        self._add(me, TERMS["schema:inLanguage"], text(article.language), me)
        self._add(me, TERMS["contentDigest"], text(article.content_digest), me)
        mapping = self.iri("mapping", self._key)
        self._add(me, TERMS["prov:wasGeneratedBy"], mapping, me)
        self._add(mapping, TERMS["rdf:type"], TERMS["prov:Activity"], me)
        self._add(mapping, TERMS["prov:used"], f"<{VERSION_IRI}>", me)
        self._add(mapping, TERMS["prov:wasAssociatedWith"], self.iri("software", f"diplomacy-kg-{__version__}"), me)
        if claims.published_rule:
            self._inference(me, claims.published_rule, claims.published_premises)

    def _headline(self, graph: str) -> None:
        article, me, value = self._record.article, self._me, self._record.claims.published
        self._add(me, TERMS["rdf:type"], TERMS["schema:NewsArticle"], graph)
        self._add(me, TERMS["rdfs:label"], text(article.title or article.file, article.language), graph)
        if article.title:
            self._add(me, TERMS["schema:headline"], text(article.title, article.language), graph)
        if article.publisher:
            self._add(me, TERMS["schema:publisher"], text(article.publisher), graph)
        if article.url:
            self._add(me, TERMS["schema:url"], f"<{article.url}>", graph)
        if value:
            self._add(me, TERMS["schema:datePublished"], calendar(value), graph)

    def _passage(self, span: Span) -> str:
        known = self._passages.get(span)
        if known:
            return known
        (start, end), article, me = span, self._record.article, self._me
        passage = self._passages[span] = self._passage_iri(self._key, start, end)
        quote = article.text[start:end]
        if not (0 <= start < end <= len(article.text)) or not quote.strip():
            raise MappingError(
                f"{article.file}: a claim points to {start}–{end}, outside the article's text; map it anew"
            )
        self._add(passage, TERMS["rdf:type"], TERMS["oa:TextPositionSelector"], me)
        self._add(passage, TERMS["rdf:type"], TERMS["oa:TextQuoteSelector"], me)
        self._add(passage, TERMS["oa:hasSource"], me, me)
        self._add(passage, TERMS["oa:start"], integer(start), me)
        self._add(passage, TERMS["oa:end"], integer(end), me)
        self._add(passage, TERMS["oa:exact"], text(quote, article.language), me)
        return passage

    def _inference(self, about: str, rule: str, premises: Sequence[Span]) -> None:
        passages = [self._passage(span) for span in premises]
        self._conclude(about, rule, passages if about == self._me else [*passages, self._me], self._me, self._key)

    # -- people and offices -------------------------------------------------------------------------------------

    def _mention(self, ref: int) -> None:
        claim, name, me = self._record.claims.people[ref], self._people[ref], self._me
        p = self._person(name)
        self._add(p, TERMS["rdf:type"], TERMS["Person"], me)
        for form in claim.forms:
            self._add(p, TERMS["namedAs"], text(form), me)
        self._add(p, TERMS["evidence"], self._passage(claim.span), me)
        self._add(me, TERMS["schema:mentions"], p, me)
        self._add(p, TERMS["prov:wasDerivedFrom"], me)
        fit = self.namer.fits(self._record).get(ref)
        if fit:
            premises = (self._passage(fit.claim.span), self.iri("tenure", tenure_slug(fit.tenure)))
            self._conclude(p, "name-fits-holder", premises, me, self._key)
        elif claim.key is None:
            self._facts.add((PERSON, name, claim.name))

    def _tenures(self, tenures: list[ClaimedTenure]) -> None:
        status: dict[str, str] = {}
        for claim, _, _, tenure, _ in tenures:
            status[tenure] = min(claim.when, status.get(tenure, claim.when), key=_STATUSES.index)
        me = self._me
        for claim, person, office, tenure, known in tenures:
            t, o = self.iri("tenure", tenure), self._office(office, claim.title, claim.kind, claim.of)
            self._add(t, TERMS["rdf:type"], TERMS["Tenure"], me)
            self._add(t, TERMS["holder"], self.iri("person", person), me)
            self._add(t, TERMS["office"], o, me)
            self._add(t, TERMS["tenureStatus"], text(status[tenure]), me)
            self._add(t, TERMS["evidence"], self._passage(claim.span), me)
            if known is None:
                self._add(t, TERMS["prov:wasDerivedFrom"], me)
                self._facts.add((TENURE, tenure, person, office))

    # -- agreements and events ----------------------------------------------------------------------------------

    def _agreements(self) -> list[str]:
        found: list[str] = []
        for claim in self._record.claims.agreements:
            name = self.namer.agreement(claim)
            a = self.iri("agreement", name)
            self._add(a, TERMS["evidence"], self._passage(claim.span), self._me)
            if a not in found:
                self._agreement(a, name, claim)
            found.append(a)
        return found

    def _agreement(self, a: str, name: str, claim: AgreementClaim) -> None:
        me = self._me
        self._add(a, TERMS["rdf:type"], TERMS["Agreement"], me)
        self._add(a, TERMS["kind"], self._kind("agreement-kind", claim.kind), me)
        self._facts.add((AGREEMENT, name, "kind", claim.kind))
        for party in claim.parties:
            self._add(a, TERMS["party"], self._body(party), me)
            self._facts.add((AGREEMENT, name, "party", party))
        if claim.count:
            self._add(a, TERMS["count"], integer(claim.count), me)
            self._facts.add((AGREEMENT, name, "count", str(claim.count)))
        self._add(a, TERMS["rdfs:label"], text(claim.name, "en"), me)
        self._facts.add((AGREEMENT, name, "name", claim.name))
        self._dates(a, claim.date, me)
        if claim.date:
            self._facts.add((AGREEMENT, name, "date", claim.date))
        self._add(a, TERMS["stage"], text(claim.stage), me)
        self._add(me, TERMS["schema:mentions"], a, me)
        self._add(a, TERMS["prov:wasDerivedFrom"], me)

    def _event(self, e: str, positions: Sequence[int], agreements: Sequence[str]) -> None:
        me, event = self._me, told_by([self._record.claims.events[n] for n in positions])
        self._add(e, TERMS["rdf:type"], TERMS["Event"], me)
        self._add(e, TERMS["kind"], self._kind("event-kind", event.kind), me)
        self._dates(e, event.date, me)
        if event.place:
            self._add(e, TERMS["place"], self._place(event.place), me)
        for role, k in event.people:
            p = self.iri("person", self._people[k])
            self._add(e, TERMS["participant"], p, me)
            self._add(e, TERMS[role], p, me)
        for office in event.offices:
            self._add(e, TERMS["participatingOffice"], self._office_ref(office), me)
        for party in event.parties:
            self._add(e, TERMS["party"], self._body(party), me)
        self._add(e, TERMS["status"], text(event.status), me)
        for k in event.agreements:
            self._add(e, TERMS["agreement"], agreements[k], me)
        if event.rule:
            self._inference(e, event.rule, event.premises)
        for span in event.spans:
            self._add(e, TERMS["evidence"], self._passage(span), me)
        self._add(me, TERMS["schema:about"] if event.main else TERMS["schema:mentions"], e, me)

    # -- contradictions -----------------------------------------------------------------------------------------

    def _contradictions(self, tenures: list[ClaimedTenure], told: Mapping[str, Sequence[int]]) -> None:
        """An article that names a holder who was not: stated and expected stay apart."""
        if self._record.claims.published:
            for claim, person, office, tenure, known in tenures:
                if known is None and claim.when == "current" and claim.stated and claim.of:
                    self._contradiction(claim, person, office, tenure, told)

    def _contradiction(
        self, claim: OfficeClaim, person: str, office: str, tenure: str, told: Mapping[str, Sequence[int]]
    ) -> None:
        known = self.authority.offices.get(office)
        if known is None or known.kind not in SOLE:
            return
        published, people = self._record.claims.published or "", self.authority.people
        name = people[person].label if person in people else self._record.claims.people[claim.person].name
        answer = self.authority.who(claim.title, self.lexicon.notation(claim.of or ""), published, name)
        if answer.verdict != "contradicted":
            return
        expected = sorted({p.id for p in answer.candidates or answer.holders})
        label = (
            f"{claim.title} of {self._body_label(claim.of)} on {published}: stated {name}, "
            f"expected {', '.join(people[e].label for e in expected)}"
        )
        found = Discrepancy(
            kind="holder",
            stated=self.iri("person", person),
            expected=[self._person(e) for e in expected],
            about=self._events_of(claim.person, told) or [self.iri("tenure", tenure)],
            evidence=[self._passage(claim.span)],
            label=label,
            rule="holder-of-office-that-day",
            premises=[self.iri("tenure", tenure_slug(answer.tenure))] if answer.tenure else [],
        )
        self._discrepancy(self._key, found)

    def _events_of(self, ref: int, told: Mapping[str, Sequence[int]]) -> list[str]:
        events = self._record.claims.events
        return [
            self.iri("event", name)
            for name, positions in told.items()
            if any(k == ref for n in positions for _, k in events[n].people)
        ]
