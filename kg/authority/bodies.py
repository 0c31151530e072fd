"""Countries, organisations and places: names and codes to what they name, each other's relations."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from kg.authority.rows import Body, Country, Organisation, Place, Relation
from kg.authority.tables import Tables, Value, grouped
from kg.iris import fold


class Bodies(Tables):
    """The look-ups of countries, organisations and places."""

    def country(self, text: str, *, widely: bool = False) -> Country | None:
        """Return the country of an ISO code, name, official name or adjective; names shared by two give none.

        What is all upper case in the tables (``US``, ``U.S.``, ``UAE``) is found only so written. ``widely`` asks the
        library rigour too, for other languages and spellings; that costs two seconds the first time.
        """
        found = self._countries_by_name.get(_name_key(_unbent(text)))
        return found or (self._country_of_rigour(text) if widely else None)

    @cached_property
    def _countries_by_name(self) -> Mapping[str, Country]:
        named = ((name, one) for one in self.countries.values() for name in (one.label, *one.aliases, *one.demonyms))
        return {**_unshared(named), **self.countries}

    def _country_of_rigour(self, text: str) -> Country | None:
        if self.place(text):
            return None  # rigour takes a capital for its country
        from rigour.territories import lookup_territory

        territory = lookup_territory(text)
        return self.countries.get(territory.code.upper()) if territory else None

    def organisation(self, text: str) -> Organisation | None:
        """Return the organisation of an acronym, name or alias; acronyms are found only in their own case."""
        return self._organisations_by_name.get(_name_key(text.removeprefix("the ")))

    @cached_property
    def _organisations_by_name(self) -> Mapping[str, Organisation]:
        named = ((name, one) for one in self.organisations.values() for name in (one.label, *one.aliases))
        codes = {name: one for one in self.organisations.values() for name in (one.acronym, one.id) if name}
        return _unshared(named) | codes

    def body(self, text: str) -> Body | None:
        """Return the country or else the organisation of that name or code."""
        return self.country(text) or self.organisation(text)

    def body_asked(self, text: str) -> Body | None:
        """Return the country or organisation someone asks for: also ``uk``, and "Iran (Islamic Republic of)"."""
        name, _, _ = text.partition(" (")
        return self.body(text) or self.body(name) or (self.body(text.upper()) if len(text) < 6 else None)

    def place(self, text: str) -> Place | None:
        """Return the place of that name; names shared by two give none."""
        return self._places_by_name.get(_name_key(text))

    @cached_property
    def _places_by_name(self) -> Mapping[str, Place]:
        return _unshared((name, one) for one in self.places.values() for name in (one.label, *one.aliases))

    def relation(self, a: str, b: str) -> Relation | None:
        """Return when two countries, given by code, established diplomatic relations."""
        return self.relations.get(frozenset((a, b)))


def _unbent(text: str) -> str:
    """Return a country's name without article and possessive, "Korea, Republic of" turned round."""
    text = text.strip().removeprefix("the ").removesuffix("'s").removesuffix("’s")
    name, comma, before = text.partition(", ")
    return f"{before} {name}" if comma else text


def _name_key(text: str) -> str:
    """Return the key of a name: what is written in capitals only is found only so, the rest folded.

    >>> _name_key("US"), _name_key("us"), _name_key("Việt Nam")
    ('US', 'us', 'viet nam')
    """
    return text if text.isupper() else fold(text)


def _unshared(named: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """Return the values by name, names that several values share left out."""
    groups = grouped((_name_key(name), value) for name, value in named)
    return {key: values[0] for key, values in groups.items() if len(values) == 1}
