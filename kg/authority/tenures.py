"""Tenures: who held an office on a day, for certain or possibly."""

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import Literal

from kg.authority.rows import Tenure
from kg.authority.tables import Tables, grouped
from kg.edtf import bounds

Cover = Literal["certain", "possible", "no"]


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
        return office in self._shared

    @cached_property
    def _shared(self) -> frozenset[str]:
        return frozenset(office for office, group in self._tenures_by_office.items() if _overlap(group))

    def end_of(self, tenure: Tenure) -> str:
        """Return the end of a tenure, in an office with one holder the start of the next person's; empty if open."""
        if tenure.end or self.is_shared(tenure.office):
            return tenure.end
        later = (one.start for one in self.tenures_in(tenure.office) if one.person != tenure.person)
        return min((start for start in later if start > tenure.start), default="")

    def covers(self, tenure: Tenure, on: str) -> Cover:
        """Return whether a tenure covers a day, month or year: for certain, possibly, or not."""
        first, last = bounds(on)
        end = self.end_of(tenure)
        if bounds(tenure.start)[0] > last or (end and bounds(end)[1] < first):
            return "no"
        surely_ends = (
            bounds(tenure.end)[0] if tenure.end else min(tenure.as_of, bounds(end)[0] if end else tenure.as_of)
        )
        return "certain" if bounds(tenure.start)[1] <= first and last <= surely_ends else "possible"

    def holders(self, office: str, on: str, *, certain: bool = False) -> tuple[Tenure, ...]:
        """Return the tenures in an office that cover a day, month or year, or may; with ``certain``, surely do."""
        wanted = ("certain",) if certain else ("certain", "possible")
        return tuple(one for one in self.tenures_in(office) if self.covers(one, on) in wanted)


def _overlap(group: tuple[Tenure, ...]) -> bool:
    """Return whether more than a quarter of an office's closed tenures began before the one before them had ended."""
    closed = [one for one in group if one.end]
    overlaps = sum(
        later.person != one.person and bounds(one.start)[1] <= bounds(later.start)[0] < bounds(one.end)[0]
        for one, later in pairwise(closed)
    )
    return overlaps > 1 and overlaps * 4 > len(closed)  # one overlap is an acting holder or an error
