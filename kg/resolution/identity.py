"""Identity: the slug of the one IRI each real person, office, tenure, body, place and agreement has."""

from kg.authority import Authority, Tenure
from kg.iris import digest, fold, slug
from kg.language.lexicon import Lexicon
from kg.mappers.claims import AgreementClaim, OfficeClaim
from kg.resolution.records import Record

ClaimedTenure = tuple[OfficeClaim, str, str, str, Tenure | None]
"""An office claim, the slugs of person, office and tenure, and who is who's tenure if it has one."""


class Namer:
    """Names things from claims and who is who alone, so that order and company change nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.authority: Authority = lexicon.authority

    def person(self, record: Record, ref: int) -> str:
        """``xi-jinping``; a name that fits nobody takes the body it stands for: ``vo-van-thang-vn``."""
        claim = record.claims.people[ref]
        if claim.key:
            return claim.key
        name = slug(claim.name)
        where = slug(self.lexicon.notation(claim.country)) if claim.country else record.key[:8]
        if len(name.split("-")) < 2 and claim.country is None:
            return f"{name}-{record.key[:8]}"
        return f"{name}-{where}"

    def body(self, body: str) -> tuple[str, str]:
        """Return the kind of IRI (``country`` or ``organisation``) and the slug."""
        return ("country", body.lower()) if body in self.authority.countries else ("organisation", slug(body))

    def place(self, place: str) -> tuple[str, str]:
        """Return the kind of IRI (``place`` or ``country``) and the slug."""
        return ("country", place.lower()) if place in self.authority.countries else ("place", slug(place))

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
