"""From candidates to judgements: what may be accepted unseen, and what a person has to look at."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from kg import __version__
from kg.authority import Person, Words, name_key
from kg.judgements import EXACT_MATCH, Clusters, Judgements
from kg.linking.review import Item, Proposal, load_items, save_items
from kg.linking.service import Answer, Candidate, Service
from kg.linking.unlinked import Thing, question

THRESHOLD = 95.0
"""The score from which a candidate without rival is accepted: services score up to 100."""


class Report(msgspec.Struct):
    """What linking did."""

    asked: int = 0
    accepted: list[str] = []
    review: int = 0
    unusable: list[str] = []
    """A sentence for each answer that breaks the rules of the API."""
    nameless: list[str] = []
    """Names of too few letters to ask for."""

    def text(self) -> str:
        """Return the report as a few lines."""
        rows = [
            ("asked", str(self.asked)),
            ("accepted", str(len(self.accepted))),
            ("to review", str(self.review)),
            ("unusable", str(len(self.unusable))),
        ]
        return "".join(f"{name:<14}{value}\n" for name, value in rows)


class Linker(msgspec.Struct, kw_only=True):
    """Links the things of one store by one service, batch by batch; after each batch the files are on disk."""

    service: Service
    judgements: Judgements
    path: Path
    """Where the judgements go."""
    review: Path
    """Where the rest goes."""
    on: date
    """The day, for the records."""
    threshold: float = THRESHOLD
    words: Words
    """How names of people are compared."""
    taken: dict[str, str]
    """The things that have an item already, by the item's IRI."""
    tell: Callable[[str], None]

    def link(self, things: Sequence[Thing]) -> Report:
        """Ask for all ``things`` that are not judged yet; return what came of it. Raises `LinkError`."""
        report = Report()
        clusters = self.judgements.clusters()
        items = {item.subject: item for item in load_items(self.review)}
        open_things = [t for t in things if not clusters.item(t.iri) and not clusters.is_unmatched(t.iri)]
        report.nameless = [t.label for t in open_things if t.is_nameless]
        asked = [t for t in open_things if not t.is_nameless]
        self.taken |= {item: row.subject for row in self.judgements.rows if (item := clusters.item(row.subject))}
        offered = {} if self.service.manifest.is_wikidata else self.service.properties()
        for batch in in_batches(asked, self.service.manifest.batch):
            self.tell(f"asking {self.service.manifest.name} ({report.asked} of {len(asked)})")
            answers = self.service.ask([question(thing, self.service.manifest, offered) for thing in batch])
            for thing, answer in zip(batch, answers, strict=True):
                report.asked += 1
                if answer.problem:
                    report.unusable.append(f"the answer for {thing.label} cannot be used: {answer.problem}")
                    continue
                self._settle(thing, answer, clusters, items, report)
            self._save(items)
        report.review = len(items)
        return report

    def _settle(self, thing: Thing, answer: Answer, clusters: Clusters, items: dict[str, Item], report: Report) -> None:
        """Turn one answer into a judgement, or into an item to review."""
        proposals = self._proposals(thing, answer, clusters)
        reason = self._reason_to_ask(thing, proposals)
        if reason:
            items[thing.iri] = Item(thing.iri, thing.label, thing.context, reason, self.service.url, proposals)
            return
        best = proposals[0]
        self.accept(thing, best)
        items.pop(thing.iri, None)
        self.taken[best.iri] = thing.iri
        report.accepted.append(f"{thing.label} is {best.iri.rpartition('/')[2]} ({best.name}, score {best.score:g})")

    def _proposals(self, thing: Thing, answer: Answer, clusters: Clusters) -> tuple[Proposal, ...]:
        """Return the candidates that have an IRI and are not denied by a judgement, each once, best first."""
        found: dict[str, Proposal] = {}
        for one in answer.candidates:
            iri = self.service.iri(one.id)
            if iri and not clusters.denies(thing.iri, iri):
                found.setdefault(iri, _proposal(iri, one))
        return tuple(found.values())

    def _reason_to_ask(self, thing: Thing, proposals: Sequence[Proposal]) -> str:
        """Return why a person has to decide, empty where the best candidate is beyond doubt."""
        if not proposals:
            return "no candidate"
        best, *others = proposals
        if best.score < self.threshold:
            return f"the best score, {best.score:g}, is below {self.threshold:g}"
        if any(other.score >= best.score for other in others):
            return f"several candidates score {best.score:g}"
        if thing.disputed:
            return "an article gives this name where who is who has another"
        if not self._is_called(thing, best.name):
            return f"it is called {best.name!r} there"
        if thing.kind == "person" and len(self.words.bare(thing.label)) < 2:
            return "one word is no full name"
        if self.taken.get(best.iri, thing.iri) != thing.iri:
            return f"{best.iri.rpartition('/')[2]} is {self.taken[best.iri].rpartition('/')[2]} already"
        problem = self.service.look_up(best.id)
        return f"{best.id}: {problem}" if problem else ""

    def _is_called(self, thing: Thing, name: str) -> bool:
        """Return whether a candidate bears one of the names of a thing; look-alikes from other scripts do not."""
        if thing.kind == "person":
            return self.words.fits(name, Person("", thing.label, thing.names[1:], "", ""))
        return name_key(name) in {name_key(own) for own in (thing.asked, *thing.names)}

    def accept(self, thing: Thing, proposal: Proposal) -> None:
        """Put the judgement that a thing is what was proposed beside the others."""
        self.judgements.add(
            thing.iri,
            EXACT_MATCH,
            proposal.iri,
            subject_label=thing.label,
            object_label=proposal.name,
            mapping_justification="semapv:LexicalMatching",
            mapping_provider=self.service.url,
            mapping_tool="diplomacy-kg",
            mapping_tool_version=__version__,
            mapping_date=self.on.isoformat(),
            confidence=f"{min(proposal.score, 100) / 100:.3g}",
            comment=f"score {proposal.score:g} from {self.service.manifest.name}",
        )

    def _save(self, items: dict[str, Item]) -> None:
        self.judgements.save(self.path)
        save_items(self.review, items.values())


def _proposal(iri: str, one: Candidate) -> Proposal:
    return Proposal(iri, one.id, one.name, one.score, one.description)


def in_batches(things: Sequence[Thing], size: int) -> Iterator[Sequence[Thing]]:
    """Yield the things in runs of ``size``."""
    for begin in range(0, len(things), size):
        yield things[begin : begin + size]
