"""Resolution on this machine: the stages one after the other, each on all workers, with flat memory."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from kg.engines import stages
from kg.engines.progress import Progress
from kg.engines.spills import Piece, Pieces, spilled, write_pieces
from kg.engines.stages import Bucket, Pair, Referred, Setting, Written
from kg.engines.workers import Died, Workers
from kg.iris import digest
from kg.judgements import Judgements
from kg.language.lexicon import load_lexicon
from kg.resolution.clusters import components
from kg.resolution.links import Links
from kg.resolution.parts import Fact, Facts
from kg.resolution.references import GROUPS, ReferenceWriter, place_of

BATCH = 200
"""Articles in a job."""
BUCKET = 12_000_000
"""Bytes of a bucket, about: a worker that validates one takes fifteen times as many."""
SAMPLE, SAMPLED = 40, 40
"""Articles from whose lines is reckoned where to cut buckets, at least, and one in how many where there are more.

What is said of an article lies together: the lines of a few, however many, would give few buckets of any size.
"""
PIECE = 2_000
"""Articles whose reports, and people, lie in one piece, about."""


class Resolved(NamedTuple):
    """The resolved graph, as files."""

    buckets: list[Bucket]
    """In order; what they hold one after the other is the graph as sorted N-Quads."""
    people: int
    events: int
    agreements: int

    @property
    def quads(self) -> int:
        """How many quads there are."""
        return sum(bucket.quads for bucket in self.buckets)

    @property
    def discrepancies(self) -> list[str]:
        """Labels of the discrepancies, sorted."""
        return sorted(label for bucket in self.buckets for label in bucket.discrepancies)


class Kept(msgspec.Struct):
    """What a resolver keeps, so that another can be what it was."""

    cuts: tuple[str, ...]
    pieces: int
    facts: dict[str, list[Piece]]
    tellings: dict[str, list[Piece]]
    blocks: dict[str, list[Piece]]
    names: dict[str, str]
    pairs: dict[str, Piece]
    crowds: dict[str, int]
    referred: dict[str, Referred]


class Resolver:
    """Resolves the records at places that ``setting`` can read, once; and keeps what `kg.engines.revising` needs."""

    def __init__(self, workers: Workers, setting: Setting, judgements: Judgements, *, progress: Progress) -> None:
        self.workers, self.setting, self._progress = workers, setting, progress
        self._lines = Pieces()
        self._count = self._passes = 0
        self.facts = Pieces()
        self.tellings, self.blocks = Pieces(), Pieces()
        self.names: dict[str, str] = {}
        self.pairs: dict[str, Piece] = {}
        self.crowds: dict[str, int] = {}
        """How large the smallest crowd of a block is, where there is one."""
        self.referred: dict[str, Referred] = {}
        lexicon = load_lexicon()
        links = Links(judgements, lexicon.authority, setting.base)
        self.references = ReferenceWriter(lexicon, setting.base, links)
        told = judgements.text()
        self._judgements = setting.file(f"judgements-{digest(told)}")
        self._judgements.write_text(told, encoding="utf-8")

    def resolve(self, places: Sequence[Any]) -> Resolved:
        """Return the graph of the records at ``places``."""
        self.setting = self.setting._replace(pieces=len(places) // PIECE + 1)
        batches = [(n, places[at : at + BATCH]) for n, at in enumerate(range(0, len(places), BATCH))]
        self._progress.stage("resolving")
        self._gather(batches, places)
        self.pairs = write_pieces(self.setting.file("pairs"), self._compare())
        self._events()
        path = self.setting.file("names")
        path.write_bytes(msgspec.msgpack.encode(self.names))
        for _, written in self.each(stages.state, [(*batch, str(path)) for batch in batches]):
            self._keep(written)
        self.referred = self.refer(Facts())
        for referred in self.referred.values():
            self._lines.note(referred.lines)
        finished = [bucket for _, bucket in self.each(stages.finish, self._lines.jobs())]
        return self.resolved(finished, self.referred, self._count)

    @property
    def many(self) -> bool:
        """Whether several processes do the work."""
        return self.workers.count > 1

    def keep(self) -> Kept:
        """Return what there is to keep of what was resolved."""
        found = (self.facts.found, self.tellings.found, self.blocks.found)
        setting = self.setting
        return Kept(setting.cuts, setting.pieces, *found, self.names, self.pairs, self.crowds, self.referred)

    def restore(self, kept: Kept) -> None:
        """Be the resolver that kept this."""
        self.setting = self.setting._replace(cuts=kept.cuts, pieces=kept.pieces)
        self.facts, self.tellings, self.blocks = Pieces(kept.facts), Pieces(kept.tellings), Pieces(kept.blocks)
        self.names, self.pairs, self.crowds, self.referred = kept.names, kept.pairs, kept.crowds, kept.referred

    def pairs_in(self, blocks: Iterable[str]) -> Iterator[Pair]:
        """Yield the pairs of some blocks, one that meets in several more than once; together they are many."""
        return spilled((self.pairs[block] for block in blocks if block in self.pairs), Pair)

    def refer(self, more: Facts) -> dict[str, Referred]:
        """Return the references by place, ``more`` parts, or less, saying some facts than at first.

        Those that nothing changes are the ones there are.
        """
        changed, found = defaultdict[str, list[tuple[Fact, int]]](list), dict(self.referred)
        for fact, parts in more.items():
            changed[place_of(fact, self.setting.pieces)].append((fact, parts))
        self._passes += 1
        anew: set[str] = set()
        for at, group in enumerate(GROUPS):
            before = {place for place in found if place.startswith(GROUPS[:at])}
            inputs = self.facts.joined(found[place].facts for place in before)
            wanted = {
                place for p in before & anew for old in (self.referred, found) if p in old for place in old[p].facts
            }
            wanted |= changed.keys() | (inputs.keys() if not self.referred else set())
            jobs = [
                (place, inputs.get(place, []), changed[place], self._passes, str(self._judgements))
                for place in sorted(wanted)
                if place.startswith(group)
            ]
            for job, referred in self.each(stages.refer, jobs):
                found[job[1]] = referred
                anew.add(job[1])
        return found

    def resolved(self, buckets: Iterable[Bucket], referred: Mapping[str, Referred], events: int) -> Resolved:
        """Return a graph with what there is of it."""
        return Resolved(
            buckets=sorted(buckets, key=lambda bucket: int(bucket.name)),
            people=sum(found.things for place, found in referred.items() if place.startswith("people")),
            events=events,
            agreements=sum(found.things for place, found in referred.items() if place.startswith("agreements")),
        )

    def article(self, place: object) -> list[str]:
        """Return the lines of the graph of an article as if it were alone."""
        return stages.sample(self.setting, [place])

    def iri_of(self, key: str) -> str:
        """Return the IRI of an article in angle brackets."""
        return self.references.iri("article", key)

    def _gather(self, batches: Sequence[Any], places: Sequence[object]) -> None:
        """Have the tellings by slug, and again by block; and know where buckets begin."""
        reports = Pieces()
        jobs: list[tuple[Any, ...]] = [(stages.tell, *batch) for batch in batches]
        if len(places) >= 2 * SAMPLE:
            least = self.workers.count if self.workers.count > 1 else 0
            jobs.insert(0, (stages.cut, sampled(places), len(places), BUCKET, least, str(self._judgements)))
        for job, found in self.each(stages.either, jobs):
            if job[1] is stages.cut:
                self.setting = self.setting._replace(cuts=found)
            else:
                reports.note(found)
        for _, (whole, by_block) in self.each(stages.gather, reports.jobs()):
            self.tellings.note(whole)
            self.blocks.note(by_block)

    def _compare(self) -> Iterator[tuple[str, bytes]]:
        """Yield the pairs of each block, as MessagePack; note its crowd."""
        for job, (pairs, crowd) in self.each(stages.compare, [(*job, {}) for job in self.blocks.jobs()]):
            if crowd:
                self.crowds[job[1]] = crowd
            if pairs:
                yield job[1], msgspec.msgpack.encode(pairs)

    def _events(self) -> None:
        """Write all events, and have the slugs that lead to others."""
        joining = _shared_out(components((one, other) for one, other, _ in self.pairs_in(self.pairs)))
        mine, together = defaultdict[str, dict[str, str]](dict), defaultdict[str, list[Piece]](list)
        for slug, job in joining.items():
            mine[stages.piece_of(slug, self.setting.pieces)][slug] = job
        for block, piece in self.pairs.items():
            for job in sorted({joining[pair[0]] for pair in self.pairs_in([block])}):
                together[job].append(piece)
        paired = Pieces()
        jobs = [(name, pieces, mine[name]) for name, pieces in self.tellings.jobs()]
        for _, (written, left) in self.each(stages.single, jobs):
            self._keep(written)
            self._count += written.parts
            paired.note(left)
        for _, written in self.each(stages.join, [(name, pieces, together[name]) for name, pieces in paired.jobs()]):
            self._keep(written)
            self.names |= written.names
            self._count += written.parts

    def _keep(self, written: Written) -> None:
        self._lines.note(written.lines)
        self.facts.note(written.facts)

    def each(self, function: Callable[[Any], Any], jobs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield jobs and what they gave; raise `EngineError` where a worker died."""
        given = self.workers.each(function, [(self.setting, *job) for job in jobs])
        for done in self._progress.each(given, len(jobs)):
            if isinstance(done.result, Died):
                raise done.result.error("resolved")
            yield done.job, done.result


def sampled(places: Sequence[Any]) -> Sequence[Any]:
    """Return places by which is reckoned where to cut the lines of all.

    >>> [len(sampled(range(articles))) for articles in (100, 1_000, 100_000)]
    [34, 39, 2440]
    """
    return places[:: min(len(places) // SAMPLE, SAMPLED) + 1]


def _shared_out(heads: Mapping[str, str]) -> dict[str, str]:
    """Return the name of the job of each slug: jobs of a few hundred tellings, those of one component together."""
    together: dict[str, list[str]] = defaultdict(list)
    for slug in sorted(heads):
        together[heads[slug]].append(slug)
    found: dict[str, str] = {}
    for slugs in together.values():
        found |= dict.fromkeys(slugs, str(len(found) // BATCH))
    return found
