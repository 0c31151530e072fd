"""Events across articles: reports of one event meet, whatever order they come in."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from kg.language.dates import compatible, overlay
from kg.mappers.claims import EventClaim, OfficeRef
from kg.resolution.clusters import Telling, cluster
from kg.resolution.identity import Namer
from kg.resolution.records import Record
from kg.resolution.reports import Report, reports_of
from kg.resolution.versions import Difference, Resolved, differences, resolved_date, resolved_place, wrong_names


class Happening(msgspec.Struct, frozen=True):
    """One real event: its resolved values and its reports."""

    name: str
    """Slug: that of the report, standing alone, which comes nearest the resolved values."""
    others: tuple[str, ...]
    """Slugs under which other reports of it would stand alone, and may have been published."""
    rules: tuple[str, ...]
    """What says that the reports are of one event, where they differ."""
    kind: str
    top: str
    date: str | None
    place: str | None
    status: str
    people: tuple[tuple[str, str], ...]
    implied: tuple[tuple[OfficeRef, str], ...]
    """Offices named alone, and who held them that day."""
    parties: tuple[str, ...]
    reports: tuple[Report, ...]
    differences: tuple[Difference, ...] = ()


def resolve_events(records: Iterable[Record], namer: Namer) -> list[Happening]:
    """Return the events of all records, each once, in the order of their slugs."""
    clusters = cluster(reports_of(records, namer), namer)
    return sorted((happening(told, rules, namer) for told, rules in clusters), key=lambda h: h.name)


def _common(values: Iterable[str]) -> str | None:
    """The most frequent value; the smallest among equals."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else None


def happening(told: Sequence[Telling], rules: tuple[str, ...], namer: Namer) -> Happening:
    """Return the event of which all of ``told`` tell."""
    reports = tuple(sorted((r for _, group in told for r in group), key=lambda r: (r.article, r.position)))
    top = _top(reports)
    kinds = [r.claim.kind for r in reports if r.claim.top == top != r.claim.kind]
    date, place = resolved_date(reports, namer.lexicon), resolved_place(reports, namer.lexicon)
    name, *others = [name for name, _ in sorted(told, key=lambda one: _distance(one, date))]
    found = tuple(sorted(set(differences(reports, date, place, namer))))
    misprinted = set(wrong_names(reports, namer)) if len(told) > 1 else set()
    return Happening(
        name=name,
        others=tuple(others),
        rules=rules,
        kind=_common(kinds) or top,
        top=top,
        date=date.value if date else None,
        place=place.value if place else None,
        status="occurred" if any(r.claim.status == "occurred" for r in reports) else "planned",
        people=_roles(reports, misprinted),
        implied=tuple(sorted({pair for r in reports for pair in r.implied}, key=lambda p: (p[1], p[0].title))),
        parties=tuple(sorted({p for r in reports for p in r.claim.parties})),
        reports=reports,
        differences=found,
    )


def _top(reports: Sequence[Report]) -> str:
    """Return the kind most reports have; in a tie a call before a conference before a meeting, the vaguest last."""
    votes = Counter(r.claim.top for r in reports)
    return min(votes, key=lambda top: (top == "meeting", -votes[top], top))


def _distance(telling: Telling, date: Resolved | None) -> tuple[bool, int, str]:
    """Return how far a telling is from the resolved event: by its date, by how many it names, by its slug."""
    name, reports = telling
    return (reports[0].claim.date != (date.value if date else None), -len(reports[0].people), name)


def _roles(reports: Iterable[Report], misprinted: set[str]) -> tuple[tuple[str, str], ...]:
    people: dict[str, str] = {}
    for report in reports:
        for role, person in report.people:
            if people.get(person, "participant") == "participant" and person not in misprinted:
                people[person] = role
    return tuple(sorted((role, person) for person, role in people.items()))


def told_by(claims: Iterable[EventClaim]) -> EventClaim:
    """Return what one article says of an event: its claims, when it tells of it several times, as one."""
    first, *others = claims
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
