"""Reports: what one article claims of one event, with all that tells whether two articles mean the same one."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from kg.edtf import bounds
from kg.iris import digest, fold, slug
from kg.mappers.claims import AgreementClaim, EventClaim, OfficeClaim, OfficeRef, Span
from kg.resolution.identity import Namer
from kg.resolution.records import Record

_LEAST_WORDS, _MANY_WORDS = 40, 100
"""Characters a sentence must have to be known again in another article, and without a date."""


class Side(msgspec.Struct, frozen=True):
    """Who stands for one country or organisation in an event."""

    people: frozenset[str] = frozenset()
    """People named, and those who held an office named that day."""
    unknown: frozenset[str] = frozenset()
    """Those of the people whom who is who does not know."""
    asked: frozenset[str] = frozenset()
    """Posts named without a person that nobody is known to have held."""
    held: Mapping[str, frozenset[str]] = {}
    """Posts the article gives the people named: their holders."""
    sole: frozenset[str] = frozenset()
    """Those of the posts held that one person holds at a time."""


class Report(msgspec.Struct, frozen=True):
    """One article's claim of an event."""

    article: str
    position: int
    claim: EventClaim
    people: tuple[tuple[str, str], ...]
    """Role and person, as named."""
    implied: tuple[tuple[OfficeRef, str], ...] = ()
    """Offices named alone, and the one person who held each that day."""
    sides: Mapping[str, Side] = {}
    """By country; what has no country by organisation."""
    home: str | None = None
    """Body for which the article speaks."""
    publisher: str | None = None
    published: str | None = None
    words: frozenset[str] = frozenset()
    """Digests of the sentences that state it, long ones with a plus."""
    offices: tuple[tuple[str, OfficeClaim], ...] = ()
    """The people named and the offices the article says they hold."""
    agreements: frozenset[str] = frozenset()
    """Slugs of what was agreed or signed under a name of its own."""
    counts: tuple[tuple[str, int], ...] = ()
    """Kind and number of what was counted: agreements signed, say."""
    agreed: tuple[str, ...] = ()
    """Slugs of all that was agreed or signed."""
    printed: tuple[tuple[str, str], ...] = ()
    """People whom who is who does not know, and their names as the article prints them."""

    @property
    def who(self) -> frozenset[str]:
        """The people who take part, by name or as the holder of an office."""
        return frozenset((*(person for _, person in self.people), *(person for _, person in self.implied)))

    @property
    def assumed(self) -> bool:
        """Whether no word of the article dates the event: its day is that of publication."""
        return self.claim.rule == "day-of-publication" and not self.claim.premises

    @property
    def telling(self) -> bool:
        """Whether kind, date and those who take part name one event of the world, whoever reports it."""
        claim = self.claim
        if claim.date is None:
            return False
        if claim.top in ("meeting", "call", "message", "visit", "statement") and len(claim.date) == 4:
            return False  # the same people meet more than once a year
        if claim.top in ("appointment", "relations", "coercion") or (claim.top == "conference" and claim.name):
            return True
        return len(self.sides) > 1 or len(self.who) > 1


def reports_of(records: Iterable[Record], namer: Namer) -> list[Report]:
    """Return the reports of all records, sorted by article."""
    found = [report for record in records for report in _reports(record, namer)]
    return sorted(found, key=lambda r: (r.article, r.position))


def _reports(record: Record, namer: Namer) -> Iterable[Report]:
    claims = record.claims
    for position, claim in enumerate(claims.events):
        taking_part = {k for _, k in claim.people}
        offices = tuple(
            (namer.person(record, office.person), office)
            for office in claims.offices
            if office.person in taking_part and office.of and office.when == "current"
        )
        implied = tuple((ref, person) for ref in claim.offices if (person := namer.holder(ref, claim.date)))
        agreements = [claims.agreements[k] for k in claim.agreements]
        yield Report(
            article=record.key,
            position=position,
            claim=claim,
            people=tuple((role, namer.person(record, k)) for role, k in claim.people),
            implied=implied,
            sides=_sides(record, claim, namer, implied, offices),
            home=claims.home,
            publisher=record.article.publisher,
            published=claims.published,
            words=frozenset(_words(record.article.text, claim.spans)),
            offices=offices,
            agreements=frozenset(namer.agreement(a) for a in agreements if not a.count and _is_name(a)),
            counts=tuple(sorted({(a.kind, a.count) for a in agreements if a.count})),
            agreed=tuple(sorted({namer.agreement(a) for a in agreements})),
            printed=tuple(sorted(_printed(record, taking_part, namer))),
        )


def _printed(record: Record, people: Iterable[int], namer: Namer) -> Iterable[tuple[str, str]]:
    for k in people:
        if record.claims.people[k].key is None and k not in namer.fits(record):
            yield namer.person(record, k), record.claims.people[k].name


def _is_name(agreement: AgreementClaim) -> bool:
    """Return whether an instrument has a name of its own, and is not just "an agreement"."""
    return slug(agreement.name) not in (agreement.kind, "agreement")


def post(kind: str | None, title: str, of: str) -> str:
    """Return what an office is called here: its kind, else its title, and the body.

    >>> post("foreign-minister", "Minister of Foreign Affairs", "LA"), post(None, "Board Chairman", "UA")
    ('foreign-minister@LA', 'board-chairman@UA')
    """
    return f"{kind or slug(title)}@{of}"


def _sides(
    record: Record,
    claim: EventClaim,
    namer: Namer,
    implied: tuple[tuple[OfficeRef, str], ...],
    offices: tuple[tuple[str, OfficeClaim], ...],
) -> dict[str, Side]:
    people: dict[str, set[str]] = {namer.side(party): set() for party in claim.parties}
    asked: dict[str, set[str]] = {}
    held: dict[str, dict[str, set[str]]] = {}
    for _, k in claim.people:
        country = namer.country_of(record, k)
        if country:
            people.setdefault(namer.side(country), set()).add(namer.person(record, k))
    for person, office in offices:
        of = office.of or ""
        held.setdefault(namer.side(of), {}).setdefault(post(office.kind, office.title, of), set()).add(person)
    known = namer.authority.people
    unknown = {person for named in people.values() for person in named if person not in known}
    sole = {post(office.kind, office.title, office.of or "") for _, office in offices if namer.is_sole(office.kind)}
    for ref in claim.offices:
        if ref.of:
            holders = {person for known, person in implied if known == ref}
            people.setdefault(namer.side(ref.of), set()).update(holders)
            if not holders:
                asked.setdefault(namer.side(ref.of), set()).add(post(ref.kind, ref.title, ref.of))
    return {
        side: _side(people[side], unknown, asked.get(side, set()), held.get(side, {}), sole) for side in sorted(people)
    }


def _side(people: set[str], unknown: set[str], asked: set[str], held: dict[str, set[str]], sole: set[str]) -> Side:
    posts = {name: frozenset(holders) for name, holders in held.items()}
    return Side(
        people=frozenset(people),
        unknown=frozenset(people & unknown),
        asked=frozenset(asked),
        held=posts,
        sole=frozenset(posts.keys() & sole),
    )


def _words(text: str, spans: Iterable[Span]) -> Iterable[str]:
    for start, end in spans:
        if end - start >= _LEAST_WORDS:
            yield ("+" if end - start >= _MANY_WORDS else "") + digest(fold(text[start:end]), 16)


def is_coarse(date: str) -> bool:
    """Return whether an EDTF value names no day but a month, a year or a span of such.

    >>> is_coarse("2023-12"), is_coarse("2023-12-12"), is_coarse("2023-12-12/2023-12-13")
    (True, False, False)
    """
    return len(date.partition("/")[0]) < 10


def senders(report: Report) -> set[str]:
    """Return who sent a message."""
    return {person for role, person in report.people if role == "sender"}


def receivers(report: Report) -> set[str]:
    """Return to whom a message went."""
    return {person for role, person in report.people if role == "recipient"}


def solo_name(report: Report, namer: Namer) -> str:
    """Return the slug under which a report stands alone; the same for two reports that are one event beyond doubt."""
    claim = report.claim
    parties = sorted({slug(namer.lexicon.notation(p)) for p in claim.parties})
    told = [claim.top, claim.date or "", *parties, *sorted({person for _, person in report.people})]
    told += [slug(claim.name)] if claim.name else []
    told += sorted(namer.office(ref.title, ref.of) for ref in claim.offices)
    if claim.top == "signing":
        told += sorted(report.agreements)
    if claim.top == "message":
        told += ["from", *sorted(senders(report))]
    if claim.top == "coercion" and claim.kind == "summons":
        told.append(claim.kind)  # on one day an envoy is summoned, and others are expelled
    if not report.telling:  # nothing but its article tells it from others
        told.append(f"{report.article}#{report.position}")
    when = (claim.date or "undated").replace("/", "-to-")
    return f"{when}-{claim.top}-{'-'.join(parties[:3]) or '-'}-{digest('|'.join(told), 8)}".replace("--", "-")


def days_between(one: str, other: str) -> int:
    """Return how many days lie from the end of the earlier EDTF value to the start of the later; 0 where they overlap.

    >>> days_between("2021-11-15", "2021-11-16"), days_between("2021-11", "2021-11-16")
    (1, 0)
    """
    (a, b), (c, d) = bounds(one), bounds(other)
    late, early = max(a, c), min(b, d)
    return (date.fromisoformat(late) - date.fromisoformat(early)).days if late > early else 0
