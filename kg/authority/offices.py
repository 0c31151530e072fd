"""Offices: a title in a country or organisation, however it is said, to the office."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from kg.authority.bodies import Bodies
from kg.authority.rows import Body, Office
from kg.authority.tables import grouped

_MINISTERIAL = ("minister", "secretary")
_JOINING = frozenset(("minister", "secretary", "of", "and", "the", "national", "federal", "state", "general"))


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
        An acting or caretaker holder of an office holds it ("Interim President").
        """
        body = self.body_asked(of)
        if body is None:
            return ()
        keys = tuple(dict.fromkeys(self._keys(title, body)))
        found = [one for code in self._codes(body) for key in keys for one in self._by_title.get((key, code), ())]
        own = [one for one in found if self.name_words.title_key(one.title) in keys]
        return tuple(dict.fromkeys(own + found))

    def related_offices(self, title: str, of: str) -> tuple[Office, ...]:
        """Return the ministries that a title may mean beside its own, the closest first.

        A minister of finance may be one of "finance and economic planning", a minister of "foreign affairs and trade"
        one of foreign affairs; which of several, nobody has said.
        """
        body = self.body_asked(of)
        if body is None:
            return ()
        keys = [key for key in self._keys(title, body) if _portfolio(key)]
        if not keys:
            return ()
        shortest = min(keys, key=len)
        asked = _portfolio(shortest)
        wider = [
            (len(_portfolio(key) ^ asked), one)
            for key, one in self._ministries(body.code)
            if asked <= _portfolio(key) or f"{shortest} ".startswith(f"{key} ")
        ]
        return tuple(dict.fromkeys(one for _, one in sorted(wider, key=lambda found: (found[0], found[1].id))))

    def _ministries(self, code: str) -> Iterator[tuple[str, Office]]:
        for one in self.offices_of(code):
            key = self.name_words.title_key(one.title)
            if key.split(" ", 1)[0] in _MINISTERIAL:
                yield key, one

    def _codes(self, body: Body) -> tuple[str, ...]:
        return (body.code, *self._parties.get(body.code, ()))

    @cached_property
    def _parties(self) -> Mapping[str, tuple[str, ...]]:
        return grouped((one.country, one.code) for one in self.organisations.values() if one.country)

    def _keys(self, title: str, body: Body) -> Iterator[str]:
        """Yield the keys of a title: as it stands, without its body, without "acting"."""
        key, short = self.name_words.title_key, self._without_body(title, body)
        for said in dict.fromkeys((title, short)):
            plain = self.name_words.unqualified(said)
            yield key(said)
            yield key(plain)
            yield key(short if plain == title else self._without_body(plain, body))

    def _without_body(self, title: str, body: Body) -> str:
        """Return a title without its body's adjective or name: "Vietnamese President" is "President"."""
        words = title.split(" ")
        for n in range(1, min(4, len(words))):
            if self.body(" ".join(words[:n])) is body:
                return " ".join(words[n:])
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


def _portfolio(key: str) -> frozenset[str]:
    """Return the words of a ministerial title's key that say of what; none for other titles.

    >>> sorted(_portfolio("minister of finance and planning")), sorted(_portfolio("deputy minister of finance"))
    (['finance', 'planning'], [])
    """
    words = key.split()
    return frozenset(words[1:]) - _JOINING if words[:1] and words[0] in _MINISTERIAL else frozenset()
