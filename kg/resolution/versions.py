"""Versions: where the reports of one event differ, which value the default graph takes, and why."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from kg.edtf import bounds
from kg.language.dates import compatible, overlay
from kg.language.lexicon import Lexicon
from kg.resolution.identity import Namer
from kg.resolution.matching import TWO_SIDED, misprint, one_person, respelt
from kg.resolution.reports import Report, Side, is_coarse

_MANY_PLACES = ("visit", "coercion", "aid")  # these are nowhere in particular, or in several places


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
    most precise counts. Of a visit a span counts before days, and days without one make a span. What has happened
    counts before what was planned, a later plan before an earlier one.
    """
    stated = [r for r in reports if r.claim.date]
    stated = [r for r in stated if not is_coarse(r.claim.date or "")] or stated
    stated = [r for r in stated if not r.assumed] or stated
    if not stated:
        return None
    if reports[0].claim.top == "visit":
        spans = [r for r in stated if "/" in (r.claim.date or "")]
        if not spans and len({r.claim.date for r in stated}) > 1 and not is_coarse(stated[0].claim.date or ""):
            days = sorted({r.claim.date or "" for r in stated})
            return Resolved(f"{days[0]}/{days[-1]}", "days-of-one-visit", _stating(stated, lambda r: True))
        stated = spans or stated
    stated, plans = _soundest(stated)
    votes = Counter({d: _articles(stated, d) for d in {r.claim.date or "" for r in stated}})
    host = _hosts(reports, lexicon)
    local = {d for d in votes if any(r.claim.date == d and r.home in host for r in stated)}
    best = min(votes, key=lambda d: (-votes[d], d not in local, bounds(d)[0], d))
    agreeing = [d for d in sorted(votes) if compatible(best, d)]
    value = best
    for d in agreeing:
        value = (overlay(value, d) or value) if compatible(value, d) else value
    rule = plans if len(agreeing) == len(votes) else _rule(votes, best, local)
    return Resolved(value, rule, _stating(reports, lambda r: bool(r.claim.date) and compatible(r.claim.date, value)))


def _soundest(reports: list[Report]) -> tuple[list[Report], str]:
    """Return the reports of what happened, else the latest plans, and the rule by which others are left out."""
    occurred = [r for r in reports if r.claim.status == "occurred"]
    if occurred:
        return occurred, "the-only-one" if len(occurred) == len(reports) else "as-it-happened"
    latest = max(r.published or "" for r in reports)
    last = [r for r in reports if (r.published or "") == latest]
    return last, "the-only-one" if len(last) == len(reports) else "latest-plan"


def _rule(votes: "Counter[str]", best: str, local: set[str]) -> str:
    if sum(votes[d] == votes[best] for d in votes) == 1:
        return "most-articles"
    return "where-it-happened" if best in local and len(local) < len(votes) else "earliest"


def _articles(reports: Iterable[Report], date: str) -> int:
    return len({r.article for r in reports if compatible(r.claim.date, date)})


def _stating(reports: Iterable[Report], test: Callable[[Report], bool]) -> tuple[str, ...]:
    return tuple(sorted({r.article for r in reports if test(r)}))


def _hosts(reports: Iterable[Report], lexicon: Lexicon) -> set[str]:
    places = {r.claim.place for r in reports if r.claim.place}
    return {country for p in places if (country := _country(p, lexicon))}


def _country(place: str, lexicon: Lexicon) -> str | None:
    if place in lexicon.authority.countries:
        return place
    known = lexicon.authority.places.get(place)
    return known.country if known else None


def resolved_place(reports: Sequence[Report], lexicon: Lexicon) -> Resolved | None:
    """Return the place most articles state, cities before countries, what happened before what was planned."""
    stated = [r for r in reports if r.claim.place]
    stated = [r for r in stated if r.claim.place not in lexicon.authority.countries] or stated
    if not stated:
        return None
    stated, rule = _soundest(stated)
    votes = Counter(place for _, place in sorted({(r.article, r.claim.place or "") for r in stated}))
    best = min(votes, key=lambda p: (-votes[p], p))
    if len(votes) > 1:
        rule = "most-articles" if sum(votes[p] == votes[best] for p in votes) == 1 else "first-by-name"
    return Resolved(best, rule, _stating(stated, lambda r: r.claim.place == best))


def _elsewhere(one: str, other: str, lexicon: Lexicon) -> bool:
    """Return whether two places are in two cities of who is who; a country says nothing of the city."""
    known = lexicon.authority.places
    cities = [known[p].place or p for p in (one, other) if p in known]
    return len(cities) == 2 and cities[0] != cities[1]


def differences(
    reports: Sequence[Report], date: Resolved | None, place: Resolved | None, namer: Namer
) -> Iterable[Difference]:
    """Yield what each article says otherwise than the values taken, ``date`` and ``place`` among them."""
    if len({r.article for r in reports}) < 2:
        return
    for r in reports:
        if date and r.claim.date and not r.assumed and not _agree(r, date.value):
            yield Difference("date", r.article, r.position, r.claim.date, date.value, date.rule, date.articles)
        if (
            place
            and r.claim.top not in _MANY_PLACES
            and r.claim.place
            and _elsewhere(r.claim.place, place.value, namer.lexicon)
        ):
            yield Difference("place", r.article, r.position, r.claim.place, place.value, place.rule, place.articles)
    yield from _counts(reports)
    yield from _names(reports, namer)
    yield from _offices(reports, date, namer)


def _agree(report: Report, date: str) -> bool:
    """Return whether a report's date agrees with the one taken; one day of a visit contradicts no other."""
    stated = report.claim.date or ""
    return compatible(stated, date) or (report.claim.top == "visit" and "/" not in stated)


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


def wrong_names(reports: Sequence[Report], namer: Namer) -> dict[str, str]:
    """Return the people whose names are misprinted, or short, forms of others' in the one office both are given."""
    known = namer.authority.people
    wrong: dict[str, str] = {}
    for stated, expected in sorted(_misprints(reports)):
        votes, others = len(_telling_of(reports, stated)), len(_telling_of(reports, expected))
        better = (_is_part(stated, expected), others, stated) > (_is_part(expected, stated), votes, expected)
        if stated not in known and (expected in known or better):
            wrong.setdefault(stated, expected)
    return wrong


def _names(reports: Sequence[Report], namer: Namer) -> Iterable[Difference]:
    """Yield the names that articles print differently for the one holder of an office; a surname alone is no other."""
    for stated, expected in wrong_names(reports, namer).items():
        if _is_part(stated, expected) or one_person(stated, expected):
            continue
        supporters = _telling_of(reports, expected)
        told = {r.article: r.position for r in reports if stated in r.who}
        few = len(told) < len(supporters)
        known = expected in namer.authority.people
        rule = "known-to-who-is-who" if known else "most-articles" if few else "first-by-name"
        for article, position in told.items():
            yield Difference("name", article, position, stated, expected, rule, supporters)


def _telling_of(reports: Sequence[Report], person: str) -> tuple[str, ...]:
    return _stating(reports, lambda r: person in r.who)


def _is_part(one: str, other: str) -> bool:
    """Return whether every word of one name is in the other.

    >>> _is_part("mostyn-au", "samantha-joy-mostyn-au"), _is_part("vo-van-thang-vn", "vo-van-thuong")
    (True, False)
    """
    short, long = (set(name.split("-")) for name in (one, other))
    return {word for word in short if len(word) > 2} < long


def _misprints(reports: Sequence[Report]) -> set[tuple[str, str]]:
    """Return the pairs of people, both ways round, that two reports name alike: in one office, or in other lengths."""
    found: set[tuple[str, str]] = set()
    for ways in _ways(reports):
        for one in ways:
            for other in ways:
                found |= {pair for pair in (misprint(one, other), respelt(one, other)) if pair}
    return found


def _ways(reports: Sequence[Report]) -> Iterable[list[Side]]:
    """Yield, for each side of talks, the different ways in which reports name who stood for it."""
    sides: dict[str, dict[object, Side]] = {}
    for r in reports:
        for body, side in r.sides.items() if r.claim.top in TWO_SIDED else ():
            if side.people:
                sides.setdefault(body, {})[side.people, side.sole] = side
    yield from (list(ways.values()) for ways in sides.values() if len(ways) > 1)


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
