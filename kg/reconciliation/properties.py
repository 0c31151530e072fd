"""The properties of entities: what data extension gives, and how well a value that somebody has agrees with them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.authority import name_key
from kg.edtf import first_day, last_day
from kg.namespaces import DIP, iri
from kg.reconciliation.entities import Entities, Entity, Held

Value = Entity | str | int
"""An entity, words, or a number."""
Given = str | int | float | bool | dict[str, str]
"""A value in a query: words, a number, or the id and perhaps the name of an entity."""


class Property(NamedTuple):
    """A property of some types of entity."""

    name: str
    description: str
    types: tuple[str, ...]
    of_type: str
    """The type of its values where they are entities of one type, else empty."""
    values: Callable[[Entities, Entity], Iterable[Value]]
    telling: bool = False
    """Whether it tells people of like names, and offices of like titles, apart."""


def _offices(entities: Entities, entity: Entity) -> list[Value]:
    return list(dict.fromkeys(entities.all[held.office] for held in entities.tenures(entity)))


def _bodies(type_: str) -> Callable[[Entities, Entity], list[Value]]:
    def values(entities: Entities, entity: Entity) -> list[Value]:
        offices = [entity.id] if entity.type == "office" else [held.office for held in entities.tenures(entity)]
        found = dict.fromkeys(entities.bodies.get(office, "") for office in offices)
        return [entities.all[id_] for id_ in found if id_.startswith(f"{type_}/")]

    return values


def _countries(entities: Entities, entity: Entity) -> list[Value]:
    if entity.type == "place":
        return list(entities.related(entity, iri("schema:containedInPlace")))
    return _bodies("country")(entities, entity)


def _holders(entities: Entities, entity: Entity) -> list[Value]:
    return list(dict.fromkeys(entities.all[held.person] for held in entities.tenures(entity)))


def _words(predicate: str) -> Callable[[Entities, Entity], list[Value]]:
    return lambda entities, entity: list(entities.words(entity, predicate))


_ALL = ("person", "office", "organisation", "country", "place", "agreement")

PROPERTIES: dict[str, Property] = {
    "office": Property("office held", "offices that the person held", ("person",), "office", _offices, True),
    "country": Property(
        "country", "country of the offices, or in which the place is", ("person", "office", "place"), "country",
        _countries, True,
    ),
    "organisation": Property(
        "organisation", "organisation of the offices", ("person", "office"), "organisation",
        _bodies("organisation"), True,
    ),
    "holder": Property("holder", "who held the office", ("office",), "person", _holders, True),
    "date": Property(
        "date", "day of the agreement; of a person a day on which an office was held",
        ("person", "agreement"), "", _words(DIP.date),
    ),
    "party": Property(
        "party", "countries and organisations that are party to it", ("agreement",), "",
        lambda entities, entity: entities.related(entity, DIP.party), True,
    ),
    "kind": Property("kind", "kind of office or agreement", ("office", "agreement"), "", _words(DIP.kind)),
    "code": Property(
        "code", "ISO alpha-2 code or acronym", ("country", "organisation"), "", lambda _, entity: entity.codes, True
    ),
    "wikidata": Property(
        "Wikidata", "the same in Wikidata", _ALL, "",
        lambda _, entity: (entity.wikidata,) if entity.wikidata else (), True,
    ),
    "name": Property("other name", "other names", _ALL, "", lambda _, entity: entity.others),
    "articles": Property("articles", "how many articles it rests on", ("person", "agreement"), "",
                         lambda _, entity: (entity.articles,)),
}  # fmt: skip
"""The properties, by id."""

_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def agreement(entities: Entities, entity: Entity, given: Mapping[str, Sequence[Given]]) -> dict[str, float | None]:
    """Return for each property how well its values agree with the entity: from 0 to 1, None where nothing is known.

    A person's tenures are those that the ``date`` allows: whoever was president that day, not whoever ever was.
    """
    if entity.type != "person" or "date" not in given:
        return {pid: _agrees(entities, entity, pid, values) for pid, values in given.items()}
    held = entities.tenures(entity)
    known = [one for one in held if _covers(one, given["date"])]
    found: dict[str, float | None] = {"date": (1 if any(_surely(one, given["date"]) for one in known) else None)
                                      if known or not held else 0}  # fmt: skip
    for pid, values in given.items():
        if pid in ("office", "country", "organisation") and held:
            there = [_of_tenure(entities, one, pid) for one in known]
            found[pid] = _best(entities, pid, [value for one in there for value in one], values) or 0
        elif pid != "date":
            found[pid] = _agrees(entities, entity, pid, values)
    return found


def _of_tenure(entities: Entities, held: Held, pid: str) -> list[Value]:
    office = entities.all[held.office]
    return [office] if pid == "office" else list(PROPERTIES[pid].values(entities, office))


def _agrees(entities: Entities, entity: Entity, pid: str, given: Sequence[Given]) -> float | None:
    if entity.type not in PROPERTIES[pid].types:
        return None
    return _best(entities, pid, list(PROPERTIES[pid].values(entities, entity)), given)


def _best(entities: Entities, pid: str, known: Sequence[Value], given: Sequence[Given]) -> float | None:
    """Return 1 where a value given is one that is known, 0 where none is, None where none is known or given."""
    wanted = [value for value in given if value not in ("", None)]
    if not known or not wanted:
        return None
    return float(any(_same(entities, pid, one, value) for one in known for value in wanted))


def _same(entities: Entities, pid: str, known: Value, given: Given) -> bool:
    if isinstance(given, dict):
        meant = entities.find(given["id"])
        if meant is not None:
            return meant == known
        given = given.get("name", given["id"])
    text = str(given).strip()
    if not isinstance(known, Entity):
        if pid == "date":
            return _overlap(str(known), text)
        return name_key(str(known)) == name_key(text) or str(known) == text.rpartition("/")[2]
    return is_called(entities, known, text)


def is_called(entities: Entities, entity: Entity, text: str) -> bool:
    """Return whether words name an entity: by name, code, id, item, or as who is who knows it."""
    if entities.find(text) == entity or name_key(text) in map(name_key, (entity.name, *entity.others, *entity.codes)):
        return True
    authority = entities.authority
    if entity.type in ("country", "organisation"):
        body = authority.body_asked(text)
        return body is not None and body.code in entity.codes
    if entity.type == "office":
        office, key = authority.offices[entity.id], authority.name_words.title_key
        return key(text) == key(office.title) or office in authority.find_offices(text, office.of)
    if entity.type == "person":
        return any(person.id == entity.id for person in authority.find_people(text))
    return False


# ---------------------------------------------------------------------------------------------- dates


def _days(given: Iterable[Given]) -> list[tuple[str, str]]:
    """Return the first and last day that each value given may mean; what is no date means none."""
    days = (found[0] for value in given if (found := _DAY.match(str(value).strip())))
    return [(first_day(day), last_day(day)) for day in days]


def _covers(held: Held, given: Sequence[Given]) -> bool:
    """Return whether a tenure may have covered one of the dates."""
    return any(
        (not held.start or first_day(held.start) <= last) and (not held.end or first <= last_day(held.end))
        for first, last in _days(given)
    )


def _surely(held: Held, given: Sequence[Given]) -> bool:
    """Return whether a tenure that may have covered a date is known to have: it had begun, and had not ended."""
    until = last_day(held.end) if held.end else held.as_of
    return bool(held.start) and any(first <= until for first, _ in _days(given))


def _overlap(known: str, text: str) -> bool:
    first, _, last = known.partition("/")
    return any(first_day(first) <= b and a <= last_day(last or first) for a, b in _days([text]))
