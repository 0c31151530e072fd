"""A triple store elsewhere: where it is asked and written, and asking it by the SPARQL 1.1 Protocol.

https://www.w3.org/TR/sparql11-protocol/
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import QueryError
from kg.iris import BASE
from kg.namespaces import DIP
from kg.sparql import FORMS, inside, tokenize
from kg.transport import Response, Transport, first_line

LONGEST_GET = 2000
"""Characters of an address; a longer query is posted. Proxies and servers cut addresses off at different lengths."""
MOST_BYTES = 1 << 30
"""Of an answer."""
_TABLES = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_ESCAPED = re.compile(r"\\(\\[uU]?|.)", re.DOTALL)
_END_OF_KIND = "event/"


class Addresses(NamedTuple):
    """Where a store takes and gives what."""

    query: str
    update: str
    graphs: str
    """Graph Store Protocol."""
    datasets: str = ""
    """Where N-Quads may be posted, graphs and all; empty where that is not known."""


class _Layout(NamedTuple):
    """How the addresses of a kind of store end; the stem is the same."""

    graphs: str
    update: str
    query: str
    datasets: str = ""


# Facts of the stores' manuals; docs/stores/ has a page each. An address with none of these ends serves for all.
_LAYOUTS = (
    _Layout("/store", "/update", "/query", "/store"),  # Oxigraph
    _Layout("/data", "/update", "/query", "/data"),  # Fuseki
    _Layout("/rdf-graphs/service", "/statements", "", "/statements"),  # RDF4J, GraphDB
    _Layout("/sparql-graph-crud-auth", "/sparql-auth", "/sparql-auth"),  # Virtuoso
    _Layout("/sparql-graph-crud", "/sparql", "/sparql"),
    _Layout("/sparql/gsp/", "/sparql", "/sparql"),  # Neptune
    _Layout("/sparql/gsp", "/sparql", "/sparql"),
)
_SHARED = ("", "/sparql", "/sparql-auth")
"""Ends that do not tell which layout it is."""


def addresses(url: str) -> Addresses:
    """Return where the store is asked and written of which ``url`` is one address. Raises `QueryError` if it is none.

    >>> addresses("http://localhost:7878/update").graphs
    'http://localhost:7878/store'
    >>> addresses("https://example.org/sparql").update
    'https://example.org/sparql'
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment or not url.isprintable():
        raise QueryError(f"{url!r} is not the address of a store; it begins with http:// or https://")
    if parts.username is not None:
        raise QueryError("passwords do not belong into an address; set KG_USER and KG_PASSWORD instead")
    for layout in _LAYOUTS:
        for end in sorted({layout.graphs, layout.update, layout.query} - set(_SHARED), key=len, reverse=True):
            if parts.path.endswith(end):
                graphs, update, query, datasets = (
                    urlunsplit(parts._replace(path=parts.path.removesuffix(end) + other)) for other in layout
                )
                return Addresses(query, update, graphs, datasets if layout.datasets else "")
    return Addresses(url, url, url)


def sparql(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    r"""Return a term, or a triple, as SPARQL spells it, so that no server reads it otherwise.

    N-Triples but for a backslash before ``u``: SPARQL replaces ``\uXXXX`` before it looks for strings. Spelt in eight
    digits, for rdflib takes eight where there are eight.
    https://www.w3.org/TR/sparql11-query/#codepointEscape

    >>> sparql(ox.Literal("\\u0022"))
    '"\\\\\\U000000750022"'
    """
    return respell(str(term))


def respell(ntriples: str) -> str:
    """Return N-Triples as `sparql` spells them."""
    if "\\\\u" not in ntriples and "\\\\U" not in ntriples:
        return ntriples
    spelt = {"\\u": "\\\\\\U00000075", "\\U": "\\\\\\U00000055"}
    return _ESCAPED.sub(lambda found: spelt.get(found[1], found[0]), ntriples)


class Endpoint:
    """A SPARQL endpoint, asked like a `kg.store.Store`.

    ``default_as`` is the named graph that stands for our default graph there. ``base`` is that of its IRIs, found out
    where it is not given.
    """

    def __init__(
        self,
        url: str,
        transport: Transport | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        base: str | None = None,
        default_as: str = "",
    ) -> None:
        self.url = addresses(url).query
        self._transport = transport or Transport(most=MOST_BYTES, deadline=600, timeout=300)
        self._headers = dict(headers or {})
        self._base = base
        self._graph = sparql(ox.NamedNode(default_as)) if default_as else ""

    @property
    def base(self) -> str:
        """The base of the IRIs minted there, read off an event; the usual one where there is none."""
        if self._base is None:
            found = self.query(f"SELECT ?event {{ ?event a <{DIP.Event}> }} LIMIT 1")
            first = next(iter(found), None) if isinstance(found, ox.QuerySolutions) else None
            known = first[0].value if first and isinstance(first[0], ox.NamedNode) else ""
            self._base = known.rpartition(_END_OF_KIND)[0] or BASE
        return self._base

    def query(
        self, text: str, prefixes: Mapping[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]:
        """Return the results of SPARQL that is trusted. Raises `QueryError` and `TransportError`."""
        declared = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in (prefixes or {}).items())
        form = next((t.text.upper() for t in tokenize(text) if t.kind == "word" and t.text.upper() in FORMS), "")
        tabular = form in ("SELECT", "ASK")
        asked = inside(text, self._graph) if self._graph and tabular else text
        response = self._ask(declared + asked, _TABLES if tabular else _TRIPLES)
        if response.status != 200:
            raise QueryError(refusal(response))
        try:
            return _results(response) if tabular else _triples(response)
        except (SyntaxError, ValueError):
            found = response.kind or "something"
            raise QueryError(
                f"{self.url} answered with {found} that is no SPARQL result; give the address of a SPARQL endpoint"
            ) from None

    def _ask(self, text: str, accept: str) -> Response:
        headers = {"Accept": accept, **self._headers}
        asked = f"{self.url}{'&' if '?' in self.url else '?'}query={quote(text, safe='')}"
        if len(asked) <= LONGEST_GET:
            return self._transport.request("GET", asked, headers=headers)
        headers["Content-Type"] = "application/sparql-query; charset=utf-8"
        return self._transport.request("POST", self.url, body=text.encode(), headers=headers)


def refusal(response: Response) -> str:
    """Return in a sentence why a server did not do what it was asked."""
    url, status, said = response.url.partition("?")[0], response.status, first_line(response)
    if 300 <= status < 400:
        return f"{url} has moved to {response.headers.get('location') or 'another address'}; give that if you trust it"
    if status in (401, 403, 407):
        return f"{url} does not let you in (status {status}{said}); set KG_USER and KG_PASSWORD, or KG_TOKEN"
    if status == 404:
        return f"there is nothing at {url} (status 404{said}); check the address"
    return f"{url} refuses (status {status}{said}); check the address and what the store takes"


def _results(response: Response) -> ox.QuerySolutions | ox.QueryBoolean:
    return ox.parse_query_results(response.body, format=ox.QueryResultsFormat.JSON)


def _triples(response: Response) -> list[ox.Triple]:
    form = ox.RdfFormat.from_media_type(response.kind)
    if form is None:
        raise ValueError(response.kind)
    return [quad.triple for quad in ox.parse(response.body, format=form)]


def values(terms: Iterable[ox.NamedNode]) -> str:
    """Return the inside of a VALUES clause."""
    return " ".join(sparql(term) for term in terms)
