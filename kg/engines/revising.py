"""Revising: the graph without some articles and with others, of which only what hangs together is made anew.

Of the events that those articles report, and of all that may be one event with these, both versions are written:
before and after. So are the articles that call one of these events by a slug it no longer has. What the one version has
and the other has not is taken from the buckets or added to them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

import msgspec

from kg.engines import stages
from kg.engines.resolving import Resolved, Resolver
from kg.engines.spills import Piece
from kg.engines.stages import Pair, Patch, Told
from kg.resolution import Record
from kg.resolution.clusters import Telling, components, joined
from kg.resolution.matching import CROWD, blocks
from kg.resolution.parts import Facts, Part
from kg.resolution.reports import Report, reports_of, solo_name


class Revised(NamedTuple):
    """The graph of other articles."""

    graph: Resolved
    changed: set[str]
    """The things of which it says something else, in angle brackets."""
    about: list[Piece]
    """Its lines about these."""
    before: list[Piece]
    """The lines about these that there were."""


class _Version(NamedTuple):
    """What there is of the events at stake."""

    parts: list[Part]
    names: dict[str, str]
    """The slug of each telling's event."""
    events: int


class Reviser:
    """Takes articles out of the graph of ``resolver`` and brings others in; ``places`` are those of records that stay.

    Each revision is one of that graph, whatever was asked for before.
    """

    def __init__(self, resolver: Resolver, graph: Resolved, places: Mapping[str, Any]) -> None:
        self.resolver, self.graph = resolver, graph
        self._places = places
        self._numbers = count(1)

    def revised(self, gone: Mapping[str, Any], come: Mapping[str, Any], lines: Sequence[str] = ()) -> Revised:
        """Return the graph without some articles and with others, and with ``lines``, which are not for validation.

        Articles are given by key with the places of their records; one that changed is gone and has come.
        """
        resolver, namer = self.resolver, self.resolver.references.namer
        leaving, coming = self._records(gone.values()), self._records(come.values())
        told = defaultdict[str, list[Report]](list)
        for report in reports_of(coming, namer):
            told[solo_name(report, namer)].append(report)
        slugs = {solo_name(report, namer) for report in reports_of(leaving, namer)} | told.keys()
        before: Told = dict(self._tellings(slugs))
        left = {slug: [r for r in before.get(slug, ()) if r.article not in gone] for slug in sorted(slugs)}
        after: Told = {slug: stages.told_together([*left[slug], *told[slug]]) for slug in left}
        anew = self._compared_anew(before, after)
        stake = self._at_stake(slugs, anew)
        old_tellings = self._tellings(stake)
        new_tellings = sorted((slug, some) for slug, some in {**dict(old_tellings), **after}.items() if some)
        pairs = resolver.pairs
        old = self._version(old_tellings, resolver.pairs_in(pairs))
        new = self._version(new_tellings, chain(resolver.pairs_in(pairs.keys() - anew), *anew.values()))
        renamed = {slug for slug, name in new.names.items() if old.names.get(slug, name) != name}
        telling = {r.article for slug, reports in old_tellings if slug in renamed for r in reports} - gone.keys()
        others = self._records(self._places[key] for key in sorted(telling))
        lost = [*old.parts, *self._articles(chain(leaving, others), resolver.names)]
        names = {slug: name for slug, name in resolver.names.items() if slug not in stake}
        names |= {slug: name for slug, name in new.names.items() if slug != name}
        gained = [*new.parts, *self._articles(chain(coming, others), names)]
        return self._patched(lost, gained, lines, new.events - old.events)

    def _records(self, places: Iterable[Any]) -> list[Record]:
        decode = msgspec.msgpack.Decoder(Record).decode
        return [decode(data) for data in self.resolver.setting.read(list(places))]

    def _articles(self, records: Iterable[Record], names: Mapping[str, str]) -> list[Part]:
        writer = stages.article_writer(self.resolver.setting.base)
        return [writer.part(record, names) for record in records]

    def _tellings(self, slugs: Iterable[str]) -> list[Telling]:
        """Return the tellings that have some slugs, in the order of these."""
        wanted = frozenset(slugs)
        named = dict(self.resolver.tellings.jobs())
        pieces = sorted({stages.piece_of(slug, self.resolver.setting.pieces) for slug in wanted})
        jobs = [(name, named[name], wanted) for name in pieces if name in named]
        decode = msgspec.msgpack.Decoder(Telling).decode
        found = [decode(data) for _, some in self.resolver.each(stages.find, jobs) for data in some]
        return sorted(found, key=lambda telling: telling[0])

    def _compared_anew(self, before: Told, after: Told) -> dict[str, list[Pair]]:
        """Return the pairs of blocks that may have others, tellings as in ``before`` being as in ``after``.

        Those of what is told no more are still among the pairs of other blocks.
        """
        again: set[str] = set()
        for slug, reports in after.items():
            for block in {block for report in (*before.get(slug, ()), *reports) for block in blocks(report)}:
                crowd = self.resolver.crowds.get(block, 0)
                if reports or (crowd and crowd - len(after) <= CROWD):
                    again.add(block)
        pieces = dict(self.resolver.blocks.jobs())
        jobs = [(block, pieces.get(block, []), after) for block in sorted(again)]
        return {job[1]: found for job, (found, _) in self.resolver.each(stages.compare, jobs)}

    def _at_stake(self, slugs: set[str], anew: Mapping[str, Sequence[Pair]]) -> set[str]:
        """Return what may be one event with what changes, before or after."""
        pairs_in, fresh = self.resolver.pairs_in, {pair for found in anew.values() for pair in found}
        differing = slugs | {slug for pair in fresh ^ set(pairs_in(anew)) for slug in pair[:2]}
        heads = components((one, other) for one, other, _ in chain(pairs_in(self.resolver.pairs), fresh))
        touched = {heads.get(slug, slug) for slug in differing}
        return differing | {slug for slug, head in heads.items() if head in touched}

    def _version(self, told: Sequence[Telling], pairs: Iterable[Pair]) -> _Version:
        names: dict[str, str] = {}
        clusters = joined(told, stages.grounds_of(told, pairs))
        parts = list(stages.event_parts(stages.event_writer(self.resolver.setting.base), clusters, names))
        return _Version(parts, {slug: names.get(slug, slug) for slug, _ in told}, len(parts))

    def _patched(self, before: Sequence[Part], after: Sequence[Part], lines: Sequence[str], events: int) -> Revised:
        resolver, graph = self.resolver, self.graph
        facts = Facts()
        for part in after:
            facts.update(part.facts)
        for part in before:
            facts.subtract(part.facts)
        references = resolver.refer(Facts({fact: more for fact, more in facts.items() if more}))
        anew = [place for place, found in references.items() if resolver.referred.get(place) is not found]
        fewer = [resolver.referred[place].lines for place in anew if place in resolver.referred]
        more = [references[place].lines for place in anew]
        changed, told, old, version = set[str](), list[Piece](), list[Piece](), next(self._numbers)
        write = stages.write_lines
        lost = write(resolver.setting, "lost", [line for part in before for line in part.lines])
        gained = write(resolver.setting, "gained", [line for part in after for line in part.lines])
        unjudged = write(resolver.setting, "unjudged", list(lines))
        known = {bucket.name: bucket for bucket in graph.buckets}
        patches = [
            Patch(
                name,
                known.get(name),
                _pieces(name, lost, *fewer),
                _pieces(name, gained, *more),
                _pieces(name, unjudged),
                version,
            )
            for name in sorted({name for some in (lost, gained, unjudged, *fewer, *more) for name in some})
        ]
        for _, (bucket, things, about, were) in resolver.each(stages.patch, [(patch,) for patch in patches]):
            known[bucket.name] = bucket
            changed |= things
            told += [about] if about.size else []
            old += [were] if were.size else []
        buckets = [bucket for bucket in known.values() if bucket.quads]
        return Revised(resolver.resolved(buckets, references, graph.events + events), changed, told, old)


def _pieces(name: str, *some: Mapping[str, Piece]) -> list[Piece]:
    return [pieces[name] for pieces in some if name in pieces]
