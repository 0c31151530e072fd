"""What clients of the Reconciliation Service API 0.2 send, checked, and what the service says of itself."""

from collections.abc import Sequence
from typing import Any, Literal, TypeVar

import msgspec

from kg import __version__
from kg.errors import KgError
from kg.namespaces import ONTOLOGY
from kg.reconciliation.entities import TYPES
from kg.reconciliation.properties import PROPERTIES, Given

BATCH = 100
"""Queries in one request."""
IDS, COLUMNS, VALUES = 1_000, 20, 100
"""Entities and properties in one request for data, and values of a property."""
LIMIT, MOST = 10, 50
"""Candidates of a query, unless it says otherwise, and at most."""
LONGEST = 1_000
"""Characters of a name in a query."""
WIDTH, HEIGHT = 420, 300
"""Size of a preview in pixels."""


T = TypeVar("T")


class RequestError(KgError):
    """A request that is not as the API has it."""


class Reference(msgspec.Struct, frozen=True):
    """An entity as the value of a property."""

    id: str
    name: str = ""


class Condition(msgspec.Struct, frozen=True):
    """A property of a query with its values."""

    pid: str
    v: str | int | float | bool | Reference | list[str | int | float | bool | Reference]

    @property
    def values(self) -> list[Given]:
        """The values as plain ones."""
        values = self.v if isinstance(self.v, list) else [self.v]
        return [{"id": one.id, "name": one.name} if isinstance(one, Reference) else one for one in values]


class Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question: a name, what type of thing bears it, and what else is known of it."""

    query: str = ""
    type: str | list[str] = ""
    limit: float = LIMIT
    properties: list[Condition] = []
    type_strict: Literal["any", "should", "all"] = "any"

    @property
    def types(self) -> tuple[str, ...]:
        """The types wanted, all where none is named; an entity has one, so that no two can be had at once."""
        named = [self.type] if isinstance(self.type, str) else self.type
        wanted = tuple(dict.fromkeys(one.removeprefix(ONTOLOGY) for one in named if one)) or tuple(TYPES)
        return () if self.type_strict == "all" and len(named) > 1 else wanted


class Column(msgspec.Struct, frozen=True):
    """A property that data is asked for."""

    id: str
    settings: dict[str, Any] = {}

    @property
    def limit(self) -> int:
        """How many values are wanted."""
        text = str(self.settings.get("limit", ""))
        return (
            min(int(text), VALUES) if text.isascii() and text.isdigit() and 0 < len(text) < 9 and int(text) else VALUES
        )


class Extension(msgspec.Struct, frozen=True):
    """A request for properties of entities."""

    ids: list[str]
    properties: list[Column]


def read_queries(text: str) -> dict[str, Query]:
    """Return the queries of a batch. Raises `RequestError`."""
    queries = _decode(text, dict[str, Query], "queries")
    if len(queries) > BATCH:
        raise RequestError(f"a request may have {BATCH} queries, not {len(queries)}; send them in parts")
    for name, query in queries.items():
        _check(name[:40], query)
    return queries


def _check(name: str, query: Query) -> None:
    if not query.query.strip() and not query.properties:
        raise RequestError(f"the query {name!r} has neither a name nor properties")
    if len(query.query) > LONGEST:
        raise RequestError(f"the name of the query {name!r} is longer than {LONGEST} characters")
    if len(query.properties) > COLUMNS or sum(len(one.values) for one in query.properties) > VALUES:
        raise RequestError(f"the query {name!r} has more than {COLUMNS} properties or {VALUES} values of them")
    if not query.limit >= 1:
        raise RequestError(f"the limit of the query {name!r} is to be 1 or more")
    check_types(query.types)
    check_properties([one.pid for one in query.properties])


def check_types(types: Sequence[str]) -> None:
    """Raise `RequestError` where there is no such type."""
    if unknown := [one for one in types if one not in TYPES]:
        raise RequestError(f"there is no type {unknown[0][:80]!r}; there are: {', '.join(TYPES)}")


def check_properties(properties: Sequence[str]) -> None:
    """Raise `RequestError` where there is no such property."""
    if unknown := [one for one in properties if one not in PROPERTIES]:
        raise RequestError(f"there is no property {unknown[0][:80]!r}; there are: {', '.join(PROPERTIES)}")


def read_extension(text: str) -> Extension:
    """Return a request for data. Raises `RequestError`."""
    asked = _decode(text, Extension, "extend")
    if len(asked.ids) > IDS or len(asked.properties) > COLUMNS:
        raise RequestError(f"a request may have {IDS:,} ids and {COLUMNS} properties; send it in parts")
    check_properties([one.id for one in asked.properties])
    return asked


def _decode(text: str, type_: type[T], name: str) -> T:
    try:
        return msgspec.json.decode(text, type=type_)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        why = " ".join(str(error).split())[:200]
        raise RequestError(f"the parameter {name} is not JSON as the API has it: {why}") from None


def manifest(here: str, site: str, base: str, title: str) -> dict[str, Any]:
    """Return what the service at the address ``here`` of a ``site`` says of itself; ``base`` is that of the IRIs."""

    def suggest(kind: str) -> dict[str, str]:
        flyout = {"flyout_service_url": here, "flyout_service_path": f"/flyout/{kind}?id=${{id}}"}
        return {"service_url": here, "service_path": f"/suggest/{kind}", **flyout}

    return {
        "versions": ["0.2"],
        "name": title,
        "identifierSpace": base,
        "schemaSpace": ONTOLOGY,
        "documentation": f"{site}/ontology/index.html",
        "serviceVersion": __version__,
        "batchSize": BATCH // 2,
        "defaultTypes": [described_type(type_) for type_ in TYPES],
        "view": {"url": f"{site}/id/{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {kind: suggest(kind) for kind in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit", "label": "Limit", "type": "number", "default": VALUES,
                    "help_text": "Most values a row",
                }
            ],
        },
    }  # fmt: skip


def described_type(type_: str) -> dict[str, str]:
    """Return a type as the API wants it."""
    return {"id": type_, "name": TYPES[type_][1]}
