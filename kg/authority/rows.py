"""Rows of the tables: people, offices, tenures, and what else is who and what."""

import msgspec


class Person(msgspec.Struct, frozen=True):
    """A person, under the usual English spelling of the name."""

    id: str
    label: str
    aliases: tuple[str, ...]
    country: str
    """ISO alpha-2 code of the country of the main office, else empty."""
    wikidata: str
    """QID, else empty."""


class Office(msgspec.Struct, frozen=True):
    """An office: a kind of post in one country or organisation."""

    id: str
    label: str
    title: str
    """Plain English title, without the country: ``Minister of Foreign Affairs``."""
    kind: str
    """Notation of a top kind: ``head-of-state``, ``foreign-minister`` …"""
    of: str
    """ISO alpha-2 code or the acronym of an organisation."""
    aliases: tuple[str, ...]
    wikidata: str


class Tenure(msgspec.Struct, frozen=True):
    """A person in an office, with dates at the precision of the source."""

    person: str
    office: str
    start: str
    end: str
    """Empty where the tenure was open on `as_of`, which says nothing of later days."""
    as_of: str
    source: str
    """Keys of ``sources.csv``, separated by ``|``."""


class Organisation(msgspec.Struct, frozen=True):
    """An organisation, party, bloc or body."""

    id: str
    label: str
    acronym: str
    aliases: tuple[str, ...]
    kind: str
    country: str
    """ISO alpha-2 code of the country whose party or body it is, else empty."""
    wikidata: str

    @property
    def code(self) -> str:
        """What offices and sides call it: the acronym, else the id."""
        return self.acronym or self.id


class Country(msgspec.Struct, frozen=True):
    """A country or territory of ISO 3166-1, or Kosovo (XK)."""

    iso: str
    label: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    """Adjectives and names of its people."""
    wikidata: str

    @property
    def code(self) -> str:
        """What offices and sides call it: the ISO alpha-2 code."""
        return self.iso


class Place(msgspec.Struct, frozen=True):
    """A city, residence or venue."""

    id: str
    label: str
    aliases: tuple[str, ...]
    country: str
    place: str
    """Id of the city a venue is in, else empty."""
    metonym: str
    """``yes`` where news says its name and means the government that sits there ("Ankara and Tripoli signed …"), or
    the id of the organisation it stands for ("Brussels imposed sanctions")."""

    @property
    def governs(self) -> str:
        """The country or organisation that the name stands for as who acts; empty where it is a place only."""
        return self.country if self.metonym == "yes" else self.metonym


class KnownAgreement(msgspec.Struct, frozen=True):
    """A treaty, agreement or initiative that articles name without introducing it."""

    id: str
    label: str
    aliases: tuple[str, ...]
    kind: str
    parties: tuple[str, ...]
    established: str


class Relation(msgspec.Struct, frozen=True):
    """The day on which two countries (``a`` before ``b``) established diplomatic relations."""

    a: str
    b: str
    established: str
    source: str


Body = Country | Organisation
