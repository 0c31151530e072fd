"""Answers to who held an office on a day, and whether a name given for the holder is right."""

import difflib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Literal

import msgspec

from kg.authority.names import name_key
from kg.authority.offices import Offices
from kg.authority.people import People
from kg.authority.rows import Office, Person, Tenure
from kg.authority.tenures import Cover, Tenures
from kg.edtf import bounds
from kg.resources import folder as data_folder

Verdict = Literal["holder", "also-held", "unknown", "contradicted"]


class Answer(msgspec.Struct, frozen=True):
    """Who held an office on a day, or why that cannot be said."""

    verdict: Verdict
    holders: tuple[Person, ...] = ()
    """Those known to hold it that day; the person asked about comes first."""
    tenure: Tenure | None = None
    """The tenure that says so."""
    candidates: tuple[Person, ...] = ()
    """Who may have been meant, the likeliest first."""
    reason: str = ""


class Authority(People, Offices, Tenures):
    """The tables of who is who and the look-ups in them."""

    @classmethod
    def load(cls, folder: Traversable | None = None) -> "Authority":
        """Return the authority of a folder of tables, by default the one shipped, which is kept."""
        return cls(folder) if folder is not None else _shipped()

    def who(self, title: str, of: str, on: str, name: str | None = None) -> Answer:
        """Return who held the office of a title in a country or body on a day, or what contradicts the name given."""
        offices = self.find_offices(title, of)
        if not offices:
            return Answer("unknown", reason=f"no office {title!r} of {of!r} is known")
        sure, maybe = self._cover(offices, on)
        if not sure and not maybe:
            return Answer("unknown", reason=f"nobody is known to have been {title} of {of} on {on}")
        if name is None:
            return self._holder(sure, maybe, on)
        return self._check(name, sure, maybe, on)

    def _cover(self, offices: Iterable[Office], on: str) -> tuple[list[Tenure], list[Tenure]]:
        found: dict[Cover, list[Tenure]] = {"certain": [], "possible": [], "no": []}
        for office in offices:
            for one in self.tenures_in(office.id):
                found[self.covers(one, on)].append(one)
        return found["certain"], found["possible"]

    def _holder(self, sure: list[Tenure], maybe: list[Tenure], on: str) -> Answer:
        if not sure:
            return Answer("unknown", candidates=self._people(maybe), reason=_why_open(maybe, on))
        people = self._people(sure)
        verdict: Verdict = "holder" if len(people) == 1 else "also-held"
        reason = "" if len(people) == 1 else f"{len(people)} people held it on {on}"
        return Answer(verdict, people, sure[0], reason=reason)

    def _check(self, name: str, sure: list[Tenure], maybe: list[Tenure], on: str) -> Answer:
        for tenure in (*sure, *maybe):
            if self.name_words.fits(name, self.people[tenure.person]):
                return self._confirmed(tenure, sure, on)
        people = self._people(sure)
        near = self._likely(name, self._people((*sure, *maybe)))
        if not sure or maybe or any(self.is_shared(one.office) for one in sure):
            reason = _why_open(maybe, on) if maybe else "several people hold this office and not all are known"
            return Answer("unknown", people, candidates=near, reason=reason)
        shown = " and ".join(person.label for person in people)
        return Answer("contradicted", people, sure[0], near, f"{shown} held it on {on}, not {name}")

    def _confirmed(self, tenure: Tenure, sure: list[Tenure], on: str) -> Answer:
        person = self.people[tenure.person]
        if tenure not in sure and not tenure.end and bounds(on)[1] > tenure.as_of:
            return Answer("unknown", candidates=(person,), tenure=tenure, reason=_why_open([tenure], on))
        others = tuple(one for one in self._people(sure) if one is not person)
        if others:
            shown = " and ".join(one.label for one in others)
            return Answer("also-held", (person, *others), tenure, reason=f"{shown} held it on {on} too")
        return Answer("holder", (person,), tenure)

    def _likely(self, name: str, people: tuple[Person, ...]) -> tuple[Person, ...]:
        key = name_key(name)
        likeness = {
            one: max(difflib.SequenceMatcher(None, key, name_key(said)).ratio() for said in (one.label, *one.aliases))
            for one in people
        }
        return tuple(sorted(people, key=lambda one: (-likeness[one], one.id)))

    def _people(self, tenures: Iterable[Tenure]) -> tuple[Person, ...]:
        return tuple(dict.fromkeys(self.people[one.person] for one in tenures))


def _why_open(tenures: Iterable[Tenure], on: str) -> str:
    known = max((one.as_of for one in tenures if not one.end), default="")
    if known and known < bounds(on)[1]:
        return f"the source was last read on {known}, before {on}"
    return f"the dates of the tenures are not exact enough for {on}"


@lru_cache(maxsize=1)
def _shipped() -> Authority:
    return Authority(data_folder("seeds") / "authority")
