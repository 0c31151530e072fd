"""Clusters: the reports of each event, the same whatever order they come in.

Reports that are one event beyond doubt (equal kind, date, people and sides) are one *telling* of it. Tellings meet
level by level, the surest ground first. Two clusters meet only if nothing keeps any two of their tellings apart, so
that no chain joins what does not belong together; and from the second level on only if all that either might be is
one thing: a report that fits two different events joins neither.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kg.resolution.identity import Namer
from kg.resolution.matching import LEVELS, Ground, apart, crowded, ground, keys, loose
from kg.resolution.reports import Report, solo_name

Telling = tuple[str, tuple[Report, ...]]
"""The slug under which the reports would stand alone, and the reports."""


def tellings(reports: Iterable[Report], namer: Namer) -> list[Telling]:
    """Return the reports that are one event beyond doubt together, in the order of their slugs."""
    found: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        found[solo_name(report, namer)].append(report)
    return [(name, tuple(group)) for name, group in sorted(found.items())]


class Clusters:
    """Tellings, by position, and how they have met so far."""

    def __init__(self, told: Sequence[Telling]) -> None:
        self.told = told
        self._parent = list(range(len(told)))
        self._members = {i: [i] for i in self._parent}
        self._apart: dict[tuple[int, int], bool] = {}
        self.grounds: dict[int, set[Ground]] = defaultdict(set)

    def root(self, i: int) -> int:
        """Return the position that stands for a telling's cluster: that of its first member."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def clusters(self) -> list[tuple[list[int], set[Ground]]]:
        """Return the members of each cluster in order, and the grounds on which they met."""
        return [(sorted(members), self.grounds[root]) for root, members in sorted(self._members.items())]

    def meet(self, pairs: Mapping[tuple[int, int], Ground]) -> None:
        """Join what ``pairs`` give grounds for, level by level."""
        for level in LEVELS:
            self._meet_at({pair: why for pair, why in pairs.items() if why.level == level}, doubted=level > 1)

    def _meet_at(self, pairs: Mapping[tuple[int, int], Ground], *, doubted: bool) -> None:
        near: dict[int, set[int]] = defaultdict(set)
        if doubted:
            for i, j in pairs:
                one, other = self.root(i), self.root(j)
                if one != other and not self._kept_apart(one, other):
                    near[one].add(other)
                    near[other].add(one)
        torn = {one for one, others in near.items() if any(self._kept_apart(a, b) for a, b in combinations(others, 2))}
        for (i, j), why in sorted(pairs.items(), key=lambda item: (item[1], item[0])):
            one, other = self.root(i), self.root(j)
            if one == other:
                self.grounds[one].add(why)
            elif not {one, other} & torn and not self._kept_apart(one, other):
                self._join(one, other, why)

    def _join(self, one: int, other: int, why: Ground) -> None:
        first, second = sorted((one, other))
        self._parent[second] = first
        self._members[first] += self._members.pop(second)
        self.grounds[first] |= {why} | self.grounds.pop(second, set())

    def _kept_apart(self, one: int, other: int) -> bool:
        """Return whether anything keeps a telling of one cluster apart from one of the other."""
        return any(self._two_apart(i, j) for i in self._members[one] for j in self._members[other])

    def _two_apart(self, i: int, j: int) -> bool:
        pair = (i, j) if i < j else (j, i)
        if pair not in self._apart:
            one, other = self.told[i][1], self.told[j][1]
            shared = {report.article for report in one} & {report.article for report in other}
            self._apart[pair] = bool(shared) or any(apart(a, b) for a in _views(one) for b in _views(other))
        return self._apart[pair]


def _views(reports: Sequence[Report]) -> Iterable[Report]:
    """Return one report for each way in which those of one telling can differ from those of another."""
    if len(reports) == 1:
        return reports
    return {
        (r.home, r.publisher, r.assumed, tuple((body, *sorted(side.held)) for body, side in r.sides.items())): r
        for r in reports
    }.values()


def pairs_of(
    told: Sequence[Telling], block: str | None = None, crowds: list[int] | None = None
) -> dict[tuple[int, int], Ground]:
    """Return the pairs of tellings, by position, that something says are one event and nothing keeps apart.

    With ``block`` (see `keys`) only those are looked at that meet in it. How many each crowd is, of which none were
    looked at, is added to ``crowds``: without some of them it may be none.
    """
    found: dict[tuple[int, int], Ground] = {}
    looked: set[tuple[int, int]] = set()
    for members in _blocks(told, block, crowds):
        for pair in members:
            if pair in looked:
                continue
            looked.add(pair)
            why = _ground(told[pair[0]][1], told[pair[1]][1])
            if why is not None:
                found[pair] = why
    return found


def _ground(one: Sequence[Report], other: Sequence[Report]) -> Ground | None:
    if apart(one[0], other[0]):
        return None
    grounds = [why for a in _views(one) for b in _views(other) if (why := ground(a, b))]
    return min(grounds, default=None)


def _blocks(
    told: Sequence[Telling], block: str | None = None, crowds: list[int] | None = None
) -> Iterable[Iterable[tuple[int, int]]]:
    """Yield, for each key that several tellings share, the pairs to look at."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, (_, reports) in enumerate(told):
        for key in {key for report in reports for key in keys(report, block)}:
            blocks[key].append(i)
    for key, members in sorted(blocks.items()):
        if crowded(key, len(members)):
            if crowds is not None:
                crowds.append(len(members))
        elif len(members) > 1:
            yield _pairs(members, {i for i in members if loose(told[i][1][0], key)})


def _pairs(members: Sequence[int], some: set[int]) -> Iterable[tuple[int, int]]:
    """Yield each pair of members, in order, of which at least one is among ``some``."""
    for i in members:
        if i in some:
            yield from ((min(i, j), max(i, j)) for j in members if j > i or (j != i and j not in some))


Cluster = tuple[list[Telling], tuple[str, ...]]
"""The tellings of one event, and the names of the grounds on which they met."""


def cluster(reports: Iterable[Report], namer: Namer) -> list[Cluster]:
    """Return the clusters of all reports."""
    told = tellings(reports, namer)
    return joined(told, pairs_of(told))


def joined(told: Sequence[Telling], pairs: Mapping[tuple[int, int], Ground]) -> list[Cluster]:
    """Return the clusters of tellings that ``pairs``, by position, bring together."""
    met = Clusters(told)
    met.meet(pairs)
    return [
        ([told[i] for i in members], tuple(sorted({why.rule for why in grounds})))
        for members, grounds in met.clusters()
    ]


def components(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return, for each slug that is in a pair, the first of all that pairs lead to: what it may be one event with.

    >>> components([("b", "c"), ("d", "e"), ("a", "b")])
    {'b': 'a', 'c': 'a', 'd': 'd', 'e': 'd', 'a': 'a'}
    """
    above: dict[str, str] = {}

    def top(slug: str) -> str:
        while above.setdefault(slug, slug) != slug:
            above[slug] = slug = above[above[slug]]
        return slug

    for one, other in pairs:
        first, second = sorted((top(one), top(other)))
        above[second] = first
    return {slug: top(slug) for slug in above}
