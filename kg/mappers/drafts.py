"""Drafts: events while an article is read, and when two of them are one."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.edtf import bounds
from kg.language.dates import When
from kg.language.words import read_lexicon, words
from kg.mappers.claims import EventClaim, OfficeRef, Span

GATHERINGS = words("gatherings", "heads")
"""Nouns by which gatherings are called."""
_ALIKE = words("gatherings", "heads_alike")
_COUNTS: dict[str, int] = read_lexicon()["counts"]["numbers"]
_WORDS = re.compile(r"\w+")
_SMALL = ("the", "s", "of")  # "the Platform's Committee"
_NAMES_KEPT = 1024
"""Names whose words are kept; every name of a text is compared with all others."""


@dataclass(slots=True)
class Name:
    """What a gathering is called, in tokens."""

    start: int
    head: int
    """The noun: "summit", "forum"."""
    end: int
    proper: bool
    """Whether capitals, a number or a body before the noun tell it from others."""
    numbered: bool
    governor: int | None = None
    """The token that governs the name, once asked for."""


@dataclass(slots=True, init=False)
class Draft:
    """An event while it is read."""

    kind: str
    top: str
    roles: list[tuple[str, int]]
    offices: list[OfficeRef]
    parties: set[str]
    date: str | None
    rule: str | None
    premises: list[Span]
    place: str | None
    status: str
    main: bool
    lead: bool
    spans: list[Span]
    name: str
    """What a conference is called, what kind of instrument is signed; two of other names are not one."""
    names: list[str]
    """Of a conference: what it is called besides, where neither name is the other with more words."""
    gathering: Name | None
    """Of a conference: where its name stands."""
    headline: bool
    background: bool
    """Marked as past behind the news ("recent", "last", "since")."""
    recalled: bool
    """Told by somebody who talks to another, in the past tense: "we met in Sofia last year"."""
    aside: bool
    """The occasion of the news, or what it came after, and not the news."""
    under_way: bool
    """Of a visit: told to go on as the article is written."""
    reported: bool
    """Dated by nothing but the day on which it was reported: "X met Y, the ministry |said on Friday|"."""
    told: bool
    """Told as one of the things that happened, not named in passing: "met X", "held talks", "during the meeting"."""
    legs: list[str]
    """Of a visit to several countries: each of them."""
    leg_dates: list[tuple[str, When]]
    """Of those countries, the ones that are given a day of their own."""
    apart: list["Draft"]
    """Of talks with one after the other: each of them."""
    rows: list[set[int]]
    """Of talks: the people of each mention that tells of fewer."""
    instruments: list[int]
    """Of a signing: the tokens at which the instruments it concludes begin."""
    agreements: list[int]
    pointing: bool
    """Of a signing: told of an instrument told before: "Z signed |the agreement| for Norway"."""
    helped: set[str]
    """Of aid: the bodies that get it; of coercion: those it is aimed at."""
    order: int

    def __init__(
        self,
        kind: str,
        top: str,
        roles: list[tuple[str, int]] | None = None,
        offices: list[OfficeRef] | None = None,
        parties: set[str] | None = None,
        date: str | None = None,
        rule: str | None = None,
        premises: list[Span] | None = None,
        place: str | None = None,
        status: str = "occurred",
        main: bool = False,
        lead: bool = False,
        spans: list[Span] | None = None,
        name: str = "",
        gathering: Name | None = None,
        headline: bool = False,
        background: bool = False,
        recalled: bool = False,
        aside: bool = False,
        under_way: bool = False,
        told: bool = False,
        legs: list[str] | None = None,
        leg_dates: list[tuple[str, When]] | None = None,
        apart: list["Draft"] | None = None,
        rows: list[set[int]] | None = None,
        instruments: list[int] | None = None,
        agreements: list[int] | None = None,
        helped: set[str] | None = None,
        order: int = 0,
        reported: bool = False,
        pointing: bool = False,
        names: list[str] | None = None,
    ) -> None:
        # written out, since compiled it then is: what makes a data class is not
        self.kind, self.top, self.status, self.name, self.order = kind, top, status, name, order
        self.roles = roles if roles is not None else []
        self.offices = offices if offices is not None else []
        self.parties = parties if parties is not None else set()
        self.date, self.rule, self.place, self.gathering = date, rule, place, gathering
        self.premises = premises if premises is not None else []
        self.main, self.lead, self.headline, self.background = main, lead, headline, background
        self.spans = spans if spans is not None else []
        self.recalled, self.aside, self.under_way, self.told = recalled, aside, under_way, told
        self.reported, self.pointing = reported, pointing
        self.names = names if names is not None else []
        self.legs = legs if legs is not None else []
        self.leg_dates = leg_dates if leg_dates is not None else []
        self.apart = apart if apart is not None else []
        self.rows = rows if rows is not None else []
        self.instruments = instruments if instruments is not None else []
        self.agreements = agreements if agreements is not None else []
        self.helped = helped if helped is not None else set()

    @property
    def lands(self) -> set[str]:
        """The countries of those who take part."""
        return {party for party in self.parties if len(party) == 2 and party.isupper()}

    @property
    def people(self) -> set[int]:
        """All who take part."""
        return {k for _, k in self.roles} if self.roles else set()

    def parted(self) -> list["Draft"]:
        """Return a visit leg by leg, a draft a host country, and separate talks each by itself."""
        if self.apart:
            return [replace(one, place=one.place or self.place, status=self.status, apart=[]) for one in self.apart]
        if len(self.legs) < 2:
            return [self]
        others = self.parties - set(self.legs)
        return [self._leg(others | {leg}, leg) for leg in self.legs]

    def _leg(self, parties: set[str], leg: str) -> "Draft":
        one = replace(self, parties=parties, place=leg, legs=[leg], roles=list(self.roles), spans=list(self.spans))
        for country, when in self.leg_dates:
            if country == leg:
                one.take_date(when)
        return one

    def take_date(self, when: When) -> None:
        """Take a date as read; one that had to be completed keeps its rule and words."""
        self.date, self.rule = when.value, None if when.rule == "stated" else when.rule
        self.premises = [(when.start, when.end)] if self.rule else []

    def take_day(self, when: When) -> None:
        """Take a day told in another sentence, of the same occasion."""
        self.date, self.rule, self.premises = when.value, "same-occasion", [(when.start, when.end)]

    def date_as(self, other: "Draft") -> None:
        """Take the date of another event, with its reason."""
        self.date, self.rule, self.premises = other.date, other.rule, list(other.premises)
        self.reported = other.reported

    def forget_date(self) -> None:
        """Leave the event without a date."""
        self.date, self.rule, self.premises = None, None, []

    def share(self, occasion: "Draft") -> None:
        """Take the day, and the place if it has one, of the occasion this went with."""
        self.date, self.rule, self.premises = occasion.date, "same-occasion", list(occasion.spans[:1])
        if occasion.top != "call":
            self.place = self.place or occasion.place

    def share_within(self, occasion: "Draft") -> None:
        """Take the day of the occasion this was part of; of an occasion of several days, the month they lie in."""
        first, last = bounds(occasion.date or "")
        same = first if first == last else first[:7] if first[:7] == last[:7] else None
        if same is not None:
            self.date, self.rule, self.premises = same, "same-occasion", list(occasion.spans[:1])

    def sent_with(self, other: "Draft") -> bool:
        """Return whether two messages may have a sender and a recipient in common, as far as both name theirs."""
        for end in ("sender", "recipient"):
            mine, theirs = ({k for role, k in d.roles if role == end} for d in (self, other))
            if mine and theirs and not mine & theirs:
                return False
        return True

    def join(self, again: "Draft") -> None:
        """Take in the same event, told again with others who took part."""
        self.roles += [role for role in again.roles if role[1] not in self.people]
        self.parties |= again.parties
        self.offices += [office for office in again.offices if office not in self.offices]
        self.spans += [span for span in again.spans if span not in self.spans]
        self.place = self.place or again.place
        if self.date is None or (again.date and self.rule and not again.rule):
            self.date_as(again)

    def called(self, name: str) -> bool:
        """Return whether a gathering has that name, with more or fewer words, but none of another number."""
        known = [self.name, *self.names]
        if not any(one_name(other, name) for other in known):
            return False
        numbers = {w for other in known for w in name_words(other) if w.isdigit()}
        own = {w for w in name_words(name) if w.isdigit()}
        return not (own and numbers and own.isdisjoint(numbers))

    def bears(self, word: str) -> bool:
        """Return whether a word is in what a gathering is called."""
        return any(word in name.lower().split() for name in (self.name, *self.names))

    def weight(self) -> int:
        """How much is known of who takes part."""
        return len(self.people) + len(self.parties) + len(self.offices)


def one_name(a: str, b: str) -> bool:
    """Return whether one name of a gathering is the other with more or fewer words.

    >>> one_name("13th National Congress", "the 13th National Party Congress"), one_name("G20 summit", "G7 summit")
    (True, False)
    >>> one_name("China-Africa media forum", "China-Africa media cooperation summit")
    True
    >>> one_name("CHOGM", "Commonwealth Heads of Government Meeting")
    True
    >>> one_name("3rd Joint Commission", "the third session of the Joint Commission")
    True
    """
    words_a, words_b = name_words(a), name_words(b)
    bare_a, bare_b = words_a - _ALIKE, words_b - _ALIKE
    if len(bare_a) > 1 and len(bare_b) > 1 and bare_a != words_a and bare_b != words_b:
        words_a, words_b = bare_a, bare_b
    return bool(words_a) and (words_a <= words_b or words_b <= words_a or a == _initials(b) or b == _initials(a))


@lru_cache(maxsize=_NAMES_KEPT)
def _initials(name: str) -> str:
    """The letters by which a long name is called for short: "CHOGM"."""
    initials = [word[0].upper() for word in _WORDS.findall(name)]
    return "".join(initials) if len(initials) > 2 else ""


@lru_cache(maxsize=_NAMES_KEPT)
def name_words(name: str) -> frozenset[str]:
    """Return the words by which names of gatherings are compared, numbers in figures.

    >>> sorted(name_words("The third U.S.-Nordic Summit"))
    ['3', 'nordic', 'summit', 'u']
    """
    return frozenset(_counted(w) for w in _WORDS.findall(name.lower()) if w not in _SMALL)


def _counted(word: str) -> str:
    """A number in figures, however it is printed ("3rd", "third"); else the word."""
    if word[0].isdigit():
        return word.rstrip("ndrhst")
    return str(_COUNTS[word]) if word in _COUNTS else word


def claim_events(drafts: list[Draft]) -> tuple[EventClaim, ...]:
    """Return the drafts as claims, main events first, in the order of the text."""
    return tuple(_claim(d) for d in sorted(drafts, key=lambda d: (not d.main, d.order)))


def _claim(d: Draft) -> EventClaim:
    return EventClaim(
        kind=d.kind,
        top=d.top,
        name=d.name if d.name and d.top in ("conference", "signing") else None,
        date=d.date,
        rule=d.rule,
        premises=tuple(d.premises),
        place=d.place,
        people=tuple(dict.fromkeys(d.roles)),
        offices=tuple(d.offices),
        parties=tuple(sorted(d.parties)),
        status=d.status,
        main=d.main,
        agreements=tuple(sorted(set(d.agreements))),
        spans=tuple(sorted(set(d.spans))),
    )
