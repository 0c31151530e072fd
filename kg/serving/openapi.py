"""What the server answers, described for programs (OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.1.html).

Stored queries are described by their own headers: what is here of them cannot lag behind.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from kg import __version__
from kg.publishing.things import PAGED
from kg.queries import WRITERS, StoredQuery
from kg.reconciliation import BATCH
from kg.serving.protocol import FORM_TYPE, GRAPH_TYPES, QUERY_TYPE, RESULT_TYPES, TYPES
from kg.things import CLASSES, Parameter

_TEXT = {"text/plain": {"schema": {"type": "string"}}}
_REFUSALS = {
    "400": "What is wrong with the request, in a sentence.",
    "403": "This is for reading; updates are refused.",
    "404": "There is no such thing; what has a name like it.",
    "405": "This method is not for this address.",
    "406": "None of the forms accepted is offered.",
    "413": "The request is too large.",
    "415": "The request has another form.",
    "429": "Too many requests of one client; Retry-After says when.",
    "503": "The request took too long or too much, or too many are under way.",
}
_DAY = r"^\d{4}-\d{2}-\d{2}$"
_PARTIAL = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_SPARQL_RESULTS = {
    "type": "object",
    "required": ["head"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
        "boolean": {"type": "boolean"},
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {
                "bindings": {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "object"}}}
            },
        },
    },
}


def openapi(server: str, title: str, queries: Iterable[StoredQuery], deadline: float) -> dict[str, Any]:
    """Return the description of the server at the address ``server`` with its stored queries."""
    paths: dict[str, Any] = {}
    for query in queries:
        paths[f"/query/{query.name}"] = {"get": _stored(query, None)}
        paths[f"/query/{query.name}.{{form}}"] = {"get": _stored(query, _forms(query))}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": __version__,
            "description": f"Read-only. A request may take {deadline:g} s.",
        },
        "servers": [{"url": server}],
        "paths": {**paths, **_SPARQL, **_GRAPHS, **_RECONCILIATION, **_THINGS, **_OPERATION},
        "components": {"schemas": {"Results": _SPARQL_RESULTS}},
    }


def _refusals(*statuses: str) -> dict[str, Any]:
    return {status: {"description": _REFUSALS[status], "content": _TEXT} for status in statuses}


def _content(form: str) -> dict[str, Any]:
    media_type = TYPES[form].partition(";")[0]
    schema = {"$ref": "#/components/schemas/Results"} if form == "json" else {"type": "string"}
    return {media_type: {"schema": schema}}


def _contents(types: Mapping[str, str]) -> dict[str, Any]:
    return {media_type: content for form in types.values() for media_type, content in _content(form).items()}


def _parameter(name: str, description: str = "", *, required: bool = False, where: str = "query",
               schema: Mapping[str, Any] | None = None) -> dict[str, Any]:  # fmt: skip
    found = {"name": name, "in": where, "required": required, "schema": schema or {"type": "string"}}
    return {**found, "description": description} if description else found


# ---------------------------------------------------------------------------------------------- stored queries


def _forms(query: StoredQuery) -> list[str]:
    return [form for form in WRITERS if (form == "ttl") != bool(query.columns)]


def _stored(query: StoredQuery, forms: list[str] | None) -> dict[str, Any]:
    """Return a stored query as an operation; with forms to choose from, or as JSON."""
    contents = {media: content for form in forms or ["json"] for media, content in _content(form).items()}
    chosen = [_parameter("form", "Form of the answer.", required=True, where="path",
                         schema={"type": "string", "enum": forms})] if forms else []  # fmt: skip
    return {
        "operationId": f"{query.name}-in-a-form" if forms else query.name,
        "tags": ["stored queries", *query.tags],
        "summary": query.summary,
        "description": query.description,
        "parameters": [*chosen, *map(_asked, query.parameters)],
        "responses": {
            "200": {"description": f"A table: {', '.join(query.columns)}." if query.columns else "A graph.",
                    "content": contents},
            **_refusals("400", "404", "429", "503"),
        },
    }  # fmt: skip


def _asked(parameter: Parameter) -> dict[str, Any]:
    """Return a parameter of a stored query."""
    schema: dict[str, Any] = {"type": "string"}
    description = parameter.description
    if parameter.type == "date":
        schema["pattern"] = _PARTIAL if parameter.partial else _DAY
    elif parameter.type == "integer":
        schema = {"type": "integer", "minimum": -(10**18) + 1, "maximum": 10**18 - 1}
    elif parameter.type in CLASSES:
        description = f"{description} (an IRI, its last parts, a QID, a code or a name)".strip()
        schema["minLength"] = 1
    if parameter.default is not None:
        schema["default"] = int(parameter.default) if parameter.type == "integer" else parameter.default
    return _parameter(parameter.name, description, required=parameter.required, schema=schema)


# ---------------------------------------------------------------------------------------------- the others

_IRIS = {"type": "array", "items": {"type": "string"}}
_DATASET = [_parameter(name, schema=_IRIS) for name in ("default-graph-uri", "named-graph-uri")]
_ANSWER = {
    "200": {"description": "The answer.", "content": _contents({**RESULT_TYPES, **GRAPH_TYPES})},
    **_refusals("400", "403", "413", "415", "429", "503"),
}
_SPARQL: dict[str, Any] = {
    "/sparql": {
        "get": {
            "operationId": "sparql-get",
            "tags": ["SPARQL"],
            "summary": "Answer a SPARQL query; without one describe the service.",
            "parameters": [_parameter("query", "SPARQL 1.1 Query."), *_DATASET],
            "responses": _ANSWER,
        },
        "post": {
            "operationId": "sparql-post",
            "tags": ["SPARQL"],
            "summary": "Answer a SPARQL query.",
            "parameters": _DATASET,
            "requestBody": {
                "required": True,
                "content": {
                    QUERY_TYPE: {"schema": {"type": "string"}},
                    FORM_TYPE: {
                        "schema": {
                            "type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}
                        }
                    },
                },
            },
            "responses": _ANSWER,
        },
    }
}  # fmt: skip
_GRAPHS: dict[str, Any] = {
    "/graphs": {
        "get": {
            "operationId": "graph",
            "tags": ["SPARQL"],
            "summary": "Return a graph: either default, or the graph named.",
            "parameters": [
                _parameter("default", "The default graph.", schema={"type": "string", "enum": [""]}),
                _parameter("graph", "Name of a graph.", schema={"type": "string", "format": "iri"}),
            ],
            "responses": {
                "200": {"description": "The graph.", "content": _contents(GRAPH_TYPES)},
                **_refusals("400", "404", "406", "429", "503"),
            },
        }
    }
}


def _json(description: str, *refusals: str, schema: Mapping[str, Any] | None = None) -> dict[str, Any]:
    content = {"application/json": {"schema": schema or {"type": "object"}}}
    return {"200": {"description": description, "content": content}, **_refusals(*refusals)}


_RESULT = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {"type": "array", "items": {"type": "object", "required": ["id", "name", "score", "match"]}}
        },
    },
}
_KIND = _parameter(
    "kind", required=True, where="path", schema={"type": "string", "enum": ["entity", "property", "type"]}
)
_ID = _parameter("id", "Id of an entity, as person/xi-jinping, a property or a type.", required=True)
_QUERIES = {"type": "string", "description": f"JSON: up to {BATCH} queries by name."}
_EXTEND = {"type": "string", "description": "JSON: ids and properties of which values are wanted."}
_RECONCILIATION: dict[str, Any] = {
    "/reconcile": {
        "get": {
            "operationId": "reconcile-get",
            "tags": ["reconciliation"],
            "summary": "The manifest, candidates for queries, or data (Reconciliation Service API 0.2).",
            "parameters": [_parameter("queries", schema=_QUERIES), _parameter("extend", schema=_EXTEND)],
            "responses": _json("The manifest, results, or data.", "400", "429", "503"),
        },
        "post": {
            "operationId": "reconcile-post",
            "tags": ["reconciliation"],
            "summary": "Candidates for queries, or data.",
            "requestBody": {
                "required": True,
                "content": {
                    FORM_TYPE: {"schema": {"type": "object", "properties": {"queries": _QUERIES, "extend": _EXTEND}}}
                },
            },
            "responses": _json("Results, or data.", "400", "413", "415", "429", "503"),
        },
    },
    "/reconcile/suggest/{kind}": {
        "get": {
            "operationId": "suggest",
            "tags": ["reconciliation"],
            "summary": "What begins so: entities, properties, types.",
            "parameters": [
                _KIND,
                _parameter("prefix", "Beginning of a name, or of a word of one.", required=True),
                _parameter("type", "Entities of this type only."),
                _parameter("cursor", "How many to pass over.",
                           schema={"type": "integer", "minimum": 0, "maximum": 999_999}),
            ],
            "responses": _json("Suggestions.", "400", "404", "429", "503",
                               schema={"type": "object", "required": ["result"]}),
        }
    },
    "/reconcile/flyout/{kind}": {
        "get": {
            "operationId": "flyout",
            "tags": ["reconciliation"],
            "summary": "A line of HTML on an entity, property or type.",
            "parameters": [_KIND, _ID],
            "responses": _json("Id and HTML.", "400", "404", "429", "503",
                               schema={"type": "object", "required": ["id", "html"]}),
        }
    },
    "/reconcile/properties": {
        "get": {
            "operationId": "properties",
            "tags": ["reconciliation"],
            "summary": "The properties of a type.",
            "parameters": [
                _parameter("type", "Id of a type; without one all properties."),
                _parameter("limit", schema={"type": "integer", "minimum": 1, "maximum": 999_999}),
            ],
            "responses": _json("Properties.", "400", "429", "503",
                               schema={"type": "object", "required": ["properties"]}),
        }
    },
    "/reconcile/preview": {
        "get": {
            "operationId": "preview",
            "tags": ["reconciliation"],
            "summary": "A small page on an entity.",
            "parameters": [_ID],
            "responses": {
                "200": {"description": "The page.", "content": {"text/html": {"schema": {"type": "string"}}}},
                **_refusals("400", "404", "429", "503"),
            },
        }
    },
}  # fmt: skip
_PAGE = {"description": _REFUSALS["404"], "content": {"text/html": {"schema": {"type": "string"}}}}
_THINGS: dict[str, Any] = {
    "/id/{kind}/{slug}": {
        "get": {
            "operationId": "thing",
            "tags": ["things"],
            "summary": "Lead from the IRI of a thing to its page, its Turtle or its JSON-LD.",
            "parameters": [
                _parameter("kind", required=True, where="path", schema={"type": "string", "enum": [*PAGED]}),
                _parameter("slug", required=True, where="path", schema={"type": "string", "pattern": "^[a-z0-9-]+$"}),
            ],
            "responses": {
                "303": {"description": "See Location.", "headers": {"Location": {"schema": {"type": "string"}}}},
                "404": _PAGE,
                **_refusals("406"),
            },
        }
    }
}
_OPERATION: dict[str, Any] = {
    "/health": {
        "get": {
            "operationId": "health", "tags": ["operation"], "summary": "Whether the server answers, and from what.",
            "responses": _json("Its state.", schema={"type": "object", "required": ["status", "version"]}),
        }
    },
    "/metrics": {
        "get": {
            "operationId": "metrics", "tags": ["operation"], "summary": "Counts in the text format of Prometheus.",
            "responses": {"200": {"description": "Counts.", "content": _TEXT}},
        }
    },
}  # fmt: skip
