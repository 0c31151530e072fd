"""The tables of who is who, CSV in a folder, each read when first asked for."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from kg.authority.names import Words
from kg.authority.rows import Country, KnownAgreement, Office, Organisation, Person, Place, Relation, Tenure
from kg.errors import AuthorityError

Table = TypeVar("Table", bound=msgspec.Struct)


class Tables:
    """The tables of a folder."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """People by id."""
        return {row.id: row for row in self._read("people", Person)}

    @cached_property
    def offices(self) -> Mapping[str, Office]:
        """Offices by id."""
        return {row.id: row for row in self._read("offices", Office)}

    @cached_property
    def tenures(self) -> tuple[Tenure, ...]:
        """All tenures, sorted by person, office and start."""
        return tuple(self._read("tenures", Tenure))

    @cached_property
    def organisations(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return {row.id: row for row in self._read("organisations", Organisation)}

    @cached_property
    def countries(self) -> Mapping[str, Country]:
        """Countries by ISO alpha-2 code."""
        return {row.iso: row for row in self._read("countries", Country)}

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Places by id."""
        return {row.id: row for row in self._read("places", Place)}

    @cached_property
    def agreements(self) -> Mapping[str, KnownAgreement]:
        """Known agreements by id."""
        return {row.id: row for row in self._read("agreements", KnownAgreement)}

    @cached_property
    def relations(self) -> Mapping[frozenset[str], Relation]:
        """Relations by the two codes, in either order."""
        return {frozenset((row.a, row.b)): row for row in self._read("relations", Relation)}

    @cached_property
    def name_words(self) -> Words:
        """Nicknames, honorifics, particles and spellings that comparing names needs."""
        return Words.of_rows((kind, words) for kind, words in self._rows("name_words"))

    @cached_property
    def wikidata_sources(self) -> frozenset[str]:
        """Keys of the sources of tenures that hold statements of Wikidata."""
        return frozenset(key for key, _, _, licence, _ in self._rows("sources") if "Wikidata" in licence)

    def _rows(self, name: str) -> Iterator[list[str]]:
        try:
            text = self.folder.joinpath(f"{name}.csv").read_text(encoding="utf-8")
        except OSError as error:
            message = f"the table {name}.csv of who is who is missing from {self.folder}; derive it again or reinstall"
            raise AuthorityError(message) from error
        rows = csv.reader(text.split("\n"))
        next(rows, None)
        return filter(None, rows)

    def _read(self, name: str, kind: type[Table]) -> Iterator[Table]:
        """Yield the rows of a table; columns that are tuples in ``kind`` are split at ``|``."""
        lists = [i for i, field in enumerate(kind.__struct_fields__) if kind.__annotations__[field] == tuple[str, ...]]
        width = len(kind.__struct_fields__)
        for row in self._rows(name):
            if len(row) != width:
                raise AuthorityError(f"{name}.csv: the row {','.join(row)!r} has {len(row)} cells; give it {width}")
            for i in lists:
                row[i] = tuple(row[i].split("|")) if row[i] else ()  # type: ignore[call-overload]
            yield kind(*row)


Value = TypeVar("Value")
Key = TypeVar("Key")


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """Return the values by key, in order; a value that comes again at once is taken once."""
    groups: dict[Key, tuple[Value, ...]] = {}
    for key, value in pairs:
        group = groups.get(key)
        if group is None:  # most keys have one value
            groups[key] = (value,)
        elif group[-1] is not value:
            groups[key] = (*group, value)
    return groups
