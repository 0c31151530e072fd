"""Versions: where the reports of one event differ, which value the default graph takes, and why."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from kg.edtf import bounds
from kg.language.dates import compatible, overlay
from kg.language.lexicon import Lexicon
from kg.resolution.identity import Namer
from kg.resolution.matching import misprint
from kg.resolution.reports import Report, Side, is_coarse


class Resolved(msgspec.Struct, frozen=True):
    """A value chosen among those that articles state."""

    value: str
    rule: str
    articles: tuple[str, ...]
    """Those that state it."""


class Difference(msgspec.Struct, frozen=True, order=True):
    """What one article says otherwise than the default graph."""

    kind: str
    """``date``, ``place``, ``name``, ``office`` or ``count``."""
    article: str
    position: int
    """Of the claim in the article."""
    stated: str
    expected: str
    rule: str
    """Why the other value was taken."""
    articles: tuple[str, ...]
    """Those that state the other value."""


def resolved_date(reports: Sequence[Report], lexicon: Lexicon) -> Resolved | None:
    """Return the date most articles state; in a tie that of the place it happened, else the earliest.

    Days that articles name come before days assumed from publication, days before months; of values that agree the
    most precise counts, but of a visit the span that holds the others.
    """
    stated = [r for r in reports if r.claim.date]
    stated = [r for r in stated if not is_coarse(r.claim.date or "")] or stated
    stated = [r for r in stated if not r.assumed] or stated
    if not stated:
        return None
    votes = Counter({d: _articles(stated, d) for d in {r.claim.date or "" for r in stated}})
    host = _hosts(reports, lexicon)
    local = {d for d in votes if any(r.claim.date == d and r.home in host for r in stated)}
    best = min(votes, key=lambda d: (-votes[d], d not in local, bounds(d)[0], d))
    agreeing = [d for d in sorted(votes) if compatible(best, d)]
    if reports[0].claim.top == "visit":
        value = next((d for d in agreeing if all(_holds(d, other) for other in agreeing)), best)
    else:
        value = best
        for d in agreeing:
            value = (overlay(value, d) or value) if compatible(value, d) else value
    rule = "the-only-one" if len(agreeing) == len(votes) else _rule(votes, best, local)
    return Resolved(value, rule, _stating(reports, lambda r: bool(r.claim.date) and compatible(r.claim.date, value)))


def _rule(votes: "Counter[str]", best: str, local: set[str]) -> str:
    if sum(votes[d] == votes[best] for d in votes) == 1:
        return "most-articles"
    return "where-it-happened" if best in local and len(local) < len(votes) else "earliest"


def _articles(reports: Iterable[Report], date: str) -> int:
    return len({r.article for r in reports if compatible(r.claim.date, date)})


def _stating(reports: Iterable[Report], test: Callable[[Report], bool]) -> tuple[str, ...]:
    return tuple(sorted({r.article for r in reports if test(r)}))


def _holds(span: str, other: str) -> bool:
    (a, b), (c, d) = bounds(span), bounds(other)
    return a <= c and d <= b


def _hosts(reports: Iterable[Report], lexicon: Lexicon) -> set[str]:
    places = {r.claim.place for r in reports if r.claim.place}
    return {country for p in places if (country := _country(p, lexicon))}


def _country(place: str, lexicon: Lexicon) -> str | None:
    if place in lexicon.authority.countries:
        return place
    known = lexicon.authority.places.get(place)
    return known.country if known else None


def resolved_place(reports: Sequence[Report], lexicon: Lexicon) -> Resolved | None:
    """Return the place most articles state, cities and venues before countries."""
    places = [(r.article, r.claim.place) for r in reports if r.claim.place]
    exact = [pair for pair in places if pair[1] not in lexicon.authority.countries] or places
    if not exact:
        return None
    votes = Counter(place for _, place in sorted(set(exact)))
    best = min(votes, key=lambda p: (-votes[p], p))
    rule = "most-articles" if sum(votes[p] == votes[best] for p in votes) == 1 else "first-by-name"
    return Resolved(best, rule, tuple(sorted({article for article, place in exact if place == best})))


def _elsewhere(one: str, other: str, lexicon: Lexicon) -> bool:
    """Return whether two places who is who knows are neither the same nor one inside the other."""
    known = lexicon.authority.places
    if not all(p in known or p in lexicon.authority.countries for p in (one, other)):
        return False
    lines = [{p, known[p].place, known[p].country} if p in known else {p} for p in (one, other)]
    return one not in lines[1] and other not in lines[0]


def differences(
    reports: Sequence[Report], date: Resolved | None, place: Resolved | None, namer: Namer
) -> Iterable[Difference]:
    """Yield what each article says otherwise than the values taken, ``date`` and ``place`` among them."""
    if len({r.article for r in reports}) < 2:
        return
    for r in reports:
        if date and r.claim.date and not r.assumed and not compatible(r.claim.date, date.value):
            yield Difference("date", r.article, r.position, r.claim.date, date.value, date.rule, date.articles)
        if place and r.claim.place and _elsewhere(r.claim.place, place.value, namer.lexicon):
            yield Difference("place", r.article, r.position, r.claim.place, place.value, place.rule, place.articles)
    yield from _counts(reports)
    yield from names(reports, namer)
    yield from _offices(reports, date, namer)


def _counts(reports: Sequence[Report]) -> Iterable[Difference]:
    told: dict[str, dict[str, int]] = {}
    for r in reports:
        for kind in {kind for kind, _ in r.counts}:
            numbers = [number for k, number in r.counts if k == kind]
            if len(numbers) == 1:
                told.setdefault(kind, {})[r.article] = numbers[0]
    for kind in sorted(told):
        votes = Counter(told[kind].values())
        best = min(votes, key=lambda n: (-votes[n], -n))
        rule = "most-articles" if sum(votes[n] == votes[best] for n in votes) == 1 else "the-greater"
        for article, number in sorted(told[kind].items()):
            if number != best:
                position = next(r.position for r in reports if r.article == article and (kind, number) in r.counts)
                supporters = tuple(sorted(a for a, n in told[kind].items() if n == best))
                yield Difference("count", article, position, str(number), str(best), rule, supporters)


def names(reports: Sequence[Report], namer: Namer) -> Iterable[Difference]:
    """Yield the names that articles print differently for the one holder of an office."""
    known = namer.authority.people
    wrong: dict[str, str] = {}
    for stated, expected in sorted(_misprints(reports)):
        votes = [len(_stating(reports, lambda r, p=person: p in r.who)) for person in (stated, expected)]  # type: ignore[misc]
        if stated not in known and (expected in known or (votes[1], stated) > (votes[0], expected)):
            wrong.setdefault(stated, expected)
    for stated, expected in wrong.items():
        supporters = _stating(reports, lambda r, p=expected: p in r.who)  # type: ignore[misc]
        few = len(_stating(reports, lambda r, p=stated: p in r.who)) < len(supporters)  # type: ignore[misc]
        rule = "known-to-who-is-who" if expected in known else "most-articles" if few else "first-by-name"
        told = {r.article: r.position for r in reports if stated in r.who}
        for article, position in told.items():
            yield Difference("name", article, position, stated, expected, rule, supporters)


def _misprints(reports: Sequence[Report]) -> set[tuple[str, str]]:
    """Return the pairs of people, both ways round, that two reports name alike in one office of one holder."""
    sides: dict[str, dict[object, Side]] = {}
    for r in reports:
        for body, side in r.sides.items():
            if side.sole:
                sides.setdefault(body, {})[tuple(sorted((name, side.held[name]) for name in side.sole))] = side
    pairs = (
        pair for ways in sides.values() for one in ways.values() for b in ways.values() if (pair := misprint(one, b))
    )
    return set(pairs)


def _offices(reports: Sequence[Report], date: Resolved | None, namer: Namer) -> Iterable[Difference]:
    """Yield the offices that one article gives somebody and another, with who is who or most articles, does not."""
    told: dict[tuple[str, str], dict[str, set[str]]] = {}
    for r in reports:
        for person, claim in r.offices:
            if (
                claim.kind
                and namer.is_sole(claim.kind)
                and namer.lexicon.office_kinds[claim.kind].top != "party-leader"
            ):
                office = namer.office(claim.title, claim.of)
                told.setdefault((person, claim.of or ""), {}).setdefault(office, set()).add(r.article)
    for (person, _), offices in sorted(told.items()):
        if len(offices) < 2:
            continue
        held = _held(person, date, namer)
        best = min(offices, key=lambda o: (o not in held, -len(offices[o]), o))
        rule = "known-to-who-is-who" if best in held else "most-articles" if len(offices[best]) > 1 else "first-by-name"
        for office in sorted(offices.keys() - held - {best}):
            for article in sorted(offices[office] - offices[best]):
                position = next(r.position for r in reports if r.article == article)
                yield Difference("office", article, position, office, best, rule, tuple(sorted(offices[best])))


def _held(person: str, date: Resolved | None, namer: Namer) -> set[str]:
    if date is None or person not in namer.authority.people:
        return set()
    on = date.value.partition("/")[0]
    tenures = namer.authority.tenures_of(person)
    return {t.office for t in tenures if namer.authority.covers(t, on) != "no"}
