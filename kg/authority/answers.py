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
from kg.iris import fold
from kg.resources import folder as data_folder

Verdict = Literal["holder", "also-held", "unknown", "contradicted"]


Why = Literal[
    "", "no-such-body", "no-such-office", "nobody-known", "after-as-of", "inexact-dates", "several-holders",
    "not-all-known", "spelling", "consort", "acting", "script", "no-name", "no-date",
]  # fmt: skip
"""Why an answer is not plain, as a word."""


class Answer(msgspec.Struct, frozen=True):
    """Who held an office on a day, or why that cannot be said."""

    verdict: Verdict
    holders: tuple[Person, ...] = ()
    """Those known to hold it that day; the person asked about comes first."""
    tenure: Tenure | None = None
    """The tenure that says so."""
    candidates: tuple[Person, ...] = ()
    """Who may have been meant, the likeliest first."""
    why: Why = ""
    reason: str = ""
    """The same as a sentence."""


class Authority(People, Offices, Tenures):
    """The tables of who is who and the look-ups in them."""

    @classmethod
    def load(cls, folder: Traversable | None = None) -> "Authority":
        """Return the authority of a folder of tables, by default the one shipped, which is kept."""
        return cls(folder) if folder is not None else _shipped()

    def prepare(self) -> None:
        """Index now what is else indexed when first looked up: for those who look up much, or fork."""
        self.find_people("Nobody At All")
        self.find_offices("Nothing", next(iter(self.countries), ""))
        self.tenures_of("")
        self.tenures_in("")

    def who(self, title: str, of: str, on: str, name: str | None = None) -> Answer:
        """Return who held the office of a title in a country or body on a day, or what contradicts the name given."""
        if self.body_asked(of) is None:
            return Answer("unknown", why="no-such-body", reason=f"no country or organisation {of!r} is known")
        offices = self.find_offices(title, of)
        sure, maybe = self._cover(offices, on)
        related = () if sure or maybe else self.related_offices(title, of)
        if related:
            sure, maybe = self._closest(related, on)
        if not sure and not maybe:
            if not offices and not related:
                return Answer("unknown", why="no-such-office", reason=f"no office {title!r} of {of!r} is known")
            reason = f"nobody is known to have been {title} of {of} on {on}"
            return Answer("unknown", why="nobody-known", reason=reason)
        if name is None:
            return self._holder(sure, maybe, on)
        answer = self._check(name, sure, maybe, on)
        if answer.verdict != "contradicted":
            return answer
        answer = msgspec.structs.replace(answer, reason=answer.reason + self._but_was(name, offices, on))
        return self._excused(answer, title, exactly=not related)

    def _cover(self, offices: Iterable[Office], on: str) -> tuple[list[Tenure], list[Tenure]]:
        found: dict[Cover, list[Tenure]] = {"certain": [], "possible": [], "no": []}
        for office in offices:
            for one, cover in reversed(list(self.terms(office.id).on(on))):
                found[cover].append(one)
        return found["certain"], found["possible"]

    def _closest(self, offices: Iterable[Office], on: str) -> tuple[list[Tenure], list[Tenure]]:
        """Return the tenures of the first of the offices that anybody held on a day."""
        return next((found for office in offices if any(found := self._cover([office], on))), ([], []))

    def _holder(self, sure: list[Tenure], maybe: list[Tenure], on: str) -> Answer:
        if not sure:
            return Answer("unknown", (), None, self._people(maybe), *_why_open(maybe, on))
        people = self._people(sure)
        if len(people) == 1:
            return Answer("holder", people, sure[0])
        return Answer("also-held", people, sure[0], (), "several-holders", f"{len(people)} people held it on {on}")

    def _check(self, name: str, sure: list[Tenure], maybe: list[Tenure], on: str) -> Answer:
        people = self._people(sure)
        if not any(len(word) > 1 for word in self.name_words.plain(name)):
            return Answer("unknown", (), None, people, "no-name", f"{name!r} is too short to tell who is meant")
        for tenure in (*sure, *maybe):
            if self._means(name, self.people[tenure.person]):
                return self._confirmed(tenure, sure, on)
        near = self._likely(name, self._people((*sure, *maybe)))
        for person in near:
            if self._may_mean(name, person):
                reason = f"{name!r} may be a spelling of {person.label}, who held it on {on}"
                return Answer("unknown", people, None, near, "spelling", reason)
        if not sure or maybe:
            return Answer("unknown", people, None, near, *_why_open(maybe, on))
        if not name_key(name).isascii():
            reason = f"{name!r} is in another script than the names known of those who held it on {on}"
            return Answer("unknown", people, None, near, "script", reason)
        if any(self.is_shared(one.office) for one in sure):
            reason = "several people hold this office and not all are known"
            return Answer("unknown", people, None, near, "not-all-known", reason)
        shown = " and ".join(person.label for person in people)
        return Answer("contradicted", people, sure[0], near, reason=f"{shown} held it on {on}, not {name}")

    def _but_was(self, name: str, offices: Iterable[Office], on: str) -> str:
        """Return a clause that names the high offices of the same bodies that a name fits on a day: ", who was …"."""
        held = [
            f"{office.title} ({self.people[tenure.person].label})"
            for body in dict.fromkeys(one.of for one in offices)
            for office in self.offices_of(body)
            if office.kind in ("head-of-state", "head-of-government", "foreign-minister")
            for tenure in self.holders(office.id, on, certain=True)
            if self._means(name, self.people[tenure.person])
        ]
        return f", then {' and '.join(dict.fromkeys(held))}" if held else ""

    def _means(self, name: str, person: Person) -> bool:
        """Return whether a name is a person's and not, letter by letter, only that of somebody else.

        "George W. Bush" would do for George H. W. Bush, were there not another of that very name.
        """
        if not self.name_words.fits(name, person):
            return False
        exact = self._people_by_name.get(name_key(name), ()) if " " in name.strip() else ()
        others = [one for one in exact if one.country == person.country]
        return person in exact or not others

    def _may_mean(self, name: str, person: Person) -> bool:
        """Return whether a name may be a slip of the pen for a person's, being nobody else's."""
        return not self.find_people(name) and self.name_words.resembles(name, person)

    def _excused(self, answer: Answer, title: str, *, exactly: bool) -> Answer:
        """Return a contradiction as it stands, or as unknown where the title may not mean the office looked at."""
        if not exactly:
            reason = f"{answer.reason}, if that is the office of a {title}"
            return Answer("unknown", answer.holders, None, answer.candidates, "no-such-office", reason)
        if self.name_words.unqualified(title) != title:
            reason = f"{answer.reason}; but somebody else may have acted as such"
            return Answer("unknown", answer.holders, None, answer.candidates, "acting", reason)
        if fold(title) in self.name_words.consorts:
            reason = f"{answer.reason}; but the holder's spouse may be called {title}"
            return Answer("unknown", answer.holders, None, answer.candidates, "consort", reason)
        return answer

    def _confirmed(self, tenure: Tenure, sure: list[Tenure], on: str) -> Answer:
        person = self.people[tenure.person]
        if tenure not in sure and not tenure.end and bounds(on)[1] > tenure.as_of:
            return Answer("unknown", (), tenure, (person,), *_why_open([tenure], on))
        others = tuple(one for one in self._people(sure) if one is not person)
        if others:
            shown = " and ".join(one.label for one in others)
            reason = f"{shown} held it on {on} too"
            return Answer("also-held", (person, *others), tenure, why="several-holders", reason=reason)
        return Answer("holder", (person,), tenure)

    def _likely(self, name: str, people: tuple[Person, ...]) -> tuple[Person, ...]:
        """Return people by how much their names look like a name, the likest first."""
        if len(people) < 2:
            return people
        key = name_key(name)
        likeness = {
            one: max(difflib.SequenceMatcher(None, key, name_key(said)).ratio() for said in (one.label, *one.aliases))
            for one in people
        }
        return tuple(sorted(people, key=lambda one: (-likeness[one], one.id)))

    def _people(self, tenures: Iterable[Tenure]) -> tuple[Person, ...]:
        return tuple(dict.fromkeys(self.people[one.person] for one in tenures))


def _why_open(tenures: Iterable[Tenure], on: str) -> tuple[Why, str]:
    known = max((one.as_of for one in tenures if not one.end), default="")
    if known and known < bounds(on)[1]:
        return "after-as-of", f"the source was last read on {known}, before {on}"
    return "inexact-dates", f"the dates of the tenures are not exact enough for {on}"


@lru_cache(maxsize=1)
def _shipped() -> Authority:
    return Authority(data_folder("seeds") / "authority")
