"""Events across articles: reports of one event meet, whatever order they come in."""

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from kg.edtf import bounds
from kg.iris import digest, slug
from kg.language.dates import compatible, overlay
from kg.language.lexicon import Lexicon
from kg.mappers.claims import EventClaim
from kg.resolution.identity import Namer
from kg.resolution.records import Record


class Report(msgspec.Struct, frozen=True):
    """One article's claim of an event, its people by slug."""

    article: str
    position: int
    claim: EventClaim
    people: tuple[tuple[str, str], ...]
    """Role and person."""

    @property
    def who(self) -> frozenset[str]:
        """The people who take part."""
        return frozenset(person for _, person in self.people)


class Happening(msgspec.Struct, frozen=True):
    """One real event: its resolved values and its reports."""

    name: str
    """Slug."""
    kind: str
    top: str
    date: str | None
    place: str | None
    status: str
    people: tuple[tuple[str, str], ...]
    parties: tuple[str, ...]
    reports: tuple[Report, ...]


def resolve_events(records: Iterable[Record], namer: Namer) -> list[Happening]:
    """Return the events of all records, each once, in the order of their slugs."""
    reports = [
        Report(record.key, position, claim, tuple((role, namer.person(record, k)) for role, k in claim.people))
        for record in records
        for position, claim in enumerate(record.claims.events)
    ]
    reports.sort(key=lambda r: (r.article, r.position))
    clusters = _cluster(reports)
    named: dict[str, list[Report]] = defaultdict(list)
    for cluster in clusters:
        named[_name(cluster, namer.lexicon)] += cluster
    return [_resolve(name, cluster, namer.lexicon) for name, cluster in sorted(named.items())]


def _cluster(reports: list[Report]) -> list[list[Report]]:
    """Union of all pairs that report one event; only pairs that share a day and somebody are looked at."""
    parent = list(range(len(reports)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, report in enumerate(reports):
        for block in _blocks(report):
            blocks[block].append(i)
    for members in blocks.values():
        for n, i in enumerate(members):
            for j in members[n + 1 :]:
                if root(i) != root(j) and same_event(reports[i], reports[j]):
                    parent[max(root(i), root(j))] = min(root(i), root(j))
    found: dict[int, list[Report]] = defaultdict(list)
    for i, report in enumerate(reports):
        found[root(i)].append(report)
    return list(found.values())


def _blocks(report: Report) -> list[tuple[str, ...]]:
    date = report.claim.date
    if date is None:
        return []
    first = date[:10]
    if report.who:
        return [(report.claim.top, first, person) for person in sorted(report.who)]
    return [(report.claim.top, first, *report.claim.parties)]


def same_event(a: Report, b: Report) -> bool:
    """Return whether two reports tell of one event: kind, day, and who takes part agree.

    Within one article the reader has already told events apart.
    """
    one, other = a.claim, b.claim
    if a.article == b.article or one.top != other.top or not compatible(one.date, other.date):
        return False
    if (
        one.top in ("conference", "ceremony", "signing", "aid")
        and one.name
        and other.name
        and not _one_name(one.name, other.name)
    ):
        return False
    parties = set(one.parties) & set(other.parties)
    if a.who and b.who:
        smaller = min(len(a.who), len(b.who))
        shared = len(a.who & b.who)
        return (
            shared >= min(2, smaller)
            and shared * 2 >= smaller
            and len(parties) >= min(2, len(one.parties), len(other.parties))
        )
    return one.parties == other.parties and len(one.parties) > 1


def _one_name(a: str, b: str) -> bool:
    words_a, words_b = set(slug(a).split("-")), set(slug(b).split("-"))
    return words_a <= words_b or words_b <= words_a


def _common(values: Iterable[str]) -> str | None:
    """The most frequent value; the smallest among equals."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def _date(cluster: list[Report]) -> str | None:
    dates = [r.claim.date for r in cluster if r.claim.date]
    if not dates:
        return None
    precise = max(dates, key=lambda d: (len(d.partition("/")[0]), d))
    best = _common(d for d in dates if len(d.partition("/")[0]) == len(precise.partition("/")[0]))
    for d in sorted(set(dates)):
        best = overlay(best, d) if compatible(best, d) else best
    return best


def _name(cluster: list[Report], lexicon: Lexicon) -> str:
    top = cluster[0].claim.top
    date = _date(cluster)
    parties = sorted({slug(lexicon.notation(p)) for r in cluster for p in r.claim.parties})
    who = sorted({p for r in cluster for p in r.who})
    names = sorted({slug(r.claim.name) for r in cluster if r.claim.name})[:1]
    told = [top, date or "", *parties, *who, *names]
    if date is None:  # nothing but its article tells an undated event from another
        told += sorted(f"{r.article}#{r.position}" for r in cluster)
    shown = "-".join(parties[:3]) or "-"
    when = (date or "undated").replace("/", "-to-")
    return f"{when}-{top}-{shown}-{digest('|'.join(told), 8)}".replace("--", "-")


def _resolve(name: str, cluster: list[Report], lexicon: Lexicon) -> Happening:
    top = cluster[0].claim.top
    narrow = [r.claim.kind for r in cluster if r.claim.kind != top]
    places = [r.claim.place for r in cluster if r.claim.place]
    exact = [p for p in places if p not in lexicon.authority.countries]
    people: dict[str, str] = {}
    for report in cluster:
        for role, person in report.people:
            if people.get(person, "participant") == "participant":
                people[person] = role
    roles = {(role, person) for person, role in people.items()}
    return Happening(
        name=name,
        kind=_common(narrow) or top,
        top=top,
        date=_date(cluster),
        place=_common(exact) or _common(places),
        status="occurred" if any(r.claim.status == "occurred" for r in cluster) else "planned",
        people=tuple(sorted(roles)),
        parties=tuple(sorted({p for r in cluster for p in r.claim.parties})),
        reports=tuple(cluster),
    )


def told_by(article: str, event: Happening) -> EventClaim:
    """Return what one article says of an event: its claims, when it tells of it several times, as one."""
    first, *others = [r.claim for r in event.reports if r.article == article]
    for other in others:
        first = _both(first, other)
    return first


def _both(a: EventClaim, b: EventClaim) -> EventClaim:
    date = overlay(a.date, b.date) if compatible(a.date, b.date) else a.date
    dated = b if date == b.date and date != a.date else a
    return msgspec.structs.replace(
        a,
        kind=a.kind if a.kind != a.top else b.kind,
        date=date,
        rule=dated.rule,
        premises=dated.premises,
        place=a.place or b.place,
        people=tuple(dict.fromkeys(a.people + b.people)),
        offices=tuple(dict.fromkeys(a.offices + b.offices)),
        parties=tuple(sorted({*a.parties, *b.parties})),
        status="occurred" if "occurred" in (a.status, b.status) else "planned",
        main=a.main or b.main,
        agreements=tuple(sorted({*a.agreements, *b.agreements})),
        spans=tuple(sorted({*a.spans, *b.spans})),
    )


def day_of(date: str | None) -> str | None:
    """Return the first day an EDTF value may mean, if it is stated to the day."""
    return bounds(date)[0] if date and len(date) >= 10 else None
