"""The answers of the service: candidates, data, suggestions, and words about an entity."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import escape

from kg.reconciliation.entities import TYPES, Entities, Entity
from kg.reconciliation.matching import Candidate, Index
from kg.reconciliation.properties import PROPERTIES, Given, Value
from kg.reconciliation.protocol import MOST, VALUES, Extension, Query, check_types, described_type
from kg.store import Store

SHOWN = 10
"""Suggestions at a time."""


class SlowError(Exception):
    """A request took longer than it may."""


class Service:
    """The Reconciliation API over one store, which is read when the service is made."""

    def __init__(self, store: Store):
        self.entities = Entities(store)
        self.index = Index(self.entities)

    # ------------------------------------------------------------------------------------------ matching

    def reconcile(self, queries: Mapping[str, Query], seconds: float) -> dict[str, Any]:
        """Return the candidates for each query. Raises `SlowError` once that takes more than so long."""
        end = time.monotonic() + seconds
        return {name: {"result": self._results(query, end)} for name, query in queries.items()}

    def _results(self, query: Query, end: float) -> list[dict[str, Any]]:
        if time.monotonic() > end:
            raise SlowError
        given: dict[str, list[Given]] = {}
        for condition in query.properties:
            given.setdefault(condition.pid, []).extend(condition.values)
        found = self.index.candidates(query.query, query.types, given, int(min(query.limit, MOST)))
        return [self._result(candidate) for candidate in found]

    def _result(self, candidate: Candidate) -> dict[str, Any]:
        features = [{"id": "name", "value": candidate.name.score}]
        features += [{"id": pid, "value": share} for pid, share in candidate.agreement.items() if share is not None]
        return {
            **self._told(candidate.entity),
            "type": [described_type(candidate.entity.type)],
            "score": candidate.score,
            "features": [*features, {"id": "articles", "value": candidate.entity.articles}],
            "match": candidate.match,
        }

    def _told(self, entity: Entity) -> dict[str, str]:
        return {"id": entity.id, "name": entity.name, "description": self.describe(entity)}

    def describe(self, entity: Entity) -> str:
        """Return what tells an entity from others of its name: "President of Vietnam, 2021-04-05 – 2023-01-18"."""
        parts = list(_parts(self.entities, entity))
        return ", ".join(part for part in parts if part) or TYPES[entity.type][1].lower()

    def facts(self, entity: Entity) -> list[tuple[str, str]]:
        """Return the properties of an entity, each as its name and its values in words, no more than fit a preview."""
        found = []
        for one in PROPERTIES.values():
            values = list(one.values(self.entities, entity)) if entity.type in one.types else []
            words = [value.name if isinstance(value, Entity) else str(value) for value in values]
            more = f" and {len(words) - 4} more" if len(words) > 4 else ""
            found += [(one.name, ", ".join(words[:4]) + more)] if words else []
        return found

    # ------------------------------------------------------------------------------------------ data extension

    def extend(self, asked: Extension, seconds: float) -> dict[str, Any]:
        """Return properties of entities; an id that names nothing has none. Raises `SlowError`."""
        end = time.monotonic() + seconds
        rows = {}
        for id_ in asked.ids:
            if time.monotonic() > end:
                raise SlowError
            entity = self.entities.find(id_)
            rows[id_] = {column.id: self._values(entity, column.id)[: column.limit] for column in asked.properties}
        return {"meta": [_meta(column.id) for column in asked.properties], "rows": rows}

    def _values(self, entity: Entity | None, pid: str) -> list[dict[str, Any]]:
        if entity is None or entity.type not in PROPERTIES[pid].types:
            return []
        return [_cell(value) for value in PROPERTIES[pid].values(self.entities, entity)]

    def properties(self, type_: str = "", limit: int = VALUES) -> dict[str, Any]:
        """Return the properties of a type, all where none is named. Raises `RequestError`."""
        check_types([type_] if type_ else [])
        found = [pid for pid, one in PROPERTIES.items() if not type_ or type_ in one.types]
        asked: dict[str, Any] = {"type": type_} if type_ else {}
        return {**asked, "limit": limit, "properties": [_described(pid) for pid in found[:limit]]}

    # ------------------------------------------------------------------------------------------ suggestions

    def suggest(self, kind: str, prefix: str, type_: str = "", cursor: int = 0) -> dict[str, Any]:
        """Return the entities, properties or types that begin so, from the place ``cursor`` on."""
        if kind == "entity":
            check_types([type_] if type_ else [])
            found = self.index.beginning(prefix, [type_] if type_ else TYPES, cursor + SHOWN)[cursor:]
            return {"result": [{**self._told(one), "notable": [described_type(one.type)]} for one in found]}
        start = prefix.strip().casefold()
        if kind == "type":
            types = [type_ for type_, (_, name) in TYPES.items() if _begins(start, type_, name)]
            return {"result": [described_type(type_) for type_ in types[cursor : cursor + SHOWN]]}
        pids = [pid for pid, one in PROPERTIES.items() if _begins(start, pid, one.name)]
        return {"result": [_described(pid) for pid in pids[cursor : cursor + SHOWN]]}

    def fly_out(self, kind: str, id_: str) -> dict[str, str] | None:
        """Return a line of HTML on an entity, property or type; None where there is none."""
        if kind == "entity":
            entity = self.entities.find(id_)
            words = (entity.name, self.describe(entity)) if entity else None
        elif kind == "type":
            words = (TYPES[id_][1], TYPES[id_][0]) if id_ in TYPES else None
        else:
            words = (PROPERTIES[id_].name, PROPERTIES[id_].description) if id_ in PROPERTIES else None
        return {"id": id_, "html": f"<p><b>{escape(words[0])}</b> {escape(words[1])}</p>"} if words else None


def _begins(start: str, *names: str) -> bool:
    return any(word.startswith(start) for name in names for word in (name.casefold(), *name.casefold().split()))


def _parts(entities: Entities, entity: Entity) -> Iterator[str]:
    if entity.type == "person":
        for held in entities.tenures(entity)[:1]:
            yield entities.all[held.office].name
            yield f"{held.start} – {held.end}".strip() if held.start or held.end else ""
    elif entity.type == "agreement":
        for pid in ("kind", "date", "party"):
            yield " and ".join(value.name if isinstance(value, Entity) else str(value)
                               for value in PROPERTIES[pid].values(entities, entity))  # fmt: skip
    elif entity.type == "office":
        yield from (entities.all[held.person].name for held in entities.tenures(entity)[:1])
    elif entity.type == "place":
        yield from (one.name for one in PROPERTIES["country"].values(entities, entity) if isinstance(one, Entity))
    else:
        yield from entity.codes[:1]


def _cell(value: Value) -> dict[str, Any]:
    """Return a value of data extension; dates stay words, at their own precision."""
    if isinstance(value, Entity):
        return {"id": value.id, "name": value.name}
    return {"int": value} if isinstance(value, int) else {"str": value}


def _described(pid: str) -> dict[str, str]:
    return {"id": pid, "name": PROPERTIES[pid].name, "description": PROPERTIES[pid].description}


def _meta(pid: str) -> dict[str, Any]:
    of_type = PROPERTIES[pid].of_type
    return {"id": pid, "name": PROPERTIES[pid].name, **({"type": described_type(of_type)} if of_type else {})}
