"""Claims: what one article states, as plain values between the mappers and resolution.

Things known to who is who are named by its ids (``xi-jinping``, ``cpc``); countries by ISO 3166 alpha-2 codes in
capitals (``VN``), so that a *body* is a country or an organisation in one string. Spans are ``(start, end)`` offsets in
the article's text, always those of the sentence that states the claim.
"""

import msgspec

Span = tuple[int, int]


class PersonClaim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person the article names; other claims point to its place in `ArticleClaims.people`."""

    name: str
    """The fullest form printed."""
    forms: tuple[str, ...] = ()
    """Every form printed, sorted."""
    key: str | None = None
    """Id in who is who, where exactly one person fits."""
    country: str | None = None
    """Body of the first office stated here."""
    span: Span


class OfficeClaim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person is said to hold, to have held or to be about to hold an office."""

    person: int
    title: str
    """Plain English title without the country."""
    kind: str | None = None
    of: str | None = None
    """Body; ``None`` where nothing tells it."""
    stated: bool = True
    """Whether the text prints the body with the title, and not elsewhere."""
    when: str = "current"
    """``current``, ``former`` or ``incoming``."""
    span: Span


class OfficeRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who takes part in an event named by office only ("the President of France")."""

    title: str
    kind: str | None = None
    of: str | None = None


class EventClaim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that happened or is firmly scheduled."""

    kind: str
    """Notation of the narrowest kind."""
    top: str
    """Notation of its top kind."""
    name: str | None = None
    """What the gathering or occasion is called, where it has a name; of a signing the kind of instrument."""
    date: str | None = None
    """EDTF."""
    rule: str | None = None
    """How the date was completed, where the text does not give it whole."""
    premises: tuple[Span, ...] = ()
    """The words the date rests on, where it was inferred."""
    place: str | None = None
    """Id of a place or body in who is who, else as printed."""
    people: tuple[tuple[str, int], ...] = ()
    """Role (local name of a property of the vocabulary) and person."""
    offices: tuple[OfficeRef, ...] = ()
    parties: tuple[str, ...] = ()
    """Bodies that take part, sorted."""
    status: str = "occurred"
    main: bool = False
    agreements: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    """The sentences that state it, in order."""


class AgreementClaim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A named or counted instrument."""

    name: str
    key: str | None = None
    kind: str = "agreement"
    parties: tuple[str, ...] = ()
    date: str | None = None
    count: int | None = None
    stage: str = "cited"
    """``announced``, ``signed``, ``ratified``, ``in-force`` or ``cited``."""
    span: Span


class Unread(msgspec.Struct, frozen=True):
    """A sentence that betrays an event which no mapper could read."""

    span: Span
    kind: str
    reason: str


class ArticleClaims(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything one article states."""

    published: str | None = None
    published_rule: str | None = None
    """How the publication date was inferred, where nothing states it."""
    published_premises: tuple[Span, ...] = ()
    home: str | None = None
    """Body for which the article speaks, by its publisher, address or dateline."""
    people: tuple[PersonClaim, ...] = ()
    offices: tuple[OfficeClaim, ...] = ()
    events: tuple[EventClaim, ...] = ()
    agreements: tuple[AgreementClaim, ...] = ()
    unread: tuple[Unread, ...] = ()
