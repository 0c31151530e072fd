"""Tenures: who held an office on a day, for certain or possibly."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from kg.authority.rows import Tenure
from kg.authority.tables import Tables, grouped
from kg.edtf import bounds

Cover = Literal["certain", "possible", "no"]
_NEVER = "9999-12-31"
_FOR_ONE = frozenset(("head-of-state", "head-of-government", "foreign-minister", "speaker", "organisation-head"))
"""Kinds of office that one person holds but for few; in these, overlaps are mostly errors."""


class Term(NamedTuple):
    """The days of a tenure: the first it may have been held, those it certainly was, the last it may have been."""

    first: str
    since: str
    until: str
    last: str
    tenure: Tenure

    def covers(self, first: str, last: str) -> Cover:
        """Return whether the days from ``first`` to ``last`` are covered: all for certain, possibly, or none."""
        if self.first > last or self.last < first:
            return "no"
        return "certain" if self.since <= first and last <= self.until else "possible"


class Terms:
    """The terms of one office, found by day: those that began by then, back to where all before them had ended."""

    def __init__(self, terms: list[Term]) -> None:
        self._terms = sorted(terms, key=lambda one: (one.first, one.tenure.start, one.tenure.person))
        self._firsts = [one.first for one in self._terms]
        self._reach = list(accumulate((one.last for one in self._terms), max))

    def on(self, day: str) -> Iterator[tuple[Tenure, Cover]]:
        """Yield the tenures that cover a day, month or year, or may, the latest first, in O(log n)."""
        first, last = bounds(day)
        at = bisect_right(self._firsts, last) - 1
        while at >= 0 and self._reach[at] >= first:
            cover = self._terms[at].covers(first, last)
            if cover != "no":
                yield self._terms[at].tenure, cover
            at -= 1


class Tenures(Tables):
    """The look-ups of tenures."""

    def tenures_of(self, person: str) -> tuple[Tenure, ...]:
        """Return the tenures of a person, given by id."""
        return self._tenures_by_person.get(person, ())

    def tenures_in(self, office: str) -> tuple[Tenure, ...]:
        """Return the tenures in an office, given by id, by start."""
        return self._tenures_by_office.get(office, ())

    @cached_property
    def _tenures_by_person(self) -> Mapping[str, tuple[Tenure, ...]]:
        return grouped((one.person, one) for one in self.tenures)

    @cached_property
    def _tenures_by_office(self) -> Mapping[str, tuple[Tenure, ...]]:
        groups = grouped((one.office, one) for one in self.tenures)
        return {
            office: tuple(sorted(group, key=lambda one: (one.start, one.person))) for office, group in groups.items()
        }

    def is_shared(self, office: str) -> bool:
        """Return whether several people hold an office at once, as its closed tenures show."""
        shared = self._shared.get(office)
        if shared is None:
            known = self.offices.get(office)
            often = 2 if known and known.kind in _FOR_ONE else 4
            shared = self._shared[office] = _overlap(self.tenures_in(office), often)
        return shared

    @cached_property
    def _shared(self) -> dict[str, bool]:
        return {}

    def end_of(self, tenure: Tenure) -> str:
        """Return the end of a tenure, in an office with one holder the start of the next person's; empty if open."""
        if tenure.end or self.is_shared(tenure.office):
            return tenure.end
        later = (one.start for one in self.tenures_in(tenure.office) if one.person != tenure.person)
        return min((start for start in later if start > tenure.start), default="")

    def terms(self, office: str) -> Terms:
        """Return the terms of an office, given by id."""
        found = self._terms.get(office)
        if found is None:
            found = self._terms[office] = Terms([self._term(one) for one in self.tenures_in(office)])
        return found

    @cached_property
    def _terms(self) -> dict[str, Terms]:
        return {}

    def _term(self, tenure: Tenure) -> Term:
        found = self._term_of.get(id(tenure))
        if found is None:
            first, since = bounds(tenure.start)
            until, last = bounds(self.end_of(tenure) or _NEVER)
            found = Term(first, since, until if tenure.end else min(tenure.as_of, until), last, tenure)
            self._term_of[id(tenure)] = found
        return found

    @cached_property
    def _term_of(self) -> dict[int, Term]:
        """Terms by the identity of their tenures, which the tables keep alive."""
        return {}

    def covers(self, tenure: Tenure, on: str) -> Cover:
        """Return whether a tenure covers a day, month or year: for certain, possibly, or not."""
        return self._term(tenure).covers(*bounds(on))

    def holders(self, office: str, on: str, *, certain: bool = False) -> tuple[Tenure, ...]:
        """Return the tenures in an office that cover a day, month or year, or may; with ``certain``, surely do."""
        found = [one for one, cover in self.terms(office).on(on) if cover == "certain" or not certain]
        return tuple(reversed(found))


def _overlap(group: tuple[Tenure, ...], often: int) -> bool:
    """Return whether more than one in ``often`` of an office's closed tenures began before the last had ended."""
    closed = [one for one in group if one.end]
    overlaps = sum(
        later.person != one.person and bounds(one.start)[1] <= bounds(later.start)[0] < bounds(one.end)[0]
        for one, later in pairwise(closed)
    )
    return overlaps > 1 and overlaps * often > len(closed)  # one overlap is an acting holder or an error
