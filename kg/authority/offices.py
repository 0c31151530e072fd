"""Offices: a title in a country or organisation, however it is said, to the office."""

from collections.abc import Mapping
from functools import cached_property

from kg.authority.bodies import Bodies
from kg.authority.rows import Body, Office
from kg.authority.tables import grouped


class Offices(Bodies):
    """The look-ups of offices."""

    def offices_of(self, body: str) -> tuple[Office, ...]:
        """Return the offices of a country or organisation, given by code."""
        return self._offices_by_body.get(body, ())

    @cached_property
    def _offices_by_body(self) -> Mapping[str, tuple[Office, ...]]:
        return grouped((one.of, one) for one in self.offices.values())

    def find_offices(self, title: str, of: str) -> tuple[Office, ...]:
        """Return the offices of a title in a country or body, those whose own title it is first.

        ``of`` is a code or a name; the offices of a country's party count as the country's ("Party chief", Vietnam).
        """
        body = self.body(of)
        if body is None:
            return ()
        key = self.name_words.title_key(title)
        shorter = self.name_words.title_key(self._without_body(title, body))
        found = [
            one for code in self._codes(body) for form in (key, shorter) for one in self._by_title.get((form, code), ())
        ]
        own = [one for one in found if self.name_words.title_key(one.title) in (key, shorter)]
        return tuple(dict.fromkeys(own + found))

    def _codes(self, body: Body) -> tuple[str, ...]:
        return (body.code, *self._parties.get(body.code, ()))

    @cached_property
    def _parties(self) -> Mapping[str, tuple[str, ...]]:
        return grouped((one.country, one.code) for one in self.organisations.values() if one.country)

    def _without_body(self, title: str, body: Body) -> str:
        """Return a title without its body's adjective or name: "Vietnamese President" is "President"."""
        first, _, rest = title.partition(" ")
        if rest and self.body(first) is body:
            return rest
        head, of, last = title.rpartition(" of ")
        return head if of and self.body(last.removeprefix("the ")) is body else title

    @cached_property
    def _by_title(self) -> Mapping[tuple[str, str], tuple[Office, ...]]:
        key = self.name_words.title_key
        return grouped(
            ((key(said), one.of), one)
            for one in self.offices.values()
            for said in (one.title, *one.aliases, one.label)
        )  # fmt: skip
