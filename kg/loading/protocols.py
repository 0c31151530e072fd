"""How graphs are written: the SPARQL 1.1 Graph Store Protocol, and SPARQL 1.1 Update."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol
from urllib.parse import quote

import pyoxigraph as ox

from kg.endpoint import Addresses, refusal, respell, sparql
from kg.errors import LoadError
from kg.loading.graphs import DEFAULT, Piece
from kg.transport import Response, Transport

_DONE = (200, 201, 202, 204)
_MAYBE_TOO_MUCH = (400, 413, 500)
"""What servers answer to more than they take; 413 says so."""
_NOT_ALLOWED = (401, 403, 407)


class RefusedError(LoadError):
    """A request that the store did not take."""

    def __init__(self, response: Response) -> None:
        super().__init__(refusal(response))
        self.may_be_size = response.status in _MAYBE_TOO_MUCH
        self.may_be_protocol = response.status >= 400 and response.status not in (413, *_NOT_ALLOWED)


class Writer(Protocol):
    """Writes pieces of graphs to a store."""

    name: ClassVar[str]

    def __init__(self, to: Addresses, transport: Transport, headers: Mapping[str, str]) -> None: ...

    def write(self, pieces: Sequence[Piece], *, fresh: bool) -> bool:
        """Write ``pieces`` in order; return whether the store said that it was done, and not only that it will be.

        ``fresh`` is whether the store holds nothing of these graphs. Raises `RefusedError` and `TransportError`.
        """


class GraphStore:
    """A request a graph, by indirect identification: section 4.2 of the protocol.

    Direct identification (section 4.1) is for graphs below the store's own address, which ours never are. Graphs that
    are new go together as N-Quads where the store is known to take them.
    https://www.w3.org/TR/sparql11-http-rdf-update/
    """

    name: ClassVar[str] = "Graph Store Protocol"

    def __init__(self, to: Addresses, transport: Transport, headers: Mapping[str, str]) -> None:
        self._to, self._transport, self._headers = to, transport, headers

    def write(self, pieces: Sequence[Piece], *, fresh: bool) -> bool:
        """Write as `Writer` says."""
        if fresh and self._to.datasets and all(piece.triples for piece in pieces):
            lines = "".join(_quads(piece) for piece in pieces)
            return self._send("POST", self._to.datasets, lines, "application/n-quads")
        done = [self._write(piece) for piece in pieces]
        return all(done)

    def _write(self, piece: Piece) -> bool:
        name = "default" if piece.graph == DEFAULT else f"graph={quote(piece.graph, safe='')}"
        url = f"{self._to.graphs}{'&' if '?' in self._to.graphs else '?'}{name}"
        if not piece.triples:
            return self._send("DELETE", url, "", gone=True)
        # N-Triples are Turtle, which alone every implementation has to take.
        return self._send("PUT" if piece.first else "POST", url, "".join(piece.triples), "text/turtle; charset=utf-8")

    def _send(self, method: str, url: str, body: str, kind: str = "", *, gone: bool = False) -> bool:
        headers = {**self._headers, "Content-Type": kind} if kind else self._headers
        response = self._transport.request(method, url, body=body.encode() if kind else None, headers=headers)
        if response.status not in _DONE and not (gone and response.status == 404):
            raise RefusedError(response)
        return response.status != 202


class Update:
    """All in one request, which stores carry out as one transaction. https://www.w3.org/TR/sparql11-update/"""

    name: ClassVar[str] = "SPARQL Update"

    def __init__(self, to: Addresses, transport: Transport, headers: Mapping[str, str]) -> None:
        self._url, self._transport = to.update, transport
        self._headers = {**headers, "Content-Type": "application/sparql-update; charset=utf-8"}

    def write(self, pieces: Sequence[Piece], *, fresh: bool) -> bool:
        """Write as `Writer` says."""
        text = " ;\n".join(operation for piece in pieces for operation in _operations(piece))
        response = self._transport.request("POST", self._url, body=text.encode(), headers=self._headers)
        if response.status not in _DONE:
            raise RefusedError(response)
        return response.status != 202


def _quads(piece: Piece) -> str:
    """Return a piece as N-Quads."""
    if piece.graph == DEFAULT:
        return "".join(piece.triples)
    end = f" {ox.NamedNode(piece.graph)} .\n"
    return "".join(line.removesuffix(" .\n") + end for line in piece.triples)


def _operations(piece: Piece) -> list[str]:
    """Return the operations of SPARQL Update that write a piece."""
    named = piece.graph != DEFAULT
    graph = f"GRAPH {sparql(ox.NamedNode(piece.graph))}" if named else "DEFAULT"
    triples = respell("".join(piece.triples))
    drop = [f"DROP SILENT {graph}"] if piece.first else []
    if not triples:
        return drop
    return [*drop, f"INSERT DATA {{ {graph} {{\n{triples}}} }}" if named else f"INSERT DATA {{\n{triples}}}"]


PROTOCOLS: dict[str, tuple[type[Writer], ...]] = {
    "auto": (GraphStore, Update),
    "gsp": (GraphStore,),
    "update": (Update,),
}
"""The ways to write, by the name a user gives; the first that the store takes is used."""
