"""Identity: the slug of the one IRI each real person, office, tenure, body, place and agreement has."""

from collections.abc import Iterator
from typing import NamedTuple

from kg.authority import Authority, Tenure, name_key
from kg.iris import ascii_fold, digest, fold, slug
from kg.language.lexicon import Lexicon
from kg.mappers.claims import AgreementClaim, OfficeClaim, OfficeRef
from kg.resolution.records import Record

SOLE = frozenset(("head-of-state", "head-of-government", "foreign-minister", "party-leader"))
"""Kinds of office that one person holds at a time."""

ClaimedTenure = tuple[OfficeClaim, str, str, str, Tenure | None]
"""An office claim, the slugs of person, office and tenure, and who is who's tenure if it has one."""


class Fit(NamedTuple):
    """Why a name that fits nobody by itself is that of somebody known: who held the office it is printed with."""

    person: str
    tenure: Tenure
    claim: OfficeClaim


class Namer:
    """Names things from claims and who is who alone, so that order and company change nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.authority: Authority = lexicon.authority
        self._fits: tuple[Record | None, dict[int, Fit]] = None, {}
        self._people: tuple[Record | None, dict[int, str]] = None, {}

    def person(self, record: Record, ref: int) -> str:
        """``xi-jinping``; a name that fits nobody takes the body it stands for: ``vo-van-thang-vn``."""
        if self._people[0] is not record:
            self._people = record, {}
        names = self._people[1]
        if ref not in names:
            names[ref] = self._person(record, ref)
        return names[ref]

    def _person(self, record: Record, ref: int) -> str:
        claim = record.claims.people[ref]
        if claim.key:
            return claim.key
        fit = self.fits(record).get(ref)
        if fit:
            return fit.person
        name = slug(claim.name)
        if not ascii_fold(claim.name).isascii():  # letters of another script, which a slug drops: "Хi" is not "i"
            name = f"{name}-{digest(name_key(claim.name), 6)}"
        where = slug(self.lexicon.notation(claim.country)) if claim.country else record.key[:8]
        if len(name.split("-")) < 2 and claim.country is None:
            where = record.key[:8]
        return f"{name}-{where}" if f"{name}-{where}" not in self.authority.people else f"{name}-{where}-unknown"

    def fits(self, record: Record) -> dict[int, Fit]:
        """Return the people of an article whose names, as printed, fit those who held their offices that day.

        A surname alone, or a spelling of its own, is no evidence; with an office that one person holds at a time, in
        a country and on a day, it is.
        """
        if self._fits[0] is not record:
            self._fits = record, dict(self._fitting(record))
        return self._fits[1]

    def _fitting(self, record: Record) -> Iterator[tuple[int, Fit]]:
        claims, on = record.claims, record.claims.published
        for office in claims.offices if on else ():
            named = claims.people[office.person]
            if named.key or not office.of or office.when != "current" or not self.is_sole(office.kind):
                continue
            answer = self.authority.who(office.title, self.lexicon.notation(office.of), on or "", named.name)
            if answer.verdict in ("holder", "also-held") and answer.tenure:
                yield office.person, Fit(answer.holders[0].id, answer.tenure, office)

    def body(self, body: str) -> tuple[str, str]:
        """Return the kind of IRI (``country`` or ``organisation``) and the slug."""
        return ("country", body.lower()) if body in self.authority.countries else ("organisation", slug(body))

    def place(self, place: str) -> tuple[str, str]:
        """Return the kind of IRI (``place`` or ``country``) and the slug."""
        return ("country", place.lower()) if place in self.authority.countries else ("place", slug(place))

    def side(self, body: str) -> str:
        """Return the country for which a body stands (a party, a ministry), else the body: ``CN`` for ``cpc``."""
        known = self.authority.organisations.get(body)
        return known.country if known and known.country else body

    def country_of(self, record: Record, ref: int) -> str | None:
        """Return the body for which a person stands: who is who's country, else that of the first office stated."""
        known = self.authority.people.get(self.person(record, ref))
        return (known.country if known else None) or record.claims.people[ref].country

    def is_sole(self, kind: str | None) -> bool:
        """Return whether an office of a kind has one holder at a time: the head of a state, of a government …"""
        found = self.lexicon.office_kinds.get(kind or "")
        return found is not None and found.top in SOLE

    def holder(self, ref: OfficeRef, date: str | None) -> str | None:
        """Return the one person known to have held an office on a day, or all of a month or year."""
        if not date or not ref.of:
            return None
        office = self.office(ref.title, ref.of)
        if office not in self.authority.offices:
            return None
        on = date.partition("/")[0]
        sure = {t.person for t in self.authority.holders(office, on, certain=True)}
        people = sure or ({t.person for t in self.authority.holders(office, on)} if len(on) == 10 else set())
        return people.pop() if len(people) == 1 else None

    def office(self, title: str, of: str | None) -> str:
        """Who is who's office where exactly one fits, else title and body: ``board-chairman-ua``."""
        if of:
            found = self.lexicon.offices(title, of)
            exact = [o for o in found if fold(o.title) == fold(title)]
            if len(exact) == 1 or len(found) == 1:
                return (exact or list(found))[0].id
        return slug(title) + ("-" + slug(self.lexicon.notation(of)) if of else "")

    def tenure(self, person: str, office: str, when: str, on: str | None) -> tuple[str, Tenure | None]:
        """Return the slug, and who is who's tenure: the one that covers the day, else the nearest before or after."""
        held = (
            [t for t in self.authority.tenures_of(person) if t.office == office]
            if person in self.authority.people
            else []
        )
        chosen = _tenure_at(held, when, on)
        return (tenure_slug(chosen), chosen) if chosen else (f"{person}--{office}", None)

    def agreement(self, claim: AgreementClaim) -> str:
        """Who is who's id, else the name, its parties and, where they tell two of one name apart, the date."""
        if claim.key:
            return claim.key
        parts = [slug(claim.name)[:72].rstrip("-")]
        parts += [slug(self.lexicon.notation(p)) for p in claim.parties[:4]]
        if claim.date and claim.kind not in ("partnership", "initiative"):
            parts.append(slug(claim.date))
        if len(claim.parties) > 4:
            parts.append(digest("|".join(claim.parties), 6))
        return "-".join(dict.fromkeys(parts))


def tenure_slug(tenure: Tenure) -> str:
    """Return person, office and start: ``xi-jinping--president-cn--2013-03-14``."""
    return f"{tenure.person}--{tenure.office}--{tenure.start}"


def _tenure_at(held: list[Tenure], when: str, on: str | None) -> Tenure | None:
    if not held:
        return None
    held = sorted(held, key=lambda t: (t.start, t.end or "9999"))
    if on is None:
        return held[-1] if when != "former" else held[0]
    if when == "former":
        return next((t for t in reversed(held) if t.end and t.end <= on), None)
    if when == "incoming":
        return next((t for t in held if t.start >= on[: len(t.start)]), None)
    return next((t for t in reversed(held) if t.start <= on and (not t.end or t.end >= on[: len(t.end)])), None)


def claimed_tenures(namer: Namer, record: Record) -> list[ClaimedTenure]:
    """Return, for each office claim, the slugs of person, office and tenure, and who is who's tenure."""
    found = []
    for claim in record.claims.offices:
        person, office = namer.person(record, claim.person), namer.office(claim.title, claim.of)
        name, known = namer.tenure(person, office, claim.when, record.claims.published)
        found.append((claim, person, office, name, known))
    return found
