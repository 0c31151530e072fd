"""The SPARQL 1.1 Protocol, queries only: what a request asks, and in which form it wants the answer.

https://www.w3.org/TR/sparql11-protocol/
"""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

from kg.errors import QueryError
from kg.serving.refusals import RefusedError
from kg.serving.worker import Request
from kg.sparql import check

QUERY_TYPE, FORM_TYPE, UPDATE_TYPE = (
    "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update",
)  # fmt: skip

RESULT_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
}
TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "table": "text/plain; charset=utf-8",
    "columns": "text/plain; charset=utf-8",
}
"""The media type of each form."""


def read_request(method: str, query_string: str, content_type: str, body: bytes, accept: str, most: int) -> Request:
    """Return what a request asks. Raises `RefusedError` with a status of 4xx."""
    parameters = pairs(query_string)
    if method == "POST":
        media_type = content_type.partition(";")[0].strip().lower()
        text = utf8(body, content_type)
        if media_type == FORM_TYPE:
            parameters += pairs(text)
        elif media_type == QUERY_TYPE:
            parameters.append(("query", text))
        elif media_type == UPDATE_TYPE:
            raise RefusedError(403, "this endpoint is for reading; updates are refused")
        else:
            raise RefusedError(415, f"send a query as {QUERY_TYPE} or {FORM_TYPE}, not as {media_type or 'nothing'}")
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise RefusedError(403, "this endpoint is for reading; updates are refused")
    if len(given.get("query", ())) != 1:
        raise RefusedError(400, "give exactly one query")
    try:
        check(given["query"][0], local=True)
    except QueryError as error:
        raise RefusedError(400, str(error)) from None
    return Request(
        query=given["query"][0],
        default_graphs=tuple(given.get("default-graph-uri", ())),
        named_graphs=tuple(given.get("named-graph-uri", ())),
        form=preferred(accept, RESULT_TYPES) or "json",
        graph_form=preferred(accept, GRAPH_TYPES) or "ttl",
        most=most,
    )


def pairs(text: str) -> list[tuple[str, str]]:
    """Return the parameters of a query string or form. Raises `RefusedError`."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except (ValueError, UnicodeDecodeError):
        raise RefusedError(400, "the parameters are not UTF-8, or too many") from None


def utf8(body: bytes, content_type: str) -> str:
    """Return a body as text. Raises `RefusedError`."""
    charset = content_type.lower().partition("charset=")[2].strip(' "').partition(";")[0] or "utf-8"
    if charset not in ("utf-8", "utf8"):
        raise RefusedError(415, f"send the query as UTF-8, not as {charset}")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise RefusedError(400, "the query is not UTF-8") from None


def preferred(accept: str, offered: Mapping[str, str]) -> str:
    """Return what a client wants most of what is offered, empty where it wants none of it.

    RFC 9110, section 12.5.1. Among equals the first offered is taken.

    >>> preferred("text/html;q=0.5, text/turtle", {"text/html": "html", "text/turtle": "ttl"})
    'ttl'
    >>> preferred("*/*", {"text/html": "html"}), preferred("image/png", {"text/html": "html"})
    ('html', '')
    """
    if not accept.strip():
        return next(iter(offered.values()))
    ranges = list(_ranges(accept.split(",")))
    best, most = "", 0.0
    for media_type, form in offered.items():
        # The most specific range that fits decides.
        fitting = [(specific, q) for name, specific, q in ranges if _fits(name, media_type)]
        if fitting and (quality := max(fitting)[1]) > most:
            best, most = form, quality
    return best


def _ranges(parts: Iterable[str]) -> Iterable[tuple[str, int, float]]:
    for part in parts:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            yield name, 2 - (name.endswith("/*")) - (name == "*/*"), float(quality)
        except ValueError:
            continue


def _fits(name: str, media_type: str) -> bool:
    return name in (media_type, "*/*") or (name.endswith("/*") and media_type.startswith(name[:-1]))
